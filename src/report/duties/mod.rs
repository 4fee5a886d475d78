//! The duties of protocols by the day they are due: one format a file.
//!
//! Which duties there are, and in which order, is settled before. Only [`DutyFormat::Ics`] does not say
//! how far off a day is, so it is the same on every day.

mod human;
mod ics;
mod json;

use jiff::civil::Date;

use super::csv;
use crate::overview::{DutyRow, DutyState};
use crate::text::Period;

/// Duties as they are listed.
#[derive(Clone, Copy, Debug)]
pub struct Duties<'a> {
    /// The duties, in order.
    pub rows: &'a [DutyRow],
    /// The day they are held against.
    pub today: Date,
    /// How many protocols were looked at.
    pub protocols: usize,
    /// How many duties are left out, since they are due later than was asked for or have no date.
    pub hidden: usize,
    /// The calendar that the new one is to take the place of, for [`DutyFormat::Ics`].
    pub former: Option<&'a str>,
    /// The protocols whose `protokol.toml` cannot be read, so that nothing is known of their duties.
    pub unread: &'a [String],
}

impl Duties<'_> {
    /// How many that must be met are overdue.
    pub fn overdue(&self) -> usize {
        let overdue = self.rows.iter().filter(|row| self.is_overdue(row));
        overdue.count()
    }

    fn is_overdue(&self, row: &DutyRow) -> bool {
        row.must && row.state(self.today) == DutyState::Overdue
    }
}

/// A form in which duties can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyFormat {
    /// A table for reading in a terminal.
    Human,
    /// The stable JSON of `docs/json.md`, version 1.
    Json,
    /// iCalendar (RFC 5545), for calendars.
    Ics,
    /// For spreadsheets.
    Csv,
}

impl DutyFormat {
    /// Every format, in the order help lists them.
    pub const ALL: &[Self] = &[Self::Human, Self::Json, Self::Ics, Self::Csv];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Ics => "ics",
            Self::Csv => "csv",
        }
    }

    /// The duties in this format; `width` is the terminal's, in columns, for [`DutyFormat::Human`].
    pub fn render(self, duties: &Duties<'_>, width: usize) -> String {
        match self {
            Self::Human => human::render(duties, width),
            Self::Json => json::render(duties),
            Self::Ics => ics::render(duties),
            Self::Csv => render_csv(duties),
        }
    }
}

fn render_csv(duties: &Duties<'_>) -> String {
    let header = [
        "Senest",
        "Hvornår",
        "Institution",
        "Protokol",
        "Pligt",
        "Hvad",
        "Niveau",
        "Hvem",
        "Forum",
        "Sidst",
    ];
    let header = header.map(str::to_owned);
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let rows = duties.rows.iter().map(|row| {
        [
            date(row.due),
            row.when(duties.today),
            row.institution.clone(),
            row.protocol.clone(),
            row.duty.clone(),
            row.what.clone(),
            if row.must { "skal" } else { "kan" }.to_owned(),
            row.responsible.join(", "),
            row.forum.clone().unwrap_or_default(),
            row.last.map(Period::iso).unwrap_or_default(),
        ]
    });
    csv::render(std::iter::once(header).chain(rows))
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::*;

    /// The day it is in these tests.
    pub const TODAY: Date = date(2026, 11, 21);

    /// A duty that must be met every year, due on a day.
    pub fn row(due: Option<Date>) -> DutyRow {
        DutyRow {
            protocol: "elmely".to_owned(),
            institution: "Bostedet Elmely".to_owned(),
            duty: "revision".to_owned(),
            what: "Vi læser den igennem".to_owned(),
            must: true,
            months: Some(12),
            forum: Some("Mini-MED".to_owned()),
            responsible: vec!["Leder".to_owned(), "Borgere".to_owned()],
            last: due.map(|due| due.saturating_sub(jiff::ToSpan::years(1)).into()),
            due,
            changed: None,
        }
    }

    /// Duties of one protocol.
    pub fn duties(rows: &[DutyRow]) -> Duties<'_> {
        Duties {
            rows,
            today: TODAY,
            protocols: 1,
            hidden: 0,
            former: None,
            unread: &[],
        }
    }

    #[test]
    fn how_far_off_a_day_is_stands_in_words() {
        for (due, words) in [
            (date(2026, 11, 9), "overskredet med 12 dage"),
            (date(2026, 11, 20), "overskredet med 1 dag"),
            (date(2026, 11, 21), "i dag"),
            (date(2026, 11, 22), "om 1 dag"),
            (date(2027, 1, 1), "om 41 dage"),
        ] {
            assert_eq!(row(Some(due)).when(TODAY), words);
        }
        let mut undated = row(None);
        assert_eq!(undated.when(TODAY), "ingen dato at regne fra");
        undated.months = None;
        assert_eq!(undated.when(TODAY), "ved behov");
    }

    #[test]
    fn what_may_be_done_is_never_counted_as_overdue() {
        let must = row(Some(date(2026, 1, 1)));
        let mut may = must.clone();
        may.must = false;
        assert_eq!(duties(&[may.clone()]).overdue(), 0);
        assert_eq!(duties(&[may, must]).overdue(), 1);
    }

    #[test]
    fn a_spreadsheet_gets_a_heading_and_a_line_for_each_duty() {
        let text = DutyFormat::Csv.render(&duties(&[row(Some(date(2026, 12, 1)))]), 80);
        assert_eq!(
            text,
            "\u{feff}Senest;Hvornår;Institution;Protokol;Pligt;Hvad;Niveau;Hvem;Forum;Sidst\r\n\
             2026-12-01;om 10 dage;Bostedet Elmely;elmely;revision;Vi læser den igennem;skal;\
             \"Leder, Borgere\";Mini-MED;2025-12-01\r\n"
        );
    }
}
