//! Whether a text repeats another: letter by letter, or nearly, word by word.
//!
//! Signs, case and white space make no difference. Looking is cheap where nothing is repeated, and takes
//! time in proportion to the two texts where something is.

use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

use super::letters::{EMPTY, Letters, NO_ASCII, SIGN, SMALL, SPACE, danish_at};
use crate::model::{Inline, InlineKind};
use crate::text::small_letters_of;

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
    first_letters(std::iter::once(text), ENDS)
}

/// The same of its last letters.
pub fn ending(text: &str) -> u64 {
    last_letters(std::iter::once(text), ENDS)
}

/// The beginning of a run's letters, where the first of its texts has them all.
pub fn beginning_of(run: &[Inline]) -> Option<u64> {
    let mut letters = Letters::default();
    let count = letters.add_first(surface(run.first()?)?, ENDS);
    (count == ENDS).then(|| letters.number())
}

/// By so many letters texts are told apart that nobody has looked at yet.
const ENDS: usize = 6;

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
    let (mut letters, mut left) = (Letters::default(), most);
    for text in texts {
        left -= letters.add_first(text, left);
    }
    letters.number()
}

/// The same of the last letters, the last text first.
pub fn last_letters<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> u64 {
    let (mut letters, mut left) = (Letters::default(), most);
    for text in texts {
        left -= letters.add_last(text, left);
    }
    letters.number()
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
        let mut letters = Letters::default();
        while at < bytes.len() {
            // Most of most words.
            if let Some(eight) = bytes[at..].first_chunk() {
                let eight = u64::from_le_bytes(*eight);
                let small = small_letters_of(eight);
                letters.add(eight, small);
                at += small;
                if small == 8 {
                    continue;
                }
            }
            if let Some(letter) = danish_at(bytes, at) {
                letters.add(letter, 2);
                at += 2;
                continue;
            }
            match SMALL[usize::from(bytes[at])] {
                SIGN => at += 1,
                SPACE => {
                    words.add(&text[start..at], letters);
                    at += 1;
                    start = at;
                    letters = Letters::default();
                }
                NO_ASCII => {
                    let c = text[at..].chars().next().expect("a letter begins here");
                    let end = at + c.len_utf8();
                    if c.is_whitespace() {
                        words.add(&text[start..at], letters);
                        start = end;
                        letters = Letters::default();
                    } else {
                        let _sign = letters.add_lower(c);
                    }
                    at = end;
                }
                small => {
                    letters.add(u64::from(small), 1);
                    at += 1;
                }
            }
        }
        words.add(&text[start..], letters);
        words
    }

    fn add(&mut self, word: &'t str, letters: Letters) {
        if let Some(key) = letters.key() {
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

/// What numbers of words in a row are multiplied by: that of the hash FNV-1a for 64 bits.
const FACTOR: u64 = 0x0000_0100_0000_01B3;

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
    triples.map(|keys| keys.iter().fold(EMPTY, |all, key| mix_number(all, *key)))
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
    fn a_word_has_one_number_however_its_letters_are_written() {
        let word = "ældrebotilbuddets2rådgivere";
        let of = |text: &str| Words::of(text).keys().to_vec();
        let letters: Vec<char> = word.chars().collect();
        for length in 1..=letters.len() {
            let plain: String = letters[..length].iter().collect();
            let [key] = of(&plain)[..] else {
                panic!("{plain} is one word");
            };
            assert_eq!(of(&format!("»{}«, ", plain.to_uppercase())), [key]);
            for at in 0..length {
                let (before, after) = (&letters[..at], &letters[at..length]);
                let signs: String = before.iter().chain(&['-', '’']).chain(after).collect();
                assert_eq!(of(&format!("{signs} ja")), of(&format!("{plain} ja")));
                let without: String = before.iter().chain(&after[1..]).collect();
                assert!(!of(&without).contains(&key), "{without} {plain}");
                let other: String = before.iter().chain(&['x']).chain(&after[1..]).collect();
                assert_ne!(of(&other), [key], "{other} {plain}");
            }
        }
        assert_eq!(of(" – »« ... "), [0; 0]);
    }

    #[test]
    fn the_first_and_the_last_letters_are_the_same_whatever_stands_between_them_and_beyond() {
        let word = "gæsterneiældrebotilbud7";
        let letters: Vec<char> = word.chars().collect();
        let backwards: Vec<char> = letters.iter().rev().copied().collect();
        let one = |text: &'static str| std::iter::once(text);
        let ways: [&[&str]; 5] = [
            &[word],
            &["Gæsterne i ÆLDREbotilbud7"],
            &["*", "Gæs-terne", "", "i", "ældre’bo til", "»bud7«."],
            &["g-æ-s-t-e-r-n-e-i-æ-l-d-r-e-b-o-t-i-l-b-u-d-7"],
            &["gæsterneiældrebo", "tilbud7 –"],
        ];
        for most in 1..=letters.len() {
            let first = ways.map(|way| first_letters(way.iter().copied(), most));
            let last = ways.map(|way| last_letters(way.iter().rev().copied(), most));
            let changed = |at: usize, letters: &[char]| -> String {
                let mut other = letters.to_vec();
                other[at] = 'x';
                other.into_iter().collect()
            };
            assert_eq!(first, [first[0]; 5], "{most}");
            assert_eq!(last, [last[0]; 5], "{most}");
            for at in 0..letters.len() {
                let other = changed(at, &letters);
                let number = first_letters(std::iter::once(other.as_str()), most);
                assert_eq!(number != first[0], at < most, "{other} {most}");
                let other: String = changed(at, &backwards).chars().rev().collect();
                let number = last_letters(std::iter::once(other.as_str()), most);
                assert_eq!(number != last[0], at < most, "{other} {most}");
            }
        }
        assert_eq!(first_letters(one(""), 3), first_letters(one(" – "), 3));
    }

    #[test]
    fn many_words_have_each_a_number_of_their_own() {
        // Of sixteen letters, so that what differs lies in two eights; and shorter ones.
        let letters = "abcdefghij".chars();
        let pairs = letters
            .clone()
            .flat_map(|a| letters.clone().map(move |b| (a, b)));
        let mut words: Vec<String> = Vec::new();
        for (a, b) in pairs {
            for at in 0..8 {
                let mut word = ['k'; 16];
                (word[at], word[at + 8]) = (a, b);
                words.push(word.iter().collect());
            }
            words.push(format!("{a}{b}"));
        }
        let text = words.join(" ");
        let mut keys = Words::of(&text).keys().to_vec();
        assert_eq!(keys.len(), words.len());
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), words.len());
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
