//! The skabeloner a run can use: the built-in ones and the area's own folders, which replace them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};
use unicode_normalization::UnicodeNormalization;

use crate::check::{self, Checked, CommonWords, Levels};
use crate::diag::{Code, Finding, Subject};
use crate::load::{BUILT_IN_NOTE, CONFIG_FILE, Repository};
use crate::model::{Area, BUILT_IN_VARIABLES, Line, Protocol, Skabelon, Variables, nearest};
use crate::text::visible::has_hidden;
use crate::text::{Place, SourceFile};

use super::copies::Copies;
use super::{MainRead, area_settings, read_main};

/// The file of a skabelon in its folder.
pub(crate) const SKABELON_FILE: &str = "skabelon.toml";

/// The skabeloner that travel with the binary: name and text.
const BUILT_IN: &[(&str, &str)] = &[
    (
        "kvalitetsstandard",
        include_str!("../../templates/kvalitetsstandard/skabelon.toml"),
    ),
    (
        "misbrugspolitik",
        include_str!("../../templates/misbrugspolitik/skabelon.toml"),
    ),
    (
        "omraadetilgang",
        include_str!("../../templates/omraadetilgang/skabelon.toml"),
    ),
    (
        "rusmiddelprotokol",
        include_str!("../../templates/rusmiddelprotokol/skabelon.toml"),
    ),
    (
        "socialpsykiatri",
        include_str!("../../templates/socialpsykiatri/skabelon.toml"),
    ),
    (
        "udviklingshaemning",
        include_str!("../../templates/udviklingshaemning/skabelon.toml"),
    ),
];

/// The skabelon of an area that has chosen none.
pub const USUAL_SKABELON: &str = "socialpsykiatri";

/// The names of the built-in skabeloner.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// A skabelon, and what is wrong with how it is written.
type Read = (Skabelon, Vec<Finding>);

/// The built-in skabeloner, each read when somebody first asks for it: they are the same for every area.
static BUILT_IN_READ: [OnceLock<Read>; BUILT_IN.len()] =
    [const { OnceLock::new() }; BUILT_IN.len()];

/// A skabelon that is there. It is read when somebody first asks for it, and checked when somebody first asks
/// what is wrong in it.
struct Held {
    text: Text,
    /// What is wrong with it as a copy of somebody else's.
    copy: Vec<Finding>,
    checked: OnceLock<Checked>,
    words: OnceLock<CommonWords>,
}

enum Text {
    /// Its place among those that travel with the binary.
    BuiltIn(usize),
    Own(Arc<SourceFile>, Box<OnceLock<Read>>),
}

impl Held {
    fn new(text: Text) -> Self {
        Self {
            text,
            copy: Vec::new(),
            checked: OnceLock::new(),
            words: OnceLock::new(),
        }
    }

    /// One whose file cannot be read as text, which is all there is to say of it.
    fn unreadable(finding: Finding) -> Self {
        let file = Arc::clone(&finding.place.file);
        let nothing = Skabelon::nothing(&file);
        let checked = Checked {
            findings: vec![finding.clone()],
            bugs: 0,
        };
        Self {
            text: Text::Own(file, Box::new(OnceLock::from((nothing, vec![finding])))),
            copy: Vec::new(),
            checked: OnceLock::from(checked),
            words: OnceLock::new(),
        }
    }

    fn read(&self) -> &Read {
        match &self.text {
            Text::Own(file, read) => read.get_or_init(|| Skabelon::read(file)),
            &Text::BuiltIn(at) => BUILT_IN_READ[at].get_or_init(|| {
                let (name, text) = BUILT_IN[at];
                let path = format!("{BUILT_IN_NOTE}/{name}/{SKABELON_FILE}");
                Skabelon::read(&Arc::new(SourceFile::new(path, text)))
            }),
        }
    }

    fn skabelon(&self) -> &Skabelon {
        &self.read().0
    }

    fn checked(&self, variables: Option<&Variables>) -> &Checked {
        self.checked.get_or_init(|| {
            let (skabelon, findings) = self.read();
            let mut checked = Checked {
                findings: [findings.as_slice(), &self.copy].concat(),
                bugs: 0,
            };
            checked.extend(check::skabelon(skabelon, variables));
            checked
        })
    }

