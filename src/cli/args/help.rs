//! The arguments of `rusprot help`.

use clap::Args;

use super::ARGUMENTS;

/// The way git and cargo have taught people to ask for help.
#[derive(Args, Debug)]
#[command(override_usage = "rusprot help [KOMMANDO]")]
pub(in crate::cli) struct HelpArgs {
    #[arg(
        value_name = "KOMMANDO", help_heading = ARGUMENTS,
        help = "Kommandoen, du vil læse om"
    )]
    pub(in crate::cli) command: Option<String>,
}
