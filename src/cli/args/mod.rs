//! What can be written on the command line, as inert data, with its Danish help.
//!
//! clap writes some words of its own in English. All of them are switched off or replaced here: the
//! usage line, headings, default and possible values, and the flags for help and version. What clap
//! says about wrong usage is put into Danish in [`super::usage`]. A command has one file here; what several have
//! stands in this one.

mod approve;
mod build;
mod check;
mod completions;
mod diff;
mod doctor;
mod done;
mod examples;
mod explain;
mod help;
#[cfg(feature = "import")]
mod import;
mod init;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod print;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod status;
mod templates;
mod upgrade;
mod verify;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::text::Period;
pub(super) use approve::ApproveArgs;
pub(super) use build::{BuildArgs, PageFormat};
pub(super) use check::CheckArgs;
pub(super) use completions::CompletionsArgs;
pub(super) use diff::{ChangeFormat, DiffArgs};
pub(super) use doctor::DoctorArgs;
pub(super) use done::DoneArgs;
pub(super) use explain::ExplainArgs;
pub(super) use help::HelpArgs;
#[cfg(feature = "import")]
pub(super) use import::ImportArgs;
pub(super) use init::{EditorName, HostName, InitArgs};
#[cfg(feature = "lsp")]
pub(super) use lsp::LspArgs;
pub(super) use man::ManArgs;
pub(super) use print::{PaperSize, PrintArgs};
pub(super) use schema::SchemaArgs;
#[cfg(feature = "serve")]
pub(super) use serve::ServeArgs;
pub(super) use status::StatusArgs;
pub(super) use templates::TemplatesArgs;
pub(super) use upgrade::{UpgradeArgs, UpgradeFormat};
pub(super) use verify::VerifyArgs;

/// The heading of options in every help text.
const OPTIONS: &str = "Valg";
/// The heading of positional arguments in every help text.
const ARGUMENTS: &str = "Argumenter";
/// Options every command has are listed after its own.
const LAST: usize = 900;

/// The layout of every help text. The escape codes are those clap gives its own headings; it takes
/// them out where there is no colour.
const TEMPLATE: &str = "\
{about-with-newline}
\u{1b}[1m\u{1b}[4mBrug:\u{1b}[0m {usage}

{all-args}{after-help}";

/// The definition of the whole command line, with help wrapped at `width` columns.
pub(super) fn command(width: usize) -> clap::Command {
    command_with(width, None)
}

/// The same, with a protocol that is at hand in the examples of its help.
pub(super) fn command_with(width: usize, protocol: Option<&str>) -> clap::Command {
    // These two replace clap's own flags, whose help is English.
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .aliases(["hjælp", "hjaelp"])
        .action(ArgAction::HelpShort)
        .global(true)
        .display_order(LAST + 4)
        .help_heading(OPTIONS)
        .help("Vis denne hjælp (også: --hjælp)");
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .display_order(LAST + 5)
        .help_heading(OPTIONS)
        .help("Vis programmets version");
    let with_examples = |name: &str, command: clap::Command| {
        let below = command.get_after_help().map(ToString::to_string);
        let below = below.map(|below| examples::below(name, &below, protocol, width));
        match below {
            Some(below) => command.after_help(below),
            None => command,
        }
    };
    with_examples("", Arguments::command())
        .args([help, version])
        .term_width(width)
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            with_examples(&name, with_danish_name(command)).help_template(TEMPLATE)
        })
}

/// The command with its Danish name shown in its help: clap's own word for other names is English.
fn with_danish_name(command: clap::Command) -> clap::Command {
    let danish = command.get_all_aliases().next().map(str::to_owned);
    match (danish, command.get_about().cloned()) {
        (Some(danish), Some(about)) => command.about(format!("{about} (også: {danish})")),
        _ => command,
    }
}

#[derive(Debug, Parser)]
#[command(
    name = "rusprot",
    version,
    about = "Kontrollerer rusmiddelprotokoller og udgiver dem som websider, Markdown og PDF.",
    override_usage = "rusprot KOMMANDO [VALG]",
    after_help = "\
Eksempler:
  rusprot check                  kontrollér alle protokoller
  rusprot build kranporten       lav siderne for én protokol
  rusprot status                 se, hvad der skal ske i årets løb
  rusprot explain RP101          læs om en regel
  rusprot build --help           se, hvad en kommando kan",
    help_template = TEMPLATE,
    subcommand_help_heading = "Kommandoer",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Args, Debug)]
