//! RP307 `tegnsaetning`: signs that show that something is lost: a sentence that ends in a comma or in nothing, an
//! item that breaks off, a quotation or a bracket that is not closed, a space inside "2-5".
//!
//! Nothing is asked of what is right by many customs: whether items end in a full stop, where commas stand, which
//! marks a quotation has.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::passage::{Passage, visit_passages};
use crate::diag::{Code, Finding, Fix};
use crate::model::{Block, BlockKind, Inline, InlineKind, ListItem, RichText, Section, plain};
use crate::text::{ByteSet, Span, begins_sign, has_byte};

/// A paragraph of one sentence with fewer words may be a line of its own, which needs no full stop.
const SENTENCE: usize = 8;
/// Fewer words before a full stop are a title or an abbreviation.
const SHORTEST: usize = 2;
/// Marks of quotations, and with what each is counted: a text has as many ends as beginnings.
const QUOTES: [&[char]; 3] = [&['"'], &['“', '”', '„'], &['»', '«']];
/// What is wrong with a text's signs has one of these: a range of numbers has digits beside its line.
const MARKS: ByteSet = ByteSet::NONE
    .and(b"()[]\",")
    .with(ByteSet::SIGNS)
    .with(ByteSet::DIGITS);
/// Words that never end a sentence or an item.
const DANGLING: [&str; 18] = [
    "og", "eller", "samt", "at", "hvis", "fordi", "en", "et", "vores", "jeres", "deres", "som",
    "når", "mens", "men", "såsom", "herunder", "ifølge",
];
/// Those of them that may end an item when another follows.
const JOINING: [&str; 3] = ["og", "eller", "samt"];
/// Abbreviations that never end a sentence, full stop or not.
const LEADING: [&str; 8] = [
    "f.eks.", "fx", "bl.a.", "dvs.", "jf.", "ca.", "inkl.", "vedr.",
];
/// What is counted by the word behind it: "trin et".
const COUNTED: [&str; 10] = [
    "punkt", "trin", "nummer", "nr.", "del", "fase", "niveau", "kapitel", "bilag", "afsnit",
];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    visit_passages(context, MARKS, &has_mark, &mut |passage| {
        findings.extend(unclosed_quote(passage));
        findings.extend(lost_bracket(passage));
        findings.extend(broken_range(passage));
        findings.extend(loose_comma(passage));
    });
    for (section, text) in context.markdown_texts() {
        let is_running = section.running().any(|own| std::ptr::eq(own, text));
        if is_running {
            in_blocks(section, &text.blocks, findings);
        } else {
            findings.extend(cut_off_at_end(section, text));
        }
    }
}

fn has_mark(text: &str) -> bool {
    let may_be = |byte| {
        let brackets = (byte == b'(') | (byte == b')') | (byte == b'[') | (byte == b']');
        brackets | (byte == b'-') | (byte == b'"') | begins_sign(byte)
    };
    let is_mark = |c: char| match c {
        '(' | ')' | '[' | ']' | '-' | '–' | '"' => true,
        c => !c.is_ascii() && QUOTES.iter().any(|marks| marks.contains(&c)),
    };
    (has_byte(text, may_be) && text.contains(is_mark)) || text.contains(" ,")
}

fn found(passage: &Passage<'_>, range: Range<usize>, message: impl Into<String>) -> Finding {
    Finding::new(Code::Tegnsaetning, passage.place(range), message)
}

/// A mark that has no other to go with it: the only one, or the last.
fn unclosed_quote(passage: &Passage<'_>) -> Option<Finding> {
    let text = &passage.plain;
    for marks in QUOTES {
        // After a number it is a measure.
        let is_mark = |&(at, c): &(usize, char)| {
            marks.contains(&c) && !(c == '"' && text[..at].ends_with(|c: char| c.is_ascii_digit()))
        };
        let found_marks: Vec<(usize, char)> = text.char_indices().filter(is_mark).collect();
        if found_marks.len() % 2 == 1 {
            let (at, c) = found_marks[found_marks.len() - 1];
            let finding = found(
                passage,
                at..at + c.len_utf8(),
                "Her er kun det ene af to citationstegn.",
            );
            return Some(finding.with_help("Sæt det andet, hvor citatet begynder eller slutter."));
        }
    }
    None
}

