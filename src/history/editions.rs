//! The editions of a protocol that its repository's history holds: as one commit has it, or all of them.
//!
//! Every edition is read with the area's file and the skabelon of its own commit, in memory; the work tree is
//! not touched. A protocol is followed when its folder gets another name. What changed between two editions
//! is for `compare` to say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::ControlFlow;

use anyhow::Result;
use jiff::civil::Date;

use super::git::{Commit, Git, GitError};
use crate::compare::{self, Asked, Side};
use crate::diag::{Code, Finding};
use crate::document::DateText;
use crate::load::{CONFIG_FILE, Repository};
use crate::model::{Approval, Area};
use crate::site::{Judging, Site, Work};

/// The file of a skabelon in its folder.
const SKABELON_FILE: &str = "/skabelon.toml";

/// How many commits are looked at together, at first and at most.
const TOGETHER: [usize; 2] = [2, 32];

/// The most protocols that one whose folder is new is held against.
const CANDIDATES: usize = 64;

/// An edition of a protocol as a commit has it.
#[derive(Clone, Debug)]
pub struct EditionAt {
    /// The commit.
    pub commit: Commit,
    /// The folder name the protocol has there.
    pub slug: String,
    /// What it says, with what its fingerprint is made of.
    pub side: Side,
}

/// A file that cannot be read as what it is, so that what the protocol says is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, relative to the repository.
    pub path: String,
    /// The line, from one.
    pub line: u32,
    /// What is wrong, in Danish.
    pub message: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, linje {}: {}", self.path, self.line, self.message)
    }
}

impl EditionAt {
    /// The fingerprint of what it says.
    pub fn fingerprint(&self) -> &str {
        &self.side.document.edition.fingerprint
    }

    /// The version it gives itself.
    pub fn version(&self) -> Option<&str> {
        self.side.document.edition.version.as_deref()
    }

    /// Which edition it is, for a report.
    pub fn mark(&self) -> compare::Mark {
        let date = DateText::from(self.commit.date);
        compare::Mark::of(&self.side.document, Some((&self.commit.id, date)))
    }
}

/// An edition, or what of it cannot be read.
pub type Readable = Result<EditionAt, Unreadable>;

/// What one side of a comparison is.
pub(crate) enum Reading {
    /// There is no such protocol.
    Missing,
    /// It can be read.
    Read(Box<Side>),
    /// A file of it or of what it rests on cannot.
    Unreadable(Unreadable),
}

/// The newest approval of a protocol.
#[derive(Clone, Debug)]
pub(crate) struct NewestApproval {
    pub(crate) date: Date,
    pub(crate) forum: String,
    pub(crate) fingerprint: Option<String>,
}

impl From<&Approval> for NewestApproval {
    fn from(approval: &Approval) -> Self {
        let fingerprint = approval.fingerprint.as_ref();
        Self {
            date: approval.date.value,
            forum: approval.forum.text.clone(),
            fingerprint: fingerprint.map(|line| line.text.trim().to_lowercase()),
        }
    }
}

/// Nothing that is compared depends on a day.
pub(crate) const TIMELESS: Judging = Judging {
    draft: false,
    today: Date::constant(2000, 1, 1),
    printed_today: None,
};

impl Site<'_> {
    /// A protocol as one side of a comparison, with its newest approval.
    pub(crate) fn reading(&self, slug: &str) -> Result<(Reading, Option<NewestApproval>)> {
        let worked = self.work(slug, |work| {
            let approval = work.protocol.newest_approval().map(NewestApproval::from);
            Ok((side(work)?, approval))
        })?;
        match worked {
            Some((reading, _)) => reading,
            None => Ok((Reading::Missing, None)),
        }
    }
}

/// The first thing that keeps a protocol, or what it rests on, from being read.
pub(crate) fn unreadable(work: &Work<'_>) -> Option<Unreadable> {
    let site = work.site;
    let faults = work
        .skabelon_name
        .and_then(|name| site.skabeloner.faults(name));
    let around = site.findings.iter().chain(faults.into_iter().flatten());
    let unreadable =
        |finding: &&Finding| matches!(finding.code, Code::TomlSyntaks | Code::Tegnsaet);
    let finding = around.chain(work.shape).find(unreadable)?;
    Some(Unreadable {
        path: finding.place.file.path().to_owned(),
        line: finding.place.range().start.line.get(),
        message: finding.message.clone(),
    })
}

