//! The units of a part held against those it had: added, removed, moved, edited.

use serde::Serialize;

use super::align::align;
use super::words::{self, Piece, Said, key};
use crate::document::{Unit, UnitField, UnitKind, canonical};

/// A paragraph, rule, step or row of a table that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitChange {
    /// What became of it.
    pub change: UnitFate,
    /// What it is.
    pub kind: UnitWord,
    /// What it is called: `regel 3`, `trin 2`, `tekststykke`. A number is the present one, but of what was
    /// removed the former one.
    pub name: String,
    /// What it belongs to: the situation of an action card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// Whether the change comes from the skabelon, since the text is its common one.
    pub common: bool,
    /// The texts: those that changed, or all of them where the unit was added, removed or moved.
    pub fields: Vec<FieldChange>,
}

/// A text of a unit, of a title block or of the skabelon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// What the text is: `begrundelse`, `hvem`, a column's heading. Empty for a unit's own text.
    pub label: String,
    /// Its words.
    pub words: Vec<Piece>,
}

/// What became of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitFate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its words changed.
    Edited,
    /// It stands at another place of the part, with the same words.
    Moved,
}

impl UnitFate {
    /// "tilføjet", "fjernet" …
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Added => "tilføjet",
            Self::Removed => "fjernet",
            Self::Edited => "ændret",
            Self::Moved => "flyttet",
        }
    }
}

/// What a unit is, as a word for machines: `rule`, `step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitWord(pub UnitKind);

impl Serialize for UnitWord {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self.0 {
            UnitKind::Paragraph => "paragraph",
            UnitKind::Item => "item",
            UnitKind::Row => "row",
            UnitKind::Term => "term",
            UnitKind::Note => "note",
            UnitKind::Role => "role",
            UnitKind::Rule => "rule",
            UnitKind::Question => "question",
            UnitKind::Blank => "blank",
            UnitKind::Situation => "situation",
            UnitKind::Step => "step",
            UnitKind::Contact => "contact",
            UnitKind::Documentation => "documentation",
            UnitKind::Dilemma => "dilemma",
            UnitKind::Task => "task",
            UnitKind::File => "file",
            UnitKind::Signature => "signature",
            UnitKind::Insertion => "insertion",
            UnitKind::Figure => "figure",
            UnitKind::Block => "block",
        })
    }
}

/// Two units this alike are one that was edited.
const ALIKE: usize = 350;
/// The most pairs that are all held against each other; beyond it only neighbours are.
const PAIRS: usize = 4_096;
/// How far a unit is looked for among many.
const NEIGHBOURS: usize = 12;

