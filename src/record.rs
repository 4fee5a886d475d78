//! Writes an entry into a TOML text without disturbing anything else in it: comments, order, line ends and the
//! way values are written stay as they are.
//!
//! A new text is held against the old one before it is returned: it has the new entry, and nothing else is
//! another. What may be written, and when, is for `commands` to say.

use crate::text::{Period, end_of_line, line_end};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One table to be added to a list of tables.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The list's key at the top level, such as `haendelse`.
    pub list: &'static str,
    /// The keys with their values, in the order they are written.
    pub values: Vec<(&'static str, EntryValue)>,
}

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryValue {
    /// A text on one line.
    Text(String),
    /// A day, a month, a quarter or a year.
    Date(Period),
    /// Yes or no.
    YesNo(bool),
}

/// The text cannot take the entry: it is no TOML, or the key stands there as something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRoom;

/// The text with an entry added after the last one of its list, or at the end.
///
/// # Errors
/// Where the text is not TOML, or where the list's key stands there as another kind of value.
pub fn with_entry(text: &str, entry: &Entry) -> Result<String, NoRoom> {
    let table = DeTable::parse(text).map_err(|_| NoRoom)?;
    let list = table.get_ref().get(entry.list).map(Spanned::get_ref);
    let added = match list {
        None => at(text, text.len(), &block(entry, line_end(text))),
        Some(DeValue::Array(items)) => match items.last() {
            Some(last) if text[last.span().start..].starts_with('{') => {
                let end = last.span().end;
                insert(text, end, &format!(", {}", inline(entry)))
            }
            Some(last) => {
                let end = end_of_line(text, last_end(last));
                at(text, end, &block(entry, line_end(text)))
            }
            None => empty_list(text, table.get_ref(), entry)?,
        },
        Some(_) => return Err(NoRoom),
    };
    let mut expected = read(text)?;
    let list = expected
        .entry(entry.list)
        .or_insert_with(|| toml::Value::Array(Vec::new()));
    let toml::Value::Array(items) = list else {
        return Err(NoRoom);
    };
    items.push(toml::Value::Table(as_table(entry)));
    (read(&added)? == expected).then_some(added).ok_or(NoRoom)
}

/// The text with another value for a key of a table at the top level; table and key are made if they are not
/// there.
///
/// # Errors
/// As [`with_entry`].
pub fn with_value(
    text: &str,
    table: &str,
    key: &str,
    value: &EntryValue,
) -> Result<String, NoRoom> {
    let parsed = DeTable::parse(text).map_err(|_| NoRoom)?;
    let written = value.toml();
    let eol = line_end(text);
    let changed = match parsed.get_ref().get_key_value(table) {
        None => at(
            text,
            text.len(),
            &format!("[{table}]{eol}{key} = {written}{eol}"),
        ),
        Some((name, found)) => {
            let DeValue::Table(keys) = found.get_ref() else {
                return Err(NoRoom);
            };
            match keys.get(key) {
                Some(former) => {
                    let span = former.span();
                    format!("{}{written}{}", &text[..span.start], &text[span.end..])
                }
                None => {
                    let head = end_of_line(text, name.span().end);
                    insert(text, head, &format!("{key} = {written}{eol}"))
                }
            }
        }
    };
    let mut expected = read(text)?;
    let keys = expected
        .entry(table)
        .or_insert_with(|| toml::Value::Table(toml::Table::new()));
    let toml::Value::Table(keys) = keys else {
        return Err(NoRoom);
    };
    keys.insert(key.to_owned(), value.value());
    (read(&changed)? == expected)
        .then_some(changed)
        .ok_or(NoRoom)
}

