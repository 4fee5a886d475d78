//! A print that typst refuses: made once more with the tables that it cannot set as a block a row.
//!
//! Typst 0.15 stops at some tables with an error of its own that names no table. Which ones they are is found by
//! trying. What a table in its plain form looks like is for the template to say.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::job::DATA_FILE;
use crate::export::{ExportError, Exported, PdfJob};

/// The most tables that are looked for one by one. Where there are more, all are set plainly.
const MOST: usize = 3;

/// Makes a PDF with `run`; one that typst refuses is tried again with plain tables, and the warnings say which.
///
/// # Errors
///
/// What the first try ended with, where plain tables do not help.
pub(super) fn export(
    job: &PdfJob<'_>,
    first: Result<Exported, ExportError>,
    run: &dyn Fn(&PdfJob<'_>) -> Result<Exported, ExportError>,
) -> Result<Exported, ExportError> {
    let error = match first {
        Err(error @ ExportError::Failed { .. }) => error,
        other => return other,
    };
    let Some(data) = data(job) else {
        return Err(error);
    };
    let places = places(&data);
    let with = |plain: &BTreeSet<usize>| run(&with_plain(job, &data, plain));
    let all: BTreeSet<usize> = (0..places.len()).collect();
    if all.is_empty() {
        return Err(error);
    }
    let Ok(everything) = with(&all) else {
        return Err(error);
    };
    let mut plain = BTreeSet::new();
    for _ in 0..MOST.min(places.len()) {
        plain.insert(next_refused(places.len(), &plain, &with));
        if let Ok(exported) = with(&plain) {
            return Ok(told(exported, &places, &plain));
        }
    }
    Ok(told(everything, &places, &all))
}

/// The last table that has to be plain as well, besides those that are and all before it, which are for now.
fn next_refused(
    count: usize,
    plain: &BTreeSet<usize>,
    with: &dyn Fn(&BTreeSet<usize>) -> Result<Exported, ExportError>,
) -> usize {
    let is_made = |first: usize| with(&plain.iter().copied().chain(0..first).collect()).is_ok();
    let (mut refused, mut made) = (0, count);
    while made - refused > 1 {
        let middle = refused + (made - refused) / 2;
        if is_made(middle) {
            made = middle;
        } else {
            refused = middle;
        }
    }
    refused
}

fn told(mut exported: Exported, places: &[String], plain: &BTreeSet<usize>) -> Exported {
    let notes = plain.iter().map(|&index| {
        format!(
            "{} kan ikke sættes som tabel, så hver række står for sig",
            places[index]
        )
    });
    exported.warnings.extend(notes);
    exported
}

fn data(job: &PdfJob<'_>) -> Option<Value> {
    let (_, bytes) = job.files.iter().find(|(path, _)| path == DATA_FILE)?;
    serde_json::from_slice(bytes).ok()
}

/// The job with these tables in their plain form.
fn with_plain<'j>(job: &PdfJob<'j>, data: &Value, plain: &BTreeSet<usize>) -> PdfJob<'j> {
    let mut data = data.clone();
    let mut index = 0;
    visit(&mut data, &mut |table| {
        if plain.contains(&index) {
            table["plain"] = Value::Bool(true);
        }
        index += 1;
    });
    let mut job = job.clone();
    for (path, bytes) in &mut job.files {
        if path == DATA_FILE {
            *bytes = Cow::Owned(data.to_string().into_bytes());
        }
    }
    job
}

/// Whether it is a table, of running text or made of a block.
fn is_table(data: &Value) -> bool {
    data.get("type").and_then(Value::as_str) == Some("table")
}

/// Calls `each` with every table of the data.
fn visit(data: &mut Value, each: &mut dyn FnMut(&mut Value)) {
    if is_table(data) {
        each(data);
    }
    match data {
        Value::Array(values) => values.iter_mut().for_each(|value| visit(value, each)),
        Value::Object(fields) => fields.values_mut().for_each(|value| visit(value, each)),
        _ => {}
    }
}

