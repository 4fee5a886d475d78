//! What an author meant where TOML cannot be read: one finding for each slip, at the place where it began.
//!
//! TOML's parser stumbles where it stands, which is often many lines behind the slip, and over and over. So a file
//! that it cannot read is looked through once more, line by line, for the slips people make with quotes, texts and
//! dates. Each is told once and blanked out in a copy of the same length, which the parser reads instead; what it
//! still stumbles over is told with the words of `messages`. What this is not: it reads no value.

mod dates;
mod lines;
mod messages;

use std::ops::Range;

use self::lines::{Assignment, Line, QUOTES, quotes_at, quotes_behind};
use crate::text::Span;

pub(in crate::load) use self::messages::danish;

/// A slip with what to say of it.
#[derive(Debug)]
pub(super) struct Slip {
    /// Where.
    pub(super) span: Span,
    /// What is wrong.
    pub(super) message: String,
    /// How to mend it.
    pub(super) help: String,
}

/// What was seen in a file that TOML cannot read.
#[derive(Debug)]
pub(super) struct Advice {
    /// The slips, in the order of the file.
    pub(super) slips: Vec<Slip>,
    /// The text with the slips blanked out, byte for byte as long.
    pub(super) copy: String,
}

/// Looks through a text that TOML cannot read.
pub(super) fn look(text: &str) -> Advice {
    let mut reader = Reader {
        text,
        lines: Line::all(text),
        copy: text.as_bytes().to_vec(),
        slips: Vec::new(),
    };
    let mut at = 0;
    while at < reader.lines.len() {
        at = reader.line(at);
    }
    let copy = String::from_utf8(reader.copy).expect("only whole lines and values are blanked");
    Advice {
        slips: reader.slips,
        copy,
    }
}

/// The three straight quotes that a text over several lines may stand in.
const TRIPLES: [&str; 2] = ["'''", "\"\"\""];

struct Reader<'t> {
    text: &'t str,
    lines: Vec<Line<'t>>,
    copy: Vec<u8>,
    slips: Vec<Slip>,
}

impl<'t> Reader<'t> {
    /// Looks at a line outside of texts; the next line to look at.
    fn line(&mut self, at: usize) -> usize {
        let line = self.lines[at];
        if line.is_comment() {
            return at + 1;
        }
        if line.is_header() && !line.text.is_ascii() {
            self.header(at);
            return at + 1;
        }
        let Some(assignment) = line.assignment() else {
            return at + 1;
        };
        let value = assignment.value;
        if let Some(quotes) = TRIPLES.into_iter().find(|quotes| value.starts_with(quotes)) {
            return self.text_in(at, &assignment, quotes);
        }
        let quotes = quotes_at(value);
        let is_empty_text = matches!(value, "''" | "\"\"");
        if (is_empty_text && self.is_prose_below(at)) || is_wrong_triple(quotes, value) {
            return self.wrong_quotes(at, &assignment, quotes);
        }
        if quotes.starts_with(|c| QUOTES[2..].contains(&c)) {
            return self.curly_quotes(at, &assignment);
        }
        if value.starts_with(['"', '\'']) {
            return self.quotes_within(at, &assignment);
        }
        if value.starts_with(['[', '{']) {
            return at + 1;
        }
        if let Some((message, help)) = dates::advice(assignment.key, value) {
            self.slip(self.value_span(at, &assignment), message, help);
            self.blank(line.start..line.end());
            return at + 1;
        }
        let is_text = value.is_empty() || value.starts_with('#') || !is_scalar(value);
        if is_text && self.is_prose_below(at) {
            return self.without_quotes(at, &assignment);
        }
        if !is_scalar(value) && !value.is_empty() && !value.starts_with('#') {
            let help = format!("Skriv linjen sådan: {}", written(assignment.key, value));
            self.slip(
                self.value_span(at, &assignment),
                "Teksten mangler anførselstegn.",
                help,
            );
            self.blank(line.start..line.end());
        }
        at + 1
    }

    /// A header with letters that names do not have. In the copy it gets those it should have, which are as long.
    fn header(&mut self, at: usize) {
        let line = self.lines[at];
        let ascii = line
            .text
            .replace('æ', "ae")
            .replace('ø', "oe")
            .replace('å', "aa");
        self.slip(
            Span::from(line.start..line.end()),
            "Navnet i de kantede parenteser har æ, ø, å eller et andet særligt tegn.",
            format!("Skriv linjen sådan: {}", ascii.trim()),
        );
        if ascii.is_ascii() && ascii.len() == line.text.len() {
            self.copy[line.start..line.end()].copy_from_slice(ascii.as_bytes());
        } else {
            self.blank(line.start..line.end());
        }
    }

