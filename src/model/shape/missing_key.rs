//! RP004 `manglende-noegle`: a required key that is absent.

use crate::diag::{Code, Finding, Subject};
use crate::text::Place;

/// `table` is what to call the table, and `place` its header or the file's first line.
pub(super) fn finding(place: Place, key: &str, table: &str) -> Finding {
    let message = format!("Der mangler »{key}« i {table}.");
    let help = help(&place, key, table);
    Finding::new(Code::ManglendeNoegle, place, message)
        .about(Subject::Key(key.to_owned()))
        .with_help(help)
}

/// What a section is called, be it a file or a part of one.
const SECTION: &str = "et afsnit eller bilag";

fn help(place: &Place, key: &str, table: &str) -> String {
    if let Some((table, key)) = key.split_once('.') {
        let line = line(key);
        return format!("Skriv disse to linjer nederst i filen: [{table}] og under den {line}");
    }
    let line = line(key);
    let text = place.file.slice(place.span);
    // A file's own table points at the first line, which may be the header of another.
    let is_section = table == SECTION && !text.starts_with("[[afsnit");
    let is_file = table.ends_with(".toml") || is_section;
    if text.starts_with('{') {
        format!("Skriv {line} mellem {{ og }}, med et komma imellem.")
    } else if is_file || !text.starts_with('[') {
        format!("Skriv øverst i filen: {line}")
    } else {
        format!("Skriv på linjen under {}: {line}", text.trim())
    }
}

/// The line to write, with a value of the kind the key takes.
fn line(key: &str) -> String {
    let value = match key {
        "dato" => "2026-02-03",
        "punkter" | "roller" => "[\"…\", \"…\"]",
        "trin" => "[{ goer = \"…\" }]",
        "hvor_tit" => "\"1 år\"",
        "type" => "\"trappe\"",
        "hvornaar" => "\"marts\"",
        "pligt" => "\"revision\"",
        _ => "\"…\"",
    };
    format!("{key} = {value}")
}
