//! `cirkel`: a ring of stages, an arrow from each to the next and from the last to the first.

use super::canvas::{Anchor, Canvas, Mark, Point};
use super::measure::Unit;
use super::round::{Labelled, TURN, arrow, draw_sides, polar, span};
use super::{Size, middle, numbered, widest};
use crate::document::Figure;

/// The room between a disc and the words beside it, and between a disc and an arrow.
const GAP: Unit = 130;
const ARROW_GAP: Unit = 45;
/// With more items the lines to the columns would run through words above and below the ring.
const MOST_CENTRED: usize = 6;

pub(super) fn layout(figure: &Figure, size: Size) -> Canvas {
    let mut canvas = Canvas::new(size.width());
    let count = figure.items.len();
    let disc = size.disc(count);
    let centre = Point {
        x: canvas.width / 2,
        y: 0,
    };
    let ring = radius(figure, size);
    let angles = even_angles(count);
    let edge = span(disc + ARROW_GAP, ring);
    for (index, from) in angles.iter().enumerate() {
        let to = angles.get(index + 1).copied().unwrap_or(TURN);
        arrow(&mut canvas, centre, ring, from + edge, to - edge);
    }
    if let Some(text) = &figure.middle {
        middle(&mut canvas, text, centre, ring - disc - 80);
    }
    around(&mut canvas, figure, size, centre, ring);
    canvas
}

/// As many angles as there are items, from the top.
pub(super) fn even_angles(count: usize) -> Vec<Unit> {
    let count = Unit::try_from(count).unwrap_or(Unit::MAX);
    (0..count).map(|index| TURN * index / count).collect()
}

/// The ring's radius: what the words beside it leave, as long as the discs have room on it.
pub(super) fn radius(figure: &Figure, size: Size) -> Unit {
    let count = figure.items.len();
    let disc = size.disc(count);
    let half = size.width() / 2;
    if size == Size::Narrow {
        return half - disc - 30;
    }
    let least = Unit::try_from(count).unwrap_or(Unit::MAX / 100).max(10) * 78;
    let words = widest(&figure.items, 900, half - least - disc - GAP - 30);
    (half - words - disc - GAP - 30).min(1350)
}

/// Draws the discs evenly around a ring, and the words beside them: above the topmost and below the lowest,
/// else in columns to the left and the right.
pub(super) fn around(canvas: &mut Canvas, figure: &Figure, size: Size, centre: Point, ring: Unit) {
    let disc = size.disc(figure.items.len());
    let angles = even_angles(figure.items.len());
    let nodes: Vec<Point> = angles
        .iter()
        .map(|&angle| polar(centre, ring, angle))
        .collect();
    for (item, &node) in figure.items.iter().zip(&nodes) {
        canvas.draw(Mark::Disc {
            centre: node,
            radius: disc,
            number: item.number,
        });
    }
    if size == Size::Narrow {
        return;
    }
    let reach = ring + disc + GAP;
    let room = centre.x - reach - 30;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for ((item, &node), &angle) in figure.items.iter().zip(&nodes).zip(&angles) {
        if figure.items.len() <= MOST_CENTRED && (angle == 0 || angle == TURN / 2) {
            let label = numbered(item, 2 * (reach - GAP));
            let top = if angle == 0 {
                node.y - disc - 50 - label.height()
            } else {
                node.y + disc + 50
            };
            label.draw(canvas, centre.x, top, Anchor::Middle);
            continue;
        }
        let label = numbered(item, room);
        let side = if angle < TURN / 2 {
            &mut right
        } else {
            &mut left
        };
        side.push(Labelled { node, label });
    }
    draw_sides(canvas, (left, right), centre, (reach, disc), &nodes);
}