    /// A text in three straight quotes: whether it ends where its author thinks.
    fn text_in(&mut self, at: usize, opening: &Assignment<'t>, quotes: &'static str) -> usize {
        let from = opening.at + quotes.len();
        let Some(end) = self.text[from..].find(quotes).map(|found| from + found) else {
            return self.unclosed(at, opening, quotes, self.lines.len());
        };
        let last = self.line_of(end);
        let closing = self.lines[last];
        let opens_another = closing
            .assignment()
            .filter(|other| last > at && other.at == end);
        if opens_another.is_some() {
            return self.unclosed(at, opening, quotes, last);
        }
        // Up to two more quotes belong to the text itself.
        let behind = self.text[end + quotes.len()..closing.end()].trim_start_matches(&quotes[..1]);
        let behind = behind.trim_start();
        if behind.is_empty() || behind.starts_with(['#', ',', ']', '}']) {
            return self.closed_too_early(at, last, quotes);
        }
        self.quotes_in_text(at, end, last, quotes)
    }

    /// A text that ends on a line of its own, where more of it comes below and the same quotes once more.
    fn closed_too_early(&mut self, at: usize, last: usize, quotes: &str) -> usize {
        let next = self.next_written(last + 1);
        let goes_on = next.is_some_and(|next| self.lines[next].is_prose());
        if !goes_on {
            return last + 1;
        }
        let limit = self.structure_below(last + 1);
        let alone = |index: &usize| self.lines[*index].text.trim() == quotes;
        let Some(end) = (last + 1..limit).rev().find(alone) else {
            return last + 1;
        };
        let line = self.lines[last];
        let found = line.text.rfind(quotes).unwrap_or_default();
        let span = Span::from(line.start + found..line.start + found + quotes.len());
        self.slip(
            span,
            format!("Her slutter teksten, for der står tre anførselstegn ({quotes})."),
            format!(
                "Slet {quotes} her. Så slutter teksten i linje {}. Skal der stå anførselstegn i teksten, så brug » og «.",
                end + 1
            ),
        );
        self.blank_text(at, end);
        end + 1
    }

    /// Three quotes within a text, which end it.
    fn quotes_in_text(&mut self, at: usize, end: usize, last: usize, quotes: &str) -> usize {
        let line = self.lines[last];
        let rest = &self.text[end + quotes.len()..line.end()];
        let (shown, help) = match rest.split_once(quotes) {
            Some((inner, _)) if !inner.is_empty() => (
                end..end + 2 * quotes.len() + inner.len(),
                format!("Skriv »{inner}« i stedet for {quotes}{inner}{quotes}."),
            ),
            _ => (
                end..end + quotes.len(),
                format!("Slet {quotes} her. Er noget citeret, så skriv » før det og « efter det."),
            ),
        };
        self.slip(
            Span::from(shown),
            format!("Her slutter teksten, for der står tre anførselstegn ({quotes})."),
            help,
        );
        let limit = self.structure_below(last + 1);
        let ends = |index: &usize| self.lines[*index].text.trim_end().ends_with(quotes);
        let end = (last..limit).rev().find(ends).unwrap_or(limit - 1);
        self.blank_text(at, end);
        end + 1
    }

    /// A text in three straight quotes whose end was forgotten, or typed with other signs, before line `limit`.
    fn unclosed(
        &mut self,
        at: usize,
        opening: &Assignment<'t>,
        quotes: &str,
        limit: usize,
    ) -> usize {
        let limit = self.structure_below(at + 1).min(limit.max(at + 1));
        let last = self.last_written(at, limit);
        let line = self.lines[last];
        let wrong = quotes_behind(line.text.trim_end());
        if last > at && wrong.chars().count() > 1 {
            let end = line.start + line.text.trim_end().len();
            self.slip(
                Span::from(end - wrong.len()..end),
                format!("Teksten skal slutte med tre lige anførselstegn. Her står der {wrong}."),
                format!("Skriv {quotes} i stedet for {wrong}."),
            );
        } else {
            let help = if last == at {
                format!(
                    "Skriv {quotes} på en linje for sig selv under linje {}.",
                    at + 1
                )
            } else {
                format!(
                    "Skriv {quotes} på en linje for sig selv, dér hvor teksten slutter: under linje {}.",
                    last + 1
                )
            };
            let span = Span::from(opening.at..opening.at + quotes.len());
            self.slip(span, "Teksten begynder her, men den slutter ikke.", help);
        }
        self.blank_text(at, last);
        limit
    }

