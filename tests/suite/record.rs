//! `rusprot done` and `rusprot approve`: what is written, and when nothing is.

use crate::support::{Repo, Run};

const MAIN: &str = "protocols/lillebo/protokol.toml";

fn done(repo: &Repo, duty: &str, date: &str) -> Run {
    repo.run(&["done", "lillebo", "--duty", duty, "--date", date])
}

fn approve(repo: &Repo, date: &str, more: &[&str]) -> Run {
    let args = ["approve", "lillebo", "--forum", "Mini-MED", "--date", date];
    repo.run(&[&args[..], &["--by", "Tilbudsleder"], more].concat())
}

#[test]
fn a_duty_is_written_after_the_last_event_and_nothing_else_moves() {
    let repo = Repo::minimal();
    let before = repo.read(MAIN);
    let args = [
        "done",
        "lillebo",
        "--duty",
        "revision",
        "--date",
        "2026-11-20",
    ];
    let more = [
        "--forum",
        "Beboermøde",
        "--note",
        "Vi sagde \"ja\" til 3 ting.",
    ];
    repo.run(&[&args[..], &more].concat())
        .code(0)
        .stdout_has("Skrevet i protocols/lillebo/protokol.toml, linje ")
        .stdout_has("Senest igen 20. november 2027.\n");
    let added = "\n[[haendelse]]\npligt = \"revision\"\ndato = 2026-11-20\nforum = \"Beboermøde\"\n\
                 note = 'Vi sagde \"ja\" til 3 ting.'\n";
    let after = repo.read(MAIN);
    assert_eq!(after.replacen(added, "", 1), before);
    assert!(after.contains(added), "{after}");
    repo.run(&["check"]).code(0);
}

#[test]
fn comments_order_and_line_ends_stay_as_they_are() {
    let repo = Repo::minimal();
    let windows = format!("# Vores egen\n{}# slut", repo.read(MAIN)).replace('\n', "\r\n");
    repo.write(MAIN, &windows);
    done(&repo, "revision", "2026-11-20").code(0);
    let after = repo.read(MAIN);
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
    let added = "[[haendelse]]\r\npligt = \"revision\"\r\ndato = 2026-11-20\r\n";
    assert!(after.contains(added), "{after:?}");
    let rest = after.replacen(&format!("\r\n{added}"), "", 1);
    // An empty line parts the event from the comment that stood right below the last one.
    assert_eq!(rest.replace("\r\n\r\n# slut", "\r\n# slut"), windows);
}

#[test]
fn what_stands_there_already_is_not_written_twice() {
    let repo = Repo::minimal();
    done(&repo, "revision", "2026-11-20").code(0);
    let once = repo.read(MAIN);
    done(&repo, "revision", "2026-11-20")
        .code(0)
        .stdout_has("Det står der allerede: protocols/lillebo/protokol.toml, linje ");
    assert_eq!(repo.read(MAIN), once);
}

#[test]
fn a_duty_or_a_day_that_cannot_be_is_refused_and_nothing_is_written() {
    let repo = Repo::minimal();
    let before = repo.read(MAIN);
    done(&repo, "revison", "2026-11-20")
        .code(2)
        .stderr_has("årshjulet har ingen pligt, der hedder »revison«. Mente du »revision«?");
    done(&repo, "revision", "2026-11-22")
        .code(2)
        .stderr_has("22. november 2026 er ikke kommet endnu: i dag er det 21. november 2026.");
    done(&repo, "revision", "2026-02-30")
        .code(2)
        .stderr_has("den dag findes ikke i kalenderen");
    approve(&repo, "2026-11-22", &[])
        .code(2)
        .stderr_has("er ikke kommet endnu");
    let founded = before.replacen(
        "[institution]\n",
        "[institution]\noprettet = 2026-06-01\n",
        1,
    );
    repo.write(MAIN, &founded);
    done(&repo, "revision", "2026-05-31")
        .code(2)
        .stderr_has("31. maj 2026 ligger, før institutionen blev oprettet 1. juni 2026.");
    assert_eq!(repo.read(MAIN), founded);
}

#[test]
fn a_note_with_a_personal_number_or_two_lines_is_refused() {
    let repo = Repo::minimal();
    let before = repo.read(MAIN);
    let number = format!("{:02}{:02}{}-{}", 1, 2, 40, 1234);
    let args = [
        "done",
        "lillebo",
        "--duty",
        "revision",
        "--date",
        "2026-11-20",
        "--note",
    ];
    repo.run(&[&args[..], &[number.as_str()]].concat())
        .code(2)
        .stderr_has("ligner et personnummer");
    repo.run(&[&args[..], &["en\nto"]].concat())
        .code(2)
        .stderr_has("skal stå på én linje");
    assert_eq!(repo.read(MAIN), before);
}

