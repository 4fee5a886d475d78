//! `rusprot print`: from its arguments to checked options, on to the command, and to the printer if asked.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};

use super::args::{Global, PaperSize, PrintArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, check, current_folder, output_file, protocols, repository};
use crate::commands::{self, Meeting, Paper, PrintOptions, PrintOutcome, Printed};
use crate::export::DEFAULT_LIMIT;
use crate::load::Repository;
use crate::process::{Call, ProcessError};
use crate::report::{Format, Report};
use crate::text::visible::shown_path;
use crate::write::Written;

/// How long `lp` may take to accept a file. It hands it on to a queue and does not wait for the paper.
const SEND_LIMIT: Duration = Duration::from_secs(60);

/// Runs the command.
pub(super) fn run(
    args: &PrintArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let options = options(args, &repository, environment)?;
    let (file, written) = match commands::print(&repository, &options)? {
        PrintOutcome::Made {
            file,
            written,
            warnings,
        } => {
            for warning in warnings {
                ui.note(&format!("typst siger: {warning}"));
            }
            (file, written)
        }
        PrintOutcome::NotNeeded(reason) => {
            ui.say(&format!("{reason}\nDer er ikke lavet noget.\n"))?;
            return Ok(Exit::Ok);
        }
        PrintOutcome::Stopped(findings) => {
            let report = Report {
                findings: &findings,
                protocols: std::slice::from_ref(&options.protocol),
            };
            ui.complain(&check::render(&report, Format::Human, None, ui));
            ui.problem("Der er ikke lavet noget. Ret dette først, for det må ikke på papir eller kan ikke læses.");
            return Ok(Exit::Findings);
        }
        PrintOutcome::External(problem) => {
            ui.problem(&problem);
            return Ok(Exit::External);
        }
    };
    let state = match written {
        Written::Changed => "skrevet",
        Written::Same => "uændret",
        Written::Hindered(obstacle) => {
            ui.problem(&obstacle.to_string());
            return Ok(Exit::Usage);
        }
    };
    ui.say(&format!("{} er {state}.\n", shown_path(&file)))?;
    match &args.send {
        Some(printer) => Ok(send(&file, printer, args.duplex, ui)),
        None => Ok(Exit::Ok),
    }
}

fn options(
    args: &PrintArgs,
    repository: &Repository,
    environment: &Environment,
) -> Result<PrintOptions> {
    let (protocol, edition) = named(args, repository, current_folder(environment)?)?;
    Ok(PrintOptions {
        protocol,
        what: what(args, edition.is_some())?,
        edition,
        large: args.large,
        output: output_file(args.output.as_deref(), environment)?,
        // Only a meeting's date is printed, so no clock is needed.
        today: args.date.unwrap_or_default(),
        typst: environment.typst_search(),
        limit: DEFAULT_LIMIT,
    })
}

/// The protocol, and the edition for some of the readers that is meant: after `--edition`, or after a stroke as its code
/// and its folder among the pages have it (`kranporten/borgere`).
fn named(
    args: &PrintArgs,
    repository: &Repository,
    current: &Path,
) -> Result<(String, Option<String>)> {
    let one = |typed: &Path| protocols::one(typed, repository, current);
    let typed = args.protocol.to_string_lossy();
    let whole = one(&args.protocol);
    if args.edition.is_none()
        && args.meeting.is_none()
        && whole.is_err()
        && let Some((before, id)) = typed.rsplit_once('/')
        && let Ok(slug) = one(Path::new(before))
    {
        return Ok((slug, Some(id.to_owned())));
    }
    Ok((whole?, args.edition.clone()))
}

/// What is asked for; that the choices exclude each other, clap has seen to.
fn what(args: &PrintArgs, is_edition: bool) -> Result<Printed> {
    // clap does not ask for what an option requires where something else excludes it.
    for (given, name, needed) in [
        (
            args.paper.is_some() && args.poster.is_none(),
            "--paper",
            "--poster",
        ),
        (
            !args.first.is_empty() && args.meeting.is_none(),
            "--first",
            "--meeting",
        ),
        (
            args.duplex && args.meeting.is_none(),
            "--duplex",
            "--meeting",
        ),
    ] {
        if given {
            bail!("»{name}« hører sammen med »{needed}« og kan ikke bruges uden");
        }
    }
    if args.cards {
        return Ok(Printed::Cards);
    }
    if let Some(id) = &args.poster {
        let paper = match args.paper {
            Some(PaperSize::A4) => Paper::A4,
            Some(PaperSize::A3) | None => Paper::A3,
        };
        return Ok(Printed::Poster {
            id: id.clone(),
            paper,
        });
    }
    if args.receipt {
        return Ok(Printed::Receipt);
    }
    if let Some(id) = &args.form {
        return Ok(Printed::Form { id: id.clone() });
    }
    if is_edition {
        return Ok(Printed::Text);
    }
    let (Some(name), Some(date)) = (&args.meeting, args.date) else {
        bail!(
            "Der mangler --meeting og --date: hvilket møde pakken er til, og hvornår det er. \
             Skriv dem, eller vælg --cards, --poster, --form, --edition eller --receipt."
        );
    };
    if name.trim().is_empty() {
        bail!("mødet skal have et navn, for eksempel --meeting \"Mini-MED\"");
    }
    Ok(Printed::Packet(Meeting {
        name: name.trim().to_owned(),
        date,
        first: args.first.clone(),
        duplex: args.duplex,
    }))
}

/// Hands a file to `lp`; an empty printer is the machine's usual one. The file stays, whatever `lp` does.
fn send(file: &Path, printer: &str, duplex: bool, ui: &Ui) -> Exit {
    let mut call = Call::new("lp").limit(SEND_LIMIT);
    if !printer.is_empty() {
        call = call.args(["-d", printer]);
    }
    if duplex {
        call = call.args(["-o", "sides=two-sided-long-edge"]);
    }
    let sent = call.args([OsStr::new("--"), file.as_os_str()]).run();
    let problem = match sent {
        Ok(_) => {
            let to = match printer {
                "" => "maskinens printer".to_owned(),
                name => format!("printeren {name}"),
            };
            ui.tell(&format!("Filen er sendt til {to}."));
            return Exit::Ok;
        }
        Err(ProcessError::NotFound { .. }) => {
            "Programmet lp findes ikke på denne maskine, så filen er ikke sendt til en printer. Åbn den, og print derfra."
                .to_owned()
        }
        Err(error) => format!("Filen er ikke sendt til en printer: {error}"),
    };
    ui.problem(&problem);
    Exit::External
}
