//! SARIF 2.1.0, the OASIS standard for results of analysis tools.
//!
//! Only what viewers use is written. Paths stay relative to the repository, so that a report is
//! the same on every machine. GitHub keeps no more than so many results of a run, and places of a result, and takes
//! no more than so many bytes; what is left out for that is told in the run itself.

use std::collections::BTreeMap;

use serde::Serialize;

use super::limits::{self, Limit, told};
use super::{Counts, Options, Report, fingerprint, fingerprints};
use crate::diag::{Code, Finding};
use crate::text::{self, Place, PositionRange};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The results of a run that GitHub keeps: "SARIF results exceed limit" in its documentation. It takes 10 MB,
/// compressed: what is smaller before that surely is.
const LIMIT: Limit = Limit {
    findings: 5_000,
    bytes: 10_000_000 - RULES,
};

/// More bytes than what is told of the rules takes.
const RULES: usize = 1_000_000;

/// More bytes than are written around the texts of a result or a place.
const FIXED: usize = 1_000;

/// The letters of a description of a rule that GitHub takes.
const DESCRIPTION: usize = 1_024;

/// The places of a result that it keeps, the result's own among them.
const PLACES: usize = 100;

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    /// Only where something was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    invocations: Option<[Invocation; 1]>,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: [Notification; 1],
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text<String>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: &'static str,
    short_description: Text<String>,
    full_description: Text<String>,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text<String>,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    /// Viewers link to related places by number; the finding's own place needs none.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    /// One past the last character, as in [`PositionRange`].
    end_column: u32,
}

/// Renders the report as one SARIF log with one run.
pub(super) fn render(report: &Report<'_>, options: &Options<'_>) -> String {
    let mut fingerprints = fingerprints(report.findings);
    let (kept, left_out) = limits::kept(report.findings, LIMIT, FIXED);
    let results = kept.into_iter().map(|index| {
        let fingerprint = std::mem::take(&mut fingerprints[index]);
        result(&report.findings[index], fingerprint, options.folder)
    });
    let results = results.collect();
    let left_out = (left_out != Counts::default()).then_some(left_out);
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        language: "da",
        rules: Code::ALL
            .iter()
            .map(|&code| rule(code, (options.docs)(code)))
            .collect(),
    };
    text::json(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            column_kind: "unicodeCodePoints",
            invocations: left_out.map(|left_out| [invocation(left_out)]),
            results,
        }],
    })
}

/// What the run says of results that were left out.
fn invocation(left_out: Counts) -> Invocation {
    let text = limits::sentence(left_out);
    Invocation {
        execution_successful: true,
        tool_execution_notifications: [Notification {
            level: "warning",
            message: Text { text },
        }],
    }
}

/// What the log says about a rule. The descriptions are the first paragraph under the page's first
/// sub-heading, which says what the rule looks for, and that paragraph's first sentence.
fn rule(code: Code, page: &'static str) -> Rule {
    let about = page
        .split_once("\n## ")
        .and_then(|(_, section)| section.split_once("\n\n"))
        .and_then(|(_, body)| body.split("\n\n").next())
        .map_or_else(
            || code.name().to_owned(),
            |paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "),
        );
    let end = about.char_indices().nth(DESCRIPTION).map(|(end, _)| end);
    let about = about[..end.unwrap_or(about.len())].to_owned();
    let sentence = about
        .find(". ")
        .map_or(about.as_str(), |end| &about[..=end]);
    Rule {
        id: code.number(),
        name: code.name(),
        short_description: Text {
            text: sentence.to_owned(),
        },
        full_description: Text { text: about },
        help: Help {
            text: page,
            markdown: page,
        },
        default_configuration: Configuration {
            level: code.level().english(),
        },
    }
}

fn result(finding: &Finding, fingerprint: String, folder: &str) -> SarifResult {
    let text = match &finding.help {
        Some(help) => format!("{}\n\n{}", told(&finding.message), told(help)),
        None => told(&finding.message),
    };
    let related = finding.related.iter().enumerate().take(PLACES - 1);
    SarifResult {
        rule_id: finding.code.number(),
        rule_index: Code::ALL
            .binary_search(&finding.code)
            .expect("every code stands in the table of codes"),
        level: finding.level.english(),
        message: Text { text },
        locations: [location(&finding.place, folder, None, None)],
        related_locations: related
            .map(|(index, related)| {
                location(
                    &related.place,
                    folder,
                    Some(index),
                    Some(told(&related.message)),
                )
            })
            .collect(),
        partial_fingerprints: BTreeMap::from([(
            format!("rusprotFinding/{}", fingerprint::VERSION),
            fingerprint,
        )]),
    }
}

