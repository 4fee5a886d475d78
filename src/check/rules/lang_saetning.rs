//! RP302 `lang-saetning`: a sentence of more words than a reader can hold.

use crate::check::context::Context;
use crate::check::texts::language::Kind;
use crate::diag::{Code, Finding};

/// The most words a sentence may have.
const LIMIT: u32 = 40;
/// How many words of a long sentence the message gives, so that it can be found.
const QUOTED_WORDS: usize = 5;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let limit = context.area.limits.get("ord_i_saetning", LIMIT) as usize;
    let language = context.language;
    for passage in &language.passages {
        if passage.kind != Kind::Running || passage.words.len() <= limit {
            continue;
        }
        for sentence in &language.sentences[passage.sentences.clone()] {
            let words = &language.words[sentence.words.clone()];
            if words.len() <= limit {
                continue;
            }
            let quoted = words[QUOTED_WORDS.min(words.len()) - 1].range().end;
            let beginning = &language.text[sentence.range.start..quoted];
            findings.push(
                Finding::new(
                    Code::LangSaetning,
                    language.place(passage, sentence.range.clone()),
                    format!(
                        "Sætningen »{beginning} …« har {} ord, og grænsen er {limit}.",
                        words.len()
                    ),
                )
                .with_help(
                    "Sæt punktum, hvor en ny tanke begynder. Er det trin, der følger efter hinanden, så brug en \
                     nummereret liste eller [[handling]].",
                ),
            );
        }
    }
}
