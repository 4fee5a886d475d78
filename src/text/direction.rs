//! Which way a text is read. A text's first letter tells, as in the bidirectional algorithm of Unicode (rule P2):
//! figures and signs are read both ways and do not count.

/// The way a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, as Danish is.
    Rightward,
    /// From right to left, as Arabic and Hebrew are.
    Leftward,
}

impl Direction {
    /// The direction of a text by its first letter; `None` for one without letters.
    pub fn of(text: &str) -> Option<Self> {
        text.chars().find_map(Self::of_letter)
    }

    /// The direction of a letter; `None` for what is no letter.
    fn of_letter(c: char) -> Option<Self> {
        let is_leftward = matches!(c,
            '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
        match (c.is_alphabetic(), is_leftward) {
            (false, _) => None,
            (true, true) => Some(Self::Leftward),
            (true, false) => Some(Self::Rightward),
        }
    }

    /// The value of HTML's attribute `dir`, which is typst's word as well.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rightward => "ltr",
            Self::Leftward => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_tells_and_figures_and_signs_do_not() {
        for (text, direction) in [
            ("Hej مرحبا", Some(Direction::Rightward)),
            ("1. »مرحبا« hej", Some(Direction::Leftward)),
            ("٣ – שלום", Some(Direction::Leftward)),
            ("Ласкаво", Some(Direction::Rightward)),
            ("ሰላም", Some(Direction::Rightward)),
            ("12 – 34 €", None),
            ("٣٤", None),
            ("", None),
        ] {
            assert_eq!(Direction::of(text), direction, "{text}");
        }
    }
}
