//! The arguments of `rusprot serve`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, JudgingArgs, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot serve [PROTOKOL]… [VALG]",
    after_help = "\
Siderne er dem, som build laver. De bliver lavet om, hver gang en fil bliver gemt, og kan kun
åbnes på denne maskine. Stop med Ctrl-C.

Eksempler:
  rusprot serve --open          se alle protokoller i din browser
  rusprot serve --edit --open   skriv også i dem
  rusprot serve kranporten      vis kun den ene"
)]
pub(in crate::cli) struct ServeArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn vises alle"
    )]
    pub(in crate::cli) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "NUMMER", help_heading = OPTIONS,
        help = "Brug denne port (ellers 4180 eller en af de næste)"
    )]
    pub(in crate::cli) port: Option<u16>,

    #[arg(
        long, alias = "ret", help_heading = OPTIONS,
        help = "Skriv i protokollerne i browseren (ellers kan de kun læses dér)"
    )]
    pub(in crate::cli) edit: bool,

    #[arg(long, help_heading = OPTIONS, help = "Åbn siden i din browser")]
    pub(in crate::cli) open: bool,

    #[command(flatten)]
    pub(in crate::cli) judging: JudgingArgs,
}
