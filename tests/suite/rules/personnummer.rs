//! RP501 `personnummer`. The numbers are made here, with birth years that nobody has.

use super::{Found, house, house_with_text};
use crate::support::Repo;

/// Ten digits in the form of a personal number: 1 January of a year from 2037 to 2057.
fn number(year: u32, sign: &str) -> String {
    let serial = 5000 + year % 1000;
    format!("{:02}{:02}{:02}{sign}{serial}", 1, 1, year % 100)
}

#[test]
fn a_number_in_a_text_is_found_and_hidden_in_every_report() {
    let hidden = number(2050, "-");
    let repo = house_with_text(&format!("Æblet {hidden} faldt."));
    let found = Found::by("RP501", &repo);
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("01-et.toml:3:7 "),
        "{:?}",
        found.lines()
    );
    for format in [
        "human", "short", "json", "sarif", "github", "gitlab", "junit",
    ] {
        let run = repo.run(&["check", "--format", format]);
        assert!(
            !run.stdout.contains(&hidden) && !run.stderr.contains(&hidden),
            "{format}"
        );
        assert!(!run.stdout.contains(&hidden[7..]), "{format}");
    }
}

#[test]
fn keys_comments_loose_files_and_longer_runs_of_digits_are_looked_at_too() {
    let (a, b, c) = (number(2041, ""), number(2042, " "), number(2043, ""));
    let text = format!("# {b}\noverskrift = \"Et\"\ntekst = \"Sag 7{a}\"\n");
    let repo =
        house("", &[("01-et.toml", &text)]).file("protocols/hus/noter.txt", format!("x\n{c}\n"));
    let found = Found::by("RP501", &repo);
    assert_eq!(found.lines().len(), 3, "{:?}", found.lines());
}

#[test]
fn a_draft_and_an_exception_stop_it_as_little_as_anything() {
    let text = format!(
        "overskrift = \"Et\"\ntekst = \"{}\"\n[[undtag]]\nregel = \"RP501\"\nbegrundelse = \"x\"\n",
        number(2044, "-")
    );
    house("", &[("01-et.toml", &text)])
        .run(&["check", "--draft"])
        .code(1)
        .stdout_has("RP501");
}

#[test]
fn telephone_numbers_dates_and_impossible_days_are_no_personal_numbers() {
    Found::by(
        "RP501",
        &house_with_text("Ring 00 12 34 56. Den 2026-02-03 kl. 14. Sag 991301-1234."),
    )
    .none();
}

#[test]
fn what_lies_in_the_root_among_the_skabeloner_and_in_hidden_folders_is_looked_at() {
    let hidden = number(2045, "-");
    let line = format!("Se {hidden}\n");
    for path in [
        "LÆSMIG.md",
        "README",
        "templates/proeve/html/side.html",
        "templates/proeve/md/protokol.md",
        ".github/skabelon.md",
        "protocols/.gammelt/noter.txt",
        "protocols/hus/.kladder/a.md",
        "protocols/hus/billeder/.a.txt",
    ] {
        let repo = house(
            "",
            &[("01-et.toml", "overskrift = \"Et\"\ntekst = \"Ja.\"\n")],
        );
        let found = Found::by("RP501", &repo.file(path, &line));
        assert_eq!(found.lines().len(), 1, "{path}: {:?}", found.lines());
    }
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text><tspan x=\"1\">{}</tspan>\
         <tspan x=\"6\">{}</tspan></text></svg>",
        &hidden[..6],
        &hidden[6..]
    );
    let repo = house("", &[("billeder/a.svg", &drawing)]);
    assert_eq!(Found::by("RP501", &repo).lines().len(), 1);
}

