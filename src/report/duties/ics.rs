//! Duties as a calendar (RFC 5545): an event on the last day of each duty that has one.
//!
//! Nothing in it depends on the day it is made: its stamps come from the date a duty is counted from. A
//! duty keeps its UID, and the SEQUENCE rises with that date, so that a later import moves the event and
//! makes no second one. A date that is mended to an earlier one, or a shorter interval, moves the event back, where
//! the date alone would not raise the SEQUENCE. So where git knows when the area was changed, that counts too, and a
//! calendar that takes a former one's place goes on from its numbers.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use unicode_normalization::UnicodeNormalization;

use super::Duties;
use crate::overview::DutyRow;
use crate::report::visible;
use crate::text::{Period, argument};

/// The longest line in octets, its end left aside (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// How a moment is written.
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// The day that sequences are counted from, and the stamp of what was never done.
const EPOCH: Date = Date::constant(2000, 1, 1);

/// The largest number that a calendar takes.
const MOST: u32 = i32::MAX.unsigned_abs();

/// Renders the calendar.
pub(super) fn render(duties: &Duties<'_>) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//rusprot//Aarets gang//DA");
    line(&mut out, "CALSCALE:GREGORIAN");
    let former = duties.former.map(Edition::all).unwrap_or_default();
    let mut empty = true;
    for row in duties.rows {
        if let Some(due) = row.due {
            event(&mut out, row, due, &former);
            empty = false;
        }
    }
    if empty {
        // A calendar has at least one component, and no event is to be made up.
        for text in [
            "BEGIN:VTIMEZONE",
            "TZID:UTC",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0000",
            "TZOFFSETTO:+0000",
            "END:STANDARD",
            "END:VTIMEZONE",
        ] {
            line(&mut out, text);
        }
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// What a calendar tells one edition of an event from another by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edition {
    /// The event's day, as it is written.
    day: String,
    sequence: u32,
    stamp: DateTime,
}

impl Edition {
    /// The edition that comes of the duty alone.
    fn of(row: &DutyRow, due: Date) -> Self {
        let counted = row.last.map_or(EPOCH, Period::last_day);
        let days = (counted - EPOCH).get_days().max(0).unsigned_abs();
        let stamp = counted.at(0, 0, 0, 0);
        let Some(changed) = row.changed else {
            return Self {
                day: compact(due),
                sequence: days,
                stamp,
            };
        };
        let seconds = changed.duration_since(EPOCH.at(0, 0, 0, 0)).as_secs();
        Self {
            day: compact(due),
            sequence: u32::try_from(seconds).unwrap_or(days).clamp(days, MOST),
            stamp: stamp.max(changed),
        }
    }

    /// The editions of a calendar by their UID; nothing of a text that is no calendar of ours.
    fn all(calendar: &str) -> HashMap<String, Self> {
        let unfolded = calendar.replace("\r\n ", "").replace("\n ", "");
        let mut all = HashMap::new();
        let (mut uid, mut day, mut sequence, mut stamp) = (None, None, None, None);
        for line in unfolded.lines() {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            match name {
                "UID" => uid = Some(value.to_owned()),
                "DTSTART;VALUE=DATE" => day = Some(value.to_owned()),
                "SEQUENCE" => sequence = value.parse().ok(),
                "DTSTAMP" => stamp = DateTime::strptime(STAMP, value).ok(),
                "END" if value == "VEVENT" => {
                    let parts = (uid.take(), day.take(), sequence.take(), stamp.take());
                    if let (Some(uid), Some(day), Some(sequence), Some(stamp)) = parts {
                        let edition = Self {
                            day,
                            sequence,
                            stamp,
                        };
                        all.insert(uid, edition);
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// The edition that takes a former one's place: a later one where the day is another, and never an earlier one.
    fn after(self, former: &Self) -> Self {
        let moves = u32::from(self.day != former.day);
        let second = former.stamp.checked_add(i64::from(moves).seconds());
        Self {
            sequence: self.sequence.max(former.sequence.saturating_add(moves)),
            stamp: self.stamp.max(second.unwrap_or(former.stamp)),
            ..self
        }
    }
}

fn event(out: &mut String, row: &DutyRow, due: Date, former: &HashMap<String, Edition>) {
    // The end of an all-day event is the day after.
    let after = due.tomorrow().unwrap_or(due);
    let (uid, edition) = (uid(row), Edition::of(row, due));
    let edition = match former.get(&uid) {
        Some(former) => edition.after(former),
        None => edition,
    };
    let stamp = edition.stamp.strftime(STAMP).to_string();
    let sequence = edition.sequence;
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{uid}"));
    line(out, &format!("DTSTAMP:{stamp}"));
    line(out, &format!("LAST-MODIFIED:{stamp}"));
    line(out, &format!("SEQUENCE:{sequence}"));
    line(out, &format!("DTSTART;VALUE=DATE:{}", compact(due)));
    line(out, &format!("DTEND;VALUE=DATE:{}", compact(after)));
    let summary = format!("{}: {}", row.institution, row.what);
    line(out, &format!("SUMMARY:{}", escaped(&summary)));
    line(out, &format!("DESCRIPTION:{}", escaped(&description(row))));
    line(out, "CATEGORIES:Rusmiddelprotokol");
    // The day stays free for whoever has it in the calendar.
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

/// Slug and duty with a suffix like a domain. Whatever is no plain letter is written as its bytes, so that
/// no two duties share one and every program can use it as a name.
fn uid(row: &DutyRow) -> String {
    let mut uid = String::new();
    push_plain(&mut uid, &row.protocol);
    uid.push('.');
    push_plain(&mut uid, &row.duty);
    uid.push_str("@rusprot.aarets-gang");
    uid
}

fn push_plain(out: &mut String, text: &str) {
    // One and the same name, however the file system composes æ, ø and å.
    let text: String = text.nfc().collect();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// What one reads when the event is opened.
fn description(row: &DutyRow) -> String {
    let mut lines = vec![
        if row.must {
            "Det her skal ske senest denne dag."
        } else {
            "Det her kan ske senest denne dag."
        }
        .to_owned(),
    ];
    let who = row.who();
    if !who.is_empty() {
        lines.push(format!("Hvem: {who}"));
    }
    let met = row
        .last
        .map_or_else(|| "ikke endnu".to_owned(), Period::danish);
    lines.push(format!("Sidst: {met}"));
    lines.push(format!(
        "Når det er sket, så skriv det ind: rusprot done {} --duty {} --date ÅÅÅÅ-MM-DD",
        argument(&row.protocol),
        argument(&row.duty)
    ));
    lines.join("\n")
}

/// A day as iCalendar writes it: `20261109`.
fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A text as the value of a property (RFC 5545, 3.3.11). Control characters have no place in one, and what turns a
/// text has none either.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c => visible::push_shown(&mut out, c),
        }
    }
    out
}

/// Writes a line, folded between letters where it is longer than a line may be, and between the two letters that
/// begin a command to a build server, which may read the calendar in a log: a calendar puts them together again.
fn line(out: &mut String, text: &str) {
    let mut used = 0;
    let mut before = None;
    for c in text.chars() {
        let begins_command = matches!(c, '#' | ':') && before.replace(c) == Some(c);
        before = Some(c);
        if begins_command || used + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::report::duties::tests::{duties, row};

    #[test]
    fn an_event_stands_on_the_last_day_and_ends_the_day_after() {
        let calendar = render(&duties(&[row(Some(date(2026, 12, 31)))]));
        assert!(
            calendar.contains(
                "BEGIN:VEVENT\r\n\
                 UID:elmely.revision@rusprot.aarets-gang\r\n\
                 DTSTAMP:20251231T000000Z\r\n\
                 LAST-MODIFIED:20251231T000000Z\r\n\
                 SEQUENCE:9496\r\n\
                 DTSTART;VALUE=DATE:20261231\r\n\
                 DTEND;VALUE=DATE:20270101\r\n\
                 SUMMARY:Bostedet Elmely: Vi læser den igennem\r\n\
                 DESCRIPTION:Det her skal ske senest denne dag.\\nHvem: Leder\\, Borgere i Min\r\n \
                 i-MED\\nSidst: 31. december 2025\\n"
            ),
            "{calendar}"
        );
    }

    #[test]
    fn a_duty_that_is_met_again_moves_its_event_and_raises_its_number() {
        let facts = |due| {
            let calendar = render(&duties(&[row(Some(due))]));
            let value = |name: &str| {
                let line = calendar.lines().find(|line| line.starts_with(name));
                line.expect("the event has it")[name.len()..].to_owned()
            };
            (value("UID:"), value("SEQUENCE:").parse::<u32>())
        };
        let (first, later) = (facts(date(2026, 12, 1)), facts(date(2027, 12, 1)));
        assert_eq!(first.0, later.0);
        assert!(first.1.expect("a number") < later.1.expect("a number"));
    }

    #[test]
    fn an_event_that_moves_back_has_a_later_edition_than_in_the_calendar_it_takes_the_place_of() {
        let facts = |calendar: &str| {
            let edition = Edition::all(calendar).remove("elmely.revision@rusprot.aarets-gang");
            edition.expect("the event is there")
        };
        let after = |due: Date, former: &str| {
            let rows = [row(Some(due))];
            let mut duties = duties(&rows);
            duties.former = Some(former);
            render(&duties)
        };
        let first = render(&duties(&[row(Some(date(2027, 12, 1)))]));
        assert_eq!(after(date(2027, 12, 1), &first), first);
        let back = after(date(2026, 12, 1), &first);
        assert_eq!(facts(&back).sequence, facts(&first).sequence + 1);
        assert!(facts(&back).stamp > facts(&first).stamp);
        assert_eq!(after(date(2026, 12, 1), &back), back);
        let again = after(date(2027, 12, 1), &back);
        assert_eq!(facts(&again).sequence, facts(&first).sequence + 2);
        // A later date goes on as if nothing had been.
        let on = after(date(2028, 12, 1), &again);
        assert_eq!(on, render(&duties(&[row(Some(date(2028, 12, 1)))])));
        for broken in [
            "",
            "BEGIN:VEVENT\nEND:VEVENT",
            &first.replace("SEQUENCE:", "SEQUENCE:x"),
        ] {
            assert_eq!(
                after(date(2026, 12, 1), broken),
                render(&duties(&[row(Some(date(2026, 12, 1)))]))
            );
        }
    }

    #[test]
    fn two_duties_never_share_a_uid() {
        let named = |protocol: &str, duty: &str| {
            let mut row = row(None);
            (row.protocol, row.duty) = (protocol.to_owned(), duty.to_owned());
            uid(&row)
        };
        assert_ne!(named("a.b", "c"), named("a", "b.c"));
        assert_eq!(named("a\u{30a}en", "x"), named("åen", "x"));
        assert_eq!(named("åen", "x"), "%C3%A5en.x@rusprot.aarets-gang");
    }

    #[test]
    fn lines_are_folded_between_letters_and_come_back_whole() {
        let mut out = String::new();
        let text = format!("SUMMARY:{}", "blåbærgrød ".repeat(20));
        line(&mut out, &text);
        for folded in out.split("\r\n") {
            assert!(folded.len() <= LONGEST, "{folded}");
        }
        assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
        let mut exact = String::new();
        line(&mut exact, &"x".repeat(LONGEST));
        assert_eq!(exact, format!("{}\r\n", "x".repeat(LONGEST)));
    }

    #[test]
    fn no_line_holds_what_a_build_server_obeys_and_the_text_comes_back_whole() {
        for text in [
            "SUMMARY:a ##vso[x] ##[y]".to_owned(),
            format!("SUMMARY:{}::error::x", "x".repeat(66)),
        ] {
            let mut out = String::new();
            line(&mut out, &text);
            assert_eq!(crate::text::log::harmless(&out), out);
            assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
        }
    }

    #[test]
    fn what_has_a_meaning_in_a_value_is_escaped() {
        assert_eq!(
            escaped("a,b;c\\d\ne\u{7}f\u{202e}\tg"),
            "a\\,b\\;c\\\\d\\ne<U+0007>f<U+202E> g"
        );
    }

    #[test]
    fn a_calendar_without_events_has_a_component_all_the_same() {
        let calendar = render(&duties(&[row(None)]));
        assert!(!calendar.contains("VEVENT"));
        assert!(calendar.contains("BEGIN:VTIMEZONE\r\n"));
    }
}
