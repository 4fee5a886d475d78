//! `templates update`: fetches shared skabeloner and makes the copies that builds read.
//!
//! Everything is fetched and looked at before a byte is written, and then all of it is written or nothing. What is
//! asked of a person, and how it is told, is the command line's.

mod source;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};

pub(super) use source::{Fetched, bring, fetch, store};

use crate::check;
use crate::diag::Level;
use crate::fix::Quotes;
use crate::fs;
use crate::history::shown_address;
use crate::load::{CONFIG_FILE, Repository};
use crate::model::{Area, Line, LockFile, Locked, SharedFrom, SharedSkabelon, nearest};
use crate::site::{
    CopyFiles, LOCK_FILE, SKABELON_FILE, area_settings, copy_files, lock_of, sum, sums,
};
use crate::text::visible::one_line;
use crate::text::{SourceFile, Span, line_end};
use crate::write::{Change, Lock, together};

/// How skabeloner are fetched.
#[derive(Clone, Debug)]
pub struct Fetching {
    /// The user's cache folder; none where the system has none.
    pub cache: Option<PathBuf>,
    /// Whether nothing is fetched: what was fetched before is used.
    pub offline: bool,
    /// Whether a person is there whom a program of git's may ask.
    pub may_ask: bool,
}

/// What is to be brought up to date.
#[derive(Clone, Debug)]
pub struct UpdateOptions {
    /// The skabelon; none for all of them.
    pub name: Option<String>,
    /// The revision that is to be written into `rusprot.toml`; none for the one that stands there.
    pub revision: Option<String>,
    /// How.
    pub fetching: Fetching,
}

/// What an update comes to, before anything is written.
#[derive(Debug)]
pub struct Update {
    /// The copies, in the order of `rusprot.toml`.
    pub copies: Vec<CopyUpdate>,
    /// The names that `rusprot.lock` has and `rusprot.toml` does not: they are forgotten.
    pub forgotten: Vec<String>,
    root: PathBuf,
    changes: Vec<Change>,
}

/// What becomes of one copy.
#[derive(Debug)]
pub struct CopyUpdate {
    /// Its name.
    pub name: String,
    /// Where it comes from, as it may be shown.
    pub address: String,
    /// The revision that was asked for.
    pub revision: Option<String>,
    /// The commit; none from a folder.
    pub commit: Option<String>,
    /// The files that become others, by their paths in the repository.
    pub files: Vec<FileUpdate>,
    /// Whether somebody has changed the copy that is there.
    pub is_changed_by_hand: bool,
}

/// What becomes of one file.
#[derive(Debug)]
pub struct FileUpdate {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What it holds.
    pub before: Option<Vec<u8>>,
    /// What it is to hold.
    pub after: Option<Vec<u8>>,
}

/// Finds out what an update comes to. Shared skabeloner are fetched; in the repository nothing is written.
///
/// # Errors
/// Where one cannot be fetched, is none, or would take the place of what somebody has made; a `FetchError` where
/// git is the reason.
pub fn plan_update(repository: &Repository, options: &UpdateOptions) -> Result<Update> {
    let (area, chosen) = chosen(repository, options)?;
    let mut lock = match lock_of(repository)? {
        None => LockFile::default(),
        Some((_, Some(lock))) => lock,
        Some((_, None)) => bail!(
            "{LOCK_FILE} er ikke, som rusprot skriver den, så ingen kan se, hvad der er rettet i kopierne. Hent den \
             tilbage fra git, eller slet den og kopierne. Intet er ændret."
        ),
    };
    let mut update = Update {
        copies: Vec::new(),
        forgotten: Vec::new(),
        root: repository.root().to_owned(),
        changes: Vec::new(),
    };
    for shared in &chosen {
        let former = lock.copies.get(&shared.name.value);
        let fetched = fetch(repository, shared, &options.fetching)?;
        if former.is_some_and(|former| is_moved_tag(former, shared, &fetched)) {
            bail!(moved_tag(shared, former, &fetched));
        }
        let copy = copy_update(repository, &area, shared, former, &fetched)?;
        let locked = locked(shared, &fetched);
        lock.copies.insert(shared.name.value.clone(), locked);
        update.copies.push(copy);
    }
    let named: BTreeSet<&str> = area
        .shared
        .iter()
        .map(|one| one.name.value.as_str())
        .collect();
    let unknown = lock
        .copies
        .keys()
        .filter(|name| !named.contains(name.as_str()));
    update.forgotten = unknown.cloned().collect();
    for name in &update.forgotten {
        lock.copies.remove(name);
    }
    update.changes(repository, &lock, options, &chosen)?;
    Ok(update)
}

