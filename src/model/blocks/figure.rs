//! `[[figur]]`: a figure from data, and the dates that a year wheel understands. How it is drawn is
//! `figure`'s business.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde_json::{Value, json};
use toml::de::DeValue;

use super::name::BlockId;
use crate::model::kind::{FormField, Kind, Told};
use crate::model::richtext::RichText;
use crate::model::shape::{Keys, Line, Shape};
use crate::model::table::table;
use crate::model::takes::{
    Seen, Table, Takes, When, choice, day, day_or_words, filled, line, needed, text,
};
use crate::model::texts::Visit;
use crate::text::{MONTHS, Span, Spanned};

/// How many items a figure can have: fewer are no figure, more cannot be told apart.
pub const FIGURE_ITEMS: RangeInclusive<usize> = 3..=12;
/// More letters cannot be read in the middle of a ring.
const MOST_IN_THE_MIDDLE: usize = 60;
/// More letters are a text and no name.
const MOST_IN_A_NAME: usize = 80;

table! {
    /// A figure.
    pub struct Figure in a language: "en figur", "En figur, som programmet tegner af ordene.";

    /// What references call it; the caption's words where nobody gave it a name.
    id: Option<Spanned<String>> = "id" as BlockId, "Det, henvisninger kalder den: [](figur:id). Ellers er det titlens ord.";
    /// What it looks like.
    kind: FigureKind = "type" as needed(choice(&KINDS).or_nothing()), "Hvordan figuren ser ud.";
    /// The caption.
    title: Line = "titel" as filled(line(Seen::Label)), "Det, der står over figuren.";
    /// What stands in the middle of a circle or of rings.
    middle: Option<Line> = "midte" as Middle, "Et par ord i midten af `cirkel` og `ringe`.";
    /// The items; `None` for a wheel of the skabelon's duties.
    items: Option<Vec<FigureItem>> = "punkter" as Items, "Punkterne i rækkefølge. Kun et hjul kan undvære dem.";

    => and: only_some_have_a_middle, only_a_wheel_has_no_items, a_wheel_goes_by_the_year;
}

table! {
    /// An item of a figure.
    pub struct FigureItem: "et punkt i en figur", "Ét punkt i en figur.";

    /// What it is called.
    name: Line = "navn" as ItemName, "Ordene på tegningen.";
    /// What there is to say about it.
    text: Option<RichText> = "tekst" as ItemText, "Det, der er mere at sige.";
    /// When it is.
    when: Option<When> = "hvornaar" as day_or_words(None), "Hvornår det er.";

    => in order: name, when, text;
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

const KINDS: [(&str, FigureKind); 5] = [
    ("cirkel", FigureKind::Circle),
    ("trappe", FigureKind::Stairs),
    ("hjul", FigureKind::Wheel),
    ("tidslinje", FigureKind::Timeline),
    ("ringe", FigureKind::Rings),
];

impl FigureKind {
    const fn has_middle(self) -> bool {
        matches!(self, Self::Circle | Self::Rings)
    }
}

/// What holds of figures of some kinds, for the schema.
fn where_kind(is: &dyn Fn(FigureKind) -> bool, then: &Value) -> Value {
    let words = KINDS.iter().filter(|(_, kind)| is(*kind));
    let words: Vec<&str> = words.map(|(word, _)| *word).collect();
    json!({
        "if": { "properties": { "type": { "enum": words } }, "required": ["type"] },
        "then": then,
    })
}

fn only_some_have_a_middle() -> Value {
    let empty = json!({ "properties": { "midte": { "pattern": r"^[ \t\n\r]*$" } } });
    where_kind(&|kind| !kind.has_middle(), &empty)
}

fn only_a_wheel_has_no_items() -> Value {
    let needed = json!({ "required": ["punkter"] });
    where_kind(&|kind| kind != FigureKind::Wheel, &needed)
}

/// Either every item has its place in the year or none has.
fn a_wheel_goes_by_the_year() -> Value {
    let first = |word: &str| word.split_at(1).1.to_owned();
    let names = MONTHS.iter().map(|name| {
        let letter = &name[..1];
        format!(
            "[{}{letter}]({}|{})\\.*",
            letter.to_uppercase(),
            first(name),
            first(&name[..3])
        )
    });
    let names: Vec<String> = names.collect();
    let of_days = |days: usize| {
        let long = (0..12).filter(|month| days_of(*month) >= days);
        long.map(|month| names[month].as_str())
            .collect::<Vec<_>>()
            .join("|")
    };
    let in_month = format!(
        "0?([1-9]|1[0-9]|2[0-8])\\.? +({all})|29\\.? +({all})|30\\.? +({})|31\\.? +({})",
        of_days(30),
        of_days(31),
        all = of_days(28),
    );
    let iso = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])\
               |[0-9]{4}-(0[13-9]|1[0-2])-(29|30)|[0-9]{4}-(0[13578]|1[02])-31";
    let in_year = format!(
        "^[ \\t\\n\\r]*({iso}|([Kk][1-4]|[1-4]\\. [Kk]vartal|{all}|{in_month})( [0-9]{{4}})?)?[ \\t\\n\\r]*$",
        all = of_days(28),
    );
    let placed = json!({
        "required": ["hvornaar"],
        "properties": {
            "hvornaar": { "anyOf": [{ "type": "string", "pattern": in_year }, day().schema()] },
        },
    });
    let none = json!({ "not": { "required": ["hvornaar"] } });
    let items = json!({ "anyOf": [{ "items": placed }, { "items": none }] });
    where_kind(
        &|kind| kind == FigureKind::Wheel,
        &json!({ "properties": { "punkter": items } }),
    )
}

