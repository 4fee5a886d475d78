//! RP007 `overskrift-i-tekst`.

use super::{Found, house_with_text};

#[test]
fn a_heading_is_found_and_the_help_shows_the_lines_to_type() {
    let found = Found::by(
        "RP007",
        &house_with_text("Alle må.\n\n## Gæster om natten\n\nNu."),
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:5:1 »Gæster om natten« er skrevet som en overskrift inde i teksten."]
    );
    assert_eq!(found.ends(), ["5:20"]);
    assert!(found.helps()[0].contains("[[afsnit]]"));
    assert!(found.helps()[0].contains("overskrift = \"Gæster om natten\""));
}

#[test]
fn a_line_under_a_text_makes_it_a_heading() {
    let found = Found::by("RP007", &house_with_text("Gæster\n---\nNu."));
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:1 »Gæster« er skrevet som en overskrift inde i teksten."]
    );
    assert!(found.helps()[0].ends_with("Mente du en streg, så sæt en tom linje over den."));
}

#[test]
fn a_line_across_and_a_number_sign_are_fine() {
    Found::by(
        "RP007",
        &house_with_text("Gæster\n\n---\n\nVi er #1 og **vigtige**."),
    )
    .none();
}
