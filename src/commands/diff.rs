//! What changed in an area's protocols since a revision, or since each was approved.
//!
//! The files as they lie are held against the ids of those that git has first; a protocol of which no file
//! differs, and whose skabelon and area do not either, is never read. The work tree is not touched, and what it
//! holds counts whether it is committed or not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};

use crate::compare::{self, Changes, Mark, PartFate, ProtocolChanges, Report, Side, State};
use crate::document::{DateText, Document, danish_date, danish_period};
use crate::history::{
    Commit, DEEPEN, EditionAt, Git, GitError, History, NewestApproval, Reading, Revision, TIMELESS,
    Unreadable, folders,
};
use crate::load::{CONFIG_FILE, Repository};
use crate::site::{SKABELON_FILE, Site, in_parallel};
use crate::text::{alphabetical, argument};

/// What is held against what.
#[derive(Clone, Debug)]
pub struct DiffOptions {
    /// Slugs, also former ones; none means all.
    pub protocols: Vec<String>,
    /// The former edition.
    pub since: Since,
    /// How many threads to use; 0 for one a core.
    pub threads: usize,
}

/// The former edition of each protocol.
#[derive(Clone, Debug)]
pub enum Since {
    /// As a revision has it.
    Revision(String),
    /// As it was approved the last time.
    Approval,
}

/// Says what changed in the protocols from a former edition to the files as they lie now.
///
/// # Errors
/// The outer error is the disk's or names a protocol that is not there; the inner one is git's.
pub fn diff(repository: &Repository, options: &DiffOptions) -> Result<Result<Report, GitError>> {
    match &options.since {
        Since::Approval => since_approval(repository, options),
        Since::Revision(revision) => {
            let git = match Git::open(repository.root()) {
                Ok(git) => Arc::new(git),
                Err(error) => return Ok(Err(error)),
            };
            let former = match Former::read(repository, &git, revision, &options.protocols) {
                Ok(former) => former,
                Err(error) => return Ok(Err(error)),
            };
            since_revision(repository, options, revision, &former).map(Ok)
        }
    }
}

/// A revision, as far as it differs from the files as they lie now.
struct Former {
    commit: Commit,
    /// What the revision has of the protocols that may have changed.
    repository: Option<Repository>,
    /// Every protocol it has.
    slugs: BTreeSet<String>,
    /// The protocols of either side that may have changed.
    touched: BTreeSet<String>,
}

impl Former {
    fn read(
        repository: &Repository,
        git: &Arc<Git>,
        revision: &str,
        wanted: &[String],
    ) -> Result<Self, GitError> {
        let commit = git.commit(revision)?;
        let files = Revision::of(git, &commit.id)?;
        let former = Repository::over(Arc::new(files.clone()));
        let has_config = matches!(former.read(CONFIG_FILE), Ok(Some(_)));
        let now = folders(repository).map_err(GitError::Odd)?;
        let then = folders(&former).map_err(GitError::Odd)?;
        let listed = |repository: &Repository, folder: &str| -> Result<_, GitError> {
            let slugs = repository.protocols(folder).map_err(GitError::Odd)?;
            Ok(BTreeSet::from_iter(slugs))
        };
        let slugs: BTreeSet<String> = listed(&former, &then.0)?;
        let present: BTreeSet<String> = listed(repository, &now.0)?;
        let is_same = |path: &str| files.is_on_disk(repository.root(), path, None);
        let rests_on_same = now == then
            && is_same(CONFIG_FILE).map_err(GitError::Odd)?
            && has_same_skabeloner(repository, &former, &now.1)?;
        let mut touched = BTreeSet::new();
        for slug in slugs.union(&present) {
            let is_on_both = slugs.contains(slug) && present.contains(slug);
            // One that is on one side only may be another one that got a new folder name.
            let is_wanted = wanted.is_empty() || wanted.contains(slug) || !is_on_both;
            let path = format!("{}/{slug}", now.0);
            if is_wanted && !(rests_on_same && is_same(&path).map_err(GitError::Odd)?) {
                touched.insert(slug.clone());
            }
        }
        Ok(Self {
            commit,
            repository: has_config.then_some(former),
            slugs,
            touched,
        })
    }
}

