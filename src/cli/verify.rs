//! `rusprot verify`: what a code, or a PDF that has one, is worth.

use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use super::args::{AnswerFormat, Global, VerifyArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, absolute, repository};
use crate::commands::{self, Mark, Named, ReadersMark, State, Verdict, WithoutHistory};
use crate::document::ShortCode;
use crate::fs;
use crate::history::Unreadable;
use crate::text::{self, Period};

/// Runs the command.
pub(super) fn run(
    args: &VerifyArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let repository = repository(global, environment)?;
    let (code, edition) = code(&args.what, environment)?;
    let named = (code, edition.as_deref());
    let verdict = commands::verify(&repository, named, environment.threads.get())?;
    match args.format {
        AnswerFormat::Human => ui.say(&human(&verdict))?,
        AnswerFormat::Json => ui.result(&json(&verdict), None)?,
    }
    if verdict.state == State::Unknown {
        for unreadable in &verdict.unreadable {
            ui.note(&format!(
                "Denne fil kan ikke læses, og papiret kan høre til den. {unreadable}"
            ));
        }
    }
    Ok(match (&verdict.without_history, verdict.state) {
        (Some(trouble), State::Unknown) => {
            tell(trouble, ui);
            match trouble {
                WithoutHistory::NoGit(_) => Exit::External,
                _ => Exit::Findings,
            }
        }
        (_, State::InForce | State::InForceButEdited) => Exit::Ok,
        _ => Exit::Findings,
    })
}

/// The code that is meant: as it is typed, or in a PDF. That of an edition for some of the readers names it after a
/// stroke.
fn code(what: &str, environment: &Environment) -> Result<(ShortCode, Option<String>)> {
    let (before, edition) = match what.split_once('/') {
        Some((before, edition)) => (before, Some(edition.trim().to_lowercase())),
        None => (what, None),
    };
    if let Ok(code) = before.parse() {
        return Ok((code, edition.filter(|edition| !edition.is_empty())));
    }
    let path = absolute(Path::new(what), environment)?;
    let Some(bytes) = fs::read_if_there(&path)? else {
        bail!("»{what}« er hverken en kode som RP-7K3F-92QD eller en fil, der findes");
    };
    match commands::code_in_pdf(&bytes) {
        Some(found) => Ok(found),
        None => bail!(
            "der er ingen kode i {what}. Enten er det ikke en PDF fra rusprot, eller også er den gemt igen af et andet \
             program. Skriv koden fra bunden af papiret i stedet."
        ),
    }
}

fn tell(trouble: &WithoutHistory, ui: &Ui) {
    match trouble {
        WithoutHistory::NoGit(text) => {
            ui.problem(text);
            ui.note("Svaret gælder kun protokollerne, som de står, og deres godkendelser.");
        }
        WithoutHistory::Other(text) => ui.note(&format!(
            "Svaret gælder kun protokollerne, som de står, og deres godkendelser: {text}."
        )),
        WithoutHistory::Shallow => ui.note(
            "Kopien har kun de nyeste ændringer, så papiret kan være ældre. Hent resten med »git fetch \
             --unshallow«, og spørg igen.",
        ),
    }
}

fn human(verdict: &Verdict) -> String {
    let code = verdict.code;
    let whose = match (&verdict.protocol, &verdict.edition) {
        (
            Some(Named {
                institution, title, ..
            }),
            Some(edition),
        ) => {
            format!("{institution}: {title}{}", edition_words(edition))
        }
        _ => String::new(),
    };
    let text = match verdict.state {
        State::InForce => format!("gældende.\n{whose}."),
        State::InForceButEdited => format!(
            "gældende.\n{whose}.\nTeksten er rettet siden, men ingen har godkendt rettelserne."
        ),
        State::Unverified => format!(
            "ikke godkendt med aftryk.\n{whose}. Det er teksten, som den står nu. Den nyeste godkendelse har \
             intet aftryk, så programmet kan ikke se, om det er den, der blev godkendt."
        ),
        State::NotApproved => format!(
            "ikke godkendt.\n{whose}. Det er teksten, som den står nu, men ingen har godkendt den."
        ),
        State::Undecided => {
            let what = verdict.unreadable.iter();
            let what: Vec<String> = what.map(ToString::to_string).collect();
            format!(
                "kan ikke afgøres.\n{whose}. Det var den nyeste tekst, men protokollen kan ikke læses, som den \
                 ligger nu.\n{}\nRet filen, og spørg igen.",
                what.join("\n")
            )
        }
        State::Replaced => format!(
            "erstattet.\n{whose}.{}",
            instead(verdict.replaced_by.as_ref())
        ),
        State::Unknown => {
            "ukendt.\nIngen protokol i dette område har eller har haft den tekst.".to_owned()
        }
    };
    let readers = match &verdict.for_readers {
        Some(ReadersMark {
            name: Some(name), ..
        }) => format!("\nPapiret er udgaven »{name}«."),
        // Of a text that nobody knows it cannot be told which editions it had.
        Some(ReadersMark { id, name: None }) if !matches!(verdict.state, State::Unknown) => {
            format!("\nDer er nu ingen udgave af protokollen, der hedder »{id}«.")
        }
        _ => String::new(),
    };
    format!("{code}: {text}{readers}\n")
}

