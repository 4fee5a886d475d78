//! Which paragraphs are headings, and what lies below which.
//!
//! Where styles say so they are believed. Elsewhere it is what people do: bold lines alone, larger letters, typed
//! numbers, capitals, and forms with a heading to the left and the answer to the right.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::ledger::Ledger;
use super::lists::typed_mark;
use super::source::{
    Block, Cell, Look, Paragraph, Reason, Role, Run, Source, Table, letters, visit_paragraphs,
    words,
};
use crate::check::is_page_of_all;
use crate::model::{fold, fold_heading, typed_number};
use crate::text::visible::single_spaced;

/// A heading that no style names has no more words and letters than this.
const MOST_WORDS: usize = 14;
const MOST_LETTERS: usize = 120;
/// A heading by its style is one however long, short of a page.
const LONGEST_STYLED: usize = 300;
/// Letters of headings are larger than the text's by this many half points at least.
const LARGER: u16 = 3;
/// What lies one level deeper.
const STEP: i32 = 10;
/// Where headings without a style begin in a document that has styles.
const BELOW_STYLES: i32 = 80;
/// Sections lie within each other to this level.
const DEEPEST: usize = 4;

/// A heading with what lies below it.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The heading without its number.
    pub heading: String,
    /// The number of an appendix, as it was typed.
    pub appendix: Option<String>,
    /// The words of the heading that are the program's own.
    pub is_made_up: bool,
    /// Notes, comments and places to lead to in the heading.
    pub marks: Vec<Run>,
    /// The code of the language it is in, as a [`TextRun`](super::source::TextRun) has it.
    pub language: Option<Rc<str>>,
    /// What stands below it, before the first heading in it.
    pub blocks: Vec<Block>,
    /// The headings in it.
    pub parts: Vec<Part>,
}

/// What a document comes to.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The title, where there is one.
    pub title: Option<String>,
    /// The sections, in reading order.
    pub sections: Vec<Part>,
    /// The appendices, in reading order.
    pub appendices: Vec<Part>,
}

/// What is known of the document beside its own looks.
pub struct Known<'k> {
    /// Whether a heading is one that the skabelon asks for, in its own words.
    pub is_asked: &'k dyn Fn(&str) -> bool,
    /// The same for one that is nearly so.
    pub is_near: &'k dyn Fn(&str) -> bool,
    /// The kind of document, folded.
    pub document_type: String,
    /// The institution's name, folded; may be empty.
    pub institution: String,
}

/// A block, or a heading with its rank: the smaller, the higher.
enum Piece {
    Block(Block),
    Heading(Found),
}

struct Found {
    paragraph: Paragraph,
    rank: i32,
    is_title: bool,
    class: Class,
}

/// How a heading looks; the greater, the more of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    size: u16,
    caps: bool,
    bold: bool,
}

/// Finds the headings and what lies below them.
pub fn outline(source: &Source, known: &Known<'_>, ledger: &mut Ledger) -> Outline {
    let blocks = without_contents(&source.blocks, ledger);
    let mut blocks = unpacked(&blocks);
    blocks.retain(|block| !is_typed_page_number(block, ledger));
    let looks = Looks::of(&blocks);
    let mut pieces = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Table(table) => match form_rows(table, known) {
                Some(rows) => push_form(table, &rows, known, ledger, &mut pieces),
                None => pieces.push(Piece::Block(block.clone())),
            },
            Block::Paragraph(paragraph) => match looks.heading(&blocks, at, paragraph, known) {
                Some(found) => pieces.push(Piece::Heading(found)),
                None => pieces.push(Piece::Block(block.clone())),
            },
            Block::Quote(_) | Block::Own(_) => pieces.push(Piece::Block(block.clone())),
        }
    }
    dot_plain_numbers(&mut pieces, known);
    rank(&mut pieces);
    join_appendix_lines(&mut pieces);
    let title = take_title(&mut pieces, known, ledger);
    let (before, parts) = tree(pieces, known, ledger);
    finish(title, before, parts, known, ledger)
}

