//! The headings of a document that rusprot wrote, as they are styled, and what lies below which.

use super::shapes::{APPENDIX, SHORTEST_CUT, id_of, language_of};
use crate::import::outline::{Outline, Part};
use crate::import::source::{
    Block, OwnFront, Paragraph, Role, Run, Source, letters, visit_paragraphs,
};
use crate::model::slug;
use crate::text::visible::single_spaced;

/// Sections lie within each other to this level.
const DEEPEST: usize = 4;

/// The id of a part below another of that id, and whether it is one that comes of its heading. The name of its place
/// is cut where the heading is long.
pub fn part_id(part: &Part, above: &str) -> Option<(String, bool)> {
    let id = id_of(&part.marks)?;
    let own = slug(&part.heading);
    // Where two headings are the same, the id of what they stand in is put before theirs.
    let made = [format!("{above}-{own}"), own];
    let whole = made
        .into_iter()
        .find(|whole| *whole == id || id.len() >= SHORTEST_CUT && whole.starts_with(&id));
    let is_made = whole.is_some();
    Some((whole.unwrap_or(id), is_made))
}

/// The ids of what a part answers by name.
pub fn answers<'f>(front: &'f OwnFront, marks: &[Run]) -> &'f [String] {
    let mut places = marks.iter().filter_map(|run| match run {
        Run::Bookmark(name) => front.answers.get(name),
        _ => None,
    });
    places.next_back().map_or(&[], Vec::as_slice)
}

/// The headings of a document, and what lies below which.
pub fn outline(source: &Source) -> Outline {
    let mut outline = Outline::default();
    let mut open: Vec<Part> = Vec::new();
    let mut before: Vec<Block> = Vec::new();
    for block in &source.blocks {
        match block {
            Block::Paragraph(Paragraph {
                role: Role::Heading(level),
                runs,
                ..
            }) if !letters(runs).trim().is_empty() => {
                let level = usize::from(*level).min(DEEPEST);
                close(&mut open, level - 1, &mut outline);
                open.push(heading(runs));
            }
            // What stands after the parts below belongs to the one that they lie in.
            Block::Own(own) if depth_of(&own.class).is_some_and(|depth| depth <= open.len()) => {
                let depth = depth_of(&own.class).unwrap_or(1);
                close(&mut open, depth, &mut outline);
                if let Some(part) = open.last_mut() {
                    part.blocks.extend(own.blocks.iter().cloned());
                }
            }
            block => match open.last_mut() {
                Some(part) => part.blocks.push(block.clone()),
                None => before.push(block.clone()),
            },
        }
    }
    close(&mut open, 0, &mut outline);
    let mut says = false;
    visit_paragraphs(&before, &mut |paragraph| {
        says |= !paragraph.letters().trim().is_empty();
    });
    if says {
        let part = Part {
            heading: "Indledning".to_owned(),
            is_made_up: true,
            blocks: before,
            ..Part::default()
        };
        outline.sections.insert(0, part);
    }
    outline
}

/// The depth of the part that something stands last in.
fn depth_of(class: &str) -> Option<usize> {
    class
        .strip_prefix("closing:")?
        .parse()
        .ok()
        .filter(|depth| *depth > 0)
}

fn heading(runs: &[Run]) -> Part {
    let marks = runs.iter().filter(|run| !matches!(run, Run::Text(_)));
    let is_appendix = |run: &Run| matches!(run, Run::Bookmark(name) if name.starts_with(APPENDIX));
    Part {
        heading: single_spaced(&letters(runs)),
        appendix: runs.iter().any(is_appendix).then(String::new),
        marks: marks.cloned().collect(),
        language: language_of(runs.iter()).flatten(),
        ..Part::default()
    }
}

/// Closes the open parts below a depth.
fn close(open: &mut Vec<Part>, depth: usize, outline: &mut Outline) {
    while open.len() > depth {
        let Some(part) = open.pop() else { return };
        match open.last_mut() {
            Some(above) => above.parts.push(part),
            None if part.appendix.is_some() => outline.appendices.push(part),
            None => outline.sections.push(part),
        }
    }
}
