//! What a copy on paper is worth: the code in its footer held against what is in force, what was approved before,
//! and every text the protocols have had in git.

use std::ops::ControlFlow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

use crate::document::{Document, Fingerprint, ShortCode, StatusKind};
use crate::history::{EditionAt, GitError, History, TIMELESS, Unreadable, unreadable};
use crate::load::Repository;
use crate::model::{Approval, KnownSections};
use crate::site::{Site, Work, Worked, in_parallel};
use crate::text::Period;

/// What is known of a code.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The code.
    pub code: ShortCode,
    /// What became of the text it belongs to.
    pub state: State,
    /// The protocol whose text it is or was.
    pub protocol: Option<Named>,
    /// The edition the code belongs to.
    pub edition: Option<Mark>,
    /// The edition that came instead.
    pub replaced_by: Option<Mark>,
    /// Why the history could not be looked through, where that was needed.
    pub without_history: Option<WithoutHistory>,
    /// What cannot be read now, where it may be what the code belongs to.
    pub unreadable: Vec<Unreadable>,
    /// The edition for some of the readers that the code names.
    pub for_readers: Option<ReadersMark>,
}

/// An edition for some of the readers, as a code names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadersMark {
    /// Its id.
    pub id: String,
    /// Its name; `None` where the protocol has no such edition now.
    pub name: Option<String>,
}

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is what was approved last, and what stands there now.
    InForce,
    /// It is what was approved last; what stands there now is another text that nobody has approved.
    InForceButEdited,
    /// It is what stands there now, and the newest approval has no fingerprint to hold it against.
    Unverified,
    /// It is what stands there now, and it has not been approved.
    NotApproved,
    /// It was the newest text that can be read; what stands there now cannot.
    Undecided,
    /// Another text came instead.
    Replaced,
    /// No protocol has or had it.
    Unknown,
}

/// A protocol by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The folder.
    pub slug: String,
    /// Whose it is.
    pub institution: String,
    /// The kind of document.
    pub title: String,
}

/// Which edition, and from when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The version.
    pub version: Option<String>,
    /// The day it was approved, or else committed.
    pub date: Option<Period>,
    /// Who approved it.
    pub forum: Option<String>,
}

/// Why a history could not be looked through.
#[derive(Debug, Clone)]
pub enum WithoutHistory {
    /// The git program is missing.
    NoGit(String),
    /// There is no history here, or git failed.
    Other(String),
    /// Only the newest part of the history is here.
    Shallow,
}

/// Looks a code up: in the protocols as they stand, in their approvals, and then in their history.
///
/// # Errors
/// Where the disk fails.
pub fn verify(
    repository: &Repository,
    (code, edition): (ShortCode, Option<&str>),
    threads: usize,
) -> Result<Verdict> {
    let site = Site::open(repository, threads, TIMELESS)?;
    let mut verdict = look_up(repository, &site, code, threads)?;
    if let Some(id) = edition {
        let slug = verdict.protocol.as_ref().map(|named| named.slug.as_str());
        let name = match slug {
            Some(slug) => site.work(slug, |work| readers_name(work, id))?,
            None => None,
        };
        verdict.for_readers = Some(ReadersMark {
            id: id.to_owned(),
            name: name.and_then(|(name, _)| name),
        });
    }
    Ok(verdict)
}

/// The name of a protocol's edition for some of the readers.
fn readers_name(work: &Work<'_>, id: &str) -> Option<String> {
    let mut plans = work.resolved().document.editions.iter();
    let plan = plans.find(|plan| plan.named.id == id)?;
    Some(plan.named.name.clone())
}

/// A code that is being looked for, protocol by protocol: in each as it stands, and then at once in its history, since
/// most of what the history says has been read by then.
struct Search<'s> {
    repository: &'s Repository,
    site: &'s Site<'s>,
    code: ShortCode,
    /// Opened when the first asks: a text that stands somewhere needs no git.
    history: OnceLock<Result<History, GitError>>,
    /// Whether a protocol has the code now. Then no history is asked any more.
    is_present: AtomicBool,
}

