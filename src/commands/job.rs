//! What typst is given for a PDF: data, templates, pictures and drawings, and the date the PDF says.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::document::Document;
use crate::figure;
use crate::site::{Look, Resolved};
use crate::text::Period;

/// The name under which a template reads its data.
pub(super) const DATA_FILE: &str = "document.json";

/// The date of a PDF that has no day to go by.
const NO_DAY: Date = Date::constant(2000, 1, 1);

/// The files of a run: the data, the templates, and those pictures and drawings whose names the data `shows`:
/// a picture's file, a figure's id.
pub(super) fn files(
    data: &str,
    resolved: &Resolved,
    look: &Look,
    shows: &dyn Fn(&str) -> bool,
) -> Vec<(String, Cow<'static, [u8]>)> {
    let mut files = vec![(DATA_FILE.to_owned(), Cow::Owned(data.as_bytes().to_vec()))];
    files.extend(look.typst.clone());
    let pictures = resolved.pictures.0.iter();
    let pictures = pictures.filter(|(file, _)| shows(file));
    files.extend(pictures.map(|(file, picture)| (file.clone(), Cow::Owned(picture.bytes.clone()))));
    let figures = resolved.document.figures().into_iter();
    let figures = figures.filter(|figure| shows(&figure.id));
    files.extend(figures.map(|figure| {
        let svg = figure::draw(figure, figure::Size::Wide);
        (format!("{}.svg", figure.id), Cow::Owned(svg.into_bytes()))
    }));
    files
}

/// The PDF's date of creation, from the document and never from the clock: noon of the (first) day it is in
/// force from, or the beginning of 2000 where it does not say. In seconds, as [`noon`] has it.
pub(super) fn created(document: &Document) -> i64 {
    let day = document.edition.in_force.as_ref();
    created_on(day.and_then(|date| {
        let day = date.iso.parse().ok();
        day.or_else(|| Period::parse(&date.iso).map(Period::first_day))
    }))
}

/// The same for a PDF that goes by another day.
pub(super) fn created_on(day: Option<Date>) -> i64 {
    noon(day.unwrap_or(NO_DAY))
}

/// Noon of a day, in seconds since 1970-01-01 00:00 UTC.
pub(super) fn noon(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from((day - epoch).get_days()) * 86_400 + 43_200
}
