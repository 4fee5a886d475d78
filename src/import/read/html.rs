//! Web pages, also those that Word and other programs save: from HTML to the neutral tree.
//!
//! `html5ever` reads the tags as a browser does; nothing is executed and nothing is fetched.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::rc::Rc;

use base64::Engine;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use super::docx::push_run;
use super::styles;
use crate::import::refusal::Refusal;
use crate::import::source::{
    Block, Cell, Left, Look, Mark, MarkKind, Paragraph, Picture, Reason, Role, Run, Source, Table,
};

/// Elements within each other; a browser stops at some five hundred.
const DEEPEST: usize = 200;
/// Elements of one page.
const MOST_NODES: usize = 1_000_000;
/// The usual size of letters, in half points.
const USUAL_SIZE: u16 = 24;

/// Reads a page.
pub(super) fn read(text: &str) -> Result<Source, Refusal> {
    let tree = parse_document(Tree::default(), ParseOpts::default()).one(text);
    let nodes = tree.nodes.into_inner();
    if nodes.len() > MOST_NODES {
        return Err(Refusal::TooLarge);
    }
    let mut reader = Reader {
        nodes: &nodes,
        source: Source::default(),
        runs: Vec::new(),
        mark: None,
        lists: Vec::new(),
        role: Role::Body,
    };
    let mut blocks = Vec::new();
    reader.walk(0, &Around::default(), &mut blocks, 0)?;
    reader.end_paragraph(&Around::default(), &mut blocks);
    reader.source.blocks = blocks;
    Ok(reader.source)
}

/// One node of the page.
#[derive(Debug, Default)]
struct Node {
    name: Option<QualName>,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<usize>,
    parent: Option<usize>,
}

impl Node {
    fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(own, _)| own == name)?;
        Some(value)
    }
}

/// The page as it grows: nodes by number, the document first.
#[derive(Debug)]
struct Tree {
    nodes: RefCell<Vec<Node>>,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            nodes: RefCell::new(vec![Node::default()]),
        }
    }
}

impl Tree {
    fn add(&self, node: Node) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        nodes.len() - 1
    }

    fn detach(&self, node: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[node].parent.take() {
            nodes[parent].children.retain(|child| *child != node);
        }
    }

    /// Puts a node or letters at a place among a parent's children.
    fn insert(&self, parent: usize, at: usize, child: NodeOrText<usize>) {
        let node = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = at.checked_sub(1).map(|at| nodes[parent].children[at]);
                if let Some(before) = before.filter(|before| nodes[*before].name.is_none()) {
                    nodes[before].text.push_str(&text);
                    return;
                }
                drop(nodes);
                self.add(Node {
                    text: text.to_string(),
                    ..Node::default()
                })
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[node].parent = Some(parent);
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, node);
    }
}

