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

const CARD: &str =
    "[[handling]]\nid = \"uro\"\nsituation = \"Uro\"\ntrin = [{ goer = \"Gå ud.\" }]\n";

/// A section for these readers with this text, and whatever else it has.
fn section(heading: &str, readers: &str, text: &str, more: &str) -> String {
    let readers = match readers {
        "" => String::new(),
        reader => format!("for = [\"{reader}\"]\n"),
    };
    format!("overskrift = \"{heading}\"\n{readers}tekst = \"{text}\"\n{more}")
}

#[test]
fn a_block_is_where_a_text_places_it() {
    let edition = "for = [\"paaroerende\"]\nuden = [\"gaester\"]\n";
    // It stands in a part for all, and is printed in one for staff.
    let away = found(
        edition,
        &[
            (
                "01-alle.toml",
                &section("Alle", "", "Se [](kort:uro).", CARD),
            ),
            (
                "02-vagt.toml",
                &section("Vagt", "medarbejder", "[](kort:uro)", ""),
            ),
        ],
    );
    assert_eq!(
        away.lines(),
        ["01-alle.toml:2:13 Udgaven »Til jer« henviser til »Vagt«, som den ikke har."]
    );
    // And the other way round.
    let here = [
        (
            "01-alle.toml",
            &*section("Alle", "", "Se [](kort:uro).\\n\\n[](kort:uro)", ""),
        ),
        ("02-vagt.toml", &*section("Vagt", "medarbejder", "x", CARD)),
    ];
    found(edition, &here).none();
    let residents = found("for = [\"borger\"]\nuden = [\"gaester\"]\n", &here);
    assert_eq!(
        residents.lines(),
        [
            "01-alle.toml:2:30 Udgaven »Til jer« er til borgere, men her bliver »Vagt« sat ind, som kun er til ansatte."
        ]
    );
}

#[test]
fn what_stands_below_a_part_for_staff_is_for_staff() {
    let below = "[[afsnit]]\noverskrift = \"Nederst\"\nid = \"nederst\"\ntekst = \"x\"\n[[afsnit.regel]]\ntekst = \"x\"\n";
    let files = [
        (
            "01-alle.toml",
            &*section("Alle", "", "x", "indsaet = \"afsnit:nederst\"\n"),
        ),
        ("02-vagt.toml", &*section("Vagt", "leder", "x", below)),
    ];
    let inserted = found("for = [\"borger\"]\nuden = [\"gaester\"]\n", &files);
    assert_eq!(
        inserted.lines(),
        [
            "01-alle.toml:3:11 Udgaven »Til jer« er til borgere, men her bliver »Nederst« sat ind, som kun er til ansatte."
        ]
    );
}

#[test]
fn common_texts_prefaces_and_inserted_blocks_lead_out_of_an_edition_too() {
    let vagt = section("Vagt", "medarbejder", "x", "");
    let rule = "[[regel]]\ntekst = \"Se [](afsnit:vagt).\"\n";
    let hus = section("Hus", "leder", "x", rule);
    let must =
        "[[krav]]\nid = \"alle\"\noverskrift = \"Alle\"\nobligatorisk = \"Se [](afsnit:vagt).\"\n";
    let of = |edition: &str, alle: &str| {
        let files = [
            ("01-alle.toml", alle),
            ("02-vagt.toml", &*vagt),
            ("03-hus.toml", &*hus),
        ];
        let repo = house(must, &files);
        let area = repo.read("rusprot.toml");
        let text = format!("{area}\n[[udgave]]\nid = \"b\"\nnavn = \"Til jer\"\n{edition}");
        Found::by("RP112", &repo.file("rusprot.toml", text))
    };
    let plain = section("Alle", "", "x", "");
    assert_eq!(
        of("for = [\"paaroerende\"]\n", &plain).lines(),
        [
            "01-alle.toml:1:14 Udgaven »Til jer« henviser i områdets fælles tekst til »Vagt«, som den ikke har."
        ]
    );
    of(
        "for = [\"medarbejder\"]\nforord = \"Se [](afsnit:vagt).\"\n",
        &plain,
    )
    .none();
    let preface = of(
        "for = [\"medarbejder\"]\nforord = \"Se [](afsnit:hus).\"\n",
        &plain,
    );
    assert_eq!(
        preface.lines(),
        ["protokol.toml:1:1 Udgaven »Til jer« henviser i forordet til »Hus«, som den ikke har."]
    );
    let insert = section("Alle", "", "x", "indsaet = \"afsnit:hus\"\n");
    let inserted = of("for = [\"paaroerende\"]\n", &insert).lines();
    assert!(
        inserted
            .iter()
            .any(|line| line.starts_with("03-hus.toml:5:13 ")),
        "{inserted:?}"
    );
}