/// What one protocol knows of a code.
#[derive(Default)]
struct Known {
    present: Option<Verdict>,
    /// Why it cannot be read now.
    unreadable: Option<Unreadable>,
    past: Option<Result<Verdict, GitError>>,
}

fn look_up(
    repository: &Repository,
    site: &Site<'_>,
    code: ShortCode,
    threads: usize,
) -> Result<Verdict> {
    let is_approved = site.approvals().any(|approval| has_code(approval, code));
    let search = Search {
        repository,
        site,
        code,
        history: OnceLock::new(),
        is_present: AtomicBool::new(is_approved),
    };
    let known = in_parallel(threads, &site.slugs, |slug| search.in_protocol(slug))?;
    let (mut unreadable, mut past) = (Vec::new(), Vec::new());
    for protocol in known {
        if let Some(verdict) = protocol.present {
            return Ok(verdict);
        }
        unreadable.extend(protocol.unreadable);
        past.extend(protocol.past);
    }
    let history = search.history.into_inner();
    let history = match history.unwrap_or_else(|| History::open(repository)) {
        Ok(history) => history,
        Err(error) => return Ok(unknown(code, Some(error.into()), unreadable)),
    };
    let mut trouble = history
        .git()
        .is_shallow()
        .then_some(WithoutHistory::Shallow);
    for found in past {
        match found {
            Ok(verdict) => return Ok(verdict),
            Err(error) => trouble = Some(error.into()),
        }
    }
    Ok(unknown(code, trouble, unreadable))
}

impl Search<'_> {
    fn in_protocol(&self, slug: &str) -> Result<Known> {
        let worked = self
            .site
            .work_beside(slug, KnownSections::default(), |work| {
                let unreadable = unreadable(work);
                let present = match &unreadable {
                    Some(unreadable) => undecided(work, self.code, unreadable),
                    None => present(work, self.code),
                };
                (present, unreadable)
            })?;
        let (present, unreadable, sections) = match worked {
            Some(Worked {
                result: (present, unreadable),
                protocol,
                shape,
                ..
            }) => (present, unreadable, protocol.into_known(&shape)),
            None => (None, None, KnownSections::default()),
        };
        if present.is_some() {
            self.is_present.store(true, Ordering::Relaxed);
        }
        let past = if self.is_present.load(Ordering::Relaxed) {
            None
        } else {
            self.in_history(slug, sections, unreadable.as_ref())?
        };
        Ok(Known {
            present,
            unreadable,
            past,
        })
    }

    /// What the history of a protocol says; nothing where there is none, of which `look_up` tells once.
    fn in_history(
        &self,
        slug: &str,
        sections: KnownSections,
        unreadable: Option<&Unreadable>,
    ) -> Result<Option<Result<Verdict, GitError>>> {
        let Ok(history) = self.history.get_or_init(|| History::open(self.repository)) else {
            return Ok(None);
        };
        let past = match past(history, self.repository, slug, sections, self.code) {
            Ok(Some(past)) => past,
            Ok(None) => return Ok(None),
            Err(error) => return Ok(Some(Err(error))),
        };
        let newest = match unreadable {
            Some(unreadable) => Newest::Unreadable(unreadable),
            None => match self.site.work(slug, newest)? {
                Some((newest, _)) => Newest::Mark(newest),
                None => Newest::Gone,
            },
        };
        Ok(Some(Ok(past.verdict(self.code, newest))))
    }
}

impl From<GitError> for WithoutHistory {
    fn from(error: GitError) -> Self {
        match error {
            GitError::NoGit => Self::NoGit(error.to_string()),
            error => Self::Other(error.to_string()),
        }
    }
}

