//! Repositories of git elsewhere, each kept whole in the user's cache: fetched when somebody asks, and read from
//! there without a work tree.
//!
//! A store is mirrored branches and tags and nothing else, so it can be made anew at any time. It is: where a
//! killed fetch has left it so that git cannot go on with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::call::{call, fetching};
use super::{Git, GitError};
use crate::fs;
use crate::interrupt::Temporary;
use crate::process::{Finished, ProcessError};
use crate::text::visible::one_line;

/// What is mirrored.
const MIRRORED: [&str; 2] = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
/// What is said where the other machine is silent, and where it cannot be reached.
const NO_ANSWER: &str = "adressen svarer ikke.";
const NO_WAY: &str = "der er ikke forbindelse til det.";
/// Where the other repository's own branch is noted, for those who name no revision.
const USUAL: &str = "refs/rusprot/head";

/// A repository elsewhere, with its copy in the cache.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    /// The address as git is to have it.
    address: String,
}

/// What a revision turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The commit.
    pub commit: String,
    /// Whether it was found by a tag, which is not to move.
    pub is_tag: bool,
}

/// Why nothing came of an address.
#[derive(Debug)]
pub enum FetchError {
    /// git itself.
    Git(GitError),
    /// git did not get there: what to say, and what git said.
    Unreachable {
        /// The address as it may be shown.
        address: String,
        /// In Danish, what is likely.
        why: &'static str,
        /// The last of what git said.
        said: String,
    },
    /// There is no such revision.
    NoRevision {
        /// The address as it may be shown.
        address: String,
        /// As it was asked for; none for the other repository's own branch.
        revision: Option<String>,
        /// The branches and tags there are.
        known: Vec<String>,
    },
    /// It is not in the cache, and nothing was to be fetched.
    NotFetched(String),
    /// The cache cannot be written.
    Cache(anyhow::Error),
}

impl From<ProcessError> for FetchError {
    fn from(error: ProcessError) -> Self {
        Self::Git(error.into())
    }
}

impl From<GitError> for FetchError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl FetchError {
    /// Whether what was fetched before may help: nobody answers now.
    pub fn is_of_the_network(&self) -> bool {
        matches!(self, Self::Unreachable { why, .. } if [NO_ANSWER, NO_WAY].contains(why))
    }
}

impl std::error::Error for FetchError {}

impl std::fmt::Display for FetchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Git(GitError::NoGit) => f.write_str(
                "git er ikke på denne maskine, og uden det kan intet hentes fra et andet arkiv.\n\
                 Windows: winget install --id Git.Git\nmacOS: xcode-select --install\n\
                 Linux: installér pakken git",
            ),
            Self::Git(error) => write!(f, "{error}"),
            Self::Unreachable { address, why, said } => {
                write!(f, "{address} kan ikke hentes: {why}\nIntet er ændret.")?;
                if said.is_empty() {
                    Ok(())
                } else {
                    write!(f, " git siger: {said}")
                }
            }
            Self::NoRevision {
                address,
                revision: Some(revision),
                known,
            } => {
                write!(
                    f,
                    "der er ingen udgave, der hedder »{}«, i {address}. Intet er ændret.",
                    one_line(revision)
                )?;
                if known.is_empty() {
                    return Ok(());
                }
                let known: Vec<&str> = known.iter().take(10).map(String::as_str).collect();
                write!(f, "\nDer er: {}.", one_line(&known.join(", ")))
            }
            Self::NoRevision { address, .. } => write!(
                f,
                "der er ikke gemt noget i {address} endnu. Intet er ændret."
            ),
            Self::NotFetched(address) => write!(
                f,
                "{address} er ikke hentet før på denne maskine. Kør kommandoen uden --offline, når der er net."
            ),
            Self::Cache(error) => write!(f, "{error:#}"),
        }
    }
}

impl Store {
    /// The store of a repository in a folder of the cache. `address` is as git is to have it.
    pub fn new(folder: PathBuf, address: &str) -> Self {
        Self {
            folder,
            address: address.to_owned(),
        }
    }

    /// Whether something was fetched before.
    pub fn is_there(&self) -> bool {
        fs::metadata(&self.folder.join("HEAD")).is_some()
    }

    /// What to say where nothing is to be fetched and nothing is there.
    pub fn not_fetched(&self) -> FetchError {
        FetchError::NotFetched(shown_address(&self.address))
    }

