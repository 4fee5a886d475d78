//! Numbers in running text with the word before them: "s. 12", "Bilag 4".
//!
//! What stands in a link is left out: there the author has said where it leads. What a number *means* is
//! the rules' business.

use crate::model::{Inline, InlineKind};
use crate::text::{Span, is_digit, next_byte};

/// A number with what stands around it.
#[derive(Debug)]
pub struct Numbered<'t> {
    /// What stands before the word, on the same line.
    pub before: &'t str,
    /// The word, signs included: `s.`, `Bilag`.
    pub word: &'t str,
    /// Digits, or two groups of them with a hyphen or dash: `12`, `5-6`.
    pub number: &'t str,
    /// What stands after the number, on the same line.
    pub after: &'t str,
    /// Word and number.
    pub span: Span,
}

/// A text and the inline it stands in.
type Piece<'t> = (&'t Inline, &'t str);

/// Visits every number that has a word before it, links left aside.
pub fn visit<'t>(run: &'t [Inline], visit_one: &mut dyn FnMut(&Numbered<'t>)) {
    let mut line_before: Option<Piece<'t>> = None;
    let mut broken = false;
    for inline in run {
        match &inline.kind {
            InlineKind::Text(text) => {
                let above = line_before.filter(|_| broken);
                visit_text((inline, text), above, visit_one);
                line_before = Some((inline, text));
                broken = false;
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => broken = true,
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content) => {
                visit(content, visit_one);
                line_before = None;
            }
            _ => line_before = None,
        }
    }
}

fn visit_text<'t>(
    (inline, text): Piece<'t>,
    above: Option<Piece<'t>>,
    visit_one: &mut dyn FnMut(&Numbered<'t>),
) {
    let bytes = text.as_bytes();
    if next_byte(bytes, is_digit).is_none() {
        return;
    }
    let mut from = 0;
    while let Some(skipped) = first_digit(&bytes[from..]) {
        let start = from + skipped;
        let end = start + number_length(&text[start..]);
        from = end;
        let head = trim_blanks(&text[..start]);
        let number = &text[start..end];
        let after = &text[end..];
        if head.is_empty() {
            if let Some((inline_above, text_above)) = above {
                let head = trim_blanks(text_above);
                if let Some(word) = last_word(head) {
                    let word_at = head.len() - word.len();
                    let place = inline_above.part(text_above, word_at..head.len());
                    visit_one(&Numbered {
                        before: trim_blanks(&head[..word_at]),
                        word,
                        number,
                        after,
                        span: place.to(inline.part(text, start..end)),
                    });
                }
            }
        } else if let Some(word) = last_word(head)
            && is_apart(head, start)
        {
            let word_at = head.len() - word.len();
            visit_one(&Numbered {
                before: trim_blanks(&head[..word_at]),
                word,
                number,
                after,
                span: inline.part(text, word_at..end),
            });
        }
    }
}

/// Where the first digit stands. Most texts have none, so whole stretches are looked at in one go.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    const STRETCH: usize = 64;
    let has_digit = |stretch: &[u8]| {
        let digits = stretch.iter().map(u8::is_ascii_digit);
        digits.fold(false, |any, is_digit| any | is_digit)
    };
    let from = STRETCH * bytes.chunks(STRETCH).position(has_digit)?;
    let within = bytes[from..].iter().position(u8::is_ascii_digit)?;
    Some(from + within)
}

/// Whether a blank or a full stop stands between word and number: `B12` is one word.
fn is_apart(head: &str, start: usize) -> bool {
    head.len() < start || head.ends_with('.')
}

fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let rest = &text[first..];
    let Some(sign) = rest.chars().next().filter(|c| matches!(c, '-' | '–')) else {
        return first;
    };
    match digits(&rest[sign.len_utf8()..]) {
        0 => first,
        second => first + sign.len_utf8() + second,
    }
}

fn trim_blanks(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\u{A0}', '\u{202F}'])
}

/// The letters and full stops at the end of a text.
pub fn last_word(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_alphabetic() || c == '.';
    let letters = text.chars().rev().take_while(|&c| is_part(c));
    let length: usize = letters.map(char::len_utf8).sum();
    let word = text[text.len() - length..].trim_start_matches('.');
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, start: usize) -> Inline {
        Inline {
            kind: InlineKind::Text(text.to_owned()),
            span: Span::from(start..start + text.len()),
        }
    }

    fn found(run: &[Inline]) -> Vec<(String, String, u32, u32)> {
        let mut found = Vec::new();
        visit(run, &mut |one| {
            found.push((
                one.word.to_owned(),
                one.number.to_owned(),
                one.span.start,
                one.span.end,
            ));
        });
        found
    }

    #[test]
    fn a_number_comes_with_its_word_and_the_place_of_both() {
        let run = [text("Se (s. 5-6) og s.12, B12.", 100)];
        assert_eq!(
            found(&run),
            [
                ("s.".into(), "5-6".into(), 104, 110),
                ("s.".into(), "12".into(), 115, 119),
            ]
        );
    }

    #[test]
    fn a_word_at_the_end_of_the_line_above_belongs_to_the_number() {
        let soft_break = Inline {
            kind: InlineKind::SoftBreak,
            span: Span::new(8, 9),
        };
        let run = [text("se Bilag", 0), soft_break, text("4 og", 9)];
        assert_eq!(found(&run), [("Bilag".into(), "4".into(), 3, 10)]);
    }
}
