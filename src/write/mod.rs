//! Files to disk: whole or not at all, and nothing touched that has not changed or is somebody else's.
//!
//! Beside the pages lies a list of what was made (`.rusprot.json`), so that a later run removes files that
//! are no longer made, and only those, and knows what a PDF was made from without making it again. A file that
//! is on no list is somebody else's and is left alone, and so is what lies behind a link.

mod lock;
mod together;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use lock::Lock;
pub use together::{Change, together};

use crate::fs::{self, Content, Neighbour};
use crate::text::hex;
use crate::text::visible::shown_path;

/// The list's file name.
const MANIFEST: &str = ".rusprot.json";
const MANIFEST_VERSION: u32 = 1;
/// The files that a run has begun to make and that no list has yet, a line each: so that a run after one that
/// was killed knows them for ours.
const BEGUN: &str = ".rusprot.nye";
/// No list is longer: a thousand institutions have one of half a megabyte.
const LARGEST_LIST: u64 = 100_000_000;
/// No page or PDF that is compared with a new one is larger; a larger one counts as another.
const LARGEST_PAGE: u64 = 500_000_000;

/// How often a write is tried again that another run has got in the way of.
const TRIES: u32 = 5;

/// A folder that pages are written to.
#[derive(Debug)]
pub struct Output {
    /// Where it begins to be ours: no part of a path below is followed if it is a link.
    base: PathBuf,
    folder: PathBuf,
    former: BTreeMap<String, Made>,
    /// The names on the list of files begun, as far as they are known here.
    begun: Mutex<BTreeSet<String>>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new or has another content.
    Changed,
    /// It was there already, byte for byte, and was left alone.
    Same,
    /// It is not written.
    Hindered(Obstacle),
}

/// What lies where a file was to be written. Nothing is done to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A file that no run has made.
    Foreign(PathBuf),
    /// A link on the way.
    Link(PathBuf),
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(path) => write!(
                f,
                "{} har rusprot ikke lavet, så den er ikke rørt",
                shown_path(path)
            ),
            Self::Link(path) => write!(
                f,
                "{} er en genvej, og der bliver ikke skrevet noget gennem den",
                shown_path(path)
            ),
        }
    }
}

impl Output {
    /// Opens a folder that somebody has named for this run, which need not be there yet; it may be reached
    /// through links. A list that cannot be read counts as empty: then nothing is removed.
    pub fn open(folder: &Path) -> Self {
        Self::open_below(folder, "")
    }

    /// Opens a folder by its path below another one, as a repository says: no part of it may be a link.
    pub fn open_below(base: &Path, folder: &str) -> Self {
        let mut output = Self {
            base: base.to_owned(),
            folder: base.join(folder),
            former: BTreeMap::new(),
            begun: Mutex::default(),
        };
        output.former = output.listed();
        output.begun = Mutex::new(output.begun_before());
        output.sweep();
        output
    }

    /// What the list beside the pages says.
    fn listed(&self) -> BTreeMap<String, Made> {
        let bytes = self.own_bytes(MANIFEST, LARGEST_LIST);
        let manifest = bytes.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
        let manifest = manifest.filter(|manifest| manifest.version == MANIFEST_VERSION);
        manifest.map(own_files).unwrap_or_default()
    }

    fn begun_before(&self) -> BTreeSet<String> {
        let bytes = self.own_bytes(BEGUN, LARGEST_LIST).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        text.lines().map(str::to_owned).collect()
    }

    /// Removes what a killed run left of its writes.
    fn sweep(&self) {
        let begun = self.begun_before();
        let known = self.former.keys().chain(&begun).map(String::as_str);
        let known = known.filter(|path| stays_inside(path));
        let folders: BTreeSet<&Path> = known
            .filter_map(|path| Path::new(path).parent())
            .chain([Path::new("")])
            .collect();
        for folder in folders {
            if self.link_on_the_way(&folder.join("x")).is_none() {
                fs::sweep(&self.folder.join(folder));
            }
        }
    }

