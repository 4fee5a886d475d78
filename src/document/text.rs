//! Running text resolved: references lead somewhere, footnotes have numbers, typography is done.

use std::collections::BTreeMap;

use super::typography::{NO_BREAK, Typesetter, count_quotes, keep_numbers, phone_text};
use super::{Alignment, Block, Definition, Inline, ListItem};
use crate::model::{
    self, Area, BlockKind, IN_FULL, InlineKind, Note, Protocol, Reference, ReferenceKind, RichText,
    Targets,
};
use crate::text::ByteSet;

/// Resolves the texts of one document, in reading order: footnotes are numbered as they come.
pub(super) struct Texts<'p> {
    targets: &'p Targets,
    /// What leads out of the protocol: the area's documents and contacts.
    area: &'p Area,
    /// The contacts of the protocol and of the area, by id; the protocol's own come first.
    contacts: BTreeMap<&'p str, &'p model::Contact>,
    notes: usize,
    has_picture: &'p dyn Fn(&str) -> bool,
}

/// The footnotes of the text being resolved.
pub(super) struct Notes<'t> {
    /// Those there are, by their labels.
    defined: BTreeMap<&'t str, &'t Note>,
    numbers: BTreeMap<&'t str, usize>,
    /// The bytes that the text's letters can have.
    bytes: ByteSet,
}

impl<'t> Notes<'t> {
    /// The footnotes of a text of which nothing is resolved yet.
    pub(super) fn of(text: &'t RichText) -> Self {
        let by_label = |note: &'t Note| (note.label.as_str(), note);
        Self {
            defined: text.notes.iter().map(by_label).collect(),
            numbers: BTreeMap::new(),
            bytes: text.bytes,
        }
    }
}

/// Straight quotation marks.
const QUOTES: ByteSet = ByteSet::NONE.and(b"\"");
/// What a text with a number in it has: digits, or a link, whose words may be made from what it leads to.
const NUMBERS: ByteSet = ByteSet::DIGITS.with(ByteSet::LINKS);

impl<'p> Texts<'p> {
    /// A resolver for one document.
    pub(super) fn new(
        targets: &'p Targets,
        area: &'p Area,
        protocol: &'p Protocol,
        has_picture: &'p dyn Fn(&str) -> bool,
    ) -> Self {
        Self {
            targets,
            area,
            contacts: contacts(area, protocol),
            notes: 0,
            has_picture,
        }
    }

    /// The blocks of a text.
    pub(super) fn blocks(&mut self, text: &RichText) -> Vec<Block> {
        self.all_blocks(&text.blocks, &mut Notes::of(text))
    }

    /// A text as one run, for a cell: its paragraphs and items on lines of their own.
    pub(super) fn one_run(&mut self, text: &RichText) -> Vec<Inline> {
        let mut run = Vec::new();
        flatten(self.blocks(text), &mut run);
        run
    }

