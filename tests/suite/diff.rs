//! `rusprot diff`, in repositories with a history of their own.

use crate::support::Repo;

const NEIGHBOURS: &str = "protocols/lillebo/09-naboer.toml";
const MAIN: &str = "protocols/lillebo/protokol.toml";

/// A repository with one commit.
fn committed() -> Repo {
    let repo = Repo::minimal().file(
        NEIGHBOURS,
        "overskrift = \"Naboer\"\ntekst = \"Vi hilser på naboerne hver dag.\"\n\n[[regel]]\ntekst = \"Luk porten om natten.\"\n",
    );
    repo.begin_history();
    repo
}

fn greets(repo: &Repo, when: &str) {
    let text = repo.read(NEIGHBOURS);
    repo.write(NEIGHBOURS, text.replace("hver dag", when));
}

/// The fingerprint of the protocol as it lies now.
fn fingerprint(repo: &Repo) -> String {
    let json = repo
        .run(&["diff", "lillebo", "--format", "json"])
        .code(0)
        .stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let print = &json["protocols"][0]["to"]["fingerprint"];
    print.as_str().expect("it has one").to_owned()
}

fn approve(repo: &Repo, fingerprint: Option<&str>, date: &str) {
    let print = fingerprint.map_or(String::new(), |print| format!("aftryk = \"{print}\"\n"));
    let text = repo.read(MAIN);
    repo.write(
        MAIN,
        format!("{text}\n[[godkendelse]]\nforum = \"Mini-MED\"\ndato = {date}\n{print}"),
    );
}

#[test]
fn uncommitted_work_is_held_against_the_last_commit() {
    let repo = committed();
    repo.run(&["diff"])
        .code(0)
        .stdout_is("Ingen ændringer siden sidst, der blev gemt i git.\n");
    greets(&repo, "hver morgen");
    let run = repo.run(&["diff"]).code(0).stderr_is("");
    let shown: Vec<&str> = run.stdout.lines().skip(3).collect();
    let section = run
        .stdout
        .lines()
        .find(|line| line.contains(": Naboer – ændret"));
    assert!(section.is_some(), "{}", run.stdout);
    assert_eq!(
        &shown[shown.len() - 4..],
        [
            "    Tekststykke ændret:",
            "      Vi hilser på naboerne hver [-dag-] {+morgen+}.",
            "",
            "[-sådan-] er taget ud, og {+sådan+} er sat ind."
        ]
    );
    assert!(
        run.stdout.contains("\n1 afsnit ændret.\n"),
        "{}",
        run.stdout
    );
    assert_eq!(repo.git(&["status", "--short"]), format!("M {NEIGHBOURS}"));
    repo.run(&["forskel"]).code(0).stdout_has("{+morgen+}");
}

#[test]
fn a_protocol_that_was_named_says_that_nothing_changed() {
    let repo = committed();
    repo.write(
        NEIGHBOURS,
        format!("# Til os selv\n{}", repo.read(NEIGHBOURS)),
    );
    repo.run(&["diff"])
        .code(0)
        .stdout_is("Ingen ændringer siden sidst, der blev gemt i git.\n");
    repo.run(&["diff", "lillebo"])
        .code(0)
        .stdout_has("Ingen ændringer.\n");
}

