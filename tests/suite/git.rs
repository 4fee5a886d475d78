//! Repositories of git as people have them, and as strangers make them: settings that change what git says or
//! name programs, folders of other owners, links, and trees that no work tree could hold.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use crate::support::{COMMIT_DAY, Repo};

const SECTION: &str = "protocols/lillebo/09-naboer.toml";

/// An area in git with two commits, and something changed since.
fn with_history() -> Repo {
    let repo = Repo::minimal().file(SECTION, "overskrift = \"Naboer\"\ntekst = \"Vi hilser.\"\n");
    repo.begin_history();
    repo.write(
        SECTION,
        "overskrift = \"Naboer\"\ntekst = \"Vi hilser på alle.\"\n",
    );
    repo.commit();
    repo.write(
        SECTION,
        "overskrift = \"Naboer\"\ntekst = \"Vi hilser på alle hver dag.\"\n",
    );
    repo
}

/// Runs git with something on its standard input.
fn git_with(repo: &Repo, args: &[&str], input: &[u8]) -> String {
    let mut git = Command::new("git")
        .args(args)
        .current_dir(repo.root())
        .env("GIT_AUTHOR_NAME", "Prøve")
        .env("GIT_AUTHOR_EMAIL", "proeve@lillebo.test")
        .env("GIT_COMMITTER_NAME", "Prøve")
        .env("GIT_COMMITTER_EMAIL", "proeve@lillebo.test")
        .env("GIT_AUTHOR_DATE", format!("{COMMIT_DAY}T12:00:00Z"))
        .env("GIT_COMMITTER_DATE", format!("{COMMIT_DAY}T12:00:00Z"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("git starts");
    let mut stdin = git.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("git listens");
    drop(stdin);
    let output = git.wait_with_output().expect("git runs");
    assert!(output.status.success(), "git {args:?}");
    String::from_utf8(output.stdout)
        .expect("an id")
        .trim()
        .to_owned()
}

/// Every command that asks git, each of which must come to an end.
const ASKING: [&[&str]; 5] = [
    &["check", "--changed-since", "HEAD~1", "--format", "short"],
    &["diff"],
    &["diff", "--since", "HEAD~1", "--format", "json"],
    &["diff", "--since-approval"],
    &["verify", "RP-7K3F-92QD"],
];

fn said(repo: &Repo) -> Vec<(Option<i32>, String, String)> {
    let runs = ASKING.iter().map(|args| repo.run(args));
    runs.map(|run| (run.exit(), run.stdout, run.stderr))
        .collect()
}

/// Whether a setting's value is a program that git may run, going by its name.
fn names_a_program(setting: &str) -> bool {
    let name = setting.to_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    let words = [
        "program",
        "cmd",
        "command",
        "pager",
        "editor",
        "hookspath",
        "external",
        "textconv",
        "process",
        "clean",
        "smudge",
        "driver",
        "helper",
        "askpass",
        "gitproxy",
        "uploadpack",
        "receivepack",
        "vcs",
        "hook",
        "browser",
        "path",
        "templatedir",
        "sshcommand",
    ];
    let whole = ["core.fsmonitor", "pager.<cmd>", "core.alternaterefscommand"];
    whole.contains(&name.as_str())
        || last != "cachetextconv" && words.iter().any(|word| last.ends_with(word))
}

/// Settings whose names look so and whose values are no programs: git refuses a command there.
const NO_PROGRAMS: [&str; 11] = [
    "advice.",
    "credential.usehttppath",
    "core.quotepath",
    "core.precomposeunicode",
    "clean",
    "include.path",
    "includeif",
    "commit.cleanup",
    "safe.",
    "color.pager",
    "uploadpack.allow",
];

/// Every such setting that this git knows, with names put in the place of what stands for one.
fn settings() -> Vec<String> {
    let listed = Command::new("git")
        .args(["help", "--config"])
        .output()
        .expect("git tells its settings");
    let listed = String::from_utf8(listed.stdout).expect("settings are plain");
    let mut settings: Vec<String> = listed
        .lines()
        .map(str::trim)
        .filter(|setting| names_a_program(setting))
        .filter(|setting| {
            let name = setting.to_lowercase();
            !NO_PROGRAMS.iter().any(|other| name.starts_with(other))
        })
        .flat_map(|setting| {
            let names = [
                "evil", "openpgp", "origin", "log", "diff", "status", "rev-list", "cat-file",
            ];
            names.map(|name| match (setting.find('<'), setting.find('>')) {
                (Some(from), Some(to)) => {
                    format!("{}{name}{}", &setting[..from], &setting[to + 1..])
                }
                _ => setting.to_owned(),
            })
        })
        .chain([
            "filter.evil.process".to_owned(),
            "remote.origin.vcs".to_owned(),
        ])
        .collect();
    settings.sort_unstable();
    settings.dedup();
    settings
}

/// Settings that let git run a command which leaves a mark, for every attribute of every file.
fn trap(repo: &Repo, command: &str) -> String {
    repo.write(".gitattributes", "* filter=evil diff=evil merge=evil\n");
    let mut config = String::new();
    for setting in settings() {
        let (section, key) = setting.rsplit_once('.').expect("a section and a key");
        let (section, name) = match section.split_once('.') {
            Some((section, name)) => (section, format!(" \"{name}\"")),
            None => (section, String::new()),
        };
        config.push_str(&format!("[{section}{name}]\n\t{key} = \"{command}\"\n"));
    }
    config.push_str(
        "[log]\n\tshowSignature = true\n[remote \"origin\"]\n\turl = \"ext::sh -c %S\"\n\tpromisor = true\n\
         [protocol]\n\tallow = always\n[protocol \"ext\"]\n\tallow = always\n[extensions]\n\tpartialClone = origin\n",
    );
    config
}

#[test]
fn no_program_runs_that_a_setting_of_git_names() {
    let home = tempfile::tempdir().expect("a folder for the user");
    let mark = home.path().join("it-ran");
    let script = home.path().join("evil");
    let lines = format!("#!/bin/sh\ntouch '{}'\ncat\n", mark.display());
    fs::write(&script, lines).expect("a script");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&script, mode).expect("a script that can be run");
    let command = script.display().to_string();

    let repo = with_history().env("HOME", home.path().display().to_string());
    let usual = said(&repo);
    assert!(settings().len() > 60, "{:?}", settings());
    let config = trap(&repo, &command);
    let own = format!("{}\n{config}", repo.read(".git/config"));
    repo.write(".git/config", own);
    // The same in the user's own file, which is read first.
    fs::write(home.path().join(".gitconfig"), &config).expect("settings");

    // The trap works: git's own commands step into it.
    let status = Command::new("git")
        .args(["diff", "HEAD"])
        .current_dir(repo.root())
        .env("HOME", home.path())
        .output()
        .expect("git runs");
    assert!(mark.exists(), "{status:?}");
    fs::remove_file(&mark).expect("the mark");

    let trapped = said(&repo);
    assert!(!mark.exists());
    assert_eq!(usual, trapped);
}

#[test]
fn an_object_that_is_not_here_is_fetched_by_nobody() {
    let home = tempfile::tempdir().expect("a folder for the user");
    let mark = home.path().join("it-ran");
    let repo = with_history().env("HOME", home.path().display().to_string());
    let blob = repo.git(&["rev-parse", &format!("HEAD~1:{SECTION}")]);
    let object = format!(".git/objects/{}/{}", &blob[..2], &blob[2..]);
    fs::remove_file(repo.path(&object)).expect("a loose object");
    for (setting, value) in [
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        (
            "remote.origin.url",
            &format!("ext::touch {}", mark.display()),
        ),
        ("protocol.ext.allow", "always"),
    ] {
        repo.git(&["config", setting, value]);
    }
    repo.run(&["diff", "--since", "HEAD~1"])
        .code(1)
        .stdout_has("hele historien på denne maskine");
    assert!(!mark.exists());
}

#[test]
fn settings_that_change_what_git_says_change_nothing_here() {
    let home = tempfile::tempdir().expect("a folder for the user");
    let repo = with_history().env("HOME", home.path().display().to_string());
    let usual = said(&repo);
    let settings = "[color]\n\tui = always\n\tdiff = always\n[core]\n\tquotePath = true\n\tabbrev = 4\n\
                    [log]\n\tshowSignature = true\n\tdate = relative\n\tdecorate = full\n\tfollow = true\n\
                    \tabbrevCommit = true\n\tshowRoot = false\n[format]\n\tpretty = fuller\n\
                    [diff]\n\tnoprefix = true\n\tmnemonicPrefix = true\n\trelative = false\n\tcontext = 9\n\
                    \trenames = copies\n\twordRegex = .\n\tsubmodule = log\n[status]\n\trelativePaths = false\n";
    fs::write(home.path().join(".gitconfig"), settings).expect("settings");
    assert_eq!(said(&repo), usual);
}

#[test]
fn signed_commits_are_read_where_git_is_to_show_signatures() {
    let repo = with_history().program(
        "bin/gpg",
        "cat >/dev/null\nprintf '\\n[GNUPG:] SIG_CREATED D\\n' >&2\n\
         printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'",
    );
    let gpg = format!("gpg.program={}", repo.path("bin/gpg").display());
    repo.git(&["-c", &gpg, "commit", "-q", "-S", "-am", "Underskrevet"]);
    assert!(repo.git(&["cat-file", "-p", "HEAD"]).contains("gpgsig"));
    let usual = said(&repo);
    repo.git(&["config", "log.showSignature", "true"]);
    assert_eq!(said(&repo), usual);
    repo.run(&["diff"]).code(0);
}

#[test]
fn an_area_below_the_top_is_trusted_by_the_folder_that_git_names() {
    let repo = Repo::new();
    let minimal = Repo::minimal();
    for (path, bytes) in minimal.tree(".") {
        repo.write(&format!("omraade/{path}"), bytes);
    }
    repo.begin_history();
    let top = fs::canonicalize(repo.root()).expect("the folder is there");
    let top = top.display().to_string();
    let repo = repo
        .standing_in("omraade")
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    let home = tempfile::tempdir().expect("a folder for the user");
    let repo = repo.env("HOME", home.path().display().to_string());
    repo.run(&["diff"])
        .code(2)
        .stderr_has("mappen ejes af en anden bruger")
        .stderr_has("git config --global --add safe.directory [repo]\n");
    // What it says helps.
    let config = format!("[safe]\n\tdirectory = {top}\n");
    fs::write(home.path().join(".gitconfig"), config).expect("settings");
    repo.run(&["diff"]).code(0);
}

#[test]
fn trust_given_to_git_by_its_own_variables_is_kept() {
    let distrusted = || with_history().env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    distrusted().run(&["diff"]).code(2);
    distrusted()
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "safe.directory")
        .env("GIT_CONFIG_VALUE_0", "*")
        .run(&["diff"])
        .code(0);
    distrusted()
        .env("GIT_CONFIG_PARAMETERS", "'safe.directory'='*'")
        .run(&["diff"])
        .code(0);
    for variable in ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
        let repo = distrusted().file("tillid", "[safe]\n\tdirectory = *\n");
        let path = repo.path("tillid").display().to_string();
        repo.env(variable, path).run(&["diff"]).code(0);
    }
}

