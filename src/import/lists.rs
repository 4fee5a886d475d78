//! From paragraphs to text that flows: lists with what is in them, tables, quotations. Also what people type where
//! they mean a list or a table: signs, numbers, letters and tabs.

use super::ledger::Ledger;
use super::own::shapes::{self, PLACED, STEP as OWN_STEP};
use super::source::{
    Block, Mark, MarkKind, Paragraph, Reason, Role, Run, Source, Table, asks, letters, words,
};

/// Lists within each other; the format's own bound is far beyond.
const DEEPEST_LIST: usize = 8;

/// Text that flows.
#[derive(Clone, Debug)]
pub enum Flow {
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A list.
    List(List),
    /// A table: rows of cells, the header first.
    Table(Vec<Vec<Vec<Run>>>),
    /// A quotation.
    Quote(Vec<Flow>),
    /// A block that stands here, as references call it.
    Placed(String),
    /// Words, each with what it means.
    Definitions(Vec<(Vec<Run>, Vec<Flow>)>),
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// The first number of one that counts.
    pub start: Option<u64>,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// For a box to tick: whether it is.
    pub ticked: Option<bool>,
    /// What it says.
    pub flows: Vec<Flow>,
}

/// A mark that somebody typed before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypedMark {
    /// What it says.
    pub kind: TypedKind,
    /// How many bytes it takes, the white space after it included.
    pub length: usize,
    /// Whether it can be nothing else, so that one item alone is a list.
    pub is_certain: bool,
}

/// What a typed mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedKind {
    /// A sign.
    Sign(char),
    /// A number and the sign after it.
    Number(u64, char),
    /// A letter, counted from one, and the sign after it.
    Letter(u64, char),
    /// A box.
    Box(bool),
}

/// The mark that a text begins with, if it looks like an item's.
pub fn typed_mark(text: &str) -> Option<TypedMark> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let space = |rest: &str| {
        let trimmed = rest.trim_start_matches([' ', '\t', '\u{A0}']);
        let length = rest.len() - trimmed.len();
        (length > 0 && !trimmed.is_empty()).then_some(length)
    };
    let sign = |kind, is_certain| {
        let length = space(rest)?;
        Some(TypedMark {
            kind,
            length: first.len_utf8() + length,
            is_certain: is_certain || rest.starts_with('\t'),
        })
    };
    match first {
        '☐' | '□' | '❑' | '❏' | '\u{F0A8}' | '\u{F06F}' | '\u{F071}' | '\u{F072}' => {
            sign(TypedKind::Box(false), true)
        }
        '☑' | '☒' | '\u{F0FE}' | '\u{F078}' | '\u{F052}' => sign(TypedKind::Box(true), true),
        '•' | '·' | '▪' | '‣' | '◦' | '●' | '○' | '■' | '➢' | '►' | '▸' | '∙' | '➔' | '→' | '✓'
        | '✔' => sign(TypedKind::Sign('•'), true),
        '\u{F000}'..='\u{F0FF}' => sign(TypedKind::Sign('•'), true),
        '-' | '–' | '—' | '*' => sign(TypedKind::Sign('-'), false),
        'o' if rest.starts_with('\t') => sign(TypedKind::Sign('o'), true),
        _ => typed_number(text, &space),
    }
}

fn typed_number(text: &str, space: &dyn Fn(&str) -> Option<usize>) -> Option<TypedMark> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let roman = text
        .bytes()
        .take_while(|byte| matches!(byte, b'i' | b'v' | b'x'))
        .count();
    let (length, value) = match text.as_bytes() {
        _ if (1..=3).contains(&digits) => (digits, Ok(text[..digits].parse::<u64>().ok()?)),
        [letter @ b'a'..=b'z', b')' | b'.', ..] => (1, Err(u64::from(letter - b'a' + 1))),
        _ if (2..=4).contains(&roman) => (roman, Err(roman_number(&text[..roman])?)),
        _ => return None,
    };
    let sign = text[length..]
        .chars()
        .next()
        .filter(|sign| matches!(sign, '.' | ')'))?;
    let after = &text[length + 1..];
    let kind = match value {
        Ok(number) => TypedKind::Number(number, sign),
        // A letter and a full stop are as often a name.
        Err(_) if sign == '.' && !after.starts_with('\t') => return None,
        Err(letter) => TypedKind::Letter(letter, sign),
    };
    Some(TypedMark {
        kind,
        length: length + 1 + space(after)?,
        is_certain: false,
    })
}

