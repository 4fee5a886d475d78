//! Handing over what was written: a version in git, under the name of whoever wrote it.
//!
//! A commit is made of objects alone (`hash-object`, `update-index`, `write-tree`, `commit-tree`, `update-ref`), so
//! that no hook, filter or editor that a setting names is started, and of the files that somebody chose, whatever
//! else lies changed. git is called as for reading (`history`), but for a push, which asks the user's own git to do
//! what only that can: reach another machine.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use super::stays_inside;
use crate::check::masked;
use crate::fs::{self, Content};
use crate::history::{Git, GitError, git_call};
use crate::load::Repository;
use crate::process::{Call, ProcessError};
use crate::site::area_settings;
use crate::write::Lock;

/// No file that is handed over is larger.
const LARGEST: u64 = 50_000_000;
/// How long a push may take.
const PUSH_LIMIT: Duration = Duration::from_secs(120);
/// How deep files lie in a protocol's folder.
const DEPTH: usize = 4;

/// Whose version it is.
#[derive(Clone, Debug)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The mail.
    pub mail: String,
}

/// What can be handed over, and where.
#[derive(Clone, Debug, Serialize)]
pub struct Handover {
    /// The branch that a version comes on; none where nothing can be handed over.
    pub branch: Option<String>,
    /// The other repository that the branch can be sent to.
    pub remote: Option<String>,
    /// The name and the mail that git knows.
    pub name: String,
    /// See `name`.
    pub mail: String,
    /// The files that are another than in the newest version, each with what happened to it.
    pub files: Vec<(String, &'static str)>,
    /// Why nothing can be handed over, and what to do.
    pub hindrance: Option<String>,
}

/// Why nothing was handed over.
#[derive(Debug)]
pub enum HandoverError {
    /// What was asked for cannot be done: what to say.
    Wish(String),
    /// git.
    Git(GitError),
}

impl fmt::Display for HandoverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wish(said) => f.write_str(said),
            Self::Git(error) => write!(f, "{error}"),
        }
    }
}

impl From<GitError> for HandoverError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl From<ProcessError> for HandoverError {
    fn from(error: ProcessError) -> Self {
        Self::Git(error.into())
    }
}

/// The repository as it is, for making a version.
struct Store<'r> {
    folder: &'r Path,
    git: Git,
    /// The newest version; none where there is none yet.
    head: Option<String>,
    /// The branch, `refs/heads/…`.
    branch: String,
}

impl<'r> Store<'r> {
    fn open(folder: &'r Path) -> Result<Self, HandoverError> {
        let git = Git::open(folder)?;
        let branch = git_call(folder, ["symbolic-ref", "-q", "HEAD"]).output()?;
        let name = branch.stdout_text().trim().to_owned();
        if !branch.status.success() || !name.starts_with("refs/heads/") {
            return Err(HandoverError::Wish(
                "Mappen står ikke på en gren i git. Skift til en gren først: git switch navn"
                    .to_owned(),
            ));
        }
        let head = git_call(folder, ["rev-parse", "-q", "--verify", "HEAD^{commit}"]).output()?;
        let id = head.stdout_text().trim().to_owned();
        Ok(Self {
            folder,
            git,
            head: (head.status.success() && !id.is_empty()).then_some(id),
            branch: name,
        })
    }

    fn short_branch(&self) -> &str {
        self.branch.trim_start_matches("refs/heads/")
    }

    /// The files of the newest version below a folder: mode and id, by their path from the folder of the run.
    fn listed(&self, below: &str) -> Result<BTreeMap<String, (String, String)>, HandoverError> {
        let Some(head) = &self.head else {
            return Ok(BTreeMap::new());
        };
        let prefix = self.git.prefix();
        let listed = git_call(
            self.folder,
            [
                "ls-tree",
                "-r",
                "-z",
                "--full-tree",
                head,
                &format!("{prefix}{below}/"),
            ],
        )
        .run()?;
        let text = listed.stdout_text();
        let entries = text.split('\0').filter_map(|line| {
            let (what, path) = line.split_once('\t')?;
            let mut parts = what.split(' ');
            let (mode, _, id) = (parts.next()?, parts.next()?, parts.next()?);
            let path = path.strip_prefix(&prefix)?;
            Some((path.to_owned(), (mode.to_owned(), id.to_owned())))
        });
        Ok(entries.collect())
    }

    fn setting(&self, name: &str) -> String {
        let asked = git_call(self.folder, ["config", "--get", name]).output();
        asked.map_or_else(
            |_| String::new(),
            |said| said.stdout_text().trim().to_owned(),
        )
    }

    /// The other repository that a push goes to.
    fn remote(&self) -> Option<String> {
        let own = self.setting(&format!("branch.{}.remote", self.short_branch()));
        if !own.is_empty() && own != "." {
            return Some(own);
        }
        let all = git_call(self.folder, ["remote"])
            .output()
            .ok()?
            .stdout_text();
        let names: Vec<&str> = all.lines().collect();
        let usual = names.iter().find(|name| **name == "origin");
        usual.or(names.first()).map(|name| (*name).to_owned())
    }

