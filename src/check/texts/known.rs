//! The long words that every reader of a protocol knows, or finds explained in it: names of laws, titles of
//! documents, and what the word list explains. They are no reason to call a text hard (RP301).
//!
//! Whether a word is *right* is not asked here.

use super::language::{WordMap, is_long_text};
use crate::model::{Area, LawRegister, Protocol, Skabelon};

/// Endings that a known word may have and still be the same: "protokollen", "protokollens", "protokollerne".
const ENDINGS: [&str; 16] = [
    "", "s", "e", "n", "r", "en", "et", "er", "ne", "ens", "ets", "rne", "erne", "ers", "rnes",
    "ernes",
];
/// Endings of words that name a law, whichever it is.
const LAWS: [&str; 6] = [
    "loven",
    "lovens",
    "lovgivning",
    "lovgivningen",
    "bekendtgørelsen",
    "bekendtgørelsens",
];

/// Long words that are known.
#[derive(Debug, Default)]
pub struct Known {
    /// In lower case.
    words: WordMap<String, ()>,
    /// The first letters of each: most words are told apart by them, and nothing is allocated for those.
    heads: WordMap<[char; HEAD], ()>,
}

/// How many letters at the beginning are compared first. A long word has more.
const HEAD: usize = 4;

/// The first letters of a word in lower case; `None` for a shorter one.
fn head(word: &str) -> Option<[char; HEAD]> {
    let mut head = ['\0'; HEAD];
    let mut letters = word.chars().flat_map(char::to_lowercase);
    for place in &mut head {
        *place = letters.next()?;
    }
    Some(head)
}

impl Known {
    /// What is known to the readers of one protocol.
    pub fn of(area: &Area, skabelon: &Skabelon, protocol: &Protocol, laws: &LawRegister) -> Self {
        let mut known = Self::default();
        for (name, law) in &laws.names {
            known.add(name);
            known.add(law);
        }
        known.add(&area.name.text);
        area.documents
            .values()
            .for_each(|document| known.add(&document.title.text));
        for entry in &area.abbreviations {
            known.add(&entry.explanation.text);
        }
        known.add(&skabelon.document_type.text);
        known.add(&protocol.institution.name.text);
        if let Some(title) = &protocol.title {
            known.add(&title.text);
        }
        protocol.visit(&mut |section| {
            for term in &section.blocks.terms {
                known.add(&term.word.text);
                term.aliases.iter().for_each(|alias| known.add(&alias.text));
            }
        });
        known
    }

    fn add(&mut self, text: &str) {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        for word in words.filter(|word| is_long_text(word)) {
            self.heads.extend(head(word).map(|head| (head, ())));
            self.words.insert(word.to_lowercase(), ());
        }
    }

    /// Whether a word, in whatever form, is one of them.
    pub fn has(&self, word: &str) -> bool {
        // A word that is shouted takes the long way.
        let may_be_law =
            word.ends_with(char::is_uppercase) || LAWS.iter().any(|law| word.ends_with(law));
        if !may_be_law && head(word).is_none_or(|head| !self.heads.contains_key(&head)) {
            return false;
        }
        let word = word.to_lowercase();
        LAWS.iter().any(|law| word.ends_with(law))
            || ENDINGS.iter().any(|ending| {
                word.strip_suffix(ending).is_some_and(|stem| {
                    self.words.contains_key(stem)
                        || (ending.starts_with('e') && self.has_doubled(stem))
                })
            })
    }

    /// "protokollen" is "protokol" with its last letter doubled before the ending.
    fn has_doubled(&self, stem: &str) -> bool {
        let mut letters = stem.chars().rev();
        match (letters.next(), letters.next()) {
            (Some(last), Some(before)) if last == before => self
                .words
                .contains_key(&stem[..stem.len() - last.len_utf8()]),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_word_is_known_in_every_form_and_other_words_are_not() {
        let mut known = Known::default();
        known.add("Rusmiddelprotokol for voksne");
        known.add("Forandringssamtale");
        for word in [
            "rusmiddelprotokol",
            "Rusmiddelprotokollen",
            "rusmiddelprotokollernes",
            "forandringssamtaler",
            "Sundhedsloven",
            "udlændingelovens",
            "SUNDHEDSLOVEN",
        ] {
            assert!(known.has(word), "{word}");
        }
        for word in [
            "voksne",
            "rusmiddelindsats",
            "forandringer",
            "dokumentation",
        ] {
            assert!(!known.has(word), "{word}");
        }
    }
}
