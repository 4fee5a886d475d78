//! Editions of a protocol for some of its readers.

use serde_json::Value;

use crate::pages::{Pdf, html_headings, markdown_headings, packed};
use crate::support::{Repo, typst_is_there};
use crate::word::says_the_same;

const EDITIONS: &str = r#"

[[udgave]]
id = "borgere"
navn = "Til dig, der bor her"
for = ["borger"]
stor = true
forord = "Her er din del."

[[udgave]]
id = "nat"
navn = "Til nattevagten"
for = ["medarbejder"]
kun = ["kort", "kontakter"]
"#;

const SECTION: &str = r#"
overskrift = "Om natten"
tekst = "Det gælder alle."

[[afsnit]]
overskrift = "Når du ikke kan sove"
for = ["borger"]
tekst = "Gå ned i stuen."

[[afsnit]]
overskrift = "Runden"
for = ["medarbejder", "leder"]
tekst = "Gå runden to gange."

[[afsnit.handling]]
situation = "Der er røg"

[[afsnit.handling.trin]]
goer = "Ring 112."

[[afsnit.kontakt]]
id = "bagvagt"
funktion = "Bagvagten"
telefon = "00 12 34 56"
"#;

fn repo() -> Repo {
    let repo = Repo::minimal().file("protocols/lillebo/09-nat.toml", SECTION);
    let area = repo.read("rusprot.toml");
    repo.file("rusprot.toml", format!("{area}{EDITIONS}"))
}

#[test]
fn each_edition_has_its_own_folder_with_what_is_for_its_readers() {
    let repo = repo();
    repo.run(&["build", "--format", "html,md,docx,json"])
        .code(0);
    let page = repo.read("dist/lillebo/index.html");
    for link in [
        "href=\"borgere/index.html\">Til dig, der bor her<",
        "href=\"nat/index.html\">Til nattevagten<",
    ] {
        assert!(page.contains(link), "no {link}");
    }
    let read = |file: &str| repo.read(&format!("dist/lillebo/{file}"));
    let residents = read("borgere/protokol.md");
    for there in [
        "Her er din del.",
        "Det gælder alle.",
        "9.1 Når du ikke kan sove",
        "Til dig, der bor her",
        "- **Udgave:** Til dig, der bor her",
    ] {
        assert!(residents.contains(there), "no {there} in {residents}");
    }
    for gone in ["Gå runden", "Der er røg", "Bagvagten"] {
        assert!(!residents.contains(gone), "{gone} in {residents}");
    }
    let night = read("nat/protokol.md");
    for there in ["9 Om natten", "9.2 Runden", "Der er røg", "Bagvagten"] {
        assert!(night.contains(there), "no {there} in {night}");
    }
    for gone in ["Det gælder alle", "Gå runden", "Gå ned", "Årshjul"] {
        assert!(!night.contains(gone), "{gone} in {night}");
    }
    for edition in ["borgere", "nat"] {
        let [html, markdown] =
            ["index.html", "protokol.md"].map(|file| read(&format!("{edition}/{file}")));
        assert_eq!(
            html_headings(&html),
            markdown_headings(&markdown),
            "{edition}"
        );
        assert!(
            html.contains("href=\"../index.html\">Hele protokollen<"),
            "{edition}"
        );
        assert!(html.contains("href=\"../../index.html\""), "{edition}");
        assert!(html.contains("href=\"protokol.docx\""), "{edition}");
        let docx = repo.read_bytes(&format!("dist/lillebo/{edition}/protokol.docx"));
        says_the_same(&docx, &markdown);
        let json: Value =
            serde_json::from_str(&read(&format!("{edition}/protokol.json"))).expect("JSON");
        assert_eq!(json["for_readers"]["id"], edition);
    }
    let large = read("borgere/index.html");
    assert!(
        large.contains("html{font-size:150%}"),
        "it is in large type"
    );
    assert!(!read("nat/index.html").contains("html{font-size:150%}"));
}

#[test]
fn an_edition_leaves_the_protocol_and_its_fingerprint_as_they_were() {
    let code = |repo: &Repo| {
        repo.run(&["build", "--format", "json"]).code(0);
        let json: Value =
            serde_json::from_str(&repo.read("dist/lillebo/protokol.json")).expect("JSON");
        json["edition"]["code"].as_str().expect("a code").to_owned()
    };
    let with = repo();
    let without = Repo::minimal().file("protocols/lillebo/09-nat.toml", SECTION);
    let own = code(&with);
    assert_eq!(own, code(&without));
    let edition = with.read("dist/lillebo/borgere/protokol.json");
    assert!(
        edition.contains(&format!("{own}/borgere · udskrift er ikke styret")),
        "{edition}"
    );
}

