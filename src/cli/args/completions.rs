//! The arguments of `rusprot completions`.

use clap::Args;
use clap_complete::Shell;

use super::ARGUMENTS;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot completions SKAL [VALG]",
    after_help = "\
Eksempler:
  rusprot completions bash > ~/.local/share/bash-completion/completions/rusprot
  rusprot completions powershell | Out-String | Invoke-Expression"
)]
pub(in crate::cli) struct CompletionsArgs {
    #[arg(
        value_name = "SKAL", help_heading = ARGUMENTS, hide_possible_values = true,
        help = "bash, elvish, fish, powershell eller zsh"
    )]
    pub(in crate::cli) shell: Shell,
}
