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

/// What is found in a text of a protocol with these dates.
fn told(text: &str) -> Vec<String> {
    let main = "[institution]\nnavn = \"Huset\"\n[dokument]\ngaelder_fra = 2025-01-01\ngaelder_til = \"2027-12\"\n\
                [[godkendelse]]\nforum = \"Byrådet\"\ndato = \"2024-05\"\n";
    let section = format!("overskrift = \"Et\"\ntekst = \"{text}\"\n");
    let files = [("protokol.toml", main), ("01-et.toml", &*section)];
    Found::by("RP704", &house("", &files)).lines()
}

#[test]
fn a_date_that_a_text_gives_another_way_than_the_front_is_found() {
    for (text, place, message) in [
        (
            "Godkendt af Byrådet 2. april 2024.",
            "2. april",
            "Her står, at Byrådet har godkendt 2. april 2024. I protokol.toml står maj 2024.",
        ),
        (
            "Godkendt i Byrådet den 02.04.2024.",
            "02.04.2024",
            "Her står, at Byrådet har godkendt 2. april 2024. I protokol.toml står maj 2024.",
        ),
        (
            "Byrådet har godkendt den i juni 2024.",
            "juni",
            "Her står, at Byrådet har godkendt juni 2024. I protokol.toml står maj 2024.",
        ),
        (
            "Protokollen gælder fra 1. februar 2020.",
            "1. februar",
            "Her står, at det gælder fra 1. februar 2020. I protokol.toml står 1. januar 2025.",
        ),
        (
            "Gælder fra: 1/2-2020",
            "1/2",
            "Her står, at det gælder fra 1. februar 2020. I protokol.toml står 1. januar 2025.",
        ),
        (
            "Denne politik træder i kraft d. 3. marts 2025.",
            "3. marts",
            "Her står, at det gælder fra 3. marts 2025. I protokol.toml står 1. januar 2025.",
        ),
        (
            "Dokumentet er gældende til maj 2026.",
            "maj 2026",
            "Her står, at det gælder til maj 2026. I protokol.toml står december 2027.",
        ),
    ] {
        let column = text[..text.find(place).expect("it is there")]
            .chars()
            .count()
            + 10;
        assert_eq!(
            told(text),
            [format!("01-et.toml:2:{column} {message}")],
            "{text}"
        );
    }
}

#[test]
fn a_date_that_fits_the_front_or_is_of_something_else_is_fine() {
    for text in [
        "Godkendt af Byrådet 3. maj 2024 og i maj 2024.",
        "Godkendt af Byrådet i 2024.",
        "Protokollen gælder fra 1. januar 2025 til 31. december 2027.",
        "Gælder fra januar 2025.",
        "Loven gælder fra 1. februar 2020.",
        "Aftalen er gyldig til 3. maj 2025.",
        "Borgeren flytter ind 2. april 2024.",
        "Den nye lov træder i kraft 1. juli 2025.",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
}
