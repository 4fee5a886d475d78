//! One protocol on paper, by itself: the packet for a meeting, action cards, a poster, a blank form or a receipt.
//!
//! Each is one run of typst on the same document a build prints, with what is special to it beside it under
//! `print` in `document.json` (`docs/json.md`). A packet may be printed while errors stand, since they are
//! what the meeting is to talk about; what cannot be read, or must not be on paper, stops it. Nothing is sent
//! anywhere here.

mod chosen;
mod open;
mod packet;
mod receipt;
mod sheets;

use std::borrow::Cow;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use jiff::civil::Date;
use serde::Serialize;

use self::chosen::{Wanted, chosen};
use self::packet::packet;
use self::receipt::{Receipt, receipt};
use self::sheets::poster;
pub(super) use self::sheets::{cards, form, text};
use super::{job, refused};
use crate::diag::{Code, Finding, Level, Subject};
use crate::document::{Document, EditionPlan, select};
use crate::export::{self, Exported, FontFolder, PdfJob, TypstSearch};
use crate::load::Repository;
use crate::model::slug;
use crate::render;
use crate::site::{Judging, Look, Looks, Resolved, Site, Work};
use crate::write::{self, Output, Written};

/// What to print, and how.
#[derive(Clone, Debug)]
pub struct PrintOptions {
    /// The slug.
    pub protocol: String,
    /// What of it.
    pub what: Printed,
    /// The id of the edition for some of the readers that it is printed of; `None` for the whole. A packet is of the
    /// whole.
    pub edition: Option<String>,
    /// Whether the type is large: 18 pt instead of 11 pt.
    pub large: bool,
    /// The file; `None` for one named after what it holds, in the area's output folder.
    pub output: Option<PathBuf>,
    /// The day that dates are held against where there is no meeting.
    pub today: Date,
    /// Where typst is looked for.
    pub typst: TypstSearch,
    /// How long it may take.
    pub limit: Duration,
}

/// What is printed of a protocol.
#[derive(Clone, Debug)]
pub enum Printed {
    /// The packet for a meeting.
    Packet(Meeting),
    /// The action cards, two on a sheet.
    Cards,
    /// The house rules of a part on one sheet.
    Poster {
        /// The part's id.
        id: String,
        /// The size of the sheet.
        paper: Paper,
    },
    /// The text itself.
    Text,
    /// The sheet on which people sign that they have read it.
    Receipt,
    /// A part with something to fill in, blank.
    Form {
        /// The part's id.
        id: String,
    },
}

/// A meeting that a packet is for.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its name: "Mini-MED".
    pub name: String,
    /// The day it is held.
    pub date: Date,
    /// Ids of the parts that are printed first.
    pub first: Vec<String>,
    /// Whether each part of the packet begins on a right-hand page.
    pub duplex: bool,
}

/// The size of a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 297 × 420 mm.
    A3,
    /// 210 × 297 mm.
    A4,
}

/// How printing ended, where nothing was wrong with what was asked for.
#[derive(Debug)]
pub enum PrintOutcome {
    /// The PDF lies there.
    Made {
        /// The file.
        file: PathBuf,
        /// Whether it is new or has another content.
        written: Written,
        /// What typst warned of.
        warnings: Vec<String>,
    },
    /// Nobody needs it: why.
    NotNeeded(String),
    /// Something cannot be read or must not be on paper.
    Stopped(Vec<Finding>),
    /// typst is missing or failed: what to say of it.
    External(String),
}

/// Prints one protocol.
///
/// # Errors
///
/// When the repository cannot be read or the file not written, and when an id names nothing to print.
pub fn print(repository: &Repository, options: &PrintOptions) -> Result<PrintOutcome> {
    let today = match &options.what {
        Printed::Packet(meeting) => meeting.date,
        _ => options.today,
    };
    let judging = Judging {
        draft: false,
        today,
        printed_today: None,
    };
    let site = Site::open(repository, 1, judging)?;
    site.select(std::slice::from_ref(&options.protocol))?;
    let looks = Looks::read(repository, &site.area)?;
    let staged = site.work(&options.protocol, |work| stage(work, &looks, options))?;
    let Some((staged, _)) = staged else {
        bail!(
            "mappen {} er tom: der er ingen protokol i den",
            options.protocol
        );
    };
    let (job, name) = match staged? {
        Staged::Job(job, name) => (job, name),
        Staged::Stopped(findings) => return Ok(PrintOutcome::Stopped(findings)),
        Staged::NotNeeded(reason) => return Ok(PrintOutcome::NotNeeded(reason)),
    };
    let Exported { pdf, warnings } = match run(&job, options) {
        Ok(exported) => exported,
        Err(problem) => return Ok(PrintOutcome::External(problem)),
    };
    let (file, written) = match &options.output {
        Some(file) => (file.clone(), write::result(file, &pdf)?),
        None => {
            let output = Output::open_below(repository.root(), &site.area.output_folder);
            let name = format!("{name}.pdf");
            (output.folder().join(&name), output.print(&name, &pdf)?)
        }
    };
    Ok(PrintOutcome::Made {
        file,
        written,
        warnings,
    })
}

