//! A section or an appendix with everything that can stand in it.

use std::ops::Deref;
use std::sync::Arc;

use serde_json::{Value, json};

use super::blocks::{Blocks, Figure, Signature};
use super::exception::Exception;
use super::fold::slug;
use super::kind::{FormField, Kind, Told};
use super::language::{Language, Tongue};
use super::numbering::{NUMBERINGS, Numbering};
use super::reference::{Reference, ReferenceKind};
use super::richtext::RichText;
use super::shape::{Keys, Line, Shape};
use super::short_answers::{ShortAnswer, ShortAnswers};
use super::table::{kind, table, texts_in_languages};
use super::takes::Table;
use super::takes::{
    Remark, Seen, TABLES, Takes, again, choice, filled, line, lines, one_or_list, one_table,
    remark, spread, tables, text, title,
};
use super::texts::{Text, Visit};
use crate::text::{Place, SourceFile, Span, Spanned};

/// Sub-sections go down to this level; a file is level 1.
pub(super) const DEEPEST_LEVEL: u8 = 4;

table! {
    /// A section, a sub-section or an appendix.
    pub struct Section: "et afsnit eller bilag", "Et afsnit, et underafsnit eller et bilag.";

    /// The heading; empty if it is missing, which is a finding.
    heading: Line = "overskrift" as title(Seen::Heading), "Overskriften. Kun et første underafsnit, der er `tekst` alene, kan undvære den.";
    /// The id where the author gave one.
    given_id: Option<Line> = "id" as line(Seen::Not), "Det, henvisninger kalder stedet. Ellers er det filens navn eller overskriften.";
    /// Ids of requirements and points it says it answers.
    answers: Vec<Spanned<String>> = "opfylder" as Ids, "De krav og punkter i skabelonen, som der bliver svaret på her.";
    /// Who it is for; empty for everybody.
    readers: Vec<Reader> = "for" as Readers, "Dem, teksten er skrevet til. Uden nøglen er det alle.";
    /// The language, where it is not that of what it stands in; Danish on top.
    language: Option<Language> = "sprog" as Tongue, "Sproget, når det ikke er dansk.";
    /// What stands before the headings of its sub-sections; of nothing, before its own as well.
    numbering: Option<Numbering> = "nummerering" as choice(&NUMBERINGS), "Det, der står foran underafsnittenes overskrifter. Med `ingen` står der heller ikke noget foran afsnittets egen.";
    /// The running text.
    text: Option<RichText> = "tekst" as text(), "Teksten.";
    /// Short answers, each under a word or two.
    facts: Vec<ShortAnswer> = "fakta" as ShortAnswers, "Korte svar, for eksempel `\"Målgruppe\" = \"Voksne over 18 år\"`. De svarer også på skabelonens `hvert_afsnit`.";
    /// Figures from data.
    figures: Vec<Figure> = "figur" as tables::<Figure>(), "Figurer, som programmet tegner.";
    /// What other sections can insert.
    blocks: Blocks = "" as spread::<Blocks>(), "Byggesten.";
    /// The path of an attached PDF in the protocol's folder, as the author wrote it. What lies there is for
    /// rule RP206 to say.
    attachment: Option<Line> = "fil" as Attachment, "En PDF i protokollens mappe, som følger med.";
    /// Places whose building blocks are printed here as well.
    inserts: Vec<Spanned<Reference>> = "indsaet" as Inserts, "Steder, hvis byggesten også bliver vist her, for eksempel `\"bilag:husorden\"`.";
    /// What stands below: sub-sections, and running text before them.
    children: Below = "afsnit" as Children, "Underafsnit, i op til fire niveauer. Det første kan være `tekst` alene, uden overskrift: så står teksten foran de andre.";
    /// Signature lines.
    signature: Option<Signature> = "underskrift" as one_table::<Signature>(), "Linjer til underskrifter.";
    /// What is only for those who write.
    note: Remark = "note" as remark(), "En note til jer selv. Den bliver ikke trykt.";
    /// Findings in its file that may stand.
    exceptions: Vec<Exception> = "undtag" as tables::<Exception>(), "Fund, som I har set på og lader stå.";

    + where (shape, keys) {
        /// The file it stands in.
        file: Arc<SourceFile> = Arc::clone(shape.file);
        /// The number in the file's name; 0 for a sub-section.
        file_number: u32 = 0;
        /// The id: from the file's name, the key `id`, or the heading.
        id: String = given_id.as_ref().map_or_else(|| slug(&heading.text), |id| id.text.clone());
        /// 1 for a file, up to 4 for sub-sections.
        level: u8 = shape.level;
        /// The table's header, or the file's first line.
        span: Span = keys.span;
    }
}

