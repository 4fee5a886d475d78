//! The primitives of a document as Markdown.

use super::{LINE, SHORT_LINE, Writer, heading_words};
use crate::document::Figure;
use crate::document::layout::{Defined, Element, Item, Mark, Piece, Room, Row};
use crate::render::{MOST_LINES, url};

impl<'a> Writer<'a> {
    /// Writes elements in a part that stands at `depth`.
    pub(super) fn elements(&mut self, elements: &[Element<'a>], depth: usize) {
        for element in elements {
            self.element(element, depth);
        }
    }

    fn element(&mut self, element: &Element<'a>, depth: usize) {
        match element {
            Element::Text { blocks } => self.blocks(blocks),
            Element::Heading { text } => self.heading(depth + 1, None, heading_words(text)),
            Element::Label { text, .. } => self.label(text),
            Element::Line { pieces, .. } => {
                self.next_block(false);
                for piece in pieces {
                    self.piece(piece);
                }
            }
            Element::List { mark, items, .. } => self.element_list(*mark, items, depth),
            Element::Definitions { items, .. } => self.element_definitions(items),
            Element::Rows { rows } => {
                for (label, value) in rows {
                    self.line(label);
                    self.put(" ");
                    self.piece(value);
                }
            }
            Element::Table { columns, rows, .. } => self.element_table(columns, rows),
            Element::Quote { body } => {
                self.next_block(false);
                self.nested("> ", "> ", |writer| writer.elements(body, depth));
            }
            Element::Box {
                anchor,
                language,
                body,
                ..
            } => {
                if let Some(anchor) = anchor.filter(|anchor| self.anchors.contains(anchor)) {
                    self.next_block(false);
                    self.anchor(anchor);
                }
                self.speaking(*language, |writer| writer.elements(body, depth));
            }
            Element::Spoken { language, body } => {
                self.speaking(Some(language), |writer| writer.elements(body, depth));
            }
            Element::Blank { label, room } => self.blank(*label, *room),
            Element::SignatureRow { role, place } => self.signature_row(role, *place),
            Element::Figure(figure) => self.figure(figure),
            Element::Below { body } => self.elements(body, depth + 1),
        }
    }

    fn piece(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Plain { text } => self.escape(text),
            Piece::Strong { text } => self.strong(text),
            Piece::Address { url, text } => {
                let url = url.filter(|url| url::is_followed(url));
                let url = url.map(|url| url::encode(url).replace('&', "&amp;"));
                self.link_or_text(url, text);
            }
            Piece::File { path, name } => self.link_or_text(path.map(url::path), name),
            Piece::Inside { id, text } => self.link_inside(id, |writer| writer.escape(text)),
        }
    }

    fn link_or_text(&mut self, url: Option<String>, text: &str) {
        match url {
            Some(url) => {
                self.put("[");
                self.escape(text);
                self.put("](");
                self.put(&url);
                self.put(")");
            }
            None => self.escape(text),
        }
    }

    /// The marks differ from each other, since two lists of one mark would be one where nothing stands
    /// between them.
    fn element_list(&mut self, mark: Mark, items: &[Item<'a>], depth: usize) {
        for (at, item) in items.iter().enumerate() {
            let body = |writer: &mut Self| {
                writer.speaking(item.language, |writer| writer.elements(&item.body, depth));
            };
            match mark {
                Mark::Number | Mark::LargeNumber => self.numbered(item.number, false, body),
                Mark::Point => {
                    self.next_block(at > 0);
                    self.nested("- ", "  ", body);
                }
                Mark::Nothing => {
                    self.next_block(false);
                    self.nested("+ ", "  ", |writer| {
                        if let Some(id) = item.anchor {
                            writer.anchor(id);
                        }
                        body(writer);
                    });
                }
            }
        }
    }

    /// Terms as a list: definition lists are no part of CommonMark. Its mark is another than that of the
    /// author's own lists.
    fn element_definitions(&mut self, items: &[Defined<'a>]) {
        for item in items {
            self.next_block(false);
            self.nested("* ", "  ", |writer| {
                writer.speaking(item.language, |writer| {
                    writer.next_block(false);
                    writer.strong(item.term);
                    if let Some(aside) = &item.aside {
                        writer.put(" ");
                        writer.escape(&format!("({aside})"));
                    }
                    writer.blocks(item.meaning);
                });
            });
        }
    }

    fn element_table(&mut self, columns: &[&str], rows: &[Row<'a>]) {
        self.next_block(false);
        self.put("| ");
        self.put(&columns.join(" | "));
        self.put(" |");
        self.next_block(true);
        self.put("|");
        self.put(&" --- |".repeat(columns.len()));
        for row in rows {
            self.next_block(true);
            self.put("| ");
            self.in_cell = true;
            self.spoken_in_line(row.language, |writer| writer.inlines(row.first));
            for cell in &row.others {
                self.put(" | ");
                self.spoken_in_line(row.language, |writer| writer.escape(cell));
            }
            self.in_cell = false;
            self.put(" |");
        }
    }

    fn blank(&mut self, label: Option<&str>, room: Room) {
        if room == Room::Checkbox {
            self.next_block(false);
            self.nested("- [ ] ", "  ", |writer| {
                writer.line(label.unwrap_or_default());
            });
            return;
        }
        if let Some(label) = label {
            self.label(label);
        }
        match room {
            Room::Lines { count } => self.lines(count),
            Room::Date | Room::Checkbox => {
                self.next_block(false);
                self.put(SHORT_LINE);
            }
        }
    }

    /// Lines to write on.
    fn lines(&mut self, count: u32) {
        for _ in 0..count.min(MOST_LINES) {
            self.next_block(false);
            self.put(LINE);
        }
    }

    fn signature_row(&mut self, role: &str, place: Option<&str>) {
        self.label(role);
        self.next_block(false);
        self.put(LINE);
        self.label("Sted");
        self.put(" ");
        match place {
            Some(place) => self.escape(place),
            None => self.put(SHORT_LINE),
        }
        self.label("Dato");
        self.put(" ");
        self.put(SHORT_LINE);
    }

    /// A figure in words: its caption, what the drawing looks like, and its items.
    fn figure(&mut self, figure: &'a Figure) {
        if let Some(anchor) = &figure.anchor {
            self.next_block(false);
            self.anchor(anchor);
        }
        self.label(figure.caption());
        self.line(&figure.intro);
        let tight = !figure.has_texts();
        for (at, item) in figure.items.iter().enumerate() {
            self.numbered(item.number, tight && at > 0, |writer| {
                writer.next_block(false);
                writer.strong(&item.name);
                if let Some(when) = &item.when {
                    writer.put(" · ");
                    writer.escape(when);
                }
                writer.blocks(&item.text);
            });
        }
    }
}
