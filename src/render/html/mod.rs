//! The contents and the running text of a document as HTML.
//!
//! Written straight into one string, node by node; the frame around it is `frame`'s. Ids of the page's own
//! begin with an underscore, so that none is taken for a part's.

mod alarm;
mod elements;
mod escape;
mod text;
mod words;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

pub(super) use self::escape::escape_into;
use self::words::Words;
use super::keep::{keep, pieces};
use super::{Pictures, Written, anchors, heading_level, heading_words, url};
use crate::document::select::{self, CardIn};
use crate::document::{Block, Content, Document, Obligatory, Part, PartKind, TextLanguage, layout};
use crate::text::Direction;

/// Writes a document's contents and text.
pub(super) fn write(
    document: &Document,
    pictures: &Pictures,
    forms: &BTreeMap<String, String>,
) -> Written {
    let mut writer = Writer::new(document, pictures, forms);
    for part in document.parts() {
        writer.top_part(part);
    }
    Written {
        contents: contents(document),
        body: writer.out,
    }
}

/// Writes action cards alone, each with the part it stands in, which is on the whole page.
pub(super) fn write_cards(
    document: &Document,
    cards: &[CardIn<'_>],
    pictures: &Pictures,
) -> String {
    let forms = BTreeMap::new();
    let mut writer = Writer::new(document, pictures, &forms);
    // What a card refers to is not on this page.
    writer.anchors.clear();
    for CardIn { part, card } in cards {
        // Each card is read by itself.
        writer.words.begin(&part.id);
        writer.elements(&layout::elements(card), 0);
        writer.put("<p class=\"source\"><a href=\"index.html#");
        writer.escape(&url::fragment(&part.id));
        writer.element("\">", &select::name(part), "</a></p>\n");
    }
    writer.notes();
    writer.out
}

/// The list of contents: the two upper levels, the lower one folded by chapter, so that the keyboard is through it soon.
fn contents(document: &Document) -> String {
    let mut out = String::with_capacity(4096);
    out.push_str("<ol role=\"list\">\n");
    for part in document.parts() {
        contents_entry(&mut out, part, None);
        if !part.parts.is_empty() {
            out.push_str(
                "\n<details class=\"chapter\"><summary><span class=\"unseen\">Underafsnit i »",
            );
            escape_into(&mut out, heading_words(&part.heading));
            out.push_str("«</span></summary>\n<ol role=\"list\">\n");
            for child in &part.parts {
                contents_entry(&mut out, child, part.language.as_ref());
                out.push_str("</li>\n");
            }
            out.push_str("</ol>\n</details>\n");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    out
}

/// An entry of the contents, left open for what stands below it; `outer` is the language of what the part stands in.
fn contents_entry(out: &mut String, part: &Part, outer: Option<&TextLanguage>) {
    out.push_str("<li><a href=\"#");
    escape_into(out, &url::fragment(&part.id));
    out.push_str("\">");
    number_into(out, &part.number);
    let words = heading_words(&part.heading);
    let leftward = Direction::of(words) == Some(Direction::Leftward);
    let language = part.language.as_ref().or(outer);
    match language {
        Some(language) => {
            out.push_str("<span");
            language_into(out, language);
            out.push('>');
        }
        None if leftward => out.push_str("<span dir=\"rtl\">"),
        None => {}
    }
    words_into(out, words);
    if leftward || language.is_some() {
        out.push_str("</span>");
    }
    out.push_str("</a>");
}

/// Words to read: what belongs to a number stays on its line, and what is too long for one has places to be broken.
fn words_into(out: &mut String, text: &str) {
    for (at, piece) in pieces(&keep(text)).enumerate() {
        if at > 0 {
            out.push_str("<wbr>");
        }
        escape_into(out, piece);
    }
}

/// What says which language an element has, and which way it is read.
fn language_into(out: &mut String, language: &TextLanguage) {
    out.push_str(" lang=\"");
    escape_into(out, &language.code);
    out.push_str("\" dir=\"");
    out.push_str(language.direction);
    out.push('"');
}

/// A heading's number, set apart from its words.
fn number_into(out: &mut String, number: &str) {
    if !number.is_empty() {
        out.push_str("<span class=\"number\">");
        escape_into(out, number);
        out.push_str("</span> ");
    }
}

/// A footnote that waits for the end of its part.
#[derive(Clone, Copy)]
struct Note<'a> {
    number: usize,
    id: &'a str,
    blocks: &'a [Block],
}

/// Writes one document.
struct Writer<'a> {
    out: String,
    pictures: &'a Pictures,
    /// The files of blank forms by the anchor of their part.
    forms: &'a BTreeMap<String, String>,
    anchors: HashSet<&'a str>,
    /// The notes whose marks have been written, but not their texts.
    notes: Vec<Note<'a>>,
    /// The anchors of the notes so far.
    noted: HashSet<&'a str>,
    /// The tables so far.
    tables: usize,
    /// Marks that wait for the end of the link they stand in: a link holds no link.
    marks: Option<Vec<Mark<'a>>>,
    /// Which way the text is read that is being written.
    direction: Direction,
    /// The words that are explained where they first stand.
    words: Words<'a>,
}

/// The mark of a footnote.
#[derive(Clone, Copy)]
struct Mark<'a> {
    number: usize,
    id: &'a str,
    first: bool,
}

