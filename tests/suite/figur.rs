//! Figures from data: the drawing and the words in every output, and what is found in a figure that cannot be
//! drawn.

use serde_json::Value;

use crate::pages::{Pdf, assert_same_text, html_text, markdown_text};
use crate::support::{Repo, typst_is_there};

const DUTIES: &str = "\
[[pligt]]\nid = 'brand'\nhvad = 'Vi prøver brandalarmen.'\nhvor_tit = '6 måneder'\nfoerste = 2027-03-15\nniveau = 'skal'\n\
[[pligt]]\nid = 'mad'\nhvad = 'Vi holder sommerfest'\nhvor_tit = '1 år'\nfoerste = '2027-K2'\nniveau = 'kan'\n\
[[pligt]]\nid = 'kontrakt'\nhvad = 'Vi læser husordenen'\nhvor_tit = '1 år'\nfoerste = 2027-11-01\nniveau = 'skal'\n";

const STEPS: &str = "overskrift = 'Hvem gør hvad'
tekst = 'Sådan går det.'

[[figur]]
type = 'trappe'
titel = 'Hvem tager sig af det?'
punkter = [
  { navn = 'Borger & kollega', tekst = 'Tal *først* sammen.' },
  { navn = 'Lederen', hvornaar = 'samme dag' },
  { navn = 'Politiet', hvornaar = 2027-02-03 },
]

[[regel]]
tekst = 'Reglen kommer efter figuren.'
";

/// An area whose skabelon has these duties, with one protocol of one section.
fn house(duties: &str, section: &str) -> Repo {
    Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = 'proeve'\n[omraade]\nnavn = 'Prøveområdet'\n",
        )
        .file(
            "templates/proeve/skabelon.toml",
            format!("navn = 'Prøve'\ndokumenttype = 'Prøve'\nversion = '1'\n{duties}"),
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = 'Prøvehuset'\n",
        )
        .file("protocols/hus/01-et.toml", section)
}

/// A section with one figure that has these lines.
fn section(figure: &str) -> String {
    format!("overskrift = 'Et'\n[[figur]]\n{figure}")
}

fn document(repo: &Repo) -> Value {
    repo.run(&["build", "--formats", "json"]).code(0);
    serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON")
}

#[test]
fn a_figure_is_drawn_and_said_in_words_in_every_output() {
    typst_is_there();
    let repo = house("", STEPS);
    repo.run(&["build", "--formats", "html,md,pdf,json"])
        .code(0);
    let html = repo.read("dist/hus/index.html");
    let markdown = repo.read("dist/hus/protokol.md");
    assert_same_text(&html_text(&html), &markdown_text(&markdown));
    for piece in [
        "<figure class=\"figure\">\n<figcaption>Hvem tager sig af det?</figcaption>\n<svg ",
        "</svg>\n<p class=\"unseen\">Punkterne er trin på en trappe. Det første er det nederste.</p>\n<ol ",
        "class=\"figure-wide\" viewBox=\"0 ",
        "class=\"figure-narrow\" viewBox=\"0 ",
        "aria-hidden=\"true\">",
        ">Borger &amp; kollega</text>",
        "<li><p><strong>Borger &amp; kollega</strong></p>\n<p>Tal <em>først</em> sammen.</p>\n</li>",
        "<li><p><strong>Politiet</strong>\u{a0}· 3.\u{a0}februar\u{a0}2027</p>",
    ] {
        assert!(html.contains(piece), "{piece}\n{html}");
    }
    assert!(
        markdown.contains(
            "**Hvem tager sig af det?**\n\nPunkterne er trin på en trappe. Det første er det \
             nederste.\n\n1. **Borger & kollega**\n\n   Tal *først* sammen.\n\n2. **Lederen** · samme dag\n\n\
             3. **Politiet** · 3.\u{a0}februar\u{a0}2027\n\n1. Reglen kommer efter figuren."
        ),
        "{markdown}"
    );
    let pdf = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf"));
    assert!(pdf.is_marked());
    let text = pdf.text();
    for words in ["Hvemtagersigafdet?", "Borger&kollega", "Talførstsammen."] {
        assert!(text.contains(words), "{words} in {text}");
    }
    // Once in the drawing and once in the list.
    assert_eq!(text.matches("Politiet").count(), 2, "{text}");
}

#[test]
fn the_json_has_the_data_and_the_words_but_no_drawing() {
    let document = document(&house("", STEPS));
    let figure = &document["sections"][0]["content"][1];
    assert_eq!(figure["type"], "figure");
    assert_eq!(figure["id"], "rp-figur-1");
    assert_eq!(figure["kind"], "stairs");
    assert_eq!(figure["title"], "Hvem tager sig af det?");
    assert_eq!(
        figure["alt"],
        "Hvem tager sig af det? Punkterne er trin på en trappe. Det første er det nederste. 1. Borger & \
         kollega; 2. Lederen (samme dag); 3. Politiet (3.\u{a0}februar\u{a0}2027)."
    );
    assert_eq!(figure["items"][1]["number"], 2);
    assert_eq!(figure["items"][1]["when"], "samme dag");
    assert_eq!(figure["items"][0]["text"][0]["type"], "paragraph");
    assert_eq!(document["sections"][0]["content"][2]["type"], "rules");
    assert!(!document.to_string().contains("<svg"));
}

