//! A repository that nobody trusts: it is read and reported on, and nothing else happens. Nothing outside it is
//! read or written, nothing hangs, and nothing of others is replaced.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::Repo;

/// More than any of these takes, on a slow machine and without optimisation.
const LIMIT: Duration = Duration::from_secs(60);

/// Words of a file that lies outside the repository.
const SECRET: &str = "Hemmelig1234";

/// A folder outside the repository, with a file that holds [`SECRET`] as TOML and as text.
fn outside() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("overskrift = \"{SECRET}\"\ntekst = \"{SECRET}\"\nnavn = \"{SECRET}\"\n");
    fs::write(folder.path().join("fil.toml"), &text).expect("a file");
    fs::write(folder.path().join("protokol.toml"), &text).expect("a file");
    fs::write(folder.path().join("01-et.toml"), &text).expect("a file");
    folder
}

fn link(repo: &Repo, name: &str, to: &Path) {
    let path = repo.path(name);
    let folder = path.parent().expect("a folder");
    fs::create_dir_all(folder).expect("a folder");
    symlink(to, &path).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// Runs everything that reads, and looks for [`SECRET`] in all that comes of it.
#[track_caller]
fn tells_nothing(repo: &Repo) {
    for args in [
        &["check", "--format", "human", "-v"][..],
        &["check", "--format", "json"],
        &["check", "--fix", "--diff"],
        &["status", "--matrix"],
        &["templates"],
        &["build", "--draft", "--formats", "html,md,json"],
    ] {
        let run = repo.run_within(args, LIMIT);
        assert!(!run.stdout.contains(SECRET), "{args:?}: {}", run.stdout);
        assert!(!run.stderr.contains(SECRET), "{args:?}: {}", run.stderr);
    }
    let built = if repo.has("dist") {
        repo.tree("dist")
    } else {
        BTreeMap::new()
    };
    for (file, bytes) in built {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(SECRET), "{file}: {text}");
    }
}

#[test]
fn no_source_outside_is_read_through_a_link() {
    let outside = outside();
    let file = outside.path().join("fil.toml");
    for name in [
        "protocols/lillebo/90-x.toml",
        "protocols/lillebo/bilag/9-x.toml",
        "protocols/lillebo/note.txt",
        "protocols/note.txt",
        "templates/socialpsykiatri/skabelon.toml",
        "templates/lovregister.toml",
        "templates/minimal/html/style.css",
        "templates/minimal/md/protokol.md",
    ] {
        let repo = Repo::minimal();
        link(&repo, name, &file);
        tells_nothing(&repo);
    }
    for name in ["protocols/lillebo/protokol.toml", "rusprot.toml"] {
        let repo = Repo::minimal().without(name);
        link(&repo, name, &file);
        tells_nothing(&repo);
        repo.run(&["check"]).code(1).stdout_has("RP015");
    }
}

#[test]
fn no_folder_outside_is_looked_into_through_a_link() {
    let outside = outside();
    for name in [
        "protocols/andet",
        "protocols/lillebo/bilag",
        "templates",
        "templates/socialpsykiatri",
    ] {
        let repo = Repo::minimal();
        link(&repo, name, outside.path());
        tells_nothing(&repo);
    }
    let repo = Repo::minimal().without("protocols");
    link(&repo, "protocols", outside.path());
    tells_nothing(&repo);
    repo.run(&["check"])
        .code(2)
        .stderr_has("en genvej til noget uden for");
}

