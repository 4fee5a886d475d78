//! What can be written on the command line, as inert data, with its Danish help.
//!
//! clap writes some words of its own in English. All of them are switched off or replaced here: the
//! usage line, headings, default and possible values, and the flags for help and version. What clap
//! says about wrong usage is put into Danish in [`super::usage`].

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::report::{DutyFormat, Format};

/// The heading of options in every help text.
const OPTIONS: &str = "Valg";
/// The heading of positional arguments in every help text.
const ARGUMENTS: &str = "Argumenter";
/// Options every command has are listed after its own.
const LAST: usize = 900;

/// A hundred years ahead; a longer number is a slip of the pen.
const MOST_DAYS: u32 = 36_525;

/// The layout of every help text. The escape codes are those clap gives its own headings; it takes
/// them out where there is no colour.
const TEMPLATE: &str = "\
{about-with-newline}
\u{1b}[1m\u{1b}[4mBrug:\u{1b}[0m {usage}

{all-args}{after-help}";

/// The definition of the whole command line, with help wrapped at `width` columns.
pub(super) fn command(width: usize) -> clap::Command {
    // These two replace clap's own flags, whose help is English.
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .aliases(["hjælp", "hjaelp"])
        .action(ArgAction::HelpShort)
        .global(true)
        .display_order(LAST + 4)
        .help_heading(OPTIONS)
        .help("Vis denne hjælp");
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .display_order(LAST + 5)
        .help_heading(OPTIONS)
        .help("Vis programmets version");
    Arguments::command()
        .args([help, version])
        .term_width(width)
        .mut_subcommands(|command| command.help_template(TEMPLATE))
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
    pub(super) root: Option<PathBuf>,

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
    #[command(alias = "byg", about = "Kontrollér protokollerne, og lav siderne")]
    Build(BuildArgs),
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

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot build [PROTOKOL]… [VALG]",
    after_help = "\
Er der en fejl i en protokol, bliver dens sider stående, som de var. De andre bliver lavet.

Eksempler:
  rusprot build                            lav alle protokoller
  rusprot build kranporten --formats html  lav kun websiden for én
  rusprot build --draft --out kladde       lav et udkast i mappen kladde
  rusprot build --install-typst            hent også typst, som laver PDF"
)]
pub(super) struct BuildArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(super) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "LISTE", help_heading = OPTIONS, value_delimiter = ',',
        value_enum, hide_possible_values = true,
        help = "Lav disse, adskilt med komma: html, md, pdf, json (ellers html,md,pdf)"
    )]
    pub(super) formats: Vec<PageFormat>,

    #[arg(
        long, value_name = "MAPPE", help_heading = OPTIONS,
        help = "Læg siderne her (ellers i den mappe, som rusprot.toml nævner, eller i dist)"
    )]
    pub(super) out: Option<PathBuf>,

    #[command(flatten)]
    pub(super) judging: JudgingArgs,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Hent typst, hvis det mangler; det tager nogle minutter og sker kun én gang"
    )]
    pub(super) install_typst: bool,

    #[arg(
        long, value_name = "MAPPE", help_heading = OPTIONS,
        help = "Gem det, som typst får at arbejde med, i denne mappe"
    )]
    pub(super) keep_typst: Option<PathBuf>,

    #[arg(long, value_name = "ANTAL", hide = true, value_parser = parse_count)]
    pub(super) jobs: Option<NonZeroUsize>,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot check [PROTOKOL]… [VALG]",
    after_help = "\
Programmet slutter med 1, når der er mindst én fejl. Advarsler tæller ikke. \
Med --fix tæller de fejl, der er tilbage, og med --diff dem, der ville være tilbage.

