//! Every print of every example on paper: every word of the document is in it, inside the page, in letters of at
//! least the size that was asked for.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pages::{Pdf, packed, parts, texts_of};
use crate::support::{Repo, folders, typst_is_there};

/// The smallest type of a print, in points: that of notes and tables, of cards, and of everything in large type.
const SMALL: f32 = 9.0;
const CARD: f32 = 11.0;
const LARGE: f32 = 18.0;

/// A day on which nothing in the examples is late.
const TODAY: &str = "2026-11-21";

/// A document that a build of it made.
fn document(repo: &Repo, slug: &str) -> Value {
    let file = repo.read(&format!("dist/{slug}/protokol.json"));
    serde_json::from_str(&file).expect("a document is JSON")
}

/// Each word of some texts of five letters or more, with how often it stands there. Shorter ones are parts of others.
fn words(texts: &[String]) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '\u{ad}';
    for word in texts
        .iter()
        .flat_map(|text| text.split(|letter| !is_letter(letter)))
    {
        let word = packed(word);
        if word.chars().count() >= 5 {
            *words.entry(word).or_default() += 1;
        }
    }
    words
}

/// The words that a print does not have as often as the texts do in letters of that size, what stands astray in it, and what is
/// not said to those who hear it.
fn faults(pdf: &Pdf, texts: &[String], least: f32) -> Vec<String> {
    let shown = pdf.text_of_size(least);
    let wanted = words(texts).into_iter();
    let missing = wanted.filter(|(word, count)| shown.matches(word.as_str()).count() < *count);
    let missing = missing.map(|(word, count)| format!("{word} is not there {count} times"));
    missing.chain(pdf.astray()).chain(pdf.unsaid()).collect()
}

/// Everything in a document that is of a kind, such as its cards, each once wherever it is inserted.
fn of_kind<'v>(value: &'v Value, kind: &str, found: &mut Vec<&'v Value>) {
    let is_one = value.get("type").is_some_and(|name| name == kind);
    match value {
        _ if is_one && found.contains(&value) => {}
        _ if is_one => found.push(value),
        Value::Object(map) => map.values().for_each(|value| of_kind(value, kind, found)),
        Value::Array(values) => values.iter().for_each(|value| of_kind(value, kind, found)),
        _ => {}
    }
}

/// A document without the words of its drawings, which are as small as the drawing is; in large type the list below one says
/// them again.
fn without_drawings(value: &Value, large: bool) -> Value {
    match value {
        Value::Object(map) if map.get("type").is_some_and(|name| name == "figure") => {
            let items = map.get("items").filter(|_| large);
            items.cloned().unwrap_or_default()
        }
        Value::Object(map) => {
            let map = map.iter();
            let map = map.map(|(key, value)| (key.clone(), without_drawings(value, large)));
            Value::Object(map.collect())
        }
        Value::Array(values) => {
            let values = values.iter();
            Value::Array(values.map(|value| without_drawings(value, large)).collect())
        }
        other => other.clone(),
    }
}

/// What is wrong with a print in which all of `shown` is to be: in the usual type, of which the smallest is `least`, and in
/// the large one, or in that alone.
fn print(
    repo: &Repo,
    slug: &str,
    what: &[&str],
    shown: &[&Value],
    least: Option<f32>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (large, least) in [(false, least), (true, Some(LARGE))] {
        let Some(least) = least else { continue };
        let more: &[&str] = if large { &["--large"] } else { &[] };
        let args = [&["print", slug, "--output", "tryk.pdf"], what, more].concat();
        repo.run(&args).code(0).stderr_is("");
        let texts = shown.iter().map(|value| without_drawings(value, large));
        let texts: Vec<String> = texts.flat_map(|value| texts_of(&value)).collect();
        let told = faults(&Pdf::read(&repo.read_bytes("tryk.pdf")), &texts, least);
        wrong.extend(
            told.into_iter()
                .map(|fault| format!("{slug} {what:?} {more:?}: {fault}")),
        );
    }
    wrong
}

/// What is wrong with the editions for some of the readers; that for residents is in large type.
fn editions(repo: &Repo, slug: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (id, large) in [
        ("borgere", true),
        ("nattevagt", false),
        ("paaroerende", false),
    ] {
        let own = document(repo, &format!("{slug}/{id}"));
        let texts = parts(&own).map(|part| without_drawings(part, large));
        let texts: Vec<String> = texts.flat_map(|part| texts_of(&part)).collect();
        let pdf = Pdf::read(&repo.read_bytes(&format!("dist/{slug}/{id}/protokol.pdf")));
        let told = faults(&pdf, &texts, if large { LARGE } else { SMALL });
        wrong.extend(
            told.into_iter()
                .map(|fault| format!("{slug} {id}: {fault}")),
        );
    }
    wrong
}

const PACKET: [&str; 4] = ["--meeting", "Mini-MED", "--date", "2026-12-01"];

