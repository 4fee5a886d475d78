//! The order of the files: none imports, by whatever way round, one that imports it.
//!
//! A path is followed to the file that defines its last name, through the modules that only hand it on; handing on
//! (`pub use`) is no import, and naming a module takes nothing from it yet. A file may use what the file of a module
//! around it declares: that is how Rust lets the files of one folder share what nobody else sees. So a folder's
//! `mod.rs` imports its files, and not they it; files beside each other, and folders, form no circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::repo::{files, read, without_tests};

/// Every module by its path: its file, its code without tests and comments, and what it hands on.
struct Sources {
    modules: BTreeMap<String, Module>,
}

struct Module {
    file: String,
    code: String,
    /// The names it hands on, with the paths they stand for.
    exports: BTreeMap<String, String>,
}

/// A module's path by its file's: `src/check/texts/law.rs` is `check::texts::law`.
fn module_path(file: &str) -> String {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.trim_end_matches("/mod");
    if path == "lib" {
        String::new()
    } else {
        path.replace('/', "::")
    }
}

/// The paths that a `use` names, those in braces each for itself.
fn expanded(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        return vec![tree.to_owned()];
    };
    let (head, inside) = (
        &tree[..open],
        &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())],
    );
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts
        .flat_map(expanded)
        .map(|part| match part.as_str() {
            "self" => head.trim_end_matches("::").to_owned(),
            part => match part.strip_prefix("self as ") {
                Some(name) => format!("{} as {name}", head.trim_end_matches("::")),
                None => format!("{head}{part}"),
            },
        })
        .collect()
}

/// The `use` items of some code: whether it is handed on, the path, and the name it has here.
fn uses(code: &str) -> Vec<(bool, String, String)> {
    let mut found = Vec::new();
    for item in code.split(';') {
        // An item begins on a line of its own, behind attributes and other items' ends.
        let Some(at) = item.rfind("use ") else {
            continue;
        };
        let before = item[..at]
            .rsplit(['\n', '}', ']'])
            .next()
            .unwrap_or_default()
            .trim();
        if !(before.is_empty() || before.starts_with("pub")) {
            continue;
        }
        for path in expanded(&item[at + "use ".len()..]) {
            let (path, name) = match path.split_once(" as ") {
                Some((path, name)) => (path.trim().to_owned(), name.trim().to_owned()),
                None => (
                    path.clone(),
                    path.rsplit("::").next().unwrap_or_default().to_owned(),
                ),
            };
            found.push((
                before.starts_with("pub"),
                path.replace(char::is_whitespace, ""),
                name,
            ));
        }
    }
    found
}

impl Sources {
    fn read() -> Self {
        let files = files("src", &[".rs"]).into_iter();
        Self::of(files.map(|file| {
            let source = read(&file);
            (file, source)
        }))
    }

    /// The modules of some files: path and source.
    fn of(sources: impl Iterator<Item = (String, String)>) -> Self {
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (file, source) in sources {
            let lines = without_tests(&source).lines();
            let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
            texts.insert(file, lines.map(|line| format!("{line}\n")).collect());
        }
        // Modules of tests import whom they test.
        let mut of_tests = BTreeSet::new();
        for (file, text) in &texts {
            for declared in text.split("#[cfg(test)]").skip(1) {
                let declared = declared.trim_start().trim_start_matches("pub ");
                let name = declared
                    .strip_prefix("mod ")
                    .and_then(|rest| rest.split(';').next());
                if let Some(name) = name.filter(|name| !name.contains(char::is_whitespace)) {
                    of_tests.insert(joined(&module_path(file), name));
                }
            }
        }
        let modules = texts.into_iter().map(|(file, code)| {
            let exports = uses(&code).into_iter();
            let exports = exports.filter(|(public, ..)| *public);
            let exports = exports.map(|(_, path, name)| (name, path)).collect();
            (
                module_path(&file),
                Module {
                    file,
                    code,
                    exports,
                },
            )
        });
        let modules = modules.filter(|(path, _)| path != "main" && !of_tests.contains(path));
        Self {
            modules: modules.collect(),
        }
    }

    /// The module that a path leads to from another, and the file with what it names; `None` outside.
    fn resolve(&self, from: &str, path: &str) -> Option<String> {
        let mut names = path.split("::").peekable();
        let mut at = match *names.peek()? {
            "crate" => {
                names.next();
                String::new()
            }
            "self" | "super" => from.to_owned(),
            first => {
                let child = joined(from, first);
                if !self.modules.contains_key(&child) {
                    return None;
                }
                from.to_owned()
            }
        };
        while let Some(name) = names.next() {
            match name {
                "self" => {}
                "super" => {
                    at = at
                        .rsplit_once("::")
                        .map_or("", |(above, _)| above)
                        .to_owned();
                }
                name => {
                    let child = joined(&at, name);
                    if self.modules.contains_key(&child) {
                        at = child;
                    } else if let Some(export) = self.modules.get(&at)?.exports.get(name) {
                        let rest: Vec<&str> = names.collect();
                        let whole = std::iter::once(export.as_str()).chain(rest);
                        return self.resolve(&at, &whole.collect::<Vec<_>>().join("::"));
                    } else {
                        return Some(at);
                    }
                }
            }
        }
        Some(at)
    }

