//! The building blocks of a protocol that references can name, and where a line of its own in a text places
//! one.
//!
//! Figures and tables get their numbers here, in the order in which they are printed. What a block says is its
//! own file's business, how a text that places one is printed `document`'s.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::slug;
use super::own_line::asked_for;
use super::reference::{Reference, ReferenceKind};
use super::richtext::InlineKind;
use super::section::Section;
use crate::text::{Span, Spanned};

/// Where a section stands: whether it is, or stands in, an appendix, and the way down to it.
pub type Way = (ReferenceKind, Vec<usize>);

/// Where a block stands: the section, the kind of block, and its index among those of its kind there.
pub type BlockPlace = (Way, ReferenceKind, usize);

/// A building block that references can name.
#[derive(Clone, Debug)]
pub struct NamedBlock {
    /// Where it stands in the files.
    pub place: BlockPlace,
    /// Its id: the key, or the words of its caption.
    pub id: String,
    /// Where somebody wrote the id, else the caption.
    pub span: Span,
    /// Whether somebody wrote the id.
    pub is_written: bool,
    /// Its anchor, unique in the document.
    pub anchor: String,
    /// Its number among the figures or tables, where some reference shows one.
    pub number: Option<usize>,
    /// What a reader sees where the author wrote no text: "figur 2", "kortet »Uro i huset«".
    pub label: String,
    /// Whether a reference leads to it.
    pub is_referred_to: bool,
    /// The section whose text places it; `None` where it is printed behind the text of its own.
    pub placed_in: Option<Way>,
}

impl NamedBlock {
    /// Whether a text places it.
    pub const fn is_placed(&self) -> bool {
        self.placed_in.is_some()
    }

    /// The section it is printed in.
    pub fn printed_in(&self) -> &Way {
        self.placed_in.as_ref().unwrap_or(&self.place.0)
    }
}

/// Every block of a protocol that references can name.
#[derive(Clone, Debug, Default)]
pub struct NamedBlocks {
    blocks: Vec<NamedBlock>,
    by_name: BTreeMap<(ReferenceKind, String), usize>,
    by_place: BTreeMap<BlockPlace, usize>,
    /// The blocks that texts place, by the section and the index of the paragraph in its running text; with where
    /// that stands.
    placed: BTreeMap<(Way, usize), (usize, Span)>,
    /// The paragraphs that would place a block a second time.
    again: Vec<(Way, Span)>,
}

impl NamedBlocks {
    /// Finds them, gives each its anchor and its number, and notes which are placed.
    pub(super) fn of(sections: &[Section], appendices: &[Section]) -> Self {
        let mut found = Self::default();
        let mut ways: Vec<(Way, &Section)> = Vec::new();
        walk(sections, ReferenceKind::Section, &[], &mut ways);
        walk(appendices, ReferenceKind::Appendix, &[], &mut ways);
        let mut anchors = BTreeSet::new();
        for (way, section) in &ways {
            found.add(way, section, &mut anchors);
        }
        let mut shown = BTreeSet::new();
        for (way, section) in &ways {
            found.read_texts(way, section, &mut shown);
        }
        for kind in [ReferenceKind::Figure, ReferenceKind::Table] {
            if shown.contains(&kind) {
                found.number(kind, &ways);
            }
        }
        found
    }

    fn add(&mut self, way: &Way, section: &Section, anchors: &mut BTreeSet<String>) {
        for (index, figure) in section.figures.iter().enumerate() {
            let place = (way.clone(), ReferenceKind::Figure, index);
            self.push(
                place,
                figure.id.as_ref(),
                &figure.title.text,
                figure.title.span,
                anchors,
            );
        }
        let blocks = &section.blocks;
        for (index, sheet) in blocks.sheets.iter().enumerate() {
            let place = (way.clone(), ReferenceKind::Table, index);
            let title = sheet.title.as_ref();
            let words = title.map_or("", |title| &title.text);
            let span = title.map_or(sheet.text.span, |title| title.span);
            self.push(place, sheet.id.as_ref(), words, span, anchors);
        }
        for (index, action) in blocks.actions.iter().enumerate() {
            let place = (way.clone(), ReferenceKind::Card, index);
            let situation = &action.situation;
            self.push(
                place,
                action.id.as_ref(),
                &situation.text,
                situation.span,
                anchors,
            );
        }
        for (index, contact) in blocks.contacts.iter().enumerate() {
            let place = (way.clone(), ReferenceKind::Contact, index);
            self.push(place, Some(&contact.id), "", contact.id.span, anchors);
        }
    }