fn roman_number(text: &str) -> Option<u64> {
    let numbers = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let at = numbers.iter().position(|number| *number == text)?;
    u64::try_from(at + 1).ok()
}

/// A paragraph on its way into a list.
struct Line<'b> {
    paragraph: &'b Paragraph,
    mark: Option<(u8, MarkKind)>,
    /// For one without a mark: the level of the item that it goes on in, where that is certain.
    goes_on: Option<u8>,
}

/// Blocks as text that flows. Marks that were typed go into the ledger.
pub fn flows(blocks: &[Block], source: &Source, ledger: &mut Ledger) -> Vec<Flow> {
    // Whoever rusprot wrote for has real lists and tables.
    let marked = if source.is_own() {
        blocks.to_vec()
    } else {
        with_typed_marks(blocks, ledger)
    };
    let mut flows = Vec::new();
    let mut at = 0;
    while at < marked.len() {
        match &marked[at] {
            Block::Paragraph(paragraph) if paragraph.mark.is_some() => {
                let end = list_end(&marked, at);
                let lines = marked[at..end].iter();
                let lines: Vec<Line<'_>> = lines
                    .filter_map(|block| as_line(block, source.is_own()))
                    .collect();
                push_lists(&lines, &mut flows);
                at = end;
            }
            Block::Paragraph(paragraph) => {
                if source.is_own() {
                    flows.push(Flow::Paragraph(trimmed(&paragraph.runs)));
                    at += 1;
                } else if let Some((table, count)) = tab_table(&marked[at..]) {
                    flows.push(Flow::Table(table));
                    at += count;
                } else {
                    push_paragraph(paragraph, &mut flows);
                    at += 1;
                }
            }
            Block::Quote(quoted) => {
                let inner = self::flows(quoted, source, ledger);
                if !inner.is_empty() {
                    flows.push(Flow::Quote(inner));
                }
                at += 1;
            }
            Block::Own(own) if own.class == "definitions" => {
                flows.push(Flow::Definitions(definitions(&own.blocks, source, ledger)));
                at += 1;
            }
            Block::Own(own) if own.class.starts_with(PLACED) => {
                flows.push(Flow::Placed(own.class[PLACED.len()..].to_owned()));
                at += 1;
            }
            Block::Own(own) => {
                flows.extend(self::flows(&own.blocks, source, ledger));
                at += 1;
            }
            Block::Table(table) => {
                push_table(table, source, ledger, &mut flows);
                at += 1;
            }
        }
    }
    flows
}

/// Words that rusprot wrote: each has a style of its own, and what follows is what it means.
fn definitions(
    blocks: &[Block],
    source: &Source,
    ledger: &mut Ledger,
) -> Vec<(Vec<Run>, Vec<Flow>)> {
    let terms = shapes::items(blocks, "term").into_iter();
    let defined = terms.map(|(term, meaning)| {
        (
            trimmed(&term.runs),
            flows(&shapes::moved_out(&meaning), source, ledger),
        )
    });
    defined.collect()
}

fn as_line(block: &Block, is_own: bool) -> Option<Line<'_>> {
    match block {
        Block::Paragraph(paragraph) => Some(Line {
            paragraph,
            mark: paragraph.mark.map(|mark| (mark.level, mark.kind)),
            goes_on: is_own.then(|| u8::try_from(paragraph.indent / OWN_STEP - 1).unwrap_or(0)),
        }),
        _ => None,
    }
}

fn says_something(runs: &[Run]) -> bool {
    runs.iter().any(|run| match run {
        Run::Text(run) => !run.text.trim().is_empty(),
        Run::Picture(_) | Run::Note(_) => true,
        Run::Comment(_) | Run::Bookmark(_) => false,
    })
}

