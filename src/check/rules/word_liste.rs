//! RP208 `word-liste`: a list as Word leaves it when it is pasted: bullets, letters or numbers at the
//! beginning of lines, which Markdown prints as one run of prose.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::lines::{Line, Paragraph, Wanted, before, paragraphs};
use crate::diag::{Code, Edit, Finding, Fix};
use crate::text::ByteSet;

/// Signs that people and Word begin an item with. Word's own lie in the private use area.
const BULLETS: &[char] = &[
    '•', '·', '▪', '▫', '◦', '‣', '●', '○', '■', '□', '◆', '◇', '❖', '➢', '➤', '►', '✓', '✔',
];
/// A dash begins an item only where more lines do.
const DASHES: &[char] = &['–', '—'];

/// Every marker has one of these, or stands before one.
const MARKS: ByteSet = ByteSet::NONE.and(b")\t").with(ByteSet::SIGNS);

/// What a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    /// A sign that is nothing else.
    Bullet,
    /// A dash.
    Dash,
    /// The how-manieth, by a letter, a number or a Roman one.
    Number(u32),
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let has_mark = |text: &str| {
        let sign = |c: char| match c {
            ')' | '\t' => true,
            c => !c.is_ascii() && (is_bullet(c) || DASHES.contains(&c)),
        };
        text.contains(sign) || text.contains("\\t")
    };
    let wanted = Wanted {
        marks: MARKS,
        has_mark: &has_mark,
        lines: 1,
    };
    paragraphs(context, &wanted, &mut |paragraph| {
        if let Some(group) = group(&paragraph.lines) {
            findings.push(finding(context, paragraph, group));
        }
    });
}

