//! The file system, with errors that name the path.
//!
//! `clippy.toml` forbids the bare `std::fs` calls elsewhere, so that no message reads "No such file
//! or directory" without saying which.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

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
    fs::read(path).with_context(|| format!("kan ikke læse filen {}", path.display()))
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
        .with_context(|| format!("kan ikke læse filen {}", path.display()))?;
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
        Err(error) => Err(error).with_context(|| format!("kan ikke læse filen {}", path.display())),
    }
}

/// The entries of a folder in the order of their names; an absent folder has none.
///
/// A link that leads nowhere is left out: there is nothing to read behind it. So is what a write of ours is
/// under way with.
pub fn list(folder: &Path) -> Result<Vec<Entry>> {
    let context = || format!("kan ikke læse mappen {}", folder.display());
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
    fs::create_dir_all(path).with_context(|| format!("kan ikke oprette mappen {}", path.display()))
}

/// Removes a file; one that is gone already is no error.
pub fn remove_file(path: &Path) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("kan ikke slette filen {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a folder if it is empty; leaves it otherwise.
pub fn remove_empty_folder(path: &Path) {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    let _not_empty_is_fine = fs::remove_dir(path);
}

/// Lets the same people read and write a file as another one, if that is there. A file system that has no
/// permissions to set is no error.
pub fn take_permissions(of: &Path, file: &Path) {
    if let Some(metadata) = metadata(of) {
        let _content_matters_more = fs::set_permissions(file, metadata.permissions());
    }
}

/// Gives a file another name in one step, in place of what stood there.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    fs::rename(from, to).with_context(|| format!("kan ikke skrive filen {}", to.display()))
}

/// Adds to the end of a file, which is made where there is none: for a file that others write to as well.
pub fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    let file = fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(bytes))
        .with_context(|| format!("kan ikke skrive filen {}", path.display()))
}

/// Writes a file in place; for fresh folders of our own only. Everything an institution keeps is
/// written by `write`, through a temporary file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this is the wrapper")]
    let written = fs::write(path, bytes);
    written.with_context(|| match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && metadata(folder).is_none() => format!(
            "kan ikke skrive filen {}: mappen {} findes ikke. Opret den, eller vælg en anden.",
            path.display(),
            folder.display()
        ),
        _ => format!("kan ikke skrive filen {}", path.display()),
    })
}
