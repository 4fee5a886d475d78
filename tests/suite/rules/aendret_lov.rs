//! RP602 `aendret-lov`.

use super::{Found, house_with_text};

#[test]
fn a_provision_that_has_moved_is_found_with_what_replaced_it() {
    let found = Found::by(
        "RP602",
        &house_with_text("Vi underretter efter serviceloven § 153."),
    );
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("01-et.toml:3:"),
        "{:?}",
        found.lines()
    );
    assert!(
        found.own[0].to_string().contains("barnets lov"),
        "{:?}",
        found.own
    );
}

#[test]
fn a_provision_that_stands_is_fine_and_an_area_may_add_its_own() {
    let text = "Vi laver en plan efter serviceloven § 141.";
    Found::by("RP602", &house_with_text(text)).none();
    let entry = "[[post]]\nlov = \"serviceloven\"\nbestemmelse = \"§ 141\"\nstatus = \"ophaevet\"\n\
                 kilde = \"Opdigtet til denne prøve\"\ntjekket = 2026-01-01\nsikkerhed = \"lav\"\n";
    let repo = house_with_text(text).file("templates/lovregister.toml", entry);
    assert_eq!(Found::by("RP602", &repo).lines().len(), 1);
}
