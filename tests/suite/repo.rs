//! The project itself: the order of its modules, its lists, its documents, and what no file may hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rusprot::diag::Code;

use crate::support::folders;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder of the project with one of these endings, as a path from its root.
pub fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("a folder of the project") {
            let entry = entry.expect("an entry of the folder");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(path);
                continue;
            }
            let path = path.to_str().expect("names are Unicode").replace('\\', "/");
            if endings.iter().any(|ending| path.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    found
}

/// What this project is made of: everything but what a build or git has put beside it.
fn everything() -> Vec<String> {
    let mut paths = Vec::new();
    for folder in folders(".") {
        if ![".git", "target", "dist"].contains(&folder.as_str()) {
            let own = files(&folder, &[""]);
            paths.extend(own.into_iter().filter(|path| !path.contains("/dist/")));
        }
    }
    for entry in fs::read_dir(root()).expect("the project") {
        let entry = entry.expect("an entry of the project");
        // In a work tree beside another, `.git` is a file.
        if entry.path().is_file() && entry.file_name() != ".git" {
            paths.push(entry.file_name().into_string().expect("names are Unicode"));
        }
    }
    paths.sort_unstable();
    paths
}

/// The part of a source file before its unit tests.
pub fn without_tests(source: &str) -> &str {
    let end = source.find("#[cfg(test)]\nmod tests {");
    &source[..end.unwrap_or(source.len())]
}

/// The module of `src/` that a file belongs to.
fn module_of(path: &str) -> &str {
    let inside = path.strip_prefix("src/").expect("a source file");
    let end = inside.find(['/', '.']).expect("a folder or an ending");
    &inside[..end]
}

/// The modules a source names after `crate::`, in code and not in comments.
fn imports(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in without_tests(source).lines() {
        let line = line.trim_start();
        if line.starts_with("//") {
            continue;
        }
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let names = match rest.strip_prefix('{') {
                Some(list) => list
                    .split('}')
                    .next()
                    .unwrap_or_default()
                    .split(',')
                    .collect(),
                None => vec![rest],
            };
            for name in names {
                let name = name.trim();
                let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '_');
                found.insert(name[..end.unwrap_or(name.len())].to_owned());
            }
        }
    }
    found.remove("");
    found
}

/// The table of `docs/architecture.md`: each module with what its row says it imports, in order.
fn rows() -> Vec<(Vec<String>, String)> {
    let document = read("docs/architecture.md");
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let names = cells[0]
            .split(',')
            .map(|name| name.trim().trim_matches('`').to_owned());
        let imports = cells.last().expect("a row has cells");
        (names.collect(), (*imports).to_owned())
    })
    .collect()
}

/// What each module may import: what its row names, and all that these may import.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (names, imports) in rows() {
        let above: BTreeSet<String> = allowed.keys().cloned().collect();
        let mut own = BTreeSet::new();
        match imports.as_str() {
            "–" => {}
            "all above" | "everything" => own = above.clone(),
            list => {
                for name in list.split(',').map(|name| name.trim().trim_matches('`')) {
                    assert!(
                        above.contains(name),
                        "{names:?} imports {name}, which is not above it"
                    );
                    own.insert(name.to_owned());
                    own.extend(allowed[name].iter().cloned());
                }
            }
        }
        // Two modules of one row may know each other; which of them does is no matter of layers.
        own.extend(names.iter().cloned());
        for name in names {
            allowed.insert(name, own.clone());
        }
    }
    allowed
}

#[test]
fn every_module_imports_only_what_its_row_allows() {
    let allowed = allowed();
    assert!(allowed.len() > 11, "{allowed:?}");
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let module = module_of(&path);
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let Some(own) = allowed.get(module) else {
            wrong.push(format!("{module} has no row in docs/architecture.md"));
            continue;
        };
        for import in imports(&read(&path)) {
            if import != module && !own.contains(&import) {
                wrong.push(format!("{path} imports {import}"));
            }
        }
    }
    wrong.dedup();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_a_module_imports_is_read_from_its_source() {
    let source = "//! crate::nothing\nuse crate::text::Span;\nuse crate::{diag, load::X};\n\
                  fn f() { crate::fs::read() }\n#[cfg(test)]\nmod tests { use crate::cli; }";
    let expected = ["diag", "fs", "load", "text"].map(str::to_owned);
    assert_eq!(imports(source), BTreeSet::from(expected));
}

#[test]
fn the_order_of_the_modules_is_the_same_in_the_library_and_in_the_document() {
    let library = read("src/lib.rs");
    let modules = library.lines().filter_map(|line| {
        let module = line.strip_prefix("pub mod ")?;
        module.strip_suffix(';').map(str::to_owned)
    });
    let declared: BTreeSet<String> = modules.collect();
    let described: BTreeSet<String> = rows().into_iter().flat_map(|(names, _)| names).collect();
    assert_eq!(declared, described);
}

/// A rule's name as the name of its file.
fn file_of(code: Code) -> String {
    code.name().replace('-', "_")
}

