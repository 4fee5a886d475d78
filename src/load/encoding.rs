//! RP005 `tegnsaet`: turns a file's bytes into text, or names the encoding they seem to have.
//!
//! Only UTF-8 is accepted; nothing is guessed into the document. A byte order mark is taken off. What
//! `check --fix` may save as UTF-8 is what can mean one thing only.

use std::sync::Arc;

use crate::diag::{Code, Finding};
use crate::text::{Place, SourceFile, Span};

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The file as text. A file in another encoding comes back as far as it can be read, so that the
/// finding has a line to point at; its content must not be used.
pub fn decode(path: &str, bytes: &[u8]) -> Result<Arc<SourceFile>, Box<Finding>> {
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) if memchr::memchr(0, text.as_bytes()).is_none() => {
            Ok(Arc::new(SourceFile::new(path, text)))
        }
        _ => Err(Box::new(finding(path, bytes))),
    }
}

/// How a file is saved that ought to be UTF-8 without a byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte order mark.
    MarkedUtf8,
    /// UTF-16 with a byte order mark.
    Utf16,
    /// The code page of Windows in western Europe.
    Windows1252,
}

/// A file's text, and how it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reencoded {
    /// How it is saved.
    pub from: Encoding,
    /// What it says, without a byte order mark.
    pub text: String,
}

impl Encoding {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MarkedUtf8 => "UTF-8 med BOM",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The text of a file that is not saved as UTF-8 without a mark, where it is certain what it says.
pub fn reencode(bytes: &[u8]) -> Option<Reencoded> {
    let (from, text) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            let text = std::str::from_utf8(rest).ok()?;
            (Encoding::MarkedUtf8, text.to_owned())
        }
        [0xFF, 0xFE, rest @ ..] => (Encoding::Utf16, utf16(rest, u16::from_le_bytes)?),
        [0xFE, 0xFF, rest @ ..] => (Encoding::Utf16, utf16(rest, u16::from_be_bytes)?),
        _ if std::str::from_utf8(bytes).is_ok() => return None,
        _ => (Encoding::Windows1252, windows_1252(bytes)?),
    };
    let is_text = !text.contains(['\0', '\u{FEFF}']);
    is_text.then_some(Reencoded { from, text })
}

/// A text however it is saved, without a byte order mark; `None` where it is not certain what its bytes mean.
pub fn as_utf8(bytes: &[u8]) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.trim_start_matches('\u{FEFF}').to_owned()),
        Err(_) => reencode(bytes).map(|read| read.text),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    rest.is_empty().then_some(())?;
    String::from_utf16(&units).ok()
}

/// The Danish letters and the common signs of Windows-1252. The bytes of æ, ø and å in the code pages of
/// DOS and of old Macs are not among the letters here.
const WINDOWS_1252: [(u8, char); 32] = [
    (0x84, '„'),
    (0x85, '…'),
    (0x91, '‘'),
    (0x92, '’'),
    (0x93, '“'),
    (0x94, '”'),
    (0x95, '•'),
    (0x96, '–'),
    (0x97, '—'),
    (0xA0, '\u{A0}'),
    (0xA7, '§'),
    (0xAB, '«'),
    (0xB0, '°'),
    (0xB4, '´'),
    (0xBB, '»'),
    (0xBD, '½'),
    (0xC4, 'Ä'),
    (0xC5, 'Å'),
    (0xC6, 'Æ'),
    (0xC9, 'É'),
    (0xD6, 'Ö'),
    (0xD8, 'Ø'),
    (0xDC, 'Ü'),
    (0xE0, 'à'),
    (0xE1, 'á'),
    (0xE4, 'ä'),
    (0xE5, 'å'),
    (0xE6, 'æ'),
    (0xE9, 'é'),
    (0xF6, 'ö'),
    (0xF8, 'ø'),
    (0xFC, 'ü'),
];

