//! What git's object store holds, asked of a `git cat-file` for each thread that asks, which run as long as somebody does.
//!
//! Folders are read as git stores them, each once. A name from git is looked at here before it is ever part of a
//! path: one that could lead out of its folder, or into git's own, is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::GitError;
use super::call::call;
use crate::process::{Call, Conversation};
use crate::text::hex;

/// A folder that would take more than this to list is no folder of protocols.
const LARGEST_TREE: u64 = 50_000_000;

/// So many questions are asked before the first answer is taken. They fit in the smallest pipe that a system has (4,096
/// bytes), so that no two programs wait for each other.
const AT_ONCE: usize = 50;

/// A folder's entries by name.
pub type Tree = BTreeMap<String, Entry>;

/// What a folder has under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The id of what it holds.
    pub id: String,
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link; it holds the path it leads to.
    Link,
    /// Another repository, of which only the name of a commit is kept.
    Module,
}

/// The objects of a repository.
pub struct Objects {
    call: Call,
    /// Those that nobody is waiting for: as many as threads have asked at one time.
    conversations: Mutex<Vec<Conversation>>,
    trees: Mutex<HashMap<String, Arc<Tree>>>,
    /// What files hold that somebody is about to ask for, by their ids.
    brought: Mutex<HashMap<String, Vec<u8>>>,
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").finish_non_exhaustive()
    }
}

/// An object of the store.
struct Object {
    id: String,
    kind: String,
    /// What it holds; none where that is longer than was asked for.
    content: Option<Vec<u8>>,
}

impl Objects {
    pub(super) fn of(folder: &Path) -> Self {
        Self {
            call: call(folder, ["cat-file", "--batch"]),
            conversations: Mutex::default(),
            trees: Mutex::default(),
            brought: Mutex::default(),
        }
    }

    /// Those of a repository that is this folder itself.
    pub(super) fn of_bare(folder: &Path) -> Self {
        Self {
            call: call(folder, ["--git-dir=.", "cat-file", "--batch"]),
            conversations: Mutex::default(),
            trees: Mutex::default(),
            brought: Mutex::default(),
        }
    }

    /// The files and folders of a tree, by its id or by a commit's with `^{tree}` after it.
    ///
    /// # Errors
    /// When git fails, or does not have it.
    pub fn tree(&self, name: &str) -> Result<Arc<Tree>, GitError> {
        if let Some(tree) = self.known_trees().get(name) {
            return Ok(Arc::clone(tree));
        }
        self.keep_tree(name, self.object(name, LARGEST_TREE)?)
    }

    fn keep_tree(&self, name: &str, object: Object) -> Result<Arc<Tree>, GitError> {
        let Object { id, kind, content } = object;
        let bytes = content.filter(|_| kind == "tree");
        let bytes = bytes.ok_or_else(|| super::odd("en mappe er ingen mappe"))?;
        let tree = parse_tree(&bytes, id.len() / 2)?;
        let tree = Arc::new(tree);
        self.known_trees()
            .insert(name.to_owned(), Arc::clone(&tree));
        Ok(tree)
    }

    /// Reads several trees, by their ids, that somebody is about to ask for, with the folders in them. What is wrong with
    /// one is told of when it is asked for.
    ///
    /// # Errors
    /// When git fails.
    pub fn bring_trees<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Result<(), GitError> {
        let ids: Vec<_> = ids.into_iter().collect();
        self.bring(&ids)?;
        let trees: Vec<_> = {
            let known = self.known_trees();
            ids.iter()
                .filter_map(|id| known.get(*id).cloned())
                .collect()
        };
        let entries = trees.iter().flat_map(|tree| tree.values());
        let folders = entries.filter(|entry| entry.kind == EntryKind::Folder);
        self.bring(&folders.map(|entry| entry.id.as_str()).collect::<Vec<_>>())
    }

    fn bring(&self, ids: &[&str]) -> Result<(), GitError> {
        let missing = missing(ids.iter().copied(), &*self.known_trees());
        if missing.is_empty() {
            return Ok(());
        }
        let objects = self.objects(&missing, LARGEST_TREE)?;
        for (id, object) in missing.iter().zip(objects) {
            if let Some(object) = object {
                let _told_when_asked_for = self.keep_tree(id, object);
            }
        }
        Ok(())
    }

    /// Reads several files, by their ids, that somebody is about to ask for, each once. One that is longer than `most` is
    /// left where it is.
    ///
    /// # Errors
    /// When git fails.
    pub fn bring_blobs(&self, ids: &[String], most: u64) -> Result<(), GitError> {
        let missing = missing(ids.iter().map(String::as_str), &*self.brought());
        // One alone is asked for as soon by whoever needs it.
        if missing.len() < 2 {
            return Ok(());
        }
        let objects = self.objects(&missing, most)?;
        let found = missing.into_iter().zip(objects);
        let files = found.filter_map(|(id, object)| {
            let object = object.filter(|object| object.kind == "blob")?;
            Some((id.to_owned(), object.content?))
        });
        self.brought().extend(files);
        Ok(())
    }

    /// What a file or a link holds, by its id; `None` where that is more than `most` bytes.
    ///
    /// # Errors
    /// When git fails, or does not have it.
    pub fn blob(&self, id: &str, most: u64) -> Result<Option<Vec<u8>>, GitError> {
        let brought = self.brought().remove(id);
        if let Some(bytes) = brought.filter(|bytes| bytes.len() as u64 <= most) {
            return Ok(Some(bytes));
        }
        let object = self.object(id, most)?;
        if object.kind == "blob" {
            Ok(object.content)
        } else {
            Err(super::odd("en fil er ingen fil"))
        }
    }

