//! Whether a drawing (SVG) is sound: that it can be read, has a size, fetches nothing, and takes paper no longer than a
//! picture may.
//!
//! Of what it may draw only that is looked at which ends a print or makes it wait: nothing is drawn here.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node, NodeId};

use super::flaw::Flaw;
use super::picture_kind::PictureKind;
use crate::text::has_letter;

/// How deep elements may stand in each other: typst takes 1,024.
const DEEPEST: usize = 500;
/// How deep drawings may stand in drawings.
const DEEPEST_DRAWING: usize = 2;
/// How many elements there may be once all that is used in several places stands in each of them.
const MOST_ELEMENTS: u64 = 200_000;
/// How many elements may have a filter: each is drawn point by point.
const MOST_FILTERED: usize = 100;
/// How many times its object's size a filter may reach over.
const WIDEST_FILTER: f64 = 4.0;
/// The same where it counts in points.
const MOST_FILTER_POINTS: f64 = 4_000.0;
/// The parts of filters that take no longer where their numbers are large.
const QUICK_FILTERS: [&str; 14] = [
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
];

/// Tells what is wrong with a picture that is no drawing, if anything is.
type OfPicture = fn(PictureKind, &[u8]) -> Option<Flaw>;

/// Says what is wrong with a drawing, if anything is; `within` is how many drawings it stands in, and `of_picture` tells
/// of the pictures in it.
pub(super) fn flaw(bytes: &[u8], within: usize, of_picture: OfPicture) -> Result<(), Flaw> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Flaw::Unreadable(1))?;
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| Flaw::Unreadable(error.pos().row))?;
    let root = document.root_element();
    let has_size = |name: &str| root.attribute(name).is_none_or(is_positive);
    let view = root.attribute("viewBox").map(view_size);
    if !has_size("width") || !has_size("height") || view == Some(false) {
        return Err(Flaw::NoSize);
    }
    if !is_light(root) {
        return Err(Flaw::TooHeavy);
    }
    for node in document.descendants() {
        for attribute in node.attributes() {
            if attribute.name() == "href" {
                leads_nowhere(attribute.value().trim(), within, of_picture)?;
            }
        }
        let in_text = || {
            node.ancestors()
                .any(|above| above.tag_name().name() == "text")
        };
        if node.is_text() && in_text() {
            let letters = node.text().unwrap_or_default();
            if let Some(c) = letters.chars().find(|c| !has_letter(*c)) {
                return Err(Flaw::Letter(c));
            }
        }
    }
    Ok(())
}

/// Looks at an address: it leads to a place in the drawing, or is a sound picture itself.
fn leads_nowhere(address: &str, within: usize, of_picture: OfPicture) -> Result<(), Flaw> {
    if address.starts_with('#') {
        return Ok(());
    }
    let Some(data) = address.strip_prefix("data:") else {
        return Err(Flaw::Leads(address.to_owned()));
    };
    let Some((kind, data)) = data.split_once(',') else {
        return Ok(());
    };
    let bytes = if kind.ends_with(";base64") {
        let letters: Vec<u8> = data.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        STANDARD.decode(letters).unwrap_or_default()
    } else {
        percent_encoding_of(data)
    };
    // What is no picture is not shown, and harms nobody.
    match PictureKind::of_bytes(&bytes) {
        Some(PictureKind::Svg) if within == DEEPEST_DRAWING => Err(Flaw::TooHeavy),
        Some(PictureKind::Svg) => flaw(&bytes, within + 1, of_picture),
        Some(kind) => of_picture(kind, &bytes).map_or(Ok(()), Err),
        None => Ok(()),
    }
}

/// The bytes of an address in which some stand as `%41`.
fn percent_encoding_of(data: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len());
    let mut rest = data.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

/// Whether typst draws it in no time: not too deep, not too much, and with no filter that takes long.
fn is_light(root: Node<'_, '_>) -> bool {
    let mut filtered = 0;
    let mut by_id = HashMap::new();
    let mut depths: HashMap<NodeId, usize> = HashMap::new();
    for node in root.descendants().filter(Node::is_element) {
        let above = node.parent().and_then(|parent| depths.get(&parent.id()));
        let depth = above.map_or(0, |above| above + 1);
        depths.insert(node.id(), depth);
        if let Some(id) = node.attribute("id") {
            by_id.insert(id, node);
        }
        let style = node.attribute("style").unwrap_or_default();
        filtered += usize::from(node.has_attribute("filter") || style.contains("filter"));
        if depth > DEEPEST || filtered > MOST_FILTERED || !is_quick(node) {
            return false;
        }
    }
    let mut counts = HashMap::new();
    let all = drawn(root, &by_id, &mut counts, 0);
    all <= MOST_ELEMENTS
}

/// Whether an element is no part of a filter that takes long.
fn is_quick(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    if name.starts_with("fe") {
        return QUICK_FILTERS.contains(&name);
    }
    if name != "filter" {
        return true;
    }
    let in_points = node.attribute("filterUnits") == Some("userSpaceOnUse");
    let most = if in_points {
        MOST_FILTER_POINTS
    } else {
        WIDEST_FILTER
    };
    ["x", "y", "width", "height"].into_iter().all(|side| {
        let Some(value) = node.attribute(side) else {
            return true;
        };
        let percent = value.trim().strip_suffix('%');
        let number: Option<f64> = percent.unwrap_or(value).trim().parse().ok();
        let number = number.map(|number| {
            if percent.is_some() {
                number / 100.0
            } else {
                number
            }
        });
        // What is no number does not count.
        number.is_none_or(|number| number.abs() <= most)
    })
}

