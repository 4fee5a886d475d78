//! How a protocol stands with each requirement of its skabelon: a row of the area's matrix.
//!
//! The words come from the findings of the check, as levels and exceptions have left them; nothing is
//! judged anew here. How they are defined for readers stands in `docs/frister.md`. What a matrix looks
//! like is the business of `report` and `render`.

use crate::check::masked;
use crate::diag::{Code, Family, Finding, Subject};
use crate::model::{self, Answers, Demand, Protocol, Requirement, Section, Skabelon};
use crate::text::Place;

/// How a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing that bears on it is found wrong.
    Ok,
    /// It is answered, but not as it should be.
    Deviates,
    /// Nothing answers it, or something it asks for is not there.
    Missing,
    /// The answer may stand in a file that cannot be read.
    Unread,
}

/// Whether what stands is what was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approved {
    /// The newest approval has its fingerprint.
    Ok,
    /// The newest approval has no fingerprint, so nobody can tell.
    Unverified,
    /// It has changed since the newest approval.
    Changed,
    /// No approval is listed.
    Not,
    /// `protokol.toml` cannot be read.
    Unread,
}

/// How the duties that must be met stand on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wheel {
    /// All in time.
    Ok,
    /// One is due soon, or has no date to count from.
    DueSoon,
    /// One is overdue.
    Overdue,
    /// `protokol.toml` cannot be read.
    Unread,
}

/// What stands in a cell where a file cannot be read.
const UNREAD: &str = "kan ikke læses";

impl Answer {
    /// The word people read.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Deviates => "afviger",
            Self::Missing => "mangler",
            Self::Unread => UNREAD,
        }
    }

    /// The word of the machine formats.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Deviates => "deviates",
            Self::Missing => "missing",
            Self::Unread => "unread",
        }
    }
}

impl Approved {
    /// The word people read.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unverified => "uden aftryk",
            Self::Changed => "ændret",
            Self::Not => "ikke godkendt",
            Self::Unread => UNREAD,
        }
    }

    /// The word of the machine formats.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unverified => "unverified",
            Self::Changed => "changed",
            Self::Not => "not_approved",
            Self::Unread => "unread",
        }
    }
}

impl Wheel {
    /// The word people read.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::DueSoon => "frist nær",
            Self::Overdue => "frist",
            Self::Unread => UNREAD,
        }
    }

    /// The word of the machine formats.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
            Self::Unread => "unread",
        }
    }
}

/// What the words mean, one line each, as every matrix for people tells it.
pub const LEGEND: [(&str, &str); 7] = [
    (
        "ok",
        "som det skal være; sprog og henvisninger tæller ikke med her",
    ),
    (
        "mangler",
        "intet afsnit svarer på kravet, eller noget i svaret mangler",
    ),
    (
        "afviger",
        "afsnittet er der, men det er ikke, som skabelonen siger, eller det passer ikke med resten",
    ),
    ("ikke godkendt", "der står ingen godkendelse"),
    ("ændret", "der er ændret noget siden godkendelsen"),
    (
        "uden aftryk",
        "den er godkendt, men ingen kan se, om den er ændret siden",
    ),
    (
        UNREAD,
        "svaret kan stå i en fil, som programmet ikke kan læse",
    ),
];

/// What the words about the year wheel mean.
pub const WHEEL_LEGEND: [(&str, &str); 2] = [
    ("frist", "en pligt er overskredet"),
    (
        "frist nær",
        "en pligt skal ske snart, eller der er ingen dato at regne fra",
    ),
];

/// A requirement with a column of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The requirement's id.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// `1` or, for one below another, `1.2`: the short heading, told of in a legend.
    pub number: String,
}

/// One protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The protocol's folder name, as reports may show it.
    pub slug: String,
    /// Whose it is; the folder's name where that is not said.
    pub institution: String,
    /// Which of several repositories it is in.
    pub repository: Option<String>,
    /// A word for each column.
    pub answers: Vec<Answer>,
    /// Whether it is approved.
    pub approved: Approved,
    /// How its duties stand.
    pub wheel: Wheel,
}

