//! RP212 `listenumre`.

use super::{Found, house_with_text};

#[test]
fn the_number_that_jumps_is_found_where_it_stands() {
    let found = Found::by("RP212", &house_with_text("1. a\n2. b\n4. d"));
    assert_eq!(
        found.lines(),
        ["01-et.toml:5:1 Punktet er skrevet med 4, men bliver trykt som 3."]
    );
    assert!(found.helps()[0].starts_with("Skriv 3 her"));
}

#[test]
fn a_list_may_begin_anywhere_or_leave_the_counting_to_us() {
    for text in [
        "1. a\n1. b\n1. c",
        "3. a\n4. b",
        "24. december\n\n31. december",
    ] {
        Found::by("RP212", &house_with_text(text)).none();
    }
}
