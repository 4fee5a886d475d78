//! `rusprot init`: from an empty folder to a protocol somebody can write in.

#[cfg(unix)]
pub(crate) mod terminal;

use std::time::{Duration, Instant};

use rusprot::model::FileKind;

use crate::support::{Repo, Run};

const NAME: &str = "Bostedet Lindehøj";

const SKABELONER: [&str; 6] = [
    "kvalitetsstandard",
    "misbrugspolitik",
    "omraadetilgang",
    "rusmiddelprotokol",
    "socialpsykiatri",
    "udviklingshaemning",
];

fn begun() -> Repo {
    let repo = Repo::new();
    let _ = repo.run(&["init", "--institution", NAME, "--yes"]).code(0);
    repo
}

/// The lines that `check --format short` writes.
fn findings(run: &Run) -> Vec<&str> {
    run.stdout
        .lines()
        .filter(|line| line.contains("[RP"))
        .collect()
}

/// The files of a protocol's folder, without pages.
fn files(repo: &Repo) -> Vec<String> {
    let all = repo.files(".").into_iter();
    all.filter(|file| !file.starts_with("dist/") && !file.starts_with(".git/"))
        .collect()
}

#[test]
fn an_empty_folder_becomes_an_area_with_one_institution() {
    let repo = Repo::new();
    let run = repo.run(&["init", "--institution", NAME, "--yes"]).code(0);
    insta::assert_snapshot!(run.stdout, @r"
    Lavet i [repo]:
      rusprot.toml
      LÆSMIG.md
      .gitignore
      protocols/bostedet-lindehoej/protokol.toml
      protocols/bostedet-lindehoej/01-hvad-er.toml
      protocols/bostedet-lindehoej/02-retningslinjer.toml
      protocols/bostedet-lindehoej/03-handlingsanvisninger.toml
      protocols/bostedet-lindehoej/04-risikovurdering.toml
      protocols/bostedet-lindehoej/05-handel-pushere.toml
      protocols/bostedet-lindehoej/06-handel-internt.toml
      protocols/bostedet-lindehoej/07-gaester.toml
      protocols/bostedet-lindehoej/08-paaroerende.toml
      protocols/bostedet-lindehoej/bilag/1-husorden.toml
    Den første side, som udkast: [repo]/dist/index.html

    Sådan kommer du videre:
      1. Åbn protocols/bostedet-lindehoej/01-hvad-er.toml, og skriv jeres tekst mellem de to linjer med '''.
         Eller skriv i browseren: rusprot serve bostedet-lindehoej --edit --open
      2. Se, hvad der mangler: rusprot check bostedet-lindehoej
      3. Lav siderne, mens I skriver: rusprot build bostedet-lindehoej --draft
    ");
    assert_eq!(
        files(&repo),
        [
            ".gitignore",
            "LÆSMIG.md",
            "protocols/bostedet-lindehoej/01-hvad-er.toml",
            "protocols/bostedet-lindehoej/02-retningslinjer.toml",
            "protocols/bostedet-lindehoej/03-handlingsanvisninger.toml",
            "protocols/bostedet-lindehoej/04-risikovurdering.toml",
            "protocols/bostedet-lindehoej/05-handel-pushere.toml",
            "protocols/bostedet-lindehoej/06-handel-internt.toml",
            "protocols/bostedet-lindehoej/07-gaester.toml",
            "protocols/bostedet-lindehoej/08-paaroerende.toml",
            "protocols/bostedet-lindehoej/bilag/1-husorden.toml",
            "protocols/bostedet-lindehoej/protokol.toml",
            "rusprot.toml",
        ]
    );
    let page = repo.read("dist/bostedet-lindehoej/index.html");
    assert!(page.contains(NAME) && page.contains("UDKAST"));
}

#[test]
fn a_section_s_file_has_guidance_and_points_as_comments_and_an_empty_text() {
    let repo = begun();
    insta::assert_snapshot!(repo.read("protocols/bostedet-lindehoej/02-retningslinjer.toml"), @r#"
    # Afsnit 2 af 8. Skriv jeres tekst mellem de to linjer med '''.
    #
    # Skriv, hvilke regler og aftaler der gælder hos jer, og hvor man finder dem. Skriv så, hvad I
    # gør for at skabe et trygt sted at bo og arbejde. Den fælles tekst om loven og notatet kommer
    # af sig selv.
    #
    # Afsnittet har en fælles tekst. Programmet sætter den ind, så I skal ikke skrive den.
    #
    # Skriv om disse punkter. Står svaret i teksten, så skriv punktets navn i opfylder, for eksempel
    # opfylder = ["retningslinjer", "trygt-miljoe"]
    #   trygt-miljoe: Hvad I gør, for at botilbuddet er et trygt sted at bo og arbejde
    #   tryghed-borgere: Hvad I gør, for at alle borgere kan føle sig trygge, også dem, der ikke
    #     bruger rusmidler

    overskrift = "Botilbuddets retningslinjer omkring rusmidler"
    opfylder = ["retningslinjer"]
    tekst = '''

    '''
    "#);
}

#[test]
fn right_after_it_the_check_asks_for_open_points_and_empty_sections_and_for_nothing_else() {
    for skabelon in SKABELONER {
        let repo = Repo::new();
        let begin = [
            "init",
            "--institution",
            NAME,
            "--template",
            skabelon,
            "--yes",
        ];
        let _ = repo.run(&begin).code(0);
        let run = repo.run(&["check", "--format", "short"]).code(1);
        let found = findings(&run);
        assert!(!found.is_empty(), "{skabelon}");
        for line in found {
            assert!(
                line.contains("[RP102]") || line.contains("[RP106]"),
                "{skabelon}: {line}"
            );
        }
        let _ = repo.run(&["check", "--draft"]).code(0);
        let build = repo
            .run(&["build", "--draft", "--formats", "html,md,json"])
            .code(0);
        let _ = build.stdout_has("index.html");
        for page in ["index.html", "protokol.md", "protokol.json"] {
            assert!(
                repo.has(&format!("dist/bostedet-lindehoej/{page}")),
                "{skabelon}: {page}"
            );
        }
    }
}

#[test]
fn when_all_points_are_answered_the_check_is_clean() {
    let repo = begun();
    for file in files(&repo) {
        if !file.starts_with("protocols/bostedet-lindehoej/0") {
            continue;
        }
        let mut text = repo
            .read(&file)
            .replace("'''\n\n'''", "'''\nVi taler om det på hvert møde.\n'''");
        for line in text.clone().lines() {
            if let Some(answers) = line.strip_prefix("# opfylder = ") {
                let own = text.lines().find(|line| line.starts_with("opfylder"));
                let own = own.expect("a section says what it answers").to_owned();
                let mut answers = answers.to_owned();
                answers.truncate(answers.len() - 1);
                for point in text.lines().filter_map(|line| line.strip_prefix("#   ")) {
                    let id = point.split([':', ' ']).next().unwrap_or_default();
                    if !id.is_empty() && !answers.contains(id) && point.contains(": ") {
                        answers.push_str(&format!(", \"{id}\""));
                    }
                }
                text = text.replace(&own, &format!("opfylder = {answers}]"));
            }
        }
        repo.write(&file, text);
    }
    let _ = repo
        .run(&["check", "--format", "short"])
        .code(0)
        .stdout_lacks("[RP");
}

#[test]
fn one_command_makes_the_first_page_in_less_than_a_second() {
    let repo = Repo::new();
    let started = Instant::now();
    let _ = repo.run(&["init", "--institution", NAME, "--yes"]).code(0);
    // An unoptimized program on a busy machine: the real one takes a tenth.
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert!(repo.has("dist/bostedet-lindehoej/index.html"));
}

#[test]
fn in_an_area_one_more_institution_begins() {
    let repo = Repo::minimal();
    let before = repo.tree("protocols/lillebo");
    let config = repo.read("rusprot.toml");
    let run = repo.run(&["init", "--institution", "Åhuset"]).code(0);
    let _ = run
        .stdout_has("protocols/aahuset/01-hvad-er.toml")
        .stdout_lacks("rusprot.toml");
    assert_eq!(repo.tree("protocols/lillebo"), before);
    assert_eq!(repo.read("rusprot.toml"), config);
    assert!(!repo.has("LÆSMIG.md") && !repo.has("dist"));
    // The one that was there is as clean as before.
    let _ = repo.run(&["check", "lillebo"]).code(0);
    let all = repo.run(&["check", "--format", "short"]).code(1);
    assert!(
        findings(&all)
            .iter()
            .all(|line| line.starts_with("protocols/aahuset/")),
        "{all:?}"
    );
}

#[test]
fn an_institution_with_another_skabelon_than_the_area_s_names_it() {
    let repo = Repo::minimal();
    let begin = [
        "init",
        "--institution",
        "Åhuset",
        "--template",
        "kvalitetsstandard",
    ];
    let _ = repo.run(&begin).code(0);
    let main = repo.read("protocols/aahuset/protokol.toml");
    assert!(
        main.contains("\nskabelon = \"kvalitetsstandard\"\n"),
        "{main}"
    );
    // What is begun is completed by the skabelon it names, also where nobody repeats it.
    let repo = repo.without("protocols/aahuset/02-maalgruppe.toml");
    let _ = repo
        .run(&["init", "--institution", "Åhuset"])
        .code(0)
        .stdout_has("02-maalgruppe.toml");
}

#[test]
fn a_half_begun_folder_is_completed_and_nothing_in_it_is_written_over() {
    let repo = begun()
        .without("dist")
        .without("LÆSMIG.md")
        .without("protocols/bostedet-lindehoej/03-handlingsanvisninger.toml")
        .file("protocols/bostedet-lindehoej/07-gaester.toml", "# Mit eget.\noverskrift = 'Vores gæster'\nopfylder = 'gaester'\ntekst = 'De er velkomne.'\n");
    let before = repo.tree(".");
    let run = repo.run(&["init", "--institution", NAME, "--yes"]).code(0);
    let _ = run
        .stdout_has("LÆSMIG.md")
        .stdout_has("03-handlingsanvisninger.toml")
        .stdout_lacks("07-gaester");
    let after = repo.tree(".");
    for (path, bytes) in &before {
        assert_eq!(&after[path], bytes, "{path}");
    }
    let again = repo.run(&["init", "--institution", NAME, "--yes"]).code(0);
    let _ = again.stdout_is("Alle filer er der i forvejen. Intet er skrevet.\n");
}

#[test]
fn a_file_of_another_name_or_number_that_answers_a_requirement_is_taken_for_it() {
    let repo = Repo::new()
        .file("rusprot.toml", "skabelon = 'socialpsykiatri'\n[omraade]\nnavn = 'Området'\n")
        .file("protocols/huset/protokol.toml", "[institution]\nnavn = 'Huset'\n")
        .file(
            "protocols/huset/20-regler.toml",
            "overskrift = 'Regler'\nopfylder = 'retningslinjer'\ntekst = 'Vi passer på hinanden.'\n",
        );
    let _ = repo.run(&["init", "--institution", "Huset"]).code(0);
    let files = repo.files("protocols/huset");
    assert!(files.contains(&"01-hvad-er.toml".to_owned()), "{files:?}");
    assert!(
        files.contains(&"21-handlingsanvisninger.toml".to_owned()),
        "{files:?}"
    );
    assert!(
        !files.iter().any(|file| file.contains("retningslinjer")),
        "{files:?}"
    );
    let _ = repo
        .run(&["check", "--format", "short"])
        .stdout_lacks("[RP105]");
}

#[test]
fn a_protocol_that_cannot_be_read_is_not_completed() {
    let repo = begun().file(
        "protocols/bostedet-lindehoej/03-handlingsanvisninger.toml",
        "tekst = '''\n",
    );
    let repo = repo.without("protocols/bostedet-lindehoej/04-risikovurdering.toml");
    let run = repo.run(&["init", "--institution", NAME]).code(2);
    let _ = run.stderr_has("rusprot check bostedet-lindehoej");
    assert!(!repo.has("protocols/bostedet-lindehoej/04-risikovurdering.toml"));
}

#[test]
fn an_empty_folder_in_an_area_becomes_one_of_its_own_and_a_protocol_s_folder_does_not() {
    let repo = Repo::minimal();
    std::fs::create_dir_all(repo.path("andet")).expect("a folder");
    std::fs::create_dir_all(repo.path("protocols/nyt")).expect("a folder");
    let repo = repo.standing_in("andet");
    let _ = repo.run(&["init", "--institution", NAME, "--yes"]).code(0);
    assert!(repo.has("andet/rusprot.toml") && !repo.has("protocols/bostedet-lindehoej"));
    let repo = repo.standing_in("protocols/nyt");
    let _ = repo.run(&["init", "--institution", "Det nye hus"]).code(0);
    assert!(repo.has("protocols/nyt/protokol.toml") && !repo.has("protocols/nyt/rusprot.toml"));
    // Standing in what is begun, its name is known.
    let repo = repo
        .without("protocols/nyt/01-hvad-er.toml")
        .standing_in("protocols/nyt");
    let _ = repo
        .run(&["init"])
        .code(0)
        .stdout_has("protocols/nyt/01-hvad-er.toml");
}

#[test]
fn without_a_terminal_what_is_missing_is_said_and_nothing_is_written() {
    let repo = Repo::new();
    let _ = repo
        .run(&["init"])
        .code(2)
        .stderr_has("der mangler noget: --institution NAVN, --area NAVN og --template NAVN.")
        .stderr_has("--yes");
    let _ = repo
        .run(&["init", "--yes"])
        .code(2)
        .stderr_has("der mangler noget: --institution NAVN.");
    let whole = [
        "init",
        "--institution",
        "Huset",
        "--area",
        "Området",
        "--template",
        "omraadetilgang",
    ];
    let missing = repo.run(&whole[..5]).code(2);
    let _ = missing.stderr_has("der mangler noget: --template NAVN.");
    assert!(files(&repo).is_empty(), "{:?}", files(&repo));
    let _ = repo.run(&whole).code(0);
    let config = repo.read("rusprot.toml");
    assert!(
        config.contains("skabelon = \"omraadetilgang\"\n"),
        "{config}"
    );
    assert!(config.contains("navn = \"Området\"\n"), "{config}");
}

#[test]
fn what_cannot_be_a_name_a_skabelon_or_a_folder_is_refused_before_anything_is_written() {
    let repo = Repo::new().file("fil", "x");
    for (args, said) in [
        (
            &["init", "--institution", " ", "--yes"][..],
            "mindst ét bogstav",
        ),
        (&["init", "--institution", "{{ navn }}", "--yes"], "{{"),
        (
            &["init", "--institution", "H", "--area", "\u{200B}x", "--yes"],
            "ikke kan ses",
        ),
        (
            &[
                "init",
                "--institution",
                "H",
                "--template",
                "socialpsykiatr",
                "--yes",
            ],
            "Mente du »socialpsykiatri«?",
        ),
        (
            &["init", "fil", "--institution", "H", "--yes"],
            "er en fil og ikke en mappe",
        ),
    ] {
        let _ = repo.run(args).code(2).stderr_has(said);
    }
    assert_eq!(files(&repo), ["fil"]);
    let area = Repo::minimal();
    let _ = area
        .run(&["init", "--institution", "H", "--area", "X"])
        .code(2)
        .stderr_has("når et område begynder");
}

#[test]
fn names_with_quotes_stand_in_the_files_as_they_are() {
    let repo = Repo::new();
    let name = "Huset \"Ved 'Åen\\\"";
    let _ = repo
        .run(&[
            "init",
            "--institution",
            name,
            "--organisation",
            name,
            "--yes",
        ])
        .code(0);
    let run = repo.run(&["check", "--format", "short"]).code(1);
    assert!(
        findings(&run).iter().all(|line| line.contains("[RP10")),
        "{run:?}"
    );
}

#[test]
fn settings_of_an_editor_and_a_workflow_are_written_where_none_are() {
    for (host, path) in [
        ("github", ".github/workflows/protokoller.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("azure", "azure-pipelines.yml"),
    ] {
        let repo = Repo::new();
        let begin = [
            "init",
            "--institution",
            NAME,
            "--yes",
            "--ci",
            host,
            "--editor",
            "vscode",
        ];
        let _ = repo.run(&begin).code(0).stdout_has(path);
        assert!(repo.read(path).contains("rusprot"));
        let settings = repo.read(".vscode/settings.json");
        let settings: serde_json::Value = serde_json::from_str(&settings).expect("JSON");
        assert_eq!(settings["files.encoding"], "utf8");
        for kind in FileKind::ALL {
            if kind == FileKind::Collection {
                assert!(
                    !repo.has(".skema/collection.json"),
                    "an area has no such file"
                );
                continue;
            }
            // Both programs are told of a schema that is there.
            let path = format!(".skema/{}.json", kind.name());
            let id = format!("urn:rusprot:schema:{}", kind.name());
            assert!(repo.read(&path).contains(&id), "{path}");
            for settings in [".taplo.toml", "tombi.toml"] {
                assert!(repo.read(settings).contains(&path), "{settings}");
            }
        }
        repo.write(path, "mit eget");
        let _ = repo
            .run(&begin)
            .code(0)
            .stderr_has(&format!("{path} var der i forvejen"));
        assert_eq!(repo.read(path), "mit eget");
    }
}

fn with_git_name(repo: Repo) -> Repo {
    repo.env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Prøve")
        .env("GIT_AUTHOR_EMAIL", "proeve@lillebo.test")
        .env("GIT_COMMITTER_NAME", "Prøve")
        .env("GIT_COMMITTER_EMAIL", "proeve@lillebo.test")
}

#[test]
fn with_git_there_is_a_repository_with_a_first_commit() {
    let repo = with_git_name(Repo::new());
    let _ = repo
        .run(&["init", "--institution", NAME, "--yes", "--git"])
        .code(0);
    assert_eq!(
        repo.git(&["log", "--format=%s"]),
        "Begynd Bostedet Lindehøj"
    );
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    // One more in the same repository, without what else lies about.
    repo.write("andet.txt", "x");
    let _ = repo
        .run(&["init", "--institution", "Åhuset", "--git"])
        .code(0);
    assert_eq!(repo.git(&["status", "--porcelain"]), "?? andet.txt");
}

#[test]
fn where_git_is_missing_or_knows_no_name_the_files_are_written_and_it_says_so() {
    let nameless = Repo::new()
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    nameless.write(".gitconfig", "[user]\nuseConfigOnly = true\n");
    let nameless = nameless
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "user.useConfigOnly")
        .env("GIT_CONFIG_VALUE_0", "true");
    let run = nameless
        .run(&["init", "--institution", NAME, "--yes", "--git"])
        .code(3);
    let _ = run.stderr_has("git config --global user.name \"Dit navn\"");
    assert!(nameless.has("protocols/bostedet-lindehoej/protokol.toml"));
    let without = Repo::new().env("PATH", "/nowhere");
    let run = without
        .run(&["init", "--institution", NAME, "--yes", "--git"])
        .code(3);
    let _ = run.stderr_has("git er ikke på denne maskine");
    assert!(without.has("rusprot.toml"));
}

#[cfg(unix)]
mod at_a_terminal {
    use super::terminal::Talk;
    use super::*;

    #[test]
    fn it_asks_one_question_at_a_time_with_a_default_for_each() {
        let repo = Repo::new();
        let mut talk = Talk::start(&repo, &["init", "hus-ved-aaen"]);
        talk.hears("Hvad hedder botilbuddet eller stedet?")
            .hears("Hus ved aaen")
            .types("Huset ved Åen\r");
        talk.hears("Hvad skal I skrive?")
            .hears("pil ned")
            .types("\r");
        talk.hears("Hvilket område hører I til?").types("\r");
        talk.hears("Hvilken organisation").types("Kommunen\r");
        talk.hears("Skal filerne gemmes i git?").types("n\r");
        let (code, said) = talk.ends();
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("Sådan kommer du videre"), "{said}");
        let config = repo.read("hus-ved-aaen/rusprot.toml");
        for line in [
            "skabelon = \"socialpsykiatri\"\n",
            "navn = \"Huset ved Åen\"\n",
            "organisation = \"Kommunen\"\n",
        ] {
            assert!(config.contains(line), "{config}");
        }
        assert!(repo.has("hus-ved-aaen/protocols/huset-ved-aaen/08-paaroerende.toml"));
        assert!(!repo.has("hus-ved-aaen/.git"));
    }

    #[test]
    fn what_is_answered_on_the_command_line_is_not_asked_and_a_wrong_answer_is_asked_again() {
        let repo = with_git_name(Repo::new());
        let args = [
            "init",
            "--institution",
            NAME,
            "--template",
            "omraadetilgang",
            "--area",
            "Området",
        ];
        let mut talk = Talk::start(&repo, &args);
        talk.hears("Hvilken organisation").types("\r");
        talk.hears("Skal filerne gemmes i git?").types("måske\r");
        talk.hears("Skriv j for ja eller n for nej.");
        // The field is emptied letter by letter.
        talk.types("\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}j\r");
        let (code, said) = talk.ends();
        assert_eq!(code, Some(0), "{said}");
        assert!(!said.contains("Hvad hedder"), "{said}");
        assert!(!said.contains("Hvad skal I skrive"), "{said}");
        assert!(repo.has(".git"));
    }

    #[test]
    fn a_folder_with_other_things_is_asked_about_and_no_writes_nothing() {
        let repo = Repo::new().file("regnskab.xlsx", "x");
        let mut talk = Talk::start(&repo, &["init"]);
        talk.hears("er ikke tom. Skal det ligge her?")
            .hears("j/N")
            .types("\r");
        let (code, said) = talk.ends();
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("rusprot init min-protokol"), "{said}");
        assert_eq!(files(&repo), ["regnskab.xlsx"]);
    }

    #[test]
    fn whoever_leaves_half_way_leaves_nothing_behind() {
        for key in ["\u{3}", "\u{1b}"] {
            let repo = Repo::new();
            let mut talk = Talk::start(&repo, &["init"]);
            talk.hears("Hvad hedder").types(key);
            let (code, said) = talk.ends();
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains("afbrudt; intet er skrevet"), "{said}");
            assert!(files(&repo).is_empty());
        }
    }

    #[test]
    fn with_yes_nothing_is_asked() {
        let repo = Repo::new();
        let talk = Talk::start(&repo, &["init", "--institution", NAME, "--yes"]);
        let (code, said) = talk.ends();
        assert_eq!(code, Some(0), "{said}");
        assert!(!said.contains('?'), "{said}");
    }
}
