//! What is looked at in a skabelon itself: that its ids are unique, and slips in its texts.

use std::collections::BTreeMap;

use super::rules;
use crate::diag::{Code, Finding};
use crate::model::{Skabelon, Variables};
use crate::text::{Place, Span, Spanned};

/// Every finding about a skabelon as such. Variables in its texts are looked at in each protocol.
pub fn check(skabelon: &Skabelon) -> Vec<Finding> {
    let mut findings = duplicate_ids(skabelon);
    let no_variables = Variables::default();
    findings.extend(rules::about_slips(&skabelon.slips, &no_variables));
    findings
}

/// RP010 for ids of requirements and points, and of duties, that are given twice.
fn duplicate_ids(skabelon: &Skabelon) -> Vec<Finding> {
    let mut answered: Vec<&Spanned<String>> = Vec::new();
    skabelon.visit(&mut |requirement| {
        answered.push(&requirement.id);
        answered.extend(requirement.points.iter().map(|point| &point.id));
    });
    let duties: Vec<&Spanned<String>> = skabelon.duties.iter().map(|duty| &duty.id).collect();
    let mut findings = Vec::new();
    for ids in [answered, duties] {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for id in ids {
            if let Some(first) = seen.insert(&id.value, id.span) {
                let place = |span| Place::new(&skabelon.file, span);
                findings.push(
                    Finding::new(
                        Code::DuplicateId,
                        place(id.span),
                        format!("Id'et »{}« er brugt før i skabelonen.", id.value),
                    )
                    .with_help("Giv det ene et andet id.")
                    .with_related(place(first), "Her står det første gang."),
                );
            }
        }
    }
    findings
}
