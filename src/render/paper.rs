//! A document as typst is given it: as `protokol.json` has it, but for what a part holds, which is primitives.
//!
//! The templates build content of these shapes and know no block of the format (`docs/json.md`). What is printed
//! besides the document stands under `print`.

use serde::Serialize;

use super::keep::keep_all;
use crate::document::layout::{self, Element};
use crate::document::{
    self, AreaName, Content, Document, Edition, Fact, ForReaders, Institution, Logo, Obligatory,
    PageCode, PartKind, SkabelonName, TextLanguage,
};
use crate::text;

/// The document as JSON for typst, and what is special to this print of it.
pub fn paper<P: Serialize>(document: &Document, print: Option<P>) -> String {
    let mut paper = serde_json::to_value(Paper::of(document, print))
        .expect("a document is plain data with text keys");
    keep_all(&mut paper);
    text::json(&paper)
}

#[derive(Serialize)]
struct Paper<'d, P> {
    version: u32,
    language: &'static str,
    slug: &'d str,
    title: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    motto: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'d Logo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    for_readers: Option<&'d ForReaders>,
    institution: &'d Institution,
    area: &'d AreaName,
    skabelon: &'d SkabelonName,
    edition: &'d Edition,
    facts: &'d [Fact],
    draft: bool,
    footer: &'d str,
    copy_note: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_code: Option<&'d PageCode>,
    sections: Vec<PaperPart<'d>>,
    backmatter: Vec<PaperPart<'d>>,
    appendices: Vec<PaperPart<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    print: Option<P>,
}

impl<'d, P> Paper<'d, P> {
    fn of(document: &'d Document, print: Option<P>) -> Self {
        let Document {
            version,
            language,
            slug,
            title,
            subtitle,
            motto,
            for_readers,
            editions: _,
            documents: _,
            logo,
            institution,
            area,
            skabelon,
            edition,
            facts,
            draft,
            footer,
            copy_note,
            page_code,
            sections,
            backmatter,
            appendices,
        } = document;
        Self {
            version: *version,
            language,
            slug,
            title,
            subtitle: subtitle.as_deref(),
            motto: motto.as_deref(),
            logo: logo.as_ref(),
            for_readers: for_readers.as_ref(),
            institution,
            area,
            skabelon,
            edition,
            facts,
            draft: *draft,
            footer,
            copy_note,
            page_code: page_code.as_ref(),
            sections: parts(sections),
            backmatter: parts(backmatter),
            appendices: parts(appendices),
            print,
        }
    }
}

/// A part with what it holds as primitives.
#[derive(Debug, Serialize)]
pub struct PaperPart<'d> {
    id: &'d str,
    kind: PartKind,
    number: &'d str,
    level: u8,
    heading: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    readers: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'d TextLanguage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    obligatory: Option<&'d Obligatory>,
    content: Vec<Element<'d>>,
    parts: Vec<Self>,
    closing: Vec<Element<'d>>,
}

impl<'d> From<&'d document::Part> for PaperPart<'d> {
    fn from(part: &'d document::Part) -> Self {
        let document::Part {
            id,
            kind,
            number,
            level,
            heading,
            readers,
            language,
            obligatory,
            content,
            parts: below,
            closing,
            given: _,
        } = part;
        Self {
            id,
            kind: *kind,
            number,
            level: *level,
            heading,
            readers: readers.as_deref(),
            language: language.as_ref(),
            obligatory: obligatory.as_ref(),
            content: elements(content),
            parts: parts(below),
            closing: elements(closing),
        }
    }
}

fn parts(parts: &[document::Part]) -> Vec<PaperPart<'_>> {
    parts.iter().map(PaperPart::from).collect()
}

fn elements(contents: &[Content]) -> Vec<Element<'_>> {
    contents.iter().flat_map(layout::elements).collect()
}
