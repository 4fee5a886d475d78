//! `rusprot check --fix`: what is mended, byte for byte, and what is left alone.

use crate::support::Repo;

/// The files of the one protocol lie here.
const SECTION: &str = "protocols/hus/01-et.toml";
const COMMON: &str = "Husmødet vælger hvert forår to borgere og én medarbejder, som passer haven.";
const MORE: &str = "De får en nøgle til skuret og skriver i bogen, når noget går i stykker.";

/// An area with a term list, a skabelon with another wording and a common text, and one section.
fn house(section: impl AsRef<[u8]>) -> Repo {
    Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = \"proeve\"\n[omraade]\nnavn = \"Prøveområdet\"\n\
             [ordliste]\n\"beboer\" = \"borger\"\n\"øvrighed\" = \"lokal \\\"myndighed\\\"\"\n\
             \"kaffestue\" = \"caf'e\"\n\"Mini MED\" = \"Mini-MED\"\n",
        )
        .file(
            "templates/proeve/skabelon.toml",
            format!(
                "navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"1\"\n\
                 [[krav]]\nid = \"a\"\noverskrift = \"Gæster på matriklen\"\n\
                 fraraades = [\"Besøg på matriklen\"]\nobligatorisk = '''\n{COMMON}\n\n{MORE}\n'''\n"
            ),
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = \"Huset\"\n[dokument]\nversion = \"1\"\n",
        )
        .file(SECTION, section)
}

/// The section after `--fix`, which comes to this many fixes and ends without errors.
#[track_caller]
fn fixed(section: &str, fixes: &str) -> String {
    let repo = house(section);
    repo.run(&["check", "--fix"])
        .code(0)
        .stderr_is(&format!("{fixes} i {SECTION}\n"));
    let first = repo.read(SECTION);
    repo.run(&["check", "--fix"]).code(0).stderr_is("");
    assert_eq!(repo.read(SECTION), first, "a second run changes nothing");
    first
}

/// That `--fix` leaves a section as it is.
#[track_caller]
fn left(section: &str, why: &str) {
    let repo = house(section);
    repo.run(&["check", "--fix"]).stderr_is(why);
    assert_eq!(repo.read(SECTION), section);
}

#[test]
fn words_of_the_term_list_are_replaced_and_all_else_is_kept_byte_for_byte() {
    assert_eq!(
        fixed(
            "# En æøå-kommentar om beboer\n\
             overskrift   =  \"Gæster på matriklen\"   # beboer\n\n\
             note = \"beboer\"\n\
             tekst='''\nHver Beboer  er **beboer**,\n  og {{ navn }} er `beboer`.\n'''\n\n\n\
             \t[[regel]]\n\ttekst = 'En beboer må.' # hus\n\
             [[gruppe]]\npunkter = [\n  \"\\\"Er\\\" du beboer?\", # ja\n  \"\"\"\nEn \\\n  beboer\"\"\",\n]\n",
            "5 rettelser",
        ),
        "# En æøå-kommentar om beboer\n\
         overskrift   =  \"Gæster på matriklen\"   # beboer\n\n\
         note = \"beboer\"\n\
         tekst='''\nHver Borger  er **borger**,\n  og {{ navn }} er `beboer`.\n'''\n\n\n\
         \t[[regel]]\n\ttekst = 'En borger må.' # hus\n\
         [[gruppe]]\npunkter = [\n  \"\\\"Er\\\" du borger?\", # ja\n  \"\"\"\nEn \\\n  borger\"\"\",\n]\n"
    );
}

#[test]
fn a_replacement_is_escaped_as_its_string_wants_it() {
    let section =
        |q: &str, word: &str| format!("overskrift = \"Andet\"\ntekst = {q}En {word}.{q}\n");
    for (quotes, expected) in [
        ("'", "lokal \"myndighed\""),
        ("'''", "lokal \"myndighed\""),
        ("\"", "lokal \\\"myndighed\\\""),
        ("\"\"\"", "lokal \\\"myndighed\\\""),
    ] {
        let repo = house(section(quotes, "øvrighed"));
        let _report = repo.run(&["check", "--fix"]);
        assert_eq!(repo.read(SECTION), section(quotes, expected), "{quotes}");
    }
}

