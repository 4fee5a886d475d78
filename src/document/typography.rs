//! Danish typography: »quotation marks«, – dashes and spaces that do not break.
//!
//! Done once, in the tree, so that every output has the same letters. Only what cannot be meant otherwise
//! is touched; everything else is printed as typed.

use crate::text::is_month;

/// A space at which no line is broken.
pub const NO_BREAK: char = '\u{A0}';

/// Abbreviations that belong to the number after them.
const BEFORE_NUMBER: &[&str] = &[
    "nr.", "kl.", "stk.", "kap.", "pkt.", "ca.", "s.", "§", "§§", "afsnit", "Bilag", "bilag",
    "tlf.",
];

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
        Self::new(count_quotes(text)).set(text)
    }

    /// The next text of the run.
    pub(super) fn set(&mut self, text: &str) -> String {
        if !text
            .bytes()
            .any(|byte| matches!(byte, b'"' | b'0'..=b'9') || byte == b'-')
        {
            return text.to_owned();
        }
        let quoted = self.quotes(text);
        let dashed = if quoted.contains(" - ") {
            quoted.replace(" - ", " – ")
        } else {
            quoted
        };
        keep_together(&dashed)
    }

    fn quotes(&mut self, text: &str) -> String {
        if !self.paired || !text.contains('"') {
            return text.to_owned();
        }
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

/// Makes the space before a number that belongs to the word before it one that does not break, and those
/// inside a date.
fn keep_together(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len() + 8);
    let mut previous = "";
    let mut before = "";
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        if kept.ends_with(' ') && belongs(before, previous, bare) {
            kept.pop();
            kept.push(NO_BREAK);
        }
        kept.push_str(word);
        before = previous;
        previous = bare;
    }
    kept
}

/// Whether `word` belongs to `previous`: "§ 141", "nr. 5", "3. februar", "februar 2026".
fn belongs(before: &str, previous: &str, word: &str) -> bool {
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    if number && BEFORE_NUMBER.contains(&previous.trim_start_matches(['(', '»'])) {
        return true;
    }
    let is_day = |word: &str| {
        let day = word.trim_start_matches('(').strip_suffix('.');
        day.is_some_and(|day| {
            day.len() <= 2 && !day.is_empty() && day.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let month = word.trim_end_matches([',', '.', ')', ';', ':']);
    (is_day(previous) && is_month(month)) || (number && is_month(previous) && is_day(before))
}

/// A text with its telephone numbers in one piece: no line ends between two digits.
pub(super) fn phone_text(text: &str) -> String {
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
