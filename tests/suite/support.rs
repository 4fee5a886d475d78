//! Repositories made for a test, and the program run in them.
//!
//! ```ignore
//! Repo::minimal()
//!     .file("protocols/lillebo/09-naboer.toml", "overskrift = \"Naboer\"\n")
//!     .run(&["check"])
//!     .code(1)
//!     .stdout_has("RP102");
//! ```
//!
//! A run sees nothing of the machine but the folders of programs and of the user: no other variable is
//! set, it is a certain day, nothing is coloured, lines are 80 columns, and the path of the repository reads `[repo]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// The day it is in every run that is not told otherwise.
pub const TODAY: &str = "2026-11-21";

/// The day of every commit that is not told otherwise.
pub const COMMIT_DAY: &str = "2026-02-03";

/// The variables a run keeps: where programs are, where the user's own folders are, and what Windows
/// needs to start a program at all.
const KEPT: [&str; 10] = [
    "PATH",
    "XDG_CACHE_HOME",
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "LLVM_PROFILE_FILE",
];

/// A folder of its own for one test; it goes away with the value.
#[derive(Debug)]
pub struct Repo {
    folder: TempDir,
    stands_in: PathBuf,
    env: Vec<(String, String)>,
}

impl Repo {
    /// An empty folder.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            stands_in: PathBuf::new(),
            env: Vec::new(),
        }
    }

    /// A copy of `examples/minimal`, which checks clean: the protocol `lillebo`.
    pub fn minimal() -> Self {
        Self::copy_of("examples/minimal")
    }

    /// A copy of a folder of this project.
    pub fn copy_of(folder: &str) -> Self {
        let repo = Self::new();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            repo.root(),
        );
        repo
    }

    /// The repository with a file or folder of this project, at the same place below its own root as it
    /// has below `folder`.
    #[must_use]
    pub fn with_copy_of(self, folder: &str, part: &str) -> Self {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let from = project.join(folder).join(part);
        if from.is_dir() {
            copy(&from, &self.path(part));
            return self;
        }
        let content = fs::read(&from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        self.file(part, content)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// The repository with this file, in place of one that was there.
    #[must_use]
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// The repository with so many more sections in its protocol, each a heading and a line.
    #[must_use]
    pub fn with_topics(self, count: usize) -> Self {
        (0..count).fold(self, |repo, at| {
            let section = format!("overskrift = 'Emne{at:02}'\ntekst = 'Sådan gør vi.'\n");
            let path = format!("protocols/lillebo/{:02}-emne.toml", at + 30);
            repo.file(&path, section)
        })
    }

    /// The repository with a shell script that can be run as a program.
    #[cfg(unix)]
    #[must_use]
    pub fn program(self, path: &str, script: &str) -> Self {
        use std::os::unix::fs::PermissionsExt;

        let repo = self.file(path, format!("#!/bin/sh\n{script}\n"));
        let mode = PermissionsExt::from_mode(0o755);
        fs::set_permissions(repo.path(path), mode)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        repo
    }

    /// The repository with `from`, which must be in the file, replaced by `to`.
    #[must_use]
    pub fn edited(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}:\n{text}");
        self.file(path, text.replace(from, to))
    }

    /// The repository without this file or folder.
    #[must_use]
    pub fn without(self, path: &str) -> Self {
        let path = self.path(path);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self
    }

    /// The repository in which a run has this variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.push((name.to_owned(), value.into()));
        self
    }

    /// The repository in which a run begins in this folder of it.
    #[must_use]
    pub fn standing_in(mut self, folder: &str) -> Self {
        self.stands_in = PathBuf::from(folder);
        self
    }

    /// Writes a file, between two runs.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, content))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.read_bytes(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The bytes of a file.
    pub fn read_bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether there is a file or folder.
    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Every file below a folder, in order, relative to the folder and with `/`.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let mut files = Vec::new();
        collect(&self.path(folder), "", &mut files);
        files.sort_unstable();
        files
    }

    /// The bytes of every file below a folder.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let files = self.files(folder).into_iter();
        files
            .map(|file| {
                let bytes = self.read_bytes(&format!("{folder}/{file}"));
                (file, bytes)
            })
            .collect()
    }

    /// Runs the program to its end.
    #[must_use = "look at how it ended"]
    pub fn run(&self, args: &[&str]) -> Run {
        let output = self
            .command(args)
            .output()
            .unwrap_or_else(|error| panic!("the program does not start: {error}"));
        self.ended(format!("rusprot {}", args.join(" ")), output)
    }

    /// Runs the program, which must come to its end within this time.
    #[must_use = "look at how it ended"]
    pub fn run_within(&self, args: &[&str], limit: Duration) -> Run {
        let mut command = self.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("the program does not start: {error}"));
        let process = child.id();
        let (sender, ended) = mpsc::channel();
        let waiting = thread::spawn(move || {
            let output = child.wait_with_output();
            // Nobody listens any more where the time has run out.
            let _late = sender.send(());
            output
        });
        let line = format!("rusprot {}", args.join(" "));
        assert!(
            ended.recv_timeout(limit).is_ok(),
            "»{line}« still runs after {limit:?}, as process {process}"
        );
        let output = waiting.join().expect("the thread only waits");
        let output = output.unwrap_or_else(|error| panic!("»{line}« is lost: {error}"));
        self.ended(line, output)
    }

    /// The program with arguments, ready to run; for tests of its streams.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rusprot"));
        command
            .current_dir(self.root().join(&self.stands_in))
            .env_clear()
            .envs(
                KEPT.iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .env("COLUMNS", "80")
            .env("RUSPROT_TODAY", TODAY)
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .args(args);
        command
    }

    /// Runs git in the repository; what it says comes back.
    pub fn git(&self, args: &[&str]) -> String {
        self.git_on(COMMIT_DAY, args)
    }

    /// Runs git in the repository on a certain day, with nothing of the user's own settings; what it says comes
    /// back.
    pub fn git_on(&self, day: &str, args: &[&str]) -> String {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=Prøve",
                "-c",
                "user.email=proeve@lillebo.test",
            ])
            .args(["-c", "protocol.file.allow=always"])
            .args(args)
            .current_dir(self.root())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", format!("{day}T12:00:00Z"))
            .env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z"))
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {args:?}: {output:?}");
        let said = String::from_utf8(output.stdout).expect("git writes UTF-8");
        said.trim().to_owned()
    }

    /// Makes the folder a repository of git with all its files in one commit.
    pub fn begin_history(&self) {
        self.git(&["init", "-q", "-b", "main"]);
        self.commit();
    }

    /// Commits the files as they lie.
    pub fn commit(&self) {
        self.commit_on(COMMIT_DAY);
    }

    /// Commits the files as they lie, on a certain day.
    pub fn commit_on(&self, day: &str) {
        self.git_on(day, &["add", "-A"]);
        self.git_on(day, &["commit", "-q", "--allow-empty", "-m", "Gem"]);
    }

    fn ended(&self, line: String, output: Output) -> Run {
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("the program writes UTF-8");
            self.redacted(&text)
        };
        Run {
            line,
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The text without the path of the folder, which differs from run to run.
    fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // macOS has a link in the path of its temporary folder, and a program may see either form.
        let real = self.root().canonicalize().expect("the folder is there");
        for path in [real.as_path(), self.root()] {
            text = text.replace(&path.display().to_string(), "[repo]");
        }
        text
    }
}

