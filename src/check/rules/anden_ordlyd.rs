//! RP108 `anden-ordlyd`: the heading is one that the skabelon wants to see replaced (`fraraades`).
//!
//! Wordings under `ogsaa` count as well as the heading itself and are no finding.

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding, Fix};
use crate::model::{Requirement, Section, fold_heading};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.skabelon.visit(&mut |requirement| {
        if requirement.discouraged.is_empty() {
            return;
        }
        for section in context.answers.to(&requirement.id.value) {
            if is_discouraged(requirement, section) && !is_canonical_elsewhere(context, section) {
                findings.push(finding(requirement, section));
            }
        }
    });
}

fn is_discouraged(requirement: &Requirement, section: &Section) -> bool {
    let heading = fold_heading(&section.heading.text);
    let mut discouraged = requirement.discouraged.iter();
    discouraged.any(|wording| fold_heading(&wording.text) == heading)
}

/// Whether the heading is another requirement's own wording.
fn is_canonical_elsewhere(context: &Context<'_>, section: &Section) -> bool {
    let heading = fold_heading(&section.heading.text);
    let mut canonical = false;
    context.skabelon.visit(&mut |requirement| {
        canonical |= fold_heading(&requirement.heading.text) == heading;
    });
    canonical
}

fn finding(requirement: &Requirement, section: &Section) -> Finding {
    let heading = &requirement.heading.text;
    Finding::new(
        Code::AndenOrdlyd,
        section.heading_place(),
        format!(
            "Overskriften »{}« tæller, men skabelonen vil have den skiftet ud med »{heading}«.",
            section.heading.text
        ),
    )
    .with_help(format!("Skriv overskrift = {}", typed::string(heading)))
    .with_fix(Some(Fix::one(section.heading.span, heading)))
}