    fn all_blocks<'t>(&mut self, blocks: &'t [model::Block], notes: &mut Notes<'t>) -> Vec<Block> {
        blocks
            .iter()
            .map(|block| self.block(block, notes))
            .collect()
    }

    /// One block of a text; `notes` are those of the whole text.
    pub(super) fn block<'t>(&mut self, block: &'t model::Block, notes: &mut Notes<'t>) -> Block {
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
            BlockKind::Code(content) => Block::Code {
                text: model::code_text(content),
            },
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
        if notes.bytes.meets(QUOTES) {
            model::visit_inlines(run, &mut |inline| {
                if let InlineKind::Text(text) = &inline.kind {
                    quotes += count_quotes(text);
                }
            });
        }
        let mut inlines = self.inlines(run, notes, &mut Typesetter::new(quotes));
        if notes.bytes.meets(NUMBERS) {
            keep_numbers(&mut inlines);
        }
        inlines
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
        if let Reference::Named(ReferenceKind::Contact, id) = target {
            return self.contact(id, content, out);
        }
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
            Reference::Named(ReferenceKind::Document, id) => match self.area.documents.get(id) {
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
            Reference::Named(
                kind @ (ReferenceKind::Figure | ReferenceKind::Table | ReferenceKind::Card),
                id,
            ) => match self.targets.blocks().find(*kind, id) {
                Some(block) => out.push(Inline::Ref {
                    id: block.anchor.clone(),
                    content: shown(&Typesetter::line(&keep_number(&block.label))),
                    page: generated,
                }),
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

    /// A link to a contact. One of the area has no place in the document, so its telephone, or else its
    /// mail, is the link.
    fn contact(&self, id: &str, content: Vec<Inline>, out: &mut Vec<Inline>) {
        let generated = content.is_empty();
        if generated
            && id.ends_with(IN_FULL)
            && let Some(contact) = self.contacts.get(model::without_fuld(id)).copied()
        {
            return in_full(contact, out);
        }
        if let Some(target) = self.targets.contact(id) {
            let label = || vec![Inline::text(phone_text(&Typesetter::line(&target.label)))];
            out.push(Inline::Ref {
                id: target.anchor.clone(),
                content: if generated { label() } else { content },
                page: generated,
            });
            return;
        }
        let Some(contact) = self.area.contact(id) else {
            let shown = || vec![Inline::text(id)];
            out.extend(if generated { shown() } else { content });
            return;
        };
        let function = Typesetter::line(&contact.function.text);
        let (before, way, url) = match (&contact.phone, &contact.mail) {
            (Some(phone), _) => {
                let number = phone_text(&phone.text);
                let before = format!("{function}, tlf.{NO_BREAK}");
                (before, number, contact.phone_address())
            }
            (None, Some(mail)) => {
                let before = format!("{function}, ");
                (before, mail.text.clone(), contact.mail_address())
            }
            (None, None) => (String::new(), function, None),
        };
        let content = if generated {
            out.extend((!before.is_empty()).then(|| Inline::text(before)));
            vec![Inline::text(way)]
        } else {
            content
        };
        match url {
            Some(url) => out.push(Inline::Link { url, content }),
            None => out.extend(content),
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
        let note = *notes.defined.get(label)?;
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

fn contacts<'p>(area: &'p Area, protocol: &'p Protocol) -> BTreeMap<&'p str, &'p model::Contact> {
    let of_area = area.contacts.iter();
    let mut contacts: BTreeMap<_, _> = of_area.map(|(id, one)| (id.as_str(), one)).collect();
    protocol.visit(&mut |section| {
        for contact in section.blocks.contacts.iter().rev() {
            contacts.insert(contact.id.value.as_str(), contact);
        }
    });
    contacts
}

/// Adds the runs of some blocks, a line end between two.
fn flatten(blocks: Vec<Block>, run: &mut Vec<Inline>) {
    for block in blocks {
        match block {
            Block::Paragraph { content } => add_line(content, run),
            Block::List { items, .. } => {
                for item in items {
                    let begin = run.len();
                    flatten(item.blocks, run);
                    let first = if begin == 0 { 0 } else { begin + 1 };
                    if first < run.len() {
                        run.insert(first, Inline::text("– "));
                    }
                }
            }
            Block::Quote { blocks } => flatten(blocks, run),
            Block::Table { header, rows, .. } => {
                for cells in std::iter::once(header).chain(rows) {
                    add_line(joined(cells), run);
                }
            }
            Block::Definitions { items } => {
                for item in items {
                    add_line(item.term, run);
                    item.definitions
                        .into_iter()
                        .for_each(|blocks| flatten(blocks, run));
                }
            }
            Block::Code { text } => add_line(vec![Inline::Code { text }], run),
            Block::Divider {} => {}
        }
    }
}

fn add_line(content: Vec<Inline>, run: &mut Vec<Inline>) {
    if !run.is_empty() {
        run.push(Inline::Break {});
    }
    run.extend(content);
}

/// The cells of a row as one line.
fn joined(cells: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut line = Vec::new();
    for cell in cells {
        if !line.is_empty() {
            line.push(Inline::text(" · "));
        }
        line.extend(cell);
    }
    line
}

/// A contact with every way to reach it, as one run: the function, its telephone, mail, web page and address.
fn in_full(contact: &model::Contact, out: &mut Vec<Inline>) {
    out.push(Inline::text(Typesetter::line(&contact.function.text)));
    let mut way = |before: &str, text: String, url: Option<String>| {
        out.push(Inline::text(before));
        match url {
            Some(url) => out.push(Inline::Link {
                url,
                content: vec![Inline::text(text)],
            }),
            None => out.push(Inline::text(text)),
        }
    };
    if let Some(phone) = &contact.phone {
        let before = format!(", tlf.{NO_BREAK}");
        way(&before, phone_text(&phone.text), contact.phone_address());
    }
    if let Some(mail) = &contact.mail {
        way(", ", mail.text.clone(), contact.mail_address());
    }
    if let Some(web) = &contact.web {
        way(", ", web.text.clone(), contact.web_address());
    }
    for line in &contact.address {
        way(", ", Typesetter::line(&line.text), None);
    }
}

/// An address as a reader would say it: without its scheme.
pub(super) fn bare_address(url: &str) -> &str {
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
