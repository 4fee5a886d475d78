//! Several repositories looked at together: what is found in each, how each stands, and one page over all of them.
//!
//! Each is opened by itself, so that a fault of one is a line that says so and never stops the others. What is told of
//! a protocol says which repository it is in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};

use super::CheckOptions;
use super::check::{CheckOutcome, check};
use super::join::{Chosen, in_order, join};
use super::publish::{CollectedRow, area_page, collected};
use super::shared::{Fetching, bring, store};
use super::status::{self, DutiesOutcome, MatrixOutcome, dated_duties, duties, matrix};
use crate::check::masked;
use crate::diag::{Code, Finding, Level, Related};
use crate::fs;
use crate::history::{FetchError, Revision, shown_address};
use crate::load::{CONFIG_FILE, LARGEST_TOML, Repository};
use crate::model::{Collection, Listed, SharedFrom};
use crate::overview::{DutyRow, matrix::Table};
use crate::render::{HTML_FILE, Overrides, Renderer};
use crate::site::{Site, in_parallel};
use crate::text::visible::{shown, shown_path};
use crate::text::{Place, SourceFile, alphabetical};
use crate::write::{Made, Output, Written};

/// The file that lists repositories.
pub const COLLECTION_FILE: &str = "samling.toml";

/// One of several repositories.
#[derive(Debug)]
pub struct Member {
    /// What it is called in what is told: its path or its address.
    pub label: String,
    /// The repository, or why it cannot be read.
    pub repository: Result<Repository, String>,
}

/// A repository that cannot be read, among several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is called.
    pub label: String,
    /// Why.
    pub message: String,
}

impl Member {
    /// The repository in a folder, which must hold its `rusprot.toml` itself.
    pub fn in_folder(label: &str, folder: &Path) -> Self {
        let config = folder.join(CONFIG_FILE);
        let repository = if fs::metadata(&config).is_some_and(|there| there.is_file()) {
            Repository::find(folder).map_err(|error| format!("{error:#}"))
        } else if fs::metadata(folder).is_none() {
            Err("mappen findes ikke".to_owned())
        } else {
            Err(format!("der er ingen {CONFIG_FILE} i mappen"))
        };
        Self {
            label: masked(label).into_owned(),
            repository,
        }
    }
}

/// The same repositories, where one that is named a second time is a fault: nobody is to be counted twice.
pub fn each_once(mut members: Vec<Member>) -> Vec<Member> {
    let mut known = BTreeSet::new();
    for member in &mut members {
        let Ok(repository) = &member.repository else {
            continue;
        };
        // One of git has no folder, and is known by its address.
        let folder = Some(repository.root()).filter(|root| !root.as_os_str().is_empty());
        let place = folder.and_then(fs::real_path);
        if !known.insert(place.unwrap_or_else(|| PathBuf::from(&member.label))) {
            member.repository = Err("det samme arkiv er nævnt to gange".to_owned());
        }
    }
    members
}

/// Opens every repository that a `samling.toml` lists; those of git are fetched and read from the cache. Beside them
/// comes what they are together.
///
/// # Errors
/// When the file itself cannot be read or understood.
pub fn members(list: &Path, fetching: &Fetching) -> Result<(Option<String>, Vec<Member>)> {
    let bytes = match fs::read_plain(list, LARGEST_TOML) {
        fs::Content::Bytes(bytes) => bytes,
        fs::Content::Refused(fs::Refusal::TooLarge(most)) => bail!(
            "{} fylder mere end {} MB, så den er ikke en liste over arkiver",
            shown_path(list),
            most / 1_000_000
        ),
        fs::Content::Missing | fs::Content::Refused(_) => {
            bail!("kan ikke læse filen {}", shown_path(list))
        }
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow!("{} er ikke gemt som UTF-8", shown_path(list)))?;
    let file = Arc::new(SourceFile::new(COLLECTION_FILE, text));
    let (collection, findings) = Collection::read(&file);
    if let Some(finding) = findings
        .iter()
        .find(|finding| finding.level == Level::Error)
    {
        return Err(anyhow!(
            "{}, linje {}: {}",
            shown_path(list),
            finding.place.range().start.line.get(),
            masked(&finding.message)
        ));
    }
    let base = list.parent().unwrap_or(Path::new(""));
    let members = collection.members.iter();
    let members = members.map(|listed| listed_member(listed, base, fetching));
    let members = each_once(members.collect());
    Ok((collection.name.map(|line| line.text), members))
}