    /// A text in two, three or more quotes that are not three straight ones.
    fn wrong_quotes(&mut self, at: usize, opening: &Assignment<'t>, quotes: &str) -> usize {
        let line = self.lines[at];
        let inner = &opening.value[quotes.len()..];
        let key = opening.key;
        let message =
            format!("Teksten skal stå mellem tre lige apostroffer. Her står der {quotes}.");
        let span = Span::from(opening.at..opening.at + quotes.len());
        let behind = quotes_behind(inner);
        if !behind.is_empty() {
            let text = inner[..inner.len() - behind.len()].trim();
            self.slip(
                span,
                message,
                format!("Skriv linjen sådan: {}", written(key, text)),
            );
            self.blank(line.start..line.end());
            return at + 1;
        }
        let limit = self.structure_below(at + 1);
        let is_closing = |index: &usize| {
            let text = self.lines[*index].text.trim();
            quotes_at(text).len() == text.len() && text.chars().count() > 1
        };
        let alone = (at + 1..limit).find(is_closing);
        let at_end = |index: &usize| {
            let text = self.lines[*index].text.trim_end();
            quotes_behind(text).chars().count() > 1
        };
        let last = alone.or_else(|| (at + 1..limit).rev().find(at_end));
        let (end, help) = match last {
            Some(last) => {
                let behind = quotes_behind(self.lines[last].text.trim_end());
                let second = if behind == "'''" {
                    String::new()
                } else {
                    format!(
                        " Skriv også ''' i stedet for {behind} i linje {}.",
                        last + 1
                    )
                };
                (last, format!("Skriv ''' i stedet for {quotes}.{second}"))
            }
            None => {
                let last = self.last_written(at, limit);
                let end = format!(
                    " Skriv også ''' på en linje for sig selv under linje {}.",
                    last + 1
                );
                (last, format!("Skriv ''' i stedet for {quotes}.{end}"))
            }
        };
        self.slip(span, message, help);
        self.blank_text(at, end);
        end + 1
    }

    /// One line of text in the quotes Word makes.
    fn curly_quotes(&mut self, at: usize, assignment: &Assignment<'t>) -> usize {
        let line = self.lines[at];
        let value = assignment.value;
        let text = value[quotes_at(value).len()..].trim_end_matches(QUOTES);
        self.slip(
            self.value_span(at, assignment),
            "Teksten står i krøllede anførselstegn, som Word laver dem.",
            format!("Skriv linjen sådan: {}", written(assignment.key, text)),
        );
        self.blank(line.start..line.end());
        at + 1
    }

    /// One line of text in straight quotes with such quotes inside, or without its end.
    fn quotes_within(&mut self, at: usize, assignment: &Assignment<'t>) -> usize {
        let line = self.lines[at];
        let value = assignment.value;
        let quote = &value[..1];
        let escapes = quote == "\"" && value.contains('\\');
        let code = value.split(" #").next().unwrap_or(value).trim_end();
        let count = code.matches(quote).count();
        if escapes || count == 2 && code.ends_with(quote) {
            return at + 1;
        }
        if count < 2 {
            return self.broken_line(at, assignment, quote);
        }
        let last = value.rfind(quote).unwrap_or(value.len() - 1);
        let behind = value[last + 1..].trim_start();
        let text = if behind.is_empty() || behind.starts_with('#') {
            &value[1..last]
        } else {
            &value[1..]
        };
        self.slip(
            self.value_span(at, assignment),
            "Der står anførselstegn inde i teksten, så den slutter for tidligt.",
            format!("Skriv linjen sådan: {}", written(assignment.key, text)),
        );
        self.blank(line.start..line.end());
        at + 1
    }

    /// A text in one quote that does not end on its line.
    fn broken_line(&mut self, at: usize, assignment: &Assignment<'t>, quote: &str) -> usize {
        let line = self.lines[at];
        let first = assignment.value[1..].trim_end_matches(QUOTES);
        let limit = self.structure_below(at + 1);
        let ends = |index: &usize| self.lines[*index].text.trim_end().ends_with(quote);
        let prose = self.is_prose_below(at);
        let span = self.value_span(at, assignment);
        if let Some(last) = (at + 1..limit).find(ends).filter(|_| prose) {
            self.slip(
                span,
                "Teksten fylder flere linjer, men står kun i ét anførselstegn.",
                format!(
                    "Skriv ''' i stedet for {quote} her, og skriv ''' i stedet for {quote} i linje {}.",
                    last + 1
                ),
            );
            self.blank_text(at, last);
            return last + 1;
        }
        self.slip(
            span,
            "Teksten i anførselstegn slutter ikke på linjen.",
            format!("Skriv linjen sådan: {}", written(assignment.key, first)),
        );
        self.blank(line.start..line.end());
        at + 1
    }

