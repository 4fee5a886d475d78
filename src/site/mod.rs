//! A repository of protocols opened once for a run: the area, its skabeloner, its laws and names, and each
//! protocol as it is worked on.
//!
//! Protocols are worked on in parallel, each from its files to whatever is made of it, and let go of before the
//! next one. What is made, and what is said of it, is for `commands`; nothing here prints or reads the clock.

mod copies;
mod logo;
mod looks;
mod skabeloner;
mod work;

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};
use jiff::civil::Date;
use rayon::prelude::*;

pub use copies::{CopyFiles, LOCK_FILE, copy_files, lock_of, sum, sums};
pub(crate) use looks::{Look, Looks, built_in_typst};
pub use skabeloner::{ListedSkabelon, Origin, USUAL_SKABELON, built_in, find_skabelon, skabeloner};
pub(crate) use skabeloner::{SKABELON_FILE, Skabeloner};
pub(crate) use work::{AttachedFiles, Kept, Resolved, Work, Worked};

use crate::check::{self, Checked, Digest, Institutions, Levels};
use crate::diag::Finding;
use crate::load::{CONFIG_FILE, ProtocolFiles, Repository, SourceRead};
use crate::model::{
    Answers, Approval, Area, FORMAT, KnownSections, LawRegister, Line, Main, Protocol,
    REGISTER_FILE, this_version,
};
use crate::text::SourceFile;
use crate::text::visible::one_line;

/// What a run judges by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judging {
    /// Whether only what would make the output wrong or unsafe is an error, and every page says UDKAST.
    pub(crate) draft: bool,
    /// The day that rules hold dates against.
    pub(crate) today: Date,
    /// The same day, where pages may tell what was overdue on it.
    pub(crate) printed_today: Option<Date>,
}

/// Maps in parallel; results come in the order of the items, and the first error ends it.
pub(crate) fn in_parallel<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    if threads == 1 || items.len() == 1 {
        // No pool either: a thread that waits for another pool takes up more work meanwhile, and work within
        // work would pile up on its stack.
        return items.iter().map(work).collect();
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()?;
    pool.install(|| items.par_iter().map(&work).collect())
}

/// What the protocols of a repository rest on, the same for each.
#[derive(Clone)]
pub(crate) struct Ground {
    area: Arc<Area>,
    skabeloner: Arc<Skabeloner>,
    logo: logo::Read,
    findings: Vec<Finding>,
}

impl Ground {
    /// Reads it, without what only the check of a whole area asks for.
    pub(crate) fn read(repository: &Repository) -> Result<Self> {
        let (area, findings) = area_there(repository)?;
        Ok(Self {
            skabeloner: Arc::new(Skabeloner::read(repository, &area, None)?),
            area: Arc::new(area),
            logo: Arc::default(),
            findings,
        })
    }

    /// The skabeloner.
    pub(crate) fn skabeloner(&self) -> &Skabeloner {
        &self.skabeloner
    }
}

/// The area's settings, as far as they can be read, and what is wrong with how they are written. Where there
/// is no file of them, they are the usual ones.
pub(crate) fn area_settings(repository: &Repository) -> Result<(Area, Vec<Finding>)> {
    let read = repository.read(CONFIG_FILE)?;
    Ok(read.map_or_else(|| (usual_settings(), Vec::new()), settings_in))
}

fn settings_in(read: SourceRead) -> (Area, Vec<Finding>) {
    match read {
        Ok(file) => Area::read(&file),
        Err(finding) => (usual_settings(), vec![*finding]),
    }
}

fn usual_settings() -> Area {
    Area::read(&Arc::new(SourceFile::new(CONFIG_FILE, ""))).0
}

/// The same where protocols are to be worked on: it must be there.
fn area_there(repository: &Repository) -> Result<(Area, Vec<Finding>)> {
    match repository.read(CONFIG_FILE)? {
        Some(read) => {
            let (area, findings) = settings_in(read);
            match area.later_format {
                Some(format) => bail!(later_format(&area, format)),
                None => Ok((area, findings)),
            }
        }
        None => bail!("{CONFIG_FILE} er væk fra {}", repository.root().display()),
    }
}

/// What to say of files that are written in a way that a later version of this program reads: what each of their
/// keys means is not known here, so nothing is told of them.
fn later_format(area: &Area, format: u64) -> String {
    let wish = area.version.as_ref();
    let wish = wish.map_or_else(String::new, |wish| {
        format!(" Områdets egen fil nævner rusprot {}.", wish.value)
    });
    format!(
        "{CONFIG_FILE} er skrevet i format {format}, og rusprot {} læser kun format {FORMAT}. Hent en nyere udgave af \
         rusprot.{wish}",
        this_version()
    )
}

/// A `protokol.toml`, or why it cannot be read as text.
pub(crate) type MainRead = Result<Arc<Main>, Box<Finding>>;

