//! A day, or a stretch of time where nobody knows the day: a month, a quarter, a year.

use jiff::civil::Date;

use super::danish::{MONTHS, danish_date};

/// When something was or is to be, as exactly as somebody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A day.
    Day(Date),
    /// A month, 1–12.
    Month(i16, u8),
    /// A quarter of a year, 1–4.
    Quarter(i16, u8),
    /// A year.
    Year(i16),
}

/// The years that can be meant.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

impl Period {
    /// Reads `"2024-05"`, `"2024-K1"` and `"2024"`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.trim().split_at_checked(4)?;
        let year: i16 = year.parse().ok().filter(|year| YEARS.contains(year))?;
        let Some(part) = rest.strip_prefix('-') else {
            return rest.is_empty().then_some(Self::Year(year));
        };
        if let Some(quarter) = part.strip_prefix(['K', 'k']) {
            let quarters = ["1", "2", "3", "4"];
            let index = quarters.iter().position(|one| *one == quarter)?;
            return Some(Self::Quarter(year, u8::try_from(index + 1).ok()?));
        }
        let month: u8 = part.parse().ok().filter(|month| (1..=12).contains(month))?;
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then_some(Self::Month(year, month))
    }

    /// As readers see it: "3. februar 2026", "maj 2022", "1. kvartal 2024", "2024".
    pub fn danish(self) -> String {
        match self {
            Self::Day(date) => danish_date(date),
            Self::Month(year, month) => format!("{} {year}", MONTHS[usize::from(month) - 1]),
            Self::Quarter(year, quarter) => format!("{quarter}. kvartal {year}"),
            Self::Year(year) => year.to_string(),
        }
    }

    /// As machines read it: `2026-02-03`, `2022-05`, `2024-K1`, `2024`.
    pub fn iso(self) -> String {
        match self {
            Self::Day(date) => date.to_string(),
            Self::Month(year, month) => format!("{year}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year}-K{quarter}"),
            Self::Year(year) => year.to_string(),
        }
    }

    /// Its first day: before that it cannot have been.
    pub fn first_day(self) -> Date {
        let month = match self {
            Self::Day(date) => return date,
            Self::Month(_, month) => month,
            Self::Quarter(_, quarter) => quarter * 3 - 2,
            Self::Year(_) => 1,
        };
        self.day_of(month)
    }

    /// Whether both may be of one day.
    pub fn meets(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }

    /// Its last day: what counts from it counts from there, so that nothing is late before it must be.
    pub fn last_day(self) -> Date {
        let month = match self {
            Self::Day(date) => return date,
            Self::Month(_, month) => month,
            Self::Quarter(_, quarter) => quarter * 3,
            Self::Year(_) => 12,
        };
        self.day_of(month).last_of_month()
    }

    /// The first day of a month of its year.
    fn day_of(self, month: u8) -> Date {
        let year = match self {
            Self::Day(date) => date.year(),
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Year(year) => year,
        };
        Date::constant(year, month.cast_signed(), 1)
    }
}

impl From<Date> for Period {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_day_a_month_a_quarter_or_a_year() {
        for (text, danish, first, last) in [
            ("2022-05", "maj 2022", "2022-05-01", "2022-05-31"),
            ("2024-K1", "1. kvartal 2024", "2024-01-01", "2024-03-31"),
            ("2024-k4", "4. kvartal 2024", "2024-10-01", "2024-12-31"),
            ("2024", "2024", "2024-01-01", "2024-12-31"),
            ("2024-02", "februar 2024", "2024-02-01", "2024-02-29"),
        ] {
            let period = Period::parse(text).expect(text);
            assert_eq!(period.danish(), danish);
            assert_eq!(period.iso(), text.to_uppercase());
            assert_eq!(period.first_day().to_string(), first);
            assert_eq!(period.last_day().to_string(), last);
        }
        let day = Period::from(Date::constant(2026, 2, 3));
        assert_eq!(day.danish(), "3. februar 2026");
        assert_eq!(
            (day.first_day(), day.last_day()),
            (Date::constant(2026, 2, 3), Date::constant(2026, 2, 3))
        );
        for wrong in [
            "2024-K5",
            "24-K1",
            "K1",
            "2024-13",
            "2024-5",
            "2024-+5",
            "2024-13-01",
            "20244",
            "1899",
        ] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }
}
