//! RP209 `word-tabel`: a table as Word leaves it when it is pasted: lines with as many tabs each.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::lines::{Line, Paragraph, Wanted, before, paragraphs};
use crate::diag::{Code, Edit, Finding, Fix};
use crate::text::ByteSet;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let wanted = Wanted {
        marks: ByteSet::NONE.and(b"\t"),
        has_mark: &|text| text.contains('\t') || text.contains("\\t"),
        lines: 2,
    };
    paragraphs(context, &wanted, &mut |paragraph| {
        for group in groups(&paragraph.lines) {
            let rows = group.len();
            let columns = tabs(&paragraph.lines[group.start]) + 1;
            findings.push(
                Finding::new(
                    Code::WordTabel,
                    paragraph.place(group.clone()),
                    format!(
                        "{rows} linjer ligner en tabel fra Word med {columns} kolonner, men bliver trykt som \
                         én linje tekst."
                    ),
                )
                .with_help(
                    "Sæt en lodret streg om hvert felt: | Hvad | Hvornår |. Under den første række skal der stå \
                     | --- | --- |",
                )
                .with_fix(fix(paragraph, group)),
            );
        }
    });
}

/// How many tabs part the fields of a line. One that begins as an item of a list is no row.
fn tabs(line: &Line<'_>) -> usize {
    let first = line.text.split('\t').next().unwrap_or_default().trim();
    let marks = first.trim_end_matches(['.', ')']);
    let is_item = first.len() > marks.len() && marks.len() <= 3 && !marks.contains(' ');
    let is_bullet = first == "o" || !first.contains(char::is_alphanumeric);
    if is_item || is_bullet {
        return 0;
    }
    line.text.matches('\t').count()
}

/// Two or more lines in a row with as many tabs each.
fn groups(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let count = tabs(&lines[start]);
        let same = lines[start..].iter().take_while(|line| tabs(line) == count);
        let end = start + same.count();
        if count > 0 && end - start > 1 {
            groups.push(start..end);
        }
        start = end;
    }
    groups
}

/// The rows as a table of Markdown, the first one as its heading.
fn fix(paragraph: &Paragraph<'_>, group: Range<usize>) -> Option<Fix> {
    if !paragraph.is_free {
        return None;
    }
    let mut edits = Vec::new();
    for (at, line) in paragraph.lines[group.clone()].iter().enumerate() {
        let (head, span) = line.head?;
        let letters = head.trim_end();
        // A mark of Markdown in the row: the rest stands elsewhere than its head.
        if letters != line.text || letters.contains('|') {
            return None;
        }
        let fields: Vec<&str> = letters.split('\t').map(str::trim).collect();
        let rule = match at {
            0 => format!("\n|{}", " --- |".repeat(fields.len())),
            _ => String::new(),
        };
        let gap = if at == 0 && group.start > 0 { "\n" } else { "" };
        edits.push(Edit {
            span: span.part(0..letters.len()),
            text: format!("{gap}| {} |{rule}", fields.join(" | ")),
        });
    }
    if let Some(after) = paragraph.lines.get(group.end) {
        edits.push(before(after, "\n")?);
    }
    Some(Fix { edits })
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &section)]).at("RP209")
    }

    #[test]
    fn rows_with_as_many_tabs_are_found() {
        assert_eq!(found("Hvad\tHvornår\nMøde\tmandag"), ["01-a.toml:3:1"]);
        assert_eq!(
            found("Vi har:\nHvad\tHvem\tHvornår\nMøde\tAlle\tmandag\nTur\tAlle\ttirsdag"),
            ["01-a.toml:4:1"]
        );
    }

    #[test]
    fn a_tab_by_itself_and_items_are_no_table() {
        for text in [
            "Hvad\tHvornår",
            "a.\tLuk\nb.\tSluk",
            "Et\tto\ntre",
            "| a\t| b |\n|---|---|\n| c\t| d |",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
