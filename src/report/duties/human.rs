//! Duties as a table for a terminal.

use std::ops::RangeInclusive;

use super::Duties;
use crate::overview::{DutyRow, DutyState};
use crate::report::table::{push_row, push_rule, rest, wrapped};
use crate::text::{Period, danish_date};

/// The widths that are kept to: less has no room for three columns, and more is tiring to read.
const WIDTHS: RangeInclusive<usize> = 40..=120;

/// Renders the table and, last, what it comes to.
pub(super) fn render(duties: &Duties<'_>, width: usize) -> String {
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let widths = widths(duties, width);
    let mut out = String::new();
    if !duties.rows.is_empty() {
        out.push_str(&format!("Årets gang den {}\n\n", danish_date(duties.today)));
        let header = ["Senest", "Institution", "Hvad"].map(|word| vec![word.to_owned()]);
        push_row(&mut out, &widths, &header);
        push_rule(&mut out, &widths);
    }
    let mut group = None;
    for row in duties.rows {
        let state = row.state(duties.today);
        if group != Some(state) {
            out.push_str(heading(state));
            out.push_str("\n\n");
            group = Some(state);
        }
        push_row(&mut out, &widths, &cells(row, duties, &widths));
        out.push('\n');
    }
    for line in summary(duties).iter().flat_map(|line| wrapped(line, width)) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// The date, the institution, and the rest for what is to be done.
fn widths(duties: &Duties<'_>, width: usize) -> [usize; 3] {
    let date = match width {
        100.. => 24,
        70.. => 18,
        _ => 13,
    };
    let names = duties
        .rows
        .iter()
        .map(|row| row.institution.chars().count());
    let longest = names.max().unwrap_or_default();
    let institution = longest.min(rest(width, &[date]) * 2 / 5);
    let institution = institution.max("Institution".len());
    [date, institution, rest(width, &[date, institution])]
}

const fn heading(state: DutyState) -> &'static str {
    match state {
        DutyState::Overdue => "OVERSKREDET",
        DutyState::Due => "KOMMER",
        DutyState::Undated => "UDEN DATO",
        DutyState::AsNeeded => "VED BEHOV",
    }
}

fn cells(row: &DutyRow, duties: &Duties<'_>, widths: &[usize; 3]) -> [Vec<String>; 3] {
    let [date, institution, what] = *widths;
    let mut first = row
        .due
        .map(danish_date)
        .map_or_else(Vec::new, |due| wrapped(&due, date));
    first.extend(wrapped(&row.when(duties.today), date));
    let may = if row.must { "" } else { " (kan)" };
    let mut last = wrapped(&format!("{}{may}", row.what), what);
    let who = row.who();
    if !who.is_empty() {
        last.extend(wrapped(&format!("Hvem: {who}"), what));
    }
    let met = row
        .last
        .map_or_else(|| "ikke endnu".to_owned(), Period::danish);
    last.extend(wrapped(&format!("Sidst: {met}"), what));
    [first, wrapped(&row.institution, institution), last]
}

/// How many there are, what is overdue, and what is not shown.
fn summary(duties: &Duties<'_>) -> Vec<String> {
    let counted = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    };
    let mut lines = vec![format!(
        "{} i {}.",
        counted(duties.rows.len(), "pligt", "pligter"),
        counted(duties.protocols, "protokol", "protokoller")
    )];
    lines.push(match duties.overdue() {
        0 if duties.unread.is_empty() => {
            "Ingen pligt, der skal opfyldes, er overskredet.".to_owned()
        }
        0 => "Ingen af de pligter, der kunne læses, er overskredet.".to_owned(),
        1 => "1 pligt, der skal opfyldes, er overskredet.".to_owned(),
        count => format!("{count} pligter, der skal opfyldes, er overskredet."),
    });
    if duties.hidden > 0 {
        lines.push(format!(
            "{} er ikke vist: De ligger senere eller har ingen dato.",
            counted(duties.hidden, "anden", "andre")
        ));
    }
    if !duties.unread.is_empty() {
        lines.push(format!(
            "Pligterne er ukendte for {}: protokol.toml eller skabelonen kan ikke læses.",
            duties.unread.join(", ")
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::report::duties::tests::{duties, row};

    #[test]
    fn a_narrow_terminal_breaks_lines_and_loses_no_word() {
        let rows = [row(Some(date(2026, 11, 9)))];
        assert_eq!(
            render(&duties(&rows), 48),
            "Årets gang den 21. november 2026\n\n\
             Senest         Institution    Hvad\n\
             -------------  -------------  ------------------\n\
             OVERSKREDET\n\n\
             9. november    Bostedet       Vi læser den\n\
             2026           Elmely         igennem\n\
             overskredet                   Hvem: Leder,\n\
             med 12 dage                   Borgere i Mini-MED\n\
             \u{20}                             Sidst: 9. november\n\
             \u{20}                             2025\n\n\
             1 pligt i 1 protokol.\n\
             1 pligt, der skal opfyldes, er overskredet.\n"
        );
        for width in [1, 40, 79, 80, 200] {
            let widest = render(&duties(&rows), width);
            let widest = widest.lines().map(|line| line.chars().count()).max();
            assert!(
                widest.is_some_and(|widest| widest <= width.clamp(40, 120)),
                "{width}"
            );
        }
    }

    #[test]
    fn what_is_left_out_and_what_cannot_be_read_is_told() {
        let unread = ["egely".to_owned()];
        let mut none = duties(&[]);
        none.hidden = 2;
        none.unread = &unread;
        assert_eq!(
            render(&none, 80),
            "0 pligter i 1 protokol.\n\
             Ingen af de pligter, der kunne læses, er overskredet.\n\
             2 andre er ikke vist: De ligger senere eller har ingen dato.\n\
             Pligterne er ukendte for egely: protokol.toml eller skabelonen kan ikke læses.\n"
        );
    }
}
