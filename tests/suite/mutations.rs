//! Files with every small slip there is: read without a panic, and every finding at a place that is there.
//!
//! Each mutated file is a protocol of its own in an area that is held in memory, so that some hundred of them
//! are one run of the check.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rusprot::commands::{self, CheckOptions};
use rusprot::load::Repository;
use rusprot::text::Place;

/// Of the slips in a file of the area, each of which is a run of its own: one in so many.
const OF_THE_AREA: usize = 5;

/// Protocols in one area.
const AT_ONCE: usize = 400;

const CONFIG: &str = "skabelon = 'proeve'
forkortelser.KAP = 'kapitel'
dokumenter.d = { titel = 'Æ', url = 'https://d.dk' }
ordliste.klient = 'borger'
[omraade]
navn = 'Øst'
[variabler]
v = 'å'
[kontakter.vagt]
funktion = 'Vagt'
telefon = '00 11 22 33'
";

const SKABELON: &str = "navn = 'Prøve'
dokumenttype = 'Prøve'
version = '1'
[[krav]]
id = 'et'
overskrift = 'Et æ å'
ogsaa = ['Én']
obligatorisk = 'Hej {{ navn }}.'
[[krav.punkt]]
id = 'p'
tekst = 'Besøg'
[[pligt]]
id = 'r'
hvad = 'Revision'
hvor_tit = '1 år'
niveau = 'skal'
";

const MAIN: &str = "[institution]
navn = 'Huset'
telefon = '00 11 22 33'
[dokument]
version = '1'
gaelder_fra = 2026-01-02
[variabler]
x = \"ø\"
[[haendelse]]
pligt = 'r'
dato = 2026-01-05
";

/// A section with a bit of every kind of text. A short one: each of some ten thousand mutations is read whole.
const TEXTS: &str = r#"overskrift = "Et \u00e6 å"
id = 'et'
for = ['borger', "leder"]
tekst = '''
Hej *du*, se [](dok:d), {{ x }} jf. § 9.[^å]

1. Ring [KAP](tel:112)
   - ø ![å](b.png)

| a | b |
|---|---|
| [](kontakt:vagt) | side 4 |

[^å]: Nøte.
'''
[[afsnit]]
overskrift = '1.2 Besøg'
opfylder = 'p'
tekst = 'klient'
"#;

/// A section with a bit of several kinds of blocks.
const BLOCKS: &str = r#"overskrift = 'To'
[[handling]]
situation = """a\
  b ø"""
trin = [ { goer = 'æ' }, { goer = 'x', hvem = "\U0001F642" } ]
[[felt]]
navn = 'å'
linjer = 2
[[regel]]
tekst = 'Bank *på*.'
hjemmel = 'straffelovens § 9'
[[begreb]]
ord = 'a'
betyder = 'b'
[[undtag]]
regel = 'RP204'
begrundelse = 'x'
[[figur]]
type = 'cirkel'
titel = 'Ø'
punkter = [{ navn = 'a' }, { navn = 'b' }, { navn = 'c' }]
"#;

/// What is put in place of each letter, and before it.
const OTHERS: [&str; 16] = [
    "",
    "\u{201d}",
    "'",
    "\"",
    "\\",
    "\n",
    "=",
    "]",
    "*",
    "{{",
    "a\u{30a}",
    "1",
    "<b>",
    "\t",
    "\u{1F642}",
    "§",
];

/// The area with these files beside its own.
fn area(files: impl Iterator<Item = (String, String)>) -> Repository {
    let own = [
        ("rusprot.toml", CONFIG),
        ("templates/proeve/skabelon.toml", SKABELON),
        ("protocols/hus/protokol.toml", MAIN),
        ("protocols/hus/01-et.toml", TEXTS),
        ("protocols/hus/02-to.toml", BLOCKS),
    ];
    let own = own.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let mut held = BTreeMap::from(own);
    held.extend(files.map(|(path, text)| (path, text.into_bytes())));
    Repository::held(held)
}