/// A bracket without its other half.
fn lost_bracket(passage: &Passage<'_>) -> Option<Finding> {
    let text = &passage.plain;
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut lost = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' if !is_face(text, at) => {
                open.push((at, c));
            }
            ')' | ']' => {
                let other = if c == ')' { '(' } else { '[' };
                if open.last().is_some_and(|(_, last)| *last == other) {
                    open.pop();
                } else if !is_label(text, at) && !is_face(text, at) {
                    lost.get_or_insert((at, c));
                }
            }
            _ => {}
        }
    }
    let (at, c) = lost.or(open.first().copied())?;
    let finding = found(
        passage,
        at..at + c.len_utf8(),
        "Her er kun den ene af to parenteser.",
    );
    Some(finding.with_help("Sæt den anden, hvor det i parentes begynder eller slutter."))
}

/// Whether a bracket closes the label of an item: "a)", "12)", "iv)".
fn is_label(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let start = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + 1);
    let label = before.get(start..).unwrap_or_default();
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = label
        .to_ascii_lowercase()
        .bytes()
        .all(|byte| b"ivx".contains(&byte));
    match label.chars().count() {
        0 => false,
        1 => true,
        2..=4 => is_number || is_roman,
        _ => false,
    }
}

/// Whether a bracket is a mouth: ":)", ";-)".
fn is_face(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches('-');
    before.ends_with([':', ';'])
}

/// "2- 5" and "2 -5", which are read as something else than from two to five.
fn broken_range(passage: &Passage<'_>) -> Option<Finding> {
    let text = &passage.plain;
    let signs = text.match_indices(['-', '–']);
    for (at, sign) in signs {
        let (before, after) = (&text[..at], &text[at + sign.len()..]);
        let spaces_before = before.len() - before.trim_end_matches(' ').len();
        let spaces_after = after.len() - after.trim_start_matches(' ').len();
        // With spaces on both sides it is a dash.
        if (spaces_before == 0) == (spaces_after == 0)
            || !before
                .trim_end_matches(' ')
                .ends_with(|c: char| c.is_ascii_digit())
            || !after
                .trim_start_matches(' ')
                .starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let range = at - spaces_before..at + sign.len() + spaces_after;
        let place = passage.place(range.clone());
        let is_exact = place.file.slice(place.span) == &text[range.clone()];
        let fix = is_exact.then(|| Fix::one(place.span, sign));
        let finding = found(
            passage,
            range,
            "Der er et mellemrum for meget mellem de to tal.",
        );
        return Some(
            finding
                .with_help("Skriv tallene uden mellemrum: 2-5")
                .with_fix(fix),
        );
    }
    None
}

/// "natten , når": the space belongs after the comma.
fn loose_comma(passage: &Passage<'_>) -> Option<Finding> {
    let text = &passage.plain;
    let (at, _) = text
        .match_indices(" ,")
        .find(|(at, _)| text[..*at].ends_with(char::is_alphanumeric))?;
    let range = at..at + 2;
    let place = passage.place(range.clone());
    let is_exact = place.file.slice(place.span) == " ,";
    let fix = is_exact.then(|| Fix::one(place.span, ","));
    let finding = found(passage, range, "Der er et mellemrum før kommaet.");
    Some(finding.with_help("Slet mellemrummet.").with_fix(fix))
}

/// Looks at the ends of a text's paragraphs and items.
fn in_blocks(section: &Section, blocks: &[Block], findings: &mut Vec<Finding>) {
    for (index, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Paragraph(run) => {
                // Before a list or a table it is the line that leads to it.
                let leads = matches!(
                    blocks.get(index + 1).map(|next| &next.kind),
                    Some(BlockKind::List { .. } | BlockKind::Table { .. } | BlockKind::Quote(_))
                );
                if !leads && may_break_off(run) && !is_picture_or_lines(run) {
                    findings.extend(paragraph(section, run));
                }
            }
            BlockKind::List { items, .. } => in_items(section, items, findings),
            _ => {}
        }
    }
}

/// A paragraph with lines of its own is an address or a verse, and a picture has no sentence.
fn is_picture_or_lines(run: &[Inline]) -> bool {
    run.iter().any(|inline| {
        matches!(
            inline.kind,
            InlineKind::HardBreak | InlineKind::Image { .. }
        )
    })
}

