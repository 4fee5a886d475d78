//! Blocks are laid out in one place: what writes pages knows shapes alone, and each shape has its style.

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
fn what_writes_html_and_markdown_names_no_block_of_the_format() {
    for folder in ["src/render/html", "src/render/markdown"] {
        for source in sources(folder) {
            for block in [
                "Content::",
                "RuleItem",
                "StepItem",
                "ContactItem",
                "TermItem",
            ] {
                assert!(!source.contains(block), "{folder} knows {block}");
            }
        }
    }
}

#[test]
fn every_class_of_the_layout_has_its_style() {
    let style = read("templates/page/html/style.css");
    let sources = sources("src/document/layout").concat();
    let quoted = sources.split("class: ").skip(1);
    let quoted = quoted.filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
    let classes: Vec<&str> = quoted.flat_map(str::split_whitespace).collect();
    assert!(classes.len() > 15, "{classes:?}");
    for class in classes {
        let has_style = style
            .match_indices(&format!(".{class}"))
            .any(|(at, found)| {
                let next = style[at + found.len()..].chars().next();
                !next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-')
            });
        assert!(has_style || PLAIN.contains(&class), "no style for .{class}");
    }
}
