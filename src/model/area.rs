//! The area: what `rusprot.toml` says for every protocol.

use std::collections::BTreeMap;
use std::sync::Arc;

use semver::VersionReq;
use serde_json::{Value, json};
use toml::de::DeValue;

use super::blocks::{AREA_CONTACT, CONTACT_ID, Contact, find_contact, read_area_contacts};
use super::inside::{FolderPath, inside};
use super::kind::{Kind, Told};
use super::readers_edition::ReadersEdition;
use super::shape::{Keys, Line, Shape, nearest};
use super::shared::{
    SHARED, SKABELON_NAME, SharedSkabelon, VersionWish, read_shared, read_version,
};
use super::slips::Slip;
use super::table::kind;
use super::takes::{
    Seen, Takes as _, choice, count, day, filled, known_names, line, names, names_like, needed,
    table_of, tables,
};
use super::variables::Variables;
use crate::diag::{Code, Finding, Level, Subject};
use crate::load;
use crate::text::{SourceFile, Span, Spanned};

/// The way files are written that this program reads: what each key means, and which there are. A change that
/// would make a file mean something else takes the next number.
pub const FORMAT: u32 = 1;

/// The area's settings.
#[derive(Debug)]
pub struct Area {
    /// `rusprot.toml`.
    pub file: Arc<SourceFile>,
    /// The name of the skabelon that protocols here follow.
    pub skabelon: Option<Line>,
    /// Whether it names no skabelon at all, which is told where the names are known.
    pub lacks_skabelon: bool,
    /// `format`, where the files are written in a later one than this program reads.
    pub later_format: Option<u64>,
    /// `rusprot`: the versions of the program that are to be used.
    pub version: Option<Spanned<VersionReq>>,
    /// `udgivet`: where the pages can be read.
    pub published: Option<Line>,
    /// `[skabeloner]`: skabeloner that are copies of others', by name.
    pub shared: Vec<SharedSkabelon>,
    /// The area's name.
    pub name: Line,
    /// The organisation it belongs to.
    pub organisation: Option<Line>,
    /// `[omraade.logo]`: its sign.
    pub logo: Option<Logo>,
    /// The folder of protocols, relative to the root with `/`.
    pub protocol_folder: String,
    /// The folder of skabeloner, relative to the root with `/`.
    pub skabelon_folder: String,
    /// The folder pages are written to, relative to the root with `/`.
    pub output_folder: String,
    /// `[kontrol]`: rules whose level the area has chosen.
    pub levels: BTreeMap<Code, LevelSetting>,
    /// `[graenser]`: limits that rules use, by name.
    pub limits: Limits,
    /// `[ordliste]`: wrong and right words, in the order of the file.
    pub terms: Vec<(Spanned<String>, Line)>,
    /// `[forkortelser]`: abbreviations and what they mean, in the order of the file.
    pub abbreviations: Vec<AbbreviationEntry>,
    /// `[dokumenter]`: documents that texts refer to, by id.
    pub documents: BTreeMap<String, ExternalDocument>,
    /// `[[udgave]]`: editions for some of the readers, in the order of the file.
    pub editions: Vec<ReadersEdition>,
    /// `[kontakter]`: how to reach functions outside the institutions, by id.
    pub contacts: BTreeMap<String, Contact>,
    /// The variables every protocol has.
    pub variables: Variables,
    /// Slips in its own texts.
    pub slips: Vec<Slip>,
}

/// What `[kontrol]` says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelSetting {
    /// Not reported at all.
    Off,
    /// Reported at this level.
    At(Level),
}

/// An abbreviation and what it means.
#[derive(Clone, Debug)]
pub struct AbbreviationEntry {
    /// The short form.
    pub short: Spanned<String>,
    /// What it stands for.
    pub explanation: Line,
}

/// The sign of an area, printed on the front of what is its own.
#[derive(Clone, Debug)]
pub struct Logo {
    /// The file, as it is written.
    pub file: Line,
    /// What it shows, for those who hear it.
    pub text: Line,
}

impl Logo {
    /// The file relative to the root with `/`; `None` where it leads out of the repository.
    pub fn path(&self) -> Option<String> {
        inside(&self.file.text)
    }
}

/// Limits by name; a limit that is not set has the rule's own default.
#[derive(Clone, Debug, Default)]
pub struct Limits(BTreeMap<String, u32>);

