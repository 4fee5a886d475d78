//! From findings to edits of files: the fixes that rules offer, as bytes of the authors' own text.
//!
//! A fix says what is to be read where; here it is written into the string that stands there, in that
//! string's own quotes. Everything else, comments and layout, stays byte for byte. Whether an edit did
//! good and nothing else is asked by `commands`, and nothing here is written.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeArray, DeTable, DeValue};

use crate::diag::{Edit, Finding, Fix};
use crate::load;
use crate::text::{Place, SourceFile, Span};

/// What can be mended in one go.
#[derive(Debug, Default)]
pub struct Plan<'f> {
    /// Repairs that do not touch each other, in the order of the findings.
    pub repairs: Vec<Repair<'f>>,
    /// Findings whose fix does not go into the file: the string's quotes cannot hold it, or the string
    /// would be left empty where it must not be.
    pub impossible: Vec<&'f Finding>,
}

/// A finding, and the bytes that mend it.
#[derive(Clone, Debug)]
pub struct Repair<'f> {
    /// The file it is made in.
    pub file: Arc<SourceFile>,
    /// What is mended.
    pub finding: &'f Finding,
    /// In the order of the file.
    replacements: Vec<Replacement>,
}

#[derive(Clone, Debug)]
struct Replacement {
    range: Range<usize>,
    text: String,
}

/// Plans the fixes of some findings, each with its file, in the order of the files. Of two that overlap the
/// first is planned; the other one has to wait until that is done.
///
/// The file is asked for by itself, since a finding shows one in which personal numbers are hidden.
pub fn plan<'f>(findings: impl IntoIterator<Item = (Arc<SourceFile>, &'f Finding)>) -> Plan<'f> {
    let mut plan = Plan::default();
    let mut strings = Strings::none();
    for (file, finding) in findings {
        let Some(fix) = &finding.fix else { continue };
        if !strings.are_of(&file) {
            strings = Strings::of(&file);
        }
        match strings.replacements(fix) {
            None => plan.impossible.push(finding),
            Some(replacements) => {
                let repair = Repair {
                    file,
                    finding,
                    replacements,
                };
                let of_this_file = plan.repairs.iter().rev();
                let mut of_this_file = of_this_file.take_while(|other| other.is_in(&repair.file));
                if !of_this_file.any(|other| other.meets(&repair)) {
                    plan.repairs.push(repair);
                }
            }
        }
    }
    plan
}

