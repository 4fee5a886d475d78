//! RP001 `toml-syntaks`: what TOML's parser says, in plain Danish and with the classic slips named.
//!
//! One finding a line: one slip often makes the parser stumble several times. The parser recovers, so
//! every slip of a file is found in one run.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::{DeTable, Error};

use crate::diag::{Code, Finding};
use crate::text::{OneBased, Place, SourceFile, Span};

/// How many lines that stop the parser are looked past in one file.
const MOST_STOPS: usize = 50;

/// The file's table as far as it can be read, and a finding for each line that cannot.
pub fn parse(file: &Arc<SourceFile>) -> (toml::Spanned<DeTable<'_>>, Vec<Finding>) {
    let (table, errors) = DeTable::parse_recoverable(file.text());
    if errors.is_empty() {
        return (table, Vec::new());
    }
    let (table, errors) = recover(file, table, errors);
    let findings = findings(file, &errors);
    (table, findings)
}

/// The parser gives up at a line without `=`. Such lines are blanked in a copy of the same length, so
/// that what follows them is read as well and every place stays true.
fn recover<'a>(
    file: &'a SourceFile,
    table: toml::Spanned<DeTable<'a>>,
    mut errors: Vec<Error>,
) -> (toml::Spanned<DeTable<'a>>, Vec<Error>) {
    let mut copy = file.text().to_owned();
    let mut all = Vec::new();
    for _ in 0..MOST_STOPS {
        let stop = errors
            .iter()
            .filter(|error| error.message().starts_with("key with no value"))
            .find_map(Error::span);
        all.append(&mut errors);
        let Some(stop) = stop else { break };
        let start = copy[..stop.start].rfind('\n').map_or(0, |end| end + 1);
        let end = copy[stop.start..]
            .find('\n')
            .map_or(copy.len(), |end| stop.start + end);
        copy.replace_range(start..end, &" ".repeat(end - start));
        errors = DeTable::parse_recoverable(&copy).1;
    }
    if copy == file.text() {
        return (table, all);
    }
    (DeTable::parse_recoverable(file.keep_readable(copy)).0, all)
}

fn findings(file: &Arc<SourceFile>, errors: &[Error]) -> Vec<Finding> {
    let mut by_line: BTreeMap<OneBased, (Span, &Error)> = BTreeMap::new();
    for error in errors {
        let span = error.span().map_or_else(Span::default, Span::from);
        let line = file.position(span.start()).line;
        let first = by_line.entry(line).or_insert((span, error));
        if span.start < first.0.start {
            *first = (span, error);
        }
    }
    let mut findings: Vec<Finding> = Vec::new();
    let mut broken_string = None;
    for (line, (span, error)) in by_line {
        let previous = line
            .zero_based()
            .checked_sub(1)
            .map(OneBased::from_zero_based);
        if broken_string.is_some() && broken_string == previous {
            // The rest of a string that was broken over two lines: the same slip again.
            broken_string = Some(line);
            continue;
        }
        let slip = Slip::of(file.line(line), error.message());
        if matches!(slip, Slip::LineEndInString) {
            broken_string = Some(line);
        }
        let (message, help) = slip.danish(file.line(line), error.message());
        findings.push(
            Finding::new(
                Code::TomlSyntaks,
                Place::new(file, visible(file, span)),
                message,
            )
            .with_help(help),
        );
    }
    findings
}

/// An empty span is widened to the character it stands before (or behind, at a line's end).
fn visible(file: &SourceFile, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let text = file.text();
    match text[span.start()..].chars().next() {
        Some(next) if next != '\n' && next != '\r' => {
            Span::from(span.start()..span.start() + next.len_utf8())
        }
        _ => match text[..span.start()].chars().next_back() {
            Some(last) if last != '\n' => Span::from(span.start() - last.len_utf8()..span.start()),
            _ => span,
        },
    }
}

/// The slips people make, by how they look in the line.
enum Slip {
    CurlyQuotes,
    DanishKey(String),
    Colon,
    LineEndInString,
    UnclosedString,
    BareText,
    NoValue,
    NoKeyOrEquals,
    Backslash,
    QuoteInString,
    Duplicate,
    UnclosedHeader,
    ArrayComma,
    NoDate,
    Boolean,
    Other,
}

