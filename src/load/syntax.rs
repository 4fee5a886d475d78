//! RP001 `toml-syntaks`: what TOML's parser says, in plain Danish and with the classic slips named.
//!
//! One finding a line: one slip often makes the parser stumble several times. The parser recovers, so
//! every slip of a file is found in one run.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, Error};

use super::advice::{self, Advice};
use super::long_strings;
use crate::diag::{Code, Finding};
use crate::text::{OneBased, Place, SourceFile, Span, toml_string};

/// How many lines that stop the parser are looked past in one file.
const MOST_STOPS: usize = 50;

/// The file's table as far as it can be read, and a finding for each slip.
pub fn parse(file: &Arc<SourceFile>) -> (toml::Spanned<DeTable<'_>>, Vec<Finding>) {
    if let Some(table) = long_strings::parse(file) {
        return (table, Vec::new());
    }
    let (table, errors) = DeTable::parse_recoverable(file.text());
    if errors.is_empty() {
        return (table, Vec::new());
    }
    drop(table);
    let Advice { slips, copy } = advice::look(file.text());
    let (copy, errors) = recover(file, copy, errors);
    let readable = file.keep_readable(without_errors(copy, &errors));
    let table = DeTable::parse_recoverable(readable).0;
    let mut findings: Vec<Finding> = slips
        .into_iter()
        .map(|slip| {
            let place = Place::new(file, visible(file, slip.span));
            Finding::new(Code::TomlSyntaks, place, slip.message).with_help(slip.help)
        })
        .collect();
    findings.extend(self::findings(file, &errors));
    findings.sort_by_key(|finding| finding.place.span.start);
    (table, findings)
}

/// A copy with the lines blanked that the parser stumbled over: what it made of them would only be told once more by
/// others.
fn without_errors(mut copy: String, errors: &[Error]) -> String {
    for line in stumbled_lines(&copy, errors) {
        let blank = " ".repeat(line.len());
        copy.replace_range(line, &blank);
    }
    copy
}

/// The lines that the parser stumbled over, each once: a long line can have thousands of errors, and they come one
/// after the other.
fn stumbled_lines(copy: &str, errors: &[Error]) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for span in errors.iter().filter_map(Error::span) {
        if lines.last().is_some_and(|line| line.contains(&span.start)) {
            continue;
        }
        let at = copy.floor_char_boundary(span.start);
        let start = copy[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = copy[at..].find('\n').map_or(copy.len(), |end| at + end);
        lines.push(start..end);
    }
    lines
}

