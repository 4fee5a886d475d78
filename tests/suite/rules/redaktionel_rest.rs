//! RP305 `redaktionel-rest`.

use super::{Found, house, house_with_text};

#[test]
fn remains_are_found_where_they_stand() {
    let found = Found::by(
        "RP305",
        &house_with_text(
            "Ring på [indsæt nummer] den XX. maj. (Ønskes rettet til ny adresse.) TODO!\n\n\
             - Fejl! Bogmærke er ikke defineret.\n- Lorem **ipsum** dolor",
        ),
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:9 »[indsæt nummer]« er en rest fra arbejdet med teksten.",
            "01-et.toml:3:29 »XX« er en rest fra arbejdet med teksten.",
            "01-et.toml:3:39 »Ønskes rettet« er en rest fra arbejdet med teksten.",
            "01-et.toml:3:70 »TODO« er en rest fra arbejdet med teksten.",
            "01-et.toml:5:3 »Fejl! Bogmærke« er en rest fra arbejdet med teksten.",
            "01-et.toml:6:3 »Lorem ipsum« er en rest fra arbejdet med teksten.",
        ]
    );
    assert_eq!(found.ends()[0], "3:24");
    assert_eq!(found.levels()[0], "error");
    assert!(found.helps()[2].contains("note = \"…\""));
}

#[test]
fn headings_and_fields_are_looked_at_too() {
    let section = "overskrift = \"Vagt XX\"\n[[felt]]\nnavn = \"TODO\"\n";
    assert_eq!(
        Found::by("RP305", &house("", &[("01-et.toml", section)])).lines(),
        [
            "01-et.toml:1:20 »XX« er en rest fra arbejdet med teksten.",
            "01-et.toml:3:9 »TODO« er en rest fra arbejdet med teksten.",
        ]
    );
}

#[test]
fn words_that_only_look_alike_are_fine() {
    for text in [
        "Størrelse XXL og XXI.",
        "Vi ønsker det rettet, og du indsætter kortet …",
        "Fejl! siger maskinen.",
        "Det slettes, dagen efter.",
        "Todogen er et ord.",
    ] {
        Found::by("RP305", &house_with_text(text)).none();
    }
}