#[test]
fn a_hook_s_variables_lead_to_no_other_repository() {
    let repo = with_history();
    let usual = said(&repo);
    let repo = repo
        .env("GIT_DIR", "/nowhere")
        .env("GIT_INDEX_FILE", "/nowhere/index")
        .env("GIT_EXTERNAL_DIFF", "false");
    assert_eq!(said(&repo), usual);
}

#[test]
fn a_bare_repository_among_the_files_is_none() {
    let repo = with_history();
    repo.git(&["clone", "-q", "--bare", ".", "inde"]);
    let home = tempfile::tempdir().expect("a folder for the user");
    let mark = home.path().join("it-ran");
    let config = repo.read("inde/config");
    let trap = format!("[core]\n\tfsmonitor = \"touch {}\"\n", mark.display());
    let work_tree = config.replace("bare = true", "bare = false\n\tworktree = .");
    for config in [format!("{config}{trap}"), format!("{work_tree}{trap}")] {
        repo.write("inde/config", config);
        repo.write("inde/rusprot.toml", repo.read("rusprot.toml"));
        for args in ASKING {
            let args = [args, &["--root", "inde"]].concat();
            let run = repo.run(&args);
            assert!(
                run.exit() == Some(2) || args[0] == "verify" || args.contains(&"--since-approval"),
                "{args:?}: {}{}",
                run.stdout,
                run.stderr
            );
        }
        assert!(!mark.exists());
    }
}