    fn brought(&self) -> MutexGuard<'_, HashMap<String, Vec<u8>>> {
        // Whoever panicked has put in a whole file or none.
        self.brought.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known_trees(&self) -> MutexGuard<'_, HashMap<String, Arc<Tree>>> {
        // Whoever panicked has put in a whole tree or none.
        self.trees.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn free_conversations(&self) -> MutexGuard<'_, Vec<Conversation>> {
        // Whoever panicked had taken the one it was in.
        self.conversations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// An object, without its content where that is longer than `most`.
    fn object(&self, name: &str, most: u64) -> Result<Object, GitError> {
        let mut found = self.objects(&[name], most)?;
        let object = found.pop().flatten();
        object.ok_or_else(|| GitError::Absent(name.to_owned()))
    }

    /// Several objects, without the contents that are longer than `most`; `None` for one that git does not have.
    fn objects(&self, names: &[&str], most: u64) -> Result<Vec<Option<Object>>, GitError> {
        let free = self.free_conversations().pop();
        let mut conversation = match free {
            Some(conversation) => conversation,
            None => Conversation::begin(&self.call)?,
        };
        let mut objects = Vec::with_capacity(names.len());
        for names in names.chunks(AT_ONCE) {
            conversation.ask(format!("{}\n", names.join("\n")).as_bytes())?;
            for _ in names {
                objects.push(answer(&mut conversation, most)?);
            }
        }
        // After an error nobody knows where the next answer begins, so another program is asked then.
        self.free_conversations().push(conversation);
        Ok(objects)
    }
}

/// Those of some ids of which nothing is there, each once.
fn missing<'i, T>(ids: impl Iterator<Item = &'i str>, there: &HashMap<String, T>) -> Vec<&'i str> {
    let missing: BTreeSet<&str> = ids.filter(|id| !there.contains_key(*id)).collect();
    missing.into_iter().collect()
}

/// The answer to one question: an object, or `None` where git does not have it.
fn answer(conversation: &mut Conversation, most: u64) -> Result<Option<Object>, GitError> {
    let line = conversation.line()?;
    let line = String::from_utf8_lossy(&line);
    if line.ends_with(" missing") {
        return Ok(None);
    }
    let mut parts = line.split(' ');
    let (Some(id), Some(kind), Some(size)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(super::odd(&line));
    };
    let length: u64 = size.parse().map_err(|_| super::odd(&line))?;
    let content = match usize::try_from(length) {
        Ok(size) if length <= most => Some(conversation.take(size)?),
        _ => {
            conversation.skip(length)?;
            None
        }
    };
    conversation.skip(1)?;
    Ok(Some(Object {
        id: id.to_owned(),
        kind: kind.to_owned(),
        content,
    }))
}

/// A tree as git stores it: mode, name and the bytes of an id, one after the other.
fn parse_tree(bytes: &[u8], id_length: usize) -> Result<Tree, GitError> {
    let odd = || super::odd("en mappe kan ikke læses");
    let mut tree = Tree::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = memchr::memchr(0, rest).ok_or_else(odd)?;
        let head = String::from_utf8_lossy(&rest[..end]);
        let (mode, name) = head.split_once(' ').ok_or_else(odd)?;
        let id = rest.get(end + 1..end + 1 + id_length).ok_or_else(odd)?;
        let id = hex(id);
        let kind = match mode {
            "40000" | "040000" => EntryKind::Folder,
            "120000" => EntryKind::Link,
            "160000" => EntryKind::Module,
            _ => EntryKind::File,
        };
        if is_name(name) {
            tree.insert(name.to_owned(), Entry { kind, id });
        }
        rest = &rest[end + 1 + id_length..];
    }
    Ok(tree)
}

/// Whether a name is that of something in its folder, on every system, and not git's own.
fn is_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'))
        .flat_map(char::to_lowercase)
        .collect();
    let plain = plain.trim_end_matches(['.', ' ']);
    !matches!(plain, "" | ".git" | "git~1") && !name.contains(['/', '\\', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str)]) -> Tree {
        let mut bytes = Vec::new();
        for (mode, name) in entries {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            bytes.extend_from_slice(&[0xAB; 20]);
        }
        parse_tree(&bytes, 20).expect("a whole tree")
    }

    #[test]
    fn a_folder_has_files_folders_links_and_other_repositories() {
        let tree = tree(&[
            ("100644", "æ.toml"),
            ("100755", "run"),
            ("40000", "bilag"),
            ("120000", "link"),
            ("160000", "sub"),
        ]);
        let kinds: Vec<_> = tree
            .iter()
            .map(|(name, entry)| (name.as_str(), entry.kind))
            .collect();
        assert_eq!(
            kinds,
            [
                ("bilag", EntryKind::Folder),
                ("link", EntryKind::Link),
                ("run", EntryKind::File),
                ("sub", EntryKind::Module),
                ("æ.toml", EntryKind::File),
            ]
        );
        assert_eq!(tree["run"].id, "ab".repeat(20));
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_left_out() {
        let hostile = [
            ".",
            "..",
            "...",
            ".git",
            ".GIT",
            ".git ",
            ".g\u{200C}it",
            "GIT~1",
            "a/b",
            "a\\b",
            "",
        ];
        for name in hostile {
            assert_eq!(tree(&[("40000", name)]), Tree::new(), "{name:?}");
        }
        for name in ["..a", ".gitignore", "a.b", " a"] {
            assert_eq!(tree(&[("100644", name)]).len(), 1, "{name:?}");
        }
    }

    #[test]
    fn a_tree_that_ends_too_soon_is_no_tree() {
        for bytes in [
            &b"100644 a"[..],
            b"100644 a\0abc",
            b"100644\0abcabcabcabcabcabcab",
        ] {
            assert!(parse_tree(bytes, 20).is_err());
        }
    }
}
