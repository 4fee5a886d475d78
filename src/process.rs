//! Runs an external program and loses nothing: the command line, how it ended and both of its streams.
//!
//! `git`, `typst` and `cargo` are all started through [`Call`]. What this module is not: it knows none of
//! these programs, it prints nothing and it never goes through a shell, so no argument needs quoting.
//!
//! A program is never waited for by looking again and again. Two threads read its streams until they
//! close, the caller sleeps until then or until the time limit is over, and a program that exceeds the
//! limit is killed together with everything it has started (on Unix; elsewhere the program alone). So it is
//! when a signal ends us meanwhile (`interrupt`). No stream is kept beyond a bound.

mod conversation;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::interrupt::Started;
pub use conversation::Conversation;

/// How long a killed program's streams are still read. They close at once unless something it started
/// has left its process group and holds them open.
const GRACE: Duration = Duration::from_millis(500);

/// Hears each line of standard error, and `None` for a while without one.
type Listener<'l> = &'l mut dyn FnMut(Option<&str>);

/// How long a program whose lines are listened to says nothing before that is told.
const SILENCE: Duration = Duration::from_secs(1);

/// The most of standard output that is kept where nobody says otherwise. Beyond it there is no result, since
/// half an answer is none.
const MOST_OUTPUT: u64 = 512_000_000;
/// The most of standard error that is kept; the rest is read and thrown away.
const MOST_WORDS: u64 = 4_000_000;
/// What stands in place of the rest.
const CUT: &[u8] = "\n(resten er udeladt)\n".as_bytes();

/// How often a start is tried again when the program file is open for writing elsewhere, and the pause
/// between two tries. This happens for moments while a package manager replaces the file.
const BUSY_TRIES: u32 = 20;
const BUSY_PAUSE: Duration = Duration::from_millis(10);

/// One run of an external program that has not begun yet.
///
/// The program gets a process group of its own, so that all it has started can be ended with it: when its
/// time is over, and when a signal ends us.
#[derive(Clone, Debug)]
pub struct Call {
    program: PathBuf,
    args: Vec<OsString>,
    dir: Option<PathBuf>,
    set: Vec<(OsString, OsString)>,
    removed: Vec<OsString>,
    removed_prefixes: Vec<String>,
    kept_prefixes: Vec<String>,
    input: Option<Vec<u8>>,
    limit: Option<Duration>,
    most: u64,
}

