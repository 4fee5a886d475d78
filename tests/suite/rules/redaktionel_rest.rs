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

#[test]
fn what_word_says_of_its_fields_is_found_in_either_language() {
    for said in [
        "Fejl! Bogmærke er ikke defineret.",
        "Fejl! Henvisningskilde ikke fundet.",
        "Fejl! Der er ingen tekst med den anførte typografi i dokumentet.",
        "Error! Bookmark not defined.",
        "Error! Reference source not found.",
        "Error! Hyperlink reference not valid.",
        "No table of contents entries found.",
    ] {
        let repo = house_with_text(&format!("Se {said}"));
        assert_eq!(Found::by("RP305", &repo).lines().len(), 1, "{said}");
    }
    Found::by(
        "RP305",
        &house_with_text("Fejl! Det må ikke ske, sagde han."),
    )
    .none();
}

#[test]
fn page_numbers_and_contents_of_word_are_found_and_taken_away() {
    let text = "Indhold\nFormål ........ 3\nTryghed ........ 4\n\nVi hilser på\nSide 3 af 12\nhinanden.\n\nSide 4 af 12\n\nSlut.";
    let repo = house_with_text(text);
    let found = Found::by("RP305", &repo);
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:1 3 linjer er fra en indholdsfortegnelse i Word.",
            "01-et.toml:8:1 Sidetallet er kommet med fra Word.",
            "01-et.toml:11:1 Sidetallet er kommet med fra Word.",
        ]
    );
    Found::by("RP204", &repo).none();
    repo.run(&["check", "--fix"]).code(0);
    let mended = repo.read("protocols/hus/01-et.toml");
    assert!(
        mended.contains("'''\n\n\nVi hilser på\nhinanden.\n\n\n\nSlut.\n'''"),
        "{mended}"
    );
    let item = "overskrift = \"Et\"\n[[gruppe]]\npunkter = [\"Side 3 af 12\", \"Hvad nu?\"]\n";
    let found = Found::by("RP305", &house("", &[("01-et.toml", item)]));
    assert_eq!(found.lines().len(), 1);
}