/// Whether the area's own skabeloner say the same on both sides.
fn has_same_skabeloner(
    repository: &Repository,
    former: &Repository,
    folder: &str,
) -> Result<bool, GitError> {
    let read = |repository: &Repository| -> Result<_> {
        let mut texts = BTreeMap::new();
        for entry in repository.list(folder)? {
            let path = format!("{folder}/{}/{SKABELON_FILE}", entry.name);
            if let Some(read) = repository.read(&path)? {
                let text = read.map(|file| file.text().to_owned());
                texts.insert(path, text.map_err(|finding| finding.message));
            }
        }
        Ok(texts)
    };
    let same = read(repository).and_then(|now| Ok(now == read(former)?));
    same.map_err(GitError::Odd)
}

/// One protocol's comparison, or the one side of it that there is.
enum Outcome {
    Done(Box<ProtocolChanges>),
    OnlyNow(Box<Side>),
    OnlyThen(Box<Side>),
    Nothing,
}

fn since_revision(
    repository: &Repository,
    options: &DiffOptions,
    revision: &str,
    former: &Former,
) -> Result<Report> {
    let touched = |slug: &str| former.touched.contains(slug);
    let nothing = Repository::held(BTreeMap::from([(CONFIG_FILE.to_owned(), Vec::new())]));
    let before = former.repository.as_ref().unwrap_or(&nothing);
    let now = Site::open_for(repository, options.threads, TIMELESS, &touched)?;
    let then = Site::open_for(before, options.threads, TIMELESS, &touched)?;
    let slugs: Vec<String> = former.touched.iter().cloned().collect();
    let outcomes = in_parallel(options.threads, &slugs, |slug| {
        let (then, now) = (then.reading(slug)?.0, now.reading(slug)?.0);
        Ok(hold(slug, then, now, &former.commit))
    })?;
    let mut protocols = Vec::new();
    let (mut only_now, mut only_then) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Outcome::Done(changes) => protocols.push(*changes),
            Outcome::OnlyNow(side) => only_now.push(*side),
            Outcome::OnlyThen(side) => only_then.push(*side),
            Outcome::Nothing => {}
        }
    }
    protocols.extend(renamed_or_new(&only_then, &only_now, &former.commit));
    let asked = &options.protocols;
    protocols.retain(|protocol| is_asked(protocol, asked));
    let listed =
        |protocol: &ProtocolChanges| !asked.is_empty() || protocol.state != State::Unchanged;
    protocols.retain(listed);
    for slug in asked {
        if !protocols
            .iter()
            .any(|protocol| is_asked(protocol, std::slice::from_ref(slug)))
        {
            protocols.push(untouched(repository, slug, former)?);
        }
    }
    protocols.sort_by_cached_key(|one| (alphabetical(&one.institution), one.slug.clone()));
    let since = match revision {
        // What people do not call by its name in git.
        "HEAD" => "siden sidst, der blev gemt i git".to_owned(),
        revision => format!("siden {revision}"),
    };
    Ok(Report::new(since, protocols))
}

/// Whether a protocol is among those asked for, by the name it has or had.
fn is_asked(protocol: &ProtocolChanges, asked: &[String]) -> bool {
    let former = protocol.from.as_ref().and_then(|mark| mark.slug.as_ref());
    asked.is_empty()
        || asked.contains(&protocol.slug)
        || former.is_some_and(|slug| asked.contains(slug))
}

/// A protocol that was asked for and has not changed, or is not there at all.
fn untouched(repository: &Repository, slug: &str, former: &Former) -> Result<ProtocolChanges> {
    let site = Site::open_for(repository, 1, TIMELESS, &|one| one == slug)?;
    let (reading, _) = site.reading(slug)?;
    match reading {
        Reading::Read(side) => {
            let date = DateText::from(former.commit.date);
            let document = &side.document;
            let from = Mark::of(document, Some((&former.commit.id, date)));
            let to = Mark::of(document, None);
            Ok(ProtocolChanges::between(
                from,
                to,
                document,
                Changes::default(),
            ))
        }
        Reading::Unreadable(unreadable) => Ok(unknown(slug, vec![cannot_read_now(&unreadable)])),
        Reading::Missing if former.slugs.contains(slug) => Ok(unknown(slug, Vec::new())),
        Reading::Missing => bail!(
            "der er ingen protokol, der hedder »{slug}«, hverken nu eller i {}",
            former.commit.id.get(..10).unwrap_or(&former.commit.id)
        ),
    }
}

