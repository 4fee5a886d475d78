//! Roles, terms, dilemmas, tasks, contacts and attached files: what is read of each key, where a slip is
//! found, and what every output shows.

use serde_json::Value;

use crate::pages::{
    Pdf, assert_same_text, html_headings, html_text, json_headings, json_texts, markdown_headings,
    markdown_text, packed, parts,
};
use crate::support::{Repo, typst_is_there};

const PDF: &[u8] = b"%PDF-1.7 and more";

/// One of each, and references to contacts of the protocol and of the area.
const SECTION: &str = r#"overskrift = "Hvem gør hvad"
tekst = "Ring til [](kontakt:vagt), [](kontakt:giftlinjen) eller [os](kontakt:giftlinjen). Skriv: [](kontakt:sekretariat)"

[[kontakt]]
id = "vagt"
funktion = "Vagttelefonen"
telefon = "00 65 43 10 (døgnet rundt)"
mail = "vagt@hus.dk"
tider = "Hele døgnet"
adresse = ["Søvejen 4", "9999 Ingensted"]
tekst = "Spørg efter den, der har *vagten*."

[[opgave]]
hvad = "Oplær nye vikarer"
ansvarlig = ["Leder", "Vejleder"]
frist = 2026-06-01
status = "i-gang"

[[opgave]]
hvad = "Tæl op:\n- skabet\n- bilen"
frist = "hver mandag"

[[dilemma]]
situation = "En borger vil drikke alene"
goer = ["Spørg, om du må komme forbi.", "Aftal et tegn."]
hvorfor = "Hjemmet er borgerens eget."

[[rolle]]
titel = "Leder"
ansvar = ["Kender protokollen.", "Holder **møderne**."]
ogsaa = ["Tilbudsleder", "Områdets leder"]

[[begreb]]
ord = "Rusmiddel"
betyder = "Alt, der ændrer sansning."
ogsaa = "stof"

[[handling]]
situation = "Nogen er bevidstløs"
trin = [{ goer = "Ring 112." }]
kontakt = ["[](kontakt:vagt)"]

[[citat]]
tekst = "Bank på, *før* du går ind."
hvem = "En borger på første sal"
"#;

const APPENDIX: &str = "overskrift = \"Om vold\"\nfil = \"./filer/om vold #1.pdf\"\n";
const CONTACTS: &str = "[kontakter.giftlinjen]\nfunktion = \"Giftlinjen\"\ntelefon = \"00 12 12 12\"\n\
                        tider = \"Hele døgnet\"\n[kontakter.sekretariat]\nfunktion = \"Sekretariatet\"\n\
                        mail = \"s@hus.dk\"\nadresse = \"Vejen 1\"\ntekst = \"x\"\n";

/// An area with one protocol, `hus`, that has these files.
fn house(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::new()
        .file(
            "rusprot.toml",
            format!("skabelon = \"proeve\"\n[omraade]\nnavn = \"Området\"\n{CONTACTS}"),
        )
        .file(
            "templates/proeve/skabelon.toml",
            "navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"1\"\n",
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = \"Huset\"\n[dokument]\nversion = \"1\"\n",
        );
    files.iter().fold(repo, |repo, (name, text)| {
        repo.file(&format!("protocols/hus/{name}"), text)
    })
}

fn whole() -> Repo {
    house(&[("01-hvem.toml", SECTION), ("bilag/1-vold.toml", APPENDIX)])
        .file("protocols/hus/filer/om vold #1.pdf", PDF)
}

/// Every finding of a section as `line:column code message`, but for the one that nothing of it is left.
fn found(section: &str) -> Vec<String> {
    let repo = house(&[("01-et.toml", &format!("overskrift = \"Et\"\n{section}"))]);
    let run = repo.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    let findings = report["findings"].as_array().expect("a list of findings");
    let line = |finding: &Value| {
        let word = |key: &str| finding[key].as_str().expect("a text").to_owned();
        let (line, column) = (&finding["line"], &finding["column"]);
        format!("{line}:{column} {} {}", word("code"), word("message"))
    };
    let lines = findings.iter().map(line);
    lines.filter(|line| !line.contains("RP102")).collect()
}

#[test]
fn every_key_is_read_and_nothing_is_found() {
    whole()
        .run(&["check"])
        .code(0)
        .stdout_has("Ingen fejl i 1 protokol")
        .stderr_is("");
}

