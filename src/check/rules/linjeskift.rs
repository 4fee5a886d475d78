//! RP210 `linjeskift`: short lines under each other, as an address has them, which are printed as one line.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::lines::{Line, Paragraph, Wanted, paragraphs};
use crate::diag::{Code, Edit, Finding, Fix};
use crate::text::ByteSet;

/// How many letters a line of an address has at most. Lines of prose are broken later.
const SHORT: usize = 40;
/// How many lines there have to be.
const LEAST: usize = 3;

/// What every line but the last ends with.
const LINE_END: ByteSet = ByteSet::NONE.and(b"\n");

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let has_mark = |text: &str| text.contains('\n') || text.contains("\\n");
    let wanted = Wanted {
        marks: LINE_END,
        has_mark: &has_mark,
        lines: LEAST,
    };
    paragraphs(context, &wanted, &mut |paragraph| {
        let Some(group) = group(&paragraph.lines) else {
            return;
        };
        findings.push(
            Finding::new(
                Code::Linjeskift,
                paragraph.place(group.clone()),
                format!("{} korte linjer bliver trykt som én.", group.len()),
            )
            .with_help(
                "Skal læseren se hver linje for sig, så skriv en omvendt skråstreg sidst på hver af dem, undtagen \
                 den sidste.",
            )
            .with_fix(fix(paragraph, group)),
        );
    });
}

/// The lines of a paragraph, where all of them are short and none is a sentence.
fn group(lines: &[Line<'_>]) -> Option<Range<usize>> {
    let is_part = |line: &Line<'_>| {
        let text = line.text.as_str();
        let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '+');
        let ends = !text.ends_with(['.', '!', '?', ',', ':', ';', '-', '–']);
        begins && ends && !line.hard && !text.contains('\t') && text.chars().count() <= SHORT
    };
    (lines.len() >= LEAST && lines.iter().all(is_part)).then_some(0..lines.len())
}

fn fix(paragraph: &Paragraph<'_>, group: Range<usize>) -> Option<Fix> {
    let lines = &paragraph.lines[group];
    let (_, but_last) = lines.split_last()?;
    let mut edits = Vec::new();
    for line in but_last {
        let (head, span) = line.head?;
        let letters = head.trim_end();
        if letters != line.text {
            return None;
        }
        let (last, _) = letters.char_indices().next_back()?;
        edits.push(Edit {
            span: span.part(last..letters.len()),
            text: format!("{}\\", &letters[last..]),
        });
    }
    Some(Fix { edits })
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &section)]).at("RP210")
    }

    #[test]
    fn an_address_is_found_and_prose_is_not() {
        let address = "Bostedet Birkely\nBirkevej 4\n8000 Aarhus C";
        assert_eq!(found(address), ["01-a.toml:3:1"]);
        for text in [
            "Bostedet Birkely\nBirkevej 4",
            "Bostedet Birkely\\\nBirkevej 4\\\n8000 Aarhus C",
            "Vi spiser sammen\nhver aften kl. 18,\nog alle er med.",
            "Vi spiser sammen i stuen hver eneste aften klokken atten\nOg alle er med hver eneste gang i ugen\nHer",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