fn hold(slug: &str, then: Reading, now: Reading, commit: &Commit) -> Outcome {
    match (then, now) {
        (Reading::Read(then), Reading::Read(now)) => Outcome::Done(Box::new(between(
            &then,
            mark_then(&then.document, commit),
            &now,
        ))),
        (Reading::Missing, Reading::Read(now)) => Outcome::OnlyNow(now),
        (Reading::Read(then), Reading::Missing) => Outcome::OnlyThen(then),
        (Reading::Unreadable(unreadable), now) => {
            let short = commit.id.get(..10).unwrap_or(&commit.id);
            let mut changes = unknown(
                slug,
                vec![format!(
                    "Udgaven fra {} ({short}) kan ikke læses: {unreadable}",
                    danish_date(commit.date)
                )],
            );
            if let Reading::Read(now) = now {
                changes.title.clone_from(&now.document.title);
                changes
                    .institution
                    .clone_from(&now.document.institution.name);
            }
            Outcome::Done(Box::new(changes))
        }
        (_, Reading::Unreadable(unreadable)) => {
            Outcome::Done(Box::new(unknown(slug, vec![cannot_read_now(&unreadable)])))
        }
        (Reading::Missing, Reading::Missing) => Outcome::Nothing,
    }
}

fn cannot_read_now(unreadable: &Unreadable) -> String {
    format!("Protokollen kan ikke læses, som den ligger nu: {unreadable}")
}

fn mark_then(document: &Document, commit: &Commit) -> Mark {
    Mark::of(document, Some((&commit.id, DateText::from(commit.date))))
}

fn between(then: &Side, from: Mark, now: &Side) -> ProtocolChanges {
    let to = Mark::of(&now.document, None);
    ProtocolChanges::between(from, to, &now.document, compare::compare(then, now))
}

fn unknown(slug: &str, notes: Vec<String>) -> ProtocolChanges {
    ProtocolChanges::unknown(slug, notes)
}

/// Protocols that are there on one side only: those that say much the same are one whose folder got another
/// name, the rest are new or gone.
fn renamed_or_new(then: &[Side], now: &[Side], commit: &Commit) -> Vec<ProtocolChanges> {
    let documents = |sides: &[Side]| {
        sides
            .iter()
            .map(|side| side.document.clone())
            .collect::<Vec<_>>()
    };
    let (old, new) = (documents(then), documents(now));
    let pairs = compare::same_protocols(
        &old.iter().collect::<Vec<_>>(),
        &new.iter().collect::<Vec<_>>(),
    );
    let mut protocols = Vec::new();
    for (index, side) in now.iter().enumerate() {
        let partner = pairs.iter().find(|(_, present)| *present == index);
        protocols.push(match partner {
            Some((former, _)) => {
                let former = &then[*former];
                let slug = former.document.slug.clone();
                let mut from = mark_then(&former.document, commit);
                from.slug = Some(slug.clone());
                let mut changes = between(former, from, side);
                changes.renamed_from(&slug);
                changes
            }
            None => whole(side, PartFate::Added, Mark::of(&side.document, None)),
        });
    }
    for (index, side) in then.iter().enumerate() {
        if !pairs.iter().any(|(former, _)| *former == index) {
            let mark = mark_then(&side.document, commit);
            protocols.push(whole(side, PartFate::Removed, mark));
        }
    }
    protocols
}

/// A protocol that is new or gone: its headings alone.
fn whole(side: &Side, fate: PartFate, mark: Mark) -> ProtocolChanges {
    ProtocolChanges::whole(&side.document, fate, mark)
}

