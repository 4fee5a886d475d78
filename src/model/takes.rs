//! What a key of a table can take: a line, lines, a text, texts, one of a few words, a number, a date or words,
//! a table or tables. Each says how it is read, which of it is a text to readers, and what people are told.
//!
//! `filled` and `needed` make one that must be there. Where none of these fits (an id, a figure's items), a
//! table's own file has its own. What is wrong with a value is said by `shape`.

use std::fmt::Debug;
use std::marker::PhantomData;

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use toml::de::DeValue;

use super::kind::{FormField, Kind, Told};
use super::richtext::RichText;
use super::shape::{Keys, Line, Shape};
use super::texts::{Field, Text, Visit};
use crate::text::{Period, Spanned, YEARS};

/// What tables are called in the documentation.
pub const TABLES: &str = "tabeller, én for hver";
/// And what one is.
const TABLE: &str = "en tabel";

/// A line that is not empty, as a regular expression of JSON Schema.
const LINE_WITH_A_WORD: &str = "[^ \\t\\n\\r]";
/// A text with something in it that is no white space of Unicode, likewise.
const TEXT_WITH_A_WORD: &str =
    "[^\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

/// A declared table.
pub trait Table: Sized {
    /// What it is and which keys it has.
    const KIND: &'static Kind;

    /// Reads one; what is wrong with it is a finding. `None` where it lacks what it cannot do without.
    fn read(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Self>;

    /// Visits its texts in reading order.
    fn texts<'t>(&'t self, visit: Visit<'_, 't>);

    /// Whether every key holds texts and nothing else.
    const HOLDS_TEXTS: bool;

    /// What stands under each key, in the order in which they are declared.
    fn fields(&self) -> Vec<Field<'_>>;
}

/// How what a key takes is read, and what of it is a text.
pub trait Takes: Told {
    /// What it is read as.
    type Value;
    /// What a value is, besides the texts in it.
    const HOLDS: Holds = Holds::More;

    /// Reads the key's value; what is wrong with it is a finding. `None` where the table cannot do without.
    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value>;

    /// Visits the texts in a value.
    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>);
}

/// What a value is, besides the texts in it.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// One text, or none.
    One,
    /// Texts.
    Several,
    /// Nothing that is printed, but how the texts beside it are read.
    Manner,
    /// Something else: a word of a few, a number, a date, tables.
    More,
}

/// Whether what is taken is texts, or how they are read, and nothing else.
pub const fn holds_texts<T: Takes>(_: &T) -> bool {
    !matches!(T::HOLDS, Holds::More)
}

impl<'t> Field<'t> {
    /// The texts of a value that `takes` has read.
    pub(super) fn of<T: Takes>(
        name: &'static str,
        key: &'static str,
        takes: &T,
        value: &'t T::Value,
    ) -> Self {
        let mut texts = Vec::new();
        takes.texts(value, &mut |text| texts.push(text));
        Self {
            name,
            key,
            several: matches!(T::HOLDS, Holds::Several),
            texts,
        }
    }
}

/// What a line is to the reader.
#[derive(Clone, Copy, Debug)]
pub enum Seen {
    /// A section's heading.
    Heading,
    /// A word that what follows explains.
    Term,
    /// A few words in their own place.
    Label,
    /// A way to reach somebody.
    Reach,
    /// It is not printed, or is no text: an id, a path, a date.
    Not,
}

impl Seen {
    fn visit<'t>(self, line: &'t Line, visit: Visit<'_, 't>) {
        match self {
            Self::Heading => visit(Text::Heading(line)),
            Self::Term => visit(Text::Term(line)),
            Self::Label => visit(Text::Label(line)),
            Self::Reach => visit(Text::Reach(line)),
            Self::Not => {}
        }
    }
}

/// A line, or none.
#[derive(Clone, Copy, Debug)]
pub struct OneLine(Seen);

/// A line, or none; one of white space alone counts as none.
pub const fn line(seen: Seen) -> OneLine {
    OneLine(seen)
}

impl Told for OneLine {
    fn noun(&self) -> String {
        "en linje".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }

    fn filled_schema(&self) -> Value {
        json!({ "type": "string", "pattern": LINE_WITH_A_WORD })
    }
}

impl Takes for OneLine {
    type Value = Option<Line>;
    const HOLDS: Holds = Holds::One;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.line(keys, key))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        if let Some(line) = value {
            self.0.visit(line, visit);
        }
    }
}

/// Lines.
#[derive(Clone, Copy, Debug)]
pub struct Lines(Seen);

/// A list of lines; one line alone counts as a list of one.
pub const fn lines(seen: Seen) -> Lines {
    Lines(seen)
}

impl Told for Lines {
    fn entry(&self) -> FormField {
        FormField::Lines
    }

    fn noun(&self) -> String {
        "en linje eller en liste af linjer".to_owned()
    }

    fn schema(&self) -> Value {
        one_or_list(&json!({ "type": "string" }))
    }
}

impl Takes for Lines {
    type Value = Vec<Line>;
    const HOLDS: Holds = Holds::Several;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.lines(keys, key))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        value.iter().for_each(|line| self.0.visit(line, visit));
    }
}

/// A Markdown text, or none.
#[derive(Clone, Copy, Debug)]
pub struct OneText;

/// A Markdown text, or none.
pub const fn text() -> OneText {
    OneText
}

impl Told for OneText {
    fn entry(&self) -> FormField {
        FormField::Text
    }

    fn noun(&self) -> String {
        "en tekst".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }

    fn filled_schema(&self) -> Value {
        json!({ "type": "string", "pattern": TEXT_WITH_A_WORD })
    }
}

impl Takes for OneText {
    type Value = Option<RichText>;
    const HOLDS: Holds = Holds::One;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.rich(keys, key))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        if let Some(text) = value {
            visit(Text::Running(text));
        }
    }
}

/// Markdown texts.
#[derive(Clone, Copy, Debug)]
pub struct Texts;

/// A list of Markdown texts; one text alone counts as a list of one.
pub const fn texts() -> Texts {
    Texts
}

impl Told for Texts {
    fn entry(&self) -> FormField {
        FormField::Texts
    }

    fn noun(&self) -> String {
        "en tekst eller en liste af tekster".to_owned()
    }

    fn schema(&self) -> Value {
        one_or_list(&json!({ "type": "string" }))
    }

    fn filled_schema(&self) -> Value {
        let mut schema = one_or_list(&text().filled_schema());
        schema["anyOf"][1]["minItems"] = json!(1);
        schema
    }
}

impl Takes for Texts {
    type Value = Vec<RichText>;
    const HOLDS: Holds = Holds::Several;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.rich_list(keys, key))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        value.iter().for_each(|text| visit(Text::Running(text)));
    }
}

/// What must be there and have a word in it.
#[derive(Clone, Copy, Debug)]
pub struct Filled<T>(T);

/// A line, a text or texts that must be there with a word in it; a table without its line or its text is left
/// out.
pub const fn filled<T>(takes: T) -> Filled<T> {
    Filled(takes)
}

impl<T: Told> Told for Filled<T> {
    fn entry(&self) -> FormField {
        self.0.entry()
    }

    fn noun(&self) -> String {
        self.0.noun()
    }

    fn schema(&self) -> Value {
        self.0.filled_schema()
    }

    fn is_needed(&self) -> bool {
        true
    }
}

impl Takes for Filled<OneLine> {
    type Value = Line;
    const HOLDS: Holds = Holds::One;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        shape.required_line(keys, key)
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        self.0.0.visit(value, visit);
    }
}

impl Takes for Filled<OneText> {
    type Value = RichText;
    const HOLDS: Holds = Holds::One;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        shape.required_rich(keys, key)
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        visit(Text::Running(value));
    }
}

impl Takes for Filled<Texts> {
    type Value = Vec<RichText>;
    const HOLDS: Holds = Holds::Several;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.required_rich_list(keys, key))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        self.0.texts(value, visit);
    }
}

