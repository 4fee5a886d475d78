//! RP006 `raa-html`.

use super::{Found, house, house_with_text};

#[test]
fn a_tag_is_found_where_it_stands_and_the_help_fits_it() {
    let found = Found::by(
        "RP006",
        &house_with_text("Ring, <b>før</b> gæsten kommer.<br>\nNu."),
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:7 Teksten indeholder HTML: »<b>«.",
            "01-et.toml:3:32 Teksten indeholder HTML: »<br>«.",
        ]
    );
    assert_eq!(found.ends(), ["3:10", "3:36"]);
    assert_eq!(
        found.helps(),
        [
            "Skriv fed tekst med to stjerner på hver side: **ordet**",
            "Skriv en omvendt skråstreg sidst på linjen, hvor læseren skal se en ny linje. I en tabel kan du skrive <br> i feltet.",
        ]
    );
}

#[test]
fn a_hidden_comment_belongs_in_a_note() {
    let found = Found::by("RP006", &house_with_text("<!-- husk -->"));
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:1 Teksten har en skjult HTML-kommentar."]
    );
    assert!(found.helps()[0].contains("note = \"…\""));
}

#[test]
fn addresses_in_angle_brackets_and_tags_in_code_are_fine() {
    let text = "Se <https://www.borger.dk> og `<br>`, og 3 < 5 > 2.";
    Found::by("RP006", &house_with_text(text)).none();
}

#[test]
fn the_skabelons_obligatory_text_is_looked_at_too() {
    let skabelon =
        "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nobligatorisk = \"Fælles <i>tekst</i>.\"\n";
    let repo = house(skabelon, &[("01-et.toml", "overskrift = \"Et\"\n")]);
    assert_eq!(
        Found::by("RP006", &repo).lines(),
        ["templates/proeve/skabelon.toml:7:24 Teksten indeholder HTML: »<i>«."]
    );
}
