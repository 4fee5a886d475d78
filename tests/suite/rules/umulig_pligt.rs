//! RP804 `umulig-pligt`.

use super::{Found, house};

const FILE: &str = "templates/proeve/skabelon.toml";

fn duty(id: &str, what: &str, more: &str) -> String {
    format!("[[pligt]]\nid = \"{id}\"\nhvad = \"{what}\"\n{more}\n")
}

#[test]
fn a_first_date_in_a_year_that_nobody_means_is_found() {
    let first = |date: &str| {
        let more = format!("hvor_tit = \"1 år\"\nfoerste = {date}");
        Found::by("RP804", &house(&duty("a", "Vi øver", &more), &[]))
    };
    let found = first("0226-03-01");
    assert_eq!(
        found.lines(),
        [format!(
            "{FILE}:6:8 Pligten »Vi øver« skal ske første gang i år 226."
        )]
    );
    assert_eq!(found.levels(), ["warning"]);
    assert_eq!(first("2226-03-01").lines().len(), 1);
    first("2026-03-01").none();
    first("\"2026-K1\"").none();
}

#[test]
fn a_duty_may_leave_open_who_sees_to_it() {
    Found::by(
        "RP804",
        &house(&duty("a", "Vi øver", "hvor_tit = \"1 år\""), &[]),
    )
    .none();
}

#[test]
fn a_first_date_that_is_never_used_is_found() {
    let skabelon = duty(
        "a",
        "Vi øver",
        "hvor_tit = \"ved behov\"\nfoerste = 2026-03-01\nforum = \"MED\"",
    );
    let found = Found::by("RP804", &house(&skabelon, &[]));
    assert_eq!(
        found.lines(),
        [format!(
            "{FILE}:6:8 Pligten »Vi øver« sker ved behov, så dagen i `foerste` tæller ikke."
        )]
    );
    let counted = skabelon.replace("ved behov", "1 år");
    Found::by("RP804", &house(&counted, &[])).none();
}

#[test]
fn two_duties_that_nobody_can_tell_apart_are_found() {
    let one = duty("a", "Vi øver", "hvor_tit = \"1 år\"\nforum = \"MED\"");
    let other = duty("b", "vi  øver", "hvor_tit = \"3 år\"\nforum = \"Med\"");
    let found = Found::by("RP804", &house(&format!("{one}{other}"), &[]));
    assert_eq!(
        found.lines(),
        [format!(
            "{FILE}:11:8 Pligten »vi øver« står to gange med samme ansvarlige og samme forum."
        )]
    );
    assert_eq!(found.related(), [[format!("{FILE}:6:8")]]);
    let elsewhere = other.replace("Med", "Beboermøde");
    Found::by("RP804", &house(&format!("{one}{elsewhere}"), &[])).none();
}
