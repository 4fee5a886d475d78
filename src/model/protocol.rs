//! One institution's protocol.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::area::Area;
use super::exception::Exception;
use super::richtext::InlineKind;
use super::section::Section;
use super::shape::{Keys, Kind, Line, Shape};
use super::slips::Slip;
use super::variables::Variables;
use crate::diag::Finding;
use crate::load::{self, Folder, LooseFiles, NumberedFile, PROTOCOL_FILE, ProtocolFiles};
use crate::text::{Place, SourceFile, Span, Spanned};

/// A protocol as its files say.
#[derive(Debug)]
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

/// Whose protocol it is.
#[derive(Clone, Debug, Default)]
pub struct Institution {
    /// The name.
    pub name: Line,
    /// A shorter name for running text; the name where none is given.
    pub short_name: Option<Line>,
    /// The address, a line each.
    pub address: Vec<Line>,
    /// A function's telephone.
    pub phone: Option<Line>,
    /// A function's mail.
    pub mail: Option<Line>,
    /// The web page.
    pub web: Option<Line>,
    /// The day it was founded, or the first day of the year: nothing here happened before.
    pub founded: Option<Spanned<Date>>,
}

/// Which edition of the protocol this is.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// The version, as the institution counts.
    pub version: Option<Line>,
    /// The role that answers for it.
    pub responsible: Option<Line>,
    /// The date it is in force from.
    pub in_force: Option<Spanned<Date>>,
    /// Who took part, as roles and numbers.
    pub contributors: Vec<Line>,
}

/// Something that has been done.
#[derive(Clone, Debug)]
pub struct Event {
    /// The duty it meets.
    pub duty: Line,
    /// When.
    pub date: Spanned<Date>,
    /// Where it was dealt with.
    pub forum: Option<Line>,
    /// What to remember of it.
    pub note: Option<Line>,
}

/// An approval.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Who approved.
    pub forum: Line,
    /// When.
    pub date: Spanned<Date>,
    /// The role that wrote it down.
    pub by: Option<Line>,
    /// The version that was approved.
    pub version: Option<Line>,
    /// The fingerprint of what was approved.
    pub fingerprint: Option<Line>,
}

static PROTOCOL: Kind = Kind {
    name: PROTOCOL_FILE,
    keys: &[
        "titel",
        "skabelon",
        "omraade",
        "institution",
        "dokument",
        "variabler",
        "haendelse",
        "godkendelse",
        "undtag",
    ],
};
static AREA: Kind = Kind {
    name: "[omraade]",
    keys: &["navn", "organisation"],
};
static INSTITUTION: Kind = Kind {
    name: "[institution]",
    keys: &[
        "navn", "kortnavn", "adresse", "telefon", "mail", "web", "oprettet",
    ],
};
static EDITION: Kind = Kind {
    name: "[dokument]",
    keys: &["version", "ansvarlig", "gaelder_fra", "medvirkende"],
};
static EVENT: Kind = Kind {
    name: "en hændelse",
    keys: &["pligt", "dato", "forum", "note"],
};
static APPROVAL: Kind = Kind {
    name: "en godkendelse",
    keys: &["forum", "dato", "af", "version", "aftryk"],
};

impl Protocol {
    /// Reads a protocol's files; findings that belong to no rule of `check` come beside it.
    pub fn read(files: ProtocolFiles, area: &Area) -> (Self, Vec<Finding>) {
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
        let mut protocol = Self::read_main(&file, slug, area, &mut findings, missing && incomplete);
        protocol.folder = folder;
        protocol.path = path;
        protocol.loose = loose;
        protocol.incomplete = incomplete;
        protocol.sections = protocol.read_sections(&sections, &mut findings);
        protocol.appendices = protocol.read_sections(&appendices, &mut findings);
        (protocol, findings)
    }

