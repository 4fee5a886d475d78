//! A section or an appendix with everything that can stand in it.

use std::sync::Arc;

use super::building_blocks::{
    ACTION, Action, FIELD, Field, GROUP, HouseRule, QuestionGroup, RULE, SIGNATURE, Signature,
    read_action, read_field, read_group, read_rule, read_signature,
};
use super::entries::{
    Contact, Dilemma, Role, Task, Term, read_contacts, read_dilemmas, read_roles, read_tasks,
    read_terms,
};
use super::exception::Exception;
use super::figure::{FIGURE, Figure, read_figure};
use super::fold::slug;
use super::reference::{Reference, ReferenceKind};
use super::richtext::RichText;
use super::shape::{Keys, Kind, Line, Shape, read_all};
use crate::text::{Place, SourceFile, Span, Spanned};

/// Sub-sections go down to this level; a file is level 1.
const DEEPEST_LEVEL: u8 = 4;

/// A section, a sub-section or an appendix.
#[derive(Clone, Debug)]
pub struct Section {
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// The number in the file's name; 0 for a sub-section.
    pub file_number: u32,
    /// The id: from the file's name, the key `id`, or the heading.
    pub id: String,
    /// Where the author gave the id; `None` for one made from the file's name or the heading.
    pub id_span: Option<Span>,
    /// 1 for a file, up to 4 for sub-sections.
    pub level: u8,
    /// The table's header, or the file's first line.
    pub span: Span,
    /// The heading; empty if it is missing, which is a finding.
    pub heading: Line,
    /// Ids of requirements and points it says it answers.
    pub answers: Vec<Spanned<String>>,
    /// Who it is for; empty for everybody.
    pub readers: Vec<Reader>,
    /// The running text.
    pub text: Option<RichText>,
    /// Figures from data.
    pub figures: Vec<Figure>,
    /// Words with their meanings.
    pub terms: Vec<Term>,
    /// Roles and what they answer for.
    pub roles: Vec<Role>,
    /// House rules.
    pub rules: Vec<HouseRule>,
    /// Groups of questions.
    pub groups: Vec<QuestionGroup>,
    /// Blanks to fill in.
    pub fields: Vec<Field>,
    /// Action cards.
    pub actions: Vec<Action>,
    /// Dilemmas.
    pub dilemmas: Vec<Dilemma>,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// How to reach functions.
    pub contacts: Vec<Contact>,
    /// The path of an attached PDF in the protocol's folder, as the author wrote it.
    pub attachment: Option<Line>,
    /// Places whose building blocks are printed here as well.
    pub inserts: Vec<Spanned<Reference>>,
    /// Sub-sections.
    pub children: Vec<Section>,
    /// Signature lines.
    pub signature: Option<Signature>,
    /// Findings in its file that may stand.
    pub exceptions: Vec<Exception>,
}

/// The readers of a protocol (`for`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// Residents.
    Borger,
    /// Staff.
    Medarbejder,
    /// Leaders.
    Leder,
    /// Relatives.
    Paaroerende,
}

impl Reader {
    /// The plural, as in "Til borgere og pårørende".
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Borger => "borgere",
            Self::Medarbejder => "medarbejdere",
            Self::Leder => "ledere",
            Self::Paaroerende => "pårørende",
        }
    }
}