impl Takes for Filled<DayOrPeriod> {
    type Value = Spanned<Period>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        if !keys.has(key) {
            shape.missing_key(keys, key);
        }
        shape.period(keys, key)
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// The name of what a table is about.
#[derive(Clone, Copy, Debug)]
pub struct Title(Seen);

/// A line that must be there; whatever else the table has is read without one, and an empty line stands for it.
pub const fn title(seen: Seen) -> Title {
    Title(seen)
}

impl Told for Title {
    fn noun(&self) -> String {
        line(self.0).noun()
    }

    fn schema(&self) -> Value {
        filled(line(self.0)).schema()
    }

    fn is_needed(&self) -> bool {
        true
    }
}

impl Takes for Title {
    type Value = Line;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let title = shape.required_line(keys, key);
        Some(title.unwrap_or_else(|| Line {
            text: String::new(),
            span: keys.span,
        }))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        self.0.visit(value, visit);
    }
}

/// What must be there, whatever is in it.
#[derive(Clone, Copy, Debug)]
pub struct Needed<T>(T);

/// What must be there: its absence is a finding, and no more than that.
pub const fn needed<T>(takes: T) -> Needed<T> {
    Needed(takes)
}

impl<T: Told> Told for Needed<T> {
    fn entry(&self) -> FormField {
        self.0.entry()
    }

    fn noun(&self) -> String {
        self.0.noun()
    }

    fn schema(&self) -> Value {
        self.0.schema()
    }

    fn is_needed(&self) -> bool {
        true
    }

    fn table(&self) -> Option<&'static Kind> {
        self.0.table()
    }
}

impl<T: Takes> Takes for Needed<T> {
    type Value = T::Value;
    const HOLDS: Holds = T::HOLDS;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        if !keys.has(key) {
            shape.missing_key(keys, key);
        }
        self.0.read(shape, keys, key)
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        self.0.texts(value, visit);
    }
}

/// One of a few words.
#[derive(Clone, Copy, Debug)]
pub struct Choice<T: 'static> {
    words: &'static [(&'static str, T)],
}

/// One of a few words, or none.
pub const fn choice<T: Copy>(words: &'static [(&'static str, T)]) -> Choice<T> {
    Choice { words }
}

impl<T: Copy> Choice<T> {
    /// One of a few words, or this one where there is none.
    pub const fn or(self, absent: T) -> ChoiceOr<T> {
        ChoiceOr {
            choice: self,
            absent,
        }
    }

    /// One of a few words; a table without it is left out.
    pub const fn or_nothing(self) -> ChoiceOrNothing<T> {
        ChoiceOrNothing(self)
    }
}

impl<T: Copy + Debug + Sync> Told for Choice<T> {
    fn entry(&self) -> FormField {
        FormField::Choice {
            words: self.words.iter().map(|(word, _)| *word).collect(),
            several: false,
        }
    }

    fn noun(&self) -> String {
        let words = self.words.iter();
        let words: Vec<String> = words.map(|(word, _)| format!("`\"{word}\"`")).collect();
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} eller {last}", others.join(", ")),
            None => String::new(),
        }
    }

    fn schema(&self) -> Value {
        let words: Vec<&str> = self.words.iter().map(|(word, _)| *word).collect();
        json!({ "enum": words })
    }
}

impl<T: Copy + Debug + Sync> Takes for Choice<T> {
    type Value = Option<T>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.choice(keys, key, self.words))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// One of a few words, with what its absence means.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceOr<T: 'static> {
    choice: Choice<T>,
    absent: T,
}

impl<T: Copy + Debug + Sync> Told for ChoiceOr<T> {
    fn entry(&self) -> FormField {
        self.choice.entry()
    }

    fn noun(&self) -> String {
        self.choice.noun()
    }

    fn schema(&self) -> Value {
        self.choice.schema()
    }
}

impl<T: Copy + Debug + Sync> Takes for ChoiceOr<T> {
    type Value = T;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let chosen = shape.choice(keys, key, self.choice.words);
        Some(chosen.unwrap_or(self.absent))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// One of a few words that a table cannot do without.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceOrNothing<T: 'static>(Choice<T>);

impl<T: Copy + Debug + Sync> Told for ChoiceOrNothing<T> {
    fn entry(&self) -> FormField {
        self.0.entry()
    }

