//! XML as a tree with the prefixes that the specifications use, whatever a file calls its name spaces.
//!
//! The tree is bounded in depth and size, so that every reader may walk it by recursion. Entities a file declares
//! itself are not expanded.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::refusal::Refusal;
use crate::load::as_utf8;

/// Elements within each other; Word's own files have some forty.
const DEEPEST: usize = 200;
/// Elements of one part; a thousand pages have a tenth of them.
const MOST_ELEMENTS: usize = 3_000_000;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name with the usual prefix, such as `w:p`.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// What is in it.
    pub content: Vec<Content>,
}

/// What can be in an element.
#[derive(Debug)]
pub enum Content {
    /// Another one.
    Element(Element),
    /// Letters.
    Text(String),
}

/// Name spaces by how their addresses end, those of the strict and of the transitional standard, with the prefix
/// they are known by.
const PREFIXES: [(&str, &str); 20] = [
    ("/wordprocessingml/2006/main", "w:"),
    ("/wordprocessingml/main", "w:"),
    ("/markup-compatibility/2006", "mc:"),
    ("/drawingml/2006/wordprocessingDrawing", "wp:"),
    ("/drawingml/wordprocessingDrawing", "wp:"),
    ("/drawingml/2006/main", "a:"),
    ("/drawingml/main", "a:"),
    ("/drawingml/2006/diagram", "dgm:"),
    ("/officeDocument/2006/relationships", "r:"),
    ("/officeDocument/relationships", "r:"),
    ("/officeDocument/2006/math", "m:"),
    ("schemas-microsoft-com:vml", "v:"),
    ("/word/2010/wordml", "w14:"),
    ("xmlns:office:1.0", "office:"),
    ("xmlns:text:1.0", "text:"),
    ("xmlns:table:1.0", "table:"),
    ("xmlns:drawing:1.0", "draw:"),
    ("xmlns:style:1.0", "style:"),
    ("xmlns:xsl-fo-compatible:1.0", "fo:"),
    ("/1999/xlink", "xlink:"),
];

/// The rest, which must not be taken for any of those above.
const OTHER: [(&str, &str); 6] = [
    ("xmlns:svg-compatible:1.0", "svg:"),
    ("/dc/elements/1.1/", "dc:"),
    ("xmlns:manifest:1.0", "manifest:"),
    ("ooo-ms-interop:xmlns:field:1.0", "field:"),
    ("experimental:office:xmlns:loext:1.0", "loext:"),
    ("/XML/1998/namespace", "xml:"),
];

impl Element {
    /// Reads one part of a container.
    ///
    /// # Errors
    /// When it is no XML, or larger or deeper than anybody's document.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let text = as_utf8(bytes).ok_or(Refusal::Broken)?;
        let mut reader = NsReader::from_str(&text);
        let mut open = vec![Self::default()];
        let mut count = 0;
        loop {
            let event = reader.read_event().map_err(|_| Refusal::Broken)?;
            match event {
                Event::Start(start) => {
                    count += 1;
                    if open.len() > DEEPEST || count > MOST_ELEMENTS {
                        return Err(Refusal::TooLarge);
                    }
                    open.push(element(&reader, &start)?);
                }
                Event::Empty(start) => {
                    count += 1;
                    if count > MOST_ELEMENTS {
                        return Err(Refusal::TooLarge);
                    }
                    let empty = element(&reader, &start)?;
                    push(&mut open, Content::Element(empty));
                }
                Event::End(_) => {
                    let closed = open.pop().ok_or(Refusal::Broken)?;
                    push(&mut open, Content::Element(closed));
                }
                Event::Text(text) => push_text(&mut open, &text.xml10_content()),
                Event::CData(text) => push_text(&mut open, &text.xml10_content()),
                Event::GeneralRef(name) => {
                    let known = quick_xml::escape::resolve_predefined_entity(&name);
                    let number = name.resolve_char_ref().ok().flatten();
                    match (known, number) {
                        (Some(known), _) => push_text(&mut open, known),
                        (None, Some(c)) => push_text(&mut open, c.encode_utf8(&mut [0; 4])),
                        (None, None) => {}
                    }
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        let (Some(root), true) = (open.pop(), open.is_empty()) else {
            return Err(Refusal::Broken);
        };
        let mut elements = root
            .content
            .into_iter()
            .filter_map(|content| match content {
                Content::Element(element) => Some(element),
                Content::Text(_) => None,
            });
        elements.next().ok_or(Refusal::Broken)
    }

    /// An attribute by its name with prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(own, _)| own == name)?;
        Some(value)
    }

    /// The elements right below.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// The first element of that name right below.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// The elements of that name right below.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children().filter(move |child| child.name == name)
    }

