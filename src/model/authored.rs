//! A text as Markdown is to read it: what authors mean where CommonMark alone would read something else.
//!
//! A date at the beginning of a line opens no list, an address may have spaces in it, the signs in a bare
//! address are no emphasis, and indentation makes no code. Signs are put in for signs of the same length, so
//! that every place stays; [`Authored::restored`] takes them out again. Only indentation moves places, and
//! [`Authored::original`] knows by how much.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::text::{ByteSet, MONTHS};

/// What stands in for a sign that is to be read as a letter; no text can be printed that has one of these.
const STANDS_FOR: [(char, char); 4] = [
    ('\u{1}', '.'),
    ('\u{2}', '_'),
    ('\u{3}', '*'),
    ('\u{4}', '~'),
];
/// Those.
const STAND_INS: ByteSet = ByteSet::NONE.and_from(1, 4);
/// Where one of these is missing, no sign has to be stood in for: a day has a digit, an address a stroke, a link and a
/// picture a bracket.
const STOOD_IN_FOR: ByteSet = ByteSet::DIGITS.with(ByteSet::LINKS);

/// What may stand in for a space in an address, where controls may not: the first that the text has not.
const FOR_SPACE: [char; 8] = ['$', '^', ';', '=', '+', '@', ',', '%'];
/// Words that stand between two days of one month.
const BETWEEN_DAYS: &[&str] = &["og", "eller", "til", "samt", "-", "–", "—"];
/// How many times indentation is taken from code: once for each list within a list, and some.
const MOST_ROUNDS: usize = 8;
/// How many letters an address with spaces has at most, so that no text takes long.
const LONGEST: usize = 500;
/// How many words may stand between a day and its month.
const MOST_WORDS: usize = 8;
/// So many columns of indentation make code of a line.
const CODE: usize = 4;

/// A text as it is parsed.
pub(super) struct Authored<'t> {
    /// What the parser reads.
    pub(super) text: Cow<'t, str>,
    /// For each line: its first byte as it is parsed and as it is written; none where nothing has moved.
    lines: Vec<(usize, usize)>,
    /// What stands for a space in addresses, where one does.
    space: Option<char>,
    /// Whether any sign stands for another, or could.
    has_stand_ins: bool,
}

impl<'t> Authored<'t> {
    /// Makes a text, which has these bytes, ready to be parsed with some options.
    pub(super) fn new(text: &'t str, bytes: ByteSet, options: Options) -> Self {
        let mut authored = Self {
            text: Cow::Borrowed(text),
            lines: Vec::new(),
            space: None,
            has_stand_ins: bytes.meets(STAND_INS),
        };
        // Nearly no text has a stand-in of its own.
        if bytes.meets(STOOD_IN_FOR) && !bytes.meets(STAND_INS) {
            let addresses = super::autolink::written_out(text);
            for (stand_in, sign) in STANDS_FOR {
                let places = match sign {
                    '.' => days(text),
                    '*' => {
                        let mut places = in_bare_addresses(text, &addresses, sign);
                        places.extend(between_digits(text, sign));
                        places
                    }
                    sign => in_bare_addresses(text, &addresses, sign),
                };
                authored.stand_in(&places, stand_in);
            }
            authored.keep_spaces(text);
        }
        if may_be_indented(text) {
            authored.dedent(options);
        }
        authored
    }

