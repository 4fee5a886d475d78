//! `[[begreb]]`: a word with its meaning.

use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, filled, line, lines, text};

table! {
    /// A word with what it means here.
    pub struct Term in a language: "et begreb", "Et ord, og hvad det betyder hos jer.";

    /// The word.
    word: Line = "ord" as filled(line(Seen::Term)), "Ordet.";
    /// What it means.
    meaning: RichText = "betyder" as filled(text()), "Hvad ordet betyder.";
    /// Other words for the same.
    aliases: Vec<Line> = "ogsaa" as lines(Seen::Label), "Andre ord for det samme.";

    => in order: word, aliases, meaning;
}
