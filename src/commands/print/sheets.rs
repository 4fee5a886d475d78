//! What is printed on sheets of its own: action cards, posters and blank forms.

use anyhow::{Result, bail};
use serde::Serialize;

use super::{Paper, with_print};
use crate::document::layout::{self, Element};
use crate::document::select::{self, CardIn};
use crate::document::{Document, Part};
use crate::export::{MAIN_FILE, PdfJob};
use crate::site::{Look, Resolved};

/// The main files of the templates.
const CARDS: &str = "kort.typ";
const POSTER: &str = "opslag.typ";
const FORM: &str = "formular.typ";

#[derive(Serialize)]
struct FormPrint {
    kind: &'static str,
    large: bool,
}

/// The job of one blank form.
pub(in crate::commands) fn form(
    resolved: &Resolved,
    document: &Document,
    look: &Look,
    part: &Part,
    large: bool,
) -> PdfJob<'static> {
    let document = select::only(document, vec![select::blank(part)]);
    let kind = "form";
    with_print(resolved, look, FORM, &document, FormPrint { kind, large })
}

#[derive(Serialize)]
struct TextPrint {
    kind: &'static str,
    large: bool,
}

/// The job of the text itself, such as that of an edition for some of the readers.
pub(in crate::commands) fn text(
    resolved: &Resolved,
    document: &Document,
    look: &Look,
    large: bool,
) -> PdfJob<'static> {
    let kind = "protocol";
    with_print(
        resolved,
        look,
        MAIN_FILE,
        document,
        TextPrint { kind, large },
    )
}

#[derive(Serialize)]
struct PosterPrint {
    kind: &'static str,
    large: bool,
    paper: Paper,
}

/// The job of a poster with the house rules of a part.
pub(super) fn poster(
    resolved: &Resolved,
    document: &Document,
    look: &Look,
    part: &Part,
    paper: Paper,
    large: bool,
) -> PdfJob<'static> {
    let rules = select::house_rules(part).into_iter().collect();
    let document = select::only(document, rules);
    let print = PosterPrint {
        kind: "poster",
        large,
        paper,
    };
    with_print(resolved, look, POSTER, &document, print)
}

#[derive(Serialize)]
struct CardsPrint<'d> {
    kind: &'static str,
    large: bool,
    cards: Vec<CardPrint<'d>>,
}

#[derive(Serialize)]
struct CardPrint<'d> {
    card: Vec<Element<'d>>,
    /// Where it stands: "10 Når livet er i fare".
    source: String,
}

/// The job of all action cards.
///
/// # Errors
/// When there is none.
pub(in crate::commands) fn cards(
    resolved: &Resolved,
    document: &Document,
    look: &Look,
    large: bool,
) -> Result<PdfJob<'static>> {
    let cards = select::cards(document);
    if cards.is_empty() {
        bail!(
            "{} har ingen handlingsanvisninger: ingen [[handling]] i nogen fil",
            document.slug
        );
    }
    let cards = cards.into_iter().map(|CardIn { part, card }| CardPrint {
        card: layout::elements(card),
        source: select::name(part),
    });
    let print = CardsPrint {
        kind: "cards",
        large,
        cards: cards.collect(),
    };
    let empty = select::only(document, Vec::new());
    Ok(with_print(resolved, look, CARDS, &empty, print))
}
