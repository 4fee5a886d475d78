//! Smaller things that a document can say: what stands before headings, short answers, contacts in full, tasks that
//! answer, dilemmas without an answer, a year wheel that is left out, what a place is called.

use serde_json::Value;

use crate::pages::{Pdf, assert_same_text, html_text, markdown_text};
use crate::rules::{Found, house};
use crate::support::{Repo, typst_is_there};

fn built(repo: &Repo) -> Value {
    repo.run(&["build", "--draft", "--formats", "html,md,json"])
        .code(0);
    let html = html_text(&repo.read("dist/hus/index.html"));
    assert_same_text(&html, &markdown_text(&repo.read("dist/hus/protokol.md")));
    serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON")
}

/// The numbers and headings of all sections, in reading order.
fn headings(document: &Value) -> Vec<String> {
    fn add(parts: &Value, found: &mut Vec<String>) {
        for part in parts.as_array().expect("parts") {
            let of = |key: &str| part[key].as_str().unwrap_or_default().to_owned();
            found.push(format!("{}|{}", of("number"), of("heading")));
            add(&part["parts"], found);
        }
    }
    let mut found = Vec::new();
    add(&document["sections"], &mut found);
    found
}

fn numbered(document: &str, first: &str) -> Repo {
    let main = format!("[institution]\nnavn = 'Huset'\n[dokument]\n{document}");
    let first = format!(
        "overskrift = '1. Forord'\n{first}tekst = 'Se [](afsnit:formaal) og [](afsnit:under).'\n"
    );
    let second = "overskrift = 'Formål'\ntekst = 'x'\n[[afsnit]]\noverskrift = 'A. Under'\nid = 'under'\ntekst = 'x'\n\
                  [[afsnit]]\noverskrift = 'Andet'\ntekst = 'x'\n";
    house(
        "",
        &[
            ("protokol.toml", &main),
            ("01-forord.toml", &first),
            ("02-formaal.toml", second),
        ],
    )
}

#[test]
fn headings_have_numbers_letters_or_nothing_before_them() {
    let of = |document: &str, first: &str| headings(&built(&numbered(document, first)));
    assert_eq!(
        of("", ""),
        ["1|Forord", "2|Formål", "2.1|A. Under", "2.2|Andet"]
    );
    assert_eq!(
        of("nummerering = 'tal'\n", ""),
        ["1|Forord", "2|Formål", "2.1|A. Under", "2.2|Andet"]
    );
    assert_eq!(
        of("nummerering = 'bogstaver'\n", ""),
        ["A|Forord", "B|Formål", "B.1|A. Under", "B.2|Andet"]
    );
    assert_eq!(
        of("nummerering = 'ingen'\n", ""),
        ["|1. Forord", "|Formål", "|A. Under", "|Andet"]
    );
    assert_eq!(
        of("", "nummerering = 'ingen'\n"),
        ["|1. Forord", "1|Formål", "1.1|A. Under", "1.2|Andet"]
    );
}

#[test]
fn a_branch_has_letters_and_the_typed_one_gives_way() {
    let branch = "overskrift = 'Tilbud'\nnummerering = 'bogstaver'\ntekst = 'Se [](afsnit:dag).'\n[[afsnit]]\noverskrift = 'A. Dagen'\n\
                  id = 'dag'\ntekst = 'x'\n[[afsnit]]\noverskrift = 'Natten'\ntekst = 'x'\n[[afsnit.afsnit]]\noverskrift = 'Vagt'\ntekst = 'x'\n";
    let repo = house("", &[("01-tilbud.toml", branch)]);
    Found::by("RP111", &repo).none();
    let document = built(&repo);
    assert_eq!(
        headings(&document),
        ["1|Tilbud", "1.A|Dagen", "1.B|Natten", "1.B.1|Vagt"]
    );
    let reference = &document["sections"][0]["content"][0]["blocks"][0]["content"][1];
    assert_eq!(reference["content"][0]["text"], "afsnit\u{a0}1.A");
}

