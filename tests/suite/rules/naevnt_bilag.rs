//! RP207 `naevnt-bilag`.

use super::{Found, house};

fn found(text: &str) -> Found {
    let section = format!("overskrift = \"Et\"\nnote = \"Bilag 1\"\ntekst = '''\n{text}\n'''\n");
    let appendix = "overskrift = \"Husorden\"\ntekst = \"x\"\n";
    let files: [(&str, &str); 2] = [
        ("01-et.toml", &section),
        ("bilag/3-husorden.toml", appendix),
    ];
    Found::by("RP207", &house("", &files))
}

#[test]
fn an_appendix_in_plain_letters_is_found_with_the_link_to_type() {
    let found = found("Gæster følger husordenen, se Bilag 1 eller bilag nr. 1.");
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:4:30 »Bilag 1« er skrevet med bogstaver og tal og følger ikke med, når bilag flyttes.",
            "01-et.toml:4:50 »Bilag 1« er skrevet med bogstaver og tal og følger ikke med, når bilag flyttes.",
        ]
    );
    assert_eq!(found.ends()[0], "4:37");
    assert_eq!(found.levels()[0], "warning");
    assert!(found.helps()[0].starts_with("Er det »Husorden«, så skriv [](bilag:husorden)."));
}

#[test]
fn an_appendix_that_is_not_there_is_told() {
    assert_eq!(
        found("se\nBilag\n4.").lines(),
        ["01-et.toml:5:1 Der er intet Bilag 4: Protokollen har kun ét bilag."]
    );
}

#[test]
fn links_and_other_documents_appendices_are_fine() {
    for text in [
        "Se [](bilag:husorden) og [Bilag 1](bilag:husorden).",
        "Se bekendtgørelsens bilag 2.",
        "Se bilag 2 til den nye sundhedslov.",
        "Se bilag 1 i retningslinjen om vold.",
        "Vi har 3 bilag og intet bilag mere.",
    ] {
        found(text).none();
    }
}
