//! RP205 `fodnote`: a marker without a footnote, a footnote without a marker, two with one name; and what is left of a
//! footnote of Word when its text is pasted: a digit stuck to a full stop, and a paragraph that begins with the same
//! digit. Neither of these tells anything alone: only the two together do.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::context::Context;
use crate::check::texts::language::is_abbreviation;
use crate::check::texts::lines::{Line, Wanted, paragraphs};
use crate::diag::{Code, Edit, Finding, Fix};
use crate::model::{Inline, InlineKind, RichText, Section, Slip, SlipKind, Text, nearest};
use crate::text::{ByteSet, Place, SourceFile, Span};

/// The names of footnotes without a marker, by the path of their file.
pub(super) type Unused<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// Those among some slips.
pub(super) fn unused_of(slips: &[Slip]) -> Unused<'_> {
    let mut unused = Unused::new();
    for slip in slips {
        if let SlipKind::NoteUnused(label) = &slip.kind {
            let names = unused.entry(slip.place.file.path()).or_default();
            names.push(label);
        }
    }
    unused
}

/// Markers in a line, where no footnote can stand: headings, names, captions.
fn in_lines(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    protocol.front_texts(&mut |text| findings.extend(in_line(&protocol.file, text)));
    protocol.visit(&mut |section| {
        section.texts(&mut |text| findings.extend(in_line(&section.file, text)));
    });
}

fn in_line(file: &Arc<SourceFile>, text: Text<'_>) -> Option<Finding> {
    let (Text::Heading(line) | Text::Term(line) | Text::Label(line)) = text else {
        return None;
    };
    let at = line.text.find("[^")?;
    let end = line.text[at..].find(']')?;
    let mark = &line.text[at..=at + end];
    let message = format!("Mærket {mark} står et sted, hvor der ikke kan være en fodnote.");
    let help = "Slet mærket. Skal noten med, så skriv den i teksten, hvor den hører til.";
    Some(Finding::new(Code::Fodnote, Place::new(file, line.span), message).with_help(help))
}

/// A marker without a footnote; one of `unused` may be what was meant.
pub(super) fn missing(place: Place, label: &str, unused: &Unused<'_>) -> Finding {
    let unused = unused.get(place.file.path()).map_or(&[][..], Vec::as_slice);
    let help = match nearest(label, unused) {
        Some(near) => format!("Mente du »{near}«? Skriv mærket som [^{near}]"),
        None => format!(
            "Skriv fodnoten nederst i den samme tekst med en tom linje over: [^{label}]: … Eller slet mærket."
        ),
    };
    let message = format!("Mærket [^{label}] har ingen fodnote.");
    Finding::new(Code::Fodnote, place, message).with_help(help)
}

/// A footnote without a marker.
pub(super) fn unused(place: Place, label: &str) -> Finding {
    Finding::new(
        Code::Fodnote,
        place,
        format!("Fodnoten »{label}« har intet mærke i teksten, så den bliver ikke trykt."),
    )
    .with_help(format!(
        "Skriv [^{label}] dér i den samme tekst, hvor fodnoten hører til, eller slet fodnoten."
    ))
}

/// A second footnote with the same name.
pub(super) fn twice(place: Place, label: &str) -> Finding {
    Finding::new(
        Code::Fodnote,
        place,
        format!("To fodnoter hedder »{label}«, så kun den første bliver trykt."),
    )
    .with_help(format!(
        "Giv den ene et andet navn både her og ved mærket, for eksempel [^{label}-2]"
    ))
}

/// A digit that may be the mark of a footnote.
struct Mark<'p> {
    number: u32,
    section: &'p Section,
    text: &'p RichText,
    /// The digit as it is written.
    span: Span,
    /// The word before it, for the message.
    word: String,
}

/// A line that may be a footnote.
struct Note<'p> {
    number: u32,
    text: &'p RichText,
    /// The digit and what stands between it and the words.
    span: Option<Span>,
}

/// What is left of Word's footnotes.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    in_lines(context, findings);
    // The small ones are no ASCII, and neither are few other signs.
    let digits = ByteSet::DIGITS.with(ByteSet::SIGNS);
    let has_digit = |text: &str| text.contains(is_digit);
    let mut notes = Vec::new();
    let wanted = Wanted {
        marks: digits,
        has_mark: &has_digit,
        lines: 1,
    };
    paragraphs(context, &wanted, &mut |paragraph| {
        let lines = paragraph.lines.iter();
        // In a paragraph of several lines only those are notes that have no other words before them.
        notes.extend(lines.map_while(|line| note(line, paragraph.text)));
    });
    if notes.is_empty() {
        return;
    }
    let mut marks = Vec::new();
    for (section, text) in context.texts_with(digits) {
        text.visit_inlines(&mut |inline| {
            if let InlineKind::Text(letters) = &inline.kind
                && letters.contains(is_digit)
            {
                marks_in(section, text, inline, letters, &mut marks);
            }
        });
    }
    for mark in &marks {
        let of_number = notes.iter().filter(|note| note.number == mark.number);
        let of_number: Vec<_> = of_number.collect();
        let beside = of_number
            .iter()
            .filter(|note| std::ptr::eq(note.text, mark.text));
        let beside: Vec<_> = beside.collect();
        let twins = marks
            .iter()
            .filter(|other| other.number == mark.number && std::ptr::eq(other.text, mark.text));
        let note = match beside.as_slice() {
            [note] if twins.count() == 1 => Some(**note),
            _ => None,
        };
        if !of_number.is_empty() {
            findings.push(finding(mark, note));
        }
    }
}

