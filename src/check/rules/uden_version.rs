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
    let has_table = protocol
        .file
        .text()
        .lines()
        .any(|line| line.trim() == "[dokument]");
    findings.push(finding.with_help(if has_table {
        "Skriv på linjen under [dokument]: version = \"1\""
    } else {
        "Skriv [dokument] på en linje for sig selv nederst i filen og version = \"1\" på den næste."
    }));
}
