//! RP101 `manglende-afsnit`: a heading that the skabelon requires has no section.

use super::ukendt_krav;
use crate::check::context::Context;
use crate::check::texts::near;
use crate::diag::{Code, Finding, Subject};
use crate::model::{Demand, Requirement, Section};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let unnamed = |section: &Section| section.heading.text.is_empty();
    if context.protocol.incomplete || context.protocol.sections.iter().any(unnamed) {
        // The section may stand in the file that could not be read, or be the one without a heading.
        return;
    }
    let meant = ukendt_krav::meant_by_slips(context);
    for requirement in &context.skabelon.requirements {
        if meant.contains(&requirement.id.value.as_str()) {
            continue;
        }
        if requirement.demand == Demand::Must
            && context.answers.first(&requirement.id.value).is_none()
        {
            findings.push(finding(context, requirement));
        }
    }
}

fn finding(context: &Context<'_>, requirement: &Requirement) -> Finding {
    let heading = &requirement.heading.text;
    let message = format!("Protokollen mangler afsnittet »{heading}«.");
    let finding = match near_miss(context, requirement) {
        Some(section) => Finding::new(Code::ManglendeAfsnit, section.heading_place(), message).with_help(format!(
            "Mente du »{heading}«, da du skrev »{}«? Ret overskriften, eller skriv opfylder = \"{}\" i afsnittet.",
            section.heading.text, requirement.id.value
        )),
        None => Finding::new(Code::ManglendeAfsnit, context.protocol.top(), message).with_help(format!(
            "Lav en ny fil i mappen {} med linjen overskrift = \"{heading}\". Svarer et andet afsnit på det, \
             så skriv opfylder = \"{}\" i det.",
            context.protocol.path, requirement.id.value
        )),
    };
    finding.about(Subject::Requirement(requirement.id.value.clone()))
}

/// The section whose heading is most like the required one and that answers nothing yet.
fn near_miss<'p>(context: &Context<'p>, requirement: &Requirement) -> Option<&'p Section> {
    let wanted = std::iter::once(&requirement.heading).chain(&requirement.aliases);
    let free = context
        .sections()
        .into_iter()
        .filter(|section| context.answers.led_by(section, context.skabelon).is_empty());
    near::heading(
        wanted.map(|wording| wording.text.as_str()),
        free.map(|section| (section, section.heading.text.as_str())),
    )
}
