//! RP402 `kopieret-svar`: one paragraph, word for word, in sections that answer two requirements.
//!
//! Paragraphs are gathered by their first and last letters, and only those that agree in both are compared
//! as wholes: the work grows with the number of paragraphs.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::Context;
use crate::check::texts::copied::{Words, ends, first_letters};
use crate::diag::{Code, Finding};
use crate::model::{Inline, Section, plain};
use crate::text::Span;

/// Shorter paragraphs, such as "Ring til nattevagten", may well stand in two places.
const FEWEST_WORDS: usize = 12;

/// Paragraphs that begin and end alike are told apart by so many letters before all their words are looked at.
const FIRST_LETTERS: usize = 48;

/// No twelve words are shorter: spares looking at the many cells and items that are.
const FEWEST_BYTES: usize = 3 * FEWEST_WORDS;

/// A paragraph and the section it stands in.
#[derive(Clone, Copy)]
struct Paragraph<'p> {
    section: &'p Section,
    run: &'p [Inline],
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut by_ends: Vec<((u64, u64), Paragraph<'_>)> = Vec::new();
    for section in context.sections() {
        section.running().for_each(|text| {
            text.visit_runs(&mut |run| {
                if span(run).len() >= FEWEST_BYTES
                    && let Some(ends) = ends(run)
                {
                    by_ends.push((ends, Paragraph { section, run }));
                }
            });
        });
    }
    // Those that are alike stay in reading order.
    by_ends.sort_by_key(|(ends, _)| *ends);
    let alike = by_ends.chunk_by(|(one, _), (other, _)| one == other);
    let answered = LazyCell::new(|| answered(context));
    for paragraphs in alike.filter(|paragraphs| paragraphs.len() > 1) {
        let paragraphs = paragraphs.iter().map(|(_, paragraph)| *paragraph);
        among(paragraphs, &answered, findings);
    }
}

/// Which requirements each section answers, itself or through the one it stands in; by address, which is
/// the section's own.
type Answered<'p> = BTreeMap<*const Section, BTreeSet<&'p str>>;

fn answered<'p>(context: &Context<'p>) -> Answered<'p> {
    let mut answered = Answered::new();
    for requirement in context.requirements() {
        let points = requirement.points.iter().map(|point| &point.id);
        for id in std::iter::once(&requirement.id).chain(points) {
            for section in context.answers.to(&id.value) {
                section.visit(&mut |below| {
                    let ids = answered.entry(std::ptr::from_ref(below)).or_default();
                    ids.insert(requirement.id.value.as_str());
                });
            }
        }
    }
    answered
}

/// Findings among paragraphs that begin and end alike.
fn among<'p>(
    paragraphs: impl Iterator<Item = Paragraph<'p>>,
    answered: &Answered<'_>,
    findings: &mut Vec<Finding>,
) {
    let mut texts: Vec<(u64, String, Paragraph<'_>)> = paragraphs
        .map(|paragraph| {
            let text = plain(paragraph.run);
            let first = first_letters(std::iter::once(text.as_str()), FIRST_LETTERS);
            (first, text, paragraph)
        })
        .collect();
    texts.sort_by_key(|(first, ..)| *first);
    let alike = texts.chunk_by(|(one, ..), (other, ..)| one == other);
    for texts in alike.filter(|texts| texts.len() > 1) {
        let mut first: BTreeMap<Vec<u64>, &Paragraph<'_>> = BTreeMap::new();
        for (_, text, paragraph) in texts {
            let keys = Words::of(text).keys().to_vec();
            if keys.len() < FEWEST_WORDS {
                continue;
            }
            match first.get(&keys) {
                Some(original) if answer_different(answered, original, paragraph) => {
                    findings.push(finding(original, paragraph));
                }
                Some(_) => {}
                None => {
                    first.insert(keys, paragraph);
                }
            }
        }
    }
}

/// Whether each of two paragraphs answers a requirement that the other does not.
fn answer_different(answered: &Answered<'_>, a: &Paragraph<'_>, b: &Paragraph<'_>) -> bool {
    let ids = |paragraph: &Paragraph<'_>| answered.get(&std::ptr::from_ref(paragraph.section));
    match (ids(a), ids(b)) {
        (Some(a), Some(b)) => !a.is_subset(b) && !b.is_subset(a),
        _ => false,
    }
}

fn span(run: &[Inline]) -> Span {
    let first = run.first().map(|inline| inline.span).unwrap_or_default();
    run.last().map_or(first, |last| first.to(last.span))
}

fn finding(original: &Paragraph<'_>, copy: &Paragraph<'_>) -> Finding {
    let message = format!(
        "Teksten er den samme som i »{}«, men afsnittene svarer på to forskellige krav.",
        original.section.heading.text
    );
    Finding::new(Code::KopieretSvar, copy.section.place(span(copy.run)), message)
        .with_help(
            "Skriv det, der er særligt for hvert krav. Er svaret virkelig det samme, så lad ét afsnit svare \
             på begge krav med opfylder, og slet det andet.",
        )
        .with_related(original.section.place(span(original.run)), "Her står den samme tekst.")
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    const ANSWER: &str =
        "Vi taler med dem, det handler om, og giver lederen besked samme dag, vi ser det.";

    fn at(first: &str, second: &str, text: &str) -> Vec<String> {
        let file = |answers: &str, heading: &str, text: &str| {
            format!("overskrift = '{heading}'\nopfylder = '{answers}'\ntekst = '''\n{text}\n'''\n")
        };
        let first = file(first, "A", ANSWER);
        let second = file(second, "B", text);
        Repo::of(&[("01-a.toml", &first), ("02-b.toml", &second)]).at("RP402")
    }

    #[test]
    fn the_same_paragraph_in_answers_to_two_requirements_is_found_at_the_second() {
        let again = format!(
            "Først noget andet.\n\n{}",
            ANSWER.replace("vi ser", "vi  SER")
        );
        assert_eq!(
            at("handel-pushere", "handel-internt", &again),
            ["02-b.toml:6:1"]
        );
    }

    #[test]
    fn one_requirement_and_another_text_are_fine() {
        assert_eq!(at("handel-pushere", "handel-pushere", ANSWER), [""; 0]);
        let other = ANSWER.replace("samme dag", "samme uge");
        assert_eq!(at("handel-pushere", "handel-internt", &other), [""; 0]);
    }

    #[test]
    fn a_short_sentence_may_stand_twice() {
        let short =
            "overskrift = 'A'\nopfylder = 'handel-pushere'\ntekst = 'Ring til nattevagten.'\n";
        let other = short.replace("pushere", "internt");
        let repo = Repo::of(&[("01-a.toml", short), ("02-b.toml", &other)]);
        assert_eq!(repo.at("RP402"), [""; 0]);
    }
}
