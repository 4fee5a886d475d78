//! The texts a reader meets, each once and in reading order: what rules about words, persons and laws read,
//! and what the word list is made from.
//!
//! Which key holds a text is said where the key is declared (`table`, `takes`). Ids, notes to authors and
//! targets of links are none; nor is the skabelon's obligatory text, which is nobody's here.

use super::richtext::RichText;
use super::shape::Line;

/// A text, and what it is to the reader.
#[derive(Clone, Copy, Debug)]
pub enum Text<'t> {
    /// A section's heading.
    Heading(&'t Line),
    /// A word that what follows explains.
    Term(&'t Line),
    /// A few words in their own place: a field's name, a role, the basis of a rule.
    Label(&'t Line),
    /// How somebody is reached: a telephone, a mail, a line of an address. No words of the language.
    Reach(&'t Line),
    /// Running text.
    Running(&'t RichText),
}

impl<'t> Text<'t> {
    /// The line, where it is one.
    pub const fn line(self) -> Option<&'t Line> {
        match self {
            Self::Heading(line) | Self::Term(line) | Self::Label(line) | Self::Reach(line) => {
                Some(line)
            }
            Self::Running(_) => None,
        }
    }
}

/// What stands under a key, where that is texts and nothing else.
#[derive(Clone, Debug)]
pub struct Field<'t> {
    /// What it is called where it is declared: `who`.
    pub name: &'static str,
    /// The key: `hvem`.
    pub key: &'static str,
    /// Whether there can be several.
    pub several: bool,
    /// The texts.
    pub texts: Vec<Text<'t>>,
}

/// What is done with each text.
pub type Visit<'v, 't> = &'v mut dyn FnMut(Text<'t>);
