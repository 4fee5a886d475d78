//! RP301 `lix`: sections' own texts are hard to read.
//!
//! One finding a protocol, at its worst section: a hard document is hard nearly everywhere, and whoever gets
//! twenty warnings of one kind reads none. The figures of all its sections are details of it.

use std::cell::LazyCell;
use std::fmt::Write;

use crate::check::context::Context;
use crate::check::texts::known::{Known, KnownWords};
use crate::check::texts::language::{
    Counts, Language, Passage, SectionText, Sentence, Word, scale,
};
use crate::diag::{Code, Finding};
use crate::text::Place;

/// The limit for texts that everybody reads.
const LIMIT: u32 = 45;
/// The limit for texts for residents alone.
const LIMIT_FOR_RESIDENTS: u32 = 35;
/// Texts of fewer words are left alone: a few long words would decide.
const FEWEST_WORDS: usize = 60;
/// From so many words a sentence on, the sentences are what to work on first.
const LONG_SENTENCES: usize = 18;
/// How many of the longest words are named.
const NAMED_WORDS: usize = 4;
/// How many of the hardest sections are named.
const NAMED_SECTIONS: usize = 3;

/// A section whose text is over its limit.
struct Hard<'l, 'p> {
    section: &'l SectionText<'p>,
    counts: Counts,
    limit: usize,
    /// Its longest words, as [`LongWords`] has them.
    longest: Vec<&'l str>,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let limits = &context.area.limits;
    let limit = limits.get("lix", LIMIT) as usize;
    let for_residents = limits.get("lix_borger", LIMIT_FOR_RESIDENTS) as usize;
    // Most protocols have no section for which it matters.
    let known = LazyCell::new(|| {
        let known = Known::of(
            context.area,
            context.skabelon,
            context.protocol,
            context.laws,
        );
        KnownWords::of(known, context.language)
    });
    let mut hard = Vec::new();
    for section in &context.language.sections {
        let limit = if section.for_residents {
            for_residents
        } else {
            limit
        };
        // What is known is left out only where it can make a difference.
        let all = context.language.counts(section);
        if all.words < FEWEST_WORDS || all.lix() <= limit {
            continue;
        }
        let long = LongWords::of(context.language, section, &known);
        let counts = Counts {
            long: all.long - long.known,
            ..all
        };
        if counts.lix() > limit {
            let one = Hard {
                section,
                counts,
                limit,
                longest: long.longest,
            };
            // Somebody has looked at this file and let it stand.
            if one.is_excepted() {
                findings.push(one.finding(context.language));
            } else {
                hard.push(one);
            }
        }
    }
    hard.sort_by_key(|one| std::cmp::Reverse(one.counts.lix()));
    match hard.as_slice() {
        [] => {}
        [only] => findings.push(only.finding(context.language)),
        several => findings.push(of_several(context, several)),
    }
}

impl Hard<'_, '_> {
    fn is_excepted(&self) -> bool {
        let exceptions = &self.section.section.exceptions;
        exceptions
            .iter()
            .any(|exception| exception.rule.value == Code::Lix)
    }

    fn place(&self) -> Place {
        self.section.section.heading_place()
    }

    fn heading(&self) -> &str {
        &self.section.section.heading.text
    }

    /// Where its longest sentence stands.
    fn longest_sentence(&self, language: &Language<'_>) -> Option<Place> {
        let (passage, sentence) = longest_sentence(language, self.section)?;
        Some(language.place(passage, sentence.range.clone()))
    }

    /// What there is to say about the section alone.
    fn message(&self, language: &Language<'_>) -> String {
        let lix = self.counts.lix();
        let whose = if self.section.for_residents {
            " for tekst, der kun er til borgere"
        } else {
            ""
        };
        let mut message = format!(
            "Lixtallet i »{}« er {lix} ({}), og grænsen er {}{whose}.",
            self.heading(),
            scale(lix),
            self.limit
        );
        if let Some((_, sentence)) = longest_sentence(language, self.section) {
            let words = sentence.words.len();
            let _infallible = write!(message, " Den længste sætning har {words} ord, og ");
            name(&self.longest, &mut message);
            message.push('.');
        }
        message
    }

    fn help(&self) -> &'static str {
        if self.counts.words >= LONG_SENTENCES * self.counts.sentences {
            "Begynd med sætningerne: sæt punktum, hvor en ny tanke begynder, og skriv, hvem der gør hvad."
        } else {
            "Sætningerne er korte nok. Skift de lange ord ud, hvor der findes et kort, og behold de fagord, I bruger \
             hver dag."
        }
    }

    fn finding(&self, language: &Language<'_>) -> Finding {
        let message = self.message(language);
        let finding = Finding::new(Code::Lix, self.place(), message).with_help(self.help());
        match self.longest_sentence(language) {
            Some(place) => finding.with_related(place, "Her er den længste sætning."),
            None => finding,
        }
    }
}