fn finding(mark: &Mark<'_>, note: Option<&Note<'_>>) -> Finding {
    let Mark { number, word, .. } = mark;
    let label = label(mark);
    let message = format!("Tallet {number} efter »{word}« ser ud til at være en fodnote fra Word.");
    Finding::new(Code::Fodnote, mark.section.place(mark.span), message)
        .with_help(format!(
            "Skriv [^{label}] i stedet for {number}, og lad stykket med selve fodnoten begynde med [^{label}]: i den \
             samme tekst."
        ))
        .with_fix(note.and_then(|note| fix(mark, note, &label)))
}

/// A name that no footnote of the text has.
fn label(mark: &Mark<'_>) -> String {
    let written = mark.section.file.slice(mark.text.span);
    let plain = mark.number.to_string();
    if written.contains(&format!("[^{plain}]")) {
        format!("word-{plain}")
    } else {
        plain
    }
}

fn fix(mark: &Mark<'_>, note: &Note<'_>, label: &str) -> Option<Fix> {
    let marker = Edit {
        span: mark.span,
        text: format!("[^{label}]"),
    };
    let definition = Edit {
        span: note.span?,
        text: format!("[^{label}]: "),
    };
    let mut edits = vec![marker, definition];
    edits.sort_by_key(|edit| edit.span.start);
    Some(Fix { edits })
}

const SMALL: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || SMALL.contains(&c)
}

/// The number a text begins with, small or not, in brackets or not, and how many bytes that is. The footnotes of a
/// protocol have two digits at most.
fn number(text: &str) -> Option<(u32, usize)> {
    let inside = text.strip_prefix('[').unwrap_or(text);
    // Three are read, so that more than two are seen, whatever follows.
    let digits: Vec<char> = inside
        .chars()
        .take(3)
        .take_while(|&c| is_digit(c))
        .collect();
    let value = |c: char| {
        let small = (0..).zip(SMALL).find(|&(_, small)| small == c);
        small.map_or_else(|| c.to_digit(10).unwrap_or_default(), |(value, _)| value)
    };
    let number = digits.iter().fold(0, |number, &c| number * 10 + value(c));
    if !(1..=2).contains(&digits.len()) || number == 0 {
        return None;
    }
    let length: usize = digits.iter().map(|c| c.len_utf8()).sum();
    if inside.len() == text.len() {
        return Some((number, length));
    }
    inside[length..]
        .starts_with(']')
        .then_some((number, length + 2))
}

/// The footnote that a line may be: a number, and then words that begin as a sentence does.
fn note<'p>(line: &Line<'_>, text: &'p RichText) -> Option<Note<'p>> {
    let (number, end) = number(&line.text)?;
    let rest = &line.text[end..];
    let words = rest.trim_start();
    let end_of_gap = line.text.len() - words.len();
    let is_stuck = rest.len() == words.len() && line.text.starts_with(|c: char| c.is_ascii_digit());
    if is_stuck || !words.starts_with(|c: char| c.is_uppercase() || c == '§') {
        return None;
    }
    let span = line.head.and_then(|(head, span)| {
        let fits = head.get(..end_of_gap) == line.text.get(..end_of_gap);
        fits.then(|| span.part(0..end_of_gap))
    });
    Some(Note { number, text, span })
}

/// The digits of a text that are stuck to the end of a sentence.
fn marks_in<'p>(
    section: &'p Section,
    text: &'p RichText,
    inline: &Inline,
    letters: &str,
    marks: &mut Vec<Mark<'p>>,
) {
    for (at, sign) in letters.match_indices(['.', '!', '?', ',', '«', '”', ')']) {
        let from = at + sign.len();
        let Some((number, length)) = number(&letters[from..]) else {
            continue;
        };
        let is_plain = letters[from..].starts_with(|c: char| c.is_ascii_digit());
        let after = letters[from + length..].chars().next();
        let before = letters[..at].trim_end_matches(['.', '«', '”', ')']);
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next();
        let word = word.unwrap_or_default();
        // "nr.1" and "stk.2" only lack a space.
        let is_word = word.chars().count() > 2 && !is_abbreviation(format!("{word}.").as_bytes());
        let ends = after.is_none_or(char::is_whitespace);
        // In a table of contents, dots lead up to the number of a page.
        let is_led = letters[..from].ends_with("..");
        if ends && is_word && !is_led && (!is_plain || matches!(sign, "." | "!" | "?")) {
            marks.push(Mark {
                number,
                section,
                text,
                span: inline.part(letters, from..from + length),
                word: format!("{word}{sign}"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &section)]).at("RP205")
    }

    #[test]
    fn the_number_of_a_page_behind_dots_is_no_footnote() {
        assert_eq!(
            found("Formål...3 Gæster....4\n\n3 Vi hilser.\n\n4 Vi ringer."),
            [""; 0]
        );
    }

    #[test]
    fn a_digit_at_a_full_stop_is_a_footnote_where_a_paragraph_begins_with_it() {
        for text in [
            "Vi bor ved Sundet.1\n\n1 Se planen.",
            "Vi bor ved Sundet.12\n\n12 Se planen.",
            "Vi bor ved Sundet.¹\n\n¹ Se planen.",
            "Vi bor ved Sundet.[1]\n\n[1] Se planen.",
            "Vi bor ved Sundet.1 Der er fint.\n\n- Hej\n\n1 Se planen.",
        ] {
            assert_eq!(found(text), ["01-a.toml:3:19"], "{text}");
        }
    }

    #[test]
    fn neither_is_one_alone_and_a_missing_space_is_none() {
        for text in [
            "Vi bor ved Sundet.1",
            "Vi bor ved Sundet.\n\n1 Se planen.",
            "Vi bor ved Sundet.2\n\n1 Se planen.",
            "Se nr.1\n\n1 Se planen.",
            "Version 2.1\n\n1 Se planen.",
            "Vi mødes kl.1 i stuen.\n\n1 kop kaffe til alle.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
