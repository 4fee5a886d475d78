//! Which letters the faces of the PDF have: Noto Sans, which comes with the program.

use std::sync::LazyLock;

static FACE: LazyLock<Option<ttf_parser::Face<'static>>> =
    LazyLock::new(|| ttf_parser::Face::parse(notosans::REGULAR_TTF, 0).ok());

/// Whether a letter can be printed in the PDF. White space and signs that are not seen always can.
pub fn has_letter(c: char) -> bool {
    if c.is_ascii() || c.is_whitespace() || c.is_control() {
        return true;
    }
    // Danish and the signs of its typography, which need no look.
    if matches!(c, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{2027}') {
        return true;
    }
    FACE.as_ref()
        .is_none_or(|face| face.glyph_index(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabets_of_europe_are_there_and_others_are_not() {
        for text in [
            "æøåÆØÅ é ü",
            "Привіт, ґанок",
            "zażółć",
            "İstanbul ğ",
            "Tiếng Việt ệ",
            "ελληνικά",
            "»–…•",
        ] {
            assert!(text.chars().all(has_letter), "{text}");
        }
        for c in ['م', 'ሀ', '中', '😀', 'த', 'א'] {
            assert!(!has_letter(c), "{c}");
        }
    }
}
