//! New sections and appendices, and their order: a file each, whose number is its place.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::editable;
use crate::commands::init;
use crate::fs;
use crate::load::{FileName, Repository};
use crate::model::{Requirement, Skabelon, slug};
use crate::site::{Ground, Judging, Site, area_settings};
use crate::text::toml_string;
use crate::write::{self, Lock};

/// No name of a file is longer, in letters.
const LONGEST_NAME: usize = 50;

/// What a new file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A section.
    Section,
    /// An appendix.
    Appendix,
}

/// A part that is to be begun.
#[derive(Clone, Debug)]
pub struct NewPart {
    /// The protocol.
    pub slug: String,
    /// Section or appendix.
    pub kind: PartKind,
    /// The requirement that it answers, by its id.
    pub requirement: Option<String>,
    /// Its heading, where it answers none.
    pub heading: String,
}

/// Which way a part moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// Begins a part behind the others, and says which file it is. The inner error says why it cannot be begun.
///
/// # Errors
/// Where the disk fails.
pub fn begin_part(repository: &Repository, part: &NewPart) -> Result<Result<String, String>> {
    let _alone = Lock::of(repository.root())?;
    let (area, _) = area_settings(repository)?;
    let known = repository.protocols(&area.protocol_folder)?;
    if !known.contains(&part.slug) {
        return Ok(Err("Den protokol er der ikke.".to_owned()));
    }
    let folder = format!("{}/{}", area.protocol_folder, part.slug);
    let folder = match part.kind {
        PartKind::Section => folder,
        PartKind::Appendix => format!("{folder}/bilag"),
    };
    if !super::stays_inside(repository, &folder) {
        return Ok(Err("Mappen er en genvej til et andet sted.".to_owned()));
    }
    let heading = part
        .heading
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let text = match &part.requirement {
        Some(id) => match requirement_text(repository, &part.slug, id)? {
            Some(found) => found,
            None => return Ok(Err("Skabelonen har ikke det afsnit.".to_owned())),
        },
        None if !heading.chars().any(char::is_alphanumeric) => {
            return Ok(Err("Skriv en overskrift.".to_owned()));
        }
        None => {
            let text = format!(
                "overskrift = {}\ntekst = '''\n\n'''\n",
                toml_string(&heading)
            );
            (heading, text)
        }
    };
    let (heading, text) = text;
    let names = names(repository, &folder)?;
    let number = names.iter().map(|(name, _)| name.number).max().unwrap_or(0) + 1;
    let wish: String = slug(&heading).chars().take(LONGEST_NAME).collect();
    let wish = wish.trim_matches('-').to_owned();
    let taken: BTreeSet<&str> = names.iter().map(|(name, _)| name.name.as_str()).collect();
    let others = (2..).map(|number| format!("{wish}-{number}"));
    let name = std::iter::once(wish.clone())
        .chain(others)
        .find(|name| !taken.contains(name.as_str()))
        .expect("the numbers do not end");
    let number = match part.kind {
        PartKind::Section => format!("{number:02}"),
        PartKind::Appendix => number.to_string(),
    };
    let path = format!("{folder}/{number}-{name}.toml");
    write::create(&repository.root().join(&path), text.as_bytes())?;
    Ok(Ok(path))
}

/// The heading and the text of a file for a requirement.
fn requirement_text(
    repository: &Repository,
    slug: &str,
    id: &str,
) -> Result<Option<(String, String)>> {
    let ground = Ground::read(repository)?;
    let judging = Judging {
        draft: true,
        today: jiff::civil::Date::constant(2000, 1, 1),
        printed_today: None,
    };
    let site = Site::of_one(repository, &ground, judging, slug)?;
    let made = site.work(slug, |work| {
        let skabelon: &Skabelon = work.skabelon;
        let of = skabelon.requirements.len();
        let all = skabelon.requirements.iter().enumerate();
        let mut found = all.filter(|(_, requirement)| requirement.id.value == id);
        found
            .next()
            .map(|(at, requirement): (usize, &Requirement)| {
                let mut ids = BTreeSet::new();
                work.protocol.visit(&mut |section| {
                    ids.insert(section.id.clone());
                });
                let text = init::requirement_text(requirement, at + 1, of, &mut ids);
                (requirement.heading.text.clone(), text)
            })
    })?;
    Ok(made.and_then(|(made, _)| made))
}

/// The numbered files of a folder in order, with their names on disk.
fn names(repository: &Repository, folder: &str) -> Result<Vec<(FileName, String)>> {
    let entries = repository.list(folder)?.into_iter();
    let mut names: Vec<(FileName, String)> = entries
        .filter(|entry| !entry.is_dir)
        .filter_map(|entry| Some((FileName::parse(&entry.name)?, entry.name)))
        .collect();
    names.sort_by(|(a, _), (b, _)| (a.number, &a.name).cmp(&(b.number, &b.name)));
    Ok(names)
}

/// Moves a part past its neighbour, and says what its file is called now and which files got other names. At
/// either end nothing happens.
///
/// # Errors
/// Where it is no part of a protocol, where a name is taken, and where the disk fails.
pub fn move_part(
    repository: &Repository,
    path: &str,
    step: Step,
) -> Result<(String, Vec<(String, String)>)> {
    let _alone = Lock::of(repository.root())?;
    editable(repository, path)?;
    let Some((folder, name)) = path.rsplit_once('/') else {
        bail!("{path} er ikke et afsnit");
    };
    let mut names = names(repository, folder)?;
    let Some(at) = names.iter().position(|(_, own)| own == name) else {
        bail!("{path} er ikke et afsnit");
    };
    let other = match step {
        Step::Up => at.checked_sub(1),
        Step::Down => Some(at + 1).filter(|other| *other < names.len()),
    };
    let Some(other) = other else {
        return Ok((path.to_owned(), Vec::new()));
    };
    let mut numbers: Vec<u32> = names.iter().map(|(name, _)| name.number).collect();
    // Two of one number are told apart from now on.
    for at in 1..numbers.len() {
        numbers[at] = numbers[at].max(numbers[at - 1] + 1);
    }
    names.swap(at, other);
    let mut renamed = Vec::new();
    let mut now = path.to_owned();
    for ((own, before), number) in names.iter().zip(numbers) {
        if own.number == number {
            continue;
        }
        let (digits, rest) = before.split_once('-').expect("the name of a part has one");
        let after = format!("{number:0width$}-{rest}", width = digits.len());
        let (from, to) = (format!("{folder}/{before}"), format!("{folder}/{after}"));
        if from == path {
            now.clone_from(&to);
        }
        renamed.push((from, to));
    }
    for (_, to) in &renamed {
        if fs::own_metadata(&repository.root().join(to)).is_some() {
            bail!("filen {to} er der allerede, så rækkefølgen er ikke ændret");
        }
    }
    for (from, to) in &renamed {
        fs::rename(&repository.root().join(from), &repository.root().join(to))?;
    }
    Ok((now, renamed))
}
