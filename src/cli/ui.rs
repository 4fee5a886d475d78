//! Everything rusprot says: results on standard output or in a file, all else on standard error.
//!
//! Nothing else prints. What is said is decided by the commands and, for findings, by `report`. Whatever
//! looks like a personal number is hidden here once more, be it in a folder's name that a command tells.

use std::borrow::Cow;
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result};
use clap::builder::styling::{AnsiColor, Style};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Color, Global};
use super::environment::{Environment, Terminal};
use crate::check::masked;
use crate::export::{InstallProgress, PINNED_VERSION};
use crate::text::log::harmless;
use crate::text::visible::shown;
use crate::write;

/// How much of what happens is told on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Talk {
    /// Errors only.
    Quiet,
    /// Errors and notes.
    Usual,
    /// Details as well.
    Verbose,
}

/// The one who talks to the user.
#[derive(Debug)]
pub(super) struct Ui {
    talk: Talk,
    width: usize,
    stdout_color: bool,
    stderr_color: bool,
    /// Draws the progress bars, and takes them away while a line is written. Hidden unless a person
    /// watches standard error.
    bars: MultiProgress,
    /// Keeps the lines of several threads apart.
    stderr: Mutex<()>,
}

impl Ui {
    /// The talk that the options ask for, to where the environment's streams lead.
    pub(super) fn new(environment: &Environment, global: &Global) -> Self {
        let colored = |stream: Terminal| match global.color {
            Color::Auto => stream.color,
            Color::Always => true,
            Color::Never => false,
        };
        let talk = match (global.quiet, global.verbose) {
            (true, _) => Talk::Quiet,
            (false, true) => Talk::Verbose,
            (false, false) => Talk::Usual,
        };
        let shows_progress = environment.stderr.interactive && talk > Talk::Quiet;
        Self {
            talk,
            width: environment.width,
            stdout_color: colored(environment.stdout),
            stderr_color: colored(environment.stderr),
            bars: MultiProgress::with_draw_target(if shows_progress {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            }),
            stderr: Mutex::new(()),
        }
    }

    /// Columns to write for.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether a result is coloured; one that goes to a file never is.
    pub(super) fn colors_result(&self, output: Option<&Path>) -> bool {
        self.stdout_color && output.is_none()
    }

    /// Writes a result to `output`, or to standard output where that is `None`. Escape codes are taken
    /// out where there is to be no colour. That nobody reads on is no error. No line of it is a command to a build
    /// server.
    ///
    /// # Errors
    ///
    /// When it cannot be written, such as on a full disk.
    pub(super) fn result(&self, text: &str, output: Option<&Path>) -> Result<()> {
        let text = uncolored(text, self.stdout_color);
        self.commands(&harmless(&text), output)
    }