impl Limits {
    /// The limit of this name, or `default`.
    pub fn get(&self, name: &str, default: u32) -> u32 {
        self.0.get(name).copied().unwrap_or(default)
    }
}

/// A document outside the protocol that texts refer to with `dok:`.
#[derive(Clone, Debug)]
pub struct ExternalDocument {
    /// Its title.
    pub title: Line,
    /// Its kind, such as "retningslinje".
    pub kind: Option<Line>,
    /// Who publishes it.
    pub publisher: Option<Line>,
    /// Which version is meant.
    pub version: Option<Line>,
    /// Its address.
    pub url: Option<Line>,
    /// When somebody last looked whether it is still so.
    pub checked: Option<Spanned<jiff::civil::Date>>,
}

pub(super) static CONFIG: Kind = kind! {
    "rusprot.toml", "Det, der gælder for alle protokoller i området.";
    "skabelon" as filled(line(Seen::Not)), "Navnet på den skabelon, som protokollerne følger.";
    "format" as count(1, FORMAT), "Nummeret på den måde, filerne er skrevet på. Uden nøglen er det 1.";
    "rusprot" as VersionWish, "De udgaver af rusprot, I bruger, for eksempel `\">= 0.1\"`.";
    "udgivet" as WebAddress, "Adressen på nettet, hvor siderne ligger. Områdets samlede side henviser dertil.";
    "omraade" as needed(table_of(&AREA)), "Området.";
    "skabeloner" as names_like(SKABELON_NAME, table_of(&SHARED)), "Skabeloner, som er kopier af andres.";
    "mapper" as table_of(&FOLDERS), "Mapper med andre navne end de sædvanlige.";
    "kontrol" as known_names("regler", rules, choice(&LEVELS)), "Regler, hvis niveau området selv har valgt.";
    "graenser" as known_names("grænser", limits, count(0, LARGEST_LIMIT)), "Grænser, som regler måler efter.";
    "ordliste" as names(line(Seen::Not)), "Ord, I ikke bruger, og dem, I bruger i stedet.";
    "forkortelser" as names(line(Seen::Not)), "Forkortelser, og hvad de betyder.";
    "dokumenter" as names(table_of(&DOCUMENT)), "Dokumenter, som tekster henviser til med dok:id.";
    "udgave" as tables::<ReadersEdition>(), "Udgaver af protokollerne til nogle af læserne.";
    "kontakter" as names_like(CONTACT_ID, table_of(&AREA_CONTACT)), "Funktioner, som alle i området kan få fat i.";
    "variabler" as names(line(Seen::Not)), "Ord, som teksterne kan hente med {{ navn }}.";
};
static AREA: Kind = kind! {
    "[omraade]", "Området.";
    "navn" as filled(line(Seen::Not)), "Områdets navn.";
    "organisation" as line(Seen::Not), "Den organisation, som området hører til.";
    "logo" as table_of(&LOGO), "Områdets logo, som står forrest.";
};
static LOGO: Kind = kind! {
    "[omraade.logo]", "Områdets logo.";
    "fil" as filled(line(Seen::Not)), "Billedets sti fra rusprot.toml, helst en SVG eller en PNG.";
    "tekst" as filled(line(Seen::Not)), "Det, billedet viser, til dem, der får det læst op.";
};
static FOLDERS: Kind = kind! {
    "[mapper]", "Mapper i samlingen.";
    "protokoller" as FolderPath, "Mappen med protokoller.";
    "skabeloner" as FolderPath, "Mappen med områdets egne skabeloner.";
    "udgivelse" as FolderPath, "Mappen, som siderne bliver skrevet til.";
};
static DOCUMENT: Kind = kind! {
    "et dokument", "Et dokument uden for protokollen.";
    "titel" as filled(line(Seen::Not)), "Dokumentets titel.";
    "type" as line(Seen::Not), "Hvad det er for et dokument, for eksempel en retningslinje.";
    "udgiver" as line(Seen::Not), "Den, der udgiver det.";
    "version" as line(Seen::Not), "Den version, I mener.";
    "url" as WebAddress, "Adressen på nettet.";
    "tjekket" as day(), "Den dag, nogen sidst så efter, om det stadig er sådan.";
};