#[test]
fn the_formats_tell_the_same() {
    let repo = committed();
    greets(&repo, "hver morgen");
    repo.run(&["diff", "--format", "md"])
        .code(0)
        .stdout_has("# Ændringer siden sidst, der blev gemt i git\n")
        .stdout_has("**1 afsnit ændret.**\n")
        .stdout_has("Vi hilser på naboerne hver <del>dag</del> <ins>morgen</ins>.\n");
    repo.run(&["diff", "--format", "html"])
        .code(0)
        .stdout_has("<p class=\"how-much\">1 afsnit ændret.</p>")
        .stdout_has("<del><span class=\"unseen\">taget ud: </span>dag<span class=\"unseen\"> – slut</span></del> <ins>")
        .stdout_lacks("href=\"http")
        .stdout_lacks("src=");
    let json = repo.run(&["diff", "--format", "json"]).code(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["version"], 1);
    let protocol = &json["protocols"][0];
    assert_eq!(protocol["state"], "changed");
    assert_eq!(protocol["summary"]["sentence"], "1 afsnit ændret.");
    assert_eq!(protocol["from"]["date"]["iso"], "2026-02-03");
    let unit = &protocol["parts"][0]["units"][0];
    assert_eq!(
        (&unit["change"], &unit["kind"]),
        (&"edited".into(), &"paragraph".into())
    );
    assert_eq!(
        unit["fields"][0]["words"],
        serde_json::json!([
            { "type": "same", "text": "Vi hilser på naboerne hver" },
            { "type": "struck", "text": "dag" },
            { "type": "inserted", "text": "morgen" },
            { "type": "same", "text": ".", "glued": true },
        ])
    );
    repo.run(&["diff", "--color", "always"])
        .code(0)
        .stdout_has("[-dag-]")
        .stdout_has("\u{1b}[");
}