/// How many elements an element is with what it uses, at most one more than there may be, as it is for one that leads too
/// deep. What uses itself is counted once.
fn drawn<'d>(
    node: Node<'d, 'd>,
    by_id: &HashMap<&str, Node<'d, 'd>>,
    counts: &mut HashMap<NodeId, u64>,
    depth: usize,
) -> u64 {
    if depth > DEEPEST {
        return MOST_ELEMENTS + 1;
    }
    if let Some(count) = counts.get(&node.id()) {
        return *count;
    }
    counts.insert(node.id(), 1);
    let mut count = 1;
    for child in node.children().filter(Node::is_element) {
        count += drawn(child, by_id, counts, depth + 1);
        if count > MOST_ELEMENTS {
            break;
        }
    }
    let leads = node
        .attributes()
        .find(|attribute| attribute.name() == "href");
    let used = leads.and_then(|leads| by_id.get(leads.value().trim().strip_prefix('#')?));
    if let Some(used) = used.filter(|_| node.tag_name().name() == "use") {
        count += drawn(*used, by_id, counts, depth + 1);
    }
    let count = count.min(MOST_ELEMENTS + 1);
    counts.insert(node.id(), count);
    count
}

/// Whether a length is more than nothing; one in percent is.
fn is_positive(length: &str) -> bool {
    let number = length.trim();
    let end = number.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')));
    let number: Result<f64, _> = number[..end.unwrap_or(number.len())].parse();
    number.is_ok_and(|number| number > 0.0)
}

/// Whether a view box is more than nothing.
fn view_size(view: &str) -> bool {
    let numbers = view.split([' ', ',', '\t', '\n', '\r']);
    let numbers: Vec<&str> = numbers.filter(|number| !number.is_empty()).collect();
    matches!(numbers.as_slice(), [_, _, width, height] if is_positive(width) && is_positive(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str) -> Result<(), Flaw> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>{content}</svg>"
        );
        flaw(svg.as_bytes(), 0, super::super::sound::flaw)
    }

    #[test]
    fn what_takes_paper_too_long_is_told() {
        let deep = |depth| format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth));
        assert_eq!(of(&deep(400)), Ok(()));
        assert_eq!(of(&deep(3_000)), Err(Flaw::TooHeavy));
        assert!(of(&deep(300_000)).is_err());
        for filter in [
            "<filter><feGaussianBlur stdDeviation='9'/><feOffset dx='2'/></filter>",
            "<filter x='-20%' y='-0.5' width='140%' height='3'><feFlood/></filter>",
            "<filter filterUnits='userSpaceOnUse' width='300' height='200'><feFlood/></filter>",
        ] {
            assert_eq!(of(filter), Ok(()), "{filter}");
        }
        for filter in [
            "<filter><feTurbulence numOctaves='1000000'/></filter>",
            "<filter><feMorphology radius='500'/></filter>",
            "<filter width='1e9'><feFlood/></filter>",
            "<filter y='-100000%'><feFlood/></filter>",
            "<filter filterUnits='userSpaceOnUse' width='30000'><feFlood/></filter>",
        ] {
            assert_eq!(of(filter), Err(Flaw::TooHeavy), "{filter}");
        }
        let filtered = |count| "<rect filter='url(#f)'/>".repeat(count);
        assert_eq!(of(&filtered(100)), Ok(()));
        assert_eq!(of(&filtered(101)), Err(Flaw::TooHeavy));
    }

    #[test]
    fn what_is_used_again_and_again_is_counted_each_time() {
        let mut content = "<g id='a0'><rect/></g>".to_owned();
        for level in 1..40 {
            let used = format!("<use href='#a{}'/>", level - 1).repeat(2);
            content.push_str(&format!("<g id='a{level}'>{used}</g>"));
        }
        assert_eq!(of(&content), Err(Flaw::TooHeavy));
        let mut chain = String::new();
        for level in 0..50_000 {
            chain.push_str(&format!("<use id='b{level}' href='#b{}'/>", level + 1));
        }
        assert_eq!(of(&chain), Err(Flaw::TooHeavy));
        assert_eq!(of("<g id='a'><use href='#a'/></g><use href='#a'/>"), Ok(()));
    }

    #[test]
    fn a_picture_in_a_drawing_is_looked_at_too() {
        let image = |kind: &str, bytes: &[u8]| {
            let data = STANDARD.encode(bytes);
            format!("<image href='data:image/{kind};base64,{data}'/>")
        };
        let half = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(of(&image("png", half)), Err(Flaw::Half));
        assert_eq!(of(&image("png", b"nothing")), Ok(()));
        let inner = b"<svg xmlns='http://www.w3.org/2000/svg'><a href='http://x'/></svg>";
        assert_eq!(
            of(&image("svg+xml", inner)),
            Err(Flaw::Leads("http://x".to_owned()))
        );
        let plain = "<image href='data:image/svg+xml,%3Csvg width=%220%22/%3E'/>";
        assert_eq!(of(plain), Err(Flaw::NoSize));
    }
}