    /// The file as git keeps it: with the line ends that it has there, or `None` where it is gone.
    fn kept(&self, path: &str, former: Option<&str>) -> Result<Option<Vec<u8>>, HandoverError> {
        let bytes = match fs::read_plain(&self.folder.join(path), LARGEST) {
            Content::Bytes(bytes) => bytes,
            Content::Missing => return Ok(None),
            Content::Refused(_) => {
                return Err(HandoverError::Wish(format!("Filen {path} kan ikke læses.")));
            }
        };
        let in_git = match former {
            Some(id) => self.git.objects().blob(id, LARGEST)?,
            None => None,
        };
        let has = |bytes: &[u8], ends: &[u8]| memchr::memmem::find(bytes, ends).is_some();
        let is_even = match &in_git {
            Some(former) => has(former, b"\n") && !has(former, b"\r\n"),
            None => matches!(self.setting("core.autocrlf").as_str(), "true" | "input"),
        };
        if is_even && path.ends_with(".toml") && has(&bytes, b"\r\n") {
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            return Ok(Some(text.into_bytes()));
        }
        Ok(Some(bytes))
    }

    /// Keeps a file's bytes, and says their id.
    fn keep(&self, bytes: Vec<u8>) -> Result<String, HandoverError> {
        let call = git_call(
            self.folder,
            ["hash-object", "-w", "--no-filters", "--stdin"],
        );
        Ok(call.input(bytes).run()?.stdout_text().trim().to_owned())
    }
}

/// The files below a folder on disk, by their path from the root.
fn on_disk(repository: &Repository, below: &str) -> Vec<String> {
    let mut found = BTreeMap::new();
    fs::marks(&repository.root().join(below), DEPTH, &mut found);
    let paths = found.keys().filter_map(|path| {
        let path = path.strip_prefix(repository.root()).ok()?;
        Some(path.to_string_lossy().replace('\\', "/"))
    });
    paths.filter(|path| is_kept(path)).collect()
}

/// Whether a file is one that belongs to a protocol: no hidden file, no left-over of a program.
fn is_kept(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !path.split('/').any(|part| part.starts_with('.'))
        && !name.starts_with('~')
        && !name.ends_with('~')
}

/// What can be handed over of a protocol. Where git is missing or cannot, it says so.
///
/// # Errors
/// Where the repository cannot be read.
pub fn changed_files(repository: &Repository, slug: &str) -> Result<Handover> {
    let (area, _) = area_settings(repository)?;
    let below = format!("{}/{slug}", area.protocol_folder);
    let found = (|| -> Result<Handover, HandoverError> {
        let store = Store::open(repository.root())?;
        let listed = store.listed(&below)?;
        let mut files = Vec::new();
        let disk = on_disk(repository, &below);
        for path in &disk {
            match listed.get(path) {
                None => files.push((path.clone(), "ny")),
                Some((_, id)) => {
                    let kept = store.kept(path, Some(id))?;
                    let former = store.git.objects().blob(id, LARGEST)?;
                    if kept != former {
                        files.push((path.clone(), "ændret"));
                    }
                }
            }
        }
        let gone = listed
            .keys()
            .filter(|path| is_kept(path) && !disk.contains(path));
        files.extend(gone.map(|path| (path.clone(), "væk")));
        files.sort();
        Ok(Handover {
            branch: Some(store.short_branch().to_owned()),
            remote: store.remote(),
            name: store.setting("user.name"),
            mail: store.setting("user.email"),
            files,
            hindrance: None,
        })
    })();
    Ok(found.unwrap_or_else(|error| Handover {
        branch: None,
        remote: None,
        name: String::new(),
        mail: String::new(),
        files: Vec::new(),
        hindrance: Some(masked(&error.to_string()).into_owned()),
    }))
}

/// Makes a version of these files of a protocol, and says its short name.
///
/// # Errors
/// Where what is asked for cannot be done, and where git fails; nothing but loose objects is then left behind.
pub fn hand_over(
    repository: &Repository,
    slug: &str,
    author: &Author,
    message: &str,
    files: &[String],
) -> Result<String, HandoverError> {
    let wish = |said: &str| HandoverError::Wish(said.to_owned());
    let is_name =
        |text: &str| !text.trim().is_empty() && !text.contains(['<', '>', '\n', '\r', '\0']);
    if !is_name(&author.name) {
        return Err(wish("Skriv dit navn."));
    }
    if !is_name(&author.mail)
        || !author.mail.contains('@')
        || author.mail.contains(char::is_whitespace)
    {
        return Err(wish("Skriv din mailadresse."));
    }
    if message.trim().is_empty() || message.contains('\0') {
        return Err(wish("Skriv med et par ord, hvad du har ændret."));
    }
    if masked(message) != message {
        return Err(wish("Beskeden ligner et personnummer. Det må ikke gemmes."));
    }
    let failed = |error: anyhow::Error| HandoverError::Wish(format!("{error:#}"));
    let _alone = Lock::of(repository.root()).map_err(failed)?;
    let (area, _) = area_settings(repository).map_err(failed)?;
    let below = format!("{}/{slug}/", area.protocol_folder);
    let is_own = |path: &String| {
        let steps = path
            .split('/')
            .any(|part| part.is_empty() || part == "." || part == "..");
        path.starts_with(&below) && !steps && is_kept(path) && stays_inside(repository, path)
    };
    if files.is_empty() || !files.iter().all(is_own) {
        return Err(wish("Vælg de filer, der skal gemmes."));
    }
    let store = Store::open(repository.root())?;
    let listed = store.listed(below.trim_end_matches('/'))?;
    let mut entries = Vec::new();
    for path in files {
        let former = listed.get(path);
        let full = format!("{}{path}", store.git.prefix());
        let line = match store.kept(path, former.map(|(_, id)| id.as_str()))? {
            Some(bytes) => {
                let id = store.keep(bytes)?;
                let mode = former.map_or("100644", |(mode, _)| mode.as_str());
                format!("{mode} {id}\t{full}\0")
            }
            None => format!("0 {}\t{full}\0", "0".repeat(40)),
        };
        entries.extend_from_slice(line.as_bytes());
    }
    let id = commit(&store, author, message.trim(), &entries)?;
    Ok(id.chars().take(10).collect())
}

