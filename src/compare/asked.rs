//! What a skabelon asks for, and what changed in it: requirements, points, common texts, duties.
//!
//! The same texts enter into the fingerprint, so a skabelon that asks for something else is always a change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::align::mark_moved;
use super::unit::{FieldChange, UnitFate, field};
use super::words;
use crate::document::canonical;
use crate::model::{Demand, Requirement, Skabelon};

/// What a skabelon asks for, as texts in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    kind: AskedKind,
    /// The id of what it stands under, or nothing.
    parent: String,
    /// Its id; the words of a sub-heading, which has none.
    id: String,
    /// What people call it.
    name: String,
    /// Its texts by what they are.
    fields: Vec<(&'static str, String)>,
}

/// What the skabelon asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedKind {
    /// A required heading, with its common text.
    Requirement,
    /// A point to describe.
    Point,
    /// A heading that every sub-section has.
    Subheading,
    /// A duty of the year wheel.
    Duty,
}

impl AskedKind {
    /// The kind in Danish, for one and for several.
    pub const fn danish(self) -> (&'static str, &'static str) {
        match self {
            Self::Requirement => ("krav", "krav"),
            Self::Point => ("punkt", "punkter"),
            Self::Subheading => ("underoverskrift", "underoverskrifter"),
            Self::Duty => ("pligt", "pligter"),
        }
    }
}

/// Something the skabelon asks for now or asked for then, which is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedChange {
    /// What became of it.
    pub change: UnitFate,
    /// What it is.
    pub kind: AskedKind,
    /// Its id; empty for a sub-heading.
    pub id: String,
    /// Its heading, or what is to be described or done.
    pub name: String,
    /// The heading of the requirement it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The texts that changed: `overskrift`, `niveau`, `fælles tekst`, `tekst`, `hvad`, `hvor tit`.
    pub fields: Vec<FieldChange>,
}

/// The label of a requirement's common text.
pub const COMMON_TEXT: &str = "fælles tekst";

impl Asked {
    /// What a skabelon asks for.
    pub fn of(skabelon: &Skabelon) -> Self {
        let mut asked = Self::default();
        asked.requirements(&skabelon.requirements, "");
        for duty in &skabelon.duties {
            let fields = vec![
                ("hvad", duty.what.text.clone()),
                ("hvor tit", duty.interval.danish()),
                ("niveau", level(duty.demand)),
            ];
            asked.add(AskedKind::Duty, "", &duty.id.value, fields);
        }
        asked
    }

    fn requirements(&mut self, requirements: &[Requirement], parent: &str) {
        for requirement in requirements {
            let id = &requirement.id.value;
            let common = requirement.obligatory_source().unwrap_or_default();
            let fields = vec![
                ("overskrift", requirement.heading.text.clone()),
                ("niveau", level(requirement.demand)),
                (COMMON_TEXT, common.to_owned()),
            ];
            self.add(AskedKind::Requirement, parent, id, fields);
            for point in &requirement.points {
                let fields = vec![
                    ("tekst", point.text.text.clone()),
                    ("niveau", level(point.demand)),
                ];
                self.add(AskedKind::Point, id, &point.id.value, fields);
            }
            for heading in &requirement.each_subsection {
                let fields = vec![("overskrift", heading.text.clone())];
                self.add(AskedKind::Subheading, id, &heading.text, fields);
            }
            self.requirements(&requirement.children, id);
        }
    }

