//! What in a sentence is to be copied as it stands: commands, lines of TOML, words in quotes.
//!
//! Messages are plain text, so that every format can show them; this tells the one that breaks lines where it must
//! not.

use std::ops::Range;

/// The parts of a text that are to be copied, in order, none overlapping another: `»…«`, `key = value`, headers in
/// brackets, and commands from the name of the program on.
pub fn code_in(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let begins_word = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        let length = if let Some(inner) = rest.strip_prefix('»') {
            inner
                .find('«')
                .map(|end| '»'.len_utf8() + end + '«'.len_utf8())
        } else if begins_word {
            assignment(rest)
                .or_else(|| command(rest))
                .or_else(|| bracketed(rest))
        } else {
            None
        };
        match length {
            Some(length) => {
                parts.push(at..at + length);
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts
}

/// How long `key = value` is, if the text begins with it.
fn assignment(text: &str) -> Option<usize> {
    let key = text
        .bytes()
        .take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_')
        .count();
    let quoted = if text.starts_with('"') {
        value(text)
    } else {
        None
    };
    let key = if key > 0 { key } else { quoted? };
    let rest = text[key..].strip_prefix(" = ")?;
    Some(key + 3 + value(rest)?)
}

/// How long a value of TOML is, if the text begins with one; a bare word counts.
fn value(text: &str) -> Option<usize> {
    for quotes in ["'''", "\"\"\"", "'", "\""] {
        if let Some(inner) = text.strip_prefix(quotes) {
            return Some(
                inner
                    .find(quotes)
                    .map_or(quotes.len(), |end| quotes.len() * 2 + end),
            );
        }
    }
    for (open, close) in [('[', ']'), ('{', '}')] {
        if text.starts_with(open) {
            return Some(balanced(text, open, close).unwrap_or(1));
        }
    }
    let word = text.find([' ', '\n']).unwrap_or(text.len());
    let word = text[..word].trim_end_matches(['.', ',', ':', ')']).len();
    (word > 0).then_some(word)
}

/// How long a text in brackets is, brackets inside it included.
fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        }
    }
    None
}

/// How long a header or a link in brackets is, if the text begins with one.
fn bracketed(text: &str) -> Option<usize> {
    let length = text
        .starts_with('[')
        .then(|| balanced(text, '[', ']'))
        .flatten()?;
    let target = text[length..].starts_with('(');
    let link = target
        .then(|| balanced(&text[length..], '(', ')'))
        .flatten();
    Some(length + link.unwrap_or_default())
}

/// Programs whose commands are shown to be copied.
const PROGRAMS: [&str; 3] = ["rusprot ", "git ", "cargo "];

/// How long a command is, if the text begins with one: the program, its words, options and quoted texts. A word of
/// the sentence that follows ends it.
fn command(text: &str) -> Option<usize> {
    let program = PROGRAMS
        .into_iter()
        .find(|program| text.starts_with(program))?;
    let mut end = program.len() - 1;
    while let Some(rest) = text[end..].strip_prefix(' ') {
        let quoted = value(rest).filter(|_| rest.starts_with('"'));
        let length = match quoted {
            Some(length) => length,
            None => {
                let word = rest.find([' ', '\n']).unwrap_or(rest.len());
                let word = rest[..word].trim_end_matches(['.', ',', ':', ')', '«']);
                let is_argument = |c: char| {
                    c.is_ascii_alphanumeric() || "-_./=~@{}".contains(c) || c.is_uppercase()
                };
                let ends = ["og", "eller", "i", "med", "til", "for", "igen", "her"].contains(&word);
                if word.is_empty() || ends || !word.chars().all(is_argument) {
                    break;
                }
                word.len()
            }
        };
        end += 1 + length;
        if text[end..].starts_with(['.', ',', ':', ')']) {
            break;
        }
    }
    (end >= program.len()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::code_in;

    fn parts(text: &str) -> Vec<&str> {
        code_in(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn lines_of_toml_commands_and_words_in_quotes_are_found_whole() {
        for (text, expected) in [
            (
                "Skriv opfylder = [\"a\", \"b c\"] dér.",
                &["opfylder = [\"a\", \"b c\"]"][..],
            ),
            (
                "Skriv linjen sådan: dato = 2026-02-03",
                &["dato = 2026-02-03"],
            ),
            (
                "Skriv navn = 'Det \"gode\" hus'.",
                &["navn = 'Det \"gode\" hus'"],
            ),
            (
                "Skriv det ind: rusprot done aa-huset --duty revision --date ÅÅÅÅ-MM-DD",
                &["rusprot done aa-huset --duty revision --date ÅÅÅÅ-MM-DD"],
            ),
            ("Kør rusprot check igen, og se efter.", &["rusprot check"]),
            ("Mente du »en overskrift«?", &["»en overskrift«"]),
            ("Flyt den under [[afsnit.afsnit]].", &["[[afsnit.afsnit]]"]),
            (
                "Skriv [bilaget om gæster](bilag:gaester) her",
                &["[bilaget om gæster](bilag:gaester)"],
            ),
            (
                "trin = [{ goer = \"…\" }] og mere",
                &["trin = [{ goer = \"…\" }]"],
            ),
            ("Skriv \"to ord\" = \"et\"", &["\"to ord\" = \"et\""]),
            ("Intet at kopiere her, 1 = 2?", &[]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_closed_takes_nothing_else_with_it() {
        for text in [
            "»åben",
            "tekst = '''",
            "opfylder = [",
            "rusprot ",
            "[[x",
            "[",
        ] {
            let _parts = parts(text);
        }
    }
}
