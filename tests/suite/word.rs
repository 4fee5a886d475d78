//! Files of Word that a build makes: sound as files, with the text of the other formats, and read back as the same
//! document.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use roxmltree::{Document, Node};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::pages::{assert_same_text, markdown_headings, markdown_text, packed};
use crate::support::{Repo, folders};

/// A file of Word, part by part.
pub struct Word(BTreeMap<String, Vec<u8>>);

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((W, name))
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let below = node.descendants();
    below
        .filter(|below| below.tag_name().name() == name)
        .collect()
}

fn child<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| {
        node.children()
            .find(|child| child.tag_name().name() == *name)
    })
}

impl Word {
    pub fn read(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a container");
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content)
                .expect("a part that is whole");
            let before = parts.insert(part.name().expect("a name").into_owned(), content);
            assert_eq!(before, None, "each part is there once");
        }
        Self(parts)
    }

    fn part(&self, name: &str) -> &str {
        let bytes = self.0.get(name).unwrap_or_else(|| panic!("no part {name}"));
        std::str::from_utf8(bytes).expect("a part is text")
    }

    /// The file with another text in one part.
    fn with(&self, name: &str, content: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (part, bytes) in &self.0 {
            let options = SimpleFileOptions::default();
            writer
                .start_file(part.as_str(), options)
                .expect("a new part");
            let bytes = if part == name {
                content.as_bytes()
            } else {
                bytes
            };
            writer.write_all(bytes).expect("room in memory");
        }
        writer.finish().expect("a container").into_inner()
    }

    /// What must be so for a program to open the file and show all of it.
    pub fn assert_sound(&self) {
        let mut ids = BTreeMap::new();
        for (name, bytes) in &self.0 {
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            let text = std::str::from_utf8(bytes).expect("a part is text");
            let xml = Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            if let Some((folder, file)) = name.split_once("_rels/") {
                let of = format!("{folder}{}", file.trim_end_matches(".rels"));
                for relation in named(xml.root(), "Relationship") {
                    let target = relation.attribute("Target").expect("a target");
                    let outside = relation.attribute("TargetMode") == Some("External");
                    let there = self.0.contains_key(&format!("{folder}{target}"));
                    assert!(outside || there, "{name} leads to {target}");
                    ids.insert(
                        (
                            of.clone(),
                            relation.attribute("Id").expect("an id").to_owned(),
                        ),
                        (),
                    );
                }
            }
        }
        let types = self.part("[Content_Types].xml");
        for name in self.0.keys().filter(|name| *name != "[Content_Types].xml") {
            let ending = name.rsplit('.').next().expect("an ending");
            let known = types.contains(&format!("PartName=\"/{name}\""))
                || ending != "xml" && types.contains(&format!("Extension=\"{ending}\""));
            assert!(known, "{name} has no type");
        }
        let texts = ["word/document.xml", "word/footnotes.xml"];
        for name in texts {
            let xml = Document::parse(self.part(name)).expect("well-formed");
            for node in xml.descendants() {
                for attribute in node.attributes().filter(|one| one.namespace() == Some(R)) {
                    let key = (name.to_owned(), attribute.value().to_owned());
                    assert!(ids.contains_key(&key), "{name}: {}", attribute.value());
                }
            }
        }
        self.assert_known();
    }

    /// Every style, list, note and place that the text names is there, and each id once.
    fn assert_known(&self) {
        let all = |part: &str, element: &str, attribute: &str| -> Vec<String> {
            let xml = Document::parse(self.part(part)).expect("well-formed");
            let found = named(xml.root(), element).into_iter();
            found
                .filter_map(|node| value(node, attribute).map(str::to_owned))
                .collect()
        };
        let set = |part: &str, element: &str, attribute: &str| -> BTreeSet<String> {
            all(part, element, attribute).into_iter().collect()
        };
        let text = "word/document.xml";
        let styles = set("word/styles.xml", "style", "styleId");
        for part in [
            text,
            "word/footnotes.xml",
            "word/header1.xml",
            "word/footer1.xml",
            "word/numbering.xml",
        ] {
            for element in ["pStyle", "rStyle", "tblStyle"] {
                let used = set(part, element, "val");
                let unknown: Vec<_> = used.difference(&styles).collect();
                assert!(unknown.is_empty(), "{part} has no styles {unknown:?}");
            }
        }
        let lists = set("word/numbering.xml", "num", "numId");
        let used = set(text, "numId", "val");
        let unknown: Vec<_> = used.difference(&lists).filter(|id| *id != "0").collect();
        assert!(unknown.is_empty(), "no lists {unknown:?}");
        let notes = set("word/footnotes.xml", "footnote", "id");
        let marks = all(text, "footnoteReference", "id");
        assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), marks.len());
        assert!(marks.iter().all(|mark| notes.contains(mark)));
        let names = all(text, "bookmarkStart", "name");
        let places: BTreeSet<&String> = names.iter().collect();
        assert_eq!(places.len(), names.len(), "each place once");
        assert!(
            names.iter().all(|name| name.chars().count() <= 40),
            "{names:?}"
        );
        for anchor in all(text, "hyperlink", "anchor") {
            assert!(places.contains(&anchor), "nothing is called {anchor}");
        }
        let ids = all(text, "bookmarkStart", "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    /// The paragraphs of the sections: the level of a heading or 0, and the text with the number that Word gives.
    /// Notes stand at the end of their top-level part, as in the other formats.
    fn paragraphs(&self) -> Vec<(usize, String)> {
        let xml = Document::parse(self.part("word/document.xml")).expect("well-formed");
        let notes = Document::parse(self.part("word/footnotes.xml")).expect("well-formed");
        let styles = Document::parse(self.part("word/styles.xml")).expect("well-formed");
        let mut paragraphs = Vec::new();
        let mut waiting = Vec::new();
        let mut counters = [0_usize; 9];
        let mut appendices = 0;
        let is_in = |node: Node<'_, '_>, tag: &str| {
            node.ancestors().any(|above| {
                let tagged = child(above, &["sdtPr", "tag"]);
                let gallery = child(above, &["sdtPr", "docPartObj"]);
                tagged.is_some_and(|one| value(one, "val") == Some(tag)) || gallery.is_some()
            })
        };
        for node in named(xml.root(), "p") {
            if is_in(node, "rp:front") {
                continue;
            }
            let style = child(node, &["pPr", "pStyle"]).and_then(|style| value(style, "val"));
            let level = style.map_or(0, |style| level_of(style, &styles));
            let number = child(node, &["pPr", "numPr", "numId"]).and_then(|id| value(id, "val"));
            if level == 1 {
                paragraphs.append(&mut waiting);
            }
            let mut text = String::new();
            if level > 0 {
                text = counted(level, number, &mut counters, &mut appendices);
            }
            let mut marks = Vec::new();
            push_text(node, &mut text, &mut marks);
            paragraphs.push((level, text));
            for mark in marks {
                let own = named(notes.root(), "footnote");
                let own = own
                    .into_iter()
                    .find(|note| value(*note, "id") == Some(&mark));
                for paragraph in named(own.expect("a note for each mark"), "p") {
                    let mut text = String::new();
                    push_text(paragraph, &mut text, &mut Vec::new());
                    waiting.push((0, text));
                }
            }
        }
        paragraphs.append(&mut waiting);
        paragraphs
    }

    /// All text of the sections, without white space.
    pub fn text(&self) -> String {
        let paragraphs = self.paragraphs();
        let texts: Vec<String> = paragraphs.into_iter().map(|(_, text)| text).collect();
        packed(&texts.concat())
    }

    /// The headings, as `<level> <number> <heading>`; the title is level 1.
    pub fn headings(&self) -> Vec<String> {
        let paragraphs = self.paragraphs().into_iter();
        let headings = paragraphs.filter(|(level, _)| *level > 0);
        headings
            .map(|(level, text)| {
                let words: Vec<&str> = text.split_whitespace().collect();
                format!("{} {}", (level + 1).min(6), words.join(" "))
            })
            .collect()
    }
}

