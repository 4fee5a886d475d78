//! What can be written in the files, as it is told of: the JSON Schemas, held against every file of the
//! project, and the page of the keys.

use std::fs;
use std::path::Path;

use rusprot::model::{FileKind, documentation};
use serde_json::Value;

/// Holds a value of TOML against a schema of ours: every word of the schema is one that is known here.
fn problems(value: &toml::Value, schema: &Value, root: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let schema = schema.as_object().expect("a schema is an object");
    for (word, said) in schema {
        let fits = match word.as_str() {
            "title" | "description" | "$schema" | "format" | "pattern" => said.is_string(),
            "type" => match said.as_str().expect("one type") {
                "object" => value.is_table(),
                "array" => value.is_array(),
                "string" => value.is_str() || value.is_datetime(),
                "integer" => value.is_integer(),
                "boolean" => value.is_bool(),
                other => panic!("no type: {other}"),
            },
            "properties" => {
                for (key, below) in value.as_table().into_iter().flatten() {
                    if let Some(schema) = said.get(key) {
                        found.extend(problems(below, schema, root, &format!("{at}.{key}")));
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema.get("properties");
                let mut others = value.as_table().into_iter().flatten();
                let is_known = |key: &String| known.is_some_and(|known| known.get(key).is_some());
                others.all(|(key, below)| {
                    is_known(key) || said.is_object() && problems(below, said, root, at).is_empty()
                })
            }
            "required" => {
                let mut keys = said.as_array().expect("a list").iter();
                keys.all(|key| value.get(key.as_str().expect("a key")).is_some())
            }
            "anyOf" => {
                let mut any = said.as_array().expect("a list").iter();
                any.any(|schema| problems(value, schema, root, at).is_empty())
            }
            "enum" => {
                let mut words = said.as_array().expect("a list").iter();
                words.any(|word| word.as_str() == value.as_str())
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    found.extend(problems(item, said, root, at));
                }
                true
            }
            "$ref" => {
                let place = said.as_str().expect("a place").trim_start_matches('#');
                let schema = root.pointer(place).expect("a place in the schema");
                found.extend(problems(value, schema, root, at));
                true
            }
            "minimum" => value.as_integer() >= said.as_i64(),
            "maximum" => value.as_integer() <= said.as_i64(),
            "minLength" => value.as_str().map(|text| text.chars().count() as u64) >= said.as_u64(),
            "maxLength" => value.as_str().map(|text| text.chars().count() as u64) <= said.as_u64(),
            "minItems" => value.as_array().map(|items| items.len() as u64) >= said.as_u64(),
            "maxItems" => value.as_array().map(|items| items.len() as u64) <= said.as_u64(),
            other => panic!("no word of the schemas: {other}"),
        };
        if !fits {
            found.push(format!("{at}: {word}"));
        }
    }
    found
}

fn fits(file: FileKind, text: &str) -> Vec<String> {
    let schema = file.schema();
    let value = toml::from_str(text).expect("TOML");
    problems(&value, &schema, &schema, "")
}

/// Every TOML file of a folder, with those below it.
fn files(folder: &Path, all: &mut Vec<(FileKind, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, all);
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let kind = match &*name {
            "protokol.toml" => FileKind::Protocol,
            "rusprot.toml" => FileKind::Area,
            "skabelon.toml" => FileKind::Skabelon,
            name if name.ends_with(".toml") && name.starts_with(|c: char| c.is_ascii_digit()) => {
                FileKind::Section
            }
            _ => continue,
        };
        all.push((kind, fs::read_to_string(&path).expect("a text")));
    }
}

#[test]
fn every_file_of_the_examples_fits_its_schema() {
    let mut all = Vec::new();
    for folder in ["examples", "protocols", "templates"] {
        files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut all,
        );
    }
    for kind in FileKind::ALL {
        assert!(all.iter().any(|(found, _)| *found == kind), "{kind:?}");
    }
    for (kind, text) in &all {
        assert_eq!(fits(*kind, text), [""; 0], "{text}");
    }
}

#[test]
fn a_schema_tells_of_what_a_file_cannot_hold() {
    let section = |more: &str| fits(FileKind::Section, &format!("overskrift = \"A\"\n{more}"));
    assert_eq!(section(""), [""; 0]);
    assert_eq!(fits(FileKind::Section, "tekst = \"a\"\n"), [": required"]);
    assert_eq!(section("farve = \"a\"\n"), [": additionalProperties"]);
    assert_eq!(section("tekst = 1\n"), [".tekst: type"]);
    assert_eq!(section("for = \"alle\"\n"), [".for: anyOf"]);
    assert_eq!(
        section("[[regel]]\ntekst = \"a\"\nstyrke = \"altid\"\n"),
        [".regel.styrke: enum"]
    );
    assert_eq!(
        section("[[felt]]\nnavn = \"a\"\nlinjer = 99\n"),
        [".felt.linjer: maximum"]
    );
    assert_eq!(
        section("[[afsnit]]\noverskrift = \"B\"\nfarve = \"a\"\n"),
        [".afsnit: additionalProperties"]
    );
}

#[test]
fn every_key_is_told_of_in_danish_and_in_the_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/noegler.md");
    let made = documentation();
    if std::env::var_os("RUSPROT_WRITE_DOCS").is_some() {
        fs::write(&path, &made).expect("the page can be written");
    }
    let page = fs::read_to_string(&path).expect("a text");
    assert_eq!(
        page.replace("\r\n", "\n"),
        made,
        "RUSPROT_WRITE_DOCS=1 cargo test keys writes the page anew"
    );
}
