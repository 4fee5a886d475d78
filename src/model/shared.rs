//! `[skabeloner.<name>]` in `rusprot.toml`: skabeloner that several repositories share, each with where it comes
//! from; `samling.toml`: repositories that are looked at together; and `rusprot`, the versions of the program that a
//! repository is written for.
//!
//! What is fetched from there, and whether the copy that lies here is what was fetched, is not asked here.

use std::sync::Arc;

use semver::{Version, VersionReq};
use serde_json::{Value, json};

use super::inside::{FolderPath, inside};
use super::kind::{Kind, Told};
use super::shape::{Keys, Line, Shape};
use super::table::{kind, kind_and};
use super::takes::{Seen, line, tables_of};
use super::variables::Variables;
use crate::diag::Finding;
use crate::load;
use crate::text::{SourceFile, Span, Spanned};

/// A skabelon that is a copy of somebody else's.
#[derive(Clone, Debug)]
pub struct SharedSkabelon {
    /// Its name here: that of its folder.
    pub name: Spanned<String>,
    /// Where it comes from.
    pub from: SharedFrom,
    /// The tag, branch or commit; without one the newest of the other repository's own branch.
    pub rev: Option<Line>,
    /// Its folder there, with `/`.
    pub folder: String,
}

/// Where a shared skabelon comes from.
#[derive(Clone, Debug)]
pub enum SharedFrom {
    /// A repository of git, by its address.
    Git(Line),
    /// A folder of this machine, seen from `rusprot.toml`.
    Path(Line),
}

impl SharedFrom {
    /// The address or the path.
    pub fn text(&self) -> &str {
        match self {
            Self::Git(line) | Self::Path(line) => &line.text,
        }
    }

    /// The key it is written under.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Git(_) => "git",
            Self::Path(_) => "sti",
        }
    }
}

/// A name that is one folder on every system, as a regular expression of JSON Schema.
pub(super) const SKABELON_NAME: &str = r"^[\p{Alphabetic}\p{N}_-]*$";

pub(super) static SHARED: Kind = kind_and! {
    "en skabelon i rusprot.toml", "En skabelon, som er en kopi af andres.";
    "git" as Address, "Adressen på det arkiv i git, som skabelonen ligger i.";
    "sti" as Path, "I stedet for `git`: en mappe på denne maskine, set fra rusprot.toml.";
    "rev" as line(Seen::Not), "Mærket, grenen eller ændringen i git. Uden nøglen er det den nyeste.";
    "mappe" as FolderPath, "Mappen i arkivet. Uden nøglen hedder den det samme som skabelonen.";
    => one_of_two, rev_of_git
};

/// One of `git` and `sti`, and not both.
fn one_of_two() -> Value {
    json!({ "oneOf": [{ "required": ["git"] }, { "required": ["sti"] }] })
}

/// `rev` is a matter of git.
fn rev_of_git() -> Value {
    json!({ "not": { "required": ["sti", "rev"] } })
}

/// An address of git: no option of a command and no program to start.
#[derive(Clone, Copy, Debug)]
struct Address;

impl Told for Address {
    fn noun(&self) -> String {
        "en adresse".to_owned()
    }

    fn schema(&self) -> Value {
        json!({
            "type": "string",
            "pattern": r"^[ \t\n\r]*[^- \t\n\r]",
            "not": { "pattern": r"^[ \t\n\r]*[A-Za-z0-9_-]+::" },
        })
    }
}

fn is_address(text: &str) -> bool {
    let helper = text.split_once("::").map_or("", |(helper, _)| helper);
    let names_a_program = !helper.is_empty()
        && helper
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    !text.starts_with('-') && !names_a_program
}

/// A path with a word in it.
#[derive(Clone, Copy, Debug)]
struct Path;

impl Told for Path {
    fn noun(&self) -> String {
        "en sti".to_owned()
    }

    fn schema(&self) -> Value {
        line(Seen::Not).filled_schema()
    }
}

