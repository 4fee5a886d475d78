//! Which files an import writes, and which it leaves alone because somebody has worked on them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use super::is_empty_section;
use crate::fs;
use crate::import::Imported;
use crate::load::FileName;
use crate::write::{create, fingerprint, replace};

/// What a former import wrote, in the protocol's folder.
const RECORD: &str = ".hentet.json";
const RECORD_VERSION: u32 = 1;

/// The record: the files as the import left them.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    version: u32,
    /// The name of the document.
    document: String,
    /// The fingerprint of each file, by its path in the protocol's folder.
    files: BTreeMap<String, String>,
}

/// A file, and what becomes of it.
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// Its path in the repository.
    pub path: String,
    /// What happens to it.
    pub fate: Fate,
    /// What it holds now, where it is there.
    pub former: Option<Vec<u8>>,
    /// What it is to hold.
    pub content: Vec<u8>,
    /// Whether it is a section or an appendix.
    pub is_section: bool,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was not there.
    New,
    /// It is there already, byte for byte.
    Same,
    /// It was as a former import left it, or held no text, and is written anew.
    Replaced,
    /// It was as a former import left it, and the document has it no more.
    Removed,
    /// Somebody has worked on it, or it was never imported: it stays as it is.
    Stays,
}

impl Fate {
    /// What is said of such a file, in Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::New => "ny",
            Self::Same => "uændret",
            Self::Replaced => "skrevet igen",
            Self::Removed => "fjernet; den er ikke i dokumentet mere",
            Self::Stays => "ikke skrevet; den er rettet i hånden",
        }
    }

    /// The word for other programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::Replaced => "replaced",
            Self::Removed => "removed",
            Self::Stays => "stays",
        }
    }
}

/// What is to be done, in the order of the document; the files beside the sections last.
pub(super) fn plan(
    root: &Path,
    folder: &str,
    imported: &Imported,
    around: &BTreeMap<String, String>,
    document: &str,
) -> Result<Vec<PlannedFile>> {
    let record_path = format!("{folder}/{RECORD}");
    let record = fs::read_if_there(&root.join(&record_path))?
        .and_then(|bytes| serde_json::from_slice::<Record>(&bytes).ok())
        .filter(|record| record.version == RECORD_VERSION)
        .unwrap_or_default();
    let mut planner = Planner {
        root,
        folder,
        record: &record,
        there: there(root, folder)?,
        files: Vec::new(),
        kept: BTreeMap::new(),
    };
    for (path, text) in &imported.files {
        planner.section(path, text.clone().into_bytes())?;
    }
    for (path, bytes) in &imported.pictures {
        planner.add(path, bytes.clone(), false)?;
    }
    planner.forgotten(imported)?;
    let Planner {
        mut files, kept, ..
    } = planner;
    for (path, text) in around {
        if fs::metadata(&root.join(path)).is_none() {
            files.push(PlannedFile {
                path: path.clone(),
                fate: Fate::New,
                former: None,
                content: text.clone().into_bytes(),
                is_section: false,
            });
        }
    }
    let record = Record {
        version: RECORD_VERSION,
        document: document.to_owned(),
        files: kept,
    };
    let content = crate::text::json(&record).into_bytes();
    let former = fs::read_if_there(&root.join(&record_path))?;
    let fate = match &former {
        None => Fate::New,
        Some(former) if *former == content => Fate::Same,
        Some(_) => Fate::Replaced,
    };
    files.push(PlannedFile {
        path: record_path,
        fate,
        former,
        content,
        is_section: false,
    });
    Ok(files)
}

/// The sections and appendices that are there, by the folder they lie in and their id.
fn there(root: &Path, folder: &str) -> Result<BTreeMap<(bool, String), String>> {
    let mut there = BTreeMap::new();
    for (below, is_appendix) in [("", false), ("bilag/", true)] {
        for entry in fs::list(&root.join(folder).join(below))? {
            if let Some(name) = FileName::parse(&entry.name).filter(|_| !entry.is_dir) {
                there.insert((is_appendix, name.name), format!("{below}{}", entry.name));
            }
        }
    }
    Ok(there)
}

struct Planner<'p> {
    root: &'p Path,
    folder: &'p str,
    record: &'p Record,
    /// What is there, by the folder and the id.
    there: BTreeMap<(bool, String), String>,
    files: Vec<PlannedFile>,
    /// The record to be.
    kept: BTreeMap<String, String>,
}

