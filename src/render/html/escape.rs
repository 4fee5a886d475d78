//! Letters as HTML text or attribute values.

/// Adds a text so that a browser shows exactly its letters, in running text and between quotation marks.
/// Control characters, which HTML forbids, are left out.
pub(in crate::render) fn escape_into(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !SPECIAL[usize::from(byte)] {
            continue;
        }
        let replacement = match byte {
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

/// The letters that are not copied as they are.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        special[at] = matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0x7F)
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
}
