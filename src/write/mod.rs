//! Pages to disk: whole or not at all, and nothing touched that has not changed.
//!
//! A list of what was made lies beside the pages (`.rusprot.json`), so that a later run removes files that
//! are no longer made, and only those, and knows what a PDF was made from without making it again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::fs;

/// The list's file name.
const MANIFEST: &str = ".rusprot.json";
const MANIFEST_VERSION: u32 = 1;

/// A folder that pages are written to.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    former: BTreeMap<String, Made>,
}

/// What is remembered of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The fingerprint of what it was made from, where making it is costly.
    #[serde(skip_serializing_if = "Option::is_none")]
    inputs: Option<String>,
    /// The fingerprint of the file itself, where `inputs` is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    version: u32,
    files: BTreeMap<String, Made>,
}

/// How writing a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new or has another content.
    Changed,
    /// It was there already, byte for byte, and was left alone.
    Same,
}

impl Output {
    /// Opens a folder, which need not be there yet. A list that cannot be read counts as empty: then
    /// nothing is removed.
    pub fn open(folder: &Path) -> Result<Self> {
        let manifest = fs::read_if_there(&folder.join(MANIFEST))?
            .and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok())
            .filter(|manifest| manifest.version == MANIFEST_VERSION);
        Ok(Self {
            folder: folder.to_owned(),
            former: manifest.map(own_files).unwrap_or_default(),
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file (its path relative to the folder, with `/`) unless it is there already.
    pub fn write(&self, path: &str, content: &[u8]) -> Result<Written> {
        let target = self.folder.join(path);
        if fs::read_if_there(&target)?.is_some_and(|former| former == content) {
            return Ok(Written::Same);
        }
        write_whole(&target, content)?;
        Ok(Written::Changed)
    }

    /// Whether a file lies there that was made from just these inputs and has not been touched since.
    pub fn is_made_from(&self, path: &str, inputs: &str) -> Result<bool> {
        let Some(made) = self
            .former
            .get(path)
            .filter(|made| made.inputs.as_deref() == Some(inputs))
        else {
            return Ok(false);
        };
        let content = fs::read_if_there(&self.folder.join(path))?;
        Ok(content
            .is_some_and(|content| made.content.as_deref() == Some(&fingerprint([&*content]))))
    }

    /// What the former run remembered of a file.
    pub fn made(&self, path: &str) -> Option<Made> {
        self.former.get(path).cloned()
    }

    /// Whether a former run made the file and it is still there.
    pub fn has(&self, path: &str) -> bool {
        self.former.contains_key(path) && fs::metadata(&self.folder.join(path)).is_some()
    }

    /// Ends a run: files of the former run that `kept` does not claim are removed, and the new list is
    /// written.
    pub fn finish(self, made: BTreeMap<String, Made>, kept: &dyn Fn(&str) -> bool) -> Result<()> {
        let mut files = made;
        let mut emptied = BTreeSet::new();
        for (path, former) in self.former {
            if files.contains_key(&path) {
                continue;
            }
            if kept(&path) {
                files.insert(path, former);
            } else {
                let target = self.folder.join(&path);
                fs::remove_file(&target)?;
                let folders = Path::new(&path).ancestors().skip(1);
                let below = folders.filter(|folder| !folder.as_os_str().is_empty());
                emptied.extend(below.map(|folder| self.folder.join(folder)));
            }
        }
        // A folder comes after those that hold it, so the innermost goes first.
        for folder in emptied.into_iter().rev() {
            fs::remove_empty_folder(&folder);
        }
        let manifest = Manifest {
            version: MANIFEST_VERSION,
            files,
        };
        let mut json =
            serde_json::to_vec_pretty(&manifest).expect("a map of strings is valid JSON");
        json.push(b'\n');
        let target = self.folder.join(MANIFEST);
        if fs::read_if_there(&target)?.is_none_or(|former| former != json) {
            write_whole(&target, &json)?;
        }
        Ok(())
    }
}

/// The files of a list that lie in the folder: nobody's list may have files elsewhere removed.
fn own_files(manifest: Manifest) -> BTreeMap<String, Made> {
    let mut files = manifest.files;
    files.retain(|path, _| {
        let mut components = Path::new(path).components();
        !path.is_empty() && components.all(|component| matches!(component, Component::Normal(_)))
    });
    files
}

impl Made {
    /// A file that is made from scratch every time.
    pub fn plain() -> Self {
        Self::default()
    }

    /// A file that is kept as long as its inputs stay the same.
    pub fn from_inputs(inputs: String, content: &[u8]) -> Self {
        Self {
            inputs: Some(inputs),
            content: Some(fingerprint([content])),
        }
    }
}

/// SHA-256 over some pieces, told apart by their lengths, in hexadecimal.
pub fn fingerprint<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update((piece.len() as u64).to_le_bytes());
        hasher.update(piece);
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Writes a file through a neighbour and a rename, so that a reader sees the old or the new one whole. Who
/// may read and write a file that was there stays as it was.
pub fn write_whole(target: &Path, content: &[u8]) -> Result<()> {
    let folder = target.parent().unwrap_or(Path::new(""));
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let neighbour = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let mut written = fs::write(&neighbour, content);
    if written.is_err() && fs::metadata(folder).is_none() {
        fs::create_folder(folder)?;
        written = fs::write(&neighbour, content);
    }
    let replaced = written.and_then(|()| {
        fs::take_permissions(target, &neighbour);
        fs::rename(&neighbour, target)
    });
    replaced.inspect_err(|_| {
        // Half a neighbour is of no use to anybody; that it cannot be removed either changes nothing.
        let _left_behind = fs::remove_file(&neighbour);
    })
}
