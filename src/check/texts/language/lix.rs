//! The LIX of a text: how hard it is to read, by the length of its words and sentences.
//!
//! LIX = words / sentences + 100 × long words / words, after C.H. Björnsson (1968). Computed in whole
//! numbers, so that every machine rounds alike.

use super::scan::Word;

/// A word of more letters is long.
const SHORT: u8 = 6;

/// What LIX is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words.
    pub words: usize,
    /// Words of more than six letters.
    pub long: usize,
    /// Sentences with at least one word.
    pub sentences: usize,
}

impl Counts {
    /// LIX rounded to a whole number, half a point upward; 0 for no text.
    pub fn lix(self) -> usize {
        let Self {
            words,
            long,
            sentences,
        } = self;
        let below = sentences * words;
        if below == 0 {
            return 0;
        }
        let above = words * words + 100 * long * sentences;
        (2 * above + below) / (2 * below)
    }
}

/// Whether a word is long.
pub fn is_long(word: &Word) -> bool {
    word.letters > SHORT
}

/// Whether a word that was never laid out is long.
pub fn is_long_text(word: &str) -> bool {
    word.chars().count() > usize::from(SHORT)
}

/// The scale's word for a LIX, as in "teksten er svær".
pub const fn scale(lix: usize) -> &'static str {
    match lix {
        0..=24 => "meget let",
        25..=34 => "let",
        35..=44 => "middel",
        45..=54 => "svær",
        _ => "meget svær",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::texts::language::scan::tests::scanned;

    /// The counts of paragraphs that stand below each other.
    fn counts(paragraphs: &[&str]) -> (usize, usize, usize, usize) {
        let mut counts = Counts::default();
        for paragraph in paragraphs {
            let scanned = scanned(paragraph);
            counts.words += scanned.words.len();
            counts.long += scanned.words.iter().filter(|word| is_long(word)).count();
            counts.sentences += scanned.sentences.len();
        }
        (counts.words, counts.sentences, counts.long, counts.lix())
    }

    #[test]
    fn words_sentences_and_long_words_of_short_texts() {
        // Words, sentences, long words, LIX; counted by hand.
        let vectors: [(&[&str], _); 9] = [
            (&["Vi ses."], (2, 1, 0, 2)),
            (&["Ring til vagten. Sig dit navn."], (6, 2, 0, 3)),
            // 7/1 + 100·2/7 = 35.57
            (&["Personalet hjælper dig, hvis du vil det."], (7, 1, 2, 36)),
            // The colon ends a sentence, and so does each item's end: 9/4 + 100·2/9 = 24.47
            (
                &[
                    "Husk altid:",
                    "nøgle",
                    "telefon med strøm på",
                    "tøj, regnjakke",
                ],
                (9, 4, 2, 24),
            ),
            // Abbreviations end none; f.eks. is two runs of letters: 11/1 + 0
            (&["Kom kl. 9, evt. før, med f.eks. te m.m."], (11, 1, 0, 11)),
            // A day before its month ends none: 5/1 + 100·1/5
            (&["Den 3. januar begynder vi."], (5, 1, 1, 25)),
            // 6/2 + 100·1/6 = 19.67
            (&["Borgeren siger nej! Vi går så."], (6, 2, 1, 20)),
            // A hyphen and an apostrophe stand inside words; six letters are not long.
            (&["Ole's mini-MED vil jo have kaffen"], (6, 1, 1, 23)),
            (&[], (0, 0, 0, 0)),
        ];
        for (paragraphs, expected) in vectors {
            assert_eq!(counts(paragraphs), expected, "{paragraphs:?}");
        }
    }

    #[test]
    fn the_pinned_vector_of_six_house_rules_gives_34() {
        let counts = Counts {
            words: 115,
            long: 22,
            sentences: 8,
        };
        assert_eq!((counts.lix(), scale(counts.lix())), (34, "let"));
    }

    #[test]
    fn half_a_point_is_rounded_upward() {
        // 5/2 + 0 = 2.5
        let counts = Counts {
            words: 5,
            long: 0,
            sentences: 2,
        };
        assert_eq!(counts.lix(), 3);
    }

    #[test]
    fn the_scale_turns_where_the_rules_say() {
        let words = [24, 25, 34, 35, 44, 45, 54, 55].map(scale);
        assert_eq!(
            words,
            [
                "meget let",
                "let",
                "let",
                "middel",
                "middel",
                "svær",
                "svær",
                "meget svær"
            ]
        );
    }
}
