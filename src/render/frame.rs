//! The frame around a document's text: Tera templates that an area can replace.
//!
//! Templates get values, never markup to interpret: `{{ … }}` in an author's text is letters. In HTML every
//! value is escaped by Tera unless a renderer of ours wrote it, in Markdown likewise with Markdown's escapes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tera::{Context, Kwargs, State, Tera, Value};

use super::keep::{day_with_month, pieces};
use super::{
    AreaPage, CARDS_FILE, CARDS_PDF_FILE, DOCX_FILE, JSON_FILE, Links, MARKDOWN_FILE, Overrides,
    PDF_FILE, Picture, Pictures, Written, markdown, url,
};
use crate::document::select::{self, CardIn};
use crate::document::{
    AreaName, Document, Edition, Fact, Institution, Logo, SkabelonName, StatusKind, phone_text,
};
use crate::model::{mail_link, phone_address};

const HTML_TEMPLATES: [(&str, &str); 4] = [
    (
        "ramme.html",
        include_str!("../../templates/page/html/ramme.html"),
    ),
    (
        "protokol.html",
        include_str!("../../templates/page/html/protokol.html"),
    ),
    (
        "kort.html",
        include_str!("../../templates/page/html/kort.html"),
    ),
    (
        "omraade.html",
        include_str!("../../templates/page/html/omraade.html"),
    ),
];
const MARKDOWN_TEMPLATES: [(&str, &str); 1] = [(
    "protokol.md",
    include_str!("../../templates/page/md/protokol.md"),
)];
/// What a protocol's page does beyond being read. It is allowed by its hash alone.
pub(super) const SCRIPT: &str = include_str!("../../templates/page/html/side.js");
const STYLE: &str = "style.css";
pub(super) const STYLE_SHEET: &str = include_str!("../../templates/page/html/style.css");

/// The compiled templates.
#[derive(Debug)]
pub(super) struct Frames {
    html: Tera,
    markdown: Tera,
}

/// What a page's template gets, besides `contents`, `body` and `style`.
#[derive(Serialize)]
struct Page<'a> {
    language: &'a str,
    full_title: String,
    title: &'a str,
    subtitle: Option<&'a str>,
    motto: Option<&'a str>,
    logo: Option<&'a Logo>,
    institution: &'a Institution,
    area: &'a AreaName,
    skabelon: &'a SkabelonName,
    edition: &'a Edition,
    facts: Vec<Row<'a>>,
    contact: Vec<Contact<'a>>,
    draft: bool,
    /// What stands at the head of the page where it is not simply in force.
    notice: Option<Notice>,
    footer: &'a str,
    copy_note: &'a str,
    formats: Vec<Format>,
    /// The action cards in reading order.
    cards: Vec<Card<'a>>,
    /// The cards alone, as files beside the page.
    card_files: Vec<Format>,
    /// Where the area's page is.
    area_page: Option<&'static str>,
    /// The editions for some of the readers.
    editions: Vec<EditionLink<'a>>,
    /// Where the whole protocol is, on the page of an edition.
    main_page: Option<&'static str>,
    /// Whether the page is in large type.
    large: bool,
}

/// An edition for some of the readers.
#[derive(Serialize)]
struct EditionLink<'a> {
    name: &'a str,
    href: &'a str,
}

/// A row of the title block.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    pub(super) label: &'a str,
    pub(super) value: &'a str,
}

/// How to reach the institution: a text, and where it leads if it is a link.
#[derive(Serialize)]
pub(super) struct Contact<'a> {
    pub(super) text: Cow<'a, str>,
    /// The text in the pieces between which a page may break it.
    pieces: Vec<String>,
    pub(super) href: Option<String>,
}

/// An action card on the page.
#[derive(Serialize)]
struct Card<'a> {
    anchor: String,
    situation: &'a str,
}

/// A file to fetch.
#[derive(Clone, Copy, Serialize)]
struct Format {
    label: &'static str,
    href: &'static str,
}

impl Frames {
    pub(super) fn new(overrides: &Overrides) -> tera::TeraResult<Self> {
        let mut html = Tera::default();
        let mut markdown = Tera::default();
        markdown.autoescape_on([".md"]);
        markdown.set_escape_fn(escape_markdown);
        html.register_filter("day_with_month", |text: &str, _: Kwargs, _: &State| {
            day_with_month(text)
        });
        let own = overrides.html.iter().filter(|(name, _)| *name != STYLE);
        add(&mut html, &HTML_TEMPLATES, own)?;
        add(&mut markdown, &MARKDOWN_TEMPLATES, overrides.md.iter())?;
        let style = overrides.html.get(STYLE).map_or(STYLE_SHEET, |own| own);
        let global = html.global_context();
        global.insert_value("style", Value::safe_string(&style_text(style)));
        global.insert_value("script", Value::safe_string(SCRIPT));
        global.insert_value("script_hash", Value::safe_string(&script_hash()));
        Ok(Self { html, markdown })
    }

