//! Begins an area, or one more institution in it: every file that nobody should have to make by hand.
//!
//! Nothing that is there is written over: what is half begun is completed. What to ask for and how to tell of it is
//! the command line's.

mod area;
mod institution;
mod names;
mod section;
mod surroundings;
mod versions;

use std::path::Path;

use anyhow::{Result, bail};

pub use names::{folder as institution_folder, name as institution_name};
pub use surroundings::{Editor, Host};
pub use versions::{NotKept, git_knows_a_name, keep_in_git};

use self::institution::Present;
use crate::fs;
use crate::load::{CONFIG_FILE, FileName, Repository};
use crate::model::{Answers, Area, Institution, Protocol, Requirement, Skabelon, fold};
use crate::site::{ListedSkabelon, USUAL_SKABELON, area_settings, find_skabelon, skabeloner};

/// An area that is to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaStart {
    /// Its name.
    pub name: String,
    /// The organisation it belongs to.
    pub organisation: Option<String>,
    /// The name of the skabelon its protocols follow.
    pub skabelon: String,
}

/// An institution that is to begin in an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstitutionStart {
    /// Its name.
    pub name: String,
    /// Its folder, where somebody has chosen one; else it is made from the name.
    pub slug: Option<String>,
    /// The name of its skabelon, where it is not the area's.
    pub skabelon: Option<String>,
}

/// What was begun.
#[derive(Debug)]
pub struct Begun {
    /// The folder of the institution's protocol.
    pub slug: String,
    /// The files that were written, relative to the area's folder with `/`, in the order of reading.
    pub written: Vec<String>,
    /// Those that were there and were left alone, likewise.
    pub kept: Vec<String>,
}

/// Begins an area in a folder, which need not be there: its `rusprot.toml`, a LÆSMIG and `.gitignore`. The paths of
/// the files it wrote come beside the repository.
///
/// # Errors
/// When the skabelon is not known, or a file cannot be written.
pub fn begin_area(root: &Path, start: &AreaStart) -> Result<(Repository, Vec<String>)> {
    let own = root.join(format!("templates/{}/skabelon.toml", start.skabelon));
    if fs::metadata(&own).is_none() {
        find_skabelon(&start.skabelon, &skabeloner(None)?)?;
    }
    let mut written = Vec::new();
    for (path, text) in area::files(&start.name) {
        if write(root, path, &text)? {
            written.push(path.to_owned());
        }
    }
    // Last, since it makes the folder an area: what breaks off before it begins anew.
    if write(root, CONFIG_FILE, &area::config(start))? {
        written.insert(0, CONFIG_FILE.to_owned());
    }
    Ok((Repository::find(root)?, written))
}

/// The files of an area that has only a name so far, by their paths.
#[cfg(feature = "import")]
pub(super) fn area_files(start: &AreaStart) -> Vec<(&'static str, String)> {
    let mut files = area::files(&start.name);
    files.push((CONFIG_FILE, area::config(start)));
    files
}

