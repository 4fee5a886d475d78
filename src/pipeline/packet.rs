//! One protocol on paper, by itself: the packet for a meeting, action cards, a poster or a blank form.
//!
//! Each is one run of typst on the same document a build prints, with what is special to it beside it under
//! `print` in `document.json` (`docs/json.md`). A packet may be printed while errors stand, since they are
//! what the meeting is to talk about; what cannot be read, or must not be on paper, stops it. Nothing is sent
//! anywhere here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use jiff::civil::Date;
use serde::Serialize;

use super::diff::{DiffOptions, Since, diff};
use super::looks::{Look, Looks};
use super::{Judging, Resolved, Site, Work, noon};
use crate::diag::{Code, Finding, Level};
use crate::document::select::{self, CardIn};
use crate::document::{
    Content, DateText, Document, DutyRow, Part, StatusKind, danish_date, duties,
};
use crate::export::{self, Exported, FontFolder, PdfJob, TypstSearch};
use crate::figure;
use crate::git::GitError;
use crate::load::Repository;
use crate::model::{Protocol, Reference, Section, Skabelon, Targets, fold, nearest, slug};
use crate::render::changes;
use crate::write::{Output, Written};

/// The main files of the templates.
const PACKET: &str = "pakke.typ";
const CARDS: &str = "kort.typ";
const POSTER: &str = "opslag.typ";
const FORM: &str = "formular.typ";

/// The most findings a packet shows of one rule, and of all: what a meeting can talk about.
const SHOWN_OF_A_RULE: usize = 3;
const SHOWN: usize = 18;

/// The most rows for signatures.
const ROLES: usize = 6;

/// What to print, and how.
#[derive(Clone, Debug)]
pub struct PrintOptions {
    /// The slug.
    pub protocol: String,
    /// What of it.
    pub what: Printed,
    /// Whether the type is large: 18 pt instead of 11 pt.
    pub large: bool,
    /// The file; `None` for one named after what it holds, in the area's output folder.
    pub output: Option<PathBuf>,
    /// The day that dates are held against where there is no meeting.
    pub today: Date,
    /// Where typst is looked for.
    pub typst: TypstSearch,
    /// How long it may take.
    pub limit: Duration,
}

/// What is printed of a protocol.
#[derive(Clone, Debug)]
pub enum Printed {
    /// The packet for a meeting.
    Packet(Meeting),
    /// The action cards, two on a sheet.
    Cards,
    /// The house rules of a part on one sheet.
    Poster {
        /// The part's id.
        id: String,
        /// The size of the sheet.
        paper: Paper,
    },
    /// A part with something to fill in, blank.
    Form {
        /// The part's id.
        id: String,
    },
}

/// A meeting that a packet is for.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its name: "Mini-MED".
    pub name: String,
    /// The day it is held.
    pub date: Date,
    /// Ids of the parts that are printed first.
    pub first: Vec<String>,
    /// Whether each part of the packet begins on a right-hand page.
    pub duplex: bool,
}

/// The size of a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 297 × 420 mm.
    A3,
    /// 210 × 297 mm.
    A4,
}

/// How printing ended, where nothing was wrong with what was asked for.
#[derive(Debug)]
pub enum PrintOutcome {
    /// The PDF lies there.
    Made {
        /// The file.
        file: PathBuf,
        /// Whether it is new or has another content.
        written: Written,
        /// What typst warned of.
        warnings: Vec<String>,
    },
    /// Something cannot be read or must not be on paper.
    Stopped(Vec<Finding>),
    /// typst is missing or failed: what to say of it.
    External(String),
}

