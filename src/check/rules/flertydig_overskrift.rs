//! RP805 `flertydig-overskrift`: one heading answers two requirements, so that one of them is never missed.
//!
//! Points and required sub-headings are looked for in the section of the requirement above them. So the same
//! wording may stand below two requirements, unless a text is printed where it is answered: that is the first
//! place in the whole protocol. Wordings of one and the same requirement are RP802.

use std::collections::BTreeMap;

use crate::check::context::Asked;
use crate::check::context::SkabelonContext;
use crate::diag::{Code, Finding};
use crate::model::{Line, fold_heading};

pub(super) fn check(context: &SkabelonContext<'_>, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<String, Vec<(&Asked<'_>, &Line)>> = BTreeMap::new();
    for asked in &context.asked {
        for wording in asked.wordings() {
            let folded = fold_heading(&wording.text);
            if folded.is_empty() {
                continue;
            }
            let before = known.entry(folded).or_default();
            if before.iter().any(|(other, _)| std::ptr::eq(*other, asked)) {
                continue;
            }
            if let Some((first, at)) = before.iter().find(|(other, _)| clash(other, asked)) {
                findings.push(finding(context, first, at, asked, wording));
            }
            before.push((asked, wording));
        }
    }
}

/// Whether a heading that answers both leaves one of them unchecked. Two with one id are RP801.
fn clash(one: &Asked<'_>, other: &Asked<'_>) -> bool {
    let printed = one.has_obligatory || other.has_obligatory;
    one.id.value != other.id.value && (printed || one.overlaps(other))
}

fn finding(
    context: &SkabelonContext<'_>,
    first: &Asked<'_>,
    at: &Line,
    second: &Asked<'_>,
    wording: &Line,
) -> Finding {
    Finding::new(
        Code::FlertydigOverskrift,
        context.place(wording.span),
        format!(
            "Overskriften »{}« svarer både på {} og på {}.",
            wording.text,
            first.called(),
            second.called()
        ),
    )
    .with_help(
        "Giv den ene en anden ordlyd. Ellers opdager kontrollen ikke, når et af dem mangler i en protokol.",
    )
    .with_related(context.place(at.span), "Her står den samme ordlyd.")
}
