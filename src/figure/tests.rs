//! Every figure from 3 to 12 items, with short and with very long words: nothing overlaps, nothing leaves the
//! drawing, and the drawing says the words.

use super::canvas::{Area, Canvas, Look, Mark, Point};
use super::round::distance;
use super::{Size, draw, layout};
use crate::document::{Figure, FigureItem, FigureKind};

const KINDS: [FigureKind; 5] = [
    FigureKind::Circle,
    FigureKind::Stairs,
    FigureKind::Wheel,
    FigureKind::Timeline,
    FigureKind::Rings,
];
const SHORT: [&str; 3] = ["Ro", "Se", "Gå"];
const LONG: [&str; 4] = [
    "Rusmiddelproblematikker",
    "Specialistteamsmøder",
    "Arbejdsmiljørepræsentanternes samarbejdsudvalgsmøder",
    "Tilbudsleder",
];
/// As long as a name may be.
const LONGEST: [&str; 1] =
    ["Specialistteamsmøder om rusmiddelproblematikker holder vi i hverdagen med alle h"];
/// The longest that may stand in the middle.
const MIDDLE: &str = "Rusmiddelproblematikker og specialistteamsmøder i hverdagen.";

fn item(number: usize, name: &str, when: Option<&str>, day_of_year: Option<u16>) -> FigureItem {
    FigureItem {
        number,
        name: name.to_owned(),
        when: when.map(str::to_owned),
        day_of_year,
        text: Vec::new(),
    }
}

fn figure(kind: FigureKind, items: Vec<FigureItem>, middle: Option<&str>) -> Figure {
    Figure::new("rp-figur-1".to_owned(), kind, "Titel", middle, items)
}

/// Figures of every kind, number and sort of words.
fn figures(mut each: impl FnMut(Figure, &str)) {
    for kind in KINDS {
        for count in 3..=12 {
            for (words, when) in [
                (&SHORT[..], None),
                (&LONGEST[..], Some("juni")),
                (&LONG[..], Some("i begyndelsen af sommerferiemåneden")),
            ] {
                for day in [
                    |_| None,
                    |_| Some(80),
                    |at| Some(at * 30 + 1),
                    |at| Some(at % 2 * 182 + 1),
                ] {
                    let day: fn(u16) -> Option<u16> = day;
                    let items = (0..count).map(|at| {
                        let place = u16::try_from(at).expect("a small number");
                        item(at + 1, words[at % words.len()], when, day(place))
                    });
                    let middle = (kind != FigureKind::Wheel).then_some(MIDDLE);
                    let about = format!("{kind:?} {count} {} {:?}", words[0], day(1));
                    each(figure(kind, items.collect(), middle), &about);
                    if kind != FigureKind::Wheel {
                        break;
                    }
                }
            }
        }
    }
}

fn overlap(a: Area, b: Area) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// What may not be covered: texts and numbers.
fn solid(mark: &Mark) -> Option<Area> {
    matches!(mark, Mark::Text { .. } | Mark::Disc { .. }).then(|| mark.area())
}

fn touches(line: (Point, Point), mark: &Mark) -> bool {
    match mark {
        Mark::Disc { centre, radius, .. } => {
            distance(*centre, line.0, line.1) < i64::from(radius - 10)
        }
        Mark::Text { .. } => (0..=64).any(|step| {
            let between = |from: i32, to: i32| from + (to - from) * step / 64;
            let x = between(line.0.x, line.1.x);
            let y = between(line.0.y, line.1.y);
            let area = mark.area();
            (area.left..area.right).contains(&x) && (area.top..area.bottom).contains(&y)
        }),
        _ => false,
    }
}