/// Prints one protocol.
///
/// # Errors
///
/// When the repository cannot be read or the file not written, and when an id names nothing to print.
pub fn print(repository: &Repository, options: &PrintOptions) -> Result<PrintOutcome> {
    let today = match &options.what {
        Printed::Packet(meeting) => meeting.date,
        _ => options.today,
    };
    let judging = Judging {
        draft: false,
        today,
        printed_today: None,
    };
    let site = Site::open(repository, 1, judging)?;
    site.select(std::slice::from_ref(&options.protocol))?;
    let looks = Looks::read(repository, &site.area)?;
    let staged = site.work(&options.protocol, |work| stage(work, &looks, options))?;
    let Some((staged, _)) = staged else {
        bail!(
            "mappen {} er tom: der er ingen protokol i den",
            options.protocol
        );
    };
    let (job, name) = match staged? {
        Staged::Job(job, name) => (job, name),
        Staged::Stopped(findings) => return Ok(PrintOutcome::Stopped(findings)),
    };
    let Exported { pdf, warnings } = match run(&job, options) {
        Ok(exported) => exported,
        Err(problem) => return Ok(PrintOutcome::External(problem)),
    };
    let file = options.output.clone().unwrap_or_else(|| {
        let folder = repository.root().join(&site.area.output_folder);
        folder.join(format!("{name}.pdf"))
    });
    let (Some(folder), Some(file_name)) = (file.parent(), file.file_name()) else {
        bail!("{} er ikke navnet på en fil", file.display());
    };
    let written = Output::open(folder)?.write(&file_name.to_string_lossy(), &pdf)?;
    Ok(PrintOutcome::Made {
        file,
        written,
        warnings,
    })
}

fn run(job: &PdfJob<'_>, options: &PrintOptions) -> Result<Exported, String> {
    let typst = export::find(&options.typst).map_err(|problem| problem.to_string())?;
    let fonts = FontFolder::stage().map_err(|problem| problem.to_string())?;
    export::export(&typst, &fonts, job, options.limit).map_err(|problem| problem.to_string())
}

enum Staged {
    /// What typst gets, and the name of the file without its ending.
    Job(PdfJob<'static>, String),
    Stopped(Vec<Finding>),
}

/// Makes the job out of the protocol, unless something stops it.
fn stage(work: &Work<'_>, looks: &Looks, options: &PrintOptions) -> Result<Staged> {
    let levels = work.site.levels();
    let mut findings = levels.apply_to(work.findings(), work.protocol).findings;
    let around = work.site.findings.iter().cloned();
    let faults = work
        .skabelon_name
        .and_then(|name| work.site.skabeloner.faults(name));
    let around = around.chain(faults.unwrap_or_default().iter().cloned());
    let mut stopping = levels.apply(around.collect());
    stopping.extend(findings.iter().cloned());
    stopping.retain(|finding| stops(finding) || is_unknown(work, finding));
    if !stopping.is_empty() {
        return Ok(Staged::Stopped(stopping));
    }
    let resolved = work.resolved()?;
    let look = looks.of(work.skabelon_name);
    let slug_of = &work.protocol.slug;
    let large = options.large;
    let staged = match &options.what {
        Printed::Packet(meeting) => {
            findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
            let name = format!("{slug_of}-{}-{}", slug(&meeting.name), meeting.date);
            (
                packet(work, resolved, look, meeting, findings, large)?,
                name,
            )
        }
        Printed::Cards => {
            let name = format!("{slug_of}-handlingsanvisninger");
            (cards(resolved, look, large)?, name)
        }
        Printed::Poster { id, paper } => {
            let part = chosen(work, &resolved.document, id, &Wanted::RULES)?;
            let name = format!("{slug_of}-opslag-{}", slug(&part.id));
            (poster(resolved, look, part, *paper, large), name)
        }
        Printed::Form { id } => {
            let part = chosen(work, &resolved.document, id, &Wanted::BLANKS)?;
            let name = format!("{slug_of}-formular-{}", slug(&part.id));
            (form(resolved, look, part, large), name)
        }
    };
    Ok(Staged::Job(staged.0, staged.1))
}

/// What must be mended before anything is on paper: what cannot be read, and a number of somebody's.
fn stops(finding: &Finding) -> bool {
    let codes = [Code::TomlSyntax, Code::Encoding, Code::PersonNumber];
    finding.level == Level::Error && codes.contains(&finding.code)
}

/// Whether a finding says that the protocol's skabelon is not there.
fn is_unknown(work: &Work<'_>, finding: &Finding) -> bool {
    let unknown = work.unknown.as_ref();
    unknown
        .is_some_and(|unknown| unknown.code == finding.code && unknown.message == finding.message)
}

/// `document.json` of what is printed: the document and, under `print`, what is special to it.
#[derive(Serialize)]
struct Data<'d, P> {
    #[serde(flatten)]
    document: &'d Document,
    print: P,
}

