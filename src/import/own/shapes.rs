//! The shapes of a document that rusprot wrote: what is in them, and what they are called by references.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::import::source::{Block, Own, Paragraph, Role, Run, visit_paragraphs};
use crate::model::slug;
use crate::text::visible::single_spaced;

/// What the names of places begin with.
pub const PLACE: &str = "rp_";

/// The same for appendices.
pub const APPENDIX: &str = "rpb_";

/// A name of a place that is shorter than this is whole.
pub const SHORTEST_CUT: usize = 28;

/// What a shape is called that stands for a block where a text places it; how it is referred to follows.
pub const PLACED: &str = "placed:";

/// What rusprot indents each level of a list by, in twentieths of a point.
pub const STEP: i32 = 425;

/// The id that a place in the text is called by.
pub fn id_of(marks: &[Run]) -> Option<String> {
    marks.iter().find_map(|run| match run {
        Run::Bookmark(name) => {
            let id = name
                .strip_prefix(PLACE)
                .or_else(|| name.strip_prefix(APPENDIX))?;
            Some(slug(&id.replace('_', " ")))
        }
        _ => None,
    })
}

/// The id of a block that texts can name, and whether it is one that comes of its words. `kind` is what references
/// to it begin with.
pub fn block_id(blocks: &[Block], kind: &str, words: &str) -> (String, bool) {
    let made = slug(words);
    let place = bookmarks(blocks).into_iter().next();
    let id = place.and_then(|place| id_of(&[Run::Bookmark(place)]));
    let id = id.and_then(|id| Some(id.strip_prefix(kind)?.strip_prefix('-')?.to_owned()));
    match id {
        Some(id)
            if id != made && !(id.len() >= SHORTEST_CUT - kind.len() && made.starts_with(&id)) =>
        {
            (id, false)
        }
        _ => (made, true),
    }
}

/// What a block is called by references: the word they begin with, its id, and whether that comes of its words.
pub fn name_of(own: &Own) -> Option<(&'static str, String, bool)> {
    let named = |kind: &'static str, words: &str| {
        let (id, is_made) = block_id(&own.blocks, kind, words);
        (kind, id, is_made)
    };
    let said = |class: &str| shape(&own.blocks, class).map(|own| words_of(&own.blocks));
    match own.class.as_str() {
        "card" => Some(named("kort", &heading_in(&own.blocks))),
        "sheet" => Some(named(
            "tabel",
            &without_number(&said("label").unwrap_or_default()).1,
        )),
        "item" => Some(named("kontakt", &said("label")?)),
        class if class.starts_with("figure:") => {
            Some(named("figur", &without_number(&said("caption")?).1))
        }
        _ => None,
    }
}

/// The blocks that references can lead to: the place of each, and how it is referred to.
pub fn named_blocks(blocks: &[Block], found: &mut dyn FnMut(String, String)) {
    for block in blocks {
        let Block::Own(own) = block else { continue };
        match name_of(own) {
            Some((kind, id, _)) => {
                for place in bookmarks(&own.blocks) {
                    found(place, format!("{kind}:{id}"));
                }
            }
            None => named_blocks(&own.blocks, found),
        }
    }
}

/// A caption's number, as rusprot prints it, and the words behind it.
pub fn without_number(caption: &str) -> (String, String) {
    for kind in ["Figur", "Tabel"] {
        let Some(rest) = caption.strip_prefix(kind) else {
            continue;
        };
        let rest = rest.trim_start();
        let words = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if words.len() < rest.len() {
            let words = words.trim_start_matches([':', '.', ' ']);
            let number = &caption[..caption.len() - words.len()];
            return (number.to_owned(), words.to_owned());
        }
    }
    (String::new(), caption.to_owned())
}