/// What goes wrong when the area is checked with these files, beside findings.
fn fault(files: impl Iterator<Item = (String, String)>) -> Option<String> {
    let repository = area(files);
    let options = CheckOptions::on(jiff::civil::Date::constant(2026, 11, 21));
    let checked = catch_unwind(AssertUnwindSafe(|| {
        commands::check(&repository, &options).expect("files that can be read")
    }));
    let Ok(outcome) = checked else {
        return Some("a panic outside the rules".to_owned());
    };
    if outcome.bugs > 0 {
        return Some(format!("{} rules panicked", outcome.bugs));
    }
    let mut places = outcome.findings.iter().flat_map(|finding| {
        let related = finding.related.iter().map(|related| &related.place);
        std::iter::once(&finding.place).chain(related)
    });
    let is_there = |place: &Place| {
        place
            .file
            .text()
            .get(place.span.start()..place.span.end())
            .is_some()
    };
    let lost = places.find(|place| !is_there(place))?;
    Some(format!("no place in its file: {lost:?}"))
}

/// That none of these texts of `file` in a protocol makes anything but findings; else which one.
#[track_caller]
fn hold(file: &str, texts: &[String]) {
    for texts in texts.chunks(AT_ONCE) {
        let files = |texts: &[String]| -> Vec<(String, String)> {
            let numbered = texts.iter().enumerate();
            numbered
                .flat_map(|(number, text)| {
                    let folder = format!("protocols/hus{number}");
                    let main = (format!("{folder}/protokol.toml"), MAIN.to_owned());
                    [main, (format!("{folder}/{file}"), text.clone())]
                })
                .collect()
        };
        if let Some(together) = fault(files(texts).into_iter()) {
            for text in texts {
                let alone = fault(files(std::slice::from_ref(text)).into_iter());
                assert_eq!(alone, None, "{file}:\n{text}");
            }
            panic!("{together}, but only where these are checked together");
        }
    }
}

/// Each text with one letter gone, replaced, or with another before it.
fn slips(text: &str) -> impl Iterator<Item = String> {
    text.char_indices().flat_map(move |(at, letter)| {
        let (before, rest) = text.split_at(at);
        OTHERS.iter().flat_map(move |other| {
            let after = &rest[letter.len_utf8()..];
            [
                format!("{before}{other}{after}"),
                format!("{before}{other}{rest}"),
            ]
        })
    })
}

/// Each beginning and each end of a text, the text without and with twice each line, and with each two
/// letters the wrong way round.
fn cuts(text: &str) -> Vec<String> {
    let mut cuts = Vec::new();
    for (at, letter) in text.char_indices() {
        let (before, rest) = text.split_at(at);
        cuts.extend([before.to_owned(), rest.to_owned()]);
        let after = &rest[letter.len_utf8()..];
        if let Some(next) = after.chars().next() {
            let after = &after[next.len_utf8()..];
            cuts.push(format!("{before}{next}{letter}{after}"));
        }
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for at in 0..lines.len() {
        let (before, rest) = lines.split_at(at);
        cuts.push([before, &rest[1..]].concat().concat());
        cuts.push([before, &rest[..1], rest].concat().concat());
    }
    cuts
}

#[test]
fn what_is_mutated_is_itself_clean() {
    let options = CheckOptions::on(jiff::civil::Date::constant(2026, 11, 21));
    let outcome = commands::check(&area(std::iter::empty()), &options).expect("readable");
    let found = outcome.findings.iter();
    let unread: Vec<_> = found
        .filter(|finding| finding.code.number() < "RP006")
        .collect();
    assert!(unread.is_empty(), "{unread:?}");
}

#[test]
fn a_section_with_any_one_slip_is_read() {
    let texts: Vec<String> = slips(TEXTS).chain(slips(BLOCKS)).collect();
    assert!(texts.len() > 19_700, "{}", texts.len());
    hold("01-et.toml", &texts);
}

#[test]
fn a_section_with_any_cut_is_read() {
    hold("01-et.toml", &cuts(TEXTS));
    hold("02-to.toml", &cuts(BLOCKS));
}

#[test]
fn a_protocol_s_own_file_with_any_slip_or_cut_is_read() {
    let mut texts = cuts(MAIN);
    texts.extend(slips(MAIN));
    hold("protokol.toml", &texts);
}

#[test]
fn the_area_s_files_with_any_cut_are_read() {
    for (path, text) in [
        ("rusprot.toml", CONFIG),
        ("templates/proeve/skabelon.toml", SKABELON),
    ] {
        for text in cuts(text).into_iter().step_by(OF_THE_AREA) {
            let file = (path.to_owned(), text.clone());
            assert_eq!(fault(std::iter::once(file)), None, "{path}:\n{text}");
        }
    }
}
