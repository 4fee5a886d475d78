//! Flowing text as Markdown that reads back as the same letters.

use std::collections::BTreeMap;

use super::ledger::Ledger;
use super::lists::{Flow, List, flows};
use super::source::{Look, Reason, Run, Source, TextRun, is_invisible, letters};
use crate::model::fold;

/// What texts of a protocol refer to.
#[derive(Debug, Default)]
pub struct Targets {
    /// Places in the source by their bookmarks, as references such as `afsnit:gaester`.
    pub bookmarks: BTreeMap<String, String>,
    /// Appendices by the numbers they had in the source, as references such as `bilag:husorden`.
    pub appendices: BTreeMap<String, String>,
    /// The files of pictures, by their index.
    pub pictures: Vec<Option<String>>,
}

/// Writes texts; what footnotes and comments belong to a text is gathered on the way.
pub struct Writer<'w> {
    /// The document.
    pub source: &'w Source,
    /// What texts refer to.
    pub targets: &'w Targets,
    /// The area's documents by their addresses: the id and the title.
    documents: &'w BTreeMap<String, (String, String)>,
    /// The book.
    pub ledger: &'w mut Ledger,
    /// The labels of notes in the protocol, by those of the source.
    pub labels: BTreeMap<String, String>,
    /// Notes that the text at hand refers to.
    notes: Vec<String>,
    /// Ids of comments met since they were last taken.
    pub comments: Vec<String>,
}

impl<'w> Writer<'w> {
    /// A writer for one document.
    pub fn new(
        source: &'w Source,
        targets: &'w Targets,
        documents: &'w BTreeMap<String, (String, String)>,
        ledger: &'w mut Ledger,
    ) -> Self {
        Self {
            source,
            targets,
            documents,
            ledger,
            labels: BTreeMap::new(),
            notes: Vec::new(),
            comments: Vec::new(),
        }
    }

    /// A text with the notes it refers to below it; empty where nothing is said.
    pub fn text(&mut self, flows: &[Flow]) -> String {
        let mut out = self.flows(flows);
        let mut written = 0;
        // A note may refer to another one.
        while written < self.notes.len() {
            let label = self.notes[written].clone();
            written += 1;
            let note = self.note(&label);
            out.push_str("\n\n");
            out.push_str(&note);
        }
        self.notes.clear();
        out
    }

    /// One line of a text, such as an item of a group.
    pub fn line(&mut self, runs: &[Run]) -> String {
        let text = self.text(&[Flow::Paragraph(runs.to_vec())]);
        if text.contains("\n\n") {
            text
        } else {
            text.replace("\\\n", " ").replace('\n', " ")
        }
    }

    fn note(&mut self, label: &str) -> String {
        let blocks = self.source.notes.get(label).cloned().unwrap_or_default();
        let inner = flows(&blocks, self.source, self.ledger);
        let text = self.flows(&inner);
        let shown = self.labels.get(label).cloned().unwrap_or_default();
        format!("[^{shown}]: {}", indented(&text, 4))
    }

    fn flows(&mut self, flows: &[Flow]) -> String {
        let mut out = String::new();
        // Two lists in a row are told apart by their marks.
        let mut is_other = false;
        let mut before: Option<bool> = None;
        for flow in flows {
            let counts = match flow {
                Flow::List(list) => Some(list.start.is_some()),
                _ => None,
            };
            is_other = counts.is_some() && counts == before && !is_other;
            let block = match flow {
                Flow::Paragraph(runs) => self.paragraph(runs),
                Flow::List(list) => self.list(list, is_other),
                Flow::Table(rows) => self.table(rows),
                Flow::Quote(inner) => quoted(&self.flows(inner)),
                Flow::Definitions(items) => self.definitions(items),
                Flow::Placed(name) => format!("[]({name})"),
            };
            if block.trim().is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(&block);
            before = counts;
        }
        out
    }

