//! Facts of the Danish language that more than one stage needs.

use jiff::civil::Date;

/// The months, January first, as they are written: in small letters.
pub const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// Whether a word is the name of a month.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// "3. februar 2026"
pub fn danish_date(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{}. {month} {}", date.day(), date.year())
}
