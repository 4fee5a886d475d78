//! Several repositories at once: `--root` more than once, and `samling.toml`. One that is broken is a line that says
//! so, and never stops the others.

use serde_json::Value;

use crate::support::Repo;
use crate::upgrade::houses;

const ROOTS: [&str; 6] = ["--root", "hus-a", "--root", "hus-b", "--root", "hus-c"];

/// The houses of the example, in git, with two that are no repositories beside them.
fn with_broken() -> Repo {
    let (area, _) = houses();
    area.file("hus-x/noget.txt", "x").file(
        "hus-y/rusprot.toml",
        "format = 7\n[omraade]\nnavn = \"Y\"\n",
    )
}

fn run(area: &Repo, args: &[&str], roots: &[&str]) -> crate::support::Run {
    let args: Vec<&str> = args.iter().chain(roots).copied().collect();
    area.run(&args)
}

#[test]
fn one_matrix_is_over_all_and_every_row_says_where_it_is_from() {
    let (area, _) = houses();
    let csv = run(&area, &["status", "--matrix", "--format", "csv"], &ROOTS)
        .code(0)
        .stderr_is("");
    assert_eq!(
        csv.stdout,
        "\u{feff}Arkiv;Institution;Protokol;Skabelon;Hvad protokollen er;Gæster;Godkendelse;Årshjul\r\n\
         hus-a;Åhuset;aahuset;Områdets skabelon til botilbud;ok;ok;ikke godkendt;ok\r\n\
         hus-b;Birken;birken;Områdets skabelon til botilbud;ok;ok;ikke godkendt;ok\r\n\
         hus-c;Cedertræet;cedertraeet;Områdets skabelon til botilbud;ok;ok;ikke godkendt;ok\r\n"
    );
    let json = run(&area, &["status", "--matrix", "--format", "json"], &ROOTS).code(0);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["tables"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["tables"][0]["protocols"][1]["repository"], "hus-b");
    // One house on another edition gets a table of its own.
    area.run(&["upgrade", "--to", "2027-1", "--write", "--root", "hus-b"])
        .code(0)
        .stdout_has("");
    let json = run(&area, &["status", "--matrix", "--format", "json"], &ROOTS).code(1);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["tables"].as_array().map(Vec::len), Some(2));
    // The sheet says which edition each house has, edition by edition.
    let csv = run(&area, &["status", "--matrix", "--format", "csv"], &ROOTS).code(1);
    let lines: Vec<&str> = csv.stdout.lines().collect();
    assert!(lines[0].contains("Skabelon;Områdets skabelon til botilbud (version 2026): Hvad"));
    assert!(lines[0].contains(";Områdets skabelon til botilbud (version 2027): Om natten;"));
    for (line, begins) in lines[1..].iter().zip([
        "hus-a;Åhuset;aahuset;Områdets skabelon til botilbud (version 2026);",
        "hus-c;Cedertræet;cedertraeet;Områdets skabelon til botilbud (version 2026);",
        "hus-b;Birken;birken;Områdets skabelon til botilbud (version 2027);",
    ]) {
        assert!(line.starts_with(begins), "{line}");
    }
    // Of one repository alone, nothing is said of where it is.
    run(
        &area,
        &["status", "--matrix", "--format", "csv"],
        &ROOTS[..2],
    )
    .code(0)
    .stdout_has("\u{feff}Institution;Protokol");
}

