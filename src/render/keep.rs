//! Where lines are broken and where not, beyond what stands in the document itself: no space is broken in "1. kvartal",
//! "2-3 timer", "Åvej 12", "8000 Aarhus", "98 76 54 32"; a long address, or "Gæster/udefrakommende", may be broken behind its
//! signs on a page, which else would cut it anywhere.
//!
//! Both are put in where a document is shown, on pages and on paper, and are no part of what it says.

use std::borrow::Cow;

use serde_json::Value;

use crate::text::{has_byte, is_digit};

/// A space at which no line is broken.
const NO_BREAK: char = '\u{a0}';
/// What is counted with a number and a full stop: "1. sal".
const ORDERED: [&str; 7] = ["kvartal", "halvår", "sal", "etage", "klasse", "gang", "del"];
/// What a number before it counts: time.
const COUNTED: [&str; 16] = [
    "sekund", "sekunder", "minut", "minutter", "min.", "time", "timer", "dag", "dage", "døgn",
    "uge", "uger", "måned", "måneder", "år", "gange",
];
/// How the names of streets end.
const STREETS: [&str; 13] = [
    "vej", "vejen", "gade", "gaden", "allé", "stræde", "plads", "torv", "vænge", "parken",
    "bakken", "stien", "kaj",
];
/// The keys of what typst is given that hold texts to read.
const TEXTS: [&str; 6] = ["text", "label", "value", "heading", "term", "aside"];

/// A text in which what belongs to a number stays on its line. Most texts have no number and are not copied.
pub(super) fn keep(text: &str) -> Cow<'_, str> {
    if !has_byte(text, is_digit) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices(' ') {
        if stays(&text[..at], &text[at + 1..]) {
            kept.push_str(&text[copied..at]);
            kept.push(NO_BREAK);
            copied = at + 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[copied..]);
    Cow::Owned(kept)
}

/// A line of the head of a page, whose columns are narrow: it may be broken at every space but that between a day and its month.
pub(super) fn day_with_month(text: &str) -> String {
    text.replace(NO_BREAK, " ").replace(". ", ".\u{a0}")
}

/// Whether the words on both sides of a space stay together.
fn stays(before: &str, after: &str) -> bool {
    let is_space = |c: char| c.is_whitespace();
    let word = before.rsplit(is_space).next().unwrap_or(before);
    let next = after.split(is_space).next().unwrap_or(after);
    let plain = next.trim_end_matches([',', ';', ':', ')', '!', '?']);
    let plain = plain
        .strip_suffix('.')
        .filter(|word| *word != "min")
        .unwrap_or(plain);
    let number = word.trim_start_matches(['(', '»']);
    if next.starts_with(|c: char| c.is_ascii_digit()) {
        return is_group(number) && is_group(plain) || is_street(word);
    }
    if let Some(ordered) = number.strip_suffix('.') {
        return is_count(ordered) && ORDERED.contains(&plain);
    }
    is_count(number) && COUNTED.contains(&plain)
        || is_postcode(number)
            && next.starts_with(char::is_uppercase)
            && begins_address(&before[..before.len() - word.len()])
}

/// Two digits of a telephone.
fn is_group(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "2", "2-3", "2,5".
fn is_count(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | '/'))
}

fn is_street(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && STREETS.iter().any(|end| word.ends_with(end))
}

/// Four digits that are no year.
fn is_postcode(word: &str) -> bool {
    let is_year = word.starts_with("19") || word.starts_with("20");
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) && !is_year
}

/// Whether a postcode can stand here: at the beginning, or after the comma behind a street.
fn begins_address(before: &str) -> bool {
    before.trim_end().is_empty() || before.trim_end().ends_with(',')
}

/// What has more letters than this is broken behind the signs inside it.
const LONG: usize = 14;

/// A text in the pieces between which a page may break it: a long address, or words that a slash joins, behind their
/// signs. Each byte is looked at once or twice, however long an address is.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    Pieces {
        text,
        done: Some(0),
        may_break: may_break(text.as_bytes()),
        word_end: 0,
        is_long: false,
    }
}

/// Whether a sign stands in a word: nearly all of them stand at the end of one. Looks at many bytes at a time.
fn may_break(bytes: &[u8]) -> bool {
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    // No `||` and no `&&`: they would be a jump for each byte.
    pairs.fold(false, |any, (&sign, &next)| {
        any | ((sign == b'/') | (sign == b'.') | (sign == b'@')) & (next > b' ')
    })
}

