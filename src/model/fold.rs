//! Text made comparable: what counts as "the same words" in headings, ids and obligatory texts.

use unicode_normalization::UnicodeNormalization;

pub use crate::text::slug;

/// The text in NFC and lower case, soft hyphens dropped, typographic quotes made plain and every run of
/// white space made one space.
pub fn fold(text: &str) -> String {
    // Danish in the usual, composed form has no byte from 0xCC on but typographic signs.
    if text.bytes().all(|byte| byte < 0xCC) || unicode_normalization::is_nfc(text) {
        fold_chars(text.chars(), text.len())
    } else {
        fold_chars(text.nfc(), text.len())
    }
}

fn fold_chars(chars: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    for c in chars {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '\u{AD}' => {}
            '“' | '”' | '„' | '»' | '«' => folded.push('"'),
            '’' | '‘' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A heading folded, without a typed number and without a full stop or colon at the end
/// (how a heading is compared with a requirement's).
pub fn fold_heading(heading: &str) -> String {
    let mut folded = fold(without_typed_number(heading));
    folded.truncate(folded.trim_end_matches(['.', ':', ' ']).len());
    folded
}

/// The number somebody typed at the head of a heading, such as `4.` in `4. Medarbejdere` or `Bilag 3:`.
///
/// A number alone is only one with a full stop, a parenthesis or a second part: `24 timer i døgnet` is
/// a heading that begins with a number, not a numbered heading.
pub fn typed_number(heading: &str) -> Option<&str> {
    let trimmed = heading.trim_start();
    let rest = strip_word(trimmed, "bilag").or_else(|| strip_word(trimmed, "afsnit"));
    let (numbered, named) = match rest {
        Some(rest) => (rest, true),
        None => (trimmed, false),
    };
    let length = numbered
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    let number = &numbered[..length];
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after = &numbered[length..];
    let closed = number.contains('.') || after.starts_with([')', ':']) || named;
    let sign = usize::from(after.starts_with([')', ':']));
    let after = &after[sign..];
    let heading_follows = after.starts_with(char::is_whitespace) && !after.trim().is_empty();
    if !(closed && heading_follows) {
        return None;
    }
    let end = trimmed.len() - after.len();
    Some(&trimmed[..end])
}

/// The heading without a typed number.
pub fn without_typed_number(heading: &str) -> &str {
    match typed_number(heading) {
        Some(number) => heading.trim_start()[number.len()..].trim_start(),
        None => heading.trim(),
    }
}

/// What follows a word and white space, if the text begins with it in any case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let rest = rest.strip_prefix(char::is_whitespace)?;
    head.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_case_white_space_and_decomposition() {
        assert_eq!(fold("  Hvad\u{A0}er\n PA\u{30A}  her "), "hvad er på her");
    }

    #[test]
    fn headings_are_compared_without_number_and_end_sign() {
        assert_eq!(
            fold_heading("4. Samarbejde med pårørende:"),
            "samarbejde med pårørende"
        );
        assert_eq!(fold_heading("Retningslinjer."), "retningslinjer");
    }

    #[test]
    fn typed_numbers_are_told_from_headings_that_begin_with_a_number() {
        for (heading, number) in [
            ("4. Medarbejdere", Some("4.")),
            ("4.2 Medarbejdere", Some("4.2")),
            ("3) Medarbejdere", Some("3)")),
            ("Bilag 3: Husorden", Some("Bilag 3:")),
            ("bilag 3 Husorden", Some("bilag 3")),
            ("24 timer i døgnet", None),
            ("Bilag", None),
            ("2026", None),
            ("1.", None),
            ("Husorden", None),
        ] {
            assert_eq!(typed_number(heading), number, "{heading}");
        }
    }
}
