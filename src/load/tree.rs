//! The repository's tree: where it begins, which protocols it has, which files belong to each.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::folder::Folder;
use super::loose::{LooseFiles, Watch};
use super::names::{FileName, PROTOCOL_FILE, strip_toml};
use super::repository::{Repository, SourceRead};
use super::source::{hidden_name, unread, unread_folder};
use super::stray::{Seeming, is_copy, is_main, section_name};
use crate::diag::{Code, Finding};
use crate::fs;
use crate::text::visible::{has_hidden, shown, shown_path};
use crate::text::{Place, SourceFile};

/// The folder of appendices in a protocol's folder.
const APPENDIX_FOLDER: &str = "bilag";
/// The folder of an area's own skabeloner.
const SKABELON_FOLDER: &str = "templates";
impl Repository {
    /// The slugs of all protocols in `folder` (relative to the root), in order: every folder that has
    /// a `protokol.toml` or section files.
    pub fn protocols(&self, folder: &str) -> Result<Vec<String>> {
        if !self.has_folder(folder) {
            bail!(
                "mappen {folder} er en genvej til noget uden for {}, så den bliver ikke læst",
                shown_path(&self.root)
            );
        }
        let mut slugs = Vec::new();
        for entry in self.list(folder)? {
            if entry.is_dir && !entry.name.starts_with('.') && !has_hidden(&entry.name) {
                slugs.push(entry.name);
            }
        }
        Ok(slugs)
    }

    /// What lies loose in the folder of protocols (relative to the root): beside the protocols, and in
    /// those folders of `slugs`, which are none; and what lies in the root, in the folder of skabeloner and
    /// in hidden folders. Other folders of the root are not rusprot's.
    pub fn loose(&self, folder: &str, slugs: &[&str]) -> Result<LooseFiles> {
        let mut loose = LooseFiles::default();
        if !self.looks_at_loose {
            return Ok(loose);
        }
        let root = match &self.files {
            Some(_) => Vec::new(),
            None => fs::list(&self.root)?,
        };
        for entry in root {
            let is_own = !entry.is_dir
                || entry.name == SKABELON_FOLDER
                || (entry.name.starts_with('.') && !is_cache(&entry.path));
            if is_own && !is_within(folder, &entry.name) {
                // A name is shown in one way wherever it is printed; the root has others' files too, so an odd one is
                // no finding here.
                let path = shown(&entry.name);
                loose.names.push(path.clone());
                let is_numbered = FileName::parse(&entry.name).is_some();
                let is_protocols = !entry.is_dir && (is_numbered || entry.name == PROTOCOL_FILE);
                let watch = if is_protocols {
                    Watch::Strays
                } else {
                    Watch::Not
                };
                loose.read(self, &entry, &path, watch);
            }
        }
        for entry in self.list(folder)? {
            let path = format!("{folder}/{}", shown(&entry.name));
            let is_unseen = has_hidden(&entry.name);
            if is_unseen {
                loose.findings.push(hidden_name(&path));
            }
            let is_hidden = entry.name.starts_with('.') || is_unseen;
            let is_protocol = entry.is_dir && !is_hidden && !slugs.contains(&entry.name.as_str());
            if !is_protocol {
                loose.names.push(path.clone());
                let watch = if is_unseen { Watch::Not } else { Watch::Strays };
                loose.read(self, &entry, &path, watch);
            }
        }
        Ok(loose)
    }

    /// A folder of the root, other than `folder`, that seems to be the one of the protocols: one with a
    /// `protokol.toml` below it, or called so.
    pub fn protocols_elsewhere(&self, folder: &str) -> Result<Option<String>> {
        if self.files.is_some() {
            return Ok(None);
        }
        let entries = fs::list(&self.root)?.into_iter();
        let folders: Vec<String> = entries
            .filter(|entry| entry.is_dir && !entry.name.starts_with('.'))
            .map(|entry| entry.name)
            .filter(|name| !has_hidden(name) && !is_within(folder, name))
            .collect();
        let has_protocols = |name: &String| {
            let below = self.list(name).unwrap_or_default();
            below.iter().any(|entry| {
                let main = entry.path.join(PROTOCOL_FILE);
                entry.is_dir && fs::metadata(&main).is_some_and(|main| main.is_file())
            })
        };
        let is_called_so = |name: &String| {
            let known = ["protokoller", "protokol", "protocol", "protocols"];
            known.contains(&name.to_lowercase().as_str())
        };
        let has = folders.iter().find(|name| has_protocols(name));
        Ok(has
            .or_else(|| folders.iter().find(|name| is_called_so(name)))
            .cloned())
    }

