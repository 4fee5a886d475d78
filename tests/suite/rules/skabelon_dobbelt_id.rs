//! RP801 `skabelon-dobbelt-id`.

use super::{Found, house};

const FILE: &str = "templates/proeve/skabelon.toml";

#[test]
fn a_requirement_and_a_point_with_one_id_are_found_at_each_further_place() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\n[[krav.punkt]]\nid = \"a\"\ntekst = \"Hvad\"\n\
                    [[krav.krav]]\nid = \"a\"\noverskrift = \"To\"\n";
    let found = Found::by("RP801", &house(skabelon, &[]));
    assert_eq!(
        found.lines(),
        [
            format!("{FILE}:8:6 Id'et »a« er brugt før i skabelonen, til et krav eller et punkt."),
            format!("{FILE}:11:6 Id'et »a« er brugt før i skabelonen, til et krav eller et punkt."),
        ]
    );
    let first = format!("{FILE}:5:6");
    assert_eq!(found.related(), [[first.as_str()], [first.as_str()]]);
    assert_eq!(found.levels(), ["error", "error"]);
}

#[test]
fn two_duties_with_one_id_are_found_and_a_duty_may_be_called_as_a_requirement() {
    let duty = |id: &str| {
        format!("[[pligt]]\nid = \"{id}\"\nhvad = \"{id}\"\nhvor_tit = \"1 år\"\nforum = \"MED\"\n")
    };
    let skabelon = format!(
        "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\n{}{}{}",
        duty("a"),
        duty("b"),
        duty("b")
    );
    let found = Found::by("RP801", &house(&skabelon, &[]));
    assert_eq!(
        found.lines(),
        [format!(
            "{FILE}:18:6 Id'et »b« er brugt før i skabelonen, til en pligt."
        )]
    );
    assert_eq!(found.related(), [[format!("{FILE}:13:6")]]);
}

#[test]
fn a_skabelon_that_nothing_uses_is_looked_at_with_all_protocols_and_not_with_one() {
    let twice = "navn = \"N\"\ndokumenttype = \"D\"\nversion = \"1\"\n\
                 [[krav]]\nid = \"a\"\noverskrift = \"Et\"\n[[krav]]\nid = \"a\"\noverskrift = \"To\"\n";
    let section = [("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n")];
    let repo = house("", &section).file("templates/ny/skabelon.toml", twice);
    let found = Found::by("RP801", &repo);
    assert_eq!(found.lines().len(), 1);
    assert!(found.lines()[0].starts_with("templates/ny/skabelon.toml:8:6 "));
    repo.run(&["check", "hus"]).code(0).stdout_lacks("RP801");
}

#[test]
fn the_area_chooses_the_level() {
    let skabelon =
        "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\n[[krav]]\nid = \"a\"\noverskrift = \"To\"\n";
    let settings = |level: &str| {
        format!(
            "skabelon = \"proeve\"\n[omraade]\nnavn = \"X\"\n[kontrol]\nskabelon-dobbelt-id = \"{level}\"\n"
        )
    };
    let repo = house(skabelon, &[]).file("rusprot.toml", settings("advarsel"));
    assert_eq!(Found::by("RP801", &repo).levels(), ["warning"]);
    Found::by("RP801", &repo.file("rusprot.toml", settings("fra"))).none();
}