    /// The file, where it is one of the area's.
    fn own_file(&self) -> Option<&Arc<SourceFile>> {
        match &self.text {
            Text::Own(file, _) => Some(file),
            Text::BuiltIn(_) => None,
        }
    }
}

/// Every skabelon by name, with what is wrong in it.
pub(crate) struct Skabeloner {
    by_name: ByName,
    /// Those of the area's protocols, where they are known.
    variables: Option<Variables>,
    /// What is wrong with `rusprot.lock` itself.
    lock: Vec<Finding>,
    /// Stands in where the named one cannot be had.
    none: Skabelon,
}

impl Skabeloner {
    /// Finds every skabelon; `variables` are those of the area's protocols, where they are known.
    pub(crate) fn read(
        repository: &Repository,
        area: &Area,
        variables: Option<Variables>,
    ) -> Result<Self> {
        let mut by_name = all_built_in();
        for entry in repository.list(&area.skabelon_folder)? {
            let path = Self::path(area, &entry.name);
            if !entry.is_dir || has_hidden(&entry.name) {
                continue;
            }
            let held = match repository.read(&path)? {
                None => continue,
                Some(Ok(file)) => Held::new(Text::Own(file, Box::default())),
                Some(Err(finding)) => Held::unreadable(*finding),
            };
            by_name.insert(entry.name, held);
        }
        let copies = Copies::of(repository, area)?;
        for (name, findings) in copies.by_name {
            match by_name.get_mut(&name) {
                Some(held) => held.copy = findings,
                // What protocols follow is not unknown, but not here yet.
                None => {
                    let held = findings.into_iter().next().map(Held::unreadable);
                    by_name.extend(held.map(|held| (name, held)));
                }
            }
        }
        Ok(Self {
            by_name,
            variables,
            lock: copies.beside,
            none: Skabelon::nothing(&area.file),
        })
    }

    /// The names of the skabeloner there are.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The path of an area's own skabelon of this name.
    pub(crate) fn path(area: &Area, name: &str) -> String {
        format!("{}/{name}/{SKABELON_FILE}", area.skabelon_folder)
    }

    /// The skabelon of this name, or one that asks for nothing; and what to say where a protocol names
    /// one that is not there.
    pub(crate) fn find(
        &self,
        name: Option<&Line>,
        protocol: &Protocol,
        area: &Area,
    ) -> (&Skabelon, Option<Finding>) {
        let Some(name) = name else {
            return (&self.none, None);
        };
        if let Some(held) = self.by_name.get(&name.text) {
            return (held.skabelon(), None);
        }
        let own = protocol.skabelon.is_some();
        let finding = own.then(|| self.unknown(name, Place::new(&protocol.file, name.span), area));
        (&self.none, finding)
    }

    /// The skabelon of this name, or one that asks for nothing.
    pub(crate) fn named(&self, name: Option<&str>) -> &Skabelon {
        let named = name.and_then(|name| self.by_name.get(name));
        named.map_or(&self.none, Held::skabelon)
    }

    /// The words of the common texts of the skabelon of this name, if there is one.
    pub(crate) fn common_words(&self, name: Option<&Line>) -> CommonWords {
        let held = name.and_then(|name| self.by_name.get(&name.text));
        match held {
            Some(held) => {
                let words = || CommonWords::of(held.skabelon());
                held.words.get_or_init(words).clone()
            }
            None => CommonWords::of(&self.none),
        }
    }

    /// What is wrong with how the skabelon of this name is written; `None` where there is none.
    pub(crate) fn slips(&self, name: &str) -> Option<&[Finding]> {
        self.by_name.get(name).map(|held| held.read().1.as_slice())
    }

    /// What is wrong with the skabelon of this name itself; `None` where there is none.
    pub(crate) fn faults(&self, name: &str) -> Option<&[Finding]> {
        let held = self.by_name.get(name);
        held.map(|held| held.checked(self.variables.as_ref()).findings.as_slice())
    }