#[test]
fn a_replacement_that_its_string_cannot_hold_is_not_made_and_told() {
    left(
        "overskrift = \"Gæster på matriklen\"\ntekst = 'Vores kaffestue er åben.'\n",
        "bemærk: protocols/hus/01-et.toml:2:16 er ikke rettet. Rettelsen kan ikke stå der uden at ændre mere.\n",
    );
}

#[test]
fn a_word_that_does_not_stand_in_a_row_in_the_file_is_left_to_the_author() {
    for text in [
        "\"En be\\u0062oer.\"",
        "\"\"\"En be\\\n  boer.\"\"\"",
        "'En **Mini** MED.'",
        "'{{ ord }}'",
    ] {
        let section = format!("overskrift = \"Gæster på matriklen\"\ntekst = {text}\n");
        let repo = house(&section).file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = \"Huset\"\n[variabler]\nord = \"beboer\"\n[dokument]\nversion = \"1\"\n",
        );
        repo.run(&["check", "--fix"])
            .code(1)
            .stdout_has("RP303")
            .stderr_is("");
        assert_eq!(repo.read(SECTION), section);
    }
}

#[test]
fn decomposed_letters_and_a_word_over_two_lines_are_found_where_they_stand() {
    let section = |text: &str| {
        format!(
            "overskrift = \"Gæster på matriklen\"\ntekst = \"\"\"\nPa\u{30A} {text} her.\"\"\"\n"
        )
    };
    assert_eq!(
        fixed(&section("Mini\nMED og beboer"), "2 rettelser"),
        section("Mini-MED og borger")
    );
}

#[test]
fn another_wording_becomes_the_skabelons_in_all_kinds_of_strings() {
    for quotes in ["'", "\"", "'''", "\"\"\""] {
        let section = |heading: &str| {
            format!("overskrift = {quotes}{heading}{quotes} # vores\r\ntekst = 'Kom ind.'\r\n")
        };
        assert_eq!(
            fixed(&section("Besøg på matriklen"), "1 rettelse"),
            section("Gæster på matriklen"),
            "{quotes}"
        );
    }
}

#[test]
fn a_typed_number_goes_with_its_blanks() {
    for quotes in ["'", "\"", "'''", "\"\"\""] {
        let section = |heading: &str| {
            format!(
                "overskrift = \"Gæster på matriklen\"\n[[afsnit]]\n\
                 overskrift = {quotes}{heading}{quotes}\ntekst = 'Kom.'\n"
            )
        };
        assert_eq!(
            fixed(&section("1.2  Ærø og Å"), "1 rettelse"),
            section("Ærø og Å"),
            "{quotes}"
        );
    }
}

#[test]
fn a_number_and_another_wording_in_one_heading_are_one_fix() {
    assert_eq!(
        fixed(
            "overskrift = \"4. Besøg på matriklen\"\ntekst = \"Kom.\"\n",
            "1 rettelse"
        ),
        "overskrift = \"Gæster på matriklen\"\ntekst = \"Kom.\"\n"
    );
}

#[test]
fn a_copy_of_the_common_text_goes_and_own_paragraphs_stay() {
    let section = |text: &str| {
        format!("overskrift = \"Gæster på matriklen\"\ntekst = '''\n{text}'''\n# slut\n")
    };
    for (text, expected) in [
        (
            format!("{COMMON}\n\nVi hilser æøå.\n\n{MORE}\n"),
            "Vi hilser æøå.\n",
        ),
        (
            format!("Vi hilser.\n\n*{COMMON}*\n\n{MORE}\n\n- En\n- To\n"),
            "Vi hilser.\n\n- En\n- To\n",
        ),
    ] {
        assert_eq!(fixed(&section(&text), "1 rettelse"), section(expected));
    }
}