    /// A protocol's HTML page.
    pub(super) fn page(
        &self,
        document: &Document,
        pictures: &Pictures,
        written: &Written,
        formats: &Links,
    ) -> tera::TeraResult<Vec<u8>> {
        let mut context = context(document, formats)?;
        let logo = document.logo.as_ref();
        if let Some(picture) = logo.and_then(|logo| pictures.0.get(&logo.file)) {
            context.insert("logo_source", &data_url(picture));
        }
        context.insert_value("contents", Value::safe_string(&written.contents));
        context.insert_value("body", Value::safe_string(&written.body));
        context.insert_value("paper", Value::safe_string(&paper(document)));
        let room = written.contents.len() + written.body.len() + PAGE_FRAME;
        rendered(&self.html, "protokol.html", &context, room)
    }

    /// A protocol's Markdown.
    pub(super) fn markdown(
        &self,
        document: &Document,
        written: &Written,
    ) -> tera::TeraResult<Vec<u8>> {
        let mut context = context(document, &Links::default())?;
        context.insert_value("contents", Value::safe_string(&written.contents));
        context.insert_value("body", Value::safe_string(&written.body));
        let room = written.contents.len() + written.body.len() + MARKDOWN_FRAME;
        rendered(&self.markdown, "protokol.md", &context, room)
    }

    /// The page with the action cards alone.
    pub(super) fn cards(&self, document: &Document, body: &str) -> tera::TeraResult<Vec<u8>> {
        let mut context = context(document, &Links::default())?;
        context.insert_value("body", Value::safe_string(body));
        context.insert_value("paper", Value::safe_string(&paper(document)));
        rendered(&self.html, "kort.html", &context, body.len() + PAGE_FRAME)
    }

    /// The area's page.
    pub(super) fn area(&self, page: &AreaPage) -> tera::TeraResult<Vec<u8>> {
        let context = Context::from_serialize(page)?;
        rendered(&self.html, "omraade.html", &context, PAGE_FRAME)
    }
}

/// About as many bytes stand around what is written on a page.
const PAGE_FRAME: usize = STYLE_SHEET.len() + SCRIPT.len() + 8 * 1024;
/// And in Markdown.
const MARKDOWN_FRAME: usize = 2 * 1024;

/// A template with its values as the bytes of a file, for which there is `room` at first: what is made of texts is
/// not looked through again to see that it is one.
fn rendered(tera: &Tera, name: &str, context: &Context, room: usize) -> tera::TeraResult<Vec<u8>> {
    let mut out = Vec::with_capacity(room);
    tera.render_to(name, context, &mut out)?;
    Ok(out)
}

/// Adds the built-in templates, with an area's own in the place of those of the same name. All at once, since
/// one can be built on another.
fn add<'a>(
    tera: &mut Tera,
    built_in: &[(&'a str, &'a str)],
    own: impl Iterator<Item = (&'a String, &'a String)>,
) -> tera::TeraResult<()> {
    let mut templates = std::collections::BTreeMap::new();
    templates.extend(built_in.iter().copied());
    templates.extend(own.map(|(name, text)| (name.as_str(), text.as_str())));
    tera.add_raw_templates(templates)
}

/// A picture as an address that holds it.
pub(crate) fn data_url(picture: &Picture) -> String {
    let mut url = format!("data:{};base64,", picture.media_type);
    STANDARD.encode_string(&picture.bytes, &mut url);
    url
}

fn context(document: &Document, formats: &Links) -> tera::TeraResult<Context> {
    Context::from_serialize(&Page {
        language: document.language,
        full_title: document.full_title(),
        title: &document.title,
        subtitle: document.subtitle.as_deref(),
        motto: document.motto.as_deref(),
        logo: document.logo.as_ref(),
        institution: &document.institution,
        area: &document.area,
        skabelon: &document.skabelon,
        edition: &document.edition,
        facts: facts(document),
        contact: contact(&document.institution),
        draft: document.draft,
        notice: notice(&document.edition),
        footer: &document.footer,
        copy_note: &document.copy_note,
        formats: fetchable(formats),
        cards: cards(document),
        card_files: card_files(formats),
        area_page: formats.area.then_some(if formats.is_edition {
            "../../index.html"
        } else {
            "../index.html"
        }),
        editions: editions(formats),
        main_page: formats.is_edition.then_some("../index.html"),
        large: document
            .for_readers
            .as_ref()
            .is_some_and(|readers| readers.large),
    })
}

/// A word and a sentence for the reader of an edition that is not simply in force.
#[derive(Serialize)]
pub(super) struct Notice {
    pub(super) label: &'static str,
    pub(super) text: &'static str,
}

