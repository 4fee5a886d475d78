//! One institution's protocol.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::area::Area;
use super::exception::Exception;
use super::kind::{FormField, Kind, Told};
use super::known::KnownSections;
use super::numbering::{NUMBERINGS, Numbering};
use super::richtext::InlineKind;
use super::section::Section;
use super::shape::{Keys, Line, Shape};
use super::slips::Slip;
use super::table::{kind, table};
use super::takes::{
    Seen, Takes, choice, day, day_or_period, filled, line, lines, names, needed, one_table,
    table_of, tables, title, yes_no, yes_no_or_absent,
};
use super::texts::Visit;
use super::variables::Variables;
use crate::diag::{Code, Finding};
use crate::load::{self, Folder, LooseFiles, NumberedFile, PROTOCOL_FILE, ProtocolFiles};
use crate::text::{ByteSet, Period, Place, SourceFile, Span, Spanned};

/// A protocol as its files say.
#[derive(Clone, Debug)]
pub struct Protocol {
    /// The folder's name.
    pub slug: String,
    /// The folder itself, for what its texts name.
    pub folder: Folder,
    /// The folder relative to the repository's root, with `/`.
    pub path: String,
    /// `protokol.toml`; an empty file where there is none, which is a finding.
    pub file: Arc<SourceFile>,
    /// The kind of document, where the institution names it otherwise than the skabelon.
    pub title: Option<Line>,
    /// The name of another skabelon than the area's.
    pub skabelon: Option<Line>,
    /// The area it belongs to.
    pub area: AreaNames,
    /// Whose protocol it is.
    pub institution: Institution,
    /// Which edition of it.
    pub edition: Edition,
    /// What it says of the skabelon's duties.
    pub duties: Vec<OwnDuty>,
    /// What has been done, as the author listed it.
    pub events: Vec<Event>,
    /// The approvals, as the author listed them.
    pub approvals: Vec<Approval>,
    /// Findings anywhere in the protocol that may stand.
    pub own_exceptions: Vec<Exception>,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// The appendices in order.
    pub appendices: Vec<Section>,
    /// The variables its texts may use.
    pub variables: Variables,
    /// Slips in its texts, for the rules.
    pub slips: Vec<Slip>,
    /// What lies in its folder without being part of it, and the names of all that lies there.
    pub loose: LooseFiles,
    /// Whether a file could not be read, so that what seems to be missing may stand in it.
    pub incomplete: bool,
}

/// The names of the area a protocol belongs to: the repository's, or the protocol's own.
#[derive(Clone, Debug, Default)]
pub struct AreaNames {
    /// The area.
    pub name: Line,
    /// Its organisation.
    pub organisation: Option<Line>,
}

table! {
    /// Whose protocol it is.
    #[derive(Default)]
    pub struct Institution: "[institution]", "Den institution, som protokollen hører til.";

    /// The name; empty if it is missing, which is a finding.
    name: Line = "navn" as title(Seen::Label), "Institutionens navn.";
    /// What kind of place it is, in one word.
    sort: Option<Line> = "art" as line(Seen::Label), "Hvad stedet er, med ét ord: `rusmiddelcenter`. Uden nøglen er det et botilbud.";
    /// A shorter name for running text; the name where none is given.
    short_name: Option<Line> = "kortnavn" as line(Seen::Label), "Et kortere navn til løbende tekst.";
    /// The address, a line each.
    address: Vec<Line> = "adresse" as lines(Seen::Reach), "Adressen, en linje ad gangen.";
    /// A function's telephone.
    phone: Option<Line> = "telefon" as line(Seen::Reach), "Telefonen til en funktion.";
    /// A function's mail.
    mail: Option<Line> = "mail" as line(Seen::Reach), "Mailadressen til en funktion.";
    /// The web page.
    web: Option<Line> = "web" as line(Seen::Not), "Institutionens hjemmeside.";
    /// The day it was founded, or the first day of the year: nothing here happened before.
    founded: Option<Spanned<Date>> = "oprettet" as Founded, "Hvornår institutionen begyndte.";
}

