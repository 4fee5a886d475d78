//! RP802 `uopnaaeligt-alias`: another wording that can never make a difference, since no heading reads so or
//! since it is the same as one that counts already.
//!
//! What one heading answers twice, in two requirements, is RP805.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::check::context::Asked;
use crate::check::context::SkabelonContext;
use crate::diag::{Code, Finding};
use crate::model::{Line, fold_heading};
use crate::text::Span;

pub(super) fn check(context: &SkabelonContext<'_>, findings: &mut Vec<Finding>) {
    for asked in &context.asked {
        let mut known = BTreeMap::from([(fold_heading(&asked.heading.text), asked.heading.span)]);
        for &alias in &asked.aliases {
            let finding = match known.entry(fold_heading(&alias.text)) {
                _ if !alias.text.contains(char::is_alphabetic) => without_letters(context, alias),
                Entry::Occupied(first) => known_already(context, asked, alias, *first.get()),
                Entry::Vacant(new) => {
                    new.insert(alias.span);
                    continue;
                }
            };
            findings.push(finding);
        }
    }
}

fn without_letters(context: &SkabelonContext<'_>, alias: &Line) -> Finding {
    Finding::new(
        Code::UopnaaeligtAlias,
        context.place(alias.span),
        format!(
            "Ordlyden »{}« er uden bogstaver, så ingen overskrift kan hedde det.",
            alias.text
        ),
    )
    .with_help("Skriv overskriften med ord, eller slet den her.")
}

fn known_already(
    context: &SkabelonContext<'_>,
    asked: &Asked<'_>,
    alias: &Line,
    first: Span,
) -> Finding {
    let what = match (first == asked.heading.span, asked.is_point) {
        (false, _) => "en ordlyd, der står før den",
        (true, false) => "kravets egen overskrift",
        (true, true) => "punktets egen tekst",
    };
    Finding::new(
        Code::UopnaaeligtAlias,
        context.place(alias.span),
        format!("Ordlyden »{}« tæller i forvejen: Den læses som {what}.", alias.text),
    )
    .with_help(
        "Slet den. Store bogstaver, ekstra mellemrum, et nummer foran og et punktum eller kolon til sidst \
         gør ingen forskel.",
    )
    .with_related(context.place(first), "Her står den, der tæller.")
}
