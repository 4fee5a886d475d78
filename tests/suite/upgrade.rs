//! `rusprot upgrade`: a new edition against every protocol, told house by house, and written with nothing else moved.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::Repo;

/// The three houses of the example, each in git, with the first edition in them.
pub fn houses() -> (Repo, Vec<&'static str>) {
    let area = Repo::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/omraade-med-huse/byg.sh");
    let made = Command::new("sh")
        .arg(script)
        .arg(area.root())
        .output()
        .expect("sh runs");
    assert!(made.status.success(), "{made:?}");
    let cache = area.path(".lager").display().to_string();
    let area = area.env("XDG_CACHE_HOME", cache);
    let houses = vec!["hus-a", "hus-b", "hus-c"];
    for house in &houses {
        area.run(&["templates", "update", "--root", house])
            .code(0)
            .stdout_has("botilbud: 2026-1");
        area.run(&["check", "--root", house])
            .code(0)
            .stdout_has("Ingen fejl i 1 protokol.");
    }
    (area, houses)
}

fn json(repo: &Repo, args: &[&str]) -> Value {
    let args: Vec<&str> = ["upgrade", "--format", "json"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let run = repo.run(&args).code(0);
    serde_json::from_str(&run.stdout).expect("JSON")
}

fn messages(of: &Value, key: &str) -> Vec<String> {
    let list = of["protocols"][0][key].as_array().expect("a list");
    list.iter()
        .map(|one| one["message"].as_str().expect("a message").to_owned())
        .collect()
}

#[test]
fn the_second_edition_breaks_something_else_in_each_house_of_the_example() {
    let (area, _) = houses();
    let of = |house: &str| json(&area, &["--to", "2027-1", "--root", house]);
    let retired =
        "Kravet »telefonliste« er udgået af skabelonen: Numrene står på områdets fælles liste.";
    let [a, b, c] = ["hus-a", "hus-b", "hus-c"].map(of);
    // The house that used the area's own heading gets the new one; the other keeps what it chose.
    assert_eq!(a["protocols"][0]["headings"][0]["to"], "Besøg i huset");
    assert!(messages(&a, "breaks")[0].contains("fælles tekst"), "{a}");
    assert_eq!(
        b["protocols"][0]["headings"].as_array().map(Vec::len),
        Some(0)
    );
    assert_eq!(b["protocols"][0]["ids"][0]["from"], "gaester");
    assert_eq!(messages(&b, "breaks"), [retired]);
    assert_eq!(
        messages(&c, "breaks"),
        ["»Vi læser protokollen igennem« skulle være sket senest 3. marts 2026."]
    );
    for one in [&a, &b, &c] {
        assert_eq!(
            messages(one, "to_answer"),
            ["Protokollen mangler afsnittet »Om natten«."]
        );
        let text = &one["protocols"][0]["texts"][0]["fields"][0];
        assert_eq!(text["label"], "fælles tekst");
        assert_eq!(text["words"][1]["type"], "struck");
        assert_eq!(one["protocols"][0]["duties"][0]["change"], "moved");
        assert_eq!(
            (one["version"].as_i64(), one["written"].as_bool()),
            (Some(1), Some(false))
        );
        assert_eq!(
            (&one["from"]["edition"], &one["to"]["edition"]),
            (&"2026".into(), &"2027".into())
        );
    }
}

#[test]
fn the_report_is_for_people_too() {
    let (area, _) = houses();
    let before = area.tree("hus-b");
    let run = |format: &str| {
        let run = area.run(&[
            "upgrade", "--to", "2027-1", "--root", "hus-b", "--format", format,
        ]);
        run.code(0)
            .stderr_has("Intet er ændret. Med --write skifter I til udgaven.")
            .stdout
    };
    let human = run("human");
    assert!(
        human.contains("bor [-og-]{+,+} arbejder [-her-] {+og kommer på besøg her."),
        "{human}"
    );
    assert!(human.contains("Før: senest"), "{human}");
    let markdown = run("md");
    assert!(markdown.starts_with("# Ny udgave af skabelonen »Områdets skabelon til botilbud«\n"));
    assert!(markdown.contains("### Nyt at svare på"), "{markdown}");
    let html = run("html");
    assert!(html.contains("<h3>Det går i stykker</h3>") && html.ends_with("</html>\n"));
    assert_eq!(area.tree("hus-b"), before);
}

#[test]
fn writing_replaces_the_copy_renames_and_makes_sections_and_leaves_every_other_byte() {
    let (area, _) = houses();
    let before = area.tree("hus-a");
    area.run(&["upgrade", "--to", "2027-1", "--write", "--root", "hus-a"])
        .code(0)
        .stdout_has("Filerne er skrevet.")
        .stdout_has("protocols/aahuset/03-natten.toml");
    let after = area.tree("hus-a");
    let text = |tree: &BTreeMap<String, Vec<u8>>, path: &str| {
        String::from_utf8(tree[path].clone()).expect("a text")
    };
    let section = "protocols/aahuset/02-gaester.toml";
    assert_eq!(
        text(&after, section),
        text(&before, section)
            .replace("\"Gæster\"", "\"Besøg i huset\"")
            .replace("[\"gaester\"]", "[\"besoeg\"]")
    );
    let new = text(&after, "protocols/aahuset/03-natten.toml");
    assert!(
        new.contains("# Skriv, hvem der er vågen om natten"),
        "{new}"
    );
    assert!(
        new.contains("#   nattevagt: Hvem der er i huset om natten"),
        "{new}"
    );
    assert!(
        new.ends_with("opfylder = [\"natten\"]\ntekst = '''\n\n'''\n"),
        "{new}"
    );
    assert_eq!(
        text(&after, "rusprot.toml"),
        text(&before, "rusprot.toml").replace("2026-1", "2027-1")
    );
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| !path.starts_with(".git/") && before.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        changed,
        [
            section,
            "protocols/aahuset/03-natten.toml",
            "rusprot.lock",
            "rusprot.toml",
            "templates/botilbud/skabelon.toml"
        ]
    );
    // What is left is for people: an answer to write.
    let left = area
        .run(&["check", "--root", "hus-a", "--format", "short"])
        .code(1);
    let left = left
        .stdout_lacks("RP806")
        .stdout_lacks("RP103")
        .stdout_lacks("RP101");
    left.stdout_has("RP102").stdout_has("RP106");
    // Once more there is nothing to do.
    area.run(&["upgrade", "--to", "2027-1", "--root", "hus-a"])
        .code(0)
        .stdout_has("Den nye udgave ændrer ikke noget for jer.");
}

