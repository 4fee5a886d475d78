//! RP801 `skabelon-dobbelt-id`: two requirements or points of a skabelon with one id, or two duties.
//!
//! Requirements and points share their ids, since `opfylder` names both; a duty is named by events alone.

use std::collections::BTreeMap;

use crate::check::context::SkabelonContext;
use crate::diag::{Code, Finding};
use crate::text::{Span, Spanned};

pub(super) fn check(context: &SkabelonContext<'_>, findings: &mut Vec<Finding>) {
    let asked = context.asked.iter().map(|asked| asked.id);
    find(context, asked, "et krav eller et punkt", findings);
    let duties = context.skabelon.duties.iter().map(|duty| &duty.id);
    find(context, duties, "en pligt", findings);
}

fn find<'s>(
    context: &SkabelonContext<'_>,
    ids: impl Iterator<Item = &'s Spanned<String>>,
    what: &str,
    findings: &mut Vec<Finding>,
) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for id in ids {
        let span = *first.entry(&id.value).or_insert(id.span);
        if span != id.span {
            let message = format!(
                "Id'et »{}« er brugt før i skabelonen, til {what}.",
                id.value
            );
            let finding = Finding::new(Code::SkabelonDobbeltId, context.place(id.span), message)
                .with_help("Giv det ene et andet id, og ret det i de protokoller, der nævner det.")
                .with_related(context.place(span), "Her står det første gang.");
            findings.push(finding);
        }
    }
}
