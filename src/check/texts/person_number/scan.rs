//! Reads a text as rows of digits with what stands between them, as a person reads it.
//!
//! A digit may be written as a letter of any script, an entity or an escape; what stands between two may be
//! signs, white space, marks of Markdown, tags, a line's end or a table's border. What the digits mean is
//! not asked here.

use std::ops::Range;

use crate::text::{begins_sign, is_digit, next_byte};

/// What stands between two digits: nothing that is seen, or a set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u16);

impl Gap {
    pub(super) const NONE: Self = Self(0);
    pub(super) const SPACE: Self = Self(1);
    /// A line's end, the border of a table, or a tag that begins something new.
    pub(super) const LINE: Self = Self(2);
    pub(super) const DOT: Self = Self(4);
    pub(super) const DASH: Self = Self(8);
    pub(super) const SLASH: Self = Self(16);
    pub(super) const UNDERSCORE: Self = Self(32);
    /// Marks of Markdown, quotes and backslashes.
    pub(super) const MARK: Self = Self(64);
    pub(super) const COMMA: Self = Self(128);
    pub(super) const COLON: Self = Self(256);
    pub(super) const BRACKET: Self = Self(512);

    /// Whether nothing is seen between the digits.
    pub(super) const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether it has one of some signs.
    pub(super) const fn has(self, signs: Self) -> bool {
        self.0 & signs.0 != 0
    }

    /// Whether it has something, and nothing but some signs.
    pub(super) const fn is_only(self, signs: Self) -> bool {
        self.0 != 0 && self.0 & !signs.0 == 0
    }

    /// Both sets together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A digit that a reader sees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digit {
    pub(super) value: u8,
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands between it and the digit before.
    pub(super) before: Gap,
}

/// Some digits as one number.
pub(super) fn number(digits: &[Digit]) -> u32 {
    let digits = digits.iter();
    digits.fold(0, |number, digit| number * 10 + u32::from(digit.value))
}

/// How many signs may stand between two digits; white space in a row is one.
const MOST_SIGNS: usize = 8;
/// How many bytes a tag may have that is read over.
const LONGEST_TAG: usize = 200;
/// So many digits in a tag are looked at for themselves.
const DIGITS_OF_A_NUMBER: usize = 10;
/// Tags that do not part letters.
const INLINE_TAGS: &[&str] = &[
    "a", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup",
    "tspan", "u", "wbr",
];
/// Entities that people and programs write between digits.
const ENTITIES: &[(&str, char)] = &[
    ("nbsp", '\u{A0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("hyphen", '\u{2010}'),
    ("dash", '\u{2010}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("minus", '\u{2212}'),
    ("shy", '\u{AD}'),
    ("ZeroWidthSpace", '\u{200B}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("NoBreak", '\u{2060}'),
    ("period", '.'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("lowbar", '_'),
    ("verbar", '|'),
    ("colon", ':'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("middot", '·'),
];
/// The zeros of the scripts whose digits follow upon them.
const ZEROS: &[u32] = &[
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50,
    0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0x2080, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6,
];

/// Whether a digit may begin with a byte.
const fn may_begin_digit(byte: u8) -> bool {
    is_digit(byte)
        | (byte == b'&')
        | (byte == b'\\')
        | (byte == b'%')
        | (byte == 0xC2)
        | (byte == 0xD9)
        | (byte == 0xDB)
        | (byte == 0xDF)
        | (byte.wrapping_sub(0xE0) < 3)
        | (byte == 0xEF)
        | (byte == 0xF0)
}

/// The same in fewer comparisons, for the first look at many bytes at a time; some bytes more are let through.
#[inline]
const fn may_begin_some_digit(byte: u8) -> bool {
    // No `||`: it would be a jump for each byte.
    is_digit(byte) | (byte == b'&') | (byte == b'\\') | (byte == b'%') | begins_sign(byte)
}

static MAY_BEGIN_DIGIT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = may_begin_digit(byte as u8);
        assert!(!table[byte] || may_begin_some_digit(byte as u8));
        byte += 1;
    }
    table
};

/// Visits the digits of a text in clusters: those that only signs stand between. Shorter ones than `least`
/// are left out.
pub(super) fn clusters(text: &str, least: usize, visit: &mut dyn FnMut(&[Digit])) {
    let bytes = text.as_bytes();
    let mut cluster = Vec::new();
    let mut at = 0;
    while let Some(near) = next_byte(&bytes[at..], may_begin_some_digit) {
        at += near;
        let Some(ahead) = bytes[at..]
            .iter()
            .position(|&byte| MAY_BEGIN_DIGIT[usize::from(byte)])
        else {
            break;
        };
        at += ahead;
        let Some((value, mut end)) = digit(text, at) else {
            at += 1;
            continue;
        };
        cluster.clear();
        cluster.push(Digit {
            value,
            start: at,
            end,
            before: Gap::NONE,
        });
        while let Some(next) = next_digit(text, end) {
            end = next.end;
            cluster.push(next);
        }
        if cluster.len() >= least {
            visit(&cluster);
        }
        at = end;
    }
}

/// The digit behind some signs.
fn next_digit(text: &str, from: usize) -> Option<Digit> {
    let mut before = Gap::NONE;
    let mut at = from;
    let mut signs = 0;
    loop {
        if let Some((value, end)) = digit(text, at) {
            return Some(Digit {
                value,
                start: at,
                end,
                before,
            });
        }
        let (gap, end) = sign(text, at)?;
        signs += usize::from(!gap.is_none());
        if signs > MOST_SIGNS || (gap.has(Gap::LINE) && ends_paragraph(text, at, end)) {
            return None;
        }
        before = before.or(gap);
        at = end;
    }
}

/// Whether some white space holds more than one line's end.
fn ends_paragraph(text: &str, from: usize, to: usize) -> bool {
    text[from..to].matches('\n').count() > 1
}

/// The digit that stands at a byte, and where it ends.
fn digit(text: &str, at: usize) -> Option<(u8, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii_digit() {
        return Some((byte - b'0', at + 1));
    }
    if !MAY_BEGIN_DIGIT[usize::from(byte)] {
        return None;
    }
    let (c, end) = written(text, at)?;
    Some((value(c)?, end))
}

fn value(c: char) -> Option<u8> {
    let code = u32::from(c);
    match c {
        '0'..='9' => Some(code as u8 - b'0'),
        '\u{B9}' => Some(1),
        '\u{B2}' | '\u{B3}' => Some(code as u8 - 0xB0),
        '\u{2070}' => Some(0),
        '\u{2074}'..='\u{2079}' => Some((code - 0x2070) as u8),
        // In circles, in full and empty ones.
        '\u{24EA}' | '\u{24FF}' => Some(0),
        '\u{2460}'..='\u{2468}' => Some((code - 0x245F) as u8),
        '\u{2776}'..='\u{277E}' => Some((code - 0x2775) as u8),
        '\u{2780}'..='\u{2788}' => Some((code - 0x277F) as u8),
        '\u{278A}'..='\u{2792}' => Some((code - 0x2789) as u8),
        _ if c.is_ascii() => None,
        _ => {
            let zero = ZEROS[..].partition_point(|&zero| zero <= code);
            let above = code - ZEROS[zero.checked_sub(1)?];
            (above < 10).then_some(above as u8)
        }
    }
}

/// The letter that a reader sees at a byte: itself, or what an entity, an escape of TOML or of an address
/// stands for.
fn written(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let number = |range: Range<usize>, radix: u32| {
        let digits = rest.get(range)?;
        let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, radix).ok().filter(|_| all)?;
        char::from_u32(code)
    };
    let first = rest.chars().next()?;
    let decoded = match rest.as_bytes() {
        [b'&', ..] => entity(rest),
        [b'%', ..] => number(1..3, 16).map(|c| (c, 3)),
        [b'\\', b'u', ..] => number(2..6, 16).map(|c| (c, 6)),
        [b'\\', b'U', ..] => number(2..10, 16).map(|c| (c, 10)),
        [b'\\', b'x', ..] => number(2..4, 16).map(|c| (c, 4)),
        [b'\\', b'n' | b'r', ..] => Some(('\n', 2)),
        [b'\\', b't', ..] => Some(('\t', 2)),
        _ => None,
    };
    let (c, length) = decoded.unwrap_or((first, first.len_utf8()));
    Some((c, at + length))
}

fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(18).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, end + 1))
}