fn listed_member(listed: &Listed, base: &Path, fetching: &Fetching) -> Member {
    let place = |text: &str| match listed.folder.as_str() {
        "" => text.to_owned(),
        folder => format!("{}/{folder}", text.trim_end_matches('/')),
    };
    match &listed.from {
        SharedFrom::Path(path) => {
            let folder = base.join(&path.text).join(&listed.folder);
            Member::in_folder(&shown(&place(&path.text)), &folder)
        }
        SharedFrom::Git(address) => Member {
            label: masked(&place(&shown_address(&address.text))).into_owned(),
            repository: from_git(listed, &address.text, base, fetching)
                .map_err(|error| format!("{error:#}")),
        },
    }
}

fn from_git(
    listed: &Listed,
    address: &str,
    base: &Path,
    fetching: &Fetching,
) -> Result<Repository> {
    let store = store(base, address, fetching)?;
    let revision = listed.rev.as_ref().map(|line| line.text.as_str());
    let cache = fetching.cache.clone().unwrap_or_default();
    bring(&store, &cache, revision, fetching)?;
    let resolved = store.resolve(revision)?;
    let files = Revision::below(&store.git(), &resolved.commit, &listed.folder)
        .map_err(FetchError::from)?
        .with_context(|| format!("der er ingen mappe, der hedder »{}«", listed.folder))?;
    let repository = Repository::over(Arc::new(files)).with_loose();
    if repository.read(CONFIG_FILE)?.is_none() {
        return Err(anyhow!("der er ingen {CONFIG_FILE}"));
    }
    Ok(repository)
}

/// What came of each repository that can be read, by its name, and those that cannot be.
type Each<R> = (Vec<(String, R)>, Vec<Fault>);

/// Does something with each repository, all at once; what failed is a fault.
fn each<R: Send>(
    members: &[Member],
    threads: usize,
    work: &(dyn Fn(&Member, &Repository) -> Result<R> + Sync),
) -> Result<Each<R>> {
    let done = in_parallel(threads, members, |member| {
        let result = match &member.repository {
            Ok(repository) => work(member, repository).map_err(|error| format!("{error:#}")),
            Err(reason) => Err(reason.clone()),
        };
        Ok((member.label.clone(), result))
    })?;
    let (mut fine, mut faults) = (Vec::new(), Vec::new());
    for (label, result) in done {
        match result {
            Ok(made) => fine.push((label, made)),
            Err(message) => faults.push(Fault { label, message }),
        }
    }
    Ok((fine, faults))
}

/// With one thread each: they are worked on beside each other.
fn alone(options: &CheckOptions) -> CheckOptions {
    CheckOptions {
        threads: 1,
        ..options.clone()
    }
}

/// What a repository that cannot be read is among findings.
fn fault_finding(fault: &Fault) -> Finding {
    let file = Arc::new(SourceFile::new(fault.label.clone(), ""));
    let message = format!("Arkivet kan ikke læses: {}", ended(&masked(&fault.message)));
    Finding::new(Code::UlaeseligFil, Place::top(&file), message)
        .with_help("De andre arkiver er læst. Ret stien eller adressen, eller sig det til dem, der har arkivet.")
}

fn ended(text: &str) -> String {
    let text = text.trim_end();
    let end = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{text}{end}")
}

/// Findings of one repository, with paths that say which.
fn labelled(findings: &mut [Finding], label: &str) {
    let mut files: BTreeMap<String, Arc<SourceFile>> = BTreeMap::new();
    let mut place = |place: &mut Place| {
        let path = place.file.path().to_owned();
        let file = files.entry(path).or_insert_with_key(|path| {
            let path = format!("{}/{path}", label.trim_end_matches('/'));
            Arc::new(SourceFile::new(path, place.file.text()))
        });
        place.file = Arc::clone(file);
    };
    for finding in findings {
        place(&mut finding.place);
        let others = finding.related.iter_mut().chain(&mut finding.details);
        others.for_each(|other: &mut Related| place(&mut other.place));
        finding.protocol = finding.protocol.as_ref().map(|slug| in_label(label, slug));
    }
}

