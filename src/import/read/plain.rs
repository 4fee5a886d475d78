//! Plain texts: from lines to paragraphs. What the paragraphs are is seen later, by numbers, capitals and signs.

use crate::import::source::{Block, Paragraph, Role, Run, Source};

/// Lines at least as long as this may go on in the next one: somebody, or a program, broke them.
const FULL_LINE: usize = 50;
/// Lines longer than this were not broken at all.
const LONGEST_BROKEN: usize = 100;

/// Reads a text with `\n` as its line ends.
pub(super) fn read(text: &str) -> Source {
    let text = text.trim_start_matches('\u{FEFF}');
    let is_broken = !text
        .lines()
        .any(|line| line.trim_end().chars().count() > LONGEST_BROKEN);
    let mut source = Source::default();
    for part in text.split("\n\n") {
        paragraphs(part, is_broken, &mut source.blocks);
    }
    source
}

/// The paragraphs of what stands between two empty lines.
fn paragraphs(part: &str, is_broken: bool, blocks: &mut Vec<Block>) {
    let lines: Vec<&str> = part
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let mut open: Option<(String, i32)> = None;
    let mut last_length = 0;
    for (at, line) in lines.iter().enumerate() {
        if is_underline(line) && at > 0 {
            if let Some((text, _)) = open.take() {
                blocks.push(heading(
                    &text,
                    if line.trim_start().starts_with('=') {
                        1
                    } else {
                        2
                    },
                ));
            }
            continue;
        }
        let indent = indent(line);
        let text = line.trim_start_matches(' ').trim_end();
        let length = line.trim_end().chars().count();
        let goes_on = is_broken && last_length >= FULL_LINE && !begins_item(text);
        last_length = length;
        match &mut open {
            Some((before, _)) if goes_on => {
                before.push(' ');
                before.push_str(text);
            }
            // Short lines below each other, as an address: they stay lines.
            Some((before, _))
                if is_short_line(before)
                    && is_short_line(text)
                    && !begins_item(text)
                    && !begins_item(before) =>
            {
                before.push('\n');
                before.push_str(text);
            }
            _ => {
                push(open.take(), blocks);
                open = Some((text.to_owned(), indent));
            }
        }
    }
    push(open, blocks);
}

fn push(open: Option<(String, i32)>, blocks: &mut Vec<Block>) {
    let Some((text, indent)) = open else { return };
    blocks.push(Block::Paragraph(Paragraph {
        indent,
        ..Paragraph::plain(text)
    }));
}

fn heading(text: &str, level: u8) -> Block {
    Block::Paragraph(Paragraph {
        runs: vec![Run::plain(text)],
        role: Role::Heading(level),
        ..Paragraph::default()
    })
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2
        && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether the last line of a text is so short that it was meant as one.
fn is_short_line(text: &str) -> bool {
    let last = text.rsplit('\n').next().unwrap_or_default();
    last.chars().count() < 40 && !last.ends_with(['.', ':', ';', '?', '!', ','])
}

/// Whether a line begins with the sign or the number of an item.
pub(super) fn begins_item(line: &str) -> bool {
    crate::import::lists::typed_mark(line).is_some()
}

fn indent(line: &str) -> i32 {
    let spaces = line.chars().take_while(|c| *c == ' ').count();
    i32::try_from(spaces).unwrap_or(0) * 120
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::letters;

    fn read_paragraphs(text: &str) -> Vec<String> {
        let source = read(text);
        let letters = source.blocks.iter().map(|block| match block {
            Block::Paragraph(paragraph) => letters(&paragraph.runs),
            _ => String::new(),
        });
        letters.collect()
    }

    #[test]
    fn broken_lines_are_joined_and_an_address_stays_lines() {
        let text = "Vi spørger altid borgeren først, før vi ringer til nogen\nanden om det.\n\nBækhuset\nBækvej 4\n9999 Ingensted\n";
        assert_eq!(
            read_paragraphs(text),
            [
                "Vi spørger altid borgeren først, før vi ringer til nogen anden om det.",
                "Bækhuset\nBækvej 4\n9999 Ingensted"
            ]
        );
    }

    #[test]
    fn items_stay_apart() {
        assert_eq!(
            read_paragraphs("- en\n- to\n1. tre"),
            ["- en", "- to", "1. tre"]
        );
    }
}