/// The text with a key more in one table of a list, by its index from 0.
///
/// # Errors
/// As [`with_entry`]; also where the list has no such table, or the table has the key.
pub fn with_more(
    text: &str,
    list: &str,
    index: usize,
    key: &str,
    value: &EntryValue,
) -> Result<String, NoRoom> {
    let parsed = DeTable::parse(text).map_err(|_| NoRoom)?;
    let items = parsed.get_ref().get(list).map(Spanned::get_ref);
    let Some(DeValue::Array(items)) = items else {
        return Err(NoRoom);
    };
    let item = items.get(index).ok_or(NoRoom)?;
    let written = format!("{key} = {}", value.toml());
    let changed = if text[item.span().start..].starts_with('{') {
        let last = text[..item.span().end - 1].trim_end().len();
        insert(text, last, &format!(", {written}"))
    } else {
        let eol = line_end(text);
        let end = end_of_line(text, last_end(item));
        let begin = if text[..end].ends_with('\n') { "" } else { eol };
        insert(text, end, &format!("{begin}{written}{eol}"))
    };
    let mut expected = read(text)?;
    let Some(toml::Value::Table(keys)) =
        expected.get_mut(list).and_then(|list| list.get_mut(index))
    else {
        return Err(NoRoom);
    };
    if keys.insert(key.to_owned(), value.value()).is_some() {
        return Err(NoRoom);
    }
    (read(&changed)? == expected)
        .then_some(changed)
        .ok_or(NoRoom)
}

impl EntryValue {
    fn value(&self) -> toml::Value {
        match self {
            Self::Text(text) => toml::Value::String(text.clone()),
            Self::YesNo(yes) => toml::Value::Boolean(*yes),
            Self::Date(Period::Day(date)) => {
                let date = date.to_string().parse();
                toml::Value::Datetime(date.expect("a day in the calendar is a date in TOML"))
            }
            Self::Date(Period::Year(year)) => toml::Value::Integer(i64::from(*year)),
            Self::Date(period) => toml::Value::String(period.iso()),
        }
    }

    fn toml(&self) -> String {
        self.value().to_string()
    }
}

fn read(text: &str) -> Result<toml::Table, NoRoom> {
    text.parse().map_err(|_| NoRoom)
}

fn as_table(entry: &Entry) -> toml::Table {
    let values = entry.values.iter();
    values
        .map(|(key, value)| ((*key).to_owned(), value.value()))
        .collect()
}

/// An empty list, `[]`: the entry goes between its brackets.
fn empty_list(text: &str, table: &DeTable<'_>, entry: &Entry) -> Result<String, NoRoom> {
    let span = table.get(entry.list).ok_or(NoRoom)?.span();
    let open = text[span.clone()].find('[').ok_or(NoRoom)?;
    Ok(insert(text, span.start + open + 1, &inline(entry)))
}

fn block(entry: &Entry, eol: &str) -> String {
    let mut block = format!("[[{}]]{eol}", entry.list);
    for (key, value) in &entry.values {
        block.push_str(&format!("{key} = {}{eol}", value.toml()));
    }
    block
}

fn inline(entry: &Entry) -> String {
    let values = entry.values.iter();
    let values: Vec<String> = values
        .map(|(key, value)| format!("{key} = {}", value.toml()))
        .collect();
    format!("{{ {} }}", values.join(", "))
}

/// The text with a table of its own put in at the beginning of a line, an empty line around it.
fn at(text: &str, place: usize, block: &str) -> String {
    let eol = line_end(text);
    let (before, after) = text.split_at(place);
    let mut joined = before.to_owned();
    if !before.is_empty() && !before.ends_with('\n') {
        joined.push_str(eol);
    }
    let is_apart = joined.is_empty() || joined.ends_with(&format!("{eol}{eol}"));
    if !is_apart {
        joined.push_str(eol);
    }
    joined.push_str(block);
    if !after.is_empty() && !after.starts_with(['\n', '\r']) {
        joined.push_str(eol);
    }
    joined + after
}

fn insert(text: &str, place: usize, what: &str) -> String {
    format!("{}{what}{}", &text[..place], &text[place..])
}

