//! Causes before consequences: what only follows from a slip that is told already is not told as well.
//!
//! A key with a slip in its name is not read, so its text seems to be missing; a date that is not read seems never
//! to have been. Whoever mends the slip is rid of both, and whoever begins with the other makes a second fault.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding};
use crate::text::Place;

/// Leaves out the findings of one protocol that follow from others.
pub fn leave_out_consequences(findings: &mut Vec<Finding>) {
    let mut unread = BTreeSet::new();
    let mut undated = BTreeSet::new();
    let mut pasted = Vec::new();
    let mut garbled = Vec::new();
    let mut left_over = Vec::new();
    for finding in findings.iter() {
        let path = finding.place.file.path();
        if is_unread(finding.code) {
            unread.insert(path.to_owned());
        }
        if matches!(
            finding.code,
            Code::WordListe | Code::WordTabel | Code::Linjeskift | Code::OverskriftITekst
        ) {
            pasted.push(finding.place.clone());
        }
        match finding.code {
            Code::ForvanskedeBogstaver => garbled.push(finding.place.clone()),
            Code::RedaktionelRest => left_over.push(finding.place.clone()),
            _ => {}
        }
        if (is_unread(finding.code) || finding.code == Code::UkendtKrav) && is_about_dates(finding)
        {
            undated.insert(path.to_owned());
        }
    }
    findings.retain(|finding| {
        let path = finding.place.file.path();
        match finding.code {
            Code::TomtAfsnit | Code::UdaekketPunkt | Code::ManglendeUnderafsnit => {
                !unread.contains(path)
            }
            Code::UdenVersion => {
                !unread.contains(path) && !finding.place.file.text().trim().is_empty()
            }
            // What is a list, a table or an address needs no full stop.
            Code::Tegnsaetning => !pasted
                .iter()
                .any(|around| is_within(&finding.place, around)),
            // What a wrong alphabet made of letters is no abbreviation, and no word to explain.
            Code::Forkortelse => !garbled
                .iter()
                .any(|around| is_within(&finding.place, around)),
            // The number of a page itself leads nowhere.
            Code::Sidehenvisning => !left_over
                .iter()
                .any(|around| is_within(&finding.place, around)),
            // No dates are missing in a file that is missing itself, and told of.
            Code::FristNaer | Code::FristOverskredet => {
                !undated.contains(path) && !finding.place.file.text().trim().is_empty()
            }
            _ => true,
        }
    });
}

fn is_within(place: &Place, around: &Place) -> bool {
    place.file.path() == around.file.path()
        && around.span.start() <= place.span.start()
        && place.span.end() <= around.span.end()
}

/// Whether something in the file is not read for it.
fn is_unread(code: Code) -> bool {
    matches!(
        code,
        Code::TomlSyntaks | Code::UkendtNoegle | Code::ForkertType | Code::ManglendeNoegle
    )
}

/// Whether it stands among the dates that duties are counted from.
fn is_about_dates(finding: &Finding) -> bool {
    let file = &finding.place.file;
    let text = file.text();
    let at = text.floor_char_boundary(finding.place.span.start());
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut lines = text[..end].lines().rev();
    let own = lines.clone().next().unwrap_or_default();
    if own.trim_start().starts_with(['g', 'G']) {
        // `gaelder_fra`, however it is spelled.
        return true;
    }
    let header = lines
        .find(|line| line.trim_start().starts_with('['))
        .unwrap_or_default();
    header.contains("ndelse")
}
