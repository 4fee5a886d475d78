//! Duties as JSON, version 1 (`docs/json.md`). The shapes are written out here, as in the JSON of findings.

use serde::Serialize;

use super::Duties;
use crate::overview::{DutyRow, DutyState};
use crate::text;
use crate::text::Period;

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    today: String,
    duties: Vec<JsonDuty<'a>>,
    unread: &'a [String],
    summary: JsonSummary,
}

#[derive(Serialize)]
struct JsonDuty<'a> {
    protocol: &'a str,
    institution: &'a str,
    duty: &'a str,
    what: &'a str,
    demand: &'static str,
    interval_months: Option<u32>,
    forum: Option<&'a str>,
    responsible: &'a [String],
    last: Option<String>,
    due: Option<String>,
    days: Option<i32>,
    state: &'static str,
    words: String,
}

#[derive(Serialize)]
struct JsonSummary {
    protocols: usize,
    duties: usize,
    overdue: usize,
    hidden: usize,
}

/// Renders the duties as one indented JSON object.
pub(super) fn render(duties: &Duties<'_>) -> String {
    text::json(&Root {
        version: 1,
        today: duties.today.to_string(),
        duties: duties.rows.iter().map(|row| duty(row, duties)).collect(),
        unread: duties.unread,
        summary: JsonSummary {
            protocols: duties.protocols,
            duties: duties.rows.len(),
            overdue: duties.overdue(),
            hidden: duties.hidden,
        },
    })
}

fn duty<'a>(row: &'a DutyRow, duties: &Duties<'_>) -> JsonDuty<'a> {
    JsonDuty {
        protocol: &row.protocol,
        institution: &row.institution,
        duty: &row.duty,
        what: &row.what,
        demand: if row.must { "must" } else { "may" },
        interval_months: row.months,
        forum: row.forum.as_deref(),
        responsible: &row.responsible,
        last: row.last.map(Period::iso),
        due: row.due.map(|date| date.to_string()),
        days: row.days(duties.today),
        state: match row.state(duties.today) {
            DutyState::Overdue => "overdue",
            DutyState::Due => "due",
            DutyState::Undated => "undated",
            DutyState::AsNeeded => "as_needed",
        },
        words: row.when(duties.today),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::report::duties::tests::{duties, row};

    #[test]
    fn a_duty_has_its_dates_and_how_far_off_they_are() {
        let rows = [row(Some(date(2026, 11, 9))), row(None)];
        let json: serde_json::Value =
            serde_json::from_str(&render(&duties(&rows))).expect("it is JSON");
        assert_eq!(json["version"], 1);
        assert_eq!(json["today"], "2026-11-21");
        assert_eq!(json["duties"][0]["due"], "2026-11-09");
        assert_eq!(json["duties"][0]["last"], "2025-11-09");
        assert_eq!(json["duties"][0]["days"], -12);
        assert_eq!(json["duties"][0]["state"], "overdue");
        assert_eq!(json["duties"][0]["demand"], "must");
        assert_eq!(json["duties"][1]["due"], serde_json::Value::Null);
        assert_eq!(json["duties"][1]["state"], "undated");
        assert_eq!(json["summary"]["overdue"], 1);
    }
}
