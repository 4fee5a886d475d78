//! Circles and what stands around them: places on a circle, arcs, and columns of words beside a ring.
//!
//! Angles are tenths of a degree, clockwise from the top.

use super::canvas::{Anchor, Area, Canvas, Look, Mark, Point};
use super::measure::{Style, Unit};

/// All the way round.
pub(super) const TURN: Unit = 3600;
/// An angle of one radian.
const RADIAN: Unit = 573;
/// The room between a label and the one below it.
const LABEL_GAP: Unit = 90;
/// The room between the end of a leader and its label.
const LEADER_GAP: Unit = 50;

/// A place on a circle. Rounded so that the last bit of a sine, in which machines differ, decides nothing.
pub(super) fn polar(centre: Point, radius: Unit, angle: Unit) -> Point {
    let radians = f64::from(angle).to_radians() / 10.0;
    Point {
        x: centre.x + whole(f64::from(radius) * radians.sin()),
        y: centre.y - whole(f64::from(radius) * radians.cos()),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a drawing is a few thousand units wide"
)]
fn whole(length: f64) -> Unit {
    ((length * 1024.0).round() / 1024.0).round() as Unit
}

/// The angle that a length spans on a circle.
pub(super) const fn span(length: Unit, radius: Unit) -> Unit {
    length * RADIAN / radius + 1
}

/// A piece of a circle's band from `inner` to `outer`.
pub(super) fn sector(
    centre: Point,
    (inner, outer): (Unit, Unit),
    (from, to): (Unit, Unit),
    look: Look,
) -> Mark {
    let [a, b] = [from, to].map(|angle| polar(centre, outer, angle));
    let [c, d] = [to, from].map(|angle| polar(centre, inner, angle));
    let large = i32::from(to - from > TURN / 2);
    Mark::Path {
        d: format!(
            "M{} {}A{outer} {outer} 0 {large} 1 {} {}L{} {}A{inner} {inner} 0 {large} 0 {} {}Z",
            a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y
        ),
        area: Area::around(centre, outer),
        look,
    }
}

/// A curved arrow along a circle.
pub(super) fn arrow(canvas: &mut Canvas, centre: Point, radius: Unit, from: Unit, to: Unit) {
    const LENGTH: Unit = 110;
    const HALF: Unit = 60;
    let base = (to - span(LENGTH, radius)).max(from);
    let (start, end) = (polar(centre, radius, from), polar(centre, radius, base));
    let large = i32::from(base - from > TURN / 2);
    canvas.draw(Mark::Path {
        d: format!(
            "M{} {}A{radius} {radius} 0 {large} 1 {} {}",
            start.x, start.y, end.x, end.y
        ),
        area: Area::around(centre, radius),
        look: Look::Stroke,
    });
    let tip = polar(centre, radius, to);
    let outer = polar(centre, radius + HALF, base);
    let inner = polar(centre, radius - HALF, base);
    canvas.draw(Mark::Path {
        d: format!(
            "M{} {}L{} {}L{} {}Z",
            tip.x, tip.y, outer.x, outer.y, inner.x, inner.y
        ),
        area: Area {
            left: tip.x.min(outer.x).min(inner.x),
            top: tip.y.min(outer.y).min(inner.y),
            right: tip.x.max(outer.x).max(inner.x),
            bottom: tip.y.max(outer.y).max(inner.y),
        },
        look: Look::Ink,
    });
}

/// Words in lines, one above the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    lines: Vec<(Style, String)>,
}

impl Label {
    /// Adds a text in as many lines as it needs.
    pub(super) fn push(&mut self, style: Style, text: &str, room: Unit) {
        let lines = style.wrap(text, room).into_iter();
        self.lines.extend(lines.map(|line| (style, line)));
    }

    /// The height of all lines.
    pub(super) fn height(&self) -> Unit {
        self.lines
            .iter()
            .map(|(style, _)| style.line_height())
            .sum()
    }

    /// Whether the lines, centred, stand within a circle.
    pub(super) fn fits_into(&self, radius: Unit) -> bool {
        let reach = i64::from(radius) * i64::from(radius);
        let half = self.height() / 2;
        let mut top = -half;
        self.lines.iter().all(|(style, text)| {
            let bottom = top + style.line_height();
            let y = i64::from(top.abs().max(bottom.abs()));
            let x = i64::from(style.width(text) / 2);
            top = bottom;
            x * x + y * y <= reach
        })
    }

    /// Draws the lines below `top`.
    pub(super) fn draw(self, canvas: &mut Canvas, x: Unit, top: Unit, anchor: Anchor) {
        let mut top = top;
        for (style, text) in self.lines {
            let y = top + style.baseline();
            top += style.line_height();
            canvas.draw(Mark::Text {
                at: Point { x, y },
                anchor,
                style,
                text,
            });
        }
    }
}

/// A label that belongs to a disc.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    /// The disc's centre.
    pub node: Point,
    /// The words.
    pub label: Label,
}

/// The labels on both sides of a round figure with discs of this radius; they keep `reach` from its centre.
pub(super) fn draw_sides(
    canvas: &mut Canvas,
    (left, right): (Vec<Labelled>, Vec<Labelled>),
    centre: Point,
    (reach, disc): (Unit, Unit),
    discs: &[Point],
) {
    for (entries, edge, anchor) in [
        (right, centre.x + reach, Anchor::Start),
        (left, centre.x - reach, Anchor::End),
    ] {
        let column = Column {
            edge,
            anchor,
            disc,
            middle: centre.y,
        };
        column.draw(canvas, entries, discs);
    }
}

/// A column of labels beside a figure whose discs have one size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// The edge that the labels keep to.
    pub edge: Unit,
    /// Which end of the lines stands at the edge.
    pub anchor: Anchor,
    /// The radius of the discs.
    pub disc: Unit,
    /// The height around which labels move apart.
    pub middle: Unit,
}

