//! Words taken out of a text and put into it.
//!
//! Quotation marks, spaces and composed letters are never a change ([`canonical`]). A reference that leads
//! where it did is none either, whatever number it shows now. A personal number is hidden before anything is
//! compared, as in every report.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::align::align;
use crate::check::masked;
use crate::document::{AutoRef, UnitField, canonical};

/// A text with the references in it whose words were made from their targets. For both sides a target is
/// called what it is called now (`targets`).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'t> {
    text: &'t str,
    refs: &'t [AutoRef],
}

/// A run of words in a text that changed. The pieces that are not inserted make the former text, those that
/// are not struck the present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What became of it.
    #[serde(rename = "type")]
    pub kind: PieceKind,
    /// The words, with single spaces and none at either end.
    pub text: String,
    /// Whether it follows what is before it without a space.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub glued: bool,
}

/// What became of a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// It stands as it did.
    Same,
    /// It was taken out.
    Struck,
    /// It was put in.
    Inserted,
}

/// A word, a sign before or after one, or the words of a reference.
#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    text: &'t str,
    glued: bool,
    key: u64,
}

/// Stands for the words of a reference: a sign that nobody writes.
const REFERENCE: char = '\u{1A}';
/// Fewer than one letter in so many in common, and the text is a new one.
const LITTLE_IN_COMMON: usize = 4;
/// What stands between two changes is part of them if it has no more words than this and is shorter.
const LONELY_WORDS: usize = 2;

/// The words of a text that is new.
pub(super) fn inserted(text: &str) -> Vec<Piece> {
    whole(PieceKind::Inserted, text).into_iter().collect()
}

/// The words of a text that is gone.
pub(super) fn struck(text: &str) -> Vec<Piece> {
    whole(PieceKind::Struck, text).into_iter().collect()
}

/// The words of a text that stands as it did.
pub(super) fn standing(text: &str) -> Vec<Piece> {
    whole(PieceKind::Same, text).into_iter().collect()
}

/// A text that became another; `None` where they say the same.
pub(super) fn compare<'t>(
    former: impl Into<Said<'t>>,
    present: impl Into<Said<'t>>,
) -> Option<Vec<Piece>> {
    let (former, present) = (former.into(), present.into());
    if former.says_the_same(present) {
        return None;
    }
    let replaced = || [struck(former.text), inserted(present.text)].concat();
    let (before, after) = (masked(former.text), masked(present.text));
    let (before, after) = (former.segments(&before), present.segments(&after));
    let length =
        |segments: &[Segment<'_>]| segments.iter().map(|one| one.text.len()).sum::<usize>();
    let longest = length(&before).max(length(&after));
    let (a, b) = (tokens(&before), tokens(&after));
    let runs = tidied(runs(&a, &b));
    let letters = |run: &Run<'_>| run.same.iter().map(|token| token.text.len()).sum::<usize>();
    let in_common: usize = runs.iter().map(letters).sum();
    if in_common * LITTLE_IN_COMMON < longest {
        return Some(replaced());
    }
    let mut pieces = Vec::new();
    for run in &runs {
        pieces.extend(piece(PieceKind::Struck, &run.struck));
        pieces.extend(piece(PieceKind::Inserted, &run.inserted));
        pieces.extend(piece(PieceKind::Same, &run.same));
    }
    // Two personal numbers look alike when they are hidden, and still one took the other's place.
    let shows = pieces.iter().any(|piece| piece.kind != PieceKind::Same);
    Some(if shows { pieces } else { replaced() })
}

/// The words of a text as keys, in order of their keys: a measure of what it is about.
pub(super) fn bag<'t>(text: impl Into<Said<'t>>, into: &mut Vec<u64>) {
    let said = text.into();
    let segments = said.segments(said.text);
    let words = tokens(&segments).into_iter();
    let words = words.filter(|token| token.text.contains(char::is_alphanumeric));
    into.extend(words.map(|token| token.key));
}

