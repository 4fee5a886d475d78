//! Pieces of a document that are printed by themselves: forms, action cards, house rules, parts that a meeting
//! takes first.
//!
//! Everything here picks and rearranges; no text is made. What a part is called stands in the document.

use std::collections::BTreeSet;

use super::{
    Block, Content, Definition, Document, EditionPlan, Fact, ForReaders, Given, Inline, Part,
    PartKind, WORD_LIST, document_list,
};
use crate::model::{Only, is_for};

/// The fewest lines under a question of a blank form, where the author set none: a form is there to be
/// written in.
const FORM_LINES: u32 = 2;

/// An action card with the part it stands in.
#[derive(Clone, Copy, Debug)]
pub struct CardIn<'d> {
    /// The part.
    pub part: &'d Part,
    /// The card, a [`Content::Card`].
    pub card: &'d Content,
}

impl<'d> CardIn<'d> {
    /// The card's anchor on a page and what it is taken out for; `None` for one that is inserted.
    pub fn named(self) -> Option<(&'d str, &'d str)> {
        match self.card {
            Content::Card { id, situation, .. } => Some((id.as_deref()?, situation)),
            _ => None,
        }
    }
}

/// The part with this anchor, at any depth.
pub fn part<'d>(document: &'d Document, id: &str) -> Option<&'d Part> {
    all_parts(document).into_iter().find(|part| part.id == id)
}

/// Every part in reading order, those below others included.
pub fn all_parts(document: &Document) -> Vec<&Part> {
    fn collect<'d>(part: &'d Part, found: &mut Vec<&'d Part>) {
        found.push(part);
        for child in &part.parts {
            collect(child, found);
        }
    }
    let mut found = Vec::new();
    for part in document.parts() {
        collect(part, &mut found);
    }
    found
}

/// What a reader calls a part: "3.2 Et trygt hus", "Bilag 2 Samarbejdsaftale".
pub fn name(part: &Part) -> String {
    format!("{} {}", part.number, part.heading)
        .trim()
        .to_owned()
}

/// Whether there is something to fill in or to sign, here or below. What is inserted from another place counts
/// there.
pub fn has_blanks(part: &Part) -> bool {
    has_own_blanks(part) || part.parts.iter().any(has_blanks)
}

fn has_own_blanks(part: &Part) -> bool {
    part.content.iter().chain(&part.closing).any(|content| {
        matches!(
            content,
            Content::Fields { .. } | Content::Group { .. } | Content::Signature { .. }
        )
    })
}

/// The forms of a document, in reading order: an appendix with something to fill in as a whole, since it is
/// what is taken out; of the sections the part that has the blanks, with what stands below it.
pub fn forms(document: &Document) -> Vec<&Part> {
    fn collect<'d>(part: &'d Part, found: &mut Vec<&'d Part>) {
        let whole = match part.kind {
            PartKind::Appendix => has_blanks(part),
            PartKind::Section | PartKind::Backmatter => has_own_blanks(part),
        };
        if whole {
            found.push(part);
        } else {
            for child in &part.parts {
                collect(child, found);
            }
        }
    }
    let mut found = Vec::new();
    for part in document.parts() {
        collect(part, &mut found);
    }
    found
}

/// A part as a blank form: with room to write under every question.
pub fn blank(part: &Part) -> Part {
    let mut form = part.clone();
    give_room(&mut form);
    form
}

fn give_room(part: &mut Part) {
    for content in &mut part.content {
        if let Content::Group { lines, .. } = content {
            *lines = (*lines).max(FORM_LINES);
        }
    }
    part.parts.iter_mut().for_each(give_room);
}

/// The words of the printed list with what they mean.
pub fn word_list(document: &Document) -> Vec<(&str, &str)> {
    fn pair(item: &Definition) -> Option<(&str, &str)> {
        let [Inline::Text { text: word }] = item.term.as_slice() else {
            return None;
        };
        let [Block::Paragraph { content }] = item.definitions.first()?.as_slice() else {
            return None;
        };
        match content.as_slice() {
            [Inline::Text { text: meaning }] => Some((word, meaning)),
            _ => None,
        }
    }
    let lists = document.backmatter.iter();
    let lists = lists.filter(|part| part.id == WORD_LIST);
    let contents = lists.flat_map(|part| &part.content);
    let blocks = contents.filter_map(|content| match content {
        Content::Text { blocks } => Some(blocks),
        _ => None,
    });
    let items = blocks.flatten().filter_map(|block| match block {
        Block::Definitions { items } => Some(items),
        _ => None,
    });
    items.flatten().filter_map(pair).collect()
}

/// Every action card in reading order. An inserted card is the one of its own place and comes once.
pub fn cards<'d>(document: &'d Document) -> Vec<CardIn<'d>> {
    let in_part = |part: &'d Part| {
        let contents = part.content.iter();
        let cards = contents.filter(|content| matches!(content, Content::Card { .. }));
        cards.map(move |card| CardIn { part, card })
    };
    all_parts(document).into_iter().flat_map(in_part).collect()
}