fn in_label(label: &str, slug: &str) -> String {
    format!("{}/{slug}", label.trim_end_matches('/'))
}

/// Checks several repositories.
///
/// # Errors
/// When no thread can be had.
pub fn check_all(members: &[Member], options: &CheckOptions) -> Result<CheckOutcome> {
    let one = alone(options);
    let (fine, faults) = each(members, options.threads, &|_, repository| {
        check(repository, &one)
    })?;
    let mut all = CheckOutcome {
        findings: faults.iter().map(fault_finding).collect(),
        excepted: Vec::new(),
        protocols: Vec::new(),
        names: BTreeMap::new(),
        bugs: 0,
    };
    for (label, mut outcome) in fine {
        labelled(&mut outcome.findings, &label);
        for excepted in &mut outcome.excepted {
            labelled(std::slice::from_mut(&mut excepted.finding), &label);
        }
        all.findings.append(&mut outcome.findings);
        all.excepted.append(&mut outcome.excepted);
        let slugs = outcome.protocols.iter().map(|slug| in_label(&label, slug));
        all.protocols.extend(slugs);
        let names = outcome.names.into_iter();
        all.names
            .extend(names.map(|(slug, name)| (in_label(&label, &slug), name)));
        all.bugs += outcome.bugs;
    }
    in_order(&mut all.findings);
    Ok(all)
}

/// The matrix of several repositories: a table for each skabelon in each edition, with the repository in every row.
///
/// # Errors
/// When no thread can be had.
pub fn matrix_of_all(
    members: &[Member],
    options: &CheckOptions,
) -> Result<(MatrixOutcome, Vec<Fault>)> {
    let one = alone(options);
    let (fine, faults) = each(members, options.threads, &|_, repository| {
        matrix(repository, &one)
    })?;
    let mut all = MatrixOutcome {
        tables: Vec::new(),
        findings: faults.iter().map(fault_finding).collect(),
        bugs: 0,
    };
    for (label, mut outcome) in fine {
        labelled(&mut outcome.findings, &label);
        all.findings.append(&mut outcome.findings);
        all.bugs += outcome.bugs;
        for mut table in outcome.tables {
            for row in &mut table.rows {
                row.repository = Some(label.clone());
            }
            take_in(&mut all.tables, table);
        }
    }
    by_edition(&mut all.tables);
    Ok((all, faults))
}

/// Adds a table to the one of the same skabelon in the same edition, or as one of its own.
fn take_in(tables: &mut Vec<Table>, mut table: Table) {
    let key = |table: &Table| {
        (
            table.skabelon.clone(),
            table.title.clone(),
            table.version.clone(),
            table.columns.clone(),
        )
    };
    let own = key(&table);
    match tables.iter_mut().find(|other| key(other) == own) {
        Some(same) => same.rows.append(&mut table.rows),
        None => tables.push(table),
    }
}

/// Puts tables in the order of their titles, and of one title edition by edition.
fn by_edition(tables: &mut [Table]) {
    tables.sort_by_cached_key(|table| (alphabetical(&table.title), table.version.clone()));
}

