//! RP601 `lov-uden-navn`.

use super::{Found, house_with_text};

#[test]
fn a_paragraph_without_its_law_is_found_where_it_stands() {
    let found = Found::by(
        "RP601",
        &house_with_text("Det står i borgerens plan efter § 141."),
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:33 Sætningen siger ikke, hvilken lov »§ 141« står i."]
    );
}

#[test]
fn a_law_named_in_the_sentence_is_enough() {
    for text in [
        "Efter serviceloven § 141 laver vi en plan.",
        "Se § 264 i straffeloven.",
        "Grundloven § 72 gælder her.",
    ] {
        Found::by("RP601", &house_with_text(text)).none();
    }
}