/// The one finding of several sections, the hardest first.
fn of_several(context: &Context<'_>, hard: &[Hard<'_, '_>]) -> Finding {
    let language = context.language;
    let worst = &hard[0];
    let named: Vec<String> = hard
        .iter()
        .take(NAMED_SECTIONS)
        .map(|one| format!("»{}« ({})", one.heading(), one.counts.lix()))
        .collect();
    let (last, others) = named.split_last().expect("there are several");
    let worst_of_all = if hard.len() > named.len() {
        "De sværeste er "
    } else {
        ""
    };
    let message = format!(
        "Lixtallet er over grænsen i {} afsnit. {worst_of_all}{} og {last}.",
        hard.len(),
        others.join(", ")
    );
    let finding = Finding::new(Code::Lix, worst.place(), message).with_help(format!(
        "{} Se alle tallene med rusprot check {} -v",
        worst.help(),
        context.protocol.slug
    ));
    let finding = match worst.longest_sentence(language) {
        Some(place) => finding.with_related(place, "Her er den længste sætning i det sværeste."),
        None => finding,
    };
    hard.iter().fold(finding, |finding, one| {
        finding.with_detail(one.place(), one.message(language))
    })
}

/// The sentence with most words, the first of several.
fn longest_sentence<'l, 'p>(
    language: &'l Language<'p>,
    section: &SectionText<'_>,
) -> Option<(&'l Passage<'p>, &'l Sentence)> {
    let sentences = language.running(section).flat_map(|passage| {
        let sentences = &language.sentences[passage.sentences.clone()];
        sentences.iter().map(move |sentence| (passage, sentence))
    });
    sentences.reduce(|longest, other| {
        if other.1.words.len() > longest.1.words.len() {
            other
        } else {
            longest
        }
    })
}

/// The long words of a section, looked through once.
struct LongWords<'l> {
    /// How many every reader knows.
    known: usize,
    /// The longest of the others, each once, the longest first and of two the one that comes first.
    longest: Vec<&'l str>,
}

impl<'l> LongWords<'l> {
    fn of(language: &'l Language<'_>, section: &SectionText<'_>, known: &KnownWords) -> Self {
        let mut known_too = 0;
        let mut longest: Vec<(&Word, &str)> = Vec::with_capacity(NAMED_WORDS + 1);
        language.visit_long_words(section, |word| {
            if known.has(language, word) {
                known_too += 1;
                return;
            }
            let shortest = longest.get(NAMED_WORDS - 1);
            if shortest.is_some_and(|(last, _)| word.letters <= last.letters) {
                return;
            }
            let is_named = |one: &Word| one.form.is_some() && one.form == word.form;
            if longest.iter().any(|(one, _)| is_named(one)) {
                return;
            }
            let letters = language.word(word);
            if longest.iter().any(|(_, other)| same_word(other, letters)) {
                return;
            }
            let at = longest.partition_point(|(other, _)| other.letters >= word.letters);
            longest.insert(at, (word, letters));
            longest.truncate(NAMED_WORDS);
        });
        Self {
            known: known_too,
            longest: longest.into_iter().map(|(_, word)| word).collect(),
        }
    }
}

/// Whether two words are the same but for small letters and capitals.
fn same_word(one: &str, other: &str) -> bool {
    let lower = |word| str::chars(word).flat_map(char::to_lowercase);
    one.len() == other.len()
        && (one.eq_ignore_ascii_case(other)
            || (may_be_same(one, other) && lower(one).eq(lower(other))))
}

/// Told quickly for words of the same length: a small letter and its capital differ in one bit, in ASCII and in the Danish
/// ones alike.
fn may_be_same(one: &str, other: &str) -> bool {
    let mut pairs = one.bytes().zip(other.bytes());
    pairs.all(|(one, other)| (one ^ other) & !0x20 == 0)
        || one.bytes().chain(other.bytes()).any(|byte| byte >= 0xC4)
}

/// Names the longest words.
fn name(words: &[&str], message: &mut String) {
    let (first, last) = match words {
        [] => return message.push_str("ingen ord er lange"),
        [only] => ("det længste ord er »", only),
        [first @ .., last] => {
            message.push_str("de længste ord er »");
            for word in first {
                message.push_str(word);
                message.push_str("«, »");
            }
            message.truncate(message.len() - ", »".len());
            (" og »", last)
        }
    };
    message.push_str(first);
    message.push_str(last);
    message.push('«');
}
