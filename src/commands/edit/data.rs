//! The values of a file as JSON, and back: a day is `{"$date": "2026-02-03"}`, a row of a list says with `$from`
//! which of the former rows it is, and `null` takes a key away.

use std::ops::Range;

use serde_json::{Map, Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::amend::{Changes, New, Row};
use crate::model::{FormField, Kind};

/// Nothing that a form holds is nested deeper.
const DEEPEST: usize = 16;

/// What a file holds; `null` where it is no TOML.
pub(super) fn values(text: &str) -> Value {
    match DeTable::parse(text) {
        Ok(table) => of_table(table.get_ref()),
        Err(_) => Value::Null,
    }
}

fn of_table(table: &DeTable<'_>) -> Value {
    let keys = table.iter();
    let keys = keys.map(|(key, value)| (key.get_ref().to_string(), of_value(value)));
    Value::Object(keys.collect::<Map<_, _>>())
}

fn of_value(value: &Spanned<DeValue<'_>>) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::from(text.replace("\r\n", "\n")),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or(Value::Null, Value::from),
        DeValue::Boolean(yes) => Value::from(*yes),
        DeValue::Datetime(date) => json!({ "$date": date.to_string() }),
        DeValue::Array(items) => items.iter().map(of_value).collect(),
        DeValue::Table(table) => of_table(table),
    }
}

/// The changes that a form sends, in the order in which the kind's keys are declared. The error says what is
/// wrong with them.
pub(super) fn changes(value: &Value, kind: &'static Kind) -> Result<Changes, String> {
    table_changes(value, Some(kind), kind, 0)
}

/// The changes of one table; `root` is the kind that holds more of itself.
fn table_changes(
    value: &Value,
    kind: Option<&'static Kind>,
    root: &'static Kind,
    depth: usize,
) -> Result<Changes, String> {
    let Value::Object(keys) = value else {
        return Err("Ændringen kan ikke læses.".to_owned());
    };
    if depth > DEEPEST {
        return Err("Ændringen ligger for dybt.".to_owned());
    }
    let rows = kind.map(Kind::keys).unwrap_or_default();
    let mut changes: Vec<(usize, (String, Option<New>))> = Vec::new();
    for (key, value) in keys {
        if key == "$from" {
            continue;
        }
        let turn = rows.iter().position(|row| row.key == key);
        if kind.is_some() && turn.is_none() {
            return Err(format!("»{key}« kan ikke stå her."));
        }
        let below = turn.and_then(|turn| {
            let takes = rows[turn].takes;
            match takes.entry() {
                FormField::Again => Some(root),
                _ => takes.table(),
            }
        });
        let new = match value {
            Value::Null => None,
            value => Some(new(value, below, root, depth + 1)?),
        };
        changes.push((turn.unwrap_or(usize::MAX), (key.clone(), new)));
    }
    changes.sort_by_key(|(turn, _)| *turn);
    Ok(changes.into_iter().map(|(_, change)| change).collect())
}

fn new(
    value: &Value,
    kind: Option<&'static Kind>,
    root: &'static Kind,
    depth: usize,
) -> Result<New, String> {
    match value {
        Value::String(text) => words(text),
        Value::Bool(yes) => Ok(New::Yes(*yes)),
        Value::Number(number) => number
            .as_i64()
            .map(New::Number)
            .ok_or_else(|| "Skriv et helt tal.".to_owned()),
        Value::Object(keys) => match keys.get("$date") {
            Some(date) => {
                let date = date.as_str().and_then(|date| date.parse().ok());
                date.map(New::Day)
                    .ok_or_else(|| "Den dag findes ikke i kalenderen.".to_owned())
            }
            None => table_changes(value, kind, root, depth).map(New::Table),
        },
        Value::Array(items) => {
            let is_row = |item: &Value| item.is_object() && item.get("$date").is_none();
            if items.iter().any(is_row) {
                let rows = items.iter().map(|item| {
                    let from = item.get("$from").and_then(Value::as_u64);
                    Ok(Row {
                        from: from.and_then(|from| usize::try_from(from).ok()),
                        changes: table_changes(item, kind, root, depth + 1)?,
                    })
                });
                return rows.collect::<Result<_, String>>().map(New::Tables);
            }
            if depth > DEEPEST {
                return Err("Ændringen ligger for dybt.".to_owned());
            }
            let items = items.iter().map(|item| new(item, kind, root, depth + 1));
            items.collect::<Result<_, _>>().map(New::List)
        }
        Value::Null => Err("Ændringen kan ikke læses.".to_owned()),
    }
}

/// A text as it is written: with one kind of line ends, and no sign that nobody sees.
fn words(text: &str) -> Result<New, String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_unseen = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(is_unseen) {
        return Err(
            "Teksten har et tegn, der ikke kan ses. Skriv det om med tastaturet.".to_owned(),
        );
    }
    Ok(New::Text(text))
}

/// The way to the innermost value that holds a byte: keys and numbers, from the outermost. Where it stands in no
/// value, the table that it stands in.
pub(super) fn field_at(text: &str, at: usize) -> Value {
    let Ok(table) = DeTable::parse(text) else {
        return json!([]);
    };
    let mut best = Best {
        at,
        header: (0, Vec::new()),
        value: None,
    };
    best.look(table.get_ref(), &mut Vec::new());
    Value::from(best.value.map_or(best.header.1, |(_, way)| way))
}

/// What has been found so far of the value around a byte.
struct Best {
    at: usize,
    /// The last header before it: where it begins, and the way to its table.
    header: (usize, Vec<Value>),
    /// The smallest value around it: its length, and the way to it.
    value: Option<(usize, Vec<Value>)>,
}

