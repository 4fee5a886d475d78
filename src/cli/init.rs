//! `rusprot init`: from its arguments, or from answers, to the files of a protocol nobody has written yet.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::args::{DayArgs, EditorName, Global, HostName, InitArgs};
use super::environment::Environment;
use super::ui::Ui;
use super::{Exit, absolute, ask, check, current_folder, one_root};
use crate::commands::{
    self, AreaStart, Begun, BuildOptions, Editor, Formats, Host, InstitutionStart,
};
use crate::export::DEFAULT_LIMIT;
use crate::fs;
use crate::load::{CONFIG_FILE, Repository};
use crate::site::{self, USUAL_SKABELON};
use crate::text::argument;

/// Runs the command.
pub(super) fn run(
    args: &InitArgs,
    global: &Global,
    environment: &Environment,
    ui: &Ui,
) -> Result<Exit> {
    let place = place(args, global, environment)?;
    let asks = environment.answers && !args.yes;
    let answers = match &place {
        Place::Fresh(root) => fresh_answers(args, root, asks)?,
        Place::Area { repository, slug } => more_answers(args, repository, slug.as_deref(), asks)?,
    };
    let (repository, mut written) = match (&place, &answers.area) {
        (Place::Fresh(root), Some(area)) => commands::begin_area(root, area)?,
        (Place::Area { repository, .. }, _) => (repository.clone(), Vec::new()),
        (Place::Fresh(_), None) => unreachable!("a fresh folder gets an area"),
    };
    let begun = commands::begin_institution(&repository, &answers.institution)?;
    let editor = args.editor.map(|EditorName::Vscode| Editor::VsCode);
    let (around, kept) = commands::add_surroundings(&repository, editor, args.ci.map(host))?;
    written.extend(begun.written.iter().cloned());
    written.extend(around);
    let fresh = matches!(place, Place::Fresh(_));
    let page = if fresh {
        first_page(&repository, environment)?
    } else {
        None
    };
    tell(
        &repository,
        &begun,
        &written,
        page.as_deref(),
        environment,
        ui,
    )?;
    for path in kept {
        ui.note(&format!("{path} var der i forvejen og er ikke rørt."));
    }
    if !answers.git {
        return Ok(Exit::Ok);
    }
    let message = format!("Begynd {}", answers.institution.name);
    match commands::keep_in_git(repository.root(), fresh, &written, &message) {
        Ok(()) => {
            ui.tell("Filerne er gemt i git.");
            Ok(Exit::Ok)
        }
        Err(error) => {
            ui.problem(&error.to_string());
            Ok(Exit::External)
        }
    }
}

/// Where to begin.
enum Place {
    /// A folder that is to become an area.
    Fresh(PathBuf),
    /// An area, and the folder of a protocol in it, where the user stands in one.
    Area {
        repository: Repository,
        slug: Option<String>,
    },
}

/// A folder that is empty becomes an area, also where it lies in one; any other folder in an area belongs to it.
fn place(args: &InitArgs, global: &Global, environment: &Environment) -> Result<Place> {
    let folder = match (args.folder.as_deref(), one_root(global)?) {
        (Some(folder), _) | (None, Some(folder)) => absolute(folder, environment)?,
        (None, None) => current_folder(environment)?.to_owned(),
    };
    if fs::metadata(&folder).is_some_and(|metadata| !metadata.is_dir()) {
        bail!("»{}« er en fil og ikke en mappe", folder.display());
    }
    let Ok(repository) = Repository::find(&folder) else {
        return Ok(Place::Fresh(folder));
    };
    let protocols = repository
        .root()
        .join(commands::protocol_folder(&repository)?);
    let inside = folder.strip_prefix(&protocols).ok();
    let slug = inside.and_then(|inside| {
        let first = inside.components().next()?;
        Some(first.as_os_str().to_string_lossy().into_owned())
    });
    let entries = fs::list(&folder)?;
    let is_empty = entries.iter().all(|entry| entry.name.starts_with('.'));
    let is_area = folder == repository.root();
    if is_empty && !is_area && inside.is_none() {
        return Ok(Place::Fresh(folder));
    }
    Ok(Place::Area { repository, slug })
}

/// What is to be begun, when all has been answered.
struct Answers {
    area: Option<AreaStart>,
    institution: InstitutionStart,
    git: bool,
}

