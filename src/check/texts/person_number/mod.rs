//! Finds what looks like a Danish personal number in any text, and hides it.
//!
//! Six digits that can be a date (or eight, with the whole year) and four more, written together, apart or
//! in pieces, also inside longer rows of digits. Modulus 11 decides on the wording only: numbers without it
//! have been given out since 2007. How digits are written is `scan`'s business, what they may be instead
//! `lookalike`'s; what is *said* about a number stands in the rule `personnummer`.

mod lookalike;
mod month;
mod scan;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use self::lookalike::Row;
use self::scan::{Digit, Gap, clusters};
use crate::diag::{Code, Finding};
use crate::model::HIDDEN_DIGITS;
use crate::text::{Place, SourceFile, Span};

/// What looks like a personal number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The bytes it covers; where several overlap in one row of digits, all of them.
    pub range: Range<usize>,
    /// The same with the rows of digits that it begins and ends in.
    row: Range<usize>,
    /// Whether modulus 11 holds.
    pub likely: bool,
    /// Whether it stands in what an address asks for, behind the `?`.
    pub asked_for: bool,
}

/// Everything in a text that looks like a personal number, in order.
pub fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    clusters(text, SHORTEST, &mut |digits| {
        if digits.len() >= LENGTH {
            in_cluster(text, digits, &mut hits);
        } else if let Some((range, likely)) = month::ending_in(text, digits) {
            hits.push(Hit {
                asked_for: lookalike::is_asked_for(text, range.start),
                row: range.clone(),
                range,
                likely,
            });
        }
    });
    hits
}

/// The text with every digit of what looks like a personal number hidden, and of the rows it is part of.
/// As long as before, so that every place stays true.
pub fn masked(text: &str) -> Cow<'_, str> {
    let hits = find(text);
    if hits.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(hidden_in(text, hits.iter().map(|hit| hit.row.clone())))
}

/// The text with every digit in some ranges, in order, hidden.
fn hidden_in(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        let start = range.start.max(from);
        if start >= range.end {
            continue;
        }
        hidden.push_str(&text[from..start]);
        hidden.extend(text[start..range.end].chars().map(|c| match c {
            c if !c.is_numeric() => c,
            // Each as long as what it stands for.
            c => HIDDEN_DIGITS[c.len_utf8() - 1],
        }));
        from = range.end;
    }
    hidden.push_str(&text[from..]);
    hidden
}

