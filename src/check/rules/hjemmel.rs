//! RP603 `hjemmel`: a house rule about an intervention that says nothing of its legal basis.
//!
//! A house rule gives no right to intervene by itself. Whether the basis that is given is a good one is for
//! people to judge.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::law;
use crate::diag::{Code, Finding};
use crate::model::{HouseRule, InlineKind, Section};
use crate::text::Span;

/// What the words begin or go on with, in lower case, and what the intervention is called.
const INTERVENTIONS: &[(&str, &str)] = &[
    ("urinprøv", "urinprøve"),
    ("ransag", "ransagning"),
    ("visiter", "visitation"),
    ("visitation", "visitation"),
    ("visitér", "visitation"),
    ("bortvis", "bortvisning"),
    ("konfisk", "konfiskation"),
];
/// Words in front of an intervention that say it is not made.
const NEVER: &[&str] = &["aldrig", "ikke", "ingen", "uden"];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.protocol.visit(&mut |section| {
        for rule in section
            .blocks
            .rules
            .iter()
            .filter(|rule| rule.basis.is_none())
        {
            findings.extend(in_rule(section, rule));
        }
    });
}

fn in_rule(section: &Section, rule: &HouseRule) -> Option<Finding> {
    let mut found = None;
    rule.text.visit_inlines(&mut |inline| {
        if let (None, InlineKind::Text(text)) = (&found, &inline.kind)
            && let Some((name, range)) = intervention(text)
        {
            found = Some((name, inline.part(text, range)));
        }
    });
    let (name, span) = found?;
    Some(finding(section, name, span))
}

/// The first intervention that a text speaks of making: its name, and where the word stands.
fn intervention(text: &str) -> Option<(&'static str, Range<usize>)> {
    let words = words(text);
    let is_never = |word: Option<&(usize, String)>| {
        word.is_some_and(|(_, word)| NEVER.contains(&word.as_str()))
    };
    words.iter().enumerate().find_map(|(index, (at, word))| {
        let (_, name) = INTERVENTIONS.iter().find(|(stem, _)| word.contains(stem))?;
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let after = words.get(index + 1);
        let denied = is_never(before) || is_never(after);
        // "Visiteret til botilbuddet" is how people come to live there.
        let placed = word.starts_with("visit") && after.is_some_and(|(_, after)| after == "til");
        (!denied && !placed).then(|| (*name, *at..at + word.len()))
    })
}

/// The words of a text in lower case, each with where it stands.
fn words(text: &str) -> Vec<(usize, String)> {
    let words = law::words(text).into_iter();
    words.map(|(at, word)| (at, word.to_lowercase())).collect()
}

fn finding(section: &Section, name: &str, span: Span) -> Finding {
    let message = format!("Reglen handler om {name}, men siger ikke, hvad der giver lov til det.");
    Finding::new(Code::Hjemmel, section.place(span), message).with_help(
        "Spørg lederen eller områdets jurist, og skriv svaret i hjemmel under reglen. Er der ingen hjemmel, \
         så slet reglen. rusprot giver ikke juridisk rådgivning.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn at(rule: &str) -> Vec<String> {
        let text = format!("overskrift = 'Husorden'\n\n[[regel]]\n{rule}\n");
        Repo::of(&[("bilag/1-husorden.toml", &text)]).at("RP603")
    }

    #[test]
    fn every_intervention_is_found_at_its_word_in_all_its_forms() {
        for (rule, column) in [
            ("Vi tager en urinprøve, når vi er i tvivl.", 22),
            ("Værelset ransages.", 19),
            ("Du bliver kropsvisiteret ved døren.", 20),
            ("Man kan blive bortvist.", 24),
            ("Stoffer konfiskeres.", 18),
            ("Bortvisning sker samme dag.", 10),
        ] {
            let found = at(&format!("tekst = '{rule}'"));
            assert_eq!(
                found,
                [format!("bilag/1-husorden.toml:4:{column}")],
                "{rule}"
            );
        }
    }

    #[test]
    fn a_basis_or_another_rule_is_fine() {
        assert_eq!(
            at("tekst = 'Vi tager en urinprøve.'\nhjemmel = 'Dit samtykke.'"),
            [""; 0]
        );
        assert_eq!(
            at("tekst = 'Du har ret til at få besøg. Skriv et visitkort.'"),
            [""; 0]
        );
    }

    #[test]
    fn what_is_not_done_and_being_placed_need_no_basis() {
        for rule in [
            "Vi ransager ikke dit værelse.",
            "Vi tager aldrig urinprøver.",
            "Du er visiteret til botilbuddet.",
        ] {
            assert_eq!(at(&format!("tekst = '{rule}'")), [""; 0], "{rule}");
        }
    }
}
