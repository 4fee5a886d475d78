//! `rusprot import`: from a document to the files of a protocol on disk.
//!
//! What is there stays, but for files that are as a former import left them. A record of those lies in the
//! protocol's folder.

mod plan;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

pub use plan::{Fate, PlannedFile};

use super::init::{AreaStart, area_files, institution_folder, new_main_file};
use crate::check::masked;
use crate::compare::{self, Mark, ProtocolChanges, Report};
use crate::fs::{self, Content, Refusal};
use crate::history::{Reading, TIMELESS};
use crate::import::{self, Imported, Proposal, Target, toml_line};
use crate::load::{CONFIG_FILE, PROTOCOL_FILE, Repository};
use crate::model::{Area, Institution, slug};
use crate::site::{ListedSkabelon, Site, USUAL_SKABELON, skabeloner};

/// The folder of protocols in an area that is made.
const USUAL_FOLDER: &str = "protocols";

/// The largest document that is opened.
const LARGEST_DOCUMENT: u64 = 100 << 20;

/// What is imported, and for whom.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The document.
    pub file: std::path::PathBuf,
    /// The institution's name.
    pub institution: Option<String>,
    /// The protocol's folder name.
    pub into: Option<String>,
    /// The skabelon.
    pub skabelon: Option<String>,
    /// Whether personal numbers are hidden instead of refused.
    pub mask: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// How an import ended.
#[derive(Debug)]
pub enum ImportOutcome {
    /// Something looks like a personal number; the texts have its figures hidden. Nothing was written.
    PersonNumbers(Vec<String>),
    /// The protocol.
    Done(Box<ImportRun>),
}

/// What an import made.
#[derive(Debug)]
pub struct ImportRun {
    /// The document as a protocol.
    pub imported: Imported,
    /// The name of the document's file.
    pub document: String,
    /// The protocol's folder, relative to the repository.
    pub folder: String,
    /// The skabelon's name and its own title of what it asks for.
    pub skabelon: String,
    /// Every file and what became of it.
    pub files: Vec<PlannedFile>,
    /// What differs by meaning from what was there; `None` where there was nothing.
    pub changes: Option<Report>,
}

/// Imports a document into the repository that is there, or into one that is made in `root`.
///
/// # Errors
/// When the document cannot be read, when nobody can tell whom it is for, or when a file cannot be written.
pub fn import(
    repository: Option<&Repository>,
    root: &Path,
    options: &ImportOptions,
    takes: &mut dyn FnMut(&Proposal) -> Result<bool>,
) -> Result<ImportOutcome> {
    let document = options
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    if document.starts_with("~$") {
        bail!(
            "»{document}« er Words mærke for, at dokumentet er åbent. Luk det i Word, og vælg selve dokumentet."
        );
    }
    let bytes = match fs::read_plain(&options.file, LARGEST_DOCUMENT) {
        Content::Bytes(bytes) => bytes,
        Content::Missing => bail!("der er ikke noget dokument her: {}", options.file.display()),
        Content::Refused(Refusal::TooLarge(_)) => {
            bail!("»{document}« fylder mere end 100 MB. Fjern store billeder, og gem det igen.")
        }
        Content::Refused(_) => bail!("»{document}« er ikke et dokument. Vælg ét dokument."),
    };
    let ending = options
        .file
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let mut source = import::read(&bytes, &ending)
        .with_context(|| format!("»{}« kan ikke hentes", masked(&document)))?;
    let mut found = source.person_numbers();
    let name = masked(&document).into_owned();
    if name != document {
        found.push(name.clone());
    }
    if !found.is_empty() && !options.mask {
        return Ok(ImportOutcome::PersonNumbers(found));
    }
    source.mask();
    let place = Place::of(repository, root, options)?;
    let target = Target {
        skabelon: &place.skabelon.skabelon,
        folder: &place.folder,
        slug: place.slug.as_deref(),
        institution: place.institution.as_deref(),
        is_new: !place.has_protocol,
        documents: &place.documents,
    };
    let mut imported = import::convert(&source, &target, takes)?;
    if imported.institution.is_none() && !place.has_protocol {
        let Some(slug) = &place.slug else {
            bail!(
                "det fremgår ikke af dokumentet, hvem protokollen er for. Skriv det med --institution \"Bostedet …\"."
            );
        };
        let name = named_as(slug);
        imported.told.push(format!(
            "Det fremgår ikke af dokumentet, hvem protokollen er for. Der står nu »{name}« i {PROTOCOL_FILE}. Ret det dér."
        ));
        imported.institution = Some(name);
    }
    let folder = format!("{}/{}", place.folder, imported.slug);
    let around = place.around(&imported, &folder);
    let files = plan::plan(root, &folder, &imported, &around, &name)?;
    let changes = place.changes(root, &folder, &imported, &files)?;
    if !options.dry_run {
        plan::write(root, &files)?;
    }
    Ok(ImportOutcome::Done(Box::new(ImportRun {
        imported,
        document: name,
        folder,
        skabelon: place.skabelon.name.clone(),
        files,
        changes,
    })))
}