    fn noun(&self) -> String {
        self.0.noun()
    }

    fn schema(&self) -> Value {
        self.0.schema()
    }
}

impl<T: Copy + Debug + Sync> Takes for ChoiceOrNothing<T> {
    type Value = T;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        shape.choice(keys, key, self.0.words)
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// A whole number.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    least: u32,
    most: u32,
}

/// A whole number up to `most`; none, and every smaller one, counts as `least`.
pub const fn count(least: u32, most: u32) -> Count {
    Count { least, most }
}

impl Told for Count {
    fn entry(&self) -> FormField {
        FormField::Count(self.least, self.most)
    }

    fn noun(&self) -> String {
        format!("et helt tal, højst {}", self.most)
    }

    fn schema(&self) -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": self.most })
    }
}

impl Takes for Count {
    type Value = u32;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let number = shape.count(keys, key, self.most);
        Some(number.unwrap_or(self.least).max(self.least))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// Yes or no.
#[derive(Clone, Copy, Debug)]
pub struct YesNo {
    absent: bool,
}

/// Yes or no; `absent` is what counts where nothing is said.
pub const fn yes_no(absent: bool) -> YesNo {
    YesNo { absent }
}

impl Told for YesNo {
    fn noun(&self) -> String {
        "`true` eller `false`".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Takes for YesNo {
    type Value = bool;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.yes_no(keys, key).unwrap_or(self.absent))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// Yes, no, or not said.
#[derive(Clone, Copy, Debug)]
pub struct YesNoOrAbsent;

/// Yes or no, where it makes a difference that nothing is said.
pub const fn yes_no_or_absent() -> YesNoOrAbsent {
    YesNoOrAbsent
}

impl Told for YesNoOrAbsent {
    fn noun(&self) -> String {
        yes_no(true).noun()
    }

    fn schema(&self) -> Value {
        yes_no(true).schema()
    }
}

impl Takes for YesNoOrAbsent {
    type Value = Option<bool>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.yes_no(keys, key))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// A day.
#[derive(Clone, Copy, Debug)]
pub struct Day;

/// A date without a time, or none.
pub const fn day() -> Day {
    Day
}

impl Told for Day {
    fn entry(&self) -> FormField {
        FormField::Day
    }

    fn noun(&self) -> String {
        "en dato uden anførselstegn".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "format": "date" })
    }
}

impl Takes for Day {
    type Value = Option<Spanned<Date>>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.date(keys, key))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// A day, or a month, a quarter or a year.
#[derive(Clone, Copy, Debug)]
pub struct DayOrPeriod;

/// A date without a time, or a month, a quarter or a year where nobody knows the day; or none.
pub const fn day_or_period() -> DayOrPeriod {
    DayOrPeriod
}

impl Told for DayOrPeriod {
    fn entry(&self) -> FormField {
        FormField::DayOrWords
    }

    fn noun(&self) -> String {
        "en dato uden anførselstegn, `\"2026-05\"`, `\"2026-K1\"` eller et årstal".to_owned()
    }

    fn schema(&self) -> Value {
        let year = "(19[0-9]{2}|2[01][0-9]{2}|2200)";
        let form = format!("^[ \\t\\n\\r]*{year}(-(0[1-9]|1[0-2]|[Kk][1-4]))?[ \\t\\n\\r]*$");
        json!({ "anyOf": [
            day().schema(),
            { "type": "string", "pattern": form },
            { "type": "integer", "minimum": YEARS.start(), "maximum": YEARS.end() },
        ] })
    }
}

impl Takes for DayOrPeriod {
    type Value = Option<Spanned<Period>>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        Some(shape.period(keys, key))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// When something is.
#[derive(Clone, Debug)]
pub enum When {
    /// As the author says it: "hvert kvartal".
    Words(Line),
    /// A date.
    Day(Spanned<Date>),
}

/// A date or words.
#[derive(Clone, Copy, Debug)]
pub struct DayOrWords {
    form: Option<&'static str>,
}

/// A date or words, or none. `form` shows both to whoever wrote something else; without it, words are asked
/// for.
pub const fn day_or_words(form: Option<&'static str>) -> DayOrWords {
    DayOrWords { form }
}

impl Told for DayOrWords {
    fn entry(&self) -> FormField {
        FormField::DayOrWords
    }