/// Whether a run ends as one does that breaks off, in a comma or a letter: told before its words are put together.
fn may_break_off(run: &[Inline]) -> bool {
    match run.last().map(|last| &last.kind) {
        Some(InlineKind::Text(text)) => {
            let last = text.trim_end().chars().next_back();
            last.is_none_or(|last| last == ',' || last.is_alphabetic())
                || last == Some('.') && LEADING.contains(&ending(text))
        }
        _ => true,
    }
}

/// A paragraph that ends in a comma, or a sentence that ends in nothing.
fn paragraph(section: &Section, run: &[Inline]) -> Option<Finding> {
    let text = plain(run);
    let text = text.trim_end();
    let words = text.split_whitespace().count();
    if text.ends_with(',') && words > 1 {
        return Some(at_end(section, run, "Sætningen slutter med et komma."));
    }
    if is_cut_off(text, true) {
        return Some(at_end(section, run, "Afsnittet er skåret af."));
    }
    // A line in bold, or with the sign of one, is a heading in disguise, which RP007 speaks of.
    let is_heading = text.starts_with('#')
        || matches!(
            run,
            [Inline {
                kind: InlineKind::Strong(_),
                ..
            }]
        );
    let bare = text.trim_end_matches([')', ']', '"', '”', '“', '«', '»']);
    let last = bare.rsplit(char::is_whitespace).next().unwrap_or_default();
    // An address, a number and a day end a line often enough without a full stop.
    let is_word = last.chars().all(char::is_alphabetic);
    let ends_in_nothing = bare.ends_with(char::is_alphabetic) && bare == text;
    // Whoever ends one sentence and begins with a capital writes sentences. "Att. afdelingslederen" and "Politik.
    // Fjordby Kommune" have a full stop after what is none.
    let ends_one = text.match_indices(". ").any(|(at, _)| {
        let sentence = text[..at].rsplit(". ").next().unwrap_or_default();
        sentence.split_whitespace().count() >= SHORTEST
    });
    let is_prose = text.starts_with(char::is_uppercase) && (words >= SENTENCE || ends_one);
    (is_prose && ends_in_nothing && is_word && !is_heading)
        .then(|| at_end(section, run, "Afsnittet slutter uden punktum."))
}

/// The last item ends in a comma or a word that leads on, or any of them in one that must lead on.
fn in_items(section: &Section, items: &[ListItem], findings: &mut Vec<Finding>) {
    for (index, item) in items.iter().enumerate() {
        let is_last = index + 1 == items.len();
        if let Some(run) = last_paragraph(&item.blocks)
            && may_break_off(run)
            && is_cut_off(&plain(run), is_last)
        {
            findings.push(at_end(section, run, "Punktet er skåret af."));
        }
        for block in &item.blocks {
            if let BlockKind::List { items, .. } = &block.kind {
                in_items(section, items, findings);
            }
        }
    }
}

/// The paragraph a text ends with; none where it ends with something else.
fn last_paragraph(blocks: &[Block]) -> Option<&[Inline]> {
    match &blocks.last()?.kind {
        BlockKind::Paragraph(run) => Some(run),
        _ => None,
    }
}

fn is_cut_off(text: &str, is_last: bool) -> bool {
    let text = text.trim_end();
    let last = ending(text);
    let before = ending(&text[..text.len() - last.len()]).to_lowercase();
    let is_number = ["en", "et"].contains(&last) && COUNTED.contains(&&*before);
    let dangles = DANGLING.contains(&last) && (is_last || !JOINING.contains(&last)) && !is_number;
    let leads_on = dangles || LEADING.contains(&last);
    !before.is_empty() && (leads_on || (is_last && text.ends_with(',')))
}

