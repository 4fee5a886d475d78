//! The program from outside: the built binary in repositories made for each test.
//!
//! One binary for all tests of this kind, so that they are linked once. `support` makes repositories
//! and runs the program; every other module tests one command or one subject.

#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own files, and their panics name the path"
)]

mod opening;
mod pages;
mod paging;
mod paper;
mod support;

mod advice;
mod bad_input;
mod build;
mod check;
mod circles;
#[cfg(unix)]
mod collection;
mod completions;
mod dates;
mod diff;
mod doctor;
mod editions;
mod entries;
mod examples;
mod explain;
mod figur;
mod fix;
mod format;
mod front;
mod frozen;
#[cfg(unix)]
mod git;
mod help;
mod hostile;
#[cfg(feature = "import")]
mod import;
mod init;
mod keys;
mod languages;
mod layout;
#[cfg(feature = "lsp")]
mod lsp;
mod mutations;
mod placed;
mod print;
mod protocols;
mod random_prints;
mod real;
mod receipts;
mod record;
mod repo;
mod rules;
mod schema;
#[cfg(feature = "serve")]
mod serve;
#[cfg(unix)]
mod shared;
mod sheets;
mod shown;
mod since;
mod status;
mod streams;
mod templates;
mod texts;
mod trust;
mod typeset;
mod typst;
mod udgaver;
#[cfg(unix)]
mod upgrade;
mod usage;
mod verify;
mod word;
