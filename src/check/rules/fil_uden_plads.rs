//! RP012 `fil-uden-plads`: a file that nothing reads, so that what somebody wrote in it is on no page.
//!
//! What a file seems to be was seen when it was found (`load::Stray`); whether a text shows a picture is known here.
//! Files are never moved by `--fix`: which of two copies is the right one is for a person to say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::load::{PROTOCOL_FILE, PictureKind, Seeming, Stray, is_pdf_name};
use crate::model::{Area, slug};
use crate::text::{Place, SourceFile};

/// Folders of a protocol whose files have each a place of their own.
const FOLDERS: &[&str] = &["bilag", "billeder", "filer"];
/// The folder of appendices, and what people call it.
const APPENDICES: &[&str] = &[
    "bilag",
    "bilagene",
    "bilager",
    "appendiks",
    "appendix",
    "appendikser",
    "appendices",
    "annex",
];
/// Documents that `rusprot import` reads.
const DOCUMENTS: &[&str] = &["docx", "odt", "html", "htm", "md", "txt"];

/// A folder of one protocol, or what should have been one.
struct Home<'h> {
    /// Its path relative to the root, with `/`.
    path: &'h str,
    /// Whether its `protokol.toml` is there.
    has_main: bool,
    /// What lies in it, relative to it.
    names: BTreeSet<&'h str>,
    /// What its texts show and attach, as [`plain`] writes it.
    used: BTreeSet<String>,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let names = protocol.loose.names.iter();
    let below = |name: &'_ String| name.len() > protocol.path.len();
    let names = names.filter(|name| below(name));
    let used = protocol
        .pictures()
        .into_iter()
        .chain(protocol.attachments());
    let home = Home {
        path: &protocol.path,
        has_main: !protocol.file.text().is_empty(),
        names: names.map(|name| &name[protocol.path.len() + 1..]).collect(),
        used: used.map(plain).collect(),
    };
    // What cannot be read may show any picture.
    let may_be_used = |stray: &Stray| protocol.incomplete && is_shown_kind(stray.name());
    let strays = protocol.loose.strays.iter();
    let strays: Vec<&Stray> = strays.filter(|stray| !may_be_used(stray)).collect();
    home.findings(&strays, findings);
}

/// What lies among the protocols of `folder` without being part of one; `slugs` are the protocols there are.
pub fn beside(folder: &str, slugs: &[&str], strays: &[Stray]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut homes: BTreeMap<&str, Vec<&Stray>> = BTreeMap::new();
    for stray in strays {
        let below = stray.path.strip_prefix(folder);
        let below = below.and_then(|path| path.strip_prefix('/'));
        match below.and_then(|path| path.split_once('/')) {
            Some((slug, _)) => {
                let end = stray.path.len() - below.map_or(0, str::len) + slug.len();
                homes.entry(&stray.path[..end]).or_default().push(stray);
            }
            None => findings.extend(outside(folder, slugs, stray)),
        }
    }
    for (path, strays) in homes {
        if strays.iter().all(|stray| stray.seems == Seeming::Other) {
            findings.push(no_home(folder, path));
            continue;
        }
        let home = Home {
            path,
            has_main: false,
            names: BTreeSet::new(),
            used: BTreeSet::new(),
        };
        let strays: Vec<&Stray> = strays
            .into_iter()
            .filter(|stray| stray.seems != Seeming::Other)
            .collect();
        home.findings(&strays, &mut findings);
    }
    findings
}

/// What there is to say of an area without a single protocol; `elsewhere` is a folder that seems to have them.
pub fn no_protocol(area: &Area, elsewhere: Option<&str>) -> Finding {
    let folder = &area.protocol_folder;
    let place = Place::top(&area.file);
    let Some(elsewhere) = elsewhere else {
        let message = format!("Der er ingen protokol i mappen {folder} endnu.");
        return Finding::new(Code::FilUdenPlads, place, message).with_help(
            "Begynd på en protokol med rusprot init, eller hent den fra Word med rusprot import.",
        );
    };
    let message =
        format!("Der er ingen protokol i mappen {folder}. Mappen {elsewhere} bliver ikke læst.");
    Finding::new(Code::FilUdenPlads, place, message).with_help(format!(
        "Ligger protokollerne i {elsewhere}, så giv den mappe navnet {folder}. Er der ingen endnu, så begynd med \
         rusprot init."
    ))
}