table! {
    /// Which edition of the protocol this is.
    #[derive(Default)]
    pub struct Edition: "[dokument]", "Hvilken udgave af protokollen det er.";

    /// The version, as the institution counts.
    version: Option<Line> = "version" as line(Seen::Not), "Versionen, som I selv tæller.";
    /// The role that answers for it.
    responsible: Option<Line> = "ansvarlig" as line(Seen::Label), "Den rolle, der svarer for protokollen.";
    /// The date it is in force from.
    in_force: Option<Spanned<Period>> = "gaelder_fra" as day_or_period(), "Den dag, protokollen gælder fra. Kender I kun måneden eller året, så skriv det.";
    /// The last date it is in force.
    until: Option<Spanned<Period>> = "gaelder_til" as day_or_period(), "Den sidste dag, protokollen gælder.";
    /// What stands before headings.
    numbering: Option<Numbering> = "nummerering" as choice(&NUMBERINGS), "Det, der står foran overskrifterne: `tal`, `bogstaver` eller `ingen`. Uden nøglen er det tal.";
    /// Whether the year wheel is printed.
    wheel: Option<bool> = "aarshjul" as yes_no_or_absent(), "Om årshjulet bliver trykt. Uden nøglen gør det.";
    /// A line under the title.
    subtitle: Option<Line> = "undertitel" as line(Seen::Label), "En linje under titlen.";
    /// A few words that stand first.
    motto: Option<Line> = "motto" as line(Seen::Label), "Et par ord, der står forrest.";
    /// The number of the case in the archive.
    case: Option<Line> = "sag" as line(Seen::Not), "Sagens nummer i journalen.";
    /// The item on the agenda.
    item: Option<Line> = "punkt" as line(Seen::Not), "Punktet på dagsordenen.";
    /// The subject's number in the municipalities' register of subjects.
    kle: Option<Line> = "kle" as line(Seen::Not), "Emnets nummer i KLE, kommunernes emneplan.";
    /// Who took part, as roles and numbers.
    contributors: Vec<Line> = "medvirkende" as lines(Seen::Label), "Dem, der har været med, som roller og antal.";

    + where (_shape, keys) {
        /// Where the table begins: its header, or its braces; `None` where there is no such table.
        span: Option<Span> = Some(keys.span);
    }
}

table! {
    /// Something that has been done.
    pub struct Event: "en hændelse", "Noget fra årshjulet, som er gjort.";

    /// The duty it meets.
    duty: Line = "pligt" as filled(line(Seen::Not)), "Pligtens id fra skabelonen.";
    /// When.
    date: Spanned<Period> = "dato" as filled(day_or_period()), "Dagen, eller måneden, kvartalet eller året, når ingen ved det nøjere.";
    /// Where it was dealt with.
    forum: Option<Line> = "forum" as line(Seen::Label), "Det møde, hvor det blev taget op.";
    /// What to remember of it.
    note: Option<Line> = "note" as line(Seen::Label), "Det, der er værd at huske.";
}

table! {
    /// An approval.
    pub struct Approval: "en godkendelse", "En godkendelse af protokollen. rusprot approve skriver den.";

    /// Who approved.
    forum: Line = "forum" as filled(line(Seen::Label)), "Det møde, der godkendte.";
    /// When.
    date: Spanned<Period> = "dato" as filled(day_or_period()), "Dagen, eller måneden, kvartalet eller året, når ingen ved det nøjere.";
    /// The role that wrote it down.
    by: Option<Line> = "af" as line(Seen::Label), "Den rolle, der skrev godkendelsen ind.";
    /// The version that was approved.
    version: Option<Line> = "version" as line(Seen::Not), "Den version, der blev godkendt.";
    /// The number of the case in the archive.
    case: Option<Line> = "sag" as line(Seen::Not), "Sagens nummer i journalen.";
    /// The item on the agenda.
    item: Option<Line> = "punkt" as line(Seen::Not), "Punktet på mødets dagsorden.";
    /// The subject's number in the municipalities' register of subjects.
    kle: Option<Line> = "kle" as line(Seen::Not), "Emnets nummer i KLE, kommunernes emneplan.";
    /// Whether it is a change that people sign for once more.
    essential: bool = "vaesentlig" as yes_no(true), "Om ændringen er væsentlig, så den skal læses, og der skal kvitteres for den. Uden nøglen er den det.";
    /// The fingerprint of what was approved.
    fingerprint: Option<Line> = "aftryk" as FingerprintDigits, "Aftrykket af det, der blev godkendt.";
}

