//! RP108 `anden-ordlyd`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"a\"\noverskrift = \"Gæster på matriklen\"\nogsaa = [\"Gæster hos os\"]\n\
                        fraraades = [\"Besøg på matriklen\"]\n";

fn found(heading: &str) -> Found {
    let text = format!("overskrift = \"{heading}\"\nopfylder = \"a\"\ntekst = \"x\"\n");
    Found::by("RP108", &house(SKABELON, &[("01-et.toml", &text)]))
}

#[test]
fn another_wording_is_found_with_the_line_to_type() {
    let found = found("Besøg på Matriklen");
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:1:14 Overskriften »Besøg på Matriklen« tæller, men skabelonen vil have den skiftet ud med »Gæster på matriklen«."
        ]
    );
    assert_eq!(found.levels(), ["warning"]);
    assert_eq!(
        found.helps(),
        ["Skriv overskrift = \"Gæster på matriklen\""]
    );
}

#[test]
fn the_skabelons_wordings_and_an_own_heading_are_fine() {
    found("Gæster hos os").none();
    found("Gæster på matriklen").none();
    found("GÆSTER på matriklen.").none();
    found("Hvem kommer?").none();
}

#[test]
fn a_discouraged_wording_answers_and_fix_writes_the_skabelons_own() {
    let text = "overskrift = \"Besøg på matriklen\"\ntekst = \"x\"\n";
    let repo = house(SKABELON, &[("01-et.toml", text)]);
    Found::by("RP101", &repo).none();
    repo.run(&["check", "--fix"]).code(0);
    let fixed = repo.read("protocols/hus/01-et.toml");
    assert!(
        fixed.starts_with("overskrift = \"Gæster på matriklen\"\n"),
        "{fixed}"
    );
}
