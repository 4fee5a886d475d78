//! RP106 `udaekket-punkt`: a point that must be described and that no section answers.
//!
//! Quiet where the requirement itself has no section: RP101 says that already.

use super::ukendt_krav;
use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding, Subject};
use crate::model::{Demand, Point, Requirement, Section};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.protocol.incomplete {
        // The answer may stand in what could not be read.
        return;
    }
    let meant = ukendt_krav::meant_by_slips(context);
    context.skabelon.visit(&mut |requirement| {
        let answering = context.answers.to(&requirement.id.value);
        for point in &requirement.points {
            let answered = |id: &str| {
                answering
                    .iter()
                    .any(|section| context.answers_within(section, id))
            };
            if meant.contains(&point.id.value.as_str()) {
                continue;
            }
            if point.demand == Demand::Must && !answering.is_empty() && !answered(&point.id.value) {
                findings.extend(finding(context, requirement, point));
            }
        }
    });
}

/// How a section comes to answer a point that nothing answers.
fn answer_here(section: &Section, id: &str) -> String {
    let own = section.answers.iter().map(|answer| answer.value.as_str());
    let line = typed::answers(own.chain([id]));
    let how = if section.answers.is_empty() {
        format!("skriv på linjen under overskriften: {line}")
    } else {
        format!(
            "føj {} til listen i linjen med opfylder, så der står: {line}",
            typed::string(id)
        )
    };
    if section.children.is_empty() {
        format!("Svar på det i afsnittets tekst, og {how}")
    } else {
        let below = typed::answers(std::iter::once(id));
        format!(
            "Står svaret i et underafsnit, så skriv {below} under dets overskrift. Står det i selve afsnittet, så {how}"
        )
    }
}

fn finding(context: &Context<'_>, requirement: &Requirement, point: &Point) -> Option<Finding> {
    let section = context.answers.first(&requirement.id.value)?;
    let id = &point.id.value;
    let finding = Finding::new(
        Code::UdaekketPunkt,
        section.heading_place(),
        format!(
            "Afsnittet »{}« svarer ikke på punktet »{}«.",
            section.heading.text, point.text.text
        ),
    )
    .about(Subject::Point(id.clone()));
    let Some(elsewhere) = context.answers.first(id) else {
        return Some(finding.with_help(answer_here(section, id)));
    };
    let others = elsewhere.answers.iter().map(|answer| answer.value.as_str());
    let line = typed::answers(others.chain([requirement.id.value.as_str()]));
    Some(
        finding
            .with_help(format!(
                "»{}« svarer på punktet, men står uden for afsnittet. Flyt det ind som underafsnit, eller \
                 skriv {line} i det.",
                elsewhere.heading.text
            ))
            .with_related(elsewhere.heading_place(), "Her står svaret nu."),
    )
}