#[test]
fn a_folder_that_is_called_so_is_hidden_in_all_that_is_said() {
    let slug = number(2046, "-");
    let repo = Repo::minimal()
        .file(
            &format!("protocols/{slug}/protokol.toml"),
            "[institution]\nnavn = \"Huset\"\n",
        )
        .file(
            &format!("protocols/{slug}/01-et.toml"),
            "overskrift = \"Et\"\ntekst = \"Ja.\"\n",
        );
    repo.git(&["init", "-q"]);
    repo.commit_on("2026-01-05");
    repo.write(
        &format!("protocols/{slug}/01-et.toml"),
        "overskrift = \"Et\"\ntekst = \"Nej.\"\n",
    );
    let calls: &[&[&str]] = &[
        &["check"],
        &["check", "-v"],
        &["build", "-v", "--formats", "html"],
        &["build", "--draft", "--formats", "html", &slug],
        &["status"],
        &["status", "--format", "json"],
        &["status", "--format", "ics"],
        &["status", "--matrix"],
        &["diff"],
        &["diff", "--format", "json"],
        &["diff", "--since-approval"],
        &["diff", "--format", "md", "--output", "ud.md"],
        &["verify", "RP-7K3F-92QD"],
        &["verify", &slug],
        &["print", &slug, "--cards"],
        &["done", &slug, "--duty", "revision", "--date", "2026-10-05"],
        &[
            "approve",
            &slug,
            "--forum",
            "Mini-MED",
            "--date",
            "2026-11-01",
            "--by",
            "Leder",
        ],
    ];
    for call in calls {
        let run = repo.run(call);
        for said in [&run.stdout, &run.stderr] {
            assert!(
                !said.contains(&slug) && !said.contains(&slug[7..]),
                "{call:?}: {said}"
            );
        }
    }
    assert!(!repo.read("ud.md").contains(&slug[7..]));
}

#[test]
fn an_exception_that_shows_the_number_hidden_lets_it_stand_also_in_a_draft() {
    let text = format!(
        "overskrift = \"Et\"\ntekst = \"Kassen har {} på låget.\"\n[[undtag]]\nregel = \"RP501\"\n\
         hvor = \"xxxxxx-xxxx\"\nbegrundelse = \"Nummeret står på en kasse.\"\n",
        number(2047, "-")
    );
    let repo = house("", &[("01-et.toml", &text)]);
    repo.run(&["check", "--draft"]).code(0);
    repo.run(&["check"]).code(0);
}

#[test]
fn the_exception_that_the_help_writes_is_one_however_the_number_is_written() {
    let number = number(2047, "");
    let (left, right) = number.split_at(6);
    let arabic = number.chars().map(|digit| {
        let digit = digit.to_digit(10).expect("a digit");
        char::from_u32(0x0660 + digit).expect("a digit of Arabic")
    });
    let arabic: String = arabic.collect();
    for written in [
        format!("{left}-{right}"),
        format!("{left}&#45;{right}"),
        format!("{left}&nbsp;{right}"),
        format!("{left}<b>-</b>{right}"),
        format!("**{left}**-{right}"),
        format!("{left}'{right}"),
        format!("{left}\\\\-{right}"),
        arabic,
    ] {
        let text = format!("overskrift = \"Et\"\ntekst = \"\"\"\nPå kassen: {written}.\n\"\"\"\n");
        let json = house("", &[("01-et.toml", &text)]).run(&["check", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
        let findings = json["findings"].as_array().expect("a list");
        let found = findings.iter().find(|finding| finding["code"] == "RP501");
        let help = found.expect("it is found")["help"]
            .as_str()
            .expect("a help");
        let (_, key) = help.split_once("hvor = ").expect("a key to write");
        let (key, _) = key.split_once(" og en begrundelse").expect("its end");
        let excepted = format!(
            "{text}[[undtag]]\nregel = \"personnummer\"\nhvor = {key}\nbegrundelse = \"x\"\n"
        );
        house("", &[("01-et.toml", &excepted)])
            .run(&["check", "--format", "short"])
            .stdout_lacks("RP501")
            .stdout_lacks("RP001")
            .stdout_lacks("RP003")
            .stdout_lacks("RP011");
    }
}

#[test]
fn a_number_that_is_called_by_its_name_is_an_ordinary_text() {
    let text = format!(
        "Botilbuddet har P-nummer {}, CVR 12345678 og EAN 5798{}.",
        number(2048, ""),
        number(2049, "")
    );
    house_with_text(&text).run(&["check"]).code(0);
}