impl TreeSink for Tree {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| {
            nodes[*target]
                .name
                .as_ref()
                .expect("the parser asks for the names of elements only")
        })
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> usize {
        let attributes = attributes.into_iter();
        let attributes = attributes.map(|one| (one.name.local.to_string(), one.value.to_string()));
        self.add(Node {
            name: Some(name),
            attributes: attributes.collect(),
            ..Node::default()
        })
    }

    fn create_comment(&self, _text: StrTendril) -> usize {
        self.add(Node::default())
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> usize {
        self.add(Node::default())
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let at = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, at, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(
        &self,
        _name: StrTendril,
        _public: StrTendril,
        _system: StrTendril,
    ) {
    }

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes[*sibling].parent;
            parent.and_then(|parent| {
                let at = nodes[parent]
                    .children
                    .iter()
                    .position(|one| one == sibling)?;
                Some((parent, at))
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, _target: &usize, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        for child in children {
            self.nodes.borrow_mut()[child].parent = None;
            self.append(parent, NodeOrText::AppendNode(child));
        }
    }
}

/// What surrounds a node.
#[derive(Clone, Default)]
struct Around {
    look: Look,
    link: Option<Rc<str>>,
    is_preformatted: bool,
    indent: i32,
}

/// A list that is open: what its next item is, and whether it counts.
#[derive(Clone, Copy)]
struct OpenList {
    counts: bool,
    next: u64,
}

struct Reader<'n> {
    nodes: &'n [Node],
    source: Source,
    /// The paragraph that is being read.
    runs: Vec<Run>,
    role: Role,
    mark: Option<Mark>,
    lists: Vec<OpenList>,
}

impl<'n> Reader<'n> {
    fn walk(
        &mut self,
        at: usize,
        around: &Around,
        blocks: &mut Vec<Block>,
        depth: usize,
    ) -> Result<(), Refusal> {
        if depth > DEEPEST {
            return Err(Refusal::TooLarge);
        }
        for &child in &self.nodes[at].children {
            let node = &self.nodes[child];
            match &node.name {
                None => self.text(&node.text, around),
                Some(name) => self.element(child, name.local.as_ref(), around, blocks, depth)?,
            }
        }
        Ok(())
    }

    fn element(
        &mut self,
        at: usize,
        name: &str,
        around: &Around,
        blocks: &mut Vec<Block>,
        depth: usize,
    ) -> Result<(), Refusal> {
        let get = |name: &str| self.nodes[at].get(name);
        let style = Style::read(get("style").unwrap_or_default());
        if style.is_hidden || get("hidden").is_some() {
            return Ok(());
        }
        if let Some(label) = get("id").and_then(note) {
            return self.note(at, &label, depth);
        }
        if name == "a"
            && let Some(target) = get("href").and_then(|target| target.strip_prefix('#'))
        {
            if let Some(label) = note(target) {
                self.runs.push(Run::Note(label));
                return Ok(());
            }
            if is_way_back(target) {
                return Ok(());
            }
        }
        let mut inner = around.clone();
        style.apply(&mut inner);
        if self.is_done(at, name, around, &mut inner, blocks) {
            return Ok(());
        }
        self.content(at, name, around, &inner, blocks, depth)
    }

    /// What stands alone, and what changes the looks of what is in it; whether that was all of the element.
    fn is_done(
        &mut self,
        at: usize,
        name: &str,
        around: &Around,
        inner: &mut Around,
        blocks: &mut Vec<Block>,
    ) -> bool {
        let get = |name: &str| self.nodes[at].get(name);
        match name {
            "script" | "style" | "template" | "noscript" | "iframe" | "svg" | "math" => {
                return true;
            }
            "title" => {
                self.text(&self.letters(at), &Around::default());
                self.role = Role::Title;
                self.end_paragraph(around, blocks);
                return true;
            }
            "nav" => {
                self.source
                    .left
                    .push(Left::new(Reason::Contents, self.letters(at)));
                return true;
            }
            "b" | "strong" => inner.look.bold = true,
            "i" | "em" | "cite" => inner.look.italic = true,
            "s" | "strike" => inner.look.strike = true,
            "del" => {
                self.source
                    .left
                    .push(Left::new(Reason::Deleted, self.letters(at)));
                return true;
            }
            "u" => inner.look.underline = true,
            "sup" => inner.look.raised = true,
            "pre" => inner.is_preformatted = true,
            "a" => {
                if let Some(id) = get("id").or_else(|| get("name")) {
                    self.runs.push(Run::Bookmark(id.to_owned()));
                }
                inner.link = get("href").map(Rc::from).or_else(|| inner.link.clone());
            }
            "br" => {
                push_run(&mut self.runs, "\n", inner.look, None);
                return true;
            }
            "img" => {
                self.picture(
                    get("src").unwrap_or_default(),
                    get("alt").unwrap_or_default(),
                );
                return true;
            }
            "input" => {
                if get("type") == Some("checkbox") {
                    let is_ticked = get("checked").is_some();
                    self.text(if is_ticked { "☑ " } else { "☐ " }, inner);
                }
                return true;
            }
            "hr" => {
                self.end_paragraph(around, blocks);
                return true;
            }
            _ => {}
        }
        false
    }

    /// What an element holds, by the kind of block it is.
    fn content(
        &mut self,
        at: usize,
        name: &str,
        around: &Around,
        inner: &Around,
        blocks: &mut Vec<Block>,
        depth: usize,
    ) -> Result<(), Refusal> {
        let get = |name: &str| self.nodes[at].get(name);
        match name {
            "ul" | "ol" | "menu" => self.list(at, name == "ol", get("start"), inner, blocks, depth),
            "table" => {
                self.end_paragraph(around, blocks);
                let table = self.table(at, inner, depth)?;
                blocks.push(Block::Table(table));
                Ok(())
            }
            "blockquote" => {
                self.end_paragraph(around, blocks);
                let mut quoted = Vec::new();
                self.walk(at, inner, &mut quoted, depth + 1)?;
                self.end_paragraph(inner, &mut quoted);
                blocks.push(Block::Quote(quoted));
                Ok(())
            }
            _ if is_block(name) => {
                let class = styles::role(get("class").unwrap_or_default(), "");
                let role = class.or_else(|| heading(name));
                let mark = word_list(
                    get("style").unwrap_or_default(),
                    get("class").unwrap_or_default(),
                );
                self.end_paragraph(around, blocks);
                self.role = role.unwrap_or_default();
                self.mark = self.mark.or(mark);
                if let Some(id) = get("id") {
                    self.runs.push(Run::Bookmark(id.to_owned()));
                }
                let mut inner = inner.clone();
                if role.is_some() {
                    inner.look = Look::default();
                }
                self.walk(at, &inner, blocks, depth + 1)?;
                self.end_paragraph(&inner, blocks);
                Ok(())
            }
            _ => self.walk(at, inner, blocks, depth + 1),
        }
    }

    /// A note: what its element holds.
    fn note(&mut self, at: usize, label: &str, depth: usize) -> Result<(), Refusal> {
        let outer = (
            std::mem::take(&mut self.runs),
            std::mem::take(&mut self.lists),
            self.mark.take(),
        );
        let mut blocks = Vec::new();
        self.walk(at, &Around::default(), &mut blocks, depth + 1)?;
        self.end_paragraph(&Around::default(), &mut blocks);
        (self.runs, self.lists, self.mark) = outer;
        self.source.notes.insert(label.to_owned(), blocks);
        Ok(())
    }

    fn list(
        &mut self,
        at: usize,
        counts: bool,
        start: Option<&str>,
        around: &Around,
        blocks: &mut Vec<Block>,
        depth: usize,
    ) -> Result<(), Refusal> {
        if depth > DEEPEST {
            return Err(Refusal::TooLarge);
        }
        self.end_paragraph(around, blocks);
        let next = start.and_then(|start| start.parse().ok()).unwrap_or(1);
        self.lists.push(OpenList { counts, next });
        for &child in &self.nodes[at].children {
            let node = &self.nodes[child];
            let name = node.name.as_ref().map(|name| name.local.as_ref());
            let is_note = node
                .attributes
                .iter()
                .any(|(name, id)| name == "id" && note(id).is_some());
            if name != Some("li") || is_note {
                if let Some(name) = name {
                    self.element(child, name, around, blocks, depth + 1)?;
                }
                continue;
            }
            let level = u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX);
            if let Some(list) = self.lists.last_mut() {
                let kind = if list.counts {
                    MarkKind::Number(list.next)
                } else {
                    MarkKind::Bullet
                };
                list.next += 1;
                self.mark = Some(Mark { level, kind });
            }
            self.walk(child, around, blocks, depth + 1)?;
            self.end_paragraph(around, blocks);
            self.mark = None;
        }
        self.lists.pop();
        Ok(())
    }

    fn table(&mut self, at: usize, around: &Around, depth: usize) -> Result<Table, Refusal> {
        let mut table = Table::default();
        let mut rows = Vec::new();
        self.collect(at, "tr", &["table"], &mut rows);
        let outer = std::mem::take(&mut self.lists);
        for row in rows {
            let mut cells = Vec::new();
            let mut is_header = true;
            for &child in &self.nodes[row].children {
                let node = &self.nodes[child];
                let name = node.name.as_ref().map_or("", |name| name.local.as_ref());
                if !matches!(name, "td" | "th") {
                    continue;
                }
                is_header &= name == "th";
                let mut blocks = Vec::new();
                self.walk(child, around, &mut blocks, depth + 1)?;
                self.end_paragraph(around, &mut blocks);
                let span = node.attributes.iter().find(|(name, _)| name == "colspan");
                let span = span
                    .and_then(|(_, span)| span.parse().ok())
                    .unwrap_or(1_usize)
                    .clamp(1, 64);
                cells.push(Cell {
                    blocks,
                    merged: span > 1
                        || node
                            .attributes
                            .iter()
                            .any(|(name, span)| name == "rowspan" && span != "1"),
                });
                cells.extend((1..span).map(|_| Cell {
                    blocks: Vec::new(),
                    merged: true,
                }));
            }
            if is_header && table.header_rows == table.rows.len() && !cells.is_empty() {
                table.header_rows += 1;
            }
            table.rows.push(cells);
        }
        self.lists = outer;
        Ok(table)
    }

    /// The elements of a name below a node, but for what lies in others of these names.
    fn collect(&self, at: usize, name: &str, within: &[&str], found: &mut Vec<usize>) {
        for &child in &self.nodes[at].children {
            let own = self.nodes[child]
                .name
                .as_ref()
                .map_or("", |name| name.local.as_ref());
            if own == name {
                found.push(child);
            } else if !within.contains(&own) {
                self.collect(child, name, within, found);
            }
        }
    }

    fn letters(&self, at: usize) -> String {
        let mut text = self.nodes[at].text.clone();
        for &child in &self.nodes[at].children {
            text.push_str(&self.letters(child));
            text.push(' ');
        }
        text
    }

    fn text(&mut self, text: &str, around: &Around) {
        let text = if around.is_preformatted {
            text.to_owned()
        } else {
            let is_after_space = match self
                .runs
                .iter()
                .rev()
                .find(|run| matches!(run, Run::Text(_)))
            {
                Some(Run::Text(run)) => run.text.ends_with([' ', '\n']),
                _ => true,
            };
            one_blank(text, is_after_space)
        };
        if !text.is_empty() {
            push_run(&mut self.runs, &text, around.look, around.link.clone());
        }
    }

    fn end_paragraph(&mut self, around: &Around, blocks: &mut Vec<Block>) {
        let runs = std::mem::take(&mut self.runs);
        let role = std::mem::take(&mut self.role);
        let says = runs.iter().any(|run| match run {
            Run::Text(run) => !run.text.trim().is_empty(),
            Run::Picture(_) | Run::Note(_) => true,
            _ => false,
        });
        if !says {
            // A place to lead to stays for the paragraph that follows.
            self.runs.extend(
                runs.into_iter()
                    .filter(|run| matches!(run, Run::Bookmark(_))),
            );
            return;
        }
        // What follows in the same item belongs to it, without a mark of its own.
        let indent = around.indent + if self.lists.is_empty() { 0 } else { 360 };
        blocks.push(Block::Paragraph(Paragraph {
            runs,
            role,
            mark: self.mark.take(),
            indent,
        }));
    }

    fn picture(&mut self, address: &str, alt: &str) {
        let data = address
            .strip_prefix("data:")
            .and_then(|data| data.split_once(";base64,"));
        let bytes = data.and_then(|(_, data)| {
            let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
            base64::engine::general_purpose::STANDARD.decode(data).ok()
        });
        if let Some(bytes) = bytes {
            self.source.pictures.push(Picture {
                bytes,
                alt: alt.trim().to_owned(),
                file: None,
            });
            self.runs.push(Run::Picture(self.source.pictures.len() - 1));
        } else {
            self.source.left.push(Left::new(Reason::Picture, alt));
            self.source.told.push("Et billede ligger uden for filen, så det er ikke hentet. Læg det selv i billeder/.".to_owned());
        }
    }
}

