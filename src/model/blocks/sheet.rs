//! `[[tabel]]`: a table with a name, which references can lead to and a line of its own can place.

use super::name::BlockId;
use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, filled, line, text};
use crate::text::Spanned;

table! {
    /// A table with a name.
    pub struct Sheet in a language: "en tabel", "En tabel, som teksten kan henvise til.";

    /// What references call it; the caption's words where nobody gave it a name.
    id: Option<Spanned<String>> = "id" as BlockId, "Det, henvisninger kalder den: [](tabel:id). Ellers er det titlens ord.";
    /// The caption.
    title: Option<Line> = "titel" as line(Seen::Label), "Det, der står over tabellen.";
    /// The table, as one is written in any text.
    text: RichText = "tekst" as filled(text()), "Tabellen, skrevet med lodrette streger som i anden tekst.";
}