#[test]
fn a_file_that_cannot_be_read_is_left_untouched() {
    let repo = Repo::minimal();
    let before = repo.read(MAIN);
    for broken in [
        before.replace("[institution]", "[institution").into_bytes(),
        [b"\xFF\xFE".to_vec(), b"[\0i\0".to_vec()].concat(),
    ] {
        repo.write(MAIN, &broken);
        done(&repo, "revision", "2026-11-20")
            .code(1)
            .stderr_has("Intet er skrevet. Ret fejlene først.");
        approve(&repo, "2026-11-20", &[])
            .code(1)
            .stderr_has("Intet er skrevet.");
        assert_eq!(repo.read_bytes(MAIN), broken);
    }
    let odd = format!("haendelse = 3\n{before}").replace("[[haendelse]]", "[[andet]]");
    repo.write(MAIN, &odd);
    done(&repo, "revision", "2026-11-20")
        .code(2)
        .stderr_has("haendelse er skrevet på en måde i protocols/lillebo/protokol.toml");
    assert_eq!(repo.read(MAIN), odd);
}

#[test]
fn an_approval_has_the_fingerprint_of_what_stands_there() {
    let repo = Repo::minimal();
    approve(&repo, "2026-11-20", &["--version", "2"])
        .code(0)
        .stdout_has("Godkendt i Mini-MED 20. november 2026 som version 2.")
        .stdout_has("Kode: RP-");
    let main = repo.read(MAIN);
    assert!(
        main.contains("[[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-11-20\naf = \"Tilbudsleder\"\nversion = \"2\"\naftryk = \""),
        "{main}"
    );
    assert!(
        main.contains("[dokument]\n") && main.contains("\nversion = \"2\"\n"),
        "{main}"
    );
    repo.run(&["check"])
        .code(0)
        .stdout_is("Ingen fejl i 1 protokol.\n");
    repo.run(&["build", "--formats", "html,md"]).code(0);
    let page = repo.read("dist/lillebo/index.html");
    assert!(
        page.contains("Gældende, godkendt 20.\u{a0}november\u{a0}2026 i Mini-MED"),
        "{page}"
    );
}

#[test]
fn a_change_after_the_approval_is_seen_on_the_page_and_by_no_changes() {
    let repo = Repo::minimal();
    approve(&repo, "2026-11-19", &[]).code(0);
    approve(&repo, "2026-11-20", &["--no-changes"])
        .code(0)
        .stdout_has("Intet er ændret siden den forrige godkendelse.");
    let repo = repo.edited(
        "protocols/lillebo/protokol.toml",
        "navn = \"",
        "navn = \"Nye ",
    );
    let before = repo.read(MAIN);
    approve(&repo, "2026-11-21", &["--no-changes"])
        .code(1)
        .stderr_has("er ændret siden godkendelsen 20. november 2026. Intet er skrevet.");
    assert_eq!(repo.read(MAIN), before);
    repo.run(&["build", "--formats", "md"]).code(0);
    let page = repo.read("dist/lillebo/protokol.md");
    assert!(page.starts_with("**ÆNDRET SIDEN GODKENDELSE**"), "{page}");
    approve(&repo, "2026-11-21", &[])
        .code(0)
        .stderr_has("men versionen er den samme");
}

#[test]
fn the_first_approval_has_nothing_to_be_unchanged_from() {
    let repo = Repo::minimal();
    approve(&repo, "2026-11-20", &["--no-changes"])
        .code(1)
        .stderr_has("ingen tidligere godkendelse med aftryk");
}

#[test]
fn errors_stand_in_the_way_of_an_approval() {
    let repo = Repo::minimal().file(
        "protocols/lillebo/99-tomt.toml",
        "overskrift = \"Noget andet\"\n",
    );
    let before = repo.read(MAIN);
    approve(&repo, "2026-11-20", &[])
        .code(1)
        .stderr_has("RP102")
        .stderr_has("Intet er skrevet. Ret fejlene først.");
    assert_eq!(repo.read(MAIN), before);
}

#[test]
fn a_finding_that_somebody_lets_stand_is_no_reason_to_refuse_an_approval() {
    const SECTION: &str = "protocols/lillebo/07-gaester.toml";
    let repo = Repo::minimal();
    let area = repo.read("rusprot.toml");
    let section = repo.read(SECTION);
    let edition = "[[udgave]]\nid = \"b\"\nnavn = \"Til jer\"\nfor = [\"borger\"]\n";
    let exception =
        "[[undtag]]\nregel = \"udgave-mangler\"\nbegrundelse = \"Det er vi enige om.\"\n";
    let repo = repo
        .file("rusprot.toml", format!("{area}\n{edition}"))
        .file(
            SECTION,
            format!("for = [\"medarbejder\"]\n{section}\n{exception}"),
        );
    approve(&repo, "2026-11-20", &[]).code(0);
}

