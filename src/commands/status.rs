//! How the protocols stand: their duties by the day they are due, and the area's matrix.
//!
//! The duties need no check: each `protokol.toml` is read, and nothing else of its folder. The matrix is
//! made of what the check finds; a build, which has checked, makes it by the way ([`row`], [`tables`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::CheckOptions;
use super::check::has_errors;
use super::join::{self, Chosen, One, join};
use crate::check::{self, Levels};
use crate::diag::{Code, Family, Finding};
use crate::history::{Git, Revision};
use crate::load::Repository;
use crate::model::{Protocol, duties_of};
use crate::overview::{DutyRow, DutyState, matrix};
use crate::site::{Site, Skabeloner, Work, in_parallel};
use crate::text::alphabetical;

/// The duties of some protocols.
#[derive(Debug)]
pub struct DutiesOutcome {
    /// The duties: overdue ones first, then by the day they are due, then those without one.
    pub rows: Vec<DutyRow>,
    /// How many protocols were looked at.
    pub protocols: usize,
    /// How many duties are left out, since they are due later than was asked for or have no date.
    pub hidden: usize,
    /// The protocols whose `protokol.toml` cannot be read, as reports may show them.
    pub unread: Vec<String>,
    /// What keeps the files from being read as they are meant.
    pub findings: Vec<Finding>,
    /// How many times a rule panicked; what the others found is there all the same.
    pub bugs: usize,
}

