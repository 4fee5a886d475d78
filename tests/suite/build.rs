//! `rusprot build`: which files, the same content in all of them, what stays and what goes, and that
//! nothing but the input decides a byte.

use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::pages::{
    self, Pdf, assert_same_text, html_headings, html_text, json_headings, json_texts,
    markdown_headings, markdown_text, packed,
};
use crate::rules::house_with_text;
use crate::support::{Repo, typst_is_there, typst_program};

/// One section with every kind of text, and one or two of every other block.
const FIRST: &str = r"overskrift = 'Begyndelsen'
for = ['borger']
tekst = '''
Egen begyndelse med **fed**, *kursiv*, ~~streget~~ og `kode`. Vi bruger MI og {{ journal }}.[^tal]
Se [](bilag:regler), [](afsnit:underdel), [](dok:notat) og [loven](https://www.retsinformation.dk/a?b=1&c=2).

- Første prik
- [x] Gjort prik
- [ ] Ugjort prik

4. Fjerde trin
5. Femte trin

> Et citat fra {{ moede }}.

| Hvem | Hvad |
|---|---:|
| Natvagten | Ringer[^opkald] |

Udtryk
: Forklaringen på udtrykket

```
kode  i   blok
```

***

![Tegning af huset](billeder/plan.png)

[^tal]: Noten om tallet.
[^opkald]: Noten om opkaldet.
'''

[[afsnit]]
overskrift = 'Mødet om {{ journal }}'
id = 'underdel'
tekst = 'Underdelens tekst.'

[[afsnit.afsnit]]
overskrift = 'Dybere'
tekst = 'Den dybere tekst.'
";

const CARDS: &str = r"overskrift = 'Kortene'
indsaet = 'bilag:regler'

[[handling]]
situation = 'Nogen falder om'
kontakt = ['Lederen på vagt']
dokumentation = 'Skriv det i {{ journal }}.'
trin = [
  { goer = 'Ring 112', hvem = 'Natvagten', hvornaar = 'Straks' },
  { goer = 'Bliv hos borgeren' },
]
";

const RULES: &str = r"overskrift = 'Regler for alle'

[[regel]]
tekst = 'Bank på døren.'
styrke = 'skal'
begrundelse = 'Dit rum er dit.'
hjemmel = 'Grundloven § 72'

[[regel]]
tekst = 'Tag gerne gæster med.'
";

const FORM: &str = r"overskrift = 'Skemaet'

[[gruppe]]
navn = 'Om dagen'
punkter = ['Hvad gjorde du?', 'Hvad vil du?']
linjer = 2

[[felt]]
navn = 'Mit ønske'
linjer = 3

[[felt]]
navn = 'Vi ses igen den'
type = 'dato'

[[felt]]
navn = 'Jeg siger ja'
type = 'afkrydsning'

[underskrift]
indledning = 'Vi er enige.'
sted = 'Prøveby'
roller = ['Borger', 'Kontaktperson']
slut = 'Du kan fortryde.'
";

/// What every protocol of [`area`] is made into with the usual formats.
const PAGES: [&str; 3] = ["index.html", "protokol.md", "protokol.pdf"];

/// An area with two protocols: `hus`, which has every kind of block, and `ude`, which has one line.
pub fn area() -> Repo {
    let repo = Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = 'proeve'\n[omraade]\nnavn = 'Prøveområdet'\norganisation = 'Prøveriget'\n\
             [variabler]\njournal = 'Dagbogen'\n[forkortelser]\nMI = 'Motiverende interview'\n\
             [dokumenter.notat]\ntitel = 'Notatet om stoffer'\nurl = 'https://papirer.test/notat'\n",
        )
        .file(
            "templates/proeve/skabelon.toml",
            "navn = 'Prøveskabelon'\ndokumenttype = 'Prøveprotokol'\nversion = '7'\n\
             [[krav]]\nid = 'start'\noverskrift = 'Begyndelsen'\nniveau = 'skal'\n\
             obligatorisk = 'Vi i {{ kortnavn }} følger *områdets* regler.'\n\
             [[pligt]]\nid = 'revision'\nhvad = 'Vi læser det hele igen'\nhvor_tit = '1 år'\n\
             niveau = 'skal'\n",
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = 'Prøvehuset'\nkortnavn = 'Huset'\n\
             [dokument]\nversion = '3'\ngaelder_fra = 2026-02-03\nansvarlig = 'Leder'\n\
             medvirkende = ['4 borgere']\n[variabler]\nmoede = 'torsdagsmødet'\n\
             [[haendelse]]\npligt = 'revision'\ndato = 2026-01-05\nforum = 'Husmødet'\n",
        )
        .file("protocols/hus/01-begyndelsen.toml", FIRST)
        .file("protocols/hus/02-kort.toml", CARDS)
        .file("protocols/hus/bilag/1-regler.toml", RULES)
        .file("protocols/hus/bilag/2-skema.toml", FORM)
        .file("protocols/hus/billeder/plan.png", picture())
        .file(
            "protocols/ude/protokol.toml",
            "[institution]\nnavn = 'Udehuset'\n\
             [[haendelse]]\npligt = 'revision'\ndato = 2026-06-01\n",
        )
        .file(
            "protocols/ude/01-begyndelsen.toml",
            "overskrift = 'Begyndelsen'\ntekst = 'Her er kort.'\n",
        )
        .env("RUSPROT_TODAY", "2026-10-01");
    repo.run(&["check"])
        .code(0)
        .stdout_is("Ingen fejl i 2 protokoller.\n");
    repo
}

