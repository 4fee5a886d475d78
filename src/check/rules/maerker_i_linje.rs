//! RP213 `maerker-i-linje`: marks of Markdown in a value of one line, which is printed as it stands: a heading, a name,
//! a caption.
//!
//! Footnote marks there are RP205's.

use std::ops::Range;
use std::sync::Arc;

use crate::check::context::Context;
use crate::diag::{Code, Edit, Finding, Fix};
use crate::model::{Line, Text};
use crate::text::{Place, SourceFile};

/// Marks that stand on both sides of what they mark, the longer of two that begin alike first.
const PAIRS: [&str; 5] = ["**", "__", "~~", "`", "*"];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    protocol.front_texts(&mut |text| findings.extend(in_text(&protocol.file, text)));
    protocol.visit(&mut |section| {
        section.texts(&mut |text| findings.extend(in_text(&section.file, text)));
    });
}

fn in_text(file: &Arc<SourceFile>, text: Text<'_>) -> Option<Finding> {
    let (Text::Heading(line) | Text::Term(line) | Text::Label(line)) = text else {
        return None;
    };
    let marks = marks(&line.text);
    let first = marks.first()?.clone();
    let shown = &line.text[first];
    let place = Place::new(file, line.span);
    let finding = Finding::new(
        Code::MaerkerILinje,
        place,
        format!("Mærket {shown} bliver trykt, som det står, for her kan kun stå ren tekst."),
    )
    .with_help(format!(
        "Slet mærkerne, så der står: {}",
        without(&line.text, &marks)
    ));
    Some(finding.with_fix(removal(file, line, &marks)))
}

/// The marks of a line, in order.
fn marks(text: &str) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    if !text.contains(['*', '_', '~', '`', ']']) {
        return marks;
    }
    for (at, _) in text.match_indices("](") {
        let open = text[..at].rfind('[');
        let close = text[at..].find(')').map(|close| at + close + 1);
        if let (Some(open), Some(close)) = (open, close)
            && !text[open..].starts_with("[^")
        {
            marks.extend([open..open + 1, at..close]);
        }
    }
    for pair in PAIRS {
        let mut from = 0;
        while let Some((open, close)) = pair_in(text, pair, from) {
            from = close.end;
            let is_new = |mark: &Range<usize>| {
                !marks
                    .iter()
                    .any(|other| mark.start < other.end && other.start < mark.end)
            };
            if is_new(&open) && is_new(&close) {
                marks.extend([open, close]);
            }
        }
    }
    marks.sort_by_key(|mark| mark.start);
    marks
}

/// The next two marks of a kind that stand around some words, as letters of a blank to fill in do not.
fn pair_in(text: &str, mark: &str, from: usize) -> Option<(Range<usize>, Range<usize>)> {
    let places = || text[from..].match_indices(mark).map(|(at, _)| from + at);
    let is_own = |c: char| mark.contains(c);
    let before = |at: usize| text[..at].chars().next_back();
    let after = |at: usize| text[at + mark.len()..].chars().next();
    let opens = |at: &usize| {
        !before(*at).is_some_and(|c| c.is_alphanumeric() || is_own(c))
            && after(*at).is_some_and(|c| !c.is_whitespace() && !is_own(c))
    };
    let closes = |at: &usize| {
        !after(*at).is_some_and(|c| c.is_alphanumeric() || is_own(c))
            && before(*at).is_some_and(|c| !c.is_whitespace() && !is_own(c))
    };
    let open = places().find(opens)?;
    let inside = open + mark.len();
    let close = places().filter(|at| *at > inside).find(closes)?;
    Some((open..inside, close..close + mark.len()))
}

fn without(text: &str, marks: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for mark in marks {
        kept.push_str(&text[at.min(mark.start)..mark.start]);
        at = mark.end.max(at);
    }
    kept.push_str(&text[at..]);
    kept
}

/// Takes the marks away where the file has the line letter by letter.
fn removal(file: &SourceFile, line: &Line, marks: &[Range<usize>]) -> Option<Fix> {
    let start = file.slice(line.span).find(line.text.as_str())?;
    let edit = |mark: &Range<usize>| Edit {
        span: line.span.part(start + mark.start..start + mark.end),
        text: String::new(),
    };
    Some(Fix {
        edits: marks.iter().map(edit).collect(),
    })
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(heading: &str) -> Vec<String> {
        let section = format!("overskrift = '{heading}'\ntekst = 'Vi **hilser**.'\n");
        Repo::of(&[("01-a.toml", &section)]).messages("RP213")
    }

    #[test]
    fn marks_of_emphasis_code_and_links_are_found_in_a_line() {
        for (heading, mark) in [
            ("**Gæster**", "**"),
            ("Vores *egne* regler", "*"),
            ("Se `vagt`", "`"),
            ("Se [planen](https://a.test/)", "["),
            ("~~Gæster~~ Besøg", "~~"),
            ("__Gæster__", "__"),
        ] {
            let said =
                format!("Mærket {mark} bliver trykt, som det står, for her kan kun stå ren tekst.");
            assert_eq!(found(heading), [said], "{heading}");
        }
    }

    #[test]
    fn stars_and_blanks_that_mark_nothing_are_fine() {
        for heading in [
            "Gæster* og pårørende*",
            "Navn: ____ og dato: ____",
            "2 * 3 * 4",
            "a_b_c",
            "Note[^1]",
            "Fra [skema] til mål",
        ] {
            assert_eq!(found(heading), [""; 0], "{heading}");
        }
    }
}
