//! RP603 `hjemmel`.

use super::{Found, house};

fn with_rule(rule: &str) -> String {
    format!("overskrift = \"Husregler\"\n[[regel]]\n{rule}\n")
}

#[test]
fn an_intervention_without_its_legal_basis_is_found() {
    for word in [
        "urinprøve",
        "ransagning",
        "visitation",
        "bortvisning",
        "konfiskation",
    ] {
        let rule = with_rule(&format!(
            "tekst = \"Personalet kan kræve {word} af gæster.\""
        ));
        let found = Found::by("RP603", &house("", &[("01-et.toml", &rule)]));
        assert_eq!(found.lines().len(), 1, "{word}: {:?}", found.lines());
        assert!(
            found.lines()[0].starts_with("01-et.toml:3:"),
            "{:?}",
            found.lines()
        );
    }
}

#[test]
fn a_rule_that_names_its_basis_and_other_rules_are_fine() {
    let based = "tekst = \"En gæst kan få bortvisning.\"\nhjemmel = \"Ordensbekendtgørelsen\"";
    Found::by("RP603", &house("", &[("01-et.toml", &with_rule(based))])).none();
    Found::by(
        "RP603",
        &house(
            "",
            &[(
                "01-et.toml",
                &with_rule("tekst = \"Vi rydder op efter os.\""),
            )],
        ),
    )
    .none();
}
