//! What changed, as a PDF: one run of typst on the sheets that every other output is written from.

use std::time::Duration;

use anyhow::Result;
use jiff::civil::Date;
use serde_json::json;

use super::job;
use crate::compare::Report;
use crate::export::{self, ExportError, Exported, FontFolder, PdfJob, Typst};
use crate::render::changes;
use crate::site::built_in_typst;

/// The file typst is given to compile.
const MAIN: &str = "aendringsark.typ";

/// The report as a PDF, in the fonts and by the standards of a protocol.
///
/// # Errors
/// When typst fails.
pub fn change_sheet(
    report: &Report,
    area: &str,
    typst: &Typst,
    limit: Duration,
) -> Result<Exported, ExportError> {
    let newest = newest_day(report);
    // What every page needs to know of a document; there is none of a single protocol here.
    let document = json!({
        "title": "Ændringer",
        "institution": { "name": area },
        "edition": {
            "status": { "kind": "approved", "label": "ÆNDRINGER", "text": "" },
            "in_force": newest.map(|day| json!({ "iso": day.to_string(), "text": "" })),
        },
        "facts": [],
        "footer": format!("{area} · ændringer {}", report.since),
        "copy_note": "",
        "sections": [],
        "changes": changes::typst(report),
    });
    let mut files: Vec<_> = built_in_typst().into_iter().collect();
    let bytes = document.to_string().into_bytes();
    files.push((job::DATA_FILE.to_owned(), bytes.into()));
    let sheet = PdfJob {
        name: "aendringer".to_owned(),
        main: MAIN,
        files,
        created: job::created_on(newest),
        keep: None,
    };
    export::export(typst, &FontFolder::stage()?, &sheet, limit)
}

/// The newest day of a commit in the report: known, and the same at every run.
fn newest_day(report: &Report) -> Option<Date> {
    let marks = report
        .protocols
        .iter()
        .flat_map(|one| one.from.iter().chain(&one.to));
    let days = marks.filter_map(|mark| mark.date.as_ref()?.iso.parse().ok());
    days.max()
}