/// The `protokol.toml` of a protocol; `None` where it has none.
fn read_main(repository: &Repository, area: &Area, slug: &str) -> Result<Option<MainRead>> {
    let read = repository.read_main(&area.protocol_folder, slug)?;
    Ok(read.map(|read| read.map(|file| Arc::new(Main::read(&file, area)))))
}

/// What all protocols of a run share.
#[derive(Clone)]
pub(crate) struct Site<'r> {
    pub(crate) repository: &'r Repository,
    pub(crate) judging: Judging,
    pub(crate) area: Arc<Area>,
    pub(crate) skabeloner: Arc<Skabeloner>,
    /// The names of all institutions, for every protocol may be copied from any other.
    institutions: Arc<OnceLock<Institutions>>,
    /// The built-in register of laws with the area's own.
    pub(crate) laws: Arc<LawRegister>,
    /// The file of the area's own register.
    pub(crate) register: Option<Arc<SourceFile>>,
    /// The `protokol.toml` of each slug that has one: read first, for the names, and once.
    mains: BTreeMap<String, MainRead>,
    pub(crate) slugs: Vec<String>,
    pub(crate) findings: Vec<Finding>,
    /// The picture of the area's sign, once somebody asks.
    logo: logo::Read,
    /// How many rules panicked over the area's own file.
    pub(crate) bugs: usize,
}

/// What a site knows beside the sections of its protocols, kept while somebody writes in one of those.
#[cfg(any(feature = "lsp", feature = "serve"))]
#[derive(Clone)]
pub(crate) struct Footing {
    pub(crate) area: Arc<Area>,
    skabeloner: Arc<Skabeloner>,
    institutions: Arc<OnceLock<Institutions>>,
    laws: Arc<LawRegister>,
    register: Option<Arc<SourceFile>>,
    mains: BTreeMap<String, MainRead>,
    pub(crate) slugs: Vec<String>,
    findings: Vec<Finding>,
    logo: logo::Read,
    bugs: usize,
}

#[cfg(any(feature = "lsp", feature = "serve"))]
impl<'r> Site<'r> {
    /// What can be kept of it.
    pub(crate) fn footing(&self) -> Footing {
        Footing {
            area: Arc::clone(&self.area),
            skabeloner: Arc::clone(&self.skabeloner),
            institutions: Arc::clone(&self.institutions),
            laws: Arc::clone(&self.laws),
            register: self.register.clone(),
            mains: self.mains.clone(),
            slugs: self.slugs.clone(),
            findings: self.findings.clone(),
            logo: Arc::clone(&self.logo),
            bugs: self.bugs,
        }
    }

    /// Whether it has the same names of institutions as a site that was opened before.
    pub(crate) fn has_names_of(&self, footing: &Footing) -> bool {
        let before = footing.institutions.get();
        before.is_some_and(|before| before.is_same(self.institutions()))
    }

    /// The site as it was, over files of which only sections and appendices are others now.
    pub(crate) fn on(repository: &'r Repository, footing: Footing, judging: Judging) -> Self {
        Self {
            repository,
            judging,
            area: footing.area,
            skabeloner: footing.skabeloner,
            institutions: footing.institutions,
            laws: footing.laws,
            register: footing.register,
            mains: footing.mains,
            slugs: footing.slugs,
            findings: footing.findings,
            logo: footing.logo,
            bugs: footing.bugs,
        }
    }
}

impl<'r> Site<'r> {
    pub(crate) fn open(
        repository: &'r Repository,
        threads: usize,
        judging: Judging,
    ) -> Result<Self> {
        Self::open_for(repository, threads, judging, &|_| true)
    }