fn since_approval(
    repository: &Repository,
    options: &DiffOptions,
) -> Result<Result<Report, GitError>> {
    let site = Site::open(repository, options.threads, TIMELESS)?;
    let slugs = site.select(&options.protocols)?;
    // A protocol that says what was approved needs no history, and so no git.
    let history = OnceLock::new();
    let history = || history.get_or_init(|| History::open(repository));
    let protocols = in_parallel(options.threads, &slugs, |slug| {
        let (reading, approval) = site.reading(slug)?;
        Ok(match reading {
            Reading::Missing => Ok(None),
            Reading::Unreadable(unreadable) => {
                Ok(Some(unknown(slug, vec![cannot_read_now(&unreadable)])))
            }
            Reading::Read(now) => of_approval(repository, &now, approval, &history).map(Some),
        })
    })?;
    let protocols: Result<Vec<_>, GitError> = protocols.into_iter().collect();
    Ok(protocols.map(|protocols| {
        let protocols = protocols.into_iter().flatten().collect();
        Report::new("siden den seneste godkendelse", protocols)
    }))
}

/// What changed in one protocol since its newest approval.
fn of_approval<'h>(
    repository: &Repository,
    now: &Side,
    approval: Option<NewestApproval>,
    history: &dyn Fn() -> &'h Result<History, GitError>,
) -> Result<ProtocolChanges, GitError> {
    let Some(approval) = approval else {
        let note = "Protokollen er ikke godkendt endnu, så der er intet at sammenligne med.";
        let alone =
            ProtocolChanges::without_former(&now.document, State::NotApproved, note.to_owned());
        return Ok(alone);
    };
    let day = danish_period(approval.date);
    let forum = crate::check::masked(&approval.forum);
    if approval.fingerprint.as_ref() == Some(&now.document.edition.fingerprint) {
        let mut changes = between(now, Mark::of(&now.document, None), now);
        changes.notes = vec![format!(
            "Teksten er den, der blev godkendt i {forum} den {day}."
        )];
        return Ok(changes);
    }
    let history = match history() {
        Ok(history) => history,
        // The error cannot be shared, but it can be had again.
        Err(_) => &History::open(repository)?,
    };
    let slug = &now.document.slug;
    if let Some((edition, note)) = approved_edition(history, slug, &approval)? {
        let mut from = edition.mark();
        from.slug = (edition.slug != *slug).then(|| edition.slug.clone());
        let mut changes = between(&edition.side, from, now);
        changes.notes = vec![note];
        return Ok(changes);
    }
    let note = no_edition(history, slug, &approval, &day)?;
    let alone = ProtocolChanges::without_former(&now.document, State::Unknown, note);
    Ok(alone)
}

/// The edition of a protocol's history that an approval is of, with what to say of it: the one that has its fingerprint, or,
/// where it has none, the newest of its day.
pub(super) fn approved_edition(
    history: &History,
    slug: &str,
    approval: &NewestApproval,
) -> Result<Option<(EditionAt, String)>, GitError> {
    let day = danish_period(approval.date);
    let forum = crate::check::masked(&approval.forum);
    let (edition, note) = match &approval.fingerprint {
        Some(fingerprint) => (
            history.with_fingerprint(slug, fingerprint)?,
            format!("Sammenlignet med den udgave, der blev godkendt i {forum} den {day}."),
        ),
        None => (
            history.on_day(slug, approval.date.last_day())?,
            format!(
                "Godkendelsen i {forum} den {day} har intet aftryk, så ingen kan vide præcis, hvad der blev \
                 godkendt. Der er sammenlignet med den nyeste udgave fra den dag eller før."
            ),
        ),
    };
    Ok(edition.map(|edition| (edition, note)))
}

/// Why no edition of the history is the one that was approved, and what to do.
fn no_edition(
    history: &History,
    slug: &str,
    approval: &NewestApproval,
    day: &str,
) -> Result<String, GitError> {
    let mut text = if approval.fingerprint.is_some() {
        format!(
            "Aftrykket i godkendelsen fra {day} passer ikke på nogen udgave i git. Det sker, når teksten blev \
             rettet mellem godkendelsen og det, der blev gemt i git."
        )
    } else {
        format!("Der er ingen udgave i git fra {day} eller før, da protokollen blev godkendt.")
    };
    if history.git().is_shallow() {
        text.push_str(DEEPEN);
    } else {
        let near = history.on_day(slug, approval.date.last_day())?;
        let near = near
            .as_ref()
            .and_then(|edition| edition.commit.id.get(..10));
        text.push_str(&format!(
            " Sammenlign med en udgave, I selv vælger: rusprot diff {} --since {}",
            argument(slug),
            near.unwrap_or("REV")
        ));
    }
    Ok(text)
}
