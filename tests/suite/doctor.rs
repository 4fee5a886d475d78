//! `rusprot doctor`.

use crate::support::Repo;

/// A repository in which a run finds neither typst nor git.
fn bare(repo: Repo) -> Repo {
    let nowhere = repo.path("ingen").display().to_string();
    repo.env("PATH", nowhere.as_str())
        .env("XDG_CACHE_HOME", nowhere.as_str())
        .env("LOCALAPPDATA", nowhere.as_str())
        .env("HOME", nowhere.as_str())
}

#[test]
fn a_missing_typst_ends_with_three_and_says_how_to_get_it_on_every_system() {
    bare(Repo::minimal())
        .run(&["doctor"])
        .code(3)
        .stdout_has("i orden  område    [repo]\n")
        .stdout_has("mangler  typst     Programmet typst findes ikke")
        .stdout_has("winget install")
        .stdout_has("brew install")
        .stdout_has("hent Rust på https://rustup.rs, og kør så rusprot build --install-typst")
        .stdout_lacks("cargo install")
        .stdout_has("bemærk   cargo     Programmet cargo svarer ikke")
        .stdout_has("bemærk   git       ")
        .stdout_has("i orden  skrifter  Noto Sans");
}

#[test]
#[cfg(unix)]
fn with_a_typst_that_fits_all_is_well_even_outside_a_repository() {
    let repo = Repo::new().program("typst", "echo 'typst 0.15.3 (abc)'");
    let program = repo.path("typst").display().to_string();
    repo.env("RUSPROT_TYPST", program)
        .run(&["doctor"])
        .code(0)
        .stdout_has("i orden  typst     0.15.3 i [repo]/typst\n")
        .stdout_has("bemærk   område    der er ingen rusprot.toml");
}

/// Stands in for cargo: puts a typst below the folder after `--root`.
#[cfg(unix)]
const CARGO: &str = r#"
while [ "$1" != --root ]; do shift; done
echo "   Compiling ecow v0.2.6" >&2
/bin/mkdir -p "$2/bin"
printf '#!/bin/sh\necho "typst 0.15.1"\n' > "$2/bin/typst"
/bin/chmod +x "$2/bin/typst"
"#;

#[test]
#[cfg(unix)]
fn cargo_is_advised_where_it_answers() {
    let repo = Repo::minimal().program("cargo", "echo 'cargo 1.95.0 (abc)'");
    let cargo = repo.path("cargo").display().to_string();
    bare(repo)
        .env("CARGO", cargo)
        .run(&["doctor"])
        .code(3)
        .stdout_has("i orden  cargo     1.95.0 (abc)")
        .stdout_has("alle systemer  rusprot build --install-typst")
        .stdout_has("cargo install typst-cli");
}

/// Stands in for cargo-binstall: as [`CARGO`], without a word.
#[cfg(unix)]
const BINSTALL: &str = r#"
echo "$@" > "${0%/*}/kald"
while [ "$1" != --root ]; do shift; done
/bin/mkdir -p "$2/bin"
printf '#!/bin/sh\necho "typst 0.15.1"\n' > "$2/bin/typst"
/bin/chmod +x "$2/bin/typst"
"#;

#[test]
#[cfg(unix)]
fn cargo_binstall_is_used_where_it_is_and_cargo_where_it_fails() {
    let with = |script: &str| {
        let repo = Repo::minimal()
            .program("ingen/cargo-binstall", script)
            .program("cargo", CARGO);
        let cargo = repo.path("cargo").display().to_string();
        bare(repo).env("CARGO", cargo)
    };
    let fetched = with(BINSTALL);
    fetched
        .run(&["doctor", "--install-typst"])
        .code(0)
        .stderr_has("bemærk: Henter typst 0.15.1 med cargo-binstall.")
        .stderr_lacks("og bygger det")
        .stdout_has("i orden  typst     0.15.1 i [repo]/ingen/");
    let call = fetched.read("ingen/kald");
    assert!(
        call.starts_with(
            "typst-cli --version 0.15.1 --no-confirm --force --disable-strategies quick-install,compile --root "
        ),
        "{call}"
    );
    with("exit 1")
        .run(&["doctor", "--install-typst"])
        .code(0)
        .stderr_has("med cargo-binstall")
        .stderr_has("og bygger det");
}

