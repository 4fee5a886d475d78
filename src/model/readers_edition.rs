//! `[[udgave]]`: an edition of protocols for some of their readers, and what of a protocol is in it.
//!
//! An area declares them in `rusprot.toml` or in its skabelon; every protocol gets them. What is printed of one is
//! made in `document::select`, and whether it holds what it must is for RP112.

use serde_json::{Value, json};

use super::fold::slug;
use super::kind::{FormField, Told};
use super::richtext::RichText;
use super::section::{Ids, Reader, Readers, Section};
use super::shape::{Keys, Line, Shape};
use super::table::table;
use super::takes::{Seen, Takes, filled, line, one_or_list, text, yes_no};
use super::texts::Visit;
use crate::text::Spanned;

table! {
    /// An edition for some of the readers.
    pub struct ReadersEdition: "en udgave", "En udgave af protokollerne til nogle af læserne.";

    /// What its folder and its code are called.
    id: Spanned<String> = "id" as EditionId, "Udgavens korte navn. Mappen hedder det, og koden på papiret nævner det.";
    /// Its name.
    name: Line = "navn" as filled(line(Seen::Not)), "Udgavens navn, for eksempel »Til dig, der bor her«.";
    /// For whom it is; empty for everybody.
    readers: Vec<Reader> = "for" as Readers, "Dem, udgaven er til. Afsnit, der er til andre, er ikke med.";
    /// Whether it is in large type.
    large: bool = "stor" as yes_no(false), "Om udgaven er med stor skrift.";
    /// The kinds of blocks that it has; empty where it has all that stands there.
    only: Vec<Only> = "kun" as Onlys, "De byggesten, som er med, hvis det ikke er det hele.";
    /// The ids of requirements that are left out on purpose.
    left_out: Vec<Spanned<String>> = "uden" as Ids, "De krav i skabelonen, som med vilje ikke er med i udgaven.";
    /// What stands first in it.
    preface: Option<RichText> = "forord" as text(), "Det, der står forrest i udgaven.";
}

/// A kind of block that an edition can have alone (`kun`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Only {
    /// `kort`
    Cards,
    /// `kontakter`
    Contacts,
}

const ONLY: [(&str, Only); 2] = [("kort", Only::Cards), ("kontakter", Only::Contacts)];

impl ReadersEdition {
    /// Whether a part for these readers is in it; a part for nobody in particular is for all.
    pub fn has(&self, readers: &[Reader]) -> bool {
        is_for(&self.readers, readers)
    }

    /// Whether residents read it.
    pub fn is_for_residents(&self) -> bool {
        self.readers.contains(&Reader::Borger)
    }

    /// The sections and appendices that are in it, with those below that are, in reading order.
    pub fn held<'s>(&self, sections: &'s [Section]) -> Vec<&'s Section> {
        let mut held = Vec::new();
        for section in sections.iter().filter(|section| self.has(&section.readers)) {
            held.push(section);
            held.extend(self.held(&section.children));
        }
        held
    }
}

/// Whether what is written for some readers belongs in an edition for others: where they have one in common, or
/// where either is for all.
pub fn is_for(edition: &[Reader], part: &[Reader]) -> bool {
    edition.is_empty() || part.is_empty() || part.iter().any(|reader| edition.contains(reader))
}

/// The editions that protocols have of their area's own and those of their skabelon. The area's comes in the place of
/// the skabelon's with the same id.
pub fn readers_editions<'e>(
    own: &'e [ReadersEdition],
    common: &'e [ReadersEdition],
) -> Vec<&'e ReadersEdition> {
    let is_same = |one: &ReadersEdition, other: &ReadersEdition| one.id.value == other.id.value;
    let is_common = |edition: &&ReadersEdition| own.iter().all(|own| !is_same(own, edition));
    let mut editions: Vec<&ReadersEdition> = Vec::new();
    for edition in common.iter().filter(is_common).chain(own) {
        if editions.iter().all(|other| !is_same(other, edition)) {
            editions.push(edition);
        }
    }
    editions
}

/// The id of an edition, which is the name of a folder as well.
#[derive(Clone, Copy, Debug)]
struct EditionId;

impl Told for EditionId {
    fn noun(&self) -> String {
        "små bogstaver a–z, tal og bindestreg".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^[ \t\n\r]*[a-z0-9]+(-[a-z0-9]+)*[ \t\n\r]*$" })
    }

    fn is_needed(&self) -> bool {
        true
    }
}

impl Takes for EditionId {
    type Value = Spanned<String>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let id = shape.required_line(keys, key)?;
        let fits = slug(&id.text);
        if fits != id.text {
            shape.wrong_type(
                id.span,
                format!("»{}« kan ikke være navnet på en mappe.", id.text),
                format!("Brug små bogstaver a–z, tal og bindestreg: {key} = \"{fits}\""),
            );
            return None;
        }
        Some(Spanned::new(id.text, id.span))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// The kinds of blocks that an edition has alone.
#[derive(Clone, Copy, Debug)]
struct Onlys;

impl Told for Onlys {
    fn entry(&self) -> FormField {
        FormField::Choice {
            words: ONLY.map(|(word, _)| word).to_vec(),
            several: true,
        }
    }

    fn noun(&self) -> String {
        let words = ONLY.map(|(word, _)| format!("`\"{word}\"`"));
        format!("en liste af {}", words.join(", "))
    }

    fn schema(&self) -> Value {
        one_or_list(&json!({ "enum": ONLY.map(|(word, _)| word) }))
    }
}

impl Takes for Onlys {
    type Value = Vec<Only>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.choices(keys, key, &ONLY))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}
