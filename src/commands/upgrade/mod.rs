//! `upgrade`: what a new edition of a skabelon means for every protocol that follows it, and the files as they are to
//! be with it.
//!
//! The new edition is fetched and held in memory; each protocol is read once and judged by both editions, with the
//! rules that a skabelon has a say in. With `write` the copy, headings, ids and new sections are written together or
//! not at all. Nothing is approved, and no answer is written for anybody.

mod protocol;
mod rewrite;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use jiff::civil::Date;

use self::protocol::Sides;
use super::shared::{
    Fetched, Fetching, config_change, differences, fetch, find, is_changed, is_moved_tag,
    is_skabelon, lock_change, locked, moved_tag, set_revision,
};
use crate::compare::{ProtocolUpgrade, SkabelonMark, Upgrade};
use crate::diag::Level;
use crate::fs;
use crate::load::{CONFIG_FILE, Repository};
use crate::model::{Area, SharedSkabelon, Skabelon};
use crate::site::{CopyFiles, Judging, SKABELON_FILE, Site, copy_files, in_parallel, lock_of};
use crate::text::SourceFile;
use crate::text::visible::{one_line, shown_path};
use crate::write::{Change, Lock, together};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct UpgradeOptions {
    /// The skabelon; none for the area's only shared one, else for the one it follows.
    pub name: Option<String>,
    /// The revision, or the folder by its whole path; none for what `rusprot.toml` names.
    pub to: Option<Edition>,
    /// Whether the files are written.
    pub write: bool,
    /// How a skabelon is fetched.
    pub fetching: Fetching,
    /// The day that duties are held against.
    pub today: Date,
    /// How many threads to use; 0 for one a core.
    pub threads: usize,
}

/// A new edition of a skabelon.
#[derive(Clone, Debug)]
pub enum Edition {
    /// A revision in git.
    Revision(String),
    /// A folder of this machine.
    Folder(PathBuf),
}

/// The new edition, fetched.
struct New {
    skabelon: Skabelon,
    files: CopyFiles,
    mark: SkabelonMark,
    /// What `rusprot.toml` says of it where it is shared, with the revision that is to hold.
    shared: Option<(SharedSkabelon, Fetched)>,
}

/// Finds out what a new edition means, and writes it where that is asked for.
///
/// # Errors
/// Where the edition cannot be had, or the files cannot be written; they are then as they were.
pub fn upgrade(repository: &Repository, options: &UpgradeOptions) -> Result<Upgrade> {
    let judging = Judging {
        draft: false,
        today: options.today,
        printed_today: None,
    };
    let site = Site::open(repository, options.threads, judging)?;
    refuse_broken(&site)?;
    let name = chosen(&site.area, options)?;
    let new = new_edition(repository, &site.area, &name, options)?;
    let former = site.skabeloner.named(Some(&name));
    let mut upgrade = Upgrade::between(
        &name,
        (former, former_mark(repository, &name, former)?),
        (&new.skabelon, new.mark.clone()),
    );
    let sides = Sides {
        former,
        new: &new.skabelon,
        name: &name,
        texts: &upgrade.changes,
    };
    let told = in_parallel(options.threads, &site.slugs, |slug| {
        Ok(site
            .work(slug, |work| sides.about(work))?
            .and_then(|(told, _)| told))
    })?;
    let mut protocols: Vec<ProtocolUpgrade> = told.into_iter().flatten().collect();
    if options.write {
        let changes = write(&site, &name, (former, &new), &mut protocols)?;
        let _held = Lock::of(repository.root())?;
        together(repository.root(), &changes)?;
        upgrade.written = !changes.is_empty();
    }
    upgrade.protocols = protocols;
    Ok(upgrade)
}

/// Nothing can be told where `rusprot.toml` cannot be read as what it is.
fn refuse_broken(site: &Site<'_>) -> Result<()> {
    let mut broken = site.findings.iter();
    let broken = broken
        .find(|finding| finding.level == Level::Error && finding.place.file.path() == CONFIG_FILE);
    match broken {
        Some(finding) => bail!(
            "{CONFIG_FILE}, linje {}: {} Ret den, og kør kommandoen igen. Intet er ændret.",
            finding.place.range().start.line.get(),
            crate::check::masked(&finding.message)
        ),
        None => Ok(()),
    }
}

/// The name of the skabelon that is meant.
fn chosen(area: &Area, options: &UpgradeOptions) -> Result<String> {
    match (&options.name, area.shared.as_slice(), &area.skabelon) {
        (Some(name), ..) => Ok(name.trim().to_owned()),
        (None, [one], _) => Ok(one.name.value.clone()),
        (None, [], Some(own)) => Ok(own.text.clone()),
        (None, shared, Some(own)) if shared.iter().any(|one| one.name.value == own.text) => {
            Ok(own.text.clone())
        }
        (None, shared, _) => {
            let names: Vec<&str> = shared.iter().map(|one| one.name.value.as_str()).collect();
            bail!("skriv, hvilken skabelon det er: {}", names.join(", "))
        }
    }
}

