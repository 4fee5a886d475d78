//! Letters as HTML text or attribute values.

use crate::text::place_of;

/// Adds a text so that a browser shows exactly its letters, in running text and between quotation marks.
/// Control characters, which HTML forbids, are left out. The second of two number signs or colons is written by its
/// number: a page may be printed in a log, whose reader could take them for the beginning of a command.
pub(in crate::render) fn escape_into(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut from = 0;
    while let Some(at) = place_of(bytes, from, may_be_special) {
        from = at + 1;
        let replacement = match bytes[at] {
            byte @ (b'#' | b':') if last(text, at, out) != Some(byte) => continue,
            b'#' => "&#35;",
            b':' => "&#58;",
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            byte if byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t') => "",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(replacement);
        copied = from;
    }
    out.push_str(&text[copied..]);
}

/// The byte before the one at `at` as it is written.
fn last(text: &str, at: usize, out: &str) -> Option<u8> {
    match at.checked_sub(1) {
        Some(before) => Some(text.as_bytes()[before]),
        None => out.as_bytes().last().copied(),
    }
}

/// Whether a letter may not be copied as it is: with their neighbours these are told by fewer comparisons. No `&&`: it
/// would be a jump for each byte.
const fn may_be_special(byte: u8) -> bool {
    let is_sign = (byte >= b'"') & (byte <= b'\'') | (byte >= b':') & (byte <= b'>');
    is_sign | (byte < 0x20) | (byte == 0x7F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_and_control_characters_are_left_out() {
        let mut out = String::new();
        escape_into(&mut out, "<æ class=\"x\" id='y'>&amp;\u{0}\u{1b}\n{{ ø }}");
        assert_eq!(
            out,
            "&lt;æ class=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;\n{{ ø }}"
        );
    }

    #[test]
    fn what_a_build_server_would_obey_is_written_by_its_number() {
        let mut out = String::new();
        escape_into(&mut out, "a: b # c ##vso[x] ::e");
        escape_into(&mut out, ":: #");
        escape_into(&mut out, "#[y]");
        assert_eq!(out, "a: b # c #&#35;vso[x] :&#58;e:&#58; #&#35;[y]");
    }
}
