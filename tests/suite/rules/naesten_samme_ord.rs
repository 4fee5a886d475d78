//! RP306 `naesten-samme-ord`.

use super::{Found, house, house_with_text};

#[test]
fn a_rare_word_beside_a_common_one_is_found_also_in_another_protocol() {
    let common = "Din kontaktperson er der. Kontaktpersonen ved det. Spørg din kontaktperson, eller \
                  en anden kontaktperson.";
    let repo = house_with_text(common)
        .file(
            "protocols/nabo/protokol.toml",
            "[institution]\nnavn = \"Naboen\"\n",
        )
        .file(
            "protocols/nabo/02-to.toml",
            "overskrift = \"To\"\ntekst = \"Ring til *kontak*personen og til en kontakperson.\"\n",
        );
    let found = Found::by("RP306", &repo);
    assert_eq!(
        found.lines(),
        [
            "protocols/nabo/02-to.toml:2:46 »kontakperson« er næsten det samme ord som »kontaktperson«: 1 \
             gang mod 3 gange i området."
        ]
    );
    assert_eq!(found.ends(), ["2:58"]);
    assert_eq!(found.related(), [["01-et.toml:3:5"]]);
    assert_eq!(found.levels(), ["warning"]);
}

#[test]
fn names_are_shown_with_their_capital() {
    let repo =
        house_with_text("I Specialområdet, Specialområdet og Specialområdet, men Speciaalområdet.");
    assert_eq!(
        Found::by("RP306", &repo).lines(),
        [
            "01-et.toml:3:57 »Speciaalområdet« er næsten det samme ord som »Specialområdet«: 1 gang mod 3 \
             gange i området."
        ]
    );
}

#[test]
fn inflections_joints_even_numbers_and_words_of_the_term_list_are_fine() {
    for text in [
        "Medarbejderne, medarbejderne, medarbejderne og medarbejderen.",
        "Rusmiddelbehandler, rusmiddelbehandler, rusmiddelbehandler og rusmiddelsbehandler.",
        "Kontaktperson, kontaktperson og kontakperson.",
        "Kontaktperson, kontaktperson, kontaktperson, `kontakperson`.",
    ] {
        Found::by("RP306", &house_with_text(text)).none();
    }
    let listed = house_with_text("Kontaktperson, kontaktperson, kontaktperson, kontakperson.").file(
        "rusprot.toml",
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"P\"\n[ordliste]\nkontakperson = \"kontaktperson\"\n",
    );
    Found::by("RP306", &listed).none();
}

/// What is found in a protocol of the house Kranporten, whose skabelon has a common text.
fn owned(text: &str) -> Found {
    let asked = "[[krav]]\nid = 'et'\noverskrift = 'Et'\nniveau = 'skal'\nobligatorisk = 'Vi arbejder med skadesreduktion.'\n";
    let section = format!("overskrift = 'Et'\ntekst = '{text}'\n");
    let main = "[institution]\nnavn = 'Bostedet Kranporten'\n";
    Found::by(
        "RP306",
        &house(asked, &[("protokol.toml", main), ("01-et.toml", &section)]),
    )
}

#[test]
fn names_and_common_texts_are_the_measure_whatever_is_more_common() {
    let found = owned(
        "Kramporten er stor. I Kramporten bor vi. Kramporten og Kramporten. Vi kender skadesreuktion.",
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:2:10 »Kramporten« er næsten det samme ord som »Kranporten«, som området selv bruger.",
            "01-et.toml:2:87 »skadesreuktion« er næsten det samme ord som »skadesreduktion«, som området selv bruger.",
        ]
    );
    assert_eq!(owned("Vi er Kramportens gæster.").lines().len(), 1);
    // A slip near a name's end, also where the word is a link's text.
    for slip in ["Kranportten", "[Kranpoten](https://a.test/)"] {
        assert_eq!(owned(&format!("Her er {slip}.")).lines().len(), 1, "{slip}");
    }
}

#[test]
fn forms_of_an_owned_word_and_words_that_are_no_names_are_fine() {
    for text in [
        "Kranportens gæster og Kranporten.",
        "Kranporte og Kranportenx hører til andre.",
        "Ved kramporten holder en lastbil.",
        "Vi taler om skadesreduktionen og skadesreduktions.",
    ] {
        owned(text).none();
    }
}
