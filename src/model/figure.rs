//! A figure from data: what is read, and the dates that a year wheel understands. How it is drawn is
//! `figure`'s business.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::de::DeValue;

use super::richtext::RichText;
use super::shape::{Keys, Kind, Line, Shape};
use crate::text::{MONTHS, Spanned};

/// How many items a figure can have: fewer are no figure, more cannot be told apart.
pub const FIGURE_ITEMS: RangeInclusive<usize> = 3..=12;
/// More letters cannot be read in the middle of a ring.
const MOST_IN_THE_MIDDLE: usize = 60;
/// More letters are a text and no name.
const MOST_IN_A_NAME: usize = 80;

/// A figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it looks like.
    pub kind: FigureKind,
    /// The caption.
    pub title: Line,
    /// What stands in the middle of a circle or of rings.
    pub middle: Option<Line>,
    /// The items; `None` for a wheel of the skabelon's duties.
    pub items: Option<Vec<FigureItem>>,
}

/// The kinds of figures (`type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// `cirkel`
    Circle,
    /// `trappe`
    Stairs,
    /// `hjul`
    Wheel,
    /// `tidslinje`
    Timeline,
    /// `ringe`
    Rings,
}

/// An item of a figure.
#[derive(Clone, Debug)]
pub struct FigureItem {
    /// What it is called.
    pub name: Line,
    /// What there is to say about it.
    pub text: Option<RichText>,
    /// When it is.
    pub when: Option<When>,
}

/// When an item is.
#[derive(Clone, Debug)]
pub enum When {
    /// As the author says it.
    Words(Line),
    /// A date.
    Day(Spanned<Date>),
}

impl When {
    /// The author's words, where it is no date.
    pub const fn words(&self) -> Option<&Line> {
        match self {
            Self::Words(line) => Some(line),
            Self::Day(_) => None,
        }
    }

    /// The place in a common year, 1–365: of a day itself, of a month or a quarter its middle.
    pub fn day_of_year(&self) -> Option<u16> {
        match self {
            Self::Words(line) => read_day_of_year(&line.text),
            Self::Day(date) => Some(day_of_common_year(date.value)),
        }
    }
}

const KINDS: [(&str, FigureKind); 5] = [
    ("cirkel", FigureKind::Circle),
    ("trappe", FigureKind::Stairs),
    ("hjul", FigureKind::Wheel),
    ("tidslinje", FigureKind::Timeline),
    ("ringe", FigureKind::Rings),
];

/// The keys of `[[figur]]`.
pub(super) static FIGURE: Kind = Kind {
    name: "en figur",
    keys: &["type", "titel", "midte", "punkter"],
};
static ITEM: Kind = Kind {
    name: "et punkt i en figur",
    keys: &["navn", "tekst", "hvornaar"],
};

