//! The primitives of a document as Word has them.

use super::body::{Body, Item};
use super::numbering::BOXES;
use crate::document::layout::{Defined, Element, Mark, Piece, Room, Row};
use crate::document::{Alignment, Figure};
use crate::render::{MOST_LINES, heading_words, url};

/// The most levels that a heading inside a part has.
const DEEPEST: usize = 9;

impl<'d> Body<'d> {
    /// A shape in a part that stands at `depth`.
    pub(super) fn element(&mut self, element: &Element<'d>, depth: usize) {
        match element {
            Element::Text { blocks } => self.blocks(blocks),
            Element::Heading { text } => {
                let style = format!("Rp-heading{}", (depth + 1).min(DEEPEST));
                self.paragraph(&style, |body| body.run("", heading_words(text)));
            }
            Element::Label { class, text } => {
                self.paragraph(&format!("Rp-{class}"), |body| body.run("", text));
            }
            Element::Line { class, pieces } => {
                let class = if class.is_empty() { "line" } else { class };
                self.paragraph(&format!("Rp-{class}"), |body| {
                    pieces.iter().for_each(|piece| body.piece(piece));
                });
            }
            Element::List { class, mark, items } => self.element_list(class, *mark, items, depth),
            Element::Definitions { class, items } => {
                self.control(class, |body| {
                    for item in items {
                        body.speaking(item.language, |body| body.defined(item));
                    }
                });
            }
            Element::Rows { rows } => {
                for (label, value) in rows {
                    self.paragraph("Rp-row", |body| {
                        body.run("<w:b/><w:bCs/>", label);
                        body.run("", " ");
                        body.piece(value);
                    });
                }
            }
            Element::Table {
                class,
                columns,
                rows,
            } => self.control(class, |body| body.element_table(columns, rows)),
            Element::Quote { body } => self.control("quote", |writer| {
                writer.item_style("Rp-quote", |writer| writer.elements(body, depth));
            }),
            Element::Box {
                anchor,
                class,
                language,
                body,
            } => self.control(class, |writer| {
                if let Some(anchor) = *anchor {
                    writer.paragraph_mark(anchor);
                }
                writer.speaking(*language, |writer| writer.elements(body, depth));
            }),
            Element::Spoken { language, body } => {
                self.speaking(Some(language), |writer| writer.elements(body, depth));
            }
            Element::Blank { label, room } => self.blank(*label, *room),
            Element::SignatureRow { role, place } => self.signature_row(role, *place),
            Element::Figure(figure) => self.figure(figure),
            Element::Below { body } => {
                self.control("below", |writer| writer.elements(body, depth + 1));
            }
        }
    }