/// Where the list ends that begins at an item: paragraphs between items that are indented as they are belong to
/// them.
fn list_end(blocks: &[Block], start: usize) -> usize {
    let mut end = start;
    let mut at = start;
    let mut deepest = 0;
    while let Some(Block::Paragraph(paragraph)) = blocks.get(at) {
        let is_item = paragraph.mark.is_some();
        if is_item {
            deepest = paragraph.indent;
            end = at + 1;
        } else if paragraph.role != Role::Body
            || says_something(&paragraph.runs)
                && (paragraph.indent <= 0 || paragraph.indent < deepest)
        {
            break;
        } else if says_something(&paragraph.runs) && paragraph.indent > 0 {
            end = at + 1;
        }
        at += 1;
    }
    end
}

/// The lists of some lines; one that begins to count anew is another.
fn push_lists(lines: &[Line<'_>], flows: &mut Vec<Flow>) {
    let mut at = 0;
    while at < lines.len() {
        let level = lines[at].mark.map_or(0, |(level, _)| level);
        let (list, count) = list(&lines[at..], level, 0);
        flows.push(Flow::List(list));
        at += count.max(1);
    }
}

/// The list at the beginning of some lines, and how many of them it takes.
fn list(lines: &[Line<'_>], level: u8, depth: usize) -> (List, usize) {
    let kind = lines[0].mark.map(|(_, kind)| kind);
    let start = match kind {
        Some(MarkKind::Number(number)) => Some(number),
        _ => None,
    };
    let mut list = List {
        start,
        items: Vec::new(),
    };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        match line.mark {
            None if line.goes_on.is_some_and(|outer| outer < level) => break,
            None => {
                if let Some(item) = list.items.last_mut() {
                    push_paragraph(line.paragraph, &mut item.flows);
                }
                at += 1;
            }
            Some((deeper, _))
                if deeper > level && depth < DEEPEST_LIST && !list.items.is_empty() =>
            {
                let (inner, count) = self::list(&lines[at..], deeper, depth + 1);
                if let Some(item) = list.items.last_mut() {
                    item.flows.push(Flow::List(inner));
                }
                at += count;
            }
            Some((own, own_kind)) => {
                let anew = match (start, own_kind) {
                    (Some(_), MarkKind::Number(1)) => !list.items.is_empty(),
                    (Some(_), MarkKind::Number(_)) => false,
                    (Some(_), _) => true,
                    (None, MarkKind::Number(_)) => true,
                    (None, _) => false,
                };
                if own < level || anew && own <= level {
                    break;
                }
                let mut item = Item {
                    ticked: match own_kind {
                        MarkKind::Box(ticked) => Some(ticked),
                        _ => None,
                    },
                    flows: Vec::new(),
                };
                push_paragraph(line.paragraph, &mut item.flows);
                if !item.flows.is_empty() {
                    list.items.push(item);
                }
                at += 1;
            }
        }
    }
    (list, at)
}

fn push_paragraph(paragraph: &Paragraph, flows: &mut Vec<Flow>) {
    if !says_something(&paragraph.runs) {
        // A comment or a place to lead to may stand alone.
        let stays = |run: &&Run| matches!(run, Run::Comment(_) | Run::Bookmark(_));
        let kept: Vec<Run> = paragraph.runs.iter().filter(stays).cloned().collect();
        if let (false, Some(Flow::Paragraph(before))) = (kept.is_empty(), flows.last_mut()) {
            before.extend(kept);
        } else if !kept.is_empty() {
            flows.push(Flow::Paragraph(kept));
        }
        return;
    }
    let flow = Flow::Paragraph(trimmed(&paragraph.runs));
    if paragraph.role != Role::Quote && !is_quoted(&letters(&paragraph.runs)) {
        flows.push(flow);
    } else if let (Role::Quote, Some(Flow::Quote(quoted))) = (paragraph.role, flows.last_mut()) {
        quoted.push(flow);
    } else {
        flows.push(Flow::Quote(vec![flow]));
    }
}

/// Whether a paragraph is nothing but somebody's words.
fn is_quoted(text: &str) -> bool {
    let text = text.trim();
    let pairs = [
        ('”', '”'),
        ('"', '"'),
        ('“', '”'),
        ('„', '“'),
        ('»', '«'),
        ('„', '”'),
    ];
    let is_pair = |(open, close): &(char, char)| {
        let inner = text
            .strip_prefix(*open)
            .and_then(|text| text.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open, *close]) && words(inner).len() >= 5)
    };
    pairs.iter().any(is_pair)
}

