//! Between bytes of a text and the places editors count in: lines, and UTF-16 units in them. And between paths
//! and their addresses.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::{Position, Range, Uri};

use crate::text::Span;

/// Where the lines of a text begin. A line ends with `\n`, `\r\n` or `\r`.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// The place of a byte; one inside a letter counts as the letter, one past the end as the end.
    pub(super) fn position(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= byte) - 1;
        let before = &self.text[self.starts[line]..byte];
        let units: usize = before.chars().map(char::len_utf16).sum();
        Position::new(number(line), number(units))
    }

    /// The byte at a place; past the end of a line is its end, past the last line the end of the text.
    pub(super) fn byte(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else {
            return self.text.len();
        };
        let next = self.starts.get(line + 1);
        let end = next.copied().unwrap_or(self.text.len());
        let letters = self.text[start..end].trim_end_matches(['\n', '\r']);
        let mut units = position.character as usize;
        for (at, letter) in letters.char_indices() {
            if units < letter.len_utf16() {
                return start + at;
            }
            units -= letter.len_utf16();
        }
        start + letters.len()
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.between(span.start(), span.end())
    }

    pub(super) fn between(&self, start: usize, end: usize) -> Range {
        Range::new(self.position(start), self.position(end))
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The address of a file; `None` for a path that is no text.
pub(super) fn address(path: &Path) -> Option<Uri> {
    let path = path.to_str()?.replace('\\', "/");
    let mut address = "file://".to_owned();
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Uri::from_str(&address).ok()
}

/// The path that an address of a file leads to; `None` for one of anything else.
pub(super) fn path(address: &Uri) -> Option<PathBuf> {
    let rest = address.as_str().strip_prefix("file://")?;
    let encoded = &rest.as_bytes()[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while let Some(&byte) = encoded.get(at) {
        let digits = encoded.get(at + 1..at + 3);
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, escaped) {
            (b'%', Some(escaped)) => {
                bytes.push(escaped);
                at += 3;
            }
            _ => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    // `/C:/x` is a path of Windows.
    let drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_units_of_utf_16() {
        // A decomposed å is two units and three bytes, the face two units and four bytes.
        let text = "æøå = 1\r\na\u{30a}\u{1F642}x\rb\n";
        let lines = Lines::of(text);
        let at = |needle: &str| text.find(needle).expect("it is there");
        for (byte, line, unit) in [
            (at("å"), 0, 2),
            (at("1"), 0, 6),
            (at("x"), 1, 4),
            (at("b"), 2, 0),
            (text.len(), 3, 0),
        ] {
            let position = Position::new(line, unit);
            assert_eq!(lines.position(byte), position, "{byte}");
            assert_eq!(lines.byte(position), byte, "{position:?}");
        }
        assert_eq!(lines.byte(Position::new(0, 99)), at("\r\n"));
        assert_eq!(lines.byte(Position::new(9, 0)), text.len());
        // Between the two halves of the face is before it.
        assert_eq!(lines.byte(Position::new(1, 3)), at("\u{1F642}"));
    }

    #[test]
    fn a_path_and_its_address_lead_to_each_other() {
        let uri = address(Path::new("/hus/å b/01-x.toml")).expect("an address");
        assert_eq!(uri.as_str(), "file:///hus/%C3%A5%20b/01-x.toml");
        assert_eq!(path(&uri), Some(PathBuf::from("/hus/å b/01-x.toml")));
        let windows = Uri::from_str("file:///c%3A/hus/a.toml").expect("an address");
        assert_eq!(path(&windows), Some(PathBuf::from("c:/hus/a.toml")));
        let other = Uri::from_str("untitled:Untitled-1").expect("an address");
        assert_eq!(path(&other), None);
    }
}
