//! `trappe`: a flight of steps, the first item at the bottom. Words stand on the steps, also on a phone.

use super::canvas::{Anchor, Area, Canvas, Look, Mark, Point};
use super::measure::Unit;
use super::{Size, label, widest};
use crate::document::Figure;

/// The room above and below the words of a step.
const PADDING: Unit = 110;
/// How far a step may begin to the right of the one below it.
const MOST_INDENT: Unit = 700;

pub(super) fn layout(figure: &Figure, size: Size) -> Canvas {
    let mut canvas = Canvas::new(size.width());
    let disc = if size == Size::Wide { 150 } else { 140 };
    let before_words = 2 * disc + 200;
    let (left, right) = (30, canvas.width - 30);
    let above_first = Unit::try_from(figure.items.len().saturating_sub(1))
        .unwrap_or(1)
        .max(1);
    let most = match size {
        Size::Wide => 2600,
        Size::Narrow => 1500,
    };
    let words = widest(&figure.items, 900, most);
    let room = right - left - before_words - 60 - words;
    let indent = (room / above_first).min(MOST_INDENT);
    let mut bottom = 0;
    for (item, index) in figure.items.iter().zip(0..) {
        let from = left + indent * index;
        let label = label(item, right - from - before_words - 60);
        let height = label.height().max(2 * disc) + 2 * PADDING;
        let top = bottom - height;
        let area = Area {
            left: from,
            top,
            right,
            bottom,
        };
        canvas.draw(Mark::Rectangle {
            area,
            look: Look::by_turns(usize::try_from(index).unwrap_or(0)),
        });
        // The tread is what makes it a step.
        canvas.draw(Mark::Line {
            from: Point { x: from, y: top },
            to: Point { x: right, y: top },
            look: Look::Stroke,
        });
        canvas.draw(Mark::Disc {
            centre: Point {
                x: from + 100 + disc,
                y: top + height / 2,
            },
            radius: disc,
            number: item.number,
        });
        let words_top = top + (height - label.height()) / 2;
        label.draw(&mut canvas, from + before_words, words_top, Anchor::Start);
        bottom = top;
    }
    canvas
}
