//! RP604 `aendret-myndighed`.

use super::{Found, house_with_text};

#[test]
fn an_old_authority_is_found_with_who_does_its_work_now() {
    let found = Found::by("RP604", &house_with_text("Klag til Patientombuddet."));
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:10 Patientombuddet findes ikke mere under det navn: efter registret er det Styrelsen for \
             Patientklager siden 8. oktober 2015 (tjekket 27. november 2026)."
        ]
    );
    assert_eq!(found.levels(), ["warning"]);
    assert!(found.helps()[0].starts_with("Se efter på myndighedens egen side"));
}

#[test]
fn an_area_adds_to_the_register() {
    let own = "[[myndighed]]\nnavn = \"Amtsrådet\"\nafloest_af = \"Regionsrådet\"\nsiden = \"2007\"\n\
               kilde = \"x\"\ntjekket = 2026-01-01\nsikkerhed = \"hoej\"\n";
    let repo =
        house_with_text("Amtsrådet har vedtaget det.").file("templates/lovregister.toml", own);
    assert_eq!(Found::by("RP604", &repo).lines().len(), 1);
    Found::by("RP604", &house_with_text("Amtsrådet har vedtaget det.")).none();
}

#[test]
fn what_a_register_lacks_of_an_authority_is_told() {
    let own = "[[myndighed]]\nnavn = \"Amtsrådet\"\nsiden = \"engang\"\n";
    let repo = house_with_text("Vi ses.").file("templates/lovregister.toml", own);
    assert_eq!(Found::by("RP004", &repo).lines().len(), 4);
    assert_eq!(Found::by("RP003", &repo).lines().len(), 1);
}
