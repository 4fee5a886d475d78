//! RP010 `dobbelt-id`: two places with one id, two files with one number.
//!
//! An id made from a heading gives way: it gets its parent's in front (`model::Targets`).

use crate::check::{Context, typed};
use crate::diag::{Code, Finding};
use crate::model::{ReferenceKind, Section};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let parts = [
        (ReferenceKind::Section, &context.protocol.sections),
        (ReferenceKind::Appendix, &context.protocol.appendices),
    ];
    for (kind, sections) in parts {
        let mut path = Vec::new();
        for (index, section) in sections.iter().enumerate() {
            path.push(index);
            check_ids(context, kind, section, &mut path, findings);
            path.pop();
        }
        for pair in sections.windows(2) {
            if pair[0].file_number == pair[1].file_number {
                findings.push(same_number(&pair[0], &pair[1]));
            }
        }
    }
}

fn check_ids(
    context: &Context<'_>,
    kind: ReferenceKind,
    section: &Section,
    path: &mut Vec<usize>,
    findings: &mut Vec<Finding>,
) {
    if let Some(span) = section.id_span
        && let Some(owner) = context.targets.find(ReferenceKind::Section, &section.id)
        && (owner.kind != kind || owner.path != *path)
    {
        let mut finding = Finding::new(
            Code::DuplicateId,
            section.place(span),
            format!("Id'et »{}« er brugt to steder i protokollen.", section.id),
        )
        .with_help(help(section));
        if let Some(first) = context.section_at(owner) {
            let place = first.place(first.id_span.unwrap_or(first.heading.span));
            finding = finding.with_related(place, "Her er det brugt første gang.");
        }
        findings.push(finding);
    }
    for (index, child) in section.children.iter().enumerate() {
        path.push(index);
        check_ids(context, kind, child, path, findings);
        path.pop();
    }
}

fn help(section: &Section) -> String {
    let id = &section.id;
    let from_file_name = section.id_span == Some(section.heading.span);
    if from_file_name {
        let number = section.file_number;
        format!(
            "Id'et er filens navn uden nummer. Giv filen et andet navn, for eksempel {number:02}-{id}-2.toml"
        )
    } else {
        format!(
            "Giv det ene sted et andet id, for eksempel id = {}",
            typed::string(&format!("{id}-2"))
        )
    }
}

fn same_number(first: &Section, second: &Section) -> Finding {
    let number = second.file_number;
    let name = |section: &Section| {
        let path = section.file.path();
        path.rsplit('/').next().unwrap_or(path).to_owned()
    };
    Finding::new(
        Code::DuplicateId,
        second.place(second.span),
        format!(
            "Filerne {} og {} har begge nummer {number}.",
            name(first),
            name(second)
        ),
    )
    .with_help("Giv den ene fil et andet nummer. Nummeret bestemmer rækkefølgen.")
    .with_related(first.place(first.span), "Her er den anden fil.")
}
