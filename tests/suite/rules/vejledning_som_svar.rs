//! RP109 `vejledning-som-svar`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"a\"\noverskrift = \"Pårørende\"\n\
    vejledning = \"Beskriv, hvordan huset samarbejder med pårørende. Nævn også samtykke.\"\n\
    [[krav.punkt]]\nid = \"p\"\ntekst = \"Hvem I ringer til\"\nniveau = \"kan\"\n\
    [[krav.punkt]]\nid = \"q\"\ntekst = \"Hvornår I ringer\"\nniveau = \"kan\"\n";

fn found(text: &str) -> Found {
    let section = format!("overskrift = \"Familie\"\nopfylder = \"a\"\ntekst = '''\n{text}\n'''\n");
    Found::by("RP109", &house(SKABELON, &[("01-et.toml", &section)]))
}

const MESSAGE: &str =
    "Teksten i »Familie« er skabelonens egne ord om, hvad du skal skrive, og ikke et svar.";

#[test]
fn guidance_is_found_in_one_paragraph_or_several() {
    for text in [
        "Beskriv, hvordan huset samarbejder med pårørende.\nNævn også samtykke.",
        "Beskriv hvordan Huset samarbejder med pårørende.\n\nNævn også **samtykke**.",
    ] {
        assert_eq!(found(text).lines(), [format!("01-et.toml:4:1 {MESSAGE}")]);
    }
}

#[test]
fn guidance_before_an_answer_is_found_where_it_stands() {
    let found = found(
        "Vi ringer om mandagen.\n\nBeskriv, hvordan huset samarbejder med pårørende. Nævn også samtykke.",
    );
    assert_eq!(found.lines(), [format!("01-et.toml:6:1 {MESSAGE}")]);
}

#[test]
fn a_list_of_the_skabelons_points_is_no_answer() {
    let found = found("- Hvem I ringer til\n- Hvornår I ringer");
    assert_eq!(found.lines(), [format!("01-et.toml:4:3 {MESSAGE}")]);
    assert_eq!(found.ends(), ["5:19"]);
}

#[test]
fn a_point_above_an_answer_is_fine() {
    found("Hvem I ringer til\n\nVi ringer til den, borgeren har valgt.").none();
    found("Beskriv, hvordan I har det.").none();
}
