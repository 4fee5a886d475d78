//! RP201 `ukendt-henvisning`.

use super::{Found, house};

const RULES: &str = "overskrift = \"Husorden\"\n[[regel]]\ntekst = \"x\"\n";

fn found(text: &str) -> Found {
    let section = format!("overskrift = \"Gæster\"\ntekst = '''\n{text}\n'''\n");
    let repo = house(
        "",
        &[
            ("01-gaester.toml", &section),
            ("bilag/3-husorden.toml", RULES),
        ],
    );
    let area = repo.read("rusprot.toml") + "[dokumenter.vold]\ntitel = \"Om vold\"\n";
    Found::by("RP201", &repo.file("rusprot.toml", area))
}

#[test]
fn an_unknown_appendix_is_found_with_the_one_that_was_meant() {
    let found = found("Ærligt: se [reglerne](bilag:husordenen).");
    assert_eq!(
        found.lines(),
        ["01-gaester.toml:3:12 Der er ikke noget bilag med id'et »husordenen«."]
    );
    assert_eq!(found.ends(), ["3:40"]);
    assert_eq!(
        found.helps(),
        ["Mente du »husorden«? Skriv [reglerne](bilag:husorden)"]
    );
}

#[test]
fn what_the_preface_of_an_edition_refers_to_is_looked_for_in_each_protocol() {
    let edition = |preface: &str| {
        let repo = house(
            "",
            &[("01-vagt.toml", "overskrift = 'Vagt'\ntekst = 'x'\n")],
        );
        let area = repo.read("rusprot.toml");
        let edition = format!("\n[[udgave]]\nid = 'b'\nnavn = 'Til dig'\nforord = '{preface}'\n");
        Found::by("RP201", &repo.file("rusprot.toml", area + &edition))
    };
    edition("Se [](afsnit:vagt).").none();
    let found = edition("Se [](afsnit:vagten).").lines();
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("rusprot.toml:")
            && found[0].ends_with("Der er ikke noget afsnit med id'et »vagten«."),
        "{found:?}"
    );
}

#[test]
fn an_appendix_is_no_section_and_a_section_no_appendix() {
    let found = found("[](afsnit:husorden) og [](bilag:gaester)");
    assert_eq!(
        found.lines(),
        [
            "01-gaester.toml:3:1 »husorden« er et bilag, ikke et afsnit.",
            "01-gaester.toml:3:24 »gaester« er et afsnit, ikke et bilag.",
        ]
    );
    assert_eq!(
        found.helps(),
        ["Skriv [](bilag:husorden)", "Skriv [](afsnit:gaester)"]
    );
}

#[test]
fn an_unknown_document_can_be_entered_in_the_area() {
    let found = found("[](dok:notat)");
    assert_eq!(
        found.lines(),
        ["01-gaester.toml:3:1 Der er ikke noget dokument i rusprot.toml med id'et »notat«."]
    );
    assert!(found.helps()[0].contains("[dokumenter.notat]"));
}

#[test]
fn references_that_lead_somewhere_are_fine() {
    found("[](bilag:husorden), [her nede](afsnit:gaester) og [](dok:vold)").none();
}

#[test]
fn an_insert_of_nothing_is_found() {
    let text =
        "overskrift = \"Et\"\ntekst = \"x\"\nindsaet = [\"bilag:husorden\", \"bilag:regler\"]\n";
    let files = [("01-et.toml", text), ("bilag/1-husorden.toml", RULES)];
    assert_eq!(
        Found::by("RP201", &house("", &files)).lines(),
        ["01-et.toml:3:30 Der er ikke noget bilag med id'et »regler«."]
    );
}

#[test]
fn a_circle_is_found_once() {
    let files = [
        (
            "01-et.toml",
            "overskrift = \"Et\"\nindsaet = \"bilag:b\"\ntekst = \"x\"\n",
        ),
        (
            "bilag/1-b.toml",
            "overskrift = \"B\"\n[[afsnit]]\noverskrift = \"U\"\nindsaet = \"afsnit:et\"\n",
        ),
    ];
    let found = Found::by("RP201", &house("", &files));
    assert_eq!(
        found.lines(),
        ["bilag/1-b.toml:4:11 indsaet går i ring: »Et« → »B« → »U« → »Et«."]
    );
    assert_eq!(found.related(), [["01-et.toml:2:11"]]);
}