#[test]
fn an_overdue_revision_is_met_by_the_approval_itself() {
    let repo = Repo::minimal();
    let main = repo.read(MAIN).replace("dato = 2026-", "dato = 2025-");
    repo.write(
        MAIN,
        main.replace(
            "pligt = \"revision\"\ndato = 2025-10",
            "pligt = \"revision\"\ndato = 2025-09",
        ),
    );
    repo.run(&["check"]).code(1).stdout_has("RP701");
    for duty in ["notat-mini-med", "evaluering"] {
        done(&repo, duty, "2026-11-20").code(0);
    }
    approve(&repo, "2026-11-20", &[]).code(0);
    repo.run(&["check"]).code(0);
}

#[test]
fn one_forum_approves_once_a_day() {
    let repo = Repo::minimal();
    approve(&repo, "2026-11-20", &[]).code(0);
    let before = repo.read(MAIN);
    approve(&repo, "2026-11-20", &[])
        .code(2)
        .stderr_has("Mini-MED har allerede godkendt protokollen 20. november 2026");
    assert_eq!(repo.read(MAIN), before);
}

#[test]
fn a_new_version_is_in_force_from_its_approval_at_the_earliest() {
    let repo = Repo::minimal();
    let main = repo.read(MAIN);
    repo.write(
        MAIN,
        format!("{main}\n[dokument]\nversion = '1'\ngaelder_fra = 2026-01-01 # nytår\n"),
    );
    approve(&repo, "2026-11-20", &["--version", "2"])
        .code(0)
        .stdout_has(
            "Versionen er rettet fra 1 i [dokument].\nDen gælder nu fra 20. november 2026.\n",
        );
    let after = repo.read(MAIN);
    assert!(
        after.contains("[dokument]\nversion = \"2\"\ngaelder_fra = 2026-11-20 # nytår\n"),
        "{after}"
    );
}

#[test]
fn one_protocol_is_meant() {
    Repo::minimal()
        .run(&["done", ".", "--duty", "revision", "--date", "2026-11-20"])
        .code(2)
        .stderr_has("».« er en mappe med alle protokoller");
}

#[test]
fn a_text_that_would_be_an_error_where_it_stands_is_refused() {
    let repo = Repo::minimal();
    let before = repo.read(MAIN);
    for (note, code) in [("a\u{202e}b", "RP008"), ("Se {{ ukendt }}", "RP009")] {
        let args = [
            "done",
            "lillebo",
            "--duty",
            "revision",
            "--date",
            "2026-11-20",
        ];
        repo.run(&[&args[..], &["--note", note]].concat())
            .code(1)
            .stderr_has(code)
            .stderr_has("Intet er skrevet.");
        assert_eq!(repo.read(MAIN), before, "{note}");
    }
}

#[test]
fn an_error_that_stood_there_before_is_no_reason_to_refuse_an_event() {
    let repo = Repo::minimal().edited(MAIN, "[institution]\n", "[institution]\nukendt = 1\n");
    done(&repo, "revision", "2026-11-20").code(0);
}

#[test]
fn spaces_around_what_is_typed_are_left_out() {
    let repo = Repo::minimal();
    let args = [
        "approve",
        "lillebo",
        "--forum",
        " Mini-MED ",
        "--by",
        " Leder",
    ];
    repo.run(&[&args[..], &["--date", "2026-11-20", "--version", " 2 "]].concat())
        .code(0)
        .stdout_has("Godkendt i Mini-MED 20. november 2026 som version 2.");
    let main = repo.read(MAIN);
    assert!(main.contains("forum = \"Mini-MED\"\n"), "{main}");
    assert!(main.contains("version = \"2\"\n"), "{main}");
    let again = ["approve", "lillebo", "--forum", "mini-med", "--by", "Leder"];
    repo.run(&[&again[..], &["--date", "2026-11-20"]].concat())
        .code(2)
        .stderr_has("har allerede godkendt protokollen 20. november 2026");
}

#[test]
fn an_approval_is_not_older_than_the_newest_one() {
    let repo = Repo::minimal();
    approve(&repo, "2026-11-20", &[]).code(0);
    let before = repo.read(MAIN);
    approve(&repo, "2026-11-19", &["--version", "9"])
        .code(2)
        .stderr_has(
            "protokollen er allerede godkendt 20. november 2026, og det er efter 19. november 2026",
        );
    assert_eq!(repo.read(MAIN), before);
}

