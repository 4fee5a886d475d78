//! The history of a repository, read through the `git` program without touching the work tree.
//!
//! The program is used rather than a library: it finds the repository and trusts it as the user has set it up, and
//! needs nothing to be built. Only what compares with a former revision needs it; everything else works where
//! there is no git at all. How it is called, so that it runs nothing else, stands in [`call`].

mod call;
mod objects;
mod store;

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

#[cfg(feature = "serve")]
pub(crate) use call::call as git_call;
pub use objects::{Entry, EntryKind, Objects, Tree};
pub use store::{FetchError, Resolved, Store, shown_address};

use crate::fs;
use crate::process::{Finished, ProcessError};
use crate::text::argument;

/// How to get the rest of a history of which only the newest part is here.
pub const DEEPEN: &str = " Kopien har kun de nyeste ændringer: hent resten med »git fetch --unshallow«, eller \
                          sæt fetch-depth: 0 i jeres arbejdsgang.";

/// Why git could not answer.
#[derive(Debug)]
pub enum GitError {
    /// There is no git on this machine.
    NoGit,
    /// The folder does not lie in a git repository.
    NoRepository(PathBuf),
    /// git does not trust this folder, since it belongs to somebody else.
    NotTrusted(String),
    /// git knows of this object and does not have it.
    Absent(String),
    /// Nothing has been committed yet.
    NoCommits,
    /// There is no such revision.
    UnknownRevision {
        /// The revision as it was given.
        revision: String,
        /// Whether the clone holds only a part of the history.
        shallow: bool,
    },
    /// The revision and the present one have no common ancestor here.
    NoMergeBase {
        /// The revision as it was given.
        revision: String,
        /// Whether the clone holds only a part of the history.
        shallow: bool,
    },
    /// git failed for another reason.
    Failed(Box<ProcessError>),
    /// What git said could not be made sense of, or a file could not be written.
    Odd(anyhow::Error),
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit => f.write_str(
                "git er ikke på denne maskine, og uden det kan en tidligere udgave ikke læses.\n\
                 Windows: winget install --id Git.Git\nmacOS: xcode-select --install\n\
                 Linux: installér pakken git",
            ),
            Self::NoRepository(folder) => write!(
                f,
                "{} ligger ikke i et git-repository, så der er intet at sammenligne med",
                folder.display()
            ),
            Self::NotTrusted(folder) => write!(
                f,
                "git vil ikke læse {folder}, for mappen ejes af en anden bruger end den, der kører programmet.\n\
                 Stoler du på den, så skriv: git config --global --add safe.directory {}",
                argument(folder)
            ),
            Self::Absent(id) => write!(
                f,
                "git har ikke hele historien på denne maskine: {id} mangler. Hent resten med »git fetch \
                 --refetch«, eller hent en hel kopi med »git clone«."
            ),
            Self::NoCommits => f.write_str(
                "der er ikke gemt noget i git endnu, så der er intet at sammenligne med. Gem filerne først: \
                 git add . og så git commit",
            ),
            Self::UnknownRevision { revision, shallow } => {
                write!(
                    f,
                    "git kender ikke »{revision}«. Skriv en gren, et mærke eller en ændring, for eksempel \
                     origin/main eller HEAD~1."
                )?;
                if *shallow {
                    f.write_str(DEEPEN)
                } else {
                    Ok(())
                }
            }
            Self::NoMergeBase { revision, shallow } => {
                write!(
                    f,
                    "git kan ikke se, hvor jeres arbejde skilte sig fra »{revision}«."
                )?;
                if *shallow {
                    f.write_str(DEEPEN)
                } else {
                    Ok(())
                }
            }
            Self::Failed(error) => write!(f, "{error}"),
            Self::Odd(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for GitError {}

/// A commit with its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its object id.
    pub id: String,
    /// The day it was committed, where it was committed.
    pub date: Date,
    /// The moment, in seconds from the beginning of 1970.
    pub second: i64,
    /// The commits it was made from: none for the first, two for a merge.
    pub parents: Vec<String>,
}

/// A folder in a git repository.
#[derive(Debug)]
pub struct Git {
    folder: PathBuf,
    /// Where the folder lies in the repository: the parts of its path, none at the top.
    place: Vec<String>,
    is_shallow: bool,
    objects: Objects,
}

impl Git {
    /// The repository that `folder` lies in.
    pub fn open(folder: &Path) -> Result<Self, GitError> {
        let mut git = Self {
            folder: folder.to_owned(),
            place: Vec::new(),
            is_shallow: false,
            objects: Objects::of(folder),
        };
        let asked = git.run([
            "rev-parse",
            "--is-inside-work-tree",
            "--is-shallow-repository",
            "--show-prefix",
        ]);
        let answer = match asked {
            Ok(answer) => answer.stdout_text(),
            Err(GitError::Failed(error)) => return Err(not_opened(folder, error)),
            Err(error) => return Err(error),
        };
        // A folder's name may hold anything, line breaks too, so it comes last.
        let mut lines = answer.splitn(3, '\n');
        if lines.next().map(str::trim) != Some("true") {
            return Err(GitError::NoRepository(folder.to_owned()));
        }
        git.is_shallow = lines.next().map(str::trim) == Some("true");
        let prefix = lines.next().unwrap_or_default();
        let prefix = prefix.strip_suffix('\n').unwrap_or(prefix);
        let parts = prefix.split('/').filter(|part| !part.is_empty());
        git.place = parts.map(str::to_owned).collect();
        Ok(git)
    }

