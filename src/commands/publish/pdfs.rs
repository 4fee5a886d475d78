//! The PDFs of a build: which of them must be made, and making them.

use std::collections::BTreeSet;

use anyhow::Result;

use super::{BuildOutcome, Builder, Built, Progress, editions};
use crate::commands::{job, print, refused};
use crate::document::{Document, Part, select};
use crate::export::{self, Exported, FontFolder, MAIN_FILE, PdfJob, Typst, TypstProblem};
use crate::model::slug;
use crate::render::{self, CARDS_FILE, CARDS_PDF_FILE, HTML_FILE, Links, PDF_FILE};
use crate::site::{Look, Resolved};
use crate::write::{Made, Written, fingerprint};

/// Enters into every PDF's inputs: raise it when PDFs change for a reason that lies neither in the page
/// template nor in the document, such as other fonts.
const PDF_GENERATION: &[u8] = b"3 typst 0.15 notosans 0.1 and faces of three scripts";

/// A PDF to be made.
pub(super) struct PdfWork {
    path: String,
    inputs: String,
    job: PdfJob<'static>,
}

/// The job of a whole protocol.
pub(super) fn whole(resolved: &Resolved, look: &Look) -> PdfJob<'static> {
    let document = &resolved.document;
    let data = render::paper(document, None::<()>);
    PdfJob {
        name: document.slug.clone(),
        main: MAIN_FILE,
        files: job::files(&data, resolved, look, &|_| true),
        created: job::created(document),
        keep: None,
    }
}

/// The blank forms of a document, each with the name of its file.
pub(super) fn form_files(document: &Document) -> Vec<(&Part, String)> {
    let mut taken = BTreeSet::new();
    let forms = select::forms(document).into_iter();
    let named = forms.map(|part| {
        let stem = format!("formular-{}", slug(&part.id));
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let stem = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|stem| taken.insert(stem.clone()))
            .expect("the numbers do not end");
        (part, format!("{stem}.pdf"))
    });
    named.collect()
}

/// The fingerprint of all that a PDF is made from.
pub(super) fn inputs(job: &PdfJob<'_>) -> String {
    let mut pieces = vec![PDF_GENERATION, job.main.as_bytes()];
    for (file, bytes) in &job.files {
        pieces.extend([file.as_bytes(), &**bytes]);
    }
    fingerprint(pieces)
}

