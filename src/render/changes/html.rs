//! What changed, as a page. A word is struck through or underlined and never told by its colour alone; a
//! screen reader hears "taget ud" and "sat ind" around it.

use super::{Entry, Line, Place, Sheet};
use crate::compare::PieceKind;
use crate::render::frame::STYLE_SHEET;
use crate::render::html::escape_into;
use crate::text::visible::shown;

/// What this page has beside the house's own style sheet.
const STYLE: &str = include_str!("../../../templates/page/html/aendringer.css");

pub(super) fn write(title: &str, nothing: &str, sheets: &[Sheet]) -> String {
    let title = escaped(title);
    let mut page = Page {
        out: String::with_capacity(32 * 1024),
    };
    page.add(&[
        "<!DOCTYPE html>\n<html lang=\"da\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"generator\" content=\"rusprot\">\n<title>",
        &title,
        "</title>\n<style>\n",
        STYLE_SHEET,
        STYLE,
        "</style>\n</head>\n<body id=\"_top\">\n<a class=\"skip\" href=\"#_tekst\">Gå til teksten</a>\n\
         <header class=\"top\">\n<div class=\"wrap\">\n<h1>",
        &title,
        "</h1>\n",
    ]);
    if sheets.iter().any(Sheet::has_marks) {
        page.add(&[
            "<p class=\"marks\"><del>Sådan</del> er taget ud. <ins>Sådan</ins> er sat ind.</p>\n",
        ]);
    }
    page.add(&["</div>\n</header>\n<main id=\"_tekst\" class=\"wrap changes\" tabindex=\"-1\">\n"]);
    if sheets.is_empty() {
        page.element("p", "", nothing);
    }
    if sheets.len() > 1 {
        page.contents(sheets);
    }
    for (index, sheet) in sheets.iter().enumerate() {
        page.sheet(index, sheet);
    }
    page.add(&["</main>\n</body>\n</html>\n"]);
    page.out
}

struct Page {
    out: String,
}

impl Page {
    fn add(&mut self, pieces: &[&str]) {
        pieces.iter().for_each(|piece| self.out.push_str(piece));
    }

    /// An element with a text; nothing where there is no text.
    fn element(&mut self, tag: &str, class: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let class = match class {
            "" => String::new(),
            class => format!(" class=\"{class}\""),
        };
        self.add(&["<", tag, &class, ">", &escaped(text), "</", tag, ">\n"]);
    }

    /// The protocols, where there are several.
    fn contents(&mut self, sheets: &[Sheet]) {
        self.add(&["<nav aria-label=\"Protokoller\">\n<ul class=\"which\">\n"]);
        for (index, sheet) in sheets.iter().enumerate() {
            self.add(&[
                &format!("<li><a href=\"#p{index}\">"),
                &escaped(&sheet.name()),
                "</a> ",
                &escaped(&sheet.summary),
                "</li>\n",
            ]);
        }
        self.add(&["</ul>\n</nav>\n"]);
    }

    fn sheet(&mut self, index: usize, sheet: &Sheet) {
        let name = if sheet.whose.is_empty() {
            &sheet.slug
        } else {
            &sheet.whose
        };
        self.add(&[
            &format!("<article id=\"p{index}\">\n<h2>"),
            &escaped(name),
            "</h2>\n",
        ]);
        self.element("p", "readers", &sheet.title);
        self.element("p", "compared", &sheet.compared);
        for note in &sheet.notes {
            self.element("p", "", note);
        }
        self.element("p", "how-much", &sheet.summary);
        for place in &sheet.places {
            self.place(place);
        }
        self.add(&["</article>\n"]);
    }

    fn place(&mut self, place: &Place) {
        self.add(&["<section>\n<h3>", &escaped(&place.heading)]);
        if !place.what.is_empty() {
            self.add(&[" <span class=\"what\">", &escaped(&place.what), "</span>"]);
        }
        self.add(&["</h3>\n"]);
        for lead in &place.lead {
            self.element("p", "lead", lead);
        }
        for entry in &place.entries {
            self.entry(entry);
        }
        self.add(&["</section>\n"]);
    }

    fn entry(&mut self, entry: &Entry) {
        self.add(&["<div class=\"entry\">\n"]);
        self.element("p", "label", &entry.label);
        for line in &entry.lines {
            self.line(line);
        }
        self.add(&["</div>\n"]);
    }

    fn line(&mut self, line: &Line) {
        self.add(&["<p>"]);
        if !line.label.is_empty() {
            let label = format!("{}:", line.label);
            self.add(&["<span class=\"field\">", &escaped(&label), "</span>"]);
        }
        let mut first = line.label.is_empty();
        for piece in &line.words {
            if !first && !piece.glued {
                self.out.push(' ');
            }
            first = false;
            let words = escaped(&piece.text);
            match piece.kind {
                PieceKind::Same => self.out.push_str(&words),
                PieceKind::Struck => self.marked("del", "taget ud", &words),
                PieceKind::Inserted => self.marked("ins", "sat ind", &words),
            }
        }
        self.add(&["</p>\n"]);
    }

    fn marked(&mut self, tag: &str, spoken: &str, words: &str) {
        self.add(&[
            "<",
            tag,
            "><span class=\"unseen\">",
            spoken,
            ": </span>",
            words,
            "<span class=\"unseen\"> – slut</span></",
            tag,
            ">",
        ]);
    }
}

/// The text with what steers a reader spelled out: the sheet may be read in a terminal.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, &shown(text));
    out
}
