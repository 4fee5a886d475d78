//! The packet for a meeting: what changed, what is open, the protocol itself and a page for the decision.

use anyhow::Result;
use serde::Serialize;

use super::open::{Open, open};
use super::{Meeting, Wanted, chosen, with_print};
use crate::commands::{DiffOptions, Since, diff, job};
use crate::diag::Finding;
use crate::document::{DateText, Document, StatusKind, danish_period, select};
use crate::export::PdfJob;
use crate::history::GitError;
use crate::model::{Protocol, Skabelon, duties_of, fold};
use crate::render::{PaperPart, changes};
use crate::site::{Look, Resolved, Work};
use crate::text::argument;

/// The main file of the template.
const PACKET: &str = "pakke.typ";

/// The most rows for signatures.
const ROLES: usize = 6;

#[derive(Serialize)]
struct PacketPrint<'d> {
    kind: &'static str,
    large: bool,
    duplex: bool,
    meeting: String,
    date: DateText,
    changes: ChangeSheet,
    /// The same in a sentence or two, for the agenda.
    changed: String,
    open: Open,
    /// The parts that come first; they are not among the document's.
    first: Vec<PaperPart<'d>>,
    /// Who signs.
    roles: Vec<String>,
    /// What writes the approval down.
    command: String,
}

/// What changed since the last approval, in the form that `aendringer.typ` prints.
#[derive(Serialize)]
pub(super) struct ChangeSheet {
    /// What was held against what; empty where nothing was.
    pub(super) compared: String,
    /// What there is to know about the comparison.
    pub(super) notes: Vec<String>,
    /// How much changed; empty where nobody can say.
    pub(super) summary: String,
    /// Where something changed.
    pub(super) places: Vec<changes::Place>,
}

impl ChangeSheet {
    /// A sheet that says in words why there is nothing to show.
    pub(super) fn with_notes(notes: Vec<String>) -> Self {
        Self {
            compared: String::new(),
            notes,
            summary: String::new(),
            places: Vec::new(),
        }
    }

    /// How much changed, or why nobody can say.
    fn in_short(&self) -> String {
        if !self.summary.is_empty() {
            return self.summary.clone();
        }
        self.notes.first().cloned().unwrap_or_default()
    }
}

/// The job of the packet; `findings` are sorted by their weight.
///
/// # Errors
/// When an id of what comes first names no part, or the former edition cannot be compared.
pub(super) fn packet(
    work: &Work<'_>,
    resolved: &Resolved,
    look: &Look,
    meeting: &Meeting,
    findings: Vec<Finding>,
    large: bool,
) -> Result<PdfJob<'static>> {
    let mut document = resolved.document.clone();
    let mut first = Vec::new();
    for id in &meeting.first {
        first.push(
            chosen(work, &resolved.document, id, &Wanted::ANY)?
                .id
                .clone(),
        );
    }
    let first = select::take_first(&mut document, &first);
    let mut changes = changes(work, &document)?;
    changes.notes.extend(new_version(work.protocol));
    let print = PacketPrint {
        kind: "packet",
        large,
        duplex: meeting.duplex,
        meeting: meeting.name.clone(),
        date: DateText::from(meeting.date),
        changed: changes.in_short(),
        changes,
        open: open(work, &resolved.document, findings, meeting.date),
        first: first.iter().map(PaperPart::from).collect(),
        roles: roles(work.skabelon, work.protocol, &meeting.name),
        command: command(work.protocol, meeting),
    };
    let mut packet = with_print(resolved, look, PACKET, &document, print);
    packet.created = job::noon(meeting.date);
    Ok(packet)
}

