//! RP213 `maerker-i-linje`.

use super::{Found, house, house_with_text};

#[test]
fn a_line_with_marks_is_found_and_the_fix_leaves_the_words() {
    let repo = house_with_text("Vi **hilser**.").file(
        "protocols/hus/bilag/1-regler.toml",
        "overskrift = \"**Regler** for [alle](https://a.test/)\"\ntekst = \"x\"\n",
    );
    let found = Found::by("RP213", &repo);
    assert_eq!(
        found.lines(),
        [
            "bilag/1-regler.toml:1:14 Mærket ** bliver trykt, som det står, for her kan kun stå ren tekst."
        ]
    );
    assert_eq!(
        found.helps(),
        ["Slet mærkerne, så der står: Regler for alle"]
    );
    repo.run(&["check", "hus", "--fix"]).code(0);
    assert_eq!(
        repo.read("protocols/hus/bilag/1-regler.toml"),
        "overskrift = \"Regler for alle\"\ntekst = \"x\"\n"
    );
    assert_eq!(Found::by("RP213", &repo).lines(), [""; 0]);
}

#[test]
fn the_area_s_own_file_and_its_skabelon_are_looked_at_too() {
    let area = "skabelon = \"proeve\"\n[omraade]\nnavn = \"Området _Prøve_\"\norganisation = \"By *en*\"\n\
                [forkortelser]\nABC = \"En **stærk** forkortelse\"\n\
                [dokumenter.d]\ntitel = \"Om `magt`\"\nudgiver = \"_Os_\"\n\
                [kontakter.k]\nfunktion = \"Vagten *nat*\"\n\
                [[udgave]]\nid = \"u\"\nnavn = \"Til *dig*\"\n";
    let found = Found::by("RP213", &house_with_text("x").file("rusprot.toml", area));
    let lines = found.lines();
    let places: Vec<_> = lines
        .iter()
        .map(|line| line.split(' ').next().unwrap_or_default())
        .collect();
    let expected = ["3:8", "4:16", "6:7", "8:9", "9:11", "11:12", "14:8"];
    assert_eq!(
        places,
        expected.map(|place| format!("rusprot.toml:{place}")),
        "{lines:?}"
    );
    let duty = "[[pligt]]\nid = \"p\"\nhvad = \"Vi *ser* på den\"\nhvor_tit = \"1 år\"\nansvarlig = \"_Leder_\"\nforum = \"`MED`\"\n";
    let found = Found::by(
        "RP213",
        &house(
            duty,
            &[("01-et.toml", "overskrift = \"Et\"\ntekst = \"x\"\n")],
        ),
    );
    assert_eq!(found.lines().len(), 3, "{:?}", found.lines());
}

#[test]
fn underscores_in_words_and_blanks_are_none() {
    for heading in [
        "Filen en_lille_fil",
        "Navn ____ dato ____",
        "A * B = C",
        "snake_case og _ alene",
    ] {
        let text = format!("overskrift = \"{heading}\"\ntekst = \"x\"\n");
        Found::by("RP213", &house("", &[("01-et.toml", &text)])).none();
    }
}
