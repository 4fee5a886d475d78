//! RP704 `dato-modstrid`: dates that cannot both be right.

use crate::check::context::Context;
use crate::check::texts::passage::{Sentences, visit_passages};
use crate::diag::{Code, Finding};
use crate::model::{Approval, Line};
use crate::text::{
    ByteSet, Period, Place, Spanned, TypedDate, danish_date, typed_date, typed_period,
};
use std::ops::Range;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    for event in &protocol.events {
        happened(context, "Hændelsen", &event.date, findings);
    }
    for approval in &protocol.approvals {
        happened(context, "Godkendelsen", &approval.date, findings);
    }
    if let Some(in_force) = &protocol.edition.in_force {
        not_before_founding(
            context,
            "Protokollen gælder fra en dag, som",
            in_force,
            findings,
        );
        in_force_before_approved(context, in_force, findings);
    }
    ends_before_it_begins(context, findings);
    told_otherwise(context, findings);
    in_force_told_otherwise(context, findings);
    same_day_twice(context, findings);
}

/// A text that says when a forum approved, where the approvals say another day: the front against the back page.
fn told_otherwise(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let approvals = &context.protocol.approvals;
    if approvals.is_empty() {
        return;
    }
    let has_mark = |text: &str| text.to_lowercase().contains("godkendt");
    visit_passages(context, ByteSet::DIGITS, &has_mark, &mut |passage| {
        if passage.heading.is_none() {
            return;
        }
        let sentences = Sentences::of(&passage.plain);
        for (range, told) in dates(&passage.plain) {
            let sentence = &passage.plain[sentences.at(range.start)];
            if !has_mark(sentence) {
                continue;
            }
            let of_forum = |approval: &&Approval| contains_words(sentence, &approval.forum.text);
            let mut named = approvals.iter().filter(of_forum).peekable();
            let Some(first) = named.peek().copied() else {
                continue;
            };
            let is_right = |approval: &Approval| approval.date.value.meets(told);
            if named.any(is_right) {
                continue;
            }
            let message = format!(
                "Her står, at {} har godkendt {}. I protokol.toml står {}.",
                first.forum.text,
                told.danish(),
                first.date.value.danish()
            );
            findings.push(
                Finding::new(Code::DatoModstrid, passage.place(range), message)
                    .with_related(
                        Place::new(&context.protocol.file, first.date.span),
                        "Her står den anden dato.",
                    )
                    .with_help("Ret den af de to datoer, der er forkert. Siden viser selv godkendelsen forrest."),
            );
        }
    });
}

/// What a document says of itself where it says from when, or until when, it is in force. Sentences about anything
/// else, such as a law, have another beginning.
const ITSELF: [&str; 8] = [
    "protokollen",
    "politikken",
    "standarden",
    "kvalitetsstandarden",
    "dokumentet",
    "udgaven",
    "rusmiddelprotokollen",
    "rusmiddelpolitikken",
];
/// The verbs of that: from when, and until when.
const FROM: [&str; 6] = [
    "gælder fra",
    "gældende fra",
    "gælder fra og med",
    "træder i kraft",
    "trådte i kraft",
    "ikrafttræden:",
];
const UNTIL: [&str; 4] = ["gælder til", "gældende til", "gyldig til", "udløber"];

/// A text that says from when, or until when, the document is in force, where `[dokument]` says another day.
fn in_force_told_otherwise(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let edition = &context.protocol.edition;
    let known = [
        (&edition.in_force, &FROM[..], "gælder fra"),
        (&edition.until, &UNTIL[..], "gælder til"),
    ];
    if known.iter().all(|(date, ..)| date.is_none()) {
        return;
    }
    let verbs = FROM.iter().chain(&UNTIL);
    let has_mark = |text: &str| {
        let text = text.to_lowercase();
        verbs.clone().any(|verb| text.contains(verb))
    };
    visit_passages(context, ByteSet::DIGITS, &has_mark, &mut |passage| {
        if passage.heading.is_none() {
            return;
        }
        let sentences = Sentences::of(&passage.plain);
        for (range, told) in dates(&passage.plain) {
            let sentence = sentences.at(range.start);
            let said = passage.plain[sentence.start..range.start].to_lowercase();
            for (date, verbs, what) in &known {
                let Some(date) = date else { continue };
                if !is_of_itself(&said, verbs) || date.value.meets(told) {
                    continue;
                }
                let message = format!(
                    "Her står, at det {what} {}. I protokol.toml står {}.",
                    told.danish(),
                    date.value.danish()
                );
                findings.push(
                    Finding::new(Code::DatoModstrid, passage.place(range.clone()), message)
                        .with_related(
                            Place::new(&context.protocol.file, date.span),
                            "Her står den anden dato.",
                        )
                        .with_help("Ret den af de to datoer, der er forkert. Siden viser selv datoen forrest."),
                );
            }
        }
    });
}

