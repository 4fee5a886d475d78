//! RP502 `personoplysning`. The people are invented.

use super::{Found, house_with_text};

#[test]
fn a_persons_name_beside_a_number_or_a_mail_is_found() {
    for text in [
        "Ring til Karla Prøvesen på 00 12 34 56.",
        "Skriv til Karla Prøvesen, kp@huset.test.",
    ] {
        let found = Found::by("RP502", &house_with_text(text));
        assert_eq!(found.lines().len(), 1, "{text}: {:?}", found.lines());
        assert!(
            found.lines()[0].starts_with("01-et.toml:3:"),
            "{:?}",
            found.lines()
        );
        assert_eq!(found.levels(), ["warning"]);
    }
}

#[test]
fn a_function_with_a_number_and_a_name_without_one_are_fine() {
    Found::by(
        "RP502",
        &house_with_text("Ring til Nattevagten på 00 12 34 56."),
    )
    .none();
    Found::by("RP502", &house_with_text("Vi læser Karla Prøvesens bog.")).none();
}
