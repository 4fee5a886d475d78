//! `tidslinje`: items one below the other along a line. Times stand to the left of the line where there is
//! room, on a phone below the names.

use super::canvas::{Anchor, Canvas, Look, Mark, Point};
use super::measure::Unit;
use super::round::Label;
use super::{NAME, Size, WHEN, label};
use crate::document::Figure;

/// The room between two items.
const BETWEEN: Unit = 150;
/// The room between a disc and the words beside it.
const GAP: Unit = 120;

pub(super) fn layout(figure: &Figure, size: Size) -> Canvas {
    let mut canvas = Canvas::new(size.width());
    let disc = if size == Size::Wide { 150 } else { 140 };
    let times = match size {
        Size::Narrow => 0,
        Size::Wide => {
            let times = figure.items.iter().filter_map(|item| item.when.as_deref());
            times
                .map(|when| WHEN.width(when))
                .max()
                .unwrap_or(0)
                .min(2000)
        }
    };
    let line = 30 + times + if times > 0 { GAP } else { 0 } + disc;
    let words = line + disc + GAP;
    let room = canvas.width - 30 - words;
    let mut top = 0;
    let mut nodes = Vec::new();
    for item in &figure.items {
        let (time, name) = if times > 0 {
            let (mut time, mut name) = (Label::default(), Label::default());
            time.push(WHEN, item.when.as_deref().unwrap_or_default(), times);
            name.push(NAME, &item.name, room);
            (time, name)
        } else {
            (Label::default(), label(item, room))
        };
        let height = time.height().max(name.height()).max(2 * disc);
        let y = top + height / 2;
        let above = |label: &Label| y - label.height() / 2;
        let (time_top, name_top) = (above(&time), above(&name));
        time.draw(&mut canvas, line - disc - GAP, time_top, Anchor::End);
        name.draw(&mut canvas, words, name_top, Anchor::Start);
        nodes.push(Point { x: line, y });
        top += height + BETWEEN;
    }
    if let (Some(&from), Some(last)) = (nodes.first(), nodes.last()) {
        canvas.draw(Mark::Line {
            from,
            to: Point { x: line, y: last.y },
            look: Look::Stroke,
        });
    }
    for (item, centre) in figure.items.iter().zip(nodes) {
        canvas.draw(Mark::Disc {
            centre,
            radius: disc,
            number: item.number,
        });
    }
    canvas
}
