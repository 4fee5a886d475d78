//! The arguments of `rusprot check`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, JudgingArgs, OPTIONS, by_name};
use crate::report::Format;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot check [PROTOKOL]… [VALG]",
    after_help = "\
Programmet slutter med 1, når der er mindst én fejl. Advarsler tæller ikke. \
Med --fix tæller de fejl, der er tilbage, og med --diff dem, der ville være tilbage.

Eksempler:
  rusprot check                       kontrollér alle protokoller
  rusprot check protocols/kranporten  kontrollér én
  rusprot check --format short        skriv én linje for hver fejl
  rusprot check --output fejl.txt     skriv i en fil
  rusprot check --fix --diff          se, hvad programmet selv kan rette"
)]
pub(in crate::cli) struct CheckArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(in crate::cli) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_parser = by_name(Format::ALL, Format::name),
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv fejlene til mennesker (human, short) eller til andre programmer \
                (json, sarif, github, gitlab, junit)"
    )]
    pub(in crate::cli) format: Format,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(in crate::cli) output: Option<PathBuf>,

    #[arg(
        long, value_name = "REV", help_heading = OPTIONS,
        help = "Vis kun det, der har at gøre med ændringerne siden denne revision i git, \
                for eksempel origin/main"
    )]
    pub(in crate::cli) changed_since: Option<String>,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with = "changed_since",
        help = "Ret det, der kan rettes uden at tage stilling: ord fra ordlisten, overskrifter, \
                skrevne numre, afskrevet fælles tekst og tegnsæt"
    )]
    pub(in crate::cli) fix: bool,

    #[arg(
        long, help_heading = OPTIONS, requires = "fix", conflicts_with = "format",
        help = "Vis kun, hvad --fix ville rette, og skriv ingenting i filerne"
    )]
    pub(in crate::cli) diff: bool,

    #[command(flatten)]
    pub(in crate::cli) judging: JudgingArgs,
}
