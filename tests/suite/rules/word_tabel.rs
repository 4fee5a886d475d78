//! RP209 `word-tabel`.

use super::{Found, house_with_text};

#[test]
fn pasted_rows_are_found_and_become_a_table() {
    let repo = house_with_text("Vi har:\nHvad\tHvornår\nMøde\tmandag\nDet er alt.");
    let found = Found::by("RP209", &repo);
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(found.lines()[0].starts_with("01-et.toml:4:1 2 linjer"));
    repo.run(&["check", "--fix"]).code(0);
    let mended = repo.read("protocols/hus/01-et.toml");
    assert!(
        mended.contains(
            "Vi har:\n\n| Hvad | Hvornår |\n| --- | --- |\n| Møde | mandag |\n\nDet er alt.\n"
        ),
        "{mended}"
    );
}

#[test]
fn one_tab_is_no_table() {
    Found::by("RP209", &house_with_text("Hvad\tHvornår")).none();
}