/// The job of a template with its data.
fn job<P: Serialize>(
    resolved: &Resolved,
    look: &Look,
    main: &'static str,
    document: &Document,
    print: P,
) -> PdfJob<'static> {
    let data = Data { document, print };
    let json = serde_json::to_string_pretty(&data)
        .expect("a document holds only strings, numbers, lists and structs");
    let shows = |file: &str| json.contains(&serde_json::Value::from(file).to_string());
    let pictures = resolved.pictures.0.iter();
    let pictures = pictures.filter(|(file, _)| shows(file));
    let pictures = pictures
        .map(|(file, picture)| (file.clone(), Cow::Owned(picture.bytes.clone())))
        .collect::<Vec<_>>();
    let figures = drawings(&resolved.document).into_iter();
    let figures = figures.filter(|(file, _)| shows(file.trim_end_matches(".svg")));
    let figures = figures.collect::<Vec<_>>();
    let mut files: Vec<(String, Cow<'static, [u8]>)> =
        vec![("document.json".to_owned(), Cow::Owned(json.into_bytes()))];
    files.extend(figures);
    files.extend(look.typst.clone());
    files.extend(pictures);
    PdfJob {
        name: document.slug.clone(),
        main,
        files,
        created: created(document),
        keep: None,
    }
}

/// The drawings of a document's figures, as the files that the page template of the PDF shows.
pub(super) fn drawings(document: &Document) -> Vec<(String, Cow<'static, [u8]>)> {
    let figures = document.figures().into_iter();
    figures
        .map(|figure| {
            let svg = figure::draw(figure, figure::Size::Wide);
            (format!("{}.svg", figure.id), Cow::Owned(svg.into_bytes()))
        })
        .collect()
}

/// The PDF's date of creation, from the document and never from the clock: noon of the day it is in force
/// from, or the beginning of 2000 where it does not say.
pub(super) fn created(document: &Document) -> i64 {
    let day = document.edition.in_force.as_ref();
    let day = day.and_then(|date| date.iso.parse::<Date>().ok());
    noon(day.unwrap_or(Date::constant(2000, 1, 1)))
}

// --- Forms, posters and cards ---

#[derive(Serialize)]
struct FormPrint {
    kind: &'static str,
    large: bool,
}

/// The job of one blank form.
pub(super) fn form(resolved: &Resolved, look: &Look, part: &Part, large: bool) -> PdfJob<'static> {
    let document = select::only(&resolved.document, vec![select::blank(part)]);
    let kind = "form";
    job(resolved, look, FORM, &document, FormPrint { kind, large })
}

#[derive(Serialize)]
struct PosterPrint {
    kind: &'static str,
    large: bool,
    paper: Paper,
}

fn poster(
    resolved: &Resolved,
    look: &Look,
    part: &Part,
    paper: Paper,
    large: bool,
) -> PdfJob<'static> {
    let rules = select::house_rules(part).into_iter().collect();
    let document = select::only(&resolved.document, rules);
    let print = PosterPrint {
        kind: "poster",
        large,
        paper,
    };
    job(resolved, look, POSTER, &document, print)
}

#[derive(Serialize)]
struct CardsPrint<'d> {
    kind: &'static str,
    large: bool,
    cards: Vec<CardPrint<'d>>,
}

#[derive(Serialize)]
struct CardPrint<'d> {
    card: &'d Content,
    /// Where it stands: "10 Når livet er i fare".
    source: String,
}

fn cards(resolved: &Resolved, look: &Look, large: bool) -> Result<PdfJob<'static>> {
    let cards = select::cards(&resolved.document);
    if cards.is_empty() {
        bail!(
            "{} har ingen handlingsanvisninger: ingen [[handling]] i nogen fil",
            resolved.document.slug
        );
    }
    let cards = cards.into_iter().map(|CardIn { part, card }| CardPrint {
        card,
        source: select::name(part),
    });
    let print = CardsPrint {
        kind: "cards",
        large,
        cards: cards.collect(),
    };
    let document = select::only(&resolved.document, Vec::new());
    Ok(job(resolved, look, CARDS, &document, print))
}

// --- Ids ---

/// What a part must have to be printed in a certain way.
struct Wanted {
    has: fn(&Part) -> bool,
    /// What it lacks, in Danish: "har ingen husregler".
    lacks: &'static str,
    /// The lead of a list of those that have it.
    those: &'static str,
}

