//! `rusprot verify`: what a code on paper is worth.

use serde_json::Value;

use crate::support::{Repo, Run, typst_is_there};

const SECTION: &str = "protocols/lillebo/09-naboer.toml";

/// A protocol with a section that says something, in git.
fn with(text: &str) -> Repo {
    let repo = Repo::minimal();
    says(&repo, text);
    repo.git(&["init", "-q"]);
    repo.commit_on("2026-01-05");
    repo
}

fn says(repo: &Repo, text: &str) {
    repo.write(
        SECTION,
        format!("overskrift = \"Naboer\"\ntekst = \"{text}\"\n"),
    );
}

/// The code on the pages as they are now.
fn code(repo: &Repo) -> String {
    repo.run(&["build", "--formats", "json"]).code(0);
    let document: Value =
        serde_json::from_str(&repo.read("dist/lillebo/protokol.json")).expect("valid JSON");
    document["edition"]["code"]
        .as_str()
        .expect("a text")
        .to_owned()
}

fn approve(repo: &Repo, day: &str, version: &str) {
    let args = ["approve", "lillebo", "--forum", "Mini-MED", "--by", "Leder"];
    repo.run(&[&args[..], &["--date", day, "--version", version]].concat())
        .code(0);
}

fn verify(repo: &Repo, what: &str) -> Run {
    repo.run(&["verify", what])
}

#[test]
fn what_was_approved_last_is_in_force() {
    let repo = with("Vi hilser.");
    approve(&repo, "2026-02-03", "1");
    let code = code(&repo);
    verify(&repo, &code).code(0).stdout_is(&format!(
        "{code}: gældende.\nBostedet Lillebo: Rusmiddelprotokol, version 1, godkendt 3. februar 2026 i \
         Mini-MED.\n"
    ));
    verify(&repo, &code.to_lowercase().replace('-', " "))
        .code(0)
        .stdout_has("gældende");
    says(&repo, "Vi hilser og vinker.");
    verify(&repo, &code)
        .code(0)
        .stdout_has("gældende.")
        .stdout_has("Teksten er rettet siden, men ingen har godkendt rettelserne.");
}

#[test]
fn a_text_that_nobody_has_approved_is_said_to_be_so() {
    let repo = with("Vi hilser.");
    let draft = code(&repo);
    verify(&repo, &draft)
        .code(1)
        .stdout_has("ikke godkendt.")
        .stdout_has("Det er teksten, som den står nu, men ingen har godkendt den.");
}

#[test]
fn an_older_approval_is_replaced_by_the_next_one() {
    let repo = with("Vi hilser.");
    approve(&repo, "2026-02-03", "1");
    let old = code(&repo);
    says(&repo, "Vi vinker.");
    approve(&repo, "2026-06-01", "2");
    let new = code(&repo);
    assert_ne!(old, new);
    verify(&repo, &old).code(1).stdout_is(&format!(
        "{old}: erstattet.\nBostedet Lillebo: Rusmiddelprotokol, version 1, godkendt 3. februar 2026 i \
         Mini-MED.\nSiden 1. juni 2026 gælder version 2, godkendt i Mini-MED.\n"
    ));
    verify(&repo, &new).code(0).stdout_has("gældende.");
}

#[test]
fn a_text_that_only_git_remembers_is_found_there() {
    let repo = with("Vi hilser.");
    let first = code(&repo);
    says(&repo, "Vi vinker.");
    repo.commit_on("2026-03-01");
    verify(&repo, &first)
        .code(1)
        .stdout_has("erstattet.")
        .stdout_has("gemt i git 5. januar 2026")
        .stdout_has("Siden 1. marts 2026 har der stået en nyere tekst.");
    repo.git(&["mv", "protocols/lillebo", "protocols/nybo"]);
    repo.commit_on("2026-03-02");
    verify(&repo, &first).code(1).stdout_has("erstattet.");
    approve_as(&repo, "nybo", "2026-04-01");
    verify(&repo, &first)
        .code(1)
        .stdout_has("Siden 1. april 2026 gælder version 7, godkendt i Mini-MED.");
}

fn approve_as(repo: &Repo, slug: &str, day: &str) {
    let args = ["approve", slug, "--forum", "Mini-MED", "--by", "Leder"];
    repo.run(&[&args[..], &["--date", day, "--version", "7"]].concat())
        .code(0);
}

