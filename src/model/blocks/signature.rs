//! `[underskrift]`: lines to sign on.

use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, line, lines, needed, text};

table! {
    /// Signature lines.
    pub struct Signature in a language: "underskriften", "Linjer til underskrifter, nederst i afsnittet.";

    /// Who signs.
    roles: Vec<Line> = "roller" as needed(lines(Seen::Label)), "De roller, der skriver under.";
    /// What is signed for.
    intro: Option<RichText> = "indledning" as text(), "Det, der skrives under på.";
    /// The place printed before the date.
    place: Option<Line> = "sted" as line(Seen::Label), "Stedet, der står før datoen.";
    /// What stands after the signatures.
    outro: Option<RichText> = "slut" as text(), "Det, der står efter underskrifterne.";

    => in order: intro, roles, place, outro;
}