/// The label of a note, of the id its element has in pages of Word, LibreOffice and Pandoc.
fn note(id: &str) -> Option<String> {
    let rest = id.trim_start_matches('_');
    let kinds = ["fn", "ftn", "edn", "sdfootnote", "sdendnote"];
    let (kind, number) = kinds.into_iter().find_map(|kind| {
        let number = rest.strip_prefix(kind)?;
        let number = number.strip_suffix("sym").unwrap_or(number);
        (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
            .then_some((kind, number))
    })?;
    // Endnotes have numbers of their own.
    let is_end = matches!(kind, "edn" | "sdendnote");
    Some(if is_end {
        format!("e{number}")
    } else {
        number.to_owned()
    })
}

/// Whether a link leads from a note back to the text.
fn is_way_back(target: &str) -> bool {
    let rest = target.trim_start_matches('_');
    let number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    ["fnref", "ftnref", "ednref"]
        .iter()
        .any(|kind| rest.strip_prefix(kind).is_some_and(number))
        || ["sdfootnote", "sdendnote"].iter().any(|kind| {
            rest.strip_prefix(kind)
                .and_then(|rest| rest.strip_suffix("anc"))
                .is_some_and(number)
        })
}

/// White space as a browser shows it.
fn one_blank(text: &str, mut is_after_space: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let is_space = c.is_ascii_whitespace();
        if !is_space {
            shown.push(c);
        } else if !is_after_space {
            shown.push(' ');
        }
        is_after_space = is_space;
    }
    shown
}