/// The roles that it tells of, in the order of printing.
pub fn roles(document: &Document) -> Vec<&str> {
    let parts = all_parts(document).into_iter();
    let contents = parts.flat_map(|part| &part.content);
    let roles = contents.filter_map(|content| match content {
        Content::Roles { items } => Some(items),
        _ => None,
    });
    roles.flatten().map(|role| role.title.as_str()).collect()
}

/// A part with its house rules alone, those of the parts below and inserted ones included; nothing where it
/// has none.
pub fn house_rules(part: &Part) -> Option<Part> {
    let mut content = Vec::new();
    gather_rules(&part.content, &mut content);
    let parts: Vec<Part> = part.parts.iter().filter_map(house_rules).collect();
    if content.is_empty() && parts.is_empty() {
        return None;
    }
    Some(Part {
        content,
        parts,
        obligatory: None,
        closing: Vec::new(),
        ..part.clone()
    })
}

fn gather_rules(contents: &[Content], found: &mut Vec<Content>) {
    for content in contents {
        match content {
            Content::Rules { .. } => found.push(content.clone()),
            Content::Inserted { content, .. } => gather_rules(content, found),
            _ => {}
        }
    }
}

/// The document with nothing but these parts, which keep their numbers. References to others become text.
pub fn only(document: &Document, parts: Vec<Part>) -> Document {
    let (appendices, sections) = parts
        .into_iter()
        .partition(|part| part.kind == PartKind::Appendix);
    Document {
        sections,
        backmatter: Vec::new(),
        appendices,
        // The rest is a handful of short texts.
        facts: document.facts.clone(),
        title: document.title.clone(),
        for_readers: document.for_readers.clone(),
        editions: Vec::new(),
        subtitle: document.subtitle.clone(),
        motto: document.motto.clone(),
        slug: document.slug.clone(),
        institution: document.institution.clone(),
        area: document.area.clone(),
        skabelon: document.skabelon.clone(),
        edition: document.edition.clone(),
        page_code: document.page_code.clone(),
        footer: document.footer.clone(),
        copy_note: document.copy_note.clone(),
        documents: Vec::new(),
        logo: document.logo.clone(),
        ..*document
    }
}

/// An edition for some of the readers: the parts that are for them, with the numbers they have in the whole.
/// References to others become text.
pub fn edition(document: &Document, plan: &EditionPlan) -> Document {
    let mut edition = document.clone();
    let ForReaders { id, name, .. } = &plan.named;
    edition.sections = kept(&document.sections, plan);
    edition.appendices = kept(&document.appendices, plan);
    if plan.only.is_empty() {
        let texts = edition.sections.iter().chain(&edition.appendices);
        document_list(&mut edition.backmatter, &document.documents, texts);
    } else {
        edition.backmatter.clear();
    }
    if !plan.preface.is_empty() {
        edition.sections.insert(0, preface(&plan.preface));
    }
    let code = &document.edition.code;
    edition.copy_note = document
        .copy_note
        .replacen(code, &format!("{code}/{id}"), 1);
    edition.footer = format!("{name} · {}", document.footer);
    edition.facts.insert(
        0,
        Fact {
            label: "Udgave",
            value: name.clone(),
        },
    );
    edition.for_readers = Some(plan.named.clone());
    edition.editions = Vec::new();
    edition
}

/// The parts of an edition, with what it has of them.
fn kept(parts: &[Part], plan: &EditionPlan) -> Vec<Part> {
    let parts = parts
        .iter()
        .filter(|part| is_for(&plan.readers, &part.given.readers));
    let kept = parts.filter_map(|part| {
        let below = kept(&part.parts, plan);
        if plan.only.is_empty() {
            return Some(Part {
                parts: below,
                ..part.clone()
            });
        }
        let content = part
            .content
            .iter()
            .filter(|content| is_among(content, &plan.only));
        let content: Vec<Content> = content.cloned().collect();
        (!content.is_empty() || !below.is_empty()).then(|| Part {
            content,
            parts: below,
            obligatory: None,
            closing: Vec::new(),
            given: Given {
                opening: None,
                ..part.given.clone()
            },
            ..part.clone()
        })
    });
    kept.collect()
}

/// Whether a piece is of a kind that an edition has alone.
fn is_among(content: &Content, only: &[Only]) -> bool {
    only.iter().any(|only| {
        matches!(
            (only, content),
            (Only::Cards, Content::Card { .. }) | (Only::Contacts, Content::Contacts { .. })
        )
    })
}

/// What stands first in an edition.
fn preface(blocks: &[Block]) -> Part {
    Part {
        id: "rp-forord".to_owned(),
        kind: PartKind::Section,
        number: String::new(),
        level: 1,
        heading: "Forord".to_owned(),
        readers: None,
        language: None,
        obligatory: None,
        content: vec![Content::Text {
            blocks: blocks.to_vec(),
        }],
        parts: Vec::new(),
        closing: Vec::new(),
        given: Given::default(),
    }
}