#[test]
fn what_a_role_lacks_and_has_too_much_is_found() {
    assert_eq!(
        found("[[rolle]]\nogsaa = 3\nnavn = \"x\"\n"),
        [
            "2:1 RP004 Der mangler »titel« i en rolle.",
            "2:1 RP004 Der mangler »ansvar« i en rolle.",
            "3:9 RP003 »ogsaa« skal være en tekst eller en liste af tekster, men er et tal.",
            "4:1 RP002 Nøglen »navn« kan ikke stå i en rolle.",
        ]
    );
    assert_eq!(
        found("[[rolle]]\ntitel = \"\"\nansvar = []\n"),
        ["3:9 RP003 »titel« er tom.", "4:10 RP003 »ansvar« er tom.",]
    );
}

#[test]
fn a_required_text_without_a_word_is_found() {
    assert_eq!(
        found(
            "[[rolle]]\ntitel = \"x\"\nansvar = [\"y\", \" \"]\n[[begreb]]\nord = \"x\"\nbetyder = \" \"\n\
             [[dilemma]]\nsituation = \"x\"\ngoer = \"\"\n[[opgave]]\nhvad = \"\"\n"
        ),
        [
            "4:16 RP003 »ansvar« er tom.",
            "7:11 RP003 »betyder« er tom.",
            "12:8 RP003 »hvad« er tom.",
        ]
    );
}

#[test]
fn what_a_term_lacks_is_found() {
    assert_eq!(
        found("[[begreb]]\nbetyder = 1\n[[begreb]]\nord = \"x\"\nbetyde = \"y\"\n"),
        [
            "2:1 RP004 Der mangler »ord« i et begreb.",
            "3:11 RP003 »betyder« skal være en tekst, men er et tal.",
            "6:1 RP002 Nøglen »betyde« kan ikke stå i et begreb.",
        ]
    );
}

#[test]
fn what_a_dilemma_lacks_is_found() {
    assert_eq!(
        found(
            "[[dilemma]]\ntrin = []\n[[dilemma]]\nsituation = \"x\"\ngoer = true\nhvorfor = []\n"
        ),
        [
            "2:1 RP004 Der mangler »situation« i et dilemma.",
            "3:1 RP002 Nøglen »trin« kan ikke stå i et dilemma.",
            "6:8 RP003 »goer« skal være en tekst eller en liste af tekster, men er sand eller falsk.",
            "7:11 RP003 »hvorfor« skal være en tekst, men er en liste.",
        ]
    );
}

#[test]
fn what_a_task_lacks_and_cannot_be_is_found() {
    assert_eq!(
        found("[[opgave]]\nfrist = 3\nstatus = \"igang\"\nansvarlig = 1\n"),
        [
            "2:1 RP004 Der mangler »hvad« i en opgave.",
            "3:9 RP003 »frist« skal være skrevet som en dato uden anførselstegn (frist = 2026-02-03) \
             eller en tekst (frist = \"hvert kvartal\"), men er et tal.",
            "4:10 RP003 »igang« er ikke en værdi, som »status« kan have.",
            "5:13 RP003 »ansvarlig« skal være en tekst eller en liste af tekster, men er et tal.",
        ]
    );
}

#[test]
fn what_a_contact_lacks_is_found() {
    assert_eq!(
        found("[[kontakt]]\nnavn = \"x\"\nadresse = 4\n[kontakt.tekst]\n"),
        [
            "2:1 RP004 Der mangler »id« i en kontakt.",
            "2:1 RP004 Der mangler »funktion« i en kontakt.",
            "3:1 RP002 Nøglen »navn« kan ikke stå i en kontakt.",
            "4:11 RP003 »adresse« skal være en tekst eller en liste af tekster, men er et tal.",
            "5:1 RP003 »tekst« skal være en tekst, men er en tabel.",
        ]
    );
    assert_eq!(
        found(
            "[[kontakt]]\nid = \"a b\"\nfunktion = \"Vagten\"\n[[kontakt]]\nid = \"å-1_b\"\nfunktion = \"Vagt\"\n"
        ),
        ["3:6 RP003 Ingen kan henvise til id'et »a b«."]
    );
    assert_eq!(
        found("fil = 3\n"),
        ["2:7 RP003 »fil« skal være en tekst, men er et tal."]
    );
}

