//! The primitives of a document as HTML.

use super::Writer;
use crate::document::Figure;
use crate::document::layout::{Defined, Element, Item, Mark, Piece, Room, Row};
use crate::figure::{self, Size};
use crate::render::{MOST_LINES, url};
use crate::text::Direction;

impl<'a> Writer<'a> {
    /// Writes elements in a part that stands at `depth`.
    pub(super) fn elements(&mut self, elements: &[Element<'a>], depth: usize) {
        for element in elements {
            self.primitive(element, depth);
        }
    }

    fn primitive(&mut self, element: &Element<'a>, depth: usize) {
        match element {
            Element::Text { blocks } => self.blocks(blocks),
            Element::Heading { text } => self.inner_heading(text, depth),
            Element::Label { class, text } => {
                self.open("p", class);
                self.element("", text, "</p>\n");
            }
            Element::Line { class, pieces } => {
                self.open("p", class);
                for piece in pieces {
                    self.piece(piece);
                }
                self.put("</p>\n");
            }
            Element::List { class, mark, items } => self.element_list(class, *mark, items, depth),
            Element::Definitions { class, items } => self.element_definitions(class, items),
            Element::Rows { rows } => self.rows(rows),
            Element::Table {
                class,
                columns,
                rows,
            } => self.element_table(class, columns, rows),
            Element::Quote { body } => {
                self.put("<blockquote>\n");
                self.elements(body, depth);
                self.put("</blockquote>\n");
            }
            Element::Box {
                anchor,
                class,
                language,
                body,
            } => {
                self.put("<div");
                if let Some(id) = anchor {
                    self.element(" id=\"", id, "\"");
                }
                self.element(" class=\"", class, "\"");
                self.speaking(*language, ">\n", |writer| writer.elements(body, depth));
                self.put("</div>\n");
            }
            Element::Spoken { language, body } => {
                self.put("<div");
                self.speaking(Some(language), ">\n", |writer| writer.elements(body, depth));
                self.put("</div>\n");
            }
            Element::Blank { label, room } => self.blank(*label, *room),
            Element::SignatureRow { role, place } => self.signature_row(role, *place),
            Element::Figure(figure) => self.figure(figure),
            Element::Below { body } => self.elements(body, depth + 1),
        }
    }

    /// The beginning of an element with a class.
    fn open(&mut self, name: &str, class: &str) {
        self.put("<");
        self.put(name);
        if !class.is_empty() {
            self.put(" class=\"");
            self.put(class);
            self.put("\"");
        }
        self.put(">");
    }

    fn piece(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Plain { text } => self.escape(text),
            Piece::Strong { text } => self.element("<strong>", text, "</strong>"),
            Piece::Address { url, text } => match url.filter(|url| url::is_followed(url)) {
                Some(url) => self.named_link(&url::encode(url), text),
                None => self.escape(text),
            },
            Piece::File { path, name } => match path {
                Some(path) => self.named_link(&url::path(path), name),
                None => self.escape(name),
            },
            Piece::Inside { id, text } => self.link_inside(id, |writer| writer.escape(text)),
        }
    }

    fn named_link(&mut self, url: &str, text: &str) {
        self.element("<a href=\"", url, "\">");
        self.element("", text, "</a>");
    }

