//! RP102 `tomt-afsnit`.

use super::{Found, house};

#[test]
fn a_heading_with_nothing_under_it_is_found() {
    let text = "overskrift = \"Et\"\nnote = \"senere\"\ntekst = \"  \"\n";
    let found = Found::by("RP102", &house("", &[("01-et.toml", text)]));
    assert_eq!(
        found.lines(),
        ["01-et.toml:1:14 Der står ingenting under overskriften »Et«."]
    );
    assert_eq!(
        found.helps(),
        [
            "Skriv, hvad der gælder hos jer, mellem anførselstegnene. Er der intet at skrive, så slet filen."
        ]
    );
}

#[test]
fn what_to_write_and_where_is_told_by_what_stands_there() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\n";
    let quoted = "Skriv, hvad der gælder hos jer, mellem de to linjer med";
    let line = "Skriv, hvad der gælder hos jer, på linjen under overskriften: tekst = '''…'''.";
    let asked = "Gælder det ikke hos jer, så skriv det.";
    let below = "Er der intet at skrive, så slet underafsnittet.";
    for (text, told) in [
        (
            "overskrift = \"Et\"\ntekst = '''\n\n'''\n",
            format!("{quoted} '''. {asked}"),
        ),
        (
            "overskrift = \"Et\"\ntekst = \"\"\"\n\"\"\"\n",
            format!("{quoted} \"\"\". {asked}"),
        ),
        ("overskrift = \"Et\"\n", format!("{line} {asked}")),
        (
            "overskrift = \"Et\"\ntekst = \"x\"\n[[afsnit]]\noverskrift = \"To\"\n",
            format!("{line} {below}"),
        ),
    ] {
        let found = Found::by("RP102", &house(skabelon, &[("01-et.toml", text)]));
        assert_eq!(found.helps(), [told], "{text}");
    }
}

#[test]
fn a_sub_section_is_found_and_what_stands_above_it_is_not() {
    let text = "overskrift = \"Et\"\n[[afsnit]]\noverskrift = \"Under\"\n";
    assert_eq!(
        Found::by("RP102", &house("", &[("01-et.toml", text)])).lines(),
        ["01-et.toml:3:14 Der står ingenting under overskriften »Under«."]
    );
}

#[test]
fn an_insert_that_brings_nothing_leaves_the_section_empty() {
    let files = [
        ("01-et.toml", "overskrift = \"Et\"\nindsaet = \"bilag:b\"\n"),
        ("bilag/1-b.toml", "overskrift = \"B\"\ntekst = \"x\"\n"),
    ];
    let found = Found::by("RP102", &house("", &files));
    assert_eq!(
        found.lines(),
        ["01-et.toml:1:14 Der står ingenting under overskriften »Et«."]
    );
    assert!(found.helps()[0].contains("indsaet"));
}

#[test]
fn obligatory_text_rules_inserts_and_sub_sections_are_enough() {
    let skabelon = "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nobligatorisk = \"Fælles.\"\n";
    let files = [
        ("01-et.toml", "overskrift = \"Et\"\n"),
        ("02-to.toml", "overskrift = \"To\"\nindsaet = \"bilag:b\"\n"),
        (
            "03-tre.toml",
            "overskrift = \"Tre\"\n[[afsnit]]\noverskrift = \"U\"\ntekst = \"x\"\n",
        ),
        (
            "bilag/1-b.toml",
            "overskrift = \"B\"\n[[regel]]\ntekst = \"x\"\n",
        ),
    ];
    Found::by("RP102", &house(skabelon, &files)).none();
}

#[test]
fn each_building_block_is_content_by_itself() {
    for block in [
        "[[begreb]]\nord = \"x\"\nbetyder = \"y\"\n",
        "[[rolle]]\ntitel = \"x\"\nansvar = [\"y\"]\n",
        "[[dilemma]]\nsituation = \"x\"\ngoer = [\"y\"]\n",
        "[[opgave]]\nhvad = \"x\"\n",
        "[[kontakt]]\nid = \"x\"\nfunktion = \"y\"\n",
        "fil = \"filer/x.pdf\"\n",
    ] {
        let text = format!("overskrift = \"Et\"\n{block}");
        Found::by("RP102", &house("", &[("bilag/1-et.toml", &text)])).none();
    }
}

#[test]
fn an_insert_of_contacts_alone_brings_something() {
    let contact = "overskrift = \"B\"\n[[kontakt]]\nid = \"x\"\nfunktion = \"y\"\n";
    let files = [
        ("01-et.toml", "overskrift = \"Et\"\nindsaet = \"bilag:b\"\n"),
        ("bilag/1-b.toml", contact),
    ];
    Found::by("RP102", &house("", &files)).none();
}

#[test]
fn a_dilemma_that_has_a_line_for_its_answer_is_not_told_to_write_another() {
    for (written, help) in [
        ("", "Skriv på linjen under [[dilemma]]: goer = [\"…\"]"),
        ("goer = []\n", "Ret linjen med goer til: goer = [\"…\"]"),
        ("\"goer\" = ''\n", "Ret linjen med goer til: goer = [\"…\"]"),
        // A line of a text is no key.
        (
            "hvorfor = '''\ngoer det ondt, så sig til.\n'''\n",
            "Skriv på linjen under [[dilemma]]: goer = [\"…\"]",
        ),
    ] {
        let other = "[[dilemma]]\nsituation = \"B\"\ngoer = [\"y\"]\n";
        let text = format!("overskrift = \"Et\"\n[[dilemma]]\nsituation = \"A\"\n{written}{other}");
        let found = Found::by("RP102", &house("", &[("01-et.toml", &text)]));
        assert_eq!(found.helps(), [help], "{text}");
    }
}
