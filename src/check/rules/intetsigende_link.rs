//! RP203 `intetsigende-link`: a link whose text does not say where it leads.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::{InlineKind, Reference, push_plain};

/// Texts that say nothing, in lower case and without signs.
const SAYING_NOTHING: [&str; 16] = [
    "link",
    "linket",
    "dette link",
    "her",
    "klik",
    "klik her",
    "tryk her",
    "læs her",
    "se her",
    "find det her",
    "mere",
    "læs mere",
    "se mere",
    "læs mere her",
    "se mere her",
    "denne side",
];
/// No longer text can be one of them.
const LONGEST: usize = 24;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut plain = String::new();
    context.visit_links(&mut |section, inline| {
        let InlineKind::Link { target, content } = &inline.kind else {
            return;
        };
        plain.clear();
        push_plain(content, &mut plain);
        if plain.len() <= LONGEST && says_nothing(&plain) {
            let message = format!(
                "Linkteksten »{}« siger ikke, hvor linket fører hen.",
                plain.trim()
            );
            let help = help(target);
            findings.push(
                Finding::new(Code::IntetsigendeLink, section.place(inline.span), message)
                    .with_help(help),
            );
        }
    });
}

fn says_nothing(text: &str) -> bool {
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let mut words = text.split_whitespace();
    SAYING_NOTHING
        .iter()
        .any(|known| words.clone().eq(known.split(' ')))
        && words.next().is_some()
}

fn help(target: &Reference) -> String {
    match target {
        Reference::Named(kind, id) => format!(
            "Lad rusprot skrive stedets navn: []({}:{id}). Eller skriv selv, hvad læseren finder dér.",
            kind.prefix()
        ),
        _ => format!(
            "Skriv, hvad læseren finder dér: [hjælp til pårørende]({})",
            target.written()
        ),
    }
}