/// What to call each table: by the part it stands in.
fn places(data: &Value) -> Vec<String> {
    fn add(data: &Value, part: &str, places: &mut Vec<String>) {
        if is_table(data) {
            let before = places.iter().filter(|place| place.ends_with(part)).count();
            places.push(format!("tabel {} i {part}", before + 1));
        }
        match data {
            Value::Array(values) => values.iter().for_each(|value| add(value, part, places)),
            Value::Object(fields) => {
                let text = |key: &str| fields.get(key).and_then(Value::as_str);
                let own = match (text("number"), text("heading")) {
                    (Some(number), Some(heading)) => {
                        Some(format!("»{}«", format!("{number} {heading}").trim()))
                    }
                    _ => None,
                };
                let part = own.as_deref().unwrap_or(part);
                fields.values().for_each(|value| add(value, part, places));
            }
            _ => {}
        }
    }
    let mut places = Vec::new();
    add(data, "dokumentet", &mut places);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(tables: usize) -> PdfJob<'static> {
        let table = |index: usize| serde_json::json!({"type": "table", "name": index, "header": [], "rows": []});
        let blocks: Vec<Value> = (0..tables).map(table).collect();
        let part = serde_json::json!({"number": "9", "heading": "Vagter", "content": blocks});
        let data = serde_json::json!({"sections": [part]}).to_string();
        PdfJob {
            name: "hus".to_owned(),
            main: "protokol.typ",
            files: vec![(DATA_FILE.to_owned(), data.into_bytes().into())],
            created: 0,
            keep: None,
        }
    }

    /// A typst that refuses these tables unless they are plain.
    fn refusing(refused: &[u64]) -> impl Fn(&PdfJob<'_>) -> Result<Exported, ExportError> {
        move |job| {
            let mut data = data(job).expect("the job has data");
            let mut stopped = false;
            visit(&mut data, &mut |table| {
                let is_refused = table["name"].as_u64().is_some_and(|n| refused.contains(&n));
                stopped |= is_refused && table.get("plain").is_none();
            });
            if stopped {
                let (name, text) = (job.name.clone(), "nej".to_owned());
                return Err(ExportError::Failed { name, text });
            }
            Ok(Exported {
                pdf: b"%PDF".to_vec(),
                warnings: Vec::new(),
            })
        }
    }

    fn made(tables: usize, refused: &[u64]) -> Result<Vec<String>, String> {
        let (job, run) = (job(tables), refusing(refused));
        let made = export(&job, run(&job), &run);
        made.map(|made| made.warnings)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_tables_that_typst_refuses_are_set_plainly_and_named() {
        let line = |number: u64| {
            format!(
                "tabel {number} i »9 Vagter« kan ikke sættes som tabel, så hver række står for sig"
            )
        };
        assert_eq!(made(5, &[]), Ok(Vec::new()));
        assert_eq!(made(1, &[0]), Ok(vec![line(1)]));
        for refused in 0..5 {
            assert_eq!(made(5, &[refused]), Ok(vec![line(refused + 1)]));
        }
        assert_eq!(made(7, &[1, 5]), Ok(vec![line(2), line(6)]));
        let all: Vec<String> = (1..=7).map(line).collect();
        assert_eq!(made(7, &[0, 2, 4, 6]), Ok(all));
    }

    #[test]
    fn what_plain_tables_do_not_mend_is_told_as_typst_said_it() {
        let (job, never) = (job(2), |job: &PdfJob<'_>| {
            let (name, text) = (job.name.clone(), "skabelonen er i stykker".to_owned());
            Err(ExportError::Failed { name, text })
        });
        let error = export(&job, never(&job), &never).expect_err("it never works");
        assert!(error.to_string().contains("skabelonen er i stykker"));
    }
}
