//! What a protocol's texts are once they are laid out: words and sentences in one list each, with the way back
//! to the files. Who lays them out is `walk`.
//!
//! All texts lie in one buffer: nothing is allocated per word.

use std::ops::Range;
use std::sync::Arc;

use super::forms::Forms;
use super::lix::{Counts, is_long};
use super::scan::{Sentence, Word};
use crate::model::{RichText, Section};
use crate::text::{Place, SourceFile, Span};

/// What a text is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sentences: they count when readability is measured.
    Running,
    /// A section's heading.
    Heading,
    /// A few words in their own place: a field's name, a role, a column's heading.
    Label,
    /// The term of a definition list: what follows explains it.
    Term,
}

/// A run of text that stands alone: a paragraph, a list item, a cell, a heading.
#[derive(Clone, Debug)]
pub struct Passage<'p> {
    /// What it is to the reader.
    pub kind: Kind,
    /// The file it stands in.
    pub file: &'p Arc<SourceFile>,
    /// Its bytes in [`Language::text`].
    pub range: Range<usize>,
    /// Its words in [`Language::words`].
    pub words: Range<usize>,
    /// Its sentences in [`Language::sentences`].
    pub sentences: Range<usize>,
    /// How many of its words are long.
    pub(super) long: usize,
    /// Whether some of it is to be read as typed.
    pub(super) has_code: bool,
}

/// What one section itself says, sub-sections left aside.
#[derive(Clone, Debug)]
pub struct SectionText<'p> {
    /// The section.
    pub section: &'p Section,
    /// Whether it is for residents alone, by itself or through a section above it.
    pub for_residents: bool,
    /// Its passages in [`Language::passages`], the heading among them.
    pub passages: Range<usize>,
}

/// One protocol's texts taken apart.
#[derive(Debug, Default)]
pub struct Language<'p> {
    /// Every passage's letters, a line end between two.
    pub text: String,
    /// The passages in reading order.
    pub passages: Vec<Passage<'p>>,
    /// The words in reading order.
    pub words: Vec<Word>,
    /// The sentences in reading order.
    pub sentences: Vec<Sentence>,
    /// The long words, each form once; what is to be read as typed is none of them.
    pub forms: Forms,
    /// The sections in reading order.
    pub sections: Vec<SectionText<'p>>,
    /// The Markdown texts of the sections and the sections they stand in, in reading order.
    pub markdown: Vec<(&'p Section, &'p RichText)>,
    /// Where each run of the text came from, in order.
    pub(super) segments: Vec<Segment>,
}

/// A run of the text and the run of the file it came from; it ends where the next one begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    /// Its first byte in [`Language::text`].
    pub(super) at: usize,
    /// The bytes of the file.
    pub(super) source: Span,
    /// Byte for byte the same, so that offsets inside can be carried over.
    pub(super) verbatim: bool,
    /// To be read as typed: a name in a program, not a word of the language.
    pub(super) code: bool,
}

impl<'p> Language<'p> {
    /// The letters of a word.
    pub fn word(&self, word: &Word) -> &str {
        &self.text[word.range()]
    }

    /// Whether a word of a passage is to be read as typed, such as a name in a program.
    pub fn is_code(&self, passage: &Passage<'_>, word: &Word) -> bool {
        passage.has_code && self.segment(word.range().start).code
    }

    /// Where a part of a passage's text stands.
    pub fn place(&self, passage: &Passage<'_>, range: Range<usize>) -> Place {
        Place::new(passage.file, self.span(range))
    }

    /// The bytes of the file that a part of the text came from.
    pub fn span(&self, range: Range<usize>) -> Span {
        let first = self.segment(range.start);
        let last = self.segment(range.end.saturating_sub(1).max(range.start));
        let start = if first.verbatim {
            first.source.part(0..range.start - first.at).end
        } else {
            first.source.start
        };
        let end = if last.verbatim {
            last.source.part(0..range.end - last.at).end
        } else {
            last.source.end
        };
        Span::new(start, end.max(start))
    }

    /// The passage that a byte of the text belongs to.
    pub fn passage_at(&self, at: usize) -> &Passage<'p> {
        let after = self
            .passages
            .partition_point(|passage| passage.range.start <= at);
        &self.passages[after - 1]
    }

    /// The words, sentences and long words of a section's own running text.
    pub fn counts(&self, section: &SectionText<'_>) -> Counts {
        self.running(section)
            .fold(Counts::default(), |all, passage| Counts {
                words: all.words + passage.words.len(),
                sentences: all.sentences + passage.sentences.len(),
                long: all.long + passage.long,
            })
    }

    /// Visits the long words of a section's own running text.
    pub fn visit_long_words<'l>(
        &'l self,
        section: &SectionText<'_>,
        mut visit: impl FnMut(&'l Word),
    ) {
        for passage in self.running(section) {
            for word in &self.words[passage.words.clone()] {
                if is_long(word) {
                    visit(word);
                }
            }
        }
    }

    /// The passages of a section's own running text.
    pub fn running<'l>(
        &'l self,
        section: &SectionText<'_>,
    ) -> impl Iterator<Item = &'l Passage<'p>> {
        let passages = &self.passages[section.passages.clone()];
        passages
            .iter()
            .filter(|passage| passage.kind == Kind::Running)
    }

    fn segment(&self, at: usize) -> Segment {
        segment(&self.segments, at)
    }
}

/// The segment that a byte of the text stands in.
pub(super) fn segment(segments: &[Segment], at: usize) -> Segment {
    let after = segments.partition_point(|segment| segment.at <= at);
    segments[after - 1]
}
