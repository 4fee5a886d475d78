//! The copies of shared skabeloner as they lie in a repository, held against `rusprot.lock`: RP806.
//!
//! How they get there is for `commands`.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

use crate::check;
use crate::diag::Finding;
use crate::load::{LARGEST_LOOSE, LARGEST_TOML, Repository};
use crate::model::{Area, LockFile};
use crate::text::visible::{has_hidden, shown};
use crate::text::{SourceFile, hex};

/// The file that remembers what was fetched.
pub const LOCK_FILE: &str = "rusprot.lock";

/// A skabelon with its looks has about twenty files.
const MOST_FILES: usize = 500;
/// They lie in `html`, `md` and `typst`.
const DEEPEST: usize = 4;

/// The files of a folder by their paths in it.
pub type CopyFiles = BTreeMap<String, Vec<u8>>;

/// What is wrong with the copies of a repository.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// By the name of the skabelon.
    pub(super) by_name: BTreeMap<String, Vec<Finding>>,
    /// What belongs to none that `rusprot.toml` names.
    pub(super) beside: Vec<Finding>,
}

impl Copies {
    /// Looks at every copy that an area names.
    pub(super) fn of(repository: &Repository, area: &Area) -> Result<Self> {
        let Some((file, lock)) = lock_of(repository)? else {
            return Self::with(repository, area, &LockFile::default());
        };
        let Some(lock) = lock else {
            // Of the copies nothing can be told then.
            return Ok(Self {
                by_name: BTreeMap::new(),
                beside: check::lock_file(&file, None, area),
            });
        };
        let mut copies = Self::with(repository, area, &lock)?;
        copies.beside = check::lock_file(&file, Some(&lock), area);
        Ok(copies)
    }

    fn with(repository: &Repository, area: &Area, lock: &LockFile) -> Result<Self> {
        let mut copies = Self::default();
        for shared in &area.shared {
            let name = &shared.name.value;
            let folder = format!("{}/{name}", area.skabelon_folder);
            let files = match copy_files(repository, &folder) {
                Ok(files) => files,
                Err(error) => {
                    let finding = check::unread_copy(area, shared, &format!("{error:#}"));
                    copies.by_name.insert(name.clone(), vec![finding]);
                    continue;
                }
            };
            let files = files.into_iter().map(|(path, bytes)| (path, sums(&bytes)));
            let findings = check::copy(&check::Copied {
                area,
                shared,
                locked: lock.copies.get(name),
                files: &files.collect(),
            });
            copies.by_name.insert(name.clone(), findings);
        }
        Ok(copies)
    }
}

/// `rusprot.lock` and what it says, which is none where the program has not written it so; `None` where there is no
/// such file.
pub fn lock_of(repository: &Repository) -> Result<Option<(Arc<SourceFile>, Option<LockFile>)>> {
    let Some(read) = repository.read(LOCK_FILE)? else {
        return Ok(None);
    };
    Ok(Some(match read {
        Ok(file) => {
            let lock = LockFile::parse(file.text());
            (file, lock)
        }
        Err(finding) => (Arc::clone(&finding.place.file), None),
    }))
}

/// Every file of a copy, or of the folder it is to be made from, those aside that a system hides.
///
/// # Errors
/// Where a file lies outside through a link, is no plain file or too large, or where there are too many.
pub fn copy_files(repository: &Repository, folder: &str) -> Result<CopyFiles> {
    let mut files = CopyFiles::new();
    let mut open = vec![(String::new(), 0)];
    let below = |path: &str| match folder {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    };
    while let Some((under, depth)) = open.pop() {
        let here = below(&under);
        for entry in repository.list(here.trim_end_matches('/'))? {
            let path = format!("{under}{}", entry.name);
            if entry.name.starts_with('.') {
                continue;
            }
            if has_hidden(&entry.name) || files.len() == MOST_FILES {
                bail!(
                    "{} kan ikke være en del af en skabelon: navnet kan ikke læses, eller der er flere end \
                     {MOST_FILES} filer",
                    shown(&below(&path))
                );
            }
            if entry.is_dir {
                if entry.is_link {
                    bail!(
                        "{} er en genvej, som ikke leder til en fil i mappen",
                        below(&path)
                    );
                }
                if depth == DEEPEST {
                    bail!(
                        "{} ligger for dybt til at være en del af en skabelon",
                        below(&path)
                    );
                }
                open.push((format!("{path}/"), depth + 1));
            } else if let Some(bytes) = repository.bytes(&below(&path), most(&path))? {
                files.insert(path, bytes);
            }
        }
    }
    Ok(files)
}

/// The most bytes of a file of a skabelon.
fn most(path: &str) -> u64 {
    if path.ends_with(".toml") {
        LARGEST_TOML
    } else {
        LARGEST_LOOSE
    }
}

/// SHA-256 as hexadecimal digits.
pub fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The sum of a file, and those it would have with other line ends: git may have changed them on this machine.
pub fn sums(bytes: &[u8]) -> Vec<String> {
    let mut sums = vec![sum(bytes)];
    if let Ok(text) = std::str::from_utf8(bytes)
        && text.contains('\n')
    {
        let plain = text.replace("\r\n", "\n");
        sums.push(sum(plain.replace('\n', "\r\n").as_bytes()));
        sums.push(sum(plain.as_bytes()));
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_sum_whatever_line_ends_git_gave_it() {
        let windows = sums("a\r\nø\r\n".as_bytes());
        assert!(windows.contains(&sum("a\nø\n".as_bytes())));
        assert!(sums("a\nø\n".as_bytes()).contains(&sum("a\r\nø\r\n".as_bytes())));
        assert!(!sums(b"a\n").contains(&sum(b"b\n")));
        assert_eq!(
            sum(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
