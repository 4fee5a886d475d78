//! The JSON of `docs/json.md`: skabeloner, version 1.
//!
//! The shapes are written out here, apart from the types of `model`, so that a change inside the program
//! cannot change what other programs read.

use serde::Serialize;

use super::Counts;
use crate::model::{Demand, Duty, Interval, Line, Point, Requirement};
use crate::site::{ListedSkabelon, Origin};
use crate::text;
use crate::text::Period;

#[derive(Serialize)]
struct List<'a> {
    version: u32,
    templates: Vec<Head<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    version: u32,
    template: Whole<'a>,
}

/// What the list says of a skabelon.
#[derive(Serialize)]
struct Head<'a> {
    id: &'a str,
    name: &'a str,
    document_type: &'a str,
    version: &'a str,
    publisher: Option<&'a str>,
    origin: &'a str,
    path: Option<&'a str>,
    counts: JsonCounts,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct JsonCounts {
    requirements: usize,
    points: usize,
    duties: usize,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    title: Option<&'a str>,
    source: Option<&'a str>,
    in_order: bool,
    requirements: Vec<JsonRequirement<'a>>,
    duties: Vec<JsonDuty<'a>>,
}

#[derive(Serialize)]
struct JsonRequirement<'a> {
    id: &'a str,
    heading: &'a str,
    also: Vec<&'a str>,
    discouraged: Vec<&'a str>,
    demand: &'a str,
    guidance: Option<&'a str>,
    obligatory: Option<&'a str>,
    points: Vec<JsonPoint<'a>>,
    each_subsection: Vec<&'a str>,
    requirements: Vec<JsonRequirement<'a>>,
}

#[derive(Serialize)]
struct JsonPoint<'a> {
    id: &'a str,
    text: &'a str,
    also: Vec<&'a str>,
    demand: &'a str,
}

#[derive(Serialize)]
struct JsonDuty<'a> {
    id: &'a str,
    what: &'a str,
    how_often: &'a str,
    interval_months: Option<u32>,
    demand: &'a str,
    forum: Option<&'a str>,
    responsible: Vec<&'a str>,
    first: Option<JsonFirst>,
}

#[derive(Serialize)]
struct JsonFirst {
    text: String,
    last_day: String,
}

/// Every skabelon, without what it asks for.
pub(super) fn list(listed: &[ListedSkabelon]) -> String {
    text::json(&List {
        version: 1,
        templates: listed.iter().map(head).collect(),
    })
}

/// All of one skabelon.
pub(super) fn one(one: &ListedSkabelon) -> String {
    let skabelon = &one.skabelon;
    let often: Vec<String> = skabelon
        .duties
        .iter()
        .map(|duty| duty.interval.danish())
        .collect();
    let duties = skabelon.duties.iter().zip(&often);
    text::json(&One {
        version: 1,
        template: Whole {
            head: head(one),
            title: text(skabelon.title.as_ref()),
            source: text(skabelon.source.as_ref()),
            in_order: skabelon.in_order,
            requirements: skabelon.requirements.iter().map(requirement).collect(),
            duties: duties.map(|(one, often)| duty(one, often)).collect(),
        },
    })
}

fn head(one: &ListedSkabelon) -> Head<'_> {
    let skabelon = &one.skabelon;
    let counts = Counts::of(skabelon);
    let level = |level| {
        let findings = one.findings.iter();
        findings.filter(|finding| finding.level == level).count()
    };
    Head {
        id: &one.name,
        name: &skabelon.name.text,
        document_type: &skabelon.document_type.text,
        version: &skabelon.version.text,
        publisher: text(skabelon.publisher.as_ref()),
        origin: match one.origin {
            Origin::BuiltIn => "built_in",
            Origin::Own => "own",
            Origin::InPlaceOfBuiltIn => "in_place_of_built_in",
        },
        path: (one.origin != Origin::BuiltIn).then(|| skabelon.file.path()),
        counts: JsonCounts {
            requirements: counts.requirements,
            points: counts.points,
            duties: counts.duties,
        },
        errors: level(crate::diag::Level::Error),
        warnings: level(crate::diag::Level::Warning),
    }
}

fn requirement(requirement: &Requirement) -> JsonRequirement<'_> {
    JsonRequirement {
        id: &requirement.id.value,
        heading: &requirement.heading.text,
        also: texts(&requirement.aliases),
        discouraged: texts(&requirement.discouraged),
        demand: demand(requirement.demand),
        guidance: text(requirement.guidance.as_ref()),
        obligatory: requirement.obligatory_source(),
        points: requirement.points.iter().map(point).collect(),
        each_subsection: texts(&requirement.each_subsection),
        requirements: requirement.children.iter().map(self::requirement).collect(),
    }
}

fn point(point: &Point) -> JsonPoint<'_> {
    JsonPoint {
        id: &point.id.value,
        text: &point.text.text,
        also: texts(&point.aliases),
        demand: demand(point.demand),
    }
}

fn duty<'a>(duty: &'a Duty, often: &'a str) -> JsonDuty<'a> {
    JsonDuty {
        id: &duty.id.value,
        what: &duty.what.text,
        how_often: often,
        interval_months: match duty.interval {
            Interval::Months(months) => Some(months),
            Interval::AsNeeded => None,
        },
        demand: demand(duty.demand),
        forum: text(duty.forum.as_ref()),
        responsible: texts(&duty.responsible),
        first: duty.first.map(first),
    }
}

fn first(first: Period) -> JsonFirst {
    JsonFirst {
        text: first.danish(),
        last_day: first.last_day().to_string(),
    }
}

fn demand(demand: Demand) -> &'static str {
    match demand {
        Demand::Must => "must",
        Demand::May => "may",
    }
}

fn text(line: Option<&Line>) -> Option<&str> {
    line.map(|line| line.text.as_str())
}

fn texts(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}