fn ending(text: &str) -> &str {
    let text = text.trim_end();
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// A rule, a step or another text of its own that breaks off.
fn cut_off_at_end(section: &Section, text: &RichText) -> Option<Finding> {
    let run = last_paragraph(&text.blocks)?;
    let cut_off = may_break_off(run) && is_cut_off(&plain(run), true);
    cut_off.then(|| at_end(section, run, "Teksten er skåret af."))
}

/// A finding at the last word of a run.
fn at_end(section: &Section, run: &[Inline], message: &str) -> Finding {
    let span = last_word(run).unwrap_or_default();
    let help = "Skriv det, der mangler, eller sæt punktum.";
    Finding::new(Code::Tegnsaetning, section.place(span), message).with_help(help)
}

/// Where the last word of a run stands; the last part of it where that is not known letter by letter.
fn last_word(run: &[Inline]) -> Option<Span> {
    let last = run.last()?;
    match &last.kind {
        InlineKind::Text(text) => {
            let end = text.trim_end().len();
            let start = text[..end]
                .rfind(char::is_whitespace)
                .map_or(0, |at| at + 1);
            let start = (start..=end).find(|at| text.is_char_boundary(*at))?;
            Some(last.part(text, start..end))
        }
        InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Strike(content) => {
            last_word(content)
        }
        _ => Some(last.span),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        let repo = Repo::of(&[("01-a.toml", &section)]);
        let messages = repo.messages("RP307").into_iter();
        let places = repo.at("RP307").into_iter();
        places
            .zip(messages)
            .map(|(place, message)| format!("{place} {message}"))
            .collect()
    }

    #[test]
    fn a_title_with_a_full_stop_in_it_is_no_sentence() {
        for text in ["Misbrugspolitik. Fjordby Kommune", "Att. afdelingslederen"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_lost_is_found_where_it_is_missed() {
        for (text, expected) in [
            (
                "Vi ringer til vagten,",
                "01-a.toml:3:15 Sætningen slutter med et komma.",
            ),
            (
                "Vi går sammen ned i køkkenet og spiser",
                "01-a.toml:3:33 Afsnittet slutter uden punktum.",
            ),
            (
                "Vi ses. Så går vi",
                "01-a.toml:3:16 Afsnittet slutter uden punktum.",
            ),
            (
                "Han sagde \"nej og gik.",
                "01-a.toml:3:11 Her er kun det ene af to citationstegn.",
            ),
            (
                "Han sagde nej« og gik.",
                "01-a.toml:3:14 Her er kun det ene af to citationstegn.",
            ),
            (
                "Vi ringer (også om natten.",
                "01-a.toml:3:11 Her er kun den ene af to parenteser.",
            ),
            (
                "Vi ringer også om natten).",
                "01-a.toml:3:25 Her er kun den ene af to parenteser.",
            ),
            (
                "Vi venter 2- 5 minutter.",
                "01-a.toml:3:12 Der er et mellemrum for meget mellem de to tal.",
            ),
            (
                "Vi venter 2 –5 minutter.",
                "01-a.toml:3:12 Der er et mellemrum for meget mellem de to tal.",
            ),
            (
                "Vi venter , og så går vi.",
                "01-a.toml:3:10 Der er et mellemrum før kommaet.",
            ),
            (
                "Vi tager:\n\n- vand med\n- telefon og",
                "01-a.toml:6:11 Punktet er skåret af.",
            ),
            (
                "Vi tager:\n\n- vand fordi\n- telefon",
                "01-a.toml:5:8 Punktet er skåret af.",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn customs_are_left_alone() {
        for text in [
            "Vi ringer til vagten.",
            "Åbent hele døgnet",
            "vi skriver nu bare lidt løst og fast herned",
            "Det gør vi, når det er nat og mørkt:\n\n- ringer\n- går",
            "Det gør vi, når det er nat og mørkt\n\n- ringer,\n- går, og\n- kommer igen.",
            "Læs mere på vores side om rusmidler www.birkely.test",
            "Ring til vagten hele natten på telefon 12 34 56 78",
            "Bostedet Birkely på den lille vej\\\nBirkevej 4\\\n8000 Aarhus C",
            "**Det her er vores fælles linje om natten**",
            "# Det her er vores fælles linje om natten",
            "a) Vi ringer. b) Vi går. iv) Vi kommer igen.",
            "Det gik godt :) og vi smilede ;-).",
            "Døren er 5\" tyk, og han sagde \"nej\" og »ja« og ”måske” og „aldrig“.",
            "Vi venter 2-5 minutter, 2 - 5 minutter og bruger- og pårørendetid.",
            "Vi ringer (også om natten [og dagen]).",
            "![Kort](billeder/kort.png)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_rule_that_breaks_off_is_found() {
        let section = "overskrift = 'A'\ntekst = 'x'\n[[regel]]\ntekst = 'Vi ryger ude og'\n";
        assert_eq!(
            Repo::of(&[("01-a.toml", section)]).at("RP307"),
            ["01-a.toml:4:23"]
        );
    }
}