    /// A text over several lines with no quotes at all, or only at its end.
    fn without_quotes(&mut self, at: usize, assignment: &Assignment<'t>) -> usize {
        let limit = self.structure_below(at + 1);
        let alone = |index: &usize| {
            let text = self.lines[*index].text.trim();
            !text.is_empty() && quotes_at(text).len() == text.len()
        };
        let closing = (at + 1..limit).find(alone);
        let last = closing.unwrap_or_else(|| self.last_written(at, limit));
        let key = assignment.key;
        let value = assignment.value;
        let opening = if value.is_empty() || value.starts_with('#') {
            format!("Skriv {key} = ''' i linjen her")
        } else {
            format!("Skriv {key} = '''{value} i linjen her")
        };
        let end = match closing {
            Some(closing) if self.lines[closing].text.trim() == "'''" => String::new(),
            Some(closing) => format!(
                ", og skriv ''' i stedet for {} i linje {}",
                self.lines[closing].text.trim(),
                closing + 1
            ),
            None => format!(
                ", og skriv ''' på en linje for sig selv under linje {}",
                last + 1
            ),
        };
        let line = self.lines[at];
        let start = line.start + line.text.len() - line.text.trim_start().len();
        self.slip(
            Span::from(start..start + key.len()),
            "Teksten mangler tre lige apostroffer (''') før og efter.",
            format!("{opening}{end}."),
        );
        self.blank_text(at, last);
        last + 1
    }

    fn slip(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.slips.push(Slip {
            span,
            message: message.into(),
            help: help.into(),
        });
    }

    /// The value of a key, up to the end of its line.
    fn value_span(&self, at: usize, assignment: &Assignment<'_>) -> Span {
        let end = self.lines[at].end().max(assignment.at);
        Span::from(assignment.at..end)
    }

    /// Makes spaces of letters in the copy.
    fn blank(&mut self, range: Range<usize>) {
        for byte in &mut self.copy[range] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Makes spaces of a key and its text in the copy, from the line it begins on to its last.
    fn blank_text(&mut self, at: usize, last: usize) {
        self.blank(self.lines[at].start..self.lines[last].end());
    }

    /// The line that a byte stands on.
    fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.start <= byte) - 1
    }

    /// The first line from `from` on that can only be the file's own build, or the end of the file.
    fn structure_below(&self, from: usize) -> usize {
        let mut lines = (from..self.lines.len()).filter(|index| self.lines[*index].is_structure());
        lines.next().unwrap_or(self.lines.len())
    }

    /// The first line from `from` on that is not empty.
    fn next_written(&self, from: usize) -> Option<usize> {
        (from..self.lines.len()).find(|index| !self.lines[*index].is_blank())
    }

    /// The last line before `limit` with something on it; `at` if there is none.
    fn last_written(&self, at: usize, limit: usize) -> usize {
        let mut lines = (at + 1..limit).rev();
        lines
            .find(|index| !self.lines[*index].is_blank())
            .unwrap_or(at)
    }

    /// Whether the next line with something on it is prose.
    fn is_prose_below(&self, at: usize) -> bool {
        let next = self.next_written(at + 1);
        next.is_some_and(|next| self.lines[next].is_prose())
    }
}

/// Whether quotes in front of a value stand for three straight ones: there are two or more of them, which do not
/// make an empty text.
fn is_wrong_triple(quotes: &str, value: &str) -> bool {
    let count = quotes.chars().count();
    let straight = quotes.starts_with("''") || quotes.starts_with("\"\"");
    let rest = value[quotes.len()..].trim_start();
    match count {
        0 | 1 => false,
        2 if straight => !(rest.is_empty() || rest.starts_with(['#', ',', ']', '}'])),
        _ => true,
    }
}

/// Whether a value without quotes is one that TOML knows, or comes near: a number, a date, yes or no.
fn is_scalar(value: &str) -> bool {
    let code = value.split('#').next().unwrap_or(value).trim();
    let numeric = |c: char| c.is_ascii_digit() || "+-_.:TZ ".contains(c);
    code.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c)) && code.chars().all(numeric)
        || ["true", "false", "inf", "nan"].contains(&code.to_lowercase().as_str())
}

/// A line as it is to be written. A text with both kinds of quotes stands in three.
fn written(key: &str, text: &str) -> String {
    let text = text.trim();
    if text.contains(['"', '\\'])
        && text.contains('\'')
        && !text.contains("'''")
        && !text.ends_with('\'')
    {
        return format!("{key} = '''{text}'''");
    }
    format!("{key} = {}", crate::text::toml_string(text))
}
