//! RP705 `uden-version`: nothing on the document tells one edition from another: no version, no date, no approval.

use crate::check::context::Context;
use crate::diag::{Code, Finding};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let edition = &protocol.edition;
    if edition.version.is_some()
        || edition.in_force.is_some()
        || !protocol.approvals.is_empty()
        || !protocol.events.is_empty()
    {
        return;
    }
    let finding = Finding::new(
        Code::UdenVersion,
        protocol.top(),
        "Protokollen har hverken version, dato eller godkendelse.",
    );
    findings.push(finding.with_help(how_to_write(context)));
}

/// The line to write, and where.
fn how_to_write(context: &Context<'_>) -> String {
    let protocol = context.protocol;
    let table = protocol.edition.span;
    let table = table.map(|span| protocol.file.slice(span));
    match table {
        Some(header) if header.starts_with('[') => {
            format!("Skriv på linjen under {header}: version = \"1\"")
        }
        Some(braces) if braces.starts_with('{') => {
            "Skriv version = \"1\" mellem { og } efter dokument, med et komma imellem.".to_owned()
        }
        Some(_) => "Skriv øverst i filen: dokument.version = \"1\"".to_owned(),
        None => "Skriv [dokument] på en linje for sig selv nederst i filen og version = \"1\" på den næste."
            .to_owned(),
    }
}
