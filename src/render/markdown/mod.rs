//! A document's contents and running text as CommonMark with tables and footnotes.
//!
//! The same text in the same order as the HTML. A letter that would mean something in Markdown is escaped, so
//! that a reader of the rendered text sees what the author typed.

mod elements;
mod escape;
mod text;

use std::collections::HashSet;
use std::fmt::Write as _;

pub(super) use self::escape::escape_line;
use super::{Written, anchors, heading_level, heading_words, url};
use crate::document::{Block, Content, Document, Part, TextLanguage, layout};
use crate::text::Direction;

/// A line to write on. The first letter is escaped, so that it is neither a thematic break nor emphasis.
const LINE: &str = "\\_______________________________________";
/// A short line to write on.
const SHORT_LINE: &str = "\\___________________";

/// The indent of what stands below a number: as many spaces as the longest number and its sign have letters.
const SPACES: &str = "                      ";

/// Writes a document's contents and text.
pub(super) fn write(document: &Document) -> Written {
    let mut writer = Writer::new(document);
    for part in document.parts() {
        writer.part(part, 1);
        writer.notes();
    }
    Written {
        contents: contents(document),
        body: writer.out,
    }
}

/// The list of contents: the two upper levels.
fn contents(document: &Document) -> String {
    let mut out = String::with_capacity(2048);
    for part in document.parts() {
        contents_entry(&mut out, "- ", part);
        for child in &part.parts {
            contents_entry(&mut out, "  - ", child);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn contents_entry(out: &mut String, marker: &str, part: &Part) {
    out.push_str(marker);
    out.push('[');
    out.push_str(&escape_line(&heading(part)));
    out.push_str("](#");
    out.push_str(&url::fragment(&part.id));
    out.push_str(")\n");
}

/// A heading's words with its number.
fn heading(part: &Part) -> String {
    let words = heading_words(&part.heading);
    if part.number.is_empty() {
        words.to_owned()
    } else {
        format!("{} {words}", part.number)
    }
}

/// A footnote that waits for the end of its part.
#[derive(Clone, Copy)]
struct Note<'a> {
    number: usize,
    blocks: &'a [Block],
}

/// The attributes of an element that say a language, and which way it is read.
fn said(language: &TextLanguage) -> String {
    format!(" lang=\"{}\" dir=\"{}\"", language.code, language.direction)
}

/// Writes one document.
struct Writer<'a> {
    out: String,
    /// What every further line of the block at hand begins with.
    prefix: String,
    /// Where the line at hand begins, behind its prefix and list marker.
    line: usize,
    /// The place for the next block is open: at the very beginning, and behind a list marker.
    open: bool,
    anchors: HashSet<&'a str>,
    notes: Vec<Note<'a>>,
    /// The marks that wait for the end of the link they stand in.
    marks: Option<Vec<usize>>,
    /// A table's cell is being written.
    in_cell: bool,
    /// Where the last closing `*` or `~` ended.
    closed: usize,
    /// Which way the text is read that is being written.
    direction: Direction,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            out: String::with_capacity(32 * 1024),
            prefix: String::new(),
            line: 0,
            open: true,
            anchors: anchors(document),
            notes: Vec::new(),
            marks: None,
            in_cell: false,
            closed: usize::MAX,
            direction: Direction::Rightward,
        }
    }

    fn put(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Goes to where the next block begins, with an empty line before it unless it shall stay close.
    fn next_block(&mut self, close: bool) {
        if !std::mem::take(&mut self.open) {
            self.out.push('\n');
            if !close {
                self.out.push_str(self.prefix.trim_end_matches(' '));
                self.out.push('\n');
            }
            self.out.push_str(&self.prefix);
        }
        self.line = self.out.len();
    }

    /// Writes blocks behind a marker; their further lines begin with `indent`.
    fn nested(&mut self, marker: &str, indent: &str, blocks: impl FnOnce(&mut Self)) {
        self.put(marker);
        self.indented(indent, blocks);
    }

    /// Writes blocks behind a marker that has been written.
    fn indented(&mut self, indent: &str, blocks: impl FnOnce(&mut Self)) {
        self.line = self.out.len();
        self.open = true;
        let outside = self.prefix.len();
        self.prefix.push_str(indent);
        blocks(self);
        self.prefix.truncate(outside);
        self.open = false;
    }

    /// A numbered item.
    fn numbered(&mut self, number: usize, close: bool, blocks: impl FnOnce(&mut Self)) {
        self.next_block(close);
        let start = self.out.len();
        write!(self.out, "{number}. ").expect("a string takes every number");
        self.indented(&SPACES[..self.out.len() - start], blocks);
    }

    /// A paragraph of plain text.
    fn line(&mut self, text: &str) {
        self.next_block(false);
        self.escape(text.trim());
    }

    /// A paragraph of strong text, such as a label.
    fn label(&mut self, text: &str) {
        self.next_block(false);
        self.strong(text);
    }

    fn strong(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.put("**");
            self.escape(text.trim());
            self.put("**");
        }
    }

    fn heading(&mut self, depth: usize, anchor: Option<&str>, words: &str) {
        self.next_block(false);
        for _ in 0..heading_level(depth) {
            self.out.push('#');
        }
        self.out.push(' ');
        if let Some(id) = anchor {
            self.anchor(id);
        }
        self.line = self.out.len();
        let words = escape_line(words);
        self.put(&words);
    }

    /// A place that links inside the document can lead to. CommonMark has none of its own; this one works
    /// wherever the Markdown is shown as a page.
    fn anchor(&mut self, id: &str) {
        write!(self.out, "<a id=\"{}\"></a>", url::fragment(id))
            .expect("a string takes every text");
    }

    /// A part and what stands below it, in its own language.
    fn part(&mut self, part: &'a Part, depth: usize) {
        let Some(language) = &part.language else {
            return self.part_itself(part, depth);
        };
        self.speaking(Some(language), |writer| writer.part_itself(part, depth));
    }

    /// Blocks in their own language, where they have one.
    fn speaking(&mut self, language: Option<&TextLanguage>, write: impl FnOnce(&mut Self)) {
        let Some(language) = language else {
            return write(self);
        };
        let open = format!("<div{}>", said(language));
        self.within(&open, language.reads(), write);
    }

    /// Words in a line in their own language, where they have one.
    fn spoken_in_line(&mut self, language: Option<&TextLanguage>, write: impl FnOnce(&mut Self)) {
        if let Some(language) = language {
            self.put(&format!("<span{}>", said(language)));
        }
        write(self);
        if language.is_some() {
            self.put("</span>");
        }
    }

    /// Blocks in an element of HTML, which is what Markdown has for what it lacks itself.
    fn within(&mut self, open: &str, direction: Direction, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.direction, direction);
        self.next_block(false);
        self.put(open);
        write(self);
        self.next_block(false);
        self.put("</div>");
        self.direction = before;
    }

    fn part_itself(&mut self, part: &'a Part, depth: usize) {
        self.heading(depth, Some(&part.id), &heading(part));
        if let Some(readers) = &part.readers {
            self.line(readers);
        }
        if let Some(obligatory) = &part.obligatory {
            self.next_block(false);
            self.nested("> ", "> ", |writer| {
                writer.label(&obligatory.label);
                writer.blocks(&obligatory.blocks);
            });
        }
        self.contents(&part.content, depth);
        for child in &part.parts {
            self.part(child, depth + 1);
        }
        self.contents(&part.closing, depth);
    }

    fn contents(&mut self, contents: &'a [Content], depth: usize) {
        for content in contents {
            self.elements(&layout::elements(content), depth);
        }
    }

    /// The notes since the last part ended. A note can hold the mark of another note, which then follows.
    fn notes(&mut self) {
        let mut next = 0;
        while let Some(&note) = self.notes.get(next) {
            next += 1;
            self.next_block(false);
            let marker = format!("[^{}]: ", note.number);
            self.nested(&marker, "    ", |writer| writer.blocks(note.blocks));
        }
        self.notes.clear();
    }
}