impl Best {
    fn look(&mut self, table: &DeTable<'_>, way: &mut Vec<Value>) {
        for (key, value) in table {
            way.push(Value::from(key.get_ref().to_string()));
            let (name, span) = (key.span(), value.span());
            match value.get_ref() {
                // A header stands around its key, and keys with dots have their table's name for a span.
                DeValue::Table(table) if span.start <= name.start => {
                    self.header(&span, way);
                    self.look(table, way);
                }
                DeValue::Array(items) if span.start < name.start => {
                    for (at, item) in items.iter().enumerate() {
                        way.push(Value::from(at));
                        self.header(&item.span(), way);
                        if let DeValue::Table(table) = item.get_ref() {
                            self.look(table, way);
                        }
                        way.pop();
                    }
                }
                _ => self.value(value, name.start..span.end, way),
            }
            way.pop();
        }
    }

    /// A table below a header: what stands behind it belongs to it until the next.
    fn header(&mut self, span: &Range<usize>, way: &[Value]) {
        if span.start <= self.at && self.header.0 <= span.start {
            self.header = (span.start, way.to_vec());
        }
    }

    /// A value behind `=`, with its key or alone.
    fn value(&mut self, value: &Spanned<DeValue<'_>>, around: Range<usize>, way: &mut Vec<Value>) {
        if self.at < around.start || around.end < self.at {
            return;
        }
        let is_smaller = |(length, _): &(usize, Vec<Value>)| around.len() <= *length;
        if self.value.as_ref().is_none_or(is_smaller) {
            self.value = Some((around.len(), way.clone()));
        }
        match value.get_ref() {
            DeValue::Table(table) => self.look(table, way),
            DeValue::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    way.push(Value::from(at));
                    self.value(item, item.span(), way);
                    way.pop();
                }
            }
            _ => {}
        }
    }
}

/// The values that differ, each with the way to it; one that is gone is `null`.
pub(super) fn differences(before: &Value, after: &Value) -> Value {
    fn walk(before: &Value, after: &Value, way: &mut Vec<Value>, found: &mut Vec<Value>) {
        match (before, after) {
            (Value::Object(one), Value::Object(other)) => {
                let added = other.keys().filter(|key| !one.contains_key(*key));
                for key in one.keys().chain(added) {
                    way.push(Value::from(key.as_str()));
                    let null = Value::Null;
                    let (one, other) = (one.get(key), other.get(key));
                    walk(one.unwrap_or(&null), other.unwrap_or(&null), way, found);
                    way.pop();
                }
            }
            (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
                for (at, (one, other)) in one.iter().zip(other).enumerate() {
                    way.push(Value::from(at));
                    walk(one, other, way, found);
                    way.pop();
                }
            }
            (one, other) if one == other => {}
            (_, other) => found.push(json!({ "at": way.clone(), "value": other })),
        }
    }
    let mut found = Vec::new();
    walk(before, after, &mut Vec::new(), &mut found);
    Value::from(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    const TEXT: &str = "overskrift = 'Regler'\n\n[[regel]]\ntekst = 'en'\n\n[[handling]]\nsituation = 's'\n\n\
                        [[handling.trin]]\ngoer = 'g'\nhvem = 'h'\n\n[[handling.trin]]\ngoer = 'to'\n\n\
                        [underskrift]\nroller = ['a', 'b']\n";

    #[test]
    fn a_place_in_the_file_is_a_field_of_the_form() {
        for (words, way) in [
            ("'Regler'", json!(["overskrift"])),
            ("overskrift", json!(["overskrift"])),
            ("'en'", json!(["regel", 0, "tekst"])),
            ("[[regel]]", json!(["regel", 0])),
            ("'h'", json!(["handling", 0, "trin", 0, "hvem"])),
            ("'to'", json!(["handling", 0, "trin", 1, "goer"])),
            ("'b'", json!(["underskrift", "roller", 1])),
            ("[underskrift]", json!(["underskrift"])),
        ] {
            let at = TEXT.find(words).expect("it is there");
            assert_eq!(field_at(TEXT, at), way, "{words}");
        }
        assert_eq!(field_at("", 0), json!([]));
    }

    #[test]
    fn values_go_out_and_come_back_as_the_same() {
        let kind = FileKind::Section.kind();
        let values = values(TEXT);
        let changes = changes(&values, kind).expect("they can be read");
        let text = crate::amend::amended("", &changes).expect("there is room");
        assert_eq!(super::values(&text), values);
    }

    #[test]
    fn what_no_form_sends_is_refused() {
        let kind = FileKind::Section.kind();
        for wrong in [
            json!([]),
            json!({ "ukendt": "x" }),
            json!({ "tekst": "a\u{0}b" }),
            json!({ "tekst": 1.5 }),
            json!({ "regel": [{ "ukendt": "x" }] }),
            json!({ "opgave": [{ "frist": { "$date": "2026-02-30" } }] }),
            json!({ "tekst": [null] }),
        ] {
            assert!(changes(&wrong, kind).is_err(), "{wrong}");
        }
    }

    #[test]
    fn differences_are_told_with_the_way_to_them() {
        let found = differences(
            &json!({ "a": "x", "b": [{ "c": "y" }], "d": 1 }),
            &json!({ "a": "x", "b": [{ "c": "z" }] }),
        );
        assert_eq!(
            found,
            json!([{ "at": ["b", 0, "c"], "value": "z" }, { "at": ["d"], "value": null }])
        );
    }
}
