//! Every text that a reader meets is read by every rule about persons, laws and other houses, and by the
//! word list: what stands in a building block is seen as what stands in running text.

use rusprot::model::{Kind, Section, Table};
use serde_json::Value;

use crate::support::Repo;

const SECTION: &str = "protocols/hus/01-et.toml";

/// A section with each kind of text there is, one a line; `%` is what the test puts there.
const EVERYWHERE: &str = r#"overskrift = "H"
tekst = """
Før [^a]. %

- %

> %

| K | L |
|---|---|
| % | b |

Ord
: %

![%](billeder/a.gif)

Se `%` her.

[^a]: %
"""

[fakta]
"Varighed" = "%"

[[figur]]
type = "cirkel"
titel = "%"
midte = "%"
[[figur.punkter]]
navn = "%"
tekst = "%"
hvornaar = "%"
[[figur.punkter]]
navn = "b"
[[figur.punkter]]
navn = "c"

[[tabel]]
titel = "%"
tekst = "%"

[[begreb]]
ord = "%"
ogsaa = "%"
betyder = "%"

[[rolle]]
titel = "%"
ogsaa = ["%"]
ansvar = "%"

[[regel]]
tekst = "%"
begrundelse = "%"
hjemmel = "%"

[[gruppe]]
navn = "%"
punkter = ["%"]

[[felt]]
navn = "%"

[[handling]]
situation = "%"
kontakt = "%"
dokumentation = "%"
[[handling.trin]]
goer = "%"
hvem = "%"
hvornaar = "%"

[[dilemma]]
situation = "%"
goer = ["%"]
hvorfor = "%"

[[opgave]]
hvad = "%"
ansvarlig = ["%"]
frist = "%"

[[kontakt]]
id = "vagt"
funktion = "%"
tider = "%"
tekst = "%"

[[citat]]
tekst = "%"
hvem = "%"

[underskrift]
indledning = "%"
roller = ["%"]
sted = "%"
slut = "%"

[[afsnit]]
overskrift = "%"
"#;