/// Whether what stands before a date says that the document itself is in force: a verb right before it, and before
/// that nothing or the document.
fn is_of_itself(said: &str, verbs: &[&str]) -> bool {
    let said = said.trim_end_matches(|c: char| c.is_whitespace() || c == ':');
    let said = ["den", "d."]
        .iter()
        .find_map(|word| said.strip_suffix(word))
        .unwrap_or(said);
    let said = said.trim_end();
    let Some(subject) = verbs
        .iter()
        .find_map(|verb| said.strip_suffix(verb.trim_end_matches(':')))
    else {
        return false;
    };
    let subject = subject.trim();
    let subject = subject.strip_suffix(" er").unwrap_or(subject);
    let own = ["denne", "vores", "den"]
        .iter()
        .find_map(|word| subject.strip_prefix(word));
    let subject = own.map_or(subject, str::trim);
    let nouns = [
        "protokol",
        "politik",
        "standard",
        "kvalitetsstandard",
        "udgave",
        "rusmiddelprotokol",
    ];
    subject.is_empty() || ITSELF.contains(&subject) || (own.is_some() && nouns.contains(&subject))
}

/// Whether words stand in a sentence, as words of their own.
fn contains_words(sentence: &str, words: &str) -> bool {
    let (sentence, words) = (sentence.to_lowercase(), words.to_lowercase());
    let outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    !words.is_empty()
        && sentence.match_indices(&words).any(|(at, found)| {
            outside(sentence[..at].chars().next_back())
                && outside(sentence[at + found.len()..].chars().next())
        })
}

/// The dates in a text, with where each stands: days with the month's name or in numbers alone, and a month with its
/// year. A year alone may be anything.
fn dates(text: &str) -> Vec<(Range<usize>, Period)> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        words.push(at..at + piece.trim_end().len());
        at += piece.len();
    }
    let mut found = Vec::new();
    let mut next = 0;
    while next < words.len() {
        let read = [3, 2, 1].into_iter().find_map(|count| {
            let last = words.get(next + count - 1)?;
            let range = words[next].start..last.end;
            Some((count, date(text, range, count)?))
        });
        match read {
            Some((count, date)) => {
                found.push(date);
                next += count;
            }
            None => next += 1,
        }
    }
    found
}

/// The date that so many words are, without the signs behind them.
fn date(text: &str, range: Range<usize>, words: usize) -> Option<(Range<usize>, Period)> {
    let typed = &text[range.clone()];
    let end = range.start + typed.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    let typed = &text[range.start..end];
    let has_name = typed.contains(char::is_alphabetic);
    let period = match words {
        // "3. februar 2026"
        3 if has_name => match typed_date(typed)? {
            TypedDate::Day(day) => Period::Day(day),
            TypedDate::NoSuchDay => return None,
        },
        // "maj 2024" and "5/6 2024"
        2 if has_name => match typed_period(typed)? {
            period @ Period::Month(..) => period,
            _ => return None,
        },
        // "03.02.2026", "3/2-2026", "5/6 2024"
        1 | 2 if !has_name && typed.contains(['.', '/', '-']) => match typed_date(typed)? {
            TypedDate::Day(day) => Period::Day(day),
            TypedDate::NoSuchDay => return None,
        },
        _ => return None,
    };
    Some((range.start..end, period))
}

/// The last day it is in force comes before the first, or before it was approved.
fn ends_before_it_begins(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let (Some(from), Some(until)) = (&protocol.edition.in_force, &protocol.edition.until) else {
        return;
    };
    if until.value.last_day() < from.value.first_day() {
        let message = format!(
            "Protokollen gælder til {}, men først fra {}.",
            until.value.danish(),
            from.value.danish()
        );
        findings.push(
            found(context, until, message)
                .with_related(
                    Place::new(&protocol.file, from.span),
                    "Her står, hvornår den gælder fra.",
                )
                .with_help("Ret den af de to datoer, der er forkert."),
        );
    }
}

/// What has happened lies neither in the future nor before the institution was founded.
fn happened(
    context: &Context<'_>,
    what: &str,
    date: &Spanned<Period>,
    findings: &mut Vec<Finding>,
) {
    if date.value.first_day() > context.today {
        let message = format!(
            "{what} er dateret {}, og den dag er ikke kommet endnu: i dag er det {}.",
            date.value.danish(),
            danish_date(context.today)
        );
        findings.push(
            found(context, date, message)
                .with_help("Ret datoen, eller vent med at skrive det ind, til det er sket."),
        );
    }
    let what = format!("{what} er dateret en dag, som");
    not_before_founding(context, &what, date, findings);
}