/// Where a document goes.
struct Place {
    has_area: bool,
    has_protocol: bool,
    /// The folder of protocols.
    folder: String,
    /// The folder of skabeloner.
    skabeloner: String,
    skabelon: ListedSkabelon,
    /// Whether the protocol names the skabelon itself.
    is_own_skabelon: bool,
    slug: Option<String>,
    institution: Option<String>,
    /// The area's documents by their addresses: the id and the title.
    documents: BTreeMap<String, (String, String)>,
}

impl Place {
    fn of(repository: Option<&Repository>, root: &Path, options: &ImportOptions) -> Result<Self> {
        let area = match repository {
            Some(repository) => match repository.read(CONFIG_FILE)? {
                Some(Ok(file)) => Some(Area::read(&file).0),
                _ => bail!("{CONFIG_FILE} kan ikke læses. Kør »rusprot check«, og ret den først."),
            },
            None => None,
        };
        let folder = area
            .as_ref()
            .map_or(USUAL_FOLDER, |area| &area.protocol_folder)
            .to_owned();
        let institutions = match repository {
            Some(repository) => institutions(repository, &folder)?,
            None => BTreeMap::new(),
        };
        let named = |name: &str| {
            institutions
                .iter()
                .find(|(_, own)| own.as_str() == name)
                .map(|(slug, _)| slug.clone())
        };
        let slug = match (&options.into, &options.institution) {
            (Some(into), _) => Some(own_slug(into, &institutions)?),
            (None, Some(name)) => Some(named(name).unwrap_or_else(|| institution_folder(name))),
            (None, None) => None,
        };
        let main = slug
            .as_ref()
            .map(|slug| format!("{folder}/{slug}/{PROTOCOL_FILE}"));
        let main = main
            .map(|path| fs::read_if_there(&root.join(path)))
            .transpose()?
            .flatten();
        let has_protocol = main.is_some();
        let own = main.as_deref().and_then(skabelon_named_in);
        let usual = area
            .as_ref()
            .and_then(|area| area.skabelon.as_ref())
            .map(|line| line.text.clone());
        let wanted = options.skabelon.clone().or(own).or_else(|| usual.clone());
        let wanted = wanted.unwrap_or_else(|| USUAL_SKABELON.to_owned());
        let known = skabeloner(repository)?;
        let names: Vec<String> = known.iter().map(|one| one.name.clone()).collect();
        let skabelon = known.into_iter().find(|one| one.name == wanted);
        let skabelon = skabelon.ok_or_else(|| {
            anyhow!(
                "der er ingen skabelon, der hedder »{wanted}«. Der er: {}",
                names.join(", ")
            )
        })?;
        let institution = options.institution.clone().or_else(|| {
            slug.as_ref()
                .and_then(|slug| institutions.get(slug).cloned())
        });
        Ok(Self {
            has_area: area.is_some(),
            has_protocol,
            skabeloner: area.as_ref().map_or_else(
                || "templates".to_owned(),
                |area| area.skabelon_folder.clone(),
            ),
            folder,
            is_own_skabelon: usual.is_some_and(|usual| usual != wanted),
            skabelon,
            slug,
            institution,
            documents: area.as_ref().map(documents).unwrap_or_default(),
        })
    }

    /// The files beside the sections that are made where there are none.
    fn around(&self, imported: &Imported, folder: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let institution = imported.institution.as_deref().unwrap_or_default();
        if !self.has_area {
            let start = AreaStart {
                name: "Vores område".to_owned(),
                organisation: None,
                skabelon: self.skabelon.name.clone(),
            };
            let made = area_files(&start).into_iter();
            files.extend(made.map(|(path, text)| (path.to_owned(), text)));
        }
        let skabelon = self.is_own_skabelon.then_some(self.skabelon.name.as_str());
        let title = imported.title.as_deref();
        let title = title.map_or_else(String::new, |title| {
            format!("titel = {}\n\n", toml_line(title))
        });
        let main = new_main_file(institution, skabelon, &self.skabelon.skabelon);
        files.insert(
            format!("{folder}/{PROTOCOL_FILE}"),
            format!("{title}{main}"),
        );
        files
    }

