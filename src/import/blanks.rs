//! Blanks to be filled in by hand, however they were drawn: underscores, rows of dots, underlined tabs.

use super::source::{Run, TextRun};

/// The fewest underscores that are a blank.
pub const UNDERSCORES: usize = 3;
/// What readers write for something to fill in.
pub const BLANK: &str = "____";
/// The fewest dots that are one.
pub const DOTS: usize = 5;

/// A text with what may be a blank made underscores: rows of dots, and tabs that are underlined.
pub fn with_blanks(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        let Run::Text(TextRun {
            text: own, look, ..
        }) = run
        else {
            continue;
        };
        let is_line = look.underline && own.chars().all(|c| c.is_whitespace() || c == '\u{A0}');
        if is_line && (own.contains('\t') || own.chars().count() >= DOTS) {
            text.push_str("____");
        } else {
            text.push_str(own);
        }
    }
    let mut made = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let row = rest.chars().take_while(|other| *other == c).count();
        let is_dots = c == '.' && row >= DOTS || c == '…' && row >= 2;
        if is_dots {
            made.push_str("____");
        } else {
            made.extend(std::iter::repeat_n(c, row));
        }
        rest = &rest[row * c.len_utf8()..];
    }
    made
}

/// Whether there is a blank to fill in.
pub fn has_blank(runs: &[Run]) -> bool {
    with_blanks(runs).contains(&"_".repeat(UNDERSCORES))
}
