//! What is looked at in `rusprot.toml` itself: slips in its texts, and its contacts.

use super::rules::{self, doedt_link, personoplysning};
use crate::diag::Finding;
use crate::model::Area;

/// Every finding about the slips in the area's own texts and about its contacts.
pub fn check(area: &Area) -> Vec<Finding> {
    let mut findings: Vec<Finding> = rules::about_slips(&area.slips, &area.variables).collect();
    for contact in area.contacts.values() {
        findings.extend(doedt_link::about_contact(&area.file, contact));
        findings.extend(personoplysning::about_contact(&area.file, contact));
    }
    findings
}
