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
        .stdout_has("cargo install typst-cli")
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
