//! RP108 `anden-ordlyd`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"a\"\noverskrift = \"Gæster på matriklen\"\nogsaa = [\"Besøg på matriklen\"]\n";

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
            "01-et.toml:1:14 Overskriften »Besøg på Matriklen« gælder, men skabelonen siger »Gæster på matriklen«."
        ]
    );
    assert_eq!(found.levels(), ["warning"]);
    assert_eq!(
        found.helps(),
        ["Skriv overskrift = \"Gæster på matriklen\""]
    );
}

#[test]
fn the_skabelons_wording_and_an_own_heading_are_fine() {
    found("Gæster på matriklen").none();
    found("GÆSTER på matriklen.").none();
    found("Hvem kommer?").none();
}
