//! Shared skabeloner: `templates update`, the copies and their lock, and everything that can be in the way.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Repo, Run};

/// The skabelon that is shared; `%` is the word that editions differ in.
const SKABELON: &str = "\
navn = \"Områdets\"
dokumenttype = \"Protokol\"
version = \"%\"
[[krav]]
id = \"gaester\"
overskrift = \"Gæster\"
obligatorisk = '''
Gæster ringer på. Udgave %.
'''
";

/// A repository of skabeloner with the editions 2026-1 and 2027-1 of `vores`.
pub fn keeper() -> Repo {
    let repo = Repo::new()
        .file("vores/skabelon.toml", SKABELON.replace('%', "2026"))
        .file("vores/md/protokol.md", "{{ body }}\n")
        .file("vores/.skjult", "ikke med")
        .file("LÆSMIG.md", "Skabeloner.\n");
    repo.begin_history();
    repo.git(&["tag", "2026-1"]);
    repo.write("vores/skabelon.toml", SKABELON.replace('%', "2027"));
    repo.git(&["rm", "-q", "vores/md/protokol.md"]);
    repo.commit();
    repo.git(&["tag", "2027-1"]);
    repo
}

fn address(keeper: &Repo) -> String {
    format!("file://{}", keeper.root().display())
}

/// A house of its own that follows the skabelon at an address.
pub fn house(address: &str, more: &str) -> Repo {
    let repo = Repo::new()
        .file(
            "rusprot.toml",
            format!(
                "skabelon = \"vores\"\n\n[omraade]\nnavn = \"Prøveområdet\"\n\n\
                 # Herfra kommer den fælles tekst.\n[skabeloner.vores]\ngit = \"{address}\"\n{more}"
            ),
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = \"Huset\"\n[dokument]\nversion = \"1\"\n",
        )
        .file(
            "protocols/hus/01-gaester.toml",
            "overskrift = \"Gæster\"\nopfylder = [\"gaester\"]\ntekst = '''\nDer må gerne komme gæster.\n'''\n",
        );
    with_cache(repo)
}

/// The repository with a cache of its own, beside which nothing else of the machine is changed.
fn with_cache(repo: Repo) -> Repo {
    let cache = repo.path(".lager");
    fs::create_dir_all(&cache).expect("a folder");
    repo.env("XDG_CACHE_HOME", cache.display().to_string())
}

fn of(keeper: &Repo) -> Repo {
    house(&address(keeper), "rev = \"2026-1\"\n")
}

/// Every file of the house but those of its cache.
fn tree(house: &Repo) -> BTreeMap<String, Vec<u8>> {
    let mut tree = house.tree(".");
    tree.retain(|path, _| !path.starts_with(".lager/"));
    tree
}