/// Begins an institution in an area, or completes one that is half begun: its `protokol.toml`, a file for each
/// requirement that nothing answers yet, and house rules where it has no appendix.
///
/// # Errors
/// When the skabelon is not known, files that are there cannot be read, or one cannot be written. Nothing is
/// written then but what came before it.
pub fn begin_institution(repository: &Repository, start: &InstitutionStart) -> Result<Begun> {
    let (area, _) = area_settings(repository)?;
    let listed = skabeloner(Some(repository))?;
    let slug = match &start.slug {
        Some(slug) => slug.clone(),
        None => free_folder(repository, &area, &start.name)?,
    };
    let usual = area.skabelon.as_ref().map(|name| name.text.as_str());
    let chosen = start.skabelon.as_deref();
    let (present, its_own) = present(repository, &area, &slug, chosen.or(usual), &listed)?;
    let named = chosen.or(its_own.as_deref()).or(usual);
    let Some(named) = named else {
        bail!(
            "{CONFIG_FILE} nævner ingen skabelon. Skriv øverst i filen: skabelon = \"{USUAL_SKABELON}\""
        );
    };
    let skabelon = find_skabelon(named, &listed)?;
    let own = (usual != Some(skabelon.name.as_str())).then_some(skabelon.name.as_str());
    let mut begun = Begun {
        slug: slug.clone(),
        written: Vec::new(),
        kept: Vec::new(),
    };
    if is_alone(repository, &area, &slug)? {
        // The area began with it, perhaps not to its end.
        for (path, text) in area::files(&area.name.text) {
            if write(repository.root(), path, &text)? {
                begun.written.push(path.to_owned());
            }
        }
    }
    for (path, text) in institution::files(&start.name, own, &skabelon.skabelon, present) {
        let path = format!("{}/{slug}/{path}", area.protocol_folder);
        if write(repository.root(), &path, &text)? {
            begun.written.push(path);
        } else {
            begun.kept.push(path);
        }
    }
    Ok(begun)
}

/// The path, from the area's root, and the text of the file for a requirement that nothing answers yet; `None` where
/// something does, or the skabelon has none with this id.
///
/// # Errors
/// When the files that are there cannot be read.
#[cfg(feature = "lsp")]
pub(crate) fn file_for(
    repository: &Repository,
    slug: &str,
    id: &str,
) -> Result<Option<(String, String)>> {
    let (area, _) = area_settings(repository)?;
    let listed = skabeloner(Some(repository))?;
    let usual = area.skabelon.as_ref().map(|name| name.text.as_str());
    let (present, own) = present(repository, &area, slug, usual, &listed)?;
    let Some(named) = own.as_deref().or(usual) else {
        return Ok(None);
    };
    let skabelon = &find_skabelon(named, &listed)?.skabelon;
    let requirements = skabelon.requirements.iter().zip(&present.answered);
    let mut missing = requirements.filter(|(_, answered)| answered.is_none());
    let turn = missing.position(|(requirement, _)| requirement.id.value == id);
    let files = institution::files("", None, skabelon, present).into_iter();
    // The first is `protokol.toml`, and each requirement's comes in its turn.
    let file = turn.and_then(|turn| files.skip(1).nth(turn));
    Ok(file.map(|(path, text)| (format!("{}/{slug}/{path}", area.protocol_folder), text)))
}

/// The text of the `protokol.toml` of an institution that has only a name so far; `skabelon` is the area's, or
/// another one by its name.
pub fn new_main_file(name: &str, own_skabelon: Option<&str>, skabelon: &Skabelon) -> String {
    institution::main_file(name, own_skabelon, skabelon)
}

/// Writes the files around an area that an editor or a host of repositories reads; the paths of those it wrote
/// and of those that were there.
///
/// # Errors
/// When the area cannot be read or a file cannot be written.
pub fn add_surroundings(
    repository: &Repository,
    editor: Option<Editor>,
    host: Option<Host>,
) -> Result<(Vec<String>, Vec<String>)> {
    let mut written = Vec::new();
    let mut kept = Vec::new();
    for (path, text) in surroundings::files(repository, editor, host)? {
        let list = if write(repository.root(), &path, &text)? {
            &mut written
        } else {
            &mut kept
        };
        list.push(path);
    }
    Ok((written, kept))
}

/// The name of the institution in this folder of an area, where its `protokol.toml` says one.
///
/// # Errors
/// When a file cannot be read.
pub fn institution_in(repository: &Repository, slug: &str) -> Result<Option<String>> {
    let folder = protocol_folder(repository)?;
    let main = repository.read_main(&folder, slug)?;
    let name = main
        .and_then(Result::ok)
        .map(|file| Institution::in_file(&file).name.text);
    Ok(name.filter(|name| !name.is_empty()))
}