fn assert_sound(canvas: &Canvas, about: &str) {
    let (top, bottom) = canvas.edges();
    for mark in &canvas.marks {
        let area = mark.area();
        assert!(
            area.left >= 0 && area.right <= canvas.width && area.top > top && area.bottom < bottom,
            "{about}: {mark:?} leaves the drawing"
        );
    }
    let solids: Vec<&Mark> = canvas
        .marks
        .iter()
        .filter(|mark| solid(mark).is_some())
        .collect();
    for (index, first) in solids.iter().enumerate() {
        for second in &solids[index + 1..] {
            let covered = match (first, second) {
                (Mark::Disc { centre, radius, .. }, Mark::Disc { centre: other, .. }) => {
                    distance(*centre, *other, *other) < i64::from(2 * radius)
                }
                _ => overlap(first.area(), second.area()),
            };
            assert!(!covered, "{about}: {first:?} and {second:?} overlap");
        }
    }
    for mark in &canvas.marks {
        if let Mark::Line {
            from,
            to,
            look: Look::Leader,
        } = mark
        {
            let hit = solids.iter().find(|solid| touches((*from, *to), solid));
            assert!(
                hit.is_none(),
                "{about}: a leader {mark:?} runs over {hit:?}"
            );
        }
    }
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_drawing() {
    let mut seen = 0;
    figures(|figure, about| {
        for size in [Size::Wide, Size::Narrow] {
            assert_sound(&layout(&figure, size), &format!("{about} {size:?}"));
            seen += 1;
        }
    });
    assert_eq!(seen, 2 * 10 * 3 * (4 + 4));
}

#[test]
fn a_wide_drawing_says_every_word_and_every_number() {
    figures(|figure, about| {
        let canvas = layout(&figure, Size::Wide);
        let mut words = String::new();
        let mut discs = 0;
        for mark in &canvas.marks {
            match mark {
                Mark::Text { text, .. } => words.push_str(text.trim_end_matches('-')),
                Mark::Disc { .. } => discs += 1,
                _ => {}
            }
        }
        assert_eq!(discs, figure.items.len(), "{about}");
        let packed: String = words.split_whitespace().collect();
        for item in &figure.items {
            let name: String = item.name.split_whitespace().collect();
            assert!(packed.contains(&name), "{about}: {name} in {packed}");
        }
    });
}

#[test]
fn every_label_of_a_round_figure_has_its_number() {
    for (kind, day) in [
        (FigureKind::Circle, None),
        (FigureKind::Wheel, None),
        (FigureKind::Wheel, Some(100)),
    ] {
        for count in 3..=12 {
            let items = (1..=count).map(|number| item(number, "Ro", None, day));
            let canvas = layout(&figure(kind, items.collect(), None), Size::Wide);
            for number in 1..=count {
                let words = format!("{number}. Ro");
                let has = |mark: &Mark| matches!(mark, Mark::Text { text, .. } if *text == words);
                assert!(canvas.marks.iter().any(has), "{kind:?} {count}: {words}");
            }
        }
    }
}

#[test]
fn dates_of_one_half_of_the_year_have_the_whole_drawing_for_their_words() {
    for days in [[20, 60, 100], [210, 260, 320]] {
        let items = days.iter().zip(1..);
        let items = items.map(|(&day, number)| item(number, LONGEST[0], None, Some(day)));
        let canvas = layout(
            &figure(FigureKind::Wheel, items.collect(), None),
            Size::Wide,
        );
        let words = canvas.marks.iter().filter_map(|mark| match mark {
            Mark::Text { text, .. } if text.len() > 3 => Some(mark.area()),
            _ => None,
        });
        let widest = words.map(|area| area.right - area.left).max();
        assert!(widest > Some(2500), "{widest:?}");
        let months = canvas.marks.iter().find_map(|mark| match mark {
            Mark::Circle { centre, radius, .. } => Some((centre.x - radius, centre.x + radius)),
            _ => None,
        });
        let (left, right) = months.expect("a year has its months");
        assert!(left == 30 || right == canvas.width - 30, "{left} {right}");
    }
}

#[test]
fn a_small_figure_is_these_letters() {
    let items = [("Se", Some("straks")), ("Tal & lyt", None), ("Gå", None)];
    let items = items.iter().zip(1..);
    let items = items.map(|((name, when), number)| item(number, name, *when, None));
    let svg = draw(
        &figure(FigureKind::Timeline, items.collect(), None),
        Size::Wide,
    );
    insta::assert_snapshot!(svg, @r##"
    <svg xmlns="http://www.w3.org/2000/svg" class="figure-wide" viewBox="0 -20 6400 1240" font-family="Noto Sans" aria-hidden="true">
    <text x="437" y="197" font-size="140" text-anchor="end" textLength="396" lengthAdjust="spacingAndGlyphs" fill="#454545">straks</text>
    <text x="977" y="201" font-size="150" font-weight="700" fill="#1a1a1a">Se</text>
    <text x="977" y="651" font-size="150" font-weight="700" textLength="610" lengthAdjust="spacingAndGlyphs" fill="#1a1a1a">Tal &amp; lyt</text>
    <text x="977" y="1101" font-size="150" font-weight="700" fill="#1a1a1a">Gå</text>
    <path d="M707 150L707 1050" fill="none" stroke="#1a1a1a" stroke-width="30"/>
    <circle cx="707" cy="150" r="150" fill="#1a1a1a"/>
    <text x="707" y="214" font-size="180" font-weight="700" text-anchor="middle" fill="#ffffff">1</text>
    <circle cx="707" cy="600" r="150" fill="#1a1a1a"/>
    <text x="707" y="664" font-size="180" font-weight="700" text-anchor="middle" fill="#ffffff">2</text>
    <circle cx="707" cy="1050" r="150" fill="#1a1a1a"/>
    <text x="707" y="1114" font-size="180" font-weight="700" text-anchor="middle" fill="#ffffff">3</text>
    </svg>
    "##);
}

#[test]
fn stages_stand_around_a_ring_clockwise_from_the_top() {
    let items = (1..=4).map(|number| item(number, "Ro", None, None));
    let canvas = layout(
        &figure(FigureKind::Circle, items.collect(), None),
        Size::Wide,
    );
    // The words are short, so the ring is as large as it gets: 1350 around (3200, 0).
    let discs: Vec<(i32, i32, usize)> = canvas.marks.iter().filter_map(disc).collect();
    assert_eq!(
        discs,
        [
            (3200, -1350, 1),
            (4550, 0, 2),
            (3200, 1350, 3),
            (1850, 0, 4)
        ]
    );
}

#[test]
fn steps_rise_to_the_right() {
    let items = (1..=3).map(|number| item(number, "Ro", None, None));
    let canvas = layout(
        &figure(FigureKind::Stairs, items.collect(), None),
        Size::Wide,
    );
    let steps: Vec<(i32, i32, i32)> = canvas
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rectangle { area, .. } => Some((area.left, area.top, area.bottom)),
            _ => None,
        })
        .collect();
    assert_eq!(
        steps,
        [(30, -520, 0), (730, -1040, -520), (1430, -1560, -1040)]
    );
}

