//! Mends what takes no judgement: check, edit, check again, and only then write.
//!
//! Nothing reaches the disk before the whole repository has been checked with the new texts in memory. A
//! fix that would make another finding, or change or remove one that it does not mend, is not made. All
//! fixes are tried at once; where that does harm, each half by itself, so that `k` harmful ones among `n`
//! cost about `k · log n` checks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::skabeloner::Skabeloner;
use super::{CheckOptions, CheckOutcome, Site, check};
use crate::diag::{Code, Finding};
use crate::fix::{Repair, apply, plan};
use crate::fs;
use crate::load::{self, CONFIG_FILE, Encoding, Repository};
use crate::text::{Place, SourceFile};
use crate::write;

/// A fix may wait for another one that it overlaps; more than these rounds is somebody going in circles.
const MOST_ROUNDS: usize = 5;

/// What fixing came to, before anything is written.
#[derive(Debug)]
pub struct FixOutcome {
    /// The files with a new text, in order.
    pub files: Vec<MendedFile>,
    /// The fixes that were not made, in the order they were tried.
    pub left: Vec<LeftAlone>,
    /// What a check finds in the new texts.
    pub check: CheckOutcome,
}

/// A file with its former and its new text.
#[derive(Debug)]
pub struct MendedFile {
    /// Its path relative to the repository's root, with `/`.
    pub path: String,
    /// How many fixes were made in it; another encoding counts as one.
    pub fixes: usize,
    /// How it was saved, where that is not plain UTF-8.
    pub encoding: Option<Encoding>,
    /// What it said, a byte order mark included.
    pub before: String,
    /// What it says now.
    pub after: String,
}

/// A fix that was not made.
#[derive(Debug)]
pub struct LeftAlone {
    /// The place of what remains.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// Why a fix was not made.
#[derive(Debug)]
pub enum Reason {
    /// The file has slips in its TOML, so that it cannot be told what is mended.
    Syntax,
    /// The string's quotes cannot hold the new letters, or too little would be left.
    NoRoom,
    /// It would not mend what it is to mend.
    NoHelp,
    /// There would be a finding that is not there now.
    Appears(Box<Finding>),
    /// A finding it does not mend would be gone or say something else.
    Disappears(Box<Finding>),
}

/// Finds out what a check's findings offer to mend, and with what result. Nothing is written.
pub fn fix(repository: &Repository, options: &CheckOptions) -> Result<FixOutcome> {
    let mut work = Mending {
        repository: repository.clone(),
        options,
        files: BTreeMap::new(),
        left: Vec::new(),
        given_up: BTreeSet::new(),
    };
    work.encodings()?;
    let mut known = check(&work.repository, options)?;
    for _ in 0..MOST_ROUNDS {
        match work.round(&known)? {
            Some(after) => known = after,
            None => break,
        }
    }
    Ok(FixOutcome {
        files: work.files.into_values().collect(),
        left: work.left,
        check: known,
    })
}

impl FixOutcome {
    /// Writes every file that was mended; for each the error, if there was one.
    pub fn write(&self, repository: &Repository) -> Vec<(&MendedFile, Result<()>)> {
        let files = self.files.iter();
        files
            .map(|file| (file, replace(repository, file)))
            .collect()
    }
}

/// Writes a file that was there. One that somebody has protected is left as it is, though a rename could
/// get round that; behind a link the file itself is written.
fn replace(repository: &Repository, file: &MendedFile) -> Result<()> {
    let path = repository.root().join(&file.path);
    let target = fs::real_path(&path).unwrap_or(path);
    if fs::metadata(&target).is_some_and(|metadata| metadata.permissions().readonly()) {
        bail!("filen {} er skrivebeskyttet og er ikke rettet", file.path);
    }
    write::write_whole(&target, file.after.as_bytes())
}

/// The texts as they come to be.
struct Mending<'o> {
    /// With the new texts in place of the files.
    repository: Repository,
    options: &'o CheckOptions,
    files: BTreeMap<String, MendedFile>,
    left: Vec<LeftAlone>,
    /// Findings whose fix was not made.
    given_up: BTreeSet<(String, Code, String)>,
}