table! {
    /// What the institution says of a duty of the skabelon.
    pub struct OwnDuty: "en pligt i protokol.toml", "Det, der gælder hos jer for en af skabelonens pligter.";

    /// The duty's id in the skabelon.
    id: Line = "id" as filled(line(Seen::Not)), "Pligtens id fra skabelonen.";
    /// When it is due the first time, in place of what the skabelon says.
    first: Option<Spanned<Period>> = "foerste" as day_or_period(), "Hvornår det skal ske første gang hos jer.";
    /// Why the duty does not hold here.
    set_aside: Option<Line> = "gaelder_ikke" as line(Seen::Label), "Hvorfor pligten ikke gælder hos jer. Så bliver der ikke mindet om den.";
}

pub(super) static PROTOCOL: Kind = kind! {
    "protokol.toml", "En institutions protokol: hvis den er, og hvad der er sket med den.";
    "titel" as line(Seen::Label), "Dokumentets titel, hvis det hedder noget andet end i skabelonen.";
    "skabelon" as line(Seen::Not), "Navnet på en anden skabelon end områdets.";
    "omraade" as table_of(&AREA), "Området, hvis det er et andet end samlingens.";
    "institution" as needed(one_table::<Institution>()), "Den institution, som protokollen hører til.";
    "dokument" as one_table::<Edition>(), "Hvilken udgave af protokollen det er.";
    "variabler" as names(line(Seen::Not)), "Ord, som teksterne kan hente med {{ navn }}.";
    "pligt" as tables::<OwnDuty>(), "Pligter fra skabelonen, som begynder på et andet tidspunkt hos jer eller ikke gælder.";
    "haendelse" as tables::<Event>(), "Det fra årshjulet, som er gjort.";
    "godkendelse" as tables::<Approval>(), "Protokollens godkendelser.";
    "undtag" as tables::<Exception>(), "Fund, som I har set på og lader stå.";
};
static AREA: Kind = kind! {
    "[omraade]", "Det område, som protokollen hører til.";
    "navn" as line(Seen::Not), "Områdets navn.";
    "organisation" as line(Seen::Not), "Den organisation, som området hører til.";
};

/// What a `protokol.toml` says: read before the files beside it, for the names that others are held against, and
/// once.
#[derive(Clone, Debug)]
pub struct Main {
    /// The protocol without its sections.
    protocol: Protocol,
    findings: Vec<Finding>,
    /// The variables it gives a value; `None` where its TOML is broken, so that some may be missing.
    own_variables: Option<Vec<String>>,
}

impl Main {
    /// Reads it.
    pub fn read(file: &Arc<SourceFile>, area: &Area) -> Self {
        Protocol::read_main(file, area, false)
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.protocol.file
    }

    /// Whose protocol it is, as far as that can be read.
    pub fn institution(&self) -> &Institution {
        &self.protocol.institution
    }

    /// The approvals it lists.
    pub fn approvals(&self) -> &[Approval] {
        &self.protocol.approvals
    }

    /// The names of the variables it gives a value; `None` where its TOML is broken, so that some may be missing.
    pub fn own_variables(&self) -> Option<&[String]> {
        self.own_variables.as_deref()
    }
}

impl Protocol {
    /// Reads a protocol's files; findings that belong to no rule of `check` come beside it.
    pub fn read(files: ProtocolFiles, area: &Area) -> (Self, Vec<Finding>) {
        Self::read_beside(None, KnownSections::default(), files, area)
    }

