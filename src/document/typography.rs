//! Danish typography: »quotation marks«, – dashes and spaces that do not break.
//!
//! Done once, in the tree, so that every output has the same letters. Only what cannot be meant otherwise
//! is touched; everything else is printed as typed.

use std::borrow::Cow;

use super::block::Inline;
use crate::text::{has_byte, is_digit, is_month};

/// A space at which no line is broken.
pub const NO_BREAK: char = '\u{A0}';

/// Words that belong to the number after them, in small letters.
const BEFORE_NUMBER: &[&str] = &[
    "nr.", "nr", "kl.", "kl", "stk.", "stk", "kap.", "kapitel", "pkt.", "ca.", "s.", "side", "§",
    "§§", "afsnit", "bilag", "tlf.",
];

/// Signs and units that belong to the number before them.
const AFTER_NUMBER: &[&str] = &[
    "%", "‰", "pct.", "pct", "procent", "promille", "kr.", "kr", "kroner", "øre", "mio.", "mia.",
    "°", "°C", "g", "kg", "mg", "µg", "l", "dl", "cl", "ml", "liter", "m", "km", "cm", "mm", "m²",
    "m³", "kB", "MB", "GB", "kWh", "stk.",
];

/// The most groups of digits that are one number: a telephone with its country. More of them are a list.
const GROUPS: usize = 5;

/// Sets the texts of one run (a paragraph, a cell, a heading), one after the other.
pub(super) struct Typesetter {
    /// Straight quotation marks are made »«, since they come in pairs in this run.
    paired: bool,
    inside: bool,
}

impl Typesetter {
    /// A typesetter for a run with so many straight quotation marks in its texts.
    pub(super) const fn new(quotes: usize) -> Self {
        Self {
            paired: quotes > 0 && quotes.is_multiple_of(2),
            inside: false,
        }
    }

    /// A single text that is a run of its own.
    pub(super) fn line(text: &str) -> String {
        let set = Self::new(count_quotes(text)).set(text);
        let spaces = spaces_in_numbers(&set);
        if spaces.is_empty() {
            return set;
        }
        kept(&set, 0, &mut spaces.into_iter().peekable())
    }

    /// The next text of the run.
    pub(super) fn set(&mut self, text: &str) -> String {
        let set = if self.paired && text.contains('"') {
            Cow::Owned(self.quotes(text))
        } else {
            Cow::Borrowed(text)
        };
        if memchr::memchr(b'-', text.as_bytes()).is_some() && set.contains(" - ") {
            return set.replace(" - ", " – ");
        }
        set.into_owned()
    }

    fn quotes(&mut self, text: &str) -> String {
        let mut quoted = String::with_capacity(text.len() + 4);
        for c in text.chars() {
            if c == '"' {
                quoted.push(if self.inside { '«' } else { '»' });
                self.inside = !self.inside;
            } else {
                quoted.push(c);
            }
        }
        quoted
    }
}

/// How many straight quotation marks a text has.
pub(super) fn count_quotes(text: &str) -> usize {
    memchr::memchr_iter(b'"', text.as_bytes()).count()
}

/// Makes the spaces in the numbers of a run ones that do not break: those of its texts taken together, since a
/// number may stand in another one than what it belongs to, and between two lines of the source.
pub(super) fn keep_numbers(run: &mut [Inline]) {
    let mut whole = String::new();
    gather(run, &mut whole);
    let spaces = spaces_in_numbers(&whole);
    if !spaces.is_empty() {
        let mut spaces = spaces.into_iter().peekable();
        replace(run, &mut 0, &mut spaces);
    }
}

/// What stands between two texts that have nothing to do with each other.
const BARRIER: char = '\n';

fn gather(run: &[Inline], whole: &mut String) {
    for inline in run {
        match inline {
            Inline::Text { text } => whole.push_str(text),
            Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Strike { content }
            | Inline::Link { content, .. }
            | Inline::Ref { content, .. } => gather(content, whole),
            Inline::Footnote { .. } | Inline::FootnoteAgain { .. } => {}
            Inline::Code { .. } | Inline::Break {} | Inline::Image { .. } => whole.push(BARRIER),
        }
    }
}