/// The level of a heading's style, from 1; 0 for other styles.
fn level_of(style: &str, styles: &Document<'_>) -> usize {
    let all = named(styles.root(), "style");
    let own = all
        .into_iter()
        .find(|own| value(*own, "styleId") == Some(style));
    let outline = own.and_then(|own| child(own, &["pPr", "outlineLvl"]));
    let outline = outline.and_then(|level| value(level, "val")?.parse::<usize>().ok());
    outline.map_or(0, |level| level + 1)
}

/// The number that Word writes before a heading.
fn counted(
    level: usize,
    list: Option<&str>,
    counters: &mut [usize; 9],
    appendices: &mut usize,
) -> String {
    match list {
        Some("1") => {
            counters[level - 1] += 1;
            counters[level..].fill(0);
            let numbers: Vec<String> = counters[..level].iter().map(usize::to_string).collect();
            format!("{} ", numbers.join("."))
        }
        Some("2") => {
            *appendices += 1;
            format!("Bilag {appendices} ")
        }
        _ => String::new(),
    }
}

fn push_text(node: Node<'_, '_>, text: &mut String, marks: &mut Vec<String>) {
    for below in node.children() {
        match below.tag_name().name() {
            "t" => text.push_str(below.text().unwrap_or_default()),
            "br" => text.push(' '),
            "footnoteReference" => {
                let id = value(below, "id").expect("a note's id");
                text.push_str(id);
                marks.push(id.to_owned());
            }
            "instrText" | "drawing" | "pPr" | "rPr" => {}
            _ => push_text(below, text, marks),
        }
    }
}

