//! What a new edition of a skabelon means, as sheets: one for the skabelon, one for each protocol that it means
//! something for.

use super::{Entry, Line, Place, Sheet, asked, line};
use crate::compare::{
    DutyChange, DutyFate, Piece, PieceKind, ProtocolUpgrade, Renamed, SkabelonMark, Told, Upgrade,
};
use crate::text::{capital, listed};

/// What is said where nobody has anything to do.
pub(super) const NOTHING: &str = "Den nye udgave ændrer ikke noget for jer.";

/// "Ny udgave af skabelonen Områdets"
pub(super) fn title(upgrade: &Upgrade) -> String {
    format!("Ny udgave af skabelonen »{}«", upgrade.title)
}

/// The sheets of a report.
pub(super) fn sheets(upgrade: &Upgrade) -> Vec<Sheet> {
    if upgrade.is_empty() && !upgrade.written {
        return Vec::new();
    }
    let protocols = upgrade
        .protocols
        .iter()
        .filter(|protocol| !protocol.is_empty() || !protocol.files.is_empty());
    std::iter::once(of_skabelon(upgrade))
        .chain(protocols.map(of_protocol))
        .collect()
}

fn of_skabelon(upgrade: &Upgrade) -> Sheet {
    let mut places = Vec::new();
    if !upgrade.changes.is_empty() {
        let changes = upgrade.changes.iter();
        places.push(Place {
            heading: "Det, skabelonen beder om".to_owned(),
            what: String::new(),
            lead: Vec::new(),
            entries: changes
                .flat_map(|change| asked(change, &std::collections::BTreeSet::new()))
                .collect(),
        });
    }
    let retired = upgrade.retired.iter();
    let retired = retired.map(|part| format!("»{}«: {}", part.name, part.why));
    places.extend(place("Udgået", retired.collect()));
    let all = &upgrade.protocols;
    let count = |is: &dyn Fn(&ProtocolUpgrade) -> bool| all.iter().filter(|one| is(one)).count();
    let fine = count(&ProtocolUpgrade::is_empty);
    let breaks = count(&|one| !one.breaks.is_empty());
    let answers = count(&|one| !one.to_answer.is_empty());
    let protocols = if all.len() == 1 {
        "1 protokol".to_owned()
    } else {
        format!("{} protokoller", all.len())
    };
    let mut summary = format!(
        "{protocols} følger skabelonen: noget går i stykker i {breaks}, {answers} skal svare på noget nyt, og {fine} \
         passer, som de er."
    );
    if upgrade.written {
        summary.push_str(" Filerne er skrevet. Læs dem igennem, og gem dem i git.");
    }
    Sheet {
        whose: upgrade.title.clone(),
        title: String::new(),
        slug: upgrade.template.clone(),
        compared: format!(
            "{} sammenlignet med {}.",
            capital(&edition(&upgrade.from)),
            edition(&upgrade.to)
        ),
        notes: Vec::new(),
        summary,
        places,
    }
}

/// "version 2026 (2026-1, 4f1c2d7a01)"
fn edition(mark: &SkabelonMark) -> String {
    let commit = mark
        .commit
        .as_deref()
        .map(|id| id.get(..10).unwrap_or(id).to_owned());
    let known: Vec<String> = mark.revision.iter().cloned().chain(commit).collect();
    let known = if known.is_empty() {
        String::new()
    } else {
        format!(" ({})", known.join(", "))
    };
    format!("version {}{known}", mark.edition)
}

