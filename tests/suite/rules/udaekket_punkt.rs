//! RP106 `udaekket-punkt`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"regler\"\noverskrift = \"Regler\"\n\
                        [[krav.punkt]]\nid = \"trygt\"\ntekst = \"Et trygt hus\"\n\
                        [[krav.punkt]]\nid = \"mere\"\ntekst = \"Mere\"\nniveau = \"kan\"\n";

#[test]
fn an_unanswered_point_is_found_at_the_section_it_belongs_to() {
    let text = "overskrift = \"Vores aftaler\"\nopfylder = \"regler\"\ntekst = \"x\"\n";
    let found = Found::by("RP106", &house(SKABELON, &[("01-et.toml", text)]));
    assert_eq!(
        found.lines(),
        ["01-et.toml:1:14 Afsnittet »Vores aftaler« svarer ikke på punktet »Et trygt hus«."]
    );
    let help = "Svar på det i afsnittets tekst, og føj \"trygt\" til listen i linjen med opfylder, så der står: opfylder = [\"regler\", \"trygt\"]";
    assert_eq!(found.helps(), [help]);
}

#[test]
fn only_a_section_that_has_sub_sections_is_told_of_them() {
    let plain = "overskrift = \"Regler\"\ntekst = \"x\"\n";
    let found = Found::by("RP106", &house(SKABELON, &[("01-et.toml", plain)]));
    let help = "Svar på det i afsnittets tekst, og skriv på linjen under overskriften: opfylder = \"trygt\"";
    assert_eq!(found.helps(), [help]);
    let with = format!("{plain}[[afsnit]]\noverskrift = \"U\"\ntekst = \"x\"\n");
    let found = Found::by("RP106", &house(SKABELON, &[("01-et.toml", &with)]));
    assert!(found.helps()[0].starts_with(
        "Står svaret i et underafsnit, så skriv opfylder = \"trygt\" under dets overskrift. Står det i selve"
    ));
}

#[test]
fn an_answer_outside_the_section_does_not_count_and_is_shown() {
    let files = [
        ("01-et.toml", "overskrift = \"Regler\"\ntekst = \"x\"\n"),
        (
            "02-to.toml",
            "overskrift = \"Tryghed\"\nopfylder = \"trygt\"\ntekst = \"x\"\n",
        ),
    ];
    let found = Found::by("RP106", &house(SKABELON, &files));
    assert_eq!(
        found.lines(),
        ["01-et.toml:1:14 Afsnittet »Regler« svarer ikke på punktet »Et trygt hus«."]
    );
    assert_eq!(found.related(), [["02-to.toml:1:14"]]);
    assert!(found.helps()[0].contains("opfylder = [\"trygt\", \"regler\"]"));
}

#[test]
fn an_answer_in_the_section_or_below_it_counts() {
    for text in [
        "overskrift = \"Regler\"\nopfylder = \"trygt\"\ntekst = \"x\"\n",
        "overskrift = \"Regler\"\n[[afsnit]]\noverskrift = \"U\"\nopfylder = \"trygt\"\ntekst = \"x\"\n",
    ] {
        Found::by("RP106", &house(SKABELON, &[("01-et.toml", text)])).none();
    }
}

#[test]
fn a_sub_heading_in_a_point_s_own_words_or_its_others_is_an_answer() {
    let skabelon = SKABELON.replace(
        "tekst = \"Et trygt hus\"",
        "tekst = \"Et trygt hus\"\nogsaa = [\"Tryghed i huset\"]",
    );
    let below = |heading: &str| {
        format!("overskrift = \"Regler\"\n[[afsnit]]\noverskrift = \"{heading}\"\ntekst = \"x\"\n")
    };
    for heading in ["Et trygt hus.", "tryghed i huset:"] {
        let text = below(heading);
        Found::by("RP106", &house(&skabelon, &[("01-et.toml", &text)])).none();
    }
    let text = below("Tryghed udenfor");
    let found = Found::by("RP106", &house(&skabelon, &[("01-et.toml", &text)]));
    assert_eq!(found.lines().len(), 1);
}

#[test]
fn a_missing_section_is_not_told_twice() {
    Found::by("RP106", &house(SKABELON, &[])).none();
}
