//! Blocks are laid out in one place: what writes pages knows shapes alone, and each shape has its style.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Classes whose shape needs no style but that of its kind: a table of tasks looks as every table.
const PLAIN: [&str; 1] = ["tasks"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sources(folder: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(path).expect("a folder of sources");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.into_string().expect("a name of ours"))
        .collect();
    names.sort_unstable();
    let read = |name: &String| read(&format!("{folder}/{name}"));
    names.iter().map(read).collect()
}

#[test]
fn what_writes_pages_names_no_block_of_the_format() {
    let mut sources = [
        sources("src/render/html"),
        sources("src/render/markdown"),
        sources("src/render/docx"),
    ]
    .concat();
    sources.push(read("src/render/paper.rs"));
    for source in sources {
        for block in [
            "Content::",
            "RuleItem",
            "StepItem",
            "ContactItem",
            "TermItem",
        ] {
            assert!(!source.contains(block), "{block} is known by {source}");
        }
    }
}

/// The shapes that there are, as data names them.
fn shapes() -> BTreeSet<String> {
    let source = read("src/document/layout/mod.rs");
    let shapes = variants(&source, "pub enum Element<'d> {").into_iter();
    shapes.map(snake_case).collect()
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[test]
fn paper_draws_every_shape_and_nothing_else() {
    let template = read("templates/page/typst/fundament.typ");
    let drawn = template.split("#let contents-of(").nth(1);
    let drawn = drawn.and_then(|rest| rest.split("\n}").next());
    let drawn = drawn.expect("shapes are drawn").split("if node.type == \"");
    let drawn = drawn.skip(1).filter_map(|rest| rest.split('"').next());
    let drawn: BTreeSet<String> = drawn.map(str::to_owned).collect();
    assert!(drawn.len() > 10, "{drawn:?}");
    assert_eq!(drawn, shapes());
}

/// The classes that shapes are given.
fn classes() -> BTreeSet<String> {
    let sources = sources("src/document/layout").concat();
    let given = sources.split("class: ").skip(1);
    let given = given.filter_map(|rest| rest.strip_prefix('"'));
    let lines = sources.split("Element::line(").skip(1);
    let lines = lines.filter_map(|rest| rest.trim_start().strip_prefix('"'));
    let quoted = given.chain(lines).filter_map(|rest| rest.split('"').next());
    let names = quoted.flat_map(str::split_whitespace).map(str::to_owned);
    // What a list is given depends on what is in it.
    names
        .chain(["questions".to_owned(), "with-lines".to_owned()])
        .collect()
}

#[test]
fn every_class_of_the_layout_has_its_style_on_paper_and_no_other_has() {
    let template = read("templates/page/typst/fundament.typ");
    let styles = template.split("#let styles = (\n").nth(1);
    let styles = styles.and_then(|rest| rest.split("\n)").next());
    let lines = styles.expect("styles are declared").lines();
    let styled = lines.filter_map(|line| line.strip_prefix("  ")?.split_once(": ("));
    let styled = styled.map(|(class, _)| class.to_owned());
    let styled: BTreeSet<String> = styled.filter(|class| !class.starts_with(' ')).collect();
    assert_eq!(styled, classes());
}

#[test]
fn every_class_of_the_layout_has_its_style() {
    let style = read("templates/page/html/style.css");
    let classes = classes();
    assert!(classes.len() > 15, "{classes:?}");
    for class in &classes {
        let has_style = style
            .match_indices(&format!(".{class}"))
            .any(|(at, found)| {
                let next = style[at + found.len()..].chars().next();
                !next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-')
            });
        assert!(
            has_style || PLAIN.contains(&class.as_str()),
            "no style for .{class}"
        );
    }
}

#[test]
fn every_class_of_one_paragraph_has_its_style_in_word() {
    let styles = read("templates/page/docx/styles.xml");
    // Shapes that hold others are content controls, which have no style.
    let holds = [
        "card",
        "card-foot",
        "dilemma",
        "fields",
        "quotation",
        "reason",
        "role",
        "signature",
        "tasks",
        "terms",
        "contacts",
        "with-lines",
        "sheet",
        "short-answers",
    ];
    for class in classes() {
        let has_style = styles.contains(&format!("w:styleId=\"Rp-{class}\""));
        assert_ne!(has_style, holds.contains(&class.as_str()), "{class}");
    }
}

/// Every source of the program, with its path.
fn program(folder: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    for entry in fs::read_dir(path).expect("a folder of sources") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("a name of ours");
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() {
            found.extend(program(&path));
        } else {
            let text = read(&path);
            found.push((path, text));
        }
    }
    found
}

