//! Whether a text repeats another: letter by letter, or nearly, word by word.
//!
//! Signs, case and white space make no difference. Looking is cheap where nothing is repeated, and takes
//! time in proportion to the two texts where something is.

use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

use crate::model::{Inline, InlineKind};

/// Shorter texts are no more than a turn of phrase.
const FEWEST_WORDS: usize = 6;
/// Shorter texts are repeated word for word or not at all: one changed word may make another statement.
const FEWEST_WORDS_TO_DEVIATE: usize = 12;
/// The share of the original's word triples that a repetition has at least; ordinary texts about the same
/// matter share hardly any.
const FEWEST_TRIPLES: f64 = 0.4;
/// The share of words that original and repetition have in common at least.
const LEAST_ALIKE: f64 = 0.75;
/// Bits to tell most triples apart by; a power of two.
const BITS: usize = 2048;
/// How many words beside the triples found are looked at, so that a changed first or last word is seen.
const MARGIN: usize = 2;

/// The letters and digits of a text in lower case: what two texts are compared by.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// Whether two texts have the same letters.
pub fn is_same(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

/// A text's first letters as one number: where these differ, so do the texts.
pub fn beginning(text: &str) -> u64 {
    as_number(text.chars())
}

/// The same of its last letters.
pub fn ending(text: &str) -> u64 {
    as_number(text.chars().rev())
}

/// The first six letters, ten bits each.
fn as_number(chars: impl Iterator<Item = char>) -> u64 {
    let letters = chars.filter_map(small_letter).take(6);
    letters.fold(0, |number, letter| {
        (number << 10) | (u64::from(u32::from(letter)) & 0x3FF)
    })
}

/// A letter in lower case, only its first where it has several, or a digit; no other sign.
#[inline]
fn small_letter(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' | 'æ' | 'ø' | 'å' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\0'..='\x7F' => None,
        _ if c.is_alphanumeric() => c.to_lowercase().next(),
        _ => None,
    }
}

/// The first and last letters of a run, if it begins and ends with text.
pub fn ends(run: &[Inline]) -> Option<(u64, u64)> {
    Some((
        beginning(surface(run.first()?)?),
        ending(surface(run.last()?)?),
    ))
}

/// The letters that an inline begins with, in emphasis or not.
pub fn surface(inline: &Inline) -> Option<&str> {
    match &inline.kind {
        InlineKind::Text(text) => Some(text),
        InlineKind::Emph(content) | InlineKind::Strong(content) => surface(content.first()?),
        _ => None,
    }
}

/// The first letters of some texts in a row as one number, at most so many; of two that begin with the same letters it is
/// the same.
pub fn first_letters<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> u64 {
    mark(texts.map(str::chars), most)
}

/// The same of the last letters, the last text first.
pub fn last_letters<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> u64 {
    mark(texts.map(|text| text.chars().rev()), most)
}

fn mark(texts: impl Iterator<Item = impl Iterator<Item = char>>, most: usize) -> u64 {
    let (mut key, mut letters) = (EMPTY_KEY, 0);
    for text in texts {
        for letter in text.filter_map(small_letter) {
            key = mix(key, letter);
            letters += 1;
            if letters == most {
                return key;
            }
        }
    }
    key
}

/// A text as words to compare.
#[derive(Debug)]
pub struct Words<'t> {
    words: Vec<&'t str>,
    keys: Vec<u64>,
}

impl<'t> Words<'t> {
    /// The words of a text; signs alone are none.
    pub fn of(text: &'t str) -> Self {
        // Danish words have six letters and a blank on the average of running text.
        let expected = text.len() / 6;
        let mut words = Self {
            words: Vec::with_capacity(expected),
            keys: Vec::with_capacity(expected),
        };
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        let mut key = EMPTY_KEY;
        while let Some(&byte) = bytes.get(at) {
            match SMALL[usize::from(byte)] {
                SIGN => at += 1,
                SPACE => {
                    words.add(&text[start..at], key);
                    at += 1;
                    start = at;
                    key = EMPTY_KEY;
                }
                NO_ASCII => {
                    let c = text[at..].chars().next().expect("a letter begins here");
                    let end = at + c.len_utf8();
                    if c.is_whitespace() {
                        words.add(&text[start..at], key);
                        start = end;
                        key = EMPTY_KEY;
                    } else {
                        key = mixed(key, c);
                    }
                    at = end;
                }
                small => {
                    key = mix_number(key, u64::from(small));
                    at += 1;
                }
            }
        }
        words.add(&text[start..], key);
        words
    }

    fn add(&mut self, word: &'t str, key: u64) {
        if key != EMPTY_KEY {
            self.words.push(word);
            self.keys.push(key);
        }
    }

    /// A number for each word; the same for the same letters.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    fn joined(&self, range: Range<usize>) -> String {
        let joined = self.words[range].join(" ");
        joined
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
    }
}

