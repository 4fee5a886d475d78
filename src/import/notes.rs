//! Footnotes that somebody typed: a raised figure in the text and one before the note, or the marks of Markdown.
//!
//! This belongs to reading: what is found here is a note as if Word had made it.

use super::source::{Block, Own, Paragraph, Run, Source, TextRun, letters};

/// Makes notes of what looks like them.
pub fn find_typed(source: &mut Source) {
    let mut found = Vec::new();
    source.blocks.retain(|block| match block {
        Block::Paragraph(paragraph) => match definition(paragraph) {
            Some(definition) => {
                found.push(definition);
                false
            }
            None => true,
        },
        Block::Table(_) | Block::Quote(_) | Block::Own(_) => true,
    });
    // A definition that no text refers to is a paragraph after all.
    for (label, kind, paragraph) in found {
        let own = format!("t{label}");
        let mut is_used = false;
        for block in &mut source.blocks {
            replace(block, &label, kind, &own, &mut is_used);
        }
        if is_used {
            let blocks = vec![Block::Paragraph(without_label(&paragraph, &label, kind))];
            source.notes.insert(own, blocks);
        } else {
            source.blocks.push(Block::Paragraph(paragraph));
        }
    }
}

/// How a note was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `[^1]`
    Marks,
    /// A raised figure.
    Raised,
}

fn is_figure(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn definition(paragraph: &Paragraph) -> Option<(String, Kind, Paragraph)> {
    let text = paragraph.letters();
    if let Some((label, rest)) = text
        .trim_start()
        .strip_prefix("[^")
        .and_then(|rest| rest.split_once("]:"))
    {
        let is_label =
            !label.is_empty() && label.len() <= 12 && !label.contains(char::is_whitespace);
        return (is_label && !rest.trim().is_empty())
            .then(|| (label.to_owned(), Kind::Marks, paragraph.clone()));
    }
    let first = paragraph.runs.iter().find_map(|run| match run {
        Run::Text(run) if !run.text.trim().is_empty() => Some(run),
        _ => None,
    })?;
    let is_note =
        first.look.raised && is_figure(&first.text) && text.trim().len() > first.text.trim().len();
    is_note.then(|| {
        (
            first.text.trim().to_owned(),
            Kind::Raised,
            paragraph.clone(),
        )
    })
}

fn without_label(paragraph: &Paragraph, label: &str, kind: Kind) -> Paragraph {
    let mut paragraph = paragraph.clone();
    let mut left = match kind {
        Kind::Marks => format!("[^{label}]:").len(),
        Kind::Raised => label.len(),
    };
    for run in &mut paragraph.runs {
        if let Run::Text(run) = run {
            let trimmed = run.text.trim_start();
            let part = left.min(trimmed.len());
            run.text = trimmed[part..].trim_start().to_owned();
            left -= part;
            if left == 0 && !run.text.is_empty() {
                break;
            }
        }
    }
    paragraph
}

/// Puts a note's marker where the text refers to it.
fn replace(block: &mut Block, label: &str, kind: Kind, own: &str, is_used: &mut bool) {
    match block {
        Block::Paragraph(paragraph) => {
            let mut runs = Vec::with_capacity(paragraph.runs.len());
            for run in paragraph.runs.drain(..) {
                match run {
                    Run::Text(run) => cut(run, label, kind, own, is_used, &mut runs),
                    run => runs.push(run),
                }
            }
            paragraph.runs = runs;
        }
        Block::Quote(blocks) | Block::Own(Own { blocks, .. }) => blocks
            .iter_mut()
            .for_each(|block| replace(block, label, kind, own, is_used)),
        Block::Table(table) => {
            for block in table
                .rows
                .iter_mut()
                .flatten()
                .flat_map(|cell| &mut cell.blocks)
            {
                replace(block, label, kind, own, is_used);
            }
        }
    }
}

fn cut(run: TextRun, label: &str, kind: Kind, own: &str, is_used: &mut bool, runs: &mut Vec<Run>) {
    if kind == Kind::Raised {
        let is_first = letters(runs).trim().is_empty();
        if run.look.raised && run.text.trim() == label && !is_first {
            *is_used = true;
            runs.push(Run::Note(own.to_owned()));
        } else {
            runs.push(Run::Text(run));
        }
        return;
    }
    let mark = format!("[^{label}]");
    let mut parts = run.text.split(mark.as_str()).peekable();
    while let Some(part) = parts.next() {
        if !part.is_empty() {
            runs.push(Run::Text(TextRun {
                text: part.to_owned(),
                ..run.clone()
            }));
        }
        if parts.peek().is_some() {
            *is_used = true;
            runs.push(Run::Note(own.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::Look;

    fn raised(text: &str) -> Run {
        Run::Text(TextRun {
            text: text.to_owned(),
            look: Look {
                raised: true,
                ..Look::default()
            },
            ..TextRun::default()
        })
    }

    fn paragraph(runs: Vec<Run>) -> Block {
        Block::Paragraph(Paragraph {
            runs,
            ..Paragraph::default()
        })
    }

    #[test]
    fn a_raised_figure_with_a_line_that_begins_with_it_is_a_note() {
        let mut source = Source {
            blocks: vec![
                paragraph(vec![Run::plain("Vi ringer"), raised("1"), Run::plain(".")]),
                paragraph(vec![raised("1"), Run::plain(" Til vagten.")]),
            ],
            ..Source::default()
        };
        find_typed(&mut source);
        assert_eq!(source.blocks.len(), 1);
        assert_eq!(source.texts(), ["Vi ringer.", "Til vagten."]);
    }

    #[test]
    fn a_raised_figure_alone_is_text() {
        let mut source = Source {
            blocks: vec![paragraph(vec![Run::plain("Huset er 30 m"), raised("2")])],
            ..Source::default()
        };
        find_typed(&mut source);
        assert_eq!(source.texts(), ["Huset er 30 m2"]);
    }
}
