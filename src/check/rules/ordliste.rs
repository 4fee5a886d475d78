//! RP303 `ordliste`: a word of the area's term list on the wrong side.
//!
//! Every word is held against the terms that begin with the same letter, so the time grows with the text
//! alone as long as the list is one that people keep by hand.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::check::context::Context;
use crate::check::texts::language::Passage;
use crate::diag::{Code, Finding, Fix, Subject};
use crate::model::Area;
use crate::text::Place;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let terms = Terms::of(context.area);
    if terms.all.is_empty() {
        return;
    }
    let language = context.language;
    for passage in &language.passages {
        let text = &language.text[passage.range.clone()];
        let mut past = 0;
        for word in &language.words[passage.words.clone()] {
            let start = word.range().start - passage.range.start;
            if start < past || !terms.may_begin(text.as_bytes()[start]) {
                continue;
            }
            let Some((term, range)) = terms.longest_at(text, start) else {
                continue;
            };
            past = range.end;
            if !language.is_code(passage, word) {
                findings.push(finding(context, passage, term, text, &range));
            }
        }
    }
}

fn finding(
    context: &Context<'_>,
    passage: &Passage<'_>,
    term: &Term<'_>,
    text: &str,
    range: &Range<usize>,
) -> Finding {
    let written = &text[range.clone()];
    let right = with_initial_of(written, term);
    let base = passage.range.start;
    let place = context
        .language
        .place(passage, base + range.start..base + range.end);
    let fix = replacement(&place, written, &right);
    Finding::new(
        Code::Ordliste,
        place,
        format!("Områdets ordliste siger »{right}« og ikke »{written}«."),
    )
    .about(Subject::Word(written.to_owned()))
    .with_help(format!("Skriv »{right}«."))
    .with_related(
        Place::new(&context.area.file, term.line),
        "Her står ordet i ordlisten.",
    )
    .with_fix(fix)
}

/// Signs that may mean something else in Markdown than in the term list.
const MARKDOWN: [char; 10] = ['*', '_', '`', '[', ']', '<', '>', '|', '\\', '{'];

/// The right word in place of the wrong one; `None` where the file does not have the letters in a row,
/// since they are escaped, come of a variable or have signs of Markdown between them.
fn replacement(place: &Place, written: &str, right: &str) -> Option<Fix> {
    let words = |text: &str| -> String {
        let composed: String = text.nfc().collect();
        composed.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let typed = place.file.slice(place.span);
    let as_typed = words(typed) == words(written) && !right.contains(MARKDOWN);
    as_typed.then(|| Fix::one(place.span, right))
}

/// A line of the term list.
struct Term<'a> {
    wrong: &'a str,
    right: &'a str,
    /// Where it stands in `rusprot.toml`.
    line: crate::text::Span,
    /// A name, or a word that differs from the right one by case alone: it is found as it is written.
    exact: bool,
    /// A name may stand in the genitive and before a hyphen.
    name: bool,
    /// Where the wrong wording stands inside the right one.
    inside_right: Option<usize>,
}

struct Terms<'a> {
    all: Vec<Term<'a>>,
    /// By the first byte of a word: whether any term may begin there.
    begins: [bool; 256],
}

impl<'a> Terms<'a> {
    fn of(area: &'a Area) -> Self {
        let mut terms = Self {
            all: Vec::new(),
            begins: [false; 256],
        };
        for (wrong, right) in &area.terms {
            let text = wrong.value.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(&first) = text.as_bytes().first() else {
                continue;
            };
            let name = text.contains(char::is_uppercase);
            terms.begins[usize::from(first)] = true;
            if !name && first.is_ascii() {
                terms.begins[usize::from(first.to_ascii_uppercase())] = true;
            }
            terms.all.push(Term {
                wrong: text,
                right: &right.text,
                line: wrong.span,
                exact: name || text.to_lowercase() == right.text.to_lowercase(),
                name,
                inside_right: right.text.to_lowercase().find(&text.to_lowercase()),
            });
        }
        terms
    }

    fn may_begin(&self, byte: u8) -> bool {
        self.begins[usize::from(byte)]
    }

    /// The longest term that stands at a word's beginning, as a whole word.
    fn longest_at(&self, text: &str, start: usize) -> Option<(&Term<'a>, Range<usize>)> {
        let found = self.all.iter().filter_map(|term| {
            let length = term.length_at(&text[start..])?;
            let end = start + length;
            (term.ends_at(&text[end..]) && !term.is_right_at(text, start))
                .then_some((term, start..end))
        });
        found.max_by_key(|(_, range)| range.end)
    }
}

impl Term<'_> {
    /// How many bytes of `text` are the wrong wording, if it begins with it.
    fn length_at(&self, text: &str) -> Option<usize> {
        matched(text, self.wrong, self.exact)
    }

    /// Whether the word ends where the wording does.
    fn ends_at(&self, after: &str) -> bool {
        if word_ends(after) {
            return true;
        }
        let genitive = ["s", "'s", "’s"]
            .iter()
            .find_map(|ending| after.strip_prefix(ending));
        self.name && (genitive.is_some_and(word_ends) || after.starts_with('-'))
    }

    /// Whether the wording is here only as part of the right one.
    fn is_right_at(&self, text: &str, start: usize) -> bool {
        self.inside_right
            .and_then(|inside| start.checked_sub(inside))
            .and_then(|begin| text.get(begin..))
            .is_some_and(|text| matched(text, self.right, false).is_some())
    }
}

/// How many bytes at the head of `text` are `wording`; white space is as long as it likes.
fn matched(text: &str, wording: &str, exact: bool) -> Option<usize> {
    let mut rest = text;
    for c in wording.chars() {
        if c.is_whitespace() {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
            continue;
        }
        let found = rest.chars().next()?;
        let same = found == c || (!exact && found.to_lowercase().eq(c.to_lowercase()));
        if !same {
            return None;
        }
        rest = &rest[found.len_utf8()..];
    }
    Some(text.len() - rest.len())
}

/// Whether no word goes on at the head of `after`.
fn word_ends(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() => false,
        Some('-' | '\'' | '’') => !chars.next().is_some_and(char::is_alphanumeric),
        _ => true,
    }
}

/// The right wording, with a capital where a word of small letters was written with one.
fn with_initial_of(written: &str, term: &Term<'_>) -> String {
    let mut chars = term.right.chars();
    match chars.next() {
        Some(first) if !term.name && written.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => term.right.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_is_matched_letter_by_letter_and_over_any_white_space() {
        assert_eq!(matched("Mini \u{A0}MED nu", "Mini MED", true), Some(10));
        assert_eq!(matched("MINI MED", "Mini MED", true), None);
        assert_eq!(matched("Øl og vand", "øl", false), Some(3));
        assert_eq!(matched("Mini", "Mini MED", true), None);
    }

    #[test]
    fn a_word_goes_on_behind_a_hyphen_inside_it() {
        assert!(word_ends("- og mere"));
        assert!(word_ends(", og"));
        assert!(!word_ends("-udvalg"));
        assert!(!word_ends("er"));
    }
}
