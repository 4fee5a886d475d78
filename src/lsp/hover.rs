//! What there is to know about a place: the rule behind a finding, a key, a requirement, a reference's target.

use anyhow::Result;
use serde_json::{Value, json};

use super::asked::Asked;
use super::complete::{kind_at, row};
use super::named::reference_at;
use super::scan::At;
use crate::model::{Requirement, advice};

/// The answer as Markdown; nothing where there is nothing to say.
pub(super) fn at(asked: Asked<'_>) -> Result<Value> {
    let mut asked = asked;
    let mut parts = Vec::new();
    let header = asked.scan.header_at(asked.byte);
    let path = asked.scan.headers[header].path.clone();
    let byte = asked.byte;
    let named = asked
        .scan
        .keys
        .iter()
        .find(|key| key.name.start <= byte && byte <= key.name.end);
    if let Some(key) = named {
        let under: Vec<String> = path.iter().chain(&key.path).cloned().collect();
        parts.extend(of_key(&asked, &under));
    } else if let At::Header = asked.scan.at(asked.text, byte) {
        parts.extend(kind_at(asked.kind, &path).map(|kind| kind.about.to_owned()));
    }
    parts.extend(of_value(&mut asked)?);
    let pages: Vec<&str> = findings_at(&asked).iter().map(|code| code.page()).collect();
    parts.extend(pages.iter().map(|page| (*page).to_owned()));
    if parts.is_empty() {
        return Ok(Value::Null);
    }
    Ok(json!({ "contents": { "kind": "markdown", "value": parts.join("\n\n---\n\n") } }))
}

fn of_key(asked: &Asked<'_>, under: &[String]) -> Option<String> {
    let (key, table) = under.split_last()?;
    let row = row(kind_at(asked.kind, table)?, key)?;
    let needed = if row.takes.is_needed() {
        " Nøglen skal med."
    } else {
        ""
    };
    Some(format!(
        "`{key}`: {}.\n\n{}{needed}",
        row.takes.noun(),
        row.about
    ))
}

/// The rules that have found something at the place, each once.
fn findings_at(asked: &Asked<'_>) -> Vec<crate::diag::Code> {
    let here = asked.house.findings().filter(|finding| {
        let span = finding.place.span;
        finding.place.file.path() == asked.path
            && span.start() <= asked.byte
            && asked.byte <= span.end()
    });
    let mut codes: Vec<_> = here.map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// What a value names: a requirement, or what a reference leads to.
fn of_value(asked: &mut Asked<'_>) -> Result<Option<String>> {
    let At::Value {
        key,
        string: Some(string),
    } = asked.scan.at(asked.text, asked.byte)
    else {
        return Ok(None);
    };
    let Some(slug) = asked.house.slug_of(&asked.path) else {
        return Ok(None);
    };
    let key = key.path.last().cloned().unwrap_or_default();
    let value = asked.text[string].to_owned();
    let reference = reference_at(asked.text, asked.byte);
    let said = asked.house.work(&slug, asked.today, |work| {
        if let Some((kind, range)) = reference {
            let id = &asked.text[range];
            return match work.targets.find(kind, id) {
                Some(target) => Some(target.label.clone()),
                None => work
                    .targets
                    .contact(id)
                    .map(|contact| contact.label.clone()),
            };
        }
        let mut found = None;
        work.skabelon.visit(&mut |requirement| {
            let is_meant = match key.as_str() {
                "opfylder" => answers(requirement, &value),
                "overskrift" => requirement.wordings().any(|line| line.text == value),
                _ => false,
            };
            if is_meant && found.is_none() {
                found = Some(format!(
                    "**{}**\n\n{}",
                    requirement.heading.text,
                    advice(requirement)
                ));
            }
        });
        found
    })?;
    Ok(said.flatten())
}

fn answers(requirement: &Requirement, id: &str) -> bool {
    let mut points = requirement.points.iter();
    requirement.id.value == id || points.any(|point| point.id.value == id)
}
