//! RP103 `ukendt-krav`: `opfylder` names an id that the skabelon lacks.

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding};
use crate::model::{Section, fold_heading, nearest};
use crate::text::{Place, Spanned};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.skabelon.requirements.is_empty() {
        // There is no skabelon to look ids up in, which is a finding of its own.
        return;
    }
    events(context, findings);
    let ids = known_ids(context);
    context.protocol.visit(&mut |section| {
        for answer in &section.answers {
            if ids.binary_search(&answer.value.as_str()).is_err() {
                findings.push(finding(context, section, answer, &ids));
            }
        }
    });
}

/// An event that names no duty of the year wheel counts for nothing.
fn events(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let duties = context.skabelon.duties.iter();
    let duties: Vec<&str> = duties.map(|duty| duty.id.value.as_str()).collect();
    for event in &context.protocol.events {
        let id = event.duty.text.as_str();
        if duties.contains(&id) {
            continue;
        }
        let help = match nearest(id, &duties) {
            Some(near) => format!("Mente du »{near}«?"),
            None if duties.is_empty() => "Slet hændelsen: skabelonen har intet årshjul.".to_owned(),
            None => format!("Vælg en af skabelonens pligter: {}.", duties.join(", ")),
        };
        findings.push(
            Finding::new(
                Code::UkendtKrav,
                Place::new(&context.protocol.file, event.duty.span),
                format!("Skabelonens årshjul har ingen pligt med id'et »{id}«."),
            )
            .with_help(help),
        );
    }
}

/// The ids of requirements and points, sorted.
fn known_ids<'p>(context: &Context<'p>) -> Vec<&'p str> {
    let mut ids = Vec::new();
    context.skabelon.visit(&mut |requirement| {
        ids.push(requirement.id.value.as_str());
        ids.extend(
            requirement
                .points
                .iter()
                .map(|point| point.id.value.as_str()),
        );
    });
    ids.sort_unstable();
    ids
}

fn finding(
    context: &Context<'_>,
    section: &Section,
    answer: &Spanned<String>,
    ids: &[&str],
) -> Finding {
    let id = &answer.value;
    let is_duty = context
        .skabelon
        .duties
        .iter()
        .any(|duty| duty.id.value == *id);
    let help = match meant(context, id, ids) {
        Some(near) => {
            let all = section
                .answers
                .iter()
                .map(|other| match other.value.as_str() {
                    other if other == id => near,
                    other => other,
                });
            format!("Mente du »{near}«? Skriv {}", typed::answers(all))
        }
        None if is_duty => format!(
            "»{id}« er en pligt i årshjulet. Skriv i protokol.toml, at den er udført: [[haendelse]] på \
             en linje for sig, og under den pligt = \"{id}\" og dato = 2026-02-03"
        ),
        None => format!(
            "Slet id'et, hvis afsnittet er jeres eget. Ellers vælg et af skabelonens: {}.",
            ids.join(", ")
        ),
    };
    Finding::new(
        Code::UkendtKrav,
        section.place(answer.span),
        format!("Skabelonen har intet krav eller punkt med id'et »{id}«."),
    )
    .with_help(help)
}

/// The id that is spelled nearly so, or whose heading was typed in its place.
fn meant<'p>(context: &Context<'p>, id: &str, ids: &[&'p str]) -> Option<&'p str> {
    let heading = fold_heading(id);
    let mut found = None;
    context.skabelon.visit(&mut |requirement| {
        if fold_heading(&requirement.heading.text) == heading {
            found = Some(requirement.id.value.as_str());
        }
    });
    found.or_else(|| nearest(id, ids))
}