/// Holds that a file of Word says what the Markdown says.
pub fn says_the_same(bytes: &[u8], markdown: &str) {
    let word = Word::read(bytes);
    word.assert_sound();
    assert_eq!(word.headings(), markdown_headings(markdown));
    assert_same_text(&word.text(), &markdown_text(markdown));
}

/// A protocol of one section and one appendix, as a file of Word.
fn built(section: &str, appendix: &str) -> (Repo, Word) {
    let repo = Repo::minimal()
        .file("protocols/lillebo/09-mere.toml", section)
        .file("protocols/lillebo/bilag/1-papir.toml", appendix);
    repo.run(&["build", "--draft", "--format", "docx,md,html"])
        .stderr_lacks("rusprot-fejl");
    let word = Word::read(&repo.read_bytes("dist/lillebo/protokol.docx"));
    says_the_same(
        &repo.read_bytes("dist/lillebo/protokol.docx"),
        &repo.read("dist/lillebo/protokol.md"),
    );
    (repo, word)
}

const APPENDIX: &str = "overskrift = \"Papir\"\ntekst = \"Tekst.\"\n";

const SECTION: &str = r#"
overskrift = "Ord og lister"
tekst = """
Det står **her**, se [](bilag:papir) og [vores side](https://www.retsinformation.dk/a?b=1&c=2).[^a]

3. tre
4. fire

   - inderst

- [x] gjort
- [ ] ikke gjort

| Hvem | Hvad |
| --- | ---: |
| Leder | Alt[^b] |

> Et citat.

[^a]: En note med `<tegn>` & mere.
[^b]: Den anden.
"""

[[afsnit]]
overskrift = "Kort"

[[afsnit.handling]]
situation = "Nogen ryger"
kontakt = "Vagten"

[[afsnit.handling.trin]]
goer = "Luk vinduet op."
hvem = "Vagten"
hvornaar = "Straks"

[underskrift]
roller = ["Leder"]
"#;

