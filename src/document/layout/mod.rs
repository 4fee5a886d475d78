//! What a part holds as primitives: the few shapes that every output can print.
//!
//! A block of the format (rules, cards, contacts, …) is laid out here once, with the words that are printed
//! around it, and HTML, Markdown and typst write primitives. An output knows no block, and a new block needs no
//! output. How a primitive looks is said by its class: its style in `templates/page/html/style.css`, and on paper in
//! `fundament.typ`. Serialised they are what typst is given (`docs/json.md`).
//! Nothing is decided here about what a document says or in which order its parts stand.

mod entries;
mod forms;
mod quotation;

use std::borrow::Cow;

use serde::Serialize;

use super::{Block, Content, Entry, EntryTexts, Figure, Inline, TextLanguage};

/// A shape to print. All text is borrowed from the document but for words put around it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Element<'d> {
    /// Running text.
    Text {
        /// The blocks.
        blocks: &'d [Block],
    },
    /// A heading one level below what it stands in.
    Heading {
        /// The words.
        text: &'d str,
    },
    /// A few words in strong type over what they belong to.
    Label {
        /// Its style.
        class: &'static str,
        /// The words.
        text: &'d str,
    },
    /// One line of pieces.
    Line {
        /// Its style.
        class: &'static str,
        /// The pieces.
        pieces: Vec<Piece<'d>>,
    },
    /// A list.
    List {
        /// Its style; empty for a list as authors write them.
        class: &'static str,
        /// What stands before each item.
        mark: Mark,
        /// The items.
        items: Vec<Item<'d>>,
    },
    /// Words with what they mean.
    Definitions {
        /// Its style.
        class: &'static str,
        /// The words.
        items: Vec<Defined<'d>>,
    },
    /// Labels with a value each, one a line.
    Rows {
        /// The labels with their values.
        rows: Vec<(&'static str, Piece<'d>)>,
    },
    /// A table of which the first cell is running text.
    Table {
        /// Its style.
        class: &'static str,
        /// The heads of its columns.
        columns: Vec<&'static str>,
        /// The rows.
        rows: Vec<Row<'d>>,
    },
    /// What somebody says.
    Quote {
        /// The words.
        body: Vec<Self>,
    },
    /// Elements that belong together.
    Box {
        /// The anchor by which it can be led to.
        #[serde(skip_serializing_if = "Option::is_none")]
        anchor: Option<&'d str>,
        /// Its style.
        class: &'static str,
        /// Its language, where it is another than that of what it stands in.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<&'d TextLanguage>,
        /// What it holds.
        body: Vec<Self>,
    },
    /// Elements in another language than that of what they stand in.
    Spoken {
        /// The language.
        language: &'d TextLanguage,
        /// The elements.
        body: Vec<Self>,
    },
    /// Room to write by hand.
    Blank {
        /// What is written there; `None` where that has been said.
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<&'d str>,
        /// What room there is.
        room: Room,
    },
    /// The lines one role signs on: name, place and date.
    SignatureRow {
        /// Who signs.
        role: &'d str,
        /// The place, where it is given.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<&'d str>,
    },
    /// A drawing, with the list that says the same in words.
    Figure(&'d Figure),
    /// Elements that stand one level lower: what is inserted from another place.
    Below {
        /// The elements.
        body: Vec<Self>,
    },
}

/// A piece of a line.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Piece<'d> {
    /// Words.
    Plain {
        /// The words.
        text: Cow<'d, str>,
    },
    /// Words in strong type.
    Strong {
        /// The words.
        text: &'d str,
    },
    /// Words that lead to an address, such as a telephone; plain where the address is none to follow.
    Address {
        /// Where they lead.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'d str>,
        /// What is shown.
        text: &'d str,
    },
    /// The name of a file beside the page.
    File {
        /// Its path from the page's folder, with `/`; `None` for one that is not there.
        #[serde(skip_serializing_if = "Option::is_none")]
        path: Option<&'d str>,
        /// Its name.
        name: &'d str,
    },
    /// Words that lead to another part of the document.
    Inside {
        /// The part's anchor.
        id: &'d str,
        /// What is shown.
        text: &'d str,
    },
}

