//! What stands before the text: whose protocol it is, which edition, and the footer of every page.

use super::typography::{NO_BREAK, Typesetter};
use super::{
    AreaName, DateText, Document, Edition, Fact, Fingerprint, Institution, SkabelonName, Status,
    StatusKind, danish_period,
};
use crate::model::{self, Approval, Approved, Protocol, Skabelon, Standing};
use crate::text::{Period, Spanned};
use jiff::civil::Date;

/// The kind of document, as the institution or else the skabelon names it.
pub(super) fn title(skabelon: &Skabelon, protocol: &Protocol) -> String {
    protocol
        .title
        .as_ref()
        .unwrap_or(&skabelon.document_type)
        .text
        .clone()
}

pub(super) fn institution(protocol: &Protocol) -> Institution {
    let institution = &protocol.institution;
    Institution {
        name: institution.name.text.clone(),
        sort: text(institution.sort.as_ref()),
        short_name: text(institution.short_name.as_ref()),
        address: institution
            .address
            .iter()
            .map(|line| line.text.clone())
            .collect(),
        phone: text(institution.phone.as_ref()),
        mail: text(institution.mail.as_ref()),
        web: text(institution.web.as_ref()),
    }
}

pub(super) fn area(protocol: &Protocol) -> AreaName {
    AreaName {
        name: protocol.area.name.text.clone(),
        organisation: text(protocol.area.organisation.as_ref()),
    }
}

pub(super) fn skabelon(skabelon: &Skabelon) -> SkabelonName {
    SkabelonName {
        name: skabelon.name.text.clone(),
        version: skabelon.version.text.clone(),
        publisher: text(skabelon.publisher.as_ref()),
    }
}

/// The edition; whether it is approved comes with [`judge`].
pub(super) fn edition(skabelon: &Skabelon, protocol: &Protocol) -> Edition {
    let mut duties = model::duties_of(skabelon, protocol);
    let revision = duties.find(|duty| duty.id.value == model::REVISION);
    let date = |date: &Option<Spanned<Period>>| {
        let date = date.as_ref();
        date.map(|date| DateText::from(date.value))
    };
    let next = revision.and_then(|duty| Standing::of(duty, protocol).due);
    Edition {
        version: text(protocol.edition.version.as_ref()),
        responsible: text(protocol.edition.responsible.as_ref()),
        in_force: date(&protocol.edition.in_force),
        until: date(&protocol.edition.until),
        case: text(protocol.edition.case.as_ref()),
        item: text(protocol.edition.item.as_ref()),
        kle: text(protocol.edition.kle.as_ref()),
        next_revision: next.map(DateText::from),
        status: not_approved(),
        fingerprint: String::new(),
        code: String::new(),
    }
}

/// Holds what the document says against its newest approval.
pub(super) fn judge(
    document: &mut Document,
    skabelon: &Skabelon,
    protocol: &Protocol,
    fingerprint: Fingerprint,
    draft: bool,
) {
    let edition = &mut document.edition;
    edition.fingerprint = fingerprint.to_string();
    edition.code = fingerprint.short().to_string();
    edition.status = status(protocol, &edition.fingerprint, draft);
    document.draft = matches!(
        edition.status.kind,
        StatusKind::Draft | StatusKind::NotApproved
    );
    document.copy_note = format!("{} · udskrift er ikke styret", edition.code);
    document.facts = facts(skabelon, edition);
}

fn status(protocol: &Protocol, fingerprint: &str, draft: bool) -> Status {
    if draft {
        return Status {
            kind: StatusKind::Draft,
            label: "UDKAST",
            text: "Udkast".to_owned(),
        };
    }
    let by = |approval: &Approval| {
        let date = danish_period(approval.date.value);
        format!("{date} i {}", approval.forum.text)
    };
    let (kind, label, text) = match Approved::of(protocol, || fingerprint) {
        Approved::Not => return not_approved(),
        Approved::Unverified(approval) => (
            StatusKind::Unverified,
            "GODKENDT UDEN AFTRYK",
            format!("Godkendt {}, uden aftryk", by(approval)),
        ),
        Approved::Stands(approval) => (
            StatusKind::Approved,
            "GÆLDENDE",
            format!("Gældende, godkendt {}", by(approval)),
        ),
        Approved::Changed(approval, _) => (
            StatusKind::Changed,
            "ÆNDRET SIDEN GODKENDELSE",
            format!("Ændret, siden den blev godkendt {}", by(approval)),
        ),
    };
    Status { kind, label, text }
}

fn not_approved() -> Status {
    Status {
        kind: StatusKind::NotApproved,
        label: "UDKAST",
        text: "Udkast, ikke godkendt".to_owned(),
    }
}

/// The rows of the title block: what a reader asks first comes first. The area and the ways to reach the
/// institution are not among them; they stand with the names above.
fn facts(skabelon: &Skabelon, edition: &Edition) -> Vec<Fact> {
    let date = |date: &Option<DateText>| date.as_ref().map(|date| date.text.clone());
    let follows = if skabelon.name.text.is_empty() {
        None
    } else {
        let (name, version) = (&skabelon.name.text, &skabelon.version.text);
        Some(format!("{name}, version{NO_BREAK}{version}"))
    };
    [
        ("Version", edition.version.clone()),
        ("Gælder fra", date(&edition.in_force)),
        ("Gælder til", date(&edition.until)),
        ("Status", Some(edition.status.text.clone())),
        ("Næste revision senest", date(&edition.next_revision)),
        ("Ansvarlig", edition.responsible.clone()),
        ("Sag", edition.case.clone()),
        ("Dagsordenspunkt", edition.item.clone()),
        ("KLE", edition.kle.clone()),
        ("Skabelon", follows),
    ]
    .into_iter()
    .filter_map(|(label, value)| {
        let value = Typesetter::line(&value?);
        Some(Fact { label, value })
    })
    .collect()
}

/// "Bækhuset · Rusmiddelprotokol · version 2.1 · gælder fra 3. februar 2026"
pub(super) fn footer(protocol: &Protocol, title: &str, edition: &Edition) -> String {
    let short = protocol.institution.short_name.as_ref();
    let name = short.unwrap_or(&protocol.institution.name);
    let mut footer = format!("{} · {title}", name.text);
    if let Some(version) = &edition.version {
        footer.push_str(&format!(" · version{NO_BREAK}{version}"));
    }
    if let Some(date) = &edition.in_force {
        footer.push_str(&format!(" · gælder fra {}", date.text));
    }
    footer
}

/// A line as it is printed.
pub(super) fn set(line: Option<&model::Line>) -> Option<String> {
    line.map(|line| Typesetter::line(&line.text))
}

fn text(line: Option<&model::Line>) -> Option<String> {
    line.map(|line| line.text.clone())
}

/// Whether a day has passed, on a day that somebody named.
pub(super) fn overdue(due: Option<Date>, today: Option<Date>) -> bool {
    matches!((due, today), (Some(due), Some(today)) if due < today)
}
