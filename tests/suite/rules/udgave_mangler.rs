//! RP112 `udgave-mangler`.

use super::{Found, house};

const MUST: &str = "[[krav]]\nid = \"gaester\"\noverskrift = \"Gæster\"\n";

/// The findings in a house with an edition of these keys.
fn found(edition: &str, files: &[(&str, &str)]) -> Found {
    let repo = house(MUST, files);
    let area = repo.read("rusprot.toml");
    let text = format!("{area}\n[[udgave]]\nid = \"b\"\nnavn = \"Til jer\"\n{edition}");
    Found::by("RP112", &repo.file("rusprot.toml", text))
}

const STAFF: (&str, &str) = (
    "01-gaester.toml",
    "overskrift = \"Gæster\"\nfor = [\"medarbejder\"]\ntekst = \"x\"\n",
);

#[test]
fn a_requirement_that_only_others_can_read_is_found_unless_it_is_left_out() {
    let missing = found("for = [\"borger\"]\n", &[STAFF]);
    assert_eq!(
        missing.lines(),
        [
            "01-gaester.toml:1:14 Udgaven »Til jer« mangler kravet »Gæster«, for afsnittet er kun til andre."
        ]
    );
    assert_eq!(missing.levels(), ["error"]);
    found("for = [\"borger\"]\nuden = [\"gaester\"]\n", &[STAFF]).none();
    found("for = [\"medarbejder\"]\n", &[STAFF]).none();
    found("for = [\"borger\"]\nkun = [\"kort\"]\n", &[STAFF]).none();
    let everybody = (
        "01-gaester.toml",
        "overskrift = \"Gæster\"\ntekst = \"x\"\n",
    );
    found("for = [\"borger\"]\n", &[everybody]).none();
}

#[test]
fn a_reference_to_what_the_edition_does_not_have_is_found() {
    let text = "overskrift = \"Andet\"\ntekst = \"Se [](afsnit:gaester).\"\n";
    let files = [STAFF, ("02-andet.toml", text)];
    let uden = "uden = [\"gaester\"]\n";
    let outside = found(&format!("for = [\"borger\"]\n{uden}"), &files);
    assert_eq!(
        outside.lines(),
        ["02-andet.toml:2:13 Udgaven »Til jer« henviser til »Gæster«, som den ikke har."]
    );
    found(&format!("for = [\"medarbejder\"]\n{uden}"), &files).none();
}

#[test]
fn what_is_for_staff_is_found_where_residents_read() {
    let both = found("for = [\"borger\", \"medarbejder\"]\n", &[STAFF]);
    assert_eq!(
        both.lines(),
        [
            "01-gaester.toml:1:14 Udgaven »Til jer« er også til borgere, men »Gæster« er kun til ansatte."
        ]
    );
    let text = "overskrift = \"Andet\"\ntekst = \"x\"\nindsaet = \"afsnit:gaester\"\n";
    let rules = (
        "01-gaester.toml",
        "overskrift = \"Gæster\"\nfor = [\"medarbejder\"]\n[[regel]]\ntekst = \"x\"\n",
    );
    let inserted = found(
        "for = [\"borger\"]\nuden = [\"gaester\"]\n",
        &[rules, ("02-andet.toml", text)],
    );
    assert_eq!(
        inserted.lines(),
        [
            "02-andet.toml:3:11 Udgaven »Til jer« er til borgere, men her bliver »Gæster« sat ind, som kun er til \
             ansatte."
        ]
    );
}

#[test]
fn an_edition_of_the_skabelon_is_held_as_well() {
    let skabelon =
        format!("{MUST}[[udgave]]\nid = \"s\"\nnavn = \"Fra skabelonen\"\nfor = [\"borger\"]\n");
    let found = Found::by("RP112", &house(&skabelon, &[STAFF]));
    assert_eq!(
        found.lines(),
        [
            "01-gaester.toml:1:14 Udgaven »Fra skabelonen« mangler kravet »Gæster«, for afsnittet er kun til andre."
        ]
    );
}