/// What stands below a section: its sub-sections, as which it can be walked, and what comes before them.
#[derive(Clone, Debug, Default)]
pub struct Below {
    /// The running text of a first sub-section without a heading, which a reader meets as the section's own.
    pub opening: Option<RichText>,
    sections: Vec<Section>,
}

impl Below {
    /// Where a sub-section stands among the tables of the file.
    pub fn row(&self, index: usize) -> usize {
        index + usize::from(self.opening.is_some())
    }
}

impl Deref for Below {
    type Target = [Section];

    fn deref(&self) -> &[Section] {
        &self.sections
    }
}

impl<'b> IntoIterator for &'b Below {
    type Item = &'b Section;
    type IntoIter = std::slice::Iter<'b, Section>;

    fn into_iter(self) -> Self::IntoIter {
        self.sections.iter()
    }
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
        let keys = shape.root(table, Self::KIND);
        let mut section =
            <Self as Table>::read(shape, &keys).expect("no key of a section drops it");
        section.file_number = file_name.number;
        if section.given_id.is_none() {
            section.id.clone_from(&file_name.name);
        }
        section
    }

    /// Visits every Markdown text of this section, sub-sections left aside.
    pub fn markdown_texts<'t>(&'t self, visit: &mut dyn FnMut(&'t RichText)) {
        self.texts(&mut |text| {
            if let Text::Running(text) = text {
                visit(text);
            }
        });
    }

    /// Where the author gave the id; `None` for one made from the file's name or the heading.
    pub fn id_span(&self) -> Option<Span> {
        self.given_id.as_ref().map(|id| id.span)
    }

    /// Visits the texts of what stands in it and says which language it is in, with that language.
    pub fn texts_in_languages<'t>(&'t self, visit: &mut dyn FnMut(&'t Language, Text<'t>)) {
        texts_in_languages!(visit, &self.figures);
        self.blocks.texts_in_languages(visit);
        texts_in_languages!(visit, self.signature.as_slice());
    }

    /// A place in the section's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.file, span)
    }

    /// Where a finding about the section as a whole points: its heading.
    pub fn heading_place(&self) -> Place {
        self.place(self.heading.span)
    }

    /// Its running text: what stands under its heading, and what stands before its sub-sections.
    pub fn running(&self) -> impl Iterator<Item = &RichText> {
        self.text.iter().chain(&self.children.opening)
    }

    /// Whether nothing of its own would be printed below its heading, sub-sections left aside.
    pub fn has_no_own_content(&self) -> bool {
        self.running().all(RichText::is_empty)
            && self.facts.is_empty()
            && self.figures.is_empty()
            && self.blocks.is_empty()
            && self.attachment.is_none()
            && self.inserts.is_empty()
            && self.signature.is_none()
    }

    /// Visits this section and those below it, in reading order.
    pub fn visit<'s>(&'s self, visit: &mut dyn FnMut(&'s Self)) {
        visit(self);
        for child in &self.children {
            child.visit(visit);
        }
    }
}

/// Ids.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids;

impl Told for Ids {
    fn entry(&self) -> FormField {
        FormField::Lines
    }

    fn noun(&self) -> String {
        "et id eller en liste af id'er".to_owned()
    }

    fn schema(&self) -> Value {
        lines(Seen::Not).schema()
    }
}

impl Takes for Ids {
    type Value = Vec<Spanned<String>>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let lines = shape.lines(keys, key).into_iter();
        Some(
            lines
                .map(|line| Spanned::new(line.text, line.span))
                .collect(),
        )
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// Who a section is for. All of them is everybody, and so is nobody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Readers;

impl Told for Readers {
    fn entry(&self) -> FormField {
        FormField::Choice {
            words: READERS.map(|(word, _)| word).to_vec(),
            several: true,
        }
    }

