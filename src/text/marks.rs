//! Whether a text has one of some words, looked for all at once: who looks for one need not take the others apart.
//!
//! What such a word means is for who asks.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Some words or signs, looked for all at once.
#[derive(Clone, Debug)]
pub struct Marks(AhoCorasick);

impl Marks {
    /// These, letter by letter.
    pub fn of<'m>(marks: impl IntoIterator<Item = &'m str>) -> Self {
        // Only with this kind of match does the crate look at many bytes in one go.
        let mut builder = AhoCorasick::builder();
        let built = builder.match_kind(MatchKind::LeftmostFirst).build(marks);
        Self(built.expect("a few words make a small automaton"))
    }

    /// These stems as people write them: in small letters, with a capital, or all in capitals. A stem is ASCII.
    pub fn of_stems(stems: &[&str]) -> Self {
        let written = stems.iter().flat_map(|stem| {
            let (first, rest) = stem.split_at(1);
            let capital = format!("{}{rest}", first.to_ascii_uppercase());
            [(*stem).to_owned(), capital, stem.to_ascii_uppercase()]
        });
        let written: Vec<String> = written.collect();
        Self::of(written.iter().map(String::as_str))
    }

    /// Whether a text has one of them.
    pub fn are_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// Marks that are put together when the first text is looked at.
pub type LazyMarks = LazyLock<Marks>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_found_as_people_write_them() {
        let marks = Marks::of_stems(&["ransag"]);
        for text in [
            "vi ransager",
            "Ransagning",
            "RANSAGNING",
            "værelsesransagning",
        ] {
            assert!(marks.are_in(text), "{text}");
        }
        assert!(!marks.are_in("sagen"));
    }
}