impl DutiesOutcome {
    /// Whether anything is at error level.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

/// One protocol's duties.
struct Read {
    rows: Vec<DutyRow>,
    findings: Vec<Finding>,
    skabelon: Option<String>,
    unread: Option<String>,
}

/// The duties of the protocols, on the day of the options. With `within` only those that are overdue or due
/// in so many days.
pub fn duties(
    repository: &Repository,
    options: &CheckOptions,
    within: Option<u32>,
) -> Result<DutiesOutcome> {
    let site = Site::open(repository, options.threads, options.judging())?;
    let slugs = site.select(&options.protocols)?;
    let read = in_parallel(options.threads, &slugs, |slug| one(&site, slug))?;
    let read: Vec<Read> = read.into_iter().flatten().collect();
    let used = read.iter().filter_map(|one| one.skabelon.as_deref());
    let mut findings = site.findings.clone();
    let checked = site.skabeloner.checked(used, false, site.area_skabelon());
    findings.extend(checked.findings);
    let mut outcome = DutiesOutcome {
        rows: Vec::new(),
        protocols: read.len(),
        hidden: 0,
        unread: Vec::new(),
        findings: Vec::new(),
        bugs: site.bugs + checked.bugs,
    };
    for one in read {
        outcome.rows.extend(one.rows);
        outcome.unread.extend(one.unread);
        findings.extend(one.findings);
    }
    findings.retain(|finding| finding.code.family() == Family::Reading);
    outcome.findings = site.levels().apply(findings);
    let today = options.today;
    in_order(&mut outcome.rows, today);
    let all = outcome.rows.len();
    if let Some(within) = within {
        outcome.rows.retain(|row| is_within(row, today, within));
    }
    outcome.hidden = all - outcome.rows.len();
    Ok(outcome)
}

/// The same with what a calendar tells editions of an event by: when the area was last changed, as git has it. Where a
/// day is not the one that was committed, it counts as changed after that. Without git nothing is known.
pub fn dated_duties(
    repository: &Repository,
    options: &CheckOptions,
    within: Option<u32>,
) -> Result<DutiesOutcome> {
    let mut outcome = duties(repository, options, within)?;
    let Some((changed, committed)) = committed(repository, options) else {
        return Ok(outcome);
    };
    for row in &mut outcome.rows {
        let key = (row.protocol.clone(), row.duty.clone());
        let is_other = committed.get(&key).is_some_and(|due| *due != row.due);
        let later = changed.checked_add(i64::from(is_other).seconds());
        row.changed = later.ok();
    }
    Ok(outcome)
}

/// The last days of duties by their protocol and their id.
type Days = BTreeMap<(String, String), Option<Date>>;

/// When the area was last changed, and the days of its duties as they were committed.
fn committed(repository: &Repository, options: &CheckOptions) -> Option<(DateTime, Days)> {
    let git = Arc::new(Git::open(repository.root()).ok()?);
    let changed = git.newest(".").ok()??;
    let second = Timestamp::from_second(changed.second).ok()?;
    let files = Revision::of(&git, "HEAD").ok()?;
    let former = Repository::over(Arc::new(files));
    let all = CheckOptions {
        protocols: Vec::new(),
        ..options.clone()
    };
    // What cannot be read there has no former days.
    let rows = duties(&former, &all, None).map_or_else(|_| Vec::new(), |former| former.rows);
    let days = rows.into_iter();
    let days = days.map(|row| ((row.protocol, row.duty), row.due));
    Some((second.to_zoned(TimeZone::UTC).datetime(), days.collect()))
}

/// Puts duties in the order they are told in: of one day and one house in the order of their skabelon.
pub(super) fn in_order(rows: &mut [DutyRow], today: Date) {
    let place = |row: &DutyRow| {
        let house = alphabetical(&row.institution);
        (row.state(today), row.due, house, row.protocol.clone())
    };
    // Stable.
    rows.sort_by_cached_key(place);
}

fn is_within(row: &DutyRow, today: Date, within: u32) -> bool {
    let soon = |days| i64::from(days) <= i64::from(within);
    row.state(today) == DutyState::Overdue || row.days(today).is_some_and(soon)
}

/// A protocol's duties from its `protokol.toml` alone; nothing for a folder that holds no protocol.
fn one(site: &Site<'_>, slug: &str) -> Result<Option<Read>> {
    let Some((protocol, mut findings)) = site.read_alone(slug)? else {
        return Ok(None);
    };
    let name = protocol.skabelon.as_ref().or(site.area.skabelon.as_ref());
    let (skabelon, unknown) = site.skabeloner.find(name, &protocol, &site.area);
    findings.extend(unknown);
    let shown = check::masked(slug).into_owned();
    let keeps_from_reading =
        |finding: &Finding| matches!(finding.code, Code::TomlSyntaks | Code::Tegnsaet);
    let own = findings.iter();
    let mut own = own.filter(|finding| finding.place.file.path() == protocol.file.path());
    // Without the skabelon nobody knows which duties there are.
    let slips = name.and_then(|name| site.skabeloner.slips(&name.text));
    let unread = own.any(keeps_from_reading)
        || slips.is_none_or(|slips| slips.iter().any(keeps_from_reading));
    for finding in &mut findings {
        finding.protocol = Some(slug.to_owned());
    }
    let rows = if unread {
        Vec::new()
    } else {
        let duties = duties_of(skabelon, &protocol);
        duties.map(|duty| DutyRow::of(&protocol, duty)).collect()
    };
    Ok(Some(Read {
        rows,
        findings,
        skabelon: name.map(|name| name.text.clone()),
        unread: unread.then_some(shown),
    }))
}

/// The area's matrix.
#[derive(Debug)]
pub struct MatrixOutcome {
    /// A table for each skabelon that is followed.
    pub tables: Vec<matrix::Table>,
    /// What the check found in the protocols that counts: errors, and what changes a word.
    pub findings: Vec<Finding>,
    /// How many times a rule panicked; what the others found is there all the same.
    pub bugs: usize,
}

impl MatrixOutcome {
    /// Whether anything is at error level.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

/// Checks the repository's protocols and says how each stands with what its skabelon asks for.
pub fn matrix(repository: &Repository, options: &CheckOptions) -> Result<MatrixOutcome> {
    let site = Site::open(repository, options.threads, options.judging())?;
    let slugs = site.select(&options.protocols)?;
    let levels = site.levels();
    let joined = join(
        &site,
        options.threads,
        &Chosen {
            slugs: &slugs,
            compared: &|_| true,
            all: options.protocols.is_empty(),
        },
        &|work| {
            let findings = work.findings_by(&counted(levels, work.protocol));
            let findings = levels.apply_to(findings, work.protocol).findings;
            Ok((row(work, &findings), findings))
        },
    )?;
    let mut findings = joined.own;
    let mut rows = Vec::new();
    for One { made, skabelon, .. } in joined.each {
        let (row, found) = made;
        findings.extend(found);
        rows.push((skabelon, row));
    }
    join::in_order(&mut findings);
    Ok(MatrixOutcome {
        tables: tables(&site.skabeloner, rows),
        findings,
        bugs: joined.bugs,
    })
}

/// The rules that can change a word of the matrix or how the run ends. Those that an exception names are among them,
/// since one that meets nothing is told of.
fn counted(levels: Levels<'_>, protocol: &Protocol) -> impl Fn(Code) -> bool {
    let excepted = protocol.exceptions().into_iter();
    let excepted: BTreeSet<Code> = excepted.map(|exception| exception.rule.value).collect();
    move |code| {
        matches!(
            code.family(),
            Family::Reading | Family::Structure | Family::Consistency | Family::Time
        ) || levels.may_fail(code)
            || excepted.contains(&code)
    }
}

/// A protocol's row, from the findings that stand.
pub(super) fn row(work: &Work<'_>, findings: &[Finding]) -> matrix::Row {
    matrix::row(work.skabelon, work.protocol, work.answers, findings, || {
        work.fingerprint()
    })
}

/// Rows with the names of their skabeloner as a table for each skabelon. Tables are in the order of their titles, rows
/// in that of the houses' names.
pub(super) fn tables(
    skabeloner: &Skabeloner,
    rows: impl IntoIterator<Item = (Option<String>, matrix::Row)>,
) -> Vec<matrix::Table> {
    let mut by_skabelon: BTreeMap<Option<String>, Vec<matrix::Row>> = BTreeMap::new();
    for (name, row) in rows {
        by_skabelon.entry(name).or_default().push(row);
    }
    let tables = by_skabelon.into_iter().map(|(name, mut rows)| {
        rows.sort_by_cached_key(|row| (alphabetical(&row.institution), row.slug.clone()));
        let skabelon = skabeloner.named(name.as_deref());
        matrix::Table {
            title: skabelon.name.text.clone(),
            version: skabelon.version.text.clone(),
            columns: matrix::columns(skabelon),
            skabelon: name.unwrap_or_default(),
            rows,
        }
    });
    let mut tables: Vec<_> = tables.collect();
    tables.sort_by_cached_key(|table| alphabetical(&table.title));
    tables
}
