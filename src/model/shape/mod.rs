//! Walks TOML tables into values and findings at the same time.
//!
//! The messages of the shape rules stand in a file each: `unknown_key` (RP002), `wrong_type` (RP003),
//! `missing_key` (RP004).

mod homes;
mod missing_key;
mod unknown_key;
mod wrong_type;

pub use unknown_key::nearest;

use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::kind::Kind;
use super::markdown;
use super::richtext::RichText;
use super::slips::{SlipKind, Slips, is_invisible, is_spelling};
use super::variables::Variables;
use crate::diag::Finding;
use crate::load::SourceText;
use crate::text::{Period, Place, SourceFile, Span, Spanned, TypedDate, YEARS, typed_date};

/// A value of TOML with its place.
pub type Value<'t> = TomlSpanned<DeValue<'t>>;

/// A table being read.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'t> {
    table: &'t DeTable<'t>,
    /// The table's header, or the file's first line.
    pub span: Span,
    kind: &'static Kind,
}

impl<'t> Keys<'t> {
    /// A key's value, if it is there.
    pub fn get(&self, key: &str) -> Option<&'t Value<'t>> {
        self.table.get(key)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether a key is a text with something in it.
    pub fn has_words(&self, key: &str) -> bool {
        let text = self.get(key).and_then(|value| value.get_ref().as_str());
        text.is_some_and(|text| !is_blank(text))
    }

    /// Whether a table of its kind may have the key at all.
    pub fn knows(&self, key: &str) -> bool {
        self.kind.has(key)
    }

    /// Every key with its value, in the order they stand in the file.
    pub fn entries(&self) -> Vec<(Spanned<&'t str>, &'t Value<'t>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                (
                    Spanned::new(key.get_ref().as_ref(), Span::from(key.span())),
                    value,
                )
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span);
        entries
    }
}

/// A line of text: a heading, a name. Not Markdown, but variables are replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The text, in NFC, on one line.
    pub text: String,
    /// The whole string in the file, quotes included.
    pub span: Span,
}

/// Reads one file's tables. What it finds collects in it.
#[derive(Debug)]
pub struct Shape<'a> {
    /// The file being read.
    pub file: &'a Arc<SourceFile>,
    /// How deep the section is that is being read: 1 for a file's own, 2 for one in it.
    pub level: u8,
    /// Keys that unknown ones seem to mean, by the table they stand in.
    meant: Vec<(Span, &'static str)>,
    /// Shape findings so far.
    pub findings: Vec<Finding>,
    /// Slips in texts so far, and the variables that texts may use.
    pub slips: Slips<'a>,
}

impl<'a> Shape<'a> {
    /// A reader for one file.
    pub fn new(file: &'a Arc<SourceFile>, variables: &'a Variables) -> Self {
        Self {
            file,
            level: 1,
            meant: Vec::new(),
            findings: Vec::new(),
            slips: Slips::new(file, variables),
        }
    }

    /// Reads something that is read elsewhere too, without a finding or a slip.
    pub fn aside<R>(&mut self, read: impl FnOnce(&mut Self) -> R) -> R {
        let (findings, slips) = (self.findings.len(), self.slips.noted.len());
        let value = read(self);
        self.findings.truncate(findings);
        self.slips.noted.truncate(slips);
        value
    }

