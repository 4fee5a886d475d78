//! Only what a change has to do with: the findings of now held against those of a former revision.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

use super::{CheckOptions, CheckOutcome, check};
use crate::diag::Finding;
use crate::history::{Git, GitError, Lines};
use crate::load::{CONFIG_FILE, Repository};
use crate::report;

/// Checks the repository and keeps the findings that touch what changed since the work parted from
/// `revision`, and those that the change caused elsewhere: everything the revision did not have.
///
/// # Errors
/// The outer error is the disk's; the inner one is git's.
pub fn check_since(
    repository: &Repository,
    options: &CheckOptions,
    revision: &str,
) -> Result<Result<CheckOutcome, GitError>> {
    let former = tempfile::tempdir().context("kan ikke lave en midlertidig mappe")?;
    let changed = match former_tree(repository, revision, former.path()) {
        Ok(changed) => changed,
        Err(error) => return Ok(Err(error)),
    };
    let mut outcome = check(repository, options)?;
    let known = former_fingerprints(former.path(), options)?;
    let fingerprints = report::fingerprints(&outcome.findings);
    let mut fingerprints = fingerprints.into_iter();
    outcome.findings.retain(|finding| {
        let fingerprint = fingerprints.next().expect("there is one for each finding");
        !known.contains(&fingerprint) || touches(finding, &changed)
    });
    Ok(Ok(outcome))
}

/// The lines that changed, by path.
type Changed = BTreeMap<String, Vec<Lines>>;

/// Puts the revision's files into a folder; the lines that changed since come back.
fn former_tree(repository: &Repository, revision: &str, into: &Path) -> Result<Changed, GitError> {
    let git = Git::open(repository.root())?;
    let base = git.merge_base(revision)?;
    git.snapshot(&base, into)?;
    git.changed_lines(&base)
}

/// The fingerprints of everything the revision's own files give rise to; none where it had no protocols.
fn former_fingerprints(folder: &Path, options: &CheckOptions) -> Result<BTreeSet<String>> {
    if crate::fs::metadata(&folder.join(CONFIG_FILE)).is_none() {
        return Ok(BTreeSet::new());
    }
    let options = CheckOptions {
        protocols: Vec::new(),
        ..options.clone()
    };
    let outcome = check(&Repository::find(folder)?, &options)?;
    Ok(report::fingerprints(&outcome.findings)
        .into_iter()
        .collect())
}

/// Whether a finding, or a place that explains it, lies on a line that changed.
fn touches(finding: &Finding, changed: &Changed) -> bool {
    let places = std::iter::once(&finding.place);
    let places = places.chain(finding.related.iter().map(|related| &related.place));
    places.into_iter().any(|place| {
        let range = place.range();
        let (first, last) = (range.start.line.get(), range.end.line.get());
        let lines = changed.get(place.file.path()).into_iter().flatten();
        lines
            .into_iter()
            .any(|lines| lines.start <= last && first < lines.end)
    })
}