    fn list(&mut self, list: &List, is_other: bool) -> String {
        let mut number = list.start;
        let mut lines = Vec::new();
        for item in &list.items {
            let marker = match (number, is_other) {
                (Some(value), false) => format!("{value}. "),
                (Some(value), true) => format!("{value}) "),
                (None, false) => "- ".to_owned(),
                (None, true) => "* ".to_owned(),
            };
            number = number.map(|value| value + 1);
            let tick = match item.ticked {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            let text = self.flows(&item.flows);
            // A list right below its item stands close to it.
            let text = match item.flows.as_slice() {
                [Flow::Paragraph(_), Flow::List(_)] => text.replacen("\n\n", "\n", 1),
                _ => text,
            };
            lines.push(format!("{marker}{tick}{}", indented(&text, marker.len())));
        }
        lines.join("\n")
    }

    fn definitions(&mut self, items: &[(Vec<Run>, Vec<Flow>)]) -> String {
        let items = items.iter().map(|(term, meaning)| {
            let term = self.paragraph(term);
            let meaning = self.flows(meaning);
            format!("{term}\n: {}", indented(&meaning, 2))
        });
        let items: Vec<String> = items.collect();
        items.join("\n\n")
    }

    fn table(&mut self, rows: &[Vec<Vec<Run>>]) -> String {
        let mut lines = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| {
                    let runs: Vec<Run> = if at == 0 {
                        cell.iter().map(without_bold).collect()
                    } else {
                        cell.clone()
                    };
                    let text = self.inlines(&runs, true);
                    text.replace('\n', " ").trim().to_owned()
                })
                .collect();
            lines.push(format!("| {} |", cells.join(" | ")));
            if at == 0 {
                lines.push(format!("|{}", "---|".repeat(row.len())));
            }
        }
        lines.join("\n")
    }

    fn paragraph(&mut self, runs: &[Run]) -> String {
        let text = self.inlines(runs, false);
        // Every line is one of its own, and nothing in it may be taken for the beginning of a block.
        let lines: Vec<String> = text
            .split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(guarded)
            .collect();
        lines.join("\\\n")
    }

    fn inlines(&mut self, runs: &[Run], in_cell: bool) -> String {
        let mut out = String::new();
        let mut at = 0;
        while at < runs.len() {
            match &runs[at] {
                Run::Text(_) => {
                    let end = runs[at..]
                        .iter()
                        .position(|run| !matches!(run, Run::Text(_)));
                    let end = end.map_or(runs.len(), |length| at + length);
                    let texts: Vec<&TextRun> = runs[at..end]
                        .iter()
                        .filter_map(|run| match run {
                            Run::Text(run) => Some(run),
                            _ => None,
                        })
                        .collect();
                    self.linked(&texts, in_cell, &mut out);
                    at = end;
                    continue;
                }
                Run::Note(label) => {
                    let known = self.source.notes.contains_key(label);
                    if known {
                        let next = self.labels.len() + 1;
                        let shown = self
                            .labels
                            .entry(label.clone())
                            .or_insert_with(|| next.to_string())
                            .clone();
                        if !self.notes.contains(label) {
                            self.notes.push(label.clone());
                        }
                        let kept = out.trim_end().len();
                        out.truncate(kept);
                        out.push_str(&format!("[^{shown}]"));
                    }
                }
                Run::Comment(id) => self.comments.push(id.clone()),
                Run::Picture(index) => self.picture(*index, &mut out),
                Run::Bookmark(_) => {}
            }
            at += 1;
        }
        // Only before a link would it make a picture.
        if out.ends_with("\\!") {
            out.truncate(out.len() - "\\!".len());
            out.push('!');
        }
        out
    }

    fn picture(&mut self, index: usize, out: &mut String) {
        let alt = &self.source.pictures[index].alt;
        let file = self.targets.pictures.get(index).cloned().flatten();
        match file {
            Some(file) => {
                let alt = escaped(&alt.replace('\n', " "), true);
                out.push_str(&format!("![{alt}]({file})"));
            }
            None => {
                let alt = alt.clone();
                self.ledger.leave(Reason::Picture, &alt);
            }
        }
    }

    /// Runs by where they lead.
    fn linked(&mut self, runs: &[&TextRun], in_cell: bool, out: &mut String) {
        for group in runs.chunk_by(|a, b| a.link == b.link && a.is_made == b.is_made) {
            let leads_to = group[0].link.as_deref();
            let document = leads_to.and_then(|address| self.documents.get(address));
            if let Some((id, title)) = document {
                self.document(id, title, group, out);
                continue;
            }
            let link = leads_to.and_then(|link| self.target(link));
            let text = styled(group, in_cell, out);
            match link {
                Some(target) if group[0].is_made && is_inside(&target) => {
                    self.ledger.leave(Reason::Reference, &text);
                    out.push_str(&format!("[]({target})"));
                }
                Some(target) if !text.trim().is_empty() => {
                    let inner = text.trim();
                    let start = text.len() - text.trim_start().len();
                    out.push_str(&text[..start]);
                    out.push_str(&format!("[{inner}]({})", address(&target)));
                    out.push_str(&text[start + inner.len()..]);
                }
                Some(_) => out.push_str(&text),
                None if group[0].link.is_none() => {
                    let text = self.with_references(&text, out);
                    out.push_str(&text);
                }
                None => out.push_str(&text),
            }
        }
    }

    /// A document of the area: its title comes by itself.
    fn document(&mut self, id: &str, title: &str, runs: &[&TextRun], out: &mut String) {
        let letters: String = runs.iter().map(|run| run.text.as_str()).collect();
        if fold(&letters) == fold(title) {
            self.ledger.leave(Reason::Reference, &letters);
            out.push_str(&format!("[](dok:{id})"));
        } else {
            let text = styled(runs, false, out);
            out.push_str(&format!("[{}](dok:{id})", text.trim()));
        }
    }

    fn target(&mut self, link: &str) -> Option<String> {
        if let Some(name) = link.strip_prefix('#') {
            return self.targets.bookmarks.get(name).cloned();
        }
        let scheme = link
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") {
            return Some(link.to_owned());
        }
        self.ledger.tell(format!(
            "Et link fører til en fil eller et sted, som læserne ikke kan nå. Ordene er med, linket er ikke: {}",
            shortened(link)
        ));
        None
    }

    /// The text with a reference in place of an appendix that is named by its number.
    fn with_references(&mut self, text: &str, before: &str) -> String {
        let mut made = String::new();
        let mut rest = text;
        while let Some(at) = find_appendix(rest, if made.is_empty() { before } else { "" }) {
            let (from, to, number) = at;
            let Some(target) = self.targets.appendices.get(number) else {
                made.push_str(&rest[..to]);
                rest = &rest[to..];
                continue;
            };
            made.push_str(&rest[..from]);
            made.push_str(&format!("[]({target})"));
            self.ledger.leave(Reason::Reference, &rest[from..to]);
            rest = &rest[to..];
        }
        made.push_str(rest);
        made
    }
}

