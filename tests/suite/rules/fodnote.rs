//! RP205 `fodnote`.

use super::{Found, house_with_text};

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
