//! Findings as people and machines read them: one format a file.
//!
//! Every format is a function from a [`Report`] to a `String`. Which findings there are, and how
//! much each weighs, is settled before; nothing here prints, and nothing here looks at the disk.

#[cfg(test)]
mod fixture;
mod human;
mod json;
mod short;
mod visible;

use crate::diag::{Finding, Level};

/// What one run of the check found.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// Every finding, sorted by [`Finding::order`].
    pub findings: &'a [Finding],
    /// Slugs of the protocols that were checked, those without findings too, in the order they are
    /// to be listed.
    pub protocols: &'a [&'a str],
}

impl Report<'_> {
    /// How many protocols were checked and what was found.
    pub fn summary(&self) -> Summary {
        let errors = self
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .count();
        Summary {
            protocols: self.protocols.len(),
            errors,
            warnings: self.findings.len() - errors,
        }
    }
}

/// The counts of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Protocols checked.
    pub protocols: usize,
    /// Findings at error level.
    pub errors: usize,
    /// Findings at warning level.
    pub warnings: usize,
}

impl Summary {
    /// The counts as one Danish sentence, such as `3 fejl og 1 advarsel i 2 protokoller.`
    pub fn sentence(&self) -> String {
        let warnings = match self.warnings {
            1 => "1 advarsel".to_owned(),
            count => format!("{count} advarsler"),
        };
        let found = match (self.errors, self.warnings) {
            (0, 0) => "Ingen fejl".to_owned(),
            (0, _) => format!("Ingen fejl, men {warnings}"),
            (errors, 0) => format!("{errors} fejl"),
            (errors, _) => format!("{errors} fejl og {warnings}"),
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
    /// The stable JSON of `cli.md`, version 1.
    Json,
}

impl Format {
    /// Every format, in the order help lists them.
    pub const ALL: &[Self] = &[Self::Human, Self::Short, Self::Json];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
        }
    }

    /// The report in this format, with a line break at its end unless it is empty.
    pub fn render(self, report: &Report<'_>, options: &Options) -> String {
        match self {
            Self::Human => human::render(report, options.width, options.color),
            Self::Short => short::render(report),
            Self::Json => json::render(report),
        }
    }
}

/// Indented JSON with a line break at its end.
fn to_json(value: &impl serde::Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value)
        .expect("the shapes of the reports have string keys and no number that JSON lacks");
    json.push('\n');
    json
}

/// What formats need to know beyond the report.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Columns of the terminal, for [`Format::Human`].
    pub width: usize,
    /// Whether [`Format::Human`] is coloured with ANSI escape codes.
    pub color: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(errors: usize, warnings: usize, protocols: usize) -> String {
        Summary {
            protocols,
            errors,
            warnings,
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
                errors: 4,
                warnings: 2
            }
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
