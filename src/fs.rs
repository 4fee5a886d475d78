//! The file system, with errors that name the path.
//!
//! `clippy.toml` forbids the bare `std::fs` calls elsewhere, so that no message reads "No such file
//! or directory" without saying which.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

use crate::interrupt::Temporary;
use crate::text::visible::shown_path;

/// One entry of a folder.
#[derive(Debug)]
pub struct Entry {
    /// The name without its folder; characters that are not Unicode are replaced.
    pub name: String,
    /// The whole path.
    pub path: PathBuf,
    /// Whether it is a folder, links followed.
    pub is_dir: bool,
    /// Whether it is a link to what it stands for.
    pub is_link: bool,
}

/// Reads a file whole.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    fs::read(path).with_context(|| format!("kan ikke læse filen {}", shown_path(path)))
}

/// What reading a file that nobody vouches for gave.
#[derive(Debug)]
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// There is none, or no longer.
    Missing,
    /// It is not read.
    Refused(Refusal),
}

/// Why a file is not read.
#[derive(Debug)]
pub enum Refusal {
    /// It lies outside the folder that everything is to lie in, once links are followed.
    Outside,
    /// It is a folder, a pipe, a device: reading it might never end.
    NotAFile,
    /// It has more bytes than this.
    TooLarge(u64),
    /// The system does not let us.
    Unreadable(io::Error),
}

/// Reads a plain file that lies in `home` (a real path) once links are followed, up to `most` bytes.
pub fn read_within(home: &Path, path: &Path, most: u64) -> Content {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    match fs::canonicalize(path) {
        Ok(real) if real.starts_with(home) => read_plain(&real, most),
        Ok(_) => Content::Refused(Refusal::Outside),
        Err(error) => unread(error),
    }
}

/// Reads a plain file up to `most` bytes. Nothing but a plain file is opened, so no pipe is waited for.
pub fn read_plain(path: &Path, most: u64) -> Content {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return unread(error),
    };
    if !metadata.is_file() {
        return Content::Refused(Refusal::NotAFile);
    }
    if metadata.len() > most {
        return Content::Refused(Refusal::TooLarge(most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    let read = fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    match read {
        // Some files say that they are empty and never end.
        Ok(_) if bytes.len() as u64 > most => Content::Refused(Refusal::TooLarge(most)),
        Ok(_) => Content::Bytes(bytes),
        Err(error) => unread(error),
    }
}

fn unread(error: io::Error) -> Content {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Content::Missing,
        _ => Content::Refused(Refusal::Unreadable(error)),
    }
}

/// Reads the first bytes of a file, all of them where it has fewer.
pub fn read_start(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut start = Vec::new();
    let file = fs::File::open(path);
    file.and_then(|file| file.take(most).read_to_end(&mut start))
        .with_context(|| format!("kan ikke læse filen {}", shown_path(path)))?;
    Ok(start)
}

/// Reads a file whole; `None` where there is none.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => {
            Err(error).with_context(|| format!("kan ikke læse filen {}", shown_path(path)))
        }
    }
}

/// The entries of a folder in the order of their names; an absent folder has none.
///
/// A link that leads nowhere is left out: there is nothing to read behind it. So is what a write of ours is
/// under way with.
pub fn list(folder: &Path) -> Result<Vec<Entry>> {
    let context = || format!("kan ikke læse mappen {}", shown_path(folder));
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(context),
    };
    let mut list = Vec::new();
    for entry in entries {
        let entry = entry.with_context(context)?;
        if is_temporary(&entry.file_name()) {
            continue;
        }
        let path = entry.path();
        let kind = entry.file_type().with_context(context)?;
        let is_dir = if kind.is_symlink() {
            match metadata(&path) {
                Some(metadata) => metadata.is_dir(),
                None => continue,
            }
        } else {
            kind.is_dir()
        };
        list.push(Entry {
            name: entry.file_name().to_string_lossy().into_owned(),
            path,
            is_dir,
            is_link: kind.is_symlink(),
        });
    }
    list.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(list)
}

/// What tells that a file is another than before, without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    modified: Option<std::time::SystemTime>,
    len: u64,
    /// Which file it is, where the system has numbers for them: a rename brings another.
    id: u64,
}

