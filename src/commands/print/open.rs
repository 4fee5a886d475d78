//! What is still open in a protocol: findings with the part they are in, unanswered points, duties.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::diag::{Code, Finding, Level};
use crate::document::{Document, DutyRow, duties, select};
use crate::model::{Protocol, Section, Targets};
use crate::site::Work;

/// The most findings a packet shows of one rule, and of all: what a meeting can talk about.
const SHOWN_OF_A_RULE: usize = 3;
const SHOWN: usize = 18;

/// What is shown elsewhere in the packet: duties in the year wheel, what changed on the change sheet.
const SHOWN_ELSEWHERE: [Code; 3] = [
    Code::FristOverskredet,
    Code::FristNaer,
    Code::AendretSidenGodkendelse,
];

/// What is still open.
#[derive(Serialize)]
pub(super) struct Open {
    errors: usize,
    warnings: usize,
    /// The worst first, few of each rule.
    findings: Vec<OpenFinding>,
    /// Points of the skabelon that nobody has answered.
    points: Vec<OpenFinding>,
    /// How many more there are of each rule.
    more: Vec<More>,
    duties: Vec<DutyRow>,
}

#[derive(Serialize)]
struct OpenFinding {
    level: &'static str,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    place: OpenPlace,
}

/// Where in the protocol something is.
#[derive(Serialize)]
struct OpenPlace {
    /// The part; `protokol.toml` and the area's files are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
}

#[derive(Serialize)]
struct More {
    code: &'static str,
    rule: &'static str,
    count: usize,
}

/// What is open, of findings that are sorted by their weight.
pub(super) fn open(
    work: &Work<'_>,
    document: &Document,
    findings: Vec<Finding>,
    day: Date,
) -> Open {
    let names = Places::of(work.protocol, work.targets, document);
    let (points, findings): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .filter(|finding| !SHOWN_ELSEWHERE.contains(&finding.code))
        .partition(|finding| finding.code == Code::UdaekketPunkt);
    let count = |level| {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        of_level.count()
    };
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let mut shown = Vec::new();
    let mut seen: BTreeMap<Code, (usize, usize)> = BTreeMap::new();
    for finding in findings {
        let (of_rule, more) = seen.entry(finding.code).or_default();
        if *of_rule < SHOWN_OF_A_RULE && shown.len() < SHOWN {
            *of_rule += 1;
            shown.push(names.open(finding));
        } else {
            *more += 1;
        }
    }
    let more = seen.into_iter().filter(|(_, (_, more))| *more > 0);
    Open {
        errors,
        warnings,
        findings: shown,
        points: points.into_iter().map(|point| names.open(point)).collect(),
        more: more
            .map(|(code, (_, count))| More {
                code: code.number(),
                rule: code.name(),
                count,
            })
            .collect(),
        duties: duties(work.skabelon, work.protocol, day),
    }
}

/// Where the parts of a protocol begin in their files, and what readers call them.
struct Places<'p> {
    /// The path of the file, where in it the part begins, its anchor and its name; in reading order.
    parts: Vec<(&'p str, u32, &'p str, String)>,
}

impl<'p> Places<'p> {
    fn of(protocol: &'p Protocol, targets: &'p Targets, document: &Document) -> Self {
        fn collect<'p>(
            section: &'p Section,
            path: &mut Vec<usize>,
            found: &mut Vec<(&'p Section, Vec<usize>)>,
        ) {
            found.push((section, path.clone()));
            for (index, child) in section.children.iter().enumerate() {
                path.push(index);
                collect(child, path, found);
                path.pop();
            }
        }
        use crate::model::ReferenceKind::{Appendix, Section as Own};
        let mut parts = Vec::new();
        for (kind, top) in [(Own, &protocol.sections), (Appendix, &protocol.appendices)] {
            let mut found = Vec::new();
            for (index, section) in top.iter().enumerate() {
                collect(section, &mut vec![index], &mut found);
            }
            for (section, path) in found {
                let anchor = targets.at(kind, &path).anchor.as_str();
                let name = select::part(document, anchor).map(select::name);
                let start = section.span.start;
                let name = name.unwrap_or_default();
                parts.push((section.file.path(), start, anchor, name));
            }
        }
        Self { parts }
    }

    /// A finding with the part it is in: of those in its file the last that begins before it.
    fn open(&self, finding: Finding) -> OpenFinding {
        let (path, at) = (finding.place.file.path(), finding.place.span.start);
        let inside = self.parts.iter();
        let inside = inside.filter(|(file, start, ..)| *file == path && *start <= at);
        let place = match inside.max_by_key(|(_, start, ..)| *start) {
            Some((_, _, anchor, name)) => OpenPlace {
                id: Some((*anchor).to_owned()),
                name: name.clone(),
            },
            None => OpenPlace {
                id: None,
                name: path.rsplit('/').next().unwrap_or(path).to_owned(),
            },
        };
        OpenFinding {
            level: finding.level.english(),
            code: finding.code.number(),
            message: finding.message,
            help: finding.help,
            place,
        }
    }
}
