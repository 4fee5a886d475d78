//! `[[rolle]]`: a role and what it answers for.

use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, filled, line, lines, texts};

table! {
    /// A role: what it answers for.
    pub struct Role in a language: "en rolle", "En rolle, og hvad den svarer for.";

    /// What it is called.
    title: Line = "titel" as filled(line(Seen::Label)), "Rollens navn, aldrig en persons.";
    /// What it answers for.
    tasks: Vec<RichText> = "ansvar" as filled(texts()), "Det, rollen svarer for.";
    /// What else it is called.
    aliases: Vec<Line> = "ogsaa" as lines(Seen::Label), "Andre navne for den samme rolle.";

    => in order: title, aliases, tasks;
}