#[test]
fn a_contact_of_the_area_needs_a_function_and_takes_no_id() {
    let repo = house(&[("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n")]);
    let area = repo.read("rusprot.toml") + "[kontakter.ny]\nid = \"x\"\n";
    let line = area.lines().count();
    let run = repo
        .file("rusprot.toml", area)
        .run(&["check", "--format", "short"]);
    let run = run.code(1);
    run.stdout_has(&format!("rusprot.toml:{line}:1: "))
        .stdout_has("Nøglen »id« kan ikke stå i en kontakt i rusprot.toml.")
        .stdout_has("Der mangler »funktion« i en kontakt i rusprot.toml.");
}

#[test]
fn a_contact_of_the_area_is_a_function_that_can_be_reached() {
    let repo = house(&[("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n")]);
    let area = repo.read("rusprot.toml")
        + "[kontakter.en]\nfunktion = \"Anna Opdigtsen\"\ntelefon = \"kommer\"\n";
    let line = area.lines().count();
    let run = repo
        .file("rusprot.toml", area)
        .run(&["check", "--format", "short"]);
    run.code(1)
        .stdout_has(&format!("rusprot.toml:{}:12: advarsel[RP502]", line - 1))
        .stdout_has(&format!("rusprot.toml:{line}:11: fejl[RP202]"));
}

#[test]
fn lists_that_meet_stay_lists_of_their_own_in_markdown() {
    let repo = house(&[(
        "01-et.toml",
        "overskrift = \"Et\"\ntekst = \"- a\\n- b\"\n[[begreb]]\nord = \"c\"\nbetyder = \"d\"\n\
         [[kontakt]]\nid = \"e\"\nfunktion = \"f\"\n",
    )]);
    let _built = repo.run(&["build", "--formats", "md"]).code(0);
    let markdown = repo.read("dist/hus/protokol.md");
    let lists = "- a\n- b\n\n* **c**\n\n  d\n\n+ <a id=\"kontakt-e\"></a>**f**\n";
    assert!(markdown.contains(lists), "{markdown}");
}

#[test]
fn the_texts_of_every_building_block_are_checked() {
    let text = "[[begreb]]\nord = \"x\"\nbetyder = \"TODO\"\n[[rolle]]\ntitel = \"y\"\nansvar = [\"TODO\"]\n\
                [[dilemma]]\nsituation = \"z\"\ngoer = [\"TODO\"]\nhvorfor = \"TODO\"\n\
                [[opgave]]\nhvad = \"TODO\"\nfrist = \"TODO\"\n\
                [[kontakt]]\nid = \"k\"\nfunktion = \"f\"\ntekst = \"TODO\"\n\
                [[citat]]\ntekst = \"TODO\"\nhvem = \"TODO\"\n";
    let lines = |code: &str| -> Vec<String> {
        let found = found(text).into_iter();
        let found = found.filter(|line| line.contains(code));
        found
            .map(|line| line.split(' ').next().expect("a place").to_owned())
            .collect()
    };
    assert_eq!(
        lines("RP305"),
        [
            "4:12", "7:12", "10:10", "11:12", "13:9", "14:10", "18:10", "20:10", "21:9"
        ]
    );
}

#[test]
fn the_outputs_have_the_same_words_in_the_same_order() {
    typst_is_there();
    let repo = whole();
    let run = repo.run(&["build", "--formats", "html,md,pdf,json"]);
    let _built = run.code(0).stderr_is("");
    let read = |file: &str| repo.read(&format!("dist/hus/{file}"));
    let [html, markdown, json] = ["index.html", "protokol.md", "protokol.json"].map(read);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let headings = [
        "2 1 Hvem gør hvad",
        "3 Leder",
        "3 Nogen er bevidstløs",
        "3 En borger vil drikke alene",
        "2 Bilag 1 Om vold",
    ];
    assert_eq!(html_headings(&html), headings);
    assert_eq!(markdown_headings(&markdown), headings);
    assert_eq!(json_headings(&json), headings);
    let text = html_text(&html);
    assert_same_text(&text, &markdown_text(&markdown));
    let pdf = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf")).text();
    for words in json_texts(&json) {
        assert!(
            text.contains(&words) || words.contains("filer/"),
            "HTML lacks {words}"
        );
        assert!(
            pdf.contains(&words.replace('-', "")) || words.contains("filer/"),
            "the PDF lacks {words}"
        );
    }
    for words in [
        "Rusmiddel (også kaldet: stof)",
        "Også kaldet: Tilbudsleder, Områdets leder",
        "Det gør du",
        "Derfor",
        "HvadHvemHvornårStatus",
        "Leder, Vejleder1. juni 2026I gang",
        "Tæl op:– skabet– bilen–hver mandag–",
        "Telefon: 00 65 43 10 (døgnet rundt)",
        "Adresse: Søvejen 4, 9999 Ingensted",
        "Bank på, før du går ind.En borger på første sal",
        "Vedlagt som egen fil: om vold #1.pdf (PDF, 1 kB)",
    ] {
        let words = packed(words);
        assert!(text.contains(&words), "HTML lacks {words}");
        assert!(pdf.contains(&words), "the PDF lacks {words}");
    }
}