    fn noun(&self) -> String {
        let words = READERS.map(|(word, _)| format!("`\"{word}\"`"));
        format!("en liste af {}", words.join(", "))
    }

    fn schema(&self) -> Value {
        let words = READERS.map(|(word, _)| word);
        one_or_list(&json!({ "enum": words }))
    }
}

impl Takes for Readers {
    type Value = Vec<Reader>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let mut readers = shape.choices(keys, key, &READERS);
        readers.sort_unstable();
        readers.dedup();
        if readers.len() == READERS.len() {
            readers.clear();
        }
        Some(readers)
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// The path of a file, which nobody leaves empty on purpose.
#[derive(Clone, Copy, Debug)]
struct Attachment;

impl Told for Attachment {
    fn entry(&self) -> FormField {
        FormField::Line
    }

    fn noun(&self) -> String {
        "en sti".to_owned()
    }

    fn schema(&self) -> Value {
        filled(line(Seen::Not)).schema()
    }
}

impl Takes for Attachment {
    type Value = Option<Line>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let path = keys.has(key).then(|| shape.required_line(keys, key));
        Some(path.flatten())
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// Places to insert from.
#[derive(Clone, Copy, Debug)]
struct Inserts;

impl Told for Inserts {
    fn entry(&self) -> FormField {
        FormField::Lines
    }

    fn noun(&self) -> String {
        "et sted eller en liste af steder".to_owned()
    }

    fn schema(&self) -> Value {
        let place = r"^[ \t\n\r]*([Bb][Ii][Ll][Aa][Gg]|[Aa][Ff][Ss][Nn][Ii][Tt]):";
        one_or_list(&json!({ "type": "string", "pattern": place }))
    }
}

impl Takes for Inserts {
    type Value = Vec<Spanned<Reference>>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let mut inserts = Vec::new();
        for line in shape.lines(keys, key) {
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
        Some(inserts)
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// Sub-sections. Their texts are their own, but for that of one without a heading.
#[derive(Clone, Copy, Debug)]
struct Children;

impl Told for Children {
    fn entry(&self) -> FormField {
        FormField::Again
    }

    fn noun(&self) -> String {
        TABLES.to_owned()
    }

    fn schema(&self) -> Value {
        // The rows of the others are put in where the whole is put together.
        let mut schema = again().schema();
        schema["prefixItems"] = json!([OPENING.schema()]);
        schema
    }

    fn holds_its_own_kind(&self) -> bool {
        true
    }
}

impl Takes for Children {
    type Value = Below;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let tables = shape.tables(keys, key, Section::KIND);
        if shape.level < DEEPEST_LEVEL {
            shape.level += 1;
            let opens = tables.first().is_some_and(is_opening);
            let (opening, tables) = tables.split_at(usize::from(opens));
            let below = Below {
                opening: opening.first().and_then(|keys| {
                    shape.unprinted(keys, "note");
                    shape.rich(keys, "tekst")
                }),
                sections: tables
                    .iter()
                    .filter_map(|keys| <Section as Table>::read(shape, keys))
                    .collect(),
            };
            shape.level -= 1;
            return Some(below);
        }
        if let Some(first) = tables.first() {
            shape.wrong_type(
                first.span,
                format!(
                    "Afsnittet ligger på niveau {}, og {DEEPEST_LEVEL} er det dybeste.",
                    shape.level + 1
                ),
                "Flyt afsnittet et niveau op: skriv et »afsnit.« mindre i de kantede parenteser."
                    .to_owned(),
            );
        }
        Some(Below::default())
    }

    fn texts<'t>(&self, below: &'t Self::Value, visit: Visit<'_, 't>) {
        text().texts(&below.opening, visit);
    }
}

/// A first sub-section without a heading: running text before the others, and nothing else.
static OPENING: Kind = kind! {
    "en tekst foran underafsnittene", "Tekst, der står foran underafsnittene.";
    "tekst" as filled(text()), "Teksten.";
    "note" as remark(), "En note til jer selv. Den bliver ikke trykt.";
};

/// Whether a table is running text alone.
fn is_opening(keys: &Keys<'_>) -> bool {
    keys.has_words("tekst") && keys.entries().iter().all(|(key, _)| OPENING.has(key.value))
}