#[test]
fn nothing_is_approved_by_it_and_rp703_says_why() {
    let (area, _) = houses();
    area.run(&[
        "approve",
        "birken",
        "--forum",
        "Beboermøde",
        "--date",
        "2026-01-04",
        "--by",
        "Leder",
        "--root",
        "hus-b",
    ])
    .code(0)
    .stdout_has("");
    let report = json(&area, &["--to", "2027-1", "--root", "hus-b"]);
    assert_eq!(report["protocols"][0]["approval_lapses"], true);
    let approved = area.read("hus-b/protocols/birken/protokol.toml");
    area.run(&["upgrade", "--to", "2027-1", "--write", "--root", "hus-b"])
        .code(0)
        .stdout_has("RP703");
    assert_eq!(area.read("hus-b/protocols/birken/protokol.toml"), approved);
    area.run(&["check", "--root", "hus-b"])
        .code(1)
        .stdout_has("RP703");
}

/// A skabelon of its own in a folder beside the house, and a house that follows the one it has.
fn house(former: &str, new: &str, files: &[(&str, &str)]) -> Repo {
    let head = |version: &str| {
        format!("navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"{version}\"\n")
    };
    let repo = Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = \"proeve\"\n[omraade]\nnavn = \"X\"\n",
        )
        .file("templates/proeve/skabelon.toml", head("1") + former)
        .file("ny/skabelon.toml", head("2") + new)
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = \"Huset\"\n",
        );
    files.iter().fold(repo, |repo, (path, text)| {
        repo.file(&format!("protocols/hus/{path}"), text)
    })
}

