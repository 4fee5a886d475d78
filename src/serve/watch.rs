//! What has changed among the files, seen by looking again and again: it works on every file system, on network
//! drives and for every way an editor saves.
//!
//! No file is read for it: when, how long and which file it is tells enough.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::commands::Changed;
use crate::fs::{self, Mark};
use crate::load::{CONFIG_FILE, PROTOCOL_FILE, Repository};
use crate::model::Area;

/// How deep files lie below the folder of protocols or of skabeloner.
const DEPTH: usize = 4;

/// The folders that are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Places {
    protocols: PathBuf,
    skabeloner: PathBuf,
}

/// The files as they were when somebody last looked.
#[derive(Debug)]
pub(super) struct Watch {
    root: PathBuf,
    places: Places,
    seen: BTreeMap<PathBuf, Mark>,
}

impl Watch {
    /// Looks for the first time.
    pub(super) fn begin(repository: &Repository) -> Self {
        let mut watch = Self {
            root: repository.root().to_owned(),
            places: places(repository),
            seen: BTreeMap::new(),
        };
        watch.seen = watch.look();
        watch
    }

    fn look(&self) -> BTreeMap<PathBuf, Mark> {
        let mut seen = BTreeMap::new();
        let config = self.root.join(CONFIG_FILE);
        seen.extend(fs::mark(&config).map(|mark| (config, mark)));
        fs::marks(&self.places.protocols, DEPTH, &mut seen);
        fs::marks(&self.places.skabeloner, DEPTH, &mut seen);
        seen
    }

    /// What has changed in some protocols since the last look; `None` where nothing has. It costs those alone, however
    /// many there are.
    pub(super) fn changed_in(&mut self, slugs: &BTreeSet<String>) -> Option<Changed> {
        let mut changed = Changed::default();
        let mut any = false;
        for slug in slugs {
            let folder = self.places.protocols.join(slug);
            let mut now = BTreeMap::new();
            fs::marks(&folder, DEPTH - 1, &mut now);
            let seen = self.seen.range(folder.clone()..);
            let seen = seen.take_while(|(path, _)| path.starts_with(&folder));
            let seen: BTreeMap<PathBuf, Mark> =
                seen.map(|(path, mark)| (path.clone(), *mark)).collect();
            if now != seen {
                any = true;
                self.note_all(&seen, &now, &mut changed);
                for path in seen.keys() {
                    self.seen.remove(path);
                }
                self.seen.extend(now);
            }
        }
        any.then_some(changed)
    }

    /// What has changed since the last look; `None` where nothing has.
    pub(super) fn changed(&mut self, repository: &Repository) -> Option<Changed> {
        let now = self.look();
        if now == self.seen {
            return None;
        }
        let mut changed = Changed::default();
        self.note_all(&self.seen, &now, &mut changed);
        self.seen = now;
        if changed.ground {
            let places = places(repository);
            if places != self.places {
                self.places = places;
                self.seen = self.look();
            }
        }
        Some(changed)
    }

    /// Notes what all files have to do with that came, went or are others now.
    fn note_all(
        &self,
        before: &BTreeMap<PathBuf, Mark>,
        now: &BTreeMap<PathBuf, Mark>,
        changed: &mut Changed,
    ) {
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        let new = now.iter();
        let new = new.filter(|(path, mark)| before.get(*path) != Some(mark));
        for path in gone.chain(new.map(|(path, _)| path)) {
            self.note(path, changed);
        }
    }

    /// Notes what a file has to do with.
    fn note(&self, path: &Path, changed: &mut Changed) {
        let below = path.strip_prefix(&self.places.protocols).ok();
        let mut parts = below.into_iter().flat_map(Path::components);
        let slug = parts.next().map(|part| part.as_os_str().to_string_lossy());
        match (slug, parts.next()) {
            (Some(slug), Some(inside)) => {
                changed.names |= inside.as_os_str() == PROTOCOL_FILE;
                changed.slugs.insert(slug.into_owned());
            }
            // A file beside the protocols is no part of any.
            (Some(_), None) => {}
            (None, _) => changed.ground = true,
        }
    }
}

fn places(repository: &Repository) -> Places {
    let config = repository.read(CONFIG_FILE).ok().flatten();
    let config = config
        .and_then(Result::ok)
        .unwrap_or_else(|| std::sync::Arc::new(crate::text::SourceFile::new(CONFIG_FILE, "")));
    let area = Area::read(&config).0;
    Places {
        protocols: repository.root().join(&area.protocol_folder),
        skabeloner: repository.root().join(&area.skabelon_folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_by_what_it_has_to_do_with() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_folder(path.parent().expect("it lies in a folder")).expect("room");
            fs::write(&path, text.as_bytes()).expect("room");
        };
        write("rusprot.toml", "");
        write("protocols/a/protokol.toml", "");
        write("protocols/b/bilag/1-x.toml", "");
        let repository = Repository::find(folder.path()).expect("it has a rusprot.toml");
        let mut watch = Watch::begin(&repository);
        assert!(watch.changed(&repository).is_none());

        write("protocols/b/bilag/1-x.toml", "overskrift = 'x'");
        let changed = watch.changed(&repository).expect("a file is longer");
        assert_eq!(changed.slugs.iter().collect::<Vec<_>>(), ["b"]);
        assert!(!changed.ground && !changed.names);
        assert!(watch.changed(&repository).is_none());

        write("protocols/a/protokol.toml", "titel = 'x'");
        let changed = watch.changed(&repository).expect("a file is longer");
        assert!(changed.names && changed.slugs.contains("a"));

        write("protocols/b/bilag/2-y.toml", "");
        write("protocols/a/01-x.toml", "");
        let slugs = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect();
        let changed = watch
            .changed_in(&slugs(&["b", "c"]))
            .expect("a file is new");
        assert_eq!(changed.slugs.iter().collect::<Vec<_>>(), ["b"]);
        assert!(watch.changed_in(&slugs(&["b", "c"])).is_none());
        let changed = watch.changed(&repository).expect("the other is new");
        assert_eq!(changed.slugs.iter().collect::<Vec<_>>(), ["a"]);
        fs::remove_file(&folder.path().join("protocols/b/bilag/2-y.toml")).expect("it is there");
        assert!(watch.changed_in(&slugs(&["b"])).is_some());
        assert!(watch.changed(&repository).is_none());

        write("templates/s/skabelon.toml", "");
        assert!(
            watch
                .changed(&repository)
                .is_some_and(|changed| changed.ground)
        );

        fs::remove_file(&folder.path().join("protocols/a/protokol.toml")).expect("it is there");
        assert!(
            watch
                .changed(&repository)
                .is_some_and(|changed| changed.slugs.contains("a"))
        );
    }
}
