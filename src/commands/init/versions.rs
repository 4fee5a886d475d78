//! The first commit, so that every later change can be seen.

use std::ffi::OsString;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use crate::process::{Call, Finished, ProcessError};

/// A local step of git takes no longer.
const LIMIT: Duration = Duration::from_secs(60);

/// What points git at another repository than that of the folder.
const ELSEWHERE: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// Why there is no first commit. The files are written all the same.
#[derive(Debug)]
pub enum NotKept {
    /// There is no git on this machine.
    NoGit,
    /// git does not know whose commit it is.
    NoName,
    /// git failed for another reason.
    Failed(Box<ProcessError>),
}

impl fmt::Display for NotKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit => f.write_str(
                "git er ikke på denne maskine, så filerne er skrevet, men ikke gemt i git.\n\
                 Windows: winget install --id Git.Git\nmacOS: xcode-select --install\n\
                 Linux: installér pakken git",
            ),
            Self::NoName => f.write_str(
                "git ved ikke, hvem du er, så filerne er skrevet, men ikke gemt i git. Skriv disse linjer med \
                 dit eget navn og din egen mail, og skriv så den samme kommando igen:\n\
                 git config --global user.name \"Dit navn\"\n\
                 git config --global user.email navn@arbejdsplads.dk",
            ),
            Self::Failed(error) => write!(f, "filerne er skrevet, men ikke gemt i git: {error}"),
        }
    }
}

/// Whether git could keep a commit in this folder: it is there and knows a name.
pub fn git_knows_a_name(folder: &Path) -> bool {
    run(folder, ["config", "user.email"]).is_ok()
}

/// Makes the folder a repository of git where it is none, and commits what is new of these files. `own` asks for a
/// repository of the folder's own, also where it lies in another one.
///
/// # Errors
/// When git is missing, does not know a name, or fails.
pub fn keep_in_git(
    folder: &Path,
    own: bool,
    files: &[String],
    message: &str,
) -> Result<(), NotKept> {
    let prefix = run(folder, ["rev-parse", "--show-prefix"]);
    let inside = match prefix {
        Ok(prefix) => !own || prefix.stdout_text().trim().is_empty(),
        Err(NotKept::NoGit) => return Err(NotKept::NoGit),
        Err(_) => false,
    };
    if !inside {
        run(folder, ["-c", "init.defaultBranch=main", "init", "-q"])?;
    }
    let with_files = |args: &[&str]| {
        let args = args.iter().map(OsString::from);
        let args: Vec<OsString> = args.chain(files.iter().map(OsString::from)).collect();
        run(folder, args)
    };
    with_files(&["add", "--"])?;
    let staged = with_files(&["diff", "--cached", "--name-only", "--"])?;
    if staged.stdout_text().trim().is_empty() {
        return Ok(());
    }
    match with_files(&["commit", "-q", "-m", message, "--"]) {
        Ok(_) => Ok(()),
        Err(NotKept::Failed(error)) if asks_who(&error) => Err(NotKept::NoName),
        Err(error) => Err(error),
    }
}

/// Whether git asks for a name or a mail, by what it says in English.
fn asks_who(error: &ProcessError) -> bool {
    match error {
        ProcessError::Failed { finished, .. } => {
            let said = String::from_utf8_lossy(&finished.stderr);
            said.contains("user.email") || said.contains("user.name")
        }
        _ => false,
    }
}

fn run<S: Into<OsString>>(
    folder: &Path,
    args: impl IntoIterator<Item = S>,
) -> Result<Finished, NotKept> {
    let call = Call::new("git")
        .args(args)
        .dir(folder)
        .without_env(ELSEWHERE);
    let call = call.env("LC_ALL", "C").limit(LIMIT);
    call.run().map_err(|error| match error {
        ProcessError::NotFound { .. } => NotKept::NoGit,
        error => NotKept::Failed(Box::new(error)),
    })
}