impl Home<'_> {
    fn findings(&self, strays: &[&Stray], findings: &mut Vec<Finding>) {
        let mut folders: BTreeMap<&str, Vec<&Stray>> = BTreeMap::new();
        let mut shown = BTreeSet::new();
        for stray in strays {
            let below = &stray.path[self.path.len() + 1..];
            let folder = below.split_once('/').map(|(folder, _)| folder);
            if self.used.contains(&plain(below)) {
                shown.extend(folder);
                continue;
            }
            match folder.filter(|folder| !FOLDERS.contains(folder)) {
                Some(folder) => folders.entry(folder).or_default().push(stray),
                None => findings.push(self.file(stray)),
            }
        }
        for (folder, strays) in folders {
            if shown.contains(folder) {
                findings.extend(strays.iter().map(|stray| self.file(stray)));
            } else {
                findings.push(self.folder(folder, &strays));
            }
        }
    }

    /// A folder that nothing reads, with all that lies in it.
    fn folder(&self, folder: &str, strays: &[&Stray]) -> Finding {
        let path = format!("{}/{folder}", self.path);
        let place = Place::top(&Arc::new(SourceFile::new(path.as_str(), "")));
        if strays.iter().any(|stray| stray.seems == Seeming::Main) {
            let message = format!(
                "Mappen {folder} har en hel protokol i sig, men ligger for dybt til at blive læst."
            );
            let up = self.path.rsplit_once('/').map_or(self.path, |(up, _)| up);
            return Finding::new(Code::FilUdenPlads, place, message)
                .with_help(format!("Flyt mappen {path} op i mappen {up}."));
        }
        let sections = strays.iter().filter(|stray| stray.seems != Seeming::Other);
        let count = sections.count();
        if count == 0 {
            let message =
                format!("Mappen {folder} bliver ikke læst, så den kommer ikke med i protokollen.");
            return Finding::new(Code::FilUdenPlads, place, message)
                .with_help(
                    "Flyt den ud af protokollens mappe, eller slet den. Skal den blive liggende, så skriv dens navn \
                     i .gitignore.",
                )
                .as_warning();
        }
        let message =
            format!("Mappen {folder} bliver ikke læst, så {count} afsnit i den kommer ikke med.");
        let home = self.path;
        let help = match is_appendices(folder) {
            true if self.names.contains("bilag") => {
                format!("Flyt filerne til mappen {home}/bilag.")
            }
            true => "Giv mappen navnet bilag.".to_owned(),
            false => {
                format!(
                    "Flyt filerne op i mappen {home}, eller til {home}/bilag, hvis de er bilag."
                )
            }
        };
        Finding::new(Code::FilUdenPlads, place, message).with_help(help)
    }

    /// A file that nothing reads.
    fn file(&self, stray: &Stray) -> Finding {
        let below = &stray.path[self.path.len() + 1..];
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
        let wish = stray.wish();
        let is_there = |name: &str| match folder {
            "" => self.names.contains(name),
            folder => self.names.contains(format!("{folder}/{name}").as_str()),
        };
        let finding = |message: String, help: String| {
            Finding::new(Code::FilUdenPlads, Place::top(&stray.file), message).with_help(help)
        };
        let is_at_home = matches!(folder, "" | "bilag");
        match stray.seems {
            Seeming::Other => self.other(stray, below),
            Seeming::Main if folder.is_empty() => {
                let message = format!(
                    "Filen hedder {name} og ikke {PROTOCOL_FILE}, så den bliver ikke læst."
                );
                if self.has_main {
                    let help = format!("Slet den, hvis {PROTOCOL_FILE} er den rigtige.");
                    finding(message, help).as_warning()
                } else {
                    finding(message, format!("Giv filen navnet {PROTOCOL_FILE}."))
                }
            }
            Seeming::Main | Seeming::Section | Seeming::Copy if !is_at_home => {
                let home = self.path;
                finding(
                    format!(
                        "Filen ligner et afsnit, men ligger i mappen {folder}, så den kommer ikke med."
                    ),
                    format!(
                        "Flyt den til {home}/{wish}, eller til {home}/bilag/{wish}, hvis den er et bilag."
                    ),
                )
            }
            Seeming::Copy => {
                let message = "Filen er en kopi, som computeren har lavet, så den kommer ikke med."
                    .to_owned();
                if is_there(&wish) {
                    let own = self.next_name(folder, &wish);
                    let help = format!(
                        "Er den magen til {wish}, så slet den. Er den et afsnit for sig, så giv den navnet {own}"
                    );
                    finding(message, help)
                } else {
                    finding(message, format!("Giv filen navnet {wish}"))
                }
            }
            Seeming::Main | Seeming::Section => {
                let ending = ending(name);
                let message = format!(
                    "Filen ligner et afsnit, men navnet slutter på {ending} og ikke på .toml, så den kommer ikke med."
                );
                let help = if is_there(&wish) {
                    format!(
                        "Er det en gammel udgave af {wish}, så slet den, eller flyt den ud af mappen."
                    )
                } else if ending == ".txt" {
                    format!(
                        "Giv filen navnet {wish}\nViser Windows ikke .txt, så vælg Vis og Filtypenavne i Stifinder."
                    )
                } else {
                    format!("Giv filen navnet {wish}")
                };
                finding(message, help)
            }
        }
    }

    /// A name that no section has yet.
    fn next_name(&self, folder: &str, wish: &str) -> String {
        let numbers = self.names.iter().filter_map(|name| {
            let own = match folder {
                "" => name,
                folder => name.strip_prefix(folder)?.strip_prefix('/')?,
            };
            let digits: String = own.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u32>().ok()
        });
        let next = numbers.max().unwrap_or_default().saturating_add(1);
        let name = wish.split_once('-').map_or(wish, |(_, name)| name);
        let name = slug(name.trim_end_matches(".toml"));
        format!("{next:02}-{name}-2.toml")
    }

    /// A file that is no section, whatever its ending says it is.
    fn other(&self, stray: &Stray, below: &str) -> Finding {
        let name = stray.name();
        let ending = ending(name).trim_start_matches('.').to_ascii_lowercase();
        let place = Place::top(&stray.file);
        let (message, help) = if name.starts_with("~$") {
            (
                "Word har lagt filen her, mens et dokument er åbent.",
                "Luk dokumentet i Word. Bliver filen liggende, så slet den.".to_owned(),
            )
        } else if PictureKind::of_ending(name).is_some() {
            (
                "Ingen tekst viser billedet.",
                format!(
                    "Skriv det ind i en tekst, for eksempel ![Det, man ser]({below}), eller slet billedet."
                ),
            )
        } else if is_pdf_name(name) {
            (
                "Intet bilag har filen med.",
                format!(
                    "Lav et bilag med linjen fil = \"{}\", eller slet filen.",
                    if below.starts_with("filer/") {
                        below.to_owned()
                    } else {
                        format!("filer/{name}")
                    }
                ),
            )
        } else if DOCUMENTS.contains(&ending.as_str()) {
            let home = self.path.rsplit('/').next().unwrap_or(self.path);
            (
                "Filen er ikke et afsnit, så den kommer ikke med i protokollen.",
                format!(
                    "Skal teksten med, så skriv den ind i et afsnit, eller hent en hel protokol med rusprot import. \
                     Ellers flyt filen ud af mappen {home}."
                ),
            )
        } else {
            (
                "Filen bliver ikke læst, så den kommer ikke med i protokollen.",
                "Flyt den ud af protokollens mappe, eller slet den. Skal den blive liggende, så skriv dens navn i \
                 .gitignore."
                    .to_owned(),
            )
        };
        Finding::new(Code::FilUdenPlads, place, message)
            .with_help(help)
            .as_warning()
    }
}

