//! `[[gruppe]]`: questions to be asked, with lines for the answers.

use super::MOST_LINES;
use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, count, line, needed, texts};

table! {
    /// A group of questions.
    pub struct QuestionGroup in a language: "en gruppe", "Spørgsmål, der hører sammen. De får numre.";

    /// Its name.
    name: Option<Line> = "navn" as line(Seen::Label), "Gruppens navn.";
    /// The questions.
    items: Vec<RichText> = "punkter" as needed(texts()), "Spørgsmålene.";
    /// Answer lines under each.
    lines: u32 = "linjer" as count(0, MOST_LINES), "Antallet af tomme linjer til hvert svar.";
}
