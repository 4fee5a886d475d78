//! RP204 `sidehenvisning`.

use super::{Found, house_with_text};

#[test]
fn typed_page_numbers_are_found_where_they_stand() {
    let found = Found::by(
        "RP204",
        &house_with_text("På side 12 (s. 5-6), s.9 og *Side\u{A0}3*, se side\n4."),
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:4 »side 12« er et skrevet sidetal.",
            "01-et.toml:3:13 »s. 5-6« er et skrevet sidetal.",
            "01-et.toml:3:22 »s. 9« er et skrevet sidetal.",
            "01-et.toml:3:30 »Side 3« er et skrevet sidetal.",
            "01-et.toml:3:42 »side 4« er et skrevet sidetal.",
        ]
    );
    assert_eq!(found.ends(), ["3:11", "3:19", "3:25", "3:36", "4:2"]);
    assert_eq!(found.levels()[0], "warning");
    assert!(found.helps()[0].contains("[](afsnit:id)"));
}

#[test]
fn units_sides_and_what_stands_in_links_are_fine() {
    for text in [
        "Vent 30 s. 2 gange.",
        "På den ene side 3 borgere, på den anden side 2.",
        "[vejledningen, side 12](https://www.sst.dk)",
        "Vi er på borgerens side. 12 gange.",
        "Ved siden af 3 huse, hos 4.",
    ] {
        Found::by("RP204", &house_with_text(text)).none();
    }
}
