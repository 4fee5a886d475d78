//! The arguments of `rusprot diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ARGUMENTS, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot diff [PROTOKOL]… [VALG]",
    after_help = "\
Programmet slutter med 0, også når der er ændringer, og med 1, når en protokol ikke kan sammenlignes.

Eksempler:
  rusprot diff                   vis det, I endnu ikke har gemt i git
  rusprot diff --since-approval  vis alt siden den seneste godkendelse
  rusprot diff --since HEAD~5 --format html --output aendringer.html
  rusprot diff --since-approval --format pdf --output aendringer.pdf"
)]
pub(in crate::cli) struct DiffArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(in crate::cli) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "REV", help_heading = OPTIONS,
        help = "Sammenlign med denne revision i git, for eksempel HEAD~1 eller origin/main (ellers HEAD: \
                det, der sidst blev gemt)"
    )]
    pub(in crate::cli) since: Option<String>,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with = "since",
        help = "Sammenlign hver protokol med den udgave, der sidst blev godkendt"
    )]
    pub(in crate::cli) since_approval: bool,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til skærmen (human), som md, html eller pdf eller til andre programmer (json)"
    )]
    pub(in crate::cli) format: ChangeFormat,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// How changes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChangeFormat {
    Human,
    Md,
    Html,
    Pdf,
    Json,
}