/// The text of a file in Windows-1252; `None` where a byte is no Danish letter or common sign of it, or
/// where the signs stand so oddly that the file is likelier to be in a code page of DOS.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut has_danish = false;
    for &byte in bytes {
        let before = text.chars().next_back();
        let after_letter = before.is_some_and(char::is_alphabetic);
        let after_digit = before.is_some_and(|c| c.is_ascii_digit());
        let c = if byte.is_ascii() {
            char::from(byte)
        } else {
            let index = WINDOWS_1252.binary_search_by_key(&byte, |(byte, _)| *byte);
            WINDOWS_1252[index.ok()?].1
        };
        // An opening quote inside a word is the æ of DOS, and a letter after a digit its degree sign.
        let is_odd =
            (c == '‘' && after_letter) || (!c.is_ascii() && c.is_alphabetic() && after_digit);
        if is_odd {
            return None;
        }
        has_danish |= "æøåÆØÅ".contains(c);
        text.push(c);
    }
    has_danish.then_some(text)
}

fn finding(path: &str, bytes: &[u8]) -> Finding {
    let (name, shown, at) = guess(bytes);
    let file = Arc::new(SourceFile::new(path, shown));
    let place = Place::new(&file, at);
    Finding::new(
        Code::Tegnsaet,
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
        let plain = decode("a.toml", "a = 'æ'".as_bytes()).expect("is UTF-8");
        let marked = decode("a.toml", "\u{FEFF}a = 'æ'".as_bytes()).expect("is UTF-8");
        assert_eq!(plain.text(), marked.text());
    }

    #[test]
    fn windows_1252_is_named_and_its_first_letter_pointed_at() {
        let finding = decode("a.toml", b"a = 1\nb = 'bl\xE5'").expect_err("not UTF-8");
        assert_eq!(finding.code, Code::Tegnsaet);
        assert!(
            finding.message.contains("Windows-1252"),
            "{}",
            finding.message
        );
        let start = finding.place.range().start;
        assert_eq!((start.line.get(), start.column.get()), (2, 8));
    }

    #[test]
    fn what_is_certain_is_decoded() {
        let decoded = |bytes: &[u8]| reencode(bytes).map(|one| (one.from, one.text));
        assert_eq!(
            decoded("\u{FEFF}a = 'æ'\r\n".as_bytes()),
            Some((Encoding::MarkedUtf8, "a = 'æ'\r\n".to_owned()))
        );
        assert_eq!(
            decoded(b"\xFE\xFF\0a\0\xE6"),
            Some((Encoding::Utf16, "aæ".to_owned()))
        );
        assert_eq!(
            decoded(b"Bl\xE5 \x93d\xF8r\x94 \x96 \xA7 4"),
            Some((Encoding::Windows1252, "Blå “dør” – § 4".to_owned()))
        );
        assert_eq!(decoded("blå".as_bytes()), None);
    }

    #[test]
    fn what_may_mean_something_else_is_left_alone() {
        for bytes in [
            &b"\xFF\xFEa\0b"[..],  // half a character
            b"\xFF\xFE\0\xD8",     // half a pair
            b"a\0b\0",             // UTF-16 without a mark
            b"k\xBEre",            // æ on an old Mac
            b"l\x91re 20\xF8",     // æ and a degree sign in DOS
            b"sm\x9Brrebr\x9Bd",   // ø in DOS
            b"caf\xE9",            // not a word of Danish letters only
            b"bl\xE5 \xC3\xA6",    // two encodings in one file
            b"\xEF\xBB\xBFbl\xE5", // a mark that is not true
            b"bl\xE5\0",           // not a text
        ] {
            assert_eq!(reencode(bytes), None, "{bytes:x?}");
        }
    }

    #[test]
    fn the_signs_are_in_the_order_of_their_bytes() {
        assert!(WINDOWS_1252.is_sorted_by_key(|(byte, _)| *byte));
    }

    #[test]
    fn utf16_is_named_with_and_without_a_byte_order_mark() {
        for mark in [&b""[..], b"\xFF\xFE"] {
            let mut bytes = mark.to_vec();
            bytes.extend("a = 1".encode_utf16().flat_map(u16::to_le_bytes));
            let finding = decode("a.toml", &bytes).expect_err("not UTF-8");
            assert!(finding.message.contains("UTF-16"), "{}", finding.message);
        }
    }
}
