//! RP307 `tegnsaetning`.

use super::{Found, house, house_with_text};

#[test]
fn a_sentence_that_ends_in_a_comma_is_found_at_its_last_word() {
    let found = Found::by(
        "RP307",
        &house_with_text("Vi ses.\n\nVi ringer til vagten,"),
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:5:15 Sætningen slutter med et komma."]
    );
    assert_eq!(found.levels(), ["warning"]);
    assert_eq!(
        found.helps(),
        ["Skriv det, der mangler, eller sæt punktum."]
    );
}

#[test]
fn a_bracket_is_missed_in_headings_and_steps_too() {
    let text = "overskrift = \"Nat (kl. 22\"\n[[handling]]\nsituation = \"Uro\"\n[[handling.trin]]\n\
                hvem = \"Vagten\"\ngoer = \"Ringer (altid).\"\nhvornaar = \"Straks)\"\n";
    let found = Found::by("RP307", &house("", &[("01-nat.toml", text)]));
    assert_eq!(
        found.lines(),
        [
            "01-nat.toml:1:14 Her er kun den ene af to parenteser.",
            "01-nat.toml:7:12 Her er kun den ene af to parenteser."
        ]
    );
}

#[test]
fn whole_sentences_and_short_lines_are_fine() {
    for text in ["Vi ringer til vagten.", "Åbent hele døgnet", "- ja\n- nej"] {
        Found::by("RP307", &house_with_text(text)).none();
    }
}

#[test]
fn spaces_in_ranges_and_before_commas_are_taken_away() {
    let repo = house_with_text("Vi venter 2- 5 minutter , og så går vi.");
    repo.run(&["check", "--fix"]).code(0);
    let text = repo.read("protocols/hus/01-et.toml");
    assert!(
        text.contains("Vi venter 2-5 minutter, og så går vi."),
        "{text}"
    );
    Found::by("RP307", &repo).none();
}

#[test]
fn a_paragraph_or_an_item_that_leads_on_to_nothing_is_cut_off_however_short_it_is() {
    for (text, message) in [
        ("Vi mødes i uge 5, 6 og", "Afsnittet er skåret af."),
        ("Medarbejderne skal sikre, at", "Afsnittet er skåret af."),
        ("Vi bruger f.eks.", "Afsnittet er skåret af."),
        ("- Ingen må ryge, fordi", "Punktet er skåret af."),
        ("- Der er flere slags, bl.a.", "Punktet er skåret af."),
        (
            "Vi har (både inde) og ude).",
            "Her er kun den ene af to parenteser.",
        ),
    ] {
        let lines = Found::by("RP307", &house_with_text(text)).lines();
        assert!(
            lines.len() == 1 && lines[0].ends_with(message),
            "{text}: {lines:?}"
        );
    }
    for text in [
        "- Trin et\n- Trin to",
        "Vi begynder med punkt et",
        "Ring, hvis\n\n- du er bange\n- du vil tale",
        "Du kan a) ringe, ii) skrive eller 12) gå.",
        "Det er det hus, jeg bor i",
    ] {
        Found::by("RP307", &house_with_text(text)).none();
    }
}
