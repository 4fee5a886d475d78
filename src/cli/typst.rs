//! Gets typst for the commands that are asked to, with progress on the terminal.

use anyhow::{Context, Result};

use super::environment::Environment;
use super::ui::Ui;
use crate::export::{self, TypstProblem};

/// Installs typst unless there is one already.
///
/// # Errors
/// When it cannot be installed, and when the user names a typst that cannot be used: another would not
/// be looked for anyway.
pub(super) fn install_if_missing(environment: &Environment, ui: &Ui) -> Result<()> {
    match export::find(&environment.typst_search()) {
        Ok(typst) => {
            ui.detail(&format!(
                "typst {} er her allerede: {}",
                typst.version,
                typst.program.display()
            ));
            return Ok(());
        }
        Err(problem) if environment.typst.is_some() => return Err(named(&problem)),
        Err(_) => {}
    }
    let cache = environment
        .cache
        .as_deref()
        .context("typst kan ikke hentes, fordi du ikke har en cachemappe på denne maskine")?;
    let mut progress = ui.install_progress();
    let binstall = export::find_binstall(environment.path.as_deref(), &environment.cargo);
    let program = export::install(
        cache,
        &environment.cargo,
        binstall.as_deref(),
        &mut progress,
    )?;
    drop(progress);
    ui.note(&format!("typst ligger nu i {}", program.display()));
    Ok(())
}

fn named(problem: &TypstProblem) -> anyhow::Error {
    anyhow::anyhow!(
        "{}\nRet variablen RUSPROT_TYPST, eller fjern den, så henter --install-typst den rigtige.",
        problem.reason()
    )
}
