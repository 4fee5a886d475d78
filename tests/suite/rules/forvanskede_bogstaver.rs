//! RP308 `forvanskede-bogstaver`.

use super::{Found, house_with_text};

#[test]
fn letters_that_came_out_wrong_are_named_and_mended() {
    let repo = house_with_text("Vores gÃ¦ster er pÃ¥ besÃ¸g.");
    let found = Found::by("RP308", &repo);
    assert_eq!(found.lines().len(), 3);
    assert_eq!(
        found.lines()[0],
        "01-et.toml:3:7 »gÃ¦ster« er forvansket: Der skulle stå »gæster«."
    );
    repo.run(&["check", "--fix"]).code(0);
    assert!(
        repo.read("protocols/hus/01-et.toml")
            .contains("Vores gæster er på besøg.")
    );
}

#[test]
fn sound_letters_are_left_alone() {
    Found::by(
        "RP308",
        &house_with_text("Ærø, São Paulo, 20 °C, 5 µg, † og «»."),
    )
    .none();
}
