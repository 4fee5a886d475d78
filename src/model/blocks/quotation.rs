//! `[[citat]]`: what somebody says.

use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, filled, line, text};

table! {
    /// What somebody says.
    pub struct Quotation in a language: "et citat", "Det, nogen siger, med deres egne ord.";

    /// The words.
    text: RichText = "tekst" as filled(text()), "Ordene.";
    /// Who says so: a role or a group, never a person.
    who: Option<Line> = "hvem" as line(Seen::Label), "Den eller dem, der siger det. Aldrig en persons navn.";
}
