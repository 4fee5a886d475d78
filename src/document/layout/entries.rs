//! Terms, roles, dilemmas, tasks, contacts and attached files as primitives.

use std::borrow::Cow;

use super::forms::foot;
use super::{Defined, Element, Item, Mark, Piece, Row};
use crate::document::{
    Block, ContactItem, FileSize, RoleItem, ShortAnswer, TaskItem, TermItem, Way,
};

/// Short answers as a compact table: what is answered beside each.
pub(super) fn short_answers(items: &[ShortAnswer]) -> Vec<Element<'_>> {
    fn defined(answer: &ShortAnswer) -> Defined<'_> {
        let ShortAnswer { name, text } = answer;
        Defined {
            term: name,
            aside: None,
            meaning: text,
            language: None,
        }
    }
    vec![Element::Definitions {
        class: "short-answers",
        items: items.iter().map(defined).collect(),
    }]
}

/// A table with a name: what it is called, and the table.
pub(super) fn sheet<'d>(
    anchor: Option<&'d str>,
    caption: Option<&'d str>,
    blocks: &'d [Block],
) -> Vec<Element<'d>> {
    let mut body = Vec::with_capacity(2);
    body.extend(caption.map(Element::label));
    body.push(Element::text(blocks));
    vec![Element::Box {
        anchor,
        language: None,
        class: "sheet",
        body,
    }]
}

/// Words with their meanings, and other words for the same behind them.
pub(super) fn terms(items: &[TermItem]) -> Vec<Element<'_>> {
    vec![Element::Definitions {
        class: "terms",
        items: items.iter().map(term).collect(),
    }]
}

fn term(term: &TermItem) -> Defined<'_> {
    let TermItem {
        word,
        aliases,
        meaning,
        language,
    } = term;
    Defined {
        term: word,
        aside: (!aliases.is_empty()).then(|| format!("også kaldet: {}", aliases.join(", "))),
        meaning,
        language: language.as_ref(),
    }
}

/// Roles, each with what it answers for.
pub(super) fn roles(items: &[RoleItem]) -> Vec<Element<'_>> {
    items.iter().map(role).collect()
}

fn role(role: &RoleItem) -> Element<'_> {
    let RoleItem {
        title,
        aliases,
        tasks,
        language,
    } = role;
    let mut body = vec![Element::heading(title)];
    if !aliases.is_empty() {
        let also = format!("Også kaldet: {}", aliases.join(", "));
        body.push(Element::line("also", also));
    }
    body.push(Element::points(tasks));
    Element::Box {
        anchor: None,
        language: language.as_ref(),
        class: "role",
        body,
    }
}

/// A dilemma: its situation, what one does, and why.
pub(super) fn dilemma<'d>(
    situation: &'d str,
    does: &'d [Vec<Block>],
    reason: Option<&'d [Block]>,
) -> Vec<Element<'d>> {
    let mut body = vec![Element::heading(situation)];
    if !does.is_empty() {
        body.extend([Element::label("Det gør du"), Element::points(does)]);
    }
    body.extend(reason.map(|reason| foot("Derfor", Element::text(reason))));
    vec![Element::Box {
        anchor: None,
        language: None,
        class: "card dilemma",
        body,
    }]
}

/// Tasks: what, and who, when and how far where one of them tells; a dash where there is nothing.
pub(super) fn tasks(items: &[TaskItem]) -> Vec<Element<'_>> {
    let filled = [
        items.iter().any(|item| !item.responsible.is_empty()),
        items.iter().any(|item| item.deadline.is_some()),
        items.iter().any(|item| item.status.is_some()),
    ];
    let heads = ["Hvem", "Hvornår", "Status"].into_iter().zip(filled);
    let heads = heads.filter_map(|(head, filled)| filled.then_some(head));
    vec![Element::Table {
        class: "tasks",
        rows: items.iter().map(|task| row(task, filled)).collect(),
        columns: std::iter::once("Hvad").chain(heads).collect(),
    }]
}

/// A task in a table that has those of the other columns that somebody has filled.
fn row<'task>(task: &'task TaskItem, filled: [bool; 3]) -> Row<'task> {
    let TaskItem {
        what,
        responsible,
        deadline,
        due: _,
        status,
        language,
    } = task;
    let status = status.as_ref().map_or("", |status| &status.text);
    let cells = [
        responsible.join(", ").into(),
        deadline.as_deref().unwrap_or_default().into(),
        status.into(),
    ];
    let or_dash = |cell: Cow<'task, str>| if cell.is_empty() { "–".into() } else { cell };
    Row {
        first: what,
        others: cells
            .map(or_dash)
            .into_iter()
            .zip(filled)
            .filter_map(|(cell, filled)| filled.then_some(cell))
            .collect(),
        language: language.as_ref(),
    }
}

/// How to reach functions.
pub(super) fn contacts(items: &[ContactItem]) -> Vec<Element<'_>> {
    vec![Element::List {
        class: "contacts",
        mark: Mark::Nothing,
        items: items.iter().map(contact).collect(),
    }]
}

fn contact(contact: &ContactItem) -> Item<'_> {
    let ContactItem {
        id,
        function,
        phone,
        mail,
        web,
        external,
        hours,
        address,
        text,
        language,
    } = contact;
    let mut rows = Vec::new();
    rows.extend(phone.as_ref().map(|phone| ("Telefon:", way(phone))));
    rows.extend(mail.as_ref().map(|mail| ("Mail:", way(mail))));
    rows.extend(web.as_ref().map(|web| ("Web:", way(web))));
    let hours = hours.as_deref().filter(|hours| !hours.is_empty());
    rows.extend(hours.map(|hours| ("Tider:", Piece::plain(hours))));
    let address = address.join(", ");
    if !address.is_empty() {
        rows.push(("Adresse:", Piece::plain(address)));
    }
    let mut body = vec![Element::label(function)];
    if *external {
        body.push(Element::line("also", "Uden for huset"));
    }
    if !rows.is_empty() {
        body.push(Element::Rows { rows });
    }
    body.extend(text.as_deref().map(Element::text));
    Item {
        number: 0,
        anchor: id.as_deref(),
        body,
        language: language.as_ref(),
    }
}

fn way(way: &Way) -> Piece<'_> {
    Piece::Address {
        url: way.url.as_deref(),
        text: &way.text,
    }
}

/// A file that lies beside the pages, with its size where it is there.
pub(super) fn file<'d>(path: &'d str, size: Option<&'d FileSize>) -> Vec<Element<'d>> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut pieces = vec![
        Piece::plain("Vedlagt som egen fil: "),
        Piece::File {
            path: size.map(|_| path),
            name,
        },
    ];
    pieces.extend(size.map(|size| Piece::plain(format!(" (PDF, {})", size.text))));
    vec![Element::Line {
        class: "file",
        pieces,
    }]
}