#[test]
fn a_section_that_is_a_link_says_what_the_file_says_then_and_now() {
    let shared = |text: &str| format!("overskrift = \"Naboer\"\ntekst = \"{text}\"\n");
    let repo = Repo::minimal().file("faelles/naboer.toml", shared("Vi hilser."));
    symlink("../../faelles/naboer.toml", repo.path(SECTION)).expect("a link");
    repo.begin_history();
    repo.run(&["diff"]).code(0).stdout_has("Ingen ændringer");
    repo.write("faelles/naboer.toml", shared("Vi vinker."));
    repo.run(&["diff"])
        .code(0)
        .stdout_has("hilser")
        .stdout_has("vinker")
        .stdout_lacks("tilføjet");
    repo.commit();
    repo.run(&["diff", "--since", "HEAD~1"])
        .code(0)
        .stdout_has("vinker");
    repo.run(&["diff"]).code(0).stdout_has("Ingen ændringer");
}

#[test]
fn a_protocol_in_a_linked_folder_is_followed() {
    let repo = Repo::minimal();
    fs::rename(repo.path("protocols/lillebo"), repo.path("bo")).expect("a folder");
    symlink("../bo", repo.path("protocols/lillebo")).expect("a link");
    repo.begin_history();
    repo.run(&["diff"]).code(0).stdout_has("Ingen ændringer");
    repo.write(
        "bo/09-naboer.toml",
        "overskrift = \"Naboer\"\ntekst = \"Hej.\"\n",
    );
    repo.run(&["diff"]).code(0).stdout_has("Naboer");
}

