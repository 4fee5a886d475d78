//! What `.gitignore` names, which nobody is to be told of.
//!
//! Read as git reads it (crate `ignore`), from the folder of the file up to the top of the git repository, which may
//! lie above the area. No git is asked: it would be a process for each folder. A user's own list, outside the
//! repository, is not read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::folder::Files;
use super::source::LARGEST_TOML;
use crate::fs::{self, Content};

/// The lists of a repository's folders, each read when something in its folder is first asked about.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    lists: Mutex<BTreeMap<PathBuf, Arc<List>>>,
}

/// What one folder says.
#[derive(Debug)]
struct List {
    patterns: Gitignore,
    /// Whether no folder above has a say.
    is_top: bool,
}

impl Ignored {
    /// Whether git is told to leave out the entry at `path`, relative to `root` and with `/`; or a folder it lies in.
    pub(super) fn has(
        &self,
        root: &Path,
        files: Option<&dyn Files>,
        path: &str,
        is_dir: bool,
    ) -> bool {
        let ends = path.match_indices('/').map(|(end, _)| (end, true));
        ends.chain([(path.len(), is_dir)]).any(|(end, is_dir)| {
            let entry = root.join(&path[..end]);
            let mut folders = entry.ancestors().skip(1);
            let told = folders.find_map(|folder| {
                let list = self.list(folder, root, files);
                match list.patterns.matched(&entry, is_dir) {
                    Match::Ignore(_) => Some(true),
                    Match::Whitelist(_) => Some(false),
                    Match::None => list.is_top.then_some(false),
                }
            });
            told == Some(true)
        })
    }

    fn list(&self, folder: &Path, root: &Path, files: Option<&dyn Files>) -> Arc<List> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = lists.get(folder) {
            return Arc::clone(list);
        }
        let list = Arc::new(List {
            patterns: read(folder, files),
            is_top: is_top(folder, root, files),
        });
        lists.insert(folder.to_owned(), Arc::clone(&list));
        list
    }
}

/// Whether a folder is the top of the git repository that `root` lies in; where there is none, `root` itself.
fn is_top(folder: &Path, root: &Path, files: Option<&dyn Files>) -> bool {
    let has_git = |folder: &Path| fs::metadata(&folder.join(".git")).is_some();
    if files.is_some() {
        return folder == root;
    }
    has_git(folder) || (folder == root && !root.ancestors().any(has_git))
}

fn read(folder: &Path, files: Option<&dyn Files>) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    let mut add = |content: Content| {
        if let Content::Bytes(bytes) = content {
            for line in String::from_utf8_lossy(&bytes).lines() {
                // A line that is no pattern leaves nothing out, as with git.
                let _no_pattern = builder.add_line(None, line);
            }
        }
    };
    let list = folder.join(".gitignore");
    match files {
        Some(files) => add(files.content(&list.to_string_lossy().replace('\\', "/"), LARGEST_TOML)),
        None => {
            // The later line has the last word, and git's own list has the first.
            add(fs::read_plain(
                &folder.join(".git/info/exclude"),
                LARGEST_TOML,
            ));
            add(fs::read_plain(&list, LARGEST_TOML));
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
