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

/// A file outside the repository that nothing may touch.
fn victim() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secret");
    fs::write(&file, SECRET).expect("a file");
    fs::write(folder.path().join("index.html"), SECRET).expect("a file");
    (folder, file)
}

/// That nothing came, went or changed in the folder of [`victim`].
#[track_caller]
fn untouched(folder: &TempDir) {
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["index.html", "secret"]);
    for name in names {
        assert_eq!(
            fs::read(folder.path().join(name)).expect("a file"),
            SECRET.as_bytes()
        );
    }
}

#[test]
fn nothing_is_written_through_a_link_below_the_repository() {
    let build = ["build", "--draft", "--formats", "html,md"];
    for name in ["dist", "dist/lillebo"] {
        let (folder, _) = victim();
        let repo = Repo::minimal();
        link(&repo, name, folder.path());
        let run = repo.run(&build).code(1);
        run.stderr_has("RP014").stderr_has("Her er en genvej");
        untouched(&folder);
        assert!(
            fs::symlink_metadata(repo.path(name))
                .expect("a link")
                .is_symlink()
        );
    }
    // A page that somebody has put a link in place of becomes a page again.
    let (folder, file) = victim();
    let repo = Repo::minimal();
    repo.run(&build).code(0);
    let repo = repo.without("dist/lillebo/index.html");
    link(&repo, "dist/lillebo/index.html", &file);
    repo.run(&build).code(0);
    untouched(&folder);
    assert!(repo.read("dist/lillebo/index.html").contains("</html>"));
    // A folder that somebody names is theirs to name, also through a link.
    let chosen = tempfile::tempdir().expect("a folder");
    link(&repo, "ud", chosen.path());
    repo.run(&[&build[..], &["--out", "ud"]].concat()).code(0);
    assert!(chosen.path().join("index.html").exists());
}

#[test]
fn no_list_of_files_has_anything_elsewhere_removed() {
    let (folder, file) = victim();
    let repo = Repo::minimal();
    link(&repo, "dist/link", folder.path());
    let list = serde_json::json!({
        "version": 1,
        "files": { "link/secret": {}, "../rusprot.toml": {}, file.to_str().expect("a name"): {} }
    });
    repo.write("dist/.rusprot.json", list.to_string());
    repo.write("dist/.rusprot.nye", "link/secret\n../rusprot.toml\n");
    repo.run(&["build", "--draft", "--formats", "html"]).code(0);
    untouched(&folder);
    assert!(repo.has("rusprot.toml"));
    // The list itself may be a link.
    let (folder, file) = victim();
    for name in ["dist/.rusprot.json", "dist/.rusprot.nye"] {
        let repo = Repo::minimal();
        link(&repo, name, &file);
        let _whatever = repo.run(&["build", "--draft", "--formats", "html"]);
        untouched(&folder);
    }
}

#[test]
fn somebody_s_own_file_in_the_folder_of_pages_is_a_finding_and_stays() {
    let repo = Repo::minimal().file("ud/index.html", "min egen side");
    let args = ["build", "--draft", "--formats", "html,md", "--out", "ud"];
    let run = repo.run(&args).code(1);
    run.stderr_has("ud/index.html")
        .stderr_has("Her ligger noget, som rusprot ikke har lavet.");
    assert_eq!(repo.read("ud/index.html"), "min egen side");
    assert!(repo.has("ud/lillebo/index.html"));
    // Nor is it ours the next time.
    repo.run(&args).code(1).stderr_has("RP014");
    let repo = repo.without("ud/index.html");
    repo.run(&args).code(0);
}