/// ", version 3.1, godkendt 28. oktober 2026 i Mini-MED"
fn edition_words(mark: &Mark) -> String {
    let mut words = String::new();
    if let Some(version) = &mark.version {
        words.push_str(&format!(", version {version}"));
    }
    match (mark.date, &mark.forum) {
        (Some(date), Some(forum)) => {
            words.push_str(&format!(", godkendt {} i {forum}", date.danish()));
        }
        (Some(date), None) => words.push_str(&format!(", gemt i git {}", date.danish())),
        (None, _) => {}
    }
    words
}

fn instead(mark: Option<&Mark>) -> String {
    let Some(mark) = mark else {
        return String::new();
    };
    let what = match &mark.version {
        Some(version) => format!("version {version}"),
        None => "en nyere tekst".to_owned(),
    };
    match (mark.date, &mark.forum) {
        (Some(date), Some(forum)) => format!(
            "\nSiden {} gælder {what}, godkendt i {forum}.",
            date.danish()
        ),
        (Some(date), None) => {
            format!(
                "\nSiden {} har der stået en nyere tekst. Den er ikke godkendt.",
                date.danish()
            )
        }
        (None, _) => format!("\nNu gælder {what}."),
    }
}

/// The answer as version 1 of its JSON form (`docs/json.md`).
#[derive(Serialize)]
struct Answer<'v> {
    version: u32,
    code: String,
    state: &'static str,
    protocol: Option<&'v str>,
    institution: Option<&'v str>,
    title: Option<&'v str>,
    edition: Option<Edition<'v>>,
    replaced_by: Option<Edition<'v>>,
    history: bool,
    unreadable: Vec<Unread<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    for_readers: Option<ForReaders<'v>>,
}

#[derive(Serialize)]
struct ForReaders<'v> {
    id: &'v str,
    name: Option<&'v str>,
}

#[derive(Serialize)]
struct Unread<'v> {
    path: &'v str,
    line: u32,
    message: &'v str,
}

#[derive(Serialize)]
struct Edition<'v> {
    version: Option<&'v str>,
    date: Option<String>,
    forum: Option<&'v str>,
}

fn json(verdict: &Verdict) -> String {
    let named = verdict.protocol.as_ref();
    let answer = Answer {
        version: 1,
        code: verdict.code.to_string(),
        state: match verdict.state {
            State::InForce => "in_force",
            State::InForceButEdited => "in_force_but_edited",
            State::Unverified => "unverified",
            State::NotApproved => "not_approved",
            State::Undecided => "undecided",
            State::Replaced => "replaced",
            State::Unknown => "unknown",
        },
        protocol: named.map(|named| named.slug.as_str()),
        institution: named.map(|named| named.institution.as_str()),
        title: named.map(|named| named.title.as_str()),
        edition: verdict.edition.as_ref().map(edition),
        replaced_by: verdict.replaced_by.as_ref().map(edition),
        history: verdict.without_history.is_none(),
        unreadable: verdict.unreadable.iter().map(unread).collect(),
        for_readers: verdict.for_readers.as_ref().map(|readers| ForReaders {
            id: &readers.id,
            name: readers.name.as_deref(),
        }),
    };
    text::json(&answer)
}

fn unread(unreadable: &Unreadable) -> Unread<'_> {
    Unread {
        path: &unreadable.path,
        line: unreadable.line,
        message: &unreadable.message,
    }
}

fn edition(mark: &Mark) -> Edition<'_> {
    Edition {
        version: mark.version.as_deref(),
        date: mark.date.map(Period::iso),
        forum: mark.forum.as_deref(),
    }
}
