//! How much changed, in a Danish sentence: "3 afsnit ændret, 1 regel tilføjet."

use std::collections::BTreeMap;

use serde::Serialize;

use super::{AskedKind, COMMON_TEXT, Changes, PartChange, PartFate, UnitFate};
use crate::document::{PartKind, UnitKind};
use crate::text::capital;

/// How much changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All of it as sentences: what the institution changed, then what comes from the skabelon.
    pub sentence: String,
    /// What the institution changed, piece by piece.
    pub own: Vec<Count>,
    /// What comes from the skabelon, piece by piece.
    pub skabelon: Vec<Count>,
}

/// So many things that something became of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many.
    pub count: usize,
    /// In Danish: "3 afsnit ændret".
    pub text: String,
}

/// The units that are worth counting one by one when they come or go.
const COUNTED: [UnitKind; 14] = [
    UnitKind::Role,
    UnitKind::Rule,
    UnitKind::Situation,
    UnitKind::Step,
    UnitKind::Contact,
    UnitKind::Question,
    UnitKind::Blank,
    UnitKind::Row,
    UnitKind::Dilemma,
    UnitKind::Task,
    UnitKind::File,
    UnitKind::Figure,
    UnitKind::Signature,
    UnitKind::Block,
];

impl Summary {
    pub(super) fn of(changes: &Changes) -> Self {
        let (own, skabelon) = (own(changes), from_skabelon(changes));
        let phrases = |counts: &[Count]| {
            let texts: Vec<&str> = counts.iter().map(|count| &*count.text).collect();
            texts.join(", ")
        };
        let sentence = match (own.is_empty(), skabelon.is_empty()) {
            (true, true) => "Ingen ændringer.".to_owned(),
            (false, true) => format!("{}.", capital(&phrases(&own))),
            (true, false) => format!(
                "Ingen ændringer i jeres egen tekst. Fra skabelonen: {}.",
                phrases(&skabelon)
            ),
            (false, false) => format!(
                "{}. Fra skabelonen: {}.",
                capital(&phrases(&own)),
                phrases(&skabelon)
            ),
        };
        Self {
            sentence,
            own,
            skabelon,
        }
    }
}

fn own(changes: &Changes) -> Vec<Count> {
    let mut counts = Vec::new();
    if !changes.front.is_empty() {
        counts.push(plain(1, "forsiden ændret"));
    }
    for (kind, one, more) in [
        (PartKind::Section, "afsnit", "afsnit"),
        (PartKind::Appendix, "bilag", "bilag"),
    ] {
        for fate in [
            PartFate::Edited,
            PartFate::Added,
            PartFate::Removed,
            PartFate::Renamed,
            PartFate::Moved,
        ] {
            let of_kind = changes.parts.iter().enumerate();
            let count = of_kind
                .filter(|(_, part)| part.kind == kind && part.is(fate))
                .filter(|(_, part)| fate != PartFate::Edited || has_own_edit(part))
                .filter(|(index, part)| !goes_with_its_parent(&changes.parts[..*index], part, fate))
                .count();
            counts.extend(counted(count, one, more, fate.danish()));
        }
    }
    counts.extend(units(changes));
    let word_list = |part: &PartChange| part.kind == PartKind::Backmatter;
    if changes.parts.iter().any(word_list) {
        counts.push(plain(1, "ordlisten ændret"));
    }
    let files = changes.files.len();
    counts.extend(counted(
        files,
        "billede eller fil",
        "billeder eller filer",
        "skiftet ud",
    ));
    counts
}

/// Whether anything but the skabelon's common text changed in a part.
fn has_own_edit(part: &PartChange) -> bool {
    !part.readers.is_empty() || part.units.iter().any(|unit| !unit.common)
}

/// Whether a part came or went with the part it stands in, which is counted already.
fn goes_with_its_parent(before: &[PartChange], part: &PartChange, fate: PartFate) -> bool {
    matches!(fate, PartFate::Added | PartFate::Removed)
        && before
            .iter()
            .rev()
            .take_while(|earlier| earlier.is(fate) && earlier.kind == part.kind)
            .any(|earlier| earlier.level < part.level)
}

/// What came and went in parts that stand.
fn units(changes: &Changes) -> Vec<Count> {
    let mut found: BTreeMap<(UnitKind, UnitFate), usize> = BTreeMap::new();
    let stands = |part: &&PartChange| {
        part.kind != PartKind::Backmatter
            && !part.is(PartFate::Added)
            && !part.is(PartFate::Removed)
    };
    for unit in changes
        .parts
        .iter()
        .filter(stands)
        .flat_map(|part| &part.units)
    {
        if !unit.common && unit.change != UnitFate::Edited {
            *found.entry((unit.kind.0, unit.change)).or_default() += 1;
        }
    }
    let mut counts = Vec::new();
    for kind in COUNTED {
        let (one, more) = kind.danish();
        for fate in [UnitFate::Added, UnitFate::Removed, UnitFate::Moved] {
            let count = found.get(&(kind, fate)).copied().unwrap_or_default();
            counts.extend(counted(count, one, more, fate.danish()));
        }
    }
    counts
}

fn from_skabelon(changes: &Changes) -> Vec<Count> {
    let mut counts = Vec::new();
    let parts = changes.parts.iter();
    let printed = parts
        .filter(|part| part.units.iter().any(|unit| unit.common))
        .count();
    if printed > 0 {
        counts.push(plain(
            printed,
            &format!("fælles tekst ændret i {printed} afsnit"),
        ));
    } else {
        let texts = changes.skabelon.iter();
        let texts =
            texts.filter(|asked| asked.fields.iter().any(|field| field.label == COMMON_TEXT));
        counts.extend(counted(
            texts.count(),
            "fælles tekst",
            "fælles tekster",
            "ændret",
        ));
    }
    for kind in [
        AskedKind::Requirement,
        AskedKind::Point,
        AskedKind::Subheading,
        AskedKind::Duty,
    ] {
        for fate in [
            UnitFate::Edited,
            UnitFate::Added,
            UnitFate::Removed,
            UnitFate::Moved,
        ] {
            let of_kind = changes.skabelon.iter();
            let of_kind = of_kind.filter(|asked| asked.kind == kind && asked.change == fate);
            // A requirement of which only the common text changed has been counted by that.
            let more_than_text = of_kind.filter(|asked| {
                fate != UnitFate::Edited
                    || asked.fields.iter().any(|field| field.label != COMMON_TEXT)
            });
            let (one, more) = kind.danish();
            counts.extend(counted(more_than_text.count(), one, more, fate.danish()));
        }
    }
    counts
}

fn counted(count: usize, one: &str, more: &str, what: &str) -> Option<Count> {
    let noun = if count == 1 { one } else { more };
    (count > 0).then(|| plain(count, &format!("{count} {noun} {what}")))
}

fn plain(count: usize, text: &str) -> Count {
    let text = text.to_owned();
    Count { count, text }
}
