//! Exceptions applied: which findings are set aside, and which exceptions meet nothing.

use crate::diag::{Code, Finding};
use crate::model::{Exception, Protocol, fold};
use crate::text::Place;

use super::texts::person_number::masked;

/// A finding that an exception has set aside.
#[derive(Clone, Debug)]
pub struct Excepted {
    /// The finding.
    pub finding: Finding,
    /// The author's reason.
    pub reason: String,
}

/// What exceptions do to findings.
#[derive(Debug, Default)]
pub struct SetAside<'p> {
    /// The findings that were taken out.
    pub excepted: Vec<Excepted>,
    /// The exceptions that meet nothing.
    pub unused: Vec<&'p Exception>,
}

/// Takes out the findings that the protocol's exceptions meet.
pub fn set_aside<'p>(findings: &mut Vec<Finding>, protocol: &'p Protocol) -> SetAside<'p> {
    let exceptions = protocol.exceptions();
    let mut aside = SetAside::default();
    if exceptions.is_empty() {
        return aside;
    }
    let mut used = vec![false; exceptions.len()];
    // An exception from the rule about personal numbers holds for the one number it met first.
    let mut numbers: Vec<Option<String>> = vec![None; exceptions.len()];
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let mut reason = None;
        for ((exception, used), number) in exceptions.iter().zip(&mut used).zip(&mut numbers) {
            if meets(exception, &finding, protocol) && is_same_number(&finding, number) {
                *used = true;
                reason.get_or_insert(&exception.reason.text);
            }
        }
        match reason {
            Some(reason) => aside.excepted.push(Excepted {
                reason: reason.clone(),
                finding,
            }),
            None => kept.push(finding),
        }
    }
    *findings = kept;
    // Where a file could not be read, what an exception meets may stand in it.
    if !protocol.incomplete {
        let unused = exceptions.into_iter().zip(used).filter(|(_, used)| !used);
        aside.unused = unused.map(|(exception, _)| exception).collect();
    }
    aside
}

fn meets(exception: &Exception, finding: &Finding, protocol: &Protocol) -> bool {
    let in_main = exception.file.path() == protocol.file.path();
    finding.code == exception.rule.value
        && (in_main || exception.file.path() == finding.place.file.path())
        && exception.pattern.as_ref().is_none_or(|pattern| {
            let lines = lines(&finding.place);
            match finding.code {
                // The author sees it, and may write it, with every digit hidden only.
                Code::Personnummer => fold(&masked(lines)).contains(&fold(&pattern.text)),
                _ => fold(lines).contains(&fold(&pattern.text)),
            }
        })
}

/// Whether a finding is about the personal number an exception met first, or is the first one it meets.
fn is_same_number(finding: &Finding, number: &mut Option<String>) -> bool {
    let written = finding.place.file.slice(finding.place.span);
    finding.code != Code::Personnummer
        || number.get_or_insert_with(|| written.to_owned()) == written
}

/// The lines a place stands on, whole.
fn lines(place: &Place) -> &str {
    let text = place.file.text();
    let start = text[..place.span.start()].rfind('\n');
    let end = text[place.span.end()..].find('\n');
    let start = start.map_or(0, |at| at + 1);
    &text[start..end.map_or(text.len(), |at| place.span.end() + at)]
}