/// Whether a paragraph is nothing but the number of a page, of all of them: it is left out.
fn is_typed_page_number(block: &Block, ledger: &mut Ledger) -> bool {
    let Block::Paragraph(paragraph) = block else {
        return false;
    };
    let text = paragraph.letters();
    let is_number = is_page_of_all(&text);
    if is_number {
        ledger.leave(Reason::PageNumber, &text);
    }
    is_number
}

/// Tables of one column are boxes: what is in them stands on its own.
fn unpacked(blocks: &[Block]) -> Vec<Block> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) if table.rows.iter().all(|row| row.len() <= 1) => {
                for cell in table.rows.iter().flatten() {
                    all.extend(unpacked(&cell.blocks));
                }
            }
            block => all.push(block.clone()),
        }
    }
    all
}

/// The blocks without a contents list that somebody typed, or that lost its field.
fn without_contents(blocks: &[Block], ledger: &mut Ledger) -> Vec<Block> {
    let texts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.letters(),
            _ => String::new(),
        })
        .collect();
    let is_head = |text: &str| {
        matches!(
            fold_heading(text).as_str(),
            "indhold"
                | "indholdsfortegnelse"
                | "indholdsoversigt"
                | "contents"
                | "table of contents"
        )
    };
    let Some(head) = texts.iter().position(|text| is_head(text)) else {
        return blocks.to_vec();
    };
    let folded: Vec<String> = texts.iter().map(|text| fold_heading(text)).collect();
    let mut end = head + 1;
    while end < texts.len() {
        let text = &texts[end];
        let comes_again = !folded[end].is_empty() && folded[end + 1..].contains(&folded[end]);
        if !(text.trim().is_empty() || is_contents_line(text) || comes_again) {
            break;
        }
        end += 1;
    }
    if end < head + 3 && end < texts.len() {
        // A heading by that name with a text of its own, unless nothing but the heading is left of it.
        let has_own = texts
            .get(head + 1)
            .is_some_and(|text| words(text).len() > MOST_WORDS);
        if has_own {
            return blocks.to_vec();
        }
    }
    for text in &texts[head..end] {
        ledger.leave(Reason::Contents, text);
    }
    let kept = blocks[..head].iter().chain(&blocks[end..]);
    kept.cloned().collect()
}

/// Whether a line ends with a page number, after dots or a tab.
fn is_contents_line(text: &str) -> bool {
    let text = text.trim_end();
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    before.len() < text.len()
        && (before.ends_with('\t')
            || before.trim_end().ends_with("...")
            || before.trim_end().ends_with('…'))
}

/// The rows of a table that are a heading and what belongs to it; `None` where it is a table like others.
fn form_rows(table: &Table, known: &Known<'_>) -> Option<Vec<usize>> {
    let is_pair = |row: &&Vec<Cell>| row.len() == 2;
    if table.rows.len() < 2 || table.rows.iter().filter(is_pair).count() < table.rows.len() {
        return None;
    }
    let side = |row: &[Cell], at: usize| {
        let mut texts = Vec::new();
        visit_paragraphs(&row[at].blocks, &mut |paragraph| {
            texts.push(paragraph.letters());
        });
        texts.join(" ")
    };
    let first = |row: &[Cell]| {
        let mut first = String::new();
        visit_paragraphs(&row[0].blocks, &mut |paragraph| {
            if first.trim().is_empty() {
                first = paragraph.letters();
            }
        });
        first
    };
    let rows: Vec<usize> = (0..table.rows.len())
        .filter(|at| !words(&first(&table.rows[*at])).is_empty())
        .collect();
    let asked = rows.iter().filter(|at| {
        let text = first(&table.rows[**at]);
        (known.is_asked)(&text) || (known.is_near)(&text)
    });
    let asked = asked.count();
    let (mut left, mut right) = (0, 0);
    for row in &table.rows {
        left += words(&side(row, 0)).len();
        right += words(&side(row, 1)).len();
    }
    let is_long = rows.len() >= 3 && left <= 10 * rows.len() && right >= 15 * rows.len();
    (asked >= 2 || asked == 1 && right > 3 * left || is_long).then_some(rows)
}

