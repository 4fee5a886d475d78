//! What TOML's parser says, in Danish: its every message has its words here.
//!
//! A test reads the messages from the parser's own sources and holds that none is missing.

/// What is wrong, and what to do about it, for what the parser says in English; a general word where it says
/// something nobody has heard yet.
pub(in crate::load) fn danish(message: &str) -> (&'static str, &'static str) {
    known(message).unwrap_or((
        "Linjen kan ikke læses som TOML.",
        "Sammenlign den med linjerne i en fil, der kan læses, eller slet den, og skriv den igen.",
    ))
}

fn known(message: &str) -> Option<(&'static str, &'static str)> {
    let mut all = TABLE.iter();
    let found = all.find(|(beginning, _, _)| message.starts_with(beginning));
    found.map(|(_, what, help)| (*what, *help))
}

const NUMBER: &str = "Tallet kan ikke læses.";
const NUMBER_HELP: &str = "Skriv et helt tal med cifre alene, for eksempel 2. Er det ikke et tal, så sæt anførselstegn om det.";
const LIST: &str = "Listen i kantede parenteser er ikke skrevet rigtigt.";
const LIST_HELP: &str =
    "Sæt et komma mellem punkterne og en kantet parentes til sidst: [\"et\", \"to\"]";
const INLINE: &str = "Det, der står mellem { og }, er ikke skrevet rigtigt.";
const INLINE_HELP: &str = "Skriv nøgler med lighedstegn og komma imellem, og slut med en parentes: { navn = \"et\", hvornaar = \"to\" }";
const DATE: &str = "Datoen eller klokkeslættet kan ikke læses.";
const DATE_HELP: &str = "En dato skrives som år, måned og dag med bindestreger og uden anførselstegn, for eksempel 2026-02-03.";
const KEY: &str = "Navnet foran lighedstegnet er ikke skrevet rigtigt.";
const KEY_HELP: &str = "Et navn skrives med bogstaverne a–z, tal, bindestreg og understreg. Har det andre tegn, så sæt anførselstegn om det.";
const TEXT: &str = "Teksten er ikke skrevet rigtigt.";
const TEXT_HELP: &str = "Sæt lige anførselstegn før og efter den. Skal den fylde flere linjer, så brug tre lige apostroffer (''').";
const HEADER: &str = "Overskriften i kantede parenteser er ikke skrevet rigtigt.";
const HEADER_HELP: &str =
    "Skriv lige mange parenteser før og efter, for eksempel [[regel]], på en linje for sig selv.";
const NO_VALUE: &str = "Der står ikke noget efter lighedstegnet.";
const NO_VALUE_HELP: &str = "Skriv en værdi efter lighedstegnet, eller slet linjen.";
const ESCAPE: &str =
    "En omvendt skråstreg (\\) har en særlig betydning i almindelige anførselstegn.";
const ESCAPE_HELP: &str = "Skriv to (\\\\), eller skriv teksten i enkelte anførselstegn: '…'";
const COMMENT: &str = "Kommentaren har et tegn, der ikke kan ses.";
const COMMENT_HELP: &str = "Slet linjen, og skriv den igen med tastaturet.";
const DEEP: &str = "Der er for mange parenteser inden i hinanden.";
const DEEP_HELP: &str = "Skriv færre niveauer.";
const AFTER: &str = "Der står noget på linjen efter værdien.";
const AFTER_HELP: &str = "Skriv kun én nøgle på hver linje. Skal der stå anførselstegn inde i teksten, så skriv tre lige apostroffer (''') før og efter den.";
const TWICE: &str = "Nøglen eller overskriften i kantede parenteser er brugt før.";
const TWICE_HELP: &str = "Behold den ene. Skal der være flere af slagsen, så skriv dobbelte kantede parenteser ved dem alle, for eksempel [[regel]].";
const BOOLEAN: &str = "Værdien kan ikke læses.";
const BOOLEAN_HELP: &str =
    "Ja og nej skrives true og false med små bogstaver. En tekst skal stå i anførselstegn.";
const RETURN: &str = "Linjen slutter på en måde, som kun gamle programmer bruger.";
const RETURN_HELP: &str = "Åbn filen i et andet program til ren tekst, og gem den igen.";