#[test]
fn a_reference_whose_number_shifted_is_no_change_in_any_format() {
    const REFERS: &str = "protocols/lillebo/10-henvis.toml";
    let repo = committed().file(
        REFERS,
        "overskrift = \"Se også\"\ntekst = \"Læs [](afsnit:naboer).\"\n",
    );
    repo.commit();
    repo.git(&["mv", NEIGHBOURS, "protocols/lillebo/00-naboer.toml"]);
    let json = repo.run(&["diff", "--format", "json"]).code(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let protocol = &json["protocols"][0];
    assert_eq!(protocol["summary"]["sentence"], "1 afsnit flyttet.");
    let parts = protocol["parts"].as_array().expect("a list");
    assert_eq!(parts.len(), 1, "{parts:#?}");
    assert_eq!(
        (&parts[0]["id"], &parts[0]["changes"], &parts[0]["units"]),
        (
            &"naboer".into(),
            &serde_json::json!(["moved"]),
            &serde_json::json!([])
        )
    );
    for format in ["human", "md", "html"] {
        repo.run(&["diff", "--format", format])
            .code(0)
            .stdout_has("1 afsnit flyttet.")
            .stdout_lacks("Se også");
    }
    let text = repo.read(REFERS);
    repo.write(REFERS, text.replace("afsnit:naboer", "afsnit:gaester"));
    repo.run(&["diff"])
        .code(0)
        .stdout_has("1 afsnit ændret, 1 afsnit flyttet.")
        .stdout_has("Læs [-afsnit 9-] {+afsnit 8+}.");
}

#[test]
fn what_authors_write_is_text_in_the_page() {
    let repo = committed();
    greets(&repo, "<b>&</b>");
    repo.run(&["diff", "--format", "html"])
        .code(0)
        .stdout_has("&lt;b&gt;&amp;&lt;/b&gt;")
        .stdout_lacks("<b>");
}

#[test]
fn the_pdf_needs_a_file_and_is_the_same_at_every_run() {
    crate::support::typst_is_there();
    let repo = committed();
    greets(&repo, "hver morgen");
    repo.run(&["diff", "--format", "pdf"])
        .code(2)
        .stderr_has("--output aendringer.pdf");
    let mut made = Vec::new();
    for file in ["a.pdf", "b.pdf"] {
        repo.run(&["diff", "--format", "pdf", "--output", file])
            .code(0)
            .stdout_is("")
            .stderr_is("");
        made.push(repo.read_bytes(file));
    }
    assert!(made[0].starts_with(b"%PDF"));
    assert_eq!(made[0], made[1]);
    repo.env("RUSPROT_TYPST", "intet")
        .run(&["diff", "--format", "pdf", "--output", "c.pdf"])
        .code(3);
}

#[test]
fn a_former_skabelon_belongs_to_the_former_edition() {
    let repo = committed();
    repo.git(&["tag", "v1"]);
    let skabelon = include_str!("../../templates/socialpsykiatri/skabelon.toml");
    repo.write("templates/socialpsykiatri/skabelon.toml", skabelon);
    repo.commit();
    repo.run(&["diff", "--since", "v1"])
        .code(0)
        .stdout_is("Ingen ændringer siden v1.\n");
    repo.write(
        "templates/socialpsykiatri/skabelon.toml",
        skabelon.replace("Mindst én gang om året", "Mindst to gange om året"),
    );
    repo.run(&["diff"])
        .code(0)
        .stdout_has("Ingen ændringer i jeres egen tekst. Fra skabelonen: fælles tekst ændret i 1")
        .stdout_has("Mindst [-én gang-] {+to gange+} om året");
}

#[test]
fn a_folder_with_another_name_is_followed() {
    let repo = committed();
    repo.git(&["mv", "protocols/lillebo", "protocols/storebo"]);
    greets_in(&repo, "storebo");
    repo.run(&["diff"])
        .code(0)
        .stdout_has("Mappen hed »lillebo« før.")
        .stdout_has("1 afsnit ændret.")
        .stdout_has("{+morgen+}");
    for name in ["lillebo", "storebo"] {
        repo.run(&["diff", name])
            .code(0)
            .stdout_has("Mappen hed »lillebo« før.")
            .stdout_has("1 afsnit ændret.");
    }
    repo.commit();
    repo.run(&["diff", "storebo", "--since", "HEAD~1"])
        .code(0)
        .stdout_has("Mappen hed »lillebo« før.")
        .stdout_lacks("Hele protokollen er ny");
}

fn greets_in(repo: &Repo, slug: &str) {
    let path = format!("protocols/{slug}/09-naboer.toml");
    let text = repo.read(&path);
    repo.write(&path, text.replace("hver dag", "hver morgen"));
}

#[test]
fn a_protocol_that_is_new_or_gone_is_told_as_a_whole() {
    let repo = committed();
    repo.write(
        "protocols/nybo/protokol.toml",
        "[institution]\nnavn = \"Nybo (opdigtet)\"\n",
    );
    repo.write(
        "protocols/nybo/01-start.toml",
        "overskrift = \"Start\"\ntekst = \"Her er nyt.\"\n",
    );
    repo.run(&["diff"])
        .code(0)
        .stdout_has("Nybo (opdigtet) (nybo)\n")
        .stdout_has("Hele protokollen er ny. 1 afsnit tilføjet.")
        .stdout_has("Afsnit 1: Start – tilføjet")
        .stdout_lacks("Her er nyt");
    let repo = repo.without("protocols/lillebo").without("protocols/nybo");
    repo.run(&["diff"])
        .code(0)
        .stdout_has("Protokollen findes ikke mere.");
    repo.run(&["diff", "lillebo"])
        .code(0)
        .stdout_has("Protokollen findes ikke mere.");
    repo.run(&["diff", "krannen"])
        .code(2)
        .stderr_has("der er ingen protokol, der hedder »krannen«");
}

#[test]
fn what_is_wrong_with_git_is_said() {
    let repo = Repo::minimal();
    repo.run(&["diff"])
        .code(2)
        .stderr_has("ligger ikke i et git-repository");
    let repo = committed();
    repo.run(&["diff", "--since", "vrøvl"])
        .code(2)
        .stderr_has("git kender ikke »vrøvl«");
    repo.run(&["diff", "--since", "--output=x"]).code(2);
    let empty = Repo::minimal();
    empty.git(&["init", "-q"]);
    for args in [
        &["diff"][..],
        &["diff", "--since", "main"],
        &["check", "--changed-since", "HEAD"],
    ] {
        empty
            .run(args)
            .code(2)
            .stderr_has("der er ikke gemt noget i git endnu")
            .stderr_has("git commit");
    }
    let repo = repo.env("PATH", "");
    repo.run(&["diff"])
        .code(3)
        .stderr_has("git er ikke på denne maskine");
}

/// What git says decides what is told; a stand-in says it here, since a test cannot give a folder away.
#[cfg(unix)]
#[test]
fn a_folder_that_git_does_not_trust_says_how_to_trust_it() {
    let says = |text: &str| {
        let repo = committed().program("bin/git", &format!("echo \"{text}\" >&2\nexit 128"));
        let path = repo.path("bin").display().to_string();
        repo.env("PATH", path)
    };
    let distrusted =
        says("fatal: detected dubious ownership\n git config --global --add safe.directory /mappe");
    distrusted
        .run(&["diff"])
        .code(2)
        .stderr_has("mappen ejes af en anden bruger")
        .stderr_has("git config --global --add safe.directory [repo]");
    let broken = says("fatal: bad config line 1 in file .git/config");
    broken
        .run(&["diff"])
        .code(2)
        .stderr_has("bad config line 1")
        .stderr_lacks("ligger ikke i et git-repository");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let repo = committed();
    greets(&repo, "hver morgen");
    repo.commit();
    let print = fingerprint(&repo);
    approve(&repo, Some(&"0".repeat(64)), "2026-02-03");
    repo.commit();
    assert_ne!(print, "");
    let from = format!("file://{}", repo.root().display());
    repo.git(&["clone", "-q", "--depth", "1", &from, "kopi"]);
    let clone = repo.standing_in("kopi");
    clone
        .run(&["diff", "--since", "HEAD~1"])
        .code(2)
        .stderr_has("git fetch --unshallow");
    clone
        .run(&["diff", "--since-approval"])
        .code(1)
        .stdout_has("passer ikke på nogen udgave i git")
        .stdout_has("--unshallow");
}

#[test]
fn a_detached_head_is_as_good_as_a_branch() {
    let repo = committed();
    repo.git(&["checkout", "-q", "--detach"]);
    greets(&repo, "hver morgen");
    repo.commit();
    repo.run(&["diff", "--since", "HEAD~1"])
        .code(0)
        .stdout_has("{+morgen+}");
}

#[test]
fn a_revision_that_cannot_be_read_is_named_and_the_others_go_on() {
    let repo = committed();
    repo.write(
        "protocols/nybo/protokol.toml",
        "[institution]\nnavn = \"Nybo (opdigtet)\"\n",
    );
    let good = "overskrift = \"Start\"\ntekst = \"Her er alting nyt.\"\n";
    repo.write("protocols/nybo/01-start.toml", good);
    let text = repo.read(NEIGHBOURS);
    repo.write(NEIGHBOURS, "overskrift = \"Naboer\"\ntekst = \"uden ende\n");
    repo.commit();
    repo.write(NEIGHBOURS, text);
    repo.write(
        "protocols/nybo/01-start.toml",
        good.replace("nyt", "gammelt"),
    );
    repo.run(&["diff"])
        .code(1)
        .stdout_has("kan ikke læses:")
        .stdout_has("protocols/lillebo/09-naboer.toml, linje 2")
        .stdout_has("{+gammelt+}");
    repo.commit();
    repo.write(NEIGHBOURS, "overskrift = \"Naboer\n");
    repo.run(&["diff"])
        .code(1)
        .stdout_has("Protokollen kan ikke læses, som den ligger nu");
}

#[test]
fn the_approved_edition_is_found_by_its_fingerprint() {
    let repo = committed();
    repo.run(&["diff", "--since-approval"])
        .code(0)
        .stdout_has("Protokollen er ikke godkendt endnu");
    let print = fingerprint(&repo);
    approve(&repo, Some(&print), "2026-02-03");
    repo.run(&["diff", "--since-approval"])
        .code(0)
        .stdout_has("Teksten er den, der blev godkendt i Mini-MED den 3.\u{a0}februar\u{a0}2026.")
        .stdout_has("Ingen ændringer.");
    greets(&repo, "hver morgen");
    repo.commit();
    greets(&repo, "hver morgen");
    let text = repo.read(NEIGHBOURS).replace("morgen", "aften");
    repo.write(NEIGHBOURS, text);
    repo.run(&["diff", "--since-approval"])
        .code(0)
        .stdout_has("Sammenlignet med den udgave, der blev godkendt i Mini-MED")
        .stdout_has("hver [-dag-] {+aften+}");
}

#[test]
fn the_approved_edition_is_found_behind_a_new_folder_name() {
    let repo = committed();
    let print = fingerprint(&repo);
    approve(&repo, Some(&print), "2026-02-03");
    repo.git(&["mv", "protocols/lillebo", "protocols/storebo"]);
    greets_in(&repo, "storebo");
    repo.commit();
    repo.run(&["diff", "--since-approval"])
        .code(0)
        .stdout_has("hver [-dag-] {+morgen+}");
}

#[test]
fn an_approval_that_fits_nothing_is_told_with_what_to_do() {
    let repo = committed();
    approve(&repo, Some(&"0".repeat(64)), "2026-02-03");
    let short = &repo.git(&["rev-parse", "HEAD"])[..10];
    let run = repo.run(&["diff", "--since-approval"]).code(1);
    let words = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "Aftrykket i godkendelsen fra 3. februar 2026 passer ikke på nogen udgave i git."
        ),
        "{words}"
    );
    assert!(
        words.contains(&format!("rusprot diff lillebo --since {short}")),
        "{words}"
    );
}

