//! Facts of the Danish language that more than one stage needs.

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
