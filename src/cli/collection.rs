//! Which repositories are meant: one, or several at once by `--root` or a `samling.toml`.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::args::Global;
use super::environment::Environment;
use super::templates::update::fetching;
use super::{absolute, current_folder};
use crate::commands::{COLLECTION_FILE, Member, each_once, members};
use crate::fs;
use crate::load::CONFIG_FILE;
use crate::text::visible::shown_path;

/// Several repositories.
pub(super) struct Collection {
    /// What they are together, where a file says so.
    pub(super) name: Option<String>,
    pub(super) members: Vec<Member>,
    /// The folder that a page over all of them is written to where nobody says.
    pub(super) folder: PathBuf,
}

/// The repositories that are meant, where they are several; `None` where it is the one that every command takes.
///
/// # Errors
/// When a `samling.toml` cannot be read.
pub(super) fn of(global: &Global, environment: &Environment) -> Result<Option<Collection>> {
    let current = current_folder(environment)?;
    if global.root.len() > 1 {
        let mut collection = Collection {
            name: None,
            members: Vec::new(),
            folder: current.join("dist"),
        };
        for root in &global.root {
            let folder = absolute(root, environment)?;
            match list_in(&folder) {
                Some(list) => {
                    let (_, more) = members(&list, &fetching(false, environment))?;
                    collection.members.extend(more);
                }
                None => collection
                    .members
                    .push(Member::in_folder(&shown_path(root), &folder)),
            }
        }
        collection.members = each_once(collection.members);
        return Ok(Some(collection));
    }
    let list = match global.root.first() {
        Some(root) => list_in(&absolute(root, environment)?),
        None => nearest_list(current),
    };
    let Some(list) = list else { return Ok(None) };
    let (name, members) = members(&list, &fetching(false, environment))?;
    if members.is_empty() {
        bail!(
            "{} nævner ingen arkiver. Skriv dem, ét for hvert:\n\n[[arkiv]]\nsti = \"../hus-a\"",
            shown_path(&list)
        );
    }
    Ok(Some(Collection {
        name,
        members,
        folder: list.parent().unwrap_or(current).join("dist"),
    }))
}

/// The list that a path is, or that lies in a folder that is no repository itself.
fn list_in(path: &Path) -> Option<PathBuf> {
    if path.file_name().is_some_and(|name| name == COLLECTION_FILE) && is_file(path) {
        return Some(path.to_owned());
    }
    let list = path.join(COLLECTION_FILE);
    (is_file(&list) && !is_file(&path.join(CONFIG_FILE))).then_some(list)
}

/// The list in the nearest folder upward that has one, unless a repository is nearer.
fn nearest_list(current: &Path) -> Option<PathBuf> {
    let mut folders = current.ancestors();
    let nearest = folders.find(|folder| {
        is_file(&folder.join(CONFIG_FILE)) || is_file(&folder.join(COLLECTION_FILE))
    })?;
    list_in(nearest)
}

fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_some_and(|there| there.is_file())
}

/// Refuses what one repository alone can answer.
pub(super) fn only_whole(protocols: &[PathBuf]) -> Result<()> {
    if protocols.is_empty() {
        return Ok(());
    }
    bail!(
        "med flere arkiver tages alle protokoller. Vælg ét arkiv med --root for at nævne en protokol."
    )
}
