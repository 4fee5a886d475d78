//! RP213 `maerker-i-linje`.

use super::{Found, house_with_text};

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