    /// Writes a result in plain sentences to standard output. What an author's words would do to a terminal is
    /// spelled out.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn say(&self, text: &str) -> Result<()> {
        self.result(&lines(text), None)
    }

    /// Writes a result whose lines a build server is to obey, as [`Ui::result`] writes others.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn commands(&self, text: &str, output: Option<&Path>) -> Result<()> {
        let text = &masked(text);
        if let Some(path) = output {
            return write::result(path, text.as_bytes()).map(drop);
        }
        let written = self.bars.suspend(|| {
            let mut stdout = AutoStream::new(io::stdout(), choice(self.stdout_color)).lock();
            stdout
                .write_all(text.as_bytes())
                .and_then(|()| stdout.flush())
        });
        unless_closed(written).context("resultatet kan ikke skrives")
    }

    /// Writes text to standard error, also when the user wants quiet. No line of it is a command to a build server.
    pub(super) fn complain(&self, text: &str) {
        let text = uncolored(text, self.stderr_color);
        let text = harmless(&text);
        let text = &masked(&text);
        let _one_at_a_time = self.stderr.lock();
        self.bars.suspend(|| {
            let mut stderr = AutoStream::new(io::stderr(), choice(self.stderr_color)).lock();
            // There is no one left to tell that standard error cannot be written to.
            let _nobody_reads = stderr.write_all(text.as_bytes());
        });
    }

    /// Tells an error with its causes.
    pub(super) fn error(&self, error: &anyhow::Error) {
        self.complain(&describe(error));
    }

    /// Tells of something that went wrong though the run went on.
    pub(super) fn problem(&self, text: &str) {
        self.complain(&format!("{ERROR}fejl:{ERROR:#} {}\n", lines(text)));
    }

    /// Tells what was done; not when the user wants quiet.
    pub(super) fn tell(&self, text: &str) {
        if self.talk >= Talk::Usual {
            self.complain(&format!("{}\n", lines(text)));
        }
    }

    /// Tells something the user should know; not when the user wants quiet.
    pub(super) fn note(&self, text: &str) {
        if self.talk >= Talk::Usual {
            let style = AnsiColor::Cyan.on_default().bold();
            self.complain(&format!("{style}bemærk:{style:#} {}\n", lines(text)));
        }
    }

    /// Whether the user wants details.
    pub(super) fn tells_details(&self) -> bool {
        self.talk == Talk::Verbose
    }

    /// Tells what happens; only when the user wants details.
    pub(super) fn detail(&self, text: &str) {
        if self.tells_details() {
            self.complain(&format!("{}\n", lines(text)));
        }
    }

    /// A bar for PDFs; there is nothing to see until it is told of the first.
    pub(super) fn pdf_progress(&self) -> Progress {
        let bar = self.bars.add(ProgressBar::no_length());
        bar.set_style(bar_style("Laver PDF {pos} af {len} {bar:30}"));
        Progress { bar }
    }

    /// What to call while typst is installed: draws a bar, and tells cargo's lines as details. Where nobody
    /// watches, a line a minute tells how far it is.
    pub(super) fn install_progress(&self) -> impl FnMut(InstallProgress) {
        let bar = self.bars.add(ProgressBar::no_length());
        bar.set_style(bar_style(
            "Henter typst {bar:30} {pos} af cirka {len} pakker  {elapsed_precise}  {msg}",
        ));
        // The time goes on while cargo downloads, which it does before it tells of any package.
        bar.enable_steady_tick(Duration::from_secs(1));
        let progress = Progress { bar };
        let mut minutes = Minutes::from(Instant::now());
        let mut at = "den henter pakker".to_owned();
        move |step| {
            match step {
                InstallProgress::Waiting => self.note(
                    "En anden rusprot er i gang med at hente typst. Denne venter, til den er færdig.",
                ),
                InstallProgress::Fetching => self.note(&format!(
                    "Henter typst {PINNED_VERSION} med cargo-binstall. Det sker kun én gang."
                )),
                InstallProgress::Started => self.note(&format!(
                    "Henter typst {PINNED_VERSION} og bygger det. Det tager 5-15 minutter og sker kun én gang."
                )),
                InstallProgress::Package { name, count, about } => {
                    self.detail(&format!("  pakke {count}: {name}"));
                    progress.bar.set_length(about as u64);
                    progress.bar.set_position(count as u64);
                    at = format!("den bygger pakke {count} af cirka {about}, {name}");
                    progress.bar.set_message(name);
                }
                InstallProgress::Line(line) => self.detail(&format!("  {line}")),
                InstallProgress::Silence => {}
            }
            if let Some(passed) = minutes.passed(Instant::now())
                && self.bars.is_hidden()
            {
                self.tell(&format!("typst: efter {passed} min.: {at}"));
            }
        }
    }
}

/// Tells when another minute is over.
#[derive(Debug)]
struct Minutes {
    began: Instant,
    told: u64,
}

impl From<Instant> for Minutes {
    fn from(began: Instant) -> Self {
        Self { began, told: 0 }
    }
}

