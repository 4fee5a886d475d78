//! The long words of a protocol, each once, small enough to be kept for every protocol of an area.
//!
//! Some twenty bytes a word beside its letters, and no file is held in memory for it: a place is a path
//! and a span, and whoever needs more reads the file again.

use std::ops::Range;

use super::fold::fold_word;
use super::forms::Form;
use super::laid_out::Language;
use super::word_map::WordMap;
use crate::text::Span;

/// Words of fewer letters have too many neighbours to tell slips of the pen from words.
pub const SHORTEST: u8 = 8;

/// A protocol's long words.
#[derive(Debug, Default)]
pub struct Vocabulary {
    letters: String,
    entries: Vec<Entry>,
    files: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    /// Where its letters end; they begin where the former's end.
    end: u32,
    count: u32,
    file: u32,
    span: Span,
    capital: bool,
}

/// One long word of a protocol.
#[derive(Clone, Copy, Debug)]
pub struct Known<'v> {
    /// The word in lower case.
    pub word: &'v str,
    /// How often it stands there.
    pub count: u32,
    /// The file it stands in first.
    pub path: &'v str,
    /// Where in it.
    pub span: Span,
    /// Whether it begins with a capital everywhere, as names do.
    pub capital: bool,
}

impl Vocabulary {
    /// The long words of some texts, in the order they are first used. A compound with a hyphen is as many
    /// words as it has parts.
    pub fn of(language: &Language<'_>) -> Self {
        let mut builder = Builder {
            vocabulary: Self::default(),
            known: WordMap::default(),
            folded: String::new(),
            language,
        };
        for form in language.forms.iter() {
            if form.letters >= SHORTEST {
                builder.form(form);
            }
        }
        let mut vocabulary = builder.vocabulary;
        vocabulary.letters.shrink_to_fit();
        vocabulary.entries.shrink_to_fit();
        vocabulary
    }

    /// The words, in the order they are first used.
    pub fn words(&self) -> impl Iterator<Item = Known<'_>> {
        let mut start = 0;
        self.entries.iter().map(move |entry| {
            let end = entry.end as usize;
            let word = &self.letters[start..end];
            start = end;
            Known {
                word,
                count: entry.count,
                path: &self.files[entry.file as usize],
                span: entry.span,
                capital: entry.capital,
            }
        })
    }
}

/// A vocabulary being gathered.
struct Builder<'l, 'p> {
    vocabulary: Vocabulary,
    known: WordMap<String, usize>,
    /// Used again for every word that has to be folded.
    folded: String,
    language: &'l Language<'p>,
}

impl Builder<'_, '_> {
    fn form(&mut self, form: &Form) {
        let letters = &self.language.text[form.first.clone()];
        let start = form.first.start;
        for (at, part) in parts(letters) {
            if is_long(part) {
                let mut folded = std::mem::take(&mut self.folded);
                fold_word(part, &mut folded);
                let capital = part.starts_with(char::is_uppercase);
                let first = start + at..start + at + part.len();
                self.count(&folded, capital, form.uses, first);
                self.folded = folded;
            }
        }
    }

    /// Counts the uses of a folded word, the first of which stands at `first` of the text.
    fn count(&mut self, word: &str, capital: bool, uses: u32, first: Range<usize>) {
        let entries = &mut self.vocabulary.entries;
        if let Some(&index) = self.known.get(word) {
            let entry = &mut entries[index];
            entry.count = entry.count.saturating_add(uses);
            entry.capital &= capital;
            return;
        }
        self.known.insert(word.to_owned(), entries.len());
        let vocabulary = &mut self.vocabulary;
        vocabulary.letters.push_str(word);
        let path = self.language.passage_at(first.start).file.path();
        if vocabulary.files.last().is_none_or(|last| last != path) {
            vocabulary.files.push(path.to_owned());
        }
        let place = |at| u32::try_from(at).expect("a protocol's texts are smaller than 4 GiB");
        vocabulary.entries.push(Entry {
            end: place(vocabulary.letters.len()),
            count: uses,
            file: place(vocabulary.files.len() - 1),
            span: self.language.span(first),
            capital,
        });
    }
}

/// The parts of a compound with where they begin.
fn parts(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    word.split_inclusive(['-', '\u{2010}', '\u{2011}'])
        .map(move |part| {
            let at = start;
            start += part.len();
            (at, part.trim_end_matches(['-', '\u{2010}', '\u{2011}']))
        })
}

/// Whether a part is letters alone, and enough of them.
fn is_long(part: &str) -> bool {
    part.chars().filter(|&c| c != '\u{AD}').count() >= usize::from(SHORTEST)
        && part.chars().all(|c| c.is_alphabetic() || c == '\u{AD}')
}
