//! `rusprot check --changed-since`, in repositories with a history of their own.

use crate::support::Repo;

const NEIGHBOURS: &str = "protocols/lillebo/09-naboer.toml";

/// A repository with one commit, which has one old fault.
fn with_an_old_fault() -> Repo {
    let repo = Repo::minimal().file(
        NEIGHBOURS,
        "overskrift = \"4. Naboer\"\ntekst = \"Vi hilser.\"\n",
    );
    repo.begin_history();
    repo
}

#[test]
fn an_old_fault_is_left_out_also_when_lines_above_it_come_in() {
    let repo = with_an_old_fault();
    repo.run(&["check", "--format", "short"])
        .code(0)
        .stdout_has("RP111");
    repo.write(
        NEIGHBOURS,
        "# En kommentar\n\noverskrift = \"4. Naboer\"\ntekst = \"Vi hilser.\"\n",
    );
    repo.run(&["check", "--changed-since", "HEAD", "--format", "short"])
        .code(0)
        .stdout_lacks("RP111");
}

#[test]
fn a_new_fault_is_shown_with_its_place() {
    let repo = with_an_old_fault();
    repo.write(
        "protocols/lillebo/10-have.toml",
        "overskrift = \"5. Haven\"\ntekst = \"Vi graver.\"\n",
    );
    repo.run(&["check", "--changed-since", "HEAD", "--format", "short"])
        .stdout_has("protocols/lillebo/10-have.toml:1:15: advarsel[RP111")
        .stdout_lacks("09-naboer");
}

#[test]
fn a_fault_that_the_change_causes_elsewhere_is_shown() {
    let repo = Repo::minimal()
        .file(
            NEIGHBOURS,
            "overskrift = \"Naboer\"\ntekst = \"Se [](bilag:aftale).\"\n",
        )
        .file(
            "protocols/lillebo/bilag/1-aftale.toml",
            "overskrift = \"Aftale\"\ntekst = \"Vi aftaler.\"\n",
        );
    repo.begin_history();
    repo.git(&["rm", "-q", "protocols/lillebo/bilag/1-aftale.toml"]);
    repo.run(&["check", "--changed-since", "HEAD", "--format", "short"])
        .code(1)
        .stdout_has("09-naboer.toml:2:13: fejl[RP201");
}

#[test]
fn what_git_cannot_answer_is_told_plainly() {
    let repo = with_an_old_fault();
    repo.run(&["check", "--changed-since", "findes-ikke"])
        .code(2)
        .stderr_has("kender ikke »findes-ikke«");
    let alone = Repo::minimal();
    alone
        .run(&["check", "--changed-since", "HEAD"])
        .code(2)
        .stderr_has("ligger ikke i et git-repository");
}

#[cfg(unix)]
#[test]
fn a_machine_without_git_says_how_to_get_it() {
    let repo = Repo::minimal().env("PATH", "/nowhere");
    repo.run(&["check", "--changed-since", "HEAD"])
        .code(3)
        .stderr_has("winget install --id Git.Git");
}
