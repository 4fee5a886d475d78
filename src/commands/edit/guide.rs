//! What stands beside a form: the parts of a protocol and their files, what the skabelon asks for and advises, and
//! what a text can refer to.

use anyhow::Result;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::load::Repository;
use crate::model::{Demand, ReferenceKind, Requirement, Section};
use crate::render;
use crate::site::{Ground, Judging, Site, Work};

/// A protocol's parts in order, the requirements that nothing answers yet, and the places that a text can refer to;
/// `None` where there is no such protocol.
///
/// # Errors
/// Where the repository as a whole cannot be read.
pub fn outline(repository: &Repository, slug: &str, today: Date) -> Result<Option<Value>> {
    let ground = Ground::read(repository)?;
    let judging = Judging {
        draft: true,
        today,
        printed_today: None,
    };
    let site = Site::of_one(repository, &ground, judging, slug)?;
    let made = site.work(slug, of)?;
    Ok(made.map(|(outline, _)| outline))
}

fn of(work: &Work<'_>) -> Value {
    let parts = |kind: ReferenceKind, sections: &[Section]| -> Vec<Value> {
        let sections = sections.iter().enumerate();
        sections
            .map(|(index, section)| {
                let mut places = Vec::new();
                below(
                    work,
                    kind,
                    section,
                    (&mut vec![index], &mut Vec::new()),
                    &mut places,
                );
                json!({
                    "path": section.file.path(),
                    "heading": section.heading.text,
                    "number": work.targets.at(kind, &[index]).number,
                    "places": places,
                })
            })
            .collect()
    };
    let mut missing = Vec::new();
    for requirement in &work.skabelon.requirements {
        if work.answers.first(&requirement.id.value).is_none() {
            missing.push(json!({
                "id": requirement.id.value,
                "heading": requirement.heading.text,
                "guidance": requirement.guidance.as_ref().map(|line| &line.text),
                "must": requirement.demand == Demand::Must,
            }));
        }
    }
    let contacts: Vec<&str> = work.targets.contact_ids().collect();
    json!({
        "main": work.protocol.file.path(),
        "name": work.protocol.institution.name.text,
        "sections": parts(ReferenceKind::Section, &work.protocol.sections),
        "appendices": parts(ReferenceKind::Appendix, &work.protocol.appendices),
        "missing": missing,
        "contacts": contacts,
    })
}

/// A section and those below it: where each stands in its file's form, on the page and in the numbering, and what
/// the skabelon says of it.
fn below(
    work: &Work<'_>,
    kind: ReferenceKind,
    section: &Section,
    (path, rows): (&mut Vec<usize>, &mut Vec<usize>),
    found: &mut Vec<Value>,
) {
    let target = work.targets.at(kind, path);
    let asked = work.answers.led_by(section, work.skabelon);
    found.push(json!({
        "at": rows,
        "anchor": render::anchor_of(&target.anchor),
        "id": section.id,
        "label": target.label,
        "heading": section.heading.text,
        "asked": asked.into_iter().map(|one| asked_for(work, one)).collect::<Vec<_>>(),
    }));
    for (index, child) in section.children.iter().enumerate() {
        path.push(index);
        rows.push(section.children.row(index));
        below(work, kind, child, (path, rows), found);
        rows.pop();
        path.pop();
    }
}

fn asked_for(work: &Work<'_>, requirement: &Requirement) -> Value {
    let points = requirement.points.iter().map(|point| {
        json!({
            "id": point.id.value,
            "text": point.text.text,
            "must": point.demand == Demand::Must,
            "answered": work.answers.first(&point.id.value).is_some(),
        })
    });
    let each = requirement.each_subsection.iter();
    json!({
        "id": requirement.id.value,
        "heading": requirement.heading.text,
        "guidance": requirement.guidance.as_ref().map(|line| &line.text),
        "obligatory": requirement.has_obligatory(),
        "points": points.collect::<Vec<_>>(),
        "each": each.map(|line| &line.text).collect::<Vec<_>>(),
    })
}