fn not_before_founding(
    context: &Context<'_>,
    what: &str,
    date: &Spanned<Period>,
    findings: &mut Vec<Finding>,
) {
    let Some(founded) = &context.protocol.institution.founded else {
        return;
    };
    if date.value.last_day() < founded.value {
        let message = format!(
            "{what} ligger, før institutionen blev oprettet: {}.",
            date.value.danish()
        );
        findings.push(
            found(context, date, message)
                .with_related(
                    Place::new(&context.protocol.file, founded.span),
                    "Her står, hvornår den blev oprettet.",
                )
                .with_help("Ret den af de to datoer, der er forkert."),
        );
    }
}

/// An edition is in force from the day it was approved at the earliest: the first approval of its version, or
/// the first of all where the approvals name no version.
fn in_force_before_approved(
    context: &Context<'_>,
    in_force: &Spanned<Period>,
    findings: &mut Vec<Finding>,
) {
    let protocol = context.protocol;
    let version = protocol.edition.version.as_ref().map(|line| &line.text);
    let of_version = |approval: &&Approval| {
        let approved = approval.version.as_ref().map(|line| &line.text);
        approved.is_none() || version.is_none() || approved == version
    };
    let approvals = protocol.approvals.iter().filter(of_version);
    let Some(first) = approvals.min_by_key(|approval| approval.date.value.first_day()) else {
        return;
    };
    if in_force.value.last_day() < first.date.value.first_day() {
        let message = format!(
            "Protokollen gælder fra {}, men er først godkendt {}.",
            in_force.value.danish(),
            first.date.value.danish()
        );
        findings.push(
            found(context, in_force, message)
                .with_related(
                    Place::new(&protocol.file, first.date.span),
                    "Her står den første godkendelse.",
                )
                .with_help("Ret gaelder_fra til dagen for godkendelsen eller en senere dag."),
        );
    }
}

/// Two approvals on one day are two fora that approved the same; anything else is a slip.
fn same_day_twice(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let approvals = &context.protocol.approvals;
    for (index, later) in approvals.iter().enumerate() {
        let clash = approvals[..index].iter().find(|earlier| {
            matches!(later.date.value, Period::Day(_))
                && earlier.date.value == later.date.value
                && (earlier.forum.text == later.forum.text || !same_edition(earlier, later))
        });
        let Some(earlier) = clash else { continue };
        let day = later.date.value.danish();
        let message = if earlier.forum.text == later.forum.text {
            format!(
                "{} har godkendt protokollen to gange {day}.",
                later.forum.text
            )
        } else {
            format!("To udgaver af protokollen er godkendt samme dag, {day}.")
        };
        findings.push(
            found(context, &later.date, message)
                .with_related(
                    Place::new(&context.protocol.file, earlier.date.span),
                    "Her står den anden godkendelse.",
                )
                .with_help("Behold den godkendelse, der gælder, og slet den anden."),
        );
    }
}

fn same_edition(one: &Approval, other: &Approval) -> bool {
    let same = |one: &Option<Line>, other: &Option<Line>| match (one, other) {
        (Some(one), Some(other)) => one.text == other.text,
        (None, None) => true,
        _ => false,
    };
    let may_be_same = one.fingerprint.is_none() || other.fingerprint.is_none();
    same(&one.version, &other.version)
        && (may_be_same || same(&one.fingerprint, &other.fingerprint))
}

