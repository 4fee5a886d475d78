//! What is looked at in `rusprot.toml` itself: slips in its texts.

use super::rules;
use crate::diag::Finding;
use crate::model::Area;

/// Every finding about the slips in the area's own texts.
pub fn check(area: &Area) -> Vec<Finding> {
    rules::about_slips(&area.slips, &area.variables).collect()
}
