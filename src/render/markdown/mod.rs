//! A document's contents and running text as CommonMark with tables and footnotes.
//!
//! The same text in the same order as the HTML. A letter that would mean something in Markdown is escaped, so
//! that a reader of the rendered text sees what the author typed.

mod entries;
mod escape;
mod text;

use std::collections::HashSet;
use std::fmt::Write as _;

pub(super) use self::escape::escape_line;
use super::{MOST_LINES, Written, anchors, heading_level, heading_words, url};
use crate::document::{
    Block, Content, Document, FieldItem, FieldKind, Figure, Part, Question, RuleItem, StepItem,
};

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

    fn part(&mut self, part: &'a Part, depth: usize) {
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
            self.content(content, depth);
        }
    }

    fn content(&mut self, content: &'a Content, depth: usize) {
        match content {
            Content::Text { blocks } => self.blocks(blocks),
            Content::Figure(figure) => self.figure(figure),
            Content::Terms { items } => self.terms(items),
            Content::Roles { items } => self.roles(items, depth),
            Content::Rules { items } => self.rules(items),
            Content::Group { name, items, lines } => {
                self.group(name.as_deref(), items, *lines, depth);
            }
            Content::Fields { items } => self.fields(items),
            Content::Card {
                situation,
                steps,
                contacts,
                documentation,
            } => {
                self.heading(depth + 1, None, heading_words(situation));
                self.steps(steps);
                self.card_foot(contacts, documentation.as_deref());
            }
            Content::Dilemma {
                situation,
                does,
                reason,
            } => self.dilemma(situation, does, reason.as_deref(), depth),
            Content::Tasks { items } => self.tasks(items),
            Content::Contacts { items } => self.contacts_list(items),
            Content::File { path, size } => self.file(path, size.as_ref()),
            Content::Signature {
                intro,
                place,
                roles,
                outro,
            } => {
                self.blocks(intro.as_deref().unwrap_or_default());
                for role in roles {
                    self.signature_row(role, place.as_deref());
                }
                self.blocks(outro.as_deref().unwrap_or_default());
            }
            Content::Inserted {
                id,
                label,
                heading,
                content,
            } => {
                self.heading(depth + 1, None, heading_words(heading));
                self.next_block(false);
                self.link_inside(id, |writer| writer.escape(label));
                self.contents(content, depth + 1);
            }
        }
    }

    /// A figure in words: its caption, what the drawing looks like, and its items.
    fn figure(&mut self, figure: &'a Figure) {
        self.label(&figure.title);
        self.line(&figure.intro);
        let tight = !figure.has_texts();
        for (at, item) in figure.items.iter().enumerate() {
            self.numbered(item.number, tight && at > 0, |writer| {
                writer.next_block(false);
                writer.strong(&item.name);
                if let Some(when) = &item.when {
                    writer.put(" · ");
                    writer.escape(when);
                }
                writer.blocks(&item.text);
            });
        }
    }

    fn rules(&mut self, items: &'a [RuleItem]) {
        for item in items {
            self.numbered(item.number, false, |writer| {
                writer.blocks(&item.text);
                if let Some(strength) = item.strength {
                    writer.label(strength);
                }
                writer.blocks(item.reason.as_deref().unwrap_or_default());
                if let Some(basis) = &item.basis {
                    writer.line(&format!("Hjemmel: {basis}"));
                }
            });
        }
    }

    fn group(&mut self, name: Option<&str>, items: &'a [Question], lines: u32, depth: usize) {
        if let Some(name) = name {
            self.heading(depth + 1, None, heading_words(name));
        }
        for item in items {
            self.numbered(item.number, false, |writer| {
                writer.blocks(&item.text);
                writer.lines(lines);
            });
        }
    }

    /// Lines to write on.
    fn lines(&mut self, count: u32) {
        for _ in 0..count.min(MOST_LINES) {
            self.next_block(false);
            self.put(LINE);
        }
    }

    fn fields(&mut self, items: &'a [FieldItem]) {
        for item in items {
            match item.kind {
                FieldKind::Checkbox => {
                    self.next_block(false);
                    self.nested("- [ ] ", "  ", |writer| writer.line(&item.name));
                }
                FieldKind::Date => {
                    self.label(&item.name);
                    self.next_block(false);
                    self.put(SHORT_LINE);
                }
                FieldKind::Text => {
                    self.label(&item.name);
                    self.lines(item.lines.max(1));
                }
            }
        }
    }

    fn steps(&mut self, steps: &'a [StepItem]) {
        for step in steps {
            self.numbered(step.number, false, |writer| {
                writer.blocks(&step.what);
                if step.who.is_none() && step.when.is_none() {
                    return;
                }
                writer.next_block(false);
                if let Some(who) = &step.who {
                    writer.strong(who);
                }
                if step.who.is_some() && step.when.is_some() {
                    writer.put(" · ");
                }
                if let Some(when) = &step.when {
                    writer.escape(when);
                }
            });
        }
    }

    /// What stands last on a card: who to turn to, and what is written down.
    fn card_foot(&mut self, contacts: &'a [Vec<Block>], documentation: Option<&'a [Block]>) {
        if !contacts.is_empty() {
            self.label("Kontakt");
            for (at, contact) in contacts.iter().enumerate() {
                self.next_block(at > 0);
                self.nested("- ", "  ", |writer| writer.blocks(contact));
            }
        }
        if let Some(documentation) = documentation {
            self.label("Dokumentation");
            self.blocks(documentation);
        }
    }

    fn signature_row(&mut self, role: &str, place: Option<&str>) {
        self.label(role);
        self.next_block(false);
        self.put(LINE);
        self.label("Sted");
        self.put(" ");
        match place {
            Some(place) => self.escape(place),
            None => self.put(SHORT_LINE),
        }
        self.label("Dato");
        self.put(" ");
        self.put(SHORT_LINE);
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