/// The protocols that follow one skabelon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The name of the skabelon's folder; empty where there is no such skabelon.
    pub skabelon: String,
    /// The skabelon's name for readers.
    pub title: String,
    /// The skabelon's version.
    pub version: String,
    /// The requirements.
    pub columns: Vec<Column>,
    /// The protocols, in order.
    pub rows: Vec<Row>,
}

/// The requirements that have a column: those that must be met, with those below them that must be met.
pub fn columns(skabelon: &Skabelon) -> Vec<Column> {
    let required = required(skabelon);
    let columns = required.into_iter().map(|required| Column {
        id: required.requirement.id.value.clone(),
        heading: required.requirement.heading.text.clone(),
        number: required.number,
    });
    columns.collect()
}

/// A requirement that must be met, with its place among the others.
struct Required<'s> {
    requirement: &'s Requirement,
    number: String,
    /// The column of the requirement above.
    parent: Option<usize>,
}

fn required(skabelon: &Skabelon) -> Vec<Required<'_>> {
    let mut found = Vec::new();
    collect(&skabelon.requirements, None, &mut found);
    found
}

fn collect<'s>(
    requirements: &'s [Requirement],
    parent: Option<usize>,
    found: &mut Vec<Required<'s>>,
) {
    let must = requirements
        .iter()
        .filter(|requirement| requirement.demand == Demand::Must);
    for (index, requirement) in must.enumerate() {
        let number = match parent {
            Some(parent) => format!("{}.{}", found[parent].number, index + 1),
            None => (index + 1).to_string(),
        };
        found.push(Required {
            requirement,
            number,
            parent,
        });
        let own = found.len() - 1;
        collect(&requirement.children, Some(own), found);
    }
}

/// A protocol's row. `findings` are those that stand; `fingerprint` is asked for only where an approval has
/// one to hold it against.
pub fn row<'f>(
    skabelon: &Skabelon,
    protocol: &Protocol,
    answers: &Answers<'_>,
    findings: &[Finding],
    fingerprint: impl FnOnce() -> &'f str,
) -> Row {
    let unread = findings.iter().any(|finding| {
        matches!(finding.code, Code::TomlSyntaks | Code::Tegnsaet)
            && finding.place.file.path() == protocol.file.path()
    });
    let name = &protocol.institution.name.text;
    let institution = if name.is_empty() {
        &protocol.slug
    } else {
        name
    };
    Row {
        slug: masked(&protocol.slug).into_owned(),
        institution: masked(institution).into_owned(),
        repository: None,
        answers: judge(skabelon, protocol, answers, findings),
        approved: if unread {
            Approved::Unread
        } else {
            Approved::from(model::Approved::of(protocol, fingerprint))
        },
        wheel: if unread {
            Wheel::Unread
        } else {
            wheel(findings)
        },
    }
}

impl From<model::Approved<'_>> for Approved {
    fn from(approved: model::Approved<'_>) -> Self {
        match approved {
            model::Approved::Not => Self::Not,
            model::Approved::Unverified(_) => Self::Unverified,
            model::Approved::Stands(_) => Self::Ok,
            model::Approved::Changed(..) => Self::Changed,
        }
    }
}

fn wheel(findings: &[Finding]) -> Wheel {
    let found = |code| findings.iter().any(|finding| finding.code == code);
    if found(Code::FristOverskredet) {
        Wheel::Overdue
    } else if found(Code::FristNaer) {
        Wheel::DueSoon
    } else {
        Wheel::Ok
    }
}

