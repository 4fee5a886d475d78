//! RP301 `lix`: a section's own text is hard to read.

use crate::check::context::Context;
use crate::check::texts::language::{
    Counts, Kind, Language, SectionText, Sentence, is_long, scale,
};
use crate::diag::{Code, Finding};
use crate::text::Place;

/// The limit for texts that everybody reads.
const LIMIT: u32 = 45;
/// The limit for texts for residents alone.
const LIMIT_FOR_RESIDENTS: u32 = 35;
/// Texts of fewer words are left alone: one long word would decide.
const FEWEST_WORDS: usize = 15;
/// From so many words a sentence on, the sentences are what to work on first.
const LONG_SENTENCES: usize = 18;
/// How many of the longest words are named.
const NAMED_WORDS: usize = 4;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let limits = &context.area.limits;
    let limit = limits.get("lix", LIMIT) as usize;
    let for_residents = limits.get("lix_borger", LIMIT_FOR_RESIDENTS) as usize;
    for section in &context.language.sections {
        let counts = context.language.counts(section);
        let limit = if section.for_residents {
            for_residents
        } else {
            limit
        };
        if counts.words >= FEWEST_WORDS && counts.lix() > limit {
            findings.push(finding(context.language, section, counts, limit));
        }
    }
}

fn finding(
    language: &Language<'_>,
    section: &SectionText<'_>,
    counts: Counts,
    limit: usize,
) -> Finding {
    let lix = counts.lix();
    let whose = if section.for_residents {
        " for tekst, der kun er til borgere"
    } else {
        ""
    };
    let mut message = format!(
        "Lixtallet i »{}« er {lix} ({}), og grænsen er {limit}{whose}.",
        section.section.heading.text,
        scale(lix)
    );
    let words = longest_words(language, section);
    let longest = longest_sentence(language, section);
    if let Some((_, sentence)) = longest {
        message.push_str(&format!(
            " Den længste sætning har {} ord, og {}.",
            sentence.words.len(),
            named(&words)
        ));
    }
    let help = if counts.words >= LONG_SENTENCES * counts.sentences {
        "Begynd med sætningerne: sæt punktum, hvor en ny tanke begynder, og skriv, hvem der gør hvad."
    } else {
        "Sætningerne er korte nok. Skift de lange ord ud, hvor der findes et kort, og behold de fagord, I bruger \
         hver dag."
    };
    let finding = Finding::new(Code::Lix, section.section.heading_place(), message).with_help(help);
    match longest {
        Some((place, _)) => finding.with_related(place, "Her er den længste sætning."),
        None => finding,
    }
}

/// The sentence with most words, the first of several.
fn longest_sentence<'l>(
    language: &'l Language<'_>,
    section: &SectionText<'_>,
) -> Option<(Place, &'l Sentence)> {
    let running = running(language, section);
    let sentences = running.flat_map(|passage| {
        let sentences = &language.sentences[passage.sentences.clone()];
        sentences.iter().map(move |sentence| (passage, sentence))
    });
    let (passage, sentence) = sentences.reduce(|longest, other| {
        if other.1.words.len() > longest.1.words.len() {
            other
        } else {
            longest
        }
    })?;
    Some((language.place(passage, sentence.range.clone()), sentence))
}

/// The longest words, each once, the longest first and of two the one that comes first.
fn longest_words<'l>(language: &'l Language<'_>, section: &SectionText<'_>) -> Vec<&'l str> {
    let mut longest: Vec<(u8, &str)> = Vec::with_capacity(NAMED_WORDS + 1);
    for passage in running(language, section) {
        for word in &language.words[passage.words.clone()] {
            let shortest = longest.get(NAMED_WORDS - 1).map_or(0, |last| last.0);
            if !is_long(word) || word.letters <= shortest {
                continue;
            }
            let letters = language.word(word);
            if longest.iter().any(|(_, other)| same_word(other, letters)) {
                continue;
            }
            let at = longest.partition_point(|(other, _)| *other >= word.letters);
            longest.insert(at, (word.letters, letters));
            longest.truncate(NAMED_WORDS);
        }
    }
    longest.into_iter().map(|(_, word)| word).collect()
}

fn same_word(one: &str, other: &str) -> bool {
    let lower = |word| str::chars(word).flat_map(char::to_lowercase);
    one == other || (one.len() == other.len() && lower(one).eq(lower(other)))
}

fn running<'l, 'p>(
    language: &'l Language<'p>,
    section: &SectionText<'_>,
) -> impl Iterator<Item = &'l crate::check::texts::language::Passage<'p>> {
    let passages = &language.passages[section.passages.clone()];
    passages
        .iter()
        .filter(|passage| passage.kind == Kind::Running)
}

fn named(words: &[&str]) -> String {
    match words {
        [] => "ingen ord er lange".to_owned(),
        [only] => format!("det længste ord er »{only}«"),
        [first @ .., last] => format!("de længste ord er »{}« og »{last}«", first.join("«, »")),
    }
}