#[test]
fn a_wheel_places_months_quarters_and_dates_in_the_year() {
    let wheel = "type = 'hjul'\ntitel = 'Året'\npunkter = [{ navn = 'A', hvornaar = 'marts' }, \
                 { navn = 'B', hvornaar = 'K3' }, { navn = 'C', hvornaar = 2027-12-31 }]\n";
    let document = document(&house("", &section(wheel)));
    let items = &document["sections"][0]["content"][0]["items"];
    let days = [0, 1, 2].map(|at| items[at]["day_of_year"].as_u64());
    assert_eq!(days, [Some(75), Some(228), Some(365)]);
}

#[test]
fn the_year_wheel_is_drawn_over_its_table_when_duties_have_dates() {
    let plain = "overskrift = 'Et'\ntekst = 'Her er kort.'\n";
    let document = document(&house(DUTIES, plain));
    let content = &document["backmatter"][0]["content"];
    assert_eq!(content[0]["kind"], "wheel");
    assert_eq!(content[0]["items"][0]["name"], "Vi prøver brandalarmen");
    assert_eq!(
        content[0]["items"][1]["when"],
        "hvert år, senest 30.\u{a0}juni\u{a0}2027"
    );
    assert_eq!(content[0]["items"][1]["day_of_year"], 181);
    assert_eq!(content[1]["blocks"][0]["type"], "table");
}

#[test]
fn the_duties_of_a_year_wheel_are_numbered_as_the_year_goes_round() {
    let plain = "overskrift = 'Et'\ntekst = 'Her er kort.'\n";
    let turned = DUTIES.replace("2027-03-15", "2027-12-15");
    let document = document(&house(&turned, plain));
    let items = &document["backmatter"][0]["content"][0]["items"];
    let read = [0, 1, 2].map(|at| (items[at]["number"].as_u64(), items[at]["name"].as_str()));
    assert_eq!(
        read,
        [
            (Some(1), Some("Vi holder sommerfest")),
            (Some(2), Some("Vi læser husordenen")),
            (Some(3), Some("Vi prøver brandalarmen")),
        ]
    );
}

#[test]
fn no_year_wheel_is_drawn_where_it_would_say_nothing_or_is_drawn_already() {
    let plain = "overskrift = 'Et'\ntekst = 'Her er kort.'\n";
    let wheel = section("type = 'hjul'\ntitel = 'Vores år'\n");
    let two = DUTIES
        .split("[[pligt]]")
        .take(3)
        .collect::<Vec<_>>()
        .join("[[pligt]]");
    let one_month = DUTIES
        .replace("2027-03-15", "2027-06-01")
        .replace("2027-11-01", "2027-06-09");
    for (duties, section) in [
        (&two, plain),
        (&one_month, plain),
        (&DUTIES.to_owned(), &wheel),
    ] {
        let document = document(&house(duties, section));
        let content = &document["backmatter"][0]["content"];
        assert_eq!(content[0]["type"], "text", "{content}");
    }
    let document = document(&house(DUTIES, &wheel));
    let figure = &document["sections"][0]["content"][0];
    assert_eq!(figure["title"], "Vores år");
    assert_eq!(figure["items"][2]["name"], "Vi læser husordenen");
}

#[test]
fn a_wheel_without_duties_to_show_is_found() {
    let repo = house("", &section("type = 'hjul'\ntitel = 'Vores år'\n"));
    repo.run(&["check", "--format", "short"]).stdout_has(
        "protocols/hus/01-et.toml:4:9: fejl[RP102]: Hjulet »Vores år« kan ikke tegnes: 0 af skabelonens \
         pligter har en dato.",
    );
}

