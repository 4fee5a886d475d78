//! GitLab's Code Quality report: the part of the Code Climate format that GitLab reads.
//!
//! GitLab gives up a report that takes it too long to read, without a word; so no more is written than it surely
//! reads, and the last issue says how many there are beside.

use serde::Serialize;

use super::limits::{self, Limit, told};
use super::{Counts, Report, fingerprints};
use crate::diag::{Finding, Level};
use crate::text;

/// What is written at most. GitLab tells of no limit for this report; this is within those it tells of for reports
/// of tests (30 MB, 250,000 values).
const LIMIT: Limit = Limit {
    findings: 20_000,
    bytes: 25_000_000,
};

/// More bytes than are written around the texts of an issue.
const FIXED: usize = 500;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Renders the findings as one array; `folder` stands before every path.
pub(super) fn render(report: &Report<'_>, folder: &str) -> String {
    let mut fingerprints = fingerprints(report.findings);
    let (kept, left_out) = limits::kept(report.findings, LIMIT, FIXED);
    let issues = kept.into_iter().map(|index| {
        let fingerprint = std::mem::take(&mut fingerprints[index]);
        issue(&report.findings[index], fingerprint, folder)
    });
    let mut issues: Vec<_> = issues.collect();
    if left_out != Counts::default() {
        issues.push(told_of(left_out, folder));
    }
    text::json(&issues)
}

/// What says that there is more; it stands at the file that every area has.
fn told_of(left_out: Counts, folder: &str) -> Issue {
    Issue {
        description: limits::sentence(left_out),
        check_name: "udeladt",
        fingerprint: "0".repeat(64),
        severity: "info",
        location: Location {
            path: format!("{folder}rusprot.toml"),
            lines: Lines { begin: 1 },
        },
    }
}

fn issue(finding: &Finding, fingerprint: String, folder: &str) -> Issue {
    let start = finding.place.file.position(finding.place.span.start());
    Issue {
        // GitLab shows no check_name, so the rule stands in the text as well.
        description: format!(
            "{} {}: {}",
            finding.code.number(),
            finding.code.name(),
            told(&finding.message)
        ),
        check_name: finding.code.name(),
        fingerprint,
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
        },
        location: Location {
            path: format!("{folder}{}", finding.place.file.path()),
            lines: Lines {
                begin: start.line.get(),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn an_issue_begins_at_the_line_of_its_finding() {
        let json: serde_json::Value =
            serde_json::from_str(&fixture::with(|report| render(report, "")))
                .expect("the output is JSON");
        assert_eq!(json[3]["check_name"], "anden-ordlyd");
        assert_eq!(json[3]["location"]["lines"]["begin"], 3);
        assert_eq!(json[4]["location"]["lines"]["begin"], 4);
    }

    #[test]
    fn what_gitlab_would_not_read_is_left_out_and_told() {
        let json = |findings: &[Finding]| -> serde_json::Value {
            let report = Report {
                findings,
                protocols: &[],
            };
            serde_json::from_str(&render(&report, "a/")).expect("the output is JSON")
        };
        let one = fixture::with(|report| report.findings[0].clone());
        let all = json(&vec![one.clone(); LIMIT.findings]);
        assert_eq!(all.as_array().map(Vec::len), Some(LIMIT.findings));
        let some = json(&vec![one; LIMIT.findings + 2]);
        assert_eq!(some.as_array().map(Vec::len), Some(LIMIT.findings + 1));
        let last = &some[LIMIT.findings];
        assert_eq!(last["location"]["path"], "a/rusprot.toml");
        assert_eq!(
            last["description"],
            "Der er 2 fejl mere, end der er plads til. Kør »rusprot check« for at se alle."
        );
    }

    #[test]
    fn every_issue_has_the_fields_that_gitlab_reads() {
        insta::assert_snapshot!(fixture::readable(|report| render(report, "")), @r#"
        [
          {
            "description": "RP008 usynlige-tegn: Teksten har et tegn, der ikke kan ses: <U+200B> (U+200B).",
            "check_name": "usynlige-tegn",
            "fingerprint": "aa90a8083b78906df239d0ba83c10c2906f93f9ffb3b263b939101f7ebcafdce",
            "severity": "major",
            "location": {
              "path": "protocols/fjordhoej/30 gæster.toml",
              "lines": {
                "begin": 3
              }
            }
          },
          {
            "description": "RP010 dobbelt-id: To afsnit har det samme id.",
            "check_name": "dobbelt-id",
            "fingerprint": "ffd52065350e38f0f8a388fdad9b327f3f1b9294f07c5b277157d3a2fcdb83b8",
            "severity": "major",
            "location": {
              "path": "protocols/fjordhoej/30 gæster.toml",
              "lines": {
                "begin": 4
              }
            }
          },
          {
            "description": "RP101 manglende-afsnit: Afsnittet »Medicin« mangler.",
            "check_name": "manglende-afsnit",
            "fingerprint": "0aac354b629580751034f9d2c14ac2dc38fc7b97eb025f6631c61936106b3ae6",
            "severity": "major",
            "location": {
              "path": "protocols/fjordhoej/protokol.toml",
              "lines": {
                "begin": 1
              }
            }
          },
          {
            "description": "RP108 anden-ordlyd: Skriv \"fællesrummet\", ikke <køkkenet>:\nsådan hedder det 100 % af stederne, også her.",
            "check_name": "anden-ordlyd",
            "fingerprint": "a64905761401682c3ed9c5cd0e6c9c801e8efcabe3758f045283d459eb0bff70",
            "severity": "minor",
            "location": {
              "path": "protocols/fjordhoej/protokol.toml",
              "lines": {
                "begin": 3
              }
            }
          },
          {
            "description": "RP009 ukendt-variabel: Variablen navn findes ikke.",
            "check_name": "ukendt-variabel",
            "fingerprint": "30bc6b07792e4aa3dd842dbfce773d97761ea3797e635fb5104ec4009e3f519b",
            "severity": "major",
            "location": {
              "path": "protocols/fjordhoej/protokol.toml",
              "lines": {
                "begin": 4
              }
            }
          },
          {
            "description": "RP004 manglende-noegle: Filen er tom.",
            "check_name": "manglende-noegle",
            "fingerprint": "e0a1d40e59042d2495f010d88a5f0cb6020d1bffe303202c8311a57e14c6d656",
            "severity": "minor",
            "location": {
              "path": "templates/tom.toml",
              "lines": {
                "begin": 1
              }
            }
          }
        ]
        "#);
    }
}