    /// A repository without a work tree, of which only objects are asked for.
    fn bare(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            place: Vec::new(),
            is_shallow: false,
            objects: Objects::of_bare(folder),
        }
    }

    /// The objects of the repository.
    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// The path of the folder in the repository: empty at the top, else it ends with `/`.
    pub fn prefix(&self) -> String {
        self.place.iter().map(|part| format!("{part}/")).collect()
    }

    /// The id of what a commit has where the folder lies now; `None` where it has no such folder.
    ///
    /// # Errors
    /// When git fails.
    pub fn folder_in(&self, commit: &str) -> Result<Option<String>, GitError> {
        let mut id = format!("{commit}^{{tree}}");
        for part in &self.place {
            match self.objects.tree(&id)?.get(part) {
                Some(entry) if entry.kind == EntryKind::Folder => id.clone_from(&entry.id),
                _ => return Ok(None),
            }
        }
        Ok(Some(id))
    }

    /// What to say of a revision that git does not find.
    fn not_found(&self, otherwise: impl FnOnce(&Self) -> GitError) -> GitError {
        match self.run(["rev-parse", "--verify", "--quiet", "HEAD"]) {
            Ok(_) => otherwise(self),
            Err(_) => GitError::NoCommits,
        }
    }

    /// The commit from which the present one and `revision` went separate ways.
    pub fn merge_base(&self, revision: &str) -> Result<String, GitError> {
        let commit = self.id_of(revision)?;
        match self.run(["merge-base", &commit, "HEAD"]) {
            Ok(base) => Ok(base.stdout_text().trim().to_owned()),
            Err(_) => Err(GitError::NoMergeBase {
                revision: revision.to_owned(),
                shallow: self.is_shallow,
            }),
        }
    }

    fn id_of(&self, revision: &str) -> Result<String, GitError> {
        let commit = format!("{revision}^{{commit}}");
        let known = self.run([
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ]);
        match known {
            Ok(known) => Ok(known.stdout_text().trim().to_owned()),
            Err(_) => Err(self.not_found(|git| GitError::UnknownRevision {
                revision: revision.to_owned(),
                shallow: git.is_shallow,
            })),
        }
    }

    /// The commit that a revision names.
    pub fn commit(&self, revision: &str) -> Result<Commit, GitError> {
        let id = self.id_of(revision)?;
        let shown = self.run(["rev-list", "-1", FORMAT, &id, "--"])?;
        let commits = parse_log(&shown.stdout_text())?;
        commits.into_iter().next().ok_or_else(|| odd("intet"))
    }

    /// The commits up to the present one that touch these paths, newest first; those of side branches too.
    pub fn log(&self, paths: &[&str]) -> Result<Vec<Commit>, GitError> {
        let args = ["rev-list", "--full-history", FORMAT, "HEAD", "--"];
        let shown = self.run(args.iter().chain(paths).copied());
        let shown = shown.map_err(|error| self.not_found(|_| error))?;
        parse_log(&shown.stdout_text())
    }

