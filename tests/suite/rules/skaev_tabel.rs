//! RP214 `skaev-tabel`.

use super::{Found, house_with_text};

#[test]
fn a_field_behind_the_last_column_is_found_where_it_stands() {
    let head = "| a | b |\n|---|---|\n";
    for (row, at, fields) in [
        ("| 1 | 2 | tabt |", "5:11", 3),
        ("1 | 2 | 3 | 4", "5:9", 4),
        ("| `x | y` | c |", "5:13", 3),
        ("| 1 | 2 | tre \\| fire |", "5:11", 3),
    ] {
        let found = Found::by("RP214", &house_with_text(&format!("{head}{row}")));
        let line =
            format!("01-et.toml:{at} Rækken har {fields} felter, men tabellen har 2 kolonner");
        assert!(found.lines()[0].starts_with(&line), "{:?}", found.lines());
    }
    let quoted = "> | a | b |\n> |---|---|\n> | 1 | 2 | 3 |\n> | 1 | 2 |";
    assert_eq!(
        Found::by("RP214", &house_with_text(quoted)).lines().len(),
        1
    );
}

#[test]
fn a_row_that_is_shorter_or_as_long_loses_nothing() {
    let head = "| a | b |\n|---|---|\n";
    for row in [
        "| 1 | 2 |",
        "1 | 2",
        "| 1 |",
        "| 1 | 2 |  ",
        "| 1 | a \\| b |",
        "| 1 | 2 ||",
    ] {
        Found::by("RP214", &house_with_text(&format!("{head}{row}"))).none();
    }
}

#[test]
fn rows_without_the_line_of_dashes_are_found_and_what_the_help_says_mends_them() {
    let found = Found::by("RP214", &house_with_text("Vi har:\n| a | b |\n| 1 | 2 |"));
    assert_eq!(
        found.lines(),
        ["01-et.toml:4:1 Linjerne ligner en tabel, men bliver trykt med deres lodrette streger."]
    );
    assert!(found.helps()[0].starts_with("Skriv | --- | --- | på en linje"));
    Found::by(
        "RP214",
        &house_with_text("Vi har:\n| a | b |\n| --- | --- |\n| 1 | 2 |"),
    )
    .none();
    Found::by("RP214", &house_with_text("Her er |x| og a | b.\n|y|")).none();
}
