//! `[[felt]]`: a blank to fill in by hand.

use super::MOST_LINES;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, choice, count, filled, line};

table! {
    /// A blank to fill in by hand.
    pub struct Field in a language: "et felt", "Et felt, som bliver fyldt ud i hånden på papir.";

    /// The label.
    name: Line = "navn" as filled(line(Seen::Label)), "Det, der skal skrives i feltet.";
    /// Lines to write on, at least one.
    lines: u32 = "linjer" as count(1, MOST_LINES), "Antallet af linjer at skrive på.";
    /// What is written there.
    kind: FieldKind = "type" as choice(&KINDS).or(FieldKind::Text), "Hvad der skrives i feltet.";
}

/// What a field takes (`type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A date.
    Date,
    /// A tick.
    Checkbox,
}

const KINDS: [(&str, FieldKind); 3] = [
    ("tekst", FieldKind::Text),
    ("dato", FieldKind::Date),
    ("afkrydsning", FieldKind::Checkbox),
];