impl Call {
    /// A call of `program`: a path, or a bare name that the system looks up on `PATH`.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
            dir: None,
            set: Vec::new(),
            removed: Vec::new(),
            removed_prefixes: Vec::new(),
            kept_prefixes: Vec::new(),
            input: None,
            limit: None,
            most: MOST_OUTPUT,
        }
    }

    /// Adds one argument, passed on exactly as it is.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Adds several arguments, passed on exactly as they are.
    #[must_use]
    pub fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Lets the program start in the folder `dir`.
    #[must_use]
    pub fn dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.dir = Some(dir.into());
        self
    }

    /// Sets an environment variable, also one that a removed name or prefix covers.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.set.push((name.into(), value.into()));
        self
    }

    /// Sets several environment variables, as [`Call::env`] sets one.
    #[must_use]
    pub fn envs<N: Into<OsString>, V: Into<OsString>>(
        mut self,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let variables = variables.into_iter();
        self.set
            .extend(variables.map(|(name, value)| (name.into(), value.into())));
        self
    }

    /// Hides environment variables from the program.
    #[must_use]
    pub fn without_env<N: Into<OsString>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.removed.extend(names.into_iter().map(Into::into));
        self
    }

    /// Hides every environment variable whose name begins with `prefix`, in upper or lower case.
    #[must_use]
    pub fn without_env_prefix(mut self, prefix: &str) -> Self {
        self.removed_prefixes.push(prefix.to_owned());
        self
    }

    /// Shows the program those environment variables all the same whose name begins with `prefix`, of the ones
    /// that a removed prefix covers.
    #[must_use]
    pub fn with_env_prefix(mut self, prefix: &str) -> Self {
        self.kept_prefixes.push(prefix.to_owned());
        self
    }

    /// Bytes for the program's standard input. Without them standard input is empty.
    #[must_use]
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// The longest time the program may take, its output included.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The most bytes it may write to standard output; a program that writes more has failed.
    #[must_use]
    pub fn most(mut self, bytes: u64) -> Self {
        self.most = bytes;
        self
    }

    /// Runs the program and demands success (exit code 0).
    ///
    /// # Errors
    ///
    /// Every kind of [`ProcessError`]. Text on standard error is no error by itself.
    pub fn run(&self) -> Result<Finished, ProcessError> {
        self.demand_success(self.output()?)
    }

    /// Like [`Call::run`], and hands every line of standard error to `on_line` as soon as it is written, and
    /// `None` whenever nothing was written for a while. A line comes without its line break; bytes that are not
    /// UTF-8 become U+FFFD.
    ///
    /// # Errors
    ///
    /// As [`Call::run`].
    pub fn run_with_lines(&self, on_line: Listener<'_>) -> Result<Finished, ProcessError> {
        self.demand_success(self.finish(Some(on_line))?)
    }

    /// Runs the program to its end, however it ends.
    ///
    /// # Errors
    ///
    /// Every kind of [`ProcessError`] but [`ProcessError::Failed`].
    pub fn output(&self) -> Result<Finished, ProcessError> {
        self.finish(None)
    }

    /// The command line as a person would read it, for messages. It is not meant for a shell.
    pub fn command_line(&self) -> String {
        let mut line = quoted(self.program.as_os_str());
        for arg in &self.args {
            line.push(' ');
            line.push_str(&quoted(arg));
        }
        line
    }

    fn demand_success(&self, finished: Finished) -> Result<Finished, ProcessError> {
        if finished.status.success() {
            return Ok(finished);
        }
        Err(ProcessError::Failed {
            command: self.command_line(),
            finished,
        })
    }

    fn finish(&self, on_line: Option<Listener<'_>>) -> Result<Finished, ProcessError> {
        let deadline = self
            .limit
            .and_then(|limit| Instant::now().checked_add(limit));
        let mut running = Running::start(self)?;
        let events = running.listen(on_line.is_some(), self.most, self.input.clone());
        let events = events.map_err(|source| self.io_error(source))?;
        let mut streams = Streams::default();
        let closed = streams.fill(&events, deadline, on_line);
        let status = if closed {
            running
                .wait(deadline)
                .map_err(|source| self.io_error(source))?
        } else {
            None
        };
        if let Some(status) = status {
            return streams
                .finished(status)
                .map_err(|source| self.io_error(source));
        }
        running.stop();
        streams.fill(&events, Instant::now().checked_add(GRACE), None);
        Err(ProcessError::TimedOut {
            command: self.command_line(),
            limit: self.limit.unwrap_or_default(),
            stderr: streams.stderr,
        })
    }

    fn io_error(&self, source: io::Error) -> ProcessError {
        ProcessError::Io {
            command: self.command_line(),
            source,
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.stdin(match self.input {
            Some(_) => Stdio::piped(),
            None => Stdio::null(),
        });
        if let Some(dir) = &self.dir {
            command.current_dir(dir);
        }
        for name in self.hidden_variables() {
            command.env_remove(name);
        }
        command.envs(self.set.iter().map(|(name, value)| (name, value)));
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    /// The names to take out of the environment. Only names are looked at, and only to hide them, so
    /// nothing here depends on what the environment says.
    fn hidden_variables(&self) -> Vec<OsString> {
        let mut names = self.removed.clone();
        if !self.removed_prefixes.is_empty() {
            let begins = |name: &OsString, prefixes: &[String]| {
                let name = name.as_encoded_bytes();
                prefixes.iter().any(|prefix| {
                    name.get(..prefix.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
                })
            };
            let hidden = |name: &OsString| {
                begins(name, &self.removed_prefixes) && !begins(name, &self.kept_prefixes)
            };
            let all = std::env::vars_os().map(|(name, _)| name);
            names.extend(all.filter(hidden));
        }
        names
    }

    fn spawn(&self) -> Result<(Child, Started), ProcessError> {
        let mut tries = 0;
        loop {
            match Started::by(|| self.command().spawn()) {
                Ok(started) => return Ok(started),
                Err(error) if is_busy(&error) && tries < BUSY_TRIES => {
                    tries += 1;
                    thread::sleep(BUSY_PAUSE);
                }
                Err(error) if self.is_missing(&error) => {
                    return Err(ProcessError::NotFound {
                        command: self.command_line(),
                        program: self.program.clone(),
                    });
                }
                Err(source) => return Err(self.io_error(source)),
            }
        }
    }

    /// Whether a failed start means that there is no such program. The system gives the same error for
    /// a missing folder to start in and for a script whose interpreter is missing.
    fn is_missing(&self, error: &io::Error) -> bool {
        let has_folder = self.program.components().count() > 1;
        error.kind() == io::ErrorKind::NotFound
            && self.dir.as_deref().is_none_or(Path::is_dir)
            && !(has_folder && self.program.exists())
    }
}

fn is_busy(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::ExecutableFileBusy
}

/// An argument for a message: in quotation marks where it would otherwise fall apart.
fn quoted(arg: &OsStr) -> String {
    let text = arg.to_string_lossy();
    if text.is_empty() || text.contains(char::is_whitespace) {
        format!("\"{text}\"")
    } else {
        text.into_owned()
    }
}

/// A program that has ended, with all it wrote.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The exit code or, on Unix, the signal that ended the program.
    pub status: ExitStatus,
    /// Every byte of standard output.
    pub stdout: Vec<u8>,
    /// Every byte of standard error.
    pub stderr: Vec<u8>,
}

impl Finished {
    /// Standard output as text; bytes that are not UTF-8 become U+FFFD.
    pub fn stdout_text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard error as text; bytes that are not UTF-8 become U+FFFD.
    pub fn stderr_text(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// How the program ended, in Danish: `sluttede med kode 2` or `blev stoppet af signal 9`.
    pub fn ending(&self) -> String {
        if let Some(code) = self.status.code() {
            return format!("sluttede med kode {code}");
        }
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&self.status) {
            return format!("blev stoppet af signal {signal}");
        }
        "sluttede uden at sige hvordan".to_owned()
    }
}

/// Why a program gave no result. `command` is the command line as [`Call::command_line`] shows it.
#[derive(Debug)]
pub enum ProcessError {
    /// There is no such program.
    NotFound {
        /// The command line.
        command: String,
        /// The program that was looked for, as the caller named it.
        program: PathBuf,
    },
    /// The program ran and ended with another exit code than 0, or by a signal.
    Failed {
        /// The command line.
        command: String,
        /// How it ended and what it wrote.
        finished: Finished,
    },
    /// The program exceeded its time limit and was killed.
    TimedOut {
        /// The command line.
        command: String,
        /// The limit it had.
        limit: Duration,
        /// What it wrote to standard error until then.
        stderr: Vec<u8>,
    },
    /// The program could not be started, read from or waited for.
    Io {
        /// The command line.
        command: String,
        /// What the system said.
        source: io::Error,
    },
}

impl fmt::Display for ProcessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { program, .. } => {
                write!(f, "programmet »{}« findes ikke", program.display())
            }
            Self::Failed { command, finished } => {
                write!(f, "»{command}« {}", finished.ending())?;
                write_indented(f, &finished.stderr)
            }
            Self::TimedOut {
                command,
                limit,
                stderr,
            } => {
                let seconds = limit.as_secs_f64();
                write!(
                    f,
                    "»{command}« blev ikke færdig på {seconds} s og er stoppet"
                )?;
                write_indented(f, stderr)
            }
            Self::Io { command, source } => write!(f, "»{command}« kunne ikke køres: {source}"),
        }
    }
}

