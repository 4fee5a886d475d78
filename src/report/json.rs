//! The findings of `docs/json.md`, version 1.
//!
//! The shapes are written out here, apart from the types of `diag`, so that a change inside the
//! program cannot change what other programs read. A new field may be added; to change or remove
//! one takes a new version.

use serde::Serialize;

use super::Report;
use crate::diag::{Finding, Related};
use crate::text;

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    findings: Vec<JsonFinding<'a>>,
    summary: JsonSummary,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    code: &'a str,
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    protocol: Option<&'a str>,
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    related: Vec<JsonRelated<'a>>,
    /// Left out where there is none, which is nearly everywhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<JsonRelated<'a>>,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonSummary {
    protocols: usize,
    errors: usize,
    warnings: usize,
}

/// Renders the report as one indented JSON object.
pub(super) fn render(report: &Report<'_>) -> String {
    let summary = report.summary();
    let root = Root {
        version: 1,
        findings: report.findings.iter().map(finding).collect(),
        summary: JsonSummary {
            protocols: summary.protocols,
            errors: summary.found.errors,
            warnings: summary.found.warnings,
        },
    };
    text::json(&root)
}

fn finding(finding: &Finding) -> JsonFinding<'_> {
    let range = finding.place.range();
    JsonFinding {
        code: finding.code.number(),
        rule: finding.code.name(),
        level: finding.level.english(),
        message: &finding.message,
        help: finding.help.as_deref(),
        protocol: finding.protocol.as_deref(),
        path: finding.place.file.path(),
        line: range.start.line.get(),
        column: range.start.column.get(),
        end_line: range.end.line.get(),
        end_column: range.end.column.get(),
        related: finding.related.iter().map(related).collect(),
        details: finding.details.iter().map(related).collect(),
    }
}

fn related(related: &Related) -> JsonRelated<'_> {
    let start = related.place.file.position(related.place.span.start());
    JsonRelated {
        path: related.place.file.path(),
        line: start.line.get(),
        column: start.column.get(),
        message: &related.message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn lines_and_columns_count_from_one_and_the_end_is_one_past() {
        let json: serde_json::Value =
            serde_json::from_str(&fixture::with(render)).expect("the output is JSON");
        let finding = &json["findings"][3];
        assert_eq!(finding["code"], "RP108");
        assert_eq!(
            (&finding["line"], &finding["column"]),
            (&3.into(), &35.into())
        );
        assert_eq!(
            (&finding["end_line"], &finding["end_column"]),
            (&3.into(), &45.into())
        );
        let related = &json["findings"][1]["related"][0];
        assert_eq!(
            (&related["line"], &related["column"]),
            (&2.into(), &1.into())
        );
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "most of them are the snapshot")]
    fn version_1_has_these_fields_in_this_order() {
        insta::assert_snapshot!(fixture::readable(render), @r#"
        {
          "version": 1,
          "findings": [
            {
              "code": "RP008",
              "rule": "usynlige-tegn",
              "level": "error",
              "message": "Teksten har et tegn, der ikke kan ses: <U+200B> (U+200B).",
              "help": null,
              "protocol": "fjordhoej",
              "path": "protocols/fjordhoej/30 gæster.toml",
              "line": 3,
              "column": 11,
              "end_line": 3,
              "end_column": 12,
              "related": []
            },
            {
              "code": "RP010",
              "rule": "dobbelt-id",
              "level": "error",
              "message": "To afsnit har det samme id.",
              "help": null,
              "protocol": "fjordhoej",
              "path": "protocols/fjordhoej/30 gæster.toml",
              "line": 4,
              "column": 12,
              "end_line": 4,
              "end_column": 12,
              "related": [
                {
                  "path": "protocols/fjordhoej/protokol.toml",
                  "line": 2,
                  "column": 1,
                  "message": "Her står det første."
                }
              ]
            },
            {
              "code": "RP101",
              "rule": "manglende-afsnit",
              "level": "error",
              "message": "Afsnittet »Medicin« mangler.",
              "help": "Skriv en fil med titlen »Medicin«, eller ret titlen på det afsnit, der svarer til kravet.",
              "protocol": "fjordhoej",
              "path": "protocols/fjordhoej/protokol.toml",
              "line": 1,
              "column": 1,
              "end_line": 1,
              "end_column": 6,
              "related": []
            },
            {
              "code": "RP108",
              "rule": "anden-ordlyd",
              "level": "warning",
              "message": "Skriv \"fællesrummet\", ikke <køkkenet>:\nsådan hedder det 100 % af stederne, også her.",
              "help": null,
              "protocol": "fjordhoej",
              "path": "protocols/fjordhoej/protokol.toml",
              "line": 3,
              "column": 35,
              "end_line": 3,
              "end_column": 45,
              "related": []
            },
            {
              "code": "RP009",
              "rule": "ukendt-variabel",
              "level": "error",
              "message": "Variablen navn findes ikke.",
              "help": null,
              "protocol": "fjordhoej",
              "path": "protocols/fjordhoej/protokol.toml",
              "line": 4,
              "column": 115,
              "end_line": 4,
              "end_column": 120,
              "related": []
            },
            {
              "code": "RP004",
              "rule": "manglende-noegle",
              "level": "warning",
              "message": "Filen er tom.",
              "help": null,
              "protocol": null,
              "path": "templates/tom.toml",
              "line": 1,
              "column": 1,
              "end_line": 1,
              "end_column": 1,
              "related": []
            }
          ],
          "summary": {
            "protocols": 2,
            "errors": 4,
            "warnings": 2
          }
        }
        "#);
    }

    #[test]
    fn a_report_without_findings_is_whole_as_well() {
        let report = Report {
            findings: &[],
            protocols: &["solbakken".to_owned()],
        };
        insta::assert_snapshot!(render(&report), @r#"
        {
          "version": 1,
          "findings": [],
          "summary": {
            "protocols": 1,
            "errors": 0,
            "warnings": 0
          }
        }
        "#);
    }
}
