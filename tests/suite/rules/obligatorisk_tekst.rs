//! RP107 `obligatorisk-tekst`.

use super::{Found, house};

const SKABELON: &str = "[[krav]]\nid = \"a\"\noverskrift = \"Et\"\nobligatorisk = '''\n\
    Husmødet vælger hvert forår to borgere og én medarbejder, som passer haven på {{ navn }}.\n\n\
    De får en nøgle til skuret og skriver i bogen, når noget går i stykker.\n'''\n";

fn found(text: &str) -> Found {
    let section = format!("overskrift = \"Et\"\ntekst = '''\n{text}\n'''\n");
    Found::by("RP107", &house(SKABELON, &[("01-et.toml", &section)]))
}

#[test]
fn a_copy_is_found_as_one_stretch_also_with_other_case_and_signs() {
    let found = found(
        "Hos os:\n\n*Husmødet* vælger hvert forår to borgere og én medarbejder, som passer HAVEN på Huset\n\n\
         De får en nøgle til skuret og skriver i bogen når noget går i stykker.",
    );
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:5:1 Teksten er en kopi af skabelonens fælles tekst til »Et«, så den bliver trykt to gange."
        ]
    );
    assert_eq!(found.ends(), ["7:71"]);
    assert!(found.helps()[0].starts_with("Slet kopien."));
}

#[test]
fn deviations_are_shown_word_by_word() {
    let found =
        found("Husmødet vælger hvert år to beboere og én medarbejder, som passer haven på Huset.");
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:3:1 Teksten er næsten skabelonens fælles tekst til »Et«, men ordene afviger: \
          »−forår« »+år«, »−borgere« »+beboere«."
        ]
    );
}

#[test]
fn a_copy_in_a_sub_section_and_in_a_list_is_found() {
    let section = "overskrift = \"Et\"\n[[afsnit]]\noverskrift = \"U\"\ntekst = '''\n\
                   - De får en nøgle til skuret og skriver i bogen, når noget går i stykker.\n'''\n";
    assert_eq!(
        Found::by("RP107", &house(SKABELON, &[("01-et.toml", section)])).lines(),
        [
            "01-et.toml:5:3 Teksten er en kopi af skabelonens fælles tekst til »Et«, så den bliver trykt to gange."
        ]
    );
}

#[test]
fn own_words_about_the_same_matter_are_fine() {
    found(
        "Haven passes af to borgere og en medarbejder. De har nøglen til skuret, og bogen ligger på \
         kontoret, så alle kan skrive i den, når noget går i stykker.",
    )
    .none();
}

#[test]
fn another_section_may_say_it_all_the_same() {
    let text = "overskrift = \"To\"\ntekst = \"De får en nøgle til skuret og skriver i bogen, når noget går i stykker.\"\n";
    let files = [
        ("01-et.toml", "overskrift = \"Et\"\n"),
        ("02-to.toml", text),
    ];
    Found::by("RP107", &house(SKABELON, &files)).none();
}