    /// The first element of that name at any depth.
    pub fn find(&self, name: &str) -> Option<&Self> {
        self.children().find_map(|child| {
            if child.name == name {
                Some(child)
            } else {
                child.find(name)
            }
        })
    }

    /// Visits every element below, in order.
    pub fn visit<'e>(&'e self, visit: &mut dyn FnMut(&'e Self)) {
        for child in self.children() {
            visit(child);
            child.visit(visit);
        }
    }

    /// The letters of this element and all below.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text
    }

    fn push_text(&self, text: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(own) => text.push_str(own),
                Content::Element(element) => element.push_text(text),
            }
        }
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, Refusal> {
    let (space, local) = reader.resolver().resolve_element(start.name());
    let name = named(&space, local.as_ref());
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Refusal::Broken)?;
        let (space, local) = reader.resolver().resolve_attribute(attribute.key);
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| Refusal::Broken)?;
        attributes.push((named(&space, local.as_ref()), value.into_owned()));
    }
    Ok(Element {
        name,
        attributes,
        content: Vec::new(),
    })
}

fn named(space: &ResolveResult<'_>, local: &str) -> String {
    let prefix = match space {
        ResolveResult::Bound(space) => {
            let address: &str = space.as_ref();
            let mut known = PREFIXES.iter().chain(&OTHER);
            known
                .find(|(end, _)| address.ends_with(end))
                .map_or("?:", |(_, prefix)| prefix)
        }
        ResolveResult::Unbound | ResolveResult::Unknown(_) => "",
    };
    format!("{prefix}{local}")
}

fn push(open: &mut [Element], content: Content) {
    if let Some(element) = open.last_mut() {
        element.content.push(content);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        match element.content.last_mut() {
            Some(Content::Text(before)) => before.push_str(text),
            _ => element.content.push(Content::Text(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_usual_prefixes_whatever_the_file_calls_them() {
        let xml = br#"<ns0:document xmlns:ns0="http://purl.oclc.org/ooxml/wordprocessingml/main"
            ns0:a="1" b="&lt;2"><ns0:t>a &amp; b&#230;</ns0:t></ns0:document>"#;
        let root = Element::parse(xml).expect("well-formed");
        assert_eq!(root.name, "w:document");
        assert_eq!(root.get("w:a"), Some("1"));
        assert_eq!(root.get("b"), Some("<2"));
        assert_eq!(
            root.child("w:t").map(Element::text).as_deref(),
            Some("a & bæ")
        );
    }

    #[test]
    fn what_is_broken_or_too_deep_is_refused() {
        assert!(matches!(
            Element::parse(b"<a><b></a>"),
            Err(Refusal::Broken)
        ));
        assert!(matches!(Element::parse(b""), Err(Refusal::Broken)));
        let deep = "<a>".repeat(DEEPEST + 2);
        assert!(matches!(
            Element::parse(deep.as_bytes()),
            Err(Refusal::TooLarge)
        ));
    }

    #[test]
    fn entities_of_a_file_s_own_are_not_expanded() {
        let xml = br#"<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><a>x&b;y</a>"#;
        assert_eq!(
            Element::parse(xml).map(|a| a.text()).ok().as_deref(),
            Some("xy")
        );
    }
}
