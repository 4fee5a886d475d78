//! What surrounds the process: environment variables, the clock, the terminal, the current folder.
//!
//! Read once, here and nowhere else, and handed on as plain data; so a run depends on nothing that a
//! test cannot set.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use anstream::{AutoStream, ColorChoice};
use etcetera::BaseStrategy;
use jiff::civil::Date;

use crate::export::TypstSearch;

/// Columns to write for where the width is not known.
const USUAL_WIDTH: usize = 80;
/// Help is easier to read when its lines are not longer than this.
const WIDEST_HELP: usize = 100;

/// What a run may know of its surroundings.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The folder the user stands in; `None` if it is gone.
    pub current_folder: Option<PathBuf>,
    /// `RUSPROT_TYPST`: the typst to use.
    pub typst: Option<PathBuf>,
    /// `RUSPROT_TODAY`, as it is written.
    pub today: Option<String>,
    /// The day it is here, by the clock and the local time zone. Called only where a date is compared
    /// and nobody has given another.
    pub clock: fn() -> Date,
    /// `PATH`: the folders of programs.
    pub path: Option<OsString>,
    /// `CARGO`, else `cargo`: what installs typst.
    pub cargo: OsString,
    /// The user's cache folder, not rusprot's own part of it; `None` where the system has none.
    pub cache: Option<PathBuf>,
    /// `GITHUB_STEP_SUMMARY`: the file in which GitHub wants a summary of the step.
    pub step_summary: Option<PathBuf>,
    /// How many threads the machine runs at a time.
    pub threads: NonZeroUsize,
    /// Columns of the terminal: `COLUMNS`, else what the terminal says, else 80.
    pub width: usize,
    /// Whether a person can answer questions: standard input and standard error both lead to a terminal.
    pub answers: bool,
    /// Standard output.
    pub stdout: Terminal,
    /// Standard error.
    pub stderr: Terminal,
}

/// What an output stream leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether a person watches it.
    pub interactive: bool,
    /// Whether it is to be coloured when nobody says so: on a terminal, unless `NO_COLOR`,
    /// `CLICOLOR` or `TERM` speak against it, and wherever `CLICOLOR_FORCE` asks for it.
    pub color: bool,
}

impl Environment {
    /// What surrounds this process.
    pub fn of_process() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the environment is read"
        )]
        let current_folder = std::env::current_dir().ok();
        Self {
            current_folder,
            typst: variable("RUSPROT_TYPST").map(PathBuf::from),
            today: variable("RUSPROT_TODAY").map(|text| text.to_string_lossy().into_owned()),
            clock: local_date,
            path: variable("PATH"),
            cargo: variable("CARGO").unwrap_or_else(|| "cargo".into()),
            cache: etcetera::choose_base_strategy()
                .ok()
                .map(|folders| folders.cache_dir()),
            step_summary: variable("GITHUB_STEP_SUMMARY").map(PathBuf::from),
            threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            width: width(),
            answers: io::stdin().is_terminal() && io::stderr().is_terminal(),
            stdout: Terminal {
                interactive: io::stdout().is_terminal(),
                color: wants_color(AutoStream::choice(&io::stdout())),
            },
            stderr: Terminal {
                interactive: io::stderr().is_terminal(),
                color: wants_color(AutoStream::choice(&io::stderr())),
            },
        }
    }

    /// Where to look for typst.
    pub fn typst_search(&self) -> TypstSearch {
        TypstSearch {
            explicit: self.typst.clone(),
            path: self.path.clone(),
            cache: self.cache.clone(),
        }
    }

    /// Columns that help is wrapped at.
    pub(super) fn help_width(&self) -> usize {
        self.width.min(WIDEST_HELP)
    }
}

/// A variable that is set to something.
fn variable(name: &str) -> Option<OsString> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the environment is read"
    )]
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The day it is in the time zone of the machine; in UTC where the machine does not tell its zone.
fn local_date() -> Date {
    #[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
    jiff::Zoned::now().date()
}

fn wants_color(choice: ColorChoice) -> bool {
    choice != ColorChoice::Never
}

/// The width a user asks for, or that of the first stream that leads to a terminal.
fn width() -> usize {
    let asked_for = variable("COLUMNS")
        .and_then(|columns| columns.to_str()?.parse().ok())
        .filter(|&columns| columns > 0);
    asked_for
        .or_else(|| {
            let size = terminal_size::terminal_size_of(io::stdout())
                .or_else(|| terminal_size::terminal_size_of(io::stderr()));
            size.map(|(width, _)| usize::from(width.0))
        })
        .filter(|&columns| columns > 0)
        .unwrap_or(USUAL_WIDTH)
}
