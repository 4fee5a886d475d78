//! Which protocols are meant: slugs or paths on the command line to the folders of the repository.

use std::path::Path;

use anyhow::{Result, bail};
use unicode_normalization::UnicodeNormalization;

use crate::fs;
use crate::load::{CONFIG_FILE, Repository};
use crate::model::{Area, nearest};

/// The folder of protocols where `rusprot.toml` cannot be read; the check will say why.
const USUAL_FOLDER: &str = "protocols";

/// The slugs of the protocols that `arguments` name, in order and each once; none means all.
///
/// An argument is a slug, or a path in a protocol's folder seen from `current`. A path that holds all
/// protocols, such as the repository itself, means all of them.
///
/// # Errors
/// When an argument names no protocol; the nearest slug is suggested.
pub(super) fn resolve(
    arguments: &[impl AsRef<Path>],
    repository: &Repository,
    current: &Path,
) -> Result<Vec<String>> {
    if arguments.is_empty() {
        return Ok(Vec::new());
    }
    let folder = folder(repository)?;
    let slugs = repository.protocols(&folder)?;
    let folder = repository.root().join(folder);
    let folder = fs::real_path(&folder).unwrap_or(folder);
    let mut chosen = Vec::new();
    let mut all = false;
    for argument in arguments {
        match meant(argument.as_ref(), &slugs, &folder, current) {
            Some(Meant::One(slug)) => chosen.push(slug),
            Some(Meant::All) => all = true,
            None => bail!(unknown(&argument.as_ref().to_string_lossy(), &slugs)),
        }
    }
    if all {
        return Ok(Vec::new());
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// The slug of the one protocol that `argument` names, as [`resolve`] takes it.
///
/// # Errors
/// When it names no protocol, or a folder of all of them.
pub(super) fn one(argument: &Path, repository: &Repository, current: &Path) -> Result<String> {
    let mut slugs = resolve(&[argument], repository, current)?;
    match slugs.pop() {
        Some(slug) => Ok(slug),
        None => bail!(
            "»{}« er en mappe med alle protokoller. Skriv navnet på den ene, du mener.",
            argument.display()
        ),
    }
}

/// The folder of protocols that the area has chosen, relative to the root.
fn folder(repository: &Repository) -> Result<String> {
    let config = repository.read(CONFIG_FILE)?;
    Ok(match config {
        Some(Ok(file)) => Area::read(&file).0.protocol_folder,
        Some(Err(_)) | None => USUAL_FOLDER.to_owned(),
    })
}

enum Meant {
    One(String),
    All,
}

/// What an argument names; nothing if it names no protocol.
fn meant(argument: &Path, slugs: &[String], folder: &Path, current: &Path) -> Option<Meant> {
    if let Some(slug) = slugs.iter().find(|slug| is_slug(argument, slug)) {
        return Some(Meant::One(slug.clone()));
    }
    let path = fs::real_path(&current.join(argument))?;
    if folder.starts_with(&path) {
        return Some(Meant::All);
    }
    let inside = path.strip_prefix(folder).ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy();
    let slug = slugs.iter().find(|slug| **slug == first)?;
    Some(Meant::One(slug.clone()))
}

/// Whether an argument is this slug, however the file system composes æ, ø and å.
fn is_slug(argument: &Path, slug: &str) -> bool {
    let typed = argument.to_string_lossy();
    typed.nfc().eq(slug.nfc())
}

fn unknown(argument: &str, slugs: &[String]) -> String {
    let last = argument.trim_end_matches(['/', '\\']);
    let last = last.rsplit(['/', '\\']).next().unwrap_or(last);
    let names: Vec<&str> = slugs.iter().map(String::as_str).collect();
    let hint = match nearest(last, &names) {
        Some(near) => format!(" Mente du »{near}«?"),
        None if slugs.is_empty() => " Der er slet ingen protokoller endnu.".to_owned(),
        None => format!("\nProtokollerne her er {}.", slugs.join(", ")),
    };
    format!("der er ingen protokol, der hedder »{argument}«.{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository with two protocols in a folder of its own choice.
    fn repository() -> (tempfile::TempDir, Repository) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        for (path, text) in [
            ("rusprot.toml", "[mapper]\nprotokoller = \"huse\"\n"),
            ("huse/aaen/bilag/1-regler.toml", ""),
            ("huse/kranen/protokol.toml", ""),
            ("andet/fil.txt", ""),
        ] {
            let path = root.join(path);
            let parent = path.parent().expect("the path has a folder");
            fs::create_folder(parent).expect("a folder");
            fs::write(&path, text.as_bytes()).expect("a file");
        }
        let repository = Repository::find(root).expect("a repository");
        (folder, repository)
    }

    fn resolved(arguments: &[&str], stands_in: &str) -> Result<Vec<String>> {
        let (folder, repository) = repository();
        resolve(arguments, &repository, &folder.path().join(stands_in))
    }

    #[test]
    fn a_slug_and_a_path_name_a_protocol_wherever_the_user_stands() {
        for (argument, stands_in) in [
            ("kranen", ""),
            ("kranen", "huse/aaen"),
            ("huse/kranen", ""),
            ("huse/kranen/", ""),
            ("huse/kranen/protokol.toml", ""),
            ("../kranen", "huse/aaen"),
            (".", "huse/kranen"),
            ("protokol.toml", "huse/kranen"),
        ] {
            let slugs = resolved(&[argument], stands_in).expect(argument);
            assert_eq!(slugs, ["kranen"], "{argument} in {stands_in}");
        }
        let slugs = resolved(&["1-regler.toml"], "huse/aaen/bilag").expect("an appendix");
        assert_eq!(slugs, ["aaen"]);
    }

    #[test]
    fn protocols_come_in_order_and_once() {
        let slugs = resolved(&["kranen", "aaen", "huse/kranen"], "").expect("known");
        assert_eq!(slugs, ["aaen", "kranen"]);
    }

    #[test]
    fn no_argument_and_a_folder_that_holds_them_all_mean_all() {
        assert!(resolved(&[], "").expect("all").is_empty());
        assert!(resolved(&["."], "").expect("all").is_empty());
        assert!(resolved(&["kranen", "huse"], "").expect("all").is_empty());
    }

    #[test]
    fn an_unknown_name_is_met_with_the_nearest_or_with_all() {
        let error = |argument| resolved(&[argument], "").expect_err(argument).to_string();
        assert_eq!(
            error("Krannen"),
            "der er ingen protokol, der hedder »Krannen«. Mente du »kranen«?"
        );
        assert_eq!(
            error("andet/fil.txt"),
            "der er ingen protokol, der hedder »andet/fil.txt«.\nProtokollerne her er aaen, kranen."
        );
    }
}
