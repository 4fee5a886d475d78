//! RP706 `udloebet`.

use super::{FOLDER, Found, house};

const SECTION: [(&str, &str); 1] = [("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n")];

/// What is found where the document is in force until then; it is 21 November 2026.
fn found(until: &str) -> Found {
    let protocol = format!("[institution]\nnavn = \"Huset\"\n[dokument]\ngaelder_til = {until}\n");
    Found::by(
        "RP706",
        &house("", &SECTION).file(&format!("{FOLDER}protokol.toml"), protocol),
    )
}

#[test]
fn a_document_whose_last_day_has_passed_is_found_at_that_day() {
    let found_day = found("2026-11-20");
    assert_eq!(
        found_day.lines(),
        ["protokol.toml:4:15 Protokollen gjaldt kun til 20. november 2026."]
    );
    assert_eq!(found_day.levels(), ["warning"]);
    for (until, said) in [
        ("\"2026-10\"", "oktober 2026"),
        ("\"2026-K3\"", "3. kvartal 2026"),
        ("2025", "2025"),
        ("\"2025\"", "2025"),
    ] {
        let lines = found(until).lines();
        assert!(
            lines[0].ends_with(&format!("gjaldt kun til {said}.")),
            "{lines:?}"
        );
    }
}

#[test]
fn a_document_is_in_force_through_its_last_day_month_quarter_or_year() {
    for until in [
        "2026-11-21",
        "\"2026-11\"",
        "\"2026-K4\"",
        "2026",
        "2030-01-01",
    ] {
        found(until).none();
    }
    Found::by("RP706", &house("", &SECTION)).none();
}