fn side(work: &Work<'_>) -> Result<Reading> {
    if let Some(unreadable) = unreadable(work) {
        return Ok(Reading::Unreadable(unreadable));
    }
    let resolved = work.resolved()?;
    let pictures = resolved.pictures.0.iter();
    let pictures = pictures.map(|(file, picture)| (file.as_str(), &*picture.bytes));
    let attached = resolved.files.iter();
    let attached = attached.map(|(file, bytes)| (file.as_str(), bytes.as_slice()));
    let asked = Asked::of(work.skabelon);
    let side = Side::new(resolved.document.clone(), asked, pictures.chain(attached));
    Ok(Reading::Read(Box::new(side)))
}

/// The history of a repository of protocols.
#[derive(Debug)]
pub struct History {
    git: Git,
    protocols: String,
    skabeloner: String,
}

/// The files a commit has, by path, with the ids of what they hold.
type Tree = BTreeMap<String, String>;

impl History {
    /// The history of the repository, whose protocols lie where `rusprot.toml` says now.
    ///
    /// # Errors
    /// When there is no git, or the folder is in no git repository.
    pub fn open(repository: &Repository) -> Result<Self, GitError> {
        let git = Git::open(repository.root())?;
        let config = repository.read(CONFIG_FILE).map_err(GitError::Odd)?;
        let (protocols, skabeloner) = match config {
            Some(Ok(file)) => {
                let area = Area::read(&file).0;
                (area.protocol_folder, area.skabelon_folder)
            }
            _ => ("protocols".to_owned(), "templates".to_owned()),
        };
        Ok(Self {
            git,
            protocols,
            skabeloner,
        })
    }

    /// git itself.
    pub fn git(&self) -> &Git {
        &self.git
    }

    /// A protocol as a commit has it; `None` where it has none of that name.
    ///
    /// # Errors
    /// When git fails.
    pub fn edition(&self, slug: &str, commit: &Commit) -> Result<Option<Readable>, GitError> {
        let tree = self.tree(slug, &commit.id)?;
        self.resolve(slug, commit, &tree, &mut BTreeMap::new())
    }