impl Minutes {
    /// How many minutes are over, each number once.
    fn passed(&mut self, now: Instant) -> Option<u64> {
        let passed = now.duration_since(self.began).as_secs() / 60;
        (passed > self.told).then(|| {
            self.told = passed;
            passed
        })
    }
}

/// A progress bar; it goes away when the value is dropped. May be told of progress from any thread.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// So many are done of so many.
    pub(super) fn show(&self, done: usize, of: usize) {
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The style of a word such as `fejl:` in front of an error.
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// An error and its causes, each on a line of its own and none said twice, with escape codes.
fn describe(error: &anyhow::Error) -> String {
    let mut text = format!("{ERROR}fejl:{ERROR:#} {}\n", lines(&error.to_string()));
    for cause in error.chain().skip(1) {
        let cause = lines(&in_danish(cause));
        if !text.contains(&cause) {
            let indented = cause.replace('\n', "\n    ");
            text.push_str(&format!("  årsag: {indented}\n"));
        }
    }
    text
}

/// A cause as it describes itself, but in Danish where the system gives the usual reasons.
fn in_danish(cause: &(dyn Error + 'static)) -> String {
    use io::ErrorKind;
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    let reason = match kind {
        Some(ErrorKind::NotFound) => "der er ikke noget på det sted",
        Some(ErrorKind::PermissionDenied) => "du har ikke lov til det på denne maskine",
        Some(ErrorKind::ReadOnlyFilesystem) => "der kan kun læses på det sted",
        Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => "der er ikke mere plads",
        Some(ErrorKind::IsADirectory) => "det er en mappe",
        Some(ErrorKind::NotADirectory) => "en del af stien er en fil og ikke en mappe",
        _ => return cause.to_string(),
    };
    reason.to_owned()
}

/// What the program says, with the lines it has; what an author's words or another program's would do to a
/// terminal is spelled out.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(shown).collect();
    lines.join("\n")
}

/// The text as it will be written: without escape codes where there is to be no colour, since a command may stand
/// behind one.
fn uncolored(text: &str, color: bool) -> Cow<'_, str> {
    if color || !text.contains('\u{1b}') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(anstream::adapter::strip_str(text).to_string())
    }
}

fn choice(color: bool) -> ColorChoice {
    if color {
        ColorChoice::Always
    } else {
        ColorChoice::Never
    }
}

/// The result of writing, where a reader that has gone away counts as well.
fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn bar_style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .expect("the templates are written in this file")
        .progress_chars("##-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(error: &anyhow::Error) -> String {
        anstream::adapter::strip_str(&describe(error)).to_string()
    }

    #[test]
    fn an_error_is_told_with_its_causes_in_danish() {
        let missing = io::Error::from(io::ErrorKind::PermissionDenied);
        let error = anyhow::Error::new(missing).context("kan ikke læse filen a.toml");
        assert_eq!(
            plain(&error),
            "fejl: kan ikke læse filen a.toml\n  årsag: du har ikke lov til det på denne maskine\n"
        );
    }

    #[test]
    fn a_cause_that_the_error_tells_itself_is_not_told_twice() {
        let cause = anyhow::anyhow!("porten er lukket");
        let error = cause.context("typst svarer ikke: porten er lukket");
        assert_eq!(plain(&error), "fejl: typst svarer ikke: porten er lukket\n");
    }

    #[test]
    fn a_minute_is_told_of_once() {
        let began = Instant::now();
        let mut minutes = Minutes::from(began);
        let at = |seconds| began + Duration::from_secs(seconds);
        let told: Vec<_> = [0, 59, 60, 61, 119, 121, 300]
            .map(|seconds| minutes.passed(at(seconds)))
            .into();
        let none = None;
        assert_eq!(told, [none, none, Some(1), none, none, Some(2), Some(5)]);
    }

    #[test]
    fn a_reader_that_has_gone_away_is_no_error_and_a_full_disk_is() {
        let closed = io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(unless_closed(Err(closed)).is_ok());
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert!(unless_closed(Err(full)).is_err());
    }
}
