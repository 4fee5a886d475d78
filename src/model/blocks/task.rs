//! `[[opgave]]`: who does what by when.

use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, When, choice, day_or_words, filled, lines, text};

/// What a deadline can be, for whoever wrote something else.
const DEADLINE: &str =
    "en dato uden anførselstegn (frist = 2026-02-03) eller en tekst (frist = \"hvert kvartal\")";

table! {
    /// Something that somebody is to do.
    pub struct Task in a language: "en opgave", "Noget, der skal gøres. Opgaverne bliver til en tabel.";

    /// What.
    what: RichText = "hvad" as filled(text()), "Det, der skal gøres.";
    /// The roles that do it.
    responsible: Vec<Line> = "ansvarlig" as lines(Seen::Label), "De roller, der gør det.";
    /// By when.
    deadline: Option<When> = "frist" as day_or_words(Some(DEADLINE)), "Hvornår det senest er gjort.";
    /// Ids of requirements and points it answers.
    answers: Vec<Line> = "opfylder" as lines(Seen::Not), "De krav og punkter i skabelonen, som opgaven svarer på.";
    /// How far it is.
    status: Option<TaskStatus> = "status" as choice(&STATUSES), "Hvor langt I er.";
}

/// How far a task is (`status`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskStatus {
    /// `ikke-begyndt`
    NotBegun,
    /// `i-gang`
    UnderWay,
    /// `faerdig`
    Done,
}

const STATUSES: [(&str, TaskStatus); 3] = [
    ("ikke-begyndt", TaskStatus::NotBegun),
    ("i-gang", TaskStatus::UnderWay),
    ("faerdig", TaskStatus::Done),
];

impl TaskStatus {
    /// The words readers see.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::NotBegun => "Ikke begyndt",
            Self::UnderWay => "I gang",
            Self::Done => "Færdig",
        }
    }
}