/// Takes the parts of these ids out of the document, in the order of the ids. A part that stands below another
/// one of them comes with that one. Where a sub-section stood, its part says where it is printed now.
pub fn take_first(document: &mut Document, ids: &[String]) -> Vec<Part> {
    let wanted: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    let mut taken = Vec::new();
    for top in [
        &mut document.sections,
        &mut document.backmatter,
        &mut document.appendices,
    ] {
        take_from(top, &wanted, &mut taken);
    }
    taken.sort_by_key(|part| ids.iter().position(|id| *id == part.id));
    taken
}

fn take_from(parts: &mut Vec<Part>, wanted: &BTreeSet<&str>, taken: &mut Vec<Part>) {
    for part in std::mem::take(parts) {
        if wanted.contains(&*part.id) {
            taken.push(part);
        } else {
            parts.push(part);
        }
    }
    for part in parts {
        let before = taken.len();
        take_from(&mut part.parts, wanted, taken);
        // Only those that stood directly below are named here; deeper ones are named by their own parent.
        let level = part.level + 1;
        let gone: Vec<_> = taken[before..]
            .iter()
            .filter(|child| child.level == level)
            .map(moved)
            .collect();
        if !gone.is_empty() {
            part.content.push(Content::Text { blocks: gone });
        }
    }
}

/// "3.2 Et trygt hus står forrest i pakken (side 5)."
fn moved(part: &Part) -> Block {
    Block::Paragraph {
        content: vec![Inline::Emph {
            content: vec![
                Inline::Ref {
                    id: part.id.clone(),
                    content: vec![Inline::text(name(part))],
                    page: true,
                },
                Inline::text(" står forrest i pakken."),
            ],
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(id: &str, kind: PartKind, level: u8, content: Vec<Content>, parts: Vec<Part>) -> Part {
        Part {
            id: id.to_owned(),
            kind,
            number: String::new(),
            level,
            heading: id.to_uppercase(),
            readers: None,
            language: None,
            obligatory: None,
            content,
            parts,
            closing: Vec::new(),
            given: Given::default(),
        }
    }

    fn section(id: &str, level: u8, content: Vec<Content>, parts: Vec<Part>) -> Part {
        with(id, PartKind::Section, level, content, parts)
    }

    fn group(lines: u32) -> Content {
        Content::Group {
            name: None,
            items: Vec::new(),
            lines,
            language: None,
        }
    }

    fn rules() -> Content {
        Content::Rules { items: Vec::new() }
    }

    fn ids(parts: &[Part]) -> Vec<&str> {
        parts.iter().map(|part| &*part.id).collect()
    }

    #[test]
    fn a_blank_form_has_room_under_every_question_and_keeps_what_the_author_set() {
        let form = blank(&section(
            "a",
            1,
            vec![group(0), group(4)],
            vec![section("b", 2, vec![group(1)], vec![])],
        ));
        let lines = |part: &Part| {
            let contents = part.content.iter();
            let lines = contents.map(|content| match content {
                Content::Group { lines, .. } => *lines,
                _ => 0,
            });
            lines.collect::<Vec<_>>()
        };
        assert_eq!((lines(&form), lines(&form.parts[0])), (vec![2, 4], vec![2]));
    }

    #[test]
    fn house_rules_come_with_inserted_ones_and_nothing_else() {
        let inserted = Content::Inserted {
            id: "x".to_owned(),
            label: String::new(),
            heading: String::new(),
            content: vec![group(0), rules()],
        };
        let part = section(
            "a",
            1,
            vec![group(0), inserted],
            vec![
                section("b", 2, vec![rules()], vec![]),
                section("c", 2, vec![group(1)], vec![]),
            ],
        );
        let found = house_rules(&part).expect("it has rules");
        assert_eq!(found.content.len(), 1);
        assert_eq!(ids(&found.parts), ["b"]);
        assert!(house_rules(&part.parts[1]).is_none());
    }

    #[test]
    fn what_comes_first_leaves_its_place_in_the_order_of_the_ids() {
        let mut parts = vec![
            section(
                "a",
                1,
                vec![],
                vec![
                    section("b", 2, vec![], vec![section("c", 3, vec![], vec![])]),
                    section("d", 2, vec![], vec![]),
                ],
            ),
            section("e", 1, vec![], vec![]),
        ];
        let wanted = BTreeSet::from(["e", "b", "c"]);
        let mut taken = Vec::new();
        take_from(&mut parts, &wanted, &mut taken);
        assert_eq!(ids(&taken), ["e", "b"]);
        assert_eq!(
            ids(&taken[1].parts),
            ["c"],
            "it comes with the one above it"
        );
        assert_eq!(ids(&parts), ["a"]);
        assert_eq!(ids(&parts[0].parts), ["d"]);
        assert_eq!(parts[0].content.len(), 1, "it says where its part has gone");
    }
}