/// Replaces the spaces at places counted as [`gather`] laid the texts out; `at` is where the next one begins.
fn replace(
    run: &mut [Inline],
    at: &mut usize,
    spaces: &mut std::iter::Peekable<impl Iterator<Item = usize>>,
) {
    for inline in run {
        match inline {
            Inline::Text { text } => {
                let begin = *at;
                *at += text.len();
                if spaces.peek().is_some_and(|space| space < at) {
                    *text = kept(text, begin, spaces);
                }
            }
            Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Strike { content }
            | Inline::Link { content, .. }
            | Inline::Ref { content, .. } => replace(content, at, spaces),
            Inline::Footnote { .. } | Inline::FootnoteAgain { .. } => {}
            Inline::Code { .. } | Inline::Break {} | Inline::Image { .. } => {
                *at += BARRIER.len_utf8();
            }
        }
    }
}

/// A text that begins at `begin` with its spaces among these not breaking.
fn kept(
    text: &str,
    begin: usize,
    spaces: &mut std::iter::Peekable<impl Iterator<Item = usize>>,
) -> String {
    let mut kept = String::with_capacity(text.len() + 16);
    let mut copied = 0;
    while let Some(space) = spaces.next_if(|space| *space < begin + text.len()) {
        kept.push_str(&text[copied..space - begin]);
        kept.push(NO_BREAK);
        copied = space - begin + 1;
    }
    kept.push_str(&text[copied..]);
    kept
}

/// The single spaces inside numbers, and between a number and the word it belongs to.
fn spaces_in_numbers(text: &str) -> Vec<usize> {
    let mut spaces = Vec::new();
    if !has_byte(text, is_digit) {
        return spaces;
    }
    let mut words = Words::default();
    let mut begin = 0;
    for (at, sign) in text.match_indices([' ', NO_BREAK, BARRIER]) {
        words.next(&text[begin..at], begin, &mut spaces);
        if sign == "\n" {
            words = Words::default();
        }
        begin = at + sign.len();
    }
    words.next(&text[begin..], begin, &mut spaces);
    spaces.retain(|&space| text.as_bytes()[space] == b' ');
    spaces
}

/// The words before the one at hand.
#[derive(Default)]
struct Words<'t> {
    before: &'t str,
    previous: &'t str,
    /// How many groups of digits have been joined.
    groups: usize,
}

impl<'t> Words<'t> {
    /// Notes the space before a word that begins at `begin` where it must not break.
    fn next(&mut self, word: &'t str, begin: usize, spaces: &mut Vec<usize>) {
        let in_a_number = self.goes_on(word);
        self.groups = if in_a_number { self.groups + 1 } else { 1 };
        let joined = in_a_number && self.groups <= GROUPS;
        if !self.previous.is_empty() && (joined || self.belongs(word)) {
            spaces.push(begin - 1);
        }
        self.before = self.previous;
        self.previous = word;
    }

    /// Whether the word is the next group of digits of a number: "98 76 54 32", "12 000".
    fn goes_on(&self, word: &str) -> bool {
        let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        let previous = self.previous.trim_start_matches(['(', '»', '+']);
        is_digits(previous) && is_digits(bare(word))
    }

    /// Whether the word belongs to the one before it: "§ 141", "§ 83 a", "nr. 5", "1.250 kr.", "3. februar",
    /// "februar 2026".
    fn belongs(&self, word: &str) -> bool {
        let (before, previous) = (opened(self.before), opened(self.previous));
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if number && is_before_number(previous) {
            return true;
        }
        if previous.ends_with(|c: char| c.is_ascii_digit()) {
            let unit = word.trim_end_matches([',', ')', ';', ':', '«', '?', '!']);
            let is_unit = |unit: &str| AFTER_NUMBER.contains(&unit);
            if is_unit(unit) || is_unit(unit.trim_end_matches('.')) {
                return true;
            }
            let letter = bare(word);
            if before.starts_with('§') && letter.len() == 1 && letter.is_ascii() {
                return letter.bytes().all(|byte| byte.is_ascii_lowercase());
            }
        }
        if matches!(previous, "mio." | "mia.") && bare(word) == "kr" {
            return true;
        }
        let is_day = |word: &str| {
            let day = word.strip_suffix('.');
            day.is_some_and(|day| {
                day.len() <= 2 && !day.is_empty() && day.bytes().all(|b| b.is_ascii_digit())
            })
        };
        (is_day(previous) && is_month(bare(word)))
            || (number && is_month(previous) && is_day(before))
    }
}

/// A word without the signs that open what it stands in.
fn opened(word: &str) -> &str {
    word.trim_start_matches(['(', '»'])
}

/// A word without the signs of punctuation behind it.
fn bare(word: &str) -> &str {
    word.trim_end_matches([',', '.', ')', ';', ':', '«', '?', '!'])
}