#[test]
fn an_author_s_file_behind_a_link_is_written_in_the_repository_alone() {
    let main = "protocols/lillebo/protokol.toml";
    let done = [
        "done",
        "lillebo",
        "--duty",
        "revision",
        "--date",
        "2026-11-20",
    ];
    let inside = Repo::minimal();
    let text = inside.read(main);
    let inside = inside.file("faelles/protokol.toml", &text).without(main);
    link(&inside, main, Path::new("../../faelles/protokol.toml"));
    inside.run(&done).code(0);
    assert!(inside.read("faelles/protokol.toml").contains("2026-11-20"));
    assert!(
        fs::symlink_metadata(inside.path(main))
            .expect("a link")
            .is_symlink()
    );

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("protokol.toml");
    fs::write(&file, format!("\u{feff}{text}")).expect("a file");
    let repo = Repo::minimal().without(main);
    link(&repo, main, &file);
    for args in [
        &done[..],
        &[
            "approve",
            "lillebo",
            "--forum",
            "Mini-MED",
            "--date",
            "2026-11-20",
            "--by",
            "Leder",
        ],
        &["check", "--fix"],
    ] {
        let run = repo.run(args);
        assert_ne!(run.exit(), Some(0), "{run:?}");
        let now = fs::read_to_string(&file).expect("a file");
        assert_eq!(now, format!("\u{feff}{text}"), "{args:?}");
    }
}