    /// The names of the area's own skabeloner.
    fn own(&self) -> impl Iterator<Item = &str> {
        let own = self.by_name.iter();
        let own = own.filter(|(_, held)| held.own_file().is_some());
        own.map(|(name, _)| name.as_str())
    }

    /// The files of the area's own skabeloner.
    pub(crate) fn own_files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.by_name.values().filter_map(Held::own_file)
    }

    /// Findings of the skabeloner that were used, of the area's own that nothing uses where `all` protocols
    /// are looked at, and of the area's naming one that is not there.
    pub(crate) fn checked<'n>(
        &self,
        used: impl Iterator<Item = &'n str>,
        all: bool,
        area: Option<(&Line, &Area)>,
    ) -> Checked {
        let mut used: BTreeSet<&str> = used.collect();
        if all {
            used.extend(self.own());
        }
        let mut checked = Checked {
            findings: self.lock.clone(),
            bugs: 0,
        };
        for held in used.iter().filter_map(|name| self.by_name.get(*name)) {
            checked.extend(held.checked(self.variables.as_ref()).clone());
        }
        if let Some((name, area)) = area
            && !self.by_name.contains_key(&name.text)
        {
            let unknown = self.unknown(name, Place::new(&area.file, name.span), area);
            checked.findings.push(unknown);
        }
        checked
    }

    /// What to say where an area names no skabelon: the names there are.
    pub(crate) fn missing(&self, area: &Area) -> Option<Finding> {
        if !area.lacks_skabelon {
            return None;
        }
        let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
        let first = self.own().next().unwrap_or(USUAL_SKABELON);
        let finding = Finding::new(
            Code::ManglendeNoegle,
            Place::top(&area.file),
            format!("Der mangler »skabelon« i {CONFIG_FILE}."),
        );
        Some(finding.with_help(format!(
            "Skriv som filens første linje: skabelon = \"{first}\"\nDu kan vælge mellem {}.",
            names.join(", ")
        )))
    }

    fn unknown(&self, name: &Line, place: Place, area: &Area) -> Finding {
        let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
        let help = match nearest(&name.text, &names) {
            Some(near) => format!("Mente du »{near}«?"),
            None => format!(
                "Vælg mellem {}, eller læg jeres egen i {}/{}/{SKABELON_FILE}.",
                names.join(", "),
                area.skabelon_folder,
                name.text
            ),
        };
        Finding::new(
            Code::ForkertType,
            place,
            format!("Der er ingen skabelon, der hedder »{}«.", name.text),
        )
        .about(Subject::Skabelon(name.text.clone()))
        .with_help(help)
    }
}

/// Skabeloner by name.
type ByName = BTreeMap<String, Held>;

fn all_built_in() -> ByName {
    let names = built_in().enumerate();
    names
        .map(|(at, name)| (name.to_owned(), Held::new(Text::BuiltIn(at))))
        .collect()
}

/// Every variable that some protocol of an area has: those of `rusprot.toml`, and those of each
/// `protokol.toml`. `None` where there is no protocol, or one whose variables cannot be read.
pub(crate) fn known_variables<'m>(
    area: &Area,
    mains: impl Iterator<Item = &'m MainRead>,
) -> Option<Variables> {
    let mut variables = area.variables.clone();
    for name in BUILT_IN_VARIABLES {
        if !variables.is_known(name) {
            variables.set(name, Some(name));
        }
    }
    let mut protocols = 0;
    for main in mains {
        protocols += 1;
        for name in main.as_ref().ok()?.own_variables()? {
            variables.set(name, Some(name));
        }
    }
    (protocols > 0).then_some(variables)
}

/// Where a skabelon comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It travels with the binary.
    BuiltIn,
    /// It lies in the area's own folder.
    Own,
    /// It lies in the area's own folder, in place of a built-in one of the same name.
    InPlaceOfBuiltIn,
}

/// A skabelon that protocols can follow.
#[derive(Debug)]
pub struct ListedSkabelon {
    /// The name protocols and areas choose it by: that of its folder.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What it says, as far as it can be read.
    pub skabelon: Skabelon,
    /// What is wrong in it, as reports may show it.
    pub findings: Vec<Finding>,
    /// How many rules panicked over it; what the others found is there all the same.
    pub bugs: usize,
}

