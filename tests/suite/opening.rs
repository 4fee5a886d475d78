//! A first sub-section without a heading: running text before the others.

use serde_json::Value;

use crate::pages::{Pdf, assert_same_text, html_headings, html_text, markdown_text};
use crate::rules::{Found, house};
use crate::support::{Repo, typst_is_there};

/// A section with a text, a rule, a text before its sub-sections, and two of these; the first has one of its own.
const SECTION: &str = "overskrift = 'Tilbud'\ntekst = 'Aller først.'\n\
                       [[regel]]\ntekst = 'Vi lytter.'\n\
                       [[figur]]\nid = 'trin'\ntype = 'trappe'\ntitel = 'Trin for trin'\n\
                       punkter = [{ navn = 'Et' }, { navn = 'To' }, { navn = 'Tre' }]\n\
                       [[afsnit]]\ntekst = '''\nDet gælder alle tilbud.[^a] Se [](figur:trin).\n\n[](figur:trin)\n\n[^a]: En note.\n'''\n\
                       [[afsnit]]\noverskrift = 'Samtaler'\ntekst = 'Vi taler sammen.'\n\
                       [[afsnit.afsnit]]\ntekst = 'Dybere nede.'\n\
                       [[afsnit.afsnit]]\noverskrift = 'Hver uge'\ntekst = 'Om tirsdagen.'\n\
                       [[afsnit]]\noverskrift = 'Ture'\ntekst = 'Vi går ud.'\n";

fn built(section: &str, formats: &str) -> Repo {
    let repo = house("", &[("01-et.toml", section)]);
    repo.run(&["build", "--draft", "--formats", formats])
        .code(0);
    repo
}

fn document(repo: &Repo) -> Value {
    serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON")
}

#[test]
fn text_before_the_sub_sections_needs_no_heading_and_takes_no_number() {
    typst_is_there();
    let repo = built(SECTION, "html,md,json,pdf");
    let html = repo.read("dist/hus/index.html");
    assert_eq!(
        html_headings(&html)[..4],
        [
            "2 1 Tilbud",
            "3 1.1 Samtaler",
            "4 1.1.1 Hver uge",
            "3 1.2 Ture"
        ]
    );
    assert_same_text(
        &html_text(&html),
        &markdown_text(&repo.read("dist/hus/protokol.md")),
    );
    let document = document(&repo);
    let part = &document["sections"][0];
    let kinds = part["content"].as_array().expect("a list").iter();
    let kinds: Vec<_> = kinds.map(|piece| piece["type"].as_str()).collect();
    let expected = ["text", "rules", "text", "figure"].map(Some);
    assert_eq!(kinds, expected);
    assert_eq!(part["parts"].as_array().map(Vec::len), Some(2));
    let text = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf")).text();
    let places = [
        "Allerførst.",
        "Vilytter.",
        "Detgælderalletilbud.",
        "Trinfortrin",
        "Vitalersammen.",
        "Dyberenede.",
        "Omtirsdagen.",
    ];
    let places = places.map(|words| {
        text.rfind(words)
            .unwrap_or_else(|| panic!("{words} in {text}"))
    });
    assert!(places.is_sorted(), "{places:?} in {text}");
    Found::by("RP004", &repo).none();
    Found::by("RP102", &repo).none();
}

#[test]
fn it_may_stand_alone_and_is_looked_at_by_the_rules_about_texts() {
    let alone =
        "overskrift = 'Et'\n[[afsnit]]\ntekst = 'Se [huset](afsnit:borte) og {{ ukendt }}.'\n";
    let repo = house("", &[("01-et.toml", alone)]);
    for (rule, place) in [("RP201", "01-et.toml:3:13"), ("RP009", "01-et.toml:3:38")] {
        let found = Found::by(rule, &repo).lines();
        assert!(found.len() == 1 && found[0].starts_with(place), "{found:?}");
    }
    Found::by("RP102", &repo).none();
}

