//! `approve --adopt`: gives an approval that stands in `protokol.toml` the fingerprint of the text as it stands.
//!
//! Nothing else is written: the forum, the day and the version are what somebody wrote. As with every approval the
//! whole check comes first, and only a deadline may have passed.

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::approve::{Approved, WrittenApproval, standing_errors};
use super::check::check_in;
use super::written::{empty_folder, line_of, no_room, options, unreadable, write_down};
use crate::load::Repository;
use crate::model::{Protocol, fold};
use crate::record::{self, EntryValue};
use crate::site::Site;
use crate::text::Period;
use crate::write::Lock;

/// Which approval is adopted.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// The protocol.
    pub slug: String,
    /// Who approved; none where the newest approval is meant, whoever gave it.
    pub forum: Option<String>,
    /// When it can have been; none for any time.
    pub date: Option<Period>,
    /// The day it is.
    pub today: Date,
}

/// Gives the approval its fingerprint.
///
/// # Errors
/// Where no approval is meant or the one that is has a fingerprint, where a newer one stands, and where the disk
/// fails.
pub fn adopt(repository: &Repository, adoption: &Adoption) -> Result<Approved> {
    let _alone = Lock::of(repository.root())?;
    let options = options(&adoption.slug, adoption.today);
    let site = Site::open(repository, 0, options.judging())?;
    let found = site.work(&adoption.slug, |work| {
        if let Some(findings) = unreadable(work) {
            return Ok(Err(findings));
        }
        let index = meant(work.protocol, adoption)?;
        let edition = &work.resolved().document.edition;
        let fingerprint = edition.fingerprint.clone();
        let text = record::with_more(
            work.protocol.file.text(),
            "godkendelse",
            index,
            "aftryk",
            &EntryValue::Text(fingerprint),
        )
        .map_err(|_| no_room(work.protocol, "godkendelse"))?;
        let approval = &work.protocol.approvals[index];
        let written = WrittenApproval {
            place: (
                work.protocol.file.path().to_owned(),
                line_of(work.protocol.file.text(), approval.date.span.start()),
            ),
            forum: approval.forum.text.clone(),
            date: approval.date.value,
            code: edition.code.clone(),
            version: approval.version.as_ref().map(|line| line.text.clone()),
            former_version: None,
            in_force: None,
            had_former: false,
            unchanged: false,
            late: Vec::new(),
        };
        Ok(Ok((written, work.protocol.file.text().to_owned(), text)))
    })?;
    let (mut written, former, text) = match found.ok_or_else(|| empty_folder(&adoption.slug))?.0 {
        Ok(Ok(found)) => found,
        Ok(Err(findings)) => return Ok(Approved::Errors(findings)),
        Err::<_, anyhow::Error>(error) => return Err(error),
    };
    let mut after = repository.clone();
    after.put(&written.place.0, text.clone());
    let outcome = check_in(&site.with_main(&after, &adoption.slug)?, &options)?;
    if outcome.bugs > 0 {
        bail!("kontrollen blev ikke færdig, så aftrykket er ikke skrevet");
    }
    let (errors, late) = standing_errors(outcome.findings);
    if !errors.is_empty() {
        return Ok(Approved::Errors(errors));
    }
    written.late = late;
    write_down(repository, &written.place.0, &former, &text)?;
    Ok(Approved::Written(Box::new(written)))
}

/// The approval that is meant: the newest without a fingerprint of those that fit.
fn meant(protocol: &Protocol, adoption: &Adoption) -> Result<usize> {
    let approvals = protocol.approvals.iter().enumerate();
    let fitting = approvals.filter(|(_, approval)| {
        let forum = adoption.forum.as_ref();
        forum.is_none_or(|forum| fold(forum) == fold(&approval.forum.text))
            && adoption
                .date
                .is_none_or(|date| approval.date.value.meets(date))
    });
    let newest = fitting.max_by_key(|(_, approval)| approval.date.value.last_day());
    let (index, approval) = newest.ok_or_else(|| {
        anyhow!(
            "der står ingen sådan godkendelse i {}. Skriv den ind uden --adopt.",
            protocol.file.path()
        )
    })?;
    if approval.fingerprint.is_some() {
        bail!(
            "godkendelsen i {} {} har allerede et aftryk. Intet er skrevet.",
            approval.forum.text,
            approval.date.value.danish()
        );
    }
    let newer = protocol.newest_approval();
    if let Some(newer) = newer
        && newer.date.value.last_day() > approval.date.value.last_day()
    {
        bail!(
            "protokollen er godkendt igen {}, og et aftryk er altid af teksten, som den står nu. Intet er skrevet.",
            newer.date.value.danish()
        );
    }
    Ok(index)
}