/// An item of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Item<'d> {
    /// Its number; 0 where items have none.
    pub number: usize,
    /// The anchor by which it can be led to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<&'d str>,
    /// What it says.
    pub body: Vec<Element<'d>>,
    /// Its language, where it is another than that of what it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'d TextLanguage>,
}

/// A word with what it means.
#[derive(Clone, Debug, Serialize)]
pub struct Defined<'d> {
    /// The word.
    pub term: &'d str,
    /// What stands in brackets behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aside: Option<String>,
    /// What it means.
    pub meaning: &'d [Block],
    /// Its language, where it is another than that of what it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'d TextLanguage>,
}

/// A row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct Row<'d> {
    /// The first cell.
    pub first: &'d [Inline],
    /// The others.
    pub others: Vec<Cow<'d, str>>,
    /// Its language, where it is another than that of what it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'d TextLanguage>,
}

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Numbers as a list has them.
    Number,
    /// Numbers that the style draws itself, large.
    LargeNumber,
    /// A point; the items stand close.
    Point,
    /// Nothing to see: each item is a thing by itself.
    Nothing,
}

/// Room to write by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Room {
    /// So many lines.
    Lines {
        /// How many.
        count: u32,
    },
    /// A date.
    Date,
    /// A tick.
    Checkbox,
}

impl<'d> Element<'d> {
    /// Running text.
    const fn text(blocks: &'d [Block]) -> Self {
        Self::Text { blocks }
    }

    /// A heading.
    const fn heading(text: &'d str) -> Self {
        Self::Heading { text }
    }

    /// A line of one piece.
    fn line(class: &'static str, text: impl Into<Cow<'d, str>>) -> Self {
        Self::Line {
            class,
            pieces: vec![Piece::plain(text)],
        }
    }

    /// A plain label.
    fn label(text: &'d str) -> Self {
        Self::Label {
            class: "label",
            text,
        }
    }

    /// Texts as a list with a point before each.
    fn points(texts: &'d [Vec<Block>]) -> Self {
        let items = texts.iter().map(|text| Item::of(0, text));
        Self::List {
            class: "",
            mark: Mark::Point,
            items: items.collect(),
        }
    }
}

impl<'d> Piece<'d> {
    /// Words.
    fn plain(text: impl Into<Cow<'d, str>>) -> Self {
        Self::Plain { text: text.into() }
    }
}

impl<'d> Item<'d> {
    /// An item of running text.
    fn of(number: usize, text: &'d [Block]) -> Self {
        Self {
            number,
            anchor: None,
            body: vec![Element::text(text)],
            language: None,
        }
    }
}

/// A piece of a part as primitives, in the order of printing.
pub fn elements(content: &Content) -> Vec<Element<'_>> {
    match content {
        Content::Text { blocks } => vec![Element::text(blocks)],
        Content::ShortAnswers { items } => entries::short_answers(items),
        Content::Figure(figure) => spoken(figure.language.as_ref(), vec![Element::Figure(figure)]),
        Content::Table {
            anchor,
            title: _,
            caption,
            blocks,
            language,
        } => {
            let sheet = entries::sheet(anchor.as_deref(), caption.as_deref(), blocks);
            spoken(language.as_ref(), sheet)
        }
        Content::Terms { items } => entries::terms(items),
        Content::Roles { items } => entries::roles(items),
        Content::Rules { items } => forms::rules(items),
        Content::Group {
            name,
            items,
            lines,
            language,
        } => {
            let group = forms::group(name.as_deref(), items, *lines);
            spoken(language.as_ref(), group)
        }
        Content::Fields { items } => forms::fields(items),
        Content::Card {
            id,
            anchor: _,
            situation,
            steps,
            contacts,
            documentation,
            language,
        } => {
            let documentation = documentation.as_deref();
            let card = forms::card(id.as_deref(), situation, steps, contacts, documentation);
            spoken(language.as_ref(), card)
        }
        Content::Dilemma {
            situation,
            does,
            reason,
            language,
        } => {
            let dilemma = entries::dilemma(situation, does, reason.as_deref());
            spoken(language.as_ref(), dilemma)
        }
        Content::Tasks { items } => entries::tasks(items),
        Content::Contacts { items } => entries::contacts(items),
        Content::File { path, size } => entries::file(path, size.as_ref()),
        Content::Signature {
            intro,
            place,
            roles,
            outro,
            language,
        } => {
            let (intro, outro) = (intro.as_deref(), outro.as_deref());
            let signature = forms::signature(intro, place.as_deref(), roles, outro);
            spoken(language.as_ref(), signature)
        }
        Content::Inserted {
            id,
            label,
            heading,
            content,
        } => inserted(id, label, heading, content),
        Content::Entry(entry) => spoken(entry.language.as_ref(), declared(entry)),
    }
}

