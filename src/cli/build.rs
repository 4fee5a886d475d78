//! `rusprot build`: from its arguments to checked options, and on to the pipeline.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Date;

use super::args::{BuildArgs, Global, PageFormat};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, absolute, check, current_folder, protocols, repository, typst};
use crate::export::TypstSearch;
use crate::load::Repository;

/// What to build and how, with every path absolute and every name known.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The repository.
    pub repository: Repository,
    /// Slugs of the protocols to build, in order and each once; none means all.
    pub protocols: Vec<String>,
    /// The kinds of pages to make.
    pub formats: FormatSet,
    /// The folder to write to, if not the one the area has chosen.
    pub out: Option<PathBuf>,
    /// Whether what comes out is a draft.
    pub draft: bool,
    /// The day that stands in for today, where the user gives one.
    pub today: Option<Date>,
    /// The folder in which to leave what typst is given.
    pub keep_typst: Option<PathBuf>,
    /// How many protocols and documents to work on at a time.
    pub threads: NonZeroUsize,
    /// Where to look for typst.
    pub typst: TypstSearch,
}

/// Kinds of pages; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatSet {
    /// Web pages.
    pub html: bool,
    /// Markdown files.
    pub markdown: bool,
    /// PDFs.
    pub pdf: bool,
    /// The resolved documents as JSON.
    pub json: bool,
}

impl FormatSet {
    /// What is made when nobody asks for anything else.
    pub const USUAL: Self = Self {
        html: true,
        markdown: true,
        pdf: true,
        json: false,
    };

    /// The formats of a list; the usual ones if it is empty.
    fn of(list: &[PageFormat]) -> Self {
        if list.is_empty() {
            return Self::USUAL;
        }
        Self {
            html: list.contains(&PageFormat::Html),
            markdown: list.contains(&PageFormat::Md),
            pdf: list.contains(&PageFormat::Pdf),
            json: list.contains(&PageFormat::Json),
        }
    }
}

/// Runs the command.
pub(super) fn run(
    args: &BuildArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let options = options(args, global, environment)?;
    if args.install_typst
        && options.formats.pdf
        && let Err(error) = typst::install_if_missing(environment, ui)
    {
        // Pages that need no typst are made all the same; the PDFs will be missing for the same reason.
        ui.error(&error);
    }
    run_pipeline(&options, ui)
}

fn options(args: &BuildArgs, global: &Global, environment: &Environment) -> Result<BuildOptions> {
    let repository = repository(global, environment)?;
    let seen_from_here = |path: &Option<PathBuf>| {
        let path = path.as_deref();
        path.map(|path| absolute(path, environment)).transpose()
    };
    Ok(BuildOptions {
        protocols: protocols::resolve(&args.protocols, &repository, current_folder(environment)?)?,
        formats: FormatSet::of(&args.formats),
        out: seen_from_here(&args.out)?,
        draft: args.judging.draft,
        today: check::today(&args.judging, environment)?,
        keep_typst: seen_from_here(&args.keep_typst)?,
        threads: args.jobs.unwrap_or(environment.threads),
        typst: environment.typst_search(),
        repository,
    })
}

/// FOUNDERS: replace the body with the call of `pipeline`.
fn run_pipeline(options: &BuildOptions, ui: &Ui) -> Result<Exit> {
    ui.detail(&format!("{options:?}"));
    Ok(Exit::Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_formats_replaces_the_usual_ones() {
        assert_eq!(FormatSet::of(&[]), FormatSet::USUAL);
        let only = FormatSet::of(&[PageFormat::Json, PageFormat::Md]);
        assert_eq!(
            only,
            FormatSet {
                html: false,
                markdown: true,
                pdf: false,
                json: true
            }
        );
    }
}