fn heading(name: &str) -> Option<Role> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(Role::Heading(level))
}

fn is_block(name: &str) -> bool {
    heading(name).is_some()
        || matches!(
            name,
            "p" | "div"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
                | "aside"
                | "address"
                | "body"
                | "dl"
                | "dt"
                | "dd"
                | "figure"
                | "figcaption"
                | "form"
                | "fieldset"
                | "legend"
                | "pre"
                | "center"
                | "caption"
                | "summary"
                | "details"
        )
}

/// What Word writes at an item of a list in a page it saves: the level stands in the style.
fn word_list(style: &str, class: &str) -> Option<Mark> {
    if !class.starts_with("MsoListParagraph") {
        return None;
    }
    let (_, level) = style.split_once("level")?;
    let level: u8 = level.get(..1)?.parse().ok()?;
    Some(Mark {
        level: level.saturating_sub(1),
        kind: MarkKind::Bullet,
    })
}

/// What a `style` says that matters here.
#[derive(Debug, Default)]
struct Style {
    bold: Option<bool>,
    italic: Option<bool>,
    caps: Option<bool>,
    size: Option<u16>,
    is_hidden: bool,
}

impl Style {
    fn read(text: &str) -> Self {
        let mut style = Self::default();
        for declaration in text.split(';') {
            let Some((key, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim().to_ascii_lowercase();
            match key.trim().to_ascii_lowercase().as_str() {
                "font-weight" => {
                    style.bold = Some(matches!(
                        value.as_str(),
                        "bold" | "bolder" | "600" | "700" | "800" | "900"
                    ));
                }
                "font-style" => style.italic = Some(value != "normal"),
                "text-transform" => style.caps = Some(value == "uppercase"),
                "font-size" => style.size = size(&value),
                "display" => style.is_hidden |= value == "none",
                "mso-list" => style.is_hidden |= value == "ignore",
                _ => {}
            }
        }
        style
    }

    fn apply(&self, around: &mut Around) {
        let look = &mut around.look;
        look.bold = self.bold.unwrap_or(look.bold);
        look.italic = self.italic.unwrap_or(look.italic);
        look.caps = self.caps.unwrap_or(look.caps);
        look.size = self.size.unwrap_or(look.size);
        if look.size == 0 {
            look.size = USUAL_SIZE;
        }
    }
}

/// A size such as `14.0pt` or `18px`, in half points.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of letters are small"
)]
fn size(value: &str) -> Option<u16> {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f32 = value[..value.len() - unit.len()].parse().ok()?;
    let points = match unit {
        "pt" => number,
        "px" => number * 0.75,
        "em" | "rem" => number * 12.0,
        "%" => number * 0.12,
        _ => return None,
    };
    Some((points * 2.0).round().clamp(0.0, 2000.0) as u16)
}
