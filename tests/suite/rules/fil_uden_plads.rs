//! RP012 `fil-uden-plads`

use super::{Found, house};
use crate::support::Repo;

const SECTION: &str = "overskrift = \"Naboer\"\ntekst = \"Vi hilser på dem.\"\n";
const MAIN: &str = "[institution]\nnavn = \"Huset\"\n";

/// One protocol with one section, and this file.
fn with(path: &str, content: &str) -> Repo {
    house("", &[("01-et.toml", SECTION)]).file(path, content)
}

/// What is found of a file, as `level place message` and the help.
fn found(repo: &Repo) -> Vec<(String, String)> {
    let found = Found::by("RP012", repo);
    let lines = found.levels().into_iter().zip(found.lines());
    let lines = lines.map(|(level, line)| format!("{level} {line}"));
    lines.zip(found.helps()).collect()
}

#[test]
fn a_section_with_another_ending_is_an_error_that_says_its_name() {
    for (name, wish) in [
        ("09-naboer.toml.txt", "09-naboer.toml"),
        ("09-naboer.txt", "09-naboer.toml"),
        ("09-naboer.tml", "09-naboer.toml"),
        ("09-naboer.toml.bak", "09-naboer.toml"),
        ("09-naboer.toml~", "09-naboer.toml"),
        ("09-naboer.toml.docx.txt", "09-naboer.toml"),
        ("9 Naboer.txt", "9-naboer.toml"),
        ("bilag/1-naboer.toml.txt", "1-naboer.toml"),
    ] {
        let all = found(&with(&format!("protocols/hus/{name}"), SECTION));
        let [(line, help)] = all.as_slice() else {
            panic!("{name}: {all:?}")
        };
        assert!(
            line.starts_with(&format!("error {name}:1:1 Filen ligner et afsnit")),
            "{line}"
        );
        let told = format!("Giv filen navnet {wish}");
        assert_eq!(help.lines().next(), Some(told.as_str()), "{name}");
        // Obeyed, it is gone.
        let folder = name
            .rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let mended = with(&format!("protocols/hus/{folder}{wish}"), SECTION);
        Found::by("RP012", &mended).none();
    }
}

#[test]
fn a_txt_of_a_section_is_one_also_where_its_toml_is_broken_and_a_note_is_none() {
    let broken = with(
        "protocols/hus/09-x.txt",
        "overskrift = \"Et\"\ntekst = '''Fint\n",
    );
    assert_eq!(Found::by("RP012", &broken).levels(), ["error"]);
    let note = with(
        "protocols/hus/noter.txt",
        "Husk at ringe.\nHun sagde: overskrift = ja\n",
    );
    assert_eq!(Found::by("RP012", &note).levels(), ["warning"]);
}

#[test]
fn a_section_that_lies_elsewhere_is_told_where_to_go() {
    let hus = "protocols/hus";
    for (path, place, help) in [
        (
            "filer/09-x.toml",
            "filer/09-x.toml",
            format!(
                "Flyt den til {hus}/09-x.toml, eller til {hus}/bilag/09-x.toml, hvis den er et bilag."
            ),
        ),
        (
            "appendiks/1-x.toml",
            "appendiks",
            "Giv mappen navnet bilag.".to_owned(),
        ),
        (
            "Bilag/1-x.toml",
            "Bilag",
            "Giv mappen navnet bilag.".to_owned(),
        ),
        (
            "afsnit/09-x.toml",
            "afsnit",
            format!("Flyt filerne op i mappen {hus}, eller til {hus}/bilag, hvis de er bilag."),
        ),
        (
            "hus/01-x.toml",
            "hus",
            format!("Flyt filerne op i mappen {hus}, eller til {hus}/bilag, hvis de er bilag."),
        ),
    ] {
        let all = found(&with(&format!("{hus}/{path}"), SECTION));
        assert_eq!(all.len(), 1, "{path}: {all:?}");
        assert!(
            all[0].0.starts_with(&format!("error {place}:1:1 ")),
            "{path}: {all:?}"
        );
        assert_eq!(all[0].1, help, "{path}");
    }
    let both = with("protocols/hus/appendiks/1-x.toml", SECTION)
        .file("protocols/hus/bilag/2-y.toml", SECTION);
    assert_eq!(
        found(&both)[0].1,
        "Flyt filerne til mappen protocols/hus/bilag."
    );
}

