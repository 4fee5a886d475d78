//! The neutral tree that every reader fills: what a document says and how it looks, whatever kind of file it
//! came from. What the looks mean (a heading, a list, a form) is decided later, in one way for all of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use unicode_normalization::UnicodeNormalization;

/// A document as it was read.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// What stands in the running text, in reading order.
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes by the labels that `Run::Note` names.
    pub notes: BTreeMap<String, Vec<Block>>,
    /// Comments by the ids that `Run::Comment` names; who wrote them is not kept.
    pub comments: BTreeMap<String, String>,
    /// The pictures that `Run::Picture` names by their index.
    pub pictures: Vec<Picture>,
    /// What the file holds beside its running text, such as page footers.
    pub left: Vec<Left>,
    /// What a reader did that the author should know, in Danish.
    pub told: Vec<String>,
    /// What stands at the head of a document that rusprot wrote: then every heading is one by its style, and
    /// blocks say what they are.
    pub own_front: Option<OwnFront>,
}

/// The head of a document that rusprot wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnFront {
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub institution: String,
    /// The ids of what parts answer, by their places.
    pub answers: BTreeMap<String, Vec<String>>,
}

/// A piece of the running text.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph, which may turn out to be a heading or an item of a list.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A text box, or a quotation of several paragraphs.
    Quote(Vec<Block>),
    /// A shape that rusprot wrote.
    Own(Own),
}

/// A shape of a document that rusprot wrote.
#[derive(Clone, Debug)]
pub struct Own {
    /// Its class in the layout: `rules`.
    pub class: String,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A paragraph with its looks.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// What it says.
    pub runs: Vec<Run>,
    /// What its style says it is.
    pub role: Role,
    /// The list it is an item of.
    pub mark: Option<Mark>,
    /// How far it is indented, in twentieths of a point.
    pub indent: i32,
}

/// What a style says of its paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Nothing.
    #[default]
    Body,
    /// The title of the document, or what stands below it.
    Title,
    /// A heading of a level from one.
    Heading(u8),
    /// A quotation.
    Quote,
}

/// An item's place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// From 0, the outermost.
    pub level: u8,
    /// What stands before the item.
    pub kind: MarkKind,
}

/// What stands before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A sign.
    Bullet,
    /// A number, or a letter counted from one.
    Number(u64),
    /// A box to tick, and whether it is.
    Box(bool),
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub enum Run {
    /// Letters. A tab is `\t`, a line end within the paragraph `\n`.
    Text(TextRun),
    /// A marker of the note with this label.
    Note(String),
    /// A comment was made here.
    Comment(String),
    /// The picture with this index.
    Picture(usize),
    /// A place that links within the document can lead to.
    Bookmark(String),
}

/// Letters of one look.
#[derive(Clone, Debug, Default)]
pub struct TextRun {
    /// The letters.
    pub text: String,
    /// How they look.
    pub look: Look,
    /// Where a click leads; `#name` for a place in the document.
    pub link: Option<Rc<str>>,
    /// Whether the letters were made of what the link leads to.
    pub is_made: bool,
    /// The code of their language, in a document that rusprot wrote and where it is not Danish. Word marks letters with
    /// languages by itself, so elsewhere it says nothing.
    pub language: Option<Rc<str>>,
}

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Bold.
    pub bold: bool,
    /// Italics.
    pub italic: bool,
    /// Struck out.
    pub strike: bool,
    /// Underlined.
    pub underline: bool,
    /// Raised, as a footnote's number.
    pub raised: bool,
    /// Shown in capitals whatever is typed.
    pub caps: bool,
    /// Letters as somebody types them into a machine.
    pub code: bool,
    /// The size in half points; 0 where nobody knows.
    pub size: u16,
}

/// A table as rows of cells.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many of the first rows are said to be headers.
    pub header_rows: usize,
}

/// A cell; one that continues another, to the left or above, is there and empty.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whether it is merged with a neighbour.
    pub merged: bool,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The file, as it was in the document.
    pub bytes: Vec<u8>,
    /// What one sees, as the author wrote it; may be empty.
    pub alt: String,
    /// Its path in the protocol that rusprot wrote the document of.
    pub file: Option<String>,
}

/// Why words of the source are not in the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The document's title: the front page has the protocol's own.
    Title,
    /// A contents list: the program makes one.
    Contents,
    /// A page's head.
    Header,
    /// A page's foot.
    Footer,
    /// A page number.
    PageNumber,
    /// A number somebody typed before a heading or an item: the program counts.
    TypedNumber,
    /// A reference to an appendix by its number: the program writes it.
    Reference,
    /// The obligatory text, which the program puts in.
    Obligatory,
    /// The skabelon's own guidance.
    Guidance,
    /// A text that was deleted while changes were tracked.
    Deleted,
    /// A text nobody can see.
    Hidden,
    /// Word's own message about a field that broke.
    BrokenField,
    /// A note that no text refers to.
    LooseNote,
    /// The letters of a drawing or a diagram.
    Drawing,
    /// A picture of a kind that cannot be shown.
    Picture,
    /// What stands above the columns of a form that is read row by row.
    FormHead,
    /// What stands before a blank that the program prints itself, such as a date at a signature.
    Blank,
    /// What rusprot writes itself around a protocol's text, and writes again.
    Own,
}

