//! Prints resolved documents as HTML, Markdown, files of Word, JSON and data for typst, the area's own page, and what changed.
//!
//! Everything happens in memory: no file is read or written here. The running text is written node by node
//! by `html` and `markdown`, which escape every letter of it; only the frame around it comes from Tera
//! templates, so that an area can have its own looks. Nothing is decided about the content: what a document
//! says, and in which order, is settled in `document`.

pub mod changes;
mod direction;
mod docx;
mod frame;
mod html;
mod keep;
mod markdown;
mod paper;
mod url;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use anyhow::Context as _;
use serde::Serialize;

pub(crate) use frame::data_url;
pub use paper::{PaperPart, paper};

use crate::document::{AreaName, DateText, Document, Part, select};
use crate::text::{self, alphabetical};

/// File name of a protocol's HTML page in its folder.
pub const HTML_FILE: &str = "index.html";
/// File name of the page with a protocol's action cards alone, in its folder.
pub const CARDS_FILE: &str = "kort.html";
/// File name of the action cards as a PDF, in its folder.
pub const CARDS_PDF_FILE: &str = "kort.pdf";
/// File name of a protocol's Markdown in its folder.
pub const MARKDOWN_FILE: &str = "protokol.md";
/// File name of a protocol's PDF in its folder.
pub const PDF_FILE: &str = "protokol.pdf";
/// File name of a protocol as a file of Word, in its folder.
pub const DOCX_FILE: &str = "protokol.docx";
/// File name of a protocol's JSON in its folder.
pub const JSON_FILE: &str = "protokol.json";

/// The most lines to write on that one blank gets: two pages of paper. More can only be a slip, and a number
/// of nine digits would fill the memory.
const MOST_LINES: u32 = 60;

/// The pictures of a protocol by their path as the document names it. One that is missing is printed as its
/// description.
#[derive(Clone, Debug, Default)]
pub struct Pictures(pub BTreeMap<String, Picture>);

/// A picture that goes into the page itself.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// `image/png` and the like.
    pub media_type: &'static str,
}

/// An area's own looks, as texts by file name, over the built-in ones of the same name. A name that is not
/// built in is a template that the others can include.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `html/*.html` and `html/style.css`.
    pub html: BTreeMap<String, String>,
    /// `md/*.md`.
    pub md: BTreeMap<String, String>,
}

/// What lies beside a protocol's HTML page, so that the page can link to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The PDF.
    pub pdf: bool,
    /// The file of Word.
    pub docx: bool,
    /// The Markdown.
    pub markdown: bool,
    /// The JSON.
    pub json: bool,
    /// The area's page, one folder up.
    pub area: bool,
    /// The blank forms: a part's anchor and the name of its file.
    pub forms: BTreeMap<String, String>,
    /// The page with the action cards alone.
    pub cards: bool,
    /// The action cards as a PDF.
    pub cards_pdf: bool,
    /// The editions for some of the readers: the name and the address of each.
    pub editions: Vec<(String, String)>,
    /// Whether the page is one of them, and so one folder further down.
    pub is_edition: bool,
}

/// The page that lists an area's protocols.
#[derive(Clone, Debug, Serialize)]
pub struct AreaPage {
    /// The area's name.
    pub name: String,
    /// Its organisation.
    pub organisation: Option<String>,
    /// The area's sign: an address that holds the picture, and what it shows.
    pub logo: Option<(String, String)>,
    /// The protocols, in the order of printing.
    pub rows: Vec<AreaRow>,
    /// The same by area.
    pub groups: Vec<AreaGroup>,
    /// What they are called, for one and for several: protocols, or documents where one is of another kind.
    pub kind: (&'static str, &'static str),
    /// How they stand with what their skabeloner ask for, a table for each skabelon.
    pub tables: Vec<AreaTable>,
    /// The words in their cells and what they mean.
    pub legend: Vec<(&'static str, &'static str)>,
    /// The day that duties are held against, where somebody named one.
    pub day: Option<DateText>,
}

