//! RP008 `usynlige-tegn`.

use super::{Found, house, house_with_text};

#[test]
fn the_character_is_named_and_found() {
    let found = Found::by(
        "RP008",
        &house_with_text("Ærlig\u{202E}talt og hus\u{AD}orden"),
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:6 Her står et usynligt tegn: U+202E (tvungen højre-til-venstre).",
            "01-et.toml:3:18 Her står et usynligt tegn: U+00AD (blød bindestreg).",
        ]
    );
    assert_eq!(found.ends(), ["3:7", "3:19"]);
    assert!(found.helps()[1].contains("rusprot deler selv lange ord"));
}

#[test]
fn a_heading_is_looked_at_too_also_where_the_character_is_written_as_an_escape() {
    let repo = house(
        "",
        &[(
            "01-et.toml",
            "overskrift = \"Et\\u200Bto\"\ntekst = \"x\"\n",
        )],
    );
    let found = Found::by("RP008", &repo);
    assert_eq!(
        found.lines(),
        ["01-et.toml:1:17 Her står et usynligt tegn: U+200B (mellemrum uden bredde)."]
    );
}

#[test]
fn names_in_the_area_are_looked_at_too() {
    let repo = house("", &[]).file(
        "rusprot.toml",
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"Prøve\u{2066}området\"\n",
    );
    assert_eq!(
        Found::by("RP008", &repo).lines(),
        ["rusprot.toml:3:14 Her står et usynligt tegn: U+2066 (afskærmet venstre-til-højre)."]
    );
}

#[test]
fn no_break_spaces_and_decomposed_letters_are_fine() {
    Found::by(
        "RP008",
        &house_with_text("kl.\u{A0}22 på A\u{30A}en\r\nog så\tvidere"),
    )
    .none();
}
