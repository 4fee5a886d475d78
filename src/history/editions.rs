//! The editions of a protocol that its repository's history holds: as one commit has it, or all of them.
//!
//! The history is walked once a run, and which commits have to do with which protocol is told from the ids of
//! folders alone. An edition is read with the area's file and the skabelon of its own commit, and only when
//! somebody asks what it says. A protocol is followed when its folder gets another name. What changed between
//! two editions is for `compare` to say.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::{Bound, ControlFlow};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Result;
use jiff::civil::Date;

use super::git::{Commit, Entry, EntryKind, Git, GitError, Objects, Tree};
use super::known::Known;
use super::revision::Revision;
use crate::compare::{self, Asked, Side};
use crate::diag::{Code, Finding};
use crate::document::{DateText, Document};
use crate::load::{CONFIG_FILE, LARGEST_TOML, Repository};
use crate::model::{Approval, KnownSections, Skabelon};
use crate::render::Pictures;
use crate::site::{
    AttachedFiles, Ground, Judging, Resolved, SKABELON_FILE, Site, Work, area_settings,
};
use crate::text::Period;

/// So many steps of a protocol are asked for at a time. Most walks end before.
const STEPS_AT_ONCE: usize = 8;

/// So many protocols are asked for at a time where all are walked.
const PROTOCOLS_AT_ONCE: usize = 32;

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
    pub(crate) date: Period,
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
        let worked = self.work_beside(slug, KnownSections::default(), |work| {
            let approval = work.protocol.newest_approval().map(NewestApproval::from);
            (taken_side(work), approval)
        })?;
        Ok(match worked {
            Some(worked) => worked.result,
            None => (Reading::Missing, None),
        })
    }
}

/// The first thing that keeps a protocol, or what it rests on, from being read.
pub(crate) fn unreadable(work: &Work<'_>) -> Option<Unreadable> {
    let site = work.site;
    let faults = work
        .skabelon_name
        .and_then(|name| site.skabeloner.slips(name));
    let around = site.findings.iter().chain(faults.into_iter().flatten());
    let unreadable = |finding: &&Finding| {
        matches!(
            finding.code,
            Code::TomlSyntaks | Code::Tegnsaet | Code::UlaeseligFil
        )
    };
    let finding = around.chain(work.shape).find(unreadable)?;
    Some(Unreadable {
        path: finding.place.file.path().to_owned(),
        line: finding.place.range().start.line.get(),
        message: finding.message.clone(),
    })
}

/// A protocol as one side of a comparison.
pub(crate) fn side(work: &Work<'_>) -> Reading {
    match unreadable(work) {
        Some(unreadable) => Reading::Unreadable(unreadable),
        None => {
            let resolved = work.resolved();
            let document = resolved.document.clone();
            side_of(document, &resolved.pictures, &resolved.files, work.skabelon)
        }
    }
}

/// The same, where nobody else asks for the document.
fn taken_side(work: &mut Work<'_>) -> Reading {
    match unreadable(work) {
        Some(unreadable) => Reading::Unreadable(unreadable),
        None => {
            let Resolved {
                document,
                pictures,
                files,
            } = work.take_resolved();
            side_of(document, &pictures, &files, work.skabelon)
        }
    }
}

fn side_of(
    document: Document,
    pictures: &Pictures,
    files: &AttachedFiles,
    skabelon: &Skabelon,
) -> Reading {
    let pictures = pictures.0.iter();
    let pictures = pictures.map(|(file, picture)| (file.as_str(), &*picture.bytes));
    let attached = files.iter();
    let attached = attached.map(|(file, bytes)| (file.as_str(), bytes.as_slice()));
    let side = Side::new(document, Asked::of(skabelon), pictures.chain(attached));
    Reading::Read(Box::new(side))
}