#[test]
fn headings_lists_tables_and_notes_are_words_own() {
    let (_, word) = built(SECTION, APPENDIX);
    let text = word.part("word/document.xml");
    for expected in [
        // A heading that Word counts, with its place.
        "<w:pStyle w:val=\"Overskrift1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>",
        "<w:pStyle w:val=\"Overskrift2\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>",
        "<w:pStyle w:val=\"Overskrift1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>",
        "w:name=\"rpb_papir\"",
        // A reference to it, and a link out of the document.
        "<w:hyperlink w:anchor=\"rpb_papir\" w:history=\"1\"><w:r><w:rPr><w:rStyle w:val=\"Rp-ref\"/></w:rPr><w:t xml:space=\"preserve\">Bilag\u{a0}1</w:t>",
        "<w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">her</w:t>",
        // Items, one deeper, ticked and not.
        "<w:ilvl w:val=\"1\"/><w:numId w:val=\"3\"/>",
        "<w:numId w:val=\"4\"/>",
        "<w:numId w:val=\"5\"/>",
        // The head of a table comes again on every page, and a column stands to the right.
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        "<w:jc w:val=\"right\"/>",
        "<w:footnoteReference w:id=\"1\"/>",
        // A card, and what stands after the parts below.
        "<w:tag w:val=\"rp:card\"/>",
        "<w:pStyle w:val=\"Rp-steps\"/>",
        "<w:tag w:val=\"rp:closing:1\"/>",
        "TOC \\o &quot;1-2&quot;",
    ] {
        assert!(text.contains(expected), "no {expected} in\n{text}");
    }
    let numbering = word.part("word/numbering.xml");
    assert!(numbering.contains("<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/>"));
    let notes = word.part("word/footnotes.xml");
    assert!(
        notes.contains("&lt;tegn&gt;</w:t></w:r><w:r><w:t xml:space=\"preserve\"> &amp; mere."),
        "{notes}"
    );
    let relations = word.part("word/_rels/document.xml.rels");
    assert!(relations.contains(
        "Target=\"https://www.retsinformation.dk/a?b=1&amp;c=2\" TargetMode=\"External\""
    ));
}

#[test]
fn the_file_says_whose_it_is_which_edition_and_that_it_is_a_draft() {
    let (repo, word) = built(SECTION, APPENDIX);
    let front = word.part("word/document.xml");
    assert!(front.contains(">UDKAST</w:t>"), "{front}");
    assert!(front.contains("Denne udgave er ikke færdig."));
    assert!(word.part("word/header1.xml").contains(">UDKAST<"));
    let footer = word.part("word/footer1.xml");
    for expected in [
        "Bostedet Lillebo",
        "udskrift er ikke styret",
        " PAGE ",
        " NUMPAGES ",
    ] {
        assert!(footer.contains(expected), "no {expected} in {footer}");
    }
    let core = word.part("docProps/core.xml");
    assert!(
        core.contains("<dc:title>Rusmiddelprotokol – Bostedet Lillebo</dc:title>"),
        "{core}"
    );
    assert!(core.contains("<dc:language>da-DK</dc:language>"));
    assert!(!core.contains("dcterms"), "no time: {core}");
    assert!(
        word.part("word/styles.xml")
            .contains("<w:lang w:val=\"da-DK\"")
    );
    // The pages lead to it.
    let page = repo.read("dist/lillebo/index.html");
    assert!(
        page.contains("href=\"protokol.docx\">Hent som Word</a>"),
        "{page}"
    );
    assert!(
        repo.read("dist/index.html")
            .contains("lillebo/protokol.docx")
    );
}

#[test]
fn a_section_in_another_language_says_so_and_is_read_its_own_way() {
    let section = "overskrift = \"قواعد البيت\"\nsprog = \"ar\"\ntekst = \"مرحبا بكم.\"\n";
    let (_, word) = built(section, APPENDIX);
    let text = word.part("word/document.xml");
    assert!(text.contains("<w:bidi/>"), "{text}");
    assert!(text.contains("<w:rtl/><w:lang w:val=\"ar\" w:bidi=\"ar\"/>"));
    let danish = text
        .split("<w:p>")
        .filter(|paragraph| paragraph.contains("rp:front"));
    assert!(
        danish
            .clone()
            .all(|paragraph| !paragraph.contains("<w:bidi/>"))
    );
}