fn write(repo: &Repo) -> String {
    let run = repo.run(&["upgrade", "--to", "ny", "--write"]).code(0);
    let read = repo.read("templates/proeve/skabelon.toml");
    assert_eq!(read, repo.read("ny/skabelon.toml"));
    run.stdout
}

#[test]
fn quotes_line_ends_marks_comments_and_numbers_stay_as_they_were() {
    let former = "[[krav]]\nid = 'a'\noverskrift = 'Det gamle'\n[[pligt]]\nid = 'p'\nhvad = 'Vi øver'\nhvor_tit = '1 år'\n";
    let new = "[[krav]]\nid = 'b'\nvar = ['a']\noverskrift = 'Det nye \"store\"'\n[[pligt]]\nid = 'q'\nvar = 'p'\nhvad = 'Vi øver'\nhvor_tit = '1 år'\n";
    for (typed, written) in [
        (
            "overskrift = 'Det gamle'\nopfylder = 'a'",
            "overskrift = 'Det nye \"store\"'\nopfylder = 'b'",
        ),
        (
            "overskrift = \"Det gamle\" # x\nopfylder = [ \"a\", # y\n]",
            "overskrift = \"Det nye \\\"store\\\"\" # x\nopfylder = [ \"b\", # y\n]",
        ),
        (
            "overskrift = '''Det gamle'''",
            "overskrift = '''Det nye \"store\"'''",
        ),
        (
            "overskrift = '4. DET  GAMLE'",
            "overskrift = '4. Det nye \"store\"'",
        ),
        (
            "\u{FEFF}overskrift = 'Det gamle'\r\nopfylder = 'a'\r\n",
            "\u{FEFF}overskrift = 'Det nye \"store\"'\r\nopfylder = 'b'\r\n",
        ),
    ] {
        let repo = house(
            former,
            new,
            &[
                ("01-a.toml", &format!("{typed}\ntekst = 'x'\n")),
                (
                    "protokol.toml",
                    "[institution]\nnavn = 'H'\n[[haendelse]]\npligt = 'p' # vi øvede\ndato = 2026-10-01\n",
                ),
            ],
        );
        write(&repo);
        assert_eq!(
            repo.read("protocols/hus/01-a.toml"),
            format!("{written}\ntekst = 'x'\n")
        );
        assert!(
            repo.read("protocols/hus/protokol.toml")
                .contains("pligt = 'q' # vi øvede\n")
        );
        repo.run(&["check", "--format", "short"])
            .stdout_lacks("RP103")
            .stdout_lacks("RP101");
    }
}

#[test]
fn what_becomes_one_stands_once_and_what_was_done_counts_for_it() {
    let duty = |id: &str| format!("[[pligt]]\n{id}\nhvad = 'Vi øver'\nhvor_tit = '1 år'\n");
    let part = |id: &str| format!("[[krav]]\n{id}\noverskrift = 'Et'\n");
    let former = part("id = 'a'")
        + &part("id = 'b'").replace("'Et'", "'To'")
        + &duty("id = 'p'")
        + &duty("id = 'q'").replace("Vi øver", "Vi læser");
    let new = part("id = 'c'\nvar = ['a', 'b']") + &duty("id = 'r'\nvar = ['p', 'q']");
    for (typed, written) in [
        ("['a', 'b']", "['c']"),
        ("[ 'b' , 'a', 'x' ]", "[ 'c' , 'x' ]"),
        ("['a', 'c', 'b',]", "['c',]"),
        ("[\n  'a',\n  'b',\n]", "[\n  'c',\n]"),
    ] {
        let section = |answers: &str| {
            format!(
                "overskrift = 'Et'\nopfylder = {answers}\ntekst = 'x'\n[[opgave]]\nhvad = 'x'\nopfylder = {answers}\n"
            )
        };
        let main = "[institution]\nnavn = 'H'\n[[haendelse]]\npligt = 'p'\ndato = 2026-10-01\n\
                    [[haendelse]]\npligt = 'q'\ndato = 2026-11-01\n";
        let repo = house(
            &former,
            &new,
            &[("01-et.toml", &section(typed)), ("protokol.toml", main)],
        );
        let report = json(&repo, &["--to", "ny"]);
        // No duty seems never to have been done, or to be gone.
        assert!(messages(&report, "notes").is_empty(), "{report}");
        let duties = report["protocols"][0]["duties"].as_array().expect("a list");
        assert!(
            duties.iter().all(|duty| duty["change"] == "moved"),
            "{report}"
        );
        write(&repo);
        assert_eq!(repo.read("protocols/hus/01-et.toml"), section(written));
        let main = repo.read("protocols/hus/protokol.toml");
        assert_eq!(main.matches("pligt = 'r'").count(), 2, "{main}");
    }
}

