//! RP304 `forkortelse`.

use super::{Found, house_with_text};

#[test]
fn an_unexplained_abbreviation_is_found_once_where_it_is_first_used() {
    let found = Found::by(
        "RP304",
        &house_with_text("Spørg **MI**-medarbejderne. MI er godt, siger Område-MEDs formand."),
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:9 Forkortelsen »MI« er ikke forklaret. Den bliver brugt 2 gange.",
            "01-et.toml:3:54 Forkortelsen »MED« er ikke forklaret.",
        ]
    );
    assert_eq!(found.ends(), ["3:11", "3:57"]);
    assert_eq!(found.levels()[0], "warning");
    assert!(found.helps()[0].contains("MI = \"betydning\""));
}

#[test]
fn an_explanation_that_comes_later_is_shown() {
    let found = Found::by(
        "RP304",
        &house_with_text("Vi bruger MI.\n\nMotiverende interview (MI) er en samtale."),
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:11 »MI« bliver brugt, før forkortelsen er forklaret."]
    );
    assert_eq!(found.related(), [["01-et.toml:5:24"]]);
}

#[test]
fn an_explanation_beside_the_first_use_counts() {
    for text in [
        "Vi bruger motiverende interview (MI). MI er godt.",
        "Vi bruger MI (motiverende interview), og MI-folk.",
        "MI\n: Motiverende interview\n\nVi bruger MI.",
        "- MI: motiverende interview",
        "| Ord | Betydning |\n|---|---|\n| MI | Motiverende interview |",
    ] {
        Found::by("RP304", &house_with_text(text)).none();
    }
    let listed = house_with_text("Vi bruger MI i Mini-MED.").file(
        "rusprot.toml",
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"P\"\n[forkortelser]\nMI = \"Motiverende interview\"\n\
         \"Mini-MED\" = \"Medindflydelse\"\n",
    );
    Found::by("RP304", &listed).none();
}

#[test]
fn loud_words_roman_numbers_code_and_everyday_words_are_fine() {
    for text in [
        "Du må IKKE gå alene. DU MÅ GERNE RINGE.",
        "Se kapitel III og XII.",
        "Skriv `ABC` i feltet.",
        "Se tv-guiden på TV, og send en SMS.",
        "Se https://www.ABC.dk/DEF.",
        "Et notat er et NOTAT.",
        "Papiret har koden RP-HFDP-HS2D, og reglen hedder RP304.",
    ] {
        Found::by("RP304", &house_with_text(text)).none();
    }
}

#[test]
fn what_is_left_from_editing_is_no_abbreviation() {
    Found::by("RP304", &house_with_text("Her mangler noget: TODO.")).none();
}
