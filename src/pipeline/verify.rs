//! What a copy on paper is worth: the code in its footer held against what is in force, what was approved before,
//! and every text the protocols have had in git.

use std::ops::ControlFlow;

use anyhow::Result;
use jiff::civil::Date;

use super::history::{EditionAt, History, TIMELESS};
use super::{Site, Work, in_parallel};
use crate::document::{Document, Fingerprint, ShortCode, StatusKind};
use crate::git::GitError;
use crate::load::Repository;
use crate::model::Approval;

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
    pub date: Option<Date>,
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
pub fn verify(repository: &Repository, code: ShortCode, threads: usize) -> Result<Verdict> {
    let site = Site::open(repository, threads, TIMELESS)?;
    let present = in_parallel(threads, &site.slugs, |slug| {
        let found = site.work(slug, |work| present(work, code))?;
        Ok(match found {
            Some((found, _)) => found?,
            None => None,
        })
    })?;
    if let Some(verdict) = present.into_iter().flatten().next() {
        return Ok(verdict);
    }
    let history = match History::open(repository) {
        Ok(history) => history,
        Err(error) => return Ok(unknown(code, Some(error.into()))),
    };
    let past = in_parallel(threads, &site.slugs, |slug| {
        let newest = site.work(slug, newest)?;
        let newest = newest.map(|(newest, _)| newest).transpose()?;
        Ok(past(&history, slug, code, newest))
    })?;
    let mut trouble = history
        .git()
        .is_shallow()
        .then_some(WithoutHistory::Shallow);
    for found in past {
        match found {
            Ok(Some(verdict)) => return Ok(verdict),
            Ok(None) => {}
            Err(error) => trouble = Some(error.into()),
        }
    }
    Ok(unknown(code, trouble))
}

impl From<GitError> for WithoutHistory {
    fn from(error: GitError) -> Self {
        match error {
            GitError::NoGit => Self::NoGit(error.to_string()),
            error => Self::Other(error.to_string()),
        }
    }
}

fn unknown(code: ShortCode, without_history: Option<WithoutHistory>) -> Verdict {
    Verdict {
        code,
        state: State::Unknown,
        protocol: None,
        edition: None,
        replaced_by: None,
        without_history,
    }
}

/// What a protocol as it stands, and its approvals, say of a code.
fn present(work: &Work<'_>, code: ShortCode) -> Result<Option<Verdict>> {
    let document = &work.resolved()?.document;
    let is_now = document.edition.code == code.to_string();
    let newest = work.protocol.newest_approval();
    let verdict = |state, edition, replaced_by| Verdict {
        code,
        state,
        protocol: Some(Named::of(document)),
        edition: Some(edition),
        replaced_by,
        without_history: None,
    };
    if let Some(approval) = newest.filter(|approval| has_code(approval, code)) {
        let state = if is_now {
            State::InForce
        } else {
            State::InForceButEdited
        };
        return Ok(Some(verdict(state, Mark::from(approval), None)));
    }
    if is_now {
        let edition = Mark::now(document);
        let state = match document.edition.status.kind {
            StatusKind::Unverified => State::Unverified,
            _ => State::NotApproved,
        };
        return Ok(Some(verdict(state, edition, None)));
    }
    let mut approvals: Vec<&Approval> = work.protocol.approvals.iter().collect();
    approvals.sort_by_key(|approval| approval.date.value);
    let Some(at) = approvals
        .iter()
        .rposition(|approval| has_code(approval, code))
    else {
        return Ok(None);
    };
    let next = approvals.get(at + 1).map(|approval| Mark::from(*approval));
    Ok(Some(verdict(
        State::Replaced,
        Mark::from(approvals[at]),
        next,
    )))
}

/// The protocol's name and the edition that counts now: the newest approval's, else what stands there.
fn newest(work: &Work<'_>) -> Result<(Named, Mark)> {
    let document = &work.resolved()?.document;
    let mark = match work.protocol.newest_approval() {
        Some(approval) => Mark::from(approval),
        None => Mark::now(document),
    };
    Ok((Named::of(document), mark))
}

/// What a protocol's history says of a code.
fn past(
    history: &History,
    slug: &str,
    code: ShortCode,
    newest: Option<(Named, Mark)>,
) -> Result<Option<Verdict>, GitError> {
    let mut newer: Option<EditionAt> = None;
    let mut found = None;
    history.walk(slug, &mut |edition| {
        let Ok(edition) = edition else {
            return ControlFlow::Continue(());
        };
        if edition.side.document.edition.code == code.to_string() {
            found = Some(edition);
            return ControlFlow::Break(());
        }
        newer = Some(edition);
        ControlFlow::Continue(())
    })?;
    let Some(edition) = found else {
        return Ok(None);
    };
    let document = &edition.side.document;
    // What came next in git says since when; the approval, if there is a later one, which edition counts.
    let since = newer.as_ref().map(|next| next.commit.date);
    let replaced_by = match newest {
        Some((_, mark)) if mark.forum.is_some() && mark.date >= Some(edition.commit.date) => mark,
        Some((_, mark)) => Mark {
            date: since,
            forum: None,
            ..mark
        },
        None => Mark {
            version: newer.and_then(|next| next.version().map(str::to_owned)),
            date: since,
            forum: None,
        },
    };
    Ok(Some(Verdict {
        code,
        state: State::Replaced,
        protocol: Some(Named::of(document)),
        edition: Some(Mark {
            date: Some(edition.commit.date),
            ..Mark::now(document)
        }),
        replaced_by: Some(replaced_by),
        without_history: None,
    }))
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

/// The short code in a PDF that rusprot made: it stands among the keywords of its metadata, which PDF/A keeps
/// readable.
pub fn code_in_pdf(bytes: &[u8]) -> Option<ShortCode> {
    const LENGTH: usize = "RP-7K3F-92QD".len();
    if !bytes.starts_with(b"%PDF") {
        return None;
    }
    memchr::memmem::find_iter(bytes, b"RP-").find_map(|at| {
        let text = std::str::from_utf8(bytes.get(at..at + LENGTH)?).ok()?;
        let code: ShortCode = text.parse().ok()?;
        (code.to_string() == text).then_some(code)
    })
}
