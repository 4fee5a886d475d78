//! What rusprot adds from the data: the year wheel, the word list, and how the protocol was made.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::front::{overdue, title};
use super::text::bare_address;
use super::typography::Typesetter;
use super::units::WORD_LIST;
use super::{
    Alignment, Block, Content, Definition, Given, Inline, ListItem, ListedDocument, Part, PartKind,
    danish_date, danish_period,
};
use crate::model::{
    self, AbbreviationEntry, Area, Duty, ExternalDocument, Met, MetBy, Protocol, Skabelon,
    Standing, Text, push_plain,
};
use crate::text::{Period, alphabetical};

pub(super) fn parts(
    area: &Area,
    skabelon: &Skabelon,
    protocol: &Protocol,
    today: Option<Date>,
    wheel: Option<super::Figure>,
) -> Vec<Part> {
    let mut parts = text_parts(area, skabelon, protocol, today);
    if let (Some(wheel), Some(part)) = (wheel, parts.first_mut()) {
        part.content.insert(0, Content::Figure(wheel));
    }
    parts
}

fn text_parts(
    area: &Area,
    skabelon: &Skabelon,
    protocol: &Protocol,
    today: Option<Date>,
) -> Vec<Part> {
    [
        (
            "rp-aarshjul",
            "Årshjul".to_owned(),
            year_wheel(skabelon, protocol, today),
        ),
        (WORD_LIST, "Ordliste".to_owned(), word_list(area, protocol)),
        (
            MAKING,
            making_heading(skabelon, protocol),
            making(skabelon, protocol),
        ),
    ]
    .into_iter()
    .filter(|(_, _, blocks)| !blocks.is_empty())
    .map(|(id, heading, blocks)| part(id, heading, blocks))
    .collect()
}

fn part(id: &str, heading: String, blocks: Vec<Block>) -> Part {
    Part {
        id: id.to_owned(),
        kind: PartKind::Backmatter,
        number: String::new(),
        level: 1,
        heading,
        readers: None,
        language: None,
        obligatory: None,
        content: vec![Content::Text { blocks }],
        parts: Vec::new(),
        closing: Vec::new(),
        given: Given::default(),
    }
}

/// Where the list of documents stands, and by which it is found again.
const DOCUMENTS: &str = "rp-dokumenter";

/// The documents of the area's register that these parts refer to, in the order of their titles.
pub(super) fn listed<'p>(
    area: &Area,
    parts: impl IntoIterator<Item = &'p Part>,
) -> Vec<ListedDocument> {
    let used = used(parts);
    let documents = area.documents.iter();
    let documents = documents.filter(|(id, _)| used.contains(id.as_str()));
    let mut documents: Vec<_> = documents.collect();
    documents.sort_by_cached_key(|(id, document)| (alphabetical(&document.title.text), *id));
    let listed = documents.into_iter().map(|(id, document)| ListedDocument {
        id: id.clone(),
        item: list_item(document),
    });
    listed.collect()
}

/// The ids that parts, and those below them, refer to.
fn used<'p>(parts: impl IntoIterator<Item = &'p Part>) -> BTreeSet<&'p str> {
    let mut ids = BTreeSet::new();
    for part in parts {
        ids.extend(part.given.documents.iter().map(String::as_str));
        ids.extend(used(&part.parts));
    }
    ids
}

/// "Forebyggelse af overgreb. Retningslinje, Regionen, version 3. regionen.test/overgreb"
fn list_item(document: &ExternalDocument) -> ListItem {
    let version = document.version.as_ref();
    let version = version.map(|line| format!("version {}", line.text));
    let named = [&document.kind, &document.publisher].into_iter().flatten();
    let about: Vec<String> = named.map(|line| line.text.clone()).chain(version).collect();
    let mut text = document.title.text.clone();
    if !about.is_empty() {
        text.push_str(&format!(". {}", about.join(", ")));
    }
    let url = document.url.as_ref();
    text.push_str(if url.is_some() { ". " } else { "." });
    let mut content = cell(&text);
    content.extend(url.map(|url| Inline::Link {
        url: url.text.clone(),
        content: vec![Inline::text(bare_address(&url.text))],
    }));
    ListItem {
        checked: None,
        blocks: vec![Block::Paragraph { content }],
    }
}