impl Builder<'_> {
    /// The job of the whole protocol.
    pub(super) fn whole(&self, resolved: &Resolved, look: &Look) -> PdfJob<'static> {
        PdfJob {
            keep: self.options.keep_typst.clone(),
            ..whole(resolved, look)
        }
    }

    /// Sees to the protocol's blank forms.
    pub(super) fn forms(&self, resolved: &Resolved, look: &Look, built: &mut Built) -> Result<()> {
        for (part, file) in form_files(&resolved.document) {
            let mut job = print::form(resolved, &resolved.document, look, part, false);
            job.name = format!("{}/{}", built.slug, file.trim_end_matches(".pdf"));
            job.keep = self.options.keep_typst.clone();
            self.pdf(job, &file, built)?;
            built.forms.insert(part.id.clone(), file);
        }
        Ok(())
    }

    /// Sees to the action cards as a PDF, where there are any.
    pub(super) fn cards(&self, resolved: &Resolved, look: &Look, built: &mut Built) -> Result<()> {
        if select::cards(&resolved.document).is_empty() {
            return Ok(());
        }
        let mut job = print::cards(resolved, &resolved.document, look, false)?;
        job.name = format!("{}/kort", built.slug);
        job.keep = self.options.keep_typst.clone();
        self.pdf(job, CARDS_PDF_FILE, built)
    }

    /// Sees to a PDF: leaves it alone where nothing changed, and otherwise notes what is to be made.
    pub(super) fn pdf(&self, job: PdfJob<'static>, name: &str, built: &mut Built) -> Result<()> {
        let path = format!("{}/{name}", built.slug);
        let inputs = inputs(&job);
        if self.options.keep_typst.is_none() && self.output.is_made_from(&path, &inputs) {
            let made = self.output.made(&path).unwrap_or_default();
            built.made.push((path, made));
            built.same += 1;
        } else {
            built.pdfs.push(PdfWork { path, inputs, job });
        }
        Ok(())
    }

    pub(super) fn typst(&self) -> &Result<Typst, TypstProblem> {
        self.typst.get_or_init(|| export::find(&self.options.typst))
    }

    /// Makes the PDFs; the paths of those that could not be made are returned, so that former ones stay.
    pub(super) fn pdfs(
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
                outcome.lacks_typst = true;
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
        let make = |job: &PdfJob<'_>| export::export(typst, &fonts, job, self.options.pdf_limit);
        let made = works.iter().zip(results);
        let made = made.map(|(job, first)| refused::export(job, first, &make));
        for ((index, path, inputs), result) in owners.into_iter().zip(made) {
            match result {
                Ok(Exported { pdf, warnings }) => {
                    let one = &mut built[index];
                    match self.output.write(&path, &pdf)? {
                        Written::Changed => one.changed += 1,
                        Written::Same => one.same += 1,
                        Written::Hindered(obstacle) => {
                            self.hinder(obstacle);
                            continue;
                        }
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

    /// The same for the pages of a protocol's editions.
    fn unlink_in_editions(&self, one: &Built, there: &dyn Fn(&str) -> bool) -> Result<()> {
        if !self.options.formats.html || one.left_alone {
            return Ok(());
        }
        let pages = self.site.work(&one.slug, |work| {
            let plans = work.resolved().document.editions.iter();
            let lacking = plans.filter(|plan| {
                let pdf = editions::path(plan, PDF_FILE);
                !there(&format!("{}/{pdf}", one.slug))
            });
            let pages = lacking.map(|plan| {
                let edition = select::edition(&work.resolved().document, plan);
                let page = self.edition_page(work, &edition, false)?;
                Ok((editions::path(plan, HTML_FILE), page))
            });
            pages.collect::<Result<Vec<_>>>()
        })?;
        let Some((pages, _)) = pages else {
            return Ok(());
        };
        for (path, page) in pages? {
            self.output.write(&format!("{}/{path}", one.slug), &page)?;
        }
        Ok(())
    }

    /// Writes the web pages once more of which a PDF was to be made, could not be, and did not lie there before:
    /// no page links to what is not there.
    pub(super) fn unlink_pdfs(&self, built: &[Built], unmade: &BTreeSet<String>) -> Result<()> {
        if self.typst.get().is_some_and(Result::is_err) {
            return Ok(());
        }
        let lacking = unmade.iter().filter(|path| !self.output.has(path));
        let lacking: BTreeSet<&str> = lacking.map(String::as_str).collect();
        let there = |path: &str| !lacking.contains(path);
        for one in built {
            let folder = format!("{}/", one.slug);
            let next = lacking.range(folder.as_str()..).next();
            // Nearly every protocol has all its PDFs, and is not read once more.
            if !next.is_some_and(|path| path.starts_with(&folder)) {
                continue;
            }
            let path_of = |name: &str| format!("{}/{name}", one.slug);
            let pdf = there(&path_of(PDF_FILE));
            let mut forms = one.forms.clone();
            forms.retain(|_, file| there(&path_of(file)));
            let is_made = |name: &str| {
                let path = path_of(name);
                one.made.iter().any(|(made, _)| *made == path)
            };
            // A document without cards never had that PDF to make.
            let cards = is_made(CARDS_FILE);
            let cards_pdf = cards && there(&path_of(CARDS_PDF_FILE));
            let lacks_cards = cards && !cards_pdf;
            if self.options.formats.html && (!pdf || lacks_cards || forms.len() < one.forms.len()) {
                let links = Links {
                    cards,
                    cards_pdf,
                    ..self.links(pdf, forms)
                };
                let html = self.site.work(&one.slug, |work| self.page(work, &links))?;
                let Some((html, _)) = html else { continue };
                self.output.write(&path_of(HTML_FILE), &html?)?;
            }
            self.unlink_in_editions(one, &there)?;
        }
        Ok(())
    }
}