fn fresh_answers(args: &InitArgs, root: &Path, asks: bool) -> Result<Answers> {
    if asks {
        confirm_folder(args, root)?;
    }
    let missing = [
        ("--institution NAVN", args.institution.is_none()),
        ("--area NAVN", args.area.is_none() && !args.yes),
        ("--template NAVN", args.template.is_none() && !args.yes),
    ];
    if !asks {
        say_missing(&missing, args)?;
    }
    let name = match &args.institution {
        Some(name) => read_name("--institution", name)?,
        None => ask::line(
            "Hvad hedder botilbuddet eller stedet?",
            &title(root),
            "For eksempel Bostedet Lindehøj",
            commands::institution_name,
        )?,
    };
    let skabelon = match &args.template {
        Some(name) => name.trim().to_owned(),
        None if asks => ask_skabelon()?,
        None => USUAL_SKABELON.to_owned(),
    };
    let area = match &args.area {
        Some(name) => read_name("--area", name)?,
        None if asks => ask::line(
            "Hvilket område hører I til?",
            &name,
            "Står I alene, så tryk Enter",
            commands::institution_name,
        )?,
        None => name.clone(),
    };
    let organisation = match &args.organisation {
        Some(name) => Some(read_name("--organisation", name)?),
        None if asks => ask_organisation()?,
        None => None,
    };
    let git = args.git || (asks && ask_git(root)?);
    Ok(Answers {
        area: Some(AreaStart {
            name: area,
            organisation,
            skabelon,
        }),
        institution: InstitutionStart {
            name,
            slug: None,
            skabelon: None,
        },
        git,
    })
}

fn more_answers(
    args: &InitArgs,
    repository: &Repository,
    slug: Option<&str>,
    asks: bool,
) -> Result<Answers> {
    for (option, given) in [
        ("--area", &args.area),
        ("--organisation", &args.organisation),
    ] {
        if given.is_some() {
            bail!(
                "»{option}« kan kun bruges, når et område begynder. Her er der et i forvejen: ret navnet i {}",
                repository.root().join(CONFIG_FILE).display()
            );
        }
    }
    let known = slug.map(|slug| commands::institution_in(repository, slug));
    let known = known.transpose()?.flatten();
    if !asks && known.is_none() {
        say_missing(&[("--institution NAVN", args.institution.is_none())], args)?;
    }
    let name = match (&args.institution, known) {
        (Some(name), _) => read_name("--institution", name)?,
        (None, Some(known)) => known,
        (None, None) => ask::line(
            "Hvad hedder det nye botilbud eller sted?",
            slug.unwrap_or("Nyt botilbud"),
            "For eksempel Bostedet Lindehøj",
            commands::institution_name,
        )?,
    };
    Ok(Answers {
        area: None,
        institution: InstitutionStart {
            name,
            slug: slug.map(str::to_owned),
            skabelon: args.template.as_deref().map(|name| name.trim().to_owned()),
        },
        git: args.git,
    })
}

/// A folder with other things in it is seldom what somebody means who only stands in it.
fn confirm_folder(args: &InitArgs, root: &Path) -> Result<()> {
    let entries = fs::list(root)?;
    let known = |name: &str| name.starts_with('.') || ["protocols", "templates"].contains(&name);
    if args.folder.is_some() || entries.iter().all(|entry| known(&entry.name)) {
        return Ok(());
    }
    let question = format!("Mappen {} er ikke tom. Skal det ligge her?", root.display());
    if ask::yes(&question, false, "Svarer du nej, kan du vælge en ny mappe")? {
        return Ok(());
    }
    bail!("intet er skrevet. Vælg en ny mappe, for eksempel: rusprot init min-protokol")
}

/// Says what an answer is missing for, where nobody can be asked.
fn say_missing(wanted: &[(&str, bool)], args: &InitArgs) -> Result<()> {
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|(_, missing)| *missing)
        .map(|(name, _)| *name)
        .collect();
    let Some((last, first)) = missing.split_last() else {
        return Ok(());
    };
    let list = match first {
        [] => (*last).to_owned(),
        first => format!("{} og {last}", first.join(", ")),
    };
    let rest = if args.yes || missing == ["--institution NAVN"] {
        ""
    } else {
        "\nSkriver du --yes, bruger programmet det sædvanlige til alt andet end stedets navn."
    };
    bail!(
        "der mangler noget: {list}.{rest}\nFor eksempel: rusprot init --institution \"Bostedet Lindehøj\" --yes"
    )
}

fn read_name(option: &str, text: &str) -> Result<String> {
    commands::institution_name(text)
        .map_err(|reason| anyhow!("»{text}« kan ikke bruges til »{option}«: {reason}."))
}

