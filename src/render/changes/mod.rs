//! Prints what changed: as lines for a terminal, as Markdown, as a page and as data for the PDF.
//!
//! A [`Sheet`] is what a reader is told of one protocol, in Danish and in order, made once; the formats only
//! set it. Everything happens in memory, and what changed is decided in `compare`.

mod html;
mod human;
mod markdown;
mod upgrade;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::compare::{
    AskedChange, COMMON_TEXT, Changes, FieldChange, PartChange, PartFate, Piece, PieceKind,
    ProtocolChanges, Report, State, UnitChange, UnitFate, Upgrade,
};
use crate::document::{PartKind, UnitKind, canonical};
use crate::text::{capital, listed};

pub use human::Width;

/// What a reader is told of one protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Whose protocol it is: "Botilbuddet Kranporten".
    pub whose: String,
    /// The kind of document.
    pub title: String,
    /// The folder's name.
    pub slug: String,
    /// What was held against what; empty where nothing was.
    pub compared: String,
    /// What there is to know about the comparison.
    pub notes: Vec<String>,
    /// How much changed; empty where nobody can say.
    pub summary: String,
    /// What changed, place by place.
    pub places: Vec<Place>,
}

/// A place where something changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// "Afsnit 2: Besøg", "Forsiden", "Fra skabelonen".
    pub heading: String,
    /// What became of it: "omdøbt, flyttet og ændret". Empty where the heading says it all.
    pub what: String,
    /// Where it stood before, and the like.
    pub lead: Vec<String>,
    /// What changed there.
    pub entries: Vec<Entry>,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// "Regel 3, begrundelse", "Trin 2 tilføjet"; may be empty in a part that is new as a whole.
    pub label: String,
    /// The words, a text a line.
    pub lines: Vec<Line>,
}

/// A text with what was struck and inserted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is: "begrundelse". May be empty.
    pub label: String,
    /// Its words.
    pub words: Vec<Piece>,
}

/// Words that stand as they did are left out in the middle where there are more of them than this.
const SAME_WORDS: usize = 60;
/// So many of them are shown before and after a change.
const SHOWN_WORDS: usize = 20;

impl Sheet {
    /// What a reader is told of a protocol.
    pub fn of(protocol: &ProtocolChanges) -> Self {
        let compared = match (&protocol.from, &protocol.to) {
            (Some(from), Some(to)) if from.text != to.text => {
                format!("{} sammenlignet med {}.", capital(&from.text), to.text)
            }
            (Some(mark), None) => format!("Stod i {}.", mark.text),
            _ => String::new(),
        };
        let tells = !matches!(protocol.state, State::Unknown | State::NotApproved);
        Self {
            whose: protocol.institution.clone(),
            title: protocol.title.clone(),
            slug: protocol.slug.clone(),
            compared,
            notes: protocol.notes.clone(),
            summary: if tells {
                protocol.summary.sentence.clone()
            } else {
                String::new()
            },
            places: places(&protocol.changes),
        }
    }

    /// "Botilbuddet Kranporten (kranporten)"; the folder's name alone where nothing else is known.
    fn name(&self) -> String {
        if self.whose.is_empty() {
            self.slug.clone()
        } else {
            format!("{} ({})", self.whose, self.slug)
        }
    }

    /// Whether marks of struck or inserted words are shown, so that they need explaining.
    fn has_marks(&self) -> bool {
        let entries = self.places.iter().flat_map(|place| &place.entries);
        let mut words = entries.flat_map(|entry| entry.lines.iter().flat_map(|line| &line.words));
        words.any(|piece| piece.kind != PieceKind::Same)
    }
}

/// The sheets of a report.
fn sheets(report: &Report) -> Vec<Sheet> {
    report.protocols.iter().map(Sheet::of).collect()
}

/// What is said where nothing changed anywhere.
fn nothing(report: &Report) -> String {
    format!("Ingen ændringer {}.", report.since)
}

/// "Ændringer siden HEAD~1"
fn title(report: &Report) -> String {
    format!("Ændringer {}", report.since)
}

/// The report as lines of text for a terminal.
pub fn human(report: &Report, width: Width, color: bool) -> String {
    human::write(&nothing(report), &sheets(report), width, color)
}

/// What a new edition means, as lines of text for a terminal.
pub fn upgrade_human(upgrade: &Upgrade, width: Width, color: bool) -> String {
    human::write(upgrade::NOTHING, &upgrade::sheets(upgrade), width, color)
}

