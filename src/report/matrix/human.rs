//! The matrix as tables for a terminal. A requirement is a number over its column; what the numbers and the
//! words mean stands below. Columns that find no room follow in a table of their own.

use super::Matrix;
use crate::overview::matrix::{LEGEND, Row, Table, WHEEL_LEGEND};
use crate::report::table::{push_row, push_rule, rest, wrapped};
use crate::text::danish_date;

/// Less has no room for a name and a word.
const NARROWEST: usize = 40;
/// A name takes no more than this.
const WIDEST_NAME: usize = 30;

/// A column: its heading and a word for each protocol.
struct Shown<'a> {
    heading: &'a str,
    words: Vec<&'static str>,
}

/// Renders a table for each skabelon and, last, what the words mean.
pub(super) fn render(matrix: &Matrix<'_>, width: usize) -> String {
    let width = width.max(NARROWEST);
    if matrix.tables.is_empty() && matrix.unread.is_empty() {
        return "Her er ingen protokoller endnu.\n".to_owned();
    }
    let mut out = String::new();
    for table in matrix.tables {
        push_table(&mut out, table, width);
    }
    for (label, why) in matrix.unread {
        push_lines(&mut out, &format!("{label}: kan ikke læses: {why}"), width);
        out.push('\n');
    }
    let words = used(matrix);
    let longest = words.iter().map(|(word, _)| word.chars().count()).max();
    push_pairs(&mut out, &words, longest.unwrap_or_default(), width);
    let today = danish_date(matrix.today);
    out.push('\n');
    push_lines(
        &mut out,
        &format!("Årshjulet er holdt op mod den {today}."),
        width,
    );
    out
}

/// The words that occur, with what they mean.
fn used(matrix: &Matrix<'_>) -> Vec<(&'static str, &'static str)> {
    let rows = || matrix.tables.iter().flat_map(|table| &table.rows);
    let occurs = |word: &str| {
        rows().any(|row| {
            row.approved.danish() == word
                || row.wheel.danish() == word
                || row.answers.iter().any(|answer| answer.danish() == word)
        })
    };
    let known = LEGEND.iter().chain(&WHEEL_LEGEND);
    known.filter(|(word, _)| occurs(word)).copied().collect()
}

fn push_table(out: &mut String, table: &Table, width: usize) {
    let title = if table.title.is_empty() {
        "Uden skabelon".to_owned()
    } else {
        format!("{}, version {}", table.title, table.version)
    };
    push_lines(out, &title, width);
    out.push('\n');
    let names = table.rows.iter().map(|row| row.institution.chars().count());
    let name = names.max().unwrap_or_default().max("Institution".len());
    let name = name.min(WIDEST_NAME).min(width / 2);
    let columns = columns(table);
    let mut next = columns.as_slice();
    while !next.is_empty() {
        let mut widths = vec![name];
        for column in next {
            let words = column.words.iter().copied().chain([column.heading]);
            let widest = words
                .map(|word| word.chars().count())
                .max()
                .unwrap_or_default();
            // The first column is always taken, so that every table gets on.
            if widths.len() > 1 && rest(width, &widths) < widest {
                break;
            }
            widths.push(widest);
        }
        let (taken, left) = next.split_at(widths.len() - 1);
        push_columns(out, &table.rows, taken, &widths);
        next = left;
    }
    let numbered: Vec<(&str, &str)> = table
        .columns
        .iter()
        .map(|column| (column.number.as_str(), column.heading.as_str()))
        .collect();
    let longest = numbered.iter().map(|(number, _)| number.len()).max();
    push_pairs(out, &numbered, longest.unwrap_or_default(), width);
    out.push('\n');
}

fn columns(table: &Table) -> Vec<Shown<'_>> {
    let requirements = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| Shown {
            heading: &column.number,
            words: table
                .rows
                .iter()
                .map(|row| row.answers[index].danish())
                .collect(),
        });
    let mut columns: Vec<_> = requirements.collect();
    columns.push(Shown {
        heading: "Godkendelse",
        words: table.rows.iter().map(|row| row.approved.danish()).collect(),
    });
    columns.push(Shown {
        heading: "Årshjul",
        words: table.rows.iter().map(|row| row.wheel.danish()).collect(),
    });
    columns
}

fn push_columns(out: &mut String, rows: &[Row], columns: &[Shown<'_>], widths: &[usize]) {
    let one = |text: &str| vec![text.to_owned()];
    let mut header = vec![one("Institution")];
    header.extend(columns.iter().map(|column| one(column.heading)));
    push_row(out, widths, &header);
    push_rule(out, widths);
    for (index, row) in rows.iter().enumerate() {
        let mut cells = vec![wrapped(&row.institution, widths[0])];
        cells.extend(columns.iter().map(|column| one(column.words[index])));
        push_row(out, widths, &cells);
    }
    out.push('\n');
}

fn push_lines(out: &mut String, text: &str, width: usize) {
    for line in wrapped(text, width) {
        out.push_str(&line);
        out.push('\n');
    }
}

/// Lines of a number or word and what it means.
fn push_pairs(out: &mut String, pairs: &[(&str, &str)], first: usize, width: usize) {
    let widths = [first, rest(width, &[first])];
    for (short, long) in pairs {
        let cells = [vec![(*short).to_owned()], wrapped(long, widths[1])];
        push_row(out, &widths, &cells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::matrix::tests::{matrix, tables};

    #[test]
    fn each_skabelon_has_a_table_with_words_and_a_key_to_numbers_and_words() {
        assert_eq!(
            render(&matrix(&tables()), 80),
            "Hus, version 1\n\n\
             Institution      1        2        Godkendelse    Årshjul\n\
             ---------------  -------  -------  -------------  -------\n\
             Bostedet Elmely  mangler  afviger  ikke godkendt  frist\n\n\
             1  Naboer\n\
             2  Gæster; om natten\n\n\
             Skib, version 2\n\n\
             Institution     1   Godkendelse  Årshjul\n\
             --------------  --  -----------  ---------\n\
             Bostedet Egely  ok  ok           frist nær\n\n\
             1  Anker\n\n\
             ok             som det skal være; sprog og henvisninger tæller ikke med her\n\
             mangler        intet afsnit svarer på kravet, eller noget i svaret mangler\n\
             afviger        afsnittet er der, men det er ikke, som skabelonen siger, eller\n\
             \u{20}              det passer ikke med resten\n\
             ikke godkendt  der står ingen godkendelse\n\
             frist          en pligt er overskredet\n\
             frist nær      en pligt skal ske snart, eller der er ingen dato at regne fra\n\n\
             Årshjulet er holdt op mod den 21. november 2026.\n"
        );
    }

    #[test]
    fn columns_that_find_no_room_follow_in_a_table_of_their_own() {
        let tables = tables();
        let narrow = render(&matrix(&tables[..1]), 40);
        assert!(
            narrow.starts_with(
                "Hus, version 1\n\n\
                 Institution      1        2\n\
                 ---------------  -------  -------\n\
                 Bostedet Elmely  mangler  afviger\n\n\
                 Institution      Godkendelse    Årshjul\n\
                 ---------------  -------------  -------\n\
                 Bostedet Elmely  ikke godkendt  frist\n\n"
            ),
            "{narrow}"
        );
        assert!(
            narrow.lines().all(|line| line.chars().count() <= 40),
            "{narrow}"
        );
    }
}
