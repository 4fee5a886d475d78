//! The matrix as JSON, version 1 (`docs/json.md`). The shapes are written out here, as in the JSON of
//! findings.

use serde::Serialize;

use super::Matrix;
use crate::overview::matrix::{Row, Table};
use crate::text;

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    today: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<JsonUnread<'a>>,
    tables: Vec<JsonTable<'a>>,
}

#[derive(Serialize)]
struct JsonUnread<'a> {
    repository: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonTable<'a> {
    skabelon: &'a str,
    title: &'a str,
    skabelon_version: &'a str,
    requirements: Vec<JsonRequirement<'a>>,
    protocols: Vec<JsonRow<'a>>,
}

#[derive(Serialize)]
struct JsonRequirement<'a> {
    id: &'a str,
    number: &'a str,
    heading: &'a str,
}

#[derive(Serialize)]
struct JsonRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'a str>,
    protocol: &'a str,
    institution: &'a str,
    answers: Vec<JsonAnswer<'a>>,
    approval: &'static str,
    year_wheel: &'static str,
}

#[derive(Serialize)]
struct JsonAnswer<'a> {
    requirement: &'a str,
    state: &'static str,
}

/// Renders the matrix as one indented JSON object.
pub(super) fn render(matrix: &Matrix<'_>) -> String {
    text::json(&Root {
        version: 1,
        today: matrix.today.to_string(),
        unread: matrix
            .unread
            .iter()
            .map(|(repository, message)| JsonUnread {
                repository,
                message,
            })
            .collect(),
        tables: matrix.tables.iter().map(table).collect(),
    })
}

fn table(table: &Table) -> JsonTable<'_> {
    let requirements = table.columns.iter().map(|column| JsonRequirement {
        id: &column.id,
        number: &column.number,
        heading: &column.heading,
    });
    JsonTable {
        skabelon: &table.skabelon,
        title: &table.title,
        skabelon_version: &table.version,
        requirements: requirements.collect(),
        protocols: table.rows.iter().map(|row| protocol(table, row)).collect(),
    }
}

fn protocol<'a>(table: &'a Table, row: &'a Row) -> JsonRow<'a> {
    let answers = table.columns.iter().zip(&row.answers);
    let answers = answers.map(|(column, word)| JsonAnswer {
        requirement: &column.id,
        state: word.english(),
    });
    JsonRow {
        repository: row.repository.as_deref(),
        protocol: &row.slug,
        institution: &row.institution,
        answers: answers.collect(),
        approval: row.approved.english(),
        year_wheel: row.wheel.english(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::matrix::tests::{matrix, tables};

    #[test]
    fn a_protocol_has_a_word_for_each_requirement() {
        let tables = tables();
        let json: serde_json::Value =
            serde_json::from_str(&render(&matrix(&tables))).expect("it is JSON");
        assert_eq!(json["version"], 1);
        let table = &json["tables"][0];
        assert_eq!(table["requirements"][1]["heading"], "Gæster; om natten");
        let protocol = &table["protocols"][0];
        assert_eq!(protocol["protocol"], "elmely");
        assert_eq!(protocol["answers"][1]["requirement"], "gaester");
        assert_eq!(protocol["answers"][0]["state"], "missing");
        assert_eq!(protocol["answers"][1]["state"], "deviates");
        assert_eq!(protocol["approval"], "not_approved");
        assert_eq!(protocol["year_wheel"], "overdue");
        assert_eq!(json["tables"][1]["protocols"][0]["year_wheel"], "due_soon");
    }
}
