//! The two numbers that are called when life is in danger or the police is needed, where a text speaks of calling.
//!
//! A law's § 112, page 112 and 112 kr. are no telephones.

use std::ops::Range;

/// The alarm, and the police.
const NUMBERS: [&str; 2] = ["112", "114"];
/// What a text says that speaks of calling.
const CALLS: [&str; 8] = [
    "ring",
    "alarm",
    "tlf",
    "telefon",
    "opkald",
    "kald",
    "politi",
    "ambulance",
];
/// What stands before a number that is none to call.
const BEFORE: [&str; 8] = [
    "§", "nr.", "side", "stk.", "artikel", "art.", "bilag", "afsnit",
];
/// What stands after one.
const AFTER: [&str; 9] = [
    "kr", "%", "stk", "m²", "sider", "personer", "borgere", "gange", "nr",
];

/// Where a text first names a number to call, from a byte of it on.
pub(super) fn first_in(text: &str, from: usize) -> Option<Range<usize>> {
    // Most texts are told by what the numbers begin with.
    memchr::memchr(b'1', &text.as_bytes()[from..])?;
    let found = NUMBERS.iter().filter_map(|number| {
        let places = text[from..].match_indices(number);
        places
            .map(|(at, _)| from + at..from + at + number.len())
            .find(|range| stands_alone(text, range))
    });
    let first = found.min_by_key(|range| range.start)?;
    (text.trim() == &text[first.clone()] || speaks_of_calling(text)).then_some(first)
}

fn speaks_of_calling(text: &str) -> bool {
    let lower = text.to_lowercase();
    CALLS.iter().any(|word| lower.contains(word))
}

/// Whether the digits are a number by themselves and are not counted, named or paid with.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let is_joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '+' | '–');
    if before.ends_with(|c: char| is_joined(c) || matches!(c, '.' | ','))
        || after.starts_with(is_joined)
    {
        return false;
    }
    let mut next = after.chars();
    if matches!(next.next(), Some('.' | ',')) && next.next().is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let before = before.trim_end().to_lowercase();
    let after = after.trim_start();
    // "12 34 112" is another number.
    let in_digits = before.ends_with(|c: char| c.is_ascii_digit())
        || after.starts_with(|c: char| c.is_ascii_digit());
    !in_digits
        && !BEFORE.iter().any(|word| before.ends_with(word))
        && !AFTER.iter().any(|word| after.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_to_call_is_found_and_other_numbers_are_not() {
        for (text, at) in [
            ("Ring 112, og bliv ved hende.", Some(5)),
            ("Politiet har nummer 114.", Some(20)),
            ("112", Some(0)),
            ("Ring efter § 112 til 114", Some(22)),
            ("Efter serviceloven § 112 får du hjælp.", None),
            ("Se side 112, og ring.", None),
            ("Ring på 11 21 12 34.", None),
            ("Ring på 98 76 112.", None),
            ("Telefonen kostede 112 kr.", None),
            ("Ring 1.112,50", None),
            ("Der er 112 trin op.", None),
        ] {
            assert_eq!(first_in(text, 0).map(|range| range.start), at, "{text}");
        }
    }
}
