//! `[[handling]]`: an action card with its steps.

use super::name::BlockId;
use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, filled, line, needed, tables, text, texts};
use crate::text::Spanned;

table! {
    /// An action card.
    pub struct Action in a language: "en handling", "En handlingsanvisning: det, man gør, når noget sker.";

    /// What references call it; the situation's words where nobody gave it a name.
    id: Option<Spanned<String>> = "id" as BlockId, "Det, henvisninger kalder kortet: [](kort:id). Ellers er det situationens ord.";
    /// When the card is taken out.
    situation: Line = "situation" as filled(line(Seen::Label)), "Det, der sker. Det står øverst på kortet.";
    /// What to do, in order.
    steps: Vec<Step> = "trin" as needed(tables::<Step>()), "Det, man gør, i rækkefølge.";
    /// Who to turn to.
    contacts: Vec<RichText> = "kontakt" as texts(), "Dem, man kan få fat i.";
    /// What is written down, and where.
    documentation: Option<RichText> = "dokumentation" as text(), "Det, man skriver ned bagefter, og hvor.";
}

table! {
    /// One step of an action card.
    pub struct Step: "et trin", "Ét trin på en handlingsanvisning.";

    /// What is done.
    what: RichText = "goer" as filled(text()), "Det, man gør.";
    /// The role that does it.
    who: Option<Line> = "hvem" as line(Seen::Label), "Den rolle, der gør det.";
    /// When.
    when: Option<Line> = "hvornaar" as line(Seen::Label), "Hvornår det gøres.";
}