/// The folder of protocols that an area has chosen, relative to its root with `/`.
///
/// # Errors
/// When `rusprot.toml` cannot be read.
pub fn protocol_folder(repository: &Repository) -> Result<String> {
    Ok(area_settings(repository)?.0.protocol_folder)
}

/// The folder of pages that an area has chosen, relative to its root with `/`.
///
/// # Errors
/// When `rusprot.toml` cannot be read.
pub fn output_folder(repository: &Repository) -> Result<String> {
    Ok(area_settings(repository)?.0.output_folder)
}

/// Writes a file that is not there yet; whether it did.
fn write(root: &Path, path: &str, text: &str) -> Result<bool> {
    let target = root.join(path);
    if let Some(folder) = target.parent() {
        fs::create_folder(folder)?;
    }
    fs::write_new(&target, text.as_bytes())
}

/// Whether an area has no other protocol than this one.
fn is_alone(repository: &Repository, area: &Area, slug: &str) -> Result<bool> {
    let slugs = repository.protocols(&area.protocol_folder)?;
    Ok(slugs.iter().all(|other| other == slug))
}

/// The folder of the institution of this name: the one it has, also half begun, else one that no other has.
fn free_folder(repository: &Repository, area: &Area, name: &str) -> Result<String> {
    let slugs = repository.protocols(&area.protocol_folder)?;
    let mut names = Vec::with_capacity(slugs.len());
    for slug in &slugs {
        let main = repository.read_main(&area.protocol_folder, slug)?;
        let known = main.map(|main| match main {
            Ok(file) => Institution::in_file(&file).name.text,
            Err(_) => String::new(),
        });
        if known
            .as_deref()
            .is_some_and(|known| fold(known) == fold(name))
        {
            return Ok(slug.clone());
        }
        names.push(known);
    }
    let wish = names::folder(name);
    let taken = |slug: &str| {
        let all = slugs.iter().zip(&names);
        let mut same = all.filter(|(one, _)| *one == slug);
        // A folder without `protokol.toml` is half begun.
        same.any(|(_, known)| known.is_some())
    };
    let mut slug = wish.clone();
    let mut number = 2;
    while taken(&slug) {
        slug = format!("{wish}-{number}");
        number += 1;
    }
    Ok(slug)
}

/// What a protocol has already, held against its skabelon, and the skabelon it names itself.
fn present(
    repository: &Repository,
    area: &Area,
    slug: &str,
    usual: Option<&str>,
    listed: &[ListedSkabelon],
) -> Result<(Present, Option<String>)> {
    let main = repository.read_main(&area.protocol_folder, slug)?;
    let files = repository.read_protocol(&area.protocol_folder, slug, main)?;
    let protocol = files.map(|files| Protocol::read(files, area).0);
    if protocol
        .as_ref()
        .is_some_and(|protocol| protocol.incomplete)
    {
        bail!(
            "der er filer i {}/{slug}, som ikke kan læses. Kør »rusprot check {slug}«, ret dem, og prøv igen.",
            area.protocol_folder
        );
    }
    let own = protocol
        .as_ref()
        .and_then(|protocol| protocol.skabelon.as_ref());
    let own = own.map(|name| name.text.clone());
    let Some(named) = own.as_deref().or(usual) else {
        return Ok((Present::default(), own));
    };
    let skabelon = &find_skabelon(named, listed)?.skabelon;
    let present = match &protocol {
        Some(protocol) => present_in(protocol, skabelon),
        None => Present {
            answered: vec![None; skabelon.requirements.len()],
            ..Present::default()
        },
    };
    Ok((present, own))
}

