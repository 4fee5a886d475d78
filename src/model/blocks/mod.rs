//! The building blocks of a section, one a file: what each key takes, and what people are told of it.
//!
//! A new block is a file here, with its line in `blocks!`. How it is printed is `document`'s and `render`'s
//! business.

mod action;
mod contact;
mod dilemma;
mod field;
mod figure;
mod group;
mod quotation;
mod role;
mod rule;
mod signature;
mod task;
mod term;

pub use action::{Action, Step};
pub use contact::Contact;
pub(super) use contact::{AREA_CONTACT, CONTACT_ID, find_contact, read_area_contacts};
pub use dilemma::Dilemma;
pub use field::{Field, FieldKind};
pub use figure::{FIGURE_ITEMS, Figure, FigureItem, FigureKind, day_of_common_year};
pub use group::QuestionGroup;
pub use quotation::Quotation;
pub use role::Role;
pub use rule::{HouseRule, Strength};
pub use signature::Signature;
pub use task::{Task, TaskStatus};
pub use term::Term;

use super::table::table;
use super::takes::tables;

/// More answer lines than a page holds is a slip of the pen.
const MOST_LINES: u32 = 60;

/// Declares the blocks that `indsaet` carries over, in the order of printing.
macro_rules! blocks {
    ($($(#[$doc:meta])* $field:ident: $block:ident = $key:literal, $said:literal;)+) => {
        table! {
            /// The building blocks of a section that another can insert.
            pub struct Blocks: "byggesten", "Byggesten, som kan stå i et afsnit eller et bilag.";

            $($(#[$doc])* $field: Vec<$block> = $key as tables::<$block>(), $said;)+
        }

        impl Blocks {
            /// Whether there are none.
            pub const fn is_empty(&self) -> bool {
                $(self.$field.is_empty())&&+
            }
        }
    };
}

blocks! {
    /// Words with their meanings.
    terms: Term = "begreb", "Ord, og hvad de betyder.";
    /// Roles and what they answer for.
    roles: Role = "rolle", "Roller, og hvad de svarer for.";
    /// House rules.
    rules: HouseRule = "regel", "Husets regler.";
    /// Groups of questions.
    groups: QuestionGroup = "gruppe", "Spørgsmål, der skal stilles.";
    /// Blanks to fill in.
    fields: Field = "felt", "Felter, der bliver fyldt ud i hånden.";
    /// Action cards.
    actions: Action = "handling", "Handlingsanvisninger.";
    /// Dilemmas.
    dilemmas: Dilemma = "dilemma", "Dilemmaer.";
    /// Tasks.
    tasks: Task = "opgave", "Opgaver: hvem gør hvad hvornår.";
    /// How to reach functions.
    contacts: Contact = "kontakt", "Hvordan man får fat i funktioner.";
    /// What people say.
    quotations: Quotation = "citat", "Citater, og hvem der siger dem.";
}
