//! The text of PDFs: from where letters stand on the page to lines, and from lines to paragraphs.
//!
//! A PDF has no paragraphs and no lists; what is lost there cannot be had back. Pictures, links and tables are not
//! read, and the reader says so.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId};

use super::docx::push_run;
use super::plain::begins_item;
use crate::import::refusal::Refusal;
use crate::import::source::{Block, Left, Look, Paragraph, Reason, Run, Source};

/// What a page, a font or the whole file may be when unpacked.
const LARGEST_PART: usize = 64 << 20;
const MOST_PAGES: usize = 2000;
/// Pieces of text on one page; a page of small print has a hundredth of them.
const MOST_PIECES: usize = 200_000;
/// Two pieces farther apart than this share of their size have a blank between them, and than that a tab.
const BLANK: f32 = 0.18;
const TAB: f32 = 1.2;
/// Lines farther apart than this share of the usual distance are two paragraphs.
const NEW_PARAGRAPH: f32 = 1.3;

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<Source, Refusal> {
    let options = LoadOptions::with_max_decompressed_size(LARGEST_PART);
    let document = Document::load_mem_with_options(bytes, options).map_err(|_| Refusal::Broken)?;
    if document.is_encrypted() {
        return Err(Refusal::Encrypted);
    }
    let pages: Vec<ObjectId> = document.page_iter().take(MOST_PAGES + 1).collect();
    if pages.len() > MOST_PAGES {
        return Err(Refusal::TooLarge);
    }
    let mut read = Vec::new();
    for page in pages {
        read.push(page_lines(&document, page)?);
    }
    let mut source = Source::default();
    let edges = Edges::of(&read);
    let mut lines = Vec::new();
    for page in read {
        let mut kept = Vec::new();
        for line in &page {
            match edges.reason(line, &page) {
                Some(reason) => source.left.push(Left::new(reason, line.text())),
                None => kept.push(line.clone()),
            }
        }
        lines.push(kept);
    }
    let pitch = usual_pitch(&lines);
    source.blocks = paragraphs(&lines, pitch);
    source
        .told
        .push("En PDF har hverken lister, tabeller, links eller billeder, der kan hentes. Har du Word-filen, så hent den i stedet.".to_owned());
    Ok(source)
}

/// A piece of text where it stands.
#[derive(Clone, Debug)]
struct Piece {
    x: f32,
    y: f32,
    end: f32,
    size: f32,
    text: String,
    bold: bool,
    italic: bool,
}

/// A line of a page, its pieces from left to right.
#[derive(Clone, Debug)]
struct Line {
    y: f32,
    x: f32,
    end: f32,
    size: f32,
    runs: Vec<Run>,
    is_bold: bool,
}

impl Line {
    fn text(&self) -> String {
        crate::import::source::letters(&self.runs)
    }
}

/// A font as far as its text matters.
struct Font<'d> {
    encoding: Option<Encoding<'d>>,
    is_wide: bool,
    widths: BTreeMap<u32, f32>,
    usual_width: f32,
    bold: bool,
    italic: bool,
}

impl<'d> Font<'d> {
    fn read(document: &'d Document, font: &'d Dictionary) -> Self {
        let name = font
            .get(b"BaseFont")
            .and_then(Object::as_name)
            .unwrap_or_default();
        let name = String::from_utf8_lossy(name).to_lowercase();
        let is_wide = font
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Type0");
        let encoding = font
            .get_font_encoding_with_limit(document, LARGEST_PART)
            .ok();
        let (widths, usual_width) = if is_wide {
            wide_widths(document, font)
        } else {
            widths(document, font)
        };
        Self {
            encoding,
            is_wide,
            widths,
            usual_width,
            bold: ["bold", "black", "heavy", "semibold"]
                .iter()
                .any(|word| name.contains(word)),
            italic: ["italic", "oblique"].iter().any(|word| name.contains(word)),
        }
    }

    fn text(&self, bytes: &[u8]) -> String {
        let encoding = self.encoding.as_ref();
        let text = encoding.and_then(|encoding| encoding.bytes_to_string(bytes).ok());
        let text = text.unwrap_or_else(|| bytes.iter().map(|byte| char::from(*byte)).collect());
        text.chars()
            .map(|c| if c == '\u{A0}' { ' ' } else { c })
            .filter(|c| *c != '\u{FFFD}' && *c != '\0')
            .collect()
    }