/// Whether a reference leads to a place of the protocol.
fn is_inside(target: &str) -> bool {
    ["afsnit:", "bilag:", "kontakt:", "figur:", "tabel:", "kort:"]
        .iter()
        .any(|kind| target.starts_with(kind))
}

/// The first "bilag" with a number in a text: from where to where, and the number.
fn find_appendix<'t>(text: &'t str, before: &str) -> Option<(usize, usize, &'t str)> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let mut from = 0;
    while let Some(found) = lower[from..].find("bilag ") {
        let start = from + found;
        let number_at = start + "bilag ".len();
        let digits = text[number_at..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let end = number_at + digits;
        let ahead = text[..start]
            .chars()
            .next_back()
            .or_else(|| before.chars().next_back().filter(|_| start == 0));
        let is_word = ahead.is_none_or(|c| !c.is_alphanumeric());
        let is_whole = text[end..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric());
        if digits > 0 && is_word && is_whole {
            return Some((start, end, &text[number_at..end]));
        }
        from = number_at;
    }
    None
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect();
    lines.join("\n")
}

fn without_bold(run: &Run) -> Run {
    match run {
        Run::Text(run) => {
            let mut run = run.clone();
            run.look.bold = false;
            Run::Text(run)
        }
        run => run.clone(),
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

/// An address between the parentheses of a link.
fn address(target: &str) -> String {
    if target.contains([' ', '(', ')', '<', '>', '\n', '\t']) {
        let safe = target
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace(['\n', '\t'], "");
        format!("<{safe}>")
    } else {
        target.to_owned()
    }
}

fn indented(text: &str, by: usize) -> String {
    let indent = " ".repeat(by);
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&indent);
            out.push_str(line);
        }
    }
    out
}