/// Whether a word belongs to the number after it, with a capital at the beginning of a sentence or without.
fn is_before_number(word: &str) -> bool {
    BEFORE_NUMBER.contains(&word)
        || BEFORE_NUMBER.iter().any(|known| {
            let mut letters = word.chars();
            let first = letters.next().map(char::to_lowercase);
            first.is_some_and(|first| first.chain(letters).eq(known.chars()))
        })
}

/// A text with its telephone numbers in one piece: no line ends between two digits.
pub fn phone_text(text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 4);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let between = c == ' '
            && kept.ends_with(|c: char| c.is_ascii_digit())
            && rest.peek().is_some_and(char::is_ascii_digit);
        kept.push(if between { NO_BREAK } else { c });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> String {
        Typesetter::line(text).replace(NO_BREAK, "~")
    }

    #[test]
    fn straight_quotation_marks_in_pairs_become_danish_ones() {
        assert_eq!(set("Sig \"nej\" og \"tak\"."), "Sig »nej« og »tak«.");
        assert_eq!(set("En 5\" skærm"), "En 5\" skærm");
    }

    #[test]
    fn a_pair_may_span_two_texts_of_a_run() {
        let mut typesetter = Typesetter::new(2);
        assert_eq!(typesetter.set("Sig \"nej"), "Sig »nej");
        assert_eq!(typesetter.set(" tak\""), " tak«");
    }

    #[test]
    fn numbers_stay_with_the_word_they_belong_to() {
        assert_eq!(
            set("efter serviceloven § 141, stk. 2"),
            "efter serviceloven §~141, stk.~2"
        );
        assert_eq!(
            set("den 3. februar 2026 kl. 14"),
            "den 3.~februar~2026 kl.~14"
        );
        assert_eq!(set("(§ 5)"), "(§~5)");
        for (typed, kept) in [
            ("Ring 98 76 54 32.", "Ring 98~76~54~32."),
            ("+45 98 76 54 32 eller 112", "+45~98~76~54~32 eller 112"),
            ("efter § 83 a, stk. 2", "efter §~83~a, stk.~2"),
            ("det koster 1.250 kr.", "det koster 1.250~kr."),
            ("(2,5 mio. kr.)", "(2,5~mio.~kr.)"),
            ("højst 2,5 %, dog 5 kg", "højst 2,5~%, dog 5~kg"),
            ("Kl. 22 er der ro", "Kl.~22 er der ro"),
            ("1 2 3 4 5 6 7 8 9", "1~2~3~4~5 6 7 8 9"),
            ("i 2025 er 12 000 nok", "i 2025 er 12~000 nok"),
            ("kl.\u{A0}8  9", "kl.~8  9"),
        ] {
            assert_eq!(set(typed), kept);
        }
    }

    #[test]
    fn a_number_is_kept_together_across_the_texts_of_a_run() {
        let strong = |text: &str| Inline::Strong {
            content: vec![Inline::text(text)],
        };
        let mut run = vec![
            Inline::text("Fra kl. "),
            strong("22"),
            Inline::text(" koster det 50"),
            Inline::text(" "),
            Inline::text("kr. Se §"),
            Inline::Break {},
            Inline::text("83 "),
            Inline::Code {
                text: "a".to_owned(),
            },
        ];
        keep_numbers(&mut run);
        let mut whole = String::new();
        gather(&run, &mut whole);
        assert_eq!(
            whole.replace(NO_BREAK, "~"),
            "Fra kl.~22 koster det 50~kr. Se §\n83 \n"
        );
    }

    #[test]
    fn other_spaces_and_signs_are_left_as_typed() {
        assert_eq!(
            set("vi er 12 og 3. gang i februar"),
            "vi er 12 og 3. gang i februar"
        );
        assert_eq!(
            set("#panic() *x* $y$ @ref // \\ ~"),
            "#panic() *x* $y$ @ref // \\ ~"
        );
        assert_eq!(set("a-b -- c"), "a-b -- c");
    }

    #[test]
    fn a_hyphen_between_spaces_is_a_dash() {
        assert_eq!(set("døre - det forstyrrer"), "døre – det forstyrrer");
    }

    #[test]
    fn a_number_stays_in_one_piece_and_the_words_around_it_may_part() {
        assert_eq!(
            phone_text("+45 00 65 43 00 hele døgnet").replace(NO_BREAK, "~"),
            "+45~00~65~43~00 hele døgnet"
        );
    }
}