/// Reads a `[[figur]]`. One that lacks its kind, its title or its items is a finding and left out.
pub(super) fn read_figure(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Figure> {
    if !keys.has("type") {
        shape.missing_key(keys, "type");
    }
    let kind = shape.choice(keys, "type", &KINDS);
    let title = shape.required_line(keys, "titel");
    let middle = shape.line(keys, "midte");
    if let Some(line) = &middle {
        check_middle(shape, kind, line);
    }
    let items = keys.has("punkter").then(|| read_items(shape, keys, kind));
    if items.is_none() && kind.is_some_and(|kind| kind != FigureKind::Wheel) {
        shape.missing_key(keys, "punkter");
        return None;
    }
    Some(Figure {
        kind: kind?,
        title: title?,
        middle: middle.filter(|_| kind.is_some_and(FigureKind::has_middle)),
        items,
    })
}

impl FigureKind {
    const fn has_middle(self) -> bool {
        matches!(self, Self::Circle | Self::Rings)
    }
}

fn check_middle(shape: &mut Shape<'_>, kind: Option<FigureKind>, line: &Line) {
    if kind.is_some_and(|kind| !kind.has_middle()) {
        shape.wrong_type(
            line.span,
            "Figuren har ingen midte at skrive i.".to_owned(),
            "Slet »midte«. Kun cirkel og ringe har en midte.".to_owned(),
        );
    }
    check_length(shape, "midte", line, MOST_IN_THE_MIDDLE);
}

fn check_length(shape: &mut Shape<'_>, key: &str, line: &Line, most: usize) {
    let letters = line.text.chars().count();
    if letters > most {
        shape.wrong_type(
            line.span,
            format!("»{key}« har {letters} tegn, og figuren har plads til {most}."),
            "Skriv et par ord her. Resten kan stå i punktets tekst eller i afsnittet.".to_owned(),
        );
    }
}

fn read_items(shape: &mut Shape<'_>, keys: &Keys<'_>, kind: Option<FigureKind>) -> Vec<FigureItem> {
    let tables = shape.tables(keys, "punkter", &ITEM);
    let value = keys.get("punkter");
    if let Some(value) = value.filter(|value| matches!(value.get_ref(), DeValue::Array(_)))
        && !FIGURE_ITEMS.contains(&tables.len())
    {
        let count = tables.len();
        let span = if value.span().is_empty() {
            keys.span
        } else {
            value.span().into()
        };
        shape.wrong_type(
            span,
            format!(
                "Figuren har {count} {}.",
                if count == 1 { "punkt" } else { "punkter" }
            ),
            format!(
                "En figur skal have mellem {} og {} punkter.{}",
                FIGURE_ITEMS.start(),
                FIGURE_ITEMS.end(),
                if count > *FIGURE_ITEMS.end() {
                    " Del den i to."
                } else {
                    ""
                }
            ),
        );
    }
    let on_dates =
        kind == Some(FigureKind::Wheel) && tables.iter().any(|keys| keys.has("hvornaar"));
    let items = tables.iter();
    items
        .filter_map(|keys| read_item(shape, keys, on_dates))
        .collect()
}

fn read_item(shape: &mut Shape<'_>, keys: &Keys<'_>, on_dates: bool) -> Option<FigureItem> {
    let name = shape.required_line(keys, "navn");
    if let Some(name) = &name {
        check_length(shape, "navn", name, MOST_IN_A_NAME);
    }
    let text = shape.rich(keys, "tekst").filter(|text| !text.is_empty());
    let when = read_when(shape, keys);
    if on_dates {
        check_on_wheel(shape, keys, when.as_ref());
    }
    Some(FigureItem {
        name: name?,
        text,
        when,
    })
}

fn read_when(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<When> {
    let value = keys.get("hvornaar")?;
    if matches!(value.get_ref(), DeValue::Datetime(_)) {
        return shape.date(keys, "hvornaar").map(When::Day);
    }
    shape.line(keys, "hvornaar").map(When::Words)
}

/// On a wheel either every item has its place in the year or none.
fn check_on_wheel(shape: &mut Shape<'_>, keys: &Keys<'_>, when: Option<&When>) {
    match when {
        None if !keys.has("hvornaar") => shape.missing_key(keys, "hvornaar"),
        Some(When::Words(line)) if read_day_of_year(&line.text).is_none() => shape.wrong_type(
            line.span,
            format!("»{}« er ikke et sted på et årshjul.", line.text),
            "Skriv en måned (\"marts\"), et kvartal (\"K1\") eller en dato (\"15. marts\")."
                .to_owned(),
        ),
        _ => {}
    }
}

/// The days of a common year before each month.
const DAYS_BEFORE: [u16; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/// The day of a common year, 1–365; 29 February counts as the 28th.
pub fn day_of_common_year(date: Date) -> u16 {
    let month = usize::from(date.month().unsigned_abs()) - 1;
    let day = u16::from(date.day().unsigned_abs());
    DAYS_BEFORE[month] + day.min(DAYS_BEFORE[month + 1] - DAYS_BEFORE[month])
}

/// Reads "marts", "15. marts 2027", "K1", "1. kvartal 2027" and "2027-03-15".
fn read_day_of_year(text: &str) -> Option<u16> {
    let text = text.to_lowercase();
    if let Ok(date) = text.parse::<Date>() {
        return Some(day_of_common_year(date));
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    if words.len() > 1 && words.last().is_some_and(is_year) {
        words.pop();
    }
    match words.as_slice() {
        [word] => month(word)
            .map(|month| middle(month, month + 1))
            .or_else(|| quarter(word.strip_prefix('k')?)),
        [number, "kvartal"] => quarter(number.strip_suffix('.')?),
        [day, word] => {
            let month = month(word)?;
            let day: u16 = day.strip_suffix('.').unwrap_or(day).parse().ok()?;
            let days = if month == 1 {
                29
            } else {
                DAYS_BEFORE[month + 1] - DAYS_BEFORE[month]
            };
            let last = DAYS_BEFORE[month + 1];
            (1..=days)
                .contains(&day)
                .then(|| (DAYS_BEFORE[month] + day).min(last))
        }
        _ => None,
    }
}

/// The number of a month from 0, by its name or its first three letters.
fn month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    MONTHS
        .iter()
        .position(|name| *name == word || name[..3] == *word)
}

fn quarter(number: &str) -> Option<u16> {
    let number: usize = number
        .parse()
        .ok()
        .filter(|number| (1..=4).contains(number))?;
    Some(middle(number * 3 - 3, number * 3))
}

/// The middle day of the months from one up to another.
const fn middle(from: usize, to: usize) -> u16 {
    DAYS_BEFORE[from].midpoint(DAYS_BEFORE[to]) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_quarters_and_dates_have_a_place_in_the_year() {
        for (text, day) in [
            ("januar", 16),
            ("Feb.", 46),
            ("marts 2027", 75),
            ("K1", 46),
            ("k4", 320),
            ("2. kvartal 2027", 136),
            ("1. januar", 1),
            ("15. marts 2027", 74),
            ("31. december", 365),
            ("29. februar", 59),
            ("2028-02-29", 59),
            ("2027-03-01", 60),
        ] {
            assert_eq!(read_day_of_year(text), Some(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_place_in_the_year_is_not_guessed() {
        for text in [
            "straks",
            "K5",
            "31. april",
            "0. maj",
            "forår",
            "2027",
            "uge 12",
            "5. kvartal",
            "",
        ] {
            assert_eq!(read_day_of_year(text), None, "{text}");
        }
    }
}