/// Hides numbers in all that a report may show of a finding: messages, paths, and the files themselves,
/// for another finding may stand on the same line.
pub fn mask_all(findings: &mut [Finding]) {
    let mut files = Files::of(findings);
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
struct Files(HashMap<*const SourceFile, Shown>);

struct Shown {
    file: Arc<SourceFile>,
    /// Where numbers were found that only what is printed shows.
    spans: Vec<Span>,
    copy: Option<Option<Arc<SourceFile>>>,
}

impl Files {
    /// The files of some findings, with the places of those about personal numbers.
    fn of(findings: &[Finding]) -> Self {
        let mut files = Self::default();
        let numbers = findings.iter();
        for finding in numbers.filter(|finding| finding.code == Code::Personnummer) {
            let spans = &mut files.of_place(&finding.place).spans;
            spans.push(finding.place.span);
        }
        files
    }

    fn of_place(&mut self, place: &Place) -> &mut Shown {
        let file = &place.file;
        self.0.entry(Arc::as_ptr(file)).or_insert_with(|| Shown {
            file: Arc::clone(file),
            spans: Vec::new(),
            copy: None,
        })
    }

    fn mask(&mut self, place: &mut Place) {
        if let Some(copy) = self.of_place(place).copy() {
            place.file = copy;
        }
    }
}

impl Shown {
    fn copy(&mut self) -> Option<Arc<SourceFile>> {
        let (file, spans) = (&self.file, &mut self.spans);
        let copy = self.copy.get_or_insert_with(|| {
            let path = masked(file.path());
            let text = masked(file.text());
            spans.sort_unstable();
            let ranges = spans.iter().map(|span| span.start()..span.end());
            let hidden = hidden_in(&text, ranges);
            let same = matches!(path, Cow::Borrowed(_)) && hidden == file.text();
            (!same).then(|| Arc::new(SourceFile::new(path, hidden)))
        });
        copy.clone()
    }
}

/// How many digits a personal number has.
const LENGTH: usize = 10;
/// How many it has where the day and the month stand in front of them.
const SHORTEST: usize = 6;
/// How many it has with the whole year.
const WITH_CENTURY: usize = 12;
/// The years of birth that a person who is written about can have, and somewhat more.
const YEARS: Range<u32> = 1850..2100;

/// The signs that a date's parts are written with.
const IN_DATE: Gap = Gap::SPACE
    .or(Gap::DOT)
    .or(Gap::DASH)
    .or(Gap::SLASH)
    .or(Gap::UNDERSCORE)
    .or(Gap::MARK);
/// The signs that may part the two halves also where more digits stand around them.
const ANYWHERE: Gap = Gap::SPACE.or(Gap::DOT).or(Gap::DASH);

/// The hits in digits with only signs between them.
fn in_cluster(text: &str, digits: &[Digit], hits: &mut Vec<Hit>) {
    let mut row = Row::default();
    for start in 0..=digits.len() - LENGTH {
        let Some(length) = number_at(digits, start) else {
            continue;
        };
        let number = start..start + length;
        let found = &digits[number.clone()];
        row.reach(digits, start);
        if row.is_other(text, digits) || lookalike::is_called_otherwise(text, digits, &row, &number)
        {
            continue;
        }
        let range = found[0].start..found[length - 1].end;
        let likely = holds_modulus(&ten(found));
        let last = if row.digits().contains(&(number.end - 1)) {
            row.digits().end - 1
        } else {
            let after = digits[number.end..].iter();
            number.end - 1 + after.take_while(|digit| digit.before.is_none()).count()
        };
        let whole = digits[row.digits().start].start..digits[last].end;
        match hits.last_mut() {
            Some(last) if last.range.end > range.start => {
                last.range.end = last.range.end.max(range.end);
                last.row.end = last.row.end.max(whole.end);
                last.likely |= likely;
            }
            _ => hits.push(Hit {
                asked_for: lookalike::is_asked_for(text, range.start),
                row: whole,
                range,
                likely,
            }),
        }
    }
}

/// The ten digits of a number, the century left out.
fn ten(found: &[Digit]) -> [u8; LENGTH] {
    let skipped = found.len() - LENGTH;
    std::array::from_fn(|at| found[if at < 4 { at } else { at + skipped }].value)
}

/// How many digits of a cluster are a number, if one begins at `start`.
fn number_at(digits: &[Digit], start: usize) -> Option<usize> {
    let rest = &digits[start..];
    let gap = |at: usize| rest.get(at).map_or(Gap::NONE, |digit| digit.before);
    let apart: u16 = (1..LENGTH).fold(0, |set, at| set | u16::from(!gap(at).is_none()) << at);
    let begins = start == 0 || !digits[start].before.is_none();
    let ends = |length: usize| rest.get(length).is_none_or(|next| !next.before.is_none());
    let alone = begins && ends(LENGTH);
    let date = Date::of(rest, alone && apart == 1 << 6 && gap(6).has(Gap::DASH))?;
    let found = match apart {
        0 => true,
        // ddmmåå-xxxx, also inside longer rows with the usual signs.
        0b100_0000 => {
            let in_brackets = alone
                && gap(6).is_only(Gap::SPACE.or(Gap::BRACKET))
                && holds_modulus(&ten(&rest[..LENGTH]));
            (are_halves(gap(6), alone) || in_brackets) && !lookalike::are_phones(digits, start + 6)
        }
        // The date in pieces.
        0b101_0100 | 0b100_0100 | 0b101_0000 | 0b001_0100 => {
            let in_date = [2, 4].map(gap);
            alone && date.is_in_pieces(digits, start, &in_date, gap(6))
        }
        // ddmmåå-xx xx
        0b1_0100_0000 => alone && gap(6).has(Gap::DASH.or(Gap::SLASH)),
        // d d m m å å - x x x x, and with one sign throughout
        0b11_1111_1110 => {
            let mut between = (1..LENGTH).filter(|&at| at != 6).map(gap);
            let same = (2..LENGTH).all(|at| gap(at) == gap(1));
            let signs = Gap::SPACE.or(Gap::DOT).or(Gap::DASH);
            let halves = gap(6).has(Gap::DASH) && between.all(|gap| gap.is_only(Gap::SPACE));
            alone && (halves || same && gap(1).is_only(signs))
        }
        _ => false,
    };
    if found {
        return Some(LENGTH);
    }
    let whole_year = rest.len() >= WITH_CENTURY && begins && ends(WITH_CENTURY);
    (whole_year && date.has_century(digits, start)).then_some(WITH_CENTURY)
}

/// Whether two halves with this between them may be one number.
fn are_halves(gap: Gap, alone: bool) -> bool {
    let parts = Gap::DASH.or(Gap::SLASH);
    gap.is_only(ANYWHERE)
        || alone
            && (!gap.has(Gap::COMMA.or(Gap::BRACKET))
                || gap.has(parts)
                || gap.is_only(Gap::COMMA)
                || gap.is_only(Gap::COMMA.or(Gap::MARK)))
}

/// The first six digits of what may be a number, as a day, a month and a year.
struct Date {
    /// The last two digits of the year.
    year: u32,
}

impl Date {
    /// The date that some digits begin with, if that day is in some year. `replacement` allows the numbers
    /// that hospitals give those who have none: 60 is added to the day.
    fn of(digits: &[Digit], replacement: bool) -> Option<Self> {
        let values: [u8; 6] = std::array::from_fn(|at| digits[at].value);
        Self::of_values(&values, replacement)
    }

    /// The same of what the digits say.
    fn of_values(values: &[u8], replacement: bool) -> Option<Self> {
        let two = |at: usize| values[at] * 10 + values[at + 1];
        let (day, month) = (two(0), two(2));
        let longest = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let day = if replacement && day > 60 {
            day - 60
        } else {
            day
        };
        let year = u32::from(two(4));
        (1..=longest).contains(&day).then_some(Self { year })
    }

    /// Whether a date in pieces and four digits behind it are a number: not a moment, a span of years, nor
    /// the end of telephone numbers in pairs.
    fn is_in_pieces(
        &self,
        digits: &[Digit],
        start: usize,
        in_date: &[Gap; 2],
        halves: Gap,
    ) -> bool {
        let written = in_date.iter().filter(|gap| !gap.is_none());
        let pairs = in_date[0].is_only(Gap::SPACE) && lookalike::is_after_pair(digits, start);
        written.clone().all(|gap| gap.is_only(IN_DATE))
            && !pairs
            && are_halves_of_pieces(in_date, halves)
            && !lookalike::is_moment_or_span(
                &digits[start + 6..],
                2000 + self.year,
                in_date,
                halves,
            )
    }

    /// Whether the whole year is written and four digits follow.
    fn has_century(&self, digits: &[Digit], start: usize) -> bool {
        let rest = &digits[start..];
        let gap = |at: usize| rest[at].before;
        let apart: u16 =
            (1..WITH_CENTURY).fold(0, |set, at| set | u16::from(!gap(at).is_none()) << at);
        let in_date = [2, 4].map(gap);
        let halves = gap(8);
        let year = scan::number(&rest[4..8]);
        let pieces = matches!(
            apart,
            0b1_0000_0000 | 0b1_0001_0100 | 0b1_0000_0100 | 0b1_0001_0000 | 0b1_0100
        );
        pieces
            && YEARS.contains(&year)
            && in_date
                .iter()
                .all(|gap| gap.is_none() || gap.is_only(IN_DATE))
            && !(apart == 0b1_0001_0000
                && lookalike::are_years(rest, year, in_date[1])
                && !halves.has(Gap::DASH))
            && (apart != 0b1_0000_0000 || are_halves(halves, true))
            && are_halves_of_pieces(&in_date, halves)
            && !lookalike::is_moment_or_span(&rest[8..], year, &in_date, halves)
    }
}

/// Whether what stands between the halves may do so where the date has signs in it: a line's end only where
/// the date is not written as one that stands for itself.
fn are_halves_of_pieces(in_date: &[Gap; 2], halves: Gap) -> bool {
    let all_spaces = in_date
        .iter()
        .all(|gap| gap.is_none() || gap.is_only(Gap::SPACE));
    !halves.has(Gap::COMMA.or(Gap::BRACKET).or(Gap::COLON))
        && (!halves.has(Gap::LINE) || !all_spaces || halves.has(Gap::DASH))
}

fn holds_modulus(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; LENGTH] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let weighted = digits.iter().zip(WEIGHTS);
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .sum();
    sum.is_multiple_of(11)
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
            let digits: Vec<u8> = digits.bytes().map(|digit| digit - b'0').collect();
            super::holds_modulus(&digits) == holds
        });
        let last = last.expect("one number in eleven holds modulus 11");
        format!("{first}{sign}{last}")
    }
}

