//! What can be written in the files, told to programs as JSON Schema and to people as a page: both from where
//! the keys are declared, so that neither can forget one.
//!
//! What is *right* to write is for the rules of `check`; what is told here is what the files can hold.

use serde_json::{Value, json};

use super::area::CONFIG;
use super::kind::Kind;
use super::protocol::PROTOCOL;
use super::section::Section;
use super::skabelon::SKABELON;
use super::table::Table as _;

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
}

impl FileKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Section, Self::Protocol, Self::Area, Self::Skabelon];

    fn kind(self) -> &'static Kind {
        match self {
            Self::Section => Section::KIND,
            Self::Protocol => &PROTOCOL,
            Self::Area => &CONFIG,
            Self::Skabelon => &SKABELON,
        }
    }

    /// The heading over its keys in the documentation.
    const fn heading(self) -> &'static str {
        match self {
            Self::Section => "Afsnit og bilag",
            Self::Protocol => "`protokol.toml`",
            Self::Area => "`rusprot.toml`",
            Self::Skabelon => "`skabelon.toml`",
        }
    }

    /// What such a file can hold, as JSON Schema, draft 2020-12, with titles and descriptions in Danish. A
    /// date of TOML is a text to it.
    pub fn schema(self) -> Value {
        let mut schema = self.kind().schema();
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema
    }
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
