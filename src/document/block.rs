//! Running text: blocks, and the pieces in them.

use serde::Serialize;

/// A block of running text.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// The first number.
        start: u64,
        /// Whether the items stand close.
        tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// What it shows.
        #[serde(skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
        /// How the columns are aligned.
        align: Vec<Alignment>,
        /// The header's cells.
        header: Vec<Vec<Inline>>,
        /// The rows' cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Terms and what they mean.
    Definitions {
        /// The terms.
        items: Vec<Definition>,
    },
    /// Text as typed.
    Code {
        /// The text.
        text: String,
    },
    /// A line across.
    Divider {},
}

/// An item of a list.
#[derive(Clone, Debug, Serialize)]
pub struct ListItem {
    /// For a task: whether it is ticked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term.
#[derive(Clone, Debug, Serialize)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// What it means.
    pub definitions: Vec<Vec<Block>>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// As the output likes.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// A piece of running text.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Inline {
    /// Letters, to be printed exactly as they are.
    Text {
        /// The letters.
        text: String,
    },
    /// Letters as typed.
    Code {
        /// The letters.
        text: String,
    },
    /// Emphasis.
    Emph {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Struck out.
    Strike {
        /// What is struck out.
        content: Vec<Inline>,
    },
    /// A line end.
    Break {},
    /// A link out of the document.
    Link {
        /// `http:`, `https:`, `mailto:` or `tel:`.
        url: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// A link inside the document.
    Ref {
        /// The anchor of a part or a contact.
        id: String,
        /// What is shown.
        content: Vec<Inline>,
        /// Whether the text was made from the target, so that paper adds the page.
        page: bool,
    },
    /// A picture.
    Image {
        /// Its path in the protocol's folder.
        file: String,
        /// The text for those who cannot see it.
        alt: String,
    },
    /// A footnote, where its marker stands the first time.
    Footnote {
        /// Its number in the document.
        number: usize,
        /// Its anchor.
        id: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A marker of a footnote that came before.
    FootnoteAgain {
        /// Its number in the document.
        number: usize,
        /// Its anchor.
        id: String,
    },
}

impl Inline {
    /// Letters.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}
