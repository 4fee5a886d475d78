//! Completions and manual pages come from the same definition as the help.

use crate::support::Repo;

#[test]
fn every_shell_has_completions_that_know_the_commands() {
    let repo = Repo::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        repo.run(&["completions", shell])
            .code(0)
            .stderr_is("")
            .stdout_has("explain")
            .stdout_has("install-typst");
    }
    repo.run(&["fuldfoer", "tcsh"])
        .code(2)
        .stderr_has("»tcsh« kan ikke bruges til »<SKAL>«.");
}

#[test]
fn a_folder_of_manual_pages_has_one_for_each_command() {
    let repo = Repo::new();
    repo.run(&["man", "sider"]).code(0).stdout_is("");
    assert_eq!(
        repo.files("sider"),
        [
            "rusprot-approve.1",
            "rusprot-build.1",
            "rusprot-check.1",
            "rusprot-diff.1",
            "rusprot-doctor.1",
            "rusprot-done.1",
            "rusprot-explain.1",
            "rusprot-import.1",
            "rusprot-init.1",
            "rusprot-lsp.1",
            "rusprot-print.1",
            "rusprot-schema.1",
            "rusprot-serve.1",
            "rusprot-status.1",
            "rusprot-templates.1",
            "rusprot-upgrade.1",
            "rusprot-verify.1",
            "rusprot.1"
        ]
    );
    // Each says of which version it is.
    let version = concat!("\"rusprot ", env!("CARGO_PKG_VERSION"), "\"");
    for page in ["rusprot.1", "rusprot-check.1"] {
        let text = repo.read(&format!("sider/{page}"));
        let title = text.lines().find(|line| line.starts_with(".TH"));
        assert!(
            title.is_some_and(|title| title.contains(version)),
            "{title:?}"
        );
    }
    let page = repo.read("sider/rusprot-check.1");
    assert!(
        page.contains(".SH NAVN\nrusprot\\-check \\- Kontrollér protokollerne"),
        "{page}"
    );
    assert!(
        !page.contains(".SH OPTIONS") && !page.contains(".SH SYNOPSIS"),
        "{page}"
    );
}