#[test]
fn a_section_outside_every_protocol_is_told_where_to_go() {
    for path in ["protocols/07-x.toml", "07-x.toml"] {
        let all = found(&with(path, SECTION));
        assert_eq!(
            all,
            [(
                format!(
                    "error {path}:1:1 Filen ligner et afsnit, men ligger ikke i en protokols mappe, så den kommer \
                     ikke med."
                ),
                "Flyt den til protocols/hus/07-x.toml".to_owned()
            )]
        );
    }
    let two = with("protocols/07-x.toml", SECTION).file("protocols/by/protokol.toml", MAIN);
    assert_eq!(
        found(&two)[0].1,
        "Flyt den til protocols/by eller protocols/hus."
    );
    let deep = with("protocols/omraade/vest/protokol.toml", MAIN);
    assert_eq!(
        found(&deep)[0].1,
        "Flyt mappen protocols/omraade/vest op i mappen protocols."
    );
}

#[test]
fn a_copy_that_the_computer_made_is_no_section() {
    for name in [
        "01-et - Kopi.toml",
        "01-et (1).toml",
        "01-et kopi.toml",
        "Kopi af 01-et.toml",
    ] {
        let repo = with(&format!("protocols/hus/{name}"), SECTION);
        let all = found(&repo);
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        assert!(all[0].0.starts_with("error "), "{name}");
        assert_eq!(
            all[0].1,
            "Er den magen til 01-et.toml, så slet den. Er den et afsnit for sig, så giv den navnet 02-et-2.toml"
        );
        // It is not printed twice either.
        assert_eq!(Found::by("RP104", &repo).lines().len(), 0);
    }
    let alone = with("protocols/hus/02-to - Kopi.toml", SECTION);
    assert_eq!(found(&alone)[0].1, "Giv filen navnet 02-to.toml");
}

#[test]
fn what_is_no_section_is_a_warning_that_says_what_to_do() {
    for (path, help) in [
        ("09-x.md", "rusprot import"),
        ("09-x.docx", "rusprot import"),
        ("~$x.docx", "Luk dokumentet i Word."),
        ("liste.xlsx", ".gitignore"),
        ("noter/a.xlsx", ".gitignore"),
        ("billeder/hus.png", "![Det, man ser](billeder/hus.png)"),
        ("filer/regler.pdf", "fil = \"filer/regler.pdf\""),
        ("regler.pdf", "fil = \"filer/regler.pdf\""),
    ] {
        let all = found(&with(&format!("protocols/hus/{path}"), "x"));
        assert_eq!(all.len(), 1, "{path}: {all:?}");
        assert!(all[0].0.starts_with("warning "), "{path}: {all:?}");
        assert!(all[0].1.contains(help), "{path}: {all:?}");
    }
    let beside = found(&with("protocols/liste.xlsx", "x"));
    assert_eq!(
        beside[0].1,
        "Flyt den ud af mappen protocols, eller slet den."
    );
    let folder = found(&with("protocols/gammelt/liste.xlsx", "x"));
    assert!(
        folder[0].0.contains("Mappen har ingen protokol"),
        "{folder:?}"
    );
}

#[test]
fn pictures_and_files_that_something_refers_to_are_in_use_however_they_are_written() {
    let text = "overskrift = \"Et\"\ntekst = '''\n![Et hus](./billeder/hus.png) og ![En å](billeder/åen.svg)\n'''\n";
    let appendix = "overskrift = \"Regler\"\nfil = \"filer/regler.pdf\"\n";
    let repo = house(
        "",
        &[("01-et.toml", text), ("bilag/1-regler.toml", appendix)],
    )
    .file("protocols/hus/billeder/hus.png", "x")
    .file("protocols/hus/billeder/a\u{30a}en.svg", "x")
    .file("protocols/hus/filer/regler.pdf", "x");
    Found::by("RP012", &repo).none();
}