fn new_edition(
    repository: &Repository,
    area: &Area,
    name: &str,
    options: &UpgradeOptions,
) -> Result<New> {
    if let Some(Edition::Folder(folder)) = &options.to {
        if options.write && area.shared.iter().any(|shared| shared.name.value == name) {
            bail!(
                "skabelonen »{name}« er en kopi af en fælles, så den kan ikke skrives fra en mappe. Skriv en udgave: \
                 rusprot upgrade {name} --to UDGAVE --write. Uden --write kan I se, hvad mappen ville betyde."
            );
        }
        return from_folder(folder, name);
    }
    let is_shared = area.shared.iter().any(|shared| shared.name.value == name);
    if !is_shared && options.to.is_none() {
        bail!(
            "skabelonen »{}« er ikke en fælles skabelon, så rusprot ved ikke, hvor en ny udgave ligger. Skriv mappen: \
             rusprot upgrade --to MAPPE",
            one_line(name)
        );
    }
    let mut shared = find(area, name)?.clone();
    if let Some(Edition::Revision(revision)) = &options.to {
        set_revision(&mut shared, revision)?;
    }
    let fetched = fetch(repository, &shared, &options.fetching)?;
    let former = lock_of(repository)?.and_then(|(_, lock)| lock);
    let former = former.as_ref().and_then(|lock| lock.copies.get(name));
    if former.is_some_and(|former| is_moved_tag(former, &shared, &fetched)) {
        return Err(moved_tag(&shared, former, &fetched));
    }
    let revision = shared.rev.as_ref().map(|line| line.text.clone());
    let (skabelon, mark) = read(&fetched.files, name, revision, fetched.commit.clone())?;
    Ok(New {
        skabelon,
        files: fetched.files.clone(),
        mark,
        shared: Some((shared, fetched)),
    })
}

/// A skabelon in a folder: the folder itself, or one of its name in it.
fn from_folder(folder: &Path, name: &str) -> Result<New> {
    let inside = folder.join(name);
    let has = |folder: &Path| fs::metadata(&folder.join(SKABELON_FILE)).is_some();
    let home = if has(folder) { folder } else { &inside };
    let Some(home) = fs::real_path(home).filter(|home| has(home)) else {
        bail!(
            "{} har ingen {SKABELON_FILE}, så der er ingen skabelon. Intet er ændret.",
            shown_path(folder)
        );
    };
    let files = copy_files(&Repository::below(&home), "")
        .with_context(|| format!("{} kan ikke læses, og intet er ændret", shown_path(&home)))?;
    let (skabelon, mark) = read(&files, name, Some(shown_path(folder)), None)?;
    Ok(New {
        skabelon,
        files,
        mark,
        shared: None,
    })
}

/// The skabelon in these files; one that cannot be read as one is refused.
fn read(
    files: &CopyFiles,
    name: &str,
    revision: Option<String>,
    commit: Option<String>,
) -> Result<(Skabelon, SkabelonMark)> {
    debug_assert!(is_skabelon(files), "whoever fetched it has looked");
    let bytes = files.get(SKABELON_FILE).map_or(&[][..], Vec::as_slice);
    let Ok(text) = std::str::from_utf8(bytes) else {
        bail!("{SKABELON_FILE} i den nye udgave er ikke gemt som UTF-8. Intet er ændret.");
    };
    let file = Arc::new(SourceFile::new(format!("{name}/{SKABELON_FILE}"), text));
    let (skabelon, findings) = Skabelon::read(&file);
    if let Some(finding) = findings
        .iter()
        .find(|finding| finding.level == Level::Error)
    {
        bail!(
            "{SKABELON_FILE} i den nye udgave, linje {}: {} Sig det til dem, der udgiver skabelonen. Intet er ændret.",
            finding.place.range().start.line.get(),
            crate::check::masked(&finding.message)
        );
    }
    let mark = SkabelonMark {
        edition: skabelon.version.text.clone(),
        revision,
        commit,
    };
    Ok((skabelon, mark))
}

fn former_mark(repository: &Repository, name: &str, former: &Skabelon) -> Result<SkabelonMark> {
    let lock = lock_of(repository)?.and_then(|(_, lock)| lock);
    let locked = lock.as_ref().and_then(|lock| lock.copies.get(name));
    Ok(SkabelonMark {
        edition: former.version.text.clone(),
        revision: locked.and_then(|locked| locked.rev.clone()),
        commit: locked.and_then(|locked| locked.commit.clone()),
    })
}

/// Every change of the disk: authors' files first, the copy, then what says which edition it is.
fn write(
    site: &Site<'_>,
    name: &str,
    (former, new): (&Skabelon, &New),
    protocols: &mut [ProtocolUpgrade],
) -> Result<Vec<Change>> {
    let repository = site.repository;
    let mut changes = Vec::new();
    for told in protocols.iter_mut().filter(|told| told.unread.is_none()) {
        changes.extend(rewrite::protocol(site, told, former, &new.skabelon)?);
    }
    let folder = format!("{}/{name}", site.area.skabelon_folder);
    let here = copy_files(repository, &folder)?;
    let mut lock = lock_of(repository)?
        .and_then(|(_, lock)| lock)
        .unwrap_or_default();
    if new.shared.is_some() && !here.is_empty() {
        let former = lock.copies.get(name);
        if former.is_none_or(|former| is_changed(&here, former)) {
            bail!(
                "{folder} er rettet i hånden, eller den er jeres egen. Se forskellen med »rusprot templates update \
                 {name} --dry-run«, og få kopien på plads først. Intet er ændret."
            );
        }
    }
    for file in differences(&folder, &here, &new.files) {
        changes.push(Change {
            target: repository.root().join(&file.path),
            before: file.before,
            after: file.after,
        });
    }
    if let Some((shared, fetched)) = &new.shared {
        if let Some(revision) = &shared.rev {
            changes.extend(config_change(repository, name, &revision.text)?);
        }
        lock.copies.insert(name.to_owned(), locked(shared, fetched));
        changes.extend(lock_change(repository, &lock)?);
    }
    Ok(changes)
}
