//! The words that an area owns: those of its names, its terms and its common texts. How they are spelled there is
//! right, however often somebody spells them otherwise.

use crate::model::{Area, Protocol, Skabelon};

/// A name's word of fewer letters has too many neighbours.
const SHORTEST_NAME: usize = 8;
/// An ordinary word of fewer letters as well.
const SHORTEST_WORD: usize = 10;

/// A word that is spelled right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnedWord {
    /// The word in lower case.
    pub text: String,
    /// Whether it is a name's, which is written with a capital.
    pub is_name: bool,
}

/// The words of a protocol's names and terms.
pub fn of_protocol(protocol: &Protocol) -> Vec<OwnedWord> {
    let mut words = Vec::new();
    let institution = &protocol.institution;
    let names = [
        Some(&institution.name),
        institution.short_name.as_ref(),
        Some(&protocol.area.name),
        protocol.area.organisation.as_ref(),
    ];
    for name in names.into_iter().flatten() {
        add_name(&name.text, &mut words);
    }
    protocol.visit(&mut |section| {
        for term in &section.blocks.terms {
            add_words(&term.word.text, &mut words);
        }
        for role in &section.blocks.roles {
            add_words(&role.title.text, &mut words);
        }
    });
    words.sort();
    words.dedup();
    words
}

/// The words of a skabelon's common texts.
pub fn of_skabelon(skabelon: &Skabelon) -> Vec<OwnedWord> {
    let mut words = Vec::new();
    skabelon.visit(&mut |requirement| {
        let text = requirement.obligatory_source();
        add_words(text.unwrap_or_default(), &mut words);
    });
    words.sort();
    words.dedup();
    words
}

/// The words of the area's own names: itself, its documents, the right words of its list.
pub fn of_area(area: &Area) -> Vec<OwnedWord> {
    let mut words = Vec::new();
    let names = area.organisation.iter().chain([&area.name]);
    let documents = area.documents.values().map(|document| &document.title);
    for name in names.chain(documents) {
        add_name(&name.text, &mut words);
    }
    for (_, right) in &area.terms {
        add_words(&right.text, &mut words);
    }
    words
}

/// A name's words with capitals, each also as what belongs to it; the others of it are ordinary words.
fn add_name(name: &str, words: &mut Vec<OwnedWord>) {
    for word in alphabetic(name).filter(|word| word.starts_with(char::is_uppercase)) {
        if word.chars().count() >= SHORTEST_NAME {
            let text = word.to_lowercase();
            words.push(OwnedWord {
                text: format!("{text}s"),
                is_name: true,
            });
            words.push(OwnedWord {
                text,
                is_name: true,
            });
        }
    }
    add_words(name, words);
}

fn add_words(text: &str, words: &mut Vec<OwnedWord>) {
    let ordinary =
        |word: &&str| word.chars().count() >= SHORTEST_WORD && !word.contains(char::is_uppercase);
    words.extend(alphabetic(text).filter(ordinary).map(|word| OwnedWord {
        text: word.to_owned(),
        is_name: false,
    }));
}

fn alphabetic(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
}
