//! Dates of a month, a quarter or a year; duties that begin later or do not hold; what a document says of its case;
//! approvals that get their fingerprint afterwards.

use serde_json::Value;

use crate::pages::{Pdf, assert_same_text, html_text, markdown_text};
use crate::rules::{Found, house};
use crate::support::{Repo, typst_is_there};

const DUTIES: &str = "[[pligt]]\nid = 'revision'\nhvad = 'Vi går protokollen igennem.'\nhvor_tit = '1 år'\nniveau = 'skal'\n\
                      [[pligt]]\nid = 'fest'\nhvad = 'Vi holder sommerfest.'\nhvor_tit = '1 år'\nniveau = 'skal'\n";

const SECTION: (&str, &str) = ("01-et.toml", "overskrift = 'Et'\ntekst = 'Ord.'\n");

/// A protocol whose `protokol.toml` goes on like this.
fn repo(more: &str) -> Repo {
    let main = format!("[institution]\nnavn = 'Huset'\n{more}");
    house(DUTIES, &[SECTION, ("protokol.toml", &main)])
}

fn document(repo: &Repo) -> Value {
    repo.run(&["build", "--draft", "--formats", "html,md,json"])
        .code(0);
    serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON")
}

/// The duties as `status` has them, each with when it was last met and when it is due.
fn duties(repo: &Repo) -> Vec<(String, Value, Value)> {
    let run = repo.run(&["status", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let rows = report["duties"].as_array().expect("duties").iter();
    rows.map(|row| {
        let duty = row["duty"].as_str().unwrap_or_default().to_owned();
        (duty, row["last"].clone(), row["due"].clone())
    })
    .collect()
}

#[test]
fn dates_may_be_a_month_a_quarter_or_a_year_and_are_printed_so() {
    let main = "[dokument]\nversion = '1'\ngaelder_fra = '2022-05'\ngaelder_til = 2030\n\
                [[haendelse]]\npligt = 'fest'\ndato = '2026-K3'\n\
                [[godkendelse]]\nforum = 'Byrådet'\ndato = '2022'\n";
    let repo = repo(main);
    for rule in ["RP001", "RP003", "RP704", "RP706"] {
        Found::by(rule, &repo).none();
    }
    let document = document(&repo);
    let edition = &document["edition"];
    assert_eq!(edition["in_force"]["iso"], "2022-05");
    assert_eq!(edition["in_force"]["text"], "maj\u{a0}2022");
    assert_eq!(edition["until"]["iso"], "2030");
    let page = repo.read("dist/hus/index.html");
    for words in [
        "<dd>maj 2022</dd>",
        "Gælder til",
        "Godkendt i Byrådet",
        "3.\u{a0}kvartal\u{a0}2026",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("31.\u{a0}maj"), "no day is made up: {page}");
    // A year counts from its last day: nothing is late before it must be.
    assert_eq!(
        duties(&repo),
        [
            ("revision".to_owned(), "2022".into(), "2023-12-31".into()),
            ("fest".to_owned(), "2026-K3".into(), "2027-09-30".into()),
        ]
    );
}

#[test]
fn what_is_no_date_and_no_part_of_one_is_found() {
    for wrong in ["'2022-13'", "'2022-K5'", "'maj 2022'", "22", "true"] {
        let found = Found::by(
            "RP003",
            &repo(&format!("[dokument]\ngaelder_fra = {wrong}\n")),
        );
        assert_eq!(found.lines().len(), 1, "{wrong}");
    }
}

#[test]
fn a_duty_may_begin_later_in_one_institution() {
    let own = "[[pligt]]\nid = 'fest'\nfoerste = '2027-K2'\n[[pligt]]\nid = 'revision'\nfoerste = 2027-02-01\n";
    let repo = repo(own);
    Found::by("RP702", &repo).none();
    let due: Vec<Value> = duties(&repo).into_iter().map(|(_, _, due)| due).collect();
    assert_eq!(due, ["2027-02-01", "2027-06-30"]);
    let without = Found::by("RP702", &self::repo(""));
    assert_eq!(without.lines().len(), 2);
}

#[test]
fn a_duty_that_does_not_hold_here_is_set_aside_everywhere_with_its_reason() {
    let own = "[[pligt]]\nid = 'fest'\ngaelder_ikke = 'Her bor ingen om sommeren.'\n\
               [[haendelse]]\npligt = 'revision'\ndato = 2026-10-05\n";
    let repo = repo(own);
    for rule in ["RP701", "RP702"] {
        Found::by(rule, &repo).none();
    }
    assert_eq!(duties(&repo).len(), 1);
    let calendar = repo.run(&["status", "--format", "ics"]).stdout;
    assert!(!calendar.contains("sommerfest"), "{calendar}");
    let document = document(&repo);
    let wheel = &document["backmatter"][0]["content"][0]["blocks"];
    assert_eq!(wheel[0]["rows"].as_array().map(Vec::len), Some(1));
    let aside = &wheel[2]["items"][0]["blocks"][0]["content"][0]["text"];
    assert_eq!(aside, "Vi holder sommerfest: Her bor ingen om sommeren.");
    repo.run(&["done", "hus", "--duty", "fest", "--date", "2026-10-05"])
        .code(2)
        .stderr_has("Her bor ingen om sommeren.");
}

#[test]
fn a_duty_that_the_skabelon_lacks_is_found() {
    let asked = format!("[[krav]]\nid = 'et'\noverskrift = 'Et'\nniveau = 'skal'\n{DUTIES}");
    let main = "[institution]\nnavn = 'Huset'\n[[pligt]]\nid = 'feest'\nfoerste = 2027\n";
    let found = Found::by("RP103", &house(&asked, &[SECTION, ("protokol.toml", main)]));
    assert_eq!(
        found.lines(),
        ["protokol.toml:4:6 Skabelonens årshjul har ingen pligt med id'et »feest«."]
    );
    assert_eq!(found.helps(), ["Mente du »fest«?"]);
}

const CASE: &str = "[dokument]\nundertitel = 'Om alkohol & stoffer'\nmotto = 'Vi taler med hinanden'\nsag = '2022-0417'\n\
                    punkt = '12'\nkle = '27.36.00'\n\
                    [[godkendelse]]\nforum = 'Byrådet'\ndato = '2022-05'\nsag = '2022-0399'\npunkt = '7'\nkle = '27.36.04'\n";

#[test]
fn subtitle_motto_and_case_are_in_every_output() {
    typst_is_there();
    let repo = repo(CASE);
    repo.run(&["build", "--draft", "--formats", "html,md,pdf,json"])
        .code(0);
    let html = repo.read("dist/hus/index.html");
    let markdown = repo.read("dist/hus/protokol.md");
    assert_same_text(&html_text(&html), &markdown_text(&markdown));
    for piece in [
        "</h1>\n<p class=\"subtitle\">Om alkohol &amp; stoffer</p>\n<blockquote class=\"motto\"><p>Vi taler med hinanden</p>",
        "<dt>Sag</dt><dd>2022-0417</dd>",
        "<dt>Dagsordenspunkt</dt><dd>12</dd>",
        "<dt>KLE</dt><dd>27.36.00</dd>",
        "Godkendt i Byrådet, punkt\u{a0}7, sag\u{a0}2022-0399, KLE\u{a0}27.36.04.",
    ] {
        assert!(html.contains(piece), "{piece}\n{html}");
    }
    assert!(
        markdown.contains("\n\nOm alkohol & stoffer\n\n> Vi taler med hinanden\n\n"),
        "{markdown}"
    );
    let document: Value = serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON");
    assert_eq!(document["subtitle"], "Om alkohol & stoffer");
    assert_eq!(document["motto"], "Vi taler med hinanden");
    assert_eq!(document["edition"]["case"], "2022-0417");
    assert_eq!(document["edition"]["item"], "12");
    assert_eq!(document["edition"]["kle"], "27.36.00");
    let text = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf")).text();
    for words in [
        "Omalkohol&stoffer",
        "Vitalermedhinanden",
        "Dagsordenspunkt12",
        "KLE27.36.00",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn subtitle_and_motto_count_in_the_fingerprint_and_the_case_does_not() {
    let print = |more: &str| document(&repo(more))["edition"]["fingerprint"].clone();
    let plain = print("");
    assert_ne!(plain, print("[dokument]\nundertitel = 'x'\n"));
    assert_ne!(plain, print("[dokument]\nmotto = 'x'\n"));
    assert_ne!(
        print("[dokument]\nundertitel = 'x'\n"),
        print("[dokument]\nmotto = 'x'\n")
    );
    assert_eq!(
        plain,
        print("[dokument]\nsag = 'x'\npunkt = 'y'\nkle = 'z'\ngaelder_til = 2030\n")
    );
}

/// A decision of 2022 that somebody wrote into the file.
const OLD: &str = "[[godkendelse]]\nforum = 'Byrådet'\ndato = '2022-05'\n\n[[haendelse]]\npligt = 'fest'\ndato = 2026-07-01\n";

#[test]
fn an_approval_that_stands_there_is_adopted_and_a_deadline_is_told_of_and_not_held_against_it() {
    let repo = repo(OLD);
    Found::by("RP701", &repo).lines();
    let run = repo.run(&["approve", "hus", "--adopt"]).code(0);
    assert!(
        run.stdout.starts_with(
            "Godkendt i Byrådet maj 2022. Skrevet i protocols/hus/protokol.toml, linje 5."
        ),
        "{}",
        run.stdout
    );
    run.stderr_has("skulle være sket senest 31. maj 2023");
    let main = repo.read("protocols/hus/protokol.toml");
    let (before, after) = main
        .split_once("aftryk = \"")
        .expect("it has a fingerprint");
    assert!(before.ends_with("dato = '2022-05'\n"), "{main}");
    assert!(after.find("\"\n\n[[haendelse]]") == Some(64), "{main}");
    let document = document_in_force(&repo);
    assert_eq!(document["edition"]["status"]["label"], "GÆLDENDE");
    repo.run(&["approve", "hus", "--adopt"])
        .code(2)
        .stderr_has("har allerede et aftryk");
}

/// The document as a build with RP701 at the level of a warning has it.
fn document_in_force(repo: &Repo) -> Value {
    let area = repo.read("rusprot.toml");
    repo.write(
        "rusprot.toml",
        format!("{area}[kontrol]\nfrist-overskredet = \"advarsel\"\n"),
    );
    repo.run(&["build", "--formats", "json"]).code(0);
    serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("JSON")
}

#[test]
fn an_approval_between_brackets_is_adopted_too_and_another_forum_is_not() {
    let repo = repo("").file(
        "protocols/hus/protokol.toml",
        "godkendelse = [{ forum = 'Byrådet', dato = 2026-05-01 }]\n[institution]\nnavn = 'Huset'\n",
    );
    repo.run(&["approve", "hus", "--adopt", "--forum", "Ledelsen"])
        .code(2)
        .stderr_has("der står ingen sådan godkendelse");
    repo.run(&[
        "approve",
        "hus",
        "--adopt",
        "--forum",
        "byrådet",
        "--date",
        "2026-05-01",
    ])
    .code(0);
    let main = repo.read("protocols/hus/protokol.toml");
    assert!(
        main.starts_with("godkendelse = [{ forum = 'Byrådet', dato = 2026-05-01, aftryk = \""),
        "{main}"
    );
}

#[test]
fn a_decision_of_another_year_can_be_written_down_without_a_revision() {
    let args = [
        "approve",
        "hus",
        "--forum",
        "Byrådet",
        "--date",
        "2022-05-03",
        "--by",
        "Direktør",
    ];
    repo("")
        .run(&args)
        .code(0)
        .stderr_has("skulle være sket senest 3. maj 2023");
    let errors = repo("").file("protocols/hus/02-to.toml", "overskrift = 'To'\n");
    errors.run(&args).code(1);
}

#[test]
fn the_year_wheel_says_which_date_was_an_approval_and_which_stands_in_the_log() {
    let done = "[[haendelse]]\npligt = 'revision'\ndato = 2026-10-05\n";
    let in_force = "[dokument]\nversion = '1'\ngaelder_fra = 2026-09-01\n";
    let approved = "[[godkendelse]]\nforum = 'Husmødet'\ndato = 2026-11-01\n";
    let last = |main: &str| {
        let repo = repo(main);
        document(&repo);
        let page = repo.read("dist/hus/protokol.md");
        let row = page
            .lines()
            .find(|line| line.starts_with("| Vi går protokollen igennem."));
        let row = row.expect("a row of the wheel").replace('\u{a0}', " ");
        row.split('|').nth(4).expect("five cells").trim().to_owned()
    };
    assert_eq!(last(""), "ikke endnu");
    assert_eq!(last(in_force), "1. september 2026 (gælder fra)");
    assert_eq!(last(&format!("{in_force}{done}")), "5. oktober 2026");
    assert_eq!(
        last(&format!("{in_force}{done}{approved}")),
        "1. november 2026 (godkendt)"
    );
    // What was done on the day of the approval stands in the log.
    let same_day = done.replace("10-05", "11-01");
    assert_eq!(
        last(&format!("{in_force}{same_day}{approved}")),
        "1. november 2026"
    );
}

#[test]
fn what_nobody_knows_the_day_of_is_written_down_as_what_is_known() {
    for (date, written) in [
        ("2024-05", "\"2024-05\""),
        ("2024-K1", "\"2024-K1\""),
        ("2024", "2024"),
    ] {
        let repo = repo("");
        repo.run(&[
            "approve",
            "hus",
            "--forum",
            "Byrådet",
            "--date",
            date,
            "--by",
            "Direktør",
        ])
        .code(0);
        repo.run(&["done", "hus", "--duty", "fest", "--date", date])
            .code(0);
        repo.run(&["done", "hus", "--duty", "fest", "--date", date])
            .code(0)
            .stdout_has("Det står der allerede");
        let main = repo.read("protocols/hus/protokol.toml");
        assert_eq!(
            main.matches(&format!("dato = {written}\n")).count(),
            2,
            "{main}"
        );
    }
    for wrong in ["2024-13", "2024-K5", "24", "maj 2024"] {
        let run = repo("").run(&["done", "hus", "--duty", "fest", "--date", wrong]);
        run.code(2).stderr_has("kan ikke bruges til »--date«");
    }
    repo("")
        .run(&["done", "hus", "--duty", "fest", "--date", "2027-K1"])
        .code(2)
        .stderr_has("er ikke kommet endnu");
}

#[test]
fn a_month_or_a_quarter_in_another_spelling_is_told_with_the_line_to_write() {
    for (typed, help) in [
        ("2022-05", "Skriv linjen sådan: gaelder_fra = \"2022-05\""),
        ("maj 2022", "Skriv linjen sådan: gaelder_fra = \"2022-05\""),
        ("\"maj 2022\"", "Skriv gaelder_fra = \"2022-05\""),
        ("\"2. kvartal 2022\"", "Skriv gaelder_fra = \"2022-K2\""),
        ("\"2022-Q2\"", "Skriv gaelder_fra = \"2022-K2\""),
        ("\"i 2022\"", "Skriv gaelder_fra = 2022"),
    ] {
        let repo = repo(&format!(
            "[dokument]\nversion = '1'\ngaelder_fra = {typed}\n"
        ));
        repo.run(&["check", "hus", "--format", "json"])
            .code(1)
            .stdout_has(&help.replace('"', "\\\""));
    }
}
