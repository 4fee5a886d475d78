//! What can be written in the files, told to programs as JSON Schema and to people as a page: both from where
//! the keys are declared, so that neither can forget one.
//!
//! What is *right* to write is for the rules of `check`; what is told here is what the files can hold.

use serde_json::{Map, Value, json};

use super::area::CONFIG;
use super::fold::slug;
use super::kind::{Kind, Told as _};
use super::protocol::PROTOCOL;
use super::section::{DEEPEST_LEVEL, Section};
use super::shared::COLLECTION;
use super::skabelon::{DEEPEST_REQUIREMENT, Requirement, SKABELON, Skabelon};
use super::takes::{Seen, Table as _, filled, line, one_or_list};

/// A kind of file that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A section or an appendix: `01-formaal.toml`.
    Section,
    /// `protokol.toml`
    Protocol,
    /// `rusprot.toml`
    Area,
    /// `skabelon.toml`
    Skabelon,
    /// `samling.toml`
    Collection,
}

impl FileKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 5] = [
        Self::Section,
        Self::Protocol,
        Self::Area,
        Self::Skabelon,
        Self::Collection,
    ];

    /// What it is called on the command line and in the names of schemas.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Protocol => "protocol",
            Self::Area => "area",
            Self::Skabelon => "template",
            Self::Collection => "collection",
        }
    }

    /// What a file of this kind can hold at its top.
    pub fn kind(self) -> &'static Kind {
        match self {
            Self::Section => Section::KIND,
            Self::Protocol => &PROTOCOL,
            Self::Area => &CONFIG,
            Self::Skabelon => &SKABELON,
            Self::Collection => &COLLECTION,
        }
    }

    /// The heading over its keys in the documentation.
    const fn heading(self) -> &'static str {
        match self {
            Self::Section => "Afsnit og bilag",
            Self::Protocol => "`protokol.toml`",
            Self::Area => "`rusprot.toml`",
            Self::Skabelon => "`skabelon.toml`",
            Self::Collection => "`samling.toml`",
        }
    }

    /// What such a file can hold, as JSON Schema, draft 2020-12, with titles and descriptions in Danish; of a
    /// section or a protocol that follows a skabelon (its name beside it), with what that asks for.
    ///
    /// It refuses what RP002, RP003 and RP004 refuse and nothing else, but for what rests on another file (the value of a
    /// variable, the name of a skabelon) or on two keys that must differ (the folders of an area). A date of
    /// TOML is `"type": "string", "format": "date"`, as Tombi has it; a program that hands a date over as a text
    /// cannot tell one in quotes from one without.
    pub fn schema(self, skabelon: Option<(&str, &Skabelon)>) -> Value {
        let mut schema = self.kind().schema();
        let mut parts = Map::new();
        match self {
            Self::Section => {
                if let Some((_, skabelon)) = skabelon {
                    ask_of_section(&mut schema, skabelon);
                }
                let deepest = usize::from(DEEPEST_LEVEL);
                schema = levels(schema, "afsnit", deepest, &mut parts);
            }
            Self::Protocol => {
                if let Some((_, skabelon)) = skabelon {
                    ask_of_protocol(&mut schema, skabelon);
                }
            }
            Self::Area | Self::Collection => {}
            Self::Skabelon => {
                let krav = &mut schema["properties"]["krav"]["items"];
                *krav = levels(krav.take(), "krav", DEEPEST_REQUIREMENT, &mut parts);
            }
        }
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["$id"] = json!(self.id(skabelon.map(|(name, _)| name)));
        schema["title"] = json!(self.heading().replace('`', ""));
        schema["x-tombi-toml-version"] = json!("v1.1.0");
        if !parts.is_empty() {
            schema["$defs"] = Value::Object(parts);
        }
        schema
    }

    /// The name of its schema, the same in every edition of the program.
    fn id(self, skabelon: Option<&str>) -> String {
        let name = self.name();
        match (self, skabelon) {
            (Self::Section | Self::Protocol, Some(skabelon)) => {
                format!("urn:rusprot:schema:{name}:{}", slug(skabelon))
            }
            _ => format!("urn:rusprot:schema:{name}"),
        }
    }
}

/// A table that holds more of its own kind under `key`, down to a level: what it says once is put among `parts`,
/// and so is each deeper level.
fn levels(mut table: Value, key: &str, deepest: usize, parts: &mut Map<String, Value>) -> Value {
    let mut below = table["properties"][key].take();
    if let Value::Object(properties) = &mut table["properties"] {
        for (name, property) in properties {
            let part = format!("{key}-{name}");
            if name == key {
                continue;
            }
            let mut reference = json!({ "$ref": format!("#/$defs/{part}") });
            for said in ["title", "description"] {
                reference[said] = property[said].clone();
            }
            parts.insert(part, std::mem::replace(property, reference));
        }
    }
    let at = |level: usize| format!("{key}-niveau-{level}");
    let rows = |list: &mut Value, level: usize| {
        list["items"] = json!({ "$ref": format!("#/$defs/{}", at(level)) });
    };
    let mut row = table.clone();
    if let Some(first) = below.pointer_mut("/prefixItems/0").map(Value::take) {
        // Taplo reads neither of the two words of the list, so it lets each row be what only the first one may be.
        let required = row.as_object_mut().and_then(|row| row.remove("required"));
        // Tombi takes what is not named for what is not allowed, unless it is told.
        let needed = json!({ "required": required, "additionalProperties": true });
        let other = json!({ "$ref": format!("#/$defs/{key}-foran") });
        row["anyOf"] = json!([needed, other]);
        let list = json!({ "prefixItems": [true], "unevaluatedItems": needed });
        below = json!({ "type": "array", "allOf": [list], "title": below["title"], "description": below["description"] });
        parts.insert(format!("{key}-foran"), first);
    }
    for level in (2..=deepest).rev() {
        let mut deeper = row.clone();
        deeper["properties"][key] = below.clone();
        if level == deepest {
            deeper["properties"][key]["maxItems"] = json!(0);
            deeper["properties"][key]["description"] = json!("Dybere går det ikke.");
        } else {
            rows(&mut deeper["properties"][key], level + 1);
        }
        parts.insert(at(level), deeper);
    }
    rows(&mut below, 2);
    table["properties"][key] = below;
    table
}

