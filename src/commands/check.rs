//! `check`: every finding of the protocols asked for, and those of the area around them.

use std::collections::BTreeMap;

use anyhow::Result;
use jiff::civil::Date;

use super::join::{Chosen, One, in_order, join};
use crate::check::{self, Excepted};
use crate::diag::{Finding, Level};
use crate::load::Repository;
use crate::site::{Judging, Site};

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
    /// The names of their institutions by slug, as reports may show them; no name that is not written.
    pub names: BTreeMap<String, String>,
    /// How many times a rule panicked; what the others found is there all the same.
    pub bugs: usize,
}

/// Checks the repository's protocols.
pub fn check(repository: &Repository, options: &CheckOptions) -> Result<CheckOutcome> {
    let site = Site::open(repository, options.threads, options.judging())?;
    check_in(&site, options)
}

/// Checks the protocols of a site that has been opened with these options.
pub(super) fn check_in(site: &Site<'_>, options: &CheckOptions) -> Result<CheckOutcome> {
    let levels = site.levels();
    let joined = join(
        site,
        options.threads,
        &Chosen {
            slugs: &site.select(&options.protocols)?,
            compared: &|_| true,
            all: options.protocols.is_empty(),
        },
        &|work| {
            let name = work.protocol.institution.name.text.clone();
            Ok((name, levels.apply_to(work.findings(), work.protocol)))
        },
    )?;
    let mut outcome = CheckOutcome {
        findings: joined.own,
        excepted: Vec::new(),
        protocols: Vec::new(),
        names: BTreeMap::new(),
        bugs: joined.bugs,
    };
    for One { slug, made, .. } in joined.each {
        let (slug, (name, made)) = (check::masked(&slug).into_owned(), made);
        if !name.is_empty() {
            let name = check::masked(&name).into_owned();
            outcome.names.insert(slug.clone(), name);
        }
        outcome.protocols.push(slug);
        outcome.findings.extend(made.findings);
        outcome.excepted.extend(made.excepted);
    }
    in_order(&mut outcome.findings);
    outcome.excepted.sort_by(|a, b| a.finding.order(&b.finding));
    Ok(outcome)
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
