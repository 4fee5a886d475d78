//! The register of laws and authorities: what is known, and since when, of provisions and authorities that
//! protocols refer to.
//!
//! Data with a date and a source, never a rule in code. It knows only what somebody has entered.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::kind::Kind;
use super::shape::{Keys, Shape};
use super::skabelon::read_first;
use super::table::kind;
use super::takes::{
    Seen, choice, day, day_or_period, filled, line, lines, names, needed, tables_of,
};
use super::variables::Variables;
use crate::diag::Finding;
use crate::load;
use crate::text::{Marks, Period, SourceFile};

/// Where an area keeps its own register, in the folder of skabeloner.
pub const REGISTER_FILE: &str = "lovregister.toml";

/// The register that travels with the binary.
const BUILT_IN: &str = include_str!("../../templates/lovregister.toml");

/// Laws by their names, and what is known of their provisions.
#[derive(Clone, Debug, Default)]
pub struct LawRegister {
    /// Other names of laws in lower case, and the name they stand for.
    pub names: BTreeMap<String, String>,
    /// By law and provision, both in lower case; the provision is empty for a law as a whole.
    provisions: BTreeMap<(String, String), Provision>,
    /// Authorities that have another name now, by the name they had.
    pub authorities: BTreeMap<String, Authority>,
    /// Their names to look for in texts, put together when somebody first asks.
    authority_names: OnceLock<Marks>,
}

/// An authority that has another name now, or whose work another one does.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Who does its work now.
    pub replaced_by: String,
    /// Since when, as exactly as is known.
    pub since: Period,
    /// Where that is said.
    pub source: String,
    /// When somebody last looked.
    pub checked: Date,
    /// How sure it is, as readers see it.
    pub confidence: &'static str,
}

/// What is known of a provision.
#[derive(Clone, Debug)]
pub struct Provision {
    /// The law.
    pub law: String,
    /// Such as `§ 140`; empty for the law as a whole.
    pub provision: String,
    /// What has become of it.
    pub status: Status,
    /// What holds in its place.
    pub replaced_by: Option<String>,
    /// Where that is said.
    pub source: String,
    /// When somebody last looked.
    pub checked: Date,
    /// How sure it is, as readers see it.
    pub confidence: &'static str,
}

/// What has become of a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    InForce,
    /// It holds with another content.
    Changed,
    /// It stands elsewhere.
    Moved,
    /// It is gone.
    Repealed,
}

static REGISTER: Kind = kind! {
    "lovregistret", "Det, der vides om love og bestemmelser.";
    "love" as names(lines(Seen::Not)), "Love, og hvad de ellers hedder.";
    "post" as tables_of(&ENTRY), "Bestemmelser, og hvad der er blevet af dem.";
    "myndighed" as tables_of(&AUTHORITY), "Myndigheder, der hedder noget andet i dag.";
};
static AUTHORITY: Kind = kind! {
    "en myndighed i lovregistret", "En myndighed, der hedder noget andet i dag, eller hvis opgaver en anden har fået.";
    "navn" as filled(line(Seen::Not)), "Det gamle navn, som det skrives i en tekst.";
    "afloest_af" as filled(line(Seen::Not)), "Den, der har opgaven i dag.";
    "siden" as needed(day_or_period()), "Hvornår det blev ændret: en dato, en måned, et kvartal eller et år.";
    "kilde" as filled(line(Seen::Not)), "Hvor det står.";
    "tjekket" as filled(day()), "Den dag, nogen sidst så efter.";
    "sikkerhed" as needed(choice(&CONFIDENCES)), "Hvor sikkert det er.";
};
static ENTRY: Kind = kind! {
    "en post i lovregistret", "En bestemmelse, og hvad der er blevet af den.";
    "lov" as filled(line(Seen::Not)), "Loven.";
    "bestemmelse" as line(Seen::Not), "Bestemmelsen, for eksempel »§ 140«. Uden den er det hele loven.";
    "status" as needed(choice(&STATUSES)), "Hvad der er blevet af den.";
    "afloest_af" as line(Seen::Not), "Det, der gælder i stedet.";
    "kilde" as filled(line(Seen::Not)), "Hvor det står.";
    "tjekket" as filled(day()), "Den dag, nogen sidst så efter.";
    "sikkerhed" as needed(choice(&CONFIDENCES)), "Hvor sikkert det er.";
};
const STATUSES: [(&str, Status); 4] = [
    ("gaeldende", Status::InForce),
    ("aendret", Status::Changed),
    ("flyttet", Status::Moved),
    ("ophaevet", Status::Repealed),
];
const CONFIDENCES: [(&str, &str); 3] = [("hoej", "høj"), ("mellem", "mellem"), ("lav", "lav")];

impl LawRegister {
    /// The register that travels with the binary.
    pub fn built_in() -> Self {
        let file = Arc::new(SourceFile::new(REGISTER_FILE, BUILT_IN));
        let mut register = Self::default();
        register.add(&file);
        register
    }

