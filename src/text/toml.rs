//! Texts as TOML, as a person types them.

/// A text as a TOML string on one line, in the quotes it can stand in.
pub fn toml_string(text: &str) -> String {
    let needs_escapes = text.contains(['"', '\\']);
    if !needs_escapes {
        return format!("\"{text}\"");
    }
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::toml_string;

    #[test]
    fn a_string_stands_in_the_quotes_it_can_stand_in() {
        assert_eq!(toml_string("Målgruppe"), "\"Målgruppe\"");
        assert_eq!(toml_string("Det \"gode\" hus"), "'Det \"gode\" hus'");
        assert_eq!(toml_string("Mit \"hus'\""), "\"Mit \\\"hus'\\\"\"");
    }
}
