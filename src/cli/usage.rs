//! Wrong usage, told in Danish with the nearest right one.
//!
//! clap reports what is wrong as a kind and a few facts; its own English sentences are used only as
//! the cause of a kind that is not known here.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::Exit;
use super::args::{Color, Global};
use super::environment::Environment;
use super::ui::{ERROR, Ui};
use crate::text::listed;

/// Answers a command line that did not parse, or that asks for help or the version.
pub(super) fn answer(
    error: &Error,
    command: &Command,
    args: &[OsString],
    environment: &Environment,
) -> Exit {
    // The options are not known, since they did not parse.
    let ui = Ui::new(
        environment,
        &Global {
            root: Vec::new(),
            color: Color::Auto,
            quiet: false,
            verbose: false,
        },
    );
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return match ui.result(&error.render().ansi().to_string(), None) {
            Ok(()) => Exit::Ok,
            Err(error) => {
                ui.error(&error);
                Exit::Usage
            }
        };
    }
    let used = subcommand(command, args);
    let name = used.map_or_else(String::new, |used| format!(" {}", used.get_name()));
    ui.complain(&format!(
        "{ERROR}fejl:{ERROR:#} {}\nSkriv »rusprot{name} --help«, og se, hvad du kan skrive.\n",
        explain(error, command),
    ));
    Exit::Usage
}

/// The command the arguments name. A value that happens to be the name of a command is taken for one;
/// the price is a hint to the wrong help.
fn subcommand<'a>(command: &'a Command, args: &[OsString]) -> Option<&'a Command> {
    let mut words = args.iter().skip(1);
    words.find_map(|word| command.find_subcommand(word))
}

/// What is wrong and what may have been meant, in Danish sentences.
fn explain(error: &Error, command: &Command) -> String {
    let facts = Facts(error);
    let argument = facts.argument();
    let value = facts.text(ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => unknown_argument(&facts, &argument, command),
        ErrorKind::InvalidSubcommand => {
            let name = facts
                .text(ContextKind::InvalidSubcommand)
                .unwrap_or_default();
            let near = facts.nearest(ContextKind::SuggestedSubcommand, &name);
            let known = || format!(" Kommandoerne er {}.", listed(&commands(command), "og"));
            let near = if near.is_empty() { known() } else { near };
            format!("»{name}« er ikke en kommando.{near}")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("»{argument}« mangler en værdi.{}", facts.choices())
        }
        ErrorKind::InvalidValue => format!(
            "»{value}« kan ikke bruges til »{argument}«.{}{}",
            facts.meant(ContextKind::SuggestedValue),
            facts.choices(),
        ),
        ErrorKind::ValueValidation => {
            let reason = error.source().map(|source| format!(": {source}"));
            let reason = reason.unwrap_or_default();
            format!("»{value}« kan ikke bruges til »{argument}«{reason}.")
        }
        ErrorKind::ArgumentConflict => conflict(&facts, &argument),
        ErrorKind::NoEquals => format!("»{argument}« skal have et lighedstegn før sin værdi."),
        ErrorKind::TooManyValues => format!("»{value}« er en værdi for meget til »{argument}«."),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("»{argument}« har fået et forkert antal værdier.")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing: Vec<_> = facts.texts(ContextKind::InvalidArg);
            format!("Der mangler noget: {}.", listed(&missing, "og"))
        }
        ErrorKind::InvalidUtf8 => "Et af ordene har tegn, som ikke er UTF-8.".to_owned(),
        _ => unknown_kind(error),
    }
}

fn unknown_argument(facts: &Facts<'_>, argument: &str, command: &Command) -> String {
    if !argument.starts_with('-') {
        return format!("»{argument}« er der ikke plads til her.");
    }
    let near = facts.meant(ContextKind::SuggestedArg);
    if near.is_empty()
        && let Some(owner) = owner_of(argument, command)
    {
        return format!(
            "»{argument}« hører til en kommando. Skriv den først: »rusprot {owner} {argument}«."
        );
    }
    format!("»{argument}« er ikke et gyldigt valg.{near}")
}

/// The command that has the option, for one that was written without its command.
fn owner_of<'a>(option: &str, command: &'a Command) -> Option<&'a str> {
    let name = option.strip_prefix("--")?;
    let mut owners = command.get_subcommands();
    let owner = owners.find(|owner| {
        owner
            .get_arguments()
            .any(|arg| arg.get_long() == Some(name))
    });
    owner.map(Command::get_name)
}

fn conflict(facts: &Facts<'_>, argument: &str) -> String {
    let others: Vec<_> = facts.texts(ContextKind::PriorArg);
    let others: Vec<_> = others.iter().map(|other| name_of(other)).collect();
    match others.first() {
        Some(&other) if other != argument => {
            format!(
                "»{argument}« kan ikke bruges sammen med »{}«.",
                others.join("« og »")
            )
        }
        _ => format!("»{argument}« kan kun skrives én gang."),
    }
}

/// The last resort: clap's own sentence as the cause of a Danish one.
fn unknown_kind(error: &Error) -> String {
    let text = error.render().to_string();
    let first = text.lines().next().unwrap_or_default();
    let cause = first.trim_start_matches("error: ");
    format!("Kommandolinjen kan ikke forstås.\n  årsag: {cause}")
}

