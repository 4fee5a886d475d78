//! How wide a text is, and where its lines are broken.
//!
//! Widths are the advance widths of Noto Sans, which the PDF is set in. Where a web page shows another face,
//! the drawing names the width and the browser keeps to it. How a text is placed is not decided here.

use std::sync::LazyLock;

use hypher::Lang;
use ttf_parser::Face;

use crate::text::faces;

/// A length in tenths of a CSS pixel. Whole numbers give the same bytes on every machine.
pub(super) type Unit = i32;

/// Added to each width, in percent, so that words do not stand edge to edge.
const ALLOWANCE: i64 = 3;
/// No fewer letters of a word stand before a hyphen, and behind it.
const FEWEST_BEFORE: usize = 4;
const FEWEST_BEHIND: usize = 5;

static REGULAR: LazyLock<Widths> = LazyLock::new(|| {
    let others = [faces::ARABIC, faces::ETHIOPIC, faces::TAMIL];
    Widths::read(notosans::REGULAR_TTF, others)
});
static BOLD: LazyLock<Widths> = LazyLock::new(|| {
    let others = [faces::ARABIC_BOLD, faces::ETHIOPIC_BOLD, faces::TAMIL_BOLD];
    Widths::read(notosans::BOLD_TTF, others)
});

/// The advance widths of a face, and of those that stand in where it has no letter.
struct Widths {
    face: Face<'static>,
    /// Those of other scripts.
    others: Vec<Face<'static>>,
    /// Those of the first letters, among which are all of Danish.
    first: Vec<Option<u16>>,
}

impl Widths {
    fn read(bytes: &'static [u8], others: [&'static [u8]; 3]) -> Self {
        let parsed = |bytes| Face::parse(bytes, 0).expect("a built-in face of Noto Sans is a font");
        let face = parsed(bytes);
        let first = ('\0'..='\u{17F}').map(|c| advance(&face, c)).collect();
        let others = others.map(parsed).into();
        Self {
            face,
            others,
            first,
        }
    }

    /// A letter's width, if one of the faces has the letter.
    fn of(&self, letter: char) -> Option<u16> {
        let known = self.first.get(letter as usize).copied();
        known.unwrap_or_else(|| advance(&self.face, letter).or_else(|| self.of_others(letter)))
    }

    /// The same in a face of another script, in the units of the first.
    fn of_others(&self, letter: char) -> Option<u16> {
        let of = |face: &Face<'_>| {
            let width = u32::from(advance(face, letter)?) * u32::from(self.face.units_per_em());
            u16::try_from(width / u32::from(face.units_per_em())).ok()
        };
        self.others.iter().find_map(of)
    }
}

fn advance(face: &Face<'_>, letter: char) -> Option<u16> {
    face.glyph_hor_advance(face.glyph_index(letter)?)
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// The font's size.
    pub size: Unit,
    /// Whether it is bold.
    pub bold: bool,
    /// The colour, as SVG writes it.
    pub fill: &'static str,
}

impl Style {
    fn widths(self) -> &'static Widths {
        if self.bold { &BOLD } else { &REGULAR }
    }

    /// The height of a line.
    pub(super) const fn line_height(self) -> Unit {
        self.size * 5 / 4
    }

    /// How far below the line's top the letters stand.
    pub(super) const fn baseline(self) -> Unit {
        self.size * 24 / 25
    }

    /// The width of a text in Noto Sans.
    pub(super) fn exact_width(self, text: &str) -> Unit {
        let widths = self.widths();
        let letters = text.chars().filter_map(|letter| widths.of(letter));
        let units: i64 = letters.map(i64::from).sum();
        let em = i64::from(widths.face.units_per_em());
        let width = (units * i64::from(self.size) + em - 1) / em;
        Unit::try_from(width).unwrap_or(Unit::MAX / 2)
    }

    /// Whether a text is as wide as its letters together: where letters join, or another face stands in, it is
    /// about that wide.
    pub(super) fn is_exact(self, text: &str) -> bool {
        let face = &self.widths().face;
        text.is_ascii()
            || text
                .chars()
                .all(|letter| face.glyph_index(letter).is_some())
    }

    /// The room that a text is given.
    pub(super) fn width(self, text: &str) -> Unit {
        let exact = i64::from(self.exact_width(text));
        Unit::try_from(exact * (100 + ALLOWANCE) / 100).unwrap_or(Unit::MAX / 2)
    }

    /// The lines of a text that shall be no wider than `room`: broken at spaces, a word that is too wide by
    /// itself at a hyphen or between syllables, and where even that does not help anywhere.
    pub(super) fn wrap(self, text: &str, room: Unit) -> Vec<String> {
        let text = drawable(text);
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let joined = format!("{line}{}{word}", if line.is_empty() { "" } else { " " });
            if self.width(&joined) <= room {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut pieces = self.break_word(word, room);
            line = pieces.pop().unwrap_or_default();
            lines.append(&mut pieces);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// The pieces of a word, each as long as fits.
    fn break_word(self, word: &str, room: Unit) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut rest = word;
        while self.width(rest) > room {
            let Some((piece, behind)) = self.first_piece(rest, room) else {
                break;
            };
            pieces.push(piece);
            rest = behind;
        }
        pieces.push(rest.to_owned());
        pieces
    }

    fn first_piece(self, word: &str, room: Unit) -> Option<(String, &str)> {
        let piece = |at: usize| {
            let before = &word[..at];
            let hyphen = if before.ends_with(['-', '/', '–']) {
                ""
            } else {
                "-"
            };
            format!("{before}{hyphen}")
        };
        let fits = |at: &usize| self.width(&piece(*at)) <= room;
        let at = soft_breaks(word).into_iter().rev().find(fits).or_else(|| {
            let ends = word.char_indices().skip(1).map(|(at, _)| at);
            ends.take_while(fits).last()
        })?;
        Some((piece(at), &word[at..]))
    }
}