    /// Reads the `protokol.toml` of a protocol; `None` where there is none.
    pub fn read_main(&self, folder: &str, slug: &str) -> Result<Option<SourceRead>> {
        self.read(&format!("{folder}/{slug}/{PROTOCOL_FILE}"))
    }

    /// Reads every other file of one protocol, whose `main` is read already; `None` for a folder without a
    /// single TOML file.
    pub fn read_protocol(
        &self,
        folder: &str,
        slug: &str,
        main: Option<SourceRead>,
    ) -> Result<Option<ProtocolFiles>> {
        let mut files = self.main_alone(folder, slug, main);
        if !self.has_folder(&files.path) && files.findings.is_empty() {
            files
                .findings
                .push(unread(&files.path, &fs::Refusal::Outside));
        }
        let mut has_appendices = false;
        let entries = files.entries_of(self, "");
        let paths = files.note_names(&entries, "");
        files.announce(self, &entries, "");
        for (entry, path) in entries.iter().zip(&paths) {
            if entry.name == PROTOCOL_FILE && !entry.is_dir {
                continue;
            }
            if entry.name == APPENDIX_FOLDER && entry.is_dir {
                has_appendices = true;
            } else if let Some(file) = files.numbered(self, entry, path) {
                files.sections.push(file);
            }
        }
        if has_appendices {
            let entries = files.entries_of(self, "bilag/");
            let paths = files.note_names(&entries, "bilag/");
            files.announce(self, &entries, "bilag/");
            for (entry, path) in entries.iter().zip(&paths) {
                if let Some(file) = files.numbered(self, entry, path) {
                    files.appendices.push(file);
                }
            }
        }
        files.sections.sort_by(|a, b| a.name.order(&b.name));
        files.appendices.sort_by(|a, b| a.name.order(&b.name));
        if !files.is_empty() {
            files.findings.append(&mut files.loose.findings);
        }
        let mut strays = files.loose.strays.iter();
        files.incomplete |= strays.any(|stray| stray.seems != Seeming::Other);
        Ok((!files.is_empty()).then_some(files))
    }

    /// One protocol as its `protokol.toml` says, its other files left unread.
    pub fn main_alone(&self, folder: &str, slug: &str, main: Option<SourceRead>) -> ProtocolFiles {
        let mut files = ProtocolFiles {
            folder: Folder::new(self.root.join(folder).join(slug), self.files.clone()),
            slug: slug.to_owned(),
            path: format!("{folder}/{slug}"),
            main: None,
            sections: Vec::new(),
            appendices: Vec::new(),
            findings: Vec::new(),
            loose: LooseFiles::default(),
            incomplete: false,
        };
        files.loose.names.push(files.path.clone());
        files.main = main.and_then(|main| files.keep(main));
        files
    }
}

/// The files of one protocol.
#[derive(Debug)]
pub struct ProtocolFiles {
    /// The folder's name.
    pub slug: String,
    /// The folder itself, for what its texts name.
    pub folder: Folder,
    /// The folder relative to the repository's root, with `/`.
    pub path: String,
    /// `protokol.toml`, where there is one that can be read.
    pub main: Option<Arc<SourceFile>>,
    /// The sections in order.
    pub sections: Vec<NumberedFile>,
    /// The appendices in order.
    pub appendices: Vec<NumberedFile>,
    /// What is wrong with the files as files.
    pub findings: Vec<Finding>,
    /// Whatever else lies in the folder.
    pub loose: LooseFiles,
    /// Whether a file could not be read, so that what seems to be missing may stand in it.
    pub incomplete: bool,
}