/// What is no letter, digit or white space of ASCII.
const SIGN: u8 = 0;
const SPACE: u8 = 1;
const NO_ASCII: u8 = 2;
/// For each byte one of those, or the letter in lower case.
static SMALL: [u8; 256] = {
    let mut small = [NO_ASCII; 256];
    let mut byte = 0;
    while byte < 0x80 {
        small[byte as usize] = match byte {
            b' ' | b'\t'..=b'\r' => SPACE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => byte.to_ascii_lowercase(),
            _ => SIGN,
        };
        byte += 1;
    }
    small
};

/// The key of a word without letters, and what keys are multiplied by: those of the hash FNV-1a for 64
/// bits. Different words share a key by the rarest of chances alone.
const EMPTY_KEY: u64 = 0xCBF2_9CE4_8422_2325;
const FACTOR: u64 = 0x0000_0100_0000_01B3;

fn mix(key: u64, letter: char) -> u64 {
    mix_number(key, u64::from(letter))
}

/// The key with a sign that is no ASCII; as it was if that is no letter.
fn mixed(key: u64, c: char) -> u64 {
    match c {
        'æ' | 'ø' | 'å' => mix(key, c),
        c if c.is_alphanumeric() => c.to_lowercase().fold(key, mix),
        _ => key,
    }
}

const fn mix_number(key: u64, number: u64) -> u64 {
    (key ^ number).wrapping_mul(FACTOR)
}

/// A text that others may repeat.
#[derive(Debug)]
pub struct Original<'t> {
    words: Words<'t>,
    /// Every three words in a row, as one number, with where they stand; sorted.
    triples: Vec<(u64, usize)>,
    /// A bit for each triple there is: most triples of other texts are told by it alone.
    bits: [u64; BITS / 64],
}

/// Words of the original and what the repetition has in their place; either may be empty.
#[derive(Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The original's words.
    pub old: String,
    /// The repetition's words.
    pub new: String,
}

impl Deviation {
    /// The original's words with a minus, the repetition's with a plus.
    pub fn shown(&self) -> String {
        match (self.old.as_str(), self.new.as_str()) {
            ("", new) => format!("»+{new}«"),
            (old, "") => format!("»−{old}«"),
            (old, new) => format!("»−{old}« »+{new}«"),
        }
    }
}

impl<'t> Original<'t> {
    /// A text that others may repeat; `None` for one too short to tell.
    pub fn new(text: &'t str) -> Option<Self> {
        let words = Words::of(text);
        if words.keys.len() < FEWEST_WORDS {
            return None;
        }
        let places = triples(&words.keys).enumerate();
        let mut triples: Vec<_> = places.map(|(at, triple)| (triple, at)).collect();
        triples.sort_unstable();
        let mut bits = [0; BITS / 64];
        for (triple, _) in &triples {
            let bit = bit(*triple);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Some(Self {
            words,
            triples,
            bits,
        })
    }

    /// The deviations of a stretch of `typed` that repeats this text; none at all where it is the same
    /// word for word. `None` where nothing is repeated.
    pub fn repeated_in(&self, typed: &Words<'_>) -> Option<Vec<Deviation>> {
        let stretch = self.stretch(&typed.keys)?;
        let new = &typed.keys[stretch.clone()];
        let ops = operations(&self.words.keys, new);
        let ops = without_own_words(&ops);
        let same: usize = ops.iter().map(equal).sum();
        let compared: usize = ops.iter().map(|op| op.new_range().len()).sum();
        let alike = share(2 * same, self.words.keys.len() + compared);
        if alike < LEAST_ALIKE {
            return None;
        }
        let deviates = ops.iter().any(|op| equal(op) == 0);
        if deviates && self.words.keys.len() < FEWEST_WORDS_TO_DEVIATE {
            return None;
        }
        let deviations = ops.iter().filter(|op| equal(op) == 0).map(|op| {
            let new = op.new_range();
            Deviation {
                old: self.words.joined(op.old_range()),
                new: typed.joined(stretch.start + new.start..stretch.start + new.end),
            }
        });
        Some(deviations.collect())
    }

    /// Where in the original three words stand.
    fn place(&self, triple: u64) -> Option<usize> {
        let bit = bit(triple);
        if self.bits[bit / 64] & (1 << (bit % 64)) == 0 {
            return None;
        }
        let at = self.triples.partition_point(|(other, _)| *other < triple);
        let (other, place) = self.triples.get(at)?;
        (*other == triple).then_some(*place)
    }

    /// The words among which a repetition would stand: where most triples are the original's, and as many
    /// words around them as the original has there.
    fn stretch(&self, typed: &[u64]) -> Option<Range<usize>> {
        let mut best = (0, 0..0);
        let (mut score, mut start) = (0_usize, 0);
        for (at, triple) in triples(typed).enumerate() {
            if score == 0 {
                start = at;
            }
            if self.place(triple).is_some() {
                score += 2;
                if score > best.0 {
                    best = (score, start..at + 3);
                }
            } else {
                score = score.saturating_sub(1);
            }
        }
        let (_, words) = best;
        let places = || triples(&typed[words.clone()]).filter_map(|triple| self.place(triple));
        if share(places().count(), self.triples.len()) < FEWEST_TRIPLES {
            return None;
        }
        let length = self.words.keys.len();
        let before = places().next()? + MARGIN;
        let after = length.saturating_sub(places().last()? + 3) + MARGIN;
        let start = words.start.saturating_sub(before);
        let end = (words.end + after).min(typed.len());
        Some(start..end.min(start + 2 * length + MARGIN))
    }
}

/// Every three keys in a row, as one number.
fn triples(keys: &[u64]) -> impl Iterator<Item = u64> {
    let triples = keys.windows(3);
    triples.map(|keys| {
        keys.iter()
            .fold(EMPTY_KEY, |all, key| mix_number(all, *key))
    })
}

/// Which of the bits a triple has. FNV mixes best into the high ones.
const fn bit(triple: u64) -> usize {
    (triple >> (u64::BITS - BITS.trailing_zeros())) as usize
}

/// How alike two texts are as wholes, from 0 to 1 by the share of words in common, and where they deviate.
pub fn compare(old: &Words<'_>, new: &Words<'_>) -> (f64, Vec<Deviation>) {
    let ops = operations(&old.keys, &new.keys);
    let same: usize = ops.iter().map(equal).sum();
    let alike = share(2 * same, old.keys.len() + new.keys.len());
    let deviations = ops.iter().filter(|op| equal(op) == 0);
    let deviations = deviations.map(|op| Deviation {
        old: old.joined(op.old_range()),
        new: new.joined(op.new_range()),
    });
    (alike, deviations.collect())
}

/// What makes one row of words the other. The algorithm is named, so that none of its peers is compiled.
fn operations(old: &[u64], new: &[u64]) -> Vec<DiffOp> {
    let mut hook = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut hook, old, 0..old.len(), new, 0..new.len());
    hook.into_inner().into_inner().into_ops()
}

