//! RP015 `ulaeselig-fil`; that nothing hangs on such a file is tested in `trust`.

use super::{Found, house};

const TEXT: &str = "overskrift = \"Et\"\ntekst = \"Fint.\"\n";

#[test]
#[cfg(unix)]
fn a_link_out_of_the_repository_is_found_and_one_within_it_is_read() {
    let outside = tempfile::tempdir().expect("a folder");
    let secret = outside.path().join("hemmelig.toml");
    std::fs::write(&secret, TEXT).expect("a file");
    let repo = house("", &[]).file("faelles/medicin.toml", TEXT);
    let link = |to: &std::path::Path, name: &str| {
        std::os::unix::fs::symlink(to, repo.path(name)).expect("a link");
    };
    link(&secret, "protocols/hus/01-et.toml");
    link(
        "../../faelles/medicin.toml".as_ref(),
        "protocols/hus/02-to.toml",
    );
    let found = Found::by("RP015", &repo);
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:1:1 Filen er en genvej til noget uden for repositoryet, så den bliver ikke læst."
        ]
    );
    assert!(found.helps()[0].starts_with("Læg en kopi af filen her"));
    assert_eq!(found.levels(), ["error"]);
}

#[test]
fn a_file_that_is_too_large_is_found_and_the_others_are_checked() {
    let large = format!("overskrift = \"Et\"\n#{}\n", " ".repeat(4_000_000));
    let repo = house(
        "",
        &[("01-et.toml", &large), ("02-to.toml", "tekst = \"\"\n")],
    );
    assert_eq!(
        Found::by("RP015", &repo).lines(),
        ["01-et.toml:1:1 Filen fylder mere end 4 MB, så den bliver ikke læst."]
    );
    assert!(!Found::by("RP004", &repo).lines().is_empty());
    let fits = format!(
        "overskrift = \"Et\"\ntekst = \"x\"\n#{}\n",
        " ".repeat(3_900_000)
    );
    Found::by("RP015", &house("", &[("01-et.toml", &fits)])).none();
}
