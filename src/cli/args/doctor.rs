//! The arguments of `rusprot doctor`.

use clap::Args;

use super::OPTIONS;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot doctor [VALG]",
    after_help = "\
Programmet slutter med 3, når typst mangler.

Eksempler:
  rusprot doctor                  se, om noget mangler
  rusprot doctor --install-typst  hent typst, hvis det mangler"
)]
pub(in crate::cli) struct DoctorArgs {
    #[arg(
        long, help_heading = OPTIONS,
        help = "Hent typst, hvis det mangler; det tager nogle minutter og sker kun én gang"
    )]
    pub(in crate::cli) install_typst: bool,
}