/// The area and the skabeloner that are asked for, each with the revision that is to hold.
fn chosen(repository: &Repository, options: &UpdateOptions) -> Result<(Area, Vec<SharedSkabelon>)> {
    let (area, findings) = area_settings(repository)?;
    if let Some(finding) = findings
        .iter()
        .find(|finding| finding.level == Level::Error)
    {
        let line = finding.place.range().start.line.get();
        bail!(
            "{CONFIG_FILE}, linje {line}: {} Ret den, og kør kommandoen igen. Intet er ændret.",
            check::masked(&finding.message)
        );
    }
    if area.shared.is_empty() && lock_of(repository)?.is_none() {
        bail!(
            "{CONFIG_FILE} nævner ingen fælles skabeloner. Skriv, hvor de kommer fra, for eksempel:\n\n\
             [skabeloner.vores]\ngit = \"https://…/skabeloner.git\"\nrev = \"2026-1\""
        );
    }
    let mut chosen: Vec<SharedSkabelon> = match &options.name {
        None => area.shared.clone(),
        Some(name) => vec![find(&area, name)?.clone()],
    };
    if let Some(revision) = &options.revision {
        let [one] = chosen.as_mut_slice() else {
            bail!(
                "der er flere fælles skabeloner. Skriv også, hvilken en »{}« er til.",
                one_line(revision)
            );
        };
        set_revision(one, revision)?;
    }
    Ok((area, chosen))
}

/// The shared skabelon of this name.
pub(super) fn find<'a>(area: &'a Area, name: &str) -> Result<&'a SharedSkabelon> {
    let name = name.trim();
    if let Some(found) = area.shared.iter().find(|one| one.name.value == name) {
        return Ok(found);
    }
    let names: Vec<&str> = area
        .shared
        .iter()
        .map(|one| one.name.value.as_str())
        .collect();
    let hint = match nearest(name, &names) {
        Some(near) => format!(" Mente du »{near}«?"),
        None if names.is_empty() => " Der står ingen.".to_owned(),
        None => format!(" Der står: {}.", names.join(", ")),
    };
    bail!(
        "{CONFIG_FILE} nævner ingen fælles skabelon, der hedder »{}«.{hint}",
        one_line(name)
    )
}

pub(super) fn set_revision(shared: &mut SharedSkabelon, revision: &str) -> Result<()> {
    if shared.from.key() == "sti" {
        bail!(
            "skabelonen »{}« kommer fra en mappe, og en mappe har ingen udgaver i git.",
            shared.name.value
        );
    }
    shared.rev = Some(Line {
        text: revision.trim().to_owned(),
        ..shared.rev.clone().unwrap_or_default()
    });
    Ok(())
}

/// Whether a tag leads to another commit than when it was fetched last: a tag is to stand.
pub(super) fn is_moved_tag(former: &Locked, shared: &SharedSkabelon, fetched: &Fetched) -> bool {
    let rev = shared.rev.as_ref().map(|line| line.text.as_str());
    fetched.is_tag
        && former.address == shared.from.text()
        && former.rev.as_deref() == rev
        && former.commit != fetched.commit
}

pub(super) fn moved_tag(
    shared: &SharedSkabelon,
    former: Option<&Locked>,
    fetched: &Fetched,
) -> anyhow::Error {
    let rev = shared.rev.as_ref().map_or("", |line| line.text.as_str());
    let short = |commit: Option<&String>| {
        commit.map_or_else(String::new, |id| id.chars().take(10).collect())
    };
    let was = short(former.and_then(|former| former.commit.as_ref()));
    let now = short(fetched.commit.as_ref());
    anyhow!(
        "mærket »{rev}« i {} er flyttet: det var ændringen {was}, da skabelonen »{}« blev hentet, og nu er det {now}. \
         Et mærke skal blive, hvor det er, ellers ved ingen, hvad I har. Intet er ændret.\nSpørg dem, der udgiver \
         skabelonen. Er det meningen, så skriv den nye ændring: rusprot templates update {} --rev {now}",
        shown_address(shared.from.text()),
        shared.name.value,
        shared.name.value
    )
}

