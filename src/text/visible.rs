//! Text of an author, made safe to show: what a terminal would obey or hide is spelled out, and so is what a
//! build server would obey wherever in a line it stands.
//!
//! Only for formats people read as they are; machine formats escape by their own rules.

use std::path::Path;

use super::log;

/// Writes a character as it can be shown: a tab as four spaces, a character that is invisible or
/// that steers the terminal or the direction of the text as `<U+200B>`.
pub fn push_shown(out: &mut String, c: char) {
    match c {
        '\t' => out.push_str("    "),
        c if is_hidden(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        c => out.push(c),
    }
}

/// The text with every character as [`push_shown`] writes it, and no command to a build server in it.
pub fn shown(text: &str) -> String {
    let text = &*log::harmless_part(text);
    if !text.chars().any(|c| c == '\t' || is_hidden(c)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_shown(&mut out, c);
    }
    out
}

/// A path as it can be shown.
pub fn shown_path(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

/// Whether a name holds what nobody can see, or what would break the line it is shown on.
pub fn has_hidden(name: &str) -> bool {
    name.chars().any(is_hidden)
}

/// The text on one line, safe to show: white space and line breaks become single spaces, and what a
/// terminal would obey or hide is spelled out.
pub fn one_line(text: &str) -> String {
    shown(&single_spaced(text))
}

/// The words of a text with a space between them, whatever white space stood there.
pub fn single_spaced(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The columns a character takes on a terminal when written by [`push_shown`].
pub fn width(c: char) -> usize {
    if c == ' ' || c.is_ascii_graphic() {
        return 1;
    }
    let mut text = String::new();
    push_shown(&mut text, c);
    textwrap::core::display_width(&text)
}

/// Whether a character steers the terminal or the direction of the text; a tab and a line end do not.
pub fn is_steering(c: char) -> bool {
    !matches!(c, '\t' | '\n') && is_hidden(c)
}

/// Whether a character has no picture of its own or changes how others are shown. Combining marks
/// do neither: they belong to the letter before them.
fn is_hidden(c: char) -> bool {
    // Nearly every letter is settled by one of these two.
    if c < '\u{ad}' {
        return c.is_control();
    }
    if ('\u{ae}'..'\u{34f}').contains(&c) {
        return false;
    }
    matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_the_direction_of_text_is_spelled_out() {
        assert_eq!(shown("a\u{1b}[31mb"), "a<U+001B>[31mb");
        assert_eq!(shown("\u{9b}31m"), "<U+009B>31m");
        assert_eq!(shown("\u{202e}txt"), "<U+202E>txt");
        assert_eq!(shown("a\u{200b}b\u{feff}"), "a<U+200B>b<U+FEFF>");
    }

    #[test]
    fn what_a_build_server_would_obey_is_spelled_out() {
        assert_eq!(shown("a ##vso[x]\u{7}"), "a #<U+0023>vso[x]<U+0007>");
        assert_eq!(one_line("##\n[x]"), "## [x]");
    }

    #[test]
    fn letters_stay_as_they_are_also_decomposed() {
        assert_eq!(shown("æøå a\u{30a} »x«"), "æøå a\u{30a} »x«");
        assert_eq!(width('\u{30a}'), 0);
        assert_eq!(width('å'), 1);
        assert_eq!(width('\t'), 4);
        assert_eq!(width('\u{200b}'), 8);
    }

    #[test]
    fn one_line_has_no_break_whatever_the_text_holds() {
        assert_eq!(one_line(" a\r\n b\u{2028}c\u{85}d\te "), "a b c d e");
    }
}