/// The history of a repository of protocols.
pub struct History {
    git: Arc<Git>,
    protocols: String,
    skabeloner: String,
    commits: OnceLock<Vec<Held>>,
    /// Held by whoever reads them.
    reading: Mutex<()>,
    /// What editions rest on, by the ids of the files it is read from.
    grounds: Mutex<HashMap<String, Ground>>,
    /// The protocols that have been asked for ahead.
    ahead: Mutex<BTreeSet<String>>,
}

/// What a commit has, as ids.
#[derive(Debug)]
struct Held {
    commit: Commit,
    ids: Ids,
    /// What the commits have that it was made from.
    parents: Vec<Ids>,
}

/// The ids of what editions are made of.
#[derive(Clone, Debug)]
struct Ids {
    revision: Revision,
    /// Of `rusprot.toml` and of every skabelon; none where there is no `rusprot.toml`.
    ground: Option<String>,
    /// Of each protocol's folder.
    protocols: Arc<Tree>,
}

/// A commit with its place among all.
type Placed<'h> = (usize, &'h Held);

/// Notes the TOML files that one folder has otherwise than another, by their ids: of itself and of the folders in it that
/// both have.
fn other_files(
    objects: &Objects,
    newer: &Tree,
    older: &Tree,
    ids: &mut Vec<String>,
) -> Result<(), GitError> {
    let others = |newer: &Tree, older: &Tree, ids: &mut Vec<String>| {
        for (name, entry) in older {
            if entry.kind == EntryKind::File
                && name.ends_with(".toml")
                && newer.get(name) != Some(entry)
            {
                ids.push(entry.id.clone());
            }
        }
    };
    others(newer, older, ids);
    for (name, then) in older {
        let now = newer.get(name).filter(|now| *now != then);
        if let Some(now) = now
            && [now, then].map(|entry| entry.kind) == [EntryKind::Folder; 2]
        {
            others(&*objects.tree(&now.id)?, &*objects.tree(&then.id)?, ids);
        }
    }
    Ok(())
}

/// What a walk shows its steps to.
type Visit<'v> = &'v mut dyn FnMut(Step<'_>) -> Result<ControlFlow<()>, GitError>;

impl Ids {
    /// The id of a protocol's folder; none where there is none, or something else in its place.
    fn folder(&self, slug: &str) -> Option<&str> {
        let entry = self.protocols.get(slug)?;
        (entry.kind == EntryKind::Folder).then_some(&*entry.id)
    }

    /// What the edition of a protocol is made of; none where there is none.
    fn of(&self, slug: &str) -> Option<(&str, &Entry)> {
        Some((self.ground.as_deref()?, self.protocols.get(slug)?))
    }
}

/// The commits that touched what a protocol is made of and made another edition of it, each with its place.
fn steps<'h>(commits: &'h [Held], slug: &str) -> impl Iterator<Item = Placed<'h>> {
    let mut newer = None;
    commits.iter().enumerate().filter(move |(_, held)| {
        let own = held.ids.of(slug);
        let is_touched = match held.parents.as_slice() {
            [] => own.is_some(),
            parents => parents.iter().all(|parent| parent.of(slug) != own),
        };
        if !is_touched {
            return false;
        }
        let is_same = own == newer;
        newer = own;
        // A merge, or a commit that touched what no edition is made of.
        !is_same && own.is_some()
    })
}

/// A commit that touched what a protocol is made of.
#[derive(Clone, Copy)]
pub struct Step<'h> {
    history: &'h History,
    held: &'h Held,
    slug: &'h str,
    known: &'h RefCell<Known>,
}