    fn read_main(
        file: &Arc<SourceFile>,
        slug: String,
        area: &Area,
        findings: &mut Vec<Finding>,
        unreadable: bool,
    ) -> Self {
        let (table, syntax) = load::parse(file);
        let no_variables = Variables::default();
        let mut names = Shape::new(file, &no_variables);
        let keys = names.root(&table, &PROTOCOL);
        let own_area = read_area(&mut names, &keys, area);
        let institution = read_institution(&mut names, &keys);
        let mut variables = area.variables.clone();
        let own = names.named_lines(&keys, "variabler");
        let edition = names.table(&keys, "dokument", &EDITION);
        let edition = edition
            .map(|keys| read_edition(&mut names, &keys))
            .unwrap_or_default();
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
        for (name, value) in own {
            variables.set(name.value, Some(&value.text));
        }
        let mut shape = Shape::new(file, &variables);
        let title = shape.line(&keys, "titel");
        let skabelon = shape.line(&keys, "skabelon");
        let events = read_events(&mut shape, &keys);
        let approvals = read_approvals(&mut shape, &keys);
        let own_exceptions = Exception::read_all(&mut shape, &keys);
        let found = names.findings.into_iter().chain(shape.findings);
        keep(findings, syntax, found.collect(), unreadable);
        let mut slips = names.slips.noted;
        slips.append(&mut shape.slips.noted);
        Self {
            slug,
            folder: Folder::default(),
            path: String::new(),
            file: Arc::clone(file),
            title,
            skabelon,
            area: own_area,
            institution,
            edition,
            events,
            approvals,
            own_exceptions,
            sections: Vec::new(),
            appendices: Vec::new(),
            slips,
            loose: LooseFiles::default(),
            incomplete: false,
            variables,
        }
    }

    fn read_sections(
        &mut self,
        files: &[NumberedFile],
        findings: &mut Vec<Finding>,
    ) -> Vec<Section> {
        let mut sections = Vec::with_capacity(files.len());
        for NumberedFile { name, file } in files {
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

    /// The approval with the latest date; of several on one day, the one listed last.
    pub fn newest_approval(&self) -> Option<&Approval> {
        self.approvals
            .iter()
            .max_by_key(|approval| approval.date.value)
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

/// The names of the variables that a `protokol.toml` gives a value; `None` where its TOML is broken, so that
/// some may be missing.
pub fn variables_in_file(file: &Arc<SourceFile>) -> Option<Vec<String>> {
    let (table, syntax) = load::parse(file);
    if !syntax.is_empty() {
        return None;
    }
    let no_variables = Variables::default();
    let mut shape = Shape::new(file, &no_variables);
    let keys = shape.root(&table, &PROTOCOL);
    let named = shape.named_lines(&keys, "variabler").into_iter();
    Some(named.map(|(name, _)| name.value.to_owned()).collect())
}

fn read_institution(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Institution {
    let Some(keys) = shape.table(keys, "institution", &INSTITUTION) else {
        if !keys.has("institution") {
            shape.missing_key(keys, "institution.navn");
        }
        return Institution::default();
    };
    Institution {
        name: shape.required_line(&keys, "navn").unwrap_or_default(),
        short_name: shape.line(&keys, "kortnavn"),
        address: shape.lines(&keys, "adresse"),
        phone: shape.line(&keys, "telefon"),
        mail: shape.line(&keys, "mail"),
        web: shape.line(&keys, "web"),
        founded: read_founded(shape, &keys),
    }
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

fn read_edition(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Edition {
    Edition {
        version: shape.line(keys, "version"),
        responsible: shape.line(keys, "ansvarlig"),
        in_force: shape.date(keys, "gaelder_fra"),
        contributors: shape.lines(keys, "medvirkende"),
    }
}

fn read_events(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for keys in shape.tables(keys, "haendelse", &EVENT) {
        let duty = shape.required_line(&keys, "pligt");
        let date = required_date(shape, &keys);
        let forum = shape.line(&keys, "forum");
        let note = shape.line(&keys, "note");
        if let (Some(duty), Some(date)) = (duty, date) {
            events.push(Event {
                duty,
                date,
                forum,
                note,
            });
        }
    }
    events
}

fn read_approvals(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Approval> {
    let mut approvals = Vec::new();
    for keys in shape.tables(keys, "godkendelse", &APPROVAL) {
        let forum = shape.required_line(&keys, "forum");
        let date = required_date(shape, &keys);
        let by = shape.line(&keys, "af");
        let version = shape.line(&keys, "version");
        let fingerprint = read_fingerprint(shape, &keys);
        if let (Some(forum), Some(date)) = (forum, date) {
            approvals.push(Approval {
                forum,
                date,
                by,
                version,
                fingerprint,
            });
        }
    }
    approvals
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

fn required_date(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Spanned<Date>> {
    if !keys.has("dato") {
        shape.missing_key(keys, "dato");
    }
    shape.date(keys, "dato")
}