impl std::error::Error for ProcessError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::NotFound { .. } | Self::Failed { .. } | Self::TimedOut { .. } => None,
        }
    }
}

/// Writes a colon and the program's own words, indented on lines of their own; nothing if it said nothing.
fn write_indented(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    f.write_str(":")?;
    for line in text.lines() {
        write!(f, "\n  {}", line.trim_end())?;
    }
    Ok(())
}

/// A started program. Dropping it kills it, so that no error on the way leaves one running unseen.
struct Running {
    child: Child,
    ended: bool,
    /// Ends the program when a signal ends us.
    _noted: Started,
}

impl Running {
    fn start(call: &Call) -> Result<Self, ProcessError> {
        let (child, noted) = call.spawn()?;
        Ok(Self {
            child,
            ended: false,
            _noted: noted,
        })
    }

    /// Starts the threads that feed and read the program. Their end comes through the channel, never
    /// by joining them: something the program left behind may hold a stream open for ever.
    fn listen(
        &mut self,
        by_line: bool,
        most: u64,
        input: Option<Vec<u8>>,
    ) -> io::Result<Receiver<Event>> {
        let (sender, events) = mpsc::channel();
        if let (Some(mut stdin), Some(bytes)) = (self.child.stdin.take(), input) {
            // A program may stop reading early; whether that was a fault, its exit code tells.
            thread::Builder::new().spawn(move || drop(stdin.write_all(&bytes)))?;
        }
        if let Some(stdout) = self.child.stdout.take() {
            let sender = sender.clone();
            thread::Builder::new().spawn(move || read_answer(stdout, most, &sender))?;
        }
        if let Some(stderr) = self.child.stderr.take() {
            thread::Builder::new().spawn(move || read_words(stderr, by_line, &sender))?;
        }
        Ok(events)
    }

