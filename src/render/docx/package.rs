//! The container: the parts of a file of Word and what they are to each other. Every part has the same time and comes
//! in the same order, so that the bytes are those of the content alone.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::{Body, Relations};
use super::frame::{self, NAMESPACES};
use super::xml::escaped;
use crate::document::Document;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const STYLES: &str = include_str!("../../../templates/page/docx/styles.xml");
const SETTINGS: &str = include_str!("../../../templates/page/docx/settings.xml");
/// The addresses of kinds of relations begin so.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// What kinds of parts are called begins so.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// The parts of the text beside `word/document.xml`: the name, and what it is to the text, which is its kind as well.
const BESIDE: [(&str, &str); 6] = [
    ("styles.xml", "styles"),
    ("numbering.xml", "numbering"),
    ("settings.xml", "settings"),
    ("footnotes.xml", "footnotes"),
    ("header1.xml", "header"),
    ("footer1.xml", "footer"),
];

/// The file.
pub(super) fn package(document: &Document, mut body: Body<'_>) -> Vec<u8> {
    let beside: Vec<String> = BESIDE
        .iter()
        .map(|(name, kind)| body.relations.id(kind, name, false))
        .collect();
    let (header, footer) = (&beside[4], &beside[5]);
    let text = format!(
        "<w:document {NAMESPACES}><w:body>{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"{header}\"/>\
         <w:footerReference w:type=\"default\" r:id=\"{footer}\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1418\" w:right=\"1418\" w:bottom=\"1418\" w:left=\"1418\" w:header=\"709\" w:footer=\"567\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>",
        body.out
    );
    let notes = format!(
        "<w:footnotes {NAMESPACES}>\
         <w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>\
         {}</w:footnotes>",
        body.notes
    );
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut xml = |name: &str, content: &str| {
        let content = content.trim_start_matches(HEAD.trim_end()).trim();
        parts.push((name.to_owned(), format!("{HEAD}{content}").into_bytes()));
    };
    xml("[Content_Types].xml", &content_types());
    xml("_rels/.rels", &root());
    xml("docProps/core.xml", &properties(document));
    xml("docProps/app.xml", &application());
    xml("docProps/custom.xml", &answers(&body.answers));
    xml("word/document.xml", &text);
    xml("word/_rels/document.xml.rels", &relations(&body.relations));
    let is_large = document.for_readers.iter().any(|readers| readers.large);
    let styles = if is_large {
        enlarged(STYLES)
    } else {
        STYLES.to_owned()
    };
    xml("word/styles.xml", &styles);
    xml("word/numbering.xml", &body.lists.xml());
    xml("word/settings.xml", SETTINGS);
    xml("word/footnotes.xml", &notes);
    xml(
        "word/_rels/footnotes.xml.rels",
        &relations(&body.note_relations),
    );
    xml("word/header1.xml", &frame::header(document));
    xml("word/footer1.xml", &frame::footer(document));
    for (at, picture) in body.media.iter().enumerate() {
        let ending = picture.media_type.trim_start_matches("image/");
        let name = format!("word/media/billede{}.{ending}", at + 1);
        parts.push((name, picture.bytes.clone()));
    }
    packed(&parts)
}

/// The styles in large type: 18 pt where it is 11 pt otherwise, and all else in proportion.
fn enlarged(styles: &str) -> String {
    let mut large = String::with_capacity(styles.len() + 256);
    let mut rest = styles;
    while let Some(at) = rest.find("<w:sz").map(|at| at + "<w:sz".len()) {
        let value = rest[at..].find('"').map_or(at, |quote| at + quote + 1);
        let end = rest[value..].find('"').map_or(value, |quote| value + quote);
        large.push_str(&rest[..value]);
        match rest[value..end].parse::<u32>() {
            Ok(size) => large.push_str(&(size * 18 / 11).to_string()),
            Err(_) => large.push_str(&rest[value..end]),
        }
        rest = &rest[end..];
    }
    large.push_str(rest);
    large
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in parts {
        writer
            .start_file(name.as_str(), options)
            .expect("each part has a name of its own");
        writer.write_all(bytes).expect("memory takes all");
    }
    writer.finish().expect("memory takes all").into_inner()
}

fn content_types() -> String {
    let mut types = String::from(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    );
    for kind in ["png", "jpeg", "gif"] {
        write!(
            types,
            "<Default Extension=\"{kind}\" ContentType=\"image/{kind}\"/>"
        )
        .expect("a string takes every text");
    }
    let mut part = |name: &str, kind: &str| {
        write!(
            types,
            "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"
        )
        .expect("a string takes every text");
    };
    part("word/document.xml", &format!("{WORD}document.main+xml"));
    for (name, kind) in BESIDE {
        part(&format!("word/{name}"), &format!("{WORD}{kind}+xml"));
    }
    part(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
    );
    part(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    );
    part(
        "docProps/custom.xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    );
    types.push_str("</Types>");
    types
}

fn root() -> String {
    let metadata = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/";
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{metadata}core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{RELATIONS}extended-properties\" Target=\"docProps/app.xml\"/>\
         <Relationship Id=\"rId4\" Type=\"{RELATIONS}custom-properties\" Target=\"docProps/custom.xml\"/></Relationships>"
    )
}

fn relations(relations: &Relations) -> String {
    let mut xml = String::from(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (at, (kind, target, outside)) in relations.list.iter().enumerate() {
        let mode = if *outside {
            " TargetMode=\"External\""
        } else {
            ""
        };
        write!(
            xml,
            "<Relationship Id=\"rId{}\" Type=\"{RELATIONS}{kind}\" Target=\"{}\"{mode}/>",
            at + 1,
            escaped(target)
        )
        .expect("a string takes every text");
    }
    xml.push_str("</Relationships>");
    xml
}

/// What the file says of itself. When it was made is no part of it.
fn properties(document: &Document) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dc:identifier>{}</dc:identifier><dc:language>da-DK</dc:language></cp:coreProperties>",
        escaped(&document.full_title()),
        escaped(&document.institution.name),
        escaped(&document.edition.code)
    )
}

/// What parts answer in the skabelon by name, which is printed nowhere: a property for each place. Word and others keep
/// them as they are.
fn answers(answers: &[(String, String)]) -> String {
    let mut xml = String::from(
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">",
    );
    for (at, (place, ids)) in answers.iter().enumerate() {
        write!(
            xml,
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{}\">\
             <vt:lpwstr>{}</vt:lpwstr></property>",
            at + 2,
            escaped(place),
            escaped(ids)
        )
        .expect("a string takes every text");
    }
    xml.push_str("</Properties>");
    xml
}

fn application() -> String {
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
     <Application>rusprot</Application></Properties>"
        .to_owned()
}