pub(super) fn locked(shared: &SharedSkabelon, fetched: &Fetched) -> Locked {
    let files = fetched.files.iter();
    Locked {
        key: shared.from.key().to_owned(),
        address: shared.from.text().to_owned(),
        rev: shared.rev.as_ref().map(|line| line.text.clone()),
        folder: shared.folder.clone(),
        commit: fetched.commit.clone(),
        files: files
            .map(|(path, bytes)| (path.clone(), sum(bytes)))
            .collect(),
    }
}

/// What becomes of one copy, with the files that lie there now.
fn copy_update(
    repository: &Repository,
    area: &Area,
    shared: &SharedSkabelon,
    former: Option<&Locked>,
    fetched: &Fetched,
) -> Result<CopyUpdate> {
    let name = &shared.name.value;
    let folder = format!("{}/{name}", area.skabelon_folder);
    let here = copy_files(repository, &folder)?;
    if former.is_none() && !here.is_empty() && here != fetched.files {
        bail!(
            "{folder} er jeres egen mappe, og {CONFIG_FILE} siger, at skabelonen »{name}« er en kopi. To skabeloner \
             kan ikke have samme navn. Giv jeres egen et andet navn, eller flyt den, og kør kommandoen igen. Intet er \
             ændret."
        );
    }
    let by_hand = former.is_some_and(|former| is_changed(&here, former));
    Ok(CopyUpdate {
        name: name.clone(),
        address: shown_address(shared.from.text()),
        revision: shared.rev.as_ref().map(|line| line.text.clone()),
        commit: fetched.commit.clone(),
        files: differences(&folder, &here, &fetched.files),
        is_changed_by_hand: by_hand,
    })
}

/// Whether a copy is another than was written, line ends aside.
pub(super) fn is_changed(here: &CopyFiles, former: &Locked) -> bool {
    here.len() != former.files.len()
        || here.iter().any(|(path, bytes)| {
            let known = former.files.get(path);
            !known.is_some_and(|known| sums(bytes).contains(known))
        })
}

/// The files that become others, in the order of their paths. One that differs in line ends alone stays as git has
/// laid it here.
pub(super) fn differences(folder: &str, here: &CopyFiles, there: &CopyFiles) -> Vec<FileUpdate> {
    let paths: BTreeSet<String> = here.keys().chain(there.keys()).cloned().collect();
    let updates = paths.into_iter().filter_map(|path| {
        let (before, after) = (here.get(&path), there.get(&path));
        let same = match (before, after) {
            (Some(before), Some(after)) => sums(before).contains(&sum(after)),
            _ => false,
        };
        (!same).then(|| FileUpdate {
            path: format!("{folder}/{path}"),
            before: before.cloned(),
            after: after.cloned(),
        })
    });
    updates.collect()
}

impl Update {
    /// Notes every change of the disk: the copies, then `rusprot.toml` where it gets another revision, and the list
    /// of it all last.
    fn changes(
        &mut self,
        repository: &Repository,
        lock: &LockFile,
        options: &UpdateOptions,
        chosen: &[SharedSkabelon],
    ) -> Result<()> {
        let mut changes = Vec::new();
        for file in self.copies.iter().flat_map(|copy| &copy.files) {
            changes.push(Change {
                target: self.root.join(&file.path),
                before: file.before.clone(),
                after: file.after.clone(),
            });
        }
        if let (Some(revision), [shared]) = (&options.revision, chosen) {
            changes.extend(config_change(repository, &shared.name.value, revision)?);
        }
        changes.extend(lock_change(repository, lock)?);
        self.changes = changes;
        Ok(())
    }

    /// Whether everything is as it should be already.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether a copy is written over that somebody has changed.
    pub fn is_over_changes(&self) -> bool {
        let mut copies = self.copies.iter();
        copies.any(|copy| copy.is_changed_by_hand && !copy.files.is_empty())
    }

    /// Writes all of it, or nothing.
    ///
    /// # Errors
    /// Where a file is another by now, or the disk fails.
    pub fn write(&self) -> Result<()> {
        let _held = Lock::of(&self.root)?;
        together(&self.root, &self.changes)
    }
}

