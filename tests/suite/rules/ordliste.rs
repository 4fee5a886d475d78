//! RP303 `ordliste`.

use super::{Found, house, house_with_text};
use crate::support::Repo;

const AREA: &str = r#"skabelon = "proeve"
[omraade]
navn = "Prøveområdet"
[ordliste]
"Omsorg Et" = "Omsorg 1"
"misbrug" = "forbrug af rusmidler"
"belastet borger" = "borger"
"Bakken" = "Bakken Nord"
"mini-med" = "Mini-MED"
"#;

fn with_terms(repo: Repo) -> Repo {
    repo.file("rusprot.toml", AREA)
}

#[test]
fn a_wrong_word_is_found_with_the_right_one_and_its_capital() {
    let repo = with_terms(house_with_text(
        "Misbrug og *mis*brug skrives i [Omsorg\nEt](https://borger.dk). En belastet borger.",
    ));
    let found = Found::by("RP303", &repo);
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:1 Områdets ordliste siger »Forbrug af rusmidler« og ikke »Misbrug«.",
            "01-et.toml:3:13 Områdets ordliste siger »forbrug af rusmidler« og ikke »misbrug«.",
            "01-et.toml:3:33 Områdets ordliste siger »Omsorg 1« og ikke »Omsorg Et«.",
            "01-et.toml:4:28 Områdets ordliste siger »borger« og ikke »belastet borger«.",
        ]
    );
    assert_eq!(found.ends(), ["3:8", "3:21", "4:3", "4:43"]);
    assert_eq!(found.levels()[0], "error");
    assert_eq!(found.related()[0], ["rusprot.toml:6:1"]);
}

#[test]
fn names_are_found_in_the_genitive_and_in_compounds() {
    let repo = with_terms(house_with_text("Omsorg Ets knap og Omsorg Et-brugere."));
    assert_eq!(
        Found::by("RP303", &repo).lines(),
        [
            "01-et.toml:3:1 Områdets ordliste siger »Omsorg 1« og ikke »Omsorg Et«.",
            "01-et.toml:3:20 Områdets ordliste siger »Omsorg 1« og ikke »Omsorg Et«.",
        ]
    );
}

#[test]
fn words_are_looked_at_wherever_they_are_printed() {
    let section = r#"overskrift = "Om misbrug"
[[regel]]
tekst = "Intet misbrug."
[[felt]]
navn = "Dit misbrug"
[[handling]]
situation = "Ved misbrug"
trin = [{ goer = "Spørg om misbrug.", hvem = "En fra misbrug" }]
[underskrift]
roller = ["misbrug"]
"#;
    let repo = with_terms(house("", &[("01-et.toml", section)])).file(
        "protocols/hus/protokol.toml",
        "titel = \"misbrug\"\n[institution]\nnavn = \"Huset\"\n",
    );
    let lines = Found::by("RP303", &repo).lines();
    let places: Vec<&str> = lines
        .iter()
        .map(|line| line.split_once(' ').expect("a place and a message").0)
        .collect();
    assert_eq!(
        places,
        [
            "01-et.toml:1:18",
            "01-et.toml:3:16",
            "01-et.toml:5:13",
            "01-et.toml:7:18",
            "01-et.toml:8:28",
            "01-et.toml:8:54",
            "01-et.toml:10:12",
            "protokol.toml:1:10",
        ]
    );
}

#[test]
fn other_words_right_wordings_and_code_are_fine() {
    for text in [
        "Misbruget, stofmisbrug og misbrugs-ord.",
        "Bakken Nord er vores nabo.",
        "Mini-MED mødes.",
        "omsorg et",
        "Skriv `misbrug` i feltet.",
    ] {
        Found::by("RP303", &with_terms(house_with_text(text))).none();
    }
}
