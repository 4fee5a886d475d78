//! `rusprot check`: from its arguments to checked options, and on to the command and the report.

use std::path::Path;

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::args::{self, CheckArgs, DayArgs, Global};
use super::collection::{self, Collection};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, current_folder, fix, output_file, protocols, repository, without_answer_of_git};
use crate::check::Excepted;
use crate::commands::{self, CheckOptions, CheckOutcome};
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
    if let Some(collection) = collection::of(global, environment)? {
        return of_several(args, &collection, environment, ui);
    }
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
        fs::append(
            summary,
            report::step_summary(&report, &outcome.names).as_bytes(),
        )?;
    }
    tell_details(&outcome, ui);
    let folder = place_in_git(repository.root());
    let exit = print(&report, args.format, &folder, output, ui)?;
    let end = end.or((outcome.bugs > 0).then_some(Exit::Usage));
    Ok(end.unwrap_or(exit))
}

/// Checks several repositories, each of which is told of by its name before every path.
fn of_several(
    args: &CheckArgs,
    collection: &Collection,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    collection::only_whole(&args.protocols)?;
    if args.fix || args.diff || args.changed_since.is_some() {
        bail!("--fix, --diff og --changed-since er til ét arkiv ad gangen. Vælg det med --root.");
    }
    let options = CheckOptions {
        protocols: Vec::new(),
        draft: args.judging.draft,
        today: today(&args.judging.day, environment)?.unwrap_or_else(environment.clock),
        threads: environment.threads.get(),
    };
    let outcome = commands::check_all(&collection.members, &options)?;
    let report = Report {
        findings: &outcome.findings,
        protocols: &outcome.protocols,
    };
    if args.format == Format::Github
        && let Some(summary) = &environment.step_summary
    {
        fs::append(
            summary,
            report::step_summary(&report, &outcome.names).as_bytes(),
        )?;
    }
    tell_details(&outcome, ui);
    let output = output_file(args.output.as_deref(), environment)?;
    let exit = print(&report, args.format, "", output.as_deref(), ui)?;
    Ok(if outcome.bugs > 0 { Exit::Usage } else { exit })
}

/// Tells the figures behind findings, and what exceptions have set aside, to those who ask for more.
fn tell_details(outcome: &CheckOutcome, ui: &Ui) {
    if !ui.tells_details() {
        return;
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