fn is_bullet(c: char) -> bool {
    BULLETS.contains(&c) || matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// The first lines to the last that begin with a marker of one kind.
fn group(lines: &[Line<'_>]) -> Option<Range<usize>> {
    let markers: Vec<_> = lines.iter().map(marker).collect();
    let first = markers.iter().position(Option::is_some)?;
    let (kind, _) = markers[first]?;
    let mut last = first;
    let mut count = 1;
    for (at, marker) in markers.iter().enumerate().skip(first + 1) {
        let goes_on = match (kind, marker) {
            (Marker::Number(one), Some((Marker::Number(number), _))) => *number == one + count,
            (kind, Some((other, _))) => *other == kind,
            (_, None) => false,
        };
        if goes_on {
            last = at;
            count += 1;
        }
    }
    let enough = match kind {
        Marker::Bullet => true,
        Marker::Dash => count > 1,
        Marker::Number(first) => count > 1 && first == 1,
    };
    enough.then_some(first..last + 1)
}

/// What a line begins with, and how many bytes that is with the white space behind it.
fn marker(line: &Line<'_>) -> Option<(Marker, usize)> {
    let (head, _) = line.head?;
    let first = head.chars().next()?;
    let blank = |from: usize| head[from..].len() - head[from..].trim_start().len();
    let length = first.len_utf8();
    if is_bullet(first) {
        return Some((Marker::Bullet, length + blank(length)));
    }
    if DASHES.contains(&first) && blank(length) > 0 {
        return Some((Marker::Dash, length + blank(length)));
    }
    if let Some(rest) = head.strip_prefix('o')
        && (rest.starts_with('\t') || rest.starts_with("  "))
    {
        return Some((Marker::Bullet, 1 + blank(1)));
    }
    let inside = head.strip_prefix('(').unwrap_or(head);
    let open = head.len() - inside.len();
    let word = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let number = ordinal(&inside[..word])?;
    let end = open + word + 1;
    let sign = *head.as_bytes().get(end - 1)?;
    if !sign.is_ascii() {
        return None;
    }
    let after = blank(end);
    let closed = match sign {
        b')' => after > 0,
        b'.' => head[end..].starts_with('\t'),
        _ => false,
    };
    closed.then_some((Marker::Number(number), end + after))
}

/// The how-manieth a letter, a number or a Roman number is.
fn ordinal(word: &str) -> Option<u32> {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    if let Ok(number) = word.parse() {
        return Some(number).filter(|_| word.len() <= 2);
    }
    let small = word.to_ascii_lowercase();
    if let Some(at) = ROMAN.iter().position(|roman| *roman == small) {
        return Some(at as u32 + 1);
    }
    match small.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
        _ => None,
    }
}

fn finding(context: &Context<'_>, paragraph: &Paragraph<'_>, group: Range<usize>) -> Finding {
    let count = group.len();
    let message = if count == 1 {
        "Linjen begynder som et punkt fra Word, men bliver trykt som almindelig tekst.".to_owned()
    } else {
        format!("{count} linjer ligner en liste fra Word, men bliver trykt som én linje tekst.")
    };
    Finding::new(Code::WordListe, paragraph.place(group.clone()), message)
        .with_help(
            "Begynd hvert punkt med en bindestreg og et mellemrum, eller med 1. og et mellemrum, hvis punkterne \
             skal have numre.",
        )
        .with_fix(fix(context, paragraph, group))
}

/// The list as Markdown has it. What comes after it gets an empty line before it.
fn fix(context: &Context<'_>, paragraph: &Paragraph<'_>, group: Range<usize>) -> Option<Fix> {
    let lines = &paragraph.lines;
    // Below an item or in a quotation, items may follow, but no empty line can be put between.
    if !paragraph.is_free && (group.start == 0 || group.end < lines.len()) {
        return None;
    }
    let alone = lines.len() == 1 && paragraph.text.blocks.len() == 1 && paragraph.is_item();
    let keeps_letters = lines[group.clone()]
        .iter()
        .any(|line| is_referred_to(context, line));
    let mut edits = Vec::new();
    let mut number = 0;
    for line in &lines[group.clone()] {
        let Some((marker, length)) = marker(line) else {
            continue;
        };
        let (head, span) = line.head?;
        number += 1;
        let written = match marker {
            _ if alone => String::new(),
            Marker::Number(_) if keeps_letters => format!("- {}", &head[..length]),
            Marker::Number(_) => format!("{number}. "),
            _ => "- ".to_owned(),
        };
        edits.push(Edit {
            span: span.part(0..length),
            text: written,
        });
    }
    if let Some(after) = lines.get(group.end) {
        edits.push(before(after, "\n")?);
    }
    Some(Fix { edits })
}

/// Whether the protocol speaks of an item by its letter: "punkt a", "litra b".
fn is_referred_to(context: &Context<'_>, line: &Line<'_>) -> bool {
    let word = line.text.trim_start_matches('(');
    let letter = word.chars().next().filter(char::is_ascii_alphabetic);
    let Some(letter) = letter.filter(|_| word[1..].starts_with([')', '.'])) else {
        return false;
    };
    let text = &context.language.text;
    ["punkt ", "pkt. ", "litra ", "bogstav ", "Punkt ", "Litra "]
        .iter()
        .any(|name| {
            text.match_indices(name).any(|(at, _)| {
                let mut after = text[at + name.len()..].chars();
                after.next() == Some(letter) && after.next().is_none_or(|c| !c.is_alphanumeric())
            })
        })
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &section)]).at("RP208")
    }

    #[test]
    fn lines_that_begin_as_words_lists_do_are_found_at_the_first() {
        for text in [
            "• Luk døren\n• Sluk lyset",
            "· Luk døren",
            "\u{F0B7}\tLuk døren\n\u{F0B7}\tSluk lyset",
            "o\tLuk døren\no\tSluk lyset",
            "a) Luk døren\nb) Sluk lyset",
            "i.\tLuk døren\nii.\tSluk lyset",
            "(1) Luk døren\n(2) Sluk lyset",
            "– Luk døren\n– Sluk lyset",
        ] {
            assert_eq!(found(text), ["01-a.toml:3:1"], "{text}");
        }
        assert_eq!(found("Husk:\n• Luk døren\n• Sluk lyset"), ["01-a.toml:4:1"]);
    }

    #[test]
    fn other_lines_are_left_alone() {
        for text in [
            "- Luk døren\n- Sluk lyset",
            "1) Luk døren\n2) Sluk lyset",
            "– Det er sagt før.",
            "a) står der i planen.",
            "Se (1) og (2).",
            "I dag\ner det (a) mandag\nog b) tirsdag",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn items_and_steps_are_looked_at_too() {
        let section = "overskrift = 'A'\n[[gruppe]]\npunkter = ['• Hvad nu?']\n";
        let repo = Repo::of(&[("01-a.toml", section)]);
        assert_eq!(repo.at("RP208"), ["01-a.toml:3:13"]);
    }
}
