//! What changed, for reading in a terminal: legible without colour, and coloured where there is colour.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use textwrap::WordSplitter;

use super::{Line, Sheet};
use crate::compare::PieceKind;
use crate::text::lines_of;
use crate::text::visible::shown;

/// Columns to write for.
#[derive(Clone, Copy, Debug)]
pub struct Width(pub usize);

/// Lines are no longer than this, however wide the terminal, and no shorter than that.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;

const STRUCK: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
const INSERTED: Style = AnsiColor::Green.on_default().effects(Effects::UNDERLINE);
const BOLD: Style = Style::new().effects(Effects::BOLD);

pub(super) fn write(nothing: &str, sheets: &[Sheet], width: Width, color: bool) -> String {
    let mut writer = Writer {
        out: String::new(),
        width: width.0.clamp(NARROWEST, WIDEST),
        color,
    };
    for (index, sheet) in sheets.iter().enumerate() {
        if index > 0 {
            writer.out.push('\n');
        }
        writer.sheet(sheet);
    }
    if sheets.is_empty() {
        writer.paragraph(0, nothing);
    }
    if sheets.iter().any(Sheet::has_marks) {
        let (struck, inserted) = (
            writer.words("sådan", PieceKind::Struck),
            writer.words("sådan", PieceKind::Inserted),
        );
        writer.out.push('\n');
        writer.line(
            0,
            &format!("{struck} er taget ud, og {inserted} er sat ind."),
        );
    }
    writer.out
}

struct Writer {
    out: String,
    width: usize,
    color: bool,
}

impl Writer {
    fn sheet(&mut self, sheet: &Sheet) {
        self.bold(0, &sheet.name());
        self.paragraph(0, &sheet.compared);
        for note in &sheet.notes {
            self.paragraph(0, note);
        }
        self.paragraph(0, &sheet.summary);
        for place in &sheet.places {
            self.out.push('\n');
            let what = if place.what.is_empty() {
                String::new()
            } else {
                format!(" – {}", place.what)
            };
            self.bold(2, &format!("{}{what}", place.heading));
            for lead in &place.lead {
                self.paragraph(4, lead);
            }
            for entry in &place.entries {
                let label = match &*entry.label {
                    "" => String::new(),
                    label if entry.lines.is_empty() => format!("{label}."),
                    label => format!("{label}:"),
                };
                self.paragraph(4, &label);
                for line in &entry.lines {
                    let text = self.marked(line);
                    self.line(6, &text);
                }
            }
        }
    }

    fn bold(&mut self, indent: usize, text: &str) {
        let text = shown(text);
        let text = match self.color {
            true => styled(&text, BOLD),
            false => text,
        };
        self.line(indent, &text);
    }

    fn paragraph(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.line(indent, &shown(text));
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        let indent = " ".repeat(indent);
        let options = lines_of(self.width)
            .initial_indent(&indent)
            .subsequent_indent(&indent)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    fn marked(&self, line: &Line) -> String {
        let mut text = shown(&line.label);
        if !text.is_empty() {
            text.push(':');
        }
        for piece in &line.words {
            if !text.is_empty() && !piece.glued {
                text.push(' ');
            }
            text.push_str(&self.words(&shown(&piece.text), piece.kind));
        }
        text
    }

    /// Words between marks, each coloured by itself, so that a line end falls between them without harm.
    fn words(&self, text: &str, kind: PieceKind) -> String {
        let (text, style) = match kind {
            PieceKind::Same => return text.to_owned(),
            PieceKind::Struck => (format!("[-{text}-]"), STRUCK),
            PieceKind::Inserted => (format!("{{+{text}+}}"), INSERTED),
        };
        match self.color {
            true => styled(&text, style),
            false => text,
        }
    }
}

fn styled(text: &str, style: Style) -> String {
    let words = text
        .split(' ')
        .map(|word| format!("{style}{word}{style:#}"));
    words.collect::<Vec<_>>().join(" ")
}