/// `rusprot.toml` with another revision of a shared skabelon; none where it stands there.
pub(super) fn config_change(
    repository: &Repository,
    name: &str,
    revision: &str,
) -> Result<Option<Change>> {
    let target = repository.root().join(CONFIG_FILE);
    let before = fs::read(&target)?;
    let text = String::from_utf8(before.clone())
        .map_err(|_| anyhow!("{CONFIG_FILE} er ikke gemt som UTF-8"))?;
    let Some(after) = with_revision(&text, name, revision.trim()) else {
        bail!(
            "skabelonen »{name}« er skrevet på en måde i {CONFIG_FILE}, som programmet ikke kan rette. Skriv selv \
             rev = \"{revision}\" under [skabeloner.{name}]. Intet er ændret."
        );
    };
    Ok((after != text).then(|| Change {
        target,
        before: Some(before),
        after: Some(after.into_bytes()),
    }))
}

/// The text of a `rusprot.toml` with this revision and nothing else moved; `None` where it cannot be written so.
fn with_revision(text: &str, name: &str, revision: &str) -> Option<String> {
    let file = Arc::new(SourceFile::new(CONFIG_FILE, text));
    // A mark at the beginning of the file is no part of its text.
    let mark = text.len() - file.text().len();
    let (area, _) = Area::read(&file);
    let shared = area.shared.iter().find(|one| one.name.value == name)?;
    let (span, typed) = match &shared.rev {
        Some(rev) => {
            let letters = Quotes::of(file.text(), rev.span).typed(revision)?;
            let quotes = file.text()[rev.span.start()..].chars().next()?;
            (rev.span, format!("{quotes}{letters}{quotes}"))
        }
        None => {
            let (SharedFrom::Git(line) | SharedFrom::Path(line)) = &shared.from;
            let end = Span::new(line.span.end, line.span.end);
            let rest = file.text()[end.start()..]
                .lines()
                .next()
                .unwrap_or_default();
            let value = toml::Value::String(revision.to_owned());
            let is_last = rest.trim().is_empty() || rest.trim_start().starts_with('#');
            let before = if is_last { line_end(file.text()) } else { ", " };
            (end, format!("{before}rev = {value}"))
        }
    };
    let (start, end) = (mark + span.start(), mark + span.end());
    let after = format!("{}{typed}{}", &text[..start], &text[end..]);
    let read = |text: &str| {
        text.trim_start_matches('\u{FEFF}')
            .parse::<toml::Table>()
            .ok()
    };
    let mut expected = read(text)?;
    let tables = expected.get_mut("skabeloner")?.as_table_mut()?;
    let table = tables.get_mut(name)?.as_table_mut()?;
    table.insert("rev".to_owned(), toml::Value::String(revision.to_owned()));
    (read(&after)? == expected).then_some(after)
}

/// `rusprot.lock` as it is to be; none where it is so, or where nothing is to stand in it and there is none.
pub(super) fn lock_change(repository: &Repository, lock: &LockFile) -> Result<Option<Change>> {
    let target = repository.root().join(LOCK_FILE);
    let before = fs::read_if_there(&target)?;
    let after = (!lock.copies.is_empty()).then(|| lock.text().into_bytes());
    Ok((before != after).then_some(Change {
        target,
        before,
        after,
    }))
}

/// Whether files are those of a skabelon.
pub(super) fn is_skabelon(files: &CopyFiles) -> bool {
    files.contains_key(SKABELON_FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_written_in_the_quotes_that_stand_there_and_nothing_else_moves() {
        let file = |table: &str| format!("\u{FEFF}skabelon = 'a'\n[omraade]\nnavn = 'X'\n{table}");
        for (before, after) in [
            (
                "[skabeloner.a] # her\ngit = 'x' # fra\nrev = '1' # fast\n",
                "[skabeloner.a] # her\ngit = 'x' # fra\nrev = '2' # fast\n",
            ),
            (
                "[skabeloner.a]\ngit = \"x\" # fra\n",
                "[skabeloner.a]\ngit = \"x\"\nrev = \"2\" # fra\n",
            ),
            (
                "[skabeloner]\na = { git = 'x', mappe = 'b' }\n",
                "[skabeloner]\na = { git = 'x', rev = \"2\", mappe = 'b' }\n",
            ),
            (
                "[skabeloner.a]\r\ngit = 'x'\r\n",
                "[skabeloner.a]\r\ngit = 'x'\r\nrev = \"2\"\r\n",
            ),
            (
                "[skabeloner.a]\ngit = 'x'",
                "[skabeloner.a]\ngit = 'x'\nrev = \"2\"",
            ),
        ] {
            assert_eq!(with_revision(&file(before), "a", "2"), Some(file(after)));
        }
        assert_eq!(
            with_revision(&file("[skabeloner.a]\ngit = 'x'\nrev = '1'\n"), "a", "'"),
            None
        );
    }
}