/// The duties of several repositories, as those of one; `dated` with when they were changed.
///
/// # Errors
/// When no thread can be had.
pub fn duties_of_all(
    members: &[Member],
    options: &CheckOptions,
    within: Option<u32>,
    dated: bool,
) -> Result<DutiesOutcome> {
    let one = alone(options);
    let (fine, faults) = each(members, options.threads, &|_, repository| match dated {
        true => dated_duties(repository, &one, within),
        false => duties(repository, &one, within),
    })?;
    let mut all = DutiesOutcome {
        rows: Vec::new(),
        protocols: 0,
        hidden: 0,
        unread: Vec::new(),
        findings: faults.iter().map(fault_finding).collect(),
        bugs: 0,
    };
    for (label, mut outcome) in fine {
        labelled(&mut outcome.findings, &label);
        all.findings.append(&mut outcome.findings);
        let rows = outcome.rows.into_iter().map(|row| DutyRow {
            protocol: in_label(&label, &row.protocol),
            ..row
        });
        all.rows.extend(rows);
        let unread = outcome.unread.iter().map(|slug| in_label(&label, slug));
        all.unread.extend(unread);
        all.protocols += outcome.protocols;
        all.hidden += outcome.hidden;
        all.bugs += outcome.bugs;
    }
    status::in_order(&mut all.rows, options.today);
    Ok(all)
}

/// What a page over several repositories came to.
#[derive(Debug)]
pub struct CollectedPage {
    /// The page.
    pub page: PathBuf,
    /// Whether something other than it was lies there and is left alone.
    pub hindered: Option<String>,
    /// How many protocols stand on it.
    pub protocols: usize,
    /// The repositories that cannot be read; they stand on the page too.
    pub faults: Vec<Fault>,
    /// All that was found.
    pub findings: Vec<Finding>,
    /// How many times a rule panicked.
    pub bugs: usize,
}

/// Writes one page over several repositories, with links to where each protocol is published.
///
/// # Errors
/// When the page cannot be written.
pub fn page_of_all(
    members: &[Member],
    name: Option<&str>,
    out: &Path,
    options: &CheckOptions,
    day: Option<jiff::civil::Date>,
) -> Result<CollectedPage> {
    let one = alone(options);
    let (fine, faults) = each(members, options.threads, &|member, repository| {
        let site = Site::open(repository, 1, one.judging())?;
        let levels = site.levels();
        let chosen = Chosen {
            slugs: &site.slugs,
            compared: &|_| true,
            all: true,
        };
        let published = site.area.published.as_ref().map(|line| line.text.clone());
        let joined = join(&site, 1, &chosen, &|work| {
            let findings = levels.apply_to(work.findings(), work.protocol).findings;
            Ok((
                collected(work, &findings, &member.label, published.as_deref()),
                findings,
            ))
        })?;
        let (mut rows, mut standings, mut findings) = (Vec::new(), Vec::new(), joined.own);
        for one in joined.each {
            let (row, found) = one.made;
            findings.extend(found);
            standings.push((one.skabelon, row.standing.clone()));
            rows.push(row);
        }
        let tables = status::tables(&site.skabeloner, standings);
        Ok((rows, tables, findings, joined.bugs))
    })?;
    let mut all = CollectedPage {
        page: out.join(HTML_FILE),
        hindered: None,
        protocols: 0,
        findings: faults.iter().map(fault_finding).collect(),
        faults,
        bugs: 0,
    };
    let (mut rows, mut tables): (Vec<CollectedRow>, Vec<Table>) = (Vec::new(), Vec::new());
    for (label, (own, own_tables, mut findings, bugs)) in fine {
        labelled(&mut findings, &label);
        all.findings.append(&mut findings);
        all.bugs += bugs;
        rows.extend(own);
        for mut table in own_tables {
            for row in &mut table.rows {
                row.repository = Some(label.clone());
            }
            take_in(&mut tables, table);
        }
    }
    by_edition(&mut tables);
    all.protocols = rows.len();
    in_order(&mut all.findings);
    let faults = all
        .faults
        .iter()
        .map(|fault| (fault.label.as_str(), fault.message.as_str()));
    let page = area_page(name, rows, &tables, faults.collect(), day);
    let html = Renderer::new(&Overrides::default())?.area(&page)?;
    let output = Output::open(out);
    if let Written::Hindered(obstacle) = output.write(HTML_FILE, &html)? {
        all.hindered = Some(obstacle.to_string());
        return Ok(all);
    }
    // Nothing that another run has made here goes: this one knows of one page alone.
    output.finish(
        BTreeMap::from([(HTML_FILE.to_owned(), Made::plain())]),
        &|_| true,
    )?;
    Ok(all)
}
