//! Dates as Danes write them.

use jiff::civil::Date;

use super::typography::NO_BREAK;
use crate::text::Period;

/// "3. februar 2026", kept on one line.
pub fn danish_date(date: Date) -> String {
    crate::text::danish_date(date).replace(' ', &NO_BREAK.to_string())
}

/// "maj 2022", "3. februar 2026", kept on one line.
pub fn danish_period(period: Period) -> String {
    period.danish().replace(' ', &NO_BREAK.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_day_month_year_on_one_line() {
        let date = danish_date(Date::constant(2026, 2, 3));
        assert_eq!(date.replace(NO_BREAK, " "), "3. februar 2026");
        assert_eq!(date.matches(NO_BREAK).count(), 2);
    }
}
