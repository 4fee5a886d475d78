//! RP501 `personnummer`. The numbers are made here, with birth years that nobody has.

use super::{Found, house, house_with_text};

/// Ten digits in the form of a personal number: 1 January of a year from 2037 to 2057.
fn number(year: u32, sign: &str) -> String {
    let serial = 5000 + year % 1000;
    format!("{:02}{:02}{:02}{sign}{serial}", 1, 1, year % 100)
}

#[test]
fn a_number_in_a_text_is_found_and_hidden_in_every_report() {
    let hidden = number(2050, "-");
    let repo = house_with_text(&format!("Æblet {hidden} faldt."));
    let found = Found::by("RP501", &repo);
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("01-et.toml:3:7 "),
        "{:?}",
        found.lines()
    );
    for format in [
        "human", "short", "json", "sarif", "github", "gitlab", "junit",
    ] {
        let run = repo.run(&["check", "--format", format]);
        assert!(
            !run.stdout.contains(&hidden) && !run.stderr.contains(&hidden),
            "{format}"
        );
        assert!(!run.stdout.contains(&hidden[7..]), "{format}");
    }
}

#[test]
fn keys_comments_loose_files_and_longer_runs_of_digits_are_looked_at_too() {
    let (a, b, c) = (number(2041, ""), number(2042, " "), number(2043, ""));
    let text = format!("# {b}\noverskrift = \"Et\"\ntekst = \"Sag 7{a}\"\n");
    let repo =
        house("", &[("01-et.toml", &text)]).file("protocols/hus/noter.txt", format!("x\n{c}\n"));
    let found = Found::by("RP501", &repo);
    assert_eq!(found.lines().len(), 3, "{:?}", found.lines());
}

#[test]
fn a_draft_and_an_exception_stop_it_as_little_as_anything() {
    let text = format!(
        "overskrift = \"Et\"\ntekst = \"{}\"\n[[undtag]]\nregel = \"RP501\"\nbegrundelse = \"x\"\n",
        number(2044, "-")
    );
    house("", &[("01-et.toml", &text)])
        .run(&["check", "--draft"])
        .code(1)
        .stdout_has("RP501");
}

#[test]
fn telephone_numbers_dates_and_impossible_days_are_no_personal_numbers() {
    Found::by(
        "RP501",
        &house_with_text("Ring 00 12 34 56. Den 2026-02-03 kl. 14. Sag 991301-1234."),
    )
    .none();
}
