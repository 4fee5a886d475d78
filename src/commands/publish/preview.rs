//! The pages of a repository in memory, kept true while files change: what `build` would make, without a disk.
//!
//! A change costs the protocol it touches, however many there are. A protocol of which a file cannot be read
//! keeps the page it had. Who asks, and when, is for `serve`; nothing here waits or watches.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use jiff::civil::Date;

use super::Built;
use super::pdfs::{form_files, inputs, whole};
use super::{area, editions};
use crate::check;
use crate::commands::join::in_order;
use crate::commands::{print, refused, status};
use crate::diag::{Code, Finding};
use crate::document::{EditionPlan, ForReaders, select};
use crate::export::{self, FontFolder, FoundTypst, PdfJob};
use crate::load::Repository;
use crate::model::{Area, ReferenceKind, Section};
use crate::render::{
    self, CARDS_FILE, CARDS_PDF_FILE, HTML_FILE, JSON_FILE, Links, MARKDOWN_FILE, PDF_FILE,
};
use crate::site::{Footing, Ground, Judging, Kept, Look, Looks, Resolved, Site, Work, in_parallel};

/// No more pages than this are kept ready; others are made when somebody asks.
const MOST_PAGES: usize = 12;
/// No more PDFs than this are kept.
const MOST_PDFS: usize = 12;

/// What a preview shows, and how.
#[derive(Clone, Debug)]
pub struct PreviewOptions {
    /// Slugs; none means all.
    pub protocols: Vec<String>,
    /// Whether every page says UDKAST.
    pub draft: bool,
    /// Whether pages tell what is overdue: only where somebody named the day.
    pub print_overdue: bool,
    /// How many threads to use; 0 for one a core.
    pub threads: usize,
    /// typst, which is looked for once.
    pub typst: FoundTypst,
    /// How long one PDF may take.
    pub pdf_limit: Duration,
}

impl PreviewOptions {
    fn judging(&self, today: Date) -> Judging {
        Judging {
            draft: self.draft,
            today,
            printed_today: self.print_overdue.then_some(today),
        }
    }
}

/// What has changed since the preview was brought up to date.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    /// What all protocols rest on: `rusprot.toml`, the skabeloner, the area's register of laws.
    pub ground: bool,
    /// Protocols, by slug.
    pub slugs: BTreeSet<String>,
    /// Whether a `protokol.toml` is among it: names that other protocols are held against.
    pub names: bool,
}

/// A page and how it came about.
#[derive(Clone, Debug)]
pub struct Page {
    /// The page.
    pub html: Arc<str>,
    /// Counts up with each change of the page.
    pub edition: u64,
    /// How it stands.
    pub state: PageState,
}

/// How a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// As the files are.
    Fresh,
    /// As they were when all of them could be read.
    Former,
    /// As far as they can be read; they never could in this preview.
    Partial,
}

/// A finding with its place on the page.
#[derive(Clone, Debug)]
pub struct ShownFinding {
    /// The finding.
    pub finding: Finding,
    /// The anchor of the part it is about.
    pub anchor: Option<String>,
}

/// A protocol as the list has it.
#[derive(Clone, Copy, Debug)]
pub struct ShownProtocol<'s> {
    /// Its folder.
    pub slug: &'s str,
    /// Whose it is.
    pub institution: &'s str,
    /// What it is called.
    pub title: &'s str,
    /// Its editions for some of the readers.
    pub editions: &'s [ForReaders],
    /// Its page, where that is ready.
    pub page: Option<&'s Page>,
}

/// Where each part of a protocol begins, by file: the byte and the anchor.
type PartStarts = BTreeMap<String, Vec<(usize, String)>>;

/// One protocol as the preview has it.
struct Shown {
    built: Built,
    /// Whether every file could be read.
    readable: bool,
    places: PartStarts,
    /// The editions for some of the readers.
    editions: Vec<ForReaders>,
    page: Option<Page>,
}

/// A repository's pages, as they are at the moment.
pub struct Preview {
    repository: Repository,
    options: PreviewOptions,
    area: Arc<Area>,
    looks: Looks,
    /// What was read beside the sections, as long as that is all there is to know.
    footing: Option<Footing>,
    slugs: Vec<String>,
    shown: Vec<Option<(Shown, Kept)>>,
    own: Vec<Finding>,
    /// The protocols somebody looks at, the newest last.
    wanted: VecDeque<String>,
    editions: u64,
}