/// Runs without white space at the ends and without breaks there.
fn trimmed(runs: &[Run]) -> Vec<Run> {
    let mut runs = runs.to_vec();
    for run in &mut runs {
        if let Run::Text(run) = run {
            run.text = run.text.trim_start().to_owned();
            if !run.text.is_empty() {
                break;
            }
        } else if matches!(run, Run::Picture(_) | Run::Note(_)) {
            break;
        }
    }
    for run in runs.iter_mut().rev() {
        if let Run::Text(run) = run {
            run.text = run.text.trim_end().to_owned();
            if !run.text.is_empty() {
                break;
            }
        } else if matches!(run, Run::Picture(_) | Run::Note(_)) {
            break;
        }
    }
    runs.retain(|run| !matches!(run, Run::Text(run) if run.text.is_empty()));
    runs
}

/// The blocks with marks in place of those that somebody typed.
fn with_typed_marks(blocks: &[Block], ledger: &mut Ledger) -> Vec<Block> {
    let blocks = split_lines(blocks);
    let typed: Vec<Option<TypedMark>> = blocks.iter().map(typed_of).collect();
    let mut marked = blocks;
    let indents = item_indents(&marked, &typed);
    for at in 0..marked.len() {
        let Some(mark) = typed[at] else { continue };
        // One question of a row, with a heading above it, has a number as the others have.
        let is_question =
            |block: &Block| matches!(block, Block::Paragraph(paragraph) if asks(&paragraph.runs));
        let is_list = mark.is_certain
            || matches!(mark.kind, TypedKind::Number(..)) && is_question(&marked[at])
            || neighbours(&typed, at)
                .any(|other| follow(mark.kind, other) || follow(other, mark.kind));
        let Block::Paragraph(paragraph) = &mut marked[at] else {
            continue;
        };
        if !is_list {
            continue;
        }
        let kind = match mark.kind {
            TypedKind::Sign(_) => MarkKind::Bullet,
            TypedKind::Box(ticked) => MarkKind::Box(ticked),
            TypedKind::Number(number, _) | TypedKind::Letter(number, _) => MarkKind::Number(number),
        };
        let level = indents
            .iter()
            .position(|indent| *indent == paragraph.indent)
            .unwrap_or(0);
        let level = match paragraph.mark {
            Some(mark) => mark.level,
            None => u8::try_from(level).unwrap_or(u8::MAX),
        };
        paragraph.mark = Some(Mark { level, kind });
        let taken = take_start(&mut paragraph.runs, mark.length);
        ledger.leave(Reason::TypedNumber, &taken);
    }
    marked
}

/// The indents of typed items, from the left.
fn item_indents(blocks: &[Block], typed: &[Option<TypedMark>]) -> Vec<i32> {
    let items = blocks.iter().zip(typed).filter(|(_, mark)| mark.is_some());
    let mut indents: Vec<i32> = items
        .filter_map(|(block, _)| match block {
            Block::Paragraph(paragraph) => Some(paragraph.indent),
            _ => None,
        })
        .collect();
    indents.sort_unstable();
    indents.dedup();
    // In a PDF, signs of one list are some hundredths of a point apart.
    indents.dedup_by(|one, before| *one - *before < 40);
    indents
}