#[test]
fn a_link_out_of_the_repository_is_said_not_to_be_looked_at() {
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let repo = with_history();
    fs::remove_file(repo.path(SECTION)).expect("a section");
    symlink(outside.path(), repo.path(SECTION)).expect("a link");
    repo.commit();
    repo.write(SECTION, "overskrift = \"Naboer\"\ntekst = \"Vi hilser.\"\n");
    repo.run(&["diff"])
        .code(1)
        .stdout_has("09-naboer.toml")
        .stdout_has("genvej")
        .stdout_lacks("tilføjet");
}

#[test]
fn a_protocol_that_was_another_repository_is_said_not_to_be_looked_at() {
    let repo = Repo::minimal();
    repo.begin_history();
    let commit = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["rm", "-rq", "--cached", "protocols/lillebo"]);
    let entry = format!("160000,{commit},protocols/lillebo");
    repo.git(&["update-index", "--add", "--cacheinfo", &entry]);
    repo.git(&["commit", "-qm", "Et andet repository"]);
    repo.run(&["diff"])
        .code(1)
        .stdout_has("kan ikke læses")
        .stdout_has("andet repository, som git kun har navnet på")
        .stdout_lacks("tilføjet");
}

#[test]
fn a_commit_whose_trees_lead_out_of_the_folder_writes_nothing() {
    let repo = Repo::minimal();
    repo.begin_history();
    let outside = repo.root().parent().expect("a folder above").to_owned();
    let name = format!("rusprot-undsluppet-{}", std::process::id());
    let blob = git_with(&repo, &["hash-object", "-w", "--stdin"], b"ude\n");
    let tree = |entries: &[(&str, &str, &str)]| {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            let pairs = id.as_bytes().chunks(2);
            bytes.extend(pairs.map(|pair| {
                let digits = std::str::from_utf8(pair).expect("digits");
                u8::from_str_radix(digits, 16).expect("digits")
            }));
        }
        let args = ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"];
        git_with(&repo, &args, &bytes)
    };
    let config = repo.git(&["rev-parse", "HEAD:rusprot.toml"]);
    let protocols = repo.git(&["rev-parse", "HEAD:protocols"]);
    let mut deep = tree(&[("100644", &name, &blob)]);
    for _ in 0..12 {
        deep = tree(&[("40000", "..", &deep)]);
    }
    let hostile = tree(&[
        ("40000", "..", &deep),
        ("40000", ".git", &deep),
        ("40000", "protocols", &protocols),
        ("100644", "rusprot.toml", &config),
    ]);
    let parent = repo.git(&["rev-parse", "HEAD"]);
    let bad = git_with(
        &repo,
        &["commit-tree", &hostile, "-p", &parent, "-m", "x"],
        b"",
    );
    let clean = repo.git(&["rev-parse", "HEAD^{tree}"]);
    let good = git_with(&repo, &["commit-tree", &clean, "-p", &bad, "-m", "y"], b"");
    repo.git(&["update-ref", "HEAD", &good]);
    for args in ASKING {
        let _any_end = repo.run(args);
    }
    repo.run(&["check", "--changed-since", "HEAD~1"]).code(0);
    for folder in outside.ancestors() {
        assert!(!folder.join(&name).exists(), "{}", folder.display());
    }
    assert!(!repo.has(".git/..") || !repo.path(".git").join(&name).exists());
}