/// The protocols of one area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaGroup {
    /// The area's name.
    pub name: String,
    /// Its organisation.
    pub organisation: Option<String>,
    /// Its protocols, in the order of printing.
    pub rows: Vec<AreaRow>,
}

impl AreaPage {
    /// A page of protocols, each with the area it belongs to; `area` is that of a page without any. The areas, and
    /// the institutions in each, come in the order of the alphabet. Where there is more than one, the page is no single
    /// area's: its names are all of theirs, and the organisation is the one they have in common.
    pub fn new(area: AreaName, mut rows: Vec<(AreaName, AreaRow)>) -> Self {
        rows.sort_by_cached_key(|(area, row)| {
            let area = alphabetical(&area.name);
            (area, alphabetical(&row.institution), row.slug.clone())
        });
        let mut groups: Vec<AreaGroup> = Vec::new();
        for (AreaName { name, organisation }, row) in &rows {
            let row = row.clone();
            match groups
                .iter_mut()
                .find(|group| (&group.name, &group.organisation) == (name, organisation))
            {
                Some(group) => group.rows.push(row),
                None => groups.push(AreaGroup {
                    name: name.clone(),
                    organisation: organisation.clone(),
                    rows: vec![row],
                }),
            }
        }
        // Two organisations may both have an area of one name: two groups, and the name is said once.
        let mut names: Vec<&str> = Vec::new();
        for group in &groups {
            if !names.contains(&group.name.as_str()) {
                names.push(&group.name);
            }
        }
        let (name, organisation) = match groups.first() {
            Some(first) => {
                let common = |group: &AreaGroup| group.organisation == first.organisation;
                let organisation = first.organisation.clone();
                (
                    names.join(" · "),
                    organisation.filter(|_| groups.iter().all(common)),
                )
            }
            None => (area.name, area.organisation),
        };
        let is_protocol = |row: &AreaRow| row.title.to_lowercase().contains("protokol");
        let kind = if rows.iter().all(|(_, row)| is_protocol(row)) {
            ("protokol", "protokoller")
        } else {
            ("dokument", "dokumenter")
        };
        Self {
            name,
            organisation,
            logo: None,
            kind,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            groups,
            tables: Vec::new(),
            legend: Vec::new(),
            day: None,
        }
    }
}

/// The protocols of one skabelon, held against its requirements.
#[derive(Clone, Debug, Serialize)]
pub struct AreaTable {
    /// The skabelon's name; empty where there is none.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The requirements, a column each. After them come the approval and, with `wheel`, how the duties stand.
    pub requirements: Vec<AreaRequirement>,
    /// Whether there is a column for the duties: only on a day that somebody named.
    pub wheel: bool,
    /// The protocols, in the order of printing.
    pub rows: Vec<AreaTableRow>,
}

/// A requirement as a column.
#[derive(Clone, Debug, Serialize)]
pub struct AreaRequirement {
    /// The short heading.
    pub number: String,
    /// The heading.
    pub heading: String,
}

/// A protocol in a table.
#[derive(Clone, Debug, Serialize)]
pub struct AreaTableRow {
    /// Whose it is.
    pub institution: String,
    /// Its page, relative to the area's page, where there is one.
    pub href: Option<String>,
    /// The cells.
    pub cells: Vec<AreaCell>,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct AreaCell {
    /// The word.
    pub word: &'static str,
    /// Whether there is nothing to look at.
    pub fine: bool,
}

/// A protocol on the area's page.
#[derive(Clone, Debug, Serialize)]
pub struct AreaRow {
    /// The protocol's folder name.
    pub slug: String,
    /// Whose it is.
    pub institution: String,
    /// The kind of document.
    pub title: String,
    /// The version.
    pub version: Option<String>,
    /// The date it is in force from.
    pub in_force: Option<DateText>,
    /// "Godkendt", "Udkast" and the like.
    pub status: String,
    /// The date by which it is to be revised.
    pub next_revision: Option<DateText>,
    /// What there is to open: label and address, relative to the area's page. The first is what the
    /// institution's name links to.
    pub links: Vec<(String, String)>,
    /// Why it could not be printed: "Kan ikke dannes: 3 fejl".
    pub problem: Option<String>,
}

/// Prints documents. Holds the compiled templates and the style sheet: make one for a run and share it
/// between threads.
#[derive(Debug)]
pub struct Renderer {
    frames: frame::Frames,
}

impl Renderer {
    /// Compiles the templates.
    ///
    /// # Errors
    ///
    /// When a template cannot be read as one; the error names it and the place in it.
    pub fn new(overrides: &Overrides) -> anyhow::Result<Self> {
        Ok(Self {
            frames: frame::Frames::new(overrides).context("sidens skabelon kan ikke læses")?,
        })
    }

