//! `[[kontakt]]`, and `[kontakter.ID]` in `rusprot.toml`: how to reach a function, never a person.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::name::can_be_named;
use crate::model::address::{dead_address, mail_address, phone_address};
use crate::model::fold::slug;
use crate::model::kind::{Kind, Told};
use crate::model::richtext::RichText;
use crate::model::shape::{Keys, Line, Shape};
use crate::model::table::table;
use crate::model::takes::Table;
use crate::model::takes::{Seen, Takes, filled, line, lines, text, yes_no};
use crate::model::texts::Visit;
use crate::text::Spanned;

table! {
    /// How to reach a function, never a person.
    pub struct Contact in a language: "en kontakt", "Hvordan man får fat i en funktion. Aldrig en person.";

    /// What references call it.
    id: Spanned<String> = "id" as ContactId, "Det, henvisninger kalder den: [](kontakt:id).";
    /// The function.
    function: Line = "funktion" as filled(line(Seen::Label)), "Funktionen, for eksempel »Vagttelefonen«.";
    /// Its telephone.
    phone: Option<Line> = "telefon" as line(Seen::Reach), "Funktionens telefon.";
    /// Its mail.
    mail: Option<Line> = "mail" as line(Seen::Reach), "Funktionens fælles mailadresse.";
    /// Its web page.
    web: Option<Line> = "web" as line(Seen::Not), "Funktionens hjemmeside.";
    /// Whether it belongs to somebody else.
    external: bool = "ekstern" as yes_no(false), "Om funktionen hører til uden for huset.";
    /// When it can be reached.
    hours: Option<Line> = "tider" as line(Seen::Label), "Hvornår man kan få fat i den.";
    /// Its address, a line each.
    address: Vec<Line> = "adresse" as lines(Seen::Reach), "Adressen, en linje ad gangen.";
    /// What else there is to know.
    text: Option<RichText> = "tekst" as text(), "Det, man ellers skal vide.";
}

/// In `rusprot.toml` the id is the name of the table.
pub(in crate::model) static AREA_CONTACT: Kind = Kind {
    name: "en kontakt i rusprot.toml",
    about: "En funktion, som alle i området kan få fat i.",
    rows: Contact::KIND.rows.split_at(1).1,
    also: &[],
};

/// An id that can stand in a link, as a regular expression of JSON Schema.
pub(in crate::model) const CONTACT_ID: &str = r"^[\p{Alphabetic}\p{N}_-]*$";

/// The id of a contact: a word that can stand in a link.
#[derive(Clone, Copy, Debug)]
struct ContactId;

impl Told for ContactId {
    fn noun(&self) -> String {
        "et ord af bogstaver, tal, bindestreg og _".to_owned()
    }

    fn schema(&self) -> Value {
        json!({
            "type": "string",
            "pattern": r"^[ \t\n\r]*[\p{Alphabetic}\p{N}_-]+[ \t\n\r]*$",
        })
    }

    fn is_needed(&self) -> bool {
        true
    }
}

impl Takes for ContactId {
    type Value = Spanned<String>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        if !keys.knows(key) {
            // The area gives it afterwards.
            return Some(Spanned::new(String::new(), keys.span));
        }
        let id = shape.required_line(keys, key)?;
        can_be_named(shape, &id.text, id.span);
        Some(Spanned::new(id.text, id.span))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
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

    /// The address of its web page; `None` where it has none that can be followed.
    pub fn web_address(&self) -> Option<String> {
        let web = self.web.as_ref()?.text.as_str();
        let has_scheme = web.starts_with("https://") || web.starts_with("http://");
        live(if has_scheme {
            web.to_owned()
        } else {
            format!("https://{web}")
        })
    }

    /// The address its mail leads to; `None` where nobody can write to it.
    pub fn mail_address(&self) -> Option<String> {
        mail_address(&self.mail.as_ref()?.text)
    }
}

fn live(address: String) -> Option<String> {
    dead_address(&address).is_none().then_some(address)
}

/// What a reference adds to a contact's id that asks for all the ways to reach it.
pub const IN_FULL: &str = "?fuld";

/// The id of a contact without that.
pub fn without_fuld(id: &str) -> &str {
    id.strip_suffix(IN_FULL).unwrap_or(id)
}

/// The contact an id names. The id may be typed as the words it was made from.
pub(in crate::model) fn find_contact<'c, T>(
    contacts: &'c BTreeMap<String, T>,
    id: &str,
) -> Option<&'c T> {
    let id = without_fuld(id);
    contacts.get(id).or_else(|| contacts.get(&slug(id)))
}

/// `[kontakter.ID]` of `rusprot.toml`, by id.
pub(in crate::model) fn read_area_contacts(
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
        if let Some(contact) = Contact::read(shape, &keys) {
            let id = Spanned::new(id.value.to_owned(), id.span);
            contacts.insert(id.value.clone(), Contact { id, ..contact });
        }
    }
    contacts
}
