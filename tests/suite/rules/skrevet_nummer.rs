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

#[test]
fn roman_numbers_and_letters_with_numbers_are_numbers_too() {
    for (heading, label) in [("IV. Formål", "IV."), ("A.1 Formål", "A.1")] {
        let found = found(heading);
        assert_eq!(
            found.lines(),
            [format!(
                "01-et.toml:1:15 Nummeret »{label}« er skrevet ind i overskriften."
            )]
        );
        assert_eq!(
            found.helps(),
            ["rusprot sætter selv numre på. Skriv overskrift = \"Formål\""]
        );
    }
    for heading in [
        "A. P. Møllers Vej",
        "IT og telefoner",
        "a. om aftenen",
        "MED. Og andet",
    ] {
        found(heading).none();
    }
}

/// What is found in a document with letters, of these headings below one another.
fn lettered(headings: [&str; 2]) -> Found {
    let [first, second] = headings;
    let text = format!(
        "overskrift = \"{first}\"\ntekst = \"x\"\n[[afsnit]]\noverskrift = \"{second}\"\ntekst = \"x\"\n"
    );
    let main = "[institution]\nnavn = \"Huset\"\n[dokument]\nnummerering = \"bogstaver\"\n";
    Found::by(
        "RP111",
        &house("", &[("protokol.toml", main), ("01-et.toml", &text)]),
    )
}

#[test]
fn what_the_program_sets_itself_may_be_typed_where_sections_have_letters() {
    lettered(["A. Tilbud", "A.1 Samtaler"]).none();
    lettered(["A) Tilbud", "Samtaler"]).none();
    for (headings, label) in [
        (["A.1 Tilbud", "Samtaler"], "01-et.toml:1:15 Nummeret »A.1«"),
        (["A. Tilbud", "B. Ture"], "01-et.toml:4:15 Nummeret »B.«"),
        (["A. Tilbud", "1. Ture"], "01-et.toml:4:15 Nummeret »1.«"),
        (["1. Tilbud", "Ture"], "01-et.toml:1:15 Nummeret »1.«"),
    ] {
        let lines = lettered(headings).lines();
        assert!(
            lines.len() == 1 && lines[0].starts_with(label),
            "{headings:?}: {lines:?}"
        );
    }
}
