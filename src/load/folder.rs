//! Where files come from: the disk, memory, or a revision that git has. What reads them need not know which.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::attachment::{LARGEST_ATTACHMENT, attached, attachment_path, read_attachment};
use super::picture::{LARGEST_PICTURE, Picture, find_in, read_picture, shown};
use super::picture_kind::PictureKind;
use crate::fs::{self, Content};

/// Files that do not lie on the disk, by their paths relative to the repository's root, with `/`.
pub trait Files: fmt::Debug + Send + Sync {
    /// A file's bytes, at most `most`.
    fn content(&self, path: &str, most: u64) -> Content;

    /// The entries of a folder in the order of their names; none where there is no such folder.
    ///
    /// # Errors
    /// When it cannot be looked into.
    fn list(&self, folder: &str) -> Result<Vec<fs::Entry>>;

    /// What stands at a path.
    fn standing(&self, path: &str) -> Standing;

    /// The contents of these are asked for next, each once: a source that is far away may have them all brought.
    fn announced(&self, _paths: &[String]) {}
}

/// What stands at a path of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing that can be reached.
    Nothing,
    /// Something outside the folder, be it through a link.
    Outside,
    /// A folder.
    Folder,
    /// A plain file, with the name it has where it lies.
    File(String),
}

/// Files in memory.
#[derive(Debug)]
pub(super) struct Held(pub(super) BTreeMap<String, Vec<u8>>);