impl Slip {
    fn of(line: &str, error: &str) -> Self {
        let key = line.split(['=', '#']).next().unwrap_or_default().trim();
        let value = line.split_once('=').map(|(_, value)| value.trim());
        let says = |beginning: &str| error.starts_with(beginning);
        if value.is_some_and(|value| value.starts_with(['“', '”', '„', '‟', '‘', '’', '»', '«']))
        {
            Self::CurlyQuotes
        } else if says("invalid basic string") || says("invalid literal string") {
            Self::LineEndInString
        } else if says("invalid multi-line") {
            Self::UnclosedString
        } else if says("invalid unquoted key")
            && !key.is_ascii()
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.[] ".contains(c))
        {
            Self::DanishKey(ascii_key(key))
        } else if value.is_none() && key.contains(':') {
            Self::Colon
        } else if says("string values must be quoted") {
            match value {
                None | Some("") => Self::NoValue,
                Some(_) => Self::BareText,
            }
        } else if says("key with no value")
            || says("unquoted keys cannot be empty")
            || says("invalid unquoted key")
        {
            Self::NoKeyOrEquals
        } else if says("missing escaped value") || error.contains("unicode value digits") {
            Self::Backslash
        } else if says("unexpected key or value") {
            Self::QuoteInString
        } else if says("duplicate key") || says("cannot extend") {
            Self::Duplicate
        } else if says("unclosed array table") || says("unclosed table") {
            Self::UnclosedHeader
        } else if says("missing comma")
            || says("unclosed array")
            || error.contains("in array")
            || says("extra comma")
        {
            Self::ArrayComma
        } else if says("invalid date") || says("invalid time") {
            Self::NoDate
        } else if says("invalid boolean") {
            Self::Boolean
        } else {
            Self::Other
        }
    }

    /// What is wrong, and how to mend it.
    fn danish(&self, line: &str, error: &str) -> (String, String) {
        let key = line.split('=').next().unwrap_or_default().trim();
        let (message, help) = match self {
            Self::CurlyQuotes => (
                "Teksten står i krøllede anførselstegn, som Word laver dem.",
                format!("Skriv lige anførselstegn i stedet: {key} = \"…\""),
            ),
            Self::DanishKey(ascii) => (
                "Navnet foran lighedstegnet har æ, ø, å eller et andet særligt tegn.",
                format!("Skriv det kun med bogstaverne a–z: {ascii}"),
            ),
            Self::Colon => (
                "Der står kolon, hvor der skal stå lighedstegn.",
                format!("Skriv: {} = \"…\"", key.split(':').next().unwrap_or_default().trim()),
            ),
            Self::LineEndInString => (
                "Teksten i anførselstegn slutter ikke på linjen.",
                "Sæt et anførselstegn til sidst på linjen. Skal teksten fylde flere linjer, så skriv tre \
                 lige anførselstegn (''') før og efter den."
                    .to_owned(),
            ),
            Self::UnclosedString => (
                "Teksten mangler sin afslutning.",
                "Sæt tre lige anførselstegn (''') på en linje for sig selv, dér hvor teksten slutter."
                    .to_owned(),
            ),
            Self::BareText => (
                "Teksten mangler anførselstegn.",
                format!("Sæt lige anførselstegn om den: {key} = \"…\""),
            ),
            Self::NoValue => (
                "Der står ikke noget efter lighedstegnet.",
                format!("Skriv en tekst i anførselstegn, {key} = \"…\", eller slet linjen."),
            ),
            Self::NoKeyOrEquals => (
                "Linjen er hverken en nøgle med en værdi, en overskrift i kantede parenteser eller en \
                 kommentar.",
                "Skriv nøgle = \"tekst\". Hører linjen til en tekst over flere linjer, så se efter, om \
                 teksten begynder og slutter med tre anførselstegn (''')."
                    .to_owned(),
            ),
            Self::Backslash => (
                "En omvendt skråstreg (\\) har en særlig betydning i almindelige anførselstegn.",
                "Skriv to (\\\\), eller skriv teksten i enkelte anførselstegn: '…'".to_owned(),
            ),
            Self::QuoteInString => (
                "Der står noget på linjen efter tekstens sidste anførselstegn.",
                "Skal der stå anførselstegn inde i teksten, så skriv tre lige anførselstegn (''') før og \
                 efter hele teksten. Skriv kun én nøgle på hver linje."
                    .to_owned(),
            ),
            Self::Duplicate => (
                "Nøglen eller overskriften i kantede parenteser er brugt før.",
                "Behold den ene. Skal der være flere af slagsen, så skriv dobbelte kantede parenteser, \
                 for eksempel [[regel]], ved dem alle."
                    .to_owned(),
            ),
            Self::UnclosedHeader => (
                "Overskriften i kantede parenteser mangler sin afslutning.",
                "Skriv lige mange parenteser før og efter, for eksempel [[regel]].".to_owned(),
            ),
            Self::ArrayComma => (
                "Listen i kantede parenteser mangler et komma eller sin afslutning.",
                "Sæt et komma mellem punkterne og en kantet parentes til sidst: [\"et\", \"to\"]"
                    .to_owned(),
            ),
            Self::NoDate => (
                "Datoen eller klokkeslættet findes ikke.",
                "Skriv år, måned og dag, for eksempel 2026-02-03.".to_owned(),
            ),
            Self::Boolean => (
                "Værdien kan ikke læses.",
                "Ja og nej skrives true og false. En tekst skal stå i anførselstegn.".to_owned(),
            ),
            Self::Other => return (other(line), format!("TOML-læseren siger: {error}.")),
        };
        (message.to_owned(), help)
    }
}

