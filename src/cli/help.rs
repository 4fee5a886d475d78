//! `rusprot help`: the same as `--help`, for those who ask that way.

use anyhow::{Context, Result};

use super::Exit;
use super::args::{self, HelpArgs};
use super::environment::Environment;
use super::protocols;
use super::ui::Ui;

/// Runs the command.
pub(super) fn run(args: &HelpArgs, environment: &Environment, ui: &Ui) -> Result<Exit> {
    let protocol = protocols::at_hand(environment.current_folder.as_deref());
    let mut command = args::command_with(environment.help_width(), protocol.as_deref());
    command.build();
    if let Some(name) = &args.command {
        let chosen = command.find_subcommand(name);
        command = chosen
            .with_context(|| {
                format!("»{name}« er ikke en kommando.\nSkriv »rusprot --help«, og se dem alle.")
            })?
            .clone();
    }
    ui.result(&command.render_help().ansi().to_string(), None)?;
    Ok(Exit::Ok)
}