    /// An anchor begins with an underscore, so that none is taken for a part's.
    fn push(
        &mut self,
        place: BlockPlace,
        given: Option<&Spanned<String>>,
        words: &str,
        span: Span,
        anchors: &mut BTreeSet<String>,
    ) {
        let kind = place.1;
        let id = given.map_or_else(|| slug(words), |given| given.value.clone());
        let stem = format!("_{}-{}", kind.prefix(), slug(&id));
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let anchor = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|anchor| anchors.insert(anchor.clone()))
            .expect("there is always another number");
        let label = match kind {
            ReferenceKind::Card => format!("kortet »{words}«"),
            _ => words.to_owned(),
        };
        let index = self.blocks.len();
        self.by_place.insert(place.clone(), index);
        // A name that somebody wrote comes before words that happen to be the same.
        let name = (kind, id.clone());
        let is_written = given.is_some();
        let before = self.by_name.get(&name);
        if before.is_none_or(|&before| is_written && !self.blocks[before].is_written) {
            self.by_name.insert(name, index);
        }
        self.blocks.push(NamedBlock {
            place,
            id,
            span: given.map_or(span, |given| given.span),
            is_written,
            anchor,
            number: None,
            label,
            is_referred_to: false,
            placed_in: None,
        });
    }

    /// Notes what a section's texts place and refer to; `shown` gets the kinds whose numbers a reader meets.
    fn read_texts(&mut self, way: &Way, section: &Section, shown: &mut BTreeSet<ReferenceKind>) {
        let placing = section.running().flat_map(|text| &text.blocks);
        let mut placing_at = BTreeSet::new();
        for (index, block) in placing.enumerate() {
            let Some((kind, id)) = asked_for(block) else {
                continue;
            };
            let Some(found) = self.index(kind, id) else {
                continue;
            };
            if !self.can_be_placed(found, way) {
                continue;
            }
            if self.blocks[found].is_placed() {
                if kind != ReferenceKind::Contact {
                    self.again.push((way.clone(), block.span));
                }
                continue;
            }
            self.blocks[found].placed_in = Some(way.clone());
            self.placed
                .insert((way.clone(), index), (found, block.span));
            placing_at.insert(block.span.start());
        }
        section.markdown_texts(&mut |text| {
            text.visit_inlines(&mut |inline| {
                let InlineKind::Link {
                    target: Reference::Named(kind, id),
                    content,
                } = &inline.kind
                else {
                    return;
                };
                let Some(found) = self.index(*kind, id) else {
                    return;
                };
                if content.is_empty() && placing_at.contains(&inline.span.start()) {
                    return;
                }
                self.blocks[found].is_referred_to = true;
                if content.is_empty() {
                    shown.insert(*kind);
                }
            });
        });
    }

    /// A contact on a line of its own always led to where it stands, and does so from another file.
    fn can_be_placed(&self, index: usize, from: &Way) -> bool {
        let (way, kind, _) = &self.blocks[index].place;
        *kind != ReferenceKind::Contact || (way.0 == from.0 && way.1[0] == from.1[0])
    }

    /// Numbers the blocks of a kind in the order of printing.
    fn number(&mut self, kind: ReferenceKind, ways: &[(Way, &Section)]) {
        let mut count = 0;
        let mut give = |block: &mut NamedBlock| {
            count += 1;
            block.number = Some(count);
            block.label = format!("{} {count}", kind.prefix());
        };
        for (way, section) in ways {
            let placed = |from: usize, to: usize| {
                let texts = self.placed.range((way.clone(), from)..(way.clone(), to));
                texts.map(|(_, &(index, _))| index)
            };
            let own = match kind {
                ReferenceKind::Figure => section.figures.len(),
                _ => section.blocks.sheets.len(),
            };
            let own = (0..own).map(|own| self.by_place[&(way.clone(), kind, own)]);
            let own = own.filter(|&index| !self.blocks[index].is_placed());
            // The section's text, what it does not place, and the text before the sub-sections.
            let opening = section.text.as_ref().map_or(0, |text| text.blocks.len());
            let first = placed(0, opening)
                .chain(own)
                .chain(placed(opening, usize::MAX));
            let printed = first.filter(|&index| self.blocks[index].place.1 == kind);
            for index in printed.collect::<Vec<_>>() {
                give(&mut self.blocks[index]);
            }
        }
    }

    fn index(&self, kind: ReferenceKind, id: &str) -> Option<usize> {
        let by_name = |id: &str| self.by_name.get(&(kind, id.to_owned()));
        by_name(id).or_else(|| by_name(&slug(id))).copied()
    }

    /// The block that a reference names. The id may be typed as the words it was made from.
    pub fn find(&self, kind: ReferenceKind, id: &str) -> Option<&NamedBlock> {
        self.index(kind, id).map(|index| &self.blocks[index])
    }

    /// The block at a place.
    pub fn at(&self, place: &BlockPlace) -> &NamedBlock {
        &self.blocks[self.by_place[place]]
    }

    /// The block that the paragraph of a section's running text with this index places there.
    pub fn placed_at(&self, way: &Way, paragraph: usize) -> Option<&NamedBlock> {
        let (index, _) = self.placed.get(&(way.clone(), paragraph))?;
        Some(&self.blocks[*index])
    }

    /// The blocks that texts place, with the paragraphs that do.
    pub fn placed(&self) -> impl Iterator<Item = (&NamedBlock, Span)> {
        let placed = self.placed.values();
        placed.map(|&(index, span)| (&self.blocks[index], span))
    }

    /// The paragraphs that would place a block that has been placed, with the sections they stand in.
    pub fn placed_again(&self) -> &[(Way, Span)] {
        &self.again
    }

    /// Every block of a kind, in the order of the files.
    pub fn of_kind(&self, kind: ReferenceKind) -> impl Iterator<Item = &NamedBlock> {
        self.blocks
            .iter()
            .filter(move |block| block.place.1 == kind)
    }
}

/// Every section with the way to it, in reading order.
fn walk<'s>(
    sections: &'s [Section],
    kind: ReferenceKind,
    above: &[usize],
    ways: &mut Vec<(Way, &'s Section)>,
) {
    for (index, section) in sections.iter().enumerate() {
        let way = [above, &[index]].concat();
        ways.push(((kind, way.clone()), section));
        walk(&section.children, kind, &way, ways);
    }
}
