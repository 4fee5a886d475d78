//! RP305 `redaktionel-rest`: what editing left behind.
//!
//! The whole of a protocol's texts is searched once for the rarest part of each sign, which takes far less
//! time than looking at every word. Lines that Word made, page numbers and contents, are looked for in `lines`.

mod lines;

use memchr::memmem;

use crate::check::context::Context;
use crate::diag::{Code, Finding};

/// A sign of unfinished editing.
struct Sign {
    /// What is searched for, byte for byte.
    core: &'static str,
    /// What must stand right before it, in any case.
    before: &'static str,
    /// How the sign is bounded.
    bound: Bound,
    /// What to do about it.
    cure: Cure,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// No letter or digit before or after.
    Word,
    /// No letter or digit before; anything may follow.
    Begins,
    /// Up to the bracket that closes it.
    Bracket,
}

#[derive(Clone, Copy)]
enum Cure {
    /// Something is still to be written.
    Write,
    /// A word to colleagues.
    Message,
    /// Word could not make a reference.
    Word,
    /// Filler.
    Filler,
}

const SIGNS: [Sign; 24] = [
    sign("nskes rettet", "ø", Bound::Word, Cure::Message),
    sign("nskes tilrettet", "ø", Bound::Word, Cure::Message),
    sign("nskes tilrettes", "ø", Bound::Word, Cure::Message),
    sign("lettes, da", "s", Bound::Word, Cure::Message),
    sign("TODO", "", Bound::Word, Cure::Write),
    sign("FIXME", "", Bound::Word, Cure::Write),
    sign("XX", "", Bound::Word, Cure::Write),
    sign("XXX", "", Bound::Word, Cure::Write),
    sign("XXXX", "", Bound::Word, Cure::Write),
    sign("ndsæt", "[i", Bound::Bracket, Cure::Write),
    sign("dfyld", "[u", Bound::Bracket, Cure::Write),
    sign("destår]", "u", Bound::Begins, Cure::Write),
    sign("Fejl! Ukendt", "", Bound::Begins, Cure::Word),
    sign("Fejl! Bogmærke", "", Bound::Begins, Cure::Word),
    sign("Fejl! Henvisningskilde", "", Bound::Begins, Cure::Word),
    sign("Fejl! Der er ingen tekst", "", Bound::Begins, Cure::Word),
    sign("Fejl! Sammenkædning", "", Bound::Begins, Cure::Word),
    sign("Fejl! Ugyldig", "", Bound::Begins, Cure::Word),
    sign("Fejl! Brug fanen", "", Bound::Begins, Cure::Word),
    sign("Fejl! Objekt", "", Bound::Begins, Cure::Word),
    // No sentence of Danish begins so, whatever Word says next.
    sign("Error! ", "", Bound::Begins, Cure::Word),
    sign(
        "ngen indholdsfortegnelsesposter",
        "i",
        Bound::Begins,
        Cure::Word,
    ),
    sign(
        "o table of contents entries",
        "n",
        Bound::Begins,
        Cure::Word,
    ),
    sign("orem ipsum", "l", Bound::Word, Cure::Filler),
];

const fn sign(core: &'static str, before: &'static str, bound: Bound, cure: Cure) -> Sign {
    Sign {
        core,
        before,
        bound,
        cure,
    }
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let text = &language.text;
    for sign in &SIGNS {
        for at in memmem::find_iter(text.as_bytes(), sign.core) {
            let Some(range) = sign.range(text, at) else {
                continue;
            };
            let passage = language.passage_at(at);
            let written = &text[range.clone()];
            findings.push(
                Finding::new(
                    Code::RedaktionelRest,
                    language.place(passage, range.clone()),
                    format!("»{written}« er en rest fra arbejdet med teksten."),
                )
                .with_help(sign.cure.help()),
            );
        }
    }
    lines::check(context, findings);
}

impl Sign {
    /// The bytes of the whole sign, if its core at `at` is one.
    fn range(&self, text: &str, at: usize) -> Option<std::ops::Range<usize>> {
        let mut start = at;
        for wanted in self.before.chars().rev() {
            let found = text[..start].chars().next_back()?;
            if !found.to_lowercase().eq(wanted.to_lowercase()) {
                return None;
            }
            start -= found.len_utf8();
        }
        let end = at + self.core.len();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if letter(text[..start].chars().next_back()) && self.bound != Bound::Bracket {
            return None;
        }
        match self.bound {
            Bound::Word if letter(text[end..].chars().next()) => None,
            Bound::Word | Bound::Begins => Some(start..end),
            Bound::Bracket => {
                let line = text[end..].find('\n').map_or(text.len(), |stop| end + stop);
                let close = text[end..line].find(']').map(|close| end + close + 1);
                Some(start..close.unwrap_or(end))
            }
        }
    }
}

impl Cure {
    const fn help(self) -> &'static str {
        match self {
            Self::Write => "Skriv det, der mangler, eller slet resten.",
            Self::Message => {
                "Er det en besked til kolleger, så flyt den til note = \"…\", som aldrig bliver trykt. Ret ellers \
                 teksten, og slet beskeden."
            }
            Self::Word => {
                "Word har mistet det, som der blev henvist til. Skriv det selv, eller henvis med [](afsnit:id) eller \
                 [](bilag:id)."
            }
            Self::Filler => "Det er fyldtekst. Skriv jeres egen tekst i stedet.",
        }
    }
}