    /// The first folder on the way to a file that is a link.
    fn link_on_the_way(&self, path: &Path) -> Option<PathBuf> {
        let below = self
            .folder
            .strip_prefix(&self.base)
            .unwrap_or(Path::new(""));
        let mut way = self.base.clone();
        for part in below.join(path).parent()?.components() {
            way.push(part);
            if fs::is_link(&way) {
                return Some(way);
            }
        }
        None
    }

    /// The bytes of a plain file in the folder, reached without a link.
    fn own_bytes(&self, path: &str, most: u64) -> Option<Vec<u8>> {
        let full = self.folder.join(path);
        if self.link_on_the_way(Path::new(path)).is_some() || fs::is_link(&full) {
            return None;
        }
        match fs::read_plain(&full, most) {
            Content::Bytes(bytes) => Some(bytes),
            Content::Missing | Content::Refused(_) => None,
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file (its path relative to the folder, with `/`) unless it is there already, or something is
    /// that is not ours.
    pub fn write(&self, path: &str, content: &[u8]) -> Result<Written> {
        if let Some(link) = self.link_on_the_way(Path::new(path)) {
            return Ok(Written::Hindered(Obstacle::Link(link)));
        }
        if self
            .own_bytes(path, LARGEST_PAGE)
            .is_some_and(|former| former == content)
        {
            return Ok(Written::Same);
        }
        let target = self.folder.join(path);
        let is_there = fs::own_metadata(&target).is_some();
        if is_there && !self.is_ours(path) {
            return Ok(Written::Hindered(Obstacle::Foreign(target)));
        }
        if !is_there {
            self.begin(path)?;
        }
        write_whole(&target, content)?;
        Ok(Written::Changed)
    }

    /// Writes a print, which takes the place of a former one of that name and is on no list.
    pub fn print(&self, name: &str, content: &[u8]) -> Result<Written> {
        if let Some(link) = self.link_on_the_way(Path::new(name)) {
            return Ok(Written::Hindered(Obstacle::Link(link)));
        }
        if self
            .own_bytes(name, LARGEST_PAGE)
            .is_some_and(|former| former == content)
        {
            return Ok(Written::Same);
        }
        write_whole(&self.folder.join(name), content)?;
        Ok(Written::Changed)
    }

    /// Whether a run made the file: a former one, one that was killed, or one that is going on.
    fn is_ours(&self, path: &str) -> bool {
        let begun = || self.begun.lock().is_ok_and(|begun| begun.contains(path));
        self.former.contains_key(path)
            || begun()
            || self.begun_before().contains(path)
            || self.listed().contains_key(path)
    }

    /// Notes that a file is about to be made, before it is.
    fn begin(&self, path: &str) -> Result<()> {
        if self.former.contains_key(path) {
            return Ok(());
        }
        let Ok(mut begun) = self.begun.lock() else {
            bail!("en anden tråd er gået ned");
        };
        if begun.insert(path.to_owned()) {
            let list = self.folder.join(BEGUN);
            if fs::is_link(&list) {
                bail!("{} er en genvej og bliver ikke skrevet", shown_path(&list));
            }
            fs::create_folder(&self.folder)?;
            fs::append(&list, format!("{path}\n").as_bytes())?;
        }
        Ok(())
    }

    /// Whether a file lies there that was made from just these inputs and has not been touched since.
    pub fn is_made_from(&self, path: &str, inputs: &str) -> bool {
        let made = self.former.get(path);
        let made = made.filter(|made| made.inputs.as_deref() == Some(inputs));
        made.is_some_and(|made| {
            self.own_bytes(path, LARGEST_PAGE)
                .is_some_and(|content| made.content.as_deref() == Some(&fingerprint([&*content])))
        })
    }

    /// What the former run remembered of a file.
    pub fn made(&self, path: &str) -> Option<Made> {
        self.former.get(path).cloned()
    }

    /// Whether a former run made the file and it is still there.
    pub fn has(&self, path: &str) -> bool {
        self.former.contains_key(path)
            && self.link_on_the_way(Path::new(path)).is_none()
            && fs::own_metadata(&self.folder.join(path)).is_some()
    }

    /// Ends a run: files of the former run that `kept` does not claim are removed, and the new list is
    /// written.
    pub fn finish(self, made: BTreeMap<String, Made>, kept: &dyn Fn(&str) -> bool) -> Result<()> {
        let mut files = made;
        let mut emptied = BTreeSet::new();
        for (path, former) in &self.former {
            if files.contains_key(path) {
                continue;
            }
            if kept(path) {
                files.insert(path.clone(), former.clone());
            } else if self.link_on_the_way(Path::new(path)).is_none() {
                fs::remove_file(&self.folder.join(path))?;
                let folders = Path::new(path).ancestors().skip(1);
                let below = folders.filter(|folder| !folder.as_os_str().is_empty());
                emptied.extend(below.map(|folder| self.folder.join(folder)));
            }
        }
        // A folder comes after those that hold it, so the innermost goes first.
        for folder in emptied.into_iter().rev() {
            fs::remove_empty_folder(&folder);
        }
        self.write_list(files)
    }

    fn write_list(&self, files: BTreeMap<String, Made>) -> Result<()> {
        if self.link_on_the_way(Path::new(MANIFEST)).is_some() {
            return Ok(());
        }
        let manifest = Manifest {
            version: MANIFEST_VERSION,
            files,
        };
        let mut json =
            serde_json::to_vec_pretty(&manifest).expect("a map of strings is valid JSON");
        json.push(b'\n');
        if self.own_bytes(MANIFEST, LARGEST_LIST).as_ref() != Some(&json) {
            write_whole(&self.folder.join(MANIFEST), &json)?;
        }
        // From now on the list has them.
        let begun = self.folder.join(BEGUN);
        if fs::own_metadata(&begun).is_some() {
            fs::remove_file(&begun)?;
        }
        Ok(())
    }
}

/// The files of a list that lie in the folder: nobody's list may have files elsewhere removed.
fn own_files(manifest: Manifest) -> BTreeMap<String, Made> {
    let mut files = manifest.files;
    files.retain(|path, _| stays_inside(path));
    files
}

fn stays_inside(path: &str) -> bool {
    let mut components = Path::new(path).components();
    !path.is_empty() && components.all(|component| matches!(component, Component::Normal(_)))
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
    hex(&hasher.finalize())
}

/// Writes a page through a neighbour and a rename, so that a reader sees the old or the new one whole. Who
/// may read and write a file that was there stays as it was.
fn write_whole(target: &Path, content: &[u8]) -> Result<()> {
    let folder = target.parent().unwrap_or(Path::new(""));
    let once = || -> io::Result<()> {
        let neighbour = Neighbour::with(folder, content)?;
        neighbour.take_permissions(target);
        neighbour.replace(target)
    };
    let mut tries = TRIES;
    loop {
        match once() {
            // Another run may take an empty folder away, or sweep a neighbour that it saw before it was held.
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries > 0 => {
                tries -= 1;
                fs::create_folder(folder)?;
            }
            written => {
                return written
                    .with_context(|| format!("kan ikke skrive filen {}", shown_path(target)));
            }
        }
    }
}

/// Writes an author's file, whole or not at all, and waits until the disk has it. `is_as_read` is asked at the
/// last moment about what the file holds then: what somebody has saved meanwhile is not lost.
///
/// # Errors
/// Where the file is another by now, and where the disk fails; it is then as it was.
pub fn replace(target: &Path, content: &[u8], is_as_read: &dyn Fn(&[u8]) -> bool) -> Result<()> {
    let folder = target.parent().unwrap_or(Path::new(""));
    fs::sweep(folder);
    let context = || format!("kan ikke skrive filen {}", shown_path(target));
    let neighbour = Neighbour::with(folder, content).with_context(context)?;
    neighbour.take_permissions(target);
    neighbour.sync().with_context(context)?;
    if !fs::read_if_there(target)?.is_some_and(|bytes| is_as_read(&bytes)) {
        bail!(
            "filen {} er ændret, mens kommandoen kørte. Den er ikke skrevet. Kør kommandoen igen.",
            shown_path(target)
        );
    }
    neighbour.replace(target).with_context(context)?;
    fs::sync_folder(folder);
    Ok(())
}

/// Writes an author's file where there is none, whole or not at all; folders are made.
///
/// # Errors
/// Where something is there, and where the disk fails.
pub fn create(target: &Path, content: &[u8]) -> Result<()> {
    if fs::own_metadata(target).is_some() {
        bail!(
            "filen {} er kommet til, mens kommandoen kørte. Den er ikke skrevet. Kør kommandoen igen.",
            target.display()
        );
    }
    write_whole(target, content)?;
    fs::sync_folder(target.parent().unwrap_or(Path::new("")));
    Ok(())
}

/// Writes a result to the file that somebody has named, whole or not at all. Behind a link the file itself is
/// written; what is no plain file, such as a pipe, takes it as it comes.
///
/// # Errors
/// Where the disk fails; a file that was there is then as it was.
pub fn result(path: &Path, content: &[u8]) -> Result<Written> {
    let target = fs::real_path(path);
    let target = target.as_deref().unwrap_or(path);
    let is_plain = fs::own_metadata(target).is_none_or(|metadata| metadata.is_file());
    let folder = target.parent().unwrap_or(Path::new(""));
    let has_folder = folder.as_os_str().is_empty() || fs::metadata(folder).is_some();
    if !is_plain || !has_folder {
        return fs::write(path, content).map(|()| Written::Changed);
    }
    if matches!(fs::read_plain(target, LARGEST_PAGE), Content::Bytes(bytes) if bytes == content) {
        return Ok(Written::Same);
    }
    fs::sweep(folder);
    let written = Neighbour::with(folder, content).and_then(|neighbour| {
        neighbour.take_permissions(target);
        neighbour.replace(target)
    });
    match written {
        // A folder that takes no new file may hold one that can be written.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => fs::write(path, content)?,
        written => {
            written.with_context(|| format!("kan ikke skrive filen {}", shown_path(path)))?;
        }
    }
    Ok(Written::Changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_has_saved_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("protokol.toml");
        fs::write(&file, b"gemt").expect("a file");
        let error = replace(&file, b"ny", &|bytes| bytes == b"som det var");
        let error = error.expect_err("it is another by now").to_string();
        assert!(
            error.contains("er ændret, mens kommandoen kørte"),
            "{error}"
        );
        assert_eq!(fs::read(&file).expect("it is there"), b"gemt");
        replace(&file, b"ny", &|bytes| bytes == b"gemt").expect("it is as it was read");
        assert_eq!(fs::read(&file).expect("it is there"), b"ny");
        assert_eq!(fs::list(folder.path()).expect("a folder").len(), 1);
    }

    #[test]
    fn a_file_is_swept_only_when_nobody_holds_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = Neighbour::with(folder.path(), b"x").expect("room");
        let left = folder.path().join(".rusprot-forladt.tmp");
        fs::write(&left, b"x").expect("a file");
        fs::sweep(folder.path());
        assert!(fs::own_metadata(&left).is_none());
        held.replace(&folder.path().join("a"))
            .expect("it was not swept");
    }

    #[test]
    fn a_file_of_somebody_else_is_kept_and_one_begun_by_a_killed_run_is_ours() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("a/egen.html");
        fs::create_folder(&folder.path().join("a")).expect("a folder");
        fs::write(&own, b"egen").expect("a file");
        let output = Output::open(folder.path());
        let written = output.write("a/egen.html", b"side").expect("room");
        assert_eq!(written, Written::Hindered(Obstacle::Foreign(own.clone())));
        assert_eq!(fs::read(&own).expect("it is there"), b"egen");
        assert_eq!(
            output.write("a/b.html", b"1").expect("room"),
            Written::Changed
        );
        // The run ends here, without its list.
        drop(output);
        let next = Output::open(folder.path());
        assert_eq!(
            next.write("a/b.html", b"2").expect("room"),
            Written::Changed
        );
    }
}