/// How much two bags, each in order, have in common: 0 to 1,000.
pub(super) fn likeness(a: &[u64], b: &[u64]) -> usize {
    if a.is_empty() && b.is_empty() {
        return 1_000;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2_000 * shared / (a.len() + b.len())
}

/// A key for a value: equal values have equal keys, and different ones different keys but for a chance in 2^64.
pub(super) fn key(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The text with composed letters, and without personal numbers.
fn readable(text: &str) -> String {
    masked(text).nfc().collect()
}

/// A piece of a text: the words of a reference, or what stands between two.
struct Segment<'t> {
    /// With composed letters.
    text: String,
    /// What the reference leads to.
    target: Option<&'t str>,
}

impl<'t> Said<'t> {
    /// The pieces of the text, or of `shown`: the same text with some digits hidden, so that every byte
    /// stands where it did.
    fn segments(self, shown: &str) -> Vec<Segment<'t>> {
        let mut segments = Vec::with_capacity(2 * self.refs.len() + 1);
        let mut add = |range: Range<usize>, target| {
            let text: String = shown[range].nfc().collect();
            segments.push(Segment { text, target });
        };
        let mut from = 0;
        for one in self.refs {
            add(from..one.range.start, None);
            add(one.range.clone(), Some(&*one.target));
            from = one.range.end;
        }
        add(from..shown.len(), None);
        segments
    }

    /// What the text says, for comparing: where its references lead, and not the words they show.
    pub(super) fn meaning(self) -> (String, Vec<&'t str>) {
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for one in self.refs {
            text.push_str(&self.text[from..one.range.start]);
            text.push(REFERENCE);
            from = one.range.end;
        }
        text.push_str(&self.text[from..]);
        let targets = self.refs.iter().map(|one| &*one.target);
        (canonical(&text), targets.collect())
    }

    /// Whether two texts say the same. An author who typed the number that a reference shows, or put a
    /// reference where the number was typed, changed nothing that is read.
    fn says_the_same(self, other: Self) -> bool {
        if self.refs.is_empty() && other.refs.is_empty() {
            return self.text == other.text || canonical(self.text) == canonical(other.text);
        }
        if self.meaning() == other.meaning() {
            return true;
        }
        let (places, others) = (self.places(), other.places());
        let leads_elsewhere = |(place, target): (&usize, &&str)| {
            others.get(place).is_some_and(|other| other != target)
        };
        canonical(self.text) == canonical(other.text) && !places.iter().any(leads_elsewhere)
    }

    /// The targets of references by how many letters stand before them.
    fn places(self) -> BTreeMap<usize, &'t str> {
        let mut places = BTreeMap::new();
        let (mut letters, mut from) = (0, 0);
        for one in self.refs {
            let between = canonical(&self.text[from..one.range.start]);
            letters += between.chars().filter(|c| *c != ' ').count();
            places.insert(letters, &*one.target);
            from = one.range.start;
        }
        places
    }
}

impl<'t> From<&'t str> for Said<'t> {
    fn from(text: &'t str) -> Self {
        let refs = &[];
        Self { text, refs }
    }
}

impl<'t> From<&'t String> for Said<'t> {
    fn from(text: &'t String) -> Self {
        text.as_str().into()
    }
}

impl<'t> From<&'t UnitField> for Said<'t> {
    fn from(UnitField { text, refs, .. }: &'t UnitField) -> Self {
        Self { text, refs }
    }
}

fn whole(kind: PieceKind, text: &str) -> Option<Piece> {
    let text = readable(text).trim().to_owned();
    let glued = false;
    (!text.is_empty()).then_some(Piece { kind, text, glued })
}

fn tokens<'s>(segments: &'s [Segment<'_>]) -> Vec<Token<'s>> {
    let mut tokens = Vec::new();
    // Whether what comes follows a letter or sign without a space.
    let mut glued = false;
    for segment in segments {
        let text = &*segment.text;
        if let Some(target) = segment.target {
            let key = key(&(glued, "reference", target));
            tokens.push(Token { text, glued, key });
            glued = true;
        } else if !text.is_empty() {
            words(text, glued, &mut tokens);
            glued = !text.ends_with(char::is_whitespace);
        }
    }
    tokens
}

/// Adds the words of a text; `glued` is whether it follows what is before it without a space.
fn words<'t>(text: &'t str, glued: bool, tokens: &mut Vec<Token<'t>>) {
    let follows = glued && !text.starts_with(char::is_whitespace);
    for (index, chunk) in text.split_whitespace().enumerate() {
        let mut glued = follows && index == 0;
        let is_sign = |c: char| !c.is_alphanumeric() && !matches!(c, '[' | ']' | '§' | '%' | '~');
        let core = chunk.trim_matches(is_sign);
        if core.is_empty() {
            push(tokens, chunk, glued);
            continue;
        }
        let start = chunk.len() - chunk.trim_start_matches(is_sign).len();
        let (before, rest) = chunk.split_at(start);
        let (core, after) = rest.split_at(core.len());
        for part in [before, core, after] {
            push(tokens, part, glued);
            glued |= !part.is_empty();
        }
    }
}

fn push<'t>(tokens: &mut Vec<Token<'t>>, text: &'t str, glued: bool) {
    let plain = canonical(text);
    if !plain.is_empty() {
        let key = key(&(glued, plain));
        tokens.push(Token { text, glued, key });
    }
}

/// What is struck, what stands in its place, and what follows unchanged.
#[derive(Default)]
struct Run<'t> {
    struck: Vec<Token<'t>>,
    inserted: Vec<Token<'t>>,
    same: Vec<Token<'t>>,
}

