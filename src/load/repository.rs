//! The files of a repository, each by its path: from the disk, from memory or from a revision, and never from
//! outside its root. Which of them are a protocol is for `tree`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::encoding::{self, Reencoded};
use super::folder::{Files, Held};
use super::ignored::Ignored;
use super::picture::{LARGEST_PICTURE, Picture, shown};
use super::source::{LARGEST_TOML, unread};
use crate::diag::Finding;
use crate::fs::{self, Content};
use crate::text::SourceFile;
use crate::text::visible::shown_path;

/// The file that makes a folder a repository of protocols.
pub const CONFIG_FILE: &str = "rusprot.toml";
/// Where a built-in text is said to come from in place of a path in the repository.
pub const BUILT_IN_NOTE: &str = "<indbygget>";

/// A folder with a `rusprot.toml`.
#[derive(Clone, Debug)]
pub struct Repository {
    pub(super) root: PathBuf,
    /// The root with every link led: what is read lies below it.
    home: PathBuf,
    /// Texts that stand in for those of the files, by path.
    instead: BTreeMap<String, Arc<SourceFile>>,
    /// The files in place of those on disk.
    pub(super) files: Option<Arc<dyn Files>>,
    /// Whether what lies loose among the protocols is looked at.
    pub(super) looks_at_loose: bool,
    ignored: Arc<Ignored>,
}

/// A file as text, or the finding that says why it is none.
pub type SourceRead = Result<Arc<SourceFile>, Box<Finding>>;

impl Repository {
    /// The repository that `start` lies in: the nearest folder upward with a `rusprot.toml`.
    ///
    /// # Errors
    /// When no folder upward has one.
    pub fn find(start: &Path) -> Result<Self> {
        let is_root = |folder: &&Path| {
            fs::metadata(&folder.join(CONFIG_FILE)).is_some_and(|metadata| metadata.is_file())
        };
        let Some(root) = start.ancestors().find(is_root) else {
            bail!(
                "der er ingen {CONFIG_FILE} i {} eller i en mappe over den.\n\
                 Gå til mappen med jeres protokoller, eller vælg den med --root MAPPE.",
                shown_path(start)
            );
        };
        Ok(Self {
            root: root.to_owned(),
            home: fs::real_path(root).unwrap_or_else(|| root.to_owned()),
            instead: BTreeMap::new(),
            files: None,
            looks_at_loose: true,
            ignored: Arc::default(),
        })
    }

    /// A repository whose files are held in memory, by their paths with `/`.
    pub fn held(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self::over(Arc::new(Held(files)))
    }

    /// A repository over files that do not lie on the disk. What lies loose among its protocols is not looked at,
    /// unless somebody asks with [`Self::with_loose`].
    pub fn over(files: Arc<dyn Files>) -> Self {
        Self {
            root: PathBuf::new(),
            home: PathBuf::new(),
            instead: BTreeMap::new(),
            files: Some(files),
            looks_at_loose: false,
            ignored: Arc::default(),
        }
    }

    /// The files of a folder, by its real path, whether or not it has a `rusprot.toml`.
    pub fn below(folder: &Path) -> Self {
        Self {
            root: folder.to_owned(),
            home: folder.to_owned(),
            instead: BTreeMap::new(),
            files: None,
            looks_at_loose: false,
            ignored: Arc::default(),
        }
    }

    /// The same, with what lies loose among its protocols.
    #[must_use]
    pub fn with_loose(mut self) -> Self {
        self.looks_at_loose = true;
        self
    }

    /// A file's bytes, at most `most`, by its path relative to the root.
    pub(super) fn content(&self, path: &str, most: u64) -> Content {
        match &self.files {
            Some(files) => files.content(path, most),
            None => fs::read_within(&self.home, &self.root.join(path), most),
        }
    }

    /// The bytes of a file that no finding can be about, at most `most`; `None` where there is none.
    ///
    /// # Errors
    /// Where it lies outside the repository, is no plain file, is too large or cannot be read.
    pub fn bytes(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>> {
        if let Some(file) = self.instead.get(path) {
            return Ok(Some(file.text().as_bytes().to_vec()));
        }
        match self.content(path, most) {
            Content::Bytes(bytes) => Ok(Some(bytes)),
            Content::Missing => Ok(None),
            Content::Refused(refusal) => bail!("{path}: {}", unread(path, &refusal).message),
        }
    }

    /// A picture by its path relative to the root; `None` for one that is not there or cannot be shown.
    pub fn picture(&self, path: &str) -> Option<Picture> {
        match self.content(path, LARGEST_PICTURE) {
            Content::Bytes(bytes) => shown(path, bytes),
            Content::Missing | Content::Refused(_) => None,
        }
    }

    /// Where a file lies when links are led; `None` for one that is not there or not in the repository.
    pub fn real_path(&self, path: &str) -> Option<PathBuf> {
        fs::real_path(&self.root.join(path)).filter(|real| real.starts_with(&self.home))
    }

    /// Whether a folder lies in the repository, links led. One that is not there lies nowhere else.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.files.is_some()
            || fs::real_path(&self.root.join(folder))
                .is_none_or(|real| real.starts_with(&self.home))
    }