/// A word for each requirement that must be met.
fn judge(
    skabelon: &Skabelon,
    protocol: &Protocol,
    answers: &Answers<'_>,
    findings: &[Finding],
) -> Vec<Answer> {
    let required = required(skabelon);
    let owners = Owners::of(protocol, &required, answers);
    let mut words = vec![Answer::Ok; required.len()];
    for finding in findings {
        if finding.code == Code::TomlSyntaks {
            // What follows in the file may belong to any of its sections.
            for column in owners.in_file(&finding.place) {
                words[column] = Answer::Unread;
            }
        }
        let Some(word) = word(finding.code) else {
            continue;
        };
        let mut places = vec![&finding.place];
        if finding.code.family() == Family::Consistency {
            // What does not agree stands in both places.
            places.extend(finding.related.iter().map(|related| &related.place));
        }
        for column in places.into_iter().flat_map(|place| owners.at(place)) {
            if matches!(words[*column], Answer::Ok | Answer::Deviates) {
                words[*column] = word;
            }
        }
    }
    for (column, one) in required.iter().enumerate() {
        let absent = absent(&required, column, answers, findings);
        let above = one.parent.filter(|parent| {
            let id = &required[*parent].requirement.id.value;
            answers.first(id).is_none()
        });
        if absent {
            words[column] = Answer::Missing;
        } else if answers.first(&one.requirement.id.value).is_none() {
            // What nothing answers and no finding tells of has been excepted, is below what is not there,
            // or may stand in what could not be read.
            words[column] = match above {
                Some(parent) => words[parent],
                None if protocol.incomplete => Answer::Unread,
                None => Answer::Ok,
            };
        }
    }
    words
}

/// What a finding makes of the requirement whose answer it lies in.
fn word(code: Code) -> Option<Answer> {
    match code {
        Code::TomtAfsnit
        | Code::UdaekketPunkt
        | Code::VejledningSomSvar
        | Code::ManglendeUnderafsnit => Some(Answer::Missing),
        // Lies where a near miss stands, which answers nothing yet, or nowhere.
        Code::ManglendeAfsnit => None,
        _ => matches!(code.family(), Family::Structure | Family::Consistency)
            .then_some(Answer::Deviates),
    }
}

/// Whether a finding says that nothing answers this requirement.
fn absent(
    required: &[Required<'_>],
    column: usize,
    answers: &Answers<'_>,
    findings: &[Finding],
) -> bool {
    let one = &required[column];
    let subject = Subject::Requirement(one.requirement.id.value.clone());
    let place = match one.parent {
        None => None,
        Some(parent) => {
            let first = answers.first(&required[parent].requirement.id.value);
            let Some(first) = first else { return false };
            Some(first.heading_place())
        }
    };
    findings.iter().any(|finding| {
        finding.subject.as_ref() == Some(&subject)
            && match &place {
                None => finding.code == Code::ManglendeAfsnit,
                Some(place) => {
                    finding.code == Code::ManglendeUnderafsnit && finding.place.order(place).is_eq()
                }
            }
    })
}

/// Which requirements' answers a place lies in.
struct Owners<'p> {
    /// Every section in reading order.
    sections: Vec<(&'p Section, Vec<usize>)>,
}

impl<'p> Owners<'p> {
    fn of(protocol: &'p Protocol, required: &[Required<'_>], answers: &Answers<'_>) -> Self {
        let mut sections = Vec::new();
        protocol.visit(&mut |section| {
            let answered = required.iter().enumerate().filter(|(_, one)| {
                let answering = answers.to(&one.requirement.id.value);
                answering.iter().any(|other| std::ptr::eq(*other, section))
            });
            let columns: Vec<usize> = answered.map(|(column, _)| column).collect();
            sections.push((section, columns));
        });
        Self { sections }
    }

    /// The columns of all sections in the file of a place.
    fn in_file(&self, place: &Place) -> impl Iterator<Item = usize> {
        let path = place.file.path();
        let sections = self.sections.iter();
        let sections = sections.filter(move |(section, _)| section.file.path() == path);
        sections.flat_map(|(_, columns)| columns.iter().copied())
    }

    /// The columns of the innermost section around a place that answers any.
    fn at(&self, place: &Place) -> &[usize] {
        // A file is one section with those below it, so what stands before a place is around or beside it.
        let before = |section: &Section| {
            section.file.path() == place.file.path()
                && (section.level == 1 || section.span.start <= place.span.start)
        };
        let mut level = u8::MAX;
        for (section, columns) in self.sections.iter().rev() {
            if !before(section) || section.level >= level {
                continue;
            }
            if !columns.is_empty() {
                return columns;
            }
            level = section.level;
        }
        &[]
    }
}
