//! RP208 `word-liste`.

use super::{Found, house, house_with_text};

#[test]
fn a_pasted_list_is_found_and_becomes_one() {
    let text = "Husk:\n• Luk døren\n• Sluk lyset\nDet er alt.";
    let repo = house_with_text(text);
    let found = Found::by("RP208", &repo);
    assert_eq!(
        found.lines(),
        ["01-et.toml:4:1 2 linjer ligner en liste fra Word, men bliver trykt som én linje tekst."]
    );
    repo.run(&["check", "--fix"]).code(0);
    let mended = repo.read("protocols/hus/01-et.toml");
    assert!(
        mended.contains("Husk:\n- Luk døren\n- Sluk lyset\n\nDet er alt.\n"),
        "{mended}"
    );
}

#[test]
fn letters_become_numbers_and_stay_where_the_text_names_them() {
    let repo = house_with_text("a) Luk døren\nb) Sluk lyset");
    repo.run(&["check", "--fix"]).code(0);
    assert!(
        repo.read("protocols/hus/01-et.toml")
            .contains("1. Luk døren\n2. Sluk lyset\n")
    );
    let repo = house_with_text("a) Luk døren\nb) Sluk lyset\n\nPunkt b gælder altid. Se punkt b.");
    repo.run(&["check", "--fix"]).code(0);
    assert!(
        repo.read("protocols/hus/01-et.toml")
            .contains("- a) Luk døren\n- b) Sluk lyset\n")
    );
}

#[test]
fn a_sign_in_an_item_goes_and_a_list_of_markdown_is_left_alone() {
    let section = "overskrift = \"Et\"\n[[gruppe]]\npunkter = [\"• Hvad nu?\"]\n";
    let repo = house("", &[("01-et.toml", section)]);
    repo.run(&["check", "--fix"]).code(0);
    assert!(
        repo.read("protocols/hus/01-et.toml")
            .contains("[\"Hvad nu?\"]")
    );
    Found::by("RP208", &house_with_text("- Luk døren\n- Sluk lyset")).none();
}

#[test]
fn items_of_word_below_an_item_join_its_list() {
    let text = "Husk:\n\n- nøgle\n•\ttelefon\n•\tjakke\n\nSå går vi.";
    let repo = house_with_text(text);
    repo.run(&["check", "--fix"]).code(0);
    let mended = repo.read("protocols/hus/01-et.toml");
    assert!(
        mended.contains("- nøgle\n- telefon\n- jakke\n\nSå"),
        "{mended}"
    );
}
