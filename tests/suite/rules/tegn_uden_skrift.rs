//! RP211 `tegn-uden-skrift`.

use super::{Found, house_with_text};

#[test]
fn letters_that_paper_lacks_are_told_of_and_those_of_europe_are_not() {
    let found = Found::by("RP211", &house_with_text("Velkommen. 欢迎"));
    assert_eq!(found.lines().len(), 1);
    assert!(found.lines()[0].starts_with("01-et.toml:3:12 "));
    assert_eq!(found.levels(), ["warning"]);
    Found::by(
        "RP211",
        &house_with_text("Ласкаво просимо, zażółć, İstanbul, tiếng Việt"),
    )
    .none();
}

#[test]
fn joiners_are_letters_where_the_script_has_them_and_hidden_signs_elsewhere() {
    Found::by("RP008", &house_with_text("می\u{200C}خواهم")).none();
    let hidden = Found::by("RP008", &house_with_text("rus\u{200C}middel"));
    assert_eq!(hidden.lines().len(), 1);
    let entity = Found::by("RP008", &house_with_text("rus&#8238;middel"));
    assert_eq!(
        entity.lines().len(),
        1,
        "a hidden sign that is written as an entity"
    );
}