impl Wanted {
    const RULES: Self = Self {
        has: |part| select::house_rules(part).is_some(),
        lacks: "har ingen husregler",
        those: "Husregler er der i",
    };
    const BLANKS: Self = Self {
        has: select::has_blanks,
        lacks: "har ikke noget at udfylde",
        those: "Noget at udfylde er der i",
    };
    const ANY: Self = Self {
        has: |_| true,
        lacks: "",
        those: "Afsnit og bilag er",
    };
}

/// The part of an id, which has what is wanted.
fn chosen<'d>(
    work: &Work<'_>,
    document: &'d Document,
    id: &str,
    wanted: &Wanted,
) -> Result<&'d Part> {
    let found = anchor(work.targets, id).and_then(|anchor| select::part(document, anchor));
    let found = found.or_else(|| select::part(document, id));
    let parts = select::all_parts(document).into_iter();
    let fitting: Vec<&str> = parts
        .filter(|part| (wanted.has)(part))
        .map(|part| part.id.as_str())
        .collect();
    let list = |lead: &str| match fitting.as_slice() {
        [] => "Det er der ingen, der har.".to_owned(),
        ids => format!("{lead} {}.", ids.join(", ")),
    };
    match found {
        Some(part) if (wanted.has)(part) => Ok(part),
        Some(part) => bail!("»{}« {}. {}", part.id, wanted.lacks, list(wanted.those)),
        None => {
            let hint = nearest(id, &fitting).map(|near| format!("Mente du »{near}«?"));
            bail!(
                "»{id}« er ikke et afsnit eller et bilag i {}. {}",
                document.slug,
                hint.unwrap_or_else(|| list(wanted.those))
            )
        }
    }
}

/// The anchor of an id as an author writes it: `husorden`, `bilag:husorden`.
fn anchor<'t>(targets: &'t Targets, id: &str) -> Option<&'t str> {
    match Reference::parse(id) {
        Reference::Named(kind, id) => Some(&targets.find(kind, &id)?.anchor),
        _ => None,
    }
}

// --- The packet ---

#[derive(Serialize)]
struct PacketPrint {
    kind: &'static str,
    large: bool,
    duplex: bool,
    meeting: String,
    date: DateText,
    changes: ChangeSheet,
    /// The same in a sentence or two, for the agenda.
    changed: String,
    open: Open,
    /// The parts that come first; they are not among the document's.
    first: Vec<Part>,
    /// Who signs.
    roles: Vec<String>,
    /// What writes the approval down.
    command: String,
}

/// What changed since the last approval, in the form that `aendringer.typ` prints.
#[derive(Serialize)]
struct ChangeSheet {
    /// What was held against what; empty where nothing was.
    compared: String,
    /// What there is to know about the comparison.
    notes: Vec<String>,
    /// How much changed; empty where nobody can say.
    summary: String,
    /// Where something changed.
    places: Vec<changes::Place>,
}

impl ChangeSheet {
    /// A sheet that says in words why there is nothing to show.
    fn words(note: String) -> Self {
        Self {
            compared: String::new(),
            notes: vec![note],
            summary: String::new(),
            places: Vec::new(),
        }
    }

    /// How much changed, or why nobody can say.
    fn in_short(&self) -> String {
        if !self.summary.is_empty() {
            return self.summary.clone();
        }
        self.notes.first().cloned().unwrap_or_default()
    }
}

/// What is still open.
#[derive(Serialize)]
struct Open {
    errors: usize,
    warnings: usize,
    /// The worst first, few of each rule.
    findings: Vec<OpenFinding>,
    /// Points of the skabelon that nobody has answered.
    points: Vec<OpenFinding>,
    /// How many more there are of each rule.
    more: Vec<More>,
    duties: Vec<DutyRow>,
}

#[derive(Serialize)]
struct OpenFinding {
    level: &'static str,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    place: OpenPlace,
}

/// Where in the protocol something is.
#[derive(Serialize)]
struct OpenPlace {
    /// The part; `protokol.toml` and the area's files are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
}

#[derive(Serialize)]
struct More {
    code: &'static str,
    rule: &'static str,
    count: usize,
}