/// Rules that need no file of their own, since they are found while files are read.
const FOUND_WHILE_READING: [Code; 6] = [
    Code::TomlSyntaks,
    Code::UkendtNoegle,
    Code::ForkertType,
    Code::ManglendeNoegle,
    Code::Tegnsaet,
    Code::UlaeseligFil,
];

#[test]
fn the_list_of_rules_has_every_rule_with_its_own_level() {
    let lines: Vec<String> = Code::ALL
        .iter()
        .map(|code| {
            let (number, name) = (code.number(), code.name());
            format!(
                "- [{number} {name}]({number}-{name}.md): {}",
                code.level().danish()
            )
        })
        .collect();
    let page = read("docs/regler/README.md");
    let listed: Vec<&str> = page.lines().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(listed, lines);
}

#[test]
fn every_rule_has_a_file_a_page_and_a_test_and_is_registered() {
    let registry = read("src/check/rules/mod.rs");
    let tests = read("tests/suite/rules/mod.rs");
    let users: Vec<String> = files("src/check", &[".rs"])
        .iter()
        .map(|path| read(path))
        .collect();
    for &code in Code::ALL {
        let page = format!("docs/regler/{}-{}.md", code.number(), code.name());
        let text = read(&page);
        assert!(
            text.contains(code.number()) && text.contains(code.name()),
            "{page}"
        );
        if FOUND_WHILE_READING.contains(&code) {
            continue;
        }
        let file = file_of(code);
        assert!(
            root().join(format!("src/check/rules/{file}.rs")).exists(),
            "{file}"
        );
        assert!(
            registry.contains(&format!("mod {file};\n")),
            "{file} is not registered"
        );
        let used = format!("{file}::");
        assert!(
            users.iter().any(|user| user.contains(&used)),
            "{file} is never asked"
        );
        assert!(
            root().join(format!("tests/suite/rules/{file}.rs")).exists(),
            "{file}"
        );
        assert!(tests.contains(&format!("mod {file};\n")), "{file}");
    }
}

#[test]
fn no_rule_s_file_page_or_test_is_left_over() {
    let names: BTreeSet<String> = Code::ALL.iter().map(|&code| file_of(code)).collect();
    for folder in ["src/check/rules", "tests/suite/rules"] {
        for path in files(folder, &[".rs"]) {
            let name = path
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches(".rs");
            // What is too deep is RP003, found while texts are read.
            let known = names.contains(name) || ["mod", "for_dybt"].contains(&name);
            assert!(known, "{path} is no rule");
        }
    }
    let pages = Code::ALL.iter();
    let pages: BTreeSet<String> = pages
        .map(|code| format!("docs/regler/{}-{}.md", code.number(), code.name()))
        .chain(["docs/regler/README.md".to_owned()])
        .collect();
    assert_eq!(BTreeSet::from_iter(files("docs/regler", &[".md"])), pages);
}

#[test]
fn every_test_module_is_registered() {
    for (folder, registry) in [("tests/suite", "main.rs"), ("tests/suite/rules", "mod.rs")] {
        let listed = read(&format!("{folder}/{registry}"));
        for entry in fs::read_dir(root().join(folder)).expect("a folder of tests") {
            let name = entry.expect("an entry").file_name();
            let name = name.to_str().expect("names are Unicode");
            let Some(module) = name.strip_suffix(".rs") else {
                continue;
            };
            assert!(
                name == registry || listed.contains(&format!("mod {module};\n")),
                "{folder}/{name} is never run"
            );
        }
    }
}

/// The targets of a document's links that lead to a file.
fn linked_files(document: &str) -> Vec<String> {
    let mut paths = Vec::new();
    // What stands between backticks is shown to the reader and leads nowhere.
    let text: String = document.split('`').step_by(2).collect();
    for (at, _) in text.match_indices("](") {
        let target = text[at + 2..].split(')').next().unwrap_or_default();
        let elsewhere = target.contains(':') || target.starts_with('#');
        if !elsewhere && !target.is_empty() {
            paths.push(target.split('#').next().unwrap_or_default().to_owned());
        }
    }
    paths
}

