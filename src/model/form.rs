//! What can be written in the files, as a form that a person fills in: from where the keys are declared, so that
//! no form can forget one.
//!
//! How a field looks is for the page that shows it.

use serde_json::{Value, json};

use super::kind::{FormField, Kind, Row};

/// Words whose letters are no stand-ins for æ, ø and å.
const AS_WRITTEN: [&str; 1] = ["pdf"];

/// The form of a kind: what it is called, and its fields in order. A kind that holds more of itself says so with
/// `again`.
pub fn form(kind: &Kind) -> Value {
    let fields = kind.keys().into_iter().filter_map(field);
    json!({
        "name": kind.name,
        "about": kind.about,
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn field(row: &Row) -> Option<Value> {
    let mut field = json!({
        "key": row.key,
        "label": label(row.key),
        "about": row.about,
        "needed": row.takes.is_needed(),
    });
    let entry = match row.takes.entry() {
        FormField::Hidden => return None,
        FormField::Line => "line",
        FormField::Lines => "lines",
        FormField::Text => "text",
        FormField::Texts => "texts",
        FormField::Choice { words, several } => {
            let words = words.into_iter().map(|word| json!([word, label(word)]));
            field["words"] = Value::from(words.collect::<Vec<_>>());
            if several { "choices" } else { "choice" }
        }
        FormField::Count(least, most) => {
            field["least"] = json!(least);
            field["most"] = json!(most);
            "count"
        }
        FormField::Day => "day",
        FormField::DayOrWords => "day-or-words",
        FormField::Table => "table",
        FormField::Tables => "tables",
        FormField::Again => "again",
        FormField::Names => "names",
    };
    field["entry"] = json!(entry);
    if let Some(kind) = row.takes.table() {
        field["form"] = form(kind);
    }
    Some(field)
}

/// A key, or a word that one takes, as a person reads it: `maa-ikke` is "Må ikke".
pub fn label(key: &str) -> String {
    let words = key.replace(['_', '-'], " ");
    let words = if AS_WRITTEN.contains(&key) {
        words
    } else {
        words
            .replace("aa", "å")
            .replace("ae", "æ")
            .replace("oe", "ø")
    };
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    /// Every label of a form, with those of its tables behind it.
    fn labels(form: &Value, found: &mut Vec<String>) {
        for field in form["fields"].as_array().expect("a list") {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            found.push(text(&field["label"]));
            for word in field["words"].as_array().into_iter().flatten() {
                found.push(text(&word[1]));
            }
            if field["form"].is_object() {
                labels(&field["form"], found);
            }
        }
    }

    #[test]
    fn what_people_read_of_a_form_is_danish() {
        let mut found = Vec::new();
        for file in [FileKind::Section, FileKind::Protocol] {
            labels(&form(file.kind()), &mut found);
        }
        found.sort();
        found.dedup();
        insta::assert_snapshot!(found.join(", "));
    }

    #[test]
    fn what_the_program_writes_is_in_no_form() {
        let form = form(FileKind::Protocol.kind()).to_string();
        assert!(!form.contains("aftryk"), "{form}");
    }
}