fn push_form(
    table: &Table,
    rows: &[usize],
    known: &Known<'_>,
    ledger: &mut Ledger,
    pieces: &mut Vec<Piece>,
) {
    let last = pieces.iter().rev().find_map(|piece| match piece {
        Piece::Heading(found) if !found.is_title => Some(found.rank),
        _ => None,
    });
    let is_asked = |text: &str| (known.is_asked)(text) || (known.is_near)(text);
    let mut has_asked = false;
    for at in rows {
        visit_paragraphs(&table.rows[*at][0].blocks, &mut |paragraph| {
            has_asked |= is_asked(&paragraph.letters());
        });
    }
    let rank = if has_asked {
        STEP
    } else {
        last.map_or(STEP, |last| last + STEP)
    };
    for (at, row) in table.rows.iter().enumerate() {
        let texts: Vec<String> = row
            .iter()
            .map(|cell| {
                let mut text = String::new();
                visit_paragraphs(&cell.blocks, &mut |paragraph| {
                    text.push_str(&paragraph.letters());
                    text.push(' ');
                });
                text
            })
            .collect();
        let is_head = at == 0
            && texts
                .iter()
                .all(|text| (1..=4).contains(&words(text).len()))
            && !is_asked(texts[0].trim());
        if is_head {
            texts
                .iter()
                .for_each(|text| ledger.leave(Reason::FormHead, text));
            continue;
        }
        let mut left = row[0].blocks.iter();
        if rows.contains(&at) {
            let heading = left.by_ref().find_map(|block| match block {
                Block::Paragraph(paragraph) if !words(&paragraph.letters()).is_empty() => {
                    Some(paragraph.clone())
                }
                _ => None,
            });
            if let Some(paragraph) = heading {
                pieces.push(Piece::Heading(Found {
                    paragraph,
                    rank,
                    is_title: false,
                    class: Class {
                        size: 0,
                        caps: false,
                        bold: false,
                    },
                }));
            }
        }
        pieces.extend(left.chain(&row[1].blocks).cloned().map(Piece::Block));
    }
}

/// How the document's text looks, so that what stands out can be told.
struct Looks {
    size: u16,
    has_styles: bool,
    /// Headings by style, and how often each of them is; one style for every line is none.
    all_bold: bool,
}

impl Looks {
    fn of(blocks: &[Block]) -> Self {
        let mut sizes: BTreeMap<u16, usize> = BTreeMap::new();
        let mut has_styles = false;
        let (mut bold, mut all) = (0, 0);
        visit_paragraphs(blocks, &mut |paragraph| {
            has_styles |= matches!(paragraph.role, Role::Heading(_))
                && !words(&paragraph.letters()).is_empty();
            if matches!(paragraph.role, Role::Heading(_) | Role::Title) {
                return;
            }
            let is_long = words(&paragraph.letters()).len() > MOST_WORDS;
            for run in &paragraph.runs {
                if let Run::Text(run) = run {
                    *sizes.entry(run.look.size).or_default() += run.text.len();
                    let counts = if is_long { run.text.len() } else { 0 };
                    all += counts;
                    bold += if run.look.bold { counts } else { 0 };
                }
            }
        });
        // Text is written in the smallest letters there are many of; headings are larger, and notes are few.
        let letters: usize = sizes.values().sum();
        let size = sizes.iter().find(|(_, count)| **count * 4 >= letters);
        let size = size.map_or(0, |(size, _)| *size);
        Self {
            size,
            has_styles,
            all_bold: bold * 2 > all,
        }
    }

    fn heading(
        &self,
        blocks: &[Block],
        at: usize,
        paragraph: &Paragraph,
        known: &Known<'_>,
    ) -> Option<Found> {
        let text = paragraph.letters();
        let text = text.trim();
        if words(text).is_empty() {
            return None;
        }
        let class = self.class(paragraph);
        let found = |rank, is_title| {
            Some(Found {
                paragraph: paragraph.clone(),
                rank,
                is_title,
                class,
            })
        };
        match paragraph.role {
            Role::Title => return found(0, true),
            Role::Heading(level) if text.chars().count() <= LONGEST_STYLED => {
                return found(i32::from(level) * STEP, false);
            }
            Role::Heading(_) | Role::Quote => return None,
            Role::Body => {}
        }
        self.is_heading(blocks, at, paragraph, text, class, known)
            .then_some(())
            .and_then(|()| {
                let depth = number_depth(text);
                let rank = match depth {
                    Some(depth) => depth * STEP,
                    None if self.has_styles => BELOW_STYLES,
                    None => 0,
                };
                found(rank, false)
            })
    }