#[test]
fn the_same_document_is_the_same_file_whenever_and_wherever_it_is_made() {
    let repo = Repo::minimal();
    let make = |folder: &str| {
        repo.run(&["build", "--format", "docx", "--output", folder])
            .code(0);
        repo.read_bytes(&format!("{folder}/lillebo/protokol.docx"))
    };
    let one = make("et");
    assert_eq!(one, make("to"));
    let again = repo
        .run(&["build", "--format", "docx", "--output", "et"])
        .code(0);
    again.stdout_has("0 filer skrevet");
}

/// An area of the project with what a build of it needs.
fn area(folder: &str) -> Repo {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let parts = ["rusprot.toml", "protocols", "templates", "logo.svg"];
    let there = parts.into_iter().filter(|part| root.join(part).exists());
    there.fold(Repo::new(), |repo, part| repo.with_copy_of(folder, part))
}

/// The repository without the sections of a protocol.
fn emptied(mut repo: Repo, slug: &str) -> Repo {
    let folder = format!("protocols/{slug}");
    for file in repo.files(&folder) {
        let stays = file == "protokol.toml" || file.starts_with("filer/");
        if !stays {
            repo = repo.without(&format!("{folder}/{file}"));
        }
    }
    repo
}

/// A page's lines without those that tell the edition.
fn without_edition(page: &str) -> Vec<&str> {
    let edition = ["**UDKAST**", "- **Status:**"];
    let lines = page.lines();
    lines
        .filter(|line| !line.is_empty() && !edition.iter().any(|start| line.starts_with(start)))
        .collect()
}

#[cfg(feature = "import")]
fn comes_back(repo: Repo, slug: &str) {
    const TODAY: [&str; 2] = ["--today", "2026-11-21"];
    let build = |repo: &Repo, out: &str| {
        let args = [
            "build",
            slug,
            "--draft",
            "--format",
            "docx,md,json",
            "--output",
            out,
        ];
        repo.run(&[&args[..], &TODAY].concat())
            .stderr_lacks("rusprot-fejl");
        let read = |file: &str| repo.read(&format!("{out}/{slug}/{file}"));
        let json: serde_json::Value = serde_json::from_str(&read("protokol.json")).expect("JSON");
        (json["edition"]["fingerprint"].clone(), read("protokol.md"))
    };
    let (fingerprint, page) = build(&repo, "before");
    let findings = repo.run(&[&["check", slug, "--format", "short"][..], &TODAY].concat());
    let document = format!("before/{slug}/protokol.docx");
    let repo = emptied(repo, slug);
    let run = repo.run(&[
        "import", &document, "--into", slug, "--yes", "--format", "json",
    ]);
    let report: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    let words = &report["words"];
    assert_eq!(words["missing"], serde_json::json!([]), "{slug}");
    assert_eq!(words["surplus"], serde_json::json!([]), "{slug}");
    let (read_back, page_again) = build(&repo, "after");
    let lines = |page: &str| without_edition(page).join("\n");
    assert_same_text(&lines(&page), &lines(&page_again));
    assert_eq!(fingerprint, read_back, "{slug}");
    // What somebody decided to let stand is a note of the authors', and no part of the document.
    let again = repo.run(&[&["check", slug, "--format", "short"][..], &TODAY].concat());
    let errors = |run: &crate::support::Run| {
        let lines = run.stdout.lines();
        lines
            .filter(|line| line.contains("fejl["))
            .filter(|line| !["RP112", "RP403"].iter().any(|rule| line.contains(rule)))
            .count()
    };
    assert_eq!(
        errors(&findings),
        errors(&again),
        "{slug}: {}",
        again.stdout
    );
}