#[test]
fn a_byte_order_mark_stays_where_it_is() {
    let repo = Repo::minimal();
    let marked = format!("\u{FEFF}{}", repo.read(MAIN));
    repo.write(MAIN, &marked);
    done(&repo, "revision", "2026-11-20").code(0);
    approve(&repo, "2026-11-21", &[]).code(0);
    let after = repo.read(MAIN);
    assert!(
        after.starts_with("\u{FEFF}#") || after.starts_with("\u{FEFF}["),
        "{after}"
    );
    assert_eq!(after.matches('\u{FEFF}').count(), 1);
    assert!(after.contains("dato = 2026-11-20\n"), "{after}");
}

#[test]
fn a_protocol_without_its_main_file_is_not_begun_by_an_event() {
    let repo = Repo::minimal().without(MAIN);
    done(&repo, "revision", "2026-11-20")
        .code(2)
        .stderr_has("filen protocols/lillebo/protokol.toml er der ikke. Lav den først");
    assert!(!repo.has(MAIN));
}

#[test]
fn a_year_wheel_that_cannot_be_read_is_not_called_empty() {
    let area = Repo::minimal();
    let config = area.read("rusprot.toml");
    let before = area.read(MAIN);
    for (text, says) in [
        (b"\xFF\xFE[\0".to_vec(), "RP005"),
        (
            config
                .replace("socialpsykiatri", "findes-ikke")
                .into_bytes(),
            "Der er ingen skabelon, der hedder »findes-ikke«",
        ),
    ] {
        area.write("rusprot.toml", text);
        done(&area, "revision", "2026-11-20")
            .code(1)
            .stderr_has(says)
            .stderr_lacks("intet årshjul");
    }
    assert_eq!(area.read(MAIN), before);
}

/// A protected file is left alone by both commands, though a rename could get round the protection.
#[cfg(unix)]
#[test]
fn a_protected_file_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;

    let repo = Repo::minimal();
    let before = repo.read(MAIN);
    let mode = std::fs::Permissions::from_mode(0o444);
    std::fs::set_permissions(repo.path(MAIN), mode).expect("the file is ours");
    done(&repo, "revision", "2026-11-20")
        .code(2)
        .stderr_has("er skrivebeskyttet og er ikke rettet");
    approve(&repo, "2026-11-20", &[])
        .code(2)
        .stderr_has("er skrivebeskyttet og er ikke rettet");
    assert_eq!(repo.read(MAIN), before);
    assert_eq!(
        repo.files("protocols/lillebo")
            .iter()
            .filter(|name| name.ends_with(".tmp"))
            .count(),
        0
    );
}

#[test]
fn a_name_with_spaces_can_be_copied_from_what_is_said() {
    let repo = Repo::minimal();
    std::fs::rename(
        repo.path("protocols/lillebo"),
        repo.path("protocols/Æblehuset ved åen"),
    )
    .expect("the folder is there");
    let args = [
        "Æblehuset ved åen",
        "--forum",
        "Mini-MED",
        "--date",
        "2026-11-20",
        "--by",
        "Leder",
    ];
    repo.run(&[&["approve"][..], &args].concat()).code(0);
    let repo = repo.edited(
        "protocols/Æblehuset ved åen/protokol.toml",
        "navn = \"",
        "navn = \"Nye ",
    );
    repo.run(&["check"])
        .code(0)
        .stdout_has("rusprot diff \"Æblehuset ved åen\" --since-");
    let args = [
        "Æblehuset ved åen",
        "--forum",
        "MED",
        "--date",
        "2026-11-21",
        "--by",
        "Leder",
    ];
    repo.run(&[&["approve", "--no-changes"][..], &args].concat())
        .code(1)
        .stderr_has("»rusprot diff \"Æblehuset ved åen\" --since-approval«");
}

#[cfg(unix)]
#[test]
fn a_name_in_place_of_a_role_is_asked_for_again_where_somebody_can_answer() {
    use crate::init::terminal::Talk;
    let repo = Repo::minimal();
    let args = [
        "approve",
        "lillebo",
        "--forum",
        "Mini-MED",
        "--date",
        "2026-11-10",
        "--by",
        "Karen Blomsterberg",
    ];
    let mut talk = Talk::start(&repo, &args);
    talk.hears("er en persons navn");
    talk.types("Hanne Sivertsen\r");
    talk.hears("Det er også et navn");
    talk.types(&"\u{7f}".repeat(20)).types("Tilbudsleder\r");
    talk.hears("Godkendt i Mini-MED");
    let main = repo.read("protocols/lillebo/protokol.toml");
    assert!(main.contains("af = \"Tilbudsleder\""), "{main}");
    assert!(!main.contains("Blomsterberg"), "{main}");
}
