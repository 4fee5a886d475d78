//! Digits that have the form of a personal number and are something else: a hash, a point in time, two
//! telephones, an account, or a number that is called by its name just before.

use std::ops::Range;

use super::scan::{Digit, Gap, number};

/// What a number is called that is none of a person, in small letters; a word ends with one of these.
const CALLED: &[&str] = &[
    "p-nummer",
    "p-nummeret",
    "p-nr",
    "p.nr",
    "pnr",
    "p nr",
    "p nummer",
    "produktionsenhed",
    "produktionsenhedsnummer",
    "produktionsnummer",
    "cvr",
    "cvrnr",
    "cvr-nr",
    "cvr-nummer",
    "cvrnummer",
    "se-nr",
    "se-nummer",
    "ean",
    "eannr",
    "ean-nr",
    "ean-nummer",
    "eannummer",
    "gln",
    "gln-nr",
    "lokationsnr",
    "lokationsnummer",
    "konto",
    "kontonr",
    "kontonummer",
    "konto-nr",
    "kontoen",
    "kontonummeret",
    "giro",
    "gironr",
    "reg",
    "regnr",
    "reg.nr",
    "registreringsnummer",
    "iban",
    "bban",
    "swift",
    "sor",
    "sor-kode",
    "sorkode",
    "sor-id",
    "sor-nr",
    "sagsnr",
    "sags-nr",
    "sagsnummer",
    "sagsnummeret",
    "sagsid",
    "sags-id",
    "journalnr",
    "journal-nr",
    "journalnummer",
    "jnr",
    "j.nr",
    "j.-nr",
    "tlf",
    "telefon",
    "telefonnr",
    "telefonnummer",
    "telefonen",
    "tel",
    "mobil",
    "mobilnr",
    "mobilnummer",
    "mobilen",
    "telefax",
    "fax",
    "sms",
    "phone",
    "faktura",
    "fakturanr",
    "fakturanummer",
    "ordrenr",
    "ordrenummer",
    "kundenr",
    "kundenummer",
    "varenr",
    "varenummer",
    "serienr",
    "serienummer",
    "isbn",
    "issn",
    "imei",
    "løbenr",
    "løbenummer",
    "dokumentnr",
    "dokumentnummer",
    "dok.nr",
    "policenr",
    "policenummer",
    "aftalenr",
    "aftalenummer",
    "ydernr",
    "ydernummer",
    "autorisationsid",
    "autorisations-id",
    "autorisationsnr",
    "matrikelnr",
    "matrikel",
    "bfe",
    "bfe-nr",
    "bfe-nummer",
    "+45",
    "0045",
];
/// Words that stand between a name and its number.
const FILLERS: &[&str] = &[
    "nr", "no", "nummer", "nummeret", "er", "kode", "koden", "id", "på", "hedder", "via",
];
/// How many bytes before a number its name is looked for in.
const LOOK_BACK: usize = 40;
/// The most digits that may stand between a name and a number: a bank's own.
const BANK: usize = 4;

/// A row of digits with nothing between them, and what it surely is.
#[derive(Default)]
pub(super) struct Row {
    digits: Range<usize>,
    is_other: Option<bool>,
}

impl Row {
    /// Goes on to the row that a digit of the cluster stands in.
    pub(super) fn reach(&mut self, digits: &[Digit], at: usize) {
        if self.digits.contains(&at) {
            return;
        }
        let before = digits[..=at]
            .iter()
            .rposition(|digit| !digit.before.is_none());
        let after = digits[at + 1..]
            .iter()
            .position(|digit| !digit.before.is_none());
        self.digits = before.unwrap_or(0)..after.map_or(digits.len(), |after| at + 1 + after);
        self.is_other = None;
    }

    /// The row's digits in their cluster.
    pub(super) const fn digits(&self) -> &Range<usize> {
        &self.digits
    }