/// `[skabeloner]` of `rusprot.toml`, in the order of the file. One that cannot be understood is a finding and left
/// out.
pub(super) fn read_shared(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<SharedSkabelon> {
    let Some(table) = shape.open_table(keys, "skabeloner") else {
        return Vec::new();
    };
    let mut shared = Vec::new();
    for (name, value) in table.entries() {
        let Some(keys) = shape.as_table(name.value, value, &SHARED) else {
            continue;
        };
        let name = Spanned::new(name.value.to_owned(), name.span);
        let named = is_name(shape, &name);
        let from = read_from(shape, &keys, &name);
        let rev = shape.line(&keys, "rev");
        let folder = read_folder(shape, &keys, &name.value);
        if let (true, Some(from), Some(folder)) = (named, from, folder) {
            shared.push(SharedSkabelon {
                name,
                from,
                rev,
                folder,
            });
        }
    }
    shared
}

fn is_name(shape: &mut Shape<'_>, name: &Spanned<String>) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let named = name.value.chars().all(fits);
    if !named {
        shape.wrong_type(
            name.span,
            format!("»{}« kan ikke være navnet på en skabelon.", name.value),
            "Brug kun bogstaver, tal, bindestreg og _.".to_owned(),
        );
    }
    named && !name.value.is_empty()
}

fn read_from(shape: &mut Shape<'_>, keys: &Keys<'_>, name: &Spanned<String>) -> Option<SharedFrom> {
    let wrong = |shape: &mut Shape<'_>, message: &str, help: &str| {
        shape.wrong_type(name.span, message.to_owned(), help.to_owned());
        None
    };
    match (keys.has("git"), keys.has("sti")) {
        (false, false) => {
            shape.missing_key(keys, "git");
            None
        }
        (true, true) => wrong(
            shape,
            &format!(
                "Skabelonen »{}« har både »git« og »sti«, og den kan kun komme ét sted fra.",
                name.value
            ),
            "Slet den ene linje.",
        ),
        (true, false) => {
            let line = shape.required_line(keys, "git")?;
            if is_address(&line.text) {
                return Some(SharedFrom::Git(line));
            }
            shape.wrong_type(
                line.span,
                format!("»{}« er ikke en adresse i git.", line.text),
                "Skriv adressen, som I selv ville hente arkivet fra: git = \"https://…/skabeloner.git\""
                    .to_owned(),
            );
            None
        }
        (false, true) if keys.has("rev") => {
            shape.required_line(keys, "sti");
            wrong(
                shape,
                "»rev« hører til »git«, og skabelonen her kommer fra en mappe.",
                "Slet linjen med rev, eller skriv git i stedet for sti.",
            )
        }
        (false, true) => shape.required_line(keys, "sti").map(SharedFrom::Path),
    }
}

/// The folder there; `None` for one that is no folder inside a repository.
fn read_folder(shape: &mut Shape<'_>, keys: &Keys<'_>, name: &str) -> Option<String> {
    let Some(line) = shape.line(keys, "mappe") else {
        return Some(name.to_owned());
    };
    let of_git = |path: &str| path.to_lowercase().split('/').any(|part| part == ".git");
    let folder = inside(&line.text).filter(|path| !of_git(path));
    if folder.is_none() {
        shape.wrong_type(
            line.span,
            format!("»{}« er ikke en mappe i arkivet.", line.text),
            format!("Skriv stien fra arkivets øverste mappe: mappe = \"{name}\""),
        );
    }
    folder
}

/// A repository that `samling.toml` lists.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Where it is.
    pub from: SharedFrom,
    /// The tag, branch or commit; without one the newest.
    pub rev: Option<Line>,
    /// The folder of `rusprot.toml` there, with `/`; empty for the top.
    pub folder: String,
}

/// `samling.toml`: repositories that are looked at together.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// What they are together.
    pub name: Option<Line>,
    /// The repositories, in the order of the file.
    pub members: Vec<Listed>,
}

pub(super) static COLLECTION: Kind = kind! {
    "samling.toml", "De arkiver, der bliver vist sammen.";
    "navn" as line(Seen::Not), "Det, de er sammen, for eksempel områdets navn.";
    "arkiv" as tables_of(&LISTED), "Arkiverne, ét for hvert.";
};
static LISTED: Kind = kind_and! {
    "et arkiv i samling.toml", "Et arkiv med protokoller.";
    "git" as Address, "Adressen på arkivet i git.";
    "sti" as Path, "I stedet for `git`: arkivets mappe på denne maskine, set fra samling.toml.";
    "rev" as line(Seen::Not), "Mærket, grenen eller ændringen i git. Uden nøglen er det den nyeste.";
    "mappe" as FolderPath, "Mappen med rusprot.toml, når den ikke ligger øverst.";
    => one_of_two, rev_of_git
};