    /// Brings the store up to date with every branch and tag; `revision` too, where it is a commit on none of them.
    /// `may_ask` says whether a person is there whom a program of git's may ask.
    ///
    /// # Errors
    /// Where git is missing or does not get there; the store is then as it was.
    pub fn fetch(&self, revision: Option<&str>, may_ask: bool) -> Result<(), FetchError> {
        if self.is_there() && self.fetch_into(&self.folder, revision, may_ask).is_ok() {
            return Ok(());
        }
        // What a killed fetch left behind may be in the way: a new store knows nothing of it.
        let above = self.folder.parent().unwrap_or(Path::new("."));
        let fresh = (|| {
            fs::create_folder(above)?;
            let folder = tempfile::Builder::new().prefix(".ny-").tempdir_in(above);
            folder.with_context(|| format!("kan ikke skrive i mappen {}", above.display()))
        })();
        let fresh: TempDir = fresh.map_err(FetchError::Cache)?;
        let _noted = Temporary::at(fresh.path());
        let begun = call(
            fresh.path(),
            ["init", "--quiet", "--bare", "--template=", "."],
        );
        begun.run()?;
        self.fetch_into(fresh.path(), revision, may_ask)?;
        self.take(&fresh).map_err(FetchError::Cache)
    }

    /// Puts a new store in the place of the former one.
    fn take(&self, fresh: &TempDir) -> Result<()> {
        if fs::own_metadata(&self.folder).is_some() {
            let above = self.folder.parent().unwrap_or(Path::new("."));
            let old = tempfile::Builder::new()
                .prefix(".gammel-")
                .tempdir_in(above)?;
            fs::rename(&self.folder, &old.path().join("x"))?;
        }
        // The folder itself goes on under the other name; what is left of the value removes nothing.
        fs::rename(fresh.path(), &self.folder)
    }

    fn fetch_into(
        &self,
        store: &Path,
        revision: Option<&str>,
        may_ask: bool,
    ) -> Result<(), FetchError> {
        let mut wanted: Vec<String> = MIRRORED.map(str::to_owned).to_vec();
        if revision.is_none() {
            wanted.push(format!("+HEAD:{USUAL}"));
        }
        let said = match self.ask(store, &wanted, may_ask) {
            Ok(_) => None,
            Err(ProcessError::Failed { finished, .. }) => Some(finished.stderr_text()),
            Err(ProcessError::TimedOut { .. }) => Some("timed out".to_owned()),
            Err(error) => return Err(error.into()),
        };
        if let Some(said) = said {
            // A repository without a branch of its own has nothing at all.
            if said.contains("couldn't find remote ref HEAD") {
                self.ask(store, &MIRRORED.map(str::to_owned), may_ask)?;
                return Ok(());
            }
            return Err(self.unreachable(&said));
        }
        if let Some(id) = revision.filter(|revision| is_id(revision))
            && Bare(store).id(&format!("{id}^{{commit}}"))?.is_none()
        {
            // Some hosts hand out a commit that is on no branch; where one does not, there is none.
            let _there_is_none = self.ask(store, &[format!("+{id}:refs/rusprot/{id}")], may_ask);
        }
        Ok(())
    }

    fn ask(
        &self,
        store: &Path,
        wanted: &[String],
        may_ask: bool,
    ) -> Result<Finished, ProcessError> {
        let mut args = vec![
            "fetch",
            "--quiet",
            "--force",
            "--no-tags",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
        ];
        if wanted.len() > 1 {
            args.push("--prune");
        }
        args.extend(["--", self.address.as_str()]);
        args.extend(wanted.iter().map(String::as_str));
        let own_ssh = call(store, ["config", "--get", "core.sshCommand"]).output()?;
        let own_ssh = own_ssh.status.success();
        fetching(store, may_ask, own_ssh, args).run()
    }

    fn unreachable(&self, said: &str) -> FetchError {
        const KNOWN: [(&[&str], &str); 4] = [
            (
                &[
                    "terminal prompts disabled",
                    "could not read Username",
                    "could not read Password",
                    "Authentication failed",
                    "Permission denied",
                    "Host key verification failed",
                    "returned error: 401",
                    "returned error: 403",
                ],
                "git har ikke adgang til det. Hent det én gang selv med git clone, så git kan huske dit login.",
            ),
            (
                &[
                    "does not appear to be a git repository",
                    "not a git repository",
                    "epository not found",
                    "repository '",
                    "No such file or directory",
                    "does not exist",
                    "returned error: 404",
                ],
                "der er ikke noget arkiv i git på den adresse.",
            ),
            (&["timed out"], NO_ANSWER),
            (
                &[
                    "Could not resolve host",
                    "unable to access",
                    "Connection refused",
                    "unable to connect",
                    "Network is unreachable",
                    "unable to look up",
                    "Could not read from remote",
                ],
                NO_WAY,
            ),
        ];
        let known = KNOWN
            .iter()
            .find(|(words, _)| words.iter().any(|word| said.contains(word)));
        let mut lines = said.lines().map(str::trim);
        let telling = |line: &&str| line.starts_with("fatal:") || line.starts_with("error:");
        let last = lines.clone().find(telling).or_else(|| lines.next_back());
        FetchError::Unreachable {
            address: shown_address(&self.address),
            why: known.map_or("git kunne ikke gøre det færdigt.", |(_, why)| why),
            said: one_line(&without_secret(last.unwrap_or_default())),
        }
    }