fn other(line: &str) -> String {
    if line.trim().is_empty() {
        "Filen kan ikke læses som TOML her.".to_owned()
    } else {
        "Linjen kan ikke læses som TOML.".to_owned()
    }
}

/// A key with its Danish letters written as keys are: `åbning` as `aabning`.
fn ascii_key(key: &str) -> String {
    key.to_lowercase()
        .replace('æ', "ae")
        .replace('ø', "oe")
        .replace('å', "aa")
        .chars()
        .filter(char::is_ascii)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, column, message and help of each finding.
    fn slips(text: &str) -> Vec<(u32, u32, String, String)> {
        let file = Arc::new(SourceFile::new("a.toml", text));
        let (_, findings) = parse(&file);
        findings
            .into_iter()
            .map(|finding| {
                let start = finding.place.range().start;
                let help = finding.help.unwrap_or_default();
                (start.line.get(), start.column.get(), finding.message, help)
            })
            .collect()
    }

    fn only(text: &str) -> (u32, u32, String) {
        let slips = slips(text);
        assert_eq!(slips.len(), 1, "{slips:?}");
        let (line, column, message, _) = slips[0].clone();
        (line, column, message)
    }

    #[test]
    fn valid_toml_has_no_finding() {
        assert!(slips("overskrift = \"Indledning\"\n").is_empty());
    }

    #[test]
    fn words_curly_quotes_are_named() {
        let (line, column, message) = only("\noverskrift = “Indledning”\n");
        assert_eq!((line, column), (2, 14));
        assert!(message.contains("krøllede anførselstegn"), "{message}");
    }

    #[test]
    fn danish_letters_in_a_key_are_named_with_the_spelling_to_use() {
        let slips = slips("begrundelse_på = 'x'\n");
        assert!(slips[0].2.contains("æ, ø, å"), "{slips:?}");
        assert!(slips[0].3.contains("begrundelse_paa"), "{slips:?}");
    }

    #[test]
    fn a_line_end_inside_quotes_is_one_finding() {
        let (line, _, message) = only("overskrift = \"Ind\nledning\"\nnote = 'x'\n");
        assert_eq!(line, 1);
        assert!(message.contains("slutter ikke på linjen"), "{message}");
    }

    #[test]
    fn three_slips_in_one_file_are_three_findings() {
        let slips = slips("a = “x”\nb = 'y'\nc: 'z'\nd = hej\n");
        assert_eq!(
            slips.iter().map(|slip| slip.0).collect::<Vec<_>>(),
            [1, 3, 4]
        );
    }

    #[test]
    fn an_impossible_date_says_how_dates_are_written() {
        let slips = slips("dato = 2026-02-30\n");
        assert!(slips[0].3.contains("2026-02-03"), "{slips:?}");
    }

    #[test]
    fn other_slips_have_a_message_of_their_own() {
        for (text, expected) in [
            ("a = \n", "ikke noget efter"),
            ("a = 'det's'\n", "efter tekstens sidste"),
            ("[[regel]\na = 1\n", "kantede parenteser mangler"),
            ("a = 1\na = 2\n", "brugt før"),
            ("a = \"C:\\mappe\"\n", "omvendt skråstreg"),
            ("a = '''\nx\n", "mangler sin afslutning"),
            ("a = True\n", "kan ikke læses"),
            ("bare tekst\n", "hverken en nøgle"),
        ] {
            let (_, _, message) = only(text);
            assert!(message.contains(expected), "{text:?}: {message}");
        }
    }
}