/// Runs an update that comes to nothing; the work tree is as it was.
#[track_caller]
fn refused(house: &Repo, args: &[&str], code: i32) -> Run {
    let before = tree(house);
    let args: Vec<&str> = ["templates", "update"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let run = house.run(&args).code(code).stdout_is("");
    assert_eq!(tree(house), before, "the work tree is another");
    run
}

/// Fetches what a house names.
#[track_caller]
fn updated(house: &Repo) {
    house
        .run(&["templates", "update"])
        .code(0)
        .stdout_has("vores");
}

#[test]
fn an_update_copies_the_edition_and_remembers_what_it_was() {
    let keeper = keeper();
    let house = of(&keeper);
    let commit = keeper.git(&["rev-parse", "2026-1^{commit}"]);
    house
        .run(&["check", "--format", "short"])
        .code(1)
        .stdout_has("RP806")
        .stdout_has("Den fælles skabelon »vores« er ikke hentet endnu.");
    house
        .run(&["templates", "update"])
        .code(0)
        .stdout_has(&format!("vores: 2026-1 ({}) fra file://", &commit[..10]))
        .stdout_has("ny fil: templates/vores/skabelon.toml")
        .stderr_has("Gem ændringerne i git");
    assert_eq!(
        house.files("templates"),
        ["vores/md/protokol.md", "vores/skabelon.toml"]
    );
    assert_eq!(
        house.read("templates/vores/skabelon.toml"),
        SKABELON.replace('%', "2026")
    );
    let lock = house.read("rusprot.lock");
    assert!(
        lock.contains(&commit) && lock.contains(&address(&keeper)),
        "{lock}"
    );
    // SHA-256 of "{{ body }}\n", by sha256sum.
    assert!(lock.contains("\"md/protokol.md\" = \"0b1526e2"), "{lock}");
    house.run(&["check"]).code(0).stdout_lacks("RP806");
    // Once more there is nothing to do, and without a network neither.
    for args in [
        &["templates", "update"][..],
        &["skabeloner", "opdater", "vores", "--offline"],
    ] {
        let before = tree(&house);
        house
            .run(args)
            .code(0)
            .stdout_has("kopien er, som den skal være");
        assert_eq!(tree(&house), before);
    }
}

#[test]
fn builds_read_the_copy_and_nothing_else() {
    let keeper = keeper();
    let house = of(&keeper);
    updated(&house);
    let build = |house: &Repo| {
        house
            .run(&["build", "--format", "md"])
            .code(0)
            .stdout_has("Åbn");
        house.read("dist/hus/protokol.md")
    };
    let with_keeper = build(&house);
    drop(keeper);
    fs::remove_dir_all(house.path(".lager")).expect("a folder");
    fs::remove_dir_all(house.path("dist")).expect("a folder");
    assert_eq!(build(&house), with_keeper);
}

#[test]
fn another_revision_is_written_into_the_file_with_nothing_else_moved() {
    let keeper = keeper();
    let house = of(&keeper);
    updated(&house);
    let before = tree(&house);
    house
        .run(&[
            "templates",
            "update",
            "vores",
            "--rev",
            "2027-1",
            "--dry-run",
        ])
        .code(0)
        .stdout_has("-version = \"2026\"\n+version = \"2027\"")
        .stdout_has("-{{ body }}")
        .stderr_has("Intet er skrevet");
    assert_eq!(tree(&house), before);
    house
        .run(&["templates", "update", "--rev", "2027-1"])
        .code(0)
        .stdout_has("+Gæster ringer på. Udgave 2027.");
    let config = String::from_utf8(before["rusprot.toml"].clone()).expect("a text");
    assert_eq!(
        house.read("rusprot.toml"),
        config.replace("\"2026-1\"", "\"2027-1\"")
    );
    assert_eq!(house.files("templates"), ["vores/skabelon.toml"]);
    house.run(&["check"]).code(0).stdout_lacks("RP806");
    // Written by hand, the file asks for what is not here.
    let house = house.edited("rusprot.toml", "2027-1", "2026-1");
    house.run(&["check"]).code(1).stdout_has(
        "Kopien af skabelonen »vores« er ikke den, rusprot.toml nævner: udgaven skal være »2026-1«",
    );
}

#[test]
fn a_branch_a_commit_and_no_revision_at_all_are_found_too() {
    let keeper = keeper();
    let commit = keeper.git(&["rev-parse", "2026-1^{commit}"]);
    for (rev, edition) in [
        ("rev = \"main\"\n".to_owned(), "2027"),
        (String::new(), "2027"),
        (format!("rev = \"{commit}\"\n"), "2026"),
        (format!("rev = \"{}\"\n", &commit[..9]), "2026"),
    ] {
        let house = house(&address(&keeper), &rev);
        house
            .run(&["templates", "update"])
            .code(0)
            .stdout_has("vores");
        let text = house.read("templates/vores/skabelon.toml");
        assert!(text.contains(edition), "{rev}{text}");
    }
    // A branch goes on, and the next update follows it.
    let house = house(&address(&keeper), "rev = \"main\"\n");
    updated(&house);
    keeper.write("vores/skabelon.toml", SKABELON.replace('%', "2028"));
    keeper.commit();
    house
        .run(&["templates", "update", "--offline"])
        .code(0)
        .stdout_has("kopien er, som den skal være");
    house
        .run(&["templates", "update"])
        .code(0)
        .stdout_has("+version = \"2028\"");
}

#[test]
fn a_folder_of_this_machine_is_copied_as_well() {
    let keeper = keeper();
    let house = of(&keeper);
    house.write(
        "rusprot.toml",
        format!(
            "skabelon = \"vores\"\n[omraade]\nnavn = \"X\"\n[skabeloner.vores]\nsti = \"{}\"\n",
            keeper.root().display()
        ),
    );
    house
        .run(&["templates", "update"])
        .code(0)
        .stdout_has("vores: fra /");
    assert!(house.read("templates/vores/skabelon.toml").contains("2027"));
    refused(&house, &["--rev", "2026-1"], 2).stderr_has("en mappe har ingen udgaver");
}

#[test]
fn an_address_that_is_gone_or_is_no_repository_is_said_to_be_so() {
    let nowhere = house("file:///findes/slet/ikke.git", "");
    refused(&nowhere, &[], 3)
        .stderr_has("der er ikke noget arkiv i git på den adresse")
        .stderr_has("Intet er ændret.");
    let plain = Repo::new().file("vores/skabelon.toml", SKABELON);
    refused(&house(&address(&plain), ""), &[], 3).stderr_has("ikke noget arkiv i git");
    let empty = Repo::new();
    empty.git(&["init", "-q"]);
    refused(&house(&address(&empty), ""), &[], 2).stderr_has("der er ikke gemt noget i");
    let gone = Repo::new().file(
        "rusprot.toml",
        "skabelon = \"vores\"\n[omraade]\nnavn = \"X\"\n[skabeloner.vores]\nsti = \"../væk\"\n",
    );
    refused(&with_cache(gone), &[], 2).stderr_has("mappen ../væk findes ikke");
}

#[test]
fn a_revision_that_is_gone_is_told_with_those_there_are() {
    let keeper = keeper();
    let house = of(&keeper);
    refused(&house, &["--rev", "2026-9"], 2)
        .stderr_has("der er ingen udgave, der hedder »2026-9«")
        .stderr_has("Der er: 2027-1, 2026-1, main.");
    for odd in [
        "HEAD~1",
        "-x",
        "--upload-pack=touch x",
        "a..b",
        "0123456789abcdef",
    ] {
        let rev = format!("--rev={odd}");
        refused(&house, &[&rev], 2).stderr_has("der er ingen udgave");
    }
}

#[test]
fn a_tag_that_was_moved_is_not_followed() {
    let keeper = keeper();
    let house = of(&keeper);
    updated(&house);
    keeper.git(&["tag", "-f", "2026-1", "2027-1"]);
    let now = keeper.git(&["rev-parse", "2027-1^{commit}"]);
    refused(&house, &[], 2)
        .stderr_has("mærket »2026-1« i file://")
        .stderr_has("er flyttet")
        .stderr_has(&format!(
            "rusprot templates update vores --rev {}",
            &now[..10]
        ));
    // Who means it says so.
    house
        .run(&["templates", "update", "--rev", &now[..10]])
        .code(0)
        .stdout_has("+version = \"2027\"");
    house.run(&["check"]).code(0).stdout_lacks("RP806");
}

#[test]
fn a_copy_that_was_changed_by_hand_is_shown_before_it_is_written_over() {
    let keeper = keeper();
    let house = of(&keeper);
    updated(&house);
    let right = tree(&house);
    let house = house
        .edited("templates/vores/skabelon.toml", "ringer på", "banker på")
        .file("templates/vores/typst/mit.typ", "// mit\n")
        .without("templates/vores/md");
    house
        .run(&["check", "--format", "short"])
        .code(1)
        .stdout_has("templates/vores/skabelon.toml:1:1: fejl[RP806]")
        .stdout_has("Filen hører ikke til den fælles skabelon »vores«.")
        .stdout_has("Filen templates/vores/md/protokol.md mangler");
    let shown = |args: &[&str]| {
        house
            .run(args)
            .code(0)
            .stdout_has("-Gæster banker på. Udgave 2026.\n+Gæster ringer på. Udgave 2026.")
            .stdout_has("-// mit")
            .stdout_has("ny fil: templates/vores/md/protokol.md")
    };
    let changed = tree(&house);
    shown(&["templates", "update", "--dry-run"]).stderr_has("Intet er skrevet");
    assert_eq!(tree(&house), changed);
    shown(&["templates", "update"]).stderr_has("Nogen har rettet i kopien.");
    assert_eq!(tree(&house), right);
    house.run(&["check"]).code(0).stdout_lacks("RP806");
}

#[test]
fn at_a_terminal_a_copy_that_was_changed_by_hand_is_asked_about() {
    use crate::init::terminal::Talk;
    let keeper = keeper();
    let house = of(&keeper);
    updated(&house);
    let right = tree(&house);
    let house = house.edited("templates/vores/skabelon.toml", "ringer på", "banker på");
    let changed = tree(&house);
    // Enter alone, no, and leaving are no; what is lost is shown first.
    for (keys, code) in [("\r", 0), ("nej\r", 0), ("\u{1b}", 2), ("\u{3}", 2)] {
        let mut talk = Talk::start(&house, &["templates", "update"]);
        talk.hears("-Gæster banker på. Udgave 2026.")
            .hears("Nogen har rettet i kopien.")
            .hears("Skal kopien skrives over?")
            .hears("j/N")
            .types(keys);
        let (ended, said) = talk.ends();
        assert_eq!(ended, Some(code), "{keys:?}: {said}");
        assert!(said.to_lowercase().contains("intet er skrevet"), "{said}");
        assert_eq!(tree(&house), changed, "{keys:?}");
    }
    let mut talk = Talk::start(&house, &["templates", "update"]);
    talk.hears("Skal kopien skrives over?").types("j\r");
    let (ended, said) = talk.ends();
    assert_eq!(ended, Some(0), "{said}");
    assert!(said.contains("Skrevet."), "{said}");
    assert_eq!(tree(&house), right);
    // A copy that nobody has changed is brought up to date without a question.
    let talk = Talk::start(&house, &["templates", "update", "--rev", "2027-1"]);
    let (ended, said) = talk.ends();
    assert_eq!(ended, Some(0), "{said}");
    assert!(!said.contains('?'), "{said}");
}

#[test]
fn a_lock_that_fits_nothing_is_said_to_be_so() {
    let keeper = keeper();
    let house = of(&keeper);
    updated(&house);
    let lock = house.read("rusprot.lock");
    house.write("rusprot.lock", format!("<<<<<<< HEAD\n{lock}"));
    house
        .run(&["check"])
        .code(1)
        .stdout_has("RP806")
        .stdout_has("Filen er ikke, som rusprot skriver den.");
    refused(&house, &[], 2).stderr_has("rusprot.lock er ikke, som rusprot skriver den");
    // Of a skabelon that is shared no more, the list alone knows.
    house.write(
        "rusprot.lock",
        lock.replace("navn = \"vores\"", "navn = \"andres\""),
    );
    house
        .run(&["check"])
        .code(1)
        .stdout_has("Filen har skabelonen »andres«, som ikke står i rusprot.toml.")
        .stdout_has("er jeres egen mappe");
    house.write(
        "rusprot.lock",
        format!(
            "{lock}{}",
            &lock[lock.find("\n[[").expect("a copy")..].replace("vores", "andres")
        ),
    );
    house
        .run(&["templates", "update"])
        .code(0)
        .stdout_has("andres: står ikke i rusprot.toml");
    assert_eq!(house.read("rusprot.lock"), lock);
    house.run(&["check"]).code(0).stdout_lacks("RP806");
}

#[test]
fn two_skabeloner_of_one_name_are_refused() {
    let keeper = keeper();
    let house = of(&keeper).file(
        "templates/vores/skabelon.toml",
        SKABELON.replace('%', "egen"),
    );
    refused(&house, &[], 2).stderr_has("templates/vores er jeres egen mappe");
    house
        .run(&["check"])
        .code(1)
        .stdout_has("To skabeloner kan ikke have samme navn.");
    // In one file the name cannot stand twice.
    let twice = of(&keeper);
    let config = twice.read("rusprot.toml");
    twice.write(
        "rusprot.toml",
        format!("{config}\n[skabeloner.vores]\nsti = \"x\"\n"),
    );
    refused(&twice, &[], 2).stderr_has("rusprot.toml, linje 11");
    // The same files by another way are no other skabelon.
    house.write(
        "templates/vores/skabelon.toml",
        SKABELON.replace('%', "2026"),
    );
    house.write("templates/vores/md/protokol.md", "{{ body }}\n");
    house
        .run(&["templates", "update"])
        .code(0)
        .stdout_has("kopien er, som den skal være");
    house.run(&["check"]).code(0).stdout_lacks("RP806");
}

#[test]
fn a_link_out_of_the_folder_and_a_submodule_are_refused() {
    let inner = keeper();
    let keeper = keeper();
    symlink("../LÆSMIG.md", keeper.path("vores/ude.md")).expect("a link");
    keeper.commit();
    let house = house(&address(&keeper), "");
    refused(&house, &[], 2)
        .stderr_has("ude.md")
        .stderr_has("er en genvej, som ikke leder til en fil i mappen")
        .stderr_has("intet er ændret");
    // Within the folder it is a file like any other.
    fs::remove_file(keeper.path("vores/ude.md")).expect("a link");
    symlink("skabelon.toml", keeper.path("vores/inde.toml")).expect("a link");
    keeper.commit();
    house
        .run(&["templates", "update"])
        .code(0)
        .stdout_has("ny fil: templates/vores/inde.toml");
    assert!(!house.path("templates/vores/inde.toml").is_symlink());
    // A folder that is a link, or another repository, is none of this one's.
    symlink("vores", keeper.path("genvej")).expect("a link");
    keeper.git(&["submodule", "--quiet", "add", &address(&inner), "andres"]);
    keeper.git(&[
        "submodule",
        "--quiet",
        "add",
        &address(&inner),
        "vores/under",
    ]);
    keeper.commit();
    for folder in ["genvej", "andres", "andres/vores", "findes-ikke"] {
        let more = format!("mappe = \"{folder}\"\n");
        refused(&self::house(&address(&keeper), &more), &[], 2)
            .stderr_has("har ingen mappe, der hedder");
    }
    refused(&self::house(&address(&keeper), ""), &[], 2).stderr_has("et andet repository");
    // On the disk the same holds.
    let folder = Repo::new()
        .file("vores/skabelon.toml", SKABELON)
        .file("x.toml", "a = 1\n");
    symlink("../x.toml", folder.path("vores/ude.toml")).expect("a link");
    let from_folder = format!(
        "skabelon = \"vores\"\n[omraade]\nnavn = \"X\"\n[skabeloner.vores]\nsti = \"{}\"\n",
        folder.root().display()
    );
    let house = with_cache(Repo::new().file("rusprot.toml", from_folder));
    refused(&house, &[], 2).stderr_has("genvej til noget uden for");
}

#[test]
fn nothing_of_the_other_repository_runs() {
    let keeper = keeper();
    let mark = keeper.path("SPOR");
    let script = format!("#!/bin/sh\ntouch {}\n", mark.display());
    keeper.write("vores/.gitattributes", "* filter=spor diff=spor\n");
    keeper.write(".gitattributes", "* filter=spor\n");
    keeper.git(&["add", "-A"]);
    keeper.git(&["commit", "-q", "-m", "x"]);
    for hook in [
        "post-checkout",
        "reference-transaction",
        "post-update",
        "pre-receive",
        "fsmonitor",
    ] {
        let path = format!(".git/hooks/{hook}");
        keeper.write(&path, &script);
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(keeper.path(&path), mode).expect("our own file");
    }
    for setting in [
        "filter.spor.smudge",
        "filter.spor.clean",
        "core.fsmonitor",
        "uploadpack.packObjectsHook",
        "core.sshCommand",
        "core.pager",
    ] {
        keeper.git(&[
            "config",
            setting,
            &format!("sh {}", keeper.path(".git/hooks/fsmonitor").display()),
        ]);
    }
    let _left_by_our_own_git = fs::remove_file(&mark);
    let house = house(&address(&keeper), "");
    updated(&house);
    updated(&house);
    assert!(!mark.exists(), "something ran");
    // An address that is a program is none.
    for address in ["ext::sh -c 'touch SPOR'", "--upload-pack=touch SPOR", "-x"] {
        let house = self::house(address, "");
        refused(&house, &[], 2).stderr_has("er ikke en adresse i git");
    }
}

#[test]
fn without_a_network_what_was_fetched_is_used() {
    let keeper = keeper();
    let house = of(&keeper);
    refused(&house, &["--offline"], 2).stderr_has("er ikke hentet før på denne maskine");
    updated(&house);
    fs::rename(keeper.path(".git"), keeper.path("væk")).expect("a folder");
    refused(&house, &[], 3).stderr_has("Intet er ændret.");
    house
        .run(&["templates", "update", "--rev", "2027-1", "--offline"])
        .code(0)
        .stdout_has("+version = \"2027\"");
    // A host that is not there is told of as such, and nobody is asked for anything.
    let remote = self::house("https://127.0.0.1:1/a.git", "");
    refused(&remote, &[], 3)
        .stderr_has("der er ikke forbindelse til det")
        .stderr_has("Med --offline bruger rusprot det, der er hentet før.");
}

#[test]
fn a_repository_beside_this_one_that_is_gone_is_still_in_the_cache() {
    let (area, _) = crate::upgrade::houses();
    fs::rename(area.path("skabeloner"), area.path("væk")).expect("a folder");
    let run = |args: &[&str]| {
        let args: Vec<&str> = args.iter().chain(&["--root", "hus-a"]).copied().collect();
        area.run(&args)
    };
    run(&["upgrade", "--to", "2027-1"])
        .code(3)
        .stderr_has("der er ikke noget arkiv i git på den adresse");
    run(&["upgrade", "--to", "2027-1", "--offline"])
        .code(0)
        .stdout_has("Besøg i huset");
}

#[test]
fn without_git_it_is_said_how_to_get_it() {
    let keeper = keeper();
    let house = of(&keeper).file("tom/x", "").env("PATH", "/findes/ikke");
    refused(&house, &[], 3).stderr_has("Linux: installér pakken git");
}

#[test]
fn a_login_that_is_asked_for_is_told_of_and_never_waited_for() {
    let house = house("https://git.example/a.git", "")
        .program(
            "bin/git",
            "case \"$*\" in *' fetch '*) [ \"$GIT_TERMINAL_PROMPT\" = 0 ] || sleep 60\n\
             echo \"fatal: could not read Username for 'https://navn:kode@git.example': terminal prompts disabled\" >&2\n\
             exit 128;; *) exit 0;; esac",
        );
    let path = format!("{}:/usr/bin:/bin", house.path("bin").display());
    let house = house.env("PATH", path);
    let run = refused(&house, &[], 3).stderr_has("git har ikke adgang til det");
    run.stderr_lacks("kode");
}

#[test]
fn a_fetch_that_is_killed_half_way_leaves_the_work_tree_and_the_next_one_goes_through() {
    let keeper = keeper();
    let real = "/usr/bin/git";
    let house = of(&keeper).program(
        "bin/git",
        &format!(
            "case \"$*\" in *' fetch '*) {real} \"$@\"; touch \"$XDG_CACHE_HOME/packed-refs.lock\"; sleep 60;; \
             *) exec {real} \"$@\";; esac"
        ),
    );
    let before = tree(&house);
    let path = format!("{}:/usr/bin:/bin", house.path("bin").display());
    for signal in ["-TERM", "-KILL"] {
        let mut slow = house
            .command(&["templates", "update"])
            .env("PATH", &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let began = Instant::now();
        while !house.has(".lager/packed-refs.lock") {
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "it does not fetch"
            );
            thread::sleep(Duration::from_millis(20));
        }
        let killed = std::process::Command::new("kill")
            .args([signal, &slow.id().to_string()])
            .status();
        assert!(killed.expect("kill runs").success());
        assert!(!slow.wait().expect("it ends").success());
        fs::remove_file(house.path(".lager/packed-refs.lock")).expect("a mark");
        assert_eq!(tree(&house), before);
    }
    updated(&house);
    // What a killed git leaves in the store itself is in nobody's way either.
    for store in fs::read_dir(house.path(".lager/rusprot/arkiver")).expect("a folder") {
        let store = store.expect("an entry").path();
        if store.is_dir() && store.join("HEAD").exists() {
            fs::write(store.join("packed-refs.lock"), "").expect("our own file");
            fs::write(store.join("HEAD"), "noget andet").expect("our own file");
        }
    }
    house
        .run(&["templates", "update", "--rev", "2027-1"])
        .code(0)
        .stdout_has("+version = \"2027\"");
}

#[test]
fn two_updates_at_once_end_with_one_whole_copy() {
    let keeper = keeper();
    let house = of(&keeper);
    let both: Vec<_> = (0..2)
        .map(|_| {
            house
                .command(&["templates", "update"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it starts")
        })
        .collect();
    let mut ended_well = 0;
    for one in both {
        let output = one.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            ended_well += 1;
        } else {
            assert!(said.contains("Kør kommandoen igen"), "{said}");
        }
    }
    assert!(ended_well >= 1);
    house.run(&["check"]).code(0).stdout_lacks("RP806");
    assert_eq!(
        house.files("templates"),
        ["vores/md/protokol.md", "vores/skabelon.toml"]
    );
}

#[test]
fn what_belongs_to_update_is_said_to() {
    let house = house("file:///x", "");
    for (args, said) in [
        (&["templates", "--rev", "x"][..], "--rev hører til update"),
        (
            &["templates", "vores", "--offline"],
            "--offline hører til update",
        ),
        (&["templates", "vores", "andet"], "er et navn for meget"),
        (&["templates", "update", "voress"], "Mente du »vores«?"),
        (
            &["templates", "update", "--format", "json"],
            "hører til listen",
        ),
    ] {
        house.run(args).code(2).stderr_has(said);
    }
    let none = Repo::minimal();
    none.run(&["templates", "update"])
        .code(2)
        .stderr_has("nævner ingen fælles skabeloner");
}