    /// The commit that a revision names: a tag, a branch, a commit, in this order; none is the other repository's
    /// own branch.
    ///
    /// # Errors
    /// When git fails, or there is none.
    pub fn resolve(&self, revision: Option<&str>) -> Result<Resolved, FetchError> {
        let bare = Bare(&self.folder);
        let found = match revision {
            None => bare
                .id(&format!("{USUAL}^{{commit}}"))?
                .map(|id| (id, false)),
            Some(name) => {
                let of = |kind: &str| bare.id(&format!("refs/{kind}/{name}^{{commit}}"));
                if !is_plain(name) {
                    None
                } else if let Some(tag) = of("tags")? {
                    Some((tag, true))
                } else if let Some(branch) = of("heads")? {
                    Some((branch, false))
                } else if is_id(name) {
                    bare.id(&format!("{name}^{{commit}}"))?
                        .map(|id| (id, false))
                } else {
                    None
                }
            }
        };
        match found {
            Some((commit, is_tag)) => Ok(Resolved { commit, is_tag }),
            None => Err(FetchError::NoRevision {
                address: shown_address(&self.address),
                revision: revision.map(str::to_owned),
                known: bare.names()?,
            }),
        }
    }

    /// The repository in the cache, for reading what a commit holds.
    pub fn git(&self) -> Arc<Git> {
        Arc::new(Git::bare(&self.folder))
    }
}

/// A store on the disk.
struct Bare<'s>(&'s Path);

impl Bare<'_> {
    fn run(&self, args: &[&str]) -> Result<Finished, ProcessError> {
        call(self.0, ["--git-dir=."].iter().chain(args).copied()).output()
    }

    fn id(&self, name: &str) -> Result<Option<String>, FetchError> {
        let said = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])?;
        let id = said.stdout_text().trim().to_owned();
        Ok((said.status.success() && !id.is_empty()).then_some(id))
    }

    /// Tags and branches, the newest first.
    fn names(&self) -> Result<Vec<String>, FetchError> {
        let said = self.run(&[
            "for-each-ref",
            "--sort=-refname",
            "--sort=-creatordate",
            "--format=%(refname:strip=2)",
            "refs/tags",
            "refs/heads",
        ])?;
        Ok(said.stdout_text().lines().map(str::to_owned).collect())
    }
}

/// Whether a revision is a commit's number, or the beginning of one.
fn is_id(revision: &str) -> bool {
    (7..=64).contains(&revision.len()) && revision.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a name can be that of a tag or a branch, and asks git for nothing else.
fn is_plain(name: &str) -> bool {
    let odd = |c: char| c.is_control() || " ~^:?*[\\".contains(c);
    !name.is_empty()
        && !name.contains(odd)
        && !name.contains("..")
        && !name.contains("@{")
        && !name.starts_with(['-', '/', '.'])
        && !name.ends_with(['/', '.'])
}

/// An address without what only its owner is to know: a name and a password before the host.
pub fn shown_address(address: &str) -> String {
    one_line(&without_secret(address))
}

fn without_secret(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (head, tail) = rest.split_at(at + 3);
        shown.push_str(head);
        let end = tail.find(['/', ' ', '\'', '"']).unwrap_or(tail.len());
        let host = tail[..end].rfind('@').map_or(0, |at| at + 1);
        rest = &tail[host..];
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        for (address, shown) in [
            (
                "https://navn:kode@git.example/a@b.git",
                "https://git.example/a@b.git",
            ),
            ("https://git.example/a.git", "https://git.example/a.git"),
            ("git@git.example:a.git", "git@git.example:a.git"),
            (
                "fatal: 'https://x@y/a' og https://z:q@w",
                "fatal: 'https://y/a' og https://w",
            ),
        ] {
            assert_eq!(shown_address(address), shown);
        }
    }

    #[test]
    fn a_revision_asks_git_for_nothing_else() {
        for plain in ["2026-1", "v1.0", "omraade/2027", "main", "å"] {
            assert!(is_plain(plain), "{plain}");
        }
        for odd in [
            "", "-x", "a..b", "HEAD~1", "@{-1}", "a:b", "a b", "a^{tree}",
        ] {
            assert!(!is_plain(odd), "{odd}");
        }
        assert!(is_id("4f1c2d7") && !is_id("2026-1") && !is_id("abc"));
    }
}