/// The same as Markdown.
pub fn upgrade_markdown(upgrade: &Upgrade) -> String {
    markdown::write(
        &upgrade::title(upgrade),
        upgrade::NOTHING,
        &upgrade::sheets(upgrade),
    )
}

/// The same as one page that needs no other file.
pub fn upgrade_html(upgrade: &Upgrade) -> String {
    html::write(
        &upgrade::title(upgrade),
        upgrade::NOTHING,
        &upgrade::sheets(upgrade),
    )
}

/// The report as Markdown. What was struck stands in `<del>`, what was inserted in `<ins>`.
pub fn markdown(report: &Report) -> String {
    markdown::write(&title(report), &nothing(report), &sheets(report))
}

/// The report as one page that needs no other file.
pub fn html(report: &Report) -> String {
    html::write(&title(report), &nothing(report), &sheets(report))
}

/// The report for the PDF: `title`, `nothing` (what is said where there are no sheets) and `sheets`.
pub fn typst(report: &Report) -> serde_json::Value {
    serde_json::json!({ "title": title(report), "nothing": nothing(report), "sheets": sheets(report) })
}

fn places(changes: &Changes) -> Vec<Place> {
    let mut places = Vec::new();
    if !changes.front.is_empty() {
        let entries = changes.front.iter();
        places.push(Place {
            heading: "Forsiden".to_owned(),
            what: String::new(),
            lead: Vec::new(),
            entries: entries
                .map(|field| Entry {
                    label: capital(&field.label),
                    lines: vec![line("", &field.words)],
                })
                .collect(),
        });
    }
    places.extend(changes.parts.iter().map(part));
    if !changes.files.is_empty() {
        places.push(Place {
            heading: "Billeder og vedlagte filer".to_owned(),
            what: "skiftet ud".to_owned(),
            lead: changes.files.clone(),
            entries: Vec::new(),
        });
    }
    if !changes.skabelon.is_empty() {
        let told = common_words(changes);
        places.push(Place {
            heading: "Fra skabelonen".to_owned(),
            what: String::new(),
            lead: vec![
                "Det her er bestemt for hele området. I har ikke selv ændret det.".to_owned(),
            ],
            entries: changes
                .skabelon
                .iter()
                .flat_map(|asked| self::asked(asked, &told))
                .collect(),
        });
    }
    places
}

fn part(part: &PartChange) -> Place {
    let whole = part.is(PartFate::Added) || part.is(PartFate::Removed);
    let fates: Vec<&str> = part.changes.iter().map(|fate| fate.danish()).collect();
    let mut lead = Vec::new();
    if let Some(moved) = &part.moved {
        lead.push(if moved.from == moved.to {
            "Står et andet sted i rækkefølgen.".to_owned()
        } else {
            format!("Var {}. Er nu {}.", moved.from, moved.to)
        });
    }
    let mut entries = Vec::new();
    if !part.renamed.is_empty() {
        entries.push(entry("Overskrift", &part.renamed));
    }
    if !part.readers.is_empty() {
        entries.push(entry("Hvem det er til", &part.readers));
    }
    entries.extend(part.units.iter().flat_map(|one| unit(one, whole)));
    Place {
        heading: match part.kind {
            PartKind::Backmatter => part.heading.clone(),
            _ => format!("{}: {}", capital(&part.name), part.heading),
        },
        what: listed(&fates, "og"),
        lead,
        entries,
    }
}

/// The entries of a unit: one for each text that changed, or one for the unit as a whole. In a part that is
/// `new` or gone `as a whole`, that is not said once more of each of its units.
fn unit(unit: &UnitChange, of_whole: bool) -> Vec<Entry> {
    let mut name = capital(&unit.name);
    if let Some(under) = &unit.under {
        name.push_str(&format!(" i »{under}«"));
    }
    let common = if unit.common { " (fælles tekst)" } else { "" };
    if unit.change == UnitFate::Edited {
        let fields = unit.fields.iter();
        return fields
            .map(|field| Entry {
                label: match (&*field.label, unit.kind.0) {
                    ("", _) => format!("{name} ændret{common}"),
                    (column, UnitKind::Row) => format!("{name}, »{column}«{common}"),
                    (label, _) => format!("{name}, {label}{common}"),
                },
                lines: vec![line("", &field.words)],
            })
            .collect();
    }
    let plain = matches!(
        unit.kind.0,
        UnitKind::Paragraph | UnitKind::Item | UnitKind::Row
    );
    let label = match (of_whole, plain) {
        (true, true) => common.trim().trim_matches(['(', ')']).to_owned(),
        (true, false) => format!("{name}{common}"),
        (false, _) => format!("{name} {}{common}", unit.change.danish()),
    };
    let fields = unit.fields.iter();
    vec![Entry {
        label: capital(&label),
        lines: fields
            .map(|field| line(&field.label, &field.words))
            .collect(),
    }]
}

