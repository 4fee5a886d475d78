//! What stands in a part of a document: running text, building blocks, figures, files, signatures.

use serde::Serialize;

use super::{Block, Entry, Figure, Inline, TextLanguage};

/// A piece of a part, in the order of printing.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Running text.
    Text {
        /// The blocks.
        blocks: Vec<Block>,
    },
    /// Short answers, each under a word or two.
    ShortAnswers {
        /// The answers.
        items: Vec<ShortAnswer>,
    },
    /// A figure from data.
    Figure(Figure),
    /// A table with a name.
    Table {
        /// Its anchor, where a reference leads to it.
        #[serde(skip_serializing_if = "Option::is_none")]
        anchor: Option<String>,
        /// What it is called.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// What stands over it: the title, behind its number where references show one.
        #[serde(skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
        /// The table.
        blocks: Vec<Block>,
        /// Its language, where it is not that of the part.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<TextLanguage>,
    },
    /// Words with their meanings.
    Terms {
        /// The words.
        items: Vec<TermItem>,
    },
    /// Roles and what they answer for.
    Roles {
        /// The roles.
        items: Vec<RoleItem>,
    },
    /// House rules.
    Rules {
        /// The rules.
        items: Vec<RuleItem>,
    },
    /// A group of questions.
    Group {
        /// Its name.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The questions.
        items: Vec<Question>,
        /// Answer lines under each.
        lines: u32,
        /// Its language, where it is not that of the part.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<TextLanguage>,
    },
    /// Blanks to fill in.
    Fields {
        /// The blanks.
        items: Vec<FieldItem>,
    },
    /// An action card.
    Card {
        /// The anchor of the card on a page; none where it is inserted from another place.
        #[serde(skip)]
        id: Option<String>,
        /// The same, where a reference leads to it.
        #[serde(skip_serializing_if = "Option::is_none")]
        anchor: Option<String>,
        /// When it is taken out.
        situation: String,
        /// What to do.
        steps: Vec<StepItem>,
        /// Who to turn to.
        contacts: Vec<Vec<Block>>,
        /// What is written down.
        #[serde(skip_serializing_if = "Option::is_none")]
        documentation: Option<Vec<Block>>,
        /// Its language, where it is not that of the part.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<TextLanguage>,
    },
    /// A dilemma.
    Dilemma {
        /// The situation.
        situation: String,
        /// What one does.
        does: Vec<Vec<Block>>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Vec<Block>>,
        /// Its language, where it is not that of the part.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<TextLanguage>,
    },
    /// Tasks: who does what by when.
    Tasks {
        /// The tasks.
        items: Vec<TaskItem>,
    },
    /// How to reach functions.
    Contacts {
        /// The functions.
        items: Vec<ContactItem>,
    },
    /// A PDF that lies beside the pages.
    File {
        /// Its path from the protocol's folder of pages, with `/`.
        path: String,
        /// How large it is; absent for one that is not there, which is printed without a link.
        #[serde(skip_serializing_if = "Option::is_none")]
        size: Option<FileSize>,
    },
    /// Signature lines.
    Signature {
        /// What is signed for.
        #[serde(skip_serializing_if = "Option::is_none")]
        intro: Option<Vec<Block>>,
        /// The place before the date.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Who signs.
        roles: Vec<String>,
        /// What stands after the lines.
        #[serde(skip_serializing_if = "Option::is_none")]
        outro: Option<Vec<Block>>,
        /// Its language, where it is not that of the part.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<TextLanguage>,
    },
    /// Another place's building blocks, printed here too: all but its text, its file and its signature.
    Inserted {
        /// The place's anchor.
        id: String,
        /// "Bilag 3".
        label: String,
        /// The place's heading.
        heading: String,
        /// What is printed.
        content: Vec<Content>,
    },
    /// A block of texts alone.
    #[serde(untagged)]
    Entry(Entry),
}

/// A short answer.
#[derive(Clone, Debug, Serialize)]
pub struct ShortAnswer {
    /// What it answers.
    pub name: String,
    /// The answer.
    pub text: Vec<Block>,
}

/// A word.
#[derive(Clone, Debug, Serialize)]
pub struct TermItem {
    /// The word.
    pub word: String,
    /// Other words for the same.
    pub aliases: Vec<String>,
    /// What it means.
    pub meaning: Vec<Block>,
    /// Its language, where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
}

/// A role.
#[derive(Clone, Debug, Serialize)]
pub struct RoleItem {
    /// What it is called.
    pub title: String,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// What it answers for.
    pub tasks: Vec<Vec<Block>>,
    /// Its language, where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
}

/// A task.
#[derive(Clone, Debug, Serialize)]
pub struct TaskItem {
    /// What is to be done, as one run: it stands in a table's cell.
    pub what: Vec<Inline>,
    /// The roles that do it.
    pub responsible: Vec<String>,
    /// By when, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// The day of that, as `2026-02-03`, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// How far it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskState>,
    /// Its language, where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
}

/// How far a task is.
#[derive(Clone, Debug, Serialize)]
pub struct TaskState {
    /// The kind, for machines.
    pub kind: TaskStateKind,
    /// The words people see.
    pub text: String,
}

/// The kinds of a task's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStateKind {
    /// Nobody has begun.
    NotBegun,
    /// Somebody is at it.
    UnderWay,
    /// It is done.
    Done,
}

/// How to reach a function.
#[derive(Clone, Debug, Serialize)]
pub struct ContactItem {
    /// The anchor, unique in the document; absent where it is printed once more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The function.
    pub function: String,
    /// Its telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Way>,
    /// Its mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<Way>,
    /// Its web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<Way>,
    /// Whether it belongs to somebody else.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub external: bool,
    /// When it can be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// What else there is to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Vec<Block>>,
    /// Its language, where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
}

/// A way to reach somebody.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    /// What is shown.
    pub text: String,
    /// Where it leads; absent where nobody can be reached so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// How large a file is.
#[derive(Clone, Debug, Serialize)]
pub struct FileSize {
    /// In bytes.
    pub bytes: u64,
    /// "1,2 MB", with a no-break space.
    pub text: String,
}

/// A house rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleItem {
    /// Its number.
    pub number: usize,
    /// What it says.
    pub text: Vec<Block>,
    /// How strongly, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<&'static str>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Vec<Block>>,
    /// The legal basis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Its language, where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
}

/// A question of a group.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// Its number in the group.
    pub number: usize,
    /// What is asked.
    pub text: Vec<Block>,
}

/// A blank.
#[derive(Clone, Debug, Serialize)]
pub struct FieldItem {
    /// The label.
    pub name: String,
    /// Lines to write on.
    pub lines: u32,
    /// What is written there.
    pub kind: FieldKind,
    /// Its language, where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
}

/// What a blank takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words.
    Text,
    /// A date.
    Date,
    /// A tick.
    Checkbox,
}

/// A step of an action card.
#[derive(Clone, Debug, Serialize)]
pub struct StepItem {
    /// Its number.
    pub number: usize,
    /// What is done.
    pub what: Vec<Block>,
    /// The role that does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}