/// The headings and ids that a skabelon asks for are offered. Others are no slip of the form: what they are is for
/// the rules to say, and a protocol may follow another skabelon.
fn ask_of_section(schema: &mut Value, skabelon: &Skabelon) {
    let mut headings = Words::default();
    let mut ids = Words::default();
    skabelon.visit(&mut |requirement| {
        let heading = &requirement.heading.text;
        headings.add(heading, advice(requirement));
        ids.add(
            &requirement.id.value,
            format!("{heading}. {}", advice(requirement)),
        );
        for point in &requirement.points {
            ids.add(&point.id.value, point.text.text.clone());
        }
    });
    let heading = headings.or(filled(line(Seen::Heading)).schema());
    offer(&mut schema["properties"]["overskrift"], heading);
    let answers = one_or_list(&ids.or(json!({ "type": "string" })));
    offer(&mut schema["properties"]["opfylder"], answers);
}

/// The duties of the skabelon are offered where an event names one.
fn ask_of_protocol(schema: &mut Value, skabelon: &Skabelon) {
    let mut duties = Words::default();
    for duty in &skabelon.duties {
        let about = format!("{} ({})", duty.what.text, duty.interval.danish());
        duties.add(&duty.id.value, about);
    }
    let event = &mut schema["properties"]["haendelse"]["items"];
    let duty = duties.or(filled(line(Seen::Not)).schema());
    offer(&mut event["properties"]["pligt"], duty);
}

/// Puts what is offered in place of what a key takes; what is told of the key stays.
fn offer(key: &mut Value, mut offered: Value) {
    for said in ["title", "description"] {
        offered[said] = key[said].take();
    }
    *key = offered;
}

/// Words that are offered, each once, with what there is to say of them.
#[derive(Default)]
struct Words {
    words: Vec<String>,
    said: Vec<String>,
}

impl Words {
    fn add(&mut self, word: &str, about: String) {
        if !self.words.iter().any(|known| known == word) {
            self.words.push(word.to_owned());
            self.said.push(about);
        }
    }

    /// One of them, or something else.
    fn or(self, other: Value) -> Value {
        if self.words.is_empty() {
            return other;
        }
        let docs = json!({ "docs": { "enumValues": self.said } });
        let words = json!({ "type": "string", "enum": self.words, "x-taplo": docs });
        json!({ "examples": self.words, "anyOf": [words, other] })
    }
}

/// What a skabelon tells the one who answers a requirement: its guidance, its points and its obligatory text, as
/// Markdown.
pub fn advice(requirement: &Requirement) -> String {
    let mut parts = Vec::new();
    if let Some(guidance) = &requirement.guidance {
        parts.push(guidance.text.clone());
    }
    if !requirement.points.is_empty() {
        let points = requirement.points.iter();
        let points = points.map(|point| format!("- `{}`: {}", point.id.value, point.text.text));
        let points: Vec<String> = points.collect();
        parts.push(format!("Punkter:\n\n{}", points.join("\n")));
    }
    if let Some(text) = requirement.obligatory_source() {
        let text = text.trim().replace('\n', "\n> ");
        parts.push(format!(
            "Denne tekst bliver sat ind først i afsnittet:\n\n> {text}"
        ));
    }
    parts.join("\n\n")
}

/// The page of every key, `docs/noegler.md`.
pub fn documentation() -> String {
    let mut page = "# Nøgler\n\nHer står alt, hvad der kan skrives i filerne. Siden er lavet ud fra programmet selv.\n"
        .to_owned();
    for file in FileKind::ALL {
        let kind = file.kind();
        page.push_str(&format!("\n## {}\n\n", file.heading()));
        page.push_str(&format!("{}\n\n{}", kind.about, kind.documentation()));
        below(kind, "", &mut page);
    }
    page
}

/// The tables that stand in a table, each with its keys, and those in them.
fn below(kind: &Kind, path: &str, page: &mut String) {
    for row in kind.keys() {
        let Some(table) = row.takes.table() else {
            continue;
        };
        let path = format!("{path}{}", row.key);
        let (about, keys) = (table.about, table.documentation());
        page.push_str(&format!("\n### `{path}`\n\n{about}\n\n{keys}"));
        below(table, &format!("{path}."), page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_a_key_is_a_sentence() {
        fn every_row(kind: &'static Kind, visit: &mut dyn FnMut(&str, &str)) {
            visit(kind.name, kind.about);
            for row in kind.keys() {
                visit(row.key, row.about);
                if let Some(table) = row.takes.table() {
                    every_row(table, visit);
                }
            }
        }
        for file in FileKind::ALL {
            every_row(file.kind(), &mut |key, about| {
                assert!(!key.is_empty(), "{about}");
                assert!(about.starts_with(char::is_uppercase), "{key}: {about}");
                assert!(
                    about.ends_with('.') && !about.contains('|'),
                    "{key}: {about}"
                );
            });
        }
    }
}
