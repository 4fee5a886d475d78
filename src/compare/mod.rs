//! What changed from one edition of a protocol to another: by meaning, not by line.
//!
//! Two documents, with what their skabeloner ask for and their pictures, become [`Changes`]: data that any
//! output can be written from. It is made of the same units as the fingerprint, so that there are changes
//! exactly where fingerprints differ. No file and no history is read here, and nothing is printed.

mod align;
mod asked;
mod parts;
mod report;
mod summary;
mod targets;
mod unit;
mod upgrade;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

pub use asked::{Asked, AskedChange, AskedKind, COMMON_TEXT};
pub use report::{Mark, ProtocolChanges, Report, State};
pub use summary::{Count, Summary};
pub use unit::{FieldChange, UnitChange, UnitFate, UnitWord};
pub use upgrade::{
    DutyChange, DutyFate, ProtocolUpgrade, Renamed, RetiredPart, SkabelonMark, Told, Upgrade,
};
pub use words::{Piece, PieceKind};

use crate::document::{Document, PartKind, Unit, canonical};
use parts::{Matching, Node};
use unit::field;

/// The version of the JSON form of changes.
pub const JSON_VERSION: u32 = 1;

/// One side of a comparison: a document with all that its fingerprint is made of.
#[derive(Clone, Debug)]
pub struct Side {
    /// The document.
    pub document: Document,
    /// What its skabelon asks for.
    pub asked: Asked,
    /// The pictures it shows and the files attached to it, by name, with a digest of their bytes.
    pub files: BTreeMap<String, [u8; 32]>,
}

impl Side {
    /// A side, with the bytes of its pictures and attached files.
    pub fn new<'p>(
        document: Document,
        asked: Asked,
        files: impl IntoIterator<Item = (&'p str, &'p [u8])>,
    ) -> Self {
        let files = files.into_iter();
        let files = files.map(|(file, bytes)| (file.to_owned(), Sha256::digest(bytes).into()));
        Self {
            document,
            asked,
            files: files.collect(),
        }
    }
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// What stands before the text: title, name, address and how to reach the institution, the area.
    pub front: Vec<FieldChange>,
    /// Sections, appendices and the word list, in the present order; what is gone stands where it stood.
    pub parts: Vec<PartChange>,
    /// Pictures and attached files that hold something else under the name they had.
    pub files: Vec<String>,
    /// What the skabelon asks for.
    pub skabelon: Vec<AskedChange>,
}

/// A section or appendix that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// Its anchor; of what is gone, the anchor it had.
    pub id: String,
    /// What it is.
    pub kind: PartKind,
    /// 1 for the top level.
    pub level: u8,
    /// `afsnit 4.2`, `bilag 3`, `ordliste`; of what is gone, what it was.
    pub name: String,
    /// The heading it has; of what is gone, the one it had.
    pub heading: String,
    /// What became of it, at least one thing.
    pub changes: Vec<PartFate>,
    /// Where it was renamed: the words of the heading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renamed: Vec<Piece>,
    /// Where it moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// Whom it is for, where that changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<Piece>,
    /// Its paragraphs, rules, steps, rows …
    pub units: Vec<UnitChange>,
}

/// From where to where a part moved: `afsnit 3` to `bilag 1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// Where it was.
    pub from: String,
    /// Where it is.
    pub to: String,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartFate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another heading.
    Renamed,
    /// It stands elsewhere.
    Moved,
    /// What it says changed.
    Edited,
}

impl PartFate {
    /// "tilføjet", "fjernet" …
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Added => "tilføjet",
            Self::Removed => "fjernet",
            Self::Renamed => "omdøbt",
            Self::Moved => "flyttet",
            Self::Edited => "ændret",
        }
    }
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How much changed, in a sentence or two and as numbers.
    pub fn summary(&self) -> Summary {
        Summary::of(self)
    }
}

impl PartChange {
    /// Whether it has this among its changes.
    pub fn is(&self, fate: PartFate) -> bool {
        self.changes.contains(&fate)
    }
}

/// What changed from one side to the other.
pub fn compare(former: &Side, present: &Side) -> Changes {
    let (old, new) = (&former.document, &present.document);
    if !old.edition.fingerprint.is_empty() && old.edition.fingerprint == new.edition.fingerprint {
        return Changes::default();
    }
    let mut matching = Matching::of(old, new);
    targets::rename(&mut matching, old, new);
    let parts = parts_changed(&matching);
    Changes {
        front: front(old, new),
        files: files(former, present),
        skabelon: asked::compare(&former.asked, &present.asked),
        parts,
    }
}

/// Of two lists of documents, which is likely to be which: pairs of indices, each index once. For protocols
/// whose folder has another name now.
pub fn same_protocols(former: &[&Document], present: &[&Document]) -> Vec<(usize, usize)> {
    let bags = |documents: &[&Document]| -> Vec<Vec<u64>> {
        documents
            .iter()
            .map(|document| parts::document_bag(document))
            .collect()
    };
    parts::pairs_alike(&bags(former), &bags(present))
}

