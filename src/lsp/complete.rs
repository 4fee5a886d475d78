//! What can be written at a place: keys that are not there yet, words of a list, headings and ids of the skabelon,
//! what references lead to, variables and terms.

use anyhow::Result;
use serde_json::{Value, json};

use super::asked::Asked;
use super::scan::At;
use crate::diag::Code;
use crate::model::{FileKind, Kind, ReferenceKind, Requirement, Row, advice};
use crate::site::Work;
use crate::text::toml_string;

/// More proposals than these are no help.
const MOST: usize = 200;

/// A proposal: what is written, what is said of it in a word, and at length.
struct Proposal {
    label: String,
    text: String,
    detail: String,
    about: String,
    /// The sign that editors show.
    sign: u8,
}

impl Proposal {
    fn word(word: &str, detail: &str, about: String, sign: u8) -> Self {
        Self {
            label: word.to_owned(),
            text: word.to_owned(),
            detail: detail.to_owned(),
            about,
            sign,
        }
    }
}

/// Signs of the protocol.
const PROPERTY: u8 = 10;
const VALUE: u8 = 12;
const REFERENCE: u8 = 18;
const VARIABLE: u8 = 6;
const TEXT: u8 = 1;

/// The proposals at a place.
pub(super) fn items(asked: Asked<'_>) -> Result<Value> {
    let mut asked = asked;
    let header = asked.scan.header_at(asked.byte);
    let path = asked.scan.headers[header].path.clone();
    let (start, proposals) = match asked.scan.at(asked.text, asked.byte) {
        At::Header => return Ok(json!([])),
        At::Key { under } => {
            let under: Vec<String> = path.iter().chain(under).cloned().collect();
            let inline = under.len() > path.len();
            (
                word_start(asked.text, asked.byte),
                keys(&asked, &under, &path, inline),
            )
        }
        At::Value { key, string } => {
            let under: Vec<String> = path.iter().chain(&key.path).cloned().collect();
            let place = string.as_ref().map_or(asked.byte, |string| string.start);
            let before = asked.text[place..asked.byte].to_owned();
            let (start, proposals) = values(&mut asked, &under, &before)?;
            let start = start.unwrap_or(place);
            if string.is_some() {
                (start, proposals)
            } else {
                let quoted = proposals.into_iter().map(|mut one| {
                    one.text = toml_string(&one.text);
                    one
                });
                (word_start(asked.text, asked.byte), quoted.collect())
            }
        }
    };
    let range = asked.lines.between(start, asked.byte);
    let written = &asked.text[start..asked.byte];
    let shown = proposals.into_iter().take(MOST).map(|one| {
        json!({
            "label": one.label,
            "kind": one.sign,
            "detail": one.detail,
            "documentation": { "kind": "markdown", "value": one.about },
            // A misspelt word would hide the right one, so what is written counts as found.
            "filterText": if one.sign == VALUE && !written.is_empty() { written } else { &one.text },
            "textEdit": { "range": range, "newText": one.text },
        })
    });
    Ok(shown.collect())
}

/// Where the word that ends at a byte begins.
fn word_start(text: &str, byte: usize) -> usize {
    let letters = text[..byte].trim_end_matches(|c: char| c.is_alphanumeric() || "_-".contains(c));
    letters.len()
}

/// The kind of table that stands under these keys of a file.
pub(super) fn kind_at(file: FileKind, path: &[String]) -> Option<&'static Kind> {
    let mut kind = file.kind();
    let mut named = false;
    for key in path {
        if std::mem::take(&mut named) {
            // A name that the author has chosen.
            continue;
        }
        let row = row(kind, key)?;
        named = row.takes.has_names();
        if !row.takes.holds_its_own_kind() {
            kind = row.takes.table()?;
        }
    }
    (!named).then_some(kind)
}