impl Files for Held {
    fn content(&self, path: &str, most: u64) -> Content {
        match self.0.get(path) {
            Some(bytes) if bytes.len() as u64 > most => {
                Content::Refused(fs::Refusal::TooLarge(most))
            }
            Some(bytes) => Content::Bytes(bytes.clone()),
            None => Content::Missing,
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<fs::Entry>> {
        let prefix = format!("{folder}/");
        let mut entries = Vec::new();
        let mut from = prefix.clone();
        while let Some((path, _)) = self.0.range(from..).next()
            && let Some(below) = path.strip_prefix(&prefix)
        {
            let (name, is_dir) = match below.split_once('/') {
                Some((name, _)) => (name, true),
                None => (below, false),
            };
            // `0` comes right after `/`: the first path behind the folder, or behind the file.
            let next = if is_dir { '0' } else { '\0' };
            from = format!("{prefix}{name}{next}");
            entries.push(fs::Entry {
                name: name.to_owned(),
                path: PathBuf::from(format!("{prefix}{name}")),
                is_dir,
                is_link: false,
            });
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn standing(&self, path: &str) -> Standing {
        let is_folder = |path: &str| {
            let prefix = format!("{path}/");
            let next = self.0.range(prefix.clone()..).next();
            next.is_some_and(|(path, _)| path.starts_with(&prefix))
        };
        if self.0.contains_key(path) {
            Standing::File(path.rsplit('/').next().unwrap_or(path).to_owned())
        } else if is_folder(path) {
            Standing::Folder
        } else {
            Standing::Nothing
        }
    }
}

/// A protocol's folder: where the pictures and the attached files lie that its texts name.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The folder on disk, or its path among the files that are not there.
    path: PathBuf,
    files: Option<Arc<dyn Files>>,
}

impl Folder {
    pub(super) fn new(path: PathBuf, files: Option<Arc<dyn Files>>) -> Self {
        Self { path, files }
    }

    /// The path of a file among files that are not on the disk; `None` for one that leads out of the folder.
    fn inside(&self, file: &str) -> Option<String> {
        let mut path = self.path.to_string_lossy().replace('\\', "/");
        for part in file.split('/') {
            match part {
                "" | "." => {}
                ".." => return None,
                name => {
                    path.push('/');
                    path.push_str(name);
                }
            }
        }
        Some(path)
    }

    /// What stands at a path that an author wrote.
    pub fn standing(&self, file: &str) -> Standing {
        match &self.files {
            None => on_disk(&self.path, file),
            Some(files) => match self.inside(file) {
                Some(path) => files.standing(&path),
                None => Standing::Outside,
            },
        }
    }

    /// The bytes of a file that stands there, at most `most`.
    pub fn content(&self, file: &str, most: u64) -> Content {
        match &self.files {
            None => match fs::real_path(&find_in(&self.path, file)) {
                Some(real) => fs::read_plain(&real, most),
                None => Content::Missing,
            },
            Some(files) => match self.inside(file) {
                Some(path) => files.content(&path, most),
                None => Content::Missing,
            },
        }
    }

    /// The names of the files in a folder of the folder, in order; none where it cannot be looked into.
    pub fn names(&self, under: &str) -> Vec<String> {
        let entries = match &self.files {
            None => fs::list(&self.path.join(under)),
            Some(files) => match self.inside(under) {
                Some(path) => files.list(&path),
                None => Ok(Vec::new()),
            },
        };
        let entries = entries.unwrap_or_default().into_iter();
        let files = entries.filter(|entry| !entry.is_dir);
        files.map(|entry| entry.name).collect()
    }

    /// Reads a picture by the path an author wrote; `None` for one that cannot be shown, of which rule RP206
    /// says why.
    pub fn picture(&self, file: &str) -> Option<Picture> {
        if self.files.is_none() {
            return read_picture(&self.path, file);
        }
        PictureKind::of_ending(file)?;
        match self.content(file, LARGEST_PICTURE) {
            Content::Bytes(bytes) => shown(file, bytes),
            Content::Missing | Content::Refused(_) => None,
        }
    }

    /// Reads an attached PDF by the path an author wrote; `None` for one that cannot be attached, of which
    /// rule RP206 says why.
    pub fn attachment(&self, file: &str) -> Option<Vec<u8>> {
        if self.files.is_none() {
            return read_attachment(&self.path, file);
        }
        match self.content(&attachment_path(file)?, LARGEST_ATTACHMENT) {
            Content::Bytes(bytes) => attached(bytes),
            Content::Missing | Content::Refused(_) => None,
        }
    }
}

fn on_disk(folder: &Path, file: &str) -> Standing {
    let (Some(real), Some(home)) = (fs::real_path(&find_in(folder, file)), fs::real_path(folder))
    else {
        return Standing::Nothing;
    };
    if !real.starts_with(&home) {
        return Standing::Outside;
    }
    match fs::metadata(&real) {
        Some(metadata) if metadata.is_file() => {
            let name = real.file_name().unwrap_or_default().to_string_lossy();
            Standing::File(name.into_owned())
        }
        Some(metadata) if metadata.is_dir() => Standing::Folder,
        _ => Standing::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(paths: &[&str]) -> Held {
        let files = paths.iter();
        Held(
            files
                .map(|path| ((*path).to_owned(), b"x".to_vec()))
                .collect(),
        )
    }

    #[test]
    fn a_folder_in_memory_has_its_files_and_folders_once_each() {
        let held = held(&["a/b.toml", "a/b/1.toml", "a/b/2.toml", "a/c", "ab/d"]);
        let listed: Vec<_> = held
            .list("a")
            .expect("memory can be looked into")
            .into_iter()
            .map(|entry| (entry.name, entry.is_dir))
            .collect();
        let expected = [("b", true), ("b.toml", false), ("c", false)];
        assert_eq!(
            listed,
            expected.map(|(name, is_dir)| (name.to_owned(), is_dir))
        );
    }

    #[test]
    fn a_path_leads_to_a_file_a_folder_nothing_or_out_of_the_folder() {
        let files: Arc<dyn Files> = Arc::new(held(&["p/x/billeder/kort.png", "p/y/a.png"]));
        let folder = Folder::new(PathBuf::from("p/x"), Some(files));
        for (file, standing) in [
            ("billeder/kort.png", Standing::File("kort.png".to_owned())),
            (
                "./billeder//kort.png",
                Standing::File("kort.png".to_owned()),
            ),
            ("billeder", Standing::Folder),
            ("billeder/Kort.png", Standing::Nothing),
            ("../y/a.png", Standing::Outside),
        ] {
            assert_eq!(folder.standing(file), standing, "{file}");
        }
        assert_eq!(folder.names("billeder"), ["kort.png"]);
        assert!(matches!(folder.content("../y/a.png", 10), Content::Missing));
    }
}
