//! `rusprot templates update`: what is to be written over the copies, shown before it is, and asked about where
//! somebody has changed one.

use anyhow::{Result, bail};

use super::super::args::{AnswerFormat, Global, TemplatesArgs};
use super::super::environment::Environment;
use super::super::ui::Ui;
use super::super::{Exit, ask, output_file, repository};
use crate::check::masked;
use crate::commands::{CopyUpdate, Fetching, FileUpdate, Update, UpdateOptions, plan_update};
use crate::history::{FetchError, GitError};
use crate::report;

/// The words that ask for it in place of a skabelon's name.
pub(super) const WORDS: [&str; 2] = ["update", "opdater"];

/// Runs the command.
pub(super) fn run(
    args: &TemplatesArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    if args.format == AnswerFormat::Json {
        bail!("--format json hører til listen over skabeloner, ikke til update");
    }
    let repository = repository(global, environment)?;
    let options = UpdateOptions {
        name: args.shared.clone(),
        revision: args.rev.clone(),
        fetching: fetching(args.offline, environment),
    };
    let update = match plan_update(&repository, &options) {
        Ok(update) => update,
        Err(error) => return without_source(error, ui),
    };
    let output = output_file(args.output.as_deref(), environment)?;
    ui.result(&told(&update), output.as_deref())?;
    if update.is_empty() {
        return Ok(Exit::Ok);
    }
    if args.dry_run {
        ui.note("Intet er skrevet. Kør kommandoen uden --dry-run for at skrive det.");
        return Ok(Exit::Ok);
    }
    if update.is_over_changes() {
        ui.note(
            "Nogen har rettet i kopien. Rettelserne ovenfor forsvinder. Skal de blive, hører de til dér, hvor \
             skabelonen kommer fra.",
        );
        if environment.answers && !ask::yes("Skal kopien skrives over?", false, "")? {
            ui.note("Intet er skrevet.");
            return Ok(Exit::Ok);
        }
    }
    update.write()?;
    ui.tell("Skrevet. Gem ændringerne i git, så alle får dem.");
    Ok(Exit::Ok)
}

/// How skabeloner are fetched here.
pub(in crate::cli) fn fetching(offline: bool, environment: &Environment) -> Fetching {
    Fetching {
        cache: environment.cache.clone(),
        offline,
        may_ask: environment.answers,
    }
}

/// How a run ends that could not fetch what it was to fetch: where git is missing or failed, as with any other
/// program.
pub(in crate::cli) fn without_source(error: anyhow::Error, ui: &Ui) -> Result<Exit> {
    let mut causes = error.chain();
    let fetching = causes.find_map(|cause| cause.downcast_ref::<FetchError>());
    let offline = fetching.is_some_and(FetchError::is_of_the_network);
    if !matches!(
        fetching,
        Some(
            FetchError::Unreachable { .. } | FetchError::Git(GitError::NoGit | GitError::Failed(_))
        )
    ) {
        return Err(error);
    }
    let hint = if offline {
        "\nMed --offline bruger rusprot det, der er hentet før."
    } else {
        ""
    };
    ui.problem(&format!("{error:#}{hint}"));
    Ok(Exit::External)
}

/// What becomes of each copy, as a diff.
fn told(update: &Update) -> String {
    let mut text = String::new();
    for copy in &update.copies {
        text.push_str(&format!("{}\n", head(copy)));
        for file in &copy.files {
            text.push_str(&shown(file));
        }
        text.push('\n');
    }
    for name in &update.forgotten {
        text.push_str(&format!(
            "{}: står ikke i rusprot.toml. Mappen bliver jeres egen.\n\n",
            report::one_line(name)
        ));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn head(copy: &CopyUpdate) -> String {
    let revision = copy.revision.as_deref().unwrap_or("den nyeste");
    let commit = copy.commit.as_deref();
    let commit = commit.map_or_else(String::new, |commit| {
        format!(" ({})", commit.get(..10).unwrap_or(commit))
    });
    let edition = match &copy.commit {
        Some(_) => format!("{}{commit} fra ", report::one_line(revision)),
        None => "fra ".to_owned(),
    };
    let state = match copy.files.len() {
        0 => "kopien er, som den skal være".to_owned(),
        1 => "1 fil bliver ændret".to_owned(),
        count => format!("{count} filer bliver ændret"),
    };
    format!("{}: {edition}{}: {state}", copy.name, copy.address)
}

/// One file's difference; a new one, and what is no text, is named alone.
fn shown(file: &FileUpdate) -> String {
    let path = masked(&file.path);
    let text = |bytes: &Option<Vec<u8>>| -> Option<String> {
        let bytes = bytes.as_deref().unwrap_or_default();
        let text = std::str::from_utf8(bytes).ok()?;
        Some(masked(text).into_owned())
    };
    match (
        &file.before,
        &file.after,
        text(&file.before),
        text(&file.after),
    ) {
        (None, _, _, Some(_)) => format!("  ny fil: {path}\n"),
        (_, _, Some(before), Some(after)) => report::diff(&path, &before, &after),
        (_, None, ..) => format!("  væk: {path}\n"),
        _ => format!("  ændret, men ikke en tekst: {path}\n"),
    }
}
