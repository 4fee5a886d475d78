//! References to laws in running text: paragraphs, and the laws that sentences name.
//!
//! What there is to say about one stands in the rules `lov_uden_navn` and `aendret_lov`.

use std::collections::BTreeMap;
use std::ops::Range;

/// The most provisions that a range such as `§§ 124-137` is taken to name.
const LONGEST_RANGE: u32 = 60;

/// A law named in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name in lower case; as the register has it, if it does.
    pub law: String,
    /// Where it stands in the sentence.
    pub range: Range<usize>,
}

/// The laws that a sentence names; `names` are other names in lower case with what they stand for.
pub fn laws_in(sentence: &str, names: &BTreeMap<String, String>) -> Vec<Named> {
    let mut laws = Vec::new();
    let words = words(sentence);
    let longest = names.keys().map(|name| name.chars().count()).max();
    // A name, the "s" that may follow it, and the sign that ends it.
    let reach = longest.unwrap_or_default() + 2;
    for (index, &(at, word)) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let next = words.get(index + 1).map(|(_, next)| next.to_lowercase());
        let bare = lower.strip_suffix('s').unwrap_or(&lower);
        let mut ahead = sentence[at..].char_indices();
        let end = ahead.nth(reach).map_or(sentence.len(), |(end, _)| at + end);
        let rest = sentence[at..end].to_lowercase();
        let known = names
            .iter()
            .filter(|(name, _)| known_at(name, &rest, word))
            .max_by_key(|(name, _)| name.len());
        let law = if let Some((_, law)) = known {
            Some(law.clone())
        } else if let Some(law) = misspelt(bare, names) {
            Some(law.clone())
        } else if bare.ends_with("loven") && bare != "loven" {
            Some(bare.to_owned())
        } else if bare == "lov" {
            let before = index
                .checked_sub(1)
                .map(|before| words[before].1.to_lowercase());
            match (before, next.as_deref()) {
                (_, Some("om" | "nr")) => Some("lov".to_owned()),
                (Some(owner), _) if owner == "barnets" || owner == "ungdoms" => {
                    Some(format!("{owner} lov"))
                }
                _ => None,
            }
        } else {
            is_other_source(&lower, word).then_some(lower)
        };
        laws.extend(law.map(|law| Named {
            law,
            range: at..at + word.len(),
        }));
    }
    laws
}

/// Whether a name of the register stands at the head of `rest`; short forms count in capitals only.
fn known_at(name: &str, rest: &str, word: &str) -> bool {
    let stands = rest.strip_prefix(name).is_some_and(|after| {
        let after = after.strip_prefix('s').unwrap_or(after);
        !after.starts_with(char::is_alphanumeric)
    });
    stands && (name.len() > 4 || word.chars().all(char::is_uppercase))
}

/// The law whose name a word is but for one letter ("serviceoven"): that is for another rule to mend.
fn misspelt<'n>(word: &str, names: &'n BTreeMap<String, String>) -> Option<&'n String> {
    /// Shorter names are one letter from too many other words.
    const LONG: usize = 8;
    let near = |name: &String| name.len() >= LONG && strsim::levenshtein(name, word) == 1;
    let known = names.iter().find(|(name, _)| near(name));
    known.map(|(_, law)| law)
}

/// Sources of law that are no act of parliament.
fn is_other_source(lower: &str, word: &str) -> bool {
    [
        "bekendtgørelse",
        "cirkulære",
        "forordning",
        "konvention",
        "vejledning",
    ]
    .iter()
    .any(|kind| lower.contains(kind))
        || matches!(
            word,
            "GDPR" | "LBK" | "BEK" | "Bek" | "EMRK" | "SEL" | "SUL" | "RTL" | "FVL" | "OFL"
        )
}

/// The words of a text, hyphens inside them, each with where it stands.
pub fn words(text: &str) -> Vec<(usize, &str)> {
    let is_between = |c: char| !c.is_alphanumeric() && c != '-';
    let mut at = 0;
    let mut words = Vec::new();
    for piece in text.split_inclusive(is_between) {
        let word = piece.trim_end_matches(is_between);
        if !word.is_empty() {
            words.push((at, word));
        }
        at += piece.len();
    }
    words
}

/// Paragraphs named together after one `§`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// From the sign to the last number.
    pub range: Range<usize>,
    /// Such as `140` or `135 a`.
    pub numbers: Vec<String>,
}

/// Every `§` with a number in a text.
pub fn cited_in(text: &str) -> Vec<Cited> {
    let mut cited: Vec<Cited> = Vec::new();
    for (start, _) in text.match_indices('§') {
        if cited.last().is_some_and(|last| last.range.end > start) {
            continue;
        }
        let mut reader = Reader { text, at: start };
        let several = reader.take_signs() > 1;
        let Some(first) = reader.number() else {
            continue;
        };
        let mut numbers = vec![first];
        let mut end = reader.at;
        while let Some(joined) = reader.joined(several) {
            if joined.is_range {
                numbers.extend(between(numbers.last(), &joined.number));
            }
            numbers.push(joined.number);
            end = reader.at;
        }
        cited.push(Cited {
            range: start..end,
            numbers,
        });
    }
    cited
}

