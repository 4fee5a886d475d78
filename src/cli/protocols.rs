//! Which protocols are meant: slugs or paths on the command line to the folders of the repository.

use std::path::Path;

use anyhow::{Result, bail};
use unicode_normalization::UnicodeNormalization;

use crate::fs;
use crate::load::{CONFIG_FILE, Repository};
use crate::model::{Area, Institution, fold, nearest};
use crate::text::visible::one_line;

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
    let own_folder = folder(repository)?;
    let slugs = repository.protocols(&own_folder)?;
    let folder = repository.root().join(&own_folder);
    let folder = fs::real_path(&folder).unwrap_or(folder);
    let mut chosen = Vec::new();
    let mut all = false;
    for argument in arguments {
        let argument = argument.as_ref();
        match meant(argument, &slugs, &folder, current) {
            Some(Meant::One(slug)) => chosen.push(slug),
            Some(Meant::All) => all = true,
            None => chosen.push(by_name(argument, repository, &own_folder, &slugs)?),
        }
    }
    if all {
        return Ok(Vec::new());
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// The slug of a protocol of the repository that `current` lies in, for an example; none outside
/// of one.
pub(super) fn at_hand(current: Option<&Path>) -> Option<String> {
    let repository = Repository::find(current?).ok()?;
    let slugs = repository.protocols(&folder(&repository).ok()?).ok()?;
    let is_plain = |slug: &String| {
        slug.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    slugs.into_iter().find(is_plain)
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

/// Whether an argument is this slug, with a slash behind it or without, however the file system composes æ, ø and å.
fn is_slug(argument: &Path, slug: &str) -> bool {
    let typed = argument.to_string_lossy();
    typed.trim_end_matches(['/', '\\']).nfc().eq(slug.nfc())
}

/// The protocol of the institution that is called so, by its name or its short name.
fn by_name(
    argument: &Path,
    repository: &Repository,
    folder: &str,
    slugs: &[String],
) -> Result<String> {
    let typed = argument.to_string_lossy();
    let wanted = fold(&typed);
    let mut named = Vec::with_capacity(slugs.len());
    let mut found = Vec::new();
    for slug in slugs {
        let main = repository.read_main(folder, slug)?;
        let names = main
            .and_then(Result::ok)
            .map(|file| Institution::in_file(&file));
        let names = names.unwrap_or_default();
        let short = names.short_name.map(|line| line.text).unwrap_or_default();
        if [&names.name.text, &short]
            .iter()
            .any(|name| !name.is_empty() && fold(name) == wanted)
        {
            found.push(slug.as_str());
        }
        named.push((slug.as_str(), names.name.text));
    }
    match found.as_slice() {
        [only] => Ok((*only).to_owned()),
        [] => bail!(unknown(&typed, &named)),
        several => bail!(
            "der er flere, der hedder »{typed}«: {}. Skriv mappens navn.",
            several.join(", ")
        ),
    }
}

/// A protocol's folder, and whose it is.
fn shown((slug, name): &(&str, String)) -> String {
    if name.is_empty() {
        (*slug).to_owned()
    } else {
        format!("{slug} ({name})")
    }
}

fn unknown(argument: &str, named: &[(&str, String)]) -> String {
    let last = argument.trim_end_matches(['/', '\\']);
    let last = last.rsplit(['/', '\\']).next().unwrap_or(last);
    let slugs: Vec<&str> = named.iter().map(|(slug, _)| *slug).collect();
    let names: Vec<&str> = named.iter().map(|(_, name)| name.as_str()).collect();
    let near = nearest(last, &slugs).or_else(|| nearest(last, &names));
    let near = near.and_then(|near| {
        named
            .iter()
            .find(|(slug, name)| *slug == near || name == near)
    });
    let hint = match near {
        Some((slug, _)) => format!(" Mente du »{slug}«?"),
        None if named.is_empty() => " Der er slet ingen protokoller endnu.".to_owned(),
        None => {
            let all: Vec<String> = named.iter().map(shown).collect();
            format!("\nProtokollerne her er {}.", all.join(", "))
        }
    };
    format!(
        "der er ingen protokol, der hedder »{}«.{hint}",
        one_line(argument)
    )
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
            (
                "huse/kranen/protokol.toml",
                "[institution]\nnavn = 'Bostedet Kranen'\nkortnavn = 'Kran'\n",
            ),
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
            ("kranen/", ""),
            ("bostedet kranen", ""),
            ("Kran", "andet"),
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
            "der er ingen protokol, der hedder »andet/fil.txt«.\nProtokollerne her er aaen, kranen (Bostedet Kranen)."
        );
    }
}