fn location(place: &Place, folder: &str, id: Option<usize>, message: Option<String>) -> Location {
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: uri(&format!("{folder}{}", place.file.path())),
                uri_base_id: "%SRCROOT%",
            },
            region: region(place.range()),
        },
        message: message.map(|text| Text { text }),
    }
}

fn region(range: PositionRange) -> Region {
    Region {
        start_line: range.start.line.get(),
        start_column: range.start.column.get(),
        end_line: range.end.line.get(),
        end_column: range.end.column.get(),
    }
}

/// A relative path as a URI reference: everything but `/` and the unreserved characters of RFC 3986
/// is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::report::fixture;
    use crate::text::SourceFile;

    fn log() -> Value {
        fixture::with(|report| log_of(report, ""))
    }

    fn log_of(report: &Report<'_>, folder: &str) -> Value {
        let options = Options {
            width: 80,
            color: false,
            folder,
            docs: &fixture::docs,
        };
        serde_json::from_str(&render(report, &options)).expect("the output is JSON")
    }

    #[test]
    fn paths_lead_from_the_top_of_the_repository() {
        let log = fixture::with(|report| log_of(report, "årets område/"));
        let result = &log["runs"][0]["results"][1];
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(
            place["uri"],
            "%C3%A5rets%20omr%C3%A5de/protocols/fjordhoej/30%20g%C3%A6ster.toml"
        );
    }

    #[test]
    fn what_github_would_drop_is_left_out_errors_last_and_told() {
        let file = Arc::new(SourceFile::new("a.toml", "a\n"));
        let place = Place::top(&file);
        let finding = |code| Finding::new(code, place.clone(), "Besked.");
        let mut findings = vec![finding(Code::Lix); LIMIT.findings];
        findings[0] = (0..150).fold(findings[0].clone(), |finding, _| {
            finding.with_related(place.clone(), "Også her.")
        });
        let report = |findings: &[Finding]| {
            log_of(
                &Report {
                    findings,
                    protocols: &[],
                },
                "",
            )["runs"][0]
                .take()
        };
        let whole = report(&findings);
        assert_eq!(whole["invocations"], Value::Null);
        let related = whole["results"][0]["relatedLocations"].as_array();
        assert_eq!(related.map(Vec::len), Some(PLACES - 1));
        findings.extend(vec![finding(Code::ForkertType); 3]);
        let run = report(&findings);
        let results = run["results"].as_array().expect("results are a list");
        assert_eq!(results.len(), LIMIT.findings);
        let errors = results.iter().filter(|result| result["level"] == "error");
        assert_eq!(errors.count(), 3);
        assert_eq!(
            run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
            "Der er 3 advarsler mere, end der er plads til. Kør »rusprot check« for at se alle."
        );
    }

    #[test]
    fn a_region_counts_from_one_and_ends_one_past() {
        let log = log();
        let result = &log["runs"][0]["results"][3];
        assert_eq!(result["ruleId"], "RP108");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (&region["startLine"], &region["startColumn"]),
            (&3.into(), &35.into())
        );
        assert_eq!(
            (&region["endLine"], &region["endColumn"]),
            (&3.into(), &45.into())
        );
    }

    #[test]
    fn a_result_refers_to_its_rule_by_index() {
        let log = log();
        let run = &log["runs"][0];
        for result in run["results"].as_array().expect("results are a list") {
            let index = result["ruleIndex"].as_u64().expect("an index is a number") as usize;
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
        }
    }

    #[test]
    fn a_rule_is_described_by_the_first_paragraph_of_its_page() {
        let rule = rule(Code::ManglendeAfsnit, fixture::docs(Code::ManglendeAfsnit));
        assert_eq!(rule.short_description.text, "Reglen leder efter afsnit.");
        assert_eq!(
            rule.full_description.text,
            "Reglen leder efter afsnit. Den ser på titler."
        );
        let bare = super::rule(Code::DoedtLink, "# Kort side\n");
        assert_eq!(bare.short_description.text, "doedt-link");
    }

    #[test]
    fn a_path_becomes_a_relative_uri() {
        assert_eq!(
            uri("protocols/å b/50%#?.toml"),
            "protocols/%C3%A5%20b/50%25%23%3F.toml"
        );
    }

    #[test]
    fn results_look_like_this() {
        let log = log();
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let result = serde_json::to_string_pretty(&run["results"][1]).expect("a value is JSON");
        insta::assert_snapshot!(result, @r#"
        {
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "protocols/fjordhoej/30%20g%C3%A6ster.toml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "endColumn": 12,
                  "endLine": 4,
                  "startColumn": 12,
                  "startLine": 4
                }
              }
            }
          ],
          "message": {
            "text": "To afsnit har det samme id."
          },
          "partialFingerprints": {
            "rusprotFinding/v1": "ffd52065350e38f0f8a388fdad9b327f3f1b9294f07c5b277157d3a2fcdb83b8"
          },
          "relatedLocations": [
            {
              "id": 0,
              "message": {
                "text": "Her står det første."
              },
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "protocols/fjordhoej/protokol.toml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "endColumn": 10,
                  "endLine": 2,
                  "startColumn": 1,
                  "startLine": 2
                }
              }
            }
          ],
          "ruleId": "RP010",
          "ruleIndex": 9
        }
        "#);
    }

    #[test]
    fn the_log_keeps_to_the_published_schema() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/schemas/sarif-schema-2.1.0.json"
        );
        let found = crate::fs::read_if_there(Path::new(path)).expect("the schema can be read");
        let Some(text) = found else {
            #[expect(
                clippy::print_stdout,
                reason = "whoever runs the tests is told what was left out"
            )]
            {
                println!("skipped: the SARIF schema is not beside the repository");
            }
            return;
        };
        let schema: Value = serde_json::from_slice(&text).expect("the schema is JSON");
        let mut faults = Vec::new();
        check(&log(), &schema, &schema, "$", &mut faults);
        assert_eq!(faults, Vec::<String>::new());

        let mut broken = log();
        broken["runs"][0]["results"][0]["ruleindex"] = 1.into();
        broken["runs"][0]["results"][0]["level"] = "fejl".into();
        check(&broken, &schema, &schema, "$", &mut faults);
        assert_eq!(
            faults,
            [
                "$.runs.0.results.0.level: not in enum",
                "$.runs.0.results.0.ruleindex: unknown"
            ]
        );
    }

    /// Checks a value against the keywords of JSON Schema draft 4 that SARIF's schema uses, but for
    /// `anyOf`, `oneOf`, `pattern` and `format`.
    fn check(value: &Value, schema: &Value, root: &Value, at: &str, faults: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let target = root.pointer(name.trim_start_matches('#'));
            return check(
                value,
                target.expect("a $ref has a target"),
                root,
                at,
                faults,
            );
        }
        let kind = match value {
            Value::Object(_) => "object",
            Value::Array(_) => "array",
            Value::String(_) => "string",
            Value::Number(_) => "integer",
            Value::Bool(_) => "boolean",
            Value::Null => "null",
        };
        if schema["type"].as_str().is_some_and(|wanted| wanted != kind) {
            faults.push(format!("{at}: not of type {}", schema["type"]));
        }
        if schema["enum"]
            .as_array()
            .is_some_and(|all| !all.contains(value))
        {
            faults.push(format!("{at}: not in enum"));
        }
        if schema["minimum"].as_i64() > value.as_i64() {
            faults.push(format!("{at}: too small"));
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            if value.get(name.as_str().unwrap_or_default()).is_none() {
                faults.push(format!("{at}: lacks {name}"));
            }
        }
        for (name, part) in value.as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => faults.push(format!("{at}: unknown")),
                (Value::Null, others) => check(part, others, root, &at, faults),
                (own, _) => check(part, own, root, &at, faults),
            }
        }
        for (index, part) in value.as_array().into_iter().flatten().enumerate() {
            check(
                part,
                &schema["items"],
                root,
                &format!("{at}.{index}"),
                faults,
            );
        }
    }
}