/// The limits that rules go by, each told of on its rule's page in `docs/regler`.
const LIMITS: &[&str] = &["lix", "lix_borger", "ord_i_saetning", "varsel_dage"];

/// The same with what they are, for the schema.
fn limits() -> Vec<(&'static str, String)> {
    let said = [
        "Det lixtal, som en tekst højst må have.",
        "Det lixtal, som en tekst til borgere højst må have.",
        "Det antal ord, der højst må være i en sætning.",
        "Det antal dage før en frist, hvor rusprot siger til.",
    ];
    let said = said.map(str::to_owned);
    LIMITS.iter().copied().zip(said).collect()
}

/// The rules by name and by number, with the level they have otherwise.
fn rules() -> Vec<(&'static str, String)> {
    let rules = Code::ALL.iter().flat_map(|code| {
        let usual = code.level().danish();
        [
            (
                code.name(),
                format!("{}. Uden en linje her er den: {usual}.", code.number()),
            ),
            (
                code.number(),
                format!("Reglen {}. Uden en linje her er den: {usual}.", code.name()),
            ),
        ]
    });
    rules.collect()
}

/// An address on the web.
#[derive(Clone, Copy, Debug)]
struct WebAddress;

impl Told for WebAddress {
    fn noun(&self) -> String {
        line(Seen::Not).noun()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^[ \t\n\r]*($|https?://)" })
    }
}
/// None of them has a meaning beyond this.
const LARGEST_LIMIT: u32 = 100_000;

const LEVELS: [(&str, LevelSetting); 3] = [
    ("fejl", LevelSetting::At(Level::Error)),
    ("advarsel", LevelSetting::At(Level::Warning)),
    ("fra", LevelSetting::Off),
];

impl Area {
    /// Reads `rusprot.toml`.
    pub fn read(file: &Arc<SourceFile>) -> (Self, Vec<Finding>) {
        let (table, syntax) = load::parse(file);
        let no_variables = Variables::default();
        let mut shape = Shape::new(file, &no_variables);
        let keys = shape.root(&table, &CONFIG);
        let names = shape.table(&keys, "omraade", &AREA);
        if !keys.has("omraade") {
            shape.missing_key(&keys, "omraade.navn");
        }
        let name = names
            .and_then(|keys| shape.required_line(&keys, "navn"))
            .unwrap_or_default();
        let organisation = names.and_then(|keys| shape.line(&keys, "organisation"));
        let mut area = Self {
            file: Arc::clone(file),
            skabelon: keys
                .has("skabelon")
                .then(|| shape.required_line(&keys, "skabelon"))
                .flatten(),
            lacks_skabelon: syntax.is_empty() && !keys.has("skabelon"),
            later_format: read_format(&mut shape, &keys),
            version: read_version(&mut shape, &keys),
            published: read_address(&mut shape, &keys, "udgivet"),
            shared: read_shared(&mut shape, &keys),
            variables: Variables::default(),
            name,
            organisation,
            logo: names.and_then(|keys| read_logo(&mut shape, &keys)),
            protocol_folder: "protocols".to_owned(),
            skabelon_folder: "templates".to_owned(),
            output_folder: "dist".to_owned(),
            levels: read_levels(&mut shape, &keys),
            limits: read_limits(&mut shape, &keys),
            terms: read_terms(&mut shape, &keys),
            abbreviations: read_abbreviations(&mut shape, &keys),
            documents: read_documents(&mut shape, &keys),
            editions: tables::<ReadersEdition>()
                .read(&mut shape, &keys, "udgave")
                .unwrap_or_default(),
            contacts: read_area_contacts(&mut shape, &keys),
            slips: Vec::new(),
        };
        area.read_folders(&mut shape, &keys);
        area.read_variables(&mut shape, &keys);
        area.slips = shape.slips.noted;
        let findings = if syntax.is_empty() {
            shape.findings
        } else {
            syntax
        };
        (area, findings)
    }

    /// The contact of the area that a `kontakt:` names.
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        find_contact(&self.contacts, id)
    }

