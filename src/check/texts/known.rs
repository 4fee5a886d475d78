//! The long words that every reader of a protocol knows, or finds explained in it: names of laws, titles of
//! documents, and what the word list explains. They are no reason to call a text hard (RP301).
//!
//! Whether a word is *right* is not asked here.

use super::language::{Language, Word, WordMap, is_long_text};
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
    /// A bit for the beginning of each: most words are told apart by it, and nothing is allocated for those.
    heads: Heads,
}

/// What is known of the long words of one protocol's texts: each form is asked about once.
#[derive(Debug)]
pub struct KnownWords {
    known: Known,
    /// For each of [`Language::forms`].
    forms: Vec<bool>,
}

impl KnownWords {
    /// What is known of these texts.
    pub fn of(known: Known, language: &Language<'_>) -> Self {
        let forms = language.forms.iter();
        Self {
            forms: forms
                .map(|form| known.has(&language.text[form.first.clone()]))
                .collect(),
            known,
        }
    }

    /// Whether a long word of the texts is known.
    pub fn has(&self, language: &Language<'_>, word: &Word) -> bool {
        match word.form {
            Some(form) => self.forms[form.index()],
            None => self.known.has(language.word(word)),
        }
    }
}

/// How many bytes at the beginning are compared first. A long word has more.
const HEAD: usize = 4;
/// How many bits there are to tell beginnings apart by; a power of two.
const BITS: usize = 4096;

#[derive(Debug)]
struct Heads([u64; BITS / 64]);

impl Default for Heads {
    fn default() -> Self {
        Self([0; BITS / 64])
    }
}

impl Heads {
    /// The bit of a word's beginning, the same for small letters and capitals: those of a letter differ in one
    /// bit of its last byte, in ASCII and in the Danish ones alike.
    fn bit(word: &str) -> Option<usize> {
        let head: [u8; HEAD] = word.as_bytes().get(..HEAD)?.try_into().ok()?;
        let small = u32::from_le_bytes(head) | 0x2020_2020;
        // Any odd number with bits all over it will do.
        let mixed = small.wrapping_mul(0x9E37_79B1);
        Some(mixed as usize >> (u32::BITS - BITS.ilog2()))
    }

    fn add(&mut self, word: &str) {
        if let Some(bit) = Self::bit(word) {
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    fn may_have(&self, word: &str) -> bool {
        // Letters of other alphabets have their capitals elsewhere.
        let is_foreign = word.bytes().take(HEAD).any(|byte| byte >= 0xC4);
        is_foreign || Self::bit(word).is_some_and(|bit| self.0[bit / 64] >> (bit % 64) & 1 == 1)
    }
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
            let word = word.to_lowercase();
            self.heads.add(&word);
            self.words.insert(word, ());
        }
    }

    /// Whether a word, in whatever form, is one of them.
    fn has(&self, word: &str) -> bool {
        // A word that is shouted takes the long way.
        let is_small = word.as_bytes().last().is_some_and(u8::is_ascii_lowercase);
        let is_shouted = !is_small && word.ends_with(char::is_uppercase);
        let may_be_law = is_shouted || is_law(word);
        if !may_be_law && !self.heads.may_have(word) {
            return false;
        }
        let word = word.to_lowercase();
        is_law(&word)
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

/// Whether a word in small letters is the name of a law by its ending.
fn is_law(word: &str) -> bool {
    // Most words are told from them by four letters.
    let may_be = matches!(
        word.as_bytes(),
        [.., b'o', b'v', b'e', b'n']
            | [.., b'v', b'e', b'n', b's']
            | [.., b'n', b'i', b'n', b'g']
            | [.., b'n', b'g', b'e', b'n']
            | [.., b'l', b's', b'e', b'n']
            | [.., b's', b'e', b'n', b's']
    );
    may_be && LAWS.iter().any(|law| word.ends_with(law))
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
