//! typst as an external program: what is made without it, what is said, and what is left for a look.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use rusprot::commands::{self, BuildOptions, Formats};
use rusprot::export::TypstSearch;
use rusprot::load::Repository;

use crate::support::{Repo, typst_is_there, typst_program};

/// The files that need no typst.
const WITHOUT: [&str; 4] = [
    ".rusprot.json",
    "index.html",
    "lillebo/index.html",
    "lillebo/protokol.md",
];

/// The repository whose runs use this shell script in typst's place.
#[cfg(unix)]
fn with(repo: Repo, script: &str) -> Repo {
    let repo = repo.program("typst", script);
    let program = repo.path("typst").display().to_string();
    repo.env("RUSPROT_TYPST", program)
}

/// A script that is typst 0.15 as long as it is only asked who it is.
#[cfg(unix)]
fn answering(then: &str) -> String {
    format!("if [ \"$1\" = --version ]; then echo 'typst 0.15.1 (abc)'; exit; fi\n{then}")
}

/// A repository in which a run finds no typst anywhere.
fn bare(repo: Repo) -> Repo {
    let nowhere = repo.path("ingen").display().to_string();
    ["PATH", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"]
        .into_iter()
        .fold(repo, |repo, name| repo.env(name, nowhere.as_str()))
}

#[test]
fn without_typst_the_other_pages_are_made_and_every_way_to_get_it_is_told() {
    let repo = bare(Repo::minimal());
    repo.run(&["build"])
        .code(3)
        .stdout_is("3 filer skrevet, 0 filer uændret.\nÅbn [repo]/dist/index.html\n")
        .stderr_has("fejl: Programmet typst findes ikke på denne maskine")
        .stderr_has("rusprot build --install-typst")
        .stderr_has("winget install --id Typst.Typst")
        .stderr_has("brew install typst")
        .stderr_has("cargo install typst-cli --version 0.15.1 --locked")
        .stderr_has("bemærk: Websider og Markdown er skrevet.");
    assert_eq!(repo.files("dist"), WITHOUT);
    for page in ["index.html", "lillebo/index.html"] {
        let page = repo.read(&format!("dist/{page}"));
        assert!(
            !page.contains("protokol.pdf"),
            "no link to what is not there"
        );
    }
    repo.run(&["build", "--formats", "html,md"])
        .code(0)
        .stderr_is("");
}

#[test]
fn a_variable_that_points_at_nothing_is_named() {
    let repo = Repo::minimal().env("RUSPROT_TYPST", "findes/ikke");
    repo.run(&["build"])
        .code(3)
        .stderr_has("fejl: RUSPROT_TYPST peger på »findes/ikke«, men der er intet program.");
    assert_eq!(repo.files("dist"), WITHOUT);
}

#[test]
#[cfg(unix)]
fn a_typst_that_is_too_old_or_too_new_is_named_with_its_version() {
    let repo = with(Repo::minimal(), "echo 'typst 0.14.2 (abc)'");
    repo.run(&["build"])
        .code(3)
        .stderr_has("[repo]/typst« er version 0.14.2, og den er for gammel")
        .stderr_has("Sådan får du typst 0.15:");
    assert_eq!(repo.files("dist"), WITHOUT);
    with(Repo::minimal(), "echo 'typst 0.16.0'")
        .run(&["build"])
        .code(3)
        .stderr_has("er version 0.16.0, og den er for ny");
    with(Repo::minimal(), "echo 'hej med dig'")
        .run(&["build"])
        .code(3)
        .stderr_has("svarer »hej med dig«, og det er ikke en version af typst.");
}

#[test]
#[cfg(unix)]
fn a_wrong_typst_on_the_path_gives_way_to_a_right_one_after_it() {
    let repo = Repo::minimal()
        .program("gammel/typst", "echo 'typst 0.12.0'")
        .program(
            "ny/typst",
            &answering("for last; do :; done\nprintf %%PDF-1.7 > \"$last\""),
        );
    let path = format!(
        "{}:{}:/usr/bin:/bin",
        repo.path("gammel").display(),
        repo.path("ny").display()
    );
    let repo = repo.env("PATH", path);
    repo.run(&["build"]).code(0);
    assert_eq!(repo.read("dist/lillebo/protokol.pdf"), "%PDF-1.7");
}

#[test]
#[cfg(unix)]
fn what_a_failing_typst_says_is_shown_and_the_former_pdf_stays() {
    typst_is_there();
    let repo = Repo::minimal();
    repo.run(&["build"]).code(0);
    let before = repo.tree("dist");
    let repo = with(
        repo.edited("protocols/lillebo/07-gaester.toml", "En gæst", "Hver gæst"),
        &answering("echo \"$PWD/protokol.typ:3:1: error: noget gik galt\" >&2\nexit 1"),
    );
    repo.run(&["build"])
        .code(3)
        .stdout_has("3 filer skrevet, 0 filer uændret.")
        .stderr_has("fejl: lillebo: PDF'en er ikke lavet, fordi typst meldte en fejl:\n")
        .stderr_has("  protokol.typ:3:1: error: noget gik galt\n")
        .stderr_has("De PDF-filer, der ikke kunne dannes, er ikke ændret.");
    let after = repo.tree("dist");
    assert!(before["lillebo/protokol.pdf"] == after["lillebo/protokol.pdf"]);
    assert!(repo.read("dist/lillebo/protokol.md").contains("Hver gæst"));
    assert!(
        !repo.read("dist/index.html").contains("protokol.pdf"),
        "the area's page does not lead to a PDF that is out of date"
    );
    // The next build with a typst that works must not take the old one for the new.
    let repo = repo.env("RUSPROT_TYPST", "");
    repo.run(&["build"]).code(0);
    let last = repo.tree("dist");
    assert!(last["lillebo/protokol.pdf"] != after["lillebo/protokol.pdf"]);
}

#[test]
#[cfg(unix)]
fn a_typst_that_says_yes_and_writes_nothing_is_found_out() {
    let repo = with(Repo::minimal(), &answering("exit 0"));
    repo.run(&["build"])
        .code(3)
        .stderr_has("lillebo: typst meldte ingen fejl, men lavede heller ingen PDF");
    assert_eq!(repo.files("dist"), WITHOUT);
}

#[test]
#[cfg(unix)]
fn errors_of_an_author_and_of_typst_in_one_run_are_both_told() {
    let repo = with(
        Repo::minimal().file(
            "protocols/andet/protokol.toml",
            "[institution]\nnavn = 'Andet'\n",
        ),
        &answering("exit 1"),
    );
    repo.run(&["build"])
        .code(3)
        .stderr_has("fejl[RP101 manglende-afsnit]")
        .stderr_has("er ingen sider af dem endnu: andet.")
        .stderr_has("lillebo: PDF'en er ikke lavet");
}

/// Through the library, where the time limit can be set: the command line waits a minute.
#[test]
#[cfg(unix)]
fn a_hanging_typst_is_stopped_and_the_other_pages_are_made() {
    let repo = Repo::minimal().program(
        "typst",
        &answering("echo $$ > \"${0%/*}/nummer\"\nexec sleep 300"),
    );
    let repository = Repository::find(repo.root()).expect("a repository");
    let options = BuildOptions {
        protocols: Vec::new(),
        formats: Formats {
            html: true,
            docx: false,
            markdown: true,
            pdf: true,
            json: false,
        },
        out: None,
        draft: false,
        today: jiff::civil::Date::constant(2026, 11, 21),
        print_overdue: false,
        threads: 1,
        keep_typst: None,
        typst: TypstSearch {
            explicit: Some(repo.path("typst")),
            ..TypstSearch::default()
        },
        pdf_limit: Duration::from_millis(500),
    };
    let began = Instant::now();
    let outcome =
        commands::build(&repository, &options, &|_| {}).expect("the pages can be written");
    assert!(
        began.elapsed() < Duration::from_secs(30),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(
        outcome.external,
        ["lillebo: PDF'en er ikke lavet, fordi typst ikke blev færdig på 0.5 s. typst er stoppet"]
    );
    assert_eq!(repo.files("dist"), WITHOUT);
    let process = repo.read("nummer");
    let alive = Command::new("/bin/kill")
        .args(["-0", process.trim()])
        .output();
    assert!(
        !alive.expect("a system has kill").status.success(),
        "it still runs"
    );
}

#[test]
fn a_kept_folder_compiles_by_hand() {
    let typst = typst_program();
    let repo = Repo::minimal();
    repo.run(&["build", "--keep-typst", "kig"]).code(0);
    let files = repo.files("kig");
    for file in [
        "fonts/NotoSans-Regular.ttf",
        "lillebo/document.json",
        "lillebo/protokol.typ",
    ] {
        assert!(files.iter().any(|kept| kept == file), "{file} of {files:?}");
    }
    let run = Command::new(typst)
        .current_dir(repo.path("kig/lillebo"))
        .args([
            "compile",
            "--ignore-system-fonts",
            "--font-path",
            "../fonts",
        ])
        .args(["--pdf-standard", "ua-1,a-2a", "protokol.typ", "selv.pdf"])
        .output()
        .expect("typst starts");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let pdf = fs::read(repo.path("kig/lillebo/selv.pdf")).expect("a PDF");
    assert!(pdf.starts_with(b"%PDF-1.7"));
}

#[test]
fn what_the_page_template_does_not_know_stops_the_print_and_is_named() {
    let typst = typst_program();
    let repo = Repo::minimal();
    repo.run(&["build", "--keep-typst", "kig"]).code(0);
    for (call, named) in [
        ("contents-of(((type: \"gaade\"),), 1)", "indhold"),
        ("blocks(((type: \"gaade\"),))", "tekststykker"),
        ("inline(((type: \"gaade\"),), blocks)", "tekst"),
        ("piece((type: \"gaade\"))", "linjer"),
        ("blank-shape((room: (type: \"gaade\")))", "felter"),
        ("list-shape((mark: \"gaade\"), (:), it => it)", "lister"),
    ] {
        let main = format!("#import \"fundament.typ\": *\n#{call}");
        fs::write(repo.path("kig/lillebo/prøve.typ"), main).expect("a file of ours");
        let run = Command::new(&typst)
            .current_dir(repo.path("kig/lillebo"))
            .args([
                "compile",
                "--ignore-system-fonts",
                "--font-path",
                "../fonts",
            ])
            .args(["prøve.typ", "prøve.pdf"])
            .output()
            .expect("typst starts");
        let said = String::from_utf8_lossy(&run.stderr);
        let expected = format!("fundament.typ kender ikke {named} af typen »gaade«.");
        assert!(!run.status.success(), "{call} is dropped in silence");
        assert!(said.contains(&expected), "{call}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn no_page_links_to_a_pdf_that_typst_could_not_make() {
    let repo = with(Repo::minimal(), &answering("echo 'error: nej' >&2; exit 1"));
    repo.run(&["build"]).code(3);
    for page in ["index.html", "lillebo/index.html"] {
        let page = repo.read(&format!("dist/{page}"));
        assert!(
            !page.contains("protokol.pdf"),
            "no link to what is not there"
        );
    }
}