fn unknown(
    code: ShortCode,
    without_history: Option<WithoutHistory>,
    unreadable: Vec<Unreadable>,
) -> Verdict {
    Verdict {
        code,
        state: State::Unknown,
        protocol: None,
        edition: None,
        replaced_by: None,
        without_history,
        unreadable,
        for_readers: None,
    }
}

/// What a protocol as it stands, and its approvals, say of a code.
fn present(work: &Work<'_>, code: ShortCode) -> Option<Verdict> {
    let document = &work.resolved().document;
    let is_now = document.edition.code == code.to_string();
    let newest = work.protocol.newest_approval();
    let verdict = |state, edition, replaced_by| Verdict {
        code,
        state,
        protocol: Some(Named::of(document)),
        edition: Some(edition),
        replaced_by,
        without_history: None,
        unreadable: Vec::new(),
        for_readers: None,
    };
    if let Some(approval) = newest.filter(|approval| has_code(approval, code)) {
        let state = if is_now {
            State::InForce
        } else {
            State::InForceButEdited
        };
        return Some(verdict(state, Mark::from(approval), None));
    }
    if is_now {
        let edition = Mark::now(document);
        let state = match document.edition.status.kind {
            StatusKind::Unverified => State::Unverified,
            _ => State::NotApproved,
        };
        return Some(verdict(state, edition, None));
    }
    let replaced = replaced_approval(work, code);
    replaced.map(|(mark, next)| verdict(State::Replaced, mark, next))
}

/// An approval of the code's text with the one that came after it.
fn replaced_approval(work: &Work<'_>, code: ShortCode) -> Option<(Mark, Option<Mark>)> {
    let approvals = work.protocol.approvals_by_day();
    let at = approvals
        .iter()
        .rposition(|approval| has_code(approval, code))?;
    let next = approvals.get(at + 1).map(|approval| Mark::from(*approval));
    Some((Mark::from(approvals[at]), next))
}

/// What the approvals of a protocol that cannot be read as a whole say of a code.
fn undecided(work: &Work<'_>, code: ShortCode, unreadable: &Unreadable) -> Option<Verdict> {
    let (edition, next) = replaced_approval(work, code)?;
    Some(Verdict {
        code,
        state: match next {
            Some(_) => State::Replaced,
            None => State::Undecided,
        },
        protocol: Some(Named::of(&work.resolved().document)),
        edition: Some(edition),
        replaced_by: next,
        without_history: None,
        unreadable: vec![unreadable.clone()],
        for_readers: None,
    })
}

/// What counts now.
enum Newest<'a> {
    Mark(Mark),
    Unreadable(&'a Unreadable),
    /// The folder holds no protocol any more.
    Gone,
}

/// The edition that counts now: the newest approval's, else what stands there.
fn newest(work: &Work<'_>) -> Mark {
    match work.protocol.newest_approval() {
        Some(approval) => Mark::from(approval),
        None => Mark::now(&work.resolved().document),
    }
}

/// An edition that only the history has.
struct Past {
    edition: EditionAt,
    /// The one that came after it.
    newer: Option<EditionAt>,
}