    /// A site of which only some protocols are to be worked on, by their slugs: no file of the others is read.
    pub(crate) fn open_for(
        repository: &'r Repository,
        threads: usize,
        judging: Judging,
        wanted: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Self> {
        let (area, mut findings) = area_there(repository)?;
        let checked = check::area(&area);
        findings.extend(checked.findings);
        let mut slugs = repository.protocols(&area.protocol_folder)?;
        let all = slugs.len();
        slugs.retain(|slug| wanted(slug));
        let (laws, register) = read_laws(repository, &area, &mut findings)?;
        let mains = in_parallel(threads, &slugs, |slug| read_main(repository, &area, slug))?;
        let mains = slugs.iter().cloned().zip(mains);
        let mains = mains.filter_map(|(slug, main)| Some((slug, main?)));
        let mains: BTreeMap<_, _> = mains.collect();
        // Where some are not read, nobody knows which variables they have.
        let variables = (slugs.len() == all)
            .then(|| skabeloner::known_variables(&area, mains.values()))
            .flatten();
        let skabeloner = Skabeloner::read(repository, &area, variables)?;
        findings.extend(skabeloner.missing(&area));
        let logo = Arc::default();
        findings.extend(logo::finding(repository, &area, &logo));
        Ok(Self {
            repository,
            judging,
            logo,
            area: Arc::new(area),
            skabeloner: Arc::new(skabeloner),
            institutions: Arc::default(),
            laws: Arc::new(laws),
            register,
            mains,
            slugs,
            findings,
            bugs: checked.bugs,
        })
    }

    /// A site of one protocol, on ground that has been read before.
    pub(crate) fn of_one(
        repository: &'r Repository,
        ground: &Ground,
        judging: Judging,
        slug: &str,
    ) -> Result<Self> {
        let main = read_main(repository, &ground.area, slug)?;
        Ok(Self {
            repository,
            judging,
            logo: Arc::clone(&ground.logo),
            area: Arc::clone(&ground.area),
            skabeloner: Arc::clone(&ground.skabeloner),
            institutions: Arc::default(),
            laws: Arc::default(),
            register: None,
            mains: main
                .map(|main| (slug.to_owned(), main))
                .into_iter()
                .collect(),
            slugs: vec![slug.to_owned()],
            findings: ground.findings.clone(),
            bugs: 0,
        })
    }

    /// The same site where the `protokol.toml` of one protocol has another text, which `repository` holds. Names
    /// and variables are those it had: for entries, which bring none.
    pub(crate) fn with_main<'n>(&self, repository: &'n Repository, slug: &str) -> Result<Site<'n>>
    where
        'r: 'n,
    {
        let mut site: Site<'n> = self.clone();
        site.repository = repository;
        if let Some(main) = read_main(repository, &site.area, slug)? {
            site.mains.insert(slug.to_owned(), main);
        }
        Ok(site)
    }

