//! Blocks and inlines: the running text as Markdown.

use std::fmt::Write as _;

use super::escape::{code_into, longest_run};
use super::{Note, SPACES, Writer};
use crate::document::{Alignment, Block, Definition, Inline, ListItem};
use crate::render::{direction, url};

impl<'a> Writer<'a> {
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        self.blocks_in(blocks, false);
    }

    /// Blocks, where `tight` lets a list cling to the paragraph before it.
    fn blocks_in(&mut self, blocks: &'a [Block], tight: bool) {
        let mut lists = 0;
        for (at, block) in blocks.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| blocks.get(before));
            let is_list = matches!(block, Block::List { .. });
            // Two lists in a row would be one, so their markers take turns.
            lists = match (is_list, before) {
                (true, Some(Block::List { .. })) => lists + 1,
                _ => 0,
            };
            // A table is one line a row, and a tight list's item one line: what is written around them would end them.
            let towards = direction::of_blocks(std::slice::from_ref(block));
            let towards = towards.filter(|towards| *towards != self.direction && !tight);
            if let Some(towards) = towards {
                let open = format!("<div dir=\"{}\">", towards.word());
                self.within(&open, towards, |writer| {
                    writer.next_block(false);
                    writer.block(block, false);
                });
                lists = 0;
                continue;
            }
            let close = tight && is_list && matches!(before, Some(Block::Paragraph { .. }));
            self.next_block(close);
            self.block(block, lists % 2 == 1);
        }
    }

    /// A block, where `next_block` has gone to its place.
    fn block(&mut self, block: &'a Block, other_marker: bool) {
        match block {
            Block::Paragraph { content } => {
                let content = match content.split_last() {
                    // A line end with no line after it would be a backslash.
                    Some((Inline::Break {}, rest)) => rest,
                    _ => content,
                };
                self.inlines(content);
            }
            Block::List {
                ordered,
                start,
                tight,
                items,
            } => {
                let ordered = ordered.then_some(*start);
                self.list(ordered, *tight, items, other_marker);
            }
            Block::Quote { blocks } => {
                self.nested("> ", "> ", |writer| writer.blocks(blocks));
            }
            Block::Table {
                caption,
                align,
                header,
                rows,
            } => {
                if let Some(caption) = caption {
                    self.strong(caption);
                    self.next_block(false);
                }
                self.table(align, header, rows);
            }
            Block::Definitions { items } => self.definitions(items),
            Block::Code { text } => self.code_block(text),
            // Underscores, since a line of the other two signs could be taken for a list.
            Block::Divider {} => self.put("___"),
        }
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &'a [ListItem], other: bool) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.next_block(tight);
            }
            let marker = self.out.len();
            match start {
                // A number has nine digits at most, and only the first one counts.
                Some(start) => {
                    let number = start.saturating_add(at as u64).min(999_999_999);
                    let sign = if other { ')' } else { '.' };
                    write!(self.out, "{number}{sign} ").expect("a string takes every number");
                }
                None => self.put(if other { "* " } else { "- " }),
            }
            self.indented(&SPACES[..self.out.len() - marker], |writer| {
                if let Some(checked) = item.checked {
                    writer.put(if checked { "[x] " } else { "[ ] " });
                    writer.line = writer.out.len();
                }
                writer.blocks_in(&item.blocks, tight);
            });
        }
    }

    fn table(
        &mut self,
        align: &[Alignment],
        header: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
    ) {
        self.row(header);
        self.next_block(true);
        self.put("|");
        for at in 0..header.len() {
            self.put(match align.get(at) {
                Some(Alignment::Left) => " :--- |",
                Some(Alignment::Center) => " :---: |",
                Some(Alignment::Right) => " ---: |",
                Some(Alignment::None) | None => " --- |",
            });
        }
        for row in rows {
            self.next_block(true);
            self.row(row);
        }
    }

    fn row(&mut self, cells: &'a [Vec<Inline>]) {
        self.put("|");
        self.in_cell = true;
        for cell in cells {
            self.put(" ");
            self.inlines(cell);
            self.put(" |");
        }
        self.in_cell = false;
    }

    /// Terms as a list: definition lists are no part of CommonMark.
    fn definitions(&mut self, items: &'a [Definition]) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.next_block(false);
            }
            self.nested("- ", "  ", |writer| {
                writer.next_block(false);
                writer.spanned("**", "strong", &item.term, None);
                for definition in &item.definitions {
                    writer.blocks(definition);
                }
            });
        }
    }

    fn code_block(&mut self, text: &str) {
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        self.put(&fence);
        for line in text.trim_end_matches('\n').split('\n') {
            self.next_block(true);
            self.put(line.trim_end_matches('\r'));
        }
        self.next_block(true);
        self.put(&fence);
    }

    pub(super) fn inlines(&mut self, inlines: &'a [Inline]) {
        for (at, inline) in inlines.iter().enumerate() {
            self.inline(inline, inlines.get(at + 1));
        }
    }

    fn inline(&mut self, inline: &'a Inline, next: Option<&Inline>) {
        match inline {
            Inline::Text { text } => self.escape(text),
            Inline::Code { text } => code_into(&mut self.out, text, self.in_cell),
            Inline::Emph { content } => self.spanned("*", "em", content, next),
            Inline::Strong { content } => self.spanned("**", "strong", content, next),
            Inline::Strike { content } => self.spanned("~~", "del", content, next),
            Inline::Break {} if self.in_cell => self.put("<br>"),
            Inline::Break {} => {
                self.put("\\");
                self.next_block(true);
            }
            Inline::Link { url, content } => self.link_outside(url, content),
            Inline::Ref { id, content, .. } => {
                self.link_inside(id, |writer| writer.inlines(content));
            }
            Inline::Image { file, alt } => {
                self.put("![");
                self.escape(alt);
                self.put("](");
                let file = url::encode(file);
                self.put(&file);
                self.put(")");
            }
            Inline::Footnote { number, blocks, .. } => {
                self.notes.push(Note {
                    number: *number,
                    blocks,
                });
                self.mark(*number);
            }
            Inline::FootnoteAgain { number, .. } => self.mark(*number),
        }
    }

    /// Emphasis. Where Markdown's signs would not be taken for it (inside a word, next to a bracket), it is
    /// written as the HTML element, which every renderer of Markdown knows.
    fn spanned(
        &mut self,
        sign: &'static str,
        tag: &str,
        content: &'a [Inline],
        next: Option<&Inline>,
    ) {
        if content.is_empty() {
            return;
        }
        if self.takes_signs(content, next) {
            self.put(sign);
            self.inlines(content);
            self.put(sign);
            self.closed = self.out.len();
        } else {
            self.put(&format!("<{tag}>"));
            self.inlines(content);
            self.put(&format!("</{tag}>"));
        }
    }

    /// Whether signs around the content would open and close emphasis: CommonMark's rule of flanking, taken
    /// strictly.
    fn takes_signs(&self, content: &[Inline], next: Option<&Inline>) -> bool {
        let before = self.out.chars().next_back();
        let behind_word = before.is_some_and(char::is_alphanumeric);
        let before_word =
            matches!(next, Some(Inline::Text { text }) if text.starts_with(char::is_alphanumeric));
        let (first, last) = edges(content);
        let opens = !first.is_whitespace() && (first.is_alphanumeric() || !behind_word);
        let closes = !last.is_whitespace() && (last.is_alphanumeric() || !before_word);
        opens && closes && self.closed != self.out.len()
    }

    /// A link out of the document; plain text where it may not be followed.
    fn link_outside(&mut self, address: &'a str, content: &'a [Inline]) {
        if !url::is_followed(address) {
            return self.inlines(content);
        }
        let encoded = url::encode(address).replace('&', "&amp;");
        self.link(&encoded, |writer| {
            if content.is_empty() {
                writer.escape(address);
            } else {
                writer.inlines(content);
            }
        });
    }

    /// A link inside the document; plain text where there is no such place.
    pub(super) fn link_inside(&mut self, id: &str, content: impl FnOnce(&mut Self)) {
        if !self.anchors.contains(id) {
            return content(self);
        }
        let address = format!("#{}", url::fragment(id));
        self.link(&address, content);
    }

    /// A link. A link inside it is printed as its text, and footnote marks inside it follow it.
    fn link(&mut self, address: &str, content: impl FnOnce(&mut Self)) {
        if self.marks.is_some() {
            return content(self);
        }
        self.marks = Some(Vec::new());
        self.put("[");
        content(self);
        self.put("](");
        self.put(address);
        self.put(")");
        for number in self.marks.take().unwrap_or_default() {
            self.mark(number);
        }
    }

    fn mark(&mut self, number: usize) {
        match &mut self.marks {
            Some(waiting) => waiting.push(number),
            None => self.put(&format!("[^{number}]")),
        }
    }
}

/// The first and the last letter that a run shows; a sign for what is no plain text.
fn edges(content: &[Inline]) -> (char, char) {
    let first = match content.first() {
        Some(Inline::Text { text }) => text.chars().next(),
        _ => None,
    };
    let last = match content.last() {
        Some(Inline::Text { text }) => text.chars().next_back(),
        _ => None,
    };
    (first.unwrap_or('*'), last.unwrap_or('*'))
}
