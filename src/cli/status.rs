//! `rusprot status`: from its arguments to checked options, on to the command and the report.

use std::path::Path;

use anyhow::{Result, bail};

use super::args::{Global, StatusArgs};
use super::collection::{self, Collection};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, check, current_folder, output_file, protocols, repository};
use crate::check::masked;
use crate::commands::{self, CheckOptions, DutiesOutcome};
use crate::diag::{Family, Finding};
use crate::fs;
use crate::report::{Duties, DutyFormat, Format, Matrix, MatrixFormat, Report};
use crate::text::visible::one_line;

/// Runs the command.
pub(super) fn run(
    args: &StatusArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    if let Some(collection) = collection::of(global, environment)? {
        collection::only_whole(&args.protocols)?;
        return of_several(args, &collection, environment, ui);
    }
    let repository = repository(global, environment)?;
    let today = check::today(&args.day, environment)?;
    let options = CheckOptions {
        protocols: protocols::resolve(&args.protocols, &repository, current_folder(environment)?)?,
        draft: false,
        today: today.unwrap_or_else(environment.clock),
        threads: environment.threads.get(),
    };
    let output = output_file(args.output.as_deref(), environment)?;
    let output = output.as_deref();
    if args.matrix {
        let format = matrix_format(args.format)?;
        let outcome = commands::matrix(&repository, &options)?;
        let unread = outcome.findings.iter();
        let unread = unread.filter(|finding| finding.code.family() == Family::Reading);
        tell(&unread.cloned().collect::<Vec<_>>(), &options.protocols, ui);
        let matrix = Matrix {
            tables: &outcome.tables,
            today: options.today,
            unread: &[],
        };
        ui.result(&format.render(&matrix, width(output, ui)), output)?;
        return Ok(match outcome.bugs {
            0 => exit(outcome.has_errors()),
            _ => Exit::Usage,
        });
    }
    let outcome = match args.format {
        DutyFormat::Ics => commands::dated_duties(&repository, &options, args.within)?,
        _ => commands::duties(&repository, &options, args.within)?,
    };
    told_duties(args, &outcome, &options, output, ui)
}

/// The same over several repositories.
fn of_several(
    args: &StatusArgs,
    collection: &Collection,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let options = CheckOptions {
        threads: environment.threads.get(),
        ..CheckOptions::on(check::today(&args.day, environment)?.unwrap_or_else(environment.clock))
    };
    let output = output_file(args.output.as_deref(), environment)?;
    let output = output.as_deref();
    if !args.matrix {
        let outcome = commands::duties_of_all(
            &collection.members,
            &options,
            args.within,
            args.format == DutyFormat::Ics,
        )?;
        return told_duties(args, &outcome, &options, output, ui);
    }
    let format = matrix_format(args.format)?;
    let (outcome, faults) = commands::matrix_of_all(&collection.members, &options)?;
    let unread = outcome.findings.iter();
    let unread = unread.filter(|finding| finding.code.family() == Family::Reading);
    tell(&unread.cloned().collect::<Vec<_>>(), &[], ui);
    let faults: Vec<(String, String)> = faults
        .into_iter()
        .map(|fault| (fault.label, masked(&one_line(&fault.message)).into_owned()))
        .collect();
    let matrix = Matrix {
        tables: &outcome.tables,
        today: options.today,
        unread: &faults,
    };
    ui.result(&format.render(&matrix, width(output, ui)), output)?;
    Ok(match outcome.bugs {
        0 => exit(outcome.has_errors() || !faults.is_empty()),
        _ => Exit::Usage,
    })
}

/// Writes duties and says how the run ends.
fn told_duties(
    args: &StatusArgs,
    outcome: &DutiesOutcome,
    options: &CheckOptions,
    output: Option<&Path>,
    ui: &Ui,
) -> Result<Exit> {
    tell(&outcome.findings, &options.protocols, ui);
    let former = match (args.format, output) {
        (DutyFormat::Ics, Some(path)) => former(path),
        _ => None,
    };
    let duties = Duties {
        rows: &outcome.rows,
        today: options.today,
        protocols: outcome.protocols,
        hidden: outcome.hidden,
        former: former.as_deref(),
        unread: &outcome.unread,
    };
    ui.result(&args.format.render(&duties, width(output, ui)), output)?;
    Ok(match outcome.bugs {
        0 => exit(duties.overdue() > 0 || outcome.has_errors()),
        _ => Exit::Usage,
    })
}

/// The calendar that the new one is to take the place of.
fn former(path: &Path) -> Option<String> {
    /// More than any calendar of ours takes.
    const MOST: u64 = 20_000_000;
    match fs::read_plain(path, MOST) {
        fs::Content::Bytes(bytes) => String::from_utf8(bytes).ok(),
        _ => None,
    }
}

fn exit(fails: bool) -> Exit {
    if fails { Exit::Findings } else { Exit::Ok }
}

/// Columns to write for; a file is read on a screen that is not known.
fn width(output: Option<&Path>, ui: &Ui) -> usize {
    const OF_A_FILE: usize = 100;
    output.map_or_else(|| ui.width(), |_| OF_A_FILE)
}

fn matrix_format(format: DutyFormat) -> Result<MatrixFormat> {
    Ok(match format {
        DutyFormat::Human => MatrixFormat::Human,
        DutyFormat::Json => MatrixFormat::Json,
        DutyFormat::Csv => MatrixFormat::Csv,
        DutyFormat::Ics => bail!(
            "en matrix er ingen kalender.\nVælg human, json eller csv sammen med --matrix, eller \
             skriv ics uden --matrix."
        ),
    })
}

/// Tells what keeps files from being read, on standard error as a build does.
fn tell(findings: &[Finding], protocols: &[String], ui: &Ui) {
    if findings.is_empty() {
        return;
    }
    let report = Report {
        findings,
        protocols,
    };
    let text = check::render(&report, Format::Human, None, ui);
    // The counts at the end are those of a whole check, which this is not.
    let end = text.trim_end().rfind('\n').map_or(text.len(), |at| at + 1);
    ui.complain(&text[..end]);
}
