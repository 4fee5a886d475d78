//! The text of a TOML string together with where each byte of it stands in the file.
//!
//! TOML's escapes, line ends and decomposed letters make a string's value differ from what the author
//! sees. Findings must point at what the author sees, so every later stage asks this map.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::{ByteSet, SourceFile, Span};

/// A string's value in NFC and the way back to the file.
#[derive(Debug)]
pub struct SourceText<'a> {
    /// The value, in NFC, with `\n` as the only line end.
    pub text: Cow<'a, str>,
    /// The whole string in the file, quotes included.
    pub span: Span,
    /// Which bytes the value has; lets callers skip searches that cannot succeed.
    pub bytes: ByteSet,
    map: OffsetMap,
}

/// An invisible or control character has one of these: controls, and the first bytes of U+0080–U+00BF and of
/// everything from U+0600 on.
const SUSPECT: ByteSet = ByteSet::NONE
    .and_from(0, 0x08)
    .and_from(0x0B, 0x1F)
    .and(&[0x7F, 0xC2])
    .and_from(0xD8, 0xFF);
/// A text that is not in NFC has one of these: the first bytes of U+0300–U+036F and of everything from U+0600 on.
const MAYBE_NOT_NFC: ByteSet = ByteSet::NONE.and_from(0xCC, 0xFF);
const CARRIAGE_RETURN: ByteSet = ByteSet::NONE.and(b"\r");
const BRACE: ByteSet = ByteSet::NONE.and(b"{");

#[derive(Debug)]
enum OffsetMap {
    /// The value stands in the file as it is, from this byte on.
    Linear(u32),
    Segments(Vec<Segment>),
}

/// A run of the value and the run of the file it came from.
#[derive(Clone, Copy, Debug)]
struct Segment {
    at: usize,
    len: usize,
    source: Span,
    /// Byte for byte the same, so that offsets inside can be carried over.
    verbatim: bool,
}

impl<'a> SourceText<'a> {
    /// The string that stands at `span` (quotes included) in `file` and whose value TOML says is `value`.
    pub fn new(file: &'a SourceFile, span: Span, value: &str) -> Self {
        let source = file.text();
        let inner = inner_start(source, span);
        if let Some(text) = source
            .get(inner..inner + value.len())
            .filter(|&text| text == value)
        {
            let bytes = ByteSet::of(text);
            if !bytes.meets(CARRIAGE_RETURN) && !is_decomposed(text, bytes) {
                return Self {
                    text: Cow::Borrowed(text),
                    span,
                    bytes,
                    map: OffsetMap::Linear(Span::from(inner..inner).start),
                };
            }
        }
        Self::decoded(source, span, inner)
    }

    fn decoded(source: &str, span: Span, inner: usize) -> Self {
        let (text, segments) = Decoder::run(source, span, inner);
        let (text, segments) = if is_decomposed(&text, ByteSet::of(&text)) {
            compose(&text, &segments)
        } else {
            (text, segments)
        };
        Self {
            bytes: ByteSet::of(&text),
            text: Cow::Owned(text),
            span,
            map: OffsetMap::Segments(segments),
        }
    }

    /// Whether a `{` occurs, so that a variable may.
    pub const fn may_have_variables(&self) -> bool {
        self.bytes.meets(BRACE)
    }

    /// Whether an invisible or control character may occur.
    pub const fn may_have_invisible(&self) -> bool {
        self.bytes.meets(SUSPECT)
    }

    /// Where a range of the value stands in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.map {
            OffsetMap::Linear(base) => {
                let base = *base as usize;
                Span::from(base + range.start..base + range.end)
            }
            OffsetMap::Segments(segments) => {
                let start = file_offset(segments, range.start, false, self.span);
                let end = file_offset(segments, range.end, true, self.span);
                Span::new(start, end.max(start))
            }
        }
    }

    /// Where a range of the value stands in the file, if the whole value stands there byte for byte.
    pub fn verbatim(&self, range: &Range<usize>) -> Option<Span> {
        matches!(self.map, OffsetMap::Linear(_)).then(|| self.span(range.clone()))
    }

    /// Cuts a range of the value into runs that are byte for byte the same in the file, and runs that
    /// are not (an escape, a composed letter), each with its span.
    pub fn runs(&self, range: Range<usize>) -> Vec<(Range<usize>, Span)> {
        match &self.map {
            OffsetMap::Linear(_) => vec![(range.clone(), self.span(range))],
            OffsetMap::Segments(segments) => {
                let first =
                    segments.partition_point(|segment| segment.at + segment.len <= range.start);
                segments[first..]
                    .iter()
                    .take_while(|segment| segment.at < range.end)
                    .filter(|segment| segment.len > 0)
                    .map(|segment| {
                        let start = segment.at.max(range.start);
                        let end = (segment.at + segment.len).min(range.end);
                        (start..end, self.span(start..end))
                    })
                    .collect()
            }
        }
    }
}