/// The headings of a document, without their texts, as new or gone.
fn headings(document: &Document, fate: PartFate) -> Changes {
    let nothing = parts::nodes(document).into_iter();
    let parts = nothing.filter(|node| node.part.kind != PartKind::Backmatter);
    let parts = parts.map(|node| change(&node, vec![fate], Vec::new()));
    Changes {
        parts: parts.collect(),
        ..Changes::default()
    }
}

fn front(former: &Document, present: &Document) -> Vec<FieldChange> {
    let texts = |document: &Document| -> Vec<(&'static str, String)> {
        let institution = &document.institution;
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            ("titel", document.title.clone()),
            ("navn", institution.name.clone()),
            ("kort navn", given(&institution.short_name)),
            ("adresse", institution.address.join(", ")),
            ("telefon", given(&institution.phone)),
            ("mail", given(&institution.mail)),
            ("hjemmeside", given(&institution.web)),
            ("område", document.area.name.clone()),
            ("organisation", given(&document.area.organisation)),
        ]
    };
    let pairs = texts(former).into_iter().zip(texts(present));
    pairs
        .filter_map(|((label, old), (_, new))| field(label, &old, &new))
        .collect()
}

/// Files whose bytes differ under the same name. One that came or went is named in the text that shows it.
fn files(former: &Side, present: &Side) -> Vec<String> {
    let differs = |(file, digest): &(&String, &[u8; 32])| {
        former.files.get(*file).is_some_and(|old| old != *digest)
    };
    let changed = present.files.iter().filter(differs);
    changed.map(|(file, _)| file.clone()).collect()
}

fn parts_changed(matching: &Matching<'_>) -> Vec<PartChange> {
    let moved = matching.moved();
    let mut gone_after: Vec<Vec<usize>> = vec![Vec::new(); matching.present.len() + 1];
    let mut slot = 0;
    for (index, partner) in matching.to_present.iter().enumerate() {
        match partner {
            Some(partner) if !moved[*partner] => slot = partner + 1,
            Some(_) => {}
            None => {
                // An appendix that is gone stands among the appendices, whatever came before them.
                let rank = rank(matching.former[index].part.kind);
                let before = |node: &Node<'_>| self::rank(node.part.kind) < rank;
                let first = matching.present.partition_point(before);
                gone_after[slot.max(first)].push(index);
            }
        }
    }
    let mut changes = Vec::new();
    for (slot, gone) in gone_after.iter().enumerate() {
        if let Some(index) = slot.checked_sub(1) {
            let node = &matching.present[index];
            match matching.to_former[index] {
                None => changes.push(whole(node, PartFate::Added)),
                Some(old) => changes.extend(part(&matching.former[old], node, moved[index])),
            }
        }
        changes.extend(
            gone.iter()
                .map(|old| whole(&matching.former[*old], PartFate::Removed)),
        );
    }
    changes
}

/// The order of printing.
fn rank(kind: PartKind) -> u8 {
    match kind {
        PartKind::Section => 0,
        PartKind::Backmatter => 1,
        PartKind::Appendix => 2,
    }
}

fn part(former: &Node<'_>, present: &Node<'_>, moved: bool) -> Option<PartChange> {
    let (old, new) = (former.part, present.part);
    let renamed = words::compare(&old.heading, &new.heading).unwrap_or_default();
    let given = |readers: &Option<String>| readers.clone().unwrap_or_default();
    let readers = words::compare(&given(&old.readers), &given(&new.readers)).unwrap_or_default();
    let units = unit::compare(&former.units, &present.units);
    let fates = [
        (PartFate::Renamed, !renamed.is_empty()),
        (PartFate::Moved, moved),
        (PartFate::Edited, !readers.is_empty() || !units.is_empty()),
    ];
    let fates: Vec<PartFate> = fates
        .into_iter()
        .filter_map(|(fate, holds)| holds.then_some(fate))
        .collect();
    let change = change(present, fates, units);
    (!change.changes.is_empty()).then(|| PartChange {
        renamed,
        readers,
        moved: moved.then(|| Move {
            from: place(former),
            to: place(present),
        }),
        ..change
    })
}

fn whole(node: &Node<'_>, fate: PartFate) -> PartChange {
    let unit_fate = match fate {
        PartFate::Removed => UnitFate::Removed,
        _ => UnitFate::Added,
    };
    let units: &[Unit] = &node.units;
    change(node, vec![fate], unit::all(units, unit_fate))
}

fn change(node: &Node<'_>, changes: Vec<PartFate>, units: Vec<UnitChange>) -> PartChange {
    PartChange {
        id: node.part.id.clone(),
        kind: node.part.kind,
        level: node.part.level,
        name: place(node),
        heading: crate::check::masked(&node.part.heading).into_owned(),
        changes,
        renamed: Vec::new(),
        moved: None,
        readers: Vec::new(),
        units,
    }
}

/// "afsnit 4.2", "bilag 3", "ordliste"; an unnumbered part below an appendix is only "underafsnit".
fn place(node: &Node<'_>) -> String {
    let number = &node.part.number;
    match node.part.kind {
        PartKind::Backmatter => canonical(&node.part.heading).to_lowercase(),
        _ if number.is_empty() => "underafsnit".to_owned(),
        PartKind::Section => format!("afsnit {number}"),
        PartKind::Appendix => number.to_lowercase(),
    }
}