    /// How a paragraph's letters look, where all of them look the same.
    fn class(&self, paragraph: &Paragraph) -> Class {
        let runs = paragraph.runs.iter().filter_map(|run| match run {
            Run::Text(run) if run.text.chars().any(char::is_alphanumeric) => Some(run),
            _ => None,
        });
        let looks: Vec<&Look> = runs.clone().map(|run| &run.look).collect();
        let size = looks.iter().map(|look| look.size).min().unwrap_or(0);
        let caps = {
            let letters: Vec<char> = runs
                .flat_map(|run| run.text.chars())
                .filter(|c| c.is_alphabetic())
                .collect();
            looks.iter().all(|look| look.caps)
                || letters.len() > 3 && letters.iter().all(|c| !c.is_lowercase())
        };
        Class {
            size,
            caps: caps && !looks.is_empty(),
            bold: !looks.is_empty() && looks.iter().all(|look| look.bold || look.underline),
        }
    }

    fn is_heading(
        &self,
        blocks: &[Block],
        at: usize,
        paragraph: &Paragraph,
        text: &str,
        class: Class,
        known: &Known<'_>,
    ) -> bool {
        let count = words(text).len();
        let is_short = count <= MOST_WORDS && text.chars().count() <= MOST_LETTERS;
        if text.contains(['\n', '\t']) && number_depth(text).is_none() || text.contains("___") {
            return false;
        }
        if (known.is_asked)(text) {
            return true;
        }
        let ends_sentence = text.ends_with(['.', ',', ';', '!']);
        if !is_short || ends_sentence || starts_as_item(text) {
            return false;
        }
        let next_is_item =
            matches!(blocks.get(at + 1), Some(Block::Paragraph(next)) if next.mark.is_some());
        if self.has_styles && text.ends_with(':') && next_is_item {
            // Where headings have a style, a line in bold leads to the list below it.
            return false;
        }
        let stands_out = class.bold && !self.all_bold || class.caps || self.is_larger(class);
        if paragraph.mark.is_some() {
            // A numbered item in bold with a text of its own below it is how many number their headings.
            let is_item = |at: usize| matches!(blocks.get(at), Some(Block::Paragraph(next)) if next.mark.is_some());
            return stands_out
                && !is_item(at + 1)
                && matches!(blocks.get(at + 1), Some(Block::Paragraph(_)));
        }
        if stands_out {
            return true;
        }
        if appendix(text).is_some() {
            return count <= 10;
        }
        match number_depth(text) {
            Some(depth) if depth > 1 => !self.has_styles || count <= 8,
            Some(_) => {
                let numbered = |block: Option<&Block>| match block {
                    Some(Block::Paragraph(next)) => number_depth(next.letters().trim()) == Some(1),
                    _ => false,
                };
                let before = at.checked_sub(1).and_then(|at| blocks.get(at));
                !self.has_styles
                    && count <= 9
                    && !numbered(blocks.get(at + 1))
                    && !numbered(before)
                    && blocks.len() > at + 1
            }
            None => false,
        }
    }

    fn is_larger(&self, class: Class) -> bool {
        class.size > 0 && self.size > 0 && class.size >= self.size + LARGER
    }
}

/// Whether a text begins with a sign that only items have.
fn starts_as_item(text: &str) -> bool {
    typed_mark(text).is_some_and(|mark| mark.is_certain && number_depth(text).is_none())
}