#[test]
fn a_fault_of_one_is_a_line_that_says_so_and_stops_nobody() {
    let area = with_broken();
    let roots = [
        &ROOTS[..],
        &["--root", "hus-x", "--root", "hus-y", "--root", "væk"],
    ]
    .concat();
    let csv = run(&area, &["status", "--matrix", "--format", "csv"], &roots).code(1);
    let csv = csv
        .stdout_has("hus-c;Cedertræet")
        .stdout_has("hus-x;kan ikke læses: der er ingen rusprot.toml");
    let csv = csv.stdout_has("væk;kan ikke læses");
    assert!(
        csv.stdout
            .lines()
            .all(|line| line.matches(';').count() == 7),
        "{}",
        csv.stdout
    );
    run(&area, &["status", "--matrix"], &roots)
        .code(1)
        .stdout_has("hus-y: kan ikke læses: rusprot.toml er skrevet i format 7")
        .stdout_has("Birken");
    let json = run(&area, &["status", "--matrix", "--format", "json"], &roots).code(1);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["unread"][0]["repository"], "hus-x");
    run(&area, &["check", "--format", "short"], &roots)
        .code(1)
        .stdout_has("hus-x:1:1: fejl[RP015]: Arkivet kan ikke læses: der er ingen rusprot.toml")
        .stdout_has("hus-y:1:1: fejl[RP015]");
    run(&area, &["status"], &roots)
        .code(1)
        .stdout_has("Cedertræet")
        .stderr_has("hus-x");
    run(&area, &["build", "--output", "side"], &roots)
        .code(1)
        .stdout_has("3 protokoller på én side.")
        .stderr_has("hus-x: der er ingen rusprot.toml");
    assert!(
        area.read("side/index.html")
            .contains("Kan ikke læses: der er ingen rusprot.toml")
    );
}

#[test]
fn what_a_check_finds_is_told_with_the_repository_before_the_path() {
    let (area, _) = houses();
    let area = area.edited(
        "hus-b/protocols/birken/02-besoeg.toml",
        "opfylder = [\"gaester\"]\n",
        "",
    );
    run(&area, &["check"], &ROOTS)
        .code(1)
        .stdout_has("--> hus-b/protocols/birken/protokol.toml:")
        .stdout_has("1 fejl i 3 protokoller");
    let json = run(&area, &["check", "--format", "json"], &ROOTS).code(1);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["findings"][0]["protocol"], "hus-b/birken");
    assert_eq!(json["summary"]["protocols"], 3);
}