impl Collection {
    /// Reads a `samling.toml`. One that cannot be understood is a finding and left out.
    pub fn read(file: &Arc<SourceFile>) -> (Self, Vec<Finding>) {
        let (table, syntax) = load::parse(file);
        let no_variables = Variables::default();
        let mut shape = Shape::new(file, &no_variables);
        let keys = shape.root(&table, &COLLECTION);
        let mut collection = Self {
            name: shape.line(&keys, "navn"),
            members: Vec::new(),
        };
        for keys in shape.tables(&keys, "arkiv", &LISTED) {
            let here = Spanned::new("arkiv".to_owned(), keys.span);
            let from = read_from(&mut shape, &keys, &here);
            let rev = shape.line(&keys, "rev");
            let folder = read_folder(&mut shape, &keys, "");
            if let (Some(from), Some(folder)) = (from, folder) {
                collection.members.push(Listed { from, rev, folder });
            }
        }
        let findings = if syntax.is_empty() {
            shape.findings
        } else {
            syntax
        };
        (collection, findings)
    }
}

/// Versions of the program, such as `>= 0.2, < 1`.
#[derive(Clone, Copy, Debug)]
pub(super) struct VersionWish;

impl Told for VersionWish {
    fn noun(&self) -> String {
        "en eller flere udgaver".to_owned()
    }

    fn schema(&self) -> Value {
        let number = "(0|[1-9][0-9]{0,4})";
        let one = format!(r"(>=|<=|>|<|=|\^|~)? *{number}(\.{number}(\.{number})?)?");
        let blank = r"[ \t\n\r]*";
        json!({ "type": "string", "pattern": format!("^{blank}({one}( *, *{one})*)?{blank}$") })
    }
}

/// `rusprot`: which versions are to be used.
pub(super) fn read_version(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Spanned<VersionReq>> {
    let line = shape.line(keys, "rusprot")?;
    let wish = parse_version(&line.text);
    if wish.is_none() {
        shape.wrong_type(
            line.span,
            format!("»{}« er ikke en udgave af rusprot.", line.text),
            "Skriv et tal med et tegn foran: rusprot = \">= 0.1\"".to_owned(),
        );
    }
    wish.map(|wish| Spanned::new(wish, Span::new(line.span.start, line.span.end)))
}

/// The version of this program.
pub fn this_version() -> Version {
    Version::parse(env!("CARGO_PKG_VERSION")).expect("cargo takes no other version")
}

/// Reads a wish; of what the crate takes, numbers with a sign before them, as the schema says.
fn parse_version(text: &str) -> Option<VersionReq> {
    let is_number = |part: &str| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits && (1..=5).contains(&part.len()) && (part == "0" || !part.starts_with('0'))
    };
    let is_wish = |one: &str| {
        let one = one.trim_matches(' ');
        let signs = [">=", "<=", ">", "<", "=", "^", "~"];
        let sign = signs.iter().find_map(|sign| one.strip_prefix(sign));
        let parts: Vec<&str> = sign
            .unwrap_or(one)
            .trim_start_matches(' ')
            .split('.')
            .collect();
        parts.len() <= 3 && parts.iter().all(|part| is_number(part))
    };
    text.split(',')
        .all(is_wish)
        .then(|| VersionReq::parse(text).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_starts_no_program_and_is_no_option() {
        for address in [
            "https://git.example/a.git",
            "git@git.example:a/b.git",
            "../skabeloner.git",
            "file:///srv/a",
            "[::1]:a.git",
        ] {
            assert!(is_address(address), "{address}");
        }
        for address in ["--upload-pack=x", "ext::sh -c x", "fd::3", "-c"] {
            assert!(!is_address(address), "{address}");
        }
    }

    #[test]
    fn a_wish_for_a_version_is_numbers_with_signs() {
        let wish = parse_version(">= 0.2, < 1").expect("a wish");
        assert!(wish.matches(&Version::new(0, 2, 0)));
        assert!(!wish.matches(&Version::new(1, 0, 0)));
        for wrong in ["", "nyeste", ">= 0.2.x", "0.02", "1.2.3.4", ">=", "1 2"] {
            assert!(parse_version(wrong).is_none(), "{wrong}");
        }
    }
}