/// The marks of all files below a folder, down to so many levels of folders; links are followed to files and
/// not to folders. What cannot be looked at counts as not there.
pub fn marks(folder: &Path, depth: usize, found: &mut std::collections::BTreeMap<PathBuf, Mark>) {
    #[expect(
        clippy::disallowed_methods,
        reason = "what cannot be listed is not there"
    )]
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if is_temporary(&entry.file_name()) {
            continue;
        }
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        let path = entry.path();
        if kind.is_dir() {
            if depth > 0 {
                marks(&path, depth - 1, found);
            }
        } else if let Some(mark) = mark(&path) {
            found.insert(path, mark);
        }
    }
}

/// The mark of a plain file; `None` where there is none.
pub fn mark(path: &Path) -> Option<Mark> {
    let metadata = metadata(path).filter(Metadata::is_file)?;
    #[cfg(unix)]
    let id = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let id = 0;
    Some(Mark {
        modified: metadata.modified().ok(),
        len: metadata.len(),
        id,
    })
}

/// How the file begins and ends that a write is under way with, beside the file it is to become.
const TEMPORARY: (&str, &str) = (".rusprot-", ".tmp");

/// Whether a file has the name of one that a write is, or was, under way with.
pub fn is_temporary(name: &OsStr) -> bool {
    let (start, end) = TEMPORARY;
    let name = name.as_encoded_bytes();
    name.starts_with(start.as_bytes()) && name.ends_with(end.as_bytes())
}

/// What stands at a path, links followed; `None` where nothing can be reached.
pub fn metadata(path: &Path) -> Option<Metadata> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    fs::metadata(path).ok()
}

/// The path with every link and `..` resolved; `None` where nothing can be reached.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    fs::canonicalize(path).ok()
}

/// Makes a folder and those above it.
pub fn create_folder(path: &Path) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    fs::create_dir_all(path)
        .with_context(|| format!("kan ikke oprette mappen {}", shown_path(path)))
}

/// Removes a file; one that is gone already is no error.
pub fn remove_file(path: &Path) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    match step().and_then(|()| fs::remove_file(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("kan ikke slette filen {}", shown_path(path)))
        }
        _ => Ok(()),
    }
}

/// Gives a file another name in place of nothing: the caller has seen that nothing is there.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    let renamed = step().and_then(|()| fs::rename(from, to));
    renamed.with_context(|| format!("kan ikke omdøbe filen {}", shown_path(from)))
}

/// Removes a folder if it is empty; leaves it otherwise.
pub fn remove_empty_folder(path: &Path) {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    let _not_empty_is_fine = fs::remove_dir(path);
}

/// What stands at a path itself, a link not followed; `None` where nothing can be reached.
pub fn own_metadata(path: &Path) -> Option<Metadata> {
    fs::symlink_metadata(path).ok()
}

/// Whether a path is a link to something else.
pub fn is_link(path: &Path) -> bool {
    own_metadata(path).is_some_and(|metadata| metadata.is_symlink())
}

/// A new file beside another, which it may replace in one step. Its name cannot be foreseen. It goes away with
/// the value, and when a signal ends the program; one that was left by a killed program is swept away later.
#[derive(Debug)]
pub struct Neighbour {
    file: NamedTempFile,
    _noted: Temporary,
}

impl Neighbour {
    /// Makes the file in a folder, with these bytes. Who may read it is for the system to say, as with every
    /// new file.
    pub fn with(folder: &Path, bytes: &[u8]) -> io::Result<Self> {
        let (start, end) = TEMPORARY;
        let mut builder = tempfile::Builder::new();
        builder.prefix(start).suffix(end).rand_bytes(12);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        step()?;
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let file = builder.tempfile_in(folder)?;
        let noted = Temporary::at(file.path());
        // Held as long as the file is open: the sign that it is no left-over. A file system that has no locks
        // sweeps nothing either.
        let _no_locks = file.as_file().try_lock();
        let mut neighbour = Self {
            file,
            _noted: noted,
        };
        step()?;
        neighbour.file.write_all(bytes)?;
        Ok(neighbour)
    }

