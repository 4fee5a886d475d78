//! An area without a fault, and the same area with one slip in it, a few hundred times.

use super::Files;

/// The section that most slips are made in.
pub(super) const SECTION: &str = "protocols/hus/01-gaester.toml";
/// The file of the institution.
pub(super) const MAIN: &str = "protocols/hus/protokol.toml";
const RULES: &str = "protocols/hus/02-regler.toml";
const CONFIG: &str = "rusprot.toml";

/// A file with a slip in it, in an area that has no other.
pub(super) struct Case {
    pub(super) name: String,
    /// The file, and its text with the slip.
    pub(super) path: String,
    pub(super) text: String,
    /// How many findings it makes: what follows from another is not told.
    pub(super) findings: usize,
}

const AREA: &str = "skabelon = \"proeve\"\n\n[omraade]\nnavn = \"Området ved Åen\"\n";

const SKABELON: &str = "navn = \"Prøve\"
dokumenttype = \"Prøve\"
version = \"1\"

[[krav]]
id = \"gaester\"
overskrift = \"Gæster\"

[[krav.punkt]]
id = \"besoeg\"
tekst = \"Hvornår gæster kan komme\"
niveau = \"skal\"

[[krav.punkt]]
id = \"overnatning\"
tekst = \"Om gæster må sove her\"
niveau = \"skal\"

[[krav]]
id = \"regler\"
overskrift = \"Husets regler\"

[[pligt]]
id = \"revision\"
hvad = \"Vi ser den igennem\"
hvor_tit = \"1 år\"
niveau = \"skal\"
";

const MAIN_TEXT: &str = "[institution]
navn = \"Bostedet Lillebo\"

[dokument]
version = \"1\"
gaelder_fra = 2026-01-01

[[haendelse]]
pligt = \"revision\"
dato = 2026-10-07
";

