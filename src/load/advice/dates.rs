//! Dates that people type as they speak, where a key takes one.

use crate::text::{Period, TypedDate, typed_date, typed_period};

/// The keys whose value is a date.
const KEYS: [&str; 7] = [
    "dato",
    "gaelder_fra",
    "gaelder_til",
    "oprettet",
    "tjekket",
    "frist",
    "foerste",
];

/// Those that may be a month, a quarter or a year as well.
const PERIODS: [&str; 4] = ["dato", "gaelder_fra", "gaelder_til", "foerste"];

/// What to say of a value without quotes that is a date in another form than TOML's.
pub(super) fn advice(key: &str, value: &str) -> Option<(String, String)> {
    let code = value.split('#').next().unwrap_or(value).trim();
    if !KEYS.contains(&key) {
        return None;
    }
    if PERIODS.contains(&key)
        && let Some(period @ (Period::Month(..) | Period::Quarter(..))) = typed_period(code)
    {
        return Some((
            format!("»{code}« mangler anførselstegn."),
            format!("Skriv linjen sådan: {key} = \"{}\"", period.iso()),
        ));
    }
    match typed_date(code)? {
        TypedDate::Day(date) if date.to_string() == code => None,
        TypedDate::Day(date) => Some((
            format!("»{code}« er ikke en dato, som programmet kan læse."),
            format!("Skriv linjen sådan: {key} = {date}"),
        )),
        TypedDate::NoSuchDay => Some((
            format!("Dagen »{code}« findes ikke i kalenderen."),
            format!(
                "Ret dagen, og sæt år, måned og dag med bindestreger imellem: {key} = ÅÅÅÅ-MM-DD"
            ),
        )),
    }
}