fn run(job: &PdfJob<'_>, options: &PrintOptions) -> Result<Exported, String> {
    let typst = export::find(&options.typst).map_err(|problem| problem.to_string())?;
    let fonts = FontFolder::stage().map_err(|problem| problem.to_string())?;
    let make = |job: &PdfJob<'_>| export::export(&typst, &fonts, job, options.limit);
    refused::export(job, make(job), &make).map_err(|problem| problem.to_string())
}

enum Staged {
    /// What typst gets, and the name of the file without its ending.
    Job(PdfJob<'static>, String),
    Stopped(Vec<Finding>),
    NotNeeded(String),
}

/// Makes the job out of the protocol, unless something stops it.
fn stage(work: &Work<'_>, looks: &Looks, options: &PrintOptions) -> Result<Staged> {
    let levels = work.site.levels();
    let mut findings = levels.apply_to(work.findings(), work.protocol).findings;
    let around = work.site.findings.iter().cloned();
    let faults = work
        .skabelon_name
        .and_then(|name| work.site.skabeloner.faults(name));
    let around = around.chain(faults.unwrap_or_default().iter().cloned());
    let mut stopping = levels.apply(around.collect());
    stopping.extend(findings.iter().cloned());
    stopping.retain(|finding| stops(finding) || is_unknown(work, finding));
    if !stopping.is_empty() {
        return Ok(Staged::Stopped(stopping));
    }
    let resolved = work.resolved();
    let look = looks.of(work.skabelon_name);
    let plan = options.edition.as_ref();
    let plan = plan.map(|id| planned(&resolved.document, id));
    let plan = plan.transpose()?;
    let document = &match plan {
        Some(plan) => Cow::Owned(select::edition(&resolved.document, plan)),
        None => Cow::Borrowed(&resolved.document),
    };
    let mut file = work.protocol.slug.clone();
    if let Some(plan) = plan {
        file = format!("{file}-{}", plan.named.id);
    }
    let large = options.large || plan.is_some_and(|plan| plan.named.large);
    let job = match &options.what {
        Printed::Packet(meeting) => {
            findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
            file = format!("{file}-{}-{}", slug(&meeting.name), meeting.date);
            packet(work, resolved, look, meeting, findings, large)?
        }
        Printed::Cards => {
            file.push_str("-handlingsanvisninger");
            cards(resolved, document, look, large)?
        }
        Printed::Poster { id, paper } => {
            let part = chosen(work, document, id, &Wanted::RULES)?;
            file = format!("{file}-opslag-{}", slug(&part.id));
            poster(resolved, document, look, part, *paper, large)
        }
        Printed::Text => text(resolved, document, look, large),
        Printed::Receipt => {
            file.push_str("-kvittering");
            match receipt(work, resolved, document, look, plan, large)? {
                Receipt::Job(job) => job,
                Receipt::NotNeeded(reason) => return Ok(Staged::NotNeeded(reason)),
            }
        }
        Printed::Form { id } => {
            let part = chosen(work, document, id, &Wanted::BLANKS)?;
            file = format!("{file}-formular-{}", slug(&part.id));
            form(resolved, document, look, part, large)
        }
    };
    Ok(Staged::Job(job, file))
}

/// The edition of an id, or what to say where there is none.
fn planned<'d>(document: &'d Document, id: &str) -> Result<&'d EditionPlan> {
    let mut plans = document.editions.iter();
    if let Some(plan) = plans.find(|plan| plan.named.id == id) {
        return Ok(plan);
    }
    let names: Vec<&str> = document
        .editions
        .iter()
        .map(|plan| plan.named.id.as_str())
        .collect();
    if names.is_empty() {
        bail!("der er ingen udgaver her. Et område laver dem med [[udgave]] i rusprot.toml.");
    }
    bail!(
        "der er ingen udgave, der hedder »{id}«. Der er: {}",
        names.join(", ")
    )
}

/// What must be mended before anything is on paper: what cannot be read, and a number of somebody's.
fn stops(finding: &Finding) -> bool {
    let codes = [Code::TomlSyntaks, Code::Tegnsaet, Code::Personnummer];
    finding.level == Level::Error && codes.contains(&finding.code)
}

/// Whether a finding says that the protocol's skabelon is not there.
fn is_unknown(work: &Work<'_>, finding: &Finding) -> bool {
    work.unknown.is_some() && matches!(finding.subject, Some(Subject::Skabelon(_)))
}

/// The job of a template with its data, the document and under `print` what is special to it. Pictures and drawings that do not stand in `document` stay behind.
fn with_print<P: Serialize>(
    resolved: &Resolved,
    look: &Look,
    main: &'static str,
    document: &Document,
    print: P,
) -> PdfJob<'static> {
    let data = render::paper(document, Some(print));
    let shows = |name: &str| data.contains(&serde_json::Value::from(name).to_string());
    PdfJob {
        name: document.slug.clone(),
        main,
        files: job::files(&data, resolved, look, &shows),
        created: job::created(document),
        keep: None,
    }
}
