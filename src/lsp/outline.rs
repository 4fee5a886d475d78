//! The outline of a file: its sub-sections and blocks, as they stand.

use anyhow::Result;
use serde_json::{Value, json};

use super::asked::Asked;
use super::scan::Header;

/// The parts of a file, each below the one it belongs to.
pub(super) fn of(asked: &Asked<'_>) -> Result<Value> {
    let headers = &asked.scan.headers;
    let mut parts: Vec<(usize, Value)> = Vec::new();
    // From the last to the first, so that what belongs to a part is there when it comes.
    for (number, header) in headers.iter().enumerate().rev() {
        let depth = header.path.len();
        let mut below = Vec::new();
        while let Some((deeper, part)) = parts.pop() {
            if deeper <= depth {
                parts.push((deeper, part));
                break;
            }
            below.push(part);
        }
        parts.push((depth, part(asked, number, header, &below)));
    }
    let parts = parts.into_iter().rev().map(|(_, part)| part);
    Ok(parts.collect())
}

fn part(asked: &Asked<'_>, number: usize, header: &Header, below: &[Value]) -> Value {
    let last = below.last().map(|part| &part["range"]["end"]).cloned();
    let own = asked.lines.between(header.line.start, header.end);
    let name = ["overskrift", "titel", "navn", "ord", "situation", "id"].iter();
    let mut name = name.filter_map(|key| asked.scan.string(number, key));
    let name = name.next().map(|name| asked.text[name].to_owned());
    let called = match header.path.last() {
        Some(called) => called.clone(),
        None => asked.path.rsplit('/').next().unwrap_or_default().to_owned(),
    };
    // 15 is a text, 5 a class, 19 an object: the signs that editors show.
    let is_section = header.path.last().is_none_or(|last| last == "afsnit");
    let name = name.filter(|name| !name.trim().is_empty());
    json!({
        "name": name.unwrap_or_else(|| called.clone()),
        "detail": called,
        "kind": if is_section { 15 } else { 19 },
        "range": { "start": own.start, "end": last.unwrap_or_else(|| json!(own.end)) },
        "selectionRange": asked.lines.between(header.line.start, header.line.end),
        "children": below,
    })
}