#[test]
fn a_heading_that_somebody_refers_to_keeps_its_id() {
    let former = "[[krav]]\nid = 'a'\noverskrift = 'Et'\n[[krav.krav]]\nid = 'b'\noverskrift = 'Det gamle'\n";
    let new = former.replace("Det gamle", "Det nye");
    let text = "overskrift = 'Et'\ntekst = 'Se [](afsnit:det-gamle).'\n[[afsnit]]\noverskrift = 'Det gamle' # her\ntekst = 'x'\n";
    let repo = house(former, &new, &[("01-et.toml", text)]);
    write(&repo);
    assert_eq!(
        repo.read("protocols/hus/01-et.toml"),
        text.replace(
            "'Det gamle' # her\n",
            "'Det nye' # her\nid = \"det-gamle\"\n"
        )
    );
    repo.run(&["check", "--format", "short"])
        .stdout_lacks("RP201")
        .stdout_lacks("RP110");
    // Where nobody does, nothing is added.
    let alone = text.replace("afsnit:det-gamle", "afsnit:et");
    let repo = house(former, &new, &[("01-et.toml", &alone)]);
    write(&repo);
    assert_eq!(
        repo.read("protocols/hus/01-et.toml"),
        alone.replace("Det gamle", "Det nye")
    );
}

#[test]
fn a_heading_in_a_table_on_one_line_keeps_its_id_and_takes_no_other_change_with_it() {
    let former = "[[krav]]\nid = 'a'\noverskrift = 'Et'\n[[krav.krav]]\nid = 'b'\noverskrift = 'Det gamle'\n";
    let new = former
        .replace("Det gamle", "Det nye")
        .replace("'Et'", "'Først'");
    let text = "overskrift = 'Et'\ntekst = 'Se [](afsnit:det-gamle).'\nafsnit = [{ overskrift = 'Det gamle', tekst = 'x' }]\n";
    let repo = house(former, &new, &[("01-et.toml", text)]);
    write(&repo);
    assert_eq!(
        repo.read("protocols/hus/01-et.toml"),
        text.replace("'Et'", "'Først'")
            .replace("'Det gamle'", "'Det nye', id = \"det-gamle\"")
    );
    // Where a change cannot be made, it is told of, and the others are made.
    let odd = text.replace("'Det gamle', tekst", "\"Det\\u0020gamle\", 'tekst'");
    let repo = house(former, &new, &[("01-et.toml", &odd)]);
    write(&repo);
    let written = repo.read("protocols/hus/01-et.toml");
    assert!(written.starts_with("overskrift = 'Først'\n"), "{written}");
}

