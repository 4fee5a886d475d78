//! `rusprot diff`: from its arguments to checked options, and on to the command and the page.

use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::args::{ChangeFormat, DiffArgs, Global};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, current_folder, output_file, protocols, repository, without_answer_of_git};
use crate::commands::{self, DiffOptions, Since};
use crate::compare::Report;
use crate::export::{self, DEFAULT_LIMIT};
use crate::load::{CONFIG_FILE, Repository};
use crate::model::Area;
use crate::render::changes::{self, Width};
use crate::write;

/// What the present is held against where nobody says.
const LAST_COMMIT: &str = "HEAD";

/// Runs the command.
pub(super) fn run(
    args: &DiffArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let output = output_file(args.output.as_deref(), environment)?;
    if args.format == ChangeFormat::Pdf && output.is_none() {
        bail!("en PDF skal have en fil at stå i: skriv for eksempel --output aendringer.pdf");
    }
    let options = DiffOptions {
        protocols: named(args, &repository, environment)?,
        since: if args.since_approval {
            Since::Approval
        } else {
            let revision = args.since.as_deref().unwrap_or(LAST_COMMIT);
            Since::Revision(revision.to_owned())
        },
        threads: environment.threads.get(),
    };
    let report = match commands::diff(&repository, &options)? {
        Ok(report) => report,
        Err(error) => return without_answer_of_git(error, ui),
    };
    let exit = if report.is_partial() {
        Exit::Findings
    } else {
        Exit::Ok
    };
    let output = output.as_deref();
    let text = match args.format {
        ChangeFormat::Human => changes::human(&report, Width(ui.width()), ui.colors_result(output)),
        ChangeFormat::Md => changes::markdown(&report),
        ChangeFormat::Html => changes::html(&report),
        ChangeFormat::Json => report.json(),
        ChangeFormat::Pdf => {
            let made = pdf(&report, &repository, environment, output, ui)?;
            return Ok(if made { exit } else { Exit::External });
        }
    };
    ui.result(&text, output)?;
    Ok(exit)
}

/// The protocols that are meant. A name that is no protocol now may be one that is gone; whether it was ever
/// there is found out where the former edition is read.
fn named(
    args: &DiffArgs,
    repository: &Repository,
    environment: &Environment,
) -> Result<Vec<String>> {
    let current = current_folder(environment)?;
    let all = protocols::resolve(&args.protocols, repository, current);
    let Err(error) = all else { return all };
    if args.since_approval {
        return Err(error);
    }
    let mut slugs = Vec::new();
    for argument in &args.protocols {
        match protocols::resolve(std::slice::from_ref(argument), repository, current) {
            Ok(found) if found.is_empty() => return Ok(found),
            Ok(found) => slugs.extend(found),
            Err(error) => {
                let name = argument.to_string_lossy();
                let name = name.trim_end_matches(['/', '\\']);
                let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
                if last.is_empty() || last.starts_with('.') {
                    return Err(error);
                }
                slugs.push(last.to_owned());
            }
        }
    }
    Ok(slugs)
}

/// Makes the PDF; says whether there is one.
fn pdf(
    report: &Report,
    repository: &Repository,
    environment: &Environment,
    output: Option<&Path>,
    ui: &Ui,
) -> Result<bool> {
    let output = output.ok_or_else(|| anyhow!("en PDF skal have en fil at stå i"))?;
    let typst = match export::find(&environment.typst_search()) {
        Ok(typst) => typst,
        Err(problem) => {
            ui.problem(&problem.to_string());
            return Ok(false);
        }
    };
    let config = repository.read(CONFIG_FILE)?.and_then(Result::ok);
    let area = config.map(|file| Area::read(&file).0.name.text);
    match commands::change_sheet(report, &area.unwrap_or_default(), &typst, DEFAULT_LIMIT) {
        Ok(made) => {
            for warning in made.warnings {
                ui.note(&format!("typst siger om {warning}"));
            }
            write::result(output, &made.pdf)?;
            Ok(true)
        }
        Err(problem) => {
            ui.problem(&problem.to_string());
            Ok(false)
        }
    }
}
