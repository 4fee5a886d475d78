//! The receipt for an edition: what changed since people signed the last time, and lines for those who have read it.
//!
//! It is of what is in force, for everybody or for the readers of one edition. Who signs stands on paper alone: no
//! name is read from a file or written into one. Which edition people signed for last is told from the approvals.

use anyhow::Result;
use serde::Serialize;

use super::packet::{ChangeSheet, without_paths};
use super::with_print;
use crate::commands::approved_edition;
use crate::compare::{self, Mark, ProtocolChanges, Side};
use crate::document::{Document, EditionPlan, danish_period, select};
use crate::export::PdfJob;
use crate::history::{GitError, History, NewestApproval, Reading, side};
use crate::model::{Approval, Approved, Protocol, Reader, fold};
use crate::render::changes;
use crate::site::{Look, Resolved, Work};

/// The main file of the template.
const RECEIPT: &str = "kvittering.typ";

#[derive(Serialize)]
struct ReceiptPrint {
    kind: &'static str,
    large: bool,
    /// "Rusmiddelprotokol", or the name of the edition for some of the readers.
    what: String,
    changes: ChangeSheet,
    /// Who signs, as roles; the other lines stay empty.
    roles: Vec<String>,
}

/// A receipt, or why there is none to print.
pub(super) enum Receipt {
    Job(PdfJob<'static>),
    /// What to say.
    NotNeeded(String),
}

/// The receipt for a protocol, or for one of its editions for some of the readers; `document` is what they have.
///
/// # Errors
/// When a former edition cannot be compared for another reason than git's.
pub(super) fn receipt(
    work: &Work<'_>,
    resolved: &Resolved,
    document: &Document,
    look: &Look,
    plan: Option<&EditionPlan>,
    large: bool,
) -> Result<Receipt> {
    let whole = &resolved.document;
    let standing = Standing::of(work.protocol, &whole.edition.fingerprint);
    if let Some((newest, signed)) = standing.not_needed() {
        return Ok(Receipt::NotNeeded(format!(
            "Der skal ikke kvitteres for ændringen, der blev godkendt {}: Den er ikke væsentlig (vaesentlig = false). \
             Kvitteringerne for {} gælder stadig.",
            newest.date.value.danish(),
            called(signed)
        )));
    }
    let print = ReceiptPrint {
        kind: "receipt",
        large,
        what: match plan {
            Some(plan) => plan.named.name.clone(),
            None => document.title.clone(),
        },
        changes: changes(work, whole, &standing, plan),
        roles: roles(document, plan),
    };
    let empty = select::only(document, Vec::new());
    Ok(Receipt::Job(with_print(
        resolved, look, RECEIPT, &empty, print,
    )))
}

/// How the text stands to its approvals.
struct Standing<'p> {
    approved: Approved<'p>,
    /// The one that people signed for before this text.
    signed: Option<&'p Approval>,
}

impl<'p> Standing<'p> {
    fn of(protocol: &'p Protocol, fingerprint: &str) -> Self {
        let approved = Approved::of(protocol, || fingerprint);
        let mut approvals = protocol.approvals_by_day();
        if matches!(approved, Approved::Unverified(_) | Approved::Stands(_)) {
            // The newest is of this text.
            approvals.pop();
        }
        let mut earlier = approvals.into_iter().rev();
        Self {
            approved,
            signed: earlier.find(|approval| approval.essential),
        }
    }

    /// The newest approval with the one that people have signed for, where that will do.
    fn not_needed(&self) -> Option<(&'p Approval, &'p Approval)> {
        let (Approved::Stands(newest) | Approved::Unverified(newest)) = self.approved else {
            return None;
        };
        self.signed
            .filter(|_| !newest.essential)
            .map(|signed| (newest, signed))
    }
}

/// "version 3", or the day where it has no number.
fn called(approval: &Approval) -> String {
    match &approval.version {
        Some(version) => format!("version {}", version.text),
        None => format!("udgaven fra {}", approval.date.value.danish()),
    }
}