/// A black dot.
pub fn picture() -> Vec<u8> {
    const HEX: &str = "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550\
                       000000a49444154789c636000000002000148afa4710000000049454e44ae426082";
    let digits: Vec<u8> = HEX
        .bytes()
        .filter(|digit| !digit.is_ascii_whitespace())
        .collect();
    let pairs = digits.chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).expect("ASCII");
        u8::from_str_radix(pair, 16).expect("hexadecimal")
    });
    pairs.collect()
}

/// The protocol `hus` in every format.
struct Built {
    html: String,
    markdown: String,
    json: Value,
    pdf: Pdf,
}

impl Built {
    fn hus() -> Self {
        typst_is_there();
        let repo = area();
        repo.run(&["build", "hus", "--formats", "html,md,pdf,json"])
            .code(0);
        Self {
            html: repo.read("dist/hus/index.html"),
            markdown: repo.read("dist/hus/protokol.md"),
            json: serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON"),
            pdf: Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf")),
        }
    }
}

#[test]
fn a_build_makes_three_files_a_protocol_its_cards_forms_and_pictures_and_the_page_of_the_area_and_nothing_else()
 {
    typst_is_there();
    let repo = area();
    repo.run(&["build"])
        .code(0)
        .stdout_is("11 filer skrevet, 0 filer uændret.\nÅbn [repo]/dist/index.html\n")
        .stderr_is("");
    assert_eq!(
        repo.files("dist"),
        [
            ".rusprot.json",
            "hus/billeder/plan.png",
            "hus/formular-skema.pdf",
            "hus/index.html",
            "hus/kort.html",
            "hus/kort.pdf",
            "hus/protokol.md",
            "hus/protokol.pdf",
            "index.html",
            "ude/index.html",
            "ude/protokol.md",
            "ude/protokol.pdf",
        ]
    );
    let page = repo.read("dist/index.html");
    for link in ["hus/index.html", "hus/protokol.pdf", "ude/protokol.md"] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
    }
    assert!(!page.contains("protokol.json"));
    assert!(page.contains("Prøvehuset") && page.contains("Udehuset"));
    assert!(page.contains("<time datetime=\"2026-02-03\">3.\u{a0}februar 2026</time>"));
}

#[test]
fn headings_are_the_same_in_every_format() {
    let built = Built::hus();
    let expected = [
        "2 1 Begyndelsen",
        "3 1.1 Mødet om Dagbogen",
        "4 1.1.1 Dybere",
        "2 2 Kortene",
        "3 Nogen falder om",
        "3 Regler for alle",
        "2 Årshjul",
        "2 Ordliste",
        "2 Dokumenter, vi henviser til",
        "2 Sådan er protokollen blevet til",
        "2 Bilag 1 Regler for alle",
        "2 Bilag 2 Skemaet",
        "3 Om dagen",
    ];
    assert_eq!(html_headings(&built.html), expected);
    assert_eq!(markdown_headings(&built.markdown), expected);
    assert_eq!(json_headings(&built.json), expected);
}

#[test]
fn text_is_the_same_in_every_format() {
    let built = Built::hus();
    let html = html_text(&built.html);
    assert_same_text(&html, &markdown_text(&built.markdown));
    let pdf = built.pdf.text();
    let texts = json_texts(&built.json);
    assert!(texts.len() > 60, "{texts:?}");
    for text in texts {
        assert!(html.contains(&text), "the web page lacks {text}");
        assert!(
            pdf.contains(&text.replace('-', "")),
            "the PDF lacks {text}:\n{pdf}"
        );
    }
}

