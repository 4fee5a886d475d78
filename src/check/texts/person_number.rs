//! Finds what looks like a Danish personal number in any text, and hides it.
//!
//! Six digits that can be a date and four more, with or without a sign between them, also inside longer
//! rows of digits. Modulus 11 decides on the wording only: numbers without it have been given out since
//! 2007. What is *said* about a number stands in the rule `personnummer`.
//!
//! The search looks at every sixth byte, for no row of six digits can pass between two of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::Finding;
use crate::text::{Place, SourceFile};

/// Stands for a digit: one byte and one column as the digit itself, so that every place stays true.
const HIDDEN: &str = "x";

/// What looks like a personal number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The bytes it covers; where several overlap in one row of digits, all of them.
    pub range: Range<usize>,
    /// Whether modulus 11 holds.
    pub likely: bool,
}

/// Everything in a text that looks like a personal number, in order.
pub fn find(text: &str) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut hits = Vec::new();
    let mut at = 5;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            let run = digits_around(bytes, at);
            at = run.end + 6;
            if run.len() >= 6 {
                in_row(text, &run, &mut hits);
            }
        } else {
            at += 6;
        }
    }
    hits
}

/// The text with every digit of what looks like a personal number hidden, and of the rows it is part of.
pub fn masked(text: &str) -> Cow<'_, str> {
    let hits = find(text);
    if hits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut hidden = text.to_owned();
    for hit in hits {
        let first = digits_around(text.as_bytes(), hit.range.start);
        let last = digits_around(text.as_bytes(), hit.range.end - 1);
        let range = first.start..last.end;
        let part = text[range.clone()].replace(|c: char| c.is_ascii_digit(), HIDDEN);
        hidden.replace_range(range, &part);
    }
    Cow::Owned(hidden)
}

/// Hides numbers in all that a report may show of a finding: messages, paths, and the files themselves,
/// for another finding may stand on the same line.
pub fn mask_all(findings: &mut [Finding]) {
    let mut files = Files::default();
    for finding in findings {
        for text in [&mut finding.message]
            .into_iter()
            .chain(&mut finding.help)
            .chain(&mut finding.protocol)
        {
            mask(text);
        }
        files.mask(&mut finding.place);
        for related in &mut finding.related {
            mask(&mut related.message);
            files.mask(&mut related.place);
        }
    }
}

fn mask(text: &mut String) {
    if let Cow::Owned(hidden) = masked(text) {
        *text = hidden;
    }
}

/// The files met so far and their masked copies; `None` for those with nothing to hide. Keyed by address,
/// which stays the file's own as long as the findings hold it.
#[derive(Default)]
struct Files(HashMap<*const SourceFile, (Arc<SourceFile>, Option<Arc<SourceFile>>)>);

impl Files {
    fn mask(&mut self, place: &mut Place) {
        let file = &place.file;
        let (_, copy) = self
            .0
            .entry(Arc::as_ptr(file))
            .or_insert_with(|| (Arc::clone(file), masked_file(file)));
        if let Some(copy) = copy {
            place.file = Arc::clone(copy);
        }
    }
}

fn masked_file(file: &SourceFile) -> Option<Arc<SourceFile>> {
    let path = masked(file.path());
    let text = masked(file.text());
    let same = matches!((&path, &text), (Cow::Borrowed(_), Cow::Borrowed(_)));
    (!same).then(|| Arc::new(SourceFile::new(path, text)))
}

/// The row of digits that the one at `at` belongs to.
fn digits_around(bytes: &[u8], at: usize) -> Range<usize> {
    around(bytes, at, |byte| byte.is_ascii_digit())
}

fn around(bytes: &[u8], at: usize, belongs: impl Fn(u8) -> bool) -> Range<usize> {
    let before = bytes[..at].iter().rev();
    let before = before.take_while(|&&byte| belongs(byte)).count();
    let after = bytes[at..].iter();
    let after = after.take_while(|&&byte| belongs(byte)).count();
    at - before..at + after
}