/// The edition of a protocol's history that a code belongs to. What lies on the disk has been looked at, and its sections
/// are known.
fn past(
    history: &History,
    repository: &Repository,
    slug: &str,
    sections: KnownSections,
    code: ShortCode,
) -> Result<Option<Past>, GitError> {
    let code = code.to_string();
    let mut newer: Option<EditionAt> = None;
    let mut found = None;
    let mut is_newest = true;
    history.walk_from_disk(slug, sections, &mut |step| {
        if std::mem::take(&mut is_newest) && step.is_on_disk(repository)? {
            return Ok(ControlFlow::Continue(()));
        }
        let Some(Ok(edition)) = step.read()? else {
            return Ok(ControlFlow::Continue(()));
        };
        if edition.side.document.edition.code == code {
            found = Some(edition);
            return Ok(ControlFlow::Break(()));
        }
        newer = Some(edition);
        Ok(ControlFlow::Continue(()))
    })?;
    let Some(edition) = found else {
        return Ok(None);
    };
    if newer.is_none() {
        // The one that came after it may be the one on the disk, which has not been read from git.
        history.walk(slug, &mut |step| {
            if step.commit() == &edition.commit {
                return Ok(ControlFlow::Break(()));
            }
            newer = step.read()?.and_then(Result::ok);
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(Some(Past { edition, newer }))
}

impl Past {
    /// What became of the edition, given what counts now.
    fn verdict(self, code: ShortCode, newest: Newest<'_>) -> Verdict {
        let Self { edition, newer } = self;
        let document = &edition.side.document;
        // What came next in git says since when; the approval, if there is a later one, which edition counts.
        let since = newer.as_ref().map(|next| Period::Day(next.commit.date));
        let unreadable = match newest {
            Newest::Unreadable(unreadable) if newer.is_none() => vec![unreadable.clone()],
            _ => Vec::new(),
        };
        let replaced_by = match newest {
            Newest::Mark(mark)
                if mark.forum.is_some()
                    && mark
                        .date
                        .is_some_and(|date| date.last_day() >= edition.commit.date) =>
            {
                mark
            }
            Newest::Mark(mark) => Mark {
                date: since,
                forum: None,
                ..mark
            },
            Newest::Unreadable(_) | Newest::Gone => Mark {
                version: newer.and_then(|next| next.version().map(str::to_owned)),
                date: since,
                forum: None,
            },
        };
        Verdict {
            code,
            state: if unreadable.is_empty() {
                State::Replaced
            } else {
                State::Undecided
            },
            protocol: Some(Named::of(document)),
            edition: Some(Mark {
                date: Some(Period::Day(edition.commit.date)),
                ..Mark::now(document)
            }),
            replaced_by: unreadable.is_empty().then_some(replaced_by),
            without_history: None,
            unreadable,
            for_readers: None,
        }
    }
}

fn has_code(approval: &Approval, code: ShortCode) -> bool {
    let fingerprint = approval.fingerprint.as_ref();
    let fingerprint = fingerprint.and_then(|line| line.text.parse::<Fingerprint>().ok());
    fingerprint.is_some_and(|fingerprint| fingerprint.short() == code)
}

impl Named {
    fn of(document: &Document) -> Self {
        Self {
            slug: document.slug.clone(),
            institution: document.institution.name.clone(),
            title: document.title.clone(),
        }
    }
}

impl Mark {
    fn now(document: &Document) -> Self {
        Self {
            version: document.edition.version.clone(),
            date: None,
            forum: None,
        }
    }
}

impl From<&Approval> for Mark {
    fn from(approval: &Approval) -> Self {
        Self {
            version: approval.version.as_ref().map(|line| line.text.clone()),
            date: Some(approval.date.value),
            forum: Some(approval.forum.text.clone()),
        }
    }
}

/// The short code in a PDF that rusprot made, with the edition for some of the readers that it names: they stand among the
/// keywords of its metadata, which PDF/A keeps readable.
pub fn code_in_pdf(bytes: &[u8]) -> Option<(ShortCode, Option<String>)> {
    const LENGTH: usize = "RP-7K3F-92QD".len();
    if !bytes.starts_with(b"%PDF") {
        return None;
    }
    memchr::memmem::find_iter(bytes, b"RP-").find_map(|at| {
        let text = std::str::from_utf8(bytes.get(at..at + LENGTH)?).ok()?;
        let code: ShortCode = text.parse().ok()?;
        (code.to_string() == text).then(|| (code, edition_at(&bytes[at + LENGTH..])))
    })
}

/// The id of an edition behind a code: `/borgere`.
fn edition_at(behind: &[u8]) -> Option<String> {
    let id = behind.strip_prefix(b"/")?;
    let is_of_id =
        |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || **byte == b'-';
    let id: Vec<u8> = id.iter().take_while(is_of_id).copied().collect();
    String::from_utf8(id).ok().filter(|id| !id.is_empty())
}
