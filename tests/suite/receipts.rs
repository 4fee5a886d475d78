//! `rusprot print --receipt`: the sheet on which people sign that they have read an edition.

use crate::pages::Pdf;
use crate::support::{Repo, typst_is_there};

const SECTION: &str = "protocols/lillebo/09-naboer.toml";
const FILE: &str = "dist/lillebo-kvittering.pdf";

const EDITION: &str = r#"
[[udgave]]
id = "naboer"
navn = "Til dig, der bor ved siden af"
for = ["borger"]
"#;

/// A protocol that says two things, one of them to staff alone.
fn says(repo: &Repo, to_all: &str, to_staff: &str) {
    let text = format!(
        "overskrift = \"Naboer\"\ntekst = \"{to_all}\"\n[[rolle]]\ntitel = \"Kontaktperson\"\nansvar = \"Siger godmorgen.\"\n\
         [[afsnit]]\noverskrift = \"Kun til os\"\nfor = [\"medarbejder\"]\ntekst = \"{to_staff}\"\n"
    );
    repo.write(SECTION, text);
}

/// A protocol with an edition for residents and roles, in git.
fn repo() -> Repo {
    typst_is_there();
    let repo = Repo::minimal();
    let area = repo.read("rusprot.toml");
    repo.write("rusprot.toml", format!("{area}{EDITION}"));
    let main = repo.read("protocols/lillebo/protokol.toml");
    repo.write(
        "protocols/lillebo/protokol.toml",
        format!("{main}\n[dokument]\nversion = \"1\"\nansvarlig = \"Tilbudsleder\"\n"),
    );
    says(&repo, "Vi hilser.", "Vi larmer.");
    repo.git(&["init", "-q"]);
    repo.commit_on("2026-01-05");
    repo
}

fn approve(repo: &Repo, day: &str, version: &str, more: &[&str]) {
    let args = ["approve", "lillebo", "--forum", "Mini-MED", "--by", "Leder"];
    let when = ["--date", day, "--version", version];
    repo.run(&[&args[..], &when, more].concat()).code(0);
    repo.commit_on(day);
}

fn receipt(repo: &Repo, more: &[&str]) -> Pdf {
    let args = [
        &["print", "lillebo", "--receipt", "--output", "ark.pdf"],
        more,
    ]
    .concat();
    repo.run(&args).code(0).stderr_is("");
    let pdf = Pdf::read(&repo.read_bytes("ark.pdf"));
    assert_eq!(pdf.astray(), Vec::<String>::new());
    pdf
}

#[test]
fn a_receipt_has_what_changed_who_signs_and_the_code_of_the_copy() {
    let repo = repo();
    approve(&repo, "2026-02-03", "1", &[]);
    says(&repo, "Vi vinker.", "Vi larmer.");
    approve(&repo, "2026-06-01", "2", &[]);
    repo.run(&["print", "lillebo", "--receipt"])
        .code(0)
        .stdout_is(&format!("[repo]/{FILE} er skrevet.\n"));
    let pdf = Pdf::read(&repo.read_bytes(FILE));
    assert_eq!(pdf.pages(), 1);
    for text in [
        "Kvittering for læsning",
        "Version2",
        "Sammenlignet med den udgave, der blev godkendt i Mini-MED den 3. februar 2026.",
        "[taget ud: hilser] [sat ind: vinker]",
        "Jeg har læst det",
        "Rolle Navn og underskrift Dato",
        "Tilbudsleder",
        "Kontaktperson",
        "Navnene skal ikke skrives i filerne.",
    ] {
        assert_eq!(pdf.pages_with(text), [1], "{text}: {}", pdf.text());
    }
    assert!(!pdf.text().contains("larmer"), "{}", pdf.text());
    repo.run(&["verify", FILE]).code(0).stdout_has("gældende.");
}

