//! The history of a repository, read through the `git` program without touching the work tree.
//!
//! The program is used rather than a library: it honours what the user has set up and needs nothing to be
//! built. Only what compares with a former revision needs it; everything else works where there is no git at all.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;

use crate::fs;
use crate::process::{Call, Finished, ProcessError};

/// A local question to git takes no longer than this on any repository of protocols.
const LIMIT: Duration = Duration::from_secs(60);

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
    /// git does not trust the folder, since it belongs to somebody else.
    NotTrusted(PathBuf),
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
                "git vil ikke læse {0}, for mappen ejes af en anden bruger end den, der kører programmet.\n\
                 Stoler du på den, så skriv: git config --global --add safe.directory \"{0}\"",
                folder.display()
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

/// Lines of a file, counted from one, half open.
pub type Lines = Range<u32>;

/// A commit with its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its object id.
    pub id: String,
    /// The day it was committed, where it was committed.
    pub date: Date,
}

/// A folder in a git repository.
#[derive(Debug)]
pub struct Git {
    folder: PathBuf,
}

impl Git {
    /// The repository that `folder` lies in.
    pub fn open(folder: &Path) -> Result<Self, GitError> {
        let git = Self {
            folder: folder.to_owned(),
        };
        match git.run(["rev-parse", "--is-inside-work-tree"]) {
            Ok(answer) if answer.stdout_text().trim() == "true" => Ok(git),
            Ok(_) => Err(GitError::NoRepository(folder.to_owned())),
            Err(GitError::Failed(error)) => Err(not_opened(folder, error)),
            Err(error) => Err(error),
        }
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
                shallow: self.is_shallow(),
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
                shallow: git.is_shallow(),
            })),
        }
    }

    /// The commit that a revision names.
    pub fn commit(&self, revision: &str) -> Result<Commit, GitError> {
        let id = self.id_of(revision)?;
        let shown = self.run(["log", "-1", "--format=%H %cs", &id, "--"])?;
        let commits = parse_log(&shown.stdout_text())?;
        commits.into_iter().next().ok_or_else(|| odd("intet"))
    }

    /// The commits up to `from` that touch these paths, newest first; those of side branches too.
    pub fn log(&self, from: &str, paths: &[&str]) -> Result<Vec<Commit>, GitError> {
        let args = ["log", "--full-history", "--format=%H %cs", from, "--"];
        let shown = self.run(args.iter().chain(paths).copied());
        let shown = shown.map_err(|error| self.not_found(|_| error))?;
        parse_log(&shown.stdout_text())
    }

    /// The files a commit has below these paths of the folder, with the ids of what they hold.
    pub fn tree(&self, commit: &str, paths: &[&str]) -> Result<BTreeMap<String, String>, GitError> {
        let args = ["ls-tree", "-r", "-z", commit, "--"];
        let listing = self.run(args.iter().chain(paths).copied())?;
        let files = parse_tree(&listing.stdout)?.into_iter();
        Ok(files.map(|(id, path)| (path, id)).collect())
    }

    /// What these ids stand for, all read in one go.
    pub fn blobs(&self, ids: &[&str]) -> Result<Vec<Vec<u8>>, GitError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let input: String = ids.iter().map(|id| format!("{id}\n")).collect();
        let call = self.call(["cat-file", "--batch"]).input(input.into_bytes());
        let batch = call.run().map_err(GitError::from)?.stdout;
        let mut rest = batch.as_slice();
        let mut blobs = Vec::with_capacity(ids.len());
        for _ in ids {
            let (blob, after) = split_blob(rest)?;
            blobs.push(blob.to_vec());
            rest = after;
        }
        Ok(blobs)
    }

    /// The paths below these ones at which the work tree differs from a commit, with what git does not know.
    pub fn changed_files(
        &self,
        commit: &str,
        paths: &[&str],
    ) -> Result<BTreeSet<String>, GitError> {
        let known = [
            "diff",
            "--relative",
            "--name-only",
            "-z",
            "--no-ext-diff",
            "--no-renames",
            commit,
            "--",
        ];
        let new = ["ls-files", "--others", "-z", "--"];
        let mut changed = BTreeSet::new();
        for args in [&known[..], &new[..]] {
            let listing = self.run(args.iter().chain(paths).copied())?;
            let listing = listing.stdout_text();
            let listed = listing.split('\0').filter(|path| !path.is_empty());
            changed.extend(listed.map(str::to_owned));
        }
        Ok(changed)
    }

    /// Whether the clone holds only a part of the history.
    pub fn is_shallow(&self) -> bool {
        let answer = self.run(["rev-parse", "--is-shallow-repository"]);
        answer.is_ok_and(|answer| answer.stdout_text().trim() == "true")
    }

    /// Writes the files that `commit` has below the folder into another one, all read in one go.
    pub fn snapshot(&self, commit: &str, into: &Path) -> Result<(), GitError> {
        let listing = self.run(["ls-tree", "-r", "-z", "--end-of-options", commit])?;
        let files = parse_tree(&listing.stdout)?;
        let ids: String = files.iter().map(|(id, _)| format!("{id}\n")).collect();
        let blobs = self
            .call(["cat-file", "--batch"])
            .input(ids.into_bytes())
            .run();
        let blobs = blobs.map_err(GitError::from)?.stdout;
        let mut rest = blobs.as_slice();
        for (_, path) in &files {
            let (blob, after) = split_blob(rest)?;
            rest = after;
            let target = into.join(path);
            let parent = target.parent().unwrap_or(into);
            fs::create_folder(parent).map_err(GitError::Odd)?;
            fs::write(&target, blob).map_err(GitError::Odd)?;
        }
        Ok(())
    }

    /// The lines of the work tree's files that differ from `commit`, by path relative to the folder.
    /// Files that git does not know yet have none: all of them is new anyway.
    pub fn changed_lines(&self, commit: &str) -> Result<BTreeMap<String, Vec<Lines>>, GitError> {
        let diff = self.run([
            "diff",
            "--relative",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-renames",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            commit,
            "--",
            ".",
        ])?;
        Ok(parse_diff(&diff.stdout_text()))
    }

    fn call<S: Into<OsString>>(&self, args: impl IntoIterator<Item = S>) -> Call {
        Call::new("git")
            .args(["-c", "core.quotePath=false"])
            .args(args)
            .dir(&self.folder)
            .without_env_prefix("GIT_")
            .env("LC_ALL", "C")
            .limit(LIMIT)
    }

    fn run<S: Into<OsString>>(
        &self,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Finished, GitError> {
        self.call(args).run().map_err(GitError::from)
    }
}

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
        ProcessError::Failed { finished, .. } => String::from_utf8_lossy(&finished.stderr),
        _ => return GitError::Failed(error),
    };
    if said.contains("safe.directory") {
        GitError::NotTrusted(folder.to_owned())
    } else if said.contains("not a git repository") {
        GitError::NoRepository(folder.to_owned())
    } else {
        GitError::Failed(error)
    }
}

