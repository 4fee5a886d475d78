//! The arguments of `rusprot import`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, AnswerFormat, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot import FIL [VALG]",
    after_help = "\
Programmet læser .docx, .odt, .html, .md, .txt og teksten i .pdf. Det, der står her i forvejen, bliver ikke \
skrevet over. Henter du en rettet fil igen, skriver det kun i de filer, ingen har rettet i siden.

Programmet slutter med 1, når der er et personnummer i filen. Så er intet skrevet.

Eksempler:
  rusprot import protokol.docx --institution \"Bostedet Lindehøj\"
  rusprot import p.docx --into lindehoej --dry-run  se, hvad der ville ske
  rusprot import p.docx --into lindehoej --yes      svar ja til alle forslag"
)]
pub(in crate::cli) struct ImportArgs {
    #[arg(value_name = "FIL", help_heading = ARGUMENTS, help = "Dokumentet, protokollen står i nu")]
    pub(in crate::cli) file: PathBuf,

    #[arg(long, value_name = "NAVN", help_heading = OPTIONS, help = "Hvem protokollen er for, for eksempel \"Bostedet Lindehøj\"")]
    pub(in crate::cli) institution: Option<String>,

    #[arg(long, value_name = "PROTOKOL", help_heading = OPTIONS, help = "Navnet på protokollens mappe, ny eller gammel")]
    pub(in crate::cli) into: Option<String>,

    #[arg(long, value_name = "NAVN", help_heading = OPTIONS, help = "Skabelonen, protokollen skal følge (ellers områdets)")]
    pub(in crate::cli) template: Option<String>,

    #[arg(long, help_heading = OPTIONS, help = "Svar ja til alle forslag om, hvilke krav overskrifterne svarer på")]
    pub(in crate::cli) yes: bool,

    #[arg(long, help_heading = OPTIONS, help = "Skjul cifrene i personnumre i stedet for at standse")]
    pub(in crate::cli) mask: bool,

    #[arg(long, help_heading = OPTIONS, help = "Vis, hvad der ville ske, og skriv ingenting")]
    pub(in crate::cli) dry_run: bool,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til mennesker (human) eller til andre programmer (json)"
    )]
    pub(in crate::cli) format: AnswerFormat,
}
