//! What lies among the protocols without being part of one: notes, lists, pictures, forgotten copies.
//!
//! None of it is printed, but git keeps it, so a rule looks through it. Pictures, PDF and office files
//! are not opened: their text cannot be read as text.

use std::sync::Arc;

use super::encoding;
use super::repository::Repository;
use super::source::{LARGEST_LOOSE, unread, unread_folder};
use super::stray::Stray;
use crate::diag::Finding;
use crate::fs::{self, Content, Refusal};
use crate::text::SourceFile;
use crate::text::visible::shown;

/// Endings of files whose bytes are no text.
const NO_TEXT: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "heic", "tif", "tiff", "ico", "pdf", "doc", "docx", "xls",
    "xlsx", "ppt", "pptx", "odt", "ods", "zip", "gz", "7z", "mp3", "mp4", "mov", "ttf", "otf",
    "woff", "woff2",
];

/// Loose files and the names of everything in a folder.
#[derive(Clone, Debug, Default)]
pub struct LooseFiles {
    /// The path of every file and folder, its own folder first, relative to the root with `/`.
    pub names: Vec<String>,
    /// The loose files that are text, in any encoding, as far as it can be shown.
    pub texts: Vec<Arc<SourceFile>>,
    /// What could not be looked through.
    pub findings: Vec<Finding>,
    /// The files that somebody may take for part of a protocol: not the hidden ones, not what `.gitignore` names,
    /// and not what a system lays there for itself.
    pub strays: Vec<Stray>,
}

/// Whether a file that is read here may be a stray.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Watch {
    /// It may.
    Strays,
    /// There is nothing to tell of it, or it is told of already.
    Not,
}

impl LooseFiles {
    /// Reads an entry whose name is noted already: a file, or a folder with all below it. What git does not
    /// keep is left out: a linked folder, of which it has the link alone, what lies outside the repository
    /// and what is no file.
    pub(super) fn read(
        &mut self,
        repository: &Repository,
        entry: &fs::Entry,
        path: &str,
        watch: Watch,
    ) {
        let is_stray = watch == Watch::Strays
            && !is_nobodys(&entry.name)
            && !repository.is_ignored(path, entry.is_dir);
        let watch = if is_stray { Watch::Strays } else { Watch::Not };
        if entry.is_dir {
            if !entry.is_link && entry.name != ".git" {
                self.read_folder(repository, entry, path, watch);
            }
            return;
        }
        let mut stray = Stray::closed(path);
        if is_text(&entry.name) {
            match repository.content_of(entry, path, LARGEST_LOOSE) {
                Content::Bytes(bytes) => {
                    let read = encoding::decode(path, &bytes);
                    let file = read.unwrap_or_else(|finding| finding.place.file);
                    if is_stray {
                        stray = Stray::read(&file);
                    }
                    self.texts.push(file);
                }
                Content::Missing | Content::Refused(Refusal::Outside | Refusal::NotAFile) => {}
                Content::Refused(refusal) => self.findings.push(unread(path, &refusal)),
            }
        }
        if is_stray {
            self.strays.push(stray);
        }
    }

    fn read_folder(
        &mut self,
        repository: &Repository,
        entry: &fs::Entry,
        path: &str,
        watch: Watch,
    ) {
        match repository.entries_in(entry, path) {
            Ok(entries) => {
                for below in entries {
                    let path = format!("{path}/{}", shown(&below.name));
                    self.names.push(path.clone());
                    self.read(repository, &below, &path, watch);
                }
            }
            Err(error) => self.findings.push(unread_folder(path, &error)),
        }
    }
}

/// Whether a file or folder is hidden, tells of the folder it lies in, or is laid there by a system.
fn is_nobodys(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let about = ["readme", "læsmig", "laesmig"];
    let systems = ["thumbs.db", "desktop.ini"];
    name.starts_with('.')
        || about.contains(&stem.to_lowercase().as_str())
        || systems.contains(&name.to_lowercase().as_str())
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    !ending.is_some_and(|ending| {
        NO_TEXT
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}
