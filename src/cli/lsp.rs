//! `rusprot lsp`: from its arguments to a talk with an editor.

use std::sync::Arc;

use anyhow::Result;

use super::args::LspArgs;
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, check};
use crate::lsp::{self, Options};

/// Runs the command, which ends when the editor says so or goes away.
pub(super) fn run(args: &LspArgs, environment: &Environment, ui: &Ui) -> Result<Exit> {
    if !args.stdio {
        ui.detail("Programmet venter på en editor.");
    }
    let named = check::today(&args.day, environment)?;
    let clock = environment.clock;
    let day = Arc::new(move || named.unwrap_or_else(clock));
    let ended_well = lsp::serve(Options { day })?;
    // An editor that goes away without a goodbye ends us too; the protocol wants 1 then.
    Ok(if ended_well { Exit::Ok } else { Exit::Findings })
}