/// The byte of the file for a byte of the value; `end`: as the end of a range.
fn file_offset(segments: &[Segment], byte: usize, end: bool, whole: Span) -> u32 {
    let index = if end {
        segments.partition_point(|segment| segment.at + segment.len < byte)
    } else {
        segments.partition_point(|segment| segment.at + segment.len <= byte)
    };
    let Some(segment) = segments.get(index) else {
        return segments.last().map_or(whole.start, |last| last.source.end);
    };
    if segment.verbatim {
        segment
            .source
            .part(byte.saturating_sub(segment.at)..segment.len)
            .start
    } else if end {
        segment.source.end
    } else {
        segment.source.start
    }
}

/// The first byte of the value: behind the quotes and, in a multi-line string, a first line end.
fn inner_start(source: &str, span: Span) -> usize {
    let raw = &source[span.start()..span.end()];
    let quotes = opening(raw);
    let rest = &raw[quotes.len()..];
    let line_end = match quotes.len() {
        3 if rest.starts_with("\r\n") => 2,
        3 => usize::from(rest.starts_with('\n')),
        _ => 0,
    };
    span.start() + quotes.len() + line_end
}

/// The quotes a string begins with; none where TOML is broken and the author forgot them.
fn opening(raw: &str) -> &'static str {
    let quotes = ["'''", "\"\"\"", "'", "\""].into_iter();
    let mut found = quotes.filter(|quotes| raw.starts_with(quotes));
    found.next().unwrap_or_default()
}

fn is_decomposed(text: &str, bytes: ByteSet) -> bool {
    bytes.meets(MAYBE_NOT_NFC) && !unicode_normalization::is_nfc(text)
}

/// Composes letters with their combining marks, a segment for each.
fn compose(text: &str, segments: &[Segment]) -> (String, Vec<Segment>) {
    let mut composed = Composer::default();
    for segment in segments {
        let run = &text[segment.at..segment.at + segment.len];
        if !segment.verbatim {
            composed.push(&run.nfc().collect::<String>(), segment.source, false);
            continue;
        }
        let mut start = 0;
        let mut chars = run.char_indices().peekable();
        while let Some((at, _)) = chars.next() {
            let mut end = chars.peek().map_or(run.len(), |&(next, _)| next);
            let mut marked = false;
            while let Some(&(_, mark)) = chars.peek().filter(|(_, next)| is_combining_mark(*next)) {
                end += mark.len_utf8();
                marked = true;
                chars.next();
            }
            if marked {
                composed.push(&run[start..at], segment.source.part(start..at), true);
                let cluster: String = run[at..end].nfc().collect();
                composed.push(&cluster, segment.source.part(at..end), false);
                start = end;
            }
        }
        composed.push(&run[start..], segment.source.part(start..run.len()), true);
    }
    (composed.text, composed.segments)
}

/// A value being put together from runs of the file.
#[derive(Default)]
struct Composer {
    text: String,
    segments: Vec<Segment>,
}

impl Composer {
    fn push(&mut self, run: &str, source: Span, verbatim: bool) {
        if run.is_empty() && source.is_empty() {
            return;
        }
        self.segments.push(Segment {
            at: self.text.len(),
            len: run.len(),
            source,
            verbatim,
        });
        self.text.push_str(run);
    }
}

/// Reads the inside of a TOML string once more, this time keeping where everything came from.
///
/// TOML has already accepted the string or said what is wrong with it, so no error is looked for here; a
/// broken one is read as far as it goes.
struct Decoder<'a> {
    source: &'a str,
    at: usize,
    end: usize,
    out: Composer,
}

impl<'a> Decoder<'a> {
    fn run(source: &'a str, span: Span, inner: usize) -> (String, Vec<Segment>) {
        let raw = &source[span.start()..span.end()];
        // Where TOML is broken, the quotes at the end may be missing, and the last byte may be a letter's.
        let quotes = opening(raw);
        let closing = raw[quotes.len()..].ends_with(quotes);
        let end = span.end() - if closing { quotes.len() } else { 0 };
        let end = end.max(inner);
        let mut decoder = Self {
            source,
            at: inner,
            end,
            out: Composer::default(),
        };
        decoder.decode(raw.starts_with('"'));
        (decoder.out.text, decoder.out.segments)
    }

    fn decode(&mut self, escapes: bool) {
        while self.at < self.end {
            let rest = &self.source.as_bytes()[self.at..self.end];
            let plain = rest
                .iter()
                .position(|&byte| byte == b'\r' || (escapes && byte == b'\\'))
                .unwrap_or(rest.len());
            self.take(plain, None);
            match rest.get(plain) {
                Some(b'\r') if rest.get(plain + 1) == Some(&b'\n') => self.take(2, Some("\n")),
                Some(b'\r') => self.take(1, None),
                Some(_) => self.escape(),
                None => {}
            }
        }
    }

