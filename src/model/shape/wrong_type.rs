//! RP003 `forkert-type`: a value of another kind than its key takes, or outside its list.

use toml::de::DeValue;

use super::unknown_key::nearest;
use crate::diag::{Code, Finding};
use crate::text::{Period, Place, TypedDate, slug, toml_string, typed_date, typed_period};

/// What a key takes.
pub(super) enum Expected<'e> {
    Text,
    TextList,
    Count {
        most: u32,
    },
    YesNo,
    Date,
    /// A date, a month, a quarter or a year.
    Period,
    OneOf(&'e [&'e str]),
    Table,
    Tables(&'e str),
    Form(&'e str),
}

pub(super) fn finding(place: Place, message: String, help: String) -> Finding {
    Finding::new(Code::ForkertType, place, message).with_help(help)
}

pub(super) fn mismatch(
    place: Place,
    key: &str,
    value: &DeValue<'_>,
    expected: &Expected<'_>,
) -> Finding {
    let message = match (expected, value.as_str()) {
        (Expected::OneOf(_) | Expected::Form(_), Some(word)) => {
            format!("»{word}« er ikke en værdi, som »{key}« kan have.")
        }
        (Expected::Count { .. }, _) if matches!(value, DeValue::Integer(_)) => {
            format!("Tallet i »{key}« er for stort eller for lille.")
        }
        _ => format!(
            "»{key}« skal være {}, men er {}.",
            noun(expected),
            found(value)
        ),
    };
    finding(place, message, help(key, value, expected))
}

/// The keys that a table's own words stand under, in whichever table.
pub(super) const MAIN_KEYS: [&str; 9] = [
    "goer",
    "navn",
    "hvad",
    "tekst",
    "ord",
    "titel",
    "overskrift",
    "situation",
    "funktion",
];

/// A text where a table belongs, which is most likely what stands under the table's `main` key: one of a list, or all
/// of the value.
pub(super) fn text_for_table(
    place: Place,
    key: &str,
    text: &str,
    main: &str,
    is_item: bool,
) -> Finding {
    let table = format!("{{ {main} = {} }}", toml_string(text));
    let typed = place.file.slice(place.span);
    let help = if is_item && !typed.contains('\n') {
        format!("Skriv {table} i stedet for {typed}")
    } else if is_item {
        format!("Skriv den sådan: {table}")
    } else {
        format!("Skriv linjen sådan: {key} = [{table}]")
    };
    let message =
        format!("Hvert punkt i »{key}« skal stå i krøllede parenteser, men her er en tekst.");
    finding(place, message, help)
}

fn noun(expected: &Expected<'_>) -> String {
    match expected {
        Expected::Text => "en tekst".to_owned(),
        Expected::TextList => "en tekst eller en liste af tekster".to_owned(),
        Expected::Count { .. } => "et helt tal".to_owned(),
        Expected::YesNo => "true eller false".to_owned(),
        Expected::Date | Expected::Period => "en dato".to_owned(),
        Expected::OneOf(_) => "et af ordene på listen".to_owned(),
        Expected::Table => "en tabel".to_owned(),
        Expected::Tables(key) => format!("skrevet som [[{key}]]"),
        Expected::Form(form) => format!("skrevet som {form}"),
    }
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "en tekst",
        DeValue::Integer(_) | DeValue::Float(_) => "et tal",
        DeValue::Boolean(_) => "sand eller falsk",
        DeValue::Datetime(found) => match (found.date, found.time) {
            (Some(_), None) => "en dato",
            (Some(_), Some(_)) => "en dato med klokkeslæt",
            (None, _) => "et klokkeslæt",
        },
        DeValue::Array(_) => "en liste",
        DeValue::Table(_) => "en tabel",
    }
}

/// A value as it was typed without quotes.
fn literal<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::Integer(integer) if integer.radix() == 10 => Some(integer.as_str()),
        DeValue::Float(float) => Some(float.as_str()),
        DeValue::Boolean(true) => Some("true"),
        DeValue::Boolean(false) => Some("false"),
        _ => None,
    }
}

/// The date as it must be written, where it can be told.
fn date_help(key: &str, value: &DeValue<'_>) -> String {
    if let DeValue::Datetime(found) = value {
        let day = found.date.map(|day| day.to_string());
        let day = day.unwrap_or_else(|| "2026-02-03".to_owned());
        return format!("Skriv kun dagen: {key} = {day}");
    }
    match value.as_str().and_then(typed_date) {
        Some(TypedDate::Day(day)) => format!("Skriv datoen uden anførselstegn: {key} = {day}"),
        Some(TypedDate::NoSuchDay) => {
            "Dagen findes ikke i kalenderen. Ret den, og skriv år-måned-dag uden anførselstegn."
                .to_owned()
        }
        None => format!("Skriv datoen uden anførselstegn: {key} = 2026-02-03"),
    }
}

/// The same where a month, a quarter or a year will do.
fn period_help(key: &str, value: &DeValue<'_>) -> String {
    let typed = value.as_str().and_then(typed_period);
    match typed {
        Some(period @ Period::Year(_)) => format!("Skriv {key} = {}", period.iso()),
        Some(period) => format!("Skriv {key} = \"{}\"", period.iso()),
        None if value.as_str().and_then(typed_date).is_none() && value.as_str().is_some() => {
            format!(
                "Kender I kun måneden, kvartalet eller året, så skriv \"2026-02\", \"2026-K1\" eller 2026. Kender I dagen: \
             Skriv datoen uden anførselstegn: {key} = 2026-02-03"
            )
        }
        None => date_help(key, value),
    }
}

fn help(key: &str, value: &DeValue<'_>, expected: &Expected<'_>) -> String {
    match expected {
        Expected::Text => format!(
            "Skriv teksten i anførselstegn: {key} = \"{}\"",
            literal(value).unwrap_or("…")
        ),
        Expected::TextList => format!("Skriv {key} = \"…\" eller {key} = [\"…\", \"…\"]"),
        Expected::Count { most } => {
            format!("Skriv et helt tal fra 0 til {most} uden anførselstegn: {key} = 2")
        }
        Expected::YesNo => {
            format!("Skriv {key} = true for ja eller {key} = false for nej, uden anførselstegn.")
        }
        Expected::Date => date_help(key, value),
        Expected::Period => period_help(key, value),
        Expected::OneOf(words) => {
            let list = words
                .iter()
                .map(|word| format!("\"{word}\""))
                .collect::<Vec<_>>()
                .join(", ");
            let plain = value.as_str().map(slug);
            let same = words.iter().find(|word| plain.as_deref() == Some(**word));
            let near = || value.as_str().and_then(|word| nearest(word, words));
            match same.copied().or_else(near) {
                Some(near) => format!("Mente du \"{near}\"? Du kan vælge mellem {list}."),
                None => format!("Vælg mellem {list}."),
            }
        }
        Expected::Table => {
            format!("Skriv [{key}] på en linje for sig selv og nøglerne på linjerne under den.")
        }
        Expected::Tables(key) => {
            format!("Skriv [[{key}]] på en linje for sig selv og nøglerne på linjerne under den.")
        }
        Expected::Form(form) => format!("Skriv {form}."),
    }
}
