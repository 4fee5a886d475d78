//! From protocols to pages on disk.

mod area;
mod editions;
mod pdfs;
#[cfg(feature = "serve")]
mod preview;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::Result;
use jiff::civil::Date;

use self::area::Overview;
pub(super) use self::area::{CollectedRow, area_page, collected};
use self::pdfs::PdfWork;
#[cfg(feature = "serve")]
pub use self::preview::{
    Changed, OnRequest, Page, PageState, Pdfs, Preview, PreviewOptions, ShownFinding,
    ShownProtocol, file_on_request,
};
#[cfg(feature = "serve")]
pub(super) use self::preview::{Tried, tried};
use super::check::has_errors;
use super::join::{Chosen, in_order, join};
use super::status;
use crate::check::Levels;
use crate::diag::{Code, Finding, Level};
use crate::document::select;
use crate::export::{Typst, TypstProblem, TypstSearch};
use crate::load::Repository;
use crate::overview::matrix;
use crate::render::{
    self, CARDS_FILE, DOCX_FILE, HTML_FILE, JSON_FILE, Links, MARKDOWN_FILE, PDF_FILE,
};
use crate::site::{Judging, Looks, Resolved, Site, Work};
use crate::text::{Place, SourceFile};
use crate::write::{Made, Obstacle, Output, Written};

/// Which pages a build makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    /// `index.html`
    pub html: bool,
    /// `protokol.md`
    pub markdown: bool,
    /// `protokol.pdf`
    pub pdf: bool,
    /// `protokol.docx`
    pub docx: bool,
    /// `protokol.json`
    pub json: bool,
}

/// What a build makes, and how.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Slugs; none means all.
    pub protocols: Vec<String>,
    /// The pages.
    pub formats: Formats,
    /// The folder they are written to; none means the area's.
    pub out: Option<PathBuf>,
    /// Whether every page says UDKAST.
    pub draft: bool,
    /// The day that dates are held against.
    pub today: Date,
    /// Whether pages tell what is overdue on that day: only where somebody named it, so that the day of
    /// building changes no byte.
    pub print_overdue: bool,
    /// How many threads and programs to use; 0 for one a core.
    pub threads: usize,
    /// Where the folders staged for typst are left.
    pub keep_typst: Option<PathBuf>,
    /// Where typst is looked for.
    pub typst: TypstSearch,
    /// How long one PDF may take.
    pub pdf_limit: Duration,
}

/// What a build did.
#[derive(Debug)]
pub struct BuildOutcome {
    /// The findings in order of path, place and code.
    pub findings: Vec<Finding>,
    /// The slugs that were to be built, in order.
    pub protocols: Vec<String>,
    /// The slugs that have errors and keep their former pages.
    pub stopped: Vec<String>,
    /// Those of them that never had pages.
    pub without_pages: Vec<String>,
    /// The folder with the pages.
    pub folder: PathBuf,
    /// The area's page.
    pub area_page: PathBuf,
    /// How many files are new or changed.
    pub changed: usize,
    /// How many files were there already.
    pub same: usize,
    /// What went wrong with typst, a message each; the PDFs concerned are not made.
    pub external: Vec<String>,
    /// Whether a PDF was to be made and there is no typst to make it.
    pub lacks_typst: bool,
    /// What typst warned of.
    pub warnings: Vec<String>,
    /// How many times a rule panicked; what the others found is there all the same.
    pub bugs: usize,
}

impl BuildOutcome {
    /// Whether anything is at error level.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

/// How far the PDFs are, for whoever shows it.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// PDFs made.
    pub done: usize,
    /// PDFs to make.
    pub of: usize,
}

/// Builds the repository's pages. `progress` is told of each PDF, from any thread.
pub fn build(
    repository: &Repository,
    options: &BuildOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<BuildOutcome> {
    let judging = Judging {
        draft: options.draft,
        today: options.today,
        printed_today: options.print_overdue.then_some(options.today),
    };
    let site = Site::open(repository, options.threads, judging)?;
    let selected: BTreeSet<String> = site.select(&options.protocols)?.into_iter().collect();
    let output = match &options.out {
        Some(folder) => Output::open(folder),
        None => Output::open_below(repository.root(), &site.area.output_folder),
    };
    let levels = site.levels();
    let builder = Builder {
        looks: Looks::read(repository, &site.area)?,
        output,
        hindered: Mutex::default(),
        area_errors: errors(&levels.apply(site.findings.clone())),
        levels,
        typst: OnceLock::new(),
        selected,
        site: &site,
        options,
    };
    let joined = join(
        &site,
        options.threads,
        &Chosen {
            slugs: &site.slugs,
            // As in a check, only the protocols that were asked for are held against each other.
            compared: &|slug| builder.selected.contains(slug),
            all: true,
        },
        &|work| builder.protocol(work),
    )?;
    let built = joined.each.into_iter().map(|one| one.made).collect();
    let mut outcome = builder.finish(joined.own, built, progress)?;
    outcome.bugs = joined.bugs;
    Ok(outcome)
}

/// What all protocols of a build share.
struct Builder<'b> {
    site: &'b Site<'b>,
    options: &'b BuildOptions,
    looks: Looks,
    output: Output,
    /// What lay in the way of a page.
    hindered: Mutex<BTreeSet<Obstacle>>,
    levels: Levels<'b>,
    /// Errors in `rusprot.toml`, which every protocol rests on.
    area_errors: usize,
    selected: BTreeSet<String>,
    /// Found when the first PDF is to be made: a build with nothing to do starts no typst.
    typst: OnceLock<Result<Typst, TypstProblem>>,
}

