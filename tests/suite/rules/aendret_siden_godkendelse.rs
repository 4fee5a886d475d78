//! RP703 `aendret-siden-godkendelse`.

use serde_json::Value;

use super::{Found, house};
use crate::support::Repo;

const SECTION: &str = "overskrift = \"Gæster\"\ntekst = '''\nDu må gerne have gæster.\nSig til, \
    når de \"sover\" her.\n'''\nnote = \"Spørg Mini-MED\"\n";

fn approved_as(fingerprint: &str, section: &str) -> Repo {
    let main = format!(
        "[institution]\nnavn = \"Huset\"\n[[godkendelse]]\nforum = \"Mini-MED\"\n\
         dato = 2026-10-01\naftryk = \"{fingerprint}\"\n"
    );
    house(
        "",
        &[("protokol.toml", &main), ("01-gaester.toml", section)],
    )
}

/// What the protocol's fingerprint is, by its own pages.
fn fingerprint(repo: &Repo) -> String {
    repo.run(&["build", "--formats", "json"]).code(0);
    let document = repo.read("dist/hus/protokol.json");
    let document: Value = serde_json::from_str(&document).expect("valid JSON");
    let fingerprint = document["edition"]["fingerprint"].as_str();
    fingerprint.expect("a text").to_owned()
}

#[test]
fn what_people_read_counts() {
    let now = fingerprint(&approved_as(&"0".repeat(64), SECTION));
    let changed = SECTION.replace("gerne", "altid");
    assert_eq!(
        Found::by("RP703", &approved_as(&now, &changed)).lines(),
        [
            "protokol.toml:6:10 Protokollen eller skabelonen er ændret, siden Mini-MED godkendte den \
          1. oktober 2026."
        ]
    );
    let requirement = "[[krav]]\nid = \"a\"\noverskrift = \"Gæster\"\n";
    let repo = approved_as(&now, SECTION).file(
        "templates/proeve/skabelon.toml",
        format!("navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"1\"\n{requirement}"),
    );
    assert_eq!(Found::by("RP703", &repo).lines().len(), 1, "the skabelon");
}

#[test]
fn how_the_files_are_written_does_not_count() {
    let now = fingerprint(&approved_as(&"0".repeat(64), SECTION));
    Found::by("RP703", &approved_as(&now, SECTION)).none();
    let same = [
        SECTION.replace("gæster.\nSig til,", "gæster. Sig\ntil,  "),
        SECTION.replace('\n', "\r\n"),
        SECTION.replace("\"sover\"", "»sover«"),
        SECTION.replace("gerne", "*gerne*"),
        SECTION.replace("Spørg Mini-MED", "Er besvaret"),
        format!("# En bemærkning\n{SECTION}"),
        SECTION.replace('æ', "a\u{300}").replace("a\u{300}", "æ"),
    ];
    for section in same {
        Found::by("RP703", &approved_as(&now, &section)).none();
    }
}

#[test]
fn an_approval_without_a_fingerprint_and_no_approval_are_fine() {
    let main = "[institution]\nnavn = \"Huset\"\n[[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-10-01\n";
    Found::by("RP703", &house("", &[("protokol.toml", main)])).none();
    Found::by("RP703", &house("", &[])).none();
}

#[test]
fn a_fingerprint_that_is_none_is_told_as_such() {
    let found = Found::by("RP003", &approved_as("abc", SECTION));
    assert_eq!(
        found.lines(),
        [
            "protokol.toml:6:10 Dette er ikke et aftryk: det skal være 64 cifre og bogstaver fra a til f."
        ]
    );
}
