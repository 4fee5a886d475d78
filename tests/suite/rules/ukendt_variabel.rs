//! RP009 `ukendt-variabel`.

use super::{Found, house, house_with_text};

#[test]
fn a_misspelled_variable_is_found_with_the_one_that_was_meant() {
    let found = Found::by("RP009", &house_with_text("Vi på {{ nvan }} siger:"));
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:7 Variablen »nvan« findes ikke."]
    );
    assert_eq!(found.ends(), ["3:17"]);
    assert_eq!(found.helps(), ["Mente du »navn«? Skriv {{ navn }}"]);
}

#[test]
fn a_new_variable_can_be_given_a_value() {
    let found = Found::by("RP009", &house_with_text("Ring {{ vagttelefon }}."));
    assert!(found.helps()[0].contains("vagttelefon = \"…\" under [variabler]"));
}

#[test]
fn a_known_variable_without_a_value_is_found() {
    let found = Found::by("RP009", &house_with_text("{{ version }}"));
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:1 Variablen »version« har ingen værdi i denne protokol."]
    );
    assert_eq!(
        found.helps(),
        [
            "Skriv version = \"1.0\" under [dokument] i protokol.toml. Er der ingen linje med [dokument], så skriv den først, nederst i filen."
        ]
    );
}

#[test]
fn conditions_and_filters_are_no_variables() {
    let found = Found::by("RP009", &house_with_text("{{ navn | upper }}"));
    assert!(found.helps()[0].contains("Betingelser og filtre findes ikke"));
}

#[test]
fn the_obligatory_text_is_looked_at_with_the_protocols_variables() {
    let skabelon =
        "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nobligatorisk = \"{{ navn }}, {{ leder }}\"\n";
    // Had no protocol the variable, it would be a fault of the skabelon (RP803).
    let repo = house(skabelon, &[("01-et.toml", "overskrift = \"Et\"\n")]).file(
        "protocols/nabo/protokol.toml",
        "[institution]\nnavn = \"Naboen\"\n[variabler]\nleder = \"lederen\"\n",
    );
    assert_eq!(
        Found::by("RP009", &repo).lines(),
        ["templates/proeve/skabelon.toml:7:29 Variablen »leder« findes ikke."]
    );
    let with_value = repo.file(
        "protocols/hus/protokol.toml",
        "[institution]\nnavn = \"Huset\"\n[variabler]\nleder = \"lederen\"\n",
    );
    Found::by("RP009", &with_value).none();
}

#[test]
fn known_variables_and_lone_braces_are_fine() {
    Found::by(
        "RP009",
        &house_with_text("{{navn}} i {{ omraade }} {{ og { x }"),
    )
    .none();
}
