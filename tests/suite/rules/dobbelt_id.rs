//! RP010 `dobbelt-id`.

use super::{Found, house};

const A: &str = "overskrift = \"Et\"\ntekst = \"x\"\n";
const B: &str = "overskrift = \"To\"\ntekst = \"x\"\n";

#[test]
fn an_id_given_twice_is_found_at_the_second_place_with_the_first() {
    let text = "overskrift = \"Et\"\n[[afsnit]]\nid = \"vagt\"\noverskrift = \"Dag\"\ntekst = \"x\"\n\
                [[afsnit]]\nid = \"vagt\"\noverskrift = \"Nat\"\ntekst = \"x\"\n";
    let found = Found::by("RP010", &house("", &[("01-et.toml", text)]));
    assert_eq!(
        found.lines(),
        ["01-et.toml:7:6 Id'et »vagt« er brugt to steder i protokollen."]
    );
    assert_eq!(found.related(), [["01-et.toml:3:6"]]);
    assert_eq!(
        found.helps(),
        ["Giv det ene sted et andet id, for eksempel id = \"vagt-2\""]
    );
}

#[test]
fn two_files_with_one_name_clash_only_where_something_refers_to_it() {
    let files = [("01-husorden.toml", A), ("02-husorden.toml", B)];
    Found::by("RP010", &house("", &files)).none();
    let link = "overskrift = \"Tre\"\ntekst = \"Se [](afsnit:husorden).\"\n";
    let found = Found::by(
        "RP010",
        &house("", &[files[0], files[1], ("03-c.toml", link)]),
    );
    assert_eq!(
        found.lines(),
        ["02-husorden.toml:1:14 Id'et »husorden« er brugt to steder i protokollen."]
    );
    assert!(found.helps()[0].contains("02-husorden-2.toml"));
}

#[test]
fn a_section_and_an_appendix_may_share_a_name_since_links_tell_them_apart() {
    let link = "overskrift = \"Tre\"\ntekst = \"[](afsnit:husorden) og [](bilag:husorden)\"\n";
    let files = [
        ("01-husorden.toml", A),
        ("bilag/2-husorden.toml", B),
        ("03-c.toml", link),
    ];
    let repo = house("", &files);
    Found::by("RP010", &repo).none();
    Found::by("RP201", &repo).none();
}

#[test]
fn two_files_with_one_number_are_found() {
    let repo = house("", &[("bilag/3-a.toml", A), ("bilag/03-b.toml", B)]);
    let found = Found::by("RP010", &repo);
    assert_eq!(
        found.lines(),
        ["bilag/03-b.toml:1:1 Filerne 3-a.toml og 03-b.toml har begge nummer 3."]
    );
    assert_eq!(found.related(), [["bilag/3-a.toml:1:1"]]);
}

#[test]
fn headings_under_different_sections_and_numbers_in_different_folders_may_be_the_same() {
    let text = |heading: &str| {
        format!(
            "overskrift = \"{heading}\"\n[[afsnit]]\noverskrift = \"Målgruppe\"\ntekst = \"x\"\n"
        )
    };
    let files: [(&str, &str); 3] = [
        ("01-et.toml", &text("Et")),
        ("02-to.toml", &text("To")),
        ("bilag/1-c.toml", B),
    ];
    Found::by("RP010", &house("", &files)).none();
}

#[test]
fn two_contacts_with_one_id_are_found_at_the_second() {
    let contact = |heading: &str| {
        format!("overskrift = \"{heading}\"\n[[kontakt]]\nid = \"vagt\"\nfunktion = \"Vagten\"\n")
    };
    let files: [(&str, &str); 2] = [
        ("01-et.toml", &contact("Et")),
        ("bilag/1-to.toml", &contact("To")),
    ];
    let found = Found::by("RP010", &house("", &files));
    assert_eq!(
        found.lines(),
        ["bilag/1-to.toml:3:6 Id'et »vagt« er brugt til to kontakter i protokollen."]
    );
    assert_eq!(found.related(), [["01-et.toml:3:6"]]);
}

#[test]
fn a_contact_may_have_the_id_of_a_section() {
    let text = "overskrift = \"Et\"\n[[kontakt]]\nid = \"et\"\nfunktion = \"Vagten\"\n";
    Found::by("RP010", &house("", &[("01-et.toml", text)])).none();
}
