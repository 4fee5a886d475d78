//! Lines of a text that are nothing but a reference to a building block: there the block is to be printed.
//!
//! Whether there is such a block, and whether it is printed there, is for `named` to say.

use super::reference::{Reference, ReferenceKind};
use super::richtext::{Block, BlockKind, Inline, InlineKind, RichText};
use crate::text::Span;

/// What a paragraph that is nothing but a reference without words asks for.
pub fn asked_for(block: &Block) -> Option<(ReferenceKind, &str)> {
    let BlockKind::Paragraph(content) = &block.kind else {
        return None;
    };
    let blank = |inline: &&Inline| !is_blank(inline);
    let mut content = content.iter().filter(blank);
    let (only, None) = (content.next()?, content.next()) else {
        return None;
    };
    let (kind, id) = wordless(only)?;
    (kind.is_block() && !id.contains(['?', '{'])).then_some((kind, id))
}

/// A reference whose words are made from its target.
fn wordless(inline: &Inline) -> Option<(ReferenceKind, &str)> {
    match &inline.kind {
        InlineKind::Link {
            target: Reference::Named(kind, id),
            content,
        } if content.is_empty() => Some((*kind, id)),
        _ => None,
    }
}

fn is_blank(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        _ => false,
    }
}

/// Gives each figure, table and card that stands on a line of its own a paragraph of its own, where a sentence
/// ends before it. A contact in the middle of a paragraph stays: a line that breaks there means nothing.
pub(super) fn on_lines_of_their_own(text: &mut RichText) {
    let is_one = |inline: &Inline| {
        wordless(inline).is_some_and(|(kind, _)| kind.is_block() && kind != ReferenceKind::Contact)
    };
    let has_one = |block: &Block| match &block.kind {
        BlockKind::Paragraph(content) => content.len() > 1 && content.iter().any(is_one),
        _ => false,
    };
    if !text.blocks.iter().any(has_one) {
        return;
    }
    let mut blocks = Vec::with_capacity(text.blocks.len() + 2);
    for block in std::mem::take(&mut text.blocks) {
        match block.kind {
            BlockKind::Paragraph(content) if content.iter().any(is_one) => {
                split(content, block.span, &is_one, &mut blocks);
            }
            kind => blocks.push(Block { kind, ..block }),
        }
    }
    text.blocks = blocks;
}

/// The lines of a paragraph, of which those that are a block alone become paragraphs.
fn split(
    content: Vec<Inline>,
    span: Span,
    is_one: &dyn Fn(&Inline) -> bool,
    blocks: &mut Vec<Block>,
) {
    let is_break =
        |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in content {
        let ends = is_break(&inline);
        lines.last_mut().expect("there is a line").push(inline);
        if ends {
            lines.push(Vec::new());
        }
    }
    let mut open: Vec<Inline> = Vec::new();
    let mut close = |open: &mut Vec<Inline>| {
        if open.last().is_some_and(is_break) {
            open.pop();
        }
        if let (Some(first), Some(last)) = (open.first(), open.last()) {
            let span = if first.span.start() <= last.span.end() {
                Span::from(first.span.start()..last.span.end())
            } else {
                span
            };
            let content = std::mem::take(open);
            let kind = BlockKind::Paragraph(content);
            blocks.push(Block { kind, span });
        }
    };
    for line in lines {
        let mut said = line.iter().filter(|inline| !is_blank(inline));
        let alone = said.next().is_some_and(is_one) && said.next().is_none();
        if alone && ends_a_sentence(&open) {
            close(&mut open);
            open.extend(line);
            close(&mut open);
        } else {
            open.extend(line);
        }
    }
    close(&mut open);
}

/// Whether nothing stands open at the end of some text.
fn ends_a_sentence(content: &[Inline]) -> bool {
    let last = content.iter().rev().find(|inline| !is_blank(inline));
    match last.map(|inline| &inline.kind) {
        None => true,
        Some(InlineKind::Text(text)) => text.trim_end().ends_with(['.', ':', '!', '?', ')', '…']),
        Some(
            InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Strike(content),
        ) => ends_a_sentence(content),
        Some(_) => false,
    }
}