    /// Adds the entries of a file; one for the same law and provision takes the other's place.
    pub fn add(&mut self, file: &Arc<SourceFile>) -> Vec<Finding> {
        let (table, syntax) = load::parse(file);
        let no_variables = Variables::default();
        let mut shape = Shape::new(file, &no_variables);
        let keys = shape.root(&table, &REGISTER);
        if let Some(laws) = shape.open_table(&keys, "love") {
            for (law, _) in laws.entries() {
                let name = law.value.to_lowercase();
                for other in shape.lines(&laws, law.value) {
                    self.names.insert(other.text.to_lowercase(), name.clone());
                }
                self.names.insert(name.clone(), name);
            }
        }
        for keys in shape.tables(&keys, "post", &ENTRY) {
            if let Some(provision) = read_entry(&mut shape, &keys) {
                let law = provision.law.to_lowercase();
                self.names.entry(law.clone()).or_insert(law.clone());
                let key = (law, provision.provision.to_lowercase());
                self.provisions.insert(key, provision);
            }
        }
        for keys in shape.tables(&keys, "myndighed", &AUTHORITY) {
            if let Some((name, authority)) = read_authority(&mut shape, &keys) {
                self.authorities.insert(name, authority);
                self.authority_names = OnceLock::new();
            }
        }
        if syntax.is_empty() {
            shape.findings
        } else {
            syntax
        }
    }

    /// The former names of all authorities, to look for in texts.
    pub fn authority_names(&self) -> &Marks {
        let names = || Marks::of(self.authorities.keys().map(String::as_str));
        self.authority_names.get_or_init(names)
    }

    /// What is known of a provision, both names in lower case.
    pub fn provision(&self, law: &str, provision: &str) -> Option<&Provision> {
        self.provisions.get(&(law.to_owned(), provision.to_owned()))
    }

    /// Laws that are known as a whole only.
    pub fn whole_laws(&self) -> impl Iterator<Item = &Provision> {
        self.provisions
            .values()
            .filter(|provision| provision.provision.is_empty())
    }
}

fn read_entry(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Provision> {
    let law = shape.required_line(keys, "lov");
    let provision = shape.line(keys, "bestemmelse");
    let replaced_by = shape.line(keys, "afloest_af");
    let source = shape.required_line(keys, "kilde");
    for key in ["status", "tjekket", "sikkerhed"] {
        if !keys.has(key) {
            shape.missing_key(keys, key);
        }
    }
    let status = shape.choice(keys, "status", &STATUSES);
    let checked = shape.date(keys, "tjekket");
    let confidence = shape.choice(keys, "sikkerhed", &CONFIDENCES);
    Some(Provision {
        law: law?.text,
        provision: provision.map(|line| line.text).unwrap_or_default(),
        status: status?,
        replaced_by: replaced_by.map(|line| line.text),
        source: source?.text,
        checked: checked?.value,
        confidence: confidence?,
    })
}

fn read_authority(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<(String, Authority)> {
    let name = shape.required_line(keys, "navn");
    let replaced_by = shape.required_line(keys, "afloest_af");
    let source = shape.required_line(keys, "kilde");
    for key in ["siden", "tjekket", "sikkerhed"] {
        if !keys.has(key) {
            shape.missing_key(keys, key);
        }
    }
    let since = read_first(shape, keys, "siden");
    let checked = shape.date(keys, "tjekket");
    let confidence = shape.choice(keys, "sikkerhed", &CONFIDENCES);
    let authority = Authority {
        replaced_by: replaced_by?.text,
        since: since?,
        source: source?.text,
        checked: checked?.value,
        confidence: confidence?,
    };
    Some((name?.text, authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_register_is_sound() {
        let file = Arc::new(SourceFile::new(REGISTER_FILE, BUILT_IN));
        let mut register = LawRegister::default();
        let findings = register.add(&file);
        assert!(findings.is_empty(), "{findings:?}");
        let moved = register.provision("serviceloven", "§ 140").expect("known");
        assert_eq!(moved.status, Status::Moved);
        assert_eq!(register.names["sel"], "serviceloven");
    }

    #[test]
    fn an_areas_own_entry_takes_the_place_of_the_built_in_one() {
        let own = "[[post]]\nlov = 'Serviceloven'\nbestemmelse = '§ 140'\nstatus = 'gaeldende'\n\
                   kilde = 'x'\ntjekket = 2026-01-01\nsikkerhed = 'lav'\n[[post]]\nlov = 'x'\n";
        let mut register = LawRegister::built_in();
        let findings = register.add(&Arc::new(SourceFile::new("a.toml", own)));
        assert_eq!(findings.len(), 4, "the second lacks four keys");
        let kept = register.provision("serviceloven", "§ 140").expect("known");
        assert_eq!((kept.status, kept.source.as_str()), (Status::InForce, "x"));
    }
}