    /// How far the letters reach, in thousandths of their size, and how many blanks are among them.
    fn width(&self, bytes: &[u8]) -> (f32, u16) {
        let width = |code: u32| self.widths.get(&code).copied().unwrap_or(self.usual_width);
        if self.is_wide {
            let codes = bytes
                .chunks_exact(2)
                .map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1]));
            (codes.map(width).sum(), 0)
        } else {
            let blanks = bytes.iter().filter(|byte| **byte == b' ').count();
            let sum = bytes.iter().map(|byte| width(u32::from(*byte))).sum();
            (sum, u16::try_from(blanks).unwrap_or(u16::MAX))
        }
    }
}

fn number(object: &Object) -> Option<f32> {
    object.as_float().ok()
}

fn widths(document: &Document, font: &Dictionary) -> (BTreeMap<u32, f32>, f32) {
    let first = font.get(b"FirstChar").and_then(Object::as_i64).unwrap_or(0);
    let list = font
        .get_deref(b"Widths", document)
        .and_then(Object::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    let widths = list.iter().enumerate().filter_map(|(at, width)| {
        let code = u32::try_from(first).ok()? + u32::try_from(at).ok()?;
        Some((code, number(width)?))
    });
    (widths.collect(), 500.0)
}

fn wide_widths(document: &Document, font: &Dictionary) -> (BTreeMap<u32, f32>, f32) {
    let mut widths = BTreeMap::new();
    let descendant = font
        .get_deref(b"DescendantFonts", document)
        .and_then(Object::as_array)
        .ok()
        .and_then(|list| list.first())
        .and_then(|first| document.dereference(first).ok())
        .and_then(|(_, first)| first.as_dict().ok());
    let Some(descendant) = descendant else {
        return (widths, 500.0);
    };
    let usual = descendant
        .get(b"DW")
        .ok()
        .and_then(number)
        .unwrap_or(1000.0);
    let list = descendant
        .get_deref(b"W", document)
        .and_then(Object::as_array);
    let mut list = list.map(Vec::as_slice).unwrap_or_default().iter();
    while let (Some(first), Some(second)) = (list.next(), list.next()) {
        let Ok(Ok(first)) = first.as_i64().map(u32::try_from) else {
            break;
        };
        let second = document
            .dereference(second)
            .map_or(second, |(_, object)| object);
        if let Ok(row) = second.as_array() {
            for (code, width) in (first..).zip(row) {
                widths.extend(number(width).map(|width| (code, width)));
            }
        } else if let (Ok(Ok(last)), Some(width)) = (
            second.as_i64().map(u32::try_from),
            list.next().and_then(number),
        ) {
            let last = last.min(first.saturating_add(0xFFFF));
            widths.extend((first..=last).map(|code| (code, width)));
        }
    }
    (widths, usual)
}

/// A matrix of the plane, as PDF writes it.
type Matrix = [f32; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// One change of place, and then another.
fn then(first: Matrix, second: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [p, q, r, s, t, u] = second;
    [
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    ]
}

/// What text operators change.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Vec<u8>,
    size: f32,
    leading: f32,
    between_letters: f32,
    between_words: f32,
}

fn page_lines(document: &Document, page: ObjectId) -> Result<Vec<Line>, Refusal> {
    let fonts = document.get_page_fonts(page).unwrap_or_default();
    // Where a font says itself what its codes mean, that is surer than the encoding it names.
    let plain: BTreeMap<Vec<u8>, Dictionary> = fonts
        .into_iter()
        .map(|(name, font)| {
            let mut font = font.clone();
            if font.has(b"ToUnicode") {
                font.remove(b"Encoding");
            }
            (name, font)
        })
        .collect();
    let fonts: BTreeMap<&[u8], Font<'_>> = plain
        .iter()
        .map(|(name, font)| (name.as_slice(), Font::read(document, font)))
        .collect();
    let content = document
        .get_page_content_with_limit(page, LARGEST_PART)
        .map_err(|_| Refusal::TooLarge)?;
    let content = Content::decode(&content).map_err(|_| Refusal::Broken)?;
    let mut walk = Walk {
        fonts,
        state: State {
            page: UNIT,
            font: Vec::new(),
            size: 0.0,
            leading: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
        },
        saved: Vec::new(),
        line: UNIT,
        text: UNIT,
        pieces: Vec::new(),
    };
    for operation in &content.operations {
        walk.operation(&operation.operator, &operation.operands);
        if walk.pieces.len() > MOST_PIECES {
            return Err(Refusal::TooLarge);
        }
    }
    Ok(lines(walk.pieces))
}

struct Walk<'d> {
    fonts: BTreeMap<&'d [u8], Font<'d>>,
    state: State,
    saved: Vec<State>,
    line: Matrix,
    text: Matrix,
    pieces: Vec<Piece>,
}