#[test]
fn a_text_that_is_nothing_but_a_copy_goes_with_its_key() {
    let (lines, escaped) = (
        format!("'''\r\n{COMMON}\r\n\r\n{MORE}\r\n'''"),
        format!("\"{COMMON}\\n\\n{MORE}\\n\""),
    );
    for string in [
        lines,
        escaped,
        format!("'{MORE}'"),
        format!("\"\"\"\n{MORE}\"\"\""),
    ] {
        assert_eq!(
            fixed(
                &format!(
                    "# om os\r\noverskrift = \"Gæster på matriklen\"\r\n# den fælles\r\ntekst = {string}\r\n\
                     note = 'husk'\r\n"
                ),
                "1 rettelse"
            ),
            "# om os\r\noverskrift = \"Gæster på matriklen\"\r\n# den fælles\r\nnote = 'husk'\r\n"
        );
    }
}

#[test]
fn a_copy_that_is_all_a_sub_section_says_is_left_and_told() {
    left(
        &format!(
            "overskrift = \"Gæster på matriklen\"\ntekst = 'Kom.'\n\
             [[afsnit]]\noverskrift = \"Haven\"\ntekst = '{MORE}'\n"
        ),
        "bemærk: protocols/hus/01-et.toml:5:10 er ikke rettet. Rettelsen ville give et nyt fund: RP102 \
         Der står ingenting under overskriften »Haven«.\n",
    );
}

#[test]
fn a_copy_among_own_words_and_a_near_copy_are_left_to_the_author() {
    for text in [
        format!("Hos os: {COMMON}"),
        COMMON.replace("to borgere", "tre borgere"),
        format!("- {COMMON}\n- Andet"),
        format!("{COMMON}[^a]\n\n[^a]: Se her."),
    ] {
        left(
            &format!("overskrift = \"Gæster på matriklen\"\ntekst = '''\n{text}\n'''\n"),
            "",
        );
    }
}

#[test]
fn a_byte_order_mark_is_removed_and_line_ends_are_kept() {
    let text = "overskrift = \"Gæster på matriklen\"\r\ntekst = 'Å.'\r\n";
    let repo = house(format!("\u{FEFF}{text}"));
    repo.run(&["check", "--fix"])
        .code(0)
        .stdout_is("Ingen fejl i 1 protokol.\n")
        .stderr_is("1 rettelse i protocols/hus/01-et.toml (usynligt mærke, BOM, fjernet)\n");
    assert_eq!(repo.read(SECTION), text);
}

#[test]
fn another_encoding_becomes_utf8_also_in_the_areas_own_files() {
    let text = "overskrift = \"Gæster på matriklen\"\r\ntekst = 'Hver beboer er på Ærø.'\r\n";
    let mended = text.replace("beboer", "borger");
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    let mut wide = b"\xFF\xFE".to_vec();
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    for (bytes, name) in [(latin, "Windows-1252"), (wide, "UTF-16")] {
        let repo = house(bytes);
        let config = repo.read("rusprot.toml");
        repo.write("rusprot.toml", format!("\u{FEFF}{config}"));
        repo.run(&["check", "--fix"]).code(0).stderr_is(&format!(
            "2 rettelser i {SECTION} (tegnsæt fra {name} til UTF-8)\n\
                 1 rettelse i rusprot.toml (usynligt mærke, BOM, fjernet)\n"
        ));
        assert_eq!(repo.read(SECTION), mended);
        assert_eq!(repo.read("rusprot.toml"), config);
    }
}

#[test]
fn an_encoding_that_is_not_certain_is_left_alone() {
    let bytes = b"overskrift = 'Sm\x9Brrebr\x9Bd'\n";
    let repo = house(bytes);
    repo.run(&["check", "--fix"])
        .code(1)
        .stdout_has("RP005")
        .stderr_is("");
    assert_eq!(repo.read_bytes(SECTION), bytes);
}

#[test]
fn a_file_that_is_no_toml_keeps_its_encoding_and_that_is_told() {
    let bytes = b"overskrift = 'P\xE5\n";
    let repo = house(bytes);
    repo.run(&["check", "--fix"]).code(1).stderr_is(
        "bemærk: protocols/hus/01-et.toml:1:1 er ikke rettet. Der er fejl i filens TOML. Ret dem først.\n",
    );
    assert_eq!(repo.read_bytes(SECTION), bytes);
}