    /// The entries of a folder (relative to the root, with `/`) in the order of their names; none of one that
    /// lies outside the repository.
    pub fn list(&self, folder: &str) -> Result<Vec<fs::Entry>> {
        match &self.files {
            Some(files) => files.list(folder),
            None if self.has_folder(folder) => fs::list(&self.root.join(folder)),
            None => Ok(Vec::new()),
        }
    }

    /// The folder `rusprot.toml` lies in.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The repository as it would be if this text stood in that file, which must be there; nothing is
    /// written.
    pub fn put(&mut self, path: &str, text: impl Into<String>) {
        let file = Arc::new(SourceFile::new(path, text));
        self.instead.insert(path.to_owned(), file);
    }

    /// Hands over a file that was read before and says what stands at its path.
    pub fn lend(&mut self, file: &Arc<SourceFile>) {
        self.instead
            .insert(file.path().to_owned(), Arc::clone(file));
    }

    /// Says which files are read next, to whoever can read several at once sooner than one after the other.
    pub(super) fn announce(&self, paths: impl Iterator<Item = String>) {
        if let Some(files) = &self.files {
            let paths = paths.filter(|path| !self.instead.contains_key(path));
            files.announced(&paths.collect::<Vec<_>>());
        }
    }

    /// The repository with the file itself again, in place of a text that was put there.
    pub fn take_back(&mut self, path: &str) {
        self.instead.remove(path);
    }

    /// A file's text as UTF-8 without a byte order mark; `None` where it is that already, or where it is
    /// not certain what its bytes mean.
    pub fn reencoded(&self, path: &str) -> Result<Option<Reencoded>> {
        Ok(match self.content(path, LARGEST_TOML) {
            Content::Bytes(bytes) => encoding::reencode(&bytes),
            Content::Missing | Content::Refused(_) => None,
        })
    }

    /// Reads a file by its path relative to the root (with `/`); `None` where there is none.
    pub fn read(&self, path: &str) -> Result<Option<SourceRead>> {
        if let Some(file) = self.instead.get(path) {
            return Ok(Some(Ok(Arc::clone(file))));
        }
        Ok(read(path, self.content(path, LARGEST_TOML)))
    }

    /// Whether `.gitignore` names what lies at a path, relative to the root.
    pub(super) fn is_ignored(&self, path: &str, is_dir: bool) -> bool {
        self.ignored
            .has(&self.root, self.files.as_deref(), path, is_dir)
    }

    /// Reads an entry of a folder as text; `path` is how it is named in findings. `None` for one that is gone
    /// since the folder was listed.
    pub(super) fn read_entry(&self, entry: &fs::Entry, path: &str) -> Option<SourceRead> {
        match self.instead.get(path) {
            Some(file) => Some(Ok(Arc::clone(file))),
            None => read(path, self.content_of(entry, path, LARGEST_TOML)),
        }
    }

    /// The bytes of an entry of a folder, which on the disk may have another name than can be shown. The folder lies in
    /// the repository, so what is no link does too.
    pub(super) fn content_of(&self, entry: &fs::Entry, path: &str, most: u64) -> Content {
        match &self.files {
            Some(files) => files.content(path, most),
            None if !entry.is_link => fs::read_plain(&entry.path, most),
            None => fs::read_within(&self.home, &entry.path, most),
        }
    }

    /// The entries of an entry that is a folder, and no link to one.
    pub(super) fn entries_in(&self, entry: &fs::Entry, path: &str) -> Result<Vec<fs::Entry>> {
        match &self.files {
            Some(files) => files.list(path),
            None => fs::list(&entry.path),
        }
    }
}

/// What was read as text, or the finding that says why it is none; `None` where nothing is there.
fn read(path: &str, content: Content) -> Option<SourceRead> {
    match content {
        Content::Bytes(bytes) => Some(encoding::decode(path, &bytes)),
        Content::Missing => None,
        Content::Refused(refusal) => Some(Err(Box::new(unread(path, &refusal)))),
    }
}