/// How deep a typed number says that a heading lies, from one. An appendix is named beside it.
fn number_depth(text: &str) -> Option<i32> {
    let number = typed_number(text)?;
    let digits = number.trim_end_matches([')', ':', '.']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts = digits.split('.').filter(|part| !part.is_empty()).count();
    i32::try_from(parts).ok()
}

/// The heading of an appendix: its number, which may be empty, and its title, which may stand in the next line.
fn appendix(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let (word, rest) = ["bilag", "appendiks", "appendix"]
        .into_iter()
        .find_map(|word| {
            let start = text.get(..word.len())?;
            start
                .eq_ignore_ascii_case(word)
                .then(|| text.split_at(word.len()))
        })?;
    let trimmed = rest.trim_start();
    if !rest.is_empty() && trimmed.len() == rest.len() && !rest.starts_with(':') {
        return None;
    }
    let end = trimmed
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(trimmed.len());
    let number = &trimmed[..end];
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        || number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_uppercase());
    let after = if is_number { &trimmed[end..] } else { trimmed };
    let title = after.trim_start_matches([':', '.', ')', '-', '–', '—', ' ', '\u{A0}', '\t', '\n']);
    let is_closed = after.is_empty() || title.len() < after.len();
    if !is_number && !after.is_empty() && !after.starts_with([':', '-', '–']) || !is_closed {
        return None;
    }
    let number = if is_number { number } else { "" };
    Some((
        format!("{word} {number}").trim().to_owned(),
        title.trim().to_owned(),
    ))
}

/// Gives every heading without a style or a number a rank by how it looks beside the others.
fn rank(pieces: &mut [Piece]) {
    let mut numbered: BTreeMap<Class, i32> = BTreeMap::new();
    let mut open: BTreeSet<Class> = BTreeSet::new();
    let has_styles = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Heading(found) if found.rank == BELOW_STYLES));
    for piece in pieces.iter() {
        if let Piece::Heading(found) = piece
            && found.class.size + u16::from(found.class.bold) + u16::from(found.class.caps) > 0
            && !found.is_title
        {
            if found.rank == 0 || found.rank == BELOW_STYLES {
                open.insert(found.class);
            } else if found.paragraph.role == Role::Body {
                let rank = numbered.entry(found.class).or_insert(found.rank);
                *rank = (*rank).min(found.rank);
            }
        }
    }
    let base = if has_styles { BELOW_STYLES } else { 0 };
    let mut ranks = BTreeMap::new();
    let mut next = base + STEP;
    for class in open.iter().rev() {
        let rank = match numbered.get(class) {
            Some(rank) => *rank,
            None => {
                let above = numbered.range(*class..).map(|(_, rank)| rank + STEP).max();
                above.map_or(next, |above| above.max(next))
            }
        };
        ranks.insert(*class, rank);
        next = next.max(rank + STEP);
    }
    for piece in pieces {
        if let Piece::Heading(found) = piece
            && !found.is_title
            && (found.rank == 0 || found.rank == BELOW_STYLES)
        {
            found.rank = ranks.get(&found.class).copied().unwrap_or(base + STEP);
        }
    }
}

/// A number without a sign before a heading: how many letters it has, what it is, and what follows.
fn plain_number(text: &str) -> Option<(usize, u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let title = rest.trim_start();
    let is_number = (1..=2).contains(&digits)
        && title.len() < rest.len()
        && title.starts_with(|c: char| c.is_alphabetic());
    is_number.then_some((digits, text[..digits].parse().ok()?, title))
}

/// "2 Besøg" is a heading with a number where the headings count so, or the rest is what the skabelon asks for; else
/// it may be a number of things. A full stop behind it makes it one like others.
fn dot_plain_numbers(pieces: &mut [Piece], known: &Known<'_>) {
    let text_of = |piece: &Piece| match piece {
        Piece::Heading(found) if !found.is_title => {
            Some(found.paragraph.letters().trim().to_owned())
        }
        _ => None,
    };
    let texts: Vec<Option<String>> = pieces.iter().map(text_of).collect();
    let numbers = texts.iter().flatten();
    let numbers: Vec<u32> = numbers
        .filter_map(|text| plain_number(text).map(|(_, number, _)| number))
        .collect();
    let counts = numbers.len() > 1 && (1..).zip(&numbers).all(|(at, number)| at == *number);
    for (piece, text) in pieces.iter_mut().zip(texts) {
        let (Piece::Heading(found), Some(text)) = (piece, text) else {
            continue;
        };
        let Some((digits, _, title)) = plain_number(&text) else {
            continue;
        };
        let first = found.paragraph.runs.iter_mut().find_map(|run| match run {
            Run::Text(run) if !run.text.trim().is_empty() => Some(&mut run.text),
            _ => None,
        });
        if let (true, Some(first)) = (counts || (known.is_asked)(title), first) {
            let end = first.len() - first.trim_start().len() + digits;
            // A number whose digits look different is in several runs.
            let is_whole = first
                .get(end - digits..end)
                .is_some_and(|number| text.starts_with(number));
            if is_whole {
                first.insert(end, '.');
            }
        }
    }
}