fn runs<'t>(a: &[Token<'t>], b: &[Token<'t>]) -> Vec<Run<'t>> {
    let keys = |side: &[Token<'_>]| side.iter().map(|token| token.key).collect::<Vec<_>>();
    let mut runs = vec![Run::default()];
    let (mut i, mut j) = (0, 0);
    let ends = std::iter::once((a.len(), b.len()));
    for (next_i, next_j) in align(&keys(a), &keys(b)).into_iter().chain(ends) {
        if next_i > i || next_j > j {
            runs.push(Run {
                struck: a[i..next_i].to_vec(),
                inserted: b[j..next_j].to_vec(),
                same: Vec::new(),
            });
        }
        if let (Some(token), Some(run)) = (b.get(next_j), runs.last_mut()) {
            run.same.push(*token);
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    runs
}

/// Runs in which a word or two between longer changes are taken for changed as well: a text is easier to
/// read struck and written anew than with every second word struck. A single word that was swapped stays by
/// itself.
fn tidied(runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let letters = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.text.len()).sum::<usize>();
    let words = |tokens: &[Token<'_>]| tokens.iter().filter(|token| !token.glued).count();
    let change = |run: &Run<'_>| letters(&run.struck).max(letters(&run.inserted));
    let is_long = |run: &Run<'_>| words(&run.struck).max(words(&run.inserted)) > 1;
    let mut tidied: Vec<Run<'_>> = Vec::new();
    for run in runs {
        if let Some(last) = tidied.last_mut()
            && is_long(last)
            && is_long(&run)
            && words(&last.same) <= LONELY_WORDS
            && letters(&last.same) <= change(last).min(change(&run))
        {
            let between = std::mem::take(&mut last.same);
            last.struck
                .extend(between.iter().copied().chain(run.struck));
            last.inserted
                .extend(between.into_iter().chain(run.inserted));
            last.same = run.same;
        } else {
            tidied.push(run);
        }
    }
    tidied
}

fn piece(kind: PieceKind, tokens: &[Token<'_>]) -> Option<Piece> {
    let first = tokens.first()?;
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && !token.glued {
            text.push(' ');
        }
        text.push_str(token.text);
    }
    let glued = first.glued;
    Some(Piece { kind, text, glued })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change with its marks: `Vi [-går-] {+løber+}.`
    fn marked(former: &str, present: &str) -> String {
        let mut text = String::new();
        for piece in compare(former, present).unwrap_or_default() {
            if !text.is_empty() && !piece.glued {
                text.push(' ');
            }
            text.push_str(&match piece.kind {
                PieceKind::Same => piece.text,
                PieceKind::Struck => format!("[-{}-]", piece.text),
                PieceKind::Inserted => format!("{{+{}+}}", piece.text),
            });
        }
        text
    }

    #[test]
    fn words_are_struck_and_inserted_where_they_stand() {
        assert_eq!(
            marked(
                "Gæster går hjem senest kl. 22.00 på hverdage.",
                "Gæster går hjem senest kl. 23.00 på alle dage."
            ),
            "Gæster går hjem senest kl. [-22.00-] {+23.00+} på [-hverdage-] {+alle dage+}."
        );
        assert_eq!(marked("Vi hilser", "Vi hilser."), "Vi hilser{+.+}");
        assert_eq!(marked("", "Ny tekst."), "{+Ny tekst.+}");
    }

    #[test]
    fn how_a_text_is_set_is_no_change() {
        assert_eq!(compare("»Nej«  –  sagde han", "\"Nej\" - sagde han"), None);
        assert_eq!(compare("På a\u{30a}en", "På åen"), None);
        assert_eq!(
            marked("Vi siger »nej« til øl", "Vi siger \"nej\" til vin her"),
            "Vi siger \"nej\" til [-øl-] {+vin her+}"
        );
    }

    #[test]
    fn a_text_with_little_in_common_is_written_anew() {
        assert_eq!(
            marked("Vi taler om det bagefter.", "Ring til lægen og bliv."),
            "[-Vi taler om det bagefter.-] {+Ring til lægen og bliv.+}"
        );
    }

    #[test]
    fn single_words_between_long_changes_go_with_them() {
        assert_eq!(
            marked(
                "Her bor ti borgere, som alle ryger dagligt og drikker aftenkaffe i den store stue.",
                "Her bor ti borgere, som gerne spiser morgenmad og cykler sammen i den store stue."
            ),
            "Her bor ti borgere, som [-alle ryger dagligt og drikker aftenkaffe-] \
             {+gerne spiser morgenmad og cykler sammen+} i den store stue."
        );
    }

    #[test]
    fn the_pieces_hold_both_texts() {
        let (former, present) = ("Et, to »tre« fire.", "Et, tre »fire« fem!");
        let pieces = compare(former, present).expect("they differ");
        let text = |left_out: PieceKind| {
            let mut text = String::new();
            for piece in pieces.iter().filter(|piece| piece.kind != left_out) {
                if !text.is_empty() && !piece.glued {
                    text.push(' ');
                }
                text.push_str(&piece.text);
            }
            text
        };
        assert_eq!(text(PieceKind::Inserted), former);
        assert_eq!(text(PieceKind::Struck), present);
    }

    #[test]
    fn bags_of_the_same_words_are_alike() {
        let bag_of = |text| {
            let mut words = Vec::new();
            bag(text, &mut words);
            words.sort_unstable();
            words
        };
        assert_eq!(likeness(&bag_of("a b c d"), &bag_of("d, c b a.")), 1_000);
        assert_eq!(likeness(&bag_of("a b c d"), &bag_of("a b x y")), 500);
        assert_eq!(likeness(&bag_of("a"), &bag_of("x")), 0);
    }
}