impl Preview {
    /// A preview of nothing yet.
    ///
    /// # Errors
    /// Where the area's templates cannot be used.
    pub fn new(repository: &Repository, options: PreviewOptions) -> Result<Self> {
        let area = Area::read(&Arc::new(crate::text::SourceFile::new("", ""))).0;
        Ok(Self {
            looks: Looks::read(repository, &area)?,
            area: Arc::new(area),
            repository: repository.clone(),
            options,
            footing: None,
            slugs: Vec::new(),
            shown: Vec::new(),
            own: Vec::new(),
            wanted: VecDeque::new(),
            editions: 0,
        })
    }

    /// Brings it up to date. `told` is called as soon as what was touched is ready, and once more where what is
    /// found among all protocols is another for it.
    ///
    /// # Errors
    /// Where the repository as a whole cannot be read; all is then as it was.
    pub fn update(
        &mut self,
        changed: &Changed,
        today: Date,
        told: &mut dyn FnMut(&Self),
    ) -> Result<()> {
        let repository = self.repository.clone();
        let judging = self.options.judging(today);
        let former = self.footing.take();
        let site = match &former {
            Some(footing) if holds(&repository, footing, changed)? => {
                Site::on(&repository, footing.clone(), judging)
            }
            _ => Site::open(&repository, self.options.threads, judging)?,
        };
        let anew = changed.ground || self.slugs.is_empty();
        if anew {
            self.looks = Looks::read(&repository, &site.area)?;
        }
        self.area = Arc::clone(&site.area);
        self.work(&site, &|slug| {
            changed.ground || changed.slugs.contains(slug)
        })?;
        if !anew {
            told(self);
        }
        if self.find_own(&site)? || anew {
            told(self);
        }
        let has_names = former.is_some_and(|former| site.has_names_of(&former));
        if changed.names && !anew && !has_names {
            // A name may be one that other protocols must not hold.
            self.work(&site, &|slug| !changed.slugs.contains(slug))?;
            self.find_own(&site)?;
            told(self);
        }
        self.footing = Some(site.footing());
        Ok(())
    }

    /// Works on the protocols that `touched` names, and on those that are new.
    fn work(&mut self, site: &Site<'_>, touched: &(dyn Fn(&str) -> bool + Sync)) -> Result<()> {
        let wanted = self.options.protocols.clone();
        // One that was asked for by name and is gone is not shown; the others go on.
        let slugs = site.slugs.iter();
        let slugs = slugs.filter(|slug| wanted.is_empty() || wanted.contains(slug));
        let slugs: Vec<String> = slugs.cloned().collect();
        let former = std::mem::take(&mut self.slugs).into_iter();
        let former = former.zip(std::mem::take(&mut self.shown));
        let mut former: BTreeMap<String, Option<(Shown, Kept)>> = former.collect();
        let todo = slugs.iter();
        let todo = todo.filter(|slug| touched(slug) || !former.contains_key(*slug));
        let todo: Vec<String> = todo.cloned().collect();
        let levels = site.levels();
        let area_errors = super::errors(&levels.apply(site.findings.clone()));
        let this = &*self;
        let made = in_parallel(self.options.threads, &todo, |slug| {
            let made = site.work(slug, |work| -> Result<Shown> {
                let html = this.is_wanted(slug).then(|| this.html(work)).transpose()?;
                Ok(Shown {
                    built: Built::of(work, &levels, area_errors)?,
                    readable: is_readable(work) && !site.findings.iter().any(keeps_from_reading),
                    places: places(work),
                    editions: editions::named(&work.resolved().document),
                    page: html.map(fresh),
                })
            })?;
            made.map(|(shown, kept)| Ok((shown?, kept))).transpose()
        })?;
        for (slug, mut made) in todo.into_iter().zip(made) {
            let before = former.remove(&slug).flatten();
            if let Some((shown, _)) = &mut made {
                self.settle(shown, before.and_then(|(before, _)| before.page));
            }
            former.insert(slug, made);
        }
        self.shown = slugs
            .iter()
            .map(|slug| former.remove(slug).flatten())
            .collect();
        self.slugs = slugs;
        Ok(())
    }

