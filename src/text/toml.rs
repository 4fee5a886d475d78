//! Texts as TOML, as a person types them.

use toml_writer::{ToTomlValue, TomlStringBuilder};

/// A text as a TOML string on one line, in the quotes it can stand in without escapes, if there are any.
pub fn toml_string(text: &str) -> String {
    let string = TomlStringBuilder::new(text);
    let unescaped = string.as_basic_pretty().or_else(|| string.as_literal());
    unescaped
        .unwrap_or_else(|| string.as_basic())
        .to_toml_value()
}

#[cfg(test)]
mod tests {
    use super::toml_string;

    #[test]
    fn a_string_stands_in_the_quotes_it_can_stand_in() {
        assert_eq!(toml_string("Målgruppe"), "\"Målgruppe\"");
        assert_eq!(toml_string("Det \"gode\" hus"), "'Det \"gode\" hus'");
        assert_eq!(toml_string("Mit \"hus'\""), "\"Mit \\\"hus'\\\"\"");
        assert_eq!(toml_string(r"C:\hus"), r"'C:\hus'");
    }

    #[test]
    fn what_no_quotes_can_hold_as_it_is_becomes_an_escape() {
        for text in ["en\nto", "en\u{0}to", "en\u{1b}'to\"", "en\u{7f}to"] {
            let written = format!("a = {}", toml_string(text));
            assert!(!written.contains('\n'), "{written}");
            let read: toml::Table = written.parse().expect("it is TOML");
            assert_eq!(read["a"].as_str(), Some(text), "{written}");
        }
    }
}
