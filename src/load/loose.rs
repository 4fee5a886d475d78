//! What lies among the protocols without being part of one: notes, lists, pictures, forgotten copies.
//!
//! None of it is printed, but git keeps it, so a rule looks through it. Pictures, PDF and office files
//! are not opened: their text cannot be read as text.

use std::sync::Arc;

use anyhow::Result;

use super::encoding;
use crate::fs;
use crate::text::SourceFile;

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
}

impl LooseFiles {
    /// Reads an entry whose name is noted already: a file, or a folder with all below it. A linked folder
    /// is left out, since git keeps the link alone.
    pub(super) fn read(&mut self, entry: &fs::Entry, path: &str) -> Result<()> {
        if entry.is_dir {
            if entry.is_link || entry.name == ".git" {
                return Ok(());
            }
            for below in fs::list(&entry.path)? {
                let path = format!("{path}/{}", below.name);
                self.names.push(path.clone());
                self.read(&below, &path)?;
            }
        } else if is_text(&entry.name) {
            let read = encoding::decode(path, fs::read(&entry.path)?);
            self.texts
                .push(read.unwrap_or_else(|finding| finding.place.file));
        }
        Ok(())
    }
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    !ending.is_some_and(|ending| {
        NO_TEXT
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}
