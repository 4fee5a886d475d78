//! What a table of TOML is: what to call it, which keys it may have, and what each takes. Said once, in one
//! place a table; from it come the keys that are known (RP002), the JSON Schema and the tables of the
//! documentation.
//!
//! How a value is read stands in `takes`, how a table is declared in `table`.

use std::fmt::Debug;

use serde_json::{Map, Value, json};

/// A kind of table.
#[derive(Debug)]
pub struct Kind {
    /// As in "i et afsnit".
    pub name: &'static str,
    /// What it is for, to people who write.
    pub about: &'static str,
    /// Every key, in the order of the documentation.
    pub rows: &'static [Row],
    /// What else must hold of it: what one key asks of another, as fragments of JSON Schema.
    pub also: &'static [fn() -> Value],
}

/// A key of a table.
#[derive(Debug)]
pub struct Row {
    /// The key; empty where all keys of another kind stand as well.
    pub key: &'static str,
    /// What is written there, to people who write.
    pub about: &'static str,
    /// What it takes.
    pub takes: &'static dyn Told,
}

/// How a value is entered in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormField {
    /// Words on one line.
    Line,
    /// Several lines, each by itself.
    Lines,
    /// A text of several paragraphs.
    Text,
    /// Several texts.
    Texts,
    /// One of a few words, or several of them.
    Choice {
        /// The words.
        words: Vec<&'static str>,
        /// Whether it can be several.
        several: bool,
    },
    /// A whole number between these.
    Count(u32, u32),
    /// A day.
    Day,
    /// A day, or words.
    DayOrWords,
    /// A table.
    Table,
    /// Tables, in an order.
    Tables,
    /// More of the kind itself.
    Again,
    /// A table whose keys the author chooses.
    Names,
    /// It is written by the program, or in the file alone.
    Hidden,
}

/// What can be told of that which a key takes.
pub trait Told: Debug + Sync {
    /// What it takes, as in the documentation: "en linje".
    fn noun(&self) -> String;

    /// The same as a fragment of JSON Schema, draft 2020-12.
    fn schema(&self) -> Value;

    /// The same where it must have a word in it.
    fn filled_schema(&self) -> Value {
        self.schema()
    }

    /// How it is entered in a form.
    fn entry(&self) -> FormField {
        FormField::Line
    }

    /// Whether the key must be there.
    fn is_needed(&self) -> bool {
        false
    }

    /// The kind of table, or of tables, that stands there.
    fn table(&self) -> Option<&'static Kind> {
        None
    }

    /// Whether the author chooses a name for each of those tables.
    fn has_names(&self) -> bool {
        false
    }

    /// Whether more tables of the kind it stands in stand there.
    fn holds_its_own_kind(&self) -> bool {
        false
    }

    /// The kind whose keys all stand here themselves, without a key of their own.
    fn spread(&self) -> Option<&'static Kind> {
        None
    }
}

impl Kind {
    /// Whether a table of this kind may have the key.
    pub fn has(&self, key: &str) -> bool {
        self.rows.iter().any(|row| row.key == key)
            || self
                .rows
                .iter()
                .filter_map(|row| row.takes.spread())
                .any(|kind| kind.has(key))
    }

    /// Every key with what it takes, in order; those of other kinds in their places.
    pub fn keys(&self) -> Vec<&'static Row> {
        let mut keys = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            match row.takes.spread() {
                Some(kind) => keys.extend(kind.keys()),
                None => keys.push(row),
            }
        }
        keys
    }

    /// What such a table must be, as a fragment of JSON Schema, draft 2020-12, with titles and descriptions
    /// in Danish. How deep a table can hold more of its own kind is said where the whole is put together.
    pub fn schema(&self) -> Value {
        let mut properties = Map::new();
        let mut needed = Vec::new();
        for row in self.keys() {
            let mut schema = row.takes.schema();
            if let Value::Object(schema) = &mut schema {
                schema.insert("title".to_owned(), json!(row.key));
                schema.insert("description".to_owned(), json!(row.about));
            }
            properties.insert(row.key.to_owned(), schema);
            if row.takes.is_needed() {
                needed.push(row.key);
            }
        }
        let mut schema = json!({
            "type": "object",
            "title": self.name,
            "description": self.about,
            "properties": properties,
            "additionalProperties": false,
        });
        if !needed.is_empty() {
            schema["required"] = json!(needed);
            // Taplo writes them where somebody begins such a table.
            schema["x-taplo"] = json!({ "initKeys": needed });
        }
        if !self.also.is_empty() {
            let also = self.also.iter().map(|also| also());
            schema["allOf"] = also.collect();
        }
        schema
    }

    /// The keys as a table in Markdown, for the documentation.
    pub fn documentation(&self) -> String {
        let mut table =
            "| Nøgle | Det skriver du | Skal den med? | Hvad den er |\n|---|---|---|---|\n"
                .to_owned();
        for row in self.keys() {
            let needed = if row.takes.is_needed() { "ja" } else { "nej" };
            let (key, noun, about) = (row.key, row.takes.noun(), row.about);
            table.push_str(&format!("| `{key}` | {noun} | {needed} | {about} |\n"));
        }
        table
    }
}
