//! Where a key belongs that stands in the wrong table, and what people call keys by other names.
//!
//! Which keys a table takes is for the tables themselves; here stand only those that people put elsewhere.

use crate::load::{CONFIG_FILE, PROTOCOL_FILE};
use crate::text::SourceFile;

/// The top of a file, before its first header.
const TOP: &str = "";

/// In `protokol.toml`: a table and the keys that are looked for elsewhere.
const PROTOCOL: &[(&str, &[&str])] = &[
    (TOP, &["titel", "skabelon"]),
    (
        "[institution]",
        &[
            "navn", "kortnavn", "adresse", "telefon", "mail", "web", "oprettet",
        ],
    ),
    (
        "[dokument]",
        &["version", "ansvarlig", "gaelder_fra", "medvirkende"],
    ),
    ("[omraade]", &["organisation"]),
    ("[[haendelse]]", &["pligt"]),
    ("[[godkendelse]]", &["aftryk", "af"]),
];

/// In `rusprot.toml`, likewise.
const CONFIG: &[(&str, &[&str])] = &[
    (TOP, &["skabelon"]),
    ("[omraade]", &["navn", "organisation"]),
    ("[mapper]", &["protokoller", "skabeloner", "udgivelse"]),
    (
        "[graenser]",
        &["lix", "lix_borger", "ord_i_saetning", "varsel_dage"],
    ),
];

/// In the file of a section or an appendix, likewise.
const SECTION: &[(&str, &[&str])] = &[
    (
        TOP,
        &["overskrift", "opfylder", "for", "tekst", "indsaet", "fil"],
    ),
    ("[[regel]]", &["styrke", "hjemmel", "begrundelse"]),
    ("[[handling]]", &["trin", "dokumentation", "situation"]),
    ("[[begreb]]", &["ord", "betyder"]),
    ("[[opgave]]", &["frist", "status", "hvad"]),
    ("[[kontakt]]", &["funktion", "tider"]),
    ("[[rolle]]", &["ansvar"]),
    ("[underskrift]", &["roller", "indledning", "sted", "slut"]),
];

/// Other names that people use, and the key they mean.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("underafsnit", "afsnit"),
    ("delafsnit", "afsnit"),
    ("sektion", "afsnit"),
    ("kapitel", "afsnit"),
    ("titel", "overskrift"),
    ("rubrik", "overskrift"),
    ("navn", "overskrift"),
    ("indhold", "tekst"),
    ("beskrivelse", "tekst"),
    ("kommentar", "note"),
    ("email", "mail"),
    ("tlf", "telefon"),
];

/// The key that is meant by another name, if this table takes it.
pub(super) fn other_name<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let mut names = OTHER_NAMES.iter();
    let (_, meant) = names.find(|(name, meant)| *name == key && known.contains(meant))?;
    known.iter().copied().find(|known| known == meant)
}

/// What to do with a key that belongs to another table of its file; `at` is the byte it stands at.
pub(super) fn help(key: &str, file: &SourceFile, at: usize) -> Option<String> {
    let name = file.path().rsplit('/').next().unwrap_or_default();
    let tables = match name {
        PROTOCOL_FILE => PROTOCOL,
        CONFIG_FILE => CONFIG,
        "skabelon.toml" => return None,
        _ => SECTION,
    };
    let mut homes = tables.iter().filter(|(_, keys)| keys.contains(&key));
    let (home, _) = homes.next()?;
    let text = file.text();
    let first_header = first_header(text);
    if *home == TOP {
        let top = &text[..first_header.unwrap_or(text.len())];
        return Some(if has_key(top, key) {
            format!("»{key}« hører til øverst i filen, og der står den i forvejen. Slet den her.")
        } else {
            format!(
                "»{key}« hører til øverst i filen. Flyt den op over den første linje med kantede parenteser."
            )
        });
    }
    let header = text.lines().position(|line| line.trim() == *home);
    Some(match header {
        Some(line) => {
            let line = line + 1;
            let here = text[..at].lines().count().max(1);
            let way = if line > here { "ned" } else { "op" };
            format!("»{key}« hører til under {home}. Flyt den {way} under linje {line}.")
        }
        None if home.starts_with("[[") || *home == "[underskrift]" => {
            format!("»{key}« hører til under {home}, og sådan en er her ikke. Slet den.")
        }
        None => format!(
            "»{key}« hører til under {home}. Flyt den ned nederst i filen, og skriv {home} på linjen over den."
        ),
    })
}

/// The byte that a text's first header begins at.
fn first_header(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// Whether a piece of TOML has a line for a key.
fn has_key(text: &str, key: &str) -> bool {
    let mut keys = text.lines().filter_map(|line| line.split_once('='));
    keys.any(|(before, _)| before.trim() == key)
}