/// A file's text with some repairs, all of that file.
pub fn apply(text: &str, repairs: &[&Repair<'_>]) -> String {
    let replacements = repairs.iter().flat_map(|repair| &repair.replacements);
    let mut replacements: Vec<&Replacement> = replacements.collect();
    replacements.sort_by_key(|replacement| (replacement.range.start, replacement.range.end));
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for replacement in replacements {
        mended.push_str(&text[from..replacement.range.start]);
        mended.push_str(&replacement.text);
        from = replacement.range.end;
    }
    mended.push_str(&text[from..]);
    mended
}

/// Where a byte of a file's text stands after some repairs of the file; one that is replaced, where the
/// new letters begin.
pub fn moved(at: usize, repairs: &[&Repair<'_>]) -> usize {
    let replacements = repairs.iter().flat_map(|repair| &repair.replacements);
    let (mut new, mut gone) = (0, 0);
    for replacement in replacements {
        let range = &replacement.range;
        if range.end <= at {
            new += replacement.text.len();
            gone += range.len();
        } else if range.start < at {
            gone += at - range.start;
        }
    }
    at + new - gone
}

impl Repair<'_> {
    /// What it puts where, in the order of the file.
    pub fn edits(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        let all = self.replacements.iter();
        all.map(|one| (one.range.clone(), one.text.as_str()))
    }

    /// Whether what stands at a place of the same file is replaced, so that what was found there goes too.
    pub fn replaces(&self, place: &Place) -> bool {
        let (start, end) = (place.span.start(), place.span.end());
        let mut replacements = self.replacements.iter();
        replacements.any(|one| one.range.start <= start && end <= one.range.end && start < end)
    }

    fn is_in(&self, file: &Arc<SourceFile>) -> bool {
        Arc::ptr_eq(&self.file, file)
    }

    /// Whether two repairs of one file overlap.
    fn meets(&self, other: &Self) -> bool {
        let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        let mine = &self.replacements;
        let theirs = &other.replacements;
        let mut pairs = mine.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
        pairs.any(|(a, b)| overlap(&a.range, &b.range))
    }
}

/// The strings of one file.
struct Strings {
    file: Option<Arc<SourceFile>>,
    all: Vec<Literal>,
}

/// A string as it is typed.
struct Literal {
    /// With its quotes.
    span: Span,
    /// The key it is the value of; `None` for one in a list.
    key: Option<Span>,
}

impl Strings {
    fn none() -> Self {
        Self {
            file: None,
            all: Vec::new(),
        }
    }

    fn of(file: &Arc<SourceFile>) -> Self {
        let mut all = Vec::new();
        in_table(load::parse(file).0.get_ref(), &mut all);
        all.sort_by_key(|literal| literal.span);
        Self {
            file: Some(Arc::clone(file)),
            all,
        }
    }

    fn are_of(&self, file: &Arc<SourceFile>) -> bool {
        self.file.as_ref().is_some_and(|own| Arc::ptr_eq(own, file))
    }

    /// The string that a span lies in.
    fn around(&self, span: Span) -> Option<&Literal> {
        let after = self
            .all
            .partition_point(|literal| literal.span.start <= span.start);
        let literal = &self.all[after.checked_sub(1)?];
        (span.end <= literal.span.end).then_some(literal)
    }

    /// A fix as bytes; `None` where it does not go into the file.
    fn replacements(&self, fix: &Fix) -> Option<Vec<Replacement>> {
        let text = self.file.as_ref()?.text();
        let literal = self.around(fix.edits.first()?.span)?;
        let letters = letters(text, literal.span);
        let replacement = |edit: &Edit| {
            let quotes = Quotes::of(text, literal.span);
            let whole = edit.span == literal.span;
            let range = edit.span.start()..edit.span.end();
            let range = if whole { letters.clone() } else { range };
            let inside = letters.start <= range.start && range.end <= letters.end;
            let text = quotes.typed(&edit.text).filter(|_| inside)?;
            Some(Replacement { range, text })
        };
        let replacements: Option<Vec<Replacement>> = fix.edits.iter().map(replacement).collect();
        let replacements = replacements?;
        if is_blank_with(text, &letters, &replacements) {
            return Some(vec![without_key(text, literal)?]);
        }
        Some(replacements)
    }
}

fn in_table(table: &DeTable<'_>, all: &mut Vec<Literal>) {
    for (key, value) in table {
        let key = Some(Span::from(key.span()));
        in_value(key, value, all);
    }
}

fn in_value(key: Option<Span>, value: &toml::Spanned<DeValue<'_>>, all: &mut Vec<Literal>) {
    match value.get_ref() {
        DeValue::String(_) => all.push(Literal {
            span: Span::from(value.span()),
            key,
        }),
        DeValue::Array(items) => in_list(items, all),
        DeValue::Table(table) => in_table(table, all),
        _ => {}
    }
}

fn in_list(items: &DeArray<'_>, all: &mut Vec<Literal>) {
    for item in items {
        in_value(None, item, all);
    }
}

/// How a string is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// `"…"`: signs are escaped, and line ends.
    Basic,
    /// `"""…"""`: signs are escaped.
    BasicLines,
    /// `'…'`: no apostrophe and no line end.
    Literal,
    /// `'''…'''`: no three apostrophes.
    LiteralLines,
}

impl Quotes {
    /// Those of the string that stands at `span`.
    pub fn of(text: &str, span: Span) -> Self {
        let typed = &text[span.start()..span.end()];
        match typed.as_bytes() {
            [b'"', b'"', b'"', ..] => Self::BasicLines,
            [b'"', ..] => Self::Basic,
            [b'\'', b'\'', b'\'', ..] => Self::LiteralLines,
            _ => Self::Literal,
        }
    }

    /// Whether a string in them may have several lines.
    pub const fn has_lines(self) -> bool {
        matches!(self, Self::BasicLines | Self::LiteralLines)
    }

    /// A text as it is typed between these quotes; `None` where it cannot be.
    pub fn typed(self, text: &str) -> Option<String> {
        let has_lines = self.has_lines();
        if matches!(self, Self::Basic | Self::BasicLines) {
            let escaped = |c: char| match c {
                '\n' if has_lines => "\n".to_owned(),
                '"' | '\\' => format!("\\{c}"),
                c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
                c => c.to_string(),
            };
            return Some(text.chars().map(escaped).collect());
        }
        let fits = match self {
            // One at either end may stand beside another one that is there.
            Self::LiteralLines => {
                !text.contains("'''") && !text.starts_with('\'') && !text.ends_with('\'')
            }
            _ => !text.contains('\''),
        };
        let control = |c: char| c.is_control() && !(c == '\n' && has_lines);
        (fits && !text.contains(control)).then(|| text.to_owned())
    }
}

/// What stands between a string's quotes.
fn letters(text: &str, span: Span) -> Range<usize> {
    let typed = &text[span.start()..span.end()];
    let lines = typed.starts_with("'''") || typed.starts_with("\"\"\"");
    let quotes = if lines { 3 } else { 1 };
    span.start() + quotes..span.end() - quotes
}

