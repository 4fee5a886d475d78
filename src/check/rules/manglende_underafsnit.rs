//! RP110 `manglende-underafsnit`: a sub-heading that the skabelon asks for is missing.

use crate::check::context::Context;
use crate::check::texts::{near, typed};
use crate::diag::{Code, Finding, Subject};
use crate::model::{Demand, Line, Requirement, Section, fold_heading, without_label};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.protocol.incomplete {
        // The sub-section may stand in what could not be read.
        return;
    }
    context.skabelon.visit(&mut |requirement| {
        let answering = context.answers.to(&requirement.id.value);
        let Some(&first) = answering.first() else {
            // RP101 says that the section itself is missing.
            return;
        };
        for child in &requirement.children {
            let answered = || {
                let mut sections = answering.iter();
                sections.any(|section| context.answers_within(section, &child.id.value))
            };
            if child.demand == Demand::Must && !answered() {
                findings.push(missing(first, child));
            }
        }
        if !requirement.each_subsection.is_empty() {
            for section in answering {
                for child in &section.children {
                    check_each(child, &requirement.each_subsection, findings);
                }
            }
        }
    });
}

/// Looks for every heading of `hvert_afsnit` in one sub-section.
fn check_each(section: &Section, wanted: &[Line], findings: &mut Vec<Finding>) {
    let headings: Vec<String> = section
        .children
        .iter()
        .map(|child| without_label(&child.heading.text))
        .chain(section.facts.iter().map(|fact| fact.name.text.as_str()))
        .map(fold_heading)
        .collect();
    for line in wanted {
        if !headings.contains(&fold_heading(&line.text)) {
            let others = section.children.iter().filter(|child| {
                let heading = fold_heading(without_label(&child.heading.text));
                !wanted.iter().any(|one| fold_heading(&one.text) == heading)
            });
            let near = near::heading_among_few(
                std::iter::once(line.text.as_str()),
                others.map(|child| (child, child.heading.text.as_str())),
            );
            findings.push(finding(section, near, &line.text, None));
        }
    }
}

fn missing(section: &Section, child: &Requirement) -> Finding {
    let wordings = child.wordings().map(|line| line.text.as_str());
    let children = section.children.iter();
    let candidates = children.map(|child| (child, child.heading.text.as_str()));
    let near = near::heading(wordings, candidates);
    finding(section, near, &child.heading.text, Some(&child.id.value))
}

/// That a short answer will do, where a heading of each sub-section is asked for.
fn or_fact(section: &Section, heading: &str, id: Option<&str>) -> String {
    if id.is_some() {
        return String::new();
    }
    let table = "afsnit.".repeat(usize::from(section.level - 1));
    let name = typed::string(heading);
    format!(" Er svaret kort, kan det stå under [{table}fakta]: {name} = \"…\"")
}

/// The finding about one heading; `near` is a sub-section that may be meant to have it.
fn finding(section: &Section, near: Option<&Section>, heading: &str, id: Option<&str>) -> Finding {
    let line = format!("overskrift = {}", typed::string(heading));
    let or_answer = id.map_or_else(String::new, |id| {
        format!(" Svarer et andet underafsnit på det, så skriv opfylder = \"{id}\" i det.")
    });
    let help = match near {
        Some(near) => format!(
            "Mente du »{heading}«, da du skrev »{}«? Skriv {line}",
            near.heading.text
        ),
        None => format!(
            "Skriv {} på en linje for sig og {line} på den næste.{or_answer}{}",
            typed::subsection_header(section.level + 1),
            or_fact(section, heading, id)
        ),
    };
    let message = format!(
        "»{}« mangler underafsnittet »{heading}«.",
        section.heading.text
    );
    let finding = Finding::new(Code::ManglendeUnderafsnit, section.heading_place(), message);
    match id {
        Some(id) => finding.about(Subject::Requirement(id.to_owned())),
        None => finding,
    }
    .with_help(help)
}
