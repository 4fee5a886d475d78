//! RP806 `aendret-kopi`: the rule alone, over files that are there; how they come there is tested in `shared`.

use super::{Found, house};
use crate::support::Repo;

/// A lock of the skabelon `proeve`, whose one file has this sum.
fn lock(sum: &str) -> String {
    format!(
        "version = 1\n[[skabelon]]\nnavn = \"proeve\"\nsti = \"../x\"\nmappe = \"proeve\"\n\
         [skabelon.filer]\n\"skabelon.toml\" = \"{sum}\"\n"
    )
}

/// SHA-256 of the skabelon that `house("", …)` has, by sha256sum.
const SUM: &str = "0240fdb5c3defabb8f2c0f5a685f0bd1db343ffa88fd0ffdb56abdc43faa23ef";

fn shared(lock: &str) -> Repo {
    house("", &[])
        .edited(
            "rusprot.toml",
            "[omraade]",
            "[skabeloner.proeve]\nsti = \"../x\"\n[omraade]",
        )
        .file("rusprot.lock", lock)
}

#[test]
fn a_copy_is_known_by_the_sum_of_each_file() {
    Found::by("RP806", &shared(&lock(SUM))).none();
    let other = Found::by("RP806", &shared(&lock(&"0".repeat(64))));
    assert_eq!(
        other.lines(),
        [
            "templates/proeve/skabelon.toml:1:1 Filen er ændret i kopien af den fælles skabelon »proeve«."
        ]
    );
    assert_eq!(other.levels(), ["error"]);
    assert!(other.helps()[0].contains("rusprot templates update proeve --dry-run"));
}

#[test]
fn line_ends_that_git_has_changed_and_hidden_files_are_no_change() {
    let repo = shared(&lock(SUM));
    let text = repo
        .read("templates/proeve/skabelon.toml")
        .replace('\n', "\r\n");
    let repo = repo
        .file("templates/proeve/skabelon.toml", text)
        .file("templates/proeve/.DS_Store", "x");
    Found::by("RP806", &repo).none();
}

#[test]
fn a_file_too_many_and_one_too_few_are_found() {
    let repo = shared(&lock(SUM)).file("templates/proeve/md/ny.md", "x");
    assert_eq!(
        Found::by("RP806", &repo).lines(),
        ["templates/proeve/md/ny.md:1:1 Filen hører ikke til den fælles skabelon »proeve«."]
    );
    let repo = shared(&format!("{}\"md/a.md\" = \"00\"\n", lock(SUM)));
    assert_eq!(
        Found::by("RP806", &repo).lines(),
        [
            "rusprot.toml:2:13 Filen templates/proeve/md/a.md mangler i kopien af den fælles skabelon »proeve«."
        ]
    );
}

#[test]
fn a_copy_from_elsewhere_is_found() {
    for (from, to) in [
        ("sti = \"../x\"", "sti = \"../y\""),
        ("mappe = \"proeve\"", "mappe = \"andet\""),
    ] {
        let found = Found::by("RP806", &shared(&lock(SUM).replace(from, to)));
        assert_eq!(found.lines().len(), 1, "{to}");
        assert!(found.lines()[0].contains("er ikke den, rusprot.toml nævner"));
    }
}

#[test]
fn a_repository_without_shared_skabeloner_has_no_copies() {
    Found::by("RP806", &house("", &[])).none();
    let left = house("", &[]).file("rusprot.lock", lock(SUM));
    assert_eq!(
        Found::by("RP806", &left).lines(),
        ["rusprot.lock:1:1 Filen har skabelonen »proeve«, som ikke står i rusprot.toml."]
    );
}