const SECTION_TEXT: &str = "overskrift = \"Gæster\"
opfylder = [\"besoeg\", \"overnatning\"]
tekst = '''
Gæster er velkomne hele dagen.
'''
";

const RULES_TEXT: &str = "overskrift = \"Husets regler\"
tekst = '''
Vi lavede reglerne på et møde.
'''

[[regel]]
tekst = \"Vi taler pænt sammen.\"
styrke = \"skal\"

[[afsnit]]
overskrift = \"Når vi er uenige\"
for = [\"borger\", \"medarbejder\"]
tekst = '''
Så tager vi det på mødet.
'''
";

/// The files of the area without a slip.
pub(super) fn area() -> Files {
    [
        (CONFIG, AREA),
        ("templates/proeve/skabelon.toml", SKABELON),
        (MAIN, MAIN_TEXT),
        (SECTION, SECTION_TEXT),
        (RULES, RULES_TEXT),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into()
}

/// What texts are made of.
const TEXTS: [&str; 4] = [
    "Gæster er velkomne hele dagen.",
    "Gæster er velkomne.\n\nDe må sove her, når de har spurgt.",
    "gæster er velkomne,\nog de må sove her",
    "Du må få gæster:\n\n- om dagen\n- om natten, når du har spurgt",
];

/// What may come behind a text.
const BEHIND: [&str; 3] = [
    "",
    "\n[[afsnit]]\noverskrift = \"Om natten\"\ntekst = '''\nSå sover vi.\n'''\n",
    "note = \"Spurgt på mødet.\"\n",
];

struct Maker {
    cases: Vec<Case>,
}

impl Maker {
    fn add(&mut self, name: &str, path: &str, text: String) {
        self.cases.push(Case {
            name: format!("{} {name}", self.cases.len()),
            path: path.to_owned(),
            text,
            findings: 1,
        });
    }

    /// A section whose text is written like this.
    fn section(&mut self, name: &str, written: &str) {
        let text =
            format!("overskrift = \"Gæster\"\nopfylder = [\"besoeg\", \"overnatning\"]\n{written}");
        self.add(name, SECTION, text);
    }

    /// A file of the area with a part of it in other words.
    fn changed(&mut self, name: &str, path: &str, from: &str, to: &str) {
        let text = area()[path].clone();
        assert!(text.contains(from), "{path} has {from:?}");
        self.add(name, path, text.replacen(from, to, 1));
    }
}

/// Every case.
pub(super) fn cases() -> Vec<Case> {
    let mut maker = Maker { cases: Vec::new() };
    wrong_quotes(&mut maker);
    unquoted(&mut maker);
    endings(&mut maker);
    lines(&mut maker);
    dates(&mut maker);
    keys(&mut maker);
    places(&mut maker);
    values(&mut maker);
    missing(&mut maker);
    ids(&mut maker);
    empty(&mut maker);
    texts(&mut maker);
    tables(&mut maker);
    maker.cases
}

fn wrong_quotes(maker: &mut Maker) {
    for opening in [
        "’’’",
        "‘‘‘",
        "´´´",
        "```",
        "”””",
        "“““",
        "''",
        "\"\"",
        "’’",
        "„„„",
        "’'’",
    ] {
        for (index, text) in TEXTS.iter().enumerate() {
            for (place, behind) in BEHIND.iter().enumerate() {
                let closing = match (index + place) % 3 {
                    0 => opening,
                    1 => "'''",
                    _ => "",
                };
                let closing = if closing.is_empty() {
                    String::new()
                } else {
                    format!("{closing}\n")
                };
                maker.section(
                    "wrong quotes",
                    &format!("tekst = {opening}\n{text}\n{closing}{behind}"),
                );
            }
        }
        if opening != "\"\"" && opening != "''" {
            maker.section(
                "wrong quotes in a line",
                &format!("tekst = {opening}Gæster er velkomne.{opening}\n"),
            );
        }
    }
}

fn unquoted(maker: &mut Maker) {
    for text in TEXTS {
        for behind in BEHIND {
            for closing in ["", "'''\n", "’’’\n"] {
                maker.section("no quotes", &format!("tekst =\n{text}\n{closing}{behind}"));
            }
        }
    }
    for behind in BEHIND {
        maker.section(
            "no quotes, same line",
            &format!("tekst = Gæster er velkomne.\nDe må sove her.\n{behind}"),
        );
        maker.section(
            "no quotes, one line",
            &format!("tekst = Gæster er velkomne.\n{behind}"),
        );
    }
}

fn endings(maker: &mut Maker) {
    for text in TEXTS {
        for behind in BEHIND {
            maker.section("no end", &format!("tekst = '''\n{text}\n{behind}"));
            maker.section(
                "end in other signs",
                &format!("tekst = '''\n{text}\n’’’\n{behind}"),
            );
        }
    }
    for behind in BEHIND {
        for inner in [
            "Han sagde '''nej''' til dem.",
            "Vi kalder dem '''gæster.",
            "Det er '''vigtigt'''.",
        ] {
            maker.section(
                "quotes within",
                &format!("tekst = '''\n{inner}\nGæster er velkomne.\n'''\n{behind}"),
            );
        }
        maker.section(
            "quotes alone",
            &format!("tekst = '''\nGæster er velkomne.\n'''\nDe må sove her.\n'''\n{behind}"),
        );
    }
}

fn lines(maker: &mut Maker) {
    for (open, close) in [
        ("“", "”"),
        ("”", "”"),
        ("’", "’"),
        ("‘", "’"),
        ("»", "«"),
        ("„", "“"),
        ("\"", "”"),
        ("´", "´"),
    ] {
        maker.changed(
            "curly line",
            SECTION,
            "\"Gæster\"",
            &format!("{open}Gæster{close}"),
        );
        maker.changed(
            "curly name",
            MAIN,
            "\"Bostedet Lillebo\"",
            &format!("{open}Bostedet Lillebo{close}"),
        );
        maker.changed(
            "curly list",
            SECTION,
            "[\"besoeg\", \"overnatning\"]",
            &format!("[{open}besoeg{close}, {open}overnatning{close}]"),
        );
    }
    for key in ["navn", "version"] {
        let text = area()[MAIN].clone();
        let line = text
            .lines()
            .find(|line| line.starts_with(key))
            .expect("a line");
        let (_, value) = line.split_once(" = ").expect("a value");
        let bare = value.trim_matches('"');
        maker.changed("colon", MAIN, line, &format!("{key}: {value}"));
        maker.changed("colon, bare", MAIN, line, &format!("{key}: {bare}"));
        if key == "navn" {
            maker.changed("bare", MAIN, line, &format!("{key} = {bare}"));
        }
        maker.changed("no end", MAIN, line, &format!("{key} = \"{bare}"));
        maker.changed("no end", MAIN, line, &format!("{key} = '{bare}"));
    }
    for name in ["Det \"gode\" hus", "Huset \"Åen\""] {
        maker.changed(
            "quotes in a line",
            MAIN,
            "\"Bostedet Lillebo\"",
            &format!("\"{name}\""),
        );
    }
    maker.changed(
        "apostrophe in a line",
        MAIN,
        "\"Bostedet Lillebo\"",
        "'Lars' hus'",
    );
    maker.changed(
        "two lines in one quote",
        SECTION,
        "'''\nGæster er velkomne hele dagen.\n'''",
        "\"Gæster er velkomne.\nDe må sove her.\"",
    );
    maker.changed(
        "text behind the text",
        SECTION,
        "hele dagen.\n'''\n",
        "hele dagen.\n'''\n\nDe må sove her.\n",
    );
}

fn dates(maker: &mut Maker) {
    for (place, typed) in [
        ("gaelder_fra = 2026-01-01", "1. januar 2026"),
        ("gaelder_fra = 2026-01-01", "1/1 2026"),
        ("gaelder_fra = 2026-01-01", "1/1-26"),
        ("gaelder_fra = 2026-01-01", "01.01.2026"),
        ("gaelder_fra = 2026-01-01", "01-01-2026"),
        ("gaelder_fra = 2026-01-01", "2026-1-1"),
        ("gaelder_fra = 2026-01-01", "2026/01/01"),
        ("gaelder_fra = 2026-01-01", "den 1. jan. 2026"),
        ("dato = 2026-10-07", "7. oktober 2026"),
        ("dato = 2026-10-07", "7/10 2026"),
        ("dato = 2026-10-07", "7/10-26"),
        ("dato = 2026-10-07", "07.10.2026"),
        ("dato = 2026-10-07", "7-10-2026"),
        ("dato = 2026-10-07", "2026-10-7"),
        ("dato = 2026-10-07", "2026.10.07"),
        ("dato = 2026-10-07", "onsdag den 7. oktober 2026"),
    ] {
        let key = place.split(' ').next().expect("a key");
        maker.changed("date", MAIN, place, &format!("{key} = {typed}"));
        maker.changed(
            "date in quotes",
            MAIN,
            place,
            &format!("{key} = \"{typed}\""),
        );
        maker.changed(
            "date in a comment's company",
            MAIN,
            place,
            &format!("{key} = {typed} # mødet"),
        );
    }
    maker.changed(
        "date with time",
        MAIN,
        "dato = 2026-10-07",
        "dato = 2026-10-07T10:00:00",
    );
}

fn keys(maker: &mut Maker) {
    for (path, key, slips) in [
        (
            SECTION,
            "overskrift",
            &[
                "overskirft",
                "overskift",
                "Overskrift",
                "titel",
                "overskrifft",
            ][..],
        ),
        (SECTION, "opfylder", &["opfyler", "opfyldr", "Opfylder"]),
        (
            SECTION,
            "tekst",
            &["tekts", "teskt", "text", "Tekst", "indhold"],
        ),
        (RULES, "styrke", &["styrker", "styke", "Styrke"]),
        (
            RULES,
            "afsnit",
            &["underafsnit", "afsnitt", "delafsnit", "afnsit"],
        ),
        (RULES, "regel", &["regler", "regl"]),
        (MAIN, "navn", &["navm", "Navn", "nvan"]),
        (
            MAIN,
            "gaelder_fra",
            &["gaelder_faa", "gaelderfra", "gaelder"],
        ),
        (MAIN, "haendelse", &["haendelser", "hændelse"]),
        (MAIN, "pligt", &["pligter", "pligtt"]),
        (MAIN, "institution", &["instituton", "institutionen"]),
        (CONFIG, "omraade", &["område", "omrade"]),
    ] {
        for slip in slips {
            let from = if area()[path].contains(&format!("[{key}]")) {
                format!("{key}]")
            } else {
                format!("{key} =")
            };
            let to = from.replace(key, slip);
            maker.changed(&format!("key {slip}"), path, &from, &to);
            // What is missing for it, and what nobody answers any more, is told beside it.
            maker.cases.last_mut().expect("just made").findings = usize::MAX;
        }
    }
    maker.changed("letters", MAIN, "gaelder_fra", "gælder_fra");
    maker.add(
        "letters",
        RULES,
        format!("{RULES_TEXT}\n[[begreb]]\nord = \"Ro\"\nbetyder = \"Stilhed\"\nogså = \"Fred\"\n"),
    );
    maker.changed("letters", CONFIG, "[omraade]", "[område]");
    for word in ["rød", "blå bil", "æ"] {
        maker.add(
            "own word",
            CONFIG,
            format!("{AREA}\n[ordliste]\n{word} = \"gul\"\n"),
        );
    }
}

fn places(maker: &mut Maker) {
    for (key, value) in [
        ("telefon", "\"00 65 43 00\""),
        ("kortnavn", "\"Lillebo\""),
        ("adresse", "[\"Vej 1\", \"0000 By\"]"),
        ("web", "\"https://lillebo.test\""),
        ("mail", "\"vagt@lillebo.test\""),
    ] {
        maker.add("top", MAIN, format!("{key} = {value}\n{MAIN_TEXT}"));
        maker.changed(
            "other table",
            MAIN,
            "[dokument]\n",
            &format!("[dokument]\n{key} = {value}\n"),
        );
        maker.add("last", MAIN, format!("{MAIN_TEXT}{key} = {value}\n"));
    }
    for line in ["ansvarlig = \"Leder\"", "medvirkende = [\"To borgere\"]"] {
        maker.add("top", MAIN, format!("{line}\n{MAIN_TEXT}"));
        maker.changed(
            "other table",
            MAIN,
            "[institution]\n",
            &format!("[institution]\n{line}\n"),
        );
    }
    for line in ["titel = \"Aftale\"", "skabelon = \"proeve\""] {
        maker.changed(
            "below",
            MAIN,
            "[dokument]\n",
            &format!("[dokument]\n{line}\n"),
        );
    }
    let rule = "[[regel]]\ntekst = \"Ring på.\"\n";
    for (name, key) in [
        ("for", "for = [\"borger\"]"),
        ("opfylder", "opfylder = [\"besoeg\", \"overnatning\"]"),
    ] {
        let text = format!(
            "overskrift = \"Gæster\"\n{}\n{rule}{key}\n",
            if name == "for" {
                "opfylder = [\"besoeg\", \"overnatning\"]"
            } else {
                ""
            }
        );
        maker.add(name, SECTION, text);
        maker.cases.last_mut().expect("just made").findings = usize::MAX;
    }
    maker.section(
        "text in a rule",
        "\n[[regel]]\ntekst = \"Ring på.\"\ntekst = '''\nGæster er velkomne.\n'''\n",
    );
    maker.section("text to a rule", "\n[[regel]]\nstyrke = \"skal\"\ntekst = '''\nGæster er velkomne.\n\nDe må sove her.\n'''\n");
    maker.cases.pop();
    for line in [
        "styrke = \"skal\"",
        "hjemmel = \"Straffeloven § 264\"",
        "situation = \"Uro\"",
    ] {
        maker.changed(
            "block's key",
            SECTION,
            "tekst =",
            &format!("{line}\ntekst ="),
        );
    }
}

fn values(maker: &mut Maker) {
    for (path, from, to) in [
        (MAIN, "version = \"1\"", "version = 1"),
        (MAIN, "version = \"1\"", "version = 1.5"),
        (MAIN, "version = \"1\"", "version = true"),
        (
            MAIN,
            "navn = \"Bostedet Lillebo\"",
            "navn = [\"Bostedet Lillebo\"]",
        ),
        (MAIN, "navn = \"Bostedet Lillebo\"", "navn = 7"),
        (RULES, "overskrift = \"Når vi er uenige\"", "overskrift = 5"),
        (RULES, "tekst = \"Vi taler pænt sammen.\"", "tekst = 5"),
        (RULES, "tekst = \"Vi taler pænt sammen.\"", "tekst = []"),
        (RULES, "tekst = \"Vi taler pænt sammen.\"", "tekst = \"\""),
        (
            RULES,
            "overskrift = \"Når vi er uenige\"",
            "overskrift = \"\"",
        ),
    ] {
        maker.changed("value", path, from, to);
        maker.cases.last_mut().expect("just made").findings = usize::MAX;
    }
}

fn missing(maker: &mut Maker) {
    for (path, line) in [
        (MAIN, "navn = \"Bostedet Lillebo\"\n"),
        (MAIN, "pligt = \"revision\"\n"),
        (MAIN, "dato = 2026-10-07\n"),
        (RULES, "tekst = \"Vi taler pænt sammen.\"\n"),
        (RULES, "overskrift = \"Når vi er uenige\"\n"),
        (CONFIG, "skabelon = \"proeve\"\n"),
        (CONFIG, "navn = \"Området ved Åen\"\n"),
        (CONFIG, "[omraade]\nnavn = \"Området ved Åen\"\n"),
        (MAIN, "[institution]\nnavn = \"Bostedet Lillebo\"\n"),
    ] {
        maker.changed("missing", path, line, "");
        maker.cases.last_mut().expect("just made").findings = usize::MAX;
    }
    for block in [
        "[[handling]]\nsituation = \"Uro\"\n",
        "[[handling]]\ntrin = [{ goer = \"Tal roligt.\" }]\n",
        "[[felt]]\nlinjer = 2\n",
        "[[begreb]]\nord = \"Ro\"\n",
        "[[begreb]]\nbetyder = \"At der er stille\"\n",
        "[[rolle]]\nansvar = [\"Ser efter.\"]\n",
        "[[kontakt]]\nid = \"vagt\"\n",
        "[[opgave]]\nfrist = 2027-01-01\n",
        "[[regel]]\nstyrke = \"skal\"\n",
        "[[afsnit]]\ntekst = \"Så er der stille.\"\n",
        "[[dilemma]]\nsituation = \"Uro\"\n",
    ] {
        maker.add(
            "missing in a block",
            RULES,
            format!("{RULES_TEXT}\n{block}"),
        );
        maker.cases.last_mut().expect("just made").findings = usize::MAX;
    }
}

/// What people write, paste and point at in a text.
fn texts(maker: &mut Maker) {
    let text = "Gæster er velkomne hele dagen.";
    for typed in [
        "Se [](afsnit:regeler) om det.",
        "Se [](afsnit:reglr) om det.",
        "Se [reglerne](afsnit:regeler) om det.",
        "Vi bor på {{ nvan }} sammen.",
        "Vi bor på {{ navnn }} sammen.",
        "Læs mere hos [styrelsen](www.sst.dk).",
        "Læs mere hos [styrelsen](sst.dk/rusmidler).",
        "Skriv til [vagten](vagt@lillebo.dk).",
        "Læs mere hos [styrelsen](https:sst.dk).",
        "Se [reglerne](02-regler.toml).",
        "Det er <b>vigtigt</b> for os.",
        "Det er <strong>vigtigt</strong> for os.",
        "Det er <i>vigtigt</i> for os.",
        "Vi hilser , når vi kommer.",
        "Side 3 af 12\n\nGæster er velkomne.",
        "Gæster er velkomne.\n\nSide 3/12",
        "GÃ¦ster er velkomne.",
        "Vi kÃ¸ber ind sammen.",
        "Vi har:\n\n• ro\n• orden",
        "Vi har:\n\n·\tro\n·\torden",
        "Vi har:\n\no\tro\no\torden",
        "Sådan gør vi:\n\na) ring\nb) vent",
        "Sådan gør vi:\n\n1) ring\n3) vent",
        "Tider:\n\nDag\tTid\nMandag\t9\nTirsdag\t10",
        "Tider:\n\nDag\tTid\tVagt\nMandag\t9\ten\nTirsdag\t10\tto",
        "Her bor vi:\n\nBækvej 4\n9999 Ingensted\nDanmark",
        "Sådan gør vi:\n\n1. ring\n3. vent",
        "Gæster er velkomne.\n\n## Om natten\n\nSå sover vi.",
        "Gæster er velkomne.\n\n**Om natten**\n\nSå sover vi.",
    ] {
        maker.changed("text", SECTION, text, typed);
    }
    maker.changed(
        "note",
        SECTION,
        text,
        "Ring til vagten[^alarm].\n\n[^alarmen]: Den har alarmen.",
    );
    maker.cases.last_mut().expect("just made").findings = 2;
    for typed in [
        "2. Når vi er uenige",
        "**Når vi er uenige**",
        "Når vi er *uenige*",
    ] {
        maker.changed("heading", RULES, "Når vi er uenige", typed);
    }
    let name = "navn = \"Bostedet Lillebo\"\n";
    for line in ["web = \"www.lillebo.dk\"\n", "web = \"lillebo.dk\"\n"] {
        maker.changed("web", MAIN, name, &format!("{name}{line}"));
    }
    let version = "version = \"1\"\n";
    let person = format!("{version}ansvarlig = \"Karen Hansen\"\n");
    maker.changed("person", MAIN, version, &person);
}

/// Blocks with a line of the wrong kind, or without one.
fn tables(maker: &mut Maker) {
    for block in [
        "[[dilemma]]\nsituation = \"Uro\"\n",
        "[[dilemma]]\nsituation = \"Uro\"\ngoer = []\n",
        "[[dilemma]]\nsituation = \"Uro\"\ngoer = [\"\"]\n",
        "[[handling]]\nsituation = \"Uro\"\ntrin = [\"Ring 112.\"]\n",
        "[[handling]]\nsituation = \"Uro\"\ntrin = \"Ring 112.\"\n",
        "[[felt]]\nnavn = \"Dato\"\ntype = \"datoen\"\n",
        "[[felt]]\nnavn = \"Ja\"\ntype = \"afkryds\"\n",
        "[[opgave]]\nhvad = \"Tæl op.\"\nstatus = \"igang\"\n",
        "[[regel]]\ntekst = \"Vi er stille.\"\nstyrke = \"må-ikke\"\n",
        "[[regel]]\ntekst = \"Vi er stille.\"\nstyrke = \"bør\"\n",
        "[[citat]]\nhvem = \"En borger\"\n",
        "[fakta]\n\"Pladser\" = 12\n",
    ] {
        maker.add("block", RULES, format!("{RULES_TEXT}\n{block}"));
    }
}

/// Headings with nothing under them, as `init` begins them and as people leave them.
fn empty(maker: &mut Maker) {
    let text = "tekst = '''\nGæster er velkomne hele dagen.\n'''\n";
    for written in [
        "tekst = '''\n\n'''\n",
        "tekst = '''\n'''\n",
        "tekst = '''\n  \n\n'''\n",
        "tekst = \"\"\"\n\n\"\"\"\n",
        "",
        "note = \"Skrives efter mødet.\"\n",
    ] {
        maker.changed("empty", SECTION, text, written);
        let sub = "tekst = '''\nSå tager vi det på mødet.\n'''\n";
        maker.changed("empty sub-section", RULES, sub, written);
    }
    for written in ["''", "\"\"", "\" \""] {
        maker.changed("empty", SECTION, text, &format!("tekst = {written}\n"));
    }
}

fn ids(maker: &mut Maker) {
    for typed in ["besog", "besøg", "besoegg", "Besoeg"] {
        maker.changed("id", SECTION, "\"besoeg\"", &format!("\"{typed}\""));
    }
    for typed in ["overnatninger", "overnating", "overnat"] {
        maker.changed("id", SECTION, "\"overnatning\"", &format!("\"{typed}\""));
    }
    maker.changed(
        "id twice",
        SECTION,
        "\"overnatning\"",
        "\"overnatning\", \"overnat\"",
    );
    maker.changed("duty", MAIN, "\"revision\"", "\"revison\"");
    maker.cases.last_mut().expect("just made").findings = usize::MAX;
    maker.changed(
        "points",
        SECTION,
        "opfylder = [\"besoeg\", \"overnatning\"]",
        "opfylder = [\"besoeg\"]",
    );
    maker.changed(
        "points",
        SECTION,
        "opfylder = [\"besoeg\", \"overnatning\"]\n",
        "",
    );
    maker.cases.last_mut().expect("just made").findings = usize::MAX;
}
