//! The command line: from arguments to checked options, to the library, to what is printed.
//!
//! This is the only module that prints (`ui`) or reads the environment and the clock
//! (`environment`). A command has one file, which turns its arguments into plain options and hands
//! them on; nothing is checked or rendered here.

mod args;
mod ask;
mod bug;
mod build;
mod check;
mod collection;
mod completions;
mod diff;
mod doctor;
mod environment;
mod explain;
mod fix;
mod help;
#[cfg(feature = "import")]
mod import;
mod init;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod print;
mod protocols;
mod record;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod status;
mod templates;
mod typst;
mod ui;
mod upgrade;
mod usage;
mod verify;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::FromArgMatches;

use self::args::{Arguments, Command, Global};
use self::ui::Ui;
use crate::history::GitError;
use crate::load::Repository;

pub use self::environment::{Environment, Terminal};

/// How a run ended, as the caller of the program sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at error level.
    Ok,
    /// At least one finding at error level.
    Findings,
    /// Wrong usage, no `rusprot.toml`, an unreadable repository, or a bug.
    Usage,
    /// An external program is missing, too old, failed or ran out of time.
    External,
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Ok => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::External => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        u8::from(exit).into()
    }
}

/// Runs one command line, `args[0]` being the program's own name.
///
/// A panic below is a bug; it is reported as one and becomes [`Exit::Usage`].
pub fn run(args: impl IntoIterator<Item = OsString>, environment: &Environment) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    bug::tell_of_panics();
    bug::caught(|| parse_and_dispatch(&args, environment))
}

fn parse_and_dispatch(args: &[OsString], environment: &Environment) -> Exit {
    let protocol =
        asks_for_help(args).then(|| protocols::at_hand(environment.current_folder.as_deref()));
    let protocol = protocol.flatten();
    let mut command = args::command_with(environment.help_width(), protocol.as_deref());
    let parsed = command
        .try_get_matches_from_mut(args)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error, &command, args, environment),
    };
    let ui = Ui::new(environment, &arguments.global);
    let Some(chosen) = arguments.command else {
        ui.complain(&command.render_help().ansi().to_string());
        return Exit::Usage;
    };
    dispatch(&chosen, &arguments.global, environment, &ui).unwrap_or_else(|error| {
        ui.error(&error);
        Exit::Usage
    })
}

/// Whether the help of a command may be shown, in which a protocol stands as an example.
fn asks_for_help(args: &[OsString]) -> bool {
    const WORDS: [&str; 6] = ["help", "-h", "--help", "hjælp", "hjaelp", "--hjælp"];
    let asks = |arg: &OsString| WORDS.iter().any(|word| arg == word);
    args.len() < 2 || args.iter().any(asks)
}

fn dispatch(
    command: &Command,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    match command {
        Command::Init(args) => init::run(args, global, environment, ui),
        Command::Build(args) => build::run(args, global, environment, ui),
        Command::Check(args) => check::run(args, global, environment, ui),
        Command::Status(args) => status::run(args, global, environment, ui),
        Command::Done(args) => record::done(args, global, environment, ui),
        Command::Approve(args) => record::approve(args, global, environment, ui),
        Command::Diff(args) => diff::run(args, global, environment, ui),
        Command::Print(args) => print::run(args, global, environment, ui),
        Command::Verify(args) => verify::run(args, global, environment, ui),
        #[cfg(feature = "import")]
        Command::Import(args) => import::run(args, global, environment, ui),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args, global, environment, ui),
        Command::Upgrade(args) => upgrade::run(args, global, environment, ui),
        Command::Explain(args) => explain::run(args, ui),
        Command::Templates(args) => templates::run(args, global, environment, ui),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(args, environment, ui),
        Command::Schema(args) => schema::run(args, global, environment, ui),
        Command::Doctor(args) => doctor::run(args, global, environment, ui),
        Command::Completions(args) => completions::run(args, environment, ui),
        Command::Help(args) => help::run(args, environment, ui),
        Command::Man(args) => man::run(args, environment, ui),
    }
}

/// The repository to work on: the one that `--root`, else the folder the user stands in, lies in.
fn repository(global: &Global, environment: &Environment) -> Result<Repository> {
    match one_root(global)? {
        Some(root) => Repository::find(&absolute(root, environment)?),
        None => Repository::find(current_folder(environment)?),
    }
}

/// The folder that `--root` names, for commands that work in one repository.
fn one_root(global: &Global) -> Result<Option<&Path>> {
    match global.root.as_slice() {
        [] => Ok(None),
        [root] => Ok(Some(root)),
        _ => bail!("--root kan kun stå flere gange sammen med check, build og status"),
    }
}

/// The repository, if there is one, for what can be told without it. One that was asked for with `--root` must be
/// there.
fn any_repository(global: &Global, environment: &Environment) -> Result<Option<Repository>> {
    match repository(global, environment) {
        Ok(repository) => Ok(Some(repository)),
        Err(error) if !global.root.is_empty() => Err(error),
        Err(_) => Ok(None),
    }
}

/// The folder the user stands in.
fn current_folder(environment: &Environment) -> Result<&Path> {
    environment
        .current_folder
        .as_deref()
        .context("mappen, du står i, findes ikke længere")
}

/// The file that `--output` names.
fn output_file(path: Option<&Path>, environment: &Environment) -> Result<Option<PathBuf>> {
    path.map(|path| absolute(path, environment)).transpose()
}

/// How a run ends that git could not answer. A git that is missing is to be installed, as typst is; all else
/// is like a repository that cannot be read.
fn without_answer_of_git(error: GitError, ui: &Ui) -> Result<Exit> {
    match error {
        GitError::NoGit => {
            ui.problem(&error.to_string());
            Ok(Exit::External)
        }
        _ => Err(error.into()),
    }
}

/// A path from the command line, seen from the folder the user stands in.
fn absolute(path: &Path, environment: &Environment) -> Result<PathBuf> {
    if path.is_absolute() {
        return Ok(path.to_owned());
    }
    Ok(current_folder(environment)?.join(path))
}
