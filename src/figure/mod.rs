//! Draws figures from data as SVG: a ring of stages, a flight of steps, the year wheel, a time line, circles
//! in each other.
//!
//! The web page and the PDF show the same drawing, and the web page a second one for phones, in which rings
//! carry numbers alone. Every text is measured and laid out here, so that nothing overlaps and nothing leaves
//! the drawing; what the figure says, and the list that says the same in words, is settled in `document`.

mod canvas;
mod cirkel;
mod hjul;
mod measure;
mod ringe;
mod round;
mod tidslinje;
mod trappe;

#[cfg(test)]
mod tests;

use self::canvas::{Anchor, Canvas, INK, MUTED, Point};
use self::measure::{Style, Unit};
use self::round::Label;
use crate::document::{Figure, FigureItem, FigureKind};

/// Which of the two drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// For paper and wide screens: 640 CSS pixels.
    Wide,
    /// For phones: 320 CSS pixels.
    Narrow,
}

impl Size {
    const fn width(self) -> Unit {
        match self {
            Self::Wide => 6400,
            Self::Narrow => 3200,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Wide => "figure-wide",
            Self::Narrow => "figure-narrow",
        }
    }

    /// The radius of the discs that carry the numbers of `count` items.
    const fn disc(self, count: usize) -> Unit {
        match self {
            Self::Wide if count > 8 => 140,
            Self::Wide => 165,
            Self::Narrow => 175,
        }
    }
}

/// An item's name.
const NAME: Style = Style {
    size: 150,
    bold: true,
    fill: INK,
};
/// When an item is.
const WHEN: Style = Style {
    size: 140,
    bold: false,
    fill: MUTED,
};

/// Draws a figure. A figure of the document has 3–12 items.
pub fn draw(figure: &Figure, size: Size) -> String {
    layout(figure, size).svg(size.class())
}

/// Whether the drawing for phones has the words too, and not the numbers alone.
pub const fn holds_words(kind: FigureKind) -> bool {
    matches!(kind, FigureKind::Stairs | FigureKind::Timeline)
}

fn layout(figure: &Figure, size: Size) -> Canvas {
    match figure.kind {
        FigureKind::Circle => cirkel::layout(figure, size),
        FigureKind::Stairs => trappe::layout(figure, size),
        FigureKind::Wheel => hjul::layout(figure, size),
        FigureKind::Timeline => tidslinje::layout(figure, size),
        FigureKind::Rings => ringe::layout(figure, size),
    }
}

/// An item's name, and when it is.
fn label(item: &FigureItem, room: Unit) -> Label {
    let mut label = Label::default();
    label.push(NAME, &item.name, room);
    if let Some(when) = &item.when {
        label.push(WHEN, when, room);
    }
    label
}

/// The same with its number before it, where the label stands away from its disc.
fn numbered(item: &FigureItem, room: Unit) -> Label {
    let name = format!("{}. {}", item.number, item.name);
    let mut label = Label::default();
    label.push(NAME, &name, room);
    if let Some(when) = &item.when {
        label.push(WHEN, when, room);
    }
    label
}

/// The room that the widest of the names and times asks for, within bounds: its own width, or where that is
/// too much a third of it, as long as its longest word stands on one line.
fn widest<'i>(items: impl IntoIterator<Item = &'i FigureItem>, least: Unit, most: Unit) -> Unit {
    let asks = |style: Style, text: &str| {
        let whole = style.width(text);
        if whole <= most {
            return whole;
        }
        let words = text.split(' ').map(|word| style.width(word));
        words.max().unwrap_or(0).max(whole / 3)
    };
    let widths = items.into_iter().map(|item| {
        let when = item.when.as_deref().map_or(0, |when| asks(WHEN, when));
        asks(NAME, &item.name).max(when)
    });
    widths.max().unwrap_or(0).clamp(least, most)
}

/// Writes a text into the middle of a circle, as large as it fits, its words whole if they can be. One that
/// does not fit at all is left to the list beside the drawing.
fn middle(canvas: &mut Canvas, text: &str, centre: Point, radius: Unit) {
    let sizes = [210, 190, 170, 150, 130, 115];
    let whole = sizes.iter().map(|&size| (size, true));
    let broken = sizes.iter().map(|&size| (size, false));
    for (size, keeps_words) in whole.chain(broken) {
        let style = Style {
            size,
            bold: true,
            fill: INK,
        };
        for room in [18, 16, 14].map(|share| radius * share / 10) {
            if keeps_words && text.split(' ').any(|word| style.width(word) > room) {
                continue;
            }
            let mut label = Label::default();
            label.push(style, text, room);
            if label.fits_into(radius) {
                let top = centre.y - label.height() / 2;
                label.draw(canvas, centre.x, top, Anchor::Middle);
                return;
            }
        }
    }
}
