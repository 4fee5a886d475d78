//! `rusprot templates`: the skabeloner that can be used here, or all that one of them asks for.

mod json;
mod page;

use anyhow::{Result, anyhow};
use unicode_normalization::UnicodeNormalization;

use super::args::{AnswerFormat, Global, TemplatesArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, check, output_file, repository};
use crate::diag::Level;
use crate::load::Repository;
use crate::model::{Skabelon, nearest};
use crate::report::{self, Format, Report};
use crate::site::{self, ListedSkabelon};

/// Runs the command.
pub(super) fn run(
    args: &TemplatesArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let output = output_file(args.output.as_deref(), environment)?;
    let output = output.as_deref();
    let listed = site::skabeloner(any_repository(global, environment)?.as_ref())?;
    let chosen = args.name.as_deref().map(|name| find(name, &listed));
    let chosen = chosen.transpose()?;
    let text = match (chosen, args.format) {
        (None, AnswerFormat::Human) => page::list(&listed, ui.width()),
        (None, AnswerFormat::Json) => json::list(&listed),
        (Some(one), AnswerFormat::Human) => page::one(one, ui.width()),
        (Some(one), AnswerFormat::Json) => json::one(one),
    };
    // Standard output sees to its own colours; a file has none.
    let text = if output.is_some() {
        anstream::adapter::strip_str(&text).to_string()
    } else {
        text
    };
    ui.result(&text, output)?;
    if chosen.map_or_else(|| listed.iter().any(|one| one.bugs > 0), |one| one.bugs > 0) {
        return Ok(Exit::Usage);
    }
    Ok(chosen.map_or(Exit::Ok, |one| tell_findings(one, ui)))
}

/// The repository, if there is one: without it the built-in skabeloner can still be told of. One that was
/// asked for with `--root` must be there.
fn any_repository(global: &Global, environment: &Environment) -> Result<Option<Repository>> {
    match repository(global, environment) {
        Ok(repository) => Ok(Some(repository)),
        Err(error) if global.root.is_some() => Err(error),
        Err(_) => Ok(None),
    }
}

/// The skabelon of this name, however the file system composes æ, ø and å.
fn find<'l>(name: &str, listed: &'l [ListedSkabelon]) -> Result<&'l ListedSkabelon> {
    let name = name.trim();
    let mut all = listed.iter();
    if let Some(found) = all.find(|one| one.name.nfc().eq(name.nfc())) {
        return Ok(found);
    }
    let names: Vec<&str> = listed.iter().map(|one| one.name.as_str()).collect();
    let hint = match nearest(name, &names) {
        Some(near) => format!(" Mente du »{near}«?"),
        None => format!("\nSkabelonerne her er {}.", names.join(", ")),
    };
    Err(anyhow!("der er ingen skabelon, der hedder »{name}«.{hint}"))
}

/// Tells what is wrong in a skabelon that was shown, and says how the run ends.
fn tell_findings(one: &ListedSkabelon, ui: &Ui) -> Exit {
    if one.findings.is_empty() {
        return Exit::Ok;
    }
    for finding in &one.findings {
        let report = Report {
            findings: std::slice::from_ref(finding),
            protocols: &[],
        };
        let shown = check::render(&report, Format::Human, None, ui);
        // The sentence at the end counts protocols, and there are none here.
        let (shown, _) = shown.rsplit_once("\n\n").unwrap_or((&shown, ""));
        ui.complain(&format!("{shown}\n\n"));
    }
    ui.note(&format!(
        "Skabelonen »{}« har {}.",
        one.name,
        count_findings(one)
    ));
    let fails = one.findings.iter().any(|one| one.level == Level::Error);
    if fails { Exit::Findings } else { Exit::Ok }
}

/// How many findings a skabelon has, such as `2 fejl og 1 advarsel`.
fn count_findings(one: &ListedSkabelon) -> String {
    report::Counts::of(&one.findings).phrase()
}

/// How much a skabelon asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Requirements, those below others too.
    requirements: usize,
    /// Points to describe.
    points: usize,
    /// Duties of the year wheel.
    duties: usize,
}

impl Counts {
    fn of(skabelon: &Skabelon) -> Self {
        let mut counts = Self {
            duties: skabelon.duties.len(),
            ..Self::default()
        };
        skabelon.visit(&mut |requirement| {
            counts.requirements += 1;
            counts.points += requirement.points.len();
        });
        counts
    }

    /// As people read it: `8 krav, 6 punkter og 3 pligter`.
    fn danish(self) -> String {
        let points = if self.points == 1 { "punkt" } else { "punkter" };
        let duties = if self.duties == 1 { "pligt" } else { "pligter" };
        format!(
            "{} krav, {} {points} og {} {duties}",
            self.requirements, self.points, self.duties
        )
    }
}
