//! RP304 `forkortelse`: an abbreviation in capitals that nobody has explained.
//!
//! Each abbreviation is one finding a protocol, where it is first used. Explained means: a key of
//! `[forkortelser]`, or the meaning beside it at that first place. Headings are no place to explain
//! anything, so a heading's abbreviation is fine if the texts explain it where they use it first.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::language::{Kind, Language, Passage, Word, WordMap};
use crate::diag::{Code, Finding};
use crate::text::Place;

/// Written with capitals, but known to everybody or words of their own.
const EVERYDAY: [&str; 34] = [
    "AIDS", "CD", "CPR", "CVR", "DK", "DNA", "DVD", "EU", "FN", "GPS", "HIV", "ID", "IT", "LED",
    "MMS", "MRSA", "NB", "OBS", "OK", "PC", "PDF", "PIN", "PS", "QR", "SIM", "SMS", "SOS", "TV",
    "UV", "URL", "USA", "USB", "VVS", "WC",
];
/// Words that people shout. Not every word that occurs in small letters too: MED is also a word.
const SHOUTED: [&str; 30] = [
    "AKUT", "ALARM", "ALDRIG", "ALLE", "ALT", "ALTID", "BRAND", "BØR", "DIG", "DU", "ELLER", "FØR",
    "HJÆLP", "HUSK", "HVIS", "IKKE", "INGEN", "INTET", "JA", "KAN", "KUN", "MÅ", "NEJ", "NU", "OG",
    "SKAL", "STOP", "STRAKS", "VI", "VIGTIG",
];
/// Endings that may follow the capitals directly.
const ENDINGS: [&str; 5] = ["s", "er", "en", "et", "erne"];
/// How many words beside an abbreviation may be its meaning.
const MEANING: usize = 8;

/// One use of an abbreviation.
struct Use<'l, 'p> {
    passage: &'l Passage<'p>,
    index: usize,
    /// The capitals alone.
    range: Range<usize>,
    /// The whole word.
    word: Range<usize>,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let mut by_short: BTreeMap<&str, Vec<Use<'_, '_>>> = BTreeMap::new();
    for one in uses(language) {
        if is_forum(context, &language.text[one.word.clone()]) {
            continue;
        }
        let short = &language.text[one.range.clone()];
        by_short.entry(short).or_default().push(one);
    }
    if by_short.keys().any(|short| may_be_a_word(short)) {
        let loud = words_in_small_letters(language);
        by_short.retain(|short, _| !loud.contains_key(*short));
    }
    for (short, uses) in by_short {
        if is_known(context, &uses[0], short) {
            continue;
        }
        let explained = uses.iter().position(|one| one.is_explained(language));
        let in_text = |one: &Use<'_, '_>| one.passage.kind != Kind::Heading;
        let first_in_text = uses.iter().position(in_text).unwrap_or(0);
        if explained.is_some_and(|explained| explained <= first_in_text) {
            continue;
        }
        let place = |one: &Use<'_, '_>| language.place(one.passage, one.range.clone());
        let explained = explained.map(|explained| place(&uses[explained]));
        let first = place(&uses[first_in_text]);
        findings.push(finding(short, first, uses.len(), explained));
    }
}

/// Whether a word is the name of a forum in the skabelon's year wheel, such as Mini-MED: the area chose it, and
/// everybody there knows it.
fn is_forum(context: &Context<'_>, word: &str) -> bool {
    let mut fora = context
        .skabelon
        .duties
        .iter()
        .filter_map(|duty| duty.forum.as_ref());
    fora.any(|forum| forum.text == word)
}

/// Whether the letters may be a common word that is only loud: NOTAT, UNGE. Short ones are left aside,
/// since MED is also a word.
fn may_be_a_word(short: &str) -> bool {
    short.chars().count() > 3
}

/// The words of four to six letters that the protocol also uses in small letters, in capitals.
fn words_in_small_letters(language: &Language<'_>) -> WordMap<String, ()> {
    let words = language.words.iter();
    words
        .filter(|word| (4..=6).contains(&word.letters) && word.plain && word.capitals < 2)
        .map(|word| (language.word(word).to_uppercase(), ()))
        .collect()
}

