//! Blocks and inlines: the running text as Word has it.

use std::fmt::Write as _;

use super::body::{Body, Item};
use super::numbering::{BOXES, LEVELS, POINTS, TICKED};
use super::picture;
use super::xml::escaped;
use crate::document::{Alignment, Block, Definition, Inline, ListItem};
use crate::render::{Picture, direction, url};

/// How letters look.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    strong: bool,
    emph: bool,
    strike: bool,
    is_link: bool,
    /// Words that were made of what a reference leads to, so that they are made anew when they are read back.
    is_made: bool,
}

impl Look {
    fn properties(self) -> String {
        let all = [
            (self.is_link, "<w:rStyle w:val=\"Hyperlink\"/>"),
            (self.is_made, "<w:rStyle w:val=\"Rp-ref\"/>"),
            (self.strong, "<w:b/><w:bCs/>"),
            (self.emph, "<w:i/><w:iCs/>"),
            (self.strike, "<w:strike/>"),
        ];
        let set = all.into_iter().filter(|(is_set, _)| *is_set);
        set.map(|(_, property)| property).collect()
    }
}

impl<'d> Body<'d> {
    /// Running text, each block read the way its first letter says.
    pub(super) fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            let towards = direction::of_blocks(std::slice::from_ref(block));
            self.towards(towards.unwrap_or(self.direction), |body| body.block(block));
        }
        self.end_item();
    }

    /// An item that has no paragraph of its own gets an empty one.
    pub(super) fn end_item(&mut self) {
        if self.item.is_some() {
            self.paragraph("", |_| {});
        }
    }

    fn block(&mut self, block: &'d Block) {
        if !matches!(block, Block::Paragraph { .. }) {
            self.end_item();
        }
        match block {
            Block::Paragraph { content } => self.paragraph("", |body| body.inlines(content)),
            Block::List {
                ordered,
                start,
                items,
                ..
            } => self.list(ordered.then_some(*start), items),
            Block::Quote { blocks } => self.control("quote", |body| {
                let before = std::mem::replace(&mut body.style, "Rp-quote");
                body.blocks(blocks);
                body.style = before;
            }),
            Block::Table {
                caption,
                align,
                header,
                rows,
            } => {
                if let Some(caption) = caption {
                    self.paragraph("Caption", |body| body.run("", caption));
                }
                self.text_table(caption.as_deref(), align, header, rows);
            }
            Block::Definitions { items } => {
                self.control("definitions", |body| body.definitions(items));
            }
            Block::Code { text } => self.paragraph("Kode", |body| {
                let lines = text.trim_end_matches('\n').split('\n');
                for (at, line) in lines.enumerate() {
                    if at > 0 {
                        body.line_end();
                    }
                    body.run("", line.trim_end_matches('\r'));
                }
            }),
            Block::Divider {} => self.paragraph("Streg", |_| {}),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &'d [ListItem]) {
        let level = self.level.min(LEVELS - 1);
        let counting = start.map(|start| self.lists.counting(level, start));
        self.level += 1;
        for item in items {
            let list = match (item.checked, counting) {
                (Some(true), _) => TICKED,
                (Some(false), _) => BOXES,
                (None, Some(list)) => list,
                (None, None) => POINTS,
            };
            self.item = Some(Item {
                list,
                level,
                style: String::new(),
            });
            self.blocks(&item.blocks);
        }
        self.level -= 1;
    }

    fn text_table(
        &mut self,
        caption: Option<&str>,
        align: &[Alignment],
        header: &'d [Vec<Inline>],
        rows: &'d [Vec<Vec<Inline>>],
    ) {
        let columns = header
            .len()
            .max(rows.iter().map(Vec::len).max().unwrap_or(0));
        self.open_table(columns, caption);
        for (at, row) in std::iter::once(header)
            .chain(rows.iter().map(Vec::as_slice))
            .enumerate()
        {
            self.open_row(at == 0);
            for column in 0..columns {
                let cell: &'d [Inline] = row.get(column).map_or(&[], Vec::as_slice);
                let align = align.get(column).copied().unwrap_or(Alignment::None);
                self.cell(align, |body| body.inlines(cell));
            }
            self.put("</w:tr>");
        }
        self.end_table();
    }

    /// Ends a table. What follows is a paragraph of its own: two tables in a row would be one, and none may be last.
    pub(super) fn end_table(&mut self) {
        self.put("</w:tbl><w:p><w:pPr><w:spacing w:after=\"0\"/></w:pPr></w:p>");
    }

    /// Begins a table. One that is read to the left has its columns from the right.
    pub(super) fn open_table(&mut self, columns: usize, caption: Option<&str>) {
        self.put("<w:tbl><w:tblPr><w:tblStyle w:val=\"Rp-table\"/>");
        if self.direction == crate::text::Direction::Leftward {
            self.put("<w:bidiVisual/>");
        }
        self.put(
            "<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>",
        );
        if let Some(caption) = caption {
            write!(self.out, "<w:tblCaption w:val=\"{}\"/>", escaped(caption)).expect("a string");
        }
        self.put("</w:tblPr><w:tblGrid>");
        let width = 9070 / columns.max(1);
        for _ in 0..columns {
            write!(self.out, "<w:gridCol w:w=\"{width}\"/>").expect("a string takes every text");
        }
        self.put("</w:tblGrid>");
    }

    /// Begins a row, which stays whole; that of the heads comes again on every page.
    pub(super) fn open_row(&mut self, is_head: bool) {
        self.put("<w:tr><w:trPr><w:cantSplit/>");
        if is_head {
            self.put("<w:tblHeader/>");
        }
        self.put("</w:trPr>");
    }

    /// A cell of one paragraph.
    pub(super) fn cell(&mut self, align: Alignment, content: impl FnOnce(&mut Self)) {
        self.put("<w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val=\"Rp-cell\"/>");
        if self.direction == crate::text::Direction::Leftward {
            self.put("<w:bidi/>");
        }
        self.put(match align {
            Alignment::Center => "<w:jc w:val=\"center\"/>",
            Alignment::Right => "<w:jc w:val=\"right\"/>",
            Alignment::Left | Alignment::None => "",
        });
        self.put("</w:pPr>");
        content(self);
        self.put("</w:p></w:tc>");
    }

    fn definitions(&mut self, items: &'d [Definition]) {
        for item in items {
            self.paragraph("Rp-term", |body| body.inlines(&item.term));
            self.level += 1;
            for blocks in &item.definitions {
                // What a term means begins with a paragraph of this style.
                self.item_style("Rp-meaning", |body| body.blocks(blocks));
            }
            self.level -= 1;
        }
    }

    /// Running text whose paragraphs have a style.
    pub(super) fn item_style(&mut self, style: &'static str, content: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.style, style);
        content(self);
        self.style = before;
    }

    pub(super) fn line_end(&mut self) {
        self.put("<w:r><w:br/></w:r>");
    }

    /// A run of text.
    pub(super) fn inlines(&mut self, inlines: &'d [Inline]) {
        self.pieces(inlines, Look::default());
    }

    fn pieces(&mut self, inlines: &'d [Inline], look: Look) {
        for inline in inlines {
            self.inline(inline, look);
        }
    }

    fn inline(&mut self, inline: &'d Inline, look: Look) {
        match inline {
            Inline::Text { text } => self.run(&look.properties(), text),
            Inline::Code { text } => {
                let properties = format!("<w:rStyle w:val=\"KodeTegn\"/>{}", look.properties());
                self.run(&properties, text);
            }
            Inline::Emph { content } => self.pieces(content, Look { emph: true, ..look }),
            Inline::Strong { content } => self.pieces(
                content,
                Look {
                    strong: true,
                    ..look
                },
            ),
            Inline::Strike { content } => self.pieces(
                content,
                Look {
                    strike: true,
                    ..look
                },
            ),
            Inline::Break {} => self.line_end(),
            Inline::Link { url, content } => self.outside(url, |body| {
                if content.is_empty() {
                    body.run(
                        &Look {
                            is_link: true,
                            ..look
                        }
                        .properties(),
                        url,
                    );
                } else {
                    body.pieces(
                        content,
                        Look {
                            is_link: true,
                            ..look
                        },
                    );
                }
            }),
            Inline::Ref { id, content, page } => {
                let look = Look {
                    is_made: *page,
                    ..look
                };
                self.inside(id, |body| body.pieces(content, look));
            }
            Inline::Image { file, alt } => self.image(file, alt),
            Inline::Footnote { number, blocks, .. } => self.note(*number, blocks),
            Inline::FootnoteAgain { number, .. } => {
                // Word has one mark a note; another one is a field that shows the first.
                let number = *number;
                self.field(&format!("NOTEREF rp_fod_{number} \\h"), |body| {
                    body.run(
                        "<w:rStyle w:val=\"FootnoteReference\"/>",
                        &number.to_string(),
                    );
                });
            }
        }
    }

    /// A field with what it shows until Word counts anew.
    pub(super) fn field(&mut self, instruction: &str, shown: impl FnOnce(&mut Self)) {
        self.put("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> ");
        let instruction = escaped(instruction);
        self.put(&instruction);
        self.put(" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
        shown(self);
        self.put("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    }

    /// A link out of the document; plain text where it may not be followed, or in another link.
    pub(super) fn outside(&mut self, address: &str, content: impl FnOnce(&mut Self)) {
        if !url::is_followed(address) {
            return content(self);
        }
        self.linked(&url::encode(address), content);
    }

    /// A link to an address that is sound.
    pub(super) fn linked(&mut self, address: &str, content: impl FnOnce(&mut Self)) {
        if self.in_link {
            return content(self);
        }
        let relations = if self.in_note {
            &mut self.note_relations
        } else {
            &mut self.relations
        };
        let id = relations.id("hyperlink", address, true);
        write!(self.out, "<w:hyperlink r:id=\"{id}\" w:history=\"1\">").expect("a string");
        self.in_link = true;
        content(self);
        self.in_link = false;
        self.put("</w:hyperlink>");
    }

    /// A link inside the document; plain text where there is no such place, or in another link.
    pub(super) fn inside(&mut self, anchor: &str, content: impl FnOnce(&mut Self)) {
        let name = self.bookmark_of(anchor).filter(|_| !self.in_link);
        let Some(name) = name else {
            return content(self);
        };
        write!(
            self.out,
            "<w:hyperlink w:anchor=\"{name}\" w:history=\"1\">"
        )
        .expect("a string");
        self.in_link = true;
        content(self);
        self.in_link = false;
        self.put("</w:hyperlink>");
    }

    /// A picture of a kind that Word shows.
    fn picture_of(&self, file: &str) -> Option<&'d Picture> {
        let pictures = self.pictures;
        pictures.0.get(file).filter(|picture| {
            matches!(picture.media_type, "image/png" | "image/jpeg" | "image/gif")
        })
    }

    /// Whether a picture can be shown: otherwise its words stand there.
    pub(super) fn shows(&self, file: &str) -> bool {
        self.picture_of(file).is_some()
    }

    pub(super) fn image(&mut self, file: &str, alt: &str) {
        let Some(picture) = self.picture_of(file) else {
            return self.run("", alt);
        };
        self.media.push(picture);
        let ending = picture.media_type.trim_start_matches("image/");
        let target = format!("media/billede{}.{ending}", self.media.len());
        let relations = if self.in_note {
            &mut self.note_relations
        } else {
            &mut self.relations
        };
        let embedded = relations.id("image", &target, false);
        let (width, height) = picture::extent(&picture.bytes, picture.media_type);
        let id = self.next_id();
        let (alt, name) = (escaped(alt), escaped(file));
        self.put("<w:r><w:drawing>");
        write!(
            self.out,
            "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{alt}\"/><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"{id}\" name=\"{name}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip r:embed=\"{embedded}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
             <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline>"
        )
        .expect("a string takes every text");
        self.put("</w:drawing></w:r>");
    }

    /// A note's mark, and the note itself. Word counts the marks; where that gives another number, as where a note
    /// stands in a note, the number is typed.
    fn note(&mut self, number: usize, blocks: &'d [Block]) {
        const MARK: &str = "<w:rStyle w:val=\"FootnoteReference\"/>";
        if self.in_note {
            // A note of a note stands behind it: Word has no other place for it.
            self.run(MARK, &number.to_string());
            let mut note = std::mem::take(&mut self.out);
            self.paragraphs_of_note(blocks, |body| body.run(MARK, &number.to_string()));
            std::mem::swap(&mut note, &mut self.out);
            self.notes.push_str(&note);
            return;
        }
        self.counted += 1;
        let is_counted = number == self.counted;
        let id = self.counted;
        self.named(&format!("rp_fod_{number}"), |body| {
            body.open_run(MARK);
            let custom = if is_counted {
                String::new()
            } else {
                " w:customMarkFollows=\"1\"".to_owned()
            };
            write!(body.out, "<w:footnoteReference{custom} w:id=\"{id}\"/>").expect("a string");
            if !is_counted {
                write!(body.out, "<w:t>{number}</w:t>").expect("a string takes every text");
            }
            body.put("</w:r>");
        });
        let text = std::mem::take(&mut self.out);
        let place = std::mem::take(&mut self.notes);
        let outer = (self.in_link, self.level, self.item.take(), self.style);
        (self.in_note, self.in_link, self.level, self.style) = (true, false, 0, "FootnoteText");
        self.paragraphs_of_note(blocks, |body| {
            body.open_run(MARK);
            if is_counted {
                body.put("<w:footnoteRef/></w:r>");
            } else {
                write!(body.out, "<w:t>{number}</w:t></w:r>").expect("a string");
            }
        });
        self.in_note = false;
        (self.in_link, self.level, self.item, self.style) = outer;
        let own = std::mem::replace(&mut self.out, text);
        // What notes of this note have said stands behind it.
        let inner = std::mem::replace(&mut self.notes, place);
        write!(
            self.notes,
            "<w:footnote w:id=\"{id}\">{own}{inner}</w:footnote>"
        )
        .expect("a string takes every text");
    }

    /// A note's paragraphs, its mark in the first.
    fn paragraphs_of_note(&mut self, blocks: &'d [Block], mark: impl FnOnce(&mut Self)) {
        let (first, rest) = match blocks.split_first() {
            Some((Block::Paragraph { content }, rest)) => (content.as_slice(), rest),
            _ => (&[][..], blocks),
        };
        self.paragraph("", |body| {
            mark(body);
            body.run("", " ");
            body.inlines(first);
        });
        self.blocks(rest);
    }
}