/// The section with what `put` gives for each place, counted from 0, and the lines they stand on.
fn everywhere(put: impl Fn(usize) -> String) -> (String, Vec<u64>) {
    let mut lines = Vec::new();
    let mut text = String::new();
    for (line, number) in EVERYWHERE.lines().zip(1..) {
        if line.contains('%') {
            let made = put(lines.len());
            text.push_str(&line.replace('%', &made));
            lines.push(number);
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    (text, lines)
}

fn house(section: &str) -> Repo {
    Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = \"proeve\"\n[omraade]\nnavn = \"Prøveområdet\"\n",
        )
        .file(
            "templates/proeve/skabelon.toml",
            "navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"1\"\n",
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = \"Huset\"\n",
        )
        .file("protocols/hus/billeder/a.gif", PIXEL)
        .file(SECTION, section)
}

/// One white pixel.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// The findings of a rule in one file: the line and the message of each.
fn found(repo: &Repo, rule: &str, path: &str) -> Vec<(u64, String)> {
    let run = repo.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    let findings = report["findings"].as_array().expect("a list of findings");
    let unread = findings.iter().find(|finding| {
        let code = finding["code"].as_str().unwrap_or_default();
        ["RP001", "RP002", "RP003", "RP004"].contains(&code)
    });
    assert_eq!(unread, None, "the section is one that can be read");
    let own = findings
        .iter()
        .filter(|finding| finding["code"] == rule && finding["path"] == path);
    own.map(|finding| {
        let message = finding["message"].as_str().expect("a message");
        (
            finding["line"].as_u64().expect("a line"),
            message.to_owned(),
        )
    })
    .collect()
}

/// That a rule finds `bad` on each line where it may stand, and nothing where `good` stands.
#[track_caller]
fn seen_everywhere(rule: &str, bad: &str, good: &str) {
    let (text, lines) = everywhere(|_| bad.to_owned());
    let neighbour = "[institution]\nnavn = \"Bostedet Egely\"\nkortnavn = \"Egely\"\n";
    let repo = house(&text).file("protocols/egely/protokol.toml", neighbour);
    let mut at: Vec<u64> = found(&repo, rule, SECTION)
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    at.dedup();
    assert_eq!(at, lines, "{rule}");
    let (text, _) = everywhere(|_| good.to_owned());
    repo.write(SECTION, text);
    assert_eq!(found(&repo, rule, SECTION), [], "{rule}");
}

#[test]
fn a_person_with_a_number_is_seen_in_every_text() {
    seen_everywhere(
        "RP502",
        "Anna Opdigtsen, 00 12 34 56",
        "Nattevagten, 00 12 34 56",
    );
}

#[test]
fn a_paragraph_without_its_law_is_seen_in_every_text() {
    seen_everywhere("RP601", "efter § 141", "efter serviceloven § 141");
}

#[test]
fn a_provision_that_has_moved_is_seen_in_every_text() {
    seen_everywhere(
        "RP602",
        "efter serviceloven § 140",
        "efter serviceloven § 141",
    );
}

#[test]
fn another_house_is_seen_in_every_text() {
    seen_everywhere("RP403", "som på Bostedet Egely", "som på Huset");
}

/// Keys whose values are no texts of the section's own.
const NO_TEXTS: [&str; 18] = [
    "nummerering",
    "web",
    "ekstern",
    "id",
    "opfylder",
    "for",
    "sprog",
    "fil",
    "indsaet",
    "note",
    "undtag",
    "styrke",
    "linjer",
    "type",
    "status",
    "telefon",
    "mail",
    "adresse",
];

#[test]
fn every_key_that_holds_a_text_is_among_them() {
    fn missing(kind: &Kind, all: &mut Vec<&'static str>) {
        for row in kind.keys() {
            let stands = |form: &str| EVERYWHERE.contains(&form.replace('K', row.key));
            let is_there = ["\nK = ", "[[K]]", ".K]]", "[K]"]
                .iter()
                .any(|form| stands(form))
                || EVERYWHERE.starts_with(&format!("{} = ", row.key));
            if !NO_TEXTS.contains(&row.key) && !is_there {
                all.push(row.key);
            }
            let below = row.takes.table().filter(|_| !NO_TEXTS.contains(&row.key));
            if let Some(table) = below {
                missing(table, all);
            }
        }
    }
    let mut all = Vec::new();
    missing(Section::KIND, &mut all);
    assert_eq!(all, [""; 0]);
}

#[test]
fn every_text_is_printed() {
    let word = |index: usize| format!("ord{index}ende");
    let (text, lines) = everywhere(word);
    let repo = house(&text);
    let _built = repo
        .run(&["build", "--draft", "--formats", "html,md"])
        .code(0);
    for file in ["dist/hus/index.html", "dist/hus/protokol.md"] {
        let page = repo.read(file);
        let words = (0..lines.len()).map(word);
        let missing: Vec<String> = words.filter(|word| !page.contains(word)).collect();
        assert_eq!(missing, [""; 0], "{file}");
    }
}

#[test]
fn the_word_list_knows_the_abbreviations_of_every_text() {
    let short = |index: usize| {
        let letter = |at: usize| char::from(b"ABCDEFGHIKLMNOPR"[at % 16]);
        format!("X{}{}", letter(index / 16), letter(index))
    };
    let (text, lines) = everywhere(short);
    let all = || (0..lines.len()).map(short);
    let mut area =
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"Prøveområdet\"\n[forkortelser]\n".to_owned();
    for short in all() {
        area.push_str(&format!("{short} = \"det, {short} står for\"\n"));
    }
    let repo = house(&text).file("rusprot.toml", area);
    repo.run(&["build", "--draft", "--formats", "md"]).code(0);
    let page = repo.read("dist/hus/protokol.md");
    let explained = |short: &String| page.contains(&format!("det, {short} står for"));
    let missing: Vec<String> = all().filter(|short| !explained(short)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_person_is_seen_in_every_line_that_protokol_toml_prints() {
    let path = "protocols/hus/protokol.toml";
    let main = |put: &str| {
        format!(
            "titel = \"T, {put}\"\n[institution]\nnavn = \"Huset\"\nkortnavn = \"Hus, {put}\"\n\
             adresse = [\"Anna Opdigts Vænge 4\", \"Lokale {put}\"]\ntelefon = \"{put}\"\n\
             mail = \"post@hus.dk\"\n[dokument]\nansvarlig = \"{put}\"\nmedvirkende = [\"{put}\"]\n\
             [[haendelse]]\npligt = \"revision\"\ndato = 2026-02-03\nforum = \"{put}\"\n\
             note = \"{put}\"\n[[godkendelse]]\nforum = \"{put}\"\ndato = 2026-02-03\naf = \"{put}\"\n"
        )
    };
    let repo = house("overskrift = \"A\"\ntekst = \"a\"\n")
        .file(path, main("Anna Opdigtsen, 00 12 34 56"));
    let lines = found(&repo, "RP502", path).into_iter();
    let lines: Vec<u64> = lines.map(|(line, _)| line).collect();
    assert_eq!(lines, [1, 4, 5, 6, 9, 10, 14, 15, 17, 19]);
    repo.write(path, main("Nattevagten, 00 12 34 56"));
    assert_eq!(found(&repo, "RP502", path), []);
}

#[test]
fn a_person_in_the_ways_to_reach_a_function_is_found() {
    let contact = |key: &str, value: &str| {
        let text = format!(
            "overskrift = \"Et\"\n[[kontakt]]\nid = \"a\"\nfunktion = \"Vagten\"\n\
             telefon = \"00 12 34 56\"\n{key} = \"{value}\"\n"
        );
        found(&house(&text), "RP502", SECTION)
    };
    for (key, value) in [
        ("tider", "Når Anna Opdigtsen er her"),
        ("adresse", "Anna Opdigtsen, stuen"),
        ("mail", "anna.opdigt@huset.dk"),
    ] {
        let lines: Vec<u64> = contact(key, value)
            .into_iter()
            .map(|(line, _)| line)
            .collect();
        assert_eq!(lines, [6], "{key}");
    }
    assert_eq!(contact("adresse", "Anna Opdigts Vænge 4"), []);
    assert_eq!(contact("mail", "vagten@huset.dk"), []);
}
