//! Exceptions applied: which findings are set aside, and which exceptions meet nothing (RP011).

use crate::diag::Finding;
use crate::model::{Exception, Protocol, fold};
use crate::text::Place;

use super::rules::ubrugt_undtagelse;

/// A finding that an exception has set aside.
#[derive(Clone, Debug)]
pub struct Excepted {
    /// The finding.
    pub finding: Finding,
    /// The author's reason.
    pub reason: String,
}

/// Takes out the findings that the protocol's exceptions meet, and adds one for each that meets nothing.
pub fn set_aside(findings: &mut Vec<Finding>, protocol: &Protocol) -> Vec<Excepted> {
    let exceptions = protocol.exceptions();
    if exceptions.is_empty() {
        return Vec::new();
    }
    let mut used = vec![false; exceptions.len()];
    let mut excepted = Vec::new();
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let mut reason = None;
        for (exception, used) in exceptions.iter().zip(&mut used) {
            if meets(exception, &finding, protocol) {
                *used = true;
                reason.get_or_insert(&exception.reason.text);
            }
        }
        match reason {
            Some(reason) => excepted.push(Excepted {
                reason: reason.clone(),
                finding,
            }),
            None => kept.push(finding),
        }
    }
    let unused = exceptions.iter().zip(used).filter(|(_, used)| !used);
    if !protocol.incomplete {
        // Otherwise what it meets may stand in the file that could not be read.
        let unused = unused.map(|(exception, _)| ubrugt_undtagelse::finding(exception, &kept));
        let mut unused: Vec<Finding> = unused.collect();
        for finding in &mut unused {
            finding.protocol = Some(protocol.slug.clone());
        }
        kept.append(&mut unused);
    }
    *findings = kept;
    excepted
}

fn meets(exception: &Exception, finding: &Finding, protocol: &Protocol) -> bool {
    let in_main = exception.file.path() == protocol.file.path();
    finding.code == exception.rule
        && (in_main || exception.file.path() == finding.place.file.path())
        && exception
            .pattern
            .as_ref()
            .is_none_or(|pattern| fold(lines(&finding.place)).contains(&fold(&pattern.text)))
}

/// The lines a place stands on, whole.
fn lines(place: &Place) -> &str {
    let text = place.file.text();
    let start = text[..place.span.start()].rfind('\n');
    let end = text[place.span.end()..].find('\n');
    let start = start.map_or(0, |at| at + 1);
    &text[start..end.map_or(text.len(), |at| place.span.end() + at)]
}