/// How a run ended. Each method fails the test with all that was written.
#[derive(Debug)]
pub struct Run {
    line: String,
    code: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Run {
    /// The code it ended with; `None` if a signal ended it.
    pub fn exit(&self) -> Option<i32> {
        self.code
    }

    /// It ended with this code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        self.holds(
            self.code == Some(code),
            &format!("does not end with {code}"),
        );
        self
    }

    /// Standard output contains this.
    #[track_caller]
    pub fn stdout_has(self, text: &str) -> Self {
        self.holds(
            self.stdout.contains(text),
            &format!("stdout lacks {text:?}"),
        );
        self
    }

    /// Standard output does not contain this.
    #[track_caller]
    pub fn stdout_lacks(self, text: &str) -> Self {
        self.holds(!self.stdout.contains(text), &format!("stdout has {text:?}"));
        self
    }

    /// Standard output is this and nothing else.
    #[track_caller]
    pub fn stdout_is(self, text: &str) -> Self {
        self.holds(self.stdout == text, &format!("stdout is not {text:?}"));
        self
    }

    /// Standard error contains this.
    #[track_caller]
    pub fn stderr_has(self, text: &str) -> Self {
        self.holds(
            self.stderr.contains(text),
            &format!("stderr lacks {text:?}"),
        );
        self
    }

    /// Standard error does not contain this.
    #[track_caller]
    pub fn stderr_lacks(self, text: &str) -> Self {
        self.holds(!self.stderr.contains(text), &format!("stderr has {text:?}"));
        self
    }

    /// Standard error is this and nothing else.
    #[track_caller]
    pub fn stderr_is(self, text: &str) -> Self {
        self.holds(self.stderr == text, &format!("stderr is not {text:?}"));
        self
    }

    #[track_caller]
    fn holds(&self, condition: bool, otherwise: &str) {
        assert!(
            condition,
            "»{}« {otherwise}\n--- code: {:?}\n--- stdout:\n{}--- stderr:\n{}---",
            self.line, self.code, self.stdout, self.stderr
        );
    }
}

/// Copies a folder, but for what somebody may have built in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap_or_else(|error| panic!("{}: {error}", to.display()));
    for (name, path) in entries(from) {
        if name == "dist" {
            continue;
        }
        let to = to.join(name);
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}

fn collect(folder: &Path, under: &str, files: &mut Vec<String>) {
    for (name, path) in entries(folder) {
        if path.is_dir() {
            collect(&path, &format!("{under}{name}/"), files);
        } else {
            files.push(format!("{under}{name}"));
        }
    }
}

fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let entries = entries.map(|entry| entry.expect("an entry of the folder"));
    entries
        .map(|entry| {
            let name = entry.file_name().into_string();
            (name.expect("names in tests are Unicode"), entry.path())
        })
        .collect()
}

/// The names of the folders in a folder of this project, in order.
pub fn folders(folder: &str) -> Vec<String> {
    let mut folders: Vec<String> = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .into_iter()
        .filter(|(_, path)| path.is_dir())
        .map(|(name, _)| name)
        .collect();
    folders.sort_unstable();
    folders
}

/// Sees to it that typst is where the program finds it: fetched once, by the program itself, where this
/// machine has none.
pub fn typst_is_there() {
    static DONE: std::sync::Once = std::sync::Once::new();
    DONE.call_once(|| {
        let run = Repo::minimal().run(&["doctor", "--install-typst"]);
        run.code(0);
    });
}

/// The typst that the program uses.
pub fn typst_program() -> String {
    typst_is_there();
    let run = Repo::minimal().run(&["doctor"]).code(0);
    let line = run.stdout.lines().find(|line| line.contains("  typst  "));
    let (_, program) = line
        .and_then(|line| line.split_once(" i "))
        .expect("the doctor says where typst lies");
    program.trim().to_owned()
}
