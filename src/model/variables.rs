//! `{{ navn }}`: names an author may use in texts, and their values.

use std::collections::BTreeMap;

/// The variables every protocol has without anybody giving them.
pub const BUILT_IN_VARIABLES: [&str; 5] =
    ["navn", "kortnavn", "omraade", "organisation", "version"];

/// The variables of one protocol. A name may be known and still have no value, such as
/// `organisation` in an area that gives none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables(BTreeMap<String, Option<String>>);

/// One `{{ … }}` in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use<'t> {
    /// First byte of `{{`.
    pub start: usize,
    /// One past `}}`.
    pub end: usize,
    /// What stands between the braces, without white space around it.
    pub name: &'t str,
}

impl Variables {
    /// Sets a variable, in place of one with the same name.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.0.insert(name.to_owned(), value.map(str::to_owned));
    }

    /// A variable's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref()
    }

    /// Whether the name means something, also where it has no value.
    pub fn is_known(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The names that have a value, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(|(_, value)| value.is_some())
            .map(|(name, _)| name.as_str())
    }

    /// The first use of a variable at or after `from`.
    pub fn find(text: &str, from: usize) -> Option<Use<'_>> {
        let start = from + memchr::memmem::find(&text.as_bytes()[from..], b"{{")?;
        let length = text[start..].find("}}")?;
        let end = start + length + 2;
        Some(Use {
            start,
            end,
            name: text[start + 2..end - 2].trim(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_found_with_its_place_and_name() {
        let text = "Vi på {{ navn }} siger {{x}}.";
        let first = Variables::find(text, 0).expect("there is one");
        assert_eq!(
            (&text[first.start..first.end], first.name),
            ("{{ navn }}", "navn")
        );
        assert_eq!(
            Variables::find(text, first.end).map(|found| found.name),
            Some("x")
        );
    }

    #[test]
    fn open_braces_alone_are_text() {
        assert_eq!(Variables::find("{{ navn", 0), None);
        assert_eq!(Variables::find("{ navn }", 0), None);
    }
}
