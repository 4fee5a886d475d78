//! The styles of a Word document, followed through what they are based on.

use std::collections::HashMap;

use crate::import::source::{Look, Role};
use crate::import::xml::Element;

/// Styles that are based on each other in a ring, or in a longer row than anybody makes, are followed so far.
const LONGEST_CHAIN: usize = 20;
/// The size of letters where a file says nothing, in half points.
const USUAL_SIZE: u16 = 20;

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default: Option<String>,
    size: u16,
}

/// What a style says itself.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    numbering: Option<(String, u8)>,
    indent: Option<i32>,
    letters: Letters,
}

/// What is said of letters; `None` where it is left to what lies below.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    bold: Option<bool>,
    italic: Option<bool>,
    strike: Option<bool>,
    underline: Option<bool>,
    caps: Option<bool>,
    raised: Option<bool>,
    size: Option<u16>,
    /// Whether nobody sees them.
    pub(super) hidden: Option<bool>,
}

/// What the style of a paragraph comes to.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// What it is.
    pub(super) role: Role,
    /// Whether it stands in a contents list.
    pub(super) is_contents: bool,
    /// The list and the level its style puts it in.
    pub(super) numbering: Option<(String, u8)>,
    /// How far it is indented.
    pub(super) indent: i32,
    /// How its letters look.
    pub(super) letters: Letters,
    /// Whether its name is one of a list's, with the level from 0 and whether that counts.
    pub(super) list: Option<(u8, bool)>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(root: &Element) -> Self {
        let mut styles = Self {
            size: USUAL_SIZE,
            ..Self::default()
        };
        if let Some(size) = root
            .child("w:docDefaults")
            .and_then(|defaults| defaults.find("w:sz"))
            .and_then(|size| size.get("w:val")?.parse().ok())
        {
            styles.size = size;
        }
        for element in root.all("w:style") {
            let Some(id) = element.get("w:styleId") else {
                continue;
            };
            if element.get("w:type") == Some("paragraph") && is_on(element.get("w:default")) {
                styles.default = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), Style::read(element));
        }
        styles
    }

    /// A paragraph's style; without an id the document's usual one.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut role_found = None;
        let mut indent = None;
        for (id, style) in self.chain(id.or(self.default.as_deref())) {
            let name = if style.name.is_empty() {
                id
            } else {
                &style.name
            };
            // The first in the row that says anything of it decides: what is based on a heading is one, unless
            // it says that it is running text.
            let of_outline = |outline| level(outline).map_or(Role::Body, Role::Heading);
            let said = role(name, id).or(style.outline.map(of_outline));
            role_found = role_found.or(said);
            resolved.is_contents |= is_contents(name);
            resolved.list = resolved.list.or_else(|| list(name));
            resolved.numbering = resolved.numbering.or_else(|| style.numbering.clone());
            indent = indent.or(style.indent);
            resolved.letters = resolved.letters.over(style.letters);
        }
        resolved.role = role_found.unwrap_or_default();
        resolved.indent = indent.unwrap_or_default();
        resolved.letters.size = resolved.letters.size.or(Some(self.size));
        resolved
    }

    /// How a style for letters has them look.
    pub(super) fn letters(&self, id: &str) -> Letters {
        self.chain(Some(id))
            .fold(Letters::default(), |letters, (_, style)| {
                letters.over(style.letters)
            })
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = id.and_then(|id| Some((id, self.by_id.get(id)?)));
        let next = |(_, style): &(&'s str, &'s Style)| {
            let id = style.based_on.as_deref()?;
            Some((id, self.by_id.get(id)?))
        };
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }
}

impl Style {
    fn read(element: &Element) -> Self {
        let value = |name: &str| element.child(name).and_then(|child| child.get("w:val"));
        let paragraph = element.child("w:pPr");
        let numbering = paragraph.and_then(numbering);
        Self {
            name: value("w:name").unwrap_or_default().to_owned(),
            based_on: value("w:basedOn").map(str::to_owned),
            outline: paragraph.and_then(outline),
            numbering,
            indent: paragraph.and_then(indent),
            letters: element
                .child("w:rPr")
                .map(Letters::read)
                .unwrap_or_default(),
        }
    }
}

/// The outline level that the properties of a paragraph give, from 0; 9 for running text.
pub(super) fn outline(properties: &Element) -> Option<u8> {
    properties.child("w:outlineLvl")?.get("w:val")?.parse().ok()
}

/// A heading's level from one, of an outline level.
pub(super) fn level(outline: u8) -> Option<u8> {
    (outline < 9).then_some(outline + 1)
}

/// The list and the level that the properties of a paragraph give.
pub(super) fn numbering(properties: &Element) -> Option<(String, u8)> {
    let numbering = properties.child("w:numPr")?;
    let value = |name: &str| numbering.child(name)?.get("w:val");
    let level = value("w:ilvl").and_then(|level| level.parse().ok());
    Some((value("w:numId")?.to_owned(), level.unwrap_or(0)))
}

/// The indent from the left that the properties of a paragraph give.
pub(super) fn indent(properties: &Element) -> Option<i32> {
    let indent = properties.child("w:ind")?;
    let left = indent.get("w:left").or_else(|| indent.get("w:start"))?;
    left.parse().ok()
}