    /// Waits for the end of a program whose streams are closed; nothing when the deadline comes first.
    fn wait(&mut self, deadline: Option<Instant>) -> io::Result<Option<ExitStatus>> {
        let Some(deadline) = deadline else {
            self.ended = true;
            return self.child.wait().map(Some);
        };
        // Closed streams nearly always mean that the program is ending this very moment. Only one that
        // closes its streams and works on is looked at several times.
        let mut pause = Duration::from_micros(50);
        loop {
            if let Some(status) = self.child.try_wait()? {
                self.ended = true;
                return Ok(Some(status));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(10));
        }
    }

    /// Kills the program and all that it started.
    fn stop(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        kill_group(&self.child);
        // Both fail only when the program has ended in the meantime, which is what is wanted.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Kills the group that `child` leads. Its number cannot belong to anyone else yet, since the child has
/// not been waited for.
#[cfg(unix)]
fn kill_group(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid {
        kill_process_group(pid, Signal::KILL).ok();
    }
}

/// Without process groups only the program itself is killed.
#[cfg(not(unix))]
fn kill_group(_: &Child) {}

#[derive(Clone, Copy)]
enum Stream {
    Stdout,
    Stderr,
}

enum Event {
    Line(Vec<u8>),
    Closed(Stream, Vec<u8>, io::Result<()>),
}

/// Reads standard output, at most `most` bytes of it.
fn read_answer(from: impl Read, most: u64, to: &Sender<Event>) {
    let mut bytes = Vec::new();
    let result = from.take(most + 1).read_to_end(&mut bytes);
    let result = result.and_then(|_| {
        if bytes.len() as u64 <= most {
            return Ok(());
        }
        bytes.clear();
        let text = format!("det skrev mere end {} MB", most.div_ceil(1_000_000));
        Err(io::Error::new(io::ErrorKind::FileTooLarge, text))
    });
    // Nobody listens any more after a time-out; then nobody misses it either.
    to.send(Event::Closed(Stream::Stdout, bytes, result)).ok();
}

/// Reads standard error line by line, and keeps the first of it.
fn read_words(from: impl Read, by_line: bool, to: &Sender<Event>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    let mut line = Vec::new();
    let mut cut = false;
    let result = loop {
        line.clear();
        match from.by_ref().take(MOST_WORDS).read_until(b'\n', &mut line) {
            Ok(0) => break Ok(()),
            Ok(_) => {
                if by_line {
                    to.send(Event::Line(line.clone())).ok();
                }
                if (bytes.len() + line.len()) as u64 <= MOST_WORDS {
                    bytes.extend_from_slice(&line);
                } else if !cut {
                    cut = true;
                    bytes.extend_from_slice(CUT);
                }
            }
            Err(error) => break Err(error),
        }
    };
    to.send(Event::Closed(Stream::Stderr, bytes, result)).ok();
}

#[derive(Default)]
struct Streams {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    error: Option<io::Error>,
}

impl Streams {
    /// Takes what the readers send until both streams are closed (true) or the deadline is over (false).
    fn fill(
        &mut self,
        events: &Receiver<Event>,
        deadline: Option<Instant>,
        mut on_line: Option<Listener<'_>>,
    ) -> bool {
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let event = match (left, &on_line) {
                (None, None) => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                (left, None) => events.recv_timeout(left.unwrap_or(SILENCE)),
                (left, Some(_)) => events.recv_timeout(left.unwrap_or(SILENCE).min(SILENCE)),
            };
            let is_over = deadline.is_some_and(|deadline| Instant::now() >= deadline);
            match event {
                Err(RecvTimeoutError::Timeout) if !is_over => {
                    if let Some(on_line) = &mut on_line {
                        on_line(None);
                    }
                }
                Ok(Event::Line(line)) => {
                    if let Some(on_line) = &mut on_line {
                        let line = String::from_utf8_lossy(&line);
                        on_line(Some(line.trim_end_matches(['\r', '\n'])));
                    }
                }
                Ok(Event::Closed(stream, bytes, result)) => self.close(stream, bytes, result),
                Err(RecvTimeoutError::Disconnected) => return true,
                Err(RecvTimeoutError::Timeout) => return false,
            }
        }
    }

    fn close(&mut self, stream: Stream, bytes: Vec<u8>, result: io::Result<()>) {
        match stream {
            Stream::Stdout => self.stdout = bytes,
            Stream::Stderr => self.stderr = bytes,
        }
        if let Err(error) = result {
            self.error = Some(error);
        }
    }

    fn finished(self, status: ExitStatus) -> io::Result<Finished> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(Finished {
                status,
                stdout: self.stdout,
                stderr: self.stderr,
            }),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str) -> Call {
        Call::new("sh").args(["-c", script])
    }