fn of_protocol(protocol: &ProtocolUpgrade) -> Sheet {
    let found = |told: &[Told]| told.iter().map(told_line).collect();
    let mut places = Vec::new();
    places.extend(place("Det går i stykker", found(&protocol.breaks)));
    places.extend(place("Nyt at svare på", found(&protocol.to_answer)));
    let texts = protocol.texts.iter().map(|change| Entry {
        label: change.name.clone(),
        lines: change
            .fields
            .iter()
            .map(|field| line("", &field.words))
            .collect(),
    });
    places.extend(of_entries("Fælles tekst med andre ord", texts.collect()));
    places.extend(of_entries(
        "Overskrifter",
        protocol.headings.iter().map(renamed).collect(),
    ));
    places.extend(of_entries(
        "Id'er, der hedder noget andet",
        protocol.ids.iter().map(renamed).collect(),
    ));
    places.extend(place(
        "Pligter i årshjulet",
        protocol.duties.iter().map(duty).collect(),
    ));
    places.extend(place("Andre fund", found(&protocol.notes)));
    places.extend(place("Skrevet", protocol.files.clone()));
    places.extend(place("Det må I selv skrive", protocol.left.clone()));
    let mut notes: Vec<String> = protocol
        .unread
        .iter()
        .map(|why| format!("Kan ikke læses: {why}"))
        .collect();
    if protocol.approval_lapses {
        notes.push(
            "Godkendelsen er ikke af det, der står med den nye udgave (RP703). Tag det op på næste møde.".to_owned(),
        );
    }
    Sheet {
        whose: protocol.institution.clone(),
        title: String::new(),
        slug: protocol.slug.clone(),
        compared: String::new(),
        notes,
        summary: summary(protocol),
        places,
    }
}

fn summary(protocol: &ProtocolUpgrade) -> String {
    let counted = [
        (protocol.breaks.len(), "går i stykker", "går i stykker"),
        (
            protocol.to_answer.len(),
            "er nyt at svare på",
            "er nye at svare på",
        ),
        (
            protocol.texts.len(),
            "fælles tekst er en anden",
            "fælles tekster er andre",
        ),
        (
            protocol.headings.len(),
            "overskrift er en anden",
            "overskrifter er andre",
        ),
        (
            protocol.ids.len(),
            "id hedder noget andet",
            "id'er hedder noget andet",
        ),
        (
            protocol.duties.len(),
            "pligt er flyttet",
            "pligter er flyttet",
        ),
    ];
    let parts: Vec<String> = counted
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("{}.", listed(&parts, "og"))
    }
}

fn place(heading: &str, lead: Vec<String>) -> Option<Place> {
    (!lead.is_empty()).then(|| Place {
        heading: heading.to_owned(),
        what: String::new(),
        lead,
        entries: Vec::new(),
    })
}

fn of_entries(heading: &str, entries: Vec<Entry>) -> Option<Place> {
    (!entries.is_empty()).then(|| Place {
        heading: heading.to_owned(),
        what: String::new(),
        lead: Vec::new(),
        entries,
    })
}

fn told_line(told: &Told) -> String {
    format!(
        "{}:{}: {} ({})",
        told.path, told.line, told.message, told.code
    )
}

fn renamed(renamed: &Renamed) -> Entry {
    let piece = |kind, text: &str| Piece {
        kind,
        text: text.to_owned(),
        glued: false,
    };
    Entry {
        label: format!("{}:{}", renamed.path, renamed.line),
        lines: vec![Line {
            label: String::new(),
            words: vec![
                piece(PieceKind::Struck, &renamed.from),
                piece(PieceKind::Inserted, &renamed.to),
            ],
        }],
    }
}

/// "Vi øver: senest 1. maj 2027, hvert år. Før: 1. maj 2028, hvert 3. år."
fn duty(duty: &DutyChange) -> String {
    let said = |day: &Option<crate::document::DateText>, often: &Option<String>| {
        let day = day.as_ref().map(|day| format!("senest {}", day.text));
        let parts: Vec<String> = day.into_iter().chain(often.clone()).collect();
        parts.join(", ")
    };
    let (was, now) = (
        said(&duty.from, &duty.often_from),
        said(&duty.to, &duty.often_to),
    );
    match duty.change {
        DutyFate::Added => format!("Ny: {}: {now}.", duty.what),
        DutyFate::Removed => format!("Udgået: {}. Den var {was}.", duty.what),
        DutyFate::Moved => format!("{}: {now}. Før: {was}.", duty.what),
    }
}
