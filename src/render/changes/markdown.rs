//! What changed, as Markdown: struck words in `<del>`, inserted ones in `<ins>`, which every reader of
//! Markdown on the web shows, and which can be read as they are.

use super::{Line, Sheet};
use crate::compare::PieceKind;
use crate::render::markdown;
use crate::text::visible::shown;

pub(super) fn write(title: &str, nothing: &str, sheets: &[Sheet]) -> String {
    let mut out = format!("# {}\n", escape_line(title));
    if sheets.is_empty() {
        out.push_str(&format!("\n{}\n", escape_line(nothing)));
    }
    if sheets.iter().any(Sheet::has_marks) {
        out.push_str("\n<del>Sådan</del> er taget ud, og <ins>sådan</ins> er sat ind.\n");
    }
    for sheet in sheets {
        self::sheet(&mut out, sheet);
    }
    out
}

fn sheet(out: &mut String, sheet: &Sheet) {
    let mut paragraph = |text: &str| {
        if !text.is_empty() {
            out.push_str(&format!("\n{text}\n"));
        }
    };
    paragraph(&format!("## {}", escape_line(&sheet.name())));
    paragraph(&escape_line(&sheet.compared));
    for note in &sheet.notes {
        paragraph(&escape_line(note));
    }
    if !sheet.summary.is_empty() {
        paragraph(&format!("**{}**", escape_line(&sheet.summary)));
    }
    for place in &sheet.places {
        let what = if place.what.is_empty() {
            String::new()
        } else {
            format!(" – {}", escape_line(&place.what))
        };
        paragraph(&format!("### {}{what}", escape_line(&place.heading)));
        for lead in &place.lead {
            paragraph(&escape_line(lead));
        }
        for entry in &place.entries {
            if !entry.label.is_empty() {
                let end = if entry.lines.is_empty() { '.' } else { ':' };
                paragraph(&format!("*{}{end}*", escape_line(&entry.label)));
            }
            for line in &entry.lines {
                paragraph(&marked(line));
            }
        }
    }
}

fn marked(line: &Line) -> String {
    let mut text = String::new();
    if !line.label.is_empty() {
        text.push_str(&format!("{}:", escape_line(&line.label)));
    }
    for piece in &line.words {
        if !text.is_empty() && !piece.glued {
            text.push(' ');
        }
        let words = escape_line(&piece.text);
        text.push_str(&match piece.kind {
            PieceKind::Same => words,
            PieceKind::Struck => format!("<del>{words}</del>"),
            PieceKind::Inserted => format!("<ins>{words}</ins>"),
        });
    }
    text
}

/// The text in a line of its own, with what steers a reader spelled out: the sheet may be read in a terminal.
fn escape_line(text: &str) -> String {
    markdown::escape_line(&shown(text))
}
