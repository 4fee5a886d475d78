//! RP204 `sidehenvisning`: a typed page number.

use crate::check::context::Context;
use crate::check::texts::numbers;
use crate::check::texts::numbers::Numbered;
use crate::diag::{Code, Finding};
use crate::text::ByteSet;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (section, text) in context.texts_with(ByteSet::DIGITS) {
        text.visit_runs(&mut |run| {
            numbers::visit(run, &mut |numbered| {
                if is_page(numbered) {
                    findings.push(
                        Finding::new(
                            Code::Sidehenvisning,
                            section.place(numbered.span),
                            format!("»{} {}« er et skrevet sidetal.", numbered.word, numbered.number),
                        )
                        .with_help(
                            "Henvis til stedet med dets id: [](afsnit:id) eller [](bilag:id). I PDF'en \
                             sætter rusprot selv siden på.",
                        ),
                    );
                }
            });
        });
    }
}

fn is_page(numbered: &Numbered<'_>) -> bool {
    match numbered.word {
        // A number before it makes `s.` a unit: "30 s. 2 gange".
        "s." | "pp." | "ss." => !numbered.before.ends_with(|c: char| c.is_ascii_digit()),
        word => {
            let is_page = ["side", "sider", "siderne"]
                .iter()
                .any(|page| word.eq_ignore_ascii_case(page));
            is_page && !is_a_side_of_something(numbered.before) && !is_words_own(numbered)
        }
    }
}

/// "Side 3 af 12" alone on a line is no reference but what Word prints on a page: RP305.
fn is_words_own(numbered: &Numbered<'_>) -> bool {
    let after = numbered.after.trim_start();
    numbered.before.trim().is_empty()
        && (after.starts_with("af ") || after.starts_with("of "))
        && after.split_whitespace().count() == 2
}

/// "På den ene side 3 borgere": a side, not a page.
fn is_a_side_of_something(before: &str) -> bool {
    let word = numbers::last_word(before).unwrap_or_default();
    [
        "ene", "anden", "hver", "begge", "samme", "hans", "hendes", "deres", "vores", "modsatte",
    ]
    .iter()
    .any(|other| word.eq_ignore_ascii_case(other))
}