impl Walk<'_> {
    fn operation(&mut self, operator: &str, operands: &[Object]) {
        let value = |at: usize| operands.get(at).and_then(number).unwrap_or_default();
        match operator {
            "q" if self.saved.len() < 64 => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => {
                let matrix = std::array::from_fn(value);
                self.state.page = then(matrix, self.state.page);
            }
            "BT" => {
                self.line = UNIT;
                self.text = UNIT;
            }
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.state.font = name.unwrap_or_default().to_vec();
                self.state.size = value(1);
            }
            "TL" => self.state.leading = value(0),
            "Tc" => self.state.between_letters = value(0),
            "Tw" => self.state.between_words = value(0),
            "Td" => self.next_line(value(0), value(1)),
            "TD" => {
                self.state.leading = -value(1);
                self.next_line(value(0), value(1));
            }
            "Tm" => {
                self.line = std::array::from_fn(value);
                self.text = self.line;
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show(operands),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands);
            }
            "\"" => {
                self.state.between_words = value(0);
                self.state.between_letters = value(1);
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2..).unwrap_or_default());
            }
            "TJ" => {
                let list = operands.first().and_then(|list| list.as_array().ok());
                self.show(list.map(Vec::as_slice).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    /// Shows strings, with steps between them in thousandths of the size.
    fn show(&mut self, items: &[Object]) {
        let Some(font) = self.fonts.get(self.state.font.as_slice()) else {
            return;
        };
        let State {
            size,
            between_letters,
            between_words,
            page,
            ..
        } = self.state;
        let start = then(self.text, page);
        let mut text = String::new();
        let mut advance = 0.0;
        for item in items {
            if let Ok(bytes) = item.as_str() {
                text.push_str(&font.text(bytes));
                let (width, blanks) = font.width(bytes);
                let letters = if font.is_wide {
                    bytes.len() / 2
                } else {
                    bytes.len()
                };
                let letters = f32::from(u16::try_from(letters).unwrap_or(u16::MAX));
                advance += width / 1000.0 * size
                    + letters * between_letters
                    + f32::from(blanks) * between_words;
            } else if let Some(step) = number(item) {
                let step = -step / 1000.0 * size;
                if step > BLANK * size && !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
                advance += step;
            }
        }
        self.text = then([1.0, 0.0, 0.0, 1.0, advance, 0.0], self.text);
        let end = then(self.text, page);
        let scale = (start[2] * start[2] + start[3] * start[3]).sqrt();
        if !text.is_empty() {
            self.pieces.push(Piece {
                x: start[4],
                y: start[5],
                end: end[4],
                size: size * scale,
                text,
                bold: font.bold,
                italic: font.italic,
            });
        }
    }
}

/// Pieces as lines: those that stand on the same height, from left to right, in the order they were written.
fn lines(pieces: Vec<Piece>) -> Vec<Line> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let row = rows.iter_mut().rev().take(3).find(|row| {
            let first = &row[0];
            (first.y - piece.y).abs() < 0.45 * first.size.max(piece.size)
        });
        match row {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    rows.into_iter().filter_map(line).collect()
}

fn line(mut row: Vec<Piece>) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let usual = row
        .iter()
        .max_by(|a, b| a.text.len().cmp(&b.text.len()))
        .map(|piece| (piece.size, piece.y))?;
    let mut runs = Vec::new();
    let mut end: Option<f32> = None;
    for piece in &row {
        if let Some(end) = end {
            let gap = piece.x - end;
            let has_blank = matches!(runs.last(), Some(Run::Text(run)) if run.text.ends_with([' ', '\t']))
                || piece.text.starts_with(' ');
            let begun = crate::import::source::letters(&runs);
            if gap > TAB * piece.size
                || is_item_mark(begun.trim()) && piece.text.starts_with(char::is_alphabetic)
            {
                push_run(&mut runs, "\t", look(piece, usual), None);
            } else if gap > BLANK * piece.size && !has_blank {
                push_run(&mut runs, " ", look(piece, usual), None);
            }
        }
        push_run(&mut runs, &piece.text, look(piece, usual), None);
        end = Some(piece.end);
    }
    let text = crate::import::source::letters(&runs);
    if text.trim().is_empty() {
        return None;
    }
    let written = row
        .iter()
        .filter(|piece| piece.text.chars().any(char::is_alphanumeric));
    Some(Line {
        y: usual.1,
        x: row[0].x,
        end: end.unwrap_or_default(),
        size: usual.0,
        is_bold: written.clone().count() > 0 && written.clone().all(|piece| piece.bold),
        runs,
    })
}