Eksempler:
  rusprot check                       kontrollér alle protokoller
  rusprot check protocols/kranporten  kontrollér én
  rusprot check --format short        skriv én linje for hver fejl
  rusprot check --output fejl.txt     skriv i en fil
  rusprot check --fix --diff          se, hvad programmet selv kan rette"
)]
pub(super) struct CheckArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(super) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_parser = report_format(),
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv fejlene til mennesker (human, short) eller til andre programmer \
                (json, sarif, github, gitlab, junit)"
    )]
    pub(super) format: Format,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(super) output: Option<PathBuf>,

    #[arg(
        long, value_name = "REV", help_heading = OPTIONS,
        help = "Vis kun det, der har at gøre med ændringerne siden denne revision i git, \
                for eksempel origin/main"
    )]
    pub(super) changed_since: Option<String>,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with = "changed_since",
        help = "Ret det, der kan rettes uden at tage stilling: ord fra ordlisten, overskrifter, \
                skrevne numre, afskrevet fælles tekst og tegnsæt"
    )]
    pub(super) fix: bool,

    #[arg(
        long, help_heading = OPTIONS, requires = "fix", conflicts_with = "format",
        help = "Vis kun, hvad --fix ville rette, og skriv ingenting i filerne"
    )]
    pub(super) diff: bool,

    #[command(flatten)]
    pub(super) judging: JudgingArgs,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot print PROTOKOL --meeting MØDE --date DATO [VALG]\n      rusprot print PROTOKOL (--cards | --poster ID | --form ID) [VALG]",
    after_help = "\
Mødepakken har dagsorden, ændringer siden sidste godkendelse, det, der er åbent, protokollen med \
linjenumre og en side til beslutningen. Den kan også laves, mens der er fejl. Intet bliver sendt \
til en printer uden --send.

Eksempler:
  rusprot print kranporten --meeting Mini-MED --date 2026-12-01
  rusprot print kranporten --cards            kortene, to på hvert ark
  rusprot print kranporten --poster husorden  husordenen som opslag
  rusprot print kranporten --form interviewguide"
)]
pub(super) struct PrintArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den"
    )]
    pub(super) protocol: PathBuf,

    #[arg(
        long, value_name = "MØDE", help_heading = OPTIONS, requires = "date",
        help = "Lav pakken til dette møde, for eksempel Mini-MED"
    )]
    pub(super) meeting: Option<String>,

    #[arg(
        long, value_name = "DATO", help_heading = OPTIONS, value_parser = parse_date,
        requires = "meeting", help = "Mødets dato, for eksempel 2026-12-01"
    )]
    pub(super) date: Option<Date>,

    #[arg(
        long, value_name = "ID", help_heading = OPTIONS, requires = "meeting",
        help = "Sæt dette afsnit eller bilag forrest i pakken, for eksempel det om \
                arbejdsmiljø; kan skrives flere gange"
    )]
    pub(super) first: Vec<String>,

    #[arg(
        long, help_heading = OPTIONS, requires = "meeting",
        help = "Lad hver del af pakken begynde på en højreside; --send printer på begge sider"
    )]
    pub(super) duplex: bool,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with_all = ["meeting", "poster", "form"],
        help = "Lav kun handlingsanvisningerne, én på hvert A5-ark"
    )]
    pub(super) cards: bool,

    #[arg(
        long, value_name = "ID", help_heading = OPTIONS, conflicts_with_all = ["meeting", "form"],
        help = "Lav et opslag med husreglerne fra dette afsnit eller bilag"
    )]
    pub(super) poster: Option<String>,

    #[arg(
        long, value_name = "STØRRELSE", help_heading = OPTIONS, value_enum, requires = "poster",
        hide_possible_values = true, help = "Opslagets størrelse: a3 eller a4 (ellers a3)"
    )]
    pub(super) paper: Option<PaperSize>,

    #[arg(
        long, value_name = "ID", help_heading = OPTIONS, conflicts_with = "meeting",
        help = "Lav en blanket af dette afsnit eller bilag: en aftale, en guide eller et skema"
    )]
    pub(super) form: Option<String>,

    #[arg(long, help_heading = OPTIONS, help = "Brug stor skrift (18 punkt)")]
    pub(super) large: bool,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Læg PDF'en her (ellers i mappen til siderne, som regel dist)"
    )]
    pub(super) output: Option<PathBuf>,

    #[arg(
        long, value_name = "PRINTER", help_heading = OPTIONS, num_args = 0..=1, default_missing_value = "",
        help = "Send PDF'en til denne printer med lp, eller til maskinens egen, hvis du ingen nævner"
    )]
    pub(super) send: Option<String>,
}