/// The hits in a row of at least six digits, and the one its last six may begin.
fn in_row(text: &str, row: &Range<usize>, hits: &mut Vec<Hit>) {
    let bytes = text.as_bytes();
    let mut add = |range: Range<usize>, digits: &[u8]| match hits.last_mut() {
        Some(last) if last.range.end > range.start => {
            last.range.end = range.end;
            last.likely |= holds_modulus(digits);
        }
        _ => hits.push(Hit {
            likely: holds_modulus(digits),
            range,
        }),
    };
    for start in row.start..(row.end + 1).saturating_sub(10) {
        let window = &bytes[start..start + 10];
        if is_date(window, false) && !is_other(bytes, row, row) {
            add(start..start + 10, window);
        }
    }
    let Some((sign, second)) = after_sign(text, row.end) else {
        return;
    };
    let start = row.end - 6;
    let digits = [&bytes[start..row.end], &bytes[second..second + 4]].concat();
    let right = digits_around(bytes, second);
    let alone = row.len() == 6 && right.len() == 4;
    if is_date(&digits, alone && sign.contains('-'))
        && !is_other(bytes, row, &right)
        && !are_phones(row, sign, &right)
    {
        add(start..second + 4, &digits);
    }
}

/// The sign between the two halves and where the second begins, if four digits do follow.
fn after_sign(text: &str, from: usize) -> Option<(&str, usize)> {
    let rest = &text[from..];
    let sign = rest
        .char_indices()
        .take(4)
        .find(|&(_, c)| !is_sign(c))
        .map(|(at, _)| &rest[..at])?;
    let second = from + sign.len();
    let four = text.as_bytes().get(second..second + 4)?;
    (!sign.is_empty() && four.iter().all(u8::is_ascii_digit)).then_some((sign, second))
}

/// Space, full stop, and the lines of all lengths that a word processor makes of a hyphen.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        ' ' | '.' | '-' | '\u{A0}' | '\u{202F}' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    )
}

/// Whether six digits are a day and a month that exist in some year. `replacement` allows the numbers
/// that hospitals give those who have none: 60 is added to the day.
fn is_date(digits: &[u8], replacement: bool) -> bool {
    let two = |at: usize| (digits[at] - b'0') * 10 + (digits[at + 1] - b'0');
    let (day, month) = (two(0), two(2));
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    let day = if replacement && day > 60 {
        day - 60
    } else {
        day
    };
    (1..=longest).contains(&day)
}

fn holds_modulus(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let weighted = digits.iter().zip(WEIGHTS);
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    sum.is_multiple_of(11)
}

/// Whether the digits from `left` to `right` are surely something else: part of a hash or a UUID, or a
/// point in time as cameras and programs write it in file names.
fn is_other(bytes: &[u8], left: &Range<usize>, right: &Range<usize>) -> bool {
    let hash = around(bytes, left.start, |byte| byte.is_ascii_hexdigit());
    let hash = &bytes[hash];
    let is_hash = hash.len() >= 32 && !hash.iter().all(u8::is_ascii_digit);
    is_hash || is_uuid(bytes, left.start) || is_moment(bytes, left, right)
}

fn is_uuid(bytes: &[u8], at: usize) -> bool {
    let range = around(bytes, at, |byte| byte.is_ascii_hexdigit() || byte == b'-');
    let parts = bytes[range].split(|&byte| byte == b'-').map(<[u8]>::len);
    parts.eq([8, 4, 4, 4, 12])
}

/// `YYYYMMDD` and `hhmm` or `hhmmss`, together or with a sign between.
fn is_moment(bytes: &[u8], left: &Range<usize>, right: &Range<usize>) -> bool {
    let digits: Vec<u8> = if left == right {
        bytes[left.clone()].to_vec()
    } else if left.len() == 8 {
        [&bytes[left.clone()], &bytes[right.clone()]].concat()
    } else {
        return false;
    };
    let two = |at: usize| (digits[at] - b'0') * 10 + (digits[at + 1] - b'0');
    matches!(digits.len(), 12 | 14)
        && matches!(two(0), 19 | 20)
        && (1..=12).contains(&two(4))
        && (1..=31).contains(&two(6))
        && two(8) < 24
        && two(10) < 60
        && (digits.len() == 12 || two(12) < 60)
}

/// Two telephone numbers of eight digits beside each other.
fn are_phones(left: &Range<usize>, sign: &str, right: &Range<usize>) -> bool {
    sign == " " && left.len() == 8 && right.len() == 8
}

#[cfg(test)]
pub mod made_up {
    //! Numbers that nobody can have: those of 1 January 2037 and later have not been given out. They are
    //! put together here, so that no file of the project holds one.

    /// A number for a child born on the first day of `year`, 2037 to 2057; `holds` says whether modulus 11
    /// does.
    pub fn number(year: u16, sign: &str, holds: bool) -> String {
        let first = format!("0101{:02}", year - 2000);
        let last = (5000..9000).find(|last| {
            let digits = format!("{first}{last}");
            super::holds_modulus(digits.as_bytes()) == holds
        });
        let last = last.expect("one number in eleven holds modulus 11");
        format!("{first}{sign}{last}")
    }
}