    /// A place in the file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// The file's own table.
    pub fn root<'t>(
        &mut self,
        table: &'t TomlSpanned<DeTable<'t>>,
        kind: &'static Kind,
    ) -> Keys<'t> {
        let first_line = self.file.text().lines().next().unwrap_or_default();
        self.keys(table.get_ref(), Span::from(0..first_line.len()), kind)
    }

    fn keys<'t>(&mut self, table: &'t DeTable<'t>, span: Span, kind: &'static Kind) -> Keys<'t> {
        let keys = Keys { table, span, kind };
        for (key, _) in table {
            if !kind.has(key.get_ref()) {
                let place = self.place(Span::from(key.span()));
                let known: Vec<&str> = kind.keys().iter().map(|row| row.key).collect();
                let has = |other: &str| table.contains_key(other);
                let meant = unknown_key::meant(key.get_ref(), &known);
                self.meant.extend(meant.map(|meant| (span, meant)));
                let finding = unknown_key::finding(place, key.get_ref(), kind.name, &known, &has);
                self.findings.push(finding);
            }
        }
        keys
    }

    /// Reports that a value is not of the kind it should be.
    pub fn wrong_type(&mut self, span: Span, message: String, help: String) {
        let place = self.place(span);
        self.findings
            .push(wrong_type::finding(place, message, help));
    }

    /// Reports that a required key is absent.
    pub fn missing_key(&mut self, keys: &Keys<'_>, key: &str) {
        let own = key.split('.').next().unwrap_or(key);
        if self.meant.contains(&(keys.span, own)) {
            // It is there under another name, which is told already.
            return;
        }
        let place = self.place(keys.span);
        self.findings
            .push(missing_key::finding(place, key, keys.kind.name));
    }

    fn mismatch(&mut self, key: &str, value: &Value<'_>, expected: &wrong_type::Expected) {
        let place = self.place(Span::from(value.span()));
        self.findings
            .push(wrong_type::mismatch(place, key, value.get_ref(), expected));
    }

    /// A string as text with its way back to the file; invisible characters in it are slips.
    fn source_text(&mut self, value: &str, span: Span) -> SourceText<'a> {
        let text = SourceText::new(self.file, span, value);
        if text.may_have_invisible() {
            let hidden = text.text.char_indices();
            let hidden =
                hidden.filter(|&(at, c)| is_invisible(c) && !is_spelling(&text.text, at, c));
            for (at, c) in hidden {
                let span = text.span(at..at + c.len_utf8());
                self.slips.note(SlipKind::Invisible(c), span);
            }
        }
        text
    }

    fn text(&mut self, keys: &Keys<'_>, key: &str) -> Option<SourceText<'a>> {
        let value = keys.get(key)?;
        let Some(string) = value.get_ref().as_str() else {
            self.mismatch(key, value, &wrong_type::Expected::Text);
            return None;
        };
        Some(self.source_text(string, Span::from(value.span())))
    }

    /// An optional line of text; one of white space alone counts as absent.
    pub fn line(&mut self, keys: &Keys<'_>, key: &str) -> Option<Line> {
        let text = self.text(keys, key)?;
        Some(self.resolve(&text)).filter(|line| !line.text.is_empty())
    }

    /// A required line of text.
    pub fn required_line(&mut self, keys: &Keys<'_>, key: &str) -> Option<Line> {
        let text = if keys.has(key) {
            self.text(keys, key)?
        } else {
            self.missing_key(keys, key);
            return None;
        };
        let line = self.resolve(&text);
        if line.text.is_empty() {
            self.empty(key, line.span);
            return None;
        }
        Some(line)
    }

    /// Replaces variables and folds white space.
    fn resolve(&mut self, text: &SourceText<'_>) -> Line {
        let mut resolved = String::with_capacity(text.text.len());
        let mut from = 0;
        if text.may_have_variables() {
            while let Some(found) = Variables::find(&text.text, from) {
                resolved.push_str(&text.text[from..found.start]);
                match self
                    .slips
                    .variable(found.name, || text.span(found.start..found.end))
                {
                    Some(value) => resolved.push_str(value),
                    None => resolved.push_str(&text.text[found.start..found.end]),
                }
                from = found.end;
            }
        }
        resolved.push_str(&text.text[from..]);
        Line {
            text: with_breaks_as_spaces(&resolved),
            span: text.span,
        }
    }

    /// A string that is never printed: nothing but its type matters.
    pub fn unprinted(&mut self, keys: &Keys<'_>, key: &str) {
        if let Some(value) = keys.get(key)
            && value.get_ref().as_str().is_none()
        {
            self.mismatch(key, value, &wrong_type::Expected::Text);
        }
    }

    /// An optional Markdown text.
    pub fn rich(&mut self, keys: &Keys<'_>, key: &str) -> Option<RichText> {
        let text = self.text(keys, key)?;
        Some(markdown::parse(&text, &mut self.slips))
    }

    /// A required Markdown text with something in it.
    pub fn required_rich(&mut self, keys: &Keys<'_>, key: &str) -> Option<RichText> {
        match keys.get(key) {
            None => self.missing_key(keys, key),
            Some(value) if value.get_ref().as_str().is_some_and(is_blank) => {
                self.empty(key, Span::from(value.span()));
            }
            Some(_) => {}
        }
        self.rich(keys, key)
    }

    /// Says that a required text is there without a word in it.
    fn empty(&mut self, key: &str, span: Span) {
        self.wrong_type(
            span,
            format!("»{key}« er tom."),
            "Skriv en tekst mellem anførselstegnene.".to_owned(),
        );
    }

    /// A list of Markdown texts; one text alone counts as a list of one.
    pub fn rich_list(&mut self, keys: &Keys<'_>, key: &str) -> Vec<RichText> {
        let mut texts = Vec::new();
        for (string, span) in self.strings(keys, key) {
            let text = self.source_text(string, span);
            texts.push(markdown::parse(&text, &mut self.slips));
        }
        texts
    }

    /// A required list of Markdown texts with something in it; one text alone counts as a list of one.
    pub fn required_rich_list(&mut self, keys: &Keys<'_>, key: &str) -> Vec<RichText> {
        let Some(value) = keys.get(key) else {
            self.missing_key(keys, key);
            return Vec::new();
        };
        if matches!(value.get_ref(), DeValue::Array(items) if items.is_empty()) {
            self.wrong_type(
                Span::from(value.span()),
                format!("»{key}« er tom."),
                format!("Skriv mindst én tekst i listen: {key} = [\"…\"]"),
            );
        }
        let mut texts = Vec::new();
        for (string, span) in self.strings(keys, key) {
            if is_blank(string) {
                self.empty(key, span);
            }
            let text = self.source_text(string, span);
            texts.push(markdown::parse(&text, &mut self.slips));
        }
        texts
    }

    /// A list of lines; one line alone counts as a list of one.
    pub fn lines(&mut self, keys: &Keys<'_>, key: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        for (string, span) in self.strings(keys, key) {
            let text = self.source_text(string, span);
            lines.push(self.resolve(&text));
        }
        lines
    }

    fn strings<'t>(&mut self, keys: &Keys<'t>, key: &str) -> Vec<(&'t str, Span)> {
        let Some(value) = keys.get(key) else {
            return Vec::new();
        };
        let expected = wrong_type::Expected::TextList;
        let items = match value.get_ref() {
            DeValue::String(_) => std::slice::from_ref(value),
            DeValue::Array(items) => items,
            _ => {
                self.mismatch(key, value, &expected);
                return Vec::new();
            }
        };
        let mut strings = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(string) => strings.push((string, Span::from(item.span()))),
                None => self.mismatch(key, item, &expected),
            }
        }
        strings
    }

    /// A whole number from zero to `most`.
    pub fn count(&mut self, keys: &Keys<'_>, key: &str, most: u32) -> Option<u32> {
        let value = keys.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(integer) => {
                let number = i64::from_str_radix(integer.as_str(), integer.radix());
                number.ok().and_then(|number| u32::try_from(number).ok())
            }
            _ => None,
        };
        if number.is_none_or(|number| number > most) {
            self.mismatch(key, value, &wrong_type::Expected::Count { most });
            return None;
        }
        number
    }

    /// Yes or no.
    pub fn yes_no(&mut self, keys: &Keys<'_>, key: &str) -> Option<bool> {
        let value = keys.get(key)?;
        let answer = value.get_ref().as_bool();
        if answer.is_none() {
            self.mismatch(key, value, &wrong_type::Expected::YesNo);
        }
        answer
    }

    /// A date without a time.
    pub fn date(&mut self, keys: &Keys<'_>, key: &str) -> Option<Spanned<Date>> {
        self.day(keys, key, &wrong_type::Expected::Date)
    }

    fn day(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        expected: &wrong_type::Expected<'_>,
    ) -> Option<Spanned<Date>> {
        let value = keys.get(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date.and_then(civil),
            _ => None,
        };
        let date = date.or_else(|| {
            self.mismatch(key, value, expected);
            // What is meant counts, so that nothing else is missed for it.
            meant_date(value.get_ref())
        });
        date.map(|date| Spanned::new(date, Span::from(value.span())))
    }

    /// A date without a time, or a month, a quarter or a year.
    pub fn period(&mut self, keys: &Keys<'_>, key: &str) -> Option<Spanned<Period>> {
        let value = keys.get(key)?;
        let period = match value.get_ref() {
            DeValue::String(text) => Period::parse(text),
            DeValue::Integer(year) => i16::from_str_radix(year.as_str(), year.radix())
                .ok()
                .filter(|year| YEARS.contains(year))
                .map(Period::Year),
            _ => None,
        };
        match period {
            Some(period) => Some(Spanned::new(period, Span::from(value.span()))),
            None => {
                let date = self.day(keys, key, &wrong_type::Expected::Period)?;
                Some(Spanned::new(Period::Day(date.value), date.span))
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let value = keys.get(key)?;
        self.choose(key, value, choices)
    }

    /// A list of some of a few words; one word alone counts as a list of one.
    pub fn choices<T: Copy>(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Vec<T> {
        let Some(value) = keys.get(key) else {
            return Vec::new();
        };
        let items = match value.get_ref() {
            DeValue::Array(items) => items,
            _ => std::slice::from_ref(value),
        };
        items
            .iter()
            .filter_map(|item| self.choose(key, item, choices))
            .collect()
    }

    /// A value as one of a few words.
    pub fn choose<T: Copy>(
        &mut self,
        key: &str,
        value: &Value<'_>,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let word = value.get_ref().as_str();
        let chosen = word.and_then(|word| choices.iter().find(|(name, _)| *name == word));
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.mismatch(key, value, &wrong_type::Expected::OneOf(&names));
        }
        chosen.map(|(_, value)| *value)
    }

    /// A table under a key.
    pub fn table<'t>(
        &mut self,
        keys: &Keys<'t>,
        key: &str,
        kind: &'static Kind,
    ) -> Option<Keys<'t>> {
        let value = keys.get(key)?;
        self.as_table(key, value, kind)
    }

    /// A table under a key whose own keys are free names.
    pub fn open_table<'t>(&mut self, keys: &Keys<'t>, key: &str) -> Option<Keys<'t>> {
        static ANY: Kind = Kind {
            name: "tabellen",
            about: "En tabel med frie navne.",
            rows: &[],
            also: &[],
        };
        let value = keys.get(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Keys {
                table,
                span: Span::from(value.span()),
                kind: &ANY,
            });
        }
        self.mismatch(key, value, &wrong_type::Expected::Table);
        None
    }

    /// A value as a table.
    pub fn as_table<'t>(
        &mut self,
        key: &str,
        value: &'t Value<'t>,
        kind: &'static Kind,
    ) -> Option<Keys<'t>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(self.keys(table, Span::from(value.span()), kind));
        }
        self.mismatch(key, value, &wrong_type::Expected::Table);
        None
    }

    /// The tables of `[[key]]`.
    pub fn tables<'t>(&mut self, keys: &Keys<'t>, key: &str, kind: &'static Kind) -> Vec<Keys<'t>> {
        let Some(value) = keys.get(key) else {
            return Vec::new();
        };
        let mut own = kind.rows.iter().map(|row| row.key);
        let main = own.find(|name| wrong_type::MAIN_KEYS.contains(name));
        let DeValue::Array(items) = value.get_ref() else {
            self.not_tables(key, value, main, false);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    tables.push(self.keys(table, Span::from(item.span()), kind));
                }
                _ => self.not_tables(key, item, main, true),
            }
        }
        tables
    }

    /// Notes what stands where tables belong; for a text, `main` is the key of the table that it is meant for.
    fn not_tables(&mut self, key: &str, value: &Value<'_>, main: Option<&str>, is_item: bool) {
        match (value.get_ref().as_str(), main) {
            (Some(text), Some(main)) => {
                let place = self.place(value.span().into());
                let finding = wrong_type::text_for_table(place, key, text, main, is_item);
                self.findings.push(finding);
            }
            _ => self.mismatch(key, value, &wrong_type::Expected::Tables(key)),
        }
    }

    /// A table of free names with a line each, in the order of the file.
    pub fn named_lines<'t>(&mut self, keys: &Keys<'t>, key: &str) -> Vec<(Spanned<&'t str>, Line)> {
        let Some(table) = self.open_table(keys, key) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for (name, value) in table.entries() {
            match value.get_ref().as_str() {
                Some(string) => {
                    let text = self.source_text(string, Span::from(value.span()));
                    let line = self.resolve(&text);
                    lines.push((name, line));
                }
                None => self.mismatch(name.value, value, &wrong_type::Expected::Text),
            }
        }
        lines
    }

    /// Reports a value that is none of the listed kinds; for values with a form of their own.
    pub fn malformed(&mut self, key: &str, value: &Value<'_>, form: &str) {
        self.mismatch(key, value, &wrong_type::Expected::Form(form));
    }
}

/// The day in a value that should be a date and is not written as one.
fn meant_date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(datetime) => datetime.date.and_then(civil),
        DeValue::String(text) => match typed_date(text)? {
            TypedDate::Day(day) => Some(day),
            TypedDate::NoSuchDay => None,
        },
        _ => None,
    }
}

fn civil(date: toml::value::Date) -> Option<Date> {
    let year = i16::try_from(date.year).ok()?;
    let month = i8::try_from(date.month).ok()?;
    Date::new(year, month, i8::try_from(date.day).ok()?).ok()
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The text with every run of white space made one space, and none at the ends. No-break spaces stay.
fn with_breaks_as_spaces(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\t' | '\r') {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(c);
        }
    }
    line.truncate(line.trim_end_matches(' ').len());
    line
}
