//! The readers: from a file's bytes to the neutral tree, one kind of file each. What kind a file is, its bytes
//! decide and not its name, which people change.

mod docx;
mod html;
mod markdown;
mod numbering;
mod odt;
mod pdf;
mod plain;
mod styles;

use super::container::{Container, LARGEST_FILE};
use super::refusal::Refusal;
use super::source::{Source, words};
use crate::load::as_utf8;

/// The first bytes of the containers of old Word files and of locked new ones.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads a file whose name ends with `ending`, in small letters.
///
/// # Errors
/// When it is of a kind that is not read, locked, broken, or larger than it may be.
pub fn read(bytes: &[u8], ending: &str) -> Result<Source, Refusal> {
    if bytes.len() > LARGEST_FILE {
        return Err(Refusal::TooLarge);
    }
    let source = if bytes.starts_with(b"PK") {
        read_container(bytes)?
    } else if bytes.starts_with(b"%PDF") {
        pdf::read(bytes)?
    } else if bytes.starts_with(OLE) {
        return Err(old_word(bytes));
    } else if bytes.starts_with(b"{\\rtf") {
        return Err(Refusal::Other("i formatet RTF"));
    } else {
        read_text(bytes, ending)?
    };
    if source.texts().iter().all(|text| words(text).is_empty()) {
        return Err(Refusal::Empty);
    }
    Ok(source)
}

fn read_container(bytes: &[u8]) -> Result<Source, Refusal> {
    let mut container = Container::open(bytes)?;
    let has = |folder: &str| container.names().any(|name| name.starts_with(folder));
    if has("word/") || container.has("_rels/.rels") && !has("xl/") && !has("ppt/") {
        return docx::read(&mut container);
    }
    if has("xl/") {
        return Err(Refusal::Other("et regneark"));
    }
    if has("ppt/") {
        return Err(Refusal::Other("en præsentation"));
    }
    if has("Index/") || container.has("index.xml") || container.has("Index.zip") {
        return Err(Refusal::Other("fra Pages"));
    }
    if container.has("content.xml") {
        return odt::read(&mut container);
    }
    Err(Refusal::Other("en pakket mappe"))
}

/// A file in the container of old Word files: one of these, or a new one that is locked.
fn old_word(bytes: &[u8]) -> Refusal {
    let is_named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if is_named("EncryptedPackage") {
        Refusal::Encrypted
    } else {
        Refusal::Other("fra en gammel udgave af Word (.doc)")
    }
}

fn read_text(bytes: &[u8], ending: &str) -> Result<Source, Refusal> {
    let text = as_utf8(bytes).ok_or(Refusal::Encoding)?;
    if text.contains('\0') {
        return Err(Refusal::Other("ikke en tekst"));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let start = text.trim_start().get(..200).unwrap_or(&text).to_lowercase();
    let is_html = ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| start.starts_with(tag));
    match ending {
        "html" | "htm" => html::read(&text),
        _ if is_html => html::read(&text),
        "md" | "markdown" => Ok(markdown::read(&text)),
        _ => Ok(plain::read(&text)),
    }
}