#[cfg(test)]
mod tests {
    use super::made_up::number;
    use super::*;
    use crate::diag::Code;
    use crate::text::Span;

    fn found(text: &str) -> Vec<(&str, bool)> {
        find(text)
            .into_iter()
            .map(|hit| (&text[hit.range], hit.likely))
            .collect()
    }

    #[test]
    fn every_way_of_writing_one_is_found() {
        for sign in ["", "-", " ", ".", "\u{2013}", "\u{A0}", " - ", "\u{2011}"] {
            let number = number(2050, sign, true);
            let text = format!("Borgeren ({number}) bor her.");
            assert_eq!(found(&text), [(number.as_str(), true)], "{sign:?}");
        }
    }

    #[test]
    fn modulus_eleven_does_not_excuse_one() {
        let number = number(2040, "-", false);
        assert_eq!(found(&number), [(number.as_str(), false)]);
    }

    #[test]
    fn one_inside_a_longer_row_is_found_wherever_it_stands() {
        let number = number(2044, "", true);
        for (before, after) in [
            ("9", ""),
            ("", "9"),
            ("99", "99"),
            ("sag", "a"),
            ("999999", ""),
        ] {
            let text = format!("æøå {before}{number}{after} slut");
            let hits = find(&text);
            assert_eq!(hits.len(), 1, "{before}…{after}");
            let at = text.find(&number).expect("it was put there");
            assert!(hits[0].range.start <= at && hits[0].range.end >= at + 10);
        }
    }

    #[test]
    fn a_number_is_found_at_every_distance_from_the_beginning() {
        let number = number(2050, "-", true);
        for before in 0..20 {
            let text = format!("{}{number}", "a".repeat(before));
            assert_eq!(found(&text).len(), 1, "{before}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_no_dates() {
        let at = |day: &str, month: &str| find(&format!("{day}{month}50-5678")).len();
        assert_eq!(at("29", "02"), 1);
        for (day, month) in [
            ("30", "02"),
            ("31", "04"),
            ("00", "01"),
            ("01", "13"),
            ("32", "01"),
        ] {
            assert_eq!(at(day, month), 0, "{day}/{month}");
        }
    }

    #[test]
    fn a_replacement_number_is_found_only_where_it_stands_alone_with_a_hyphen() {
        let tail = "0150-5678";
        assert_eq!(find(&format!("71{tail}")).len(), 1);
        assert_eq!(find(&format!("971{tail}")).len(), 0);
    }

    #[test]
    fn telephones_hashes_and_moments_are_no_personal_numbers() {
        let phones = format!("Ring 1106{} 20304050", 1234);
        let moment = format!("2023{}101112", "0512");
        let picture = format!("IMG_2023{}-101112.png", "0512");
        let hash = format!("aftryk = \"{}{}\"", number(2050, "", true), "ab".repeat(27));
        for text in [
            "Ring 12 34 56 78 eller 87654321.",
            &phones,
            &picture,
            &moment,
            "2026-05-12 10:30",
            &hash,
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn masking_hides_the_whole_row_and_keeps_every_place() {
        let with_sign = format!("x {}9 y", number(2050, "-", true));
        assert_eq!(masked(&with_sign), "x xxxxxx-xxxxx y");
        let long = format!("sag 77{}5 og 12", number(2050, "", true));
        assert_eq!(masked(&long), "sag xxxxxxxxxxxxx og 12");
        assert!(matches!(masked("12345 67890"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_finding_shows_no_number_anywhere() {
        let number = number(2050, "-", true);
        let text = format!("# {number}\n{number} = 'her'\n");
        let file = Arc::new(SourceFile::new(format!("protocols/{number}/a.toml"), text));
        let at = file.text().find("her").expect("it was put there");
        let place = Place::new(&file, Span::from(at..at + 3));
        let mut findings = [
            Finding::new(Code::UkendtNoegle, place.clone(), number.clone())
                .with_help(number.clone())
                .with_related(place, number.clone()),
        ];
        findings[0].protocol = Some(number.clone());
        mask_all(&mut findings);
        let shown = format!("{findings:?}");
        assert!(!shown.contains(&number), "{shown}");
        let start = findings[0].place.range().start;
        assert_eq!((start.line.get(), start.column.get()), (2, 16));
        let shown = &findings[0].place.file;
        assert_eq!(shown.slice(findings[0].place.span), "her");
        assert_eq!(shown.path(), "protocols/xxxxxx-xxxx/a.toml");
    }
}