/// "Bilag 3" on a line of its own, with its title on the next, is one heading.
fn join_appendix_lines(pieces: &mut Vec<Piece>) {
    let mut at = 0;
    while at + 1 < pieces.len() {
        let joined = match (&pieces[at], &pieces[at + 1]) {
            (Piece::Heading(one), Piece::Heading(next)) if !next.is_title => {
                let text = one.paragraph.letters();
                let is_bare = appendix(without_numbers(&text).1)
                    .is_some_and(|(number, title)| title.is_empty() && number.contains(' '));
                let is_own = appendix(without_numbers(&next.paragraph.letters()).1).is_some();
                is_bare && !is_own
            }
            _ => false,
        };
        if joined
            && let Piece::Heading(next) = pieces.remove(at + 1)
            && let Piece::Heading(one) = &mut pieces[at]
        {
            one.paragraph.runs.push(Run::plain(": "));
            one.paragraph.runs.extend(next.paragraph.runs);
        }
        at += 1;
    }
}

/// The numbers that were typed before a heading, and the rest.
fn without_numbers(text: &str) -> (String, &str) {
    let mut rest = text.trim();
    let mut numbers = Vec::new();
    while numbers.len() < 3
        && let Some(number) = typed_number(rest)
        && number.starts_with(|c: char| c.is_ascii_digit())
    {
        numbers.push(number);
        rest = rest[number.len()..].trim_start();
    }
    (numbers.join(" "), rest)
}

/// Takes the title away: what a style says is one, or what looks like one and stands first.
fn take_title(pieces: &mut Vec<Piece>, known: &Known<'_>, ledger: &mut Ledger) -> Option<String> {
    let mut title: Vec<String> = Vec::new();
    let is_styled = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Heading(found) if found.is_title));
    if is_styled {
        let mut kept = Vec::new();
        for piece in std::mem::take(pieces) {
            match piece {
                Piece::Heading(found) if found.is_title => title.push(one_line(&found.paragraph)),
                piece => kept.push(piece),
            }
        }
        *pieces = kept;
    } else {
        while let Some(at) = title_at(pieces, known, &title) {
            if let Piece::Heading(found) = pieces.remove(at) {
                title.push(one_line(&found.paragraph));
            }
        }
    }
    // A web page, and many a front page, say their title twice.
    let says_it = |piece: &Piece| match piece {
        Piece::Heading(found) => title
            .iter()
            .any(|line| fold(line) == fold(&one_line(&found.paragraph))),
        Piece::Block(_) => false,
    };
    let first = pieces
        .iter()
        .position(|piece| matches!(piece, Piece::Heading(_)));
    if let Some(at) = first.filter(|at| says_it(&pieces[*at]))
        && let Piece::Heading(found) = pieces.remove(at)
    {
        title.push(one_line(&found.paragraph));
    }
    title.retain(|line| !line.is_empty());
    let mut said: Vec<String> = Vec::new();
    title.retain(|line| {
        let is_again = said.contains(&fold(line));
        if is_again {
            ledger.leave(Reason::Title, line);
        }
        said.push(fold(line));
        !is_again
    });
    (!title.is_empty()).then(|| title.join(" "))
}