#[test]
fn the_duties_of_all_come_by_the_day_they_are_due() {
    let (area, _) = houses();
    let json = run(&area, &["status", "--format", "json"], &ROOTS).code(0);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    let duties = json["duties"].as_array().expect("a list").iter();
    let duties: Vec<&str> = duties
        .map(|duty| duty["protocol"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        duties,
        ["hus-c/cedertraeet", "hus-a/aahuset", "hus-b/birken"]
    );
}

#[test]
fn one_page_leads_to_where_each_protocol_is_published() {
    let (area, _) = houses();
    let area = area.edited(
        "hus-a/rusprot.toml",
        "[omraade]",
        "udgivet = \"https://hus-a.example/protokol/\"\n\n[omraade]",
    );
    run(&area, &["build"], &ROOTS)
        .code(0)
        .stdout_has("[repo]/dist/index.html");
    let page = area.read("dist/index.html");
    assert!(
        page.contains("href=\"https://hus-a.example/protokol/aahuset/index.html\""),
        "{page}"
    );
    assert!(page.contains("Cedertræet") && !page.contains("cedertraeet/index.html"));
    assert!(page.contains("<td>ok</td>"));
    // The pages of each house are its own to make.
    assert!(!area.has("hus-a/dist"));
    let before = area.read_bytes("dist/index.html");
    run(&area, &["build"], &ROOTS)
        .code(0)
        .stdout_has("3 protokoller");
    assert_eq!(area.read_bytes("dist/index.html"), before);
}

#[test]
fn a_file_lists_them_by_path_and_by_address() {
    let (area, _) = houses();
    for house in ["hus-a", "hus-b"] {
        area.git(&["-C", house, "add", "-A"]);
        area.git(&["-C", house, "commit", "-q", "-m", "Hent skabelonen"]);
    }
    let list = format!(
        "navn = \"Området ved Åen\"\n[[arkiv]]\nsti = \"../hus-a\"\n[[arkiv]]\ngit = \"file://{}\"\nrev = \"main\"\n\
         [[arkiv]]\ngit = \"file:///findes/ikke.git\"\n",
        area.path("hus-b").display()
    );
    let area = area.file("overblik/samling.toml", list);
    for args in [
        &["--root", "overblik"][..],
        &["--root", "overblik/samling.toml"],
    ] {
        let csv = run(&area, &["status", "--matrix", "--format", "csv"], args).code(1);
        csv.stdout_has("../hus-a;Åhuset;")
            .stdout_has("/hus-b;Birken;")
            .stdout_has(
                "file:///findes/ikke.git;kan ikke læses: file:///findes/ikke.git kan ikke hentes",
            );
    }
    let inside = area.standing_in("overblik");
    inside
        .run(&["build"])
        .code(1)
        .stdout_has("2 protokoller på én side.");
    assert!(
        inside
            .read("overblik/dist/index.html")
            .contains("Området ved Åen")
    );
    inside.run(&["check"]).code(1).stdout_has("RP015");
}

#[test]
fn one_that_is_named_twice_counts_once_and_a_wrong_list_is_said_to_be_one() {
    let (area, _) = houses();
    let twice = "det samme arkiv er nævnt to gange";
    run(
        &area,
        &["status", "--matrix", "--format", "csv"],
        &["--root", "hus-a", "--root", "hus-b", "--root", "./hus-a/"],
    )
    .code(1)
    .stdout_has("\nhus-a;Åhuset;")
    .stdout_has(&format!("\n./hus-a/;kan ikke læses: {twice};"));
    let git = format!("[[arkiv]]\ngit = \"{}\"\n", area.path("hus-b").display());
    let area = area.file("liste/samling.toml", format!("{git}{git}"));
    run(&area, &["check", "--format", "short"], &["--root", "liste"])
        .code(1)
        .stdout_has(twice);
    // What is no network for one is no advice that nobody can follow.
    let area = area.file(
        "liste/samling.toml",
        "[[arkiv]]\ngit = \"https://127.0.0.1:1/a.git\"\n[[arkiv]]\nsti = \"../../intet\"\n",
    );
    run(&area, &["check", "--format", "short"], &["--root", "liste"])
        .code(1)
        .stdout_has("der er ikke forbindelse til det")
        .stdout_lacks("--offline")
        .stdout_has("../../intet:1:1: fejl[RP015]: Arkivet kan ikke læses: mappen findes ikke.");
    for (bytes, said) in [
        (&b"\xFF\xFE"[..], "er ikke gemt som UTF-8"),
        (&[b'#'; 4_000_001], "fylder mere end 4 MB"),
        (b"navn = 'x", "samling.toml, linje 1"),
        (b"navnn = 'x'", "»navnn«"),
    ] {
        area.write("liste/samling.toml", bytes);
        run(&area, &["status", "--matrix"], &["--root", "liste"])
            .code(2)
            .stdout_is("")
            .stderr_has(said);
    }
}

#[test]
fn what_takes_one_repository_says_so() {
    let (area, _) = houses();
    run(&area, &["diff"], &ROOTS)
        .code(2)
        .stderr_has("--root kan kun stå flere gange");
    run(&area, &["check", "--fix"], &ROOTS)
        .code(2)
        .stderr_has("ét arkiv ad gangen");
    run(&area, &["check", "aahuset"], &ROOTS)
        .code(2)
        .stderr_has("tages alle protokoller");
    let list = Repo::new().file("samling.toml", "navn = \"X\"\n");
    list.run(&["check"])
        .code(2)
        .stderr_has("nævner ingen arkiver");
    let wrong = Repo::new().file("samling.toml", "[[arkiv]]\nsti = \"x\"\nrev = \"1\"\n");
    wrong
        .run(&["check"])
        .code(2)
        .stderr_has("samling.toml, linje 1");
}
