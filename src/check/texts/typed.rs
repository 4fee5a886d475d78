//! Lines of TOML as an author types them, for the help of findings.

pub use crate::text::toml_string as string;

/// The line `opfylder = …` that names these ids.
pub fn answers<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let ids: Vec<String> = ids.map(string).collect();
    match ids.as_slice() {
        [only] => format!("opfylder = {only}"),
        _ => format!("opfylder = [{}]", ids.join(", ")),
    }
}

/// The header of a sub-section at a level, 2 for one right below a file.
pub fn subsection_header(level: u8) -> String {
    let parts = vec!["afsnit"; usize::from(level.max(2)) - 1];
    format!("[[{}]]", parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_answers_are_a_list() {
        assert_eq!(answers(["a"].into_iter()), "opfylder = \"a\"");
        assert_eq!(answers(["a", "b"].into_iter()), "opfylder = [\"a\", \"b\"]");
    }

    #[test]
    fn a_subsections_header_says_how_deep_it_stands() {
        assert_eq!(subsection_header(2), "[[afsnit]]");
        assert_eq!(subsection_header(3), "[[afsnit.afsnit]]");
    }
}
