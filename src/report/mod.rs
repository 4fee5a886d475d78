//! Findings, duties and the area's matrix as people and machines read them: one format a file.
//!
//! Every format is a function from a [`Report`], from [`Duties`] or from a [`Matrix`] to a `String`. Which findings there are, and how
//! much each weighs, is settled before; nothing here prints, and nothing here looks at the disk.

mod csv;
mod diff;
mod duties;
mod fingerprint;
#[cfg(test)]
mod fixture;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod limits;
mod matrix;
mod sarif;
mod short;
mod table;

use std::collections::BTreeMap;

use crate::text::visible;

pub use crate::text::visible::one_line;
pub use diff::diff;
pub use duties::{Duties, DutyFormat};
pub use fingerprint::fingerprints;
pub use github::step_summary;
pub use matrix::{Matrix, MatrixFormat};

use crate::diag::{Code, Finding, Level};

/// What one run of the check found.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// Every finding, sorted by [`Finding::order`].
    pub findings: &'a [Finding],
    /// Slugs of the protocols that were checked, those without findings too, in the order they are
    /// to be listed.
    pub protocols: &'a [String],
}

impl<'a> Report<'a> {
    /// How many protocols were checked and what was found.
    pub fn summary(&self) -> Summary {
        Summary {
            protocols: self.protocols.len(),
            found: Counts::of(self.findings),
        }
    }

    /// The findings of each protocol: first the checked ones in their order, then any other that a
    /// finding names, last what belongs to no protocol (`None`; only when there is something).
    fn by_protocol(&self) -> Vec<(Option<&'a str>, Vec<&'a Finding>)> {
        let mut groups: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
        for finding in self.findings {
            let group = groups.entry(finding.protocol.as_deref()).or_default();
            group.push(finding);
        }
        let mut ordered: Vec<_> = self
            .protocols
            .iter()
            .map(|slug| {
                (
                    Some(slug.as_str()),
                    groups.remove(&Some(slug.as_str())).unwrap_or_default(),
                )
            })
            .collect();
        let shared = groups.remove(&None);
        ordered.extend(groups);
        ordered.extend(shared.map(|findings| (None, findings)));
        ordered
    }
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings at error level.
    pub errors: usize,
    /// Findings at warning level.
    pub warnings: usize,
}

impl Counts {
    /// How many of these there are of each level.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
            }
        }
        counts
    }

    fn plus(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
        }
    }

    /// The counts in Danish, such as `3 fejl og 1 advarsel`.
    pub fn phrase(self) -> String {
        let warnings = match self.warnings {
            1 => "1 advarsel".to_owned(),
            count => format!("{count} advarsler"),
        };
        match (self.errors, self.warnings) {
            (0, 0) => "ingen fejl".to_owned(),
            (0, _) => warnings,
            (errors, 0) => format!("{errors} fejl"),
            (errors, _) => format!("{errors} fejl og {warnings}"),
        }
    }
}

/// The counts of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Protocols checked.
    pub protocols: usize,
    /// What was found.
    pub found: Counts,
}

impl Summary {
    /// The counts as one Danish sentence, such as `3 fejl og 1 advarsel i 2 protokoller.`
    pub fn sentence(&self) -> String {
        let found = match self.found {
            Counts {
                errors: 0,
                warnings: 0,
            } => "Ingen fejl".to_owned(),
            found @ Counts { errors: 0, .. } => format!("Ingen fejl, men {}", found.phrase()),
            found => found.phrase(),
        };
        match self.protocols {
            0 => format!("{found}. Ingen protokoller er kontrolleret."),
            1 => format!("{found} i 1 protokol."),
            count => format!("{found} i {count} protokoller."),
        }
    }
}

/// A form in which a report can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// With source lines and help, for reading in a terminal.
    Human,
    /// One line a finding, for editors and screen readers.
    Short,
    /// The stable JSON of `docs/json.md`, version 1.
    Json,
    /// SARIF 2.1.0, for GitHub's code scanning and other viewers of analysis results.
    Sarif,
    /// Workflow commands that GitHub Actions shows as annotations.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// JUnit XML, which Azure DevOps, GitLab and Jenkins show as tests.
    Junit,
}

impl Format {
    /// Every format, in the order help lists them.
    pub const ALL: &[Self] = &[
        Self::Human,
        Self::Short,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// The report in this format, with a line break at its end unless it is empty.
    pub fn render(self, report: &Report<'_>, options: &Options<'_>) -> String {
        match self {
            Self::Human => human::render(report, options.width, options.color),
            Self::Short => short::render(report),
            Self::Json => json::render(report),
            Self::Sarif => sarif::render(report, options),
            Self::Github => github::render(report, options.folder),
            Self::Gitlab => gitlab::render(report, options.folder),
            Self::Junit => junit::render(report),
        }
    }
}

/// What formats need to know beyond the report.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Columns of the terminal, for [`Format::Human`].
    pub width: usize,
    /// Whether [`Format::Human`] is coloured with ANSI escape codes.
    pub color: bool,
    /// The folder that paths are counted from, as a path from the top of the git repository: empty, or with `/`
    /// at its end. For the formats whose readers count from there: [`Format::Sarif`], [`Format::Github`] and
    /// [`Format::Gitlab`].
    pub folder: &'a str,
    /// The page about a rule, in Markdown, for [`Format::Sarif`].
    pub docs: &'a dyn Fn(Code) -> &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(errors: usize, warnings: usize, protocols: usize) -> String {
        Summary {
            protocols,
            found: Counts { errors, warnings },
        }
        .sentence()
    }

    #[test]
    fn the_sentence_has_singular_and_plural() {
        assert_eq!(sentence(3, 1, 2), "3 fejl og 1 advarsel i 2 protokoller.");
        assert_eq!(sentence(1, 2, 1), "1 fejl og 2 advarsler i 1 protokol.");
        assert_eq!(sentence(1, 0, 1), "1 fejl i 1 protokol.");
        assert_eq!(
            sentence(0, 1, 2),
            "Ingen fejl, men 1 advarsel i 2 protokoller."
        );
        assert_eq!(sentence(0, 0, 2), "Ingen fejl i 2 protokoller.");
    }

    #[test]
    fn the_sentence_says_when_no_protocol_was_checked() {
        assert_eq!(
            sentence(1, 0, 0),
            "1 fejl. Ingen protokoller er kontrolleret."
        );
    }

    #[test]
    fn the_summary_counts_each_level() {
        let summary = fixture::with(|report| report.summary());
        assert_eq!(
            summary,
            Summary {
                protocols: 2,
                found: Counts {
                    errors: 4,
                    warnings: 2
                }
            }
        );
    }

    #[test]
    fn findings_are_grouped_by_protocol_with_the_clean_and_the_shared_ones() {
        let groups = fixture::with(|report| {
            let groups = report.by_protocol().into_iter();
            groups
                .map(|(slug, findings)| (slug.map(str::to_owned), findings.len()))
                .collect::<Vec<_>>()
        });
        assert_eq!(
            groups,
            [
                (Some("fjordhoej".to_owned()), 5),
                (Some("solbakken".to_owned()), 0),
                (None, 1)
            ]
        );
    }

    #[test]
    fn every_format_has_its_own_name() {
        let mut names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Format::ALL.len());
    }
}