/// The size of a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperSize {
    A3,
    A4,
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

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot done PROTOKOL --duty PLIGT --date DATO [VALG]",
    after_help = "\
Programmet skriver en hændelse i protokol.toml. Alt andet i filen bliver stående, som det er.

Eksempler:
  rusprot done kranporten --duty revision --date 2026-10-05
  rusprot done kranporten --duty revision --date 2026-10-05 --forum Beboermøde"
)]
pub(super) struct DoneArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den"
    )]
    pub(super) protocol: PathBuf,

    #[arg(
        long, value_name = "PLIGT", help_heading = OPTIONS,
        help = "Pligtens id i skabelonens årshjul, for eksempel revision"
    )]
    pub(super) duty: String,

    #[arg(
        long, value_name = "DATO", help_heading = OPTIONS, value_parser = parse_date,
        help = "Dagen, den blev udført, for eksempel 2026-10-05"
    )]
    pub(super) date: Date,

    #[arg(long, value_name = "NAVN", help_heading = OPTIONS, help = "Hvor det skete, for eksempel Mini-MED")]
    pub(super) forum: Option<String>,

    #[arg(long, value_name = "TEKST", help_heading = OPTIONS, help = "Hvad I vil huske fra dagen; skriv ingen navne")]
    pub(super) note: Option<String>,

    #[command(flatten)]
    pub(super) day: DayArgs,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot approve PROTOKOL --forum NAVN --date DATO --by ROLLE [VALG]",
    after_help = "\
Programmet kontrollerer protokollen og skriver godkendelsen i protokol.toml med et aftryk af det, der \
blev godkendt. Er der fejl, skriver det ingenting. En godkendelse er en oplysning, ikke en juridisk \
underskrift.

Eksempler:
  rusprot approve kranporten --forum Mini-MED --date 2026-11-10 --by Leder
  rusprot approve … --version 4   godkend den som version 4
  rusprot approve … --no-changes  godkend den igen, hvis intet er ændret"
)]
pub(super) struct ApproveArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den"
    )]
    pub(super) protocol: PathBuf,

    #[arg(long, value_name = "NAVN", help_heading = OPTIONS, help = "Hvem der godkendte, for eksempel Mini-MED")]
    pub(super) forum: String,

    #[arg(
        long, value_name = "DATO", help_heading = OPTIONS, value_parser = parse_date,
        help = "Dagen, den blev godkendt, for eksempel 2026-11-10"
    )]
    pub(super) date: Date,

    #[arg(long, value_name = "ROLLE", help_heading = OPTIONS, help = "Rollen, der skriver det ind, aldrig et navn")]
    pub(super) by: String,

    #[arg(
        long, value_name = "VERSION", help_heading = OPTIONS,
        help = "Versionen, der blev godkendt; en ny bliver også skrevet under [dokument]"
    )]
    pub(super) version: Option<String>,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Skriv kun, hvis intet er ændret siden den forrige godkendelse"
    )]
    pub(super) no_changes: bool,

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

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot status [PROTOKOL]… [VALG]",
    after_help = "\
Programmet slutter med 1, når en pligt, der skal opfyldes, er overskredet, eller når en fil \
ikke kan læses, som den skal. Med --matrix slutter det med 1, når kontrollen finder en fejl.

