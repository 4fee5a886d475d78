//! A text being put together, with the places where rusprot wrote a label for the author.
//!
//! "afsnit 4.2" and "Bilag 3" are numbers that shift when something else moves. Whoever compares texts must
//! know which words are such a label, and what it leads to. What a text is made of is for `units` to say.

use std::ops::Range;

use super::canonical::{is_plain, tidy};

/// A reference whose words were made from its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoRef {
    /// Where its words stand, in bytes of the text. Never empty; references come in order and do not overlap.
    pub range: Range<usize>,
    /// The anchor of the part or contact it leads to.
    pub target: String,
}

/// A text with its references.
#[derive(Clone, Debug, Default)]
pub(super) struct Wording {
    pub(super) text: String,
    pub(super) refs: Vec<AutoRef>,
}

impl Wording {
    /// A text that is all one reference.
    pub(super) fn reference(text: String, target: &str) -> Self {
        let mut wording = Self { text, refs: vec![] };
        wording.refer(0, target);
        wording
    }

    /// Makes what was written from `start` on a reference.
    pub(super) fn refer(&mut self, start: usize, target: &str) {
        let range = start..self.text.len();
        if !range.is_empty() {
            let target = target.to_owned();
            self.refs.push(AutoRef { range, target });
        }
    }

    /// Makes room for another text behind this one, so that the two are no word together.
    pub(super) fn part(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// The text with single spaces, none at its ends.
    pub(super) fn tidied(mut self) -> Self {
        if self.refs.is_empty() {
            // Nearly every text is one, and stands as it is.
            if !is_plain(&self.text) {
                self.text = tidy(&self.text);
            }
            return self;
        }
        let mut tidy = Self::default();
        let mut blank = false;
        let mut from = 0;
        for AutoRef { range, target } in self.refs {
            tidy.add(&self.text[from..range.start], &mut blank);
            let start = tidy.add(&self.text[range.clone()], &mut blank);
            tidy.refer(start, &target);
            from = range.end;
        }
        tidy.add(&self.text[from..], &mut blank);
        tidy
    }

    /// Adds letters and gives where the first of them stands; `blank` is whether a space is due before the
    /// next one.
    fn add(&mut self, letters: &str, blank: &mut bool) -> usize {
        let mut start = None;
        for c in letters.chars() {
            if c.is_whitespace() {
                *blank = true;
                continue;
            }
            if std::mem::take(blank) && !self.text.is_empty() {
                self.text.push(' ');
            }
            start.get_or_insert(self.text.len());
            self.text.push(c);
        }
        start.unwrap_or(self.text.len())
    }
}

impl From<String> for Wording {
    fn from(text: String) -> Self {
        Self { text, refs: vec![] }
    }
}

impl From<&String> for Wording {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&str> for Wording {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(wording: &Wording) -> Vec<(&str, &str)> {
        let refs = wording.refs.iter();
        refs.map(|one| (&wording.text[one.range.clone()], &*one.target))
            .collect()
    }

    #[test]
    fn a_reference_keeps_its_words_when_spaces_go() {
        let mut wording = Wording::from("  Se \u{A0}");
        for (label, target, after) in [(" afsnit\u{A0}2 ", "kort", "  og"), ("Bilag 1", "a", ". ")]
        {
            let start = wording.text.len();
            wording.text.push_str(label);
            wording.refer(start, target);
            wording.text.push_str(after);
        }
        let tidy = wording.tidied();
        assert_eq!(tidy.text, "Se afsnit 2 ogBilag 1.");
        assert_eq!(labels(&tidy), [("afsnit 2", "kort"), ("Bilag 1", "a")]);
    }

    #[test]
    fn a_text_behind_another_is_no_word_together_with_it() {
        let mut wording = Wording::default();
        wording.part();
        wording.text.push('Æ');
        wording.part();
        wording.part();
        wording.text.push_str("Bilag 1");
        wording.refer("Æ ".len(), "a");
        wording.part();
        let tidy = wording.tidied();
        assert_eq!(tidy.text, "Æ Bilag 1");
        assert_eq!(labels(&tidy), [("Bilag 1", "a")]);
    }

    #[test]
    fn a_reference_without_words_is_none() {
        let mut wording = Wording::from("Se ");
        wording.text.push_str("  ");
        wording.refer(3, "kort");
        assert_eq!(wording.tidied().refs, []);
    }
}
