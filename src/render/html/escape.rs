//! Letters as HTML text or attribute values.

/// Adds a text so that a browser shows exactly its letters, in running text and between quotation marks.
/// Control characters, which HTML forbids, are left out. The second of two number signs or colons is written by its
/// number: a page may be printed in a log, whose reader could take them for the beginning of a command.
pub(in crate::render) fn escape_into(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !SPECIAL[usize::from(byte)] {
            continue;
        }
        let replacement = match byte {
            b'#' | b':' if last(text, at, out) != Some(byte) => continue,
            b'#' => "&#35;",
            b':' => "&#58;",
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => "",
        };
        out.push_str(&text[copied..at]);
        out.push_str(replacement);
        copied = at + 1;
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

/// The letters that are not copied as they are.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        special[at] = matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | b'#' | b':' | 0x7F)
            || byte < 0x20 && !matches!(byte, b'\n' | b'\t');
        at += 1;
    }
    special
};

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