/// What changed since people signed the last time.
fn changes(
    work: &Work<'_>,
    document: &Document,
    standing: &Standing<'_>,
    plan: Option<&EditionPlan>,
) -> ChangeSheet {
    let mut notes = Vec::new();
    match standing.approved {
        Approved::Not => notes.push(
            "Teksten er ikke godkendt endnu. Vent med at skrive under, til den er det.".to_owned(),
        ),
        Approved::Changed(approval, _) => notes.push(format!(
            "Der er rettet i teksten, siden den blev godkendt {}. Rettelserne er ikke godkendt endnu. Vent med at \
             skrive under, til de er det.",
            danish_period(approval.date.value)
        )),
        Approved::Unverified(_) | Approved::Stands(_) => {}
    }
    let Some(signed) = standing.signed else {
        notes.push("Ingen har kvitteret for en tidligere udgave. Læs det hele.".to_owned());
        return ChangeSheet::with_notes(notes);
    };
    match since(work, document, signed, plan) {
        Ok(Some(changed)) => {
            let told = changes::Sheet::of(&changed);
            notes.extend(told.notes);
            ChangeSheet {
                notes,
                summary: told.summary,
                places: told.places,
                ..ChangeSheet::with_notes(Vec::new())
            }
        }
        Ok(None) => {
            notes.push(format!(
                "Den udgave, der blev godkendt {}, ligger ikke i git. Derfor kan ændringerne ikke vises. Læs det hele.",
                danish_period(signed.date.value)
            ));
            ChangeSheet::with_notes(notes)
        }
        Err(problem) => {
            let reason = without_paths(&problem, &document.slug);
            notes.push(format!(
                "Ændringerne kan ikke vises: {reason} Læs det hele."
            ));
            ChangeSheet::with_notes(notes)
        }
    }
}

/// The comparison with the edition that an approval is of; none where it is not to be found.
fn since(
    work: &Work<'_>,
    document: &Document,
    signed: &Approval,
    plan: Option<&EditionPlan>,
) -> Result<Option<ProtocolChanges>, GitError> {
    let Reading::Read(mut now) = side(work) else {
        return Ok(None);
    };
    let approval = NewestApproval::from(signed);
    let (former, note) = if approval.fingerprint.as_ref() == Some(&document.edition.fingerprint) {
        let note = format!(
            "Teksten er den samme som i {}, der blev godkendt {}.",
            called(signed),
            danish_period(signed.date.value)
        );
        (now.clone(), note)
    } else {
        let history = History::open(work.site.repository)?;
        match approved_edition(&history, &document.slug, &approval)? {
            Some((edition, note)) => (Box::new(edition.side), note),
            None => return Ok(None),
        }
    };
    let former = of_readers(*former, plan);
    let to = Mark::of(&now.document, None);
    *now = of_readers(*now, plan);
    // What is asked of the leader is nothing to sign for; a common text stands in its section.
    let former = Side {
        asked: now.asked.clone(),
        ..former
    };
    let changes = compare::compare(&former, &now);
    let from = Mark::of(&former.document, None);
    let mut changed = ProtocolChanges::between(from, to, &now.document, changes);
    changed.notes = vec![note];
    Ok(Some(changed))
}

/// One side as the readers of an edition have it: by the plan that it had then, if it had one.
fn of_readers(side: Side, plan: Option<&EditionPlan>) -> Side {
    let Some(plan) = plan else { return side };
    let mut own = side.document.editions.iter();
    let plan = own
        .find(|own| own.named.id == plan.named.id)
        .unwrap_or(plan);
    Side {
        document: select::edition(&side.document, plan),
        ..side
    }
}

/// The roles that sign: who answers for it, and those that it tells of. Where only residents or relatives read it,
/// nobody signs as a role.
fn roles(document: &Document, plan: Option<&EditionPlan>) -> Vec<String> {
    let is_staff = |reader: &Reader| matches!(reader, Reader::Medarbejder | Reader::Leder);
    let is_for_staff =
        plan.is_none_or(|plan| plan.readers.is_empty() || plan.readers.iter().any(is_staff));
    if !is_for_staff {
        return Vec::new();
    }
    let mut roles: Vec<String> = Vec::new();
    let mut add = |role: &str| {
        if roles.iter().all(|known| fold(known) != fold(role)) {
            roles.push(role.to_owned());
        }
    };
    document
        .edition
        .responsible
        .iter()
        .for_each(|role| add(role));
    select::roles(document).into_iter().for_each(add);
    roles
}
