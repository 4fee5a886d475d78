//! RP104 `dobbelt-overskrift`.

use super::{Found, house};

fn section(heading: &str) -> String {
    format!("overskrift = \"{heading}\"\ntekst = \"x\"\n")
}

#[test]
fn the_same_heading_is_found_whatever_its_case_and_number() {
    let files: [(&str, &str); 2] = [
        ("01-et.toml", &section("Alkohol")),
        ("02-to.toml", &section("2. ALKOHOL:")),
    ];
    let found = Found::by("RP104", &house("", &files));
    assert_eq!(
        found.lines(),
        ["02-to.toml:1:14 Overskriften »2. ALKOHOL:« står to gange på samme niveau."]
    );
    assert_eq!(found.related(), [["01-et.toml:1:14"]]);
}

#[test]
fn sub_sections_of_one_section_are_compared() {
    let text = "overskrift = \"Et\"\n[[afsnit]]\noverskrift = \"Øl\"\ntekst = \"x\"\n\
                [[afsnit]]\noverskrift = \"Øl\"\ntekst = \"y\"\n";
    assert_eq!(
        Found::by("RP104", &house("", &[("01-et.toml", text)])).lines(),
        ["01-et.toml:6:14 Overskriften »Øl« står to gange på samme niveau."]
    );
}

#[test]
fn a_section_an_appendix_and_a_sub_section_may_have_the_same() {
    let nested = "overskrift = \"To\"\n[[afsnit]]\noverskrift = \"Alkohol\"\ntekst = \"x\"\n";
    let files: [(&str, &str); 3] = [
        ("01-et.toml", &section("Alkohol")),
        ("02-to.toml", nested),
        ("bilag/1-b.toml", &section("Alkohol")),
    ];
    Found::by("RP104", &house("", &files)).none();
}
