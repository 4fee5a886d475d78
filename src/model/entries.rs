//! What a section lists besides running text, house rules and forms: roles, terms, dilemmas, tasks and
//! contacts.
//!
//! Read here and held as typed values; how they are printed is `document`'s and `render`'s business.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::address::{dead_address, phone_address};
use super::fold::slug;
use super::richtext::RichText;
use super::shape::{Keys, Kind, Line, Shape, Value, read_all};
use crate::text::{Span, Spanned};

/// A role: what it answers for.
#[derive(Clone, Debug)]
pub struct Role {
    /// What it is called.
    pub title: Line,
    /// What it answers for.
    pub tasks: Vec<RichText>,
    /// What else it is called.
    pub aliases: Vec<Line>,
}

/// A word with what it means here.
#[derive(Clone, Debug)]
pub struct Term {
    /// The word.
    pub word: Line,
    /// What it means.
    pub meaning: RichText,
    /// Other words for the same.
    pub aliases: Vec<Line>,
}

/// A situation in which two things that are both right pull apart.
#[derive(Clone, Debug)]
pub struct Dilemma {
    /// The situation.
    pub situation: Line,
    /// What one does.
    pub does: Vec<RichText>,
    /// Why.
    pub reason: Option<RichText>,
}

/// Something that somebody is to do.
#[derive(Clone, Debug)]
pub struct Task {
    /// What.
    pub what: RichText,
    /// The roles that do it.
    pub responsible: Vec<Line>,
    /// By when.
    pub deadline: Option<Deadline>,
    /// How far it is.
    pub status: Option<TaskStatus>,
}

/// When a task is to be done.
#[derive(Clone, Debug)]
pub enum Deadline {
    /// On a day at the latest.
    Date(Date),
    /// In words: "hvert kvartal".
    Text(Line),
}

/// How far a task is (`status`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskStatus {
    /// `ikke-begyndt`
    NotBegun,
    /// `i-gang`
    UnderWay,
    /// `faerdig`
    Done,
}

/// How to reach a function, never a person.
#[derive(Clone, Debug)]
pub struct Contact {
    /// What references call it.
    pub id: Spanned<String>,
    /// The function.
    pub function: Line,
    /// Its telephone.
    pub phone: Option<Line>,
    /// Its mail.
    pub mail: Option<Line>,
    /// When it can be reached.
    pub hours: Option<Line>,
    /// Its address, a line each.
    pub address: Vec<Line>,
    /// What else there is to know.
    pub text: Option<RichText>,
}

static ROLE: Kind = Kind {
    name: "en rolle",
    keys: &["titel", "ansvar", "ogsaa"],
};
static TERM: Kind = Kind {
    name: "et begreb",
    keys: &["ord", "betyder", "ogsaa"],
};
static DILEMMA: Kind = Kind {
    name: "et dilemma",
    keys: &["situation", "goer", "hvorfor"],
};
static TASK: Kind = Kind {
    name: "en opgave",
    keys: &["hvad", "ansvarlig", "frist", "status"],
};
static CONTACT: Kind = Kind {
    name: "en kontakt",
    keys: &[
        "id", "funktion", "telefon", "mail", "tider", "adresse", "tekst",
    ],
};
/// In `rusprot.toml` the id is the name of the table.
static AREA_CONTACT: Kind = Kind {
    name: "en kontakt i rusprot.toml",
    keys: &["funktion", "telefon", "mail", "tider", "adresse", "tekst"],
};

const STATUSES: [(&str, TaskStatus); 3] = [
    ("ikke-begyndt", TaskStatus::NotBegun),
    ("i-gang", TaskStatus::UnderWay),
    ("faerdig", TaskStatus::Done),
];

impl TaskStatus {
    /// The words readers see.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::NotBegun => "Ikke begyndt",
            Self::UnderWay => "I gang",
            Self::Done => "Færdig",
        }
    }
}

impl Contact {
    /// What a reader sees where the author wrote no text: the function with its telephone, or else its
    /// mail.
    pub fn label(&self) -> String {
        let function = &self.function.text;
        match (&self.phone, &self.mail) {
            (Some(phone), _) => format!("{function}, tlf. {}", phone.text),
            (None, Some(mail)) => format!("{function}, {}", mail.text),
            (None, None) => function.clone(),
        }
    }

    /// The address its telephone leads to, as [`phone_address`] has it.
    pub fn phone_address(&self) -> Option<String> {
        phone_address(&self.phone.as_ref()?.text)
    }

    /// The address its mail leads to; `None` where nobody can write to it.
    pub fn mail_address(&self) -> Option<String> {
        live(format!("mailto:{}", self.mail.as_ref()?.text))
    }
}