    /// The slugs asked for, or all.
    pub(crate) fn select(&self, wanted: &[String]) -> Result<Vec<String>> {
        for slug in wanted {
            if !self.slugs.contains(slug) {
                bail!(
                    "der er ingen protokol, der hedder »{}«, i {}",
                    one_line(slug),
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

    /// The skabelon that the area names, with the area.
    pub(crate) fn area_skabelon(&self) -> Option<(&Line, &Area)> {
        self.area.skabelon.as_ref().map(|name| (name, &*self.area))
    }

    pub(crate) fn levels(&self) -> Levels<'_> {
        Levels {
            settings: &self.area.levels,
            draft: self.judging.draft,
        }
    }

    /// The names of all institutions.
    pub(crate) fn institutions(&self) -> &Institutions {
        self.institutions.get_or_init(|| {
            let mains = self.mains.iter();
            let read = mains.filter_map(|(slug, main)| Some((slug.as_str(), main.as_ref().ok()?)));
            Institutions::new(read.map(|(slug, main)| (slug, main.institution())))
        })
    }

    /// Whether there is a `protokol.toml`, though it may be unreadable.
    pub(crate) fn has_main(&self, slug: &str) -> bool {
        self.mains.contains_key(slug)
    }

    fn main_file(&self, slug: &str) -> Option<SourceRead> {
        let main = self.mains.get(slug)?;
        Some(match main {
            Ok(main) => Ok(Arc::clone(main.file())),
            Err(finding) => Err(finding.clone()),
        })
    }

    fn read(
        &self,
        slug: &str,
        files: ProtocolFiles,
        known: KnownSections,
    ) -> (Protocol, Vec<Finding>) {
        let main = self.mains.get(slug).and_then(|main| main.as_ref().ok());
        Protocol::read_beside(main.map(|main| &**main), known, files, &self.area)
    }

    /// The approvals in every `protokol.toml` that can be read.
    pub(crate) fn approvals(&self) -> impl Iterator<Item = &Approval> {
        let mains = self.mains.values().flatten();
        mains.flat_map(|main| main.approvals())
    }

    /// One protocol as its `protokol.toml` alone says; `None` for a folder that holds none.
    pub(crate) fn read_alone(&self, slug: &str) -> Result<Option<(Protocol, Vec<Finding>)>> {
        let folder = &self.area.protocol_folder;
        let files = match self.main_file(slug) {
            Some(main) => self.repository.main_alone(folder, slug, Some(main)),
            // Without one it takes a look into the folder to know whether there is a protocol at all.
            None => match self.repository.read_protocol(folder, slug, None)? {
                Some(files) => files,
                None => return Ok(None),
            },
        };
        Ok(Some(self.read(slug, files, KnownSections::default())))
    }

    /// Reads one protocol and does something with it; `None` for a folder that holds none. Beside the
    /// result comes what the area's own findings are made from.
    pub(crate) fn work<R>(
        &self,
        slug: &str,
        then: impl FnOnce(&Work<'_>) -> R,
    ) -> Result<Option<(R, Kept)>> {
        let worked = self.work_beside(slug, KnownSections::default(), |work| then(work))?;
        Ok(worked.map(|worked| (worked.result, worked.kept)))
    }

    /// The same where sections of it have been read before, for whoever goes on with what was read now.
    pub(crate) fn work_beside<R>(
        &self,
        slug: &str,
        known: KnownSections,
        then: impl FnOnce(&mut Work<'_>) -> R,
    ) -> Result<Option<Worked<R>>> {
        let folder = &self.area.protocol_folder;
        let files = self
            .repository
            .read_protocol(folder, slug, self.main_file(slug))?;
        let Some(files) = files else { return Ok(None) };
        let (protocol, shape) = self.read(slug, files, known);
        let name = protocol.skabelon.as_ref().or(self.area.skabelon.as_ref());
        let (skabelon, unknown) = self.skabeloner.find(name, &protocol, &self.area);
        let answers = Answers::of(&protocol, skabelon);
        let targets = protocol.targets();
        let mut work = Work {
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
        let result = then(&mut work);
        let checked = work
            .language
            .get()
            .filter(|_| check::needs_digests(&self.area));
        let kept = Kept {
            skabelon: name.map(|name| name.text.clone()),
            digest: checked.map(|language| {
                let common = self.skabeloner.common_words(name);
                Digest::of(&protocol, common, language)
            }),
            bugs: work.bugs.get(),
        };
        drop(work);
        drop(answers);
        Ok(Some(Worked {
            result,
            kept,
            protocol,
            shape,
        }))
    }

    /// Personal numbers outside the protocols: in the area's own files and in what lies beside them; and what lies
    /// there without a place. What lies beside them only where `all` protocols are looked at.
    fn loose_findings<R>(
        &self,
        slugs: &[String],
        results: &[Option<R>],
        all: bool,
    ) -> Result<Checked> {
        let mut files = vec![&self.area.file];
        files.extend(self.skabeloner.own_files());
        files.extend(&self.register);
        if !all {
            return Ok(check::person_numbers(files, &[]));
        }
        let (mut empty, mut full) = (Vec::new(), Vec::new());
        for (slug, result) in slugs.iter().zip(results) {
            let of = if result.is_none() {
                &mut empty
            } else {
                &mut full
            };
            of.push(slug.as_str());
        }
        let folder = &self.area.protocol_folder;
        let loose = self.repository.loose(folder, &empty)?;
        files.extend(&loose.texts);
        let mut checked = check::person_numbers(files, &loose.names);
        let elsewhere = if full.is_empty() {
            self.repository.protocols_elsewhere(folder)?
        } else {
            None
        };
        let strays = check::strays(&self.area, &full, &loose.strays, elsewhere.as_deref());
        checked.extend(strays);
        checked.findings.extend(loose.findings);
        Ok(checked)
    }

    /// Findings that belong to no protocol: in the area's own files, in the skabeloner that were used, in
    /// those that were not and in what lies beside the protocols (only where `all` of them are looked at),
    /// and those that come of looking at the protocols beside each other.
    pub(crate) fn own_findings<R>(
        &self,
        slugs: &[String],
        results: &[Option<(R, Kept)>],
        all: bool,
    ) -> Result<Checked> {
        let kept = || results.iter().flatten().map(|(_, kept)| kept);
        let used = kept().filter_map(|kept| kept.skabelon.as_deref());
        let mut own = Checked {
            findings: self.findings.clone(),
            bugs: self.bugs,
        };
        own.extend(self.skabeloner.checked(used, all, self.area_skabelon()));
        if all {
            let folder = &self.area.protocol_folder;
            own.extend(check::slugs(folder, &self.slugs));
        }
        let digests: Vec<&Digest> = kept().filter_map(|kept| kept.digest.as_ref()).collect();
        own.extend(self.across(&digests)?);
        own.extend(self.loose_findings(slugs, results, all)?);
        Ok(own)
    }

    /// Findings that come of looking at the protocols beside each other. Their files have been let go of,
    /// so the few that are pointed at are read again.
    fn across(&self, digests: &[&Digest]) -> Result<Checked> {
        let Checked {
            findings: found,
            bugs,
        } = check::across(&self.area, digests);
        let mut files = BTreeMap::new();
        for path in found.iter().flat_map(check::AreaFinding::paths) {
            if !files.contains_key(path) {
                let read = self.repository.read(path)?.and_then(Result::ok);
                files.insert(path.to_owned(), read);
            }
        }
        let file = |path: &str| files.get(path).and_then(Clone::clone);
        let placed = found.iter().filter_map(|finding| finding.placed(&file));
        Ok(Checked {
            findings: placed.collect(),
            bugs,
        })
    }
}

/// Where an area keeps its own register of laws.
pub(crate) fn register_path(area: &Area) -> String {
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
