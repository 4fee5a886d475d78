//! From protocols to pages on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Result;
use jiff::civil::Date;

use super::looks::{Look, Looks};
use super::status;
use super::{Judging, Resolved, Site, Work, has_errors, in_parallel, leave_out_told_once};
use super::{job, print};
use crate::check::{Levels, matrix};
use crate::diag::{Finding, Level};
use crate::document::{AreaName, DateText, Document, Edition, select};
use crate::export::{
    self, Exported, FontFolder, MAIN_FILE, PdfJob, Typst, TypstProblem, TypstSearch,
};
use crate::load::Repository;
use crate::model::slug;
use crate::render::{
    self, AreaCell, AreaPage, AreaRequirement, AreaRow, AreaTable, AreaTableRow, HTML_FILE,
    JSON_FILE, Links, MARKDOWN_FILE, PDF_FILE,
};
use crate::write::{Made, Output, Written, fingerprint};

/// Enters into every PDF's inputs: raise it when PDFs change for a reason that lies neither in the page
/// template nor in the document, such as other fonts.
const PDF_GENERATION: &[u8] = b"2 typst 0.15 notosans 0.1";

/// Which pages a build makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    /// `index.html`
    pub html: bool,
    /// `protokol.md`
    pub markdown: bool,
    /// `protokol.pdf`
    pub pdf: bool,
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
    let folder = options.out.clone();
    let folder = folder.unwrap_or_else(|| repository.root().join(&site.area.output_folder));
    let levels = site.levels();
    let builder = Builder {
        looks: Looks::read(repository, &site.area)?,
        output: Output::open(&folder)?,
        area_errors: errors(&levels.apply(site.findings.clone())),
        levels,
        typst: OnceLock::new(),
        selected,
        site: &site,
        options,
    };
    let results = in_parallel(options.threads, &site.slugs, |slug| {
        match site.work(slug, |work| builder.protocol(work))? {
            Some((built, mut kept)) => {
                // As in a check, only the protocols that were asked for are held against each other.
                if !builder.selected.contains(slug) {
                    kept.digest = None;
                }
                Ok(Some((built?, kept)))
            }
            None => Ok(None),
        }
    })?;
    let own = builder
        .levels
        .apply(site.own_findings(&site.slugs, &results, true)?);
    let (built, kept): (Vec<_>, Vec<_>) = results.into_iter().flatten().unzip();
    let mut outcome = builder.finish(own, built, progress)?;
    outcome.bugs = kept.iter().map(|kept| kept.bugs).sum();
    Ok(outcome)
}

/// What all protocols of a build share.
struct Builder<'b> {
    site: &'b Site<'b>,
    options: &'b BuildOptions,
    looks: Looks,
    output: Output,
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

/// What the area's page says of a protocol, also of one that cannot be printed.
struct Overview {
    institution: String,
    area: AreaName,
    title: String,
    edition: Edition,
}

impl Overview {
    fn of(document: &Document) -> Self {
        let name = &document.institution.name;
        let name = if name.is_empty() {
            &document.slug
        } else {
            name
        };
        Self {
            institution: name.clone(),
            area: document.area.clone(),
            title: document.title.clone(),
            edition: document.edition.clone(),
        }
    }
}

/// A PDF to be made.
struct PdfWork {
    path: String,
    inputs: String,
    job: PdfJob<'static>,
}

