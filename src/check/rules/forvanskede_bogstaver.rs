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
/// What the bytes of Windows-1252 from 0x80 are as letters; from 0xA0 they are the letters of those numbers.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];
/// The same of Windows-1251, from 0x80; from 0xC0 the letters from А to я follow.
const WINDOWS_1251: [char; 64] = [
    'Ђ', 'Ѓ', '‚', 'ѓ', '„', '…', '†', '‡', '€', '‰', 'Љ', '‹', 'Њ', 'Ќ', 'Ћ', 'Џ', 'ђ', '‘', '’',
    '“', '”', '•', '–', '—', '\u{98}', '™', 'љ', '›', 'њ', 'ќ', 'ћ', 'џ', '\u{A0}', 'Ў', 'ў', 'Ј',
    '¤', 'Ґ', '¦', '§', 'Ё', '©', 'Є', '«', '¬', '\u{AD}', '®', 'Ї', '°', '±', 'І', 'і', 'ґ', 'µ',
    '¶', '·', 'ё', '№', 'є', '»', 'ј', 'Ѕ', 'ѕ', 'ї',
];
/// So many letters at least are wrong in a word that is taken for one in another alphabet: two signs may stand beside
/// each other by chance.
const FEWEST_WRONG: usize = 2;
/// The longest word that is looked at as a whole, in bytes.
const LONGEST_WORD: usize = 400;
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
                let mended = mended(as_written(written).as_deref().unwrap_or(written));
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
    // Words before this are no words of another alphabet.
    let mut sound = from;
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
        if at >= sound {
            let word = word_around(text, at..at + c.len_utf8(), &(from..text.len()));
            if as_written(&text[word.clone()]).is_some() {
                return Some((at, at + c.len_utf8(), Some("")));
            }
            sound = word.end;
        }
        if let Some(meant) = inside_word(text, at, c) {
            return Some((at, at + c.len_utf8(), Some(meant)));
        }
        at += c.len_utf8();
    }
}

/// A word whose letters are bytes of UTF-8 that somebody read by an alphabet of Windows, as it was written: all of it,
/// in whatever script.
fn as_written(word: &str) -> Option<String> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let marks = ['»', '«', '”', '“', '(', ')'];
    [word, word.trim_matches(marks)]
        .into_iter()
        .find_map(|inner| {
            let of = [windows_1252, windows_1251];
            let right = of
                .into_iter()
                .find_map(|alphabet| read_again(inner, alphabet))?;
            Some(word.replacen(inner, &right, 1))
        })
}

/// A word's letters as bytes of an alphabet, read as UTF-8, where that gives letters that people write.
fn read_again(word: &str, alphabet: fn(char) -> Option<u8>) -> Option<String> {
    let bytes: Option<Vec<u8>> = word.chars().map(alphabet).collect();
    let right = String::from_utf8(bytes?).ok()?;
    let mut others = right.chars().filter(|c| !c.is_ascii());
    let wrong = right.chars().filter(|c| !c.is_ascii()).count();
    let is_plausible = others.all(|c| {
        matches!(c, '\u{A0}'..='\u{17F}' | '\u{218}'..='\u{21B}' | '\u{386}'..='\u{45F}' | '\u{490}'..='\u{491}'
            | '\u{5D0}'..='\u{5EA}' | '\u{60C}'..='\u{6D5}' | '\u{6F0}'..='\u{6F9}' | '\u{900}'..='\u{97F}'
            | '\u{B80}'..='\u{BFF}' | '\u{E00}'..='\u{E5B}' | '\u{1200}'..='\u{137F}' | '\u{1E00}'..='\u{1EFF}'
            | '\u{200C}' | '\u{200D}' | '\u{2010}'..='\u{2026}' | '\u{20AC}' | '\u{3040}'..='\u{9FFF}')
    });
    (is_plausible && wrong >= FEWEST_WRONG).then_some(right)
}

fn windows_1252(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{7F}' | '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(c)).ok(),
        _ => place_in(&WINDOWS_1252, 0x80, c).or(match c {
            // What has no letter is left as it is.
            '\u{80}'..='\u{9F}' => u8::try_from(u32::from(c)).ok(),
            _ => None,
        }),
    }
}

fn windows_1251(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{7F}' => u8::try_from(u32::from(c)).ok(),
        'А'..='я' => u8::try_from(u32::from(c) - u32::from('А') + 0xC0).ok(),
        _ => place_in(&WINDOWS_1251, 0x80, c),
    }
}

fn place_in(letters: &[char], first: u8, c: char) -> Option<u8> {
    let at = letters.iter().position(|letter| *letter == c)?;
    u8::try_from(at).ok()?.checked_add(first)
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
            ("ZaÅ¼Ã³Å‚Ä‡", "Zażółć"),
            ("gÃ¼naydÄ±n", "günaydın"),
            ("má»«ngÃ©", "mừngé"),
            ("Ù…Ø±Ø\u{AD}Ø¨Ø§", "مرحبا"),
            ("РџСЂРёРІРµС‚", "Привет"),
            ("РјРёСЂ", "мир"),
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
        for text in [
            "Skiltet »TRYK PÅ« og »ALLÉ« og “PÅ” og Ø§.",
            "Рівне, Різдво, Сімʼя, Привіт, Ласкаво просимо, ґанок, Свято",
            "Zażółć gęślą, İstanbul, Chào mừng, naïve Åbo, Škoda, 5 °C, ½, Ðað, ÆØÅ",
            "مرحبا بكم، می\u{200c}خواهم",
        ] {
            assert_eq!(messages(text), [""; 0], "{text}");
        }
        assert_eq!(
            messages(
                "Ærø, Ångström, »Ã« i São Paulo, 20 °C, 5 µg, ’så’ – og † for døde. Âge, Être."
            ),
            [""; 0]
        );
    }
}
