//! RP205 `fodnote`.

use super::{Found, house, house_with_text};

#[test]
fn a_marker_and_a_footnote_that_do_not_meet_are_both_found() {
    let found = Found::by(
        "RP205",
        &house_with_text("Tilkald den ansvarlige[^alarm].\n\n[^alarmen]: Har alarmen."),
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:23 Mærket [^alarm] har ingen fodnote.",
            "01-et.toml:5:1 Fodnoten »alarmen« har intet mærke i teksten, så den bliver ikke trykt.",
        ]
    );
    assert_eq!(found.ends()[0], "3:31");
    assert_eq!(
        found.helps()[0],
        "Mente du »alarmen«? Skriv mærket som [^alarmen]"
    );
}

#[test]
fn a_marker_alone_is_told_where_its_footnote_goes() {
    let found = Found::by("RP205", &house_with_text("Se[^x]."));
    assert!(found.helps()[0].contains("[^x]: …"));
}

#[test]
fn two_footnotes_with_one_name_are_found() {
    let found = Found::by(
        "RP205",
        &house_with_text("Se[^x].\n\n[^x]: Et.\n\n[^x]: To."),
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:7:1 To fodnoter hedder »x«, så kun den første bliver trykt."]
    );
}

#[test]
fn a_footnote_with_its_marker_is_fine() {
    Found::by(
        "RP205",
        &house_with_text("Se[^x] og igen[^x].\n\n[^x]: Et."),
    )
    .none();
}

#[test]
fn what_is_left_of_a_footnote_of_word_becomes_one_on_the_page() {
    let text = "Vi bor ved Sundet.1 Der er fint.\n\nVi hilser.\n\n1 Se kortet.\nDer er to.";
    let repo = house_with_text(text);
    let found = Found::by("RP205", &repo);
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:19 Tallet 1 efter »Sundet.« ser ud til at være en fodnote fra Word."]
    );
    repo.run(&["check", "--fix"]).code(0);
    assert!(repo.read("protocols/hus/01-et.toml").contains(
        "Vi bor ved Sundet.[^1] Der er fint.\n\nVi hilser.\n\n[^1]: Se kortet.\nDer er to.\n"
    ));
    repo.run(&["build", "--formats", "md"]).code(0);
    let page = repo.read("dist/hus/protokol.md");
    assert!(page.contains("Sundet.[^1] Der er fint."), "{page}");
    assert!(page.contains("[^1]: Se kortet."), "{page}");
}

#[test]
fn a_footnote_of_word_in_a_step_and_one_beside_another_of_that_name_are_mended_too() {
    let steps =
        "overskrift = \"Et\"\n[[regel]]\ntekst = \"\"\"\nVi hilser.1\n\n1 Også gæster.\"\"\"\n";
    let repo = house("", &[("01-et.toml", steps)]);
    repo.run(&["check", "--fix"]).code(0);
    assert!(
        repo.read("protocols/hus/01-et.toml")
            .contains("Vi hilser.[^1]\n\n[^1]: Også gæster.")
    );
    let repo = house_with_text("En[^1] og Sundet.1\n\n[^1]: Den ene.\n\n1 Den anden.");
    repo.run(&["check", "--fix"]).code(0);
    assert!(
        repo.read("protocols/hus/01-et.toml")
            .contains("Sundet.[^word-1]")
    );
    // In another file nobody knows which text it belongs to.
    let elsewhere = house(
        "",
        &[
            (
                "01-et.toml",
                "overskrift = \"Et\"\ntekst = \"Vi hilser.1\"\n",
            ),
            (
                "02-to.toml",
                "overskrift = \"To\"\ntekst = \"1 Også gæster.\"\n",
            ),
        ],
    );
    assert_eq!(Found::by("RP205", &elsewhere).lines().len(), 1);
}

#[test]
fn a_marker_in_a_heading_or_a_name_is_found_where_no_footnote_can_stand() {
    let text = "overskrift = \"Vision[^10]\"\ntekst = \"x\"\n[[felt]]\nnavn = \"Navn [^a]\"\n";
    let found = Found::by("RP205", &house("", &[("01-et.toml", text)]));
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:1:14 Mærket [^10] står et sted, hvor der ikke kan være en fodnote.",
            "01-et.toml:4:8 Mærket [^a] står et sted, hvor der ikke kan være en fodnote.",
        ]
    );
}

#[test]
fn a_line_with_brackets_alone_is_fine() {
    let text = "overskrift = \"Vision [udkast] ^\"\ntekst = \"x\"\n";
    Found::by("RP205", &house("", &[("01-et.toml", text)])).none();
}

#[test]
fn a_marker_in_a_line_of_the_front_or_of_a_section_is_found_where_it_stands() {
    let main = "[institution]\nnavn = \"Huset\"\n[dokument]\nundertitel = \"Til alle[^a]\"\nmotto = \"Sammen[^b].\"\n";
    let section = "overskrift = \"Et[^c]\"\ntekst = \"x\"\n";
    let repo = house("", &[("01-et.toml", section)]).file("protocols/hus/protokol.toml", main);
    let found = Found::by("RP205", &repo);
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:1:14 Mærket [^c] står et sted, hvor der ikke kan være en fodnote.",
            "protokol.toml:4:14 Mærket [^a] står et sted, hvor der ikke kan være en fodnote.",
            "protokol.toml:5:9 Mærket [^b] står et sted, hvor der ikke kan være en fodnote.",
        ]
    );
}