/// Where a title stands, or one more line of it, that only its looks tell.
fn title_at(pieces: &[Piece], known: &Known<'_>, before: &[String]) -> Option<usize> {
    let is_blank = |piece: &Piece| matches!(piece, Piece::Block(Block::Paragraph(paragraph)) if words(&paragraph.letters()).is_empty());
    let at = pieces.iter().position(|piece| !is_blank(piece))?;
    let Piece::Heading(first) = &pieces[at] else {
        return None;
    };
    let text = one_line(&first.paragraph);
    let folded = fold(&text);
    if first.paragraph.role != Role::Body
        || (known.is_asked)(&text)
        || number_depth(&text).is_some()
        || appendix(&text).is_some()
        || before.len() >= 3
    {
        return None;
    }
    let others = pieces[at + 1..].iter().filter_map(|piece| match piece {
        Piece::Heading(found) => Some(found),
        Piece::Block(_) => None,
    });
    let others: Vec<&Found> = others.collect();
    let stands_above = !others.is_empty() && others.iter().all(|other| other.class < first.class);
    let names_it = !known.document_type.is_empty() && folded.contains(&known.document_type)
        || !known.institution.is_empty()
            && folded.contains(&known.institution)
            && words(&text).len() <= 6
        || !before.is_empty() && folded.starts_with("bosted")
        || !before.is_empty() && folded.starts_with("botilbud");
    let is_followed = matches!(pieces.get(at + 1), Some(Piece::Heading(_)));
    (names_it && (is_followed || others.len() > 1) || stands_above && others.len() > 1)
        .then_some(at)
}

fn one_line(paragraph: &Paragraph) -> String {
    single_spaced(&paragraph.letters())
}

/// What stands before the first heading, and the headings as a tree.
fn tree(pieces: Vec<Piece>, known: &Known<'_>, ledger: &mut Ledger) -> (Vec<Block>, Vec<Part>) {
    let mut before = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    // The open parts with their ranks, outermost first.
    let mut open: Vec<(i32, Part)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Block(block) => match open.last_mut() {
                Some((_, part)) => part.blocks.push(block),
                None => before.push(block),
            },
            Piece::Heading(found) => {
                let (part, rank) = part(&found, &open, known, ledger);
                while open.last().is_some_and(|(last, _)| *last >= rank) || open.len() >= DEEPEST {
                    close(&mut open, &mut parts);
                }
                open.push((rank, part));
            }
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut parts);
    }
    (before, parts)
}

fn close(open: &mut Vec<(i32, Part)>, parts: &mut Vec<Part>) {
    if let Some((_, part)) = open.pop() {
        match open.last_mut() {
            Some((_, above)) => above.parts.push(part),
            None => parts.push(part),
        }
    }
}

fn part(
    found: &Found,
    open: &[(i32, Part)],
    known: &Known<'_>,
    ledger: &mut Ledger,
) -> (Part, i32) {
    let text = one_line(&found.paragraph);
    let (numbers, rest) = without_numbers(&text);
    ledger.leave(Reason::TypedNumber, &numbers);
    let mut rank = found.rank;
    let mut part = Part {
        heading: rest.to_owned(),
        marks: found
            .paragraph
            .runs
            .iter()
            .filter(|run| !matches!(run, Run::Text(_)))
            .cloned()
            .collect(),
        ..Part::default()
    };
    if let Some((number, title)) = appendix(rest) {
        ledger.leave(Reason::TypedNumber, &number);
        part.appendix = Some(number);
        part.heading = title;
        // An appendix lies beside the sections, whatever it was typed under.
        rank = rank.min(STEP);
    } else if let Some((outer, first)) = open.first()
        && first.appendix.is_some()
        && rank <= *outer + STEP / 2
        && numbers.is_empty()
        && found.paragraph.role == Role::Body
        && !(known.is_asked)(rest)
    {
        // Without a style, what comes in an appendix often looks as its heading does.
        rank = outer + STEP;
    }
    (part, rank)
}

