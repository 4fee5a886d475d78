//! RP214 `skaev-tabel`: a row of a table with more fields than there are columns, so that the last are not printed;
//! and rows between bars that are no table, since the line of dashes is missing.

use crate::check::context::Context;
use crate::check::texts::lines::{Line, Wanted, paragraphs};
use crate::diag::{Code, Finding};
use crate::text::{ByteSet, Place};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let wanted = Wanted {
        marks: ByteSet::NONE.and(b"|"),
        has_mark: &|text| text.contains('|'),
        lines: 1,
    };
    paragraphs(context, &wanted, &mut |paragraph| {
        let rows = paragraph.lines.iter().position(|line| bars(line) > 0);
        let Some(first) = rows else { return };
        let rows = paragraph.lines[first..].iter();
        let rows = rows.take_while(|line| bars(line) > 0).count();
        let columns = bars(&paragraph.lines[first]) - 1;
        // One field between two bars may be anything: a sum, a sign.
        if rows < 2 && columns < 2 {
            return;
        }
        let dashes = "| --- ".repeat(columns);
        findings.push(
            Finding::new(
                Code::SkaevTabel,
                paragraph.place(first..first + rows),
                "Linjerne ligner en tabel, men bliver trykt med deres lodrette streger.".to_owned(),
            )
            .with_help(format!(
                "Skriv {dashes}| på en linje for sig lige under den første række."
            )),
        );
    });
}

/// How many bars a line has that begins and ends with one; 0 for any other.
fn bars(line: &Line<'_>) -> usize {
    let text = line.text.trim();
    let is_row = text.len() > 2 && text.starts_with('|') && text.ends_with('|');
    if is_row { text.matches('|').count() } else { 0 }
}

/// A row with fields that are lost.
pub(super) fn lost(place: Place, fields: usize, columns: usize) -> Finding {
    Finding::new(
        Code::SkaevTabel,
        place,
        format!(
            "Rækken har {fields} felter, men tabellen har {columns} kolonner, så det her bliver ikke trykt."
        ),
    )
    .with_help(
        "Giv den første række og stregerne under den en kolonne mere, eller saml felterne. Er den lodrette streg en \
         del af teksten, så skriv \\| i stedet for den.",
    )
}
