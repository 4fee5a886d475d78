//! Writes down what has been done and what has been approved, in `protokol.toml`.
//!
//! An approval is written only if the whole check, made on the text as it would be, finds no error. The file is
//! replaced whole or left as it was; one that cannot be read as TOML is never touched.

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::{CheckOptions, Site, Work, check, replace_file};
use crate::check::masked;
use crate::diag::{Code, Family, Finding, Level};
use crate::fs;
use crate::load::Repository;
use crate::model::{Approval, Duty, Protocol, Standing, fold, nearest};
use crate::record::{self, Entry, EntryValue};
use crate::text::danish_date;

/// A duty that has been met.
#[derive(Clone, Debug)]
pub struct Deed {
    /// The protocol.
    pub slug: String,
    /// The duty's id in the skabelon.
    pub duty: String,
    /// The day it was met.
    pub date: Date,
    /// Where it was dealt with.
    pub forum: Option<String>,
    /// What to remember of it.
    pub note: Option<String>,
    /// The day it is.
    pub today: Date,
}

/// A decision to approve a protocol as it stands.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The protocol.
    pub slug: String,
    /// Who approved.
    pub forum: String,
    /// The day they did.
    pub date: Date,
    /// The role that writes it down.
    pub by: String,
    /// The version that was approved; none means the one the protocol says it is.
    pub version: Option<String>,
    /// Whether nothing may have changed since the former approval.
    pub no_changes: bool,
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

/// How an approval ended.
#[derive(Debug)]
pub enum Approved {
    /// It is written.
    Written(Box<WrittenApproval>),
    /// Errors stand; nothing is written.
    Errors(Vec<Finding>),
    /// Something has changed since the former approval, and nothing may have; nothing is written.
    Changed {
        /// The former approval's day, if there was one with a fingerprint.
        since: Option<Date>,
    },
}

/// What was written with an approval.
#[derive(Debug)]
pub struct WrittenApproval {
    /// The file, relative to the repository's root, and the line the approval begins on.
    pub place: (String, usize),
    /// The short code of what was approved.
    pub code: String,
    /// The version that was approved.
    pub version: Option<String>,
    /// The version the protocol said it was, where that was another.
    pub former_version: Option<String>,
    /// The date it is in force from, where that had to follow.
    pub in_force: Option<Date>,
    /// Whether an approval with a fingerprint stood there before.
    pub had_former: bool,
    /// Whether the former approval has the same fingerprint.
    pub unchanged: bool,
}

/// Writes down that a duty has been met.
///
/// # Errors
/// Where the skabelon has no such duty, where the day cannot be right or a text cannot stand there, and
/// where the disk fails.
pub fn done(repository: &Repository, deed: &Deed) -> Result<Done> {
    let options = options(&deed.slug, deed.today);
    let site = Site::open(repository, 0, options.judging())?;
    let result = site.work(&deed.slug, |work| deed_written(work, deed))?;
    let (done, text) = result.ok_or_else(|| empty_folder(&deed.slug))?.0?;
    let (Done::Written { place, .. }, Some(text)) = (&done, text) else {
        return Ok(done);
    };
    let before = reading_errors(repository, &options, &place.0)?;
    let mut after = repository.clone();
    after.put(&place.0, text.clone());
    let mut errors = reading_errors(&after, &options, &place.0)?;
    errors.retain(|finding| !before.iter().any(|known| is_same(known, finding)));
    if !errors.is_empty() {
        return Ok(Done::Unreadable(errors));
    }
    write_down(repository, &place.0, &text)?;
    Ok(done)
}

/// The errors in what is written in `protokol.toml` itself, whatever the protocol says otherwise.
fn reading_errors(
    repository: &Repository,
    options: &CheckOptions,
    path: &str,
) -> Result<Vec<Finding>> {
    let mut errors = check(repository, options)?.findings;
    errors.retain(|finding| {
        finding.level == Level::Error
            && finding.code.family() == Family::Reading
            && finding.place.file.path() == path
    });
    Ok(errors)
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    one.code == other.code && one.message == other.message
}

/// Writes `protokol.toml` with the byte order mark it had, if it had one.
fn write_down(repository: &Repository, path: &str, text: &str) -> Result<()> {
    const MARK: &str = "\u{FEFF}";
    let former = fs::read_start(&repository.root().join(path), MARK.len() as u64)?;
    if former == MARK.as_bytes() {
        replace_file(repository, path, &format!("{MARK}{text}"))
    } else {
        replace_file(repository, path, text)
    }
}

