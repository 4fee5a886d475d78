//! RP101 `manglende-afsnit`: a heading that the skabelon requires has no section.

use crate::check::Context;
use crate::diag::{Code, Finding};
use crate::model::{Demand, Requirement, Section, fold_heading};

/// Headings less alike than this are no suggestion. Chosen on the real protocol, where "Handleanvisninger
/// for arbejdet med rusmidler på …" is near and "Indledning" is not.
const NEAR: f64 = 0.6;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.protocol.incomplete {
        // The section may stand in the file that could not be read.
        return;
    }
    for requirement in &context.skabelon.requirements {
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
    match near(context, requirement) {
        Some(section) => Finding::new(Code::MissingSection, section.heading_place(), message).with_help(format!(
            "Mente du »{heading}«, da du skrev »{}«? Ret overskriften, eller skriv opfylder = \"{}\" i afsnittet.",
            section.heading.text, requirement.id.value
        )),
        None => Finding::new(Code::MissingSection, context.protocol.top(), message).with_help(format!(
            "Lav en ny fil i mappen {} med linjen overskrift = \"{heading}\". Svarer et andet afsnit på det, \
             så skriv opfylder = \"{}\" i det.",
            context.protocol.path, requirement.id.value
        )),
    }
}

/// The section whose heading is most like the required one and that answers nothing yet.
fn near<'p>(context: &Context<'p>, requirement: &Requirement) -> Option<&'p Section> {
    let wordings: Vec<String> = std::iter::once(&requirement.heading)
        .chain(&requirement.aliases)
        .map(|wording| fold_heading(&wording.text))
        .collect();
    context
        .sections()
        .into_iter()
        .filter(|section| context.answers.led_by(section, context.skabelon).is_empty())
        .filter_map(|section| {
            let heading = fold_heading(&section.heading.text);
            let alike = wordings
                .iter()
                .map(|wording| likeness(&heading, wording))
                .fold(0.0, f64::max);
            (alike >= NEAR).then_some((alike, section))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, section)| section)
}

/// From 0 to 1: the share of letter pairs two headings have in common. Unlike an edit distance it is kind
/// to words that were added, moved or left out.
fn likeness(a: &str, b: &str) -> f64 {
    strsim::sorensen_dice(a, b)
}