#[test]
fn a_pdf_has_its_language_marks_pages_and_bookmarks() {
    let pdf = Built::hus().pdf;
    assert_eq!(pdf.language(), "da-DK");
    assert!(pdf.is_marked());
    assert_eq!(pdf.pages(), 6);
    assert!(pdf.page(1).ends_with("side1af6"), "{}", pdf.page(1));
    assert_eq!(pdf.pages_with("Bank på døren."), [3, 5]);
    assert_eq!(pdf.pages_with("Du kan fortryde."), [6]);

    assert_eq!(
        pdf.pages_with("Se Bilag 1 (side 5), afsnit 1.1 (side 2)"),
        [2]
    );
    assert_eq!(
        pdf.bookmarks(),
        [
            "1 Begyndelsen",
            "  1.1 Mødet om Dagbogen",
            "    1.1.1 Dybere",
            "2 Kortene",
            "  Nogen falder om",
            "Årshjul",
            "Ordliste",
            "Dokumenter, vi henviser til",
            "Sådan er protokollen blevet til",
            "Bilag 1 Regler for alle",
            "Bilag 2 Skemaet",
        ]
    );
}

#[test]
fn obligatory_text_comes_first_and_says_whose_it_is() {
    let built = Built::hus();
    assert!(
        built.html.contains(
            "<div class=\"obligatory\">\n<p class=\"label\">Fælles tekst for Prøveområdet</p>\n\
             <p>Vi i Huset følger <em>områdets</em> regler.</p>\n</div>\n<p>Egen begyndelse"
        ),
        "{}",
        built.html
    );
    assert!(built.markdown.contains(
        "> **Fælles tekst for Prøveområdet**\n>\n> Vi i Huset følger *områdets* regler.\n\nEgen"
    ));
    assert_eq!(
        built.json["sections"][0]["obligatory"]["label"],
        "Fælles tekst for Prøveområdet"
    );
    assert_eq!(
        built
            .pdf
            .pages_with("Fælles tekst for Prøveområdet Vi i Huset"),
        [2]
    );
}

#[test]
fn every_kind_of_block_is_seen_in_the_web_page() {
    let page = Built::hus().html;
    for piece in [
        "<p class=\"readers\">Til borgere</p>",
        "<strong>fed</strong>, <em>kursiv</em>, <s>streget</s> og <code>kode</code>",
        "<li>Første prik</li>",
        "aria-label=\"Krydset af\"></span>Gjort prik</li>",
        "aria-label=\"Ikke krydset af\"></span>Ugjort prik</li>",
        "<ol start=\"4\">\n<li>Fjerde trin</li>",
        "<blockquote>\n<p>Et citat fra torsdagsmødet.</p>\n</blockquote>",
        "<th scope=\"col\" class=\"right\">Hvad</th>",
        "<dt>Udtryk</dt>\n<dd>Forklaringen på udtrykket</dd>",
        "<pre><code>kode  i   blok</code></pre>\n<hr>",
        "<img src=\"data:image/png;base64,iVBORw0KGgo",
        "alt=\"Tegning af huset\"",
        "<p class=\"strength\">Skal</p>",
        "<p class=\"basis\">Hjemmel: Grundloven §\u{a0}72</p>",
        "<p class=\"who\"><strong>Natvagten</strong> · Straks</p>",
        "<p class=\"label\">Dokumentation</p>\n<p>Skriv det i Dagbogen.</p>",
        "<span class=\"box\"></span><p class=\"label\">Jeg siger ja</p>",
        "<div class=\"field\"><p class=\"label\">Mit ønske</p>\n<div class=\"line\"></div>\n\
         <div class=\"line\"></div>\n<div class=\"line\"></div>\n</div>",
        "<div class=\"date\"><div class=\"line\">",
        "<p class=\"label\">Kontaktperson</p><div class=\"line\"></div>",
        "<div class=\"line\">Prøveby</div>",
        "<dt>MI</dt>\n<dd>Motiverende interview</dd>",
    ] {
        assert!(page.contains(piece), "{piece:?} is missing in:\n{page}");
    }
}

#[test]
fn every_kind_of_block_is_seen_in_markdown() {
    let page = Built::hus().markdown;
    for piece in [
        "\nTil borgere\n",
        "**fed**, *kursiv*, ~~streget~~ og `kode`",
        "\n- Første prik\n- [x] Gjort prik\n- [ ] Ugjort prik\n",
        "\n4) Fjerde trin\n5) Femte trin\n",
        "\n> Et citat fra torsdagsmødet.\n",
        "\n| Hvem | Hvad |\n| --- | ---: |\n| Natvagten | Ringer[^2] |\n",
        "\n- **Udtryk**\n\n  Forklaringen på udtrykket\n",
        "\n```\nkode  i   blok\n```\n\n___\n",
        "![Tegning af huset](",
        "\n1. Bank på døren.\n\n   **Skal**\n\n   Dit rum er dit.\n\n   Hjemmel: Grundloven §\u{a0}72\n",
        "\n1. Ring 112\n\n   **Natvagten** · Straks\n\n2. Bliv hos borgeren\n",
        "\n**Dokumentation**\n\nSkriv det i Dagbogen.\n",
        "\n### Om dagen\n\n1. Hvad gjorde du?\n\n   \\___",
        "\n**Mit ønske**\n\n\\___",
        "\n- [ ] Jeg siger ja\n",
        "\n**Sted** Prøveby\n",
        "\nDu kan fortryde.\n",
    ] {
        assert!(page.contains(piece), "{piece:?} is missing in:\n{page}");
    }
}