impl Letters {
    /// Reads the properties of letters.
    pub(super) fn read(properties: &Element) -> Self {
        let switch = |name: &str| {
            properties
                .child(name)
                .map(|child| is_on(child.get("w:val").or(Some("1"))))
        };
        let value = |name: &str| properties.child(name).and_then(|child| child.get("w:val"));
        Self {
            bold: switch("w:b"),
            italic: switch("w:i"),
            strike: switch("w:strike").or_else(|| switch("w:dstrike")),
            underline: value("w:u").map(|kind| kind != "none"),
            caps: switch("w:caps"),
            raised: value("w:vertAlign").map(|kind| kind == "superscript"),
            size: value("w:sz").and_then(|size| size.parse().ok()),
            hidden: switch("w:vanish"),
        }
    }

    /// These, and what lies below where they say nothing.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            strike: self.strike.or(below.strike),
            underline: self.underline.or(below.underline),
            caps: self.caps.or(below.caps),
            raised: self.raised.or(below.raised),
            size: self.size.or(below.size),
            hidden: self.hidden.or(below.hidden),
        }
    }

    /// How they look.
    pub(super) fn look(self) -> Look {
        let is = |switch: Option<bool>| switch == Some(true);
        Look {
            bold: is(self.bold),
            italic: is(self.italic),
            strike: is(self.strike),
            underline: is(self.underline),
            raised: is(self.raised),
            caps: is(self.caps),
            code: false,
            size: self.size.unwrap_or_default(),
        }
    }
}

fn is_on(value: Option<&str>) -> bool {
    value.is_some_and(|value| !matches!(value, "0" | "false" | "off" | "none"))
}

/// What a style's name says. The names of Word's own styles are English in the file whatever the language of the
/// program, but people and other programs use Danish ones too; ids are translated.
pub(super) fn role(name: &str, id: &str) -> Option<Role> {
    for name in [name, id] {
        let folded: String = name
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        match folded.as_str() {
            "title" | "titel" | "subtitle" | "undertitel" => return Some(Role::Title),
            "quote" | "citat" | "blocktext" | "bloktekst" | "intensequote" | "kraftigtcitat"
            | "strktcitat" | "quotations" => {
                return Some(Role::Quote);
            }
            _ => {}
        }
        for word in ["heading", "overskrift"] {
            let digits = folded.strip_prefix(word);
            if let Some(Ok(level @ 1..=9)) = digits.map(str::parse::<u8>) {
                return Some(Role::Heading(level));
            }
        }
    }
    None
}

/// Whether the name is one of the styles of a contents list.
pub(super) fn is_contents(name: &str) -> bool {
    let folded = name.to_lowercase();
    let digit = |rest: &str| rest.trim().parse::<u8>().is_ok();
    folded.strip_prefix("toc ").is_some_and(digit)
        || folded.strip_prefix("toc").is_some_and(digit)
        || folded.strip_prefix("contents ").is_some_and(digit)
        || folded.starts_with("indholdsfortegnelse")
        || matches!(
            folded.as_str(),
            "toc heading" | "contents heading" | "overskrift til indholdsfortegnelse"
        )
}

/// The level and the kind of list that a style's name says.
fn list(name: &str) -> Option<(u8, bool)> {
    let folded = name.to_lowercase();
    let kinds = [
        ("list bullet", false),
        ("opstilling - punkttegn", false),
        ("list number", true),
        ("opstilling - talliste", true),
    ];
    kinds.into_iter().find_map(|(kind, counts)| {
        let rest = folded.strip_prefix(kind)?.trim();
        let level = if rest.is_empty() {
            1
        } else {
            rest.parse().ok()?
        };
        Some((u8::saturating_sub(level, 1), counts))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(xml: &str) -> Styles {
        let xml = format!(
            "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{xml}</w:styles>"
        );
        Styles::read(&Element::parse(xml.as_bytes()).expect("well-formed"))
    }

    #[test]
    fn headings_are_known_by_english_and_danish_names() {
        for (name, id, expected) in [
            ("heading 1", "Overskrift1", Some(Role::Heading(1))),
            ("Overskrift 2", "MinStil", Some(Role::Heading(2))),
            ("Titel", "x", Some(Role::Title)),
            ("Normal", "Normal", None),
            ("heading", "x", None),
        ] {
            assert_eq!(role(name, id), expected, "{name}");
        }
    }

    #[test]
    fn a_style_is_what_it_is_based_on_unless_it_says_otherwise() {
        let styles = styles(
            "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 1\"/><w:rPr><w:b/></w:rPr></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"Vores\"/><w:basedOn w:val=\"H\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"Brød\"/><w:basedOn w:val=\"H\"/>\
             <w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"C\"><w:name w:val=\"C\"/><w:basedOn w:val=\"C\"/></w:style>",
        );
        assert_eq!(styles.paragraph(Some("A")).role, Role::Heading(1));
        assert!(styles.paragraph(Some("A")).letters.look().bold);
        assert_eq!(styles.paragraph(Some("B")).role, Role::Body);
        assert_eq!(styles.paragraph(Some("C")).role, Role::Body);
    }
}