/// The row of a key.
pub(super) fn row(kind: &'static Kind, key: &str) -> Option<&'static Row> {
    kind.keys().into_iter().find(|row| row.key == key)
}

fn keys(asked: &Asked<'_>, under: &[String], header: &[String], inline: bool) -> Vec<Proposal> {
    let Some(kind) = kind_at(asked.kind, under) else {
        return Vec::new();
    };
    let there: Vec<&str> = if inline {
        Vec::new()
    } else {
        let keys = asked.scan.keys_at(asked.byte);
        let others = keys.filter(|key| key.name.end != asked.byte);
        others
            .filter_map(|key| key.path.first().map(String::as_str))
            .collect()
    };
    let rows = kind.keys().into_iter();
    let rows = rows.filter(|row| !there.contains(&row.key));
    rows.map(|row| {
        let schema = row.takes.schema();
        let is_list = schema["type"] == "array";
        let is_table = row.takes.table().is_some() || row.takes.holds_its_own_kind();
        let text = if is_table && !inline {
            let path: Vec<&str> = header.iter().map(String::as_str).chain([row.key]).collect();
            let path = path.join(".");
            let head = if is_list {
                format!("[[{path}]]")
            } else {
                format!("[{path}]")
            };
            let needed = row.takes.table().map(Kind::keys).unwrap_or_default();
            let needed = needed.iter().filter(|row| row.takes.is_needed());
            let lines: Vec<String> = needed.map(|row| format!("\n{}", line(row))).collect();
            format!("{head}{}", lines.concat())
        } else {
            line(row)
        };
        let mut about = row.about.to_owned();
        if row.takes.is_needed() {
            about.push_str("\n\nNøglen skal med.");
        }
        Proposal {
            label: row.key.to_owned(),
            text,
            detail: row.takes.noun(),
            about,
            sign: PROPERTY,
        }
    })
    .collect()
}

/// A key with an empty value of the kind it takes.
fn line(row: &Row) -> String {
    let schema = row.takes.schema();
    let value = match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("integer"), _) => "1",
        (Some("boolean"), _) => "false",
        (Some("array"), _) => "[]",
        (_, Some("date")) => "2026-01-31",
        _ if row.takes.noun().starts_with("en tekst") && row.key == "tekst" => "'''\n\n'''",
        _ => "\"\"",
    };
    format!("{} = {value}", row.key)
}

/// The values that can stand at a key, and where what they replace begins, if that is within the string.
fn values(
    asked: &mut Asked<'_>,
    under: &[String],
    before: &str,
) -> Result<(Option<usize>, Vec<Proposal>)> {
    let Some((key, table)) = under.split_last() else {
        return Ok((None, Vec::new()));
    };
    let kind = kind_at(asked.kind, table);
    let row = kind.and_then(|kind| row(kind, key));
    let mut proposals = words_of(row);
    if key == "skabelon" && asked.kind != FileKind::Section {
        let names = asked.house.skabeloner();
        proposals.extend(
            names
                .iter()
                .map(|name| Proposal::word(name, "skabelon", String::new(), VALUE)),
        );
    }
    if !proposals.is_empty() {
        return Ok((None, proposals));
    }
    let Some(slug) = asked.house.slug_of(&asked.path) else {
        return Ok((None, proposals));
    };
    let depth = under.iter().filter(|part| *part == "afsnit").count();
    let byte = asked.byte;
    let found = asked
        .house
        .work(&slug, asked.today, |work| match key.as_str() {
            "overskrift" => (None, headings(work, depth)),
            "opfylder" => (None, requirements(work)),
            "indsaet" => (None, targets(work, None)),
            "pligt" => (None, duties(work)),
            _ => in_text(work, byte, before),
        })?;
    Ok(found.unwrap_or_default())
}

/// The words of a list that a key takes.
fn words_of(row: Option<&Row>) -> Vec<Proposal> {
    let Some(row) = row else { return Vec::new() };
    let schema = row.takes.schema();
    let lists = [
        &schema["enum"],
        &schema["anyOf"][0]["enum"],
        &schema["examples"],
    ];
    let words = lists.into_iter().find_map(Value::as_array);
    let words = words.into_iter().flatten().filter_map(Value::as_str);
    words
        .map(|word| {
            let rule = Code::find(word).filter(|_| row.key == "regel");
            let about = rule.map_or(row.about, Code::page);
            Proposal::word(word, "", about.to_owned(), VALUE)
        })
        .collect()
}

/// The headings that nothing answers yet: those of files at the top, those of sub-sections below.
fn headings(work: &Work<'_>, depth: usize) -> Vec<Proposal> {
    let mut found = Vec::new();
    let mut add = |heading: &str, about: String| {
        found.push(Proposal::word(
            heading,
            "overskrift i skabelonen",
            about,
            VALUE,
        ));
    };
    let is_free = |requirement: &Requirement| work.answers.first(&requirement.id.value).is_none();
    if depth == 0 {
        for requirement in &work.skabelon.requirements {
            if is_free(requirement) {
                add(&requirement.heading.text, advice(requirement));
            }
        }
        return found;
    }
    work.skabelon.visit(&mut |requirement| {
        for child in requirement.children.iter().filter(|child| is_free(child)) {
            add(&child.heading.text, advice(child));
        }
        for heading in &requirement.each_subsection {
            add(&heading.text, requirement.heading.text.clone());
        }
    });
    found
}

