//! `rusprot check`: from its arguments to checked options, and on to the command and the report.

use std::path::Path;

use anyhow::{Result, anyhow};
use jiff::civil::Date;

use super::args::{self, CheckArgs, DayArgs, Global};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, current_folder, fix, output_file, protocols, repository, without_answer_of_git};
use crate::check::Excepted;
use crate::commands::{self, CheckOptions};
use crate::diag::Code;
use crate::fs;
use crate::history::place_in_git;
use crate::report::{self, Format, Report};

/// Runs the command.
pub(super) fn run(
    args: &CheckArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let options = CheckOptions {
        protocols: protocols::resolve(&args.protocols, &repository, current_folder(environment)?)?,
        draft: args.judging.draft,
        today: today(&args.judging.day, environment)?.unwrap_or_else(environment.clock),
        threads: environment.threads.get(),
    };
    let output = output_file(args.output.as_deref(), environment)?;
    let output = output.as_deref();
    if args.diff {
        return fix::show(&repository, &options, output, ui);
    }
    let (outcome, end) = match &args.changed_since {
        _ if args.fix => fix::run(&repository, &options, ui)?,
        None => (commands::check(&repository, &options)?, None),
        Some(revision) => match commands::check_since(&repository, &options, revision)? {
            Ok(outcome) => (outcome, None),
            Err(error) => return without_answer_of_git(error, ui),
        },
    };
    let report = Report {
        findings: &outcome.findings,
        protocols: &outcome.protocols,
    };
    if args.format == Format::Github
        && let Some(summary) = &environment.step_summary
    {
        fs::append(summary, report::step_summary(&report).as_bytes())?;
    }
    for detail in outcome.findings.iter().flat_map(|finding| &finding.details) {
        let line = detail.place.range().start.line.get();
        let path = detail.place.file.path();
        ui.detail(&format!("{path}:{line}: {}", detail.message));
    }
    for Excepted { finding, reason } in &outcome.excepted {
        let (path, line) = (
            finding.place.file.path(),
            finding.place.range().start.line.get(),
        );
        let (code, message) = (finding.code.number(), &finding.message);
        ui.detail(&format!(
            "undtaget {code} i {path}:{line}: {message} Begrundelse: {reason}"
        ));
    }
    let folder = place_in_git(repository.root());
    let exit = print(&report, args.format, &folder, output, ui)?;
    let end = end.or((outcome.bugs > 0).then_some(Exit::Usage));
    Ok(end.unwrap_or(exit))
}

/// The day the user gives: with `--today`, else in `RUSPROT_TODAY`.
pub(super) fn today(day: &DayArgs, environment: &Environment) -> Result<Option<Date>> {
    match (day.today, &environment.today) {
        (Some(date), _) => Ok(Some(date)),
        (None, None) => Ok(None),
        (None, Some(text)) => args::parse_date(text).map(Some).map_err(|reason| {
            anyhow!("»{text}« kan ikke bruges i variablen RUSPROT_TODAY: {reason}.")
        }),
    }
}

/// Writes the report and says how the run ends. Who reads SARIF takes a failure for one of the tool, so
/// findings are none there.
fn print(
    report: &Report<'_>,
    format: Format,
    folder: &str,
    output: Option<&Path>,
    ui: &Ui,
) -> Result<Exit> {
    let text = render_below(report, format, folder, output, ui);
    match format {
        Format::Github => ui.commands(&text, output)?,
        _ => ui.result(&text, output)?,
    }
    let fails = report.summary().found.errors > 0 && format != Format::Sarif;
    Ok(if fails { Exit::Findings } else { Exit::Ok })
}

/// The report in a format, for where it is going.
pub(super) fn render(
    report: &Report<'_>,
    format: Format,
    output: Option<&Path>,
    ui: &Ui,
) -> String {
    render_below(report, format, "", output, ui)
}

/// The same for readers that count paths from above `folder`.
fn render_below(
    report: &Report<'_>,
    format: Format,
    folder: &str,
    output: Option<&Path>,
    ui: &Ui,
) -> String {
    let options = report::Options {
        folder,
        width: ui.width(),
        color: ui.colors_result(output),
        docs: &Code::page,
    };
    format.render(report, &options)
}