/// A file that lies in no folder of a protocol.
fn outside(folder: &str, slugs: &[&str], stray: &Stray) -> Option<Finding> {
    let wish = stray.wish();
    let finding = |message: &str, help: String| {
        Finding::new(Code::FilUdenPlads, Place::top(&stray.file), message).with_help(help)
    };
    let message = match stray.seems {
        Seeming::Main => {
            return Some(finding(
                "Filen ligger ikke i en protokols mappe, så den bliver ikke læst.",
                format!("Lav en mappe med stedets navn i {folder}, og flyt filen derhen."),
            ));
        }
        Seeming::Other if !stray.path.contains('/') => return None,
        Seeming::Other => {
            let message = "Filen ligger ikke i en protokols mappe, så den bliver ikke læst.";
            let help = format!("Flyt den ud af mappen {folder}, eller slet den.");
            return Some(finding(message, help).as_warning());
        }
        Seeming::Section | Seeming::Copy => {
            "Filen ligner et afsnit, men ligger ikke i en protokols mappe, så den kommer ikke med."
        }
    };
    let homes: Vec<String> = slugs
        .iter()
        .map(|slug| format!("{folder}/{slug}"))
        .collect();
    let help = match homes.as_slice() {
        [] => format!(
            "Lav protokollens mappe med rusprot init, og flyt filen derhen med navnet {wish}"
        ),
        [only] => format!("Flyt den til {only}/{wish}"),
        several if several.len() < 6 => format!("Flyt den til {}.", several.join(" eller ")),
        _ => format!("Flyt den til protokollens mappe i {folder}."),
    };
    Some(finding(message, help))
}

/// A folder among the protocols in which there is nothing of one.
fn no_home(folder: &str, path: &str) -> Finding {
    let place = Place::top(&Arc::new(SourceFile::new(path, "")));
    let message = "Mappen har ingen protokol, så den bliver ikke læst.";
    Finding::new(Code::FilUdenPlads, place, message)
        .with_help(format!(
            "Skal der være en protokol, så begynd den med rusprot init. Ellers flyt mappen ud af {folder}."
        ))
        .as_warning()
}

/// The last ending of a name with its point; for a name without one the name.
fn ending(name: &str) -> &str {
    match name.rfind('.') {
        Some(point) if point > 0 => &name[point..],
        _ => name,
    }
}

/// Whether a file may be shown by a text or attached to an appendix.
fn is_shown_kind(name: &str) -> bool {
    PictureKind::of_ending(name).is_some() || is_pdf_name(name)
}

fn is_appendices(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    let near = |known: &&str| strsim::osa_distance(&folder, known) <= 1;
    APPENDICES.iter().any(near)
}

/// A path as it can be compared with another: without `.` and empty parts, in small composed letters. What differs in
/// capitals alone is told by RP206.
fn plain(path: &str) -> String {
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
    let parts: Vec<String> = parts
        .map(|part| part.nfc().collect::<String>().to_lowercase())
        .collect();
    parts.join("/")
}