impl Column {
    /// Draws the labels, each at the height of its disc or as near as the others leave room, with a line
    /// from the disc. Where a line would touch another disc the labels stand further apart. `discs` are
    /// all those of the figure.
    pub(super) fn draw(self, canvas: &mut Canvas, mut entries: Vec<Labelled>, discs: &[Point]) {
        entries.sort_by_key(|entry| entry.node.y);
        let heights: Vec<Unit> = entries.iter().map(|entry| entry.label.height()).collect();
        let nodes: Vec<Point> = entries.iter().map(|entry| entry.node).collect();
        let tops = [10, 13, 16, 20, 26, 34]
            .map(|stretch| {
                let wanted = nodes.iter().zip(&heights).map(|(node, height)| {
                    (node.y - self.middle) * stretch / 10 + self.middle - height / 2
                });
                spread(&wanted.collect::<Vec<_>>(), &heights, LABEL_GAP)
            })
            .into_iter()
            .min_by_key(|tops| self.touched(&nodes, tops, &heights, discs))
            .unwrap_or_default();
        for ((entry, top), height) in entries.into_iter().zip(tops).zip(heights) {
            let (from, to) = self.leader(entry.node, top + height / 2);
            canvas.draw(Mark::Line {
                from,
                to,
                look: Look::Leader,
            });
            entry.label.draw(canvas, self.edge, top, self.anchor);
        }
    }

    /// The line from a disc to its label.
    fn leader(self, node: Point, y: Unit) -> (Point, Point) {
        let outward = if self.anchor == Anchor::Start { -1 } else { 1 };
        let x = self.edge + outward * LEADER_GAP;
        let (dx, dy) = (f64::from(x - node.x), f64::from(y - node.y));
        // A square root is exact on every machine.
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        let reach = f64::from(self.disc);
        let from = Point {
            x: node.x + whole(dx / length * reach),
            y: node.y + whole(dy / length * reach),
        };
        (from, Point { x, y })
    }

    /// How many discs the lines would touch that are not their own.
    fn touched(self, nodes: &[Point], tops: &[Unit], heights: &[Unit], discs: &[Point]) -> usize {
        let lines = nodes.iter().zip(tops).zip(heights);
        lines
            .map(|((node, top), height)| {
                let (from, to) = self.leader(*node, top + height / 2);
                let others = discs.iter().filter(|disc| *disc != node);
                others
                    .filter(|disc| distance(**disc, from, to) < i64::from(self.disc + 15))
                    .count()
            })
            .sum()
    }
}

/// How far a place is from a line between two others, rounded down.
pub(super) fn distance(place: Point, from: Point, to: Point) -> i64 {
    let vector = |a: Point, b: Point| (i64::from(b.x - a.x), i64::from(b.y - a.y));
    let (lx, ly) = vector(from, to);
    let (px, py) = vector(from, place);
    let square = (lx * lx + ly * ly).max(1);
    let along = (px * lx + py * ly).clamp(0, square);
    let (dx, dy) = (px - lx * along / square, py - ly * along / square);
    (dx * dx + dy * dy).isqrt()
}

/// Lengths in a row, each beginning as near to where it is wanted as the others let it, in the same order
/// and `gap` apart. Those that push each other stand around the middle of where they want to be.
pub(super) fn spread(wanted: &[Unit], lengths: &[Unit], gap: Unit) -> Vec<Unit> {
    struct Group {
        start: Unit,
        length: Unit,
        sum: Unit,
        count: Unit,
    }
    let mut groups: Vec<Group> = Vec::new();
    for (&start, &length) in wanted.iter().zip(lengths) {
        let mut group = Group {
            start,
            length: length + gap,
            sum: start,
            count: 1,
        };
        while let Some(before) = groups.pop_if(|before| before.start + before.length > group.start)
        {
            let sum = before.sum + group.sum - group.count * before.length;
            let count = before.count + group.count;
            group = Group {
                start: sum / count,
                length: before.length + group.length,
                sum,
                count,
            };
        }
        groups.push(group);
    }
    let mut starts = Vec::with_capacity(wanted.len());
    let mut lengths = lengths.iter();
    for group in groups {
        let mut at = group.start;
        for _ in 0..group.count {
            starts.push(at);
            at += lengths.next().expect("each length is in one group") + gap;
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_a_circle_are_clockwise_from_the_top() {
        let centre = Point { x: 1000, y: 500 };
        assert_eq!(polar(centre, 100, 0), Point { x: 1000, y: 400 });
        assert_eq!(polar(centre, 100, 900), Point { x: 1100, y: 500 });
        assert_eq!(polar(centre, 100, 300), Point { x: 1050, y: 413 });
        assert_eq!(polar(centre, 100, 2700), Point { x: 900, y: 500 });
    }

    #[test]
    fn what_has_room_stays_and_what_has_none_moves_both_ways() {
        assert_eq!(spread(&[0, 100], &[50, 50], 10), [0, 100]);
        assert_eq!(spread(&[100, 100], &[50, 50], 10), [70, 130]);
        assert_eq!(spread(&[100, 100, 190], &[50, 50, 50], 10), [70, 130, 190]);
        assert_eq!(spread(&[0, 0, 0], &[10, 10, 10], 0), [-10, 0, 10]);
    }

    #[test]
    fn the_distance_is_that_to_the_nearest_place_of_the_line() {
        let point = |x, y| Point { x, y };
        assert_eq!(distance(point(50, 30), point(0, 0), point(100, 0)), 30);
        assert_eq!(distance(point(130, 40), point(0, 0), point(100, 0)), 50);
    }
}
