//! The long words of a protocol's texts, each form once: as it is written, case and all.
//!
//! A rule that asks something of words asks it of each form, not of each use. What a form means, and which forms are
//! of one word, is for who asks.

use std::hash::Hasher;
use std::ops::Range;

use hashbrown::HashTable;

use super::scan::FormId;
use super::word_map::WordHasher;

/// One form of a long word.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its first use, as bytes of the texts.
    pub first: Range<usize>,
    /// How many letters it has, as those of a [`Word`](super::Word).
    pub letters: u8,
    /// How often it is used.
    pub uses: u32,
}

/// Every form that was met, in the order of the first uses.
#[derive(Debug, Default)]
pub struct Forms {
    forms: Vec<Form>,
    by_letters: HashTable<FormId>,
}

impl Forms {
    /// The forms.
    pub fn iter(&self) -> impl Iterator<Item = &Form> {
        self.forms.iter()
    }

    /// Counts one more use: the word at `range` of the texts.
    pub(super) fn count(&mut self, text: &str, range: Range<usize>, letters: u8) -> FormId {
        let bytes = text.as_bytes();
        let word = &bytes[range.clone()];
        let forms = &mut self.forms;
        let hash_of_word = hash(word);
        let is_same = |id: &FormId| bytes[forms[id.index()].first.clone()] == *word;
        if let Some(&id) = self.by_letters.find(hash_of_word, is_same) {
            forms[id.index()].uses += 1;
            return id;
        }
        let id = FormId::of(forms.len());
        forms.push(Form {
            first: range,
            letters,
            uses: 1,
        });
        let hash_of = |id: &FormId| hash(&bytes[self.forms[id.index()].first.clone()]);
        self.by_letters.insert_unique(hash_of_word, id, hash_of);
        id
    }
}

fn hash(word: &[u8]) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(word);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_there_once_with_its_first_use_and_the_number_of_its_uses() {
        let text = "samtalen Samtalen samtalen aftalerne samtalen";
        let mut forms = Forms::default();
        let mut at = 0;
        let ids = text.split(' ').map(|word| {
            let range = at..at + word.len();
            at = range.end + 1;
            forms.count(text, range, 8).index()
        });
        assert_eq!(ids.collect::<Vec<_>>(), [0, 1, 0, 2, 0]);
        let told = forms
            .iter()
            .map(|form| (&text[form.first.clone()], form.first.start, form.uses));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [("samtalen", 0, 3), ("Samtalen", 9, 1), ("aftalerne", 27, 1)]
        );
    }

    #[test]
    fn many_forms_are_told_apart() {
        let words: Vec<String> = (0..5_000)
            .map(|number| format!("samtaleord{number}"))
            .collect();
        let text = words.concat();
        let mut forms = Forms::default();
        for uses in 1..=2 {
            let mut at = 0;
            for (index, word) in words.iter().enumerate() {
                let range = at..at + word.len();
                at = range.end;
                assert_eq!(forms.count(&text, range, 10).index(), index);
            }
            assert!(forms.iter().all(|form| form.uses == uses));
        }
        assert_eq!(forms.iter().count(), words.len());
    }
}
