//! The contents and the running text of a document as HTML.
//!
//! Written straight into one string, node by node; the frame around it is `frame`'s. Ids of the page's own
//! begin with an underscore, so that none is taken for a part's.

mod entries;
mod escape;
mod text;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

pub(super) use self::escape::escape_into;
use super::{MOST_LINES, Pictures, Written, anchors, heading_level, heading_words, url};
use crate::document::{
    Block, Content, Document, FieldItem, FieldKind, Figure, Obligatory, Part, PartKind, Question,
    RuleItem, StepItem,
};
use crate::figure::{self, Size};
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

/// The list of contents: the two upper levels.
fn contents(document: &Document) -> String {
    let mut out = String::with_capacity(4096);
    out.push_str("<ol role=\"list\">\n");
    for part in document.parts() {
        contents_entry(&mut out, part);
        if !part.parts.is_empty() {
            out.push_str("\n<ol role=\"list\">\n");
            for child in &part.parts {
                contents_entry(&mut out, child);
                out.push_str("</li>\n");
            }
            out.push_str("</ol>\n");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    out
}

/// An entry of the contents, left open for what stands below it.
fn contents_entry(out: &mut String, part: &Part) {
    out.push_str("<li><a href=\"#");
    escape_into(out, &url::fragment(&part.id));
    out.push_str("\">");
    number_into(out, &part.number);
    escape_into(out, heading_words(&part.heading));
    out.push_str("</a>");
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
        }
    }

    fn put(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn escape(&mut self, text: &str) {
        escape_into(&mut self.out, text);
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
        self.part(part, 1);
        self.notes();
        self.put("</section>\n");
    }

    /// A part and what stands below it. The depth is counted here, so that no heading level is skipped.
    fn part(&mut self, part: &'a Part, depth: usize) {
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
        self.put("\">");
        number_into(&mut self.out, &part.number);
        self.escape(heading_words(&part.heading));
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
        self.put(">");
        self.escape(heading_words(heading));
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
                self.put("<div class=\"card\">\n");
                self.inner_heading(situation, depth);
                self.steps(steps);
                self.card_foot(contacts, documentation.as_deref());
                self.put("</div>\n");
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
                self.put("<div class=\"signature\">\n");
                self.blocks(intro.as_deref().unwrap_or_default());
                for role in roles {
                    self.signature_row(role, place.as_deref());
                }
                self.blocks(outro.as_deref().unwrap_or_default());
                self.put("</div>\n");
            }
            Content::Inserted {
                id,
                label,
                heading,
                content,
            } => {
                self.inner_heading(heading, depth);
                self.put("<p class=\"source\">");
                self.link_inside(id, |writer| writer.escape(label));
                self.put("</p>\n");
                self.contents(content, depth + 1);
            }
        }
    }

    /// A figure: its drawings, which a screen reader skips, and the list that says the same in words. Where the
    /// list says no more than the drawing shows, it is not seen.
    fn figure(&mut self, figure: &'a Figure) {
        self.put("<figure class=\"figure\">\n");
        self.element("<figcaption>", &figure.title, "</figcaption>\n");
        self.put(&figure::draw(figure, Size::Wide));
        self.put(&figure::draw(figure, Size::Narrow));
        self.element("<p class=\"unseen\">", &figure.intro, "</p>\n");
        self.put(
            match (figure.has_texts(), figure::holds_words(figure.kind)) {
                (true, _) => "<ol class=\"figure-list\" role=\"list\">\n",
                (false, false) => "<ol class=\"figure-list figure-list-narrow\" role=\"list\">\n",
                (false, true) => "<ol class=\"unseen\" role=\"list\">\n",
            },
        );
        for (at, item) in figure.items.iter().enumerate() {
            self.open_item(item.number, at);
            self.element("<p><strong>", &item.name, "</strong>");
            if let Some(when) = &item.when {
                self.element("\u{a0}· ", when, "");
            }
            self.put("</p>\n");
            self.blocks(&item.text);
            self.put("</li>\n");
        }
        self.put("</ol>\n</figure>\n");
    }

    fn rules(&mut self, items: &'a [RuleItem]) {
        self.put("<ol class=\"rules\" role=\"list\">\n");
        for (at, item) in items.iter().enumerate() {
            self.open_item(item.number, at);
            self.blocks(&item.text);
            if let Some(strength) = item.strength {
                self.element("<p class=\"strength\">", strength, "</p>\n");
            }
            if let Some(reason) = &item.reason {
                self.put("<div class=\"reason\">\n");
                self.blocks(reason);
                self.put("</div>\n");
            }
            if let Some(basis) = &item.basis {
                self.element("<p class=\"basis\">Hjemmel: ", basis, "</p>\n");
            }
            self.put("</li>\n");
        }
        self.put("</ol>\n");
    }

    /// An item of a numbered list, with its number where it is not the one that counting gives.
    fn open_item(&mut self, number: usize, at: usize) {
        if number == at + 1 {
            self.put("<li>");
        } else {
            self.put("<li value=\"");
            self.number(number);
            self.put("\">");
        }
    }

    fn group(&mut self, name: Option<&str>, items: &'a [Question], lines: u32, depth: usize) {
        if let Some(name) = name {
            self.inner_heading(name, depth);
        }
        self.put(if lines > 0 {
            "<ol class=\"questions with-lines\">\n"
        } else {
            "<ol class=\"questions\">\n"
        });
        for (at, item) in items.iter().enumerate() {
            self.open_item(item.number, at);
            self.blocks(&item.text);
            self.lines(lines);
            self.put("</li>\n");
        }
        self.put("</ol>\n");
    }

    /// Lines to write on. A screen reader skips them.
    fn lines(&mut self, count: u32) {
        for _ in 0..count.min(MOST_LINES) {
            self.put("<div class=\"line\"></div>\n");
        }
    }

    fn fields(&mut self, items: &'a [FieldItem]) {
        self.put("<div class=\"fields\">\n");
        for item in items {
            if item.kind == FieldKind::Checkbox {
                self.put("<div class=\"field field-checkbox\"><span class=\"box\"></span>");
                self.element("<p class=\"label\">", &item.name, "</p></div>\n");
                continue;
            }
            self.put("<div class=\"field\">");
            self.element("<p class=\"label\">", &item.name, "</p>\n");
            if item.kind == FieldKind::Date {
                self.put(
                    "<div class=\"date\"><div class=\"line\"></div><div class=\"line\"></div>\
                     <div class=\"line\"></div></div>\n",
                );
            } else {
                self.lines(item.lines.max(1));
            }
            self.put("</div>\n");
        }
        self.put("</div>\n");
    }

    fn steps(&mut self, steps: &'a [StepItem]) {
        self.put("<ol class=\"steps\" role=\"list\">\n");
        for (at, step) in steps.iter().enumerate() {
            self.open_item(step.number, at);
            self.blocks(&step.what);
            if step.who.is_some() || step.when.is_some() {
                self.put("<p class=\"who\">");
                if let Some(who) = &step.who {
                    self.element("<strong>", who, "</strong>");
                }
                if step.who.is_some() && step.when.is_some() {
                    self.put(" · ");
                }
                if let Some(when) = &step.when {
                    self.escape(when);
                }
                self.put("</p>\n");
            }
            self.put("</li>\n");
        }
        self.put("</ol>\n");
    }

    /// What stands last on a card: who to turn to, and what is written down.
    fn card_foot(&mut self, contacts: &'a [Vec<Block>], documentation: Option<&'a [Block]>) {
        if !contacts.is_empty() {
            self.put("<div class=\"card-foot\">\n<p class=\"label\">Kontakt</p>\n<ul>\n");
            for contact in contacts {
                self.put("<li>");
                self.tight_blocks(contact);
                self.put("</li>\n");
            }
            self.put("</ul>\n</div>\n");
        }
        if let Some(documentation) = documentation {
            self.put("<div class=\"card-foot\">\n<p class=\"label\">Dokumentation</p>\n");
            self.blocks(documentation);
            self.put("</div>\n");
        }
    }

    fn signature_row(&mut self, role: &str, place: Option<&str>) {
        self.put("<div class=\"signature-row\">\n<div>");
        self.element("<p class=\"label\">", role, "</p>");
        self.put(
            "<div class=\"line\"></div></div>\n<div><p class=\"label\">Sted</p><div class=\"line\">",
        );
        self.escape(place.unwrap_or_default());
        self.put(
            "</div></div>\n<div><p class=\"label\">Dato</p><div class=\"line\"></div></div>\n</div>\n",
        );
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
