//! Blocks and inlines: the running text as HTML.

use std::ops::Range;

use super::{Mark, Note, Writer, alarm, escape_into};
use crate::document::{Alignment, Block, Inline, ListItem, WORD_LIST};
use crate::render::frame::data_url;
use crate::render::{direction, url};

impl<'a> Writer<'a> {
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Blocks where a paragraph needs no room of its own: a tight list's item.
    pub(super) fn tight_blocks(&mut self, blocks: &'a [Block]) {
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph { content } => {
                    if at > 0 {
                        self.put("<br>");
                    }
                    self.inlines(content);
                }
                _ => self.block(block),
            }
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph { content } => {
                self.put("<p");
                self.direction(direction::of_run(content));
                self.put(">");
                self.inlines(content);
                self.put("</p>\n");
            }
            Block::List {
                ordered,
                start,
                tight,
                items,
            } => self.list(*ordered, *start, *tight, items),
            Block::Quote { blocks } => {
                self.put("<blockquote>\n");
                self.blocks(blocks);
                self.put("</blockquote>\n");
            }
            Block::Table {
                caption,
                align,
                header,
                rows,
            } => self.table(caption.as_deref(), align, header, rows),
            Block::Definitions { items } => {
                self.put("<dl>\n");
                for item in items {
                    self.put("<dt");
                    self.direction(direction::of_run(&item.term));
                    self.put(">");
                    self.inlines(&item.term);
                    self.put("</dt>\n");
                    for definition in &item.definitions {
                        self.put("<dd");
                        self.direction(direction::of_blocks(definition));
                        self.put(">");
                        self.tight_blocks(definition);
                        self.put("</dd>\n");
                    }
                }
                self.put("</dl>\n");
            }
            Block::Code { text } => self.code("<pre><code>", text, "</code></pre>\n"),
            Block::Divider {} => self.put("<hr>\n"),
        }
    }

    fn list(&mut self, ordered: bool, start: u64, tight: bool, items: &'a [ListItem]) {
        let towards = direction::of_items(items);
        self.put(if ordered { "<ol" } else { "<ul" });
        if ordered && start != 1 {
            self.put(" start=\"");
            self.put(&start.to_string());
            self.put("\"");
        }
        self.direction(towards);
        self.put(">\n");
        self.reading(towards, |writer| writer.items(tight, items));
        self.put(if ordered { "</ol>\n" } else { "</ul>\n" });
    }

    fn items(&mut self, tight: bool, items: &'a [ListItem]) {
        for item in items {
            self.put(if item.checked.is_some() {
                "<li class=\"task\""
            } else {
                "<li"
            });
            // A loose item's paragraphs say so themselves.
            if tight {
                self.direction(direction::of_blocks(&item.blocks));
            }
            self.put(">");
            // The box is a picture with a name, so that a tick is heard and needs no colour.
            self.put(match item.checked {
                None => "",
                Some(true) => {
                    "<span class=\"tick ticked\" role=\"img\" aria-label=\"Krydset af\"></span>"
                }
                Some(false) => {
                    "<span class=\"tick\" role=\"img\" aria-label=\"Ikke krydset af\"></span>"
                }
            });
            if tight {
                self.tight_blocks(&item.blocks);
            } else {
                self.blocks(&item.blocks);
            }
            self.put("</li>\n");
        }
    }

    /// Opens the box a table stands in, with a name.
    pub(super) fn open_scroll(&mut self, name: impl FnOnce(&mut Self)) {
        // Numbered, since two tables can show the same and each needs a name of its own.
        self.tables += 1;
        self.put("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Tabel ");
        self.number(self.tables);
        self.put(": ");
        name(self);
        self.put("\">\n");
    }

    /// A table in a box of its own, which the keyboard can scroll where the table is wider than the page.
    fn table(
        &mut self,
        caption: Option<&str>,
        align: &[Alignment],
        header: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
    ) {
        self.open_scroll(|writer| match caption {
            Some(caption) => writer.escape(caption),
            None => {
                for (at, cell) in header.iter().enumerate() {
                    writer.put(if at > 0 { ", " } else { "" });
                    writer.plain(cell);
                }
            }
        });
        let towards = direction::of_cells(header, rows);
        self.put("<table");
        self.direction(towards);
        self.put(">\n");
        self.reading(towards, |writer| {
            writer.table_itself(caption, align, header, rows);
        });
        self.put("</table>\n</div>\n");
    }

    fn table_itself(
        &mut self,
        caption: Option<&str>,
        align: &[Alignment],
        header: &'a [Vec<Inline>],
        rows: &'a [Vec<Vec<Inline>>],
    ) {
        if let Some(caption) = caption {
            self.element("<caption>", caption, "</caption>\n");
        }
        self.put("<thead>\n<tr>");
        for (at, cell) in header.iter().enumerate() {
            // An empty header cell heads nothing.
            let tag = if cell.is_empty() {
                "td"
            } else {
                "th scope=\"col\""
            };
            self.cell(tag, &tag[..2], align.get(at), cell);
        }
        self.put("</tr>\n</thead>\n<tbody>\n");
        // What stands first in a row names it, where its column has a name and there is more to name.
        let names_rows = header.len() > 1 && header.first().is_some_and(|cell| !cell.is_empty());
        for row in rows {
            self.put("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let (open, close) = match at {
                    0 if names_rows && !cell.is_empty() => ("th scope=\"row\"", "th"),
                    _ => ("td", "td"),
                };
                self.cell(open, close, align.get(at), cell);
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n");
    }

    pub(super) fn cell(
        &mut self,
        open: &str,
        close: &str,
        align: Option<&Alignment>,
        cell: &'a [Inline],
    ) {
        self.put("<");
        self.put(open);
        self.put(match align {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Left | Alignment::None) | None => "",
        });
        self.direction(direction::of_run(cell));
        self.put(">");
        self.inlines(cell);
        self.put("</");
        self.put(close);
        self.put(">");
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text { text } => self.letters(text),
            Inline::Code { text } => self.code("<code>", text, "</code>"),
            Inline::Emph { content } => self.wrapped("<em>", content, "</em>"),
            Inline::Strong { content } => self.wrapped("<strong>", content, "</strong>"),
            Inline::Strike { content } => self.wrapped("<s>", content, "</s>"),
            Inline::Break {} => self.put("<br>\n"),
            Inline::Link { url, content } => self.link_outside(url, content),
            Inline::Ref { id, content, .. } => {
                self.link_inside(id, |writer| writer.inlines(content));
            }
            Inline::Image { file, alt } => self.image(file, alt),
            Inline::Footnote { number, id, blocks } => {
                self.notes.push(Note {
                    number: *number,
                    id,
                    blocks,
                });
                let first = self.noted.insert(id);
                self.mark(Mark {
                    number: *number,
                    id,
                    first,
                });
            }
            Inline::FootnoteAgain { number, id } => self.mark(Mark {
                number: *number,
                id,
                first: false,
            }),
        }
    }

    /// Letters, in which the alarm numbers can be called and words of the list are explained.
    fn letters(&mut self, text: &str) {
        let mut done = 0;
        // A link holds no link.
        while self.marks.is_none() {
            let call = alarm::first_in(text, done);
            let word = self.words.first_in(text, done);
            match (call, word) {
                (None, None) => break,
                (Some(call), Some((range, _))) if call.start < range.start => {
                    done = self.call(text, done, call);
                }
                (Some(call), None) => done = self.call(text, done, call),
                (_, Some((range, index))) => done = self.word(text, done, range, index),
            }
        }
        self.words(&text[done..]);
    }

    /// A number to call, after what stands before it; the end of it.
    fn call(&mut self, text: &str, done: usize, number: Range<usize>) -> usize {
        self.words(&text[done..number.start]);
        let digits = &text[number.clone()];
        self.element("<a class=\"bare\" href=\"tel:", digits, "\">");
        self.element("", digits, "</a>");
        number.end
    }

    /// A word of the list with what it means, after what stands before it; the end of it.
    fn word(&mut self, text: &str, done: usize, range: Range<usize>, index: usize) -> usize {
        self.words(&text[done..range.start]);
        let leads = self.anchors.contains(WORD_LIST);
        if leads {
            self.put("<a class=\"word\" href=\"#");
            self.escape(&url::fragment(WORD_LIST));
            self.put("\">");
        }
        let meaning = self.words.explain(index);
        self.element("<abbr title=\"", meaning, "\">");
        self.element("", &text[range.clone()], "</abbr>");
        self.put(if leads { "</a>" } else { "" });
        range.end
    }

    /// Code, as it is typed.
    fn code(&mut self, open: &str, text: &str, close: &str) {
        self.put(open);
        escape_into(&mut self.out, text);
        self.put(close);
    }

    fn wrapped(&mut self, open: &str, content: &'a [Inline], close: &str) {
        self.put(open);
        self.inlines(content);
        self.put(close);
    }

    /// A link out of the document; plain text where it may not be followed.
    fn link_outside(&mut self, address: &'a str, content: &'a [Inline]) {
        if !url::is_followed(address) {
            return self.inlines(content);
        }
        let bare = matches!(content, [Inline::Text { text }] if text == address);
        let open = |writer: &mut Self| {
            // Print shows the addresses of links; one that is its own text is not shown twice.
            writer.put(if bare {
                "<a class=\"bare\" href=\""
            } else {
                "<a href=\""
            });
            writer.escape(&url::encode(address));
        };
        self.link(open, |writer| {
            if content.is_empty() {
                writer.words(address);
            } else {
                writer.inlines(content);
            }
        });
    }

    /// A link inside the document; plain text where there is no such place.
    pub(super) fn link_inside(&mut self, id: &'a str, content: impl FnOnce(&mut Self)) {
        if !self.anchors.contains(id) {
            return content(self);
        }
        let open = |writer: &mut Self| {
            writer.put("<a href=\"#");
            writer.escape(&url::fragment(id));
        };
        self.link(open, content);
    }

    /// A link. A link inside it is printed as its text, and footnote marks inside it follow it.
    fn link(&mut self, open: impl FnOnce(&mut Self), content: impl FnOnce(&mut Self)) {
        if self.marks.is_some() {
            return content(self);
        }
        self.marks = Some(Vec::new());
        open(self);
        self.put("\">");
        content(self);
        self.put("</a>");
        for mark in self.marks.take().unwrap_or_default() {
            self.mark(mark);
        }
    }

    fn mark(&mut self, mark: Mark<'a>) {
        if let Some(waiting) = &mut self.marks {
            return waiting.push(mark);
        }
        if !self.noted.contains(mark.id) {
            self.put("<sup>");
            self.number(mark.number);
            return self.put("</sup>");
        }
        self.put("<sup><a href=\"#_");
        self.escape(&url::fragment(mark.id));
        self.put("\"");
        if mark.first {
            self.put(" id=\"_");
            self.escape(&url::anchor(mark.id));
            self.put("-her\"");
        }
        self.put("><span class=\"unseen\">Note </span>");
        self.number(mark.number);
        self.put("</a></sup>");
    }

    /// A picture inside the page itself, or its description where there is no such picture.
    fn image(&mut self, file: &str, alt: &str) {
        let Some(picture) = self.pictures.0.get(file) else {
            return self.element("<span class=\"no-picture\">", alt, "</span>");
        };
        self.put("<img src=\"");
        self.put(&data_url(picture));
        self.element("\" alt=\"", alt, "\">");
    }

    /// The letters of a run without any markup, for an attribute.
    fn plain(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text } | Inline::Code { text } | Inline::Image { alt: text, .. } => {
                    self.escape(text);
                }
                Inline::Emph { content }
                | Inline::Strong { content }
                | Inline::Strike { content }
                | Inline::Link { content, .. }
                | Inline::Ref { content, .. } => self.plain(content),
                Inline::Break {} => self.put(" "),
                Inline::Footnote { .. } | Inline::FootnoteAgain { .. } => {}
            }
        }
    }
}
