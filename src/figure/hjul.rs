//! `hjul`: the year wheel. Months stand around it, January at the top, and the items outside at their dates;
//! items without dates have a field each instead.

use super::canvas::{Anchor, Area, Canvas, Look, MUTED, Mark, Point};
use super::cirkel::{around, even_angles, radius};
use super::measure::{Style, Unit};
use super::round::{Labelled, TURN, draw_sides, polar, sector, span, spread};
use super::{Size, numbered, widest};
use crate::document::{Figure, FigureItem};
use crate::text::MONTHS;

/// The days of a common year before each month, and all of them.
const DAYS_BEFORE: [Unit; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
/// The angle of a month.
const MONTH: Unit = TURN / 12;
/// The room between the months and the discs, and between the discs and the words.
const DISC_GAP: Unit = 70;
const GAP: Unit = 130;
/// The room at the edges of the drawing.
const EDGE: Unit = 30;
/// The radius of the months: as large as they get, and as small where words need much room on both sides.
const MOST_MONTHS: Unit = 1150;
const LEAST_MONTHS: Unit = 880;

pub(super) fn layout(figure: &Figure, size: Size) -> Canvas {
    let days: Option<Vec<Unit>> = figure
        .items
        .iter()
        .map(|item| item.day_of_year.map(Unit::from))
        .collect();
    match days {
        Some(days) => year(figure, size, &days),
        None => fields(figure, size),
    }
}

/// A wheel with a field for each item.
fn fields(figure: &Figure, size: Size) -> Canvas {
    let mut canvas = Canvas::new(size.width());
    let count = figure.items.len();
    let disc = size.disc(count);
    let centre = Point {
        x: canvas.width / 2,
        y: 0,
    };
    let outer = radius(figure, size);
    let ring = outer - disc - 60;
    let angles = even_angles(count);
    let half = TURN / Unit::try_from(count).unwrap_or(Unit::MAX) / 2;
    for (index, angle) in angles.iter().enumerate() {
        // An odd number has two neighbours of one shade; the line between them parts them.
        let from = angle - half;
        let to = angles
            .get(index + 1)
            .map_or(TURN - half, |next| next - half);
        let band = (ring - disc - 60, outer);
        canvas.draw(sector(centre, band, (from, to), Look::by_turns(index)));
    }
    around(&mut canvas, figure, size, centre, ring);
    canvas
}

/// A wheel with the months of the year.
fn year(figure: &Figure, size: Size, days: &[Unit]) -> Canvas {
    let mut canvas = Canvas::new(size.width());
    let wheel = Wheel::of(figure, size, days);
    let Wheel {
        centre,
        months,
        ring,
        disc,
        ..
    } = wheel;
    face(&mut canvas, centre, months);
    let nodes: Vec<Point> = wheel
        .angles
        .iter()
        .map(|&angle| polar(centre, ring, angle))
        .collect();
    for (&date, &place) in wheel.exact.iter().zip(&wheel.angles) {
        canvas.draw(tick(centre, (months, ring), (date, place)));
    }
    for (item, &node) in figure.items.iter().zip(&nodes) {
        canvas.draw(Mark::Disc {
            centre: node,
            radius: disc,
            number: item.number,
        });
    }
    if size == Size::Wide {
        wheel.columns(&mut canvas, &figure.items, &nodes);
    }
    canvas
}

/// Where a year stands in its drawing.
#[derive(Debug)]
struct Wheel {
    centre: Point,
    /// The radius of the months, of the ring of discs, and of a disc.
    months: Unit,
    ring: Unit,
    disc: Unit,
    /// The angles of the dates, and those of the discs.
    exact: Vec<Unit>,
    angles: Vec<Unit>,
}

impl Wheel {
    /// The wheel stands where the words on both sides of it leave it room: at the edge where all dates are of one half of
    /// the year, so that their words have the other half of the drawing.
    fn of(figure: &Figure, size: Size, days: &[Unit]) -> Self {
        let exact: Vec<Unit> = days.iter().map(|&day| angle_of(day)).collect();
        let disc = size.disc(figure.items.len());
        let around = 2 * disc + DISC_GAP;
        let half = size.width() / 2;
        let at = |x: Unit, months: Unit| {
            let ring = months + DISC_GAP + disc;
            Self {
                centre: Point { x, y: 0 },
                months,
                ring,
                disc,
                angles: apart(&exact, span(2 * disc + 20, ring) + 4),
                exact: exact.clone(),
            }
        };
        if size == Size::Narrow {
            return at(half, half - around - 20);
        }
        let most = half - LEAST_MONTHS - around - GAP - EDGE;
        let mut is_right: Vec<bool> = exact.iter().map(|&angle| is_right_of(angle)).collect();
        // A disc that has to move can get to the other side, where its words then need room.
        for _ in 0..3 {
            let words = |right: bool| {
                let side = figure.items.iter().zip(&is_right);
                let side = side.filter(|(_, is_right)| **is_right == right);
                let mut side = side.map(|(item, _)| item).peekable();
                if side.peek().is_some() {
                    widest(side, 1000, most)
                } else {
                    0
                }
            };
            // Beside the months: the discs, the words and the edge; the edge alone where there is no date.
            let beside = |words: Unit| {
                if words == 0 {
                    EDGE
                } else {
                    around + GAP + words + EDGE
                }
            };
            let (left, right) = (beside(words(false)), beside(words(true)));
            let months = ((size.width() - left - right) / 2).min(MOST_MONTHS);
            let left_over = size.width() - left - right - 2 * months;
            // What is left over goes to the sides that have words.
            let share = match (left, right) {
                (EDGE, _) => 0,
                (_, EDGE) => left_over,
                _ => left_over / 2,
            };
            let wheel = at(left + share + months, months);
            let placed: Vec<bool> = wheel
                .angles
                .iter()
                .map(|&angle| is_right_of(angle))
                .collect();
            if placed == is_right {
                return wheel;
            }
            is_right = placed;
        }
        let words = widest(&figure.items, 1000, most);
        at(half, (half - words - around - GAP - EDGE).min(MOST_MONTHS))
    }

    /// The words beside the wheel.
    fn columns(&self, canvas: &mut Canvas, items: &[FigureItem], nodes: &[Point]) {
        let reach = self.ring + self.disc + GAP;
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for ((item, &node), &angle) in items.iter().zip(nodes).zip(&self.angles) {
            let (side, room) = if is_right_of(angle) {
                (&mut right, canvas.width - self.centre.x - reach - EDGE)
            } else {
                (&mut left, self.centre.x - reach - EDGE)
            };
            let label = numbered(item, room);
            side.push(Labelled { node, label });
        }
        let sides = (left, right);
        draw_sides(canvas, sides, self.centre, (reach, self.disc), nodes);
    }
}

/// Whether an angle is of the right half.
const fn is_right_of(angle: Unit) -> bool {
    angle.rem_euclid(TURN) < TURN / 2
}

/// The line from a date on the rim to its disc, outside the months also where the disc had to move.
fn tick(centre: Point, (rim, ring): (Unit, Unit), (date, place): (Unit, Unit)) -> Mark {
    let lane = rim + DISC_GAP / 2;
    let [start, out, along, end] = [(rim, date), (lane, date), (lane, place), (ring, place)]
        .map(|(radius, angle)| polar(centre, radius, angle));
    let clockwise = i32::from(place > date);
    // An arc is widest at its ends, or where it is straight above, below or beside the centre.
    let mut points = vec![start, out, along, end];
    let (first, last) = (date.min(place), date.max(place));
    let quarters =
        (first.div_euclid(TURN / 4) + 1..=last.div_euclid(TURN / 4)).map(|at| at * TURN / 4);
    points.extend(quarters.map(|angle| polar(centre, lane, angle)));
    Mark::Path {
        d: format!(
            "M{} {}L{} {}A{lane} {lane} 0 0 {clockwise} {} {}L{} {}",
            start.x, start.y, out.x, out.y, along.x, along.y, end.x, end.y
        ),
        area: Area::of(&points),
        look: Look::Tick,
    }
}

/// The angle of a day of a common year. Every month takes up the same room.
fn angle_of(day: Unit) -> Unit {
    let month = DAYS_BEFORE
        .iter()
        .rposition(|&before| before < day)
        .unwrap_or(0)
        .min(11);
    let (before, after) = (DAYS_BEFORE[month], DAYS_BEFORE[month + 1]);
    let into = (2 * (day - before) - 1) * MONTH / (2 * (after - before));
    MONTH * Unit::try_from(month).unwrap_or(0) + into
}

/// The months and the quarters.
fn face(canvas: &mut Canvas, centre: Point, outer: Unit) {
    let inner = outer * 17 / 25;
    let month = Style {
        size: (outer / 7).clamp(120, 150),
        bold: false,
        fill: super::INK,
    };
    let quarter = Style {
        size: (outer / 5).clamp(160, 210),
        bold: true,
        fill: MUTED,
    };
    canvas.draw(Mark::Circle {
        centre,
        radius: outer,
        look: Look::White,
    });
    for (index, name) in MONTHS.iter().enumerate() {
        let from = MONTH * Unit::try_from(index).unwrap_or(0);
        let to = from + MONTH;
        canvas.draw(sector(
            centre,
            (inner, outer),
            (from, to),
            Look::by_turns(index),
        ));
        let place = polar(centre, (inner + outer) / 2, (from + to) / 2);
        text_at(canvas, place, month, &name[..3]);
    }
    for (index, from) in [0, 3, 6, 9]
        .map(|month| month * MONTH)
        .into_iter()
        .enumerate()
    {
        let to = from + 3 * MONTH;
        canvas.draw(Mark::Line {
            from: centre,
            to: polar(centre, outer, from),
            look: Look::Stroke,
        });
        let place = polar(centre, inner * 3 / 5, (from + to) / 2);
        text_at(canvas, place, quarter, &format!("K{}", index + 1));
    }
}

/// A short text around a place.
fn text_at(canvas: &mut Canvas, place: Point, style: Style, text: &str) {
    canvas.draw(Mark::Text {
        at: Point {
            x: place.x,
            y: place.y + style.size * 7 / 20,
        },
        anchor: Anchor::Middle,
        style,
        text: text.to_owned(),
    });
}

/// Angles as near to the wanted ones as lets each keep `least` from the next, in the same order.
fn apart(wanted: &[Unit], least: Unit) -> Vec<Unit> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&index| wanted[index]);
    // The circle is cut open between two items, at the widest gap that leaves them room on both sides.
    let gap = |cut: usize| {
        let next = wanted[order[cut % order.len()]] + if cut == order.len() { TURN } else { 0 };
        next - wanted[order[cut - 1]]
    };
    let mut cuts: Vec<usize> = (1..=order.len()).collect();
    cuts.sort_by_key(|&cut| std::cmp::Reverse(gap(cut)));
    let lengths = vec![least; order.len()];
    let opened = |cut: usize| {
        let first = cut % order.len();
        let turned: Vec<usize> = (0..order.len())
            .map(|at| (first + at) % order.len())
            .collect();
        let starts: Vec<Unit> = turned
            .iter()
            .map(|&at| wanted[order[at]] + if at < first { TURN } else { 0 })
            .collect();
        let placed = spread(&starts, &lengths, 0);
        let fits = placed[placed.len() - 1] - placed[0] <= TURN - least;
        (turned, placed, fits)
    };
    let chosen = cuts.iter().copied().find(|&cut| opened(cut).2);
    let (turned, placed, _) = opened(chosen.unwrap_or(cuts[0]));
    let mut angles = vec![0; wanted.len()];
    for (at, angle) in turned.into_iter().zip(placed) {
        angles[order[at]] = angle;
    }
    angles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_stands_in_its_month() {
        assert_eq!(angle_of(1), 4);
        assert_eq!(angle_of(60), 604); // 1 March
        assert_eq!(angle_of(365), 3595);
    }

    #[test]
    fn angles_move_only_where_they_are_too_near() {
        assert_eq!(apart(&[0, 900, 1800], 160), [0, 900, 1800]);
        assert_eq!(apart(&[900, 900, 1800], 160), [820, 980, 1800]);
        // Over the turn of the year.
        assert_eq!(apart(&[10, 3590, 1800], 160), [3680, 3520, 1800]);
    }
}