    /// The newest commit up to the present one that touches a path; `None` where none does.
    pub fn newest(&self, path: &str) -> Result<Option<Commit>, GitError> {
        let shown = self.run(["rev-list", "-1", FORMAT, "HEAD", "--", path]);
        let shown = shown.map_err(|error| self.not_found(|_| error))?;
        Ok(parse_log(&shown.stdout_text())?.into_iter().next())
    }

    /// Whether the clone holds only a part of the history.
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    fn run<S: Into<OsString>>(
        &self,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Finished, GitError> {
        call::call(&self.folder, args).run().map_err(GitError::from)
    }
}

/// Where a folder lies in the git repository around it: a path with `/` at its end, empty at the top and where
/// there is none. Told from the folders alone, so that it can be told where there is no git.
pub fn place_in_git(folder: &Path) -> String {
    let Some(real) = fs::real_path(folder) else {
        return String::new();
    };
    let is_top = |folder: &&Path| fs::metadata(&folder.join(".git")).is_some();
    let Some(top) = real.ancestors().find(is_top) else {
        return String::new();
    };
    let parts = real.strip_prefix(top).into_iter().flat_map(Path::iter);
    parts
        .map(|part| format!("{}/", part.to_string_lossy()))
        .collect()
}

/// What is asked of each commit, as [`parse_log`] reads it.
const FORMAT: &str = "--format=%H %cs %ct %P";

impl From<ProcessError> for GitError {
    fn from(error: ProcessError) -> Self {
        match error {
            ProcessError::NotFound { .. } => Self::NoGit,
            error => Self::Failed(Box::new(error)),
        }
    }
}

/// Why git does not take a folder for a repository, by what it says of it in English.
fn not_opened(folder: &Path, error: Box<ProcessError>) -> GitError {
    let said = match &*error {
        ProcessError::Failed { finished, .. } => finished.stderr_text(),
        _ => return GitError::Failed(error),
    };
    if said.contains("safe.directory") {
        let named = untrusted(&said).map(str::to_owned);
        GitError::NotTrusted(named.unwrap_or_else(|| folder.display().to_string()))
    } else if said.contains("not a git repository") || said.contains("safe.bareRepository") {
        GitError::NoRepository(folder.to_owned())
    } else {
        GitError::Failed(error)
    }
}

/// The folder that git says it does not trust: the top of the repository, which may lie above ours.
fn untrusted(said: &str) -> Option<&str> {
    let (_, after) = said.split_once("repository at '")?;
    let (folder, _) = after.split_once("'\n")?;
    Some(folder)
}

fn odd(what: &str) -> GitError {
    GitError::Odd(anyhow::anyhow!("git svarede noget uventet: {what}"))
}

/// Lines of an id, a day, a moment and the ids of parents, each after a line that git says of its own accord.
fn parse_log(log: &str) -> Result<Vec<Commit>, GitError> {
    let lines = log.lines().filter(|line| !line.starts_with("commit "));
    let commits = lines.map(|line| {
        let mut parts = line.split(' ').filter(|part| !part.is_empty());
        let (Some(id), Some(day), Some(second)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(odd(line));
        };
        Ok(Commit {
            id: id.to_owned(),
            date: day.parse().map_err(|_| odd(line))?,
            second: second.parse().map_err(|_| odd(line))?,
            parents: parts.map(str::to_owned).collect(),
        })
    });
    commits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_has_each_commit_with_its_day_and_parents() {
        let log =
            "commit aa\naa 2026-01-02 1767312000 bb cc\ncommit bb\nbb 2026-01-01 1767225600 \n";
        let commits = parse_log(log).expect("well formed");
        assert_eq!(commits.len(), 2);
        assert_eq!(commits[0].parents, ["bb", "cc"]);
        assert_eq!(commits[1].date, Date::constant(2026, 1, 1));
        assert_eq!(commits[1].second, 1_767_225_600);
        assert!(commits[1].parents.is_empty());
        assert!(parse_log("aa\n").is_err());
    }

    #[test]
    fn the_folder_that_is_not_trusted_is_the_one_that_git_names() {
        let said = "fatal: detected dubious ownership in repository at '/srv/it's/repo'\n\
                    To add an exception for this directory, call:\n\n\tgit config --global --add safe.directory x\n";
        assert_eq!(untrusted(said), Some("/srv/it's/repo"));
        assert_eq!(untrusted("fatal: not a git repository"), None);
    }
}
