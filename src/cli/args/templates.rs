//! The arguments of `rusprot templates`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, AnswerFormat, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot templates [SKABELON] [VALG]",
    after_help = "\
Uden for et område vises de skabeloner, der følger med programmet. Er der fejl i en skabelon, bliver de \
skrevet efter den.

Eksempler:
  rusprot templates                                vis alle skabeloner
  rusprot templates socialpsykiatri                se, hvad den beder om
  rusprot templates socialpsykiatri --format json  skriv den som JSON"
)]
pub(in crate::cli) struct TemplatesArgs {
    #[arg(
        value_name = "SKABELON", help_heading = ARGUMENTS,
        help = "Skabelonens navn; uden det vises en liste over alle skabeloner"
    )]
    pub(in crate::cli) name: Option<String>,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til mennesker (human) eller til andre programmer (json)"
    )]
    pub(in crate::cli) format: AnswerFormat,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(in crate::cli) output: Option<PathBuf>,
}
