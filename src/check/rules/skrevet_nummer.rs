//! RP111 `skrevet-nummer`: a number typed in a heading.

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding, Fix};
use crate::model::{
    Numbering, Section, typed_label, typed_letter, typed_number, without_label,
    without_typed_number,
};
use crate::text::Span;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let numbering = protocol.edition.numbering.unwrap_or_default();
    for section in &protocol.sections {
        check_in(section, numbering, false, findings);
    }
    for appendix in &protocol.appendices {
        appendix.visit(&mut |section| check_one(section, findings));
    }
}

/// Looks at a section and those below it. Where the program numbers nothing, what is typed is the number.
/// `lettered` where it stands below a letter.
fn check_in(section: &Section, among: Numbering, lettered: bool, findings: &mut Vec<Finding>) {
    let own = among.of_section(section.numbering);
    let heading = &section.heading.text;
    // "a. om aftenen" may be anything.
    let begins_words = !without_label(heading).starts_with(char::is_lowercase);
    let label = typed_label(heading).filter(|_| {
        begins_words
            && match own {
                // One letter alone may be a name that people know the part by.
                Numbering::Numbers => lettered == typed_letter(heading).is_some(),
                Numbering::Letters => typed_letter(heading).is_none(),
                Numbering::Nothing => false,
            }
    });
    if let Some(label) = label {
        findings.push(finding(section, label));
    } else if own != Numbering::Nothing {
        check_one(section, findings);
    }
    let lettered = lettered || own == Numbering::Letters;
    for child in &section.children {
        check_in(child, own.below(section.numbering), lettered, findings);
    }
}

fn check_one(section: &Section, findings: &mut Vec<Finding>) {
    let heading = &section.heading.text;
    if let Some(number) = typed_number(heading)
        && !is_ordinal(number, without_typed_number(heading))
    {
        findings.push(finding(section, number));
    }
}

/// Whether the number belongs to the words, as in "2. sal" and "24. december": one number with a full
/// stop before a small letter.
fn is_ordinal(number: &str, rest: &str) -> bool {
    let digits = number.strip_suffix('.').unwrap_or_default();
    let is_one_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_one_number && rest.starts_with(char::is_lowercase)
}

fn finding(section: &Section, number: &str) -> Finding {
    let heading = without_label(&section.heading.text);
    Finding::new(
        Code::SkrevetNummer,
        section.place(place(section, number)),
        format!("Nummeret »{number}« er skrevet ind i overskriften."),
    )
    .with_help(format!(
        "rusprot sætter selv numre på. Skriv overskrift = {}",
        typed::string(heading)
    ))
    .with_fix(removal(section, number))
}

/// Takes the number and the white space behind it away; `None` where the file spells the number otherwise.
fn removal(section: &Section, number: &str) -> Option<Fix> {
    let span = section.heading.span;
    let typed = section.file.slice(span);
    let letters = typed.trim_start_matches(['"', '\'']).trim_start();
    let rest = letters.strip_prefix(number)?.trim_start();
    let (start, end) = (typed.len() - letters.len(), typed.len() - rest.len());
    Some(Fix::one(span.part(start..end), ""))
}

/// Where the number stands; the whole heading where the file spells it otherwise.
fn place(section: &Section, number: &str) -> Span {
    let span = section.heading.span;
    let typed = section.file.slice(span);
    match typed.find(number) {
        Some(at) => span.part(at..at + number.len()),
        None => span,
    }
}
