//! RP502 `personoplysning`. The people are invented.

use super::{Found, house, house_with_text};

#[test]
fn a_persons_name_beside_a_number_or_a_mail_is_found() {
    for text in [
        "Ring til Karla Prøvesen på 00 12 34 56.",
        "Skriv til Karla Prøvesen, kp@huset.test.",
    ] {
        let found = Found::by("RP502", &house_with_text(text));
        assert_eq!(found.lines().len(), 1, "{text}: {:?}", found.lines());
        assert!(
            found.lines()[0].starts_with("01-et.toml:3:"),
            "{:?}",
            found.lines()
        );
        assert_eq!(found.levels(), ["warning"]);
    }
}

#[test]
fn a_function_with_a_number_and_a_name_without_one_are_fine() {
    Found::by(
        "RP502",
        &house_with_text("Ring til Nattevagten på 00 12 34 56."),
    )
    .none();
    Found::by("RP502", &house_with_text("Vi læser Karla Prøvesens bog.")).none();
}

#[test]
fn a_function_with_its_telephone_is_fine_and_a_person_is_found() {
    let contact = |function: &str, mail: &str| {
        let text = format!(
            "overskrift = \"Et\"\n[[kontakt]]\nid = \"a\"\nfunktion = \"{function}\"\n\
             telefon = \"00 00 00 00\"\nmail = \"{mail}\"\nadresse = [\"Anna Opdigts Vej 4\"]\n"
        );
        Found::by("RP502", &house("", &[("01-et.toml", &text)]))
    };
    contact("Rusmiddelcenteret", "vagt@egely.invalid").none();
    let message = "Her ser der ud til at stå en persons navn sammen med";
    assert_eq!(
        contact("Anna Opdigtsen", "vagt@egely.invalid").lines(),
        [format!("01-et.toml:4:12 {message} et telefonnummer.")]
    );
    assert_eq!(
        contact("Nattevagten", "anna.opdigt@egely.invalid").lines(),
        [format!("01-et.toml:6:8 {message} en mailadresse.")]
    );
}

#[test]
fn a_person_with_a_number_is_found_in_every_building_block() {
    let text = "overskrift = \"Et\"\n[[opgave]]\nhvad = \"x\"\nansvarlig = \"Anna Opdigtsen, tlf. 00 00 00 00\"\n\
                [[rolle]]\ntitel = \"y\"\nansvar = [\"Ring til Anna Opdigtsen, 00 00 00 00\"]\n";
    let found = Found::by("RP502", &house("", &[("01-et.toml", text)]));
    assert_eq!(found.own.len(), 2, "{:?}", found.lines());
}

#[test]
fn a_name_where_a_role_is_asked_for_is_found_and_approve_asks_again() {
    let section = ("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n");
    let main = |responsible: &str, by: &str| {
        format!(
            "[institution]\nnavn = \"Huset\"\n[dokument]\nansvarlig = \"{responsible}\"\n\
             [[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-02-03\naf = \"{by}\"\n"
        )
    };
    let named = main("Anna Opdigtsen", "Leder Per Opdigtsen");
    let repo = house("", &[section, ("protokol.toml", &named)]);
    let found = Found::by("RP502", &repo);
    assert_eq!(
        found.lines(),
        [
            "protokol.toml:4:13 Under »ansvarlig« står en persons navn.",
            "protokol.toml:8:6 Under »af« står en persons navn.",
        ]
    );
    for role in [
        "Tilbudsleder",
        "Faglig leder på Huset",
        "Social- og Sundhedschef",
        "Socialchef i Byrådet",
    ] {
        let roles = main(role, role);
        Found::by("RP502", &house("", &[section, ("protokol.toml", &roles)])).none();
    }
    let run = [
        "approve",
        "hus",
        "--forum",
        "Mini-MED",
        "--date",
        "2026-11-10",
        "--by",
        "Anna Opdigtsen",
    ];
    let before = repo.read("protocols/hus/protokol.toml");
    repo.run(&run)
        .code(2)
        .stderr_has("»Anna Opdigtsen« er en persons navn. Skriv rollen efter --by");
    assert_eq!(repo.read("protocols/hus/protokol.toml"), before);
}
