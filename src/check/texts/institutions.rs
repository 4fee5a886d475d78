//! The names of all institutions of an area, for one pass over each text.
//!
//! One automaton (Aho–Corasick) knows every name, the protocol's own too, so that "Egely" inside one's own
//! "Egely Vest" is no other house. Building it takes time in proportion to the names, looking in proportion
//! to the text, however many institutions there are.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::model::Institution;

/// Shorter names are often ordinary words or letters.
const FEWEST_LETTERS: usize = 4;
/// Words that mean a house, not a certain one.
const ORDINARY: &[&str] = &[
    "afdelingen",
    "boligerne",
    "bostedet",
    "botilbuddet",
    "centeret",
    "centret",
    "gården",
    "haven",
    "hjemmet",
    "huset",
    "kollegiet",
    "opgangen",
    "parken",
    "skoven",
    "stedet",
    "vejen",
    "villaen",
];
/// What follows the name of a town, after which many houses are called.
const OF_TOWNS: &[&str] = &[
    "Kommune",
    "Kommunes",
    "kommune",
    "kommunes",
    "Politi",
    "politi",
    "Sygehus",
    "sygehus",
    "Station",
    "station",
    "Banegård",
    "by",
];

/// Every name with the protocols it belongs to.
#[derive(Debug, Default)]
pub struct Institutions {
    automaton: Option<AhoCorasick>,
    /// As numbered in the automaton: the name and the slugs of its owners.
    names: Vec<(String, Vec<String>)>,
}

impl Institutions {
    /// Gathers the names of some institutions, given with their protocols' slugs.
    pub fn new<'i>(institutions: impl Iterator<Item = (&'i str, &'i Institution)>) -> Self {
        let mut owners: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (slug, institution) in institutions {
            let short = institution.short_name.iter();
            for name in std::iter::once(&institution.name).chain(short) {
                if is_a_name(&name.text) {
                    owners.entry(&name.text).or_default().push(slug.to_owned());
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // A table for every state: some megabytes for a thousand names, and the fastest to run.
            .kind(Some(AhoCorasickKind::DFA))
            .build(owners.keys());
        Self {
            // It is refused only beyond the 2^31 letters that no area has.
            automaton: automaton.ok().filter(|_| owners.len() > 1),
            names: owners
                .into_iter()
                .map(|(name, slugs)| (name.to_owned(), slugs))
                .collect(),
        }
    }

    /// Whether others have the same names.
    pub fn is_same(&self, other: &Self) -> bool {
        self.names == other.names
    }

    /// Whether a text has a name of anybody's, one's own too.
    pub fn any_in(&self, text: &str) -> bool {
        let automaton = self.automaton.as_ref();
        automaton.is_some_and(|automaton| automaton.is_match(text))
    }

    /// The names in a text that belong to others than the protocol with this slug: name and place.
    pub fn others_in<'t>(
        &'t self,
        slug: &'t str,
        text: &'t str,
    ) -> impl Iterator<Item = (&'t str, Range<usize>)> {
        let found = self.automaton.iter();
        found
            .flat_map(move |automaton| automaton.find_iter(text))
            .filter_map(move |found| {
                let (name, owners) = &self.names[found.pattern().as_usize()];
                let other = !owners.iter().any(|owner| owner == slug);
                (other && stands_alone(text, found.range())).then(|| (name.as_str(), found.range()))
            })
    }
}

fn is_a_name(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
        && !ORDINARY.contains(&name.to_lowercase().as_str())
}

/// Whether the place is whole words (a genitive's s may follow) and not the name of a town.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let after = &text[range.end..];
    let whole = !text[..range.start].ends_with(char::is_alphanumeric)
        && (ends(after) || after.strip_prefix('s').is_some_and(ends));
    let next = after.strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c: char| !c.is_alphanumeric()).next();
    whole && !next.is_some_and(|next| OF_TOWNS.contains(&next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Line;

    fn line(text: &str) -> Line {
        Line {
            text: text.to_owned(),
            ..Line::default()
        }
    }

    fn names_in(own: &str, text: &str) -> Vec<String> {
        let names = [
            "Bostedet Egely",
            "Egely",
            "Egely Vest",
            "Huset",
            "Elm",
            "Aars",
        ];
        let all: Vec<Institution> = names
            .iter()
            .map(|name| Institution {
                name: line(name),
                ..Institution::default()
            })
            .collect();
        let named = names.iter().copied().zip(&all);
        let institutions = Institutions::new(named);
        let found = institutions.others_in(own, text);
        found.map(|(name, _)| name.to_owned()).collect()
    }

    #[test]
    fn the_longest_name_counts_and_whole_words_only() {
        assert_eq!(
            names_in("Aars", "På Bostedet Egely er der ro."),
            ["Bostedet Egely"]
        );
        assert_eq!(
            names_in("Aars", "Egelys haver, Egelyhuset, NyEgely"),
            ["Egely"]
        );
        assert_eq!(names_in("Egely Vest", "Her på Egely Vest."), [""; 0]);
    }

    #[test]
    fn ordinary_and_short_words_and_towns_are_no_names() {
        assert_eq!(names_in("Egely", "Huset ved Elm i Aars Kommune."), [""; 0]);
        assert_eq!(names_in("Egely", "Vi taler med Aars."), ["Aars"]);
    }
}
