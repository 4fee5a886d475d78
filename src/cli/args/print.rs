//! The arguments of `rusprot print`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{ARGUMENTS, OPTIONS, parse_date};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot print PROTOKOL --meeting MØDE --date DATO [VALG]\n      rusprot print PROTOKOL (--cards | --poster ID | --form ID) [VALG]\n      rusprot print PROTOKOL (--receipt | --edition ID) [VALG]",
    after_help = "\
Mødepakken har dagsorden, ændringer siden sidste godkendelse, det, der er åbent, protokollen med \
linjenumre og en side til beslutningen. Den kan også laves, mens der er fejl. Intet bliver sendt \
til en printer uden --send.

Eksempler:
  rusprot print kranporten --meeting Mini-MED --date 2026-12-01
  rusprot print kranporten --cards            kortene, to på hvert ark
  rusprot print kranporten --poster husorden  husordenen som opslag
  rusprot print kranporten --form interviewguide
  rusprot print kranporten --receipt          arket til dem, der har læst den"
)]
pub(in crate::cli) struct PrintArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den"
    )]
    pub(in crate::cli) protocol: PathBuf,

    #[arg(
        long, value_name = "MØDE", help_heading = OPTIONS, requires = "date",
        help = "Lav pakken til dette møde, for eksempel Mini-MED"
    )]
    pub(in crate::cli) meeting: Option<String>,

    #[arg(
        long, value_name = "DATO", help_heading = OPTIONS, value_parser = parse_date,
        requires = "meeting", help = "Mødets dato, for eksempel 2026-12-01"
    )]
    pub(in crate::cli) date: Option<Date>,

    #[arg(
        long, value_name = "ID", help_heading = OPTIONS, requires = "meeting",
        help = "Sæt dette afsnit eller bilag forrest i pakken, for eksempel det om \
                arbejdsmiljø; kan skrives flere gange"
    )]
    pub(in crate::cli) first: Vec<String>,

    #[arg(
        long, help_heading = OPTIONS, requires = "meeting",
        help = "Lad hver del af pakken begynde på en højreside; --send printer på begge sider"
    )]
    pub(in crate::cli) duplex: bool,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with_all = ["meeting", "poster", "form"],
        help = "Lav kun handlingsanvisningerne, én på hvert A5-ark"
    )]
    pub(in crate::cli) cards: bool,

    #[arg(
        long, value_name = "ID", help_heading = OPTIONS, conflicts_with_all = ["meeting", "form"],
        help = "Lav et opslag med husreglerne fra dette afsnit eller bilag"
    )]
    pub(in crate::cli) poster: Option<String>,

    #[arg(
        long, value_name = "STØRRELSE", help_heading = OPTIONS, value_enum, requires = "poster",
        hide_possible_values = true, help = "Opslagets størrelse: a3 eller a4 (ellers a3)"
    )]
    pub(in crate::cli) paper: Option<PaperSize>,

    #[arg(
        long, value_name = "ID", help_heading = OPTIONS, conflicts_with = "meeting",
        help = "Lav en blanket af dette afsnit eller bilag: en aftale, en guide eller et skema"
    )]
    pub(in crate::cli) form: Option<String>,

    #[arg(
        long, value_name = "ID", help_heading = OPTIONS, conflicts_with = "meeting",
        help = "Lav den udgave af protokollen, som området kalder sådan, eller det, der er valgt, af den udgave alene"
    )]
    pub(in crate::cli) edition: Option<String>,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with_all = ["meeting", "cards", "poster", "form"],
        help = "Lav en kvittering: det, der er ændret, og linjer til dem, der har læst det"
    )]
    pub(in crate::cli) receipt: bool,

    #[arg(long, help_heading = OPTIONS, help = "Brug stor skrift (18 punkt)")]
    pub(in crate::cli) large: bool,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Læg PDF'en her (ellers i mappen til siderne, som regel dist)"
    )]
    pub(in crate::cli) output: Option<PathBuf>,

    #[arg(
        long, value_name = "PRINTER", help_heading = OPTIONS, num_args = 0..=1, default_missing_value = "",
        help = "Send PDF'en til denne printer med lp, eller til maskinens egen, hvis du ingen nævner"
    )]
    pub(in crate::cli) send: Option<String>,
}

/// The size of a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PaperSize {
    A3,
    A4,
}
