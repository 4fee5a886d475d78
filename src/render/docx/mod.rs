//! A document as a file of Word: the same text in the same order as the other formats, with real headings, numbers,
//! lists, tables and footnotes.
//!
//! It is written of shapes, and knows no block of the format. What a shape is can be told from the file, so that
//! `import` reads the same document back: a shape of one paragraph has a style of its own (`Rp-who`), one of several
//! stands in a content control with its class as tag (`rp:card`). The looks of the styles, and how lists count, are
//! `styles.xml` and `numbering.xml` in `templates/page/docx`. Nothing here reads the clock: the same document is the same file, byte
//! for byte.

mod body;
mod elements;
mod frame;
mod numbering;
mod package;
mod picture;
mod text;
mod xml;

use super::{Pictures, anchors};
use crate::document::Document;

/// Writes a document with its pictures.
pub(super) fn write(document: &Document, pictures: &Pictures) -> Vec<u8> {
    let mut body = body::Body::new(pictures, anchors(document));
    for part in &document.appendices {
        body.name_appendix(&part.id);
    }
    frame::front(&mut body, document);
    frame::contents(&mut body, document);
    for part in document.parts() {
        body.part(part, 1);
    }
    package::package(document, body)
}