/// Whether letters have an emphasis, and its mark.
type Emphasis = (fn(&Look) -> bool, &'static str);

/// The emphases in the order they stand within each other.
const EMPHASES: [Emphasis; 3] = [
    (|look| look.strike, "~~"),
    (|look| look.bold, "**"),
    (|look| look.italic, "*"),
];

/// Runs with their emphases.
fn styled(runs: &[&TextRun], in_cell: bool, before: &str) -> String {
    emphasized(runs, &EMPHASES, in_cell, before)
}

fn emphasized(runs: &[&TextRun], emphases: &[Emphasis], in_cell: bool, before: &str) -> String {
    let Some(((is, mark), inner)) = emphases.split_first() else {
        let groups = runs.chunk_by(|a, b| a.look.code == b.look.code);
        let texts = groups.map(|group| {
            let text: String = group.iter().map(|run| run.text.as_str()).collect();
            match group[0].look.code {
                true => code(&text, in_cell),
                false => escaped(&text, in_cell),
            }
        });
        return texts.collect();
    };
    let mut out = String::new();
    // White space is neither: it belongs to what is around it.
    for group in runs.chunk_by(|a, b| is(&a.look) == is(&b.look)) {
        let text = emphasized(group, inner, in_cell, before);
        let says = text.trim();
        let has_break = says.contains('\n');
        if !is(&group[0].look) || says.is_empty() || has_break {
            out.push_str(&text);
            continue;
        }
        let start = text.len() - text.trim_start().len();
        let (lead, tail) = (&text[..start], &text[start + says.len()..]);
        let ahead = lead
            .chars()
            .next_back()
            .or_else(|| out.chars().next_back())
            .or_else(|| before.chars().next_back());
        let opens = can_stand(ahead, says.chars().next());
        let next = tail.chars().next().or_else(|| next_letter(runs, group));
        let closes = can_stand(next, says.chars().next_back());
        out.push_str(lead);
        if opens && closes {
            out.push_str(&format!("{mark}{says}{mark}"));
        } else {
            out.push_str(says);
        }
        out.push_str(tail);
    }
    out
}

/// Whether a mark of emphasis can stand between what is outside it and what is inside: a sign inside and a letter
/// outside would make it a sign too.
fn can_stand(outside: Option<char>, inside: Option<char>) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let is_letter = outside.is_some_and(char::is_alphanumeric);
    let is_same_mark = outside.is_some_and(|c| matches!(c, '*' | '~' | '_' | '\\'));
    let joins_letters = is_letter && inside.is_some_and(is_sign);
    !(joins_letters || is_same_mark)
}

/// The first letter behind a group of runs.
fn next_letter(runs: &[&TextRun], group: &[&TextRun]) -> Option<char> {
    let last = group.last()?;
    let at = runs.iter().position(|run| std::ptr::eq(*run, *last))?;
    runs[at + 1..]
        .iter()
        .find_map(|run| run.text.chars().next())
}

/// Letters as code, between more accents than are in them.
fn code(text: &str, in_cell: bool) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    let text = if in_cell {
        text.replace('|', "\\|")
    } else {
        text.to_owned()
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Letters as Markdown text.
fn escaped(text: &str, in_cell: bool) -> String {
    let chars: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let next = chars.get(at + 1).copied();
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let escapes = match c {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next == '\n'),
            '`' | '[' | ']' => true,
            '*' | '~' => !(is_space(before) && is_space(next)),
            '_' => {
                let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let outer = |step: &dyn Fn(usize) -> Option<usize>| {
                    let mut at = step(at);
                    while let Some(place) = at {
                        match chars.get(place) {
                            Some('_') => at = step(place),
                            other => return other.copied(),
                        }
                    }
                    None
                };
                let ahead = outer(&|at| at.checked_sub(1));
                let behind = outer(&|at| (at + 1 < chars.len()).then_some(at + 1));
                !(is_word(ahead) && is_word(behind) || is_space(ahead) && is_space(behind))
            }
            '<' => next.is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            '|' => in_cell,
            '!' => next == Some('[') || next.is_none(),
            _ => false,
        };
        if escapes {
            out.push('\\');
        }
        match c {
            '\t' => out.push(' '),
            '\u{A0}' => out.push('\u{A0}'),
            c => out.push(c),
        }
    }
    out
}

/// A line that cannot be taken for the beginning of a block.
fn guarded(line: &str) -> String {
    let first = line.chars().next().unwrap_or_default();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after_digits = line[digits..].chars().next();
    let after = line[first.len_utf8()..].chars().next();
    let is_marker = match first {
        '#' | '>' | ':' | '=' => true,
        '-' | '+' | '*' => {
            after.is_none_or(char::is_whitespace) || line.chars().all(|c| c == first || c == ' ')
        }
        '_' => line.chars().all(|c| matches!(c, '_' | ' ')),
        '|' => true,
        '~' => line.starts_with("~~~"),
        _ => false,
    };
    if is_marker {
        return format!("\\{line}");
    }
    let is_number = (1..=9).contains(&digits) && matches!(after_digits, Some('.' | ')')) && {
        let rest = &line[digits + 1..];
        rest.is_empty() || rest.starts_with(char::is_whitespace)
    };
    if is_number {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

/// The letters of a heading or a name, without what cannot stand in one.
pub fn plain_line(runs: &[Run]) -> String {
    let text = letters(runs).replace(['\n', '\t'], " ");
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    visible
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
