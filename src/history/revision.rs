//! The files of a commit, read from git's object store as they are asked for. None is ever laid out on the disk.
//!
//! Links are led as they are on the disk, within the folder that the repository of protocols has. What a tree can
//! hold that is no plain file is said to be so.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use sha1::{Digest, Sha1};
use sha2::Sha256;

use super::git::{EntryKind, Git, GitError, Tree};
use crate::fs::{self, Content, Refusal};
use crate::load::{Files, LARGEST_TOML, Standing};
use crate::text::hex;

/// More links than this on one way go in a circle.
const MOST_LINKS: usize = 40;

/// The longest path that a link may hold.
const LONGEST_LINK: u64 = 4096;

/// A file that is larger is not held against the one of a commit, but read as another.
const LARGEST_COMPARED: u64 = 50_000_000;

/// What is said of what git does not keep here, but only names.
const OF_ANOTHER: &str = "den hører til et andet repository, som git kun har navnet på";

/// The folder of a repository of protocols as a commit has it.
#[derive(Clone, Debug)]
pub struct Revision {
    git: Arc<Git>,
    /// The id of the folder; none where the commit does not have it.
    folder: Option<String>,
}

/// Where a path leads in a commit.
enum Found {
    Nothing,
    /// Out of the folder.
    Outside,
    /// To what another repository holds.
    Module,
    Folder(String),
    File {
        id: String,
        name: String,
    },
}

impl Revision {
    /// The files that a commit has where the repository of protocols lies now.
    ///
    /// # Errors
    /// When git fails.
    pub fn of(git: &Arc<Git>, commit: &str) -> Result<Self, GitError> {
        Ok(Self {
            folder: git.folder_in(commit)?,
            git: Arc::clone(git),
        })
    }

