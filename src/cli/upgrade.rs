//! `rusprot upgrade`: from its arguments to checked options, and on to the command and the page.

use std::path::Path;

use anyhow::Result;

use super::args::{Global, UpgradeArgs, UpgradeFormat};
use super::environment::Environment;
use super::templates::update::{fetching, without_source};
use super::ui::Ui;
use super::{Exit, absolute, check, output_file, repository};
use crate::commands::{self, Edition, UpgradeOptions};
use crate::fs;
use crate::render::changes::{self, Width};

/// Runs the command.
pub(super) fn run(
    args: &UpgradeArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let options = UpgradeOptions {
        name: args.name.clone(),
        to: args
            .to
            .as_deref()
            .map(|to| edition(to, environment))
            .transpose()?,
        write: args.write,
        fetching: fetching(args.offline, environment),
        today: check::today(&args.day, environment)?.unwrap_or_else(environment.clock),
        threads: environment.threads.get(),
    };
    let upgrade = match commands::upgrade(&repository, &options) {
        Ok(upgrade) => upgrade,
        Err(error) => return without_source(error, ui),
    };
    let output = output_file(args.output.as_deref(), environment)?;
    let output = output.as_deref();
    let text = match args.format {
        UpgradeFormat::Human => {
            changes::upgrade_human(&upgrade, Width(ui.width()), ui.colors_result(output))
        }
        UpgradeFormat::Json => upgrade.json(),
        UpgradeFormat::Md => changes::upgrade_markdown(&upgrade),
        UpgradeFormat::Html => changes::upgrade_html(&upgrade),
    };
    ui.result(&text, output)?;
    if !args.write && !upgrade.is_empty() {
        ui.note("Intet er ændret. Med --write skifter I til udgaven.");
    }
    Ok(Exit::Ok)
}

/// A folder that is there is one; all else is a revision.
fn edition(to: &Path, environment: &Environment) -> Result<Edition> {
    let folder = absolute(to, environment)?;
    Ok(
        if fs::metadata(&folder).is_some_and(|there| there.is_dir()) {
            Edition::Folder(folder)
        } else {
            Edition::Revision(to.to_string_lossy().into_owned())
        },
    )
}
