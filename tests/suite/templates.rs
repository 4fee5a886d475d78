//! `rusprot templates`: which skabeloner there are, and what each asks for.

use serde_json::{Value, json};

use crate::support::{Repo, folders};

/// An area with a small skabelon of its own and one in place of a built-in one.
fn area() -> Repo {
    Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = \"vores\"\n[omraade]\nnavn = \"Prøveområdet\"\n",
        )
        .file("templates/vores/skabelon.toml", OWN)
        .file(
            "templates/socialpsykiatri/skabelon.toml",
            "navn = \"Områdets\"\ndokumenttype = \"Protokol\"\nversion = \"3\"\n",
        )
}

const OWN: &str = "\
navn = \"Vores\"
dokumenttype = \"Aftale\"
version = \"2\"
kilde = \"Drøftet i Mini-MED\"
raekkefoelge = false
[[krav]]
id = \"gaester\"
overskrift = \"Gæster\"
ogsaa = [\"Besøg\"]
fraraades = [\"Fremmede\"]
vejledning = \"Skriv, hvem der må komme.\"
obligatorisk = '''
Vi kan lide gæster.

- Ring på
- Følg med ud
'''
hvert_afsnit = [\"Hvem\", \"Hvornår\"]
[[krav.punkt]]
id = \"nat\"
tekst = \"Hvad der gælder om natten\"
niveau = \"kan\"
[[krav.krav]]
id = \"ukendte\"
overskrift = \"Når ingen kender gæsten\"
niveau = \"kan\"
[[pligt]]
id = \"revision\"
hvad = \"Vi retter aftalen\"
hvor_tit = \"6 måneder\"
foerste = \"2026-K1\"
forum = \"Beboermøde\"
ansvarlig = [\"Leder\", \"Borgere\"]
";

fn json(repo: &Repo, args: &[&str]) -> Value {
    let run = repo.run(args).code(0).stderr_is("");
    serde_json::from_str(&run.stdout).expect("JSON")
}

#[test]
fn outside_an_area_the_built_in_ones_are_listed() {
    let repo = Repo::new();
    let list = json(&repo, &["templates", "--format", "json"]);
    assert_eq!(list["version"], 1);
    let ids: Vec<&str> = list["templates"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["id"].as_str().expect("a name"))
        .collect();
    let mut shipped = folders("templates");
    shipped.retain(|name| name != "page");
    assert_eq!(ids, shipped);
    repo.run(&["skabeloner"]).code(0).stderr_is("").stdout_has(
        "socialpsykiatri\n  Skabelon til rusmiddelprotokol i socialpsykiatrien\n  \
         Rusmiddelprotokol, version 2026, udgivet af rusprot\n  \
         8 krav, 6 punkter og 3 pligter\n  Følger med rusprot\n",
    );
}

#[test]
fn in_an_area_its_own_are_listed_and_take_the_place_of_built_in_ones() {
    area()
        .run(&["templates"])
        .code(0)
        .stderr_is("")
        .stdout_has(
            "vores\n  Vores\n  Aftale, version 2\n  2 krav, 1 punkt og 1 pligt\n  \
             Områdets egen: templates/vores/skabelon.toml\n",
        )
        .stdout_has(
            "  Områdets egen i stedet for den indbyggede:\n  templates/socialpsykiatri/skabelon.toml\n",
        );
}

#[test]
fn one_is_shown_with_all_it_asks_for() {
    let run = area().run(&["templates", "vores"]).code(0).stderr_is("");
    insta::assert_snapshot!(run.stdout, @r#"
    Vores

    Navn i filerne  skabelon = "vores"
    Dokumenttype    Aftale
    Version         2
    Kilde           Drøftet i Mini-MED
    Indhold         2 krav, 1 punkt og 1 pligt
    Rækkefølge      Afsnittene må stå i en anden orden end kravene
    Kommer fra      Områdets egen: templates/vores/skabelon.toml

    Krav
    Et krav er en overskrift i protokollen. Et punkt er noget, der bliver beskrevet
    under den. Det, der er mærket »skal«, må ikke mangle.

    1. Gæster (skal, id gaester)
       Tæller også: »Besøg«
       Tæller, men frarådes: »Fremmede«
       Vejledning: Skriv, hvem der må komme.
       Fælles tekst, som bliver trykt først i afsnittet:
         Vi kan lide gæster.

         - Ring på
         - Følg med ud
       Punkter:
       - Hvad der gælder om natten (kan, id nat)
       Hvert underafsnit har selv disse underafsnit: »Hvem«, »Hvornår«

       1.1 Når ingen kender gæsten (kan, id ukendte)

    Pligter i årshjulet

    - Vi retter aftalen (skal, id revision)
      Hvor tit: hver 6. måned, første gang 1. kvartal 2026
      Ansvarlig: Leder, Borgere
      Forum: Beboermøde
    "#);
}

#[test]
fn the_json_of_one_has_every_key_of_the_file() {
    let found = json(&area(), &["templates", "vores", "--format", "json"]);
    assert_eq!(
        found,
        json!({
            "version": 1,
            "template": {
                "id": "vores",
                "name": "Vores",
                "document_type": "Aftale",
                "version": "2",
                "publisher": null,
                "origin": "own",
                "path": "templates/vores/skabelon.toml",
                "counts": { "requirements": 2, "points": 1, "duties": 1 },
                "errors": 0,
                "warnings": 0,
                "title": null,
                "source": "Drøftet i Mini-MED",
                "in_order": false,
                "requirements": [{
                    "id": "gaester",
                    "heading": "Gæster",
                    "also": ["Besøg"],
                    "discouraged": ["Fremmede"],
                    "demand": "must",
                    "guidance": "Skriv, hvem der må komme.",
                    "obligatory": "Vi kan lide gæster.\n\n- Ring på\n- Følg med ud\n",
                    "points": [{
                        "id": "nat",
                        "text": "Hvad der gælder om natten",
                        "also": [],
                        "demand": "may"
                    }],
                    "each_subsection": ["Hvem", "Hvornår"],
                    "requirements": [{
                        "id": "ukendte",
                        "heading": "Når ingen kender gæsten",
                        "also": [],
                        "discouraged": [],
                        "demand": "may",
                        "guidance": null,
                        "obligatory": null,
                        "points": [],
                        "each_subsection": [],
                        "requirements": []
                    }]
                }],
                "duties": [{
                    "id": "revision",
                    "what": "Vi retter aftalen",
                    "how_often": "hver 6. måned",
                    "interval_months": 6,
                    "demand": "must",
                    "forum": "Beboermøde",
                    "responsible": ["Leder", "Borgere"],
                    "first": { "text": "1. kvartal 2026", "last_day": "2026-03-31" }
                }]
            }
        })
    );
}

#[test]
fn lines_keep_to_the_width_of_the_terminal() {
    for width in ["50", "72"] {
        let repo = Repo::new().env("COLUMNS", width);
        for name in ["omraadetilgang", "rusmiddelprotokol", "udviklingshaemning"] {
            let run = repo.run(&["templates", name]).code(0).stderr_is("");
            let columns: usize = width.parse().expect("a number");
            for line in run.stdout.lines() {
                assert!(line.chars().count() <= columns, "{name}: {line}");
                assert_eq!(line, line.trim_end(), "{name}");
            }
        }
    }
}

#[test]
fn an_id_stands_whole_on_its_line() {
    Repo::new()
        .env("COLUMNS", "72")
        .run(&["templates", "omraadetilgang"])
        .code(0)
        .stdout_has("id protokol-sprog)\n")
        .stdout_has("id specialister-paa-tvaers)\n");
}

#[test]
fn a_mistyped_name_is_met_with_the_nearest_or_with_all() {
    Repo::new()
        .run(&["templates", "socialpsykiatr"])
        .code(2)
        .stdout_is("")
        .stderr_is(
            "fejl: der er ingen skabelon, der hedder »socialpsykiatr«. Mente du »socialpsykiatri«?\n",
        );
    area()
        .run(&["templates", "kaffe"])
        .code(2)
        .stderr_has("Skabelonerne her er kvalitetsstandard, ")
        .stderr_has(", vores.\n");
}

#[test]
fn a_folder_that_is_asked_for_must_be_an_area() {
    Repo::new()
        .run(&["templates", "--root", "."])
        .code(2)
        .stdout_is("")
        .stderr_has("der er ingen rusprot.toml");
}

#[test]
fn one_with_errors_is_shown_as_far_as_it_can_be_and_the_errors_are_told_beside_it() {
    let repo = area()
        .edited("templates/vores/skabelon.toml", "id = \"nat\"\n", "")
        .edited("templates/vores/skabelon.toml", "\"Besøg\"", "\"Gæster.\"");
    repo.run(&["templates"])
        .code(0)
        .stderr_is("")
        .stdout_has("  Har 1 fejl og 1 advarsel\n");
    let run = repo
        .run(&["templates", "vores"])
        .code(1)
        .stdout_has("1. Gæster (skal, id gaester)\n")
        .stdout_lacks("Hvad der gælder om natten")
        .stderr_has("fejl[RP004 manglende-noegle]")
        .stderr_has("advarsel[RP802 uopnaaeligt-alias]")
        .stderr_has("bemærk: Skabelonen »vores« har 1 fejl og 1 advarsel.\n");
    assert!(!run.stderr.contains("protokoller"), "{}", run.stderr);
}

#[test]
fn a_personal_number_in_one_is_hidden() {
    // Made here, with a birth year that nobody has.
    let number = format!("{:02}{:02}{:02}-{}", 1, 1, 50, 5050);
    let repo = area().edited(
        "templates/vores/skabelon.toml",
        "hvem der må komme",
        &format!("hvem {number} er"),
    );
    for format in ["human", "json"] {
        let run = repo
            .run(&["templates", "vores", "--format", format])
            .code(1);
        assert!(!run.stdout.contains(&number), "{}", run.stdout);
        assert!(!run.stderr.contains(&number), "{}", run.stderr);
    }
}

#[test]
fn the_result_can_go_to_a_file_which_has_no_colour() {
    let repo = area();
    repo.run(&[
        "templates",
        "vores",
        "--output",
        "ud.txt",
        "--color",
        "always",
    ])
    .code(0)
    .stdout_is("");
    assert_eq!(
        repo.read("ud.txt"),
        repo.run(&["templates", "vores"]).code(0).stdout
    );
    repo.run(&["templates", "vores", "--color", "always"])
        .code(0)
        .stdout_has("\u{1b}[1mKrav\u{1b}[0m");
}

/// The TOML examples of a document.
fn examples(document: &str) -> Vec<&str> {
    let blocks = document.split("```toml\n").skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect()
}

#[test]
fn the_examples_for_those_who_write_their_own_are_clean() {
    let page = include_str!("../../docs/skabeloner.md");
    let mut seen = 0;
    for example in examples(page) {
        if !example.contains("[[krav]]") && !example.contains("[[pligt]]") {
            continue;
        }
        seen += 1;
        let head = if example.contains("dokumenttype") {
            ""
        } else {
            "navn = \"N\"\ndokumenttype = \"D\"\nversion = \"1\"\n"
        };
        area()
            .file("templates/vores/skabelon.toml", format!("{head}{example}"))
            .run(&["templates", "vores"])
            .code(0)
            .stderr_is("");
    }
    assert_eq!(seen, 7);
}
