//! Byte spans in a file and the 1-based positions people and machines are shown.

use std::num::NonZeroU32;
use std::ops::Range;

/// A range of bytes in one file's text (after a byte order mark has been taken off), half open.
///
/// Files are limited to 4 GiB, so `u32` is wide enough and keeps syntax trees small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to, but not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The start as an index into the file's text.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// The end as an index into the file's text.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The number of bytes covered.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether no byte is covered.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The part of this span given by byte offsets counted from its start.
    pub fn part(self, range: Range<usize>) -> Self {
        Self::new(
            self.start + offset(range.start),
            self.start + offset(range.end),
        )
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(offset(range.start), offset(range.end))
    }
}

/// A byte offset as it is stored in a [`Span`].
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).expect("files of 4 GiB and more are refused when they are read")
}

/// A value together with the place in its file it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value and its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A number that counts from one: a line or a column as people see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OneBased(NonZeroU32);

impl OneBased {
    /// The first line or column.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The number for a count from zero.
    pub fn from_zero_based(index: usize) -> Self {
        let index = u32::try_from(index).unwrap_or(u32::MAX - 1);
        Self(NonZeroU32::MIN.saturating_add(index))
    }

    /// The number, counted from one.
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// The number, counted from zero, for indexing.
    pub const fn zero_based(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A line and a column, both counted from one; columns count characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: OneBased,
    /// The column, in characters.
    pub column: OneBased,
}

/// A half-open range of positions: `end` is one past the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PositionRange {
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_counted_from_the_spans_own_start() {
        assert_eq!(Span::new(10, 20).part(2..5), Span::new(12, 15));
    }

    #[test]
    fn one_based_numbers_begin_at_one() {
        assert_eq!(OneBased::from_zero_based(0), OneBased::FIRST);
        assert_eq!(OneBased::from_zero_based(6).get(), 7);
        assert_eq!(OneBased::from_zero_based(6).zero_based(), 6);
    }
}
