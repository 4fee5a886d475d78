//! `rusprot import`: documents made here, as Word, LibreOffice and people make them, and what becomes of them.
//!
//! Every sample is counted: what is in the document is in the protocol or in the list of what was left out. All
//! texts and people are invented.

mod damaged;

use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::Repo;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\"";

/// The smallest picture that every program shows.
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xDE\0\0\0\x0CIDATx\x9Cc\xF8\xCF\xC0\0\0\x03\x01\x01\0\xC9\xFE\x92\xEF\0\0\0\0IEND\xAEB`\x82";

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, bytes) in parts {
        writer.start_file(*name, options).expect("a new part");
        writer.write_all(bytes).expect("room in memory");
    }
    writer.finish().expect("a container").into_inner()
}

/// A document of Word, part by part.
#[derive(Default)]
struct Docx {
    body: String,
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl Docx {
    fn new() -> Self {
        Self::default()
    }

    fn body(mut self, xml: &str) -> Self {
        self.body.push_str(xml);
        self
    }

    /// A paragraph in a style.
    fn styled(self, style: &str, text: &str) -> Self {
        self.body(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>",
            run("", text)
        ))
    }

    /// A paragraph whose letters have these properties.
    fn looks(self, properties: &str, text: &str) -> Self {
        self.body(&format!("<w:p>{}</w:p>", run(properties, text)))
    }

    fn text(self, text: &str) -> Self {
        self.looks("", text)
    }

    /// A part with what it holds, known to the document by an id.
    fn part(mut self, name: &str, kind: &str, id: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.push((format!("word/{name}"), content.into()));
        self.relations.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{name}\"/>"
        ));
        self
    }

    fn styles(self, styles: &str) -> Self {
        let xml = format!("<w:styles {NAMESPACES}>{styles}</w:styles>");
        self.part("styles.xml", "styles", "rStyles", xml)
    }

    fn bytes(&self) -> Vec<u8> {
        let relations = |inner: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
            )
        };
        let root = relations(
            "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
        );
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {NAMESPACES}><w:body>{}</w:body></w:document>",
            self.body
        );
        let own = relations(&self.relations);
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("_rels/.rels", root.as_bytes()),
            ("word/document.xml", document.as_bytes()),
            ("word/_rels/document.xml.rels", own.as_bytes()),
        ];
        parts.extend(
            self.parts
                .iter()
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
        );
        zipped(&parts)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn run(properties: &str, text: &str) -> String {
    let pieces: Vec<String> = text
        .split('\t')
        .map(|piece| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(piece)))
        .collect();
    format!(
        "<w:r><w:rPr>{properties}</w:rPr>{}</w:r>",
        pieces.join("<w:tab/>")
    )
}

fn style(id: &str, name: &str) -> String {
    format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>")
}

/// An area with nothing in it yet.
fn area() -> Repo {
    Repo::new().file(
        "rusprot.toml",
        "skabelon = \"socialpsykiatri\"\n\n[omraade]\nnavn = \"Området ved Sundet\"\n",
    )
}

/// Words as people count them.
fn count(text: &str) -> usize {
    let words = text.split_whitespace();
    words
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// Imports a document into `lindehoej`, and holds that the count adds up; `written` is what stands in the document.
fn imported(repo: &Repo, name: &str, bytes: &[u8], written: &str) -> Value {
    repo.write(name, bytes);
    let run = repo.run(&[
        "import",
        name,
        "--into",
        "lindehoej",
        "--yes",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    assert_eq!(run.exit(), Some(0), "{run:?}");
    let words = &report["words"];
    let number = |key: &str| words[key].as_u64().expect("a number");
    assert_eq!(words["missing"], serde_json::json!([]), "{report:#}");
    assert_eq!(words["surplus"], serde_json::json!([]), "{report:#}");
    assert_eq!(
        number("source"),
        number("placed") + number("left"),
        "{report:#}"
    );
    assert_eq!(number("source"), count(written) as u64, "{report:#}");
    report
}

/// The headings of a report: the file, the heading and its level.
fn headings(report: &Value) -> Vec<String> {
    let headings = report["headings"].as_array().expect("a list");
    let text = |one: &Value, key: &str| one[key].as_str().expect("a text").to_owned();
    headings
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one["level"],
                text(one, "kind"),
                text(one, "heading")
            )
        })
        .collect()
}

fn section(repo: &Repo, path: &str) -> toml::Table {
    let text = repo.read(&format!("protocols/lindehoej/{path}"));
    text.parse()
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

const EXPECTED: [&str; 5] = [
    "1 answers Hvad er en rusmiddelprotokol?",
    "1 answers Botilbuddets retningslinjer omkring rusmidler",
    "2 local Ro om natten",
    "1 local Vores hverdag",
    "1 appendix Husorden",
];

#[test]
fn headings_by_english_and_danish_styles_land_alike() {
    for (one, two, title) in [
        (
            ("Heading1", "heading 1"),
            ("Heading2", "heading 2"),
            ("Title", "Title"),
        ),
        (
            ("Overskrift1", "Overskrift 1"),
            ("Overskrift2", "Overskrift 2"),
            ("Titel", "Titel"),
        ),
    ] {
        let styles = [one, two, title].map(|(id, name)| style(id, name)).concat();
        let docx = Docx::new()
            .styles(&styles)
            .styled(title.0, "Rusmiddelprotokol Bostedet Lindehøj")
            .styled(one.0, "Hvad er en rusmiddelprotokol?")
            .text("Vi har skrevet den sammen.")
            .styled(one.0, "Botilbuddets retningslinjer omkring rusmidler")
            .styled(two.0, "Ro om natten")
            .text("Vi dæmper lyden.")
            .styled(one.0, "Vores hverdag")
            .text("Vi spiser sammen.")
            .styled(one.0, "Bilag 3: Husorden")
            .text("Vi har aftalt det på beboermødet.");
        let written = "Rusmiddelprotokol Bostedet Lindehøj Hvad er en rusmiddelprotokol? Vi har skrevet den sammen. \
            Botilbuddets retningslinjer omkring rusmidler Ro om natten Vi dæmper lyden. Vores hverdag Vi spiser sammen. \
            Bilag 3: Husorden Vi har aftalt det på beboermødet.";
        let repo = area();
        let report = imported(&repo, "p.docx", &docx.bytes(), written);
        assert_eq!(headings(&report), EXPECTED);
        assert_eq!(report["institution"], "Bostedet Lindehøj");
        assert!(repo.has("protocols/lindehoej/01-hvad-er.toml"));
        assert!(repo.has("protocols/lindehoej/bilag/1-husorden.toml"));
        repo.run(&["check", "lindehoej", "--draft"]).code(0);
    }
}

#[test]
fn headings_without_styles_are_known_by_bold_size_numbers_and_capitals() {
    let bold = "<w:b/>";
    let large = "<w:b/><w:sz w:val=\"32\"/>";
    let written = "Hvad er en rusmiddelprotokol? Vi har skrevet den sammen. \
        Botilbuddets retningslinjer omkring rusmidler Ro om natten Vi dæmper lyden. Vores hverdag Vi spiser sammen. \
        Bilag 3: Husorden Vi har aftalt det på beboermødet.";
    let by_size = [("", large), ("", bold)];
    let by_number = [("{n}. ", bold), ("{n}.1 ", bold)];
    let by_number_alone = [("{n}. ", ""), ("{n}.1 ", "")];
    for [(top, top_looks), (sub, sub_looks)] in [by_size, by_number, by_number_alone] {
        let number = |pattern: &str, number: usize| pattern.replace("{n}", &number.to_string());
        let docx = Docx::new()
            .looks(
                top_looks,
                &format!("{}Hvad er en rusmiddelprotokol?", number(top, 1)),
            )
            .text("Vi har skrevet den sammen.")
            .looks(
                top_looks,
                &format!(
                    "{}Botilbuddets retningslinjer omkring rusmidler",
                    number(top, 2)
                ),
            )
            .looks(sub_looks, &format!("{}Ro om natten", number(sub, 2)))
            .text("Vi dæmper lyden.")
            .looks(top_looks, &format!("{}Vores hverdag", number(top, 3)))
            .text("Vi spiser sammen.")
            .looks(top_looks, "Bilag 3: Husorden")
            .text("Vi har aftalt det på beboermødet.");
        let numbers = if top.is_empty() { "" } else { " 1. 2. 2.1 3." };
        let report = imported(
            &area(),
            "p.docx",
            &docx.bytes(),
            &format!("{written}{numbers}"),
        );
        assert_eq!(headings(&report), EXPECTED, "{top:?}");
    }
    let capitals = Docx::new()
        .text("HVAD ER EN RUSMIDDELPROTOKOL?")
        .text("Vi har skrevet den sammen.")
        .text("VORES HVERDAG")
        .text("Vi spiser sammen.");
    let written =
        "HVAD ER EN RUSMIDDELPROTOKOL? Vi har skrevet den sammen. VORES HVERDAG Vi spiser sammen.";
    let report = imported(&area(), "p.docx", &capitals.bytes(), written);
    assert_eq!(
        headings(&report),
        [
            "1 answers Hvad er en rusmiddelprotokol?",
            "1 local VORES HVERDAG"
        ]
    );
}

#[test]
fn a_form_of_two_columns_is_read_row_by_row() {
    let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run("", text));
    let row = |left: &str, right: &str| format!("<w:tr>{}{}</w:tr>", cell(left), cell(right));
    let docx = Docx::new().body(&format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row("Emne", "Beskrivelse"),
        row(
            "Hvad er en rusmiddelprotokol?",
            "Vi har skrevet den sammen med beboerne."
        ),
        row(
            "Gæster/udefrakommende borgere på matriklen",
            "Gæster er velkomne, når beboeren er hjemme."
        ),
    ));
    let written = "Emne Beskrivelse Hvad er en rusmiddelprotokol? Vi har skrevet den sammen med beboerne. \
        Gæster/udefrakommende borgere på matriklen Gæster er velkomne, når beboeren er hjemme.";
    let repo = area();
    let report = imported(&repo, "p.docx", &docx.bytes(), written);
    assert_eq!(
        headings(&report),
        [
            "1 answers Hvad er en rusmiddelprotokol?",
            "1 answers Gæster/udefrakommende borgere på matriklen"
        ]
    );
    let guests = section(&repo, "02-gaester.toml");
    assert_eq!(
        guests["tekst"].as_str(),
        Some("Gæster er velkomne, når beboeren er hjemme.\n")
    );
}

const LISTS: &str = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";

fn item(level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
        run("", text)
    )
}

#[test]
fn lists_within_lists_merged_cells_links_and_emphasis_keep_their_kind() {
    let numbering = format!("<w:numbering {NAMESPACES}>{LISTS}</w:numbering>");
    let table = format!(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
        run("<w:b/>", "Vagt"),
        run("<w:b/>", "Tid"),
        run("", "Dag"),
        run("", "To"),
        run("", "7–15 | 15–23"),
    );
    let mut docx = Docx::new()
        .styles(&style("Heading1", "heading 1"))
        .part("numbering.xml", "numbering", "rNum", numbering)
        .styled("Heading1", "Vores hverdag")
        .body(&item(0, "Ring til vagten"))
        .body(&item(1, "om dagen"))
        .body(&item(1, "om natten"))
        .body(&item(0, "Vent"))
        .body(&table)
        .body(&format!(
            "<w:p>{}{}{}<w:hyperlink r:id=\"rLink\">{}</w:hyperlink>{}</w:p>",
            run("", "Det er "),
            run("<w:b/>", "meget "),
            run("<w:i/>", "vigtigt"),
            run("", "Sundhedsstyrelsen"),
            run("", " siger det."),
        ));
    docx.relations.push_str(
        "<Relationship Id=\"rLink\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
         Target=\"https://www.sst.dk/\" TargetMode=\"External\"/>",
    );
    let written = "Vores hverdag Ring til vagten om dagen om natten Vent Vagt Tid Dag To 7–15 | 15–23 Det er meget vigtigt\
        Sundhedsstyrelsen siger det.";
    let repo = area();
    let report = imported(&repo, "p.docx", &docx.bytes(), written);
    assert_eq!(report["kept"]["tables"], 1);
    assert_eq!(
        section(&repo, "01-vores-hverdag.toml")["tekst"].as_str(),
        Some(
            "1. Ring til vagten\n   - om dagen\n   - om natten\n2. Vent\n\n| Vagt |  | Tid |\n|---|---|---|\n\
             | Dag | To | 7–15 \\| 15–23 |\n\nDet er **meget** *vigtigt*[Sundhedsstyrelsen](https://www.sst.dk/) siger det.\n"
        )
    );
    repo.run(&["check", "lindehoej", "--draft", "--format", "short"])
        .stdout_lacks("RP00");
}

/// A control of Word with its own words, where nobody has filled it in.
fn unfilled(content: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
}

/// An old field of a form with its result.
fn old_field(kind: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}<w:r><w:instrText> {kind} </w:instrText></w:r>{}{}{}",
        mark("begin"),
        mark("separate"),
        run("", result),
        mark("end")
    )
}

#[test]
fn a_form_of_word_becomes_fields_and_nothing_of_its_help_is_text() {
    let row = |label: &str, answer: &str| {
        format!(
            "<w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc>{answer}</w:tc></w:tr>",
            run("", label)
        )
    };
    let paragraph = |content: &str| format!("<w:p>{content}</w:p>");
    let rows = [
        row("Navn", "<w:p/>"),
        row(
            "Dato",
            &unfilled(&paragraph(&run("", "Klik her for at vælge"))),
        ),
        row("Jeg siger ja", &paragraph(&run("", "☐ Ja ☐ Nej"))),
        row(
            "Telefon",
            &paragraph(&old_field("FORMTEXT", "\u{2002}\u{2002}\u{2002}")),
        ),
        row(
            "Har set husorden",
            &paragraph(&(old_field("FORMCHECKBOX", "") + &run("", " Ja"))),
        ),
    ];
    let docx = Docx::new()
        .styles(&style("Heading1", "heading 1"))
        .styled("Heading1", "Bilag 1: Samarbejdsaftale")
        .body(&format!("<w:tbl>{}</w:tbl>", rows.concat()));
    let repo = area();
    let report = imported(
        &repo,
        "p.docx",
        &docx.bytes(),
        "Bilag 1: Samarbejdsaftale Navn Dato Klik her for at vælge Jeg siger ja Ja Nej Telefon Har set husorden Ja",
    );
    let section = section(&repo, "bilag/1-samarbejdsaftale.toml");
    let fields = section["felt"].as_array().expect("fields");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|field| {
            let text = |key: &str| field.get(key).and_then(toml::Value::as_str);
            (
                text("navn").expect("a name"),
                text("type").unwrap_or("tekst"),
            )
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("Navn", "tekst"),
            ("Dato", "dato"),
            ("Jeg siger ja: Ja", "afkrydsning"),
            ("Nej", "afkrydsning"),
            ("Telefon", "tekst"),
            ("Har set husorden: Ja", "afkrydsning"),
        ]
    );
    assert!(report.to_string().contains("\"blank\""), "{report:#}");
}

#[test]
fn what_only_looks_makes_lists_columns_pages_and_lines_is_kept_apart() {
    let cell = |texts: &[&str]| {
        let texts: String = texts
            .iter()
            .map(|text| format!("<w:p>{}</w:p>", run("", text)))
            .collect();
        format!("<w:tc>{texts}</w:tc>")
    };
    let columns = cell(&["Om dagen er vi to.", "Døren er åben."])
        + &cell(&["Om natten er vi én.", "- sov", "- hvil"]);
    let docx = Docx::new()
        .styles(&(style("Heading1", "heading 1") + &style("ListNumber", "List Number")))
        .styled("Heading1", "Vores hverdag")
        .styled("ListNumber", "Ring til vagten")
        .styled("ListNumber", "Vent på svar")
        .text("Så er der ro.")
        .styled("ListNumber", "Skriv det ned")
        .body(&format!("<w:tbl><w:tr>{columns}</w:tr></w:tbl>"))
        .body(&format!(
            "<w:p>{}<w:r><w:br w:type=\"page\"/></w:r>{}</w:p>",
            run("", "På den ene side"),
            run("", "og på den anden!")
        ))
        .looks("<w:b/>", "Husk:")
        .body(&item(0, "nøgler"))
        .body(&item(0, "telefon"))
        .text("Side 3 af 12");
    let numbering = format!("<w:numbering {NAMESPACES}>{LISTS}</w:numbering>");
    let docx = docx.part("numbering.xml", "numbering", "rNum", numbering);
    let repo = area();
    imported(
        &repo,
        "p.docx",
        &docx.bytes(),
        "Vores hverdag Ring til vagten Vent på svar Så er der ro. Skriv det ned Om dagen er vi to. Døren er åben. Om natten er vi \
         én. - sov - hvil På den ene side og på den anden! Husk: nøgler telefon Side 3 af 12",
    );
    assert_eq!(
        section(&repo, "01-vores-hverdag.toml")["tekst"].as_str(),
        Some(
            "1. Ring til vagten\n2. Vent på svar\n\nSå er der ro.\n\n1. Skriv det ned\n\nOm dagen er vi to.\n\nDøren er åben.\n\n\
             Om natten er vi én.\n\n- sov\n- hvil\n\nPå den ene side\\\nog på den anden!\n\n**Husk:**\n\n1. nøgler\n2. telefon\n"
        )
    );
}

#[test]
fn a_question_under_a_heading_of_its_own_is_one_of_the_row() {
    let docx = Docx::new()
        .styles(&style("Heading1", "heading 1"))
        .styled("Heading1", "Bilag 1: Spørgsmål til samtalen")
        .text("1. Hvad er en god dag?")
        .text("2. Hvordan sover du?")
        .looks("<w:b/>", "Dine drømme")
        .text("3. Hvad drømmer du om?");
    let repo = area();
    let written = "Bilag 1: Spørgsmål til samtalen 1. Hvad er en god dag? 2. Hvordan sover du? Dine drømme 3. Hvad drømmer du om?";
    imported(&repo, "p.docx", &docx.bytes(), written);
    let appendix = section(&repo, "bilag/1-spoergsmaal-til-samtalen.toml");
    let asked = &appendix["afsnit"][0]["gruppe"][0]["punkter"][0];
    assert_eq!(asked.as_str(), Some("Hvad drømmer du om?"));
}

/// A document with one of everything that stands beside running text.
fn one_of_everything() -> Docx {
    let note = |kind: &str, text: &str| {
        format!(
            "<w:{kind}s {NAMESPACES}><w:{kind} w:id=\"0\" w:type=\"separator\"><w:p/></w:{kind}><w:{kind} w:id=\"2\"><w:p>{}</w:p></w:{kind}></w:{kind}s>",
            run("", text)
        )
    };
    let text_box = |text: &str| {
        format!(
            "<w:txbxContent><w:p>{}</w:p></w:txbxContent>",
            run("", text)
        )
    };
    let twice = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{0}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        text_box("Ring altid 112 ved fare.")
    );
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            run("", result)
        )
    };
    Docx::new()
        .styles(&style("Heading1", "heading 1"))
        .part("footnotes.xml", "footnotes", "rFoot", note("footnote", "Se lov om social service."))
        .part("endnotes.xml", "endnotes", "rEnd", note("endnote", "Skrevet på mødet."))
        .part(
            "comments.xml",
            "comments",
            "rCom",
            format!("<w:comments {NAMESPACES}><w:comment w:id=\"7\" w:author=\"Navn\"><w:p>{}</w:p></w:comment></w:comments>", run("", "Spørg mødet først.")),
        )
        .part("header1.xml", "header", "rHead", format!("<w:hdr {NAMESPACES}><w:p>{}</w:p></w:hdr>", run("", "Fortroligt udkast")))
        .part("media/a.png", "image", "rPic", PNG)
        .body(&format!("<w:p>{}</w:p>", field("TOC \\o", "Indhold af det hele")))
        .styled("Heading1", "Vores hverdag")
        .body(&format!(
            "<w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}<w:r><w:endnoteReference w:id=\"2\"/><w:commentReference w:id=\"7\"/></w:r></w:p>",
            run("", "Vi spiser sammen"),
            run("", " hver dag.")
        ))
        .body(&twice)
        .body(
            "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"x\" descr=\"Et rødt hus\"/>\
             <a:graphic><a:blip r:embed=\"rPic\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>",
        )
        .body(&format!(
            "<w:p>{}<w:del w:id=\"1\" w:author=\"Navn\"><w:r><w:delText>andet </w:delText></w:r></w:del><w:ins w:id=\"2\">{}</w:ins>{}</w:p>",
            run("", "Vi ser den igennem hvert "),
            run("", "eneste "),
            run("", "år.")
        ))
        .body(&format!("<w:p>{}{}</w:p>", run("", "Se "), field("REF x", "Fejl! Bogmærke er ikke defineret.")))
        .body(&format!("<w:p>{}</w:p>", run("<w:vanish/>", "hemmeligt")))
}

#[test]
fn notes_comments_boxes_pictures_fields_and_tracked_changes_are_placed_or_listed() {
    let written = "Indhold af det hele Vores hverdag Vi spiser sammen hver dag. Se lov om social service. Skrevet på mødet. \
        Spørg mødet først. Fortroligt udkast Ring altid 112 ved fare. Et rødt hus Vi ser den igennem hvert andet eneste år. \
        Se Fejl! Bogmærke er ikke defineret. hemmeligt";
    let repo = area();
    let report = imported(&repo, "p.docx", &one_of_everything().bytes(), written);
    let reasons: Vec<&str> = report["words"]["left_out"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|left| left["reason"].as_str().expect("a text"))
        .collect();
    for reason in ["contents", "header", "deleted", "broken-field", "hidden"] {
        assert!(reasons.contains(&reason), "{reason}: {reasons:?}");
    }
    let hverdag = section(&repo, "01-vores-hverdag.toml");
    assert_eq!(
        hverdag["tekst"].as_str(),
        Some(
            "Vi spiser sammen[^1] hver dag.[^2]\n\n> Ring altid 112 ved fare.\n\n![Et rødt hus](billeder/1-et-roedt-hus.png)\n\n\
             Vi ser den igennem hvert eneste år.\n\nSe\n\n[^1]: Se lov om social service.\n\n[^2]: Skrevet på mødet.\n"
        )
    );
    assert_eq!(hverdag["note"].as_str(), Some("Spørg mødet først.\n"));
    assert_eq!(
        repo.read_bytes("protocols/lindehoej/billeder/1-et-roedt-hus.png"),
        PNG
    );
    let told = report["told"].to_string();
    assert!(
        told.contains("»andet«") && told.contains("»eneste«"),
        "{told}"
    );
    for file in repo.files("protocols") {
        assert!(
            !repo
                .read_bytes(&format!("protocols/{file}"))
                .windows(4)
                .any(|four| four == b"Navn"),
            "{file}"
        );
    }
}

#[test]
fn what_people_type_becomes_what_they_meant() {
    let text = "1. Vores hverdag\n\nHusk:\n\n•\tnøgle\n•\ttelefon\n\na) ring\nb) vent\n\nDag\tTid\nMandag\t9–15\n\n\
        2. Bilag\n\nBilag 1: Husorden\n\nVi har aftalt:\n\n- Ro efter kl. 22.\n- Ryg ude. Se bilag 2.\n\n\
        Bilag 2: Aftale\n\nDet hjælper mig: ____________\nBorger: __________ Dato: _______\n\n\
        Bilag 3: Samtaleguide\n\nDin hverdag:\n\n1. Hvad er en god dag?\n2. Hvordan sover du?\n";
    let repo = area();
    let report = imported(&repo, "p.txt", text.as_bytes(), text);
    let hverdag = section(&repo, "01-vores-hverdag.toml");
    assert_eq!(
        hverdag["tekst"].as_str(),
        Some(
            "Husk:\n\n- nøgle\n- telefon\n\n1. ring\n2. vent\n\n| Dag | Tid |\n|---|---|\n| Mandag | 9–15 |\n"
        )
    );
    let house = section(&repo, "bilag/1-husorden.toml");
    assert_eq!(
        house["regel"][1]["tekst"].as_str(),
        Some("Ryg ude. Se [](bilag:aftale).\n")
    );
    let agreement = section(&repo, "bilag/2-aftale.toml");
    assert_eq!(
        agreement["felt"][0]["navn"].as_str(),
        Some("Det hjælper mig")
    );
    assert_eq!(
        agreement["underskrift"]["roller"][0].as_str(),
        Some("Borger")
    );
    let guide = section(&repo, "bilag/3-samtaleguide.toml");
    assert_eq!(guide["gruppe"][0]["navn"].as_str(), Some("Din hverdag"));
    assert_eq!(report["kept"]["questions"], 2);
    repo.run(&["check", "lindehoej", "--draft", "--format", "short"])
        .stdout_lacks("RP20");
}

#[test]
fn web_pages_and_markdown_are_read_as_documents() {
    let html = "<!DOCTYPE html><html><head><title>Rusmiddelprotokol</title><style>p {}</style></head><body>\
        <h1>Hvad er en rusmiddelprotokol?</h1><p>Vi har skrevet den <b>sammen</b>.<a href=\"#_ftn1\" name=\"_ftnref1\"><sup>[1]</sup></a></p>\
        <h1>Vores hverdag</h1><ul><li>ring<ul><li>straks</li></ul></li><li><p>vent</p></li></ul>\
        <table><tr><th>Dag</th><th>Tid</th></tr><tr><td>Mandag</td><td>9</td></tr></table>\
        <div id=\"ftn1\"><p><a href=\"#_ftnref1\">[1]</a> På mødet.</p></div></body></html>";
    let written = "Rusmiddelprotokol Hvad er en rusmiddelprotokol? Vi har skrevet den sammen. Vores hverdag ring straks vent \
        Dag Tid Mandag 9 På mødet.";
    let markdown = "# Hvad er en rusmiddelprotokol?\n\nVi har skrevet den **sammen**.[^1]\n\n# Vores hverdag\n\n- ring\n  - straks\n- vent\n\n\
        | Dag | Tid |\n|---|---|\n| Mandag | 9 |\n\n[^1]: På mødet.\n";
    for (name, text, written) in [
        ("p.html", html, written),
        ("p.md", markdown, &written["Rusmiddelprotokol ".len()..]),
    ] {
        let repo = area();
        imported(&repo, name, text.as_bytes(), written);
        assert_eq!(
            section(&repo, "01-hvad-er.toml")["tekst"].as_str(),
            Some("Vi har skrevet den **sammen**.[^1]\n\n[^1]: På mødet.\n"),
            "{name}"
        );
        assert_eq!(
            section(&repo, "02-vores-hverdag.toml")["tekst"].as_str(),
            Some("- ring\n  - straks\n- vent\n\n| Dag | Tid |\n|---|---|\n| Mandag | 9 |\n"),
            "{name}"
        );
    }
}

#[test]
fn a_document_of_libreoffice_is_read() {
    let names = [
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        (
            "fo",
            "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        ),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let names: String = names
        .iter()
        .map(|(prefix, name)| format!(" xmlns:{prefix}=\"{name}\""))
        .collect();
    let content = format!(
        "<office:document-content{names}><office:automatic-styles>\
         <style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/>\
         <text:list-level-style-bullet text:level=\"2\"/></text:list-style></office:automatic-styles><office:body><office:text>\
         <text:tracked-changes><text:changed-region><text:deletion><text:p>gammelt</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:table-of-content><text:index-body><text:p>Vores hverdag<text:tab/>1</text:p></text:index-body></text:table-of-content>\
         <text:h text:outline-level=\"1\">Vores hverdag</text:h>\
         <text:p>Vi spiser <text:span text:style-name=\"T1\">sammen</text:span><text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>\
         <text:note-body><text:p>Hver dag.</text:p></text:note-body></text:note>.<office:annotation><dc:creator>Navn</dc:creator><text:p>Spørg først.</text:p></office:annotation></text:p>\
         <text:list text:style-name=\"L1\"><text:list-item><text:p>Ring</text:p><text:list><text:list-item><text:p>straks</text:p></text:list-item></text:list></text:list-item>\
         <text:list-item><text:p>Vent</text:p></text:list-item></text:list>\
         <table:table><table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>Tider</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
         <table:table-row><table:table-cell><text:p>Mandag</text:p></table:table-cell><table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table>\
         </office:text></office:body></office:document-content>"
    );
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    let written = "gammelt Vores hverdag 1 Vores hverdag Vi spiser sammen. Hver dag. Spørg først. Ring straks Vent Tider Mandag 9";
    let repo = area();
    imported(&repo, "p.odt", &bytes, written);
    let hverdag = section(&repo, "01-vores-hverdag.toml");
    assert_eq!(
        hverdag["tekst"].as_str(),
        Some(
            "Vi spiser **sammen**[^1].\n\n1. Ring\n   - straks\n2. Vent\n\n| Tider |  |\n|---|---|\n| Mandag | 9 |\n\n[^1]: Hver dag.\n"
        )
    );
    assert_eq!(hverdag["note"].as_str(), Some("Spørg først.\n"));
}

#[test]
fn what_stands_in_a_shape_of_libreoffice_is_read_whole() {
    let names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
        xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" \
        xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\"";
    let inside = "<text:p>Ring altid til vagten.</text:p><text:list><text:list-item><text:p>Tag jakke på</text:p>\
        </text:list-item><text:list-item><text:p>Tag nøgler med</text:p></text:list-item></text:list>";
    let content = format!(
        "<office:document-content {names}><office:body><office:text><text:h text:outline-level=\"1\">Vores hverdag</text:h>\
         <text:p>Før<draw:custom-shape>{inside}</draw:custom-shape></text:p>\
         <text:p>Efter<draw:rect><text:p>En kasse for sig.</text:p></draw:rect></text:p>\
         <text:p>Navn: <loext:content-control loext:showing-place-holder=\"true\">Klik her</loext:content-control></text:p>\
         </office:text></office:body></office:document-content>"
    );
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    let written = "Vores hverdag Før Ring altid til vagten. Tag jakke på Tag nøgler med Efter En kasse for sig. Navn: Klik her";
    let repo = area();
    imported(&repo, "p.odt", &bytes, written);
    let section = section(&repo, "01-vores-hverdag.toml");
    assert_eq!(
        section["tekst"].as_str(),
        Some(
            "Før\n\n> Ring altid til vagten.\n>\n> - Tag jakke på\n> - Tag nøgler med\n\nEfter\n\n> En kasse for sig.\n"
        )
    );
    assert_eq!(section["felt"][0]["navn"].as_str(), Some("Navn"));
}

#[test]
fn numbers_without_a_sign_titles_said_twice_and_boxes_in_lists_are_what_they_are() {
    let html = "<html><head><title>Protokol</title></head><body><h1>Rusmiddelprotokol</h1>\
        <h2>1 Hvad er en rusmiddelprotokol?</h2><p>Vi har skrevet den.</p><h2>2 Vores hverdag</h2>\
        <ul><li><input type=\"checkbox\" checked> lås døren</li><li><input type=\"checkbox\"> sluk lyset</li></ul>\
        <h3>7 gode råd</h3><p>Sov godt.</p></body></html>";
    let written = "Protokol Rusmiddelprotokol 1 Hvad er en rusmiddelprotokol? Vi har skrevet den. 2 Vores hverdag lås døren \
        sluk lyset 7 gode råd Sov godt.";
    let repo = area();
    let report = imported(&repo, "p.html", html.as_bytes(), written);
    // A seven that nothing leads to makes the row none, but what the skabelon asks for is known all the same.
    assert_eq!(
        headings(&report),
        [
            "1 answers Hvad er en rusmiddelprotokol?",
            "1 local 2 Vores hverdag",
            "2 local 7 gode råd"
        ]
    );
    let other = html.replace("7 gode råd", "Gode råd");
    let repo = area();
    let report = imported(
        &repo,
        "p.html",
        other.as_bytes(),
        &written.replace("7 gode", "Gode"),
    );
    assert_eq!(
        headings(&report),
        [
            "1 answers Hvad er en rusmiddelprotokol?",
            "1 local Vores hverdag",
            "2 local Gode råd"
        ]
    );
    assert_eq!(
        section(&repo, "02-vores-hverdag.toml")["tekst"].as_str(),
        Some("- [x] lås døren\n- [ ] sluk lyset\n")
    );
}

#[test]
fn the_common_text_and_the_guidance_are_left_out_and_deviations_shown() {
    let skabelon = "navn = \"Prøve\"\ndokumenttype = \"Rusmiddelprotokol\"\nversion = \"1\"\n\n[[krav]]\nid = \"maal\"\noverskrift = \"Vores mål\"\n\
        niveau = \"skal\"\nvejledning = \"Skriv, hvad I vil nå sammen.\"\nobligatorisk = '''\n\
        Vi hjælper hinanden, når det er svært, og vi taler sammen om det hver eneste uge hele året.\n'''\n";
    let repo = area()
        .file("templates/proeve/skabelon.toml", skabelon)
        .edited("rusprot.toml", "socialpsykiatri", "proeve");
    let text = "# Vores mål\n\nSkriv, hvad I vil nå sammen.\n\n\
        Vi hjælper hinanden, når det er svært, og vi taler sammen om det hver eneste måned hele året.\n\nVi vil grine mere.\n";
    let report = imported(&repo, "p.md", text.as_bytes(), text);
    assert_eq!(
        section(&repo, "01-maal.toml")["tekst"].as_str(),
        Some("Vi vil grine mere.\n")
    );
    assert!(
        report["told"].to_string().contains("»−uge« »+måned«"),
        "{report:#}"
    );
}

#[test]
fn a_personal_number_stops_the_import_unless_it_is_hidden() {
    let number = format!("0102{}-1234", 40);
    let docx = Docx::new().body(&format!(
        "<w:p>{}</w:p><w:p>{}{}</w:p>",
        run("<w:b/>", "Vores hverdag"),
        run("", &format!("Ring til ham: {}", &number[..4])),
        run("<w:b/>", &number[4..])
    ));
    let repo = area();
    repo.write("p.docx", docx.bytes());
    repo.run(&["import", "p.docx", "--into", "lindehoej"])
        .code(1)
        .stdout_is("")
        .stderr_has("personnummer")
        .stderr_has("xxxxxx-xxxx")
        .stderr_lacks(&number[..6]);
    assert!(!repo.has("protocols"));
    repo.run(&["import", "p.docx", "--into", "lindehoej", "--mask"])
        .code(0);
    let text = repo.read("protocols/lindehoej/01-vores-hverdag.toml");
    assert!(text.contains("xxxx**xx-xxxx**"), "{text}");
    for file in repo.files("protocols") {
        assert!(
            !String::from_utf8_lossy(&repo.read_bytes(&format!("protocols/{file}")))
                .contains(&number[..6])
        );
    }
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_is_written() {
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let whole = Docx::new().text("Hej med jer.").bytes();
    let deep = format!(
        "<w:document {NAMESPACES}>{}</w:document>",
        "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300)
    );
    for (name, bytes, said) in [
        (
            "p.docx",
            [ole, utf16("EncryptedPackage").as_slice()].concat(),
            "adgangskode",
        ),
        (
            "p.doc",
            [ole, utf16("WordDocument").as_slice()].concat(),
            "gammel udgave af Word",
        ),
        ("p.rtf", b"{\\rtf1 hej}".to_vec(), "RTF"),
        ("p.pages", zipped(&[("Index/Document.iwa", b"x")]), "Pages"),
        (
            "p.xlsx",
            zipped(&[("xl/workbook.xml", b"<a/>")]),
            "regneark",
        ),
        (
            "p.odt",
            zipped(&[
                ("META-INF/manifest.xml", b"<a>encryption-data</a>"),
                ("content.xml", b"x"),
            ]),
            "adgangskode",
        ),
        ("p.docx", whole[..whole.len() / 2].to_vec(), "ødelagt"),
        (
            "p.docx",
            zipped(&[("word/document.xml", deep.as_bytes())]),
            "pakket ud",
        ),
        (
            "p.docx",
            zipped(&[("word/document.xml", b"<w:document")]),
            "ødelagt",
        ),
        ("p.pdf", b"%PDF-1.7 ingenting".to_vec(), "ødelagt"),
        ("p.docx", Docx::new().text(" ").bytes(), "ingen tekst"),
        ("p.txt", b"\x81\x8D\x8F".to_vec(), "tegnsæt"),
        ("~$p.docx", b"x".to_vec(), "Luk det i Word"),
    ] {
        let repo = area().file(name, &bytes);
        let run = repo.run(&["import", name, "--into", "lindehoej"]);
        assert_eq!(run.exit(), Some(2), "{name} {said}: {run:?}");
        run.stderr_has(said);
        assert!(!repo.has("protocols"), "{name}");
    }
    area()
        .run(&["import", "findes-ikke.docx"])
        .code(2)
        .stderr_has("ikke noget dokument");
}

#[test]
fn a_near_heading_is_proposed_and_taken_only_when_somebody_says_so() {
    let text =
        "# Risikovurdering ved sammenkomster i borgerens egen bolig\n\nVi taler om det først.\n";
    let repo = area().file("p.md", text);
    repo.run(&["import", "p.md", "--into", "lindehoej", "--dry-run"])
        .code(0)
        .stdout_has("ligner »Risikovurderinger ved sammenkomster i borgerens egen bolig«")
        .stdout_has("Intet er skrevet");
    assert!(!repo.has("protocols"));
    repo.run(&["import", "p.md", "--into", "lindehoej"]).code(0);
    let local = "protocols/lindehoej/01-risikovurdering-ved-sammenkomster-i.toml";
    assert!(!repo.read(local).contains("opfylder"));
    repo.run(&["import", "p.md", "--into", "lindehoej", "--yes"])
        .code(0);
    assert!(!repo.has(local));
    let taken = section(&repo, "01-risikovurdering.toml");
    assert_eq!(taken["opfylder"].as_str(), Some("risikovurdering"));
    assert_eq!(
        taken["overskrift"].as_str(),
        Some("Risikovurdering ved sammenkomster i borgerens egen bolig")
    );
}

#[test]
fn an_empty_folder_becomes_an_area_that_can_be_checked() {
    let repo = Repo::new().file(
        "p.md",
        "# Hvad er en rusmiddelprotokol?\n\nVi har skrevet den sammen.\n",
    );
    repo.run(&["import", "p.md"])
        .code(2)
        .stderr_has("--institution");
    repo.run(&["import", "p.md", "--institution", "Bostedet Lindehøj"])
        .code(0);
    assert!(
        repo.read("rusprot.toml")
            .contains("skabelon = \"socialpsykiatri\"")
    );
    assert!(
        repo.read("protocols/bostedet-lindehoej/protokol.toml")
            .contains("navn = \"Bostedet Lindehøj\"")
    );
    repo.run(&["check", "--format", "short"])
        .code(1)
        .stdout_lacks("RP00");
    repo.run(&["check", "--draft"]).code(0);
}

#[test]
fn an_import_again_writes_only_what_nobody_has_worked_on_and_tells_what_differs() {
    let first = "# Hvad er en rusmiddelprotokol?\n\nVi skrev den i maj.\n\n# Vores hverdag\n\nVi spiser kl. 12.\n\n\
        # Vores haver\n\nVi graver.\n\n# Bilag 1: Husorden\n\nRo om natten.\n";
    let second = first
        .replace("i maj", "i juni")
        .replace("kl. 12", "kl. 13")
        .replace("# Vores haver\n\nVi graver.\n\n", "");
    let repo = area().file("p.md", first);
    let import = ["import", "p.md", "--into", "lindehoej", "--yes"];
    repo.run(&import).code(0);
    let hand = "protocols/lindehoej/02-vores-hverdag.toml";
    let edited = repo.read(hand).replace("Vi spiser", "Alle spiser");
    repo.write(hand, &edited);
    repo.write("p.md", &second);
    repo.run(&import)
        .code(0)
        .stdout_has("02-vores-hverdag.toml: ikke skrevet; den er rettet i hånden")
        .stdout_has("03-vores-haver.toml: fjernet")
        .stdout_has("juni")
        .stdout_has("1 fil skrevet igen");
    assert_eq!(repo.read(hand), edited);
    assert!(
        repo.read("protocols/lindehoej/01-hvad-er.toml")
            .contains("i juni")
    );
    assert!(!repo.has("protocols/lindehoej/03-vores-haver.toml"));
    let before = repo.tree("protocols");
    repo.run(&import).code(0).stdout_lacks("Forskelle\n  ");
    assert_eq!(repo.tree("protocols"), before);
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let own = "overskrift = \"Hvad er en rusmiddelprotokol?\"\ntekst = \"Vores egen.\"\n";
    let repo = area()
        .file("protocols/lindehoej/protokol.toml", "[institution]\nnavn = \"Lindehøj\"\n")
        .file("protocols/lindehoej/04-hvad-er.toml", own)
        .file("protocols/lindehoej/05-gaester.toml", "overskrift = \"Gæster/udefrakommende borgere på matriklen\"\ntekst = \"\"\n")
        .file("p.md", "# Hvad er en rusmiddelprotokol?\n\nEn anden.\n\n# Gæster/udefrakommende borgere på matriklen\n\nVelkommen.\n");
    repo.run(&["import", "p.md", "--institution", "Lindehøj"])
        .code(0)
        .stdout_has("04-hvad-er.toml: ikke skrevet");
    assert_eq!(repo.read("protocols/lindehoej/04-hvad-er.toml"), own);
    assert!(!repo.has("protocols/lindehoej/01-hvad-er.toml"));
    // A section without a word in it is filled.
    assert!(
        repo.read("protocols/lindehoej/02-gaester.toml")
            .contains("Velkommen.")
    );
    assert!(!repo.has("protocols/lindehoej/05-gaester.toml"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    let repo = area().file("p.md", "# Vores hverdag\n\nVi spiser.\n");
    repo.write(
        "protocols/lindehoej/protokol.toml",
        "[institution]\nnavn = \"Lindehøj\"\n",
    );
    std::os::unix::fs::symlink(outside.path(), repo.path("protocols/lindehoej/bilag"))
        .expect("a link");
    repo.write("p.md", "# Bilag 1: Husorden\n\nRo.\n");
    repo.run(&["import", "p.md", "--into", "lindehoej"])
        .code(2)
        .stderr_has("ligger ikke i repositoryet");
    assert_eq!(
        std::fs::read_dir(outside.path())
            .expect("the folder")
            .count(),
        0
    );
}

/// The real protocol as four kinds of files; `None`, said aloud, where they are not.
fn real_word() -> Option<Repo> {
    const FOLDER: &str = "../shared/real-word";
    let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).exists();
    if !there {
        #[expect(
            clippy::print_stdout,
            reason = "whoever runs the tests is told what was left out"
        )]
        {
            println!("skipped: there is no {FOLDER}");
        }
    }
    there.then(|| Repo::copy_of("../shared/real"))
}

/// The headings of a protocol's files, those of groups among them, without typed numbers.
fn headings_of(repo: &Repo, folder: &str) -> Vec<String> {
    fn push(table: &toml::Table, depth: usize, all: &mut Vec<String>) {
        let heading = table
            .get("overskrift")
            .or_else(|| table.get("navn"))
            .and_then(toml::Value::as_str);
        let heading = heading.map(|text| {
            text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ')
        });
        all.extend(heading.map(|text| format!("{depth} {text}")));
        for key in ["gruppe", "afsnit"] {
            for below in table
                .get(key)
                .and_then(toml::Value::as_array)
                .into_iter()
                .flatten()
            {
                push(below.as_table().expect("a table"), depth + 1, all);
            }
        }
    }
    let mut all = Vec::new();
    for file in repo.files(folder) {
        if file.ends_with(".toml") && !file.ends_with("protokol.toml") {
            let table = repo
                .read(&format!("{folder}/{file}"))
                .parse()
                .expect("TOML");
            push(&table, 1, &mut all);
        }
    }
    all
}

#[test]
fn the_real_protocol_in_four_dresses_lands_as_it_should() {
    let Some(repo) = real_word() else { return };
    let expected = headings_of(&repo, "protocols/kaervang");
    assert!(expected.len() > 20, "{expected:?}");
    for file in [
        "kaervang-typografier.docx",
        "kaervang-uden-typografier.docx",
        "kaervang-typografier.odt",
        "kaervang-typografier.pdf",
    ] {
        let document = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/real-word")
            .join(file);
        let bytes = std::fs::read(&document).expect("the document");
        repo.write(file, bytes);
        let slug = file.replace('.', "-");
        let run = repo
            .run(&["import", file, "--into", &slug, "--yes", "--format", "json"])
            .code(0);
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let words = &report["words"];
        assert_eq!(words["missing"], serde_json::json!([]), "{file}");
        assert_eq!(words["surplus"], serde_json::json!([]), "{file}");
        assert_eq!(
            headings_of(&repo, &format!("protocols/{slug}")),
            expected,
            "{file}"
        );
        let kept = &report["kept"];
        for (kind, count) in [
            ("rules", 6),
            ("questions", 27),
            ("fields", 5),
            ("signatures", 2),
            ("notes", 1),
        ] {
            assert_eq!(kept[kind], count, "{file}: {kind}");
        }
    }
}

#[test]
fn the_name_below_the_title_is_the_front_s_and_makes_no_section() {
    let text = "# Rusmiddelprotokol\n\nBostedet Lindehøj\n\n## Gæster\n\nAlle er velkomne.\n\n## Pårørende\n\nVi ringer.\n";
    let repo = area().file("p.md", text);
    let args = [
        "import",
        "p.md",
        "--institution",
        "Bostedet Lindehøj",
        "--yes",
    ];
    repo.run(&args)
        .code(0)
        .stdout_has("titlen; forsiden har protokollens egen: Bostedet Lindehøj Rusmiddelprotokol")
        .stdout_lacks("Indledning");
    let files = repo.files("protocols/bostedet-lindehoej");
    let sections = files.iter().filter(|file| file.starts_with('0'));
    assert_eq!(sections.count(), 2, "{files:?}");
    // With more than the name, it is the institution's own text.
    let repo = area().file(
        "p.md",
        text.replace("Lindehøj\n", "Lindehøj er et hus ved skoven.\n"),
    );
    repo.run(&args).code(0).stdout_has("01-indledning.toml");
}