#[test]
fn a_link_without_text_reads_as_the_place_it_leads_to() {
    let built = Built::hus();
    assert!(built.html.contains(
        "Se <a href=\"#regler\">Bilag\u{a0}1</a>, <a href=\"#underdel\">afsnit\u{a0}1.1</a>, \
         <a href=\"https://papirer.test/notat\">Notatet om stoffer</a>"
    ));
    assert!(built.markdown.contains(
        "Se [Bilag\u{a0}1](#regler), [afsnit\u{a0}1.1](#underdel), \
         [Notatet om stoffer](https://papirer.test/notat)"
    ));
    assert!(built.html.contains("id=\"regler\""));
    assert!(built.markdown.contains("<a id=\"regler\"></a>Bilag 1"));
}

#[test]
fn footnotes_are_numbered_in_the_order_they_are_read() {
    let built = Built::hus();
    assert!(built.markdown.contains("Dagbogen.[^1]"));
    assert!(built.markdown.contains("\n[^1]: Noten om tallet.\n"));
    assert!(built.markdown.contains("\n[^2]: Noten om opkaldet.\n"));
    assert!(
        built
            .html
            .contains("<li value=\"2\" id=\"_fod-2\"><p>Noten om opkaldet.</p>")
    );
    assert_eq!(built.pdf.pages_with("1 Noten om tallet."), [2]);
    // A table's notes stand below it, so before those of the page.
    assert_eq!(built.pdf.pages_with("2 Noten om opkaldet."), [2]);
}

#[test]
fn a_picture_is_part_of_the_web_page_which_asks_for_no_other_file() {
    let page = Built::hus().html;
    for address in [
        "src=\"http",
        "src=\"billeder",
        "<script src",
        "url(",
        "@import",
    ] {
        assert!(!page.contains(address), "{address}");
    }
    // The sign of the page stands in it.
    for (at, _) in page.match_indices("<link") {
        assert!(page[at..].starts_with("<link rel=\"icon\" href=\"data:image/svg+xml,"));
    }
}

#[test]
fn each_format_can_be_made_alone() {
    typst_is_there();
    for (format, file) in [
        ("html", "index.html"),
        ("md", "protokol.md"),
        ("pdf", "protokol.pdf"),
        ("json", "protokol.json"),
    ] {
        let repo = area();
        repo.run(&["build", "ude", "--formats", format]).code(0);
        assert_eq!(
            repo.files("dist"),
            [".rusprot.json", "index.html", &format!("ude/{file}")]
        );
        let page = repo.read("dist/index.html");
        assert!(page.contains(&format!("ude/{file}")), "{page}");
        // The name and the format in the list, and the name in the matrix.
        assert_eq!(page.matches("href=\"ude/").count(), 3);
    }
}

#[test]
fn pages_go_where_the_command_line_or_the_area_says() {
    let repo = area();
    repo.run(&["build", "--formats", "md", "--out", "et/andet sted"])
        .code(0)
        .stdout_has("Åbn [repo]/et/andet sted/index.html\n");
    assert!(repo.has("et/andet sted/hus/protokol.md"));
    assert!(!repo.has("dist"));
    let repo = repo
        .edited(
            "rusprot.toml",
            "[omraade]",
            "[mapper]\nudgivelse = 'ud'\n[omraade]",
        )
        .standing_in("protocols/hus");
    repo.run(&["build", "--formats", "md"]).code(0);
    assert!(repo.has("ud/hus/protokol.md"));
    repo.run(&["build", "--formats", "md", "--out", "her"])
        .code(0);
    assert!(repo.has("protocols/hus/her/hus/protokol.md"));
}

