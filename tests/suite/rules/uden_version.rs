//! RP705 `uden-version`.

use super::{FOLDER, Found, house};

const SECTION: [(&str, &str); 1] = [("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n")];

fn found(more: &str) -> Found {
    let protocol = format!("[institution]\nnavn = \"Huset\"\n{more}");
    Found::by(
        "RP705",
        &house("", &SECTION).file(&format!("{FOLDER}protokol.toml"), protocol),
    )
}

#[test]
fn a_protocol_that_nothing_dates_is_found_with_the_lines_to_write() {
    let found = found("");
    assert_eq!(
        found.lines(),
        ["protokol.toml:1:1 Protokollen har hverken version, dato eller godkendelse."]
    );
    assert_eq!(found.levels(), ["warning"]);
    assert_eq!(
        found.helps(),
        [
            "Skriv [dokument] på en linje for sig selv nederst i filen og version = \"1\" på den næste."
        ]
    );
}

#[test]
fn a_table_that_is_there_is_not_begun_again() {
    let found = found("[dokument]\nansvarlig = \"Tilbudsleder\"\n");
    assert_eq!(
        found.helps(),
        ["Skriv på linjen under [dokument]: version = \"1\""]
    );
    for (table, help) in [
        (
            "[ dokument ] # udgaven\nansvarlig = 'Leder'\n",
            "Skriv på linjen under [ dokument ]: version = \"1\"",
        ),
        // A line of a text is no table.
        (
            "[omraade]\nnavn = \"\"\"\n[dokument]\n\"\"\"\n",
            "Skriv [dokument] på en linje for sig selv nederst i filen og version = \"1\" på den næste.",
        ),
    ] {
        assert_eq!(self::found(table).helps(), [help], "{table}");
    }
    for (table, help) in [
        (
            "dokument = { ansvarlig = 'Leder' }",
            "Skriv version = \"1\" mellem { og } efter dokument, med et komma imellem.",
        ),
        (
            "dokument.ansvarlig = 'Leder'",
            "Skriv øverst i filen: dokument.version = \"1\"",
        ),
    ] {
        let protocol = format!("{table}\n[institution]\nnavn = \"Huset\"\n");
        let repo = house("", &SECTION).file(&format!("{FOLDER}protokol.toml"), protocol);
        assert_eq!(Found::by("RP705", &repo).helps(), [help], "{table}");
    }
}

#[test]
fn a_version_a_day_or_an_approval_is_enough() {
    for dated in [
        "[dokument]\nversion = \"1\"\n",
        "[dokument]\ngaelder_fra = 2026-01-01\n",
        "[[godkendelse]]\ndato = 2026-01-01\nforum = \"Mini-MED\"\n",
        "[[haendelse]]\ndato = 2026-01-01\npligt = \"revision\"\n",
    ] {
        found(dated).none();
    }
}