#[test]
fn a_history_takes_a_few_processes_however_many_protocols_there_are() {
    let repo = Repo::minimal();
    for number in 0..12 {
        for file in repo.files("protocols/lillebo") {
            let bytes = repo.read_bytes(&format!("protocols/lillebo/{file}"));
            repo.write(&format!("protocols/bo-{number}/{file}"), bytes);
        }
    }
    repo.begin_history();
    for number in 0..12 {
        let text = format!("overskrift = \"Naboer\"\ntekst = \"Vi er {number}.\"\n");
        repo.write(&format!("protocols/bo-{number}/09-naboer.toml"), text);
    }
    repo.commit();
    let repo = watched(
        repo,
        "echo \"$*\" >>\"$MARKS\"\nPATH=\"$REAL\" exec git \"$@\"",
    );
    repo.run(&["verify", "RP-7K3F-92QD"]).code(1);
    let calls = repo.read("marks");
    assert!(calls.lines().count() <= 4, "{calls}");
}

/// A repository whose git is a script: git itself is found by the path `REAL`, and what it is to note goes into the file
/// `marks`, which `MARKS` names.
fn watched(repo: Repo, script: &str) -> Repo {
    let real = std::env::var("PATH").expect("programs are found somewhere");
    let repo = repo.program("bin/git", script);
    let (bin, marks) = (repo.path("bin"), repo.path("marks"));
    repo.env("PATH", format!("{}:{real}", bin.display()))
        .env("REAL", real)
        .env("MARKS", marks.display().to_string())
}

#[test]
fn git_is_asked_once_for_what_is_another_and_never_for_what_lies_here() {
    let repo = Repo::minimal();
    repo.begin_history();
    let texts = ["Vi hilser.", "Vi vinker.", "Vi nikker."];
    for text in texts {
        let text = format!("overskrift = \"Naboer\"\ntekst = \"{text}\"\n");
        repo.write("protocols/lillebo/09-naboer.toml", text);
        repo.commit();
    }
    let id = |revision: &str| repo.git(&["rev-parse", revision]).trim().to_owned();
    let naboer = |revision: &str| id(&format!("{revision}:protocols/lillebo/09-naboer.toml"));
    let (here, others) = (naboer("HEAD"), [naboer("HEAD~1"), naboer("HEAD~2")]);
    let same: Vec<String> = repo
        .git(&["ls-tree", "HEAD~3:protocols/lillebo", "--object-only"])
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(same.len(), 9);
    let repo = watched(
        repo,
        "case \"$*\" in\n*cat-file*) tee -a \"$MARKS\" | PATH=\"$REAL\" git \"$@\" ;;\n\
         *) PATH=\"$REAL\" exec git \"$@\" ;;\nesac",
    );
    repo.run(&["verify", "RP-7K3F-92QD"]).code(1);
    let asked = repo.read("marks");
    let times = |id: &String| asked.lines().filter(|line| *line == id.as_str()).count();
    assert_eq!(others.each_ref().map(times), [1, 1], "{asked}");
    let not = same.iter().chain([&here]).map(times);
    assert_eq!(not.sum::<usize>(), 0, "{asked}");
}

#[test]
fn reports_for_other_programs_count_paths_from_the_top_of_the_repository() {
    let repo = Repo::new();
    for (path, bytes) in Repo::minimal().tree(".") {
        repo.write(&format!("vores område/{path}"), bytes);
    }
    repo.write(
        "vores område/protocols/lillebo/09-naboer.toml",
        "overskrift = \"4. Naboer\"\ntekst = \"Vi hilser.\"\n",
    );
    let section = "protocols/lillebo/09-naboer.toml";
    let shown = |format: &str| {
        let run = repo.run(&["check", "--root", "vores område", "--format", format]);
        run.code(0).stdout
    };
    let sarif = |folder: &str| format!("\"uri\":\"{folder}{section}\"");
    let compact = |json: String| json.replace("\": ", "\":");
    assert!(compact(shown("sarif")).contains(&sarif("")));
    repo.begin_history();
    assert!(compact(shown("sarif")).contains(&sarif("vores%20omr%C3%A5de/")));
    let path = format!("\"path\":\"vores område/{section}\"");
    assert!(compact(shown("gitlab")).contains(&path));
    assert!(shown("github").contains(&format!(",file=vores område/{section},")));
    // People stand in the area.
    assert!(
        shown("short").contains(&format!("\n{section}:1:")) || shown("short").starts_with(section)
    );
}

#[test]
fn the_hooks_run_wherever_an_area_keeps_its_protocols() {
    let hooks = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/.pre-commit-hooks.yaml"
    ));
    let hooks = hooks.expect("the hooks");
    assert_eq!(
        hooks.matches("- id: ").count(),
        hooks.matches("  always_run: true").count()
    );
    assert!(!hooks.contains("  files:"));
}