    /// Gives a page that was made its state and number, or keeps the former one in its place.
    fn settle(&mut self, shown: &mut Shown, before: Option<Page>) {
        let Some(page) = &mut shown.page else { return };
        let was_whole = before
            .as_ref()
            .filter(|page| page.state != PageState::Partial);
        if let (false, Some(before)) = (shown.readable, was_whole) {
            shown.page = Some(Page {
                state: PageState::Former,
                ..before.clone()
            });
            return;
        }
        if !shown.readable {
            page.state = PageState::Partial;
        }
        match before {
            Some(before) if before.html == page.html => page.edition = before.edition,
            _ => {
                self.editions += 1;
                page.edition = self.editions;
            }
        }
    }

    /// Finds what belongs to no protocol, or comes of all of them; whether it is something else than before.
    fn find_own(&mut self, site: &Site<'_>) -> Result<bool> {
        let all = self.options.protocols.is_empty();
        let own = site.own_findings(&self.slugs, &self.shown, all)?;
        let own = site.levels().apply(own.findings);
        let before = std::mem::replace(&mut self.own, own);
        let mut pairs = self.own.iter().zip(&before);
        Ok(self.own.len() != before.len() || pairs.any(|(now, before)| !now.repeats(before)))
    }

    fn is_wanted(&self, slug: &str) -> bool {
        self.wanted.iter().any(|wanted| wanted == slug)
    }

    fn links(&self) -> Links {
        links(self.options.typst.is_there())
    }

    /// A protocol's page as `build` makes it.
    fn html(&self, work: &Work<'_>) -> Result<Arc<str>> {
        Ok(html(work, &self.looks, self.links())?.into())
    }

    /// A protocol's page, which is made now if nobody has asked before; `None` where there is no such protocol.
    ///
    /// # Errors
    /// Where the repository as a whole cannot be read.
    pub fn page(&mut self, slug: &str, today: Date) -> Result<Option<Page>> {
        self.want(slug);
        let Some(at) = self.slugs.iter().position(|known| known == slug) else {
            return Ok(None);
        };
        let Some((shown, _)) = &self.shown[at] else {
            return Ok(None);
        };
        if let Some(page) = &shown.page {
            return Ok(Some(page.clone()));
        }
        let repository = self.repository.clone();
        let ground = Ground::read(&repository)?;
        let site = Site::of_one(&repository, &ground, self.options.judging(today), slug)?;
        let made = site.work(slug, |work| self.html(work))?;
        let Some((html, _)) = made else {
            return Ok(None);
        };
        let html = html?;
        let Some((mut shown, kept)) = self.shown[at].take() else {
            return Ok(None);
        };
        shown.page = Some(fresh(html));
        self.settle(&mut shown, None);
        let page = shown.page.clone();
        self.shown[at] = Some((shown, kept));
        Ok(page)
    }

    /// Notes that somebody looks at a protocol; pages that nobody has asked for the longest are let go of.
    fn want(&mut self, slug: &str) {
        self.wanted.retain(|wanted| wanted != slug);
        self.wanted.push_back(slug.to_owned());
        if self.wanted.len() > MOST_PAGES
            && let Some(gone) = self.wanted.pop_front()
        {
            let slugs = self.slugs.iter().zip(&mut self.shown);
            let shown = slugs.filter(|(slug, _)| **slug == gone);
            for (shown, _) in shown.filter_map(|(_, shown)| shown.as_mut()) {
                shown.page = None;
            }
        }
    }

    /// The protocols somebody looks at.
    pub fn wanted(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().map(String::as_str)
    }

    /// The area's page as `build` makes it.
    ///
    /// # Errors
    /// Where an area's own template asks for something that is not there.
    pub fn area_page(&self, today: Date) -> Result<String> {
        let pdf = self.links().pdf;
        let is_there = |path: &str| {
            path.ends_with(HTML_FILE)
                || path.ends_with(MARKDOWN_FILE)
                || pdf && path.ends_with(PDF_FILE)
        };
        let shown = || self.shown.iter().flatten().map(|(shown, _)| &shown.built);
        let rows = shown().map(|built| (area::area_of(built), area::row(built, &is_there)));
        let pages =
            shown().map(|built| (built.slug.clone(), format!("{}/{HTML_FILE}", built.slug)));
        let pages: BTreeMap<String, String> = pages.collect();
        let repository = self.repository.clone();
        let ground = Ground::read(&repository)?;
        let tables = status::tables(
            ground.skabeloner(),
            shown().map(|built| built.standing.clone()),
        );
        let wheel = self.options.print_overdue;
        let tables = tables
            .iter()
            .map(|table| area::table(table, &pages, wheel))
            .collect();
        let page = area::page(
            &self.area,
            ground.shown_logo(&repository),
            rows.collect(),
            tables,
            wheel.then_some(today),
        );
        let skabelon = self.area.skabelon.as_ref().map(|line| line.text.as_str());
        self.looks.of(skabelon).renderer.area(&page).map(as_text)
    }

