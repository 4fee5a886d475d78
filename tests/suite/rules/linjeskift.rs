//! RP210 `linjeskift`.

use super::{Found, house_with_text};

#[test]
fn an_address_is_found_and_gets_its_lines() {
    let repo = house_with_text("Bostedet Birkely\nBirkevej 4\nStuen til højre");
    let found = Found::by("RP210", &repo);
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:1 3 korte linjer bliver trykt som én."]
    );
    assert_eq!(found.levels(), ["warning"]);
    repo.run(&["check", "--fix"]).code(0);
    let mended = repo.read("protocols/hus/01-et.toml");
    assert!(
        mended.contains("Bostedet Birkely\\\nBirkevej 4\\\nStuen til højre\n"),
        "{mended}"
    );
}

#[test]
fn prose_in_short_lines_is_left_alone() {
    Found::by(
        "RP210",
        &house_with_text("Vi spiser sammen\nhver aften kl. 18,\nog alle er med."),
    )
    .none();
}