#[test]
fn a_contact_is_led_to_and_one_of_the_area_is_called() {
    let repo = whole();
    let _built = repo.run(&["build", "--formats", "html,md"]).code(0);
    let html = repo.read("dist/hus/index.html");
    for piece in [
        "Ring til <a href=\"#kontakt-vagt\">Vagttelefonen, tlf.\u{a0}00\u{a0}65\u{a0}43\u{a0}10 (døgnet rundt)</a>, \
         Giftlinjen, tlf.\u{a0}<a href=\"tel:00121212\">00\u{a0}12\u{a0}12\u{a0}12</a> eller \
         <a href=\"tel:00121212\">os</a>. Skriv: Sekretariatet, <a href=\"mailto:s@hus.dk\">s@hus.dk</a>",
        "<li id=\"kontakt-vagt\">",
        "<dd><a href=\"tel:00654310\">00\u{a0}65\u{a0}43\u{a0}10 (døgnet rundt)</a></dd>",
        "<dd><a href=\"mailto:vagt@hus.dk\">vagt@hus.dk</a></dd>",
    ] {
        assert!(html.contains(piece), "the page lacks {piece}");
    }
    let on_the_card =
        "<p class=\"label\">Kontakt</p>\n<ul>\n<li><a href=\"#kontakt-vagt\">Vagttelefonen";
    assert!(html.contains(on_the_card));
    let markdown = repo.read("dist/hus/protokol.md");
    for piece in [
        "[os](tel:00121212)",
        "+ <a id=\"kontakt-vagt\"></a>**Vagttelefonen**",
        "](#kontakt-vagt)",
    ] {
        assert!(markdown.contains(piece), "the Markdown lacks {piece}");
    }
}

#[test]
fn a_contact_that_is_inserted_keeps_its_one_anchor_where_it_stands() {
    let repo = house(&[
        ("01-et.toml", "overskrift = \"Et\"\nindsaet = \"bilag:k\"\n"),
        (
            "bilag/1-k.toml",
            "overskrift = \"K\"\n[[kontakt]]\nid = \"vagt\"\nfunktion = \"Vagten\"\n",
        ),
    ]);
    let _built = repo.run(&["build", "--formats", "html"]).code(0);
    let html = repo.read("dist/hus/index.html");
    assert_eq!(html.matches("<p class=\"label\">Vagten</p>").count(), 2);
    assert_eq!(html.matches("id=\"kontakt-vagt\"").count(), 1);
    let anchor = html.find("id=\"kontakt-vagt\"").expect("there is one");
    assert!(anchor > html.find("id=\"k\"").expect("the appendix"));
}

#[test]
fn a_column_that_no_task_fills_is_not_printed() {
    let repo = house(&[(
        "01-et.toml",
        "overskrift = \"Et\"\n[[opgave]]\nhvad = \"Ryd op\"\nansvarlig = \"Alle\"\n",
    )]);
    let _built = repo.run(&["build", "--formats", "md"]).code(0);
    let markdown = repo.read("dist/hus/protokol.md");
    let table = "| Hvad | Hvem |\n| --- | --- |\n| Ryd op | Alle |\n";
    assert!(markdown.contains(table), "{markdown}");
}

#[test]
fn an_attached_pdf_lies_beside_the_pages_and_goes_when_it_is_let_go_of() {
    let repo = whole();
    let _built = repo.run(&["build", "--formats", "html"]).code(0);
    assert_eq!(repo.read_bytes("dist/hus/filer/om vold #1.pdf"), PDF);
    let html = repo.read("dist/hus/index.html");
    let link = "Vedlagt som egen fil: <a href=\"filer/om%20vold%20%231.pdf\">om vold #1.pdf</a> (PDF, 1\u{a0}kB)";
    assert!(html.contains(link), "{html}");
    let repo = repo.edited(
        "protocols/hus/bilag/1-vold.toml",
        "fil = \"./filer/om vold #1.pdf\"",
        "tekst = \"x\"",
    );
    let _again = repo.run(&["build", "--formats", "html"]).code(0);
    assert_eq!(
        repo.files("dist"),
        [
            ".rusprot.json",
            "hus/index.html",
            "hus/kort.html",
            "index.html"
        ]
    );
}