#[test]
fn items_of_a_year_stand_at_their_dates() {
    let days = [1, 91, 182, 274]; // The first days of January, April, July and October.
    let items = days.iter().zip(1..);
    let items = items.map(|(&day, number)| item(number, "Ro", None, Some(day)));
    let canvas = layout(
        &figure(FigureKind::Wheel, items.collect(), None),
        Size::Wide,
    );
    let discs: Vec<(i32, i32, usize)> = canvas.marks.iter().filter_map(disc).collect();
    // Half a day past the beginning of the month, at a radius of 1385.
    assert_eq!(
        discs,
        [
            (3210, -1385, 1),
            (4585, 12, 2),
            (3190, 1385, 3),
            (1815, -10, 4)
        ]
    );
}

#[test]
fn rings_stand_in_each_other_and_touch_at_the_bottom() {
    let items = (1..=3).map(|number| item(number, "Ro", None, None));
    let canvas = layout(
        &figure(FigureKind::Rings, items.collect(), None),
        Size::Narrow,
    );
    let rings: Vec<(i32, i32)> = canvas
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Circle { centre, radius, .. } => Some((centre.y + radius, *radius)),
            _ => None,
        })
        .collect();
    assert_eq!(rings, [(0, 1570), (0, 932), (0, 295)]);
    let discs: Vec<(i32, i32, usize)> = canvas.marks.iter().filter_map(disc).collect();
    assert_eq!(discs[0], (1600, -295, 1));
}

fn disc(mark: &Mark) -> Option<(i32, i32, usize)> {
    match mark {
        Mark::Disc { centre, number, .. } => Some((centre.x, centre.y, *number)),
        _ => None,
    }
}

#[test]
fn a_drawing_has_no_id_no_address_and_nothing_that_runs() {
    figures(|figure, about| {
        for size in [Size::Wide, Size::Narrow] {
            let svg = draw(&figure, size);
            for word in [" id=", "href", "script", "style", "url(", "<use"] {
                assert!(!svg.contains(word), "{about}: {word}");
            }
        }
    });
}
