//! Words and sentences of one run of text, in a single pass over its bytes.
//!
//! A word is a run of letters or digits with hyphens or apostrophes inside it. A sentence ends at `.`, `!`,
//! `?` or `:` before white space or the end, and where its passage ends. Closing quotation marks and
//! brackets may stand between the sign and the white space. Common abbreviations do not end a sentence,
//! nor does the full stop of an ordinal number. Web and mail addresses are targets, not words.

use std::num::NonZero;
use std::ops::Range;

use crate::text::{MONTHS, is_second_of_danish, small_letters, small_letters_of};

/// A word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    start: u32,
    end: u32,
    /// How many letters it has, digits and signs left aside; 255 stands for more as well.
    pub letters: u8,
    /// How many of them are capitals.
    pub capitals: u8,
    /// Whether it is letters alone.
    pub plain: bool,
    /// Which of the long words of the texts it is, once they are laid out; a short one is none, nor one to be read
    /// as typed.
    pub form: Option<FormId>,
}

/// A form of a long word (`forms`), by its place in the order of the first uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormId(NonZero<u32>);

impl FormId {
    /// Its place, from 0.
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    /// The form at a place.
    pub(super) fn of(index: usize) -> Self {
        let after = u32::try_from(index + 1).ok().and_then(NonZero::new);
        Self(after.expect("a protocol's texts are smaller than 4 GiB"))
    }
}

/// A sentence in a text; it has at least one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes, from its first word to its last sign.
    pub range: Range<usize>,
    /// Its words in the list they were put in.
    pub words: Range<usize>,
}

/// Abbreviations that end no sentence, in order. `inkl.` is none of them: the vector that the rule is held
/// to (115 words, 8 sentences, LIX 34) counts it as an end.
const ABBREVIATIONS: [&str; 63] = [
    "adm.", "afd.", "afs.", "alm.", "ang.", "bl.a.", "ca.", "d.", "d.d.", "d.v.s.", "dvs.", "etc.",
    "evt.", "f.", "f.eks.", "feks.", "flg.", "fr.", "fx.", "gl.", "gns.", "hhv.", "hr.", "i.f.m.",
    "i.f.t.", "i.h.t.", "ifht.", "ifm.", "ift.", "iht.", "jf.", "kap.", "kl.", "kr.", "m.fl.",
    "m.h.p.", "m.h.t.", "m.m.", "m.v.", "maks.", "mhp.", "mht.", "min.", "mm.", "mv.", "nr.",
    "o.a.", "o.l.", "o.lign.", "o.s.v.", "osv.", "p.g.a.", "pga.", "pkt.", "pr.", "stk.", "str.",
    "tlf.", "v.h.a.", "vedr.", "vejl.", "vha.", "vs.",
];
/// The longest of them, in bytes.
const LONGEST_ABBREVIATION: usize = 8;
/// Their bytes as numbers, which are in the same order.
static PACKED: [u64; ABBREVIATIONS.len()] = {
    let mut packed = [0; ABBREVIATIONS.len()];
    let mut at = 0;
    while at < packed.len() {
        let (abbreviation, mut bytes) = (ABBREVIATIONS[at].as_bytes(), [0; LONGEST_ABBREVIATION]);
        let mut byte = 0;
        while byte < abbreviation.len() {
            bytes[byte] = abbreviation[byte];
            byte += 1;
        }
        packed[at] = u64::from_be_bytes(bytes);
        at += 1;
    }
    packed
};

/// Whether these bytes, the full stop included, are a common abbreviation in any case.
pub fn is_abbreviation(token: &[u8]) -> bool {
    let mut lower = [0; LONGEST_ABBREVIATION];
    let Some(bytes) = lower.get_mut(..token.len()) else {
        return false;
    };
    bytes.copy_from_slice(token);
    bytes.make_ascii_lowercase();
    PACKED.binary_search(&u64::from_be_bytes(lower)).is_ok()
}

