//! RP013 `forkert-bord`: the text of a section that stands behind a block and so has become part of it.
//!
//! TOML gives every line to the header above it. Somebody who writes the section's `tekst` last gives it to the last
//! block, where it is a rule's or a contact's; nothing else tells.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::{RichText, Section};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for section in context
        .protocol
        .sections
        .iter()
        .chain(&context.protocol.appendices)
    {
        if section.text.is_none() {
            let rules = section
                .blocks
                .rules
                .iter()
                .map(|rule| ("[[regel]]", &rule.text));
            let contacts = section.blocks.contacts.iter();
            let contacts =
                contacts.filter_map(|contact| Some(("[[kontakt]]", contact.text.as_ref()?)));
            let last = rules
                .chain(contacts)
                .max_by_key(|(_, text)| text.span.start);
            findings.extend(last.and_then(|(header, text)| finding(section, header, text)));
        }
    }
}

fn finding(section: &Section, header: &str, text: &RichText) -> Option<Finding> {
    let source = section.file.text();
    let value = section.file.slice(text.span);
    let over_lines = value.starts_with(['\'', '"']) && value.trim().lines().count() > 2;
    let is_last = source[text.span.end()..].trim().is_empty();
    // Whoever writes a long rule writes its text first; only what comes after another key was added below.
    let before = &source[..text.span.start()];
    let block = before.rfind(header).map(|at| &before[at + header.len()..]);
    let comes_late = block.is_some_and(|block| block.matches('=').count() > 1);
    if !(over_lines && is_last && comes_late) {
        return None;
    }
    let message = format!("Teksten hører nu til {header}, for den står under den.");
    Some(Finding::new(Code::ForkertBord, section.place(text.span), message).with_help(
        "Er det afsnittets egen tekst, så flyt den op over den første linje med kantede parenteser. Hører den til \
         reglen, så skriv den lige under de kantede parenteser.",
    ))
}