    /// Lets the same people own, read and write it as another file, if that is there and the system lets us.
    pub fn take_permissions(&self, of: &Path) {
        let Some(metadata) = metadata(of) else { return };
        let file = self.file.as_file();
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let (user, group) = (metadata.uid(), metadata.gid());
            let _content_matters_more = std::os::unix::fs::fchown(file, Some(user), Some(group));
        }
        let _content_matters_more = file.set_permissions(metadata.permissions());
    }

    /// Waits until the disk has it.
    pub fn sync(&self) -> io::Result<()> {
        step()?;
        self.file.as_file().sync_all()
    }

    /// Gives it the name of another file, in place of what stood there.
    pub fn replace(mut self, target: &Path) -> io::Result<()> {
        step()?;
        #[expect(clippy::disallowed_methods, reason = "the caller names the path")]
        fs::rename(self.file.path(), target)?;
        self.file.disable_cleanup(true);
        Ok(())
    }
}

/// A killed program removes nothing.
#[cfg(test)]
impl Drop for Neighbour {
    fn drop(&mut self) {
        if trouble::is_killed() {
            self.file.disable_cleanup(true);
        }
    }
}

/// Waits until the disk has a folder's names; a system that cannot do that is no error.
pub fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    let _no_such_wait = fs::File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _no_such_wait = folder;
}

/// Removes from a folder what a killed program left of its writes, and nothing that somebody is writing now.
pub fn sweep(folder: &Path) {
    #[expect(
        clippy::disallowed_methods,
        reason = "what cannot be listed is not swept"
    )]
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_temporary(&entry.file_name()) {
            let path = entry.path();
            let file = fs::File::open(&path);
            if file.is_ok_and(|file| file.try_lock().is_ok()) {
                let _in_the_way_of_nobody = remove_file(&path);
            }
        }
    }
}

/// Opens a file to be locked, which is made where there is none.
pub fn open_or_make(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(false).write(true).open(path)
}

/// Adds to the end of a file, which is made where there is none: for a file that others write to as well.
pub fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    let options = || fs::OpenOptions::new().create(true).append(true).open(path);
    let file = step().and_then(|()| options());
    file.and_then(|mut file| file.write_all(bytes))
        .with_context(|| format!("kan ikke skrive filen {}", shown_path(path)))
}

/// Writes a file that is not there yet, and says whether it did: one that is there is left as it is.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<bool> {
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path);
    match file.and_then(|mut file| file.write_all(bytes)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => {
            Err(error).with_context(|| format!("kan ikke skrive filen {}", path.display()))
        }
    }
}

/// Writes a file in place; for fresh folders of our own only. Everything an institution keeps is
/// written by `write`, through a temporary file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    let written = fs::write(path, bytes);
    written.with_context(|| match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && metadata(folder).is_none() => format!(
            "kan ikke skrive filen {}: mappen {} findes ikke. Opret den, eller vælg en anden.",
            shown_path(path),
            shown_path(folder)
        ),
        _ => format!("kan ikke skrive filen {}", shown_path(path)),
    })
}

/// What every change of the disk passes first. In tests of this crate the disk can be full, or the program
/// killed, at any of them; otherwise nothing happens here.
#[cfg(not(test))]
fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use trouble::step;

/// A disk that fails at a certain change.
#[cfg(test)]
pub mod trouble {
    use std::cell::Cell;
    use std::io;

    thread_local! {
        /// How many changes are still made, and what happens then.
        static LEFT: Cell<Option<(usize, Trouble)>> = const { Cell::new(None) };
    }

    /// What happens at a change of the disk.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Trouble {
        /// There is no room; what comes after it goes well.
        Full,
        /// The program is gone: nothing after it is done.
        Killed,
    }

    pub(super) fn step() -> io::Result<()> {
        match LEFT.get() {
            None => Ok(()),
            Some((0, Trouble::Full)) => {
                LEFT.set(None);
                Err(io::ErrorKind::StorageFull.into())
            }
            Some((0, Trouble::Killed)) => Err(io::ErrorKind::Interrupted.into()),
            Some((left, trouble)) => {
                LEFT.set(Some((left - 1, trouble)));
                Ok(())
            }
        }
    }

    /// Whether the program counts as killed.
    pub(super) fn is_killed() -> bool {
        matches!(LEFT.get(), Some((0, Trouble::Killed)))
    }

    /// Does something, with trouble at the change after so many; says whether it came to that.
    pub fn after<R>(changes: usize, trouble: Trouble, then: impl FnOnce() -> R) -> (R, bool) {
        LEFT.set(Some((changes, trouble)));
        let result = then();
        let left = LEFT.replace(None);
        let came = !matches!(left, Some((left, _)) if left > 0);
        (result, came)
    }
}
