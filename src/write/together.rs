//! Several files that belong together: all of them are written, or none.
//!
//! Every new file is on the disk under another name before the first takes its place, so what can fail has failed
//! by then. Where one cannot take its place all the same, those before it are put back. A program that is killed
//! between two renames leaves some of each; whoever writes such files has a list of them, which comes last.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::fs::{self, Neighbour};
use crate::text::visible::shown_path;

/// What becomes of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it lies.
    pub target: PathBuf,
    /// What it holds now; none where there is none.
    pub before: Option<Vec<u8>>,
    /// What it is to hold; none where it goes away.
    pub after: Option<Vec<u8>>,
}

/// Makes these changes in their order, which must be of different files. Folders are made, and those that have
/// become empty below `base` go.
///
/// # Errors
/// Where a file is another by now than it was, lies behind a link, or the disk fails; every file is then as it was.
pub fn together(base: &Path, changes: &[Change]) -> Result<()> {
    for change in changes {
        refuse_links(base, &change.target)?;
    }
    let mut made = Vec::new();
    let staged = stage(changes, &mut made);
    let done = staged.and_then(|staged| commit(changes, staged));
    if done.is_err() {
        // The innermost first.
        made.iter()
            .rev()
            .for_each(|folder| fs::remove_empty_folder(folder));
        return done;
    }
    for change in changes.iter().filter(|change| change.after.is_none()) {
        let folders = change.target.ancestors().skip(1);
        let below = folders.take_while(|folder| *folder != base && folder.starts_with(base));
        below.for_each(fs::remove_empty_folder);
    }
    done
}

/// Nothing is written through a link below the base.
fn refuse_links(base: &Path, target: &Path) -> Result<()> {
    let ways = target.ancestors().take_while(|way| *way != base);
    for way in ways.filter(|way| way.starts_with(base)) {
        if fs::is_link(way) {
            bail!(
                "{} er en genvej, og der bliver ikke skrevet noget gennem den. Intet er ændret.",
                shown_path(way)
            );
        }
    }
    Ok(())
}

/// Puts every new file on the disk beside the place it is to take; `made` gets the folders that came with it.
fn stage(changes: &[Change], made: &mut Vec<PathBuf>) -> Result<Vec<Option<Neighbour>>> {
    let one = |change: &Change, made: &mut Vec<PathBuf>| -> Result<Option<Neighbour>> {
        let Some(after) = &change.after else {
            return Ok(None);
        };
        let folder = change.target.parent().unwrap_or(Path::new(""));
        let missing = folder.ancestors();
        let missing = missing.take_while(|folder| {
            !folder.as_os_str().is_empty() && fs::own_metadata(folder).is_none()
        });
        let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        fs::create_folder(folder)?;
        made.extend(missing.into_iter().rev());
        fs::sweep(folder);
        let neighbour = Neighbour::with(folder, after)?;
        neighbour.take_permissions(&change.target);
        neighbour.sync()?;
        Ok(Some(neighbour))
    };
    let staged = changes.iter().map(|change| {
        one(change, made)
            .with_context(|| format!("kan ikke skrive filen {}", shown_path(&change.target)))
    });
    staged.collect()
}

fn commit(changes: &[Change], staged: Vec<Option<Neighbour>>) -> Result<()> {
    for change in changes {
        if fs::read_if_there(&change.target)? != change.before {
            bail!(
                "filen {} er ændret, mens kommandoen kørte. Intet er skrevet. Kør kommandoen igen.",
                shown_path(&change.target)
            );
        }
    }
    for (index, (change, neighbour)) in changes.iter().zip(staged).enumerate() {
        let done = match neighbour {
            Some(neighbour) => neighbour
                .replace(&change.target)
                .with_context(|| format!("kan ikke skrive filen {}", shown_path(&change.target))),
            None => fs::remove_file(&change.target),
        };
        if let Err(error) = done {
            put_back(&changes[..index])?;
            return Err(error);
        }
    }
    for change in changes {
        fs::sync_folder(change.target.parent().unwrap_or(Path::new("")));
    }
    Ok(())
}

/// Makes some changes undone, the last first.
fn put_back(changes: &[Change]) -> Result<()> {
    for change in changes.iter().rev() {
        match &change.before {
            None => fs::remove_file(&change.target)?,
            Some(before) => {
                let folder = change.target.parent().unwrap_or(Path::new(""));
                let neighbour = Neighbour::with(folder, before)?;
                neighbour.take_permissions(&change.target);
                neighbour.replace(&change.target)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::fs::trouble::{Trouble, after};

    /// Every file by its path.
    fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut open = vec![folder.to_owned()];
        let mut files = BTreeMap::new();
        while let Some(folder) = open.pop() {
            for entry in fs::list(&folder).expect("a folder") {
                if entry.is_dir {
                    open.push(entry.path);
                } else {
                    let bytes = fs::read(&entry.path).expect("a file");
                    files.insert(entry.path, bytes);
                }
            }
        }
        files
    }

    fn changes(folder: &Path) -> Vec<Change> {
        let change = |path: &str, before: Option<&str>, after: Option<&str>| Change {
            target: folder.join(path),
            before: before.map(|text| text.as_bytes().to_vec()),
            after: after.map(|text| text.as_bytes().to_vec()),
        };
        vec![
            change("a/skabelon.toml", Some("en"), Some("to")),
            change("a/html/x.html", None, Some("ny")),
            change("a/md/gammel.md", Some("væk"), None),
            change("rusprot.lock", None, Some("lås")),
        ]
    }

    fn begun() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_folder(&folder.path().join("a/md")).expect("room");
        fs::write(&folder.path().join("a/skabelon.toml"), b"en").expect("room");
        fs::write(&folder.path().join("a/md/gammel.md"), "væk".as_bytes()).expect("room");
        folder
    }

    #[test]
    fn all_is_written_or_nothing_wherever_the_disk_is_full() {
        for step in 0.. {
            let folder = begun();
            let before = tree(folder.path());
            let (done, _) = after(step, Trouble::Full, || {
                together(folder.path(), &changes(folder.path()))
            });
            if done.is_ok() {
                assert_eq!(tree(folder.path()).len(), 3);
                assert!(!folder.path().join("a/md").exists());
                assert!(step > 8, "every change of the disk was tried");
                return;
            }
            assert_eq!(tree(folder.path()), before, "at change {step}");
            assert!(!folder.path().join("a/html").exists(), "at change {step}");
        }
    }

    #[test]
    fn what_somebody_has_saved_meanwhile_stops_all_of_it() {
        let folder = begun();
        fs::write(&folder.path().join("a/md/gammel.md"), b"ny").expect("room");
        let before = tree(folder.path());
        let error = together(folder.path(), &changes(folder.path())).expect_err("it is another");
        assert!(error.to_string().contains("Intet er skrevet"), "{error}");
        assert_eq!(tree(folder.path()), before);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let folder = begun();
        let elsewhere = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("a/html");
        std::os::unix::fs::symlink(elsewhere.path(), link).expect("a link");
        let error = together(folder.path(), &changes(folder.path())).expect_err("a link");
        assert!(error.to_string().contains("genvej"), "{error}");
        assert_eq!(fs::list(elsewhere.path()).expect("a folder").len(), 0);
    }
}
