//! Dates as people type them in Danish: by name, with full stops, slashes or hyphens.

use jiff::civil::Date;

use super::MONTHS;

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
