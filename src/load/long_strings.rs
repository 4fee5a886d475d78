//! Reads a text whose long strings stand between `'''` without going through these: they are taken out before TOML's
//! parser sees the text, and put back into what it made of the rest.
//!
//! The parser asks of every byte of a string whether TOML allows it, and most of a repository is such strings. Where
//! anything may be wrong, nothing is taken out: what is wrong is for the parser to say.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::text::SourceFile;

/// What such a string begins and ends with.
const QUOTES: &str = "'''";

/// The table of a text that is right and has long strings: as the parser would make it of the whole text.
pub(super) fn parse(file: &SourceFile) -> Option<Spanned<DeTable<'_>>> {
    let strings = LongStrings::of(file.text())?;
    let short = file.keep_short(strings.left_out());
    let (table, errors) = DeTable::parse_recoverable(short);
    errors
        .is_empty()
        .then(|| strings.spanned(table, LongStrings::table))
}

/// The long strings of a text, in order; there is one at least.
struct LongStrings<'t> {
    text: &'t str,
    strings: Vec<LongString>,
}

struct LongString {
    /// What stands between its quotes, as bytes of the text.
    inside: Range<usize>,
    /// Where that stood, once this and all before it are left out.
    at: usize,
}

impl<'t> LongStrings<'t> {
    /// The strings, if there are any and nothing is wrong with them.
    fn of(text: &'t str) -> Option<Self> {
        memmem::find(text.as_bytes(), QUOTES.as_bytes())?;
        let mut strings = Vec::new();
        let mut left_out = 0;
        for token in Source::new(text).lex() {
            if token.kind() != TokenKind::MlLiteralString {
                continue;
            }
            let (start, end) = (token.span().start(), token.span().end());
            let inside = text[start..end]
                .strip_prefix(QUOTES)?
                .strip_suffix(QUOTES)?;
            if !is_plain(inside) || text[end..].starts_with('\'') {
                return None;
            }
            let from = start + QUOTES.len();
            strings.push(LongString {
                inside: from..from + inside.len(),
                at: from - left_out,
            });
            left_out += inside.len();
        }
        (!strings.is_empty()).then_some(Self { text, strings })
    }

    /// The text without what stands between the quotes.
    fn left_out(&self) -> String {
        let inside: usize = self.strings.iter().map(|one| one.inside.len()).sum();
        let mut short = String::with_capacity(self.text.len() - inside);
        let mut start = 0;
        for one in &self.strings {
            short.push_str(&self.text[start..one.inside.start]);
            start = one.inside.end;
        }
        short.push_str(&self.text[start..]);
        short
    }

    /// The byte of the whole text for a byte of the short one that begins or ends a token.
    fn place(&self, at: usize) -> usize {
        let before = self.strings.partition_point(|one| one.at < at);
        match before.checked_sub(1).map(|last| &self.strings[last]) {
            Some(last) => last.inside.end + (at - last.at),
            None => at,
        }
    }

    /// Something of the short text with the place it has in the whole one.
    fn spanned<T, U>(&self, of_short: Spanned<T>, put_back: impl Fn(&Self, T) -> U) -> Spanned<U> {
        let span = of_short.span();
        let span = self.place(span.start)..self.place(span.end);
        Spanned::new(span, put_back(self, of_short.into_inner()))
    }

    fn table(&self, table: DeTable<'t>) -> DeTable<'t> {
        let entries = table.into_iter().map(|(key, value)| {
            let key = self.spanned(key, |_, key| key);
            (key, self.value(value))
        });
        entries.collect()
    }

    fn array(&self, array: DeArray<'t>) -> DeArray<'t> {
        array.into_iter().map(|value| self.value(value)).collect()
    }

    fn value(&self, value: Spanned<DeValue<'t>>) -> Spanned<DeValue<'t>> {
        let start = value.span().start;
        self.spanned(value, |strings, value| match value {
            DeValue::String(short) => DeValue::String(strings.string(start).unwrap_or(short)),
            DeValue::Array(array) => DeValue::Array(strings.array(array)),
            DeValue::Table(table) => DeValue::Table(strings.table(table)),
            other => other,
        })
    }

    /// The value of the long string that begins at a byte of the short text.
    fn string(&self, start: usize) -> Option<Cow<'t, str>> {
        let at = start + QUOTES.len();
        let index = self.strings.binary_search_by_key(&at, |one| one.at).ok()?;
        let inside = &self.text[self.strings[index].inside.clone()];
        // A line's end right behind the quotes is none of the value.
        Some(Cow::Borrowed(inside.strip_prefix('\n').unwrap_or(inside)))
    }
}

/// Whether TOML allows every byte of a string, and each line ends with a `\n` alone.
fn is_plain(inside: &str) -> bool {
    // No `&&`: it would be a jump for each byte.
    inside.bytes().fold(true, |plain, byte| {
        plain & ((byte >= b' ') | (byte == b'\n') | (byte == b'\t')) & (byte != 0x7F)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What both ways make of a text, places and all.
    fn is_read_alike(text: &str) -> bool {
        let file = SourceFile::new("a.toml", text);
        let (whole, errors) = DeTable::parse_recoverable(file.text());
        let Some(short) = parse(&file) else {
            return false;
        };
        assert!(errors.is_empty(), "{text:?}: {errors:?}");
        assert_eq!(format!("{short:?}"), format!("{whole:?}"), "{text:?}");
        true
    }

    #[test]
    fn a_text_is_read_as_by_the_parser_alone_places_and_all() {
        for text in [
            "a = '''x'''",
            "a = ''''''\nb = 1\n",
            "a = '''\nen\n\nto'''\n[[b]]\nc = '''æ'ø''å''' # '''\nd = ['''x\ny''', \"z\", 1.5]\n",
            "a = \"'''\"\nb = '''c'''\n",
            "# '''\na = '''c'''\n[b.c]\nd = { e = '''f''', g = '''\n''' }\ndato = 2026-01-02\n",
            "a = '''den siger 'x'''''\nb = '''y''''\nc = true\n",
            "a = '''x\ty'''\n\"b c\" = '''z'''\nd.e = '''f'''\n",
        ] {
            assert!(is_read_alike(text), "{text:?}");
        }
    }

    #[test]
    fn what_may_be_wrong_is_left_to_the_parser() {
        for text in [
            "a = 1\n",
            "a = '''x\n",
            "a = '''x''\n",
            "a = '''x''''''\n",
            "a = '''x\u{7}'''\n",
            "a = '''x\u{7F}'''\n",
            "a = '''x\r\ny'''\n",
            "a = '''x\ry'''\n",
            "a = '''x'''\na = 2\n",
            "'''a''' = 2\n",
            "a = '''x''' b\n",
        ] {
            assert!(!is_read_alike(text), "{text:?}");
        }
    }

    /// Texts of pieces in any order: what they mean is all the same, if it is the same to both.
    #[test]
    fn whatever_stands_together_is_read_alike_or_left_to_the_parser() {
        const PIECES: [&str; 16] = [
            "'''",
            "'",
            "\n",
            "a = ",
            "b = '''x\ny'''\n",
            "[c]\n",
            "[[d]]\n",
            "\"",
            "# ",
            "\\",
            "1",
            "{ e = ",
            "}",
            "'''f''', ",
            "å",
            "\r\n",
        ];
        let mut read = 0;
        for seed in 0..8_000_u64 {
            let mut rest = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut text = String::new();
            for _ in 0..12 {
                text.push_str(PIECES[(rest % 16) as usize]);
                rest /= 16;
            }
            read += usize::from(is_read_alike(&text));
        }
        assert!(read > 3, "{read}");
    }
}