#[test]
fn what_is_no_plain_file_is_a_finding_and_nothing_hangs() {
    for name in [
        "protocols/lillebo/90-x.toml",
        "protocols/lillebo/bilag/9-x.toml",
        "templates/socialpsykiatri/skabelon.toml",
    ] {
        let pipe = Repo::minimal();
        fs::create_dir_all(pipe.path(name).parent().expect("a folder")).expect("a folder");
        let made = Command::new("mkfifo").arg(pipe.path(name)).status();
        assert!(made.expect("mkfifo runs").success());
        let run = pipe.run_within(&["check"], LIMIT).code(1);
        run.stdout_has("RP015")
            .stdout_has("Det er ikke en almindelig fil");
        let device = Repo::minimal();
        link(&device, name, Path::new("/dev/zero"));
        device
            .run_within(&["check"], LIMIT)
            .code(1)
            .stdout_has("RP015");
        let sparse = Repo::minimal().file(name, "");
        let file = fs::File::options().write(true).open(sparse.path(name));
        file.and_then(|file| file.set_len(2_000_000_000))
            .expect("a sparse file");
        let run = sparse.run_within(&["check"], LIMIT).code(1);
        run.stdout_has("RP015").stdout_has("fylder mere end 4 MB");
    }
}

#[test]
fn a_pipe_a_device_or_a_huge_file_among_loose_files_and_pictures_hangs_nothing() {
    let repo = Repo::minimal()
        .file("protocols/lillebo/stor.txt", "")
        .edited(
            "protocols/lillebo/01-hvad-er.toml",
            "tekst = '''",
            "tekst = '''\n![Et](roer.png)\n\n![To](stor.png)\n",
        );
    let file = fs::File::create(repo.path("protocols/lillebo/stor.png"));
    file.and_then(|file| file.set_len(2_000_000_000))
        .expect("a sparse file");
    let file = fs::File::create(repo.path("protocols/lillebo/stor.txt"));
    file.and_then(|file| file.set_len(2_000_000_000))
        .expect("a sparse file");
    for name in ["roer.png", "roer.txt"] {
        let made = Command::new("mkfifo")
            .arg(repo.path("protocols/lillebo").join(name))
            .status();
        assert!(made.expect("mkfifo runs").success());
    }
    link(&repo, "protocols/lillebo/nul.txt", Path::new("/dev/zero"));
    let run = repo.run_within(&["check"], LIMIT).code(1);
    run.stdout_has("Billedet »stor.png« fylder mere end 20 MB.")
        .stdout_has("Filen fylder mere end 20 MB")
        .stdout_lacks("RP015 roer");
    repo.run_within(&["build", "--draft", "--formats", "html,md"], LIMIT)
        .code(1);
}

/// Runs the program as somebody whom permissions bind, also where the tests run as one whom they do not.
fn check_as_anybody(repo: &Repo) -> String {
    let mut command = repo.command(&["check", "--format", "short"]);
    let mine = fs::metadata(repo.root()).expect("the folder is there");
    if mine.uid() == 0 {
        fs::set_permissions(repo.root(), PermissionsExt::from_mode(0o755)).expect("a mode");
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn one_file_or_folder_that_may_not_be_read_is_a_finding_and_the_others_are_checked() {
    for (name, locked) in [
        ("protocols/lillebo/note.txt", "protocols/lillebo/note.txt"),
        ("protocols/lillebo/90-x.toml", "protocols/lillebo/90-x.toml"),
        ("protocols/lillebo/noter/a.txt", "protocols/lillebo/noter"),
        (
            "protocols/lillebo/bilag/1-x.toml",
            "protocols/lillebo/bilag",
        ),
        ("protocols/note.txt", "protocols/note.txt"),
    ] {
        let repo = Repo::minimal()
            .file(name, "")
            .file("protocols/lillebo/91-y.toml", "tekst = 1\n");
        let mode = |mode| {
            fs::set_permissions(repo.path(locked), PermissionsExt::from_mode(mode))
                .expect("a mode");
        };
        mode(0o000);
        let said = check_as_anybody(&repo);
        mode(0o755);
        let line = format!("{locked}:1:1: fejl[RP015]");
        assert!(said.contains(&line), "{line} in {said}");
        assert!(said.contains("du har ikke lov til det"), "{said}");
        assert!(said.contains("91-y.toml"), "{said}");
    }
}
