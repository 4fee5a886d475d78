//! RP203 `intetsigende-link`.

use super::{Found, house_with_text};

#[test]
fn a_text_that_says_nothing_is_found_in_any_dress() {
    for text in ["her", "Klik her", "**læs mere**", "Link!", "LÆS  mere …"] {
        let found = Found::by(
            "RP203",
            &house_with_text(&format!("Se [{text}](https://www.borger.dk)")),
        );
        assert_eq!(found.lines().len(), 1, "{text}");
        assert!(found.lines()[0].starts_with("01-et.toml:3:4 Linkteksten »"));
        assert_eq!(found.levels(), ["warning"]);
    }
}

#[test]
fn a_place_in_the_protocol_can_name_itself() {
    let found = Found::by("RP203", &house_with_text("[her](afsnit:et)"));
    assert!(found.helps()[0].starts_with("Lad rusprot skrive stedets navn: [](afsnit:et)"));
}

#[test]
fn texts_that_say_something_and_empty_ones_are_fine() {
    let text = "[hjælp her i huset](https://www.borger.dk) [](afsnit:et) <https://www.borger.dk>";
    Found::by("RP203", &house_with_text(text)).none();
}
