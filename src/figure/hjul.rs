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
    let centre = Point {
        x: canvas.width / 2,
        y: 0,
    };
    let disc = size.disc(figure.items.len());
    let around = 2 * disc + DISC_GAP;
    let months = match size {
        Size::Narrow => centre.x - around - 20,
        Size::Wide => {
            let most = centre.x - 880 - around - GAP - 30;
            let words = widest(&figure.items, 1000, most);
            (centre.x - words - around - GAP - 30).min(1150)
        }
    };
    face(&mut canvas, centre, months);
    let ring = months + DISC_GAP + disc;
    let exact: Vec<Unit> = days.iter().map(|&day| angle_of(day)).collect();
    let angles = apart(&exact, span(2 * disc + 20, ring) + 4);
    let nodes: Vec<Point> = angles
        .iter()
        .map(|&angle| polar(centre, ring, angle))
        .collect();
    for (&date, &place) in exact.iter().zip(&angles) {
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
        columns(
            &mut canvas,
            &figure.items,
            centre,
            (&nodes, &angles),
            (ring, disc),
        );
    }
    canvas
}

/// The words beside the wheel.
fn columns(
    canvas: &mut Canvas,
    items: &[FigureItem],
    centre: Point,
    (nodes, angles): (&[Point], &[Unit]),
    (ring, disc): (Unit, Unit),
) {
    let reach = ring + disc + GAP;
    let room = centre.x - reach - 30;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for ((item, &node), angle) in items.iter().zip(nodes).zip(angles) {
        let label = numbered(item, room);
        let is_right = angle.rem_euclid(TURN) < TURN / 2;
        let side = if is_right { &mut right } else { &mut left };
        side.push(Labelled { node, label });
    }
    draw_sides(canvas, (left, right), centre, (reach, disc), nodes);
}

/// The line from a date on the rim to its disc, outside the months also where the disc had to move.
fn tick(centre: Point, (rim, ring): (Unit, Unit), (date, place): (Unit, Unit)) -> Mark {
    let lane = rim + DISC_GAP / 2;
    let [start, out, along, end] = [(rim, date), (lane, date), (lane, place), (ring, place)]
        .map(|(radius, angle)| polar(centre, radius, angle));
    let clockwise = i32::from(place > date);
    Mark::Path {
        d: format!(
            "M{} {}L{} {}A{lane} {lane} 0 0 {clockwise} {} {}L{} {}",
            start.x, start.y, out.x, out.y, along.x, along.y, end.x, end.y
        ),
        area: Area::around(centre, ring),
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
