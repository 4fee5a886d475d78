//! A TOML text and what its values are to be, made into the text that says so with nothing else moved: comments,
//! order, line ends and the way untouched values are written stay byte for byte.
//!
//! A new text is held against the old one before it is returned: it says what was asked for and otherwise the
//! same as before. What may be written, and when, is for `commands` to say.

mod blocks;
mod literal;
mod values;

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::de::DeTable;

use self::blocks::Blocks;
pub use crate::record::NoRoom;

/// What a value is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A text; white space around it stays as it was.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Yes(bool),
    /// A day.
    Day(Date),
    /// A list of values.
    List(Vec<New>),
    /// A table, by the keys that change.
    Table(Changes),
    /// Tables in order, `[[key]]` each.
    Tables(Vec<Row>),
}

/// Keys and what becomes of them: another value, or nothing. Keys that are not named stay.
pub type Changes = Vec<(String, Option<New>)>;

/// One of several tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Which one of the former tables it is; `None` for a new one.
    pub from: Option<usize>,
    /// The keys that change; of a new one, all it has.
    pub changes: Changes,
}

/// The text with these changes.
///
/// # Errors
/// Where the text is no TOML, or is written in a way that cannot take them.
pub fn amended(text: &str, changes: &Changes) -> Result<String, NoRoom> {
    let parsed = DeTable::parse(text).map_err(|_| NoRoom)?;
    let mut blocks = Blocks::of(text, parsed.get_ref());
    blocks.table(parsed.get_ref(), changes)?;
    let amended = blocks.joined();
    let mut expected: toml::Table = text.parse().map_err(|_| NoRoom)?;
    expect(&mut expected, changes)?;
    let read: toml::Table = amended.parse().map_err(|_| NoRoom)?;
    (evened(toml::Value::Table(read)) == evened(toml::Value::Table(expected)))
        .then_some(amended)
        .ok_or(NoRoom)
}

/// Makes the changes in the values themselves: what the new text is held against.
fn expect(table: &mut toml::Table, changes: &Changes) -> Result<(), NoRoom> {
    for (key, new) in changes {
        let Some(new) = new else {
            table.remove(key);
            continue;
        };
        let former = table.remove(key);
        table.insert(key.clone(), expected(former, new)?);
    }
    Ok(())
}

fn expected(former: Option<toml::Value>, new: &New) -> Result<toml::Value, NoRoom> {
    Ok(match new {
        New::Text(text) => {
            let before = former.as_ref().and_then(toml::Value::as_str);
            toml::Value::String(literal::value(before, text))
        }
        New::Number(number) => toml::Value::Integer(*number),
        New::Yes(yes) => toml::Value::Boolean(*yes),
        New::Day(day) => {
            let day = day.to_string().parse();
            toml::Value::Datetime(day.expect("a day in the calendar is a date in TOML"))
        }
        New::List(items) => {
            let items = items.iter().map(|item| expected(None, item));
            toml::Value::Array(items.collect::<Result<_, _>>()?)
        }
        New::Table(changes) => {
            let mut table = match former {
                Some(toml::Value::Table(table)) => table,
                _ => toml::Table::new(),
            };
            expect(&mut table, changes)?;
            toml::Value::Table(table)
        }
        New::Tables(rows) => {
            let former = match former {
                Some(toml::Value::Array(items)) => items,
                _ => Vec::new(),
            };
            let rows = rows.iter().map(|row| {
                let mut table = match row.from {
                    Some(from) => match former.get(from) {
                        Some(toml::Value::Table(table)) => table.clone(),
                        _ => return Err(NoRoom),
                    },
                    None => toml::Table::new(),
                };
                expect(&mut table, &row.changes)?;
                Ok(toml::Value::Table(table))
            });
            toml::Value::Array(rows.collect::<Result<_, _>>()?)
        }
    })
}

/// A value in which a line ends in one way, and an empty list of tables is none.
fn evened(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::String(text) => toml::Value::String(text.replace("\r\n", "\n")),
        toml::Value::Array(items) => toml::Value::Array(items.into_iter().map(evened).collect()),
        toml::Value::Table(table) => {
            let keys = table.into_iter().map(|(key, value)| (key, evened(value)));
            let is_none = |value: &toml::Value| value.as_array().is_some_and(Vec::is_empty);
            let keys: BTreeMap<String, toml::Value> =
                keys.filter(|(_, value)| !is_none(value)).collect();
            toml::Value::Table(keys.into_iter().collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