fn finding(short: &str, place: Place, count: usize, explained: Option<Place>) -> Finding {
    let times = match count {
        1 => String::new(),
        _ => format!(" Den bliver brugt {count} gange."),
    };
    match explained {
        Some(later) => Finding::new(
            Code::Forkortelse,
            place,
            format!("»{short}« bliver brugt, før forkortelsen er forklaret."),
        )
        .with_help("Flyt forklaringen herhen, hvor læseren møder forkortelsen første gang.")
        .with_related(later, "Her er den forklaret."),
        None => Finding::new(
            Code::Forkortelse,
            place,
            format!("Forkortelsen »{short}« er ikke forklaret.{times}"),
        )
        .with_help(format!(
            "Skriv ordet helt ud, eller forklar det her: »betydning ({short})«. Bruger I det ofte, så skriv \
             {short} = \"betydning\" under [forkortelser] i rusprot.toml."
        )),
    }
}

/// Every abbreviation in capitals, in reading order.
fn uses<'l, 'p>(language: &'l Language<'p>) -> Vec<Use<'l, 'p>> {
    let mut uses = Vec::new();
    for (index, passage) in language.passages.iter().enumerate() {
        let words = &language.words[passage.words.clone()];
        let abbreviated = |word: &Word| word.capitals > 1 && !language.is_code(passage, word);
        if !words.iter().any(abbreviated) || all_in_capitals(&language.text[passage.range.clone()])
        {
            continue;
        }
        for (at, word) in words.iter().enumerate() {
            let is_loud = || is_shouted(language, words, at);
            if !abbreviated(word) || is_own_code(language.word(word)) || is_loud() {
                continue;
            }
            let start = word.range().start;
            for part in capitals(language.word(word)) {
                uses.push(Use {
                    passage,
                    index,
                    range: start + part.start..start + part.end,
                    word: word.range(),
                });
            }
        }
    }
    uses
}