/// The last byte of a value and of all that is in it.
fn last_end(value: &Spanned<DeValue<'_>>) -> usize {
    let within = match value.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .map(|(key, value)| key.span().end.max(last_end(value)))
            .max(),
        DeValue::Array(items) => items.iter().map(last_end).max(),
        _ => None,
    };
    within.unwrap_or_default().max(value.span().end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(note: Option<&str>) -> Entry {
        let mut values = vec![
            ("pligt", EntryValue::Text("revision".into())),
            (
                "dato",
                EntryValue::Date(Period::Day(jiff::civil::Date::constant(2026, 11, 20))),
            ),
        ];
        values.extend(note.map(|note| ("note", EntryValue::Text(note.into()))));
        Entry {
            list: "haendelse",
            values,
        }
    }

    const BLOCK: &str = "[[haendelse]]\npligt = \"revision\"\ndato = 2026-11-20\n";

    #[test]
    fn an_entry_comes_after_the_last_of_its_list_and_nothing_else_moves() {
        let text = "# Øverst\n[institution]\nnavn = 'Huset' # vores\n\n[[haendelse]]\npligt = 'a'\n\
                    dato = 2025-01-01 # husk\n# om godkendelsen\n[[godkendelse]]\nforum='MED'\n";
        let added = with_entry(text, &done(None)).expect("there is room");
        assert_eq!(
            added,
            text.replace("# husk\n", &format!("# husk\n\n{BLOCK}\n"))
        );
    }

    #[test]
    fn without_a_list_the_entry_comes_last_in_the_texts_own_line_ends() {
        assert_eq!(with_entry("", &done(None)), Ok(BLOCK.to_owned()));
        assert_eq!(
            with_entry("a = 1", &done(None)),
            Ok(format!("a = 1\n\n{BLOCK}"))
        );
        let windows = with_entry("a = 1\r\n\r\n", &done(None)).expect("there is room");
        assert_eq!(windows, format!("a = 1\n\n{BLOCK}").replace('\n', "\r\n"));
    }

    #[test]
    fn a_list_on_one_line_stays_one() {
        let text = "haendelse = [ { pligt = 'a', dato = 2025-01-01 }, ] # her\n[institution]\n";
        let added = with_entry(text, &done(None)).expect("there is room");
        assert_eq!(
            added,
            "haendelse = [ { pligt = 'a', dato = 2025-01-01 }, \
             { pligt = \"revision\", dato = 2026-11-20 }, ] # her\n[institution]\n"
        );
        assert_eq!(
            with_entry("haendelse = []\n", &done(None)),
            Ok("haendelse = [{ pligt = \"revision\", dato = 2026-11-20 }]\n".to_owned())
        );
    }

    #[test]
    fn what_is_written_is_read_again_as_the_same() {
        for note in ["Vi sagde \"ja\"", "it's", "c:\\mappe", "'\"\\", "æøå – §"] {
            let added = with_entry("", &done(Some(note))).expect("there is room");
            let table: toml::Table = added.parse().expect("valid TOML");
            assert_eq!(table["haendelse"][0]["note"].as_str(), Some(note));
        }
    }

    #[test]
    fn a_text_that_is_no_toml_or_has_something_else_there_is_refused() {
        for text in ["a = ", "[haendelse]\na = 1\n", "haendelse = 3\n"] {
            assert_eq!(with_entry(text, &done(None)), Err(NoRoom), "{text}");
        }
    }

    #[test]
    fn a_value_is_replaced_where_it_stands_or_put_below_the_tables_head() {
        let two = EntryValue::Text("2".into());
        let set = |text: &str| with_value(text, "dokument", "version", &two);
        assert_eq!(
            set("[dokument]\nversion = '1' # den gamle\nansvarlig = 'Leder'\n"),
            Ok("[dokument]\nversion = \"2\" # den gamle\nansvarlig = 'Leder'\n".to_owned())
        );
        assert_eq!(
            set("[dokument] # om\nansvarlig = 'Leder'\n"),
            Ok("[dokument] # om\nversion = \"2\"\nansvarlig = 'Leder'\n".to_owned())
        );
        assert_eq!(
            set("dokument.version = '1'\n"),
            Ok("dokument.version = \"2\"\n".to_owned())
        );
        assert_eq!(
            set("a = 1\n"),
            Ok("a = 1\n\n[dokument]\nversion = \"2\"\n".to_owned())
        );
        assert_eq!(set("dokument = { ansvarlig = 'Leder' }\n"), Err(NoRoom));
    }
}
