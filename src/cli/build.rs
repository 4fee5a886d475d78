//! `rusprot build`: from its arguments to checked options, on to the command, and what is said of it.

use std::path::PathBuf;

use anyhow::Result;

use super::args::{BuildArgs, Global, PageFormat};
use super::collection::{self, Collection};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, absolute, check, current_folder, protocols, repository, typst};
use crate::check::masked;
use crate::commands::{self, BuildOptions, BuildOutcome, CheckOptions, Formats};
use crate::diag::Level;
use crate::export::DEFAULT_LIMIT;
use crate::load::Repository;
use crate::report::{Format, Report};
use crate::text::visible::{one_line, shown_path};

/// Runs the command.
pub(super) fn run(
    args: &BuildArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    if let Some(collection) = collection::of(global, environment)? {
        return of_several(args, &collection, environment, ui);
    }
    let repository = repository(global, environment)?;
    let options = options(args, &repository, environment)?;
    let build = || {
        let bar = ui.pdf_progress();
        commands::build(&repository, &options, &|progress| {
            bar.show(progress.done, progress.of);
        })
    };
    let mut outcome = build()?;
    // What needs no typst can be read while it is fetched, which may take minutes.
    if args.install_typst && outcome.lacks_typst {
        ui.tell(&format!(
            "Websider og Markdown er klar: åbn {}. PDF-filerne laves, når typst er hentet.",
            shown_path(&outcome.area_page)
        ));
        match typst::install_if_missing(environment, ui) {
            Ok(()) => outcome = build()?,
            // The PDFs are missing for the same reason.
            Err(error) => ui.error(&error),
        }
    }
    tell(&outcome, ui)?;
    Ok(if outcome.bugs > 0 {
        Exit::Usage
    } else if !outcome.external.is_empty() {
        Exit::External
    } else if outcome.has_errors() {
        Exit::Findings
    } else {
        Exit::Ok
    })
}

/// One page over several repositories: what each protocol says is published by its own.
fn of_several(
    args: &BuildArgs,
    collection: &Collection,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    collection::only_whole(&args.protocols)?;
    let named = check::today(&args.judging.day, environment)?;
    let options = CheckOptions {
        protocols: Vec::new(),
        draft: args.judging.draft,
        today: named.unwrap_or_else(environment.clock),
        threads: args.jobs.unwrap_or(environment.threads).get(),
    };
    let out = args
        .out
        .as_deref()
        .map(|out| absolute(out, environment))
        .transpose()?;
    let out = out.unwrap_or_else(|| collection.folder.clone());
    let name = collection.name.as_deref();
    let made = commands::page_of_all(&collection.members, name, &out, &options, named)?;
    let fails = made
        .findings
        .iter()
        .any(|finding| finding.level == Level::Error);
    for fault in &made.faults {
        ui.problem(&format!(
            "{}: {}",
            one_line(&fault.label),
            masked(&fault.message)
        ));
    }
    if fails {
        ui.note("Der er fejl i nogle af protokollerne. Se dem med »rusprot check« på samme måde.");
    }
    if let Some(hindered) = &made.hindered {
        ui.problem(hindered);
    }
    let protocols = match made.protocols {
        1 => "1 protokol".to_owned(),
        count => format!("{count} protokoller"),
    };
    ui.say(&format!(
        "{protocols} på én side.\nÅbn {}\n",
        shown_path(&made.page)
    ))?;
    Ok(if made.bugs > 0 || made.hindered.is_some() {
        Exit::Usage
    } else if fails {
        Exit::Findings
    } else {
        Exit::Ok
    })
}

fn options(
    args: &BuildArgs,
    repository: &Repository,
    environment: &Environment,
) -> Result<BuildOptions> {
    let seen_from_here = |path: &Option<PathBuf>| {
        let path = path.as_deref();
        path.map(|path| absolute(path, environment)).transpose()
    };
    let named = check::today(&args.judging.day, environment)?;
    Ok(BuildOptions {
        protocols: protocols::resolve(&args.protocols, repository, current_folder(environment)?)?,
        formats: formats(&args.formats),
        out: seen_from_here(&args.out)?,
        draft: args.judging.draft,
        today: named.unwrap_or_else(environment.clock),
        print_overdue: named.is_some(),
        keep_typst: seen_from_here(&args.keep_typst)?,
        threads: args.jobs.unwrap_or(environment.threads).get(),
        typst: environment.typst_search(),
        pdf_limit: DEFAULT_LIMIT,
    })
}

/// The formats of a list; web page, Markdown and PDF if it is empty.
fn formats(list: &[PageFormat]) -> Formats {
    let usual = list.is_empty();
    Formats {
        html: usual || list.contains(&PageFormat::Html),
        markdown: usual || list.contains(&PageFormat::Md),
        pdf: usual || list.contains(&PageFormat::Pdf),
        docx: list.contains(&PageFormat::Docx),
        json: list.contains(&PageFormat::Json),
    }
}

/// Findings and troubles to standard error, where the pages are to standard output.
fn tell(outcome: &BuildOutcome, ui: &Ui) -> Result<()> {
    if !outcome.findings.is_empty() {
        let report = Report {
            findings: &outcome.findings,
            protocols: &outcome.protocols,
        };
        ui.complain(&check::render(&report, Format::Human, None, ui));
    }
    for warning in &outcome.warnings {
        ui.note(&format!("typst siger om {warning}"));
    }
    for problem in &outcome.external {
        ui.problem(problem);
    }
    let (new, known): (Vec<String>, Vec<String>) = outcome
        .stopped
        .iter()
        .cloned()
        .partition(|slug| outcome.without_pages.contains(slug));
    if !known.is_empty() {
        ui.note(&format!(
            "Disse protokoller har fejl og er ikke dannet på ny: {}. Deres tidligere sider står, som de var.",
            names(&known)
        ));
    }
    if !new.is_empty() {
        ui.note(&format!(
            "Disse protokoller har fejl, så der er ingen sider af dem endnu: {}.",
            names(&new)
        ));
    }
    if !outcome.external.is_empty() {
        ui.note(
            "Websider og Markdown er skrevet. De PDF-filer, der ikke kunne dannes, er ikke ændret.",
        );
    }
    ui.say(&summary(outcome))
}

/// The first names, and how many more there are.
fn names(slugs: &[String]) -> String {
    const SHOWN: usize = 10;
    match slugs.len().checked_sub(SHOWN) {
        None | Some(0) => slugs.join(", "),
        Some(more) => format!("{} og {more} til", slugs[..SHOWN].join(", ")),
    }
}

/// "3 filer skrevet, 5 uændrede." and where to look.
fn summary(outcome: &BuildOutcome) -> String {
    let files = |count: usize| {
        if count == 1 {
            "1 fil".to_owned()
        } else {
            format!("{count} filer")
        }
    };
    format!(
        "{} skrevet, {} uændret.\nÅbn {}\n",
        files(outcome.changed),
        files(outcome.same),
        shown_path(&outcome.area_page)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_formats_replaces_the_usual_ones() {
        let usual = formats(&[]);
        assert!(usual.html && usual.markdown && usual.pdf && !usual.docx && !usual.json);
        let only = formats(&[PageFormat::Json, PageFormat::Md, PageFormat::Docx]);
        assert!(only.json && only.docx && only.markdown && !only.html && !only.pdf);
    }
}
