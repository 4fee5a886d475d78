//! `rusprot lsp`: a language server. What is being written goes in, unsaved, and findings, proposals and answers
//! come out, as editors ask for them.
//!
//! It reads like every command and writes nothing: what is to be changed is handed to the editor as an edit. How
//! files are judged is `check`'s business, asked through `site`.

mod actions;
mod answer;
mod asked;
mod complete;
mod house;
mod hover;
mod named;
mod outline;
mod position;
mod scan;
mod session;

use anyhow::Result;

pub use session::Options;

/// Talks with an editor over standard input and output until it says goodbye or goes away; whether it said so.
///
/// # Errors
/// When the streams break.
pub fn serve(options: Options) -> Result<bool> {
    session::serve(options, answer::to)
}