#[test]
fn twenty_deeds_at_once_on_one_file_are_twenty_events() {
    let repo = Repo::minimal();
    let running: Vec<_> = (1..=20)
        .map(|day| {
            let date = format!("2026-10-{day:02}");
            let args = ["done", "lillebo", "--duty", "revision", "--date", &date];
            let mut command = repo.command(&args);
            command.stdout(std::process::Stdio::piped());
            command.stderr(std::process::Stdio::piped());
            command.spawn().expect("the program starts")
        })
        .collect();
    for child in running {
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    let text = repo.read("protocols/lillebo/protokol.toml");
    for day in 1..=20 {
        assert!(
            text.contains(&format!("dato = 2026-10-{day:02}")),
            "{day}: {text}"
        );
    }
    let left = repo.files("protocols/lillebo");
    assert!(
        !left.iter().any(|name| name.contains(".rusprot")),
        "{left:?}"
    );
    assert!(!repo.has(".rusprot.lock"));
}

#[test]
fn builds_at_once_in_one_folder_all_succeed() {
    let repo = Repo::minimal();
    for round in 0..4 {
        repo.write(
            "protocols/lillebo/09-runde.toml",
            format!("overskrift = 'Runde {round}'\ntekst = 'Vi er i runde {round}.'\n"),
        );
        let running: Vec<_> = (0..4)
            .map(|_| {
                let mut command = repo.command(&["build", "--draft", "--formats", "html,md,json"]);
                command.stdout(std::process::Stdio::piped());
                command.stderr(std::process::Stdio::piped());
                command.spawn().expect("the program starts")
            })
            .collect();
        for child in running {
            let output = child.wait_with_output().expect("it ends");
            assert_eq!(output.status.code(), Some(0), "{output:?}");
        }
        assert!(
            repo.read("dist/lillebo/index.html")
                .contains(&format!("Runde {round}"))
        );
    }
    let left = repo.files("dist");
    let ours = [".rusprot.json", "index.html"];
    assert!(
        left.iter()
            .all(|name| name.starts_with("lillebo/") || ours.contains(&name.as_str())),
        "{left:?}"
    );
}

/// A typst that tells its number to a file and hangs, when asked for its version or when it compiles.
fn hanging(in_version: bool) -> Repo {
    let answer = "echo 'typst 0.15.1 (fake)'";
    let hang = "echo $$ > \"$PIDS\"; sleep 600 & wait";
    let script = if in_version {
        hang.to_owned()
    } else {
        format!("if [ \"$1\" = --version ]; then {answer}; else {hang}; fi")
    };
    let repo = Repo::minimal()
        .program("bin/typst", &script)
        .file("tmp/x", "");
    let path = |name: &str| repo.path(name).to_str().expect("a name").to_owned();
    let (typst, temporary, pids) = (path("bin/typst"), path("tmp"), path("pids"));
    repo.env("RUSPROT_TYPST", typst)
        .env("TMPDIR", temporary)
        .env("PIDS", pids)
}

/// Whether a process is there and no mere remainder.
fn runs(process: &str) -> bool {
    let output = Command::new("ps")
        .args(["-o", "stat=", "-p", process])
        .output()
        .expect("ps runs");
    let state = String::from_utf8_lossy(&output.stdout);
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = std::time::Instant::now();
    while !holds() {
        assert!(began.elapsed() < LIMIT, "{what} within {LIMIT:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether these tests ignore a signal, as what a shell starts in the background does; what they start then
/// ignores it too. Told where Linux tells it.
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[test]
fn a_signal_ends_what_was_started_and_removes_what_is_temporary() {
    use std::io::Write as _;
    use std::os::unix::process::ExitStatusExt;

    for (signal, number, in_version) in [("INT", 2, false), ("TERM", 15, false), ("HUP", 1, true)] {
        if is_ignored(number) {
            let said = writeln!(std::io::stderr(), "skipped: {signal} is ignored here");
            said.expect("written");
            continue;
        }
        let repo = hanging(in_version);
        let mut child = repo
            .command(&["build", "--draft"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        wait_until("typst runs", || {
            repo.has("pids") && repo.read("pids").ends_with('\n')
        });
        let typst = repo.read("pids").trim().to_owned();
        assert!(runs(&typst));
        let asked = Command::new("kill")
            .args([format!("-{signal}"), child.id().to_string()])
            .status();
        assert!(asked.expect("kill runs").success());
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(number), "{status:?}");
        wait_until("typst has ended", || !runs(&typst));
        assert_eq!(repo.files("tmp"), ["x"]);
    }
}

#[test]
fn a_result_is_written_whole_or_not_at_all_and_links_to_it_stay() {
    let repo = Repo::minimal().file("rapport/gammel.txt", "gammel");
    link(&repo, "rapport/link.txt", Path::new("gammel.txt"));
    let args = ["check", "--format", "json", "--output", "rapport/link.txt"];
    // No file may have a byte: what a full disk is to a program.
    let mut full = Command::new("sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_rusprot"))
        .args(args)
        .current_dir(repo.root())
        .env("RUSPROT_TODAY", crate::support::TODAY);
    let output = full.output().expect("sh runs");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(repo.read("rapport/gammel.txt"), "gammel");
    assert_eq!(repo.files("rapport"), ["gammel.txt", "link.txt"]);
    repo.run(&args).code(0);
    assert!(repo.read("rapport/gammel.txt").contains("\"findings\""));
    let kept = fs::symlink_metadata(repo.path("rapport/link.txt"));
    assert!(kept.expect("a link").is_symlink());
    // What is no file takes it as it comes.
    repo.run(&["check", "--output", "/dev/null"]).code(0);
    assert!(!Path::new("/dev/null").is_file());
}

#[test]
fn a_typst_that_complains_without_end_costs_no_memory_and_no_patience() {
    let repo = Repo::minimal().program(
        "bin/typst",
        "if [ \"$1\" = --version ]; then echo 'typst 0.15.1 (fake)'; else \
         head -c 300000000 /dev/zero | tr '\\0' 'x' >&2; exit 1; fi",
    );
    let typst = repo.path("bin/typst").to_str().expect("a name").to_owned();
    let repo = repo.env("RUSPROT_TYPST", typst);
    let run = repo.run_within(&["build", "--draft"], LIMIT).code(3);
    assert!(run.stderr.len() < 100_000, "{}", run.stderr.len());
    run.stderr_has("(resten er udeladt)");
}

#[test]
fn no_name_breaks_a_line_or_turns_a_text_in_any_stream() {
    const ODD: &str = "on\nLINJE\u{202e}\u{1b}[31m";
    let repo = Repo::minimal()
        .file(
            &format!("protocols/{ODD}/protokol.toml"),
            "[institution]\nnavn = 'Et'\n",
        )
        .file(
            &format!("protocols/lillebo/09-{ODD}.toml"),
            "overskrift = 'To'\ntekst = 1\n",
        )
        .file(&format!("protocols/lillebo/{ODD}.txt"), "x")
        .file(&format!("protocols/lillebo/noter/{ODD}/{ODD}.txt"), "x")
        .file(
            &format!("templates/{ODD}/skabelon.toml"),
            "navn = 'x'\nfejl = 1\n",
        );
    repo.run(&["check"])
        .code(1)
        .stdout_has("protocols/on<U+000A>LINJE<U+202E><U+001B>[31m")
        .stdout_has("09-on<U+000A>LINJE")
        .stdout_has("Navnet har usynlige tegn eller linjeskift");
    let output = format!("--output=ingen-mappe/{ODD}");
    let mut lines: Vec<Vec<&str>> = Vec::new();
    for format in [
        "human", "short", "json", "sarif", "github", "gitlab", "junit",
    ] {
        lines.push(vec!["check", "--format", format]);
    }
    for format in ["human", "json", "csv", "ics"] {
        lines.push(vec!["status", "--format", format]);
    }
    for format in ["human", "json", "csv"] {
        lines.push(vec!["status", "--matrix", "--format", format]);
    }
    lines.extend([
        vec!["build", "--formats", "html,md"],
        vec!["templates"],
        vec!["check", "--fix"],
        vec!["check", ODD],
        vec!["done", ODD, "--duty", "revision", "--date", "2026-11-01"],
        vec!["print", ODD, "--cards"],
        vec!["check", &output],
    ]);
    for args in lines {
        let run = repo.run_within(&args, LIMIT);
        for stream in [&run.stdout, &run.stderr] {
            let broken = stream.lines().find(|line| line.starts_with("LINJE"));
            assert_eq!(broken, None, "{args:?}: {stream}");
            for hidden in ['\u{202e}', '\u{1b}'] {
                assert!(!stream.contains(hidden), "{args:?}: {stream:?}");
            }
        }
    }
}

/// A repository with every trap at once: what it may not touch lies in `outside`, and `mark` is left by any program
/// of it that runs.
fn with_every_trap(outside: &Path, mark: &Path) -> Repo {
    let repo = Repo::minimal();
    repo.begin_history();
    repo.write(
        "protocols/lillebo/01-hvad-er.toml",
        "overskrift = \"Hvad er en rusmiddelprotokol?\"\ntekst = \"Ændret.\"\n",
    );
    repo.commit();
    // Programs that git would run, by settings, attributes, hooks and a bare repository in a folder.
    let run = format!("touch {}", mark.display());
    let repo = repo
        .program("evil.sh", &run)
        .program(".git/hooks/post-checkout", &run)
        .program(".git/hooks/post-index-change", &run)
        .program("git", &run)
        .program("typst", &run)
        .file(".gitattributes", "* filter=evil diff=evil\n");
    let evil = repo.path("evil.sh").display().to_string();
    for setting in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "filter.evil.clean",
        "filter.evil.smudge",
        "diff.evil.textconv",
        "diff.external",
        "gpg.program",
    ] {
        repo.git(&["config", setting, &evil]);
    }
    repo.git(&["config", "log.showSignature", "true"]);
    let bare = repo.path("protocols/lillebo/bar").display().to_string();
    repo.git(&["-c", "core.fsmonitor=", "init", "-q", "--bare", &bare]);
    let config = repo.read("protocols/lillebo/bar/config");
    repo.write(
        "protocols/lillebo/bar/config",
        format!("{config}[core]\n\tfsmonitor = {evil}\n"),
    );
    // Links that lead out, to read through and to write through.
    link(
        &repo,
        "protocols/lillebo/90-ude.toml",
        &outside.join("secret"),
    );
    link(
        &repo,
        "protocols/lillebo/bilag/9-ude.toml",
        &outside.join("secret"),
    );
    link(&repo, "protocols/lillebo/note.txt", &outside.join("secret"));
    link(&repo, "protocols/andet", outside);
    link(
        &repo,
        "templates/socialpsykiatri/html/style.css",
        &outside.join("secret"),
    );
    link(&repo, "dist/lillebo", outside);
    let list = serde_json::json!({ "version": 1, "files": { "lillebo/secret": {}, "../rusprot.toml": {} } });
    repo.write("dist/.rusprot.json", list.to_string());
    // What is no plain file, or has no end.
    link(
        &repo,
        "protocols/lillebo/91-nul.toml",
        Path::new("/dev/zero"),
    );
    let pipe = Command::new("mkfifo")
        .arg(repo.path("protocols/lillebo/92-roer.toml"))
        .status();
    assert!(pipe.expect("mkfifo runs").success());
    let sparse = fs::File::create(repo.path("protocols/lillebo/93-stor.toml"));
    sparse
        .and_then(|file| file.set_len(2_000_000_000))
        .expect("a sparse file");
    // Names and texts that a reader would obey, and texts that cost much.
    let heavy = "§ 141 a@b ".repeat(6_000);
    repo.file("protocols/lillebo/94-on\n::error::LINJE\u{202e}.toml", "tekst = 1\n")
        .file(
            "protocols/lillebo/95-tekst.toml",
            format!("overskrift = \"::error::a ##vso[x]\"\ntekst = \"{heavy} [x](javascript:a) <script>b</script>\"\n"),
        )
}

#[test]
fn a_repository_with_every_trap_at_once_is_read_and_reported_on_and_nothing_else_happens() {
    let (folder, _) = victim();
    let marks = tempfile::tempdir().expect("a folder");
    let mark = marks.path().join("it-ran");
    let repo = with_every_trap(folder.path(), &mark);
    for args in [
        &["check"][..],
        &["check", "--draft", "--format", "json"],
        &["check", "--changed-since", "HEAD~1"],
        &["check", "--fix", "--diff"],
        &["diff", "--since", "HEAD~1"],
        &["diff", "--since-approval"],
        &["status"],
        &["verify", "RP-7K3F-92QD"],
        &["templates"],
        &["build", "--draft", "--formats", "html,md,json"],
        &["check", "--fix"],
    ] {
        let run = repo.run_within(args, LIMIT);
        assert!(!mark.exists(), "{args:?} ran a program of the repository");
        untouched(&folder);
        assert!(
            matches!(run.exit(), Some(0..=3)),
            "{args:?}: {:?}",
            run.exit()
        );
        for stream in [&run.stdout, &run.stderr] {
            assert!(!stream.contains(SECRET), "{args:?}: {stream}");
            assert!(!stream.contains("fejl i rusprot"), "{args:?}: {stream}");
            let obeyed = stream
                .lines()
                .find(|line| line.trim_start().starts_with("::"));
            assert_eq!(obeyed, None, "{args:?}");
        }
    }
    // The report is honest: what could not be read is told, each at its place, and so is a loose file that is no part
    // of the protocol.
    let said = repo.run(&["check", "--format", "short"]).code(1).stdout;
    for name in [
        "90-ude.toml",
        "bilag/9-ude.toml",
        "91-nul.toml",
        "92-roer.toml",
        "93-stor.toml",
    ] {
        let line = said.lines().find(|line| line.contains(name));
        assert!(
            line.is_some_and(|line| line.contains("RP015")),
            "{name} in {said}"
        );
    }
    assert!(
        said.contains("protocols/lillebo/note.txt:1:1: advarsel[RP012]"),
        "{said}"
    );
    assert!(repo.has("rusprot.toml"));
}
