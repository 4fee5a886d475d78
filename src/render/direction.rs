//! Which way a piece of running text is read, where that is another way than what it stands in.
//!
//! It is decided here, by the first letter, and not left to the reader's program: paper and every page agree.

use crate::document::{Block, Inline, ListItem};
use crate::text::Direction;

/// The direction of a run by its first letter. Code is none: it is shown as typed.
pub(super) fn of_run(run: &[Inline]) -> Option<Direction> {
    run.iter().find_map(|inline| match inline {
        Inline::Text { text } => Direction::of(text),
        Inline::Emph { content }
        | Inline::Strong { content }
        | Inline::Strike { content }
        | Inline::Link { content, .. }
        | Inline::Ref { content, .. } => of_run(content),
        Inline::Code { .. }
        | Inline::Image { .. }
        | Inline::Break {}
        | Inline::Footnote { .. }
        | Inline::FootnoteAgain { .. } => None,
    })
}

/// The direction of blocks by the first of them that has one.
pub(super) fn of_blocks(blocks: &[Block]) -> Option<Direction> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph { content } => of_run(content),
        Block::List { items, .. } => of_items(items),
        Block::Quote { blocks } => of_blocks(blocks),
        Block::Table { header, rows, .. } => of_cells(header, rows),
        Block::Definitions { items } => items.iter().find_map(|item| of_run(&item.term)),
        Block::Code { .. } | Block::Divider {} => None,
    })
}

/// The direction of a list by its first item that has one.
pub(super) fn of_items(items: &[ListItem]) -> Option<Direction> {
    items.iter().find_map(|item| of_blocks(&item.blocks))
}

/// The direction of a table by its first cell that has one: its columns run that way.
pub(super) fn of_cells(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Option<Direction> {
    let cells = header.iter().chain(rows.iter().flatten());
    cells.map(Vec::as_slice).find_map(of_run)
}
