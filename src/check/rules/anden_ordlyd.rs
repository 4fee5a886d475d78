//! RP108 `anden-ordlyd`: the heading is one of `ogsaa`, not the skabelon's own wording.

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding, Fix};
use crate::model::{Requirement, Section, fold_heading};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.skabelon.visit(&mut |requirement| {
        for section in context.answers.to(&requirement.id.value) {
            // Most headings are the skabelon's to the letter; only others are worth folding.
            if section.heading.text != requirement.heading.text
                && has_other_wording(requirement, section)
                && !is_canonical_elsewhere(context, section)
            {
                findings.push(finding(requirement, section));
            }
        }
    });
}

fn has_other_wording(requirement: &Requirement, section: &Section) -> bool {
    let heading = fold_heading(&section.heading.text);
    let is_heading = |wording: &str| fold_heading(wording) == heading;
    let mut aliases = requirement.aliases.iter();
    !is_heading(&requirement.heading.text) && aliases.any(|alias| is_heading(&alias.text))
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
            "Overskriften »{}« gælder, men skabelonen siger »{heading}«.",
            section.heading.text
        ),
    )
    .with_help(format!("Skriv overskrift = {}", typed::string(heading)))
    .with_fix(Some(Fix::one(section.heading.span, heading)))
}