/// Elements in their language, where they have one: a box of its own says it itself.
fn spoken<'d>(
    language: Option<&'d TextLanguage>,
    mut elements: Vec<Element<'d>>,
) -> Vec<Element<'d>> {
    let Some(of_all) = language else {
        return elements;
    };
    if let [Element::Box { language, .. }] = elements.as_mut_slice() {
        *language = Some(of_all);
        return elements;
    }
    vec![Element::Spoken {
        language: of_all,
        body: elements,
    }]
}

/// A block of texts alone, in its own layout where it has one.
fn declared(entry: &Entry) -> Vec<Element<'_>> {
    match entry.name {
        "quotation" => quotation::quotation(entry),
        _ => plainly(entry),
    }
}

/// A block that nobody has laid out: one text under the other.
fn plainly(entry: &Entry) -> Vec<Element<'_>> {
    let mut elements = Vec::new();
    for field in &entry.fields {
        match &field.texts {
            EntryTexts::Line(line) => elements.push(Element::line("", line)),
            EntryTexts::Lines(lines) => {
                elements.extend(lines.iter().map(|line| Element::line("", line)));
            }
            EntryTexts::Text(blocks) => elements.push(Element::text(blocks)),
            EntryTexts::Texts(texts) => elements.push(Element::points(texts)),
        }
    }
    elements
}

/// Another place's content, with the name of the place.
fn inserted<'d>(
    id: &'d str,
    label: &'d str,
    heading: &'d str,
    content: &'d [Content],
) -> Vec<Element<'d>> {
    let source = Element::Line {
        class: "source",
        pieces: vec![Piece::Inside { id, text: label }],
    };
    let body = content.iter().flat_map(elements).collect();
    vec![Element::heading(heading), source, Element::Below { body }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::EntryField;

    #[test]
    fn a_block_that_nobody_has_laid_out_is_printed_text_by_text() {
        let text = || vec![Block::Divider {}];
        let texts = [
            EntryTexts::Line("a".to_owned()),
            EntryTexts::Lines(vec!["b".to_owned(), "c".to_owned()]),
            EntryTexts::Text(text()),
            EntryTexts::Texts(vec![text(), text()]),
        ];
        let field = |texts| EntryField {
            name: "x",
            key: "x",
            texts,
        };
        let entry = Entry {
            name: "unheard-of",
            key: "x",
            fields: texts.into_iter().map(field).collect(),
            language: None,
        };
        let content = Content::Entry(entry);
        let shapes = serde_json::to_value(elements(&content)).expect("shapes are data");
        let line = |text: &str| serde_json::json!({"type": "line", "class": "", "pieces": [{"type": "plain", "text": text}]});
        let text = serde_json::json!({"type": "text", "blocks": [{"type": "divider"}]});
        let item = serde_json::json!({"number": 0, "body": [&text]});
        let points = serde_json::json!({"type": "list", "class": "", "mark": "point", "items": [&item, &item]});
        assert_eq!(
            shapes,
            serde_json::json!([line("a"), line("b"), line("c"), text, points])
        );
    }
}