/// The days of a month, from 0, in a leap year.
const fn days_of(month: usize) -> usize {
    match month {
        1 => 29,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

/// The kind that a figure says it is, without a word about one that is none.
fn kind_of(keys: &Keys<'_>) -> Option<FigureKind> {
    let word = keys.get("type")?.get_ref().as_str()?;
    let kind = KINDS.iter().find(|(name, _)| *name == word);
    kind.map(|(_, kind)| *kind)
}

/// The middle of a circle or of rings.
#[derive(Clone, Copy, Debug)]
struct Middle;

impl Told for Middle {
    fn noun(&self) -> String {
        format!("en linje, højst {MOST_IN_THE_MIDDLE} tegn")
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "maxLength": MOST_IN_THE_MIDDLE })
    }
}

impl Takes for Middle {
    type Value = Option<Line>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let kind = kind_of(keys);
        let middle = shape.line(keys, key);
        if let Some(line) = &middle {
            check_middle(shape, kind, line);
        }
        Some(middle.filter(|_| kind.is_some_and(FigureKind::has_middle)))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        line(Seen::Label).texts(value, visit);
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

/// The items of a figure.
#[derive(Clone, Copy, Debug)]
struct Items;

impl Told for Items {
    fn entry(&self) -> FormField {
        FormField::Tables
    }

    fn noun(&self) -> String {
        format!(
            "en liste af mellem {} og {} punkter",
            FIGURE_ITEMS.start(),
            FIGURE_ITEMS.end()
        )
    }

    fn schema(&self) -> Value {
        json!({
            "type": "array",
            "items": FigureItem::KIND.schema(),
            "minItems": FIGURE_ITEMS.start(),
            "maxItems": FIGURE_ITEMS.end(),
        })
    }

    fn table(&self) -> Option<&'static Kind> {
        Some(FigureItem::KIND)
    }
}

impl Takes for Items {
    type Value = Option<Vec<FigureItem>>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let kind = kind_of(keys);
        if let Some(value) = keys.get(key) {
            let tables = shape.tables(keys, key, FigureItem::KIND);
            if matches!(value.get_ref(), DeValue::Array(_)) && !FIGURE_ITEMS.contains(&tables.len())
            {
                let span = Span::from(value.span());
                wrong_number(
                    shape,
                    tables.len(),
                    if span.is_empty() { keys.span } else { span },
                );
            }
            return Some(Some(read_items(shape, &tables, kind)));
        }
        if kind.is_some_and(|kind| kind != FigureKind::Wheel) {
            shape.missing_key(keys, key);
            return None;
        }
        Some(None)
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        let items = value.iter().flatten();
        items.for_each(|item| item.texts(visit));
    }
}

fn wrong_number(shape: &mut Shape<'_>, count: usize, span: Span) {
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

fn read_items(
    shape: &mut Shape<'_>,
    tables: &[Keys<'_>],
    kind: Option<FigureKind>,
) -> Vec<FigureItem> {
    let on_dates =
        kind == Some(FigureKind::Wheel) && tables.iter().any(|keys| keys.has("hvornaar"));
    let mut items = Vec::with_capacity(tables.len());
    for keys in tables {
        let item = FigureItem::read(shape, keys);
        if on_dates {
            check_on_wheel(shape, keys);
        }
        items.extend(item);
    }
    items
}

/// The name of an item.
#[derive(Clone, Copy, Debug)]
struct ItemName;

impl Told for ItemName {
    fn noun(&self) -> String {
        format!("en linje, højst {MOST_IN_A_NAME} tegn")
    }

    fn schema(&self) -> Value {
        let mut schema = filled(line(Seen::Label)).schema();
        schema["maxLength"] = json!(MOST_IN_A_NAME);
        schema
    }

    fn is_needed(&self) -> bool {
        true
    }
}

impl Takes for ItemName {
    type Value = Line;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let name = shape.required_line(keys, key)?;
        check_length(shape, key, &name, MOST_IN_A_NAME);
        Some(name)
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        filled(line(Seen::Label)).texts(value, visit);
    }
}

/// The text of an item, which is none without a word in it.
#[derive(Clone, Copy, Debug)]
struct ItemText;

impl Told for ItemText {
    fn entry(&self) -> FormField {
        FormField::Text
    }

    fn noun(&self) -> String {
        text().noun()
    }

    fn schema(&self) -> Value {
        text().schema()
    }
}

impl Takes for ItemText {
    type Value = Option<RichText>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let text = shape.rich(keys, key);
        Some(text.filter(|text| !text.is_empty()))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        text().texts(value, visit);
    }
}

/// On a wheel either every item has its place in the year or none.
fn check_on_wheel(shape: &mut Shape<'_>, keys: &Keys<'_>) {
    let when = shape.aside(|shape| day_or_words(None).read(shape, keys, "hvornaar"));
    match when.flatten() {
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

impl When {
    /// The place in a common year, 1–365: of a day itself, of a month or a quarter its middle.
    pub fn day_of_year(&self) -> Option<u16> {
        match self {
            Self::Words(line) => read_day_of_year(&line.text),
            Self::Day(date) => Some(day_of_common_year(date.value)),
        }
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