/// What became of one protocol.
struct Built {
    slug: String,
    overview: Overview,
    /// The name of the skabelon it follows, and how it stands with what that asks for.
    standing: (Option<String>, matrix::Row),
    findings: Vec<Finding>,
    made: Vec<(String, Made)>,
    changed: usize,
    same: usize,
    /// The PDFs that are to be made.
    pdfs: Vec<PdfWork>,
    /// Its blank forms: a part's anchor and the name of its file.
    forms: BTreeMap<String, String>,
    /// Its former pages stay: it has errors, or it was not asked for.
    left_alone: bool,
    errors: usize,
}

impl Built {
    /// A protocol of which no page is made yet; `area_errors` are those of `rusprot.toml`.
    fn of(work: &Work<'_>, levels: &Levels<'_>, area_errors: usize) -> Result<Self> {
        let findings = levels.apply_to(work.findings(), work.protocol).findings;
        let around = area_errors + skabelon_errors(work, levels);
        let errors = errors(&findings) + around;
        Ok(Self {
            slug: work.protocol.slug.clone(),
            overview: Overview::of(&work.resolved().document),
            standing: (
                work.skabelon_name.map(str::to_owned),
                status::row(work, &findings),
            ),
            findings,
            made: Vec::new(),
            changed: 0,
            same: 0,
            pdfs: Vec::new(),
            forms: BTreeMap::new(),
            left_alone: errors > 0,
            errors,
        })
    }
}

/// Errors in the skabelon, which the protocol's pages rest on: they would lack what is missing there.
fn skabelon_errors(work: &Work<'_>, levels: &Levels<'_>) -> usize {
    let skabelon = match work.skabelon_name {
        Some(name) => work.site.skabeloner.faults(name),
        None => Some(&[][..]),
    };
    skabelon.map_or(1, |faults| errors(&levels.apply(faults.to_vec())))
}

