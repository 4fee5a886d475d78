//! RP704 `dato-modstrid`.

use super::{Found, house};

fn lines(main: &str) -> Vec<String> {
    let main = format!("[institution]\nnavn = \"Huset\"\n{main}");
    Found::by("RP704", &house("", &[("protokol.toml", &main)])).lines()
}

#[test]
fn an_approval_in_the_future_is_found() {
    assert_eq!(
        lines("[[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-12-01\n"),
        [
            "protokol.toml:5:8 Godkendelsen er dateret 1. december 2026, og den dag er ikke kommet endnu: \
          i dag er det 21. november 2026."
        ]
    );
}

#[test]
fn an_event_before_the_house_was_founded_is_found() {
    assert_eq!(
        lines("oprettet = 2027\n[[haendelse]]\npligt = \"revision\"\ndato = 2026-01-01\n"),
        [
            "protokol.toml:6:8 Hændelsen er dateret en dag, som ligger, før institutionen blev oprettet: \
          1. januar 2026."
        ]
    );
}

#[test]
fn a_protocol_in_force_before_it_was_approved_is_found() {
    let main = "[dokument]\ngaelder_fra = 2026-02-03\n\
                [[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-03-02\n";
    assert_eq!(
        lines(main),
        [
            "protokol.toml:4:15 Protokollen gælder fra 3. februar 2026, men er først godkendt 2. marts 2026."
        ]
    );
}

#[test]
fn two_approvals_by_one_forum_on_one_day_are_found() {
    let approval = "[[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-03-02\n";
    assert_eq!(
        lines(&approval.repeat(2)),
        ["protokol.toml:8:8 Mini-MED har godkendt protokollen to gange 2. marts 2026."]
    );
}

#[test]
fn dates_that_agree_are_fine() {
    let main = "oprettet = 1998-05-01\n[dokument]\ngaelder_fra = 2026-03-02\n\
                [[haendelse]]\npligt = \"revision\"\ndato = 2026-11-21\n\
                [[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-03-02\n\
                [[godkendelse]]\nforum = \"Ledelsen\"\ndato = 2026-03-02\n";
    assert_eq!(lines(main), [""; 0]);
}

#[test]
fn a_date_that_does_not_exist_is_a_finding_at_its_place() {
    let main =
        "[institution]\nnavn = \"Huset\"\n[[haendelse]]\npligt = \"revision\"\ndato = 2026-02-30\n";
    let found = Found::by("RP001", &house("", &[("protokol.toml", main)]));
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("protokol.toml:5:"),
        "{:?}",
        found.lines()
    );
}
