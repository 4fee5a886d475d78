//! RP111 `skrevet-nummer`.

use super::{Found, house};

fn found(heading: &str) -> Found {
    let text = format!("overskrift = \"{heading}\"\ntekst = \"x\"\n");
    Found::by("RP111", &house("", &[("01-et.toml", &text)]))
}

#[test]
fn a_typed_number_is_found_at_the_number() {
    let found = found("4.2 Medarbejdere");
    assert_eq!(
        found.lines(),
        ["01-et.toml:1:15 Nummeret »4.2« er skrevet ind i overskriften."]
    );
    assert_eq!(found.ends(), ["1:18"]);
    assert_eq!(found.levels(), ["warning"]);
    assert_eq!(
        found.helps(),
        ["rusprot sætter selv numre på. Skriv overskrift = \"Medarbejdere\""]
    );
}

#[test]
fn an_appendixs_number_is_one_too() {
    assert_eq!(
        found("Bilag 3: Husorden").lines(),
        ["01-et.toml:1:15 Nummeret »Bilag 3:« er skrevet ind i overskriften."]
    );
}

#[test]
fn numbers_that_belong_to_the_words_are_fine() {
    for heading in [
        "24 timer i døgnet",
        "2. sal",
        "24. december på Huset",
        "Plan 2026",
    ] {
        found(heading).none();
    }
}
