//! RP306 `naesten-samme-ord`: two long words one letter apart, the rare beside the common.
//!
//! No dictionary: a word that is written often is taken to be right. Two words are one letter apart when a
//! letter is added, left out, exchanged, or has changed places with the next one. Each word is entered
//! under itself and under what is left when one of its letters is taken out; words that share an entry are
//! compared letter by letter. That is some ten entries a word and one sort, so the time is n log n in the
//! number of *different* long words of the area, which grows far slower than the number of protocols.

use crate::check::across::{AreaFinding, CommonWords, Digest, Spot};
use crate::check::texts::language::WordMap;
use crate::check::texts::owned::{OwnedWord, of_area};
use crate::diag::Code;
use crate::model::Area;
use crate::text::Span;

/// A word is common beside a rare one from so many uses on …
const COMMON: u32 = 3;
/// … and when it is used so many times as often. Measured on 1,500 different long words of real texts:
/// with 3 and 2 every slip found by reading was found; with 2 and 2 the first pair of two right words came
/// (kontrakten, kontakten).
const RATIO: u32 = 2;
/// Letters at the beginning that must be alike: prefixes make words of their own (indtage, undtage).
const HEAD: usize = 2;
/// Letters at the end in which a difference is an inflection (borgeren, borgerne).
const TAIL: usize = 4;
/// The same of a name, which has no inflection but an s.
const NAME_TAIL: usize = 2;

pub(in crate::check) fn check(area: &Area, digests: &[&Digest], findings: &mut Vec<AreaFinding>) {
    let owned = owned_words(area, digests);
    let words = merged(digests, &owned);
    let common = common_neighbours(&words);
    for (word, neighbour) in words.iter().zip(common) {
        if let Some(index) = neighbour
            && !is_listed(area, word.text)
        {
            findings.push(finding(word, &words[index]));
        }
    }
}

/// A word of the area.
struct AreaWord<'d> {
    text: &'d str,
    count: u32,
    capital: bool,
    slug: &'d str,
    path: &'d str,
    span: Span,
    /// Whether the area owns it, and then whether it is a name's; nobody need have used such a word.
    owned: Option<bool>,
}

/// The words that the area owns, each once.
fn owned_words(area: &Area, digests: &[&Digest]) -> Vec<OwnedWord> {
    let mut skabeloner: Vec<&CommonWords> = Vec::new();
    for digest in digests {
        let common = &digest.common;
        if !common.words().is_empty() && !skabeloner.iter().any(|other| other.are(common)) {
            skabeloner.push(common);
        }
    }
    let of_skabeloner = skabeloner.into_iter().flat_map(CommonWords::words);
    let of_protocols = digests.iter().flat_map(|digest| &digest.owned);
    let words = of_protocols.chain(of_skabeloner).cloned();
    let mut owned: Vec<OwnedWord> = words.chain(of_area(area)).collect();
    owned.sort();
    // A word that is both is an ordinary one.
    owned.dedup_by(|later, earlier| later.text == earlier.text);
    owned
}

/// Every different word of the area with all its uses, in the order they are first used; then those that it owns and
/// nobody uses.
fn merged<'d>(digests: &[&'d Digest], owned: &'d [OwnedWord]) -> Vec<AreaWord<'d>> {
    let mut words: Vec<AreaWord<'d>> = Vec::new();
    let mut by_text: WordMap<&str, usize> = WordMap::default();
    for digest in digests {
        for known in digest.vocabulary.words() {
            if let Some(&index) = by_text.get(known.word) {
                let word = &mut words[index];
                word.count = word.count.saturating_add(known.count);
                word.capital &= known.capital;
                continue;
            }
            by_text.insert(known.word, words.len());
            words.push(AreaWord {
                text: known.word,
                count: known.count,
                capital: known.capital,
                slug: &digest.slug,
                path: known.path,
                span: known.span,
                owned: None,
            });
        }
    }
    for OwnedWord { text, is_name } in owned {
        if let Some(&index) = by_text.get(text.as_str()) {
            words[index].owned = Some(*is_name);
            continue;
        }
        words.push(AreaWord {
            text,
            count: 0,
            capital: *is_name,
            slug: "",
            path: "",
            span: Span::default(),
            owned: Some(*is_name),
        });
    }
    words
}