fn packet(
    work: &Work<'_>,
    resolved: &Resolved,
    look: &Look,
    meeting: &Meeting,
    findings: Vec<Finding>,
    large: bool,
) -> Result<PdfJob<'static>> {
    let mut document = resolved.document.clone();
    let mut first = Vec::new();
    for id in &meeting.first {
        first.push(
            chosen(work, &resolved.document, id, &Wanted::ANY)?
                .id
                .clone(),
        );
    }
    let first = select::take_first(&mut document, &first);
    let changes = changes(work, &document)?;
    let print = PacketPrint {
        kind: "packet",
        large,
        duplex: meeting.duplex,
        meeting: meeting.name.clone(),
        date: DateText::from(meeting.date),
        changed: changes.in_short(),
        changes,
        open: open(work, &resolved.document, findings, meeting.date),
        first,
        roles: roles(work.skabelon, work.protocol, &meeting.name),
        command: command(work.protocol, meeting),
    };
    let mut job = job(resolved, look, PACKET, &document, print);
    job.created = noon(meeting.date);
    Ok(job)
}

/// What changed since the last approval. Without git, or without a former edition there, the sheet says so.
fn changes(work: &Work<'_>, document: &Document) -> Result<ChangeSheet> {
    let mut sheet = ChangeSheet::words(standing(work.protocol, document));
    let kind = document.edition.status.kind;
    if !matches!(kind, StatusKind::Unverified | StatusKind::Changed) {
        return Ok(sheet);
    }
    let options = DiffOptions {
        protocols: vec![document.slug.clone()],
        since: Since::Approval,
        threads: 1,
    };
    match diff(work.site.repository, &options)? {
        Ok(report) => {
            let Some(told) = report.protocols.first().map(changes::Sheet::of) else {
                return Ok(sheet);
            };
            Ok(ChangeSheet {
                compared: told.compared,
                notes: told.notes,
                summary: told.summary,
                places: told.places,
            })
        }
        Err(problem) => {
            let reason = without_paths(&problem, &document.slug);
            sheet
                .notes
                .push(format!("Ændringerne kan ikke vises: {reason}"));
            Ok(sheet)
        }
    }
}

/// Why there is nothing to compare with. What git says itself may name folders of this machine, and a packet
/// is the same wherever it is made.
fn without_paths(problem: &GitError, slug: &str) -> String {
    match problem {
        GitError::NoGit => "Programmet git er ikke på denne maskine.".to_owned(),
        GitError::NoRepository(_) => "Filerne ligger ikke i git.".to_owned(),
        _ => format!(
            "git kan ikke læse en tidligere udgave. Se hvorfor med rusprot diff {slug} --since-approval."
        ),
    }
}

/// How the protocol stands to its last approval, in a sentence.
fn standing(protocol: &Protocol, document: &Document) -> String {
    let approval = protocol.newest_approval();
    let approved = approval.map_or_else(String::new, |approval| {
        let date = danish_date(approval.date.value);
        format!("godkendt {date} i {}", approval.forum.text)
    });
    match document.edition.status.kind {
        StatusKind::Draft | StatusKind::NotApproved => {
            "Protokollen har ikke været godkendt før, så der er ingen tidligere udgave at holde den op imod."
                .to_owned()
        }
        StatusKind::Approved => format!("Intet er ændret, siden protokollen blev {approved}."),
        StatusKind::Unverified => format!(
            "Protokollen blev {approved}, men uden aftryk. Derfor kan det ikke ses, om der er ændret noget."
        ),
        StatusKind::Changed => format!("Der er ændret i protokollen, siden den blev {approved}."),
    }
}

/// What is shown elsewhere in the packet: duties in the year wheel, what changed on the change sheet.
const SHOWN_ELSEWHERE: [Code; 3] = [Code::Overdue, Code::DueSoon, Code::ChangedSinceApproval];

