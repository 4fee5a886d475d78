//! What `check`, the matrix and `build` have in common: every protocol is worked on, and what was found in each
//! comes together with what belongs to none of them.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::diag::{Code, Finding, Level};
use crate::site::{Kept, Site, Work, in_parallel};

/// What came of some protocols.
pub(super) struct Joined<R> {
    /// What came of each folder that holds a protocol, in order.
    pub(super) each: Vec<One<R>>,
    /// Findings that belong to no protocol, with their levels.
    pub(super) own: Vec<Finding>,
    /// How many times a rule panicked.
    pub(super) bugs: usize,
}

/// What came of one protocol.
pub(super) struct One<R> {
    pub(super) slug: String,
    pub(super) made: R,
    /// The name of the skabelon it follows.
    pub(super) skabelon: Option<String>,
}

/// Which protocols are looked at.
pub(super) struct Chosen<'c> {
    /// Those that are worked on.
    pub(super) slugs: &'c [String],
    /// Those among them that are held against each other.
    pub(super) compared: &'c (dyn Fn(&str) -> bool + Sync),
    /// Whether they are all there are, so that what lies beside them is looked at too.
    pub(super) all: bool,
}

/// Works on the protocols in parallel, and finds what belongs to none of them.
pub(super) fn join<R: Send>(
    site: &Site<'_>,
    threads: usize,
    chosen: &Chosen<'_>,
    work: &(dyn Fn(&Work<'_>) -> Result<R> + Sync),
) -> Result<Joined<R>> {
    let results = in_parallel(threads, chosen.slugs, |slug| {
        let Some((made, kept)) = site.work(slug, work)? else {
            return Ok(None);
        };
        let digest = kept.digest.filter(|_| (chosen.compared)(slug));
        Ok(Some((made?, Kept { digest, ..kept })))
    })?;
    let own = site.own_findings(chosen.slugs, &results, chosen.all)?;
    let mut joined = Joined {
        each: Vec::new(),
        own: site.levels().apply(own.findings),
        bugs: own.bugs,
    };
    for (slug, result) in chosen.slugs.iter().zip(results) {
        if let Some((made, kept)) = result {
            joined.bugs += kept.bugs;
            joined.each.push(One {
                slug: slug.clone(),
                made,
                skabelon: kept.skabelon,
            });
        }
    }
    Ok(joined)
}

/// Puts all findings of a run in order, each said once.
pub(super) fn in_order(findings: &mut Vec<Finding>) {
    leave_out_told_once(findings);
    findings.sort_by(Finding::order);
}

/// Leaves out what RP009 says of each protocol where RP803 says it of the skabelon they all follow.
fn leave_out_told_once(findings: &mut Vec<Finding>) {
    let place = |finding: &Finding| (finding.place.file.path().to_owned(), finding.place.span);
    let told = |finding: &&Finding| {
        finding.code == Code::SkabelonVariabel && finding.level == Level::Error
    };
    let told: BTreeSet<_> = findings.iter().filter(told).map(place).collect();
    if !told.is_empty() {
        findings.retain(|finding| {
            finding.code != Code::UkendtVariabel || !told.contains(&place(finding))
        });
    }
}