/// For each word the most common one that is a letter away and common beside it.
fn common_neighbours(words: &[AreaWord<'_>]) -> Vec<Option<usize>> {
    let mut common: Vec<Option<usize>> = vec![None; words.len()];
    let entries = entries(words);
    for alike in entries.chunk_by(|a, b| a.0 == b.0) {
        for (position, &(_, one)) in alike.iter().enumerate() {
            for &(_, other) in &alike[position + 1..] {
                if let Some((rare, right)) = beside_owned(words, one, other) {
                    common[rare] = Some(right);
                    continue;
                }
                if words[one].owned.is_some() || words[other].owned.is_some() {
                    continue;
                }
                let (rare, frequent) = if words[one].count <= words[other].count {
                    (one, other)
                } else {
                    (other, one)
                };
                let better = common[rare].is_none_or(|best| {
                    words[best].owned.is_none() && words[frequent].count > words[best].count
                });
                if better
                    && is_common_beside(words[frequent].count, words[rare].count)
                    && is_slip(words[rare].text, words[frequent].text)
                {
                    common[rare] = Some(frequent);
                }
            }
        }
    }
    common
}

/// A word and the one that the area owns in its place, where one of two is owned.
fn beside_owned(words: &[AreaWord<'_>], one: usize, other: usize) -> Option<(usize, usize)> {
    let (rare, right) = match (words[one].owned, words[other].owned) {
        (Some(_), None) => (other, one),
        (None, Some(_)) => (one, other),
        _ => return None,
    };
    let (word, owned) = (&words[rare], &words[right]);
    let is_one = if owned.owned == Some(true) {
        // A name has a capital wherever it is meant, and its joint is as it is.
        word.capital && differs_by_a_letter(word.text, owned.text, true, NAME_TAIL)
    } else {
        is_slip(word.text, owned.text)
    };
    is_one.then_some((rare, right))
}

fn is_common_beside(frequent: u32, rare: u32) -> bool {
    frequent >= COMMON && frequent >= rare.saturating_mul(RATIO)
}

/// The entries of all words, those that are alike beside each other.
fn entries(words: &[AreaWord<'_>]) -> Vec<(u64, usize)> {
    let mut entries = Vec::with_capacity(words.len() * 10);
    let mut hashes = Hashes::default();
    for (index, word) in words.iter().enumerate() {
        let text = word.text;
        hashes.read(text);
        entries.push((hashes.without(0..0), index));
        let letters = text.char_indices().map(|(at, c)| at..at + c.len_utf8());
        let count = text.chars().count();
        // Only what always has a capital can be meant for a name.
        let tail = if word.capital { NAME_TAIL } else { TAIL };
        for letter in letters.take(count - tail + 1).skip(HEAD) {
            entries.push((hashes.without(letter), index));
        }
    }
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// Hashes of a word's beginnings, from which that of the word without one letter follows at once.
#[derive(Default)]
struct Hashes {
    heads: Vec<u64>,
    powers: Vec<u64>,
}

impl Hashes {
    /// An odd number without a pattern.
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

    fn read(&mut self, word: &str) {
        self.heads.clear();
        self.heads.push(0);
        let mut head = 0u64;
        for byte in word.bytes() {
            head = head
                .wrapping_mul(Self::BASE)
                .wrapping_add(u64::from(byte) + 1);
            self.heads.push(head);
        }
        let mut power = self.powers.last().copied().unwrap_or(1);
        while self.powers.len() < self.heads.len() {
            if !self.powers.is_empty() {
                power = power.wrapping_mul(Self::BASE);
            }
            self.powers.push(power);
        }
    }

    /// The hash of the word without some bytes of it.
    fn without(&self, bytes: std::ops::Range<usize>) -> u64 {
        let end = self.heads.len() - 1;
        let power = self.powers[end - bytes.end];
        let tail = self.heads[end].wrapping_sub(self.heads[bytes.end].wrapping_mul(power));
        self.heads[bytes.start]
            .wrapping_mul(power)
            .wrapping_add(tail)
    }
}

/// Whether one word is the other with one letter wrong, and not another form of it.
fn is_slip(one: &str, other: &str) -> bool {
    differs_by_a_letter(one, other, false, TAIL)
}

/// The same; `joints` counts those of compounds as well, and a difference in the last `tail` letters is none.
fn differs_by_a_letter(one: &str, other: &str, joints: bool, tail: usize) -> bool {
    let (long, short) = if one.len() >= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let long: Vec<char> = long.chars().collect();
    let short: Vec<char> = short.chars().collect();
    let (long, short) = if long.len() >= short.len() {
        (long, short)
    } else {
        (short, long)
    };
    let head = long.iter().zip(&short).take_while(|(a, b)| a == b).count();
    if head < HEAD || long.len() - head <= tail {
        return false;
    }
    let tails = long.iter().rev().zip(short.iter().rev());
    let tail = tails
        .take(short.len() - head)
        .take_while(|(a, b)| a == b)
        .count();
    let differs = short.len() - head - tail;
    match long.len() - short.len() {
        0 if differs == 1 => !is_foreign_spelling(long[head], short[head]),
        0 if differs == 2 => long[head] == short[head + 1] && long[head + 1] == short[head],
        1 if differs == 0 => joints || !is_joint(&long, head),
        _ => false,
    }
}

/// Whether the letter at `at` may be an `s` or `e` that joins two words to one, which may be there or not
/// (rusmiddelbehandler, rusmiddelsbehandler): an inconsistency, but no slip.
fn is_joint(long: &[char], at: usize) -> bool {
    let doubled = long[at - 1] == long[at] || long.get(at + 1) == Some(&long[at]);
    matches!(long[at], 's' | 'e') && !doubled && at > HEAD
}

/// Whether the letters are those by which a Danish word differs from an English one (reduktion, reduction).
fn is_foreign_spelling(one: char, other: char) -> bool {
    matches!((one, other), ('k', 'c') | ('c', 'k'))
}

/// Whether the term list has the word already, so that RP303 reports it.
fn is_listed(area: &Area, word: &str) -> bool {
    area.terms
        .iter()
        .any(|(wrong, _)| wrong.value.to_lowercase().contains(word))
}

fn finding(rare: &AreaWord<'_>, common: &AreaWord<'_>) -> AreaFinding {
    let (shown, other) = (shown(rare), shown(common));
    if common.owned.is_some() {
        return AreaFinding {
            code: Code::NaestenSammeOrd,
            slug: rare.slug.to_owned(),
            spot: rare.spot(),
            message: format!(
                "»{shown}« er næsten det samme ord som »{other}«, som området selv bruger."
            ),
            help: format!(
                "Ordet står i et navn, på ordlisten eller i den fælles tekst. Er det »{other}«, du mener, så skriv \
                 det sådan. Er »{shown}« et andet ord, så lad det stå."
            ),
            related: None,
        };
    }
    AreaFinding {
        code: Code::NaestenSammeOrd,
        slug: rare.slug.to_owned(),
        spot: rare.spot(),
        message: format!(
            "»{shown}« er næsten det samme ord som »{other}«: {} mod {} i området.",
            times(rare.count),
            times(common.count)
        ),
        help: format!(
            "Er det en slåfejl, så skriv »{other}«. Er det »{other}«, der er forkert, så ret det. Er begge ord \
             rigtige, så lad dem stå."
        ),
        related: Some((common.spot(), format!("Her står »{other}« første gang."))),
    }
}

impl AreaWord<'_> {
    fn spot(&self) -> Spot {
        Spot {
            path: self.path.to_owned(),
            span: self.span,
        }
    }
}

/// The word as readers see it: with a capital where it is never without.
fn shown(word: &AreaWord<'_>) -> String {
    let mut chars = word.text.chars();
    match chars.next() {
        Some(first) if word.capital => first.to_uppercase().chain(chars).collect(),
        _ => word.text.to_owned(),
    }
}

fn times(count: u32) -> String {
    match count {
        1 => "1 gang".to_owned(),
        _ => format!("{count} gange"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_added_left_out_exchanged_or_out_of_place_is_a_slip() {
        for (one, other) in [
            ("kontakperson", "kontaktperson"),
            ("dobeltdiagnose", "dobbeltdiagnose"),
            ("speciaalsektoren", "specialsektoren"),
            ("sødisebakke", "sødissbakke"),
            ("retninsglinje", "retningslinje"),
            ("udfrakommende", "udefrakommende"),
        ] {
            assert!(is_slip(one, other) && is_slip(other, one), "{one} {other}");
        }
    }

    #[test]
    fn inflections_joints_prefixes_and_other_words_are_not() {
        for (one, other) in [
            ("medarbejderen", "medarbejderne"),
            ("behandlede", "behandlende"),
            ("personlige", "personligt"),
            ("handlinger", "handlingen"),
            ("rusmiddelbehandler", "rusmiddelsbehandler"),
            ("indtages", "undtages"),
            ("samtaler", "samtaler"),
            ("reduktionen", "reductionen"),
            ("rusmiddel", "rusmidler"),
            ("afdelingen", "afdelingens"),
        ] {
            assert!(
                !is_slip(one, other) && !is_slip(other, one),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn a_word_is_common_by_number_and_beside_the_other() {
        assert!(is_common_beside(3, 1));
        assert!(!is_common_beside(2, 1));
        assert!(is_common_beside(7, 3));
        assert!(!is_common_beside(5, 3));
    }

    #[test]
    fn the_hash_without_a_letter_is_that_of_the_shorter_word() {
        let mut hashes = Hashes::default();
        hashes.read("pårørende");
        let shorter = hashes.without(4..6);
        hashes.read("pårrende");
        assert_eq!(hashes.without(0..0), shorter);
    }
}
