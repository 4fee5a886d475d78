//! The running text of a file of Word as it grows: paragraphs, content controls, parts.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use super::numbering::{APPENDICES, HEADINGS, Lists};
use super::xml::{escape_into, escaped};
use crate::document::{Content, Part, PartKind, TextLanguage, layout};
use crate::render::{Picture, Pictures, heading_words};
use crate::text::Direction;

/// The longest name that a bookmark can have.
const LONGEST_NAME: usize = 40;
/// What a level of a list is indented by, in twentieths of a point.
pub(super) const STEP: u32 = 425;
/// A number that Word does not count to.
const NUMBER: &str = "<w:rStyle w:val=\"Rp-number\"/>";
/// The most levels of headings.
const LEVELS: usize = 9;

/// What a part of the file refers to.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// Kind, target and whether that is outside the file.
    pub(super) list: Vec<(&'static str, String, bool)>,
}

impl Relations {
    /// The id of what is referred to.
    pub(super) fn id(&mut self, kind: &'static str, target: &str, outside: bool) -> String {
        let known = self
            .list
            .iter()
            .position(|(own, there, _)| *own == kind && there == target);
        let at = known.unwrap_or_else(|| {
            self.list.push((kind, target.to_owned(), outside));
            self.list.len() - 1
        });
        format!("rId{}", at + 1)
    }
}

/// What the next paragraph begins with: the item of a list.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The list.
    pub(super) list: u32,
    /// Its level, from 0.
    pub(super) level: u8,
    /// The style of the paragraph; the usual one where it is empty.
    pub(super) style: String,
}

/// The text that has been written.
#[derive(Debug)]
pub(super) struct Body<'d> {
    pub(super) out: String,
    /// The anchors that links can lead to, and the bookmarks that they are.
    anchors: HashSet<&'d str>,
    bookmarks: BTreeMap<String, String>,
    /// Ids of controls, bookmarks and drawings.
    ids: u32,
    pub(super) lists: Lists,
    pub(super) relations: Relations,
    /// The pictures by their paths.
    pub(super) pictures: &'d Pictures,
    /// Those that are shown, in the order of `word/media`.
    pub(super) media: Vec<&'d Picture>,
    /// The notes, written, in order; and what they refer to.
    pub(super) notes: String,
    pub(super) note_relations: Relations,
    /// The places of parts that say what they answer, with the ids.
    pub(super) answers: Vec<(String, String)>,
    /// How many notes Word has counted.
    pub(super) counted: usize,
    /// A note is being written.
    pub(super) in_note: bool,
    /// What the next paragraph begins with.
    pub(super) item: Option<Item>,
    /// How many levels of lists the text stands in.
    pub(super) level: u8,
    /// The style of running text where it is not the usual one.
    pub(super) style: &'static str,
    /// Whether a line stands to the left of what is written.
    pub(super) has_bar: bool,
    /// A link is being written.
    pub(super) in_link: bool,
    /// The language of what is written, where it is not Danish, and which way it is read.
    language: Option<String>,
    pub(super) direction: Direction,
    /// How far the headings have counted, as Word does.
    counters: [usize; LEVELS],
    appendices: usize,
}

impl<'d> Body<'d> {
    pub(super) fn new(pictures: &'d Pictures, anchors: HashSet<&'d str>) -> Self {
        Self {
            out: String::with_capacity(128 * 1024),
            anchors,
            bookmarks: BTreeMap::new(),
            ids: 0,
            lists: Lists::default(),
            relations: Relations::default(),
            pictures,
            media: Vec::new(),
            notes: String::new(),
            note_relations: Relations::default(),
            answers: Vec::new(),
            counted: 0,
            in_note: false,
            item: None,
            level: 0,
            style: "",
            has_bar: false,
            in_link: false,
            language: None,
            direction: Direction::Rightward,
            counters: [0; LEVELS],
            appendices: 0,
        }
    }