#[test]
fn a_code_names_its_edition_and_verify_knows_it() {
    let repo = repo();
    repo.run(&["build", "--format", "json"]).code(0);
    let json: Value = serde_json::from_str(&repo.read("dist/lillebo/protokol.json")).expect("JSON");
    let code = json["edition"]["code"].as_str().expect("a code");
    repo.run(&["verify", &format!("{code}/nat")])
        .code(1)
        .stdout_has("Papiret er udgaven »Til nattevagten«.");
    repo.run(&["verify", &format!("{code}/borte")])
        .code(1)
        .stdout_has("Der er nu ingen udgave af protokollen, der hedder »borte«.");
    // Of a text that nobody knows it is not said which editions there are.
    repo.run(&["verify", "RP-0000-0000/nat"])
        .code(1)
        .stdout_has("ukendt")
        .stdout_lacks("Der er nu ingen udgave");
    let answer = repo.run(&["verify", &format!("{code}/borgere"), "--format", "json"]);
    let answer: Value = serde_json::from_str(&answer.stdout).expect("JSON");
    assert_eq!(answer["for_readers"]["name"], "Til dig, der bor her");
    repo.run(&["verify", code])
        .code(1)
        .stdout_lacks("Papiret er udgaven");
}

#[test]
fn an_edition_is_printed_by_itself_and_made_by_a_build() {
    typst_is_there();
    let repo = repo();
    repo.run(&["print", "lillebo", "--edition", "borgere"])
        .code(0)
        .stdout_has("lillebo-borgere.pdf");
    let pdf = Pdf::read(&repo.read_bytes("dist/lillebo-borgere.pdf"));
    let text = pdf.text();
    for there in ["Her er din del.", "Gå ned i stuen."] {
        assert!(text.contains(&packed(there)), "no {there} in {text}");
    }
    assert!(!text.contains(&packed("Gå runden")), "{text}");
    repo.run(&["print", "lillebo", "--edition", "borte"])
        .code(2)
        .stderr_has("der er ingen udgave, der hedder »borte«. Der er: borgere, nat");
    repo.run(&["build", "--format", "html,pdf"]).code(0);
    assert!(repo.has("dist/lillebo/nat/protokol.pdf"));
    assert!(
        repo.read("dist/lillebo/nat/index.html")
            .contains("href=\"protokol.pdf\"")
    );
    Repo::minimal()
        .run(&["print", "lillebo", "--edition", "x"])
        .code(2)
        .stderr_has("der er ingen udgaver her");
}

#[test]
fn an_id_that_is_no_name_of_a_folder_is_told_with_one_that_is() {
    let repo = Repo::minimal();
    let area = repo.read("rusprot.toml");
    let edition = "\n[[udgave]]\nid = \"Til Børn\"\nnavn = \"Til børn\"\n";
    repo.file("rusprot.toml", format!("{area}{edition}"))
        .run(&["check"])
        .code(1)
        .stdout_has("»Til Børn« kan ikke være navnet på en mappe.")
        .stdout_has("id = \"til-boern\"");
}

#[test]
fn the_pdf_of_an_edition_and_its_code_as_it_is_typed_are_known_as_that_edition() {
    typst_is_there();
    let repo = repo();
    repo.run(&["build", "--formats", "pdf,json"]).code(0);
    let document: Value =
        serde_json::from_str(&repo.read("dist/lillebo/protokol.json")).expect("JSON");
    let code = document["edition"]["code"].as_str().expect("a code");
    let said = "Papiret er udgaven »Til nattevagten«.";
    let typed = code.to_lowercase().replace('-', "");
    for what in [
        "dist/lillebo/nat/protokol.pdf",
        &format!("{code}/nat"),
        &format!("{typed} / NAT"),
    ] {
        repo.run(&["verify", what])
            .code(1)
            .stdout_has(code)
            .stdout_has(said);
    }
    let whole = repo.run(&["verify", "dist/lillebo/protokol.pdf"]).code(1);
    assert!(
        !whole.stdout.contains("Papiret er udgaven"),
        "{}",
        whole.stdout
    );
}

#[test]
fn an_edition_may_stand_behind_the_protocol_as_its_folder_and_its_code_have_it() {
    typst_is_there();
    let repo = repo();
    repo.run(&["print", "lillebo/nat"])
        .code(0)
        .stdout_has("dist/lillebo-nat.pdf");
    repo.run(&["print", "Bostedet Lillebo/borgere", "--receipt"])
        .code(0)
        .stdout_has("dist/lillebo-borgere-kvittering.pdf");
    repo.run(&["print", "lillebo/dag"])
        .code(2)
        .stderr_has("der er ingen udgave, der hedder »dag«. Der er: borgere, nat");
    repo.run(&["print", "lilebo/nat"])
        .code(2)
        .stderr_has("lillebo");
}

#[test]
fn cards_and_posters_are_printed_of_one_edition_alone() {
    typst_is_there();
    let repo = repo();
    repo.run(&["print", "lillebo", "--cards", "--edition", "nat"])
        .code(0)
        .stdout_has("dist/lillebo-nat-handlingsanvisninger.pdf");
    let pdf = Pdf::read(&repo.read_bytes("dist/lillebo-nat-handlingsanvisninger.pdf"));
    assert_eq!(pdf.pages_with("Der er røg"), [1]);
    repo.run(&["print", "lillebo", "--cards", "--edition", "borgere"])
        .code(2)
        .stderr_has("har ingen handlingsanvisninger");
    repo.run(&["print", "lillebo", "--cards", "--edition", "dag"])
        .code(2)
        .stderr_has("der er ingen udgave, der hedder »dag«. Der er: borgere, nat");
}
