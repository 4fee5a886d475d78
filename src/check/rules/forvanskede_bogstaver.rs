//! RP308 `forvanskede-bogstaver`: letters that came out wrong because a file was read by another alphabet
//! than it was written by, and saved so.
//!
//! What stands in `load::encoding` turns bytes into text; here the text is sound, and what it says is not.

use std::ops::Range;

use crate::check::context::Context;
use crate::diag::{Code, Finding, Fix};
use crate::text::ascii_length;

/// How letters look when UTF-8 is read by an older alphabet: what stands there, and what was written. The
/// longest of those that begin alike come first.
const READ_AS_OTHER: &[(&str, &str)] = &[
    // Windows-1252 and ISO 8859-1, read so twice.
    ("ÃƒÂ¦", "æ"),
    ("ÃƒÂ¸", "ø"),
    ("ÃƒÂ¥", "å"),
    ("Ãƒâ€\u{A0}", "Æ"),
    ("ÃƒËœ", "Ø"),
    ("Ãƒâ€¦", "Å"),
    ("ÃƒÂ©", "é"),
    ("Ã‚Â§", "§"),
    ("Ã¢â‚¬â€œ", "–"),
    ("Ã¢â‚¬â„¢", "’"),
    // Once.
    ("Ã¦", "æ"),
    ("Ã¸", "ø"),
    ("Ã¥", "å"),
    ("Ã†", "Æ"),
    ("Ã\u{86}", "Æ"),
    ("Ã˜", "Ø"),
    ("Ã\u{98}", "Ø"),
    ("Ã…", "Å"),
    ("Ã\u{85}", "Å"),
    ("Ã©", "é"),
    ("Ã‰", "É"),
    ("Ã¨", "è"),
    ("Ãª", "ê"),
    ("Ã¼", "ü"),
    ("Ã¶", "ö"),
    ("Ã¤", "ä"),
    ("Ãœ", "Ü"),
    ("Ã–", "Ö"),
    ("Ã„", "Ä"),
    ("Ã¡", "á"),
    ("Ã\u{A0}", "à"),
    ("Ã³", "ó"),
    ("Ã§", "ç"),
    ("Ã±", "ñ"),
    ("Â§", "§"),
    ("Â»", "»"),
    ("Â«", "«"),
    ("Â½", "½"),
    ("Â°", "°"),
    ("Â·", "·"),
    ("Â´", "´"),
    ("Â\u{A0}", " "),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€™", "’"),
    ("â€˜", "‘"),
    ("â€œ", "“"),
    ("â€\u{9D}", "”"),
    ("â€ž", "„"),
    ("â€¢", "•"),
    ("â€¦", "…"),
    ("â‚¬", "€"),
    // The code page of DOS.
    ("├ª", "æ"),
    ("├©", "ø"),
    ("├╕", "ø"),
    ("├Ñ", "å"),
    ("├å", "Æ"),
    ("├ÿ", "Ø"),
    ("├à", "Å"),
    // Macs of old.
    ("√¶", "æ"),
    ("√∏", "ø"),
    ("√•", "å"),
    ("√Ü", "Æ"),
    ("√ò", "Ø"),
    ("√Ö", "Å"),
    ("√©", "é"),
];
/// Single signs that stand for a Danish letter inside a word: files of DOS and old Macs read as Windows', and
/// the other way. Each with the letter it was.
const INSIDE_WORD: &[(char, char)] = &[
    ('‘', 'æ'),
    ('›', 'ø'),
    ('†', 'å'),
    ('µ', 'æ'),
    ('°', 'ø'),
    ('Õ', 'å'),
    ('Ê', 'æ'),
    ('¯', 'ø'),
    ('¾', 'æ'),
    ('¿', 'ø'),
    ('Œ', 'å'),
    ('Â', 'å'),
];
/// What every entry of [`READ_AS_OTHER`] begins with.
const FIRST: [char; 5] = ['Ã', 'Â', 'â', '├', '√'];
/// The letters of nearly all that is not ASCII in a Danish text: none of them is wrong by itself.
const DANISH: [char; 6] = ['æ', 'ø', 'å', 'Æ', 'Ø', 'Å'];
/// What stands for a letter that is lost.
const LOST: char = '\u{FFFD}';

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let text = &language.text;
    let mut from = 0;
    while let Some((at, end, meant)) = next(text, from) {
        let passage = language.passage_at(at);
        from = end;
        if !passage.range.contains(&at) {
            continue;
        }
        let word = word_around(text, at..end, &passage.range);
        from = word.end.max(end);
        let written = &text[word.clone()];
        let place = language.place(passage, word.clone());
        let finding = match meant {
            None => Finding::new(
                Code::ForvanskedeBogstaver,
                place,
                format!("I »{written}« er et bogstav gået tabt."),
            )
            .with_help(
                "Skriv ordet igen i hånden. Filen har været gemt med et andet tegnsæt end UTF-8.",
            ),
            Some(_) => {
                let mended = mended(written);
                let same = place.span.len() == written.len();
                let fix = same.then(|| Fix::one(place.span, mended.clone()));
                Finding::new(
                    Code::ForvanskedeBogstaver,
                    place,
                    format!("»{written}« er forvansket: Der skulle stå »{mended}«."),
                )
                .with_help(format!(
                    "Skriv »{mended}«. Filen har været åbnet eller gemt med et andet tegnsæt end UTF-8."
                ))
                .with_fix(fix)
            }
        };
        findings.push(finding);
    }
}