    pub(super) fn put(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// A number that nothing else in the file has.
    pub(super) fn next_id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    /// What stands in a content control with this tag.
    pub(super) fn control(&mut self, tag: &str, content: impl FnOnce(&mut Self)) {
        let id = self.next_id();
        write!(
            self.out,
            "<w:sdt><w:sdtPr><w:tag w:val=\"rp:{}\"/><w:id w:val=\"{id}\"/>\
             <w15:appearance w15:val=\"hidden\"/></w:sdtPr><w:sdtContent>",
            escaped(tag)
        )
        .expect("a string takes every text");
        let before = self.out.len();
        content(self);
        if self.out.len() == before {
            self.put("<w:p/>");
        }
        self.put("</w:sdtContent></w:sdt>");
    }

    /// A paragraph of a style; the usual one where that is empty.
    pub(super) fn paragraph(&mut self, style: &str, content: impl FnOnce(&mut Self)) {
        self.put("<w:p><w:pPr>");
        let item = self.item.take();
        let own = match &item {
            Some(item) if style.is_empty() => item.style.as_str(),
            _ => style,
        };
        let own = if own.is_empty() { self.style } else { own };
        if !own.is_empty() {
            write!(self.out, "<w:pStyle w:val=\"{}\"/>", escaped(own)).expect("a string");
        }
        if let Some(item) = &item {
            write!(
                self.out,
                "<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                item.level, item.list
            )
            .expect("a string takes every text");
        }
        if self.has_bar {
            self.put(
                "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"8E8E8E\"/></w:pBdr>",
            );
        }
        if self.direction == Direction::Leftward {
            self.put("<w:bidi/>");
        }
        if item.is_none() && self.level > 0 {
            let left = u32::from(self.level) * STEP;
            write!(self.out, "<w:ind w:left=\"{left}\"/>").expect("a string takes every text");
        }
        self.put("</w:pPr>");
        content(self);
        self.put("</w:p>");
    }

    /// Letters with the properties of a run.
    pub(super) fn run(&mut self, properties: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.open_run(properties);
        self.put("<w:t xml:space=\"preserve\">");
        escape_into(&mut self.out, text);
        self.put("</w:t></w:r>");
    }

    /// Begins a run; the caller writes what is in it, and its end.
    pub(super) fn open_run(&mut self, properties: &str) {
        self.put("<w:r>");
        let is_leftward = self.direction == Direction::Leftward;
        if !properties.is_empty() || is_leftward || self.language.is_some() {
            self.put("<w:rPr>");
            self.put(properties);
            if is_leftward {
                self.put("<w:rtl/>");
            }
            if let Some(language) = &self.language {
                let code = escaped(language);
                write!(self.out, "<w:lang w:val=\"{code}\" w:bidi=\"{code}\"/>").expect("a string");
            }
            self.put("</w:rPr>");
        }
    }

    /// What is written in another direction than what is around it.
    pub(super) fn towards(&mut self, direction: Direction, content: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.direction, direction);
        content(self);
        self.direction = before;
    }

    /// The bookmark that an anchor is; none where nothing has that anchor.
    pub(super) fn bookmark_of(&mut self, anchor: &str) -> Option<String> {
        if !self.anchors.contains(anchor) {
            return None;
        }
        Some(self.bookmark_name(anchor))
    }

    /// Gives an appendix its name, by which it is told from a section.
    pub(super) fn name_appendix(&mut self, anchor: &str) {
        self.name("rpb", anchor);
    }

    /// A name of letters, figures and lines, unique and no longer than Word takes.
    fn bookmark_name(&mut self, anchor: &str) -> String {
        self.name("rp", anchor)
    }

    fn name(&mut self, prefix: &str, anchor: &str) -> String {
        if let Some(name) = self.bookmarks.get(anchor) {
            return name.clone();
        }
        let letters = anchor.chars();
        let letters = letters.map(|c| if c.is_alphanumeric() { c } else { '_' });
        let stem: String = letters.take(LONGEST_NAME - 8).collect();
        let stem = format!("{prefix}_{stem}");
        let taken = |name: &String| self.bookmarks.values().any(|other| other == name);
        let mut name = stem.clone();
        let mut count = 1;
        while taken(&name) {
            count += 1;
            name = format!("{stem}_{count}");
        }
        self.bookmarks.insert(anchor.to_owned(), name.clone());
        name
    }

    /// A place that links can lead to, around what is written.
    pub(super) fn marked(&mut self, anchor: &str, content: impl FnOnce(&mut Self)) {
        let name = self.bookmark_name(anchor);
        self.named(&name, content);
    }