#[test]
fn an_attached_file_that_is_missing_is_named_without_a_link_where_that_is_let_pass() {
    let repo = whole().without("protocols/hus/filer");
    let area = format!(
        "{}[kontrol]\nbillede = \"fra\"\n",
        repo.read("rusprot.toml")
    );
    let repo = repo.file("rusprot.toml", area);
    let _built = repo.run(&["build", "--formats", "html,md"]).code(0);
    let html = repo.read("dist/hus/index.html");
    assert!(html.contains("<p class=\"file\">Vedlagt som egen fil: om vold #1.pdf</p>"));
    assert_eq!(
        repo.files("dist"),
        [
            ".rusprot.json",
            "hus/index.html",
            "hus/kort.html",
            "hus/protokol.md",
            "index.html"
        ]
    );
}

#[test]
fn the_json_says_what_each_is() {
    let repo = whole();
    let _built = repo.run(&["build", "--formats", "json"]).code(0);
    let json: Value = serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON");
    let content = |part: usize| {
        let part = parts(&json).nth(part).expect("a part");
        part["content"].as_array().expect("a list").clone()
    };
    let first = content(0);
    let types: Vec<&str> = first
        .iter()
        .map(|piece| piece["type"].as_str().expect("a type"))
        .collect();
    assert_eq!(
        types,
        [
            "text",
            "terms",
            "roles",
            "card",
            "dilemma",
            "tasks",
            "contacts",
            "quotation"
        ]
    );
    let task = &first[5]["items"][0];
    assert_eq!(task["due"], "2026-06-01");
    assert_eq!(task["status"]["kind"], "under_way");
    let contact = &first[6]["items"][0];
    assert_eq!(contact["id"], "kontakt-vagt");
    assert_eq!(contact["phone"]["url"], "tel:00654310");
    let file = content(1);
    assert_eq!(file[0]["path"], "filer/om vold #1.pdf");
    assert_eq!(file[0]["size"]["bytes"], PDF.len());
}

