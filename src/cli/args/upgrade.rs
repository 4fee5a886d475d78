//! The arguments of `rusprot upgrade`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ARGUMENTS, DayArgs, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot upgrade [SKABELON] [VALG]",
    after_help = "\
Uden --write bliver intet ændret: Programmet viser for hvert sted, hvad den nye udgave betyder. \
Med --write bliver kopien af skabelonen skiftet ud, overskrifter og id'er bliver rettet, og nye \
afsnit bliver lavet med vejledning i. Svarene skriver I selv, og intet bliver godkendt.

Eksempler:
  rusprot upgrade --to 2027-1            se, hvad udgaven betyder
  rusprot upgrade --to ../ny-skabelon    prøv en udgave, der ligger i en mappe
  rusprot upgrade --to 2027-1 --format html --output ny-udgave.html
  rusprot upgrade --to 2027-1 --write    skift til udgaven"
)]
pub(in crate::cli) struct UpgradeArgs {
    #[arg(
        value_name = "SKABELON", help_heading = ARGUMENTS,
        help = "Skabelonens navn; uden det tages områdets fælles skabelon"
    )]
    pub(in crate::cli) name: Option<String>,

    #[arg(
        long, value_name = "UDGAVE", help_heading = OPTIONS,
        help = "Den nye udgave: et mærke, en gren eller en ændring i git eller en mappe (ellers \
                den, som rusprot.toml nævner)"
    )]
    pub(in crate::cli) to: Option<PathBuf>,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Skift til udgaven: Skriv kopien, overskrifter, id'er og nye afsnit"
    )]
    pub(in crate::cli) write: bool,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Brug det, der er hentet før, og brug ikke nettet"
    )]
    pub(in crate::cli) offline: bool,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til skærmen (human), som md eller html eller til andre programmer (json)"
    )]
    pub(in crate::cli) format: UpgradeFormat,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(in crate::cli) output: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) day: DayArgs,
}

/// How an upgrade is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum UpgradeFormat {
    Human,
    Json,
    Md,
    Html,
}