    /// Whether the parser reads the very text that is written.
    pub(super) const fn is_as_written(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_)) && self.lines.is_empty()
    }

    /// The same range in the text as it is written.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.byte(range.start)..self.byte(range.end)
    }

    fn byte(&self, at: usize) -> usize {
        match self.lines.partition_point(|(read, _)| *read <= at) {
            0 => at,
            after => {
                let (read, written) = self.lines[after - 1];
                at - read + written
            }
        }
    }

    /// A text that came from the parser with the signs that were written.
    pub(super) fn restored<'r>(&self, text: &'r str) -> Cow<'r, str> {
        if !self.has_stand_ins {
            return Cow::Borrowed(text);
        }
        let sign = |c: char| match STANDS_FOR.iter().find(|(stand_in, _)| *stand_in == c) {
            Some((_, sign)) => *sign,
            None if self.space == Some(c) => ' ',
            None => c,
        };
        if text.chars().all(|c| sign(c) == c) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(sign).collect())
    }

    fn keep_spaces(&mut self, text: &str) {
        let places = spaces_in_addresses(text);
        let free = FOR_SPACE.into_iter().find(|sign| !text.contains(*sign));
        if let (false, Some(free)) = (places.is_empty(), free) {
            self.space = Some(free);
            self.stand_in(&places, free);
        }
    }

    /// Puts a sign in the place of those at some bytes.
    fn stand_in(&mut self, places: &[usize], stand_in: char) {
        self.has_stand_ins |= !places.is_empty();
        for &at in places {
            let sign = stand_in.encode_utf8(&mut [0; 4]).to_owned();
            self.text.to_mut().replace_range(at..at + 1, &sign);
        }
    }

    /// Takes indentation away until none makes code of a line.
    fn dedent(&mut self, options: Options) {
        for _ in 0..MOST_ROUNDS {
            let cuts = too_far_in(&self.text, options);
            if cuts.is_empty() {
                return;
            }
            self.cut(&cuts);
        }
    }

    /// Takes some ranges, each at the beginning of a line, out of what is parsed.
    fn cut(&mut self, cuts: &[Range<usize>]) {
        let mut text = String::with_capacity(self.text.len());
        let mut lines = Vec::new();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let cut = cuts.iter().find(|cut| cut.start == at);
            let gone = cut.map_or(0, Range::len);
            let begin = self.byte(at);
            let (read, kept) = (text.len(), &line[gone..]);
            lines.push((read, self.byte(at + gone)));
            debug_assert!(begin <= self.byte(at + gone), "a line keeps its place");
            text.push_str(kept);
            at += line.len();
        }
        self.text = Cow::Owned(text);
        self.lines = lines;
    }
}

/// The full stops at the beginning of lines that end a day of a month and begin no list.
fn days(text: &str) -> Vec<usize> {
    let mut days = Vec::new();
    if memmem::find(text.as_bytes(), b". ").is_none() {
        return days;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(stop) = day(line) {
            days.push(at + stop);
        }
        at += line.len();
    }
    days
}

/// The full stop of a day with its month behind it, where a line or an item begins with one.
fn day(line: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        at += rest.len() - rest.trim_start_matches([' ', '\t', '>']).len();
        let rest = &line[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        match (
            digits,
            rest.as_bytes().get(digits),
            rest.as_bytes().get(digits + 1),
        ) {
            (0, Some(b'-' | b'*' | b'+'), Some(b' ' | b'\t')) => at += 1,
            (1..=2, Some(b'.'), Some(b' '))
                if is_before_month(&rest[..digits], &rest[digits + 2..]) =>
            {
                return Some(at + digits);
            }
            (1..=9, Some(b'.' | b')'), Some(b' ' | b'\t')) => at += digits + 1,
            _ => return None,
        }
    }
}

/// Whether what follows a number with a full stop is a month, be it after more days of it.
fn is_before_month(day: &str, rest: &str) -> bool {
    for word in rest.split_whitespace().take(MOST_WORDS) {
        if let Some(month) = month(word) {
            // A numbered list of the months has them in order, each with a capital.
            let is_list = word.starts_with(char::is_uppercase) && day.parse() == Ok(month);
            return !is_list;
        }
        let is_day = |word: &str| {
            let digits = word.trim_end_matches(['.', ',']);
            !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())
        };
        if !(BETWEEN_DAYS.contains(&word) || is_day(word)) {
            return false;
        }
    }
    false
}

/// The number of the month that a word names, whole or as its first letters.
fn month(word: &str) -> Option<usize> {
    const SHORT: usize = 3;
    let bare = word
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let is = |month: &&str| {
        **month == bare || (word.len() > bare.len() || bare.len() == SHORT) && short(month, &bare)
    };
    let short_or_whole = MONTHS.iter().position(is);
    short_or_whole.map(|index| index + 1)
}

/// Whether some letters are the short form of a month: "jan", "sept".
fn short(month: &str, letters: &str) -> bool {
    (3..=4).contains(&letters.len()) && month.len() > letters.len() && month.starts_with(letters)
}