#[test]
fn a_new_sub_section_stands_in_its_section_and_not_behind_the_next() {
    let former =
        "[[krav]]\nid = 'a'\noverskrift = 'Et'\n[[krav.krav]]\nid = 'b'\noverskrift = 'To'\n";
    let new = format!(
        "{former}[[krav.krav.krav]]\nid = 'c'\noverskrift = 'Dybt'\nvejledning = 'Skriv dybt.'\n[[krav.krav]]\nid = 'd'\noverskrift = 'Sidst'\n"
    );
    let text = "overskrift = 'Et'\ntekst = 'x'\n\n[[afsnit]]\noverskrift = 'To'\ntekst = 'y'\n\n# om det næste\n[[afsnit]]\noverskrift = 'Vores eget'\ntekst = 'z'\n";
    let repo = house(former, &new, &[("01-et.toml", text)]);
    write(&repo);
    let written = repo.read("protocols/hus/01-et.toml");
    let (deep, own, last) = (
        written
            .find("'Dybt'")
            .or(written.find("\"Dybt\""))
            .expect("it is there"),
        written
            .find("# om det næste\n[[afsnit]]\noverskrift = 'Vores eget'")
            .expect("as it was"),
        written.find("\"Sidst\"").expect("it is there"),
    );
    assert!(deep < own && own < last, "{written}");
    assert!(
        written.contains("[[afsnit.afsnit]]\n# Skriv dybt.\n"),
        "{written}"
    );
    repo.run(&["check", "--format", "short"])
        .stdout_lacks("RP110")
        .stdout_lacks("RP001");
}

#[test]
fn what_was_missing_before_is_not_made_now_and_what_may_be_is_left() {
    let former = "[[krav]]\nid = 'a'\noverskrift = 'Et'\n";
    let new = format!("{former}[[krav]]\nid = 'b'\noverskrift = 'Måske'\nniveau = 'kan'\n");
    let repo = house(
        former,
        &new,
        &[("05-andet.toml", "overskrift = 'Andet'\ntekst = 'x'\n")],
    );
    write(&repo);
    assert_eq!(
        repo.files("protocols/hus"),
        ["05-andet.toml", "protokol.toml"]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_the_others_are_written() {
    let former = "[[krav]]\nid = 'a'\noverskrift = 'Et'\n";
    let new = former.replace("'Et'", "'To'");
    let repo = house(
        former,
        &new,
        &[("01-et.toml", "overskrift = 'Et'\ntekst = 'x'\n")],
    )
    .file(
        "protocols/andet/protokol.toml",
        "[institution]\nnavn = 'Andet'\n",
    )
    .file(
        "protocols/andet/01-et.toml",
        "overskrift = 'Et\ntekst = 'x'\n",
    );
    let said = write(&repo);
    assert!(
        said.contains("Kan ikke læses: protocols/andet/01-et.toml, linje 1"),
        "{said}"
    );
    assert!(repo.read("protocols/andet/01-et.toml").contains("'Et\n"));
    assert!(repo.read("protocols/hus/01-et.toml").contains("'To'"));
}

#[test]
fn what_cannot_be_had_is_refused_and_nothing_is_written() {
    let (area, _) = houses();
    let copy: PathBuf = area.path("hus-a/templates/botilbud/skabelon.toml");
    let refused = |args: &[&str], code: i32, said: &str| {
        let before = area.tree("hus-a");
        let args: Vec<&str> = ["upgrade", "--root", "hus-a"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        area.run(&args).code(code).stdout_is("").stderr_has(said);
        assert_eq!(area.tree("hus-a"), before);
    };
    refused(
        &["--to", "2028-1", "--write"],
        2,
        "der er ingen udgave, der hedder »2028-1«",
    );
    refused(&["--to", "hus-b"], 2, "har ingen skabelon.toml");
    refused(
        &["andet", "--to", "2027-1"],
        2,
        "nævner ingen fælles skabelon, der hedder »andet«",
    );
    refused(
        &["--to", "skabeloner/botilbud", "--write"],
        2,
        "kan ikke skrives fra en mappe",
    );
    area.write("ny/skabelon.toml", "navn = \"X\"\n");
    refused(
        &["--to", "ny"],
        2,
        "skabelon.toml i den nye udgave, linje 1",
    );
    fs::write(
        &copy,
        "navn = \"Rettet\"\ndokumenttype = \"X\"\nversion = \"1\"\n",
    )
    .expect("our own file");
    refused(&["--to", "2027-1", "--write"], 2, "er rettet i hånden");
    let own = Repo::minimal();
    own.run(&["upgrade"])
        .code(2)
        .stderr_has("rusprot upgrade --to MAPPE");
}