#[test]
fn nobody_signs_for_a_change_that_is_not_essential() {
    let repo = repo();
    repo.run(&[
        "approve",
        "lillebo",
        "--forum",
        "MED",
        "--by",
        "Leder",
        "--date",
        "2026-02-03",
        "--minor",
    ])
    .code(2)
    .stderr_has("protokollen er ikke godkendt før, så alt i den er nyt");
    approve(&repo, "2026-02-03", "1", &[]);
    says(&repo, "Vi hilser tit.", "Vi larmer.");
    approve(&repo, "2026-04-01", "1.1", &["--minor"]);
    let main = repo.read("protocols/lillebo/protokol.toml");
    assert_eq!(main.matches("vaesentlig = false\n").count(), 1, "{main}");
    repo.run(&["print", "lillebo", "--receipt"])
        .code(0)
        .stdout_has("Der skal ikke kvitteres for ændringen, der blev godkendt 1. april 2026")
        .stdout_has("Kvitteringerne for version 1 gælder stadig.")
        .stdout_has("Der er ikke lavet noget.");
    assert!(!repo.has(FILE));
    // The next one is held against what people have signed for, so the small change is told along.
    says(&repo, "Vi hilser tit.", "Vi er stille.");
    approve(&repo, "2026-06-01", "2", &[]);
    let pdf = receipt(&repo, &[]);
    for text in [
        "godkendt i Mini-MED den 3. februar 2026",
        "[sat ind: tit]",
        "[sat ind: Vi er stille.]",
    ] {
        assert_eq!(pdf.pages_with(text), [1], "{text}: {}", pdf.text());
    }
    repo.run(&["build", "--formats", "md"]).code(0);
    let page = repo.read("dist/lillebo/protokol.md");
    assert!(
        page.contains("Godkendt i Mini-MED som version 1.1 uden væsentlige ændringer"),
        "{page}"
    );
}

#[test]
fn the_receipt_for_an_edition_tells_of_what_its_readers_have_and_of_nothing_else() {
    let repo = repo();
    approve(&repo, "2026-02-03", "1", &[]);
    says(&repo, "Vi vinker.", "Vi er stille.");
    approve(&repo, "2026-06-01", "2", &[]);
    repo.run(&["print", "lillebo", "--receipt", "--edition", "naboer"])
        .code(0);
    let file = "dist/lillebo-naboer-kvittering.pdf";
    let pdf = Pdf::read(&repo.read_bytes(file));
    for text in [
        "Til dig, der bor ved siden af",
        "[sat ind: vinker]",
        "/naboer",
    ] {
        assert_eq!(pdf.pages_with(text), [1], "{text}: {}", pdf.text());
    }
    for gone in ["stille", "Kontaktperson"] {
        assert!(!pdf.text().contains(gone), "{gone}: {}", pdf.text());
    }
    repo.run(&["verify", file])
        .code(0)
        .stdout_has("Papiret er udgaven »Til dig, der bor ved siden af«.");
    let large = receipt(&repo, &["--edition", "naboer", "--large"]);
    assert!(large.pages() > 1 || large.text_of_size(17.9).contains("vinker"));
}

#[test]
fn a_first_edition_and_one_that_nobody_approved_say_so() {
    let repo = repo();
    let unapproved = receipt(&repo, &[]);
    for text in ["Teksten er ikke godkendt endnu.", "Læs det hele."] {
        assert_eq!(unapproved.pages_with(text), [1], "{}", unapproved.text());
    }
    approve(&repo, "2026-02-03", "1", &[]);
    let first = receipt(&repo, &[]);
    let text = "Ingen har kvitteret for en tidligere udgave. Læs det hele.";
    assert_eq!(first.pages_with(text), [1], "{}", first.text());
    assert!(!first.text().contains("godkendtendnu"), "{}", first.text());
    says(&repo, "Vi vinker.", "Vi larmer.");
    let edited = receipt(&repo, &[]);
    for text in [
        "Rettelserne er ikke godkendt endnu.",
        "[taget ud: hilser] [sat ind: vinker]",
    ] {
        assert_eq!(edited.pages_with(text), [1], "{}", edited.text());
    }
}

#[test]
fn without_git_the_receipt_says_why_it_shows_no_changes() {
    let repo = repo();
    approve(&repo, "2026-02-03", "1", &[]);
    says(&repo, "Vi vinker.", "Vi larmer.");
    approve(&repo, "2026-06-01", "2", &[]);
    std::fs::remove_dir_all(repo.path(".git")).expect("it is there");
    let pdf = receipt(&repo, &[]);
    let text = "Ændringerne kan ikke vises: Filerne ligger ikke i git. Læs det hele.";
    assert_eq!(pdf.pages_with(text), [1], "{}", pdf.text());
}