impl Mending<'_> {
    /// Puts files into UTF-8. What the check then finds in them was there before, unread, so it is not
    /// held against this; that they can be read as TOML is.
    fn encodings(&mut self) -> Result<()> {
        self.encoding(CONFIG_FILE)?;
        for path in self.sources()? {
            self.encoding(&path)?;
        }
        Ok(())
    }

    /// The files of the protocols asked for, and the area's own skabeloner.
    fn sources(&self) -> Result<Vec<String>> {
        let site = Site::open(&self.repository, self.options.threads)?;
        let skabeloner = site.skabeloner.names();
        let mut paths: Vec<String> = skabeloner
            .map(|name| Skabeloner::path(&site.area, name))
            .collect();
        for slug in site.select(&self.options.protocols)? {
            let folder = &site.area.protocol_folder;
            let main = self.repository.read_main(folder, &slug)?;
            if let Some(files) = self.repository.read_protocol(folder, &slug, main)? {
                paths.extend(files.paths().map(str::to_owned));
            }
        }
        Ok(paths)
    }

    fn encoding(&mut self, path: &str) -> Result<()> {
        let Some(read) = self.repository.reencoded(path)? else {
            return Ok(());
        };
        let file = Arc::new(SourceFile::new(path, read.text));
        if !load::parse(&file).1.is_empty() {
            self.left.push(LeftAlone {
                place: Place::top(&file),
                reason: Reason::Syntax,
            });
            return Ok(());
        }
        let mark = if read.from == Encoding::MarkedUtf8 {
            "\u{FEFF}"
        } else {
            ""
        };
        let mended = MendedFile {
            path: path.to_owned(),
            fixes: 1,
            encoding: Some(read.from),
            before: format!("{mark}{}", file.text()),
            after: file.text().to_owned(),
        };
        self.files.insert(path.to_owned(), mended);
        self.repository.put(path, file.text());
        Ok(())
    }

    /// Makes the fixes that do not wait for others; `None` where there are none to make.
    fn round(&mut self, known: &CheckOutcome) -> Result<Option<CheckOutcome>> {
        let findings = known.findings.iter();
        let untried = findings.filter(|finding| !self.has_given_up(finding));
        let plan = plan(untried);
        for finding in plan.impossible {
            self.leave(finding, Reason::NoRoom);
        }
        let repository = self.repository.clone();
        let mut trial = Trial {
            repository: &repository,
            options: self.options,
            before: known,
            made: Vec::new(),
            after: None,
            left: Vec::new(),
        };
        trial.settle(&plan.repairs)?;
        let Trial {
            made, after, left, ..
        } = trial;
        for (path, repairs) in by_path(&made) {
            self.put(path, &repairs);
        }
        for (finding, reason) in left {
            self.leave(finding, reason);
        }
        Ok(after)
    }

    fn put(&mut self, path: &str, repairs: &[&Repair<'_>]) {
        let Some(first) = repairs.first() else { return };
        let text = first.file().text();
        let after = apply(text, repairs);
        self.repository.put(path, after.as_str());
        let file = self
            .files
            .entry(path.to_owned())
            .or_insert_with(|| MendedFile {
                path: path.to_owned(),
                fixes: 0,
                encoding: None,
                before: text.to_owned(),
                after: String::new(),
            });
        file.fixes += repairs.len();
        file.after = after;
    }

    fn has_given_up(&self, finding: &Finding) -> bool {
        let mut given_up = self.given_up.iter();
        given_up
            .any(|(path, code, message)| (path.as_str(), *code, message.as_str()) == key(finding))
    }

    fn leave(&mut self, finding: &Finding, reason: Reason) {
        let (path, code, message) = key(finding);
        let known = (path.to_owned(), code, message.to_owned());
        self.given_up.insert(known);
        self.left.push(LeftAlone {
            place: finding.place.clone(),
            reason,
        });
    }
}

