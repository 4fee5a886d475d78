//! What format 1 means: frozen files that every later version reads alike (`tests/format`).

use serde_json::Value;

use crate::repo::read;
use crate::support::Repo;

fn frozen(name: &str) -> String {
    read(&format!("tests/format/1/{name}")).replace("\r\n", "\n")
}

fn repository() -> Repo {
    Repo::copy_of("tests/format/1/arkiv")
}

#[test]
fn the_frozen_files_of_format_1_have_the_findings_and_duties_they_had() {
    let repo = repository();
    let found = repo
        .run(&["check", "--format", "json"])
        .code(0)
        .stderr_is("");
    assert_eq!(found.stdout, frozen("fund.json"));
    let duties = repo
        .run(&["status", "--format", "json"])
        .code(0)
        .stderr_is("");
    assert_eq!(duties.stdout, frozen("pligter.json"));
}

#[test]
fn the_frozen_files_of_format_1_give_the_bytes_and_the_fingerprint_they_gave() {
    let repo = repository();
    repo.run(&["build", "--format", "md,json"])
        .code(0)
        .stdout_has("Åbn");
    assert_eq!(repo.read("dist/huset/protokol.md"), frozen("protokol.md"));
    let json: Value = serde_json::from_str(&repo.read("dist/huset/protokol.json")).expect("JSON");
    assert_eq!(json["edition"]["fingerprint"], frozen("aftryk.txt").trim());
}

#[test]
fn without_the_number_the_files_mean_the_same() {
    let repo = repository().edited("rusprot.toml", "format = 1\n", "\n");
    let found = repo.run(&["check", "--format", "json"]).code(0);
    assert_eq!(found.stdout, frozen("fund.json"));
}