/// The places in a word behind which a line may end, in order.
fn soft_breaks(word: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut start = 0;
    let is_letter = |c: char| c.is_alphabetic();
    while start < word.len() {
        let rest = &word[start..];
        let length = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        let letters = &rest[..length];
        let mut at = 0;
        for syllable in hypher::hyphenate(letters, Lang::Danish) {
            at += syllable.len();
            if letters[..at].chars().count() >= FEWEST_BEFORE
                && letters[at..].chars().count() >= FEWEST_BEHIND
            {
                breaks.push(start + at);
            }
        }
        start += length;
        let mut signs = word[start..].chars();
        if let Some(sign) = signs.next() {
            start += sign.len_utf8();
            if matches!(sign, '-' | '/' | '–') && !signs.as_str().is_empty() {
                breaks.push(start);
            }
        }
    }
    breaks
}

/// A text in letters that the faces have: a PDF for the archive refuses others. The list beside the drawing
/// has the text as it was typed.
fn drawable(text: &str) -> String {
    let known = |c: char| BOLD.of(c).is_some() && REGULAR.of(c).is_some();
    let mut drawable = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // How letters of another script join is spelling.
            '\u{200C}' | '\u{200D}' if drawable.ends_with(joins) => drawable.push(c),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE0F}' => {}
            '\u{2011}' => drawable.push('-'),
            '\u{202F}' => drawable.push('\u{A0}'),
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' => drawable.push(' '),
            c if known(c) => drawable.push(c),
            _ => drawable.push('?'),
        }
    }
    drawable
}

/// Whether a letter is of a script whose letters join as signs between them say.
fn joins(letter: char) -> bool {
    letter >= '\u{600}' && letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style {
        size: 2048,
        bold: false,
        fill: "#000",
    };

    #[test]
    fn widths_are_those_of_noto_sans() {
        // Noto Sans has 2048 units per em: a is 1149 wide, m 1915, a space 532.
        assert_eq!(PLAIN.exact_width("a"), 1149);
        assert_eq!(PLAIN.exact_width("a m"), 1149 + 532 + 1915);
        assert_eq!(PLAIN.width("a"), 1183);
    }

    #[test]
    fn lines_end_at_spaces_and_long_words_between_syllables() {
        let small = Style { size: 100, ..PLAIN };
        assert_eq!(small.wrap("samtale om hjem", 500), ["samtale", "om hjem"]);
        assert_eq!(
            small.wrap("rusmiddelproblematikker", 590),
            ["rusmiddel-", "problema-", "tikker"]
        );
        assert_eq!(
            small.wrap("Mini-MED-udvalget", 620),
            ["Mini-MED-", "udvalget"]
        );
    }

    #[test]
    fn a_word_without_syllables_is_broken_anywhere() {
        let small = Style { size: 100, ..PLAIN };
        let lines = small.wrap("mmmmmmmmmm", 400);
        assert_eq!(lines, ["mmm-", "mmm-", "mmmm"]);
    }

    #[test]
    fn a_word_of_any_length_is_broken() {
        let small = Style { size: 100, ..PLAIN };
        let word = "rusmiddelproblematikhåndteringskompetenceudvikling";
        assert!(
            word.len() > 45,
            "longer than what needs no memory of its own"
        );
        let lines = small.wrap(word, 900);
        assert!(lines.len() > 1, "{lines:?}");
        assert_eq!(lines.concat().replace('-', ""), word);
    }

    #[test]
    fn letters_the_font_lacks_are_not_drawn() {
        assert_eq!(PLAIN.wrap("Kaffe \u{2615}", 9000), ["Kaffe ?"]);
        assert_eq!(PLAIN.wrap("æøå\u{AD}é", 9000), ["æøåé"]);
        assert_eq!(PLAIN.wrap("an\u{200C}svar 中", 9000), ["ansvar ?"]);
    }

    #[test]
    fn letters_of_other_scripts_that_the_pdf_has_faces_for_are_drawn_and_have_room() {
        for text in ["خطوات", "می\u{200C}خواهم", "ሰላም", "வணக்கம்"] {
            assert_eq!(PLAIN.wrap(text, 90_000), [text]);
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            assert!(
                PLAIN.exact_width(text) > 300 * Unit::try_from(letters).expect("a few"),
                "{text}"
            );
            assert!(!PLAIN.is_exact(text));
        }
        assert!(PLAIN.is_exact("Åben – 3. maj"));
    }
}