    #[test]
    fn a_program_that_does_not_exist_is_a_case_of_its_own() {
        for name in ["rusprot-does-not-exist", "/nowhere/typst"] {
            let error = Call::new(name)
                .arg("x")
                .run()
                .expect_err("there is no such program");
            assert!(
                matches!(&error, ProcessError::NotFound { program, .. } if program == Path::new(name))
            );
            assert_eq!(
                error.to_string(),
                format!("programmet »{name}« findes ikke")
            );
        }
    }

    #[test]
    fn a_missing_folder_interpreter_or_right_is_not_called_a_missing_program() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let script = folder.path().join("script");
        crate::fs::write(&script, b"#!/nowhere/interpreter\n").expect("the script can be written");
        let not_allowed = Call::new(&script).run();
        assert!(matches!(not_allowed, Err(ProcessError::Io { .. })));
        make_runnable(&script);
        let no_interpreter = Call::new(&script).run();
        assert!(matches!(no_interpreter, Err(ProcessError::Io { .. })));
        let no_folder = sh("exit 0").dir("/nowhere").run();
        assert!(matches!(no_folder, Err(ProcessError::Io { .. })));
    }

    fn make_runnable(path: &Path) {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(path, mode).expect("the owner may set the mode");
    }

    #[test]
    fn a_failure_keeps_command_code_and_both_streams() {
        let error = sh("echo ud; echo galt >&2; exit 3")
            .run()
            .expect_err("it exits with 3");
        assert_eq!(
            error.to_string(),
            "»sh -c \"echo ud; echo galt >&2; exit 3\"« sluttede med kode 3:\n  galt"
        );
        let ProcessError::Failed { finished, .. } = error else {
            panic!("a failure expected");
        };
        assert_eq!(finished.status.code(), Some(3));
        assert_eq!(finished.stdout_text(), "ud\n");
        assert_eq!(finished.stderr_text(), "galt\n");
    }

    #[test]
    fn a_signal_is_named() {
        let error = sh("kill -9 $$").run().expect_err("it kills itself");
        assert_eq!(
            error.to_string(),
            "»sh -c \"kill -9 $$\"« blev stoppet af signal 9"
        );
    }

    #[test]
    fn text_on_standard_error_is_no_failure() {
        let finished = sh("echo advarsel >&2").run().expect("it exits with 0");
        assert_eq!(finished.stderr, b"advarsel\n");
        assert!(finished.stdout.is_empty());
    }

    #[test]
    fn the_ending_is_left_to_the_caller_of_output() {
        let finished = sh("exit 1").output().expect("it ran");
        assert_eq!(finished.status.code(), Some(1));
    }

    #[test]
    fn bytes_that_are_not_utf8_arrive_as_they_are() {
        let finished = sh("printf 'a\\377b'; printf '\\370' >&2")
            .run()
            .expect("it exits with 0");
        assert_eq!(finished.stdout, b"a\xffb");
        assert_eq!(finished.stderr, b"\xf8");
        assert_eq!(finished.stdout_text(), "a\u{fffd}b");
    }

    #[test]
    fn large_output_on_both_streams_and_large_input_are_complete() {
        let input = vec![b'x'; 3_000_000];
        let finished = sh("tee /dev/stderr")
            .input(input.clone())
            .limit(Duration::from_secs(60))
            .run()
            .expect("it exits with 0");
        assert!(finished.stdout == input);
        assert!(finished.stderr == input);
    }

    #[test]
    fn a_program_that_does_not_read_its_input_may_succeed() {
        let finished = sh("exit 0").input(vec![b'x'; 3_000_000]).run();
        assert!(finished.is_ok());
    }

    #[test]
    fn without_input_standard_input_is_empty() {
        let finished = sh("cat").run().expect("it exits with 0");
        assert!(finished.stdout.is_empty());
    }

    #[test]
    fn a_time_out_kills_the_program_and_all_it_started() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let script = "echo begyndt >&2; (sleep 2; touch levede) & sleep 600";
        let began = Instant::now();
        let error = sh(script)
            .dir(folder.path())
            .limit(Duration::from_millis(300))
            .run()
            .expect_err("it sleeps too long");
        assert!(began.elapsed() < Duration::from_secs(60));
        assert_eq!(
            error.to_string(),
            format!("»sh -c \"{script}\"« blev ikke færdig på 0.3 s og er stoppet:\n  begyndt")
        );
        thread::sleep(Duration::from_millis(2500));
        assert!(!folder.path().join("levede").exists());
    }

    #[test]
    fn a_program_that_closes_its_streams_and_works_on_is_waited_for_within_the_limit() {
        let script = "exec >&- 2>&-; sleep 0.2; exit 4";
        let finished = sh(script)
            .limit(Duration::from_secs(60))
            .output()
            .expect("it ends in time");
        assert_eq!(finished.status.code(), Some(4));
        let hanging = sh("exec >&- 2>&-; sleep 600")
            .limit(Duration::from_millis(200))
            .run();
        assert!(matches!(hanging, Err(ProcessError::TimedOut { .. })));
    }

    #[test]
    fn lines_arrive_while_the_program_runs_and_none_is_lost() {
        let mut lines = Vec::new();
        let script = "printf 'en\\r\\n' >&2; printf '\\nto \\377\\ntre' >&2; echo ud";
        let finished = sh(script)
            .run_with_lines(&mut |line| lines.extend(line.map(str::to_owned)))
            .expect("it exits with 0");
        assert_eq!(lines, ["en", "", "to \u{fffd}", "tre"]);
        assert_eq!(finished.stderr, b"en\r\n\nto \xff\ntre");
        assert_eq!(finished.stdout, b"ud\n");
    }

    #[test]
    fn words_without_end_are_cut_and_an_answer_without_end_is_none() {
        let finished = sh("yes ordet | head -c 9000000 >&2; echo svar")
            .run()
            .expect("it exits with 0");
        assert_eq!(finished.stdout, b"svar\n");
        assert!(finished.stderr.starts_with(b"ordet\nordet\n"));
        assert!(finished.stderr.ends_with(CUT));
        assert!(finished.stderr.len() < 4_100_000);
        let endless = sh("yes svar")
            .most(1000)
            .limit(Duration::from_secs(60))
            .run();
        let error = endless.expect_err("it never ends by itself").to_string();
        assert!(error.contains("det skrev mere end 1 MB"), "{error}");
    }

    #[test]
    fn a_program_that_says_nothing_for_a_while_is_told_of() {
        let mut heard = Vec::new();
        sh("echo en >&2; sleep 1.5; echo to >&2")
            .run_with_lines(&mut |line| heard.push(line.map(str::to_owned)))
            .expect("it exits with 0");
        assert_eq!(heard.first(), Some(&Some("en".to_owned())));
        assert!(heard.contains(&None), "{heard:?}");
        assert_eq!(heard.last(), Some(&Some("to".to_owned())));
    }

    #[test]
    fn hidden_variables_are_gone_and_set_ones_are_there() {
        let finished = sh("echo ${CARGO_PKG_NAME-væk} ${PATH:+er der} ${RUSPROT_X-væk}")
            .without_env_prefix("cargo_pkg_")
            .without_env(["RUSPROT_X"])
            .env("RUSPROT_X", "sat")
            .run()
            .expect("it exits with 0");
        assert_eq!(finished.stdout_text(), "væk er der sat\n");
    }
}