/// What became of the units of a part.
pub(super) fn compare(former: &[Unit], present: &[Unit]) -> Vec<UnitChange> {
    if former == present {
        return Vec::new();
    }
    let keys = |units: &[Unit]| units.iter().map(unit_key).collect::<Vec<_>>();
    let (old_keys, new_keys) = (keys(former), keys(present));
    let mut fates = Fates {
        of_former: vec![None; former.len()],
        of_present: vec![None; present.len()],
    };
    let (mut i, mut j) = (0, 0);
    let ends = std::iter::once((former.len(), present.len()));
    let held = align(&old_keys, &new_keys);
    for (next_i, next_j) in held.iter().copied().chain(ends) {
        pair(former, present, (i..next_i, j..next_j), &mut fates);
        if next_i < former.len() {
            fates.meet(next_i, next_j, UnitFate::Edited);
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    find_moved(&old_keys, &new_keys, &mut fates);
    changes(former, present, &fates)
}

/// All units of a part that is new or gone.
pub(super) fn all(units: &[Unit], fate: UnitFate) -> Vec<UnitChange> {
    let places = places(units).into_iter();
    let placed = units.iter().zip(places);
    placed
        .map(|(unit, under)| whole(unit, fate, under))
        .collect()
}

/// For each unit its partner on the other side, and what became of the two. Units that say the same count as
/// edited here, since their rows' headings may differ; nothing is told of them.
struct Fates {
    of_former: Vec<Option<usize>>,
    of_present: Vec<Option<(usize, UnitFate)>>,
}

impl Fates {
    fn meet(&mut self, former: usize, present: usize, fate: UnitFate) {
        self.of_former[former] = Some(present);
        self.of_present[present] = Some((former, fate));
    }
}

/// What a unit says, as a key. The cells of a row count without their columns' headings: those stand in a row
/// of their own, which changes with them.
fn unit_key(unit: &Unit) -> u64 {
    let labels = unit.kind != UnitKind::Row;
    let label = |field: &'_ UnitField| labels.then(|| field.label.clone());
    let fields = unit.fields.iter();
    let fields: Vec<_> = fields
        .map(|field| (label(field), Said::from(field).meaning()))
        .collect();
    key(&(unit.kind, unit.common, unit.number == 0 && !labels, fields))
}

fn unit_bag(unit: &Unit) -> Vec<u64> {
    let mut bag = Vec::new();
    for field in &unit.fields {
        words::bag(field, &mut bag);
    }
    bag.sort_unstable();
    bag
}

/// Pairs the units of a gap between two that stand: those most alike, in the order they have.
fn pair(
    former: &[Unit],
    present: &[Unit],
    (old, new): (std::ops::Range<usize>, std::ops::Range<usize>),
    fates: &mut Fates,
) {
    if old.is_empty() || new.is_empty() {
        return;
    }
    let bags = |units: &[Unit]| units.iter().map(unit_bag).collect::<Vec<_>>();
    let (a, b) = (bags(&former[old.clone()]), bags(&present[new.clone()]));
    let alike = |i: usize, j: usize| {
        let (one, other) = (&former[old.start + i], &present[new.start + j]);
        if one.kind != other.kind
            || one.common != other.common
            || (one.kind == UnitKind::Row && (one.number == 0) != (other.number == 0))
        {
            return 0;
        }
        let mut alike = words::likeness(&a[i], &b[j]);
        let same_first = || match (one.fields.first(), other.fields.first()) {
            (Some(one), Some(other)) => Said::from(one).meaning() == Said::from(other).meaning(),
            _ => false,
        };
        if one.fields.len() > 1 && same_first() {
            alike = alike.max(500) + 100;
        }
        if only_one(one.kind) || (one.kind == UnitKind::Row && one.number == 0) {
            alike += ALIKE;
        }
        if alike >= ALIKE { alike } else { 0 }
    };
    let pairs = if a.len() * b.len() <= PAIRS {
        best_pairs(a.len(), b.len(), &alike)
    } else {
        near_pairs(a.len(), b.len(), &alike)
    };
    for (i, j) in pairs {
        fates.meet(old.start + i, new.start + j, UnitFate::Edited);
    }
}

/// Kinds of which a card or a form has one.
fn only_one(kind: UnitKind) -> bool {
    matches!(
        kind,
        UnitKind::Situation | UnitKind::Documentation | UnitKind::Signature
    )
}

/// The pairs, rising on both sides, whose likenesses sum up to the most.
fn best_pairs(a: usize, b: usize, alike: &dyn Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let width = b + 1;
    let mut best = vec![0; (a + 1) * width];
    let mut own = vec![0; (a + 1) * width];
    for i in (0..a).rev() {
        for j in (0..b).rev() {
            let at = i * width + j;
            own[at] = alike(i, j);
            let without = best[at + width].max(best[at + 1]);
            let with = best[at + width + 1] + own[at];
            best[at] = without.max(if own[at] > 0 { with } else { 0 });
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a && j < b {
        let at = i * width + j;
        if own[at] > 0 && best[at] == best[at + width + 1] + own[at] {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if best[at] == best[at + width] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The same among so many that not all can be held against each other.
fn near_pairs(a: usize, b: usize, alike: &dyn Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut from = 0;
    for j in 0..b {
        let found = (from..a.min(from + NEIGHBOURS)).find(|i| alike(*i, j) > 0);
        if let Some(i) = found {
            pairs.push((i, j));
            from = i + 1;
        }
    }
    pairs
}

/// Among what is gone and what is new: units that say the same, at another place.
fn find_moved(old_keys: &[u64], new_keys: &[u64], fates: &mut Fates) {
    let mut gone = std::collections::BTreeMap::new();
    for (index, key) in old_keys.iter().enumerate().rev() {
        if fates.of_former[index].is_none() {
            gone.entry(*key).or_insert_with(Vec::new).push(index);
        }
    }
    for (index, key) in new_keys.iter().enumerate() {
        if fates.of_present[index].is_none()
            && let Some(former) = gone.get_mut(key).and_then(Vec::pop)
        {
            fates.meet(former, index, UnitFate::Moved);
        }
    }
}

/// What is to be told, in the present order; what is gone stands after what stood before it.
fn changes(former: &[Unit], present: &[Unit], fates: &Fates) -> Vec<UnitChange> {
    let mut gone_after: Vec<Vec<usize>> = vec![Vec::new(); present.len() + 1];
    let mut slot = 0;
    for (index, partner) in fates.of_former.iter().enumerate() {
        match partner {
            Some(partner)
                if fates.of_present[*partner].is_some_and(|(_, fate)| fate != UnitFate::Moved) =>
            {
                slot = partner + 1;
            }
            Some(_) => {}
            None => gone_after[slot].push(index),
        }
    }
    let (old_places, new_places) = (places(former), places(present));
    let mut changes = Vec::new();
    for (slot, gone) in gone_after.iter().enumerate() {
        if let Some(index) = slot.checked_sub(1) {
            let unit = &present[index];
            let under = new_places[index].clone();
            match fates.of_present[index] {
                None => changes.push(whole(unit, UnitFate::Added, under)),
                Some((_, UnitFate::Moved)) => changes.push(whole(unit, UnitFate::Moved, under)),
                Some((old, _)) => changes.extend(edited(&former[old], unit, under)),
            }
        }
        for &old in gone {
            let under = old_places[old].clone();
            changes.push(whole(&former[old], UnitFate::Removed, under));
        }
    }
    changes
}

/// For each unit the card it belongs to: "trin 3" says nothing by itself.
fn places(units: &[Unit]) -> Vec<Option<String>> {
    let mut card = None;
    let mut places = Vec::with_capacity(units.len());
    for unit in units {
        if unit.kind == UnitKind::Situation {
            card = unit.fields.first().map(|field| field.text.clone());
        }
        let of_card = matches!(
            unit.kind,
            UnitKind::Step | UnitKind::Contact | UnitKind::Documentation
        );
        places.push(card.clone().filter(|_| of_card));
    }
    places
}

fn edited(former: &Unit, present: &Unit, under: Option<String>) -> Option<UnitChange> {
    let fields = if present.kind == UnitKind::Row {
        cells(former, present)
    } else {
        labelled(&former.fields, &present.fields)
    };
    (!fields.is_empty()).then(|| UnitChange {
        change: UnitFate::Edited,
        kind: UnitWord(present.kind),
        name: name(present),
        under,
        common: present.common,
        fields,
    })
}

fn labelled(former: &[UnitField], present: &[UnitField]) -> Vec<FieldChange> {
    let gone = former.iter();
    let gone = gone.filter(|field| present.iter().all(|other| other.label != field.label));
    let labels = present.iter().chain(gone).map(|field| &field.label);
    labels
        .filter_map(|label| field(label, with_label(former, label), with_label(present, label)))
        .collect()
}

fn with_label<'t>(fields: &'t [UnitField], label: &str) -> Said<'t> {
    let field = fields.iter().find(|field| field.label == label);
    field.map(Said::from).unwrap_or_default()
}

/// The cells of a row by their columns: where there are as many as before, one by one, else by the words of
/// the columns' headings.
fn cells(former: &Unit, present: &Unit) -> Vec<FieldChange> {
    let heading = present.number == 0;
    let label = |cell: &UnitField| {
        if heading {
            cell.text.clone()
        } else {
            cell.label.clone()
        }
    };
    let keys = |unit: &Unit| {
        let cells = unit.fields.iter();
        cells
            .map(|cell| key(&canonical(&label(cell))))
            .collect::<Vec<_>>()
    };
    let pairs = if former.fields.len() == present.fields.len() {
        (0..former.fields.len()).map(|at| (at, at)).collect()
    } else {
        align(&keys(former), &keys(present))
    };
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    let ends = std::iter::once((former.fields.len(), present.fields.len()));
    for (next_i, next_j) in pairs.into_iter().chain(ends) {
        for cell in &former.fields[i.min(next_i)..next_i] {
            changes.extend(field(&cell.label, cell, ""));
        }
        for cell in &present.fields[j.min(next_j)..next_j] {
            changes.extend(field(&cell.label, "", cell));
        }
        if let (Some(old), Some(new)) = (former.fields.get(next_i), present.fields.get(next_j)) {
            changes.extend(field(&new.label, old, new));
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    changes
}

/// A text that became another.
pub(super) fn field<'t>(
    label: &str,
    former: impl Into<Said<'t>>,
    present: impl Into<Said<'t>>,
) -> Option<FieldChange> {
    let words = words::compare(former, present)?;
    let label = label.to_owned();
    Some(FieldChange { label, words })
}

fn whole(unit: &Unit, fate: UnitFate, under: Option<String>) -> UnitChange {
    let words = |text: &str| match fate {
        UnitFate::Added => words::inserted(text),
        UnitFate::Removed => words::struck(text),
        UnitFate::Edited | UnitFate::Moved => words::standing(text),
    };
    let fields = unit.fields.iter().filter(|field| !field.text.is_empty());
    UnitChange {
        change: fate,
        kind: UnitWord(unit.kind),
        name: name(unit),
        under,
        common: unit.common,
        fields: fields
            .map(|field| FieldChange {
                label: field.label.clone(),
                words: words(&field.text),
            })
            .collect(),
    }
}

/// "regel 3", "række 4", "tabelhoved", "tekststykke".
fn name(unit: &Unit) -> String {
    match (unit.kind, unit.number) {
        (UnitKind::Row, 0) => "tabelhoved".to_owned(),
        (UnitKind::Row, number) => format!("række {number}"),
        (kind, 0) => kind.danish().0.to_owned(),
        (kind, number) => format!("{} {number}", kind.danish().0),
    }
}