impl Step<'_> {
    /// The commit.
    pub fn commit(&self) -> &Commit {
        &self.held.commit
    }

    /// What the protocol said there; `None` where it says nothing.
    ///
    /// # Errors
    /// When git fails.
    pub fn read(&self) -> Result<Option<Readable>, GitError> {
        let Self {
            history,
            held,
            slug,
            known,
        } = self;
        history.read(slug, &held.commit, &held.ids, &mut known.borrow_mut())
    }

    /// Whether the files that lie on the disk now are those of this step, byte for byte. No is said also where
    /// that is not worth finding out.
    ///
    /// # Errors
    /// When git or the disk fails.
    pub fn is_on_disk(&self, repository: &Repository) -> Result<bool, GitError> {
        let History {
            protocols,
            skabeloner,
            ..
        } = self.history;
        let revision = &self.held.ids.revision;
        let known = self.known.borrow();
        let is_same =
            |path: &str| revision.is_on_disk(repository.root(), path, known.ids_on_disk());
        let folder = format!("{protocols}/{}", self.slug);
        let all = is_same(CONFIG_FILE).and_then(|same| Ok(same && is_same(&folder)?));
        let all = all.and_then(|same| Ok(same && is_same(skabeloner)?));
        all.map_err(GitError::Odd)
    }
}

impl History {
    /// The history of the repository, whose protocols lie where `rusprot.toml` says now.
    ///
    /// # Errors
    /// When there is no git, or the folder is in no git repository.
    pub fn open(repository: &Repository) -> Result<Self, GitError> {
        let git = Git::open(repository.root())?;
        let (protocols, skabeloner) = folders(repository).map_err(GitError::Odd)?;
        Ok(Self {
            git: Arc::new(git),
            protocols,
            skabeloner,
            commits: OnceLock::new(),
            reading: Mutex::default(),
            grounds: Mutex::default(),
            ahead: Mutex::default(),
        })
    }

    /// git itself.
    pub fn git(&self) -> &Git {
        &self.git
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
        self.first(slug, &|edition| edition.fingerprint() == fingerprint)
    }

    /// The newest edition that was committed on a day or before it.
    ///
    /// # Errors
    /// When git fails.
    pub fn on_day(&self, slug: &str, day: Date) -> Result<Option<EditionAt>, GitError> {
        self.first(slug, &|edition| edition.commit.date <= day)
    }

    fn first(
        &self,
        slug: &str,
        is_wanted: &dyn Fn(&EditionAt) -> bool,
    ) -> Result<Option<EditionAt>, GitError> {
        let mut found = None;
        self.walk(slug, &mut |step| match step.read()? {
            Some(Ok(edition)) if is_wanted(&edition) => {
                found = Some(edition);
                Ok(ControlFlow::Break(()))
            }
            _ => Ok(ControlFlow::Continue(())),
        })?;
        Ok(found)
    }

    /// Shows `visit` every step of a protocol, the newest first, until it breaks off: one for each commit up to
    /// the present one that touched its files, its skabelon or the area's file. A folder that has had
    /// another name is followed.
    ///
    /// # Errors
    /// When git fails.
    pub fn walk(&self, slug: &str, visit: Visit<'_>) -> Result<(), GitError> {
        self.walk_from(slug, Known::default(), visit)
    }

    /// The same from what is known of the protocol as it lies on the disk, for whoever walks all protocols.
    ///
    /// # Errors
    /// When git fails.
    pub(crate) fn walk_from_disk(
        &self,
        slug: &str,
        sections: KnownSections,
        visit: Visit<'_>,
    ) -> Result<(), GitError> {
        let Some(newest) = self.commits()?.first() else {
            return Ok(());
        };
        // What git cannot bring is told of by the walk that asks for it.
        let _told_then = self.bring_from(slug);
        let known = Known::on_disk(sections, newest.commit.id.len());
        self.walk_from(slug, known, visit)
    }

