//! Joins the stages, once: `build` and `check` are the same road, and one of them goes further.
//!
//! Protocols are worked on in parallel, each from its files to its pages, and let go of before the next
//! one: what stays is what the reports and the area's page need. Nothing here prints or reads the clock.

mod build;
mod diff;
#[cfg(test)]
mod diff_tests;
mod fix;
mod history;
mod job;
mod looks;
mod print;
mod record;
mod sheet;
mod since;
mod skabeloner;
mod status;
#[cfg(test)]
mod tests;
mod verify;

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Result, bail};
use jiff::civil::Date;
use rayon::prelude::*;

pub use build::{BuildOptions, BuildOutcome, Formats, Progress, build};
pub use diff::{DiffOptions, Since, diff};
pub use fix::{FixOutcome, LeftAlone, MendedFile, Reason, fix};
pub use history::{EditionAt, History, Readable, Unreadable};
pub use print::{Meeting, Paper, PrintOptions, PrintOutcome, Printed, print};
pub use record::{Approved, Decision, Deed, Done, WrittenApproval, approve, done};
pub use sheet::change_sheet;
pub use since::check_since;
pub use skabeloner::{ListedSkabelon, Origin, built_in, skabeloner};
pub use status::{DutiesOutcome, MatrixOutcome, duties, matrix};
pub use verify::{Mark, Named, State, Verdict, WithoutHistory, code_in_pdf, verify};

use crate::check::{
    self, Applied, Checked, Context, Digest, Excepted, Institutions, Language, Levels,
};
use crate::diag::{Code, Finding, Level};
use crate::document::{self, Document};
use crate::fs;
use crate::load::{self, CONFIG_FILE, Repository, SourceRead};
use crate::model::{
    Answers, Area, Institution, LawRegister, Protocol, REGISTER_FILE, Skabelon, Targets,
};
use crate::render::{Picture, Pictures};
use crate::text::SourceFile;
use crate::write;
use skabeloner::Skabeloner;

/// What a check looks at.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// Slugs; none means all.
    pub protocols: Vec<String>,
    /// Whether only what would make the output wrong or unsafe is an error.
    pub draft: bool,
    /// The day that dates are held against.
    pub today: Date,
    /// How many threads to use; 0 for one a core.
    pub threads: usize,
}

impl CheckOptions {
    /// All protocols, on a certain day.
    pub fn on(today: Date) -> Self {
        Self {
            protocols: Vec::new(),
            draft: false,
            today,
            threads: 0,
        }
    }

    fn judging(&self) -> Judging {
        Judging {
            draft: self.draft,
            today: self.today,
            printed_today: None,
        }
    }
}

/// What a run judges by.
#[derive(Clone, Copy, Debug)]
struct Judging {
    /// Whether only what would make the output wrong or unsafe is an error, and every page says UDKAST.
    draft: bool,
    /// The day that rules hold dates against.
    today: Date,
    /// The same day, where pages may tell what was overdue on it.
    printed_today: Option<Date>,
}

/// What a check found.
#[derive(Debug)]
pub struct CheckOutcome {
    /// The findings in order of path, place and code.
    pub findings: Vec<Finding>,
    /// Those that exceptions have set aside, in the same order.
    pub excepted: Vec<Excepted>,
    /// The slugs that were checked, in order, as reports may show them.
    pub protocols: Vec<String>,
    /// How many times a rule panicked; what the others found is there all the same.
    pub bugs: usize,
}

/// Checks the repository's protocols.
pub fn check(repository: &Repository, options: &CheckOptions) -> Result<CheckOutcome> {
    let site = Site::open(repository, options.threads, options.judging())?;
    let slugs = site.select(&options.protocols)?;
    let levels = site.levels();
    let results = in_parallel(options.threads, &slugs, |slug| {
        site.work(slug, |work| levels.apply_to(work.findings(), work.protocol))
    })?;
    let own = site.own_findings(&slugs, &results, options.protocols.is_empty())?;
    let mut findings = levels.apply(own);
    let mut protocols = Vec::new();
    let mut excepted = Vec::new();
    let mut bugs = 0;
    for (slug, result) in slugs.into_iter().zip(results) {
        let Some((applied, kept)) = result else {
            continue;
        };
        let Applied {
            findings: found,
            excepted: aside,
        } = applied;
        excepted.extend(aside);
        protocols.push(check::masked(&slug).into_owned());
        findings.extend(found);
        bugs += kept.bugs;
    }
    leave_out_told_once(&mut findings);
    findings.sort_by(Finding::order);
    excepted.sort_by(|a, b| a.finding.order(&b.finding));
    Ok(CheckOutcome {
        findings,
        excepted,
        protocols,
        bugs,
    })
}