fn found(context: &Context<'_>, date: &Spanned<Period>, message: String) -> Finding {
    let place = Place::new(&context.protocol.file, date.span);
    Finding::new(Code::DatoModstrid, place, message)
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn at(main: &str) -> Vec<String> {
        let main = format!("[institution]\nnavn = 'Bostedet Birkely'\n{main}");
        Repo::of(&[("protokol.toml", &main)]).at("RP704")
    }

    #[test]
    fn what_has_happened_lies_not_in_the_future() {
        let approval = "[[godkendelse]]\nforum = 'Mini-MED'\ndato = 2026-11-22\n";
        assert_eq!(at(approval), ["protokol.toml:5:8"]);
        let event = "[[haendelse]]\npligt = 'revision'\ndato = 2026-11-22\n";
        assert_eq!(at(event), ["protokol.toml:5:8"]);
        assert_eq!(at(&event.replace("22", "21")), [""; 0], "today is fine");
    }

    #[test]
    fn nothing_happened_before_the_house_was_founded() {
        let main = "oprettet = 2020\n[dokument]\ngaelder_fra = 2019-12-31\n\
                    [[haendelse]]\npligt = 'revision'\ndato = 2019-12-31\n\
                    [[haendelse]]\npligt = 'revision'\ndato = 2020-01-01\n";
        assert_eq!(at(main), ["protokol.toml:5:15", "protokol.toml:8:8"]);
        let day = main.replace("= 2020\n", "= 2020-01-02\n");
        assert_eq!(at(&day).len(), 3);
    }

    #[test]
    fn an_edition_is_in_force_from_its_first_approval_at_the_earliest() {
        let main = |in_force: &str, approvals: &str| {
            at(&format!(
                "[dokument]\nversion = '2'\ngaelder_fra = {in_force}\n{approvals}"
            ))
        };
        let approval = |date: &str, version: &str| {
            format!("[[godkendelse]]\nforum = 'Mini-MED'\ndato = {date}\nversion = '{version}'\n")
        };
        let first = approval("2026-02-03", "2");
        assert_eq!(main("2026-02-02", &first), ["protokol.toml:5:15"]);
        assert_eq!(main("2026-02-03", &first), [""; 0]);
        let again = first.clone() + &approval("2026-09-01", "2");
        assert_eq!(
            main("2026-02-03", &again),
            [""; 0],
            "approved once more, unchanged"
        );
        let former = approval("2025-02-03", "1") + &first;
        assert_eq!(
            main("2026-02-02", &former),
            ["protokol.toml:5:15"],
            "version 1 is another"
        );
    }

    #[test]
    fn a_text_that_gives_an_approval_another_day_is_found() {
        let main = "[institution]\nnavn = 'Bostedet Birkely'\n[[godkendelse]]\nforum = 'Mini-MED'\ndato = 2026-02-03\n";
        let at = |text: &str| {
            let section = format!("overskrift = 'Sidst'\ntekst = '{text}'\n");
            let files = [("protokol.toml", main), ("90-sidst.toml", section.as_str())];
            Repo::of(&files).at("RP704")
        };
        assert_eq!(
            at("Protokollen er godkendt i Mini-MED den 4. februar 2026."),
            ["90-sidst.toml:2:49"]
        );
        for fine in [
            "Protokollen er godkendt i Mini-MED den 3. februar 2026.",
            "Protokollen er godkendt i byrådet den 4. februar 2026.",
            "Mini-MED mødes den 4. februar 2026.",
            "Mini-MED godkendt. Vi mødtes den 4. februar 2026.",
        ] {
            assert_eq!(at(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn an_edition_ends_after_it_begins() {
        let main = |from: &str, until: &str| {
            at(&format!(
                "[dokument]\ngaelder_fra = {from}\ngaelder_til = {until}\n"
            ))
        };
        assert_eq!(main("2026-02-03", "2026-02-02"), ["protokol.toml:5:15"]);
        assert_eq!(main("'2026-K2'", "'2026-03'"), ["protokol.toml:5:15"]);
        assert_eq!(main("2026-02-03", "2026"), [""; 0]);
    }

    #[test]
    fn of_a_month_or_a_year_only_what_is_sure_is_told() {
        let approval = |date: &str, version: &str| {
            format!("[[godkendelse]]\nforum = 'Mini-MED'\ndato = {date}\nversion = '{version}'\n")
        };
        assert_eq!(at(&approval("2026", "1")), [""; 0], "it may have been");
        assert_eq!(at(&approval("'2026-12'", "1")), ["protokol.toml:5:8"]);
        let both = approval("2022", "1") + &approval("2022", "2");
        assert_eq!(at(&both), [""; 0], "two editions in one year");
        let main = |from: &str| {
            let approval = approval("'2022-05'", "1");
            at(&format!("[dokument]\ngaelder_fra = {from}\n{approval}"))
        };
        assert_eq!(main("2022-05-01"), [""; 0]);
        assert_eq!(main("2022"), [""; 0]);
        assert_eq!(main("2022-04-30"), ["protokol.toml:4:15"]);
    }

    #[test]
    fn two_approvals_on_one_day_are_of_two_fora_and_one_edition() {
        let approval = |forum: &str, version: &str| {
            format!(
                "[[godkendelse]]\nforum = '{forum}'\ndato = 2026-02-03\nversion = '{version}'\n"
            )
        };
        let two = |one: String, other: String| at(&(one + &other));
        assert_eq!(
            two(approval("Mini-MED", "2"), approval("Mini-MED", "2")),
            ["protokol.toml:9:8"]
        );
        assert_eq!(
            two(approval("Mini-MED", "1"), approval("Ledelsen", "2")),
            ["protokol.toml:9:8"]
        );
        assert_eq!(
            two(approval("Mini-MED", "2"), approval("Ledelsen", "2")),
            [""; 0]
        );
    }
}
