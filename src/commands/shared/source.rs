//! Where a shared skabelon comes from: a repository of git, through the cache, or a folder of this machine.

use std::fmt::Display;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::{Fetching, is_skabelon};
use crate::fs;
use crate::history::{FetchError, Revision, Store, shown_address};
use crate::load::Repository;
use crate::model::{SharedFrom, SharedSkabelon};
use crate::site::{CopyFiles, SKABELON_FILE, copy_files, sum};
use crate::text::visible::shown_path;
use crate::write::Lock;

/// A shared skabelon as it is where it comes from.
#[derive(Debug)]
pub struct Fetched {
    /// Every file of its folder.
    pub(in crate::commands) files: CopyFiles,
    /// The commit; none from a folder.
    pub(in crate::commands) commit: Option<String>,
    /// Whether it was found by a tag.
    pub(in crate::commands) is_tag: bool,
}

/// Fetches a shared skabelon.
///
/// # Errors
/// Where it cannot be had, or is no skabelon.
pub fn fetch(
    repository: &Repository,
    shared: &SharedSkabelon,
    fetching: &Fetching,
) -> Result<Fetched> {
    let context = || format!("skabelonen »{}« kan ikke hentes", shared.name.value);
    let fetched = match &shared.from {
        SharedFrom::Path(path) => from_folder(repository.root(), &path.text, shared),
        SharedFrom::Git(address) => {
            let store = store(repository.root(), &address.text, fetching).with_context(context)?;
            let revision = shared.rev.as_ref().map(|line| line.text.as_str());
            at(&store, &address.text, revision, shared, fetching)
        }
    };
    fetched.with_context(context)
}

/// The store of an address: a path is seen from the folder of `rusprot.toml`.
pub(in crate::commands) fn store(root: &Path, address: &str, fetching: &Fetching) -> Result<Store> {
    let Some(cache) = &fetching.cache else {
        bail!("du har ikke en cachemappe på denne maskine, som den kan hentes til");
    };
    let address = seen_from(root, address);
    let key = &sum(address.as_bytes())[..32];
    let folder = cache.join("rusprot").join("arkiver").join(key);
    Ok(Store::new(folder, &address))
}

/// An address as git is to have it from anywhere: a path of this machine in full, the same whether it is there or not,
/// since what was fetched before is found by it.
fn seen_from(root: &Path, address: &str) -> String {
    let is_remote = address.contains("://")
        || address.split_once(':').is_some_and(|(host, _)| {
            // As git tells a host and a path from a path; a letter alone is a drive of Windows.
            host.len() > 1 && !host.contains(['/', '\\'])
        });
    if is_remote || Path::new(address).is_absolute() {
        return address.to_owned();
    }
    let mut path = fs::real_path(root).unwrap_or_else(|| root.to_owned());
    for part in Path::new(address).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path.to_string_lossy().into_owned()
}

/// Brings a store up to date, one command at a time.
pub(in crate::commands) fn bring(
    store: &Store,
    cache: &Path,
    revision: Option<&str>,
    fetching: &Fetching,
) -> Result<()> {
    if fetching.offline {
        return if store.is_there() {
            Ok(())
        } else {
            Err(store.not_fetched().into())
        };
    }
    let cache = cache.join("rusprot").join("arkiver");
    fs::create_folder(&cache)?;
    let _held = Lock::of(&cache)?;
    Ok(store.fetch(revision, fetching.may_ask)?)
}

fn at(
    store: &Store,
    address: &str,
    revision: Option<&str>,
    shared: &SharedSkabelon,
    fetching: &Fetching,
) -> Result<Fetched> {
    let cache = fetching.cache.clone().unwrap_or_default();
    bring(store, &cache, revision, fetching)?;
    let resolved = store.resolve(revision)?;
    let folder = Revision::below(&store.git(), &resolved.commit, &shared.folder)
        .map_err(FetchError::from)?;
    let address = shown_address(address);
    let Some(folder) = folder else {
        bail!(
            "{address} har ingen mappe, der hedder »{}«, i den udgave. En genvej eller et andet arkiv (submodule) \
             tæller ikke. Intet er ændret.",
            shared.folder
        );
    };
    let held = Repository::over(Arc::new(folder));
    let files = copy_files(&held, "").with_context(|| refused(&address, shared))?;
    checked(files, &address, shared).map(|files| Fetched {
        files,
        commit: Some(resolved.commit),
        is_tag: resolved.is_tag,
    })
}

fn from_folder(root: &Path, path: &str, shared: &SharedSkabelon) -> Result<Fetched> {
    let base = root.join(path);
    let Some(base) = fs::real_path(&base).filter(|base| base.is_dir()) else {
        bail!(
            "mappen {} findes ikke. Intet er ændret.",
            shown_path(&PathBuf::from(path))
        );
    };
    let shown = shown_path(Path::new(path));
    let home = base.join(&shared.folder);
    let Some(home) = fs::real_path(&home).filter(|home| home.starts_with(&base)) else {
        bail!(
            "{shown} har ingen mappe, der hedder »{}«. Intet er ændret.",
            shared.folder
        );
    };
    let held = Repository::below(&home);
    let files = copy_files(&held, "").with_context(|| refused(&shown, shared))?;
    checked(files, &shown, shared).map(|files| Fetched {
        files,
        commit: None,
        is_tag: false,
    })
}

fn refused(address: &dyn Display, shared: &SharedSkabelon) -> String {
    format!(
        "mappen »{}« i {address} kan ikke kopieres, og intet er ændret",
        shared.folder
    )
}

/// The files, where they are those of a skabelon.
fn checked(files: CopyFiles, address: &str, shared: &SharedSkabelon) -> Result<CopyFiles> {
    if !is_skabelon(&files) {
        bail!(
            "mappen »{}« i {address} har ingen {SKABELON_FILE}, så den er ikke en skabelon. Intet er ændret.",
            shared.folder
        );
    }
    Ok(files)
}
