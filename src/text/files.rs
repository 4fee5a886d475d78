//! A file an author wrote, and places in it.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use super::span::{OneBased, Position, PositionRange, Span};

/// One file of the repository, decoded to text.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    /// Byte offset of each line's start; made the first time a position is asked for, since most
    /// files have no finding.
    line_starts: OnceLock<Vec<u32>>,
    /// A copy of the same length for a parser that cannot read the text as it is.
    readable: OnceLock<String>,
    /// A copy without what its long strings say, for a parser that need not look at that.
    short: OnceLock<String>,
}

impl SourceFile {
    /// A file by its path relative to the repository's root (with `/`) and its text without a byte
    /// order mark.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            readable: OnceLock::new(),
            short: OnceLock::new(),
        }
    }

    /// The path relative to the repository's root, with `/` on every system.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Keeps a copy of the text, with what a parser cannot read blanked out byte for byte, for as long
    /// as the file lives. The first copy stays.
    pub fn keep_readable(&self, copy: String) -> &str {
        debug_assert_eq!(copy.len(), self.text.len(), "places must stay true");
        self.readable.get_or_init(|| copy)
    }

    /// Keeps a copy that has not all of the text, for as long as the file lives. The first copy stays.
    pub fn keep_short(&self, copy: String) -> &str {
        self.short.get_or_init(|| copy)
    }

    /// Whether a parser could not read it as it is.
    pub fn is_broken(&self) -> bool {
        self.readable.get().is_some()
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start()..span.end()]
    }

    /// The line and column at which a byte stands. A byte inside a character counts as that
    /// character, a byte past the end as the end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = floor_char_boundary(&self.text, byte);
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= byte) - 1;
        let before = &self.text[starts[line] as usize..byte];
        Position {
            line: OneBased::from_zero_based(line),
            column: OneBased::from_zero_based(before.chars().count()),
        }
    }

    /// The positions of a span's two ends.
    pub fn range(&self, span: Span) -> PositionRange {
        PositionRange {
            start: self.position(span.start()),
            end: self.position(span.end()),
        }
    }

    /// The text of a line without its line end, or `""` past the last line.
    pub fn line(&self, line: OneBased) -> &str {
        let starts = self.line_starts();
        let Some(&start) = starts.get(line.zero_based()) else {
            return "";
        };
        let end = starts
            .get(line.zero_based() + 1)
            .map_or(self.text.len(), |&end| end as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0)
                .chain(ends.map(|end| Span::from(0..end + 1).end))
                .collect()
        })
    }
}

/// The nearest character boundary at or before `byte`.
fn floor_char_boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// A span in a given file: what a finding points at.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// A place in a file.
    pub fn new(file: &Arc<SourceFile>, span: Span) -> Self {
        Self {
            file: Arc::clone(file),
            span,
        }
    }

    /// The beginning of a file: where a finding about the file as a whole points.
    pub fn top(file: &Arc<SourceFile>) -> Self {
        Self::new(file, Span::default())
    }

    /// The positions of both ends.
    pub fn range(&self) -> PositionRange {
        self.file.range(self.span)
    }

    /// Orders places by path, then by where they begin, then by where they end.
    pub fn order(&self, other: &Self) -> Ordering {
        (self.file.path(), self.span).cmp(&(other.file.path(), other.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: usize) -> (u32, u32) {
        let position = SourceFile::new("a.toml", text).position(byte);
        (position.line.get(), position.column.get())
    }

    #[test]
    fn columns_count_characters_after_danish_letters() {
        assert_eq!(at("æøå x", "æøå ".len()), (1, 5));
    }

    #[test]
    fn lines_end_at_line_feeds_also_behind_a_carriage_return() {
        assert_eq!(at("a\r\nb\r\nc", 6), (3, 1));
        assert_eq!(
            SourceFile::new("a", "a\r\nbb\r\n").line(OneBased::from_zero_based(1)),
            "bb"
        );
    }

    #[test]
    fn the_end_of_the_file_has_a_position() {
        assert_eq!(at("ab\n", 3), (2, 1));
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("ab", 99), (1, 3));
    }

    #[test]
    fn a_byte_inside_a_character_counts_as_the_character() {
        assert_eq!(at("æb", 1), (1, 1));
    }
}