#[test]
fn a_place_inserts_itself_when_its_sub_section_does() {
    let text = "overskrift = \"Et\"\n[[regel]]\ntekst = \"x\"\n[[afsnit]]\noverskrift = \"U\"\nindsaet = \"afsnit:et\"\n";
    assert_eq!(
        Found::by("RP201", &house("", &[("01-et.toml", text)])).lines(),
        ["01-et.toml:6:11 indsaet går i ring: »Et« → »U« → »Et«."]
    );
    let text = "overskrift = \"Et\"\nindsaet = \"afsnit:et\"\n";
    let found = Found::by("RP201", &house("", &[("01-et.toml", text)]));
    assert_eq!(
        found.lines(),
        ["01-et.toml:2:11 indsaet går i ring: »Et« → »Et«."]
    );
    assert!(found.helps()[0].starts_with("Et sted kan ikke hente sig selv."));
}

#[test]
fn two_places_may_insert_the_same() {
    let text = |heading: &str| format!("overskrift = \"{heading}\"\nindsaet = \"bilag:b\"\n");
    let files: [(&str, &str); 3] = [
        ("01-et.toml", &text("Et")),
        ("02-to.toml", &text("To")),
        ("bilag/1-b.toml", RULES),
    ];
    Found::by("RP201", &house("", &files)).none();
}

/// A house with the contact `vagt`, in an area with the contact `giftlinjen`, and this section.
fn with_contacts(section: &str) -> Found {
    let contact = "overskrift = \"Vagt\"\n[[kontakt]]\nid = \"vagt\"\nfunktion = \"Vagten\"\n";
    let repo = house("", &[("01-et.toml", section), ("02-vagt.toml", contact)]);
    let area = repo.read("rusprot.toml") + "[kontakter.giftlinjen]\nfunktion = \"Giftlinjen\"\n";
    Found::by("RP201", &repo.file("rusprot.toml", area))
}

#[test]
fn an_unknown_contact_is_found_with_the_one_that_was_meant() {
    let found = with_contacts(
        "overskrift = \"Et\"\ntekst = \"Ring: [vagten](kontakt:vakt), [](kontakt:giftlinien)\"\n",
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:2:16 Der er ikke nogen kontakt med id'et »vakt«.",
            "01-et.toml:2:40 Der er ikke nogen kontakt med id'et »giftlinien«.",
        ]
    );
    assert_eq!(
        found.helps(),
        [
            "Mente du »vagt«? Skriv [vagten](kontakt:vagt)",
            "Mente du »giftlinjen«? Skriv [](kontakt:giftlinjen)",
        ]
    );
}

#[test]
fn an_unknown_contact_on_an_action_card_is_found_with_how_to_enter_it() {
    let found = with_contacts(
        "overskrift = \"Et\"\n[[handling]]\nsituation = \"x\"\ntrin = [{ goer = \"y\" }]\n\
         kontakt = [\"[](kontakt:vagt)\", \"[](kontakt:beredskab)\"]\n",
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:5:33 Der er ikke nogen kontakt med id'et »beredskab«."]
    );
    assert!(found.helps()[0].contains("[[kontakt]]"));
    assert!(found.helps()[0].contains("id = \"beredskab\""));
}

#[test]
fn a_contact_is_no_section_and_a_section_no_contact() {
    let found =
        with_contacts("overskrift = \"Et\"\ntekst = \"[](afsnit:giftlinjen) [](kontakt:et)\"\n");
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:2:10 »giftlinjen« er en kontakt, ikke et afsnit.",
            "01-et.toml:2:32 »et« er et afsnit, ikke en kontakt.",
        ]
    );
    assert_eq!(
        found.helps(),
        ["Skriv [](kontakt:giftlinjen)", "Skriv [](afsnit:et)"]
    );
}

#[test]
fn contacts_of_the_protocol_and_of_the_area_are_fine() {
    with_contacts(
        "overskrift = \"Et\"\ntekst = \"[](kontakt:vagt) [her](kontakt:giftlinjen) [](kontakt:Vagt)\"\n",
    )
    .none();
}
