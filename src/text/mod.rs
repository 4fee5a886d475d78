//! Source files as text: byte spans, 1-based positions and the lines they fall on.
//!
//! Everything above talks about places in an author's file with these types. What the text
//! *means* (TOML, Markdown) is not known here, and nothing here touches the disk.

mod argument;
mod byte_set;
mod code;
mod danish;
mod direction;
pub mod faces;
mod files;
mod glance;
mod hex;
mod json;
mod letters;
mod line_ends;
pub mod log;
mod marks;
mod period;
mod sentence;
mod slug;
mod span;
mod toml;
mod typed_date;
pub mod visible;
mod wrapping;

pub use argument::argument;
pub use byte_set::ByteSet;
pub use code::code_in;
pub use danish::{MONTHS, alphabetical, danish_date, is_month};
pub use direction::Direction;
pub use files::{Place, SourceFile};
pub use glance::{
    ascii_length, begins_sign, has_byte, is_digit, is_second_of_danish, next_byte, place_of,
    small_letters, small_letters_of,
};
pub use hex::hex;
pub use json::json;
pub use letters::has_letter;
pub use line_ends::{end_of_line, line_end};
pub use marks::{LazyMarks, Marks};
pub use period::{Period, YEARS};
pub use sentence::{capital, listed};
pub use slug::slug;
pub use span::{OneBased, Position, PositionRange, Span, Spanned};
pub use toml::toml_string;
pub use typed_date::{TypedDate, typed_date, typed_period};
pub use wrapping::lines_of;