/// The names of the commands that help shows.
fn commands(command: &Command) -> Vec<String> {
    let shown = command
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    shown.map(|command| command.get_name().to_owned()).collect()
}

/// What clap knows about an error.
struct Facts<'a>(&'a Error);

impl Facts<'_> {
    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => vec![text.clone()],
            Some(ContextValue::Strings(texts)) => texts.clone(),
            _ => Vec::new(),
        }
    }

    fn text(&self, kind: ContextKind) -> Option<String> {
        self.texts(kind).into_iter().next()
    }

    /// The argument in question, without the name of its value.
    fn argument(&self) -> String {
        let text = self.text(ContextKind::InvalidArg).unwrap_or_default();
        name_of(&text).to_owned()
    }

    /// The same of those that are most like what was written: there are more commands than anybody mixes up.
    fn nearest(&self, kind: ContextKind, written: &str) -> String {
        let alike = |near: &str| strsim::jaro_winkler(near, written);
        let all = self.texts(kind);
        let best = all.iter().map(|near| alike(near)).fold(0.0, f64::max);
        let near = all
            .into_iter()
            .filter(|near| best - alike(near) < NO_NEARER);
        asked(&near.collect::<Vec<_>>())
    }

    /// A question that begins with a space, or nothing.
    fn meant(&self, kind: ContextKind) -> String {
        asked(&self.texts(kind))
    }

    /// A sentence that begins with a space, or nothing.
    fn choices(&self) -> String {
        let valid = self.texts(ContextKind::ValidValue);
        if valid.is_empty() {
            return String::new();
        }
        format!(" Du kan vælge mellem {}.", listed(&valid, "og"))
    }
}

/// `--format` of `--format <FORM>`; a positional argument is named by its value.
fn name_of(argument: &str) -> &str {
    argument.split(' ').next().unwrap_or(argument)
}

/// Two words that differ by less, from 0 to 1, are as near as each other.
const NO_NEARER: f64 = 0.1;

/// A question that begins with a space, or nothing.
fn asked(near: &[String]) -> String {
    let near: Vec<String> = near.iter().map(|near| format!("»{near}«")).collect();
    if near.is_empty() {
        return String::new();
    }
    format!(" Mente du {}?", listed(&near, "eller"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;

    fn explained(line: &str) -> String {
        let mut command = args::command(80);
        let error = command
            .try_get_matches_from_mut(line.split(' '))
            .expect_err("the line is wrong");
        explain(&error, &command)
    }

    #[test]
    fn a_mistyped_option_is_met_with_the_nearest_one() {
        assert_eq!(
            explained("rusprot check --formt json"),
            "»--formt« er ikke et gyldigt valg. Mente du »--format«?"
        );
    }

    #[test]
    fn an_option_without_its_command_is_met_with_the_command() {
        assert_eq!(
            explained("rusprot --keep-typst mappe"),
            "»--keep-typst« hører til en kommando. Skriv den først: »rusprot build --keep-typst«."
        );
    }

    #[test]
    fn a_word_too_many_is_named() {
        assert_eq!(
            explained("rusprot doctor kranporten"),
            "»kranporten« er der ikke plads til her."
        );
    }

    #[test]
    fn a_mistyped_command_is_met_with_the_nearest_one_or_with_all() {
        assert_eq!(
            explained("rusprot biuld"),
            "»biuld« er ikke en kommando. Mente du »build«?"
        );
        assert_eq!(
            explained("rusprot zzz"),
            "»zzz« er ikke en kommando. Kommandoerne er init, import, build, serve, check, status, done, approve, diff, print, verify, explain, templates, upgrade, lsp, schema og doctor."
        );
    }

    #[test]
    fn a_wrong_value_is_met_with_the_right_ones() {
        assert_eq!(
            explained("rusprot build --format md,htm"),
            "»htm« kan ikke bruges til »--format«. Mente du »html«? \
             Du kan vælge mellem html, md, pdf, docx og json."
        );
        assert_eq!(
            explained("rusprot check --format"),
            "»--format« mangler en værdi. \
             Du kan vælge mellem human, short, json, sarif, github, gitlab og junit."
        );
    }

    #[test]
    fn a_wrong_date_is_met_with_the_reason() {
        assert_eq!(
            explained("rusprot check --today 21-11-2026"),
            "»21-11-2026« kan ikke bruges til »--today«: \
             en dato skrives som år-måned-dag, for eksempel 2026-11-30."
        );
    }

    #[test]
    fn an_option_twice_and_options_that_exclude_each_other_are_named() {
        assert_eq!(
            explained("rusprot --color never --color always check"),
            "»--color« kan kun skrives én gang."
        );
        assert_eq!(
            explained("rusprot check -q -v"),
            "»--quiet« kan ikke bruges sammen med »--verbose«."
        );
    }

    #[test]
    fn a_missing_argument_is_named() {
        assert_eq!(
            explained("rusprot completions"),
            "Der mangler noget: <SKAL>."
        );
    }

    #[test]
    fn a_kind_that_is_not_known_is_still_danish_around_the_cause() {
        let error = Error::raw(ErrorKind::Io, "the pipe is wet\n");
        assert_eq!(
            explain(&error, &args::command(80)),
            "Kommandolinjen kan ikke forstås.\n  årsag: the pipe is wet"
        );
    }
}