Eksempler:
  rusprot status                                vis alle pligter
  rusprot status --within 60                    vis kun de næste 60 dage
  rusprot status --format ics --output aar.ics  lav en fil til kalenderen
  rusprot status --matrix                       vis, hvad der mangler hvor"
)]
pub(super) struct StatusArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(super) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "DAGE", help_heading = OPTIONS, value_parser = parse_days,
        conflicts_with = "matrix", allow_negative_numbers = true,
        help = "Vis kun det, der er overskredet eller skal ske inden for så mange dage"
    )]
    pub(super) within: Option<u32>,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Kontrollér protokollerne, og vis for hvert krav, om det er opfyldt, mangler \
                eller afviger"
    )]
    pub(super) matrix: bool,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_parser = duty_format(),
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til mennesker (human), til andre programmer (json), til en kalender (ics) \
                eller til et regneark (csv)"
    )]
    pub(super) format: DutyFormat,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(super) output: Option<PathBuf>,

    #[command(flatten)]
    pub(super) day: DayArgs,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot diff [PROTOKOL]… [VALG]",
    after_help = "\
Programmet slutter med 0, også når der er ændringer, og med 1, når en protokol ikke kan sammenlignes.

Eksempler:
  rusprot diff                   vis det, I endnu ikke har gemt i git
  rusprot diff --since-approval  vis alt siden den seneste godkendelse
  rusprot diff --since HEAD~5 --format html --output aendringer.html
  rusprot diff --since-approval --format pdf --output aendringer.pdf"
)]
pub(super) struct DiffArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(super) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "REV", help_heading = OPTIONS,
        help = "Sammenlign med denne revision i git, for eksempel HEAD~1 eller origin/main (ellers HEAD: \
                det, der sidst blev gemt)"
    )]
    pub(super) since: Option<String>,

    #[arg(
        long, help_heading = OPTIONS, conflicts_with = "since",
        help = "Sammenlign hver protokol med den udgave, der sidst blev godkendt"
    )]
    pub(super) since_approval: bool,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til skærmen (human), som md, html eller pdf eller til andre programmer (json)"
    )]
    pub(super) format: ChangeFormat,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(super) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot verify KODE|FIL [VALG]",
    after_help = "\
Koden står nederst på hver side af en PDF. Programmet slutter med 0, når papiret gælder, og ellers med 1.

Eksempler:
  rusprot verify RP-7K3F-92QD  slå en kode op
  rusprot verify kopi.pdf      slå koden i en PDF op"
)]
pub(super) struct VerifyArgs {
    #[arg(
        value_name = "KODE", help_heading = ARGUMENTS,
        help = "Koden fra bunden af papiret eller en PDF-fil"
    )]
    pub(super) what: String,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til mennesker (human) eller til andre programmer (json)"
    )]
    pub(super) format: AnswerFormat,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    Human,
    Json,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot explain [REGEL] [VALG]",
    after_help = "\
Eksempler:
  rusprot explain                   vis alle regler
  rusprot explain RP101             læs om reglen med den kode
  rusprot explain manglende-afsnit  læs om reglen med det navn"
)]
pub(super) struct ExplainArgs {
    #[arg(
        value_name = "REGEL", help_heading = ARGUMENTS,
        help = "Reglens kode eller navn; uden den vises en liste over alle regler"
    )]
    pub(super) rule: Option<String>,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot templates [SKABELON] [VALG]",
    after_help = "\
Uden for et område vises de skabeloner, der følger med programmet. Er der fejl i en skabelon, bliver de \
skrevet efter den.

Eksempler:
  rusprot templates                                vis alle skabeloner
  rusprot templates socialpsykiatri                se, hvad den beder om
  rusprot templates socialpsykiatri --format json  skriv den som JSON"
)]
pub(super) struct TemplatesArgs {
    #[arg(
        value_name = "SKABELON", help_heading = ARGUMENTS,
        help = "Skabelonens navn; uden det vises en liste over alle skabeloner"
    )]
    pub(super) name: Option<String>,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_enum,
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til mennesker (human) eller til andre programmer (json)"
    )]
    pub(super) format: ListFormat,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(super) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot doctor [VALG]",
    after_help = "\
Programmet slutter med 3, når typst mangler.