fn odd(what: &str) -> GitError {
    GitError::Odd(anyhow::anyhow!("git svarede noget uventet: {what}"))
}

/// Lines of an id and a day.
fn parse_log(log: &str) -> Result<Vec<Commit>, GitError> {
    log.lines()
        .map(|line| {
            let (id, day) = line.split_once(' ').ok_or_else(|| odd(line))?;
            let date = day.trim().parse().map_err(|_| odd(line))?;
            let id = id.to_owned();
            Ok(Commit { id, date })
        })
        .collect()
}

/// The blobs of `ls-tree -r -z`: object id and path. Links and sub-modules are left out.
fn parse_tree(listing: &[u8]) -> Result<Vec<(String, String)>, GitError> {
    let mut files = Vec::new();
    for entry in listing
        .split(|&byte| byte == 0)
        .filter(|entry| !entry.is_empty())
    {
        let entry = String::from_utf8_lossy(entry);
        let (head, path) = entry.split_once('\t').ok_or_else(|| odd(&entry))?;
        let mut head = head.split(' ');
        let (mode, kind, id) = (head.next(), head.next(), head.next());
        if let (Some("100644" | "100755"), Some("blob"), Some(id)) = (mode, kind, id) {
            files.push((id.to_owned(), path.to_owned()));
        }
    }
    Ok(files)
}

/// The first object of `cat-file --batch` and what follows it.
fn split_blob(batch: &[u8]) -> Result<(&[u8], &[u8]), GitError> {
    let end = memchr::memchr(b'\n', batch).ok_or_else(|| odd("et objekt mangler"))?;
    let head = String::from_utf8_lossy(&batch[..end]);
    let size = head
        .rsplit(' ')
        .next()
        .and_then(|size| size.parse::<usize>().ok());
    let rest = &batch[end + 1..];
    match size {
        Some(size) if size < rest.len() => Ok((&rest[..size], &rest[size + 1..])),
        _ => Err(odd(&head)),
    }
}

/// The lines that each file has new or changed, from a diff without context.
fn parse_diff(diff: &str) -> BTreeMap<String, Vec<Lines>> {
    let mut changed: BTreeMap<String, Vec<Lines>> = BTreeMap::new();
    let mut file = None;
    for line in diff.lines() {
        if let Some(path) = line.strip_prefix("+++ ") {
            let path = path.trim_end_matches('\t').trim_matches('"');
            file = path.strip_prefix("b/").map(str::to_owned);
        } else if let Some(hunk) = line.strip_prefix("@@ ")
            && let Some(path) = &file
            && let Some(lines) = parse_hunk(hunk)
        {
            changed.entry(path.clone()).or_default().push(lines);
        }
    }
    changed
}

/// The new side of a hunk's head: `-1,2 +3,4 @@`. Where lines were only taken out, the line before counts.
fn parse_hunk(head: &str) -> Option<Lines> {
    let new = head.split(' ').find_map(|part| part.strip_prefix('+'))?;
    let (start, count) = match new.split_once(',') {
        Some((start, count)) => (start.parse::<u32>().ok()?, count.parse::<u32>().ok()?),
        None => (new.parse::<u32>().ok()?, 1),
    };
    Some(start..start + count.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_without_context_gives_the_new_lines() {
        let diff = "diff --git a/x.toml b/x.toml\n--- a/x.toml\n+++ b/x.toml\n@@ -1 +1,2 @@\n-a\n+b\n+c\n\
                    @@ -9,2 +10,0 @@\n-d\n-e\n--- a/y.toml\n+++ /dev/null\n@@ -1 +0,0 @@\n-f\n";
        let changed = parse_diff(diff);
        assert_eq!(changed["x.toml"], [1..3, 10..11]);
        assert_eq!(changed.len(), 1);
    }

    #[test]
    fn only_files_are_taken_from_a_tree() {
        let listing = b"100644 blob aa\tprotocols/\xC3\xA6.toml\x00120000 blob bb\tlink\x00160000 commit cc\tsub\0";
        let files = parse_tree(listing).expect("the listing is well formed");
        assert_eq!(files, [("aa".to_owned(), "protocols/æ.toml".to_owned())]);
    }

    #[test]
    fn objects_are_cut_at_their_length() {
        let (first, rest) = split_blob(b"aa blob 3\na\nb\nbb blob 0\n\n").expect("well formed");
        assert_eq!(first, b"a\nb");
        assert_eq!(split_blob(rest).expect("well formed").0, b"");
        assert!(split_blob(b"aa missing\n").is_err());
    }
}
