//! Files that lie where nothing reads them, and what they seem to be. What there is to say of one is for rule RP012.

use std::sync::Arc;

use toml::de::DeTable;

use super::names::{FileName, PROTOCOL_FILE};
use crate::text::{SourceFile, slug};

/// A file that nothing reads.
#[derive(Clone, Debug)]
pub struct Stray {
    /// Its path relative to the root, with `/`.
    pub path: String,
    /// Its text, where it is one; else an empty file of its name.
    pub file: Arc<SourceFile>,
    /// What it seems to be.
    pub seems: Seeming,
}

/// What a file that nothing reads seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeming {
    /// A section or an appendix.
    Section,
    /// A protocol's `protokol.toml`.
    Main,
    /// The second copy that a system has made of a section.
    Copy,
    /// Neither.
    Other,
}

impl Stray {
    /// A file whose bytes are no text.
    pub(super) fn closed(path: &str) -> Self {
        Self::of(Arc::new(SourceFile::new(path, "")), Seeming::Other)
    }

    /// A file by its text.
    pub(super) fn read(file: &Arc<SourceFile>) -> Self {
        let name = name_of(file.path());
        let seems = match seeming(name, file.text()) {
            Seeming::Section if is_copy(name) => Seeming::Copy,
            seems => seems,
        };
        Self::of(Arc::clone(file), seems)
    }

    fn of(file: Arc<SourceFile>, seems: Seeming) -> Self {
        Self {
            path: file.path().to_owned(),
            file,
            seems,
        }
    }

    /// Its name without its folder.
    pub fn name(&self) -> &str {
        name_of(&self.path)
    }

    /// The name it must have to be read as what it seems to be.
    pub fn wish(&self) -> String {
        match self.seems {
            Seeming::Main => PROTOCOL_FILE.to_owned(),
            _ => section_name(self.name()),
        }
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What a text seems to be, or would have been without the slips in it.
fn seeming(name: &str, text: &str) -> Seeming {
    if !text.contains("overskrift") && !text.contains("institution") {
        return Seeming::Other;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let table = table.get_ref();
    // The reader of a broken file makes tables of other texts too, so there the name must say the same.
    let is_sound = errors.is_empty();
    if table.contains_key("institution") && (is_sound || is_main(name)) {
        Seeming::Main
    } else if (table.contains_key("overskrift")) && (is_sound || has_number(name)) {
        Seeming::Section
    } else {
        Seeming::Other
    }
}

/// Whether a name means `protokol.toml`.
pub(super) fn is_main(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    ["protokol", "protocol", "protokoll"]
        .iter()
        .any(|known| stem.trim().eq_ignore_ascii_case(known))
}

fn has_number(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

/// What systems put into the name of a second copy.
const COPIES: &[&str] = &["kopi", "kopia", "copy"];

/// Whether a system has named a file as the second copy of another: "09-x - Kopi.toml", "09-x (1).toml",
/// "Kopi af 09-x.toml". An id has no spaces, so nobody names a section so.
pub(super) fn is_copy(name: &str) -> bool {
    without_copy(stem(name)).is_some()
}

/// The name without its endings.
fn stem(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    match lower.find(".toml").or_else(|| name.rfind('.')) {
        Some(end) if end > 0 => &name[..end],
        _ => name,
    }
}

/// A stem without what a system has put to it; `None` where it has put nothing.
fn without_copy(stem: &str) -> Option<&str> {
    for before in ["Kopi af ", "Copy of ", "kopi af "] {
        if let Some(rest) = stem.strip_prefix(before) {
            return Some(rest);
        }
    }
    let mut rest = stem.trim_end();
    let mut found = false;
    if let Some(open) = rest.rfind('(')
        && let Some(number) = rest[open + 1..].strip_suffix(')')
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        rest = rest[..open].trim_end();
        found = true;
    }
    let last = rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if let Some((before, word)) = last.rsplit_once(' ')
        && COPIES.iter().any(|copy| word.eq_ignore_ascii_case(copy))
    {
        rest = before.trim_end_matches([' ', '-', '–']);
        found = true;
    }
    found.then_some(rest)
}

/// The name that makes of a file a section: a number, a hyphen, an id.
pub(super) fn section_name(name: &str) -> String {
    let stem = stem(name);
    let stem = without_copy(stem).unwrap_or(stem);
    let straight = format!("{stem}.toml");
    if FileName::parse(&straight).is_some() {
        return straight;
    }
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = stem.split_at(digits);
    let wish = slug(rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let is_number = (1..=4).contains(&number.trim_start_matches('0').len());
    format!("{}-{wish}.toml", if is_number { number } else { "09" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_second_copies_are_known_and_lead_to_the_name_without() {
        for (name, wish) in [
            ("09-gaester - Kopi.toml", "09-gaester.toml"),
            ("09-gaester - Kopi (2).toml", "09-gaester.toml"),
            ("09-gaester kopi.toml", "09-gaester.toml"),
            ("09-gaester kopi 2.toml", "09-gaester.toml"),
            ("09-gaester - Copy.toml", "09-gaester.toml"),
            ("09-gaester (1).toml", "09-gaester.toml"),
            ("Kopi af 09-gaester.toml", "09-gaester.toml"),
        ] {
            assert!(is_copy(name), "{name}");
            assert_eq!(section_name(name), wish, "{name}");
        }
        for name in [
            "09-kopi.toml",
            "09-gaester-kopi.toml",
            "09-x(y).toml",
            "09-gaester.toml",
        ] {
            assert!(!is_copy(name), "{name}");
        }
    }

    #[test]
    fn the_name_to_give_is_that_of_a_section() {
        for (name, wish) in [
            ("09-gaester.toml.txt", "09-gaester.toml"),
            ("09-gaester.txt", "09-gaester.toml"),
            ("09-gaester.tml", "09-gaester.toml"),
            ("09-gaester.toml.bak", "09-gaester.toml"),
            ("09-gaester.toml~", "09-gaester.toml"),
            ("9 Gæster.txt", "9-gaester.toml"),
            ("Gæster.md", "09-gaester.toml"),
        ] {
            assert_eq!(section_name(name), wish, "{name}");
        }
    }

    #[test]
    fn a_text_is_a_section_where_it_says_so_itself() {
        let section = "overskrift = \"Et\"\n";
        let broken = "overskrift = \"Et\"\ntekst = \"Fint\n";
        for (name, text, seems) in [
            ("09-x.txt", section, Seeming::Section),
            ("noter.txt", section, Seeming::Section),
            ("09-x.txt", broken, Seeming::Section),
            ("noter.txt", broken, Seeming::Other),
            ("09-x.md", "# Et\n\nSkriv `overskrift`.\n", Seeming::Other),
            (
                "protokol.txt",
                "[institution]\nnavn = \"Huset\"\n",
                Seeming::Main,
            ),
            ("x.toml", "[omraade]\n", Seeming::Other),
        ] {
            assert_eq!(seeming(name, text), seems, "{name}: {text}");
        }
    }
}
