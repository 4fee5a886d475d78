//! `rusprot done` and `rusprot approve`: from their arguments to the commands, and what is said of it.

use anyhow::Result;

use super::args::{ApproveArgs, DoneArgs, Global};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, ask, check, current_folder, protocols, repository};
use crate::check::names_a_person;
use crate::commands::{self, Adoption, Approved, Decision, Deed, Done, WrittenApproval};
use crate::diag::Finding;
use crate::report::{Format, Report};
use crate::text::{argument, danish_date};

/// Runs `rusprot done`.
pub(super) fn done(
    args: &DoneArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let deed = Deed {
        slug: protocols::one(&args.protocol, &repository, current_folder(environment)?)?,
        duty: args.duty.clone(),
        date: args.date,
        forum: args.forum.as_deref().map(trimmed),
        note: args.note.as_deref().map(trimmed),
        today: check::today(&args.day, environment)?.unwrap_or_else(environment.clock),
    };
    match commands::done(&repository, &deed)? {
        Done::Written {
            place: (path, line),
            what,
            due,
        } => {
            let again = match due {
                Some(due) => format!("Senest igen {}.", danish_date(due)),
                None => "Den udføres ved behov.".to_owned(),
            };
            ui.say(&format!(
                "Skrevet i {path}, linje {line}: »{what}«. {again}\n"
            ))?;
            Ok(Exit::Ok)
        }
        Done::Already((path, line)) => {
            let text = format!("Det står der allerede: {path}, linje {line}. Intet er ændret.\n");
            ui.say(&text)?;
            Ok(Exit::Ok)
        }
        Done::Unreadable(findings) => refuse(&findings, &deed.slug, ui),
    }
}

/// Runs `rusprot approve`.
pub(super) fn approve(
    args: &ApproveArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let slug = protocols::one(&args.protocol, &repository, current_folder(environment)?)?;
    let today = check::today(&args.day, environment)?.unwrap_or_else(environment.clock);
    let forum = args.forum.as_deref().map(trimmed);
    let outcome = match (&forum, args.date, &args.by) {
        (Some(forum), Some(date), Some(by)) if !args.adopt => {
            let decision = Decision {
                slug: slug.clone(),
                forum: forum.clone(),
                date,
                by: role(by, environment)?,
                version: args.version.as_deref().map(trimmed),
                no_changes: args.no_changes,
                minor: args.minor,
                today,
            };
            commands::approve(&repository, &decision)?
        }
        _ => {
            let adoption = Adoption {
                slug: slug.clone(),
                forum,
                date: args.date,
                today,
            };
            commands::adopt(&repository, &adoption)?
        }
    };
    match outcome {
        Approved::Written(written) => {
            tell(&written, args.version.is_some(), ui)?;
            Ok(Exit::Ok)
        }
        Approved::Errors(findings) => refuse(&findings, &slug, ui),
        Approved::Changed { since } => {
            ui.problem(&match since {
                Some(date) => format!(
                    "Protokollen eller skabelonen er ændret siden godkendelsen {}. Intet er skrevet.\n\
                     Se ændringerne med »rusprot diff {} --since-approval«.",
                    date.danish(),
                    argument(&slug)
                ),
                None => "Der er ingen tidligere godkendelse med aftryk at holde protokollen op mod. \
                         Intet er skrevet.\nGodkend den første gang uden --no-changes."
                    .to_owned(),
            });
            Ok(Exit::Findings)
        }
    }
}

fn tell(written: &WrittenApproval, with_version: bool, ui: &Ui) -> Result<()> {
    let (path, line) = &written.place;
    let version = match &written.version {
        Some(version) => format!(" som version {version}"),
        None => String::new(),
    };
    let mut text = format!(
        "Godkendt i {} {}{version}. Skrevet i {path}, linje {line}. Kode: {}.\n",
        written.forum,
        written.date.danish(),
        written.code
    );
    if let Some(former) = &written.former_version {
        text.push_str(&format!("Versionen er rettet fra {former} i [dokument].\n"));
    }
    if let Some(date) = written.in_force {
        text.push_str(&format!("Den gælder nu fra {}.\n", date.danish()));
    }
    if written.unchanged {
        text.push_str("Intet er ændret siden den forrige godkendelse.\n");
    }
    ui.say(&text)?;
    for late in &written.late {
        ui.note(&late.message);
    }
    if written.had_former && !written.unchanged && !with_version {
        ui.note(
            "Teksten er ændret siden den forrige godkendelse, men versionen er den samme. Næste gang kan du \
             give den en ny med --version.",
        );
    }
    Ok(())
}

/// The role that is typed after `--by`. Where it is a person's name and somebody can answer, it is asked for again.
fn role(typed: &str, environment: &Environment) -> Result<String> {
    let role = trimmed(typed);
    if !environment.answers || !names_a_person(&role) {
        return Ok(role);
    }
    let question = format!("»{role}« er en persons navn. Hvilken rolle skriver godkendelsen ind?");
    ask::line(
        &question,
        "",
        "For eksempel Tilbudsleder",
        |answer| match answer.trim() {
            "" => Err("skriv en rolle"),
            name if names_a_person(name) => Err("det er også et navn; skriv en rolle"),
            role => Ok(role.to_owned()),
        },
    )
}

/// What was typed, without the spaces around it that nobody sees.
fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// Says which errors stand in the way.
fn refuse(findings: &[Finding], slug: &str, ui: &Ui) -> Result<Exit> {
    let report = Report {
        findings,
        protocols: &[slug.to_owned()],
    };
    ui.complain(&check::render(&report, Format::Human, None, ui));
    ui.note("Intet er skrevet. Ret fejlene først.");
    Ok(Exit::Findings)
}