/// The spaces in the addresses of links and pictures that would otherwise be none.
fn spaces_in_addresses(text: &str) -> Vec<usize> {
    let mut spaces = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), "](") {
        let start = at + 2;
        let Some(length) = closing(&text[start..]) else {
            continue;
        };
        let address = without_title(&text[start..start + length]);
        let lead = address.len() - address.trim_start().len();
        let address = address.trim();
        if address.contains(' ') && !address.starts_with('<') && leads_somewhere(address) {
            let found = address.match_indices(' ');
            spaces.extend(found.map(|(space, _)| start + lead + space));
        }
    }
    spaces
}

/// Where the parenthesis closes that was opened before the text, on the same line.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '\n' => return None,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What stands between the parentheses of a link without the title in quotes behind the address.
fn without_title(text: &str) -> &str {
    let trimmed = text.trim_end();
    for quote in ['"', '\''] {
        if let Some(inner) = trimmed.strip_suffix(quote)
            && let Some(open) = inner.rfind(quote)
            && inner[..open].ends_with(' ')
        {
            return &inner[..open];
        }
    }
    text
}

/// Whether words with spaces are an address or a file, and no remark in parentheses.
fn leads_somewhere(address: &str) -> bool {
    const ENDING: Range<usize> = 1..6;
    let has_ending = address.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && ENDING.contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
    });
    has_ending || address.contains("://") || address.starts_with("www.")
}

/// Where a sign of emphasis stands inside an address that is written bare.
fn in_bare_addresses(text: &str, addresses: &[Range<usize>], sign: char) -> Vec<usize> {
    let mut places = Vec::new();
    for range in addresses {
        let found = text[range.clone()].match_indices(sign);
        places.extend(found.map(|(at, _)| range.start + at));
    }
    places
}

/// The signs between two digits: 5*3 is a sum and no emphasis.
fn between_digits(text: &str, sign: char) -> Vec<usize> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let found = memchr::memchr_iter(sign as u8, bytes);
    found
        .filter(|&at| at > 0 && digit(at - 1) && digit(at + 1))
        .collect()
}

/// Whether a line may be indented so far that Markdown takes it for code.
fn may_be_indented(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.starts_with([' ', '\t'])
        || memmem::find(bytes, b"\n    ").is_some()
        || memchr::memchr(b'\t', bytes).is_some()
}

/// What has to go at the beginning of lines that Markdown takes for code because they are indented.
fn too_far_in(text: &str, options: Options) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    // Where the text of each open item begins, as a column.
    let mut items: Vec<usize> = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => items.push(content_column(text, range.start)),
            Event::End(pulldown_cmark::TagEnd::Item) => {
                items.pop();
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                cut_lines(text, &range, items.last().copied().unwrap_or(0), &mut cuts);
            }
            _ => {}
        }
    }
    cuts
}

/// The column at which an item's text begins.
fn content_column(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let marker = text[at..].find([' ', '\t', '\n']).unwrap_or(1);
    columns(&text[line..at]) + marker + 1
}

/// Cuts the lines of a code block back so that the one that is least indented stands at a column.
fn cut_lines(text: &str, range: &Range<usize>, column: usize, cuts: &mut Vec<Range<usize>>) {
    let first = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let lines = || {
        let mut at = first;
        text[first..range.end]
            .split_inclusive('\n')
            .map(move |line| {
                at += line.len();
                (at - line.len(), line)
            })
    };
    let least = lines()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(_, line)| columns(indent(line)))
        .min();
    let surplus = least.unwrap_or(0).saturating_sub(column);
    for (at, line) in lines().filter(|(_, line)| !line.trim().is_empty()) {
        let mut width = 0;
        let mut bytes = 0;
        for c in indent(line).chars() {
            if width >= surplus {
                break;
            }
            width = after(width, c);
            bytes += 1;
        }
        if bytes > 0 {
            cuts.push(at..at + bytes);
        }
    }
}

/// The white space a line begins with.
fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// How many columns some white space takes.
fn columns(indent: &str) -> usize {
    indent.chars().fold(0, after)
}

fn after(column: usize, c: char) -> usize {
    match c {
        '\t' => column / CODE * CODE + CODE,
        _ => column + 1,
    }
}