impl Planner<'_> {
    /// A section: where one of its id lies under another number, that one goes, or stays in its place.
    fn section(&mut self, path: &str, content: Vec<u8>) -> Result<()> {
        let (is_appendix, file) = match path.strip_prefix("bilag/") {
            Some(file) => (true, file),
            None => (false, path),
        };
        let id = FileName::parse(file)
            .map(|name| name.name)
            .unwrap_or_default();
        if let Some(former) = self
            .there
            .get(&(is_appendix, id))
            .filter(|former| *former != path)
            .cloned()
        {
            let bytes = fs::read(&self.root.join(self.folder).join(&former))?;
            if !self.is_as_left(&former, &bytes) {
                self.push(&former, Fate::Stays, Some(bytes), content, true);
                return Ok(());
            }
            self.push(&former, Fate::Removed, Some(bytes), Vec::new(), true);
        }
        self.add(path, content, true)
    }

    fn add(&mut self, path: &str, content: Vec<u8>, is_section: bool) -> Result<()> {
        let former = fs::read_if_there(&self.root.join(self.folder).join(path))?;
        let fate = match &former {
            None => Fate::New,
            Some(former) if *former == content => Fate::Same,
            Some(former) if self.is_as_left(path, former) => Fate::Replaced,
            Some(_) => Fate::Stays,
        };
        if fate == Fate::Stays {
            self.kept.extend(
                self.record
                    .files
                    .get(path)
                    .map(|print| (path.to_owned(), print.clone())),
            );
        } else {
            self.kept
                .insert(path.to_owned(), fingerprint([content.as_slice()]));
        }
        self.push(path, fate, former, content, is_section);
        Ok(())
    }

    /// Files of a former import that this one does not make.
    fn forgotten(&mut self, imported: &Imported) -> Result<()> {
        let told: BTreeSet<String> = self.files.iter().map(|file| file.path.clone()).collect();
        for path in self.record.files.keys() {
            let is_made = imported.files.contains_key(path) || imported.pictures.contains_key(path);
            if is_made || told.contains(&format!("{}/{path}", self.folder)) {
                continue;
            }
            let Some(bytes) = fs::read_if_there(&self.root.join(self.folder).join(path))? else {
                continue;
            };
            let is_section = path.ends_with(".toml");
            if self.is_as_left(path, &bytes) {
                self.push(path, Fate::Removed, Some(bytes), Vec::new(), is_section);
            } else {
                self.push(path, Fate::Stays, Some(bytes.clone()), bytes, is_section);
            }
        }
        Ok(())
    }

    /// Whether a file is as a former import left it, or holds no text that could be lost.
    fn is_as_left(&self, path: &str, bytes: &[u8]) -> bool {
        let recorded = self.record.files.get(path);
        recorded.is_some_and(|print| *print == fingerprint([bytes]))
            || path.ends_with(".toml") && is_empty_section(bytes)
    }

    fn push(
        &mut self,
        path: &str,
        fate: Fate,
        former: Option<Vec<u8>>,
        content: Vec<u8>,
        is_section: bool,
    ) {
        self.files.push(PlannedFile {
            path: format!("{}/{path}", self.folder),
            fate,
            former,
            content,
            is_section,
        });
    }
}

/// Does what is planned.
///
/// # Errors
/// When a file cannot be written, or lies outside the repository once links are followed; the files before it are
/// written then.
pub(super) fn write(root: &Path, files: &[PlannedFile]) -> Result<()> {
    for file in files {
        let target = root.join(&file.path);
        let is_as_read = |bytes: &[u8]| file.former.as_deref() == Some(bytes);
        match file.fate {
            Fate::Same | Fate::Stays => {}
            _ if !is_inside(root, &target) => {
                bail!(
                    "filen {} ligger ikke i repositoryet og er ikke skrevet",
                    file.path
                )
            }
            Fate::New => create(&target, &file.content)?,
            Fate::Replaced => replace(&target, &file.content, &is_as_read)?,
            Fate::Removed => {
                if fs::read_if_there(&target)?.is_some_and(|bytes| is_as_read(&bytes)) {
                    fs::remove_file(&target)?;
                }
            }
        }
    }
    Ok(())
}

/// Whether a path, or the nearest folder above it that is there, lies in the repository once links are followed.
fn is_inside(root: &Path, target: &Path) -> bool {
    let real = fs::real_path(root);
    let there = target.ancestors().find_map(fs::real_path);
    matches!((real, there), (Some(root), Some(there)) if there.starts_with(&root))
}
