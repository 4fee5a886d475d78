//! `rusprot import`: from its arguments to the command, the questions on a terminal, and what is said of it.

mod human;
mod json;

use anyhow::Result;

use super::args::{AnswerFormat, Global, ImportArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, absolute, ask, current_folder, one_root};
use crate::commands::{self, ImportOptions, ImportOutcome};
use crate::import::Proposal;
use crate::load::Repository;
use crate::text::visible::shown;

/// The most texts with a personal number that are shown.
const MOST_SHOWN: usize = 5;

/// Runs the command.
pub(super) fn run(
    args: &ImportArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let root = match one_root(global)? {
        Some(root) => absolute(root, environment)?,
        None => current_folder(environment)?.to_owned(),
    };
    let repository = Repository::find(&root).ok();
    let root = repository
        .as_ref()
        .map_or(root, |repository| repository.root().to_owned());
    let options = ImportOptions {
        file: absolute(&args.file, environment)?,
        institution: args
            .institution
            .as_deref()
            .map(|name| name.trim().to_owned()),
        into: args.into.clone(),
        skabelon: args.template.clone(),
        mask: args.mask,
        dry_run: args.dry_run,
    };
    let asks = environment.answers && args.format == AnswerFormat::Human;
    let mut takes = |proposal: &Proposal| {
        if args.yes || !asks {
            return Ok(args.yes);
        }
        let (heading, wording) = (&proposal.heading, &proposal.wording);
        let question = format!("Svarer afsnittet »{heading}« på »{wording}«?");
        ask::yes(
            &question,
            true,
            "Svar j, hvis det er det samme emne, ellers n.",
        )
    };
    let outcome = commands::import(repository.as_ref(), &root, &options, &mut takes)?;
    let run = match outcome {
        ImportOutcome::PersonNumbers(texts) => {
            tell_person_numbers(&texts, ui);
            return Ok(Exit::Findings);
        }
        ImportOutcome::Done(run) => run,
    };
    match args.format {
        AnswerFormat::Human => ui.say(&human::render(&run, args.dry_run, ui))?,
        AnswerFormat::Json => ui.result(&json::render(&run, args.dry_run), None)?,
    }
    let account = &run.imported.account;
    let is_whole = account.missing.is_empty() && account.surplus.is_empty();
    Ok(if is_whole { Exit::Ok } else { Exit::Findings })
}

fn tell_person_numbers(texts: &[String], ui: &Ui) {
    let count = match texts.len() {
        1 => "ét sted".to_owned(),
        count => format!("{count} steder"),
    };
    ui.problem(&format!(
        "Der er noget, der ligner et personnummer, {count} i dokumentet. Intet er skrevet."
    ));
    for text in texts.iter().take(MOST_SHOWN) {
        ui.complain(&format!("  {}\n", shown(&around_hidden(text))));
    }
    ui.note(
        "Slet numrene i dokumentet, og hent det igen. Er det ikke personnumre, så skjul dem med --mask. \
         Sig det også til din leder: Ældre udgaver skal ryddes.",
    );
}

/// Some words around the first hidden figures.
fn around_hidden(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words
        .iter()
        .position(|word| word.contains("xxx"))
        .unwrap_or(0);
    let from = at.saturating_sub(4);
    let to = (at + 5).min(words.len());
    let lead = if from > 0 { "… " } else { "" };
    let tail = if to < words.len() { " …" } else { "" };
    format!("{lead}{}{tail}", words[from..to].join(" "))
}