    /// What differs by meaning between the protocol that is there and the one that the document makes.
    fn changes(
        &self,
        root: &Path,
        folder: &str,
        imported: &Imported,
        files: &[PlannedFile],
    ) -> Result<Option<Report>> {
        if !self.has_protocol
            || !files
                .iter()
                .any(|file| file.fate != Fate::New && file.is_section)
        {
            return Ok(None);
        }
        let mut before = BTreeMap::new();
        for path in [folder, &self.skabeloner] {
            gather(root, path, &mut before)?;
        }
        if let Some(config) = fs::read_if_there(&root.join(CONFIG_FILE))? {
            before.insert(CONFIG_FILE.to_owned(), config);
        }
        let mut after = before.clone();
        for file in files {
            match file.fate {
                Fate::Stays => {}
                Fate::Removed => {
                    after.remove(&file.path);
                }
                _ => {
                    after.insert(file.path.clone(), file.content.clone());
                }
            }
        }
        let side = |held: BTreeMap<String, Vec<u8>>| -> Result<Reading> {
            let held = Repository::held(held);
            let site = Site::open_for(&held, 1, TIMELESS, &|slug| slug == imported.slug)?;
            Ok(site.reading(&imported.slug)?.0)
        };
        let (Reading::Read(then), Reading::Read(now)) = (side(before)?, side(after)?) else {
            return Ok(None);
        };
        let changes = compare::compare(&then, &now);
        let (from, to) = (
            Mark::of(&then.document, None),
            Mark::of(&now.document, None),
        );
        let changes = ProtocolChanges::between(from, to, &now.document, changes);
        Ok(Some(Report::new(
            "mellem det, der lå her, og dokumentet",
            vec![changes],
        )))
    }
}

/// The documents of an area that have an address.
fn documents(area: &Area) -> BTreeMap<String, (String, String)> {
    let documents = area.documents.iter();
    let addressed = documents.filter_map(|(id, document)| {
        let url = document.url.as_ref()?;
        Some((url.text.clone(), (id.clone(), document.title.text.clone())))
    });
    addressed.collect()
}

/// The names of the institutions of an area, by their protocols' slugs.
fn institutions(repository: &Repository, folder: &str) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for slug in repository.protocols(folder)? {
        if let Some(Ok(file)) = repository.read_main(folder, &slug)? {
            let institution = Institution::in_file(&file);
            if !institution.name.text.is_empty() {
                names.insert(slug, institution.name.text);
            }
        }
    }
    Ok(names)
}

/// The folder's name that somebody means: one that is there, the one of an institution's name, or a new one.
fn own_slug(into: &str, institutions: &BTreeMap<String, String>) -> Result<String> {
    let name = into.trim_end_matches(['/', '\\']);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let named = institutions
        .iter()
        .find(|(slug, own)| *slug == name || own.as_str() == name);
    if let Some((slug, _)) = named {
        return Ok(slug.clone());
    }
    if name.is_empty() || slug(name) != name {
        bail!(
            "»{into}« kan ikke være navnet på en mappe her. Brug små bogstaver, tal og bindestreg, for eksempel --into {}",
            slug(name)
        );
    }
    Ok(name.to_owned())
}

/// A name for an institution of which no more is known than its folder's.
fn named_as(slug: &str) -> String {
    let mut letters = slug.replace('-', " ");
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    letters
}

/// The skabelon that a `protokol.toml` names itself.
fn skabelon_named_in(main: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(main);
    let table = text
        .trim_start_matches('\u{FEFF}')
        .parse::<toml::Table>()
        .ok()?;
    table.get("skabelon")?.as_str().map(str::to_owned)
}

/// The files below a folder, by their paths in the repository.
fn gather(root: &Path, folder: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in fs::list(&root.join(folder))? {
        let path = format!("{folder}/{}", entry.name);
        if entry.name.starts_with('.') {
            continue;
        }
        if entry.is_dir && !entry.is_link {
            gather(root, &path, files)?;
        } else if !entry.is_dir {
            files.insert(path, fs::read(&entry.path)?);
        }
    }
    Ok(())
}

/// Whether a section's file holds nothing but its heading and what it answers.
fn is_empty_section(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Ok(table) = text.trim_start_matches('\u{FEFF}').parse::<toml::Table>() else {
        return false;
    };
    table.iter().all(|(key, value)| match key.as_str() {
        "overskrift" | "id" | "opfylder" | "for" => true,
        "tekst" | "note" => value.as_str().is_some_and(|text| text.trim().is_empty()),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_without_a_text_is_empty_and_one_with_rules_is_not() {
        assert!(is_empty_section(
            b"# vejledning\noverskrift = \"A\"\ntekst = '''\n'''\n"
        ));
        assert!(!is_empty_section(b"overskrift = \"A\"\ntekst = 'x'\n"));
        assert!(!is_empty_section(
            b"overskrift = \"A\"\n[[regel]]\ntekst = 'x'\n"
        ));
        assert!(!is_empty_section(b"overskrift = "));
    }
}
