//! The skabeloner a run can use: the built-in ones and the area's own folders, which replace them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;

use crate::check;
use crate::diag::{Code, Finding};
use crate::load::{BUILT_IN_NOTE, Repository};
use crate::model::{Area, Line, Protocol, Skabelon, nearest};
use crate::text::{Place, SourceFile};

const FILE: &str = "skabelon.toml";

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

/// The names of the built-in skabeloner.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// Every skabelon by name, with what is wrong in it.
pub(super) struct Skabeloner {
    by_name: BTreeMap<String, (Skabelon, Vec<Finding>)>,
    /// Stands in where the named one cannot be had.
    none: Skabelon,
}

impl Skabeloner {
    pub(super) fn read(repository: &Repository, area: &Area) -> Result<Self> {
        let mut by_name = BTreeMap::new();
        for (name, text) in BUILT_IN {
            let file = SourceFile::new(format!("{BUILT_IN_NOTE}/{name}/{FILE}"), *text);
            by_name.insert((*name).to_owned(), read(&Arc::new(file)));
        }
        for entry in repository.list(&area.skabelon_folder)? {
            let path = Self::path(area, &entry.name);
            if !entry.is_dir {
                continue;
            }
            let skabelon = match repository.read(&path)? {
                None => continue,
                Some(Ok(file)) => read(&file),
                Some(Err(finding)) => (Skabelon::nothing(&finding.place.file), vec![*finding]),
            };
            by_name.insert(entry.name, skabelon);
        }
        Ok(Self {
            by_name,
            none: Skabelon::nothing(&area.file),
        })
    }

    /// The names of the skabeloner there are.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The path of an area's own skabelon of this name.
    pub(super) fn path(area: &Area, name: &str) -> String {
        format!("{}/{name}/{FILE}", area.skabelon_folder)
    }

    /// The skabelon of this name, or one that asks for nothing; and what to say where a protocol names
    /// one that is not there.
    pub(super) fn find(
        &self,
        name: Option<&Line>,
        protocol: &Protocol,
        area: &Area,
    ) -> (&Skabelon, Option<Finding>) {
        let Some(name) = name else {
            return (&self.none, None);
        };
        if let Some((skabelon, _)) = self.by_name.get(&name.text) {
            return (skabelon, None);
        }
        let own = protocol.skabelon.is_some();
        let finding = own.then(|| self.unknown(name, Place::new(&protocol.file, name.span), area));
        (&self.none, finding)
    }

    /// The skabelon of this name, or one that asks for nothing.
    pub(super) fn named(&self, name: Option<&str>) -> &Skabelon {
        let named = name.and_then(|name| self.by_name.get(name));
        named.map_or(&self.none, |(skabelon, _)| skabelon)
    }

    /// What is wrong with the skabelon of this name itself; `None` where there is none.
    pub(super) fn faults(&self, name: &str) -> Option<&[Finding]> {
        self.by_name
            .get(name)
            .map(|(_, findings)| findings.as_slice())
    }

    /// The files of the area's own skabeloner.
    pub(super) fn own_files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        let files = self.by_name.values().map(|(skabelon, _)| &skabelon.file);
        files.filter(|file| !file.path().starts_with(BUILT_IN_NOTE))
    }

    /// Findings of the skabeloner that were used, and of the area's naming one that is not there.
    pub(super) fn findings<'n>(
        &self,
        used: impl Iterator<Item = &'n str>,
        area: Option<(&Line, &Area)>,
    ) -> Vec<Finding> {
        let used: BTreeSet<&str> = used.collect();
        let mut findings: Vec<Finding> = used
            .iter()
            .filter_map(|name| self.by_name.get(*name))
            .flat_map(|(_, findings)| findings.iter().cloned())
            .collect();
        if let Some((name, area)) = area
            && !self.by_name.contains_key(&name.text)
        {
            findings.push(self.unknown(name, Place::new(&area.file, name.span), area));
        }
        findings
    }

    fn unknown(&self, name: &Line, place: Place, area: &Area) -> Finding {
        let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
        let help = match nearest(&name.text, &names) {
            Some(near) => format!("Mente du »{near}«?"),
            None => format!(
                "Vælg mellem {}, eller læg jeres egen i {}/{}/{FILE}.",
                names.join(", "),
                area.skabelon_folder,
                name.text
            ),
        };
        Finding::new(
            Code::WrongType,
            place,
            format!("Der er ingen skabelon, der hedder »{}«.", name.text),
        )
        .with_help(help)
    }
}

fn read(file: &Arc<SourceFile>) -> (Skabelon, Vec<Finding>) {
    let (skabelon, mut findings) = Skabelon::read(file);
    findings.extend(check::skabelon(&skabelon));
    (skabelon, findings)
}
