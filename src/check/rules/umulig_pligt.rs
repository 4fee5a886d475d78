//! RP804 `umulig-pligt`: a duty of the year wheel that cannot be counted, or that nobody can tell from another.
//!
//! How often and when first are read with the file: what is no interval or no date is RP003. A duty without
//! anybody responsible is none: the document's own responsible role sees to it.

use crate::check::context::SkabelonContext;
use crate::diag::{Code, Finding};
use crate::model::{Duty, Interval, fold};
use crate::text::{Span, YEARS};

pub(super) fn check(context: &SkabelonContext<'_>, findings: &mut Vec<Finding>) {
    let finding = |span: Span, message, help: &str| {
        Finding::new(Code::UmuligPligt, context.place(span), message).with_help(help)
    };
    let duties = &context.skabelon.duties;
    for (index, duty) in duties.iter().enumerate() {
        let what = &duty.what.text;
        if duty.interval == Interval::AsNeeded && duty.first.is_some() {
            findings.push(finding(
                duty.what.span,
                format!("Pligten »{what}« sker ved behov, så dagen i `foerste` tæller ikke."),
                "Slet `foerste`, eller skriv ved `hvor_tit`, hvor tit den kommer igen, for eksempel \"1 år\".",
            ));
        }
        if let Some(year) = duty.first.map(|first| first.last_day().year())
            && !YEARS.contains(&year)
        {
            findings.push(finding(
                duty.what.span,
                format!("Pligten »{what}« skal ske første gang i år {year}."),
                "Ret årstallet i `foerste`. En dato skrives som år-måned-dag: 2026-11-30.",
            ));
        }
        if let Some(first) = duties[..index].iter().find(|other| same(other, duty)) {
            let message =
                format!("Pligten »{what}« står to gange med samme ansvarlige og samme forum.");
            let help = "Slet den ene, eller skriv, hvad der er forskellen. Ellers skal det samme skrives ind \
                        to gange.";
            let finding = finding(duty.what.span, message, help);
            let first = context.place(first.what.span);
            findings.push(finding.with_related(first, "Her står den første gang."));
        }
    }
}

/// Whether nobody can tell two duties from each other in the year wheel.
fn same(one: &Duty, other: &Duty) -> bool {
    let seen = |duty: &Duty| {
        let forum = duty.forum.as_ref().map(|forum| fold(&forum.text));
        let responsible = duty.responsible.iter().map(|role| fold(&role.text));
        (
            fold(&duty.what.text),
            forum,
            responsible.collect::<Vec<_>>(),
        )
    };
    seen(one) == seen(other)
}
