//! RP007 `overskrift-i-tekst`: a Markdown heading inside a text; or what looks like one that Word left there, a line
//! with a number such as 2.1 or a bold line alone.
//!
//! The latter is a guess, so it is a warning: nobody can except what cannot be read.

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding};
use crate::model::{Block, BlockKind, Inline, InlineKind, plain};
use crate::text::Place;

/// How many letters a heading has at most; what is longer is a sentence.
const LONGEST: usize = 80;

/// What Word's headings become when they are pasted.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (section, text) in context.markdown_texts() {
        for (at, block) in text.blocks.iter().enumerate() {
            let after = text.blocks.get(at + 1);
            if let Some(heading) = pasted(block, after) {
                findings.push(looks_like(section.place(block.span), &heading));
            }
        }
    }
}

/// What a block says without its number, where it looks like a heading over the next one.
fn pasted(block: &Block, after: Option<&Block>) -> Option<String> {
    let BlockKind::Paragraph(content) = &block.kind else {
        return None;
    };
    let begins = match &content.first()?.kind {
        InlineKind::Text(text) => text.starts_with(|c: char| c.is_ascii_digit()),
        InlineKind::Strong(_) => true,
        _ => false,
    };
    if !begins || content.iter().any(is_line_end) {
        return None;
    }
    let is_strong = content.iter().all(|inline| match &inline.kind {
        InlineKind::Strong(_) => true,
        InlineKind::Text(text) => text.trim().is_empty(),
        _ => false,
    });
    let plain = plain(content);
    let plain = plain.trim();
    let is_short = plain.chars().count() <= LONGEST;
    let is_sentence = plain.ends_with(['.', '!', ',', ';', ':', '…']);
    if !is_short || is_sentence {
        return None;
    }
    // Over a list or a table bold words are its first line.
    let is_over_text = after.is_some_and(|after| matches!(after.kind, BlockKind::Paragraph(_)));
    match without_levels(plain) {
        Some(heading) => Some(heading.to_owned()),
        None if is_strong && is_over_text && has_words(plain) => Some(plain.to_owned()),
        None => None,
    }
}

fn is_line_end(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
}

/// Whether it begins as a heading does.
fn has_words(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase())
        && text.chars().filter(|c| c.is_alphabetic()).count() > 2
}

/// The words behind a number of at least two levels, `2.1` or `2.1.3`; a time or a day of the month is none.
fn without_levels(line: &str) -> Option<&str> {
    let (number, heading) = line.split_once([' ', '\t', '\u{a0}'])?;
    let levels: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let is_level = |level: &&str| {
        (1..=2).contains(&level.len())
            && level.bytes().all(|byte| byte.is_ascii_digit())
            && !level.starts_with('0')
    };
    let is_number = levels.len() > 1 && levels.iter().all(is_level);
    let is_time = levels.len() == 2 && levels[1].len() == 2;
    let heading = heading.trim();
    (is_number && !is_time && has_words(heading)).then_some(heading)
}

fn looks_like(place: Place, heading: &str) -> Finding {
    let message = format!("»{heading}« ser ud til at være en overskrift fra Word.");
    Finding::new(Code::OverskriftITekst, place, message)
        .with_help(format!(
            "Lav et underafsnit: Skriv [[afsnit]] på en linje for sig, overskrift = {} på den næste, og flyt teksten \
             derned under tekst = '''. Er det ikke en overskrift, så skriv ordene sammen med stykket under.",
            typed::string(heading)
        ))
        .as_warning()
}

pub(super) fn finding(place: Place, heading: &str) -> Finding {
    let heading = heading.trim();
    if heading.is_empty() {
        return Finding::new(
            Code::OverskriftITekst,
            place,
            "Linjen er en overskrift uden ord.",
        )
        .with_help("Slet linjen med #.");
    }
    let underlined = !place.file.slice(place.span).starts_with('#');
    let mut help = format!(
        "Lav et underafsnit: Skriv [[afsnit]] på en linje for sig, overskrift = {} på den næste, og flyt \
         teksten derned under tekst = '''. Skal ordene kun fremhæves, så skriv **{heading}**",
        typed::string(heading)
    );
    if underlined {
        help.push_str(" Mente du en streg, så sæt en tom linje over den.");
    }
    Finding::new(
        Code::OverskriftITekst,
        place,
        format!("»{heading}« er skrevet som en overskrift inde i teksten."),
    )
    .with_help(help)
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &section)]).at("RP007")
    }

    #[test]
    fn a_line_with_levels_or_a_bold_line_over_a_text_looks_like_a_heading() {
        for text in [
            "2.1 Tryghed\n\nVi passer på hinanden.",
            "2.1. Tryghed",
            "2.1.3\tTryghed i hverdagen\n\n- Vi hilser.",
            "**Tryghed**\n\nVi passer på hinanden.",
            "**2.1 Tryghed**\n\nVi passer på hinanden.",
            "**Hvem gør hvad?**\n\nVi gør det sammen.",
        ] {
            assert_eq!(found(text), ["01-a.toml:3:1"], "{text}");
        }
    }

    #[test]
    fn other_short_and_bold_lines_do_not() {
        for text in [
            "**Husk:**\n\nVi låser døren.",
            "**Vi låser døren.**\n\nDet gør vi hver aften.",
            "**Tryghed**",
            "**Tryghed**\n\n- Vi hilser.",
            "**Tryghed** er for alle\n\nVi hilser.",
            "9.30 Morgenmad\n\nVi spiser sammen.",
            "2.1 mio. kr.\n\nDet er prisen.",
            "2.1 Tryghed er noget, vi alle sammen har ansvar for i huset, også når der er mange gæster",
            "2 Tryghed\n\nVi hilser.",
            "- **Tryghed**\n\nVi hilser.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
