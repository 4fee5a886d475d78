//! A protocol's texts as words and sentences, each with its place in the file.
//!
//! Every rule about language asks here, so that no text is taken apart twice. What counts as a word and
//! where a sentence ends stands in `scan`; how readable a text is in `lix`. What is wrong with a word is
//! the rules' business.

mod fold;
mod forms;
mod laid_out;
mod lix;
mod scan;
mod vocabulary;
mod walk;
mod word_map;

pub use laid_out::{Kind, Language, Passage, SectionText};
pub use lix::{Counts, is_long_text, scale};
pub use scan::{Sentence, Word, is_abbreviation};
pub use vocabulary::Vocabulary;
pub use word_map::WordMap;
