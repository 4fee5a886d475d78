//! `approve`: writes down in `protokol.toml` that a protocol has been approved as it stands.
//!
//! An approval is written only if the whole check, made on the text as it would be, finds no error. The file is
//! replaced whole or left as it was; one that cannot be read as TOML is never touched.

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::check::check_in;
use super::written::{
    can_be_written, can_have_happened, empty_folder, first_new_line, line_of, no_room, no_room_in,
    options, unreadable, write_down,
};
use crate::check::names_a_person;
use crate::diag::{Code, Finding, Level};
use crate::load::Repository;
use crate::model::{Approval, fold};
use crate::record::{self, Entry, EntryValue};
use crate::site::{Site, Work};
use crate::text::Period;
use crate::write::Lock;

/// A decision to approve a protocol as it stands.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The protocol.
    pub slug: String,
    /// Who approved.
    pub forum: String,
    /// When they did.
    pub date: Period,
    /// The role that writes it down.
    pub by: String,
    /// The version that was approved; none means the one the protocol says it is.
    pub version: Option<String>,
    /// Whether nothing may have changed since the former approval.
    pub no_changes: bool,
    /// Whether what changed is so little that nobody signs for it once more.
    pub minor: bool,
    /// The day it is.
    pub today: Date,
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
        since: Option<Period>,
    },
}

/// What was written with an approval.
#[derive(Debug)]
pub struct WrittenApproval {
    /// The file, relative to the repository's root, and the line the approval begins on.
    pub place: (String, usize),
    /// Who approved.
    pub forum: String,
    /// When they did.
    pub date: Period,
    /// The short code of what was approved.
    pub code: String,
    /// The version that was approved.
    pub version: Option<String>,
    /// The version the protocol said it was, where that was another.
    pub former_version: Option<String>,
    /// The date it is in force from, where that had to follow.
    pub in_force: Option<Period>,
    /// Whether an approval with a fingerprint stood there before.
    pub had_former: bool,
    /// Whether the former approval has the same fingerprint.
    pub unchanged: bool,
    /// The deadlines that have passed. They say nothing against what was approved.
    pub late: Vec<Finding>,
}

/// Writes down that a protocol has been approved as it stands.
///
/// # Errors
/// Where the day cannot be right or a text cannot stand there, and where the disk fails.
pub fn approve(repository: &Repository, decision: &Decision) -> Result<Approved> {
    let _alone = Lock::of(repository.root())?;
    for (option, text) in [
        ("forum", Some(&decision.forum)),
        ("by", Some(&decision.by)),
        ("version", decision.version.as_ref()),
    ] {
        text.map_or(Ok(()), |text| can_be_written(option, text))?;
    }
    if names_a_person(&decision.by) {
        bail!(
            "»{}« er en persons navn. Skriv rollen efter --by, for eksempel --by Tilbudsleder. Intet er skrevet.",
            decision.by
        );
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
    let with_version = site.with_main(&after, &decision.slug)?;
    let resolved = with_version.work(&decision.slug, |work| {
        let edition = &work.resolved().document.edition;
        (edition.fingerprint.clone(), edition.code.clone())
    })?;
    let (fingerprint, code) = resolved.ok_or_else(|| empty_folder(&decision.slug))?.0;
    let unchanged = edition.former_fingerprint.as_ref() == Some(&fingerprint);
    if decision.no_changes && !unchanged {
        let since = edition.former_fingerprint.and(edition.former_date);
        return Ok(Approved::Changed { since });
    }
    let entry = approval_entry(decision, edition.version.as_deref(), &fingerprint);
    let text = record::with_entry(&edition.text, &entry);
    let text = text.map_err(|_| anyhow!(no_room_in(&edition.path, "godkendelse")))?;
    after.put(&edition.path, text.clone());
    let outcome = check_in(&site.with_main(&after, &decision.slug)?, &options)?;
    let (errors, late) = standing_errors(outcome.findings);
    if !errors.is_empty() {
        return Ok(Approved::Errors(errors));
    }
    if outcome.bugs > 0 {
        bail!("kontrollen blev ikke færdig, så godkendelsen er ikke skrevet");
    }
    write_down(repository, &edition.path, &edition.former, &text)?;
    Ok(Approved::Written(Box::new(WrittenApproval {
        place: (edition.path, first_new_line(&edition.text, &text)),
        forum: decision.forum.clone(),
        date: decision.date,
        code,
        version: edition.version,
        former_version: edition.former_version,
        in_force: edition.in_force,
        had_former: edition.former_fingerprint.is_some(),
        unchanged,
        late,
    })))
}

/// The errors that stand against an approval, and the deadlines that have passed: a decision of another year can
/// be written down without a revision that nobody made.
pub(super) fn standing_errors(findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
    let errors = findings.into_iter();
    let errors = errors.filter(|finding| finding.level == Level::Error);
    errors.partition(|finding| finding.code != Code::FristOverskredet)
}

/// A protocol as it is to be approved.
struct EditionText {
    path: String,
    /// `protokol.toml` as it stands.
    former: String,
    /// `protokol.toml` with the new version, without the approval.
    text: String,
    version: Option<String>,
    former_version: Option<String>,
    in_force: Option<Period>,
    former_fingerprint: Option<String>,
    former_date: Option<Period>,
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
            decision.date.danish(),
            protocol.file.path()
        );
    }
    if decision.minor && protocol.approvals.is_empty() {
        bail!(
            "protokollen er ikke godkendt før, så alt i den er nyt. Godkend den uden --minor. Intet er skrevet."
        );
    }
    if let Some(newest) = protocol.newest_approval()
        && decision.date.last_day() < newest.date.value.first_day()
    {
        bail!(
            "protokollen er allerede godkendt {}, og det er efter {}. En godkendelse gælder teksten, som den står \
             nu, så den kan ikke være ældre end den seneste. Intet er skrevet.",
            newest.date.value.danish(),
            decision.date.danish()
        );
    }
    let mut text = protocol.file.text().to_owned();
    let current = protocol
        .edition
        .version
        .as_ref()
        .map(|line| line.text.clone());
    let is_new = decision.version.is_some() && decision.version != current;
    let in_force = protocol
        .edition
        .in_force
        .as_ref()
        .map(|date| date.value.last_day());
    let in_force = in_force.filter(|&date| is_new && date < decision.date.first_day());
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
        former: protocol.file.text().to_owned(),
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
    if decision.minor {
        values.push(("vaesentlig", EntryValue::YesNo(false)));
    }
    values.push(("aftryk", text(fingerprint)));
    Entry {
        list: "godkendelse",
        values,
    }
}