    /// The name of the area.
    pub fn area_name(&self) -> &str {
        &self.area.name.text
    }

    /// The protocols in order.
    pub fn protocols(&self) -> impl Iterator<Item = ShownProtocol<'_>> {
        self.shown.iter().flatten().map(|(shown, _)| ShownProtocol {
            slug: &shown.built.slug,
            institution: &shown.built.overview.institution,
            title: &shown.built.overview.title,
            editions: &shown.editions,
            page: shown.page.as_ref(),
        })
    }

    /// Every finding in the order of reports.
    pub fn findings(&self) -> Vec<ShownFinding> {
        let shown = || self.shown.iter().flatten().map(|(shown, _)| shown);
        let own = self.own.iter().cloned();
        let found = shown().flat_map(|shown| shown.built.findings.iter().cloned());
        let mut findings: Vec<Finding> = own.chain(found).collect();
        in_order(&mut findings);
        let places: BTreeMap<&str, &PartStarts> = shown()
            .map(|shown| (shown.built.slug.as_str(), &shown.places))
            .collect();
        let with_place = findings.into_iter().map(|finding| {
            let places = finding
                .protocol
                .as_deref()
                .and_then(|slug| places.get(slug));
            let anchor = places.and_then(|places| anchor(places, &finding));
            ShownFinding { finding, anchor }
        });
        with_place.collect()
    }
}

/// Whether what was read before still holds: only sections and appendices are others now.
fn holds(repository: &Repository, footing: &Footing, changed: &Changed) -> Result<bool> {
    let is_small = !changed.ground && !changed.names;
    Ok(is_small && repository.protocols(&footing.area.protocol_folder)? == footing.slugs)
}

/// What a page links to, with PDFs or without.
fn links(pdf: bool) -> Links {
    Links {
        markdown: true,
        pdf,
        area: true,
        ..Links::default()
    }
}

/// A protocol's page with these links; those to forms come where there are PDFs,
/// and those to editions where there are any.
fn html(work: &Work<'_>, looks: &Looks, mut links: Links) -> Result<String> {
    let Resolved {
        document, pictures, ..
    } = work.resolved();
    links.cards = !select::cards(document).is_empty();
    links.cards_pdf = links.cards && links.pdf;
    if links.pdf {
        let forms = form_files(document).into_iter();
        links.forms = forms.map(|(part, file)| (part.id.clone(), file)).collect();
    }
    links.editions = editions::links(document);
    let look = looks.of(work.skabelon_name);
    look.renderer.html(document, pictures, &links).map(as_text)
}

/// A page that more is put into before a browser gets it.
fn as_text(page: Vec<u8>) -> String {
    String::from_utf8(page).expect("a page is made of texts")
}

/// A protocol that is tried out: its page, and its findings.
#[derive(Debug)]
pub(in crate::commands) struct Tried {
    pub(in crate::commands) html: String,
    pub(in crate::commands) findings: Vec<ShownFinding>,
}

/// One protocol as it is in a repository that may hold texts which are not on disk.
pub(in crate::commands) fn tried(
    repository: &Repository,
    options: &PreviewOptions,
    today: Date,
    slug: &str,
) -> Result<Tried> {
    let site = Site::open(repository, options.threads, options.judging(today))?;
    let looks = Looks::read(repository, &site.area)?;
    let levels = site.levels();
    let made = site.work(slug, |work| -> Result<Tried> {
        let places = places(work);
        let mut findings = levels.apply_to(work.findings(), work.protocol).findings;
        findings.sort_by(Finding::order);
        let shown = findings.into_iter().map(|finding| ShownFinding {
            anchor: anchor(&places, &finding),
            finding,
        });
        Ok(Tried {
            findings: shown.collect(),
            html: html(work, &looks, links(true))?,
        })
    })?;
    match made {
        Some((tried, _)) => tried,
        None => anyhow::bail!("mappen har ingen protokol"),
    }
}

