//! Running text read as a whole, with the way back to its parts, and the sentences in it.
//!
//! Nothing is measured here; what a sentence counts for in LIX is not this module's business.

use std::ops::Range;
use std::sync::Arc;

use super::language::is_abbreviation;
use crate::check::context::Context;
use crate::model::{Inline, InlineKind, Protocol, Reference, Section, Text, push_plain};
use crate::text::{ByteSet, Place, SourceFile, Span};

/// Abbreviations of the law's own that end no sentence, besides the common ones. LIX counts them as ends,
/// since its vectors do.
const OF_LAW: &[&str] = &[
    "art.", "bek.", "inkl.", "lbk.", "litra.", "mfl.", "ref.", "s.",
];

/// A text that is read as a whole: a paragraph, an item or a line.
pub struct Passage<'p> {
    /// The file it stands in.
    file: &'p Arc<SourceFile>,
    /// The heading of the section it stands in; none in `protokol.toml`.
    pub heading: Option<&'p str>,
    /// Its letters.
    pub plain: String,
    /// Where its parts stand in the file: the first byte in `plain`, the inline, its text.
    parts: Vec<(usize, &'p Inline, &'p str)>,
    /// The addresses of links, with where in `plain` their text begins.
    pub addresses: Vec<(usize, &'p str)>,
    /// Where it stands as a whole.
    whole: Span,
}

impl Passage<'_> {
    /// A part's place, as exactly as the file allows.
    pub fn place(&self, range: Range<usize>) -> Place {
        let after = self.parts.partition_point(|(at, ..)| *at <= range.start);
        let part = after.checked_sub(1).map(|last| self.parts[last]);
        let span = part.and_then(|(at, inline, text)| {
            let end = (range.end - at).min(text.len());
            (range.start - at < end).then(|| inline.part(text, range.start - at..end))
        });
        Place::new(self.file, span.unwrap_or(self.whole))
    }
}

/// What a `§` is made of.
pub const PARAGRAPH_SIGN: ByteSet = ByteSet::NONE.and(&[0xA7]);

/// Whether a text has a `§`.
pub fn has_paragraph_sign(text: &str) -> bool {
    // The sign's second byte stands in few other letters, and looking for one byte is quickest.
    memchr::memchr(0xA7, text.as_bytes()).is_some() && text.contains('§')
}

/// Visits every passage with one of some marks, which have a byte of `marks`: all that a reader meets, the ways to
/// reach a function left aside.
pub fn visit_passages<'p>(
    context: &Context<'p>,
    marks: ByteSet,
    has_mark: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(&Passage<'p>),
) {
    let may_have = |text: &Text<'_>| match text {
        Text::Running(text) => text.bytes.meets(marks),
        _ => true,
    };
    let protocol = context.protocol;
    protocol.front_texts(&mut |text| {
        if may_have(&text) {
            visit_text(Stands::in_front(protocol), text, has_mark, visit);
        }
    });
    protocol.visit(&mut |section| {
        section.texts(&mut |text| {
            if may_have(&text) {
                visit_text(Stands::in_section(section), text, has_mark, visit);
            }
        });
    });
}

/// Where a text stands.
#[derive(Clone, Copy)]
struct Stands<'p> {
    file: &'p Arc<SourceFile>,
    heading: Option<&'p str>,
}

impl<'p> Stands<'p> {
    fn in_front(protocol: &'p Protocol) -> Self {
        Self {
            file: &protocol.file,
            heading: None,
        }
    }

    fn in_section(section: &'p Section) -> Self {
        Self {
            file: &section.file,
            heading: Some(&section.heading.text),
        }
    }

    fn passage(self, whole: Span) -> Passage<'p> {
        Passage {
            file: self.file,
            heading: self.heading,
            plain: String::new(),
            parts: Vec::new(),
            addresses: Vec::new(),
            whole,
        }
    }
}

fn visit_text<'p>(
    stands: Stands<'p>,
    text: Text<'p>,
    has_mark: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(&Passage<'p>),
) {
    match text {
        Text::Heading(line) | Text::Term(line) | Text::Label(line) => {
            if has_mark(&line.text) {
                let mut passage = stands.passage(line.span);
                passage.plain.push_str(&line.text);
                visit(&passage);
            }
        }
        Text::Reach(_) => {}
        Text::Running(text) => text.visit_runs(&mut |run| {
            if marked(run, has_mark) {
                let whole = run.first().map(|inline| inline.span);
                let mut passage = stands.passage(whole.unwrap_or_default());
                gather(run, &mut passage);
                visit(&passage);
            }
        }),
    }
}

fn marked(run: &[Inline], has_mark: &dyn Fn(&str) -> bool) -> bool {
    run.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Image { alt: text, .. } => {
            has_mark(text)
        }
        InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Strike(content) => {
            marked(content, has_mark)
        }
        InlineKind::Link { target, content } => {
            address(target).is_some_and(has_mark) || marked(content, has_mark)
        }
        InlineKind::SoftBreak | InlineKind::HardBreak | InlineKind::NoteMarker(_) => false,
    })
}

/// The address a link leads to, if it leads out of the protocol.
fn address(target: &Reference) -> Option<&str> {
    match target {
        Reference::Address(address) => Some(address),
        _ => None,
    }
}

fn gather<'p>(run: &'p [Inline], passage: &mut Passage<'p>) {
    for inline in run {
        match &inline.kind {
            InlineKind::Text(text) => {
                passage.parts.push((passage.plain.len(), inline, text));
                passage.plain.push_str(text);
            }
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content) => gather(content, passage),
            InlineKind::Link { target, content } => {
                let address = address(target).map(|address| (passage.plain.len(), address));
                passage.addresses.extend(address);
                gather(content, passage);
            }
            _ => push_plain(std::slice::from_ref(inline), &mut passage.plain),
        }
    }
}

/// The sentences of a text, found once for all that is asked of them.
pub struct Sentences {
    /// The signs that end one, by their bytes.
    ends: Vec<usize>,
    length: usize,
}

impl Sentences {
    /// The sentences of a text.
    pub fn of(text: &str) -> Self {
        let signs = text.match_indices(['.', '!', '?']);
        let ends = signs.filter(|&(at, sign)| ends_sentence(text, at, sign));
        Self {
            ends: ends.map(|(at, _)| at).collect(),
            length: text.len(),
        }
    }

    /// The sentence that a byte stands in.
    pub fn at(&self, at: usize) -> Range<usize> {
        let before = self.ends.partition_point(|&end| end < at);
        let start = before.checked_sub(1).map_or(0, |last| self.ends[last] + 1);
        start..self.ends.get(before).map_or(self.length, |&end| end + 1)
    }
}

fn ends_sentence(text: &str, at: usize, sign: &str) -> bool {
    let after = &text[at + 1..];
    let rest = after.trim_start();
    if rest.is_empty() {
        return true;
    }
    if rest.len() == after.len() || !rest.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    let before = text[..=at].rsplit(char::is_whitespace).next();
    let before = before.unwrap_or_default().trim_start_matches('(');
    let is_of_law = || {
        OF_LAW
            .iter()
            .any(|known| before.eq_ignore_ascii_case(known))
    };
    sign != "." || !(is_abbreviation(before.as_bytes()) || is_of_law())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_a_stop_before_a_capital_and_not_at_an_abbreviation() {
        let text = "Loven er ny. Se § 141, jf. Serviceloven stk. 2. Ring.";
        let at = text.find('§').expect("it is there");
        assert_eq!(
            &text[Sentences::of(text).at(at)],
            " Se § 141, jf. Serviceloven stk. 2."
        );
    }
}
