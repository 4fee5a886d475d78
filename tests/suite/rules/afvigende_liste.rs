//! RP401 `afvigende-liste`.

use super::{Found, house};

const RULES: &str = "overskrift = \"Husregler\"\n\
    [[regel]]\ntekst = \"Vi banker på, før vi går ind til hinanden.\"\n\
    [[regel]]\ntekst = \"Vi holder ro fra klokken 22 til klokken 7.\"\n\
    [[regel]]\ntekst = \"Vi ryger kun ude på terrassen mod haven.\"\n";

fn list(third: &str) -> String {
    format!(
        "overskrift = \"Sådan bor vi\"\ntekst = \'\'\'\n1. Vi banker på, før vi går ind til hinanden.\n\
         2. Vi holder ro fra klokken 22 til klokken 7.\n3. {third}\n\'\'\'\n"
    )
}

#[test]
fn lists_that_differ_in_one_item_are_found_with_the_item() {
    let text = list("Vi ryger kun ude på altanen mod vejen.");
    let found = Found::by(
        "RP401",
        &house(
            "",
            &[("01-et.toml", &text), ("bilag/1-husregler.toml", RULES)],
        ),
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:5:4 Listen ligner listen i »Husregler«, men punkt 3 er ikke ens."]
    );
    assert_eq!(found.levels(), ["error"]);
    assert_eq!(found.related().len(), 1);
}

#[test]
fn the_same_list_twice_and_lists_about_other_things_are_fine() {
    let same = list("Vi ryger kun ude på terrassen mod haven.");
    Found::by(
        "RP401",
        &house(
            "",
            &[("01-et.toml", &same), ("bilag/1-husregler.toml", RULES)],
        ),
    )
    .none();
    let other = "overskrift = \"Indkøb\"\ntekst = \'\'\'\n1. Mælk til alle.\n2. Brød til søndag.\n3. Kaffe.\n\'\'\'\n";
    Found::by(
        "RP401",
        &house(
            "",
            &[("01-et.toml", other), ("bilag/1-husregler.toml", RULES)],
        ),
    )
    .none();
}
