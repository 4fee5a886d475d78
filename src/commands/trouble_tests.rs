//! The disk is full, or the program is killed, at each change of the disk in turn: whatever the authors have
//! written is whole, the former pages or the new ones stand whole, and the next run mends what is left.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use tempfile::TempDir;

use super::{BuildOptions, CheckOptions, Decision, Deed, Formats, approve, build, done, fix};
use crate::export::TypstSearch;
use crate::fs;
use crate::fs::trouble::{Trouble, after};
use crate::load::Repository;
use crate::text::Period;

const TODAY: Date = Date::constant(2026, 11, 21);
const MAIN: &str = "protocols/lillebo/protokol.toml";
const SECTION: &str = "protocols/lillebo/01-hvad-er.toml";

/// The bytes of every file by its path, hidden ones too.
type Tree = BTreeMap<String, Vec<u8>>;

fn collect(folder: &Path, under: &str, tree: &mut Tree) {
    #[expect(clippy::disallowed_methods, reason = "also what fs::list leaves out")]
    let entries = std::fs::read_dir(folder).expect("a folder");
    for entry in entries {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("a name");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{under}{name}/"), tree);
        } else {
            let bytes = fs::read(&entry.path()).expect("a file");
            tree.insert(format!("{under}{name}"), bytes);
        }
    }
}

fn tree(area: &TempDir) -> Tree {
    let mut tree = Tree::new();
    collect(area.path(), "", &mut tree);
    tree
}

/// The smallest example, with a section that `check --fix` mends.
fn area() -> TempDir {
    let area = tempfile::tempdir().expect("a folder");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal");
    let mut files = Tree::new();
    collect(&example, "", &mut files);
    files.retain(|path, _| !path.starts_with("dist/"));
    for (path, bytes) in files {
        put(&area, &path, &bytes);
    }
    let text = fs::read(&area.path().join(SECTION)).expect("a section");
    put(&area, SECTION, &[b"\xEF\xBB\xBF", &*text].concat());
    area
}

fn put(area: &TempDir, path: &str, bytes: &[u8]) {
    let path = area.path().join(path);
    fs::create_folder(path.parent().expect("a folder")).expect("room");
    fs::write(&path, bytes).expect("room");
}

fn repository(area: &TempDir) -> Repository {
    Repository::find(area.path()).expect("a repository")
}

/// What a command does; whether it says that all went well.
type Command = fn(&TempDir) -> bool;

fn built(area: &TempDir) -> bool {
    let options = BuildOptions {
        protocols: Vec::new(),
        formats: Formats {
            html: true,
            docx: false,
            markdown: true,
            pdf: false,
            json: false,
        },
        out: None,
        draft: true,
        today: TODAY,
        print_overdue: false,
        threads: 1,
        keep_typst: None,
        typst: TypstSearch::default(),
        pdf_limit: Duration::from_secs(1),
    };
    build(&repository(area), &options, &|_| {}).is_ok()
}

fn deed(area: &TempDir) -> bool {
    let deed = Deed {
        slug: "lillebo".to_owned(),
        duty: "revision".to_owned(),
        date: Period::Day(Date::constant(2026, 11, 20)),
        forum: None,
        note: None,
        today: TODAY,
    };
    done(&repository(area), &deed).is_ok()
}

fn decision(area: &TempDir) -> bool {
    let decision = Decision {
        slug: "lillebo".to_owned(),
        forum: "Mini-MED".to_owned(),
        date: Period::Day(Date::constant(2026, 11, 20)),
        by: "Tilbudsleder".to_owned(),
        version: Some("9".to_owned()),
        no_changes: false,
        minor: false,
        today: TODAY,
    };
    approve(&repository(area), &decision).is_ok()
}

fn mended(area: &TempDir) -> bool {
    let options = CheckOptions {
        threads: 1,
        ..CheckOptions::on(TODAY)
    };
    let repository = repository(area);
    let outcome = fix(&repository, &options).expect("a readable repository");
    outcome
        .write(&repository)
        .iter()
        .all(|(_, written)| written.is_ok())
}

/// Holds a command, at every change it makes to an area, to what this module promises.
#[track_caller]
fn holds(command: Command, prepared: &dyn Fn() -> TempDir) {
    let clean = prepared();
    let old = tree(&clean);
    assert!(command(&clean), "it succeeds where nothing is wrong");
    let new = tree(&clean);
    assert_ne!(old, new, "it writes something");
    for trouble in [Trouble::Full, Trouble::Killed] {
        let mut changes = 0;
        loop {
            let area = prepared();
            let (succeeded, came) = after(changes, trouble, || command(&area));
            if !came {
                assert!(succeeded && changes > 0, "{trouble:?} after {changes}");
                break;
            }
            for (path, bytes) in tree(&area) {
                let known = [old.get(&path), new.get(&path)];
                let is_list = path.starts_with("dist/.rusprot") || path.contains("/.rusprot-");
                assert!(
                    known.contains(&Some(&bytes)) || is_list,
                    "{trouble:?} after {changes}: half of {path}"
                );
            }
            for path in old.keys().filter(|path| new.contains_key(*path)) {
                let there = area.path().join(path).is_file();
                assert!(there, "{trouble:?} after {changes}: {path} is gone");
            }
            // A command that was not done may refuse the second time, if the first was.
            let _done_already = command(&area);
            let mended = tree(&area);
            let differs: Vec<&String> = mended
                .keys()
                .chain(new.keys())
                .filter(|path| mended.get(*path) != new.get(*path))
                .collect();
            assert!(
                differs.is_empty(),
                "{trouble:?} after {changes}: {differs:?} is not mended"
            );
            changes += 1;
        }
    }
}

#[test]
fn a_build_that_is_stopped_at_any_change_leaves_whole_pages_and_is_mended() {
    holds(built, &|| {
        let area = area();
        // One protocol came, one went, one has another text.
        let main = fs::read(&area.path().join(MAIN)).expect("a protocol");
        put(&area, "protocols/gik/protokol.toml", &main);
        assert!(built(&area));
        put(&area, "protocols/kom/protokol.toml", &main);
        fs::remove_file(&area.path().join("protocols/gik/protokol.toml")).expect("removed");
        fs::remove_empty_folder(&area.path().join("protocols/gik"));
        put(
            &area,
            "protocols/lillebo/09-ny.toml",
            "overskrift = 'Nyt'\ntekst = 'Vi har skrevet mere.'\n".as_bytes(),
        );
        area
    });
}

#[test]
fn what_is_done_approved_or_mended_is_written_whole_or_not_at_all() {
    holds(deed, &area);
    holds(decision, &area);
    holds(mended, &area);
}
