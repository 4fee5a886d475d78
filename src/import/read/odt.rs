//! Documents of LibreOffice and other programs that write OpenDocument: from the parts of an `.odt` to the
//! neutral tree.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::docx::push_run;
use super::styles::{is_contents, role};
use crate::import::blanks::BLANK;
use crate::import::container::Container;
use crate::import::refusal::Refusal;
use crate::import::source::{
    Block, Cell, Left, Look, Mark, MarkKind, Paragraph, Picture, Reason, Role, Run, Source, Table,
    letters, visit_paragraphs,
};
use crate::import::xml::{Content, Element};

/// The usual size of letters, in half points.
const USUAL_SIZE: u16 = 24;
/// Cells and rows that a file repeats more often than anybody writes are empty ones.
const MOST_REPEATED: usize = 64;
const LONGEST_CHAIN: usize = 20;

/// Reads a document.
pub(super) fn read(container: &mut Container<'_>) -> Result<Source, Refusal> {
    if let Some(manifest) = container.part("META-INF/manifest.xml")?
        && memchr::memmem::find(&manifest, b"encryption-data").is_some()
    {
        return Err(Refusal::Encrypted);
    }
    let content = container.part("content.xml")?.ok_or(Refusal::Broken)?;
    let content = Element::parse(&content)?;
    let styles = container.part("styles.xml")?;
    let styles = styles.map(|bytes| Element::parse(&bytes)).transpose()?;
    let Some(body) = content
        .child("office:body")
        .and_then(|body| body.child("office:text"))
    else {
        return Err(Refusal::Other("ikke et tekstdokument"));
    };
    let mut reader = Reader {
        container,
        styles: Styles::default(),
        source: Source::default(),
        boxes: Vec::new(),
        counted: HashMap::new(),
        comments: 0,
        inserted: false,
    };
    for root in styles.iter().chain([&content]) {
        reader.styles.add(root);
    }
    let blocks = reader.blocks(body, None)?;
    reader.source.blocks = blocks;
    if let Some(styles) = &styles {
        reader.edges(styles);
    }
    reader.tell_changes();
    Ok(reader.source)
}

/// Styles of paragraphs and letters by their names, and kinds of lists.
#[derive(Debug, Default)]
struct Styles {
    by_name: BTreeMap<String, Style>,
    lists: BTreeMap<String, BTreeMap<u8, (bool, u64)>>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    outline: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
    strike: Option<bool>,
    underline: Option<bool>,
    raised: Option<bool>,
    caps: Option<bool>,
    hidden: Option<bool>,
    size: Option<u16>,
    indent: Option<i32>,
}

impl Styles {
    fn add(&mut self, root: &Element) {
        for group in ["office:styles", "office:automatic-styles"] {
            let Some(group) = root.child(group) else {
                continue;
            };
            for element in group.children() {
                let name = element.get("style:name").unwrap_or_default().to_owned();
                match element.name.as_str() {
                    "style:style" => {
                        self.by_name.insert(name, Style::read(element));
                    }
                    "text:list-style" => {
                        let levels = element.children().filter_map(|level| {
                            let number = level.get("text:level")?.parse::<u8>().ok()?;
                            let counts = level.name == "text:list-level-style-number"
                                && level
                                    .get("style:num-format")
                                    .is_some_and(|format| !format.is_empty());
                            let start = level
                                .get("text:start-value")
                                .and_then(|start| start.parse().ok());
                            Some((number, (counts, start.unwrap_or(1))))
                        });
                        self.lists.insert(name, levels.collect());
                    }
                    _ => {}
                }
            }
        }
    }