/// The ids of requirements and points; those that nothing answers yet come first.
fn requirements(work: &Work<'_>) -> Vec<Proposal> {
    let (mut open, mut answered) = (Vec::new(), Vec::new());
    let mut add = |id: &str, heading: &str, about: String| {
        let list = if work.answers.first(id).is_none() {
            &mut open
        } else {
            &mut answered
        };
        list.push(Proposal::word(id, heading, about, VALUE));
    };
    work.skabelon.visit(&mut |requirement| {
        add(
            &requirement.id.value,
            &requirement.heading.text,
            advice(requirement),
        );
        for point in &requirement.points {
            add(
                &point.id.value,
                &requirement.heading.text,
                point.text.text.clone(),
            );
        }
    });
    open.append(&mut answered);
    open
}

fn duties(work: &Work<'_>) -> Vec<Proposal> {
    let duties = work.skabelon.duties.iter();
    duties
        .map(|duty| {
            Proposal::word(
                &duty.id.value,
                &duty.interval.danish(),
                duty.what.text.clone(),
                VALUE,
            )
        })
        .collect()
}

/// What references can lead to; of one kind only the ids.
fn targets(work: &Work<'_>, only: Option<ReferenceKind>) -> Vec<Proposal> {
    let mut found = Vec::new();
    let mut add = |kind: ReferenceKind, id: &str, label: &str| {
        let word = match only {
            None => format!("{}:{id}", kind.prefix()),
            Some(only) if only == kind => id.to_owned(),
            Some(_) => return,
        };
        found.push(Proposal::word(&word, label, String::new(), REFERENCE));
    };
    for kind in [ReferenceKind::Appendix, ReferenceKind::Section] {
        for id in work.targets.ids(kind) {
            let label = work
                .targets
                .find(kind, id)
                .map(|target| target.label.as_str());
            add(kind, id, label.unwrap_or_default());
        }
    }
    let contacts = work.targets.contact_ids();
    for id in contacts.chain(work.site.area.contacts.keys().map(String::as_str)) {
        add(ReferenceKind::Contact, id, "kontakt");
    }
    for (id, document) in &work.site.area.documents {
        add(ReferenceKind::Document, id, &document.title.text);
    }
    for kind in [
        ReferenceKind::Figure,
        ReferenceKind::Table,
        ReferenceKind::Card,
    ] {
        for block in work.targets.blocks().of_kind(kind) {
            add(kind, &block.id, &block.label);
        }
    }
    found
}

/// What can come next in a text: a variable, a place, a word with a meaning here.
fn in_text(work: &Work<'_>, byte: usize, before: &str) -> (Option<usize>, Vec<Proposal>) {
    let word = before.len() - word_start(before, before.len());
    let start = Some(byte - word);
    let lead = &before[..before.len() - word];
    if lead.trim_end().ends_with("{{") {
        let names = work.protocol.variables.names();
        let named = names.map(|name| {
            let value = work.protocol.variables.get(name).unwrap_or_default();
            Proposal::word(name, value, String::new(), VARIABLE)
        });
        return (start, named.collect());
    }
    if lead.ends_with("](") {
        return (start, targets(work, None));
    }
    for kind in ReferenceKind::ALL {
        let named = lead
            .strip_suffix(':')
            .and_then(|lead| lead.strip_suffix(kind.prefix()));
        if named.is_some_and(|lead| lead.ends_with("](")) {
            return (start, targets(work, Some(kind)));
        }
    }
    if word < 2 {
        return (start, Vec::new());
    }
    let mut terms = Vec::new();
    work.protocol.visit(&mut |section| {
        for term in &section.blocks.terms {
            terms.push(Proposal::word(
                &term.word.text,
                "begreb",
                String::new(),
                TEXT,
            ));
        }
        for role in &section.blocks.roles {
            terms.push(Proposal::word(
                &role.title.text,
                "rolle",
                String::new(),
                TEXT,
            ));
        }
    });
    let right = work.site.area.terms.iter().map(|(wrong, right)| {
        let said = format!("i stedet for »{}«", wrong.value);
        Proposal::word(&right.text, &said, String::new(), TEXT)
    });
    terms.extend(right);
    (start, terms)
}