/// The operations without words the author added before and after.
fn without_own_words(ops: &[DiffOp]) -> &[DiffOp] {
    let is_own = |op: Option<&DiffOp>| matches!(op, Some(DiffOp::Insert { .. }));
    let mut ops = ops;
    while is_own(ops.first()) {
        ops = &ops[1..];
    }
    while is_own(ops.last()) {
        ops = &ops[..ops.len() - 1];
    }
    ops
}

fn equal(op: &DiffOp) -> usize {
    match op {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    }
}

fn share(part: usize, whole: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of words are far below 2^52"
    )]
    let share = part as f64 / whole as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &str = "Husmødet vælger hvert forår to borgere og én medarbejder, som passer haven. \
                          De tre får en nøgle til skuret.";

    fn deviations(typed: &str) -> Option<Vec<(String, String)>> {
        let original = Original::new(COMMON).expect("long enough");
        let found = original.repeated_in(&Words::of(typed))?;
        Some(found.into_iter().map(|one| (one.old, one.new)).collect())
    }

    #[test]
    fn a_copy_has_no_deviations_also_among_other_words() {
        assert_eq!(deviations(COMMON), Some(vec![]));
        let among = format!("Hos os er det sådan: {COMMON} Nøglen hænger i gangen.");
        assert_eq!(deviations(&among), Some(vec![]));
        assert_eq!(
            deviations(&COMMON.to_uppercase().replace(',', " ")),
            Some(vec![])
        );
    }

    #[test]
    fn a_near_copy_says_which_words_deviate() {
        let typed = COMMON
            .replace("to borgere", "tre beboere")
            .replace("hvert ", "");
        let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
        assert_eq!(
            deviations(&typed),
            Some(vec![pair("hvert", ""), pair("to borgere", "tre beboere")])
        );
    }

    #[test]
    fn other_words_about_the_same_matter_are_no_copy() {
        let own = "Haven passes af to borgere og en medarbejder. Husmødet vælger dem om foråret, og de \
                   har selv en nøgle til skuret, så de kan hente redskaber.";
        assert_eq!(deviations(own), None);
        assert_eq!(deviations(""), None);
    }

    #[test]
    fn a_short_text_with_another_word_is_another_statement() {
        let original = Original::new("Notatet drøftes én gang om året i Mini-MED").expect("long");
        let repeated = |typed| original.repeated_in(&Words::of(typed));
        assert_eq!(
            repeated("Husordenen drøftes én gang om året i Mini-MED"),
            None
        );
        assert_eq!(
            repeated("Notatet drøftes én gang om året i Mini-MED."),
            Some(vec![])
        );
    }

    #[test]
    fn short_texts_are_never_originals() {
        assert!(Original::new("Vi følger husets regler.").is_none());
    }

    #[test]
    fn the_same_letters_are_the_same_text() {
        assert!(is_same("Beskriv  jeres aftaler.", "beskriv jeres AFTALER"));
        assert!(!is_same("Beskriv aftaler", "Beskriv aftalen"));
        assert_ne!(beginning("Beskriv"), beginning("Fortæl"));
    }
}