    fn elements(&mut self, elements: &[Element<'d>], depth: usize) {
        for element in elements {
            self.element(element, depth);
        }
    }

    /// The place that a box is led to. It stands between paragraphs, so that none of them is changed.
    fn paragraph_mark(&mut self, anchor: &str) {
        self.marked(anchor, |_| {});
    }

    fn piece(&mut self, piece: &Piece<'d>) {
        const LINK: &str = "<w:rStyle w:val=\"Hyperlink\"/>";
        match piece {
            Piece::Plain { text } => self.run("", text),
            Piece::Strong { text } => self.run("<w:b/><w:bCs/>", text),
            Piece::Address { url, text } => match url.filter(|url| url::is_followed(url)) {
                Some(url) => self.outside(url, |body| body.run(LINK, text)),
                None => self.run("", text),
            },
            Piece::File { path, name } => match path {
                Some(path) => self.linked(&url::path(path), |body| body.run(LINK, name)),
                None => self.run("", name),
            },
            Piece::Inside { id, text } => self.inside(id, |body| body.run("", text)),
        }
    }

    /// A list. The first paragraph of each item has the style of the list, so that one more is one more item.
    fn element_list(
        &mut self,
        class: &str,
        mark: Mark,
        items: &[crate::document::layout::Item<'d>],
        depth: usize,
    ) {
        let name = class.split(' ').next().unwrap_or_default();
        if name.is_empty() {
            return self.listed("", mark, items, depth);
        }
        self.control(name, |body| {
            body.listed(&format!("Rp-{name}"), mark, items, depth);
        });
    }

    fn listed(
        &mut self,
        style: &str,
        mark: Mark,
        items: &[crate::document::layout::Item<'d>],
        depth: usize,
    ) {
        if mark == Mark::Nothing {
            for item in items {
                self.control("item", |body| {
                    if let Some(anchor) = item.anchor {
                        body.paragraph_mark(anchor);
                    }
                    body.speaking(item.language, |body| body.elements(&item.body, depth));
                });
            }
            return;
        }
        let level = self.level.min(super::numbering::LEVELS - 1);
        let start = items.first().map_or(1, |item| item.number as u64);
        let list = match mark {
            Mark::Point => super::numbering::POINTS,
            _ => self.lists.counting(level, start.max(1)),
        };
        self.level += 1;
        for item in items {
            self.item = Some(Item {
                list,
                level,
                style: style.to_owned(),
            });
            self.speaking(item.language, |body| body.elements(&item.body, depth));
            self.end_item();
        }
        self.level -= 1;
    }

    fn defined(&mut self, item: &Defined<'d>) {
        self.paragraph("Rp-term", |body| {
            body.run("", item.term);
            if let Some(aside) = &item.aside {
                body.run("<w:rStyle w:val=\"Rp-aside\"/>", &format!(" ({aside})"));
            }
        });
        self.level += 1;
        self.item_style("Rp-meaning", |body| body.blocks(item.meaning));
        self.level -= 1;
    }

    fn element_table(&mut self, columns: &[&str], rows: &[Row<'d>]) {
        self.open_table(columns.len(), None);
        self.open_row(true);
        for column in columns {
            self.cell(Alignment::None, |body| body.run("", column));
        }
        self.put("</w:tr>");
        for row in rows {
            self.open_row(false);
            self.speaking(row.language, |body| {
                body.cell(Alignment::None, |body| body.inlines(row.first));
                for cell in &row.others {
                    body.cell(Alignment::None, |body| body.run("", cell));
                }
            });
            self.put("</w:tr>");
        }
        self.end_table();
    }

    fn blank(&mut self, label: Option<&'d str>, room: Room) {
        if room == Room::Checkbox {
            self.item = Some(Item {
                list: BOXES,
                level: self.level.min(super::numbering::LEVELS - 1),
                style: "Rp-checkbox".to_owned(),
            });
            self.paragraph("", |body| body.run("", label.unwrap_or_default()));
            return;
        }
        if let Some(label) = label {
            self.paragraph("Rp-blank", |body| body.run("", label));
        }
        match room {
            Room::Lines { count } => self.lines(count),
            Room::Date | Room::Checkbox => self.line_to_write("Rp-date"),
        }
    }

    /// Lines to write on.
    fn lines(&mut self, count: u32) {
        for _ in 0..count.min(MOST_LINES) {
            self.line_to_write("Rp-writing");
        }
    }

    /// A line to write on: a tab with a leader, so that there is no sign in it.
    fn line_to_write(&mut self, style: &str) {
        self.paragraph(style, |body| body.put("<w:r><w:tab/></w:r>"));
    }

    fn signature_row(&mut self, role: &str, place: Option<&str>) {
        self.paragraph("Rp-signer", |body| body.run("", role));
        self.line_to_write("Rp-writing");
        self.paragraph("Rp-place", |body| {
            body.run("<w:b/><w:bCs/>", "Sted");
            match place {
                Some(place) => {
                    body.run("", " ");
                    body.run("", place);
                }
                None => body.put("<w:r><w:tab/></w:r>"),
            }
        });
        self.paragraph("Rp-day", |body| {
            body.run("<w:b/><w:bCs/>", "Dato");
            body.put("<w:r><w:tab/></w:r>");
        });
    }

    /// A figure in words: its caption, what the drawing looks like, and its items.
    fn figure(&mut self, figure: &'d Figure) {
        let of = if figure.shows_duties { ":pligter" } else { "" };
        self.control(&format!("figure:{}{of}", figure.kind.word()), |body| {
            if let Some(anchor) = &figure.anchor {
                body.paragraph_mark(anchor);
            }
            body.paragraph("Rp-caption", |body| body.run("", figure.caption()));
            body.paragraph("Rp-intro", |body| body.run("", &figure.intro));
            let start = figure.items.first().map_or(1, |item| item.number as u64);
            let list = body.lists.counting(0, start.max(1));
            body.level += 1;
            for item in &figure.items {
                body.item = Some(Item {
                    list,
                    level: 0,
                    style: "Rp-point".to_owned(),
                });
                body.paragraph("", |body| {
                    body.run("<w:b/><w:bCs/>", &item.name);
                    if let Some(when) = &item.when {
                        body.run("", " · ");
                        body.run("", when);
                    }
                });
                body.blocks(&item.text);
            }
            body.level -= 1;
        });
    }
}
