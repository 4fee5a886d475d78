//! What is noted while texts are read, for the rules to have a word about; and the variables that are replaced
//! meanwhile.
//!
//! Nothing is said of it here: each kind of slip belongs to a rule of `check`.

use std::sync::Arc;

use super::variables::Variables;
use crate::text::{Place, SourceFile, Span};

/// Something in a text that a rule will have a word about.
#[derive(Clone, Debug)]
pub struct Slip {
    /// What.
    pub kind: SlipKind,
    /// Where.
    pub place: Place,
}

/// The kinds of slips; each belongs to one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlipKind {
    /// RP006: HTML, as typed.
    Html(String),
    /// RP007: a heading, as the reader would have seen it.
    Heading(String),
    /// RP008: an invisible character.
    Invisible(char),
    /// RP009: a variable that is not there.
    UnknownVariable(String),
    /// RP009: a variable that is known but has no value here.
    EmptyVariable(String),
    /// RP205: a marker without a footnote.
    NoteMissing(String),
    /// RP205: a footnote without a marker.
    NoteUnused(String),
    /// RP205: two footnotes with one label.
    NoteTwice(String),
    /// RP212: a list whose typed numbers are not those that are printed.
    NumberJumps {
        /// The number as it is typed.
        typed: u64,
        /// The number that is printed.
        printed: u64,
    },
    /// RP214: a row of a table with more fields than there are columns.
    FieldsLost {
        /// The fields of the row.
        fields: usize,
        /// The columns.
        columns: usize,
    },
    /// RP003: lists or quotations within each other beyond what can be printed.
    TooDeep,
}

impl SlipKind {
    /// Whether it is about a variable, so that it depends on the protocol the text is printed in.
    pub const fn is_variable(&self) -> bool {
        matches!(self, Self::UnknownVariable(_) | Self::EmptyVariable(_))
    }
}

/// Whether nobody sees a character that changes what is read.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}'
            | '\u{B}'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Whether a joiner stands after a letter of a script that is spelled with joiners (the Arabic, those of India
/// and their neighbours), or holds two pictures together as one.
pub fn is_spelling(text: &str, at: usize, c: char) -> bool {
    let spelled = |c: char| {
        matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}'
            | '\u{700}'..='\u{74F}' | '\u{7C0}'..='\u{7FF}'
            | '\u{900}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
            | '\u{1820}'..='\u{18AF}')
    };
    let pictured = |c: char| {
        matches!(
            c,
            '\u{FE0F}' | '\u{2640}' | '\u{2642}' | '\u{1F300}'..='\u{1FAFF}'
        )
    };
    match (c, text[..at].chars().next_back()) {
        ('\u{200C}', Some(before)) => spelled(before),
        ('\u{200D}', Some(before)) => spelled(before) || pictured(before),
        _ => false,
    }
}

/// What the texts of one file are read with.
#[derive(Debug)]
pub struct Slips<'a> {
    /// The file.
    pub file: &'a Arc<SourceFile>,
    /// The variables that texts may use.
    variables: &'a Variables,
    /// What was noted so far.
    pub noted: Vec<Slip>,
}

impl<'a> Slips<'a> {
    /// Nothing noted yet.
    pub fn new(file: &'a Arc<SourceFile>, variables: &'a Variables) -> Self {
        Self {
            file,
            variables,
            noted: Vec::new(),
        }
    }

    /// Notes a slip.
    pub fn note(&mut self, kind: SlipKind, span: Span) {
        let place = Place::new(self.file, span);
        self.noted.push(Slip { kind, place });
    }

    /// A variable's value; an unknown one is a slip at `span`.
    pub fn variable(&mut self, name: &str, span: impl FnOnce() -> Span) -> Option<&'a str> {
        let variables = self.variables;
        if let Some(value) = variables.get(name) {
            return Some(value);
        }
        let kind = if variables.is_known(name) {
            SlipKind::EmptyVariable(name.to_owned())
        } else {
            SlipKind::UnknownVariable(name.to_owned())
        };
        self.note(kind, span());
        None
    }
}
