//! A text without its typography: what two editions are compared by, and what a fingerprint counts.
//!
//! Every word of every protocol comes by here, so most texts are told to stand as they are in one look.

use unicode_normalization::UnicodeNormalization;

/// A text without what is only typography: composed letters, single spaces, straight quotation marks and
/// hyphens. Two texts that are the same here say the same.
pub fn canonical(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    // Below the first combining mark, and among the signs of punctuation, nothing is composed: nearly every
    // text is such a one, and composing takes ten times as long as all the rest.
    let sign = |c: char| match c {
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Sign::Nothing,
        '»' | '«' | '“' | '”' | '„' => Sign::Letter('"'),
        '’' | '‘' | '‚' => Sign::Letter('\''),
        '–' | '—' | '‑' | '‐' | '−' => Sign::Letter('-'),
        c if c < '\u{300}' || ('\u{2000}'..='\u{206F}').contains(&c) => Sign::Letter(c),
        _ => Sign::MayBeComposed,
    };
    squeezed(text, sign).unwrap_or_else(|| {
        let composed: String = text.nfc().collect();
        let sign = |c| match sign(c) {
            Sign::MayBeComposed => Sign::Letter(c),
            other => other,
        };
        squeezed(&composed, sign).expect("every letter is taken as it is")
    })
}

/// Whether a text stands as it is: single spaces, none at its ends, and no letter beyond ASCII but æ, ø, å and
/// their like. Nearly every text does, and this looks at many bytes at a time.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ([first, behind @ ..], [.., last]) = (bytes, bytes) else {
        return true;
    };
    // No `||` and no `&&`: they would be a jump for each byte.
    let is_odd = |byte: u8| (byte < 0x20) | (byte == 0xC2) | (byte >= 0xC4);
    let pairs = bytes.iter().zip(behind);
    let odd = pairs.fold(is_odd(*last), |odd, (&byte, &next)| {
        odd | is_odd(byte) | ((byte == b' ') & (next == b' '))
    });
    !odd && *first != b' ' && *last != b' '
}

/// What becomes of a letter.
#[derive(Clone, Copy)]
enum Sign {
    /// It stands as this one.
    Letter(char),
    /// It is left out.
    Nothing,
    /// The text has to be composed first.
    MayBeComposed,
}

/// The bytes that are always copied: visible ASCII, the letters æ, ø, å and their like, and what follows the
/// first byte of any letter.
const COPIED: [bool; 256] = {
    let mut copied = [false; 256];
    let mut byte = 0x21;
    while byte < 0xC0 {
        copied[byte] = byte != 0x7F;
        byte += 1;
    }
    copied[0xC3] = true;
    copied
};

/// A text with single spaces for white space, none at its ends, and each letter as `sign` says; `None` if one of
/// them may be composed. Every word of every protocol comes by here, so runs are copied in one go.
fn squeezed(text: &str, sign: impl Fn(char) -> Sign) -> Option<String> {
    let bytes = text.as_bytes();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let run = at;
        while let Some(&byte) = bytes.get(at) {
            let in_words = byte == b' '
                && at > run
                && bytes
                    .get(at + 1)
                    .is_some_and(|&next| COPIED[usize::from(next)]);
            if !(COPIED[usize::from(byte)] || in_words) {
                break;
            }
            at += 1;
        }
        plain.push_str(&text[run..at]);
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        at += c.len_utf8();
        if c.is_whitespace() {
            if !plain.is_empty() && !plain.ends_with(' ') {
                plain.push(' ');
            }
            continue;
        }
        match sign(c) {
            Sign::Letter(c) => plain.push(c),
            Sign::Nothing => {}
            Sign::MayBeComposed => return None,
        }
    }
    if plain.ends_with(' ') {
        plain.pop();
    }
    Some(plain)
}

/// The text with single spaces, none at its ends.
pub(super) fn tidy(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    squeezed(text, Sign::Letter).expect("every letter is taken as it is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_left_out_of_what_a_text_says() {
        for (text, said) in [
            ("  a\u{a0}b \t\n c ", "a b c"),
            ("»ja« “nej” ’så’ 3–4 — x", "\"ja\" \"nej\" 'så' 3-4 - x"),
            ("rus\u{ad}middel\u{200b}\u{feff}", "rusmiddel"),
            ("a \u{ad} b", "a b"),
            ("gæst, ga\u{308}st, Œuvre, 日本", "gæst, gäst, Œuvre, 日本"),
            ("\u{2003}é\u{e9}\u{301}", "éé\u{301}"),
            ("", ""),
            (" \u{a0} ", ""),
            ("\u{7f}x", "\u{7f}x"),
            ("å  b", "å b"),
            (" å b", "å b"),
        ] {
            assert_eq!(canonical(text), said, "{text:?}");
        }
    }

    #[test]
    fn a_text_with_single_spaces_keeps_its_signs() {
        for (text, tidied) in [
            ("»a«  –\u{a0}b", "»a« – b"),
            ("a\r\nb\u{2028}c", "a b c"),
            (" x", "x"),
        ] {
            assert_eq!(tidy(text), tidied, "{text:?}");
            let split: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(tidy(text), split.join(" "), "{text:?}");
        }
    }
}
