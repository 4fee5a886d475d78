//! RP402 `kopieret-svar`.

use super::{Found, house};

const REQUIREMENTS: &str =
    "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\n[[krav]]\nid = \"b\"\noverskrift = \"To\"\n";
const ANSWER: &str =
    "Vi taler roligt med borgeren, ringer til lederen og skriver i dagbogen, hvad vi så og gjorde.";

fn section(heading: &str, text: &str) -> String {
    format!("overskrift = \"{heading}\"\ntekst = \"{text}\"\n")
}

#[test]
fn one_paragraph_that_answers_two_requirements_is_found_at_the_second() {
    let files = [
        ("01-et.toml", section("Et", ANSWER)),
        ("02-to.toml", section("To", ANSWER)),
    ];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let found = Found::by("RP402", &house(REQUIREMENTS, &files));
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("02-to.toml:2:10 "),
        "{:?}",
        found.lines()
    );
    assert_eq!(found.related(), [["01-et.toml:2:10"]]);
}

#[test]
fn two_answers_of_their_own_and_short_repetitions_are_fine() {
    for second in [
        "Vi henter en kollega, før vi går hen til bilen, og vi noterer nummeret på den.",
        "Ring til lederen.",
    ] {
        let files = [
            (
                "01-et.toml",
                section("Et", &format!("{ANSWER}\n\nRing til lederen.")),
            ),
            ("02-to.toml", section("To", second)),
        ];
        let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
        let files = files.map(|(name, text)| (name, text.replace("\n\nRing", "\\n\\nRing")));
        let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
        Found::by("RP402", &house(REQUIREMENTS, &files)).none();
    }
}
