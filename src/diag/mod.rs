//! Findings: what an author can mend, as plain data.
//!
//! A finding carries its rule, its place and what to say; how it is shown is `report`'s business,
//! and which level it ends up with is decided once, in `check::levels`. What an operator must mend
//! is no finding but an `anyhow` error.

mod code;

use std::cmp::Ordering;
use std::panic::Location;

pub use code::{Code, Family};

use crate::text::{Place, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// To be looked at; does not stop anything.
    Warning,
    /// Stops the protocol from being printed, and the command exits with 1.
    Error,
}

impl Level {
    /// The word an author writes in `[kontrol]` and reads in messages.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Warning => "advarsel",
            Self::Error => "fejl",
        }
    }

    /// The word of the machine formats.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Another place that explains a finding, with what to say about it.
#[derive(Clone, Debug)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there, in Danish.
    pub message: String,
}

/// A way to mend a finding that takes no judgement: what `check --fix` does.
///
/// All edits are made or none; together they make the finding go away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// In the order of the file, none overlapping another.
    pub edits: Vec<Edit>,
}

/// Letters of one string in the finding's file that become others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The letters in the file; or a string with its quotes, for all of its letters.
    pub span: Span,
    /// What is to be read there, not yet escaped for the string's quotes; empty to take the letters away.
    pub text: String,
}

impl Fix {
    /// A fix that is one edit.
    pub fn one(span: Span, text: impl Into<String>) -> Self {
        Self {
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
        }
    }
}

/// What a finding is about, as data: its message is for people, and no code reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A requirement of the skabelon, by its id.
    Requirement(String),
    /// A point of the skabelon, by its id.
    Point(String),
    /// A duty of the year wheel, by its id.
    Duty(String),
    /// A key, as it is written or would be.
    Key(String),
    /// A skabelon, by the name it is asked for by.
    Skabelon(String),
    /// What a reference leads to, by its id.
    Target(String),
    /// A word, as it is written.
    Word(String),
}

/// What a finding is known by where lines may have moved: two findings with the same are the same thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    path: String,
    code: Code,
    sense: Sense,
    subject: Option<Subject>,
    letters: String,
}

/// Which of its rule's sentences a finding is: the line of the program that said it. It is the same as long as
/// the program is, and is written nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sense {
    file: &'static str,
    line: u32,
}

/// One thing an author can mend.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub code: Code,
    /// Its weight; a rule's own level until `check::levels` has applied the repository's settings.
    pub level: Level,
    /// What is wrong, one Danish sentence that stands alone.
    pub message: String,
    /// What it is about, where something is told by it.
    pub subject: Option<Subject>,
    /// Which of its rule's sentences it is.
    pub sense: Sense,
    /// How to mend it, in Danish.
    pub help: Option<String>,
    /// Slug of the protocol it belongs to; `None` for the area's own files and the skabelon.
    pub protocol: Option<String>,
    /// Where the author should look.
    pub place: Place,
    /// Further places, in the order they are to be shown.
    pub related: Vec<Related>,
    /// The figures behind it, place by place, for whoever asks: `check -v` and JSON tell them.
    pub details: Vec<Related>,
    /// How it can be mended without judgement, where it can.
    pub fix: Option<Fix>,
}

impl Sense {
    fn of(location: &'static Location<'static>) -> Self {
        Self {
            file: location.file(),
            line: location.line(),
        }
    }
}

impl Finding {
    /// A finding of `code` at `place`, with the rule's own level.
    #[track_caller]
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            level: code.level(),
            message: message.into(),
            subject: None,
            sense: Sense::of(Location::caller()),
            help: None,
            protocol: None,
            place,
            related: Vec::new(),
            details: Vec::new(),
            fix: None,
        }
    }

    /// The same finding with a way to mend it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding as a warning, where its rule's own level is too hard for it. An area's own level for
    /// the rule makes it no harder.
    #[must_use]
    pub const fn as_warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }

    /// The same finding, which is about this.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }

    /// The same finding with one more place that explains it.
    #[must_use]
    pub fn with_related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related {
            place,
            message: message.into(),
        });
        self
    }

    /// The same finding with the figure of one more place.
    #[must_use]
    pub fn with_detail(mut self, place: Place, message: impl Into<String>) -> Self {
        self.details.push(Related {
            place,
            message: message.into(),
        });
        self
    }

    /// The same finding with a fix, if there is one.
    #[must_use]
    pub fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// What it is known by where its lines may move.
    pub fn identity(&self) -> Identity {
        let span = self.place.span;
        let letters = self.place.file.text().get(span.start()..span.end());
        Identity {
            path: self.place.file.path().to_owned(),
            code: self.code,
            sense: self.sense,
            subject: self.subject.clone(),
            letters: letters.unwrap_or_default().to_owned(),
        }
    }

    /// Whether a reader would be told the same twice, at the same place.
    pub fn repeats(&self, other: &Self) -> bool {
        self.order(other).is_eq() && self.message == other.message
    }

    /// The order findings are reported in: path, place, code. Sort stably: findings of one rule at one
    /// place stay in the order the rule found them.
    pub fn order(&self, other: &Self) -> Ordering {
        self.place
            .file
            .path()
            .cmp(other.place.file.path())
            .then_with(|| self.place.span.start.cmp(&other.place.span.start))
            .then_with(|| self.code.cmp(&other.code))
    }
}
