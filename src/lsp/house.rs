//! An area that somebody writes in: its files with the unsaved texts in their place, and what was last found.
//!
//! A section is judged on the footing of what was read before (`site::Footing`), so that a key costs one protocol.
//! The whole area is judged when the editor has been quiet for a while, on a thread of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;

use crate::check;
use crate::commands::{self, CheckOptions, CheckOutcome};
use crate::diag::{Code, Finding};
use crate::load::{CONFIG_FILE, PROTOCOL_FILE, Repository};
use crate::model::FileKind;
use crate::site::{Footing, Judging, Site, Work};
use crate::text::SourceFile;

/// An area with what is known of it.
pub(super) struct House {
    pub(super) repository: Repository,
    footing: Option<Footing>,
    /// The findings of each protocol.
    found: BTreeMap<String, Vec<Finding>>,
    /// Those of the area's own files.
    own: Vec<Finding>,
    /// The protocols that have changed since they were judged.
    changed: BTreeSet<String>,
    /// Goes up with each change: what was found of an earlier state is not shown.
    pub(super) state: u64,
}

impl House {
    /// The area that a file lies in; `None` for one that lies in none.
    pub(super) fn around(file: &Path) -> Option<Self> {
        Some(Self {
            repository: Repository::find(file.parent()?).ok()?,
            footing: None,
            found: BTreeMap::new(),
            own: Vec::new(),
            changed: BTreeSet::new(),
            state: 0,
        })
    }

    pub(super) fn root(&self) -> PathBuf {
        self.repository.root().to_owned()
    }

    /// A file's path from the root, with `/`.
    pub(super) fn path_of(&self, file: &Path) -> Option<String> {
        let inside = file.strip_prefix(self.repository.root()).ok()?;
        Some(inside.to_str()?.replace('\\', "/"))
    }

    /// Puts a text in a file's place, or the file itself again.
    pub(super) fn put(&mut self, path: &str, text: Option<&str>) {
        match text {
            Some(text) => self.repository.put(path, text),
            None => self.repository.take_back(path),
        }
        self.touch(path);
    }

    /// Notes that a file is another one now.
    pub(super) fn touch(&mut self, path: &str) {
        self.state += 1;
        let is_part = !path.ends_with(PROTOCOL_FILE);
        match self.slug_of(path) {
            Some(slug) => {
                self.changed.insert(slug);
                if !is_part {
                    self.footing = None;
                }
            }
            None => {
                self.footing = None;
                self.changed.extend(self.found.keys().cloned());
            }
        }
    }

    /// Forgets what was read before: somebody else has changed files.
    pub(super) fn forget(&mut self) {
        self.state += 1;
        self.footing = None;
        self.changed.extend(self.found.keys().cloned());
    }

    /// The protocol that a file belongs to.
    pub(super) fn slug_of(&self, path: &str) -> Option<String> {
        let folder = match &self.footing {
            Some(footing) => footing.area.protocol_folder.clone(),
            None => commands::protocol_folder(&self.repository).ok()?,
        };
        let inside = path.strip_prefix(&folder)?.strip_prefix('/')?;
        let (slug, _) = inside.split_once('/')?;
        Some(slug.to_owned())
    }

    /// What kind of file this is; `None` for one that rusprot does not read.
    pub(super) fn kind_of(&self, path: &str) -> Option<FileKind> {
        let name = path.rsplit('/').next().unwrap_or(path);
        match name {
            CONFIG_FILE if path == CONFIG_FILE => Some(FileKind::Area),
            "skabelon.toml" => Some(FileKind::Skabelon),
            PROTOCOL_FILE => self.slug_of(path).map(|_| FileKind::Protocol),
            name if name.ends_with(".toml") => self.slug_of(path).map(|_| FileKind::Section),
            _ => None,
        }
    }

    fn footing(&mut self, judging: Judging) -> Result<Footing> {
        if let Some(footing) = &self.footing {
            return Ok(footing.clone());
        }
        let footing = Site::open(&self.repository, 1, judging)?.footing();
        self.footing = Some(footing.clone());
        Ok(footing)
    }

    /// Does something with a protocol as it is now; `None` where there is none.
    ///
    /// # Errors
    /// When the area cannot be read.
    pub(super) fn work<R>(
        &mut self,
        slug: &str,
        today: Date,
        then: impl FnOnce(&Work<'_>) -> R,
    ) -> Result<Option<R>> {
        let judging = judging(today);
        let footing = self.footing(judging)?;
        let site = Site::on(&self.repository, footing, judging);
        let worked = site.work(slug, then)?;
        Ok(worked.map(|(result, _)| result))
    }

    /// Judges the protocols that have changed; whether there were any.
    ///
    /// # Errors
    /// When the area cannot be read; what was found before goes.
    pub(super) fn judge(&mut self, today: Date) -> Result<bool> {
        let changed = std::mem::take(&mut self.changed);
        for slug in &changed {
            let judged = self.work(slug, today, |work| {
                let levels = work.site.levels();
                levels.apply_to(work.findings(), work.protocol).findings
            });
            let found = match judged {
                Ok(found) => found.unwrap_or_default(),
                Err(error) => {
                    self.found.clear();
                    self.own.clear();
                    return Err(error);
                }
            };
            let former = self.found.insert(slug.clone(), found);
            // What is seen only beside other protocols stays, where its file is the same.
            let now = self.found.entry(slug.clone()).or_default();
            let stays = |finding: &Finding| {
                let file = self.repository.read(finding.place.file.path());
                let text = file.ok().flatten().and_then(Result::ok);
                finding.code == Code::NaestenSammeOrd
                    && text.is_some_and(|file| file.text() == finding.place.file.text())
            };
            now.extend(former.into_iter().flatten().filter(stays));
        }
        Ok(!changed.is_empty())
    }

    /// The whole check of the area as it is now, to be run on another thread.
    pub(super) fn whole(
        &self,
        today: Date,
    ) -> impl FnOnce() -> Result<CheckOutcome> + Send + 'static {
        let repository = self.repository.clone();
        move || {
            let options = CheckOptions {
                threads: 1,
                ..CheckOptions::on(today)
            };
            commands::check(&repository, &options)
        }
    }

    /// Takes what a check of the whole area has found.
    pub(super) fn take(&mut self, outcome: CheckOutcome) {
        self.found.clear();
        self.own.clear();
        for slug in outcome.protocols {
            self.found.insert(slug, Vec::new());
        }
        for finding in outcome.findings {
            match &finding.protocol {
                Some(slug) => self.found.entry(slug.clone()).or_default().push(finding),
                None => self.own.push(finding),
            }
        }
    }

    /// Every finding there is.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.found.values().flatten().chain(&self.own)
    }

    /// A file as it is now, with no number hidden in it.
    pub(super) fn file(&self, path: &str) -> Option<Arc<SourceFile>> {
        self.repository.read(path).ok()??.ok()
    }

    /// The names of skabeloner that can be chosen.
    pub(super) fn skabeloner(&self) -> Vec<String> {
        let listed = crate::site::skabeloner(Some(&self.repository));
        let listed = listed.unwrap_or_default().into_iter();
        listed.map(|one| one.name).collect()
    }
}

fn judging(today: Date) -> Judging {
    Judging {
        draft: false,
        today,
        printed_today: None,
    }
}

/// A text as it may be shown: personal numbers are hidden in what a finding says.
pub(super) fn shown(text: &str) -> String {
    check::masked(text).into_owned()
}
