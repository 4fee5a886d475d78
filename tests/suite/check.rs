//! `rusprot check`: formats, exits and levels. What each rule finds is tested rule by rule elsewhere.

use crate::support::Repo;

const CONFIG: &str = "rusprot.toml";
const GUESTS: &str = "protocols/lillebo/07-gaester.toml";

/// A repository with one finding: a section that the skabelon requires is gone.
fn without_guests() -> Repo {
    let repo = Repo::minimal().without(GUESTS);
    assert!(!repo.has(GUESTS));
    repo
}

#[test]
fn a_clean_repository_ends_with_nought_and_says_so() {
    Repo::minimal()
        .run(&["check"])
        .code(0)
        .stdout_is("Ingen fejl i 1 protokol.\n")
        .stderr_is("");
}

#[test]
fn an_error_ends_with_one_and_is_a_result() {
    without_guests()
        .run(&["check"])
        .code(1)
        .stdout_has("fejl[RP101 manglende-afsnit]")
        .stdout_has("\n1 fejl i 1 protokol.\n")
        .stderr_is("");
}

#[test]
fn what_the_area_has_made_a_warning_does_not_fail() {
    without_guests()
        .edited(
            CONFIG,
            "[omraade]",
            "[kontrol]\nmanglende-afsnit = \"advarsel\"\n\n[omraade]",
        )
        .run(&["check", "--format", "short"])
        .code(0)
        .stdout_has("advarsel");
}

#[test]
fn a_draft_may_lack_a_section() {
    without_guests().run(&["check", "--draft"]).code(0);
}

#[test]
fn findings_do_not_fail_a_run_that_writes_sarif() {
    let repo = without_guests();
    repo.run(&["check", "--format", "sarif"])
        .code(0)
        .stdout_has("\"RP101\"");
    for format in ["human", "short", "json", "github", "gitlab", "junit"] {
        repo.run(&["check", "--format", format])
            .code(1)
            .stdout_has("RP101");
    }
}