impl Builder<'_> {
    fn protocol(&self, work: &Work<'_>) -> Result<Built> {
        let findings = self
            .levels
            .apply_to(work.findings(), work.protocol)
            .findings;
        let selected = self.selected.contains(&work.protocol.slug);
        let errors = errors(&findings) + self.errors_around(work);
        let mut built = Built {
            slug: work.protocol.slug.clone(),
            overview: Overview::of(&work.resolved()?.document),
            standing: (
                work.skabelon_name.map(str::to_owned),
                status::row(work, &findings),
            ),
            findings: if selected { findings } else { Vec::new() },
            made: Vec::new(),
            changed: 0,
            same: 0,
            pdfs: Vec::new(),
            forms: BTreeMap::new(),
            left_alone: errors > 0 || !selected,
            errors,
        };
        if !built.left_alone {
            self.pages(work, &mut built)?;
        }
        Ok(built)
    }

    /// What a web page links to, with these PDFs.
    fn links(&self, pdf: bool, forms: BTreeMap<String, String>) -> Links {
        Links {
            markdown: self.options.formats.markdown,
            pdf,
            json: self.options.formats.json,
            area: true,
            forms,
        }
    }

    /// The web page alone.
    fn page(&self, work: &Work<'_>, links: &Links) -> Result<String> {
        let Resolved {
            document, pictures, ..
        } = work.resolved()?;
        let look = self.looks.of(work.skabelon_name);
        look.renderer.html(document, pictures, links)
    }

    /// Errors in what the protocol rests on, `rusprot.toml` and the skabelon: its pages would lack what is
    /// missing there.
    fn errors_around(&self, work: &Work<'_>) -> usize {
        let skabelon = match work.skabelon_name {
            Some(name) => self.site.skabeloner.faults(name),
            None => Some(&[][..]),
        };
        self.area_errors + skabelon.map_or(1, |faults| errors(&self.levels.apply(faults.to_vec())))
    }

    fn pages(&self, work: &Work<'_>, built: &mut Built) -> Result<()> {
        let resolved = work.resolved()?;
        let Resolved {
            document,
            pictures,
            files,
        } = resolved;
        let look = self.looks.of(work.skabelon_name);
        let formats = self.options.formats;
        let json = if formats.json || formats.pdf {
            render::json(document)
        } else {
            String::new()
        };
        let mut links = self.links(false, BTreeMap::new());
        if formats.pdf {
            self.pdf(self.whole(resolved, look, &json), PDF_FILE, built)?;
            self.forms(resolved, look, built)?;
            // Whether typst is needed, and there, is known by now.
            if built.pdfs.is_empty() || self.typst().is_ok() {
                links = self.links(true, built.forms.clone());
            }
        }
        if formats.html {
            let html = look.renderer.html(document, pictures, &links)?;
            self.write(built, HTML_FILE, html.as_bytes())?;
        }
        if formats.markdown {
            let markdown = look.renderer.markdown(document)?;
            self.write(built, MARKDOWN_FILE, markdown.as_bytes())?;
            // The web page and the PDF carry their pictures; Markdown can only point at files.
            for (file, picture) in &pictures.0 {
                self.write(built, file, &picture.bytes)?;
            }
        }
        if formats.json {
            self.write(built, JSON_FILE, json.as_bytes())?;
        }
        // No page can carry them, and each of them names them.
        for (path, bytes) in files {
            self.write(built, path, bytes)?;
        }
        Ok(())
    }

    fn write(&self, built: &mut Built, name: &str, content: &[u8]) -> Result<()> {
        let path = format!("{}/{name}", built.slug);
        match self.output.write(&path, content)? {
            Written::Changed => built.changed += 1,
            Written::Same => built.same += 1,
        }
        built.made.push((path, Made::plain()));
        Ok(())
    }

    /// The job of the whole protocol.
    fn whole(&self, resolved: &Resolved, look: &Look, json: &str) -> PdfJob<'static> {
        let document = &resolved.document;
        PdfJob {
            name: document.slug.clone(),
            main: MAIN_FILE,
            files: job::files(json, resolved, look, &|_| true),
            created: job::created(document),
            keep: self.options.keep_typst.clone(),
        }
    }

    /// Sees to the protocol's blank forms.
    fn forms(&self, resolved: &Resolved, look: &Look, built: &mut Built) -> Result<()> {
        let mut taken = BTreeSet::new();
        for part in select::forms(&resolved.document) {
            let stem = format!("formular-{}", slug(&part.id));
            let numbered = (2..).map(|number| format!("{stem}-{number}"));
            let stem = std::iter::once(stem.clone())
                .chain(numbered)
                .find(|stem| taken.insert(stem.clone()))
                .expect("the numbers do not end");
            let mut job = print::form(resolved, look, part, false);
            job.name = format!("{}/{stem}", built.slug);
            job.keep = self.options.keep_typst.clone();
            let file = format!("{stem}.pdf");
            self.pdf(job, &file, built)?;
            built.forms.insert(part.id.clone(), file);
        }
        Ok(())
    }

    /// Sees to a PDF: leaves it alone where nothing changed, and otherwise notes what is to be made.
    fn pdf(&self, job: PdfJob<'static>, name: &str, built: &mut Built) -> Result<()> {
        let path = format!("{}/{name}", built.slug);
        let mut pieces = vec![PDF_GENERATION, job.main.as_bytes()];
        for (file, bytes) in &job.files {
            pieces.extend([file.as_bytes(), &**bytes]);
        }
        let inputs = fingerprint(pieces);
        if self.options.keep_typst.is_none() && self.output.is_made_from(&path, &inputs)? {
            let made = self.output.made(&path).unwrap_or_default();
            built.made.push((path, made));
            built.same += 1;
        } else {
            built.pdfs.push(PdfWork { path, inputs, job });
        }
        Ok(())
    }

    fn typst(&self) -> &Result<Typst, TypstProblem> {
        self.typst.get_or_init(|| export::find(&self.options.typst))
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
            folder: self.output.folder().to_owned(),
            area_page: self.output.folder().join(HTML_FILE),
            changed: 0,
            same: 0,
            external: Vec::new(),
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
            rows.push((one.overview.area.clone(), self.row(&one)));
            standings.push(one.standing);
            outcome.changed += one.changed;
            outcome.same += one.same;
            outcome.findings.append(&mut one.findings);
            made.extend(one.made);
            if self.selected.contains(&one.slug) {
                if one.errors > 0 {
                    outcome.stopped.push(one.slug.clone());
                }
                outcome.protocols.push(one.slug.clone());
            }
            if one.left_alone {
                left_alone.insert(one.slug);
            }
        }
        leave_out_told_once(&mut outcome.findings);
        outcome.findings.sort_by(Finding::order);
        let tables = status::tables(self.site, standings);
        let pages = rows.iter().filter_map(|(_, row)| {
            let (_, href) = row.links.first()?;
            Some((row.slug.clone(), href.clone()))
        });
        let pages = pages.collect();
        let tables = tables.iter().map(|table| self.table(table, &pages));
        let tables = tables.collect();
        self.area_page(rows, tables, &mut made, &mut outcome)?;
        self.output.finish(made, &|path| {
            let slug = path.split('/').next().unwrap_or_default();
            left_alone.contains(slug) || unmade.contains(path)
        })?;
        Ok(outcome)
    }

    /// Makes the PDFs; the paths of those that could not be made are returned, so that former ones stay.
    fn pdfs(
        &self,
        built: &mut [Built],
        outcome: &mut BuildOutcome,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<BTreeSet<String>> {
        let mut owners = Vec::new();
        let mut works = Vec::new();
        for (index, one) in built.iter_mut().enumerate() {
            for work in std::mem::take(&mut one.pdfs) {
                owners.push((index, work.path, work.inputs));
                works.push(work.job);
            }
        }
        let mut unmade: BTreeSet<String> = owners.iter().map(|(_, path, _)| path.clone()).collect();
        if works.is_empty() {
            return Ok(unmade);
        }
        let typst = match self.typst() {
            Ok(typst) => typst,
            Err(problem) => {
                outcome.external.push(problem.to_string());
                return Ok(unmade);
            }
        };
        let fonts = match &self.options.keep_typst {
            Some(folder) => FontFolder::stage_in(&folder.join("fonts"))?,
            None => FontFolder::stage()?,
        };
        let threads = if self.options.threads == 0 {
            std::thread::available_parallelism().map_or(1, usize::from)
        } else {
            self.options.threads
        };
        let of = works.len();
        progress(Progress { done: 0, of });
        let told = |done| progress(Progress { done, of });
        let results = export::export_all(
            typst,
            &fonts,
            &works,
            threads,
            self.options.pdf_limit,
            &told,
        );
        for ((index, path, inputs), result) in owners.into_iter().zip(results) {
            match result {
                Ok(Exported { pdf, warnings }) => {
                    let one = &mut built[index];
                    match self.output.write(&path, &pdf)? {
                        Written::Changed => one.changed += 1,
                        Written::Same => one.same += 1,
                    }
                    unmade.remove(&path);
                    outcome.warnings.extend(
                        warnings
                            .into_iter()
                            .map(|text| format!("{}: {text}", one.slug)),
                    );
                    one.made.push((path, Made::from_inputs(inputs, &pdf)));
                }
                Err(problem) => outcome.external.push(problem.to_string()),
            }
        }
        Ok(unmade)
    }

    /// Writes the web pages once more of which a PDF was to be made, could not be, and did not lie there before:
    /// no page links to what is not there.
    fn unlink_pdfs(&self, built: &[Built], unmade: &BTreeSet<String>) -> Result<()> {
        if self.typst.get().is_some_and(Result::is_err) {
            return Ok(());
        }
        let there = |path: &String| !unmade.contains(path) || self.output.has(path);
        for one in built {
            let path_of = |name: &str| format!("{}/{name}", one.slug);
            let pdf = there(&path_of(PDF_FILE));
            let mut forms = one.forms.clone();
            forms.retain(|_, file| there(&path_of(file)));
            if self.options.formats.html && (!pdf || forms.len() < one.forms.len()) {
                let links = self.links(pdf, forms);
                let html = self.site.work(&one.slug, |work| self.page(work, &links))?;
                let Some((html, _)) = html else { continue };
                self.output.write(&path_of(HTML_FILE), html?.as_bytes())?;
            }
        }
        Ok(())
    }

    fn row(&self, one: &Built) -> AreaRow {
        let pages = [
            ("Læs", HTML_FILE),
            ("PDF", PDF_FILE),
            ("Markdown", MARKDOWN_FILE),
            ("JSON", JSON_FILE),
        ];
        let is_there = |path: &String| {
            one.made.iter().any(|(made, _)| made == path)
                || (one.left_alone && self.output.has(path))
        };
        let links = pages
            .into_iter()
            .map(|(label, name)| (label.to_owned(), format!("{}/{name}", one.slug)))
            .filter(|(_, path)| is_there(path))
            .collect();
        AreaRow {
            slug: one.slug.clone(),
            institution: one.overview.institution.clone(),
            title: one.overview.title.clone(),
            version: one.overview.edition.version.clone(),
            in_force: one.overview.edition.in_force.clone(),
            status: one.overview.edition.status.text.clone(),
            next_revision: one.overview.edition.next_revision.clone(),
            links,
            problem: (one.errors > 0).then(|| format!("Kan ikke dannes: {} fejl", one.errors)),
        }
    }

    /// A table of the matrix as the area's page shows it; `pages` are those that a protocol's name leads to,
    /// by slug. How the duties stand is told only where somebody named the day.
    fn table(&self, table: &matrix::Table, pages: &BTreeMap<String, String>) -> AreaTable {
        let wheel = self.options.print_overdue;
        let shown = table.rows.iter().map(|row| {
            let answers = row.answers.iter().map(|answer| answer.danish());
            let cells = answers
                .chain([row.approved.danish()])
                .chain(wheel.then_some(row.wheel.danish()));
            AreaTableRow {
                institution: row.institution.clone(),
                href: pages.get(&row.slug).cloned(),
                cells: cells
                    .map(|word| AreaCell {
                        word,
                        fine: word == matrix::Answer::Ok.danish(),
                    })
                    .collect(),
            }
        });
        let requirements = table.columns.iter().map(|column| AreaRequirement {
            number: column.number.clone(),
            heading: column.heading.clone(),
        });
        AreaTable {
            title: table.title.clone(),
            version: table.version.clone(),
            requirements: requirements.collect(),
            wheel,
            rows: shown.collect(),
        }
    }

    fn area_page(
        &self,
        rows: Vec<(AreaName, AreaRow)>,
        tables: Vec<AreaTable>,
        made: &mut BTreeMap<String, Made>,
        outcome: &mut BuildOutcome,
    ) -> Result<()> {
        let area = &self.site.area;
        let skabelon = area.skabelon.as_ref().map(|line| line.text.as_str());
        let name = AreaName {
            name: area.name.text.clone(),
            organisation: area.organisation.as_ref().map(|line| line.text.clone()),
        };
        let day = self.options.print_overdue.then_some(self.options.today);
        let page = AreaPage {
            legend: legend(&tables),
            tables,
            day: day.map(DateText::from),
            ..AreaPage::new(name, rows)
        };
        let html = self.looks.of(skabelon).renderer.area(&page)?;
        match self.output.write(HTML_FILE, html.as_bytes())? {
            Written::Changed => outcome.changed += 1,
            Written::Same => outcome.same += 1,
        }
        made.insert(HTML_FILE.to_owned(), Made::plain());
        Ok(())
    }
}

/// The words that stand in the tables, with what they mean.
fn legend(tables: &[AreaTable]) -> Vec<(&'static str, &'static str)> {
    let rows = tables.iter().flat_map(|table| &table.rows);
    let words: BTreeSet<&str> = rows
        .flat_map(|row| &row.cells)
        .map(|cell| cell.word)
        .collect();
    let known = matrix::LEGEND.iter().chain(&matrix::WHEEL_LEGEND);
    known
        .filter(|(word, _)| words.contains(word))
        .copied()
        .collect()
}

fn errors(findings: &[Finding]) -> usize {
    let errors = findings
        .iter()
        .filter(|finding| finding.level == Level::Error);
    errors.count()
}
