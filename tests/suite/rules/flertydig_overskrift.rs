//! RP805 `flertydig-overskrift`.

use super::{Found, house};

const FILE: &str = "templates/proeve/skabelon.toml";

#[test]
fn a_wording_of_two_requirements_is_found_at_the_second() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Gæster\"\nogsaa = [\"Besøg\"]\n\
                    [[krav]]\nid = \"b\"\noverskrift = \"Pårørende\"\nogsaa = [\"Familie\", \"3. BESØG\"]\n";
    let found = Found::by("RP805", &house(skabelon, &[]));
    assert_eq!(
        found.lines(),
        [format!(
            "{FILE}:11:21 Overskriften »3. BESØG« svarer både på kravet »a« og på kravet »b«."
        )]
    );
    assert_eq!(found.related(), [[format!("{FILE}:7:10")]]);
    assert_eq!(found.levels(), ["error"]);
}

#[test]
fn a_point_in_the_words_of_its_own_requirement_is_always_answered() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Gæster\"\n\
                    [[krav.punkt]]\nid = \"b\"\ntekst = \"Gæster\"\n";
    assert_eq!(
        Found::by("RP805", &house(skabelon, &[])).lines(),
        [format!(
            "{FILE}:9:9 Overskriften »Gæster« svarer både på kravet »a« og på punktet »b«."
        )]
    );
}

/// Two requirements, each with a required sub-heading of the same wording.
fn twins(of_the_second: &str) -> String {
    format!(
        "[[krav]]\nid = \"a\"\noverskrift = \"Unge\"\n[[krav.krav]]\nid = \"aa\"\noverskrift = \"Indsats\"\n\
         [[krav]]\nid = \"b\"\noverskrift = \"Voksne\"\n[[krav.krav]]\nid = \"bb\"\noverskrift = \"Indsats\"\n\
         {of_the_second}"
    )
}

#[test]
fn the_same_wording_below_two_requirements_is_fine_and_each_is_missed() {
    let answers = [
        (
            "01-unge.toml",
            "overskrift = \"Unge\"\n[[afsnit]]\noverskrift = \"Indsats\"\ntekst = \"x\"\n",
        ),
        ("02-voksne.toml", "overskrift = \"Voksne\"\ntekst = \"x\"\n"),
    ];
    let repo = house(&twins(""), &answers);
    Found::by("RP805", &repo).none();
    let missing = Found::by("RP110", &repo).lines();
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(
        missing[0].starts_with("02-voksne.toml:1:14 "),
        "{missing:?}"
    );
}

#[test]
fn a_text_is_printed_in_one_of_them_so_they_may_not_be_the_same() {
    let skabelon = twins("obligatorisk = \"Fælles.\"\n");
    assert_eq!(
        Found::by("RP805", &house(&skabelon, &[])).lines(),
        [format!(
            "{FILE}:15:14 Overskriften »Indsats« svarer både på kravet »aa« og på kravet »bb«."
        )]
    );
}

#[test]
fn a_required_heading_and_one_below_another_may_not_be_the_same() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Unge\"\n[[krav.krav]]\nid = \"aa\"\noverskrift = \"Indsats\"\n\
                    [[krav]]\nid = \"b\"\noverskrift = \"Indsats\"\n";
    assert_eq!(Found::by("RP805", &house(skabelon, &[])).lines().len(), 1);
}
