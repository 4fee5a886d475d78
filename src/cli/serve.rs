//! `rusprot serve`: from its arguments to a server, and what is said of it in the terminal.

use std::sync::Arc;

use anyhow::Result;

use super::args::{Global, ServeArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, check, current_folder, protocols, repository};
use crate::commands::PreviewOptions;
use crate::export::{DEFAULT_LIMIT, FoundTypst};
use crate::serve::{ServeOptions, Server};

/// Runs the command, which ends with a signal.
pub(super) fn run(
    args: &ServeArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let named = check::today(&args.judging.day, environment)?;
    let clock = environment.clock;
    let options = ServeOptions {
        preview: PreviewOptions {
            protocols: protocols::resolve(
                &args.protocols,
                &repository,
                current_folder(environment)?,
            )?,
            draft: args.judging.draft,
            print_overdue: named.is_some(),
            threads: environment.threads.get(),
            typst: FoundTypst::new(environment.typst_search()),
            pdf_limit: DEFAULT_LIMIT,
        },
        edit: args.edit,
        port: args.port,
        day: Arc::new(move || named.unwrap_or_else(clock)),
    };
    let server = Server::open(&repository, options)?;
    ui.result(&format!("Åbn {}\n", server.address()), None)?;
    ui.tell("Siderne følger med, når du gemmer. Stop med Ctrl-C.");
    if args.open && open::that_detached(server.address()).is_err() {
        ui.note("Browseren kan ikke åbnes herfra. Åbn adressen selv.");
    }
    server.run(&|problem| ui.problem(problem))?;
    Ok(Exit::Ok)
}
