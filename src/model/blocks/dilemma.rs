//! `[[dilemma]]`: two things that are both right and pull apart.

use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, filled, line, text, texts};

table! {
    /// A situation in which two things that are both right pull apart.
    pub struct Dilemma in a language: "et dilemma", "En situation, hvor to ting er rigtige og trækker hver sin vej.";

    /// The situation.
    situation: Line = "situation" as filled(line(Seen::Label)), "Situationen. Den står øverst i rammen.";
    /// What one does.
    does: Vec<RichText> = "goer" as texts(), "Det, man gør.";
    /// Why.
    reason: Option<RichText> = "hvorfor" as text(), "Hvorfor man gør sådan.";

    + where (_shape, keys) {
        /// Whether the key for what one does is there, be there nothing in it.
        has_does: bool = keys.has("goer");
    }
}