/// The variants of an enum with their names alone.
fn variants<'s>(source: &'s str, head: &str) -> Vec<&'s str> {
    let body = source.split(head).nth(1);
    let body = body.and_then(|rest| rest.split("\n}").next());
    let lines = body.expect("the enum is declared").lines();
    let names = lines.filter_map(|line| {
        let name = line.strip_prefix("    ")?;
        let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
        name.starts_with(|c: char| c.is_ascii_uppercase())
            .then_some(&name[..end])
    });
    names.collect()
}

#[test]
fn what_a_part_holds_is_known_where_the_document_is_made_and_nowhere_else() {
    let content = read("src/document/content.rs");
    let kinds = variants(&content, "pub enum Content {");
    assert!(kinds.len() > 12, "{kinds:?}");
    let mut known = Vec::new();
    for (path, source) in program("src") {
        // The sources of a document of Word have contents of their own; samples for tests are made by hand.
        let other = [
            "src/document/",
            "src/import/",
            "src/render/fixture.rs",
            "src/render/tests.rs",
        ];
        if other.iter().any(|other| path.starts_with(other)) {
            continue;
        }
        let named = kinds.iter().filter(|kind| {
            let name = format!("Content::{kind}");
            source.match_indices(&name).any(|(at, _)| {
                !source[at + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        });
        known.extend(named.map(|kind| format!("{path}: {kind}")));
    }
    assert_eq!(known, Vec::<String>::new());
}

#[test]
fn a_block_of_texts_is_named_in_its_own_places_and_nowhere_else() {
    let blocks = read("src/model/blocks/mod.rs");
    let declared = blocks
        .split("    as declared {")
        .nth(2)
        .expect("blocks are declared");
    let rows: Vec<(&str, &str)> = declared
        .lines()
        .filter_map(|line| {
            let (_, rest) = line.split_once(": ")?;
            let (kind, rest) = rest.split_once(" = ")?;
            Some((kind, rest.split('"').nth(3)?))
        })
        .collect();
    assert!(!rows.is_empty());
    let mut sources = program("src");
    sources.extend(program("templates/page/html"));
    sources.extend(program("templates/page/typst"));
    for (kind, name) in rows {
        let home = |folder: &str| format!("{folder}/{name}.rs");
        let places = [
            "src/model/blocks/mod.rs".to_owned(),
            home("src/model/blocks"),
            "src/document/layout/mod.rs".to_owned(),
            home("src/document/layout"),
            // Its looks.
            "templates/page/html/style.css".to_owned(),
            "templates/page/typst/fundament.typ".to_owned(),
        ];
        let named = sources.iter().filter(|(path, source)| {
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let names = [
                format!("\"{name}\""),
                format!("::{kind}"),
                format!("<{kind}>"),
            ];
            let look = path.starts_with("templates/") && source.contains(name);
            look || names.iter().any(|name| source.contains(name))
        });
        let named: BTreeSet<&String> = named.map(|(path, _)| path).collect();
        let strangers: Vec<&&String> = named
            .iter()
            .filter(|path| !places.contains(path) && !path.ends_with("fixture.rs"))
            .collect();
        assert!(strangers.is_empty(), "{name} is known by {strangers:?}");
        for place in &places[..4] {
            let there = sources.iter().any(|(path, _)| path == place);
            assert!(there, "{name} has no {place}");
        }
    }
}
