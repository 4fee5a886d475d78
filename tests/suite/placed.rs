//! Building blocks that a text places on a line of its own, and references to them.

use serde_json::Value;

use crate::pages::{Pdf, assert_same_text, html_text, markdown_text};
use crate::rules::{Found, house};
use crate::support::{Repo, typst_is_there};

const FIGURES: &str = "[[figur]]\nid = 'trin'\ntype = 'trappe'\ntitel = 'Trin for trin'\n\
                       punkter = [{ navn = 'Et' }, { navn = 'To' }, { navn = 'Tre' }]\n\
                       [[figur]]\nid = 'kreds'\ntype = 'cirkel'\ntitel = 'I ring'\n\
                       punkter = [{ navn = 'Fire' }, { navn = 'Fem' }, { navn = 'Seks' }]\n";

const BLOCKS: &str = "[[tabel]]\nid = 'tider'\ntitel = 'Åbent'\ntekst = \"| Dag | Tid |\\n|---|---|\\n| Mandag | 9 |\"\n\
                      [[handling]]\nid = 'uro'\nsituation = 'Der er uro'\ntrin = [{ goer = 'Gå ud.' }]\n\
                      [[handling]]\nsituation = 'Nogen falder'\ntrin = [{ goer = 'Bliv der.' }]\n\
                      [[kontakt]]\nid = 'vagt'\nfunktion = 'Vagten'\ntelefon = '00 11 22 33'\n\
                      [[kontakt]]\nid = 'kontor'\nfunktion = 'Kontoret'\n";

fn section(text: &str) -> String {
    format!("overskrift = 'Et'\ntekst = '''\n{text}'''\n{FIGURES}{BLOCKS}")
}

fn built(files: &[(&str, &str)]) -> (Repo, Value) {
    let repo = house("", files);
    repo.run(&["build", "--draft", "--formats", "html,md,json"])
        .code(0);
    let json = repo.read("dist/hus/protokol.json");
    let document = serde_json::from_str(&json).expect("JSON");
    (repo, document)
}

/// What a part holds: each piece's type with the first words of it.
fn pieces(part: &Value) -> Vec<String> {
    let content = part["content"].as_array().expect("a list").iter();
    let name = |piece: &Value| {
        let of = |key: &str| piece[key].as_str().map(str::to_owned);
        let words = of("title")
            .or_else(|| of("situation"))
            .or_else(|| piece["items"][0]["function"].as_str().map(str::to_owned))
            .or_else(|| {
                let first = &piece["blocks"][0]["content"][0]["text"];
                first.as_str().map(str::to_owned)
            });
        format!(
            "{} {}",
            piece["type"].as_str().unwrap_or_default(),
            words.unwrap_or_default()
        )
    };
    content.map(name).collect()
}

#[test]
fn a_line_of_its_own_places_a_block_and_the_others_come_after_the_text() {
    let text = "Først kredsen.\n\n[](figur:kreds)\n\nSå tiderne:\n[](tabel:tider)\nog kortet.\n\n[](kort:uro)\n\n\
                [](kontakt:vagt)\n\nTil sidst.\n";
    let (_, document) = built(&[("01-et.toml", &section(text))]);
    assert_eq!(
        pieces(&document["sections"][0]),
        [
            "text Først kredsen.",
            "figure I ring",
            "text Så tiderne:",
            "table Åbent",
            "text og kortet.",
            "card Der er uro",
            "contacts Vagten",
            "text Til sidst.",
            "figure Trin for trin",
            "card Nogen falder",
            "contacts Kontoret",
        ]
    );
}