    /// Whether a path names a module as such: nothing is taken from it yet.
    fn is_module(&self, from: &str, path: &str) -> bool {
        let mut at = match path.split("::").next() {
            Some("crate") => String::new(),
            _ => from.to_owned(),
        };
        for name in path.split("::") {
            match name {
                "crate" | "self" => {}
                "super" => {
                    at = at
                        .rsplit_once("::")
                        .map_or("", |(above, _)| above)
                        .to_owned();
                }
                name => {
                    at = joined(&at, name);
                    if !self.modules.contains_key(&at) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// The files that each file imports from.
    fn imports(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut imports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (path, module) in &self.modules {
            let mut named: BTreeMap<String, String> = BTreeMap::new();
            let own = imports.entry(&module.file).or_default();
            for (public, used, name) in uses(&module.code) {
                // What is handed on is imported by whoever takes it.
                let Some(target) = self.resolve(path, &used).filter(|_| !public) else {
                    continue;
                };
                if !self.is_module(path, &used) {
                    own.insert(&self.modules[&target].file);
                }
                named.insert(name, used);
            }
            for written in paths(&module.code) {
                let (first, rest) = written.split_once("::").unwrap_or((&written, ""));
                let whole = match named.get(first) {
                    Some(used) => format!("{used}::{rest}"),
                    None => written.clone(),
                };
                if let Some(target) = self.resolve(path, &whole) {
                    own.insert(&self.modules[&target].file);
                }
            }
            own.remove(module.file.as_str());
            // What stands above it declares what the files below share.
            let above = |other: &str| {
                let other = module_path(other);
                other.is_empty() || path.starts_with(&format!("{other}::"))
            };
            own.retain(|other| !above(other));
        }
        imports
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}::{name}")
    }
}

/// Every path of two names or more in some code.
fn paths(code: &str) -> BTreeSet<String> {
    let in_path = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    let written = code.split(|c: char| !in_path(c));
    let written = written.map(|path| path.trim_end_matches(':'));
    written
        .filter(|path| path.contains("::") && !path.starts_with(':'))
        .map(str::to_owned)
        .collect()
}

/// The circles: sets of files each of which leads to every other one.
fn circles<'f>(imports: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> Vec<BTreeSet<&'f str>> {
    let reached = |from: &'f str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            for other in imports.get(file).into_iter().flatten() {
                if reached.insert(*other) {
                    open.push(other);
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (*file, reached(file))).collect();
    let mut found = Vec::new();
    for (file, others) in &reached {
        let back = others
            .iter()
            .filter(|other| reached.get(*other).is_some_and(|back| back.contains(file)));
        let circle: BTreeSet<&str> = back.copied().collect();
        if !circle.is_empty() && !found.contains(&circle) {
            found.push(circle);
        }
    }
    found
}

#[test]
fn a_path_is_followed_to_the_file_that_defines_its_last_name() {
    let sources = Sources::read();
    let file = |from: &str, path: &str| {
        let module = sources.resolve(from, path).expect("a path of ours");
        sources.modules[&module].file.clone()
    };
    let context = "src/check/context.rs";
    assert_eq!(
        file("check::rules::lix", "crate::check::context::Context"),
        context
    );
    assert_eq!(
        file("commands::check", "crate::site::Work"),
        "src/site/work.rs"
    );
    assert_eq!(
        file("check::run", "super::rules::lix::check"),
        "src/check/rules/lix.rs"
    );
    assert_eq!(sources.resolve("check", "std::sync::Arc"), None);
}

/// The circles of made files: name and source.
fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let files = files.iter();
    let sources =
        Sources::of(files.map(|(file, source)| (format!("src/{file}"), (*source).to_owned())));
    let imports = sources.imports();
    let found = circles(&imports).into_iter();
    found
        .map(|circle| circle.into_iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_planted_circle_is_found_also_through_a_module_that_hands_on() {
    let head = ("a/mod.rs", "mod one;\nmod two;\npub use one::One;\n");
    let two = ("a/two.rs", "use super::One;\npub struct Two;\n");
    let round = [
        head,
        ("a/one.rs", "use super::two::Two;\npub struct One;\n"),
        two,
    ];
    assert_eq!(circles_of(&round), [["src/a/one.rs", "src/a/two.rs"]]);
    let inline = [
        head,
        ("a/one.rs", "pub fn one() {\n    super::two::two();\n}\n"),
        two,
    ];
    assert_eq!(circles_of(&inline).len(), 1);
    let one_way = [head, ("a/one.rs", "pub struct One;\n"), two];
    assert_eq!(circles_of(&one_way), [[""; 0]; 0]);
}

#[test]
fn folders_form_a_circle_and_a_folder_with_what_it_shares_forms_none() {
    let a = ("a/mod.rs", "mod one;\nuse one::One;\npub struct Shared;\n");
    let shares = [a, ("a/one.rs", "use super::Shared;\npub struct One;\n")];
    assert_eq!(circles_of(&shares), [[""; 0]; 0]);
    let b = ("b.rs", "use crate::a::Shared;\npub struct B;\n");
    let round = [a, ("a/one.rs", "use crate::b::B;\npub struct One;\n"), b];
    assert_eq!(circles_of(&round).len(), 1);
}

#[test]
fn the_files_form_no_circle() {
    let sources = Sources::read();
    let imports = sources.imports();
    assert!(imports.len() > 200, "{}", imports.len());
    let found = circles(&imports).into_iter();
    let found: Vec<String> = found
        .flat_map(|circle| {
            let line = |file: &&str| {
                let others: Vec<&str> = imports[*file].intersection(&circle).copied().collect();
                format!("{file} → {}", others.join(" "))
            };
            circle.iter().map(line).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, [""; 0]);
}