    /// The same, where its `protokol.toml` may have been read with this area before, and some of its sections.
    pub fn read_beside(
        main_read: Option<&Main>,
        known: KnownSections,
        files: ProtocolFiles,
        area: &Area,
    ) -> (Self, Vec<Finding>) {
        let ProtocolFiles {
            slug,
            folder,
            path,
            main,
            sections,
            appendices,
            mut findings,
            loose,
            incomplete,
        } = files;
        let missing = main.is_none();
        let file = main
            .unwrap_or_else(|| Arc::new(SourceFile::new(format!("{path}/{PROTOCOL_FILE}"), "")));
        if missing && !incomplete {
            findings.push(missing_main(&file, &path));
        }
        let read = main_read.filter(|read| Arc::ptr_eq(read.file(), &file));
        let read = read.map_or_else(|| Self::read_main(&file, area, missing), Main::clone);
        findings.extend(read.findings);
        let mut protocol = read.protocol;
        protocol.slug = slug;
        protocol.folder = folder;
        protocol.path = path;
        protocol.loose = loose;
        protocol.incomplete = incomplete;
        let mut known = known.read_by(&protocol.variables);
        protocol.sections = protocol.read_sections(&sections, &mut known, &mut findings);
        protocol.appendices = protocol.read_sections(&appendices, &mut known, &mut findings);
        (protocol, findings)
    }

    /// What of it need not be read again; `findings` are those that came beside it.
    pub fn into_known(self, findings: &[Finding]) -> KnownSections {
        let slips = self.slips.iter().map(|slip| &slip.place);
        let found = findings.iter().map(|finding| &finding.place).chain(slips);
        let found: HashSet<&str> = found.map(|place| place.file.path()).collect();
        let sections = self.sections.into_iter().chain(self.appendices);
        let clean = sections.filter(|section| !found.contains(section.file.path()));
        KnownSections {
            main: Some(self.file),
            sections: clean
                .map(|section| (section.file.path().to_owned(), section))
                .collect(),
            variables: self.variables,
        }
    }

    fn read_main(file: &Arc<SourceFile>, area: &Area, unreadable: bool) -> Main {
        let (table, syntax) = load::parse(file);
        let no_variables = Variables::default();
        let mut names = Shape::new(file, &no_variables);
        let keys = names.root(&table, &PROTOCOL);
        let own_area = read_area(&mut names, &keys, area);
        let institution = read_institution(&mut names, &keys);
        let mut variables = area.variables.clone();
        let own = names.named_lines(&keys, "variabler");
        let edition = one_table::<Edition>().read(&mut names, &keys, "dokument");
        let edition = edition.flatten().unwrap_or_default();
        let short = institution.short_name.as_ref().unwrap_or(&institution.name);
        let organisation = own_area.organisation.as_ref();
        variables.set("omraade", Some(&own_area.name.text));
        variables.set("organisation", organisation.map(|line| line.text.as_str()));
        variables.set("navn", Some(&institution.name.text));
        variables.set("kortnavn", Some(&short.text));
        variables.set(
            "version",
            edition.version.as_ref().map(|line| line.text.as_str()),
        );
        let mut own_variables = Vec::new();
        for (name, value) in own {
            variables.set(name.value, Some(&value.text));
            own_variables.push(name.value.to_owned());
        }
        let mut shape = Shape::new(file, &variables);
        let title = shape.line(&keys, "titel");
        let skabelon = shape.line(&keys, "skabelon");
        let duties = tables().read(&mut shape, &keys, "pligt");
        let events = tables().read(&mut shape, &keys, "haendelse");
        let approvals = tables().read(&mut shape, &keys, "godkendelse");
        let own_exceptions = tables().read(&mut shape, &keys, "undtag");
        let found = names.findings.into_iter().chain(shape.findings);
        let own_variables = syntax.is_empty().then_some(own_variables);
        let mut findings = Vec::new();
        keep(&mut findings, syntax, found.collect(), unreadable);
        let mut slips = names.slips.noted;
        slips.append(&mut shape.slips.noted);
        let protocol = Self {
            slug: String::new(),
            folder: Folder::default(),
            path: String::new(),
            file: Arc::clone(file),
            title,
            skabelon,
            area: own_area,
            institution,
            edition,
            duties: duties.unwrap_or_default(),
            events: events.unwrap_or_default(),
            approvals: approvals.unwrap_or_default(),
            own_exceptions: own_exceptions.unwrap_or_default(),
            sections: Vec::new(),
            appendices: Vec::new(),
            slips,
            loose: LooseFiles::default(),
            incomplete: false,
            variables,
        };
        Main {
            protocol,
            findings,
            own_variables,
        }
    }