pub(super) struct Global {
    #[arg(
        long, global = true, value_name = "MAPPE", display_order = LAST, help_heading = OPTIONS,
        help = "Arbejd i denne mappe i stedet for den, du står i"
    )]
    pub(super) root: Vec<PathBuf>,

    #[arg(
        long, global = true, value_name = "HVORNÅR", display_order = LAST + 1, help_heading = OPTIONS,
        value_enum, default_value = "auto", hide_default_value = true, hide_possible_values = true,
        help = "Brug farver: auto (kun på en skærm), always (altid) eller never (aldrig)"
    )]
    pub(super) color: Color,

    #[arg(
        short, long, global = true, display_order = LAST + 2, help_heading = OPTIONS,
        conflicts_with = "verbose", help = "Skriv kun resultater og fejl"
    )]
    pub(super) quiet: bool,

    #[arg(
        short, long, global = true, display_order = LAST + 3, help_heading = OPTIONS,
        help = "Fortæl mere om, hvad programmet gør"
    )]
    pub(super) verbose: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(
        alias = "ny",
        about = "Begynd en protokol: Lav de filer, I skal skrive i"
    )]
    Init(InitArgs),
    #[cfg(feature = "import")]
    #[command(
        alias = "hent",
        about = "Hent en protokol fra Word eller et andet program"
    )]
    Import(ImportArgs),
    #[command(alias = "byg", about = "Kontrollér protokollerne, og lav siderne")]
    Build(BuildArgs),
    #[cfg(feature = "serve")]
    #[command(alias = "vis", about = "Vis siderne i en browser, mens I skriver")]
    Serve(ServeArgs),
    #[command(alias = "tjek", about = "Kontrollér protokollerne uden at lave sider")]
    Check(CheckArgs),
    #[command(
        alias = "frister",
        about = "Vis årets pligter efter dato, eller hvordan protokollerne står"
    )]
    Status(StatusArgs),
    #[command(
        alias = "udfoert",
        about = "Skriv ind, at en pligt i årshjulet er udført"
    )]
    Done(DoneArgs),
    #[command(alias = "godkend", about = "Skriv ind, at en protokol er godkendt")]
    Approve(ApproveArgs),
    #[command(
        aliases = ["forskel", "forskelle"],
        about = "Vis, hvad der er ændret siden en tidligere udgave"
    )]
    Diff(DiffArgs),
    #[command(
        alias = "udskriv",
        about = "Lav mødepakken eller en anden udskrift af én protokol som PDF"
    )]
    Print(PrintArgs),
    #[command(alias = "efterproev", about = "Se, om et stykke papir stadig gælder")]
    Verify(VerifyArgs),
    #[command(alias = "forklar", about = "Forklar en regel, eller vis dem alle")]
    Explain(ExplainArgs),
    #[command(
        alias = "skabeloner",
        about = "Vis, hvad en protokol skal indeholde, eller alle skabeloner"
    )]
    Templates(TemplatesArgs),
    #[command(
        alias = "opgrader",
        about = "Vis, hvad en ny udgave af skabelonen betyder, eller skift til den"
    )]
    Upgrade(UpgradeArgs),
    #[cfg(feature = "lsp")]
    #[command(
        alias = "sprogserver",
        about = "Hjælp en editor, mens der bliver skrevet: Editoren starter det selv"
    )]
    Lsp(LspArgs),
    #[command(
        alias = "skema",
        about = "Skriv det, en editor skal bruge til at hjælpe med nøgler og overskrifter"
    )]
    Schema(SchemaArgs),
    #[command(
        alias = "doktor",
        about = "Se efter, om programmet har alt, hvad det skal bruge"
    )]
    Doctor(DoctorArgs),
    #[command(
        hide = true,
        aliases = ["fuldfoer", "fuldfør"],
        about = "Skriv det, som en skal bruger til at gøre kommandoer færdige med tabulatortasten"
    )]
    Completions(CompletionsArgs),
    #[command(hide = true, about = "Skriv programmets manualsider")]
    Man(ManArgs),
    #[command(hide = true, aliases = ["hjælp", "hjaelp"], about = "Vis hjælp")]
    Help(HelpArgs),
}

/// What decides how strictly and on which day the protocols are judged.
#[derive(Args, Debug)]
pub(super) struct JudgingArgs {
    #[arg(
        long, help_heading = OPTIONS,
        help = "Behandl protokollen som et udkast: De fleste fejl bliver til advarsler, \
                og der står UDKAST på siderne"
    )]
    pub(super) draft: bool,

    #[command(flatten)]
    pub(super) day: DayArgs,
}

/// The day a command takes for today.
#[derive(Args, Debug)]
pub(super) struct DayArgs {
    #[arg(
        long, value_name = "DATO", help_heading = OPTIONS, value_parser = parse_date,
        help = "Regn med denne dag i stedet for i dag, for eksempel 2026-11-30 \
                (også i variablen RUSPROT_TODAY)"
    )]
    pub(super) today: Option<Date>,
}

/// How a command that gives one answer writes it: to people or to other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    Human,
    Json,
}

/// Reads the name of one of `all`.
fn by_name<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(move |one| name(*one))).map(move |given| {
        let mut all = all.iter().copied();
        all.find(|one| name(*one) == given)
            .expect("the possible values are these names")
    })
}

/// Reads a day, or a month, a quarter or a year as the files have them.
pub(super) fn parse_period(text: &str) -> Result<Period, String> {
    match Period::parse(text) {
        Some(period) if !text.contains(char::is_whitespace) => Ok(period),
        _ => parse_date(text).map(Period::Day),
    }
}

/// Reads a day written as 2026-11-30 and in no other way, so that day and month cannot be mixed up.
pub(super) fn parse_date(text: &str) -> Result<Date, String> {
    let well_formed = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !well_formed {
        return Err("en dato skrives som år-måned-dag, for eksempel 2026-11-30".to_owned());
    }
    let no_such_day = |_| "den dag findes ikke i kalenderen".to_owned();
    text.parse().map_err(no_such_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clap_finds_the_definition_sound() {
        command(80).debug_assert();
    }

    #[test]
    fn a_date_is_written_in_one_way_only() {
        assert_eq!(
            parse_date("2026-11-30"),
            Ok(jiff::civil::date(2026, 11, 30))
        );
        for wrong in [
            "30-11-2026",
            "2026-1-3",
            "20261130",
            "2026-11-30T10",
            "i dag",
            "",
        ] {
            let reason = parse_date(wrong).expect_err(wrong);
            assert!(reason.contains("år-måned-dag"), "{wrong}: {reason}");
        }
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_said_to_be_so() {
        let reason = parse_date("2026-02-30").expect_err("February is shorter");
        assert_eq!(reason, "den dag findes ikke i kalenderen");
    }
}
