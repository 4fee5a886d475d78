//! RP003, for texts that stand too deep within each other.

use super::{Found, house_with_text};

#[test]
fn quotations_within_quotations_are_found_where_they_become_too_many() {
    let found = Found::by("RP003", &house_with_text(&format!("{}x", "> ".repeat(40))));
    assert_eq!(found.own.len(), 1);
    assert_eq!(found.own[0]["line"], 3);
    assert!(found.lines()[0].contains("inde i hinanden"));
    assert!(found.helps()[0].contains("[[afsnit]]"));
}

#[test]
fn lists_in_three_steps_are_fine() {
    Found::by("RP003", &house_with_text("- a\n  - b\n    - c")).none();
}