/// What the parser says of a copy of a text, whose own `errors` these are. It gives up at a line without `=`. Such
/// lines are blanked in the copy, so that what follows them is read as well and every place stays true.
fn recover(file: &SourceFile, mut copy: String, errors: Vec<Error>) -> (String, Vec<Error>) {
    let mut errors = if copy == file.text() {
        errors
    } else {
        DeTable::parse_recoverable(&copy).1
    };
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
    (copy, all)
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
    let mut prose: Option<OneBased> = None;
    let mut headers = Headers::of(file);
    for (line, (span, error)) in by_line {
        let slip = Slip::of(file.line(line), error.message(), &headers.above(line));
        let previous = line
            .zero_based()
            .checked_sub(1)
            .map(OneBased::from_zero_based);
        let goes_on = prose.is_some() && prose == previous;
        let is_prose = matches!(slip, Slip::NoKeyOrEquals);
        prose = is_prose.then_some(line);
        if is_prose && goes_on {
            // More of the same text.
            continue;
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

/// The headers of a file, for whoever asks of one line after the other: no line is looked at twice.
struct Headers<'f> {
    file: &'f SourceFile,
    /// How many lines have been passed, and the last header among them.
    passed: usize,
    last: &'f str,
    /// The keys before the first header.
    top: BTreeSet<&'f str>,
}

/// What stands above a line.
struct Above<'h, 'f> {
    /// The nearest header; empty where there is none.
    header: &'f str,
    /// The keys before the first one.
    top: &'h BTreeSet<&'f str>,
}

impl<'f> Headers<'f> {
    fn of(file: &'f SourceFile) -> Self {
        Self {
            file,
            passed: 0,
            last: "",
            top: BTreeSet::new(),
        }
    }

    /// What stands above a line, which is none before the one that was asked of last.
    fn above(&mut self, line: OneBased) -> Above<'_, 'f> {
        for above in self.passed..line.zero_based() {
            let written = self.file.line(OneBased::from_zero_based(above)).trim();
            if written.starts_with('[') {
                self.last = written;
            } else if self.last.is_empty()
                && let Some((key, _)) = written.split_once('=')
            {
                self.top.insert(key.trim());
            }
        }
        self.passed = self.passed.max(line.zero_based());
        Above {
            header: self.last,
            top: &self.top,
        }
    }
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
    DanishName,
    Colon,
    NoValue,
    NoKeyOrEquals,
    Duplicate,
    /// A key of the section in a block that has it already: the block's header.
    InBlock(String),
    Boolean,
    Other,
}

/// Tables whose keys are words of the author's own.
const OWN_WORDS: [&str; 2] = ["ordliste", "forkortelser"];

impl Slip {
    fn of(line: &str, error: &str, above: &Above<'_, '_>) -> Self {
        let table = above.header.trim_matches(['[', ']']);
        let (key, value) = match line.split_once('=') {
            Some((key, value)) => (key.trim(), Some(value.trim())),
            None => (line.split('#').next().unwrap_or_default().trim(), None),
        };
        let says = |beginning: &str| error.starts_with(beginning);
        let is_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        if says("invalid unquoted key") && value.is_some() && !key.is_empty() {
            if OWN_WORDS.contains(&table) {
                Self::DanishName
            } else if key.chars().all(is_name) {
                Self::DanishKey(ascii_key(key))
            } else {
                Self::NoKeyOrEquals
            }
        } else if value.is_some() && line.contains(CURLY) {
            Self::CurlyQuotes
        } else if value.is_none()
            && key
                .split_once(':')
                .is_some_and(|(key, _)| key.chars().all(is_name))
        {
            Self::Colon
        } else if says("key with no value")
            || says("unquoted keys cannot be empty")
            || says("invalid unquoted key")
        {
            Self::NoKeyOrEquals
        } else if value.is_some_and(|value| value.is_empty() || value.starts_with('#')) {
            Self::NoValue
        } else if says("duplicate key") || says("cannot extend") {
            let header = above.header;
            if value.is_some() && header.starts_with("[[") && !above.top.contains(key) {
                Self::InBlock(header.to_owned())
            } else {
                Self::Duplicate
            }
        } else if says("invalid boolean") {
            Self::Boolean
        } else {
            Self::Other
        }
    }

    /// What is wrong, and how to mend it.
    fn danish(&self, line: &str, error: &str) -> (String, String) {
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        let (key, value) = (key.trim(), value.trim());
        let (message, help) = match self {
            Self::CurlyQuotes => (
                "Der står krøllede anførselstegn, som Word laver dem.",
                format!("Skriv lige anførselstegn i stedet. Skriv linjen sådan: {}", straight(line)),
            ),
            Self::DanishKey(ascii) => (
                "Navnet foran lighedstegnet har æ, ø, å eller et andet særligt tegn.",
                format!("Navne som dette har kun bogstaverne a–z. Skriv {ascii} i stedet for {key}"),
            ),
            Self::DanishName => (
                "Ordet foran lighedstegnet mangler anførselstegn.",
                format!("Skriv linjen sådan: {} = {value}", toml_string(key)),
            ),
            Self::Colon => {
                let (key, value) = line.split_once(':').unwrap_or((key, ""));
                (
                    "Der står kolon, hvor der skal stå lighedstegn.",
                    format!("Skriv linjen sådan: {} = {}", key.trim(), with_quotes(value.trim())),
                )
            }
            Self::NoValue => (
                "Der står ikke noget efter lighedstegnet.",
                format!("Slet linjen, eller skriv en tekst i anførselstegn: {key} = \"…\""),
            ),
            Self::NoKeyOrEquals => (
                "Linjen er hverken en nøgle med en værdi, en overskrift i kantede parenteser eller en \
                 kommentar.",
                "Hører linjen til en tekst, så flyt den op i teksten, før de tre apostroffer ('''), der \
                 slutter den. Ellers slet den."
                    .to_owned(),
            ),
            Self::Duplicate => (
                "Nøglen eller overskriften i kantede parenteser er brugt før.",
                "Behold den ene. Skal der være flere af slagsen, så skriv dobbelte kantede parenteser, \
                 for eksempel [[regel]], ved dem alle."
                    .to_owned(),
            ),
            Self::InBlock(header) => (
                "Nøglen er brugt før i den samme blok.",
                format!(
                    "Linjen hører til {header}, som har »{key}« i forvejen. Hører den til afsnittet, så flyt den op \
                     over den første linje med kantede parenteser. Ellers slet den ene."
                ),
            ),
            Self::Boolean => (
                "Værdien kan ikke læses.",
                format!(
                    "Ja og nej skrives true og false. Er det en tekst, så skriv linjen sådan: {key} = {}",
                    toml_string(value)
                ),
            ),
            Self::Other => {
                let (what, help) = advice::danish(error);
                let what = if line.trim().is_empty() {
                    "Filen kan ikke læses som TOML her."
                } else {
                    what
                };
                (what, help.to_owned())
            }
        };
        (message.to_owned(), help)
    }
}

/// Quotes that are not straight.
const CURLY: [char; 9] = ['“', '”', '„', '‟', '‘', '’', '»', '«', '´'];

/// A line with straight quotes in place of all others.
fn straight(line: &str) -> String {
    line.trim().replace(CURLY, "\"")
}

/// A value that may have its quotes already.
fn with_quotes(value: &str) -> String {
    if value.starts_with(['"', '\'', '[', '{']) {
        value.to_owned()
    } else {
        toml_string(value)
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

    #[test]
    fn a_line_is_blanked_once_however_often_the_parser_stumbles_over_it() {
        let text = format!("a = [{}]\nb = 1\nc = = 2\n", "x, ".repeat(2_000));
        let errors = DeTable::parse_recoverable(&text).1;
        assert!(errors.len() > 1_000, "{}", errors.len());
        let lines = stumbled_lines(&text, &errors);
        assert_eq!(lines.len(), 2, "{lines:?}");
        let blanked = without_errors(text.clone(), &errors);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.trim(), "b = 1");
    }

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
        assert!(message.contains("flere linjer"), "{message}");
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
        assert!(slips[0].2.contains("findes ikke i kalenderen"), "{slips:?}");
        assert!(slips[0].3.contains("dato = ÅÅÅÅ-MM-DD"), "{slips:?}");
    }

    #[test]
    fn other_slips_have_a_message_of_their_own() {
        for (text, expected) in [
            ("a = \n", "ikke noget efter"),
            ("a = 'det's'\n", "inde i teksten"),
            ("[[regel]\na = 1\n", "kantede parenteser er ikke"),
            ("a = 1\na = 2\n", "brugt før"),
            ("a = \"C:\\mappe\"\n", "omvendt skråstreg"),
            ("a = '''\nx\n", "den slutter ikke"),
            ("a = True\n", "kan ikke læses"),
            ("bare tekst\n", "hverken en nøgle"),
        ] {
            let (_, _, message) = only(text);
            assert!(message.contains(expected), "{text:?}: {message}");
        }
    }
}