/// What became of something the skabelon asks for. Words of a common text that stand with their section
/// already are not shown twice.
fn asked(asked: &AskedChange, told: &BTreeSet<String>) -> Vec<Entry> {
    use crate::compare::AskedKind;
    let under = asked.under.as_ref();
    let under = under.map_or(String::new(), |heading| format!(" under »{heading}«"));
    let name = match asked.kind {
        // Its words are what is to be described; they come below.
        AskedKind::Point => format!("Punkt{under}"),
        kind => format!("{} »{}«{under}", capital(kind.danish().0), asked.name),
    };
    let lines = |field: &FieldChange| {
        if field.label == COMMON_TEXT && is_told(&field.words, told) {
            Vec::new()
        } else {
            vec![line("", &field.words)]
        }
    };
    if asked.change == UnitFate::Edited {
        let fields = asked.fields.iter();
        return fields
            .map(|field| {
                let lines = lines(field);
                let seen = if lines.is_empty() {
                    " (se ændringen i afsnittet)"
                } else {
                    ""
                };
                let label = match (&*field.label, asked.kind) {
                    ("tekst", AskedKind::Point) => format!("{name} ændret"),
                    (label, AskedKind::Point) => format!("{name} »{}«, {label}", asked.name),
                    (label, _) => format!("{name}, {label}{seen}"),
                };
                Entry { label, lines }
            })
            .collect();
    }
    let kind = match asked.change {
        UnitFate::Added => PieceKind::Inserted,
        UnitFate::Removed => PieceKind::Struck,
        UnitFate::Edited | UnitFate::Moved => PieceKind::Same,
    };
    let own = Piece {
        kind,
        text: asked.name.clone(),
        glued: false,
    };
    let own = (asked.kind == AskedKind::Point).then(|| line("", &[own]));
    let fields = asked.fields.iter().flat_map(lines);
    vec![Entry {
        label: format!("{name} {}", asked.change.danish()),
        lines: own.into_iter().chain(fields).collect(),
    }]
}

/// The words that were struck or inserted in common texts, as the sections show them.
fn common_words(changes: &Changes) -> BTreeSet<String> {
    let units = changes.parts.iter().flat_map(|part| &part.units);
    let fields = units
        .filter(|unit| unit.common)
        .flat_map(|unit| &unit.fields);
    fields
        .flat_map(|field| changed_words(&field.words))
        .collect()
}

fn changed_words(words: &[Piece]) -> Vec<String> {
    let changed = words.iter().filter(|piece| piece.kind != PieceKind::Same);
    changed
        .flat_map(|piece| piece.text.split_whitespace().map(canonical))
        .collect()
}

fn is_told(words: &[Piece], told: &BTreeSet<String>) -> bool {
    let changed = changed_words(words);
    let known = changed.iter().filter(|word| told.contains(*word)).count();
    known > 0 && known * 2 >= changed.len()
}

fn entry(label: &str, words: &[Piece]) -> Entry {
    Entry {
        label: label.to_owned(),
        lines: vec![line("", words)],
    }
}

/// A line, without the middle of a long run of words that stand.
fn line(label: &str, words: &[Piece]) -> Line {
    let last = words.len().saturating_sub(1);
    let shortened = words.iter().enumerate().map(|(index, piece)| {
        let all: Vec<&str> = piece.text.split(' ').collect();
        if piece.kind != PieceKind::Same || all.len() <= SAME_WORDS || last == 0 {
            return piece.clone();
        }
        let first = if index == 0 { 0 } else { SHOWN_WORDS };
        let end = if index == last { 0 } else { SHOWN_WORDS };
        let before = all[..first].join(" ");
        let after = all[all.len() - end..].join(" ");
        Piece {
            text: format!("{before} … {after}").trim().to_owned(),
            ..piece.clone()
        }
    });
    Line {
        label: label.to_owned(),
        words: shortened.collect(),
    }
}