    fn add(
        &mut self,
        kind: AskedKind,
        parent: &str,
        id: &str,
        fields: Vec<(&'static str, String)>,
    ) {
        self.items.push(Item {
            kind,
            parent: parent.to_owned(),
            id: canonical(id),
            name: fields
                .first()
                .map(|(_, text)| text.clone())
                .unwrap_or_default(),
            fields,
        });
    }

    /// The heading of a requirement.
    fn heading(&self, id: &str) -> Option<String> {
        let of = |item: &&Item| item.kind == AskedKind::Requirement && item.id == canonical(id);
        self.items.iter().find(of).map(|item| item.name.clone())
    }

    /// Each item by its kind and id, the first of two with one id as the first of them.
    fn places(&self) -> BTreeMap<(AskedKind, String, usize), usize> {
        let mut places = BTreeMap::new();
        let mut seen: BTreeMap<(AskedKind, String), usize> = BTreeMap::new();
        for (index, item) in self.items.iter().enumerate() {
            // Points and sub-headings are told apart within their requirement only.
            let id = match item.kind {
                AskedKind::Point | AskedKind::Subheading => format!("{}/{}", item.parent, item.id),
                AskedKind::Requirement | AskedKind::Duty => item.id.clone(),
            };
            let count = seen.entry((item.kind, id.clone())).or_default();
            places.insert((item.kind, id, *count), index);
            *count += 1;
        }
        places
    }
}

fn level(demand: Demand) -> String {
    demand.danish().to_owned()
}

/// What changed from one skabelon, or from one version of it, to another.
pub(super) fn compare(former: &Asked, present: &Asked) -> Vec<AskedChange> {
    if former == present {
        return Vec::new();
    }
    let (old, new) = (former.places(), present.places());
    let mut partner = vec![None; present.items.len()];
    for (place, index) in &new {
        partner[*index] = old.get(place).copied();
    }
    let moved = moved(former, present, &partner);
    let mut changes = Vec::new();
    for (index, item) in present.items.iter().enumerate() {
        match partner[index] {
            None => changes.push(change(present, item, UnitFate::Added)),
            Some(former_index) => {
                let fields = fields(&former.items[former_index], item);
                if !fields.is_empty() {
                    let mut edited = change(present, item, UnitFate::Edited);
                    edited.fields = fields;
                    changes.push(edited);
                }
                if moved[index] {
                    changes.push(change(present, item, UnitFate::Moved));
                }
            }
        }
    }
    let gone = old.iter().filter(|(place, _)| !new.contains_key(*place));
    let mut gone: Vec<usize> = gone.map(|(_, index)| *index).collect();
    gone.sort_unstable();
    let removed = gone.into_iter().map(|index| &former.items[index]);
    changes.extend(removed.map(|item| change(former, item, UnitFate::Removed)));
    changes
}

/// Which items stand under another requirement, or at another place among their like.
fn moved(former: &Asked, present: &Asked, partner: &[Option<usize>]) -> Vec<bool> {
    let mut moved = vec![false; present.items.len()];
    let mut groups: BTreeMap<(AskedKind, &str), Vec<(usize, usize)>> = BTreeMap::new();
    for (index, item) in present.items.iter().enumerate() {
        let Some(old) = partner[index] else { continue };
        if former.items[old].parent == item.parent {
            let group = groups.entry((item.kind, &item.parent)).or_default();
            group.push((index, old));
        } else {
            moved[index] = true;
        }
    }
    mark_moved(groups.values(), &mut moved);
    moved
}

fn fields(former: &Item, present: &Item) -> Vec<FieldChange> {
    let pairs = former.fields.iter().zip(&present.fields);
    pairs
        .filter_map(|((label, old), (_, new))| field(label, old, new))
        .collect()
}

/// A change of the item as a whole; of what it says, only its common text is told beside its name.
fn change(asked: &Asked, item: &Item, fate: UnitFate) -> AskedChange {
    let common = item.fields.iter();
    let common = common.filter(|(label, text)| *label == COMMON_TEXT && !text.is_empty());
    let words = |text: &str| match fate {
        UnitFate::Added => words::inserted(text),
        UnitFate::Removed => words::struck(text),
        UnitFate::Edited | UnitFate::Moved => Vec::new(),
    };
    let fields = common.map(|(label, text)| FieldChange {
        label: (*label).to_owned(),
        words: words(text),
    });
    AskedChange {
        change: fate,
        kind: item.kind,
        id: match item.kind {
            AskedKind::Subheading => String::new(),
            _ => item.id.clone(),
        },
        name: item.name.clone(),
        under: (!item.parent.is_empty())
            .then(|| asked.heading(&item.parent))
            .flatten(),
        fields: fields.filter(|field| !field.words.is_empty()).collect(),
    }
}
