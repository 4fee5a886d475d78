//! Columns of text for a terminal: cells are broken at spaces, and a cell may have several lines.

use textwrap::core::display_width;

use super::visible;
use crate::text::lines_of;

/// Columns between two cells.
const GAP: usize = 2;

/// A text in lines of at most `width` columns, safe to show; a longer word is cut.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let line = visible::one_line(text);
    let lines = textwrap::wrap(&line, lines_of(width.max(1)));
    lines.into_iter().map(|line| line.into_owned()).collect()
}

/// What is left of `width` for the last column, the others being as wide as they say.
pub(super) fn rest(width: usize, others: &[usize]) -> usize {
    let taken: usize = others.iter().map(|other| other + GAP).sum();
    width.saturating_sub(taken)
}

/// Writes a row of cells, each in lines of its own column's width. No line ends in spaces.
pub(super) fn push_row(out: &mut String, widths: &[usize], cells: &[Vec<String>]) {
    let lines = cells.iter().map(Vec::len).max().unwrap_or_default();
    for line in 0..lines {
        let mut written = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let text = cell.get(line).map_or("", String::as_str);
            written.push_str(text);
            let missing = width.saturating_sub(display_width(text));
            written.extend(std::iter::repeat_n(' ', missing + GAP));
        }
        out.push_str(written.trim_end());
        out.push('\n');
    }
}

/// Writes a line under the headings, as wide as each column.
pub(super) fn push_rule(out: &mut String, widths: &[usize]) {
    let cells: Vec<Vec<String>> = widths
        .iter()
        .map(|width| vec!["-".repeat(*width)])
        .collect();
    push_row(out, widths, &cells);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other_and_no_line_ends_in_spaces() {
        let mut out = String::new();
        let widths = [6, 8];
        push_row(
            &mut out,
            &widths,
            &[wrapped("æøå æøå", 6), wrapped("et to", 8)],
        );
        push_rule(&mut out, &widths);
        assert_eq!(out, "æøå     et to\næøå\n------  --------\n");
        assert_eq!(rest(20, &widths), 2);
    }

    #[test]
    fn a_word_that_is_too_long_is_cut_and_what_steers_a_terminal_is_spelled_out() {
        assert_eq!(wrapped("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(wrapped("a\u{1b}b", 20), ["a<U+001B>b"]);
    }
}