impl Word {
    /// Its bytes in the text.
    pub const fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Adds the words and sentences of `text[range]` to the lists.
pub fn scan(text: &str, range: Range<usize>, words: &mut Vec<Word>, sentences: &mut Vec<Sentence>) {
    assert!(
        u32::try_from(range.end).is_ok(),
        "a protocol's texts are smaller than 4 GiB"
    );
    let mut scanner = Scanner {
        text: &text[..range.end],
        at: range.start,
        passed: range.start,
        passage_words: words.len(),
        sentence_words: words.len(),
        words,
        sentences,
    };
    scanner.run();
}

/// A common word has no more letters than these and eight.
const LONGEST_COMMON: usize = 200;
/// The bytes that end a word of letters, whatever follows; of others that depends.
static ENDS_COMMON_WORD: [bool; 256] = {
    let mut ends = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let is_inside = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'\'');
        // An address may begin so: `https:`, `www.`
        let is_address = matches!(byte as u8, b':' | b'.');
        ends[byte] = !is_inside && !is_address;
        byte += 1;
    }
    ends
};

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Where the passage begins, or the last address ends: what stands between white space begins no sooner.
    passed: usize,
    /// How many words there were before the passage.
    passage_words: usize,
    /// How many words there were before the sentence.
    sentence_words: usize,
    words: &'t mut Vec<Word>,
    sentences: &'t mut Vec<Sentence>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'a'..=b'z' => self.common_word(0),
                b'A'..=b'Z' => self.common_word(1),
                b' ' => self.at += 1,
                b'0'..=b'9' => self.word(),
                0x80.. if self.is_at_word() => self.common_word(0),
                _ => self.sign(byte),
            }
        }
        self.end_sentence(self.text.len());
    }

    /// Whether a word begins here, with a letter that is no ASCII.
    fn is_at_word(&self) -> bool {
        let letter = self.char_at(self.at);
        letter.is_some_and(|c| is_letter(c) || c.is_alphanumeric())
    }

    /// Passes over a sign, which begins with this byte.
    fn sign(&mut self, byte: u8) {
        match byte {
            b'.' | b'!' | b'?' | b':' => {
                self.at += 1;
                if self.ends_sentence(byte) {
                    self.end_sentence(self.at);
                }
            }
            b'@' => self.address(),
            0..0x80 => self.at += 1,
            _ => self.at += self.char_at(self.at).map_or(1, char::len_utf8),
        }
    }

    /// Where what stands between white space before `at` begins.
    fn token(&self, at: usize) -> usize {
        let before = &self.text.as_bytes()[self.passed..at];
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n');
        let start = self.passed
            + before
                .iter()
                .rposition(is_space)
                .map_or(0, |space| space + 1);
        // White space that is no ASCII is rare.
        let token = &self.text[start..at];
        if token.is_ascii() {
            return start;
        }
        let is_space = |c: char| !c.is_ascii() && c.is_whitespace();
        let own = token.rsplit(is_space).next();
        at - own.map_or(0, str::len)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Reads the word that begins here if it is one of the common ones: small letters, those of Danish among them,
    /// perhaps behind a capital.
    #[inline]
    fn common_word(&mut self, capitals: u8) {
        let bytes = self.text.as_bytes();
        let mut letters = usize::from(capitals);
        let mut at = self.at + letters;
        while letters < LONGEST_COMMON
            && let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk)
        {
            let eight = u64::from_le_bytes(*eight);
            let small = small_letters_of(eight);
            letters += small;
            at += small;
            if small == 8 {
                continue;
            }
            let next = (eight >> (8 * small)) as u8;
            if next == 0xC3
                && bytes
                    .get(at + 1)
                    .is_some_and(|&byte| is_second_of_danish(byte))
            {
                letters += 1;
                at += 2;
                continue;
            }
            if !ENDS_COMMON_WORD[usize::from(next)] {
                break;
            }
            self.words.push(Word {
                // `scan` has looked at the text's length.
                start: self.at as u32,
                end: at as u32,
                letters: letters as u8,
                capitals,
                plain: true,
                form: None,
            });
            // Most words stand before a blank.
            self.at = at + usize::from(next == b' ');
            return;
        }
        self.word();
    }

    /// Reads the word that begins here, whatever it consists of.
    fn word(&mut self) {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start;
        let (mut letters, mut capitals, mut plain) = (0usize, 0usize, true);
        loop {
            // Most of most words.
            let small = small_letters(&bytes[at..]);
            letters += small;
            at += small;
            match bytes.get(at) {
                // So most words end.
                None | Some(b' ') => break,
                Some(b'A'..=b'Z') => {
                    letters += 1;
                    capitals += 1;
                    at += 1;
                }
                Some(b'0'..=b'9') => {
                    plain = false;
                    at += 1;
                }
                Some(b'-' | b'\'') if self.goes_on(at + 1) => {
                    plain = false;
                    at += 1;
                }
                Some(0..0x80) => break,
                // å, æ and ø.
                Some(0xC3)
                    if bytes
                        .get(at + 1)
                        .is_some_and(|&byte| is_second_of_danish(byte)) =>
                {
                    letters += 1;
                    at += 2;
                }
                Some(_) => {
                    let Some(c) = self.char_at(at) else {
                        break;
                    };
                    let next = at + c.len_utf8();
                    if is_letter(c) {
                        letters += 1;
                        capitals += usize::from(is_capital(c));
                    } else if c.is_alphanumeric() || (is_joint(c) && self.goes_on(next)) {
                        plain = false;
                    } else {
                        break;
                    }
                    at = next;
                }
            }
        }
        self.at = at;
        let is_address = match bytes.get(at) {
            Some(b':') => bytes[at..].starts_with(b"://"),
            Some(b'.') => bytes[start..at] == *b"www",
            _ => false,
        };
        if is_address {
            self.address();
            return;
        }
        let count = |count: usize| count.min(usize::from(u8::MAX)) as u8;
        self.words.push(Word {
            // `scan` has looked at the text's length.
            start: start as u32,
            end: at as u32,
            letters: count(letters),
            capitals: count(capitals),
            plain,
            form: None,
        });
    }

    /// Whether a letter or a digit stands at `at`.
    fn goes_on(&self, at: usize) -> bool {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            Some(_) => self.char_at(at).is_some_and(char::is_alphanumeric),
            None => false,
        }
    }

    /// Passes over an address, and takes back the words that turn out to be its beginning.
    fn address(&mut self) {
        let token = self.token(self.at);
        let in_passage = &self.words[self.passage_words..];
        let before = in_passage.iter().rev();
        let taken = before.take_while(|word| word.range().start >= token);
        let left = self.words.len() - taken.count();
        self.words.truncate(left);
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '»' | '”')
            })
            .unwrap_or(rest.len());
        let address = rest[..length].trim_end_matches(['.', ',', ':', ';', '!', '?']);
        self.at += address.len().max(1);
        self.passed = self.at;
    }

    /// Whether the sign right before `at` ends a sentence.
    fn ends_sentence(&self, sign: u8) -> bool {
        let rest = &self.text[self.at..];
        let after = match rest.as_bytes().first() {
            None | Some(b' ') => rest,
            Some(_) => rest.trim_start_matches(is_closing),
        };
        if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
            return false;
        }
        sign != b'.' || self.ends_long_word() || !(self.is_abbreviation() || self.is_ordinal(after))
    }

    /// Whether the full stop right before `at` stands behind a word that is too long for an abbreviation, and no number.
    fn ends_long_word(&self) -> bool {
        self.words.last().is_some_and(|word| {
            let range = word.range();
            word.plain
                && range.end + 1 == self.at
                && range.len() >= LONGEST_ABBREVIATION
                && self.text.as_bytes()[range.start].is_ascii()
        })
    }

    /// Whether what stands between the white space and the full stop is an abbreviation.
    fn is_abbreviation(&self) -> bool {
        let token = &self.text.as_bytes()[self.token(self.at)..self.at];
        let signs = token
            .iter()
            .take_while(|byte| !byte.is_ascii_alphanumeric())
            .count();
        is_abbreviation(&token[signs..])
    }

    /// Whether the full stop makes an ordinal of a number: before a month or a small letter.
    fn is_ordinal(&self, after: &str) -> bool {
        let end = self.at - 1;
        if !matches!(self.text.as_bytes()[..end].last(), Some(b'0'..=b'9')) {
            return false;
        }
        let token = &self.text[self.token(end)..end];
        let number = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let next = after.trim_start();
        let end = next
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(next.len());
        let next = &next[..end];
        next.starts_with(char::is_lowercase)
            || MONTHS.iter().any(|month| next.eq_ignore_ascii_case(month))
    }

    /// Ends the sentence at `end`, if it has any word.
    fn end_sentence(&mut self, end: usize) {
        let words = self.sentence_words..self.words.len();
        self.sentence_words = words.end;
        let (Some(first), Some(last)) = (self.words.get(words.start), self.words.last()) else {
            return;
        };
        let written = match self.text.as_bytes()[..end].last() {
            // So most do.
            Some(b'.') => end,
            _ => self.text[..end].trim_end().len(),
        };
        let range = first.range().start..written.max(last.range().end);
        self.sentences.push(Sentence { range, words });
    }
}