fn neighbours(typed: &[Option<TypedMark>], at: usize) -> impl Iterator<Item = TypedKind> {
    let before = at.checked_sub(1).and_then(|before| typed[before]);
    let after = typed.get(at + 1).copied().flatten();
    before.into_iter().chain(after).map(|mark| mark.kind)
}

/// Whether one typed mark may follow another in a list.
fn follow(one: TypedKind, next: TypedKind) -> bool {
    match (one, next) {
        (TypedKind::Number(one, sign), TypedKind::Number(next, other))
        | (TypedKind::Letter(one, sign), TypedKind::Letter(next, other)) => {
            sign == other && next == one + 1
        }
        (TypedKind::Sign(one), TypedKind::Sign(other)) => one == other,
        (TypedKind::Box(_), TypedKind::Box(_)) => true,
        _ => false,
    }
}

fn typed_of(block: &Block) -> Option<TypedMark> {
    match block {
        Block::Paragraph(paragraph) if paragraph.mark.is_none() && paragraph.role == Role::Body => {
            typed_mark(paragraph.letters().trim_start())
        }
        // An item of a list may have a box to tick before its words.
        Block::Paragraph(Paragraph {
            mark:
                Some(Mark {
                    kind: MarkKind::Bullet,
                    ..
                }),
            runs,
            ..
        }) => typed_mark(letters(runs).trim_start())
            .filter(|mark| matches!(mark.kind, TypedKind::Box(_))),
        _ => None,
    }
}

/// Takes the first letters away, and the white space before them.
fn take_start(runs: &mut [Run], length: usize) -> String {
    let mut taken = String::new();
    let mut left = length;
    let mut is_start = true;
    for run in runs {
        let Run::Text(run) = run else { continue };
        if is_start {
            let trimmed = run.text.trim_start().to_owned();
            run.text = trimmed;
            is_start = run.text.is_empty();
        }
        let part = left.min(run.text.len());
        taken.push_str(&run.text[..part]);
        run.text.drain(..part);
        left -= part;
        if left == 0 {
            break;
        }
    }
    taken
}

/// Paragraphs whose lines are items or hold blanks to fill in, typed one below the other with breaks between them,
/// as a paragraph each.
fn split_lines(blocks: &[Block]) -> Vec<Block> {
    let mut split = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph)
                if paragraph.mark.is_none()
                    && (has_items(&paragraph.letters())
                        || paragraph.letters().contains('\n')
                            && super::blanks::has_blank(&paragraph.runs)) =>
            {
                for runs in lines_of(&paragraph.runs) {
                    split.push(Block::Paragraph(Paragraph {
                        runs,
                        ..paragraph.clone()
                    }));
                }
            }
            block => split.push(block.clone()),
        }
    }
    split
}

fn has_items(text: &str) -> bool {
    let lines: Vec<&str> = text
        .split('\n')
        .map(str::trim_start)
        .filter(|line| !line.is_empty())
        .collect();
    let items = lines
        .iter()
        .filter(|line| typed_mark(line).is_some())
        .count();
    lines.len() > 1
        && (items >= 2
            || lines
                .iter()
                .any(|line| typed_mark(line).is_some_and(|mark| mark.is_certain)))
}

/// Runs cut at their line ends.
pub fn lines_of(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        let Run::Text(text) = run else {
            if let Some(line) = lines.last_mut() {
                line.push(run.clone());
            }
            continue;
        };
        for (at, part) in text.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(line)) = (part.is_empty(), lines.last_mut()) {
                let mut text = text.clone();
                part.clone_into(&mut text.text);
                line.push(Run::Text(text));
            }
        }
    }
    lines
}

/// The cells of a line between its tabs; `None` where it has none inside, or holds blanks to fill in.
fn cells_of(runs: &[Run]) -> Option<Vec<Vec<Run>>> {
    let text = letters(runs);
    if !text.trim().contains('\t') || super::blanks::has_blank(runs) {
        return None;
    }
    let mut cells = vec![Vec::new()];
    for run in trimmed(runs) {
        let Run::Text(text) = &run else {
            cells.last_mut()?.push(run);
            continue;
        };
        let parts = text.text.split('\t');
        let mut is_first = true;
        for part in parts {
            if !is_first {
                cells.push(Vec::new());
            }
            is_first = false;
            if !part.is_empty() {
                let mut text = text.clone();
                part.trim().clone_into(&mut text.text);
                cells.last_mut()?.push(Run::Text(text));
            }
        }
    }
    // Several tabs in a row are one step.
    cells.retain(|cell| says_something(cell));
    (cells.len() > 1).then_some(cells)
}