/// Whether replacements leave nothing of some letters but white space.
fn is_blank_with(text: &str, letters: &Range<usize>, replacements: &[Replacement]) -> bool {
    let escapes = text[..letters.start].ends_with('"');
    let is_blank = |range: Range<usize>| {
        let mut left = text[range].to_owned();
        if escapes {
            left = left.replace("\\n", "").replace("\\r", "");
        }
        left.trim().is_empty()
    };
    let mut from = letters.start;
    for replacement in replacements {
        if !is_blank(from..replacement.range.start) || !replacement.text.trim().is_empty() {
            return false;
        }
        from = replacement.range.end;
    }
    is_blank(from..letters.end)
}

/// Takes a key and its string away, with the line they stand on; a comment behind them stays. `None`
/// where they do not have the line for themselves.
fn without_key(text: &str, literal: &Literal) -> Option<Replacement> {
    let key = literal.key?;
    let (start, end) = (key.start(), literal.span.end());
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let next = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let is_alone =
        text[line..start].trim().is_empty() && text[key.end()..literal.span.start()].trim() == "=";
    let behind = &text[end..next];
    let comment = behind.trim_start();
    let range = match comment.as_bytes() {
        _ if !is_alone => return None,
        [] => line..next,
        [b'#', ..] => start..end + (behind.len() - comment.len()),
        _ => return None,
    };
    Some(Replacement {
        range,
        text: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    /// The file with the first `old` replaced by `new`, or with nothing done where that cannot be.
    fn mended(file: &str, old: &str, new: &str) -> Option<String> {
        let file = Arc::new(SourceFile::new("a.toml", file));
        let at = file.text().find(old).expect("the test's text is there");
        let span = Span::from(at..at + old.len());
        let finding = Finding::new(Code::Ordliste, Place::new(&file, span), "x")
            .with_fix(Some(Fix::one(span, new)));
        let plan = plan([(file.clone(), &finding)]);
        let repair = plan.repairs.first()?;
        Some(apply(file.text(), &[repair]))
    }

    #[test]
    fn letters_are_typed_as_the_strings_quotes_want_them() {
        for (file, expected) in [
            ("a = 'et øl'", Some("a = 'et \"x\\'")),
            ("a = \"et øl\"", Some("a = \"et \\\"x\\\\\"")),
            ("a = '''\net øl\n'''", Some("a = '''\net \"x\\\n'''")),
            (
                "a = \"\"\"\net øl\n\"\"\"",
                Some("a = \"\"\"\net \\\"x\\\\\n\"\"\""),
            ),
        ] {
            assert_eq!(mended(file, "øl", "\"x\\").as_deref(), expected, "{file}");
        }
        assert_eq!(mended("a = 'øl'", "øl", "x'y"), None);
        assert_eq!(
            mended("a = '''øl'''", "øl", "x'y").as_deref(),
            Some("a = '''x'y'''")
        );
        assert_eq!(mended("a = '''øl'''", "øl", "x'''y"), None);
        assert_eq!(mended("a = '''øl'''", "øl", "y'"), None);
    }

    #[test]
    fn a_string_with_its_quotes_stands_for_all_its_letters() {
        assert_eq!(
            mended("# først\na = 'b'  # c\n", "'b'", "æ").as_deref(),
            Some("# først\na = 'æ'  # c\n")
        );
    }

    #[test]
    fn a_key_goes_with_its_last_letters_and_a_comment_stays() {
        assert_eq!(
            mended("a = 1\r\n  tekst = '''\r\nx\r\n'''\r\nb = 2\r\n", "x", "").as_deref(),
            Some("a = 1\r\nb = 2\r\n")
        );
        assert_eq!(
            mended("# om\ntekst = 'x'  # husk\nb = 2\n", "x", "").as_deref(),
            Some("# om\n# husk\nb = 2\n")
        );
        assert_eq!(mended("tekst = 'x'", "x", "").as_deref(), Some(""));
        assert_eq!(mended("a = { tekst = 'x' }", "x", ""), None);
        assert_eq!(mended("a = [\n'x',\n]", "x", ""), None);
    }

    #[test]
    fn what_stands_in_no_string_is_never_touched() {
        assert_eq!(mended("a = 1 # x", "x", "y"), None);
        assert_eq!(mended("a = 'b'\nx = 1", "x", "y"), None);
    }

    #[test]
    fn of_two_that_overlap_the_first_is_planned() {
        let file = Arc::new(SourceFile::new("a.toml", "a = 'et to tre'"));
        let finding = |range: Range<usize>| {
            let span = Span::from(range);
            Finding::new(Code::Ordliste, Place::new(&file, span), "x")
                .with_fix(Some(Fix::one(span, "N")))
        };
        let findings = [finding(5..10), finding(8..10), finding(11..14)];
        let plan = plan(findings.iter().map(|finding| (file.clone(), finding)));
        let repairs: Vec<&Repair<'_>> = plan.repairs.iter().collect();
        assert_eq!(apply(file.text(), &repairs), "a = 'N N'");
        assert!(repairs[0].replaces(&findings[1].place));
        assert_eq!(
            [4, 5, 7, 10, 11, 15].map(|at| moved(at, &repairs)),
            [4, 5, 5, 6, 7, 9]
        );
    }
}