impl Builder<'_> {
    fn protocol(&self, work: &Work<'_>) -> Result<Built> {
        let mut built = Built::of(work, &self.levels, self.area_errors)?;
        if !self.selected.contains(&built.slug) {
            built.findings = Vec::new();
            built.left_alone = true;
        }
        if !built.left_alone {
            self.pages(work, &mut built)?;
        }
        Ok(built)
    }

    /// What a web page links to, with these PDFs.
    fn links(&self, pdf: bool, forms: BTreeMap<String, String>) -> Links {
        Links {
            docx: self.options.formats.docx,
            markdown: self.options.formats.markdown,
            pdf,
            json: self.options.formats.json,
            area: true,
            forms,
            ..Links::default()
        }
    }

    /// The web page alone.
    fn page(&self, work: &Work<'_>, links: &Links) -> Result<Vec<u8>> {
        let Resolved {
            document, pictures, ..
        } = work.resolved();
        let look = self.looks.of(work.skabelon_name);
        let links = Links {
            editions: self.edition_links(document),
            ..links.clone()
        };
        look.renderer.html(document, pictures, &links)
    }

    fn pages(&self, work: &Work<'_>, built: &mut Built) -> Result<()> {
        let resolved = work.resolved();
        let Resolved {
            document,
            pictures,
            files,
        } = resolved;
        let look = self.looks.of(work.skabelon_name);
        let formats = self.options.formats;
        let mut links = self.links(false, BTreeMap::new());
        let has_cards = !select::cards(document).is_empty();
        if formats.pdf {
            self.pdf(self.whole(resolved, look), PDF_FILE, built)?;
            self.forms(resolved, look, built)?;
            self.cards(resolved, look, built)?;
            // Whether typst is needed, and there, is known by now.
            if built.pdfs.is_empty() || self.typst().is_ok() {
                links = self.links(true, built.forms.clone());
                links.cards_pdf = has_cards;
            }
        }
        if formats.html {
            if has_cards {
                let html = look.renderer.cards(document, pictures)?;
                self.write(built, CARDS_FILE, &html)?;
                links.cards = true;
            }
            links.editions = self.edition_links(document);
            let html = look.renderer.html(document, pictures, &links)?;
            self.write(built, HTML_FILE, &html)?;
        }
        if formats.markdown {
            let markdown = look.renderer.markdown(document)?;
            self.write(built, MARKDOWN_FILE, &markdown)?;
            // The web page and the PDF carry their pictures; Markdown can only point at files.
            for (file, picture) in &pictures.0 {
                self.write(built, file, &picture.bytes)?;
            }
        }
        if formats.docx {
            self.write(built, DOCX_FILE, &render::docx(document, pictures))?;
        }
        if formats.json {
            self.write(built, JSON_FILE, render::json(document).as_bytes())?;
        }
        // No page can carry them, and each of them names them.
        for (path, bytes) in files {
            self.write(built, path, bytes)?;
        }
        for plan in &document.editions {
            self.edition(work, plan, built)?;
        }
        Ok(())
    }

    fn write(&self, built: &mut Built, name: &str, content: &[u8]) -> Result<()> {
        let path = format!("{}/{name}", built.slug);
        match self.output.write(&path, content)? {
            Written::Changed => built.changed += 1,
            Written::Same => built.same += 1,
            Written::Hindered(obstacle) => {
                self.hinder(obstacle);
                return Ok(());
            }
        }
        built.made.push((path, Made::plain()));
        Ok(())
    }

    fn finish(
        self,
        own: Vec<Finding>,
        mut built: Vec<Built>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<BuildOutcome> {
        let mut outcome = BuildOutcome {
            findings: own,
            protocols: Vec::new(),
            stopped: Vec::new(),
            without_pages: Vec::new(),
            folder: self.output.folder().to_owned(),
            area_page: self.output.folder().join(HTML_FILE),
            changed: 0,
            same: 0,
            external: Vec::new(),
            lacks_typst: false,
            warnings: Vec::new(),
            bugs: 0,
        };
        let unmade = self.pdfs(&mut built, &mut outcome, progress)?;
        self.unlink_pdfs(&built, &unmade)?;
        let mut left_alone = BTreeSet::new();
        let mut made = BTreeMap::new();
        let mut rows = Vec::new();
        let mut standings = Vec::new();
        for mut one in built {
            let is_there = |path: &str| {
                one.made.iter().any(|(made, _)| made == path)
                    || (one.left_alone && self.output.has(path))
            };
            rows.push((area::area_of(&one), area::row(&one, &is_there)));
            standings.push(one.standing);
            outcome.changed += one.changed;
            outcome.same += one.same;
            outcome.findings.append(&mut one.findings);
            made.extend(one.made);
            if self.selected.contains(&one.slug) {
                if one.errors > 0 {
                    let page = self.output.folder().join(&one.slug).join(HTML_FILE);
                    if !page.is_file() {
                        outcome.without_pages.push(one.slug.clone());
                    }
                    outcome.stopped.push(one.slug.clone());
                }
                outcome.protocols.push(one.slug.clone());
            }
            if one.left_alone {
                left_alone.insert(one.slug);
            }
        }
        let tables = status::tables(&self.site.skabeloner, standings);
        let pages = rows.iter().filter_map(|(_, row)| {
            let (_, href) = row.links.first()?;
            Some((row.slug.clone(), href.clone()))
        });
        let pages = pages.collect();
        let wheel = self.options.print_overdue;
        let tables = tables.iter();
        let tables = tables.map(|table| area::table(table, &pages, wheel));
        let tables = tables.collect();
        self.area_page(rows, tables, &mut made, &mut outcome)?;
        outcome.findings.extend(self.hindrances());
        in_order(&mut outcome.findings);
        self.output.finish(made, &|path| {
            let slug = path.split('/').next().unwrap_or_default();
            left_alone.contains(slug) || unmade.contains(path)
        })?;
        Ok(outcome)
    }
}

impl Builder<'_> {
    /// Notes what lay in the way of a page.
    fn hinder(&self, obstacle: Obstacle) {
        let mut hindered = self.hindered.lock().unwrap_or_else(PoisonError::into_inner);
        hindered.insert(obstacle);
    }

    /// What there is to say of each thing in the way.
    fn hindrances(&self) -> Vec<Finding> {
        let hindered = self.hindered.lock().unwrap_or_else(PoisonError::into_inner);
        let root = self.site.repository.root();
        let findings = hindered.iter().map(|obstacle| {
            let (path, message, help) = match obstacle {
                Obstacle::Foreign(path) => (
                    path,
                    "Her ligger noget, som rusprot ikke har lavet. Det er ikke rørt, og siden er ikke skrevet.",
                    "Flyt det, eller vælg en anden mappe med --output. Er der kun sider fra rusprot i mappen, så \
                     slet den, og dan siderne igen.",
                ),
                Obstacle::Link(path) => (
                    path,
                    "Her er en genvej, og der bliver ikke skrevet noget gennem den.",
                    "Slet genvejen. Skal siderne ligge dér, så vælg mappen selv med --output.",
                ),
            };
            let shown = path.strip_prefix(root).unwrap_or(path);
            let shown = shown.to_string_lossy().replace('\\', "/");
            let place = Place::top(&Arc::new(SourceFile::new(shown, "")));
            Finding::new(Code::Navnesammenfald, place, message).with_help(help)
        });
        self.levels.apply(findings.collect())
    }
}

fn errors(findings: &[Finding]) -> usize {
    let errors = findings
        .iter()
        .filter(|finding| finding.level == Level::Error);
    errors.count()
}