/// Makes the commit from entries as `update-index --index-info` reads them, and says its id.
fn commit(
    store: &Store<'_>,
    author: &Author,
    message: &str,
    entries: &[u8],
) -> Result<String, HandoverError> {
    let failed = |error: std::io::Error| HandoverError::Wish(error.to_string());
    let folder = tempfile::tempdir().map_err(failed)?;
    let index = folder.path().join("index");
    let aside =
        |args: &[&str]| git_call(store.folder, args.iter().copied()).env("GIT_INDEX_FILE", &index);
    if let Some(head) = &store.head {
        aside(&["read-tree", head]).run()?;
    }
    aside(&["update-index", "-z", "--index-info"])
        .input(entries)
        .run()?;
    let tree = aside(&["write-tree"])
        .run()?
        .stdout_text()
        .trim()
        .to_owned();
    let mut args = vec!["commit-tree", &tree, "-F", "-"];
    if let Some(head) = &store.head {
        let same = git_call(store.folder, ["rev-parse", &format!("{head}^{{tree}}")]).run()?;
        if same.stdout_text().trim() == tree {
            return Err(HandoverError::Wish(
                "Der er intet nyt at gemme i de filer.".to_owned(),
            ));
        }
        args.extend(["-p", head]);
    }
    let mut call = git_call(store.folder, args.iter().copied()).input(format!("{message}\n"));
    for who in ["AUTHOR", "COMMITTER"] {
        call = call
            .env(format!("GIT_{who}_NAME"), author.name.trim())
            .env(format!("GIT_{who}_EMAIL"), author.mail.trim());
    }
    let id = call.run()?.stdout_text().trim().to_owned();
    let former = store.head.clone().unwrap_or_else(|| "0".repeat(id.len()));
    // Somebody who has committed meanwhile keeps the branch.
    git_call(
        store.folder,
        [
            "update-ref",
            "-m",
            "commit: rusprot",
            &store.branch,
            &id,
            &former,
        ],
    )
    .run()?;
    let empty = folder.path().join("tom");
    fs::create_folder(&empty).map_err(|error| HandoverError::Wish(format!("{error:#}")))?;
    renew_index(store, &empty, entries)?;
    Ok(id)
}

/// What is in the version is no change any more; whatever else is staged stays so. git looks at files again that
/// are as new as its index, through whatever filter their attributes name: so it is shown an empty work tree.
fn renew_index(store: &Store<'_>, empty: &Path, entries: &[u8]) -> Result<(), HandoverError> {
    let place = git_call(store.folder, ["rev-parse", "--absolute-git-dir"]).run()?;
    let place = place
        .stdout_text()
        .trim_end_matches(['\n', '\r'])
        .to_owned();
    git_call(empty, ["update-index", "-z", "--index-info"])
        .env("GIT_DIR", place)
        .env("GIT_WORK_TREE", empty)
        .input(entries)
        .run()?;
    Ok(())
}

/// Sends the branch to the other repository, and says where it went.
///
/// # Errors
/// Where there is none, and where git fails.
pub fn push(repository: &Repository) -> Result<String, HandoverError> {
    let store = Store::open(repository.root())?;
    let Some(remote) = store.remote() else {
        return Err(HandoverError::Wish(
            "Der er intet andet sted at sende til.".to_owned(),
        ));
    };
    let refs = format!("{0}:{0}", store.branch);
    let call = Call::new("git")
        .args([
            "--no-pager",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.fsmonitor=false",
        ])
        .args(["-c", "protocol.ext.allow=never"])
        .args([
            "push",
            "--no-verify",
            "--no-recurse-submodules",
            "--quiet",
            "--",
        ])
        .args([remote.as_str(), refs.as_str()])
        .dir(store.folder)
        .without_env_prefix("GIT_")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .limit(PUSH_LIMIT);
    call.run()?;
    Ok(format!("{} hos {remote}", store.short_branch()))
}