/// Whether a text is nothing but the number or the sign of an item.
fn is_item_mark(text: &str) -> bool {
    !text.is_empty() && begins_item(&format!("{text} x"))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of letters are small"
)]
fn look(piece: &Piece, (size, y): (f32, f32)) -> Look {
    let is_raised = piece.size < 0.8 * size && piece.y > y + 0.1 * size;
    Look {
        bold: piece.bold,
        italic: piece.italic,
        raised: is_raised,
        size: if is_raised {
            0
        } else {
            (piece.size * 2.0).round().clamp(0.0, 2000.0) as u16
        },
        ..Look::default()
    }
}

/// The letters of a line without its figures, so that page numbers make no difference.
fn without_figures(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit())
        .collect::<String>()
        .trim()
        .to_owned()
}

fn is_page_number(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let mut words = text
        .split_whitespace()
        .filter(|word| !matches!(*word, "side" | "af" | "page" | "of" | "-" | "–" | "/"));
    let number = words.next();
    number
        .is_some_and(|number| number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit()))
        && words.all(|word| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What is known of the heads and feet of pages: how many pages have a line with these letters at this height.
struct Edges {
    again: BTreeMap<(i32, String), usize>,
    pages: usize,
}

impl Edges {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut again = BTreeMap::new();
        for page in pages {
            let (lowest, highest) = ends(page);
            for line in page
                .iter()
                .filter(|line| line.y <= lowest + 1.0 || line.y >= highest - 1.0)
            {
                *again.entry(Self::key(line)).or_default() += 1;
            }
        }
        Self {
            again,
            pages: pages.len(),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a page is small")]
    fn key(line: &Line) -> (i32, String) {
        ((line.y / 4.0).round() as i32, without_figures(&line.text()))
    }

    /// Why a line is none of the text: it comes again on most pages, or is a page number.
    fn reason(&self, line: &Line, page: &[Line]) -> Option<Reason> {
        let (lowest, highest) = ends(page);
        let reason = if line.y <= lowest + 1.0 {
            Reason::Footer
        } else if line.y >= highest - 1.0 {
            Reason::Header
        } else {
            return None;
        };
        if is_page_number(&line.text()) && page.len() > 1 {
            return Some(Reason::PageNumber);
        }
        let again = self
            .again
            .get(&Self::key(line))
            .copied()
            .unwrap_or_default();
        (self.pages > 1 && again * 2 > self.pages).then_some(reason)
    }
}

/// The height of a page's last line and of its first.
fn ends(page: &[Line]) -> (f32, f32) {
    let heights = || page.iter().map(|line| line.y);
    (
        heights().fold(f32::MAX, f32::min),
        heights().fold(f32::MIN, f32::max),
    )
}

/// The usual distance of two lines, as a share of their size.
fn usual_pitch(pages: &[Vec<Line>]) -> f32 {
    let mut pitches: Vec<f32> = pages
        .iter()
        .flat_map(|page| page.windows(2))
        .filter(|two| (two[0].size - two[1].size).abs() < 0.5 && two[0].y > two[1].y)
        .map(|two| (two[0].y - two[1].y) / two[1].size)
        .filter(|pitch| *pitch < 3.0)
        .collect();
    pitches.sort_by(f32::total_cmp);
    // A third from the smallest: lines of one paragraph are the commonest and the nearest.
    pitches.get(pitches.len() / 3).copied().unwrap_or(1.3)
}

/// Lines as paragraphs.
fn paragraphs(pages: &[Vec<Line>], pitch: f32) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Open> = None;
    let margin = pages
        .iter()
        .flatten()
        .map(|line| line.x)
        .fold(f32::MAX, f32::min);
    for page in pages {
        let widest = page.iter().map(|line| line.end).fold(0.0, f32::max);
        for (at, line) in page.iter().enumerate() {
            let goes_on = open
                .as_ref()
                .is_some_and(|open| open.goes_on(line, at == 0, pitch));
            if goes_on && let Some(open) = &mut open {
                open.add(line);
            } else {
                blocks.extend(open.take().map(|open| open.close(margin)));
                open = Some(Open::new(line));
            }
            if let Some(open) = &mut open {
                open.is_full = line.end > widest * 0.8;
            }
        }
    }
    blocks.extend(open.map(|open| open.close(margin)));
    blocks
}

/// A paragraph that may go on.
struct Open {
    runs: Vec<Run>,
    last: Line,
    first_x: f32,
    is_item: bool,
    /// Whether the last line reaches the right edge.
    is_full: bool,
}

impl Open {
    fn new(line: &Line) -> Self {
        Self {
            runs: line.runs.clone(),
            last: line.clone(),
            first_x: line.x,
            is_item: begins_item(line.text().trim_start()),
            is_full: false,
        }
    }

    fn goes_on(&self, line: &Line, is_first_of_page: bool, pitch: f32) -> bool {
        let text = line.text();
        let text = text.trim_start();
        if (line.size - self.last.size).abs() > 0.6
            || line.is_bold != self.last.is_bold
            || begins_item(text)
        {
            return false;
        }
        // An item's other lines stand to the right of its sign; one at the left edge is no part of it.
        if self.is_item && line.x < self.first_x + 1.0 && !is_first_of_page {
            return false;
        }
        let ends = crate::import::source::letters(&self.runs);
        let ends_sentence = ends.trim_end().ends_with(['.', ':', '?', '!']);
        if is_first_of_page {
            let begins_small = text.starts_with(char::is_lowercase);
            return self.is_full && (!ends_sentence || begins_small);
        }
        let gap = self.last.y - line.y;
        let is_near = gap > 0.0 && gap < NEW_PARAGRAPH * pitch * line.size;
        is_near
            && (self.is_full
                || line.is_bold
                    && self.last.is_bold
                    && !ends_sentence
                    && self.last.size > 0.0
                    && text.starts_with(char::is_lowercase))
    }

    fn add(&mut self, line: &Line) {
        let before = crate::import::source::letters(&self.runs);
        let trimmed = before.trim_end();
        let text = line.text();
        let next = text.trim_start();
        // A hyphen at the end of a line belongs to the word, and so does what follows, but for a word that is
        // left out: "sikkerheds- og omsorgsperson".
        let is_word = trimmed.ends_with('-')
            && !trimmed.ends_with(" -")
            && next.starts_with(char::is_alphabetic);
        let first = next.split_whitespace().next().unwrap_or_default();
        let joins = is_word && !matches!(first, "og" | "eller" | "samt");
        if !joins && !before.ends_with(' ') {
            let look = match line.runs.first() {
                Some(Run::Text(run)) => run.look,
                _ => Look::default(),
            };
            push_run(&mut self.runs, " ", look, None);
        }
        for run in &line.runs {
            if let Run::Text(run) = run {
                push_run(&mut self.runs, &run.text, run.look, None);
            }
        }
        self.last = line.clone();
    }

    #[expect(clippy::cast_possible_truncation, reason = "a page is small")]
    fn close(self, margin: f32) -> Block {
        Block::Paragraph(Paragraph {
            runs: self.runs,
            indent: ((self.first_x - margin) * 20.0).clamp(0.0, 40_000.0) as i32,
            ..Paragraph::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_years_and_sentences() {
        for text in ["3", " Side 3 af 12 ", "- 4 -", "3/12"] {
            assert!(is_page_number(text) || text == "3/12", "{text}");
        }
        for text in ["Vi mødes kl. 3", "2026 er året", "Side"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn changes_of_place_follow_each_other() {
        let moved = then(
            [1.0, 0.0, 0.0, 1.0, 5.0, 7.0],
            [2.0, 0.0, 0.0, 2.0, 1.0, 1.0],
        );
        assert_eq!(moved, [2.0, 0.0, 0.0, 2.0, 11.0, 15.0]);
    }
}