fn fresh(html: Arc<str>) -> Page {
    Page {
        html,
        edition: 0,
        state: PageState::Fresh,
    }
}

fn keeps_from_reading(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::TomlSyntaks | Code::Tegnsaet | Code::UlaeseligFil
    )
}

/// Whether every file of a protocol could be read.
fn is_readable(work: &Work<'_>) -> bool {
    !work.protocol.incomplete && !work.shape.iter().any(keeps_from_reading)
}

/// Where each part of a protocol begins, by file: the byte and the anchor.
fn places(work: &Work<'_>) -> PartStarts {
    fn below(
        work: &Work<'_>,
        kind: ReferenceKind,
        section: &Section,
        path: &mut Vec<usize>,
        found: &mut Vec<(usize, String)>,
    ) {
        let anchor = work.targets.at(kind, path).anchor.clone();
        found.push((section.span.start(), render::anchor_of(&anchor)));
        for (index, child) in section.children.iter().enumerate() {
            path.push(index);
            below(work, kind, child, path, found);
            path.pop();
        }
    }
    let mut places: PartStarts = BTreeMap::new();
    let sections = (ReferenceKind::Section, &work.protocol.sections);
    let appendices = (ReferenceKind::Appendix, &work.protocol.appendices);
    for (kind, parts) in [sections, appendices] {
        for (index, section) in parts.iter().enumerate() {
            let found = places.entry(section.file.path().to_owned()).or_default();
            below(work, kind, section, &mut vec![index], found);
        }
    }
    for found in places.values_mut() {
        // The file itself begins where it begins, whatever its first line is.
        if let Some((start, _)) = found.first_mut() {
            *start = 0;
        }
        found.sort();
    }
    places
}

/// The anchor of the part that a finding stands in.
fn anchor(places: &PartStarts, finding: &Finding) -> Option<String> {
    let parts = places.get(finding.place.file.path())?;
    let after = parts.partition_point(|(start, _)| *start <= finding.place.span.start());
    let (_, anchor) = parts.get(after.checked_sub(1)?)?;
    Some(anchor.clone())
}

/// A file that is made when somebody asks for it.
#[derive(Debug)]
pub enum OnRequest {
    /// Its bytes.
    Made(Arc<[u8]>),
    /// There is no such file.
    Missing,
    /// typst is missing or failed: what to say.
    Refused(String),
}

/// PDFs that were made before.
#[derive(Debug, Default)]
pub struct Pdfs(Mutex<VecDeque<MadePdf>>);

#[derive(Debug)]
struct MadePdf {
    path: String,
    /// The fingerprint of what it was made from.
    inputs: String,
    bytes: Arc<[u8]>,
}

impl Pdfs {
    fn known(&self, path: &str, inputs: &str) -> Option<Arc<[u8]>> {
        let pdfs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut same = pdfs.iter();
        let same = same.find(|made| made.path == path && made.inputs == inputs);
        same.map(|made| Arc::clone(&made.bytes))
    }

    fn keep(&self, path: String, inputs: String, bytes: &Arc<[u8]>) {
        let mut pdfs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pdfs.retain(|made| made.path != path);
        pdfs.push_back(MadePdf {
            path,
            inputs,
            bytes: Arc::clone(bytes),
        });
        if pdfs.len() > MOST_PDFS {
            pdfs.pop_front();
        }
    }
}