/// A section's or an appendix's file.
#[derive(Debug)]
pub struct NumberedFile {
    /// Its number and name.
    pub name: FileName,
    /// Its text.
    pub file: Arc<SourceFile>,
}

/// Whether a folder is one that a program fills for itself.
fn is_cache(folder: &Path) -> bool {
    let marks = ["CACHEDIR.TAG", "pyvenv.cfg"];
    marks
        .iter()
        .any(|mark| fs::metadata(&folder.join(mark)).is_some())
}

/// Whether a path is the folder of this name, or lies in it.
fn is_within(path: &str, name: &str) -> bool {
    path.split('/').next() == Some(name)
}

impl ProtocolFiles {
    fn is_empty(&self) -> bool {
        self.main.is_none()
            && self.sections.is_empty()
            && self.appendices.is_empty()
            && self.findings.is_empty()
    }

    /// The file, or `None` with its finding kept.
    fn keep(&mut self, read: SourceRead) -> Option<Arc<SourceFile>> {
        match read {
            Ok(file) => Some(file),
            Err(finding) => {
                self.incomplete = true;
                self.loose.texts.push(Arc::clone(&finding.place.file));
                self.findings.push(*finding);
                None
            }
        }
    }

    /// The paths of a folder's entries as they are shown, in their order; they are noted. `under` is the folder in the
    /// protocol's.
    fn note_names(&mut self, entries: &[fs::Entry], under: &str) -> Vec<String> {
        let path = |entry: &fs::Entry| format!("{}/{under}{}", self.path, shown(&entry.name));
        let paths: Vec<String> = entries.iter().map(path).collect();
        self.loose.names.extend_from_slice(&paths);
        paths
    }

    /// The paths of the files that were read, also those that are no text.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let numbered = self.sections.iter().chain(&self.appendices);
        let read = self.main.iter().chain(numbered.map(|one| &one.file));
        let unread = self.findings.iter();
        let unread =
            unread.filter(|finding| matches!(finding.code, Code::Tegnsaet | Code::UlaeseligFil));
        let unread = unread.map(|finding| &finding.place.file);
        read.chain(unread).map(|file| file.path())
    }

    /// Says which entries of a folder are about to be read.
    fn announce(&self, repository: &Repository, entries: &[fs::Entry], under: &str) {
        let is_read = |entry: &&fs::Entry| !entry.is_dir && FileName::parse(&entry.name).is_some();
        let read = entries.iter().filter(is_read);
        repository.announce(read.map(|entry| format!("{}/{under}{}", self.path, entry.name)));
    }

    /// What lies in the protocol's folder, or in the folder `under` it; a finding where it cannot be looked at.
    fn entries_of(&mut self, repository: &Repository, under: &str) -> Vec<fs::Entry> {
        let folder = format!("{}/{under}", self.path);
        let folder = folder.trim_end_matches('/');
        repository.list(folder).unwrap_or_else(|error| {
            self.incomplete = true;
            self.findings.push(unread_folder(folder, &error));
            Vec::new()
        })
    }

    fn look_at_loose(
        &mut self,
        repository: &Repository,
        entry: &fs::Entry,
        path: &str,
        watch: Watch,
    ) {
        if repository.looks_at_loose {
            self.loose.read(repository, entry, path, watch);
        }
    }

    /// Whether there is anything to tell of an entry that is no section. Where names have no capitals, `protokol.toml`
    /// may have been read by another one.
    fn watch(&self, name: &str) -> Watch {
        let listed = |path: &str| self.loose.names.iter().any(|name| name == path);
        let is_main = name.eq_ignore_ascii_case(PROTOCOL_FILE)
            && self.main.is_some()
            && !listed(&format!("{}/{PROTOCOL_FILE}", self.path));
        if is_main { Watch::Not } else { Watch::Strays }
    }

    /// Reads an entry that may be a section, whose name is noted.
    fn numbered(
        &mut self,
        repository: &Repository,
        entry: &fs::Entry,
        path: &str,
    ) -> Option<NumberedFile> {
        if has_hidden(&entry.name) {
            self.findings.push(hidden_name(path));
            self.look_at_loose(repository, entry, path, Watch::Not);
            return None;
        }
        let is_toml = !entry.name.starts_with('.') && strip_toml(&entry.name).is_some();
        let is_elsewhere = !entry.is_dir && (is_copy(&entry.name) || is_main(&entry.name));
        if !is_toml || is_elsewhere {
            self.look_at_loose(repository, entry, path, self.watch(&entry.name));
            return None;
        }
        if entry.is_dir {
            self.look_at_loose(repository, entry, path, Watch::Not);
            self.findings.push(
                odd(
                    path,
                    "Det er en mappe, men navnet slutter på .toml som en fil.",
                )
                .with_help("Giv mappen et andet navn, eller slet den, hvis den er tom."),
            );
            return None;
        }
        let Some(name) = FileName::parse(&entry.name) else {
            let (message, help) = misnamed(&entry.name);
            self.findings.push(odd(path, &message).with_help(help));
            self.look_at_loose(repository, entry, path, Watch::Not);
            return None;
        };
        let read = repository.read_entry(entry, path)?;
        self.keep(read).map(|file| NumberedFile { name, file })
    }
}