/// Lines with as many tabs each, as a table; and how many blocks they are.
fn tab_table(blocks: &[Block]) -> Option<(Vec<Vec<Vec<Run>>>, usize)> {
    let mut rows: Vec<Vec<Vec<Run>>> = Vec::new();
    let mut count = 0;
    for block in blocks {
        let Block::Paragraph(paragraph) = block else {
            break;
        };
        if paragraph.mark.is_some() || paragraph.role != Role::Body {
            break;
        }
        let lines: Option<Vec<_>> = lines_of(&paragraph.runs)
            .iter()
            .map(|line| cells_of(line))
            .collect();
        let Some(lines) = lines else { break };
        let width = rows.first().or(lines.first()).map_or(0, Vec::len);
        if lines.iter().any(|line| line.len() != width) {
            break;
        }
        rows.extend(lines);
        count += 1;
    }
    (rows.len() > 1).then_some((rows, count))
}

fn push_table(table: &Table, source: &Source, ledger: &mut Ledger, flows: &mut Vec<Flow>) {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns <= 1 || table.rows.is_empty() {
        for cell in table.rows.iter().flatten() {
            flows.extend(self::flows(&cell.blocks, source, ledger));
        }
        return;
    }
    let rows: Vec<Vec<Vec<Flow>>> = table
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| self::flows(&cell.blocks, source, ledger))
                .collect()
        })
        .collect();
    let is_full = |row: &&Vec<Vec<Flow>>| row.iter().any(|cell| !cell.is_empty());
    if rows.iter().filter(is_full).count() <= 1 {
        // One row sets what is in it beside each other on the sheet: each cell goes on by itself.
        flows.extend(rows.into_iter().flatten().flatten());
        return;
    }
    let is_joined = rows.iter().flatten().any(|cell| cell.len() > 1);
    let mut lines: Vec<Vec<Vec<Run>>> = Vec::new();
    for row in &rows {
        let mut cells: Vec<Vec<Run>> = row
            .iter()
            .map(|cell| {
                let mut runs = Vec::new();
                join(cell, &mut runs);
                runs
            })
            .collect();
        cells.resize(columns, Vec::new());
        if cells.iter().any(|cell| says_something(cell)) {
            lines.push(cells);
        }
    }
    if table.rows.iter().flatten().any(|cell| cell.merged) {
        ledger.tell("En tabel har flettede celler. Teksten står i den første af dem.");
    }
    if is_joined {
        ledger.tell("En tabel har flere stykker i en celle. De står nu efter hinanden.");
    }
    match lines.as_slice() {
        [] => {}
        [only] => {
            for runs in only.iter().filter(|cell| says_something(cell)) {
                flows.push(Flow::Paragraph(runs.clone()));
            }
        }
        _ => flows.push(Flow::Table(lines)),
    }
}

/// What flows in a cell as one line.
fn join(flows: &[Flow], runs: &mut Vec<Run>) {
    for flow in flows {
        match flow {
            Flow::Paragraph(own) => push_joined(own, runs),
            Flow::List(list) => {
                for item in &list.items {
                    // A sign before an item says nothing in a line; a box to tick does.
                    let sign = match item.ticked {
                        Some(true) => "☑ ",
                        Some(false) => "☐ ",
                        None => "",
                    };
                    let mut own = Vec::new();
                    join(&item.flows, &mut own);
                    own.splice(0..0, (!sign.is_empty()).then(|| Run::plain(sign)));
                    push_joined(&own, runs);
                }
            }
            Flow::Quote(inner) => join(inner, runs),
            Flow::Placed(_) => {}
            Flow::Definitions(items) => {
                for (term, meaning) in items {
                    push_joined(term, runs);
                    join(meaning, runs);
                }
            }
            Flow::Table(rows) => {
                for cell in rows.iter().flatten() {
                    push_joined(cell, runs);
                }
            }
        }
    }
}

