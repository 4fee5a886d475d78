//! The rules: from the model to findings. One rule a file, in `rules`.
//!
//! A rule looks at one protocol through a [`Context`] and returns findings; it knows nothing of levels,
//! drafts or output. [`protocol`] runs them all in the registry's order.

mod across;
mod area;
mod context;
mod copied;
mod exceptions;
#[cfg(test)]
mod harness;
mod institutions;
mod language;
mod law;
mod levels;
mod near;
mod numbers;
mod passage;
mod person_number;
mod rules;
mod skabelon;
mod typed;

pub use across::{AreaFinding, Digest, Spot, check as across};
pub use area::check as area;
pub use context::Context;
pub use exceptions::Excepted;
pub use institutions::Institutions;
pub use language::Language;
pub use levels::{Applied, Levels};
#[cfg(test)]
pub use person_number::made_up;
pub use person_number::masked;
pub use rules::personnummer::in_files as person_numbers;
pub use skabelon::check as skabelon;

use crate::diag::Finding;
use crate::model::Area;

/// A rule: a function from what is known of a protocol to findings.
pub type Rule = fn(&Context<'_>, &mut Vec<Finding>);

/// A rule about what several protocols say: a function from what was kept of each, in order, to findings.
pub type AreaRule = fn(&Area, &[&Digest], &mut Vec<AreaFinding>);

/// Every finding of every rule for one protocol, with the rules' own levels, unsorted.
pub fn protocol(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules::ALL {
        rule(context, &mut findings);
    }
    for finding in &mut findings {
        finding.protocol = Some(context.protocol.slug.clone());
    }
    findings
}
