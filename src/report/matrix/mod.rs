//! The area's matrix, institutions × requirements: one format a file. The words are `overview::matrix`'s.

mod human;
mod json;

use jiff::civil::Date;

use super::csv;
use crate::overview::matrix::Table;

/// A matrix as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    /// A table for each skabelon.
    pub tables: &'a [Table],
    /// The day that the year wheel is held against.
    pub today: Date,
    /// The repositories that cannot be read, by their names, and why; of several that are looked at together.
    pub unread: &'a [(String, String)],
}

impl Matrix<'_> {
    /// Whether it is over several repositories, so that every row says which.
    fn is_over_several(&self) -> bool {
        let mut rows = self.tables.iter().flat_map(|table| &table.rows);
        !self.unread.is_empty() || rows.any(|row| row.repository.is_some())
    }
}

/// A form in which the matrix can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixFormat {
    /// Tables for reading in a terminal.
    Human,
    /// The stable JSON of `docs/json.md`, version 1.
    Json,
    /// For spreadsheets.
    Csv,
}

impl MatrixFormat {
    /// The matrix in this format; `width` is the terminal's, in columns, for [`MatrixFormat::Human`].
    pub fn render(self, matrix: &Matrix<'_>, width: usize) -> String {
        match self {
            Self::Human => human::render(matrix, width),
            Self::Json => json::render(matrix),
            Self::Csv => render_csv(matrix),
        }
    }
}

/// What a table is called among the others: with its version where another edition of the same name is there.
fn name_among(table: &Table, tables: &[Table]) -> String {
    let mut others = tables.iter().filter(|other| !std::ptr::eq(*other, table));
    if others.any(|other| other.title == table.title) {
        format!("{} (version {})", table.title, table.version)
    } else {
        table.title.clone()
    }
}

/// One table for all skabeloner, so that every line has as many cells: a requirement's cell is empty for
/// protocols of another skabelon, whose name then stands in the heading.
fn render_csv(matrix: &Matrix<'_>) -> String {
    let several = matrix.tables.len() > 1;
    let of_several = matrix.is_over_several();
    let repository = |label: Option<&str>| of_several.then(|| label.unwrap_or_default().to_owned());
    let mut header: Vec<String> = repository(Some("Arkiv")).into_iter().collect();
    header.extend(["Institution", "Protokol", "Skabelon"].map(str::to_owned));
    for table in matrix.tables {
        let name = name_among(table, matrix.tables);
        for column in &table.columns {
            header.push(if several {
                format!("{name}: {}", column.heading)
            } else {
                column.heading.clone()
            });
        }
    }
    header.extend(["Godkendelse", "Årshjul"].map(str::to_owned));
    let all: usize = matrix.tables.iter().map(|table| table.columns.len()).sum();
    let mut rows = vec![header];
    let mut before = 0;
    for table in matrix.tables {
        let name = name_among(table, matrix.tables);
        for row in &table.rows {
            let mut cells: Vec<String> =
                repository(row.repository.as_deref()).into_iter().collect();
            cells.extend([row.institution.clone(), row.slug.clone(), name.clone()]);
            cells.extend(std::iter::repeat_n(String::new(), before));
            cells.extend(row.answers.iter().map(|word| word.danish().to_owned()));
            let after = all - before - table.columns.len();
            cells.extend(std::iter::repeat_n(String::new(), after));
            cells.extend([row.approved.danish(), row.wheel.danish()].map(str::to_owned));
            rows.push(cells);
        }
        before += table.columns.len();
    }
    for (label, why) in matrix.unread {
        let mut cells = vec![label.clone(), format!("kan ikke læses: {why}")];
        cells.resize(all + 6, String::new());
        rows.push(cells);
    }
    csv::render(rows)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::overview::matrix::{Answer, Approved, Column, Row, Wheel};

    /// Two skabeloner with an invented protocol each.
    pub fn tables() -> Vec<Table> {
        let column = |id: &str, heading: &str, number: &str| Column {
            id: id.to_owned(),
            heading: heading.to_owned(),
            number: number.to_owned(),
        };
        let row = |name: &str, answers: Vec<Answer>, approved, wheel| Row {
            slug: name.to_lowercase(),
            institution: format!("Bostedet {name}"),
            repository: None,
            answers,
            approved,
            wheel,
        };
        vec![
            Table {
                skabelon: "hus".to_owned(),
                title: "Hus".to_owned(),
                version: "1".to_owned(),
                columns: vec![
                    column("naboer", "Naboer", "1"),
                    column("gaester", "Gæster; om natten", "2"),
                ],
                rows: vec![row(
                    "Elmely",
                    vec![Answer::Missing, Answer::Deviates],
                    Approved::Not,
                    Wheel::Overdue,
                )],
            },
            Table {
                skabelon: "skib".to_owned(),
                title: "Skib".to_owned(),
                version: "2".to_owned(),
                columns: vec![column("anker", "Anker", "1")],
                rows: vec![row("Egely", vec![Answer::Ok], Approved::Ok, Wheel::DueSoon)],
            },
        ]
    }

    /// The tables on a day.
    pub fn matrix(tables: &[Table]) -> Matrix<'_> {
        Matrix {
            tables,
            today: jiff::civil::date(2026, 11, 21),
            unread: &[],
        }
    }

    #[test]
    fn every_line_of_the_spreadsheet_has_as_many_cells_also_with_two_skabeloner() {
        let tables = tables();
        assert_eq!(
            MatrixFormat::Csv.render(&matrix(&tables), 80),
            "\u{feff}Institution;Protokol;Skabelon;Hus: Naboer;\"Hus: Gæster; om natten\";Skib: Anker;\
             Godkendelse;Årshjul\r\n\
             Bostedet Elmely;elmely;Hus;mangler;afviger;;ikke godkendt;frist\r\n\
             Bostedet Egely;egely;Skib;;;ok;ok;frist nær\r\n"
        );
        let one = MatrixFormat::Csv.render(&matrix(&tables[1..]), 80);
        assert!(one.contains("Skabelon;Anker;Godkendelse"), "{one}");
    }
}
