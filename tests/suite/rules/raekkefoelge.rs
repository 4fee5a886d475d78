//! RP105 `raekkefoelge`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"a\"\noverskrift = \"Alarm\"\n\
                        [[krav]]\nid = \"b\"\noverskrift = \"Besøg\"\n\
                        [[krav]]\nid = \"c\"\noverskrift = \"Coaching\"\n";

fn section(heading: &str) -> String {
    format!("overskrift = \"{heading}\"\ntekst = \"x\"\n")
}

#[test]
fn only_the_section_that_stands_wrong_is_found_and_a_free_number_is_suggested() {
    let files: [(&str, &str); 4] = [
        ("05-coaching.toml", &section("Coaching")),
        ("10-alarm.toml", &section("Alarm")),
        ("20-lokalt.toml", &section("Lokalt")),
        ("30-besoeg.toml", &section("Besøg")),
    ];
    let found = Found::by("RP105", &house(SKABELON, &files));
    assert_eq!(
        found.lines(),
        ["05-coaching.toml:1:14 Afsnittet »Coaching« står i en anden rækkefølge end i skabelonen."]
    );
    assert_eq!(found.levels(), ["warning"]);
    assert_eq!(
        found.helps(),
        ["Det skal stå efter »Besøg«. Giv filen navnet 40-coaching.toml"]
    );
}

#[test]
fn a_section_that_belongs_first_is_put_before_the_others() {
    let files: [(&str, &str); 3] = [
        ("02-besoeg.toml", &section("Besøg")),
        ("03-coaching.toml", &section("Coaching")),
        ("04-alarm.toml", &section("Alarm")),
    ];
    let found = Found::by("RP105", &house(SKABELON, &files));
    assert_eq!(
        found.helps(),
        ["Det skal stå før »Besøg«. Giv filen navnet 01-alarm.toml"]
    );
}

#[test]
fn sub_sections_that_answer_requirements_have_an_order_too() {
    let text = "overskrift = \"Alt\"\n[[afsnit]]\noverskrift = \"Besøg\"\nopfylder = \"b\"\ntekst = \"x\"\n\
                [[afsnit]]\noverskrift = \"Alarm\"\nopfylder = \"a\"\ntekst = \"x\"\n";
    let found = Found::by("RP105", &house(SKABELON, &[("01-alt.toml", text)]));
    assert_eq!(found.lines().len(), 1);
    assert!(found.helps()[0].contains("[[afsnit]]"));
}

#[test]
fn local_sections_may_stand_anywhere_and_one_section_may_answer_several() {
    let files: [(&str, &str); 4] = [
        ("01-lokalt.toml", &section("Lokalt")),
        (
            "02-ac.toml",
            "overskrift = \"Begge\"\nopfylder = [\"a\", \"c\"]\ntekst = \"x\"\n",
        ),
        ("03-andet.toml", &section("Andet")),
        ("10-besoeg.toml", &section("Besøg")),
    ];
    Found::by("RP105", &house(SKABELON, &files)).none();
}

#[test]
fn a_skabelon_that_lists_subjects_asks_for_no_order() {
    let files: [(&str, &str); 2] = [
        ("01-besoeg.toml", &section("Besøg")),
        ("02-alarm.toml", &section("Alarm")),
    ];
    let unordered = format!("raekkefoelge = false\n{SKABELON}");
    Found::by("RP105", &house(&unordered, &files)).none();
    assert_eq!(
        Found::by("RP105", &house(SKABELON, &files)).lines().len(),
        1
    );
}