/// Puts appendices to themselves, and what stands before the first heading where it belongs.
fn finish(
    mut title: Option<String>,
    mut before: Vec<Block>,
    mut parts: Vec<Part>,
    known: &Known<'_>,
    ledger: &mut Ledger,
) -> Outline {
    // A heading above all others is the title, however it is styled.
    if let [only] = parts.as_mut_slice()
        && only.appendix.is_none()
        && only.parts.len() > 1
        && before.iter().all(is_silent)
        && !(known.is_asked)(&only.heading)
    {
        let only = parts.remove(0);
        // A web page has one beside it, in its head.
        match &title {
            Some(_) => ledger.leave(Reason::Title, &only.heading),
            None => title = Some(only.heading),
        }
        before = only.blocks;
        parts = only.parts;
    } else if let Some(first) = parts.first()
        && title.is_none()
        && before.iter().all(is_silent)
        && first.appendix.is_none()
        && !(known.is_asked)(&first.heading)
        && first.parts.len() > 1
        && parts[1..].iter().all(|part| part.appendix.is_some())
    {
        let first = parts.remove(0);
        title = Some(first.heading);
        before = first.blocks;
        parts.splice(0..0, first.parts);
    }
    let mut outline = Outline {
        title,
        ..Outline::default()
    };
    // Below the title often stands whose it is, which the front says as well.
    before.retain(|block| {
        let Block::Paragraph(paragraph) = block else {
            return true;
        };
        let line = one_line(paragraph);
        let is_name = is_silent_but_for_words(block) && fold(&line) == known.institution;
        let is_said = is_name && !known.institution.is_empty();
        if is_said {
            ledger.leave(Reason::Title, &line);
        }
        !is_said
    });
    if !before.iter().all(is_silent) {
        outline.sections.push(made_up("Indledning", before, &parts));
    }
    for mut part in parts {
        lift_appendices(&mut part, &mut outline.appendices, ledger);
        if part.appendix.is_some() {
            outline.appendices.push(part);
        } else if !(part.heading.is_empty()) {
            outline.sections.push(part);
        }
    }
    for (at, part) in outline.appendices.iter_mut().enumerate() {
        if words(&part.heading).is_empty() {
            part.heading = format!("Bilag uden titel {}", at + 1);
            part.is_made_up = true;
        }
    }
    outline
}

/// A section whose heading is the program's own.
fn made_up(heading: &str, blocks: Vec<Block>, parts: &[Part]) -> Part {
    let is_taken = parts
        .iter()
        .any(|part| fold_heading(&part.heading) == fold_heading(heading));
    Part {
        heading: if is_taken {
            "Om protokollen".to_owned()
        } else {
            heading.to_owned()
        },
        is_made_up: true,
        blocks,
        ..Part::default()
    }
}

/// A chapter "Bilag" that holds nothing but appendices is none: they are taken out of it.
fn lift_appendices(part: &mut Part, appendices: &mut Vec<Part>, ledger: &mut Ledger) {
    let is_bare = |number: &String| number.eq_ignore_ascii_case("bilag");
    let is_chapter = part.appendix.as_ref().is_some_and(is_bare) && part.heading.is_empty()
        || fold_heading(&part.heading) == "bilag"
        || fold_heading(&part.heading) == "bilagsoversigt";
    if is_chapter && part.blocks.iter().all(is_silent) {
        let heading = std::mem::take(&mut part.heading);
        part.appendix = None;
        ledger.leave(Reason::TypedNumber, &heading);
        for mut own in part.parts.drain(..) {
            own.appendix.get_or_insert_default();
            appendices.push(own);
        }
    }
}

/// Whether a block has nothing for readers.
fn is_silent(block: &Block) -> bool {
    let mut is_silent = is_silent_but_for_words(block);
    visit_paragraphs(std::slice::from_ref(block), &mut |paragraph| {
        is_silent &= words(&letters(&paragraph.runs)).is_empty();
    });
    is_silent
}

/// Whether a block has no picture, note or comment.
fn is_silent_but_for_words(block: &Block) -> bool {
    let mut is_silent = true;
    visit_paragraphs(std::slice::from_ref(block), &mut |paragraph| {
        let mut runs = paragraph.runs.iter();
        is_silent &=
            !runs.any(|run| matches!(run, Run::Picture(_) | Run::Note(_) | Run::Comment(_)));
    });
    is_silent
}
