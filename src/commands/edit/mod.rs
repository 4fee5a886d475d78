//! Writing in a form: what a file holds as data, what it would be with some keys changed, and the change itself.
//!
//! Only the keys that change are written, and only into a file that is still the one the form was made of. Who
//! asks, and how a form looks, is for `serve`.

mod data;
mod files;
mod guide;
mod handover;
mod picture;

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::publish::{Tried, tried};
use super::written::write_down;
use super::{PreviewOptions, ShownFinding};
use crate::amend;
use crate::check::masked;
use crate::fix;
use crate::fs;
use crate::load::{self, Repository, SourceRead};
use crate::model::{FileKind, form};
use crate::text::SourceFile;
use crate::write::{Lock, fingerprint};

pub use files::{NewPart, PartKind, Step, begin_part, move_part};
pub use guide::outline;
pub use handover::{Author, Handover, HandoverError, changed_files, hand_over, push};
pub use picture::{LARGEST_UPLOAD, add_picture};

/// What somebody wants to change in a file.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The file, relative to the root.
    pub path: String,
    /// Which state of the file the form was made of.
    pub version: String,
    /// The keys that change, as the form sends them.
    pub changes: Value,
}

/// How a change ended.
#[derive(Debug)]
pub enum Saved {
    /// It is written; the file as a form.
    Written(Value),
    /// The file is another than the one the form was made of, and is left alone; it as a form.
    Another(Value),
    /// The file is written in a way that cannot take the change, or the change cannot be read: what to say.
    Refused(String),
}

/// Why a change cannot be made in a form.
const NO_ROOM: &str =
    "Filen er skrevet på en måde, som formularen ikke kan rette i. Åbn filen selv, og ret den dér.";

/// A file that forms may be made of.
pub(super) struct Editable {
    pub(super) slug: String,
    pub(super) kind: FileKind,
}

/// The protocol and the kind of a file; nothing but the files that protocols are read from can be named.
///
/// # Errors
/// Where it is none of them.
pub(super) fn editable(repository: &Repository, path: &str) -> Result<Editable> {
    let (area, _) = crate::site::area_settings(repository)?;
    let folder = &area.protocol_folder;
    let below = path.strip_prefix(folder.as_str());
    let below = below.and_then(|below| below.strip_prefix('/'));
    if let Some((slug, inside)) = below.and_then(|below| below.split_once('/')) {
        let is_known = repository
            .protocols(folder)?
            .iter()
            .any(|known| known == slug);
        if is_known {
            let main = repository.read_main(folder, slug)?;
            if let Some(files) = repository.read_protocol(folder, slug, main)?
                && files.paths().any(|known| known == path)
            {
                let kind = if inside == load::PROTOCOL_FILE {
                    FileKind::Protocol
                } else {
                    FileKind::Section
                };
                let slug = slug.to_owned();
                return Ok(Editable { slug, kind });
            }
        }
    }
    bail!("{} er ikke en fil i en protokol", masked(path))
}

/// A file's text; the refusal where it is none.
fn read(repository: &Repository, path: &str) -> Result<Result<std::sync::Arc<SourceFile>, String>> {
    Ok(match repository.read(path)? {
        Some(Ok(file)) => Ok(file),
        Some(Err(finding)) => Err(finding.message.clone()),
        None => Err("Filen er der ikke længere.".to_owned()),
    })
}

/// The state of a text.
fn version(text: &str) -> String {
    fingerprint([text.as_bytes()])
}

/// A file as a form: its fields, what it holds, and its whole text. Where it is no TOML there are no values, and
/// the text alone can be mended.
///
/// # Errors
/// Where it is no file of a protocol, or cannot be read at all.
pub fn opened(repository: &Repository, path: &str) -> Result<Value> {
    let kind = editable(repository, path)?.kind;
    match read(repository, path)? {
        Ok(file) => Ok(as_form(path, kind, file.text())),
        Err(said) => bail!(said),
    }
}

fn as_form(path: &str, kind: FileKind, text: &str) -> Value {
    json!({
        "path": path,
        "version": version(text),
        "form": form(kind.kind()),
        "values": data::values(text),
        "text": text.replace("\r\n", "\n"),
    })
}

/// The text of a file with the changes.
fn changed(text: &str, kind: FileKind, changes: &Value) -> Result<String, String> {
    let changes = data::changes(changes, kind.kind())?;
    amend::amended(text, &changes).map_err(|_| NO_ROOM.to_owned())
}

/// What a protocol would be with a change that is not saved: its page, and its findings with the field that each
/// stands in. The inner error says why the change cannot be made.
///
/// # Errors
/// Where the repository as a whole cannot be read.
pub fn try_out(
    repository: &Repository,
    options: &PreviewOptions,
    today: jiff::civil::Date,
    wish: &Wish,
) -> Result<Result<Trial, String>> {
    let Editable { slug, kind } = editable(repository, &wish.path)?;
    let file = match read(repository, &wish.path)? {
        Ok(file) => file,
        Err(said) => return Ok(Err(said)),
    };
    let text = match changed(file.text(), kind, &wish.changes) {
        Ok(text) => text,
        Err(said) => return Ok(Err(said)),
    };
    let mut with = repository.clone();
    with.put(&wish.path, text.clone());
    let Tried { html, findings } = tried(&with, options, today, &slug)?;
    Ok(Ok(Trial {
        current: version(file.text()) == wish.version,
        html,
        findings,
        text,
    }))
}

