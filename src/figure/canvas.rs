//! What a drawing consists of, and how it is written as SVG.
//!
//! The layouts put marks onto a canvas; the canvas finds its own height. Greyscale only: shapes differ by
//! their lines, numbers and shades, never by colour.

use std::fmt::Write as _;

use super::measure::{Style, Unit};

/// Text and lines.
pub(super) const INK: &str = "#1a1a1a";
/// Text of less weight: 9.6 : 1 on white, 7.7 : 1 on the shade.
pub(super) const MUTED: &str = "#454545";
const WHITE: &str = "#ffffff";
const SHADE: &str = "#e6e6e6";
/// A text of so few letters is not told how wide it is: it cannot become much wider in another face.
const SHORT: usize = 3;
/// The empty border around everything.
const MARGIN: Unit = 20;

/// A place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub x: Unit,
    pub y: Unit,
}

/// A box, its right and lower edge included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub left: Unit,
    pub top: Unit,
    pub right: Unit,
    pub bottom: Unit,
}

impl Area {
    /// The box around places.
    pub(super) fn of(places: &[Point]) -> Self {
        let (x, y) = (
            places.iter().map(|place| place.x),
            places.iter().map(|place| place.y),
        );
        Self {
            left: x.clone().min().unwrap_or(0),
            top: y.clone().min().unwrap_or(0),
            right: x.max().unwrap_or(0),
            bottom: y.max().unwrap_or(0),
        }
    }

    /// The box around a circle.
    pub(super) const fn around(centre: Point, radius: Unit) -> Self {
        Self {
            left: centre.x - radius,
            top: centre.y - radius,
            right: centre.x + radius,
            bottom: centre.y + radius,
        }
    }
}

/// Where a text's place lies in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a shape looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// White with a line around it.
    White,
    /// Shaded with a line around it.
    Shaded,
    /// A thin line that leads from a number to its words.
    Leader,
    /// A line from the year to a disc.
    Tick,
    /// A strong line.
    Stroke,
    /// Solid.
    Ink,
}

impl Look {
    /// The shade or the white by turns, so that neighbours differ.
    pub(super) const fn by_turns(index: usize) -> Self {
        if index.is_multiple_of(2) {
            Self::White
        } else {
            Self::Shaded
        }
    }

    fn attributes(self) -> String {
        let (fill, stroke, width) = match self {
            Self::White => (WHITE, INK, 15),
            Self::Shaded => (SHADE, INK, 15),
            Self::Leader => ("none", MUTED, 10),
            Self::Tick => ("none", INK, 20),
            Self::Stroke => ("none", INK, 30),
            Self::Ink => return format!("fill=\"{INK}\""),
        };
        format!("fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{width}\"")
    }
}

/// A piece of a drawing.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line of text on its baseline.
    Text {
        at: Point,
        anchor: Anchor,
        style: Style,
        text: String,
    },
    /// A number in a solid disc.
    Disc {
        centre: Point,
        radius: Unit,
        number: usize,
    },
    /// A circle.
    Circle {
        centre: Point,
        radius: Unit,
        look: Look,
    },
    /// A rectangle.
    Rectangle { area: Area, look: Look },
    /// A straight line.
    Line { from: Point, to: Point, look: Look },
    /// A path whose box is known.
    Path { d: String, area: Area, look: Look },
}

impl Mark {
    /// The box that a mark fills.
    pub(super) fn area(&self) -> Area {
        match self {
            Self::Text {
                at,
                anchor,
                style,
                text,
            } => {
                let width = style.width(text);
                let left = match anchor {
                    Anchor::Start => at.x,
                    Anchor::Middle => at.x - width / 2,
                    Anchor::End => at.x - width,
                };
                let top = at.y - style.baseline();
                Area {
                    left,
                    top,
                    right: left + width,
                    bottom: top + style.line_height(),
                }
            }
            Self::Disc { centre, radius, .. } | Self::Circle { centre, radius, .. } => {
                Area::around(*centre, *radius)
            }
            Self::Rectangle { area, .. } | Self::Path { area, .. } => *area,
            Self::Line { from, to, .. } => Area {
                left: from.x.min(to.x),
                top: from.y.min(to.y),
                right: from.x.max(to.x),
                bottom: from.y.max(to.y),
            },
        }
    }