    /// The document as one HTML page that needs no other file, in UTF-8.
    ///
    /// # Errors
    ///
    /// When an area's own template asks for something that is not there.
    pub fn html(
        &self,
        document: &Document,
        pictures: &Pictures,
        formats: &Links,
    ) -> anyhow::Result<Vec<u8>> {
        let written = html::write(document, pictures, &formats.forms);
        self.frames
            .page(document, pictures, &written, formats)
            .with_context(|| format!("HTML-siden for {} kan ikke dannes", document.slug))
    }

    /// The action cards alone as one HTML page that needs no other file, in UTF-8.
    ///
    /// # Errors
    ///
    /// When an area's own template asks for something that is not there.
    pub fn cards(&self, document: &Document, pictures: &Pictures) -> anyhow::Result<Vec<u8>> {
        let cards = select::cards(document);
        let written = html::write_cards(document, &cards, pictures);
        self.frames
            .cards(document, &written)
            .with_context(|| format!("Siden med kort for {} kan ikke dannes", document.slug))
    }

    /// The document as CommonMark with tables and footnotes, in UTF-8.
    ///
    /// # Errors
    ///
    /// When an area's own template asks for something that is not there.
    pub fn markdown(&self, document: &Document) -> anyhow::Result<Vec<u8>> {
        let written = markdown::write(document);
        self.frames
            .markdown(document, &written)
            .with_context(|| format!("Markdown for {} kan ikke dannes", document.slug))
    }

    /// The page that lists an area's protocols, in UTF-8.
    ///
    /// # Errors
    ///
    /// When an area's own template asks for something that is not there.
    pub fn area(&self, page: &AreaPage) -> anyhow::Result<Vec<u8>> {
        self.frames
            .area(page)
            .context("områdets side kan ikke dannes")
    }
}

/// The document as JSON, version 1, on lines of its own and with a line end.
pub fn json(document: &Document) -> String {
    text::json(document)
}

/// The document as a file of Word.
pub fn docx(document: &Document, pictures: &Pictures) -> Vec<u8> {
    docx::write(document, pictures)
}

/// The name by which a policy allows the script of a protocol's page and no other: `sha256-` and the hash of it.
pub fn script_hash() -> String {
    frame::script_hash()
}

/// An anchor as it stands on the HTML page.
pub fn anchor_of(id: &str) -> String {
    url::anchor(id).into_owned()
}

/// The two halves of a printed document that the templates put a frame around.
struct Written {
    /// The list of contents.
    contents: String,
    /// The running text.
    body: String,
}

/// The anchors that links inside a document can lead to.
fn anchors(document: &Document) -> HashSet<&str> {
    fn collect<'a>(part: &'a Part, found: &mut HashSet<&'a str>) {
        found.insert(&part.id);
        for child in &part.parts {
            collect(child, found);
        }
    }
    let contacts = document.contacts().into_iter();
    let mut found: HashSet<&str> = contacts.map(|(anchor, _)| anchor).collect();
    found.extend(document.named_blocks());
    for part in document.parts() {
        collect(part, &mut found);
    }
    found
}

/// The level of a heading that stands so deep: the title is 1, a top-level part 2. Six is the last there is.
fn heading_level(depth: usize) -> usize {
    (depth + 1).min(6)
}

/// A heading's words. An empty heading is no heading for a screen reader, so it gets a dash.
fn heading_words(heading: &str) -> &str {
    match heading.trim() {
        "" => "–",
        words => words,
    }
}
