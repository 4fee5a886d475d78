//! What can be done about a finding with a click: all that `check --fix` does, a heading as the skabelon has it, the
//! file or the sub-section that is missing.

use anyhow::Result;
use lsp_types::CodeActionParams;
use serde_json::{Value, json};

use super::asked::Asked;
use super::position::Lines;
use crate::check::typed::subsection_header;
use crate::commands;
use crate::diag::{Code, Finding, Subject};
use crate::fix::{Repair, plan};
use crate::load::PROTOCOL_FILE;
use crate::model::Requirement;
use crate::text::toml_string;

/// The actions for the findings on some lines of a file.
pub(super) fn of(asked: Asked<'_>, params: &CodeActionParams) -> Result<Value> {
    let mut asked = asked;
    let only = params.context.only.as_deref();
    let wants =
        |kind: &str| only.is_none_or(|only| only.iter().any(|one| kind.starts_with(one.as_str())));
    let of_file = |finding: &&Finding| finding.place.file.path() == asked.path;
    let all: Vec<Finding> = asked.house.findings().filter(of_file).cloned().collect();
    let mut actions = Vec::new();
    if wants("source.fixAll.rusprot") && all.iter().any(|finding| finding.fix.is_some()) {
        actions.extend(fix_all(&asked, &all));
    }
    if wants("quickfix") {
        let (start, end) = (params.range.start.line, params.range.end.line);
        let here = all.iter().filter(|finding| {
            let range = asked.lines.range(finding.place.span);
            range.start.line <= end && start <= range.end.line
        });
        for finding in here.collect::<Vec<_>>() {
            actions.extend(fixed(&asked, finding));
            actions.extend(made(&mut asked, finding)?);
        }
    }
    Ok(json!(actions))
}

fn edits(asked: &Asked<'_>, repairs: &[Repair<'_>]) -> Vec<Value> {
    let all = repairs.iter().flat_map(Repair::edits);
    all.map(|(range, text)| {
        json!({ "range": asked.lines.between(range.start, range.end), "newText": text })
    })
    .collect()
}

/// What `--fix` would do about one finding.
fn fixed(asked: &Asked<'_>, finding: &Finding) -> Option<Value> {
    let file = asked.house.file(&asked.path)?;
    let plan = plan([(file, finding)]);
    let edits = edits(asked, &plan.repairs);
    let [first, rest @ ..] = edits.as_slice() else {
        return None;
    };
    let text = first["newText"].as_str().unwrap_or_default();
    let title = match (text, rest) {
        ("", []) => "Slet det".to_owned(),
        (text, []) if text.chars().count() <= 60 => format!("Skriv »{text}«"),
        _ => "Ret det".to_owned(),
    };
    Some(action(
        &title,
        finding,
        &json!({ "changes": { asked.uri.as_str(): edits } }),
    ))
}

fn fix_all(asked: &Asked<'_>, all: &[Finding]) -> Option<Value> {
    let file = asked.house.file(&asked.path)?;
    let plan = plan(all.iter().map(|finding| (file.clone(), finding)));
    let edits = edits(asked, &plan.repairs);
    Some(json!({
        "title": "Ret alt det, som rusprot kan rette i filen",
        "kind": "source.fixAll.rusprot",
        "edit": { "changes": { asked.uri.as_str(): edits } },
    }))
}

fn action(title: &str, finding: &Finding, edit: &Value) -> Value {
    json!({
        "title": title,
        "kind": "quickfix",
        "edit": edit,
        "isPreferred": finding.fix.is_some(),
    })
}

/// What the skabelon asks for and the protocol does not have yet.
fn made(asked: &mut Asked<'_>, finding: &Finding) -> Result<Option<Value>> {
    let missing = [Code::ManglendeAfsnit, Code::ManglendeUnderafsnit];
    let Some(Subject::Requirement(id)) = &finding.subject else {
        return Ok(None);
    };
    let slug = finding
        .protocol
        .as_ref()
        .filter(|_| missing.contains(&finding.code));
    let Some(slug) = slug else { return Ok(None) };
    if finding.code == Code::ManglendeAfsnit && asked.path.ends_with(PROTOCOL_FILE) {
        return Ok(new_file(asked, finding, slug, id));
    }
    let found = asked.house.work(slug, asked.today, |work| {
        let mut heading = None;
        work.skabelon.visit(&mut |requirement: &Requirement| {
            if requirement.id.value == *id && heading.is_none() {
                heading = Some(requirement.heading.text.clone());
            }
        });
        heading
    })?;
    let Some(heading) = found.flatten() else {
        return Ok(None);
    };
    let (title, range, text) = if finding.code == Code::ManglendeAfsnit {
        // The section is there, with a heading that is nearly the one.
        let range = asked.lines.range(finding.place.span);
        (
            format!("Skriv »{heading}«"),
            json!(range),
            toml_string(&heading),
        )
    } else {
        let (end, text) = subsection(asked, finding, &heading, id);
        let range = asked.lines.between(end, end);
        (format!("Lav afsnittet »{heading}«"), json!(range), text)
    };
    let edits = json!([{ "range": range, "newText": text }]);
    let edit = json!({ "changes": { asked.uri.as_str(): edits } });
    Ok(Some(action(&title, finding, &edit)))
}

/// A sub-section with nothing in it, and the byte it is to stand at: behind all that the section above holds.
fn subsection(asked: &Asked<'_>, finding: &Finding, heading: &str, id: &str) -> (usize, String) {
    let headers = &asked.scan.headers;
    let number = asked.scan.header_at(finding.place.span.start());
    let above = &headers[number].path;
    let is_below = |path: &[String]| path.len() > above.len() && path.starts_with(above);
    let mut after = headers[number + 1..].iter();
    let next = after.find(|header| !is_below(&header.path));
    let end = next.map_or(asked.text.len(), |header| header.line.start);
    let gap = match &asked.text[..end] {
        before if before.ends_with("\n\n") || before.is_empty() => "",
        before if before.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let level = u8::try_from(above.len() + 2).unwrap_or(u8::MAX);
    let head = subsection_header(level);
    let heading = toml_string(heading);
    let id = toml_string(id);
    let tail = if next.is_some() { "\n" } else { "" };
    let text = format!(
        "{gap}{head}\noverskrift = {heading}\nopfylder = [{id}]\ntekst = '''\n\n'''\n{tail}"
    );
    (end, text)
}

/// The file of a requirement, as `init` would make it.
fn new_file(asked: &Asked<'_>, finding: &Finding, slug: &str, id: &str) -> Option<Value> {
    let made = commands::file_for(&asked.house.repository, slug, id).ok()?;
    let (path, text) = made?;
    let uri = asked.uri_of(&path)?;
    let start = Lines::of("").between(0, 0);
    let edit = json!({ "documentChanges": [
        { "kind": "create", "uri": uri, "options": { "ignoreIfExists": true } },
        {
            "textDocument": { "uri": uri, "version": null },
            "edits": [{ "range": start, "newText": text }],
        },
    ] });
    let name = path.rsplit('/').next().unwrap_or(&path);
    Some(action(&format!("Lav filen {name}"), finding, &edit))
}