    /// Moves `len` bytes on; they stand for `value`, or for themselves.
    fn take(&mut self, len: usize, value: Option<&str>) {
        let range = self.at..self.at + len;
        let run = value.unwrap_or(&self.source[range.clone()]);
        self.out.push(run, Span::from(range), value.is_none());
        self.at += len;
    }

    fn escape(&mut self) {
        let rest = &self.source[self.at..self.end];
        let hex = |digits: usize| {
            rest.get(2..2 + digits)
                .and_then(|number| u32::from_str_radix(number, 16).ok())
                .and_then(char::from_u32)
                .map_or_else(String::new, String::from)
        };
        // A broken escape may have fewer digits than it needs, or another letter among them.
        let width = |digits: usize| match rest.get(2..2 + digits) {
            Some(_) => 2 + digits,
            None => 2,
        };
        match rest.as_bytes().get(1) {
            Some(b'b') => self.take(2, Some("\u{8}")),
            Some(b't') => self.take(2, Some("\t")),
            Some(b'n') => self.take(2, Some("\n")),
            Some(b'f') => self.take(2, Some("\u{C}")),
            Some(b'r') => self.take(2, Some("\r")),
            Some(b'e') => self.take(2, Some("\u{1B}")),
            Some(b'"') => self.take(2, Some("\"")),
            Some(b'\\') => self.take(2, Some("\\")),
            Some(b'x') => self.take(width(2), Some(&hex(2))),
            Some(b'u') => self.take(width(4), Some(&hex(4))),
            Some(b'U') => self.take(width(8), Some(&hex(8))),
            // A backslash at a line's end swallows the white space up to the next text.
            _ => {
                let blank = rest[1..].len() - rest[1..].trim_start().len();
                self.take(1 + blank, Some(""));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    /// The text, and what stands in the file where `part` is found in the text.
    fn source_of(file: &str, part: &str) -> (String, String) {
        let file = SourceFile::new("a.toml", file);
        let table = DeTable::parse(file.text()).expect("the test's TOML is valid");
        let value = table.get_ref().values().next().expect("one key");
        let text = SourceText::new(
            &file,
            Span::from(value.span()),
            value.get_ref().as_str().expect("a string"),
        );
        assert_eq!(
            text.text.replace('\r', ""),
            value
                .get_ref()
                .as_str()
                .expect("a string")
                .replace('\r', "")
                .nfc()
                .collect::<String>()
        );
        let at = text.text.find(part).expect("the part is in the text");
        let span = text.span(at..at + part.len());
        (text.text.to_string(), file.slice(span).to_owned())
    }

    #[test]
    fn literal_strings_are_carried_over_byte_for_byte() {
        assert_eq!(source_of("a = '''\nfør\nher'''", "her").1, "her");
        assert_eq!(source_of("a = 'før her'", "her").1, "her");
    }

    #[test]
    fn escapes_before_a_word_do_not_move_its_place() {
        assert_eq!(source_of(r#"a = "\"x\" \u00e6 her""#, "her").1, "her");
        assert_eq!(source_of(r#"a = "x \u00e6 y""#, "æ").1, r"\u00e6");
    }

    #[test]
    fn a_folded_line_end_does_not_move_what_follows() {
        assert_eq!(
            source_of("a = \"\"\"\nx \\\n   her\"\"\"", "her"),
            ("x her".into(), "her".into())
        );
    }

    #[test]
    fn carriage_returns_are_dropped_and_places_kept() {
        let (text, at) = source_of("a = '''\r\nførste\r\nher'''\r\n", "her");
        assert_eq!((text.as_str(), at.as_str()), ("første\nher", "her"));
    }

    #[test]
    fn decomposed_letters_are_composed_and_places_kept() {
        let (text, at) = source_of("a = 'bla\u{30A} her'", "her");
        assert_eq!((text.as_str(), at.as_str()), ("blå her", "her"));
        assert_eq!(source_of("a = 'bla\u{30A} her'", "å").1, "a\u{30A}");
    }

    #[test]
    fn runs_separate_what_is_verbatim_from_what_is_not() {
        let file = SourceFile::new("a.toml", r#"a = "x\"y""#);
        let text = SourceText::new(&file, Span::new(4, 10), "x\"y");
        let runs: Vec<_> = text
            .runs(0..3)
            .into_iter()
            .map(|(_, span)| file.slice(span).to_owned())
            .collect();
        assert_eq!(runs, ["x", "\\\"", "y"]);
    }
}