#[test]
#[cfg(unix)]
fn pages_are_written_and_told_of_before_typst_is_fetched_and_pdfs_follow_in_the_same_run() {
    // This cargo looks whether the pages are there, and makes a typst that makes PDFs.
    let cargo = r#"
[ -f dist/lillebo/index.html ] && [ -f dist/lillebo/protokol.md ] || exit 9
while [ "$1" != --root ]; do shift; done
/bin/mkdir -p "$2/bin"
printf '#!/bin/sh\nif [ "$1" = --version ]; then echo "typst 0.15.1"; exit; fi\nfor last; do :; done\nprintf %%%%PDF-1.7 > "$last"\n' > "$2/bin/typst"
/bin/chmod +x "$2/bin/typst"
"#;
    let cargo = format!("cd \"${{0%/*}}\"\n{cargo}");
    let repo = Repo::minimal().program("cargo", &cargo);
    let program = repo.path("cargo").display().to_string();
    let repo = bare(repo).env("CARGO", program);
    let run = repo.run(&["build", "--install-typst"]).code(0);
    let pages = run
        .stderr
        .find("Websider og Markdown er klar: åbn [repo]/dist/index.html");
    let fetching = run.stderr.find("Henter typst");
    assert!(pages.is_some() && pages < fetching, "{}", run.stderr);
    assert_eq!(repo.read("dist/lillebo/protokol.pdf"), "%PDF-1.7");
    assert!(
        repo.read("dist/lillebo/index.html")
            .contains("protokol.pdf")
    );
    // Where no PDF is to be made, nothing is fetched.
    repo.without("ingen/rusprot")
        .run(&["build", "--install-typst"])
        .code(0)
        .stderr_lacks("Henter typst");
}

#[test]
#[cfg(unix)]
fn an_installation_says_that_it_takes_time_and_then_all_is_well() {
    let repo = bare(Repo::minimal().program("cargo", CARGO));
    let cargo = repo.path("cargo").display().to_string();
    let repo = repo.env("CARGO", cargo);
    repo.run(&["doctor", "--install-typst"])
        .code(0)
        .stderr_has("bemærk: Henter typst 0.15.1 og bygger det. Det tager 5-15 minutter")
        .stderr_lacks("ecow")
        .stderr_has("bemærk: typst ligger nu i [repo]/ingen/rusprot/typst-0.15.1/bin/typst\n")
        .stdout_has("i orden  typst     0.15.1 i [repo]/ingen/");
    repo.run(&["doctor", "--install-typst"])
        .code(0)
        .stderr_is("");
    repo.without("ingen/rusprot")
        .run(&["doctor", "--install-typst", "-v"])
        .code(0)
        .stderr_has("  pakke 1: ecow v0.2.6\n");
}

#[test]
fn a_wrong_path_in_the_environment_is_not_mended_by_installing() {
    bare(Repo::new())
        .env("RUSPROT_TYPST", "findes/ikke")
        .run(&["doctor", "--install-typst"])
        .code(3)
        .stdout_is("")
        .stderr_has("fejl: RUSPROT_TYPST peger på »findes/ikke«")
        .stderr_has("Ret variablen RUSPROT_TYPST");
}

#[test]
fn an_installation_without_cargo_says_what_is_missing() {
    bare(Repo::new())
        .run(&["doctor", "--install-typst"])
        .code(3)
        .stderr_has("fejl: typst kan ikke hentes, fordi programmet »cargo« ikke findes.");
}