/// The beginning of what the parser says, what is wrong, and what to do. The first that fits counts.
const TABLE: &[(&str, &str, &str)] = &[
    ("unclosed array table", HEADER, HEADER_HELP),
    ("unclosed table", HEADER, HEADER_HELP),
    ("missing table open", HEADER, HEADER_HELP),
    ("invalid table", HEADER, HEADER_HELP),
    ("invalid key", KEY, KEY_HELP),
    ("invalid unquoted key", KEY, KEY_HELP),
    ("unquoted keys cannot be empty", KEY, KEY_HELP),
    ("keys cannot be multi-line", KEY, KEY_HELP),
    ("unquoted string", TEXT, TEXT_HELP),
    ("key with no value", NO_VALUE, NO_VALUE_HELP),
    ("missing value", NO_VALUE, NO_VALUE_HELP),
    (
        "extra `=`",
        AFTER,
        "Skriv kun ét lighedstegn mellem navnet og værdien.",
    ),
    ("missing inline table opening", INLINE, INLINE_HELP),
    ("extra comma in inline table", INLINE, INLINE_HELP),
    ("extra assignment", INLINE, INLINE_HELP),
    ("missing key for inline table", INLINE, INLINE_HELP),
    ("missing assignment", INLINE, INLINE_HELP),
    ("missing comma between key-value", INLINE, INLINE_HELP),
    ("invalid inline table element", INLINE, INLINE_HELP),
    ("unclosed inline table", INLINE, INLINE_HELP),
    ("missing array opening", LIST, LIST_HELP),
    ("extra comma in array", LIST, LIST_HELP),
    ("unexpected `=` in array", LIST, LIST_HELP),
    ("missing comma between array", LIST, LIST_HELP),
    ("unclosed array", LIST, LIST_HELP),
    ("unexpected key or value", AFTER, AFTER_HELP),
    ("unexpected content between comment", COMMENT, COMMENT_HELP),
    ("unexpected content", AFTER, AFTER_HELP),
    ("invalid comment character", COMMENT, COMMENT_HELP),
    ("missing comment start", COMMENT, COMMENT_HELP),
    ("cannot recurse further", DEEP, DEEP_HELP),
    ("recursion limit", DEEP, DEEP_HELP),
    ("duplicate key", TWICE, TWICE_HELP),
    ("cannot extend", TWICE, TWICE_HELP),
    ("invalid boolean", BOOLEAN, BOOLEAN_HELP),
    ("invalid date", DATE, DATE_HELP),
    ("invalid time", DATE, DATE_HELP),
    ("invalid offset", DATE, DATE_HELP),
    ("invalid float", NUMBER, NUMBER_HELP),
    ("invalid integer", NUMBER, NUMBER_HELP),
    ("invalid hexadecimal", NUMBER, NUMBER_HELP),
    ("invalid octal", NUMBER, NUMBER_HELP),
    ("invalid binary", NUMBER, NUMBER_HELP),
    ("invalid mantissa", NUMBER, NUMBER_HELP),
    ("invalid fraction", NUMBER, NUMBER_HELP),
    ("invalid exponent", NUMBER, NUMBER_HELP),
    ("integers with a radix", NUMBER, NUMBER_HELP),
    ("radix must be", NUMBER, NUMBER_HELP),
    ("redundant", NUMBER, NUMBER_HELP),
    ("unexpected leading zero", NUMBER, NUMBER_HELP),
    ("unexpected sign", NUMBER, NUMBER_HELP),
    ("`_` may only go", NUMBER, NUMBER_HELP),
    ("carriage return", RETURN, RETURN_HELP),
    ("missing escaped value", ESCAPE, ESCAPE_HELP),
    ("too few unicode value digits", ESCAPE, ESCAPE_HELP),
    ("invalid value", ESCAPE, ESCAPE_HELP),
    ("invalid string", TEXT, TEXT_HELP),
    ("invalid basic string", TEXT, TEXT_HELP),
    ("invalid literal string", TEXT, TEXT_HELP),
    ("invalid multi-line", TEXT, TEXT_HELP),
    ("string values must be quoted", TEXT, TEXT_HELP),
    ("missing opening quote", TEXT, TEXT_HELP),
    (
        "could not allocate",
        "Filen er for stor til denne maskine.",
        "Del teksten i flere filer.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::process::Command;

    use super::*;

    /// The sources of a crate this program is built from.
    fn sources(of: &[&str]) -> Vec<String> {
        let version = Command::new("rustc").arg("-vV").output();
        let version = version.expect("rustc is there where cargo is").stdout;
        let version = String::from_utf8_lossy(&version);
        let host = version.lines().find_map(|line| line.strip_prefix("host: "));
        // Packages for other systems may never have been fetched.
        let host = ["--filter-platform", host.expect("the machine's own kind")];
        let asked = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked", "--offline"])
            .args(host)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo tells of its packages");
        let told: serde_json::Value = serde_json::from_slice(&asked.stdout).expect("JSON");
        let packages = told["packages"].as_array().expect("a list");
        let wanted = packages
            .iter()
            .filter(|package| of.iter().any(|name| package["name"] == *name));
        let mut sources = Vec::new();
        for package in wanted {
            let manifest = package["manifest_path"].as_str().expect("a path");
            let folder = std::path::Path::new(manifest).with_file_name("src");
            collect(&folder, &mut sources);
        }
        assert!(sources.len() > 10, "the sources are there");
        sources
    }

    fn collect(folder: &std::path::Path, into: &mut Vec<String>) {
        for entry in crate::fs::list(folder).expect("a folder of sources") {
            if entry.is_dir {
                collect(&entry.path, into);
            } else if !entry.name.contains("test") {
                let bytes = crate::fs::read(&entry.path).expect("a source");
                into.push(String::from_utf8(bytes).expect("UTF-8"));
            }
        }
    }

    /// The first string of a piece of source.
    fn string(source: &str) -> Option<&str> {
        source.split('"').nth(1)
    }

    /// Every message in the sources: in place, by a name, or as a description that is handed on.
    fn messages() -> BTreeSet<String> {
        let mut messages = BTreeSet::new();
        for source in sources(&["toml_parser"]) {
            for (at, _) in source.match_indices("ParseError::new(") {
                let rest = &source[at + "ParseError::new(".len()..];
                if rest.trim_start().starts_with('"') {
                    messages.extend(string(rest).map(str::to_owned));
                }
            }
            for line in source.lines() {
                let line = line.trim();
                let named = line.contains("const INVALID_STRING")
                    || line.contains("const ALLOCATION_ERROR")
                    || line.contains("const UNQUOTED_STRING")
                    || (line.starts_with("Self::") && line.contains("=> \"invalid"))
                    || (line.contains("(")
                        && line.contains("\"invalid ")
                        && !line.starts_with("//"));
                if named {
                    messages.extend(string(line).map(str::to_owned));
                }
            }
        }
        for source in sources(&["toml_parser", "toml", "toml_datetime"]) {
            for piece in source.split("report_error(").skip(1) {
                let piece = piece.split(';').next().unwrap_or_default();
                if let Some((_, rest)) = piece.split_once("ParseError::new(")
                    && rest.trim_start().starts_with(['"', 'f'])
                {
                    messages.extend(string(rest).map(str::to_owned));
                }
            }
        }
        messages.insert("invalid datetime".to_owned());
        messages
    }

    #[test]
    fn every_message_of_the_parser_has_danish_words() {
        let messages = messages();
        assert!(messages.len() > 45, "{messages:?}");
        let unknown: Vec<_> = messages.iter().filter(|one| known(one).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn every_row_of_the_table_is_said_by_the_parser() {
        let messages = messages();
        for (beginning, _, _) in TABLE {
            // Told by the reader of dates, which puts its words together.
            let of_dates =
                beginning.starts_with("invalid time") || beginning.starts_with("invalid offset");
            let said = messages
                .iter()
                .any(|message| message.starts_with(beginning));
            assert!(
                said || of_dates || *beginning == "recursion limit",
                "{beginning}"
            );
        }
    }

    #[test]
    fn what_nobody_has_heard_yet_is_told_in_danish_all_the_same() {
        let (what, help) = danish("the cat sat on the keyboard");
        assert!(what.contains("kan ikke læses") && !help.contains("cat"));
    }
}
