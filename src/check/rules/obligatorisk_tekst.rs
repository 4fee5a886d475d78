//! RP107 `obligatorisk-tekst`: the author typed the obligatory text, which is printed anyway.
//!
//! Looked for in the section that gets the text and in those below it, paragraph by paragraph.

use crate::check::Context;
use crate::check::copied::{Deviation, Original, Words};
use crate::diag::{Code, Finding};
use crate::model::{Inline, Requirement, Section, push_plain};
use crate::text::Span;

/// More deviations than these are counted, not shown.
const MOST_SHOWN: usize = 6;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.skabelon.visit(&mut |requirement| {
        if requirement.has_obligatory()
            && let Some(section) = context.answers.first(&requirement.id.value)
        {
            check_section(context, requirement, section, findings);
        }
    });
}

fn check_section(
    context: &Context<'_>,
    requirement: &Requirement,
    section: &Section,
    findings: &mut Vec<Finding>,
) {
    let variables = &context.protocol.variables;
    let Some((obligatory, _)) = context.skabelon.obligatory(requirement, variables) else {
        return;
    };
    let mut paragraphs = Vec::new();
    obligatory.visit_runs(&mut |run| paragraphs.push(plain(run)));
    let originals: Vec<Original<'_>> = paragraphs
        .iter()
        .filter_map(|paragraph| Original::new(paragraph))
        .collect();
    section.visit(&mut |below| {
        below.visit_texts(&mut |text| {
            let mut copied = None;
            text.visit_runs(&mut |run| {
                let typed = plain(run);
                let words = Words::of(&typed);
                for original in &originals {
                    match original.repeated_in(&words) {
                        Some(deviations) if deviations.is_empty() => {
                            let whole = copied.unwrap_or_else(|| whole(run));
                            copied = Some(whole.to(self::whole(run)));
                        }
                        Some(deviations) => {
                            findings.push(near_copy(below, requirement, run, &deviations));
                        }
                        None => {}
                    }
                }
            });
            findings.extend(copied.map(|span| exact_copy(below, requirement, span)));
        });
    });
}

fn plain(run: &[Inline]) -> String {
    let mut plain = String::new();
    push_plain(run, &mut plain);
    plain
}

/// From a run's first letter to its last.
fn whole(run: &[Inline]) -> Span {
    match (run.first(), run.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

fn exact_copy(section: &Section, requirement: &Requirement, span: Span) -> Finding {
    Finding::new(
        Code::ObligatoryText,
        section.place(span),
        format!(
            "Teksten er en kopi af skabelonens fælles tekst til »{}«, så den bliver trykt to gange.",
            requirement.heading.text
        ),
    )
    .with_help("Slet kopien. rusprot sætter selv den fælles tekst ind først i afsnittet.")
}

fn near_copy(
    section: &Section,
    requirement: &Requirement,
    run: &[Inline],
    deviations: &[Deviation],
) -> Finding {
    let mut shown: Vec<String> = deviations.iter().take(MOST_SHOWN).map(shown).collect();
    if let Some(more) = deviations
        .len()
        .checked_sub(MOST_SHOWN)
        .filter(|&more| more > 0)
    {
        shown.push(format!("og {more} steder mere"));
    }
    Finding::new(
        Code::ObligatoryText,
        section.place(whole(run)),
        format!(
            "Teksten er næsten skabelonens fælles tekst til »{}«, men ordene afviger: {}.",
            requirement.heading.text,
            shown.join(", ")
        ),
    )
    .with_help(
        "Minus er den fælles teksts ord, plus er dine. Slet hele stykket, for rusprot sætter selv den fælles \
         tekst ind. Er forskellen en aftale hos jer, så skriv den med jeres egne ord i et afsnit for sig.",
    )
}

fn shown(deviation: &Deviation) -> String {
    match (deviation.old.as_str(), deviation.new.as_str()) {
        ("", new) => format!("»+{new}«"),
        (old, "") => format!("»−{old}«"),
        (old, new) => format!("»−{old}« »+{new}«"),
    }
}
