//! RP213 `maerker-i-linje`: marks of Markdown in a value of one line, which is printed as it stands: a heading, a name,
//! a caption.
//!
//! Footnote marks there are RP205's.

use std::ops::Range;
use std::sync::Arc;

use crate::check::context::{Context, SkabelonContext};
use crate::diag::{Code, Edit, Finding, Fix};
use crate::model::{Area, Line, ReadersEdition, Text};
use crate::text::{Place, SourceFile};

/// Marks that stand on both sides of what they mark, the longer of two that begin alike first.
const PAIRS: [&str; 6] = ["**", "__", "~~", "`", "*", "_"];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    protocol.front_texts(&mut |text| findings.extend(in_text(&protocol.file, text)));
    protocol.visit(&mut |section| {
        section.texts(&mut |text| findings.extend(in_text(&section.file, text)));
    });
}

/// What the area's own file says on one line that protocols print.
pub(super) fn in_area(area: &Area, findings: &mut Vec<Finding>) {
    let mut lines: Vec<&Line> = vec![&area.name];
    lines.extend(&area.organisation);
    lines.extend(area.logo.as_ref().map(|logo| &logo.text));
    lines.extend(area.abbreviations.iter().map(|entry| &entry.explanation));
    for document in area.documents.values() {
        lines.push(&document.title);
        lines.extend(&document.kind);
        lines.extend(&document.publisher);
        lines.extend(&document.version);
    }
    lines.extend(area.editions.iter().map(name_of));
    for contact in area.contacts.values() {
        contact.texts(&mut |text| findings.extend(in_text(&area.file, text)));
    }
    let found = lines.into_iter();
    findings.extend(found.filter_map(|line| in_line(&area.file, line)));
}

/// What a skabelon says on one line that protocols print.
pub(super) fn in_skabelon(context: &SkabelonContext<'_>, findings: &mut Vec<Finding>) {
    let skabelon = context.skabelon;
    let mut lines: Vec<&Line> = vec![&skabelon.document_type];
    lines.extend(&skabelon.publisher);
    for duty in &skabelon.duties {
        lines.push(&duty.what);
        lines.extend(&duty.forum);
        lines.extend(&duty.responsible);
    }
    lines.extend(skabelon.editions.iter().map(name_of));
    let found = lines.into_iter();
    findings.extend(found.filter_map(|line| in_line(&skabelon.file, line)));
}

fn name_of(edition: &ReadersEdition) -> &Line {
    &edition.name
}

fn in_text(file: &Arc<SourceFile>, text: Text<'_>) -> Option<Finding> {
    match text {
        Text::Heading(line) | Text::Term(line) | Text::Label(line) => in_line(file, line),
        _ => None,
    }
}

fn in_line(file: &Arc<SourceFile>, line: &Line) -> Option<Finding> {
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

/// The marks of a line, in order; no two of them share a letter.
fn marks(text: &str) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    if !text.contains(['*', '_', '~', '`', ']']) {
        return marks;
    }
    let mut is_mark = vec![false; text.len()];
    let mut add = |open: Range<usize>, close: Range<usize>| {
        if is_mark[open.clone()].contains(&true) || is_mark[close.clone()].contains(&true) {
            return;
        }
        for mark in [open, close] {
            is_mark[mark.clone()].fill(true);
            marks.push(mark);
        }
    };
    links(text, &mut add);
    for pair in PAIRS {
        let mut from = 0;
        while let Some((open, close)) = pair_in(text, pair, from) {
            from = close.end;
            add(open, close);
        }
    }
    marks.sort_by_key(|mark| mark.start);
    marks
}

/// What stands before and behind the words of each link: its bracket, and its address with what closes it.
fn links(text: &str, add: &mut dyn FnMut(Range<usize>, Range<usize>)) {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['[', ']']) {
        let bracket = at + found;
        at = bracket + 1;
        let rest = &text[bracket..];
        if rest.starts_with('[') {
            if !rest.starts_with("[^") {
                open.push(bracket);
            }
        } else if rest.starts_with("](")
            && let Some(open) = open.pop()
        {
            // Where none closes, no later one is closed either.
            let Some(length) = rest.find(')') else { return };
            at = bracket + length + 1;
            add(open..open + 1, bracket..at);
        }
    }
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
        kept.push_str(&text[at..mark.start]);
        at = mark.end;
    }
    kept.push_str(&text[at..]);
    kept
}

/// Takes the marks away where the file has the line letter by letter, and what stood around them makes no others.
fn removal(file: &SourceFile, line: &Line, found: &[Range<usize>]) -> Option<Fix> {
    if !marks(&without(&line.text, found)).is_empty() {
        return None;
    }
    let start = file.slice(line.span).find(line.text.as_str())?;
    let edit = |mark: &Range<usize>| Edit {
        span: line.span.part(start + mark.start..start + mark.end),
        text: String::new(),
    };
    Some(Fix {
        edits: found.iter().map(edit).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{marks, without};
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
    fn marks_within_each_other_are_taken_away_once() {
        for (text, kept) in [
            ("B[](dok:x[](dok:x)[](dok:x)", "B"),
            ("](](a [b](c) [d](", "](](a b [d]("),
            ("**[a](b*c)**", "a"),
            ("*a **b** c*", "a b c"),
            ("[[a](b)](c)", "a"),
        ] {
            assert_eq!(without(text, &marks(text)), kept, "{text}");
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
