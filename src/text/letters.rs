//! Which letters the faces of the PDF have: Noto Sans, which comes with the program, also for some other scripts.

use std::sync::LazyLock;

use super::faces::{ARABIC, ETHIOPIC, TAMIL};

static FACES: LazyLock<Vec<ttf_parser::Face<'static>>> = LazyLock::new(|| {
    let faces = [notosans::REGULAR_TTF, ARABIC, ETHIOPIC, TAMIL].into_iter();
    faces
        .filter_map(|bytes| ttf_parser::Face::parse(bytes, 0).ok())
        .collect()
});

/// Whether a letter can be printed in the PDF. White space and signs that are not seen always can.
pub fn has_letter(c: char) -> bool {
    if c.is_ascii() || c.is_whitespace() || c.is_control() {
        return true;
    }
    // Danish and the signs of its typography, which need no look.
    if matches!(c, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{2027}') {
        return true;
    }
    FACES.iter().any(|face| face.glyph_index(c).is_some())
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
            "مرحبا بكم، پژوهش گفت می\u{200c}خواهم",
            "ሰላም ለኩም።",
            "வணக்கம்",
        ] {
            assert!(text.chars().all(has_letter), "{text}");
        }
        for c in ['中', '😀', 'א', 'ހ', 'ქ'] {
            assert!(!has_letter(c), "{c}");
        }
    }
}
