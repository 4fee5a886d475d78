//! Mends what takes no judgement: check, edit, check again, and only then write.
//!
//! Nothing reaches the disk before the whole repository has been checked with the new texts in memory. A
//! fix that would make another finding, or change or remove one that it does not mend, is not made. All
//! fixes are tried at once; where that does harm, each half by itself, so that `k` harmful ones among `n`
//! cost about `k · log n` checks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::{CheckOptions, CheckOutcome, check, replace_file};
use crate::diag::{Code, Finding, Identity, Sense};
use crate::fix::{Repair, apply, moved, plan};
use crate::load::{self, CONFIG_FILE, Encoding, Repository};
use crate::site::{Site, Skabeloner, register_path};
use crate::text::{Place, SourceFile};
use crate::write::Lock;

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
    /// A rule panics over the new text, so that nobody knows what it would find.
    Bug,
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
    // Where a rule panicked nobody knows what it would have found.
    let rounds = if known.bugs == 0 { MOST_ROUNDS } else { 0 };
    for _ in 0..rounds {
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
        let lock = Lock::of(repository.root());
        let write = |file: &MendedFile| {
            if let Err(error) = &lock {
                bail!("{error}");
            }
            let is_as_read = |bytes: &[u8]| match file.encoding {
                // The mark is told of as part of the text.
                None | Some(Encoding::MarkedUtf8) => bytes == file.before.as_bytes(),
                Some(_) => load::reencoded(bytes).is_some_and(|now| now.text == file.before),
            };
            replace_file(repository, &file.path, &file.after, &is_as_read)
        };
        self.files.iter().map(|file| (file, write(file))).collect()
    }
}

/// The texts as they come to be.
struct Mending<'o> {
    /// With the new texts in place of the files.
    repository: Repository,
    options: &'o CheckOptions,
    files: BTreeMap<String, MendedFile>,
    left: Vec<LeftAlone>,
    /// Findings whose fix was not made.
    given_up: BTreeSet<Identity>,
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
        let site = Site::open(
            &self.repository,
            self.options.threads,
            self.options.judging(),
        )?;
        let skabeloner = site.skabeloner.names();
        let mut paths: Vec<String> = skabeloner
            .map(|name| Skabeloner::path(&site.area, name))
            .collect();
        paths.push(register_path(&site.area));
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
        let plan = plan(self.to_try(known)?);
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

    /// The findings that offer a fix not tried yet, each with its file as it is: in a finding personal
    /// numbers are hidden. Where that is so in the file's very name, nothing is mended.
    fn to_try<'k>(&self, known: &'k CheckOutcome) -> Result<Vec<(Arc<SourceFile>, &'k Finding)>> {
        let mut files = BTreeMap::new();
        let mut found = Vec::new();
        for finding in &known.findings {
            if finding.fix.is_none() || self.has_given_up(finding) {
                continue;
            }
            let path = finding.place.file.path();
            if !files.contains_key(path) {
                let read = self.repository.read(path)?.and_then(Result::ok);
                files.insert(path, read);
            }
            let file = files.get(path).and_then(Option::as_ref);
            found.extend(file.map(|file| (Arc::clone(file), finding)));
        }
        Ok(found)
    }

    fn put(&mut self, path: &str, repairs: &[&Repair<'_>]) {
        let Some(first) = repairs.first() else { return };
        let text = first.file.text();
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
        self.given_up.contains(&finding.identity())
    }

    fn leave(&mut self, finding: &Finding, reason: Reason) {
        self.given_up.insert(finding.identity());
        self.left.push(LeftAlone {
            place: finding.place.clone(),
            reason,
        });
    }
}

/// The repairs of each file.
fn by_path<'r, 'f>(repairs: &[&'r Repair<'f>]) -> BTreeMap<&'r str, Vec<&'r Repair<'f>>> {
    let mut files: BTreeMap<&str, Vec<&Repair<'_>>> = BTreeMap::new();
    for repair in repairs {
        files.entry(repair.file.path()).or_default().push(repair);
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
            let text = repairs.first().map_or("", |repair| repair.file.text());
            repository.put(path, apply(text, &repairs));
        }
        check(&repository, self.options)
    }
}

/// What a finding is known by in the texts after some repairs: its file, its rule, where it begins, and which
/// of its rule's sentences it is. A text that reads a little easier is still the same text that is hard to read.
type Trait<'f> = (&'f str, Code, usize, Sense);

/// What is wrong with the findings after some repairs, if anything is.
fn harm(before: &CheckOutcome, repairs: &[&Repair<'_>], after: &CheckOutcome) -> Option<Reason> {
    if after.bugs > before.bugs {
        return Some(Reason::Bug);
    }
    let repairs = by_path(repairs);
    let mut expected: BTreeMap<Trait<'_>, Vec<&Finding>> = BTreeMap::new();
    let (mut mended, mut replaced) = (BTreeSet::new(), BTreeSet::new());
    for finding in &before.findings {
        let here = repairs.get(finding.place.file.path());
        let here = here.map_or(&[][..], Vec::as_slice);
        if here
            .iter()
            .any(|repair| std::ptr::eq(repair.finding, finding))
        {
            mended.insert(finding.identity());
        } else if here.iter().any(|repair| repair.replaces(&finding.place)) {
            replaced.insert(finding.identity());
        } else {
            let start = moved(finding.place.span.start(), here);
            let same = expected.entry(known_by(finding, start)).or_default();
            same.push(finding);
        }
    }
    let mut no_help = false;
    for finding in &after.findings {
        let start = finding.place.span.start();
        let same = expected.get_mut(&known_by(finding, start));
        if same.and_then(Vec::pop).is_some() || replaced.contains(&finding.identity()) {
            continue;
        }
        if !mended.contains(&finding.identity()) {
            return Some(Reason::Appears(Box::new(finding.clone())));
        }
        no_help = true;
    }
    let gone = expected.into_values().flatten().next();
    gone.map(|finding| Reason::Disappears(Box::new(finding.clone())))
        .or_else(|| no_help.then_some(Reason::NoHelp))
}

fn known_by(finding: &Finding, start: usize) -> Trait<'_> {
    let path = finding.place.file.path();
    (path, finding.code, start, finding.sense)
}
