//! RP403 `fremmed-institution`.

use super::{Found, house_with_text};
use crate::support::Repo;

fn with_neighbour(text: &str) -> Repo {
    house_with_text(text).file(
        "protocols/egely/protokol.toml",
        "[institution]\nnavn = \"Bostedet Egely\"\nkortnavn = \"Egely\"\n",
    )
}

#[test]
fn the_name_of_another_institution_is_found_where_it_stands() {
    let found = Found::by(
        "RP403",
        &with_neighbour("Hos os på Bostedet Egely taler vi sammen."),
    );
    assert_eq!(found.lines().len(), 1, "{:?}", found.lines());
    assert!(
        found.lines()[0].starts_with("01-et.toml:3:11 "),
        "{:?}",
        found.lines()
    );
    assert!(found.lines()[0].contains("Egely"));
}

#[test]
fn a_link_permits_the_name_and_longer_words_are_other_words() {
    Found::by(
        "RP403",
        &with_neighbour("Vi spørger [Bostedet Egely](https://egely.test)."),
    )
    .none();
    Found::by("RP403", &with_neighbour("Egelysvej ligger i byen.")).none();
}