#[test]
fn links_in_the_documents_lead_to_what_is_there() {
    let mut documents = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned()];
    documents.extend(files("docs", &[".md"]));
    documents.extend(files("benches", &[".md"]));
    let mut dead = Vec::new();
    for document in documents {
        // The rules' pages show links that authors write, as examples.
        if document.starts_with("docs/regler/") {
            continue;
        }
        let folder = root()
            .join(&document)
            .parent()
            .expect("a folder")
            .to_owned();
        for path in linked_files(&read(&document)) {
            if !folder.join(&path).exists() {
                dead.push(format!("{document}: {path}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn the_documents_name_no_source_that_is_not_there() {
    let mut missing = Vec::new();
    for document in [
        "README.md",
        "docs/architecture.md",
        "docs/json.md",
        "docs/ordliste.md",
    ] {
        let text = read(document);
        for name in text.split('`').skip(1).step_by(2) {
            let first = name.split('/').next().unwrap_or_default();
            let is_path = name.contains('/') && !name.contains(['<', ' ', '{', '*']);
            let ours = [
                "src",
                "tests",
                "docs",
                "templates",
                "examples",
                ".ci",
                "benches",
            ];
            if is_path && ours.contains(&first) && !root().join(name).exists() {
                missing.push(format!("{document}: {name}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn no_file_holds_a_path_of_a_machine() {
    let paths = ["home/", "tmp/", "work/", "Users/", "root/"].map(|folder| format!("/{folder}"));
    let mut found = Vec::new();
    // What the program says of a picture on somebody's disk needs such a path.
    let about_paths = "tests/suite/rules/billede.rs";
    for file in everything() {
        if file == about_paths {
            continue;
        }
        let Ok(text) = fs::read_to_string(root().join(&file)) else {
            continue; // A picture.
        };
        for (line, text) in text.lines().enumerate() {
            for path in &paths {
                let own = text.match_indices(path.as_str()).any(|(at, _)| {
                    // A path begins here, and is not the middle of another, as in an address.
                    let before = text[..at].chars().next_back();
                    before.is_none_or(|c| !c.is_alphanumeric() && !"._-~}])>".contains(c))
                });
                if own {
                    found.push(format!("{file}:{}: {}", line + 1, text.trim()));
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn nothing_but_the_command_line_s_own_voice_prints() {
    let prints = ["println!(", "eprintln!(", "print!(", "eprint!(", "dbg!("];
    let mut found = Vec::new();
    for path in files("src", &[".rs"]) {
        let test = path.ends_with("/tests.rs");
        if test || path == "src/cli/ui.rs" {
            continue;
        }
        let source = read(&path);
        for line in without_tests(&source).lines() {
            let code = !line.trim_start().starts_with("//");
            if code && prints.iter().any(|print| line.contains(print)) {
                found.push(format!("{path}: {}", line.trim()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// What code does with a text that it reads.
const READS: [&str; 14] = [
    "contains(",
    "starts_with(",
    "ends_with(",
    "find(",
    "rfind(",
    "split",
    "strip_",
    "matches(",
    "chars()",
    "bytes()",
    "lines()",
    "trim",
    "eq(",
    "replace(",
];

#[test]
fn no_code_reads_what_a_finding_says() {
    let mut found = Vec::new();
    for path in files("src", &[".rs"]) {
        // What toml says of a syntax error is put into Danish there.
        let own = ["src/diag/mod.rs", "src/load/syntax.rs"].contains(&path.as_str());
        if own || path.ends_with("tests.rs") || path.ends_with("harness.rs") {
            continue;
        }
        let source = read(&path);
        let code = without_tests(&source);
        let code: String = code
            .lines()
            .map(|line| format!("{} ", line.trim()))
            .collect();
        for (at, _) in code.match_indices(".message") {
            let after = code[at + ".message".len()..].trim_start();
            let called = after.strip_prefix('.').map(str::trim_start);
            let called = called.is_some_and(|call| READS.iter().any(|read| call.starts_with(read)));
            let before =
                code[..at].trim_end_matches(|c: char| c.is_alphanumeric() || "_.&".contains(c));
            let compared = ["==", "!="]
                .iter()
                .any(|sign| after.starts_with(sign) || before.trim_end().ends_with(sign));
            if called || compared {
                found.push(format!("{path}: …{}", &code[at..code.len().min(at + 40)]));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_source_begins_with_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for path in files(folder, &[".rs"]) {
            assert!(read(&path).starts_with("//!"), "{path}");
        }
    }
}

#[test]
fn nothing_is_left_to_do_in_the_sources() {
    let marks = ["TO", "FIX", "HA"].into_iter().zip(["DO", "ME", "CK"]);
    let marks: Vec<String> = marks.map(|(one, two)| format!("{one}{two}")).collect();
    for path in files("src", &[".rs"]) {
        for line in read(&path).lines() {
            let comment = line.split_once("// ").map_or("", |(_, comment)| comment);
            let left = marks.iter().find(|mark| comment.starts_with(mark.as_str()));
            assert_eq!(left, None, "{path}: {line}");
        }
    }
}

#[test]
fn the_changelog_has_a_place_for_what_is_not_released() {
    let changelog = read("CHANGELOG.md");
    assert!(
        changelog
            .lines()
            .any(|line| line.starts_with("## ") && line.contains("Unreleased"))
    );
}

#[test]
fn every_toml_file_is_toml() {
    let mut paths = vec!["rusprot.toml".to_owned(), "Cargo.toml".to_owned()];
    for folder in ["protocols", "templates", "examples"] {
        paths.extend(files(folder, &[".toml"]));
    }
    assert!(paths.len() > 30, "{paths:?}");
    for path in paths {
        let parsed = read(&path).parse::<toml::Table>();
        assert!(parsed.is_ok(), "{path}: {parsed:?}");
    }
}

#[test]
fn the_licence_files_are_those_that_the_package_names() {
    let package = read("Cargo.toml").parse::<toml::Table>().expect("TOML");
    assert_eq!(
        package["package"]["license"].as_str(),
        Some("MIT OR Apache-2.0")
    );
    assert!(read("LICENSE-MIT").contains("Permission is hereby granted"));
    assert!(read("LICENSE-APACHE").contains("Apache License"));
}
