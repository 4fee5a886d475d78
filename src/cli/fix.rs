//! `rusprot check --fix`: what was mended, what was left alone and why, and the report of what remains.

use std::path::Path;

use anyhow::Result;

use super::Exit;
use super::ui::Ui;
use crate::check::masked;
use crate::commands::{
    self, CheckOptions, CheckOutcome, FixOutcome, LeftAlone, MendedFile, Reason,
};
use crate::load::{Encoding, Repository};
use crate::report;

/// Mends the files, or shows how with `--diff`. What a check finds afterwards comes back, and how the run
/// ends whatever that is, if it does.
pub(super) fn run(
    repository: &Repository,
    options: &CheckOptions,
    ui: &Ui,
) -> Result<(CheckOutcome, Option<Exit>)> {
    let outcome = commands::fix(repository, options)?;
    let mut all_written = true;
    for (file, written) in outcome.write(repository) {
        match written {
            Ok(()) => ui.tell(&about(file)),
            Err(error) => {
                all_written = false;
                ui.error(&error);
            }
        }
    }
    tell_left(&outcome, ui);
    if all_written {
        return Ok((outcome.check, None));
    }
    // What could not be written is still to be found.
    Ok((commands::check(repository, options)?, Some(Exit::Usage)))
}

/// Shows what would be written. The run ends as the one that writes it would.
pub(super) fn show(
    repository: &Repository,
    options: &CheckOptions,
    output: Option<&Path>,
    ui: &Ui,
) -> Result<Exit> {
    let outcome = commands::fix(repository, options)?;
    let shown: Vec<String> = outcome.files.iter().map(diff).collect();
    ui.result(&shown.join("\n"), output)?;
    tell_left(&outcome, ui);
    ui.note(if outcome.files.is_empty() {
        "Der er intet, som programmet selv kan rette."
    } else {
        "Intet er skrevet. Kør kommandoen uden --diff for at rette filerne."
    });
    Ok(if outcome.check.bugs > 0 {
        Exit::Usage
    } else if outcome.check.has_errors() {
        Exit::Findings
    } else {
        Exit::Ok
    })
}

/// A file's diff below a line that says what was done; personal numbers are hidden, as in every report.
fn diff(file: &MendedFile) -> String {
    let [path, before, after] = [&file.path, &file.before, &file.after].map(|text| masked(text));
    format!("{}\n{}", about(file), report::diff(&path, &before, &after))
}

/// How many fixes a file got, such as `3 rettelser i protocols/kranporten/03-x.toml`.
fn about(file: &MendedFile) -> String {
    let fixes = match file.fixes {
        1 => "1 rettelse".to_owned(),
        count => format!("{count} rettelser"),
    };
    let encoding = match file.encoding {
        None => String::new(),
        Some(Encoding::MarkedUtf8) => " (usynligt mærke, BOM, fjernet)".to_owned(),
        Some(other) => format!(" (tegnsæt fra {} til UTF-8)", other.name()),
    };
    format!("{fixes} i {}{encoding}", masked(&file.path))
}

fn tell_left(outcome: &FixOutcome, ui: &Ui) {
    for left in &outcome.left {
        ui.note(&why(left));
    }
}

/// Why a fix was not made, with its place.
fn why(left: &LeftAlone) -> String {
    let path = left.place.file.path();
    let start = left.place.range().start;
    let place = format!("{path}:{}:{}", start.line.get(), start.column.get());
    let reason = match &left.reason {
        Reason::Syntax => "Der er fejl i filens TOML. Ret dem først.".to_owned(),
        Reason::NoRoom => "Rettelsen kan ikke stå der uden at ændre mere.".to_owned(),
        Reason::NoHelp => "Rettelsen løser ikke problemet.".to_owned(),
        Reason::Bug => "Programmet har en fejl, som rettelsen får frem.".to_owned(),
        Reason::Appears(finding) => format!(
            "Rettelsen ville give et nyt fund: {} {}",
            finding.code.number(),
            report::one_line(&finding.message)
        ),
        Reason::Disappears(finding) => format!(
            "Rettelsen ville ændre et andet fund: {} {}",
            finding.code.number(),
            report::one_line(&finding.message)
        ),
    };
    format!("{} er ikke rettet. {reason}", report::one_line(&place))
}
