//! The changes of several protocols together, with which editions were held against each other: the root of
//! the JSON form, version 1 (`docs/json.md`), and what every output is written from.

use serde::Serialize;

use super::{Changes, JSON_VERSION, PartFate, Summary, headings};
use crate::document::{DateText, Document};
use crate::text;

/// What changed in an area's protocols.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of this form.
    pub version: u32,
    /// The language of every text.
    pub language: &'static str,
    /// What the present was held against, in Danish: "siden HEAD~1", "siden den seneste godkendelse".
    pub since: String,
    /// The protocols that were asked for or have changed, in the order of their slugs.
    pub protocols: Vec<ProtocolChanges>,
}

/// What changed in one protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProtocolChanges {
    /// The protocol's folder name; of one that is gone, the one it had.
    pub slug: String,
    /// The kind of document.
    pub title: String,
    /// Whose it is.
    pub institution: String,
    /// What became of the protocol as a whole.
    pub state: State,
    /// The former edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Mark>,
    /// The present edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Mark>,
    /// What there is to know about the comparison itself, in Danish.
    pub notes: Vec<String>,
    /// How much changed.
    pub summary: Summary,
    /// What changed.
    #[serde(flatten)]
    pub changes: Changes,
}

/// What became of a protocol as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Something in it changed.
    Changed,
    /// Nothing in it changed.
    Unchanged,
    /// It was not there before; its headings are listed without their texts.
    Added,
    /// It is not there any more; the headings it had are listed without their texts.
    Removed,
    /// Nobody has approved it yet, and it was to be held against what was approved.
    NotApproved,
    /// The two editions cannot be held against each other; a note says why.
    Unknown,
}

/// Which edition one side of a comparison is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// In Danish: "udgaven fra 3. februar 2026 (4f1c2d7)", "filerne, som de ligger nu".
    pub text: String,
    /// The commit; none for the files as they lie now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The day of the commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateText>,
    /// The folder name the protocol had, where it is another one now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The version the protocol gives itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The skabelon's name and version.
    pub skabelon: String,
    /// The fingerprint, 64 hexadecimal digits.
    pub fingerprint: String,
    /// Its short form.
    pub code: String,
}

impl Report {
    /// A report in the present version.
    pub fn new(since: impl Into<String>, protocols: Vec<ProtocolChanges>) -> Self {
        Self {
            version: JSON_VERSION,
            language: "da",
            since: since.into(),
            protocols,
        }
    }

    /// Whether a comparison could not be made.
    pub fn is_partial(&self) -> bool {
        let mut states = self.protocols.iter().map(|protocol| protocol.state);
        states.any(|state| state == State::Unknown)
    }

    /// The report as JSON on lines of its own, with a line end.
    pub fn json(&self) -> String {
        text::json(self)
    }
}

impl Mark {
    /// The mark of a document: from a commit and its day, or of the files as they lie now.
    pub fn of(document: &Document, commit: Option<(&str, DateText)>) -> Self {
        let text = match &commit {
            Some((commit, date)) => {
                let short = commit.get(..10).unwrap_or(commit);
                format!("udgaven fra {} ({short})", date.text)
            }
            None => "filerne, som de ligger nu".to_owned(),
        };
        let (commit, date) = commit
            .map(|(commit, date)| (commit.to_owned(), date))
            .unzip();
        Self {
            text,
            commit,
            date,
            slug: None,
            edition: document.edition.version.clone(),
            skabelon: format!("{} {}", document.skabelon.name, document.skabelon.version)
                .trim()
                .to_owned(),
            fingerprint: document.edition.fingerprint.clone(),
            code: document.edition.code.clone(),
        }
    }
}

/// The summary where there is nothing to sum up: not that nothing changed.
const NOT_COMPARED: &str = "Ikke sammenlignet.";

impl ProtocolChanges {
    /// What changed between two editions.
    pub fn between(from: Mark, to: Mark, present: &Document, changes: Changes) -> Self {
        Self {
            state: if changes.is_empty() {
                State::Unchanged
            } else {
                State::Changed
            },
            from: Some(from),
            to: Some(to),
            summary: changes.summary(),
            changes,
            ..Self::nothing(present)
        }
    }

    /// A protocol of which nothing is known yet but whose it is.
    pub fn nothing(document: &Document) -> Self {
        Self {
            slug: document.slug.clone(),
            title: document.title.clone(),
            institution: document.institution.name.clone(),
            state: State::Unchanged,
            from: None,
            to: None,
            notes: Vec::new(),
            summary: Changes::default().summary(),
            changes: Changes::default(),
        }
    }

    /// A protocol that cannot be compared, and why.
    pub fn unknown(slug: &str, notes: Vec<String>) -> Self {
        let mut summary = Changes::default().summary();
        summary.sentence = NOT_COMPARED.to_owned();
        Self {
            slug: slug.to_owned(),
            title: String::new(),
            institution: String::new(),
            state: State::Unknown,
            from: None,
            to: None,
            notes,
            summary,
            changes: Changes::default(),
        }
    }

    /// A protocol that can be read but has nothing to be compared with, and why.
    pub fn without_former(document: &Document, state: State, note: String) -> Self {
        let mut alone = Self::nothing(document);
        alone.state = state;
        alone.notes = vec![note];
        alone.summary.sentence = NOT_COMPARED.to_owned();
        alone
    }

    /// A protocol that is new or gone as a whole: its headings without their texts.
    pub fn whole(document: &Document, fate: PartFate, mark: Mark) -> Self {
        let changes = headings(document, fate);
        let mut whole = Self {
            summary: changes.summary(),
            changes,
            ..Self::nothing(document)
        };
        let what = if fate == PartFate::Removed {
            (whole.state, whole.from) = (State::Removed, Some(mark));
            "Protokollen findes ikke mere."
        } else {
            (whole.state, whole.to) = (State::Added, Some(mark));
            "Hele protokollen er ny."
        };
        whole.summary.sentence = format!("{what} {}", whole.summary.sentence);
        whole
    }

    /// Notes that the protocol's folder had another name.
    pub fn renamed_from(&mut self, slug: &str) {
        self.notes.push(format!("Mappen hed »{slug}« før."));
    }
}
