//! RP103 `ukendt-krav`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"paaroerende\"\noverskrift = \"Pårørende\"\n\
                        [[krav.punkt]]\nid = \"samtykke\"\ntekst = \"Hvordan I spørger\"\nniveau = \"kan\"\n\
                        [[pligt]]\nid = \"revision\"\nhvad = \"Protokollen revideres\"\nhvor_tit = \"1 år\"\n";

fn found(answers: &str) -> Found {
    let text = format!("overskrift = \"Familie\"\nopfylder = {answers}\ntekst = \"x\"\n");
    Found::by("RP103", &house(SKABELON, &[("01-et.toml", &text)]))
}

#[test]
fn an_unknown_id_is_found_with_the_one_that_was_meant() {
    let found = found("[\"samtykke\", \"paroerende\"]");
    assert_eq!(
        found.lines(),
        ["01-et.toml:2:25 Skabelonen har intet krav eller punkt med id'et »paroerende«."]
    );
    assert_eq!(found.ends(), ["2:37"]);
    assert_eq!(
        found.helps(),
        ["Mente du »paaroerende«? Skriv opfylder = [\"samtykke\", \"paaroerende\"]"]
    );
}

#[test]
fn a_heading_in_place_of_its_id_is_understood() {
    assert_eq!(
        found("\"Pårørende\"").helps(),
        ["Mente du »paaroerende«? Skriv opfylder = \"paaroerende\""]
    );
}

#[test]
fn a_duty_belongs_in_protokol_toml() {
    assert!(found("\"revision\"").helps()[0].contains("[[haendelse]]"));
}

#[test]
fn ids_of_requirements_and_points_are_fine() {
    found("[\"paaroerende\", \"samtykke\"]").none();
}