/// What is wrong with a name that is not `NN-<name>.toml`, and the name to give the file.
fn misnamed(name: &str) -> (String, String) {
    const NOT_PRINTED: &str = "så den kommer ikke med i protokollen.";
    let stem = strip_toml(name).unwrap_or(name);
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = stem.split_at(digits);
    let wish = section_name(name);
    if number.is_empty() {
        let message = format!("Filen har intet nummer først i navnet, {NOT_PRINTED}");
        let help = format!(
            "Giv filen et nummer, en bindestreg og et navn, for eksempel {wish}. Nummeret bestemmer rækkefølgen."
        );
        return (message, help);
    }
    let sign = rest.chars().next();
    let message = match sign {
        None => format!("Filen har et nummer, men intet navn, {NOT_PRINTED}"),
        Some('-') => format!("Nummeret eller navnet kan ikke læses, {NOT_PRINTED}"),
        Some(' ') => {
            format!("Efter nummeret står der et mellemrum og ikke en bindestreg, {NOT_PRINTED}")
        }
        Some('–' | '—' | '−' | '‐' | '‑') => format!(
            "Efter nummeret står der en tankestreg (–) og ikke en bindestreg (-), {NOT_PRINTED}"
        ),
        Some(sign) => {
            format!("Efter nummeret står der »{sign}« og ikke en bindestreg, {NOT_PRINTED}")
        }
    };
    (message, format!("Giv filen navnet {wish}"))
}

/// A finding about a file's name or kind.
fn odd(path: &str, message: &str) -> Finding {
    let file = Arc::new(SourceFile::new(path, ""));
    Finding::new(Code::ForkertType, Place::top(&file), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_name_is_told_with_the_name_to_give() {
        for (name, sign, wish) in [
            ("07–gaester.toml", "tankestreg", "07-gaester.toml"),
            ("1 Hvad er.toml", "mellemrum", "1-hvad-er.toml"),
            ("3_regler.toml", "»_«", "3-regler.toml"),
            ("4. Gæster.toml", "».«", "4-gaester.toml"),
            ("12.toml", "intet navn", "12-afsnit.toml"),
            ("husorden.toml", "intet nummer", "09-husorden.toml"),
            ("99999999999-a.toml", "kan ikke læses", "09-a.toml"),
        ] {
            let (message, help) = misnamed(name);
            assert!(message.contains(sign), "{name}: {message}");
            let given = help
                .split(' ')
                .find(|word| word.contains(".toml"))
                .expect("a name");
            let given = given.trim_end_matches('.');
            assert_eq!(given, wish, "{name}");
            assert!(FileName::parse(given).is_some(), "{given}");
        }
    }
}