#[test]
fn references_to_figures_tables_and_cards_get_their_words_in_every_output() {
    typst_is_there();
    let text = "Se [](figur:trin), [](figur:kreds), [](tabel:tider), [](kort:uro) og [](kort:nogen-falder).\n\n\
                [](figur:kreds)\n";
    let repo = house("", &[("01-et.toml", &section(text))]);
    repo.run(&["build", "--draft", "--formats", "html,md,pdf,json"])
        .code(0);
    let html = repo.read("dist/hus/index.html");
    let markdown = repo.read("dist/hus/protokol.md");
    assert_same_text(&html_text(&html), &markdown_text(&markdown));
    for piece in [
        "Se <a href=\"#_figur-trin\">figur\u{a0}2</a>, <a href=\"#_figur-kreds\">figur\u{a0}1</a>, \
         <a href=\"#_tabel-tider\">tabel\u{a0}1</a>, <a href=\"#_kort-uro\">kortet\u{a0}»Der er uro«</a>",
        "<figure class=\"figure\" id=\"_figur-kreds\">\n<figcaption>Figur\u{a0}1: I ring</figcaption>",
        "<figcaption>Figur\u{a0}2: Trin for trin</figcaption>",
        "<div id=\"_tabel-tider\" class=\"sheet\">\n<p class=\"label\">Tabel\u{a0}1: Åbent</p>",
    ] {
        assert!(html.contains(piece), "{piece}\n{html}");
    }
    for piece in [
        "Se [figur\u{a0}2](#_figur-trin)",
        "<a id=\"_figur-kreds\"></a>\n\n**Figur\u{a0}1: I ring**",
        "<a id=\"_kort-uro\"></a>",
    ] {
        assert!(markdown.contains(piece), "{piece}\n{markdown}");
    }
    let pdf = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf"));
    let text = pdf.text();
    for words in ["Sefigur2(side", "Figur1:Iring", "kortet»Dererur"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(text.find("Figur1:Iring") < text.find("Figur2:Trinfortrin"));
}

#[test]
fn what_nobody_refers_to_is_printed_as_before() {
    let with = section("Tekst.\n\n[](figur:kreds)\n");
    let (repo, document) = built(&[("01-et.toml", &with)]);
    let figure = &document["sections"][0]["content"][1];
    assert_eq!(figure["title"], "I ring");
    assert!(figure.get("caption").is_none() && figure.get("anchor").is_none());
    assert!(
        repo.read("dist/hus/index.html")
            .contains("<figure class=\"figure\">\n<figcaption>I ring")
    );
}

#[test]
fn a_block_can_be_placed_in_a_sub_section_and_a_line_inside_a_sentence_places_none() {
    let text = "overskrift = 'Et'\ntekst = \"Det ses i\\n[](figur:trin)\\nog andre steder.\"\n[[afsnit]]\n\
                overskrift = 'Under'\ntekst = '[](figur:kreds)'\n";
    let (head, below) = text.split_once("[[afsnit]]").expect("it is there");
    let file = format!("{head}{FIGURES}[[afsnit]]{below}");
    let (_, document) = built(&[("01-et.toml", &file)]);
    let part = &document["sections"][0];
    assert_eq!(pieces(part), ["text Det ses i", "figure Trin for trin"]);
    assert_eq!(pieces(&part["parts"][0]), ["figure I ring"]);
    let reference = &part["content"][0]["blocks"][0]["content"][2];
    assert_eq!(reference["content"][0]["text"], "figur\u{a0}1");
}

#[test]
fn a_contact_of_another_file_is_a_reference_where_it_stands_alone() {
    let (_, document) = built(&[
        (
            "01-et.toml",
            "overskrift = 'Et'\ntekst = '[](kontakt:vagt)'\n",
        ),
        (
            "02-to.toml",
            &format!("overskrift = 'To'\ntekst = 'x'\n{BLOCKS}"),
        ),
    ]);
    let block = &document["sections"][0]["content"][0]["blocks"][0];
    assert_eq!(block["content"][0]["type"], "ref");
}

#[test]
fn an_unknown_block_and_one_placed_twice_are_found() {
    let text =
        "[](figur:trin)\n\nTekst.\n\n[](figur:trin)\n\nSe [](figur:trinn) og [](kort:tider).\n";
    let found = Found::by("RP201", &house("", &[("01-et.toml", &section(text))]));
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:7:1 »[](figur:trin)« er sat ind et andet sted, og det kan kun stå ét sted.",
            "01-et.toml:9:4 Der er ikke nogen figur med id'et »trinn«.",
            "01-et.toml:9:23 »tider« er en tabel, ikke et kort.",
        ]
    );
    assert_eq!(
        found.helps()[1..],
        [
            "Mente du »trin«? Skriv [](figur:trin)",
            "Skriv [](tabel:tider)"
        ]
    );
}

#[test]
fn two_blocks_of_a_kind_may_not_have_one_id() {
    let twice = format!(
        "overskrift = 'Et'\ntekst = 'x'\n{}",
        FIGURES.replace("'kreds'", "'trin'")
    );
    let found = Found::by("RP010", &house("", &[("01-et.toml", &twice)]));
    assert_eq!(
        found.lines(),
        ["01-et.toml:9:6 Id'et »trin« er brugt til to figurer i protokollen."]
    );
    let other = section("x\n").replace("'tider'", "'trin'");
    Found::by("RP010", &house("", &[("01-et.toml", &other)])).none();
}

#[test]
fn a_placed_block_counts_in_the_fingerprint_and_its_number_does_not() {
    let print = |text: &str| {
        let (_, document) = built(&[("01-et.toml", &section(text))]);
        document["edition"]["fingerprint"].clone()
    };
    let plain = print("Tekst.\n");
    assert_eq!(
        plain,
        print("Tekst.\n\n[](figur:trin)\n"),
        "the order is the same"
    );
    assert_ne!(plain, print("[](figur:trin)\n\nTekst.\n"));
}
