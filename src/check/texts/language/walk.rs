//! Walks a protocol in reading order and lays its texts out as passages.
//!
//! Which texts there are, `model` says; every word of them is in a passage, and each is there once.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::laid_out::{Kind, Language, Passage, SectionText, Segment, segment};
use super::lix::is_long;
use super::scan::scan;
use crate::model::{
    Block, BlockKind, Inline, InlineKind, Line, Protocol, Reader, Reference, RichText, Section,
    Text,
};
use crate::text::{SourceFile, Span};

impl<'p> Language<'p> {
    /// Takes a protocol's texts apart.
    pub fn of(protocol: &'p Protocol) -> Self {
        let mut walk = Walk {
            language: Self::with_room(protocol),
            file: &protocol.file,
            is_danish: true,
            otherwise: HashMap::new(),
        };
        protocol.front_texts(&mut |text| walk.text(text));
        for section in protocol.sections.iter().chain(&protocol.appendices) {
            walk.section(section, false);
        }
        walk.language
    }
}

impl Language<'_> {
    /// With room for what most protocols of this length have: a word of Danish is some eight bytes with its blank.
    fn with_room(protocol: &Protocol) -> Self {
        let sections = protocol.sections.iter().chain(&protocol.appendices);
        let length = sections.map(|section| section.file.text().len()).sum();
        Self {
            text: String::with_capacity(length),
            words: Vec::with_capacity(length / 8),
            sentences: Vec::with_capacity(length / 64),
            ..Self::default()
        }
    }

    /// Finds the forms of the long words from the one at `first` on, some of them code perhaps; says how many they
    /// are.
    fn count_long_words(&mut self, first: usize, has_code: bool) -> usize {
        let (text, segments, forms) = (&self.text, &self.segments, &mut self.forms);
        let mut long = 0;
        for word in &mut self.words[first..] {
            if !is_long(word) {
                continue;
            }
            long += 1;
            if !(has_code && segment(segments, word.range().start).code) {
                word.form = Some(forms.count(text, word.range(), word.letters));
            }
        }
        long
    }
}

struct Walk<'p> {
    language: Language<'p>,
    file: &'p Arc<SourceFile>,
    /// Whether what is being laid out is in Danish. Of another language, words are looked through and nothing is
    /// measured: long sentences and words are those of Danish.
    is_danish: bool,
    /// The texts of blocks that say their own language: whether that is Danish.
    otherwise: HashMap<*const RichText, bool>,
}

impl<'p> Walk<'p> {
    fn section(&mut self, section: &'p Section, inside_for_residents: bool) {
        self.file = &section.file;
        let first = self.language.passages.len();
        let for_residents = match section.readers.as_slice() {
            [] => inside_for_residents,
            readers => readers == [Reader::Borger],
        };
        let outside = self.is_danish;
        if let Some(language) = &section.language {
            self.is_danish = language.is_danish();
        }
        self.otherwise.clear();
        section.texts_in_languages(&mut |language, text| {
            if let Text::Running(text) = text {
                self.otherwise.insert(text, language.is_danish());
            }
        });
        section.texts(&mut |text| {
            if let Text::Running(text) = text {
                self.language.markdown.push((section, text));
            }
            self.text(text);
        });
        let passages = first..self.language.passages.len();
        self.language.sections.push(SectionText {
            section,
            for_residents,
            passages,
        });
        for child in &section.children {
            self.section(child, for_residents);
        }
        self.is_danish = outside;
    }

    fn text(&mut self, text: Text<'_>) {
        match text {
            Text::Heading(line) => self.line(line, Kind::Heading),
            Text::Term(line) => self.line(line, Kind::Term),
            Text::Label(line) => self.line(line, Kind::Label),
            Text::Reach(_) => {}
            Text::Running(text) => self.rich(text),
        }
    }

    fn line(&mut self, line: &Line, kind: Kind) {
        let start = self.language.text.len();
        self.push(&line.text, letters_of(self.file, line), false);
        self.passage(start, kind);
    }