#[test]
fn every_word_of_the_examples_is_in_large_packets_inside_the_page_and_as_large_as_asked_for() {
    typst_is_there();
    let mut wrong = Vec::new();
    for name in folders("examples") {
        let repo = Repo::copy_of(&format!("examples/{name}")).env("RUSPROT_TODAY", TODAY);
        // An example of several repositories is none itself; its houses are put together by its script.
        if !repo.has("rusprot.toml") {
            continue;
        }
        repo.run(&["build", "--formats", "json"]).code(0);
        for slug in folders(&format!("examples/{name}/protocols")) {
            let document = document(&repo, &slug);
            let parts: Vec<&Value> = parts(&document).collect();
            wrong.extend(print(&repo, &slug, &PACKET, &parts, None));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_word_is_in_every_print_inside_the_page_and_as_large_as_asked_for() {
    typst_is_there();
    let mut wrong = Vec::new();
    let repo = Repo::new()
        .with_copy_of(".", "rusprot.toml")
        .with_copy_of(".", "protocols")
        .env("RUSPROT_TODAY", TODAY);
    repo.run(&["build", "--formats", "json,pdf"]).code(0);
    for slug in folders("protocols") {
        let document = document(&repo, &slug);
        let parts: Vec<&Value> = parts(&document).collect();
        let whole = parts.iter().map(|part| without_drawings(part, false));
        let whole: Vec<String> = whole.flat_map(|part| texts_of(&part)).collect();
        let pdf = Pdf::read(&repo.read_bytes(&format!("dist/{slug}/protokol.pdf")));
        wrong.extend(faults(&pdf, &whole, SMALL));
        wrong.extend(editions(&repo, &slug));
        wrong.extend(print(&repo, &slug, &PACKET, &parts, Some(SMALL)));
        let mut cards = Vec::new();
        of_kind(&document, "card", &mut cards);
        wrong.extend(print(&repo, &slug, &["--cards"], &cards, Some(CARD)));
        for part in document["appendices"].as_array().expect("appendices") {
            let id = part["id"].as_str().expect("an id");
            let (mut rules, mut fields) = (Vec::new(), Vec::new());
            of_kind(part, "rules", &mut rules);
            of_kind(part, "fields", &mut fields);
            for paper in ["a3", "a4"] {
                if !rules.is_empty() {
                    let what = ["--poster", id, "--paper", paper];
                    wrong.extend(print(&repo, &slug, &what, &rules, Some(SMALL)));
                }
            }
            if !fields.is_empty() {
                wrong.extend(print(&repo, &slug, &["--form", id], &[part], Some(SMALL)));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_long_word_in_a_title_or_a_heading_stays_in_its_column() {
    typst_is_there();
    for word in [
        "Misbrugsbehandlingsplanen",
        "Rusmiddelbehandlingsinstitutionsfællesskaber",
    ] {
        let repo = Repo::minimal()
            .edited("protocols/lillebo/protokol.toml", "[institution]", &format!("titel = \"{word}\"\n[institution]"))
            .file(
                "protocols/lillebo/bilag/1-regler.toml",
                format!("overskrift = \"{word}\"\nid = \"regler\"\n[[regel]]\ntekst = \"Luk døren.\"\n[[felt]]\nnavn = \"Navn\"\n\
                         [[handling]]\nsituation = \"{word}\"\ntrin = [{{ goer = \"Luk døren.\" }}]\n"),
            );
        repo.run(&["build", "--draft", "--formats", "pdf"]).code(0);
        let prints: [(&[&str], i64); 6] = [
            (&[], 174),
            (&PACKET, 184),
            // "klip her" on the line between two cards.
            (&["--cards"], 153),
            (&["--poster", "regler"], 277),
            (&["--poster", "regler", "--paper", "a4"], 190),
            (&["--form", "regler"], 183),
        ];
        for large in [false, true] {
            for (what, edge) in prints {
                let file = if what.is_empty() {
                    "dist/lillebo/protokol.pdf"
                } else {
                    "tryk.pdf"
                };
                let more: &[&str] = if large { &["--large"] } else { &[] };
                if !what.is_empty() {
                    let args = [&["print", "lillebo", "--output", file], what, more].concat();
                    repo.run(&args).code(0);
                }
                let pdf = Pdf::read(&repo.read_bytes(file));
                let with: Vec<u32> = pdf.pages_with(word);
                assert!(!with.is_empty(), "{word} {what:?} {more:?}");
                // The table of the year wheel reaches into the margin.
                let wheel = pdf.pages_with("Det skal vi huske i årets løb");
                let plain = with.iter().filter(|page| !wheel.contains(page));
                let reach = plain.map(|page| pdf.reaches(*page)).max();
                assert!(
                    reach <= Some(edge + 1),
                    "{word} {what:?} {more:?}: {reach:?}"
                );
            }
        }
    }
}