    fn read_folders(&mut self, shape: &mut Shape<'_>, keys: &Keys<'_>) {
        let Some(keys) = shape.table(keys, "mapper", &FOLDERS) else {
            return;
        };
        let mut written = Vec::new();
        for (key, folder) in [
            ("protokoller", &mut self.protocol_folder),
            ("skabeloner", &mut self.skabelon_folder),
            ("udgivelse", &mut self.output_folder),
        ] {
            let Some(line) = shape.line(&keys, key) else {
                continue;
            };
            match inside(&line.text) {
                Some(path) => {
                    *folder = path;
                    written.push((key, line));
                }
                None => shape.wrong_type(
                    line.span,
                    format!("»{}« er ikke en mappe inde i repositoryet.", line.text),
                    format!(
                        "Skriv stien fra den mappe, rusprot.toml ligger i: {key} = \"{folder}\""
                    ),
                ),
            }
        }
        self.part_folders(shape, &written);
    }

    /// Pages among the sources would be taken for protocols, or written over them; and git's own folder is git's.
    fn part_folders(&mut self, shape: &mut Shape<'_>, written: &[(&str, Line)]) {
        let line_of = |key: &str| written.iter().find(|(name, _)| *name == key);
        let output = self.output_folder.to_lowercase();
        for (key, usual, folder) in [
            ("protokoller", "protocols", &mut self.protocol_folder),
            ("skabeloner", "templates", &mut self.skabelon_folder),
            ("udgivelse", "dist", &mut self.output_folder),
        ] {
            let path = folder.to_lowercase();
            let of_git = path.split('/').any(|part| part == ".git");
            let shared =
                key != "udgivelse" && (is_below(&path, &output) || is_below(&output, &path));
            let Some((key, line)) =
                line_of(if shared { "udgivelse" } else { key }).or(line_of(key))
            else {
                continue;
            };
            let (reason, example) = if of_git {
                ("er gits egen mappe", usual)
            } else if shared {
                ("er til sider og kan ikke ligge sammen med kilderne", "dist")
            } else {
                continue;
            };
            shape.wrong_type(
                line.span,
                format!("Mappen »{}« {reason}.", line.text),
                format!("Vælg en mappe for sig selv: {key} = \"{example}\""),
            );
            if of_git {
                *folder = usual.to_owned();
            }
        }
    }

    fn read_variables(&mut self, shape: &mut Shape<'_>, keys: &Keys<'_>) {
        let organisation = self.organisation.as_ref().map(|line| line.text.as_str());
        self.variables.set("omraade", Some(&self.name.text));
        self.variables.set("organisation", organisation);
        for (name, value) in shape.named_lines(keys, "variabler") {
            self.variables.set(name.value, Some(&value.text));
        }
    }
}

/// `format`, where it is later than [`FORMAT`]. Any other number but that is a finding.
fn read_format(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<u64> {
    let value = keys.get("format")?;
    let number = match value.get_ref() {
        DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    };
    shape.count(keys, "format", FORMAT);
    number.filter(|number| *number > u64::from(FORMAT))
}

/// Whether a folder is another one or lies in it.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn read_levels(shape: &mut Shape<'_>, keys: &Keys<'_>) -> BTreeMap<Code, LevelSetting> {
    let mut levels = BTreeMap::new();
    let Some(table) = shape.open_table(keys, "kontrol") else {
        return levels;
    };
    for (name, value) in table.entries() {
        let Some(code) = Code::find(name.value) else {
            unknown_name(shape, &name, "kontrol", "en regel", &rule_names());
            continue;
        };
        if let Some(setting) = shape.choose(name.value, value, &LEVELS) {
            levels.insert(code, setting);
        }
    }
    levels
}

fn rule_names() -> Vec<&'static str> {
    Code::ALL.iter().map(|code| code.name()).collect()
}

