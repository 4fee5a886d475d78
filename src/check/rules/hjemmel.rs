//! RP603 `hjemmel`: a house rule about an intervention that says nothing of its legal basis; also one that stands in a
//! text as an item of a list, or as a sentence that says what must, must not or may be done.
//!
//! A house rule gives no right to intervene by itself. Whether the basis that is given is a good one is for
//! people to judge.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::law;
use crate::check::texts::passage::Sentences;
use crate::diag::{Code, Finding};
use crate::model::{
    Block, BlockKind, HouseRule, Inline, InlineKind, Section, plain, visit_inlines, visit_runs,
};
use crate::text::{LazyMarks, Marks, Span};

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
/// What every one of them has in it.
static BEGINNINGS: LazyMarks =
    LazyMarks::new(|| Marks::of_stems(&["urinpr", "ransag", "visit", "bortvis", "konfisk"]));
/// Words in front of an intervention that say it is not made.
const NEVER: &[&str] = &["aldrig", "ikke", "ingen", "uden"];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    // Few protocols speak of any at all.
    if !BEGINNINGS.are_in(&context.language.text) {
        return;
    }
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
    for (section, text) in context.markdown_texts() {
        let rules = &section.blocks.rules;
        if !rules.iter().any(|rule| std::ptr::eq(&rule.text, text)) {
            in_blocks(section, &text.blocks, false, findings);
        }
    }
}

/// What a sentence says where it lays down what is done.
const RULES: &[&str] = &[
    "skal",
    "må ikke",
    "kan vi",
    "vi kan",
    "kan personalet",
    "personalet kan",
    "kan medarbejderne",
    "medarbejderne kan",
];
/// What a passage says that names a basis.
const BASES: &[&str] = &[
    "§",
    "lov",
    "bekendtgørelse",
    "samtykke",
    "frivillig",
    "hjemmel",
];

/// Looks at the items and sentences of some blocks.
fn in_blocks(section: &Section, blocks: &[Block], is_item: bool, findings: &mut Vec<Finding>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(run) => findings.extend(in_run(section, run, is_item)),
            BlockKind::List { items, .. } => {
                for item in items {
                    in_blocks(section, &item.blocks, true, findings);
                }
            }
            BlockKind::Quote(below) => in_blocks(section, below, is_item, findings),
            BlockKind::Code(_) => {}
            _ => visit_runs(std::slice::from_ref(block), &mut |run| {
                findings.extend(in_run(section, run, false));
            }),
        }
    }
}

/// Looks at a paragraph, a cell or an item: at the sentences that say what is done, or in an item at all of them.
fn in_run(section: &Section, run: &[Inline], is_item: bool) -> Option<Finding> {
    let mut words = Vec::new();
    visit_inlines(run, &mut |inline| {
        if let InlineKind::Text(text) = &inline.kind
            && let Some((name, range)) = intervention(text)
        {
            words.push((name, inline, text, range));
        }
    });
    if words.is_empty() {
        return None;
    }
    let plain = plain(run);
    let lower = plain.to_lowercase();
    if BASES.iter().any(|basis| lower.contains(basis)) {
        return None;
    }
    let sentences = Sentences::of(&plain);
    let (name, inline, text, range) = words.into_iter().find(|(_, _, text, range)| {
        let Some(at) = plain.find(text.as_str()) else {
            return false;
        };
        let sentence = plain[sentences.at(at + range.start)].to_lowercase();
        let lays_down = RULES.iter().any(|rule| says(&sentence, rule));
        (is_item || lays_down) && !sentence.trim_end().ends_with('?')
    })?;
    Some(in_text(section, name, inline.part(text, range)))
}

/// Whether a sentence has these words as whole words.
fn says(sentence: &str, words: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    sentence.match_indices(words).any(|(at, _)| {
        let end = at + words.len();
        !is_letter(sentence[..at].chars().next_back()) && !is_letter(sentence[end..].chars().next())
    })
}

fn in_text(section: &Section, name: &str, span: Span) -> Finding {
    let message = format!("Teksten handler om {name}, men siger ikke, hvad der giver lov til det.");
    Finding::new(Code::Hjemmel, section.place(span), message).with_help(
        "Spørg lederen eller områdets jurist. Er det en regel i huset, så lav den til en [[regel]] med svaret i \
         hjemmel. Ellers nævn loven i det samme stykke. rusprot giver ikke juridisk rådgivning.",
    )
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
    // Most texts speak of none, and need not be taken apart to tell.
    if !BEGINNINGS.are_in(text) {
        return None;
    }
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

    fn in_text(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &section)]).at("RP603")
    }

    #[test]
    fn items_and_sentences_that_lay_down_what_is_done_are_looked_at_too() {
        for (text, place) in [
            ("1. Vi tager urinprøve ved mistanke.", "3:13"),
            ("- Vi ransager værelset.", "3:6"),
            ("Ved mistanke kan vi tage en urinprøve.", "3:29"),
            ("Vi hilser. Du skal aflevere en *urinprøve*.", "3:33"),
            ("Du må ikke sige nej til visitation.", "3:25"),
            (
                "| Hvad | Hvem |\n|---|---|\n| Vi kan visitere gæster. | Alle |",
                "5:10",
            ),
        ] {
            assert_eq!(in_text(text), [format!("01-a.toml:{place}")], "{text}");
        }
        let step = "overskrift = 'A'\n[[handling]]\nsituation = 'Uro'\n\
            trin = [{ goer = 'Du skal visitere ham.' }]\n";
        let repo = Repo::of(&[("01-a.toml", step)]);
        assert_eq!(repo.at("RP603"), ["01-a.toml:4:27"]);
    }

    #[test]
    fn what_is_told_asked_or_has_a_basis_is_fine() {
        for text in [
            "Mange er bange for urinprøver.",
            "- Hvad tænker du om urinprøver?",
            "Vi kan tage en urinprøve, hvis du giver samtykke.",
            "- Vi tager urinprøver efter § 141.",
            "- Vi tager aldrig urinprøver.",
            "Du skal hilse. Urinprøver er et svært emne.",
        ] {
            assert_eq!(in_text(text), [""; 0], "{text}");
        }
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
