//! The resolved document: a protocol with everything in its place, ready to be printed.
//!
//! Obligatory texts are in, references lead somewhere, numbers are given, insertions made and Danish
//! typography done. HTML, Markdown, the PDF and `protokol.json` are all written from this one value, so
//! they have the same headings in the same order and the same text. Its serialised form is version 1 of
//! the document's JSON (`docs/json.md`). Nothing is checked here: what cannot be resolved is printed as
//! the text the author typed, and `check` has said so.

mod assemble;
mod backmatter;
mod date;
mod entries;
mod figure;
mod fingerprint;
mod front;
mod page_code;
pub mod select;
mod text;
mod typography;
mod units;
mod wording;

use serde::Serialize;

pub use assemble::{Options, assemble};
pub(crate) use backmatter::WORD_LIST;
pub use backmatter::{DutyRow, duties};
pub use date::danish_date;
pub use figure::{Figure, FigureItem, FigureKind};
pub use fingerprint::{Fingerprint, NotACode, ShortCode};
pub use page_code::PageCode;
pub use units::{Unit, UnitField, UnitKind, canonical, units};
pub use wording::AutoRef;

use jiff::civil::Date;

/// The version of the JSON form.
pub const JSON_VERSION: u32 = 1;

/// A protocol ready to be printed. Print the title block, the contents, then `sections`, `backmatter` and
/// `appendices`.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// The version of this form.
    pub version: u32,
    /// The language of every text.
    pub language: &'static str,
    /// The protocol's folder name.
    pub slug: String,
    /// The kind of document.
    pub title: String,
    /// Whose it is.
    pub institution: Institution,
    /// The area it belongs to.
    pub area: AreaName,
    /// The skabelon it follows.
    pub skabelon: SkabelonName,
    /// Which edition it is.
    pub edition: Edition,
    /// The title block's rows, in order.
    pub facts: Vec<Fact>,
    /// Whether every page says UDKAST.
    pub draft: bool,
    /// The running footer.
    pub footer: String,
    /// Its second line: the code by which a copy on paper can be held against what is in force.
    pub copy_note: String,
    /// The QR code of the institution's page, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_code: Option<PageCode>,
    /// The sections.
    pub sections: Vec<Part>,
    /// Year wheel, word list, how it was made.
    pub backmatter: Vec<Part>,
    /// The appendices.
    pub appendices: Vec<Part>,
}

/// Whose protocol it is.
#[derive(Clone, Debug, Serialize)]
pub struct Institution {
    /// The name.
    pub name: String,
    /// A shorter name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// The address, a line each.
    pub address: Vec<String>,
    /// A function's telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A function's mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// The web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<String>,
}

/// The area a protocol belongs to.
#[derive(Clone, Debug, Serialize)]
pub struct AreaName {
    /// The area.
    pub name: String,
    /// Its organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// The skabelon a protocol follows.
#[derive(Clone, Debug, Serialize)]
pub struct SkabelonName {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
}

/// Which edition of the protocol this is.
#[derive(Clone, Debug, Serialize)]
pub struct Edition {
    /// The version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The role that answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
    /// The date it is in force from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<DateText>,
    /// The date by which it is to be revised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_revision: Option<DateText>,
    /// Whether it is approved.
    pub status: Status,
    /// The fingerprint of what it says, 64 hexadecimal digits.
    pub fingerprint: String,
    /// The fingerprint's short form, for the footer: `RP-7K3F-92QD`.
    pub code: String,
}

/// A date for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateText {
    /// `2026-02-03`
    pub iso: String,
    /// "3. februar 2026", with no-break spaces.
    pub text: String,
}

impl From<Date> for DateText {
    fn from(date: Date) -> Self {
        Self {
            iso: date.to_string(),
            text: danish_date(date),
        }
    }
}

/// Whether an edition is approved.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// The kind, for machines.
    pub kind: StatusKind,
    /// The word at the head of every page.
    pub label: &'static str,
    /// The words people see in the title block.
    pub text: String,
}

/// The kinds of status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// Printed with `--draft`.
    Draft,
    /// What it says is what the newest approval has the fingerprint of.
    Approved,
    /// The newest approval has no fingerprint, so nobody can tell whether something changed since.
    Unverified,
    /// What it says, or what the skabelon asks for, is no longer what was approved.
    Changed,
    /// No approval is listed.
    NotApproved,
}

/// A row of the title block.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What.
    pub label: &'static str,
    /// The value.
    pub value: String,
}

/// A section, a sub-section or an appendix.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The anchor, unique in the document.
    pub id: String,
    /// What it is a part of.
    pub kind: PartKind,
    /// `4.2`, `Bilag 3`, or nothing.
    pub number: String,
    /// 1 for the top level.
    pub level: u8,
    /// The heading.
    pub heading: String,
    /// "Til borgere og pårørende", where it is not for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readers: Option<String>,
    /// The area's common text, printed first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obligatory: Option<Obligatory>,
    /// What it says itself.
    pub content: Vec<Content>,
    /// The parts below it.
    pub parts: Vec<Part>,
    /// What comes after the parts below: the signature.
    pub closing: Vec<Content>,
}

/// What a part belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The protocol's own sections.
    Section,
    /// What rusprot adds from the data.
    Backmatter,
    /// An appendix.
    Appendix,
}

/// Obligatory text.
#[derive(Clone, Debug, Serialize)]
pub struct Obligatory {
    /// The label that sets it apart.
    pub label: String,
    /// The text.
    pub blocks: Vec<Block>,
}

/// A piece of a part, in the order of printing.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Running text.
    Text {
        /// The blocks.
        blocks: Vec<Block>,
    },
    /// A figure from data.
    Figure(Figure),
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
    },
    /// Blanks to fill in.
    Fields {
        /// The blanks.
        items: Vec<FieldItem>,
    },
    /// An action card.
    Card {
        /// When it is taken out.
        situation: String,
        /// What to do.
        steps: Vec<StepItem>,
        /// Who to turn to.
        contacts: Vec<Vec<Block>>,
        /// What is written down.
        #[serde(skip_serializing_if = "Option::is_none")]
        documentation: Option<Vec<Block>>,
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
    /// When it can be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// What else there is to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Vec<Block>>,
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

impl Document {
    /// Every top-level part in the order of printing.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.sections
            .iter()
            .chain(&self.backmatter)
            .chain(&self.appendices)
    }

    /// Every figure, in the order of printing.
    pub fn figures(&self) -> Vec<&Figure> {
        fn add<'d>(part: &'d Part, figures: &mut Vec<&'d Figure>) {
            figures.extend(part.content.iter().filter_map(|content| match content {
                Content::Figure(figure) => Some(figure),
                _ => None,
            }));
            part.parts.iter().for_each(|part| add(part, figures));
        }
        let mut figures = Vec::new();
        self.parts().for_each(|part| add(part, &mut figures));
        figures
    }

    /// The name of the document as a whole: kind, institution and version.
    pub fn full_title(&self) -> String {
        let mut title = format!("{} – {}", self.title, self.institution.name);
        if let Some(version) = &self.edition.version {
            title.push_str(" – version ");
            title.push_str(version);
        }
        title
    }
}

impl Inline {
    /// Letters.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}
