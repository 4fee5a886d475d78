//! RP014 `navnesammenfald`.

use super::{Found, house};

/// An appendix with something to fill in and a file with it.
fn appendix(file: &str) -> String {
    format!(
        "id = \"aftale\"\noverskrift = \"Aftale\"\nfil = \"{file}\"\n[[felt]]\nnavn = \"Dato\"\nlinjer = 1\n"
    )
}

#[test]
fn a_file_named_as_the_blank_form_is_found_where_it_is_written() {
    let with = |file: &str| {
        house(
            "",
            &[("bilag/1-aftale.toml", &appendix(file)), (file, "%PDF-1.7")],
        )
    };
    let found = Found::by("RP014", &with("formular-aftale.pdf"));
    assert_eq!(
        found.lines(),
        [
            "bilag/1-aftale.toml:3:7 Filen kan ikke hedde »formular-aftale.pdf«, for det hedder den blanke \
             formular til »aftale«."
        ]
    );
    assert_eq!(found.levels(), ["error"]);
    assert_eq!(
        Found::by("RP014", &with("Formular-AFTALE.pdf"))
            .lines()
            .len(),
        1
    );
    Found::by("RP014", &with("filer/formular-aftale.pdf")).none();
    Found::by("RP014", &with("formular-andet.pdf")).none();
}

#[test]
fn two_files_that_differ_in_capitals_alone_are_found_and_one_file_shown_twice_is_not() {
    let text = |second: &str| {
        format!(
            "overskrift = \"Et\"\ntekst = '''\n![a](a.png)\n\n![b]({second})\n\n![a](./a.png)\n'''\n"
        )
    };
    let found = Found::by("RP014", &house("", &[("01-et.toml", &text("A.png"))]));
    assert_eq!(
        found.lines(),
        ["01-et.toml:5:1 »A.png« og »a.png« er to filer, men har samme navn på mange computere."]
    );
    assert_eq!(found.related(), [["01-et.toml:3:1"]]);
    Found::by("RP014", &house("", &[("01-et.toml", &text("b.png"))])).none();
}

#[test]
fn a_folder_named_as_the_area_s_page_stops_its_protocol_alone() {
    let repo = house("", &[]).file(
        "protocols/index.html/protokol.toml",
        "[institution]\nnavn = \"Gården\"\n",
    );
    let found = Found::by("RP014", &repo);
    assert_eq!(
        found.lines(),
        [
            "protocols/index.html/protokol.toml:1:1 Mappen kan ikke hedde »index.html«, for det hedder områdets \
             egen side."
        ]
    );
    let run = repo.run(&["build", "--formats", "html"]).code(1);
    run.stderr_has("er ingen sider af dem endnu: index.html");
    assert!(repo.has("dist/hus/index.html"));
    assert!(repo.path("dist/index.html").is_file());
}

#[test]
#[cfg(target_os = "linux")]
fn two_folders_that_differ_in_capitals_alone_are_found_once() {
    let repo = house("", &[]).file(
        "protocols/HUS/protokol.toml",
        "[institution]\nnavn = \"Gården\"\n",
    );
    assert_eq!(
        Found::by("RP014", &repo).lines(),
        ["protokol.toml:1:1 Mapperne »HUS« og »hus« har samme navn på mange computere."]
    );
}

#[test]
fn a_file_named_as_the_pdf_of_the_cards_is_found_where_there_are_cards() {
    let with = |file: &str, more: &str| {
        let text = format!("overskrift = \"Aftale\"\nfil = \"{file}\"\n{more}");
        house("", &[("bilag/1-aftale.toml", &text), (file, "%PDF-1.7")])
    };
    let card = "[[handling]]\nsituation = \"Uro\"\n[[handling.trin]]\ngoer = \"Gå ind.\"\n";
    assert_eq!(
        Found::by("RP014", &with("Kort.pdf", card)).lines(),
        [
            "bilag/1-aftale.toml:2:7 Filen kan ikke hedde »Kort.pdf«, for det hedder PDF'en med kortene."
        ]
    );
    Found::by("RP014", &with("kort.pdf", "")).none();
    Found::by("RP014", &with("filer/kort.pdf", card)).none();
}
