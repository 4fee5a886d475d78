//! RP107 `obligatorisk-tekst`: the author typed the obligatory text, which is printed anyway.
//!
//! Looked for in the section that gets the text and in those below it, paragraph by paragraph.

use crate::check::context::Context;
use crate::check::texts::copied::{Deviation, Original, Words, is_same};
use crate::diag::{Code, Edit, Finding, Fix};
use crate::model::{Block, BlockKind, Inline, InlineKind, Requirement, RichText, Section, plain};
use crate::text::Span;

/// More deviations than these are counted, not shown.
const MOST_SHOWN: usize = 6;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.skabelon.visit(&mut |requirement| {
        if requirement.has_obligatory()
            && let Some(section) = context.answers.printed_in(&requirement.id.value)
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
    let Some((obligatory, _)) = context.answers.obligatory(requirement) else {
        return;
    };
    let mut paragraphs = Vec::new();
    obligatory.visit_runs(&mut |run| paragraphs.push(plain(run)));
    let originals: Vec<Original<'_>> = paragraphs
        .iter()
        .filter_map(|paragraph| Original::new(paragraph))
        .collect();
    section.visit(&mut |below| {
        below.markdown_texts(&mut |text| {
            let mut copies = Vec::new();
            text.visit_runs(&mut |run| {
                let typed = plain(run);
                let words = Words::of(&typed);
                for original in &originals {
                    match original.repeated_in(&words) {
                        Some(deviations) if deviations.is_empty() => {
                            copies.push(whole(run));
                        }
                        Some(deviations) => {
                            findings.push(near_copy(below, requirement, run, &deviations));
                        }
                        None => {}
                    }
                }
            });
            if let Some(span) = copies.iter().copied().reduce(Span::to) {
                // Only this key may be left out, which is what a fix may come to.
                let own = below.text.as_ref().filter(|own| std::ptr::eq(*own, text));
                let fix = own.and_then(|text| removal(below, text, &paragraphs, &copies));
                findings.push(exact_copy(below, requirement, span).with_fix(fix));
            }
        });
    });
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
        Code::ObligatoriskTekst,
        section.place(span),
        format!(
            "Teksten er en kopi af skabelonens fælles tekst til »{}«, så den bliver trykt to gange.",
            requirement.heading.text
        ),
    )
    .with_help("Slet kopien. rusprot sætter selv den fælles tekst ind først i afsnittet.")
}

/// Takes the paragraphs away that are nothing but a copy; `None` unless that is all of `copies`.
fn removal(
    section: &Section,
    text: &RichText,
    paragraphs: &[String],
    copies: &[Span],
) -> Option<Fix> {
    if !text.notes.is_empty() {
        // A footnote may belong to any paragraph.
        return None;
    }
    let is_copy: Vec<bool> = text
        .blocks
        .iter()
        .map(|block| is_copied(block, paragraphs))
        .collect();
    let goes = |span: &Span| {
        let mut blocks = text.blocks.iter().zip(&is_copy);
        blocks.any(|(block, copied)| *copied && block.span.to(*span) == block.span)
    };
    if !copies.iter().all(goes) {
        return None;
    }
    let source = |from: u32, to: u32| section.file.slice(Span::new(from, to));
    let between = text.blocks.windows(2);
    let gaps = || {
        between
            .clone()
            .map(|two| (two[0].span.end, two[1].span.start))
    };
    if !gaps().all(|(from, to)| from <= to && is_blank(source(from, to))) {
        // Something stands there that is no block, such as the address of a link.
        return None;
    }
    Some(Fix {
        edits: stretches(&is_copy)
            .map(|(first, last)| {
                let start = text.blocks[first].span.start;
                let end = text.blocks[last].span.end;
                // The blank lines go with the copy: those behind it, or at the end those before it.
                let span = match (first.checked_sub(1), text.blocks.get(last + 1)) {
                    (_, Some(next)) => Span::new(start, next.span.start),
                    (Some(before), None) => Span::new(text.blocks[before].span.end, end),
                    (None, None) => Span::new(start, end),
                };
                Edit {
                    span,
                    text: String::new(),
                }
            })
            .collect(),
    })
}

/// Whether a block is a paragraph with the letters of one of the common text, and with nothing else.
fn is_copied(block: &Block, paragraphs: &[String]) -> bool {
    let BlockKind::Paragraph(run) = &block.kind else {
        return false;
    };
    let typed = plain(run);
    is_letters(run)
        && paragraphs
            .iter()
            .any(|paragraph| is_same(paragraph, &typed))
}

fn is_letters(run: &[Inline]) -> bool {
    run.iter().all(|inline| match &inline.kind {
        InlineKind::Text(_) | InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Emph(content) | InlineKind::Strong(content) => is_letters(content),
        _ => false,
    })
}

/// Whether a piece of a string in the file is white space to the reader.
fn is_blank(source: &str) -> bool {
    let escapes = ["\\r", "\\n", "\\t", "\\"];
    let without = escapes.iter().fold(source.to_owned(), |source, escape| {
        source.replace(escape, "")
    });
    without.trim().is_empty()
}

/// The first and last index of each stretch of `true`.
fn stretches(flags: &[bool]) -> impl Iterator<Item = (usize, usize)> {
    let is_first = |&at: &usize| flags[at] && (at == 0 || !flags[at - 1]);
    let last = |first: usize| first + flags[first..].iter().take_while(|flag| **flag).count() - 1;
    let firsts = (0..flags.len()).filter(is_first);
    firsts
        .map(move |first| (first, last(first)))
        .collect::<Vec<_>>()
        .into_iter()
}

fn near_copy(
    section: &Section,
    requirement: &Requirement,
    run: &[Inline],
    deviations: &[Deviation],
) -> Finding {
    let mut shown: Vec<String> = deviations
        .iter()
        .take(MOST_SHOWN)
        .map(Deviation::shown)
        .collect();
    if let Some(more) = deviations
        .len()
        .checked_sub(MOST_SHOWN)
        .filter(|&more| more > 0)
    {
        shown.push(format!("og {more} steder mere"));
    }
    Finding::new(
        Code::ObligatoriskTekst,
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
