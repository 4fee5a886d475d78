//! RP803 `skabelon-variabel`.

use super::{Found, house};

const FILE: &str = "templates/proeve/skabelon.toml";
const ASKS: &str =
    "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nobligatorisk = \"{{ navn }}, {{ leder }}\"\n";
const ANSWER: [(&str, &str); 1] = [("01-et.toml", "overskrift = \"Et\"\n")];
const OTHER: &str = "protocols/andet/protokol.toml";

#[test]
fn a_variable_that_no_protocol_has_is_told_once_and_of_the_skabelon() {
    let repo = house(ASKS, &ANSWER)
        .file(OTHER, "[institution]\nnavn = \"Det andet\"\n")
        .file("protocols/andet/01-et.toml", "overskrift = \"Et\"\n");
    let found = Found::by("RP803", &repo);
    assert_eq!(
        found.lines(),
        [format!(
            "{FILE}:7:29 Ingen protokol i området har variablen »leder«, som den fælles tekst bruger."
        )]
    );
    assert_eq!(found.ends(), ["7:40"]);
    assert!(found.helps()[0].contains("leder = \"…\" under [variabler]"));
    Found::by("RP009", &repo).none();
    repo.run(&["build", "--formats", "md"])
        .code(1)
        .stderr_has("RP803")
        .stderr_lacks("RP009");
    assert!(!repo.has("dist/hus/protokol.md"));
}

#[test]
fn one_that_some_protocol_has_is_told_in_those_that_lack_it() {
    let repo = house(ASKS, &ANSWER).file(
        OTHER,
        "[institution]\nnavn = \"Det andet\"\n[variabler]\nleder = \"lederen\"\n",
    );
    Found::by("RP803", &repo).none();
    assert_eq!(Found::by("RP009", &repo).lines().len(), 1);
}

#[test]
fn where_the_rule_is_lowered_each_protocol_tells_of_the_hole() {
    let settings = "skabelon = \"proeve\"\n[omraade]\nnavn = \"X\"\n[kontrol]\nskabelon-variabel = \"advarsel\"\n";
    let repo = house(ASKS, &ANSWER).file("rusprot.toml", settings);
    assert_eq!(Found::by("RP803", &repo).levels(), ["warning"]);
    assert_eq!(Found::by("RP009", &repo).lines().len(), 1);
}

#[test]
fn a_misspelled_one_is_met_with_the_nearest() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nobligatorisk = \"{{ kortnvan }}\"\n";
    let found = Found::by("RP803", &house(skabelon, &ANSWER));
    assert_eq!(found.helps(), ["Mente du »kortnavn«? Skriv {{ kortnavn }}"]);
}

#[test]
fn a_variable_outside_the_obligatory_text_is_never_replaced() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nogsaa = [\"På {{ navn }}\"]\n\
                    vejledning = \"Skriv {{ navn }}.\"\n\
                    [[pligt]]\nid = \"p\"\nhvad = \"Vi øver på {{navn}}\"\nhvor_tit = \"1 år\"\nforum = \"MED\"\n";
    let found = Found::by("RP803", &house(skabelon, &ANSWER));
    assert_eq!(
        found.lines(),
        [
            format!("{FILE}:7:10 Variablen {{{{ navn }}}} bliver ikke skiftet ud her."),
            format!("{FILE}:11:8 Variablen {{{{navn}}}} bliver ikke skiftet ud her."),
        ]
    );
}

#[test]
fn the_area_s_own_variables_and_the_fixed_ones_are_fine() {
    let settings =
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"X\"\n[variabler]\nleder = \"lederen\"\n";
    let repo = house(ASKS, &ANSWER).file("rusprot.toml", settings);
    Found::by("RP803", &repo).none();
    // Nobody can say which variables protocols will have that are not there yet.
    let empty = house(ASKS, &[]).without("protocols/hus");
    Found::by("RP803", &empty).none();
}
