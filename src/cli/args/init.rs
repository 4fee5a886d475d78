//! The arguments of `rusprot init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ARGUMENTS, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot init [MAPPE] [VALG]",
    after_help = "\
I en tom mappe begynder et område med ét botilbud. Står du i et område, kommer der et botilbud mere. På en \
skærm spørger programmet om det, du ikke har skrevet. Filer, der er der i forvejen, bliver ikke rørt.

Eksempler:
  rusprot init               svar på spørgsmålene
  rusprot init min-protokol  begynd i en ny mappe
  rusprot init --institution \"Bostedet Lindehøj\" --yes"
)]
pub(in crate::cli) struct InitArgs {
    #[arg(
        value_name = "MAPPE", help_heading = ARGUMENTS,
        help = "Mappen, det skal ligge i; uden den bruges den mappe, du står i"
    )]
    pub(in crate::cli) folder: Option<PathBuf>,

    #[arg(
        long, value_name = "NAVN", help_heading = OPTIONS,
        help = "Stedets navn, for eksempel \"Bostedet Lindehøj\""
    )]
    pub(in crate::cli) institution: Option<String>,

    #[arg(
        long, value_name = "NAVN", help_heading = OPTIONS,
        help = "Skabelonen, der siger, hvad papiret skal indeholde (ellers områdets egen eller \
                socialpsykiatri); »rusprot templates« viser dem"
    )]
    pub(in crate::cli) template: Option<String>,

    #[arg(
        long, value_name = "NAVN", help_heading = OPTIONS,
        help = "Området, stedet hører til (ellers stedets eget navn)"
    )]
    pub(in crate::cli) area: Option<String>,

    #[arg(
        long, value_name = "NAVN", help_heading = OPTIONS,
        help = "Organisationen, området hører til, for eksempel kommunen"
    )]
    pub(in crate::cli) organisation: Option<String>,

    #[arg(long, help_heading = OPTIONS, help = "Stil ingen spørgsmål: Brug det sædvanlige")]
    pub(in crate::cli) yes: bool,

    #[arg(long, help_heading = OPTIONS, help = "Gem filerne i git med det samme")]
    pub(in crate::cli) git: bool,

    #[arg(
        long, value_name = "STED", help_heading = OPTIONS, value_enum, hide_possible_values = true,
        help = "Lav også den fil, som lader github, gitlab eller azure kontrollere hver ændring"
    )]
    pub(in crate::cli) ci: Option<HostName>,

    #[arg(
        long, value_name = "PROGRAM", help_heading = OPTIONS, value_enum, hide_possible_values = true,
        help = "Lav også indstillinger til det program, I skriver i: vscode"
    )]
    pub(in crate::cli) editor: Option<EditorName>,
}

/// An editor whose settings can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum EditorName {
    Vscode,
}

/// Where a repository is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum HostName {
    Github,
    Gitlab,
    Azure,
}
