//! The building blocks of a section, one a file: what each key takes, and what people are told of it.
//!
//! A new block is a file here, with its line in `blocks!`. How it is laid out is `document::layout`'s business.

mod action;
mod contact;
mod dilemma;
mod field;
mod figure;
mod group;
mod name;
mod quotation;
mod role;
mod rule;
mod sheet;
mod signature;
mod task;
mod term;

pub use action::{Action, Step};
pub(super) use contact::{AREA_CONTACT, CONTACT_ID, find_contact, read_area_contacts};
pub use contact::{Contact, IN_FULL, without_fuld};
pub use dilemma::Dilemma;
pub use field::{Field, FieldKind};
pub use figure::{FIGURE_ITEMS, Figure, FigureItem, FigureKind, day_of_common_year};
pub use group::QuestionGroup;
pub use quotation::Quotation;
pub use role::Role;
pub use rule::{HouseRule, Strength};
pub use sheet::Sheet;
pub use signature::Signature;
pub use task::{Task, TaskStatus};
pub use term::Term;

use super::kind::FormField;
use super::language::Language;
use super::table::{table, texts_in_languages};
use super::takes::{Table, tables};
use super::texts::{Field as TextField, Text};

/// More answer lines than a page holds is a slip of the pen.
const MOST_LINES: u32 = 60;

/// A block of texts alone, as it is declared.
#[derive(Clone, Debug)]
pub struct Entry<'t> {
    /// What the document calls it: `quotation`.
    pub name: &'static str,
    /// Its key: `citat`.
    pub key: &'static str,
    /// What it says, key by key.
    pub fields: Vec<TextField<'t>>,
    /// The language of its texts, where it says one.
    pub language: Option<&'t Language>,
}

/// The key by which a block says its language.
const LANGUAGE: &str = "sprog";

/// Declares the blocks that `indsaet` carries over, in the order of printing.
///
/// Those `by hand` have a type of their own in the document. Those `as declared` have texts alone, and the
/// document takes them from here, under the name behind `as`.
macro_rules! blocks {
    (
        by hand {
            $($(#[$doc:meta])* $field:ident: $block:ident = $key:literal, $said:literal;)+
        }
        as declared {
            $(
                $(#[$entry_doc:meta])*
                $entry:ident: $entry_block:ident = $entry_key:literal as $name:literal, $entry_said:literal;
            )+
        }
    ) => {
        table! {
            /// The building blocks of a section that another can insert.
            pub struct Blocks: "byggesten", "Byggesten, som kan stå i et afsnit eller et bilag.";

            $($(#[$doc])* $field: Vec<$block> = $key as tables::<$block>(), $said;)+
            $(
                $(#[$entry_doc])*
                $entry: Vec<$entry_block> = $entry_key as tables::<$entry_block>(), $entry_said;
            )+
        }

        // What is no text would be printed nowhere.
        const _: () = assert!($(<$entry_block as Table>::HOLDS_TEXTS)&&+);

        impl Blocks {
            /// Whether there are none.
            pub const fn is_empty(&self) -> bool {
                $(self.$field.is_empty())&&+ $(&& self.$entry.is_empty())+
            }

            /// The key of a block of texts alone by what the document calls it, and its own keys: whether each takes a
            /// line.
            pub fn declared(name: &str) -> Option<(&'static str, Vec<(&'static str, bool)>)> {
                $(
                    if name == $name {
                        let keys = <$entry_block as Table>::KIND.keys().into_iter();
                        let keys = keys.filter(|row| row.key != LANGUAGE);
                        let keys = keys.map(|row| (row.key, row.takes.entry() == FormField::Line));
                        return Some(($entry_key, keys.collect()));
                    }
                )+
                None
            }

            /// Visits the texts of the blocks that say which language they are in.
            pub fn texts_in_languages<'t>(&'t self, visit: &mut dyn FnMut(&'t Language, Text<'t>)) {
                $(texts_in_languages!(visit, &self.$field);)+
                $(texts_in_languages!(visit, &self.$entry);)+
            }

            /// The blocks of texts alone, in the order of printing.
            pub fn entries(&self) -> Vec<Entry<'_>> {
                let mut entries = Vec::new();
                $(
                    entries.extend(self.$entry.iter().map(|block| Entry {
                        name: $name,
                        key: $entry_key,
                        fields: block.fields(),
                        language: block.language.as_ref(),
                    }));
                )+
                entries
            }
        }
    };
}

blocks! {
    by hand {
        /// Tables with names.
        sheets: Sheet = "tabel", "Tabeller, som teksten kan henvise til.";
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
    }
    as declared {
        /// What people say.
        quotations: Quotation = "citat" as "quotation", "Citater, og hvem der siger dem.";
    }
}
