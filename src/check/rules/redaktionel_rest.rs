//! RP305 `redaktionel-rest`: what editing left behind.
//!
//! The whole of a protocol's texts is searched once for the rarest part of each sign, which takes far less
//! time than looking at every word. Lines that Word makes by itself, the number of a page and the contents with dots
//! up to the page, come along when a page is copied.

use std::ops::Range;

use memchr::memmem;

use crate::check::context::Context;
use crate::check::texts::lines::{Paragraph, Wanted, paragraphs};
use crate::diag::{Code, Edit, Finding, Fix};
use crate::text::{ByteSet, LazyMarks, Marks, has_byte, is_digit};

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

/// Their cores: most protocols have none of them.
/// The two letters are no good to look for together with the others, since many words begin like them.
static CORES: LazyMarks = LazyMarks::new(|| {
    let cores = SIGNS.iter().map(|sign| sign.core);
    Marks::of(cores.filter(|core| !core.starts_with(PLACEHOLDER)))
});
/// What stands for a number or a name that is still to be written.
const PLACEHOLDER: &str = "XX";

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
    let may_have =
        CORES.are_in(text) || memmem::find(text.as_bytes(), PLACEHOLDER.as_bytes()).is_some();
    let signs = if may_have { &SIGNS[..] } else { &[] };
    for sign in signs {
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
    made_by_word(context, findings);
}

impl Sign {
    /// The bytes of the whole sign, if its core at `at` is one.
    fn range(&self, text: &str, at: usize) -> Option<Range<usize>> {
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

/// What Word made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    /// "Side 3 af 12".
    Page,
    /// "Formål ........ 3".
    Contents,
}

fn made_by_word(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let has_mark = |text: &str| has_byte(text, is_digit);
    let wanted = Wanted {
        marks: ByteSet::DIGITS,
        has_mark: &has_mark,
        lines: 1,
    };
    paragraphs(context, &wanted, &mut |paragraph| {
        let made: Vec<_> = paragraph
            .lines
            .iter()
            .map(|line| made(&line.text))
            .collect();
        let mut at = 0;
        while at < made.len() {
            let Some(kind) = made[at] else {
                at += 1;
                continue;
            };
            let end = made[at..].iter().position(|other| *other != Some(kind));
            let end = end.map_or(made.len(), |count| at + count);
            let start = match at.checked_sub(1) {
                Some(above)
                    if kind == Made::Contents && heads_contents(&paragraph.lines[above].text) =>
                {
                    above
                }
                _ => at,
            };
            findings.push(finding(paragraph, start..end, kind));
            at = end;
        }
    });
}

/// Whether a line is what Word writes above a list of contents.
fn heads_contents(line: &str) -> bool {
    let line = line.trim().trim_end_matches(':');
    [
        "indhold",
        "indholdsfortegnelse",
        "contents",
        "table of contents",
    ]
    .iter()
    .any(|head| line.to_lowercase() == *head)
}

fn made(line: &str) -> Option<Made> {
    let line = line.trim();
    if is_page(line) {
        Some(Made::Page)
    } else if is_contents(line) {
        Some(Made::Contents)
    } else {
        None
    }
}

/// "Side 3 af 12" and its like, with nothing else on the line but signs around it.
pub fn is_page(line: &str) -> bool {
    let line = line.trim_matches(|c: char| matches!(c, '|' | '-' | '–') || c.is_whitespace());
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| {
        (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_one_of =
        |word: &str, known: [&str; 2]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    match words.as_slice() {
        [page, number, of, all] => {
            is_one_of(page, ["side", "page"])
                && is_one_of(of, ["af", "of"])
                && is_number(number)
                && is_number(all)
        }
        [page, both] => {
            let numbers = both.split_once('/');
            is_one_of(page, ["side", "page"])
                && numbers.is_some_and(|(number, all)| is_number(number) && is_number(all))
        }
        _ => false,
    }
}

/// A heading, dots as far as the page, and the page.
fn is_contents(line: &str) -> bool {
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = line.len() - before.len();
    let is_leader = |c: char| matches!(c, '.' | '…' | '·' | '_') || c.is_whitespace();
    let heading = before.trim_end_matches(is_leader);
    let dots: usize = before[heading.len()..]
        .chars()
        .map(|c| match c {
            '.' | '·' | '_' => 1,
            '…' => 3,
            _ => 0,
        })
        .sum();
    // Three dots are a pause in a sentence.
    (1..=3).contains(&page) && dots > 3 && heading.chars().any(char::is_alphabetic)
}

fn finding(paragraph: &Paragraph<'_>, group: Range<usize>, made: Made) -> Finding {
    let (message, help) = match made {
        Made::Page => (
            "Sidetallet er kommet med fra Word.".to_owned(),
            "Slet linjen. rusprot sætter selv sidetal på.",
        ),
        Made::Contents if group.len() == 1 => (
            "Linjen er fra en indholdsfortegnelse i Word.".to_owned(),
            "Slet linjen. rusprot laver selv indholdsfortegnelsen.",
        ),
        Made::Contents => (
            format!(
                "{} linjer er fra en indholdsfortegnelse i Word.",
                group.len()
            ),
            "Slet linjerne. rusprot laver selv indholdsfortegnelsen.",
        ),
    };
    Finding::new(
        Code::RedaktionelRest,
        paragraph.place(group.clone()),
        message,
    )
    .with_help(help)
    .with_fix(paragraph.is_free.then(|| without(paragraph, group)))
}

/// The paragraph without some of its lines: what stood before and after them is one line's end apart.
fn without(paragraph: &Paragraph<'_>, group: Range<usize>) -> Fix {
    let lines = &paragraph.lines;
    let first = lines[group.start].span;
    let last = lines[group.end - 1].span;
    let before = group.start.checked_sub(1).map(|before| lines[before].span);
    let range = match (before, lines.get(group.end)) {
        (_, Some(after)) => first.start()..after.span.start(),
        (Some(before), None) => before.end()..last.end(),
        (None, None) => first.start()..last.end(),
    };
    Fix {
        edits: vec![Edit {
            span: range.into(),
            text: String::new(),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_page_alone_on_its_line_is_words() {
        for line in [
            "Side 3 af 12",
            "side 3 af 12",
            "Page 3 of 12",
            "– Side 3 af 12 –",
            "Side 3/12",
        ] {
            assert_eq!(made(line), Some(Made::Page), "{line}");
        }
        for line in [
            "Læs side 3 af 12",
            "Side 3",
            "Side tre af tolv",
            "Side 3 af bogen",
        ] {
            assert_eq!(made(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_of_contents_has_dots_up_to_its_page() {
        for line in [
            "Formål ........ 3",
            "Formål........3",
            "2.1 Tryghed\t………… 12",
            "Formål . . . . . . 3",
            "Formål ____________ 3",
        ] {
            assert_eq!(made(line), Some(Made::Contents), "{line}");
        }
        for line in [
            "Vi ventede ... 3",
            "Vi er 3",
            "........ 3",
            "Navn ........",
            "Formål ........ 2026",
        ] {
            assert_eq!(made(line), None, "{line}");
        }
    }
}