    fn noun(&self) -> String {
        "en dato uden anførselstegn eller en linje".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "anyOf": [{ "type": "string" }, day().schema()] })
    }
}

impl Takes for DayOrWords {
    type Value = Option<When>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let Some(value) = keys.get(key) else {
            return Some(None);
        };
        Some(match (value.get_ref(), self.form) {
            (DeValue::Datetime(_), _) => shape.date(keys, key).map(When::Day),
            (DeValue::String(_), _) | (_, None) => shape.line(keys, key).map(When::Words),
            (_, Some(form)) => {
                shape.malformed(key, value, form);
                None
            }
        })
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        if let Some(When::Words(line)) = value {
            visit(Text::Label(line));
        }
    }
}

/// Tables.
#[derive(Debug)]
pub struct Tables<T>(PhantomData<fn() -> T>);

/// Every `[[key]]`; those that lack what they need are left out.
pub const fn tables<T: Table>() -> Tables<T> {
    Tables(PhantomData)
}

impl<T: Table + Debug> Told for Tables<T> {
    fn entry(&self) -> FormField {
        FormField::Tables
    }

    fn noun(&self) -> String {
        TABLES.to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "array", "items": T::KIND.schema() })
    }

    fn table(&self) -> Option<&'static Kind> {
        Some(T::KIND)
    }
}

impl<T: Table + Debug> Takes for Tables<T> {
    type Value = Vec<T>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let tables = shape.tables(keys, key, T::KIND);
        let read = tables.iter().filter_map(|keys| T::read(shape, keys));
        Some(read.collect())
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        value.iter().for_each(|table| table.texts(visit));
    }
}

/// A table.
#[derive(Debug)]
pub struct OneTable<T>(PhantomData<fn() -> T>);

/// A `[key]`, or none.
pub const fn one_table<T: Table>() -> OneTable<T> {
    OneTable(PhantomData)
}

impl<T: Table + Debug> Told for OneTable<T> {
    fn entry(&self) -> FormField {
        FormField::Table
    }

    fn noun(&self) -> String {
        TABLE.to_owned()
    }

    fn schema(&self) -> Value {
        T::KIND.schema()
    }

    fn table(&self) -> Option<&'static Kind> {
        Some(T::KIND)
    }
}

impl<T: Table + Debug> Takes for OneTable<T> {
    type Value = Option<T>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let keys = shape.table(keys, key, T::KIND);
        Some(keys.and_then(|keys| T::read(shape, &keys)))
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        if let Some(table) = value {
            table.texts(visit);
        }
    }
}

/// All keys of another kind, each in its own place.
#[derive(Debug)]
pub struct Spread<T>(PhantomData<fn() -> T>);

/// The keys of another kind, as if they were listed here. The key is left empty.
pub const fn spread<T: Table>() -> Spread<T> {
    Spread(PhantomData)
}

impl<T: Table + Debug> Told for Spread<T> {
    fn noun(&self) -> String {
        T::KIND.name.to_owned()
    }

    fn schema(&self) -> Value {
        T::KIND.schema()
    }

    fn spread(&self) -> Option<&'static Kind> {
        Some(T::KIND)
    }
}

impl<T: Table + Debug> Takes for Spread<T> {
    type Value = T;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, _: &str) -> Option<Self::Value> {
        T::read(shape, keys)
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        value.texts(visit);
    }
}

/// A table, or tables, that are read by hand.
#[derive(Clone, Copy, Debug)]
pub struct ByHand {
    kind: &'static Kind,
    several: bool,
}

/// A `[key]` that is read by hand.
pub const fn table_of(kind: &'static Kind) -> ByHand {
    let several = false;
    ByHand { kind, several }
}