    /// The files of a folder of a commit, by its path from the top; `None` where it has no such folder, or one that
    /// is a link or another repository.
    ///
    /// # Errors
    /// When git fails.
    pub fn below(git: &Arc<Git>, commit: &str, folder: &str) -> Result<Option<Self>, GitError> {
        let mut id = format!("{commit}^{{tree}}");
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            match git.objects().tree(&id)?.get(part) {
                Some(entry) if entry.kind == EntryKind::Folder => id.clone_from(&entry.id),
                _ => return Ok(None),
            }
        }
        Ok(Some(Self {
            folder: Some(id),
            git: Arc::clone(git),
        }))
    }

    /// The id of what stands at a path: of a file's content, or of a folder with all that is in it.
    pub(super) fn id_at(&self, path: &str) -> Result<Option<String>, GitError> {
        Ok(match self.find(path)? {
            Found::Folder(id) | Found::File { id, .. } => Some(id),
            Found::Nothing | Found::Outside | Found::Module => None,
        })
    }

    /// The entries of a folder as git has them; none where there is no such folder.
    pub(super) fn tree_at(&self, path: &str) -> Result<Arc<Tree>, GitError> {
        match self.find(path)? {
            Found::Folder(id) => self.git.objects().tree(&id),
            _ => Ok(Arc::default()),
        }
    }

    fn find(&self, path: &str) -> Result<Found, GitError> {
        let Some(folder) = &self.folder else {
            return Ok(Found::Nothing);
        };
        let parts = |path: &str| -> Vec<String> {
            let parts = path.split('/').rev();
            let parts = parts.filter(|part| !matches!(*part, "" | "."));
            parts.map(str::to_owned).collect()
        };
        let mut open = parts(path);
        let mut above = Vec::new();
        let mut here = folder.clone();
        let mut links = 0;
        while let Some(part) = open.pop() {
            if part == ".." {
                match above.pop() {
                    Some(id) => here = id,
                    None => return Ok(Found::Outside),
                }
                continue;
            }
            let tree = self.git.objects().tree(&here)?;
            let Some(entry) = tree.get(&part) else {
                return Ok(Found::Nothing);
            };
            match entry.kind {
                EntryKind::Folder => above.push(std::mem::replace(&mut here, entry.id.clone())),
                EntryKind::Module => return Ok(Found::Module),
                EntryKind::File if open.is_empty() => {
                    let id = entry.id.clone();
                    return Ok(Found::File { id, name: part });
                }
                EntryKind::File => return Ok(Found::Nothing),
                EntryKind::Link => {
                    links += 1;
                    let target = self.git.objects().blob(&entry.id, LONGEST_LINK)?;
                    let Some(target) = target.filter(|_| links <= MOST_LINKS) else {
                        return Ok(Found::Nothing);
                    };
                    let target = String::from_utf8_lossy(&target);
                    if Path::new(&*target).has_root() {
                        return Ok(Found::Outside);
                    }
                    open.extend(parts(&target));
                }
            }
        }
        Ok(Found::Folder(here))
    }

    /// Whether a folder holds the same files on the disk and in the commit, byte for byte. Where a link or
    /// another repository lies in either, that is not looked into, and the answer is no. Files of which it is `known`
    /// what they say, as ids by their paths, are not read.
    ///
    /// # Errors
    /// When git or the disk fails.
    pub fn is_on_disk(
        &self,
        root: &Path,
        path: &str,
        known: Option<&HashMap<String, String>>,
    ) -> Result<bool> {
        let disk = Disk { root, known };
        match self.find(path)? {
            Found::Folder(id) => self.is_same_folder(&disk, path, &id),
            Found::File { id, .. } => Ok(disk.has(path, &id)),
            Found::Nothing => Ok(fs::metadata(&root.join(path)).is_none()),
            Found::Outside | Found::Module => Ok(false),
        }
    }

    fn is_same_folder(&self, disk: &Disk<'_>, folder: &str, id: &str) -> Result<bool> {
        let tree = self.git.objects().tree(id)?;
        let entries = fs::list(&disk.root.join(folder))?;
        if tree.len() != entries.len() {
            return Ok(false);
        }
        for entry in entries {
            let path = format!("{folder}/{}", entry.name);
            let is_same = match tree.get(&entry.name) {
                _ if entry.is_link => false,
                Some(then) if then.kind == EntryKind::Folder && entry.is_dir => {
                    self.is_same_folder(disk, &path, &then.id)?
                }
                Some(then) if then.kind == EntryKind::File && !entry.is_dir => {
                    disk.has(&path, &then.id)
                }
                _ => false,
            };
            if !is_same {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Files on the disk, as they are held against those of a commit.
struct Disk<'d> {
    root: &'d Path,
    /// What some of them say, as ids by their paths.
    known: Option<&'d HashMap<String, String>>,
}

impl Disk<'_> {
    /// Whether what lies at a path has this id.
    fn has(&self, path: &str, id: &str) -> bool {
        if let Some(known) = self.known.and_then(|known| known.get(path)) {
            return known == id;
        }
        match fs::read_plain(&self.root.join(path), LARGEST_COMPARED) {
            Content::Bytes(bytes) => blob_id(&bytes, id.len()) == id,
            Content::Missing | Content::Refused(_) => false,
        }
    }
}

/// The id that git gives a file of these bytes, in a repository whose ids have so many digits.
pub(super) fn blob_id(bytes: &[u8], digits: usize) -> String {
    let head = format!("blob {}\0", bytes.len());
    if digits == 64 {
        let digest = Sha256::new().chain_update(head).chain_update(bytes);
        hex(&digest.finalize())
    } else {
        let digest = Sha1::new().chain_update(head).chain_update(bytes);
        hex(&digest.finalize())
    }
}

fn unreadable(error: &GitError) -> Refusal {
    let said = error.to_string();
    Refusal::Unreadable(io::Error::other(said.trim_end_matches('.').to_owned()))
}

impl Files for Revision {
    fn content(&self, path: &str, most: u64) -> Content {
        let id = match self.find(path) {
            Ok(Found::File { id, .. }) => id,
            Ok(Found::Nothing) => return Content::Missing,
            Ok(Found::Outside) => return Content::Refused(Refusal::Outside),
            Ok(Found::Folder(_)) => return Content::Refused(Refusal::NotAFile),
            Ok(Found::Module) => {
                return Content::Refused(Refusal::Unreadable(io::Error::other(OF_ANOTHER)));
            }
            Err(error) => return Content::Refused(unreadable(&error)),
        };
        match self.git.objects().blob(&id, most) {
            Ok(Some(bytes)) => Content::Bytes(bytes),
            Ok(None) => Content::Refused(Refusal::TooLarge(most)),
            Err(error) => Content::Refused(unreadable(&error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<fs::Entry>> {
        let id = match self.find(folder)? {
            Found::Folder(id) => id,
            Found::Nothing | Found::File { .. } => return Ok(Vec::new()),
            Found::Outside => bail!("den er en genvej til noget uden for repositoryet"),
            Found::Module => bail!(OF_ANOTHER),
        };
        let tree = self.git.objects().tree(&id)?;
        let mut entries = Vec::new();
        for (name, entry) in &*tree {
            let path = format!("{folder}/{name}");
            let is_link = entry.kind == EntryKind::Link;
            let is_dir = match entry.kind {
                EntryKind::File => false,
                EntryKind::Folder | EntryKind::Module => true,
                EntryKind::Link => match self.find(&path)? {
                    // There is nothing to read behind it.
                    Found::Nothing => continue,
                    Found::File { .. } => false,
                    Found::Folder(_) | Found::Module => true,
                    // What it leads to is not known; what it is meant to be, its name says.
                    Found::Outside => !name.ends_with(".toml"),
                },
            };
            entries.push(fs::Entry {
                name: name.clone(),
                path: PathBuf::from(path),
                is_dir,
                is_link,
            });
        }
        Ok(entries)
    }

    fn standing(&self, path: &str) -> Standing {
        match self.find(path) {
            Ok(Found::File { name, .. }) => Standing::File(name),
            Ok(Found::Folder(_)) => Standing::Folder,
            Ok(Found::Outside) => Standing::Outside,
            Ok(Found::Nothing | Found::Module) | Err(_) => Standing::Nothing,
        }
    }

    fn announced(&self, paths: &[String]) {
        let ids = paths.iter().filter_map(|path| match self.find(path) {
            Ok(Found::File { id, .. }) => Some(id),
            _ => None,
        });
        let ids: Vec<String> = ids.collect();
        // What git cannot bring is told of when it is asked for.
        let _told_then = self.git.objects().bring_blobs(&ids, LARGEST_TOML);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_id_that_git_gives_it() {
        assert_eq!(blob_id(b"", 40), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(
            blob_id(b"hello\n", 40),
            "ce013625030ba8dba906f756967f9e9ca394464a"
        );
        assert_eq!(
            blob_id(b"", 64),
            "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
        );
    }
}
