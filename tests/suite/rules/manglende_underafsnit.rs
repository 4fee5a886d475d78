//! RP110 `manglende-underafsnit`.

use super::{Found, house};

const EACH: &str = "[[krav]]\nid = \"tilbud\"\noverskrift = \"Vores tilbud\"\n\
                    hvert_afsnit = [\"Målgruppe\", \"Varighed\"]\n";
const NESTED: &str = "[[krav]]\nid = \"akut\"\noverskrift = \"Akut\"\n\
                      [[krav.krav]]\nid = \"nat\"\noverskrift = \"Om natten\"\n\
                      [[krav.krav]]\nid = \"dag\"\noverskrift = \"Om dagen\"\nniveau = \"kan\"\n";

#[test]
fn every_sub_section_needs_the_headings_of_hvert_afsnit() {
    let text = "overskrift = \"Vores tilbud\"\n[[afsnit]]\noverskrift = \"Samtaler\"\n\
                [[afsnit.afsnit]]\noverskrift = \"målgruppe:\"\ntekst = \"x\"\n";
    let found = Found::by("RP110", &house(EACH, &[("01-et.toml", text)]));
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:14 »Samtaler« mangler underafsnittet »Varighed«."]
    );
    assert_eq!(
        found.helps(),
        [
            "Skriv [[afsnit.afsnit]] på en linje for sig og overskrift = \"Varighed\" på den næste. Er svaret kort, kan det stå under [afsnit.fakta]: \"Varighed\" = \"…\""
        ]
    );
}

#[test]
fn a_heading_that_is_nearly_right_is_asked_about() {
    let text = "overskrift = \"Vores tilbud\"\n[[afsnit]]\noverskrift = \"Samtaler\"\n\
                [[afsnit.afsnit]]\noverskrift = \"Målgruppen\"\ntekst = \"x\"\n\
                [[afsnit.afsnit]]\noverskrift = \"Varighed\"\ntekst = \"x\"\n";
    let found = Found::by("RP110", &house(EACH, &[("01-et.toml", text)]));
    assert_eq!(
        found.helps(),
        ["Mente du »Målgruppe«, da du skrev »Målgruppen«? Skriv overskrift = \"Målgruppe\""]
    );
}

#[test]
fn a_heading_that_nobody_asked_for_is_asked_about_when_it_begins_alike() {
    let each = EACH.replace("\"Varighed\"", "\"Varighed\", \"Lovgrundlag\"");
    let text = "overskrift = \"Vores tilbud\"\n[[afsnit]]\noverskrift = \"NADA\"\n\
                [[afsnit.afsnit]]\noverskrift = \"Målgruppe\"\ntekst = \"x\"\n\
                [[afsnit.afsnit]]\noverskrift = \"Lovgivning\"\ntekst = \"x\"\n";
    let found = Found::by("RP110", &house(&each, &[("01-et.toml", text)]));
    assert_eq!(
        found.helps(),
        [
            "Skriv [[afsnit.afsnit]] på en linje for sig og overskrift = \"Varighed\" på den næste. Er svaret kort, kan det stå under [afsnit.fakta]: \"Varighed\" = \"…\"",
            "Mente du »Lovgrundlag«, da du skrev »Lovgivning«? Skriv overskrift = \"Lovgrundlag\"",
        ]
    );
}

#[test]
fn a_required_sub_section_must_stand_below_its_section() {
    let files = [
        ("01-et.toml", "overskrift = \"Akut\"\ntekst = \"x\"\n"),
        ("02-to.toml", "overskrift = \"Om natten\"\ntekst = \"x\"\n"),
    ];
    let found = Found::by("RP110", &house(NESTED, &files));
    assert_eq!(
        found.lines(),
        ["01-et.toml:1:14 »Akut« mangler underafsnittet »Om natten«."]
    );
    assert!(found.helps()[0].contains("opfylder = \"nat\""));
}

#[test]
fn the_headings_and_an_answer_through_opfylder_are_fine() {
    let text = "overskrift = \"Akut\"\n[[afsnit]]\noverskrift = \"Efter 22\"\nopfylder = \"nat\"\ntekst = \"x\"\n";
    Found::by("RP110", &house(NESTED, &[("01-et.toml", text)])).none();
    Found::by("RP110", &house(NESTED, &[])).none();
}
