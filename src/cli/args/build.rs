//! The arguments of `rusprot build`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ARGUMENTS, JudgingArgs, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot build [PROTOKOL]… [VALG]",
    after_help = "\
Er der en fejl i en protokol, bliver dens sider stående, som de var. De andre bliver lavet.

Eksempler:
  rusprot build                            lav alle protokoller
  rusprot build kranporten --format html  lav kun websiden for én
  rusprot build --draft --output kladde   lav et udkast i mappen kladde
  rusprot build --install-typst            hent også typst, som laver PDF"
)]
pub(in crate::cli) struct BuildArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(in crate::cli) protocols: Vec<PathBuf>,

    #[arg(
        long = "format", alias = "formats", value_name = "LISTE", help_heading = OPTIONS, value_delimiter = ',',
        value_enum, hide_possible_values = true,
        help = "Lav disse, adskilt med komma: html, md, pdf, docx, json (ellers html,md,pdf)"
    )]
    pub(in crate::cli) formats: Vec<PageFormat>,

    #[arg(
        long = "output", alias = "out", value_name = "MAPPE", help_heading = OPTIONS,
        help = "Læg siderne her (ellers i den mappe, som rusprot.toml nævner, eller i dist)"
    )]
    pub(in crate::cli) out: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) judging: JudgingArgs,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Hent typst, hvis det mangler; det tager nogle minutter og sker kun én gang"
    )]
    pub(in crate::cli) install_typst: bool,

    #[arg(
        long, value_name = "MAPPE", help_heading = OPTIONS,
        help = "Gem det, som typst får at arbejde med, i denne mappe"
    )]
    pub(in crate::cli) keep_typst: Option<PathBuf>,

    #[arg(long, value_name = "ANTAL", hide = true, value_parser = parse_count)]
    pub(in crate::cli) jobs: Option<NonZeroUsize>,
}

/// A kind of page that `build` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PageFormat {
    Html,
    Md,
    Pdf,
    Docx,
    Json,
}

/// Reads a number of threads.
fn parse_count(text: &str) -> Result<NonZeroUsize, String> {
    let not_a_count = |_| "det skal være et helt tal fra 1 og op".to_owned();
    text.parse().map_err(not_a_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_threads_is_at_least_one() {
        assert_eq!(parse_count("3").map(NonZeroUsize::get), Ok(3));
        assert!(parse_count("0").is_err());
    }
}
