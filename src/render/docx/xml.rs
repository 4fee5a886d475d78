//! Letters as XML.

/// Adds a text so that a reader of the XML gets exactly its letters; those that XML cannot hold are left out.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
}

/// A text as it stands in an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_ends_an_element_or_an_attribute() {
        assert_eq!(
            escaped("a<b> & \"c\"\n\u{1}d\u{FFFF}'"),
            "a&lt;b&gt; &amp; &quot;c&quot; d'"
        );
    }
}