fn live(address: String) -> Option<String> {
    dead_address(&address).is_none().then_some(address)
}

/// The contact an id names. The id may be typed as the words it was made from.
pub(super) fn find_contact<'c, T>(contacts: &'c BTreeMap<String, T>, id: &str) -> Option<&'c T> {
    contacts.get(id).or_else(|| contacts.get(&slug(id)))
}

pub(super) fn read_roles(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Role> {
    read_all(shape, keys, "rolle", &ROLE, |shape, keys| {
        let title = shape.required_line(keys, "titel");
        let tasks = shape.required_rich_list(keys, "ansvar");
        let aliases = shape.lines(keys, "ogsaa");
        Some(Role {
            title: title?,
            tasks,
            aliases,
        })
    })
}

pub(super) fn read_terms(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Term> {
    read_all(shape, keys, "begreb", &TERM, |shape, keys| {
        let word = shape.required_line(keys, "ord");
        let meaning = shape.required_rich(keys, "betyder");
        let aliases = shape.lines(keys, "ogsaa");
        Some(Term {
            word: word?,
            meaning: meaning?,
            aliases,
        })
    })
}

pub(super) fn read_dilemmas(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Dilemma> {
    read_all(shape, keys, "dilemma", &DILEMMA, |shape, keys| {
        let situation = shape.required_line(keys, "situation");
        let does = shape.required_rich_list(keys, "goer");
        let reason = shape.rich(keys, "hvorfor");
        Some(Dilemma {
            situation: situation?,
            does,
            reason,
        })
    })
}

pub(super) fn read_tasks(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Task> {
    read_all(shape, keys, "opgave", &TASK, |shape, keys| {
        let what = shape.required_rich(keys, "hvad");
        let responsible = shape.lines(keys, "ansvarlig");
        let deadline = keys
            .get("frist")
            .and_then(|value| read_deadline(shape, keys, value));
        let status = shape.choice(keys, "status", &STATUSES);
        Some(Task {
            what: what?,
            responsible,
            deadline,
            status,
        })
    })
}

fn read_deadline(shape: &mut Shape<'_>, keys: &Keys<'_>, value: &Value<'_>) -> Option<Deadline> {
    const FORM: &str = "en dato uden anførselstegn (frist = 2026-02-03) eller en tekst (frist = \"hvert kvartal\")";
    if value.get_ref().as_str().is_some() {
        shape.line(keys, "frist").map(Deadline::Text)
    } else if value.get_ref().is_datetime() {
        let date = shape.date(keys, "frist")?;
        Some(Deadline::Date(date.value))
    } else {
        shape.malformed("frist", value, FORM);
        None
    }
}

pub(super) fn read_contacts(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Contact> {
    read_all(shape, keys, "kontakt", &CONTACT, |shape, keys| {
        let id = shape.required_line(keys, "id");
        let contact = read_contact(shape, keys);
        let id = id?;
        can_be_named(shape, &id.text, id.span);
        contact.map(|contact| Contact {
            id: Spanned::new(id.text, id.span),
            ..contact
        })
    })
}

/// `[kontakter.ID]` of `rusprot.toml`, by id.
pub(super) fn read_area_contacts(
    shape: &mut Shape<'_>,
    keys: &Keys<'_>,
) -> BTreeMap<String, Contact> {
    let mut contacts = BTreeMap::new();
    let Some(table) = shape.open_table(keys, "kontakter") else {
        return contacts;
    };
    for (id, value) in table.entries() {
        let Some(keys) = shape.as_table(id.value, value, &AREA_CONTACT) else {
            continue;
        };
        can_be_named(shape, id.value, id.span);
        if let Some(contact) = read_contact(shape, &keys) {
            let id = Spanned::new(id.value.to_owned(), id.span);
            contacts.insert(id.value.clone(), Contact { id, ..contact });
        }
    }
    contacts
}

/// A contact whose id is still to come.
/// An id with a space or a sign in it cannot stand in a link.
fn can_be_named(shape: &mut Shape<'_>, id: &str, span: Span) {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !id.is_empty() && !id.chars().all(fits) {
        shape.wrong_type(
            span,
            format!("Ingen kan henvise til id'et »{id}«."),
            "Brug kun bogstaver, tal, bindestreg og _.".to_owned(),
        );
    }
}

fn read_contact(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Contact> {
    let function = shape.required_line(keys, "funktion");
    let contact = Contact {
        id: Spanned::new(String::new(), keys.span),
        phone: shape.line(keys, "telefon"),
        mail: shape.line(keys, "mail"),
        hours: shape.line(keys, "tider"),
        address: shape.lines(keys, "adresse"),
        text: shape.rich(keys, "tekst"),
        function: function?,
    };
    Some(contact)
}