/// See [`pieces`]; there is one at least.
pub(super) struct Pieces<'t> {
    text: &'t str,
    /// Where the next piece begins; `None` behind the last.
    done: Option<usize>,
    /// Whether there is a sign to be broken behind.
    may_break: bool,
    /// Where the word ends that was looked at last, and whether it is a long one.
    word_end: usize,
    is_long: bool,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let (text, begin) = (self.text, self.done?);
        if !self.may_break {
            self.done = None;
            return Some(text);
        }
        for sign in memchr::memchr3_iter(b'/', b'.', b'@', &text.as_bytes()[begin..]) {
            let sign = begin + sign;
            let behind = sign + 1;
            // Most of them end a sentence.
            if !text[behind..].starts_with(char::is_alphanumeric) {
                continue;
            }
            if sign >= self.word_end {
                let before = &text[self.word_end..sign];
                let start = before.rfind(char::is_whitespace).unwrap_or(0);
                let length = text[sign..].find(char::is_whitespace);
                let end = length.map_or(text.len(), |length| sign + length);
                let word = text[self.word_end + start..end].trim_start();
                self.is_long = word.chars().count() > LONG;
                self.word_end = end;
            }
            if self.is_long {
                self.done = Some(behind);
                return Some(&text[begin..behind]);
            }
        }
        self.done = None;
        Some(&text[begin..])
    }
}

/// Keeps together what belongs to a number in every text of what typst is given.
pub(super) fn keep_all(value: &mut Value) {
    match value {
        Value::Object(map) => {
            // Code is shown as it is typed.
            if map.get("type").is_some_and(|kind| kind == "code") {
                return;
            }
            for (key, value) in map {
                match value {
                    Value::String(text) if TEXTS.contains(&key.as_str()) => {
                        if let Cow::Owned(kept) = keep(text) {
                            *text = kept;
                        }
                    }
                    other => keep_all(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(keep_all),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_number_stays_on_its_line() {
        for (text, kept) in [
            ("I 1. kvartal 2026", "I 1.~kvartal 2026"),
            ("Nødskabet på 1. sal.", "Nødskabet på 1.~sal."),
            ("Vent 2-3 timer, og ring.", "Vent 2-3~timer, og ring."),
            ("Inden 15 minutter", "Inden 15~minutter"),
            ("Åvej 12, 8000 Aarhus C", "Åvej~12, 8000~Aarhus C"),
            ("Ring 98 76 54 32.", "Ring 98~76~54~32."),
            (
                "Det gælder fra 2026 Ledelsen",
                "Det gælder fra 2026 Ledelsen",
            ),
            ("Se punkt 3. Sal og gård", "Se punkt 3. Sal og gård"),
            ("Vi er 12 i huset.", "Vi er 12 i huset."),
            ("Der er 8000 Borgere", "Der er 8000 Borgere"),
            ("Ingen tal", "Ingen tal"),
        ] {
            assert_eq!(keep(text).replace(NO_BREAK, "~"), kept);
        }
    }

    #[test]
    fn in_the_head_of_a_page_a_day_stays_with_its_month_alone() {
        let date = "Godkendt 1.\u{a0}november\u{a0}2026";
        assert_eq!(
            day_with_month(date).replace(NO_BREAK, "~"),
            "Godkendt 1.~november 2026"
        );
    }

    #[test]
    fn what_is_long_may_be_broken_behind_its_signs() {
        for (text, broken) in [
            (
                "Gæster/udefrakommende borgere",
                "Gæster/|udefrakommende borgere",
            ),
            (
                "Se https://lindehoej.test/om.",
                "Se https://|lindehoej.|test/|om.",
            ),
            (
                "post@bostedetlindehoej.test",
                "post@|bostedetlindehoej.|test",
            ),
            ("og/eller f.eks. kl. 12.30", "og/eller f.eks. kl. 12.30"),
            (
                "Her er punktum. Så er der mere.",
                "Her er punktum. Så er der mere.",
            ),
            ("", ""),
        ] {
            assert_eq!(pieces(text).collect::<Vec<_>>().join("|"), broken);
        }
    }

    #[test]
    fn paper_keeps_texts_and_no_paths_or_code() {
        let mut value = serde_json::json!({
            "file": "billeder/2 timer.png",
            "parts": [{ "type": "code", "text": "2 timer" }, { "type": "text", "text": "2 timer" }],
        });
        keep_all(&mut value);
        let kept = serde_json::json!({
            "file": "billeder/2 timer.png",
            "parts": [{ "type": "code", "text": "2 timer" }, { "type": "text", "text": "2\u{a0}timer" }],
        });
        assert_eq!(value, kept);
    }
}
