//! The arguments of `rusprot verify`.

use clap::Args;

use super::{ARGUMENTS, AnswerFormat, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot verify KODE|FIL [VALG]",
    after_help = "\
Koden står nederst på hver side af en PDF. Programmet slutter med 0, når papiret gælder, og ellers med 1.

Eksempler:
  rusprot verify RP-7K3F-92QD  slå en kode op
  rusprot verify kopi.pdf      slå koden i en PDF op"
)]
pub(in crate::cli) struct VerifyArgs {
    #[arg(
        value_name = "KODE", help_heading = ARGUMENTS,
        help = "Koden fra bunden af papiret eller en PDF-fil"
    )]
    pub(in crate::cli) what: String,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til mennesker (human) eller til andre programmer (json)"
    )]
    pub(in crate::cli) format: AnswerFormat,
}