#[cfg(feature = "import")]
#[test]
fn a_file_of_word_is_read_back_as_the_same_document() {
    for slug in ["baekhuset", "kranporten"] {
        comes_back(area("."), slug);
    }
    for example in folders("examples") {
        let folder = format!("examples/{example}");
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder);
        // One is made of several repositories, each with its own.
        if !root.join("protocols").exists() {
            continue;
        }
        for slug in folders(&format!("{folder}/protocols")) {
            comes_back(area(&folder), &slug);
        }
    }
}

#[cfg(feature = "import")]
#[test]
fn what_somebody_writes_in_word_comes_into_the_protocol() {
    let (repo, word) = built(SECTION, APPENDIX);
    let text = word.part("word/document.xml");
    let step = "<w:p><w:pPr><w:pStyle w:val=\"Rp-steps\"/></w:pPr><w:r><w:t>Sig til vagten.</w:t></w:r></w:p>";
    let at = text
        .find("<w:tag w:val=\"rp:steps\"/>")
        .expect("there are steps");
    let end = at + text[at..].find("</w:sdtContent>").expect("they end");
    let edited = format!("{}{step}{}", &text[..end], &text[end..]);
    let edited = edited.replace(">Luk vinduet op.<", ">Luk begge vinduer op.<");
    let repo =
        emptied(repo, "lillebo").file("rettet.docx", word.with("word/document.xml", &edited));
    repo.run(&["import", "rettet.docx", "--into", "lillebo", "--yes"])
        .code(0);
    let section = repo.read("protocols/lillebo/09-mere.toml");
    let section: toml::Table = section
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{section}"));
    let card = &section["afsnit"][0]["handling"][0];
    assert_eq!(card["situation"].as_str(), Some("Nogen ryger"));
    let steps = card["trin"].as_array().expect("steps");
    let done: Vec<&str> = steps
        .iter()
        .filter_map(|step| Some(step["goer"].as_str()?.trim()))
        .collect();
    assert_eq!(done, ["Luk begge vinduer op.", "Sig til vagten."]);
    assert_eq!(steps[0]["hvem"].as_str(), Some("Vagten"));
    assert_eq!(steps[0]["hvornaar"].as_str(), Some("Straks"));
    assert_eq!(section["underskrift"]["roller"].as_str(), Some("Leder"));
    let tekst = section["tekst"].as_str().expect("a text");
    for expected in [
        "se [](bilag:papir)",
        "**her**",
        "3. tre",
        "- [x] gjort",
        "- [ ] ikke gjort",
        "> Et citat.",
        "[^1]: En note",
    ] {
        assert!(tekst.contains(expected), "no {expected} in\n{tekst}");
    }
}

/// A section with a block of every kind that is no form, some of them placed by its text.
#[cfg(feature = "import")]
const EVERYTHING: &str = r#"
overskrift = "Alt muligt"
for = ["borger", "paaroerende"]
tekst = """
Før figuren, se [](figur:trin) og [](tabel:tider).

[](figur:trin)

Efter figuren.

[](kort:fald)

[](kontakt:vagt)

Ord
: Det, det betyder.

  Og mere.

`kode` og ~~slettet~~ og [](kort:et-andet-kort).
"""
indsaet = "bilag:papir"

[[figur]]
id = "trin"
type = "trappe"
titel = "Tre trin"
punkter = [
  { navn = "Et", tekst = "Først." },
  { navn = "To" },
  { navn = "Tre", hvornaar = "til sidst" },
]

[[figur]]
type = "cirkel"
titel = "En ring"
midte = "Midten"
punkter = [{ navn = "A" }, { navn = "B" }, { navn = "C" }]

[[tabel]]
id = "tider"
titel = "Vores tider"
tekst = """
| Dag | Tid |
| --- | --- |
| Mandag | 9 |
"""