#[test]
fn a_draft_says_so_on_every_page_and_prints_a_dead_link_as_text() {
    typst_is_there();
    let repo = area().edited(
        "protocols/hus/01-begyndelsen.toml",
        "[loven](https://www.retsinformation.dk/a?b=1&c=2)",
        "[loven](https://example.com/)",
    );
    repo.run(&["build"]).code(1).stderr_has("RP202");
    repo.run(&["build", "--draft"])
        .code(0)
        .stderr_has("advarsel[RP202");
    let html = repo.read("dist/hus/index.html");
    assert!(html.contains("<p class=\"draft\"><strong>UDKAST</strong>"));
    assert!(html.contains(" og loven.</p>"), "{html}");
    assert!(!html.contains("example.com"));
    let markdown = repo.read("dist/hus/protokol.md");
    assert!(markdown.starts_with("**UDKAST**"), "{markdown}");
    assert!(markdown.contains(" og loven.\n"), "{markdown}");
    let pdf = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf"));
    let every: Vec<u32> = (1..=pdf.pages()).collect();
    assert_eq!(pdf.pages_with("UDKAST"), every);
    assert!(repo.read("dist/ude/protokol.md").contains("UDKAST"));
    let repo = repo.edited(
        "protocols/hus/01-begyndelsen.toml",
        "(https://example.com/)",
        "(https://www.retsinformation.dk/)",
    );
    repo.run(&["build"]).code(0);
    for file in ["hus/index.html", "hus/protokol.md", "ude/index.html"] {
        let page = repo.read(&format!("dist/{file}"));
        assert!(
            page.contains("Ingen har godkendt denne udgave endnu."),
            "{file}"
        );
    }
    let main = repo.read("protocols/hus/protokol.toml");
    let approval = "\n[[godkendelse]]\nforum = 'Husmødet'\ndato = 2026-01-02\n";
    repo.write("protocols/hus/protokol.toml", main + approval);
    repo.run(&["build"]).code(0);
    let pdf = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf"));
    assert_eq!(pdf.pages_with("UDKAST"), Vec::<u32>::new());
    let every: Vec<u32> = (1..=pdf.pages()).collect();
    assert_eq!(pdf.pages_with("GODKENDT UDEN AFTRYK"), every);
    assert_eq!(pdf.pages_with("udskrift er ikke styret"), every);
}

#[test]
fn a_protocol_with_an_error_keeps_its_pages_while_the_other_is_made() {
    typst_is_there();
    let repo = area();
    repo.run(&["build"]).code(0);
    let before = repo.tree("dist");
    let repo = repo
        .edited(
            "protocols/hus/01-begyndelsen.toml",
            "Egen begyndelse",
            "<b>Egen</b>",
        )
        .edited(
            "protocols/ude/01-begyndelsen.toml",
            "Her er kort.",
            "Her er andet.",
        );
    repo.run(&["build"])
        .code(1)
        .stderr_has("fejl[RP006 raa-html]")
        .stderr_has("er ikke dannet på ny: hus.")
        .stdout_has("4 filer skrevet, 0 filer uændret.");
    let after = repo.tree("dist");
    for page in PAGES {
        let [hus, ude] = ["hus", "ude"].map(|slug| format!("{slug}/{page}"));
        assert!(before[&hus] == after[&hus], "{hus} changed");
        assert!(before[&ude] != after[&ude], "{ude} is the same");
    }
    let page = repo.read("dist/index.html");
    assert!(page.contains("Kan ikke dannes: 1 fejl"), "{page}");
    assert!(page.contains("href=\"hus/protokol.pdf\""), "{page}");
}

#[test]
fn one_protocol_asked_for_leaves_the_others_alone() {
    let repo = area();
    repo.run(&["build", "--formats", "html,md"]).code(0);
    let before = repo.tree("dist");
    let repo = repo
        .edited("protocols/hus/02-kort.toml", "Ring 112", "Råb")
        .edited(
            "protocols/ude/01-begyndelsen.toml",
            "Her er kort.",
            "Her er andet.",
        );
    repo.run(&["build", "ude", "--formats", "html"]).code(0);
    let after = repo.tree("dist");
    assert_eq!(before["hus/index.html"], after["hus/index.html"]);
    assert_eq!(before["hus/protokol.md"], after["hus/protokol.md"]);
    assert!(repo.read("dist/ude/index.html").contains("Her er andet."));
    assert!(
        !after.contains_key("ude/protokol.md"),
        "no longer asked for"
    );
}

