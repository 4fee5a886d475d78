//! `[fakta]` of a section: words or two with a short answer each, such as Målgruppe and Varighed.

use serde_json::Value;

use super::kind::{FormField, Told};
use super::richtext::RichText;
use super::shape::{Keys, Line, Shape};
use super::takes::{Takes, names, text};
use super::texts::{Text, Visit};

/// A short answer.
#[derive(Clone, Debug)]
pub struct ShortAnswer {
    /// What it answers.
    pub name: Line,
    /// The answer.
    pub text: RichText,
}

/// A table of names that the author chooses, each with a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShortAnswers;

impl Told for ShortAnswers {
    fn entry(&self) -> FormField {
        FormField::Names
    }

    fn noun(&self) -> String {
        "en tabel med korte svar".to_owned()
    }

    fn schema(&self) -> Value {
        names(text()).schema()
    }

    fn has_names(&self) -> bool {
        true
    }
}

impl Takes for ShortAnswers {
    type Value = Vec<ShortAnswer>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let Some(table) = shape.open_table(keys, key) else {
            return Some(Vec::new());
        };
        let entries = table.entries().into_iter();
        let answers = entries.filter_map(|(name, _)| {
            let text = shape.rich(&table, name.value)?;
            let name = Line {
                text: name.value.trim().to_owned(),
                span: name.span,
            };
            (!text.is_empty()).then_some(ShortAnswer { name, text })
        });
        Some(answers.collect())
    }

    fn texts<'t>(&self, value: &'t Self::Value, visit: Visit<'_, 't>) {
        for answer in value {
            visit(Text::Label(&answer.name));
            visit(Text::Running(&answer.text));
        }
    }
}