/// A file of a protocol beside its page: Markdown, JSON, a PDF, a picture, an attached file. PDFs are those of
/// `build`, byte for byte; one whose protocol has not changed is not made again.
///
/// # Errors
/// Where the repository as a whole cannot be read.
pub fn file_on_request(
    repository: &Repository,
    options: &PreviewOptions,
    pdfs: &Pdfs,
    today: Date,
    (slug, name): (&str, &str),
) -> Result<OnRequest> {
    let ground = Ground::read(repository)?;
    let site = Site::of_one(repository, &ground, options.judging(today), slug)?;
    let looks = Looks::read(repository, &site.area)?;
    let path = || format!("{slug}/{name}");
    let made = site.work(slug, |work| -> Result<OnRequest> {
        let resolved = work.resolved();
        let look = looks.of(work.skabelon_name);
        let document = &resolved.document;
        if let Some((id, inside)) = name.split_once('/')
            && let Some(plan) = document.editions.iter().find(|plan| plan.named.id == id)
        {
            return of_edition((resolved, look, plan), options, pdfs, inside);
        }
        let has_cards = !select::cards(document).is_empty();
        let bytes = match name {
            MARKDOWN_FILE => look.renderer.markdown(document)?,
            JSON_FILE => render::json(document).into_bytes(),
            CARDS_FILE if has_cards => look.renderer.cards(document, &resolved.pictures)?,
            CARDS_PDF_FILE if has_cards => {
                let mut job = print::cards(resolved, &resolved.document, look, false)?;
                job.name = format!("{slug}/kort");
                return Ok(pdf(options, pdfs, &job, path()));
            }
            PDF_FILE => {
                let job = whole(resolved, look);
                return Ok(pdf(options, pdfs, &job, path()));
            }
            _ => {
                let mut forms = form_files(document).into_iter();
                if let Some((part, _)) = forms.find(|(_, file)| file == name) {
                    let mut job = print::form(resolved, &resolved.document, look, part, false);
                    job.name = format!("{slug}/{}", name.trim_end_matches(".pdf"));
                    return Ok(pdf(options, pdfs, &job, path()));
                }
                return Ok(beside(resolved, name));
            }
        };
        Ok(OnRequest::Made(bytes.into()))
    })?;
    made.map_or(Ok(OnRequest::Missing), |(made, _)| made)
}

/// A picture that a document shows, or a file that lies beside it.
fn beside(resolved: &Resolved, name: &str) -> OnRequest {
    let picture = resolved.pictures.0.get(name);
    let picture = picture.map(|picture| picture.bytes.clone());
    let bytes = picture.or_else(|| resolved.files.get(name).cloned());
    bytes.map_or(OnRequest::Missing, |bytes| OnRequest::Made(bytes.into()))
}

/// A file of an edition for some of the readers, as `build` makes it.
fn of_edition(
    (resolved, look, plan): (&Resolved, &Look, &EditionPlan),
    options: &PreviewOptions,
    pdfs: &Pdfs,
    name: &str,
) -> Result<OnRequest> {
    let edition = || select::edition(&resolved.document, plan);
    let bytes = match name {
        HTML_FILE => {
            let links = links(options.typst.is_there());
            editions::page(resolved, look, &edition(), links)?
        }
        MARKDOWN_FILE => look.renderer.markdown(&edition())?,
        JSON_FILE => render::json(&edition()).into_bytes(),
        PDF_FILE => {
            let slug = &resolved.document.slug;
            let mut job = print::text(resolved, &edition(), look, plan.named.large);
            job.name = format!("{slug}/{}", plan.named.id);
            let path = format!("{slug}/{}", editions::path(plan, name));
            return Ok(pdf(options, pdfs, &job, path));
        }
        _ => return Ok(beside(resolved, name)),
    };
    Ok(OnRequest::Made(bytes.into()))
}

/// A PDF, made now unless it was made from the same before.
fn pdf(options: &PreviewOptions, pdfs: &Pdfs, job: &PdfJob<'_>, path: String) -> OnRequest {
    let inputs = inputs(job);
    if let Some(bytes) = pdfs.known(&path, &inputs) {
        return OnRequest::Made(bytes);
    }
    match export(options, job) {
        Ok(bytes) => {
            pdfs.keep(path, inputs, &bytes);
            OnRequest::Made(bytes)
        }
        Err(said) => OnRequest::Refused(check::masked(&said).into_owned()),
    }
}

fn export(options: &PreviewOptions, job: &PdfJob<'_>) -> Result<Arc<[u8]>, String> {
    let typst = options
        .typst
        .program()
        .map_err(|problem| problem.to_string())?;
    let fonts = FontFolder::stage().map_err(|error| error.to_string())?;
    let make = |job: &PdfJob<'_>| export::export(&typst, &fonts, job, options.pdf_limit);
    let made = refused::export(job, make(job), &make).map_err(|error| error.to_string())?;
    Ok(made.pdf.into())
}
