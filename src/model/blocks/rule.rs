//! `[[regel]]`: a numbered house rule.

use crate::model::richtext::RichText;
use crate::model::shape::Line;
use crate::model::table::table;
use crate::model::takes::{Seen, choice, filled, line, text};

table! {
    /// A numbered rule.
    pub struct HouseRule in a language: "en regel", "En regel i huset. Reglerne får numre.";

    /// What it says.
    text: RichText = "tekst" as filled(text()), "Det, reglen siger.";
    /// How strongly, where the author says so.
    strength: Option<Strength> = "styrke" as choice(&STRENGTHS), "Hvor stærkt reglen binder.";
    /// Why.
    reason: Option<RichText> = "begrundelse" as text(), "Hvorfor reglen er der.";
    /// The legal basis.
    basis: Option<Line> = "hjemmel" as line(Seen::Label), "Den lov, der giver jer lov til det.";
}

/// How strongly a rule binds (`styrke`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// `skal`
    Must,
    /// `maa-ikke`
    MustNot,
    /// `boer`
    Should,
    /// `henstilling`
    Request,
    /// `oenske`
    Wish,
}

const STRENGTHS: [(&str, Strength); 5] = [
    ("skal", Strength::Must),
    ("maa-ikke", Strength::MustNot),
    ("boer", Strength::Should),
    ("henstilling", Strength::Request),
    ("oenske", Strength::Wish),
];

impl Strength {
    /// The word readers see.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Must => "Skal",
            Self::MustNot => "Må ikke",
            Self::Should => "Bør",
            Self::Request => "Henstilling",
            Self::Wish => "Ønske",
        }
    }
}
