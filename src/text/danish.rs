//! Facts of the Danish language that more than one stage needs.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

/// The months, January first, as they are written: in small letters.
pub const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// Whether a word is the name of a month.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// "3. februar 2026"
pub fn danish_date(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{}. {month} {}", date.day(), date.year())
}

/// A text's place in a list for people: the order of the Danish alphabet, with æ, ø and å last and aa as å (but not AA,
/// which is an abbreviation), whatever the case and the accents. Numbers are in the order of their size, so »Hus 2« stands before »Hus 10«. Two texts
/// that are not the same letter by letter have an order all the same.
pub fn alphabetical(text: &str) -> impl Ord + use<> {
    let mut places = Vec::with_capacity(text.len());
    let mut chars = text.nfc().peekable();
    while let Some(c) = chars.next() {
        let place = match c {
            '0'..='9' => {
                let mut number = u64::from(c) - u64::from('0');
                while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                    number = number.saturating_mul(10).saturating_add(u64::from(digit));
                    chars.next();
                }
                (Kind::Number, number)
            }
            // Two capitals are an abbreviation's letters: Anonyme Alkoholikere.
            'a' | 'A' if chars.next_if_eq(&'a').is_some() => letter('å'),
            c => letter(c.to_lowercase().next().unwrap_or(c)),
        };
        places.push(place);
    }
    let folded: String = text.to_lowercase().nfc().collect();
    (places, folded, text.to_owned())
}

/// What comes first where two texts part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A space or a sign.
    Sign,
    /// Figures.
    Number,
    /// A letter that the Danish alphabet has, as its number there, or one that counts as such.
    Letter,
    /// A letter of another alphabet.
    Foreign,
}

/// A lower-case letter's place in the alphabet.
fn letter(c: char) -> (Kind, u64) {
    let base = match c {
        'æ' | 'ä' => return (Kind::Letter, 27),
        'ø' | 'ö' | 'ő' | 'œ' => return (Kind::Letter, 28),
        'å' => return (Kind::Letter, 29),
        'ü' | 'ű' => 'y',
        'ð' | 'đ' => 'd',
        'ł' => 'l',
        'ı' => 'i',
        'þ' => 't',
        'ß' => 's',
        // The letter below its accents.
        c => c.nfd().next().unwrap_or(c),
    };
    match base {
        'a'..='z' => (Kind::Letter, u64::from(base) - u64::from('a') + 1),
        c if c.is_alphabetic() => (Kind::Foreign, u64::from(c)),
        c => (Kind::Sign, u64::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_in_the_order_of_the_danish_alphabet() {
        let sorted = [
            "- a", "2. hus", "10. hus", "AA", "Ada", "ager", "Birk", "Elmely", "Émile", "emu",
            "Hus 2", "Hus 10", "hus a", "Müller", "Myren", "Zoo", "ZZ", "ä", "Ære", "Ø", "Ørsted",
            "Aabenraa", "Åen", "ål", "Ω",
        ];
        let mut list = sorted;
        list.reverse();
        list.sort_by_cached_key(|text| alphabetical(text));
        assert_eq!(list, sorted);
    }

    #[test]
    fn how_letters_are_composed_does_not_matter() {
        let mut list = ["b\u{e5}t", "ba\u{30a}t", "baat", "bøt"];
        list.sort_by_cached_key(|text| alphabetical(text));
        assert_eq!(list[0], "bøt");
        assert!(list[1..].contains(&"ba\u{30a}t"));
    }
}