    /// Asks git together for what the walks of a protocol and of those behind it begin with, once for each.
    fn bring_from(&self, slug: &str) -> Result<(), GitError> {
        let commits = self.commits()?;
        let Some(newest) = commits.first() else {
            return Ok(());
        };
        let slugs: Vec<&String> = {
            let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
            if ahead.contains(slug) {
                return Ok(());
            }
            let names = newest
                .ids
                .protocols
                .range::<str, _>((Bound::Included(slug), Bound::Unbounded));
            let names = names.map(|(name, _)| name).take(PROTOCOLS_AT_ONCE);
            names.filter(|name| ahead.insert((*name).clone())).collect()
        };
        let begin = |slug: &&String| -> Vec<&str> {
            let steps = steps(commits, slug).take(STEPS_AT_ONCE);
            steps
                .filter_map(|(_, held)| held.ids.folder(slug))
                .collect()
        };
        let walks: Vec<Vec<&str>> = slugs.iter().map(begin).collect();
        let objects = self.git.objects();
        objects.bring_trees(walks.iter().flatten().copied())?;
        let mut files = Vec::new();
        for walk in &walks {
            for (newer, older) in walk.iter().zip(walk.iter().skip(1)) {
                let (newer, older) = (objects.tree(newer)?, objects.tree(older)?);
                other_files(objects, &newer, &older, &mut files)?;
            }
        }
        objects.bring_blobs(&files, LARGEST_TOML)
    }

    fn walk_from(&self, slug: &str, known: Known, visit: Visit<'_>) -> Result<(), GitError> {
        let known = RefCell::new(known);
        let mut slug = slug.to_owned();
        let mut rest = self.commits()?;
        let mut seen = BTreeSet::new();
        while seen.insert(slug.clone()) {
            let oldest = match self.walk_folder(&slug, rest, &known, visit)? {
                ControlFlow::Continue(oldest) => oldest,
                ControlFlow::Break(()) => break,
            };
            let Some((at, oldest)) = oldest else { break };
            let Some(former) = self.former_name(&slug, oldest)? else {
                break;
            };
            rest = &rest[at + 1..];
            slug = former;
        }
        Ok(())
    }