static SECTION: Kind = Kind {
    name: "et afsnit eller bilag",
    keys: &[
        "overskrift",
        "id",
        "opfylder",
        "for",
        "tekst",
        "figur",
        "begreb",
        "rolle",
        "regel",
        "gruppe",
        "felt",
        "handling",
        "dilemma",
        "opgave",
        "kontakt",
        "fil",
        "indsaet",
        "afsnit",
        "underskrift",
        "note",
        "undtag",
    ],
};
const READERS: [(&str, Reader); 4] = [
    ("borger", Reader::Borger),
    ("medarbejder", Reader::Medarbejder),
    ("leder", Reader::Leder),
    ("paaroerende", Reader::Paaroerende),
];
impl Section {
    /// Reads a section's file. `id` comes from the file's name unless the key is given.
    pub(super) fn read_file<'t>(
        shape: &mut Shape<'_>,
        table: &'t toml::Spanned<toml::de::DeTable<'t>>,
        file_name: &crate::load::FileName,
    ) -> Self {
        let keys = shape.root(table, &SECTION);
        let mut section = Self::read(shape, &keys, 1);
        section.file_number = file_name.number;
        if section.id_span.is_none() {
            section.id.clone_from(&file_name.name);
        }
        section
    }

    fn read(shape: &mut Shape<'_>, keys: &Keys<'_>, level: u8) -> Self {
        let heading = shape
            .required_line(keys, "overskrift")
            .unwrap_or_else(|| Line {
                text: String::new(),
                span: keys.span,
            });
        let id = shape.line(keys, "id");
        shape.unprinted(keys, "note");
        Self {
            file: Arc::clone(shape.file),
            file_number: 0,
            id_span: id.as_ref().map(|id| id.span),
            id: id.map_or_else(|| slug(&heading.text), |id| id.text),
            level,
            span: keys.span,
            answers: shape
                .lines(keys, "opfylder")
                .into_iter()
                .map(|line| Spanned::new(line.text, line.span))
                .collect(),
            readers: read_readers(shape, keys),
            text: shape.rich(keys, "tekst"),
            figures: read_all(shape, keys, "figur", &FIGURE, read_figure),
            terms: read_terms(shape, keys),
            roles: read_roles(shape, keys),
            rules: read_all(shape, keys, "regel", &RULE, read_rule),
            groups: read_all(shape, keys, "gruppe", &GROUP, read_group),
            fields: read_all(shape, keys, "felt", &FIELD, read_field),
            actions: read_all(shape, keys, "handling", &ACTION, read_action),
            dilemmas: read_dilemmas(shape, keys),
            tasks: read_tasks(shape, keys),
            contacts: read_contacts(shape, keys),
            attachment: read_attachment(shape, keys),
            inserts: read_inserts(shape, keys),
            children: read_children(shape, keys, level),
            signature: shape
                .table(keys, "underskrift", &SIGNATURE)
                .map(|keys| read_signature(shape, &keys)),
            exceptions: Exception::read_all(shape, keys),
            heading,
        }
    }

    /// A place in the section's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.file, span)
    }

    /// Where a finding about the section as a whole points: its heading.
    pub fn heading_place(&self) -> Place {
        self.place(self.heading.span)
    }

    /// Whether nothing of its own would be printed below its heading, sub-sections left aside.
    pub fn has_no_own_content(&self) -> bool {
        self.text.as_ref().is_none_or(RichText::is_empty)
            && self.figures.is_empty()
            && self.brings_nothing()
            && self.attachment.is_none()
            && self.inserts.is_empty()
            && self.signature.is_none()
    }

    /// Whether it has nothing of its own that another section can insert.
    pub fn brings_nothing(&self) -> bool {
        self.terms.is_empty()
            && self.roles.is_empty()
            && self.rules.is_empty()
            && self.groups.is_empty()
            && self.fields.is_empty()
            && self.actions.is_empty()
            && self.dilemmas.is_empty()
            && self.tasks.is_empty()
            && self.contacts.is_empty()
    }

    /// Visits this section and those below it, in reading order.
    pub fn visit<'s>(&'s self, visit: &mut dyn FnMut(&'s Self)) {
        visit(self);
        for child in &self.children {
            child.visit(visit);
        }
    }
}

fn read_readers(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Reader> {
    let mut readers = shape.choices(keys, "for", &READERS);
    readers.sort_unstable();
    readers.dedup();
    if readers.len() == READERS.len() {
        readers.clear();
    }
    readers
}

/// The path of an attached file. What lies there is for rule RP206 to say.
fn read_attachment(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Line> {
    keys.has("fil")
        .then(|| shape.required_line(keys, "fil"))
        .flatten()
}

fn read_inserts(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Spanned<Reference>> {
    let mut inserts = Vec::new();
    for line in shape.lines(keys, "indsaet") {
        let reference = Reference::parse(&line.text);
        if matches!(
            reference,
            Reference::Named(ReferenceKind::Appendix | ReferenceKind::Section, _)
        ) {
            inserts.push(Spanned::new(reference, line.span));
        } else {
            shape.wrong_type(
                line.span,
                format!("»{}« er ikke et sted, der kan indsættes.", line.text),
                "Skriv \"bilag:\" eller \"afsnit:\" og stedets id, for eksempel \"bilag:husorden\"."
                    .to_owned(),
            );
        }
    }
    inserts
}

fn read_children(shape: &mut Shape<'_>, keys: &Keys<'_>, level: u8) -> Vec<Section> {
    let tables = shape.tables(keys, "afsnit", &SECTION);
    if level < DEEPEST_LEVEL {
        return tables
            .iter()
            .map(|keys| Section::read(shape, keys, level + 1))
            .collect();
    }
    if let Some(first) = tables.first() {
        shape.wrong_type(
            first.span,
            format!(
                "Afsnittet ligger på niveau {}, og {DEEPEST_LEVEL} er det dybeste.",
                level + 1
            ),
            "Flyt afsnittet et niveau op: skriv et »afsnit.« mindre i de kantede parenteser."
                .to_owned(),
        );
    }
    Vec::new()
}
