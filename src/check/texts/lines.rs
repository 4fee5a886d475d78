//! A paragraph as the lines it is typed in, for rules about what was pasted from Word.
//!
//! To Markdown a line's end is a space; to somebody who pasted a list, a table or an address it was one.

use crate::check::context::Context;
use crate::diag::Edit;
use crate::model::{Block, BlockKind, Inline, InlineKind, RichText, Section, push_plain};
use crate::text::{ByteSet, Place, Span};

/// A line of a paragraph.
pub struct Line<'p> {
    /// Its letters, without white space at the end.
    pub text: String,
    /// The letters it begins with, where the file has them as they are: up to the first mark of Markdown.
    pub head: Option<(&'p str, Span)>,
    /// Where it stands as a whole.
    pub span: Span,
    /// Whether the author asked for a line end after it.
    pub hard: bool,
}

/// A paragraph, and where it stands.
pub struct Paragraph<'p> {
    /// The section.
    pub section: &'p Section,
    /// The text it is a part of.
    pub text: &'p RichText,
    /// Whether it stands by itself in the text, in no list, table or quotation.
    pub is_free: bool,
    /// Its lines.
    pub lines: Vec<Line<'p>>,
}

impl Paragraph<'_> {
    /// The place of some of its lines.
    pub fn place(&self, lines: std::ops::Range<usize>) -> Place {
        let first = self.lines[lines.start].span;
        self.section.place(first.to(self.lines[lines.end - 1].span))
    }

    /// Whether its text is no section's running text: an item, a step, a task.
    pub fn is_item(&self) -> bool {
        !self
            .section
            .running()
            .any(|own| std::ptr::eq(own, self.text))
    }
}

/// Which paragraphs somebody looks for.
pub struct Wanted<'w> {
    /// Their text has one of these bytes.
    pub marks: ByteSet,
    /// And it has a mark as it is written.
    pub has_mark: &'w dyn Fn(&str) -> bool,
    /// They have so many lines at least.
    pub lines: usize,
}

/// Visits every paragraph of a protocol that somebody looks for, and perhaps others of the same texts with as many
/// lines.
pub fn paragraphs<'p>(
    context: &Context<'p>,
    wanted: &Wanted<'_>,
    visit: &mut dyn FnMut(&Paragraph<'p>),
) {
    for (section, text) in context.texts_with(wanted.marks) {
        let written = section.file.slice(text.span);
        if (wanted.has_mark)(written) {
            in_blocks(
                section,
                text,
                &text.blocks,
                true,
                &mut |paragraph: Unread<'p>| {
                    if paragraph.has_lines(wanted.lines) {
                        visit(&paragraph.read());
                    }
                },
            );
        }
    }
}

/// A paragraph before it is taken apart.
struct Unread<'p> {
    section: &'p Section,
    text: &'p RichText,
    is_free: bool,
    content: &'p [Inline],
}

impl<'p> Unread<'p> {
    fn has_lines(&self, least: usize) -> bool {
        least <= 1
            || self
                .content
                .iter()
                .filter(|inline| is_line_end(inline))
                .count()
                + 1
                >= least
    }

    fn read(self) -> Paragraph<'p> {
        Paragraph {
            section: self.section,
            text: self.text,
            is_free: self.is_free,
            lines: lines(self.content),
        }
    }
}

const fn is_line_end(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
}

fn in_blocks<'p>(
    section: &'p Section,
    text: &'p RichText,
    blocks: &'p [Block],
    is_free: bool,
    visit: &mut dyn FnMut(Unread<'p>),
) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) => visit(Unread {
                section,
                text,
                is_free,
                content,
            }),
            BlockKind::List { items, .. } => {
                for item in items {
                    in_blocks(section, text, &item.blocks, false, visit);
                }
            }
            BlockKind::Quote(blocks) => in_blocks(section, text, blocks, false, visit),
            _ => {}
        }
    }
}

/// The lines of a run.
fn lines(content: &[Inline]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut rest = content;
    loop {
        let end = rest.iter().position(is_line_end).unwrap_or(rest.len());
        let parts = &rest[..end];
        let hard = rest
            .get(end)
            .is_some_and(|end| matches!(end.kind, InlineKind::HardBreak));
        if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
            let mut text = String::new();
            push_plain(parts, &mut text);
            text.truncate(text.trim_end().len());
            let head = match &first.kind {
                InlineKind::Text(text) if first.span.len() == text.len() => {
                    Some((text.as_str(), first.span))
                }
                _ => None,
            };
            lines.push(Line {
                text,
                head,
                span: first.span.to(last.span),
                hard,
            });
        }
        match rest.get(end + 1..) {
            Some(after) => rest = after,
            None => return lines,
        }
    }
}

/// The edit that puts something before a line; `None` where its letters do not stand in the file as they are.
pub fn before(line: &Line<'_>, text: &str) -> Option<Edit> {
    let (head, span) = line.head?;
    let first = head.chars().next()?;
    Some(Edit {
        span: span.part(0..first.len_utf8()),
        text: format!("{text}{first}"),
    })
}