/// The next place where letters came out wrong: its bytes, and what was written if that is known.
fn next(text: &str, from: usize) -> Option<(usize, usize, Option<&'static str>)> {
    let mut at = from;
    loop {
        // All of them begin with a byte that Danish has none of but in æ, ø, å, § and typographic signs.
        let bytes = text.as_bytes();
        at += ascii_length(&bytes[at..]);
        if let [0xC3, 0xA5 | 0xA6 | 0xB8, ..] = bytes[at..] {
            // å, æ and ø.
            at += 2;
            continue;
        }
        let c = text[at..].chars().next()?;
        if DANISH.contains(&c) {
            at += c.len_utf8();
            continue;
        }
        if FIRST.contains(&c)
            && let Some((wrong, meant)) = beginning(&text[at..])
        {
            return Some((at, at + wrong, Some(meant)));
        }
        if c == LOST {
            return Some((at, at + c.len_utf8(), None));
        }
        if let Some(meant) = inside_word(text, at, c) {
            return Some((at, at + c.len_utf8(), Some(meant)));
        }
        at += c.len_utf8();
    }
}

/// How long the wrong letters are that a text begins with, and what was written.
fn beginning(text: &str) -> Option<(usize, &'static str)> {
    let found = READ_AS_OTHER.iter();
    let mut found = found.filter(|(wrong, _)| text.starts_with(wrong));
    found.next().map(|(wrong, meant)| (wrong.len(), *meant))
}

/// The letter that a sign stands for where small letters stand on both sides of it, or before it at the end
/// of a word.
fn inside_word(text: &str, at: usize, c: char) -> Option<&'static str> {
    let (_, meant) = INSIDE_WORD.iter().find(|(wrong, _)| *wrong == c)?;
    let small = |c: Option<char>| c.is_some_and(|c| c.is_lowercase());
    let before = small(text[..at].chars().next_back());
    let after = small(text[at + c.len_utf8()..].chars().next());
    (before && after).then_some(match meant {
        'æ' => "æ",
        'ø' => "ø",
        _ => "å",
    })
}

/// A word with every wrong letter in it as it was written.
fn mended(word: &str) -> String {
    let mut mended = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(c) = word[at..].chars().next() {
        if let Some((wrong, meant)) = beginning(&word[at..]) {
            mended.push_str(meant);
            at += wrong;
        } else if let Some(meant) = inside_word(word, at, c) {
            mended.push_str(meant);
            at += c.len_utf8();
        } else {
            mended.push(c);
            at += c.len_utf8();
        }
    }
    mended
}

/// The word that some wrong letters belong to, with the signs they are taken for.
fn word_around(text: &str, wrong: Range<usize>, within: &Range<usize>) -> Range<usize> {
    let ends = |c: char| c == ' ' || c == '\n';
    let start = text[within.start..wrong.start].rfind(ends);
    let start = start.map_or(within.start, |at| within.start + at + 1);
    let end = text[wrong.end..within.end].find(ends);
    start..end.map_or(within.end, |at| wrong.end + at)
}

#[cfg(test)]
mod tests {
    use super::{DANISH, FIRST, INSIDE_WORD, READ_AS_OTHER};
    use crate::check::harness::Repo;

    fn messages(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = \'\'\'\n{text}\n\'\'\'\n");
        Repo::of(&[("01-a.toml", &section)]).messages("RP308")
    }

    #[test]
    fn what_is_passed_over_at_once_begins_nothing_wrong() {
        for (wrong, _) in READ_AS_OTHER {
            assert!(wrong.starts_with(FIRST), "{wrong}");
        }
        for (wrong, _) in INSIDE_WORD {
            assert!(!DANISH.contains(wrong), "{wrong}");
        }
        assert!(!DANISH.iter().any(|letter| FIRST.contains(letter)));
    }

    #[test]
    fn letters_read_by_another_alphabet_are_named_with_what_was_written() {
        for (wrong, right) in [
            ("gÃ¦ster", "gæster"),
            ("KÃ¸kkenet", "Køkkenet"),
            ("pÃ¥rÃ¸rende", "pårørende"),
            ("Ã…benhed", "Åbenhed"),
            ("ÃƒÂ¦ldre", "ældre"),
            ("g├ªster", "gæster"),
            ("g√¶ster", "gæster"),
            ("g‘ster", "gæster"),
            ("s›ger", "søger"),
            ("gµst", "gæst"),
            ("b†de", "både"),
            ("(Â§", "(§"),
            ("hjÃ¦lp,", "hjælp,"),
        ] {
            let said = format!("»{wrong}« er forvansket: Der skulle stå »{right}«.");
            assert_eq!(messages(&format!("Vores {wrong} 141.")), [said]);
        }
        assert_eq!(
            messages("Vores g\u{FFFD}ster"),
            ["I »g\u{FFFD}ster« er et bogstav gået tabt."]
        );
    }

    #[test]
    fn sound_letters_are_left_alone() {
        assert_eq!(
            messages(
                "Ærø, Ångström, »Ã« i São Paulo, 20 °C, 5 µg, ’så’ – og † for døde. Âge, Être."
            ),
            [""; 0]
        );
    }
}