impl CheckOutcome {
    /// Whether anything is at error level.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Error)
}

/// Leaves out what RP009 says of each protocol where RP803 says it of the skabelon they all follow.
fn leave_out_told_once(findings: &mut Vec<Finding>) {
    let place = |finding: &Finding| (finding.place.file.path().to_owned(), finding.place.span);
    let told = |finding: &&Finding| {
        finding.code == Code::SkabelonVariabel && finding.level == Level::Error
    };
    let told: BTreeSet<_> = findings.iter().filter(told).map(place).collect();
    if !told.is_empty() {
        findings.retain(|finding| {
            finding.code != Code::UkendtVariabel || !told.contains(&place(finding))
        });
    }
}

/// Maps in parallel; results come in the order of the items, and the first error ends it.
fn in_parallel<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    if threads == 1 {
        // No pool either: a thread that waits for another pool takes up more work meanwhile, and work within
        // work would pile up on its stack.
        return items.iter().map(work).collect();
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()?;
    pool.install(|| items.par_iter().map(&work).collect())
}

/// What all protocols of a run share.
struct Site<'r> {
    repository: &'r Repository,
    judging: Judging,
    area: Area,
    skabeloner: Skabeloner,
    /// The names of all institutions, for every protocol may be copied from any other.
    institutions: Institutions,
    /// The built-in register of laws with the area's own.
    laws: LawRegister,
    /// The file of the area's own register.
    register: Option<Arc<SourceFile>>,
    /// The `protokol.toml` of each slug that has one: read first, for the names, and once.
    mains: BTreeMap<String, SourceRead>,
    slugs: Vec<String>,
    findings: Vec<Finding>,
}

impl<'r> Site<'r> {
    fn open(repository: &'r Repository, threads: usize, judging: Judging) -> Result<Self> {
        Self::open_for(repository, threads, judging, &|_| true)
    }

    /// A site of which only some protocols are to be worked on, by their slugs: no file of the others is read.
    fn open_for(
        repository: &'r Repository,
        threads: usize,
        judging: Judging,
        wanted: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Self> {
        let Some(read) = repository.read(CONFIG_FILE)? else {
            bail!("{CONFIG_FILE} er væk fra {}", repository.root().display());
        };
        let (file, unreadable) = match read {
            Ok(file) => (file, None),
            Err(finding) => (Arc::new(SourceFile::new(CONFIG_FILE, "")), Some(finding)),
        };
        let (area, mut findings) = Area::read(&file);
        if let Some(finding) = unreadable {
            findings = vec![*finding];
        }
        findings.extend(check::area(&area));
        let mut slugs = repository.protocols(&area.protocol_folder)?;
        let all = slugs.len();
        slugs.retain(|slug| wanted(slug));
        let (laws, register) = read_laws(repository, &area, &mut findings)?;
        let mains = in_parallel(threads, &slugs, |slug| {
            let main = repository.read_main(&area.protocol_folder, slug)?;
            let names = match &main {
                Some(Ok(file)) => Institution::in_file(file),
                _ => Institution::default(),
            };
            Ok((main, names))
        })?;
        let named = slugs.iter().zip(&mains);
        let institutions =
            Institutions::new(named.map(|(slug, (_, names))| (slug.as_str(), names)));
        let mains = slugs.iter().cloned().zip(mains);
        let mains = mains.filter_map(|(slug, (main, _))| Some((slug, main?)));
        let mains: BTreeMap<_, _> = mains.collect();
        // Where some are not read, nobody knows which variables they have.
        let variables = (slugs.len() == all)
            .then(|| skabeloner::known_variables(&area, mains.values()))
            .flatten();
        let skabeloner = Skabeloner::read(repository, &area, variables.as_ref())?;
        Ok(Self {
            repository,
            judging,
            area,
            skabeloner,
            institutions,
            laws,
            register,
            mains,
            slugs,
            findings,
        })
    }

    /// The slugs asked for, or all.
    fn select(&self, wanted: &[String]) -> Result<Vec<String>> {
        for slug in wanted {
            if !self.slugs.contains(slug) {
                bail!(
                    "der er ingen protokol, der hedder »{slug}«, i {}",
                    self.area.protocol_folder
                );
            }
        }
        Ok(if wanted.is_empty() {
            self.slugs.clone()
        } else {
            self.slugs
                .iter()
                .filter(|slug| wanted.contains(slug))
                .cloned()
                .collect()
        })
    }

    fn levels(&self) -> Levels<'_> {
        Levels {
            settings: &self.area.levels,
            draft: self.judging.draft,
        }
    }