#[test]
fn an_approval_without_a_fingerprint_is_held_against_its_day() {
    let repo = committed();
    approve(&repo, None, "2026-02-04");
    greets(&repo, "hver morgen");
    let run = repo.run(&["diff", "--since-approval"]).code(0);
    let words = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("har intet aftryk"), "{words}");
    assert!(words.contains("hver [-dag-] {+morgen+}"), "{words}");
    let repo = committed();
    approve(&repo, None, "2025-01-01");
    repo.run(&["diff", "--since-approval"])
        .code(1)
        .stdout_has("Der er ingen udgave i git fra");
}

/// The area lies below the root of its git repository, in a work tree of its own, and its history has a merge.
#[test]
fn an_area_in_a_sub_folder_of_a_second_work_tree_is_compared_all_the_same() {
    let repo = Repo::new().with_copy_of("examples", "minimal");
    repo.git(&["init", "-q", "-b", "main"]);
    repo.commit();
    let repo = repo.standing_in("minimal");
    let approve = [
        "approve",
        "lillebo",
        "--forum",
        "Mini-MED",
        "--by",
        "Leder",
        "--date",
        "2026-02-03",
    ];
    let said = repo.run(&approve).code(0).stdout;
    let code = said.split("Kode: ").nth(1).expect("a code").trim();
    let code = code.trim_end_matches('.').to_owned();
    repo.commit();
    repo.git(&["checkout", "-q", "-b", "gren"]);
    repo.write(
        "minimal/protocols/lillebo/50-gren.toml",
        "overskrift = \"Fra en gren\"\ntekst = \"Vi hilser.\"\n",
    );
    repo.commit();
    repo.git(&["checkout", "-q", "main"]);
    repo.write(
        "minimal/protocols/lillebo/60-main.toml",
        "overskrift = \"Fra den anden\"\ntekst = \"Vi vinker.\"\n",
    );
    repo.commit();
    repo.git(&["merge", "-q", "-m", "Saml", "gren"]);
    repo.git(&["worktree", "add", "-q", "--detach", "andet"]);
    let mut repo = repo;
    for folder in [
        "minimal",
        "andet/minimal",
        "andet/minimal/protocols/lillebo",
    ] {
        repo = repo.standing_in(folder);
        repo.run(&["diff", "--since-approval"])
            .code(0)
            .stdout_has("2 afsnit tilføjet.");
        repo.run(&["diff", "--since", "HEAD^2"])
            .code(0)
            .stdout_has("1 afsnit tilføjet.")
            .stdout_has("Fra den anden");
        repo.run(&["verify", &code])
            .code(0)
            .stdout_has("Teksten er rettet siden");
        repo.run(&["check", "--changed-since", "HEAD^1"]).code(0);
    }
}