    fn read_sections(
        &mut self,
        files: &[NumberedFile],
        known: &mut KnownSections,
        findings: &mut Vec<Finding>,
    ) -> Vec<Section> {
        let mut sections = Vec::with_capacity(files.len());
        for NumberedFile { name, file } in files {
            if let Some(section) = known.take(file) {
                sections.push(section);
                continue;
            }
            let (table, syntax) = load::parse(file);
            let mut shape = Shape::new(file, &self.variables);
            sections.push(Section::read_file(&mut shape, &table, name));
            let Shape {
                findings: shaped,
                mut slips,
                ..
            } = shape;
            self.incomplete |= !syntax.is_empty();
            keep(findings, syntax, shaped, false);
            self.slips.append(&mut slips.noted);
        }
        sections
    }

    /// Visits every section and appendix with those below, in reading order.
    pub fn visit<'p>(&'p self, visit: &mut dyn FnMut(&'p Section)) {
        for section in self.sections.iter().chain(&self.appendices) {
            section.visit(visit);
        }
    }

    /// Visits what `protokol.toml` says that is printed: the front, and how the protocol was made.
    pub fn front_texts<'t>(&'t self, visit: Visit<'_, 't>) {
        line(Seen::Label).texts(&self.title, visit);
        self.institution.texts(visit);
        self.edition.texts(visit);
        self.duties.iter().for_each(|duty| duty.texts(visit));
        self.events.iter().for_each(|event| event.texts(visit));
        let approvals = self.approvals.iter();
        approvals.for_each(|approval| approval.texts(visit));
    }

    /// The approvals by their days; of those of one day, in the order they are listed.
    pub fn approvals_by_day(&self) -> Vec<&Approval> {
        let mut approvals: Vec<&Approval> = self.approvals.iter().collect();
        approvals.sort_by_key(|approval| approval.date.value.last_day());
        approvals
    }

    /// The approval with the latest date; of several on one day, the one listed last.
    pub fn newest_approval(&self) -> Option<&Approval> {
        self.approvals
            .iter()
            .max_by_key(|approval| approval.date.value.last_day())
    }

    /// Every exception of its files, its own first.
    pub fn exceptions(&self) -> Vec<&Exception> {
        let mut exceptions: Vec<&Exception> = self.own_exceptions.iter().collect();
        self.visit(&mut |section| exceptions.extend(&section.exceptions));
        exceptions
    }

    /// The pictures its texts show, as the authors wrote their paths, each once.
    pub fn pictures(&self) -> BTreeSet<&str> {
        let mut pictures = BTreeSet::new();
        self.visit(&mut |section| {
            section.markdown_texts(&mut |text| {
                if !text.bytes.meets(ByteSet::LINKS) {
                    return;
                }
                text.visit_inlines(&mut |inline| {
                    if let InlineKind::Image { file, .. } = &inline.kind {
                        pictures.insert(file.as_str());
                    }
                });
            });
        });
        pictures
    }

    /// The files attached to it, as the authors wrote their paths, each once.
    pub fn attachments(&self) -> BTreeSet<&str> {
        let mut attachments = BTreeSet::new();
        self.visit(&mut |section| {
            attachments.extend(section.attachment.as_ref().map(|line| line.text.as_str()));
        });
        attachments
    }

    /// The beginning of `protokol.toml`: where something belongs that is absent as a whole.
    pub fn top(&self) -> Place {
        let line = self.file.text().lines().next().unwrap_or_default();
        Place::new(&self.file, (0..line.len()).into())
    }
}

/// Keeps a file's findings. Where the TOML itself is broken, what seems to be missing or misplaced may
/// come of that, so the syntax findings stand alone; an unreadable file has its finding already.
fn keep(all: &mut Vec<Finding>, syntax: Vec<Finding>, shaped: Vec<Finding>, unreadable: bool) {
    if !syntax.is_empty() {
        all.extend(syntax);
    } else if !unreadable {
        all.extend(shaped);
    }
}