    fn write(&self, out: &mut String) {
        let written = match self {
            Self::Text {
                at,
                anchor,
                style,
                text,
            } => {
                write_text(out, *at, *anchor, *style, text);
                Ok(())
            }
            Self::Disc {
                centre,
                radius,
                number,
            } => {
                write_disc(out, *centre, *radius, *number);
                Ok(())
            }
            Self::Circle {
                centre: Point { x, y },
                radius,
                look,
            } => writeln!(
                out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {}/>",
                look.attributes()
            ),
            Self::Rectangle { area, look } => writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>",
                area.left,
                area.top,
                area.right - area.left,
                area.bottom - area.top,
                look.attributes()
            ),
            Self::Line { from, to, look } => writeln!(
                out,
                "<path d=\"M{} {}L{} {}\" {}/>",
                from.x,
                from.y,
                to.x,
                to.y,
                look.attributes()
            ),
            Self::Path { d, look, .. } => {
                writeln!(out, "<path d=\"{d}\" {}/>", look.attributes())
            }
        };
        written.expect("a string takes every text");
    }
}

fn write_text(out: &mut String, at: Point, anchor: Anchor, style: Style, text: &str) {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if style.bold {
        " font-weight=\"700\""
    } else {
        ""
    };
    // Letters that join would be pulled apart.
    let length = if text.chars().count() > SHORT && style.is_exact(text) {
        format!(
            " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"",
            style.exact_width(text)
        )
    } else {
        String::new()
    };
    write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor}{length} fill=\"{}\">",
        at.x, at.y, style.size, style.fill
    )
    .expect("a string takes every text");
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out.push_str("</text>\n");
}

fn write_disc(out: &mut String, centre: Point, radius: Unit, number: usize) {
    let style = Style {
        size: radius * 6 / 5,
        bold: true,
        fill: WHITE,
    };
    writeln!(
        out,
        "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" {}/>",
        centre.x,
        centre.y,
        Look::Ink.attributes()
    )
    .expect("a string takes every text");
    // Figures of Noto Sans are 0.714 em high.
    let at = Point {
        x: centre.x,
        y: centre.y + style.size * 357 / 1000,
    };
    write_text(out, at, Anchor::Middle, style, &number.to_string());
}

/// A drawing in the making. Its width is given, its height that of what is drawn.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    /// The width.
    pub width: Unit,
    /// What is drawn, the lowest first.
    pub marks: Vec<Mark>,
}

impl Canvas {
    /// An empty one.
    pub(super) const fn new(width: Unit) -> Self {
        Self {
            width,
            marks: Vec::new(),
        }
    }

    /// Draws a mark over those before.
    pub(super) fn draw(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// The upper and the lower edge.
    pub(super) fn edges(&self) -> (Unit, Unit) {
        let areas = || self.marks.iter().map(Mark::area);
        let top = areas().map(|area| area.top).min().unwrap_or(0);
        let bottom = areas().map(|area| area.bottom).max().unwrap_or(0);
        (top - MARGIN, bottom + MARGIN)
    }

    /// The drawing as SVG. It has no id, no script, no style sheet and no address, and says nothing to a
    /// screen reader: the list that stands beside it does.
    pub(super) fn svg(&self, class: &str) -> String {
        let (top, bottom) = self.edges();
        let (width, height) = (self.width, bottom - top);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" viewBox=\"0 {top} {width} \
             {height}\" font-family=\"Noto Sans\" aria-hidden=\"true\">\n"
        );
        for mark in &self.marks {
            mark.write(&mut out);
        }
        out.push_str("</svg>\n");
        out
    }
}
