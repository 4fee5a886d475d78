//! `rusprot schema`: what an editor must know of a kind of file, as JSON Schema.

use anyhow::Result;

use super::args::{Global, SchemaArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, any_repository, output_file};
use crate::commands;

/// Runs the command.
pub(super) fn run(
    args: &SchemaArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let output = output_file(args.output.as_deref(), environment)?;
    let repository = any_repository(global, environment)?;
    let template = args.template.as_deref();
    let schema = commands::schema(repository.as_ref(), args.kind.into(), template)?;
    ui.result(&schema, output.as_deref())?;
    Ok(Exit::Ok)
}
