//! Checks and prints the protocols of Danish care institutions.
//!
//! Data flows one way, and a module imports only what stands before it in this list.

pub mod text;

pub mod diag;

pub mod interrupt;

pub mod fs;
pub mod process;

pub mod load;

pub mod model;

pub mod check;
pub mod fix;
pub mod record;

#[cfg(feature = "serve")]
pub mod amend;

#[cfg(feature = "import")]
pub mod import;

pub mod overview;

pub mod document;

pub mod figure;

pub mod compare;

pub mod render;

pub mod write;

pub mod export;
pub mod report;

pub mod site;

pub mod history;

pub mod commands;

#[cfg(feature = "serve")]
pub mod serve;

#[cfg(feature = "lsp")]
pub mod lsp;

pub mod cli;