    /// Reads one protocol and does something with it; `None` for a folder that holds none. Beside the
    /// result comes what the area's own findings are made from.
    fn work<R>(&self, slug: &str, then: impl FnOnce(&Work<'_>) -> R) -> Result<Option<(R, Kept)>> {
        let main = self.mains.get(slug).cloned();
        let files = self
            .repository
            .read_protocol(&self.area.protocol_folder, slug, main)?;
        let Some(files) = files else { return Ok(None) };
        let (protocol, shape) = Protocol::read(files, &self.area);
        let name = protocol.skabelon.as_ref().or(self.area.skabelon.as_ref());
        let (skabelon, unknown) = self.skabeloner.find(name, &protocol, &self.area);
        let answers = Answers::of(&protocol, skabelon);
        let targets = Targets::of(&protocol.sections, &protocol.appendices);
        let work = Work {
            site: self,
            protocol: &protocol,
            skabelon,
            answers: &answers,
            targets: &targets,
            shape: &shape,
            unknown,
            skabelon_name: name.map(|name| name.text.as_str()),
            language: OnceCell::new(),
            resolved: OnceCell::new(),
            bugs: Cell::new(0),
        };
        let result = then(&work);
        let checked = work.language.get();
        let kept = Kept {
            skabelon: name.map(|name| name.text.clone()),
            digest: checked.map(|language| Digest::of(&protocol, language)),
            bugs: work.bugs.get(),
        };
        Ok(Some((result, kept)))
    }

    /// Personal numbers outside the protocols: in the area's own files and in what lies beside them, the
    /// latter only where `all` protocols are looked at.
    fn loose_findings<R>(
        &self,
        slugs: &[String],
        results: &[Option<R>],
        all: bool,
    ) -> Result<Vec<Finding>> {
        let mut files = vec![&self.area.file];
        files.extend(self.skabeloner.own_files());
        files.extend(&self.register);
        if !all {
            return Ok(check::person_numbers(files, &[]));
        }
        let empty = slugs.iter().zip(results);
        let empty = empty.filter(|(_, result)| result.is_none());
        let empty: Vec<&str> = empty.map(|(slug, _)| slug.as_str()).collect();
        let folder = &self.area.protocol_folder;
        let loose = self.repository.loose(folder, &empty)?;
        files.extend(&loose.texts);
        Ok(check::person_numbers(files, &loose.names))
    }

    /// Findings that belong to no protocol: in the area's own files, in the skabeloner that were used, in
    /// those that were not and in what lies beside the protocols (only where `all` of them are looked at),
    /// and those that come of looking at the protocols beside each other.
    fn own_findings<R>(
        &self,
        slugs: &[String],
        results: &[Option<(R, Kept)>],
        all: bool,
    ) -> Result<Vec<Finding>> {
        let kept = || results.iter().flatten().map(|(_, kept)| kept);
        let used = kept().filter_map(|kept| kept.skabelon.as_deref());
        let mut findings = self.findings.clone();
        findings.extend(self.skabeloner.findings(
            used,
            all,
            self.area.skabelon.as_ref().map(|name| (name, &self.area)),
        ));
        let digests: Vec<&Digest> = kept().filter_map(|kept| kept.digest.as_ref()).collect();
        findings.extend(self.across(&digests)?);
        findings.extend(self.loose_findings(slugs, results, all)?);
        Ok(findings)
    }

    /// Findings that come of looking at the protocols beside each other. Their files have been let go of,
    /// so the few that are pointed at are read again.
    fn across(&self, digests: &[&Digest]) -> Result<Vec<Finding>> {
        let found = check::across(&self.area, digests);
        let mut files = BTreeMap::new();
        for path in found.iter().flat_map(check::AreaFinding::paths) {
            if !files.contains_key(path) {
                let read = self.repository.read(path)?.and_then(Result::ok);
                files.insert(path.to_owned(), read);
            }
        }
        let file = |path: &str| files.get(path).and_then(Clone::clone);
        Ok(found
            .iter()
            .filter_map(|finding| finding.placed(&file))
            .collect())
    }
}

/// What stays of a protocol when it has been let go of.
struct Kept {
    /// The name of the skabelon it follows.
    skabelon: Option<String>,
    /// What the rules about the whole area need, if it was checked.
    digest: Option<Digest>,
    /// How many rules panicked over it.
    bugs: usize,
}

/// Writes a file that was there. One that somebody has protected is left as it is, though a rename could
/// get round that; behind a link the file itself is written.
fn replace_file(repository: &Repository, path: &str, text: &str) -> Result<()> {
    let full = repository.root().join(path);
    let target = fs::real_path(&full).unwrap_or(full);
    if fs::metadata(&target).is_some_and(|metadata| metadata.permissions().readonly()) {
        bail!("filen {path} er skrivebeskyttet og er ikke rettet");
    }
    write::write_whole(&target, text.as_bytes())
}

/// Where an area keeps its own register of laws.
fn register_path(area: &Area) -> String {
    format!("{}/{REGISTER_FILE}", area.skabelon_folder)
}

/// The built-in register of laws with the area's own, whose findings are added.
fn read_laws(
    repository: &Repository,
    area: &Area,
    findings: &mut Vec<Finding>,
) -> Result<(LawRegister, Option<Arc<SourceFile>>)> {
    let mut laws = LawRegister::built_in();
    let path = register_path(area);
    let file = match repository.read(&path)? {
        Some(Ok(file)) => {
            findings.extend(laws.add(&file));
            Some(file)
        }
        Some(Err(finding)) => {
            let file = Arc::clone(&finding.place.file);
            findings.push(*finding);
            Some(file)
        }
        None => None,
    };
    Ok((laws, file))
}

/// The pictures a protocol shows, those that cannot be shown left out.
fn pictures(repository: &Repository, protocol: &Protocol) -> Result<Pictures> {
    let mut pictures = Pictures::default();
    for file in protocol.pictures() {
        if let Some(picture) = repository.picture(&protocol.folder, file)? {
            let load::Picture { bytes, media_type } = picture;
            pictures
                .0
                .insert(file.to_owned(), Picture { bytes, media_type });
        }
    }
    Ok(pictures)
}

/// One protocol being worked on, with all that bears on it.
struct Work<'w> {
    site: &'w Site<'w>,
    protocol: &'w Protocol,
    skabelon: &'w Skabelon,
    answers: &'w Answers<'w>,
    targets: &'w Targets,
    shape: &'w [Finding],
    /// What to say where the protocol names a skabelon that is not there.
    unknown: Option<Finding>,
    /// The name of the skabelon it follows.
    skabelon_name: Option<&'w str>,
    /// Its texts taken apart, once somebody asks.
    language: OnceCell<Language<'w>>,
    /// The document made of it, once somebody asks.
    resolved: OnceCell<Resolved>,
    /// How many rules panicked over it.
    bugs: Cell<usize>,
}

