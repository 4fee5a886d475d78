//! Running text resolved: references lead somewhere, footnotes have numbers, typography is done.

use std::collections::BTreeMap;

use super::typography::{NO_BREAK, Typesetter, count_quotes};
use super::{Alignment, Block, Definition, Inline, ListItem};
use crate::model::{
    self, BlockKind, ExternalDocument, InlineKind, Note, Reference, ReferenceKind, RichText,
    Targets,
};

/// Resolves the texts of one document, in reading order: footnotes are numbered as they come.
pub(super) struct Texts<'p> {
    targets: &'p Targets,
    documents: &'p BTreeMap<String, ExternalDocument>,
    notes: usize,
    has_picture: &'p dyn Fn(&str) -> bool,
}

/// The footnotes of the text being resolved.
struct Notes<'t> {
    defined: &'t [Note],
    numbers: BTreeMap<&'t str, usize>,
}

impl<'p> Texts<'p> {
    /// A resolver for one document.
    pub(super) fn new(
        targets: &'p Targets,
        documents: &'p BTreeMap<String, ExternalDocument>,
        has_picture: &'p dyn Fn(&str) -> bool,
    ) -> Self {
        Self {
            targets,
            documents,
            notes: 0,
            has_picture,
        }
    }

    /// The blocks of a text.
    pub(super) fn blocks(&mut self, text: &RichText) -> Vec<Block> {
        let mut notes = Notes {
            defined: &text.notes,
            numbers: BTreeMap::new(),
        };
        self.all_blocks(&text.blocks, &mut notes)
    }

