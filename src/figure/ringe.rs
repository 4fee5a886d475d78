//! `ringe`: circles in each other, the first item innermost. They touch at the bottom, so that each has room
//! for its number at the top.

use super::canvas::{Anchor, Canvas, Look, Mark, Point};
use super::measure::Unit;
use super::round::{Column, Labelled};
use super::{Size, label, middle, widest};
use crate::document::Figure;

/// The room between the outermost circle and the words.
const GAP: Unit = 230;

pub(super) fn layout(figure: &Figure, size: Size) -> Canvas {
    let mut canvas = Canvas::new(size.width());
    let count = figure.items.len();
    let has_core = figure.middle.is_some();
    let rings = Unit::try_from(count).unwrap_or(Unit::MAX / 1000);
    // With words in the middle they have a circle of their own, else the first item is the core.
    let core = match (has_core, count > 8) {
        (true, true) => 900,
        (true, false) => 1100,
        (false, _) => 2 * size.disc(count) + 240,
    };
    let bands = if has_core { rings } else { rings - 1 };
    let most = match size {
        Size::Wide => 4500,
        Size::Narrow => canvas.width - 60,
    };
    let disc = size.disc(count).min(((most - core) / bands - 24) / 2);
    let least = 2 * disc + 24;
    let outer = diameter(figure, size, core, least * bands);
    let step = (outer - core) / bands;
    let centre_x = match size {
        Size::Wide => outer / 2 + 30,
        Size::Narrow => canvas.width / 2,
    };
    let mut nodes = Vec::new();
    for index in (0..bands + i32::from(!has_core)).rev() {
        let level = if has_core { index + 1 } else { index };
        let radius = (core + step * level) / 2;
        let centre = Point {
            x: centre_x,
            y: -radius,
        };
        canvas.draw(Mark::Circle {
            centre,
            radius,
            look: Look::by_turns(usize::try_from(index).unwrap_or(0)),
        });
        let top = -2 * radius;
        let y = if level == 0 { -radius } else { top + step / 2 };
        nodes.push(Point { x: centre_x, y });
    }
    nodes.reverse();
    if let Some(text) = &figure.middle {
        let centre = Point {
            x: centre_x,
            y: -core / 2,
        };
        canvas.draw(Mark::Circle {
            centre,
            radius: core / 2,
            look: Look::White,
        });
        middle(&mut canvas, text, centre, core / 2 - 40);
    }
    words(
        &mut canvas,
        figure,
        size,
        &nodes,
        (centre_x + outer / 2, disc),
    );
    canvas
}

/// The outermost circle's diameter: what the words beside it leave, and no less than the discs need.
fn diameter(figure: &Figure, size: Size, core: Unit, bands: Unit) -> Unit {
    let least = core + bands;
    let room = match size {
        Size::Narrow => size.width() - 60,
        Size::Wide => {
            let words = widest(&figure.items, 1400, 2600);
            (size.width() - words - GAP - 60).min(core + bands * 2)
        }
    };
    room.max(least)
}

/// The numbers and the words, with a line between them.
fn words(
    canvas: &mut Canvas,
    figure: &Figure,
    size: Size,
    nodes: &[Point],
    (right, disc): (Unit, Unit),
) {
    let edge = right + GAP;
    let room = canvas.width - edge - 30;
    let mut entries = Vec::new();
    for (item, &node) in figure.items.iter().zip(nodes) {
        let label = label(item, room);
        entries.push(Labelled { node, label });
    }
    if size == Size::Wide {
        let column = Column {
            edge,
            anchor: Anchor::Start,
            disc,
            middle: -(right - nodes[0].x),
        };
        column.draw(canvas, entries, nodes);
    }
    for (item, &node) in figure.items.iter().zip(nodes) {
        canvas.draw(Mark::Disc {
            centre: node,
            radius: disc,
            number: item.number,
        });
    }
}