/// What changed since the last approval. Without git, or without a former edition there, the sheet says so.
fn changes(work: &Work<'_>, document: &Document) -> Result<ChangeSheet> {
    let mut sheet = ChangeSheet::with_notes(vec![standing(work.protocol, document)]);
    let kind = document.edition.status.kind;
    if !matches!(kind, StatusKind::Unverified | StatusKind::Changed) {
        return Ok(sheet);
    }
    let options = DiffOptions {
        protocols: vec![document.slug.clone()],
        since: Since::Approval,
        threads: 1,
    };
    match diff(work.site.repository, &options)? {
        Ok(report) => {
            let Some(changed) = report.protocols.first() else {
                return Ok(sheet);
            };
            let told = changes::Sheet::of(changed);
            // The name that git gives a state says nothing to a council; its day does.
            let day = changed.from.as_ref().and_then(|mark| mark.date.as_ref());
            let compared = day.map_or_else(String::new, |day| {
                format!("Sammenlignet med udgaven fra {}.", day.text)
            });
            Ok(ChangeSheet {
                compared,
                notes: told.notes,
                summary: told.summary,
                places: told.places,
            })
        }
        Err(problem) => {
            let reason = without_paths(&problem, &document.slug);
            sheet
                .notes
                .push(format!("Ændringerne kan ikke vises: {reason}"));
            Ok(sheet)
        }
    }
}

/// Why there is nothing to compare with. What git says itself may name folders of this machine, and a packet
/// is the same wherever it is made.
pub(super) fn without_paths(problem: &GitError, slug: &str) -> String {
    match problem {
        GitError::NoGit => "Programmet git er ikke på denne maskine.".to_owned(),
        GitError::NoRepository(_) => "Filerne ligger ikke i git.".to_owned(),
        GitError::NoCommits => "Der er ikke gemt noget i git endnu.".to_owned(),
        _ => format!(
            "git kan ikke læse en tidligere udgave. Se hvorfor med rusprot diff {} --since-approval.",
            argument(slug)
        ),
    }
}

/// A word with a capital at the head of a sentence.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// How the protocol stands to its last approval, in a sentence.
fn standing(protocol: &Protocol, document: &Document) -> String {
    let approval = protocol.newest_approval();
    let approved = approval.map_or_else(String::new, |approval| {
        let date = danish_period(approval.date.value);
        format!("godkendt {date} i {}", approval.forum.text)
    });
    let noun = document.noun();
    let pronoun = if noun == "protokollen" { "den" } else { "det" };
    let capital = capitalised(noun);
    match document.edition.status.kind {
        StatusKind::Draft | StatusKind::NotApproved => {
            format!(
                "{capital} har ikke været godkendt før, så der er ingen tidligere udgave at holde {pronoun} op imod."
            )
        }
        StatusKind::Approved => format!("Intet er ændret, siden {noun} blev {approved}."),
        StatusKind::Unverified => format!(
            "{capital} blev {approved}, men uden aftryk. Derfor kan det ikke ses, om der er ændret noget."
        ),
        StatusKind::Changed => format!("Der er ændret i {noun}, siden {pronoun} blev {approved}."),
    }
}

/// That the version is another than the one that was approved: it is no part of the text, so no change of it is listed.
fn new_version(protocol: &Protocol) -> Option<String> {
    let approved = &protocol.newest_approval()?.version.as_ref()?.text;
    let now = &protocol.edition.version.as_ref()?.text;
    (approved != now)
        .then(|| format!("Versionen er {now}. Den, der blev godkendt, var {approved}."))
}

/// Who signs: the role that answers for the protocol, then those that the year wheel names for this meeting.
/// The other rows stay empty.
fn roles(skabelon: &Skabelon, protocol: &Protocol, meeting: &str) -> Vec<String> {
    let here = duties_of(skabelon, protocol).filter(|duty| {
        let forum = duty.forum.as_ref();
        forum.is_some_and(|forum| fold(&forum.text) == fold(meeting))
    });
    let named = protocol.edition.responsible.iter();
    let named = named.chain(here.flat_map(|duty| &duty.responsible));
    let mut roles: Vec<String> = Vec::new();
    for role in named {
        if roles.len() < ROLES && roles.iter().all(|known| fold(known) != fold(&role.text)) {
            roles.push(role.text.clone());
        }
    }
    roles
}

/// What writes the approval down once the meeting has approved.
fn command(protocol: &Protocol, meeting: &Meeting) -> String {
    let by = protocol.edition.responsible.as_ref();
    let by = by.map_or("ROLLE", |role| &role.text);
    format!(
        "rusprot approve {} --forum {} --date {} --by {}",
        argument(&protocol.slug),
        argument(&meeting.name),
        meeting.date,
        argument(by)
    )
}
