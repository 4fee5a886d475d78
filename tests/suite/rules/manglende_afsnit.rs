//! RP101 `manglende-afsnit`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"gaester\"\noverskrift = \"Gæster på matriklen\"\nogsaa = [\"Besøg\"]\n\
                        [[krav]]\nid = \"maaske\"\noverskrift = \"Frivilligt\"\nniveau = \"kan\"\n";

#[test]
fn a_missing_section_is_told_at_the_protocol_with_the_line_to_type() {
    let found = Found::by("RP101", &house(SKABELON, &[]));
    assert_eq!(
        found.lines(),
        ["protokol.toml:1:1 Protokollen mangler afsnittet »Gæster på matriklen«."]
    );
    assert!(found.helps()[0].contains("overskrift = \"Gæster på matriklen\""));
    assert!(found.helps()[0].contains("opfylder = \"gaester\""));
}

#[test]
fn a_heading_that_is_nearly_right_is_asked_about() {
    let text = "overskrift = \"Gæster på vores matrikel\"\ntekst = \"x\"\n";
    let found = Found::by("RP101", &house(SKABELON, &[("01-g.toml", text)]));
    assert_eq!(
        found.lines(),
        ["01-g.toml:1:14 Protokollen mangler afsnittet »Gæster på matriklen«."]
    );
    assert!(found.helps()[0].starts_with("Mente du »Gæster på matriklen«"));
}

#[test]
fn a_section_answers_by_heading_by_other_wording_or_by_opfylder() {
    for text in [
        "overskrift = \"1. GÆSTER  på matriklen:\"\ntekst = \"x\"\n",
        "overskrift = \"Besøg\"\ntekst = \"x\"\n",
        "overskrift = \"Hvem kommer?\"\nopfylder = \"gaester\"\ntekst = \"x\"\n",
    ] {
        Found::by("RP101", &house(SKABELON, &[("01-g.toml", text)])).none();
    }
}

#[test]
fn nothing_is_missing_while_a_file_cannot_be_read() {
    let broken = "overskrift = \"Gæster på\nmatriklen\"\n";
    Found::by("RP101", &house(SKABELON, &[("01-g.toml", broken)])).none_beside_what_is_unread();
}

/// "Love" is a section of the document; the sub-heading is the law of one offer.
const LAWS: &str =
    "[[krav]]\nid = \"love\"\noverskrift = \"Love og regler\"\nogsaa = [\"Lovgivning\"]\n";
const OFFER: &str = "overskrift = \"Tilbud\"\ntekst = \"x\"\n[[afsnit]]\noverskrift = \"Samtaler\"\ntekst = \"x\"\n\
                     [[afsnit.afsnit]]\noverskrift = \"Lovgivning\"\ntekst = \"x\"\n";

#[test]
fn a_sub_heading_deep_down_is_no_answer_to_what_is_asked_of_the_whole_document() {
    let found = Found::by("RP101", &house(LAWS, &[("01-tilbud.toml", OFFER)]));
    assert_eq!(
        found.lines(),
        ["protokol.toml:1:1 Protokollen mangler afsnittet »Love og regler«."]
    );
    assert_eq!(found.related(), [["01-tilbud.toml:7:14"]]);
    assert!(
        found.helps()[0].contains("skriv opfylder = \"love\" i det"),
        "{:?}",
        found.helps()
    );
}

#[test]
fn a_sub_section_answers_where_it_says_so() {
    let said = OFFER.replace("\"Lovgivning\"\n", "\"Lovgivning\"\nopfylder = \"love\"\n");
    Found::by("RP101", &house(LAWS, &[("01-tilbud.toml", &said)])).none();
}
