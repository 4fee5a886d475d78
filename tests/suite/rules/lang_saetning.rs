//! RP302 `lang-saetning`.

use super::{Found, house_with_text};

/// A sentence of so many words, with an abbreviation that does not end it.
fn sentence(words: usize) -> String {
    format!("Vi går f.eks. tur{}.", " og ler".repeat((words - 5) / 2))
}

#[test]
fn a_sentence_is_found_from_its_first_word_to_its_last_sign() {
    let found = Found::by(
        "RP302",
        &house_with_text(&format!("Ja. *{}* Nej.", sentence(41))),
    );
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:6 Sætningen »Vi går f.eks. tur …« har 41 ord, og grænsen er 40."]
    );
    assert_eq!(
        found.ends(),
        [format!("3:{}", 6 + sentence(41).chars().count())]
    );
    assert_eq!(found.levels(), ["warning"]);
}

#[test]
fn forty_words_are_fine_and_so_are_more_with_a_colon_or_in_items() {
    let half = "vi ler ".repeat(20);
    for text in [
        sentence(39),
        format!("{half}: {half}"),
        format!("- {half}\n- {half}"),
    ] {
        Found::by("RP302", &house_with_text(&text)).none();
    }
}

#[test]
fn the_area_sets_another_limit() {
    let repo = house_with_text("Vi går en lang tur.").file(
        "rusprot.toml",
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"P\"\n[graenser]\nord_i_saetning = 4\n",
    );
    assert_eq!(
        Found::by("RP302", &repo).lines(),
        ["01-et.toml:3:1 Sætningen »Vi går en lang tur …« har 5 ord, og grænsen er 4."]
    );
}
