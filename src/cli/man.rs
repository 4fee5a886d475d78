//! `rusprot man`: manual pages, made from the same definition as the help.

use anyhow::{Context, Result};
use clap::Command;
use clap_mangen::Man;

use super::args::{self, ManArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, absolute};
use crate::fs;

/// The headings that clap_mangen writes in English.
const HEADINGS: [(&str, &str); 6] = [
    (".SH NAME", ".SH NAVN"),
    (".SH SYNOPSIS", ".SH BRUG"),
    (".SH DESCRIPTION", ".SH BESKRIVELSE"),
    (".SH OPTIONS", ".SH VALG"),
    (".SH EXTRA", ".SH MERE"),
    (".SH VERSION", ".SH UDGAVE"),
];

/// Runs the command.
pub(super) fn run(args: &ManArgs, environment: &Environment, ui: &Ui) -> Result<Exit> {
    let mut command = args::command(environment.help_width());
    command.build();
    let Some(folder) = &args.folder else {
        ui.result(&page(command)?, None)?;
        return Ok(Exit::Ok);
    };
    let folder = absolute(folder, environment)?;
    fs::create_folder(&folder)?;
    let shown = command
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let commands: Vec<Command> = shown.cloned().chain([command.clone()]).collect();
    for command in commands {
        let name = command.get_display_name().unwrap_or("rusprot").to_owned();
        fs::write(&folder.join(format!("{name}.1")), page(command)?.as_bytes())?;
    }
    ui.note(&format!("Manualsiderne ligger i {}", folder.display()));
    Ok(Exit::Ok)
}

/// The manual page of a command, with Danish headings.
fn page(command: Command) -> Result<String> {
    let mut page = Vec::new();
    Man::new(command)
        .source(concat!("rusprot ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .context("manualsiden kan ikke laves")?;
    let page = String::from_utf8_lossy(&page);
    let lines = page.lines().map(|line| {
        let mut headings = HEADINGS.iter();
        let danish = headings.find(|(english, _)| *english == line);
        danish.map_or(line, |(_, danish)| danish)
    });
    let mut page: String = lines.collect::<Vec<_>>().join("\n");
    page.push('\n');
    Ok(page)
}
