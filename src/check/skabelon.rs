//! What is looked at in a skabelon itself: that its ids are unique.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding};
use crate::model::Skabelon;
use crate::text::{Place, Span, Spanned};

/// RP010 for ids of requirements and points, and of duties, that are given twice.
pub fn check(skabelon: &Skabelon) -> Vec<Finding> {
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