    /// A bookmark of this name around what is written.
    pub(super) fn named(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        let id = self.next_id();
        write!(
            self.out,
            "<w:bookmarkStart w:id=\"{id}\" w:name=\"{}\"/>",
            escaped(name)
        )
        .expect("a string takes every text");
        content(self);
        write!(self.out, "<w:bookmarkEnd w:id=\"{id}\"/>").expect("a string takes every text");
    }

    /// A part and what stands below it, in its own language.
    pub(super) fn part(&mut self, part: &'d Part, depth: usize) {
        let Some(language) = &part.language else {
            return self.part_itself(part, depth);
        };
        self.speaking(Some(language), |body| body.part_itself(part, depth));
    }

    /// What is written in its own language, where it has one.
    pub(super) fn speaking(
        &mut self,
        language: Option<&TextLanguage>,
        content: impl FnOnce(&mut Self),
    ) {
        let Some(language) = language else {
            return content(self);
        };
        let before = self.language.replace(language.code.clone());
        self.towards(language.reads(), content);
        self.language = before;
    }

    fn part_itself(&mut self, part: &'d Part, depth: usize) {
        if part.kind == PartKind::Backmatter {
            // It is made of data each time, so it is not read back.
            self.control("backmatter", |body| body.part_content(part, depth));
        } else {
            self.part_content(part, depth);
        }
    }

    fn part_content(&mut self, part: &'d Part, depth: usize) {
        self.heading(part, depth);
        if let Some(readers) = &part.readers {
            self.paragraph("Rp-readers", |body| body.run("", readers));
        }
        if let Some(obligatory) = &part.obligatory {
            self.control("obligatory", |body| {
                body.has_bar = true;
                body.paragraph("Rp-label", |body| body.run("", &obligatory.label));
                body.blocks(&obligatory.blocks);
                body.has_bar = false;
            });
        }
        let opening = part.given.opening.unwrap_or(part.content.len());
        let (content, opening) = part.content.split_at(opening.min(part.content.len()));
        self.contents(content, depth);
        if !opening.is_empty() {
            self.control("opening", |body| body.contents(opening, depth));
        }
        for child in &part.parts {
            self.part(child, depth + 1);
        }
        if !part.closing.is_empty() {
            self.control(&format!("closing:{depth}"), |body| {
                body.contents(&part.closing, depth);
            });
        }
    }

    fn contents(&mut self, contents: &'d [Content], depth: usize) {
        for content in contents {
            for element in &layout::elements(content) {
                self.element(element, depth);
            }
        }
    }

    /// A part's heading. Word counts it where that gives the same number; else the number is typed.
    fn heading(&mut self, part: &Part, depth: usize) {
        let level = depth.min(LEVELS);
        let numbering = self.numbering(part, depth);
        self.put("<w:p><w:pPr>");
        write!(self.out, "<w:pStyle w:val=\"Overskrift{level}\"/>").expect("a string");
        let (list, ilvl) = numbering.unwrap_or((0, 0));
        write!(
            self.out,
            "<w:numPr><w:ilvl w:val=\"{ilvl}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
        )
        .expect("a string takes every text");
        if self.direction == Direction::Leftward {
            self.put("<w:bidi/>");
        }
        self.put("</w:pPr>");
        if !part.given.answers.is_empty() {
            let place = self.bookmark_name(&part.id);
            self.answers.push((place, part.given.answers.join(" ")));
        }
        self.marked(&part.id, |body| {
            if numbering.is_none() && !part.number.is_empty() {
                body.run(NUMBER, &format!("{} ", part.number));
            }
            body.run("", heading_words(&part.heading));
        });
        self.put("</w:p>");
    }

    /// The list and the level in which Word counts a heading to its own number.
    fn numbering(&mut self, part: &Part, depth: usize) -> Option<(u32, usize)> {
        if part.number.is_empty() || depth > LEVELS {
            return None;
        }
        if part.kind == PartKind::Appendix {
            let next = self.appendices + 1;
            let is_counted = depth == 1 && part.number == format!("Bilag {next}");
            return is_counted.then(|| {
                self.appendices = next;
                (APPENDICES, 0)
            });
        }
        let mut counters = self.counters;
        counters[depth - 1] += 1;
        counters[depth..].fill(0);
        let number: Vec<String> = counters[..depth].iter().map(usize::to_string).collect();
        (part.number == number.join(".")).then(|| {
            self.counters = counters;
            (HEADINGS, depth - 1)
        })
    }
}