/// What is open, of findings that are sorted by their weight.
fn open(work: &Work<'_>, document: &Document, findings: Vec<Finding>, day: Date) -> Open {
    let names = Places::of(work.protocol, work.targets, document);
    let (points, findings): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .filter(|finding| !SHOWN_ELSEWHERE.contains(&finding.code))
        .partition(|finding| finding.code == Code::UnansweredPoint);
    let count = |level| {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        of_level.count()
    };
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let mut shown = Vec::new();
    let mut seen: BTreeMap<Code, (usize, usize)> = BTreeMap::new();
    for finding in findings {
        let (of_rule, more) = seen.entry(finding.code).or_default();
        if *of_rule < SHOWN_OF_A_RULE && shown.len() < SHOWN {
            *of_rule += 1;
            shown.push(names.open(finding));
        } else {
            *more += 1;
        }
    }
    let more = seen.into_iter().filter(|(_, (_, more))| *more > 0);
    Open {
        errors,
        warnings,
        findings: shown,
        points: points.into_iter().map(|point| names.open(point)).collect(),
        more: more
            .map(|(code, (_, count))| More {
                code: code.number(),
                rule: code.name(),
                count,
            })
            .collect(),
        duties: duties(work.skabelon, work.protocol, day),
    }
}

/// Where the parts of a protocol begin in their files, and what readers call them.
struct Places<'p> {
    /// The path of the file, where in it the part begins, its anchor and its name; in reading order.
    parts: Vec<(&'p str, u32, &'p str, String)>,
}

impl<'p> Places<'p> {
    fn of(protocol: &'p Protocol, targets: &'p Targets, document: &Document) -> Self {
        fn collect<'p>(
            section: &'p Section,
            path: &mut Vec<usize>,
            found: &mut Vec<(&'p Section, Vec<usize>)>,
        ) {
            found.push((section, path.clone()));
            for (index, child) in section.children.iter().enumerate() {
                path.push(index);
                collect(child, path, found);
                path.pop();
            }
        }
        use crate::model::ReferenceKind::{Appendix, Section as Own};
        let mut parts = Vec::new();
        for (kind, top) in [(Own, &protocol.sections), (Appendix, &protocol.appendices)] {
            let mut found = Vec::new();
            for (index, section) in top.iter().enumerate() {
                collect(section, &mut vec![index], &mut found);
            }
            for (section, path) in found {
                let anchor = targets.at(kind, &path).anchor.as_str();
                let name = select::part(document, anchor).map(select::name);
                let start = section.span.start;
                let name = name.unwrap_or_default();
                parts.push((section.file.path(), start, anchor, name));
            }
        }
        Self { parts }
    }

    /// A finding with the part it is in: of those in its file the last that begins before it.
    fn open(&self, finding: Finding) -> OpenFinding {
        let (path, at) = (finding.place.file.path(), finding.place.span.start);
        let inside = self.parts.iter();
        let inside = inside.filter(|(file, start, ..)| *file == path && *start <= at);
        let place = match inside.max_by_key(|(_, start, ..)| *start) {
            Some((_, _, anchor, name)) => OpenPlace {
                id: Some((*anchor).to_owned()),
                name: name.clone(),
            },
            None => OpenPlace {
                id: None,
                name: path.rsplit('/').next().unwrap_or(path).to_owned(),
            },
        };
        OpenFinding {
            level: finding.level.english(),
            code: finding.code.number(),
            message: finding.message,
            help: finding.help,
            place,
        }
    }
}

/// Who signs: the role that answers for the protocol, then those that the year wheel names for this meeting.
/// The other rows stay empty.
fn roles(skabelon: &Skabelon, protocol: &Protocol, meeting: &str) -> Vec<String> {
    let here = skabelon.duties.iter().filter(|duty| {
        let forum = duty.forum.as_ref();
        forum.is_some_and(|forum| fold(&forum.text) == fold(meeting))
    });
    let named = protocol.edition.responsible.iter();
    let named = named.chain(here.flat_map(|duty| &duty.responsible));
    let mut roles: Vec<String> = Vec::new();
    for role in named {
        if roles.len() < ROLES && roles.iter().all(|known| fold(known) != fold(&role.text)) {
            roles.push(role.text.clone());
        }
    }
    roles
}

/// What writes the approval down once the meeting has approved.
fn command(protocol: &Protocol, meeting: &Meeting) -> String {
    let by = protocol.edition.responsible.as_ref();
    let by = by.map_or("ROLLE", |role| &role.text);
    format!(
        "rusprot approve {} --forum \"{}\" --date {} --by \"{by}\"",
        protocol.slug, meeting.name, meeting.date
    )
}
