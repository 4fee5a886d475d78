//! The resolved document: a protocol with everything in its place, ready to be printed.
//!
//! Obligatory texts are in, references lead somewhere, numbers are given, insertions made and Danish
//! typography done. HTML, Markdown, the PDF and `protokol.json` are all written from this one value, so
//! they have the same headings in the same order and the same text. Its serialised form is version 1 of
//! the document's JSON (`docs/json.md`). Nothing is checked here: what cannot be resolved is printed as
//! the text the author typed, and `check` has said so.

mod assemble;
mod backmatter;
mod block;
mod canonical;
mod content;
mod date;
mod entries;
mod entry;
mod figure;
mod fingerprint;
mod front;
pub mod layout;
mod page_code;
pub mod select;
mod text;
mod typography;
mod units;
mod wording;

use serde::Serialize;

pub use assemble::{Options, assemble};
pub(crate) use backmatter::document_list;
pub use backmatter::{DutyRow, duties};
pub use block::{Alignment, Block, Definition, Inline, ListItem};
pub use canonical::canonical;
pub use content::{
    ContactItem, Content, FieldItem, FieldKind, FileSize, Question, RoleItem, RuleItem,
    ShortAnswer, StepItem, TaskItem, TaskState, TaskStateKind, TermItem, Way,
};
pub use date::{danish_date, danish_period};
pub use entry::{Entry, EntryField, EntryTexts};
pub use figure::{Figure, FigureItem, FigureKind};
pub use fingerprint::{Fingerprint, NotACode, ShortCode};
pub use page_code::PageCode;
pub use typography::phone_text;
pub(crate) use units::WORD_LIST;
pub use units::{Unit, UnitField, UnitKind, units};
pub use wording::AutoRef;

use crate::text::{Direction, Period};
use jiff::civil::Date;

use crate::model::{Language, Only, Reader};

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
    /// A line under the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// A few words that stand first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motto: Option<String>,
    /// For whom it is, where it is an edition for some of the readers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub for_readers: Option<ForReaders>,
    /// The editions for some of the readers that can be made of it.
    #[serde(skip)]
    pub editions: Vec<EditionPlan>,
    /// The documents that its texts refer to, in the order of their titles.
    #[serde(skip)]
    pub documents: Vec<ListedDocument>,
    /// The sign of its area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
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

/// An edition for some of the readers, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForReaders {
    /// Its id, which is the name of its folder.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is in large type.
    pub large: bool,
}

/// What an edition for some of the readers is made of.
#[derive(Clone, Debug)]
pub struct EditionPlan {
    /// Its name.
    pub named: ForReaders,
    /// For whom it is; empty for everybody.
    pub readers: Vec<Reader>,
    /// The kinds of blocks it has alone; empty where it has all.
    pub only: Vec<Only>,
    /// What stands first in it.
    pub preface: Vec<Block>,
}

/// Whose protocol it is.
#[derive(Clone, Debug, Serialize)]
pub struct Institution {
    /// The name.
    pub name: String,
    /// What kind of place it is, in one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
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
    /// The last date it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateText>,
    /// The number of the case in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The item on the agenda.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The subject's number in the municipalities' register of subjects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kle: Option<String>,
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
    /// `2026-02-03`; `2026-02`, `2026-K1` or `2026` where nobody knows it better.
    pub iso: String,
    /// "3. februar 2026", with no-break spaces.
    pub text: String,
}

impl From<Period> for DateText {
    fn from(period: Period) -> Self {
        Self {
            iso: period.iso(),
            text: danish_period(period),
        }
    }
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
    /// Its language, where it is another than that of what it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
    /// The area's common text, printed first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obligatory: Option<Obligatory>,
    /// What it says itself.
    pub content: Vec<Content>,
    /// The parts below it.
    pub parts: Vec<Part>,
    /// What comes after the parts below: the signature.
    pub closing: Vec<Content>,
    /// What its author said of it, as it is written.
    #[serde(skip)]
    pub given: Given,
}

/// What an author says of a part in words that are not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The ids of the requirements and points that it answers by name.
    pub answers: Vec<String>,
    /// For whom it is; empty for everybody.
    pub readers: Vec<Reader>,
    /// The ids of the area's documents that its texts refer to.
    pub documents: Vec<String>,
    /// The first piece of its content that stands before its sub-sections, where a text is written there.
    pub opening: Option<usize>,
}

/// A document outside this one that its texts refer to, as the list at the end has it.
#[derive(Clone, Debug)]
pub struct ListedDocument {
    /// Its id in the area's register.
    pub id: String,
    /// What it is called, what it is, and its address.
    pub item: ListItem,
}

/// The sign of the area, printed on the front.
#[derive(Clone, Debug, Serialize)]
pub struct Logo {
    /// The picture's name among the files of the print.
    pub file: String,
    /// What it shows, for those who hear it.
    pub text: String,
}

/// The language of a part, or of a block in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextLanguage {
    /// Its code (BCP 47), such as `ar`.
    pub code: String,
    /// Which way it is written: `ltr` or `rtl`.
    pub direction: &'static str,
}

impl TextLanguage {
    /// As the document has it; nothing where it is that of what it stands in.
    fn of(language: Option<&Language>) -> Option<Self> {
        language.map(|language| Self {
            code: language.code.clone(),
            direction: language.direction().word(),
        })
    }

    /// Which way it is read.
    pub fn reads(&self) -> Direction {
        match self.direction {
            "rtl" => Direction::Leftward,
            _ => Direction::Rightward,
        }
    }
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

/// "protokollen", or "dokumentet" where the title says otherwise.
fn noun_of(title: &str) -> &'static str {
    if title.to_lowercase().contains("protokol") {
        "protokollen"
    } else {
        "dokumentet"
    }
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

    /// Every contact that can be led to, with its anchor, in the order of printing.
    pub fn contacts(&self) -> Vec<(&str, &ContactItem)> {
        fn add<'d>(part: &'d Part, contacts: &mut Vec<(&'d str, &'d ContactItem)>) {
            for content in &part.content {
                if let Content::Contacts { items } = content {
                    let anchored = items.iter();
                    contacts.extend(anchored.filter_map(|item| Some((item.id.as_deref()?, item))));
                }
            }
            part.parts.iter().for_each(|below| add(below, contacts));
        }
        let mut contacts = Vec::new();
        self.parts().for_each(|part| add(part, &mut contacts));
        contacts
    }

    /// The anchors of the figures, tables and cards that references lead to.
    pub fn named_blocks(&self) -> Vec<&str> {
        fn add<'d>(part: &'d Part, anchors: &mut Vec<&'d str>) {
            anchors.extend(part.content.iter().filter_map(|content| match content {
                Content::Figure(Figure { anchor, .. })
                | Content::Table { anchor, .. }
                | Content::Card { anchor, .. } => anchor.as_deref(),
                _ => None,
            }));
            part.parts.iter().for_each(|below| add(below, anchors));
        }
        let mut anchors = Vec::new();
        self.parts().for_each(|part| add(part, &mut anchors));
        anchors
    }

    /// What people call it: a policy or a standard is no protocol.
    pub fn noun(&self) -> &'static str {
        noun_of(&self.title)
    }

    /// The name of the document as a whole: kind, institution and version.
    pub fn full_title(&self) -> String {
        let mut title = format!("{} – {}", self.title, self.institution.name);
        if let Some(version) = &self.edition.version {
            title.push_str(" – version ");
            title.push_str(version);
        }
        if let Some(readers) = &self.for_readers {
            title.push_str(" – ");
            title.push_str(&readers.name);
        }
        title
    }
}