    fn all_blocks<'t>(&mut self, blocks: &'t [model::Block], notes: &mut Notes<'t>) -> Vec<Block> {
        blocks
            .iter()
            .map(|block| self.block(block, notes))
            .collect()
    }

    fn block<'t>(&mut self, block: &'t model::Block, notes: &mut Notes<'t>) -> Block {
        match &block.kind {
            BlockKind::Paragraph(content) => Block::Paragraph {
                content: self.run(content, notes),
            },
            BlockKind::List {
                start,
                tight,
                items,
            } => Block::List {
                ordered: start.is_some(),
                start: start.unwrap_or(1),
                tight: *tight,
                items: items
                    .iter()
                    .map(|item| ListItem {
                        checked: item.checked,
                        blocks: self.all_blocks(&item.blocks, notes),
                    })
                    .collect(),
            },
            BlockKind::Quote(blocks) => Block::Quote {
                blocks: self.all_blocks(blocks, notes),
            },
            BlockKind::Table {
                align,
                header,
                rows,
            } => Block::Table {
                caption: None,
                align: align.iter().copied().map(alignment).collect(),
                header: self.cells(header, notes),
                rows: rows.iter().map(|row| self.cells(row, notes)).collect(),
            },
            BlockKind::Definitions(items) => Block::Definitions {
                items: items
                    .iter()
                    .map(|item| Definition {
                        term: self.run(&item.term, notes),
                        definitions: item
                            .definitions
                            .iter()
                            .map(|blocks| self.all_blocks(blocks, notes))
                            .collect(),
                    })
                    .collect(),
            },
            BlockKind::Code(text) => Block::Code { text: text.clone() },
            BlockKind::Divider => Block::Divider {},
        }
    }

    fn cells<'t>(
        &mut self,
        cells: &'t [Vec<model::Inline>],
        notes: &mut Notes<'t>,
    ) -> Vec<Vec<Inline>> {
        cells.iter().map(|cell| self.run(cell, notes)).collect()
    }

    fn run<'t>(&mut self, run: &'t [model::Inline], notes: &mut Notes<'t>) -> Vec<Inline> {
        let mut quotes = 0;
        model::visit_inlines(run, &mut |inline| {
            if let InlineKind::Text(text) = &inline.kind {
                quotes += count_quotes(text);
            }
        });
        self.inlines(run, notes, &mut Typesetter::new(quotes))
    }

    fn inlines<'t>(
        &mut self,
        run: &'t [model::Inline],
        notes: &mut Notes<'t>,
        typesetter: &mut Typesetter,
    ) -> Vec<Inline> {
        let mut inlines = Vec::with_capacity(run.len());
        for inline in run {
            let mut inside = |content| self.inlines(content, notes, typesetter);
            let resolved = match &inline.kind {
                InlineKind::Text(text) => Inline::Text {
                    text: typesetter.set(text),
                },
                InlineKind::Code(text) => Inline::Code { text: text.clone() },
                InlineKind::Emph(content) => Inline::Emph {
                    content: inside(content),
                },
                InlineKind::Strong(content) => Inline::Strong {
                    content: inside(content),
                },
                InlineKind::Strike(content) => Inline::Strike {
                    content: inside(content),
                },
                InlineKind::SoftBreak => Inline::text(" "),
                InlineKind::HardBreak => Inline::Break {},
                InlineKind::Link { target, content } => {
                    let content = inside(content);
                    self.link(target, content, &mut inlines);
                    continue;
                }
                InlineKind::Image { file, alt } => self.picture(file, alt),
                InlineKind::NoteMarker(label) => match self.note(label, notes) {
                    Some(note) => note,
                    None => Inline::text(format!("[^{label}]")),
                },
            };
            inlines.push(resolved);
        }
        inlines
    }

    /// A link; one that leads nowhere is its text alone. Where the author wrote no text, the reader sees
    /// one made from the target.
    fn link(&self, target: &Reference, content: Vec<Inline>, out: &mut Vec<Inline>) {
        let generated = content.is_empty();
        let shown = |text: &str| {
            if generated {
                vec![Inline::text(text)]
            } else {
                content
            }
        };
        match target {
            Reference::Address(url) if model::dead_address(url).is_some() => {
                out.extend(shown(bare_address(url)));
            }
            Reference::Address(url) => out.push(Inline::Link {
                url: url.clone(),
                content: shown(bare_address(url)),
            }),
            Reference::Named(ReferenceKind::Document, id) => match self.documents.get(id) {
                Some(document) => {
                    let content = shown(&document.title.text);
                    match &document.url {
                        Some(url) => out.push(Inline::Link {
                            url: url.text.clone(),
                            content,
                        }),
                        None => out.extend(content),
                    }
                }
                None => out.extend(shown(id)),
            },
            Reference::Named(kind, id) => match self.targets.find(*kind, id) {
                Some(place) => out.push(Inline::Ref {
                    id: place.anchor.clone(),
                    content: shown(&keep_number(&place.label)),
                    page: generated,
                }),
                None => out.extend(shown(id)),
            },
            Reference::Unsafe(text) => out.extend(shown(text)),
        }
    }

    fn picture(&self, file: &str, alt: &str) -> Inline {
        let alt = Typesetter::line(alt);
        if (self.has_picture)(file) {
            Inline::Image {
                file: file.to_owned(),
                alt,
            }
        } else {
            Inline::text(alt)
        }
    }

    fn note<'t>(&mut self, label: &'t str, notes: &mut Notes<'t>) -> Option<Inline> {
        if let Some(&number) = notes.numbers.get(label) {
            return Some(Inline::FootnoteAgain {
                number,
                id: format!("fod-{number}"),
            });
        }
        let note = notes.defined.iter().find(|note| note.label == label)?;
        self.notes += 1;
        let number = self.notes;
        notes.numbers.insert(label, number);
        let blocks = self.all_blocks(&note.blocks, notes);
        Some(Inline::Footnote {
            number,
            id: format!("fod-{number}"),
            blocks,
        })
    }
}

/// An address as a reader would say it: without its scheme.
fn bare_address(url: &str) -> &str {
    let bare = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .or_else(|| url.strip_prefix("mailto:"))
        .or_else(|| url.strip_prefix("tel:"))
        .unwrap_or(url);
    bare.trim_end_matches('/')
}

/// "Bilag 3" and "afsnit 4.2" on one line.
fn keep_number(label: &str) -> String {
    label.replacen(' ', &NO_BREAK.to_string(), 1)
}

const fn alignment(align: model::Alignment) -> Alignment {
    match align {
        model::Alignment::None => Alignment::None,
        model::Alignment::Left => Alignment::Left,
        model::Alignment::Center => Alignment::Center,
        model::Alignment::Right => Alignment::Right,
    }
}