fn push_joined(own: &[Run], runs: &mut Vec<Run>) {
    if says_something(own) && says_something(runs) {
        let before = letters(runs);
        let ends = before.trim_end().ends_with(['.', ':', ';', '?', '!', ',']);
        runs.push(Run::plain(if ends { " " } else { "; " }));
    }
    runs.extend(own.iter().cloned().map(|mut run| {
        if let Run::Text(run) = &mut run {
            run.text = run.text.replace(['\n', '\t'], " ");
        }
        run
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flows_of(texts: &[&str]) -> Vec<Flow> {
        let blocks: Vec<Block> = texts
            .iter()
            .map(|text| Block::Paragraph(Paragraph::plain(*text)))
            .collect();
        flows(&blocks, &Source::default(), &mut Ledger::default())
    }

    fn shape(flows: &[Flow]) -> String {
        let shapes: Vec<String> = flows
            .iter()
            .map(|flow| match flow {
                Flow::Paragraph(runs) => format!("p({})", letters(runs)),
                Flow::List(list) => {
                    let items: Vec<String> =
                        list.items.iter().map(|item| shape(&item.flows)).collect();
                    format!(
                        "l{}[{}]",
                        list.start.map_or(String::new(), |start| start.to_string()),
                        items.join("|")
                    )
                }
                Flow::Table(rows) => format!("t{}x{}", rows.len(), rows[0].len()),
                Flow::Quote(inner) => format!("q({})", shape(inner)),
                Flow::Definitions(items) => format!("d{}", items.len()),
                Flow::Placed(name) => name.clone(),
            })
            .collect();
        shapes.join(" ")
    }

    #[test]
    fn typed_signs_numbers_and_letters_are_lists() {
        assert_eq!(
            shape(&flows_of(&["•\tmælk", "•\tbrød"])),
            "l[p(mælk)|p(brød)]"
        );
        assert_eq!(
            shape(&flows_of(&["1. ring", "2. vent", "Slut"])),
            "l1[p(ring)|p(vent)] p(Slut)"
        );
        assert_eq!(
            shape(&flows_of(&["a) ring", "b) vent"])),
            "l1[p(ring)|p(vent)]"
        );
        assert_eq!(shape(&flows_of(&["o\tét"])), "l[p(ét)]");
        assert_eq!(shape(&flows_of(&["\u{F0B7} ét"])), "l[p(ét)]");
    }

    #[test]
    fn a_dash_or_a_number_alone_is_text() {
        assert_eq!(
            shape(&flows_of(&["- men ikke her", "Så"])),
            "p(- men ikke her) p(Så)"
        );
        assert_eq!(
            shape(&flows_of(&["2. maj mødes vi", "Så"])),
            "p(2. maj mødes vi) p(Så)"
        );
    }

    #[test]
    fn lines_with_as_many_tabs_are_a_table() {
        assert_eq!(
            shape(&flows_of(&["Dag\tTid", "Mandag\t\t9", "Slut"])),
            "t2x2 p(Slut)"
        );
        assert_eq!(
            shape(&flows_of(&["Dag\tTid", "Slut"])),
            "p(Dag\tTid) p(Slut)"
        );
    }

    #[test]
    fn items_typed_below_each_other_in_one_paragraph_are_a_list() {
        assert_eq!(
            shape(&flows_of(&["Husk:\n- nøgle\n- telefon"])),
            "p(Husk:) l[p(nøgle)|p(telefon)]"
        );
    }

    #[test]
    fn a_paragraph_of_somebody_s_words_is_a_quotation() {
        assert_eq!(
            shape(&flows_of(&["” Vi ser mennesket bag forbruget ”"])),
            "q(p(” Vi ser mennesket bag forbruget ”))"
        );
    }
}