/// What came of it, and the new text of `protokol.toml` if there is one.
fn deed_written(work: &Work<'_>, deed: &Deed) -> Result<(Done, Option<String>)> {
    if let Some(findings) = unreadable(work) {
        return Ok((Done::Unreadable(findings), None));
    }
    let protocol = work.protocol;
    if !work.site.mains.contains_key(&deed.slug) {
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
    Ok((done, Some(text)))
}

/// Writes down that a protocol has been approved as it stands.
///
/// # Errors
/// Where the day cannot be right or a text cannot stand there, and where the disk fails.
pub fn approve(repository: &Repository, decision: &Decision) -> Result<Approved> {
    for (option, text) in [
        ("forum", Some(&decision.forum)),
        ("by", Some(&decision.by)),
        ("version", decision.version.as_ref()),
    ] {
        text.map_or(Ok(()), |text| can_be_written(option, text))?;
    }
    let options = options(&decision.slug, decision.today);
    let site = Site::open(repository, 0, options.judging())?;
    let edition = site.work(&decision.slug, |work| edition(work, decision))?;
    let edition = edition.ok_or_else(|| empty_folder(&decision.slug))?.0?;
    let edition = match edition {
        Ok(edition) => edition,
        Err(findings) => return Ok(Approved::Errors(findings)),
    };
    // The version may stand in the text, so the fingerprint is of the text as it will be.
    let mut after = repository.clone();
    after.put(&edition.path, edition.text.clone());
    let site = Site::open(&after, 0, options.judging())?;
    let resolved = site.work(&decision.slug, |work| {
        let resolved = work.resolved()?;
        let edition = &resolved.document.edition;
        Ok::<_, anyhow::Error>((edition.fingerprint.clone(), edition.code.clone()))
    })?;
    let (fingerprint, code) = resolved.ok_or_else(|| empty_folder(&decision.slug))?.0?;
    let unchanged = edition.former_fingerprint.as_ref() == Some(&fingerprint);
    if decision.no_changes && !unchanged {
        let since = edition.former_fingerprint.and(edition.former_date);
        return Ok(Approved::Changed { since });
    }
    let entry = approval_entry(decision, edition.version.as_deref(), &fingerprint);
    let text = record::with_entry(&edition.text, &entry);
    let text = text.map_err(|_| anyhow!(no_room_in(&edition.path, "godkendelse")))?;
    after.put(&edition.path, text.clone());
    let outcome = check(&after, &options)?;
    if outcome.has_errors() {
        let mut errors = outcome.findings;
        errors.retain(|finding| finding.level == Level::Error);
        return Ok(Approved::Errors(errors));
    }
    if outcome.bugs > 0 {
        bail!("kontrollen blev ikke færdig, så godkendelsen er ikke skrevet");
    }
    write_down(repository, &edition.path, &text)?;
    Ok(Approved::Written(Box::new(WrittenApproval {
        place: (edition.path, first_new_line(&edition.text, &text)),
        code,
        version: edition.version,
        former_version: edition.former_version,
        in_force: edition.in_force,
        had_former: edition.former_fingerprint.is_some(),
        unchanged,
    })))
}

/// A protocol as it is to be approved.
struct EditionText {
    path: String,
    /// `protokol.toml` with the new version, without the approval.
    text: String,
    version: Option<String>,
    former_version: Option<String>,
    in_force: Option<Date>,
    former_fingerprint: Option<String>,
    former_date: Option<Date>,
}

/// The text with the version that is approved. A new version is in force from its approval at the earliest, so
/// an earlier date follows.
fn edition(work: &Work<'_>, decision: &Decision) -> Result<Result<EditionText, Vec<Finding>>> {
    if let Some(findings) = unreadable(work) {
        return Ok(Err(findings));
    }
    let protocol = work.protocol;
    can_have_happened(protocol, decision.date, decision.today)?;
    let mut approvals = protocol.approvals.iter();
    let same = |approval: &&Approval| {
        approval.date.value == decision.date && fold(&approval.forum.text) == fold(&decision.forum)
    };
    if let Some(approval) = approvals.find(same) {
        let line = line_of(protocol.file.text(), approval.date.span.start());
        bail!(
            "{} har allerede godkendt protokollen {}: se {}, linje {line}. Intet er skrevet.",
            decision.forum,
            danish_date(decision.date),
            protocol.file.path()
        );
    }
    if let Some(newest) = protocol.newest_approval()
        && decision.date < newest.date.value
    {
        bail!(
            "protokollen er allerede godkendt {}, og det er efter {}. En godkendelse gælder teksten, som den står \
             nu, så den kan ikke være ældre end den seneste. Intet er skrevet.",
            danish_date(newest.date.value),
            danish_date(decision.date)
        );
    }
    let mut text = protocol.file.text().to_owned();
    let current = protocol
        .edition
        .version
        .as_ref()
        .map(|line| line.text.clone());
    let is_new = decision.version.is_some() && decision.version != current;
    let in_force = protocol.edition.in_force.as_ref().map(|date| date.value);
    let in_force = in_force.filter(|&date| is_new && date < decision.date);
    let mut set = |key, value: EntryValue| -> Result<()> {
        text = record::with_value(&text, "dokument", key, &value)
            .map_err(|_| no_room(protocol, "dokument"))?;
        Ok(())
    };
    if let (true, Some(version)) = (is_new, &decision.version) {
        set("version", EntryValue::Text(version.clone()))?;
    }
    if in_force.is_some() {
        set("gaelder_fra", EntryValue::Date(decision.date))?;
    }
    let former = protocol.newest_approval();
    Ok(Ok(EditionText {
        path: protocol.file.path().to_owned(),
        text,
        version: decision.version.clone().or_else(|| current.clone()),
        former_version: current.filter(|_| is_new),
        in_force: in_force.map(|_| decision.date),
        former_fingerprint: former
            .and_then(|approval| approval.fingerprint.as_ref())
            .map(|line| line.text.clone()),
        former_date: former.map(|approval| approval.date.value),
    }))
}

fn approval_entry(decision: &Decision, version: Option<&str>, fingerprint: &str) -> Entry {
    let text = |text: &str| EntryValue::Text(text.to_owned());
    let mut values = vec![
        ("forum", text(&decision.forum)),
        ("dato", EntryValue::Date(decision.date)),
        ("af", text(&decision.by)),
    ];
    values.extend(version.map(|version| ("version", text(version))));
    values.push(("aftryk", text(fingerprint)));
    Entry {
        list: "godkendelse",
        values,
    }
}

fn options(slug: &str, today: Date) -> CheckOptions {
    CheckOptions {
        protocols: vec![slug.to_owned()],
        ..CheckOptions::on(today)
    }
}

/// What keeps `protokol.toml` from being read, if anything does.
fn unreadable(work: &Work<'_>) -> Option<Vec<Finding>> {
    let own = work.shape.iter();
    let own = own.filter(|finding| finding.place.file.path() == work.protocol.file.path());
    let findings = own.filter(|finding| matches!(finding.code, Code::TomlSyntaks | Code::Tegnsaet));
    let findings = findings.cloned().collect();
    let mut findings = work
        .site
        .levels()
        .apply_to(findings, work.protocol)
        .findings;
    findings.sort_by(Finding::order);
    (!findings.is_empty()).then_some(findings)
}

/// What keeps the skabelon, or the area's file that names it, from being read as it is meant.
fn skabelon_errors(work: &Work<'_>) -> Vec<Finding> {
    let site = work.site;
    let area = site.area.skabelon.as_ref();
    let area = area.map(|name| (name, &site.area));
    let mut findings = site.findings.clone();
    findings.extend(
        site.skabeloner
            .findings(work.skabelon_name.into_iter(), false, area),
    );
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

/// Refuses a day that has not come, or that lies before the institution was founded.
fn can_have_happened(protocol: &Protocol, date: Date, today: Date) -> Result<()> {
    if date > today {
        bail!(
            "{} er ikke kommet endnu: i dag er det {}. Skriv det ind, når det er sket.",
            danish_date(date),
            danish_date(today)
        );
    }
    let founded = protocol.institution.founded.as_ref();
    if let Some(founded) = founded.filter(|founded| date < founded.value) {
        bail!(
            "{} ligger, før institutionen blev oprettet {}.",
            danish_date(date),
            danish_date(founded.value)
        );
    }
    Ok(())
}

/// Refuses a text that would be a finding where it stands.
fn can_be_written(option: &str, text: &str) -> Result<()> {
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

fn no_room(protocol: &Protocol, key: &str) -> anyhow::Error {
    anyhow!(no_room_in(protocol.file.path(), key))
}

fn no_room_in(path: &str, key: &str) -> String {
    format!(
        "{key} er skrevet på en måde i {path}, som programmet ikke kan føje noget til. Skriv det ind i hånden."
    )
}

fn empty_folder(slug: &str) -> anyhow::Error {
    anyhow!("mappen {} har ingen protokol", masked(slug))
}

/// The first line, counted from one, that differs from the former text and is not empty.
fn first_new_line(before: &str, after: &str) -> usize {
    let mut former = before.lines();
    let mut lines = after.lines();
    let found = lines.position(|line| former.next() != Some(line) && !line.trim().is_empty());
    found.map_or(1, |index| index + 1)
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