/// What there is to say of a protocol without a `protokol.toml`.
fn missing_main(file: &Arc<SourceFile>, folder: &str) -> Finding {
    let message = format!("Filen {PROTOCOL_FILE} mangler i mappen {folder}.");
    Finding::new(Code::ManglendeNoegle, Place::top(file), message).with_help(format!(
        "Lav filen {PROTOCOL_FILE}, og skriv disse to linjer i den: [institution] og under den navn = \"…\""
    ))
}

impl Institution {
    /// The names in a `protokol.toml`, whatever else is in it and wrong with it.
    pub fn in_file(file: &Arc<SourceFile>) -> Self {
        let (table, _) = load::parse(file);
        let no_variables = Variables::default();
        let mut shape = Shape::new(file, &no_variables);
        let keys = shape.root(&table, &PROTOCOL);
        read_institution(&mut shape, &keys)
    }
}

/// The names of the area: those of `rusprot.toml`, but for what the protocol says otherwise.
fn read_area(shape: &mut Shape<'_>, keys: &Keys<'_>, area: &Area) -> AreaNames {
    let own = shape.table(keys, "omraade", &AREA);
    let name = own.and_then(|keys| shape.line(&keys, "navn"));
    let organisation = own.and_then(|keys| shape.line(&keys, "organisation"));
    AreaNames {
        name: name.unwrap_or_else(|| area.name.clone()),
        organisation: organisation.or_else(|| area.organisation.clone()),
    }
}

fn read_institution(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Institution {
    if !keys.has("institution") {
        shape.missing_key(keys, "institution.navn");
    }
    let institution = one_table().read(shape, keys, "institution");
    institution.flatten().unwrap_or_default()
}

/// The day or the year an institution began.
#[derive(Clone, Copy, Debug)]
struct Founded;

impl Told for Founded {
    fn entry(&self) -> FormField {
        FormField::Day
    }

    fn noun(&self) -> String {
        "en dato uden anførselstegn eller et årstal".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "anyOf": [day().schema(), { "type": "integer", "minimum": 0, "maximum": 2200 }] })
    }
}

impl Takes for Founded {
    type Value = Option<Spanned<Date>>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, _: &str) -> Option<Self::Value> {
        Some(read_founded(shape, keys))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// `oprettet`: a date, or a year as a number.
fn read_founded(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Spanned<Date>> {
    let value = keys.get("oprettet")?;
    if value.get_ref().as_integer().is_none() {
        return shape.date(keys, "oprettet");
    }
    let year = i16::try_from(shape.count(keys, "oprettet", 2200)?).ok()?;
    Some(Spanned::new(
        Date::constant(year, 1, 1),
        Span::from(value.span()),
    ))
}

/// The digits of a fingerprint.
#[derive(Clone, Copy, Debug)]
struct FingerprintDigits;

impl Told for FingerprintDigits {
    fn entry(&self) -> FormField {
        FormField::Hidden
    }

    fn noun(&self) -> String {
        "64 cifre og bogstaver, som rusprot approve skriver".to_owned()
    }

    fn schema(&self) -> Value {
        let digits = r"^[ \t\n\r]*([0-9a-f]{64}[ \t\n\r]*)?$";
        json!({ "type": "string", "pattern": digits })
    }
}

impl Takes for FingerprintDigits {
    type Value = Option<Line>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, _: &str) -> Option<Self::Value> {
        Some(read_fingerprint(shape, keys))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// `aftryk`: 64 hexadecimal digits, as `rusprot approve` writes them.
fn read_fingerprint(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Line> {
    let line = shape.line(keys, "aftryk")?;
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if line.text.len() == 64 && line.text.bytes().all(is_hex) {
        return Some(line);
    }
    shape.wrong_type(
        line.span,
        "Dette er ikke et aftryk: det skal være 64 cifre og bogstaver fra a til f.".to_owned(),
        "Slet linjen, og lad rusprot approve skrive godkendelsen.".to_owned(),
    );
    None
}