#[test]
fn what_is_no_longer_made_is_removed_and_nothing_else() {
    typst_is_there();
    let repo = area();
    repo.run(&["build", "--formats", "html,md,pdf,json"])
        .code(0);
    repo.write("dist/ude/eget.txt", "mit");
    repo.write("dist/CNAME", "protokoller.test");
    repo.run(&["build", "--formats", "html,md"]).code(0);
    assert_eq!(
        repo.files("dist"),
        [
            ".rusprot.json",
            "CNAME",
            "hus/billeder/plan.png",
            "hus/index.html",
            "hus/kort.html",
            "hus/protokol.md",
            "index.html",
            "ude/eget.txt",
            "ude/index.html",
            "ude/protokol.md",
        ]
    );
    let repo = repo.without("protocols/ude");
    repo.run(&["build", "--formats", "html,md"]).code(0);
    assert_eq!(
        repo.files("dist"),
        [
            ".rusprot.json",
            "CNAME",
            "hus/billeder/plan.png",
            "hus/index.html",
            "hus/kort.html",
            "hus/protokol.md",
            "index.html",
            "ude/eget.txt",
        ]
    );
    assert!(!repo.read("dist/index.html").contains("Udehuset"));
    let repo = repo.without("protocols/hus");
    // An area without a protocol is an error, and its page is made all the same.
    repo.run(&["build", "--formats", "html,md"]).code(1);
    assert!(!repo.has("dist/hus"), "an emptied folder goes too");
    assert!(repo.has("dist/CNAME"));
}

#[test]
fn a_list_of_files_from_elsewhere_removes_nothing_outside_the_folder() {
    let repo = area().file("vigtigt.txt", "mit");
    let absolute = repo.path("vigtigt.txt").display().to_string();
    let list = serde_json::json!({
        "version": 1,
        "files": { "../vigtigt.txt": {}, (absolute): {}, "a/../../vigtigt.txt": {}, "": {} },
    });
    repo.write("dist/.rusprot.json", list.to_string());
    repo.run(&["build", "--formats", "html"]).code(0);
    assert_eq!(repo.read("vigtigt.txt"), "mit");
    repo.write("dist/.rusprot.json", "{ ikke json");
    repo.run(&["build", "--formats", "html"]).code(0);
}

