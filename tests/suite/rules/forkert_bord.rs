//! RP013 `forkert-bord`

use super::{Found, house};

const TOP: &str = "overskrift = \"Et\"\n";
const LATE: &str =
    "[[regel]]\nstyrke = \"skal\"\ntekst = '''\nStuen er åben.\n\nVi drikker ikke i den.\n'''\n";

#[test]
fn a_long_text_added_behind_the_last_rule_is_found_where_it_stands() {
    let repo = house("", &[("01-et.toml", &format!("{TOP}\n{LATE}"))]);
    let found = Found::by("RP013", &repo);
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("01-et.toml:5:9 "),
        "{:?}",
        found.lines()
    );
    assert_eq!(found.levels(), ["warning"]);
}

#[test]
fn a_contact_s_long_text_behind_a_section_without_one_is_found_too() {
    let contact = "[[kontakt]]\nid = \"vagt\"\nfunktion = \"Vagten\"\ntekst = '''\nRing, før du kommer.\n\nSå åbner vi.\n'''\n";
    let repo = house("", &[("01-et.toml", &format!("{TOP}\n{contact}"))]);
    assert_eq!(Found::by("RP013", &repo).lines().len(), 1);
}

#[test]
fn a_rule_that_is_long_one_on_a_line_and_a_section_with_its_own_text_are_fine() {
    for text in [
        // The text comes first, as it does in a rule.
        format!(
            "{TOP}\n[[regel]]\ntekst = '''\nStuen er åben.\n\nVi drikker ikke i den.\n'''\nstyrke = \"skal\"\n"
        ),
        format!("{TOP}\n[[regel]]\ntekst = '''\nStuen er åben.\n\nVi drikker ikke i den.\n'''\n"),
        format!("{TOP}\n[[regel]]\nstyrke = \"skal\"\ntekst = \"Stuen er åben.\"\n"),
        format!("{TOP}tekst = \"Vi lavede reglerne sammen.\"\n\n{LATE}"),
        format!("{TOP}\n{LATE}\n[[regel]]\ntekst = \"Stuen er åben.\"\n"),
    ] {
        Found::by("RP013", &house("", &[("01-et.toml", &text)])).none();
    }
}
