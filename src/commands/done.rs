//! `done`: writes down in `protokol.toml` that a duty has been met.
//!
//! The file is replaced whole or left as it was; one that cannot be read as TOML is never touched.

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::CheckOptions;
use super::check::check_in;
use super::written::{
    can_be_written, can_have_happened, empty_folder, first_new_line, line_of, no_room, options,
    unreadable, write_down,
};
use crate::diag::{Family, Finding, Level};
use crate::load::Repository;
use crate::model::{Duty, Standing, nearest, set_aside};
use crate::record::{self, Entry, EntryValue};
use crate::site::{Site, Work};
use crate::text::Period;
use crate::write::Lock;

/// A duty that has been met.
#[derive(Clone, Debug)]
pub struct Deed {
    /// The protocol.
    pub slug: String,
    /// The duty's id in the skabelon.
    pub duty: String,
    /// When it was met.
    pub date: Period,
    /// Where it was dealt with.
    pub forum: Option<String>,
    /// What to remember of it.
    pub note: Option<String>,
    /// The day it is.
    pub today: Date,
}

/// How writing down a deed ended.
#[derive(Debug)]
pub enum Done {
    /// It is written.
    Written {
        /// The file, relative to the repository's root, and the line it begins on.
        place: (String, usize),
        /// What the duty is.
        what: String,
        /// When it is due again; none where it is met as needed.
        due: Option<Date>,
    },
    /// It stood there already, in this file on this line.
    Already((String, usize)),
    /// What keeps the files from being read as they are meant, or what the new entry would bring; nothing is written.
    Unreadable(Vec<Finding>),
}

/// Writes down that a duty has been met.
///
/// # Errors
/// Where the skabelon has no such duty, where the day cannot be right or a text cannot stand there, and
/// where the disk fails.
pub fn done(repository: &Repository, deed: &Deed) -> Result<Done> {
    let _alone = Lock::of(repository.root())?;
    let options = options(&deed.slug, deed.today);
    let site = Site::open(repository, 0, options.judging())?;
    let result = site.work(&deed.slug, |work| deed_written(work, deed))?;
    let (done, text) = result.ok_or_else(|| empty_folder(&deed.slug))?.0?;
    let (Done::Written { place, .. }, Some((former, text))) = (&done, text) else {
        return Ok(done);
    };
    let before = reading_errors(&site, &options, &place.0)?;
    let mut after = repository.clone();
    after.put(&place.0, text.clone());
    let site = site.with_main(&after, &deed.slug)?;
    let mut errors = reading_errors(&site, &options, &place.0)?;
    errors.retain(|finding| !before.iter().any(|known| is_same(known, finding)));
    if !errors.is_empty() {
        return Ok(Done::Unreadable(errors));
    }
    write_down(repository, &place.0, &former, &text)?;
    Ok(done)
}

/// The errors in what is written in `protokol.toml` itself, whatever the protocol says otherwise.
fn reading_errors(site: &Site<'_>, options: &CheckOptions, path: &str) -> Result<Vec<Finding>> {
    let outcome = check_in(site, options)?;
    if outcome.bugs > 0 {
        bail!("kontrollen blev ikke færdig, så der er ikke skrevet noget");
    }
    let mut errors = outcome.findings;
    errors.retain(|finding| {
        finding.level == Level::Error
            && finding.code.family() == Family::Reading
            && finding.place.file.path() == path
    });
    Ok(errors)
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    one.identity() == other.identity()
}

/// What came of it, and the former and the new text of `protokol.toml` if there is one.
fn deed_written(work: &Work<'_>, deed: &Deed) -> Result<(Done, Option<(String, String)>)> {
    if let Some(findings) = unreadable(work) {
        return Ok((Done::Unreadable(findings), None));
    }
    let protocol = work.protocol;
    if !work.site.has_main(&deed.slug) {
        bail!(
            "filen {} er der ikke. Lav den først, og skriv institutionens navn i den.",
            protocol.file.path()
        );
    }
    let errors = skabelon_errors(work);
    if work.skabelon.duties.is_empty() && !errors.is_empty() {
        return Ok((Done::Unreadable(errors), None));
    }
    let duty = find_duty(&work.skabelon.duties, &deed.duty)?;
    if let Some((_, reason)) =
        set_aside(work.skabelon, protocol).find(|(aside, _)| std::ptr::eq(*aside, duty))
    {
        bail!(
            "pligten »{}« gælder ikke hos jer, står der i {}: {}",
            deed.duty,
            protocol.file.path(),
            reason.text
        );
    }
    can_have_happened(protocol, deed.date, deed.today)?;
    let texts = [("forum", &deed.forum), ("note", &deed.note)];
    for (option, text) in texts {
        text.as_ref()
            .map_or(Ok(()), |text| can_be_written(option, text))?;
    }
    let mut same = protocol.events.iter();
    let same = same.find(|event| event.duty.text == deed.duty && event.date.value == deed.date);
    if let Some(event) = same {
        let line = line_of(protocol.file.text(), event.date.span.start());
        return Ok((Done::Already((protocol.file.path().to_owned(), line)), None));
    }
    let entry = Entry {
        list: "haendelse",
        values: [
            ("pligt", Some(EntryValue::Text(deed.duty.clone()))),
            ("dato", Some(EntryValue::Date(deed.date))),
            ("forum", deed.forum.clone().map(EntryValue::Text)),
            ("note", deed.note.clone().map(EntryValue::Text)),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect(),
    };
    let text = record::with_entry(protocol.file.text(), &entry);
    let text = text.map_err(|_| no_room(protocol, "haendelse"))?;
    let done = Done::Written {
        place: (
            protocol.file.path().to_owned(),
            first_new_line(protocol.file.text(), &text),
        ),
        what: duty.what.text.clone(),
        due: Standing::with(duty, protocol, Some(deed.date)).due,
    };
    Ok((done, Some((protocol.file.text().to_owned(), text))))
}

/// What keeps the skabelon, or the area's file that names it, from being read as it is meant.
fn skabelon_errors(work: &Work<'_>) -> Vec<Finding> {
    let site = work.site;
    let mut findings = site.findings.clone();
    let checked =
        site.skabeloner
            .checked(work.skabelon_name.into_iter(), false, site.area_skabelon());
    findings.extend(checked.findings);
    findings.extend(work.unknown.clone());
    let mut findings = site.levels().apply(findings);
    findings.retain(|finding| {
        finding.level == Level::Error && finding.code.family() == Family::Reading
    });
    findings.sort_by(Finding::order);
    findings
}

fn find_duty<'d>(duties: &'d [Duty], id: &str) -> Result<&'d Duty> {
    if let Some(duty) = duties.iter().find(|duty| duty.id.value == id) {
        return Ok(duty);
    }
    let ids: Vec<&str> = duties.iter().map(|duty| duty.id.value.as_str()).collect();
    let hint = match nearest(id, &ids) {
        Some(near) => format!("Mente du »{near}«?"),
        None if ids.is_empty() => "Skabelonen har intet årshjul.".to_owned(),
        None => format!("Pligterne er {}.", ids.join(", ")),
    };
    bail!("årshjulet har ingen pligt, der hedder »{id}«. {hint}")
}