    fn chain<'s>(&'s self, name: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = name.and_then(|name| self.by_name.get(name));
        let next = |style: &&'s Style| self.by_name.get(style.parent.as_deref()?);
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }

    /// How letters look in the styles around them, the innermost last.
    fn look(&self, names: &[&str]) -> (Look, bool) {
        let mut look = Look {
            size: USUAL_SIZE,
            ..Look::default()
        };
        let mut hidden = false;
        let mut size = None;
        for name in names {
            let mut chain: Vec<&Style> = self.chain(Some(name)).collect();
            chain.reverse();
            for style in chain {
                let set = |switch: &mut bool, said: Option<bool>| *switch = said.unwrap_or(*switch);
                set(&mut look.bold, style.bold);
                set(&mut look.italic, style.italic);
                set(&mut look.strike, style.strike);
                set(&mut look.underline, style.underline);
                set(&mut look.raised, style.raised);
                set(&mut look.caps, style.caps);
                set(&mut hidden, style.hidden);
                size = style.size.or(size);
            }
        }
        look.size = size.unwrap_or(USUAL_SIZE);
        (look, hidden)
    }

    fn role(&self, name: Option<&str>) -> Role {
        let of_style = |style: &Style| {
            let named = role(&style.name, &style.name);
            named.or(style.outline.map(Role::Heading))
        };
        let said = self.chain(name).find_map(of_style);
        // A style that every program knows need not be in the file.
        let named = || {
            name.map(|name| name.replace("_20_", " "))
                .and_then(|name| role(&name, &name))
        };
        said.or_else(named).unwrap_or_default()
    }
}

impl Style {
    fn read(element: &Element) -> Self {
        let get = |name: &str| element.get(name).map(str::to_owned);
        let letters = element.child("style:text-properties");
        let letter = |name: &str| letters.and_then(|letters| letters.get(name));
        let paragraph = element.child("style:paragraph-properties");
        let is_not_none = |kind: &str| kind != "none";
        Self {
            name: get("style:display-name")
                .or_else(|| get("style:name"))
                .unwrap_or_default()
                .replace("_20_", " "),
            parent: get("style:parent-style-name"),
            outline: element
                .get("style:default-outline-level")
                .and_then(|level| level.parse().ok()),
            bold: letter("fo:font-weight")
                .map(|weight| matches!(weight, "bold" | "600" | "700" | "800" | "900")),
            italic: letter("fo:font-style").map(|style| style != "normal"),
            strike: letter("style:text-line-through-style").map(is_not_none),
            underline: letter("style:text-underline-style").map(is_not_none),
            raised: letter("style:text-position").map(|position| position.starts_with("super")),
            caps: letter("fo:text-transform").map(|transform| transform == "uppercase"),
            hidden: letter("text:display").map(|display| display == "none"),
            size: letter("fo:font-size").and_then(points).map(half),
            indent: paragraph
                .and_then(|properties| properties.get("fo:margin-left"))
                .and_then(points)
                .map(twentieths),
        }
    }
}

/// A length such as `12pt` or `1.25cm`, in points.
fn points(length: &str) -> Option<f32> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let number: f32 = length[..length.len() - unit.len()].parse().ok()?;
    let factor = match unit {
        "pt" => 1.0,
        "cm" => 28.35,
        "mm" => 2.835,
        "in" => 72.0,
        _ => return None,
    };
    Some(number * factor)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of letters are small"
)]
fn half(points: f32) -> u16 {
    (points * 2.0).round().clamp(0.0, 2000.0) as u16
}

#[expect(clippy::cast_possible_truncation, reason = "indents are small")]
fn twentieths(points: f32) -> i32 {
    (points * 20.0).round().clamp(-20_000.0, 20_000.0) as i32
}

/// A list that is open.
#[derive(Clone, Copy)]
struct OpenList<'e> {
    style: Option<&'e str>,
    level: u8,
}

struct Reader<'c, 'b> {
    container: &'c mut Container<'b>,
    styles: Styles,
    source: Source,
    boxes: Vec<Vec<Block>>,
    /// How far each list has counted, by its style and level, for those that go on.
    counted: HashMap<(String, u8), u64>,
    comments: usize,
    inserted: bool,
}