    /// Whether it is part of a hash, a UUID or an account's international number, or is a point in time as
    /// cameras and programs write it in file names.
    pub(super) fn is_other(&mut self, text: &str, digits: &[Digit]) -> bool {
        let row = self.digits.clone();
        *self.is_other.get_or_insert_with(|| {
            let bytes = text.as_bytes();
            let at = digits[row.start].start;
            let hash = around(bytes, at, |byte| byte.is_ascii_hexdigit());
            let hash = &bytes[hash];
            let is_hash = hash.len() >= 32 && !hash.iter().all(u8::is_ascii_digit);
            is_hash || is_uuid(bytes, at) || is_iban(bytes, at) || is_moment(digits, &row)
        })
    }
}

/// The bytes around one that belong together, as far as anything that is asked for reaches.
fn around(bytes: &[u8], at: usize, belongs: impl Fn(u8) -> bool) -> Range<usize> {
    const FARTHEST: usize = 80;
    let before = bytes[..at].iter().rev().take(FARTHEST);
    let before = before.take_while(|&&byte| belongs(byte)).count();
    let after = bytes[at..].iter().take(FARTHEST);
    let after = after.take_while(|&&byte| belongs(byte)).count();
    at - before..at + after
}

fn is_uuid(bytes: &[u8], at: usize) -> bool {
    let range = around(bytes, at, |byte| byte.is_ascii_hexdigit() || byte == b'-');
    let parts = bytes[range].split(|&byte| byte == b'-').map(<[u8]>::len);
    parts.eq([8, 4, 4, 4, 12])
}

/// Two capitals, two digits and 11 to 30 letters and digits behind them, together or with single spaces.
fn is_iban(bytes: &[u8], at: usize) -> bool {
    const LONGEST: usize = 34;
    let mut range = around(bytes, at, |byte| byte.is_ascii_alphanumeric());
    while range.len() <= LONGEST
        && bytes[range.start].is_ascii_digit()
        && range.start > 1
        && bytes[range.start - 1] == b' '
        && bytes[range.start - 2].is_ascii_digit()
    {
        let group = around(bytes, range.start - 2, |byte| byte.is_ascii_alphanumeric());
        range.start = group.start;
    }
    let number: Vec<u8> = bytes[range]
        .iter()
        .copied()
        .filter(|&byte| byte != b' ')
        .collect();
    (15..=LONGEST).contains(&number.len())
        && number[..2].iter().all(u8::is_ascii_uppercase)
        && number[2..4].iter().all(u8::is_ascii_digit)
}

/// `YYYYMMDD` and `hhmm` or `hhmmss`, together or with a sign between.
fn is_moment(digits: &[Digit], row: &Range<usize>) -> bool {
    let behind = &digits[row.end..];
    let second = behind
        .iter()
        .enumerate()
        .take_while(|(at, digit)| *at == 0 || digit.before.is_none())
        .count();
    let length = match row.len() {
        8 => 8 + second,
        length => length,
    };
    let two = |at: usize| {
        let digit = |at: usize| digits[row.start + at].value;
        digit(at) * 10 + digit(at + 1)
    };
    matches!(length, 12 | 14)
        && matches!(two(0), 19 | 20)
        && (1..=12).contains(&two(4))
        && (1..=31).contains(&two(6))
        && two(8) < 24
        && two(10) < 60
        && (length == 12 || two(12) < 60)
}

/// Whether a sign before the digit at `second` parts two telephone numbers of eight digits.
pub(super) fn are_phones(digits: &[Digit], second: usize) -> bool {
    const PHONE: usize = 8;
    let left = group_before(digits, second).len();
    let right = digits[second + 1..].iter();
    let right = right.take_while(|digit| digit.before.is_none()).count() + 1;
    left == PHONE && right == PHONE
}

/// Whether the digit at `start` comes after a pair with a space between: a telephone written in pairs.
pub(super) fn is_after_pair(digits: &[Digit], start: usize) -> bool {
    start >= 2
        && digits[start].before.is_only(Gap::SPACE)
        && digits[start - 1].before.is_none()
        && (start == 2 || !digits[start - 2].before.is_none())
}

