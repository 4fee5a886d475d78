//! `rusprot check`: from its arguments to checked options, and on to the pipeline and the report.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use jiff::civil::Date;

use super::args::{self, CheckArgs, Global, JudgingArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, absolute, current_folder, protocols, repository};
use crate::docs;
use crate::load::Repository;
use crate::report::{self, Format, Report};

/// What to check and how, with every path absolute and every name known.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// The repository.
    pub repository: Repository,
    /// Slugs of the protocols to check, in order and each once; none means all.
    pub protocols: Vec<String>,
    /// The form of the report.
    pub format: Format,
    /// The file to write the report to; standard output if there is none.
    pub output: Option<PathBuf>,
    /// Whether what is checked is a draft.
    pub draft: bool,
    /// The day that stands in for today, where the user gives one.
    pub today: Option<Date>,
    /// How many protocols to work on at a time.
    pub threads: NonZeroUsize,
}

/// Runs the command.
pub(super) fn run(
    args: &CheckArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let options = options(args, global, environment)?;
    run_pipeline(&options, ui)
}

fn options(args: &CheckArgs, global: &Global, environment: &Environment) -> Result<CheckOptions> {
    let repository = repository(global, environment)?;
    let output = args.output.as_deref();
    Ok(CheckOptions {
        protocols: protocols::resolve(&args.protocols, &repository, current_folder(environment)?)?,
        format: args.format,
        output: output.map(|path| absolute(path, environment)).transpose()?,
        draft: args.judging.draft,
        today: today(&args.judging, environment)?,
        threads: environment.threads,
        repository,
    })
}

/// The day the user gives: with `--today`, else in `RUSPROT_TODAY`.
pub(super) fn today(judging: &JudgingArgs, environment: &Environment) -> Result<Option<Date>> {
    match (judging.today, &environment.today) {
        (Some(date), _) => Ok(Some(date)),
        (None, None) => Ok(None),
        (None, Some(text)) => args::parse_date(text).map(Some).map_err(|reason| {
            anyhow!("»{text}« kan ikke bruges i variablen RUSPROT_TODAY: {reason}.")
        }),
    }
}

/// FOUNDERS: replace the empty report with what `pipeline` found.
fn run_pipeline(options: &CheckOptions, ui: &Ui) -> Result<Exit> {
    let report = Report {
        findings: &[],
        protocols: &[],
    };
    print(&report, options, ui)
}

/// Writes the report and says how the run ends. Who reads SARIF takes a failure for one of the tool, so
/// findings are none there.
fn print(report: &Report<'_>, options: &CheckOptions, ui: &Ui) -> Result<Exit> {
    let output = options.output.as_deref();
    let text = options.format.render(
        report,
        &report::Options {
            width: ui.width(),
            color: ui.colors_result(output),
            docs: &docs::page,
        },
    );
    ui.result(&text, output)?;
    let fails = report.summary().found.errors > 0 && options.format != Format::Sarif;
    Ok(if fails { Exit::Findings } else { Exit::Ok })
}
