//! Lines that Word makes by itself and that come along when a page is copied: the number of a page, and the contents
//! with dots up to the page.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::lines::{Paragraph, paragraphs};
use crate::diag::{Code, Edit, Finding, Fix};

/// What Word made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    /// "Side 3 af 12".
    Page,
    /// "Formål ........ 3".
    Contents,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let has_mark = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    paragraphs(context, &has_mark, &mut |paragraph| {
        let made: Vec<_> = paragraph
            .lines
            .iter()
            .map(|line| made(&line.text))
            .collect();
        let mut at = 0;
        while at < made.len() {
            let Some(kind) = made[at] else {
                at += 1;
                continue;
            };
            let end = made[at..].iter().position(|other| *other != Some(kind));
            let end = end.map_or(made.len(), |count| at + count);
            findings.push(finding(paragraph, at..end, kind));
            at = end;
        }
    });
}

fn made(line: &str) -> Option<Made> {
    let line = line.trim();
    if is_page(line) {
        Some(Made::Page)
    } else if is_contents(line) {
        Some(Made::Contents)
    } else {
        None
    }
}

/// "Side 3 af 12" and its like, with nothing else on the line but signs around it.
fn is_page(line: &str) -> bool {
    let line = line.trim_matches(|c: char| matches!(c, '|' | '-' | '–') || c.is_whitespace());
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| {
        (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_one_of =
        |word: &str, known: [&str; 2]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    match words.as_slice() {
        [page, number, of, all] => {
            is_one_of(page, ["side", "page"])
                && is_one_of(of, ["af", "of"])
                && is_number(number)
                && is_number(all)
        }
        [page, both] => {
            let numbers = both.split_once('/');
            is_one_of(page, ["side", "page"])
                && numbers.is_some_and(|(number, all)| is_number(number) && is_number(all))
        }
        _ => false,
    }
}

/// A heading, dots as far as the page, and the page.
fn is_contents(line: &str) -> bool {
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = line.len() - before.len();
    let is_leader = |c: char| matches!(c, '.' | '…' | '·' | '_') || c.is_whitespace();
    let heading = before.trim_end_matches(is_leader);
    let dots: usize = before[heading.len()..]
        .chars()
        .map(|c| match c {
            '.' | '·' | '_' => 1,
            '…' => 3,
            _ => 0,
        })
        .sum();
    // Three dots are a pause in a sentence.
    (1..=3).contains(&page) && dots > 3 && heading.chars().any(char::is_alphabetic)
}

fn finding(paragraph: &Paragraph<'_>, group: Range<usize>, made: Made) -> Finding {
    let (message, help) = match made {
        Made::Page => (
            "Sidetallet er kommet med fra Word.".to_owned(),
            "Slet linjen. rusprot sætter selv sidetal på.",
        ),
        Made::Contents if group.len() == 1 => (
            "Linjen er fra en indholdsfortegnelse i Word.".to_owned(),
            "Slet linjen. rusprot laver selv indholdsfortegnelsen.",
        ),
        Made::Contents => (
            format!(
                "{} linjer er fra en indholdsfortegnelse i Word.",
                group.len()
            ),
            "Slet linjerne. rusprot laver selv indholdsfortegnelsen.",
        ),
    };
    Finding::new(
        Code::RedaktionelRest,
        paragraph.place(group.clone()),
        message,
    )
    .with_help(help)
    .with_fix(paragraph.is_free.then(|| without(paragraph, group)))
}

/// The paragraph without some of its lines: what stood before and after them is one line's end apart.
fn without(paragraph: &Paragraph<'_>, group: Range<usize>) -> Fix {
    let lines = &paragraph.lines;
    let first = lines[group.start].span;
    let last = lines[group.end - 1].span;
    let before = group.start.checked_sub(1).map(|before| lines[before].span);
    let range = match (before, lines.get(group.end)) {
        (_, Some(after)) => first.start()..after.span.start(),
        (Some(before), None) => before.end()..last.end(),
        (None, None) => first.start()..last.end(),
    };
    Fix {
        edits: vec![Edit {
            span: range.into(),
            text: String::new(),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_page_alone_on_its_line_is_words() {
        for line in [
            "Side 3 af 12",
            "side 3 af 12",
            "Page 3 of 12",
            "– Side 3 af 12 –",
            "Side 3/12",
        ] {
            assert_eq!(made(line), Some(Made::Page), "{line}");
        }
        for line in [
            "Læs side 3 af 12",
            "Side 3",
            "Side tre af tolv",
            "Side 3 af bogen",
        ] {
            assert_eq!(made(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_of_contents_has_dots_up_to_its_page() {
        for line in [
            "Formål ........ 3",
            "Formål........3",
            "2.1 Tryghed\t………… 12",
            "Formål . . . . . . 3",
            "Formål ____________ 3",
        ] {
            assert_eq!(made(line), Some(Made::Contents), "{line}");
        }
        for line in [
            "Vi ventede ... 3",
            "Vi er 3",
            "........ 3",
            "Navn ........",
            "Formål ........ 2026",
        ] {
            assert_eq!(made(line), None, "{line}");
        }
    }
}