/// The abbreviations in a word: parts between hyphens and apostrophes that are capitals, with digits or an
/// ending behind them.
fn capitals(word: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in word.split(['-', '\'', '’', '\u{2010}', '\u{2011}']) {
        let length = part.find(|c: char| !c.is_uppercase()).unwrap_or(part.len());
        let (short, rest) = part.split_at(length);
        let letters = short.chars().count();
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if (2..=6).contains(&letters)
            && (rest.is_empty() || ENDINGS.contains(&rest))
            && !is_roman(short)
            && !REMAINS.contains(&short)
        {
            found.push(start..start + length);
        }
        // The signs between parts are found again in the word, since they are not all of one byte.
        start += part.len();
        start += word[start..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// What RP305 speaks of: nobody should explain it.
const REMAINS: [&str; 2] = ["TODO", "XX"];

/// The code of a document (`RP-7KQ2-M4XD`) or of a rule (`RP304`), which this program gives.
fn is_own_code(word: &str) -> bool {
    let Some(rest) = word.strip_prefix("RP") else {
        return false;
    };
    let is_rule = rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    let is_part =
        |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_rule
        || rest
            .strip_prefix('-')
            .is_some_and(|code| code.split('-').all(is_part))
}

/// Small Roman numbers, as for chapters. MI would be one too, but nobody counts so far.
fn is_roman(short: &str) -> bool {
    short.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

fn all_in_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) && text.chars().filter(|c| c.is_uppercase()).count() > 6
}

/// Whether a word is shouted: a word of its own, or in a row of words in capitals.
fn is_shouted(language: &Language<'_>, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if SHOUTED.contains(&language.word(word)) {
        return true;
    }
    let loud = |word: &Word| {
        let letters = language.word(word);
        SHOUTED.contains(&letters)
            || (letters.chars().count() > 1 && letters.chars().all(char::is_uppercase))
    };
    let joined = |a: &Word, b: &Word| {
        language.text[a.range().end..b.range().start]
            .trim()
            .is_empty()
    };
    let before = at.checked_sub(1).map(|before| &words[before]);
    let after = words.get(at + 1);
    let alone = |word: &Word| language.word(word).chars().all(char::is_uppercase);
    alone(word)
        && (before.is_some_and(|before| loud(before) && joined(before, word))
            || after.is_some_and(|after| loud(after) && joined(word, after)))
}

/// Whether the area explains it, everybody knows it, or it is part of the institution's own name.
fn is_known(context: &Context<'_>, first: &Use<'_, '_>, short: &str) -> bool {
    let word = &context.language.text[first.word.clone()];
    let listed = context.area.abbreviations.iter().any(|entry| {
        let key = entry.short.value.as_str();
        key == short || key == word || key.split(['-', ' ', '/']).any(|part| part == short)
    });
    let named = |name: &str| {
        name.split(|c: char| !c.is_alphanumeric())
            .any(|part| part == short)
    };
    listed
        || EVERYDAY.contains(&short)
        || named(&context.protocol.institution.name.text)
        || named(&context.area.name.text)
        || context
            .area
            .organisation
            .as_ref()
            .is_some_and(|name| named(&name.text))
}

impl Use<'_, '_> {
    /// Whether the meaning stands beside it.
    fn is_explained(&self, language: &Language<'_>) -> bool {
        let before = &language.text[self.passage.range.start..self.range.start];
        let after = &language.text[self.word.end..self.passage.range.end];
        let short = &language.text[self.range.clone()];
        if self.passage.kind == Kind::Term {
            return true;
        }
        if before.is_empty() && after.trim().is_empty() {
            let next = language.passages.get(self.index + 1);
            return next.is_some_and(|next| {
                next.kind != Kind::Heading
                    && begins_a_word(
                        short,
                        words(&language.text[next.range.clone()]).take(MEANING),
                    )
            });
        }
        follows_its_meaning(short, before, after) || goes_before_its_meaning(short, before, after)
    }
}

/// Marks of quotations.
const MARKS: [char; 7] = ['"', '»', '«', '“', '”', '„', '\''];
/// What comes before the name of a thing that has been told of.
const NAMED: [&str; 9] = [
    "forkortet",
    "forkortes",
    "kaldet",
    "kalder",
    "kaldes",
    "kaldt",
    "hedder",
    "benævnt",
    "benævnes",
];
/// What follows a name that is explained.
const EXPLAINING: [&str; 10] = [
    "står for",
    "betyder",
    "betegner",
    "dækker over",
    "er en forkortelse",
    "er kort for",
    "= ",
    "mener vi",
    "forstås",
    "forstår vi",
];

/// "Motiverende interview (MI)", "motiverende interview, MI, som", "motiverende interview, kaldet MI".
fn follows_its_meaning(short: &str, before: &str, after: &str) -> bool {
    // The word itself may stand in quotation marks.
    let trimmed = before.trim_end_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let named = trimmed.strip_suffix(" for").unwrap_or(trimmed);
    if NAMED.iter().any(|word| named.ends_with(word)) {
        return true;
    }
    let trimmed = before.trim_end();
    let bracket = trimmed.ends_with('(');
    let commas = trimmed.ends_with(',') && after.starts_with(',');
    (bracket || commas) && begins_a_word(short, words(trimmed).rev().take(MEANING))
}

/// "MI (motiverende interview)", "MI står for …", "MI er en samtale", "MI, der er en samtale", "MI: motiverende
/// interview", "MI – motiverende interview".
fn goes_before_its_meaning(short: &str, before: &str, after: &str) -> bool {
    let trimmed = after.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    if let Some(inside) = trimmed.strip_prefix('(') {
        let inside = inside.split(')').next().unwrap_or_default();
        let refers = ["se ", "jf", "bilag", "afsnit", "fx ", "f.eks"]
            .iter()
            .any(|word| inside.starts_with(word));
        return !refers && words(inside).any(|word| word.chars().count() > 3);
    }
    let mut aside = [", der ", ", som ", ", hvilket "].iter();
    let aside = aside.find_map(|words| trimmed.strip_prefix(words));
    let verb = aside.unwrap_or(trimmed);
    let is_said = EXPLAINING.iter().any(|words| verb.starts_with(words));
    if is_said
        || [", altså ", ", det vil sige ", ", dvs. "]
            .iter()
            .any(|words| trimmed.starts_with(words))
    {
        return true;
    }
    let said = [", der er ", ", som er ", "er ", "er, "]
        .iter()
        .find_map(|words| trimmed.strip_prefix(words));
    if said.is_some_and(is_definition) {
        return true;
    }
    let rest = trimmed
        .strip_prefix(':')
        .or_else(|| trimmed.strip_prefix('–'))
        .or_else(|| trimmed.strip_prefix("- "));
    // At the beginning of a line it is the word that the line explains.
    let leads = before.trim().is_empty();
    rest.is_some_and(|rest| {
        begins_a_word(short, words(rest).take(3))
            || (leads && words(rest).any(|word| word.chars().count() > 3))
    })
}

/// What may stand between "er" and the noun that says what something is.
const DETERMINERS: [&str; 8] = ["en", "et", "de", "den", "det", "alle", "når", "at"];
/// What follows "er" where something is told of the thing, not what it is.
const TOLD: [&str; 34] = [
    "af", "aldrig", "allerede", "alt", "altid", "bare", "blevet", "både", "dog", "efter", "for",
    "fra", "her", "hos", "i", "ikke", "ingen", "jo", "klar", "kun", "med", "meget", "mere", "nu",
    "om", "også", "over", "på", "selv", "stadig", "så", "til", "under", "ved",
];
/// Endings of words that describe: adjectives and participles.
const DESCRIBING: [&str; 8] = ["t", "ig", "ige", "ede", "ende", "bar", "som", "sk"];

/// Whether what follows "er" says what a thing is: "akupunktur i øret", "en samtale", "når noget går galt"; not
/// how it is ("vigtigt", "på vej", "lukket om natten"). Whoever is unsure is left in peace.
fn is_definition(rest: &str) -> bool {
    let sentence = rest.split(['.', '!', '?']).next().unwrap_or_default();
    let mut words = words(sentence);
    let Some(first) = words.next() else {
        return false;
    };
    let mut noun = first;
    if DETERMINERS.contains(&first) {
        let Some(next) = words.next() else {
            return false;
        };
        noun = next;
    }
    let goes_on = words.any(|word| word.chars().count() > 2);
    let describes = DESCRIBING.iter().any(|ending| noun.ends_with(ending));
    let says_what = !TOLD.contains(&noun) && !describes && noun.chars().count() > 3;
    goes_on && (says_what || ["når", "at"].contains(&first))
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether one of some words begins with the abbreviation's first letter and is longer than a letter.
fn begins_a_word<'w>(short: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
    let Some(first) = short.chars().next() else {
        return false;
    };
    words.any(|word| {
        let mut chars = word.chars();
        let same = chars
            .next()
            .is_some_and(|c| c.to_lowercase().eq(first.to_lowercase()));
        same && chars.any(char::is_lowercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str) -> Vec<&str> {
        capitals(word).into_iter().map(|part| &word[part]).collect()
    }

    #[test]
    fn abbreviations_are_found_in_compounds_and_with_endings() {
        assert_eq!(found("MI-medarbejderne"), ["MI"]);
        assert_eq!(found("Område-MEDs"), ["MED"]);
        assert_eq!(found("NADA’s"), ["NADA"]);
        assert_eq!(found("ÆØ2"), ["ÆØ"]);
        assert_eq!(found("SSP-UU"), ["SSP", "UU"]);
    }

    #[test]
    fn other_words_are_no_abbreviations() {
        for word in ["Borger", "XII", "iPad", "BORGERNE", "K2", "e-Boks", "Åse"] {
            assert_eq!(found(word), [""; 0], "{word}");
        }
    }

    #[test]
    fn the_meaning_may_stand_on_either_side() {
        assert!(follows_its_meaning(
            "MI",
            "Vi bruger motiverende interview (",
            ")"
        ));
        assert!(!follows_its_meaning("MI", "Spørg en kollega (", ")"));
        for before in [
            "En metode, der hedder ",
            "Samtalen kaldet »",
            "Det kaldes for \"",
            "Et møde, benævnt ",
        ] {
            assert!(follows_its_meaning("MI", before, ""), "{before}");
        }
        assert!(!follows_its_meaning("MI", "Ring efter ", ""));
        for (before, after, is_explained) in [
            ("", " (motiverende interview) er", true),
            ("", " (se bilag 2) er", false),
            ("Vi bruger ", ": motiverende interview", true),
            ("Husk ", ": ring altid først", false),
            ("", ": samtaler på borgerens præmisser", true),
            ("", " – samtaler på borgerens præmisser", true),
            ("", " er akupunktur i øret", true),
            ("Vi bruger ", ", der er en måde at tale sammen på", true),
            ("", " er, når noget går galt", true),
            ("", " er vigtigt for os", false),
            ("", " er ikke en straf", false),
            ("", " er på vej ind i alle huse", false),
            ("", " er samtaler", false),
            ("", " er et fast punkt på vores møder", false),
            ("", " er en del af vores hverdag", false),
            ("", ", som står for motiverende interview", true),
            ("Med ", " mener vi en samtale", true),
            ("Ved ", " forstås en samtale", true),
            ("", ", det vil sige en samtale", true),
            ("Vi taler med ", ", der forstås", true),
            ("", ", der ringer tit", false),
            ("Vi kalder det »", "« dækker over meget", true),
        ] {
            let found = goes_before_its_meaning("MI", before, after);
            assert_eq!(found, is_explained, "{before}MI{after}");
        }
    }

    #[test]
    fn lists_are_in_a_form_that_is_easy_to_keep() {
        let unique = |list: &[&str]| {
            let mut sorted = list.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            sorted.len() == list.len()
        };
        assert!(unique(&EVERYDAY) && unique(&SHOUTED) && unique(&TOLD));
    }
}
