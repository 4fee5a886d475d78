//! RP011 `ubrugt-undtagelse`, and exceptions themselves.

use super::{Found, house};

const PAGE: &str = "overskrift = \"Et\"\ntekst = \"Se side 12.\"\n";
const EXCEPTION: &str = "[[undtag]]\nregel = \"sidehenvisning\"\nhvor = \"side 12\"\nbegrundelse = \"En trykt pjece.\"\n";

#[test]
fn an_exception_sets_its_finding_aside_and_verbose_tells_why() {
    let repo = house("", &[("01-et.toml", &format!("{PAGE}{EXCEPTION}"))]);
    Found::by("RP204", &repo).none();
    Found::by("RP011", &repo).none();
    repo.run(&["check", "-v"])
        .stderr_has("RP204")
        .stderr_has("En trykt pjece.");
}

#[test]
fn an_exception_that_meets_nothing_is_found_where_it_stands() {
    let text = format!("overskrift = \"Et\"\ntekst = \"Se pjecen.\"\n{EXCEPTION}");
    let found = Found::by("RP011", &house("", &[("01-et.toml", &text)]));
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("01-et.toml:4:9 "),
        "{:?}",
        found.lines()
    );
    assert_eq!(found.levels(), ["warning"]);
}

#[test]
fn an_exception_needs_a_reason_and_a_rule_that_can_be_excepted() {
    let text = format!("{PAGE}[[undtag]]\nregel = \"sidehenvisning\"\n");
    let found = Found::by("RP004", &house("", &[("01-et.toml", &text)]));
    assert!(
        found.lines()[0].contains("begrundelse"),
        "{:?}",
        found.lines()
    );
    let text = format!("{PAGE}[[undtag]]\nregel = \"personnummer\"\nbegrundelse = \"Nej.\"\n");
    let found = Found::by("RP003", &house("", &[("01-et.toml", &text)]));
    assert!(
        found.lines()[0].starts_with("01-et.toml:4:9 "),
        "{:?}",
        found.lines()
    );
}
