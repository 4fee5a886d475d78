//! Only what a change has to do with: the findings of now held against those of a former revision.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;
use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, histogram};

use super::{CheckOptions, CheckOutcome, check};
use crate::diag::Finding;
use crate::history::{Git, GitError, Revision};
use crate::load::{CONFIG_FILE, Repository};
use crate::report;
use crate::text::{Place, SourceFile};

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
    let former = match former(repository, revision) {
        Ok(former) => former,
        Err(error) => return Ok(Err(error)),
    };
    let mut outcome = check(repository, options)?;
    let known = former_fingerprints(&former, options)?;
    let fingerprints = report::fingerprints(&outcome.findings);
    let mut fingerprints = fingerprints.into_iter();
    let mut changed = Changed {
        former: &former,
        lines: BTreeMap::new(),
    };
    outcome.findings.retain(|finding| {
        let fingerprint = fingerprints.next().expect("there is one for each finding");
        !known.contains(&fingerprint) || changed.touches(finding)
    });
    Ok(Ok(outcome))
}

/// The repository as it was where the work parted from the revision.
fn former(repository: &Repository, revision: &str) -> Result<Repository, GitError> {
    let git = Arc::new(Git::open(repository.root())?);
    let base = git.merge_base(revision)?;
    let files = Revision::of(&git, &base)?;
    Ok(Repository::over(Arc::new(files)).with_loose())
}

/// The fingerprints of everything the revision's own files give rise to; none where it had no protocols.
fn former_fingerprints(former: &Repository, options: &CheckOptions) -> Result<BTreeSet<String>> {
    if former.read(CONFIG_FILE)?.is_none() {
        return Ok(BTreeSet::new());
    }
    let options = CheckOptions {
        protocols: Vec::new(),
        ..options.clone()
    };
    let outcome = check(former, &options)?;
    Ok(report::fingerprints(&outcome.findings)
        .into_iter()
        .collect())
}

/// Lines, counted from one, half open.
type Lines = Range<u32>;

/// Which lines of the present files changed, found out for those that somebody asks about.
struct Changed<'f> {
    former: &'f Repository,
    lines: BTreeMap<String, Vec<Lines>>,
}

impl Changed<'_> {
    /// Whether a finding, or a place that explains it, lies on a line that changed.
    fn touches(&mut self, finding: &Finding) -> bool {
        let places = std::iter::once(&finding.place);
        let mut places = places.chain(finding.related.iter().map(|related| &related.place));
        places.any(|place| self.touches_place(place))
    }

    fn touches_place(&mut self, place: &Place) -> bool {
        let range = place.range();
        let (first, last) = (range.start.line.get(), range.end.line.get());
        let lines = self.lines_of(&place.file).iter();
        lines
            .into_iter()
            .any(|lines| lines.start <= last && first < lines.end)
    }

    /// The lines of a file that are not as they were; none of one that was not there, for all it gives rise to is
    /// new anyway.
    fn lines_of(&mut self, file: &SourceFile) -> &[Lines] {
        let former = self.former;
        self.lines.entry(file.path().to_owned()).or_insert_with(|| {
            let read = former.read(file.path());
            let before = read.ok().flatten().and_then(Result::ok);
            before.map_or_else(Vec::new, |before| changed(before.text(), file.text()))
        })
    }
}

/// The lines of a text that are new or changed. Where lines were only taken out, the line before counts.
fn changed(before: &str, now: &str) -> Vec<Lines> {
    let (before, now): (Vec<&str>, Vec<&str>) = (before.lines().collect(), now.lines().collect());
    let line = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let (before, now) = (&before[..], &now[..]);
    // The algorithm is named, so that none of its peers is compiled.
    let mut hook = Compact::new(Replace::new(Capture::new()), before, now);
    let Ok(()) = histogram::diff(&mut hook, before, 0..before.len(), now, 0..now.len());
    let operations = hook.into_inner().into_inner().into_ops();
    let changed = operations.into_iter().filter_map(|operation| {
        let (index, count) = match operation {
            DiffOp::Equal { .. } => return None,
            DiffOp::Delete { new_index, .. } => return Some(line(new_index)..line(new_index) + 1),
            DiffOp::Insert {
                new_index, new_len, ..
            }
            | DiffOp::Replace {
                new_index, new_len, ..
            } => (line(new_index), line(new_len)),
        };
        Some(index + 1..index + 1 + count)
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_new_changed_or_before_what_is_gone_have_changed() {
        let before = "a\nb\nc\nd\ne\n";
        let lines = |now: &str| -> Vec<(u32, u32)> {
            let lines = changed(before, now).into_iter();
            lines.map(|lines| (lines.start, lines.end)).collect()
        };
        assert_eq!(lines(before), []);
        assert_eq!(lines("a\nb\nnew\nc\nd\ne\n"), [(3, 4)]);
        assert_eq!(lines("a\nB\nc\nd\ne\nf\n"), [(2, 3), (6, 7)]);
        assert_eq!(lines("a\nd\ne\n"), [(1, 2)]);
        assert_eq!(lines("a\r\nb\r\nc\r\nd\r\ne\r\n"), []);
    }
}
