//! RP103 `ukendt-krav`: `opfylder` names an id that the skabelon lacks.

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding, Fix};
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
        let tasks = section.blocks.tasks.iter().flat_map(|task| &task.answers);
        for answer in tasks.filter(|answer| ids.binary_search(&answer.text.as_str()).is_err()) {
            let answer = Spanned::new(answer.text.clone(), answer.span);
            findings.push(finding(context, section, &answer, &ids));
        }
    });
}

/// An event, or what holds for a duty here, that names no duty of the year wheel counts for nothing.
fn events(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let duties = context.skabelon.duties.iter();
    let duties: Vec<&str> = duties.map(|duty| duty.id.value.as_str()).collect();
    let events = context.protocol.events.iter();
    let events = events.map(|event| (&event.duty, "Slet hændelsen: skabelonen har intet årshjul."));
    let own = context.protocol.duties.iter();
    let own = own.map(|own| (&own.id, "Slet pligten: skabelonen har intet årshjul."));
    for (named, no_wheel) in events.chain(own) {
        let id = named.text.as_str();
        if duties.contains(&id) {
            continue;
        }
        let renamed = context.skabelon.renamed_duty(id);
        let help = match renamed
            .map(|duty| duty.id.value.as_str())
            .or_else(|| nearest(id, &duties))
        {
            Some(now) if renamed.is_some() => {
                format!("Den hedder nu »{now}« i skabelonen. Skriv det her.")
            }
            Some(near) => format!("Mente du »{near}«?"),
            None if duties.is_empty() => no_wheel.to_owned(),
            None => format!("Vælg en af skabelonens pligter: {}.", duties.join(", ")),
        };
        findings.push(
            Finding::new(
                Code::UkendtKrav,
                Place::new(&context.protocol.file, named.span),
                format!("Skabelonens årshjul har ingen pligt med id'et »{id}«."),
            )
            .with_help(help)
            .with_fix(renamed.map(|duty| Fix::one(named.span, &duty.id.value))),
        );
    }
}

/// The requirements and points that ids with a slip of the pen mean: to ask for them would be to tell the slip twice.
pub(super) fn meant_by_slips<'p>(context: &Context<'p>) -> Vec<&'p str> {
    let ids = known_ids(context);
    let mut all = Vec::new();
    context.protocol.visit(&mut |section| {
        let unknown = section
            .answers
            .iter()
            .filter(|answer| ids.binary_search(&answer.value.as_str()).is_err());
        all.extend(unknown.filter_map(|answer| {
            let near = meant(context, &answer.value, &ids)?;
            let named = section.answers.iter().any(|other| other.value == near);
            if named {
                free(&answer.value, section, &ids)
            } else {
                Some(near)
            }
        }));
    });
    all
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
    let others = |near: &str| section.answers.iter().any(|other| other.value == near);
    if let Some(finding) = of_former(context, section, answer) {
        return finding;
    }
    let help = match meant(context, id, ids) {
        Some(near) if others(near) => match free(id, section, ids) {
            Some(near) => format!(
                "»{near}« er skrevet næsten sådan. Mener du det, så skriv {}",
                replaced(section, id, near)
            ),
            None => format!("»{near}« står der i forvejen. Slet »{id}«."),
        },
        Some(near) => {
            format!("Mente du »{near}«? Skriv {}", replaced(section, id, near))
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

/// What there is to say of an id that a former edition of the skabelon had.
fn of_former(
    context: &Context<'_>,
    section: &Section,
    answer: &Spanned<String>,
) -> Option<Finding> {
    let id = &answer.value;
    let place = section.place(answer.span);
    if let Some(now) = context.skabelon.renamed(id) {
        let message = format!("Kravet »{id}« hedder nu »{now}« i skabelonen.");
        let is_there = section.answers.iter().any(|other| other.value == now);
        let help = if is_there {
            format!("»{now}« står der i forvejen. Slet »{id}«.")
        } else {
            format!("Skriv {}", replaced(section, id, now))
        };
        let fix = (!is_there).then(|| Fix::one(answer.span, now));
        let finding = Finding::new(Code::UkendtKrav, place, message);
        return Some(finding.with_help(help).with_fix(fix));
    }
    let retired = context.skabelon.retired(id)?;
    let message = format!(
        "Kravet »{id}« er udgået af skabelonen: {}",
        sentence(&retired.why.text)
    );
    let help = format!("Skal teksten blive, så slet »{id}« i opfylder. Ellers slet afsnittet.");
    Some(Finding::new(Code::UkendtKrav, place, message).with_help(help))
}

/// A reason that ends as a sentence.
fn sentence(reason: &str) -> String {
    let reason = reason.trim_end();
    let ended = reason.ends_with(['.', '!', '?']);
    format!("{reason}{}", if ended { "" } else { "." })
}

/// The line `opfylder` of a section with one id in place of another.
fn replaced(section: &Section, id: &str, near: &str) -> String {
    let all = section
        .answers
        .iter()
        .map(|other| match other.value.as_str() {
            other if other == id => near,
            other => other,
        });
    typed::answers(all)
}

/// The id most like this one that the section does not name yet.
fn free<'p>(id: &str, section: &Section, ids: &[&'p str]) -> Option<&'p str> {
    let named = |known: &str| section.answers.iter().any(|other| other.value == known);
    let free: Vec<&str> = ids.iter().copied().filter(|known| !named(known)).collect();
    nearest(id, &free)
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