    /// The newest edition up to the present commit that has this fingerprint.
    ///
    /// # Errors
    /// When git fails.
    pub fn with_fingerprint(
        &self,
        slug: &str,
        fingerprint: &str,
    ) -> Result<Option<EditionAt>, GitError> {
        let mut found = None;
        self.walk(slug, &mut |edition| match edition {
            Ok(edition) if edition.fingerprint() == fingerprint => {
                found = Some(edition);
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        })?;
        Ok(found)
    }

    /// The newest edition that was committed on a day or before it.
    ///
    /// # Errors
    /// When git fails.
    pub fn on_day(&self, slug: &str, day: Date) -> Result<Option<EditionAt>, GitError> {
        let mut found = None;
        self.walk(slug, &mut |edition| match edition {
            Ok(edition) if edition.commit.date <= day => {
                found = Some(edition);
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        })?;
        Ok(found)
    }

    /// Shows `visit` every edition of a protocol, the newest first, until it breaks off: one for each commit up to
    /// the present one that touched its files, its skabelon or the area's file. A folder that has had
    /// another name is followed. What cannot be read comes as such.
    ///
    /// # Errors
    /// When git fails.
    pub fn walk(
        &self,
        slug: &str,
        visit: &mut dyn FnMut(Readable) -> ControlFlow<()>,
    ) -> Result<(), GitError> {
        let mut slug = slug.to_owned();
        let mut from = "HEAD".to_owned();
        let mut seen = BTreeSet::new();
        while seen.insert(slug.clone()) {
            let mut last = None;
            let ended = self.walk_folder(&slug, &from, &mut |commit, edition| {
                last = Some((commit.clone(), edition.as_ref().ok().cloned()));
                visit(edition)
            })?;
            let Some((oldest, Some(edition))) = last.filter(|_| ended.is_continue()) else {
                break;
            };
            let Ok(parent) = self.git.commit(&format!("{}^", oldest.id)) else {
                break;
            };
            let Some(former) = self.former_name(&edition, &parent)? else {
                break;
            };
            (slug, from) = (former, parent.id);
        }
        Ok(())
    }

    /// The editions a protocol has had under one name.
    fn walk_folder(
        &self,
        slug: &str,
        from: &str,
        visit: &mut dyn FnMut(&Commit, Readable) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, GitError> {
        let folder = format!("{}/{slug}", self.protocols);
        let paths = [CONFIG_FILE, &*self.skabeloner, &*folder];
        let commits = self.git.log(from, &paths)?;
        let mut blobs = BTreeMap::new();
        let mut newer = Tree::new();
        let [mut together, most] = TOGETHER;
        let mut rest = commits.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(together.min(rest.len()));
            let trees: Result<Vec<Tree>, GitError> = now
                .iter()
                .map(|commit| self.tree(slug, &commit.id))
                .collect();
            let trees = trees?;
            self.fetch(trees.iter().flat_map(BTreeMap::values), &mut blobs)?;
            for (commit, tree) in now.iter().zip(trees) {
                // A merge, or a commit that touched what no edition is made of.
                if tree == newer {
                    continue;
                }
                if let Some(edition) = self.resolve(slug, commit, &tree, &mut blobs)?
                    && visit(commit, edition).is_break()
                {
                    return Ok(ControlFlow::Break(()));
                }
                newer = tree;
            }
            rest = later;
            together = (together * 4).min(most);
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The name that a protocol's folder had in the commit before its own first one, if it had another: the
    /// folder that is gone since and says much the same.
    fn former_name(
        &self,
        edition: &EditionAt,
        parent: &Commit,
    ) -> Result<Option<String>, GitError> {
        let before = self.slugs(&parent.id)?;
        if before.contains(&edition.slug) {
            return Ok(None);
        }
        let after = self.slugs(&edition.commit.id)?;
        let mut gone = Vec::new();
        for slug in before.difference(&after).take(CANDIDATES) {
            if let Some(Ok(former)) = self.edition(slug, parent)? {
                gone.push(former);
            }
        }
        let documents: Vec<_> = gone.iter().map(|former| &former.side.document).collect();
        let pairs = compare::same_protocols(&documents, &[&edition.side.document]);
        Ok(pairs.first().map(|(index, _)| gone[*index].slug.clone()))
    }

    fn slugs(&self, commit: &str) -> Result<BTreeSet<String>, GitError> {
        let tree = self.git.tree(commit, &[&*self.protocols])?;
        Ok(slugs_in(&tree, &self.protocols))
    }

    /// The files a protocol is made from.
    fn tree(&self, slug: &str, commit: &str) -> Result<Tree, GitError> {
        let folder = format!("{}/{slug}", self.protocols);
        let paths = [CONFIG_FILE, &*self.skabeloner, &*folder];
        let mut tree = self.git.tree(commit, &paths)?;
        let of_skabelon = format!("{}/", self.skabeloner);
        tree.retain(|path, _| !path.starts_with(&of_skabelon) || path.ends_with(SKABELON_FILE));
        Ok(tree)
    }

    fn fetch<'t>(
        &self,
        ids: impl Iterator<Item = &'t String>,
        blobs: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<(), GitError> {
        let new: BTreeSet<&str> = ids
            .map(String::as_str)
            .filter(|id| !blobs.contains_key(*id))
            .collect();
        let new: Vec<&str> = new.into_iter().collect();
        let read = self.git.blobs(&new)?;
        let ids = new.into_iter().map(str::to_owned);
        blobs.extend(ids.zip(read));
        Ok(())
    }

    fn resolve(
        &self,
        slug: &str,
        commit: &Commit,
        tree: &Tree,
        blobs: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<Option<Readable>, GitError> {
        if !tree.contains_key(CONFIG_FILE) {
            return Ok(None);
        }
        self.fetch(tree.values(), blobs)?;
        let files = tree.iter();
        let files = files.filter_map(|(path, id)| Some((path.clone(), blobs.get(id)?.clone())));
        let repository = Repository::held(files.collect());
        let reading = Site::open_for(&repository, 1, TIMELESS, &|one| one == slug)
            .and_then(|site| site.reading(slug));
        Ok(match reading.map_err(GitError::Odd)?.0 {
            Reading::Missing => None,
            Reading::Unreadable(unreadable) => Some(Err(unreadable)),
            Reading::Read(side) => Some(Ok(EditionAt {
                commit: commit.clone(),
                slug: slug.to_owned(),
                side: *side,
            })),
        })
    }
}

/// The names of the protocols in a listing of files.
pub(crate) fn slugs_in(tree: &Tree, folder: &str) -> BTreeSet<String> {
    let prefix = format!("{folder}/");
    let below = tree.keys().filter_map(|path| path.strip_prefix(&prefix));
    let named = below.filter_map(|path| path.split_once('/'));
    let own = named.filter(|(slug, file)| !slug.starts_with('.') && file.ends_with(".toml"));
    own.map(|(slug, _)| slug.to_owned()).collect()
}
