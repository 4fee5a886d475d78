//! `rusprot templates`: the skabeloner that can be used here, or all that one of them asks for.

mod json;
mod page;
pub(super) mod update;

use anyhow::{Result, bail};

use super::args::{AnswerFormat, Global, TemplatesArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, any_repository, check, output_file};
use crate::diag::Level;
use crate::model::Skabelon;
use crate::report::{self, Format, Report};
use crate::site::{self, ListedSkabelon};

/// Runs the command.
pub(super) fn run(
    args: &TemplatesArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    if args
        .name
        .as_deref()
        .is_some_and(|name| update::WORDS.contains(&name))
    {
        return update::run(args, global, environment, ui);
    }
    only_with_update(args)?;
    let output = output_file(args.output.as_deref(), environment)?;
    let output = output.as_deref();
    let listed = site::skabeloner(any_repository(global, environment)?.as_ref())?;
    let chosen = args
        .name
        .as_deref()
        .map(|name| site::find_skabelon(name, &listed));
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

/// Refuses what means nothing where a skabelon is only shown.
fn only_with_update(args: &TemplatesArgs) -> Result<()> {
    let options = [
        (args.rev.is_some(), "--rev"),
        (args.dry_run, "--dry-run"),
        (args.offline, "--offline"),
    ];
    if let Some((_, option)) = options.into_iter().find(|(given, _)| *given) {
        bail!("{option} hører til update: rusprot templates update {option}");
    }
    if let Some(more) = &args.shared {
        bail!(
            "vis én skabelon ad gangen: »{}« er et navn for meget",
            report::one_line(more)
        );
    }
    Ok(())
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