#[cfg(test)]
mod corpus;

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
    fn four_digits_in_brackets_behind_a_date_are_of_a_number_only_if_modulus_holds() {
        let (left, right) = halves();
        assert_eq!(found(&format!("Hun ({left} ({right}))")).len(), 1);
        let other = number(2050, " (", false);
        assert!(found(&format!("Aftalt {other} kr.)")).is_empty());
    }

    #[test]
    fn two_years_are_a_span_and_no_date() {
        let (_, last) = halves();
        let count = |first: u32, between: &str| {
            let text = format!("Se {first}-{}{between}{last} her.", 2050);
            found(&text).len()
        };
        assert_eq!(count(2010, " "), 0);
        // The last day of a year, and the twentieth of October.
        assert_eq!(count(3112, " "), 1);
        assert_eq!(count(2010, "-"), 1);
    }

    /// A number of the first day of 2050, its halves parted.
    fn halves() -> (String, String) {
        let number = number(2050, "", true);
        (number[..6].to_owned(), number[6..].to_owned())
    }

    #[test]
    fn the_halves_may_be_parted_by_any_sign_mark_tag_or_border() {
        let (left, right) = halves();
        for sign in [
            "/",
            "_",
            "\\-",
            "\\",
            " \\\n  ",
            "\n",
            " | ",
            "  ",
            "\u{2009}",
            "&nbsp;",
            "&#45;",
            "&#x2D;",
            "&ndash;",
            "&shy;-",
            "\\u002D",
            "\\u00A0",
            "%20",
            "%2D",
            "**-",
            "**-**",
            "*_-_*",
            "\u{200B}-",
            "-\u{200B}",
            "\u{AD}",
            ":",
            " / ",
            "\u{2212}",
            "\u{FF0D}",
            "<br>",
            "</b>-",
            "</td><td>",
            "</tspan><tspan x=\"9\">-",
            "<!-- x -->-",
            "·",
            ",",
            "\",\"",
            ";",
            ")-(",
            "\t",
            "(",
            " (",
            ") (",
        ] {
            let text = format!("Hun, {left}{sign}{right}, bor her.");
            let hits = found(&text);
            assert_eq!(hits.len(), 1, "{sign:?}");
            assert_eq!(hits[0].0, format!("{left}{sign}{right}"));
        }
    }

    #[test]
    fn the_date_may_stand_in_pieces_or_with_its_century() {
        let (left, right) = halves();
        let [day, month, year] = [0, 2, 4].map(|at| &left[at..at + 2]);
        for written in [
            format!("{day}.{month}.{year}-{right}"),
            format!("{day} {month} {year} {right}"),
            format!("{day} {month} {year}-{right}"),
            format!("{day}-{month}-{year}-{right}"),
            format!("{day}/{month} {year}-{right}"),
            format!("{day}/{month}-{year} {right}"),
            format!("{day}. {month}. {year} - {right}"),
            format!("{day}{month} {year} {right}"),
            format!("{day} {month}{year}-{right}"),
            format!("{day}_{month}_{year}_{right}"),
            format!("{day}.{month}.{year}{right}"),
            format!("{day}{month}20{year}-{right}"),
            format!("{day}{month}20{year} {right}"),
            format!("{day}.{month}.20{year}-{right}"),
            format!("{day} {month} 20{year} {right}"),
            format!("{left}-{} {}", &right[..2], &right[2..]),
        ] {
            let text = format!("(cpr {written})");
            let hits = found(&text);
            assert_eq!(hits, [(written.as_str(), true)], "{written}");
        }
        let mut spaced: Vec<String> = number(2050, "-", true).chars().map(String::from).collect();
        spaced.insert(0, "Nr.".to_owned());
        assert_eq!(found(&spaced.join(" ")).len(), 1);
        // One sign throughout; not digits that count up.
        let plain = number(2050, "", true);
        let each: Vec<String> = plain.chars().map(String::from).collect();
        for sign in [" ", ".", "-", ". "] {
            assert_eq!(
                found(&format!("(nr. {})", each.join(sign))).len(),
                1,
                "{sign:?}"
            );
        }
        assert!(found("Se 1.1 1.2 1.3 1.4 1.5").is_empty());
        assert!(found("Fra 0 1 2 3 4 5 6 7 8 9 til 1 2 3 4 5 6 7 8 9 0").is_empty());
    }

    #[test]
    fn digits_of_other_scripts_and_entities_are_digits() {
        let number = number(2050, "-", true);
        for zero in ['\u{660}', '\u{6F0}', '\u{966}', '\u{FF10}', '\u{1D7CE}'] {
            let other = |c: char| match c.to_digit(10) {
                Some(value) => char::from_u32(u32::from(zero) + value).expect("ten follow"),
                None => c,
            };
            let written: String = number.chars().map(other).collect();
            assert_eq!(found(&format!("æ {written}")), [(written.as_str(), true)]);
            let hidden = masked(&written);
            assert_eq!(hidden.len(), written.len());
            assert!(!hidden.contains(char::is_numeric), "{hidden}");
        }
        let circled = |c: char| match c.to_digit(10) {
            Some(0) => '\u{24EA}',
            Some(value) => char::from_u32(0x245F + value).expect("nine follow"),
            None => c,
        };
        let circled: String = number.chars().map(circled).collect();
        assert_eq!(found(&circled), [(circled.as_str(), true)]);
        let entities: String = number.bytes().map(|byte| format!("&#{byte};")).collect();
        assert_eq!(found(&entities), [(entities.as_str(), true)]);
        let tags: String = number
            .chars()
            .map(|c| format!("<tspan>{c}</tspan>"))
            .collect();
        assert_eq!(found(&tags).len(), 1);
    }

    #[test]
    fn a_number_that_is_called_something_else_just_before_is_none() {
        let plain = number(2050, "", true);
        let dashed = number(2051, "-", true);
        for text in [
            format!("Botilbuddet har P-nummer {plain}."),
            format!("P-nr. {plain}"),
            format!("CVR: {plain}"),
            format!("| CVR-nr. | {plain} |"),
            format!("cvr = \"{plain}\""),
            format!("EAN-nummer 5798{plain}"),
            format!("konto 1234 {plain}"),
            format!("Reg. 1234 konto {plain}"),
            format!("Reg.nr. 1234 {plain}"),
            format!("kontonr. 1234-{plain}"),
            format!("SOR-kode {plain}12345"),
            format!("IBAN DK50 {plain}1234"),
            format!("DK50{plain}123456"),
            format!("sagsnr. {dashed}"),
            format!("Sagsnummeret er {dashed}"),
            format!("Vagttelefon {plain}"),
            format!("tlf. +45 {plain}"),
        ] {
            assert_eq!(found(&text), [], "{text}");
        }
        for text in [
            format!("Ring på telefon. {dashed} har brug for hjælp."),
            format!("sagsnr./cpr {dashed}"),
            format!("Vi har et CVR, {dashed} bor her"),
            format!("kontoret {dashed}"),
        ] {
            assert_eq!(found(&text).len(), 1, "{text}");
        }
    }

    #[test]
    fn dates_times_and_spans_of_years_are_none() {
        for text in [
            "12.05.2026 1030",
            "01.01.2026-2028",
            "01.01.26-2027",
            "fra 01.01.2026 - 31.12.2026",
            "86 12 05 50 2030 4050",
            "i uge 10 12 14 16 18",
            "2012-05-12 1030",
            "Mødet 12.05.26 kl. 1030",
            "12 05 50\n\n5678",
            "| 12 | 10 | 26 | 1500 |",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_an_address_asks_for_is_told_apart() {
        let number = number(2050, "", true);
        let asked = |text: &str| find(text).first().map(|hit| hit.asked_for);
        assert_eq!(
            asked(&format!("[x](https://a.dk/b?id={number})")),
            Some(true)
        );
        assert_eq!(asked(&format!("https://a.dk/{number}?id=1")), Some(false));
        assert_eq!(asked(&format!("Hvem? {number}")), Some(false));
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