#[test]
fn a_fix_that_makes_another_finding_is_not_made_while_the_others_are() {
    let section = |heading: &str, word: &str| {
        format!(
            "overskrift = \"Gæster på matriklen\"\ntekst = \"En {word} kommer.\"\n\
             [[afsnit]]\noverskrift = \"En borger\"\ntekst = 'Grav.'\n\
             [[afsnit]]\noverskrift = \"{heading}\"\ntekst = 'Plant.'\n"
        )
    };
    let repo = house(section("En beboer", "beboer"));
    repo.run(&["check", "--fix"]).stderr_has(
        "bemærk: protocols/hus/01-et.toml:7:18 er ikke rettet. Rettelsen ville give et nyt fund: RP104",
    );
    assert_eq!(repo.read(SECTION), section("En beboer", "borger"));
}

#[test]
fn a_finding_that_only_quotes_and_counts_otherwise_is_the_same_finding() {
    let section = |heading: &str, word: &str| {
        format!(
            "overskrift = \"Gæster på matriklen\"\n[[afsnit]]\noverskrift = \"{heading}\"\ntekst = '''\n\
             Enhver {word} tilsidesætter institutionens ordensreglement, uanset medarbejdernes \
             tilstedeværelse, hvorefter afdelingslederen iværksætter konsekvensvurderinger og \
             efterfølgende dokumentationsforpligtelser indenfor observationsperioden omkring \
             fællesarealerne. {} Vi ses.\n'''\n",
            ["Overtrædelser medfører konsekvensvurderinger"; 20].join(". ")
        )
    };
    let repo = house(section("1. Følger", "beboer"));
    repo.run(&["check"]).stdout_has("i »1. Følger« er ");
    repo.run(&["check", "--fix"])
        .stdout_has("i »Følger« er ")
        .stderr_is("2 rettelser i protocols/hus/01-et.toml\n");
    assert_eq!(repo.read(SECTION), section("Følger", "borger"));
}

#[test]
fn a_fix_that_breaks_a_reference_is_not_made() {
    left(
        "overskrift = \"Gæster på matriklen\"\ntekst = \"Se [](afsnit:2-haven).\"\n\
         [[afsnit]]\noverskrift = \"2. Haven\"\ntekst = 'Grav.'\n",
        "bemærk: protocols/hus/01-et.toml:4:15 er ikke rettet. Rettelsen ville give et nyt fund: RP201 \
         Der er ikke noget afsnit med id'et »2-haven«.\n",
    );
}

#[test]
fn diff_shows_the_change_and_writes_nothing() {
    let section =
        "# om\noverskrift = \"Besøg på matriklen\"\ntekst = '''\nEn beboer kommer.\n'''\n";
    let repo = house(section);
    repo.run(&["check", "--fix", "--diff"])
        .code(0)
        .stdout_is(
            "2 rettelser i protocols/hus/01-et.toml\n\
             --- a/protocols/hus/01-et.toml\n+++ b/protocols/hus/01-et.toml\n@@ -1,5 +1,5 @@\n # om\n\
             -overskrift = \"Besøg på matriklen\"\n+overskrift = \"Gæster på matriklen\"\n tekst = '''\n\
             -En beboer kommer.\n+En borger kommer.\n '''\n",
        )
        .stderr_is(
            "bemærk: Intet er skrevet. Kør kommandoen uden --diff for at rette filerne.\n",
        );
    assert_eq!(repo.read(SECTION), section);
    assert_eq!(
        repo.files("protocols"),
        ["hus/01-et.toml", "hus/protokol.toml"]
    );
}

#[test]
fn a_personal_number_is_never_shown_and_never_changed() {
    // Of a year of birth that nobody has.
    let number = format!("{:02}{:02}{}-{}", 1, 1, 50, 5050);
    let section = |word: &str| {
        format!(
            "# {number}\noverskrift = \"Gæster på matriklen\"\ntekst = \"En {word} {number} kommer.\"\n"
        )
    };
    let repo = house(section("beboer"));
    repo.run(&["check", "--fix", "--diff"])
        .code(1)
        .stdout_has("+tekst = \"En borger xxxxxx-xxxx kommer.\"")
        .stdout_lacks("5050");
    repo.run(&["check", "--fix"]).code(1).stdout_lacks("5050");
    assert_eq!(repo.read(SECTION), section("borger"));
}

