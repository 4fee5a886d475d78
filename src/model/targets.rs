//! What references can lead to: every place and contact of a protocol, each with its number and its anchor.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Contact, find_contact};
use super::fold::slug;
use super::named::NamedBlocks;
use super::numbering::Numbering;
use super::protocol::Protocol;
use super::reference::ReferenceKind;
use super::section::Section;

/// A place in the protocol that references can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Whether it is, or stands in, an appendix.
    pub kind: ReferenceKind,
    /// Which top-level part it stands in, and the way down from there: indices of sub-sections.
    pub path: Vec<usize>,
    /// What a reader sees where the author wrote no text: `Bilag 3`, `afsnit 4.2`.
    pub label: String,
    /// The number before its heading; empty inside appendices.
    pub number: String,
    /// How it is numbered.
    pub numbering: Numbering,
    /// Its anchor, unique in the document.
    pub anchor: String,
}

/// A contact that references can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactTarget {
    /// Its anchor, unique in the document.
    pub anchor: String,
    /// What a reader sees where the author wrote no text: "Vagttelefonen, tlf. 00 65 43 00".
    pub label: String,
}

/// Every place of a protocol by its id.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    by_id: BTreeMap<String, Target>,
    /// Anchors by kind and path, for walking the tree.
    by_path: BTreeMap<(ReferenceKind, Vec<usize>), String>,
    /// Anchors by kind and the id as it is written: `afsnit:husorden` and `bilag:husorden` are two names.
    by_name: BTreeMap<(ReferenceKind, String), String>,
    contacts: BTreeMap<String, ContactTarget>,
    blocks: NamedBlocks,
    /// The ids that somebody wrote, as a file's name or under `id`. A sub-section's heading never takes one.
    written: BTreeSet<(ReferenceKind, String)>,
    /// The number behind the last anchor of each id that has several, by whether it was made: the next one goes on from
    /// there.
    counts: BTreeMap<(bool, String), usize>,
}

impl Protocol {
    /// What references can lead to in it.
    pub fn targets(&self) -> Targets {
        let numbering = self.edition.numbering.unwrap_or_default();
        Targets::of(&self.sections, &self.appendices, numbering)
    }
}

impl Targets {
    /// Numbers the sections and appendices and gives each an anchor.
    ///
    /// Of two places with one id the one whose id somebody wrote keeps it, and else the first; the other gets
    /// another anchor: its parent's id in front, or a number behind. Whether that is a fault is for rule RP010
    /// to say.
    pub fn of(sections: &[Section], appendices: &[Section], numbering: Numbering) -> Self {
        let mut targets = Self {
            blocks: NamedBlocks::of(sections, appendices),
            ..Self::default()
        };
        for (parts, kind) in [
            (sections, ReferenceKind::Section),
            (appendices, ReferenceKind::Appendix),
        ] {
            for part in parts {
                part.visit(&mut |section| {
                    if is_written(section) {
                        targets.written.insert((kind, section.id.clone()));
                    }
                });
            }
        }
        let mut count = 0;
        for (index, section) in sections.iter().enumerate() {
            let own = numbering.of_section(section.numbering);
            let number = next(own, &mut count);
            targets.add(
                section,
                ReferenceKind::Section,
                vec![index],
                (own, number),
                None,
            );
        }
        for (index, appendix) in appendices.iter().enumerate() {
            let number = (Numbering::Numbers, format!("Bilag {}", index + 1));
            targets.add(appendix, ReferenceKind::Appendix, vec![index], number, None);
        }
        for part in sections.iter().chain(appendices) {
            part.visit(&mut |section| {
                for contact in &section.blocks.contacts {
                    targets.add_contact(contact);
                }
            });
        }
        targets
    }

    /// Of two contacts with one id (RP010) the first keeps it.
    fn add_contact(&mut self, contact: &Contact) {
        let id = &contact.id.value;
        if !self.contacts.contains_key(id) {
            let anchor = self.free_anchor(&format!("kontakt-{}", slug(id)), None, true);
            let label = contact.label();
            let target = ContactTarget { anchor, label };
            self.contacts.insert(id.clone(), target);
        }
    }

    /// The building blocks that references can name.
    pub const fn blocks(&self) -> &NamedBlocks {
        &self.blocks
    }

    /// The contact of the protocol that a `kontakt:` names.
    pub fn contact(&self, id: &str) -> Option<&ContactTarget> {
        find_contact(&self.contacts, id)
    }

    /// The ids of the protocol's contacts, in order.
    pub fn contact_ids(&self) -> impl Iterator<Item = &str> {
        self.contacts.keys().map(String::as_str)
    }

