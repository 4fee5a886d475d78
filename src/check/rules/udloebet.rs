//! RP706 `udloebet`: the last day the document says it is in force has passed.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::text::Place;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let Some(until) = &protocol.edition.until else {
        return;
    };
    if until.value.last_day() >= context.today {
        return;
    }
    let finding = Finding::new(
        Code::Udloebet,
        Place::new(&protocol.file, until.span),
        format!("Protokollen gjaldt kun til {}.", until.value.danish()),
    );
    findings.push(finding.with_help(
        "Gå protokollen igennem, og få den godkendt igen. Skriv så den nye dato i gaelder_til, eller slet linjen.",
    ));
}
