//! What `done` and `approve` share: what may be written into `protokol.toml`, and how it gets there.

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::{CheckOptions, replace_file};
use crate::check::masked;
use crate::diag::{Code, Finding};
use crate::fs;
use crate::load::Repository;
use crate::model::Protocol;
use crate::site::Work;
use crate::text::{Period, danish_date};

/// Writes `protokol.toml` in place of its former text, with the byte order mark it had, if it had one.
pub(super) fn write_down(
    repository: &Repository,
    path: &str,
    former: &str,
    text: &str,
) -> Result<()> {
    const MARK: &str = "\u{FEFF}";
    let start = fs::read_start(&repository.root().join(path), MARK.len() as u64)?;
    let mark = if start == MARK.as_bytes() { MARK } else { "" };
    let (former, text) = (format!("{mark}{former}"), format!("{mark}{text}"));
    replace_file(repository, path, &text, &|bytes| bytes == former.as_bytes())
}

pub(super) fn options(slug: &str, today: Date) -> CheckOptions {
    CheckOptions {
        protocols: vec![slug.to_owned()],
        ..CheckOptions::on(today)
    }
}

/// What keeps `protokol.toml` from being read, if anything does.
pub(super) fn unreadable(work: &Work<'_>) -> Option<Vec<Finding>> {
    let own = work.shape.iter();
    let own = own.filter(|finding| finding.place.file.path() == work.protocol.file.path());
    let findings = own.filter(|finding| matches!(finding.code, Code::TomlSyntaks | Code::Tegnsaet));
    // No exception is asked: of what is not looked for here, each would seem to meet nothing.
    let mut findings = work.site.levels().apply(findings.cloned().collect());
    findings.sort_by(Finding::order);
    (!findings.is_empty()).then_some(findings)
}

/// Refuses a day that has not come, or that lies before the institution was founded.
pub(super) fn can_have_happened(protocol: &Protocol, date: Period, today: Date) -> Result<()> {
    if date.first_day() > today {
        bail!(
            "{} er ikke kommet endnu: i dag er det {}. Skriv det ind, når det er sket.",
            date.danish(),
            danish_date(today)
        );
    }
    let founded = protocol.institution.founded.as_ref();
    if let Some(founded) = founded.filter(|founded| date.last_day() < founded.value) {
        bail!(
            "{} ligger, før institutionen blev oprettet {}.",
            date.danish(),
            danish_date(founded.value)
        );
    }
    Ok(())
}

/// Refuses a text that would be a finding where it stands.
pub(super) fn can_be_written(option: &str, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        bail!("der står intet efter --{option}");
    }
    if text.chars().any(char::is_control) {
        bail!("det, der står efter --{option}, skal stå på én linje");
    }
    if masked(text) != text {
        bail!("det, der står efter --{option}, ligner et personnummer. Intet er skrevet.");
    }
    Ok(())
}

pub(super) fn no_room(protocol: &Protocol, key: &str) -> anyhow::Error {
    anyhow!(no_room_in(protocol.file.path(), key))
}

pub(super) fn no_room_in(path: &str, key: &str) -> String {
    format!(
        "{key} er skrevet på en måde i {path}, som programmet ikke kan føje noget til. Skriv det ind i hånden."
    )
}

pub(super) fn empty_folder(slug: &str) -> anyhow::Error {
    anyhow!("mappen {} har ingen protokol", masked(slug))
}

/// The first line, counted from one, that differs from the former text and is not empty.
pub(super) fn first_new_line(before: &str, after: &str) -> usize {
    let mut former = before.lines();
    let mut lines = after.lines();
    let found = lines.position(|line| former.next() != Some(line) && !line.trim().is_empty());
    found.map_or(1, |index| index + 1)
}

pub(super) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