#[test]
fn anything_else_without_a_heading_is_found() {
    for below in [
        // Not the first.
        "[[afsnit]]\noverskrift = 'A'\ntekst = 'x'\n[[afsnit]]\ntekst = 'Uden.'\n",
        // More than a text.
        "[[afsnit]]\ntekst = 'Uden.'\nid = 'a'\n",
        "[[afsnit]]\ntekst = 'Uden.'\nfor = 'borger'\n",
        "[[afsnit]]\ntekst = 'Uden.'\n[[afsnit.regel]]\ntekst = 'x'\n",
        "[[afsnit]]\ntekst = 'Uden.'\n[[afsnit.afsnit]]\noverskrift = 'A'\ntekst = 'x'\n",
        // Less than one.
        "[[afsnit]]\ntekst = ' '\n",
        "[[afsnit]]\nnote = 'x'\n",
        "[[afsnit]]\n",
    ] {
        let section = format!("overskrift = 'Et'\ntekst = 'x'\n{below}");
        let found = Found::by("RP004", &house("", &[("01-et.toml", &section)])).lines();
        assert_eq!(found.len(), 1, "{below}: {found:?}");
        assert!(found[0].contains("Der mangler »overskrift«"), "{found:?}");
    }
    // A file is no sub-section, and an empty heading is none that is left out.
    let found = Found::by("RP004", &house("", &[("01-et.toml", "tekst = 'x'\n")])).lines();
    assert_eq!(found.len(), 1, "{found:?}");
    let empty = "overskrift = 'Et'\n[[afsnit]]\noverskrift = ''\ntekst = 'x'\n";
    let found = Found::by("RP003", &house("", &[("01-et.toml", empty)])).lines();
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_note_of_the_authors_may_stand_with_it_and_is_printed_nowhere() {
    let repo = built(
        "overskrift = 'Et'\n[[afsnit]]\ntekst = 'Forrest.'\nnote = 'Husk det.'\n",
        "html",
    );
    let html = html_text(&repo.read("dist/hus/index.html"));
    assert!(
        html.contains("Forrest.") && !html.contains("Huskdet"),
        "{html}"
    );
}

#[test]
fn a_text_under_the_heading_alone_has_the_fingerprint_it_had() {
    let print = |section: &str| {
        let document = document(&built(section, "json"));
        document["edition"]["fingerprint"].clone()
    };
    let below = "[[afsnit]]\noverskrift = 'A'\ntekst = 'Under.'\n";
    let plain = print(&format!("overskrift = 'Et'\ntekst = 'Forrest.'\n{below}"));
    let first = format!("[[afsnit]]\ntekst = 'Forrest.'\n{below}");
    // Both print the same.
    assert_eq!(plain, print(&format!("overskrift = 'Et'\n{first}")));
    let other = first.replace("Forrest.", "Bagest.");
    assert_ne!(plain, print(&format!("overskrift = 'Et'\n{other}")));
}

#[cfg(feature = "import")]
#[test]
fn it_comes_back_from_a_file_of_word() {
    let repo = built(SECTION, "docx,md");
    let page = repo.read("dist/hus/protokol.md");
    let repo = repo.without("protocols/hus/01-et.toml");
    repo.run(&["import", "dist/hus/protokol.docx", "--into", "hus", "--yes"])
        .code(0);
    let files = repo.files("protocols/hus");
    let file = files.iter().find(|file| file.contains("01-"));
    let file = file.unwrap_or_else(|| panic!("{files:?}"));
    let read = repo.read(&format!("protocols/hus/{file}"));
    for piece in [
        "[[afsnit]]\ntekst = '''\nDet gælder alle tilbud.",
        "[](figur:trin)\n",
        "[[afsnit.afsnit]]\ntekst = '''\nDybere nede.\n'''",
    ] {
        assert!(read.contains(piece), "{piece}\n{read}");
    }
    repo.run(&["build", "--draft", "--formats", "md"]).code(0);
    let again = repo.read("dist/hus/protokol.md");
    assert_same_text(&markdown_text(&page), &markdown_text(&again));
}
