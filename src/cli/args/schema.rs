//! The arguments of `rusprot schema`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ARGUMENTS, OPTIONS};
use crate::model::FileKind;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot schema [FILTYPE] [VALG]",
    after_help = "\
Filtyperne er section (afsnit og bilag), protocol (protokol.toml), area (rusprot.toml), template \
(skabelon.toml) og collection (samling.toml). Det, der bliver skrevet, er et JSON Schema. Programmer som VS Code, Zed, Tombi og Taplo læser \
det. »rusprot init --editor vscode« sætter det hele op.

Eksempler:
  rusprot schema                             skemaet for afsnit
  rusprot schema --template socialpsykiatri  det samme med en anden skabelon
  rusprot schema area --output skema.json    skemaet for rusprot.toml, i en fil"
)]
pub(in crate::cli) struct SchemaArgs {
    #[arg(
        value_name = "FILTYPE", help_heading = ARGUMENTS, value_enum, default_value = "section",
        hide_default_value = true, hide_possible_values = true,
        help = "section, protocol, area, template eller collection; uden den bruges section"
    )]
    pub(in crate::cli) kind: SchemaKind,

    #[arg(
        long, value_name = "NAVN", help_heading = OPTIONS,
        help = "Skabelonen, hvis overskrifter og krav skal med i skemaet (ellers områdets egen)"
    )]
    pub(in crate::cli) template: Option<String>,

    #[arg(
        short, long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv til en fil i stedet for på skærmen"
    )]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// A kind of file, in either language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SchemaKind {
    #[value(aliases = ["afsnit", "bilag"])]
    Section,
    #[value(alias = "protokol")]
    Protocol,
    #[value(aliases = ["omraade", "område"])]
    Area,
    #[value(alias = "skabelon")]
    Template,
    #[value(alias = "samling")]
    Collection,
}

impl From<SchemaKind> for FileKind {
    fn from(kind: SchemaKind) -> Self {
        match kind {
            SchemaKind::Section => Self::Section,
            SchemaKind::Protocol => Self::Protocol,
            SchemaKind::Area => Self::Area,
            SchemaKind::Template => Self::Skabelon,
            SchemaKind::Collection => Self::Collection,
        }
    }
}