pub(super) fn notice(edition: &Edition) -> Option<Notice> {
    let text = match edition.status.kind {
        StatusKind::Draft => "Denne udgave er ikke færdig.",
        StatusKind::NotApproved => "Ingen har godkendt denne udgave endnu.",
        StatusKind::Changed => "Der er ændret i teksten, siden den sidst blev godkendt.",
        StatusKind::Approved | StatusKind::Unverified => return None,
    };
    let label = edition.status.label;
    Some(Notice { label, text })
}

/// The title block's rows. The status is always among them: it says whether the rest holds.
pub(super) fn facts(document: &Document) -> Vec<Row<'_>> {
    const STATUS: &str = "Status";
    let mut rows: Vec<_> = document
        .facts
        .iter()
        .map(|Fact { label, value }| Row { label, value })
        .collect();
    if rows.iter().all(|row| row.label != STATUS) {
        rows.push(Row {
            label: STATUS,
            value: &document.edition.status.text,
        });
    }
    rows
}

pub(super) fn contact<'a>(institution: &'a Institution) -> Vec<Contact<'a>> {
    let reached = |text: Cow<'a, str>, href| Contact {
        pieces: pieces(&text).map(str::to_owned).collect(),
        text,
        href,
    };
    let plain = |text| reached(text, None);
    let linked = |text, href: String| {
        let is_followed = url::is_followed(&href);
        reached(text, is_followed.then(|| url::encode(&href).into_owned()))
    };
    let mut contact: Vec<_> = institution
        .address
        .iter()
        .map(|line| plain(Cow::from(line)))
        .collect();
    if let Some(phone) = &institution.phone {
        let shown = Cow::from(phone_text(phone));
        match phone_address(phone) {
            Some(address) => contact.push(linked(shown, address)),
            None => contact.push(plain(shown)),
        }
    }
    if let Some(mail) = &institution.mail {
        match mail_link(mail) {
            Some(address) => contact.push(linked(mail.into(), address)),
            None => contact.push(plain(mail.into())),
        }
    }
    if let Some(web) = &institution.web {
        contact.push(linked(web.into(), web.clone()));
    }
    contact
}

fn cards(document: &Document) -> Vec<Card<'_>> {
    let cards = select::cards(document).into_iter();
    cards
        .filter_map(CardIn::named)
        .map(|(anchor, situation)| Card {
            anchor: url::fragment(anchor).into_owned(),
            situation,
        })
        .collect()
}

/// The cards alone: on a page of their own, which works without a network, and on paper.
fn card_files(formats: &Links) -> Vec<Format> {
    let all = [
        (formats.cards, "Kortene alene", CARDS_FILE),
        (formats.cards_pdf, "Kortene som PDF", CARDS_PDF_FILE),
    ];
    all.into_iter()
        .filter(|(lies_there, _, _)| *lies_there)
        .map(|(_, label, href)| Format { label, href })
        .collect()
}

fn editions(formats: &Links) -> Vec<EditionLink<'_>> {
    let editions = formats.editions.iter();
    editions
        .map(|(name, href)| EditionLink { name, href })
        .collect()
}

fn fetchable(formats: &Links) -> Vec<Format> {
    let all = [
        (formats.pdf, "PDF", PDF_FILE),
        (formats.docx, "Word", DOCX_FILE),
        (formats.markdown, "Markdown", MARKDOWN_FILE),
        (formats.json, "JSON", JSON_FILE),
    ];
    all.into_iter()
        .filter(|(lies_there, _, _)| *lies_there)
        .map(|(_, label, href)| Format { label, href })
        .collect()
}

/// The name by which a page's policy allows its script and no other.
pub(super) fn script_hash() -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(SCRIPT)))
}

/// A style sheet as it can stand in a page: nothing in it ends the element it stands in.
fn style_text(style: &str) -> String {
    style.replace("</", "<\\/")
}

/// What stands in the margins of every printed page, as CSS.
fn paper(document: &Document) -> String {
    let mut css = String::with_capacity(256);
    css.push_str("@page{@bottom-left{content:");
    let footer = format!("{} · {}", document.footer, document.copy_note);
    css_string(&mut css, &footer);
    css.push('}');
    css.push_str("@top-left{content:");
    css_string(&mut css, document.edition.status.label);
    css.push_str("}}");
    css
}

/// A text as a CSS string. Whatever is no plain letter is written as its number, so that nothing ends the
/// string or the element it stands in.
fn css_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            write!(out, "\\{:x} ", u32::from(c)).expect("a string takes every text");
        }
    }
    out.push('"');
}

fn escape_markdown(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(markdown::escape_line(text).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_css_string() {
        let mut css = String::new();
        css_string(&mut css, "a\"}</style>\\");
        assert_eq!(css, "\"a\\22 \\7d \\3c \\2f style\\3e \\5c \"");
    }
}