impl<'e> Reader<'_, '_> {
    fn blocks(
        &mut self,
        parent: &'e Element,
        list: Option<OpenList<'e>>,
    ) -> Result<Vec<Block>, Refusal> {
        let mut blocks = Vec::new();
        self.push_blocks(parent, list, None, &mut blocks)?;
        Ok(blocks)
    }

    fn push_blocks(
        &mut self,
        parent: &'e Element,
        list: Option<OpenList<'e>>,
        mut mark: Option<Mark>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Refusal> {
        for child in parent.children() {
            match child.name.as_str() {
                "text:p" | "text:h" => {
                    self.paragraph(child, mark.take(), list.map(|list| list.level), blocks)?;
                }
                "text:list" => self.list(child, list, blocks)?,
                "text:numbered-paragraph" | "text:section" | "text:index-title" => {
                    self.push_blocks(child, list, None, blocks)?;
                }
                "table:table" => {
                    let table = self.table(child)?;
                    blocks.push(Block::Table(table));
                }
                name if name.ends_with("-index")
                    || name == "text:table-of-content"
                    || name == "text:bibliography" =>
                {
                    let text = spaced_text(child);
                    if !text.trim().is_empty() {
                        self.source.left.push(Left::new(Reason::Contents, text));
                    }
                }
                "text:tracked-changes" => self.changes(child),
                name if is_drawing(name) => {
                    let mut runs = Vec::new();
                    self.frame(child, &mut runs)?;
                    if !runs.is_empty() {
                        blocks.push(Block::Paragraph(Paragraph {
                            runs,
                            ..Paragraph::default()
                        }));
                    }
                    self.flush_boxes(blocks);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn flush_boxes(&mut self, blocks: &mut Vec<Block>) {
        blocks.extend(self.boxes.drain(..).map(Block::Quote));
    }

    /// A paragraph; in a list, also one that goes on in an item, it is indented by the list's level.
    fn paragraph(
        &mut self,
        element: &'e Element,
        mark: Option<Mark>,
        level: Option<u8>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Refusal> {
        let style = element.get("text:style-name");
        let outline = (element.name == "text:h").then(|| element.get("text:outline-level"));
        let mut role = self.styles.role(style);
        if let Some(level) = outline {
            role = Role::Heading(level.and_then(|level| level.parse().ok()).unwrap_or(1));
        }
        let mut runs = Vec::new();
        let names: Vec<&str> = style.into_iter().collect();
        self.inlines(element, &names, None, &mut runs)?;
        let names = self
            .styles
            .chain(style)
            .any(|style| is_contents(&style.name));
        if names {
            let text = letters(&runs);
            if !text.trim().is_empty() {
                self.source.left.push(Left::new(Reason::Contents, text));
            }
            return Ok(());
        }
        let indent = match level {
            Some(level) => Some((i32::from(level) + 1) * 360),
            None => self.styles.chain(style).find_map(|style| style.indent),
        };
        let is_heading = matches!(role, Role::Heading(_) | Role::Title);
        blocks.push(Block::Paragraph(Paragraph {
            runs,
            role,
            mark: mark.filter(|_| !is_heading),
            indent: indent.unwrap_or_default(),
        }));
        self.flush_boxes(blocks);
        Ok(())
    }

    fn list(
        &mut self,
        element: &'e Element,
        outer: Option<OpenList<'e>>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Refusal> {
        let style = element
            .get("text:style-name")
            .or(outer.and_then(|outer| outer.style));
        let level = outer.map_or(0, |outer| outer.level + 1);
        let (counts, start) = style
            .and_then(|style| self.styles.lists.get(style)?.get(&(level + 1)))
            .copied()
            .unwrap_or((false, 1));
        let key = (style.unwrap_or_default().to_owned(), level);
        let goes_on = element.get("text:continue-numbering") == Some("true")
            || element.get("text:continue-list").is_some();
        let mut number = match self.counted.get(&key) {
            Some(before) if goes_on => before + 1,
            _ => start,
        };
        let list = OpenList { style, level };
        for item in element.children() {
            if let Some(value) = item
                .get("text:start-value")
                .and_then(|value| value.parse().ok())
            {
                number = value;
            }
            let kind = if counts {
                MarkKind::Number(number)
            } else {
                MarkKind::Bullet
            };
            let mark = (item.name == "text:list-item").then_some(Mark { level, kind });
            // An item that holds nothing but a list of its own has no number.
            let has_own = item
                .children()
                .any(|child| child.name == "text:p" || child.name == "text:h");
            self.push_blocks(item, Some(list), mark.filter(|_| has_own), blocks)?;
            number += u64::from(has_own);
        }
        self.counted.insert(key, number.saturating_sub(1));
        Ok(())
    }

    fn inlines(
        &mut self,
        parent: &'e Element,
        names: &[&'e str],
        link: Option<&Rc<str>>,
        runs: &mut Vec<Run>,
    ) -> Result<(), Refusal> {
        let (look, hidden) = self.styles.look(names);
        for content in &parent.content {
            let child = match content {
                Content::Text(text) => {
                    self.text(&collapsed(text, runs), look, hidden, link, runs);
                    continue;
                }
                Content::Element(child) => child,
            };
            let style = child.get("text:style-name");
            let inner: Vec<&str> = names.iter().copied().chain(style).collect();
            match child.name.as_str() {
                "text:span" | "text:meta" | "text:ruby" | "text:ruby-base" => {
                    self.inlines(child, &inner, link, runs)?;
                }
                "text:a" => {
                    let target: Rc<str> = child.get("xlink:href").unwrap_or_default().into();
                    self.inlines(child, names, Some(&target), runs)?;
                }
                "text:s" => {
                    let count = child
                        .get("text:c")
                        .and_then(|count| count.parse().ok())
                        .unwrap_or(1);
                    self.text(
                        &" ".repeat(usize::min(count, 200)),
                        look,
                        hidden,
                        link,
                        runs,
                    );
                }
                "text:tab" => self.text("\t", look, hidden, link, runs),
                "text:line-break" => self.text("\n", look, hidden, link, runs),
                "text:note" => self.note(child, runs)?,
                "office:annotation" => self.comment(child, runs),
                "text:bookmark" | "text:bookmark-start" => {
                    runs.push(Run::Bookmark(
                        child.get("text:name").unwrap_or_default().to_owned(),
                    ));
                }
                "text:page-number" | "text:page-count" => {
                    self.source
                        .left
                        .push(Left::new(Reason::PageNumber, child.text()));
                }
                "text:change-start" => self.inserted = true,
                name if is_drawing(name) || name == "draw:a" => self.frame(child, runs)?,
                // Something to tick, in a form of Word.
                "field:fieldmark" => {
                    let kind = child.get("field:type").unwrap_or_default();
                    if kind.ends_with("FORMCHECKBOX") {
                        self.text("☐", look, hidden, link, runs);
                    }
                }
                "loext:content-control"
                    if child.get("loext:showing-place-holder") == Some("true") =>
                {
                    self.source
                        .left
                        .push(Left::new(Reason::Blank, spaced_text(child)));
                    self.text(BLANK, look, hidden, link, runs);
                }
                "text:note-citation" | "text:tracked-changes" | "office:annotation-end" => {}
                // Fields: what they show is text.
                _ => self.inlines(child, names, link, runs)?,
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        text: &str,
        look: Look,
        hidden: bool,
        link: Option<&Rc<str>>,
        runs: &mut Vec<Run>,
    ) {
        if hidden {
            if !text.trim().is_empty() {
                self.source.left.push(Left::new(Reason::Hidden, text));
            }
        } else if !text.is_empty() {
            push_run(runs, text, look, link.cloned());
        }
    }

    fn note(&mut self, element: &'e Element, runs: &mut Vec<Run>) -> Result<(), Refusal> {
        let label = (self.source.notes.len() + 1).to_string();
        // Its place is taken before it is read, for a note may stand in a note.
        self.source.notes.insert(label.clone(), Vec::new());
        if let Some(body) = element.child("text:note-body") {
            let blocks = self.blocks(body, None)?;
            self.source.notes.insert(label.clone(), blocks);
        }
        runs.push(Run::Note(label));
        Ok(())
    }

    fn comment(&mut self, element: &Element, runs: &mut Vec<Run>) {
        let mut lines = Vec::new();
        element.visit(&mut |below| {
            if below.name == "text:p" {
                lines.push(below.text());
            }
        });
        let id = self.comments.to_string();
        self.comments += 1;
        self.source.comments.insert(id.clone(), lines.join("\n"));
        runs.push(Run::Comment(id));
    }

    fn frame(&mut self, element: &'e Element, runs: &mut Vec<Run>) -> Result<(), Refusal> {
        let said = |name: &str| element.child(name).map(Element::text);
        let alt = said("svg:desc")
            .or_else(|| said("svg:title"))
            .unwrap_or_default();
        // The first picture is the one to show; others are the same for older programs.
        let mut is_shown = false;
        for child in element.children() {
            match child.name.as_str() {
                "draw:image" if !is_shown => {
                    is_shown = true;
                    let part = child
                        .get("xlink:href")
                        .unwrap_or_default()
                        .trim_start_matches("./");
                    if let Some(bytes) = self.container.part(part)? {
                        self.source.pictures.push(Picture {
                            bytes,
                            alt: alt.trim().to_owned(),
                            file: None,
                        });
                        runs.push(Run::Picture(self.source.pictures.len() - 1));
                    }
                }
                "draw:text-box" => {
                    let outer = std::mem::take(&mut self.boxes);
                    let blocks = self.blocks(child, None)?;
                    self.boxes = outer;
                    self.boxes.push(blocks);
                }
                name if is_drawing(name) => self.frame(child, runs)?,
                _ => {}
            }
        }
        self.words_in(element)
    }

    /// What stands in a shape, beside pictures and boxes in it.
    fn words_in(&mut self, element: &'e Element) -> Result<(), Refusal> {
        let outer = std::mem::take(&mut self.boxes);
        let mut blocks = Vec::new();
        for child in element.children() {
            match child.name.as_str() {
                "text:p" | "text:h" => self.paragraph(child, None, None, &mut blocks)?,
                "text:list" => self.list(child, None, &mut blocks)?,
                _ => {}
            }
        }
        self.boxes = outer;
        if !letters_of(&blocks).trim().is_empty() {
            self.boxes.push(blocks);
        }
        Ok(())
    }

    fn table(&mut self, element: &'e Element) -> Result<Table, Refusal> {
        let mut table = Table::default();
        for child in element.children() {
            match child.name.as_str() {
                "table:table-header-rows" => {
                    for row in child.all("table:table-row") {
                        self.row(row, &mut table)?;
                    }
                    table.header_rows = table.rows.len();
                }
                "table:table-rows" | "table:table-row-group" => {
                    for row in child.all("table:table-row") {
                        self.row(row, &mut table)?;
                    }
                }
                "table:table-row" => self.row(child, &mut table)?,
                _ => {}
            }
        }
        Ok(table)
    }

    fn row(&mut self, row: &'e Element, table: &mut Table) -> Result<(), Refusal> {
        let mut cells = Vec::new();
        for cell in row.children() {
            let number = |name: &str| {
                cell.get(name)
                    .and_then(|number| number.parse::<usize>().ok())
                    .unwrap_or(1)
            };
            let merged = match cell.name.as_str() {
                "table:covered-table-cell" => true,
                "table:table-cell" => {
                    number("table:number-columns-spanned") > 1
                        || number("table:number-rows-spanned") > 1
                }
                _ => continue,
            };
            let blocks = self.blocks(cell, None)?;
            cells.push(Cell { blocks, merged });
            let repeated = number("table:number-columns-repeated").min(MOST_REPEATED);
            cells.extend((1..repeated).map(|_| Cell::default()));
        }
        table.rows.push(cells);
        Ok(())
    }

    fn changes(&mut self, element: &Element) {
        element.visit(&mut |below| {
            if below.name == "text:deletion" {
                let mut text = String::new();
                below.visit(&mut |inner| {
                    if matches!(inner.name.as_str(), "text:p" | "text:h") {
                        text.push_str(&spaced_text(inner));
                        text.push(' ');
                    }
                });
                self.source
                    .left
                    .push(Left::new(Reason::Deleted, text.trim()));
            }
        });
    }

    fn edges(&mut self, styles: &Element) {
        let Some(masters) = styles.child("office:master-styles") else {
            return;
        };
        masters.visit(&mut |below| {
            let reason = match below.name.as_str() {
                "style:header" | "style:header-first" | "style:header-left" => Reason::Header,
                "style:footer" | "style:footer-first" | "style:footer-left" => Reason::Footer,
                _ => return,
            };
            let text = spaced_text(below);
            if !text.trim().is_empty() {
                self.source.left.push(Left::new(reason, text));
            }
        });
    }

    fn tell_changes(&mut self) {
        let deleted: Vec<String> = self
            .source
            .left
            .iter()
            .filter(|left| left.reason == Reason::Deleted)
            .map(|left| format!("»{}«", left.text))
            .collect();
        if !deleted.is_empty() {
            self.source.told.push(format!(
                "Registrerede ændringer er regnet for godkendt: slettet er {}.",
                deleted.join(", ")
            ));
        } else if self.inserted {
            self.source
                .told
                .push("Registrerede ændringer er regnet for godkendt.".to_owned());
        }
    }
}

fn letters_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    visit_paragraphs(blocks, &mut |paragraph| text.push_str(&paragraph.letters()));
    text
}

/// White space as OpenDocument means it: one blank, and none at the beginning of a paragraph.
fn collapsed(text: &str, before: &[Run]) -> String {
    let mut is_after_space = match before.iter().rev().find_map(|run| match run {
        Run::Text(run) => Some(run.text.as_str()),
        _ => None,
    }) {
        Some(text) => text.ends_with([' ', '\n', '\t']),
        None => true,
    };
    let mut collapsed = String::with_capacity(text.len());
    for c in text.chars() {
        let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
        if !is_space {
            collapsed.push(c);
        } else if !is_after_space {
            collapsed.push(' ');
        }
        is_after_space = is_space;
    }
    collapsed
}

/// The letters of an element, paragraphs and tabs apart.
fn spaced_text(element: &Element) -> String {
    let mut text = String::new();
    push_spaced(element, &mut text);
    text
}

fn push_spaced(element: &Element, text: &mut String) {
    for content in &element.content {
        match content {
            Content::Text(own) => text.push_str(own),
            Content::Element(child) => {
                if matches!(
                    child.name.as_str(),
                    "text:tab" | "text:s" | "text:line-break"
                ) {
                    text.push(' ');
                }
                push_spaced(child, text);
                if matches!(child.name.as_str(), "text:p" | "text:h") {
                    text.push(' ');
                }
            }
        }
    }
}

/// Whether an element is a drawing, which may have words in it: a frame, a group, or a shape of any form.
fn is_drawing(name: &str) -> bool {
    matches!(
        name,
        "draw:frame"
            | "draw:g"
            | "draw:custom-shape"
            | "draw:rect"
            | "draw:ellipse"
            | "draw:circle"
            | "draw:caption"
            | "draw:polygon"
            | "draw:regular-polygon"
            | "draw:path"
            | "draw:polyline"
            | "draw:line"
            | "draw:connector"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_points() {
        assert_eq!(points("12pt").map(half), Some(24));
        assert_eq!(points("1cm").map(twentieths), Some(567));
        assert_eq!(points("150%"), None);
    }

    #[test]
    fn white_space_is_one_blank_and_none_at_the_beginning() {
        assert_eq!(collapsed("  a \n b ", &[]), "a b ");
        assert_eq!(collapsed(" a", &[Run::plain("x")]), " a");
    }
}