#[test]
fn a_typed_number_is_no_fault_where_the_program_numbers_nothing() {
    Found::by("RP111", &numbered("nummerering = 'ingen'\n", "")).none();
    Found::by("RP111", &numbered("", "nummerering = 'ingen'\n")).none();
    let found = Found::by("RP111", &numbered("", ""));
    assert_eq!(found.lines().len(), 1);
    let document = built(&numbered("nummerering = 'ingen'\n", ""));
    let text = &document["sections"][0]["content"][0]["blocks"][0]["content"];
    assert_eq!(text[1]["content"][0]["text"], "afsnit\u{a0}»Formål«");
}

const ASKED: &str = "[[krav]]\nid = 'tilbud'\noverskrift = 'Tilbud'\nniveau = 'skal'\nhvert_afsnit = ['Målgruppe', 'Varighed']\n\
                     [[krav.punkt]]\nid = 'hvem'\ntekst = 'hvem der følger op'\nniveau = 'skal'\n";

#[test]
fn short_answers_are_a_table_in_every_output_and_answer_what_each_sub_section_must_say() {
    typst_is_there();
    let offer = "overskrift = 'Tilbud'\ntekst = 'x'\n[[opgave]]\nhvad = 'Vi følger op.'\nopfylder = 'hvem'\n\
                 [[afsnit]]\noverskrift = 'Samtaler'\ntekst = 'Vi taler.'\n\
                 [afsnit.fakta]\n'Målgruppe' = 'Voksne *over* 18 år'\nVarighed = '12 uger'\n";
    let repo = house(ASKED, &[("01-tilbud.toml", offer)]);
    for rule in ["RP106", "RP110", "RP103"] {
        Found::by(rule, &repo).none();
    }
    let document = built(&repo);
    let answers = &document["sections"][0]["parts"][0]["content"][1];
    assert_eq!(answers["type"], "short_answers");
    assert_eq!(answers["items"][0]["name"], "Målgruppe");
    let html = repo.read("dist/hus/index.html");
    assert!(
        html.contains(
            "<dl class=\"short-answers\">\n<dt>Målgruppe</dt>\n<dd>Voksne <em>over</em> 18"
        ),
        "{html}"
    );
    assert!(
        html.contains("<th scope=\"col\">Hvad</th></tr>"),
        "nobody filled the others: {html}"
    );
    let markdown = repo.read("dist/hus/protokol.md");
    assert!(
        markdown.contains("* **Varighed**\n\n  12\u{a0}uger")
            || markdown.contains("* **Varighed**\n\n  12 uger"),
        "{markdown}"
    );
    repo.run(&["build", "--draft", "--formats", "pdf"]).code(0);
    let text = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf")).text();
    assert!(text.contains("MålgruppeVoksneover18år"), "{text}");

    let without = offer
        .replace("Varighed = ", "Pris = ")
        .replace("opfylder = 'hvem'\n", "");
    let repo = house(ASKED, &[("01-tilbud.toml", &without)]);
    let found = Found::by("RP110", &repo);
    assert_eq!(
        found.lines(),
        ["01-tilbud.toml:6:14 »Samtaler« mangler underafsnittet »Varighed«."]
    );
    assert!(
        found.helps()[0].ends_with("kan det stå under [afsnit.fakta]: \"Varighed\" = \"…\""),
        "{:?}",
        found.helps()
    );
    assert_eq!(Found::by("RP106", &repo).lines().len(), 1);
}

#[test]
fn a_task_that_answers_what_the_skabelon_lacks_is_found() {
    let offer = "overskrift = 'Tilbud'\ntekst = 'x'\n[[opgave]]\nhvad = 'Vi følger op.'\nopfylder = ['hvemm']\n";
    let found = Found::by("RP103", &house(ASKED, &[("01-tilbud.toml", offer)]));
    assert_eq!(
        found.lines(),
        ["01-tilbud.toml:5:13 Skabelonen har intet krav eller punkt med id'et »hvemm«."]
    );
}

