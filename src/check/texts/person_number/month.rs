//! A number whose date has its month in letters: the day, `januar`, the year and four digits behind a line or a blank.
//!
//! What has the month in digits is for the rows of digits in [`super`]; here the row begins with the year.

use std::ops::Range;

use super::scan::{Digit, Gap, number};
use super::{Date, LENGTH, YEARS, holds_modulus};
use crate::text::MONTHS;

/// How months are cut short: three letters, and one that people give four.
const SHORT: usize = 3;
const SEPTEMBER: &str = "sept";

/// The bytes of a number that a row of digits ends, and whether modulus 11 holds.
pub(super) fn ending_in(text: &str, digits: &[Digit]) -> Option<(Range<usize>, bool)> {
    let (&first, rest) = digits.split_first()?;
    let year = 1 + rest
        .iter()
        .take_while(|digit| digit.before.is_none())
        .count();
    let (year, last) = digits.split_at(year);
    let together = last.iter().skip(1).all(|digit| digit.before.is_none());
    if !matches!(year.len(), 2 | 4) || last.len() != 4 || !together {
        return None;
    }
    if year.len() == 4 && !YEARS.contains(&number(year)) {
        return None;
    }
    let (start, day, month) = day_and_month(&text[..first.start])?;
    let two = |number: u32| [(number / 10) as u8, (number % 10) as u8];
    let year_of_two = year[year.len() - 2..].iter().map(|digit| digit.value);
    let last_four = last.iter().map(|digit| digit.value);
    let ten = two(day).into_iter().chain(two(month));
    let ten: Vec<u8> = ten.chain(year_of_two).chain(last_four).collect();
    debug_assert_eq!(ten.len(), LENGTH, "two, two, two and four");
    Date::of_values(&ten, false)?;
    let likely = holds_modulus(&ten);
    let is_number = match last[0].before {
        // From one year to another.
        Gap::DASH => year.len() == 2 || !YEARS.contains(&number(last)),
        gap if gap.is_only(Gap::SPACE.or(Gap::DASH)) => likely && !may_be_moment(number(last)),
        _ => false,
    };
    is_number.then(|| (start..last[3].end, likely))
}

/// Whether four digits may be a time of day or a year.
fn may_be_moment(four: u32) -> bool {
    (four < 2400 && four % 100 < 60) || YEARS.contains(&four)
}

/// The day and the month that a text ends with, and where they begin.
fn day_and_month(text: &str) -> Option<(usize, u32, u32)> {
    let before_year = text.trim_end_matches(is_space);
    let word = before_year.trim_end_matches('.');
    let day = word.trim_end_matches(char::is_alphabetic);
    let month = month(&word[day.len()..])?;
    let day = day.trim_end_matches(is_space);
    let day = day.strip_suffix('.').unwrap_or(day);
    let before = day.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &day[before.len()..];
    let is_day = matches!(digits.len(), 1 | 2) && !before.ends_with(['.', ',', '-', '/']);
    let day = digits.parse().ok().filter(|_| is_day)?;
    Some((before.len(), day, month))
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}')
}

/// The number of a month by its name, whole or cut short, in any case.
fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let named = |name: &&str| *name == word || name.get(..SHORT) == Some(word.as_str());
    let place = MONTHS.iter().position(named);
    let place = place.or((word == SEPTEMBER).then_some(8))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::super::made_up::number;
    use super::super::{find, masked};
    use super::*;

    /// A number with what its date is called.
    fn parts(holds: bool) -> (String, String, String) {
        let number = number(2041, "", holds);
        let month: usize = number[2..4].parse().expect("a month");
        let day = number[..2].trim_start_matches('0').to_owned();
        (day, MONTHS[month - 1].to_owned(), number[6..].to_owned())
    }

    #[test]
    fn a_month_in_letters_hides_no_number() {
        let (day, month, last) = parts(true);
        let short = &month[..3];
        for text in [
            format!("Borger født {day}. {month} 2041-{last}."),
            format!("{day} {month} 41-{last}"),
            format!("den {day}. {short}. 2041-{last} og"),
            format!("{day}.{} 41 {last}", month.to_uppercase()),
            format!("{day}. {month} 2041 – {last}"),
            format!("{day}.\u{A0}{month}\u{A0}2041-{last}"),
        ] {
            let hits = find(&text);
            assert_eq!(hits.len(), 1, "{text}");
            assert!(hits[0].likely, "{text}");
            assert!(!masked(&text).contains(&last), "{text}");
        }
        let (day, month, last) = parts(false);
        let text = format!("Født {day}. {month} 2041-{last}");
        let hits = find(&text);
        assert!(hits.len() == 1 && !hits[0].likely, "{text}");
        assert_eq!(&text[..hits[0].range.start], "Født ");
    }

    #[test]
    fn what_else_stands_behind_a_date_is_no_number() {
        let (day, month, last) = parts(false);
        for text in [
            format!("Fra {day}. {month} 2041-2043 gælder aftalen."),
            format!("{day}. {month} 2041 1530"),
            format!("Vagten er {day}. {month} 2041 0800-1600."),
            format!("{day}. {month} 2041 – {last}"),
            format!("{day}. {month} 2041, {last} personer"),
            format!("32. {month} 2041-{last}"),
            format!("{day}. stue 2041-{last}"),
            format!("3.{day}. {month} 2041-{last}"),
            format!("{day}. {month} 2041-{last}7"),
            format!("{day}. {month} 1041-{last}"),
        ] {
            assert_eq!(find(&text), [], "{text}");
        }
    }
}
