//! What stands around the text: whose document it is, its edition, the contents, and the head and foot of every page.

use std::fmt::Write as _;

use super::body::Body;
use super::xml::escaped;
use crate::document::{Document, Part, select};
use crate::render::frame::{contact, facts, notice};

/// The name spaces of a part with text.
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\" mc:Ignorable=\"w15\"";

/// The title block: what stands at the head of the page as well.
pub(super) fn front<'d>(body: &mut Body<'d>, document: &'d Document) {
    body.control("front", |body| {
        if let Some(notice) = notice(&document.edition) {
            body.paragraph("Rp-notice", |body| {
                body.run("<w:b/><w:bCs/>", notice.label);
                body.run("", &format!(" {}", notice.text));
            });
        }
        if let Some(logo) = document.logo.as_ref().filter(|logo| body.shows(&logo.file)) {
            body.paragraph("Rp-area", |body| body.image(&logo.file, &logo.text));
        }
        let area = &document.area;
        let organisation = area.organisation.iter().map(String::as_str);
        let names: Vec<&str> = organisation.chain([area.name.as_str()]).collect();
        body.paragraph("Rp-area", |body| body.run("", &names.join(" · ")));
        body.paragraph("Titel", |body| body.run("", &document.title));
        let institution = &document.institution;
        body.paragraph("Undertitel", |body| body.run("", &institution.name));
        if let Some(subtitle) = &document.subtitle {
            body.paragraph("Rp-subtitle", |body| body.run("", subtitle));
        }
        if let Some(motto) = &document.motto {
            body.paragraph("Rp-motto", |body| body.run("", motto));
        }
        let ways = contact(institution);
        if !ways.is_empty() {
            body.paragraph("Rp-area", |body| {
                for (at, way) in ways.iter().enumerate() {
                    body.run("", if at == 0 { "" } else { " · " });
                    match &way.href {
                        Some(href) => body.linked(href, |body| {
                            body.run("<w:rStyle w:val=\"Hyperlink\"/>", &way.text);
                        }),
                        None => body.run("", &way.text),
                    }
                }
            });
        }
        for fact in facts(document) {
            body.paragraph("Rp-fact", |body| {
                body.run("<w:b/><w:bCs/>", &format!("{}:", fact.label));
                body.run("", &format!(" {}", fact.value));
            });
        }
    });
}

/// The list of contents: the two upper levels, as links. It is a field, so that Word can put page numbers to it; nobody
/// is asked about that when the file is opened, and nothing is missing where nobody does.
pub(super) fn contents<'d>(body: &mut Body<'d>, document: &'d Document) {
    let mut entries = Vec::new();
    for part in document.parts() {
        entries.push((1, part));
        entries.extend(part.parts.iter().map(|child| (2, child)));
    }
    let id = body.next_id();
    write!(
        body.out,
        "<w:sdt><w:sdtPr><w:id w:val=\"{id}\"/><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/>\
         <w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
    )
    .expect("a string takes every text");
    body.paragraph("Indholdsoverskrift", |body| body.run("", "Indhold"));
    let last = entries.len().saturating_sub(1);
    for (at, (level, part)) in entries.iter().enumerate() {
        body.paragraph(&format!("Indhold{level}"), |body| {
            if at == 0 {
                body.put(
                    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> \
                     TOC \\o &quot;1-2&quot; \\h \\z </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
                );
            }
            entry(body, part);
            if at == last {
                body.put("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
            }
        });
    }
    body.put("</w:sdtContent></w:sdt>");
}

fn entry<'d>(body: &mut Body<'d>, part: &'d Part) {
    body.inside(&part.id, |body| body.run("", &select::name(part)));
}

/// The head of every page: how it stands with the edition.
pub(super) fn header(document: &Document) -> String {
    let label = escaped(document.edition.status.label);
    format!(
        "<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Sidehoved\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{label}</w:t></w:r></w:p></w:hdr>"
    )
}

/// The foot of every page: which document and edition it is, and the page.
pub(super) fn footer(document: &Document) -> String {
    let (footer, note) = (escaped(&document.footer), escaped(&document.copy_note));
    let field = |name: &str| {
        format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
    };
    let text = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let line =
        |content: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"Sidefod\"/></w:pPr>{content}</w:p>");
    let first = [
        text(&footer),
        "<w:r><w:tab/></w:r>".to_owned(),
        text("Side "),
        field("PAGE"),
        text(" af "),
        field("NUMPAGES"),
    ];
    format!(
        "<w:ftr {NAMESPACES}>{}{}</w:ftr>",
        line(&first.concat()),
        line(&text(&note))
    )
}
