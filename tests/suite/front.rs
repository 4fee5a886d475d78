//! What stands around the text: the area's sign on the front, and the list of documents at the end.

use serde_json::Value;

use crate::pages::Pdf;
use crate::support::{Repo, typst_is_there};

const LOGO: &str = "\n[omraade.logo]\nfil = \"tegn/logo.svg\"\ntekst = \"En bølge og et tag\"\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\"><path d=\"M0 0h60v20H0z\"/></svg>";

fn document(repo: &Repo) -> Value {
    repo.run(&["build", "--formats", "json"]).code(0);
    serde_json::from_str(&repo.read("dist/lillebo/protokol.json")).expect("JSON")
}

/// The repository with a sign.
fn with_logo() -> Repo {
    let repo = Repo::minimal().file("tegn/logo.svg", SVG);
    let area = repo.read("rusprot.toml");
    repo.file("rusprot.toml", format!("{area}{LOGO}"))
}

#[test]
fn the_area_s_sign_is_on_the_front_with_its_words_and_counts_in_no_fingerprint() {
    typst_is_there();
    let plain = document(&Repo::minimal());
    let repo = with_logo();
    let signed = document(&repo);
    assert_eq!(signed["logo"]["file"], "rp-logo.svg");
    assert_eq!(signed["logo"]["text"], "En bølge og et tag");
    assert_eq!(plain["logo"], Value::Null);
    assert_eq!(plain["edition"]["code"], signed["edition"]["code"]);
    repo.run(&["build", "--formats", "html,md,pdf,docx"])
        .code(0)
        .stderr_is("");
    let shown = "alt=\"En bølge og et tag\"";
    for page in ["dist/index.html", "dist/lillebo/index.html"] {
        let html = repo.read(page);
        let sign = html.find("<p class=\"logo\"><img src=\"data:image/svg+xml;base64,");
        let title = html.find("<h1>").expect("a title");
        assert!(sign.is_some_and(|sign| sign < title), "{page}");
        assert!(html.contains(shown), "{page}");
    }
    let markdown = repo.read("dist/lillebo/protokol.md");
    assert!(
        markdown.contains("![En bølge og et tag](rp-logo.svg)"),
        "{markdown}"
    );
    assert_eq!(repo.read("dist/lillebo/rp-logo.svg"), SVG);
    // 16 mm of sign and the room below it move the title down.
    let with = Pdf::read(&repo.read_bytes("dist/lillebo/protokol.pdf"));
    assert_eq!(with.astray(), Vec::<String>::new());
    let receipt = ["print", "lillebo", "--receipt", "--output", "ark.pdf"];
    repo.run(&receipt).code(0).stderr_is("");
    let packet = [
        "print",
        "lillebo",
        "--meeting",
        "MED",
        "--date",
        "2026-12-01",
        "--output",
        "moede.pdf",
    ];
    repo.run(&packet).code(0).stderr_is("");
}

/// How many pictures of dots a print holds.
fn pictures(repo: &Repo, args: &[&str]) -> usize {
    let args = [&["print", "lillebo"], args, &["--output", "ark.pdf"]].concat();
    repo.run(&args).code(0).stderr_is("");
    let pdf = lopdf::Document::load_mem(&repo.read_bytes("ark.pdf")).expect("a PDF");
    let is_picture = |object: &&lopdf::Object| {
        let stream = object.as_stream();
        stream.is_ok_and(|stream| {
            stream.dict.has_type(b"XObject")
                && stream
                    .dict
                    .get(b"Subtype")
                    .is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"))
        })
    };
    pdf.objects.values().filter(is_picture).count()
}

#[test]
fn a_poster_and_a_form_bear_the_area_s_sign_and_a_card_keeps_its_room_for_steps() {
    typst_is_there();
    let rules = "overskrift = 'Husorden'\n[[regel]]\ntekst = 'Vi lytter.'\n[[felt]]\nnavn = 'Dato'\n\
                 [[handling]]\nsituation = 'Der er uro'\ntrin = [{ goer = 'Gå ud.' }]\n";
    let repo = Repo::minimal().file("protocols/lillebo/bilag/1-husorden.toml", rules);
    let plain: [&[&str]; 3] = [
        &["--poster", "husorden"],
        &["--form", "husorden"],
        &["--cards"],
    ];
    assert_eq!(plain.map(|args| pictures(&repo, args)), [0, 0, 0]);
    let area = repo.read("rusprot.toml");
    let repo = repo
        .file(
            "rusprot.toml",
            format!("{area}{}", LOGO.replace(".svg", ".png")),
        )
        .file("tegn/logo.png", crate::build::picture());
    assert_eq!(plain.map(|args| pictures(&repo, args)), [1, 1, 0]);
}