/// A protocol ready to be printed, with the pictures it shows and the files it has with it.
struct Resolved {
    document: Document,
    pictures: Pictures,
    files: Files,
}

/// The attached files of a protocol by their path among its pages.
type Files = BTreeMap<String, Vec<u8>>;

/// The files attached to a protocol, those that cannot be attached left out.
fn files(repository: &Repository, protocol: &Protocol) -> Result<Files> {
    let mut files = Files::new();
    for file in protocol.attachments() {
        if let Some(path) = load::attachment_path(file)
            && let Some(bytes) = repository.attachment(&protocol.folder, file)?
        {
            files.insert(path, bytes);
        }
    }
    Ok(files)
}

impl Work<'_> {
    /// The document and its pictures, which are read now if nobody has asked before.
    fn resolved(&self) -> Result<&Resolved> {
        if let Some(resolved) = self.resolved.get() {
            return Ok(resolved);
        }
        let files = files(self.site.repository, self.protocol)?;
        let pictures = pictures(self.site.repository, self.protocol)?;
        let judging = self.site.judging;
        let document = document::assemble(
            &self.site.area,
            self.skabelon,
            self.protocol,
            self.answers,
            self.targets,
            &document::Options {
                draft: judging.draft,
                today: judging.printed_today,
                picture: &|file| Some(&*pictures.0.get(file)?.bytes),
                attachment: &|path| files.get(path).map(Vec::as_slice),
            },
        );
        Ok(self.resolved.get_or_init(|| Resolved {
            document,
            pictures,
            files,
        }))
    }

    /// The fingerprint of what the protocol says; none where a picture cannot be read, which is told when
    /// pages are made.
    fn fingerprint(&self) -> Option<&str> {
        let resolved = self.resolved().ok()?;
        Some(&resolved.document.edition.fingerprint)
    }

    /// Every finding, with the rules' own levels.
    fn findings(&self) -> Vec<Finding> {
        let Checked { mut findings, bugs } = check::protocol(&Context {
            area: &self.site.area,
            skabelon: self.skabelon,
            protocol: self.protocol,
            answers: self.answers,
            targets: self.targets,
            language: self.language.get_or_init(|| Language::of(self.protocol)),
            institutions: &self.site.institutions,
            laws: &self.site.laws,
            today: self.site.judging.today,
            fingerprint: &|| self.fingerprint().map(str::to_owned),
        });
        self.bugs.set(bugs);
        let shape = self.shape.iter().chain(&self.unknown);
        findings.extend(shape.cloned().map(|mut finding| {
            finding.protocol = Some(self.protocol.slug.clone());
            finding
        }));
        findings
    }
}
