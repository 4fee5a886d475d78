//! The arguments of `rusprot man`.

use std::path::PathBuf;

use clap::Args;

use super::ARGUMENTS;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot man [MAPPE] [VALG]",
    after_help = "\
Eksempler:
  rusprot man | man -l -  læs manualen
  rusprot man mappe       læg en manualside for hver kommando i en mappe"
)]
pub(in crate::cli) struct ManArgs {
    #[arg(
        value_name = "MAPPE", help_heading = ARGUMENTS,
        help = "Læg manualsiderne i denne mappe; uden den skrives kun programmets egen side"
    )]
    pub(in crate::cli) folder: Option<PathBuf>,
}
