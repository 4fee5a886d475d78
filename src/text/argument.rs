//! Words of a command line that a message shows to be copied. Running a command is for `process`.

use std::borrow::Cow;

/// The text as one argument of a command that a reader may copy: in quotes where a shell would take it apart. They
/// are those that every shell of the three systems knows, unless a shell would obey something between them.
pub fn argument(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !text.is_empty() && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    if text.contains(['"', '$', '`', '\\', '!', '%']) || text.contains(char::is_control) {
        return Cow::Owned(format!("'{}'", text.replace('\'', "'\\''")));
    }
    Cow::Owned(format!("\"{text}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_in_quotes_only_where_a_shell_would_take_it_apart() {
        for plain in ["kranporten", "bo-og_støtte.2"] {
            assert_eq!(argument(plain), plain);
        }
        assert_eq!(argument("Huset ved åen"), "\"Huset ved åen\"");
        assert_eq!(argument("Huset \"Åen\""), "'Huset \"Åen\"'");
        assert_eq!(argument(""), "\"\"");
        assert_eq!(argument("a & b"), "\"a & b\"");
    }

    #[test]
    fn nothing_in_a_name_is_run_by_a_shell() {
        for (name, quoted) in [
            ("a$(touch x)", "'a$(touch x)'"),
            ("a`touch x`", "'a`touch x`'"),
            ("a!b", "'a!b'"),
            ("a\\", "'a\\'"),
            ("ja'\";touch x", "'ja'\\''\";touch x'"),
        ] {
            assert_eq!(argument(name), quoted);
        }
    }
}
