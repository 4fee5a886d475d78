//! Markdown files: from CommonMark with tables, footnotes and task lists to the neutral tree.

use std::rc::Rc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::docx::push_run;
use crate::import::source::{
    Block, Cell, Left, Look, Mark, MarkKind, Paragraph, Reason, Role, Run, Source, Table,
};

/// Reads a file.
pub(super) fn read(text: &str) -> Source {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader {
        source: Source::default(),
        open: vec![Vec::new()],
        runs: Vec::new(),
        look: Look::default(),
        links: Vec::new(),
        role: Role::Body,
        lists: Vec::new(),
        mark: None,
        table: None,
        note: None,
        is_aside: false,
    };
    for event in Parser::new_ext(text, options) {
        reader.event(event);
    }
    reader.end_paragraph();
    reader.source.blocks = reader.open.pop().unwrap_or_default();
    reader.source
}

struct Reader {
    source: Source,
    /// Blocks of what is open: the file, quotations, notes, cells.
    open: Vec<Vec<Block>>,
    runs: Vec<Run>,
    look: Look,
    links: Vec<Rc<str>>,
    role: Role,
    /// The next number of each open list; `None` for one with signs.
    lists: Vec<Option<u64>>,
    mark: Option<Mark>,
    table: Option<Table>,
    note: Option<String>,
    /// Whether what stands before the text is being read, such as its date and its author.
    is_aside: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_aside => self.aside(&text),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::Html(html) | Event::InlineHtml(html) => {
                if html.trim_start().to_ascii_lowercase().starts_with("<br") {
                    self.text("\n");
                } else if !html.trim_start().starts_with("<!--") {
                    self.text(&without_tags(&html));
                }
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::FootnoteReference(label) => self.runs.push(Run::Note(label.to_string())),
            Event::TaskListMarker(ticked) => {
                if let Some(mark) = &mut self.mark {
                    mark.kind = MarkKind::Box(ticked);
                }
            }
            Event::Rule | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// What stands before the text: its title is the document's, the rest is listed.
    fn aside(&mut self, text: &str) {
        for line in text.lines() {
            match line.strip_prefix("title:") {
                Some(title) => {
                    self.role = Role::Title;
                    self.text(title.trim().trim_matches(['"', '\'']));
                    self.end_paragraph();
                    self.source.left.push(Left::new(Reason::Header, "title"));
                }
                None => self.source.left.push(Left::new(Reason::Header, line)),
            }
        }
    }

    fn text(&mut self, text: &str) {
        push_run(&mut self.runs, text, self.look, self.links.last().cloned());
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                self.role = Role::Heading(depth(level));
            }
            Tag::Paragraph | Tag::HtmlBlock => self.end_paragraph(),
            Tag::CodeBlock(kind) => {
                self.end_paragraph();
                if let CodeBlockKind::Fenced(language) = kind
                    && !language.trim().is_empty()
                {
                    self.source.left.push(Left::new(Reason::Hidden, language.trim()));
                }
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.open.push(Vec::new());
            }
            Tag::List(start) => {
                self.end_paragraph();
                self.lists.push(start);
            }
            Tag::Item => {
                let level = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
                let kind = match self.lists.last_mut() {
                    Some(Some(next)) => {
                        *next += 1;
                        MarkKind::Number(*next - 1)
                    }
                    _ => MarkKind::Bullet,
                };
                self.mark = Some(Mark { level, kind });
            }
            Tag::Table(_) => {
                self.end_paragraph();
                self.table = Some(Table {
                    header_rows: 1,
                    ..Table::default()
                });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.open.push(Vec::new()),
            Tag::FootnoteDefinition(label) => {
                self.end_paragraph();
                self.note = Some(label.to_string());
                self.open.push(Vec::new());
            }
            Tag::Emphasis => self.look.italic = true,
            Tag::Strong => self.look.bold = true,
            Tag::Strikethrough => self.look.strike = true,
            Tag::Link { dest_url, .. } => self.links.push(dest_url.as_ref().into()),
            Tag::Image { .. } => self.source.told.push(
                "Et billede ligger uden for filen, så det er ikke hentet. Læg det selv i billeder/.".to_owned(),
            ),
            Tag::MetadataBlock(_) => self.is_aside = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.end_paragraph();
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                let quoted = self.open.pop().unwrap_or_default();
                self.push(Block::Quote(quoted));
            }
            TagEnd::List(_) => {
                self.end_paragraph();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.end_paragraph();
                self.mark = None;
            }
            TagEnd::TableCell => {
                self.end_paragraph();
                let blocks = self.open.pop().unwrap_or_default();
                let row = self.table.as_mut().and_then(|table| table.rows.last_mut());
                if let Some(row) = row {
                    row.push(Cell {
                        blocks,
                        merged: false,
                    });
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.push(Block::Table(table));
                }
            }
            TagEnd::FootnoteDefinition => {
                self.end_paragraph();
                let blocks = self.open.pop().unwrap_or_default();
                if let Some(label) = self.note.take() {
                    self.source.notes.insert(label, blocks);
                }
            }
            TagEnd::Emphasis => self.look.italic = false,
            TagEnd::Strong => self.look.bold = false,
            TagEnd::Strikethrough => self.look.strike = false,
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::MetadataBlock(_) => self.is_aside = false,
            _ => {}
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(blocks) = self.open.last_mut() {
            blocks.push(block);
        }
    }

    fn end_paragraph(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let role = std::mem::take(&mut self.role);
        if runs.is_empty() {
            return;
        }
        let indent = i32::try_from(self.lists.len()).unwrap_or(0) * 360;
        let paragraph = Paragraph {
            runs,
            role,
            mark: self.mark.take(),
            indent,
        };
        self.push(Block::Paragraph(paragraph));
    }
}

const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The letters between tags.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    text
}
