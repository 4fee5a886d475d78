//! `check`: every finding of the protocols asked for, and those of the area around them.

use std::collections::BTreeSet;

use anyhow::Result;
use jiff::civil::Date;

use crate::check::{self, Applied, Excepted};
use crate::diag::{Code, Finding, Level};
use crate::load::Repository;
use crate::site::{Judging, Site, in_parallel};

/// What a check looks at.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// Slugs; none means all.
    pub protocols: Vec<String>,
    /// Whether only what would make the output wrong or unsafe is an error.
    pub draft: bool,
    /// The day that dates are held against.
    pub today: Date,
    /// How many threads to use; 0 for one a core.
    pub threads: usize,
}

impl CheckOptions {
    /// All protocols, on a certain day.
    pub fn on(today: Date) -> Self {
        Self {
            protocols: Vec::new(),
            draft: false,
            today,
            threads: 0,
        }
    }

    pub(super) fn judging(&self) -> Judging {
        Judging {
            draft: self.draft,
            today: self.today,
            printed_today: None,
        }
    }
}

/// What a check found.
#[derive(Debug)]
pub struct CheckOutcome {
    /// The findings in order of path, place and code.
    pub findings: Vec<Finding>,
    /// Those that exceptions have set aside, in the same order.
    pub excepted: Vec<Excepted>,
    /// The slugs that were checked, in order, as reports may show them.
    pub protocols: Vec<String>,
    /// How many times a rule panicked; what the others found is there all the same.
    pub bugs: usize,
}

/// Checks the repository's protocols.
pub fn check(repository: &Repository, options: &CheckOptions) -> Result<CheckOutcome> {
    let site = Site::open(repository, options.threads, options.judging())?;
    let slugs = site.select(&options.protocols)?;
    let levels = site.levels();
    let results = in_parallel(options.threads, &slugs, |slug| {
        site.work(slug, |work| levels.apply_to(work.findings(), work.protocol))
    })?;
    let own = site.own_findings(&slugs, &results, options.protocols.is_empty())?;
    let mut findings = levels.apply(own.findings);
    let mut protocols = Vec::new();
    let mut excepted = Vec::new();
    let mut bugs = own.bugs;
    for (slug, result) in slugs.into_iter().zip(results) {
        let Some((applied, kept)) = result else {
            continue;
        };
        let Applied {
            findings: found,
            excepted: aside,
        } = applied;
        excepted.extend(aside);
        protocols.push(check::masked(&slug).into_owned());
        findings.extend(found);
        bugs += kept.bugs;
    }
    leave_out_told_once(&mut findings);
    findings.sort_by(Finding::order);
    excepted.sort_by(|a, b| a.finding.order(&b.finding));
    Ok(CheckOutcome {
        findings,
        excepted,
        protocols,
        bugs,
    })
}

impl CheckOutcome {
    /// Whether anything is at error level.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

pub(super) fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Error)
}

/// Leaves out what RP009 says of each protocol where RP803 says it of the skabelon they all follow.
pub(super) fn leave_out_told_once(findings: &mut Vec<Finding>) {
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
