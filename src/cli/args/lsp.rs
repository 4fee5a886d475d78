//! The arguments of `rusprot lsp`.

use clap::Args;

use super::{DayArgs, OPTIONS};

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot lsp [VALG]",
    after_help = "\
Programmet taler med en editor over standard input og output, som Language Server Protocol siger. Det skriver \
ingen filer. Hvordan I sætter VS Code, Helix, Zed og Neovim op, står i docs/editor.md.

Eksempler:
  rusprot lsp    det, en editor skal starte"
)]
pub(in crate::cli) struct LspArgs {
    #[command(flatten)]
    pub(in crate::cli) day: DayArgs,

    #[arg(
        long, hide = true, help_heading = OPTIONS,
        help = "Tal over standard input og output, hvad programmet altid gør"
    )]
    pub(in crate::cli) stdio: bool,
}