/// What a finding is known by where its lines may move.
fn key(finding: &Finding) -> (&str, Code, &str) {
    (finding.place.file.path(), finding.code, &finding.message)
}

/// The repairs of each file.
fn by_path<'r, 'f>(repairs: &[&'r Repair<'f>]) -> BTreeMap<&'r str, Vec<&'r Repair<'f>>> {
    let mut files: BTreeMap<&str, Vec<&Repair<'_>>> = BTreeMap::new();
    for repair in repairs {
        files.entry(repair.file().path()).or_default().push(repair);
    }
    files
}

/// Repairs being tried on the texts of one round.
struct Trial<'t> {
    repository: &'t Repository,
    options: &'t CheckOptions,
    before: &'t CheckOutcome,
    made: Vec<&'t Repair<'t>>,
    /// What a check finds with those that were made.
    after: Option<CheckOutcome>,
    left: Vec<(&'t Finding, Reason)>,
}

impl<'t> Trial<'t> {
    /// Makes those repairs that do no harm.
    fn settle(&mut self, repairs: &'t [Repair<'t>]) -> Result<()> {
        if repairs.is_empty() {
            return Ok(());
        }
        let together = self.made.iter().copied().chain(repairs).collect();
        let after = self.check_with(&together)?;
        match (harm(self.before, &together, &after), repairs) {
            (None, _) => {
                self.made = together;
                self.after = Some(after);
            }
            (Some(reason), [only]) => self.left.push((only.finding, reason)),
            (Some(_), _) => {
                let (first, second) = repairs.split_at(repairs.len() / 2);
                self.settle(first)?;
                self.settle(second)?;
            }
        }
        Ok(())
    }

    fn check_with(&self, repairs: &Vec<&Repair<'_>>) -> Result<CheckOutcome> {
        let mut repository = self.repository.clone();
        for (path, repairs) in by_path(repairs) {
            let text = repairs.first().map_or("", |repair| repair.file().text());
            repository.put(path, apply(text, &repairs));
        }
        check(&repository, self.options)
    }
}

/// How often something is found, and how often it may go.
#[derive(Default)]
struct Tally<'f> {
    before: Option<&'f Finding>,
    after: Option<&'f Finding>,
    /// Found before and not after; below nought where it is found more often.
    gone: isize,
    /// Mended by a repair.
    mended: isize,
    /// Found in letters that are replaced.
    replaced: isize,
}

/// What is wrong with the findings after some repairs, if anything is.
fn harm(before: &CheckOutcome, repairs: &[&Repair<'_>], after: &CheckOutcome) -> Option<Reason> {
    let repairs = by_path(repairs);
    let mut tallies: BTreeMap<(&str, Code, &str), Tally<'_>> = BTreeMap::new();
    for finding in &before.findings {
        let tally = tallies.entry(key(finding)).or_default();
        tally.before = Some(finding);
        tally.gone += 1;
        let here = repairs.get(finding.place.file.path()).into_iter().flatten();
        if here
            .clone()
            .any(|repair| std::ptr::eq(repair.finding, finding))
        {
            tally.mended += 1;
        } else if here.clone().any(|repair| repair.replaces(&finding.place)) {
            tally.replaced += 1;
        }
    }
    for finding in &after.findings {
        let tally = tallies.entry(key(finding)).or_default();
        tally.after = Some(finding);
        tally.gone -= 1;
    }
    // What appears says most about why; what it changes comes next.
    let mut all = tallies.values();
    let appears = all.clone().find(|tally| tally.gone < 0);
    let appears = appears.and_then(|tally| tally.after);
    let too_many = all
        .clone()
        .find(|tally| tally.gone > tally.mended + tally.replaced);
    let too_many = too_many.and_then(|tally| tally.before);
    let boxed = |finding: &Finding| Box::new(finding.clone());
    appears
        .map(|finding| Reason::Appears(boxed(finding)))
        .or_else(|| too_many.map(|finding| Reason::Disappears(boxed(finding))))
        .or_else(|| {
            all.any(|tally| tally.gone < tally.mended)
                .then_some(Reason::NoHelp)
        })
}