#[test]
fn a_contact_has_a_web_page_may_be_external_and_is_printed_in_full_where_that_is_asked_for() {
    let text = "overskrift = 'Et'\ntekst = 'Ring: [](kontakt:laege?fuld). Eller [](kontakt:laege).'\n[[kontakt]]\nid = 'laege'\nfunktion = 'Lægevagten'\n\
                telefon = '112 (24 timer)'\nmail = 'vagt@ingensted.dk'\nweb = 'www.ingensted.dk'\nekstern = true\nadresse = ['Bækvej 4', '9999 Ingensted']\n";
    let repo = house("", &[("01-et.toml", text)]);
    Found::by("RP201", &repo).none();
    built(&repo);
    let html = repo
        .read("dist/hus/index.html")
        .replace('\u{a0}', " ")
        .replace("<wbr>", "");
    for piece in [
        "Ring: Lægevagten, tlf. <a href=\"tel:112\">112 (24 timer)</a>, <a href=\"mailto:vagt@ingensted.dk\">vagt@ingensted.dk</a>, \
         <a href=\"https://www.ingensted.dk\">www.ingensted.dk</a>, Bækvej 4, 9999 Ingensted. Eller",
        "<dt>Web:</dt> <dd><a href=\"https://www.ingensted.dk\">www.ingensted.dk</a></dd>",
        "<p class=\"also\">Uden for huset</p>",
    ] {
        assert!(html.contains(piece), "{piece}\n{html}");
    }
}

#[test]
fn a_dilemma_without_an_answer_is_found_and_printed_in_a_draft() {
    let text = "overskrift = 'Et'\ntekst = 'x'\n[[dilemma]]\nsituation = 'Fred eller fest'\n";
    let repo = house("", &[("01-et.toml", text)]);
    Found::by("RP004", &repo).none();
    let found = Found::by("RP102", &repo);
    assert_eq!(
        found.lines(),
        ["01-et.toml:4:13 Dilemmaet »Fred eller fest« har ikke noget svar."]
    );
    assert_eq!(found.levels(), ["error"]);
    repo.run(&["build", "--formats", "html"]).code(1);
    built(&repo);
    let html = repo.read("dist/hus/index.html");
    assert!(
        html.contains("Fred eller fest") && !html.contains("Det gør du"),
        "{html}"
    );
    let answered = format!("{text}goer = ['Vi spørger.']\n");
    Found::by("RP102", &house("", &[("01-et.toml", &answered)])).none();
}

#[test]
fn the_year_wheel_can_be_left_out_and_the_duties_stay() {
    let duty =
        "[[pligt]]\nid = 'fest'\nhvad = 'Vi holder fest.'\nhvor_tit = '1 år'\nniveau = 'skal'\n";
    let section = ("01-et.toml", "overskrift = 'Et'\ntekst = 'x'\n");
    let with = |more: &str| {
        let main = format!("[institution]\nnavn = 'Huset'\n{more}");
        house(duty, &[section, ("protokol.toml", &main)])
    };
    let hidden = with("[dokument]\naarshjul = false\n");
    assert_eq!(built(&hidden)["backmatter"], serde_json::json!([]));
    assert_eq!(Found::by("RP702", &hidden).lines().len(), 1);
    for shown in [
        "",
        "[dokument]\nversion = '1'\n",
        "[dokument]\naarshjul = true\n",
    ] {
        assert_eq!(built(&with(shown))["backmatter"][0]["id"], "rp-aarshjul");
    }
}

#[test]
fn the_packet_calls_the_document_and_the_place_what_they_are() {
    typst_is_there();
    let packet = |title: &str, sort: &str| {
        let main = format!(
            "titel = '{title}'\n[institution]\nnavn = 'Huset'\n{sort}[dokument]\nversion = '1'\n"
        );
        let section = ("01-et.toml", "overskrift = 'Et'\ntekst = 'x'\n");
        let repo = house("", &[section, ("protokol.toml", &main)]);
        let run = [
            "print",
            "hus",
            "--meeting",
            "Mini-MED",
            "--date",
            "2026-12-01",
            "--output",
            "p.pdf",
        ];
        repo.run(&run).code(0);
        Pdf::read(&repo.read_bytes("p.pdf")).text()
    };
    let centre = packet("Kvalitetsstandard", "art = 'rusmiddelcenter'\n");
    for words in [
        "RusmiddelcenterHuset",
        "Dokumenteter",
        "Godkendesdokumentet?",
    ] {
        assert!(centre.contains(words), "{words} in {centre}");
    }
    assert!(!centre.contains("rotokollen"), "{centre}");
    let plain = packet("Rusmiddelprotokol", "");
    for words in ["BotilbudHuset", "Protokollener", "Godkendesprotokollen?"] {
        assert!(plain.contains(words), "{words} in {plain}");
    }
}