fn read_limits(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Limits {
    let mut limits = BTreeMap::new();
    if let Some(table) = shape.open_table(keys, "graenser") {
        for (name, _) in table.entries() {
            if !LIMITS.contains(&name.value) {
                unknown_name(shape, &name, "graenser", "en grænse", LIMITS);
            } else if let Some(limit) = shape.count(&table, name.value, LARGEST_LIMIT) {
                limits.insert(name.value.to_owned(), limit);
            }
        }
    }
    Limits(limits)
}

/// RP002 for a name in a table of names.
fn unknown_name(
    shape: &mut Shape<'_>,
    name: &Spanned<&str>,
    table: &str,
    what: &str,
    known: &[&str],
) {
    let finding = Finding::new(
        Code::UkendtNoegle,
        shape.place(name.span),
        format!("»{}« i [{table}] er ikke {what}.", name.value),
    )
    .about(Subject::Key(name.value.to_owned()));
    let help = match nearest(name.value, known) {
        Some(near) => format!("Mente du »{near}«?"),
        None => format!("Du kan skrive: {}.", known.join(", ")),
    };
    shape.findings.push(finding.with_help(help));
}

fn read_terms(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<(Spanned<String>, Line)> {
    let lines = shape.named_lines(keys, "ordliste");
    lines
        .into_iter()
        .map(|(wrong, right)| (Spanned::new(wrong.value.to_owned(), wrong.span), right))
        .collect()
}

fn read_abbreviations(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<AbbreviationEntry> {
    let lines = shape.named_lines(keys, "forkortelser");
    lines
        .into_iter()
        .map(|(short, explanation)| AbbreviationEntry {
            short: Spanned::new(short.value.to_owned(), short.span),
            explanation,
        })
        .collect()
}

fn read_logo(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Logo> {
    let keys = shape.table(keys, "logo", &LOGO)?;
    let file = shape.required_line(&keys, "fil");
    let text = shape.required_line(&keys, "tekst");
    Some(Logo {
        file: file?,
        text: text?,
    })
}

fn read_documents(shape: &mut Shape<'_>, keys: &Keys<'_>) -> BTreeMap<String, ExternalDocument> {
    let mut documents = BTreeMap::new();
    let Some(table) = shape.open_table(keys, "dokumenter") else {
        return documents;
    };
    for (id, value) in table.entries() {
        let Some(keys) = shape.as_table(id.value, value, &DOCUMENT) else {
            continue;
        };
        let title = shape.required_line(&keys, "titel");
        let document = ExternalDocument {
            kind: shape.line(&keys, "type"),
            publisher: shape.line(&keys, "udgiver"),
            version: shape.line(&keys, "version"),
            url: read_address(shape, &keys, "url"),
            checked: shape.date(&keys, "tjekket"),
            title: title.unwrap_or_else(|| Line {
                text: id.value.to_owned(),
                span: id.span,
            }),
        };
        documents.insert(id.value.to_owned(), document);
    }
    documents
}

/// An address: the web only.
fn read_address(shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Line> {
    let line = shape.line(keys, key)?;
    let web = line.text.starts_with("https://") || line.text.starts_with("http://");
    if !web {
        shape.wrong_type(
            Span::new(line.span.start, line.span.end),
            format!("»{}« er ikke en adresse på nettet.", line.text),
            if key == "url" {
                "Skriv adressen med https:// foran, eller slet linjen, hvis dokumentet ikke ligger på nettet."
            } else {
                "Skriv adressen med https:// foran, eller slet linjen."
            }
            .to_owned(),
        );
    }
    web.then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places and messages of what is wrong with these folders.
    fn about_folders(folders: &str) -> Vec<String> {
        let text = format!("skabelon = 'x'\n[omraade]\nnavn = 'x'\n[mapper]\n{folders}");
        let file = Arc::new(SourceFile::new("rusprot.toml", text));
        let (_, findings) = Area::read(&file);
        let line = |finding: &Finding| finding.place.range().start.line.get();
        findings
            .iter()
            .map(|finding| format!("{}: {}", line(finding), finding.message))
            .collect()
    }

    #[test]
    fn pages_lie_neither_in_git_nor_among_the_sources() {
        for folder in [".git", "x/.GIT/y"] {
            let found = about_folders(&format!("udgivelse = '{folder}'\n"));
            assert_eq!(found, [format!("5: Mappen »{folder}« er gits egen mappe.")]);
        }
        for folder in ["protocols", "Protocols/sider", "templates"] {
            let found = about_folders(&format!("udgivelse = '{folder}'\n"));
            assert_eq!(
                found,
                [format!(
                    "5: Mappen »{folder}« er til sider og kan ikke ligge sammen med kilderne."
                )]
            );
        }
        assert_eq!(about_folders("protokoller = 'dist/kilder'\n").len(), 1);
        assert_eq!(
            about_folders("protokoller = 'a/p'\nskabeloner = 'a/s'\nudgivelse = 'a/u'\n").len(),
            0
        );
    }
}
