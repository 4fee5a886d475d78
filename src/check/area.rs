//! What is looked at in `rusprot.toml` itself: slips in its texts.

use super::rules;
use crate::diag::Finding;
use crate::model::Area;

/// Every finding about the slips in the area's own texts.
pub fn check(area: &Area) -> Vec<Finding> {
    let slips = area.slips.iter();
    slips
        .map(|slip| rules::about_slip(slip, &area.slips, &area.variables))
        .collect()
}
