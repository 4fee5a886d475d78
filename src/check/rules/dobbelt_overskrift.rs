//! RP104 `dobbelt-overskrift`: the same heading twice on one level.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::{Section, fold_heading};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    check_siblings(&context.protocol.sections, findings);
    check_siblings(&context.protocol.appendices, findings);
    context
        .protocol
        .visit(&mut |section| check_siblings(&section.children, findings));
}

fn check_siblings(siblings: &[Section], findings: &mut Vec<Finding>) {
    if siblings.len() < 2 {
        return;
    }
    let mut seen: BTreeMap<String, &Section> = BTreeMap::new();
    for section in siblings {
        if section.heading.text.is_empty() {
            continue;
        }
        let first = *seen
            .entry(fold_heading(&section.heading.text))
            .or_insert(section);
        if !std::ptr::eq(first, section) {
            findings.push(finding(first, section));
        }
    }
}

fn finding(first: &Section, second: &Section) -> Finding {
    let heading = &second.heading.text;
    Finding::new(
        Code::DobbeltOverskrift,
        second.heading_place(),
        format!("Overskriften »{heading}« står to gange på samme niveau."),
    )
    .with_help(
        "Siger de to det samme, så slet det ene. Ellers giv dem overskrifter, der viser forskellen: \
         overskrift = \"…\"",
    )
    .with_related(first.heading_place(), "Her står den første gang.")
}