/// A change that is tried out.
#[derive(Debug)]
pub struct Trial {
    /// Whether the file on disk is the one that the form was made of.
    pub current: bool,
    /// The protocol's page.
    pub html: String,
    /// The protocol's findings.
    pub findings: Vec<ShownFinding>,
    /// The file's text with the change.
    pub text: String,
}

impl Trial {
    /// The field that a finding of the changed file stands in: keys and numbers, from the outermost.
    pub fn field(&self, finding: &ShownFinding, path: &str) -> Option<Value> {
        let place = &finding.finding.place;
        (place.file.path() == path).then(|| data::field_at(&self.text, place.span.start()))
    }
}

/// Writes a change, if the file is still the one that the form was made of.
///
/// # Errors
/// Where it is no file of a protocol, where it is protected, and where the disk fails; it is then as it was.
pub fn save(repository: &Repository, wish: &Wish) -> Result<Saved> {
    write(repository, &wish.path, &wish.version, |text, kind| {
        changed(text, kind, &wish.changes)
    })
}

/// Writes a whole text, as [`save`] does.
///
/// # Errors
/// As [`save`].
pub fn save_text(repository: &Repository, path: &str, version: &str, text: &str) -> Result<Saved> {
    write(repository, path, version, |before, _| {
        let text = text.replace("\r\n", "\n");
        if before.contains("\r\n") {
            Ok(text.replace('\n', "\r\n"))
        } else {
            Ok(text)
        }
    })
}

fn write(
    repository: &Repository,
    path: &str,
    of: &str,
    changed: impl FnOnce(&str, FileKind) -> Result<String, String>,
) -> Result<Saved> {
    let _alone = Lock::of(repository.root())?;
    let kind = editable(repository, path)?.kind;
    let file = match read(repository, path)? {
        Ok(file) => file,
        Err(said) => return Ok(Saved::Refused(said)),
    };
    let before = file.text();
    if version(before) != of {
        return Ok(Saved::Another(as_form(path, kind, before)));
    }
    let text = match changed(before, kind) {
        Ok(text) => text,
        Err(said) => return Ok(Saved::Refused(said)),
    };
    if text != before {
        write_down(repository, path, before, &text)?;
    }
    Ok(Saved::Written(as_form(path, kind, &text)))
}

/// What the values of a form become when one finding is mended: those that change, each with the way to it.
/// `None` where the finding is not there or cannot be mended without judgement.
///
/// # Errors
/// As [`try_out`].
pub fn mended(
    repository: &Repository,
    options: &PreviewOptions,
    today: jiff::civil::Date,
    wish: &Wish,
    number: usize,
) -> Result<Option<Value>> {
    let Ok(trial) = try_out(repository, options, today, wish)? else {
        return Ok(None);
    };
    let file = std::sync::Arc::new(SourceFile::new(wish.path.clone(), trial.text.clone()));
    let finding = trial.findings.get(number).map(|shown| &shown.finding);
    let finding = finding.filter(|finding| finding.place.file.path() == wish.path);
    let Some(finding) = finding else {
        return Ok(None);
    };
    let plan = fix::plan([(std::sync::Arc::clone(&file), finding)]);
    let repairs: Vec<&fix::Repair<'_>> = plan.repairs.iter().collect();
    if repairs.is_empty() {
        return Ok(None);
    }
    let after = fix::apply(file.text(), &repairs);
    Ok(Some(data::differences(
        &data::values(file.text()),
        &data::values(&after),
    )))
}

/// The texts of a protocol's files by path, with their states: what an open form holds itself against.
///
/// # Errors
/// Where the disk fails.
pub fn versions(repository: &Repository, slug: &str) -> Result<BTreeMap<String, String>> {
    let (area, _) = crate::site::area_settings(repository)?;
    let folder = &area.protocol_folder;
    let main = repository.read_main(folder, slug)?;
    let Some(files) = repository.read_protocol(folder, slug, main)? else {
        return Ok(BTreeMap::new());
    };
    let mut versions = BTreeMap::new();
    for path in files.paths() {
        if let Some(SourceRead::Ok(file)) = repository.read(path)? {
            versions.insert(path.to_owned(), version(file.text()));
        }
    }
    Ok(versions)
}

/// Whether a path of the disk can be reached without leaving the repository.
fn stays_inside(repository: &Repository, path: &str) -> bool {
    let Some(root) = fs::real_path(repository.root()) else {
        return false;
    };
    let full = repository.root().join(path);
    let mut known = full.ancestors().filter_map(fs::real_path);
    known.next().is_some_and(|real| real.starts_with(root))
}
