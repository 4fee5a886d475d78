//! How every JSON form is written.

use serde::Serialize;

/// Indented JSON with a line break at its end. The shapes themselves stand where they belong; `value` has string
/// keys alone and no number that JSON lacks.
pub fn json(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value)
        .expect("every form has string keys and no number that JSON lacks");
    json.push('\n');
    json
}