/// `char::is_alphabetic`, quick for the letters that Danish has beside the ASCII ones.
fn is_letter(c: char) -> bool {
    matches!(c, 'æ' | 'ø' | 'å' | 'Æ' | 'Ø' | 'Å') || c.is_alphabetic()
}

fn is_capital(c: char) -> bool {
    !matches!(c, 'æ' | 'ø' | 'å') && c.is_uppercase()
}

/// Signs other than `-` and `'` that stand inside words.
const fn is_joint(c: char) -> bool {
    matches!(c, '’' | '\u{2010}' | '\u{2011}' | '\u{AD}')
}

/// Marks that may stand between the end of a sentence and the white space after it.
const fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '”' | '“' | '’' | '«' | '»')
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A text taken apart.
    pub struct Scanned<'t> {
        text: &'t str,
        /// Its words.
        pub words: Vec<Word>,
        /// Its sentences.
        pub sentences: Vec<Sentence>,
    }

    /// Takes one passage apart.
    pub fn scanned(text: &str) -> Scanned<'_> {
        let (mut words, mut sentences) = (Vec::new(), Vec::new());
        scan(text, 0..text.len(), &mut words, &mut sentences);
        Scanned {
            text,
            words,
            sentences,
        }
    }

    fn words(text: &str) -> Vec<&str> {
        let scanned = scanned(text);
        let words = scanned.words.iter();
        words.map(|word| &scanned.text[word.range()]).collect()
    }

    fn sentences(text: &str) -> Vec<&str> {
        let scanned = scanned(text);
        let sentences = scanned.sentences.iter();
        sentences
            .map(|sentence| &scanned.text[sentence.range.clone()])
            .collect()
    }

    #[test]
    fn hyphens_and_apostrophes_belong_to_a_word_only_inside_it() {
        assert_eq!(
            words("Ind- og udgang, MI-medarbejdernes og Kærvang’s 'egen' tv-stue – nu"),
            [
                "Ind",
                "og",
                "udgang",
                "MI-medarbejdernes",
                "og",
                "Kærvang’s",
                "egen",
                "tv-stue",
                "nu"
            ]
        );
    }

    #[test]
    fn numbers_are_words_and_a_stroke_parts_two() {
        assert_eq!(
            words("og/eller kl. 22.30"),
            ["og", "eller", "kl", "22", "30"]
        );
        assert_eq!(words("§ 141, stk. 2"), ["141", "stk", "2"]);
    }

    fn scanner<'s>(
        text: &'s str,
        words: &'s mut Vec<Word>,
        sentences: &'s mut Vec<Sentence>,
    ) -> Scanner<'s> {
        Scanner {
            text,
            at: 0,
            passed: 0,
            passage_words: 0,
            sentence_words: 0,
            words,
            sentences,
        }
    }

    #[test]
    fn a_common_word_is_what_any_word_is() {
        let parts = [
            "a",
            "støtte",
            "z",
            "Æ",
            "å",
            "é",
            "medarbejder",
            "H",
            "OBS",
            "9",
            "-",
            "'",
            "’",
            "\u{AD}",
        ];
        let ends = [
            "", " ", ".", ", ", ":", "://x", "-", "' ", "»", "\u{A0}", "@x", "\n",
        ];
        let lengths = [
            1, 2, 7, 8, 9, 15, 16, 17, 24, 198, 199, 200, 201, 207, 208, 209, 300,
        ];
        let long = lengths.map(|length| "abcdefgh".repeat(40)[..length].to_owned());
        let two = parts
            .iter()
            .flat_map(|one| parts.map(|other| format!("{one}{other}")));
        let three = two
            .clone()
            .flat_map(|two| parts.map(|other| format!("{two}{other}")));
        for word in parts
            .map(str::to_owned)
            .into_iter()
            .chain(two)
            .chain(three)
            .chain(long)
        {
            for text in ends.map(|end| format!("{word}{end}")) {
                let first = text.as_bytes()[0];
                if !(first.is_ascii_alphabetic() || first >= 0x80) {
                    continue;
                }
                let (mut common, mut any) = (Vec::new(), Vec::new());
                let (mut none, mut neither) = (Vec::new(), Vec::new());
                let mut one = scanner(&text, &mut common, &mut none);
                one.common_word(u8::from(first.is_ascii_uppercase()));
                let passed_blank = text.as_bytes()[..one.at].ends_with(b" ");
                let at = one.at - usize::from(passed_blank);
                let mut other = scanner(&text, &mut any, &mut neither);
                other.word();
                assert_eq!(at, other.at, "{text:?}");
                assert_eq!(common, any, "{text:?}");
            }
        }
    }

    #[test]
    fn a_full_stop_behind_a_long_word_ends_a_sentence_and_behind_an_abbreviation_none() {
        for (text, count) in [
            ("Spørg medarbejderne. Gå så", 2),
            ("Spørg Medarbejderne. Gå så", 2),
            ("Det er aftalt.» Gå så", 2),
            ("Se (»f.eks. på kortet", 1),
            ("Se på\u{A0}evt. kort", 1),
            ("Se\u{2003}den 12. maj", 1),
        ] {
            assert_eq!(sentences(text).len(), count, "{text}");
        }
    }

    #[test]
    fn addresses_are_no_words() {
        assert_eq!(
            words(
                "Se https://www.sted.dk/a-b?c=d. Skriv til vagt.nord@sted.dk eller www.sted.dk nu"
            ),
            ["Se", "Skriv", "til", "eller", "nu"]
        );
        assert_eq!(sentences("Se https://sted.dk/x. Ring så.").len(), 2);
    }

    #[test]
    fn letters_are_counted_without_digits_and_signs() {
        let letters = |text| scanned(text).words[0].letters;
        assert_eq!(letters("Åben-hed"), 7);
        assert_eq!(letters("12345678"), 0);
        assert_eq!(letters("pårørende"), 9);
    }

    #[test]
    fn a_sentence_ends_at_its_sign_before_white_space_or_the_end() {
        assert_eq!(
            sentences("Er du der? Kom: nu! Vi ses kl.9.30 i dag"),
            ["Er du der?", "Kom:", "nu!", "Vi ses kl.9.30 i dag"]
        );
        assert_eq!(sentences("Vent... Gå så"), ["Vent...", "Gå så"]);
        assert_eq!(sentences(" ... – ! "), [""; 0]);
    }

    #[test]
    fn closing_marks_may_follow_the_sign() {
        assert_eq!(
            sentences("Sig: ”Nej tak.” (Gå så.) »Ja!« Godt."),
            ["Sig:", "Nej tak.", "Gå så.", "Ja!", "Godt."]
        );
    }

    #[test]
    fn abbreviations_and_ordinals_end_no_sentence() {
        for text in [
            "Det er f.eks. i orden",
            "Spørg (evt. Ole) først",
            "Kom Kl. 9 i dag",
            "Mødet er den 3. maj på stuen",
            "Mødet er den 3. Maj på stuen",
            "Han bor på 2. sal",
            "Vi ringer m.v. Til sidst går vi",
        ] {
            assert_eq!(sentences(text), [text], "{text}");
        }
        assert_eq!(sentences("Kom klokken 9. Ring først").len(), 2);
        assert_eq!(sentences("Vi kan nås pr. brev. Ring først").len(), 2);
    }

    #[test]
    fn the_list_of_abbreviations_is_in_order() {
        assert!(ABBREVIATIONS.is_sorted() && PACKED.is_sorted());
        for known in ABBREVIATIONS {
            assert!(is_abbreviation(known.as_bytes()), "{known}");
            assert!(is_abbreviation(known.to_uppercase().as_bytes()), "{known}");
            let without_end = &known[..known.len() - 1];
            assert!(!is_abbreviation(without_end.as_bytes()), "{without_end}");
        }
        assert!(!is_abbreviation(b"") && !is_abbreviation(b"evt.nu.igen."));
    }
}