#[test]
fn hidden_files_and_what_git_leaves_out_are_left_alone() {
    let repo = house("", &[("01-et.toml", SECTION)])
        .file(".gitignore", "*.bak\ngammelt/\n")
        .file("protocols/hus/.gitignore", "/kladde.txt\n!vigtig.bak\n")
        .file("protocols/hus/02-to.toml.bak", SECTION)
        .file("protocols/hus/kladde.txt", "x")
        .file("protocols/hus/gammelt/03-tre.toml", SECTION)
        .file("protocols/hus/.hentet.json", "{}")
        .file("protocols/hus/.kladde/04-fire.toml", SECTION)
        .file("protocols/hus/README.md", "x")
        .file("protocols/hus/LÆSMIG.txt", "x")
        .file("protocols/hus/Thumbs.db", "x");
    Found::by("RP012", &repo).none();
    let repo = repo.file("protocols/hus/vigtig.bak", "x");
    assert_eq!(Found::by("RP012", &repo).lines().len(), 1);
}

#[test]
fn the_file_of_a_protocol_under_another_name_is_told_and_nothing_that_follows() {
    for name in [
        "Protokol.toml",
        "protokol.toml.txt",
        "protocol.toml",
        "protokol.tml",
    ] {
        let repo =
            with(&format!("protocols/hus/{name}"), MAIN).without("protocols/hus/protokol.toml");
        if repo.has("protocols/hus/protokol.toml") {
            // A file system without capitals reads it.
            continue;
        }
        assert_eq!(
            found(&repo),
            [(
                format!(
                    "error {name}:1:1 Filen hedder {name} og ikke protokol.toml, så den bliver ikke læst."
                ),
                "Giv filen navnet protokol.toml.".to_owned()
            )]
        );
        Found::by("RP004", &repo).none();
        assert_eq!(
            repo.run(&["check", "--format", "short"])
                .stdout
                .lines()
                .count(),
            1
        );
    }
    let beside = with("protocols/hus/protokol.toml.bak", MAIN);
    assert_eq!(Found::by("RP012", &beside).levels(), ["warning"]);
}

#[test]
fn sections_without_the_file_of_their_protocol_are_told_that_it_is_missing() {
    let repo = house("", &[("01-et.toml", SECTION)]).without("protocols/hus/protokol.toml");
    let found = Found::by("RP004", &repo);
    assert_eq!(
        found.lines(),
        ["protokol.toml:1:1 Filen protokol.toml mangler i mappen protocols/hus."]
    );
    assert_eq!(
        found.helps(),
        [
            "Lav filen protokol.toml, og skriv disse to linjer i den: [institution] og under den navn = \"…\""
        ]
    );
    let mended = repo.file(
        "protocols/hus/protokol.toml",
        "[institution]\nnavn = \"…\"\n",
    );
    mended.run(&["check"]).code(0);
}

#[test]
fn an_area_without_a_protocol_says_how_to_begin() {
    let empty = house("", &[]).without("protocols");
    let all = found(&empty);
    assert_eq!(
        all[0].0,
        "error rusprot.toml:1:1 Der er ingen protokol i mappen protocols endnu."
    );
    assert!(all[0].1.contains("rusprot init"), "{all:?}");
    empty.run(&["check"]).code(1).stdout_has("rusprot init");
    empty
        .run(&["check", "--draft"])
        .code(1)
        .stdout_has("rusprot init");
    empty
        .run(&["build", "--formats", "html"])
        .code(1)
        .stderr_has("rusprot init");
}

#[test]
fn a_folder_of_protocols_of_another_name_is_named() {
    let repo = house("", &[])
        .without("protocols")
        .file("protokoller/hus/protokol.toml", MAIN);
    let all = found(&repo);
    assert_eq!(
        all[0].0,
        "error rusprot.toml:1:1 Der er ingen protokol i mappen protocols. Mappen protokoller bliver ikke læst."
    );
    assert!(
        all[0].1.contains("giv den mappe navnet protocols."),
        "{all:?}"
    );
    assert!(all[0].1.contains("rusprot init"), "{all:?}");
    std::fs::rename(repo.path("protokoller"), repo.path("protocols")).expect("a folder");
    Found::by("RP012", &repo).none();
}
