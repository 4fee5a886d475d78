//! `rusprot doctor`: whether all that rusprot uses is there, and how to get what is not.

use std::time::Duration;

use anyhow::Result;
use clap::builder::styling::{AnsiColor, Style};

use super::args::{DoctorArgs, Global};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, repository, typst};
use crate::export::{self, TypstProblem};
use crate::model::this_version;
use crate::process::{Call, ProcessError};
use crate::site::area_settings;
use crate::text::visible::shown_path;

/// How long git or cargo may take to tell its version.
const GIT_LIMIT: Duration = Duration::from_secs(20);

/// How a part is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It is there.
    Fine,
    /// It is not there, and some of what rusprot does works without it.
    Optional,
    /// It is not there and is needed.
    Missing,
}

impl State {
    /// The word in front of the line, all of one width, and its colour.
    fn mark(self) -> (&'static str, Style) {
        match self {
            Self::Fine => ("i orden", AnsiColor::Green.on_default()),
            Self::Optional => ("bemærk ", AnsiColor::Cyan.on_default()),
            Self::Missing => ("mangler", AnsiColor::Red.on_default().bold()),
        }
    }
}

/// One part that was looked at.
#[derive(Debug)]
struct Part {
    state: State,
    name: &'static str,
    /// What there is to say; lines after the first are indented below it.
    text: String,
}

/// Runs the command.
pub(super) fn run(
    args: &DoctorArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    if args.install_typst
        && let Err(error) = typst::install_if_missing(environment, ui)
    {
        ui.error(&error);
        return Ok(Exit::External);
    }
    let found = export::find(&environment.typst_search());
    let missing = found.is_err();
    let cargo = Call::new(&environment.cargo)
        .arg("--version")
        .limit(GIT_LIMIT)
        .run()
        .map(|cargo| cargo.stdout_text());
    let version = version(global, environment);
    let is_other = version
        .as_ref()
        .is_some_and(|part| part.state == State::Missing);
    let mut parts = vec![
        area(global, environment),
        typst_part(found, cargo.is_ok()),
        cargo_part(cargo, missing),
        fonts(),
        git(Call::new("git")
            .arg("--version")
            .limit(GIT_LIMIT)
            .run()
            .map(|git| git.stdout_text())),
        cache(environment),
    ];
    parts.splice(1..1, version);
    ui.result(&table(&parts), None)?;
    Ok(if missing || is_other {
        Exit::External
    } else {
        Exit::Ok
    })
}

fn area(global: &Global, environment: &Environment) -> Part {
    let (state, text) = match repository(global, environment) {
        Ok(repository) => (State::Fine, shown_path(repository.root())),
        Err(error) => (State::Optional, error.to_string()),
    };
    Part {
        state,
        name: "område",
        text,
    }
}

/// Whether this is a version that the area asks for; nothing where it asks for none.
fn version(global: &Global, environment: &Environment) -> Option<Part> {
    let repository = repository(global, environment).ok()?;
    let (area, _) = area_settings(&repository).ok()?;
    let wish = area.version?.value;
    let this = this_version();
    let (state, text) = if wish.matches(&this) {
        (State::Fine, format!("{this}, som området bruger ({wish})"))
    } else {
        let text = format!(
            "{this}, men området bruger {wish}\nHent den udgave, eller ret linjen i rusprot.toml"
        );
        (State::Missing, text)
    };
    Some(Part {
        state,
        name: "udgave",
        text,
    })
}

fn typst_part(found: Result<export::Typst, TypstProblem>, has_cargo: bool) -> Part {
    let (state, text) = match found {
        Ok(typst) => (
            State::Fine,
            format!("{} i {}", typst.version, shown_path(&typst.program)),
        ),
        Err(problem) => (
            State::Missing,
            format!("{}\n{}", problem.reason(), export::how_to_get(has_cargo)),
        ),
    };
    Part {
        state,
        name: "typst",
        text,
    }
}

/// cargo, by its answer to `cargo --version`: what gets typst where it is missing.
fn cargo_part(answer: Result<String, ProcessError>, typst_is_missing: bool) -> Part {
    let (state, text) = match answer {
        Ok(answer) => {
            let version = answer.trim().trim_start_matches("cargo ");
            (State::Fine, version.to_owned())
        }
        Err(_) if typst_is_missing => (
            State::Optional,
            "Programmet cargo svarer ikke, så rusprot kan ikke hente typst for dig.".to_owned(),
        ),
        Err(_) => (
            State::Fine,
            "svarer ikke, og er ikke nødvendigt: typst er her".to_owned(),
        ),
    };
    Part {
        state,
        name: "cargo",
        text,
    }
}

fn fonts() -> Part {
    Part {
        state: State::Fine,
        name: "skrifter",
        text: "Noto Sans følger med programmet".to_owned(),
    }
}

/// git, by its answer to `git --version`.
fn git(answer: Result<String, ProcessError>) -> Part {
    let (state, text) = match answer {
        Ok(answer) => {
            let version = answer.trim().trim_start_matches("git version ");
            (State::Fine, version.to_owned())
        }
        Err(error) => (
            State::Optional,
            format!("{error}\nKun historikken bruger git. Hent det på https://git-scm.com"),
        ),
    };
    Part {
        state,
        name: "git",
        text,
    }
}

fn cache(environment: &Environment) -> Part {
    let (state, text) = match &environment.cache {
        Some(cache) => (State::Fine, shown_path(&cache.join("rusprot"))),
        None => (
            State::Optional,
            "Der er ingen cachemappe, så rusprot kan ikke hente typst for dig.".to_owned(),
        ),
    };
    Part {
        state,
        name: "cache",
        text,
    }
}

/// What the user reads.
fn table(parts: &[Part]) -> String {
    let mut text = format!("rusprot {}\n\n", env!("CARGO_PKG_VERSION"));
    for part in parts {
        let (mark, style) = part.state.mark();
        let more = part.text.replace('\n', "\n           ");
        text.push_str(&format!(
            "{style}{mark}{style:#}  {:8}  {more}\n",
            part.name
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_word_for_each_state_and_indents_what_follows() {
        let part = |state, name, text: &str| Part {
            state,
            name,
            text: text.to_owned(),
        };
        let table = table(&[
            part(State::Fine, "git", "2.50.1"),
            part(State::Missing, "typst", "findes ikke\nHent det"),
        ]);
        let table = anstream::adapter::strip_str(&table).to_string();
        let (_, lines) = table.split_once("\n\n").expect("the version stands first");
        assert_eq!(
            lines,
            "i orden  git       2.50.1\nmangler  typst     findes ikke\n           Hent det\n"
        );
    }

    #[test]
    fn git_is_told_by_its_version_and_is_not_needed() {
        let there = git(Ok("git version 2.50.1\n".to_owned()));
        assert_eq!((there.state, there.text.as_str()), (State::Fine, "2.50.1"));
        let gone = git(Err(ProcessError::NotFound {
            command: "git --version".to_owned(),
            program: "git".into(),
        }));
        assert_eq!(gone.state, State::Optional);
        assert!(gone.text.contains("https://git-scm.com"));
    }
}
