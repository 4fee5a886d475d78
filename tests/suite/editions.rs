//! Editions out of git: each is what it is when it lies on the disk alone, whatever the one that was read before it has
//! in common with it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::build::{area, picture};
use crate::support::Repo;

const MAIN: &str = "protocols/hus/protokol.toml";
const FIRST: &str = "protocols/hus/01-begyndelsen.toml";
const CARDS: &str = "protocols/hus/02-kort.toml";
const RULES: &str = "protocols/hus/bilag/1-regler.toml";

/// A piece of a PNG that says what it shows.
const TITLE: &[u8; 21] = b"\x00\x00\x00\x09tEXtTitle\x00Hus\xD32\x90p";

/// The code of a protocol as it lies on the disk.
fn code(repo: &Repo) -> String {
    repo.run(&["build", "hus", "--draft", "--formats", "json"])
        .code(0);
    let document: Value =
        serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("valid JSON");
    let code = document["edition"]["code"].as_str();
    code.expect("a text").to_owned()
}

fn edit(repo: &Repo, path: &str, from: &str, to: &str) {
    let text = repo.read(path);
    assert!(text.contains(from), "{path} has no {from}");
    repo.write(path, text.replace(from, to));
}

/// Something that happens, in words and as it is done.
type Change = (&'static str, fn(&Repo));

/// What happens to a protocol in its years in git, a commit each. Most leave most files as they were.
const HAPPENS: [Change; 16] = [
    ("a variable of its own", |repo| {
        edit(repo, MAIN, "torsdagsmødet", "fredagsmødet");
    }),
    ("a variable of the area", |repo| {
        edit(repo, "rusprot.toml", "Dagbogen", "Journalen");
    }),
    ("its name", |repo| edit(repo, MAIN, "'Huset'", "'Kassen'")),
    ("a common text", |repo| {
        edit(repo, "templates/proeve/skabelon.toml", "følger", "kender");
    }),
    ("an abbreviation", |repo| {
        edit(
            repo,
            "rusprot.toml",
            "Motiverende interview",
            "Motiverende samtale",
        );
    }),
    ("a section's place", |repo| {
        repo.git(&["mv", CARDS, "protocols/hus/00-kort.toml"]);
    }),
    ("its place again", |repo| {
        repo.git(&["mv", "protocols/hus/00-kort.toml", CARDS]);
        edit(repo, CARDS, "Nogen falder om", "Nogen besvimer");
    }),
    ("two files that change places", |repo| {
        let other = "protocols/hus/bilag/2-skema.toml";
        let (rules, form) = (repo.read(RULES), repo.read(other));
        repo.write(RULES, form.replace("'Skemaet'", "'Skemaet'\nid = 'regler'"));
        repo.write(
            other,
            rules.replace("'Regler for alle'", "'Regler for alle'\nid = 'skema'"),
        );
    }),
    ("what another section inserts", |repo| {
        edit(
            repo,
            "protocols/hus/bilag/2-skema.toml",
            "Bank på døren.",
            "Ring på.",
        );
    }),
    ("a picture", |repo| {
        let mut bytes = picture();
        let end = bytes.len() - 12;
        bytes.splice(end..end, *TITLE);
        repo.write("protocols/hus/billeder/plan.png", bytes);
    }),
    ("a number that is not printed as it is typed", |repo| {
        edit(repo, FIRST, "5. Femte", "7. Syvende");
    }),
    ("another file beside it", |repo| {
        edit(repo, FIRST, "Underdelens tekst.", "En anden tekst.");
    }),
    ("a mark before a text", |repo| {
        let text = repo.read(RULES);
        repo.write(RULES, format!("\u{FEFF}{text}"));
        edit(repo, FIRST, "En anden tekst.", "En tredje tekst.");
    }),
    ("a section that cannot be read", |repo| {
        edit(repo, CARDS, "'Kortene'", "'Kortene");
    }),
    ("the same, mended", |repo| {
        edit(repo, CARDS, "'Kortene", "'Kort'");
        edit(repo, MAIN, "fredagsmødet", "torsdagsmødet");
    }),
    ("a new name for its folder", |repo| {
        repo.git(&["mv", "protocols/hus", "protocols/hytten"]);
    }),
];

#[test]
fn every_edition_of_an_odd_history_is_the_one_that_lay_there() {
    let repo = area();
    repo.git(&["init", "-q"]);
    repo.write(".gitignore", "dist\n");
    repo.commit_on("2026-01-01");
    let mut codes = vec![(1, "at first", code(&repo))];
    for (index, (what, happen)) in HAPPENS.iter().enumerate() {
        happen(&repo);
        let day = index + 2;
        repo.commit_on(&format!("2026-01-{day:02}"));
        let is_readable = !what.contains("cannot be read") && repo.has(MAIN);
        if is_readable {
            codes.push((day, what, code(&repo)));
        }
    }
    let different: BTreeSet<_> = codes.iter().map(|(_, _, code)| code).collect();
    assert_eq!(different.len(), codes.len(), "{codes:?}");
    repo.run(&["verify", &codes.last().expect("some").2])
        .code(1)
        .stdout_has("ikke godkendt.");
    codes.pop();
    let found_in = |repo: &Repo| {
        for (day, what, code) in &codes {
            let run = repo.run(&["verify", code]).code(1);
            let known = run.stdout.contains("erstattet.");
            let day = format!("gemt i git {day}. januar 2026");
            assert!(known && run.stdout.contains(&day), "{what}: {}", run.stdout);
        }
    };
    found_in(&repo);
    edit(
        &repo,
        "protocols/hytten/01-begyndelsen.toml",
        "En tredje tekst.",
        "En tekst, som ingen har gemt.",
    );
    found_in(&repo);
    repo.run(&["verify", "RP-0000-0000"])
        .code(1)
        .stdout_has("ukendt.");
}

#[test]
fn more_files_than_git_is_asked_for_at_once_are_all_read() {
    let repo = area();
    let path = |number: usize| format!("protocols/hus/{number}-del.toml");
    let says = |word: &str| {
        for number in 10..180 {
            let text = format!("overskrift = 'Del {number}'\ntekst = 'Her står {word}.'\n");
            repo.write(&path(number), text);
        }
    };
    repo.git(&["init", "-q"]);
    says("et");
    repo.commit_on("2026-01-01");
    let first = code(&repo);
    says("to");
    repo.commit_on("2026-01-02");
    let second = code(&repo);
    says("tre");
    repo.run(&["verify", &first])
        .code(1)
        .stdout_has("gemt i git 1. januar 2026");
    repo.run(&["verify", &second])
        .code(1)
        .stdout_has("gemt i git 2. januar 2026");
    let run = repo.run(&["diff", "--since", "HEAD~1", "--format", "json"]);
    let changes: Value = serde_json::from_str(&run.code(0).stdout).expect("valid JSON");
    let parts = changes["protocols"][0]["parts"].as_array();
    assert_eq!(parts.expect("a list").len(), 170);
}

#[test]
fn a_code_that_stands_somewhere_now_is_answered_without_git() {
    let repo = area().env("PATH", "");
    let now = code(&repo);
    repo.run(&["verify", &now])
        .code(1)
        .stdout_has("ikke godkendt.")
        .stderr_is("");
}
