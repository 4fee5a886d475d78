//! The arguments of `rusprot done`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, DayArgs, OPTIONS, parse_period};
use crate::text::Period;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot done PROTOKOL --duty PLIGT --date DATO [VALG]",
    after_help = "\
Programmet skriver en hændelse i protokol.toml. Alt andet i filen bliver stående, som det er.

Eksempler:
  rusprot done kranporten --duty revision --date 2026-10-05
  rusprot done kranporten --duty revision --date 2026-10-05 --forum Beboermøde"
)]
pub(in crate::cli) struct DoneArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den"
    )]
    pub(in crate::cli) protocol: PathBuf,

    #[arg(
        long, value_name = "PLIGT", help_heading = OPTIONS,
        help = "Pligtens id i skabelonens årshjul, for eksempel revision"
    )]
    pub(in crate::cli) duty: String,

    #[arg(
        long, value_name = "DATO", help_heading = OPTIONS, value_parser = parse_period,
        help = "Dagen, den blev udført, for eksempel 2026-10-05. Kender I kun \
                måneden, kvartalet eller året, så skriv 2026-10, 2026-K4 eller 2026"
    )]
    pub(in crate::cli) date: Period,

    #[arg(long, value_name = "NAVN", help_heading = OPTIONS, help = "Hvor det skete, for eksempel Mini-MED")]
    pub(in crate::cli) forum: Option<String>,

    #[arg(long, value_name = "TEKST", help_heading = OPTIONS, help = "Hvad I vil huske fra dagen; skriv ingen navne")]
    pub(in crate::cli) note: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) day: DayArgs,
}