Eksempler:
  rusprot doctor                  se, om noget mangler
  rusprot doctor --install-typst  hent typst, hvis det mangler"
)]
pub(super) struct DoctorArgs {
    #[arg(
        long, help_heading = OPTIONS,
        help = "Hent typst, hvis det mangler; det tager nogle minutter og sker kun én gang"
    )]
    pub(super) install_typst: bool,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot completions SKAL [VALG]",
    after_help = "\
Eksempler:
  rusprot completions bash > ~/.local/share/bash-completion/completions/rusprot
  rusprot completions powershell | Out-String | Invoke-Expression"
)]
pub(super) struct CompletionsArgs {
    #[arg(
        value_name = "SKAL", help_heading = ARGUMENTS, hide_possible_values = true,
        help = "bash, elvish, fish, powershell eller zsh"
    )]
    pub(super) shell: Shell,
}

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot man [MAPPE] [VALG]",
    after_help = "\
Eksempler:
  rusprot man | man -l -  læs manualen
  rusprot man mappe       læg en manualside for hver kommando i en mappe"
)]
pub(super) struct ManArgs {
    #[arg(
        value_name = "MAPPE", help_heading = ARGUMENTS,
        help = "Læg manualsiderne i denne mappe; uden den skrives kun programmets egen side"
    )]
    pub(super) folder: Option<PathBuf>,
}

/// The way git and cargo have taught people to ask for help.
#[derive(Args, Debug)]
#[command(override_usage = "rusprot help [KOMMANDO]")]
pub(super) struct HelpArgs {
    #[arg(
        value_name = "KOMMANDO", help_heading = ARGUMENTS,
        help = "Kommandoen, du vil læse om"
    )]
    pub(super) command: Option<String>,
}

/// How changes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ChangeFormat {
    Human,
    Md,
    Html,
    Pdf,
    Json,
}

/// A kind of page that `build` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    Html,
    Md,
    Pdf,
    Json,
}

/// How a command that tells of what there is writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Human,
    Json,
}

/// Reads the name of a report format.
fn report_format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name())).map(|name| {
        let mut formats = Format::ALL.iter().copied();
        formats
            .find(|format| format.name() == name)
            .expect("the possible values are the names of the formats")
    })
}

/// Reads the name of a form in which duties can be had.
fn duty_format() -> impl TypedValueParser<Value = DutyFormat> {
    PossibleValuesParser::new(DutyFormat::ALL.iter().map(|format| format.name())).map(|name| {
        let mut formats = DutyFormat::ALL.iter().copied();
        formats
            .find(|format| format.name() == name)
            .expect("the possible values are the names of the formats")
    })
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

/// Reads a number of threads.
fn parse_count(text: &str) -> Result<NonZeroUsize, String> {
    let not_a_count = |_| "det skal være et helt tal fra 1 og op".to_owned();
    text.parse().map_err(not_a_count)
}

/// Reads a number of days ahead.
fn parse_days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| *days <= MOST_DAYS);
    days.ok_or_else(|| format!("det skal være et helt antal dage fra 0 til {MOST_DAYS}"))
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

    #[test]
    fn a_number_of_threads_is_at_least_one() {
        assert_eq!(parse_count("3").map(NonZeroUsize::get), Ok(3));
        assert!(parse_count("0").is_err());
    }

    #[test]
    fn a_number_of_days_is_whole_and_not_below_nothing() {
        assert_eq!(parse_days("0"), Ok(0));
        assert_eq!(parse_days("36525"), Ok(36_525));
        for wrong in ["-1", "36526", "1,5", "99999999999", "to", ""] {
            let reason = parse_days(wrong).expect_err(wrong);
            assert!(reason.contains("fra 0 til 36525"), "{wrong}: {reason}");
        }
    }
}