    fn element_list(&mut self, class: &str, mark: Mark, items: &[Item<'a>], depth: usize) {
        let (open, close) = match mark {
            Mark::Number | Mark::LargeNumber => ("<ol", "</ol>\n"),
            Mark::Point | Mark::Nothing => ("<ul", "</ul>\n"),
        };
        self.put(open);
        if !class.is_empty() {
            self.put(" class=\"");
            self.put(class);
            self.put("\"");
        }
        // A list whose style takes its marks away would be none to some screen readers.
        self.put(match mark {
            Mark::LargeNumber | Mark::Nothing => " role=\"list\">\n",
            Mark::Number | Mark::Point => ">\n",
        });
        for (at, item) in items.iter().enumerate() {
            self.put("<li");
            match (mark, item.anchor) {
                // The style draws the number that stands here: browsers count otherwise than is written.
                (Mark::LargeNumber, _) => self.value(item.number),
                (Mark::Number, _) if item.number != at + 1 => self.value(item.number),
                (Mark::Nothing, Some(id)) => self.element(" id=\"", &url::anchor(id), "\""),
                _ => {}
            }
            let open = match mark {
                Mark::Nothing => ">\n",
                _ => ">",
            };
            self.speaking(item.language, open, |writer| match mark {
                Mark::Point => writer.tight(&item.body, depth),
                _ => writer.elements(&item.body, depth),
            });
            self.put("</li>\n");
        }
        self.put(close);
    }

    /// Elements where a paragraph needs no room of its own.
    fn tight(&mut self, elements: &[Element<'a>], depth: usize) {
        for element in elements {
            match element {
                Element::Text { blocks } => self.tight_blocks(blocks),
                other => self.primitive(other, depth),
            }
        }
    }

    /// An item of a numbered list, with its number where it is not the one that counting gives.
    fn open_item(&mut self, number: usize, at: usize) {
        if number == at + 1 {
            self.put("<li>");
        } else {
            self.put("<li");
            self.value(number);
            self.put(">");
        }
    }

    /// The number of an item that says it.
    fn value(&mut self, number: usize) {
        self.put(" value=\"");
        self.number(number);
        self.put("\"");
    }

    fn element_definitions(&mut self, class: &str, items: &[Defined<'a>]) {
        self.open("dl", class);
        self.put("\n");
        for item in items {
            self.put("<dt");
            self.speaking(item.language, ">", |writer| {
                writer.escape(item.term);
                if let Some(aside) = &item.aside {
                    writer.element(" <span class=\"also\">(", aside, ")</span>");
                }
            });
            self.put("</dt>\n<dd");
            self.speaking(item.language, ">", |writer| {
                writer.tight_blocks(item.meaning);
            });
            self.put("</dd>\n");
        }
        self.put("</dl>\n");
    }

    fn rows(&mut self, rows: &[(&'static str, Piece<'a>)]) {
        self.put("<dl>\n");
        for (label, value) in rows {
            self.element("<div><dt>", label, "</dt> <dd>");
            self.piece(value);
            self.put("</dd></div>\n");
        }
        self.put("</dl>\n");
    }

    fn element_table(&mut self, class: &str, columns: &[&str], rows: &[Row<'a>]) {
        self.open_scroll(|writer| writer.escape(&columns.join(", ")));
        self.open("table", class);
        self.put("\n<thead>\n<tr>");
        for column in columns {
            self.element("<th scope=\"col\">", column, "</th>");
        }
        self.put("</tr>\n</thead>\n<tbody>\n");
        for row in rows {
            self.put("<tr");
            self.speaking(row.language, ">", |writer| {
                writer.cell("th scope=\"row\"", "th", None, row.first);
                for cell in &row.others {
                    writer.element("<td>", cell, "</td>");
                }
            });
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n</div>\n");
    }

    fn blank(&mut self, label: Option<&str>, room: Room) {
        let Some(label) = label else {
            return self.room(room);
        };
        if room == Room::Checkbox {
            self.put("<div class=\"field field-checkbox\"><span class=\"box\"></span>");
            self.element("<p class=\"label\">", label, "</p></div>\n");
            return;
        }
        self.put("<div class=\"field\">");
        self.element("<p class=\"label\">", label, "</p>\n");
        self.room(room);
        self.put("</div>\n");
    }

    /// What is written on. A screen reader skips it.
    fn room(&mut self, room: Room) {
        match room {
            Room::Lines { count } => {
                for _ in 0..count.min(MOST_LINES) {
                    self.put("<div class=\"line\"></div>\n");
                }
            }
            Room::Date => self.put(
                "<div class=\"date\"><div class=\"line\"></div><div class=\"line\"></div>\
                 <div class=\"line\"></div></div>\n",
            ),
            Room::Checkbox => self.put("<span class=\"box\"></span>"),
        }
    }

    fn signature_row(&mut self, role: &str, place: Option<&str>) {
        self.put("<div class=\"signature-row\">\n<div>");
        self.element("<p class=\"label\">", role, "</p>");
        self.put(
            "<div class=\"line\"></div></div>\n<div><p class=\"label\">Sted</p><div class=\"line\">",
        );
        self.escape(place.unwrap_or_default());
        self.put(
            "</div></div>\n<div><p class=\"label\">Dato</p><div class=\"line\"></div></div>\n</div>\n",
        );
    }

    /// A drawing, whose places are counted from the left whatever is read around it.
    fn drawing(&mut self, svg: &str) {
        match (self.direction, svg.strip_prefix("<svg")) {
            (Direction::Leftward, Some(rest)) => {
                self.put("<svg direction=\"ltr\"");
                self.put(rest);
            }
            _ => self.put(svg),
        }
    }

    /// A figure: its drawings, which a screen reader skips, and the list that says the same in words. Where the
    /// list says no more than the drawing shows, it is not seen.
    fn figure(&mut self, figure: &'a Figure) {
        self.put("<figure class=\"figure\"");
        if let Some(anchor) = &figure.anchor {
            self.element(" id=\"", &url::anchor(anchor), "\"");
        }
        self.element(">\n<figcaption>", figure.caption(), "</figcaption>\n");
        self.drawing(&figure::draw(figure, Size::Wide));
        self.drawing(&figure::draw(figure, Size::Narrow));
        self.element("<p class=\"unseen\">", &figure.intro, "</p>\n");
        self.put(
            match (figure.has_texts(), figure::holds_words(figure.kind)) {
                (true, _) => "<ol class=\"figure-list\" role=\"list\">\n",
                (false, false) => "<ol class=\"figure-list figure-list-narrow\" role=\"list\">\n",
                (false, true) => "<ol class=\"unseen\" role=\"list\">\n",
            },
        );
        for (at, item) in figure.items.iter().enumerate() {
            self.open_item(item.number, at);
            self.element("<p><strong>", &item.name, "</strong>");
            if let Some(when) = &item.when {
                self.element("\u{a0}· ", when, "");
            }
            self.put("</p>\n");
            self.blocks(&item.text);
            self.put("</li>\n");
        }
        self.put("</ol>\n</figure>\n");
    }
}