#[test]
fn a_figure_that_cannot_be_drawn_is_found() {
    let three = "punkter = [{ navn = 'A' }, { navn = 'B' }, { navn = 'C' }]\n";
    let many = "{ navn = 'A' }, ".repeat(13);
    let long = "A".repeat(81);
    for (figure, message) in [
        (
            format!("type = 'trapppe'\ntitel = 'T'\n{three}"),
            "3:8: fejl[RP003]: »trapppe« er ikke en værdi, som »type« kan have.",
        ),
        (
            format!("titel = 'T'\n{three}"),
            "2:1: fejl[RP004]: Der mangler »type« i e",
        ),
        (
            format!("type = 'ringe'\n{three}"),
            "2:1: fejl[RP004]: Der mangler »titel« i e",
        ),
        (
            "type = 'ringe'\ntitel = 'T'\n".to_owned(),
            "2:1: fejl[RP004]: Der mangler »punkter« i e",
        ),
        (
            "type = 'ringe'\ntitel = 'T'\npunkter = [{ navn = 'A' }, { navn = 'B' }]\n".to_owned(),
            "5:11: fejl[RP003]: Figuren har 2 punkter.",
        ),
        (
            format!("type = 'ringe'\ntitel = 'T'\npunkter = [{many}]\n"),
            "5:11: fejl[RP003]: Figuren har 13 punkter.",
        ),
        (
            "type = 'ringe'\ntitel = 'T'\npunkter = [{ tekst = 'A' }, { navn = 'B' }, { navn = 'C' }]\n"
                .to_owned(),
            "5:12: fejl[RP004]: Der mangler »navn« i e",
        ),
        (
            format!("type = 'ringe'\ntitel = 'T'\npunkter = [{{ navn = '{long}' }}, {{ navn = 'B' }}, {{ navn = 'C' }}]\n"),
            "5:21: fejl[RP003]: »navn« har 81 tegn, og figuren har plads til 80.",
        ),
        (
            format!("type = 'trappe'\ntitel = 'T'\nmidte = 'M'\n{three}"),
            "5:9: fejl[RP003]: Figuren har ingen midte at skrive i.",
        ),
        (
            "type = 'hjul'\ntitel = 'T'\npunkter = [{ navn = 'A', hvornaar = 'snart' }, \
             { navn = 'B', hvornaar = 'maj' }, { navn = 'C', hvornaar = 'K2' }]\n"
                .to_owned(),
            "5:37: fejl[RP003]: »snart« er ikke et sted på et årshjul.",
        ),
        (
            "type = 'hjul'\ntitel = 'T'\npunkter = [{ navn = 'A' }, { navn = 'B', hvornaar = 'maj' }, \
             { navn = 'C', hvornaar = 'K2' }]\n"
                .to_owned(),
            "5:12: fejl[RP004]: Der mangler »hvornaar« i e",
        ),
        (
            "type = 'cirkel'\ntitel = 'T'\npunkter = [{ navn = 'A', note = 'x' }, { navn = 'B' }, \
             { navn = 'C' }]\n"
                .to_owned(),
            "5:26: fejl[RP002]: Nøglen »note«",
        ),
    ] {
        let run = house("", &section(&figure)).run(&["check", "--format", "short"]);
        let expected = format!("protocols/hus/01-et.toml:{message}");
        assert!(run.stdout.contains(&expected), "{figure}{}", run.stdout);
    }
}

#[test]
fn rules_about_language_and_persons_read_a_figure_s_texts() {
    // Made here, so that no number of this form lies in the files: born in 2050.
    let number = format!("{}-{}", "010150", 5004);
    let figure = format!(
        "type = 'cirkel'\ntitel = 'Se {number}'\npunkter = [{{ navn = 'Se side 12' }}, \
         {{ navn = 'B', tekst = 'Se [](afsnit:mangler).' }}, {{ navn = 'TODO' }}]\n"
    );
    let run = house("", &section(&figure)).run(&["check", "--format", "short"]);
    for found in [
        "protocols/hus/01-et.toml:4:13: fejl[RP501]",
        "protocols/hus/01-et.toml:5:63: fejl[RP201]",
        "protocols/hus/01-et.toml:5:97: fejl[RP305]",
    ] {
        assert!(run.stdout.contains(found), "{found}\n{}", run.stdout);
    }
}

#[test]
fn signs_that_the_font_lacks_do_not_stop_the_print() {
    typst_is_there();
    let figure = "type = 'cirkel'\ntitel = 'Pause \u{2615}'\npunkter = [{ navn = 'Kaffe \u{2615} <b>' }, \
                  { navn = '\u{1F600}' }, { navn = 'Te' }]\n";
    let repo = house("", &section(figure));
    repo.run(&["build", "--formats", "html,pdf"]).code(0);
    let html = repo.read("dist/hus/index.html");
    assert!(html.contains(">1. Kaffe ? &lt;b&gt;</text>"), "{html}");
    assert!(
        html.contains("<strong>Kaffe \u{2615} &lt;b&gt;</strong>"),
        "{html}"
    );
}

#[test]
fn a_met_duty_does_not_change_what_a_protocol_with_a_wheel_says() {
    let code = |duties: &str, section: &str| {
        let repo = house(duties, section);
        repo.run(&["build", "--formats", "md"]).code(0);
        let page = repo.read("dist/hus/protokol.md");
        let at = page.find("RP-").expect("a short code");
        page[at..at + 12].to_owned()
    };
    let wheel = section("type = 'hjul'\ntitel = 'Vores år'\n");
    let later = DUTIES.replace("2027-03-15", "2027-04-15");
    assert_eq!(code(DUTIES, &wheel), code(&later, &wheel));
    let other = STEPS.replace("samme dag", "næste dag");
    assert_ne!(code(DUTIES, STEPS), code(DUTIES, &other));
}

#[test]
fn the_examples_of_the_page_about_figures_can_be_drawn() {
    let page = include_str!("../../docs/figurer.md");
    let examples = page.split("```toml\n").skip(1);
    let examples = examples.map(|rest| rest.split("```").next().expect("an example ends"));
    let mut kinds = Vec::new();
    for example in examples {
        let document = document(&house(DUTIES, example));
        let content = &document["sections"][0]["content"][0];
        kinds.push(content["kind"].as_str().expect("a figure").to_owned());
    }
    assert_eq!(
        kinds,
        ["circle", "stairs", "wheel", "wheel", "timeline", "rings"]
    );
}
