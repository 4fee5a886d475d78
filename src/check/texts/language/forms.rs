//! The long words of a protocol's texts, each form once: as it is written, case and all.
//!
//! A rule that asks something of words asks it of each form, not of each use. What a form means, and which forms are
//! of one word, is for who asks.

use std::hash::Hasher;
use std::ops::Range;

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
    /// Where to look for a form: from the slot that its hash names on, up to the first that is free. So many that one is,
    /// and a power of two.
    slots: Vec<Option<Slot>>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    /// Half of the form's hash: nearly every other form is told by it.
    hash: u32,
    form: FormId,
}

/// How many slots there are at first.
const FEWEST_SLOTS: usize = 64;

impl Forms {
    /// The forms.
    pub fn iter(&self) -> impl Iterator<Item = &Form> {
        self.forms.iter()
    }

    /// Counts one more use: the word at `range` of the texts.
    #[inline]
    pub(super) fn count(&mut self, text: &str, range: Range<usize>, letters: u8) -> FormId {
        let bytes = text.as_bytes();
        let word = &bytes[range.clone()];
        let hash = hash(word);
        if 2 * self.forms.len() >= self.slots.len() {
            self.make_room(bytes);
        }
        let mut at = hash as usize;
        loop {
            at &= self.slots.len() - 1;
            match self.slots[at] {
                Some(slot) if slot.hash == hash => {
                    let form = &mut self.forms[slot.form.index()];
                    if bytes[form.first.clone()] == *word {
                        form.uses += 1;
                        return slot.form;
                    }
                }
                Some(_) => {}
                None => break,
            }
            at += 1;
        }
        let form = FormId::of(self.forms.len());
        self.slots[at] = Some(Slot { hash, form });
        self.forms.push(Form {
            first: range,
            letters,
            uses: 1,
        });
        form
    }

    #[cold]
    fn make_room(&mut self, bytes: &[u8]) {
        let slots = (2 * self.slots.len()).max(FEWEST_SLOTS);
        self.slots.clear();
        self.slots.resize(slots, None);
        for (index, form) in self.forms.iter().enumerate() {
            let hash = hash(&bytes[form.first.clone()]);
            let mut at = hash as usize & (slots - 1);
            while self.slots[at].is_some() {
                at = (at + 1) & (slots - 1);
            }
            let form = FormId::of(index);
            self.slots[at] = Some(Slot { hash, form });
        }
    }
}

fn hash(word: &[u8]) -> u32 {
    let mut hasher = WordHasher::default();
    hasher.write(word);
    // The hasher has folded the upper half into this one.
    hasher.finish() as u32
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
