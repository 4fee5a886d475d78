//! The Markdown tree: the one form in which running text goes through the program.
//!
//! HTML, Markdown and the PDF are all written from it, so they cannot differ in content. It holds
//! nothing that could be executed or interpreted: raw HTML and headings are kept as the text they are.

use std::ops::Range;

use super::reference::Reference;
use crate::text::{ByteSet, Span};

/// A text with its blocks and footnotes.
#[derive(Clone, Debug, Default)]
pub struct RichText {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// The footnotes defined in this text, in the order they are defined.
    pub notes: Vec<Note>,
    /// The whole string in the file, quotes included.
    pub span: Span,
    /// No letter and no sign of it, an address or a picture's text among them, has a byte that is not one of these.
    /// As long as nothing was read, nothing is known.
    pub bytes: ByteSet,
}

/// A footnote's text.
#[derive(Clone, Debug)]
pub struct Note {
    /// The label between `[^` and `]`.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it is defined.
    pub span: Span,
}

/// A block and its place.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of blocks authors can write.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Whether the items stand close, as lines rather than paragraphs.
        tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table; every row has as many cells as the header.
    Table {
        /// How the columns are aligned.
        align: Vec<Alignment>,
        /// The header's cells.
        header: Vec<Vec<Inline>>,
        /// The rows' cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Terms and what they mean.
    Definitions(Vec<DefinitionItem>),
    /// Text to be printed as typed: letters, and a soft break for each line end.
    Code(Vec<Inline>),
    /// A line across.
    Divider,
}

/// One item of a list.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// For a task: whether it is ticked.
    pub checked: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term and its definitions.
#[derive(Clone, Debug)]
pub struct DefinitionItem {
    /// The term.
    pub term: Vec<Inline>,
    /// One or more definitions.
    pub definitions: Vec<Vec<Block>>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the output likes.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// A piece of running text and its place.
#[derive(Clone, Debug)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of running text.
#[derive(Clone, Debug)]
pub enum InlineKind {
    /// Letters. Where the span is as long as the text, it is byte for byte the same in the file.
    Text(String),
    /// Text to be printed as typed.
    Code(String),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// A line end in the source: a space to the reader.
    SoftBreak,
    /// A line end to the reader too.
    HardBreak,
    /// A link; no content means that the reader sees a text made from the target.
    Link {
        /// What it leads to.
        target: Reference,
        /// What the reader sees.
        content: Vec<Inline>,
    },
    /// A picture.
    Image {
        /// The file as the author wrote it.
        file: String,
        /// The text for those who cannot see it.
        alt: String,
    },
    /// A marker for the footnote with this label.
    NoteMarker(String),
}

impl Inline {
    /// The place of a part of its text, given by byte offsets in `text`, the whole of it; the inline's own
    /// place where the file does not say the same byte for byte.
    pub fn part(&self, text: &str, range: Range<usize>) -> Span {
        if self.span.len() == text.len() {
            self.span.part(range)
        } else {
            self.span
        }
    }
}

impl RichText {
    /// Whether nothing would be printed.
    pub fn is_empty(&self) -> bool {
        self.blocks.iter().all(Block::is_blank)
    }

    /// Visits every run of inlines (a paragraph, a cell, a term), those of footnotes last.
    pub fn visit_runs<'a>(&'a self, visit: &mut dyn FnMut(&'a [Inline])) {
        visit_runs(&self.blocks, visit);
        for note in &self.notes {
            visit_runs(&note.blocks, visit);
        }
    }

    /// Visits every inline with those inside it, footnotes last.
    pub fn visit_inlines<'a>(&'a self, visit: &mut dyn FnMut(&'a Inline)) {
        self.visit_runs(&mut |run| visit_inlines(run, visit));
    }

    /// The letters alone, blocks separated by a line end.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        visit_runs(&self.blocks, &mut |run| {
            if !plain.is_empty() {
                plain.push('\n');
            }
            push_plain(run, &mut plain);
        });
        plain
    }
}

impl Block {
    fn is_blank(&self) -> bool {
        match &self.kind {
            BlockKind::Paragraph(content) => inlines_are_blank(content),
            BlockKind::List { items, .. } => items
                .iter()
                .all(|item| item.blocks.iter().all(Self::is_blank)),
            BlockKind::Quote(blocks) => blocks.iter().all(Self::is_blank),
            BlockKind::Table { header, rows, .. } => header
                .iter()
                .chain(rows.iter().flatten())
                .all(|cell| inlines_are_blank(cell)),
            BlockKind::Definitions(items) => items.is_empty(),
            BlockKind::Code(content) => inlines_are_blank(content),
            BlockKind::Divider => true,
        }
    }
}

fn inlines_are_blank(content: &[Inline]) -> bool {
    content.iter().all(|inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.trim().is_empty(),
        InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Strike(content) => {
            inlines_are_blank(content)
        }
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Link { .. } | InlineKind::Image { .. } | InlineKind::NoteMarker(_) => false,
    })
}

/// Visits every run of inlines in some blocks, text to be printed as typed among them, in reading order.
pub fn visit_runs<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a [Inline])) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Code(content) => visit(content),
            BlockKind::List { items, .. } => {
                for item in items {
                    visit_runs(&item.blocks, visit);
                }
            }
            BlockKind::Quote(blocks) => visit_runs(blocks, visit),
            BlockKind::Table { header, rows, .. } => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    visit(cell);
                }
            }
            BlockKind::Definitions(items) => {
                for item in items {
                    visit(&item.term);
                    for definition in &item.definitions {
                        visit_runs(definition, visit);
                    }
                }
            }
            BlockKind::Divider => {}
        }
    }
}

/// The letters of text that is printed as typed, line ends included.
pub fn code_text(content: &[Inline]) -> String {
    let mut text = String::new();
    for inline in content {
        match &inline.kind {
            InlineKind::Text(letters) => text.push_str(letters),
            _ => text.push('\n'),
        }
    }
    text
}

/// Visits the inlines of a run and those inside them.
pub fn visit_inlines<'a>(run: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in run {
        visit(inline);
        if let InlineKind::Emph(content)
        | InlineKind::Strong(content)
        | InlineKind::Strike(content)
        | InlineKind::Link { content, .. } = &inline.kind
        {
            visit_inlines(content, visit);
        }
    }
}

/// The letters of a run.
pub fn plain(run: &[Inline]) -> String {
    let mut letters = String::new();
    push_plain(run, &mut letters);
    letters
}

/// Adds the letters of a run to a text.
pub fn push_plain(run: &[Inline], plain: &mut String) {
    for inline in run {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => plain.push_str(text),
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content)
            | InlineKind::Link { content, .. } => push_plain(content, plain),
            InlineKind::SoftBreak | InlineKind::HardBreak => plain.push(' '),
            InlineKind::Image { alt, .. } => plain.push_str(alt),
            InlineKind::NoteMarker(_) => {}
        }
    }
}
