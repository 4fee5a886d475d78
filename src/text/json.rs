//! How every JSON form is written.

use std::fmt::Write;

use serde::Serialize;

use super::{log, visible};

/// Indented JSON with a line break at its end. The shapes themselves stand where they belong; `value` has string
/// keys alone and no number that JSON lacks. A letter that would steer a terminal or be a command to a build
/// server, where the JSON is printed in a log, is written by its number: to a reader of JSON it is the same.
pub fn json(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value)
        .expect("every form has string keys and no number that JSON lacks");
    json.push('\n');
    // A number sign stands in strings alone.
    let json = log::with_signs(
        &json,
        log::bracket_commands(&json).map(|at| (at, "\\u0023")),
    );
    if !json.chars().any(steers) {
        return json.into_owned();
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if steers(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("writing to a String cannot fail");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a letter steers a terminal or the direction of its line. Nothing of JSON itself does.
fn steers(c: char) -> bool {
    // Nearly every letter is settled here.
    c >= '\u{7f}' && visible::is_steering(c) && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}')
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_a_log_would_obey_is_written_by_its_number_and_read_as_itself() {
        let text = "##vso[x] ##a b[ \u{9b}2J\u{202e}\u{7f}\u{1b}\u{e0001}æ\u{200d}";
        let written = json(&[text]);
        assert_eq!(
            written,
            "[\n  \"#\\u0023vso[x] ##a b[ \\u009b2J\\u202e\\u007f\\u001b\\udb40\\udc01æ\u{200d}\"\n]\n"
        );
        let read: Value = serde_json::from_str(&written).expect("it is JSON");
        assert_eq!(read[0], text);
    }
}