#[test]
#[cfg(unix)]
fn a_second_build_rewrites_no_file_and_starts_no_typst() {
    let typst = typst_program();
    let repo = area().program(
        "typst",
        &format!("echo \"$1\" >> \"${{0%/*}}/kald\"\nexec '{typst}' \"$@\""),
    );
    let program = repo.path("typst").display().to_string();
    let repo = repo.env("RUSPROT_TYPST", program);
    repo.run(&["build"]).code(0);
    let calls = repo.read("kald");
    assert_eq!(
        calls.lines().filter(|call| *call == "compile").count(),
        4,
        "{calls}"
    );
    repo.write("kald", "");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for file in repo.files("dist") {
        let file = fs::File::options()
            .write(true)
            .open(repo.path("dist").join(file));
        file.and_then(|file| file.set_modified(long_ago))
            .expect("a file of ours");
    }
    repo.run(&["build"])
        .code(0)
        .stdout_has("0 filer skrevet, 11 filer uændret.");
    for file in repo.files("dist") {
        let changed = fs::metadata(repo.path("dist").join(&file)).and_then(|data| data.modified());
        assert_eq!(changed.expect("a time"), long_ago, "{file}");
    }
    assert_eq!(repo.read("kald"), "");
    let repo = repo.edited("protocols/ude/01-begyndelsen.toml", "kort", "langt");
    repo.run(&["build"])
        .code(0)
        .stdout_has("3 filer skrevet, 8 filer uændret.");
    assert_eq!(repo.read("kald").matches("compile").count(), 1);
    repo.write("kald", "");
    repo.write("dist/hus/protokol.pdf", "rettet i hånden");
    repo.run(&["build"])
        .code(0)
        .stdout_has("1 fil skrevet, 10 filer uændret.");
    assert!(
        repo.read_bytes("dist/hus/protokol.pdf")
            .starts_with(b"%PDF")
    );
}

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    typst_is_there();
    const ALL: [&str; 3] = ["build", "--formats", "html,md,pdf,json"];
    let first = area();
    first.run(&[&ALL[..], &["--jobs", "1"]].concat()).code(0);
    let second = area()
        .env("TZ", "Pacific/Kiritimati")
        .env("LANG", "tr_TR.UTF-8")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1")
        .env("TYPST_FONT_PATHS", "/")
        .standing_in("protocols/ude");
    second.run(&[&ALL[..], &["--jobs", "2"]].concat()).code(0);
    let [first, second] = [first, second].map(|repo| repo.tree("dist"));
    assert_eq!(first.len(), 14);
    assert!(first.keys().eq(second.keys()));
    for (file, bytes) in first {
        assert!(bytes == second[&file], "{file} differs");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_ends_with_two() {
    let repo = area().file("optaget", "Her ligger en fil.");
    repo.run(&["build", "--formats", "html", "--out", "optaget"])
        .code(2)
        .stdout_is("")
        .stderr_has("fejl: kan ikke ")
        .stderr_has("[repo]/optaget");
    assert_eq!(repo.read("optaget"), "Her ligger en fil.");
}

#[test]
#[cfg(unix)]
fn a_read_only_folder_is_named_and_ends_with_two() {
    use std::os::unix::fs::PermissionsExt;

    let repo = area().file("laast/note", "");
    let folder = repo.path("laast");
    let mode = |mode| fs::set_permissions(&folder, PermissionsExt::from_mode(mode));
    mode(0o555).expect("our own folder");
    if fs::write(folder.join("proeve"), "").is_ok() {
        // Whoever runs the tests may write anywhere, so there is nothing to see.
        return;
    }
    let run = repo.run(&["build", "--formats", "html", "--out", "laast"]);
    mode(0o755).expect("our own folder");
    run.code(2).stderr_has("[repo]/laast").stderr_has("årsag: ");
}

#[test]
fn variables_are_replaced_in_text_headings_cards_and_the_common_text() {
    let built = Built::hus();
    for page in [&built.html, &built.markdown, &built.json.to_string()] {
        assert!(!page.contains("{{"), "{page}");
    }
    for (place, text) in [
        ("own text, the area's", "MI og Dagbogen."),
        ("own text, the protocol's", "Et citat fra torsdagsmødet."),
        ("heading", "1.1 Mødet om Dagbogen"),
        ("card", "Skriv det i Dagbogen."),
        ("common text, built-in", "Vi i Huset følger"),
    ] {
        let text = packed(text);
        assert!(html_text(&built.html).contains(&text), "{place}");
        assert!(markdown_text(&built.markdown).contains(&text), "{place}");
        assert!(built.pdf.text().contains(&text), "{place}");
    }
}

#[test]
fn a_note_for_authors_and_the_guidance_are_in_no_output() {
    typst_is_there();
    let repo = area()
        .edited(
            "protocols/hus/02-kort.toml",
            "overskrift = 'Kortene'",
            "overskrift = 'Kortene'\nnote = 'Hemmelig bemærkning'",
        )
        .edited(
            "templates/proeve/skabelon.toml",
            "niveau = 'skal'\nobl",
            "niveau = 'skal'\nvejledning = 'Hemmelig vejledning'\nobl",
        );
    repo.run(&["build", "--formats", "html,md,json,pdf"])
        .code(0);
    for file in ["index.html", "protokol.md", "protokol.json"] {
        let page = repo.read(&format!("dist/hus/{file}"));
        assert!(!page.contains("Hemmelig"), "{file}");
    }
    let pdf = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf"));
    assert!(!pdf.text().contains("Hemmelig"));
    assert!(
        pages::parts(&serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON"))
            .count()
            > 4
    );
}

#[test]
fn a_fault_in_what_all_protocols_rest_on_leaves_every_page_as_it_was() {
    let repo = area();
    let build = ["build", "--formats", "html,md"];
    repo.run(&build).code(0);
    let before = repo.tree("dist/hus");
    repo.write(
        "rusprot.toml",
        "skabelon = \"findes-ikke\"\n[omraade]\nnavn = \"Prøve\"\n",
    );
    repo.run(&build)
        .code(1)
        .stderr_has("Der er ingen skabelon, der hedder »findes-ikke«");
    assert!(
        repo.tree("dist/hus") == before,
        "the pages of the former run"
    );
    repo.write(
        "rusprot.toml",
        "skabelon = \"socialpsykiatri\"\n[omraade]\norganisation = \"x\"\n",
    );
    repo.run(&build).code(1).stderr_has("RP004");
    assert!(
        repo.tree("dist/hus") == before,
        "the pages of the former run"
    );
}

#[test]
fn the_area_s_page_hides_a_personal_number_of_a_protocol_that_is_stopped() {
    // Made here, so that no number of this form lies in the files: born in 2050.
    let number = format!("{}-{}", "010150", 5004);
    let repo = Repo::minimal();
    let about = repo.read("protocols/lillebo/protokol.toml");
    let named = about.replacen("navn = \"", &format!("navn = \"{number} "), 1);
    assert_ne!(named, about);
    repo.write(
        "protocols/lillebo/protokol.toml",
        format!("{named}\n[omraade]\nnavn = \"Syd {number}\"\norganisation = \"By {number}\"\n"),
    );
    repo.run(&["build", "--draft", "--formats", "html"]).code(1);
    let page = repo.read("dist/index.html");
    assert!(!page.contains(&number), "{page}");
    assert!(page.contains("Syd xxxxxx-xxxx"), "{page}");
    assert!(page.contains("By xxxxxx-xxxx"), "{page}");
}

#[test]
fn two_areas_of_one_name_and_two_organisations_are_two_groups() {
    let repo = Repo::minimal();
    let about = repo.read("protocols/lillebo/protokol.toml");
    for (slug, organisation) in [("lillebo", "Nordkommunen"), ("storebo", "Sydkommunen")] {
        repo.write(
            &format!("protocols/{slug}/protokol.toml"),
            format!("{about}\n[omraade]\nnavn = \"Socialpsykiatrien\"\norganisation = \"{organisation}\"\n"),
        );
    }
    repo.run(&["build", "--draft", "--formats", "html"]).code(0);
    let page = repo.read("dist/index.html");
    assert!(page.contains("Nordkommunen"), "{page}");
    assert!(page.contains("Sydkommunen"), "{page}");
    assert!(
        page.contains("<title>Protokoller – Socialpsykiatrien</title>"),
        "{page}"
    );
}

#[test]
fn a_word_of_the_list_is_explained_and_led_from_once_in_each_part() {
    let section = |heading: &str| {
        format!(
            "overskrift = '{heading}'\ntekst = '''\nVi bruger MI her. MI er en samtale, og MI-kurset er for alle.\n'''\n"
        )
    };
    let repo = Repo::minimal()
        .edited(
            "rusprot.toml",
            "[omraade]",
            "[forkortelser]\nMI = 'motiverende interview'\n\n[omraade]",
        )
        .file("protocols/lillebo/09-et.toml", section("Et"))
        .file("protocols/lillebo/10-to.toml", section("To"));
    repo.run(&["build", "--draft", "--formats", "html"]).code(0);
    let page = repo.read("dist/lillebo/index.html");
    let explained = "Vi bruger <a class=\"word\" href=\"#rp-ordliste\"><abbr title=\"motiverende interview\">MI</abbr></a> her. MI er";
    assert_eq!(page.matches(explained).count(), 2);
    assert_eq!(page.matches("<abbr").count(), 2, "not in the list itself");
}

#[test]
fn what_belongs_to_a_number_stays_on_its_line_on_the_page_and_is_no_part_of_the_text() {
    let text = "overskrift = 'Et'\ntekst = '''\nKom i 1. kvartal til Åvej 12, og vent 2-3 timer. Skriv `1. kvartal`.\n'''\n";
    let repo = Repo::minimal().file("protocols/lillebo/09-et.toml", text);
    repo.run(&["build", "--draft", "--formats", "html,md,json"])
        .code(0);
    let page = repo.read("dist/lillebo/index.html");
    assert!(page.contains("Kom i 1.\u{a0}kvartal til Åvej\u{a0}12, og vent 2-3\u{a0}timer. Skriv <code>1. kvartal</code>."));
    let plain = "Kom i 1. kvartal til Åvej 12, og vent 2-3 timer. Skriv ";
    assert!(repo.read("dist/lillebo/protokol.json").contains(plain));
    assert!(repo.read("dist/lillebo/protokol.md").contains(plain));
}

#[test]
fn a_first_build_that_fails_says_that_there_are_no_pages_and_a_later_one_that_they_stand() {
    let repo = Repo::minimal();
    let section = repo.read("protocols/lillebo/01-hvad-er.toml");
    repo.write("protocols/lillebo/01-hvad-er.toml", "overskrift = \n");
    let first = repo.run(&["build", "--draft", "--formats", "html"]).code(1);
    assert!(
        first
            .stderr
            .contains("så der er ingen sider af dem endnu: lillebo."),
        "{}",
        first.stderr
    );
    assert!(
        !first.stderr.contains("tidligere sider"),
        "{}",
        first.stderr
    );
    repo.write("protocols/lillebo/01-hvad-er.toml", section);
    repo.run(&["build", "--draft", "--formats", "html"]).code(0);
    repo.write("protocols/lillebo/01-hvad-er.toml", "overskrift = \n");
    let later = repo.run(&["build", "--draft", "--formats", "html"]).code(1);
    assert!(
        later.stderr.contains("Deres tidligere sider står"),
        "{}",
        later.stderr
    );
}

#[test]
fn a_document_in_force_from_a_month_a_quarter_or_a_year_prints() {
    for (date, first) in [
        ("\"2031-05\"", "20310501"),
        ("\"2031-K2\"", "20310401"),
        ("2031", "20310101"),
    ] {
        let main = format!("[institution]\nnavn = 'Huset'\n[dokument]\ngaelder_fra = {date}\n");
        let repo = house_with_text("Vi hilser.").file("protocols/hus/protokol.toml", main);
        repo.run(&["build", "hus", "--draft", "--formats", "pdf"])
            .code(0);
        let pdf = repo.read_bytes("dist/hus/protokol.pdf");
        let said = format!("CreationDate(D:{first}");
        assert!(
            memchr::memmem::find(&pdf, said.as_bytes()).is_some(),
            "{date}"
        );
    }
}