/// Puts the list of the documents that some parts refer to in its place among the back matter: before how it was made.
pub(crate) fn document_list<'p>(
    backmatter: &mut Vec<Part>,
    documents: &[ListedDocument],
    parts: impl IntoIterator<Item = &'p Part>,
) {
    backmatter.retain(|part| part.id != DOCUMENTS);
    let used = used(parts);
    let items = documents.iter();
    let items = items.filter(|document| used.contains(document.id.as_str()));
    let items: Vec<ListItem> = items.map(|document| document.item.clone()).collect();
    if items.is_empty() {
        return;
    }
    let list = Block::List {
        ordered: false,
        start: 1,
        tight: true,
        items,
    };
    let at = backmatter.iter().position(|part| part.id == MAKING);
    let heading = "Dokumenter, vi henviser til".to_owned();
    let part = part(DOCUMENTS, heading, vec![list]);
    backmatter.insert(at.unwrap_or(backmatter.len()), part);
}

/// How it was made.
const MAKING: &str = "rp-tilblivelse";

fn year_wheel(skabelon: &Skabelon, protocol: &Protocol, today: Option<Date>) -> Vec<Block> {
    if protocol.edition.wheel == Some(false) {
        return Vec::new();
    }
    let duty_row = |duty: &Duty| {
        let standing = Standing::of(duty, protocol);
        [
            duty.what.text.clone(),
            who(duty),
            how_often(duty),
            last(standing),
            next(duty, standing, today),
        ]
        .map(|text| cell(&text))
        .to_vec()
    };
    let header = ["Hvad", "Hvem", "Hvor tit", "Sidst", "Senest igen"];
    let rows: Vec<_> = model::duties_of(skabelon, protocol).map(duty_row).collect();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table {
            caption: Some("Det skal vi huske i årets løb".to_owned()),
            align: vec![Alignment::None; header.len()],
            header: header.iter().map(|text| cell(text)).collect(),
            rows,
        });
    }
    let aside = model::set_aside(skabelon, protocol);
    let aside = aside.map(|(duty, reason)| {
        let what = duty.what.text.trim_end_matches('.');
        format!("{what}: {}", reason.text)
    });
    let aside: Vec<String> = aside.collect();
    if !aside.is_empty() {
        blocks.push(paragraph("Det her fra skabelonen gælder ikke hos os:"));
        blocks.push(list(&aside));
    }
    blocks
}

/// A duty of the year wheel as people read it.
#[derive(Clone, Debug, Serialize)]
pub struct DutyRow {
    /// What is done.
    pub what: String,
    /// Who sees to it, and where.
    pub who: String,
    /// How often.
    pub how_often: String,
    /// When it was last done: a date with what it was if it stands in no log, or "ikke endnu".
    pub last: String,
    /// By when it must be done: a date, "ved behov" or "ikke fastsat".
    pub due: String,
    /// Whether that day has passed.
    pub overdue: bool,
}

/// The duties as they stand on a day, the first due first; those without a date come last.
pub fn duties(skabelon: &Skabelon, protocol: &Protocol, day: Date) -> Vec<DutyRow> {
    let standings =
        model::duties_of(skabelon, protocol).map(|duty| (duty, Standing::of(duty, protocol)));
    let mut standings: Vec<_> = standings.collect();
    standings.sort_by_key(|(_, standing)| (standing.due.is_none(), standing.due));
    let row = |(duty, standing): (&Duty, Standing)| DutyRow {
        what: Typesetter::line(&duty.what.text),
        who: Typesetter::line(&who(duty)),
        how_often: how_often(duty),
        last: last(standing),
        due: next(duty, standing, None),
        overdue: overdue(standing.due, Some(day)),
    };
    standings.into_iter().map(row).collect()
}

/// When a duty was last met. An approval, or the day a protocol came in force, stands in no log: it is said which.
fn last(standing: Standing) -> String {
    let Some(Met { when, by }) = standing.last else {
        return "ikke endnu".to_owned();
    };
    let when = danish_period(when);
    match by {
        MetBy::Approval => format!("{when} (godkendt)"),
        MetBy::InForce => format!("{when} (gælder fra)"),
        MetBy::Event => when,
    }
}

/// The roles and the forum: "Tilbudsleder i Mini-MED".
fn who(duty: &Duty) -> String {
    let roles: Vec<&str> = duty
        .responsible
        .iter()
        .map(|role| role.text.as_str())
        .collect();
    match (&duty.forum, roles.is_empty()) {
        (Some(forum), false) => format!("{} i {}", roles.join(", "), forum.text),
        (Some(forum), true) => forum.text.clone(),
        (None, _) => roles.join(", "),
    }
}

fn how_often(duty: &Duty) -> String {
    match duty.demand {
        model::Demand::Must => duty.interval.danish(),
        model::Demand::May => format!("{} (kan)", duty.interval.danish()),
    }
}

fn next(duty: &Duty, standing: Standing, today: Option<Date>) -> String {
    match standing.due {
        Some(due) if overdue(Some(due), today) => format!("{} – overskredet", danish_date(due)),
        Some(due) => danish_date(due),
        None if duty.interval == model::Interval::AsNeeded => "ved behov".to_owned(),
        None => "ikke fastsat".to_owned(),
    }
}

