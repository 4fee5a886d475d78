//! Building blocks of texts alone, as they are declared (`blocks!` in the model): in the document each is its name
//! and what stands under its keys.
//!
//! A block that has more than texts, or that is read by name elsewhere, has a type of its own in `content`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::text::Texts;
use super::typography::Typesetter;
use super::{Block, TextLanguage};
use crate::model::{self, Text, TextField};

/// A building block of texts alone. As data it has its name as `type`, and a key for each of its fields that
/// says something.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called: `quotation`.
    pub name: &'static str,
    /// The key of its table: `citat`.
    pub key: &'static str,
    /// Its fields that say something, in the order in which they are declared.
    pub fields: Vec<EntryField>,
    /// Its language, where it is not that of the part.
    pub language: Option<TextLanguage>,
}

/// What stands under a key.
#[derive(Clone, Debug)]
pub struct EntryField {
    /// What it is called: `who`.
    pub name: &'static str,
    /// The key: `hvem`.
    pub key: &'static str,
    /// The texts.
    pub texts: EntryTexts,
}

/// One text or several.
#[derive(Clone, Debug)]
pub enum EntryTexts {
    /// A line.
    Line(String),
    /// Lines.
    Lines(Vec<String>),
    /// Running text.
    Text(Vec<Block>),
    /// Running texts.
    Texts(Vec<Vec<Block>>),
}

impl Entry {
    /// A block with its texts resolved.
    pub(super) fn resolve(texts: &mut Texts<'_>, entry: &model::Entry<'_>) -> Self {
        let fields = entry.fields.iter().filter_map(|field| {
            Some(EntryField {
                name: field.name,
                key: field.key,
                texts: resolve(texts, field)?,
            })
        });
        Self {
            name: entry.name,
            key: entry.key,
            fields: fields.collect(),
            language: TextLanguage::of(entry.language),
        }
    }

    /// The line that a field is; nothing where it says nothing.
    pub fn line(&self, name: &str) -> Option<&str> {
        match self.texts(name)? {
            EntryTexts::Line(line) => Some(line),
            _ => None,
        }
    }

    /// The running text that a field is; empty where it says nothing.
    pub fn text(&self, name: &str) -> &[Block] {
        match self.texts(name) {
            Some(EntryTexts::Text(blocks)) => blocks,
            _ => &[],
        }
    }

    fn texts(&self, name: &str) -> Option<&EntryTexts> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        Some(&field.texts)
    }
}

/// The texts of a field, printed as they are: lines, or running text.
fn resolve(texts: &mut Texts<'_>, field: &TextField<'_>) -> Option<EntryTexts> {
    let mut lines = Vec::new();
    let mut running = Vec::new();
    for text in &field.texts {
        match text {
            Text::Running(text) => running.push(texts.blocks(text)),
            text => lines.extend(text.line().map(|line| Typesetter::line(&line.text))),
        }
    }
    match (field.several, running.is_empty(), lines.is_empty()) {
        (_, true, true) => None,
        (true, false, _) => Some(EntryTexts::Texts(running)),
        (true, true, _) => Some(EntryTexts::Lines(lines)),
        (false, false, _) => running.pop().map(EntryTexts::Text),
        (false, true, _) => lines.pop().map(EntryTexts::Line),
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let beside = 1 + usize::from(self.language.is_some());
        let mut map = serializer.serialize_map(Some(beside + self.fields.len()))?;
        map.serialize_entry("type", self.name)?;
        for EntryField { name, texts, .. } in &self.fields {
            match texts {
                EntryTexts::Line(line) => map.serialize_entry(name, line)?,
                EntryTexts::Lines(lines) => map.serialize_entry(name, lines)?,
                EntryTexts::Text(blocks) => map.serialize_entry(name, blocks)?,
                EntryTexts::Texts(texts) => map.serialize_entry(name, texts)?,
            }
        }
        if let Some(language) = &self.language {
            map.serialize_entry("language", language)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &'static str, texts: EntryTexts) -> EntryField {
        EntryField {
            name,
            key: name,
            texts,
        }
    }

    #[test]
    fn a_block_is_data_with_a_key_for_each_field() {
        let text = || {
            vec![Block::Code {
                text: "x".to_owned(),
            }]
        };
        let entry = Entry {
            name: "note",
            key: "note",
            fields: vec![
                field("who", EntryTexts::Line("a".to_owned())),
                field("others", EntryTexts::Lines(vec!["b".to_owned()])),
                field("text", EntryTexts::Text(text())),
                field("points", EntryTexts::Texts(vec![text(), text()])),
            ],
            language: None,
        };
        let data = serde_json::to_string(&entry).expect("it is data");
        let block = r#"{"type":"code","text":"x"}"#;
        assert_eq!(
            data,
            format!(
                r#"{{"type":"note","who":"a","others":["b"],"text":[{block}],"points":[[{block}],[{block}]]}}"#
            )
        );
        assert_eq!(entry.line("who"), Some("a"));
        assert_eq!((entry.line("text"), entry.line("none")), (None, None));
        assert_eq!((entry.text("text").len(), entry.text("who").len()), (1, 0));
    }
}
