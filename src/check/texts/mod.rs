//! What rules read texts with: words and sentences, numbers, laws, names and copies. Nothing here says what is
//! wrong with a text.

pub mod copied;
pub mod institutions;
pub mod known;
pub mod language;
pub mod law;
mod letters;
pub mod lines;
pub mod near;
pub mod numbers;
pub mod owned;
pub mod passage;
pub mod person_number;
pub mod typed;