impl Reason {
    /// The reason in Danish, to follow a list of words.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Title => "titlen; forsiden har protokollens egen",
            Self::Contents => "indholdsfortegnelsen; programmet laver den selv",
            Self::Header => "sidehovedet",
            Self::Footer => "sidefoden",
            Self::PageNumber => "sidetal; programmet sætter dem selv",
            Self::TypedNumber => "skrevne numre; programmet tæller selv",
            Self::Reference => "henvisninger til bilag; programmet skriver nummeret",
            Self::Obligatory => "skabelonens fælles tekst; programmet sætter den selv ind",
            Self::Guidance => "skabelonens vejledning til forfatteren",
            Self::Deleted => "slettet med registrerede ændringer",
            Self::Hidden => "skjult tekst",
            Self::BrokenField => "fejl fra et felt i Word",
            Self::LooseNote => "en note, som ingen tekst henviser til",
            Self::Drawing => "ord i en tegning; tegningen kan ikke hentes",
            Self::Picture => "et billede, der ikke kan vises",
            Self::FormHead => "ord over en formulars kolonner",
            Self::Blank => "ord ved en tom linje; programmet skriver dem selv",
            Self::Own => "det, som programmet selv har skrevet; det kommer igen af sig selv",
        }
    }

    /// The reason for other programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Contents => "contents",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::PageNumber => "page-number",
            Self::TypedNumber => "typed-number",
            Self::Reference => "reference",
            Self::Obligatory => "obligatory",
            Self::Guidance => "guidance",
            Self::Deleted => "deleted",
            Self::Hidden => "hidden",
            Self::BrokenField => "broken-field",
            Self::LooseNote => "loose-note",
            Self::Drawing => "drawing",
            Self::Picture => "picture",
            Self::FormHead => "form-head",
            Self::Blank => "blank",
            Self::Own => "own",
        }
    }
}

/// Letters that do not go into the protocol, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Why.
    pub reason: Reason,
    /// The letters.
    pub text: String,
}

impl Left {
    /// Letters that are left out.
    pub fn new(reason: Reason, text: impl Into<String>) -> Self {
        Self {
            reason,
            text: text.into(),
        }
    }
}

impl Source {
    /// Whether rusprot wrote it.
    pub const fn is_own(&self) -> bool {
        self.own_front.is_some()
    }

    /// A paragraph's letters, with those that describe its pictures.
    pub fn plain(&self, runs: &[Run]) -> String {
        let mut plain = String::new();
        for run in runs {
            match run {
                Run::Text(run) => plain.push_str(&run.text),
                Run::Picture(index) => {
                    plain.push(' ');
                    plain.push_str(&self.pictures[*index].alt);
                    plain.push(' ');
                }
                Run::Note(_) | Run::Comment(_) | Run::Bookmark(_) => {}
            }
        }
        plain
    }

    /// Every text of the document: paragraphs, cells, notes, comments and what was left beside them.
    pub fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        self.push_texts(&self.blocks, &mut texts);
        for blocks in self.notes.values() {
            self.push_texts(blocks, &mut texts);
        }
        texts.extend(self.comments.values().cloned());
        texts.extend(self.left.iter().map(|left| left.text.clone()));
        texts
    }

    fn push_texts(&self, blocks: &[Block], texts: &mut Vec<String>) {
        visit_paragraphs(blocks, &mut |paragraph| {
            texts.push(self.plain(&paragraph.runs));
        });
    }
}

/// Visits every paragraph of some blocks, in reading order.
pub fn visit_paragraphs<'b>(blocks: &'b [Block], visit: &mut dyn FnMut(&'b Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => visit(paragraph),
            Block::Quote(blocks) | Block::Own(Own { blocks, .. }) => {
                visit_paragraphs(blocks, visit);
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    visit_paragraphs(&cell.blocks, visit);
                }
            }
        }
    }
}

/// The letters of some runs, pictures left aside.
pub fn letters(runs: &[Run]) -> String {
    let texts = runs.iter().filter_map(|run| match run {
        Run::Text(run) => Some(run.text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Whether a text ends with a question; what stands in parentheses after it is a part of it.
pub fn asks(runs: &[Run]) -> bool {
    let text = letters(runs);
    let text = text.trim_end();
    let before = text
        .rsplit_once('(')
        .map_or(text, |(before, _)| before.trim_end());
    text.ends_with('?') || text.ends_with(')') && before.ends_with('?')
}

impl Run {
    /// Letters of no particular look.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text(TextRun {
            text: text.into(),
            ..TextRun::default()
        })
    }
}

impl Paragraph {
    /// A paragraph of no particular look.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            runs: vec![Run::plain(text)],
            ..Self::default()
        }
    }

    /// The letters.
    pub fn letters(&self) -> String {
        letters(&self.runs)
    }
}

/// Whether a character is no part of a text: it is invisible, or steers the direction of writing.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || (c.is_control() && !matches!(c, '\t' | '\n'))
}

/// The words of a text: what stands between white space, without the signs around it. Signs alone are none.
pub fn words(text: &str) -> Vec<String> {
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let text: String = visible.nfc().collect();
    let words = text.split_whitespace();
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_white_space_and_signs_alone_are_none() {
        assert_eq!(
            words("• Vi (altid) spørger – f.eks.\tpå pa\u{30A} 5\u{AD}3 ____"),
            ["Vi", "altid", "spørger", "f.eks", "på", "på", "53"]
        );
    }
}