#[test]
fn a_sign_that_cannot_be_shown_is_told_of_and_another_area_s_protocol_has_none() {
    let repo = with_logo().without("tegn/logo.svg");
    repo.run(&["check"])
        .code(1)
        .stdout_has("RP206")
        .stdout_has("Logoet »tegn/logo.svg« er ikke et billede, der ligger her og kan vises.");
    let repo = with_logo().edited("rusprot.toml", "tegn/logo.svg", "../logo.svg");
    repo.run(&["check"])
        .code(1)
        .stdout_has("Logoet »../logo.svg«");
    let repo = with_logo().edited("rusprot.toml", "tekst = \"En bølge og et tag\"\n", "");
    repo.run(&["check"])
        .code(1)
        .stdout_has("Der mangler »tekst« i [omraade.logo]");
    let repo = with_logo().edited(
        "protocols/lillebo/protokol.toml",
        "[institution]",
        "[omraade]\nnavn = \"Et andet område\"\n\n[institution]",
    );
    assert_eq!(document(&repo)["logo"], Value::Null);
}

const DOCUMENTS: &str = r#"
[dokumenter.vold]
titel = "Vold og trusler"
type = "Retningslinje"
udgiver = "Regionen"
version = "3"
url = "https://dokumenter.regionen.dk/vold"

[dokumenter.alarm]
titel = "Alarmer på huset"

[dokumenter.ubrugt]
titel = "Det, ingen nævner"

[[udgave]]
id = "borgere"
navn = "Til dig"
for = ["borger"]
"#;

#[test]
fn documents_that_texts_refer_to_are_listed_at_the_end_also_without_an_address() {
    typst_is_there();
    let section = "overskrift = \"Papirer\"\ntekst = \"Vi følger [](dok:alarm).\"\n\n[[afsnit]]\n\
                   overskrift = \"Til os\"\nfor = [\"medarbejder\"]\ntekst = \"Se [reglerne](dok:vold).\"\n";
    let repo = Repo::minimal().file("protocols/lillebo/09-papirer.toml", section);
    let area = repo.read("rusprot.toml");
    let repo = repo.file("rusprot.toml", format!("{area}{DOCUMENTS}"));
    repo.run(&["build", "--formats", "md,html,pdf"]).code(0);
    let list = |path: &str| {
        let text = repo.read(path);
        let at = text
            .find("Dokumenter, vi henviser til\n")
            .expect("a heading");
        text[at..]
            .lines()
            .skip(2)
            .take_while(|line| line.starts_with('-'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        list("dist/lillebo/protokol.md"),
        [
            "- Alarmer på huset.",
            "- Vold og trusler. Retningslinje, Regionen, version 3. \
             [dokumenter.regionen.dk/vold](https://dokumenter.regionen.dk/vold)",
        ]
    );
    // An edition lists what its own parts refer to.
    assert_eq!(
        list("dist/lillebo/borgere/protokol.md"),
        ["- Alarmer på huset."]
    );
    let pdf = Pdf::read(&repo.read_bytes("dist/lillebo/protokol.pdf"));
    let pages = pdf.pages_with("Vold og trusler. Retningslinje, Regionen, version 3.");
    assert_eq!(pages, [pdf.pages()], "{}", pdf.pages());
    assert!(!pdf.text().contains("ingennævner"));
    let page = repo.read("dist/lillebo/index.html");
    assert!(
        page.contains("href=\"#rp-dokumenter\""),
        "it is among the contents"
    );
}

#[test]
fn an_institution_s_mail_is_a_link_to_its_address_alone() {
    for (mail, address) in [
        ("post@huset.test", "post@huset.test"),
        ("Skriv til post@huset.test (kun dag)", "post@huset.test"),
    ] {
        let main = format!("[institution]\nnavn = \"Huset\"\nmail = \"{mail}\"\n");
        let section = ("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n");
        let repo = crate::rules::house("", &[("protokol.toml", &main), section]);
        repo.run(&["build", "--draft", "--formats", "html,md"])
            .code(0);
        let page = repo.read("dist/hus/protokol.md");
        assert!(page.contains(&format!("(mailto:{address})")), "{page}");
        let html = repo.read("dist/hus/index.html");
        assert!(
            html.contains(&format!("href=\"mailto:{address}\"")),
            "{html}"
        );
    }
}
