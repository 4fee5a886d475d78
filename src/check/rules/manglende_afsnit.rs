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
    let id = &requirement.id.value;
    let message = format!("Protokollen mangler afsnittet »{heading}«.");
    let finding = if let Some(section) = near_miss(context, requirement) {
        Finding::new(Code::ManglendeAfsnit, section.heading_place(), message).with_help(format!(
            "Mente du »{heading}«, da du skrev »{}«? Ret overskriften, eller skriv opfylder = \"{id}\" i afsnittet.",
            section.heading.text
        ))
    } else {
        let finding = Finding::new(Code::ManglendeAfsnit, context.protocol.top(), message);
        let new = format!(
            "Lav en ny fil i mappen {} med linjen overskrift = \"{heading}\".",
            context.protocol.path
        );
        match below(context, requirement) {
            Some(section) => finding
                .with_help(format!(
                    "{new} Underafsnittet »{}« tæller ikke af sig selv, for det står inde i et andet afsnit. Er \
                     svaret dér, så skriv opfylder = \"{id}\" i det.",
                    section.heading.text
                ))
                .with_related(section.heading_place(), "Her står underafsnittet."),
            None => finding.with_help(format!(
                "{new} Svarer et andet afsnit på det, så skriv opfylder = \"{id}\" i det."
            )),
        }
    };
    finding.about(Subject::Requirement(id.clone()))
}

/// The section whose heading is most like the required one and that answers nothing yet. Sub-sections are about
/// what they stand in, so none of them is meant to have it.
fn near_miss<'p>(context: &Context<'p>, requirement: &Requirement) -> Option<&'p Section> {
    let sections = context.protocol.sections.iter();
    let free =
        sections.filter(|section| context.answers.led_by(section, context.skabelon).is_empty());
    near::heading(
        requirement.wordings().map(|wording| wording.text.as_str()),
        free.map(|section| (section, section.heading.text.as_str())),
    )
}

/// The first sub-section with a heading that would answer the requirement if it were a section of its own.
fn below<'p>(context: &Context<'p>, requirement: &Requirement) -> Option<&'p Section> {
    let has_wording = |section: &&Section| {
        let mut wordings = context.skabelon.wordings(&section.heading.text).iter();
        wordings.any(|wording| wording.id == requirement.id.value)
    };
    context.sections().into_iter().find(has_wording)
}
