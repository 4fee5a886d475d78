//! RP005 `tegnsaet`: turns a file's bytes into text, or names the encoding they seem to have.
//!
//! Only UTF-8 is accepted; nothing is guessed into the document. A byte order mark is taken off.

use std::sync::Arc;

use crate::diag::{Code, Finding};
use crate::text::{Place, SourceFile, Span};

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The file as text. A file in another encoding comes back as far as it can be read, so that the
/// finding has a line to point at; its content must not be used.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<Arc<SourceFile>, Box<Finding>> {
    let bytes = match bytes.strip_prefix(UTF8_MARK) {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    if u32::try_from(bytes.len()).is_err() {
        return Err(Box::new(too_large(path)));
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(Box::new(finding(path, text.as_bytes()))),
        Ok(text) => Ok(Arc::new(SourceFile::new(path, text))),
        Err(error) => Err(Box::new(finding(path, error.as_bytes()))),
    }
}

fn too_large(path: &str) -> Finding {
    let file = Arc::new(SourceFile::new(path, ""));
    Finding::new(
        Code::Encoding,
        Place::top(&file),
        "Filen er på 4 GB eller mere og kan ikke læses som en tekstfil.",
    )
}

fn finding(path: &str, bytes: &[u8]) -> Finding {
    let (name, shown, at) = guess(bytes);
    let file = Arc::new(SourceFile::new(path, shown));
    let place = Place::new(&file, at);
    Finding::new(
        Code::Encoding,
        place,
        format!("Filen er gemt som {name} og ikke som UTF-8."),
    )
    .with_help(
        "Åbn filen, vælg »Gem som«, og vælg tegnsættet »UTF-8«. I Notesblok står valget ved siden af \
         knappen »Gem«. I VS Code står tegnsættet nederst til højre: tryk på det, og vælg »Save with \
         Encoding« og »UTF-8«.",
    )
}

/// The encoding's name, the text as far as it can be shown, and the first place that is not UTF-8.
fn guess(bytes: &[u8]) -> (&'static str, String, Span) {
    let utf16 = |big_endian: bool, skip: usize| {
        let units: Vec<u16> = bytes[skip..]
            .chunks_exact(2)
            .map(|pair| {
                let pair = [pair[0], pair[1]];
                if big_endian {
                    u16::from_be_bytes(pair)
                } else {
                    u16::from_le_bytes(pair)
                }
            })
            .collect();
        ("UTF-16", String::from_utf16_lossy(&units), Span::default())
    };
    match bytes {
        [0xFF, 0xFE, ..] => return utf16(false, 2),
        [0xFE, 0xFF, ..] => return utf16(true, 2),
        [first, 0, ..] if *first != 0 => return utf16(false, 0),
        [0, second, ..] if *second != 0 => return utf16(true, 0),
        _ => {}
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        // Else text: one odd byte, which is hard to find for whoever is not shown it.
        return match std::str::from_utf8(bytes) {
            Ok(text) => ("en binær fil", text.to_owned(), Span::from(at..at + 1)),
            Err(_) => ("en binær fil", String::new(), Span::default()),
        };
    }
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let mut shown = String::with_capacity(bytes.len() + 8);
    shown.push_str(std::str::from_utf8(&bytes[..valid]).expect("checked just above"));
    let start = shown.len();
    // Windows-1252 agrees with Latin-1 on every Danish letter, which is all a reader needs to see.
    shown.extend(bytes[valid..].iter().map(|&byte| char::from(byte)));
    let first = shown[start..].chars().next().map_or(0, char::len_utf8);
    ("Windows-1252", shown, Span::from(start..start + first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_read_with_and_without_a_byte_order_mark() {
        let plain = decode("a.toml", "a = 'æ'".as_bytes().to_vec()).expect("is UTF-8");
        let marked = decode("a.toml", "\u{FEFF}a = 'æ'".as_bytes().to_vec()).expect("is UTF-8");
        assert_eq!(plain.text(), marked.text());
    }

    #[test]
    fn windows_1252_is_named_and_its_first_letter_pointed_at() {
        let finding = decode("a.toml", b"a = 1\nb = 'bl\xE5'".to_vec()).expect_err("not UTF-8");
        assert_eq!(finding.code, Code::Encoding);
        assert!(
            finding.message.contains("Windows-1252"),
            "{}",
            finding.message
        );
        let start = finding.place.range().start;
        assert_eq!((start.line.get(), start.column.get()), (2, 8));
    }

    #[test]
    fn utf16_is_named_with_and_without_a_byte_order_mark() {
        for mark in [&b""[..], b"\xFF\xFE"] {
            let mut bytes = mark.to_vec();
            bytes.extend("a = 1".encode_utf16().flat_map(u16::to_le_bytes));
            let finding = decode("a.toml", bytes).expect_err("not UTF-8");
            assert!(finding.message.contains("UTF-16"), "{}", finding.message);
        }
    }
}
