//! The arguments of `rusprot templates`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, AnswerFormat, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot templates [SKABELON] [VALG]\n      rusprot templates update [SKABELON] [VALG]",
    after_help = "\
Uden for et område vises de skabeloner, der følger med programmet. Er der fejl i en \
skabelon, bliver de skrevet efter den.

En fælles skabelon står i rusprot.toml med det sted, den kommer fra. Med update (opdater) \
henter programmet den og lægger en kopi i templates, som I gemmer i git. Det, der bliver \
ændret, bliver vist, før det bliver skrevet.

Eksempler:
  rusprot templates                                vis alle skabeloner
  rusprot templates socialpsykiatri                se, hvad den beder om
  rusprot templates socialpsykiatri --format json  skriv den som JSON
  rusprot templates update --dry-run               se, hvad der er nyt
  rusprot templates update --rev 2027-1            hent en bestemt udgave"
)]
pub(in crate::cli) struct TemplatesArgs {
    #[arg(
        value_name = "SKABELON", help_heading = ARGUMENTS,
        help = "Skabelonens navn; uden det vises en liste over alle skabeloner. \
                Eller update: hent fælles skabeloner"
    )]
    pub(in crate::cli) name: Option<String>,

    #[arg(
        value_name = "FÆLLES", help_heading = ARGUMENTS,
        help = "Efter update: den fælles skabelon, der skal hentes; uden navn hentes alle"
    )]
    pub(in crate::cli) shared: Option<String>,

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

    #[arg(
        long, value_name = "REV", help_heading = OPTIONS,
        help = "Med update: hent dette mærke, denne gren eller denne ændring i git, og \
                skriv den i rusprot.toml"
    )]
    pub(in crate::cli) rev: Option<String>,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Med update: vis kun, hvad der ville blive ændret, og skriv ingenting"
    )]
    pub(in crate::cli) dry_run: bool,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Med update: brug det, der er hentet før, og brug ikke nettet"
    )]
    pub(in crate::cli) offline: bool,
}