/// The numbers between two, both left out.
fn between(first: Option<&String>, last: &str) -> Vec<String> {
    let ends = (
        first.and_then(|first| first.parse::<u32>().ok()),
        last.parse().ok(),
    );
    match ends {
        (Some(first), Some(last)) if first < last && last - first <= LONGEST_RANGE => {
            (first + 1..last).map(|number| number.to_string()).collect()
        }
        _ => Vec::new(),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

struct Joined {
    number: String,
    is_range: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take_signs(&mut self) -> usize {
        let rest = self.rest();
        let signs = rest.len() - rest.trim_start_matches('§').len();
        self.at += signs;
        self.skip_blanks();
        signs / '§'.len_utf8()
    }

    /// A number and the letter that may follow it.
    fn number(&mut self) -> Option<String> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        let number = rest[..digits].to_owned();
        let after = &rest[digits..];
        let spaced = after.strip_prefix([' ', '\u{A0}']).unwrap_or(after);
        let mut letters = spaced.chars();
        let letter = letters.next().filter(char::is_ascii_lowercase);
        let alone = !letters.next().is_some_and(char::is_alphanumeric);
        // "i" is the word in "§ 140 i serviceloven".
        if let Some(letter) = letter.filter(|&letter| alone && letter != 'i') {
            self.at += digits + (after.len() - spaced.len()) + 1;
            return Some(format!("{number} {letter}"));
        }
        self.at += digits;
        Some(number)
    }

    /// The next number of a list or a range; only `§§` is followed by a list.
    fn joined(&mut self, several: bool) -> Option<Joined> {
        let start = self.at;
        self.skip_blanks();
        let signs = [
            ("-", true),
            ("–", true),
            ("til ", true),
            (",", false),
            ("og ", false),
            ("eller ", false),
        ];
        let (sign, is_range) = signs
            .into_iter()
            .find(|(sign, _)| self.rest().starts_with(sign))?;
        self.at += sign.len();
        self.skip_blanks();
        let number = (is_range || several).then(|| self.number()).flatten();
        if number.is_none() {
            self.at = start;
        }
        number.map(|number| Joined { number, is_range })
    }
}

/// The law that a paragraph belongs to: the one that follows with "i", else the nearest before it, else the
/// first after it.
pub fn law_of<'l>(sentence: &str, cited: &Cited, laws: &'l [Named]) -> Option<&'l Named> {
    /// "i" and its law are no further from the paragraph.
    const NEAR: usize = 40;
    let after = laws.partition_point(|law| law.range.start < cited.range.end);
    let near = laws[after..].iter();
    let mut near = near.take_while(|law| law.range.start - cited.range.end < NEAR);
    let follows = |law: &&Named| {
        let between = &sentence[cited.range.end..law.range.start];
        between.split_whitespace().next_back() == Some("i") && !between.contains('§')
    };
    let before = laws.partition_point(|law| law.range.start < cited.range.start);
    near.find(follows)
        .or_else(|| before.checked_sub(1).map(|last| &laws[last]))
        .or_else(|| laws.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        cited_in(text)
            .into_iter()
            .flat_map(|cited| cited.numbers)
            .collect()
    }

    #[test]
    fn paragraphs_are_read_alone_in_lists_and_in_ranges() {
        assert_eq!(numbers("efter § 141, stk. 2."), ["141"]);
        assert_eq!(
            numbers("§§ 81, 107 og 135 a gælder"),
            ["81", "107", "135 a"]
        );
        assert_eq!(numbers("§ 10-12"), ["10", "11", "12"]);
        assert_eq!(numbers("§ 140 i serviceloven og § 33"), ["140", "33"]);
        assert_eq!(numbers("§ 19 a, 3. punktum"), ["19 a"]);
    }

    #[test]
    fn laws_are_told_from_permission_and_from_the_word_alone() {
        let names = BTreeMap::from([
            (
                "lov om social service".to_owned(),
                "serviceloven".to_owned(),
            ),
            ("sel".to_owned(), "serviceloven".to_owned()),
        ]);
        let laws = |text: &str| {
            let laws = laws_in(text, &names).into_iter();
            laws.map(|named| named.law).collect::<Vec<_>>()
        };
        assert_eq!(laws("efter Servicelovens § 141"), ["serviceloven"]);
        assert_eq!(
            laws("i lov om social service, SEL § 1"),
            ["serviceloven"; 2]
        );
        assert_eq!(laws("barnets lov § 33"), ["barnets lov"]);
        let known = BTreeMap::from([("serviceloven".to_owned(), "serviceloven".to_owned())]);
        let misspelt = laws_in("efter Serviceovens § 101", &known);
        assert_eq!(misspelt[0].law, "serviceloven");
        assert_eq!(laws("du har lov til det efter loven"), [""; 0]);
    }

    #[test]
    fn a_paragraph_belongs_to_the_law_around_it() {
        let sentence = "Efter sundhedsloven § 141 og § 140 i serviceloven";
        let laws = laws_in(sentence, &BTreeMap::new());
        let found: Vec<_> = cited_in(sentence)
            .iter()
            .filter_map(|cited| law_of(sentence, cited, &laws))
            .map(|named| named.law.as_str())
            .collect();
        assert_eq!(found, ["sundhedsloven", "serviceloven"]);
    }
}