#[test]
fn what_an_exception_lets_stand_is_not_mended() {
    let section = "overskrift = \"Gæster på matriklen\"\ntekst = \"En beboer.\"\n\
                   [[undtag]]\nregel = \"ordliste\"\nbegrundelse = \"Et citat.\"\n";
    left(section, "");
}

#[test]
fn the_exit_is_that_of_what_remains_also_with_diff() {
    let section = "overskrift = \"Gæster på matriklen\"\nteskt = \"x\"\ntekst = \"En beboer.\"\n";
    for args in [&["check", "--fix", "--diff"][..], &["check", "--fix"]] {
        house(section).run(args).code(1);
    }
    house(section)
        .run(&["check", "--fix", "--format", "json"])
        .stdout_has("\"RP002\"")
        .stdout_lacks("RP303");
}

#[test]
fn only_the_protocols_asked_for_are_mended() {
    let text = "overskrift = \"Gæster på matriklen\"\ntekst = \"En beboer.\"\n";
    let repo = house(text)
        .file(
            "protocols/gaard/protokol.toml",
            "[institution]\nnavn = \"Gården\"\n[dokument]\nversion = \"1\"\n",
        )
        .file("protocols/gaard/01-et.toml", text);
    repo.run(&["check", "gaard", "--fix"])
        .code(0)
        .stderr_is("1 rettelse i protocols/gaard/01-et.toml\n");
    assert_eq!(repo.read(SECTION), text);
}

#[test]
fn nothing_to_mend_is_told_by_diff_alone() {
    let repo = Repo::minimal();
    repo.run(&["check", "--fix"]).code(0).stderr_is("");
    repo.run(&["check", "--fix", "--diff"])
        .code(0)
        .stdout_is("")
        .stderr_is("bemærk: Der er intet, som programmet selv kan rette.\n");
}

#[test]
fn a_protected_file_is_left_alone_and_told_while_the_others_are_mended() {
    let section = "overskrift = \"Gæster på matriklen\"\ntekst = \"En beboer.\"\n";
    let other = "protocols/hus/02-to.toml";
    let repo = house(section).file(other, "overskrift = \"1. To\"\ntekst = 'Ja.'\n");
    protect(&repo, true);
    repo.run(&["check", "--fix"])
        .code(2)
        .stdout_has("RP303")
        .stdout_lacks("RP111")
        .stderr_is(
            "fejl: filen protocols/hus/01-et.toml er skrivebeskyttet og er ikke rettet\n\
             1 rettelse i protocols/hus/02-to.toml\n",
        );
    assert_eq!(repo.read(SECTION), section);
    assert_eq!(repo.read(other), "overskrift = \"To\"\ntekst = 'Ja.'\n");
    protect(&repo, false);
}

fn protect(repo: &Repo, readonly: bool) {
    let path = repo.path(SECTION);
    let mut permissions = std::fs::metadata(&path).expect("the file").permissions();
    permissions.set_readonly(readonly);
    std::fs::set_permissions(&path, permissions).expect("the file is ours");
}

#[cfg(unix)]
#[test]
fn a_mended_file_keeps_its_permissions_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let repo = house("").without(SECTION).file(
        "faelles.toml",
        "overskrift = \"Gæster på matriklen\"\ntekst = \"En beboer.\"\n",
    );
    let file = repo.path("faelles.toml");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).expect("the file is ours");
    symlink("../../faelles.toml", repo.path(SECTION)).expect("a link");
    repo.run(&["check", "--fix"]).code(0);
    assert!(repo.read("faelles.toml").contains("En borger."));
    assert!(repo.path(SECTION).is_symlink());
    let mode = std::fs::metadata(&file)
        .expect("the file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn diff_alone_or_with_another_form_is_wrong_usage() {
    let repo = Repo::minimal();
    repo.run(&["check", "--diff"])
        .code(2)
        .stderr_has("Der mangler noget: --fix.");
    repo.run(&["check", "--fix", "--diff", "--format", "json"])
        .code(2)
        .stderr_has("kan ikke bruges sammen med");
    repo.run(&["check", "--fix", "--changed-since", "HEAD"])
        .code(2)
        .stderr_has("kan ikke bruges sammen med");
}