    fn add(
        &mut self,
        section: &Section,
        kind: ReferenceKind,
        path: Vec<usize>,
        (numbering, number): (Numbering, String),
        parent: Option<&str>,
    ) {
        let is_made = !is_written(section);
        let anchor = self.free_anchor(&section.id, parent, is_made);
        let label = match kind {
            ReferenceKind::Appendix if path.len() == 1 => number.clone(),
            ReferenceKind::Appendix => {
                format!("Bilag {}, »{}«", path[0] + 1, section.heading.text)
            }
            _ if number.is_empty() => format!("afsnit »{}«", section.heading.text),
            _ => format!("afsnit {number}"),
        };
        let below_numbering = numbering.below(section.numbering);
        let mut count = 0;
        for (index, child) in section.children.iter().enumerate() {
            let mut below = path.clone();
            below.push(index);
            let own = match kind {
                ReferenceKind::Section => below_numbering.of_section(child.numbering),
                _ => Numbering::Nothing,
            };
            let word = next(own, &mut count);
            let dot = if number.is_empty() || word.is_empty() {
                ""
            } else {
                "."
            };
            let above = if word.is_empty() { "" } else { number.as_str() };
            let number = (own, format!("{above}{dot}{word}"));
            self.add(child, kind, below, number, Some(&anchor));
        }
        let name = (kind, section.id.clone());
        if !(is_made && self.written.contains(&name)) {
            self.by_name.entry(name).or_insert_with(|| anchor.clone());
        }
        self.by_path.insert((kind, path.clone()), anchor.clone());
        let target = Target {
            kind,
            path,
            label,
            number,
            numbering,
            anchor: anchor.clone(),
        };
        self.by_id.insert(anchor, target);
    }

    /// An anchor that no place has, and that no place will want that has it in writing, unless this one does.
    fn free_anchor(&mut self, id: &str, parent: Option<&str>, is_made: bool) -> String {
        let taken = |anchor: &str| self.taken(anchor) || (is_made && self.is_in_writing(anchor));
        let mut anchor = id.to_owned();
        if let Some(parent) = parent
            && taken(&anchor)
        {
            anchor = format!("{parent}-{id}");
        }
        if taken(&anchor) {
            let key = (is_made, id.to_owned());
            let mut count = self.counts.get(&key).copied().unwrap_or(1);
            while taken(&anchor) {
                count += 1;
                anchor = format!("{id}-{count}");
            }
            self.counts.insert(key, count);
        }
        anchor
    }

    fn is_in_writing(&self, anchor: &str) -> bool {
        [ReferenceKind::Section, ReferenceKind::Appendix]
            .into_iter()
            .any(|kind| self.written.contains(&(kind, anchor.to_owned())))
    }

    fn taken(&self, anchor: &str) -> bool {
        self.by_id.contains_key(anchor)
            || self
                .contacts
                .values()
                .any(|contact| contact.anchor == anchor)
    }

    /// The place an `afsnit:` or `bilag:` names. The id may be typed as the heading it was made from.
    pub fn find(&self, kind: ReferenceKind, id: &str) -> Option<&Target> {
        let named = |id: &str| self.by_name.get(&(kind, id.to_owned())).map(String::as_str);
        let anchor = |id: &str| self.by_id.get(named(id).unwrap_or(id));
        let found = anchor(id).or_else(|| anchor(&slug(id)))?;
        let fits = match kind {
            ReferenceKind::Appendix => found.kind == kind && found.path.len() == 1,
            ReferenceKind::Section => true,
            _ => false,
        };
        fits.then_some(found)
    }

    /// The place at the end of a path.
    pub fn at(&self, kind: ReferenceKind, path: &[usize]) -> &Target {
        let anchor = &self.by_path[&(kind, path.to_vec())];
        &self.by_id[anchor]
    }

    /// The ids that a reference of this kind can name, in order.
    pub fn ids(&self, kind: ReferenceKind) -> impl Iterator<Item = &str> {
        self.by_id
            .iter()
            .filter(move |(_, target)| match kind {
                ReferenceKind::Appendix => target.kind == kind && target.path.len() == 1,
                _ => target.kind == kind,
            })
            .map(|(id, _)| id.as_str())
    }
}

/// The word of the next one in a row; what has none leaves the row as it was.
fn next(numbering: Numbering, count: &mut usize) -> String {
    if numbering != Numbering::Nothing {
        *count += 1;
    }
    numbering.word(*count)
}

/// Whether somebody wrote a section's id: the key, or the name of its file.
fn is_written(section: &Section) -> bool {
    section.level == 1 || section.given_id.is_some()
}
