//! Dates as people type them in Danish: by name, with full stops, slashes or hyphens.

use jiff::civil::Date;

use super::{MONTHS, Period, YEARS};

/// What somebody meant who typed a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedDate {
    /// This day.
    Day(Date),
    /// A day that the calendar does not have.
    NoSuchDay,
}

/// The date in a text that is nothing but one, in any of the ways Danes write dates; day comes before month unless
/// the year comes first.
pub fn typed_date(text: &str) -> Option<TypedDate> {
    let text = text.trim().trim_matches(['"', '\'']).to_lowercase();
    let text = without_weekday(&text);
    let text = text
        .strip_prefix("den ")
        .or_else(|| text.strip_prefix("d. "))
        .unwrap_or(text);
    let mut parts = text
        .split([' ', '.', '/', '-', ','])
        .filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else {
        (third, second, first)
    };
    let year = match (year.len(), number(year)?) {
        (4, year @ 1900..=2200) => year,
        (2, year) => 2000 + year,
        _ => return None,
    };
    let month = month_number(month)?;
    let day = number(day).filter(|day| (1..=39).contains(day))?;
    let day = i8::try_from(day).ok()?;
    let year = i16::try_from(year).ok()?;
    Some(Date::new(year, month, day).map_or(TypedDate::NoSuchDay, TypedDate::Day))
}

/// The month, the quarter or the year in a text that is nothing but one, in the ways Danes write them: "maj 2024",
/// "5/2024", "2. kvartal 2024", "2024 Q2", "2024".
pub fn typed_period(text: &str) -> Option<Period> {
    let text = text.trim().trim_matches(['"', '\'']).to_lowercase();
    let text = text.strip_prefix("i ").unwrap_or(&text);
    let parts = text
        .split([' ', '.', '/', '-', ','])
        .filter(|part| !part.is_empty());
    let (years, others): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| part.len() == 4 && number(part).is_some());
    let &[year] = years.as_slice() else {
        return None;
    };
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    let quarter = |digit: &str| {
        let number = number(digit).filter(|number| (1..=4).contains(number))?;
        Some(Period::Quarter(year, u8::try_from(number).ok()?))
    };
    match others.as_slice() {
        [] => Some(Period::Year(year)),
        [one] => match one.strip_prefix(['k', 'q']) {
            Some(digit) if number(digit).is_some() => quarter(digit),
            _ => {
                let month = month_number(one).filter(|month| (1..=12).contains(month))?;
                Some(Period::Month(year, u8::try_from(month).ok()?))
            }
        },
        ["kvartal" | "kvt" | "kv", digit] | [digit, "kvartal" | "kvt" | "kv"] => quarter(digit),
        _ => None,
    }
}

fn without_weekday(text: &str) -> &str {
    const DAYS: [&str; 7] = [
        "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
    ];
    let rest = DAYS.iter().find_map(|day| text.strip_prefix(day));
    rest.map_or(text, |rest| rest.trim_start_matches([',', ' ']))
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A month by its number, its name or at least three letters of it.
fn month_number(text: &str) -> Option<i8> {
    if let Some(month) = number(text) {
        return i8::try_from(month)
            .ok()
            .filter(|month| (1..=19).contains(month));
    }
    let begins = |month: &str| text.chars().count() >= 3 && month.starts_with(text);
    let place = MONTHS.iter().position(|month| begins(month))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_quarters_and_years_are_read_as_people_type_them() {
        for (text, period) in [
            ("maj 2024", "2024-05"),
            ("i Maj 2024", "2024-05"),
            ("05-2024", "2024-05"),
            ("5/2024", "2024-05"),
            ("2024-05", "2024-05"),
            ("2024-K1", "2024-K1"),
            ("2024 Q4", "2024-K4"),
            ("k2 2024", "2024-K2"),
            ("3. kvartal 2024", "2024-K3"),
            ("2024, 1. kvt.", "2024-K1"),
            ("2024", "2024"),
        ] {
            assert_eq!(
                typed_period(text).map(Period::iso).as_deref(),
                Some(period),
                "{text}"
            );
        }
        for text in [
            "2024-13",
            "5. kvartal 2024",
            "24",
            "forår 2024",
            "3. maj 2024",
            "1. 2. 2024",
            "0/2024",
            "9999",
        ] {
            assert_eq!(typed_period(text), None, "{text}");
        }
    }

    #[test]
    fn every_danish_way_of_writing_a_date_is_read() {
        for text in [
            "3. februar 2026",
            "3 februar 2026",
            "den 3. februar 2026",
            "Tirsdag den 3. Februar 2026",
            "3. feb. 2026",
            "03.02.2026",
            "3/2 2026",
            "3/2-2026",
            "3/2-26",
            "03-02-2026",
            "3-2-2026",
            "2026-2-3",
            "2026/02/03",
            "2026.02.03",
            "\"3. februar 2026\"",
        ] {
            let day = TypedDate::Day(Date::constant(2026, 2, 3));
            assert_eq!(typed_date(text), Some(day), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_dates_and_some_days_are_not_in_the_calendar() {
        for text in [
            "",
            "marts",
            "3. februar",
            "hver mandag",
            "1.2.3.4",
            "2.1 Tryghed",
            "1 og 2",
            "00 65 43",
        ] {
            assert_eq!(typed_date(text), None, "{text}");
        }
        for text in ["31. februar 2026", "2026-13-01", "31/4 2026"] {
            assert_eq!(typed_date(text), Some(TypedDate::NoSuchDay), "{text}");
        }
    }
}
