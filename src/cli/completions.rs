//! `rusprot completions`: what a shell needs to complete the command line.

use anyhow::Result;

use super::Exit;
use super::args::{self, CompletionsArgs};
use super::environment::Environment;
use super::ui::Ui;

/// Runs the command.
pub(super) fn run(args: &CompletionsArgs, environment: &Environment, ui: &Ui) -> Result<Exit> {
    let mut command = args::command(environment.help_width());
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "rusprot", &mut script);
    ui.result(&String::from_utf8_lossy(&script), None)?;
    Ok(Exit::Ok)
}
