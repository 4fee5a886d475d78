//! Letters as Markdown text.

use super::Writer;
use crate::text::place_of;

impl Writer<'_> {
    /// Adds a text so that a rendered page shows exactly its letters. Line ends are spaces: a paragraph is
    /// one line, so that nothing in it can begin a line and be taken for a list or a heading.
    pub(super) fn escape(&mut self, text: &str) {
        escape_into(&mut self.out, self.line, text, self.in_cell);
    }
}

/// A text that stands in a line of its own, such as a title.
pub(in crate::render) fn escape_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, 0, text, false);
    if text.ends_with('#') {
        // A number sign that ends a heading's line would be left out.
        out.pop();
        out.push_str("\\#");
    }
    out
}

fn escape_into(out: &mut String, line: usize, text: &str, in_cell: bool) {
    // Spaces at the beginning of a line would be left out anyway, or make it code.
    let text = if out.len() == line {
        text.trim_start_matches([' ', '\t', '\n', '\r'])
    } else {
        text
    };
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut from = 0;
    loop {
        let beginning = (line + MARKER + 1).saturating_sub(out.len() + (from - copied));
        let Some(at) = next_special(bytes, from, beginning) else {
            break;
        };
        from = at + 1;
        out.push_str(&text[copied..at]);
        copied = at;
        match bytes[at] {
            b'\t' | b'\n' | b'\r' => {
                out.push(' ');
                copied = from;
            }
            0..=0x1F | 0x7F => copied = from,
            _ if needs_escape(bytes, at, &out[line.min(out.len())..], in_cell) => out.push('\\'),
            _ => {}
        }
    }
    out.push_str(&text[copied..]);
}

/// The longest marker at a line's beginning that means something: nine figures and a point.
const MARKER: usize = 9;

/// Where the first letter from one on stands that has to be looked at more closely; the first `beginning` bytes stand at
/// the beginning of a line.
fn next_special(bytes: &[u8], from: usize, beginning: usize) -> Option<usize> {
    let end = bytes.len().min(from + beginning);
    let is_special = |&byte: &u8| is_special(byte) || AT_THE_BEGINNING.contains(&byte);
    match bytes[from..end].iter().position(is_special) {
        Some(at) => Some(from + at),
        None => place_of(bytes, end, self::is_special),
    }
}

/// What can mean something at the beginning of a line alone.
const AT_THE_BEGINNING: &[u8] = b"#+-=:>.)";

/// Whether a letter can mean something wherever it stands, and some that never do: with their neighbours they are
/// told by fewer comparisons. No `&&`: it would be a jump for each byte.
const fn is_special(byte: u8) -> bool {
    let is_control = (byte < 0x20) | (byte == 0x7F);
    let is_bracket = (byte >= b'[') & (byte <= b'`') | (byte >= b'{') & (byte <= b'~');
    let is_sign = (byte >= b'$') & (byte <= b'&') | (byte == b'!') | (byte == b'*');
    is_control | is_bracket | is_sign | (byte == b'<')
}

/// Whether the letter at `at` would mean something, behind what its line holds `before` it.
fn needs_escape(bytes: &[u8], at: usize, before: &str, in_cell: bool) -> bool {
    // A marker of a list is followed by white space; what follows the text is not known.
    let is_word_end = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
    match bytes[at] {
        b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'~' | b'$' => true,
        b'|' => in_cell,
        b'&' => bytes
            .get(at + 1)
            .is_none_or(|next| next.is_ascii_alphanumeric() || *next == b'#'),
        // Before a link it would make a picture of it.
        b'!' => at + 1 == bytes.len(),
        b'#' | b'-' | b'=' | b':' | b'>' => before.is_empty(),
        b'+' => before.is_empty() && is_word_end,
        b'.' | b')' => {
            is_word_end
                && !before.is_empty()
                && before.len() <= MARKER
                && before.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// A text as code, with a fence of backticks longer than any in it.
pub(super) fn code_into(out: &mut String, text: &str, in_cell: bool) {
    if text.is_empty() {
        return;
    }
    let fence = "`".repeat(longest_run(text) + 1);
    // One space at either end is left out when shown, so a text with its own gets another.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    out.push_str(&fence);
    out.push_str(pad);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '|' if in_cell => out.push_str("\\|"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push_str(pad);
    out.push_str(&fence);
}

/// The longest run of backticks in a text.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_block_is_escaped_at_the_beginning_only() {
        assert_eq!(escape_line("# a # b - c"), "\\# a # b - c");
        assert_eq!(escape_line("- a"), "\\- a");
        assert_eq!(escape_line("12. a 12. b"), "12\\. a 12. b");
        assert_eq!(escape_line("  12) a"), "12\\) a");
        assert_eq!(escape_line("2.1 a"), "2.1 a");
        assert_eq!(escape_line("> a > b"), "\\> a > b");
    }

    #[test]
    fn what_means_something_anywhere_is_escaped_everywhere() {
        assert_eq!(
            escape_line("*a* _b_ `c` [d](e) <f>"),
            "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f>"
        );
        assert_eq!(escape_line("a & b &amp; R&D!"), "a & b \\&amp; R\\&D\\!");
        assert_eq!(escape_line("C#"), "C\\#");
    }

    #[test]
    fn code_is_fenced_with_more_backticks_than_it_holds() {
        let mut out = String::new();
        code_into(&mut out, "a``b|", true);
        assert_eq!(out, "```a``b\\|```");
        out.clear();
        code_into(&mut out, "`", false);
        assert_eq!(out, "`` ` ``");
    }
}
