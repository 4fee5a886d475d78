//! RP207 `naevnt-bilag`: the text says "Bilag 4" in plain letters.

use crate::check::context::Context;
use crate::check::texts::numbers::{self, Numbered};
use crate::diag::{Code, Finding};
use crate::model::Section;
use crate::text::ByteSet;

/// Words of documents that have appendices of their own. Parts of words count: "sundhedsloven".
const OTHER_DOCUMENTS: [&str; 12] = [
    "lov",
    "bekendtgørelse",
    "forordning",
    "direktiv",
    "cirkulære",
    "vejledning",
    "retningslinje",
    "notat",
    "kontrakt",
    "rapport",
    "standard",
    "konvention",
];
/// How many words after the number may tell which document it belongs to.
const WORDS_AFTER: usize = 6;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (section, text) in context.texts_with(ByteSet::DIGITS) {
        text.visit_runs(&mut |run| {
            numbers::visit(run, &mut |numbered| {
                if is_own_appendix(numbered) {
                    findings.push(finding(context, section, numbered));
                }
            });
        });
    }
}

fn is_own_appendix(numbered: &Numbered<'_>) -> bool {
    let (word, before) = if is_word(numbered.word, "nr.") {
        let word = numbers::last_word(numbered.before).unwrap_or_default();
        let before = &numbered.before[..numbered.before.len() - word.len()];
        (word, before)
    } else {
        (numbered.word, numbered.before)
    };
    is_word(word, "bilag") && !is_anothers(before, numbered.after)
}

fn is_word(word: &str, wanted: &str) -> bool {
    word.eq_ignore_ascii_case(wanted)
}

/// Whether the appendix is said to be another document's: "bekendtgørelsens bilag 1", "bilag 1 til loven".
fn is_anothers(before: &str, after: &str) -> bool {
    let owner = before.split_whitespace().next_back().unwrap_or_default();
    let joins = |word: &str| matches!(word, "til" | "i" | "fra" | "af" | "under");
    let mut words = after.split_whitespace();
    let joined = after.starts_with(char::is_whitespace) && words.next().is_some_and(joins);
    (owner.ends_with('s') && names_a_document(owner))
        || (joined && words.take(WORDS_AFTER).any(names_a_document))
}

fn names_a_document(word: &str) -> bool {
    let word = word.to_lowercase();
    OTHER_DOCUMENTS
        .iter()
        .any(|document| word.contains(document))
}

fn finding(context: &Context<'_>, section: &Section, numbered: &Numbered<'_>) -> Finding {
    let digits = numbered
        .number
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let number = &numbered.number[..digits];
    let appendices = &context.protocol.appendices;
    let appendix = number
        .parse::<usize>()
        .ok()
        .and_then(|number| appendices.get(number.checked_sub(1)?));
    let (message, help) = match appendix {
        Some(appendix) => (
            format!("»Bilag {number}« er skrevet med bogstaver og tal og følger ikke med, når bilag flyttes."),
            format!(
                "Er det »{}«, så skriv [](bilag:{}). Læseren ser stadig Bilag {number}.",
                appendix.heading.text, appendix.id
            ),
        ),
        None => (
            format!("Der er intet Bilag {number}: {}.", how_many(appendices.len())),
            "Henvis til et bilag, der findes, med [](bilag:id). Er det et bilag i et andet dokument, så henvis \
             til dokumentet med [tekst](dok:id)"
                .to_owned(),
        ),
    };
    Finding::new(Code::NaevntBilag, section.place(numbered.span), message).with_help(help)
}

fn how_many(count: usize) -> String {
    match count {
        0 => "Protokollen har ingen bilag".to_owned(),
        1 => "Protokollen har kun ét bilag".to_owned(),
        _ => format!("Protokollen har kun {count} bilag"),
    }
}
