//! What stands before headings: numbers, letters or nothing.

use super::fold::without_typed_number;

/// How sections are told from each other (`nummerering`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// `tal`: 1, 2, 3.
    #[default]
    Numbers,
    /// `bogstaver`: A, B, C; what stands below has numbers.
    Letters,
    /// `ingen`: nothing.
    Nothing,
}

/// The words for them.
pub const NUMBERINGS: [(&str, Numbering); 3] = [
    ("tal", Numbering::Numbers),
    ("bogstaver", Numbering::Letters),
    ("ingen", Numbering::Nothing),
];

impl Numbering {
    /// How a section itself is numbered among its neighbours, where those are numbered like this: one that says
    /// `ingen` stands outside their row.
    pub fn of_section(self, own: Option<Self>) -> Self {
        match own {
            Some(Self::Nothing) => Self::Nothing,
            _ => self,
        }
    }

    /// How the sub-sections of a section are numbered that is numbered like this itself.
    pub fn below(self, own: Option<Self>) -> Self {
        own.unwrap_or(match self {
            Self::Letters => Self::Numbers,
            same => same,
        })
    }

    /// What stands before the heading with this number, from 1; nothing where there is none.
    pub fn word(self, number: usize) -> String {
        match self {
            Self::Numbers => number.to_string(),
            Self::Letters => letters(number),
            Self::Nothing => String::new(),
        }
    }
}

/// A, B, … Z, AA, AB.
fn letters(number: usize) -> String {
    let mut rest = number;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        let letter = u8::try_from(rest % 26).expect("less than 26");
        letters.push(char::from(b'A' + letter));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

/// A letter typed before a heading: "A." and "b)".
pub fn typed_letter(heading: &str) -> Option<&str> {
    let mut chars = heading.chars();
    let is_letter = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let is_closed = matches!(chars.next(), Some('.' | ')'));
    let is_apart = chars.next().is_some_and(char::is_whitespace);
    let says_more = chars.as_str().chars().any(char::is_alphanumeric);
    (is_letter && is_closed && is_apart && says_more).then(|| &heading[..2])
}

/// What is typed before a heading to tell it from others where that is no number alone: "A.", "b)", "A.1", "IV.".
pub fn typed_label(heading: &str) -> Option<&str> {
    let heading = heading.trim_start();
    let (label, rest) = heading.split_once(char::is_whitespace)?;
    let open = label.strip_suffix(['.', ')']).unwrap_or(label);
    let is_closed = open.len() < label.len();
    let is_roman = |word: &str| {
        (2..=6).contains(&word.len()) && word.bytes().all(|byte| b"IVXL".contains(&byte))
    };
    let mut parts = open.split('.');
    let first = parts.next().unwrap_or_default();
    let is_letter = first.len() == 1 && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut numbers = parts.peekable();
    let has_numbers = numbers.peek().is_some();
    let are_numbers = numbers.all(|part| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_label = match has_numbers {
        true => is_letter && are_numbers,
        false => is_closed && (is_letter || is_roman(first)),
    };
    // "A. P. Møllers Vej" begins with somebody's initials.
    let mut next = rest.trim_start().chars();
    let is_initial = next.next().is_some_and(char::is_uppercase) && next.next() == Some('.');
    let says_more = rest.chars().any(char::is_alphanumeric);
    (is_label && !is_initial && says_more).then_some(label)
}

/// A heading without what is typed before it: a number, a letter, or both.
pub fn without_label(heading: &str) -> &str {
    match typed_label(heading) {
        Some(label) => heading.trim_start()[label.len()..].trim(),
        None => without_typed_number(heading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let letters = |number| Numbering::Letters.word(number);
        assert_eq!(
            [1, 26, 27, 52, 703].map(letters),
            ["A", "Z", "AA", "AZ", "AAA"]
        );
    }

    #[test]
    fn labels_of_letters_and_roman_numbers_are_told_from_words_and_initials() {
        for (heading, label) in [
            ("A. Formål", Some("A.")),
            ("b) Formål", Some("b)")),
            ("A.1 Formål", Some("A.1")),
            ("A.1.2. Formål", Some("A.1.2.")),
            ("IV. Formål", Some("IV.")),
            ("II) Formål", Some("II)")),
            ("A Formål", None),
            ("A. P. Møllers Vej", None),
            ("IT og telefoner", None),
            ("MI. Samtaler", None),
            ("B.", None),
            ("A.B Formål", None),
            ("Afsnit", None),
            ("1. Formål", None),
        ] {
            assert_eq!(typed_label(heading), label, "{heading}");
        }
        assert_eq!(without_label("A.1  Formål"), "Formål");
        assert_eq!(without_label("1.2 Formål"), "Formål");
    }

    #[test]
    fn a_typed_letter_is_told_from_a_word() {
        assert_eq!(typed_letter("A. Formål"), Some("A."));
        assert_eq!(typed_letter("b) Formål"), Some("b)"));
        for heading in ["A Formål", "Afsnit", "A.", "A.B. Formål", "Å. Formål"] {
            assert_eq!(typed_letter(heading), None, "{heading}");
        }
    }
}