/// What a shape holds that is told apart by its style: each paragraph of that style with what follows it.
pub fn items(blocks: &[Block], class: &str) -> Vec<(Paragraph, Vec<Block>)> {
    let mut items: Vec<(Paragraph, Vec<Block>)> = Vec::new();
    for block in blocks {
        match (block, items.last_mut()) {
            (Block::Own(own), _) if own.class == class => {
                let mut first = first_paragraph(&own.blocks);
                first.mark = None;
                items.push((first, Vec::new()));
            }
            (block, Some((_, rest))) => rest.push(block.clone()),
            // What somebody wrote before the first of them.
            (Block::Paragraph(paragraph), None) if !paragraph.letters().trim().is_empty() => {
                items.push((paragraph.clone(), Vec::new()));
            }
            _ => {}
        }
    }
    items
}

/// The first paragraph of blocks.
pub fn first_paragraph(blocks: &[Block]) -> Paragraph {
    let mut first = None;
    visit_paragraphs(blocks, &mut |paragraph| {
        first.get_or_insert_with(|| paragraph.clone());
    });
    first.unwrap_or_default()
}

/// The letters of blocks, a paragraph after the other.
pub fn words_of(blocks: &[Block]) -> String {
    let mut texts = Vec::new();
    visit_paragraphs(blocks, &mut |paragraph| texts.push(paragraph.letters()));
    single_spaced(&texts.join(" "))
}

/// The language that most letters are in: `Some(None)` for Danish, `None` where there are no letters.
pub fn language_of<'r>(runs: impl Iterator<Item = &'r Run>) -> Option<Option<Rc<str>>> {
    let mut by_language: BTreeMap<Option<Rc<str>>, usize> = BTreeMap::new();
    for run in runs {
        if let Run::Text(run) = run {
            let letters = run.text.chars().filter(|c| c.is_alphabetic()).count();
            *by_language.entry(run.language.clone()).or_default() += letters;
        }
    }
    by_language.retain(|_, letters| *letters > 0);
    let most = by_language.into_iter().max_by_key(|(_, letters)| *letters);
    most.map(|(language, _)| language)
}

/// The runs of blocks, in the order of reading.
pub fn runs_of(blocks: &[Block]) -> Vec<&Run> {
    let mut runs = Vec::new();
    visit_paragraphs(blocks, &mut |paragraph| runs.extend(&paragraph.runs));
    runs
}

/// The shape of a class among blocks.
pub fn shape<'b>(blocks: &'b [Block], class: &str) -> Option<&'b Own> {
    blocks.iter().find_map(|block| match block {
        Block::Own(own) if own.class == class => Some(own),
        _ => None,
    })
}

/// How a block is referred to that stands where a text has placed it: before text, or before what would else be
/// printed first. `after` is what follows it; of a text that no block follows by itself, `None`.
pub fn placed(block: &Block, after: Option<&[Block]>) -> Option<String> {
    let Block::Own(own) = block else { return None };
    let rank = rank(&own.class)?;
    let comes_first = |block: &Block| match block {
        Block::Own(own) => rank_below(&own.class, rank),
        Block::Paragraph(paragraph) => !paragraph.letters().trim().is_empty(),
        Block::Table(_) | Block::Quote(_) => true,
    };
    if after.is_some_and(|after| !after.iter().any(comes_first)) {
        return None;
    }
    let inner = match own.class.as_str() {
        "contacts" => own.blocks.iter().find_map(|block| match block {
            Block::Own(own) => name_of(own),
            _ => None,
        }),
        _ => name_of(own),
    };
    inner.map(|(kind, id, _)| format!("{kind}:{id}"))
}

/// The order in which the blocks that texts can place are printed where no text does.
pub fn rank(class: &str) -> Option<usize> {
    let class = class.split(':').next().unwrap_or_default();
    ["figure", "sheet", "card", "contacts"]
        .iter()
        .position(|known| *known == class)
}

