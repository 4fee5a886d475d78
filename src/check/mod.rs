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
pub use rules::navnesammenfald::among as slugs;
pub use rules::personnummer::in_files as person_numbers;
pub use skabelon::{SkabelonContext, SkabelonRule, check as skabelon};

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diag::Finding;
use crate::model::Area;

/// A rule: a function from what is known of a protocol to findings.
pub type Rule = fn(&Context<'_>, &mut Vec<Finding>);

/// A rule about what several protocols say: a function from what was kept of each, in order, to findings.
pub type AreaRule = fn(&Area, &[&Digest], &mut Vec<AreaFinding>);

/// What the rules found in one protocol.
#[derive(Debug, Default)]
pub struct Checked {
    /// Every finding, with the rules' own levels, unsorted.
    pub findings: Vec<Finding>,
    /// How many rules panicked: bugs of ours that the panic hook has told of. What the others found stands.
    pub bugs: usize,
}

/// Runs every rule on one protocol.
pub fn protocol(context: &Context<'_>) -> Checked {
    run(rules::ALL, context)
}

fn run(rules: &[Rule], context: &Context<'_>) -> Checked {
    let mut checked = Checked::default();
    for rule in rules {
        let mut found = Vec::new();
        // The list is thrown away if the rule panics, so nobody sees it half made.
        match catch_unwind(AssertUnwindSafe(|| rule(context, &mut found))) {
            Ok(()) => checked.findings.append(&mut found),
            Err(_) => checked.bugs += 1,
        }
    }
    for finding in &mut checked.findings {
        finding.protocol = Some(context.protocol.slug.clone());
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::harness::Repo;
    use super::*;
    use crate::diag::Code;

    #[test]
    fn a_rule_that_panics_is_counted_and_every_other_finding_stands() {
        fn broken(context: &Context<'_>, findings: &mut Vec<Finding>) {
            findings.push(Finding::new(
                Code::TomtAfsnit,
                context.protocol.top(),
                "half made",
            ));
            panic!("a bug made for this test");
        }
        let text = "overskrift = \"4. Naboer\"\ntekst = \"Vi hilser.\"\n";
        Repo::of(&[("01-naboer.toml", text)]).in_context(|context, _| {
            let whole = run(rules::ALL, context).findings.len();
            let first: Rule = broken;
            let rules: Vec<Rule> = std::iter::once(first)
                .chain(rules::ALL.iter().copied())
                .collect();
            let checked = run(&rules, context);
            assert!(whole > 0);
            assert_eq!((checked.findings.len(), checked.bugs), (whole, 1));
        });
    }
}