[[begreb]]
ord = "Kort"
betyder = "En plan."
ogsaa = ["Plan", "Skema"]

[[rolle]]
titel = "Vagt"
ansvar = ["Ringer.", "Lytter."]
ogsaa = "Nattevagt"

[[handling]]
id = "fald"
situation = "Nogen falder"
kontakt = ["Vagten", "Lægen"]
dokumentation = "Skriv det ned."

[[handling.trin]]
goer = """
Bliv hos borgeren.

- tal roligt
- vent

Gå ikke.
"""
hvem = "Vagten"

[[handling.trin]]
goer = "Ring."
hvornaar = "Straks"

[[handling]]
situation = "Et andet kort"

[[handling.trin]]
goer = "Vent."

[[dilemma]]
situation = "To ting på en gang"
goer = ["Det ene.", "Det andet."]
hvorfor = "Fordi."

[[opgave]]
hvad = "Køb kaffe"
ansvarlig = ["Leder", "Vagt"]
frist = 2026-12-24
status = "i-gang"

[[opgave]]
hvad = "Læs"
frist = "hver uge"

[fakta]
"Hvem det er til" = "Alle i huset."
Varighed = "Så længe, der er brug for det."

[[kontakt]]
id = "vagt"
funktion = "Vagttelefonen"
ekstern = true
web = "https://www.sst.dk"
telefon = "00 12 34 56"
mail = "vagt@lillebo.test"
tider = "Hele døgnet"
adresse = ["Vej 1", "0000 By"]
tekst = "Ring først."

[[citat]]
tekst = "Det går nok."
hvem = "En borger"
"#;

/// An appendix with rules and everything that is filled in.
#[cfg(feature = "import")]
const FORMS: &str = r#"
overskrift = "Papir"
tekst = "Indledning."

[[regel]]
tekst = "Sluk lyset."
styrke = "maa-ikke"
begrundelse = "Det koster."
hjemmel = "Serviceloven § 85"

[[regel]]
tekst = "Lås døren."

[[gruppe]]
navn = "Om dig"
punkter = ["Hvem er du?", "Hvad vil du?"]
linjer = 2

[[gruppe]]
punkter = ["Mere?"]

[[felt]]
navn = "Navn"

[[felt]]
navn = "Ønsker"
linjer = 3

[[felt]]
navn = "Dato"
type = "dato"

[[felt]]
navn = "Læst"
type = "afkrydsning"

[[afsnit]]
overskrift = "Under"
tekst = "Tekst."

[underskrift]
roller = ["Borger", "Leder"]
indledning = "Vi er enige."
sted = "Lillebo"
slut = "Gem arket."
"#;

#[cfg(feature = "import")]
#[test]
fn blocks_of_every_kind_come_back_also_where_texts_place_them() {
    let repo = Repo::minimal()
        .file("protocols/lillebo/09-alt.toml", EVERYTHING)
        .file("protocols/lillebo/bilag/1-papir.toml", FORMS);
    comes_back(repo, "lillebo");
}

#[cfg(feature = "import")]
#[test]
fn the_languages_of_sections_and_blocks_come_back() {
    let welcome = r#"overskrift = "Welcome"
sprog = "en"
tekst = "This is your home. *Hej* is hello."

[[citat]]
tekst = "I feel at home here."
hvem = "A resident"

[[citat]]
tekst = "Jeg føler mig hjemme."
hvem = "En borger"
sprog = "da"

[[afsnit]]
overskrift = "Quiet hours"
tekst = "It is quiet from 22."

[[afsnit]]
overskrift = "På dansk"
sprog = "da"
tekst = "Her er ro fra klokken 22."
"#;
    let repo = Repo::minimal()
        .file("protocols/lillebo/09-alt.toml", crate::languages::BLOCKS)
        .file("protocols/lillebo/10-velkommen.toml", welcome);
    comes_back(repo, "lillebo");
}
