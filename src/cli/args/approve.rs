//! The arguments of `rusprot approve`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, DayArgs, OPTIONS, parse_period};
use crate::text::Period;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot approve PROTOKOL --forum NAVN --date DATO --by ROLLE [VALG]",
    after_help = "\
Programmet kontrollerer protokollen og skriver godkendelsen i protokol.toml med et aftryk af det, der \
blev godkendt. Er der fejl, skriver det ingenting. En godkendelse er en oplysning, ikke en juridisk \
underskrift.

Eksempler:
  rusprot approve kranporten --forum Mini-MED --date 2026-11-10 --by Leder
  rusprot approve … --version 4   godkend den som version 4
  rusprot approve … --no-changes  godkend den igen, hvis intet er ændret
  rusprot approve kranporten --adopt  giv en godkendelse, der står der, et aftryk"
)]
pub(in crate::cli) struct ApproveArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den"
    )]
    pub(in crate::cli) protocol: PathBuf,

    #[arg(long, value_name = "NAVN", help_heading = OPTIONS, required_unless_present = "adopt", help = "Hvem der godkendte, for eksempel Mini-MED")]
    pub(in crate::cli) forum: Option<String>,

    #[arg(
        long, value_name = "DATO", help_heading = OPTIONS, value_parser = parse_period,
        required_unless_present = "adopt",
        help = "Dagen, den blev godkendt, for eksempel 2026-11-10. Kender I kun \
                måneden, kvartalet eller året, så skriv 2026-11, 2026-K4 eller 2026"
    )]
    pub(in crate::cli) date: Option<Period>,

    #[arg(long, value_name = "ROLLE", help_heading = OPTIONS, required_unless_present = "adopt", help = "Rollen, der skriver det ind, aldrig et navn")]
    pub(in crate::cli) by: Option<String>,

    #[arg(
        long, value_name = "VERSION", help_heading = OPTIONS,
        help = "Versionen, der blev godkendt; en ny bliver også skrevet under [dokument]"
    )]
    pub(in crate::cli) version: Option<String>,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Skriv kun, hvis intet er ændret siden den forrige godkendelse"
    )]
    pub(in crate::cli) no_changes: bool,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Skriv, at ændringen ikke er væsentlig, så ingen skal kvittere for den på ny"
    )]
    pub(in crate::cli) minor: bool,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with_all = ["by", "version", "no_changes", "minor"],
        help = "Giv den godkendelse, der allerede står i protokol.toml, et aftryk"
    )]
    pub(in crate::cli) adopt: bool,

    #[command(flatten)]
    pub(in crate::cli) day: DayArgs,
}