/// Every `[[key]]`, read by hand.
pub const fn tables_of(kind: &'static Kind) -> ByHand {
    let several = true;
    ByHand { kind, several }
}

impl Told for ByHand {
    fn entry(&self) -> FormField {
        if self.several {
            FormField::Tables
        } else {
            FormField::Table
        }
    }

    fn noun(&self) -> String {
        let noun = if self.several { TABLES } else { TABLE };
        noun.to_owned()
    }

    fn schema(&self) -> Value {
        let schema = self.kind.schema();
        if self.several {
            json!({ "type": "array", "items": schema })
        } else {
            schema
        }
    }

    fn table(&self) -> Option<&'static Kind> {
        Some(self.kind)
    }
}

/// More tables of the kind they stand in.
#[derive(Clone, Copy, Debug)]
pub struct Again;

/// More tables of the kind they stand in, down to some level, which the whole schema says.
pub const fn again() -> Again {
    Again
}

impl Told for Again {
    fn entry(&self) -> FormField {
        FormField::Again
    }

    fn noun(&self) -> String {
        TABLES.to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "array" })
    }

    fn holds_its_own_kind(&self) -> bool {
        true
    }
}

/// A table whose keys are names that the author chooses.
#[derive(Clone, Copy, Debug)]
pub struct Names<T> {
    takes: T,
    /// What every name must be like, as a regular expression of JSON Schema.
    like: Option<&'static str>,
}

/// A table whose keys are names that the author chooses, each with this.
pub const fn names<T>(takes: T) -> Names<T> {
    let like = None;
    Names { takes, like }
}

/// The same, where every name must match a regular expression of JSON Schema.
pub const fn names_like<T>(like: &'static str, takes: T) -> Names<T> {
    let like = Some(like);
    Names { takes, like }
}

impl<T: Told> Told for Names<T> {
    fn entry(&self) -> FormField {
        FormField::Names
    }

    fn noun(&self) -> String {
        "en tabel med navne, I selv vælger".to_owned()
    }

    fn schema(&self) -> Value {
        let mut schema = json!({ "type": "object", "x-tombi-additional-key-label": "navn" });
        let taken = self.takes.schema();
        match self.like {
            None => schema["additionalProperties"] = taken,
            Some(pattern) => {
                schema["patternProperties"] = json!({ pattern: taken });
                schema["additionalProperties"] = json!(false);
            }
        }
        schema
    }

    fn has_names(&self) -> bool {
        true
    }

    fn table(&self) -> Option<&'static Kind> {
        self.takes.table()
    }
}

/// A table whose keys are names that the program knows.
#[derive(Clone, Copy, Debug)]
pub struct KnownNames<T> {
    /// What they are names of, as in "en tabel med navne på regler".
    of: &'static str,
    /// Each with what there is to say of it.
    names: fn() -> Vec<(&'static str, String)>,
    takes: T,
}

/// A table whose keys are names that the program knows, each with this.
pub const fn known_names<T>(
    of: &'static str,
    names: fn() -> Vec<(&'static str, String)>,
    takes: T,
) -> KnownNames<T> {
    KnownNames { of, names, takes }
}

impl<T: Told> Told for KnownNames<T> {
    fn noun(&self) -> String {
        format!("en tabel med navne på {}", self.of)
    }

    fn schema(&self) -> Value {
        let mut properties = Map::new();
        for (name, about) in (self.names)() {
            let mut schema = self.takes.schema();
            schema["description"] = json!(about);
            properties.insert(name.to_owned(), schema);
        }
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

/// Something that is printed nowhere.
#[derive(Clone, Copy, Debug)]
pub struct Remark;

/// A note to those who write; nothing but its type matters.
pub const fn remark() -> Remark {
    Remark
}

impl Told for Remark {
    fn entry(&self) -> FormField {
        FormField::Text
    }

    fn noun(&self) -> String {
        "en tekst".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }
}

impl Takes for Remark {
    type Value = Remark;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        shape.unprinted(keys, key);
        Some(Self)
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// One of something, or a list of them.
pub fn one_or_list(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}
