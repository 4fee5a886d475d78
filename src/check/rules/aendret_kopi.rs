//! RP806 `aendret-kopi`: a copy of a shared skabelon that is not what was fetched, or not what `rusprot.toml` asks
//! for.
//!
//! What lies on the disk is read by `site`; whether something newer is to be had is not asked here.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Finding, Subject};
use crate::model::{Area, LockFile, Locked, SharedSkabelon};
use crate::text::{Place, SourceFile};

/// A copy that `rusprot.toml` names, as it lies here.
#[derive(Debug)]
pub struct Copied<'c> {
    /// The area.
    pub area: &'c Area,
    /// What `rusprot.toml` says of it.
    pub shared: &'c SharedSkabelon,
    /// What `rusprot.lock` says of it.
    pub locked: Option<&'c Locked>,
    /// Every file of its folder, by its path in it: the sums it may be known by, with the line ends it has here
    /// and with those that git may have changed.
    pub files: &'c BTreeMap<String, Vec<String>>,
}

impl Copied<'_> {
    fn name(&self) -> &str {
        &self.shared.name.value
    }

    fn folder(&self) -> String {
        format!("{}/{}", self.area.skabelon_folder, self.name())
    }

    fn finding(&self, place: Place, message: String, help: String) -> Finding {
        Finding::new(Code::AendretKopi, place, message)
            .about(Subject::Skabelon(self.name().to_owned()))
            .with_help(help)
    }

    /// Where `rusprot.toml` names it.
    fn named(&self) -> Place {
        Place::new(&self.area.file, self.shared.name.span)
    }

    fn update(&self) -> String {
        format!("Kør: rusprot templates update {}", self.name())
    }

    /// What `rusprot.lock` has in place of what `rusprot.toml` says; nothing where they agree.
    fn disagreement(&self, locked: &Locked) -> Option<String> {
        let said = |rev: Option<&str>| {
            rev.map_or_else(|| "den nyeste".to_owned(), |rev| format!("»{rev}«"))
        };
        let rev = self.shared.rev.as_ref().map(|line| line.text.as_str());
        let from = &self.shared.from;
        if (locked.key.as_str(), locked.address.as_str()) != (from.key(), from.text()) {
            Some("den er hentet et andet sted".to_owned())
        } else if locked.folder != self.shared.folder {
            let (wish, has) = (&self.shared.folder, &locked.folder);
            Some(format!(
                "mappen skal være »{wish}«, og den er hentet fra »{has}«"
            ))
        } else if locked.rev.as_deref() != rev {
            let has = said(locked.rev.as_deref());
            Some(format!(
                "udgaven skal være {}, og kopien er {has}",
                said(rev)
            ))
        } else {
            None
        }
    }
}

/// What is wrong with one copy.
pub fn of_copy(copy: &Copied<'_>) -> Vec<Finding> {
    let name = copy.name();
    let Some(locked) = copy.locked else {
        let (message, help) = if copy.files.is_empty() {
            (
                format!("Den fælles skabelon »{name}« er ikke hentet endnu."),
                copy.update(),
            )
        } else {
            let folder = copy.folder();
            (
                format!(
                    "{folder} er jeres egen mappe, og rusprot.toml siger, at skabelonen »{name}« er en kopi."
                ),
                format!(
                    "To skabeloner kan ikke have samme navn. Giv jeres egen mappe et andet navn, eller slet \
                     [skabeloner.{name}] i rusprot.toml."
                ),
            )
        };
        return vec![copy.finding(copy.named(), message, help)];
    };
    let mut findings = Vec::new();
    if let Some(disagreement) = copy.disagreement(locked) {
        let message = format!(
            "Kopien af skabelonen »{name}« er ikke den, rusprot.toml nævner: {disagreement}."
        );
        findings.push(copy.finding(copy.named(), message, copy.update()));
    }
    findings.extend(changed(copy, locked));
    findings
}

fn changed(copy: &Copied<'_>, locked: &Locked) -> Vec<Finding> {
    let (name, folder) = (copy.name(), copy.folder());
    let help = |first: &str| {
        format!(
            "{first} Ret skabelonen dér, hvor den kommer fra, ikke i kopien.\nSe forskellen med »rusprot templates \
             update {name} --dry-run«, og få kopien tilbage med »rusprot templates update {name}«."
        )
    };
    let at = |path: &str| Place::top(&Arc::new(SourceFile::new(format!("{folder}/{path}"), "")));
    let mut findings = Vec::new();
    for (path, sums) in copy.files {
        let (message, first) = match locked.files.get(path) {
            Some(sum) if sums.contains(sum) => continue,
            Some(_) => (
                format!("Filen er ændret i kopien af den fælles skabelon »{name}«."),
                "",
            ),
            None => (
                format!("Filen hører ikke til den fælles skabelon »{name}«."),
                "Flyt filen ud af mappen.",
            ),
        };
        findings.push(copy.finding(at(path), message, help(first).trim_start().to_owned()));
    }
    let gone = locked.files.keys();
    for path in gone.filter(|path| !copy.files.contains_key(*path)) {
        let message =
            format!("Filen {folder}/{path} mangler i kopien af den fælles skabelon »{name}«.");
        findings.push(copy.finding(copy.named(), message, help("").trim_start().to_owned()));
    }
    findings
}

/// What there is to say of a copy whose folder cannot be looked through.
pub fn of_unread(area: &Area, shared: &SharedSkabelon, reason: &str) -> Finding {
    let name = &shared.name.value;
    let place = Place::new(&area.file, shared.name.span);
    let message = format!("Kopien af skabelonen »{name}« kan ikke læses: {reason}.");
    Finding::new(Code::AendretKopi, place, message)
        .about(Subject::Skabelon(name.clone()))
        .with_help(format!(
            "Slet mappen {}/{name}, og kør: rusprot templates update {name}",
            area.skabelon_folder
        ))
}

/// What is wrong with `rusprot.lock` as a whole: it cannot be read (`lock` is none), or has what `rusprot.toml` does
/// not name.
pub fn of_lock(file: &Arc<SourceFile>, lock: Option<&LockFile>, area: &Area) -> Vec<Finding> {
    let finding = |message: String, help: &str| {
        Finding::new(Code::AendretKopi, Place::top(file), message).with_help(help)
    };
    let Some(lock) = lock else {
        return vec![finding(
            "Filen er ikke, som rusprot skriver den.".to_owned(),
            "Hent den tilbage fra git. Kan du ikke det, så slet den og de kopier, den handler om, og kør: rusprot \
             templates update",
        )];
    };
    let named = |name: &String| area.shared.iter().any(|shared| shared.name.value == *name);
    let unknown = lock.copies.keys().filter(|name| !named(name));
    unknown
        .map(|name| {
            finding(
                format!("Filen har skabelonen »{name}«, som ikke står i rusprot.toml."),
                "Skriv den i rusprot.toml igen, eller kør »rusprot templates update«. Så glemmer rusprot, at mappen \
                 er en kopi.",
            )
            .about(Subject::Skabelon(name.clone()))
        })
        .collect()
}