#[test]
fn an_unknown_code_says_how_far_it_was_looked_for() {
    let repo = with("Vi hilser.");
    verify(&repo, "RP-0000-0000")
        .code(1)
        .stdout_has("ukendt.\nIngen protokol i dette område har eller har haft den tekst.")
        .stderr_is("");
    let alone = Repo::minimal();
    verify(&alone, "RP-0000-0000")
        .code(1)
        .stdout_has("ukendt.")
        .stderr_has("Svaret gælder kun protokollerne, som de står, og deres godkendelser");
    let empty = Repo::minimal();
    empty.git(&["init", "-q"]);
    verify(&empty, "RP-0000-0000")
        .code(1)
        .stderr_has("der er ikke gemt noget i git endnu")
        .stderr_lacks("fatal");
    let without = Repo::minimal().env("PATH", "");
    verify(&without, "RP-0000-0000")
        .code(3)
        .stderr_has("git er ikke på denne maskine");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let repo = with("Vi hilser.");
    says(&repo, "Vi vinker.");
    repo.commit_on("2026-03-01");
    let url = format!("file://{}", repo.root().display());
    repo.git(&["clone", "-q", "--depth", "1", &url, "kopi"]);
    repo.standing_in("kopi")
        .run(&["verify", "RP-0000-0000"])
        .code(1)
        .stderr_has("git fetch --unshallow");
}

#[test]
fn what_is_no_code_and_no_file_of_ours_is_refused() {
    let repo = Repo::minimal()
        .file("anden.pdf", "%PDF-1.7 uden kode")
        .file("tekst.txt", "RP-0000-0000");
    verify(&repo, "RP-1234")
        .code(2)
        .stderr_has("»RP-1234« er hverken en kode som RP-7K3F-92QD eller en fil, der findes");
    for file in ["anden.pdf", "tekst.txt"] {
        verify(&repo, file)
            .code(2)
            .stderr_has(&format!("der er ingen kode i {file}."));
    }
}

#[test]
fn the_answer_is_data_for_programs() {
    let repo = with("Vi hilser.");
    approve(&repo, "2026-02-03", "1");
    let code = code(&repo);
    let run = repo.run(&["verify", &code, "--format", "json"]).code(0);
    let answer: Value = serde_json::from_str(&run.stdout).expect("valid JSON");
    assert_eq!(answer["version"], 1);
    assert_eq!(answer["code"], code);
    assert_eq!(answer["state"], "in_force");
    assert_eq!(answer["protocol"], "lillebo");
    assert_eq!(answer["edition"]["date"], "2026-02-03");
    assert_eq!(answer["replaced_by"], Value::Null);
}

#[test]
fn a_pdf_is_asked_for_its_code() {
    typst_is_there();
    let repo = with("Vi hilser.");
    approve(&repo, "2026-02-03", "1");
    repo.run(&["build", "--formats", "pdf"]).code(0);
    verify(&repo, "dist/lillebo/protokol.pdf")
        .code(0)
        .stdout_has("gældende.");
    repo.write("kopi.pdf", repo.read_bytes("dist/lillebo/protokol.pdf"));
    says(&repo, "Vi vinker.");
    approve(&repo, "2026-06-01", "2");
    verify(&repo, "kopi.pdf")
        .code(1)
        .stdout_has("Siden 1. juni 2026 gælder version 2");
}

#[test]
fn a_protocol_that_cannot_be_read_now_does_not_make_its_paper_old() {
    let repo = with("Vi hilser.");
    let printed = code(&repo);
    repo.write("protocols/lillebo/protokol.toml", b"\xFF\xFE[\0");
    verify(&repo, &printed)
        .code(1)
        .stdout_has("kan ikke afgøres.")
        .stdout_has("protocols/lillebo/protokol.toml, linje 1: Filen er gemt som UTF-16")
        .stdout_lacks("erstattet");
    verify(&repo, "RP-0000-0000")
        .code(1)
        .stdout_has("ukendt.")
        .stderr_has("Denne fil kan ikke læses, og papiret kan høre til den.");
    let run = repo.run(&["verify", &printed, "--format", "json"]).code(1);
    let answer: Value = serde_json::from_str(&run.stdout).expect("valid JSON");
    assert_eq!(answer["state"], "undecided");
    assert_eq!(
        answer["unreadable"][0]["path"],
        "protocols/lillebo/protokol.toml"
    );
    assert_eq!(answer["unreadable"][0]["line"], 1);
}

#[test]
fn an_approval_that_was_replaced_is_so_also_where_a_section_cannot_be_read() {
    let repo = with("Vi hilser.");
    approve(&repo, "2026-02-03", "1");
    let first = code(&repo);
    says(&repo, "Vi vinker.");
    approve(&repo, "2026-06-01", "2");
    let second = code(&repo);
    repo.write(SECTION, "overskrift = \"Naboer\ntekst = 1\n");
    verify(&repo, &first)
        .code(1)
        .stdout_has("erstattet.")
        .stdout_has("Siden 1. juni 2026 gælder version 2");
    verify(&repo, &second)
        .code(1)
        .stdout_has("kan ikke afgøres.")
        .stdout_has("09-naboer.toml, linje 1");
}