/// What a protocol has already, held against a skabelon.
fn present_in(protocol: &Protocol, skabelon: &Skabelon) -> Present {
    let answers = Answers::of(protocol, skabelon);
    let number = |requirement: &Requirement| {
        answers.first(&requirement.id.value).map(|section| {
            let name = section.file.path().rsplit('/').next().unwrap_or_default();
            FileName::parse(name).map_or(0, |name| name.number)
        })
    };
    let mut present = Present {
        answered: skabelon.requirements.iter().map(number).collect(),
        has_appendix: !protocol.appendices.is_empty(),
        ..Present::default()
    };
    protocol.visit(&mut |section| {
        present.ids.insert(section.id.clone());
    });
    present
}

/// The paths, in its folder, and the texts of the files for those requirements that a protocol does not answer and
/// that are wanted.
pub(super) fn new_files(
    protocol: &Protocol,
    skabelon: &Skabelon,
    wanted: &dyn Fn(&Requirement) -> bool,
) -> Vec<(String, String)> {
    let present = present_in(protocol, skabelon);
    let requirements = skabelon.requirements.iter().zip(&present.answered);
    let missing = requirements.filter(|(_, answered)| answered.is_none());
    let missing: Vec<&Requirement> = missing.map(|(requirement, _)| requirement).collect();
    // The first is `protokol.toml`, and each requirement's comes in its turn.
    let files = institution::files("", None, skabelon, present)
        .into_iter()
        .skip(1);
    let wanted = missing
        .into_iter()
        .zip(files)
        .filter(|(requirement, _)| wanted(requirement));
    let sections = protocol.sections.iter();
    let mut taken: std::collections::BTreeSet<u32> =
        sections.map(|section| section.file_number).collect();
    let free = |(path, text): (String, String)| {
        let Some(name) = FileName::parse(&path) else {
            return (path, text);
        };
        // A section of the house's own may have the number.
        let mut number = name.number;
        while !taken.insert(number) {
            number += 1;
        }
        (format!("{number:02}-{}.toml", name.name), text)
    };
    wanted.map(|(_, file)| file).map(free).collect()
}

/// The table of a sub-section for a requirement, in the file of the section above.
pub(super) fn child_text(
    requirement: &Requirement,
    level: u8,
    ids: &mut std::collections::BTreeSet<String>,
) -> String {
    section::child_text(requirement, level, ids)
}

/// The text of the file for a requirement that stands `number`th of so many. `ids` are those the protocol has so
/// far; those of its sub-sections come to them.
#[cfg(feature = "serve")]
pub(super) fn requirement_text(
    requirement: &Requirement,
    number: usize,
    of: usize,
    ids: &mut std::collections::BTreeSet<String>,
) -> String {
    section::text(requirement, section::Turn { number, of }, ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(folder: &Path, skabelon: &str) -> Repository {
        let start = AreaStart {
            name: "Området".to_owned(),
            organisation: None,
            skabelon: skabelon.to_owned(),
        };
        begin_area(folder, &start).expect("an area").0
    }

    fn institution(name: &str) -> InstitutionStart {
        InstitutionStart {
            name: name.to_owned(),
            slug: None,
            skabelon: None,
        }
    }

    #[test]
    fn two_names_that_fold_to_one_folder_get_one_each() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let repository = started(folder.path(), USUAL_SKABELON);
        let slug = |name| {
            begin_institution(&repository, &institution(name))
                .expect(name)
                .slug
        };
        assert_eq!(slug("Åhuset"), "aahuset");
        assert_eq!(slug("Aahuset"), "aahuset-2");
        assert_eq!(slug("ÅHUSET"), "aahuset");
    }

    #[test]
    fn an_unknown_skabelon_stops_before_anything_is_written() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let start = AreaStart {
            name: "Området".to_owned(),
            organisation: None,
            skabelon: "socialpsykiatry".to_owned(),
        };
        let error = begin_area(folder.path(), &start).expect_err("no such skabelon");
        assert!(
            error.to_string().contains("Mente du »socialpsykiatri«?"),
            "{error}"
        );
        assert!(fs::list(folder.path()).expect("a folder").is_empty());
    }
}