#[test]
fn what_is_approved_covers_the_building_blocks_and_the_attached_file() {
    let code = |repo: &Repo| {
        let _built = repo.run(&["build", "--formats", "json"]).code(0);
        let json: Value = serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON");
        json["edition"]["fingerprint"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let before = code(&whole());
    for (from, to) in [
        ("telefon = \"00 65 43 10", "telefon = \"00 65 43 11"),
        ("status = \"i-gang\"", "status = \"faerdig\""),
        ("frist = 2026-06-01", "frist = 2026-06-02"),
        ("Aftal et tegn.", "Aftal et ord."),
        ("Hjemmet er borgerens eget.", "Hjemmet er privat."),
        ("Kender protokollen.", "Kan protokollen."),
        ("Områdets leder\"]", "Områdeleder\"]"),
        ("ændrer sansning", "ændrer adfærd"),
        ("ogsaa = \"stof\"", "ogsaa = \"middel\""),
        ("før* du går", "inden* du går"),
        ("på første sal", "på anden sal"),
    ] {
        let changed = whole().edited("protocols/hus/01-hvem.toml", from, to);
        assert_ne!(code(&changed), before, "{to}");
    }
    let file = "protocols/hus/filer/om vold #1.pdf";
    assert_ne!(code(&whole().file(file, "%PDF-1.7 another")), before);
    let same = whole().edited(
        "protocols/hus/01-hvem.toml",
        "[[begreb]]",
        "# En besked.\n[[begreb]]",
    );
    assert_eq!(code(&same), before);
}

/// Two protocols of one area, and between them one of another.
fn two_areas() -> Repo {
    let hus = "[institution]\nnavn = \"Huset\"\n";
    let other = "titel = \"Kvalitetsstandard\"\n[omraade]\nnavn = \"Det andet område\"\n\
                 organisation = \"Den anden organisation\"\n[institution]\nnavn = \"Andet\"\n";
    house(&[(
        "01-et.toml",
        "overskrift = \"Et\"\ntekst = \"I {{ omraade }}.\"\n",
    )])
    .file("protocols/aa/protokol.toml", hus.replace("Huset", "Aa"))
    .file(
        "protocols/aa/01-et.toml",
        "overskrift = \"Et\"\ntekst = \"x\"\n",
    )
    .file("protocols/andet/protokol.toml", other)
    .file(
        "protocols/andet/01-et.toml",
        "overskrift = \"Et\"\ntekst = \"I {{ omraade }}, {{ organisation }}.\"\n",
    )
}

#[test]
fn a_protocol_may_belong_to_another_area() {
    let repo = two_areas();
    let _built = repo.run(&["build", "--formats", "md"]).code(0);
    let other = repo.read("dist/andet/protokol.md");
    assert!(
        other.contains("\n\nDen anden organisation · Det andet område\n\n# "),
        "{other}"
    );
    assert!(other.contains("I Det andet område, Den anden organisation."));
    let own = repo.read("dist/hus/protokol.md");
    assert!(own.contains("\n\nOmrådet\n\n# "), "{own}");
    assert!(own.contains("I Området."));
}

#[test]
fn the_area_page_groups_by_area_where_there_is_more_than_one() {
    let repo = two_areas();
    let _built = repo.run(&["build", "--formats", "html"]).code(0);
    let page = repo.read("dist/index.html");
    assert_eq!(
        html_headings(&page),
        [
            "2 Det andet område",
            "3 Andet",
            "2 Området",
            "3 Huset",
            "3 Aa",
            "2 Sådan står det til"
        ]
    );
    for piece in [
        "<span class=\"whose\">Det andet område · Området</span>",
        "<p class=\"count\">Den anden organisation</p>",
        "<p class=\"kind\">Kvalitetsstandard</p>",
        "<p class=\"count\">3 dokumenter</p>",
    ] {
        assert!(page.contains(piece), "the page lacks {piece}");
    }
    let repo = repo.without("protocols/andet");
    let _again = repo.run(&["build", "--formats", "html"]).code(0);
    assert_eq!(
        html_headings(&repo.read("dist/index.html")),
        ["2 Huset", "2 Aa", "2 Sådan står det til"]
    );
}

#[test]
fn an_unknown_key_of_the_area_in_a_protocol_is_found() {
    let repo = house(&[("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n")]).file(
        "protocols/hus/protokol.toml",
        "[omraade]\nnavne = \"x\"\norganisation = 3\n[institution]\nnavn = \"Huset\"\n",
    );
    repo.run(&["check", "--format", "short"])
        .code(1)
        .stdout_has("protokol.toml:2:1: ")
        .stdout_has("Nøglen »navne« kan ikke stå i [omraade].")
        .stdout_has("protokol.toml:3:16: ");
}

#[test]
fn what_somebody_says_is_quoted_with_who_in_every_output() {
    let section = "overskrift = \"Sagt\"\n[[citat]]\ntekst = \"Bank på, *før* du går ind.\"\nhvem = \"En borger\"\n\
                   [[citat]]\ntekst = \"Vi hører efter.\"\n";
    let repo = house(&[("01-sagt.toml", section)]);
    repo.run(&["check"]).code(0);
    let _built = repo.run(&["build", "--formats", "html,md,json"]).code(0);
    let page = repo.read("dist/hus/index.html");
    assert!(
        page.contains(
            "<div class=\"quotation\">\n<blockquote>\n<p>Bank på, <em>før</em> du går ind.</p>\n</blockquote>\n\
             <p class=\"also\">En borger</p>\n</div>\n"
        ),
        "{page}"
    );
    let markdown = repo.read("dist/hus/protokol.md");
    assert!(
        markdown.contains("> Bank på, *før* du går ind.\n\nEn borger\n\n> Vi hører efter.\n"),
        "{markdown}"
    );
    let json: Value = serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON");
    let content = &parts(&json).next().expect("a part")["content"];
    assert_eq!(content[0]["type"], "quotation");
    assert_eq!(content[0]["text"][0]["type"], "paragraph");
    assert_eq!(content[0]["who"], "En borger");
    assert_eq!(content[1].get("who"), None);
}

#[test]
fn what_a_quotation_lacks_is_found() {
    assert_eq!(
        found("[[citat]]\nhvem = \"En borger\"\nfarve = 1\n[[citat]]\ntekst = \"\"\n"),
        [
            "2:1 RP004 Der mangler »tekst« i et citat.",
            "4:1 RP002 Nøglen »farve« kan ikke stå i et citat.",
            "6:9 RP003 »tekst« er tom.",
        ]
    );
}