impl<'a> Writer<'a> {
    fn new(
        document: &'a Document,
        pictures: &'a Pictures,
        forms: &'a BTreeMap<String, String>,
    ) -> Self {
        let bytes: usize = pictures.0.values().map(|picture| picture.bytes.len()).sum();
        Self {
            out: String::with_capacity(48 * 1024 + bytes / 3 * 4),
            pictures,
            forms,
            anchors: anchors(document),
            notes: Vec::new(),
            noted: HashSet::new(),
            tables: 0,
            marks: None,
            direction: Direction::Rightward,
            words: Words::of(document),
        }
    }

    fn put(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A text to read, in which what belongs to a number stays on its line.
    fn escape(&mut self, text: &str) {
        escape_into(&mut self.out, &keep(text));
    }

    /// The same outside attributes, where a long address may be broken too.
    fn words(&mut self, text: &str) {
        words_into(&mut self.out, text);
    }

    fn number(&mut self, number: usize) {
        write!(self.out, "{number}").expect("a string takes every number");
    }

    /// An element with nothing but a text in it.
    fn element(&mut self, open: &str, text: &str, close: &str) {
        self.put(open);
        self.escape(text);
        self.put(close);
    }

    /// A section, a piece of the backmatter or an appendix, with its footnotes.
    fn top_part(&mut self, part: &'a Part) {
        self.put(match part.kind {
            PartKind::Section => "<section class=\"part\">\n",
            PartKind::Backmatter => "<section class=\"part part-backmatter\">\n",
            PartKind::Appendix => "<section class=\"part part-appendix\">\n",
        });
        self.words.begin(&part.id);
        self.part(part, 1);
        self.notes();
        self.put("</section>\n");
    }

    /// A part and what stands below it, in its own language.
    fn part(&mut self, part: &'a Part, depth: usize) {
        let Some(language) = &part.language else {
            return self.part_itself(part, depth);
        };
        self.put("<div");
        self.speaking(Some(language), ">\n", |writer| {
            writer.part_itself(part, depth);
        });
        self.put("</div>\n");
    }

    /// The end of a tag that says this language, where there is one, and in it what is read in it.
    fn speaking(
        &mut self,
        language: Option<&TextLanguage>,
        close: &str,
        write: impl FnOnce(&mut Self),
    ) {
        if let Some(language) = language {
            language_into(&mut self.out, language);
        }
        self.put(close);
        self.reading(language.map(TextLanguage::reads), write);
    }

    /// Writes what is read in this direction, or in the one at hand where nothing tells.
    fn reading(&mut self, direction: Option<Direction>, write: impl FnOnce(&mut Self)) {
        let before = self.direction;
        self.direction = direction.unwrap_or(before);
        write(self);
        self.direction = before;
    }

    /// The attribute of an element whose text is read in this direction; nothing where that is the one at hand.
    fn direction(&mut self, direction: Option<Direction>) {
        if let Some(direction) = direction.filter(|direction| *direction != self.direction) {
            self.put(" dir=\"");
            self.put(direction.word());
            self.put("\"");
        }
    }

    /// A part and what stands below it. The depth is counted here, so that no heading level is skipped.
    fn part_itself(&mut self, part: &'a Part, depth: usize) {
        self.part_heading(part, depth);
        if let Some(readers) = &part.readers {
            self.element("<p class=\"readers\">", readers, "</p>\n");
        }
        if let Some(file) = self.forms.get(&part.id) {
            self.form_link(part, file);
        }
        if let Some(obligatory) = &part.obligatory {
            self.obligatory(obligatory);
        }
        self.contents(&part.content, depth);
        for child in &part.parts {
            self.part(child, depth + 1);
        }
        self.contents(&part.closing, depth);
    }

    fn part_heading(&mut self, part: &Part, depth: usize) {
        self.put("<h");
        self.number(heading_level(depth));
        self.put(" id=\"");
        self.escape(&url::anchor(&part.id));
        self.put("\"");
        self.direction(Direction::of(heading_words(&part.heading)));
        self.put(">");
        number_into(&mut self.out, &part.number);
        self.words(heading_words(&part.heading));
        self.put("</h");
        self.number(heading_level(depth));
        self.put(">\n");
    }

    /// A link to the part as a blank form, which names the part for those who only hear the links.
    fn form_link(&mut self, part: &Part, file: &str) {
        self.put("<p class=\"fetch\"><a href=\"");
        self.escape(&url::encode(file));
        self.element(
            "\">Hent<span class=\"unseen\"> »",
            heading_words(&part.heading),
            "«</span> som blanket (PDF)</a></p>\n",
        );
    }

    /// A heading inside a part, one level below it.
    fn inner_heading(&mut self, heading: &str, depth: usize) {
        let level = heading_level(depth + 1);
        self.put("<h");
        self.number(level);
        self.direction(Direction::of(heading_words(heading)));
        self.put(">");
        self.words(heading_words(heading));
        self.put("</h");
        self.number(level);
        self.put(">\n");
    }

    fn obligatory(&mut self, obligatory: &'a Obligatory) {
        self.put("<div class=\"obligatory\">\n");
        self.element("<p class=\"label\">", &obligatory.label, "</p>\n");
        self.blocks(&obligatory.blocks);
        self.put("</div>\n");
    }

    fn contents(&mut self, contents: &'a [Content], depth: usize) {
        for content in contents {
            self.elements(&layout::elements(content), depth);
        }
    }

    /// The notes since the last part ended. A note can hold the mark of another note, which then follows.
    fn notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.put("<div class=\"notes\">\n<p class=\"label\">Noter</p>\n<ol role=\"list\">\n");
        let mut next = 0;
        while let Some(&note) = self.notes.get(next) {
            next += 1;
            self.put("<li value=\"");
            self.number(note.number);
            self.put("\" id=\"_");
            self.escape(&url::anchor(note.id));
            self.put("\">");
            self.blocks(note.blocks);
            self.put("<p class=\"back\"><a href=\"#_");
            self.escape(&url::fragment(note.id));
            self.put("-her\">Tilbage<span class=\"unseen\"> til note ");
            self.number(note.number);
            self.put(" i teksten</span></a></p></li>\n");
        }
        self.notes.clear();
        self.put("</ol>\n</div>\n");
    }
}
