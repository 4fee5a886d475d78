//! `rusprot lsp`: a language server. What is being written goes in, unsaved, and findings, proposals and answers
//! come out, as editors ask for them.
//!
//! It reads like every command and writes nothing: what is to be changed is handed to the editor as an edit. How
//! files are judged is `check`'s business, asked through `site`.

mod actions;
mod answer;
mod complete;
mod house;
mod hover;
mod named;
mod outline;
mod position;
mod scan;
mod session;

pub use session::{Options, serve};