/// The area's abbreviations that this protocol uses, in the order of the letters.
fn word_list(area: &Area, protocol: &Protocol) -> Vec<Block> {
    if area.abbreviations.is_empty() {
        return Vec::new();
    }
    let text = all_text(protocol);
    let mut used: Vec<&AbbreviationEntry> = area
        .abbreviations
        .iter()
        .filter(|entry| has_word(&text, &entry.short.value))
        .collect();
    used.sort_by_cached_key(|entry| alphabetical(&entry.short.value));
    if used.is_empty() {
        return Vec::new();
    }
    let items = used.into_iter().map(|entry| Definition {
        term: vec![Inline::text(&entry.short.value)],
        definitions: vec![vec![paragraph(&entry.explanation.text)]],
    });
    vec![Block::Definitions {
        items: items.collect(),
    }]
}

/// Every word a reader meets in the protocol's own texts, footnotes among them.
fn all_text(protocol: &Protocol) -> String {
    let mut all = String::new();
    protocol.visit(&mut |section| {
        section.texts(&mut |text| match text {
            Text::Heading(line) | Text::Term(line) | Text::Label(line) => {
                all.push_str(&line.text);
                all.push('\n');
            }
            Text::Reach(_) => {}
            Text::Running(text) => text.visit_runs(&mut |run| {
                push_plain(run, &mut all);
                all.push('\n');
            }),
        });
    });
    all
}

/// Whether a word occurs by itself, not as a part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            outside(text[..at].chars().next_back())
                && outside(text[at + word.len()..].chars().next())
        })
}

fn making_heading(skabelon: &Skabelon, protocol: &Protocol) -> String {
    let noun = super::noun_of(&title(skabelon, protocol));
    format!("Sådan er {noun} blevet til")
}

fn making(skabelon: &Skabelon, protocol: &Protocol) -> Vec<Block> {
    let mut blocks = Vec::new();
    let contributors = &protocol.edition.contributors;
    if !contributors.is_empty() {
        blocks.push(paragraph("De har været med:"));
        let names: Vec<String> = contributors.iter().map(|line| line.text.clone()).collect();
        blocks.push(list(&names));
    }
    let mut happened: Vec<(Period, String)> = protocol
        .events
        .iter()
        .map(|event| (event.date.value, event_line(skabelon, event)))
        .chain(
            protocol
                .approvals
                .iter()
                .map(|approval| (approval.date.value, approval_line(approval))),
        )
        .collect();
    happened.sort_by_key(|(date, _)| date.last_day());
    if !happened.is_empty() {
        blocks.push(paragraph("Det er der sket:"));
        let lines: Vec<String> = happened.into_iter().map(|(_, line)| line).collect();
        blocks.push(list(&lines));
    }
    blocks
}

fn event_line(skabelon: &Skabelon, event: &model::Event) -> String {
    let duty = skabelon
        .duties
        .iter()
        .find(|duty| duty.id.value == event.duty.text)
        .or_else(|| skabelon.renamed_duty(&event.duty.text));
    let what = duty.map_or(event.duty.text.as_str(), |duty| duty.what.text.as_str());
    let mut line = format!("{}: {what}", danish_period(event.date.value));
    if let Some(forum) = &event.forum {
        line.push_str(&format!(" ({})", forum.text));
    }
    line.push_str(if line.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    });
    if let Some(note) = &event.note {
        line.push_str(&format!(" {}", note.text));
    }
    line
}

fn approval_line(approval: &model::Approval) -> String {
    let mut line = format!(
        "{}: Godkendt i {}",
        danish_period(approval.date.value),
        approval.forum.text
    );
    let register = [
        ("punkt", &approval.item),
        ("sag", &approval.case),
        ("KLE", &approval.kle),
    ];
    for (name, value) in register {
        if let Some(value) = value {
            line.push_str(&format!(", {name}\u{a0}{}", value.text));
        }
    }
    if let Some(version) = &approval.version {
        line.push_str(&format!(" som version {}", version.text));
    }
    if !approval.essential {
        line.push_str(" uden væsentlige ændringer");
    }
    if let Some(by) = &approval.by {
        line.push_str(&format!(", skrevet ind af {}", by.text.to_lowercase()));
    }
    line.push('.');
    line
}

fn cell(text: &str) -> Vec<Inline> {
    vec![Inline::Text {
        text: Typesetter::line(text),
    }]
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph {
        content: cell(text),
    }
}

fn list(items: &[String]) -> Block {
    Block::List {
        ordered: false,
        start: 1,
        tight: true,
        items: items
            .iter()
            .map(|text| ListItem {
                checked: None,
                blocks: vec![paragraph(text)],
            })
            .collect(),
    }
}
