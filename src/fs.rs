//! The file system, with errors that name the path.
//!
//! `clippy.toml` forbids the bare `std::fs` calls elsewhere, so that no message reads "No such file
//! or directory" without saying which.

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
/// A link that leads nowhere is left out: there is nothing to read behind it.
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
