//! The arguments of `rusprot explain`.

use clap::Args;

use super::ARGUMENTS;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot explain [REGEL] [VALG]",
    after_help = "\
Eksempler:
  rusprot explain                   vis alle regler
  rusprot explain RP101             læs om reglen med den kode
  rusprot explain manglende-afsnit  læs om reglen med det navn"
)]
pub(in crate::cli) struct ExplainArgs {
    #[arg(
        value_name = "REGEL", help_heading = ARGUMENTS,
        help = "Reglens kode eller navn; uden den vises en liste over alle regler"
    )]
    pub(in crate::cli) rule: Option<String>,
}
