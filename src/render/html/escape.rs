//! Letters as HTML text or attribute values.

/// Adds a text so that a browser shows exactly its letters, in running text and between quotation marks.
/// Control characters, which HTML forbids, are left out.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            b'\n' | b'\t' => continue,
            0..=0x1F | 0x7F => "",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(replacement);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
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
}