/// Every skabelon that can be used in a repository, in order of name; without one the built-in ones.
///
/// # Errors
/// When the repository cannot be read.
pub fn skabeloner(repository: Option<&Repository>) -> Result<Vec<ListedSkabelon>> {
    let mut settings = BTreeMap::new();
    let (by_name, variables) = match repository {
        None => (all_built_in(), None),
        Some(repository) => {
            let (area, _) = area_settings(repository)?;
            let slugs = repository.protocols(&area.protocol_folder)?;
            let mains = slugs
                .iter()
                .map(|slug| read_main(repository, &area, slug))
                .collect::<Result<Vec<_>>>()?;
            let variables = known_variables(&area, mains.iter().flatten());
            let skabeloner = Skabeloner::read(repository, &area, variables)?;
            settings = area.levels;
            (skabeloner.by_name, skabeloner.variables)
        }
    };
    let levels = Levels {
        settings: &settings,
        draft: false,
    };
    let listed = by_name.into_iter().map(|(name, held)| {
        let skabelon = held.skabelon().clone();
        let mut checked = held.checked(variables.as_ref()).clone();
        let origin = match (
            held.own_file().is_none(),
            built_in().any(|built_in| built_in == name),
        ) {
            (true, _) => Origin::BuiltIn,
            (false, true) => Origin::InPlaceOfBuiltIn,
            (false, false) => Origin::Own,
        };
        checked.extend(check::person_numbers(vec![&skabelon.file], &[]));
        ListedSkabelon {
            name,
            origin,
            skabelon,
            findings: levels.apply(checked.findings),
            bugs: checked.bugs,
        }
    });
    Ok(listed.collect())
}

/// The skabelon of this name, however the file system composes æ, ø and å.
///
/// # Errors
/// When none has it; the nearest is named, or all are.
pub fn find_skabelon<'l>(name: &str, listed: &'l [ListedSkabelon]) -> Result<&'l ListedSkabelon> {
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
    bail!("der er ingen skabelon, der hedder »{name}«.{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Main;

    #[test]
    fn the_built_in_skabeloner_are_clean_also_where_no_protocol_has_variables_of_its_own() {
        let mut variables = Variables::default();
        for name in BUILT_IN_VARIABLES {
            variables.set(name, Some(name));
        }
        let by_name = all_built_in();
        assert!(by_name.len() > 3, "{:?}", by_name.keys());
        for (name, held) in by_name {
            let (skabelon, checked) = (held.skabelon(), held.checked(Some(&variables)));
            assert!(checked.findings.is_empty(), "{name}: {checked:?}");
            assert_eq!(checked.bugs, 0, "{name}");
            assert!(!skabelon.requirements.is_empty(), "{name}");
            assert!(!skabelon.duties.is_empty(), "{name}");
        }
    }

    #[test]
    fn variables_are_not_known_where_there_is_no_protocol_or_a_broken_one() {
        let area = "skabelon = 'x'\n[omraade]\nnavn = 'X'\n[variabler]\nleder = 'lederen'\n";
        let (area, _) = Area::read(&Arc::new(SourceFile::new(CONFIG_FILE, area)));
        let main = |text: &str| -> MainRead {
            let file = Arc::new(SourceFile::new("protokol.toml", text));
            Ok(Arc::new(Main::read(&file, &area)))
        };
        let known = |mains: &[MainRead]| known_variables(&area, mains.iter());
        assert!(known(&[]).is_none());
        assert!(
            known(&[
                main("[variabler]\nvagt = 'a'\n"),
                main("[variabler]\nx =\n")
            ])
            .is_none()
        );
        let some = known(&[main("[variabler]\nvagt = 'a'\n"), main("")]).expect("readable");
        for name in ["vagt", "leder", "navn", "version", "organisation"] {
            assert!(some.is_known(name), "{name}");
        }
        assert!(!some.is_known("x"));
    }
}
