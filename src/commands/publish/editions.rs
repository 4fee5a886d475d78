//! The editions for some of the readers: each in a folder of its own, with the formats that the whole has.

use anyhow::Result;

use super::{Builder, Built, Formats};
use crate::commands::print;
use crate::document::select;
use crate::document::{Document, EditionPlan};
use crate::render::{self, DOCX_FILE, HTML_FILE, JSON_FILE, Links, MARKDOWN_FILE, PDF_FILE};
use crate::site::{Look, Resolved, Work};

/// Where an edition's file lies, from the folder of its protocol.
pub(super) fn path(plan: &EditionPlan, name: &str) -> String {
    format!("{}/{name}", plan.named.id)
}

/// The editions that a page links to: the name and the address of each.
pub(super) fn links(document: &Document) -> Vec<(String, String)> {
    let plans = document.editions.iter();
    plans
        .map(|plan| (plan.named.name.clone(), path(plan, HTML_FILE)))
        .collect()
}

/// The editions by name.
#[cfg(feature = "serve")]
pub(super) fn named(document: &Document) -> Vec<crate::document::ForReaders> {
    let plans = document.editions.iter();
    plans.map(|plan| plan.named.clone()).collect()
}

/// An edition's web page with these links.
pub(super) fn page(
    resolved: &Resolved,
    look: &Look,
    edition: &Document,
    links: Links,
) -> Result<Vec<u8>> {
    let links = Links {
        is_edition: true,
        ..links
    };
    look.renderer.html(edition, &resolved.pictures, &links)
}

impl Builder<'_> {
    /// The editions that a page links to.
    pub(super) fn edition_links(&self, document: &Document) -> Vec<(String, String)> {
        if self.options.formats.html {
            links(document)
        } else {
            Vec::new()
        }
    }

    /// An edition's web page.
    pub(super) fn edition_page(
        &self,
        work: &Work<'_>,
        edition: &Document,
        pdf: bool,
    ) -> Result<Vec<u8>> {
        let look = self.looks.of(work.skabelon_name);
        let links = self.links(pdf, std::collections::BTreeMap::new());
        page(work.resolved(), look, edition, links)
    }

    /// Everything of an edition.
    pub(super) fn edition(
        &self,
        work: &Work<'_>,
        plan: &EditionPlan,
        built: &mut Built,
    ) -> Result<()> {
        let resolved = work.resolved();
        let Resolved {
            document,
            pictures,
            files,
        } = resolved;
        let look = self.looks.of(work.skabelon_name);
        let edition = select::edition(document, plan);
        let Formats {
            html,
            markdown,
            pdf,
            docx,
            json,
        } = self.options.formats;
        let mut has_pdf = false;
        if pdf {
            let mut job = print::text(resolved, &edition, look, plan.named.large);
            job.name = format!("{}/{}", built.slug, plan.named.id);
            job.keep.clone_from(&self.options.keep_typst);
            self.pdf(job, &path(plan, PDF_FILE), built)?;
            has_pdf = built.pdfs.is_empty() || self.typst().is_ok();
        }
        if html {
            let page = self.edition_page(work, &edition, has_pdf)?;
            self.write(built, &path(plan, HTML_FILE), &page)?;
        }
        if markdown {
            let text = look.renderer.markdown(&edition)?;
            self.write(built, &path(plan, MARKDOWN_FILE), &text)?;
            for (file, picture) in &pictures.0 {
                if memchr::memmem::find(&text, file.as_bytes()).is_some() {
                    self.write(built, &path(plan, file), &picture.bytes)?;
                }
            }
        }
        if docx {
            let bytes = render::docx(&edition, pictures);
            self.write(built, &path(plan, DOCX_FILE), &bytes)?;
        }
        if json {
            let text = render::json(&edition);
            self.write(built, &path(plan, JSON_FILE), text.as_bytes())?;
        }
        let said = render::json(&edition);
        for (file, bytes) in files {
            if said.contains(file.as_str()) {
                self.write(built, &path(plan, file), bytes)?;
            }
        }
        Ok(())
    }
}