    /// Shows `visit` the steps of a protocol as long as its folder has this name, and tells the oldest of them with its
    /// place.
    fn walk_folder<'h>(
        &self,
        slug: &str,
        commits: &'h [Held],
        known: &RefCell<Known>,
        visit: Visit<'_>,
    ) -> Result<ControlFlow<(), Option<Placed<'h>>>, GitError> {
        let mut steps = steps(commits, slug);
        let mut oldest = None;
        loop {
            let next: Vec<_> = steps.by_ref().take(STEPS_AT_ONCE).collect();
            if next.is_empty() {
                return Ok(ControlFlow::Continue(oldest));
            }
            let folders = next.iter().filter_map(|(_, held)| held.ids.folder(slug));
            self.git.objects().bring_trees(folders)?;
            for (at, held) in next {
                let step = Step {
                    history: self,
                    held,
                    slug,
                    known,
                };
                if visit(step)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                oldest = Some((at, held));
            }
        }
    }

    /// The commits that have to do with protocols, the newest first, with what each has.
    fn commits(&self) -> Result<&[Held], GitError> {
        let _alone = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(commits) = self.commits.get() {
            return Ok(commits);
        }
        let paths = [CONFIG_FILE, &*self.skabeloner, &*self.protocols];
        let mut known: HashMap<String, Ids> = HashMap::new();
        let mut ids = |commit: &str| -> Result<Ids, GitError> {
            if let Some(ids) = known.get(commit) {
                return Ok(ids.clone());
            }
            let ids = self.ids(commit)?;
            known.insert(commit.to_owned(), ids.clone());
            Ok(ids)
        };
        let mut commits = Vec::new();
        for commit in self.git.log(&paths)? {
            let parents: Result<_, GitError> = commit.parents.iter().map(|id| ids(id)).collect();
            commits.push(Held {
                parents: parents?,
                ids: ids(&commit.id)?,
                commit,
            });
        }
        Ok(self.commits.get_or_init(|| commits))
    }

    fn ids(&self, commit: &str) -> Result<Ids, GitError> {
        let revision = Revision::of(&self.git, commit)?;
        let mut ground = revision.id_at(CONFIG_FILE)?;
        if let Some(ground) = &mut ground {
            for name in revision.tree_at(&self.skabeloner)?.keys() {
                let path = format!("{}/{name}/{SKABELON_FILE}", self.skabeloner);
                if let Some(id) = revision.id_at(&path)? {
                    ground.push_str(&format!(" {name} {id}"));
                }
            }
        }
        Ok(Ids {
            ground,
            protocols: revision.tree_at(&self.protocols)?,
            revision,
        })
    }

    /// The name that a protocol's folder had in the commit before its own first one, if it had another: the
    /// folder that is gone since and says much the same.
    fn former_name(&self, slug: &str, oldest: &Held) -> Result<Option<String>, GitError> {
        let Some((before, id)) = oldest.parents.first().zip(oldest.commit.parents.first()) else {
            return Ok(None);
        };
        if before.of(slug).is_some() {
            return Ok(None);
        }
        let after = &oldest.ids.protocols;
        let gone = before.protocols.keys();
        let gone: Vec<_> = gone
            .filter(|name| !after.contains_key(*name) && !name.starts_with('.'))
            .take(CANDIDATES)
            .collect();
        if gone.is_empty() {
            return Ok(None);
        }
        let read = |slug: &str, commit: &Commit, ids: &Ids| {
            self.read(slug, commit, ids, &mut Known::default())
        };
        let Some(Ok(edition)) = read(slug, &oldest.commit, &oldest.ids)? else {
            return Ok(None);
        };
        let parent = self.git.commit(id)?;
        let mut former = Vec::new();
        for name in gone {
            if let Some(Ok(edition)) = read(name, &parent, before)? {
                former.push(edition);
            }
        }
        let documents: Vec<_> = former.iter().map(|former| &former.side.document).collect();
        let pairs = compare::same_protocols(&documents, &[&edition.side.document]);
        Ok(pairs.first().map(|(index, _)| former[*index].slug.clone()))
    }

    /// What a protocol says in a commit, made of what is `known` of another edition, which it takes the place of.
    fn read(
        &self,
        slug: &str,
        commit: &Commit,
        ids: &Ids,
        known: &mut Known,
    ) -> Result<Option<Readable>, GitError> {
        let before = std::mem::take(known);
        let Some(key) = &ids.ground else {
            return Ok(None);
        };
        let mut repository = Repository::over(Arc::new(ids.revision.clone()));
        let ground = self.ground(key, &repository).map_err(GitError::Odd)?;
        let sections = before.lent_to(&mut repository, &ids.revision)?;
        let site = Site::of_one(&repository, &ground, TIMELESS, slug);
        let worked = site.and_then(|site| site.work_beside(slug, sections, taken_side));
        let Some(worked) = worked.map_err(GitError::Odd)? else {
            return Ok(None);
        };
        *known = Known::at(&ids.revision, worked.protocol.into_known(&worked.shape))?;
        Ok(match worked.result {
            Reading::Missing => None,
            Reading::Unreadable(unreadable) => Some(Err(unreadable)),
            Reading::Read(side) => Some(Ok(EditionAt {
                commit: commit.clone(),
                slug: slug.to_owned(),
                side: *side,
            })),
        })
    }

    /// What editions rest on whose files have these ids, read once.
    fn ground(&self, key: &str, repository: &Repository) -> Result<Ground> {
        let known = || self.grounds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ground) = known().get(key) {
            return Ok(ground.clone());
        }
        let ground = Ground::read(repository)?;
        known().insert(key.to_owned(), ground.clone());
        Ok(ground)
    }
}

/// Where an area keeps its protocols and skabeloner, as its file says.
pub(crate) fn folders(repository: &Repository) -> Result<(String, String)> {
    let (area, _) = area_settings(repository)?;
    Ok((area.protocol_folder, area.skabelon_folder))
}