/// Whether the first four digits and the year behind them are two years in order, with a hyphen between them.
pub(super) fn are_years(digits: &[Digit], year: u32, between: Gap) -> bool {
    between.is_only(Gap::DASH) && (1900..=year).contains(&number(&digits[..4]))
}

/// Whether four digits behind a date with signs in it are a time of that day, or a year soon after it.
pub(super) fn is_moment_or_span(
    digits: &[Digit],
    year: u32,
    in_date: &[Gap; 2],
    halves: Gap,
) -> bool {
    let number = number(&digits[..4]);
    let (hour, minute) = (number / 100, number % 100);
    let has_signs = in_date
        .iter()
        .any(|gap| gap.has(Gap::DOT.or(Gap::DASH).or(Gap::SLASH)));
    let is_time = halves.is_only(Gap::SPACE) && hour < 24 && minute < 60 && minute % 5 == 0;
    let is_span = (year..year + 30).contains(&number);
    has_signs && (is_time || is_span)
}

/// Whether a number is called something that is none of a person, just before it or before the bank's number
/// in front of it.
pub(super) fn is_called_otherwise(
    text: &str,
    digits: &[Digit],
    row: &Row,
    number: &Range<usize>,
) -> bool {
    let first = row.digits.start;
    if is_called(&text[..digits[first].start]) {
        return true;
    }
    // Only where the number is no row of six and four itself.
    let halves = digits[number.end - 4].before;
    let bank = group_before(digits, first);
    let has_bank = !bank.is_empty() && bank.len() <= BANK && !halves.has(Gap::DASH);
    has_bank && is_called(&text[..digits[bank.start].start])
}

/// The digits with nothing between them that end before one of the cluster.
fn group_before(digits: &[Digit], end: usize) -> Range<usize> {
    let parted = digits[..end]
        .iter()
        .rposition(|digit| !digit.before.is_none());
    parted.unwrap_or(0)..end
}

/// Whether a text ends with the name of a number: on the same line or in the cell before, with no sentence
/// ended between them.
fn is_called(before: &str) -> bool {
    let mut from = before.len().saturating_sub(LOOK_BACK);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let tail = before[from..].to_lowercase();
    let mut name = bare(&tail);
    let mut signs = &tail[name.len()..];
    if signs.contains("\n\n") || signs.contains(", ") || signs.contains(['!', '?', ';']) {
        return false;
    }
    for _ in 0..2 {
        if CALLED.iter().any(|known| is_named(name, known, signs)) {
            return true;
        }
        let filler = FILLERS.iter().find_map(|filler| without_word(name, filler));
        let Some(rest) = filler else { return false };
        // The full stop of "nr." ends no sentence.
        signs = "";
        name = bare(rest);
    }
    CALLED.iter().any(|known| is_named(name, known, signs))
}

/// Whether a text ends with a number's name. One written out in full has no full stop before the number.
fn is_named(text: &str, name: &str, signs: &str) -> bool {
    const LONG: usize = 5;
    let shortened = name.ends_with("nr") || matches!(name, "tlf" | "tel" | "reg");
    let parted = without_word(text, name).is_some();
    // "Vagttelefon" and the like end with a name.
    let compound = name.len() >= LONG && text.ends_with(name);
    (parted || compound) && (shortened || !signs.contains('.'))
}

/// What stands before a word at the end of a text.
fn without_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_suffix(word)?;
    let parted = !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-');
    parted.then_some(rest)
}

/// The text without the signs at its end.
fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a byte stands behind the `?` of an address.
pub(super) fn is_asked_for(text: &str, at: usize) -> bool {
    const LONGEST: usize = 2000;
    let mut from = at.saturating_sub(LONGEST);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '(' | ')' | '[' | ']');
    let address = text[from..at].rsplit(ends).next().unwrap_or_default();
    let address = address.trim_start_matches('\'');
    match address.find("://") {
        Some(scheme) => address[scheme..].contains('?') && !address.contains('#'),
        None => address.starts_with('?') || address.starts_with("www.") && address.contains('?'),
    }
}
