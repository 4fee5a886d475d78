//! The `rusprot` binary: reads what surrounds the process, runs the command line, and exits.
//!
//! Everything else is in the library, so that tests can reach it.

use std::process::ExitCode;

use rusprot::cli::{self, Environment};
use rusprot::interrupt;

fn main() -> ExitCode {
    interrupt::watch();
    let environment = Environment::of_process();
    cli::run(std::env::args_os(), &environment).into()
}
