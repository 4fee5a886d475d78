//! RP802 `uopnaaeligt-alias`.

use super::{Found, house};

const FILE: &str = "templates/proeve/skabelon.toml";

#[test]
fn a_wording_that_reads_as_the_heading_or_an_earlier_one_is_found() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Pårørende\"\n\
                    ogsaa = [\"2. pårørende:\", \"Familie\", \"FAMILIE.\"]\n\
                    [[krav.punkt]]\nid = \"b\"\ntekst = \"Hvem I ringer til\"\nogsaa = [\"hvem  I ringer til\"]\n";
    let found = Found::by("RP802", &house(skabelon, &[]));
    assert_eq!(
        found.lines(),
        [
            format!(
                "{FILE}:7:10 Ordlyden »2. pårørende:« tæller i forvejen: Den læses som kravets egen overskrift."
            ),
            format!(
                "{FILE}:7:38 Ordlyden »FAMILIE.« tæller i forvejen: Den læses som en ordlyd, der står før den."
            ),
            format!(
                "{FILE}:11:10 Ordlyden »hvem I ringer til« tæller i forvejen: Den læses som punktets egen tekst."
            ),
        ]
    );
    assert_eq!(
        found.related(),
        [
            [format!("{FILE}:6:14")],
            [format!("{FILE}:7:27")],
            [format!("{FILE}:10:9")]
        ]
    );
    assert_eq!(found.levels(), ["warning", "warning", "warning"]);
}

#[test]
fn a_number_or_a_sign_alone_is_no_heading() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nogsaa = [\"4.\", \":\"]\n";
    let found = Found::by("RP802", &house(skabelon, &[]));
    assert_eq!(
        found.lines(),
        [
            format!(
                "{FILE}:7:10 Ordlyden »4.« er uden bogstaver, så ingen overskrift kan hedde det."
            ),
            format!(
                "{FILE}:7:16 Ordlyden »:« er uden bogstaver, så ingen overskrift kan hedde det."
            ),
        ]
    );
    assert_eq!(found.related(), [Vec::<String>::new(), Vec::new()]);
}

#[test]
fn wordings_that_differ_in_a_letter_or_a_sign_inside_are_fine() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Hvad er en protokol?\"\n\
                    ogsaa = [\"Hvad er en protokol\", \"A. Hvad er en protokol\", \"Hvad er en protokol, herunder\"]\n";
    Found::by("RP802", &house(skabelon, &[])).none();
}
