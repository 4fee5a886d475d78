//! Words of the printed word list in a text: the first in each part is explained where it stands and leads to the list.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::{Document, WORD_LIST, select};

/// The words of a document's list, and which of them have been explained in the part at hand.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    list: Vec<(&'a str, &'a str)>,
    told: HashSet<&'a str>,
}

impl<'a> Words<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self {
            list: select::word_list(document),
            told: HashSet::new(),
        }
    }

    /// A new part begins: its first words are explained again. In the list itself none is.
    pub(super) fn begin(&mut self, part: &str) {
        self.told.clear();
        if part == WORD_LIST {
            self.told.extend(self.list.iter().map(|(word, _)| *word));
        }
    }

    /// The first word in a text, from a byte of it on, that has not been explained yet: where it stands and its place in the list.
    pub(super) fn first_in(&self, text: &str, from: usize) -> Option<(Range<usize>, usize)> {
        let waiting = self.list.iter().enumerate();
        let waiting = waiting.filter(|(_, (word, _))| !self.told.contains(word));
        let found = waiting.filter_map(|(index, (word, _))| {
            let mut places = text[from..].match_indices(word);
            let place = places.find_map(|(at, _)| {
                let range = from + at..from + at + word.len();
                stands_alone(text, &range).then_some(range)
            });
            place.map(|range| (range, index))
        });
        found.min_by_key(|(range, _)| range.start)
    }

    /// What a word of the list means; from now on it is explained.
    pub(super) fn explain(&mut self, index: usize) -> &'a str {
        let (word, meaning) = self.list[index];
        self.told.insert(word);
        meaning
    }
}

/// Whether letters are a word by themselves, or the first half of one with a hyphen.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-';
    !text[..range.start].ends_with(joins) && !text[range.end..].starts_with(char::is_alphanumeric)
}
