//! Which stretches of a text are paragraphs without any mark: what those say is plain, and Markdown's parser need not look
//! at them.
//!
//! What a mark means is not asked here. Where one could reach into another paragraph, the whole text is the parser's.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

use crate::text::ByteSet;

/// A stretch of a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// A paragraph without marks, from its first letter to its last sign.
    Plain(Range<usize>),
    /// Whatever else there is.
    Marked(Range<usize>),
}

/// Signs that mean something inside a line or reach beyond their paragraph: notes and addresses of links, HTML, code,
/// tables, escapes, and white space other than blanks and line ends.
const MARKS: ByteSet = ByteSet::NONE
    .and(b"[]<>`~|\\&_\x7F")
    .and_from(0, 0x09)
    .and_from(0x0B, 0x1F);
const COLON: ByteSet = ByteSet::NONE.and(b":");
/// The one mark inside a line that many texts have: emphasis.
const EMPHASIS: u8 = b'*';

/// The stretches of a text that has these bytes, in order; blank lines between them are of none or of the marked one.
pub(super) fn stretches(text: &str, bytes: ByteSet) -> Vec<Stretch> {
    if bytes.meets(MARKS) || (bytes.meets(COLON) && has_explanation(text)) {
        return vec![Stretch::Marked(0..text.len())];
    }
    let mut stretches = Vec::new();
    let mut marked: Option<usize> = None;
    let mut at = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut lines = ends.map(|end| std::mem::replace(&mut at, end + 1)..end);
    while let Some(first) = lines.next() {
        if first.is_empty() {
            continue;
        }
        let mut paragraph = first.clone();
        let mut is_plain = is_plain_line(&text[first]);
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            paragraph.end = line.end;
            is_plain &= is_plain_line(&text[line]);
        }
        if is_plain && memchr(EMPHASIS, text[paragraph.clone()].as_bytes()).is_none() {
            let before = marked.take();
            stretches.extend(before.map(|from| Stretch::Marked(from..paragraph.start)));
            stretches.push(Stretch::Plain(paragraph));
        } else {
            marked.get_or_insert(paragraph.start);
        }
    }
    stretches.extend(marked.map(|from| Stretch::Marked(from..text.len())));
    stretches
}

/// Whether a line explains a term, which may be the paragraph above; to the parser a list of these goes on below it.
fn has_explanation(text: &str) -> bool {
    let begins_line = |at: usize| {
        let before = text[..at].trim_end_matches(' ');
        before.is_empty() || before.ends_with('\n')
    };
    memchr_iter(b':', text.as_bytes()).any(begins_line)
}

/// Whether a line begins with a letter and ends with no blank.
fn is_plain_line(line: &str) -> bool {
    let first = line.as_bytes().first();
    // À to ÿ begin with 0xC3.
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == 0xC3) && !line.ends_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<&str> {
        let stretches = stretches(text, ByteSet::of(text));
        let plain = stretches.into_iter().filter_map(|stretch| match stretch {
            Stretch::Plain(range) => Some(&text[range]),
            Stretch::Marked(_) => None,
        });
        plain.collect()
    }

    #[test]
    fn paragraphs_between_others_are_plain() {
        assert_eq!(
            plain("Vi går.\nÅh.\n\n- en\n- to\n\nDu får **lov**.\n\n\nSå kom,\nder er te.\n\n"),
            ["Vi går.\nÅh.", "Så kom,\nder er te."]
        );
        assert_eq!(plain("Kun ét ord"), ["Kun ét ord"]);
        assert_eq!(plain(""), [""; 0]);
        assert_eq!(plain("\n\n"), [""; 0]);
    }

    #[test]
    fn what_has_or_gets_a_mark_is_not() {
        for text in [
            "Se [her](a.dk).\n\nOg her.",
            "Te.\n===",
            "Te \nkaffe",
            "Te\n- kaffe",
            "Te\n: en drik",
            "Te\n\n  : en drik",
            "Te\n: en drik\n\nKaffe",
            " Te",
            "1. Te",
            "Te\n2. kaffe",
            "Te\tkaffe",
            "Te\n| kaffe |",
            "Te &amp; kaffe",
            "*Te*",
        ] {
            assert_eq!(plain(text), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn marked_stretches_keep_the_blank_lines_between_them() {
        let text = "- en\n\n- to\n\nVi går.\n\n> nu\n";
        assert_eq!(
            stretches(text, ByteSet::of(text)),
            // A quotation's mark may be an address's end.
            [Stretch::Marked(0..text.len())]
        );
        let text = "- en\n\n- to\n\nVi går.\n\n1. nu\n";
        assert_eq!(
            stretches(text, ByteSet::of(text)),
            [
                Stretch::Marked(0..12),
                Stretch::Plain(12..20),
                Stretch::Marked(22..28)
            ]
        );
    }
}
