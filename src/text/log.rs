//! What the reader of a log obeys: an author's text in it must be no command to a build server.
//!
//! Azure Pipelines, TeamCity and the older form of GitHub's commands begin with two number signs, a name and a
//! bracket, wherever in the line: `##vso[task.setvariable]`, `##[add-mask]`. GitHub's own begin a line:
//! `::error::`. What steers a terminal is [`super::visible`]'s. Forms that can write a letter in another way
//! (JSON, XML, HTML, iCalendar) do so themselves and are not changed by [`harmless`].

use std::borrow::Cow;

/// Stands for the second number sign of a command.
const SIGN: &str = "<U+0023>";

/// Stands for the first colon of a command.
const COLON: &str = "<U+003A>";

/// Where the second number sign of each `##name[` stands, in the order of the text.
pub fn bracket_commands(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let pairs = memchr::memchr_iter(b'#', bytes).filter(move |&at| at > 0 && bytes[at - 1] == b'#');
    pairs.filter(move |&at| {
        let in_name =
            |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let rest = &bytes[at + 1..];
        let name = rest.iter().take_while(in_name).count();
        rest.get(name) == Some(&b'[')
    })
}

/// Where the first colon of each `::` stands that begins its line, white space left aside.
pub fn line_commands(text: &str) -> impl Iterator<Item = usize> {
    memchr::memmem::find_iter(text.as_bytes(), "::").filter(move |&at| {
        let before = text[..at].trim_end_matches(|c: char| c != '\n' && c != '\r' && is_blank(c));
        before.is_empty() || before.ends_with(['\n', '\r'])
    })
}

/// What a build server passes over at a line's beginning.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The text with every command spelled out, so that a build server shows it and does nothing.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let mut signs: Vec<(usize, &str)> = bracket_commands(text).map(|at| (at, SIGN)).collect();
    signs.extend(line_commands(text).map(|at| (at, COLON)));
    signs.sort_unstable();
    with_signs(text, signs)
}

/// A part of a line, with every command spelled out that may stand anywhere in it.
pub(super) fn harmless_part(text: &str) -> Cow<'_, str> {
    with_signs(text, bracket_commands(text).map(|at| (at, SIGN)))
}

/// The text with what stands for the letter at each of these places.
pub fn with_signs<'t, 's>(
    text: &'t str,
    signs: impl IntoIterator<Item = (usize, &'s str)>,
) -> Cow<'t, str> {
    let mut signs = signs.into_iter().peekable();
    if signs.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut copied = 0;
    for (at, sign) in signs {
        out.push_str(&text[copied..at]);
        out.push_str(sign);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_in_brackets_is_spelled_out_wherever_it_stands() {
        for (text, shown) in [
            ("##vso[task.complete]", "#<U+0023>vso[task.complete]"),
            ("a ##[group]x", "a #<U+0023>[group]x"),
            (
                "###[x] ##team-city_1.0[",
                "##<U+0023>[x] #<U+0023>team-city_1.0[",
            ),
        ] {
            assert_eq!(harmless(text), shown);
            assert_eq!(harmless_part(text), shown);
        }
        for text in ["## Overskrift", "##a b[", "#[x]", "[##]", "####", "##"] {
            assert!(matches!(harmless(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn colons_are_spelled_out_where_they_begin_a_line() {
        assert_eq!(harmless("::error::x"), "<U+003A>:error::x");
        assert_eq!(harmless("a\n \t\u{a0}::x"), "a\n \t\u{a0}<U+003A>:x");
        assert_eq!(harmless("a\r::x"), "a\r<U+003A>:x");
        assert_eq!(
            harmless(":::x\n  - ::y\na::b"),
            "<U+003A>::x\n  - ::y\na::b"
        );
        assert_eq!(
            harmless("a\n::x ##[y]\n::z"),
            "a\n<U+003A>:x #<U+0023>[y]\n<U+003A>:z"
        );
    }

    #[test]
    fn much_of_the_same_is_looked_at_once() {
        for text in [
            "#".repeat(400_000),
            "##a".repeat(100_000),
            "a::".repeat(100_000),
        ] {
            assert_eq!(harmless(&text), text);
        }
    }
}