fn ask_skabelon() -> Result<String> {
    let listed = site::skabeloner(None)?;
    let shown = listed
        .iter()
        .map(|one| format!("{} ({})", one.skabelon.name.text, one.name));
    let usual = listed.iter().position(|one| one.name == USUAL_SKABELON);
    let chosen = ask::choice(
        "Hvad skal I skrive?",
        shown.collect(),
        usual.unwrap_or_default(),
    )?;
    Ok(listed[chosen].name.clone())
}

fn ask_organisation() -> Result<Option<String>> {
    let read = |text: &str| match text.trim() {
        "" => Ok(String::new()),
        text => commands::institution_name(text),
    };
    let answer = ask::line(
        "Hvilken organisation hører området til?",
        "",
        "For eksempel kommunen. Skal der ikke stå nogen, så tryk Enter",
        read,
    )?;
    Ok(Some(answer).filter(|answer| !answer.is_empty()))
}

fn ask_git(root: &Path) -> Result<bool> {
    let near = root
        .ancestors()
        .find(|folder| fs::metadata(folder).is_some());
    let ready = near.is_some_and(commands::git_knows_a_name);
    let help = "Så kan I altid se, hvad der er ændret, og hente en tidligere udgave";
    ask::yes("Skal filerne gemmes i git?", ready, help)
}

/// A folder's name as the name of a place.
fn title(root: &Path) -> String {
    let name = root
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .replace(['-', '_'], " ");
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let title = format!("{}{}", first.unwrap_or_default(), letters.as_str());
    commands::institution_name(&title).unwrap_or_else(|_| "Vores botilbud".to_owned())
}

fn host(name: HostName) -> Host {
    match name {
        HostName::Github => Host::GitHub,
        HostName::Gitlab => Host::GitLab,
        HostName::Azure => Host::Azure,
    }
}

/// The first page, as a draft: what has been begun can be seen at once. Not where pages lie already, since those
/// may be in use.
fn first_page(repository: &Repository, environment: &Environment) -> Result<Option<PathBuf>> {
    let folder = repository.root().join(commands::output_folder(repository)?);
    if fs::metadata(&folder).is_some() {
        return Ok(None);
    }
    let named = check::today(&DayArgs { today: None }, environment)?;
    let options = BuildOptions {
        protocols: Vec::new(),
        formats: Formats {
            html: true,
            docx: false,
            markdown: false,
            pdf: false,
            json: false,
        },
        out: None,
        draft: true,
        today: named.unwrap_or_else(environment.clock),
        print_overdue: false,
        threads: environment.threads.get(),
        keep_typst: None,
        typst: environment.typst_search(),
        pdf_limit: DEFAULT_LIMIT,
    };
    let outcome = commands::build(repository, &options, &|_| {})?;
    Ok(Some(outcome.area_page))
}

/// Tells what was made and what comes next.
fn tell(
    repository: &Repository,
    begun: &Begun,
    written: &[String],
    page: Option<&Path>,
    environment: &Environment,
    ui: &Ui,
) -> Result<()> {
    let root = repository.root();
    if written.is_empty() {
        return ui.say("Alle filer er der i forvejen. Intet er skrevet.\n");
    }
    let mut text = format!("Lavet i {}:\n", root.display());
    for path in written {
        text.push_str(&format!("  {path}\n"));
    }
    if let Some(page) = page {
        text.push_str(&format!(
            "Den første side, som udkast: {}\n",
            page.display()
        ));
    }
    text.push_str("\nSådan kommer du videre:\n");
    let elsewhere = environment
        .current_folder
        .as_deref()
        .filter(|here| !here.starts_with(root));
    let mut steps = Vec::new();
    if elsewhere.is_some() {
        steps.push(format!(
            "Gå til mappen: cd {}",
            argument(&root.to_string_lossy())
        ));
    }
    let is_section = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_digit()) && !path.contains("/bilag/")
    };
    if let Some(first) = begun.written.iter().find(is_section) {
        steps.push(format!(
            "Åbn {first}, og skriv jeres tekst mellem de to linjer med '''.{}",
            in_browser(&argument(&begun.slug))
        ));
    }
    let slug = argument(&begun.slug);
    steps.push(format!("Se, hvad der mangler: rusprot check {slug}"));
    steps.push(format!(
        "Lav siderne, mens I skriver: rusprot build {slug} --draft"
    ));
    for (index, step) in steps.iter().enumerate() {
        text.push_str(&format!("  {}. {step}\n", index + 1));
    }
    ui.say(&text)
}

/// The other way to write, where this program has it.
fn in_browser(slug: &str) -> String {
    if cfg!(feature = "serve") {
        format!("\n     Eller skriv i browseren: rusprot serve {slug} --edit --open")
    } else {
        String::new()
    }
}