/// What stands at a byte if it may stand between two digits, and where it ends.
fn sign(text: &str, at: usize) -> Option<(Gap, usize)> {
    if text.as_bytes().get(at) == Some(&b'<') {
        return tag(text, at);
    }
    let (c, mut end) = written(text, at)?;
    let mut gap = gap_of(c)?;
    if c.is_whitespace() {
        while let Some((c, next)) = written(text, end)
            && c.is_whitespace()
            && next - at <= LONGEST_TAG
        {
            gap = gap.or(gap_of(c)?);
            end = next;
        }
    }
    Some((gap, end))
}

fn gap_of(c: char) -> Option<Gap> {
    Some(match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '|' | '¦' => Gap::LINE,
        c if c.is_whitespace() => Gap::SPACE,
        '.' | '·' | '•' => Gap::DOT,
        '-'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}' => Gap::DASH,
        '/' | '\u{2044}' | '\u{2215}' | '\u{FF0F}' => Gap::SLASH,
        '_' => Gap::UNDERSCORE,
        '*' | '~' | '`' | '\\' | '"' | '\'' | '^' | '’' | '”' | '“' | '»' | '«' => {
            Gap::MARK
        }
        ',' | ';' => Gap::COMMA,
        ':' | '+' | '=' => Gap::COLON,
        '(' | ')' | '[' | ']' | '{' | '}' => Gap::BRACKET,
        c if is_unseen(c) => Gap::NONE,
        _ => return None,
    })
}

/// Signs that are not seen, and those that are put upon the letter before them.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{61C}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{20D0}'..='\u{20FF}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// A tag or a comment that is read over. One with as many digits as a number has is looked at for itself.
fn tag(text: &str, at: usize) -> Option<(Gap, usize)> {
    let rest = &text.as_bytes()[at..];
    let window = &rest[..rest.len().min(LONGEST_TAG)];
    let length = memchr::memchr(b'>', window)? + 1;
    let inside = text[at + 1..at + length - 1].trim_start_matches('/');
    let digits = inside.bytes().filter(u8::is_ascii_digit).count();
    let named = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?');
    if !named || digits >= DIGITS_OF_A_NUMBER {
        return None;
    }
    let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next();
    let name = name.unwrap_or_default();
    let is_inline = name.is_empty()
        || INLINE_TAGS
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known));
    let gap = if is_inline { Gap::NONE } else { Gap::LINE };
    Some((gap, at + length))
}