/// Whether something is printed before what has this rank.
pub fn rank_below(class: &str, than: usize) -> bool {
    // Between tables and cards, and between cards and contacts.
    let before_cards = ["terms", "role", "rules", "questions", "fields"];
    let before_contacts = ["card dilemma", "tasks"];
    rank(class).is_some_and(|own| own < than)
        || than >= 2 && before_cards.contains(&class)
        || than >= 3 && before_contacts.contains(&class)
        || class == "definitions"
}

/// A shape that says something of the item it stands in, and is no part of its text.
pub fn is_said(own: &Own) -> bool {
    own.class != "definitions"
}

/// Whether a shape holds what stands before a part's sub-sections.
pub fn is_opening(block: &Block) -> bool {
    matches!(block, Block::Own(own) if own.class == "opening")
}

/// The blocks in a shape.
pub fn within(block: &Block) -> &[Block] {
    match block {
        Block::Own(own) => &own.blocks,
        _ => &[],
    }
}

/// What is running text among blocks.
pub fn running(blocks: &[Block]) -> Vec<Block> {
    let is_running = |block: &&Block| !matches!(block, Block::Own(own) if is_said(own));
    blocks.iter().filter(is_running).cloned().collect()
}

/// Blocks without their labels.
pub fn without_labels(blocks: &[Block]) -> Vec<Block> {
    let is_label = |block: &&Block| matches!(block, Block::Own(own) if own.class == "label");
    blocks
        .iter()
        .filter(|block| !is_label(block))
        .cloned()
        .collect()
}

/// A paragraph without the mark of an item.
pub fn unmarked(paragraph: &Paragraph) -> Paragraph {
    Paragraph {
        mark: None,
        indent: 0,
        ..paragraph.clone()
    }
}

/// Text as it is where it stands in no item.
pub fn moved_out(blocks: &[Block]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    for block in &mut blocks {
        if let Block::Paragraph(paragraph) = block {
            paragraph.indent = (paragraph.indent - STEP).max(0);
            if let Some(mark) = &mut paragraph.mark {
                mark.level = mark.level.saturating_sub(1);
            }
        }
    }
    blocks
}

/// A paragraph as running text, whatever its style was.
pub fn plain(block: Block) -> Block {
    match block {
        Block::Paragraph(paragraph) => Block::Paragraph(Paragraph {
            role: Role::Body,
            ..paragraph
        }),
        block => block,
    }
}

/// The words of the heading among blocks; empty where there is none.
pub fn heading_in(blocks: &[Block]) -> String {
    let heading = blocks.iter().find_map(|block| match block {
        Block::Own(own) if own.class.starts_with("heading") => Some(words_of(&own.blocks)),
        _ => None,
    });
    heading.unwrap_or_default()
}

/// How many lines there are to write on.
pub fn writing_lines(blocks: &[Block]) -> usize {
    let is_line = |block: &&Block| matches!(block, Block::Own(own) if own.class == "writing");
    blocks.iter().filter(is_line).count()
}

/// The bold letters at the beginning of a line, and the rest without the sign between them.
pub fn strong_and_rest(paragraph: &Paragraph) -> (String, String) {
    let (mut strong, mut rest) = (String::new(), String::new());
    for run in &paragraph.runs {
        if let Run::Text(run) = run {
            if run.look.bold && rest.is_empty() {
                strong.push_str(&run.text);
            } else {
                rest.push_str(&run.text);
            }
        }
    }
    let rest = rest.trim_start().trim_start_matches('·');
    (single_spaced(&strong), single_spaced(rest))
}

/// The places in blocks.
pub fn bookmarks(blocks: &[Block]) -> Vec<String> {
    let mut names = Vec::new();
    visit_paragraphs(blocks, &mut |paragraph| {
        names.extend(paragraph.runs.iter().filter_map(|run| match run {
            Run::Bookmark(name) => Some(name.clone()),
            _ => None,
        }));
    });
    names
}

/// An address without its percent signs.
pub fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let letter = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, letter) {
            (b'%', Some(letter)) => {
                bytes.push(letter);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