    fn rich(&mut self, text: &RichText) {
        let outside = self.is_danish;
        if let Some(is_danish) = self.otherwise.get(&std::ptr::from_ref(text)) {
            self.is_danish = *is_danish;
        }
        self.blocks(&text.blocks);
        for note in &text.notes {
            self.blocks(&note.blocks);
        }
        self.is_danish = outside;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(content) => self.run(content, Kind::Running),
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Quote(blocks) => self.blocks(blocks),
                BlockKind::Table { header, rows, .. } => {
                    for cell in header {
                        self.run(cell, Kind::Label);
                    }
                    for cell in rows.iter().flatten() {
                        self.run(cell, Kind::Running);
                    }
                }
                BlockKind::Definitions(items) => {
                    for item in items {
                        self.run(&item.term, Kind::Term);
                        for definition in &item.definitions {
                            self.blocks(definition);
                        }
                    }
                }
                // What is to be read as typed is read too; it is no running text to be measured.
                BlockKind::Code(content) => self.run(content, Kind::Label),
                BlockKind::Divider => {}
            }
        }
    }

    fn run(&mut self, run: &[Inline], kind: Kind) {
        let start = self.language.text.len();
        self.inlines(run);
        self.passage(start, kind);
        self.pictures(run);
    }

    fn inlines(&mut self, run: &[Inline]) {
        for inline in run {
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, inline.span, false),
                InlineKind::Code(text) => self.push(text, inline.span, true),
                InlineKind::Emph(content)
                | InlineKind::Strong(content)
                | InlineKind::Strike(content) => self.inlines(content),
                InlineKind::Link { target, content } => {
                    if !shows_its_target(target, content) {
                        self.inlines(content);
                    }
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => {
                    self.push(" ", inline.span, false);
                }
                InlineKind::Image { .. } | InlineKind::NoteMarker(_) => {}
            }
        }
    }

    /// The texts for those who cannot see the pictures, each by itself.
    fn pictures(&mut self, run: &[Inline]) {
        for inline in run {
            match &inline.kind {
                InlineKind::Image { alt, .. } => {
                    let start = self.language.text.len();
                    let written = self.file.slice(inline.span);
                    let span = match written.find(alt.as_str()) {
                        Some(at) => inline.span.part(at..at + alt.len()),
                        None => inline.span,
                    };
                    self.push(alt, span, false);
                    self.passage(start, Kind::Label);
                }
                InlineKind::Emph(content)
                | InlineKind::Strong(content)
                | InlineKind::Strike(content)
                | InlineKind::Link { content, .. } => self.pictures(content),
                _ => {}
            }
        }
    }

    fn push(&mut self, text: &str, source: Span, code: bool) {
        if text.is_empty() {
            return;
        }
        self.language.segments.push(Segment {
            at: self.language.text.len(),
            source,
            // As long is not yet the same: what a line's escapes add, a variable in it may take away.
            verbatim: source.len() == text.len() && self.file.slice(source) == text,
            code,
        });
        self.language.text.push_str(text);
    }

    /// Makes a passage of what was pushed since `start`.
    fn passage(&mut self, start: usize, kind: Kind) {
        let language = &mut self.language;
        let range: Range<usize> = start..language.text.len();
        if range.is_empty() {
            return;
        }
        let kind = match kind {
            Kind::Running if !self.is_danish => Kind::Label,
            kind => kind,
        };
        let own = language.segments.iter().rev();
        let has_code = own
            .take_while(|segment| segment.at >= start)
            .any(|segment| segment.code);
        let words = language.words.len();
        let sentences = language.sentences.len();
        scan(
            &language.text,
            range.clone(),
            &mut language.words,
            &mut language.sentences,
        );
        language.text.push('\n');
        let long = language.count_long_words(words, has_code);
        language.passages.push(Passage {
            kind,
            long,
            file: self.file,
            range,
            words: words..language.words.len(),
            sentences: sentences..language.sentences.len(),
            has_code,
        });
    }
}

/// Where a line's letters stand: inside its quotes, where the file has them as they are.
fn letters_of(file: &SourceFile, line: &Line) -> Span {
    let written = file.slice(line.span);
    let letters = written.trim_start_matches(['"', '\'']);
    let quotes = written.len() - letters.len();
    if letters.starts_with(&line.text) {
        line.span.part(quotes..quotes + line.text.len())
    } else {
        line.span
    }
}

/// Whether the reader sees an address: `<https://…>`.
fn shows_its_target(target: &Reference, content: &[Inline]) -> bool {
    let (Reference::Address(address), [Inline { kind, .. }]) = (target, content) else {
        return false;
    };
    matches!(kind, InlineKind::Text(text) if address.ends_with(text.as_str()))
}
